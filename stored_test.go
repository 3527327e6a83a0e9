package spectron_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// TestRecallStoredAt checks that a question about a system time sees the turns, facts and instructions that the store held then, in their
// state at that time.
func TestRecallStoredAt(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	day := func(month time.Month) time.Time { return time.Date(2026, month, 1, 12, 0, 0, 0, time.UTC) }
	now := day(time.March)
	m := spectrontest.Open(t, &spectron.Options{Clock: func() time.Time { return now }})
	c, err := m.EnsureContext(ctx, "acme", spectron.ContextSpec{})
	require.NoError(t, err)
	say := func(text string, spoken time.Time) {
		t.Helper()
		_, err := c.Memory().RememberMany(ctx, spectron.RememberManyRequest{Messages: []spectron.Message{{Content: text, At: spoken}}})
		require.NoError(t, err)
	}
	say("I live in Rome. Always answer in French.", day(time.January))
	now = day(time.May)
	say("I moved to Oslo. Always answer in English.", day(time.February)) // remembered three months later
	now = day(time.July)
	say("My hobby is chess, here in Oslo.", day(time.July))

	ask := func(req spectron.RecallRequest) string {
		t.Helper()
		res, err := c.Memory().Recall(ctx, req)
		require.NoError(t, err)
		if res.Tier == spectron.TierDirect && !req.StoredAt.IsZero() {
			t.Errorf("%+v is answered from the graph", req)
		}
		var out []string
		for _, h := range res.Hits {
			text := h.Text
			if h.Fact != nil && !h.Fact.RetiredAt.IsZero() {
				text += " (closed)"
			}
			out = append(out, text)
		}
		return strings.Join(out, " | ")
	}
	orders := []spectron.Kind{spectron.KindInstruction}
	for _, c := range []struct {
		what      string
		req       spectron.RecallRequest
		has, none []string
	}{
		{"before anything", spectron.RecallRequest{Query: "Where do I live?", StoredAt: day(time.February)}, nil, []string{"Rome", "Oslo"}},
		{"after the first", spectron.RecallRequest{Query: "Where do I live?", StoredAt: day(time.April), IncludeWeak: true}, []string{"Rome"}, []string{"Oslo", "closed"}},
		{"the order of then", spectron.RecallRequest{Query: "answer in which language", StoredAt: day(time.April), Kinds: orders}, []string{"French"}, []string{"English"}},
		{"the order since", spectron.RecallRequest{Query: "answer in which language", StoredAt: day(time.June), Kinds: orders}, []string{"English"}, []string{"French"}},
		{"known then, not stored yet", spectron.RecallRequest{Query: "Where do I live?", StoredAt: day(time.April), AsOf: day(time.March)},
			[]string{"lives in Rome"}, []string{"Oslo", "closed"}},
		{"known in January, by what is stored", spectron.RecallRequest{Query: "Where do I live?", StoredAt: day(time.June), AsOf: day(time.January).AddDate(0, 0, 2)},
			[]string{"lives in Rome"}, []string{"Oslo", "closed"}},
		{"after the second", spectron.RecallRequest{Query: "Where do I live?", StoredAt: day(time.June), IncludeWeak: true}, []string{"lives in Oslo"}, []string{"lives in Rome", "chess"}},
		{"with what is closed", spectron.RecallRequest{Query: "Where do I live?", StoredAt: day(time.June), IncludeClosed: true}, []string{"lives in Oslo", "lives in Rome (closed)"}, nil},
		{"what held in January", spectron.RecallRequest{Query: "Where do I live?", StoredAt: day(time.June), ValidAt: day(time.January).AddDate(0, 0, 3), Kinds: []spectron.Kind{spectron.KindRelation}},
			[]string{"lives in Rome"}, []string{"Oslo"}},
	} {
		got := ask(c.req)
		for _, text := range c.has {
			if !strings.Contains(got, text) {
				t.Errorf("%s: no %q in %s", c.what, text, got)
			}
		}
		for _, text := range c.none {
			if strings.Contains(got, text) {
				t.Errorf("%s: %q in %s", c.what, text, got)
			}
		}
	}
	_, err = c.Memory().Recall(ctx, spectron.RecallRequest{Query: "x", StoredAt: time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC)})
	var e *spectron.Error
	require.ErrorAs(t, err, &e)
	if e.Code != spectron.CodeInvalid || e.Field != "StoredAt" {
		t.Errorf("%+v", e)
	}
}
