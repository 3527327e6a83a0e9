package extract

import (
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// jests reports a sentence that makes a joke of what is said before it: "Das war ein Scherz."
func (u *utterance) jests(question bool) bool {
	if u == nil || question || u.asks() {
		return false
	}
	at, _ := u.find(u.l.jests, u.from, u.end)
	back, _ := u.find(u.l.forget, u.from, u.end)
	return at >= 0 && back < 0
}

// lastFact is a fact that the next sentence may correct.
type lastFact struct {
	fact     fact // its parties are spelt as in the row that was given out
	capture  string
	relation bool
	kin      bool // of a relative whom the words that follow may speak of
	listed   bool // its object, or the speaker's name, was listed as an entity because of it
}

// lists notes whether the entity is one of those that were listed from the given number on.
func (l *lastFact) lists(e record.EntityRef, since []record.ExtractedEntity) {
	l.listed = slices.ContainsFunc(since, func(o record.ExtractedEntity) bool { return o.EntityRef == e })
}

// repair reads a correction of what was said last: "nein, ich meinte Joachim". Nothing else is read in it.
func (u *utterance) repair() bool {
	i := u.from
	at, n := u.find(u.l.repairs, i, u.end)
	for at > u.from && u.l.nouns && u.at(at, u.l.me) && u.x.toks[at-1].kind == word && !u.l.orders.openers[u.low[at-1]] { // "verdiene ich mein Geld"
		at, n = u.find(u.l.repairs, at+1, u.end)
	}
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

// forgetThing takes back what has only a name: "das mit dem Vegetarier kannst du streichen".
func (u *utterance) forgetThing() bool {
	c := u.clauseFrom(u.from)
	c.subj, c.known = u.x.me(), true
	i := u.from
	for i < u.end && (u.at(i, u.l.articles) || u.is(i, "mit", "meiner", "meinem", "meinen")) {
		i++
	}
	for _, k := range [...][2]string{{"diet", "diet"}, {"disease", Condition}, {"sport", Hobby}, {"orgnoun", WorksAt}, {"role", Role}, {"allergen", AllergicTo}, {"place", LivesIn}} {
		if got, to, ok := c.capture(k[0], i); ok && c.next(to) >= u.end {
			f := fact{subject: u.x.me(), key: k[1], value: got.text, object: got.party, from: i, to: to}
			if got.text != "" {
				f.object = party{}
			}
			return u.x.invalidate(f, time.Time{})
		}
	}
	return false
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
	relations, attributes := len(out.Relations), len(out.Attributes)
	u.from = from
	u.relatives()
	u.sentence()
	if u.l.elides {
		u.passing()
		u.sayings()
	}
	if u.l.drops {
		u.sayings()
	}
	if last == nil {
		return true
	}
	if slices.ContainsFunc(out.Relations[relations:], func(r record.ExtractedRelation) bool {
		return r.Label == last.fact.key && r.Subject == last.fact.subject.ref
	}) || slices.ContainsFunc(out.Attributes[attributes:], func(a record.ExtractedAttribute) bool {
		return a.Key == last.fact.key && a.Entity == last.fact.subject.ref
	}) {
		u.x.unsay(last)
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
			if last := u.st.last; !u.l.nouns { // "le divorce est prononcé, enfin libre"
				u.passing()
				u.sayings()
				if last != nil {
					u.st.last = last
				}
			}
			u.end = end
		}
		if u.st.last == nil {
			u.from = i + 1
			return false
		}
		for j := i + 1; j < end; j++ {
			if u.x.toks[j].kind != word || u.at(j, u.l.wanes) || u.at(j, u.l.prepositions) || u.at(j, u.l.articles) || u.at(j, u.l.adverbs) || u.at(j, u.l.they) || u.names(j) && u.st.last.kin {
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
	x.unsay(last)
	if last.fact.key == "name" {
		x.name(mention{text: got.party.ref.Name, from: got.party.from, to: got.party.to}, sure)
		return
	}
	f := last.fact
	f.from, f.to = from, to
	if !last.relation {
		f.value = got.text
		x.attribute(f)
		return
	}
	if last.kin {
		if heard, ok := x.heard[f.key]; ok {
			x.heard[f.key] = slices.DeleteFunc(heard, func(e record.EntityRef) bool { return e == f.object.ref })
		}
		u.related(f.key, from, mention{text: got.party.ref.Name, from: got.party.from, to: got.party.to})
		return
	}
	f.object = got.party
	x.relation(f)
}

// unsay removes the row of a fact, and the entity that was listed because of it and that no other row has.
func (x *extractor) unsay(last *lastFact) {
	f, out := &last.fact, &x.out
	entity := f.object.ref
	switch {
	case f.key == "name":
		entity, out.Speaker, x.named = out.Speaker, record.EntityRef{}, false
	case last.relation:
		out.Relations = slices.DeleteFunc(out.Relations, func(r record.ExtractedRelation) bool {
			return r.Label == f.key && r.Subject == f.subject.ref && r.Object == f.object.ref
		})
		x.again("r", f.subject.ref.Key(), f.key, f.object.ref.Key())
	default:
		out.Attributes = slices.DeleteFunc(out.Attributes, func(a record.ExtractedAttribute) bool {
			return a.Key == f.key && a.Entity == f.subject.ref && a.Value == f.value
		})
		x.again("a", f.subject.ref.Key(), f.key, f.value)
	}
	if !last.listed || x.mentioned(entity) {
		return
	}
	out.Entities = slices.DeleteFunc(out.Entities, func(e record.ExtractedEntity) bool { return e.EntityRef == entity })
	delete(x.spelling, entity.Key())
	x.again("e", entity.Key())
}

// mentioned reports whether a row has the entity.
func (x *extractor) mentioned(e record.EntityRef) bool {
	return slices.ContainsFunc(x.out.Relations, func(r record.ExtractedRelation) bool { return r.Subject == e || r.Object == e }) ||
		slices.ContainsFunc(x.out.Attributes, func(a record.ExtractedAttribute) bool { return a.Entity == e }) ||
		slices.ContainsFunc(x.out.Invalidations, func(i record.Invalidation) bool { return i.Entity == e || i.Value == e.Name })
}
