package extract

import (
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// kinSpan is a relative whom the sentence names: "meine Schwester Ana".
type kinSpan struct {
	from, to int
	party    party
	whole    bool // commas inside are part of it
	had      bool // "I have" stands before it
}

// inside reports whether token i is a mark inside a relative with an apposition.
func (u *utterance) inside(i int) bool {
	for _, k := range u.spans {
		if k.whole && i > k.from && i <= k.to && !(i == k.to && u.x.toks[i].kind == word) {
			return true
		}
	}
	return false
}

// relatives reads the relatives, colleagues and animals of the speaker whom the sentence names, wherever they stand in it: "mi
// hermana Lourdes" says who the sister is, whatever is said of her.
func (u *utterance) relatives() {
	u.spans = nil
	for i := u.from; i < u.end; i++ {
		switch {
		case u.at(i, u.l.mine):
			i = max(i, u.relative(i, false)-1)
		case u.at(i, u.l.kinTitles) && !(i > u.from && (u.at(i-1, u.l.mine) || u.at(i-1, u.l.kinAdjectives) || inflected(u.low[i-1]) && u.at(i-2, u.l.articles))):
			i = max(i, u.titledKin(i)-1)
		case u.at(i, u.l.scan.parents):
			i = max(i, u.parent(i)-1)
		case u.l.drops && i > u.from && u.l.kin[u.low[i]] != "" && u.is(i-1, "tengo", "tenemos", "tuve", "tuvimos") && !u.is(i-2, "no"): // "tengo novio, se llama Pol"
			i = max(i, u.relative(i-1, true)-1)
		case u.l.nouns && u.keepsBoss(i) > i+1:
			i = u.spans[len(u.spans)-1].to
		case u.l.nouns && u.ofMine(i) > i+1:
			i = u.spans[len(u.spans)-1].to
		case u.at(i, u.l.articles) || u.l.dates.numbers[u.low[i]] > 0:
			if u.l.drops && u.l.kin[u.wordOf(i+1)] == "pet" && u.chained(i) {
				i = max(i, u.relative(i, true)-1)
			} else if u.l.drops && u.l.kin[u.wordOf(i+1)] != "" && u.is(i, "un", "una") && (u.is(i+2, "mio", "mia") || u.hadOne(i)) {
				i = max(i, u.relative(i, true)-1)
			} else if u.l.drops && (i == u.opening() || u.is(i-1, "somos")) && u.l.dates.numbers[u.low[i]] > 0 && u.l.kinMany[u.wordOf(i+1)] != "" && u.is(i+2, ":") {
				i = max(i, u.relative(i, true)-1)
			} else if u.l.drops && grandparents[u.wordOf(i+1)] && u.elder(i) {
				i = max(i, u.relative(i, false)-1)
			} else if u.has(i) || u.l.nouns && u.is(i, "die") && u.is(i+1, "zwillinge", "drillinge") && u.owns() || u.low[min(i+1, u.end-1)] != "" && u.at(i, u.l.articles) && u.l.kin[u.low[min(i+1, u.end-1)]] == "pet" && u.dead() && u.ourLoss() {
				i = max(i, u.relative(i, true)-1)
			}
		}
	}
	if u.l.elides {
		u.unowned()
		u.namedLater()
	}
	u.calledLater()
	u.ages()
}

// complement moves over "de la compta" before a comma: "Bachir, mon collègue de la compta,".
func (u *utterance) complement(i int) int {
	if u.l.nouns && (u.is(i, "seit", "aus", "vom", "im", "in", "auf") || u.is(i, "von") && u.is(i+1, "mir", "uns", "fruher", "damals", "der", "nebenan", "gegenuber")) { // "meine Freundin seit der Kita, die Noor"
		for j := i + 1; j < min(i+6, u.end); j++ {
			switch {
			case u.is(j, ",", ")"):
				return j
			case u.x.toks[j].kind != word || u.l.kin[u.low[j]] != "" || u.at(j, u.l.mine) || u.l.casualNames[u.low[j]] || u.l.verbs[u.low[j]] != nil:
				return i
			}
		}
		return i
	}
	if !u.l.elides || !u.is(i, "de", "du", "d'", "des", "depuis") {
		return i
	}
	for j := i + 1; j < min(i+5, u.end); j++ {
		switch {
		case u.is(j, ",", ")"):
			return j
		case u.x.toks[j].kind != word || u.x.toks[j].upper && !u.is(i, "depuis") || u.l.kin[u.low[j]] != "" || u.at(j, u.l.mine):
			return i
		}
	}
	return i
}

// personLike reports a capitalised name that is nothing else that is known.
func (u *utterance) personLike(m mention) bool {
	low, first := u.l.fold(lower(m.text)), u.low[m.from]
	return !u.l.towns[low] && !u.l.countries[low] && !u.l.brands[low] && !u.l.demonyms[first] && !u.l.tongues[first] && !u.l.orgNouns[first] && !u.l.plain[first] && !cities[low] &&
		!shouted(m.text) && !notNames[u.x.toks[m.from].low] && !u.l.sports[first]
}

// unnamedKin are those of whom the name may follow in the next sentence.
var unnamedKin = set(`pet son daughter child spouse partner manager`)

// namedLater reads "Elle s'appelle Frimousse", after "j'ai une chatte".
func (u *utterance) namedLater() {
	if u.st == nil || u.st.unnamed == "" {
		return
	}
	for i := u.from; i+3 < u.end; i++ {
		if !u.is(i, "il", "elle") || !u.is(i+1, "s'") || !u.is(i+2, "appelle") || u.covered(i+3) {
			continue
		}
		other := false
		for k := u.from; k+1 < i; k++ { // "mon fils a un doudou, il s'appelle …"
			other = other || u.is(k, "un", "une") && u.l.kin[u.low[k+1]] == "" && u.l.kin[u.wordOf(k+2)] == "" && k > u.from && u.is(k-1, "a", "ai", "as", "avons", "ont")
		}
		if m, ok := u.nameAt(i + 3); ok && !other && u.personLike(m) && !u.doubted(i) && !u.l.empty[u.x.toks[m.from].low] {
			u.related(u.st.unnamed, i, m)
		}
		u.st.unnamed = ""
		return
	}
}

// lastBorn are words for relatives that stand before other things too: "mon dernier roman".
var lastBorn = set(`dernier derniere aine ainee cadet cadette benjamin benjamine`)

// ourLoss reports "nos" or "me" in the sentence.
func (u *utterance) ourLoss() bool {
	for i := u.from; i < u.end; i++ {
		if u.is(i, "nos", "me", "uns", "nosotros") {
			return true
		}
	}
	return false
}

// has reports whether "I have" stands before the article at i, in the same clause.
func (u *utterance) has(i int) bool {
	if at, _ := u.find(u.l.ours, u.from, u.end); at >= 0 {
		return true
	}
	if u.l.nouns && (u.lists(i) || u.dwells()) {
		return true
	}
	far := 5
	if u.l.elides && u.at(i-1, u.l.joins) { // "j'ai une sœur, Capucine, et un frère, Barnabé"
		far = 12
	}
	for j := i - 1; j >= u.from && j >= i-far; j-- {
		if u.is(j, ",") && far > 5 {
			continue
		}
		if u.x.toks[j].kind != word || u.at(j, u.l.deny) || u.l.elides && u.is(j, "vu", "croise", "connu", "rencontre", "perdu", "trouve", "lu", "garde", "entendu", "nourri", "promene", "soigne") {
			return false
		}
		for _, s := range u.l.verbs[u.low[j]] {
			if (s.lemma == "haben" || s.lemma == "tener" || s.lemma == "avoir" || s.lemma == "adoptar" || s.lemma == "adopter") && (s.kind == finitePresent || strings.HasPrefix(s.lemma, "adopt")) {
				if s.kind == infinitive && u.l.elides && u.is(j-1, "d'") && u.is(j-2, "viens", "vient", "venons") { // "on vient d'adopter un chiot"
					return true
				}
				if s.kind == infinitive && u.l.elides {
					return false // "on réfléchit à adopter un lévrier"
				}
				if u.l.drops && s.persons&(first|firstPlural) != 0 {
					return true
				}
				for k := max(u.from, j-3); k <= min(j+2, u.end-1); k++ {
					if u.at(k, u.l.me) || u.at(k, u.l.we) {
						return true
					}
				}
				return s.persons == first && j == u.opening() || u.goesOn(j, s)
			}
		}
	}
	return false
}

// relative reads a relative at the possessive or, after "I have", at the article, and gives the token after it.
func (u *utterance) relative(i int, has bool) int {
	x, l := u.x, u.l
	j := i + 1
	for u.at(j, l.kinAdjectives) {
		j++
	}
	if l.drops && u.is(j, "pareja", "companero", "companera") && u.is(j+1, "de") && l.kin[u.low[j]] == "partner" && !u.is(j+2, "hecho", "vida", "toda", "siempre", "mi") {
		return i + 1 // "mi pareja de mus"
	}
	friend := j > i+1 && l.friendly[u.low[j-1]]
	if j > i+1 && l.kin[u.wordOf(j)] == "" && l.kinMany[u.wordOf(j)] == "" && l.offspring[u.low[j-1]] {
		return u.child(i, j)
	}
	if l.elides && j > i+1 && l.kin[u.wordOf(j)] == "" && l.kinMany[u.wordOf(j)] == "" && l.kin[u.low[j-1]] != "" { // "mon aînée, Salomé"
		j--
	}
	if j >= u.end || x.toks[j].kind != word {
		return i + 1
	}
	label, many := l.kinOf(u.low[j]), ""
	if label == "" && l.nouns && petCompound(u.low[j]) {
		label = "pet"
	}
	if label == "" && l.nouns && endsIn(u.low[j], []string{"kollege", "kollegin", "kollegen"}, 3) {
		label = "colleague" // "mein Teamkollege Mesut"
	}
	for n := 3; n > 1; n-- {
		if j+n > u.end {
			continue
		}
		if s := l.kin[strings.Join(u.low[j:j+n], " ")]; s != "" { // "compañera de piso"
			label = s
			j += n - 1
			break
		}
	}
	if label == "" || l.dates.numbers[u.low[i]] > 1 || l.elides && u.is(i, "mes", "nos") && l.kinMany[u.low[j]] != "" || l.nouns && l.kinMany[u.low[j]] != "" && (u.is(j+1, "heissen", "sind", ":") || u.is(j+1, ",") && u.severalNames(j+2)) {
		label = ""
		many = l.kinMany[u.low[j]]
	}
	if label == "" && many == "" {
		return i + 1
	}
	n := j + 1
	if u.is(n, "de") && label == "sister" {
		return i + 1
	}
	for n < u.end && label != "" && (u.at(n, l.kinAdjectives) || l.breeds[u.low[n]] || l.elides && l.demonyms[u.low[n]]) {
		n++
	}
	if l.elides && label == Partner && u.is(j, "copain", "copine") && u.is(j-1, "vieux", "vieil", "vieille", "bon", "bonne", "meilleur", "meilleure", "grand", "grande") {
		label = "friend"
	}
	if k := u.phraseAt(n, l.kinTails); k > 0 && label != "" {
		if n += k; label == Partner {
			label = "friend" // "ma copine de fac"
		}
		for u.at(n, l.breeds) {
			n++
		}
	}
	if l.elides && label == "pet" && u.is(n, "de", "d'") && figures(u.wordOf(n+1)) > 0 && u.is(n+2, "ans", "mois", "kilos") {
		n += 3 // "une tortue de 40 ans"
	}
	if k := u.complement(n); k > n && label != "" && label != "pet" {
		n = k
	}
	if l.drops && u.is(n, "el", "la") && u.is(n+1, "mayor", "menor", "pequeno", "pequena", "mediano", "mediana", "grande") { // "mi hijo el mayor"
		n += 2
	}
	if k := n; l.drops && label == "pet" && has { // "una gata tuerta, Pirata"
		for k < n+2 && k < u.end && u.x.toks[k].kind == word && !u.x.toks[k].upper && !u.at(k, l.prepositions) && !u.at(k, l.joins) && l.verbs[u.low[k]] == nil && !u.at(k, l.subordinate) {
			k++
		}
		if u.is(k, ",") && k+1 < u.end && u.x.toks[k+1].upper {
			n = k
		}
	}
	if l.drops && label != "" && !has {
		if u.is(n-1, "de") {
			n--
		}
		n = u.phraseOf(n)
	}
	if many != "" {
		n += u.phraseAt(n, l.kinTails)
		return u.manyRelatives(many, i, n)
	}
	if friend && label == "partner" {
		label = "friend"
	}
	for k := i + 1; k < j && l.drops && (label == "partner" || label == "spouse" || label == "manager" || label == "landlord"); k++ {
		if u.is(k, "primer", "primera", "antiguo", "antigua", "anterior") {
			return i + 1 // who is so no longer
		}
	}
	leaves := l.drops && (label == "spouse" || label == "partner" || label == "fiance") && u.breaksUp(i)
	u.genitive = !leaves && u.is(i-1, "de", "von", "d'", "du", "des", "del") || l.nouns && u.possessed(i)
	m, named := u.nameAfter(n, has)
	if !named {
		if u.st != nil && u.l.elides && !u.asking && (has || unnamedKin[label]) && (!oneOfMany[label] || label == "pet" && has) {
			if u.st.unnamed = label; !has && u.introduces(i) {
				u.st.unnamed = ""
			}
		}
		u.mentionedUnnamed(label, i, has)
		if !u.apposed(label, i, n) && !u.asking {
			u.isMine(label, i)
			if l.drops && !has && !u.genitive {
				u.unnamed, u.nameless = append(u.unnamed, label), i
			}
		}
		return i + 1
	}
	if l.plain[u.low[m.from]] && !(l.nouns && m.titled) || l.elides && lastBorn[u.low[j]] && !l.casualNames[u.low[m.from]] && !givenNames[u.x.toks[m.from].low] || l.drops && label != "pet" && l.brands[u.low[m.from]] && !u.givenName(m) {
		return i + 1
	}
	if !l.nouns && u.is(m.from-1, "llamaba", "llamaban", "appelait", "appelaient") && bygoneKin[label] {
		return m.to // "notre prof s'appelait Mme Petit"
	}
	if leaves {
		if u.is(m.to, "en") && u.at(m.to+1, l.articles) {
			return m.to // "dejé a mi novio Pol en el aeropuerto"
		}
		x.invalidate(fact{subject: x.me(), key: label, object: x.people.resolve(m), from: i, to: m.to}, u.deathDate())
		return m.to
	}
	key := u.parted(label)
	if key == "" {
		key = u.bondOver(label, i, m)
	}
	if key != "" {
		x.invalidate(fact{subject: x.me(), key: key, object: party{ref: record.EntityRef{Type: record.TypePerson, Name: m.text}, from: m.from, to: m.to, conf: 1}, from: i, to: m.to}, u.deathDate())
		return m.to
	}
	if label == "pet" && u.dead() {
		x.invalidate(fact{subject: x.me(), key: Pet, object: party{ref: petRef(m.text), from: m.from, to: m.to, conf: 1}, from: i, to: m.to}, u.deathDate())
		return m.to
	}
	if l.elides && label != "pet" && !m.titled && (l.brands[l.fold(lower(m.text))] || l.brands[u.low[m.from]] && !l.casualNames[u.low[m.from]] || l.sports[u.low[m.from]] || l.countries[u.low[m.from]]) {
		return i + 1 // "mon ami Ricard"
	}
	if l.nouns && label != "pet" && !m.titled && m.to == m.from+1 && m.from == n && !u.known(m) && l.nounLike(u.low[m.from]) {
		return i + 1 // "und mein Sohn Henker"
	}
	u.related(u.labelOf(label, m), i, m)
	span := &u.spans[len(u.spans)-1]
	span.had = has
	for k := n; k < m.from; k++ {
		span.whole = span.whole || x.toks[k].kind == punct && m.from == k+1 || x.toks[k].is(",") && u.at(k+1, l.articles)
	}
	return m.to
}

// nameAfter reads the name of the relative that ends before token i: "Ana", ", Ana,", "namens Ana", "heißt Ana", ", que se llama Ana".
func (u *utterance) nameAfter(i int, has bool) (mention, bool) {
	l := u.l
	for has && l.nouns && u.is(i, "geholt", "bekommen", "adoptiert", "gekauft", "gerettet", "zugelegt", "angeschafft", "gekriegt", "zugelaufen", "zugeflogen", "bei", "uns", "mir", "zuhause", "daheim") {
		i++
	}
	if has && u.adjacent {
		return mention{}, false
	}
	if has && u.is(i, ",", ":") {
		pet := l.drops && (u.is(i-1, "mio", "mia") || l.kin[u.wordOf(i-1)] == "pet" || l.kin[u.wordOf(i-2)] == "pet")
		if m, ok := u.nameAt(i + 1); ok && (pet || l.elides && l.kin[u.wordOf(i-1)] == "pet" && m.to-m.from == 1 || l.drops && !u.casual && !l.towns[u.low[m.from]] && !l.brands[u.low[m.from]] && !l.plain[u.low[m.from]] || l.casualNames[u.low[m.from]] || givenNames[u.x.toks[m.from].low]) && (m.to >= u.end || u.x.toks[m.to].kind != word) {
			return m, true
		}
	}
	if !has {
		if m, ok := u.nameAt(i); ok {
			return m, !u.adjacent || u.givenName(m)
		}
		if l.nouns && u.is(i, "der", "die") && l.casualNames[u.wordOf(i+1)] && !u.adjacent && !u.genitive { // "meine Freundin die Lisi"
			if m, ok := u.nameAt(i + 1); ok {
				return m, true
			}
		}
		if u.adjacent {
			return mention{}, false
		}
		if u.casual && l.drops && u.is(i, ",") && u.is(i+2, ",") && !u.genitive && u.unknown(i+1) { // "mi jefa, nayra, dice"
			return mention{text: u.x.quote(i+1, i+2), from: i + 1, to: i + 2}, true
		}
		if u.is(i, "el", "la") { // "mi tía la Concha"
			if m, ok := u.nameAt(i + 1); ok && u.givenName(m) {
				return m, true
			}
		}
		if (u.is(i, ",", "(") || u.is(i, "-")) && !u.genitive {
			j := i + 1
			if l.elides && u.is(j, "un", "une") && u.is(j+1, "certain", "certaine") {
				j += 2
			}
			if u.at(j, l.articles) && (l.titles[u.wordOf(j+1)] || l.nouns && (l.casualNames[u.wordOf(j+1)] || u.at(j+1, l.kinAdjectives)) || l.drops && u.is(j, "el", "la") && j+1 < u.end && u.x.toks[j+1].upper && (l.casualNames[u.low[j+1]] || u.nicked(j+1))) { // "mi compa, el Tavo,"
				for j++; l.nouns && u.at(j, l.kinAdjectives); j++ {
				}
			}
			if m, ok := u.nameAt(j); ok && (m.to >= u.end || u.is(m.to, ",", ")", "-") || u.x.toks[m.to].kind != word) {
				return m, true
			}
		}
		if u.at(i, l.articles) && l.titles[u.wordOf(i+1)] {
			if m, ok := u.nameAt(i + 1); ok {
				return m, true
			}
		}
	}
	if u.genitive || u.asking {
		return mention{}, false
	}
	if l.nouns && u.is(i, ",") && (u.at(i+1, l.me) || u.at(i+1, l.we) || u.is(i+1, "den", "die", "das")) && u.is(i+2, "nenne", "nenn", "nennen", "haben", "hab", "habe", "tauften") {
		k := i + 3
		for u.is(k, "ihn", "sie", "es", "wir", "ich") || u.at(k, l.adverbs) {
			k++
		}
		if m, ok := u.nameAt(k); ok && (u.is(i+2, "nenne", "nenn", "nennen", "tauften") || u.is(m.to, "genannt", "getauft")) { // "…, wir nennen ihn Findus"
			return m, true
		}
	}
	if u.at(i, l.named) {
		return u.nameAt(i + 1)
	}
	if l.nouns && u.is(i, ",") && u.at(i+1, l.articles) {
		for k := i + 2; k < min(i+6, u.end) && u.x.toks[k].kind == word; k++ {
			if u.at(k, l.named) { // "unser Hund, ein Beagle namens Snoopy"
				return u.nameAt(k + 1)
			}
		}
	}
	for k := i; l.elides && has && k < min(i+6, u.end); k++ { // "un chaton, on l'a appelé Biscotte"
		if u.at(k, l.named) && u.is(k-1, "a", "ai", "avons", "avait") && u.is(k-2, "l'", "les") {
			return u.nameAt(k + 1)
		}
	}
	if n := u.phraseAt(i, l.called); n > 0 {
		return u.nameAt(i + n)
	}
	for _, s := range l.verbs[u.wordOf(i)] {
		if (s.lemma == "sein" || s.lemma == "ser" || s.lemma == "etre") && s.kind == finitePresent && s.persons&third != 0 && !has {
			n := i + 1
			for u.at(n, l.adverbs) || u.at(n, l.articles) && (l.titles[u.wordOf(n+1)] || l.nouns && l.casualNames[u.wordOf(n+1)]) {
				n++
			}
			m, ok := u.nameAt(n)
			if ok && !(l.drops && l.plain[u.low[m.from]]) && (m.titled || l.casualNames[u.low[m.from]] || givenNames[u.x.toks[m.from].low]) && (m.to >= u.end || u.x.toks[m.to].kind != word || l.drops && (u.is(m.to, "con", "que", "y", "la", "el") || u.is(m.to, "de", "del") && !u.x.toks[m.to+1].upper)) {
				return m, true
			}
		}
	}
	j := i
	for k := 0; k < 4 && j < u.end && (u.is(j, ",", "(") || u.at(j, l.joins) || u.at(j, l.they) || u.at(j, l.reflexive) || u.at(j, l.adverbs) || u.is(j, "c'", "que", "qui")); k++ {
		j++
	}
	for _, s := range l.verbs[u.wordOf(j)] {
		if copular[s.lemma] && j > i && s.kind == finitePresent && s.persons&third != 0 && u.is(j-1, "c'") {
			if m, ok := u.nameAt(j + 1); ok && (m.titled || l.elides && l.kin[u.wordOf(i-1)] == "pet" && m.to-m.from == 1 || l.casualNames[u.low[m.from]] || givenNames[u.x.toks[m.from].low]) && (m.to >= u.end || u.x.toks[m.to].kind != word) {
				return m, true
			}
		}
		if l.naming[s.lemma] && s.persons&third != 0 && !(!l.nouns && u.is(j-1, "me", "te", "nos", "os", "m'", "t'", "vous", "nous")) { // not "mi madre me llamaba Pulga"
			k := j + 1
			for u.at(k, l.adverbs) {
				if u.is(k, "auch") {
					return mention{}, false // who is called so as well is told by her surname
				}
				k++
			}
			if k < u.end && u.at(k, l.they) {
				k++
			}
			if u.casual && l.drops && u.unknown(k) && u.is(k-2, "se") {
				return mention{text: u.x.quote(k, k+1), from: k, to: k + 1}, true
			}
			return u.nameAt(k)
		}
	}
	if l.nouns && j > i { // "…, der Balu heißt"
		if m, ok := u.nameAt(j); ok {
			for _, s := range l.verbs[u.wordOf(m.to)] {
				if l.naming[s.lemma] {
					return m, true
				}
			}
		}
	}
	return mention{}, false
}

func (u *utterance) wordOf(i int) string {
	if i >= u.from && i < u.end {
		return u.low[i]
	}
	return ""
}

// nameAt reads a name: capitalised words with particles, with "Herr", "señora" or "madame" before it.
func (u *utterance) nameAt(i int) (mention, bool) {
	x := u.x
	m := mention{from: i}
	j := i
	if l := u.l; l.titles[u.wordOf(j)] && j+1 < u.end && (x.toks[j+1].upper || u.casual || x.toks[j+1].text == "." && j+2 < u.end && x.toks[j+2].upper) {
		m.titled = true
		j++
		if u.is(j, ".") {
			j++
		}
		if u.is(j, "dr") || u.is(j, "doktor", "doctor", "docteur") {
			if j++; u.is(j, ".") {
				j++
			}
		}
	}
	start := j
	for j < u.end && j-start < 5 {
		t := &x.toks[j]
		if t.kind != word || j > start && !t.joined {
			break
		}
		if u.namePart(j) && !(j > start && u.l.nouns && (u.l.plain[u.low[j]] || u.common(u.low[j]))) {
			j++
			continue
		}
		if l := u.l; l.elides && j > start && j+1 < u.end && t.upper && (l.articles[u.low[j]] || l.prepositions[u.low[j]]) && u.namePart(j+1) && x.toks[j+1].joined {
			j++ // "Maëlle Le Goff"
			continue
		}
		k := j
		if u.l.nouns && !u.is(k, "von", "van", "zu", "de", "di", "del", "della", "la", "al", "bin", "ben", "ten", "ter", "dos", "da") {
			break // "Rieke den Schlüssel"
		}
		for j > start && k < u.end && (nameParticles[u.low[k]] || u.l.drops && k > j && u.is(k, "los", "las")) && !x.toks[k].upper && !u.at(k, u.l.joins) {
			k++
		}
		if k > j && k < u.end && u.namePart(k) && x.toks[k].joined {
			j = k + 1
			continue
		}
		break
	}
	if j == start && m.titled && u.l.nouns && u.casual && j < u.end && u.x.toks[j].kind == word && u.l.verbs[u.low[j]] == nil && !u.l.prepositions[u.low[j]] && !u.l.articles[u.low[j]] && !u.l.adverbs[u.low[j]] && !u.l.joins[u.low[j]] {
		j++ // "frau klein"
	}
	if j == start {
		return m, false
	}
	m.to, m.text = j, x.quote(m.from, j)
	return m, m.text != ""
}

// common reports a common noun of a language that writes them with capitals.
func (u *utterance) common(low string) bool {
	c := langClause{utterance: u}
	return c.noun(low) || u.l.owned[low].key != "" || u.l.engagements[low] || u.l.diseases[low] || u.l.allergens[low]
}

// namePart reports whether the word can be part of a name.
func (u *utterance) namePart(i int) bool {
	t := &u.x.toks[i]
	low := u.low[i]
	if t.kind != word || strings.ContainsAny(t.text, "@/_0123456789%") || u.l.dates.weekdays[low] != 0 || low == "sonntag" || low == "domingo" && !u.casual && !t.upper {
		return false
	}
	if _, month := u.l.dates.months[low]; month && !(low == "jan" && t.upper && figures(u.wordOf(i-1)) == 0 && !u.is(i-1, ".") && figures(u.wordOf(i+1)) == 0) {
		return false
	}
	if u.l.drops && i <= u.opening() && (u.l.subordinate[low] || u.l.adverbs[low] || u.l.orders.openers[low] || u.l.resets[low] || starters[low]) {
		return false // "Pues Germán"
	}
	return t.upper && len(low) > 1 && !u.l.me[low] && !u.l.they[low] && !u.l.mine[low] && !u.l.articles[low] && !u.l.asks[low] && !u.l.prepositions[low]
}

// manyRelatives reads "meine Kinder, Max und Lily".
func (u *utterance) manyRelatives(label string, from, i int) int {
	x := u.x
	for u.is(i, ",", ":", "(") || u.l.nouns && u.is(i, "bei", "uns", "mir", "eingezogen", "zugelaufen", "dazugekommen", "adoptiert", "geholt", "aufgenommen", "zuhause", "daheim") || u.l.drops && u.is(i, "que") || u.at(i, u.l.named) || u.at(i, u.l.reflexive) || u.l.manyNamed[u.wordOf(i)] {
		i++
	}
	if !u.l.nouns { // "mes frères, dans l'ordre : Malo et Yann"
		for k := i; k < min(i+9, u.end) && !u.x.toks[k].upper; k++ {
			if u.is(k, ":") {
				i = k + 1
			}
		}
	}
	var names []mention
	for i < u.end {
		if len(names) > 0 && u.l.nouns && u.is(i, "der", "die", "das") && i+2 < u.end && (u.x.toks[i+1].upper || u.at(i+1, u.l.offspring)) && u.x.toks[i+2].upper {
			i += 2 // "das Nesthäkchen Lotta"
		}
		if u.l.drops && u.is(i, "el", "la") && u.l.casualNames[u.wordOf(i+1)] || u.l.nouns && u.is(i, "der", "die", "das", "den", "d'") && u.l.casualNames[u.wordOf(i+1)] {
			i++
		}
		m, ok := u.nameAt(i)
		if !ok && u.casual && !u.l.nouns && len(names) > 0 && i < u.end && u.x.toks[i].kind == word && u.l.verbs[u.low[i]] == nil && !u.l.prepositions[u.low[i]] && !u.l.articles[u.low[i]] && !u.l.mine[u.low[i]] {
			m, ok = mention{text: u.x.quote(i, i+1), from: i, to: i + 1}, true
		}
		if !ok {
			break
		}
		names = append(names, m)
		i = u.described(m.to)
		for k := i + 1; u.l.nouns && u.is(i, "(") && k < min(i+6, u.end); k++ {
			if u.is(k, ")") { // "Bo (6 Monate)"
				i = k + 1
				break
			}
		}
		if u.is(i, ",") || u.l.drops && u.is(i, ";") || u.at(i, u.l.joins) {
			i++
			if u.at(i, u.l.joins) {
				i++
			}
			continue
		}
		break
	}
	if len(names) < 2 {
		names, i = u.namesBefore(from), from+1
	}
	if len(names) < 2 {
		return from + 1
	}
	var persons []party
	for _, m := range names {
		x.kinFact(u.labelOf(label, m), from, m, &persons)
	}
	if u.l.drops {
		u.spans = append(u.spans, kinSpan{from: from, to: i, had: u.has(from)})
	}
	return i
}

// namesBefore reads "Celia y Martín son" before the possessive.
func (u *utterance) namesBefore(i int) (names []mention) {
	be := false
	for _, s := range u.l.verbs[u.wordOf(i-1)] {
		be = be || copular[s.lemma] && s.kind == finitePresent && s.persons&thirdPlural != 0
	}
	for j := u.opening(); be && j < i-1; {
		if u.l.nouns && u.is(j, "der", "die", "das") && u.l.casualNames[u.wordOf(j+1)] {
			j++
		}
		m, ok := u.nameAt(j)
		if !ok {
			return nil
		}
		names = append(names, m)
		for j = m.to; j < i-1 && (u.is(j, ",") || u.at(j, u.l.joins)); j++ {
		}
	}
	return names
}

// isMine reads "Ana ist meine Schwester" at the possessive.
func (u *utterance) isMine(label string, i int) {
	c := u.clauseFrom(u.from)
	v := i - 1
	for v > u.from && (c.marks[v] == markDate || u.at(v, u.l.adverbs)) {
		v--
	}
	if v <= u.from || !u.isOne(v) {
		return
	}
	to := v
	for to > u.from && (u.is(to-1, "c'", ",") || c.marks[to-1] == markDate || u.at(to-1, u.l.adverbs)) {
		to--
	}
	for a := max(u.from, to-4); a < to; a++ {
		m, ok := u.nameAt(a)
		if !ok || m.to != to || u.doubted(a) || a > u.from && u.x.toks[a-1].kind == word && !u.l.orders.openers[u.low[a-1]] && !u.at(a-1, u.l.articles) && !u.at(a-1, u.l.joins) {
			continue
		}
		if m.titled || u.l.casualNames[u.low[m.from]] || givenNames[u.x.toks[m.from].low] || u.x.people.evidence(m, a == u.from) != noEvidence || label == "pet" {
			u.related(label, a, m)
			return
		}
	}
}

// deathDate is the day that the sentence names.
func (u *utterance) deathDate() time.Time {
	c := langClause{utterance: u, from: u.from, to: u.end, marks: make([]markKind, u.end+1)}
	c.dates()
	return c.when.interval.From
}

// isOne reports the third person of a verb of being or of names at i.
func (u *utterance) isOne(i int) bool {
	for _, s := range u.l.verbs[u.wordOf(i)] {
		if (copular[s.lemma] || u.l.naming[s.lemma]) && s.kind == finitePresent && s.persons&third != 0 {
			return true
		}
	}
	return false
}

// dies reports that the word of death at j is what is said of the subject: not "roulé dans un truc mort", not "mort de rire".
func (u *utterance) dies(j int) bool {
	if !u.l.elides {
		return true
	}
	if u.is(j+1, "de", "d'") && !u.is(j+2, "vieillesse", "un", "une", "cancer", "maladie", "ca") {
		return false
	}
	for k := j - 1; k >= max(u.from, j-3); k-- {
		if u.is(k, "est", "sont", "etait", "ete", "a", "avons", "ai", "fait", "faire") {
			return true
		}
	}
	return false
}

// dead reports that the sentence tells of a death.
func (u *utterance) dead() bool {
	for j := u.from; u.l.nouns && j < u.end; j++ {
		if u.is(j, "wiedergefunden", "gefunden", "aufgetaucht", "wieder", "kissen", "sofa", "schoss", "fast", "beinahe") {
			return false // "eingeschlafen, auf meinem Kissen"
		}
	}
	for j := u.from; j < u.end; j++ {
		if u.l.deaths[u.low[j]] && u.dies(j) || u.phraseAt(j, u.l.scan.gone) > 0 {
			return true
		}
	}
	return false
}
