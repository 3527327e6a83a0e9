package extract

import (
	"slices"
	"strings"
)

// cue is a word or phrase that tells of a change: of some keys, or of what is named near it.
type cue struct {
	phrase     string
	head, tail [][]string // the words that may stand at each place before and after the "*"; tail is empty if it has none
	keys       []string
	states     bool            // it states a value; what is in doubt is another one
	near       bool            // only of those keys that are named near it, by a word or by the value
	corrects   bool            // it takes back what was said before
	death      bool            // of whom it tells is no more
	not        map[string]bool // words behind it with which it tells of something else
}

// gap is how many words a "*" of a phrase stands for at most, guarded how many words behind a phrase are looked at for those with which it
// tells of something else.
const (
	gap     = 4
	guarded = 3
)

// cuesAt finds the phrases of change at i, and how many tokens the longest has; 0: there is none. One that states a value says all of its keys.
func (d *doubter) cuesAt(i int) (found []*cue, length int) {
	t := &d.toks[i]
	if t.kind != word {
		return nil, 0
	}
	list := d.table[t.low]
	if t.low == "'s" {
		list = slices.Concat(list, d.table["is"], d.table["has"])
	}
	for _, c := range list {
		n := d.cueLength(i, c)
		if n == 0 || slices.ContainsFunc(found, func(f *cue) bool { return f.states && overlap(f.keys, c.keys) }) {
			continue
		}
		if c.states && (i+n >= d.s.to || !d.toks[i+n].upper || d.anyOf(max(0, i-4), i, negations)) {
			continue // "I can't live in this mess", "I don't work at Acme on Mondays"
		}
		if c.not != nil && (d.anyOf(i+n, min(d.s.to, i+n+guarded), c.not) || d.minor(c, i)) {
			continue
		}
		found, length = append(found, c), max(length, n)
	}
	if not := others[t.low]; not != nil && length <= 1 && d.anyOf(i+1, min(d.s.to, i+not.within+1), not.words) {
		return nil, 0
	}
	return found, length
}

// minor reports whether the subject right before the phrase at i is one of which it tells something else: "my cold is gone".
func (d *doubter) minor(c *cue, i int) bool {
	for j := max(d.s.from, i-2); j < i; j++ {
		if t := &d.toks[j]; c.not[t.low] && !ownWords[t.low] && !passing[t.low] && !takenUp[t.low] && !pronouns[t.low] {
			return true
		}
	}
	return false
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// cueLength gives how many tokens the phrase of the cue has that stands at i, or 0.
func (d *doubter) cueLength(i int, c *cue) int {
	if !d.allows(c.head, i) {
		return 0
	}
	n := len(c.head)
	if len(c.tail) == 0 {
		return n
	}
	for j := i + n + 1; j < min(d.s.to, i+n+1+gap); j++ {
		if t := &d.toks[j-1]; t.kind != word || negations[t.low] {
			return 0
		}
		if d.allows(c.tail, j) {
			return j - i + len(c.tail)
		}
	}
	return 0
}

// allows reports whether one of the words of each place stands from i on.
func (d *doubter) allows(places [][]string, i int) bool {
	if i+len(places) > d.s.to {
		return false
	}
	for k, words := range places {
		if low := d.toks[i+k].low; !slices.Contains(words, low) && (low != "'s" || !slices.Contains(words, "is") && !slices.Contains(words, "has")) {
			return false
		}
	}
	return true
}

// folded are the tokens of the sentence with their words as the tables of other languages have them.
func (u *utterance) folded() []token {
	out := slices.Clone(u.toks)
	for i := range out {
		if out[i].kind == word {
			out[i].low = u.low[i]
		}
	}
	return out
}

// other are words after a word of change with which it tells of something else.
type other struct {
	words  map[string]bool
	within int // how many words after it
}

// cues are the words of change by their first word: those of all languages, because a short sentence does not tell its language.
// foreignCues are those of each other language as its sentences are cut and folded.
//
// A row of their tables has phrases. In a phrase, "a/b" is one place with one of several words, "(a/b)" one that may be left out, and "*"
// stands for up to four words. Behind the phrases stands what they concern:
//   - ": keys": facts of these keys
//   - ":: keys": facts of these keys with another value than the one behind the phrase
//   - ":& keys": facts of these keys if the key or the value is named near the phrase, or is what the message before spoke of
//   - ":+": whoever is named near the phrase is no more
//   - "<": what was said before
//   - nothing: what is named near the phrase, or what the message before spoke of
//
// Words behind "!" are those with which the phrase tells of something else.
var (
	cues        = cueTable(spelt, englishCues, germanCues, spanishCues, frenchCues)
	foreignCues = map[*tongue]map[string][]*cue{
		tongues[0]: cueTable(tongues[0].fold, germanCues), tongues[1]: cueTable(tongues[1].fold, spanishCues), tongues[2]: cueTable(tongues[2].fold, frenchCues),
	}
)

// keyGroups are the keys that one word of a table stands for.
var keyGroups = map[string]string{
	"couple":  "spouse partner engaged_to fiance marital_status",
	"work":    "works_at role",
	"home":    "lives_in address",
	"studies": "studied_at major degree",
	"health":  "has_condition allergic_to",
	"taste":   "likes prefers loves enjoys dislikes hobby favourite_band favourite_food favourite_drink favourite_film favourite_colour favourite_book favourite_team favourite_singer favourite_song favourite_game favourite_show",
	"leisure": "hobby plays",
	"staff":   "doctor dentist therapist landlord manager coach mentor",
	"line":    "phone",
	"mailbox": "email",
}

// spelt gives a phrase as [tokenise] cuts it; "": it never does.
func spelt(phrase string) string {
	phrase = strings.TrimSpace(phrase)
	if rest, ok := strings.CutPrefix(phrase, "im "); ok {
		return "i am " + rest // what it takes German "im" for
	}
	if strings.Contains(phrase, "' *") {
		return ""
	}
	return strings.ReplaceAll(phrase, "' ", "'")
}

func cueTable(spell func(string) string, tables ...string) map[string][]*cue {
	out, spelled := map[string][]*cue{}, map[string]bool{}
	for _, row := range rows(strings.Join(tables, "\n")) {
		row, not, _ := strings.Cut(row, "!")
		phrases, keys, _ := strings.Cut(row, ":")
		keys = strings.TrimSpace(keys)
		phrases, back := strings.CutSuffix(strings.TrimSpace(phrases), "<")
		c := cue{states: strings.HasPrefix(keys, ":"), near: strings.HasPrefix(keys, "&"), death: strings.HasPrefix(keys, "+"), corrects: back}
		c.keys = nil
		for _, key := range strings.Fields(strings.TrimLeft(keys, ":&+")) {
			if group := keyGroups[key]; group != "" {
				c.keys = append(c.keys, strings.Fields(group)...)
			} else {
				c.keys = append(c.keys, key)
			}
		}
		if not != "" {
			c.not = set(spell(not))
		}
		for phrase := range strings.SplitSeq(phrases, ",") {
			c.phrase = strings.Join(strings.Fields(spell(phrase)), " ")
			if c.phrase == "" || spelled[c.phrase+keys+not] {
				continue // folded, two phrases may be one
			}
			spelled[c.phrase+keys+not] = true
			for _, places := range variants(strings.Fields(c.phrase)) {
				c.head, c.tail = places, nil
				if i := slices.IndexFunc(places, func(words []string) bool { return words[0] == "*" }); i >= 0 {
					c.head, c.tail = places[:i], places[i+1:]
				}
				variant := c
				for _, first := range c.head[0] {
					out[first] = append(out[first], &variant)
				}
			}
		}
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(a, b *cue) int { return a.rank() - b.rank() })
	}
	return out
}

// rank orders phrases: what states a value needs a name behind it, and what knows its keys knows more.
func (c *cue) rank() int {
	switch {
	case c.states:
		return 0
	case c.corrects:
		return 1
	case len(c.keys) > 0 && !c.near:
		return 2
	case c.near:
		return 3
	}
	return 4
}

// variants are the phrases that one with places stands for that may be left out.
func variants(places []string) [][][]string {
	out := [][][]string{nil}
	for _, place := range places {
		inner, optional := strings.CutPrefix(place, "(")
		words := strings.Split(strings.TrimSuffix(inner, ")"), "/")
		for i := range out {
			if optional {
				out = append(out, out[i])
			}
			out[i] = append(slices.Clone(out[i]), words)
		}
	}
	return out
}

func topicTable(table string) map[string][]string {
	out := map[string][]string{}
	for _, row := range rows(table) {
		keys, words, _ := strings.Cut(row, ":")
		for w := range strings.FieldsSeq(words) {
			out[w] = append(out[w], strings.Fields(keys)...)
			if folded := accents.Replace(w); folded != w {
				out[folded] = append(out[folded], strings.Fields(keys)...)
			}
		}
	}
	return out
}

// rows are the lines of a table; one that is indented further goes on with the line before.
func rows(table string) (out []string) {
	for line := range strings.Lines(table) {
		switch line = strings.TrimRight(line, "\n"); {
		case strings.TrimSpace(line) == "":
		case strings.HasPrefix(line, "\t\t"):
			out[len(out)-1] += " " + strings.TrimSpace(line)
		default:
			out = append(out, strings.TrimSpace(line))
		}
	}
	return out
}
