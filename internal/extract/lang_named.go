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
	if i < 0 || i >= len(c.marks) || i >= len(c.low) {
		return false
	}
	w := c.low[i]
	l := c.l
	return c.marks[i] == markNone && !l.prepositions[w] && !l.articles[w] && !l.joins[w] && !l.subordinate[w] && !l.adverbs[w] && !l.me[w] && !l.they[w] && !l.mine[w] &&
		!l.asks[w] && !l.resets[w] && !l.plain[w] && l.verbs[w] == nil && len(w) > 1 && !strings.ContainsAny(w, "0123456789@")
}

// orgAt reads an organisation: "Siemens", "der Post", "la mairie de Limoges", "una cooperativa que se llama Som Energia".
func (c *langClause) orgAt(i int) (captured, int, bool) {
	got := captured{name: "org"}
	if c.l.nouns && c.at(i, c.l.prepositions) {
		return got, i, false // "Bei Bosch hab ich gekündigt"
	}
	j := i
	if !c.l.elides || c.listed(i, c.l.brands) == 0 { // "L'Oréal", "La Poste"
		j = c.skipArticle(i)
	}
	for c.l.elides && c.at(j, c.l.kinAdjectives) && !c.x.toks[j].upper && j+1 < c.to { // "une petite boîte qui s'appelle"
		j++
	}
	if j >= c.to {
		return got, i, false
	}
	if c.l.elides && (c.at(j, c.l.prepositions) || c.at(j, c.l.me) || c.at(j, c.l.we) || c.at(j, c.l.mine) || c.l.verbs[c.x.toks[j].low] != nil && !c.l.brands[c.low[j]]) {
		return got, i, false // "Chez"
	}
	if c.l.nouns && c.x.toks[j].upper && c.is(j+1, "&") && c.is(j+2, "sohne", "sohn", "co", "partner", "tochter", "bruder", "cie", "kollegen") {
		n := j + 3
		for n < c.limit(j) && c.is(n, "kg", "gmbh", "ag", "ohg") {
			n++
		}
		return c.organisationOf(mention{text: c.x.quote(j, n), from: j, to: n})
	}
	if !c.l.nouns && c.x.toks[j].upper && c.is(j+1, "&", "et", "y", "e", "i") && c.is(j+2, kinFirms...) && c.x.toks[j+2].upper {
		return c.organisationOf(mention{text: c.x.quote(j, j+3), from: j, to: j + 3}) // "Verrier & Fils"
	}
	if n, ok := c.orgCalled(j); ok {
		if m, ok := c.nameAt(n); ok {
			return c.organisationOf(mention{text: m.text, from: m.from, to: m.to})
		}
		return got, i, false
	}
	limit := c.limit(j)
	if to := c.institution(i, j, limit); to > 0 {
		return c.organisationOf(mention{text: c.x.quote(j, to), from: j, to: to})
	}
	if c.l.drops && c.l.orgNouns[c.low[j]] && c.utterance.is(j+1, ",") { // "una ferretería, Tornillos Paz,"
		if n := c.upperAfter(j + 2); n > 0 {
			return c.organisationOf(mention{text: c.x.quote(j+2, n), from: j + 2, to: n})
		}
	}
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
		if n := c.limitUpper(k); n > k && !(c.l.nouns && (c.noun(c.low[k]) || c.l.plain[c.low[k]] || c.l.isJob(c.low[k]) || strings.HasSuffix(c.low[k], "ung"))) {
			if c.l.drops && c.is(n, "de", "del") && n+1 < limit && c.x.toks[n+1].upper { // "instituto Lope de Vega"
				n = c.limitUpper(n + 1)
			}
			return c.organisationOf(mention{text: c.x.quote(j, n), from: j, to: n})
		}
		if j >= len(c.x.toks) || !c.x.toks[j].upper || c.l.nouns && (k >= limit || !c.x.toks[k].upper) {
			return got, i, false
		}
	}
	m, ok := c.x.organisationAt(j, limit)
	if n := c.listed(j, c.l.brands); n > j && (c.x.toks[j].upper || c.l.elides && n > j+1 && c.at(j, c.l.articles) && c.x.toks[j+1].upper) && n <= limit {
		m, ok = mention{from: j, to: max(n, c.limitUpper(j))}, true
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

// institution reads what is called by its kind after a definite article: "der Stadtreinigung Mainz", "dem Finanzamt", "der Techniker Krankenkasse",
// "Haus Abendfrieden"; 0: it is no such.
func (c *langClause) institution(i, j, limit int) int {
	if !c.l.nouns || c.is(i, "ein", "eine", "einer", "einem", "einen", "nem", "ner", "nen", "ne") {
		return 0
	}
	for k := j; k < min(j+3, limit); k++ {
		low := c.low[k]
		if c.x.toks[k].kind != word || !c.x.toks[k].upper && !c.casual || c.l.prepositions[low] {
			return 0
		}
		if !institutional(low) {
			if c.casual && !c.l.towns[low] && !c.l.casualNames[low] && !c.l.brands[low] {
				return 0
			}
			continue
		}
		to := k + 1
		if c.is(to, "st", "sankt") && (c.is(to, "sankt") || c.is(to+1, ".")) { // "im Pflegeheim St. Anna"
			n := to + 1
			if c.is(n, ".") {
				n++
			}
			if n < c.to && c.x.toks[n].upper {
				return n + 1
			}
		}
		for to < limit && to < k+3 && c.x.toks[to].kind == word && (c.x.toks[to].upper || c.casual && c.l.towns[c.low[to]]) && !c.l.isJob(c.low[to]) && !c.noun(c.low[to]) && !c.l.plain[c.low[to]] {
			to++
		}
		if to == k+1 && c.casual && c.plainName(to) && len(c.low[to]) > 3 && hasKind(c.l.verbs[c.wordAt(to+1)], pastParticiple) {
			to++ // "bei der spedition brandl angefangen"
		}
		if to > k+1 && c.is(to, "&", "und") && c.is(to+1, "partner", "sohne", "co", "kollegen", "sohn") {
			to += 2 // "Kanzlei Berger & Partner"
		}
		definite := c.at(i, c.l.articles) || c.is(i-1, "beim", "im", "am", "zum", "zur")
		if to == k+1 && k == j && !definite || to == k+1 && k == j && bareKinds[low] {
			return 0
		}
		return to
	}
	return 0
}

// institutional reports a word that tells of what kind an organisation is.
func institutional(low string) bool {
	for _, s := range institutions {
		if strings.HasSuffix(low, s) {
			return true
		}
	}
	return institutionWords[low]
}

var (
	institutions = strings.Fields(`reinigung krankenkasse stadtwerke sparkasse volksbank raiffeisenbank landesbank klinikum uniklinik finanzamt jugendamt ordnungsamt sozialamt bauamt gesundheitsamt arbeitsamt bundesamt landesamt landratsamt rathaus
		ministerium bauhof verkehrsbetriebe versicherung stadtverwaltung landesverwaltung feurwehr bundeswehr polizei staatsanwaltschaft landgericht amtsgericht wasserwerk klarwerk tiefbauamt landestheater staatstheater stadttheater stadtbibliothek
		forstamt zollamt stadtwerken pflegeheim altenheim seniorenheim altersheim kinderheim wohnheim spital krankenhaus magistrat musikschule volksschule mittelschule grundschule realschule gesamtschule berufsschule fahrschule gymnasium kindergarten kinderkrippe cafe gasthaus restaurant institut universitat hochschule verlag museum bibliothek klinik weingut zimmerei sagewerk tierheim bezirkshauptmannschaft landesregierung kaserei sennerei wascherei rosterei ziegelei glaserei sattlerei hauptschule internat burgeramt standesamt tischlerei schreinerei backerei spedition molkerei druckerei gartnerei braurei konditorei metzgerei reederei schlosserei zeitung tageblatt anzeiger werft buchhandlung buchladen kinderhaus kinderladen seniorenzentrum pflegezentrum sanitatshaus blumenladen weinhandlung autowerkstatt schneiderei drogerie brennerei imkerei kelterei landtag bundestag rundfunk`)
	institutionWords = set(`charite bahn post caritas diakonie lebenshilfe johanniter malteser awo drk thw tuv adac aok dak barmer zoll bund bundesbank bundesagentur kirche stadt gemeinde landkreis haus hotel gasthof autohaus mobelhaus modehaus
		praxis kanzlei apotheke kita gmbh ag kg gbr e.v ohg werkstatten stiftung uni tu fh eth`)
	bareKinds = set(`zeitung versicherung reinigung haus hotel gasthof praxis kanzlei apotheke kita backerei metzgerei konditorei druckerei gartnerei spedition braurei tischlerei schreinerei schlosserei molkerei stiftung autohaus gemeinde werft reederei krankenkasse anzeiger kirche pflegeheim altenheim seniorenheim altersheim kinderheim wohnheim spital krankenhaus musikschule volksschule mittelschule grundschule realschule gesamtschule berufsschule fahrschule gymnasium kindergarten kinderkrippe cafe gasthaus restaurant institut universitat hochschule verlag museum bibliothek klinik weingut zimmerei sagewerk tierheim kaserei sennerei wascherei rosterei ziegelei glaserei sattlerei hauptschule internat klinikum buchhandlung buchladen kinderhaus kinderladen seniorenzentrum pflegezentrum sanitatshaus blumenladen weinhandlung autowerkstatt schneiderei drogerie brennerei imkerei kelterei uni tu fh eth`)
)

// upperAfter is the token after the capitalised words at i that end with a mark, or 0.
func (c *langClause) upperAfter(i int) int {
	j := i
	for j < c.end && j < i+5 && c.x.toks[j].kind == word && (c.x.toks[j].upper || j > i && c.utterance.is(j, "de", "del", "y", "la")) {
		j++
	}
	if j == i || j < c.end && c.x.toks[j].kind == word || !c.x.toks[j-1].upper {
		return 0
	}
	return j
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
	if c.l.drops && m.from > c.from && c.is(m.from-1, "con") && c.l.casualNames[c.low[m.from]] {
		return got, m.from, false // "trabajo con Ismael Duarte"
	}
	if m.text == "" || c.l.casualNames[low] && !c.l.brands[low] || c.l.towns[low] || c.l.demonyms[low] || c.l.tongues[low] {
		return got, m.from, false
	}
	p, ok := c.x.organisation(m)
	got.party = p
	return got, m.to, ok || c.l.brands[low]
}

// noun reports a common noun of a language that writes them with capitals.
func (c *langClause) noun(low string) bool {
	return c.l.nouns && endsIn(low, nounEndings, 3)
}

// nounEndings are endings of German nouns.
var nounEndings = []string{"ung", "heit", "keit", "schaft", "nis", "ismus", "tat", "chen", "zeit", "lage", "raum"}

// placeNamed reads a place.
func (c *langClause) placeNamed(i int) (captured, int, bool) {
	got := captured{name: "place"}
	for k := i; c.l.nouns && k < min(i+2, c.to) && inflected(c.low[k]) && !c.x.toks[k].upper && !c.l.towns[c.low[k]]; k++ {
		if c.l.towns[c.wordAt(k+1)] && (c.x.toks[k+1].upper || c.casual) {
			i = k + 1 // "aus dem schönen Allgäu"
			break
		}
	}
	if c.l.nouns && len(c.wordAt(i)) > 3 && len(c.wordAt(i)) < 6 && figures(c.wordAt(i)) > 999 && c.l.towns[c.wordAt(i+1)] {
		i++ // "in 45127 Essen"
	}
	limit := c.limit(i)
	if i >= limit {
		return got, i, false
	}
	m := mention{from: i}
	var room [phraseRoom]byte
	for n := min(i+3, limit); n > i && m.to == 0; n-- {
		s := c.words(room[:0], i, n)
		if (c.l.towns[string(s)] || c.l.countries[string(s)]) && (c.x.toks[i].upper || c.casual && !c.l.plain[string(s)]) {
			m.to = n
		}
	}
	known := m.to > 0
	if !known {
		var ok bool
		if !c.x.toks[i].upper && !c.casual {
			return got, i, false
		}
		if c.l.nouns && i > c.from && (c.at(i-1, c.l.articles) || c.is(i-1, "im", "vom", "ins", "auf", "am", "beim")) {
			return got, i, false // "aus dem Kino", "auf Achse"
		}
		if m, ok = c.x.placeAt(i, limit); !ok || c.l.plain[c.low[m.from]] && !(c.l.drops && m.to > m.from+1) || c.noun(c.low[m.from]) || c.l.kin[c.low[m.from]] != "" || c.l.jobs[c.low[m.from]] ||
			c.l.sports[c.low[m.from]] || c.l.brands[c.low[m.from]] && !cities[c.x.toks[m.from].low] {
			return got, i, false
		}
		if _, month := c.l.dates.months[c.low[m.from]]; month {
			return got, i, false
		}
	}
	if m.to+1 < c.end && c.is(m.to, ",") && (c.l.countries[c.low[m.to+1]] && c.x.toks[m.to+1].upper) {
		m.to += 2
	} else if !c.l.nouns && m.to+1 < c.end && c.is(m.to, ",") && c.x.toks[m.to+1].upper && c.l.towns[c.low[m.to+1]] && (m.to+2 >= c.end || c.x.toks[m.to+2].kind != word) {
		m.to += 2 // "Tepatitlán, Jalisco"
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

// kinFirms are the words after the "&" in the name of a firm of French or Spanish.
var kinFirms = []string{"fils", "filles", "freres", "soeurs", "associes", "cie", "hijos", "hijas", "hermanos", "hermanas", "asociados", "cia", "compania"}

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
		case c.l.nouns && c.casual && school && (c.l.towns[low] || c.l.brands[low] || c.l.casualNames[low]): // "fh aachen"
			j++
			if j < limit && c.l.towns[c.low[j]] {
				j++
			}
			limit = j
			continue
		case c.l.schools[low] || c.l.nouns && (strings.HasSuffix(low, "-uni") || strings.HasSuffix(low, "-gymnasium") || strings.HasSuffix(low, "-schule") || strings.HasSuffix(low, "-kolleg")) || c.l.nouns && (strings.HasSuffix(low, "universitat") || strings.HasSuffix(low, "hochschule") || strings.HasSuffix(low, "akademie")):
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
	for j > i && !c.x.toks[j-1].upper && !c.l.schools[c.low[j-1]] && !(c.l.nouns && c.casual) {
		j--
	}
	if !school || j == i {
		return got, i, false
	}
	if !c.x.toks[j-1].upper && !(c.l.nouns && c.casual && (j > i+1 || strings.HasSuffix(c.low[i], "-uni"))) {
		return got, i, false
	}
	m := mention{text: c.x.quote(i, j), from: i, to: j}
	got.party = party{ref: record.EntityRef{Type: record.TypeOrganisation, Name: m.text}, from: i, to: j, conf: 1}
	if e, ok := c.x.known(m.text, record.TypeOrganisation); ok {
		got.party.ref = e
	}
	return got, j, m.text != ""
}
