package recall

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A question in German, Spanish or French is translated into the English words that ask the same, so that one table of forms serves all
// languages. A language is a table of the meanings that its words have in a question. A word that is not in the table has no meaning, so a
// question with such a word is left to the search. "Wo kann ich wohnen?" has such a word: it asks for advice.

// tongue is the language of a question.
type tongue struct {
	phrases map[string][]phrase // by their first word, the longest first
	// forms are the single words that mean an English word. changes are words that tell of a change in what the English word asks for:
	// "gezogen" for "live".
	forms, changes map[string][]string
	// splits splits a word in two if the language writes two words as one: "j'habite". nil: the language does not.
	splits func(word string) (first, second string, ok bool)
}

// phrase is a sequence of words with its meaning in English.
type phrase struct {
	after []string // the words after the first
	says  []string
}

// implied is the meaning of a verb form that may imply "I". It does so if the question names nobody else: "¿Dónde vivía?" is about the
// asker, "¿Dónde vivía Ana?" is not.
const implied = "?i"

// tongues are the languages other than English.
var tongues = []*tongue{
	newTongue(german, nil),
	newTongue(spanish, nil),
	newTongue(french, splitFrench),
}

// known maps words of questions to the languages that have them: bit 0 is English, bit i+1 is tongues[i].
var known = func() map[string]uint8 {
	m := map[string]uint8{}
	for w := range englishWords() {
		m[w] |= 1
	}
	for i, t := range tongues {
		for first, phrases := range t.phrases {
			for _, p := range phrases {
				if m[first] |= 2 << i; len(p.after) > 0 && len(p.says) > 0 {
					for _, w := range p.after {
						m[w] |= 2 << i
					}
				}
			}
		}
	}
	return m
}()

// newTongue reads a table. A line has English words, a colon, and the phrases with this meaning, separated by commas. A line that begins
// with a plus has words that tell of a change, which do not occur in questions.
func newTongue(table string, splits func(string) (string, string, bool)) *tongue {
	t := &tongue{phrases: map[string][]phrase{}, forms: map[string][]string{}, changes: map[string][]string{}, splits: splits}
	for line := range strings.Lines(table) {
		says, forms, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		says, changes := strings.CutPrefix(strings.TrimSpace(says), "+")
		into := t.forms
		if changes {
			into = t.changes
		}
		for form := range strings.SplitSeq(forms, ",") {
			if one := strings.Fields(form); len(one) == 1 {
				for _, word := range strings.Fields(says) {
					if !asking[word] {
						into[word] = append(into[word], plain(one[0]))
					}
				}
			}
			for _, spelt := range spellings(strings.ToLower(form)) {
				if words := strings.Fields(spelt); len(words) > 0 && !changes {
					t.phrases[words[0]] = append(t.phrases[words[0]], phrase{words[1:], strings.Fields(says)})
				}
			}
		}
	}
	for _, p := range t.phrases {
		slices.SortStableFunc(p, func(a, b phrase) int { return len(b.after) - len(a.after) })
	}
	return t
}

// spellings returns the ways in which a word is written without its accents: "für" as "fur", and as "fuer".
func spellings(word string) []string {
	out := []string{plain(word)}
	if other := plain(umlauts.Replace(word)); other != out[0] {
		out = append(out, other)
	}
	return out
}

var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue")

// plain removes the accents from a word in lower case.
func plain(word string) string {
	if !strings.ContainsFunc(word, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return word
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(word) {
		switch {
		case r == 'ß':
			b.WriteString("ss")
		case r == 'œ':
			b.WriteString("oe")
		case r < 0x300 || r > 0x36f:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// elisions are the French words that lose their vowel before another word, written without it.
var elisions = wordSet("j l d m t s n c qu jusqu")

// inverted are the French words that may follow a verb with a hyphen.
var inverted = wordSet("je tu il elle on nous vous ils elles ce moi t-il t-elle t-on")

// splitFrench splits "j'habite" into "j'" and "habite", and "habitais-je" into "habitais" and "je".
func splitFrench(word string) (first, second string, ok bool) {
	if i := strings.IndexByte(word, '\''); i > 0 && i+1 < len(word) && elisions[strings.ToLower(word[:i])] {
		return word[:i+1], word[i+1:], true
	}
	if i := strings.IndexByte(word, '-'); i > 0 && inverted[strings.ToLower(word[i+1:])] {
		return word[:i], word[i+1:], true
	}
	return "", "", false
}

// tongueOf returns the language that has most words of a question. It returns nil if that is English, or if no language has any.
func tongueOf(lower []string) *tongue {
	var count [8]int
	for _, w := range lower {
		has := known[plain(w)]
		if has == 0 {
			if first, _, ok := splitFrench(w); ok {
				has = known[plain(first)]
			}
		}
		for i := 0; has != 0; has >>= 1 {
			count[i] += int(has & 1)
			i++
		}
	}
	var best *tongue
	for i, most := 0, count[0]; i < len(tongues); i++ {
		if count[i+1] > most {
			best, most = tongues[i], count[i+1]
		}
	}
	return best
}

// split splits the words of a question by the rules of the language.
func (t *tongue) split(said []string) []string {
	if t.splits == nil {
		return said
	}
	var out []string
	for _, w := range said {
		for {
			first, second, ok := t.splits(w)
			if !ok {
				break
			}
			out, w = append(out, first), second
		}
		out = append(out, w)
	}
	return out
}

// read returns the English meaning of each word of a question. It is nil if the language does not have the word. It is empty if the word
// was read together with the words before it.
func (t *tongue) read(lower []string) [][]string {
	bare := make([]string, len(lower))
	for i, w := range lower {
		bare[i] = plain(w)
	}
	says := make([][]string, len(lower))
	for i := 0; i < len(bare); {
		n := 1
		for _, p := range t.phrases[bare[i]] {
			if end := i + 1 + len(p.after); end <= len(bare) && slices.Equal(bare[i+1:end], p.after) {
				says[i], n = p.says, 1+len(p.after)
				if says[i] == nil {
					says[i] = []string{}
				}
				for j := i + 1; j < end; j++ {
					says[j] = []string{}
				}
				break
			}
		}
		i += n
	}
	return says
}
