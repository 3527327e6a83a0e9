package extract

import (
	"slices"
	"strings"
	"testing"

	"github.com/spectron-go/spectron/internal/record"
)

// TestSigns reads what ends and what begins: of which keys the two together put the facts in doubt.
func TestSigns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"My lanyard went in the bin on Friday and Monday was my induction.", "role works_at"},
		{"My lanyard went in the bin on Friday.", ""}, // one sign alone
		{"Monday was my induction.", ""},
		{"Monday was my induction. My lanyard went in the bin.", "role works_at"},
		{"My lanyard didn't go in the bin and Monday was my induction.", ""},
		{"If my lanyard goes in the bin, I want my induction elsewhere.", ""},
		{"Did my lanyard go in the bin before my induction?", ""},
		{"My brother's lanyard went in the bin and he starts his induction.", ""},
		{"My lanyard went in the bin. Just kidding, my induction was years ago.", ""},
		{"The vet came to the house. He had his head in my lap.", "pet"},
		{"The vet weighed him, he's on a diet.", ""},
		{"There was brie on the table three nights running.", "diet"},
		{"My husband had a bacon roll again.", ""},
		{"Letzter Karton raus, Schlüssel im Briefkasten.", "address lives_in"},
		{"Llevé el anillo a la casa de empeños.", "engaged_to fiance marital_status partner spouse"},
		{"Le liquidateur a fermé les grilles.", "role works_at"},
	} {
		var got []string
		for _, d := range Rules(Input{Text: c.text, Role: record.User, At: said}).Doubts {
			if d.Span.Quote(c.text) != d.Text {
				t.Errorf("%q: %q is not what the span quotes", c.text, d.Text)
			}
			if keys := strings.Join(d.Keys, " "); d.Sole && !slices.Contains(got, keys) {
				got = append(got, keys)
			}
		}
		if s := strings.Join(got, " | "); s != c.want {
			t.Errorf("%q: %q, not %q", c.text, s, c.want)
		}
	}
}

// Every place of every table has a sentence in which it stands, and every sign is of a part of life that is known.
func TestSignTables(t *testing.T) {
	t.Parallel()
	for l, table := range map[string]string{"en": englishSigns, "de": germanSigns, "es": spanishSigns, "fr": frenchSigns} {
		st := newSignTable(table)
		for text, place := range st.places {
			for _, word := range strings.Split(text, "/") {
				if strings.HasPrefix(word, "@") {
					continue
				}
				words := strings.ReplaceAll(strings.TrimSuffix(word, "*"), "_", " ")
				if strings.HasPrefix(words, "'") {
					words = "x" + words
				}
				if !slices.ContainsFunc(st.foundIn(foldedWords(tokenise(words))), func(f signAt) bool { return f.place == place }) {
					t.Errorf("%s: no text has the words %q", l, word)
				}
			}
		}
		for _, signs := range st.signs {
			for _, g := range signs {
				if _, ok := signGroups[g.group]; !ok && g.group != "" || g.kind == 0 {
					t.Errorf("%s: a sign of %q", l, g.group)
				}
			}
		}
	}
}
