package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/record"
)

// element is one step of a pattern: words of which one must come, or a capture.
type element struct {
	words    []string
	optional bool
	ahead    bool // the words have to come, or not to come, and are not part of the match
	absent   bool
	capture  string
}

// rule says what a verb and the words after it mean. Patterns are words separated by spaces, "at|for" for
// alternatives, a final "?" for what may be absent, and captures such as {org}, see capture. "=a|b" wants one of the words to follow and "!a|b" none of them; neither is part of the match. The end is ".".
// Matching goes left to right and never backtracks.
type rule struct {
	verb    string
	pattern string
	mode    mode
	meaning meaning

	elements  []element
	closed    bool // the pattern says itself what follows
	ofSpeaker bool // a match has a word for the speaker
}

// mode says which forms of the verb assert the fact.
type mode uint8

const (
	state        mode = iota // holds while the verb is in the present: "works at"
	event                    // begins to hold when the verb is past: "joined"
	ending                   // ceases to hold when the verb is past: "left"
	bygone                   // past, and true for ever: "was born in"
	passiveEvent             // an event in the passive: "was promoted to"
	passiveState             // a state in the passive: "is based in"
	passiveEnd               // an end in the passive: "was laid off from"
)

// meaning is the fact of a rule.
type meaning struct {
	key      string
	category record.Category
	role     bool // the captured role is the value of an attribute
	personal bool // only people do this: enough to take a capitalised subject for a person
	org      bool // the subject is an organisation
	value    bool // what is captured is the value of an attribute
	inverse  bool // what is captured is the subject

	// Of an ending:
	over  bool     // what is so now means that something else is over: "I'm a widow"
	blank bool     // without a capture, whatever the key has ends
	also  []string // keys that end with it, as far as the speaker is known to have something of them
	sets  bool     // the word of a marital status in the phrase holds from then on
}

// speakerWords are the words for the speaker.
var speakerWords = set("i me my mine myself we us our ours ourselves")

// compile prepares a table of rules, by verb.
func compile(table []rule) map[string][]rule {
	m := map[string][]rule{}
	for _, r := range table {
		for _, f := range strings.Fields(r.pattern) {
			e := element{}
			f, e.optional = strings.CutSuffix(f, "?")
			if len(f) > 1 && (f[0] == '=' || f[0] == '!') {
				e.ahead, e.absent, f = true, f[0] == '!', f[1:]
			}
			if strings.HasPrefix(f, "{") {
				e.capture = strings.Trim(f, "{}")
			} else {
				e.words = strings.Split(f, "|")
			}
			r.elements = append(r.elements, e)
			r.ofSpeaker = r.ofSpeaker || e.capture == "" && !e.optional && !e.ahead && !slices.ContainsFunc(e.words, func(w string) bool { return !speakerWords[w] })
			r.closed = e.ahead
		}
		m[r.verb] = append(m[r.verb], r)
	}
	return m
}

// captured is one capture of a match.
type captured struct {
	name  string
	party party
	text  string
}

// match tries the elements at token i and gives the captures and the token after the match. When it is a capture that fails, it
// gives what came before that, not nil, and where.
func (x *extractor) match(els []element, i, end int) ([]captured, int, bool) {
	var got []captured
	for _, e := range els {
		if e.ahead {
			if (i < end && oneOf(x.toks[i].low, e.words) || i >= end && !e.absent && oneOf(".", e.words)) == e.absent {
				return nil, i, false
			}
			continue
		}
		for i < end && e.capture == "" && softAdverbs[x.toks[i].low] && !oneOf(x.toks[i].low, e.words) {
			i++
		}
		if e.capture == "" {
			if i < end && x.toks[i].kind != quoted && oneOf(x.toks[i].low, e.words) {
				i++
			} else if !e.optional {
				return nil, i, false
			}
			continue
		}
		c, n, ok := x.capture(e.capture, i, end)
		if !ok {
			if e.optional {
				continue
			}
			return append([]captured{}, got...), i, false
		}
		if i = n; c.name != "gap" {
			got = append(got, c)
		}
	}
	return got, i, true
}

func oneOf(s string, words []string) bool {
	for _, w := range words {
		if w == s {
			return true
		}
	}
	return false
}

// endsIn reports a word with one of the endings, behind a stem of at least so many bytes.
func endsIn(s string, endings []string, stem int) bool {
	for _, e := range endings {
		if strings.HasSuffix(s, e) && len(s) >= len(e)+stem {
			return true
		}
	}
	return false
}

// capture reads one phrase of the kind.
func (x *extractor) capture(kind string, i, end int) (captured, int, bool) {
	c := captured{name: kind}
	switch kind {
	case "org":
		m, ok := x.organisationAt(i, end)
		if !ok {
			return c, i, false
		}
		c.party, ok = x.organisation(m)
		c.text = m.text
		return c, m.to, ok
	case "place":
		m, ok := x.placeAt(i, end)
		if !ok {
			return c, i, false
		}
		c.party, ok = x.location(m)
		return c, m.to, ok
	case "named": // a person whose name tells it
		m, ok := x.personAt(x.somebodyNamed(i, end), end)
		if !ok || x.people.evidence(m, false) != strongEvidence {
			return c, i, false
		}
		c.party = x.people.resolve(m)
		return c, m.to, true
	case "person":
		m, ok := x.personAt(x.somebodyNamed(i, end), end)
		if !ok || x.people.evidence(m, false) == noEvidence {
			return c, i, false
		}
		c.party = x.people.resolve(m)
		return c, m.to, true
	case "role":
		text, from, to := x.roleAt(i, end)
		c.text, c.party = text, party{from: from, to: to, conf: 1}
		return c, to, text != ""
	case "noun":
		j := i
		for j < end && j-i < 4 && x.toks[j].kind == word && !x.toks[j].upper && !x.toks[j].is("called", "named", "at", "in", "and", "or", "for", "with", "from", "near", "outside", "into") {
			j++
		}
		c.party = party{from: i, to: j, conf: 1}
		return c, j, j > i
	case "project":
		return x.projectAt(i, end)
	case "thing":
		m, ok := x.thingAt(i, end)
		if !ok || m.to-m.from > 4 {
			return c, i, false
		}
		c.text, c.party = m.text, x.topic(m)
		return c, m.to, true
	case "hobby":
		return x.hobbyAt(i, end)
	case "activity":
		if c, n, ok := x.hobbyAt(i, end); ok {
			if n < end && crafts[x.toks[n].low] && x.quote(i, n+1) != "" { // "ukulele making"
				m := mention{text: x.quote(i, n+1), from: i, to: n + 1}
				c.text, c.party = m.text, x.topic(m)
				return c, m.to, true
			}
			return c, n, ok
		}
		for j := i + 1; j < min(i+5, end); j++ { // "ukulele making's my hobby"
			if x.toks[j].is("is", "are", "'s", "was") {
				end = j
			}
		}
		m, ok := x.thingAt(i, end)
		last := ""
		if ok {
			last = x.toks[m.to-1].low
		}
		c.text, c.party = m.text, x.topic(m)
		return c, m.to, ok && m.to-m.from <= 4 && (m.to-m.from == 2 && crafts[last] || gerund(last) && !looseVerbs[last] && m.to-m.from <= 3 || gerund(x.toks[m.from].low) && !looseVerbs[x.toks[m.from].low]) && (!looseVerbs[last] || crafts[last] && m.to-m.from == 2) && !x.toks[m.from].is("the", "a", "an", "this", "my", "watching", "not")
	case "car":
		return x.carAt(i, end)
	case "company": // "my parents", "Anna and the kids"
		j := i
		for j < end && j-i < 7 && x.toks[j].kind == word && !x.toks[j].is("in", "who", "that", "near") {
			j++
		}
		c.party = party{ref: record.EntityRef{Name: x.quote(i, j)}, from: i, to: j, conf: 1}
		return c, j, j > i && c.party.ref.Name != ""
	case "island":
		m, ok := x.placeAt(i, end)
		if !ok || !strings.HasPrefix(m.text, "Isle of ") && x.gazetteer(m.from, end) == 0 {
			return c, i, false
		}
		c.party, ok = x.location(m)
		return c, m.to, ok
	case "taste":
		m, ok := x.thingAt(i, end)
		if !ok || m.to-m.from > 2 || !x.consumable(m.from, m.to) || x.toks[m.from].upper || !x.ends(m.to, end) {
			return c, i, false
		}
		c.party = x.topic(m)
		return c, m.to, edibles[x.toks[m.to-1].low]
	case "school":
		m, ok := x.organisationAt(i, end)
		if !ok {
			return c, i, false
		}
		c.party, ok = x.organisation(m)
		last, first := lower(lastWord(m.text)), lower(firstWord(m.text))
		return c, m.to, ok && (schools[last] || schools[first] || last == "polytechnic" || strings.Contains(lower(m.text), "university"))
	case "degree":
		return x.degreeAt(i, end)
	case "field":
		return x.fieldOfStudy(i, end)
	case "language":
		if i < end && languages[x.toks[i].low] {
			c.party = party{ref: record.EntityRef{Type: record.TypeTopic, Name: x.toks[i].text}, from: i, to: i + 1, conf: 1}
			c.text = x.toks[i].text
			return c, i + 1, true
		}
		return c, i, false
	case "animal":
		return x.animalAt(i, end)
	case "disease":
		return x.diseaseAt(i, end)
	}
	return x.dailyCapture(kind, i, end)
}

// crafts are verbs that make a hobby with the thing before them: "ukulele making".
var crafts = set(`making building collecting watching riding writing growing restoring keeping breeding`)

// projectAt reads "Project Apollo", "the Apollo project" or a known project.
func (x *extractor) projectAt(i, end int) (captured, int, bool) {
	c := captured{name: "project"}
	if i < end && x.toks[i].is("the") {
		i++
	}
	if i+1 < end && x.toks[i].is("project") && nameWord(&x.toks[i+1]) {
		c.party = party{ref: record.EntityRef{Type: record.TypeProject, Name: x.quote(i, i+2)}, from: i, to: i + 2, conf: 1}
	} else if i+1 < end && nameWord(&x.toks[i]) && x.toks[i+1].is("project") {
		c.party = party{ref: record.EntityRef{Type: record.TypeProject, Name: x.quote(i, i+1)}, from: i, to: i + 2, conf: 1}
	} else if i < end && nameWord(&x.toks[i]) {
		e, ok := x.known(x.toks[i].text, record.TypeProject)
		if !ok {
			return c, i, false
		}
		c.party = party{ref: e, from: i, to: i + 1, conf: 1}
	} else {
		return c, i, false
	}
	if e, ok := x.known(c.party.ref.Name, record.TypeProject); ok {
		c.party.ref = e
	}
	return c, c.party.to, c.party.ref.Name != ""
}

// followers are words that may follow a complete statement without changing what it says.
var followers = set(`and but so because since as in on at for from with until till where which who though although while now
	right too also again these currently full-time part-time fulltime remotely together anymore any near by to after before
	during through ago instead just already out back there every today yesterday last this next plus whose via
	most once twice weekly monthly anyhow regardless tbh imo ngl fyi lol haha hahaha innit myself despite except per within inside outside under opposite across without whereas cos forever permanently anyway sadly
	luckily obviously honestly please tho btw rn atm lately nowadays tonight daily mostly mainly usually always sometimes himself herself
	recently finally thanks working doing a_bit about alongside around a straight starting throughout along here`)

// endsWell reports whether the phrase that ends before token i is complete there.
func (x *extractor) endsWell(i, end int) bool {
	if i >= end || x.toks[i].kind == newline {
		return true
	}
	t := &x.toks[i]
	if len(t.text) == 1 && t.text[0] >= '1' && t.text[0] <= '9' && (i+1 < end && x.toks[i+1].is(")") || i+1 == end && x.numbered(i)) {
		return true // the next item of a list
	}
	if t.kind == punct {
		return t.text != "/" && t.text != "'" && t.text != "-" || !t.joined
	}
	if t.kind == quoted || t.low == "'s" {
		return false
	}
	if t.is("and", "or", "&") {
		return t.is("and") && x.newClause(i+1, end)
	}
	if x.casual && t.is("i", "my", "we") && i+1 < end {
		return true
	}
	if followers[t.low] || t.is("if") && (x.onDemand(i+1, end) || x.phraseOf(i, end, harmless) > 0) || t.is("not") && x.contrasts(i+1, end) || t.is("actually") {
		return true
	}
	if n := x.skipTrailing(i, end); n > i {
		return x.endsWell(n, end)
	}
	_, ok := x.whenAt(i, end, backward)
	return ok
}

// contrasts reports whether what follows "not" is another value: "in Malmö not Lund", "the 21st not the 12th".
func (x *extractor) contrasts(i, end int) bool {
	for i < end && x.toks[i].is("the", "in", "at", "on", "a", "an", "as", "from", "to", "with") {
		i++
	}
	return i < end && x.toks[i].kind == word && (x.toks[i].upper || x.casual || x.toks[i].text[0] <= '9') && (i+1 >= end || x.toks[i+1].kind != word || x.toks[i+1].joined)
}

// continuing are words in lower case that make another thing of the name before them: "Berlin half the time", "the Acme office".
var continuing = set(`half street road avenue lane square office offices stock shares store stores shop shops branch team fans fan suburbs suburb area region
	airport station coach coaches ferry flight line lounge hotel marathon university college school hospital bus train tickets house houses apartment building project app website account
	server servers database cluster part people residents native natives tower bridge market markets based style standard support customer customers
	or and of for with certified trained employee employees engineer developer fashion weather traffic accent food way side division department
	open campus tour event exhibition festival concert show brand products product menu sometimes maybe occasionally partly tomorrow soon next not once unless if while as than like club group gang lot itself corporation`)

// endsName reports whether a name in capitals that ends before token i is complete there, although no word follows that says so.
func (x *extractor) endsName(i, end int) bool {
	if i == 0 || i >= end || x.toks[i].kind != word || x.toks[i].upper && !x.toks[i].is("i") || x.toks[i].low == "'s" {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(x.toks[i-1].text); !unicode.IsUpper(r) {
		return false
	}
	if x.toks[i].is("and", "but") && i+1 < end && x.toks[i+1].kind == word && !x.toks[i+1].upper {
		return !continuing[x.toks[i+1].low] && !x.toks[i+1].is("in", "at", "to", "its", "by", "now") && x.toks[i+1].text[0] > '9'
	}
	t := &x.toks[i]
	if strings.HasSuffix(t.low, "s") && !t.is("his", "always", "this", "plus", "across", "yes", "thanks", "ours", "as", "us", "its", "perhaps") || t.is("are", "were") {
		return false // "Amazon warehouses"; a verb makes a subject of it all
	}
	return !continuing[t.low]
}

// newClause reports whether what follows "and" is a statement of its own and not a second object.
func (x *extractor) newClause(i, end int) bool {
	if i >= end {
		return false
	}
	t := &x.toks[i]
	if t.is("i", "my", "he", "she", "it", "we", "they", "the", "there", "that", "this", "so", "then", "now", "was", "have", "had",
		"am", "is", "are", "also", "just", "recently", "our", "you", "currently", "really", "still", "always", "a", "never", "will", "allergic", "everyone", "everybody", "nobody", "somebody", "someone") {
		return true
	}
	if w, ok := x.whenAt(i, end, backward); ok && w.end < end && x.toks[w.end].is("i", "we", "he", "she", "they", "my", "it") {
		return true // "and last year I …"
	}
	for j := i + 1; j < min(i+5, end) && x.toks[j].kind == word; j++ {
		u := &x.toks[j]
		if u.is("i", "we", "he", "she", "they", "it") {
			return true // "and some days I work from the floor"
		}
		if u.upper {
			break
		}
		if u.is("is", "are", "was", "were", "has", "will", "would", "can") || verbs[u.low].forms&thirdForm != 0 && verbs[u.low].forms&baseForm == 0 {
			return true // "and mornings are best"
		}
	}
	if !t.upper {
		if len(t.low) > 3 && strings.HasSuffix(t.low, "s") && !strings.HasSuffix(t.low, "ss") && i+1 < end && x.toks[i+1].is("me", "us", "him", "them", "you") {
			return true // "and rings me at midnight"
		}
		_, ok := verbs[t.low]
		return ok || strings.HasSuffix(t.low, "ed") || strings.HasSuffix(t.low, "ing") || softAdverbs[t.low]
	}
	if m, ok := x.personAt(i, end); ok && m.to < end {
		return verbLike(&x.toks[m.to])
	}
	return false
}
