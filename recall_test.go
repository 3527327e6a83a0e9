package spectron_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// TestReadYourWrites checks that a stored record is found by the next call, in every mode.
func TestReadYourWrites(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	for i := range 30 {
		text := fmt.Sprintf("The %s door is open.", code(i))
		r := remember(t, c, spectron.RememberRequest{Text: text, Infer: spectron.InferNone})
		for _, mode := range []spectron.Mode{"", spectron.ModeHybrid, spectron.ModeBM25, spectron.ModeVector} {
			found := recall(t, c, spectron.RecallRequest{Query: code(i) + " door", Mode: mode, K: 1, IncludeDuplicates: true})
			if len(found.Hits) != 1 || found.Hits[0].Text != text || found.Hits[0].ID != r.ChunkIDs[0] || found.Hits[0].Source.TurnID != r.TurnID {
				t.Errorf("mode %q: %+v", mode, found.Hits)
			}
		}
	}
	for i, city := range []string{"Oslo", "Rome", "Lima"} {
		remember(t, c, spectron.RememberRequest{Text: "I live in " + city + ".", SpokenAt: day(1, i+1)})
		if got := answer(ask(t, c, "Where do I live?"), "lives_in"); !slices.Equal(got, []string{city}) {
			t.Errorf("moved to %s, lives in %v", city, got)
		}
	}
}

func TestNothingFits(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	for _, query := range []string{"anything", "Where does Alice work?", "?!", "🦄", "the"} {
		r := ask(t, c, query)
		if len(r.Hits) != 0 || len(r.Seeds) != 0 || r.Trace.Tier != r.Tier || r.Tier == "" || r.Trace.Reason == "" {
			t.Errorf("an empty Context answers %q with %+v", query, r)
		}
	}
	tell(t, c, "Alice works at Acme.")
	for _, query := range []string{"zebra", "?!", "🦄"} {
		if r := recall(t, c, spectron.RecallRequest{Query: query, Mode: spectron.ModeBM25}); len(r.Hits) != 0 {
			t.Errorf("%q: %+v", query, r.Hits)
		}
	}
}

// TestK checks that K limits the hits of every tier, and that the first K hits are the first of a larger K.
func TestK(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	for i := range 60 {
		tell(t, c, fmt.Sprintf("Note %d: Alice works at Acme on plan %s.", i, code(i)))
	}
	tell(t, c, "Alice works at Acme and lives in Oslo.")
	tell(t, c, "I like tea, jazz, chess, snow, rain, wine, cats, dogs, bikes, trains, boats and planes.")
	for _, query := range []string{"Alice Acme plan", "Where does Alice work?", "Where does Alice live?", "What do I like?", "zebra Alice"} {
		all := recall(t, c, spectron.RecallRequest{Query: query, K: 50})
		for _, k := range []int{1, 2, 5, 10, 50} {
			r := recall(t, c, spectron.RecallRequest{Query: query, K: k})
			if len(r.Hits) > k || len(r.Hits) < min(k, len(all.Hits)) {
				t.Errorf("%s, K %d: %d hits, tier %s", query, k, len(r.Hits), r.Tier)
			}
			if len(r.Trace.TopScores) != min(5, len(r.Hits)) {
				t.Errorf("%s, K %d: %v", query, k, r.Trace.TopScores)
			}
		}
		if r := recall(t, c, spectron.RecallRequest{Query: query}); len(r.Hits) > 10 {
			t.Errorf("%s: %d hits without K", query, len(r.Hits))
		}
		last := 1.0
		for _, h := range all.Hits {
			if h.Score > last || h.Score < 0 {
				t.Errorf("%s: score %v after %v", query, h.Score, last)
			}
			last = h.Score
		}
	}
}

func TestFilters(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	label := func(text string, category spectron.Category, labels ...string) {
		remember(t, c, spectron.RememberRequest{Text: text, Labels: labels, Category: category})
	}
	label("Alice works at Acme.", "", "team=red", "year=2026")
	label("Bob works at Acme.", spectron.CategoryKnowledge, "team=red")
	label("Carol works at Acme.", spectron.CategoryIdentity, "team=blue", "note=a=b c")
	label("Always answer in German, says Acme.", "")
	remember(t, c, spectron.RememberRequest{Infer: spectron.InferTriples, Labels: []string{"team=green"}, Triples: []spectron.Triple{
		{Entity: spectron.EntityRef{Type: "organisation", Name: "Acme"}, Key: "slogan", Value: "Acme first", Category: spectron.CategoryContext},
	}})
	chunk, attribute, relation, instruction := spectron.KindMemoryChunk, spectron.KindAttribute, spectron.KindRelation, spectron.KindInstruction
	for _, tc := range []struct {
		req  spectron.RecallRequest
		want []string
	}{
		{spectron.RecallRequest{Labels: []string{"team=red"}}, []string{"Alice works at Acme", "Alice works at Acme.", "Bob works at Acme", "Bob works at Acme."}},
		{spectron.RecallRequest{Labels: []string{"year=2026", "team=red"}}, []string{"Alice works at Acme", "Alice works at Acme."}},
		{spectron.RecallRequest{Labels: []string{"team=red", "team=blue"}}, nil},
		{spectron.RecallRequest{Labels: []string{"note=a=b c"}}, []string{"Carol works at Acme", "Carol works at Acme."}},
		{spectron.RecallRequest{Labels: []string{"team=re"}}, nil},
		{spectron.RecallRequest{Labels: []string{"team=green"}}, []string{"Acme's slogan is Acme first"}},
		{spectron.RecallRequest{Kinds: []spectron.Kind{relation}}, []string{"Alice works at Acme", "Bob works at Acme", "Carol works at Acme"}},
		{spectron.RecallRequest{Kinds: []spectron.Kind{attribute}}, []string{"Acme's slogan is Acme first"}},
		{spectron.RecallRequest{Kinds: []spectron.Kind{chunk}, Category: spectron.CategoryIdentity}, []string{"Carol works at Acme."}},
		{spectron.RecallRequest{Kinds: []spectron.Kind{chunk}, Category: spectron.CategoryKnowledge}, []string{"Bob works at Acme."}},
		{spectron.RecallRequest{Kinds: []spectron.Kind{chunk}, Category: spectron.CategoryContext}, []string{"Alice works at Acme.", "Always answer in German, says Acme."}},
		{spectron.RecallRequest{Kinds: []spectron.Kind{instruction, attribute}, Labels: []string{"team=green"}}, []string{"Acme's slogan is Acme first"}},
		{spectron.RecallRequest{Category: spectron.CategoryContext, Kinds: []spectron.Kind{attribute, relation}}, []string{"Acme's slogan is Acme first"}},
		{spectron.RecallRequest{Category: spectron.CategoryKnowledge}, []string{"Alice works at Acme", "Bob works at Acme", "Bob works at Acme.", "Carol works at Acme"}},
	} {
		for _, mode := range []spectron.Mode{"", spectron.ModeHybrid, spectron.ModeBM25} {
			tc.req.Query, tc.req.Mode, tc.req.K, tc.req.IncludeDuplicates = "Acme", mode, 50, true
			var got []string
			for _, h := range recall(t, c, tc.req).Hits {
				got = append(got, h.Text)
			}
			slices.Sort(got)
			if !slices.Equal(got, tc.want) {
				t.Errorf("%+v\ngot  %q\nwant %q", tc.req, got, tc.want)
			}
		}
	}
	// A question that the graph answers obeys the filters too, for the facts and for the passages beside them.
	for _, tc := range []struct {
		req  spectron.RecallRequest
		want []string
	}{
		{spectron.RecallRequest{}, []string{"Alice works at Acme", "Alice works at Acme."}},
		{spectron.RecallRequest{Kinds: []spectron.Kind{relation}}, []string{"Alice works at Acme"}},
		{spectron.RecallRequest{Labels: []string{"team=red"}}, []string{"Alice works at Acme", "Alice works at Acme."}},
		{spectron.RecallRequest{Category: spectron.CategoryKnowledge}, []string{"Alice works at Acme"}},
		{spectron.RecallRequest{K: 1}, []string{"Alice works at Acme"}},
	} {
		tc.req.Query = "Where does Alice work?"
		r := recall(t, c, tc.req)
		var got []string
		for _, h := range r.Hits {
			got = append(got, h.Text)
		}
		if r.Tier != spectron.TierDirect || !slices.Equal(got, tc.want) {
			t.Errorf("%+v, tier %s\ngot  %q\nwant %q", tc.req, r.Tier, got, tc.want)
		}
	}
	for _, req := range []spectron.RecallRequest{{Labels: []string{"team=blue"}}, {Category: spectron.CategoryIdentity}, {Kinds: []spectron.Kind{chunk}}} {
		req.Query = "Where does Alice work?"
		r := recall(t, c, req)
		if got := answer(r, "works_at"); r.Tier == spectron.TierDirect || slices.Contains(got, "Acme") && req.Kinds != nil {
			t.Errorf("%+v: tier %s, %v", req, r.Tier, got)
		}
	}
}

func TestValidTime(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	remember(t, c, spectron.RememberRequest{Text: "Bob has lived in Oslo since March 2020.", SpokenAt: day(1, 10)})
	remember(t, c, spectron.RememberRequest{Text: "Bob moved to Rome on 5 February 2026.", SpokenAt: day(2, 20)})
	all := spectron.RecallRequest{Query: "Bob", AsOf: day(1, 15), Kinds: []spectron.Kind{spectron.KindRelation}}
	if got := answer(recall(t, c, all), "lives_in"); !slices.Equal(got, []string{"Oslo"}) {
		t.Fatalf("known in January: %v", got)
	}
	for _, tc := range []struct {
		req  spectron.RecallRequest
		want []string
	}{
		{spectron.RecallRequest{ValidAt: day(3, 1)}, []string{"Rome"}},
		{spectron.RecallRequest{ValidAt: day(1, 20)}, []string{"Oslo"}},
		{spectron.RecallRequest{ValidAt: day(1, 20), AsOf: day(1, 15)}, []string{"Oslo"}},
		{spectron.RecallRequest{ValidAt: day(1, 20).AddDate(-10, 0, 0), AsOf: day(1, 15)}, nil},
		{spectron.RecallRequest{ValidFrom: day(1, 1), ValidUntil: day(12, 1)}, []string{"Oslo", "Rome"}},
		{spectron.RecallRequest{ValidUntil: day(2, 1)}, []string{"Oslo"}},
	} {
		for _, query := range []string{"Bob", "Where does Bob live?"} {
			tc.req.Query, tc.req.Kinds = query, []spectron.Kind{spectron.KindRelation}
			if got := answer(recall(t, c, tc.req), "lives_in"); !slices.Equal(got, tc.want) {
				t.Errorf("%+v: %v, want %v", tc.req, got, tc.want)
			}
		}
	}
}

// TestAsOfShowsNothingLater checks that nothing that became known later is visible in the past: no fact, no passage and no entity.
func TestAsOfShowsNothingLater(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	remember(t, c, spectron.RememberRequest{Text: "Bob lives in Oslo.", SpokenAt: day(1, 1)})
	remember(t, c, spectron.RememberRequest{Text: "Bob lives in Rome. Zoe works at Acme. Always answer in verse.", SpokenAt: day(3, 1)})
	for _, query := range []string{"Bob", "Where does Bob live?", "Rome", "Zoe", "Where does Zoe work?", "answer verse", "Acme"} {
		for _, mode := range []spectron.Mode{"", spectron.ModeBM25, spectron.ModeVector} {
			r := recall(t, c, spectron.RecallRequest{Query: query, Mode: mode, AsOf: day(2, 1)})
			for _, h := range r.Hits {
				if strings.Contains(h.Text+h.Source.Quote, "Rome") || strings.Contains(h.Text, "verse") || h.OccurredAt.After(day(2, 1)) {
					t.Errorf("%s in February: %q", query, h.Text)
				}
			}
			before := recall(t, c, spectron.RecallRequest{Query: query, Mode: mode, AsOf: day(1, 1).Add(-time.Nanosecond)})
			if len(before.Hits) > 0 {
				t.Errorf("%s before anything was said: %+v", query, before.Hits)
			}
		}
	}
	got := recall(t, c, spectron.RecallRequest{Query: "Where does Bob live?", AsOf: day(2, 1)})
	if answers := answer(got, "lives_in"); got.Tier != spectron.TierDirect || !slices.Equal(answers, []string{"Oslo"}) {
		t.Errorf("in February: %v, tier %s", answers, got.Tier)
	}
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	const text = "The quarterly numbers look good and the auditors are content with all of the books."
	var ids []string
	for range 5 {
		ids = append(ids, remember(t, c, spectron.RememberRequest{Text: text, Infer: spectron.InferNone}).ChunkIDs...)
	}
	one := ask(t, c, "quarterly auditors")
	if len(one.Hits) != 1 || len(one.Hits[0].Duplicates) != 4 {
		t.Errorf("%+v", one.Hits)
	}
	all := recall(t, c, spectron.RecallRequest{Query: "quarterly auditors", IncludeDuplicates: true})
	var got []string
	for _, h := range all.Hits {
		got = append(got, h.ID)
	}
	slices.Sort(got)
	same(t, got, slices.Sorted(slices.Values(ids)))
}

// TestSameFirstName checks that people with the same first name are not confused.
func TestSameFirstName(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	tell(t, c, "Sarah Miller works at Acme.")
	tell(t, c, "Sarah Chen works at Globex.")
	for person, firm := range map[string]string{"Sarah Miller": "Acme", "Sarah Chen": "Globex"} {
		if got := answer(ask(t, c, "Where does "+person+" work?"), "works_at"); !slices.Equal(got, []string{firm}) {
			t.Errorf("%s works at %v", person, got)
		}
	}
	r := ask(t, c, "Where does Sarah work?")
	if got := answer(r, "works_at"); r.Tier == spectron.TierDirect || !slices.Equal(got, []string{"Acme", "Globex"}) {
		t.Errorf("Sarah works at %v, tier %s", got, r.Tier)
	}
}

// FuzzRecall checks that a query of any shape is answered or refused, without any other failure.
func FuzzRecall(f *testing.F) {
	for _, q := range []string{
		"Where does Alice work?", "i i i me my", "Alice's's's", "what what who where", "'", "\u200d\u200d", "a/b.c-d@e", "👩‍👩‍👧‍👦", "ＡＢＣ", "1,000.50", "¿dónde?",
		"What is Alice Alice Alice Alice Alice role", "Who is my sister's sister?", "\ufeff", strings.Repeat("Alice ", 200),
	} {
		f.Add(q)
	}
	c := spectrontest.Context(f, nil)
	tell(f, c, "My name is Alice. I work at Acme. My sister Anna lives in Oslo.")
	f.Fuzz(func(t *testing.T, query string) {
		r, err := c.Memory().Recall(context.Background(), spectron.RecallRequest{Query: query})
		if err != nil {
			require.ErrorAs(t, err, new(*spectron.Error))
			return
		}
		for _, h := range r.Hits {
			if h.Text == "" || h.Score < 0 || h.Score > 1 || h.Source.Kind == "" {
				t.Errorf("%q: %+v", query, h)
			}
		}
	})
}
