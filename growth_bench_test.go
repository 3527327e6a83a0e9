package spectron_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// BenchmarkGrowth measures dry runs on many facts: of all of which something follows, and of all of which were told again.
func BenchmarkGrowth(b *testing.B) {
	ctx := context.Background()
	c := spectrontest.Context(b)
	facts := testsize.Of(100_000)
	for n := 0; n < facts; {
		req := spectron.RememberRequest{Infer: spectron.InferTriples}
		for ; len(req.Triples) < 1000 && n < facts; n += 2 {
			person, firm := fmt.Sprint("Person ", n), fmt.Sprint("Firm ", n%(facts/4))
			req.Triples = append(req.Triples, spectron.Triple{Entity: spectron.EntityRef{Type: "person", Name: person}, Key: "works_at", Target: spectron.EntityRef{Type: "organisation", Name: firm}},
				spectron.Triple{Entity: spectron.EntityRef{Type: "person", Name: person}, Key: "likes", Value: fmt.Sprint("thing ", n)})
		}
		_, err := c.Memory().Remember(ctx, req)
		require.NoError(b, err)
	}
	firm := spectron.EntityRef{Type: "organisation", Name: "Firm 2"}
	_, err := c.Memory().Remember(ctx, spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
		{Entity: firm, Key: "located_in", Target: spectron.EntityRef{Type: "location", Name: "Oslo"}},
	}})
	require.NoError(b, err)
	for name, run := range map[string]func() error{
		"sweep": func() error {
			return second(c.Memory().Elaborate(ctx, spectron.ElaborateRequest{Sweep: true, DryRun: true}))
		},
		"recent":      func() error { return second(c.Memory().Elaborate(ctx, spectron.ElaborateRequest{DryRun: true})) },
		"consolidate": func() error { return second(c.Memory().Consolidate(ctx, spectron.ConsolidateRequest{DryRun: true})) },
	} {
		b.Run(fmt.Sprint(name, "/facts=", facts), func(b *testing.B) {
			for b.Loop() {
				require.NoError(b, run())
			}
		})
	}
}
