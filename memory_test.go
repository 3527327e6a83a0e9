package spectron_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
)

// day returns a morning of 2026, the year of the tests.
func day(month time.Month, d int) time.Time {
	return time.Date(2026, month, d, 9, 0, 0, 0, time.UTC)
}

// tell remembers a text of the user.
func tell(tb testing.TB, c *spectron.Context, text string) *spectron.Remembered {
	tb.Helper()
	return remember(tb, c, spectron.RememberRequest{Text: text})
}

func remember(tb testing.TB, c *spectron.Context, req spectron.RememberRequest) *spectron.Remembered {
	tb.Helper()
	r, err := c.Memory().Remember(context.Background(), req)
	require.NoError(tb, err)
	return r
}

func recall(tb testing.TB, c *spectron.Context, req spectron.RecallRequest) *spectron.Recalled {
	tb.Helper()
	r, err := c.Memory().Recall(context.Background(), req)
	require.NoError(tb, err)
	return r
}

func ask(tb testing.TB, c *spectron.Context, question string) *spectron.Recalled {
	tb.Helper()
	return recall(tb, c, spectron.RecallRequest{Query: question})
}

// turns returns all turns of a session.
func turns(tb testing.TB, c *spectron.Context, session string) []spectron.Turn {
	tb.Helper()
	var all []spectron.Turn
	for turn, err := range c.Sessions().AllTurns(context.Background(), spectron.TurnQuery{SessionID: session, Limit: 500}) {
		require.NoError(tb, err)
		all = append(all, turn)
	}
	return all
}

// said returns the texts of the hits that are passages of turns.
func said(r *spectron.Recalled) []string {
	var out []string
	for _, h := range r.Hits {
		if h.Kind == spectron.KindMemoryChunk {
			out = append(out, h.Text)
		}
	}
	return out
}

// known returns the facts and instructions among the hits as sentences, sorted. Every fact of a test is found by the name of its entity:
// "Alice's role is CTO".
func known(tb testing.TB, c *spectron.Context, names string, asOf time.Time) []string {
	tb.Helper()
	var out []string
	for _, h := range facts(tb, c, spectron.RecallRequest{Query: names, AsOf: asOf}) {
		out = append(out, h.Text)
	}
	slices.Sort(out)
	return out
}

// facts searches facts and instructions by their words.
func facts(tb testing.TB, c *spectron.Context, req spectron.RecallRequest) []spectron.Hit {
	tb.Helper()
	req.K, req.Mode, req.IncludeDuplicates = 50, spectron.ModeBM25, true
	req.Kinds = []spectron.Kind{spectron.KindAttribute, spectron.KindRelation, spectron.KindInstruction}
	hits := recall(tb, c, req).Hits
	require.Less(tb, len(hits), 50, "too many facts to see all of them")
	return hits
}

// answer returns the values that the facts among the hits have for a key, sorted.
func answer(r *spectron.Recalled, key string) []string {
	var out []string
	for _, h := range r.Hits {
		if h.Fact != nil && h.Fact.Key == key {
			out = append(out, h.Fact.Value)
		}
	}
	slices.Sort(out)
	return out
}

// part returns the text between two code points.
func part(text string, start, end int) string {
	runes := []rune(text)
	if start < 0 || end < start || end > len(runes) {
		return ""
	}
	return string(runes[start:end])
}

func same(tb testing.TB, got, want []string) {
	tb.Helper()
	if !slices.Equal(got, want) {
		tb.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}
