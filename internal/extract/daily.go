package extract

import (
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// said reads what daily talk says of the speaker without "I" and without a pattern.
func (c *clause) said(i int) bool {
	x := c.x
	c.subj, c.v = x.me(), verbGroup{tense: present, end: i}
	read := c.exEmployer(i) || c.bareKin(i) || c.barePossession(i) || c.yearBaby(i) || c.uncleIs(i) || c.opinion(i) || c.answersItself(i)
	if !read {
		c.v = verbGroup{}
	}
	return read
}

// exEmployer reads "ex-Brightwater, now at Solvane".
func (c *clause) exEmployer(i int) bool {
	x := c.x
	t := &x.toks[i]
	name, ok := strings.CutPrefix(t.text, "ex-")
	if !ok || !x.sentenceStart(i) || name == "" || name[0] < 'A' || name[0] > 'Z' || i+1 < c.end && x.toks[i+1].kind == word {
		return false
	}
	p, ok := x.organisation(mention{text: name, from: i, to: i + 1})
	return ok && x.invalidate(fact{subject: c.subj, key: WorksAt, object: p, category: knowledge, conf: likely, from: i, to: i + 1}, c.endDate(i+1))
}

// ownKin are words for relatives that are one's own without "my".
var ownKin = set(`nephew niece daughter son girlfriend boyfriend wife husband fiance fiancé fiancee fiancée bf gf auntie grandson granddaughter hubs stepdad stepmum flatmate housemate roommate landlord landlady sister brother mum mom dad mam hubby wifey missus gran grandma granny nan nana grandad granddad grandpa gaffer`)

// bareKin reads "mum's called Lorraine" and "hubby's name is Colm".
func (c *clause) bareKin(i int) bool {
	x := c.x
	if !ownKin[x.toks[i].low] || i > 0 && x.toks[i-1].is("the", "a", "your", "his", "her", "their", "whose") || i+2 >= c.end || !x.toks[i+1].is("'s", "is", "name", ":") ||
		!(x.toks[i+1].is("name") || x.toks[i+2].is("name", "called", "named") || x.givenAlone(i+2, c.end)) {
		return false
	}
	if x.toks[i+1].is(":") {
		m, ok := x.personAt(i+2, c.end)
		if ok {
			x.kinFact(kin[x.toks[i].low], i, m, new([]party))
		}
		return ok
	}
	var persons []party
	n := len(x.out.Relations)
	x.kinAt(i-1, c.end, &persons, false)
	return len(x.out.Relations) > n
}

// givenAlone reports a given name at i, with or without a family name, after which the phrase ends.
func (x *extractor) givenAlone(i, end int) bool {
	m, ok := x.personAt(i, end)
	return ok && givenNames[lower(firstWord(m.text))] && (m.to >= end || x.toks[m.to].kind != word || x.toks[m.to].is("and", "but", "by", "btw"))
}

// elders are relatives whose kinship is said as a title.
var elders = set(`uncle aunt grandmother grandfather cousin`)

// uncleIs reads "Uncle Desmond is my dad's brother".
func (c *clause) uncleIs(i int) bool {
	x := c.x
	if i+3 >= c.end || !x.toks[i].upper || !elders[kin[x.toks[i].low]] {
		return false
	}
	m, ok := x.personAt(i+1, c.end)
	if !ok || x.people.evidence(m, false) == noEvidence || m.to+1 >= c.end || !x.toks[m.to].is("is", "'s", "was") || !x.toks[m.to+1].is("my", "our") {
		return false
	}
	if of, n := x.kinWord(m.to+2, c.end); of == "" || n < c.end && x.toks[n].is("'s") && kin[x.toks[min(n+1, c.end-1)].low] == "" {
		return false // "Uncle Sam is my hero"
	}
	label := kin[x.toks[i].low]
	return x.relation(fact{subject: c.subj, key: label, object: x.resolveKin(m, label), category: kinCategory(label), conf: direct, from: i, to: m.to})
}

// bare are the possessions that are the speaker's own where nobody else is named.
var bare = set(`email email_address e-mail phone phone_number mobile mobile_number cell bday birthday dob date_of_birth pronouns blood_type blood_group shoe_size
	timezone time_zone number height postcode home_address`)

// purposes may stand between a possession and its value: "new number to reach me on: …".
var purposes = phrases("for me", "to reach me on", "to use for me", "to get me on", "to use", "to reach me")

// barePossession reads "blood group's O negative", "best email for me is …", "dob 12/08/1979".
func (c *clause) barePossession(i int) bool {
	x := c.x
	if !x.sentenceStart(i) && !(i > 0 && x.toks[i-1].is(",", "and")) {
		return false
	}
	j := i
	for j < c.end && x.toks[j].is("the", "best", "new", "my", "correct", "right", "quickest", "easiest") {
		j++
	}
	for n := 2; n >= 1; n-- {
		if j+n >= c.end || !bare[strings.ReplaceAll(lower(x.quote(j, j+n)), " ", "_")] {
			continue
		}
		p, ok := possessions[lower(x.quote(j, j+n))]
		if !ok {
			continue
		}
		k := j + n
		k += x.phraseOf(k, c.end, purposes)
		if at := x.valueAt(k, c.end, p.kind); at > 0 {
			k = at
		} else if p.kind != calendarValue || k >= c.end || x.toks[k].kind != word || x.toks[k].text[0] > '9' || x.toks[i].is("the") {
			return false
		}
		if p.kind == calendarValue && strings.Count(x.toks[k].text, "/") == 2 {
			return x.attribute(fact{subject: c.subj, key: Birthday, value: x.toks[k].text, category: identity, conf: direct, from: i, to: k + 1})
		}
		return c.value(p.key, p.kind, k)
	}
	return false
}

// yearBaby reads "1987 baby here", "born '87" is left out.
func (c *clause) yearBaby(i int) bool {
	x := c.x
	if !x.sentenceStart(i) && !x.afterMark(i) || i+1 >= c.end || !IsYear(x.toks[i].low) || !x.toks[i+1].is("baby", "kid", "vintage", "born", "model") || i+2 < c.end && !x.toks[i+2].is("here", ",", "and", "so") {
		if i+4 < c.end && (x.toks[i].is("as", "being")) && x.toks[i+1].is("a", "an") && number(x.toks[i+2].low) >= 10 && x.toks[i+3].is("year", "yr") && x.toks[i+4].is("old") {
			return c.agedAs(i+2, i+5)
		}
		if i+2 < c.end && (x.toks[i].is("as", "being")) && x.toks[i+1].is("a", "an") && strings.HasSuffix(x.toks[i+2].low, "-year-old") {
			age := strings.TrimSuffix(x.toks[i+2].text, "-year-old")
			return number(age) >= 10 && c.mine(i+3) && x.attribute(fact{subject: c.subj, key: Age, value: age, category: identity, conf: likely, from: i, to: i + 3})
		}
		return false
	}
	return x.attribute(fact{subject: c.subj, key: BirthYear, value: x.toks[i].text, category: identity, conf: likely, from: i, to: i + 2})
}

// agedAs reads the age in "as a 68 year old I'm not climbing up there".
func (c *clause) agedAs(i, to int) bool {
	return c.mine(to) && c.x.attribute(fact{subject: c.subj, key: Age, value: c.x.toks[i].text, category: identity, conf: likely, from: i, to: to})
}

// mine reports that what follows is said of the speaker, or of nobody.
func (c *clause) mine(i int) bool {
	x := c.x
	for n := 0; i < c.end && n < 7 && x.toks[i].kind == word && !x.toks[i].is("i", "my", "we"); n++ {
		if x.toks[i].is("you", "he", "she", "they", "it", "his", "her", "your", "their") || verbLike(&x.toks[i]) {
			return false
		}
		i++
	}
	if i < c.end && x.toks[i].is(",") {
		i++
	}
	return i >= c.end || x.toks[i].is("i", "my", "we")
}

// answersItself reads "Favourite food? Ramen, no contest" at the answer.
func (c *clause) answersItself(i int) bool {
	x := c.x
	q := i - 1
	if q < 2 || !x.toks[q].is("?") {
		return false
	}
	j := x.skipFillers(x.lineStart(q), q)
	for j < q && x.toks[j].is("my", "the", "so") {
		j++
	}
	if j+1 >= q || !favourites[x.toks[j].low] || q-j > 4 {
		return false
	}
	m, ok := x.titleAt(i, c.end)
	if !ok {
		m, ok = x.thingAt(i, c.end)
	}
	what := x.quote(j+1, q)
	if !ok || what == "" || m.to-m.from > 4 || !x.ends(m.to, c.end) || x.takenBack(m.to, c.end) {
		return false
	}
	return x.attribute(fact{subject: c.subj, key: CanonicalKey("favourite " + singular(what)), value: m.text, category: knowledge, conf: likely, from: i, to: m.to})
}

// opinion reads "olives are the worst".
func (c *clause) opinion(i int) bool {
	x := c.x
	if !x.sentenceStart(i) {
		return false
	}
	for j := i + 1; j < min(i+4, c.end-1); j++ {
		if !x.toks[j].is("is", "are") {
			continue
		}
		key := ""
		switch n := j + 1; {
		case x.phrase(n, c.end, "the worst"), x.phrase(n, c.end, "vile"), x.phrase(n, c.end, "disgusting"), x.phrase(n, c.end, "gross"), x.phrase(n, c.end, "minging"):
			key = Dislikes
		case x.phrase(n, c.end, "the best"), x.phrase(n, c.end, "my weakness"), x.phrase(n, c.end, "life"), x.phrase(n, c.end, "my jam"), x.phrase(n, c.end, "my guilty pleasure"):
			key = Likes
		default:
			return false
		}
		m, ok := x.thingAt(i, j)
		n := j + 2
		if key == Dislikes && x.toks[j+1].is("the") || x.toks[j+1].is("the", "my") {
			n++
		}
		if x.toks[n-1].is("guilty") {
			n++
		}
		if !ok || m.to != j || x.toks[i].upper && !edibles[x.toks[i].low] && givenNames[x.toks[i].low] || n < c.end && x.toks[n].kind == word || x.takenBack(n, c.end) {
			return false
		}
		f := fact{subject: c.subj, key: key, object: x.topic(m), category: knowledge, conf: likely, from: i, to: n}
		x.relation(f)
		f.key = Opposite(key)
		return x.invalidate(f, c.endDate(n))
	}
	return false
}

// forALiving reads "I drive lorries for a living": what one does is the role.
func (c *clause) forALiving(i int) bool {
	x := c.x
	if !c.subj.speaker || i >= c.end {
		return false
	}
	for j := i + 1; j < min(i+6, c.end) && x.toks[j].kind == word; j++ {
		if !x.phrase(j, c.end, "for a living") && !(x.phrase(j, c.end, "for a job") && !(j+3 < c.end && x.toks[j+3].is("at", "in", "as", "with", "that", "there", "interview", "and")) && !strings.HasSuffix(x.toks[i].low, "ed")) {
			continue
		}
		if x.toks[i].is("not", "do", "did", "used", "am", "would", "could", "work", "never") || x.takenBack(j+3, c.end) {
			return false
		}
		return x.attribute(fact{subject: c.subj, key: Role, value: x.quote(i, j), category: knowledge, conf: likely, from: c.from, to: j + 3})
	}
	return false
}

// sharesWork reads "Piotr and I share an office".
func (c *clause) sharesWork() bool {
	x := c.x
	i := c.v.end
	if i+1 >= c.end || !x.toks[i].is("a", "an", "the") || !x.toks[i+1].is("desk", "office", "cubicle", "bench", "workshop", "shift") || x.takenBack(i+2, c.end) {
		return false
	}
	return x.relation(fact{subject: c.subj, key: WorksWith, object: c.companion, category: knowledge, conf: likely, from: min(c.from, c.companion.from), to: i + 2})
}

// sinceSeason reports "since spring" after token i.
func (x *extractor) sinceSeason(i, end int) bool {
	for ; i+1 < end && x.toks[i].kind == word; i++ {
		if x.toks[i].is("since") {
			return seasons[x.toks[i+1].low] != 0 || x.toks[i+1].is("last", "uni", "university", "school", "college", "graduating", "leaving")
		}
	}
	return false
}

// hobbyVerbs are hobbies that are verbs.
var hobbyVerbs = set(`crochet knit sew quilt garden fish fence box surf sail ski snowboard skateboard kayak canoe row climb boulder hike cycle jog swim paint draw sketch juggle weave
	whittle carve birdwatch geocache scuba-dive embroider woodwork homebrew brew bake scrapbook journal meditate rollerblade ice-skate powerlift weightlift forage beekeep`)

// hobbyVerb reads "I crochet to keep my hands busy", "I knit". Whoever cycles to work has no hobby.
func (c *clause) hobbyVerb(i int) bool {
	x := c.x
	for i < c.end && softAdverbs[x.toks[i].low] {
		i++
	}
	if i >= c.end || i == 0 || !x.toks[c.from].is("i") || !hobbyVerbs[x.toks[i].low] || x.takenBack(i+1, c.end) {
		return false
	}
	n := i + 1
	switch {
	case n >= c.end, x.toks[n].kind == punct, x.toks[n].kind == newline:
	case x.toks[n].is("a") && x.phrase(n, c.end, "a lot"), x.phrase(n, c.end, "a bit"), x.phrase(n, c.end, "in my spare time"), x.phrase(n, c.end, "in my free time"), x.phrase(n, c.end, "for fun"), x.phrase(n, c.end, "to relax"), x.phrase(n, c.end, "to unwind"), x.phrase(n, c.end, "to keep"), x.phrase(n, c.end, "every weekend"),
		x.phrase(n, c.end, "at weekends"), x.phrase(n, c.end, "on weekends"), x.phrase(n, c.end, "on sundays"), x.phrase(n, c.end, "on saturdays"), x.phrase(n, c.end, "as a hobby"), x.phrase(n, c.end, "most weekends"), x.phrase(n, c.end, "most evenings"), x.phrase(n, c.end, "to switch off"), x.phrase(n, c.end, "when i can"):
	default:
		return false
	}
	m := mention{text: x.toks[i].text, from: i, to: n}
	return x.relation(fact{subject: c.subj, key: Hobby, object: x.topic(m), category: knowledge, conf: likely, from: c.from, to: n})
}

// tokenLow is the word at i, or nothing behind the end.
func tokenLow(toks []token, i, end int) string {
	if i >= end {
		return ""
	}
	return toks[i].low
}

// hobbyists are what those are called who have a hobby.
var hobbyists = map[string]string{
	"gardener": "gardening", "cyclist": "cycling", "runner": "running", "knitter": "knitting", "birder": "birding", "birdwatcher": "birdwatching", "photographer": "photography",
	"baker": "baking", "angler": "angling", "hiker": "hiking", "climber": "climbing", "swimmer": "swimming", "sailor": "sailing", "surfer": "surfing", "skier": "skiing", "golfer": "golf",
	"potter": "pottery", "painter": "painting", "quilter": "quilting", "gamer": "gaming", "beekeeper": "beekeeping", "astronomer": "astronomy", "crocheter": "crochet", "rambler": "rambling",
	"kayaker": "kayaking", "rower": "rowing", "fisherman": "fishing", "woodworker": "woodworking", "dancer": "dancing", "blogger": "blogging", "brewer": "brewing", "walker": "walking",
	"footballer": "football", "cricketer": "cricket", "boxer": "boxing", "fencer": "fencing", "archer": "archery", "juggler": "juggling", "stargazer": "stargazing",
}

// allergens are what people are allergic to.
var allergens = phraseSet(`nuts nut peanuts peanut tree_nuts tree_nut walnuts walnut cashews cashew almonds almond hazelnuts hazelnut pistachios pistachio pecans brazil_nuts eggs egg milk dairy lactose gluten wheat soy soya
	shellfish prawns prawn shrimp crab lobster mussels oysters fish salmon tuna sesame sesame_seeds mustard celery lupin penicillin amoxicillin ibuprofen aspirin codeine sulfa latex nickel pollen
	grass_pollen tree_pollen birch_pollen dust dust_mites cats cat dogs dog horses horse feathers bee_stings wasp_stings bees wasps kiwi kiwis kiwifruit strawberries strawberry mango mangoes avocado avocados bananas banana
	tomatoes tomato pineapple chocolate sulphites sulfites iodine plasters perfume mould mold ragweed coconut pine_nuts buckwheat corn maize garlic onions onion mushrooms lentils chickpeas peas apples apple peaches cherries citrus
	oranges lanolin wool antibiotics morphine anaesthetic mosquito_bites hair_dye food_colouring msg red_wine histamine`)

// dailyCapture reads the captures of the rules of daily talk.
func (x *extractor) dailyCapture(kind string, i, end int) (captured, int, bool) {
	c := captured{name: kind}
	switch kind {
	case "ailment":
		if n := x.phraseOf(i, end, ailments); n > 0 {
			c.text = x.quote(i, i+n)
			c.party = party{ref: record.EntityRef{Type: record.TypeTopic, Name: c.text}, from: i, to: i + n, conf: 1}
			return c, i + n, c.text != ""
		}
	case "petcalled": // "parrot by the name of Elvis"
		label, n := x.kinWord(i, end)
		if label != "pet" || !x.phrase(n, end, "by the name of") {
			return c, i, false
		}
		m, ok := x.namedAt(n+4, end, label)
		c.party = x.pet(m)
		return c, m.to, ok
	case "allergen":
		for n := min(3, end-i); n >= 1; n-- {
			if x.toks[i+n-1].kind == word && allergens[lower(x.quote(i, i+n))] {
				m := mention{text: x.quote(i, i+n), from: i, to: i + n}
				c.text, c.party = m.text, x.topic(m)
				return c, i + n, true
			}
		}
	case "hobbyist": // "a keen gardener"
		if h := hobbyists[tokenLow(x.toks, i, end)]; h != "" {
			c.text, c.party = h, party{ref: record.EntityRef{Type: record.TypeTopic, Name: h}, from: i, to: i + 1, conf: 1}
			return c, i + 1, true
		}
	case "diet":
		n := x.phraseOf(i, end, diets)
		c.text, c.party = x.quote(i, i+n), party{from: i, to: i + n, conf: 1}
		return c, i + n, n > 0
	case "pronouns":
		if i < end && x.pronounsAt(i) {
			c.text, c.party = x.toks[i].text, party{from: i, to: i + 1, conf: 1}
			n := i + 1
			if n < end && x.toks[n].is("pronouns") {
				n++
			}
			return c, n, n >= end || x.toks[n].kind != word || x.toks[n].is("btw", "please", "and", "so", "thanks", "but", "by", "here") || x.phrase(n, end, "for me")
		}
	case "number":
		if i < end && x.toks[i].text[0] >= '0' && x.toks[i].text[0] <= '9' && len(x.toks[i].text) <= 4 {
			c.text, c.party = x.toks[i].text, party{from: i, to: i + 1, conf: 1}
			return c, i + 1, true
		}
	case "address":
		if i < end && x.toks[i].text[0] >= '0' && x.toks[i].text[0] <= '9' {
			n := x.addressEnd(i, end)
			c.text, c.party = x.quote(i, n), party{from: i, to: n, conf: 1}
			return c, n, n > i+1 && c.text != ""
		}
	case "height": // "178 cm", "six foot two"
		n := i + 1
		if n < end && number(x.toks[i].low) > 0 && x.toks[n].is("cm", "centimetres", "centimeters", "foot", "feet", "ft") {
			if n++; n < end && number(x.toks[n].low) > 0 && !x.toks[n-1].is("cm", "centimetres", "centimeters") {
				n++
			}
			c.text, c.party = x.quote(i, n), party{from: i, to: n, conf: 1}
			return c, n, c.text != "" && (n >= end || x.toks[n].is("tall") || x.toks[n].kind != word)
		}
		if i < end && strings.HasSuffix(x.toks[i].low, "cm") && n < end && x.toks[n].is("tall") {
			c.text, c.party = x.toks[i].text, party{from: i, to: n, conf: 1}
			return c, n, true
		}
	case "zone":
		if i < end {
			n := x.zoneEnd(i, end)
			c.text, c.party = x.quote(i, n), party{from: i, to: n, conf: 1}
			return c, n, n > i && !strings.Contains(c.text, "/") || n > i && strings.Contains(c.text, "Europe/")
		}
	case "food":
		m, ok := x.thingAt(i, min(end, i+2))
		if ok && m.to == i+2 && verbLike(&x.toks[i+1]) || !ok {
			m, ok = x.thingAt(i, min(end, i+1))
		}
		if ok && !emptyThings[x.toks[m.from].low] && !notAllergens[x.toks[m.from].low] && kin[x.toks[m.from].low] == "" && !givenNames[x.toks[m.from].low] {
			for m.to > m.from+1 && (verbLike(&x.toks[m.to-1]) || x.toks[m.to-1].is("and", "allergy", "makes", "make", "brings", "gives", "sends")) {
				m.to--
				m.text = x.quote(m.from, m.to)
			}
			c.text, c.party = m.text, x.topic(m)
			return c, m.to, true
		}
	case "name": // of an animal, which may be any word
		if i < end && nameWord(&x.toks[i]) && !x.toks[i].is("the", "a", "my") && !(i+1 < end && x.toks[i+1].upper) {
			c.party = x.pet(mention{text: x.toks[i].text, from: i, to: i + 1})
			return c, i + 1, true
		}
	case "petname":
		label, n := x.kinWord(i, end)
		if label != "pet" || n+1 >= end || !x.toks[n].is("named", "called") {
			return c, i, false
		}
		m, ok := x.namedAt(n+1, end, label)
		c.party = x.pet(m)
		return c, m.to, ok
	case "employer": // what its words tell, or those around it
		m, ok := x.organisationAt(i, end)
		if !ok {
			return c, i, false
		}
		c.party, ok = x.organisation(m)
		sure := m.from > i || corporate[lower(lastWord(m.text))]
		for j := x.lineStart(i); j < end && !sure; j++ {
			sure = x.toks[j].is("job", "jobs", "pay", "salary", "commute", "boss", "colleagues", "role", "employer", "hours", "wages") || j < i && corporate[x.toks[j].low]
		}
		return c, m.to, ok && sure && record.TypeOrganisation == c.party.ref.Type
	}
	return x.spotCapture(kind, i, end)
}
