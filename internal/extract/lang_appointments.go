package extract

import (
	"strings"
	"unicode"

	"github.com/spectron-go/spectron/internal/record"
)

// appointments reads an appointment of the speaker with its day, which is ahead: "am 19. Mai um 8:40 Uhr Termin beim Kieferorthopäden".
func (u *utterance) appointments() {
	if len(u.l.engagements) == 0 || u.doubted(u.from) {
		return
	}
	c := u.clauseFrom(u.from)
	for i := u.from; i < u.end; i++ {
		if !u.at(i, u.l.engagements) || !u.x.toks[i].upper && !u.casual {
			continue
		}
		from, to, when, ok := c.dayAhead(i)
		if !ok || u.others(min(from, i), max(to, i+1)) || u.is(from, "heute") && to == from+1 {
			continue
		}
		end := c.with(i + 1)
		if to > end {
			to = c.with(to)
		}
		if last := max(to, end); !u.speaker() && (last < u.end && u.x.toks[last].kind == word || min(from, i) > u.opening()+1 && u.x.toks[min(from, i)-1].kind == word && !u.at(min(from, i)-1, u.l.prepositions)) {
			continue // "der Elternabend am Dienstag dauert ewig"
		}
		a, b := min(from, i), max(to, end)
		for k := a; k < b; k++ {
			if k >= min(to, end) && k < max(from, i) && (c.finite(k) || u.at(k, u.l.me) || u.l.nouns && u.is(k, "einen", "ein", "eine", "meinen", "den")) {
				a, b = i, end // "am 28. Mai um 11 Uhr habe ich ein MRT"
			}
		}
		if value := u.x.quote(a, b); value != "" && b-a < 16 {
			u.x.attribute(fact{subject: u.x.me(), key: Appointment, value: value, category: momentary, conf: likely, from: a, to: b, valid: when})
		}
		return
	}
}

// speaker reports that the sentence speaks of the speaker.
func (u *utterance) speaker() bool {
	for i := u.from; i < u.end; i++ {
		if u.at(i, u.l.me) || u.at(i, u.l.we) || u.at(i, u.l.mine) || u.is(i, "mir", "mich") {
			return true
		}
		for _, s := range u.l.verbs[u.x.toks[i].low] {
			if s.kind == finitePresent && s.persons == first {
				return true
			}
		}
	}
	return false
}

// others reports that the sentence is of somebody else, of the past, or denies what it says.
func (u *utterance) others(from, to int) bool {
	mine, verb := false, false
	for i := u.from; i < u.end; i++ {
		mine = mine || u.at(i, u.l.me) || u.at(i, u.l.we) || u.at(i, u.l.mine)
		if u.is(i, "abgesagt", "verschoben", "absagen", "verschieben", "storniert", "brauche", "brauch", "suche", "such", "buche", "buch", "vereinbaren", "machen", "ausmachen", "kriegen", "bekommen", "finden", "verlegen", "anrufen", "ruf", "rufe", "frei", "freien", "warteliste", "besorgen", "holen", "vorverlegen", "umbuchen", "umlegen") {
			return true
		}
		for _, s := range u.l.verbs[u.x.toks[i].low] {
			verb = verb || s.kind == finitePresent && !copular[s.lemma]
			mine = mine || s.kind == finitePresent && s.persons == first
		}
		for _, s := range u.l.verbs[u.x.toks[i].low] {
			if s.kind == finitePast || s.kind == pastParticiple && i < to+3 {
				return true
			}
		}
		if i < to && (u.at(i, u.l.deny) || u.is(i, "ohne", "er", "sie", "abgesagt", "verschoben", "kein", "absagen", "sag", "sage", "verschieb", "verschieben", "storniere", "entfallt", "fallt", "fiel") || u.at(i, u.l.mine) && u.l.kin[u.wordOf(i+1)] != "" || u.is(i, "sein", "seine", "ihr", "ihre", "dein", "deine")) {
			return true
		}
	}
	return verb && !mine || u.is(to, "von", "vom", "der", "des")
}

// dayAhead finds the day that stands nearest token i, and the time of day with it.
func (c *langClause) dayAhead(i int) (from, to int, when record.Interval, ok bool) {
	for j := max(c.from, i-9); j < min(c.to, i+9); j++ {
		iv, n, found := c.period(j, forward, false)
		if !found {
			if _, weekday := c.l.dates.weekdays[c.low[j]]; weekday {
				iv, n, found = c.period(j, forward, true)
			}
		}
		if !found || iv.From.IsZero() || c.x.at.IsZero() || !iv.Until.After(c.x.at) || iv.Until.Sub(iv.From).Hours() > 25 {
			continue
		}
		for c.is(n, ",") && c.is(n+1, "um") || c.is(n, "fruh", "vormittags", "nachmittags", "abends", "mittags", "morgens", "vormittag", "nachmittag", "abend", "mittag") {
			n++
		}
		k := n
		if c.is(k, "um", "ab", "gegen", "so", "halb") {
			for c.is(k, "um", "ab", "gegen", "so", "halb") {
				k++
			}
		}
		if k < c.to && (unicode.IsDigit(rune(c.x.toks[k].text[0])) || c.l.dates.numbers[c.low[k]] > 0 && k > n) && !c.is(k+1, ".") {
			if n = k + 1; c.is(n, "uhr") {
				n++
			}
		}
		if c.at(j, c.l.articles) || strings.HasPrefix(c.low[j], "am") {
			j++
		}
		return j, n, iv, true
	}
	return 0, 0, record.Interval{}, false
}

// with is the token after "beim Hautarzt", "bei der Stadt" or "mit Frau Lang" at token i.
func (c *langClause) with(i int) int {
	if !c.is(i, "bei", "beim", "mit", "im", "zur", "zum", "am", "in") {
		return i
	}
	j := i + 1
	for c.at(j, c.l.articles) || c.is(j, "dr", "dr.", "frau", "herrn") {
		j++
		if c.is(j, ".") {
			j++
		}
	}
	if j < c.to && c.x.toks[j].kind == word && (c.x.toks[j].upper || c.casual && c.l.engagements[c.low[j]]) && c.marks[j] == markNone {
		return j + 1
	}
	return i
}
