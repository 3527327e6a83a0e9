package extract

import "sync"

// What German speakers take back, and what they tell again.

// retracts reports that the sentence tells the agent to drop what it names, or that the speaker has it not: "streich meine Laktoseintoleranz", "… die
// hab ich gar nicht".
func (u *utterance) retracts() bool {
	if !u.l.nouns {
		return false
	}
	for i := u.from; i < u.end; i++ {
		switch {
		case u.is(i, "vergiss", "vergesst", "streich", "streiche", "losch", "losche", "loscht", "ignorier", "ignoriere", "entferne", "entfern") && (i == u.opening() || u.x.toks[i-1].kind != word || u.at(i-1, u.l.orders.please) || u.at(i-1, u.l.orders.openers)):
			return !u.keepsAfter(i)
		case u.is(i, "loschen", "streichen", "vergessen", "rausnehmen", "entfernen", "rausloschen") && u.closing(i+1) && (u.is(i-1, "bitte", "wieder", "kannst") || u.asksAgent(i)) && !u.at(i-1, u.l.deny):
			return true
		case u.is(i, "die", "das", "den", "der") && u.is(i+1, "hab", "habe", "hatte") && u.is(i+2, "ich") && u.nots(i+3):
			return true
		}
	}
	return false
}

// keepsAfter reports "nicht" behind the imperative at i, before the next mark or at the end.
func (u *utterance) keepsAfter(i int) bool {
	for i++; i < u.end && u.x.toks[i].kind == word; i++ {
		if u.at(i, u.l.deny) {
			return true
		}
	}
	return false
}

// asksAgent reports "kannst du" or "könntest du" before token i.
func (u *utterance) asksAgent(i int) bool {
	for j := u.from; j < i; j++ {
		if u.is(j, "kannst", "konntest", "konnt", "darfst", "bitte", "musst", "sollst") {
			return true
		}
	}
	return false
}

// closing reports a mark or the end at i.
func (u *utterance) closing(i int) bool {
	return i >= u.end || u.x.toks[i].kind != word || u.is(i, "bitte", "danke", "die", "das", "und")
}

// nots reports "nicht", "gar nicht" or "nie" at i, with nothing behind it.
func (u *utterance) nots(i int) bool {
	for u.is(i, "gar", "doch", "ja", "namlich", "uberhaupt", "also", "noch", "eigentlich", "auch") {
		i++
	}
	if u.is(i, "nicht", "nie", "nimmer") {
		i++
		if u.is(i, "mehr", "gehabt") {
			i++
		}
		return u.closing(i)
	}
	return false
}

// dropsLast reports a sentence that takes back the one before it: "Das stimmt nicht mehr.", "Bitte vergiss das."
func (u *utterance) dropsLast() bool {
	if u == nil || !u.l.nouns {
		return false
	}
	whole := u.x.toks // the sentence is not read yet
	u.x.toks = u.toks
	defer func() { u.x.toks = whole }()
	i := u.opening()
	for u.at(i, u.l.orders.please) || u.at(i, u.l.resets) || u.at(i, u.l.adverbs) && !u.is(i, "so") {
		i++
	}
	n := u.phraseAt(i, germanDrops())
	if n == 0 {
		return false
	}
	for i += n; u.at(i, u.l.orders.please) || u.is(i, "wieder", "schnell", "gleich", "so", "und"); i++ {
	}
	return i >= u.end || u.x.toks[i].kind != word && !u.is(i+1, "dass", "ob", "wenn")
}

// germanDrops are sentences that take back the one before them.
var germanDrops = sync.OnceValue(func() phraseTable {
	return tongues[0].phraseTable(`vergiss das, vergiss es, vergesst das, vergessen sie das, streich das, streiche das, streichen sie das, lösch das, lösche das, löschen sie das, ignorier das, ignoriere das, nimm das raus, das kannst du vergessen,
		das kannst du streichen, das kannst du löschen, das kannst du wieder löschen, das kannst du wieder streichen, das kannst du bitte löschen, das kannst du bitte streichen, das kannst du rausnehmen, kannst du vergessen, kannst du streichen, kannst du löschen,
		das bitte löschen, das bitte streichen, das bitte vergessen, das bitte wieder löschen, das bitte wieder streichen, das bitte rausnehmen, das löschen, stimmt nicht mehr, das stimmt nicht mehr, das stimmt so nicht mehr, das stimmt jetzt nicht mehr, das stimmt inzwischen nicht mehr, stimmt so nicht mehr,
		das gilt nicht mehr, gilt nicht mehr, das ist nicht mehr so, das ist nicht mehr aktuell, nicht mehr aktuell, das ist überholt, ist überholt, das ist veraltet, ist veraltet, das trifft nicht mehr zu, das war einmal, das hat sich erledigt, das passt nicht mehr, das passt so nicht mehr,
		streich das aus deinem gedächtnis, streich das aus deinen notizen, lösch das aus deinem gedächtnis, lösch das aus deinen notizen`)
})

// tellsAgain reads a question that tells what it asks about: "Hab ich dir erzählt, dass ich jetzt bei Rewe arbeite?" The rest is read as said.
func (u *utterance) tellsAgain() bool {
	if !u.l.nouns {
		return false
	}
	i := u.opening()
	mine := u.is(i, "hab", "habe", "hatte") && u.at(i+1, u.l.me)
	if !mine && !(u.is(i, "wusstest", "weisst", "wussten", "wisst") && u.is(i+1, "du", "sie", "ihr")) {
		return false
	}
	told := !mine
	for i += 2; i < u.end && u.x.toks[i].kind == word; i++ {
		if mine && u.is(i, "je", "jemals", "etwa", "wirklich", "behauptet", "nicht", "irgendwo", "irgendwann") || !mine && !u.is(i, "schon", "eigentlich", "uberhaupt", "noch", "bereits") {
			return false
		}
		told = told || u.is(i, "dir", "euch", "ihnen", "schon")
	}
	if !told || !u.is(i, ",") || !u.is(i+1, "dass") {
		return false
	}
	u.from = i + 1
	return true
}
