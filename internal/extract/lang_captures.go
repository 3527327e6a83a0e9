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
	if i >= c.to && kind != "day" && kind != "year" && kind != "verb" {
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
		for c.l.elides && c.at(j, c.l.kinAdjectives) && j+1 < c.to {
			j++
		}
		return got, to, ok && (c.l.nouns && c.institution(i, j, c.limit(j)) > 0 || c.l.orgNouns[c.low[j]] || c.l.brands[c.low[j]] || c.l.drops && c.listed(j, c.l.brands) > 0 || shouted(c.x.toks[j].text) || len(c.x.toks[j].text) < 5 && strings.ToUpper(c.x.toks[j].text) == c.x.toks[j].text)
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
		if c.l.elides && c.listed(i, c.l.towns) > 0 {
			j = i // "Le Havre"
		}
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
		if !ok && c.l.drops && c.is(i, "el", "la") { // "con el Joaquín"
			if m, ok = c.nameAt(i + 1); ok {
				ok = c.givenName(m)
			}
		}
		if !ok || m.to > c.limit(m.from) || c.jesting("", m) || c.l.nouns && !c.person(m) || c.l.drops && !c.givenName(m) && (c.l.brands[c.low[m.from]] || c.l.towns[c.low[m.from]] || c.l.plain[c.low[m.from]] || c.l.tongues[c.low[m.from]]) {
			return got, i, false
		}
		got.party = c.x.people.resolve(m)
		return got, m.to, true
	case "role":
		if c.l.nouns && c.is(i, "der", "die", "das", "den") && c.lemma == "sein" {
			return got, i, false // "heute bin ich der Seelsorger"
		}
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
		if to > 0 {
			to = c.departmentEnd(to)
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
		if c.is(i, "0", "o", "a", "b", "ab", "cero") && c.is(k, "positivo", "negativo", "positiv", "negativ", "rh") {
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
		if c.l.nouns && !c.ownBirthday() {
			return got, i, false
		}
		return got, i, c.captureDay(&got)
	case "decade":
		if c.is(i, "anfang", "mitte", "ende") && i+1 < c.to {
			n := figures(c.low[i+1])
			if n == 0 {
				n = c.l.dates.numbers[c.low[i+1]]
			}
			if n >= 20 && n%10 == 0 && n < 100 {
				return text(i, i+2)
			}
		}
	case "age":
		n, to := c.numberAt(i)
		if n == 0 && c.l.nouns {
			n, to = c.l.composed(c.low[i]), i+1
		}
		if c.l.elides && c.is(i+1, "ans", "piges", "balais") && c.is(i+2, "de", "d'", "plus") {
			return got, i, false // "20 ans de métier"
		}
		if n > 0 && n < 121 && !c.is(i, "un", "una", "une", "ein", "eine", "einen", "einem", "einer", "uno") {
			return text(i, to)
		}
	case "year":
		if i < c.to && IsYear(c.low[i]) || c.l.nouns && c.is(i-1, "jahrgang", "baujahr") && len(c.wordAt(i)) == 2 && figures(c.low[i]) > 25 {
			return text(i, i+1)
		}
		for k := c.from; k < c.to; k++ {
			if IsYear(c.low[k]) && c.when.count == 1 && c.when.interval == yearOf(c.when.interval.From.Year()) {
				got.text, got.party = c.x.toks[k].text, party{from: k, to: k + 1, conf: 1}
				return got, i, true
			}
		}
	case "diet":
		for c.l.nouns && j+1 < c.to && convinced[c.low[j]] {
			j++
		}
		if c.l.diets[c.low[j]] {
			return text(j, j+1)
		}
	case "demonym":
		if c.l.demonyms[c.low[j]] {
			return text(j, j+1)
		}
	case "status":
		if c.l.statuses[c.low[j]] {
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
			if c.l.nouns && c.is(to, "typ") && c.is(to+1, "1", "2") {
				return topic(i, to+2)
			}
			return topic(i, to)
		}
	case "allergen":
		if to := c.listed(j, c.l.allergens); to > 0 {
			return topic(j, to)
		}
	case "disease":
		k := c.skipSome(j)
		for n := 0; c.l.nouns && n < 2 && k+1 < c.to && inflected(c.low[k]) && c.listed(k, c.l.diseases) == 0 && !c.x.toks[k].upper; n++ {
			k++ // "eine schwere Migräne"
		}
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
		if c.l.nouns && c.x.toks[j].upper && endsIn(c.low[j], fields, 4) {
			return text(j, j+1)
		}
	case "given":
		if c.l.plain[c.low[i]] {
			return got, i, false
		}
		if m, ok := c.nameAt(i); ok && (c.l.casualNames[c.low[m.from]] || givenNames[c.x.toks[m.from].low]) && !c.l.demonyms[c.low[m.from]] && !(c.l.elides && c.is(m.to, "sur", "depuis", "partout", "a", "en", "comme", "dans", "des", "qui", "au")) {
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
	case "nick":
		if c.is(i, "el", "la") && c.is(i-1, "llaman", "dicen", "como", "dice", "llama", "conocen", "conoce") { // "me dicen la Flaca"
			i++
		}
		if m, ok := c.nameAt(i); ok && !(c.l.nouns && (c.l.plain[c.low[m.from]] || c.common(c.low[m.from]) || c.l.kin[c.low[m.from]] != "")) {
			return text(m.from, m.to)
		}
	case "sport":
		if to := c.listed(j, c.l.sports); to > 0 {
			return topic(j, to)
		}
	case "thing":
		if c.l.nouns && sensed[c.low[j]] && c.is(j+1, "von", "nach", "vom", "auf", "frischer", "frischem", "des", "der") {
			if to := c.clauseEnd(j); to-j < 8 {
				return topic(j, to)
			}
		}
		if c.l.nouns && (j > i || i > c.from && c.at(i-1, c.l.articles)) {
			return got, i, false // "den Film" is one that was spoken of
		}
		if to := c.thingEnd(j); to > 0 {
			return topic(j, to)
		}
	case "verb":
		got.party = c.thing(c.verbAt, c.verbAt+1)
		return got, i, got.party.ref.Name != ""
	case "collected":
		if j == i && !c.at(i-1, c.l.articles) && !gathered[c.low[i]] {
			if to := c.thingEnd(j); to > 0 {
				if c.at(to, c.l.joins) && to+1 < c.to && c.x.toks[to+1].upper && c.closes(to+2) {
					to += 2 // "ich sammle Briefmarken und Münzen"
				}
				got.party = c.thing(j, to)
				if j == c.verbAt+1 {
					got.party = c.thing(c.verbAt, to)
				}
				return got, to, got.party.ref.Name != ""
			}
		}
	case "street":
		if c.l.elides {
			return c.captureOwn(kind, i)
		}
		from, to := j, 0
		if c.l.drops {
			from, to = i, c.streetNamed(i)
		} else {
			to = c.streetEnd(j)
		}
		if to > 0 {
			return text(from, to)
		}
	case "townsman":
		if town := c.l.townOf(c.x.toks[j].text); town != "" && c.marks[j] == markNone {
			got.party = party{ref: record.EntityRef{Type: record.TypeLocation, Name: town}, from: j, to: j + 1, conf: 1}
			return got, j + 1, true
		}
	case "aged":
		if n, tail, ok := strings.Cut(c.low[i], "-"); ok && figures(n) > 9 && figures(n) < 110 && strings.HasPrefix(tail, "jahrig") {
			got.text, got.party = n, party{from: i, to: i + 1, conf: 1}
			return got, i + 1, true
		}
	case "degree":
		if c.l.elides {
			return c.captureOwn(kind, i)
		}
		if to := c.degreeEnd(j); to > 0 {
			return text(j, to)
		}
		if c.l.nouns && germanDegrees[c.low[j]] {
			to := j + 1
			if c.is(to, "in") {
				if n := c.listed(to+1, c.l.subjects); n > 0 {
					to = n
				}
			}
			return text(j, to)
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
		if c.l.nouns && c.casual && kind == "value" && j > i {
			if to := c.valueEnd(j); to > 0 && c.keepsArticle {
				return text(i, to)
			}
		}
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
	case "ownrole", "discipline", "intolerance", "model", "ordinal", "newname", "mate":
		return c.captureOwn(kind, i)
	case "car":
		if c.l.nouns {
			for j < c.to && c.marks[j] == markNone && !c.x.toks[j].upper && !c.l.cars[c.low[j]] && c.x.toks[j].kind == word && j < i+4 && !c.finite(j) {
				j++
			}
			if j >= c.to || !c.l.cars[c.low[j]] || c.marks[j] != markNone {
				return got, i, false
			}
			to := j + 1
			for to < c.limit(j) && to-j < 4 && c.x.toks[to].kind == word && (c.l.cars[c.low[to]] || unicode.IsDigit(rune(c.x.toks[to].text[0])) || len(c.x.toks[to].text) < 4 && c.x.toks[to].upper) {
				to++
			}
			return text(j, to)
		}
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
	for i+1 < c.to && (c.at(i, c.l.articles) || c.is(i, "d'", "l'")) && (!c.x.toks[i].upper || c.is(i, "l'") || c.l.elides && i <= c.opening() || c.l.nouns && i == c.opening() && c.is(i, "der", "die", "das", "den", "dem")) {
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

// listed gives the end of the longest entry of the set at token i, of four words at most, or 0.
func (c *langClause) listed(i int, set map[string]bool) int {
	var room [phraseRoom]byte
	for n := 4; n > 0; n-- {
		if i+n <= c.to && set[string(c.words(room[:0], i, i+n))] {
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
	if c.l.nouns && i+1 < limit && rankAdjective(c.low[i]) && !c.x.toks[i].upper {
		return c.roleEnd(i + 1) // "medizinische Fachangestellte"
	}
	if n := c.listed(i, c.l.loanJobs); n > 0 && (n <= limit || !c.l.elides) {
		return n
	}
	if !c.l.isJob(c.low[i]) || c.l.nouns && !c.casual && !c.x.toks[i].upper {
		// "Senior Developer", "Product Owner"
		for n := i + 1; n < min(i+3, limit); n++ {
			if c.x.toks[i].upper && c.x.toks[n].upper && !c.at(i, c.l.prepositions) && !c.at(i, c.l.adverbs) && !c.at(i, c.l.articles) && (jobs[c.x.toks[n].low] || c.l.isJob(c.low[n])) {
				return n + 1
			}
		}
		return 0
	}
	to := i + 1
	if c.l.nouns && c.is(to, "-") && c.x.toks[to].start == c.x.toks[i].end && c.at(to+1, c.l.joins) && to+2 < limit && c.l.isJob(c.low[to+2]) {
		return to + 3 // "Bäcker- und Konditormeister"
	}
	if c.l.elides && c.is(to, "de", "d'", "du") && (c.at(to+1, c.l.mine) || c.at(to+1, c.l.dates.this) || c.l.empty[c.low[min(to+1, limit-1)]]) {
		return 0 // "responsable de mes actes"
	}
	if c.is(to, "de") && schoolYears[c.wordAt(to+1)] {
		return to // "estudiante de segundo"
	}
	if c.l.broadJobs[c.low[i]] && c.is(to, "de", "d'", "en") && !(c.l.elides && c.is(to, "en") && !fielded[c.low[i]]) && to+1 < limit && c.x.toks[to+1].kind == word && !c.at(to+1, c.l.articles) && !c.at(to+1, c.l.mine) &&
		!(c.l.drops && c.is(to, "de") && c.x.toks[to+1].upper && c.listed(to+1, c.l.subjects) == 0 && !c.l.tongues[c.low[to+1]] && !c.l.plain[c.low[to+1]] && !shouted(c.x.toks[to+1].text)) &&
		!(c.l.drops && c.is(to, "en") && (c.x.toks[to+1].upper && !c.l.subjects[c.low[to+1]] || c.l.towns[c.low[to+1]] || c.l.brands[c.low[to+1]] || c.l.orgNouns[c.low[to+1]] || c.l.plain[c.low[to+1]])) {
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
	if c.l.elides && to == i+1 && to < limit && c.l.jobs[c.low[to]] && c.x.toks[to].kind == word {
		to++ // "apprentie boulangère"
	}
	if c.l.elides && to == i+1 && c.is(i, "responsable", "directeur", "directrice", "chef", "cheffe", "conservateur", "president", "presidente") && to+2 < limit+1 && (c.is(to, "du") && to+1 < limit && !c.x.toks[to+1].upper ||
		c.is(to, "de") && c.is(to+1, "la", "l'", "le") && to+2 < limit && !c.x.toks[to+2].upper) {
		if to += 2; c.is(to-1, "la", "l'", "le") {
			to++ // "responsable de la sécurité"
		}
	}
	if c.l.elides && to == i+1 && soleless[c.low[i]] {
		return 0
	}
	return to
}

// fielded are jobs of which "in" says what they are: "ingénieur en génie civil", not "infirmière en pédiatrie".
var fielded = set(`ingenieur ingenieure technicien technicienne expert experte docteur chercheur chercheuse responsable conseiller conseillere charge chargee`)

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
	if pastimes[s] || strings.HasPrefix(s, "hobby") || strings.HasPrefix(s, "mochtegern") || strings.HasPrefix(s, "amateur") || strings.HasPrefix(s, "freizeit") || strings.HasSuffix(s, "weltmeister") {
		return false
	}
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
	if c.l.drops && c.l.dates.numbers[c.low[i]] > 1 && c.is(i+1, "cosas") || !c.l.elides && (c.at(i, c.l.adverbs) || c.at(i, c.l.anyMore) || c.at(i, c.l.deny) || c.at(i, c.l.resets) || c.l.orders.openers[c.low[i]]) {
		return 0
	}
	most := 4
	if c.l.nouns {
		most = 6
	}
	for j < c.to && c.marks[j] == markNone && j-i < most && c.x.toks[j].kind == word {
		w := c.low[j]
		if c.l.nouns && j > i && (c.at(j, c.l.me) || c.at(j+1, c.l.me) || c.at(j+1, c.l.we)) {
			break // "bei Lakritz werd ich schwach"
		}
		if j-i > 3 && !c.l.elides && !(c.l.nouns && nouns == 0) {
			break
		}
		if w == "st" && c.is(j+1, ".") && j+2 < c.to && c.x.toks[j+2].upper { // "FC St. Pauli"
			nouns++
			j += 3
			continue
		}
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
			for k := j - 1; k > i && c.l.drops; k-- { // "el cilantro con toda mi alma"
				if c.is(k, "con") {
					return k
				}
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
		if c.at(j, c.l.prepositions) && !(c.l.drops && c.is(j, "en") && j > i && j+1 < c.to && c.x.toks[j+1].kind == word && !c.x.toks[j+1].upper && !c.at(j+1, c.l.articles) && !c.at(j+1, c.l.mine) && !c.l.plain[c.low[j+1]]) && !(c.is(j, "de", "del", "d'", "con", "a", "au", "aux", "mit", "von", "sin") && j > i && j+1 < c.to) {
			break
		}
		if c.l.nouns && c.x.toks[j].upper {
			nouns++
		}
		if c.l.nouns && nouns == 0 && inflected(w) && c.x.toks[j].text == c.x.toks[j].low { // "alte, verstaubte Buchläden"
			k := j + 1
			if c.is(k, ",") && k+1 < c.to && inflected(c.low[k+1]) && !c.at(k+1, c.l.resets) && !c.at(k+1, c.l.adverbs) && !c.at(k+1, c.l.joins) && !c.at(k+1, c.l.prepositions) && !c.at(k+1, c.l.articles) && !c.at(k+1, c.l.subordinate) {
				k++
			}
			if k < c.to && c.x.toks[k].kind == word && !c.at(k, c.l.prepositions) && !c.at(k, c.l.joins) && !c.at(k, c.l.adverbs) && !c.at(k, c.l.subordinate) && (!c.finite(k) || c.casual && strings.HasSuffix(w, "es") && c.closes(k+1)) && (!c.casual || len(c.low[k]) > 3) {
				j = k
				if c.casual && !inflected(c.low[k]) {
					nouns, j = 1, k+1
					break
				}
				continue
			}
			if c.casual && k < c.to && c.x.toks[k].kind == punct && c.is(k, ",") && j == i && len(w) > 3 && (strings.HasSuffix(w, "es") || strings.HasSuffix(w, "e") && k+1 < c.to && inflected(c.low[k+1])) {
				return 0
			}
		}
		j++
	}
	if c.l.nouns && nouns > 1 && c.is(j-2, "mit") && c.is(j, "und") && j+1 < c.to && (c.x.toks[j+1].upper || c.casual) && c.closes(j+2) { // "Brot mit Butter und Salz"
		j += 2
	}
	if c.l.nouns && nouns > 0 && c.is(j, "im", "auf", "unter", "in", "aus") && j+1 < c.to { // "Spaziergänge im Regen"
		k := j + 1
		for c.at(k, c.l.articles) {
			k++
		}
		if k < c.to && c.x.toks[k].kind == word && (c.x.toks[k].upper || c.casual) && !seasonal[c.low[k]] && c.marks[k] == markNone && c.closes(k+1) {
			j = k + 1
		}
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

// valueEnd is the token after a value that reaches to the end of the clause, of five words at most.
func (c *langClause) valueEnd(i int) int {
	j := i
	for j < c.to && !(c.l.nouns && j > i && (c.at(j, c.l.prepositions) && (c.at(j+1, c.l.mine) || c.is(j, "von", "vom", "aus", "seit", "wegen") || c.at(j+1, c.l.articles)) || c.finite(j) && !c.x.toks[j].upper)) && c.x.toks[j].kind == word && !c.at(j, c.l.joins) && !c.at(j, c.l.subordinate) && c.marks[j] != markDate {
		j++
	}
	for k := i + 1; c.l.nouns && j-i > 4 && k < j; k++ {
		if c.at(k, c.l.prepositions) {
			j = k
		}
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
