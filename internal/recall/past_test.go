package recall_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// chain is a view of one person's values for a key, each of which took the place of the one before at the given time.
func chain(tb testing.TB, key string, values []string, at func(int) time.Time) *recall.View {
	tb.Helper()
	mara := person("Mara")
	w := store.Write{Entities: []record.Entity{{ID: "appearance:mara", EntityRef: mara, Scopes: record.ScopeSet{{"/"}}}}}
	for i, v := range values {
		f := record.Fact{
			ID: fmt.Sprintf("relation:%06d", i), Kind: record.KindRelation, Entity: mara, Key: key, Value: v, Object: place(v),
			Scopes: record.ScopeSet{{"/"}}, Confidence: 1, Known: record.Interval{From: at(i)},
		}
		if i+1 < len(values) {
			f.Known.Until, f.Valid.Until, f.RetiredAt = at(i+1), at(i+1), at(i+1)
			f.SupersededBy = fmt.Sprintf("relation:%06d", i+1)
		}
		w.Create = append(w.Create, f)
	}
	embedder, err := index.NewLexicalEmbedder(0)
	require.NoError(tb, err)
	require.NoError(tb, recall.EmbedWrite(tb.Context(), &w, embedder.EmbedDocuments))
	v := recall.NewView()
	require.NoError(tb, v.Apply(w))
	return v
}

func TestThePastHasEveryStay(t *testing.T) {
	t.Parallel()
	years := func(i int) time.Time { return may.AddDate(i-8, 0, 0) }
	instant := func(int) time.Time { return may }
	for _, c := range []struct {
		name, key, query string
		at               func(int) time.Time
		filter           index.Filter
		values, want     []string
	}{
		{"a value that came back", "works_at", "Where did Mara work before?", years, index.Filter{}, []string{"Globex", "Initech", "Globex"}, []string{"Initech", "Globex", "Globex"}},
		{"with what ended", "works_at", "Where does Mara work?", years, index.Filter{Closed: true}, []string{"Globex", "Initech", "Globex"}, []string{"Initech", "Globex", "Globex"}},
		{"all of one instant", "works_at", "Where did Mara work before?", instant, index.Filter{}, []string{"Acme", "Globex", "Initech"}, []string{"Globex", "Acme", "Initech"}},
		{"all of one instant, now", "works_at", "Where does Mara work?", instant, index.Filter{}, []string{"Acme", "Globex", "Initech"}, []string{"Initech"}},
		{"an event", "born_in", "Where was Mara born?", years, index.Filter{}, []string{"Milan", "Turin"}, []string{"Turin"}},
		{"the past of what is no event", "lives_in", "Where did Mara live?", years, index.Filter{}, []string{"Milan", "Turin"}, []string{"Milan", "Turin"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r, err := chain(t, c.key, c.values, c.at).Recall(recall.Query{Text: c.query, Any: true, Now: july, Filter: c.filter})
			require.NoError(t, err)
			var got []string
			for _, h := range r.Hits {
				got = append(got, h.Fact.Value)
			}
			if r.Tier != recall.Direct || !slices.Equal(got, c.want) {
				t.Errorf("%s: %v from %s, want %v", c.query, got, r.Tier, c.want)
			}
		})
	}
}

// BenchmarkPast asks about the past of a key that has had many values.
func BenchmarkPast(b *testing.B) {
	for _, n := range []int{100, 1000, 10_000} {
		values := make([]string, n)
		for i := range values {
			values[i] = fmt.Sprint("Town ", i)
		}
		v := chain(b, "lives_in", values, func(i int) time.Time { return may.Add(time.Duration(i-n) * time.Hour) })
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				r, err := v.Recall(recall.Query{Text: "Where did Mara live before?", Any: true, Now: july})
				if err != nil || r.Tier != recall.Direct || len(r.Hits) != index.DefaultK {
					b.Fatal(r.Tier, len(r.Hits), err)
				}
			}
		})
	}
}
