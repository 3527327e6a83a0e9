package extract

// Where what a clause says begins and ends.

// hangs reports whether token i stands in the clause of the doubt at j, or in one after it that says nothing of the speaker by itself.
func (u *utterance) hangs(i, j, from, to int) bool {
	a, b := j, j
	for a > from && u.x.toks[a-1].kind == word {
		a--
	}
	for b++; b < to; b++ {
		if t := &u.x.toks[b]; (t.kind != word || u.at(b, u.l.joins)) && u.speaking(b+1, to) {
			break
		}
	}
	return i >= a && i < b
}

// speaking reports whether what begins at i says something of the speaker: its first words have "I", "we" or "my".
func (u *utterance) speaking(i, to int) bool {
	for k := i; k < min(i+4, to); k++ {
		if u.x.toks[k].kind != word {
			return false
		}
		if u.at(k, u.l.me) || u.at(k, u.l.we) || u.at(k, u.l.mine) {
			return true
		}
		for _, s := range u.l.verbs[u.x.toks[k].low] {
			if k == i && s.kind == finitePresent && s.persons == first {
				return true
			}
		}
	}
	return false
}

// contrasts reports a denial of another value at the end of the clause: "53 nicht 35", "aus Jena und nicht aus Gera".
func (c *langClause) contrasts(i int) bool {
	if !c.is(i, "nicht") || c.next(c.from) >= i {
		return false
	}
	j, prep := i+1, false
	for c.at(j, c.l.prepositions) || c.at(j, c.l.articles) {
		j, prep = j+1, true
	}
	if j >= c.to || c.marks[j] != markNone || c.x.toks[j].kind != word || !(c.x.toks[j].upper || figures(c.low[j]) > 0 || c.l.towns[c.low[j]] && c.l.verbs[c.low[j]] == nil) { // "leiden" is a town as well
		return false
	}
	if j+1 < c.to && c.x.toks[j+1].kind == word && !c.at(j+1, c.l.adverbs) {
		return false
	}
	before := i - 1
	for before > c.from && (c.at(before, c.l.joins) || c.marks[before] == markAdverb) {
		before--
	}
	same := c.x.toks[before].upper || figures(c.low[before]) > 0 || c.l.towns[c.low[before]]
	if s, _ := c.sensesAt(before); s != nil || c.at(before, c.l.me) {
		return false
	}
	return same && (prep == c.at(before-1, c.l.prepositions) || prep)
}

// labels reports the label of a value, before a colon: "neue Anschrift: …".
func (u *utterance) labels(from, to int) bool {
	if !u.is(to, ":") {
		return false
	}
	c := langClause{utterance: u, from: from, to: to, marks: make([]markKind, u.end+1)}
	key, _, j := c.ownedAt(from)
	return key != "" && j == to
}

// labelled reports a clause of a label and its value.
func (u *utterance) labelled(s sentence) bool {
	for i := s.from; i < min(s.from+4, s.to+1); i++ {
		if u.is(i, ":") {
			return u.labels(s.from, i)
		}
	}
	return false
}

// openTense reports an auxiliary of the speaker in the words from token i whose participle is still to come.
func (u *utterance) openTense(i, to int) bool {
	aux := false
	for ; i < to; i++ {
		for _, s := range u.l.verbs[u.x.toks[i].low] {
			if s.kind == pastParticiple {
				return false
			}
			aux = aux || s.kind == finitePresent && s.lemma == "haben" && s.persons&(first|firstPlural) != 0
		}
	}
	return aux
}

// participleAt gives the participle that the word at i is as well.
func (c *langClause) participleAt(i int, m *sense) bool {
	list, _ := c.sensesAt(i)
	for _, s := range list {
		if s.kind == pastParticiple {
			*m = s
			return true
		}
	}
	return false
}

// modals are the verbs that an infinitive follows.
var modals = set(`gehen konnen mussen durfen wollen sollen mogen`)

// jobs reports a word of work in the clause.
func (c *langClause) jobs() bool {
	for i := c.from; i < c.to; i++ {
		if c.l.nouns && c.is(i, "job", "stelle", "arbeit", "arbeitgeber", "arbeitsplatz", "beruf", "gekundigt", "umgesattelt") {
			return true
		}
	}
	return false
}

// courteous reports a condition that is about the one who is spoken to, not about what is said: "falls du es nicht weißt", "por si no lo
// sabías".
func (u *utterance) courteous(i int) bool {
	if u.l.nouns && (u.is(i, "wenn") && (u.is(i-1, "auch", "immer", "mal", "erst") || u.is(i+1, "auch", "man", "jemand", "einer", "ihr", "das") && !u.is(i+2, "nicht")) ||
		u.is(i, "falls") && u.is(i+1, "das", "dies", "wer", "jemand", "wen", "noch", "notig", "relevant", "wichtig", "hilfreich", "interessant", "moglich", "man", "ihr", "was", "etwas", "irgendwas", "mal", "dir", "euch")) {
		return true
	}
	if u.l.drops && u.is(i, "segun") {
		return u.is(i+1, "con", "donde", "cuando", "como", "quien", "convenga", "toque")
	}
	return u.is(i, "wenn", "falls", "si") && (u.is(i+1, "du", "ihr", "sie", "dich", "dir", "es", "tu", "te", "vous", "quieres", "ca", "lo", "hace", "necesitas", "no") && !u.is(i+1, "no") ||
		u.is(i-1, "por") || u.l.drops && (u.is(i-1, "que") && u.is(i+1, "no") || u.is(i+1, "hablamos", "os", "alguien", "preguntas", "preguntan", "interesa", "sirve", "puedes", "puede", "podes")))
}

// prepositional reports a preposition at i, behind "jetzt" and its like.
func (u *utterance) prepositional(i int) bool {
	for u.l.nouns && u.at(i, u.l.adverbs) {
		i++
	}
	return u.at(i, u.l.prepositions)
}
