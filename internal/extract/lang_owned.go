package extract

import (
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// possession reads "mein Name ist Timo", "mi color favorito es el turquesa", "mon anniversaire, c'est le 14 février".
func (c *langClause) possession() bool {
	l := c.l
	i := c.next(c.from)
	for i < c.to && (c.at(i, l.orders.openers) || c.x.toks[i].kind != word || l.elides && c.is(i, "moi", "que", "qu'", "perso")) {
		i = c.next(i + 1)
	}
	for k := i + 1; l.elides && !c.at(i, l.mine) && k < c.to && k < i+6; k++ { // "au cinéma, mon film préféré c'est …"
		if c.at(k, l.mine) && c.x.toks[k-1].kind != word {
			i = k
		}
	}
	key, kind, j := "", "", 0
	switch {
	case c.at(i, l.mine):
		key, kind, j = c.ownedAt(i + 1)
	case l.nouns && (i == c.opening() || i > 0 && c.x.toks[i-1].kind != word):
		if key, kind, j = c.ownedAt(i); key != "" && !(c.is(j, ":") && j < c.to) && !(strings.HasPrefix(key, "favourite_") && c.isOne(c.next(j))) {
			key = "" // "Hobbys: Lesen, Wandern"
		}
	}
	if key == "name" && l.nouns && !c.at(i, l.mine) && i > c.utterance.from {
		for k := c.utterance.from; k < i; k++ {
			if l.kin[c.low[k]] != "" || l.kinMany[c.low[k]] != "" {
				return false // "hab mir nen Welpen geholt, Name: Ludo"
			}
		}
	}
	if key == "" {
		return false
	}
	colon := l.nouns && c.is(j, ":")
	j = c.next(j)
	if c.l.drops && strings.HasPrefix(key, "favourite_") && c.is(j, "de", "del") { // "mi peli favorita de todos los tiempos es"
		for k := j; k < min(j+6, c.to); k++ {
			if c.is(k, "es", "son") {
				j = k
			}
		}
	}
	if c.l.elides && strings.HasPrefix(key, "favourite_") {
		if c.is(j, "au", "du") && c.is(j+1, "monde") {
			j += 2
		}
		if c.is(j, "de") && c.is(j+1, "tous", "toute", "toutes", "tout") { // "de tous les temps"
			for j < c.to && !c.is(j, ",", "c'", "est", "reste") {
				j++
			}
		}
		for k := j + 1; c.is(j, ",") && k < min(j+10, c.end-1); k++ { // ", tu le sais, c'est …"
			if c.is(k, "c'") && c.is(k+1, "est") && c.is(k-1, ",") {
				j, c.to = k, c.end
				for n := k + 2; n < c.end; n++ {
					if c.x.toks[n].kind != word {
						c.to = n
						break
					}
				}
				c.marksClear(k, c.to)
				break
			}
		}
	}
	for c.is(j, ",", ":", "c'", "ce") || l.elides && c.is(j, "s'") {
		j = c.next(j + 1)
	}
	for c.l.elides && strings.HasPrefix(key, "favourite_") && c.is(j, "a", "ete", "toujours", "sera", "restera") { // "a toujours été"
		j++
	}
	present := c.l.elides && j > 0 && strings.HasPrefix(key, "favourite_") && (c.is(j-1, "ete", "sera", "restera") || c.is(j-1, ",") && j < c.to)
	if present {
		j--
	}
	for _, s := range l.verbs[c.wordAt(j)] {
		present = present || l.naming[s.lemma] && s.persons&third != 0 || (s.lemma == "sein" || s.lemma == "ser" || s.lemma == "etre" || s.lemma == "lauten" || s.lemma == "rester") && s.kind == finitePresent && (s.persons&third != 0 || (l.nouns || l.drops) && s.persons&thirdPlural != 0)
	}
	present = present || l.drops && strings.HasPrefix(key, "favourite_") && c.is(j, "sera", "seran", "seguira") && c.is(j-1, "siempre")
	if c.is(j-1, ":") {
		j--
	} else if !present && !(colon && kind == "day") {
		return true
	}
	if c.wishes() {
		return true
	}
	if c.at(j+1, l.joins) && c.is(j+2, "bleibt", "war") {
		j += 2
	}
	c.subj, c.known, c.verbAt = c.x.me(), true, j
	if kind == "day" {
		if !l.nouns && c.is(j+1, "arrive", "passe", "venu", "gache", "annule", "adelanto", "paso", "llego") {
			return true
		}
		return c.ownDay(key)
	}
	k := c.next(j + 1)
	for k < c.to && (c.at(k, l.articles) || c.at(k, l.prepositions) && kind != "text" || c.is(k, ":")) && !c.x.toks[k].upper {
		k = c.next(k + 1)
	}
	if l.nouns && kind == "value" && k >= c.to && c.to < c.end && c.x.toks[c.to].kind == quoted {
		text := strings.Trim(c.x.toks[c.to].text, "\"„“”«»‚‘'`")
		c.assert(&langForm{key: key, mode: state}, captured{name: kind, text: text, party: party{from: c.to, to: c.to + 1, conf: 1}}, i, c.to+1)
		return true
	}
	if l.nouns && kind == "value" && c.casual && titled[key] && c.at(k-1, l.articles) {
		k-- // "die ärzte"
		c.keepsArticle = true
	}
	if l.drops && k > 2 && c.at(k-1, l.articles) && c.is(k-2, "de") && c.at(k-3, l.articles) && kind == "value" || !l.nouns && c.is(k, "siguiente", "misma", "mismo", "suivante", "suivant", "meme") {
		return true // "mi serie favorita es la de los zombis"
	}
	if !l.nouns && kind == "value" && titled[key] && k > j+1 && c.at(k-1, l.articles) && k < c.to && (!c.x.toks[k].upper || c.casual) {
		if from, n := k-1, c.valueEnd(k); n > 0 { // "le grand bleu"
			if text := c.x.quote(from, n); c.ends(n) {
				c.assert(&langForm{key: key, mode: state}, captured{name: kind, text: text, party: party{from: from, to: n, conf: 1}}, i, n)
				return true
			}
		}
	}
	if l.drops && k > 0 && c.is(k-1, "de") && c.at(k-2, l.articles) && kind == "value" {
		return true // "mis pelis favoritas son las de Almodóvar"
	}
	got, to, ok := c.capture(kind, k)
	c.more = c.more[:0]
	if ok && l.nouns && listing[kind] {
		to = c.list(kind, got.party.from, to)
	}
	if !ok || !c.ends(to) || kind == "value" && l.nouns && !c.casual && strings.ToLower(got.text) == got.text && !strings.ContainsAny(got.text, "0123456789") {
		return true
	}
	if w := c.low[k]; l.elides && strings.HasPrefix(key, "favourite_") && k == c.next(j+1) && !c.x.toks[k].upper && len(w) > 4 && (strings.HasSuffix(w, "er") || strings.HasSuffix(w, "ir")) {
		return true // "regarder les autres courir"
	}
	f := &langForm{key: key, mode: state}
	if c.negated && !c.noLonger {
		return true
	}
	c.marksClear(k, to)
	c.assert(f, got, i, to)
	for _, other := range append([]captured(nil), c.more...) {
		c.assert(f, other, other.party.from, other.party.to)
	}
	for k := to; l.drops && kind == "value" && c.is(j, "son") && k < c.end; k = to { // "mis colores favoritos son el rojo y el verde"
		for c.utterance.is(k, ",") || c.utterance.at(k, l.joins) || k > to && c.utterance.at(k, l.articles) {
			k++
		}
		wide := *c
		wide.to = c.end
		if got, to, ok = wide.capture(kind, k); k == to || !ok || !wide.ends(to) || wide.finite(k) {
			break
		}
		c.assert(f, got, i, to)
	}
	return true
}

// titled are the keys of things whose names may begin with an article.
var titled = set(`favourite_band favourite_movie favourite_film favourite_book favourite_series favourite_song`)

// marksClear is for values that hold words which are marked otherwise.
func (c *langClause) marksClear(from, to int) {
	for i := from; i < to && i < len(c.marks); i++ {
		c.marks[i] = markNone
	}
}

// ownedAt reads what is owned after the possessive: key, kind of the value and the token after.
func (c *langClause) ownedAt(i int) (string, string, int) {
	l := c.l
	for c.at(i, l.newAdjectives) {
		i++
	}
	var room [phraseRoom]byte
	for n := 4; n > 0; n-- {
		if i+n > c.to {
			continue
		}
		if o, ok := l.owned[string(c.words(room[:0], i, i+n))]; ok {
			j := i + n
			for c.at(j, l.newAdjectives) {
				j++
			}
			if c.at(j, l.favourite) {
				break
			}
			if c.is(j, "de", "von", "del", "des", "meiner", "meines", "du", "d'") {
				return "", "", 0
			}
			return o.key, o.capture, j
		}
	}
	if rest, ok := strings.CutPrefix(c.wordAt(i), "lieblings"); ok && l.nouns {
		if thing := l.favouriteThings[rest]; thing != "" {
			return "favourite_" + thing, "value", i + 1
		}
		return "", "", 0
	}
	if i > 0 && c.is(i-1, "liebste", "liebster", "liebstes", "liebsten", "allerliebste", "allerliebster", "allerliebstes") && l.nouns {
		if thing := l.favouriteThings[c.wordAt(i)]; thing != "" {
			return "favourite_" + thing, "value", i + 1
		}
	}
	thing, j := l.favouriteThings[c.wordAt(i)], i+1
	if c.is(j, "de", "d'") && c.at(j+2, l.favourite) {
		if t := l.favouriteThings[strings.Join(c.low[i:j+2], " ")]; t != "" {
			return "favourite_" + t, "value", j + 3
		}
		if thing != "" && l.elides {
			return "favourite_" + thing, "value", j + 3 // "équipe de foot préférée"
		}
		return "", "", 0
	}
	if thing != "" && c.at(j, l.favourite) {
		return "favourite_" + thing, "value", j + 1
	}
	return "", "", 0
}

// ownDay reads the day of a birthday.
func (c *langClause) ownDay(key string) bool {
	from, to := c.dayMention()
	if to == 0 || c.negated {
		return true
	}
	c.x.attribute(fact{subject: c.subj, key: key, value: c.x.quote(from, to), category: identity, conf: c.strength(), from: c.spanFrom(), to: to})
	return true
}

// dayMention is the day of a month that the clause names.
func (c *langClause) dayMention() (int, int) {
	for i := c.from; i < c.to; i++ {
		if c.l.nouns && dayMonth(c.x.toks[i].text) {
			to := i + 1
			if c.is(to, ".") && strings.Count(c.x.toks[i].text, ".") == 1 && i+2 < c.end {
				to++
			}
			return i, to
		}
		if c.dayNumber(i) == 0 {
			for _, layout := range dayLayouts {
				if len(c.low[i]) < len(layout) || c.low[i][0] > '9' {
					break
				}
				if _, err := time.Parse(layout, c.low[i]); err == nil && !c.l.nouns {
					return i, i + 1
				}
			}
			continue
		}
		p := langClause{utterance: c.utterance, from: i, to: c.to, marks: c.marks}
		if _, n, ok := p.calendar(i, backward, false); ok && c.x.quote(i, n) != "" {
			return i, n
		}
	}
	return 0, 0
}

// dayMonth reports a day in figures: "14.11.1987", "7.9".
func dayMonth(s string) bool {
	f := strings.Split(strings.TrimSuffix(s, "."), ".")
	if len(f) < 2 || len(f) > 3 {
		return false
	}
	d, m := figures(f[0]), figures(f[1])
	return d > 0 && d < 32 && m > 0 && m < 13 && len(f[0]) < 3 && len(f[1]) < 3 && (len(f) == 2 || len(f[2]) == 2 && figures(f[2]) >= 0 || IsYear(f[2]))
}

// relativeSubject finds the relative or the person that the clause is about.
func (c *langClause) relativeSubject() (party, bool) {
	for _, s := range c.spans {
		if s.from >= c.from && s.to <= c.to && s.party.ref.Type == record.TypePerson {
			if s.from > c.from && c.at(s.from-1, c.l.prepositions) {
				continue
			}
			if s.from > c.verbAt && !c.l.nouns || s.from > c.verbAt+1 {
				continue
			}
			c.mark(s.from, s.to, markSubject)
			return s.party, true
		}
	}
	i := c.next(c.from)
	for i < c.verbAt && c.x.toks[i].kind != word {
		i = c.next(i + 1)
	}
	if i >= c.verbAt {
		return party{}, false
	}
	if c.at(i, c.l.mine) { // "meine Schwester", who is known
		if m, ok := c.nameAt(i + 1); ok && c.l.nouns && c.utterance.known(m) && c.verbAt >= m.to {
			p := c.x.people.resolve(m)
			c.mark(i, m.to, markSubject)
			return p, true
		}
		label := c.l.kin[c.wordAt(i+1)]
		if label == "" || oneOfMany[label] || c.verbAt < i+2 {
			return party{}, false
		}
		known := c.x.relatives(label)
		if len(known) == 0 {
			return party{}, false
		}
		p := party{ref: known[0], from: i, to: i + 2, conf: 1}
		if len(known) > 1 {
			p.doubt = c.x.quote(i, i+2) + " may be several people"
		}
		c.mark(i, i+2, markSubject)
		return p, true
	}
	m, ok := c.nameAt(i)
	if !ok || m.to > c.verbAt || c.next(m.to) < c.verbAt || c.x.people.evidence(m, i == c.opening()) != strongEvidence && !m.titled {
		return party{}, false
	}
	p := c.x.people.resolve(m)
	c.mark(m.from, m.to, markSubject)
	return p, true
}
