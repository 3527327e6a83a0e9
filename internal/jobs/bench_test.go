package jobs_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/jobs"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/tenancy"
	"github.com/spectron-go/spectron/internal/testing/teststore"
)

// BenchmarkJobs stores jobs that do nothing, a hundred in each transaction, and waits until they are done. The file is synced.
func BenchmarkJobs(b *testing.B) {
	for _, at := range []string{"memory", "file"} {
		b.Run(at, func(b *testing.B) {
			ctx := context.Background()
			url := "mem://"
			if at == "file" {
				url = "file://" + filepath.Join(b.TempDir(), "a.db")
			}
			m := teststore.Open(b, url)
			var done atomic.Int64
			r := jobs.New(m, []jobs.Kind{{Name: "none", Run: func(context.Context, *jobs.Task) (any, error) {
				done.Add(1)
				return nil, nil
			}}}, jobs.Options{Workers: 2})
			m.Jobs = r
			tenants := tenancy.Tenants{Store: m}
			require.NoError(b, tenants.Upgrade(ctx))
			m.Start(ctx)
			c, err := tenants.Create(ctx, "create", tenancy.Entry{ID: "a", Namespace: "n", Database: "a"}, tenancy.Administrator{}, nil)
			require.NoError(b, err)
			by, err := gate.Handle{Live: c, Caller: &gate.Caller{Kind: gate.Operator}}.Authorize(ctx, "bench")
			require.NoError(b, err)
			defer by.Done()
			const together = 100
			n := 0
			for b.Loop() {
				list := make([]record.Job, together)
				for i := range list {
					list[i] = record.Job{ID: fmt.Sprintf("job:%08d", n), Kind: "none", CallerKind: int(gate.Operator), CreatedAt: time.Now(), MostAttempts: 1}
					n++
				}
				require.NoError(b, r.Add(ctx, c, list...))
				if n >= 10*together { // ten batches wait at most
					_, err = jobs.Wait(ctx, by, fmt.Sprintf("job:%08d", n-10*together), nil)
					require.NoError(b, err)
				}
			}
			_, err = jobs.Wait(ctx, by, fmt.Sprintf("job:%08d", n-1), nil)
			require.NoError(b, err)
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "jobs/s")
			require.EqualValues(b, n, done.Load())
		})
	}
}
