package llm

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFind(t *testing.T) {
	t.Parallel()
	text := "Well — we moved to “Lisbon” in March,\nand I’m über-happy there. 🎉 My café is Zoë's."
	for quote, want := range map[string]string{
		"we moved to “Lisbon”":          "we moved to “Lisbon”",
		`We moved to "Lisbon" in March`: "we moved to “Lisbon” in March",
		"in march and i'm":              "in March,\nand I’m",
		"  über-happy there ":           "über-happy there",
		"we moved … happy there":        "we moved to “Lisbon” in March,\nand I’m über-happy there",
		"moved ... March":               "moved to “Lisbon” in March",
		"My CAFÉ is Zoë’s":              "My café is Zoë's",
		"so we moved to Lisbon":         "we moved to “Lisbon", // the part of it that is there
	} {
		span, ok := newSource(text, plenty()).find(quote)
		require.True(t, ok, quote)
		require.Equal(t, want, span.Quote(text), quote)
	}
	for _, quote := range []string{"", " ", "…", "we moved to Porto last year with joy", "Berlin", "!", "happy there … we moved"} {
		_, ok := newSource(text, plenty()).find(quote)
		require.False(t, ok, quote)
	}
}

// Whatever part of a text is quoted, and however its case and white space are changed, the span quotes words of the text.
func TestFindQuotesTheText(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("Lisbon café 東京 über I'm a.b@x.com 12:30 — Zoë 🎉 end. naïve ΣΊΣΥΦΟΣ İstanbul")
	for range 2_000 {
		var text []string
		for range 1 + random.IntN(12) {
			text = append(text, words[random.IntN(len(words))])
		}
		from := random.IntN(len(text))
		to := from + 1 + random.IntN(len(text)-from)
		whole, quote := strings.Join(text, " "), strings.Join(text[from:to], "  ")
		if random.IntN(2) == 0 {
			quote = strings.ToUpper(quote)
		}
		span, ok := newSource(whole, plenty()).find(quote)
		if ok {
			require.NotEmpty(t, span.Quote(whole), "%q in %q", quote, whole)
			require.Less(t, span.Start, span.End)
		}
	}
}

// plenty is the work of one answer.
func plenty() *int {
	work := maxWork
	return &work
}
