package guard

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// TestInnocentTextsHoldNothing compares the quick answer with a complete scan, for the labelled texts, for parts of them joined at random with
// marks and single letters, and for each word of the phrases alone.
func TestInnocentTextsHoldNothing(t *testing.T) {
	t.Parallel()
	quick := 0
	check := func(text string) {
		if known().innocent(text) {
			quick++
			if found := thorough(text, 0); len(found) > 0 {
				t.Fatalf("%q holds %+v", text, found)
			}
		}
	}
	var pieces []string
	files, err := filepath.Glob("testdata/*/*.tsv")
	require.NoError(t, err)
	for _, path := range files {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		for line := range strings.Lines(string(data)) {
			_, text, _ := strings.Cut(line, "\t")
			check(text)
			pieces = append(pieces, strings.Fields(text)...)
		}
	}
	for _, list := range [][]phrase{englishPhrases, germanPhrases, spanishPhrases, frenchPhrases} {
		for _, p := range list {
			pieces = append(pieces, strings.FieldsFunc(p.text, func(r rune) bool { return strings.ContainsRune(" |@?*+!.~", r) })...)
		}
	}
	for word := range known().ids {
		pieces = append(pieces, word)
	}
	pieces = append(append(append(pieces, markers...), openings...),
		"l'", "d'", "qu'", "don't", "1gn0re", "5ystem", "i", "a", "x", "ï", "é", "ß", "ж", "\u200b", "\u00ad", "'", "’", "0", "42", "QUJD", "==", "-", "_", "\n", "\t", "\r", "...", "\xff", "\U0001f170")
	random := rand.New(rand.NewPCG(3, 1))
	for range testsize.Of(600_000) {
		var b strings.Builder
		for range 1 + random.IntN(10) {
			piece := pieces[random.IntN(len(pieces))]
			if at := random.IntN(len(piece) + 1); random.IntN(4) == 0 {
				piece = piece[at:]
			}
			if random.IntN(5) == 0 {
				piece = strings.ToUpper(piece)
			}
			b.WriteString(piece)
			b.WriteString([]string{" ", " ", " ", "", ". ", "\n", "  ", ", "}[random.IntN(8)])
		}
		check(b.String())
	}
	require.Greater(t, quick, 1000)
}

// TestOrdinaryTextsAreInnocent has texts that need no complete scan, and texts that do. It counts allocations, so it runs alone.
func TestOrdinaryTextsAreInnocent(t *testing.T) {
	for _, m := range markers {
		require.False(t, isWord(m[0]), "innocent looks for %q only where a line begins", m)
	}
	for _, text := range []string{
		"", "Zoe Park likes topic 12 of 3", "Alice works at Globex", "José's mother is María Núñez", "Anna wohnt in Köln.", "born on 2001-05-17, at 10:30 (UTC)",
		strings.Repeat("Alice moved to Lisbon with her brother. ", 50),
	} {
		require.True(t, known().innocent(text), text)
		require.Zero(t, testing.AllocsPerRun(10, func() { Scan(text) }), text)
	}
	for _, text := range []string{
		"ignore", "1gn0re", "IGNÓRE", "l'ignore", "x'ignore", "<|im_start|>", "[INST]", "### System:", "\n> [system]", "i g n o r e a l l", "QWxpY2Ugd29ya3M6", "東京",
	} {
		require.False(t, known().innocent(text), text)
	}
}
