package extract

import (
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// idioms are ways to speak of oneself whose subject is not "I", as patterns from the first word of the clause on. Their verb is in
// the present for a state and in the past for what began or ended.
var idioms = compile(append(append(dailyIdioms, homeIdioms...), []rule{
	{pattern: "home for? me|us? is|'s now? {place}", mode: state, meaning: livesIn},
	{pattern: "my|our new? home|base|flat|house|apartment|place is|'s now? in {place}", mode: state, meaning: livesIn},
	{pattern: "my|our new? home|hometown is|'s now {place}", mode: state, meaning: livesIn},
	{pattern: "{language} is|'s my|our mother tongue", mode: bygone, meaning: meaning{key: "native_language", category: record.Identity, value: true}},
	{pattern: "{language} is|'s my|our first|native language", mode: bygone, meaning: meaning{key: "native_language", category: record.Identity, value: true}},
	{pattern: "{language} is|'s my|our second|third language", mode: bygone, meaning: meaning{key: Speaks, category: record.Knowledge}},
	{pattern: "{hobby} is|'s my thing|passion|hobby", mode: state, meaning: hobby},
	{pattern: "the|our car is|'s a|an old|new|red|blue? {car}", mode: state, meaning: drives},
	{pattern: "my {language} is|'s fluent|native|excellent|perfect|good|decent|great", mode: state, meaning: meaning{key: Speaks, category: record.Knowledge}},
	{pattern: "as|being a|an {role}", mode: state, meaning: hasRole},
	{pattern: "speaking as a|an {role}", mode: state, meaning: hasRole},
	{pattern: "a? native of {place}", mode: bygone, meaning: meaning{key: From, category: record.Identity}},
	{pattern: "today|yesterday|friday|monday|wednesday|thursday|tuesday was|is my last day|shift at|with {org}", mode: ending, meaning: worksAt},
	{pattern: "my last day|shift at|with {org} was", mode: ending, meaning: worksAt},
	{pattern: "the|our|my wedding|engagement is|'s off|cancelled|canceled", mode: ending, meaning: calledOff},
	{pattern: "the|our|my wedding|engagement is|'s|was called off", mode: ending, meaning: calledOff},
	{pattern: "the|our|my wedding|engagement has|have been called off", mode: ending, meaning: calledOff},
	{pattern: "my|our marriage to {person} ended|failed|broke", mode: ending, meaning: divorced},
	{pattern: "my|our marriage ended", mode: ending, meaning: divorced},
	{pattern: "my|our marriage is|has over|ended", mode: ending, meaning: divorced},
	{pattern: "{person} dumped me", mode: ending, meaning: parted},
	{pattern: "my|our divorce is|was|came final|finalised|finalized|through", mode: ending, meaning: meaning{key: Spouse, blank: true}},
	{pattern: "my wife|husband left|divorced me", mode: ending, meaning: divorced},
	{pattern: "my girlfriend|boyfriend|partner left|dumped me", mode: ending, meaning: parted},
	{pattern: "my girlfriend|boyfriend|partner broke up with me", mode: ending, meaning: parted},
	{pattern: "the firm|company|place|shop|school|studio|agency i work for|at|with is|'s called? {org}", mode: state, meaning: worksAt},
	{pattern: "now|currently working? at|with|for {org}", mode: state, meaning: worksAt},
	{pattern: "{person} manages|supervises me", mode: state, meaning: meaning{key: ReportsTo, category: record.Knowledge}},
	{pattern: "native {language} speaker", mode: bygone, meaning: meaning{key: "native_language", category: record.Identity, value: true}},
	{pattern: "{language} speaker here", mode: bygone, meaning: meaning{key: Speaks, category: record.Knowledge}},
	{pattern: "{place} born and|& bred|raised", mode: bygone, meaning: bornIn},
	{pattern: "{place} is where i grew up", mode: bygone, meaning: grewUpIn},
	{pattern: "{place} is where i was born", mode: bygone, meaning: bornIn},
	{pattern: "{place} is where i am from", mode: bygone, meaning: meaning{key: From, category: record.Identity}},
	{pattern: "my {degree} is|was|'s in {field}", mode: bygone, meaning: meaning{key: Major, category: record.Identity, value: true}},
	{pattern: "{org} took me on !a|an|the|some|one|this|that|my|another|tour|holiday|safari|trips|trip", mode: event, meaning: worksAt},
	{pattern: "our|my home|house|family|main|working language is|'s {language}", mode: bygone, meaning: meaning{key: Speaks, category: record.Knowledge}},
	{pattern: "they|work|hr made|promoted|appointed me to? {role}", mode: event, meaning: hasRole},
	{pattern: "i left {place} for {place}", mode: event, meaning: movesTo},
	{pattern: "we left {place} for {place}", mode: event, meaning: movesTo},
	{pattern: "left {place} for {place}", mode: event, meaning: movesTo},
	{pattern: "my contract with|at {org} ended|finished|expired", mode: ending, meaning: worksAt},
	{pattern: "{org} let me go", mode: ending, meaning: worksAt},
	{pattern: "{org} made me redundant", mode: ending, meaning: worksAt},
	{pattern: "{org} laid|sacked|fired me off?", mode: ending, meaning: worksAt},
	{pattern: "{org} hired me", mode: event, meaning: worksAt},
}...))[""]

// idiomsByWord are the idioms by each word that they can begin with; under a word are also those that can begin with any word, because
// they begin with a phrase or with a word that may be absent. Those alone are under "". The order is that of idioms.
var idiomsByWord = func() map[string][]*rule {
	m := map[string][]*rule{"": nil}
	for k := range idioms {
		if first := idioms[k].elements[0]; first.capture == "" && !first.optional {
			for _, w := range first.words {
				m[w] = nil
			}
		}
	}
	for k := range idioms {
		first := idioms[k].elements[0]
		for w := range m {
			if first.capture != "" || first.optional || oneOf(w, first.words) {
				m[w] = append(m[w], &idioms[k])
			}
		}
	}
	return m
}()

// idiomsAt are the idioms that may begin with the word.
func idiomsAt(w string) []*rule {
	if list, ok := idiomsByWord[w]; ok {
		return list
	}
	return idiomsByWord[""]
}

// mayMatch reports whether the sentence has one of the words of each element that a match of the rule needs. A written text says nothing of its
// speaker.
func (x *extractor) mayMatch(r *rule) bool {
	if x.written && r.ofSpeaker {
		return false
	}
	for k := range r.elements {
		e := &r.elements[k]
		if e.capture == "" && !e.optional && !e.ahead && !slices.ContainsFunc(e.words, func(w string) bool { return x.has[w] }) {
			return false
		}
	}
	return true
}

// idiom reads an idiom that begins at token i.
func (c *clause) idiom(i int) bool {
	x := c.x
	if i > 0 && x.toks[i].is("at", "with", "working", "for") && x.toks[i-1].is("now", "currently", "presently") {
		i-- // fillers elsewhere
	}
	t := &x.toks[i]
	named := t.upper && !t.is("i") || hobbies[t.low] || languages[t.low] || x.casual && cities[t.low]
	opens := t.kind == word && !named && !t.is("i", "we", "my", "our", "the") && x.sentenceStart(i)
	for _, r := range idiomsAt(t.low) {
		if !x.mayMatch(r) {
			continue
		}
		if first := r.elements[0].capture; first != "" && !named && !(opens && (first == "food" || first == "activity" || first == "diet" || first == "disease")) && first != "allergen" {
			continue
		}
		got, to, ok := x.match(r.elements, i, c.end)
		if !ok {
			continue
		}
		if (r.meaning.key == Partner || x.toks[to-1].is("go")) && to < c.end && x.toks[to].kind == word && !x.toks[to].is("last", "yesterday", "today", "in", "after", "and", "because", "so", "but") && !(r.meaning.key == Partner && x.toks[to].is("by", "over", "via", "on", "for")) {
			continue // "Acme let me go on a tour", "life dumped me here"
		}
		if r.meaning.key == EngagedTo && r.mode == event && (to < c.end && x.toks[to].kind == word && x.toks[to].is("a", "the", "that", "an", "we", "to") && !x.phrase(to, c.end, "to me") || !x.ofMe(i, c.end)) {
			continue // "Tom proposed a toast", "Anna proposed to Tom"
		}
		if r.meaning.key == WorksWith && to < c.end && x.toks[to].kind == word && !x.toks[to].is("at", "and", "in") {
			continue // "works with me on my backhand"
		}
		if r.meaning.key == WorksAt && x.toks[to-1].is("me") && to < c.end && x.toks[to].is("a", "an", "the", "some", "two", "on", "from") {
			continue // "Hertz hired me a car"
		}
		if r.meaning.role && r.mode == state && !x.toks[i].is("speaking") && !(x.toks[i].is("being") && to < c.end && x.toks[to].is("you", ",", "means", "is", "'s")) && !(to < c.end && (x.toks[to].is("i", "my", "we") || x.toks[to].is(",") && to+1 < c.end && x.toks[to+1].is("i", "my", "we"))) {
			continue // "as a nurse, would you …" is somebody else's job
		}
		c.subj, c.v = x.me(), verbGroup{tense: past, end: i}
		if len(got) == 2 && got[0].name == "place" && r.meaning.key == LivesIn {
			if w, ok := x.whenAt(to, c.end, backward); !ok || !w.known() || w.interval.Until.Sub(w.interval.From) < 27*24*time.Hour || got[0].party.conf < 1 && got[1].party.conf < 1 {
				continue // "I left Paris for Rome yesterday" is a journey
			}
		}
		if r.meaning.role && r.mode == state {
			f := fact{subject: c.subj, key: Role, value: got[0].text, category: knowledge, conf: likely, from: i, to: to}
			return x.attribute(f)
		}
		if r.mode == state {
			c.v.tense = present
		}
		if c.assert(*r, got, to) {
			return true
		}
		if r.elements[0].capture != "" {
			c.unread = unread{} // "London boy wins lottery"
		}
	}
	c.v = verbGroup{}
	if n := x.contact(i, c.end); n > 0 {
		c.subj = x.me()
		return c.value("email", emailValue, n) || c.value("phone", phoneValue, n)
	}
	if c.said(i) {
		return true
	}
	if x.toks[i].is("new") && i+1 < c.end && c.owned(i+1) {
		return true
	}
	if n := x.phraseOf(i, c.end, unfond); n > 0 && x.sentenceStart(i) {
		c.subj, c.v = x.me(), verbGroup{lemma: "be", negated: true, end: i}
		return c.likes(Likes, i+n)
	}
	if n := max(x.phraseOf(i, c.end, ailments), x.phraseOf(i, c.end, diets)); n > 0 && (i+n >= c.end || x.toks[i+n].is(",", ".", "-", "–", "—", "(")) && i > 1 && x.toks[i-1].is(",", "-", "–", "—") && x.toks[x.skipFillers(x.lineStart(i), i)].is("i", "can", "no", "not", "we", "none", "nothing") && (x.phraseOf(i, c.end, ailments) > 0 || !x.listAhead(i+n, c.end)) { // "can't have gluten, coeliac"
		c.subj, c.v = x.me(), verbGroup{lemma: "be", end: i}
		return c.closedValue(i)
	}
	if x.sentenceStart(i) && (x.phraseOf(i, c.end, diets) > 0 || x.phraseOf(i, c.end, ailments) > 0) { // "pescatarian since 2020"
		c.subj, c.v = x.me(), verbGroup{lemma: "be", end: i}
		return c.closedValue(i)
	}
	if x.phrase(i, c.end, "allergic to") && (x.sentenceStart(i) || i > 1 && x.toks[i-1].is(",", "-", "–", "—", ";") && !x.relativeBefore(i)) {
		c.subj, c.v = x.me(), verbGroup{lemma: "be", end: i}
		return c.allergic(i)
	}
	if n := x.phraseOf(i, c.end, fondness); n > 0 && x.sentenceStart(i) && x.toks[i].is("big", "huge", "great", "not") { // "big fan of …"
		c.subj, c.v = x.me(), verbGroup{lemma: "be", end: i}
		return c.likes(Likes, i+n)
	}
	return c.isKin(i) || c.saysNameOtherwise(i) || c.birthdayIs(i) || c.favouriteIs(i)
}

// ofMe reports whether the words from token i on speak of the speaker too.
func (x *extractor) ofMe(i, end int) bool {
	for ; i < end; i++ {
		if x.toks[i].is("i", "me", "my", "we", "us", "our") {
			return true
		}
	}
	return false
}

// unfond open a sentence about a dislike without its subject.
var unfond = phrases("not big on", "not one for", "not crazy about", "not mad about", "not a fan of", "not a big fan of", "not a huge fan of", "not a great fan of", "not much of a fan of", "not keen on", "not that keen on", "not into", "not really into", "not fond of", "never been a fan of")

// owned reads "new number by the way, it's 07700 900416".
func (c *clause) owned(i int) bool {
	c.subj = c.x.me()
	return c.owns(i)
}

// contact finds the address in "you can reach me on 07700 900416" and "email me at kat@holloway.example".
func (x *extractor) contact(i, end int) int {
	for i+1 < end && (x.toks[i].is("please", "best", "just") || x.phrase(i, end, "you can") || x.phrase(i, end, "you could") || x.phrase(i, end, "best to")) && x.phraseOf(i, end, contacts) == 0 {
		if x.toks[i].is("you") {
			i++
		}
		i++
	}
	n := x.phraseOf(i, end, contacts)
	if n == 0 || i+n+1 >= end || !x.toks[i+n].is("on", "at", "under", "via", "by", "with") {
		return 0
	}
	return i + n + 1
}

var contacts = phrases("reach me", "you can reach me", "i can be reached", "i am reachable", "call me", "text me", "ring me", "phone me", "message me", "ping me", "email me", "e-mail me", "mail me", "write to me", "contact me", "you can contact me",
	"you can call me", "you can text me", "you can email me", "best reached", "i am best reached", "send it to me", "get me", "you can get me", "find me", "whatsapp me", "i am on")

// isKin reads "Jess is my girlfriend" and "Rufus is our dog" of whoever has a name of one word that nobody knows.
func (c *clause) isKin(i int) bool {
	x := c.x
	if i+3 >= c.end || !nameWord(&x.toks[i]) || notNames[x.toks[i].low] || jobs[x.toks[i].low] || !x.toks[i+1].is("is", "'s") || !x.toks[i+2].is("my", "our") {
		return false
	}
	label, n := x.kinWord(i+3, c.end)
	m := mention{text: x.toks[i].text, from: i, to: i + 1}
	if !personal[label] && label != "pet" && label != "manager" || label == "pet" && demonyms[x.toks[i].low] || !x.kinName(m, label, true) || !x.endsWell(n, c.end) || x.takenBack(n, c.end) || cities[x.toks[i].low] {
		return false
	}
	p := x.pet(m)
	if label != "pet" {
		p = x.resolveKin(m, label)
		x.hear(label, p)
	}
	x.meet(p)
	return x.relation(fact{subject: x.me(), key: label, object: p, category: kinCategory(label), conf: direct, from: i, to: n})
}

// namings are the words before a name that the speaker gives in passing.
var namings = phrases("i am called", "i am also called", "my surname is now", "everyone knows me as", "everybody knows me as", "people know me as", "signed", "put me down as", "you can put me down as", "i changed my name to",
	"i have changed my name to", "my last name is now", "it is", "it 's", "you are talking to", "i am known as", "my friends know me as", "i was christened", "my first name is", "my real name is", "my actual name is", "my names", "my given name is", "my legal name is", "first name", "its", "i sign as", "address me as", "sign it off as", "you can sign it off as", "sign off as", "sign it as", "sign it", "i am registered as", "i am listed as", "it is under", "the booking is under", "book it under", "book it in the name of", "my name is spelt", "my name is spelled", "it is spelt", "it is spelled", "i answer to", "my passport says", "i was born", "my maiden name is", "my married name is now", "the name on my passport is", "you are speaking to", "you are speaking with", "you are talking with", "you are chatting with")

// saysNameOtherwise reads "I'm called X", "it's X again", "signed, X".
func (c *clause) saysNameOtherwise(i int) bool {
	x := c.x
	n := x.phraseOf(i, c.end, namings)
	if n == 0 {
		return false
	}
	j := i + n
	if j < c.end && x.toks[j].is(",", ":") {
		j++
	}
	m, ok := x.personAt(j, c.end)
	if !ok || cities[strings.ToLower(m.text)] || x.people.evidence(m, false) == noEvidence {
		return false
	}
	if x.toks[i].is("it", "its") { // "it's Tomasz again"
		if x.introduces(i) && !x.jobTitledName(m) && (m.to >= c.end || x.toks[m.to].kind == punct || x.toks[m.to].is("not", "with", "and")) && !x.takenBack(m.to, c.end) {
			x.name(m, likely) // "they spelt my name wrong, it's Siobhan"
			return true
		}
		if x.helloBefore(i) && x.people.evidence(m, false) != noEvidence && !notPlaces[lower(m.text)] && !jobs[lower(m.text)] && (m.to >= c.end || x.toks[m.to].kind == punct) || x.phrase(m.to, c.end, "with") && x.sentenceStart(i) && x.letters(m.to, c.end) {
			x.name(m, likely)
			return true
		}
		if !x.sentenceStart(i) || m.to >= c.end || !x.toks[m.to].is("again", "here", "from", "btw") && !x.phrase(m.to, c.end, "by the way") || x.people.evidence(m, true) != strongEvidence {
			return false
		}
	} else if m.to < c.end && x.toks[m.to].kind == word && !followers[x.toks[m.to].low] && !x.toks[m.to].is("or", "if") || x.takenBack(m.to, c.end) {
		return false
	}
	if x.speaker != record.UserEntity && begins(x.speaker.Name, m.text) {
		return true // known already
	}
	if x.named && strings.EqualFold(x.out.Speaker.Name, m.text) {
		return true
	}
	if x.toks[i+n-1].is("surname", "now") || x.named && !x.nicknamed {
		return x.attribute(fact{subject: x.me(), key: Nickname, value: m.text, category: identity, conf: direct, from: i, to: m.to})
	}
	x.name(m, direct)
	return true
}

// jobTitledName reports a mention that is no name of a person.
func (x *extractor) jobTitledName(m mention) bool {
	low := lower(m.text)
	return notPlaces[low] || jobs[low] || demonyms[low] || languages[low] || corporate[lower(lastWord(m.text))]
}

// helloBefore reports a greeting that nothing but marks and fillers part from token i: "morning! it's Rosalind".
func (x *extractor) helloBefore(i int) bool {
	for j := i - 1; j >= 0 && j >= i-5; j-- {
		if t := &x.toks[j]; t.is("hi", "hello", "hey", "greetings", "morning", "hiya", "heya", "yo", "howdy", "evening", "afternoon") {
			return true
		} else if t.kind == word && !fillers[t.low] && !t.is("good", "there", "all", "everyone") {
			return false
		}
	}
	return false
}

// letters reports that the letters of a name follow: "it's Hannah with two h's".
func (x *extractor) letters(i, end int) bool {
	for j := i + 1; j < min(i+6, end); j++ {
		if t := &x.toks[j]; t.kind == word && (len([]rune(t.text)) == 1 && !t.is("a", "i") || x.phrase(j, end, "'s") || t.is("letter", "ending", "accent", "umlaut", "hyphen")) {
			return true
		}
	}
	return false
}

// birthdayIs reads "it's my birthday on 2 August".
func (c *clause) birthdayIs(i int) bool {
	x := c.x
	n := x.phraseOf(i, c.end, birthdays)
	if n == 0 {
		return false
	}
	c.subj = x.me()
	return c.value(Birthday, calendarValue, i+n)
}

var birthdays = phrases("it is my birthday on", "it 's my birthday on", "my birthday falls on", "my birthday is on the", "my birthday 's on the", "i have my birthday on", "my bday is", "my bday 's", "i celebrate my birthday on", "my birth date is")
