package extract

import (
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// degrees are what one studies for.
var degrees = set(`b.com bcom m.com mcom b.tech btech m.tech mtech b.ed m.ed bba bca mca mbbs b.sc m.sc b.a m.a ph.d degree msc bsc ba ma phd mba masters bachelors diploma doctorate beng meng llb llm mphil dphil undergrad undergraduate
	apprenticeship certificate pgce btec hnd foundation`)

// academic are subjects of study, or the last word of one: "marine biology".
var academic = set(`law medicine nursing history physics chemistry biology maths math mathematics economics engineering philosophy psychology sociology
	linguistics literature music art arts architecture geography politics science sciences theology archaeology anthropology astronomy geology zoology
	botany ecology genetics biochemistry neuroscience pharmacy dentistry veterinary midwifery education pedagogy journalism film theatre drama design
	fashion business management marketing accounting finance statistics informatics computing robotics mechatronics criminology classics latin
	relations studies logistics hospitality tourism agriculture forestry horticulture oceanography meteorology physiotherapy nutrition translation
	photography animation dance ceramics sculpture fine-art surveying planning administration kinesiology optometry radiography metallurgy`)

// fieldOfStudy reads "law", "marine biology", "soil science".
func (x *extractor) fieldOfStudy(i, end int) (captured, int, bool) {
	c := captured{name: "field"}
	for n := min(4, end-i); n >= 1; n-- {
		if !academic[x.toks[i+n-1].low] && !(n > 1 && x.phrase(i+n-2, end, "social work")) && !(n == 1 && languages[x.toks[i].low]) || x.quote(i, i+n) == "" {
			continue
		}
		ok := true
		for j := i; j < i+n; j++ {
			ok = ok && x.toks[j].kind == word && !emptyThings[x.toks[j].low] && !x.toks[j].is("at", "with", "some", "about", "this")
		}
		if ok {
			c.text, c.party = x.quote(i, i+n), party{from: i, to: i + n, conf: 1}
			return c, i + n, true
		}
	}
	return c, i, false
}

// degreeAt reads "PhD in medieval history", "part time msc in soil science", "degree". What is kept begins with the word for the degree.
func (x *extractor) degreeAt(i, end int) (captured, int, bool) {
	c := captured{name: "degree"}
	for i+1 < end && (degrees[x.toks[i+1].low]) && x.toks[i].kind == word && !degrees[x.toks[i].low] && !emptyThings[x.toks[i].low] {
		i++ // "cs degree"
	}
	for i < end && x.toks[i].is("part", "time", "part-time", "full-time", "full", "first", "second", "joint", "online", "honours", "taught", "university") {
		i++
	}
	j := i
	for j < end && j < i+3 && (degrees[x.toks[j].low] || j > i && x.toks[j].is("'s") || x.toks[j].is("bachelor", "master")) {
		j++
	}
	if j == i {
		return c, i, false
	}
	bare := j == i+1 && x.toks[i].is("degree")
	if j+1 < end && x.toks[j].is("in", "of") {
		k := j + 1
		for k < end && k < j+6 && x.toks[k].kind == word && x.toks[k].joined && !x.toks[k].is("at", "from", "in", "which", "so", "but", "with", "and", "that", "because", "where", "if", "on") && !emptyThings[x.toks[k].low] && !hedges[x.toks[k].low] && !verbLike(&x.toks[k]) && !x.toks[k].is("i", "btw", "lol", "to", "for", "now", "back", "here", "too") {
			k++
		}
		if k > j+1 {
			if bare {
				i = j + 1 // "a degree in law" is law
			}
			bare, j = false, k
		}
	}
	c.party = party{from: i, to: j, conf: 1}
	if !bare {
		c.text = x.quote(i, j)
	}
	return c, j, bare || c.text != ""
}

// Studies are told in passing more often than not: "second year of biochem at the University of Ilorin", "a first in engineering from
// Strathclyde", "I'm in my third year at Lancaster doing linguistics". What is studied and where come in any order.

// almae are universities by the names that people call them by.
var almae = phraseSet(`keele durham exeter warwick lse ucl kcl soas imperial st_andrews oxford cambridge harvard yale princeton stanford mit caltech cornell dartmouth columbia berkeley ucla nyu usc
	georgetown vanderbilt emory tufts duke northwestern purdue rutgers penn_state mcgill ubc uoft eth epfl leuven leiden delft utrecht uct wits unilag unn oau abu knust makerere covenant futa uniben
	unilorin uniport strathclyde heriot-watt lancaster loughborough aston sussex essex kent surrey reading bangor aberystwyth swansea northumbria goldsmiths birkbeck bath_spa bath royal_holloway
	queen_mary guildhall rada saint_martins st_martins slade wageningen sorbonne sciences_po bocconi heidelberg tübingen uppsala lund aalto trinity ucd ucc maynooth monash unsw anu rmit otago
	iit_delhi iit_bombay iisc jnu bits_pilani du nus ntu hku tsinghua waseda juilliard berklee spelman howard morehouse oxbridge caius girton balliol magdalen merton keble yonsei kaist`)

// almaAt reads where somebody studies: a school, or a town that is its name.
func (x *extractor) almaAt(i, end int) (captured, int, bool) {
	c := captured{name: "alma"}
	m, ok := x.organisationAt(i, end)
	if !ok || x.people.evidence(m, false) == strongEvidence && !cities[lower(m.text)] && !almae[lower(m.text)] {
		return c, i, false
	}
	p, ok := x.organisation(m)
	if !ok {
		p = party{ref: record.EntityRef{Type: record.TypeOrganisation, Name: m.text}, from: m.from, to: m.to, conf: 1}
	}
	c.party, c.text = p, m.text
	return c, m.to, !kinPluralOrPlace(lower(m.text))
}

func kinPluralOrPlace(low string) bool { return kin[low] != "" || regions[low] }

// learned reports a name that is that of a school for sure.
func learned(name string) bool {
	low := lower(name)
	if notSchools[lower(lastWord(name))] {
		return false
	}
	return schools[lower(lastWord(name))] || schools[lower(firstWord(name))] || almae[low] || strings.Contains(low, "university") || strings.Contains(low, "college") || strings.Contains(low, "polytechnic") || strings.HasSuffix(low, " tech")
}

// notSchools are last words of names that begin as those of schools do: "Harvard Square".
var notSchools = set(`square street road station services bridge library gardens park hospital press gate market bus circus canal`)

// studious are words of studying.
var studious = set(`uni university degree exam exams essay essays lecture lectures lecturer semester semesters dissertation thesis campus undergrad masters phd module modules seminar seminars
	freshers revision revising coursework student students graduated graduation professor dorm halls syllabus finals bibliography supervisor enrolled enrolment tuition scholarship majoring`)

// studies reports whether the text speaks of studying.
func (x *extractor) studies() bool {
	return x.hint(3, func(i int) bool { return studious[x.toks[i].low] })
}

// stages are the words before "year" in the course of studies.
var stages = set(`first second third fourth fifth final last 1st 2nd 3rd 4th penultimate freshman sophomore junior senior`)

// courses are words for what one takes at a school, beside degrees.
var courses = set(`course courses class classes thesis dissertation module lectures residency scholarship bursary place degree doctorate postdoc a-levels alevels gcses access foundation`)

// inspects reports what one studies without learning it: "I studied the menu".
func (c *clause) inspects() bool {
	return c.v.lemma == "study" && c.v.end < c.end && c.x.toks[c.v.end].is("the", "a", "an", "my", "his", "her", "its", "their", "this", "that", "these", "every", "it", "each", "our", "your")
}

// studyInPassing reads studies at token i.
func (x *extractor) studyInPassing(i int, s sentence) bool {
	t := &x.toks[i]
	if t.kind != word {
		return false
	}
	j, sure := i, false // sure: the words tell of studies by themselves
	switch {
	case stages[t.low] && i+1 < s.to && x.toks[i+1].is("year", "term", "semester") || t.is("freshman", "sophomore") && i+1 < s.to && x.toks[i+1].is("at"):
		j = i + 1
		if x.toks[j].is("year", "term", "semester") {
			j++
		}
	case t.is("master", "bachelor") && i+1 < s.to && x.toks[i+1].is("'s"):
		j, sure = x.pastWords(i+2, s.to, "degree"), true
	case degrees[t.low] && !t.is("certificate", "apprenticeship", "foundation", "ma", "ba") || degrees[t.low] && t.text == strings.ToUpper(t.text), courses[t.low], t.is("first", "2:1", "2:2", "distinction", "merit") && i+1 < s.to && x.toks[i+1].is("in"):
		j, sure = i+1, true
		if j < s.to && x.toks[j].is("'s", "degree", "course", "project") {
			j++
		}
	case t.is("doing", "studying", "did", "read", "reading", "study", "studied", "do", "took", "taking", "finished", "finishing", "started", "starting"):
		c, n, ok := x.studyAt(i+1, s.to)
		if !ok || n >= s.to || !x.toks[n].is("at") {
			return false
		}
		_ = c
		j, sure = i+1, true
	default:
		return false
	}
	if x.ofOthers(s.from, i) || x.deniedBefore(s.from, i) || x.takenBack(j, min(s.to, j+6)) || !x.toldOfSpeaker(s.from, i) {
		return false
	}
	var major, alma captured
	for n := 0; j < s.to && n < 4; n++ {
		k := x.pastWords(j, s.to, "of", "in", "on", "studying", "doing", "reading", "and", ",", "a", "my", "project")
		if c, to, ok := x.studyAt(k, s.to); ok && major.text == "" {
			major, j = c, to
			continue
		}
		if k = x.pastWords(j, s.to, ",", "over", "up", "down", "here"); k < s.to && x.toks[k].is("at", "from", "with") {
			if c, to, ok := x.almaAt(k+1, s.to); ok && alma.text == "" {
				alma, j = c, to
				continue
			}
		}
		break
	}
	if alma.text == "" && (major.text == "" || degrees[t.low] || !sure || x.toks[i].is("do", "took", "taking", "class", "classes", "course", "courses", "lectures", "module")) {
		return false
	}
	if alma.text != "" && !sure && !learned(alma.text) && major.text == "" && !x.studies() {
		return false // "my first year at Acme"
	}
	if !x.endsWell(j, s.to) && !x.endsName(j, s.to) {
		return false
	}
	f := fact{subject: x.me(), category: knowledge, conf: likely, from: i, to: j}
	if alma.text != "" {
		f.key, f.object = StudiedAt, alma.party
		x.relation(f)
	}
	if major.text != "" {
		x.attribute(fact{subject: x.me(), key: Major, value: major.text, category: identity, conf: likely, from: i, to: j})
	}
	return true
}

// toldOfSpeaker reports whether what leads to token i is of the speaker: a clause of "I" or "my", or none.
func (x *extractor) toldOfSpeaker(from, i int) bool {
	for j := i - 1; j >= from && j >= i-14; j-- {
		t := &x.toks[j]
		switch {
		case t.is("i", "my", "me", "we", "our"):
			return true
		case t.kind == newline || t.is(",", ";", ":", "-", "–", "—", "(", "but", "so", "because"):
			return x.sentenceStart(i) || x.leadsTo(j+1, i)
		case t.is("he", "she", "they", "you", "someone", "somebody", "anyone", "people", "everyone", "students", "student", "guy", "woman", "man", "lad", "lady", "girl", "boy", "who"):
			return false
		}
	}
	return true
}

// leadsTo reports whether nothing but articles and adverbs stands from token i to token j.
func (x *extractor) leadsTo(i, j int) bool {
	for ; i < j; i++ {
		if t := &x.toks[i]; !t.is("a", "an", "the", "in", "currently", "now", "halfway", "through", "just", "doing", "finished", "got", "with", "evening", "part-time", "online", "and") && !softAdverbs[t.low] {
			return false
		}
	}
	return true
}
