package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// A trace comes back as it was stored.
func TestDecisionsComeBack(t *testing.T) {
	t.Parallel()
	d := newDatabase(t, store.SingleWriter)
	full := record.Decision{
		ID: "decision_trace:full", Session: "session:s", Turns: []string{"turn:a"}, Infer: "full", Extractor: "rules", Model: "openai/small",
		Considered: []string{"attribute:a"}, Beyond: 7, Created: []string{"attribute:b"}, Superseded: []record.Supersession{{Fact: "attribute:a", By: "attribute:b"}},
		Closed: []string{"relation:c"}, Amended: []string{"relation:d"}, Reinforced: []string{"instruction:e"}, Flagged: []string{"uncertainty:f"},
		Doubted: []string{"attribute:g"}, Resolved: []string{"uncertainty:h"}, Scopes: set(t, []string{"org/acme"}), RecordedAt: monday,
		Latency: 3 * time.Millisecond, Principal: "principal:admin", OnBehalfOf: "principal:bea", Key: "api_key:k",
	}
	bare := record.Decision{ID: "decision_trace:bare", Infer: "close", Extractor: "caller", Scopes: set(t, []string{"/"}), RecordedAt: tuesday}
	d.write(store.Write{Decision: &full, Others: []record.Decision{bare}})
	for _, want := range []record.Decision{full, bare} {
		got, err := d.Decision(t.Context(), want.ID)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	_, err := d.Decision(t.Context(), "decision_trace:none")
	require.ErrorIs(t, err, surreal.ErrNotFound)
}

// Traces are listed newest first, in pages, by scope set, principal and time. Those of one time are in the order of their ids.
func TestDecisionsAreListed(t *testing.T) {
	t.Parallel()
	d := newDatabase(t, store.SingleWriter)
	var all []record.Decision
	for i := range 40 {
		all = append(all, record.Decision{
			ID: fmt.Sprintf("decision_trace:%02d", i), Infer: "full", Extractor: "rules", Scopes: set(t, []string{fmt.Sprintf("org/%d", i%4)}),
			RecordedAt: monday.Add(time.Duration(i/3) * time.Second), Principal: fmt.Sprintf("principal:%d", i%3),
		})
	}
	d.write(store.Write{Decision: &all[0], Others: all[1:]})
	slices.Reverse(all)
	places := func(n ...int) (sets []record.ScopeSet) {
		sets = []record.ScopeSet{}
		for _, i := range n {
			sets = append(sets, set(t, []string{fmt.Sprintf("org/%d", i)}))
		}
		return sets
	}
	for name, tc := range map[string]struct {
		q    store.DecisionQuery
		want func(record.Decision) bool
	}{
		"all":          {store.DecisionQuery{}, func(record.Decision) bool { return true }},
		"of one":       {store.DecisionQuery{Principal: "principal:1"}, func(r record.Decision) bool { return r.Principal == "principal:1" }},
		"at one place": {store.DecisionQuery{Places: places(2)}, func(r record.Decision) bool { return r.Scopes[0][0] == "org/2" }},
		"at two": {store.DecisionQuery{Places: places(1, 3)}, func(r record.Decision) bool {
			return r.Scopes[0][0] == "org/1" || r.Scopes[0][0] == "org/3"
		}},
		"nowhere": {store.DecisionQuery{Places: places()}, func(record.Decision) bool { return false }},
		"since":   {store.DecisionQuery{Since: monday.Add(5 * time.Second)}, func(r record.Decision) bool { return !r.RecordedAt.Before(monday.Add(5 * time.Second)) }},
		"until at two": {store.DecisionQuery{Until: monday.Add(5 * time.Second), Places: places(0, 1)}, func(r record.Decision) bool {
			return !r.RecordedAt.After(monday.Add(5*time.Second)) && (r.Scopes[0][0] == "org/0" || r.Scopes[0][0] == "org/1")
		}},
	} {
		var want []string
		for _, r := range all {
			if tc.want(r) {
				want = append(want, r.ID)
			}
		}
		for _, limit := range []int{1, 3, 100} {
			var got []string
			for q := tc.q; ; {
				q.Limit = limit
				page, err := d.Decisions(t.Context(), q)
				require.NoError(t, err, name)
				for _, r := range page {
					got = append(got, r.ID)
				}
				if len(page) < limit {
					break
				}
				q.After = store.DecisionCursor(page[len(page)-1])
			}
			require.Equal(t, want, got, "%s, %d a page", name, limit)
		}
	}
}

// An answer comes back as it was stored, until it expires. Of two writes with its key one is stored.
func TestAnswers(t *testing.T) {
	t.Parallel()
	for name, writers := range map[string]store.Writers{"alone": store.SingleWriter, "among": store.SharedWriters} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDatabase(t, writers)
			full := record.Answer{
				ID: "idempotency:a", Request: []byte{1, 0, 255}, At: monday, Until: tuesday, Infer: "full", Session: "session:s", Turns: []string{"turn:t"},
				Chunks: []string{"memory_chunk:c"}, Trace: "decision_trace:d", Scopes: set(t, []string{"org/acme"}), Changes: []record.AnsweredChange{{
					Turn: "turn:t", Mentions: []record.AnsweredMention{{In: "relation:a", Object: true, Category: record.Identity, New: true}},
					Created: []string{"relation:a"}, Instructions: []string{"instruction:b"}, Questions: []string{"uncertainty:c"}, Reinforced: []string{"attribute:d"},
					Closed: []string{"attribute:e"}, Ended: []string{"instruction:f"}, Corrections: []record.Supersession{{Fact: "attribute:e", By: "relation:a"}},
				}},
			}
			write := func(id string, a record.Answer) error {
				w := store.Write{Decision: &record.Decision{ID: "decision_trace:" + id, Infer: "full", Scopes: full.Scopes, RecordedAt: a.At}, Answers: []record.Answer{a}}
				at, err := d.Apply(t.Context(), w, d.at)
				if err == nil {
					d.at = at
				}
				return err
			}
			require.NoError(t, write("one", full))
			got, err := d.Answer(t.Context(), full.ID, monday)
			require.NoError(t, err)
			require.Equal(t, full, got)
			if err := write("two", full); !errors.Is(err, store.ErrAnswered) || errors.Is(err, store.ErrStale) {
				t.Errorf("a second write with the key: %v", err)
			}
			require.Nil(t, d.row("decision_trace:two"))
			_, err = d.Answer(t.Context(), full.ID, tuesday)
			require.ErrorIs(t, err, surreal.ErrNotFound)
			next := full
			next.At, next.Until = tuesday, tuesday.Add(time.Hour)
			require.NoError(t, write("three", next))
			got, err = d.Answer(t.Context(), full.ID, tuesday)
			require.NoError(t, err)
			require.Equal(t, next, got)

			d.erase("org/acme", "gone", false)
			got, err = d.Answer(t.Context(), full.ID, tuesday)
			require.NoError(t, err)
			require.Equal(t, record.Answer{ID: full.ID, Until: next.Until, Changes: []record.AnsweredChange{}, Erased: true}, got)
			for _, id := range []string{"turn:t", "memory_chunk:c", "uncertainty:c", "attribute:e", "org/acme"} {
				require.False(t, strings.Contains(fmt.Sprint(d.row(full.ID)), id), id)
			}
		})
	}
}
