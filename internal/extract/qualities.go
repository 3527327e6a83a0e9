package extract

// qualities are adjectives that no liking is about, unless a thing follows: "dark, narrow, damp pubs".
var qualities = set(`dark narrow damp quiet clean empty loud smoky crowded old dusty forgotten short sharp funny strong black bitter tiny ugly wrinkly small cheap big fat juicy cold crisp soft mushy overcooked hot humid sticky slow sad beautiful greasy salty weird wonderful wobbly
	long boring new young large huge little wide deep tall high low thin thick heavy light bright dim warm cool wet dry rough smooth hard fresh stale sweet sour spicy sugary oily creamy crunchy crispy chewy fluffy fizzy flat rich plain fancy posh rude kind warm-hearted dull silly stupid clever smart simple complicated messy tidy dirty filthy noisy silent busy
	lazy fast quick rapid early late modern ancient vintage retro traditional classic trendy cosy cozy homely airy sunny rainy foggy misty cloudy windy snowy icy muddy rocky sandy leafy green blue red white yellow purple pink grey gray brown golden silver colourful colorful pale murky grimy gloomy moody melancholy cheerful cheesy corny gritty raw
	lonely remote rural wild gentle calm peaceful lively chaotic hectic stressful relaxing tedious endless pointless useless expensive overpriced cheap-and-cheerful scruffy shabby tatty creaky draughty drafty rickety battered worn-out worn faded rusty dented cracked chipped handmade homemade hand-made home-made local independent family-run
	tacky garish gaudy bland tasteless odd strange quirky eccentric unusual rare obscure foreign smelly stinky cheery grumpy scary spooky creepy bloody violent romantic soppy sentimental emotional serious intense dense airy-fairy wordy lengthy brief sprawling winding hilly mountainous steep flaky buttery garlicky lemony smoked salted pickled fried
	grilled roasted steamed baked boiled stuffed minty fruity earthy nutty hoppy malty tannic dry-hopped fermented heavily-spiced well-made badly-made badly-lit well-lit candlelit open-plan overgrown untidy unfussy unhurried slow-burning fast-paced slow-paced badly-written well-written experimental atmospheric hypnotic repetitive mournful jangly tinny shouty screamy`)

// qualified reads a thing with a series of adjectives before it, set off by commas. series reports such a series, of which it may not
// be clear what it belongs to.
func (x *extractor) qualified(i, end int) (m mention, ok, series bool) {
	j := i
	for j+2 < end && x.toks[j].kind == word && qualities[x.toks[j].low] && x.toks[j+1].is(",") && x.toks[j+2].kind == word {
		j += 2
	}
	if j == i {
		return m, false, false
	}
	if x.toks[j].is("and") {
		j++
	}
	if j >= end || !qualities[x.toks[j].low] {
		return m, false, x.toks[j-1].is("and") || j < end && x.toks[j].kind == word && !x.newStatement(j, end)
	}
	last, ok := x.thingAt(j, end)
	if !ok || last.to-last.from < 2 || !x.ends(last.to, end) {
		return m, false, true
	}
	m = mention{text: x.quote(i, last.to), from: i, to: last.to}
	return m, m.text != "", true
}
