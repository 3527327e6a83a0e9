package extract

import (
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// verbExtras are the readings of verbs that need more than a pattern.
var verbExtras = map[string]func(*clause) bool{
	"have": (*clause).has, "turn": (*clause).turned, "major": (*clause).majored, "get": (*clause).got, "adopt": (*clause).got, "speak": (*clause).speaks,
	"switch": (*clause).switched, "graduate": (*clause).graduated, "marry": (*clause).wed,
	"bear": (*clause).born, "go": (*clause).went, "own": (*clause).has, "tie": (*clause).tied, "keep": (*clause).has, "hit": (*clause).turned, "eat": (*clause).habit, "drink": (*clause).habit, "smoke": (*clause).habit, "play": (*clause).habit,
	"stop": (*clause).gaveUp, "quit": (*clause).gaveUp, "give": (*clause).gaveUp,
}

// engagements are the nouns of appointments.
var engagements = set(`appointment meeting flight interview exam checkup check-up surgery deadline presentation reservation
	booking consultation audition recital marathon rehearsal job-interview conference`)

// allergens and diseases are closed lists for "a peanut allergy" and "I have asthma".
var diseases = set(`migraine sciatica angina anorexia bulimia agoraphobia claustrophobia vertigo rosacea vitiligo scoliosis haemophilia hemophilia emphysema cataracts sarcoidosis
	scleroderma lymphoma myeloma melanoma mecfs me/cfs hemochromatosis haemochromatosis preeclampsia hyperthyroidism hypoglycaemia hypoglycemia hypotension arrhythmia tachycardia copd gerd sleep-apnoea sleep-apnea
	dyspraxia dyscalculia adhd-pi ocd pmdd pots eds hypermobility plantar-fasciitis ulcers diverticulosis lipoedema lymphoedema alopecia albinism polio shingles
	parkinsons alzheimers crohns asthma diabetes epilepsy arthritis migraines adhd add celiac eczema psoriasis hypertension hypothyroidism
	cancer leukaemia leukemia glaucoma psychosis schizophrenia autism anaemia thalassaemia narcolepsy coeliac lupus ms hiv gout dementia
	endometriosis tinnitus dyslexia insomnia anemia osteoporosis fibromyalgia ibs pcos ptsd`)

// has reads "I have a dentist appointment next Tuesday", "a dog named Rex", "a peanut allergy", "asthma".
func (c *clause) has() bool {
	x := c.x
	if c.v.tense != present || !c.v.plain() {
		return false
	}
	i := c.v.end
	if c.namedOnes(i) {
		return true
	}
	if i >= c.end || !x.toks[i].is("a", "an", "my", "severe", "bad") {
		return false
	}
	i++
	for i < c.end && x.toks[i].is("severe", "bad", "serious", "mild") {
		i++
	}
	for j := i; j < min(i+4, c.end) && x.toks[j].kind == word; j++ {
		switch {
		case x.toks[j].is("allergy") && j == i+1 && x.endsWell(j+1, c.end):
			m := mention{text: x.quote(i, j), from: i, to: j}
			return x.relation(fact{subject: c.subj, key: AllergicTo, object: x.topic(m), category: identity, conf: c.strength(), from: c.from, to: j + 1})
		case x.toks[j].is("degree") && j+1 < c.end && x.toks[j+1].is("in"):
			return c.degree(j + 2)
		case engagements[x.toks[j].low]:
			return c.engagement(i, j+1)
		}
	}
	return false
}

// engagement emits an appointment whose date follows.
func (c *clause) engagement(i, to int) bool {
	x := c.x
	for j := i; j < to-1; j++ {
		if emptyThings[x.toks[j].low] {
			return false
		}
	}
	if x.takenBack(to, c.end) {
		return false
	}
	if to < c.end && x.toks[to].is("with") {
		if m, ok := x.personAt(to+1, c.end); ok && x.quote(i, m.to) != "" {
			to = m.to
		}
	}
	w, ok := c.dates(to, forward)
	if !ok || w.end == 0 || w.kind != onDate || !x.at.IsZero() && w.known() && !w.interval.Until.After(x.at) {
		return false
	}
	if x.at.IsZero() && !w.known() {
		return false
	}
	return x.attribute(fact{
		subject: c.subj, key: Appointment, value: x.quote(i, to), category: momentary, conf: likely,
		from: c.from, to: max(to, w.end), valid: w.interval,
	})
}

// namedOnes reads "a dog named Rex", "two kids, Max and Lily" after "have".
func (c *clause) namedOnes(i int) bool {
	x := c.x
	if i >= c.end || !c.subj.speaker && !x.toks[i].is("a", "an") {
		return false
	}
	var persons []party
	n := len(x.out.Relations)
	label, j := "", i
	if x.toks[i].is("a", "an") {
		label, j = x.kinWord(i+1, c.end)
		if label == "" || j+1 >= c.end || !x.toks[j].is("named", "called", ",", "-", "–", "—", ":") {
			return false
		}
		if !x.toks[j].is("named", "called") {
			k := j + 1
			if k+3 < c.end && x.toks[k].is("her", "his", "its", "their") && x.toks[k+1].is("name") && x.toks[k+2].is("is", "'s") {
				k += 3
			} else if k+1 < c.end && x.toks[k].is("called", "named") {
				k++
			}
			m, ok := x.namedAt(k, c.end, label)
			if !ok || m.to < c.end && x.toks[m.to].kind == word && !followers[x.toks[m.to].low] || m.to < c.end && x.toks[m.to].is(",") && x.listAhead(m.to, c.end) {
				return false
			}
			if p := x.resolveKin(m, label); label == "pet" || x.kinName(m, label, true) {
				if label == "pet" {
					p = x.pet(m)
				} else {
					x.hear(label, p)
				}
				return x.relation(fact{subject: c.subj, key: label, object: p, category: kinCategory(label), conf: direct, from: c.from, to: m.to})
			}
			return false
		}
		if !c.subj.speaker { // "my sister Lotte has a parrot named Admiral"
			m, ok := x.namedAt(j+1, c.end, label)
			return ok && label == "pet" && x.relation(fact{subject: c.subj, key: label, object: x.pet(m),
				category: kinCategory(label), conf: c.strength(), from: c.from, to: m.to})
		}
	} else if kinAdjectives[x.toks[i].low] {
		for j < c.end && kinAdjectives[x.toks[j].low] {
			j++
		}
		if j >= c.end || kinPlural[x.toks[j].low] == "" {
			return false
		}
	} else {
		return false
	}
	if !x.toks[i].is("a", "an") {
		i-- // the reader of kin starts before the first adjective
	}
	x.kinAt(i, c.end, &persons, false)
	for k := j + 1; k+1 < min(j+7, c.end); k++ { // "a sister called Nadine and a brother called Cyril"
		if x.toks[k].is("and") && x.toks[k+1].is("a", "an") {
			c.namedOnes(k + 1)
			break
		}
	}
	return len(x.out.Relations) > n
}

// got reads "I got a dog named Rex" and "we got married on 3 May 2019".
func (c *clause) got() bool {
	x := c.x
	if c.v.tense != past && c.v.tense != perfect || !c.v.plain() {
		return false
	}
	i := c.v.end
	if i < c.end && x.toks[i].is("married", "hitched", "wed") && c.subj.speaker {
		return c.weddingOn(i+1) || !x.takenBack(i+1, c.end) && x.endsWell(i+1, c.end) && c.wife(c.from, time.Time{})
	}
	if i < c.end && x.toks[i].is("engaged") && c.companion.ref.Name != "" && !x.takenBack(i+1, c.end) && !x.phrase(i+1, c.end, "to") {
		return x.relation(fact{subject: c.subj, key: EngagedTo, object: c.companion, category: identity, conf: direct, from: min(c.from, c.companion.from), to: i + 1})
	}
	return c.namedOnes(i)
}

// workings are what firms move.
var workings = set(`server servers office offices headquarters hq database databases cluster region workloads infrastructure backend production
	company customers team data traffic deployment deployments hosting services pipeline pipelines platform meeting meetings`)

// movedTogether reads "we moved to Lisbon last week". A firm moves too, and to other things than places: the place must be one
// that is known, or the one that "we" left is.
func (c *clause) movedTogether() bool {
	x := c.x
	if tastes[c.v.lemma] != "" {
		return false
	}
	known := false
	for i := c.v.end; i < c.end; i++ {
		if workings[x.toks[i].low] {
			return false
		}
		known = known || x.gazetteer(i, c.end) > 0
	}
	return known && c.apply(verbRules[c.v.lemma], false)
}

// wed reads "I was married on 3 May 2019" and "I'm married".
func (c *clause) wed() bool {
	x := c.x
	if !c.v.passive && c.v.plain() && c.v.tense == past && (c.shared || c.companion.ref.Name != "") {
		return c.weddingOn(c.v.end)
	}
	if !c.v.passive || !c.v.plain() {
		return false
	}
	to := c.v.end
	if _, n, ok := x.spotCapture("years", to, c.end); ok {
		to = n
	}
	if (c.v.tense == present || c.v.tense == perfectProg && (c.sinceThen() || c.years(c.v.end))) && c.companion.ref.Name != "" && !x.phrase(c.v.end, c.end, "to") && x.endsWell(to, c.end) && !x.takenBack(c.v.end, c.end) {
		return c.wife(c.from, time.Time{})
	}
	if c.v.tense == present && !c.shared && x.endsWell(c.v.end, c.end) && !x.takenBack(c.v.end, c.end) &&
		!x.phrase(c.v.end, c.end, "to") && !x.phrase(c.v.end, c.end, "in") {
		return x.attribute(fact{
			subject: c.subj, key: MaritalStatus, value: x.toks[c.v.end-1].text, category: identity, conf: c.strength(), from: c.from, to: c.v.end,
		})
	}
	if c.v.tense != past {
		return false
	}
	return c.weddingOn(c.v.end)
}

func (c *clause) weddingOn(i int) bool {
	x := c.x
	w, ok := x.whenAt(i, c.end, backward)
	if !ok || w.kind != onDate || !w.known() || !x.endsWell(w.end, c.end) || x.takenBack(w.end, c.end) ||
		!x.at.IsZero() && w.interval.From.After(x.at) {
		return false
	}
	from := i
	if x.toks[i].is("on", "in") {
		from++
	}
	wed := c.wife(c.from, w.interval.From)
	if w.interval.Until.Sub(w.interval.From) > 24*time.Hour && digits(x.quote(i, w.end)) == 0 {
		return wed // "in April" is no date
	}
	return x.attribute(fact{
		subject: c.subj, key: WeddingDate, value: weddingDay(x, from, w), category: identity, conf: c.strength(),
		from: c.from, to: w.end, valid: record.Interval{From: w.interval.From},
	})
}

// tied reads "we tied the knot in Siena in 2015".
func (c *clause) tied() bool {
	i := c.v.end
	if c.x.phrase(i, c.end, "the knot with") {
		return false
	}
	if !c.x.phrase(i, c.end, "the knot") || c.v.tense != past && c.v.tense != perfect || !c.v.plain() {
		return false
	}
	for j := i + 2; j < min(i+7, c.end); j++ {
		if _, ok := c.x.whenAt(j, c.end, backward); ok {
			return c.weddingOn(j)
		}
	}
	return !c.x.takenBack(i+2, c.end) && c.wife(c.from, time.Time{})
}

// wife emits the other of "Nadia and I got married".
func (c *clause) wife(from int, since time.Time) bool {
	return c.companion.ref.Name != "" && c.x.relation(fact{subject: c.subj, key: Spouse, object: c.companion, category: identity, conf: direct,
		from: min(from, c.companion.from), to: c.v.end, valid: record.Interval{From: since}})
}

// weddingDay is the date in the words of the text, or the day itself for words such as "today", which mean another day tomorrow.
func weddingDay(x *extractor, from int, w when) string {
	for i := from; i < w.end; i++ {
		if t := &x.toks[i]; months[t.low] != 0 || strings.ContainsAny(t.text, "0123456789") {
			return x.quote(from, w.end)
		}
	}
	return w.interval.From.Format("2006-01-02")
}

// turned reads "I turned 34 last week".
func (c *clause) turned() bool {
	x := c.x
	i := c.v.end
	if i < c.end && x.turnsOn(c, i) {
		return true
	}
	if c.v.tense != past && c.v.tense != perfect || !c.v.plain() || i >= c.end {
		return false
	}
	if c.v.lemma == "turn" && c.went() {
		return true
	}
	n := number(x.toks[i].low)
	if n < 1 || n > 120 || !x.endsWell(i+1, c.end) || x.takenBack(i+1, c.end) || i+1 < c.end && x.toks[i+1].is("years") {
		return false
	}
	w, _ := c.dates(i+1, backward)
	f := fact{subject: c.subj, key: Age, value: x.toks[i].text, category: identity, conf: c.strength(), from: c.from, to: i + 1}
	if w.kind == onDate {
		if !x.at.IsZero() && w.known() && x.at.Sub(w.interval.From).Hours() > 24*300 {
			return false // no longer that age
		}
		f.valid.From = w.interval.From
	}
	return x.attribute(f)
}

// went reads "I went vegan last year".
func (c *clause) went() bool {
	x := c.x
	i := c.v.end
	n := x.phraseOf(i, c.end, diets)
	if n == 0 || c.v.tense != past && c.v.tense != perfect || !c.v.plain() || !x.endsWell(i+n, c.end) || x.takenBack(i+n, c.end) || !x.settled(i+n, c.end, c.v.end) {
		return false
	}
	f := fact{subject: c.subj, key: Diet, value: x.quote(i, i+n), category: knowledge, conf: c.strength(), from: c.from, to: i + n}
	if w, ok := c.dates(i+n, backward); ok {
		f.began(w)
	}
	return x.attribute(f)
}

// speaks reads a list of languages.
func (c *clause) speaks() bool {
	if !c.v.plain() || c.v.tense != present {
		return false
	}
	return c.tongues(c.v.end)
}

// graduated reads "I graduated with a degree in Business Administration".
func (c *clause) graduated() bool {
	x := c.x
	if c.v.tense != past && c.v.tense != perfect || !c.v.plain() {
		return false
	}
	i := c.v.end
	if !x.phrase(i, c.end, "with a") {
		return false
	}
	for j := i + 2; j < min(i+5, c.end); j++ {
		if x.toks[j].is("degree", "bachelor", "master", "phd") && j+1 < c.end {
			k := j + 1
			for k < c.end && x.toks[k].is("'s", "degree") {
				k++
			}
			if k < c.end && x.toks[k].is("in") {
				return c.degree(k + 1)
			}
		}
	}
	return false
}

// degree emits the subject of a degree.
func (c *clause) degree(i int) bool {
	x := c.x
	m, ok := x.titleAt(i, c.end)
	if !ok {
		j := i
		for j < c.end && j < i+4 && x.toks[j].kind == word && !followers[x.toks[j].low] && !emptyThings[x.toks[j].low] {
			j++
		}
		m = mention{text: x.quote(i, j), from: i, to: j}
		if j == i || !x.endsWell(j, c.end) {
			return false
		}
	}
	if x.takenBack(m.to, c.end) || m.text == "" {
		return false
	}
	return x.attribute(fact{subject: c.subj, key: Degree, value: m.text, category: identity, conf: c.strength(), from: c.from, to: m.to})
}

// majored reads "I majored in economics".
func (c *clause) majored() bool {
	x := c.x
	if !c.v.plain() || c.v.end >= c.end || !x.toks[c.v.end].is("in") {
		return false
	}
	m, ok := x.thingAt(c.v.end+1, c.end)
	if !ok || m.to-m.from > 3 || !x.endsWell(m.to, c.end) || x.takenBack(m.to, c.end) {
		return false
	}
	return x.attribute(fact{subject: c.subj, key: "major", value: m.text, category: identity, conf: c.strength(), from: c.from, to: m.to})
}

// born reads "I was born in 1990" and "I was born on 3 March 1990".
func (c *clause) born() bool {
	x := c.x
	i := c.v.end
	if c.v.passive && i < c.end && IsYear(x.toks[i].low) {
		i--
	} else if !c.v.passive || !c.v.plain() || i+1 >= c.end || !x.toks[i].is("in", "on") {
		return false
	}
	f := fact{subject: c.subj, category: identity, conf: c.strength(), from: c.from}
	if !x.toks[i].is("on") && IsYear(x.toks[i+1].low) && x.endsWell(i+2, c.end) {
		f.key, f.value, f.to = BirthYear, x.toks[i+1].text, i+2
	} else if a := x.pastWords(i+1, c.end, "the"); x.toks[i].is("on") && x.calendarEnd(a, c.end) > a && x.endsWell(x.calendarEnd(a, c.end), c.end) {
		n := x.calendarEnd(a, c.end)
		f.key, f.value, f.to = Birthday, x.quote(a, n), n
	} else {
		return false
	}
	if x.takenBack(f.to, c.end) {
		return false
	}
	x.attribute(f)
	if f.to < c.end && x.toks[f.to].is("in") {
		if p, n, ok := x.capture("place", f.to+1, c.end); ok && x.endsWell(n, c.end) {
			x.relation(fact{subject: c.subj, key: BornIn, object: p.party, category: identity, conf: c.strength(), from: c.from, to: n})
		}
	}
	return true
}

// habits are the labels of what one does habitually, for saying that it ended.
var habits = map[string]string{"eat": "eats", "drink": "drinks", "smoke": "smokes", "play": "plays"}

// habit reads the end of a habit: "I no longer eat meat", "I stopped drinking coffee". What is no longer eaten or
// drunk is no longer what is liked or preferred, as far as a memory of tastes goes. That somebody eats
// something now is no lasting fact.
func (c *clause) habit() bool {
	x := c.x
	if !c.v.ended() {
		return false
	}
	f := fact{subject: c.subj, key: habits[c.v.lemma], from: c.from, to: c.v.end}
	_, dated := x.whenAt(c.v.end, c.end, backward)
	dated = dated || x.phraseOf(c.v.end, c.end, trailing) > 0
	if x.takenBack(c.v.end, c.end) {
		return false
	}
	if c.v.end >= c.end || dated || x.toks[c.v.end].kind != word {
		if c.v.lemma != "smoke" {
			return false
		}
		return x.invalidate(f, c.endDate(c.v.end))
	}
	m, ok := x.thingAt(c.v.end, c.end)
	if !ok || m.to-m.from > 3 || within[x.toks[m.from].low] {
		return false // "I quit smoking round the kids"
	}
	f.object, f.to = x.topic(m), m.to
	x.invalidate(f, c.endDate(m.to))
	if c.v.lemma == "eat" || c.v.lemma == "drink" {
		for _, label := range []string{Likes, Prefers} {
			f.key = label
			x.invalidate(f, c.endDate(m.to))
		}
	}
	return true
}

// within are words that say where or when a habit is none.
var within = set(`round around in inside indoors near at during after before with on when while beside by between over outside`)

// gaveUp reads "I gave up coffee", "I quit sugar": what was liked or drunk is not named, so only the
// preference for it ends.
func (c *clause) gaveUp() bool {
	x := c.x
	i := c.v.end
	if c.v.tense != past && c.v.tense != perfect || !c.v.plain() {
		return false
	}
	if c.v.lemma == "give" {
		if i >= c.end || !x.toks[i].is("up") {
			return false
		}
		i++
	}
	m, ok := x.thingAt(i, c.end)
	if !ok || m.to-m.from > 2 || !x.consumable(m.from, m.to) || x.toks[m.from].upper || x.takenBack(m.to, c.end) || strings.Contains(m.text, "-") {
		return false
	}
	f := fact{subject: c.subj, key: Prefers, object: x.topic(m), from: c.from, to: m.to}
	return x.invalidate(f, c.endDate(m.to))
}
