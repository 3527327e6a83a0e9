package spectron_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
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
