package guard

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTables checks that every row of the tables can match: words are written as fold leaves them, no row is there twice, and every class is
// used.
func TestTables(t *testing.T) {
	t.Parallel()
	folds := func(word string) bool {
		f := fold(word)
		return string(f.b) == word && !strings.ContainsAny(word, "'-")
	}
	seen, used := map[string]bool{}, map[string]bool{}
	var all []phrase
	for _, list := range [][]phrase{englishPhrases, germanPhrases, spanishPhrases, frenchPhrases} {
		all = append(all, list...)
	}
	_, err := newLexicon(all, classes)
	require.NoError(t, err)
	for _, p := range all {
		if seen[p.text] {
			t.Errorf("twice: %s", p.text)
		}
		seen[p.text] = true
		for element := range strings.FieldsSeq(p.text) {
			words := map[string]bool{}
			for word := range strings.SplitSeq(strings.Trim(element, "?*+!"), "|") {
				if name, ok := strings.CutPrefix(word, "@"); ok {
					used[name] = true
				} else if element != "." && element[0] != '~' && (word == "" || !folds(word)) {
					t.Errorf("%q in %s", word, p.text)
				}
				if words[word] {
					t.Errorf("%q twice in an element of %s", word, p.text)
				}
				words[word] = true
			}
		}
	}
	for name, list := range classes {
		if !used[name] {
			t.Errorf("the class %s is not used", name)
		}
		words := map[string]bool{}
		for word := range strings.FieldsSeq(list) {
			if !folds(word) || words[word] {
				t.Errorf("%q in the class %s", word, name)
			}
			words[word] = true
		}
	}
	marks := map[string]bool{}
	for _, m := range append(append([]string{}, markers...), openings...) {
		if f := fold(m); string(f.b) != m || marks[m] {
			t.Errorf("the mark %q", m)
		}
		marks[m] = true
	}
	for _, bad := range []string{"? x", "~2 x", "!x y", "@none", "~x", ". x"} {
		_, err := newLexicon([]phrase{{InstructionOverride, bad}}, classes)
		require.Error(t, err, bad)
	}
}
