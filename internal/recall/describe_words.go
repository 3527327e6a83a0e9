package recall

import (
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/record"
)

// token is a word of a description that a fact must have.
type token struct {
	word string   // in lower case, without accents
	says []string // its meaning in English; the word itself if it has none
	date bool     // it names a day, a month or a year
	kin  bool     // it names a relation between people
}

// silent are words of a description that a fact does not need to have, apart from filler.
var silent = wordSet(`that about name names fact thing things stuff bit info information i'm i've i'd it it's as and or who's where's like? new really actually also his her their he she they there if so too
	?i ?he called named own user someone something entry note detail details`)

// formerly are words of a description for a value that has ended.
var formerly = wordSet(`old former previous earlier used`)

// negating are words of a description that deny something.
var negating = wordSet(`not isn't isnt aren't arent wasn't am'nt don't dont doesn't doesnt never no can't cannot cant hate hates won't nicht kein keine keinen nie pas jamais ne nunca`)

// weekdays and otherDays are days in all languages, without accents.
var (
	weekdays = map[string]time.Weekday{
		"monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday, "thursday": time.Thursday, "friday": time.Friday, "saturday": time.Saturday, "sunday": time.Sunday,
		"montag": time.Monday, "dienstag": time.Tuesday, "mittwoch": time.Wednesday, "donnerstag": time.Thursday, "freitag": time.Friday, "samstag": time.Saturday, "sonntag": time.Sunday,
		"lunes": time.Monday, "martes": time.Tuesday, "miercoles": time.Wednesday, "jueves": time.Thursday, "viernes": time.Friday, "sabado": time.Saturday, "domingo": time.Sunday,
		"lundi": time.Monday, "mardi": time.Tuesday, "mercredi": time.Wednesday, "jeudi": time.Thursday, "vendredi": time.Friday, "samedi": time.Saturday, "dimanche": time.Sunday,
	}
	otherDays = map[string]int{"today": 0, "tomorrow": 1, "yesterday": -1, "heute": 0, "morgen": 1, "gestern": -1, "hoy": 0, "manana": 1, "ayer": -1, "aujourd'hui": 0, "demain": 1, "hier": -1}
)

var monthsNamed = func() map[string]time.Month {
	m := map[string]time.Month{}
	for i := time.January; i <= time.December; i++ {
		m[strings.ToLower(i.String())] = i
	}
	return m
}()

// isDate reports whether a word names a day, a month or a year.
func (t *token) isDate() bool {
	_, weekday := weekdays[t.word]
	_, other := otherDays[t.word]
	return weekday || other || t.month() != 0 || extract.IsYear(t.word) || isDay(t.word)
}

func (t *token) month() time.Month {
	if len(t.says) != 1 {
		return 0
	}
	return monthsNamed[t.says[0]]
}

// dated reports whether a fact is of the day, month or year that a word names.
func (t *token) dated(f *record.Fact, now time.Time) bool {
	from := f.Valid.From
	if from.IsZero() {
		return false
	}
	if day, ok := weekdays[t.word]; ok {
		return from.Weekday() == day && !from.AddDate(0, 0, 14).Before(now) && !from.AddDate(0, 0, -14).After(now)
	}
	if n, ok := otherDays[t.word]; ok {
		y, m, d := now.AddDate(0, 0, n).Date()
		fy, fm, fd := from.Date()
		return y == fy && m == fm && d == fd
	}
	if m := t.month(); m != 0 {
		return from.Month() == m
	}
	number := 0
	for _, r := range t.word {
		if r >= '0' && r <= '9' {
			number = 10*number + int(r-'0')
		}
	}
	return number == from.Day() || number == from.Year()
}

// alike reports whether two words are forms of one word: they are equal, or one is the plural of the other.
func alike(a, b string) bool {
	if a == b {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 3 {
		return false
	}
	if rest, ok := strings.CutPrefix(b, a); ok {
		return rest == "s" || rest == "es" || rest == "n" || rest == "en" || rest == "e"
	}
	return strings.HasSuffix(a, "y") && b == a[:len(a)-1]+"ies"
}

// plainWords returns the words of a text in lower case, without accents.
func plainWords(text string) []string {
	out := words(quoting.Replace(text))
	for i, w := range out {
		out[i] = plain(strings.ToLower(w))
	}
	return out
}

// among reports whether a word of a description is among the words of a text, in its language or in English.
func (t *token) among(said []string) bool {
	return slices.ContainsFunc(said, func(w string) bool {
		return alike(t.word, w) || len(t.says) == 1 && alike(t.says[0], w)
	})
}

// meanings returns the English words of some words of a description.
func meanings(tokens []token) (out []string) {
	for _, t := range tokens {
		for _, w := range t.says {
			if !silent[w] {
				out = append(out, w)
			}
		}
	}
	return out
}

// Ranks of how well the words of a description name a key. Lower is better; 0 is no name of the key.
const (
	exactKey = 1
	formKey  = 2  // a question in these words asks for it; the second to the sixth, by the question word
	looseKey = 10 // a yes-or-no question in these words is about it
	partKey  = 12 // the words are a part of it
)

// probes are the question words with which the words of a description become a question.
var probes = []string{"what", "who", "where", "when", "how"}

// generic are words of keys that name no key alone.
var generic = wordSet(`number numbers address date day time name type status place kind of at in on to with the`)

// namesKey returns how well words name the key of a fact. animal reports whether a pet is of a kind.
func namesKey(f *record.Fact, tokens []token, animal func(f *record.Fact, kind string) bool) int {
	said := meanings(tokens)
	if len(said) == 0 {
		return 0
	}
	if kind := animals[said[0]]; kind != "" {
		if len(said) == 1 && f.Key == extract.Pet && animal(f, kind) {
			return exactKey
		}
		return 0
	}
	joined := strings.Join(said, " ")
	if extract.CanonicalKey(joined) == f.Key || extract.CanonicalLabel(joined) == f.Key || extract.LabelNamed(joined) == f.Key {
		return exactKey
	}
	own := strings.Split(f.Key, "_")
	within := func(list, of []string) bool {
		return !slices.ContainsFunc(list, func(w string) bool {
			return !slices.ContainsFunc(of, func(o string) bool { return alike(w, o) })
		})
	}
	part := within(said, own)
	if part && within(own, said) {
		return exactKey
	}
	for i, probe := range probes {
		form := match(questions, append([]string{probe}, said...))
		if form == nil || form.only != nil && !form.only(f) || form.narrowed(said) {
			continue
		}
		if slices.Contains(form.keys, f.Key) || slices.Contains(form.instead, f.Key) {
			return formKey + i
		}
	}
	for _, forms := range [][]question{polar, supposing} {
		if form := match(forms, said); form != nil && slices.Contains(form.keys, f.Key) {
			return looseKey
		}
	}
	if part && slices.ContainsFunc(said, func(w string) bool { return !generic[w] }) {
		return partKey
	}
	return 0
}

// narrowed reports whether words say more than that a form asks for: "nut allergy" is not any allergy.
func (q *question) narrowed(said []string) bool {
	return slices.ContainsFunc(said, func(w string) bool {
		return slices.Contains(q.with, w) && !filler[w] && !generic[w] && !namingWords[w] &&
			!slices.ContainsFunc(q.ask, func(group []string) bool { return slices.Contains(group, w) })
	})
}

// inflected returns the meaning of a word whose form the language does not list: "hundes" for "hund". It returns nil if there is none.
func (t *tongue) inflected(word string) []string {
	for _, ending := range []string{"es", "s", "en", "n", "e"} {
		if stem, ok := strings.CutSuffix(word, ending); ok && len(stem) > 2 {
			for _, p := range t.phrases[stem] {
				if len(p.after) == 0 {
					return p.says
				}
			}
		}
	}
	return nil
}

// notPlural are words with a final s that are no plurals.
var notPlural = wordSet("address boss business diabetes works lives speaks likes plays drives owns studies reads goes does has is was status glasses news always this ships starts ends")

// plural reports whether the words of a description ask for several things.
func plural(tokens []token) bool {
	return slices.ContainsFunc(tokens, func(t token) bool {
		return slices.ContainsFunc(t.says, func(w string) bool {
			return w == "children" || w == "people" || len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !notPlural[w]
		})
	})
}
