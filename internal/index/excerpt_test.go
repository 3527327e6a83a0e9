package index_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// far is what has nothing to do with the questions, and near stands between that and the answer.
const (
	far  = "It has been raining here since the end of the month, and the cellar smells of it."
	near = "My aunt wants to have the old sofa back that she gave us when we moved in together."
	soup = "We had soup."
)

// excerptOf returns what is shown of a turn, one part a line.
func excerptOf(t *testing.T, query, text string) string {
	t.Helper()
	ix := index.New()
	require.NoError(t, ix.Put(index.Entry{ID: "a", Kind: record.KindMemoryChunk, Text: text, Turn: "turn:a", Session: "s"}))
	hits, err := ix.Search(index.Query{Text: query})
	require.NoError(t, err)
	require.Len(t, hits, 1)
	if hits[0].Parts == nil {
		return text
	}
	var out []string
	for _, p := range hits[0].Parts {
		require.Equal(t, "a", p.Row)
		out = append(out, text[p.From:p.To])
	}
	return strings.Join(out, "\n")
}

// Of a long text the sentences are shown that have to do with the question.
func TestExcerpt(t *testing.T) {
	t.Parallel()
	const rain = "今天下雨了，我们没有出去，只喝了很多茶。"
	code := "```go\nfunc zebra() {\n\n\treturn 1. // or more\n}\n```"
	for _, c := range []struct{ name, query, text, want string }{
		{"with what is beside it", "zebra", far + " " + near + " The zebra escaped from the circus in Ulm. " + near + " " + far, near + " The zebra escaped from the circus in Ulm. " + near},
		{"short ones as well", "zebra", far + " " + soup + " " + near + " The zebra escaped from the circus in Ulm. " + near + " " + far, soup + " " + near + " The zebra escaped from the circus in Ulm. " + near},
		{"all between two", "zebra Ulm", far + " " + near + " The zebra escaped. " + near + " " + far + " " + near + " They caught it near Ulm.", near + " The zebra escaped. " + near + " " + far + " " + near + " They caught it near Ulm."},
		{"a short text", "zebra", "The zebra escaped. " + far, "The zebra escaped. " + far},
		{"one long sentence", "zebra", strings.Repeat("and then the zebra ran on ", 40), strings.Repeat("and then the zebra ran on ", 40)},
		{"lines", "zebra", far + "\n" + near + "\n- the zebra of Ulm is back in its stable\n" + near + "\n" + far + "\n", near + "\n- the zebra of Ulm is back in its stable\n" + near},
		{"an item with its number", "zebra", far + "\n" + far + "\n2. " + near + "\n3. The zebra of Ulm is back in its stable\n", "2. " + near + "\n3. The zebra of Ulm is back in its stable"},
		{"abbreviations", "zebra", far + " " + far + " According to Dr. Weiss of the zoo, the zebra belongs to Mr. Kim of the circus.", far + " According to Dr. Weiss of the zoo, the zebra belongs to Mr. Kim of the circus."},
		{"a block of code", "zebra", far + "\n" + near + "\n" + code + "\n" + near + "\n" + far, near + "\n" + code + "\n" + near},
		{"another script", "斑马", rain + rain + "动物园的斑马跑到了河的对岸，大家都很惊讶。" + rain + rain, rain + "动物园的斑马跑到了河的对岸，大家都很惊讶。" + rain},
	} {
		if got := excerptOf(t, c.query, c.text); got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}

// Who asks for whole texts, or by vector alone, gets them; and what is no conversation is whole.
func TestExcerptOfWholeTexts(t *testing.T) {
	t.Parallel()
	ix := index.New()
	text := far + " " + near + " The zebra escaped from the circus in Ulm."
	require.NoError(t, ix.Put(
		index.Entry{ID: "a", Kind: record.KindMemoryChunk, Text: text, Turn: "turn:a", Session: "s", Vector: []float32{1, 0}},
		index.Entry{ID: "b", Kind: record.KindInstruction, Text: text + " So feed it.", Vector: []float32{1, 0}},
	))
	for _, c := range []struct {
		q    index.Query
		want bool // of the turn a part is shown
	}{
		{index.Query{Text: "zebra"}, true},
		{index.Query{Text: "zebra", Mode: index.Lexical}, true},
		{index.Query{Text: "zebra", Whole: true}, false},
		{index.Query{Text: "zebra", Vector: []float32{1, 0}, Mode: index.Vector}, false},
	} {
		hits, err := ix.Search(c.q)
		require.NoError(t, err)
		require.Len(t, hits, 2)
		for _, h := range hits {
			if want := c.want && h.ID == "a"; want != (h.Parts != nil) {
				t.Errorf("%+v: %s shows %v", c.q, h.ID, h.Parts)
			}
		}
	}
}

// Whatever the texts, parts are in the order of the rows, one of the row that stands for the hit among them; they begin and end with
// whole letters, and nothing of a turn is left out between two of its pieces.
func TestExcerptsOfAnything(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	words := strings.Split("zebra|Ulm|e\u0301te\u0301|👩‍👩‍👧|斑马|12.5|Mr.|```|\n|\r\n|?|. |! |。|\u2029| | |to|a|very|Zürich|rain|и|…|1.|-", "|")
	rng := rand.New(rand.NewPCG(9, 9))
	cut := 0
	for range 300 {
		ix, texts := index.New(), map[string]string{}
		var entries []index.Entry
		for i, turn := range []int{0, 0, 1, 2, 2} {
			var b strings.Builder
			for range rng.IntN(60) + 1 {
				b.WriteString(words[rng.IntN(len(words))] + []string{"", " "}[rng.IntN(2)])
			}
			e := index.Entry{
				ID: fmt.Sprint("row", i), Kind: record.KindMemoryChunk, Text: "x" + b.String(), Turn: fmt.Sprint("turn", turn), Seq: turn, Start: 1000 * i,
				Session: "s", Role: record.User, Speaker: "Ana", Occurred: day,
			}
			texts[e.ID], entries = e.Text, append(entries, e)
		}
		entries = append(entries, index.Entry{ID: "reply", Kind: record.KindMemoryChunk, Text: "I see", Turn: "turn9", Seq: 9, Session: "s", Role: record.User, Speaker: "Ben", Occurred: day.AddDate(0, 0, 1)})
		require.NoError(t, ix.Put(entries...))
		hits, err := ix.Search(index.Query{Text: "zebra Ulm 斑马", All: true})
		require.NoError(t, err)
		for _, h := range hits {
			if h.Parts == nil {
				continue
			}
			cut++
			if !slices.ContainsFunc(h.Parts, func(p index.Part) bool { return p.Row == h.ID }) {
				t.Errorf("%+v shows nothing of %s", h.Parts, h.ID)
			}
			for i, p := range h.Parts {
				text := texts[p.Row]
				ends := map[int]bool{0: true}
				for it := graphemes.FromString(text); it.Next(); {
					ends[it.End()] = true
				}
				if p.From >= p.To || !utf8.ValidString(text[p.From:p.To]) || !ends[p.From] || !ends[p.To] {
					t.Errorf("%d to %d of %q", p.From, p.To, text)
				}
				if i == 0 {
					continue
				}
				before := h.Parts[i-1]
				if before.Row >= p.Row {
					t.Errorf("%s comes behind %s", p.Row, before.Row)
				}
				if a, _ := ix.Get(before.Row); a.Turn == func() string { b, _ := ix.Get(p.Row); return b.Turn }() && (before.To != len(a.Text) || p.From != 0) {
					t.Errorf("%+v leaves something out of a turn", h.Parts)
				}
			}
		}
	}
	require.Greater(t, cut, 50)
}
