package extract

import (
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// diets, marital states and momentary states that a copula may have after it.
var (
	diets   = phrases("low-fodmap", "low fodmap", "vegetarian", "vegan", "pescatarian", "pescetarian", "gluten-free", "dairy-free", "flexitarian", "on a keto diet", "teetotal", "kosher", "halal", "plant based", "plant-based", "gluten free", "dairy free", "nut free", "nut-free", "lacto-vegetarian", "fruitarian", "macrobiotic", "lacto vegetarian", "raw vegan", "veggie", "pescatarian-ish", "plant-based only", "strictly vegan", "strictly vegetarian", "strict vegan", "strict vegetarian", "ovo-vegetarian", "wheat-free", "sugar-free", "keto", "paleo", "low-carb", "low carb", "on a low-carb diet", "on a gluten-free diet", "on a vegan diet", "on the keto diet", "on a low fodmap diet", "coeliac-friendly", "mostly vegetarian", "mostly vegan")
	marital = phrases("single", "married", "divorced", "widowed")
	states  = phrases("on vacation", "on holiday", "on leave", "on parental leave", "on maternity leave", "on paternity leave",
		"on sick leave", "on sabbatical", "on a business trip", "out of office", "out of town", "sick", "ill", "pregnant", "jet-lagged", "in quarantine", "unemployed", "injured")
	ailments = phrases("deaf", "partially deaf", "partially deaf in the left ear", "partially deaf in the right ear", "partially deaf in my left ear", "partially deaf in my right ear", "partially deaf in one ear", "deaf in one ear", "deaf in my left ear", "deaf in my right ear", "deaf in the left ear", "deaf in the right ear", "blind in one eye", "blind in my left eye", "blind in my right eye", "blind in the left eye", "blind in the right eye", "profoundly deaf", "registered blind", "legally blind", "long-sighted", "near-sighted", "arthritic", "schizophrenic", "insulin-dependent", "gluten sensitive", "lactose-free", "immunocompromised", "photosensitive", "narcoleptic", "hypertensive", "dyscalculic", "blind", "partially sighted", "hard of hearing", "visually impaired", "in a wheelchair", "a wheelchair user", "anaemic", "anemic", "bipolar", "hypothyroid", "neurodivergent", "short-sighted",
		"hiv positive", "hiv-positive", "prediabetic", "pre-diabetic", "type 1 diabetic", "type 2 diabetic", "type one diabetic", "type two diabetic", "haemophiliac", "hypermobile", "gluten-intolerant", "dyspraxic", "tone deaf",
		"colourblind", "diabetic", "asthmatic", "dyslexic", "colour-blind", "color-blind", "colorblind", "colour blind", "color blind",
		"lactose intolerant", "lactose-intolerant", "gluten intolerant", "celiac", "coeliac", "epileptic", "autistic")
	fondness = phrases("big into", "mad for", "all about", "daft about", "bonkers about", "wild about", "very fond of", "really fond of", "rather fond of", "big on", "mad on", "nuts about", "hooked on", "a big lover of", "a lover of", "a keen fan of", "always up for", "quite fond of", "really into", "well into", "super into", "mad about", "a sucker for", "partial to", "addicted to", "mad keen on", "big fan of", "huge fan of", "great fan of", "a fan of", "a big fan of", "a huge fan of", "a great fan of", "into", "fond of", "keen on", "obsessed with",
		"passionate about", "crazy about", "in love with")
)

// isClause reads what a copula says of its subject.
func (c *clause) isClause() bool {
	x := c.x
	i := c.v.end
	if i >= c.end {
		return false
	}
	if !c.subj.speaker && c.kinship(i) {
		return true
	}
	if c.subj.speaker && c.kinOf(i) {
		return true
	}
	if c.apply(verbRules["be"], false) {
		return true
	}
	if c.subj.speaker && c.staysIn(i) {
		return true
	}
	switch c.v.tense {
	case past:
		if !c.v.stopped {
			return false
		}
	case perfect, perfectProg: // "I've been vegan since January"
		if w, _ := c.dates(i, backward); w.kind != sinceDate && !c.lasting() && !(c.from > 1 && x.toks[c.from-1].is("then") && x.toks[c.from-2].is("since")) {
			return false
		}
	}
	if c.engaged(i) || c.allergic(i) || c.fond(i) || c.roleClause(i) {
		return true
	}
	if n := x.pastWords(i, c.end, "strictly", "fully", "completely", "totally", "entirely", "proudly", "happily", "mainly"); n > i && c.closedValue(n) {
		return true
	}
	if c.closedValue(i) {
		return true
	}
	if c.v.plain() && c.age(i) {
		return true
	}
	if c.v.plain() && x.toks[i].is("bilingual", "trilingual", "conversational", "proficient", "fluent", "comfortable") && i+2 < c.end && x.toks[i+1].is("in", ",", ":", "with") {
		return c.tongues(i + 2)
	}
	if c.v.plain() && x.toks[i].is("fluent") && i+2 < c.end && x.toks[i+1].is("in") {
		return c.tongues(i + 2)
	}
	return c.subj.speaker && c.v.plain() && c.saysName(i)
}

// staysIn reads "I've been in Malmö for ten years", "I'm in Bristol these days", "I'm no longer in Prague" and the same of an employer:
// what says more than that one is somewhere just now.
func (c *clause) staysIn(i int) bool {
	x := c.x
	i = x.pastWords(i, c.end, "up", "down", "over", "out", "back", "still", "now", "based", "settled", "happily", "stuck", "holed")
	if i+1 >= c.end || !x.toks[i].is("in", "at", "with") || c.v.negated && !c.v.nolonger && !x.phrase(i+2, c.end, "these days") && !x.phrase(i+3, c.end, "these days") && !(i+2 < c.end && x.toks[i+2].is("now", "nowadays")) {
		return false
	}
	c.v.nolonger = c.v.nolonger || c.v.negated
	kind, key := "place", LivesIn
	if !x.toks[i].is("in") {
		kind, key = "org", WorksAt
	}
	p, n, ok := x.capture(kind, i+1, c.end)
	if !ok && kind == "place" {
		for j := i + 1; !ok && j < min(i+7, c.end) && x.toks[j].kind == word; j++ { // "in a narrowboat near Braunston"
			if x.toks[j].is("near", "in", "outside") && x.toks[i+1].is("a", "an", "our", "my") {
				p, n, ok = x.capture(kind, j+1, c.end)
			}
		}
	}
	office := ok && kind == "org" && n < c.end && x.toks[i+1].is("the") && x.toks[n].is("office", "branch", "team", "depot", "site", "store", "shop", "warehouse", "plant", "lab", "crew") // "with the Orkney Ferries office"
	if !ok || x.takenBack(n, c.end) || kind == "place" && p.party.conf < 1 && x.toks[i+1].upper || kind == "org" && !office && x.notJoined(p.party) && !c.v.nolonger && !(corporate[lower(lastWord(p.party.ref.Name))] && x.jobHint()) {
		return false
	}
	if key == WorksAt && x.toks[i].is("with") && providers[lower(p.party.ref.Name)] {
		return false
	}
	if c.v.negated && lower(p.party.ref.Name) == "kansas" {
		return false
	}
	f := fact{subject: c.subj, key: key, object: p.party, category: knowledge, conf: likely, from: c.from, to: n}
	if office && n < c.end {
		n++
	}
	w, _ := c.dates(n, backward)
	long := w.kind == sinceDate && !w.known() && w.end > 0 && seasons[x.toks[w.end-1].low] != 0 || x.sinceSeason(n, c.end) || w.kind == sinceDate && w.known() && x.at.Sub(w.interval.From).Hours() > 24*27 || c.years(n) || c.from > 1 && x.sinceBefore(c.from)
	if n < c.end && x.toks[n].kind == word && !x.endsWell(n, c.end) && !x.phrase(n, c.end, "these days") {
		return false
	}
	switch {
	case c.v.nolonger:
		return c.bare(n) && x.invalidate(f, c.endDate(n))
	case (c.v.tense == perfect || c.v.tense == perfectProg) && long:
		f.valid = w.holding()
	case c.v.tense == present && (x.phrase(n, c.end, "these days") || x.phrase(n, c.end, "for good") || n < c.end && x.toks[n].is("nowadays", "permanently", "forever") || n < c.end && x.toks[n].is("now") && (key == WorksAt && x.jobHint() || key == LivesIn && x.moved(c.from))):
	case c.v.tense == present && key == LivesIn && x.moved(c.from) && n >= c.end:
	case c.v.tense == present && key == LivesIn && (x.localHint() || n < c.end && x.toks[n].is("now") && x.homeHint()):
	default:
		return false
	}
	return x.relation(f)
}

// years reports "for ten years" or a few months after token i.
func (c *clause) years(i int) bool {
	x := c.x
	for ; i+1 < c.end && x.toks[i].kind == word; i++ {
		if _, n, ok := x.spotCapture("years", i, c.end); ok && n > 0 {
			return true
		}
		if x.toks[i].is("for") {
			for j := i + 1; j < min(i+6, c.end); j++ {
				if x.toks[j].is("years", "year", "months", "decades", "decade", "ages") {
					return true
				}
			}
		}
	}
	return false
}

// moved reports whether the sentence speaks of a move, or of a home given up, before token i.
func (x *extractor) moved(i int) bool {
	for j := i - 1; j >= 0 && j >= i-20 && x.toks[j].kind != newline; j-- {
		if x.toks[j].is("moved", "relocated", "move", "live", "lived") {
			return true
		}
	}
	for j := i; j < min(i+10, len(x.toks)) && x.toks[j].kind != newline; j++ {
		if x.toks[j].is("moved", "relocated") {
			return true
		}
	}
	return false
}

// kinship reads "Anna is my sister" and "Alice is Bob's sister".
func (c *clause) kinship(i int) bool {
	x := c.x
	if !c.v.plain() && !(c.v.nolonger && c.v.tense == present) || c.v.tense != present && !(c.v.tense == perfectProg && (c.sinceThen() || c.years(i))) {
		return false
	}
	of := x.me()
	gone := c.v.nolonger
	if x.toks[i].is("my", "our") {
		i++
		if i < c.end && (x.toks[i].is("ex", "former", "late", "old") || strings.HasPrefix(x.toks[i].low, "ex-")) {
			return c.formerly(i)
		}
	} else if x.toks[i].is("her", "his") && !gone {
		who, ok := x.ownerMeant(i, c.subj)
		if !ok {
			return false
		}
		of, i = who, i+1
	} else {
		m, ok := x.personAt(i, c.end)
		if !ok || m.to >= c.end || !x.toks[m.to].is("'s") || x.people.evidence(m, false) == noEvidence {
			return false
		}
		of, i = x.people.resolve(m), m.to+1
	}
	label, n := x.kinWord(i, c.end)
	if label == "" || !x.endsWell(n, c.end) || x.takenBack(n, c.end) || label == "pet" && !of.speaker {
		return false
	}
	p, conf := c.subj, c.strength()
	if gone {
		return parts[label] && of.speaker && x.invalidate(fact{subject: of, key: label, object: p, category: kinCategory(label), conf: conf, from: c.from, to: n}, c.endDate(n))
	}
	if m := (mention{text: x.quote(p.from, p.to), from: p.from, to: p.to}); c.subj.weak && of.speaker && x.names(m, label) {
		p.conf, p.weak, conf = 1, false, direct
	}
	if label == "pet" {
		p.ref.Type = record.TypeOther
	} else if of.speaker {
		if m, ok := x.personAt(max(0, p.from-1), p.to); ok && m.to == p.to && m.titled {
			p = x.titled(p, m)
		}
		x.hear(label, p)
	}
	return x.relation(fact{subject: of, key: label, object: p, category: kinCategory(label), conf: conf, from: c.from, to: n})
}

// parts are the relations that people may give up.
var parts = set(`spouse partner fiance manager landlord doctor therapist dentist roommate neighbour colleague friend mentor coach assistant teacher`)

// formerly reads "Hugo is my ex" and "Sam is my ex-wife" from the "ex" on.
func (c *clause) formerly(i int) bool {
	x := c.x
	label, n := x.formerWord(i, c.end)
	if x.toks[i].is("ex", "former", "old", "late") {
		if label, n = x.kinWord(i+1, c.end); label == "" && x.toks[i].is("ex") {
			label, n = Partner, i+1
		}
	}
	if !parts[label] || !x.endsWell(n, c.end) || c.subj.weak && !c.x.people.intro[strings.ToLower(c.subj.ref.Name)] {
		return false
	}
	return x.invalidate(fact{subject: x.me(), key: label, object: c.subj, category: kinCategory(label), conf: c.strength(), from: c.from, to: n}, time.Time{})
}

// kinOf reads "I'm Bob's sister".
func (c *clause) kinOf(i int) bool {
	x := c.x
	m, ok := x.personAt(i, c.end)
	if !ok || !c.v.plain() || c.v.tense != present || m.to >= c.end || !x.toks[m.to].is("'s") || x.people.evidence(m, false) != strongEvidence {
		return false
	}
	label, n := x.kinWord(m.to+1, c.end)
	if label == "" || label == "pet" || !x.endsWell(n, c.end) {
		return false
	}
	return x.relation(fact{subject: x.people.resolve(m), key: label, object: x.me(), category: kinCategory(label), conf: direct, from: c.from, to: n})
}

func kinCategory(label string) record.Category {
	if personal[label] {
		return identity
	}
	return knowledge
}

// couples are what two people are: "Anna and I are engaged".
var couples = phrases("engaged", "a couple", "together", "an item", "husband and wife", "wife and wife", "husband and husband", "man and wife", "married", "newlyweds", "dating", "boyfriend and girlfriend", "officially together", "a thing")

func (c *clause) engaged(i int) bool {
	x := c.x
	if c.companion.ref.Name != "" && c.v.plain() && (c.v.tense == present || (c.v.tense == perfect || c.v.tense == perfectProg) && c.lasting()) {
		if n := x.phraseOf(i, c.end, couples); n > 0 && x.endsWell(i+n, c.end) && x.tieEnds(i+n, c.end) && !x.takenBack(i+n, c.end) {
			key := Partner
			switch {
			case x.toks[i].is("engaged"):
				key = EngagedTo
			case x.toks[i].is("husband", "wife", "man", "married", "newlyweds"):
				key = Spouse
			}
			return x.relation(fact{subject: c.subj, key: key, object: c.companion, category: identity, conf: c.strength(), from: min(c.from, c.companion.from), to: i + n})
		}
	}
	if !c.v.plain() || !x.phrase(i, c.end, "engaged to") {
		return false
	}
	p, n, ok := x.capture("person", i+2, c.end)
	if !ok || !x.endsWell(n, c.end) {
		return false
	}
	return x.relation(fact{subject: c.subj, key: EngagedTo, object: p.party, category: identity, conf: c.strength(), from: c.from, to: n})
}

func (c *clause) allergic(i int) bool {
	x := c.x
	for i < c.end && x.toks[i].is("deathly", "severely", "badly", "highly", "mildly", "slightly", "horribly", "terribly", "dead", "mad", "seriously", "properly", "massively", "extremely", "violently", "quite", "pretty", "fatally", "incredibly", "a", "bit", "little", "life-threateningly") {
		i++
	}
	if i < c.end && x.toks[i].is("anaphylactic") && x.phrase(i+1, c.end, "to") && !c.subj.weak {
		return c.topics(AllergicTo, identity, i+2)
	}
	if !x.phrase(i, c.end, "allergic to") || c.subj.weak {
		return false
	}
	if i+2 < c.end && x.toks[i+2].is("it", "that", "those", "them", "this") { // "allergic to it, and also to latex"
		for j := i + 3; j+2 < min(i+9, c.end); j++ {
			if x.toks[j].is("also", "and", "plus") && x.toks[j+1].is("to") && !notAllergens[x.toks[j+2].low] {
				return c.topics(AllergicTo, identity, j+2)
			}
		}
	}
	if i+2 < c.end && notAllergens[x.toks[i+2].low] {
		return false
	}
	return c.topics(AllergicTo, identity, i+2)
}

// notAllergens are what people say they are allergic to and mean that they dislike it.
var notAllergens = set(`mornings morning mondays monday work working exercise exercising meetings meeting people humans drama bullshit nonsense
	stupidity commitment cleaning cooking homework math maths jira excel powerpoint fun change criticism early taxes paperwork bureaucracy
	responsibility responsibilities emotions feelings cardio running liars crowds weekends deadlines email emails small failure everything idiots idiot fools bosses exes men women children kids toddlers politicians adulthood adulting chores housework diy hills stairs sweat spreadsheets rules authority compliments sarcasm effort hoovering ironing washing dusting tidying queues queueing losing waiting boredom bullshitters gossip parties networking hypocrisy landlords tories`)

// topics emits one relation for each thing listed at i, or their end.
func (c *clause) topics(label string, category record.Category, i int) bool {
	x := c.x
	things, ok := x.thingsAt(i, c.end)
	if !ok {
		return false
	}
	for _, m := range things {
		f := fact{subject: c.subj, key: label, object: x.topic(m), category: category, conf: c.strength(), from: c.from, to: m.to}
		switch {
		case c.v.ended() || c.v.negated:
			x.invalidate(f, c.endDate(m.to))
		default:
			x.relation(f)
		}
	}
	return true
}

func (c *clause) fond(i int) bool {
	n := c.x.phraseOf(i, c.end, fondness)
	if n == 0 {
		return false
	}
	return c.likes(Likes, i+n)
}

// roleClause reads "is a nurse", "is the CTO of Acme", "is CTO at Acme". Without an article only titles count.
func (c *clause) roleClause(i int) bool {
	x := c.x
	text, from, to := x.roleAt(i, c.end)
	if text == "" {
		return false
	}
	if from == i && !(executives[x.toks[i].low] || titleOf[x.toks[i].low] && to > from+1 || x.toks[i].upper && executives[x.toks[to-1].low]) && !(to+1 < c.end && x.toks[to].is("at") && orgWord(&x.toks[to+1])) &&
		!(to > from+1 && c.subj.speaker && c.v.plain() && c.v.tense == present && verbs[x.toks[from].low].lemma == "" && x.endsWell(to, c.end)) {
		return false
	}
	if !c.subj.speaker && from == i && i > 0 && x.toks[i-1].low == "'s" && x.toks[i-1].text[0] == '\'' && !(to < c.end && x.toks[to].is("at", "of", "for", "in", "now")) {
		return false // "Lowland Gin's founder"
	}
	if c.v.negated && !c.v.nolonger && !(c.subj.speaker && (to >= c.end || x.phrase(to, c.end, "and never"))) {
		return false // "I'm not a plumber, obviously" need not ever have been one
	}
	return c.holdsRole(captured{name: "role", text: text, party: party{from: from, to: to, conf: 1}}, c.v.ended() || c.v.negated)
}

// closedValue reads the words of closed lists: nationality, diet, marital state, ailments, states.
func (c *clause) closedValue(i int) bool {
	x := c.x
	if c.subj.weak {
		return false
	}
	if x.toks[i].is("a", "an") && i+1 < c.end && (x.phraseOf(i+1, c.end, diets) > 0 || x.phraseOf(i+1, c.end, ailments) > 0) {
		i++
	}
	f := fact{subject: c.subj, conf: c.strength(), from: c.from, category: identity}
	if x.toks[i].is("originally", "strictly", "fully", "completely", "properly", "entirely", "basically") && i+1 < c.end {
		i++
	}
	n := 0
	switch {
	case x.isPeople(i):
		f.key, n = Nationality, 1
	case x.phraseOf(i, c.end, diets) > 0:
		f.key, n, f.category = Diet, x.phraseOf(i, c.end, diets), knowledge
	case x.phraseOf(i, c.end, marital) > 0:
		f.key, n = MaritalStatus, 1
	case x.phraseOf(i, c.end, ailments) > 0:
		f.key, n = Condition, x.phraseOf(i, c.end, ailments)
	case x.phraseOf(i, c.end, states) > 0 && c.v.tense == present && c.subj.speaker:
		f.key, n, f.category = Status, x.phraseOf(i, c.end, states), momentary
	default:
		return false
	}
	to := i + n
	if f.key == Nationality && (x.toks[i-1].is("basically", "practically", "virtually", "half-way") || to < c.end && x.toks[to].is("on", "when", "for", "in", "after", "as")) {
		return false // "I'm Swiss on this one"
	}
	if f.key == MaritalStatus && to < c.end && (x.toks[to].is("for") && !c.years(to) || x.toks[to].is("tonight", "until", "till")) {
		return false // "single for the night"
	}
	joined := to+1 < c.end && x.toks[to].is("and") && !x.toks[to+1].upper && x.toks[to+1].kind == word && !demonyms[x.toks[to+1].low] && x.phraseOf(to+1, c.end, diets) == 0 && x.phraseOf(to+1, c.end, ailments) == 0
	if !x.endsWell(to, c.end) && !joined || x.takenBack(to, c.end) || to+1 < c.end && x.toks[to].is("and") && x.toks[to+1].is("tired") ||
		to < c.end && (x.toks[to].is("to", "by", "in", "about", "without", "with", "when") || f.key == Diet && (x.toks[to].is("on", "every", "until", "till", "unless", "except") || x.toks[to].is("at") && !x.phrase(to, c.end, "at home") || x.toks[to].is("for") && !c.years(to))) {
		return false
	}
	f.value, f.to = x.quote(i, to), to
	w, _ := c.dates(to, forward)
	if f.key == Condition {
		f.object = party{ref: record.EntityRef{Type: record.TypeTopic, Name: f.value}, from: i, to: to, conf: 1}
		f.value = ""
	}
	switch {
	case c.v.ended() || c.v.negated && c.subj.speaker:
		return x.invalidate(f, c.endDate(to))
	case c.v.negated:
		return false
	case f.key == Status:
		f.valid = w.interval
		if w.kind != onDate && w.kind != rangeDate {
			f.valid = w.holding()
		}
	case w.kind == sinceDate:
		f.valid = w.holding()
	}
	if x.phrase(to, c.end, "and allergic to") {
		c.topics(AllergicTo, identity, to+3)
	}
	if f.key == Condition {
		return x.relation(f)
	}
	return x.attribute(f)
}

// age reads "34 years old", and a bare number where nothing follows.
func (c *clause) age(i int) bool {
	x := c.x
	n := number(x.toks[i].low)
	if n < 1 || n > 120 || c.subj.weak || n <= 12 && x.toks[i].text[0] > '9' && c.subj.speaker {
		return false
	}
	to := i + 1
	conf := direct
	switch {
	case x.phrase(to, c.end, "years old"), x.phrase(to, c.end, "year old"), x.phrase(to, c.end, "yrs old"), x.phrase(to, c.end, "years young"):
		to += 2
	case x.phrase(to, c.end, "years of age"):
		to += 3
	case to < c.end && x.toks[to].is("yo", "y/o"):
		to++
	case !c.subj.speaker && !c.subj.weak && c.subj.ref.Type != record.TypeOrganisation && !x.phrase(to, c.end, "and a half") && (to >= c.end || x.toks[to].kind == punct && !x.toks[to].is("/", "%", "-", ":") || x.toks[to].kind == newline ||
		x.toks[to].is("now", "and", "but", "so", "next", "already", "on", "in", "this")):
		conf = likely
	case n >= 13 && n < 100 && (to >= c.end || x.toks[to].kind == newline || x.toks[to].is(",", "and", "now", "btw", "so", "but", "fyi", "tbh", "lol", "already", "-", "–", "—", ";", "(", ")", "today", "with", "since", "because", "cos", "which", "still", "going", "nearly", "almost", "ffs", "tho", "though", "atm") || x.phrase(to, c.end, "this year") || x.phrase(to, c.end, "in body") || x.toks[to].is("not") && to+1 < c.end && number(x.toks[to+1].low) > 0 || x.phrase(to, c.end, "by the way")) && c.subj.speaker:
		conf = likely
	default:
		return false
	}
	if !x.endsWell(to, c.end) && (c.subj.speaker || !(x.toks[to].is("and", "but"))) || x.takenBack(to, c.end) || x.phrase(to, c.end, "and a half") {
		return false
	}
	if x.phrase(to, c.end, "and allergic to") {
		c.topics(AllergicTo, identity, to+3)
	}
	return x.attribute(fact{subject: c.subj, key: Age, value: x.ageWords(i), category: identity, conf: min(conf, c.strength()), from: c.from, to: to})
}

// ageWords is the age at i as it is written: "thirty four" are two words.
func (x *extractor) ageWords(i int) string {
	if i+1 < len(x.toks) && number(x.toks[i].low) >= 20 && x.toks[i].text[0] > '9' && number(x.toks[i+1].low) > 0 && number(x.toks[i+1].low) < 10 {
		return x.quote(i, i+2)
	}
	return x.toks[i].text
}

// tongues reads a list of languages.
func (c *clause) tongues(i int) bool {
	x := c.x
	found := false
	if x.takenBack(i, c.end) {
		return false
	}
	for i < c.end {
		if x.toks[i].is("two", "three", "four", "five", "languages", ":", "fluent", "both", "and", ",", "a", "some", "native", "also", "decent", "passable", "broken", "rusty", "intermediate", "schoolboy", "perfect", "near-native", "conversational", "basic", "good", "bit", "little", "of", "enough", "passing", "pretty", "very", "mostly", "mainly", "plus", "smattering", "bad", "terrible", "ok", "okay", "fine", "but", "better", "then", "school", "kitchen", "street", "the", "sort", "kind") {
			i++
			continue
		}
		if found && x.toks[i].is("(") {
			for i < c.end && !x.toks[i].is(")") {
				i++
			}
			i++
			continue
		}
		if !languages[x.toks[i].low] {
			if n := x.nextTongue(i, c.end); found && n > i {
				i = n
				continue
			}
			break
		}
		p := party{ref: record.EntityRef{Type: record.TypeTopic, Name: x.toks[i].text}, from: i, to: i + 1, conf: 1}
		found = x.relation(fact{subject: c.subj, key: Speaks, object: p, category: knowledge, conf: c.strength(), from: c.from, to: i + 1}) || found
		i++
	}
	return found
}

// nextTongue finds the language in "with the kids and English with everybody else".
func (x *extractor) nextTongue(i, end int) int {
	if i >= end || !x.toks[i].is("with", "at") {
		return i
	}
	for j := i + 1; j < min(i+5, end-1); j++ {
		if x.toks[j].is("and") && languages[x.toks[j+1].low] {
			return j + 1
		}
	}
	return i
}

// apposition moves over ", my sister," after a name and notes the relation.
func (x *extractor) apposition(c *clause, i int) int {
	if i+2 >= c.end || !x.toks[i].is(",") || !x.toks[i+1].is("my") {
		return i
	}
	label, n := x.kinWord(i+2, c.end)
	if label == "" || n >= c.end || !x.toks[n].is(",") {
		return i
	}
	p := c.subj
	if label == "pet" {
		p.ref.Type = record.TypeOther
	} else {
		x.hear(label, p)
	}
	x.relation(fact{subject: x.me(), key: label, object: p, category: kinCategory(label), conf: direct, from: c.from, to: n})
	x.people.intro[strings.ToLower(p.ref.Name)] = true
	c.subj.weak = false
	return n + 1
}
