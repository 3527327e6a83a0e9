package recall_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// hitTexts returns the texts of hits, sorted.
func hitTexts(hits []recall.Hit) []string {
	out := []string{}
	for _, h := range hits {
		out = append(out, h.Text)
	}
	slices.Sort(out)
	return out
}

func TestDescribe(t *testing.T) {
	t.Parallel()
	view := family(t)
	annas := []string{
		"Anna Schmidt lives in Berlin", "Anna Weber is allergic to walnuts", "Anna Weber lives in Freiburg", "Nora's colleague is Anna Schmidt", "Nora's sister is Anna Weber",
	}
	for _, tt := range []struct {
		text            string
		closed          bool
		meant, possible []string
	}{
		{text: "where I live", meant: []string{"Nora lives in Lisbon"}},
		{text: "where I live", closed: true, meant: []string{"Nora lives in Lisbon"}},
		{text: "that I live in Hamburg", possible: []string{"Nora lives in Lisbon"}},
		{text: "that I live in Hamburg", closed: true, meant: []string{"Nora lives in Hamburg"}},
		{text: "where I used to live", closed: true, meant: []string{"Nora lives in Hamburg"}},
		{text: "where I used to live", possible: []string{"Nora lives in Lisbon"}},
		{text: "where my sister lives", meant: []string{"Anna Weber lives in Freiburg"}},
		{text: "where my sister Anna lives", meant: []string{"Anna Weber lives in Freiburg"}},
		{text: "where my colleague Anna lives", meant: []string{"Anna Schmidt lives in Berlin"}},
		{text: "where my neighbour Anna lives"},
		{text: "where Anna lives", possible: []string{"Anna Schmidt lives in Berlin", "Anna Weber lives in Freiburg"}},
		{text: "that Anna lives in Berlin", meant: []string{"Anna Schmidt lives in Berlin"}},
		{text: "my sister Tom"},
		{text: "Tom's sister", meant: []string{"Tom's sister is Eva"}},
		{text: "where Tom's sister lives", meant: []string{"Eva lives in Turin"}},
		{text: "Tom's brother"},
		{text: "everything about Tom", meant: []string{"Nora's colleague is Tom", "Nora's manager is Tom", "Tom's role is director", "Tom's sister is Eva"}},
		{text: "everything about Anna", possible: annas}, {text: "Anna", possible: annas},
		{text: "everything"}, {text: ""}, {text: "it"}, {text: "everything about everything"}, {text: strings.Repeat("word ", 5000)}, {text: "\x00\xff"},
	} {
		filter := index.Filter{Closed: tt.closed}
		got, err := view.Describe(t.Context(), recall.DescribeQuery{Text: tt.text, Filter: filter, Now: july})
		require.NoError(t, err)
		if meant, possible := hitTexts(got.Meant), hitTexts(got.Possible); !slices.Equal(meant, tt.meant) || !slices.Equal(possible, tt.possible) {
			t.Errorf("%.60q (closed %t) means %q, possibly %q; want %q and %q", tt.text, tt.closed, meant, possible, tt.meant, tt.possible)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := view.Describe(ended, recall.DescribeQuery{Text: "it"})
	require.ErrorIs(t, err, context.Canceled)
}

// TestHiddenRowsHaveNoInfluenceOnDescriptions compares what descriptions mean for a reader with what they mean if the store has only the rows
// that the reader sees.
func TestHiddenRowsHaveNoInfluenceOnDescriptions(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	names := []string{"Nora", "Anna", "Anna Weber", "Tom", "Julia", "Julia Moser"}
	keys := []string{"lives_in", "sister", "brother", "phone", "birthday", "allergic_to", "partner", "pet"}
	descriptions := []string{
		"everything about Anna", "everything about Julia", "Anna's birthday", "that Tom is allergic to nuts", "where Anna lives", "my phone number", "Tom's sister", "my sister", "my sister's birthday",
		"what I told you about Julia", "nuts", "Rome", "the rule about Rome", "my sister Julia's phone", "everything about my brother", "everything about Rome", "my pet", "phone", "my ex Julia", "everything about me",
	}
	visible := func(set record.ScopeSet) bool { return len(set) > 0 && set[0][0] == "a" }
	for round := range 60 {
		var all, seen store.Write
		add := func(hidden bool, to func(w *store.Write)) {
			if to(&all); !hidden {
				to(&seen)
			}
		}
		for i := range 24 {
			hidden := random.IntN(2) == 0
			scopes := record.ScopeSet{{"a"}}
			if hidden {
				scopes = record.ScopeSet{{"b"}}
			}
			f := record.Fact{
				ID: fmt.Sprintf("fact:%02d", i), Kind: record.KindAttribute, Entity: person(names[random.IntN(len(names))]), Key: keys[random.IntN(len(keys))], Scopes: scopes, Confidence: 1,
				Known: record.Interval{From: may}, RecordedAt: may, Value: []string{"Rome", "nuts", "3 March"}[random.IntN(3)],
			}
			if random.IntN(4) == 0 {
				f.Entity = record.UserEntity
			}
			if random.IntN(2) == 0 {
				f.Kind, f.Object = record.KindRelation, person(names[random.IntN(len(names))])
				f.Value = f.Object.Name
			}
			c := record.Chunk{
				ID: fmt.Sprintf("memory_chunk:%02d", i), Turn: fmt.Sprintf("turn:%02d", i), Session: "session:1", Role: record.User, Scopes: scopes, KnownFrom: may, SpokenAt: may, RecordedAt: may, Seq: i,
				Text: fmt.Sprintf("%s and my ex %s have %s %s", f.Entity.Name, names[random.IntN(len(names))], strings.ReplaceAll(f.Key, "_", " "), f.Value), Category: record.Context,
			}
			f.Source = record.Source{Kind: record.FromTurn, Ref: c.Turn}
			order := record.Instruction{
				ID: fmt.Sprintf("instruction:%02d", i), Description: "Always mention " + f.Value, Active: random.IntN(3) == 0, Scopes: scopes, Known: record.Interval{From: may}, RecordedAt: may,
			}
			add(hidden, func(w *store.Write) {
				w.Create, w.Chunks, w.Instructions = append(w.Create, f), append(w.Chunks, c), append(w.Instructions, order)
				for _, e := range []record.EntityRef{f.Entity, f.Object} {
					id := "appearance:" + e.Key() + scopes[0][0]
					if e.Name != "" && !slices.ContainsFunc(w.Entities, func(have record.Entity) bool { return have.ID == id }) {
						w.Entities = append(w.Entities, record.Entity{ID: id, EntityRef: e, Scopes: scopes})
					}
				}
			})
		}
		full, part := recall.NewView(), recall.NewView()
		require.NoError(t, full.Apply(all))
		require.NoError(t, part.Apply(seen))
		for _, text := range descriptions {
			q := recall.DescribeQuery{Text: text, Filter: index.Filter{Visible: visible}, Now: july}
			got, err := full.Describe(t.Context(), q)
			require.NoError(t, err)
			want, err := part.Describe(t.Context(), q)
			require.NoError(t, err)
			require.Equal(t, want, got, "round %d: %s", round, text)
			for _, h := range append(got.Meant, got.Possible...) {
				switch {
				case h.Fact != nil:
					require.True(t, visible(h.Fact.Scopes))
				case h.Instruction != nil:
					require.True(t, visible(h.Instruction.Scopes))
				default:
					require.True(t, visible(h.Chunk.Scopes))
				}
			}
		}
	}
}
