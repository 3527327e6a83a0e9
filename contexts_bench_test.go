package spectron_test

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// BenchmarkCreateContext creates Contexts one after another in a store.
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

// BenchmarkSpectrontestOpen opens a store for a test, creates the first Context in it, and closes it.
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

// BenchmarkManyContexts uses 100 and 10,000 Contexts (a tenth without SPECTRON_LONG) of one store one after the other. At most 50 of them
// may be in memory, so each is loaded again. That must not take longer if there are more Contexts. MB is the Go heap with 50 Contexts in
// memory, including store and engine; goroutines is the number of goroutines of the store; create-ms is the time to create a Context.
func BenchmarkManyContexts(b *testing.B) {
	const open = 50
	for _, scheme := range []string{"mem", "file"} {
		for _, n := range []int{100, testsize.Of(10_000)} {
			b.Run(fmt.Sprintf("%s/%d", scheme, n), func(b *testing.B) {
				ctx := context.Background()
				engine, err := spectron.Compiled()
				require.NoError(b, err)
				url := "mem://"
				if scheme == "file" {
					url = "file://" + filepath.Join(b.TempDir(), "agent.db")
				}
				before := runtime.NumGoroutine()
				mgr := openStore(b, url, &spectron.Options{Engine: engine, MaxOpenContexts: open, Durability: spectron.DurabilityRelaxed})
				handles := make([]*spectron.Context, n)
				var creating time.Duration
				for i := range handles {
					began := time.Now()
					handles[i], err = mgr.CreateContext(ctx, fmt.Sprint("c-", i), spectron.ContextSpec{})
					require.NoError(b, err)
					creating += time.Since(began)
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
				require.Equal(b, open, health.Contexts)
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				b.ReportMetric(float64(m.HeapAlloc)/1e6, "MB")
				b.ReportMetric(float64(runtime.NumGoroutine()-before), "goroutines")
				b.ReportMetric(float64(creating.Microseconds())/1000/float64(n), "create-ms")
				runtime.KeepAlive(handles)
			})
		}
	}
}
