package extract

import "github.com/spectron-go/spectron/internal/record"

// fronting are the words that open a phrase of time or place before the subject: "after eleven years I left".
var fronting = set(`after in for during over with on at from before last this most sometimes originally until as being nowadays`)

// subject reads the subject of a clause and its verb group.
func (x *extractor) subject(c *clause, i int, first bool, prev topic) bool {
	t := &x.toks[i]
	var verb int
	switch {
	case t.kind != word:
		return false
	case t.is("i"):
		c.subj, verb = x.me(), i+1
		c.companion = x.companionAt(i)
	case t.is("me") && i+2 < c.end && x.toks[i+1].is("and", "n", "&"): // "me and Jonas split up"
		at := i + 2
		if at+2 < c.end && x.toks[at].is("my", "our") {
			if label, n := x.kinWord(at+1, c.end); label != "" {
				at = n // "me and my sister Kemi"
			}
		}
		m, ok := x.personAt(at, c.end)
		if !ok {
			return false
		}
		c.subj, verb, c.companion = x.me(), m.to, x.people.resolve(m)
		c.shared = true
	case t.is("we"):
		c.subj, verb = x.me(), i+1
		c.shared = true
		c.companion = x.companionBehind(i, c.end)
	case t.is("it") && !first:
		return false
	case t.is("he", "she"):
		who, ok := x.meantBy(i, t.low, prev, first)
		if !ok && len(x.met) == 0 {
			who, ok = x.soleBefore(i, t.low)
		}
		if !ok {
			return false
		}
		c.subj, verb = who, i+1
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
		to := x.apposition(c, m.to)
		if to+1 < c.end && x.toks[to].is("from", "in") && (departments[x.toks[to+1].low] || x.toks[to+1].is("accounts", "payroll", "reception", "admin", "work")) {
			to += 2 // "Greta from accounts is my mentor"
		}
		verb = x.pastCleft(x.pastInserted(to, c.end), c.end, i)
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

// companionAt is who is named before "and I" at token i.
func (x *extractor) companionAt(i int) party {
	if x.toks[i].is("me") {
		m, _ := x.personAt(i+2, len(x.toks))
		return x.people.resolve(m)
	}
	if i < 2 || !x.toks[i-1].is("and") {
		return party{}
	}
	for a := max(0, i-5); a < i-1; a++ {
		if m, ok := x.personAt(a, i-1); ok && m.to == i-1 && x.people.evidence(m, false) != noEvidence {
			return x.people.resolve(m)
		}
	}
	return party{}
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

// fronted reports whether only such a phrase stands before token i in its sentence.
func (x *extractor) fronted(i int) bool {
	from := i
	for from > 0 && i-from < 8 && x.toks[from-1].kind == word {
		from--
	}
	j := x.skipFillers(from, i)
	if j >= i || i-from >= 8 || !fronting[x.toks[j].low] {
		return false
	}
	for ; j < i; j++ {
		if _, verb := verbs[x.toks[j].low]; verb || x.toks[j].is("that", "which", "who", "where", "when", "i", "we", "you", "what", "than", "if") || hedges[x.toks[j].low] {
			return false
		}
	}
	return true
}

// runsOn reports whether a new statement begins at i without a mark, as in "im a nurse i live in slough".
func (x *extractor) runsOn(i int) bool {
	t := &x.toks[i-1]
	if !x.casual || x.toks[i].joined && (subordinating[t.low] || uncertain[t.low] || t.is("think", "thinking")) {
		return false
	}
	_, ok := x.verbGroupAt(i+1, len(x.toks))
	return ok
}

// pastOnly reports whether the word at i is a verb in a form of the past alone: "moved", "grew", not "quit".
func (x *extractor) pastOnly(i int) bool {
	f := verbs[x.toks[i].low].forms
	return f&(pastForm|participle) != 0 && f&baseForm == 0 || x.toks[i].is("been", "quit", "split")
}

// dropped reports whether the sentence begins with a verb in the past whose subject the speaker left out: "moved to Leeds in May".
func (x *extractor) dropped(i, end int) bool {
	start := i
	for i < end && (softAdverbs[x.toks[i].low] || x.toks[i].is("no", "longer")) {
		i++
	}
	if i+2 < end && ongoing[x.toks[i].low] && x.sentenceStart(i) {
		for j := i + 1; j < end && x.toks[j].kind == word && !x.toks[j].is("and", "but", "so", "because", "cos", "while", "when", "until", "since", "to", "though", "which"); j++ {
			if t := &x.toks[j]; verbLike(t) || verbs[t.low].forms&(thirdForm|pastForm) != 0 && !t.is("called", "named") || t.is("can", "would", "makes", "means", "gets") {
				return false // "Working at Acme is hard"
			}
		}
		return true
	}
	if i+3 < end && x.phrase(i, end, "have not") && verbs[x.toks[i+2].low].forms&participle != 0 && x.sentenceStart(start) {
		return true // "haven't lived in Spain since 2015"
	}
	if x.droppedPresent(i, end, x.sentenceStart(start)) || i+2 < end && x.toks[i].is("not") && (x.phrase(i+1, end, "a") || x.toks[i+1].is("in", "at", "with", "working", "living", "married", "allergic", "vegan", "vegetarian")) && x.sentenceStart(i) && x.anyMoreAhead(i, end) {
		return true
	}
	return i < end && x.pastOnly(i) && !(x.toks[i].upper && i+1 < end && nameWord(&x.toks[i+1]) && x.toks[i].is("left", "made"))
}

// droppedVerb reads the verb group at i as that of the speaker, with the auxiliary that was left out with the subject.
func (x *extractor) droppedVerb(i, end int) (verbGroup, bool) {
	j := i
	for j < end && softAdverbs[x.toks[j].low] {
		j++
	}
	switch t := &x.toks[j]; {
	case ongoing[t.low]:
		return x.copula(verbGroup{tense: present}, j, end)
	case t.is("not"):
		return x.copula(verbGroup{tense: present}, j, end)
	case x.phrase(j, end, "can not"):
		return verbGroup{end: i}, true
	case t.is("been"):
		return x.copula(verbGroup{tense: perfectProg}, j+1, end)
	case t.is("born", "based", "raised", "diagnosed", "promoted"), t.is("made") && j+1 < end && x.toks[j+1].is("redundant"), t.is("laid") && j+1 < end && x.toks[j+1].is("off"):
		v := verbGroup{tense: past}
		if t.is("based") {
			v.tense = present
		}
		return x.copula(v, j, end)
	}
	return x.verbGroupAt(i, end)
}

// elided reports whether the clause at j has lost its subject after "and" or "but": "… and work at Acme".
func (x *extractor) elided(i, j int) bool {
	if i == 0 {
		return false
	}
	if x.toks[i-1].is(",") && (x.pastOnly(j) || x.toks[j].is("was") && j+1 < len(x.toks) && x.toks[j+1].is("born", "brought", "raised", "made", "promoted", "hired")) {
		return true
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

// soleBefore is the one person whom the sentence has named before the pronoun at i: "Salt Harbour belongs to my cousin Evangelos, he set it up".
func (x *extractor) soleBefore(i int, pronoun string) (found party, ok bool) {
	from := x.lineStart(i)
	for j := from; j < i; j++ {
		t := &x.toks[j]
		if t.kind == quoted || t.is("he", "she") && t.low != pronoun {
			return party{}, false
		}
		if kin[t.low] == "pet" || t.is("retriever", "terrier", "spaniel", "collie", "puppy", "kitten") || kin[t.low] != "" && !(j+1 < i && (x.toks[j+1].upper || x.toks[j+1].is("'s", ",", "called"))) {
			return party{}, false // somebody who is not named
		}
		if !t.upper || j > from && x.toks[j-1].upper && x.toks[j].joined && !notNames[x.toks[j-1].low] {
			continue
		}
		m, named := x.personAt(j, i)
		if !named {
			continue
		}
		ev := x.people.evidence(m, x.sentenceStart(j))
		if ev == noEvidence || ev == weakEvidence && !x.people.intro[lower(m.text)] {
			continue
		}
		p := x.people.resolve(m)
		if p.doubt != "" || ok && p.ref != found.ref || x.isSelf(m) {
			return party{}, false
		}
		found, ok = p, true
		j = m.to - 1
	}
	if !ok || found.ref.Type != record.TypePerson {
		return party{}, false
	}
	g := x.people.gender[lower(found.ref.Name)]
	first := lower(firstWord(found.ref.Name))
	contrary := pronoun == "she" && (g == masculine || g == 0 && mensNames[first]) || pronoun == "he" && (g == feminine || g == 0 && womensNames[first])
	return found, !contrary
}
