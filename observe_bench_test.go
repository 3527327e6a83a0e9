package spectron_test

import (
	"context"
	"io"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// BenchmarkObserver is what it costs that operations can be observed: of one that looks up a session in memory, which takes a
// microsecond, nobody observing, an Observer that does nothing, and a Logger.
func BenchmarkObserver(b *testing.B) {
	for _, tc := range []struct {
		name string
		opts spectron.Options
	}{
		{"none", spectron.Options{}},
		{"observer", spectron.Options{Observer: &hooked{}}},
		{"logger", spectron.Options{Logger: slog.New(slog.NewTextHandler(io.Discard, nil))}},
	} {
		b.Run(tc.name, func(b *testing.B) {
			ctx, c := context.Background(), spectrontest.Context(b, &tc.opts)
			session, err := c.Sessions().Create(ctx, spectron.SessionSpec{})
			require.NoError(b, err)
			sessions := c.Sessions()
			b.ReportAllocs()
			for b.Loop() {
				if _, err := sessions.Get(ctx, session.ID); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
