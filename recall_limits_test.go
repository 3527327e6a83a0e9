package spectron_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/testing/testsize"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// longQuestions returns questions of the maximum length that are expensive to answer.
func longQuestions() map[string]string {
	fill := func(word func(int) string) string {
		var b strings.Builder
		for i := 0; b.Len() < 16<<10; i++ {
			b.WriteString(word(i))
			b.WriteByte(' ')
		}
		return b.String()[:16<<10]
	}
	return map[string]string{
		"one word":       fill(func(int) string { return "kraken" }),
		"words":          fill(func(i int) string { return fmt.Sprintf("w%d", i) }),
		"dates":          fill(func(i int) string { return fmt.Sprintf("%d May %d", i%28+1, 1900+i%200) }),
		"times ago":      fill(func(i int) string { return fmt.Sprintf("%d days ago", i%1000+1) }),
		"names":          fill(func(i int) string { return []string{"Ann", "Ben", "Ida"}[i%3] }),
		"me":             fill(func(i int) string { return []string{"I", "my", "me"}[i%3] }),
		"one long word":  strings.Repeat("x", 16<<10),
		"without spaces": strings.Repeat("世界你好", 4<<10/3),
		"marks":          strings.Repeat("e\u0301", 5<<10),
		"questions":      strings.Repeat("? ", 8<<10),
	}
}

func longConversation(tb testing.TB) *spectron.Context {
	tb.Helper()
	c := create(tb, spectrontest.Open(tb, nil), "long", spectron.ContextSpec{})
	var messages []spectron.Message
	for i := range 400 {
		messages = append(messages, spectron.Message{
			Content: fmt.Sprintf("The kraken w%d w%d of 3 May was seen by Ann %d days ago.", i, i*7%400, i), Speaker: []string{"Ann", "Ben", "Ida"}[i%3],
			At: spectrontest.Epoch.Add(time.Duration(i) * time.Hour),
		})
	}
	for len(messages) > 0 {
		n := min(len(messages), 100)
		_, err := c.Memory().RememberMany(context.Background(), spectron.RememberManyRequest{Messages: messages[:n], Infer: spectron.InferNone})
		require.NoError(tb, err)
		messages = messages[n:]
	}
	return c
}

// TestLongQuestions checks that a question of any content up to the limit is answered, and a longer one refused. BenchmarkLongQuestions
// measures the time.
func TestLongQuestions(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	c := longConversation(t)
	for name, q := range longQuestions() {
		for _, mode := range []spectron.Mode{"", spectron.ModeHybrid, spectron.ModeBM25, spectron.ModeVector} {
			r := recall(t, c, spectron.RecallRequest{Query: q, Mode: mode, K: 50})
			for _, h := range r.Hits {
				if !(h.Score >= 0 && h.Score <= 1 && h.Relevance >= 0 && h.Relevance <= 1) {
					t.Errorf("%s: %+v", name, h)
				}
			}
			_, err := c.Memory().Recall(context.Background(), spectron.RecallRequest{Query: q + "x" + strings.Repeat("y", 16<<10), Mode: mode})
			isError(t, err, spectron.ErrTooLarge, "Query")
		}
	}
	one, many := recall(t, c, spectron.RecallRequest{Query: "kraken", Mode: spectron.ModeBM25}), recall(t, c, spectron.RecallRequest{Query: strings.Repeat("kraken ", 2300), Mode: spectron.ModeBM25})
	if len(one.Hits) != 10 || asJSON(one.Hits) != asJSON(many.Hits) {
		t.Errorf("a word that is said again and again asks for something else: %d hits and %d", len(one.Hits), len(many.Hits))
	}
}

// BenchmarkLongQuestions answers questions of the maximum length.
func BenchmarkLongQuestions(b *testing.B) {
	c := longConversation(b)
	for name, q := range longQuestions() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				recall(b, c, spectron.RecallRequest{Query: q, K: 50})
			}
		})
	}
}
