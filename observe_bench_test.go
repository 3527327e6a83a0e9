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

// BenchmarkObserver measures the cost of observation for an operation of a microsecond, which looks up a session in memory: without an
// observer, with an Observer that does nothing, and with a Logger.
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
