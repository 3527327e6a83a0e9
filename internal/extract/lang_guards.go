package extract

// What a clause says beside a form, so that it means something else.

// consumed are firms that people change to as their customers.
var consumed = set(`netflix spotify sky disney dazn amazon prime vodafone o2 1&1 telekom congstar aldi lidl rewe edeka ing dkb n26 comdirect sparkasse volksbank aok
	tk barmer eon apple samsung google windows linux mac whatsapp signal threema telegram android iphone vattenfall allianz huk check24`)

// subscribed are firms whose customers cancel as well as their people.
var subscribed = set(`netflix spotify sky disney dazn vodafone o2 1&1 telekom congstar ing dkb n26 comdirect aok tk barmer dak eon vattenfall allianz huk
	adac mcfit zeit spiegel audible
	instagram facebook tiktok twitter whatsapp linkedin hbo amazon movistar orange jazztel yoigo masmovil digi claro entel telcel tigo wom izzi telmex totalplay filmin crunchyroll tinder bumble youtube twitch
	reddit telegram gmail outlook windows linux iphone android chatgpt sfr free bouygues sosh bbva santander caixabank bankinter revolut mapfre mutua axa maif macif matmut boursorama endesa iberdrola naturgy holaluz engie edf word excel powerpoint photoshop teams zoom slack basic-fit canal+ deezer`)

// employed reports a word of work in the sentence.
func (c *langClause) employed() bool {
	for i := c.utterance.from; i < c.end; i++ {
		if c.is(i, "job", "stelle", "arbeit", "arbeite", "gearbeitet", "arbeitsvertrag", "jahren", "jahre", "posten", "team", "nicht", "abteilung", "kollegen", "chef", "chefin", "arbeitstag", "tag", "kundigung") {
			return true
		}
	}
	return false
}

// together reports that being together or parting is at a place, or for something: "sind zusammen ins Kino gegangen", "haben uns am Bahnhof getrennt".
func (c *langClause) together() bool {
	for i := c.from; i < c.to; i++ {
		if c.is(i, "zusammen") {
			for k := i + 1; k < c.to && c.x.toks[k].kind == word; k++ {
				if c.marks[k] == markNone && c.is(k, "im", "in", "am", "auf", "zur", "zum", "ins", "bei", "beim", "an", "nach") {
					return true
				}
			}
		}
		if c.is(i, "am", "im", "auf", "bei", "beim", "in", "an") && c.marks[i] == markNone && c.lemma == "trennen" && !c.is(i+1, "guten", "fruhjahr", "sommer", "herbst", "winter", "streit", "frieden", "besten") && c.l.dates.months[c.wordAt(i+1)] == 0 {
			return true
		}
	}
	return false
}

// nuisances are things of which nobody says in earnest that he loves them.
var nuisances = set(`montage montag stau staus steurerklarung steurerklarungen warteschleifen warteschleife baustellen baustelle laubblaser burokratie formulare meetings papierkram
	schneematsch stromausfall stromausfalle updates werbung muckenstiche verspatung verspatungen uberstunden wecker spam mahnungen streik streiks zugausfalle warteschlangen schlangestehen
	montagmorgen behordengange elternabende excel zahnarztbesuche zahnarzttermine regenwetter nieselregen glatteis strafzettel knollchen rechnungen passworter captchas`)

// loves reports that what is liked is a person, or nothing that one likes.
func (c *langClause) loves(got captured) bool {
	if n := got.party.to; n > got.party.from && nuisances[c.low[got.party.from]] && (c.lemma == "lieben" || c.lemma == "mögen" || c.lemma == "mogen" || c.lemma == "stehen") && !c.negated {
		return true
	}
	return got.party.to == got.party.from+1 && got.party.to > 0 && (c.l.casualNames[c.low[got.party.from]] || givenNames[c.x.toks[got.party.from].low]) && !c.l.sports[c.low[got.party.from]]
}

// pretends reports an age that is none: "eigentlich bin ich erst neun", "gefühlt bin ich 80".
func (c *langClause) pretends() bool {
	for i := c.from; i < c.to; i++ {
		if c.is(i, "eigentlich", "gefuhlt", "innerlich", "herzen", "kopf", "biologisch", "quasi", "geistig", "seele") {
			return true
		}
	}
	return false
}

// returns reports that somebody comes from a place now, not by birth: "ich komme gerade aus Köln zurück".
func (c *langClause) returns() bool {
	for i := c.from; i < c.to; i++ {
		if c.is(i, "zuruck", "heim", "gerade", "grad", "soben", "angereist", "gereist", "geflogen", "gefahren", "urlaub", "zug", "heimgekommen", "dienstreise", "morgen", "gestern", "heute") {
			return true
		}
	}
	return false
}
