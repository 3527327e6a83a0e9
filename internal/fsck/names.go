package fsck

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/hbollon/go-edlib"
	"golang.org/x/text/unicode/norm"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/places"
	"github.com/spectron-go/spectron/internal/record"
)

// name is the name of an entity, prepared for comparison.
type name struct {
	id     string // of the entity
	key    string // its key
	kind   string // its type
	words  []word
	joined string // the words without spaces
	sorted string // the words in a fixed order
	fixed  string // the words that must be equal: those with digits or symbols, and Roman numerals
	given  string // of a person: the first word, if it is a common given name
	place  bool   // of a location: whether it is a known place
	short  string // of an organisation with several words: their first letters
}

// word is a word of a name in its folded form.
type word struct {
	text  string
	runes int
	fixed bool // it has no misspellings: another word is another thing
}

// legalForms are the words at the end of the name of an organisation that say how it is incorporated.
var legalForms = setOf(`inc incorporated ltd limited llc llp lp plc corp corporation co company gmbh mbh ag kg kgaa ohg ug se ev sa sas sarl srl spa bv nv oy oyj ab as asa aps
	pty kk sl slu lda ltda sro spzoo zrt kft doo`)

// articles are left out at the beginning of a name, except of a person.
var articles = setOf("the der die das le la les el los il lo")

// degrees are left out at the beginning of the name of a person.
var degrees = setOf("dr prof professor doctor")

func setOf(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}

// letters are what people type instead of letters that Unicode does not decompose.
var letters = strings.NewReplacer("ß", "ss", "ø", "o", "đ", "d", "ð", "d", "ł", "l", "æ", "ae", "œ", "oe", "þ", "th", "ı", "i", "ħ", "h")

// fold removes the accents of a normalised name.
func fold(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] < 0x80
	}
	if plain {
		return s
	}
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
	return letters.Replace(norm.NFC.String(s))
}

// newName prepares a name.
func newName(e record.EntityRef) name {
	normal := record.Normalise(e.Name)
	n := name{key: e.Key(), kind: record.EntityType(e.Type)}
	n.id = "entity:" + n.key
	spelt := strings.Split(normal, "-")
	switch n.kind {
	case record.TypePerson:
		spelt = without(spelt, degrees)
		if len(spelt) > 1 && extract.GivenName(spelt[0]) {
			n.given = sounds(fold(spelt[0]))
		}
	case record.TypeOrganisation:
		spelt = withoutForms(without(spelt, articles))
		if len(spelt) >= leastShort {
			for _, w := range spelt {
				for _, r := range fold(w) {
					n.short += string(r)
					break
				}
			}
		}
	default:
		spelt = without(spelt, articles)
		n.place = n.kind == record.TypeLocation && places.Known(e.Name)
	}
	var fixed []string
	for _, w := range spelt {
		if w = fold(w); w == "" {
			continue
		}
		v := word{w, len([]rune(w)), isFixed(w)}
		if n.kind == record.TypePerson && v.runes == 1 && unicode.IsLetter([]rune(w)[0]) {
			v.fixed = false // an initial
		}
		n.words = append(n.words, v)
		n.joined += w
		if v.fixed {
			fixed = append(fixed, w)
		}
	}
	slices.Sort(fixed)
	n.fixed = strings.Join(fixed, " ")
	n.sorted = n.rest(-1)
	return n
}

// without drops words of a set at the beginning of a name, as long as another word is left.
func without(words []string, set map[string]bool) []string {
	for len(words) > 1 && set[words[0]] {
		words = words[1:]
	}
	return words
}

// withoutForms drops legal forms at the end of a name, as long as another word is left: "Acme Inc.", "Acme S.A.", "Acme GmbH & Co. KG".
func withoutForms(words []string) []string {
	for len(words) > 1 {
		last := words[len(words)-1]
		if legalForms[last] || last == "and" || last == "&" {
			words = words[:len(words)-1]
			continue
		}
		spelt := 0 // letters of a form that is written with dots
		form := ""
		for i := len(words) - 1; i > 0 && len(words[i]) == 1 && spelt < 4; i-- {
			spelt, form = spelt+1, words[i]+form
			if legalForms[form] {
				break
			}
		}
		if spelt < 2 || !legalForms[form] {
			break
		}
		words = words[:len(words)-spelt]
	}
	return words
}

// roman are the Roman numerals up to 39, which number things.
var roman = regexp.MustCompile(`^x{0,3}(ix|iv|v?i{0,3})$`)

// isFixed reports whether a word has digits or symbols, or is a Roman numeral.
func isFixed(w string) bool {
	return strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) }) || roman.MatchString(w)
}

// sounds folds spellings of one given name: Sarah and Sara, Marc and Mark, Phillip and Philip.
func sounds(given string) string {
	var b strings.Builder
	last := rune(0)
	for i, r := range given {
		switch {
		case r == 'h' && i > 0:
			continue
		case r == 'c':
			r = 'k'
		}
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

const (
	// closeEnough is the Jaro-Winkler similarity from which on two words count as one word that is spelt in two ways.
	closeEnough = 0.85
	// shortWord is the number of letters up to which words must be equal, and longWord that from which on two edits are allowed instead of one.
	shortWord, longWord = 2, 8
	// initialSimilarity is the similarity of a word and its first letter, in the name of a person.
	initialSimilarity = 0.85
	// shortSimilarity is the similarity of the name of an organisation and its first letters, of which there are at least leastShort.
	shortSimilarity, leastShort = 0.9, 3
	// maxWords is the number of words up to which names are compared word by word.
	maxWords = 16
)

// Similarity returns how similar the names of two entities of one type are, from 0 to 1.
//
// Names are compared without case, punctuation, accents, articles, legal forms ("Inc.") and the order of their words. Names that are equal then,
// or without spaces, have 1. Otherwise it is the soft Dice coefficient of the words, 2·Σsim/(|A|+|B|), over the best pairs of words: the CLOSE
// pairs of SoftTFIDF without weights (Cohen, Ravikumar and Fienberg, A comparison of string distance metrics for name-matching tasks, 2003).
// The similarity of two words is that of Jaro and Winkler if it is at least 0.85 and the words are at most one edit apart, two for words of
// eight letters and more; otherwise 0. A person's initial has 0.85 with a word that begins with it. An organisation has 0.9 with its first
// letters.
//
// It is 0 if the names differ in what is not misspelt: words with digits and symbols, Roman numerals, single letters; two different given names
// of persons, and two different places that are both known.
func Similarity(a, b record.EntityRef) float64 {
	x, y := newName(a), newName(b)
	return x.similarity(&y)
}

func (n *name) similarity(o *name) float64 {
	switch {
	case n.kind != o.kind || n.joined == "" || o.joined == "" || n.fixed != o.fixed:
		return 0
	case n.joined == o.joined || n.sorted == o.sorted:
		return 1
	case n.place && o.place, n.given != "" && o.given != "" && n.given != o.given, len(n.words) > maxWords, len(o.words) > maxWords:
		return 0
	case n.isShort(o) || o.isShort(n):
		return shortSimilarity
	}
	type pair struct {
		similarity float64
		i, j       int
	}
	var pairs []pair
	for i, v := range n.words {
		for j, w := range o.words {
			if s := alike(v, w, n.kind == record.TypePerson); s > 0 {
				pairs = append(pairs, pair{s, i, j})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int {
		switch {
		case a.similarity > b.similarity:
			return -1
		case a.similarity < b.similarity:
			return 1
		}
		return 0
	})
	sum, left, right := 0.0, 0, 0 // bits of the words that have a partner
	for _, p := range pairs {
		if left&(1<<p.i) == 0 && right&(1<<p.j) == 0 {
			left, right, sum = left|1<<p.i, right|1<<p.j, sum+p.similarity
		}
	}
	return 2 * sum / float64(len(n.words)+len(o.words))
}

// rest returns the words of a name but one, in a fixed order; -1: all of them.
func (n *name) rest(but int) string {
	words := make([]string, 0, len(n.words))
	for i, w := range n.words {
		if i != but {
			words = append(words, w.text)
		}
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}

// isShort reports whether a name is the first letters of another one.
func (n *name) isShort(o *name) bool {
	return o.short != "" && len(n.words) == 1 && n.joined == o.short
}

// alike returns the similarity of two words of names.
func alike(v, w word, person bool) float64 {
	if v.text == w.text {
		return 1
	}
	if person && v.runes != w.runes && (v.runes == 1 && strings.HasPrefix(w.text, v.text) || w.runes == 1 && strings.HasPrefix(v.text, w.text)) {
		return initialSimilarity
	}
	shorter := min(v.runes, w.runes)
	if shorter <= shortWord || v.runes == w.runes && shorter <= shortWord+1 || // of two such words with an edit, none is close enough
		max(v.runes, w.runes)-shorter > 2 || v.fixed || w.fixed {
		return 0
	}
	if v.text > w.text { // the algorithm is not quite symmetric
		v, w = w, v
	}
	s := float64(edlib.JaroWinklerSimilarity(v.text, w.text))
	edits := 1
	if shorter >= longWord {
		edits = 2
	}
	if s < closeEnough || edlib.OSADamerauLevenshteinDistance(v.text, w.text) > edits {
		return 0
	}
	return s
}
