package extract

import (
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// nameOf reads the name of the one who speaks; in casual writing its words need no capitals.
func (c *langClause) nameOf(i int) (captured, int, bool) {
	got := captured{name: "name"}
	if c.casual {
		j := i
		for j < c.limit(i) && j-i < 3 && c.x.toks[j].kind == word && c.plainName(j) {
			j++
		}
		if j == i {
			return got, i, false
		}
		got.party = party{ref: record.EntityRef{Type: record.TypePerson, Name: c.x.quote(i, j)}, from: i, to: j, conf: 1}
		return got, j, got.party.ref.Name != ""
	}
	m, ok := c.nameAt(i)
	if !ok || m.to > c.to || c.l.plain[c.low[m.from]] || characters[strings.ToLower(m.text)] {
		return got, i, false
	}
	got.party = party{ref: record.EntityRef{Type: record.TypePerson, Name: m.text}, from: m.from, to: m.to, conf: 1}
	return got, m.to, true
}

func (c *langClause) plainName(i int) bool {
	w := c.low[i]
	l := c.l
	return c.marks[i] == markNone && !l.prepositions[w] && !l.articles[w] && !l.joins[w] && !l.subordinate[w] && !l.adverbs[w] && !l.me[w] && !l.they[w] && !l.mine[w] &&
		!l.asks[w] && !l.resets[w] && !l.plain[w] && l.verbs[w] == nil && len(w) > 1 && !strings.ContainsAny(w, "0123456789@")
}

// orgAt reads an organisation: "Siemens", "der Post", "la mairie de Limoges", "una cooperativa que se llama Som Energia".
func (c *langClause) orgAt(i int) (captured, int, bool) {
	got := captured{name: "org"}
	j := i
	if c.listed(i, c.l.brands) == 0 { // "L'Oréal", "La Poste"
		j = c.skipArticle(i)
	}
	for !c.l.nouns && c.at(j, c.l.kinAdjectives) && !c.x.toks[j].upper && j+1 < c.to { // "une petite boîte qui s'appelle"
		j++
	}
	if j >= c.to {
		return got, i, false
	}
	if !c.l.nouns && (c.at(j, c.l.prepositions) || c.at(j, c.l.me) || c.at(j, c.l.we) || c.at(j, c.l.mine) || c.l.verbs[c.x.toks[j].low] != nil && !c.l.brands[c.low[j]]) {
		return got, i, false // "Chez"
	}
	if n, ok := c.orgCalled(j); ok {
		if m, ok := c.nameAt(n); ok {
			return c.organisationOf(mention{text: m.text, from: m.from, to: m.to})
		}
		return got, i, false
	}
	limit := c.limit(j)
	if c.l.orgNouns[c.low[j]] || c.l.elides && strings.HasSuffix(c.low[j], "erie") && !c.x.toks[j].upper {
		k := j + 1
		if k < limit && c.is(k, "de", "del", "d'", "des", "du", "der") {
			for k++; k < limit && (c.at(k, c.l.articles) || c.is(k, "l'")) && !c.x.toks[k].upper; k++ {
			}
			if n := c.limitUpper(k); n > k {
				return c.organisationOf(mention{text: c.x.quote(j, n), from: j, to: n})
			}
		}
		if c.l.nouns && c.is(j, "firma", "unternehmen") {
			j = k
		}
		if n := c.limitUpper(k); n > k {
			return c.organisationOf(mention{text: c.x.quote(j, n), from: j, to: n})
		}
		if !c.x.toks[j].upper || c.l.nouns && k >= limit {
			return got, i, false
		}
	}
	m, ok := c.x.organisationAt(j, limit)
	if n := c.listed(j, c.l.brands); n > j && (c.x.toks[j].upper || c.l.elides && n > j+1 && c.at(j, c.l.articles) && c.x.toks[j+1].upper) && n <= limit {
		if m, ok = (mention{from: j, to: n}), true; !c.l.nouns {
			m.to = max(n, c.limitUpper(j))
		}
		m.text = c.x.quote(m.from, m.to)
	}
	if !ok {
		return got, i, false
	}
	for k := m.from + 1; k < m.to && c.l.nouns; k++ { // "weil ich bei Knorr Buchhalterin bin"
		if w := c.low[k]; c.l.isJob(w) || c.noun(w) || c.l.plain[w] || c.l.subjects[w] || c.l.sports[w] || c.l.dates.units[w] != "" || c.l.towns[w] {
			m.to = k
			m.text = c.x.quote(m.from, m.to)
		}
	}
	for k := m.from; k < m.to; k++ {
		if (c.l.plain[c.low[k]] || c.noun(c.low[k])) && k == m.from || c.l.dates.weekdays[c.low[k]] != 0 || c.l.kin[c.low[k]] != "" && !(c.l.elides && k > m.from) || c.l.jobs[c.low[k]] {
			return got, i, false
		}
	}
	if m.to < limit && (c.is(m.to, "de", "del", "y", "&") || c.l.elides && c.is(m.to, "du", "des", "d'")) && m.to+1 < limit && c.x.toks[m.to+1].upper && !c.is(m.to, "y") {
		n := c.limitUpper(m.to + 1)
		m.to, m.text = n, c.x.quote(m.from, n)
	}
	return c.organisationOf(m)
}

// orgCalled reads "cooperativa que se llama" and gives where the name begins.
func (c *langClause) orgCalled(i int) (int, bool) {
	if !c.l.orgNouns[c.low[i]] {
		return 0, false
	}
	for j := i + 1; j < min(i+6, c.end); j++ {
		if c.l.named[c.low[j]] {
			return j + 1, true
		}
		for _, s := range c.l.verbs[c.low[j]] {
			if c.l.naming[s.lemma] && s.persons&third != 0 {
				return j + 1, true
			}
		}
	}
	return 0, false
}

func (c *langClause) organisationOf(m mention) (captured, int, bool) {
	got := captured{name: "org"}
	low := c.l.fold(lower(m.text))
	if m.text == "" || c.l.casualNames[low] && !c.l.brands[low] || c.l.towns[low] || c.l.demonyms[low] || c.l.tongues[low] {
		return got, m.from, false
	}
	p, ok := c.x.organisation(m)
	got.party = p
	return got, m.to, ok || c.l.brands[low]
}

// noun reports a common noun of a language that writes them with capitals.
func (c *langClause) noun(low string) bool {
	if !c.l.nouns {
		return false
	}
	for _, s := range []string{"ung", "heit", "keit", "schaft", "nis", "ismus", "tat", "chen", "zeit", "lage", "raum", "haus", "amt"} {
		if strings.HasSuffix(low, s) && len(low) > len(s)+2 {
			return s != "haus" && s != "amt"
		}
	}
	return false
}

// placeNamed reads a place.
func (c *langClause) placeNamed(i int) (captured, int, bool) {
	got := captured{name: "place"}
	limit := c.limit(i)
	if i >= limit {
		return got, i, false
	}
	m := mention{from: i}
	for n := min(i+3, limit); n > i && m.to == 0; n-- {
		s := strings.Join(c.low[i:n], " ")
		if (c.l.towns[s] || c.l.countries[s]) && (c.x.toks[i].upper || c.casual && !c.l.plain[s]) {
			m.to = n
		}
	}
	known := m.to > 0
	if !known {
		var ok bool
		if !c.x.toks[i].upper && !c.casual {
			return got, i, false
		}
		if c.l.nouns && i > c.from && c.at(i-1, c.l.articles) {
			return got, i, false // "aus dem Kino"
		}
		if m, ok = c.x.placeAt(i, limit); !ok || c.l.plain[c.low[m.from]] || c.noun(c.low[m.from]) || c.l.kin[c.low[m.from]] != "" || c.l.jobs[c.low[m.from]] ||
			c.l.sports[c.low[m.from]] || c.l.brands[c.low[m.from]] && !cities[c.x.toks[m.from].low] {
			return got, i, false
		}
		if _, month := c.l.dates.months[c.low[m.from]]; month {
			return got, i, false
		}
	}
	if m.to+1 < c.end && c.is(m.to, ",") && (c.l.countries[c.low[m.to+1]] && c.x.toks[m.to+1].upper) {
		m.to += 2
	}
	if c.l.elides && m.to+1 < limit && (c.is(m.to, "du", "d'") && c.l.countries[c.low[m.to+1]] || c.is(m.to, "sur", "les", "en", "sous") && c.x.toks[m.to+1].upper) {
		m.to += 2 // "Saint-Louis du Sénégal", "Ivry sur Seine"
	}
	m.text = c.x.quote(m.from, m.to)
	if m.text == "" {
		return got, i, false
	}
	p, ok := c.x.location(m)
	if known && p.conf < 1 {
		p.conf = 1
	}
	got.party = p
	return got, m.to, ok
}

// schoolAt reads a place to study: "der TU München", "la Universidad de Salamanca".
func (c *langClause) schoolAt(i int) (captured, int, bool) {
	got := captured{name: "org"}
	limit := c.limit(i)
	school, j := false, i
	if c.l.elides && i+1 < limit && c.l.towns[c.low[i]] && len(c.low[i+1]) < 3 && figures(c.low[i+1]) > 0 { // "Rennes 2"
		m := mention{text: c.x.quote(i, i+2), from: i, to: i + 2}
		got.party = party{ref: record.EntityRef{Type: record.TypeOrganisation, Name: m.text}, from: i, to: i + 2, conf: 1}
		return got, i + 2, m.text != ""
	}
	for j < limit && j-i < 7 {
		low := c.low[j]
		switch {
		case c.l.schools[low] || c.l.nouns && (strings.HasSuffix(low, "universitat") || strings.HasSuffix(low, "hochschule") || strings.HasSuffix(low, "akademie")):
			school = true
		case school && c.l.elides && c.l.subjects[low] && c.is(j-1, "de", "d'"): // "fac de lettres de Besançon"
		case c.x.toks[j].kind == word && c.x.toks[j].upper && !(school && c.l.subjects[low]):
		case j > i && c.is(j, "de", "del", "d'", "la", "fur", "l'", "des", "du", "las", "los", "le", "les", "der", "zu") && j+1 < limit:
		default:
			limit = j
			continue
		}
		j++
	}
	for j > i && !c.x.toks[j-1].upper && !c.l.schools[c.low[j-1]] {
		j--
	}
	if !school || j == i {
		return got, i, false
	}
	if !c.x.toks[j-1].upper {
		return got, i, false
	}
	m := mention{text: c.x.quote(i, j), from: i, to: j}
	got.party = party{ref: record.EntityRef{Type: record.TypeOrganisation, Name: m.text}, from: i, to: j, conf: 1}
	if e, ok := c.x.known(m.text, record.TypeOrganisation); ok {
		got.party.ref = e
	}
	return got, j, m.text != ""
}
