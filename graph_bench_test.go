package spectron_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// BenchmarkGraph reads a graph of 100,000 facts (a tenth without SPECTRON_LONG): a third about one person, the others about a thousand
// people, under 20 keys, in a thousand scopes. It also reads the history of a key with 1,000 values.
func BenchmarkGraph(b *testing.B) {
	ctx, facts := context.Background(), testsize.Of(100_000)
	clock := spectrontest.NewClock()
	mgr := openStore(b, "mem://", &spectron.Options{Clock: clock.Now})
	c := ensure(b, mgr)
	who, err := c.Principals().Create(ctx, spectron.PrincipalSpec{Name: "tenant", Grants: spectron.Grants{spectron.MemoryRead: {"t/0007"}}})
	require.NoError(b, err)
	tenant, err := c.OnBehalfOf(ctx, who.ID)
	require.NoError(b, err)
	big, ref := spectron.EntityRef{Type: "person", Name: "Bob"}, func(i int) spectron.EntityRef {
		return spectron.EntityRef{Type: "person", Name: fmt.Sprint("Person ", i)}
	}
	const batch = 100
	for n := 0; n < facts; n += batch {
		req := spectron.RememberRequest{Infer: spectron.InferTriples, Scopes: spectron.Scopes{{fmt.Sprintf("t/%04d", n/batch%1000)}}}
		for i := n; i < n+batch; i++ {
			t := spectron.Triple{Entity: ref(i % 1000), Key: fmt.Sprint("trait ", i%20), Value: fmt.Sprint("value ", i)}
			if i%3 == 0 {
				t.Entity = big
			}
			req.Triples = append(req.Triples, t)
		}
		clock.Advance(time.Second)
		remember(b, c, req)
	}
	for i := range 1000 {
		clock.Advance(time.Minute)
		remember(b, c, spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
			{Entity: spectron.EntityRef{Type: "person", Name: "Nomad"}, Key: "lives_in", Target: spectron.EntityRef{Type: "city", Name: fmt.Sprint("City ", i)}},
		}})
	}
	list := func(h *spectron.Context, want int, q spectron.FactQuery) func(b *testing.B) {
		return func(b *testing.B) {
			q.Limit = 50
			b.ReportAllocs()
			for b.Loop() {
				page, err := h.Facts().List(ctx, q)
				if err != nil || len(page.Items) < want {
					b.Fatal(len(page.Items), err)
				}
			}
		}
	}
	first, err := c.Facts().List(ctx, spectron.FactQuery{Entity: ref(1)})
	require.NoError(b, err)
	b.Run("list", list(c, 50, spectron.FactQuery{}))
	b.Run("list/live", list(c, 50, spectron.FactQuery{Live: true}))
	b.Run("list/live/total", list(c, 50, spectron.FactQuery{Live: true, WithTotal: true}))
	b.Run("list/entity", list(c, 1, spectron.FactQuery{Entity: ref(1), Live: true, WithTotal: true}))
	b.Run("list/large entity", list(c, 50, spectron.FactQuery{Entity: big, Live: true}))
	b.Run("list/large entity/total", list(c, 50, spectron.FactQuery{Entity: big, Live: true, WithTotal: true}))
	b.Run("list/entity and key", list(c, 1, spectron.FactQuery{Entity: big, Key: "trait 3", Live: true}))
	b.Run("list/key", list(c, 50, spectron.FactQuery{Key: "trait 7", Live: true}))
	b.Run("list/key/total", list(c, 50, spectron.FactQuery{Key: "trait 7", Live: true, WithTotal: true}))
	b.Run("list/as of", list(c, 50, spectron.FactQuery{Live: true, At: spectron.PointInTime{AsOf: clock.Now()}}))
	b.Run("list/tenant", list(tenant, 50, spectron.FactQuery{Live: true, WithTotal: true}))
	b.Run("list/tenant/key", list(tenant, 5, spectron.FactQuery{Key: "trait 7", Live: true, WithTotal: true}))
	b.Run("get", func(b *testing.B) {
		for b.Loop() {
			if _, err := c.Facts().Get(ctx, first.Items[0].ID); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("entity", func(b *testing.B) {
		for b.Loop() {
			if _, err := c.Entities().Get(ctx, ref(1), spectron.PointInTime{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("entities", func(b *testing.B) {
		for b.Loop() {
			if page, err := c.Entities().List(ctx, spectron.EntityQuery{Type: "person", Limit: 50}); err != nil || len(page.Items) != 50 {
				b.Fatal(err)
			}
		}
	})
	b.Run("history", func(b *testing.B) {
		for b.Loop() {
			if chain, err := c.Entities().History(ctx, spectron.EntityRef{Type: "person", Name: "Nomad"}, "lives_in"); err != nil || len(chain) != 1000 {
				b.Fatal(len(chain), err)
			}
		}
	})
}
