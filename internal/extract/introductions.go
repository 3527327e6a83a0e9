package extract

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// myNames stand before the speaker's name.
var myNames = phrases("my name is", "my name 's", "my full name is", "my full name 's", "my real name is", "my real name 's", "my proper name is", "my given name is", "my legal name is", "the name is", "the name 's")

// opening reads the forms in which speakers say their name: "my name is Alice", "call me Al", "this is Bob
// from Acme". "I'm Alice" is read by the copula.
func (x *extractor) opening(i, end int) bool {
	if n := x.phraseOf(i, end, myNames); n > 0 {
		return x.introduce(i, i+n, end, sure)
	}
	if n := x.phraseOf(i, end, callings); n > 0 {
		i += n - 1
		m, ok := x.personAt(i+1, end)
		if !ok || ranks[strings.ToLower(m.text)] || characters[strings.ToLower(m.text)] || cities[strings.ToLower(m.text)] || m.to < end && x.toks[m.to].kind == word && !x.toks[m.to].is("and", "please", "from", "instead", "because", "these", "now", "but", "so", "or", "at", "everywhere") {
			return false
		}
		return x.nickname(m, i-1)
	}
	if x.phrase(i, end, "this is") {
		m, ok := x.personAt(i+2, end)
		if !ok {
			return false
		}
		n := m.to
		if n < end && x.toks[n].is("from") { // "this is Bob from Acme speaking"
			if o, ok := x.organisationAt(n+1, end); ok {
				n = o.to
			}
		}
		if n < end && x.toks[n].is("speaking", "here") && n+1 >= end-0 || n+1 < end && x.toks[n].is("speaking", "here") && x.toks[n+1].kind != word {
			x.name(m, sure)
			return true
		}
		if (n < end && x.toks[n].is("btw", "again", ",") || x.phrase(n, end, "by the way")) && x.sentenceStart(i) && x.people.evidence(m, false) == strongEvidence && (!x.toks[n].is(",") || x.phrase(n+1, end, "by the way") || n+1 < end && x.toks[n+1].is("btw", "on", "using")) {
			x.name(m, likely) // "this is Fran btw"
			return true
		}
		if n+1 < end && x.toks[n].is("from") && x.sentenceStart(i) && x.people.evidence(m, false) == strongEvidence {
			x.name(m, likely) // "this is Bob from the allotment committee"
			return true
		}
		return false
	}
	if m, ok := x.personAt(i, end); ok && m.to < end && x.toks[m.to].is("here") && x.sentenceStart(i) &&
		(m.to+1 >= end || x.toks[m.to+1].kind == punct || x.toks[m.to+1].is("from", "again", "with", "on", "your", "just", "btw", "on", "and")) && (x.greeted(i, m) && x.people.evidence(m, false) != noEvidence ||
		x.people.evidence(m, true) == strongEvidence && givenNames[strings.ToLower(firstWord(m.text))]) {
		x.name(m, likely)
		return true
	}
	return false
}

// callings are the words before what one is called.
var callings = phrases("call me", "you can call me", "you may call me", "just call me", "please call me", "everyone calls me", "everybody calls me", "people call me", "most people call me",
	"my friends call me", "friends call me", "they call me", "they all call me", "everyone just calls me", "i go by", "i usually go by", "i am known as", "people know me as")

// introduce reads the name at i and what follows it: ", CTO of Acme", ", a nurse from Leeds", ", 34".
func (x *extractor) introduce(from, i, end int, conf float64) bool {
	m, ok := x.personAt(i, end)
	if !ok && i < end && givenNames[x.toks[i].low] && x.endsWell(i+1, end) {
		m, ok = mention{text: x.quote(i, i+1), from: i, to: i + 1}, true // "my name is alice"
	}
	if !ok || m.to < end && x.toks[m.to].kind == word && !followers[x.toks[m.to].low] || m.to < end && x.toks[m.to].is("'s") {
		return false
	}
	m = x.fuller(m, end)
	if m.text == "mud" || characters[lower(m.text)] || x.inCharacter(m, end) || x.takenBack(m.to, end) {
		return false
	}
	x.name(m, conf)
	x.furthermore(from, m.to, end)
	return true
}

// fuller moves from "Nora" to the full name in "Nora, Nora Keller" and in "Keller, Nora Keller".
func (x *extractor) fuller(m mention, end int) mention {
	if strings.Contains(m.text, " ") || m.to >= end || !x.toks[m.to].is(",", "-", "–", "—") {
		return m
	}
	full, ok := x.personAt(m.to+1, end)
	if !ok || full.titled || !strings.Contains(full.text, " ") || !x.endsWell(full.to, end) || characters[strings.ToLower(full.text)] {
		return m
	}
	if strings.EqualFold(firstWord(full.text), m.text) || strings.EqualFold(lastWord(full.text), m.text) && givenNames[strings.ToLower(firstWord(full.text))] {
		return full
	}
	return m
}

// furthermore reads what is said of the speaker after the name.
func (x *extractor) furthermore(from, i, end int) {
	c := clause{x: x, subj: x.me(), from: from, end: end}
	if i < end && x.toks[i].is("from") {
		if p, n, ok := x.capture("place", i+1, end); ok && x.gazetteer(p.party.from, end) > 0 && x.endsWell(n, end) {
			x.relation(fact{subject: c.subj, key: From, object: p.party, category: identity, conf: direct, from: from, to: n})
		}
		return
	}
	if i+1 >= end || !(x.toks[i].is(",", "-", "–", "—") || x.toks[i].is("and") && x.toks[i+1].is("a", "an", "the")) {
		return
	}
	i++
	if x.toks[i].is("and") {
		i++
	}
	if i < end && c.age(i) {
		for i < end && !x.toks[i].is(",") {
			i++
		}
		if i++; i >= end {
			return
		}
	}
	if text, a, b := x.roleAt(i, end); text != "" {
		c.holdsRole(captured{name: "role", text: text, party: party{from: a, to: b, conf: 1}}, false)
	}
}

// name records who the speaker is.
func (x *extractor) name(m mention, conf float64) {
	ref := record.EntityRef{Type: record.TypePerson, Name: m.text}
	if x.named && x.nicknamed && !strings.EqualFold(x.out.Speaker.Name, m.text) {
		x.renamed(m)
	}
	if x.named || x.english && (x.staged() || x.untrue() || x.topicalAt(m.from, m.to)) {
		return
	}
	if x.speaker != record.UserEntity && !strings.Contains(m.text, " ") && strings.EqualFold(firstWord(x.speaker.Name), m.text) {
		ref = x.speaker
	}
	x.named = true
	x.out.Speaker = ref
	if !x.once("e", ref.Key()) {
		return
	}
	x.out.Entities = append(x.out.Entities, record.ExtractedEntity{
		EntityRef: ref, Category: identity, Confidence: conf, Span: x.span(m.from, m.to),
	})
}

// nickname reads "call me X": the speaker's name where none is known, a nickname otherwise.
func (x *extractor) nickname(m mention, from int) bool {
	if x.named && strings.EqualFold(x.out.Speaker.Name, m.text) {
		return true
	}
	if x.named || x.speaker != record.UserEntity {
		x.attribute(fact{subject: x.me(), key: Nickname, value: m.text, category: identity, conf: direct, from: from, to: m.to})
		return true
	}
	x.name(m, direct)
	x.nicknamed, x.nickedAt = true, m
	return true
}

// renamed makes room for the speaker's own name, where only what others call her was read so far.
func (x *extractor) renamed(m mention) {
	if begins(m.text, x.out.Speaker.Name) { // "call me Ann, it's Ann Keller on the form"
		x.nicknamed = false
		return
	}
	old := x.nickedAt
	x.out.Entities = slices.DeleteFunc(x.out.Entities, func(e record.ExtractedEntity) bool { return e.EntityRef == x.out.Speaker })
	x.named, x.nicknamed, x.out.Speaker = false, false, record.EntityRef{}
	x.attribute(fact{subject: x.me(), key: Nickname, value: old.text, category: identity, conf: direct, from: old.from, to: old.to})
}

// saysName reads "I'm X". Only what cannot be an adjective, a nationality, a job or a place is a name.
func (c *clause) saysName(i int) bool {
	x := c.x
	m, ok := x.personAt(i, c.end)
	if !ok || c.v.negated || c.v.tense != present || m.titled {
		return false
	}
	first := strings.ToLower(firstWord(m.text))
	low := strings.ToLower(m.text)
	if cities[low] || regions[low] || demonyms[first] || languages[first] || jobs[strings.ToLower(lastWord(m.text))] || weekdays[first] != 0 ||
		notPlaces[first] || departments[first] || corporate[strings.ToLower(lastWord(m.text))] || first == "christian" {
		return false
	}
	if m.to < c.end && (x.toks[m.to].kind == quoted || x.toks[m.to].kind == word && !x.toks[m.to].is("and", "from", "but", "by", "here", "so", "with", "i", "btw", "lol", "again", "aka", "haha", "tbh", "because", "cos", "not", "on")) {
		return false
	}
	if x.inCharacter(m, c.end) {
		return false
	}
	m = x.fuller(m, c.end)
	first = strings.ToLower(firstWord(m.text))
	conf := direct
	if full := strings.Contains(m.text, " ") && x.casual && x.toks[m.from-1].text != "I" && !x.toks[m.from-1].upper && !corporate[first]; !givenNames[first] && !full { // who writes "im" and then capitals writes a name
		if !x.sentenceStart(c.from) || c.from > 6 || adjectival(first) || !x.greeted(c.from, m) || camel(m.text) || strings.Contains(m.text, "-") {
			return false
		}
		conf = likely
	}
	x.name(m, conf)
	x.furthermore(c.from, m.to, c.end)
	return true
}

// greeted reports what makes an unusual name after "I'm" one: a greeting before it, more about the speaker
// after it, or letters that no English word has.
func (x *extractor) greeted(from int, m mention) bool {
	for i := 0; i < from; i++ {
		if x.toks[i].is("hi", "hello", "hey", "greetings", "morning", "hiya", "heya", "yo", "howdy", "evening", "afternoon", "hullo", "alright") {
			return true
		}
	}
	if x.introduces(from) {
		return true
	}
	next := m.to
	return next < len(x.toks) && x.toks[next].is("from", "and", ",") || strings.ContainsFunc(m.text, func(r rune) bool { return r > 127 && r != '’' })
}

// adjectival reports an ending that adjectives and verb forms have.
func adjectival(s string) bool {
	return endsIn(s, adjectivalEndings, 2)
}

var adjectivalEndings = []string{"ing", "ed", "ish", "ian", "ese", "ful", "less", "ous", "ive", "able", "ible", "ly", "ic", "al", "ent", "ant", "ist", "y"}

// nameWords are what is said of a name.
var nameWords = set(`name names username handle nickname surname`)

// introduces reports whether the words before token i speak of the speaker's own name.
func (x *extractor) introduces(i int) bool {
	for j := i - 1; j >= max(0, i-24); j-- {
		t := &x.toks[j]
		switch {
		case t.is("introduce", "introduced", "introduction", "introductions", "intro", "intros"):
			return true
		case t.is("me") && j > 0 && x.toks[j-1].is("call", "calls", "called", "calling", "named", "wrote", "write", "addressed", "spelt", "spelled"):
			return true
		case nameWords[t.low] && j > 0 && (x.toks[j-1].is("my") || j > 1 && x.toks[j-2].is("my") && kin[x.toks[j-1].low] == "" && !x.toks[j-1].is("'s")):
			return true
		}
	}
	return false
}

// namedInOrder reads the name in "please don't call me Mrs Pratt, it's Gwen", of which the rest is an order.
func (x *extractor) namedInOrder(s sentence) {
	for i := s.from + 1; i+1 < s.to && !x.named; i++ {
		if x.toks[i-1].is(",", "-", "–", "—", ";") && x.toks[i].is("it", "its") && x.introduces(i) {
			c := clause{x: x, from: i, end: s.to}
			c.saysNameOtherwise(i)
		}
	}
	mark := false
	for i := s.from + 1; i < s.to; i++ { // "don't use the old one, everything to ann@b.example please"
		mark = mark || x.toks[i].is(",", "-", "–", "—", ";")
		for j := i; mark && j < min(i+4, s.to); j++ {
			if strings.Contains(x.toks[j].text, "@") && x.spotted(i, s, false) {
				return
			}
		}
	}
}

// inCharacter reports a name that goes on as one of fiction: "Bond, James Bond".
func (x *extractor) inCharacter(m mention, end int) bool {
	if m.to+1 >= end || !x.toks[m.to].is(",") {
		return false
	}
	full, ok := x.personAt(m.to+1, end)
	return ok && characters[lower(full.text)]
}
