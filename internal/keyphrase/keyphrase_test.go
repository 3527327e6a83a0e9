package keyphrase_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/keyphrase"
)

const abstract = `Solar panels convert sunlight into electricity. Cheap solar panels and wind turbines need storage.
Wind turbines with battery storage feed the grid.`

// The candidates are solar panels convert sunlight · electricity · cheap solar panels · wind turbines · storage · wind turbines ·
// battery storage feed · grid. So solar and panels have (4+3)/2, wind and turbines (2+2)/2, storage (1+3)/2.
func TestScores(t *testing.T) {
	t.Parallel()
	want := []keyphrase.Phrase{
		{Text: "Solar panels convert sunlight", Normalised: "SOLAR PANELS CONVERT SUNLIGHT", Score: 3.5 + 3.5 + 4 + 4},
		{Text: "Cheap solar panels", Normalised: "CHEAP SOLAR PANELS", Score: 3 + 3.5 + 3.5},
		{Text: "battery storage feed", Normalised: "BATTERY STORAGE FEED", Score: 3 + 2 + 3},
		{Text: "wind turbines", Normalised: "WIND TURBINES", Score: 2 + 2},
		{Text: "storage", Normalised: "STORAGE", Score: 2},
		{Text: "electricity", Normalised: "ELECTRICITY", Score: 1},
		{Text: "grid", Normalised: "GRID", Score: 1},
	}
	require.Equal(t, want, keyphrase.Extract(abstract, 20))
	require.Equal(t, want[:5], keyphrase.Extract(abstract, 0))
	require.Equal(t, want[:2], keyphrase.Extract(abstract, 2))
}

func phrases(text string) []string {
	var out []string
	for _, p := range keyphrase.Extract(text, 20) {
		out = append(out, p.Normalised)
	}
	return out
}

func TestPhrases(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"nothing", "", nil},
		{"stop words only", "It is what it was.", nil},
		{"most frequent first among equals", "red cars, blue boats, green trains, blue boats", []string{"BLUE BOATS", "RED CARS", "GREEN TRAINS"}},
		{"sentences and lines", "The old bridge. Heavy trucks\nstone walls\n\nriver", []string{"OLD BRIDGE", "HEAVY TRUCKS", "STONE WALLS", "RIVER"}},
		{"columns", "stone walls  river\tbridge", []string{"STONE WALLS", "RIVER", "BRIDGE"}},
		{"too many words", "big old red brick houses and small gardens", []string{"SMALL GARDENS"}},
		{"numbers", "2010 and 3.14 with 1,000 or 50% of vitamin intake in 1999", []string{"VITAMIN INTAKE"}},
		{"numbers in words", "COVID-19 and the B2B market", []string{"B2B MARKET", "COVID-19"}},
		{"joined", "the C++ compiler, node.js and AT&T; a well-known problem", []string{"C++ COMPILER", "WELL-KNOWN PROBLEM", "NODE.JS", "AT&T"}},
		{"apostrophes", "We don't like Moore’s law, and they'd break Moore's law", []string{"BREAK MOORE'S LAW", "MOORE'S LAW"}},
		{"markup", `<div class="big box">green tea</div> &nbsp; \textbf{black tea} and <br/> coffee`, []string{"GREEN TEA", "BLACK TEA", "COFFEE"}},
		{"no tags", "x <green tea\nblack tea", []string{"GREEN TEA", "BLACK TEA"}},
		{"addresses", "see https://example.org/some/page?q=1 or www.example.org/page or ada@example.org for green tea", []string{"GREEN TEA"}},
		{"hashes", "commit d41d8cd98f00b204e9800998ecf8427e and " + strings.Repeat("x", 50) + " fixed", []string{"COMMIT", "FIXED"}},
		{"English with German words", "The war on the sea was won by the man with a hat and his son.", []string{"WAR", "SEA", "WON", "MAN", "HAT", "SON"}},
		{"German", "Die Energiewende ist für die deutsche Industrie wichtig, weil große Windparks über das Stromnetz liefern.", []string{"DEUTSCHE INDUSTRIE WICHTIG", "GROSSE WINDPARKS", "STROMNETZ LIEFERN", "ENERGIEWENDE"}},
		{"French", "L'énergie solaire est une source d'électricité pour les maisons de la région.", []string{"ÉNERGIE SOLAIRE", "SOURCE", "ÉLECTRICITÉ", "MAISONS", "RÉGION"}},
		{"Spanish", "La energía solar es una fuente de electricidad para las casas de los pueblos pequeños.", []string{"ENERGÍA SOLAR", "PUEBLOS PEQUEÑOS", "FUENTE", "ELECTRICIDAD", "CASAS"}},
		{"two languages", strings.Repeat("This is the garden of the house. ", 20) + strings.Repeat("Das ist der Garten und das ist auch sein Haus. ", 20), []string{"GARDEN", "HOUSE", "GARTEN", "HAUS"}},
		{"other alphabets", "Красная площадь, 東京タワー, ภาษาไทย", []string{"КРАСНАЯ ПЛОЩАДЬ"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, phrases(tt.text))
		})
	}
}

func TestMostFrequentSpelling(t *testing.T) {
	t.Parallel()
	require.Equal(t, []keyphrase.Phrase{{Text: "Green Tea", Normalised: "GREEN TEA", Score: 4}},
		keyphrase.Extract("green tea, Green Tea; GREEN TEA: Green\u00a0Tea? Green Tea!", 5))
	// The first of equals.
	require.Equal(t, "green tea", keyphrase.Extract("green tea, Green Tea", 5)[0].Text)
}

// In a long text a phrase has to occur more than once, if there are enough such phrases.
func TestLongTexts(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 1200 {
		fmt.Fprintf(&b, "the %s %s %s %s, ", name(4*i), name(4*i+1), name(4*i+2), name(4*i+3))
	}
	once := keyphrase.Extract(b.String(), 5)
	require.Len(t, once, 5)
	require.Equal(t, 16.0, once[0].Score)
	require.Equal(t, []string{"GREEN TEA", "COFFEE"}, normalised(keyphrase.Extract(b.String()+strings.Repeat("green tea, coffee, ", 2), 2)))
}

// Memory is bounded: of very many words only frequent ones are remembered.
func TestManyWords(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 150_000 {
		fmt.Fprintf(&b, "%s, ", name(i))
		if i%100 == 0 {
			b.WriteString("green tea, coffee, ")
		}
	}
	text := b.String()
	got := keyphrase.Extract(text, 2)
	require.Equal(t, []string{"GREEN TEA", "COFFEE"}, normalised(got))
	require.Equal(t, got, keyphrase.Extract(text, 2))
}

// name returns the i-th word of an endless language.
func name(i int) string {
	s := "z"
	for ; i > 0; i /= 20 {
		s += string("bcdfghjklmnpqrstvwxz"[i%20])
	}
	return s + "o"
}

func normalised(all []keyphrase.Phrase) []string {
	var out []string
	for _, p := range all {
		out = append(out, p.Normalised)
	}
	return out
}

func TestNormalise(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"Machine  learning": "MACHINE LEARNING", " a\u00a0b\n": "A B", "Moore’s": "MOORE'S", "ﬁre": "FIRE", "e\u0301té": "ÉTÉ", "co‑op": "CO-OP", "ŉ": "ʼN", "Straße": "STRASSE",
	} {
		require.Equal(t, want, keyphrase.Normalise(given))
	}
	// Every character of Unicode.
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		once := keyphrase.Normalise("a" + string(r))
		if twice := keyphrase.Normalise(once); once != twice {
			t.Errorf("%U: %q, then %q", r, once, twice)
		}
	}
}

var fragments = []string{
	"green", "Tea", "the", "of", "it's", "l'eau", "C#", "naïve", "e\u0301cole", "ﷺ", "北京", "मौसम", "3.14", "B2B", "x", "-", "'", ".", ",", "\n", "  ", " ", "\t", "\u00a0",
	"<b>", "<", "&amp;", "&", "\\", "://", "@", "www.", "#", "\u0301", "\xff", "…", "İ", "ß", "ŉ", "long-winded", strings.Repeat("y", 39),
}

func TestProperties(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	for range 3000 {
		var b strings.Builder
		for range r.IntN(60) {
			b.WriteString(fragments[r.IntN(len(fragments))])
			if r.IntN(2) == 0 {
				b.WriteByte(' ')
			}
		}
		check(t, b.String())
	}
}

// check checks what must hold of the phrases of every text.
func check(t *testing.T, text string) {
	t.Helper()
	got := keyphrase.Extract(text, 10)
	require.Equal(t, got, keyphrase.Extract(text, 10))
	require.LessOrEqual(t, len(got), 10)
	seen := map[string]bool{}
	for i, p := range got {
		switch words := strings.Fields(p.Text); {
		case !strings.Contains(text, p.Text):
			t.Errorf("%q is not in %q", p.Text, text)
		case p.Normalised != keyphrase.Normalise(p.Text) || p.Normalised != keyphrase.Normalise(p.Normalised):
			t.Errorf("%q is normalised to %q", p.Text, p.Normalised)
		case len(words) > 4 || utf8.RuneCountInString(p.Text) > 100 || utf8.RuneCountInString(p.Normalised) > 100:
			t.Errorf("%q is too long", p.Text)
		case strings.ContainsAny(p.Text, "\n\t<>;:!?,()") || strings.Contains(p.Text, "  "):
			t.Errorf("%q crosses a boundary", p.Text)
		case strings.IndexFunc(p.Text, unicode.IsLetter) < 0:
			t.Errorf("%q has no letter", p.Text)
		case p.Score < 1 || i > 0 && p.Score > got[i-1].Score:
			t.Errorf("%q has the score %v", p.Text, p.Score)
		case seen[p.Normalised]:
			t.Errorf("%q comes twice", p.Text)
		}
		seen[p.Normalised] = true
	}
}

func FuzzExtract(f *testing.F) {
	for _, s := range []string{abstract, "l'eau & <b>green tea</b>", "C++ e.g. node.js\\x", "ŉ ﷺ İß", "a@b.c http://x\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { check(t, text) })
}

func BenchmarkExtract(b *testing.B) {
	var prose strings.Builder
	r := rand.New(rand.NewPCG(7, 8))
	for prose.Len() < 32<<20 {
		fmt.Fprintf(&prose, "The %s %s of the %s was %s. ", name(r.IntN(5000)), name(r.IntN(20_000)), name(r.IntN(300)), name(r.IntN(1000)))
	}
	for _, bench := range []struct{ name, text string }{
		{"prose 32 MB", prose.String()},
		{"one word 32 MB", strings.Repeat("x", 32<<20)},
		{"tags that do not end 32 MB", strings.Repeat("<b", 16<<20)},
		{"spaces 32 MB", strings.Repeat(" ", 32<<20)},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(int64(len(bench.text)))
			b.ReportAllocs()
			for b.Loop() {
				keyphrase.Extract(bench.text, 0)
			}
		})
	}
}
