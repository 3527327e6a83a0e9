package extract

import (
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// What is said of somebody in passing: relative clauses ("Tim, who lives in Rome, …", "Tim, whose birthday is 3 March, …") and
// appositions ("my brother Tom, a nurse in Leeds, …"). Its subject is the person named right before it, and never that of the
// clause around it. Where that is nobody for sure, nothing is read.

// embedded reads what the token at i says in passing; outer is the verb of the clause around it, as far as it is known.
func (x *extractor) embedded(i int, s sentence, outer verbGroup) {
	t := &x.toks[i]
	switch {
	case t.kind != word && t.text != ",":
	case t.is("who", "that", "whose"):
		if c, ok := x.aboutBefore(i, s); ok {
			c.relative(i, outer)
		}
	case t.is("which"):
		x.organisationBefore(i, s)
	case t.is(",") && i+2 < s.to && x.toks[i+1].is("a", "an", "the"):
		if to, ok := x.inserted(i, s.to); ok {
			x.apposed(i, to, s)
		}
	}
}

// aboutBefore begins a clause about the person whose name ends before token i, a comma aside.
func (x *extractor) aboutBefore(i int, s sentence) (clause, bool) {
	to := i
	if to > s.from && x.toks[to-1].is(",") {
		to--
	}
	p, ok := x.antecedent(to, s)
	if !ok {
		// "a friend named Tim in Rome who …"
		for j := max(s.from, to-4); j < to-1 && !ok; j++ {
			if _, n, place := x.capture("place", j+1, to); place && n == to && x.toks[j].is("in", "from") {
				p, ok = x.antecedent(j, s)
			}
		}
	}
	return clause{x: x, subj: p, from: i, end: s.to}, ok
}

// inventing are the verbs whose object need not exist.
var inventing = set(`want wants wanted need needs needed looking seeking play plays played playing dressed invent invented create created
	call calls called like without imaginary fictional hypothetical`)

// antecedent is the person whose name ends before token to, if what follows the name is said of that person for sure.
func (x *extractor) antecedent(to int, s sentence) (party, bool) {
	for i := max(s.from, to-5); i < to; i++ {
		m, ok := x.personAt(i, s.to)
		if !ok || m.to != to || !givenNames[x.toks[i].low] && i+1 < to && givenNames[x.toks[i+1].low] && !m.titled {
			continue
		}
		low := strings.ToLower(m.text)
		introduced := x.people.intro[low]
		before := max(i-1, s.from)
		switch {
		case !introduced && x.people.evidence(m, x.sentenceStart(i)) != strongEvidence, x.isSelf(m),
			i > s.from && (x.toks[before].is("named", "called") && !introduced || x.toks[before].is("of", "like", "as", "than", "'s")),
			i > s.from && !introduced && x.kinOfOther(before, s.from), x.denied(s.from, i):
			return party{}, false
		}
		p := x.people.resolve(m)
		return p, p.ref.Type == record.TypePerson
	}
	return party{}, false
}

// isSelf reports whether the name may be the speaker's.
func (x *extractor) isSelf(m mention) bool {
	first := firstWord(m.text)
	return strings.EqualFold(first, firstWord(x.speaker.Name)) || x.named && strings.EqualFold(first, firstWord(x.out.Speaker.Name))
}

// kinOfOther reports whether the word at i is that of a pet, or of a relative who is not the speaker's: "Bob's sister", "her dog".
func (x *extractor) kinOfOther(i, from int) bool {
	label, ok := kin[x.toks[i].low]
	if !ok {
		return false
	}
	for j := i - 1; j >= from && j >= i-3; j-- {
		if x.toks[j].is("my") {
			return label == "pet"
		}
	}
	return true
}

// denied reports whether the words before a name leave open that there is such a person.
func (x *extractor) denied(from, to int) bool {
	for i := x.skipFillers(x.lineStart(to), to); i < to; i++ {
		if i >= from && (inventing[x.toks[i].low] && !x.kinNamed(i) || x.toks[i].is("not", "no", "never", "nobody", "neither", "nor")) {
			return true
		}
	}
	return false
}

// kinNamed reports whether "called" at i only introduces a name: "a friend called Tim".
func (x *extractor) kinNamed(i int) bool {
	return x.toks[i].is("called") && i > 0 && kin[x.toks[i-1].low] != ""
}

// relative reads a relative clause whose pronoun is at i, and what "and" joins to it.
func (c *clause) relative(i int, outer verbGroup) {
	x := c.x
	if x.toks[i].is("whose") {
		c.owns(i + 1)
		return
	}
	inserted := x.toks[i-1].is(",")
	verb := i + 1
	for first := true; ; first = false {
		v, ok := x.verbGroupAt(verb, c.end)
		marked := x.marked(verb, c.end)
		if !ok || !marked && v.tense != past || !first && !marked && (c.v.tense != past || outer.lemma == "" || outer.tense == past) {
			return // "who live in Rome" is said of several; "and moved to Rome" may be what the subject around it did
		}
		c.v, c.from = v, verb
		if !c.read() {
			x.report(c)
			return
		}
		if verb, ok = x.joined(v.end, c.end, inserted); !ok {
			return
		}
	}
}

// marked reports whether the verb group at i is one of the third person alone: "lives", "is", "has moved".
func (x *extractor) marked(i, end int) bool {
	for i < end && (softAdverbs[x.toks[i].low] || x.toks[i].is("no", "longer", "not")) {
		i++
	}
	if i >= end {
		return false
	}
	t := &x.toks[i]
	forms := verbs[t.low].forms
	return t.is("is", "has", "does", "'s", "was") || forms&thirdForm != 0 && forms&(baseForm|pastForm) == 0
}

// joined finds the verb that "and" joins to a relative clause. One that was inserted between commas ends at the second.
func (x *extractor) joined(i, end int, inserted bool) (int, bool) {
	for ; i+1 < end; i++ {
		t := &x.toks[i]
		if t.kind == newline || t.kind == punct && (inserted || !t.is(",")) || t.is("but", "because", "who", "that", "which", "whose", "where", "when") {
			return 0, false
		}
		if !t.is("and") {
			continue
		}
		if x.toks[i-1].is(",") {
			return 0, false
		}
		if _, ok := x.verbGroupAt(i+1, end); ok {
			return i + 1, true
		}
		if x.newClause(i+1, end) {
			return 0, false
		}
	}
	return 0, false
}

// organisationBefore reads "Acme, which acquired Globex".
func (x *extractor) organisationBefore(i int, s sentence) {
	if i < s.from+2 || !x.toks[i-1].is(",") || x.denied(s.from, i-1) {
		return
	}
	for j := max(s.from, i-6); j < i-1; j++ {
		c := clause{x: x, from: i, end: s.to}
		m, ok := x.organisationAt(j, i-1)
		if !ok || m.to != i-1 {
			continue
		}
		if c.subj, ok = x.organisation(m); !ok {
			return
		}
		if v, ok := x.verbGroupAt(i+1, s.to); ok && (x.marked(i+1, s.to) || v.tense == past) {
			c.v = v
			c.read()
		}
		return
	}
}

// inserted finds the comma or the end of the sentence that closes what the comma at i opens. What has a list in it is none.
func (x *extractor) inserted(i, end int) (int, bool) {
	for j := i + 1; j < end; j++ {
		switch t := &x.toks[j]; {
		case t.is(","):
			return j, !(j+1 < end && x.toks[j+1].is("and", "or", "a", "an", "the", "but") && !x.verbAfter(j+1, end))
		case t.kind == newline || t.kind == quoted || t.is("and", "or", "but", "&", ";", ":", "(", "who", "that", "which", "whose"):
			return j, false
		}
	}
	return end, true
}

// verbAfter reports whether a conjunction at i joins a verb.
func (x *extractor) verbAfter(i, end int) bool {
	_, ok := x.verbGroupAt(i+1, end)
	return ok && x.toks[i].is("and", "but")
}

// vocatives stand before the name of somebody who is spoken to.
var vocatives = set(`hi hello hey thanks thank dear morning evening bye goodbye sorry please you yes no ok okay well`)

// apposed reads the apposition between the commas at i and to: ", a nurse in Leeds,", ", the CTO of Acme".
func (x *extractor) apposed(i, to int, s sentence) {
	p, ok := x.antecedent(i, s)
	opens := x.skipFillers(x.lineStart(p.from), i) >= p.from
	if !ok || opens && to >= s.to || !opens && x.toks[p.from-1].is(",") || p.from > s.from && vocatives[x.toks[p.from-1].low] {
		return // a title without a statement, one of a list, or somebody who is spoken to
	}
	text, from, end := x.roleAt(i+1, to)
	if label, _ := x.kinWord(i+2, to); personal[label] {
		return // "two brothers, Joss and Eli, a sister, Hope"
	}
	if text == "" || end < to && !x.toks[end].is("of", "at", "in", "from", "with", "for") {
		return
	}
	c := clause{x: x, subj: p, from: i + 1, end: s.to}
	c.holdsRole(captured{name: "role", text: text, party: party{from: from, to: end, conf: 1}}, false)
}

// pastInserted moves over what is said in passing between a subject that ends before i and its verb: ", who works at Acme,".
func (x *extractor) pastInserted(i, end int) int {
	if i+2 >= end || !x.toks[i].is(",") {
		return i
	}
	switch {
	case x.toks[i+1].is("who", "whom", "whose"):
	case x.toks[i+1].is("a", "an", "the"):
		if text, _, _ := x.roleAt(i+1, end); text == "" && !x.ofMineAhead(i+1, end) {
			return i
		}
	default:
		return i
	}
	for j := i + 2; j < end; j++ {
		switch t := &x.toks[j]; {
		case t.kind == newline || t.kind == quoted || t.is(";", ":", "(", "and", "or", "but"):
			return i
		case t.is(","):
			if _, ok := x.verbGroupAt(j+1, end); ok && (x.marked(j+1, end) || verbs[x.toks[j+1].low].forms&pastForm != 0) {
				return j + 1
			}
			return i
		}
	}
	return i
}
