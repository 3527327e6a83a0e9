package extract

import (
	"slices"
)

// jests reports a sentence that makes a joke of what is said before it: "Das war ein Scherz."
func (u *utterance) jests(question bool) bool {
	if u == nil || question || u.starts(u.l.asks) {
		return false
	}
	at, _ := u.find(u.l.jests, u.from, u.end)
	back, _ := u.find(u.l.forget, u.from, u.end)
	return at >= 0 && back < 0
}

// lastFact is a fact that the next sentence may correct.
type lastFact struct {
	fact     fact
	capture  string
	relation bool
	entities int
}

// repair reads a correction of what was said last: "nein, ich meinte Joachim". Nothing else is read in it.
func (u *utterance) repair() bool {
	i := u.from
	at, n := u.find(u.l.repairs, i, u.end)
	if at < 0 {
		return u.waned()
	}
	if u.worded(u.from, at) { // what is before is read first
		rest := u.end
		u.end = at
		for u.end > u.from && (u.x.toks[u.end-1].kind != word || u.at(u.end-1, u.l.orders.openers)) {
			u.end--
		}
		u.st.last = nil
		u.relatives()
		u.sentence()
		u.end = rest
	}
	last := u.st.last
	if last == nil {
		return u.again(at+n, nil)
	}
	for i = at + n; i < u.end; {
		if k := u.phraseAt(i, u.l.repairs); k > 0 {
			i += k
			continue
		}
		if u.x.toks[i].kind == word && !u.at(i, u.l.prepositions) && !u.at(i, u.l.articles) && !u.at(i, u.l.they) && !u.at(i, u.l.reflexive) && !u.at(i, u.l.adverbs) && !u.names(i) {
			break
		}
		i++
	}
	c := langClause{utterance: u, from: i, to: u.end, marks: make([]markKind, u.end+1)}
	got, to, ok := c.capture(last.capture, i)
	if !ok || !c.ends(to) {
		return u.again(at+n, last)
	}
	u.replace(last, got, i, to)
	return true
}

// worded reports whether anything is said from token i to token end.
func (u *utterance) worded(i, end int) bool {
	for ; i < end; i++ {
		if u.x.toks[i].kind == word && !u.at(i, u.l.wanes) && !u.l.orders.openers[u.low[i]] && !u.at(i, u.l.me) {
			return true
		}
	}
	return false
}

// again reads a correction that is a whole statement: "vertippt: ich wohne in Ulm". It stands in place of what it corrects.
func (u *utterance) again(from int, last *lastFact) bool {
	out := &u.x.out
	n := len(out.Relations)
	u.from = from
	u.relatives()
	u.sentence()
	if last != nil && last.relation && n > 0 && len(out.Relations) > n && out.Relations[n-1].Label == last.fact.key && out.Relations[n].Label == last.fact.key {
		out.Relations = slices.Delete(out.Relations, n-1, n)
	}
	return true
}

// names reports a verb of being or of names.
func (u *utterance) names(i int) bool {
	for _, s := range u.l.verbs[u.low[i]] {
		if u.l.naming[s.lemma] || copular[s.lemma] {
			return true
		}
	}
	return false
}

// waned reads "in Ulm, nein, in Neu-Ulm", where what follows is of the kind of what was said before.
func (u *utterance) waned() bool {
	end := u.end
	for i := u.from; i < end-1; i++ {
		if !u.at(i, u.l.wanes) || i > u.from && u.x.toks[i-1].kind == word || i == u.from && end-u.from > 7 ||
			u.is(i, "no", "nein", "non", "ne", "nee") && u.x.toks[i+1].kind == word {
			continue
		}
		if u.worded(u.from, i) {
			u.end = i - 1
			u.st.last = nil
			if u.greets() || u.order() {
				return true
			}
			u.relatives()
			u.sentence()
			u.end = end
		}
		if u.st.last == nil {
			u.from = i + 1
			return false
		}
		for j := i + 1; j < end; j++ {
			if u.x.toks[j].kind != word || u.at(j, u.l.wanes) || u.at(j, u.l.prepositions) || u.at(j, u.l.articles) || u.at(j, u.l.adverbs) {
				continue
			}
			c := langClause{utterance: u, from: j, to: end, marks: make([]markKind, end+1)}
			if got, to, ok := c.capture(u.st.last.capture, j); ok && c.ends(to) {
				u.replace(u.st.last, got, j, to)
				return true
			}
			break
		}
		u.from = i + 1
		return false
	}
	return false
}

// replace puts the right value in place of the wrong one.
func (u *utterance) replace(last *lastFact, got captured, from, to int) {
	x := u.x
	f := last.fact
	f.from, f.to = from, to
	f.object, f.value = party{}, ""
	switch {
	case last.fact.key == "name":
		x.named = false
		x.out.Entities = x.out.Entities[:min(last.entities, len(x.out.Entities))]
		x.name(mention{text: got.party.ref.Name, from: got.party.from, to: got.party.to}, sure)
		return
	case last.relation && len(x.out.Relations) > 0:
		gone := x.out.Relations[len(x.out.Relations)-1]
		x.out.Relations = x.out.Relations[:len(x.out.Relations)-1]
		if n := len(x.out.Entities); n > last.entities && x.out.Entities[n-1].EntityRef == gone.Object {
			x.out.Entities = x.out.Entities[:n-1]
			delete(x.spelling, gone.Object.Key())
		}
		f.object = got.party
		x.relation(f)
	case len(x.out.Attributes) > 0:
		x.out.Attributes = x.out.Attributes[:len(x.out.Attributes)-1]
		f.value = got.text
		x.attribute(f)
	}
}
