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
	x          *extractor
	subj       party
	v          verbGroup
	from       int // first token
	end        int // end of the sentence
	front      when
	dated      bool  // front is set
	lasts      bool  // for how long stands in front: "nine years I've …"
	shared     bool  // the subject is "we"
	companion  party // of "Anna and I"
	infinitive bool  // the object is "to swim"
	unread     unread
}

// sentence reads one sentence. u is the same in another language than English.
func (x *extractor) sentence(s sentence, u *utterance) {
	x.english = false
	if u = x.tongueSentence(s, u); u != nil {
		if !s.question {
			x.doubts(s, topic{}, u)
		}
		return
	}
	x.english = true
	if x.profileAt(s) == 0 && x.foreign(s) {
		x.stopped = true
		return
	}
	if x.aside(s) {
		x.story = true
		return
	}
	x.casual = casual(x.toks[s.from:s.to])
	prev := x.last
	x.last = topic{}
	if x.jests(s) {
		return
	}
	if x.fields(s) {
		x.changes(s, prev, nil, true)
		return
	}
	before := x.out
	if orders := len(x.out.Instructions); x.retraction(s) || x.instruction(s) {
		if x.written {
			x.out = before // nobody gives orders there
			return
		}
		x.namedInOrder(s)
		x.changes(s, prev, nil, len(x.out.Instructions) > orders) // what it takes back may have been said in other words
		return
	}
	for i := s.from + 1; i < s.to; i++ { // "quick thing before we start, never use emojis"
		if !x.toks[i-1].is(",", ":", "-", "–", "—", ";") || x.toks[i].kind != word {
			continue
		}
		rest := sentence{i, s.to, s.question}
		if x.opensOrder(i) && !x.saidBefore(s.from, i) && (x.retraction(rest) || !s.question && x.instruction(rest)) {
			s.to = i - 1
			break
		}
	}
	if s.to <= s.from || x.unsays(s) {
		return
	}
	x.manners(s)
	x.met = x.met[:0]
	x.presumed(s)
	x.awaited(s)
	x.theirs(s)
	x.besideName(s)
	x.profile(s)
	for i := s.from; i < s.to && !x.written; i++ { // "B = 42" is no age
		x.labelledKin(i, s)
		if i == s.from || x.toks[i-1].kind == newline {
			x.listedLine(i, s.to)
		}
	}
	said, ok := x.statement(s)
	if !ok {
		if !s.question && x.toks[s.from].is("had", "have", "has") { // "had my last day"
			x.doubts(s, prev, nil)
		}
		return
	}
	s = said
	x.clauses(s, prev)
	x.engagedInPassing(s)
	x.doubts(s, prev, nil)
}

// opensOrder reports whether the word at i can open an order or a retraction inside a sentence.
func (x *extractor) opensOrder(i int) bool {
	t := &x.toks[i]
	return t.is("always", "never", "please", "from", "whenever", "when", "what", "everything", "hiya", "do", "tiny", "quick", "small", "so", "and", "could", "can") || retractingVerbs[t.low]
}

// saidBefore reports a verb of saying before token i, so that what follows may be somebody else's words.
func (x *extractor) saidBefore(from, i int) bool {
	for ; from < i; from++ {
		if t := &x.toks[from]; t.kind == word && (fronting[t.low] && x.skipFillers(x.lineStart(from), from+1) == from || hedges[t.low] || t.is("i", "we", "he", "she", "they") && from+1 < i && x.toks[from+1].is("always", "never", "used")) {
			return true
		}
	}
	return false
}

// clauses tries every place of the sentence where a clause can begin.
func (x *extractor) clauses(s sentence, prev topic) {
	var before party // the subject of the clause before, for "and work at Acme"
	elide := false
	first := true
	hedged, far, since := false, false, 0
	read := -1 // where the last clause that was read begins
	mark := x.skipFillers(s.from, s.to)
	var persons []party
	var outer verbGroup // of the last clause that has one
	clear(x.has)
	for i := s.from; i < s.to; i++ {
		x.has[x.toks[i].low] = true
	}
	for i := s.from; i < s.to; i++ {
		if i == s.from || x.boundary(i) {
			x.awaits(x.skipFillers(i, s.to), s.to)
		}
		if i >= mark {
			if hedges[x.toks[i].low] && x.toks[i].kind == word && !(x.toks[i].is("if") && x.phraseOf(i, s.to, harmless) > 0) && !(x.toks[i].is("thinking") && i > 0 && x.toks[i-1].is("wishful")) && !(x.toks[i].is("may") && x.toks[i].upper) {
				hedged, far, since = true, far && hedged || farHedges[x.toks[i].low] && !x.backThen(i, s.to) && !x.conditionBehind(i, s.from) && !(x.toks[i].is("when", "whenever", "once", "whatever", "whoever") && i+1 < s.to && x.toks[i+1].is("you")), i
			}
			if x.goesOn(i, s.to) {
				hedged, far, since = true, true, i
			}
			if resets(&x.toks[i]) || hedged && !far && i > since+1 && i+1 < s.to && (x.toks[i].is(":") && !saying[x.toks[since].low] || x.toks[i].is(",", "and", "so", "-", "–", "—", "because", "cos", "coz", "cause", "since") && x.ownStatement(i+1, s.to)) {
				hedged, far = false, false
			}
		}
		if hedged {
			elide = false
			continue
		}
		if x.toks[i].is("my", "our") || x.toks[i].is("the") && i+3 < s.to && (x.toks[i+2].is(",", "named", "called") || x.phrase(i+2, s.to, "'s called") || x.phrase(i+2, s.to, "is called") || x.phrase(i+2, s.to, "'s name is")) && (kin[x.toks[i+1].low] == "pet" || x.toks[i+1].is("twins", "kids", "children", "boys", "girls", "grandkids", "grandchildren")) || x.toks[i].is("the") && i+3 < s.to && x.toks[i+1].is("twins", "kids", "children", "boys", "girls", "grandkids", "grandchildren", "dogs", "cats") && x.toks[i+2].is("are") && (x.toks[i+3].upper || x.toks[i+3].is("called", "named") && i+4 < s.to && x.toks[i+4].upper) {
			x.kinAt(i, s.to, &persons, false)
		}
		if i > s.from {
			x.embedded(i, s, outer)
		}
		if !x.spotted(i, s, false) {
			_ = x.ageInPassing(i, s) || x.studyInPassing(i, s) || x.appointmentAt(i, s, false) || x.nearby(i, s)
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
		w, ok := x.whenAt(j, s.to, backward)
		if j > i && x.toks[j-1].is("since") {
			w, ok = x.whenAt(j-1, s.to, backward)
		}
		if n := x.durationFront(j, s.to); n > 0 {
			c.from, j, c.lasts = n, n, true
		} else if ok && w.end < s.to {
			c.front, c.dated = w, true
			j = x.skipFillers(w.end, s.to)
			c.from = j
		}
		if j >= s.to {
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
		case x.namesLater(j, s.to):
			matched, before = true, party{}
		case c.idiom(j):
			matched, before = true, x.me()
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
				x.meet(c.subj)
			}
		case (first || (before.ref.Name == "" || before.speaker) && i > 0 && x.toks[i-1].is(",", "-", "–", "—", ":") && !x.toks[j-1].is("and", "but", "then") && !x.relativeBefore(i) && !x.apposedBefore(i, s.from)) && x.dropped(j, s.to):
			before = x.me()
			if p, ok := x.carried(j, s, prev); ok && first {
				before, persons = p, append(persons, p)
			}
			c.subj = before
			if v, ok := x.droppedVerb(j, s.to); ok {
				c.v = v
				matched = c.read()
			}
		case elide && !first && x.elided(i, j):
			c.subj = before
			if v, ok := x.verbGroupAt(j, s.to); ok && x.agrees(before, j) && !x.relativeBefore(i) {
				if outer.tense == perfect && v.tense == present && verbs[x.toks[v.end-1].low].forms&participle != 0 {
					v.tense = perfect // "I've left teaching and become a florist"
				}
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
		elide = matched || c.subj.speaker && c.v.lemma != "" && c.v.plain()
		first = false
	}
	if x.onlyPerson(s, persons) {
		x.follow(persons)
	}
	if len(persons) == 0 && len(x.met) == 1 && x.met[0].ref.Type == record.TypeOther && x.onlyPerson(s, x.met) {
		x.last = topic{person: x.met[0], ok: true} // a pet
	}
}

// apposedBefore reports a name between commas right before token i: in "my boyfriend's sister, Kat, moved to Leeds" she moved.
func (x *extractor) apposedBefore(i, from int) bool {
	if i-2 < from || !x.toks[i-1].is(",", ")") || !x.toks[i-2].upper {
		return false
	}
	for j := i - 2; j > from && j > i-6; j-- {
		if x.toks[j].is(",", "(") {
			return j-1 > from && x.toks[j-1].kind == word && !fillers[x.toks[j-1].low]
		}
		if x.toks[j].kind != word {
			return false
		}
	}
	return false
}

// carried is of whom the sentence before speaks, if it opens with somebody and says nothing of the speaker: "My brother Zoltan had a year.
// Quit the bank." goes on about him.
func (x *extractor) carried(i int, s sentence, prev topic) (party, bool) {
	p := prev.person
	if !prev.ok || p.ref.Type != record.TypePerson || !x.pastOnly(i) || x.skipFillers(s.from, s.to) != i {
		return p, false
	}
	if p.from > 0 && p.from < s.from && (p.from-x.lineStart(p.from) > 6 || x.anyWord(p.from, s.from, "i", "we", "me", "us", "my", "our")) {
		return p, false
	}
	p.conf = min(max(p.conf, coref), coref)
	return p, true
}

// ownStatement reports whether a statement about the speaker begins at i.
func (x *extractor) ownStatement(i, end int) bool {
	i = x.skipFillers(i, end)
	if w, ok := x.whenAt(i, end, backward); ok && w.end+1 < end && x.toks[w.end].is("i", "we") {
		i = w.end
	}
	if i+1 >= end || !x.toks[i].is("i", "we") {
		return i+1 < end && x.toks[i].is("my", "our") && !x.toks[i-1].is("and")
	}
	_, ok := x.verbGroupAt(i+1, end)
	return ok
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

// follow notes who a "he" or "she" in the next sentence is: the one person that this sentence names.
func (x *extractor) follow(persons []party) {
	for _, p := range persons {
		if p.doubt != "" || x.last.ok && p.ref != x.last.person.ref {
			x.last = topic{}
			return
		}
		x.last = topic{person: p, ok: p.ref.Type == record.TypePerson || p.ref.Type == record.TypeOther}
	}
}

// boundary reports whether a clause can begin after the token before i.
func (x *extractor) boundary(i int) bool {
	t := &x.toks[i-1]
	switch t.kind {
	case newline:
		return true
	case word:
		if i < len(x.toks) && x.toks[i].is("i", "we") && (x.fronted(i) || x.runsOn(i) || x.midway(i)) {
			return true
		}
	case punct:
		if t.text == "." && i > 1 && titles[x.toks[i-2].low] {
			return false // "my doctor Dr. Patel"
		}
		return !strings.Contains("'/@#&*_", t.text)
	case quoted:
		return false
	}
	if t.is("as", "that", "after", "before", "while", "whereas", "until", "till") { // "now that I live in Leeds"
		return i < len(x.toks) && x.toks[i].is("i", "my", "we", "our") && (!t.is("that") || i > 1 && (x.toks[i-2].is("now", "given", "fact", "mention", "mentioned", "considering", "glad", "sad", "pleased", "seeing", "just", "reason") || x.toks[i-2].is("is", "'s", "was") && !x.uncertainBefore(i-2)))
	}
	return t.is("and", "but", "because", "cause", "so", "although", "though", "plus", "also", "since", "then", "whereas", "cos", "coz", "bc")
}

// lineStart gives the first token after the full stop or line break before token i.
func (x *extractor) lineStart(i int) int {
	for i > 0 && x.toks[i-1].kind != newline && !(x.toks[i-1].kind == punct && terminal(x.toks[i-1].text)) {
		i--
	}
	return i
}

// sentenceStart reports whether only fillers and openers precede the token in its sentence.
func (x *extractor) sentenceStart(i int) bool {
	from := i
	for from > 0 && i-from < 12 && x.toks[from-1].kind != newline && !(x.toks[from-1].kind == punct && terminal(x.toks[from-1].text)) {
		from--
	}
	return i-from < 12 && x.skipFillers(from, i) >= i
}

// read applies the rules to the clause.
func (c *clause) read() bool {
	if c.shared && tastes[c.v.lemma] != "" && c.v.plain() && c.v.tense == present && c.ourTaste() {
		return c.preference()
	}
	if c.shared && (c.v.lemma == "move" || c.v.lemma == "relocate" || tastes[c.v.lemma] != "") {
		return c.movedTogether()
	}
	if c.subj.ref.Type == record.TypeOther { // a pet
		return c.v.lemma == "be" && c.v.tense == present && c.v.plain() && c.age(c.v.end)
	}
	if c.subj.ref.Type == record.TypeOrganisation {
		return c.apply(verbRules[c.v.lemma], true)
	}
	if c.subj.weak && orgVerbs[c.v.lemma] {
		if p, ok := c.x.organisation(mention{text: c.subj.ref.Name, from: c.subj.from, to: c.subj.to}); ok {
			c.subj = p
			return c.apply(verbRules[c.v.lemma], true)
		}
	}
	if c.subj.speaker && (c.forALiving(c.subjEnd()) || c.hobbyVerb(c.subjEnd())) {
		return true
	}
	if c.v.lemma == "share" && c.companion.ref.Name != "" && c.v.plain() && c.sharesWork() {
		return true
	}
	if c.v.lemma == "" {
		return (c.subj.speaker || !c.subj.weak && c.x.phrase(c.v.end, c.end, "can not")) && c.cannotStand()
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

// subjEnd is the token after the "I" of the clause.
func (c *clause) subjEnd() int {
	if c.from < c.end && c.x.toks[c.from].is("i", "we") {
		return c.from + 1
	}
	return c.from
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
		if !ok || len(got) == 0 && !r.meaning.blank {
			continue
		}
		if c.assert(r, got, to) {
			return true
		}
	}
	return false
}

// orgVerbs are what firms do, so that an unknown name before them is that of a firm.
var orgVerbs = set(`acquire buy own take absorb purchase belong`)
