package extract

import (
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// langForm is one reading of a verb: the pattern that what is left of the clause has, and what it means. Patterns are those of rule,
// over folded words, with ART for an article, "!word" for a word anywhere in the clause, "^" in front where nothing may stand
// before, and "$" at the end where nothing may follow.
type langForm struct {
	elements []element
	apart    [][]string // words that stand anywhere in the clause
	captures bool
	anchored bool
	final    bool
	mode     mode
	key      string
	opposite string // the key when it is denied
	must     string // what the clause has to be: reflexive, past, since, dated, or work
}

// ownedForm is what "my X is" says.
type ownedForm struct{ key, capture string }

// apply tries the forms of the verb. Each key is read once.
func (c *langClause) apply() bool {
	done := map[string]bool{}
	for k := range c.l.forms[c.lemma] {
		f := &c.l.forms[c.lemma][k]
		if done[f.key] {
			continue
		}
		got, from, to, ok := c.fits(f)
		if ok && c.assert(f, got, from, to) {
			done[f.key] = true
			for _, other := range append([]captured(nil), c.more...) {
				c.assert(f, other, other.party.from, other.party.to)
			}
		}
	}
	return len(done) > 0
}

// fits compares the form with the clause.
func (c *langClause) fits(f *langForm) (captured, int, int, bool) {
	saved := append([]markKind(nil), c.marks[c.from:c.to]...)
	for _, words := range f.apart {
		at := -1
		for i := c.from; i < c.to && at < 0; i++ {
			if c.marks[i] != markDate && oneOf(c.low[i], words) {
				at = i
			}
		}
		if at < 0 {
			copy(c.marks[c.from:c.to], saved)
			return captured{}, 0, 0, false
		}
		c.marks[at] = markWord
	}
	start := c.next(c.from)
	if len(f.elements) > 0 && f.elements[0].capture != "" && (!c.l.nouns || nameCaptures[f.elements[0].capture]) && (!c.l.impersonal[c.lemma] || nameCaptures[f.elements[0].capture]) && f.elements[0].capture != "day" && f.elements[0].capture != "year" {
		start = c.next(c.verbAt + 1)
	}
	if c.l.elides && f.anchored && c.verbAt >= start && fronted[c.low[start]] {
		start = c.next(c.verbAt + 1) // "depuis mon opération je ne fais plus de judo"
	}
	anchor := start
	if c.l.nouns && f.anchored && c.subj.speaker && c.verbAt > start && c.at(start, c.l.prepositions) {
		anchor = c.next(c.verbAt + 1) // "nach 30 Jahren bin ich jetzt Rentnerin"
		start = anchor
	}
	if c.l.nouns && len(f.elements) > 0 && (f.elements[0].capture == "disease" || f.elements[0].capture == "allergen") && c.at(start, c.l.prepositions) && c.verbAt > start {
		start = c.next(c.verbAt + 1) // "seit dem Hörsturz hab ich einen Tinnitus"
	}
	for p := start; p < c.to || p == start && len(f.elements) > 0; p = c.next(p + 1) {
		if f.anchored && p != anchor || p < c.to && p > start && c.at(p-1, c.l.subordinate) {
			break
		}
		if c.l.nouns && (f.key == LivesIn || f.key == WorksAt) && c.utterance.afterYears(p) && c.verbAt > p {
			continue // "nach zehn Jahren in Kiel wohn ich jetzt in Jena"
		}
		if c.l.nouns && p > c.from && len(f.elements) > 0 && f.elements[0].capture == "thing" && (c.at(p-1, c.l.prepositions) || c.at(p-1, c.l.mine) || c.is(p-1, "dein", "deine", "deinen", "ihr", "ihre", "ihren", "sein", "seine", "seinen", "euer", "eure", "dieses", "diese", "diesen", "jenes", "jene")) {
			continue // "den Geruch von Diesel"
		}
		if c.l.drops && len(f.elements) > 0 && (f.elements[0].capture == "thing" || f.key == Hobby && !f.anchored && len(f.apart) == 0) && p > c.verbAt && p != c.next(c.verbAt+1) {
			break // "me encanta el Golf de mi vecino"
		}
		if c.l.drops && p < c.verbAt && movers[c.lemma] && f.key == LivesIn && c.is(p, "en") {
			continue // "después de veinte años en Caracas nos mudamos a …"
		}
		if c.l.elides && p > c.verbAt && len(f.elements) > 0 && c.colon(p) {
			break
		}
		c.more = c.more[:0]
		got, to, ok := c.matchForm(f.elements, p)
		if ok && listing[got.name] {
			to = c.list(got.name, got.party.from, to)
		}
		if ok && (len(f.elements) == 0 && c.closes(to) || len(f.elements) > 0 && (free[got.name] || closed[got.name] && c.l.elides || c.ends(to))) && (!f.final || c.closes(to)) {
			copy(c.marks[c.from:c.to], saved)
			return got, p, to, true
		}
	}
	if len(f.elements) == 0 && c.closes(start) {
		return captured{}, c.from, c.to, true
	}
	copy(c.marks[c.from:c.to], saved)
	return captured{}, 0, 0, false
}

// colon reports a colon or a bracket between the verb and token i.
func (c *langClause) colon(i int) bool {
	for k := c.verbAt + 1; k < i; k++ {
		if c.is(k, ":", "(") {
			return true
		}
	}
	return false
}

// fronted are words with which what stands before the subject may begin.
var fronted = set(`depuis apres malgre avec chaque tous cote grace suite pour cet cette sinon heureusement toute`)

// nameCaptures stand behind the verb.
var nameCaptures = map[string]bool{"name": true, "given": true, "nick": true}

// free are phrases that may stand anywhere in the clause.
var free = map[string]bool{"day": true, "year": true, "companion": true, "make": true, "petname": true}

// closed are phrases out of lists that nothing after them makes another thing.
var closed = map[string]bool{"disease": true, "condition": true, "language": true}

// closes reports whether nothing of the phrase follows token i.
func (c *langClause) closes(i int) bool {
	i = c.next(i)
	return i >= c.to || c.x.toks[i].kind != word || c.at(i, c.l.joins) || c.at(i, c.l.subordinate)
}

// listing are the phrases of which a list may be given.
var listing = map[string]bool{"subject": true, "language": true, "allergen": true, "sport": true, "thing": true, "disease": true, "persons": true, "role": true}

// list reads what stands beside the first item, and gives the token after the last.
func (c *langClause) list(kind string, first, to int) int {
	article := c.at(to-1, c.l.articles)
	for k := to - 1; k > c.from && k > to-6 && !article; k-- {
		article = c.at(k-1, c.l.articles) && c.l.drops
	}
	for len(c.more) < 8 {
		i := c.next(to)
		neither := false
		for k := to; k < i && c.l.nouns; k++ {
			neither = neither || c.is(k, "noch") // "weder Sellerie noch Senf"
		}
		if neither {
			to = i - 1
		}
		for c.is(i, ",") || c.at(i, c.l.joins) && !c.is(i, "o", "ou", "oder") || kind == "allergen" && c.is(i, "como") {
			i++
		}
		if i == c.next(to) && !neither {
			if kind != "language" || c.l.nouns {
				return to
			}
			for i < c.to && i < to+6 && !(c.at(i, c.l.joins) && c.l.tongues[c.wordAt(i+1)]) { // "euskera con los críos y gallego con mi suegra"
				i++
			}
			if i++; i >= c.to || i > to+6 {
				return to
			}
		}
		if kind == "role" && !(c.l.drops && c.at(i-1, c.l.joins)) && !(c.l.nouns && c.at(i-1, c.l.joins) && c.roleEnd(i) > 0) {
			return to
		}
		if kind == "language" && !c.l.nouns && i > to && !c.l.tongues[c.wordAt(i)] && !c.is(i, "un", "mi", "algo") { // "en casa gallego, en el trabajo castellano"
			k := i
			for k < min(i+5, c.to) && c.x.toks[k].kind == word && !c.l.tongues[c.low[k]] && !c.finite(k) && !c.at(k, c.l.deny) && !c.at(k, c.l.subordinate) && !c.is(k, "ni") && !(c.l.kin[c.low[k]] != "" && c.at(k-1, c.l.mine) && !c.is(k-2, "avec", "con", "a", "chez")) {
				k++
			}
			if k < c.to && c.l.tongues[c.low[k]] && c.x.toks[k].kind == word {
				i = k
			}
		}
		if kind == "language" && c.l.drops && c.is(i, "un", "mi", "algo") && !c.is(i+1, "poco") {
			for i++; c.is(i, "de"); {
				i++
			}
		}
		if kind != "language" && c.at(i, c.l.prepositions) {
			if i++; kind == "thing" && c.l.drops && !c.is(i-1, "a", "al", "de", "del") {
				return to // "plazas viejas, torcidas, con sombra"
			}
		} else if kind == "thing" && c.l.drops && (c.finite(i) || article && !c.at(i, c.l.articles) && !c.infinitiveAt(i)) {
			return to // "las plazas viejas, torcidas"; "lo mío es el enduro, vuelvo feliz"
		}
		if kind == "thing" && c.l.elides && c.at(first-1, c.l.articles) && !c.at(i, c.l.articles) {
			return to // "les vieux troquets sombres, bruyants"
		}
		if c.l.nouns && kind == "thing" && (c.l.dates.numbers[c.wordAt(i)] > 0 || figures(c.wordAt(i)) > 0 || c.l.casualNames[c.wordAt(i)] && c.at(i+1, c.l.adverbs)) {
			return to // "mein Hobby ist Imkerei, drei Völker auf dem Dach"
		}
		if kind == "thing" && c.l.drops && (parentheses[c.wordAt(i)] || c.is(i, "lo") || exclaims(c.wordAt(i))) {
			return to // "me gusta leer, claro", "amo el chocolate, lo siento"
		}
		got, n, ok := c.capture(kind, i)
		for k := i + 1; c.l.nouns && kind == "thing" && ok && k < n; k++ {
			if c.at(k, c.l.articles) {
				return to // "…, frag den Chef"
			}
		}
		if !ok || (kind == "thing" || (kind == "language" || kind == "role") && c.l.drops) && (!c.ends(n) && !((c.l.nouns || c.l.elides) && c.at(n, c.l.joins)) || kind == "role" && c.at(n, c.l.deny)) || kind == "thing" && c.l.elides && !c.listGoesOn(n) {
			return to
		}
		c.more = append(c.more, got)
		to = n
	}
	return to
}

// infinitiveAt reports an infinitive at i.
func (c *langClause) infinitiveAt(i int) bool {
	w := c.wordAt(i)
	return len(w) > 3 && (strings.HasSuffix(w, "ar") || strings.HasSuffix(w, "er") || strings.HasSuffix(w, "ir"))
}

// listGoesOn reports that what follows an item, up to "and", is a list: not "la maison tremble et moi je souris".
func (c *langClause) listGoesOn(i int) bool {
	if i >= c.to || c.x.toks[i].kind != word {
		for j := i; j < c.to; j++ {
			if c.at(j, c.l.joins) {
				return !c.at(j+1, c.l.me) && !c.at(j+1, c.l.we) && !c.is(j+1, "puis", "alors", "que")
			}
		}
		return i >= c.to && c.at(i-1, c.l.joins) || i >= c.to
	}
	return !c.at(i, c.l.joins) || !c.at(i+1, c.l.me) && !c.at(i+1, c.l.we)
}

// matchForm matches the elements from token i and gives the last capture.
func (c *langClause) matchForm(els []element, i int) (captured, int, bool) {
	var got captured
	for _, e := range els {
		i = c.next(i)
		if e.capture == "" {
			if i < c.to && oneOf(c.low[i], e.words) && c.x.toks[i].kind != quoted {
				i++
			} else if !e.optional {
				return got, i, false
			}
			continue
		}
		name, drop := strings.CutPrefix(e.capture, "-")
		g, n, ok := c.capture(name, i)
		switch {
		case ok:
			i = n
			if !drop {
				got = g
			}
		case !e.optional:
			return got, i, false
		}
	}
	return got, i, true
}

// ends reports whether the phrase that ends before token i is complete there.
func (c *langClause) ends(i int) bool {
	if i < c.to && c.marks[i] != markNone {
		return true
	}
	i = c.next(i)
	if i >= c.to {
		return true
	}
	t := &c.x.toks[i]
	switch {
	case t.kind == quoted:
		return false
	case t.kind != word:
		return !t.is("/", "&", "%", "'")
	case c.l.nouns && !t.upper && hasKind(c.l.verbs[t.low], pastParticiple):
		return true // "meinen Abschluss in Soziologie gemacht"
	case c.l.nouns && !c.casual && i > c.from && !t.upper && c.x.toks[i-1].upper && !c.at(i, c.l.joins) && !nameParticles[t.low] && (c.l.casualNames[c.low[i-1]] || c.l.towns[c.low[i-1]] || c.l.brands[c.low[i-1]]):
		return true // the next word has no capital, so that the name ends here
	case c.l.elides && (c.x.toks[i-1].upper && c.at(i, c.l.articles) || c.at(i, c.l.me) || c.at(i, c.l.we) || c.is(i, "il", "elle", "m'", "me", "se", "s'", "ne", "n'", "tu", "vous", "ca", "y")):
		return true // "j'habite Lyon un quartier calme", "je suis prof j'adore"
	case c.at(i, c.l.joins):
		j := i + 1
		for j < c.to && (c.at(j, c.l.articles) || c.at(j, c.l.prepositions)) {
			j++
		}
		return j >= c.to || !c.x.toks[j].upper && !(c.l.casualNames[c.low[j]] && (c.casual && !lookAlikes[c.low[j]] || !c.l.drops))
	}
	return c.at(i, c.l.prepositions) || c.at(i, c.l.resets) || c.l.drops && c.at(i, c.l.deny) || c.at(i, c.l.adverbs) || c.at(i, c.l.subordinate) || c.at(i, c.l.mine) || c.at(i, c.l.ending) || c.l.subjects[c.low[i]] || c.l.dates.weekdays[c.low[i]] > 0
}

// reading tells what the clause says under the mode of a form.
func (c *langClause) reading(m mode) reading {
	switch m {
	case state:
		if c.past && c.l.elides && c.always() {
			return holds // "j'ai toujours aimé les trains"
		}
		switch {
		case c.noLonger && !c.past, c.forget:
			return ended
		case c.negated || c.noLonger:
			return nothing
		case c.past && c.when.lasting && c.l.name != "de", !c.past:
			return holds
		default:
			return wasSo
		}
	case event:
		if (c.past || c.either) && !c.negated && !c.noLonger {
			return began
		}
	case ending:
		if (c.past || c.either) && !c.negated && !c.noLonger {
			return ended
		}
	case bygone:
		if !c.negated && !c.noLonger {
			return holds
		}
	}
	return nothing
}

// assert emits what the form says.
func (c *langClause) assert(f *langForm, got captured, from, to int) bool {
	x := c.x
	rd := c.reading(f.mode)
	key := f.key
	if c.negated && f.opposite != "" && !c.noLonger && !c.past {
		rd, key = holds, f.opposite
	}
	if f.must == "present" && c.past || f.must == "reflexive" && !c.reflex || f.must == "work" && !c.afterWork && !c.noLonger && !(c.past && c.when.kind != onDate) || f.must == "past" && !c.past || f.must == "home" && !c.afterHome || f.must == "since" && !c.when.lasting && !c.lastsAlready() && (c.when.kind != sinceDate || c.when.count == 0) || f.must == "accepted" && !x.accepted() || f.must == "moved" && !c.forGood() || f.must == "origin" && c.onTheWay() || f.must == "settled" && c.l.elides && (c.when.kind != sinceDate || c.when.count == 0 || x.at.Sub(c.when.interval.From) < 20*24*time.Hour) || f.must == "settled" && !c.l.elides && (c.when.kind != sinceDate || !c.when.known() || c.when.interval.Until.Sub(c.when.interval.From) < 27*24*time.Hour) || f.must == "dated" && c.when.count == 0 && !c.when.lasting || f.key == "-" && (!c.negated || c.noLonger || c.past) || rd == nothing {
		return false
	}
	if c.lemma == "wechseln" && key == WorksAt && consumed[c.l.fold(lower(got.party.ref.Name))] {
		return false
	}
	if c.l.nouns && key == MaritalStatus && c.shared && !c.is(got.party.from, "verheiratet", "verpartnert") {
		return false // "David und ich sind getrennt" ends something
	}
	if c.l.nouns && key == Likes && (c.lemma == "lieben" || c.lemma == "sein") && c.mocks() {
		return false
	}
	if c.l.nouns && key == From && c.returns() {
		return false
	}
	if c.l.nouns && key == Age && c.pretends() {
		return false
	}
	if c.l.nouns && c.meansOther(f, got) {
		return false
	}
	if c.l.nouns && (key == Partner && c.together() || (key == Likes || key == Dislikes) && c.loves(got)) {
		return false
	}
	if key == WorksAt && rd == ended && !c.forget && !c.l.nouns && (leaving[c.lemma] || c.l.elides && c.lemma == "") && subscribed[c.l.fold(lower(got.party.ref.Name))] && !c.anyOf(laboured, c.utterance.from, c.utterance.end) {
		return false // "dejé Netflix ayer"
	}
	if key == WorksAt && rd == ended && !c.forget && c.l.nouns && subscribed[c.l.fold(lower(got.party.ref.Name))] && !c.employed() {
		return false
	}
	if c.forget {
		rd = ended
	}
	if c.l.elides && (rd == holds || rd == began) && c.unsaid(key, got.name, got.party.to) {
		return false
	}
	if key == AllergicTo && !c.l.nouns && x.compounded(got.party) {
		return false
	}
	if key == "name" && c.l.drops && c.is(c.verbAt, "somos") {
		return false
	}
	if f.captures && got.name == "" || c.shared && (personalKeys[key] && !(c.l.drops && key == From) && !(c.l.nouns && (key == Role || key == From) && c.bothAre()) || got.name == "age") {
		return false
	}
	w := c.when
	if w.brief && !(f.mode == event && !c.l.nouns && c.lately()) && !(w.just && c.past) && !(w.weekly && key == WorksAt && (c.lemma == "arbeiten" || c.lemma == "jobben" || c.lemma == "kellnern")) && rd != ended && f.mode != bygone && (f.mode != state || key == LivesIn || key == WorksAt || key == Role || key == From || key == Hobby && w.just || c.l.drops && key == Condition || c.l.elides && key == Nationality) {
		return false
	}
	if !c.l.elides && key == Condition && f.mode == state && w.kind == sinceDate && w.known() && !x.at.IsZero() && w.interval.From.After(x.at.AddDate(0, 0, -45)) {
		return false // "tengo migraña desde ayer"
	}
	if c.l.drops && c.otherwise(key, got, to) || c.twisted(key, got, to) {
		return false
	}
	if rd == ended && !c.forget && !c.l.nouns && c.endsNothing(key, got, to) {
		return false
	}
	if rd != ended && key == Car && !c.l.nouns && c.anyOf(wrecked, c.utterance.from, c.utterance.end) {
		return false // "mi Corsa pasó a mejor vida"
	}
	if rd == ended && c.l.elides && key == Spouse && got.name == "" && c.lemma == "divorcer" && c.personsOf(c.verbAt) == 0 {
		return false // "né à Oran, divorcé, gaucher"
	}
	if rd == ended && !c.l.nouns && (key == Partner || key == Spouse) && !c.subj.speaker && got.name == "" {
		return false // "Marta y Luis se han separado"
	}
	begin := min(c.spanFrom(), from)
	fc := fact{subject: c.subj, key: key, category: knowledge, conf: c.strength(), from: begin, to: max(to, c.verbAt+1, got.party.to)}
	if f.mode == bygone || identityKeys[key] {
		fc.category = identity
	}
	if key == Spouse && rd == began && c.l.drops && (c.either || c.anyOf(wedding, c.utterance.from, c.utterance.end)) && c.yearless() { // "Rubén y yo nos casamos el 12 de septiembre"
		key, rd = EngagedTo, holds
		fc.key, w, c.when = key, langWhen{}, langWhen{}
	}
	last := &lastFact{capture: got.name}
	if got.text != "" {
		fc.value = got.text
	} else {
		fc.object = got.party
		last.relation = true
	}
	if c.l.elides && rd == ended && key == Hobby && c.is(got.party.to, "sur", "dans", "par", "devant") {
		return false // "j'ai lâché le piano sur mon pied"
	}
	switch rd {
	case ended:
		at := w.interval.From
		if w.kind == untilDate {
			at = w.interval.Until
		}
		if !w.known() || !x.at.IsZero() && at.After(x.at) {
			at = time.Time{}
		}
		return x.invalidate(fc, at)
	case wasSo:
		if f.mode != state || key == Likes || key == Dislikes {
			return false
		}
		switch {
		case w.kind == rangeDate && w.known():
			fc.valid = w.interval
			return c.emit(fc, last)
		case w.kind == untilDate && w.known() && !w.interval.Until.After(x.at):
			fc.valid = record.Interval{Until: w.interval.Until}
			x.invalidate(fc, w.interval.Until)
			return c.emit(fc, last)
		case w.formerly, c.l.nouns && w.kind == untilDate && !w.known():
			return x.invalidate(fc, time.Time{})
		}
		return false
	case began:
		if w.kind == untilDate || w.kind == rangeDate || !x.at.IsZero() && w.interval.From.After(x.at) || w.formerly {
			return false
		}
		fc.began(w.when)
	case holds:
		if w.formerly && f.mode == state {
			return false
		}
		if w.kind == onDate && w.known() && w.count == 1 && w.interval.Until.Sub(w.interval.From) <= 24*time.Hour && f.mode != bygone &&
			!(w.interval == x.day(0) && (key == WorksAt || key == LivesIn && c.l.elides)) {
			return false
		}
		if w.kind == untilDate && f.mode == state && w.known() && !w.interval.Until.After(x.at) {
			if w.interval = w.ahead; !w.interval.Until.After(x.at) { // it holds, so that its end is ahead
				return false
			}
			if w.interval.Until.Sub(w.interval.From) <= 24*time.Hour && w.interval.Until.Sub(x.at) < 45*24*time.Hour {
				return false // for a short time only
			}
		}
		if f.mode == state {
			fc.valid = w.holding()
		}
	}
	return c.emit(fc, last)
}

// laboured are words that tell that a change is one of jobs.
var laboured = set(`boulot taf job poste cdi cdd travail travaille bosse employeur contrat demission collegues metier salaire equipe dimision finiquito renuncia companeros despacho antiguedad sueldo trabajo curro puesto empresa gano contrato laburo chamba empleo como oficina jefe jefa nomina fichaje equipo turno turnos horario pega cobro jornada departamento`)

// burdens are what one cannot cope with at the moment, and pleas are words of asking for help with it.
var (
	burdens = set(`vida alma tema ejercicio problema mudanza frio calor dia semana trabajo curro laburo deberes tarea tareas examen parcial capitulo leccion asignatura materia matematicas mates maletas bolsas compra caja tapa cosas todo`)
	pleas   = set(`ayuda ayudame ayudarme ayudas ayudeme explicas explicame explicarme socorro auxilio examen parcial examenes ejercicio ejercicios resolver resuelve suspender`)
)

// otherwise reports that what follows the phrase, which ends before token to, makes it mean something else.
func (c *langClause) otherwise(key string, got captured, to int) bool {
	switch key {
	case Age: // "25 años de experiencia", "10 años viviendo acá"
		s := c.l.verbs[c.wordAt(to)]
		if c.is(c.verbAt, "con") && c.utterance.past() {
			return true // "con 20 años y me fui de casa"
		}
		if c.is(to, "cumplidos", "recien", "cumplidisimos") {
			return false
		}
		return c.x.toks[to-1].kind == word && c.is(to, "de") && !c.is(to+1, "edad") || c.is(to, "en", "sin") || len(s) > 0 && s[0].kind >= pastParticiple && s[0].kind <= gerundForm
	case From: // "soy de los Tigres"
		i := got.party.from
		return c.is(i-1, "los", "las", "el", "la") && c.listed(i, c.l.towns) == 0 && c.listed(i-1, c.l.towns) == 0 && c.listed(i, c.l.countries) == 0
	case Partner, Spouse: // "lo dejé con Marta en el portal"
		return c.is(c.verbAt, "lo", "deje") && c.is(to, "en") && c.at(to+1, c.l.articles)
	case Prefers:
		return c.infinitiveAt(got.party.from) && got.party.to == got.party.from+1
	case Condition: // "ansiedad por el examen", "ciego de amor"
		return c.is(to, "como") || c.is(to, "por", "ante", "a") && c.is(got.party.from, "ansiedad", "depresion", "insomnio", "vertigo", "alergia", "sordo", "sorda", "ciego", "ciega", "miope", "zurdo") ||
			c.is(to, "de") && !c.is(to+1, "nacimiento", "toda", "familia", "herencia", "grado", "origen", "largo", "un", "mama", "tipo")
	case Speaks:
		return c.is(c.verbAt+1, "contigo")
	case Dislikes: // "no puedo con estadística, ¿me explicas la varianza?"
		if !c.is(c.verbAt, "no") || !c.is(c.verbAt+1, "puedo", "podemos") || !c.is(c.verbAt+2, "con") {
			return false
		}
		i := got.party.from
		return c.listed(i, c.l.subjects) > 0 || !c.at(i-1, c.l.articles) || c.anyOf(burdens, i, got.party.to) || c.anyOf(pleas, c.utterance.from, c.utterance.end) || c.is(to, "yo", "solo", "sola", "hoy")
	case WorksAt: // one changes one's telephone company as well
		if c.lemma != "cambiar" && c.lemma != "pasar" {
			return false
		}
		for i := c.utterance.from; i < c.utterance.end; i++ {
			if laboured[c.low[i]] {
				return false
			}
		}
		return true
	}
	return false
}

// unsaid reports that what stands around a value makes it another thing: "prof ou presque", "asthme imaginaire", "aveugle sans mes
// lunettes", "au Monopoly je suis banquier".
func (c *langClause) unsaid(key, kind string, to int) bool {
	if to > 0 && (c.is(to, "ou", "imaginaire", "imaginaires", "presque", "rate", "ratee", "manque", "manquee") || kind == "condition" && c.is(to, "sans", "quand", "devant", "face", "avec", "de", "a")) {
		return true
	}
	if key != Role && key != Diet || c.lemma != "etre" && c.lemma != "devenir" {
		return false
	}
	for i := c.from; i < c.verbAt; i++ {
		if c.x.toks[i].kind == word && c.is(i, "dans", "a", "au", "aux", "chez", "pendant", "pour", "sur", "avec", "en", "devant") && c.marks[i] != markDate && !(c.is(i, "pour") && c.is(i+1, "gagner", "vivre", "manger", "payer")) && !c.is(i+2, "vie", "civil", "base", "origine") && !c.is(i+1, "vrai", "fait", "realite", "ville", "tant", "civil", "effet", "plus") {
			return true
		}
	}
	return false
}

// always reports "toujours" in a clause that is not denied.
func (c *langClause) always() bool {
	for i := c.from; i < c.to; i++ {
		if c.is(i, "toujours") {
			return !c.negated && !c.noLonger && (c.lemma == "aimer" || c.lemma == "adorer" || c.lemma == "detester" || c.lemma == "etre" || c.lemma == "vivre" || c.lemma == "habiter")
		}
	}
	return false
}

// onTheWay reports words that tell of a journey, not of an origin: "je viens de Lyon là, trois heures de bouchons".
func (c *langClause) onTheWay() bool {
	for i := c.from; i < min(c.to+6, c.end); i++ {
		if c.x.toks[i].low == "là" || c.is(i, "juste", "train", "avion", "voiture", "bus", "bouchons", "route", "heures", "vol", "rentre", "direct") {
			return true
		}
	}
	return false
}

// personalKeys are what "we" do not say of the one who speaks.
var personalKeys = map[string]bool{Role: true, Age: true, Birthday: true, BirthYear: true, "name": true, Nickname: true, From: true, BornIn: true, GrewUpIn: true,
	Nationality: true, WorksAt: true, AllergicTo: true, Condition: true, Speaks: true, StudiedAt: true}

// identityKeys say who somebody is.
var identityKeys = map[string]bool{Spouse: true, AllergicTo: true, Condition: true, Age: true, Birthday: true, BirthYear: true, Nationality: true, MaritalStatus: true,
	Partner: true, EngagedTo: true, "native_language": true}

// spanFrom is where the words of the clause begin.
func (c *langClause) spanFrom() int {
	for i := c.from; i < c.to; i++ {
		if c.x.toks[i].kind == word {
			return i
		}
	}
	return c.from
}

func (c *langClause) strength() float64 {
	switch {
	case c.subj.conf > 0 && c.subj.conf < 1:
		return c.subj.conf
	case c.casual:
		return likely
	}
	return direct
}

// emit gives the fact out and keeps it for a correction.
func (c *langClause) emit(f fact, last *lastFact) bool {
	x := c.x
	out := &x.out
	entities, relations, attributes := len(out.Entities), len(out.Relations), len(out.Attributes)
	if f.key == "name" {
		if !f.subject.speaker {
			return false
		}
		x.name(mention{text: f.object.ref.Name, from: f.object.from, to: f.object.to}, sure)
		last.fact = f
		last.lists(out.Speaker, out.Entities[entities:])
		c.st.last = last
		return true
	}
	ok := false
	if last.relation {
		ok = x.relation(f)
	} else {
		ok = x.attribute(f)
	}
	switch {
	case len(out.Relations) > relations:
		f.subject.ref, f.object.ref = out.Relations[relations].Subject, out.Relations[relations].Object
	case len(out.Attributes) > attributes:
		f.subject.ref = out.Attributes[attributes].Entity
	default:
		return ok
	}
	last.fact = f
	last.lists(f.object.ref, out.Entities[entities:])
	c.st.last = last
	return ok
}
