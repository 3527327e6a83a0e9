package extract

import (
	"strings"
	"unicode"
)

// Phrases of a language whose nouns have capitals.

// germanDegrees are what studies end with.
var germanDegrees = set(`bachelor master masterabschluss bachelorabschluss diplom magister doktor doktortitel promotion staatsexamen abitur abi matura`)

// streetEnd is the token after a street with a number at token i, and after the town that follows: "Lindenstraße 8, 33602 Bielefeld".
func (c *langClause) streetEnd(i int) int {
	j := i
	for j < c.to && j < i+3 && c.x.toks[j].kind == word && !streetWord(c.low[j]) {
		j++
	}
	if j >= c.to || j >= i+3 || !streetWord(c.low[j]) || !c.x.toks[i].upper && !c.casual || j+1 >= c.end || !unicode.IsDigit(rune(c.x.toks[j+1].text[0])) {
		return 0
	}
	to := j + 2
	if c.is(to, ",") && to+2 < c.end && len(c.x.toks[to+1].text) > 3 && figures(c.x.toks[to+1].text) > 0 && c.x.toks[to+2].kind == word {
		for to += 3; to < c.end && c.x.toks[to].upper && c.x.toks[to].kind == word; to++ {
		}
	}
	return to
}

// streetWord reports the name of a street.
func streetWord(low string) bool {
	for _, s := range []string{"strasse", "str", "weg", "gasse", "platz", "allee", "ring", "ufer", "damm", "chaussee", "steig", "graben", "markt", "berg"} {
		if strings.HasSuffix(low, s) && (len(low) > len(s) || s == "strasse") {
			return true
		}
	}
	return false
}

// townOf gives the town or region of its people: "Grazerin", "Schwabe"; "" for others.
func (l *tongue) townOf(s string) string {
	low := l.fold(lower(s))
	if t := l.peoples[low]; t != "" {
		return t
	}
	for _, tail := range []string{"erin", "er"} {
		if town, ok := strings.CutSuffix(low, tail); ok && l.towns[town] && len(town) > 2 {
			n := len([]rune(s)) - len(tail)
			return string([]rune(s)[:n])
		}
	}
	return ""
}

// inflected reports the ending of an adjective before its noun.
func inflected(w string) bool {
	return len(w) > 3 && (strings.HasSuffix(w, "e") || strings.HasSuffix(w, "es") || strings.HasSuffix(w, "en") || strings.HasSuffix(w, "er"))
}

// ownBirthday reports that a birthday that the clause names is that of its subject: not "Papas Geburtstag" or "der Geburtstag von Oma".
func (c *langClause) ownBirthday() bool {
	for i := c.from; i < c.to; i++ {
		if !c.is(i, "geburtstag", "wiegenfest", "ehrentag") {
			continue
		}
		if c.is(i+1, "von", "vom", "der", "des", "meiner", "meines", "unserer", "unseres", "unsrer", "seiner", "ihrer", "meinem") {
			return false
		}
		if p := i - 1; p >= c.from && c.x.toks[p].kind == word && (c.is(p, "auf", "den", "der", "seinen", "ihren", "deinen", "einen", "einem", "unseren", "euren", "zum", "seinem", "ihrem", "kein", "keinen", "runden", "ihr", "sein", "dein", "unser") ||
			c.x.toks[p].upper && strings.HasSuffix(c.low[p], "s") && c.marks[p] == markNone && c.l.dates.months[c.low[p]] == 0) {
			return false
		}
	}
	return true
}

// gathered are things that are gathered, not collected.
var gathered = set(`kraft krafte mut unterschriften punkte ideen spenden geld erfahrung erfahrungen energie daten informationen material feedback meinungen fragen argumente gedanken mull`)

// sensed are things that are told by what they are of: "den Geruch von Diesel".
var sensed = set(`geruch duft geschmack klang gerausch anblick blick geplatscher stille ruhe`)

// clauseEnd is where the words of the clause from token i end.
func (c *langClause) clauseEnd(i int) int {
	for i < c.to && c.marks[i] == markNone && c.x.toks[i].kind == word && !c.at(i, c.l.joins) && !c.at(i, c.l.subordinate) && !c.finite(i) {
		i++
	}
	return i
}

// seasonal are times at which something is liked, not what is liked.
var seasonal = set(`morgen abend mittag vormittag nachmittag nacht sommer winter herbst fruhling fruhjahr wochenende moment urlaub alltag prinzip august januar februar marz april mai
	juni juli september oktober november dezember advent allgemeinen grunde ernst allgemein`)

// composed gives the number that a word such as "neununddreißig" is, or 0.
func (l *tongue) composed(low string) int {
	ones, tens, ok := strings.Cut(low, "und")
	if !ok || l.dates.numbers[tens] < 20 {
		return 0
	}
	if n := l.dates.numbers[ones]; n > 0 && n < 10 {
		return n + l.dates.numbers[tens]
	}
	return 0
}

// person reports whether the mention names a person in a language whose nouns all have capitals: a known name, a title or two names.
func (u *utterance) person(m mention) bool {
	low := u.low[m.from]
	if m.titled || u.l.casualNames[low] || givenNames[u.x.toks[m.from].low] || u.x.vocabPerson(m.text) {
		return true
	}
	return m.to == m.from+2 && !u.l.isJob(u.low[m.from+1]) && !u.is(m.from-1, "in", "aus", "nach", "bei", "auf") && !u.l.towns[low] && !u.l.plain[low] && !u.common(low) && !u.common(u.low[m.from+1]) && !u.l.dates.last[low] && !u.l.dates.next[low] && !u.l.dates.this[low] && !u.l.adverbs[low]
}

// pastimes read like jobs and are none.
var pastimes = set(`rollstuhlfahrer radfahrer autofahrer mitfahrer beifahrer schwarzfahrer geisterfahrer motorradfahrer skifahrer bahnfahrer falschfahrer sonntagsfahrer
	rennradfahrer fahrradfahrer spassmacher miesmacher anfuhrer fluchthelfer ersthelfer wahlhelfer vizemeister deutscher_meister landesmeister tagebuchschreiber
	traumtanzer selbstdarsteller angsthase unheilstifter nachahmer langschlafer ladenhuter weltverbesserer rekordmeister altmeister burgermeisterkandidat`)
