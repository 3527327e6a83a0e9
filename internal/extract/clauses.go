package extract

import (
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

const (
	identity  = record.Identity
	knowledge = record.Knowledge
	momentary = record.Context
)

// clause is one statement: a subject, its verb group and the rest up to the end of the sentence.
type clause struct {
	x      *extractor
	subj   party
	v      verbGroup
	from   int // first token
	end    int // end of the sentence
	front  when
	dated  bool // front is set
	shared bool // the subject is "we"
	unread unread
}

// sentence reads one sentence.
func (x *extractor) sentence(s sentence) {
	if x.stopped || x.foreign(s) {
		x.stopped = true
		return
	}
	prev := x.last
	x.last = topic{}
	if x.jests(s) || x.instruction(s) {
		return
	}
	s, ok := x.statement(s)
	if !ok {
		return
	}
	x.german(s)
	x.clauses(s, prev)
	x.doubts(s, prev)
}

// clauses tries every place of the sentence where a clause can begin.
func (x *extractor) clauses(s sentence, prev topic) {
	var before party // the subject of the clause before, for "and work at Acme"
	elide := false
	first := true
	hedged := false
	read := -1 // where the last clause that was read begins
	mark := x.skipFillers(s.from, s.to)
	var persons []party
	var outer verbGroup // of the last clause that has one
	for i := s.from; i < s.to; i++ {
		if i == s.from || x.boundary(i) {
			x.awaits(x.skipFillers(i, s.to), s.to)
		}
		if i >= mark {
			if hedges[x.toks[i].low] && x.toks[i].kind == word && !(x.toks[i].is("may") && x.toks[i].upper) {
				hedged = true
			}
			if resets(&x.toks[i]) {
				hedged = false
			}
		}
		if hedged {
			elide = false
			continue
		}
		if x.toks[i].is("my", "our") {
			x.kinAt(i, s.to, &persons)
		}
		if i > s.from {
			x.embedded(i, s, outer)
		}
		if i != s.from && !x.boundary(i) {
			continue
		}
		j := x.skipFillers(i, s.to)
		if j >= s.to {
			break
		}
		if i != s.from && j == i && !x.boundary(i) {
			continue
		}
		c := clause{x: x, from: j, end: s.to}
		if w, ok := x.whenAt(j, s.to, backward); ok && w.end < s.to {
			c.front, c.dated = w, true
			j = x.skipFillers(w.end, s.to)
			c.from = j
		}
		if j >= s.to || x.hedgedBetween(i, j) {
			continue
		}
		if hedges[x.toks[j].low] {
			continue
		}
		if j == read {
			continue // the clause after "Well," is the one that was read from "Well" on
		}
		matched := false
		switch {
		case x.opening(j, s.to):
			matched = true
			before = x.me()
		case x.possessive(&c, j):
			matched, before = true, c.subj
			if c.subj.from < c.subj.to && x.toks[c.subj.from].is("my") {
				persons = append(persons, c.subj)
			}
		case x.subject(&c, j, first, prev):
			before = c.subj
			matched = c.read()
			if !c.subj.speaker && c.subj.ref.Name != "" && (matched || !c.subj.weak) {
				persons = append(persons, c.subj)
			}
		case elide && !first && x.elided(i, j):
			c.subj = before
			if v, ok := x.verbGroupAt(j, s.to); ok && x.agrees(before, j) && !x.relativeBefore(i) {
				c.v = v
				matched = c.read()
			}
		}
		if matched {
			read = j
		} else {
			x.report(&c)
		}
		if c.v.lemma != "" {
			outer = c.v
		}
		elide = matched
		first = false
	}
	if x.onlyPerson(s, persons) {
		x.follow(persons)
	}
}

// onlyPerson reports whether the sentence names nobody beside the persons given.
func (x *extractor) onlyPerson(s sentence, persons []party) bool {
	if len(persons) == 0 {
		return false
	}
	for i := s.from; i < s.to; i++ {
		if !x.toks[i].upper || notNames[x.toks[i].low] {
			continue
		}
		m, ok := x.personAt(i, s.to)
		if !ok {
			continue
		}
		mine := false
		for _, p := range persons {
			mine = mine || p.from < m.to && m.from < p.to || p.ref.Name == m.text
		}
		if !mine && x.people.evidence(m, i == s.from) == strongEvidence {
			return false
		}
		i = m.to - 1
	}
	return true
}

// hedgedBetween reports a hedge among the tokens that were skipped.
func (x *extractor) hedgedBetween(i, j int) bool {
	for ; i < j; i++ {
		if x.toks[i].kind == word && hedges[x.toks[i].low] && !x.toks[i].is("said", "mentioned", "say", "announce", "share") {
			return true
		}
	}
	return false
}

// follow notes who a "he" or "she" in the next sentence is: the one person that this sentence names.
func (x *extractor) follow(persons []party) {
	for _, p := range persons {
		if p.doubt != "" || x.last.ok && p.ref != x.last.person.ref {
			x.last = topic{}
			return
		}
		x.last = topic{person: p, ok: p.ref.Type == record.TypePerson}
	}
}

// boundary reports whether a clause can begin after the token before i.
func (x *extractor) boundary(i int) bool {
	t := &x.toks[i-1]
	switch t.kind {
	case newline:
		return true
	case punct:
		if t.text == "." && i > 1 && titles[x.toks[i-2].low] {
			return false // "my doctor Dr. Patel"
		}
		return !strings.Contains("'/@#&*_", t.text)
	case quoted:
		return false
	}
	return t.is("and", "but", "because", "cause", "so", "although", "though", "plus", "also", "since", "then")
}

// elided reports whether the clause at j has lost its subject after "and" or "but": "… and work at Acme".
func (x *extractor) elided(i, j int) bool {
	if i == 0 {
		return false
	}
	return x.toks[i-1].is("and", "but", "then") || x.toks[j-1].is("and", "but", "then")
}

// agrees reports whether the verb form at j can have the subject: "lives" cannot have "I".
func (x *extractor) agrees(subject party, j int) bool {
	t := &x.toks[j]
	f := verbs[t.low].forms
	third := f&thirdForm != 0 && f&(baseForm|pastForm) == 0 || t.is("is", "has", "does")
	return !subject.speaker || !third
}

// relativeBefore reports whether a relative clause began before token i of the sentence. What "and" joins there may belong to
// it: "I have a friend named Tim who likes tea and moved to Rome".
func (x *extractor) relativeBefore(i int) bool {
	for j := x.lineStart(i); j < i; j++ {
		if x.toks[j].is("who", "whom", "whose", "which", "that", "where") {
			return true
		}
	}
	return false
}

// subject reads the subject of a clause and its verb group.
func (x *extractor) subject(c *clause, i int, first bool, prev topic) bool {
	t := &x.toks[i]
	var verb int
	switch {
	case t.kind != word:
		return false
	case t.is("i"):
		c.subj, verb = x.me(), i+1
	case t.is("we"): // the speaker among others: only weddings, children and a fresh move are shared for sure
		v, ok := x.verbGroupAt(i+1, c.end)
		if !ok || v.lemma != "get" && v.lemma != "have" && v.lemma != "marry" && v.lemma != "move" {
			return false
		}
		c.subj, verb = x.me(), i+1
		c.shared = true
	case t.is("he", "she"):
		if !first || !prev.ok || !x.people.fits(prev.person, t.low) {
			return false
		}
		c.subj, verb = prev.person, i+1
		c.subj.conf = coref
	default:
		m, ok := x.personAt(i, c.end)
		if !ok {
			return false
		}
		opens := i == 0 || x.toks[i-1].kind != word || fillers[x.toks[i-1].low] && x.toks[i-1].upper || x.sentenceStart(i)
		if i > 0 && x.toks[i-1].is("and") && !x.verbBefore(i-1) && !x.leads(i-1) {
			return false // "the sister of Anna and Bob works at Acme"
		}
		ev := x.people.evidence(m, opens)
		if ev == noEvidence {
			return x.orgSubject(c, i)
		}
		c.subj = x.people.resolve(m)
		c.subj.weak = ev == weakEvidence
		if c.subj.weak {
			c.subj.conf = likely
		}
		verb = x.pastInserted(x.apposition(c, m.to), c.end)
	}
	v, ok := x.verbGroupAt(verb, c.end)
	if !ok {
		// the other readings of a subject without a verb that rules know
		c.v = verbGroup{end: verb}
		return true
	}
	c.v = v
	return true
}

// verbBefore reports whether the sentence has a verb before token i, so that an "and" there joins statements.
func (x *extractor) verbBefore(i int) bool {
	from := x.skipFillers(x.lineStart(i), i) // "Well, the sister of Anna and Bob works at Acme"
	for j := i - 1; j >= from; j-- {
		t := &x.toks[j]
		if t.kind == word && !t.upper && (verbLike(t) || t.is("am", "were", "do", "does", "did", "have")) || t.is(",") {
			return true
		}
	}
	return false
}

// leads reports whether the conjunction at i opens a sentence, rather than a line that continues one.
func (x *extractor) leads(i int) bool {
	from := x.lineStart(i)
	return x.skipFillers(from, i+1) > i && (from == 0 || x.toks[from-1].kind != newline || x.toks[from].upper)
}

// lineStart gives the first token after the full stop or line break before token i.
func (x *extractor) lineStart(i int) int {
	for i > 0 && x.toks[i-1].kind != newline && !(x.toks[i-1].kind == punct && terminal(x.toks[i-1].text)) {
		i--
	}
	return i
}

// sentenceStart reports whether only fillers precede the token in its sentence.
func (x *extractor) sentenceStart(i int) bool {
	for j := i - 1; j >= 0; j-- {
		t := &x.toks[j]
		if t.kind == newline || t.kind == punct && terminal(t.text) {
			return true
		}
		if t.kind == word && !fillers[t.low] {
			return false
		}
	}
	return true
}

// orgSubject reads an organisation as the subject: "Acme acquired Globex".
func (x *extractor) orgSubject(c *clause, i int) bool {
	m, ok := x.organisationAt(i, c.end)
	if !ok || notNames[x.toks[i].low] {
		return false
	}
	p, ok := x.organisation(m)
	if !ok {
		return false
	}
	v, ok := x.verbGroupAt(m.to, c.end)
	if !ok {
		return false
	}
	c.subj, c.v = p, v
	return true
}

// read applies the rules to the clause.
func (c *clause) read() bool {
	if c.shared {
		return c.together()
	}
	if c.subj.ref.Type == record.TypeOrganisation {
		return c.apply(verbRules[c.v.lemma], true)
	}
	if c.v.lemma == "" {
		return c.subj.speaker && c.cannotStand()
	}
	if c.v.lemma == "be" {
		return c.isClause()
	}
	if c.apply(verbRules[c.v.lemma], false) {
		return true
	}
	if c.preference() {
		return true
	}
	if f, ok := verbExtras[c.v.lemma]; ok && !c.subj.weak {
		return f(c)
	}
	return false
}

// apply tries the rules in order; the first that matches decides.
func (c *clause) apply(rules []rule, org bool) bool {
	for _, r := range rules {
		if r.meaning.org != org || c.subj.weak && !r.meaning.personal {
			continue
		}
		got, to, ok := c.x.match(r.elements, c.v.end, c.end)
		if !ok && to < c.end && got != nil {
			c.halfMatched(&r, to)
		}
		if !ok || len(got) == 0 {
			continue
		}
		if c.assert(r, got, to) {
			return true
		}
	}
	return false
}
