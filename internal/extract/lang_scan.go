package extract

import "time"

// What a sentence says in passing, whatever its verb is: "mein Job bei Siemens", "mi asma", "Petrol ist meine Lieblingsfarbe".

// scanWords are the nouns of what is said in passing.
type scanWords struct {
	jobs, homes, lastDays map[string]bool // "Job", "Wohnung", "letzter Tag"
	at                    map[string]bool // prepositions before an employer
	in                    map[string]bool // before a place
	contacts              map[string]string
	changed               phraseTable // "de número", before a new number
	divorced              phraseTable // sentences that end a marriage
	gone                  phraseTable // of an animal that died
	parents               map[string]bool
	of                    map[string]bool
	agedBefore            phraseTable // "mit meinen", "a mis"
	years                 map[string]bool
	aside                 phraseTable // "stimmt nicht mehr", after what is taken back
	asideLead             phraseTable // "dass", before it
}

// passing reads what the sentence says in passing.
func (u *utterance) passing() {
	for i := u.from; i < u.end; i++ {
		switch {
		case u.at(i, u.l.mine):
			u.mineAt(i)
		case u.phraseAt(i, u.l.scan.agedBefore) > 0:
			u.aged(i)
		}
	}
	u.spreads()
	u.contact()
	if at, n := u.find(u.l.scan.divorced, u.from, u.end); at >= 0 && !u.doubted(at) {
		u.x.invalidate(fact{subject: u.x.me(), key: Spouse, from: at, to: at + n}, u.deathDate())
	}
}

// spreads reads the languages that a sentence spreads: "mit Oma spreche ich Kroatisch, mit den Nachbarn Deutsch und im Job Englisch".
func (u *utterance) spreads() {
	if !u.l.nouns || u.doubted(u.from) || u.past() {
		return
	}
	at := -1
	for i := u.from; i < u.end && at < 0; i++ {
		for _, s := range u.l.verbs[u.x.toks[i].low] {
			me := u.at(i+1, u.l.me) || u.at(i-1, u.l.me) || u.at(i+1, u.l.we) || u.at(i-1, u.l.we) || s.persons == first && i == u.opening()
			if s.kind == finitePresent && (speaking[s.lemma] || s.lemma == "konnen" && (u.l.tongues[u.wordOf(i-1)] || u.l.tongues[u.wordOf(i+2)])) && me {
				at = i
			}
		}
	}
	for i := u.from; i < u.end; i++ {
		if at >= 0 && u.l.verbs[u.x.toks[at].low][0].lemma == "konnen" && (u.at(i, u.l.deny) || u.is(i, "brocken")) {
			return
		}
	}
	if at < 0 || u.is(u.lastWord(), "leiden", "ausstehen", "horen") {
		return
	}
	for i := u.from; i < u.end; i++ {
		if !u.l.tongues[u.low[i]] || !u.x.toks[i].upper && !u.casual || i < at-2 || i+1 < u.end && u.x.toks[i+1].kind == word && u.x.toks[i+1].upper && !u.casual {
			continue
		}
		denied := u.at(i+1, u.l.deny) || u.is(i-1, "auf", "aus", "ins", "vom", "das", "mein", "dein", "sein", "ihr", "lerne", "lern", "verstehe", "versteh", "im", "zum")
		for j := max(u.from, i-4); j < i; j++ {
			denied = denied || u.at(j, u.l.deny) || u.is(j, "lerne", "lernen", "lern", "verstehe", "versteht", "statt", "ohne", "er", "sie", "mag", "unterrichte")
		}
		if !denied {
			u.x.relation(fact{subject: u.x.me(), key: Speaks, object: u.thing(i, i+1), category: knowledge, conf: likely, from: i, to: i + 1})
		}
	}
}

// speaking are verbs of languages.
var speaking = map[string]bool{"sprechen": true, "reden": true, "quatschen": true, "schnacken": true, "schwätzen": true, "babbeln": true, "beherrschen": true}

func (u *utterance) clauseFrom(i int) *langClause {
	if u.base == nil || u.base.from != u.from || u.base.to != u.end {
		u.base = &langClause{utterance: u, from: u.from, to: u.end, marks: make([]markKind, u.end+1)}
		u.base.dates()
	}
	c := *u.base // its marks are only read
	c.from = i
	return &c
}

// mineAt reads what a possessive stands before.
func (u *utterance) mineAt(i int) {
	s, x := &u.l.scan, u.x
	j := i + 1
	last := false
	for u.at(j, u.l.newAdjectives) || u.at(j, s.lastDays) {
		last = last || u.at(j, s.lastDays)
		j++
	}
	for k := j; u.l.nouns && k < min(j+3, u.end) && inflected(u.low[k]) && !u.x.toks[k].upper; k++ {
		if u.at(k+1, u.l.cars) {
			j = k + 1 // "meinen eigenen Skoda"
		}
	}
	if j >= u.end {
		return
	}
	c := u.clauseFrom(i)
	switch {
	case u.l.elides && u.at(j, s.jobs) && u.exchanged():
	case u.at(j, s.jobs) && u.at(j+1, s.at) && !u.doubted(i) && (last || !shifts[u.low[j]] && (!u.past() || u.over())):
		if got, to, ok := c.capture("org", j+2); ok && (c.ends(to) || to < u.end) && !(u.l.elides && !last && u.is(to, "a", "s'", "se", "est", "prend", "touche", "arrive", "finit", "etait", "avait", "ne", "n'")) {
			last = last || u.over()
			if u.is(j, "vertrag", "arbeitsvertrag") && !last && u.l.nouns || u.is(j, "vertrag") && u.l.nouns && subscribed[u.l.fold(lower(got.party.ref.Name))] {
				return
			}
			f := fact{subject: x.me(), key: WorksAt, object: got.party, category: knowledge, conf: likely, from: i, to: to}
			if last {
				x.invalidate(f, u.deathDate())
			} else if !u.ending() {
				x.relation(f)
			}
		}
	case u.l.elides && u.at(j, s.homes) && u.exchanged():
	case u.at(j, s.homes) && u.at(j+1, s.in) && !u.doubted(i) && !last && !u.ending() && (u.l.nouns && !u.over() && !u.is(i-1, "von", "aus") && !u.formerHome() || !u.past()):
		if got, to, ok := c.capture("place", j+2); ok && (c.ends(to) || c.finite(to)) {
			x.relation(fact{subject: x.me(), key: LivesIn, object: got.party, category: knowledge, conf: likely, from: i, to: to})
		}
	case u.l.nouns && u.at(j, u.l.cars) && !ambiguousCars[u.low[j]] && !u.doubted(i) && !u.ending() && !u.over():
		if got, _, ok := c.capture("car", j); ok {
			x.attribute(fact{subject: x.me(), key: Car, value: got.text, category: knowledge, conf: likely, from: i, to: got.party.to})
		}
	case u.l.diseases[u.low[j]] && !u.doubted(i):
		to := c.listed(j, u.l.diseases)
		if u.cured() || u.retracts() {
			x.invalidate(fact{subject: x.me(), key: Condition, object: u.thing(j, to), from: i, to: to}, time.Time{})
			break
		}
		if u.is(to, "imaginaire", "imaginaires", "de") && u.l.elides {
			break
		}
		x.relation(fact{subject: x.me(), key: Condition, object: u.thing(j, to), category: identity, conf: likely, from: i, to: to})
	}
	u.inverse(i)
}

// ambiguousCars are names of cars that mean something else as well.
var ambiguousCars = set(`ente kafer golf jazz polo mini up lupo swift galaxy transit colt kona zoe leon romeo ford corsa schwalbe lada mg ibiza seat astra fiesta bulli superb ka duster`)

// over reports that the sentence tells of an end.
func (u *utterance) over() bool {
	for i := u.from; i < u.end; i++ {
		if u.is(i, "ausgelaufen", "beendet", "vorbei", "aufgelost", "gekundigt", "verkauft", "aufgegeben", "vermietet", "verloren", "geschichte", "endet", "endete", "lauft") && !(u.is(i, "lauft") && !u.later(i, "aus")) {
			return true
		}
	}
	return false
}

// later reports the word behind token i.
func (u *utterance) later(i int, low string) bool {
	for i++; i < u.end; i++ {
		if u.is(i, low) {
			return true
		}
	}
	return false
}

// cured reports that the sentence tells that an illness is no more.
func (u *utterance) cured() bool {
	for i := u.from; u.l.nouns && i < u.end; i++ {
		if u.is(i, "uberwunden", "weg", "geheilt", "verschwunden", "besiegt", "fehlalarm", "kuriert", "ausgeheilt", "los", "vorbei", "loswerden", "losgeworden", "ausgewachsen", "fehldiagnose") {
			return true
		}
	}
	return false
}

// formerHome reports a verb of being of the past.
func (u *utterance) formerHome() bool {
	for i := u.from; i < u.end; i++ {
		if u.is(i, "war", "waren", "hatte", "hatten", "frueher", "fruher", "damals", "alte", "alten", "verlassen", "ferien") {
			return true
		}
	}
	return false
}

// exchanged reports words that tell that something was given for something else.
func (u *utterance) exchanged() bool {
	for i := u.from; i < u.end; i++ {
		if u.is(i, "troque", "echange", "plaque", "lache", "perdu", "contre", "quitte") {
			return true
		}
	}
	return false
}

// shifts are of one day.
var shifts = set(`tag arbeitstag schicht dia turno jour`)

// ending reports a verb that ends something: what it speaks of in passing holds no longer.
func (u *utterance) ending() bool {
	for i := u.from; i < u.end; i++ {
		for _, s := range u.l.verbs[u.low[i]] {
			if s.kind != infinitive {
				if f := u.l.forms[s.lemma]; len(f) > 0 && f[0].mode == ending {
					return true
				}
			}
		}
	}
	return false
}

// inverse reads "Petrol ist meine Lieblingsfarbe" at the possessive.
func (u *utterance) inverse(i int) {
	c := u.clauseFrom(i)
	key, kind, to := c.ownedAt(i + 1)
	if key == "" || to < u.end && !c.ends(to) || u.doubted(i) {
		return
	}
	b := i - 1
	from := b
	for from >= u.from && u.x.toks[from].kind == word && !u.is(from, "ist", "es", "est", "son", "sind", "heisst") {
		from--
	}
	if from < u.from+1 || u.x.toks[from].kind != word || i-from > 5 {
		return
	}
	for k := max(u.from, from-1); k < to; k++ {
		if u.at(k, u.l.deny) {
			return // "Petrol ist nicht meine Lieblingsfarbe"
		}
	}
	before := u.clauseFrom(u.from)
	before.to = from
	for _, b := range []int{from - 1, from} { // "c'est"
		if b >= u.from && u.is(b, "c'") {
			before.to = b
		}
	}
	for before.to > u.from && u.x.toks[before.to-1].kind != word {
		before.to--
	}
	start := u.opening()
	for k := before.to - 1; k > start; k-- {
		if u.x.toks[k].kind != word && !u.is(k, "@", ".") || u.at(k, u.l.subordinate) || u.at(k, u.l.joins) {
			start = k + 1
			break
		}
	}
	for u.at(start, u.l.articles) && (!u.x.toks[start].upper || kind == "value" && start == u.opening()) || u.at(start, u.l.adverbs) {
		start++
	}
	got, n, ok := before.capture(kind, start)
	if start >= before.to || !ok || n != before.to && before.next(n) < before.to {
		start = c.next(from + 1) // "seit April ist Leipzig mein Zuhause"
		for start < i && (u.at(start, u.l.adverbs) || c.marks[start] == markDate) {
			start++
		}
		if start >= i {
			return
		}
		before = u.clauseFrom(u.from)
		if got, n, ok = before.capture(kind, start); !ok || n > i {
			return
		}
		for ; n < i; n++ {
			if !u.at(n, u.l.adverbs) && before.marks[n] != markDate {
				return
			}
		}
	}
	before.subj, before.known, before.verbAt, before.to = u.x.me(), true, from, u.end
	if kind == "day" {
		before.ownDay(key)
		return
	}
	if at, _ := u.find(u.l.wishes, start, to); at >= 0 {
		return
	}
	before.assert(&langForm{key: key}, got, start, to)
}

// contact reads a number or an address near the word for it: "Mein Nummer hat sich geändert: 0171 5558823".
func (u *utterance) contact() {
	s := &u.l.scan
	for i := u.from; i < u.end; i++ {
		key := s.contacts[u.low[i]]
		if key == "" {
			continue
		}
		mine := u.phraseAt(i-1, s.changed) > 0 || u.phraseAt(i-2, s.changed) > 0
		for k := max(u.from, i-3); k < i; k++ {
			mine = mine || u.at(k, u.l.mine)
		}
		if !u.l.nouns && (u.is(i-1, "antiguo", "antigua", "viejo", "vieja", "anterior", "ancien", "ancienne", "vieux", "vieille", "precedent") || u.is(i+1, "era", "etait") || u.is(i+1, "anterior", "antiguo", "viejo", "precedent", "d'") && !u.is(i+2, "urgence")) {
			continue // "mi antiguo número era …"
		}
		if !mine || u.is(i+1, "de", "von", "der", "meiner", "meines", "del", "du") && s.contacts[u.wordOf(i+2)] == "" && !u.is(i+2, "telefono", "movil", "telephone", "portable", "celular") {
			continue
		}
		c := u.clauseFrom(u.from)
		for k := 1; k < 28; k++ {
			j := i + k
			if k > 14 {
				j = i - 28 + k // "0171 … ist meine neue Nummer"
			}
			if j < u.from || j >= u.end {
				continue
			}
			kind := key
			if got, to, ok := c.capture(kind, j); ok {
				u.x.attribute(fact{subject: u.x.me(), key: key, value: got.text, category: identity, conf: direct, from: min(i, j), to: max(i, to)})
				return
			}
		}
	}
}

// aged reads "mit meinen 34 Jahren" and "à mes 29 ans".
func (u *utterance) aged(i int) {
	n := u.phraseAt(i, u.l.scan.agedBefore)
	c := u.clauseFrom(i)
	got, to, ok := c.capture("age", i+n)
	if ok && u.at(to, u.l.scan.years) && !u.doubted(i) {
		u.x.attribute(fact{subject: u.x.me(), key: Age, value: got.text, category: identity, conf: direct, from: i, to: to + 1})
	}
}

// apposed reads "Ana, meine Schwester," at the possessive.
func (u *utterance) apposed(label string, i, n int) bool {
	if u.l.elides && i > u.from && u.x.toks[i-1].upper && (n >= u.end || u.x.toks[n].kind != word) && label != "pet" {
		for a := max(u.from, i-3); a < i; a++ { // "Jeanne ma femme"
			if m, ok := u.givenAt(a); ok && m.to == i && (a == u.opening() || u.x.toks[a-1].kind != word || u.at(a-1, u.l.joins)) {
				u.related(label, a, m)
				return true
			}
		}
	}
	if i < u.from+2 || !u.is(i-1, ",", "(") || n < u.end && u.x.toks[n].kind == word {
		return false
	}
	end := i - 1
	if u.l.elides && u.is(end-1, "ans") && figures(u.wordOf(end-2)) > 0 && u.is(end-3, ",", "(") { // "Soan, 4 ans, mon dernier"
		end -= 3
	}
	for a := max(u.from, end-4); a < end; a++ {
		if a > u.from && u.x.toks[a-1].upper && !(u.l.drops && a-1 <= u.opening() && u.at(a-1, u.l.prepositions)) && !u.at(a-1, u.l.articles) && u.x.toks[a-1].kind == word && !u.l.nouns {
			continue
		}
		m, ok := u.nameAt(a)
		if !ok || m.to != end || !m.titled && !u.l.casualNames[u.low[m.from]] && !givenNames[u.x.toks[m.from].low] && !(u.l.elides && label != "pet" && u.personLike(m) && (u.is(a-1, "avec", "chez", "par") || a == u.opening())) && !(u.l.elides && label == "pet" && u.personLike(m) && m.to-m.from == 1 && (a == u.opening() || u.x.toks[a-1].kind != word)) {
			continue
		}
		if label == "pet" && u.dead() {
			u.x.invalidate(fact{subject: u.x.me(), key: Pet, object: party{ref: petRef(m.text), from: m.from, to: m.to, conf: 1}, from: a, to: m.to}, u.deathDate())
			return true
		}
		u.related(label, a, m)
		if end < i-1 {
			u.x.attribute(fact{subject: u.spans[len(u.spans)-1].party, key: Age, value: u.x.quote(i-3, i-2), category: identity, conf: direct, from: a, to: i - 1})
		}
		u.spans[len(u.spans)-1].to, u.spans[len(u.spans)-1].whole = n, true
		return true
	}
	return false
}

// parent reads "ich bin die Mutter von Frieda".
func (u *utterance) parent(i int) int {
	s := &u.l.scan
	if !u.at(i, s.parents) || !u.at(i+1, s.of) || i <= u.from || i < u.from+2 && !u.l.drops || !u.at(i-1, u.l.articles) && !(u.l.drops && u.is(i-1, "soy")) {
		return i + 1
	}
	me := false
	for k := max(u.from, i-4); k < i; k++ {
		for _, v := range u.l.verbs[u.low[k]] {
			me = me || copular[v.lemma] && v.kind == finitePresent && v.persons&first != 0
		}
		if u.at(k, u.l.deny) {
			return i + 1
		}
	}
	m, ok := u.nameAt(i + 2)
	if !me || !ok || u.doubted(i) {
		return i + 1
	}
	label := "child"
	if u.l.drops {
		label = descendants[u.low[i]]
	}
	u.related(u.labelOf(label, m), i, m)
	for u.l.nouns && (u.is(m.to, ",") || u.at(m.to, u.l.joins)) { // "von Leni und Paul"
		next, ok := u.nameAt(m.to + 1)
		if !ok || !u.known(next) {
			break
		}
		u.related("child", i, next)
		m = next
	}
	for u.l.drops && u.at(m.to, u.l.joins) { // "soy abuela de Nico y Valeria"
		next, ok := u.nameAt(m.to + 1)
		if !ok || !u.givenName(next) {
			break
		}
		m = next
		u.related(u.labelOf(label, m), i, m)
	}
	return m.to
}

// descendants are whom one has by what one is.
var descendants = map[string]string{"madre": "child", "padre": "child", "mama": "child", "papa": "child", "abuela": "grandson/granddaughter", "abuelo": "grandson/granddaughter",
	"tia": "nephew/niece", "tio": "nephew/niece", "madrina": "godson/goddaughter", "padrino": "godson/goddaughter", "yaya": "grandson/granddaughter"}

// related emits a relative of the speaker.
func (u *utterance) related(label string, from int, m mention) {
	if u.l.nouns && label != "pet" && (m.to == m.from+1 && inanimate[u.low[m.from]] || spirits[u.l.fold(lower(m.text))]) {
		u.spans = append(u.spans, kinSpan{from: from, to: m.to, party: party{ref: petRef(m.text), from: m.from, to: m.to, conf: 1}})
		return // "mein Kollege, der Drucker"
	}
	if u.jesting(label, m) {
		u.spans = append(u.spans, kinSpan{from: from, to: m.to, party: party{ref: petRef(m.text), from: m.from, to: m.to, conf: 1}})
		return
	}
	before, entities := len(u.x.out.Relations), len(u.x.out.Entities)
	var persons []party
	u.x.kinFact(label, from, m, &persons)
	if len(u.x.out.Relations) > before {
		r := u.x.out.Relations[before]
		u.st.last = &lastFact{relation: true, kin: true, capture: "person", fact: fact{subject: u.x.me(), key: r.Label, object: party{ref: r.Object}, category: r.Category, conf: direct}}
		u.st.last.lists(r.Object, u.x.out.Entities[entities:])
	}
	span := kinSpan{from: from, to: m.to, party: party{ref: petRef(m.text), from: m.from, to: m.to, conf: 1}}
	if len(persons) > 0 {
		span.party = persons[0]
	}
	u.st.person = span.party
	u.spans = append(u.spans, span)
}

// takesBack reports that the sentence takes back what it says: "dass ich bei Aldi arbeite, stimmt nicht mehr".
func (u *utterance) takesBack() bool {
	s := &u.l.scan
	at, _ := u.find(s.aside, u.from, u.end)
	if at < 0 {
		return false
	}
	i := u.opening()
	k := u.phraseAt(i, s.asideLead)
	if k == 0 || at <= i+k {
		return false
	}
	u.from, u.end = i+k, at
	for u.end > u.from && u.x.toks[u.end-1].kind != word {
		u.end--
	}
	return true
}

// selfNamed reads "ich, Timo Brandt, …".
func (u *utterance) selfNamed() {
	for i := u.from; i+3 < u.end; i++ {
		if !u.at(i, u.l.me) || !u.is(i+1, ",") {
			continue
		}
		m, ok := u.nameAt(i + 2)
		if ok && m.to < u.end && u.is(m.to, ",") && (u.l.casualNames[u.low[m.from]] || givenNames[u.x.toks[m.from].low]) {
			u.x.name(mention{text: m.text, from: m.from, to: m.to}, direct)
			return
		}
	}
}
