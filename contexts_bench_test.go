package spectron_test

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// BenchmarkCreateContext makes one Context after another in a store.
func BenchmarkCreateContext(b *testing.B) {
	for _, store := range stores {
		b.Run(store.name, func(b *testing.B) {
			mgr := store.open(b)
			i := 0
			b.ReportAllocs()
			for b.Loop() {
				_, err := mgr.CreateContext(context.Background(), fmt.Sprint("c-", i), spectron.ContextSpec{})
				require.NoError(b, err)
				i++
			}
		})
	}
}

// BenchmarkSpectrontestOpen opens a store for a test, with the first Context in it, and closes it.
func BenchmarkSpectrontestOpen(b *testing.B) {
	_ = spectrontest.Context(b) // compiles the engine
	b.ReportAllocs()
	for b.Loop() {
		mgr := spectrontest.Open(b)
		_, err := mgr.CreateContext(context.Background(), "test", spectron.ContextSpec{})
		require.NoError(b, err)
		b.StopTimer()
		require.NoError(b, mgr.Close(context.Background()))
		b.StartTimer()
	}
}

// BenchmarkManyContexts uses one Context after the other of 10,000 in one store (a tenth without SPECTRON_LONG), 100 of which
// may be in memory: each is read anew. MB is the Go heap with 100 in memory, store and engine included; goroutines are those of
// the store.
func BenchmarkManyContexts(b *testing.B) {
	for _, url := range []string{"mem://", "file://" + filepath.Join(b.TempDir(), "agent.db")} {
		b.Run(url[:4], func(b *testing.B) {
			ctx, n := context.Background(), testsize.Of(10_000)
			engine, err := spectron.Compiled()
			require.NoError(b, err)
			before := runtime.NumGoroutine()
			mgr := openStore(b, url, &spectron.Options{Engine: engine, MaxOpenContexts: 100, Durability: spectron.DurabilityRelaxed})
			handles := make([]*spectron.Context, n)
			for i := range handles {
				handles[i], err = mgr.CreateContext(ctx, fmt.Sprint("c-", i), spectron.ContextSpec{})
				require.NoError(b, err)
				_, err = handles[i].Memory().Remember(ctx, spectron.RememberRequest{Text: fmt.Sprintf("Tessa lives in Town %d.", i)})
				require.NoError(b, err)
			}
			i := 0
			b.ReportAllocs()
			for b.Loop() {
				found, err := handles[i%n].Memory().Recall(ctx, spectron.RecallRequest{Query: "Where does Tessa live?"})
				require.NoError(b, err)
				require.NotEmpty(b, found.Hits)
				i++
			}
			health, err := mgr.Health(ctx)
			require.NoError(b, err)
			require.Equal(b, 100, health.Contexts)
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.HeapAlloc)/1e6, "MB")
			b.ReportMetric(float64(runtime.NumGoroutine()-before), "goroutines")
			runtime.KeepAlive(handles)
		})
	}
}
