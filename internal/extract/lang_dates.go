package extract

import (
	"strconv"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// dateWords are how a language names times.
type dateWords struct {
	months                           map[string]time.Month
	weekdays                         map[string]time.Weekday
	numbers                          map[string]int
	units                            map[string]string // to day, week, month or year
	days                             map[string]int    // "yesterday": -1
	since, until, on, ago            phraseTable
	between, and                     map[string]bool // "von … bis"
	span, after                      phraseTable     // "für zwei Wochen", "zwei Wochen lang"
	last, next, this                 map[string]bool
	longSince, once, brief, formerly phraseTable // "seit langem"; at some time; for a time; in former times
}

// langWhen is what the dates of a clause say together.
type langWhen struct {
	when
	count    int
	lasting  bool // "seit zwei Jahren": holds, of unknown beginning
	brief    bool // for a time only
	weekly   bool // "samstags"
	just     bool // "gerade", which with the past is a moment ago
	formerly bool
	ahead    record.Interval // the period after "until", as one that is ahead
}

// dates marks the date phrases of the clause and gathers what they say.
func (c *langClause) dates() {
	d := &c.l.dates
	for i := c.from; i < c.to; {
		if n := c.phraseAt(i, d.brief); n > 0 {
			c.when.just = c.is(i, "gerade", "grad", "soben") && !c.when.brief
			c.when.brief = true
			c.when.weekly = c.when.weekly || c.l.nouns && strings.HasSuffix(c.low[i], "tags")
			i = c.mark(i, i+n, markDate)
			continue
		}
		if n := c.phraseAt(i, d.formerly); n > 0 && !(!c.l.nouns && c.is(i, "avant", "antes") && c.is(i+1, "de", "d'", "que", "qu'")) {
			c.when.formerly = true
			i = c.mark(i, i+n, markDate)
			continue
		}
		if n := c.phraseAt(i, d.longSince); n > 0 {
			c.when.lasting = true
			i = c.mark(i, i+n, markDate)
			continue
		}
		if n := c.phraseAt(i, d.once); n > 0 {
			i = c.mark(i, i+n, markDate)
			continue
		}
		if n, ok := c.duration(i); ok {
			if c.is(n-1, "lang") && c.lastsAlready() { // "neun Jahre lang arbeite ich jetzt schon hier"
				c.when.lasting = true
				i = c.mark(i, n, markDate)
				continue
			}
			c.when.brief = true
			i = c.mark(i, n, markDate)
			continue
		}
		w, lasting, ok := c.dateAt(i)
		if !ok || w.end <= i {
			i++
			continue
		}
		if lasting {
			c.when.lasting = true
		} else {
			c.when.when = w
			c.when.count++
		}
		i = c.mark(i, w.end, markDate)
	}
	if c.when.count > 1 {
		c.when.when = when{}
	}
}

// duration reads "für zwei Wochen" and "zwei Wochen lang".
func (c *langClause) duration(i int) (int, bool) {
	d := &c.l.dates
	if n := c.phraseAt(i, d.span); n > 0 {
		if _, _, to := c.amount(i + n); to > 0 {
			return to, true
		}
		return 0, false
	}
	if _, _, to := c.amount(i); to > 0 {
		if n := c.phraseAt(to, d.after); n > 0 {
			return to + n, true
		}
	}
	return 0, false
}

// amount reads "zwei Wochen": how many, of what, and the token after.
func (c *langClause) amount(i int) (int, string, int) {
	d := &c.l.dates
	vague := false
	for c.is(i, "etwa", "rund", "circa", "ca", "fast", "knapp", "uber", "mehr", "als", "casi", "unos", "unas", "mas", "de", "environ", "presque", "plus", "pres") {
		i, vague = i+1, true
	}
	if i+1 >= c.to {
		return 0, "", 0
	}
	n := figures(c.low[i])
	if n == 0 {
		n = d.numbers[c.low[i]]
	}
	if n == 0 && c.is(i, "einigen", "einige", "ein", "paar", "mehreren", "mehrere", "vielen", "viele", "varios", "varias", "algunos", "algunas", "muchos", "muchas",
		"unos", "unas", "quelques", "plusieurs", "des") {
		n, vague = 1, true
		if c.is(i+1, "paar") {
			i++
		}
	}
	if n <= 0 || n > 400 || i+1 >= c.to {
		return 0, "", 0
	}
	if n == 1 && c.is(i+1, "paar") {
		i, vague = i+1, true
	}
	unit := d.units[c.wordAt(i+1)]
	if unit == "" {
		return 0, "", 0
	}
	if vague {
		n = -n
	}
	return n, unit, i + 2
}

func (c *langClause) wordAt(i int) string {
	if i >= c.from && i < c.to {
		return c.low[i]
	}
	return ""
}

// dateAt reads a date phrase with its preposition. It reports as well whether it only says that something has lasted.
func (c *langClause) dateAt(i int) (when, bool, bool) {
	x, d := c.x, &c.l.dates
	w := when{start: i}
	if n := c.phraseAt(i, d.since); n > 0 {
		w.kind = sinceDate
		j := i + n
		if k := c.phraseAt(j, d.ago); k > 0 {
			j += k
		}
		if _, _, to := c.amount(j); to > 0 {
			if w.end = to; c.is(to, "que", "qu'") { // "ça fait deux ans que j'habite ici"
				w.end++
			}
			return w, true, true
		}
		dir := backward
		if c.is(i, "ab", "a", "des") { // "ab Juni" is ahead
			dir = forward
		}
		iv, to, ok := c.period(j, dir, true)
		if !ok && c.is(j-1, "ano") { // "desde el año pasado"
			iv, to, ok = c.period(j-1, dir, true)
		}
		w.interval, w.end = iv, to
		if dir == forward && !x.at.IsZero() && iv.From.After(x.at) {
			c.when.brief = true // it is not so yet
		}
		return w, false, ok
	}
	if n := c.phraseAt(i, d.until); n > 0 {
		w.kind = untilDate
		if k := c.phraseAt(i+n, d.ago); k > 0 { // "bis vor zwei Jahren"
			if count, unit, to := c.amount(i + n + k); to > 0 {
				w.interval, w.end = x.before(count, unit), to
				return w, false, true
			}
		}
		iv, to, ok := c.period(i+n, backward, true)
		if !ok && c.is(i+n-1, "ano") { // "hasta el año pasado"
			n--
			iv, to, ok = c.period(i+n, backward, true)
		}
		w.interval, w.end = iv, to
		c.when.ahead, _, _ = c.period(i+n, forward, true)
		return w, false, ok
	}
	if c.at(i, d.between) {
		a, n, ok := c.period(i+1, backward, true)
		if ok && c.at(n, d.and) {
			b, m, ok := c.period(n+1, backward, true)
			if ok {
				w.kind, w.end = rangeDate, m
				if (a != record.Interval{}) && (b != record.Interval{}) && a.From.Before(b.Until) {
					w.interval = record.Interval{From: a.From, Until: b.Until}
				}
				return w, false, true
			}
		}
	}
	if n := c.phraseAt(i, d.ago); n > 0 {
		count, unit, to := c.amount(i + n)
		if to == 0 {
			return w, false, false
		}
		w.end = to
		if c.is(to, "que", "qu'") { // "hace dos años que vivo aquí"
			w.kind, w.end = sinceDate, to+1
			return w, true, true
		}
		w.interval = x.before(count, unit)
		return w, false, true
	}
	if n := c.phraseAt(i, d.on); n > 0 {
		if iv, to, ok := c.period(i+n, backward, true); ok {
			w.interval, w.end = iv, to
			return w, false, true
		}
	}
	iv, to, ok := c.period(i, backward, false)
	w.interval, w.end = iv, to
	return w, false, ok
}

// before is the day, month or year so long before the text was said.
func (x *extractor) before(n int, unit string) record.Interval {
	if x.at.IsZero() || n <= 0 {
		return record.Interval{}
	}
	switch unit {
	case "day":
		return x.day(-n)
	case "week":
		return x.day(-7 * n)
	case "month":
		first := monthOf(x.at.Year(), x.at.Month()).From.AddDate(0, -n, 0)
		return monthOf(first.Year(), first.Month())
	}
	return yearOf(x.at.Year() - n)
}

// dayLayouts are days in figures.
var dayLayouts = [...]string{"2.1.2006", "2/1/2006"}

// period reads a date without a preposition. With bare set, a month or a year alone is one too.
func (c *langClause) period(i int, dir direction, bare bool) (record.Interval, int, bool) {
	x, d := c.x, &c.l.dates
	none := record.Interval{}
	if c.at(i, c.l.articles) {
		if iv, n, ok := c.period(i+1, dir, true); ok && n > i+1 && !IsYear(c.low[i+1]) {
			return iv, n, true
		}
		return none, i, false
	}
	if i >= c.to || x.toks[i].kind != word {
		return none, i, false
	}
	if n, ok := d.days[c.low[i]]; ok {
		return x.day(n), i + 1, true
	}
	if iv, ok := isoDate(c.low[i]); ok {
		return iv, i + 1, true
	}
	for _, layout := range dayLayouts {
		if len(c.low[i]) < len(layout) || c.low[i][0] > '9' {
			continue
		}
		if t, err := time.Parse(layout, c.low[i]); err == nil && IsYear(strconv.Itoa(t.Year())) {
			return days(t, 1), i + 1, true
		}
	}
	if iv, n, ok := c.calendar(i, dir, bare); ok {
		return iv, n, true
	}
	if iv, n, ok := c.relative(i, dir, bare); ok {
		return iv, n, true
	}
	if IsYear(c.low[i]) && (bare || c.l.nouns && (i == c.from || c.marks[i-1] != markNone)) {
		y, _ := strconv.Atoi(c.low[i])
		return yearOf(y), i + 1, true
	}
	return none, i, false
}

// calendar reads "3. August 2019", "9 de noviembre" and, when bare, "März".
func (c *langClause) calendar(i int, dir direction, bare bool) (record.Interval, int, bool) {
	x, d := c.x, &c.l.dates
	none := record.Interval{}
	day, j := 0, i
	if n := c.dayNumber(j); n > 0 {
		day, j = n, j+1
		if c.is(j, ".") {
			j++
		}
		if c.is(j, "de") {
			j++
		}
	} else if c.is(j, "anfang", "mitte", "ende", "principios", "mediados", "finales", "debut", "fin") && j+1 < c.to {
		j++
		if c.is(j, "de") {
			j++
		}
	}
	m := d.months[c.wordAt(j)]
	if m == 0 {
		return none, i, false
	}
	j++
	year := 0
	k := j
	if c.is(k, "de", "del", "des", "jahres") {
		k++
	}
	if IsYear(c.wordAt(k)) {
		year, _ = strconv.Atoi(c.low[k])
		j = k + 1
	}
	if day == 0 && year == 0 && !bare {
		return none, i, false
	}
	if year == 0 && c.at(j, d.last) { // "en marzo pasado"
		j++
	}
	switch {
	case year == 0:
		return x.yearless(m, day, dir), j, true
	case day == 0:
		return monthOf(year, m), j, true
	}
	return dayIn(year, m, day), j, true
}

func (c *langClause) dayNumber(i int) int {
	s := c.wordAt(i)
	if s == "1er" || s == "primero" || s == "premier" {
		return 1
	}
	s = strings.TrimSuffix(s, ".")
	n := figures(s)
	if n < 1 || n > 31 || len(s) > 2 {
		return 0
	}
	return n
}

// ordinals are German nouns that are counted.
var ordinals = set(`geburtstag geburtstags hochzeitstag jahrestag lebensjahr stock etage klasse semester schuljahr lehrjahr ausbildungsjahr jahrhundert bezirk platz monat woche`)

// ordinal reports whether the full stop at i makes a day of the number before it, as German has it: "am 3. August".
func ordinal(toks []token, i int) bool {
	if i+1 >= len(toks) {
		return false
	}
	if s := toks[i-1].text; strings.Contains(s, ".") && dayMonth(s) && len(s) < 6 { // "am 7.9. hab ich"
		return toks[i+1].kind == word && (!toks[i+1].upper || ordinals[tongues[0].fold(toks[i+1].low)])
	}
	if figures(toks[i-1].low) > 0 && ordinals[tongues[0].fold(toks[i+1].low)] {
		return true // "meinen 40. Geburtstag"
	}
	if dayNumber(toks[i-1].low) == 0 {
		return false
	}
	next := tongues[0].fold(toks[i+1].low)
	_, month := tongues[0].dates.months[next]
	return month && (i < 2 || toks[i-2].is("der", "den", "dem", "vom", "zum", "bis", "seit", "ab", "ist", "am", "m", "geboren", "geburtstag") || toks[i-2].kind != word)
}

// relative reads "letzte Woche", "el mes pasado", "mardi dernier" and a day of the week.
func (c *langClause) relative(i int, dir direction, bare bool) (record.Interval, int, bool) {
	x, d := c.x, &c.l.dates
	none := record.Interval{}
	step, noun, to := 0, i, 0
	switch {
	case c.at(i, d.last):
		step, noun, to = -1, i+1, i+2
	case c.at(i, d.next):
		step, noun, to = 1, i+1, i+2
	case c.at(i, d.this):
		noun, to = i+1, i+2
	case c.at(i+1, d.last):
		step, to = -1, i+2
	case c.at(i+1, d.next):
		step, to = 1, i+2
	case c.is(i+1, "que") && c.is(i+2, "viene"):
		step, to = 1, i+3
	default:
		if day, ok := d.weekdays[c.low[i]]; ok && bare {
			return x.weekday(day, dir, false), i + 1, true
		}
		return none, i, false
	}
	name := c.wordAt(noun)
	if day, ok := d.weekdays[name]; ok {
		if step == 0 {
			return none, to, true
		}
		return x.weekday(day, direction(step), true), to, true
	}
	if m := d.months[name]; m != 0 {
		if step < 0 {
			return x.yearless(m, 0, backward), to, true
		}
		return none, to, true
	}
	unit := d.units[name]
	if unit == "" {
		if d.units[name] == "" && c.is(noun, "sommer", "winter", "herbst", "fruhling", "fruhjahr", "wochenende", "mal", "nacht", "abend", "mittag", "semester", "schuljahr", "quartal", "ostern", "weihnachten", "silvester", "pfingsten", "verano", "invierno", "otono", "primavera", "ete", "hiver", "automne", "printemps") {
			return none, to, true
		}
		return none, i, false
	}
	if x.at.IsZero() {
		return none, to, true
	}
	switch unit {
	case "week":
		return weekOf(x.at.AddDate(0, 0, 7*step)), to, true
	case "month":
		first := monthOf(x.at.Year(), x.at.Month()).From.AddDate(0, step, 0)
		return monthOf(first.Year(), first.Month()), to, true
	case "year":
		return yearOf(x.at.Year() + step), to, true
	}
	return none, i, false
}
