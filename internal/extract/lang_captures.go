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
		for !c.l.nouns && c.at(j, c.l.kinAdjectives) && j+1 < c.to {
			j++
		}
		return got, to, ok && (c.l.orgNouns[c.low[j]] || c.l.brands[c.low[j]] || shouted(c.x.toks[j].text) || len(c.x.toks[j].text) < 5 && strings.ToUpper(c.x.toks[j].text) == c.x.toks[j].text)
	case "place":
		if c.l.elides && c.listed(i, c.l.towns) > 0 {
			j = i // "Le Havre"
		}
		return c.placeNamed(j)
	case "school":
		return c.schoolAt(j)
	case "name":
		return c.nameOf(i)
	case "person":
		m, ok := c.nameAt(i)
		if !ok || m.to > c.limit(i) {
			return got, i, false
		}
		got.party = c.x.people.resolve(m)
		return got, m.to, true
	case "role":
		for j+1 < c.to && c.l.padding[c.low[j]] {
			j++
		}
		if to := c.roleEnd(j); to > 0 {
			return text(j, to)
		}
	case "day":
		return got, i, c.captureDay(&got)
	case "age":
		n := figures(c.low[i])
		if n == 0 {
			n = c.l.dates.numbers[c.low[i]]
		}
		if c.l.elides && c.is(i+1, "ans", "piges", "balais") && c.is(i+2, "de", "d'", "plus") {
			return got, i, false // "20 ans de métier"
		}
		if n > 0 && n < 121 && !c.is(i, "un", "una", "une", "ein", "eine", "einen", "einem", "einer", "uno") {
			return text(i, i+1)
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
		if m, ok := c.nameAt(i); ok && (c.l.casualNames[c.low[m.from]] || givenNames[c.x.toks[m.from].low]) && !c.l.demonyms[c.low[m.from]] && !(c.l.elides && c.is(m.to, "sur", "depuis", "partout", "a", "en", "comme", "dans", "des", "qui", "au")) {
			got.name, got.party = "name", party{ref: record.EntityRef{Type: record.TypePerson, Name: m.text}, from: m.from, to: m.to, conf: 1}
			return got, m.to, true
		}
	case "nick":
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
	case "ownrole", "discipline", "degree", "intolerance", "model", "street", "ordinal", "newname", "mate":
		return c.captureOwn(kind, i)
	case "car":
		if c.x.toks[j].upper && !(c.l.elides && (c.l.countries[c.low[j]] || c.l.towns[c.low[j]])) {
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
	for i+1 < c.to && (c.at(i, c.l.articles) || c.is(i, "d'", "l'")) && (!c.x.toks[i].upper || c.l.elides && i <= c.opening()) {
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
	if to := c.listed(i, c.l.longJobs); to > 0 && to <= limit {
		return to
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
	if c.is(to, "de", "d'", "du") && (c.at(to+1, c.l.mine) || c.at(to+1, c.l.dates.this) || c.l.empty[c.low[min(to+1, limit-1)]]) {
		return 0 // "responsable de mes actes"
	}
	if (c.l.broadJobs[c.low[i]] && c.is(to, "de", "d'", "en") && !(c.is(to, "en") && c.l.elides && !titled[c.low[i]])) && to+1 < limit && c.x.toks[to+1].kind == word && !c.at(to+1, c.l.articles) {
		to += 2
		if c.marks[to-1] != markNone || c.l.dates.months[c.low[to-1]] != 0 {
			return i + 1
		}
	}
	if to < limit && c.l.roleTails[c.low[to]] {
		to++
	}
	if c.l.elides && to == i+1 && to < limit && c.l.jobs[c.low[to]] && c.x.toks[to].kind == word {
		to++ // "apprentie boulangère"
	}
	if c.l.elides && to == i+1 && c.is(i, "responsable", "directeur", "directrice", "chef", "cheffe", "conservateur", "president", "presidente") && to+2 < limit+1 && (c.is(to, "du") && to+1 < limit && !c.x.toks[to+1].upper ||
		c.is(to, "de") && c.is(to+1, "la", "l'", "le") && to+2 < limit && !c.x.toks[to+2].upper) {
		if to += 2; c.is(to-1, "la", "l'", "le") {
			to++ // "responsable de la sécurité"
		}
	}
	if to == i+1 && soleless[c.low[i]] {
		return 0
	}
	return to
}

// titled are jobs of which "in" says what they are: "ingénieur en génie civil", not "infirmière en pédiatrie".
var titled = set(`ingenieur ingenieure technicien technicienne expert experte docteur chercheur chercheuse responsable conseiller conseillere charge chargee`)

// soleless are words for jobs that, without more, only say how somebody is: "je suis responsable".
var soleless = set(`responsable expert experte cadre charge chargee commis employe employee aide maitre garde adjoint hote attache attachee guide`)

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
	if c.l.elides && i > c.from && c.is(i-1, "y", "en") {
		return 0 // "j'adore y jouer"
	}
	j := i
	nouns := 0
	most := 4
	for j < c.to && c.marks[j] == markNone && j-i < most && c.x.toks[j].kind == word {
		w := c.low[j]
		if c.at(j, c.l.joins) || c.at(j, c.l.subordinate) || prefers[c.lemma] && j > i && c.is(j, "a", "al", "au", "aux", "vor", "que") {
			break
		}
		if j > i && (c.l.adverbs[w] || c.finite(j)) {
			break
		}
		if c.l.empty[c.x.toks[j].low] && !(c.l.elides && j == i && c.is(j, "odeur", "gout", "style", "dessin", "film", "travail", "voyage") && c.is(j+1, "de", "d'", "du", "des")) || c.at(j, c.l.mine) || c.at(j, c.l.me) || c.at(j, c.l.they) || c.l.reflexive[w] {
			if j > i && !c.at(j, c.l.mine) {
				break
			}
			return 0
		}
		if c.l.elides && j > i && most < 10 && j+1 < c.to && c.is(j, "de", "d'", "du", "des", "au", "aux", "a", "sur", "en") && c.x.toks[j+1].kind == word {
			most, j = most+1, j+1
			if c.at(j, c.l.articles) && j+1 < c.to && c.x.toks[j+1].kind == word {
				most, j = most+1, j+1 // "l'odeur de la pluie sur le goudron chaud"
			}
			continue
		}
		if c.at(j, c.l.prepositions) && !(c.is(j, "de", "del", "d'", "con", "a", "au", "aux", "mit", "von", "sin") && j > i && j+1 < c.to) {
			break
		}
		if c.l.nouns && c.x.toks[j].upper {
			nouns++
		}
		j++
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
