//go:build unix

package spectron_test

import (
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
)

// embedders has the kinds of embedders of a store; "own" is one of the user's.
var embedders = []struct {
	name string
	opts func() *spectron.Options
}{
	{"lexical", func() *spectron.Options { return nil }},
	{"own", func() *spectron.Options { return &spectron.Options{Embedder: seeded{}} }},
}

// seeded is an embedder that quickly makes vectors of 384 components from the hash of a text.
type seeded struct{}

func (seeded) EmbedDocuments(_ context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, text := range texts {
		h := fnv.New64a()
		h.Write([]byte(text))
		random := rand.New(rand.NewPCG(h.Sum64(), 1))
		out[i] = make([]float32, 384)
		for c := range out[i] {
			out[i][c] = random.Float32() - 0.5
		}
	}
	return out, nil
}

func (e seeded) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	out, err := e.EmbedDocuments(ctx, []string{text})
	return out[0], err
}

// The environment variables of the process that fills a file.
const (
	fillFile = "SPECTRON_TEST_FILL_FILE"
	fillSize = "SPECTRON_TEST_FILL_SIZE"
	fillBy   = "SPECTRON_TEST_FILL_BY"
)

// filledFile returns the path of a file store with the given number of memories. It is created at the first call, by another process, so
// that this process has nothing of it in memory.
func filledFile(b *testing.B, size int, by string) func() string {
	path := filepath.Join(b.TempDir(), "agent.db")
	full := sync.OnceFunc(func() {
		cmd := exec.Command(os.Args[0], "-test.run=^TestFillFile$")
		cmd.Env = append(os.Environ(), fillFile+"="+path, fillSize+"="+strconv.Itoa(size), fillBy+"="+by)
		out, err := cmd.CombinedOutput()
		require.NoError(b, err, "%s", out)
	})
	return func() string { full(); return path }
}

// TestFillFile is not a test: it is that process.
func TestFillFile(t *testing.T) {
	path := os.Getenv(fillFile)
	if path == "" {
		t.Skip("no file to fill")
	}
	size, err := strconv.Atoi(os.Getenv(fillSize))
	require.NoError(t, err)
	for _, by := range embedders {
		if by.name == os.Getenv(fillBy) {
			mgr, err := spectron.Open(context.Background(), "file://"+path, by.opts())
			require.NoError(t, err)
			fill(t, ensure(t, mgr).Memory(), size)
			require.NoError(t, mgr.Close(context.Background()))
		}
	}
}

// BenchmarkOpenContext opens a file store with the given number of memories, up to the first answer. The engine is cached, and the file is
// checked. saved: the index is read from beside the file; rebuilt: it is built from the database.
func BenchmarkOpenContext(b *testing.B) {
	for _, size := range []int{1000, 10_000, 100_000} {
		for _, by := range embedders {
			filled := filledFile(b, size, by.name)
			for _, from := range []string{"saved", "rebuilt"} {
				b.Run(fmt.Sprintf("%s/%s/%d", by.name, from, size), func(b *testing.B) {
					path, ctx := filled(), context.Background()
					var spent time.Duration
					b.ReportAllocs()
					for b.Loop() {
						b.StopTimer()
						if from == "rebuilt" {
							require.NoError(b, os.RemoveAll(path+"-index-test"))
						}
						runtime.GC() // so that garbage of the previous iteration does not count
						began := cpu(b)
						b.StartTimer()
						mgr, err := spectron.Open(ctx, "file://"+path, by.opts())
						require.NoError(b, err)
						found, err := ensure(b, mgr).Memory().Recall(ctx, spectron.RecallRequest{Query: "w1 w2", K: 10})
						require.NoError(b, err)
						require.NotEmpty(b, found.Hits)
						b.StopTimer()
						spent += cpu(b) - began
						require.NoError(b, mgr.Close(ctx))
						b.StartTimer()
					}
					b.ReportMetric(spent.Seconds()/float64(b.N), "cpu-s/op")
				})
			}
		}
	}
}

// BenchmarkResident reports the memory of a process with a store of 100,000 memories and given vectors of 384 components: the heap, and the
// resident set. Run only one of them per process, because memory is not given back between them.
func BenchmarkResident(b *testing.B) {
	const size = 100_000
	for _, by := range embedders {
		report := func(b *testing.B, mgr *spectron.Manager) {
			var m runtime.MemStats
			b.ReportMetric(resident(b), "at-once-MB")
			runtime.GC()
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.HeapAlloc)/1e6, "heap-MB")
			debug.FreeOSMemory() // returns the memory that the runtime would give back later
			b.ReportMetric(resident(b), "resident-MB")
			runtime.KeepAlive(mgr)
		}
		b.Run(by.name+"/memory", func(b *testing.B) {
			mgr := openStore(b, "mem://", by.opts())
			fill(b, ensure(b, mgr).Memory(), size)
			for b.Loop() {
				report(b, mgr)
			}
		})
		filled := filledFile(b, size, by.name)
		for _, from := range []string{"saved", "rebuilt"} {
			b.Run(by.name+"/"+from, func(b *testing.B) {
				path := filled()
				if from == "rebuilt" {
					require.NoError(b, os.RemoveAll(path+"-index-test"))
				}
				debug.FreeOSMemory()
				mgr := openStore(b, "file://"+path, by.opts())
				_, err := ensure(b, mgr).Memory().Recall(context.Background(), spectron.RecallRequest{Query: "w1 w2", K: 10})
				require.NoError(b, err)
				for b.Loop() {
					report(b, mgr)
				}
			})
		}
	}
}

// resident returns the resident memory of this process in megabytes.
func resident(b *testing.B) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Skip("the system does not say what is resident")
	}
	var kilobytes float64
	_, line, _ := strings.Cut(string(status), "VmRSS:")
	_, err = fmt.Sscan(line, &kilobytes)
	require.NoError(b, err)
	return kilobytes * 1024 / 1e6
}
