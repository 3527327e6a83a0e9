package extract

import (
	"strings"
)

// senseKind is what a form of a verb is.
type senseKind uint8

const (
	finitePresent senseKind = iota
	finitePast
	pastParticiple
	gerundForm
	infinitive
	unrealForm // what will or would be: "viviría", "viviré", "viviera"
)

// Persons of a finite form.
const (
	first uint8 = 1 << iota
	third
	firstPlural
	thirdPlural
)

// sense is what a form may be a form of. Some are of several verbs.
type sense struct {
	lemma     string
	kind      senseKind
	persons   uint8
	reflexive bool // only with "me", "se" and the like
}

// markKind says what a token of a clause is; what is left unmarked is compared with the forms.
type markKind uint8

const (
	markNone markKind = iota
	markDate
	markVerb
	markSubject
	markDeny
	markAdverb
	markReflexive
	markWord // of a form, read out of its place
)

// langClause is a clause of a sentence.
type langClause struct {
	*utterance
	from, to int
	marks    []markKind
	when     langWhen

	subj     party
	known    bool // the subject is
	shared   bool // "we"
	lemma    string
	past     bool
	verbAt   int
	negated  bool
	noLonger bool
	forget   bool // the clause is taken back: what it says holds no longer
	reflex   bool
	hedged   bool
	more     []captured // further items of a list

	keepsArticle bool // of a title

	either    bool  // the form is of the present and of the past: "nos mudamos"
	companion party // "Petra" of "Petra und ich"
	afterWork bool  // the clause before is about work
	afterHome bool  // the clause before is about where one lived
}

func (c *langClause) mark(from, to int, k markKind) int {
	to = min(to, c.to)
	for i := from; i < to; i++ {
		c.marks[i] = k
	}
	return to
}

// next is the first unmarked token at or after i.
func (c *langClause) next(i int) int {
	for i < c.to && c.marks[i] != markNone {
		i++
	}
	return i
}

// limit is where an unbroken run of unmarked tokens from i ends.
func (c *langClause) limit(i int) int {
	for i < c.to && c.marks[i] == markNone {
		i++
	}
	return i
}

// sensesAt gives what the words at i may be a form of, and how many words.
func (c *langClause) sensesAt(i int) ([]sense, int) {
	var room [phraseRoom]byte
	for n := min(c.l.longVerbs, c.to-i); n > 1; n-- {
		if s := c.l.verbs[string(c.words(room[:0], i, i+n))]; s != nil {
			return s, n
		}
	}
	if c.x.toks[i].kind != word || c.x.toks[i].upper && i > c.opening() {
		return nil, 0
	}
	s := c.l.verbs[c.x.toks[i].low]
	if s == nil && c.low[i] != "a" && !(c.l.name == "es" && c.x.toks[i].low != c.low[i]) {
		s = c.l.verbs[c.low[i]]
	}
	if s != nil && c.l.drops && s[0].kind <= finitePast && i > c.from && c.is(i-1, "de", "del", "a", "al", "en", "con", "por", "para", "sin", "sobre", "entre", "tras") {
		return nil, 0 // "después del divorcio"
	}
	if s != nil && c.l.drops && i > c.from && adjectives[c.low[i]] && c.x.toks[i-1].kind == word && !c.x.toks[i-1].upper && !c.at(i-1, c.l.adverbs) && !c.at(i-1, c.l.subordinate) && !c.at(i-1, c.l.joins) && !c.at(i-1, c.l.reflexive) && !c.at(i-1, c.l.me) && !c.at(i-1, c.l.deny) && !c.is(i-1, "lo", "la", "los", "las", "le", "te") {
		return nil, 0 // "el cine mudo", "el pelo corto"
	}
	if s == nil || c.l.favourite[c.low[i]] && !(c.l.elides && hasKind(c.l.verbs[c.x.toks[i].low], finitePresent)) || !c.l.nouns && i > c.from && c.nounAfter(i-1) {
		return nil, 0
	}
	return s, 1
}

// adjectives are forms of verbs that stand behind nouns as adjectives.
var adjectives = set(`mudo corto pinto amo canto cuento`)

// nounAfter reports a word after which a noun follows, not a verb.
func (c *langClause) nounAfter(i int) bool {
	if c.l.elides && i > c.from && c.is(i, "le", "la", "les", "l'") && (c.at(i-1, c.l.me) || c.at(i-1, c.l.we) || c.at(i-1, c.l.they) || c.is(i-1, "ne", "n'", "me", "te")) {
		return false // "je le vis très bien"
	}
	return c.at(i, c.l.articles) || c.at(i, c.l.mine)
}

// opening is the first word of the sentence after greetings.
func (u *utterance) opening() int {
	i := u.from
	for i < u.end-1 && (u.x.toks[i].kind != word || u.l.orders.openers[u.low[i]]) {
		i++
	}
	return i
}

// sentence cuts the sentence into clauses and reads them.
func (u *utterance) sentence() {
	forget := u.forget
	if at, n := u.find(u.l.forget, u.from, u.end); at >= 0 && at <= u.from+6 {
		u.from, u.forget, forget = at+n, true, true
		for u.lapsed = u.from; u.lapsed < u.end && !(u.l.elides && u.is(u.lapsed, ",", "-", "–", "—", "(")); u.lapsed++ {
		}
	}
	var before *langClause
	for _, s := range u.clauses() {
		if before != nil && u.rest(before, s) {
			continue
		}
		c := &langClause{utterance: u, from: s.from, to: s.to, marks: make([]markKind, u.end+1), forget: forget && (u.lapsed == 0 || s.from < u.lapsed)}
		c.hedged = u.doubted(s.from)
		c.afterWork = before != nil && (before.lemma == "arbeiten" || before.lemma == "trabajar" || before.lemma == "travailler" || before.lemma == "bosser" || before.jobs())
		c.afterHome = before != nil && before.subj.speaker && homing[before.lemma] && (before.past || before.noLonger)
		c.read(before)
		before = c
	}
}

// homing are verbs that tell where one lives, or lived.
var homing = set(`vivir residir mudar trasladar independizar dejar`)

// rest reads what stands against something denied, without a verb: "nicht mehr in Bochum, sondern in Essen".
func (u *utterance) rest(before *langClause, s sentence) bool {
	if s.from < 1 || !u.at(s.from-1, u.l.resets) || !before.known || before.lemma == "" || !before.negated && !before.noLonger || !u.prepositional(s.from) && !(u.l.nouns && (before.lemma == "sein" || before.lemma == "heissen") && u.is(s.from-1, "sondern")) {
		return false
	}
	c := &langClause{utterance: u, from: s.from, to: s.to, marks: make([]markKind, u.end+1)}
	if c.verbal() {
		return false
	}
	c.dates()
	c.small()
	c.subj, c.known, c.shared, c.lemma, c.verbAt, c.reflex = before.subj, true, before.shared, before.lemma, s.from-1, before.reflex
	c.afterWork = u.l.nouns && before.noLonger
	return c.apply()
}

// doubted reports whether a doubt stands between the resets around token i.
func (u *utterance) doubted(i int) bool {
	if u.l.nouns && u.x.ending {
		return false // what is taken back may have been told as hearsay
	}
	if u.quoted() {
		return true
	}
	from, to := i, i
	reset := func(j int) bool {
		return u.is(j, ";", ":") || u.at(j, u.l.resets) || u.l.elides && u.is(j, "(", ")")
	}
	comma := func(j int) bool { // between i and j
		for k := min(i, j); k < max(i, j); k++ {
			if u.is(k, ",", "-", "–", "—") {
				return true
			}
		}
		return false
	}
	for from > u.from && !reset(from-1) {
		from--
	}
	for to < u.end && !reset(to) {
		to++
	}
	for j := from; j < to; j++ {
		if n := u.phraseAt(j, u.l.doubts); n > 0 && !(n == 1 && (u.sameButAccent(j) || u.courteous(j))) && !u.explained(j, i) && !(u.l.elides && u.is(j, "dit", "ecrit") && (u.is(j-1, "ai", "avais") || u.at(j-1, u.l.adverbs) && u.is(j-2, "ai", "avais"))) && !(u.l.elides && u.is(j, "presque", "quasi", "quasiment") && comma(j)) && !(u.l.elides && commaDoubts[u.low[j]] && comma(j) && (strings.HasSuffix(u.low[j], "ais") || strings.HasSuffix(u.low[j], "ait") || u.verbNear(j))) && !(u.l.drops && u.apart(i, j, n, from)) {
			return true
		}
		if n := u.phraseAt(j, u.l.near); n > 0 && !(n == 1 && (u.sameButAccent(j) || u.nearly(j))) && u.hangs(i, j, from, to) {
			return true
		}
	}
	return false
}

// nearDoubts are doubts about their own part of the sentence only.
var nearDoubts = set(`si fuera fuese hubiera hubiese estuviera tuviera tuviese como casi depende ni`)

// apart reports that the doubt of n words at j is not about what is said at i: what somebody says comes behind "dice que", and a condition is
// about its own part of the sentence, or, where the sentence begins with it, about what follows.
func (u *utterance) apart(i, j, n, from int) bool {
	if j > i && u.low[j+n-1] == "que" {
		return true
	}
	if !nearDoubts[u.low[j]] {
		return false
	}
	if u.is(j, "fuera") && u.is(j-1, "anos", "ano", "de", "por", "para", "tiempo", "vivir", "estar", "queda", "quedo", "quedan", "meses", "comer", "cenar", "hacia") {
		return true // outside, abroad
	}
	first := true
	for k := from; k < j; k++ {
		first = first && (u.x.toks[k].kind != word || u.l.orders.openers[u.low[k]] || u.at(k, u.l.joins))
	}
	if i > j && first {
		verbs, k := 0, j
		for ; k < i && u.x.toks[k].kind == word; k++ {
			if u.byFirst(k) != 0 {
				verbs++
			}
		}
		return k < i && verbs > 1 // "si como gambas me hincho, soy alérgica"
	}
	for k := min(i, j); k < max(i, j); k++ {
		if u.x.toks[k].kind != word || i < j && u.at(k, u.l.joins) {
			return true
		}
	}
	return false
}

// commaDoubts put in doubt only what stands between the same commas: "c'est Kenza, tu aurais reçu mon colis".
var commaDoubts = set(`peut-etre sans probablement apparemment soi-disant en ironie tu serait serais aurais aurait habiterais vivrais travaillerais semble bientot prochainement rien j' je presque un`)

// verbNear reports a verb between the same marks as token i.
func (u *utterance) verbNear(i int) bool {
	from, to := u.segment(i)
	c := langClause{utterance: u, from: from, to: to, marks: make([]markKind, u.end+1)}
	return c.verbal()
}

// sameButAccent reports a word that is a doubt only with or without its accent: "wurde" is no "würde", "sí" no "si".
func (u *utterance) sameButAccent(i int) bool {
	low := u.x.toks[i].low
	if u.l.name == "es" {
		return low == "sí" || low == "seria"
	}
	return accented[u.low[i]] && !strings.ContainsAny(low, "üäö") && !strings.Contains(low, "ue") && !strings.Contains(low, "ae") && !strings.Contains(low, "oe")
}

var accented = set(`wurde wurden hatte hatten konnte konnten mochte mochten war waren wurd hatt konnt musst musste mussten durfte durften mocht kame tat tate`)

// clauses cuts the sentence at marks and conjunctions. What has no verb belongs to what is before it.
func (u *utterance) clauses() []sentence {
	var out []sentence
	from := u.from
	probe := langClause{utterance: u, from: u.from, to: u.end, marks: make([]markKind, u.end+1)}
	add := func(to int) {
		if to <= from {
			return
		}
		probe.from, probe.to = from, to
		if !probe.verbal() && len(out) > 0 && u.phraseAt(from, u.l.dates.formerly) > 0 {
			return // "ahora vivo en Vigo, antes en Gijón"
		}
		if n := len(out); n > 0 && u.l.elides && u.at(from-1, u.l.joins) && (u.at(from, u.l.me) && !u.is(from, "moi") || u.is(from, "on")) && probe.hasVerb(out[n-1]) {
			out = append(out, sentence{from: from, to: to}) // "et je dors"
			return
		}
		if u.l.nouns && len(out) > 0 && !probe.verbal() && (u.at(from, u.l.me) || u.at(to-1, u.l.me)) && to-from < 4 {
			return // "mein Partner ist Veganer, ich nicht"
		}
		if n := len(out); u.l.nouns && n > 0 && to-from == 1 && out[n-1].from < out[n-1].to && u.labelled(out[n-1]) {
			out[n-1].to = to
			return
		}
		if u.l.nouns && len(out) > 0 && u.labels(from, to) {
			out = append(out, sentence{from: from, to: to})
			return
		}
		if n := len(out); n > 0 && !(from > 0 && u.at(from-1, u.l.resets) && (u.prepositional(from) || u.l.nouns && u.is(from-1, "sondern"))) && (!probe.verbal() || !probe.hasVerb(out[n-1]) && u.leads(out[n-1])) {
			out[n-1].to = to
			return
		}
		out = append(out, sentence{from: from, to: to})
	}
	for i := u.from; i < u.end; i++ {
		t := &u.x.toks[i]
		switch {
		case u.inside(i):
		case t.kind == newline || t.kind == punct && strings.Contains(",;:()–—!¡¿-\"", t.text) && !(i+1 < u.end && t.text == "-" && u.x.toks[i+1].start == t.end) || t.kind == quoted:
			add(i)
			from = i + 1
		case u.at(i, u.l.joins) && (u.at(i+1, u.l.me) || u.at(i-1, u.l.me)) && !probe.hasVerb(sentence{from: from, to: i}): // "Petra und ich"
		case u.at(i, u.l.joins) && u.pairAt(i): // "haben Petra und ich gegründet"
		case u.at(i, u.l.joins) && u.l.nouns && i+1 < u.end && u.x.toks[i+1].upper && u.openTense(from, i): // "ich habe Germanistik und Geschichte studiert"
		case u.at(i, u.l.joins) && u.l.nouns && u.is(i+1, "bleibt") && u.isOne(i-1): // "ist und bleibt"
		case u.at(i, u.l.joins), u.at(i, u.l.resets):
			add(i)
			from = i + 1
		case u.l.elides && i > from+1 && u.beginsAnew(i) && probe.hasVerb(sentence{from: from, to: i}):
			add(i)
			from = i
		case u.l.elides && u.is(i, "que", "qu'") && u.l.dates.units[u.low[i-min(i, 1)]] != "" && i-from < 7: // "ça fait deux ans que"
		case u.at(i, u.l.subordinate) && i > from && !u.is(i-1, "tant"):
			add(i)
			from = i
		}
	}
	add(u.end)
	return out
}

// hasVerb reports whether that part of the sentence has a verb.
func (c langClause) hasVerb(s sentence) bool {
	c.from, c.to = s.from, s.to
	return c.verbal()
}

// leads reports whether what stands before the clause, without a verb, is only when or who it speaks of.
func (u *utterance) leads(s sentence) bool {
	p := langClause{utterance: u, from: s.from, to: s.to, marks: make([]markKind, u.end+1)}
	p.dates()
	for j := s.from; j < s.to; j++ {
		if u.at(j, u.l.subordinate) && !(u.l.elides && j == s.from && u.is(j, "que", "qu'")) || u.l.nouns && u.is(j, ":") {
			return false // "por si no lo sabías"
		}
	}
	for j := s.from; j < s.to && u.l.elides; j++ {
		if u.is(j, "merci", "pardon", "desole", "desolee") {
			return false
		}
	}
	i := p.next(s.from)
	for u.l.elides && i < s.to && (u.is(i, "que", "qu'") || u.l.orders.openers[u.low[i]] || u.x.toks[i].kind != word) {
		i = p.next(i + 1)
	}
	for j := i; j < s.to && u.l.tongues[u.low[j]]; j++ {
		if j == s.to-1 {
			return true
		}
	}
	return i >= s.to || u.at(i, u.l.prepositions) || u.at(i, u.l.mine) || u.at(i, u.l.me) && i+1 == s.to
}

// verbal reports whether the clause has a verb.
func (c *langClause) verbal() bool {
	for i := c.from; i < c.to; i++ {
		if s, _ := c.sensesAt(i); s != nil && s[0].kind != infinitive {
			return true
		}
	}
	return false
}

// read reads the clause.
func (c *langClause) read(before *langClause) {
	if !c.l.nouns {
		c.contrast()
	}
	c.dates()
	c.small()
	if c.hedged && !c.forget || c.l.elides && c.is(c.from, "quand", "lorsque", "lorsqu'") {
		return
	}
	if c.possession() {
		return
	}
	if !c.verb(before) || !c.subject(before) {
		return
	}
	if c.wishes() && c.lemma != "konnen" {
		return
	}
	c.apply()
}

// wishes reports that the clause tells what is wanted, planned, possible or due.
func (c *langClause) wishes() bool {
	for i := c.from; i < c.to; i++ {
		if n := c.phraseAt(i, c.l.wishes); n > 0 && !(n == 1 && c.sameButAccent(i)) {
			return true
		}
	}
	return false
}

// small marks the words that say how, whether and to whom.
func (c *langClause) small() {
	l := c.l
	more, without := -1, false
	for i := c.from; i < c.to && (c.x.toks[i].kind != word || c.at(i, l.subordinate) && !c.at(i, l.they) || c.at(i, l.joins) || l.orders.openers[c.low[i]] && !l.articles[c.low[i]]); i++ {
		if c.marks[i] == markNone {
			c.marks[i] = markAdverb
		}
	}
	if i := c.next(c.from); l.elides && c.is(i, "comme") && (c.at(i+1, l.me) || c.at(i+1, l.we) || c.at(i+1, l.mine)) {
		c.marks[i] = markAdverb // "comme je joue du piano, …"
	}
	said := false // the verb is behind
	for i := c.from; i < c.to; i++ {
		if c.marks[i] != markNone {
			continue
		}
		if s, _ := c.sensesAt(i); s != nil && s[0].kind != infinitive {
			said = true
		}
		if said && c.x.toks[i].kind != word {
			break // "à Annecy, pas loin du lac"
		}
		switch {
		case c.at(i, l.deny) && l.drops && said && !c.is(i, "nunca", "jamas", "tampoco"): // of another statement: "desde que vivo en Oslo no salgo"
		case l.elides && said && c.is(i, "pas", "non") && (c.at(i+1, l.prepositions) || c.x.toks[min(i+1, c.end-1)].upper) && !c.verbBefore(i):
			c.to = i // "j'habite à Vannes pas à Cannes"
		case l.elides && c.at(i, l.deny) && !without && !c.verbBefore(i): // "et toujours pas le permis"
		case c.at(i, l.deny):
			if c.at(i+1, l.onlyWords) {
				c.mark(i, i+2, markAdverb)
				continue
			}
			if said && l.nouns && c.contrasts(i) {
				for i > c.from && c.at(i-1, l.joins) {
					i--
				}
				c.to = i // "in Jena, nicht in Gera"
				break
			}
			c.negated = true
			c.marks[i] = markDeny
			if l.denyBefore && c.at(i-1, l.anyMore) {
				c.noLonger = true
				c.marks[i-1] = markDeny
			}
		case c.at(i, l.anyMore):
			more = i
		case l.elides && c.x.toks[i].low == "la" && i+1 < c.to && c.x.toks[i+1].kind == word: // an article
		case c.at(i, l.adverbs) && (c.x.toks[i].low == c.low[i] || l.verbs[c.x.toks[i].low] == nil):
			c.marks[i] = markAdverb
			without = without || c.is(i, "ne", "n'")
		}
	}
	if more >= 0 && l.nouns && c.is(more+1, "so", "ganz", "immer", "jeden", "nur", "allein", "alleine", "oft", "viel", "unbedingt", "ausschliesslich") {
		more = -1 // "ich arbeite nicht mehr so viel bei Bosch"
	}
	if more >= 0 && !l.denyBefore && (c.negated || without || l.elides && c.at(more+1, l.prepositions)) {
		c.noLonger = true
		c.marks[more] = markDeny
	}
	if l.denyBefore && c.is(c.to-1, "mas") && c.negated {
		c.noLonger = true // "no trabajo más ahí"
		c.marks[c.to-1] = markDeny
	}
}

// contrast leaves out what is said against the right thing: "né en 1982 et non en 1928".
func (c *langClause) contrast() {
	said := false
	for i := c.from; i < c.to; i++ {
		if s, _ := c.sensesAt(i); s != nil {
			said = true
		}
		if said && c.l.drops && c.is(i, "no") && i > c.from && (c.is(i-1, ",") || c.at(i-1, c.l.joins)) && i+1 < c.to && (c.at(i+1, c.l.prepositions) || c.x.toks[i+1].upper || figures(c.low[i+1]) > 0) {
			if c.to = i; c.at(i-1, c.l.joins) {
				c.to--
			}
			return
		}
		if said && c.l.elides && c.is(i, "pas", "non") && i+1 < c.to && (c.at(i+1, c.l.prepositions) || c.x.toks[i+1].upper) && !c.verbBefore(i) {
			if c.to = i; c.at(i-1, c.l.joins) {
				c.to--
			}
			return
		}
	}
}

// verbBefore reports a verb before token i, with nothing but adverbs in between.
func (c *langClause) verbBefore(i int) bool {
	for i--; i >= c.from; i-- {
		if s, _ := c.sensesAt(i); s != nil {
			return true
		}
		if !c.at(i, c.l.adverbs) && c.marks[i] != markDate {
			return false
		}
	}
	return false
}

// verb finds the verb of the clause and what its form says about when.
func (c *langClause) verb(before *langClause) bool {
	finite, main := -1, -1
	var f, m sense
	for i := c.from; i < c.to; i++ {
		if c.marks[i] != markNone {
			continue
		}
		list, n := c.sensesAt(i)
		if list == nil {
			continue
		}
		for _, s := range list {
			switch {
			case s.kind <= finitePast:
				if finite >= 0 && c.is(i, "a", "como", "para", "sobre") {
					n = 1 // "j'habite a bordeaux"
				} else if finite < 0 {
					finite, f = i, c.bestSense(list, i)
					c.either = hasKind(list, finitePresent) && hasKind(list, finitePast)
					c.mark(i, i+n, markVerb)
				} else if c.l.nouns && main < 0 && c.l.auxiliaries[s.lemma] && !c.l.auxiliaries[f.lemma] && finite == c.opening() && s.persons&(first|firstPlural) != 0 && c.participleAt(finite, &m) {
					main, finite, f = finite, i, s // "studiert hab ich in Aachen"
					c.mark(i, i+n, markVerb)
				} else if c.l.nouns && c.casual && i > c.from && strings.HasSuffix(c.low[i-1], "es") && inflected(c.low[i-1]) {
					continue // "ich mag scharfes essen"
				} else if c.l.nouns && modals[f.lemma] && s.persons&(first|third) == 0 {
					continue // an infinitive: "ich kann Karneval nicht leiden"
				} else if main < 0 && c.marks[i] == markNone && !hasKind(list, pastParticiple) {
					c.to = i // another statement begins without a mark
				}
			case (main < 0 || c.l.auxiliaries[m.lemma] && i > main) && (finite >= 0 && finite != i || finite < 0 && s.kind == pastParticiple):
				if finite >= 0 && !c.l.auxiliaries[f.lemma] {
					continue
				}
				main, m = i, s
				c.mark(i, i+n, markVerb)
			}
		}
		i += n - 1
	}
	if main >= 0 && finite >= 0 && c.l.adjectival[m.lemma] && copular[f.lemma] && !c.reflexiveIn() {
		c.marks[main], main = markNone, -1 // "estoy casado"
	}
	switch {
	case finite < 0 && main < 0:
		return false
	case finite < 0:
		if before == nil || !before.known {
			i := c.next(c.from)
			if i != min(main, c.to) && i < main && (c.l.drops || !c.at(i, c.l.prepositions)) || c.l.drops && !movers[m.lemma] {
				return false
			}
		}
		c.verbAt, c.lemma, c.past = main, m.lemma, true
		c.subj = party{}
		return m.kind == pastParticiple
	case main >= 0:
		c.verbAt, c.lemma = finite, m.lemma
		switch {
		case m.kind == pastParticiple:
			c.past = true
		case m.kind == gerundForm:
			c.past = f.kind == finitePast
			c.when.lasting = c.when.lasting || f.lemma == "llevar"
		case f.lemma == "acabar" || f.lemma == "venir":
			c.past = true
		default:
			return false // what will be, or can
		}
		if m.kind == infinitive && !c.is(main-1, "de", "d'", "me", "m'", "nous", "s'", "se") {
			return false
		}
		if m.kind == infinitive {
			c.marks[main-1] = markVerb
			if c.is(main-2, "de") {
				c.marks[main-2] = markVerb
			}
		}
	default:
		c.verbAt, c.lemma, c.past = finite, f.lemma, f.kind == finitePast
	}
	return true
}

// movers are verbs whose participle alone speaks of the speaker: "recién mudada a Gijón".
var movers = set(`nacer criar mudar instalar trasladar naitre installer demenager emmenager gebaren aufwachsen ziehen`)

// copular are the verbs of being.
var copular = set(`sein ser estar etre`)

func (c *langClause) reflexiveIn() bool {
	for i := c.from; i < c.to; i++ {
		if c.at(i, c.l.reflexive) && !c.at(i, c.l.we) || c.at(i, c.l.we) && c.at(i+1, c.l.we) {
			return true
		}
	}
	return false
}

func hasKind(list []sense, k senseKind) bool {
	for _, s := range list {
		if s.kind == k {
			return true
		}
	}
	return false
}

// bestSense chooses among the finite senses of a form: a reflexive one where "me" stands before it.
func (c *langClause) bestSense(list []sense, i int) sense {
	var out sense
	reflexive := c.at(i-1, c.l.reflexive) || c.l.nouns
	for _, s := range list {
		if s.kind <= finitePast && (out.lemma == "" || s.reflexive && reflexive) {
			if s.reflexive && !reflexive {
				continue
			}
			out = s
		}
	}
	return out
}
