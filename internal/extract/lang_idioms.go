package extract

import (
	"slices"
	"strings"
)

// Idioms are turns of speech that say something of the speaker whatever their grammar: "meine Wurzeln liegen in Graubünden", "lo mío es
// el jazz". They are compared with the words of a sentence in their order, where "*" stands for a few words in between.

// skipMost is how many words "*" stands for at most.
const skipMost = 6

// compileIdioms reads the table of idioms and files them by their first words; those that begin with a capture are under "".
func (l *tongue) compileIdioms(table, articles string) {
	forms := l.forms
	l.forms = map[string][]langForm{}
	l.compileTable("idiom", spellOut(table), articles)
	l.idioms = map[string][]langForm{}
	for _, f := range l.forms["idiom"] {
		if f.elements[0].capture != "" || f.elements[0].optional {
			l.idioms[""] = append(l.idioms[""], f)
			continue
		}
		for _, w := range f.elements[0].words {
			l.idioms[w] = append(l.idioms[w], f)
		}
	}
	l.forms = forms
}

// sayings reads the idioms of the sentence.
func (u *utterance) sayings() {
	c := u.clauseFrom(u.from)
	c.subj, c.known, c.forget = u.x.me(), true, u.forget || u.retracts()
	taken := c.forget
	dated := c.when
	tried := map[string]bool{}
	for i := u.from; i < u.end; i++ {
		if u.x.toks[i].kind != word {
			continue
		}
		lists := [2][]langForm{u.l.idioms[u.low[i]]}
		if u.is(i-1, ".") && u.at(i-2, u.l.titles) {
			continue // "Dr. Sommer heiße ich"
		}
		if u.l.nouns && (u.at(i, u.l.resets) || u.at(i, u.l.joins) || u.at(i, u.l.adverbs) || u.at(i, u.l.subordinate)) {
			// what leads a clause begins no phrase: "aber Schlager liebe ich"
		} else if u.l.nouns && i > u.from && (u.at(i-1, u.l.joins) || u.at(i-1, u.l.adverbs) && (i-1 == u.from || u.x.toks[i-2].kind != word)) {
			lists[1] = u.l.idioms[""]
		} else if i == u.from || u.l.drops && i == u.from+1 && starters[u.low[u.from]] || u.l.elides && u.is(i-1, "moi") || i == u.opening() || u.x.toks[i-1].kind != word || u.at(i-1, u.l.subordinate) || u.at(i-1, u.l.articles) && (!u.l.elides || i-1 == u.from || u.x.toks[i-2].kind != word || u.at(i-2, u.l.joins) || u.at(i-2, u.l.resets)) || u.at(i-1, u.l.resets) {
			lists[1] = u.l.idioms[""]
		}
		clear(tried)
		for _, list := range lists {
			for k := range list {
				f := &list[k]
				if f.anchored && i != u.from && i != u.opening() {
					continue
				}
				if kind := f.elements[0].capture; kind != "" && !f.elements[0].optional { // many begin with the same kind of phrase
					begins, seen := tried[kind]
					if !seen {
						_, _, begins = c.saying(f.elements[:1], i)
						tried[kind] = begins
					}
					if !begins {
						continue
					}
				}
				got, to, ok := c.saying(f.elements, i)
				if !ok || u.doubted(i) || f.final && !c.closes(to) || f.captures && !free[got.name] && !(u.l.elides && (got.name == "phone" || got.name == "email" || got.name == "address")) && !c.ends(to) && !endsOpen(f) && !c.finite(c.next(to)) {
					continue
				}
				if u.l.nouns && (f.key == Role && u.years(i) || (f.key == LivesIn || f.key == WorksAt) && f.mode == state && u.afterYears(i) || (f.key == Likes || f.key == Dislikes) && u.mocks()) || u.l.drops && u.wished(i) {
					continue
				}
				if f.must != "self" && f.must != "sure" && f.must != "accepted" && !u.ofUser(f, i, to) {
					continue
				}
				if u.l.elides && (u.toldOfOthers(i) || f.must != "sure" && u.meant(f, i) || f.key == Car && f.mode == state && u.gone(i)) {
					continue
				}
				c.verbAt, c.when, c.forget = i, dated, taken
				if u.l.drops {
					c.when = u.whenOf(i, to)
				}
				c.negated, c.past = false, f.mode == event || f.mode == ending
				if u.l.nouns && f.mode == state && (f.key != LivesIn || u.ours(i, to)) && f.key != Hobby && f.key != "diet" && dated.kind == onDate {
					c.when = langWhen{}
				}
				if u.l.elides {
					c.when, c.forget = u.whenNear(i, dated), i < u.lapsed
				}
				if (f.mode == state || u.l.drops) && f.key != Dislikes && f.must != "sure" && (u.denied(i) || u.l.elides && endsOpen(f) && (u.at(to, u.l.deny) || u.at(to, u.l.anyMore))) {
					continue
				}
				if u.l.nouns && f.mode == state && (f.key == Speaks || f.key == Likes || f.key == Hobby || f.key == "diet") && u.deniedAfter(c, to) {
					continue // "ich kann Deutsch nicht leiden"
				}
				if f.mode != ending && u.x.over(f.key, got) {
					continue // "he vendido mi Ford Focus"
				}
				if c.assert(f, got, i, to) {
					for _, other := range append([]captured(nil), c.more...) {
						c.assert(f, other, other.party.from, other.party.to)
					}
					c.more = nil
				}
			}
		}
	}
}

// ofUser reports that the phrase of the form says what the speaker is, and is so now.
func (u *utterance) ofUser(f *langForm, i, to int) bool {
	if (f.key == Role && (f.mode == state || u.l.nouns) || u.l.nouns && f.key == Age && f.mode == state) && u.past() {
		return false
	}
	return u.firstPerson(i, to) || f.must == "bare" && u.bare(i) || f.must == "lone" && u.lone() || u.l.drops && f.key == "name" && (u.speaks(u.from, u.end) || u.is(to-1, "habla", "aparato"))
}

// ours reports a match with "our" or "us" in it.
func (u *utterance) ours(i, to int) bool {
	for ; i < to; i++ {
		if u.at(i, u.l.mine) || u.is(i, "uns", "mir") {
			return true
		}
	}
	return false
}

// years reports that the words before token i tell how long or when: "nach 30 Jahren als Krankenschwester".
func (u *utterance) years(i int) bool {
	for j := max(u.from, i-3); j < i; j++ {
		if u.l.dates.units[u.low[j]] != "" || u.is(j, "zeit", "frueher", "fruher", "damals", "ehemals", "leben", "karriere", "laufbahn", "ausbildung") {
			return true
		}
	}
	return false
}

// mocks reports words with which a liking is mostly meant as its contrary: "das liebe ich ja".
func (u *utterance) mocks() bool {
	for i := u.from; u.l.nouns && i < u.end; i++ {
		if u.is(i, "ja") && u.is(i+1, "so") && u.is(i+2, "ein", "eine") || u.is(i, "ja") && i > u.from && (u.is(i-1, "ich", "es", "liebe") || u.at(i-1, u.l.me)) {
			return true
		}
	}
	return u.l.nouns && u.is(u.from, "super", "toll", "klasse", "prima", "ach", "na", "haha", "juhu", "hurra", "spitze") && u.end-u.from > 2
}

// bare reports that token i begins what is said without a subject, of the speaker as far as the sentence tells.
func (u *utterance) bare(i int) bool {
	if i != u.from && i != u.opening() && u.x.toks[i-1].kind == word {
		return false
	}
	mine := i == u.from || i == u.opening() || u.is(i-1, ":")
	for j := u.end; u.l.nouns && j < len(u.low); j++ { // of the question that follows
		mine = mine || u.l.me[u.low[j]]
	}
	for j := u.from; j < u.end; j++ {
		mine = mine || u.at(j, u.l.me) || u.at(j, u.l.we) || u.at(j, u.l.mine) || u.l.nouns && (strings.HasSuffix(u.low[j], "formular") || u.is(j, "steckbrief", "kartei", "kontaktdaten"))
		for _, s := range u.l.verbs[u.x.toks[j].low] {
			mine = mine || s.kind <= finitePast && s.persons == first
		}
		if u.is(j, "er", "sie") || u.at(j, u.l.mine) && u.l.kin[u.wordOf(j+1)] != "" {
			return false
		}
	}
	return mine
}

// past reports a verb of the past: what somebody was in passing need not be so now.
func (u *utterance) past() bool {
	for i := u.from; i < u.end; i++ {
		list := u.l.verbs[u.x.toks[i].low]
		if u.l.elides && hasKind(list, finitePresent) {
			continue // "passe" is "passé" only without its accent
		}
		for _, s := range list {
			if s.kind == finitePast || s.kind == pastParticiple {
				return true
			}
		}
	}
	return false
}

// denied reports a denial shortly before token i, or at it.
func (u *utterance) denied(i int) bool {
	for j := i - 1; j >= max(u.from, i-4); j-- {
		if u.l.drops && u.x.toks[j].kind != word {
			return false
		}
		if u.at(j, u.l.deny) && !u.at(j+1, u.l.onlyWords) {
			return true
		}
	}
	return false
}

// firstPerson reports whether the part of the sentence around the match is about the speaker.
func (u *utterance) firstPerson(i, to int) bool {
	for j := max(u.from, i-1); j < to; j++ {
		if u.at(j, u.l.mine) {
			return true
		}
	}
	if u.l.nouns {
		return u.nominative(i, to)
	}
	if u.l.drops {
		return u.speaks(i, to) || u.spokenBy(i, to)
	}
	a, b := i, to
	for a > u.from && (u.x.toks[a-1].kind == word && !u.at(a-1, u.l.resets)) {
		a--
	}
	for b < u.end && (i <= u.opening()+1 || u.x.toks[b].kind == word && !u.at(b, u.l.resets)) {
		b++
	}
	for j := a; j < b; j++ {
		if u.selfAt(j) {
			return true
		}
	}
	return false
}

// selfAt reports a word of the first person, possessives apart, at token j.
func (u *utterance) selfAt(j int) bool {
	if w := u.low[j]; u.l.me[w] || u.l.we[w] || u.l.reflexive[w] && w != "se" && w != "s'" && w != "sich" {
		return true
	}
	return slices.ContainsFunc(u.l.verbs[u.toks[j].low], func(s sense) bool {
		return s.kind <= finitePast && s.persons&(first|firstPlural) != 0 && s.persons&third == 0
	})
}

// ofSpeaker reports whether a word of the sentence is of the first person.
func (u *utterance) ofSpeaker() bool {
	for j := range u.toks {
		if u.l.mine[u.low[j]] || u.selfAt(j) {
			return true
		}
	}
	return false
}

// nominative reports that the words around the match have the speaker as their subject, or name him in the match.
func (u *utterance) nominative(i, to int) bool {
	for j := max(u.from, i-2); j < min(to+1, u.end); j++ {
		if u.at(j, u.l.reflexive) && !u.is(j, "sich") && u.x.toks[j].kind == word {
			return true
		}
	}
	a, b := i, to
	for a > u.from && u.x.toks[a-1].kind == word && !u.at(a-1, u.l.resets) {
		a--
	}
	if a < i && u.at(a, u.l.mine) && u.l.kin[u.wordOf(a+1)] != "" && !u.at(a+2, u.l.joins) {
		return false // "mein Bruder hat bei Bosch angefangen und ich helfe"
	}
	for b < u.end && (i <= u.opening()+1 || u.x.toks[b].kind == word && !u.at(b, u.l.resets)) {
		if u.at(b, u.l.joins) && (u.at(b+1, u.l.me) || u.at(b+1, u.l.we)) && a > u.opening() {
			break
		}
		b++
	}
	for j := a; j < b; j++ {
		if j >= to && u.at(j, u.l.joins) && (u.at(j+1, u.l.me) || u.at(j+1, u.l.we)) {
			break // what the speaker does is another statement
		}
		if u.at(j, u.l.me) || u.at(j, u.l.we) {
			return true
		}
		for _, s := range u.l.verbs[u.x.toks[j].low] {
			if s.kind <= finitePast && s.persons&(first|firstPlural) != 0 && s.persons&(third|thirdPlural) == 0 {
				return true
			}
		}
	}
	return false
}

// spansComma reports a pattern whose gap may hold a comma: one that goes on with a mark, or with the name of something.
func (c *langClause) spansComma(els []element) bool {
	return len(els) > 1 && els[1].capture != "" && els[1].capture != "thing"
}

// deniedAfter reports a denial in the words behind the match: "Polnisch kann ich immer noch nicht".
func (u *utterance) deniedAfter(c *langClause, to int) bool {
	for j := to; j < min(to+5, u.end) && u.x.toks[j].kind == word && !u.at(j, u.l.joins) && !u.at(j, u.l.resets); j++ {
		if u.at(j, u.l.deny) && !u.at(j+1, u.l.onlyWords) {
			return !c.contrasts(j)
		}
		if j > to && c.finite(j) {
			return false
		}
	}
	return false
}

// whenOf is what the dates of the part of the sentence around the tokens say.
func (u *utterance) whenOf(i, to int) langWhen {
	part := langClause{utterance: u, from: i, to: to, marks: make([]markKind, u.end+1)}
	for part.from > u.from && u.x.toks[part.from-1].kind == word && !u.at(part.from-1, u.l.resets) {
		part.from--
	}
	for part.to < u.end && u.x.toks[part.to].kind == word && !u.at(part.to, u.l.resets) && !u.at(part.to, u.l.joins) {
		part.to++
	}
	part.dates()
	if w := part.when; w.count > 0 || w.lasting || w.brief || w.formerly {
		return w
	}
	near := langClause{utterance: u, from: part.from, to: part.to, marks: make([]markKind, u.end+1)}
	if k := near.from - 1; k > u.from && u.is(k, ",") { // "En marzo, nos mudamos a Vigo"
		for k > u.from && k > near.from-7 && u.x.toks[k-1].kind == word && u.byFirst(k-1) == 0 {
			k--
		}
		if k == u.from {
			near.from = k
		}
	}
	if k := near.to; u.is(k, ",") { // "me mudé a Vigo, en marzo"
		k++
		for k < u.end && k < near.to+7 && u.x.toks[k].kind == word && u.byFirst(k) == 0 {
			k++
		}
		if k == u.end || u.x.toks[k].kind != word {
			near.to = k
		}
	}
	if near.dates(); near.when.count > 0 && !near.when.formerly {
		return near.when
	}
	return part.when
}

// over reports that the text says of the value that it holds no longer.
func (x *extractor) over(key string, got captured) bool {
	for _, i := range x.out.Invalidations {
		if i.Key == key && i.Value != "" && (i.Value == got.text || i.Value == got.party.ref.Name) {
			return true
		}
	}
	return false
}

// speaks reports a word of the first person among the tokens.
func (u *utterance) speaks(from, to int) bool {
	for j := from; j < to; j++ {
		if u.at(j, u.l.me) || u.at(j, u.l.we) || u.at(j, u.l.mine) || u.is(j, "me", "nos", "conmigo") || u.byFirst(j) > 0 {
			return true
		}
	}
	return false
}

// byFirst gives 1 for a finite verb of the first person at j, -1 for one of another, and 0 for none.
func (u *utterance) byFirst(j int) int {
	t := &u.x.toks[j]
	if t.kind != word || t.upper && j > u.opening() || j > u.from && (u.at(j-1, u.l.articles) && !u.is(j-1, "lo") || u.at(j-1, u.l.mine)) || u.at(j, u.l.prepositions) {
		return 0
	}
	out := 0
	for _, s := range u.l.verbs[t.low] {
		switch {
		case s.kind > finitePast || s.reflexive:
		case s.persons&(first|firstPlural) != 0 && s.persons&third == 0:
			return 1
		default:
			out = -1
		}
	}
	return out
}

// spokenBy reports that the verb which the tokens without a person of their own belong to is of the first person: "soy, como sabes,
// natural de Ronda", and not "mi vecino, natural de Ronda".
func (u *utterance) spokenBy(i, to int) bool {
	if u.is(i-1, "el", "la", "un", "una", "los", "las", "al", "del") {
		return false // "el alérgico al marisco"
	}
	starts := i == u.opening()
	for j := i - 1; j >= u.from && !u.at(j, u.l.resets) && !u.is(j, ";"); j-- {
		switch by := u.byFirst(j); {
		case by != 0:
			return by > 0
		case u.at(j, u.l.me) || u.at(j, u.l.we):
			return true
		case j == i-1 && (u.x.toks[j].kind != word || u.at(j, u.l.joins) || u.l.orders.openers[u.low[j]]):
			starts = true
		}
	}
	if !starts {
		return false
	}
	for j := u.from; j < i; j++ {
		if u.is(j, "ficha", "formulario", "perfil", "registro", "anota", "apunta", "datos") {
			return true
		}
	}
	for j := to; j < u.end && !u.at(j, u.l.resets); j++ {
		if by := u.byFirst(j); by != 0 {
			return by > 0
		}
	}
	for j := u.from; j < i; j++ {
		if u.at(j, u.l.articles) || u.l.kin[u.low[j]] != "" {
			return false
		}
	}
	return true
}

// wished reports a wish or a plan between token i and the beginning of its clause.
func (u *utterance) wished(i int) bool {
	for j := i; j >= u.from && (j == i || u.x.toks[j].kind == word && !u.at(j, u.l.resets)); j-- {
		if n := u.phraseAt(j, u.l.wishes); n > 0 && j+n <= i && !(n == 1 && u.sameButAccent(j)) {
			return true
		}
	}
	return false
}

// endsOpen reports a form whose last element is a word, so that its end is its own.
func endsOpen(f *langForm) bool { return f.elements[len(f.elements)-1].capture == "" }

// inDates are phrases that may be part of a date.
var inDates = map[string]bool{"date": true, "age": true, "born": true, "meeting": true}

// saying matches the elements from token i, and gives the last capture and the token after the match.
func (c *langClause) saying(els []element, i int) (captured, int, bool) {
	var got captured
	for k, e := range els {
		before := i
		for i < c.to && c.marks[i] == markDate && !inDates[e.capture] && !(len(e.words) > 0 && oneOf(c.low[i], e.words)) {
			i++
		}
		switch {
		case e.capture == "" && len(e.words) == 1 && e.words[0] == "*":
			for n := before - i; n <= skipMost && i+n <= c.to; n++ {
				g, to, ok := c.saying(els[k+1:], i+n)
				if ok {
					if g.name == "" {
						g = got
					}
					return g, to, true
				}
				if i+n < c.to && (c.x.toks[i+n].kind != word && (!c.is(i+n, ",") || c.l.nouns && !c.spansComma(els)) && !(c.l.elides && c.is(i+n, ":")) || c.at(i+n, c.l.deny) || c.l.elides && (c.is(i+n, "plus") || c.x.toks[i+n].upper && i+n > c.opening() && !c.casual)) {
					break
				}
			}
			return got, i, false
		case e.capture == "":
			if i < c.to && c.low[i] != "" && oneOf(c.low[i], e.words) && !(c.l.drops && c.capitalVerb(i)) && !(c.x.toks[i].low == "ne" && oneOf("nee", e.words)) {
				i++
			} else if !e.optional {
				return got, i, false
			} else {
				i = before
			}
		default:
			kind, drop := strings.CutPrefix(e.capture, "-")
			g, n, ok := c.capture(kind, i)
			if !ok {
				if e.optional {
					i = before
					continue
				}
				return got, i, false
			}
			if i = n; drop {
				continue
			}
			c.more = c.more[:0]
			if listing[kind] && k == len(els)-1 {
				i = c.list(kind, g.party.from, n)
			}
			got = g
		}
	}
	return got, i, true
}
