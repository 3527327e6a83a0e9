package extract

// What Germans say without a verb: "w, 34, geschieden, zwei Kinder", "daheim Türkisch, in der Firma Englisch".

// verbless reports that the sentence has no verb.
func (u *utterance) verbless() bool {
	c := langClause{utterance: u, from: u.from, to: u.end, marks: make([]markKind, u.end+1)}
	return !c.verbal()
}

// profile reads what people say of themselves in a row, with their age in front.
func (u *utterance) profile() {
	if !u.l.nouns || !u.verbless() {
		return
	}
	i := u.opening()
	if u.is(i, "m", "w", "d", "mann", "frau", "mannlich", "weiblich", "ich") && u.is(i+1, ",", "/") || u.is(i, "ich") && u.is(i+1, ":") {
		i += 2
		if u.is(i, "m", "w", "d", "mann", "frau", "mannlich", "weiblich") && u.is(i+1, ",", "/") {
			i += 2
		}
	}
	n, at := figures(u.wordOf(i)), i
	if n < 16 || n > 99 || len(u.wordOf(i)) != 2 {
		return
	}
	for i++; u.is(i, "jahre", "jahr", "alt", "j", "."); i++ {
	}
	if !u.is(i, ",") {
		return
	}
	c := u.clauseFrom(u.from)
	about := 0
	status := captured{}
	for i < u.end {
		i++
		from := i
		for i < u.end && u.x.toks[i].kind == word {
			i++
		}
		for k := from; k < i; k++ {
			if u.is(k, "sich", "sie", "er", "ihr", "ihn", "so", "ihren", "seinen") {
				return // "so stellt sie sich ihn vor"
			}
		}
		switch {
		case i == from+1 && u.l.statuses[u.low[from]]:
			status, _, _ = c.capture("status", from)
			about++
		case i <= from+3 && u.is(i-1, "kind", "kinder", "kids", "tochter", "tochter", "sohne", "sohn") && (u.l.dates.numbers[u.low[from]] > 0 || figures(u.low[from]) > 0 || u.is(from, "keine")), u.is(from, "mama", "papa", "mutter", "vater") && u.is(from+1, "von", "zweier", "dreier"):
			about++
		case i == from+1 && u.l.isJob(u.low[from]) && (u.x.toks[from].upper || u.casual):
			about++
		case u.is(from, "aus") && i <= from+3 && c.listed(from+1, u.l.towns) > 0, i == from+1 && u.is(from, "m", "w", "d", "mannlich", "weiblich", "single"):
			about++
		}
	}
	if about == 0 || u.doubted(u.from) {
		return
	}
	if got, _, ok := c.capture("age", at); ok {
		u.x.attribute(fact{subject: u.x.me(), key: Age, value: got.text, category: identity, conf: likely, from: at, to: at + 1})
	}
	if status.text != "" {
		u.x.attribute(fact{subject: u.x.me(), key: MaritalStatus, value: status.text, category: identity, conf: likely, from: status.party.from, to: status.party.to})
	}
}

// spokenAt are words for where, and with whom, one speaks a language.
var spokenAt = set(`daheim zuhause hause arbeit firma buro job schule uni unterricht familie oma opa eltern mama papa mutter vater kindern kids kollegen kunden nachbarn freunden untereinander beruflich privat beruf alltag werkstatt klinik laden frau mann
	schwiegereltern grosseltern geschwistern behorden amt lieferanten meeting meetings`)

// tonguesApart reads the languages of a sentence without a verb, each with where it is spoken.
func (u *utterance) tonguesApart() {
	if !u.l.nouns || u.doubted(u.from) {
		return
	}
	whole := false // "Deutsch, Englisch: das sind meine Sprachen"
	for i := u.from; i < u.end; i++ {
		whole = whole || u.at(i, u.l.mine) && u.is(i+1, "sprachen", "arbeitssprachen")
	}
	if !whole && !u.verbless() {
		return
	}
	var found []int
	place := whole
	for i := u.from; i < u.end; i++ {
		switch {
		case u.at(i, u.l.deny), u.question, u.l.dates.weekdays[u.low[i]] != 0, u.is(i, "film", "buch", "kurs", "test", "klausur", "unterricht", "hausaufgaben", "prufung", "stunde", "lehrer", "lehrerin", "note", "uhr", "heute", "morgen"):
			return
		case spokenAt[u.low[i]]:
			place = true
		case u.l.tongues[u.low[i]] && (u.x.toks[i].upper || u.casual):
			if !place || i+1 < u.end && u.x.toks[i+1].kind == word && !u.at(i+1, u.l.joins) && !u.at(i+1, u.l.prepositions) {
				return
			}
			found = append(found, i)
			place = whole
		}
	}
	if len(found) < 2 {
		return
	}
	for _, i := range found {
		u.x.relation(fact{subject: u.x.me(), key: Speaks, object: u.thing(i, i+1), category: knowledge, conf: likely, from: i, to: i + 1})
	}
}

// pairAt reports that "und ich" at token i ends the subject of the clause: a name stands before it, and no verb of its own behind.
func (u *utterance) pairAt(i int) bool {
	if !u.l.nouns || !u.at(i+1, u.l.me) {
		return false
	}
	named := false
	for a := max(u.from, i-3); a < i && !named; a++ {
		m, ok := u.nameAt(a)
		named = ok && m.to == i && u.person(m)
	}
	if !named {
		return false
	}
	c := langClause{utterance: u, from: i + 2, to: u.end, marks: make([]markKind, u.end+1)}
	c.dates()
	for k := i + 2; k < u.end && u.x.toks[k].kind == word; k++ {
		if c.marks[k] != markNone || u.at(k, u.l.adverbs) || u.at(k, u.l.reflexive) {
			continue
		}
		s, _ := c.sensesAt(k)
		if !hasKind(s, pastParticiple) {
			return false
		}
	}
	return true
}
