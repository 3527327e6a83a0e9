package recall_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// BenchmarkDirect asks questions that the graph answers. The graph has 100,000 facts (a tenth without SPECTRON_LONG) about people, and each
// fact was told by a turn of its own, so an answer about the present is compared with what was said later.
func BenchmarkDirect(b *testing.B) {
	view := populated(b, testsize.Of(100_000)/5)
	embedder, err := index.NewLexicalEmbedder(0)
	require.NoError(b, err)
	for _, asked := range []struct{ name, text, want string }{
		{"relation", "Where does Nora Person0007 live?", "Nora Person0007 lives in Town 0007"},
		{"attribute", "What does Nora Person0007 do?", "Nora Person0007's role is glazier"},
		{"relative", "Where does Nora Person0007's sister live?", "Nora Person0008 lives in Town 0008"},
		{"holders", "Who works at Company 0007?", "Nora Person0007 works at Company 0007"},
		{"time", "Where did Nora Person0007 work in 2026?", "Nora Person0007 works at Company 0007"},
		{"polar", "Does Nora Person0007 still work at Company 0007?", "Nora Person0007 works at Company 0007"},
		{"own", "Where do I work?", "The user works at Initech"},
		{"German", "Wo wohnt Nora Person0007?", "Nora Person0007 lives in Town 0007"},
	} {
		b.Run(asked.name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				from := time.Now()
				got, err := view.Recall(context.Background(), recall.Query{
					Text: asked.text, Any: true, Quick: true, Now: july.AddDate(1, 0, 0),
					Embed: func() ([]float32, error) { return embedder.EmbedQuery(context.Background(), asked.text) },
				})
				took = append(took, time.Since(from))
				if err != nil || got.Tier != recall.Direct || got.Hits[0].Text != asked.want {
					b.Fatal(got.Tier, got.Reason, texts(got), err)
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1000, "p50-µs")
		})
	}
}

// populated returns a view of people with five facts each. Each is told by a turn.
func populated(b *testing.B, people int) *recall.View {
	b.Helper()
	scopes := record.ScopeSet{{"/"}}
	named := func(i int) record.EntityRef { return person(fmt.Sprintf("Nora Person%04d", i%people)) }
	w := store.Write{Session: record.Session{ID: "session:1", Scopes: scopes, Turns: 5 * people}, New: true}
	at := may
	tell := func(f record.Fact, text string) {
		n := len(w.Create)
		at = at.Add(time.Minute)
		turn := fmt.Sprintf("turn:%07d", n)
		f.ID, f.Scopes, f.Confidence, f.Known.From, f.Spoken = fmt.Sprintf("relation:%07d", n), scopes, 1, at, at
		f.Source, f.Quote = record.Source{Kind: record.FromTurn, Ref: turn, Session: "session:1"}, text
		if f.Kind == "" {
			f.Kind, f.Value = record.KindRelation, f.Object.Name
			w.Entities = append(w.Entities, record.Entity{ID: "appearance:" + f.Object.Key(), EntityRef: f.Object, Scopes: scopes})
		}
		w.Create = append(w.Create, f)
		w.Chunks = append(w.Chunks, record.Chunk{
			ID: fmt.Sprintf("memory_chunk:%07d", n), Turn: turn, Session: "session:1", Role: record.User, Text: text, Seq: n, SpokenAt: at, KnownFrom: at,
			Scopes: scopes, Category: record.Context,
		})
	}
	trades := strings.Fields("baker glazier joiner nurse pilot teacher welder")
	w.Entities = append(w.Entities, record.Entity{ID: "appearance:" + record.UserEntity.Key(), EntityRef: record.UserEntity, Scopes: scopes})
	tell(record.Fact{Entity: record.UserEntity, Key: "works_at", Object: record.EntityRef{Type: record.TypeOrganisation, Name: "Initech"}}, "I work at Initech.")
	for i := range people {
		who := named(i)
		w.Entities = append(w.Entities, record.Entity{ID: "appearance:" + who.Key(), EntityRef: who, Scopes: scopes})
		town, company := place(fmt.Sprintf("Town %04d", i)), record.EntityRef{Type: record.TypeOrganisation, Name: fmt.Sprintf("Company %04d", i)}
		tell(record.Fact{Entity: who, Key: "lives_in", Object: town}, who.Name+" lives in "+town.Name+".")
		tell(record.Fact{Entity: who, Key: "works_at", Object: company, Valid: record.Interval{From: may.AddDate(-1, 0, 0)}}, who.Name+" works at "+company.Name+" since 2025.")
		trade := trades[(i+1)%len(trades)]
		if i == 7 {
			trade = "glazier"
		}
		tell(record.Fact{Kind: record.KindAttribute, Entity: who, Key: "role", Value: trade}, who.Name+" is a "+trade+".")
		tell(record.Fact{Entity: who, Key: "sister", Object: named(i + 1)}, who.Name+"'s sister is "+named(i+1).Name+".")
		tell(record.Fact{Kind: record.KindAttribute, Entity: who, Key: "birthday", Value: "3 May"}, who.Name+"'s birthday is on 3 May.")
	}
	seen := map[string]bool{}
	w.Entities = slices.DeleteFunc(w.Entities, func(e record.Entity) bool {
		again := seen[e.ID]
		seen[e.ID] = true
		return again
	})
	embedder, err := index.NewLexicalEmbedder(0)
	require.NoError(b, err)
	require.NoError(b, recall.EmbedWrite(b.Context(), &w, embedder.EmbedDocuments))
	view := recall.NewView()
	require.NoError(b, view.Apply(w))
	return view
}
