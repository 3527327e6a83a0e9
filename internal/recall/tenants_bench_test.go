//go:build unix

package recall_test

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// BenchmarkTenants asks a view that many tenants share. Each tenant has a scope of its own and the same facts. "warm" asks on behalf of
// sixteen tenants in turn. The other cases use thousands of tenants, so that the caches of the processor hold little of the data of the
// next one. If the time grows with the number of tenants although the work does not, the reason is the latency of the memory.
func BenchmarkTenants(b *testing.B) {
	embedder, err := index.NewLexicalEmbedder(0)
	require.NoError(b, err)
	for _, size := range []int{1, 1000, 50_000} {
		world := sync.OnceValue(func() *recall.View { return tenants(b, embedder, size) })
		filter := func(i int) (grant, lens index.Filter) {
			path := tenantScope(i * 3121 % size)
			region := authz.Compile(authz.Grants{authz.MemoryRead: {{Path: path, Subtree: true}}}).Region(authz.MemoryRead)
			set := record.ScopeSet{{path}}
			return index.Filter{Visible: region.Sees, Within: region.Patterns()}, index.Filter{Visible: recall.Through(set), Lens: set}
		}
		var grants, lenses []index.Filter
		for i := range min(size, 4096) {
			grant, lens := filter(i)
			grants, lenses = append(grants, grant), append(lenses, lens)
		}
		for _, asked := range []struct {
			name, text string
			filters    []index.Filter
		}{
			{"direct-warm", "What do I like?", grants[:min(size, 16)]},
			{"direct", "What do I like?", grants},
			{"searched-warm", "What do I work on at Initech?", grants[:min(size, 16)]},
			{"searched", "What do I work on at Initech?", grants},
			{"lens", "What do I like?", lenses},
		} {
			b.Run(fmt.Sprintf("%d/%s", size, asked.name), func(b *testing.B) {
				view := world()
				embed := func() ([]float32, error) { return embedder.EmbedQuery(context.Background(), asked.text) }
				runtime.GC()
				defer debug.SetGCPercent(debug.SetGCPercent(-1))
				began, i := spent(b), 0
				for b.Loop() {
					got, err := view.Recall(context.Background(), recall.Query{
						Text: asked.text, Any: true, Embed: embed, Now: july, Filter: asked.filters[i%len(asked.filters)],
					})
					if err != nil || len(got.Hits) == 0 {
						b.Fatal(got, err)
					}
					i++
				}
				b.ReportMetric(float64((spent(b)-began).Nanoseconds())/1000/float64(i), "cpu-µs/op")
			})
		}
	}
}

// spent returns the processor time of this process.
func spent(b *testing.B) time.Duration {
	var usage syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func tenantScope(i int) string { return fmt.Sprintf("tenant/t%06d", i) }

// tenants returns a view of many tenants, who have told the same facts.
func tenants(b *testing.B, embedder *index.LexicalEmbedder, size int) *recall.View {
	b.Helper()
	user, zoe, initech := record.UserEntity, person("Zoe Park"), record.EntityRef{Type: record.TypeOrganisation, Name: "Initech"}
	globex := record.EntityRef{Type: record.TypeOrganisation, Name: "Globex"}
	tom := person("Tom Hale")
	facts := []record.Fact{
		{Kind: record.KindAttribute, Entity: user, Key: "name", Value: "Tom Hale"},
		{Kind: record.KindRelation, Entity: tom, Key: "likes", Value: "tea", Object: record.EntityRef{Type: record.TypeTopic, Name: "tea"}},
		{Kind: record.KindRelation, Entity: tom, Key: "works_at", Value: "Initech", Object: initech},
		{Kind: record.KindRelation, Entity: zoe, Key: "works_at", Value: "Globex", Object: globex},
		{Kind: record.KindRelation, Entity: tom, Key: "lives_in", Value: "Rome", Object: place("Rome")},
	}
	text := "My name is Tom Hale. I like tea. I work at Initech. Zoe Park works at Globex. Always answer in French. I live in Rome."
	vectors, err := embedder.EmbedDocuments(context.Background(), append([]string{text, "Always answer in French."}, factTexts(facts)...))
	require.NoError(b, err)
	view := recall.NewView()
	for i := range size {
		set := record.ScopeSet{{tenantScope(i)}}
		id := func(table string, n int) string {
			return fmt.Sprintf("%s:01987a3c-7e51-7000-8000-%06d%06d", table, i, n)
		}
		w := store.Write{Session: record.Session{ID: id("session", 0), Scopes: set, CreatedAt: may}}
		w.Chunks = []record.Chunk{{ID: id("memory_chunk", 0), Turn: id("turn", 0), Session: w.Session.ID, Role: record.User, Text: text,
			SpokenAt: may, KnownFrom: may, Scopes: set, Category: record.Context, Vector: vectors[0]}}
		source := record.Source{Kind: record.FromTurn, Ref: id("turn", 0), Session: w.Session.ID}
		w.Instructions = []record.Instruction{{ID: id("instruction", 0), Description: "Always answer in French.", Active: true, Scopes: set, Source: source,
			Known: record.Interval{From: may}, Vector: vectors[1]}}
		for n, e := range []record.EntityRef{user, tom, zoe, initech, globex, place("Rome"), facts[1].Object} {
			w.Entities = append(w.Entities, record.Entity{ID: id("appearance", n), EntityRef: e, Scopes: set})
		}
		for n, f := range facts {
			kind := "attribute"
			if f.Kind == record.KindRelation {
				kind = "relation"
			}
			f.ID, f.Scopes, f.Source, f.Confidence, f.Known.From, f.Vector = id(kind, n), set, source, 1, may, vectors[2+n]
			w.Create = append(w.Create, f)
		}
		require.NoError(b, view.Apply(w))
	}
	require.Equal(b, size, view.Stats().Chunks)
	return view
}

func factTexts(facts []record.Fact) (out []string) {
	for i := range facts {
		out = append(out, facts[i].Text())
	}
	return out
}
