package extract

import (
	"strings"
	"unicode"

	"github.com/spectron-go/spectron/internal/record"
)

func petRef(name string) record.EntityRef {
	return record.EntityRef{Type: record.TypeOther, Name: name}
}

// capture reads one phrase of the kind at token i: the phrase and the token after it.
func (c *langClause) capture(kind string, i int) (captured, int, bool) {
	got := captured{name: kind}
	if kind == "companion" {
		got.party = c.companion
		return got, i, c.companion.ref.Name != ""
	}
	if i >= c.to && kind != "day" && kind != "year" {
		return got, i, false
	}
	text := func(from, to int) (captured, int, bool) {
		got.text = c.x.quote(from, to)
		got.party = party{from: from, to: to, conf: 1}
		return got, to, got.text != ""
	}
	topic := func(from, to int) (captured, int, bool) {
		got.party = c.thing(from, to)
		return got, to, got.party.ref.Name != ""
	}
	j := c.skipArticle(i)
	switch kind {
	case "org":
		return c.orgAt(i)
	case "orgnoun":
		got, to, ok := c.orgAt(i)
		return got, to, ok && (c.l.orgNouns[c.low[j]] || c.listed(j, c.l.brands) > 0 || shouted(c.x.toks[j].text) || len(c.x.toks[j].text) < 5 && strings.ToUpper(c.x.toks[j].text) == c.x.toks[j].text)
	case "employer": // where somebody is by his job: "enfermera en Urgencias" names none
		if c.l.subjects[c.low[j]] || c.l.plain[c.low[j]] {
			return got, i, false
		}
		got, to, ok := c.orgAt(i)
		if ok && got.party.to == got.party.from+1 && c.listed(j, c.l.brands) == 0 && !shouted(c.x.toks[j].text) {
			return got, i, false // "guarda forestal en Cazorla"
		}
		return got, to, ok
	case "place":
		return c.placeNamed(j)
	case "town": // a place that is known to be one
		got, to, ok := c.placeNamed(j)
		for n := j + 1; n <= min(j+4, to) && ok; n++ {
			if s := strings.Join(c.low[j:n], " "); c.l.towns[s] || c.l.countries[s] {
				return got, to, true
			}
		}
		return got, i, ok && got.party.conf == 1
	case "school":
		return c.schoolAt(j)
	case "name":
		return c.nameOf(i)
	case "activity":
		if activities[c.low[i]] {
			return topic(i, i+1)
		}
	case "person", "persons":
		m, ok := c.nameAt(i)
		if !ok && c.is(i, "el", "la") { // "con el Joaquín"
			if m, ok = c.nameAt(i + 1); ok {
				ok = c.givenName(m)
			}
		}
		if !ok || m.to > c.limit(m.from) || c.l.drops && !c.givenName(m) && (c.l.brands[c.low[m.from]] || c.l.towns[c.low[m.from]] || c.l.plain[c.low[m.from]] || c.l.tongues[c.low[m.from]]) {
			return got, i, false
		}
		got.party = c.x.people.resolve(m)
		return got, m.to, true
	case "role":
		for j+1 < c.to && c.l.padding[c.low[j]] {
			j++
		}
		if c.l.drops && j > i && figurative[c.low[j]] {
			return got, i, false // "soy un payaso"
		}
		to := c.roleEnd(j)
		if c.l.drops && to == 0 && working[c.lemma] && j == i && c.jobLike(j) {
			to = j + 1
		}
		if to > 0 && !(c.l.drops && j > i && c.is(to, "de", "del") && (c.at(to+1, c.l.mine) || homely[c.wordAt(to+1)] || homely[c.wordAt(to+2)])) {
			return text(j, to)
		}
	case "date":
		for j < c.to && (c.x.toks[j].kind == word && (c.is(j, "el", "un", "dia", "cada", "todos", "los") || c.l.dates.weekdays[c.low[j]] > 0) || c.is(j, ",", ":")) {
			j++
		}
		if to := c.dateEnd(j); to > 0 {
			return text(j, to)
		}
	case "born": // "del 92", "de 1985"
		if y := figures(c.low[i]); len(c.low[i]) == 2 && (y > 29 || y < 13) && c.closes(i+1) || IsYear(c.low[i]) {
			return text(i, i+1)
		}
	case "meeting":
		if to := c.meetingEnd(i); to > 0 {
			return text(i, to)
		}
	case "degree":
		if to := c.degreeEnd(j); to > 0 {
			return text(j, to)
		}
	case "make":
		if to := c.carEnd(j); to > 0 {
			return text(j, to)
		}
	case "without":
		if c.is(i, "sin") && c.l.spare[c.wordAt(i+1)] {
			return text(i, i+2)
		}
	case "number":
		if figures(c.low[i]) > 0 {
			return text(i, i+1)
		}
	case "blood":
		k := i + 1
		if c.is(i, "0", "o", "a", "b", "ab") && c.is(k, "positivo", "negativo", "rh") {
			if c.is(k, "rh") {
				k++
			}
			return text(i, k+1)
		}
		if c.is(i, "a+", "b+", "ab+", "0+", "o+", "a-", "b-", "ab-", "0-", "o-") {
			return text(i, i+1)
		}
	case "animal":
		if c.l.kin[c.low[j]] == "pet" {
			return topic(j, j+1)
		}
	case "petname":
		if m, ok := c.nameAt(i); ok {
			got.party = party{ref: petRef(m.text), from: m.from, to: m.to, conf: 1}
			return got, m.to, true
		}
	case "day":
		return got, i, c.captureDay(&got)
	case "age":
		n, to := c.numberAt(i)
		if n > 0 && n < 121 && !c.is(i, "un", "una", "une", "ein", "eine", "einen", "einem", "einer", "uno") {
			return text(i, to)
		}
	case "year":
		if i < c.to && IsYear(c.low[i]) {
			return text(i, i+1)
		}
		for k := c.from; k < c.to; k++ {
			if IsYear(c.low[k]) && c.when.count == 1 && c.when.interval == yearOf(c.when.interval.From.Year()) {
				got.text, got.party = c.x.toks[k].text, party{from: k, to: k + 1, conf: 1}
				return got, i, true
			}
		}
	case "diet", "demonym", "status":
		set := map[string]map[string]bool{"diet": c.l.diets, "demonym": c.l.demonyms, "status": c.l.statuses}[kind]
		if set[c.low[j]] {
			return text(j, j+1)
		}
	case "language":
		k := c.skipSome(i)
		if k < c.to && c.l.tongues[c.low[k]] {
			return topic(k, k+1)
		}
	case "tongue":
		if c.l.tongues[c.low[j]] {
			return text(j, j+1)
		}
	case "condition":
		if to := c.listed(i, c.l.conditions); to > 0 {
			return topic(i, to)
		}
	case "allergen":
		if to := c.listed(j, c.l.allergens); to > 0 {
			return topic(j, to)
		}
	case "disease":
		k := c.skipSome(j)
		if to := c.listed(k, c.l.diseases); to > 0 {
			if c.is(to, "typ", "tipo", "type", "de") && c.is(to+1, "1", "2", "i", "ii", "tipo", "type") {
				if to += 2; c.is(to-1, "tipo", "type") && c.is(to, "1", "2") {
					to++
				}
			}
			return topic(k, to)
		}
	case "subject":
		if to := c.listed(j, c.l.subjects); to > 0 {
			return text(j, to)
		}
	case "given":
		if c.l.plain[c.low[i]] {
			return got, i, false
		}
		if m, ok := c.nameAt(i); ok && (c.l.casualNames[c.low[m.from]] || givenNames[c.x.toks[m.from].low]) && !c.l.demonyms[c.low[m.from]] {
			if c.l.drops && m.to == m.from+3 && c.is(m.from+1, "de") && c.l.towns[c.low[m.from+2]] { // "soy Marta de Lugo"
				m.to = m.from + 1
				m.text = c.x.quote(m.from, m.to)
			}
			got.name, got.party = "name", party{ref: record.EntityRef{Type: record.TypePerson, Name: m.text}, from: m.from, to: m.to, conf: 1}
			return got, m.to, true
		}
	case "full": // a name of several words, after a greeting
		if m, ok := c.nameAt(i); ok && m.to > m.from+1 && c.opening() > c.utterance.from && !c.l.plain[c.low[m.from]] && c.listed(i, c.l.brands) == 0 && c.listed(i, c.l.towns) == 0 {
			got.name, got.party = "name", party{ref: record.EntityRef{Type: record.TypePerson, Name: m.text}, from: m.from, to: m.to, conf: 1}
			return got, m.to, true
		}
	case "intro": // "soy Nano, el del garaje"
		if m, ok := c.nameAt(i); ok && c.utterance.is(m.to, ",") && (c.utterance.is(m.to+1, "el", "la", "del", "tu", "vuestro", "vuestra", "otra", "de", "vecino", "vecina", "hijo", "hija", "hermano", "hermana", "desde") || c.opening() > c.utterance.from) &&
			!characters[strings.ToLower(m.text)] && !c.l.plain[c.low[m.from]] && c.listed(i, c.l.brands) == 0 && c.listed(i, c.l.towns) == 0 && c.listed(i, c.l.countries) == 0 && !c.l.demonyms[c.low[i]] && !c.l.jobs[c.low[i]] && !shouted(c.x.toks[i].text) {
			got.name, got.party = "name", party{ref: record.EntityRef{Type: record.TypePerson, Name: m.text}, from: m.from, to: m.to, conf: 1}
			return got, m.to, true
		}
	case "street":
		if to := c.streetEnd(i); to > 0 {
			return text(i, to)
		}
	case "nick":
		if c.is(i, "el", "la") && c.is(i-1, "llaman", "dicen", "como", "dice", "llama", "conocen", "conoce") { // "me dicen la Flaca"
			i++
		}
		if m, ok := c.nameAt(i); ok {
			return text(m.from, m.to)
		}
	case "sport":
		if to := c.listed(j, c.l.sports); to > 0 {
			return topic(j, to)
		}
	case "thing":
		if c.l.nouns && (j > i || i > c.from && c.at(i-1, c.l.articles)) {
			return got, i, false // "den Film" is one that was spoken of
		}
		if to := c.thingEnd(j); to > 0 {
			return topic(j, to)
		}
	case "email":
		if strings.Contains(c.x.toks[i].text, "@") {
			return text(i, i+1)
		}
	case "phone":
		if to := c.phoneEnd(i); to > 0 {
			return text(i, to)
		}
	case "value", "text":
		if to := c.valueEnd(j); to > 0 {
			return text(j, to)
		}
	case "address":
		to := j
		for to < c.end && c.x.toks[to].kind != newline && c.x.toks[to].kind != quoted {
			to++
		}
		if strings.ContainsFunc(c.x.quote(j, to), unicode.IsDigit) {
			return text(j, to)
		}
	case "car":
		if c.x.toks[j].upper {
			if to := c.limitUpper(j); to > j {
				return text(j, to)
			}
		}
	}
	return got, i, false
}

func (c *langClause) captureDay(got *captured) bool {
	from, to := c.dayMention()
	if to == 0 {
		return false
	}
	got.text, got.party = c.x.quote(from, to), party{from: from, to: to, conf: 1}
	return true
}

func (c *langClause) skipArticle(i int) int {
	for i+1 < c.to && (c.at(i, c.l.articles) || c.is(i, "d'", "l'")) && (!c.x.toks[i].upper || c.is(i, "l'")) {
		i++
	}
	return i
}

// skipSome moves over "ein bisschen", "algo de", "un peu d'".
func (c *langClause) skipSome(i int) int {
	for i < c.to && (c.marks[i] == markAdverb || c.is(i, "ein", "wenig", "bisschen", "etwas", "fliessend", "algo", "un", "poco", "de", "peu", "d'", "bien", "gut",
		"perfekt", "couramment", "la", "l'", "le", "el", "du", "auch", "leichtes", "chronisches", "chronische", "eine", "una", "une", "parfaitement", "perfectamente")) {
		i++
	}
	return i
}

// listed gives the end of the longest entry of the set at token i, of three words at most, or 0.
func (c *langClause) listed(i int, set map[string]bool) int {
	for n := 4; n > 0; n-- {
		if i+n <= c.to && set[strings.Join(c.low[i:i+n], " ")] {
			return i + n
		}
	}
	return 0
}

// limitUpper is the end of the capitalised words and figures from token i.
func (c *langClause) limitUpper(i int) int {
	j := i
	for j < c.limit(i) && j-i < 4 && c.x.toks[j].kind == word && (c.x.toks[j].upper || unicode.IsDigit(rune(c.x.toks[j].text[0]))) {
		j++
	}
	return j
}

// roleEnd is the token after the name of a job at token i, or 0.
func (c *langClause) roleEnd(i int) int {
	limit := c.limit(i)
	if i >= limit || c.x.toks[i].kind != word {
		return 0
	}
	if n := c.listed(i, c.l.loanJobs); n > 0 {
		return n
	}
	if !c.l.isJob(c.low[i]) || c.l.nouns && !c.casual && !c.x.toks[i].upper {
		// "Senior Developer", "Product Owner"
		for n := i + 1; n < min(i+3, limit); n++ {
			if c.x.toks[i].upper && c.x.toks[n].upper && (jobs[c.x.toks[n].low] || c.l.isJob(c.low[n])) {
				return n + 1
			}
		}
		return 0
	}
	to := i + 1
	if c.is(to, "de") && ordinals[c.wordAt(to+1)] {
		return to // "estudiante de segundo"
	}
	if c.l.broadJobs[c.low[i]] && c.is(to, "de", "d'", "en") && to+1 < limit && c.x.toks[to+1].kind == word && !c.at(to+1, c.l.articles) && !c.at(to+1, c.l.mine) &&
		!(c.l.drops && c.is(to, "de") && c.x.toks[to+1].upper && c.listed(to+1, c.l.subjects) == 0 && !c.l.tongues[c.low[to+1]] && !c.l.plain[c.low[to+1]] && !shouted(c.x.toks[to+1].text)) &&
		!(c.is(to, "en") && (c.x.toks[to+1].upper && !c.l.subjects[c.low[to+1]] || c.l.towns[c.low[to+1]] || c.l.brands[c.low[to+1]] || c.l.orgNouns[c.low[to+1]] || c.l.plain[c.low[to+1]])) {
		n := 0
		if c.l.drops {
			n = c.listed(to+1, c.l.subjects)
		}
		if to += 2; n > to { // "profesora de educación física"
			to = n
		} else if c.l.drops && to < limit && !c.ends(to) && c.x.toks[to].kind == word && !c.x.toks[to].upper && c.ends(to+1) {
			to++ // "conductora de autobús escolar"
		} else if c.l.drops && c.is(to, "a", "al") && to+1 < limit && c.x.toks[to+1].kind == word && !c.x.toks[to+1].upper && !c.at(to+1, c.l.articles) && !c.at(to+1, c.l.mine) {
			to += 2 // "auxiliar de ayuda a domicilio", "agente de atención al cliente"
		}
		if c.marks[to-1] != markNone || c.l.dates.months[c.low[to-1]] != 0 {
			return i + 1
		}
	}
	if to < limit && c.l.roleTails[c.low[to]] {
		to++
	}
	return to
}

// isJob reports whether the word names a job, also with the endings of women's.
func (l *tongue) isJob(w string) bool {
	if l.jobs[w] || jobs[w] && len(w) > 4 && !l.plain[w] {
		return true
	}
	if !l.nouns {
		return false
	}
	s := strings.TrimSuffix(w, "in")
	if l.jobs[s] {
		return true
	}
	for _, tail := range l.jobTails {
		if strings.HasSuffix(s, tail) && len(s) > len(tail)+2 {
			return true
		}
	}
	return false
}

// thingEnd is the token after what somebody likes, or 0.
func (c *langClause) thingEnd(i int) int {
	j := i
	nouns := 0
	if c.l.drops && c.l.dates.numbers[c.low[i]] > 1 && c.is(i+1, "cosas") || c.at(i, c.l.adverbs) || c.at(i, c.l.anyMore) || c.at(i, c.l.deny) || c.at(i, c.l.resets) || c.l.orders.openers[c.low[i]] {
		return 0
	}
	for j < c.to && c.marks[j] == markNone && j-i < 4 && c.x.toks[j].kind == word {
		w := c.low[j]
		if c.at(j, c.l.joins) || c.at(j, c.l.subordinate) || prefers[c.lemma] && j > i && c.is(j, "a", "al", "au", "aux", "vor", "que") {
			break
		}
		if j > i && (c.l.adverbs[w] || c.finite(j)) {
			break
		}
		if c.l.empty[c.x.toks[j].low] || c.at(j, c.l.mine) || c.at(j, c.l.me) || c.at(j, c.l.they) || c.l.reflexive[w] {
			if j > i && !c.at(j, c.l.mine) {
				break
			}
			for k := j - 1; k > i && c.l.drops; k-- { // "el cilantro con toda mi alma"
				if c.is(k, "con") {
					return k
				}
			}
			return 0
		}
		if c.at(j, c.l.prepositions) && !(c.l.drops && c.is(j, "en") && j > i && j+1 < c.to && c.x.toks[j+1].kind == word && !c.x.toks[j+1].upper && !c.at(j+1, c.l.articles) && !c.at(j+1, c.l.mine) && !c.l.plain[c.low[j+1]]) && !(c.is(j, "de", "del", "d'", "con", "a", "au", "aux", "mit", "von", "sin") && j > i && j+1 < c.to) {
			break
		}
		if c.l.nouns && c.x.toks[j].upper {
			nouns++
		}
		j++
	}
	if c.l.drops && j == i+1 && c.infinitiveAt(i) && c.at(j, c.l.prepositions) && !c.at(j, c.l.subordinate) {
		return 0 // "montar en bici", "vivir en Madrid"
	}
	for c.l.drops && j > i+1 && c.at(j-1, c.l.prepositions) {
		j-- // "el cilantro con toda mi alma"
	}
	if j == i || c.l.nouns && nouns == 0 && !(c.casual && j-i == 1) || strings.ContainsFunc(c.x.toks[i].text, unicode.IsDigit) {
		return 0
	}
	return j
}

// finite reports a form of a verb at i.
func (c *langClause) finite(i int) bool {
	if i >= c.to {
		return false
	}
	s, _ := c.sensesAt(i)
	return s != nil && s[0].kind <= finitePast
}

// prefers are verbs after whose object the other thing may stand.
var prefers = set(`preferir preferer bevorzugen`)

// valueEnd is the token after a value that reaches to the end of the clause, of four words at most.
func (c *langClause) valueEnd(i int) int {
	j := i
	for j < c.to && c.x.toks[j].kind == word && !c.at(j, c.l.joins) && !c.at(j, c.l.subordinate) && c.marks[j] != markDate {
		j++
	}
	for j > i && (c.marks[j-1] == markAdverb || c.at(j-1, c.l.prepositions)) {
		j--
	}
	if j-i > 5 || j == i || c.l.empty[c.x.toks[i].low] && !c.x.toks[i].upper || c.at(i, c.l.mine) {
		return 0
	}
	return j
}

// phoneEnd is the token after a telephone number, or 0.
func (c *langClause) phoneEnd(i int) int {
	n, j := 0, i
	for j < c.end {
		t := &c.x.toks[j]
		d := 0
		for _, r := range t.text {
			if unicode.IsDigit(r) {
				d++
			} else if !strings.ContainsRune("+-/().", r) {
				d = -100
			}
		}
		if d < 0 || d == 0 && (t.kind != punct || t.text == ".") {
			break
		}
		n += d
		j++
	}
	for j > i && !strings.ContainsFunc(c.x.toks[j-1].text, unicode.IsDigit) {
		j--
	}
	if n < 6 || n > 16 {
		return 0
	}
	return j
}
