package extract

import (
	"strings"
	"time"
	"unicode"
)

// dateEnd is the token after a day of a month at i, "9 de noviembre de 1990" or "9/11/1990", or 0.
func (c *langClause) dateEnd(i int) int {
	if i >= c.to {
		return 0
	}
	for _, layout := range [...]string{"2/1/2006", "2-1-2006", "2.1.2006"} {
		if _, err := time.Parse(layout, c.low[i]); err == nil {
			return i + 1
		}
	}
	if c.dayNumber(i) == 0 {
		return 0
	}
	p := langClause{utterance: c.utterance, from: i, to: c.to, marks: c.marks}
	if _, to, ok := p.calendar(i, backward, false); ok {
		return to
	}
	return 0
}

// meetingEnd is the token after an appointment that begins with the word for it at i and ends with its day and time: "cita con el dentista
// el jueves 21 a las 9:15". It is 0 where no day is named.
func (c *langClause) meetingEnd(i int) int {
	if !meetings[c.low[i]] || !c.is(i+1, "con", "en", "para", "medica", "medico", "dental", "al", "a", "el", "este") && !(c.is(i, "revision", "vacuna", "analisis", "ecografia", "examen", "entrevista") && c.is(i+1, "de", "del")) {
		return 0
	}
	to, dated, timed, with := 0, false, false, false
	for j := i + 1; j < c.to && j < i+20; j++ {
		t := &c.x.toks[j]
		d := &c.l.dates
		switch {
		case t.kind == quoted || t.kind == newline || t.kind == punct && !c.is(j, ":", ".", "/", "-"):
			j = c.to
		case t.kind == punct:
			if j+1 >= c.to || !startsWithDigit(c.low[j+1]) {
				j = c.to
			}
		case d.weekdays[c.low[j]] > 0 || c.is(j, "domingo") || c.marks[j] == markDate && (startsWithDigit(c.low[j]) || d.months[c.low[j]] != 0 || c.is(j, "manana")):
			to, dated, with = j+1, true, false
		case dated && (startsWithDigit(c.low[j]) || c.is(j, "manana", "tarde", "noche", "mediodia", "hs", "h", "hrs", "horas", "am", "pm", "media", "cuarto") || d.numbers[c.low[j]] > 0 && c.is(j-1, "las", "la")):
			to, timed, with = j+1, true, false
		case c.at(j, c.l.subordinate) || c.at(j, c.l.resets) || c.at(j, c.l.deny):
			j = c.to
		case dated && !timed && c.is(j, "con", "en"):
			with = true
		case with && !c.finite(j):
			if !c.at(j, c.l.articles) && !c.at(j, c.l.prepositions) {
				to = j + 1 // "cita el lunes con el dentista"
			}
		case dated && !c.at(j, c.l.articles) && !c.at(j, c.l.prepositions) && !c.is(j, "y"):
			j = c.to
		case !dated && c.finite(j):
			return 0
		}
	}
	if !dated {
		return 0
	}
	return to
}

// streetNamed is the token after a street with its number at i, "calle Mayor 14, 3º B, Toledo", or 0.
func (c *langClause) streetNamed(i int) int {
	if !streetWords[c.wordAt(i)] {
		return 0
	}
	u := c.utterance
	j := i + 1
	for j < u.end && j < i+7 && !startsWithDigit(u.low[j]) && (u.x.toks[j].upper || u.is(j, ".", "/", "de", "del", "la", "los", "las", "el", "y", "numero", "n", "nro") || u.casual && u.x.toks[j].kind == word) {
		j++
	}
	if j >= u.end || !startsWithDigit(u.low[j]) || j < i+2 {
		return 0
	}
	j++
	for j+1 < u.end && u.is(j, ",") && (startsWithDigit(u.low[j+1]) || flats[u.low[j+1]] || u.l.towns[u.low[j+1]] && u.x.toks[j+1].upper) {
		for j++; j < u.end && u.x.toks[j].kind == word; j++ {
		}
	}
	return j
}

// streetWords are words for streetWords, and flats are those for parts of a house.
var (
	streetWords = set(`calle avenida av avda plaza paseo jiron jr carrera cra pasaje camino ronda travesia carretera bulevar boulevard rambla callejon calzada diagonal alameda cuesta glorieta c`)
	flats       = set(`piso puerta bajo atico depto dpto departamento interior int apto apartamento bloque portal escalera esc casa torre local`)
)

// activities are what one goes out for.
var activities = set(`correr caminar nadar pescar cazar pedalear remar patinar escalar bailar trotar surfear rodar`)

// meetings are words for what one goes to at a time.
var meetings = set(`cita citas turno consulta hora revision control reunion cirugia visita entrevista sesion ecografia analisis analitica resonancia vacuna examen oposicion`)

func startsWithDigit(s string) bool { return s != "" && unicode.IsDigit(rune(s[0])) }

// degreeEnd is the token after a degree with its subject at i, "máster en Bioética", or 0.
func (c *langClause) degreeEnd(i int) int {
	if !c.l.degrees[c.wordAt(i)] || !c.is(i+1, "en", "de") {
		return 0
	}
	if to := c.listed(i+2, c.l.subjects); to > 0 {
		return to
	}
	j := i + 2
	for j < c.to && j < i+7 && (c.x.toks[j].upper || j > i+2 && c.is(j, "de", "del", "y", "e", "la", "las", "los") && j+1 < c.to && c.x.toks[j+1].upper) {
		j++
	}
	if j == i+2 || c.l.schools[c.low[i+2]] || c.l.towns[c.low[i+2]] {
		return 0
	}
	return j
}

// carEnd is the token after a make of cars at i with its model, "Renault Kangoo", or 0.
func (c *langClause) carEnd(i int) int {
	n := c.listed(i, c.l.makes)
	if n == 0 {
		return 0
	}
	for n < c.to && n < i+4 && c.x.toks[n].kind == word && c.marks[n] == markNone && (c.x.toks[n].upper || startsWithDigit(c.low[n]) && !IsYear(c.low[n]) && n == i+1 || c.casual && c.modelAt(n)) {
		n++
	}
	return n
}

// modelAt reports a word that may be the model of a car in casual writing.
func (c *langClause) modelAt(i int) bool {
	w := c.low[i]
	return !c.at(i, c.l.prepositions) && !c.at(i, c.l.joins) && !c.at(i, c.l.subordinate) && !c.at(i, c.l.adverbs) && !c.at(i, c.l.resets) && !c.at(i, c.l.reflexive) &&
		!c.at(i, c.l.newAdjectives) && !c.finite(i) && !c.at(i, c.l.deny) && len(w) > 1 && !strings.HasSuffix(w, "ado") && !strings.HasSuffix(w, "isimo")
}
