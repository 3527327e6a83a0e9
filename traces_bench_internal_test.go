package spectron

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// withTraces fills a Context with traces of as many scope sets as given, one after the other.
func withTraces(tb testing.TB, c *Context, sets, traces int) {
	ctx := context.Background()
	for i := range sets {
		_, err := c.Memory().Remember(ctx, RememberRequest{Text: "A note.", Infer: InferNone, Scopes: Scopes{{fmt.Sprintf("org/user%d", i)}}})
		require.NoError(tb, err)
	}
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for done := 0; done < traces; {
		var page []record.Decision
		for range min(1000, traces-done) {
			page = append(page, record.Decision{
				ID: fmt.Sprintf("decision_trace:%08d", done), Infer: "full", Extractor: "rules", Principal: "principal:admin", RecordedAt: at.Add(time.Duration(done) * time.Second),
				Scopes: record.ScopeSet{{fmt.Sprintf("org/user%d", done%sets)}},
			})
			done++
		}
		err := c.state.Write(ctx, func(_ *recall.View, at store.Position) (store.Position, error) {
			return c.state.Rows.Apply(ctx, store.Write{Decision: &page[0], Others: page[1:]}, at)
		})
		require.NoError(tb, err)
	}
}

// BenchmarkTraces lists 50 of 100,000 traces, for callers that see all, one in a thousand, and one in three. It must not depend on the number
// of traces.
func BenchmarkTraces(b *testing.B) {
	ctx := context.Background()
	c := openIn(b, "mem://", nil)
	withTraces(b, c, 1000, testsize.Of(100_000))
	grants := map[string][]string{"one in a thousand": {"org/user7"}, "one in three": {}}
	for i := 0; i < 1000; i += 3 {
		grants["one in three"] = append(grants["one in three"], fmt.Sprintf("org/user%d", i))
	}
	callers := map[string]*Context{"all": c}
	for name, patterns := range grants {
		p, err := c.Principals().Create(ctx, PrincipalSpec{Name: name, Grants: Grants{MemoryRead: patterns}})
		require.NoError(b, err)
		callers[name], err = c.OnBehalfOf(ctx, p.ID)
		require.NoError(b, err)
	}
	for _, name := range []string{"all", "one in a thousand", "one in three"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				page, err := callers[name].Traces().List(ctx, TraceQuery{Limit: 50})
				if err != nil || len(page.Items) == 0 {
					b.Fatalf("%d traces, %v", len(page.Items), err)
				}
			}
		})
	}
}
