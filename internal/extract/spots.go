package extract

import (
	"strings"
	"unicode"

	"github.com/spectron-go/spectron/internal/record"
)

// spot is a way to say something of oneself that may begin at any word of a sentence, not only where a clause begins: "the drive to my job
// at Acme", "…, me at 47 …". Its pattern is that of a [rule].
type spot struct {
	pattern string
	mode    mode
	meaning meaning
	flags   spotFlags
}

// spotFlags say where a spot may stand.
type spotFlags uint16

const (
	asked    spotFlags = 1 << iota // in a question or a guess as well: it is taken for granted there
	opens                          // at the beginning of a sentence or behind a mark only
	ofFirst                        // its first capture is whom it is about
	called                         // what is captured is a name of the speaker's
	nicked                         // what is captured is what the speaker is called
	inverted                       // its last capture is whom it is about, and the first is the object
	firstOf                        // what is said is of the first of two captures
	alone                          // nobody else is spoken of in the text before
)

// placedSpot is a spot with its compiled pattern.
type placedSpot struct {
	rule
	flags spotFlags
	own   bool // the pattern says of itself that it is about the speaker
}

// spotIndex is a table of spots by their first word, and by the capture that they begin with.
type spotIndex struct {
	byWord    map[string][]*placedSpot
	byCapture []captureSpots
}

// captureSpots are the spots that begin with a capture of one kind, so that it is read once for them all.
type captureSpots struct {
	kind  string
	spots []*placedSpot
}

// allSpots are the spots; grantedSpots are those that are read in questions and guesses too.
var (
	allSpots     = indexSpots(0)
	grantedSpots = indexSpots(asked)
)

// indexSpots compiles the spots that have the flags.
func indexSpots(flags spotFlags) spotIndex {
	ix := spotIndex{byWord: map[string][]*placedSpot{}}
	byKind := map[string]int{}
	for _, table := range [][]spot{nameSpots, lifeSpots, workSpots, roleSpots, contactSpots, firmSpots, homeSpots, ageSpots, tenureSpots, workToldSpots, roleToldSpots, placeSpots, coupleSpots, kinSpots, tasteSpots, healthSpots, originSpots, selfSpots, petSpots} {
		for _, s := range table {
			if s.flags&flags != flags {
				continue
			}
			r := compile([]rule{{pattern: s.pattern, mode: s.mode, meaning: s.meaning}})[""][0]
			p := &placedSpot{rule: r, flags: s.flags}
			for _, e := range r.elements {
				for _, w := range e.words {
					p.own = p.own || ownSelf[w]
				}
			}
			first := r.elements[0]
			if first.capture != "" {
				k, ok := byKind[first.capture]
				if !ok {
					k = len(ix.byCapture)
					byKind[first.capture] = k
					ix.byCapture = append(ix.byCapture, captureSpots{kind: first.capture})
				}
				ix.byCapture[k].spots = append(ix.byCapture[k].spots, p)
			}
			for _, w := range first.words {
				ix.byWord[w] = append(ix.byWord[w], p)
			}
		}
	}
	return ix
}

var ownSelf = set(`i me my we our us mine`)

// spotted reads the spots that begin at token i. What is taken for granted is read in questions and guesses too.
func (x *extractor) spotted(i int, s sentence, granted bool) bool {
	t := &x.toks[i]
	if t.kind != word {
		return false
	}
	ix := &allSpots
	if granted {
		ix = &grantedSpots
	}
	for _, p := range ix.byWord[t.low] {
		if got, to, ok := x.match(p.elements, i, s.to); ok && x.spotAt(p, i, s, got, to) {
			return true
		}
	}
	if i > s.from && t.joined && t.upper && x.toks[i-1].upper && !fillers[x.toks[i-1].low] && !softAdverbs[x.toks[i-1].low] || t.upper && (t.is("i") || fillers[t.low] || softAdverbs[t.low]) {
		return false // inside a name, or before one
	}
	if !(t.upper && !t.is("i")) && !telling[t.low] && !jobs[t.low] && !edibles[t.low] && !roleOpeners[t.low] && !academic[t.low] && !t.is("nearly", "almost") && number(t.low) == 0 && !unicode.IsDigit(rune(t.text[0])) && !strings.ContainsAny(t.text, "@/") {
		return false
	}
	for k := range ix.byCapture {
		c, n, ok := x.capture(ix.byCapture[k].kind, i, s.to)
		if !ok {
			continue
		}
		for _, p := range ix.byCapture[k].spots {
			if next := &p.elements[1]; next.capture == "" && !next.optional && !next.ahead && (n >= s.to || !softAdverbs[x.toks[n].low] && !oneOf(x.toks[n].low, next.words)) {
				continue
			}
			got, to, ok := x.match(p.elements[1:], n, s.to)
			if c.name != "gap" {
				got = append([]captured{c}, got...)
			}
			if ok && x.spotAt(p, i, s, got, to) {
				return true
			}
		}
	}
	return false
}

// spotAt makes of a match what the spot says.
func (x *extractor) spotAt(p *placedSpot, i int, s sentence, got []captured, to int) bool {
	if p.flags&opens != 0 && !x.afterMark(i) || x.deniedBefore(s.from, i) || !p.own && p.flags&ofFirst == 0 && x.ofOthers(s.from, i) || p.flags&alone != 0 && x.othersBefore(i) || p.meaning.key == Age && x.measures(s) {
		return false
	}
	c := clause{x: x, subj: x.me(), from: i, end: s.to, v: verbGroup{tense: present, end: i}}
	switch {
	case p.flags&(called|nicked) != 0:
		return c.calledSo(p, got, to)
	case p.flags&ofFirst != 0:
		if len(got) < 2 {
			return false
		}
		if p.flags&inverted != 0 {
			got[0], got[len(got)-1] = got[len(got)-1], got[0]
		}
		if got[0].party.ref.Name == "" || got[len(got)-1].party.ref.Name == "" && !p.meaning.value {
			return false
		}
		c.subj, got = got[0].party, got[1:]
	}
	if p.flags&firstOf != 0 {
		got = got[:1]
	}
	if p.mode == event || p.mode == ending || p.mode == bygone {
		c.v.tense = past
	}
	if p.meaning.key == WorksAt && len(got) > 0 && (providers[lower(got[len(got)-1].party.ref.Name)] || providers[lower(firstWord(got[len(got)-1].party.ref.Name))]) {
		return false
	}
	if p.meaning.key == WorksAt && len(got) > 0 && kin[lower(got[len(got)-1].party.ref.Name)] != "" {
		return false // "first day with Mum"
	}
	if p.meaning.key == LivesIn && p.mode == state && x.travels(s) {
		return false
	}
	if p.mode == state && (x.takenBack(to, s.to) || x.parting(i)) {
		return false
	}
	return c.assert(p.rule, got, to)
}

// calledSo notes a name that the speaker gives in passing.
func (c *clause) calledSo(p *placedSpot, got []captured, to int) bool {
	x := c.x
	if len(got) == 0 || x.takenBack(to, c.end) {
		return false
	}
	n := got[len(got)-1].party
	m := mention{text: n.ref.Name, from: n.from, to: n.to}
	if !p.closed && to < c.end && x.toks[to].kind == word && !followers[x.toks[to].low] && !x.toks[to].is("or", "if", "not", "please", "pls", "is", "was", "by") {
		return false
	}
	if x.speaker != record.UserEntity && begins(x.speaker.Name, m.text) {
		return true
	}
	if low := lower(m.text); kin[low] != "" || kinPlural[low] != "" || jobs[low] || ranks[low] {
		return false // "everyone calls me Boss"
	}
	if p.flags&nicked != 0 && n.from > 0 && (titles[x.toks[n.from-1].low] || x.toks[n.from-1].is(".")) {
		return false // "the kids call me Miss Abara"
	}
	if p.flags&nicked != 0 {
		return x.nickname(m, c.from)
	}
	x.name(m, likely)
	return true
}

// afterMark reports whether token i begins its sentence or stands behind a mark or a conjunction.
func (x *extractor) afterMark(i int) bool {
	return i == 0 || x.toks[i-1].kind != word && x.toks[i-1].kind != quoted || x.toks[i-1].is("and", "but", "so", "because", "cos", "cause", "since", "plus") || x.sentenceStart(i)
}

// deniedBefore reports a negation right before token i.
func (x *extractor) deniedBefore(from, i int) bool {
	for j := i - 1; j >= from && j >= i-2; j-- {
		if x.toks[j].kind != word {
			return x.toks[j].kind == quoted
		}
		if x.toks[j].is("not", "never", "without", "if", "than", "like", "whether", "unless", "nor") || j == i-1 && x.toks[j].is("no") {
			return true
		}
	}
	return false
}

// ofOthers reports whether the clause that leads to token i is about somebody else.
func (x *extractor) ofOthers(from, i int) bool {
	for j := i - 1; j >= from && j >= i-12; j-- {
		t := &x.toks[j]
		if t.kind == newline || t.is(",", ";", ":", "-", "–", "—", "(", "but", "so", "because") {
			return false
		}
		if t.is("i", "my", "we", "our", "me") {
			return false
		}
		if t.kind == quoted || t.is("he", "she", "they", "you", "his", "her", "their", "your", "who", "him", "them", "hers", "theirs", "yours", "its") || t.is("'s") && j > 0 && !x.toks[j-1].is("it", "there", "that", "here", "what") || kin[t.low] != "" || kinPlural[t.low] != "" {
			return true
		}
		if m, ok := x.personAt(j, i); ok && x.people.evidence(m, x.sentenceStart(j)) != noEvidence {
			return true
		}
	}
	return false
}

// spotCapture reads the captures of spots.
func (x *extractor) spotCapture(kind string, i, end int) (captured, int, bool) {
	c := captured{name: kind}
	take := func(from, to int) (captured, int, bool) {
		c.text, c.party = x.quote(from, to), party{from: from, to: to, conf: 1}
		return c, to, c.text != ""
	}
	switch kind {
	case "gap": // some words that say nothing of their own
		j := i
		for j < end && j-i < 4 && x.toks[j].kind == word && !x.toks[j].upper && !ownSelf[x.toks[j].low] && !verbLike(&x.toks[j]) && !hedges[x.toks[j].low] && !x.toks[j].is("not", "no", "never", "and", "or", "but") {
			j++
		}
		return captured{name: "gap"}, j, j > i
	case "age":
		if n := number(x.toks[min(i, end-1)].low); i < end && n >= 13 && n <= 110 {
			if u := i + 1; u < end && tens[x.toks[i].low] > 0 && numberWords[x.toks[u].low] > 0 && len(x.toks[u].low) > 2 && numberWords[x.toks[u].low] < 10 {
				return take(i, i+2) // "forty one"
			}
			return take(i, i+1)
		}
	case "yearold": // "45 year old", "45-year-old", "45 yo"
		return x.yearOldAt(i, end)
	case "day":
		for i < end && x.toks[i].is("the", "on") {
			i++
		}
		if n := i + x.phraseOf(i, end, namedDays); n > i {
			return take(i, n)
		}
		if n := x.calendarEnd(i, end); n > i {
			return take(i, n)
		}
	case "self":
		m, ok := x.personAt(i, end)
		low := lower(m.text)
		if !ok || cities[low] || regions[low] || notPlaces[low] || demonyms[low] || languages[low] || jobs[lower(lastWord(m.text))] || corporate[lower(lastWord(m.text))] || characters[low] {
			return c, i, false
		}
		c.text, c.party = m.text, party{ref: record.EntityRef{Type: record.TypePerson, Name: m.text}, from: m.from, to: m.to, conf: 1}
		return c, m.to, true
	case "whoever": // somebody named in full, or known to be a person
		m, ok := x.personAt(i, end)
		if !ok || x.people.evidence(m, x.sentenceStart(i)) == noEvidence {
			return c, i, false
		}
		c.party = x.people.resolve(m)
		return c, m.to, c.party.doubt == ""
	case "given": // a name that is known to be one
		c, n, ok := x.spotCapture("self", i, end)
		return c, n, ok && givenNames[lower(firstWord(c.text))]
	case "mail":
		if i < end && x.toks[i].kind == word {
			if at := strings.IndexByte(x.toks[i].text, '@'); at > 0 && strings.Contains(x.toks[i].text[at:], ".") {
				return take(i, i+1)
			}
		}
	case "digits":
		if n := x.phoneEnd(i, end); n > i && !(i > 0 && x.toks[i].joined && unicode.IsDigit(rune(x.toks[i-1].text[0]))) {
			return take(i, n)
		}
	case "firm": // an organisation whose name says that it is one to work for
		m, ok := x.organisationAt(i, end)
		if !ok {
			return c, i, false
		}
		c.party, ok = x.organisation(m)
		last := lower(lastWord(m.text))
		firm := corporate[last] && !visited[last] || strings.Contains(m.text, " & ") || strings.Contains(m.text, "&")
		return c, m.to, ok && firm && !shopChains[lower(m.text)]
	case "outfit": // "a little coffee company"
		for j := i; j < min(i+5, end) && x.toks[j].kind == word && !x.toks[j].upper; j++ {
			if firmNouns[x.toks[j].low] || x.toks[j].is("label", "brand", "gym", "podcast", "newsletter", "charity", "market", "stall", "truck", "line", "blog", "channel", "roastery", "tearoom", "restaurant", "band", "choir", "theatre", "troupe") {
				c.name = "gap"
				return c, j + 1, true
			}
		}
	case "street": // an address that names its street
		c, n, ok := x.capture("address", i, end)
		for j := i; ok && j < n; j++ {
			if streets[x.toks[j].low] {
				return c, n, true
			}
		}
		return c, i, false
	case "blood":
		if i+1 < end {
			if n := x.bloodEnd(i, end); n == i+2 || n == i+1 && strings.HasSuffix(x.toks[i].text, "+") {
				return take(i, n)
			}
		}
	case "workplace":
		return x.workplaceAt(i, end)
	case "anyalma":
		return x.almaAt(i, end)
	case "alma":
		c, n, ok := x.almaAt(i, end)
		return c, n, ok && (learned(c.text) || x.studies())
	case "study":
		return x.studyAt(i, end)
	case "people": // a nationality
		if i < end && x.isPeople(i) {
			return take(i, i+1)
		}
	case "home": // "a tiny flat", "a three-bed house": not a second one
		j := i
		for ; j < min(i+6, end) && x.toks[j].kind == word && !x.toks[j].upper; j++ {
			if x.toks[j].is("of") && j+1 < end && x.toks[j+1].is("a") {
				continue // "a wreck of a cottage"
			}
			if x.toks[j].is("holiday", "second", "summer", "weekend", "rental", "student's", "hotel", "and", "in", "at", "of", "for", "temporary", "timeshare", "investment") || verbLike(&x.toks[j]) {
				return c, i, false
			}
			if homes[x.toks[j].low] || x.toks[j].is("room", "semi", "duplex", "townhouse", "loft", "attic", "narrowboat", "boat", "yurt", "cabin", "croft", "farm", "bungalow", "penthouse", "terrace", "tenement", "annexe", "basement", "flatshare", "houseshare") {
				if x.toks[j].is("room") && j+1 < end && !x.toks[j+1].is("in") {
					return c, i, false
				}
				c.name = "gap"
				return c, j + 1, true
			}
		}
	case "years": // "six years", "a couple of years", "most of my twenties"
		j := i
		for j < min(i+5, end) && (number(x.toks[j].low) > 0 || x.toks[j].is("a", "an", "the", "my", "about", "nearly", "almost", "over", "some", "few", "couple", "of", "good", "best", "part", "first", "last", "most", "many", "several", "half", "whole")) {
			j++
		}
		if j > i && j < end && x.toks[j].is("years", "year", "decades", "decade", "months", "twenties", "thirties", "forties", "teens", "childhood", "youth") {
			c.name = "gap"
			return c, j + 1, true
		}
	case "townsman": // "Londoner"
		for _, tail := range []string{"er", "sider", "ian", "ite", "n", "nian"} {
			if i < end && x.toks[i].upper {
				town := strings.TrimSuffix(x.toks[i].low, tail)
				if town != x.toks[i].low && len(town) > 4 && (cities[town] || towns[town]) {
					c.text = x.toks[i].text[:len(town)]
					c.party = party{ref: record.EntityRef{Type: record.TypeLocation, Name: c.text}, from: i, to: i + 1, conf: 1}
					return c, i + 1, true
				}
			}
		}
	default:
		return x.toldCapture(kind, i, end)
	}
	return c, i, false
}

// yearOldAt reads "45 year old", "45-year-old" and "45 yo"; what is kept is the number.
func (x *extractor) yearOldAt(i, end int) (captured, int, bool) {
	c := captured{name: "yearold"}
	if i >= end {
		return c, i, false
	}
	if age, ok := strings.CutSuffix(x.toks[i].low, "-year-old"); ok && number(age) >= 10 && number(age) <= 110 {
		c.text, c.party = age, party{from: i, to: i + 1, conf: 1}
		return c, i + 1, true
	}
	n := number(x.toks[i].low)
	if n < 10 || n > 110 {
		return c, i, false
	}
	c.text, c.party = x.toks[i].text, party{from: i, to: i + 1, conf: 1}
	for _, tail := range []string{"year old", "years old", "yr old", "yrs old"} {
		if x.phrase(i+1, end, tail) {
			return c, i + 3, true
		}
	}
	if i+1 < end && x.toks[i+1].is("yo", "y/o", "year-old", "yr-old") {
		return c, i + 2, true
	}
	return c, i, false
}

// shopChains are shops with an ampersand in their names.
var shopChains = phraseSet(`marks_&_spencer h&m b&q m&s barnes_&_noble abercrombie_&_fitch bed_bath_&_beyond crate_&_barrel a&e r&d b&b q&a w&t p&o at&t a&w fortnum_&_mason harvey_&_nichols smyths_&_co holland_&_barrett past_&_present`)

// visited are last words of names of places where most people are as visitors.
var visited = set(`bank university college school hospital club department street avenue road park theatre museum gallery clinic infirmary surgery hospice academy cafe airport station gardens travel
	nurseries opticians dental vets tyres garages trust studio studios winery vineyards distillery orchards mobile bakery brewery tours ferries airlines airways taxis cabs app project team`)

// workplaces are places to work whose kind is name enough behind "the".
var workplaces = set(`hospital council library museum aquarium zoo bakery brewery post-office university school college nursery primary kindergarten clinic surgery
	pharmacy airport port shipyard quarry sawmill foundry prison courthouse cathedral theatre cinema observatory embassy consulate ministry town-hall fire-station
	police-station hospice care-home call-centre call-center depot warehouse abattoir dairy creamery cannery mill refinery factory gallery archive archives supermarket garage laundrette laundry cemetery crematorium`)

// workplaceAt reads "the town museum", "our local library": a place of work that has no name. What is kept has no article.
func (x *extractor) workplaceAt(i, end int) (captured, int, bool) {
	c := captured{name: "workplace"}
	if i+1 >= end || !x.toks[i].is("the") {
		return c, i, false
	}
	for j := i + 1; j < min(i+4, end) && x.toks[j].kind == word && (!x.toks[j].upper || j > i); j++ {
		if verbLike(&x.toks[j]) || emptyThings[x.toks[j].low] || x.toks[j].is("new", "old", "same", "other", "whole", "back", "front") {
			return c, i, false
		}
		if workplaces[x.toks[j].low] {
			c.text = x.quote(i+1, j+1)
			c.party = party{ref: record.EntityRef{Type: record.TypeOrganisation, Name: c.text}, from: i + 1, to: j + 1, conf: 1}
			return c, j + 1, c.text != ""
		}
	}
	return c, i, false
}

// studyAt reads what somebody studies: "biochem", "soil science", "mechanical engineering".
func (x *extractor) studyAt(i, end int) (captured, int, bool) {
	c, n, ok := x.fieldOfStudy(i, end)
	if !ok && i < end && shortSubjects[x.toks[i].low] {
		c.text, c.party = x.quote(i, i+1), party{from: i, to: i + 1, conf: 1}
		n, ok = i+1, true
	}
	c.name = "study"
	return c, n, ok
}

// shortSubjects are subjects of study beside those of [academic], as students say them.
var shortSubjects = set(`biochem biomed physio compsci comp-sci cs econ psych socio anthro philos bio chem eng mech-eng pharma pharmacology immunology virology microbiology
	ppe land-economy classics mfl stats actuarial-science midwifery paramedicine radiography osteopathy acupuncture catering carpentry plumbing welding bricklaying hairdressing
	fashion textiles graphics illustration animation game-design creative-writing acting dance jazz composition musicology egyptology sinology japanology`)

// streets are the last words of names of streets.
var streets = set(`road street lane drive close avenue way court place crescent terrace gardens square row hill park mews flat grove rise walk view parade wharf quay yard rd st ln ave blvd boulevard
	circle trail highway apartment unit house strasse straße rue via calle`)

// isPeople reports a nationality at token i, of two as well: "Nigerian-American".
func (x *extractor) isPeople(i int) bool {
	t := &x.toks[i]
	if !t.upper || t.kind != word {
		return false
	}
	if a, b, two := strings.Cut(t.low, "-"); two {
		return demonyms[a] && demonyms[b]
	}
	return demonyms[t.low]
}

// travelling are words of journeys: who is somewhere on one does not live there.
var travelling = set(`holiday staycation holidays vacation hotel hostel airbnb visiting visit trip conference landed layover stopover flight airport festival tour touring honeymoon weekend passing
	backpacking cruise till until tonight wedding match gig concert retreat audit assignment secondment fortnight tourist sightseeing jetlagged interrailing hen stag`)

// travels reports a sentence about a journey.
func (x *extractor) travels(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		if travelling[x.toks[i].low] || x.toks[i].is("for") && i+2 < s.to && x.toks[i+2].is("days", "weeks", "week", "nights", "day") {
			return true
		}
	}
	return false
}

// ranks are what people are called who are not named so.
var ranks = set(`boss chief captain cap sir madam miss maam princess queen king mister master honey darling love babe baby sweetie sweetheart champ sport pal mate dude bro sis nan nana grandma grandpa
	granny grandad mum mummy mom mommy dad daddy auntie uncle karen einstein sherlock cinderella superman batman rambo picasso employee player manager nobody nothing crazy lazy fatty shorty lanky ginger names`)
