package spectron_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// TestEveryExportIsImported checks that an export of random writes, erasures, deletions and grants is imported unchanged.
func TestEveryExportIsImported(t *testing.T) {
	t.Parallel()
	for seed := range uint64(testsize.Of(8)) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			opts := &spectron.Options{Clock: ticking()}
			if seed%2 == 1 {
				opts.Embedder = &spectrontest.Embedder{Dimension: 4}
			}
			mgr := spectrontest.Open(t, opts)
			c, err := mgr.CreateContext(ctx, "acme", spectron.ContextSpec{})
			require.NoError(t, err)
			randomHistory(t, c, rand.New(rand.NewPCG(seed, 7)), 40)
			var first, second bytes.Buffer
			require.NoError(t, mgr.ExportContext(ctx, "acme", &first))
			want := rowsOf(first.String())
			_, err = mgr.ImportContext(ctx, spectron.ImportRequest{ID: "copy", From: &first, Access: true, Events: true})
			require.NoError(t, err)
			require.NoError(t, mgr.ExportContext(ctx, "copy", &second))
			if got := rowsOf(second.String()); got != want {
				t.Errorf("exported again, the rows are\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// randomHistory makes random changes to a Context.
func randomHistory(t *testing.T, c *spectron.Context, random *rand.Rand, steps int) {
	t.Helper()
	ctx := context.Background()
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	place := func() string { return pick("a", "a/b", "b", "c/d/e", "/") }
	scopes := func() spectron.Scopes {
		out := spectron.Scopes{{place()}}
		for random.IntN(2) == 0 {
			out = append(out, []string{place(), place()})
		}
		return out
	}
	who := func() string { return pick("Alice", "Bob", "Carol Smith", "a.b@x.com", "Straße") }
	var sessions []string
	for range steps {
		var err error
		switch random.IntN(12) {
		case 0:
			if len(sessions) > 0 {
				err = c.Sessions().Delete(ctx, sessions[random.IntN(len(sessions))])
			}
			sessions = nil
		case 1:
			if path := place(); path != "/" {
				_, err = c.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: path})
			}
			sessions = nil
		case 2:
			_, err = c.Principals().Create(ctx, spectron.PrincipalSpec{Name: fmt.Sprint(random.Uint64()), Grants: spectron.Grants{spectron.MemoryRead: {place(), "a/*"}}})
		case 3:
			_, err = c.Memory().Remember(ctx, spectron.RememberRequest{Infer: spectron.InferTriples, Scopes: scopes(), Labels: []string{"z=1", "a=2"}, Triples: []spectron.Triple{
				{Entity: spectron.EntityRef{Type: "person", Name: who()}, Key: pick("role", "mood", "email"), Value: pick("CTO", "clerk", "fine")},
				{Entity: spectron.EntityRef{Type: "person", Name: "Dan"}, Key: pick("knows", "lives_in"), Target: spectron.EntityRef{Type: "person", Name: who()}},
			}})
		case 4:
			_, err = c.Memory().Remember(ctx, spectron.RememberRequest{Infer: spectron.InferNone, Scopes: scopes(), Text: pick("long text. ", "Ünïcode 東京. ") + string(bytes.Repeat([]byte("many words, "), random.IntN(300))) + "end."})
		default:
			req := spectron.RememberRequest{Scopes: scopes(), Text: who() + pick(" lives in Oslo.", " lives in Rome.", " works at Acme.", " no longer works at Acme.", " likes tea.", " worked at Initech until 2019.",
				" has lived in Lima since March 2020. Always answer in German.", " moved to Quito. Never answer in German.", " knows Eve. My name is Zoe Hart.")}
			if len(sessions) > 0 && random.IntN(2) == 0 {
				req.SessionID = sessions[random.IntN(len(sessions))]
			}
			if random.IntN(3) == 0 {
				req.ObservedAt = spectrontest.Epoch.Add(time.Duration(random.IntN(2000)-1000) * time.Hour)
			}
			if random.IntN(3) == 0 {
				req.SpokenAt = spectrontest.Epoch.Add(time.Duration(random.IntN(20000)-19000) * time.Hour).In(time.FixedZone("", 3600*random.IntN(12)))
			}
			var r *spectron.Remembered
			if r, err = c.Memory().Remember(ctx, req); err == nil {
				sessions = append(sessions, r.SessionID)
			}
		}
		require.NoError(t, err)
	}
}
