package remote_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/surreal/remote"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
)

// BenchmarkReturn compares the way to an engine in the same process with the ways over the loopback interface to one
// that is served.
func BenchmarkReturn(b *testing.B) {
	e := enginetest.Open(b)
	server, err := rpcserver.Start(b.Context(), e, rpcserver.Options{})
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, server.Close(context.Background())) })
	conns := map[string]surreal.Conn{"embedded": enginetest.Connect(b, e, "bench")}
	for _, scheme := range schemes {
		s, err := remote.Dial(b.Context(), server.URL(scheme), remote.Options{})
		require.NoError(b, err)
		b.Cleanup(func() { require.NoError(b, s.Close(context.Background())) })
		conns[scheme] = connect(b, s, "bench")
	}
	for _, name := range []string{"embedded", "ws", "http"} {
		c := conns[name]
		run := func(b *testing.B) {
			if _, err := c.Query(context.Background(), "RETURN 1", nil); err != nil {
				b.Error(err)
			}
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				run(b)
			}
		})
		b.Run(name+"/parallel", func(b *testing.B) {
			b.SetParallelism(8)
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					run(b)
				}
			})
		})
	}
}
