package extract

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/spectron-go/spectron/internal/record"
)

// captureOwn reads the phrases that only idioms have.
func (c *langClause) captureOwn(kind string, i int) (captured, int, bool) {
	got := captured{name: kind}
	text := func(from, to int) (captured, int, bool) {
		got.text = c.x.quote(from, to)
		got.party = party{from: from, to: to, conf: 1}
		return got, to, got.text != ""
	}
	j := c.skipArticle(i)
	switch kind {
	case "newname":
		return c.newName(i)
	case "mate":
		if m, ok := c.nameAt(i); ok && m.to <= c.limit(i) && (c.namesSomebody(m.from) || c.utterance.is(m.to, "et") && c.utterance.is(m.to+1, "moi") && c.personLike(m) || c.x.people.evidence(m, false) == strongEvidence) && !c.l.towns[c.l.fold(lower(m.text))] {
			got.name, got.party = "person", c.x.people.resolve(m)
			return got, m.to, true
		}
	case "ownrole":
		if to := c.roleEnd(i); to > 0 && !addressed[c.low[i]] {
			return text(i, to)
		}
	case "discipline":
		for c.is(j, "de", "d'", "du", "des", "la", "l'", "le") && j+1 < c.to {
			j++
		}
		if to := c.listed(j, c.l.subjects); to > 0 && c.listed(j, c.l.sports) != to && !c.l.tongues[c.low[to-1]] {
			return text(j, to)
		}
	case "degree":
		return c.degreeAt(i)
	case "intolerance":
		if to := c.listed(j, c.l.allergens); to > 0 {
			got.party = c.thing(j, to)
			return got, to, true
		}
	case "ordinal":
		s := strings.TrimRight(c.low[i], "em")
		if n, err := strconv.Atoi(s); err == nil && n > 0 && n < 121 && s != c.low[i] {
			got.text, got.party = s, party{from: i, to: i + 1, conf: 1}
			return got, i + 1, true
		}
	case "model":
		return c.carModel(i)
	case "street":
		return c.streetAt(i)
	}
	return got, i, false
}

// addressed are jobs by which people are addressed: "Chef, je suis en retard."
var addressed = set(`chef cheffe docteur docteure patron patronne maitre professeur prof coach capitaine monsieur madame juge responsable medecin`)

// namesSomebody reports a known given name at i; in French also the first of a compound: "Jean-Marc".
func (c *langClause) namesSomebody(i int) bool {
	low := c.low[i]
	if c.l.casualNames[low] || givenNames[c.x.toks[i].low] {
		return true
	}
	head, tail, ok := strings.Cut(low, "-")
	return ok && c.l.casualNames[head] && (c.l.casualNames[tail] || len(tail) > 1)
}

// newName reads the name of somebody who introduces himself: a given name, or one or more capitalised words that are nothing else that
// is known, up to the end of the phrase.
func (c *langClause) newName(i int) (captured, int, bool) {
	got := captured{name: "name"}
	if i >= c.to {
		return got, i, false
	}
	low := c.low[i]
	if c.l.plain[low] || c.l.titles[low] || c.l.articles[low] {
		return got, i, false
	}
	m, ok := c.nameAt(i)
	if !ok || m.to > c.to || characters[strings.ToLower(m.text)] {
		return got, i, false
	}
	if !c.namesSomebody(m.from) {
		folded := c.l.fold(lower(m.text))
		first := c.low[m.from]
		if shouted(m.text) || c.l.towns[folded] || c.l.countries[folded] || c.l.brands[folded] || c.l.brands[first] || c.l.demonyms[first] || c.l.tongues[first] || c.l.kin[first] != "" ||
			c.l.jobs[first] || c.l.orgNouns[first] || c.l.sports[first] || c.l.diets[first] || c.l.verbs[first] != nil || c.l.dates.weekdays[first] != 0 || notNames[c.x.toks[m.from].low] || cities[folded] ||
			c.l.adverbs[first] || c.l.orders.openers[first] || c.l.models[first] || c.l.diseases[first] || !c.x.toks[m.from].upper {
			return got, i, false
		}
	}
	if m.to < c.to && c.x.toks[m.to].kind == word && !c.at(m.to, c.l.joins) && !c.at(m.to, c.l.articles) && !c.is(m.to, "de", "d'", "du", "mais", "je", "j'", "votre", "ta", "ton", "sur", "avec", "mdr", "lol", "a", "pas", "pour", "et", "au") {
		return got, i, false
	}
	got.party = party{ref: record.EntityRef{Type: record.TypePerson, Name: m.text}, from: m.from, to: m.to, conf: 1}
	return got, m.to, true
}

// degreeAt reads "doctorat en glaciologie", "BTS".
func (c *langClause) degreeAt(i int) (captured, int, bool) {
	got := captured{name: "degree"}
	if !c.at(i, c.l.degrees) {
		return got, i, false
	}
	to := i + 1
	for c.is(to, "professionnelle", "pro", "professionnel", "universitaire", "1", "2") {
		to++
	}
	if c.l.elides && trades[c.wordAt(to)] {
		to++ // "CAP coiffure"
	} else if n := c.listed(to, c.l.subjects); n > 0 {
		to = n // "BTS tourisme"
	} else if c.is(to, "de", "d'", "en", "du") && to+1 < c.to && c.x.toks[to+1].kind == word {
		n := c.listed(to+1, c.l.subjects)
		if n == 0 && c.listed(to+1, c.l.sports) > 0 {
			return got, i, false // "ma licence de foot"
		}
		if n == 0 && !c.at(to+1, c.l.articles) && !c.at(to+1, c.l.mine) && !c.x.toks[to+1].upper && c.l.verbs[c.low[to+1]] == nil && !unicode.IsDigit(rune(c.low[to+1][0])) && c.l.dates.months[c.low[to+1]] == 0 && c.ends(to+2) {
			n = to + 2
		}
		if n == 0 {
			return got, i, false
		}
		to = n
	}
	if got.text = c.x.quote(i, to); got.text == "" {
		return got, i, false
	}
	got.party = party{from: i, to: to, conf: 1}
	return got, to, true
}

// trades are what one learns for a diploma.
var trades = set(`maintenance tourisme commerce logistique transport optique audiovisuel hotellerie restauration service coiffure esthetique patisserie boulangerie cuisine menuiserie mecanique electricite plomberie boucherie carrosserie horticulture soudure maconnerie couture vente accueil secretariat viticulture chocolaterie ebenisterie ferronnerie`)

// carModel reads a car: "Clio", "Peugeot 208", "2CV".
func (c *langClause) carModel(i int) (captured, int, bool) {
	got := captured{name: "car"}
	if i >= c.to || !c.l.models[c.low[i]] || !c.x.toks[i].upper && !c.casual && !unicode.IsDigit(rune(c.low[i][0])) {
		return got, i, false
	}
	to := i + 1
	for to < c.to && to-i < 4 && c.x.toks[to].kind == word && (c.l.models[c.low[to]] || len(c.low[to]) < 5 && unicode.IsDigit(rune(c.low[to][0])) && !IsYear(c.low[to]) || c.x.toks[to].upper && len(c.low[to]) < 4) {
		to++
	}
	if c.is(to, "de", "du", "d'", "en") && c.is(to+1, "location", "courtoisie", "remplacement", "service", "substitution", "mon", "ma", "ton", "ta", "son", "sa", "mes", "peluche", "miniature", "pret", "plastique", "collection", "lego") {
		return got, i, false // "une Panda en peluche"
	}
	if got.text = c.x.quote(i, to); got.text == "" {
		return got, i, false
	}
	got.party = party{from: i, to: to, conf: 1}
	return got, to, true
}

// streetAt reads "8 bis rue des Lilas, 68000 Colmar".
func (c *langClause) streetAt(i int) (captured, int, bool) {
	got := captured{name: "address"}
	if i >= c.end || figures(strings.TrimRight(c.low[i], "abter")) == 0 {
		return got, i, false
	}
	j := i + 1
	for j < c.end && j < i+4 && (c.is(j, "bis", "ter", ",") || c.at(j, c.l.articles)) {
		j++
	}
	if j >= c.end || !c.l.streets[c.low[j]] {
		return got, i, false
	}
	to := j + 1
	for to < c.end && to-i < 16 {
		t := &c.x.toks[to]
		if t.kind == word && (t.upper || unicode.IsDigit(rune(t.low[0])) || c.l.prepositions[c.low[to]] || c.l.articles[c.low[to]] || c.l.towns[c.low[to]] || to < j+4) && c.l.verbs[t.low] == nil && !c.at(to, c.l.me) {
			to++
			continue
		}
		if t.text == "," && to+1 < c.end && (unicode.IsDigit(rune(c.x.toks[to+1].text[0])) || c.l.towns[c.low[to+1]] || c.x.toks[to+1].upper) {
			to++
			continue
		}
		break
	}
	for to > j+1 && (c.l.prepositions[c.low[to-1]] || c.l.articles[c.low[to-1]] || c.x.toks[to-1].kind != word) {
		to--
	}
	if got.text = c.x.quote(i, to); got.text == "" {
		return got, i, false
	}
	got.party = party{from: i, to: to, conf: 1}
	return got, to, true
}

// frenchNumbers are the numbers up to a hundred that French writes as one word.
func frenchNumbers() string {
	units := []string{"", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"}
	var b strings.Builder
	for _, tens := range []struct {
		word string
		n    int
		most int
	}{{"dix", 10, 9}, {"vingt", 20, 9}, {"trente", 30, 9}, {"quarante", 40, 9}, {"cinquante", 50, 9}, {"soixante", 60, 19}, {"quatre-vingt", 80, 19}, {"septante", 70, 9}, {"huitante", 80, 9}, {"octante", 80, 9}, {"nonante", 90, 9}} {
		for k := 1; k <= tens.most; k++ {
			b.WriteString(", " + tens.word + "-" + units[k] + " " + strconv.Itoa(tens.n+k))
		}
		if k := tens.n; k > 20 && k != 80 {
			b.WriteString(", " + tens.word + "-et-un " + strconv.Itoa(k+1))
		}
	}
	return b.String() + ", vingt-et-un 21, soixante 60, soixante-et-onze 71, quatre-vingts 80, septante 70, huitante 80, nonante 90, cent 100"
}

// toldOfOthers reports that the participle or noun at i is said of somebody else than the speaker: "j'ai un frère installé à Lyon".
func (u *utterance) toldOfOthers(i int) bool {
	if u.at(i, u.l.me) || u.at(i, u.l.we) || u.at(i, u.l.mine) || u.is(i, "m'", "me") {
		return false
	}
	for k := i - 1; k >= u.from && u.x.toks[k].kind == word && k > i-7; k-- {
		switch {
		case u.at(k, u.l.me) || u.at(k, u.l.we) || u.l.firstPerson(u.x.toks[k].low) && !u.is(k, "a") && len(u.low[k]) > 3:
			return false
		case u.l.jobs[u.low[k]] && (u.at(k-1, u.l.articles) || u.at(k-1, u.l.mine)) && !u.l.firstPerson(u.x.toks[max(k-2, 0)].low):
			return true
		case k > i-4 && u.is(k, "son", "sa", "ses", "leur", "leurs", "ton", "ta", "votre"):
			return true
		case u.is(k, "mere", "pere", "famille", "parents") && u.at(k-1, u.l.mine):
			return true
		case u.l.kin[u.low[k]] != "" && u.l.kin[u.low[k]] != "pet" || u.l.kinMany[u.low[k]] != "" || u.at(k, u.l.they) && !u.is(k, "elle"):
			return true
		}
	}
	return false
}

// segment is what stands between the same marks as token i.
func (u *utterance) segment(i int) (int, int) {
	from, to := i, i
	for from > u.from && u.x.toks[from-1].kind == word {
		from--
	}
	for to < u.end && u.x.toks[to].kind == word {
		to++
	}
	return from, to
}

// whenNear gives what the dates between the same marks as token i say, or, where there are none, those of the sentence.
func (u *utterance) whenNear(i int, whole langWhen) langWhen {
	from, to := u.segment(i)
	c := langClause{utterance: u, from: from, to: to, marks: make([]markKind, u.end+1)}
	c.dates()
	if c.when.count > 0 || c.when.lasting || c.when.brief || c.when.formerly {
		return c.when
	}
	if whole.kind == untilDate || whole.kind == rangeDate || whole.formerly {
		return langWhen{}
	}
	return whole
}

// gone reports words that tell that a thing is no longer, or not, the speaker's.
func (u *utterance) gone(at int) bool {
	from, to := u.segment(at)
	for i := from; i < to; i++ {
		if u.is(i, "vendu", "vendue", "vends", "vendre", "revendu", "revendue", "vole", "volee", "ancienne", "ancien", "louer", "loue", "cassee", "ex", "echange", "echangee", "troque", "troquee", "perdu") {
			return true
		}
	}
	return false
}

// meant reports that what the idiom at i says is denied, wanted or planned in the words before it.
func (u *utterance) meant(f *langForm, i int) bool {
	from := i
	for from > u.from && u.x.toks[from-1].kind == word && !u.at(from-1, u.l.resets) {
		from--
	}
	if at, _ := u.find(u.l.wishes, from, i); at >= 0 {
		return true
	}
	if f.mode == state && f.key != Dislikes {
		for k := max(from, i-4); k < i; k++ {
			if u.at(k, u.l.anyMore) && k > from {
				return true // "je ne suis plus allergique au lait"
			}
		}
	}
	if f.mode == state || f.key == Dislikes {
		return false
	}
	for k := max(from, i-4); k < i; k++ {
		if u.at(k, u.l.deny) {
			return true
		}
	}
	return false
}
