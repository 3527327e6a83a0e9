package spectron_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
)

// book returns a book in Markdown of about that many bytes.
func book(size int) string {
	var b strings.Builder
	b.WriteString("# The Book\n\n")
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "## Chapter %d\n\n", i)
		for j := range 12 {
			fmt.Fprintf(&b, "In the year %d the %s of the river %s brought %d barrels of oil to the harbour. ", 1000+i*7%900, []string{"boats", "traders", "miners", "monks"}[j%4], code26(i*13+j), i*31%977)
			fmt.Fprintf(&b, "Nobody had expected the harvest to be that large, and the clerk of the port wrote a long report about it.\n\n")
		}
	}
	return b.String()
}

func code26(n int) string {
	return "zq" + string(rune('a'+n%26)) + string(rune('a'+n/26%26)) + string(rune('a'+n/676%26))
}

// benchContext opens a store in a file, with a Context.
func benchContext(b *testing.B) *spectron.Context {
	b.Helper()
	mgr := openStore(b, "file://"+filepath.Join(b.TempDir(), "agent.db"), nil)
	c, err := mgr.CreateContext(b.Context(), "bench", spectron.ContextSpec{})
	require.NoError(b, err)
	return c
}

func processed(b *testing.B, c *spectron.Context, name string, content []byte) *spectron.Document {
	b.Helper()
	up, err := c.Documents().Upload(b.Context(), spectron.UploadRequest{Name: name, Reader: bytes.NewReader(content)})
	require.NoError(b, err)
	d, err := c.Documents().Wait(b.Context(), up.ID)
	require.NoError(b, err)
	require.NoError(b, d.Err())
	return d
}

// A book of 5 MB, from the upload until its passages are found.
func BenchmarkDocumentBook(b *testing.B) {
	text := book(5 << 20)
	for b.Loop() {
		c := benchContext(b)
		d := processed(b, c, "book.md", []byte(text))
		b.ReportMetric(float64(d.Chunks), "chunks")
	}
}

// Documents of a few paragraphs, from the first upload until the last is ready.
func BenchmarkSmallDocuments(b *testing.B) {
	c, ctx := benchContext(b), context.Background()
	var last string
	n := 0
	for b.Loop() {
		n++
		up, err := c.Documents().Upload(ctx, spectron.UploadRequest{Name: fmt.Sprintf("%d.md", n), Reader: strings.NewReader(fmt.Sprintf("# Note %d\n\n%s", n, book(800)))})
		require.NoError(b, err)
		last = up.ID
	}
	_, err := c.Documents().Wait(ctx, last)
	require.NoError(b, err)
	for d, err := range c.Documents().All(ctx, spectron.DocumentList{}) {
		require.NoError(b, err)
		if !d.Status.Ended() {
			_, err := c.Documents().Wait(ctx, d.ID)
			require.NoError(b, err)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "documents/s")
}

// Questions while documents are processed: the median and the slowest of them, beside those without. Nobody else uses the machine then.
func BenchmarkRecallBesideDocuments(b *testing.B) {
	for name, upload := range map[string]func(c *spectron.Context){
		"book": func(c *spectron.Context) { processed(b, c, "book.md", []byte(book(5<<20))) },
		"small": func(c *spectron.Context) {
			for i := range 200 {
				processed(b, c, fmt.Sprint(i, ".md"), fmt.Appendf(nil, "# Note %d\n\n%s", i, book(800)))
			}
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				c := benchContext(b)
				var said []spectron.Message
				for i := range 1000 {
					said = append(said, spectron.Message{Content: fmt.Sprintf("The %s of the river %s owes %d barrels.", []string{"boats", "monks"}[i%2], code26(i), i)})
				}
				_, err := c.Memory().RememberMany(b.Context(), spectron.RememberManyRequest{Infer: spectron.InferNone, Messages: said})
				require.NoError(b, err)
				ask := func(i int) time.Duration {
					began := time.Now()
					_, err := c.Memory().Recall(b.Context(), spectron.RecallRequest{Query: "Who of the river " + code26(i%1000) + " owes barrels?", Kinds: []spectron.Kind{spectron.KindMemoryChunk}})
					require.NoError(b, err)
					return time.Since(began)
				}
				var quiet, beside []time.Duration
				for i := range 1000 {
					quiet = append(quiet, ask(i))
				}
				b.StartTimer()
				done := make(chan struct{})
				go func() {
					defer close(done)
					upload(c)
				}()
				for i, running := 0, true; running; i++ {
					select {
					case <-done:
						running = false
					default:
						beside = append(beside, ask(i))
					}
				}
				slices.Sort(quiet)
				slices.Sort(beside)
				b.ReportMetric(float64(quiet[len(quiet)/2].Microseconds()), "quiet-µs")
				b.ReportMetric(float64(beside[len(beside)/2].Microseconds()), "beside-µs")
				b.ReportMetric(float64(beside[len(beside)*99/100].Microseconds()), "beside-p99-µs")
				b.ReportMetric(float64(beside[len(beside)-1].Milliseconds()), "slowest-ms")
			}
		})
	}
}

// The memory that processing a file takes, in MB: how much more the process has while it runs than before, at most, by what is in use after collections
// and by what the system has given it without the pages of the store's file; and what is in use afterwards, which is the index of the passages.
func BenchmarkDocumentMemory(b *testing.B) {
	inUse := func() float64 {
		sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(sample)
		return float64(sample[0].Value.Uint64()) / 1e6
	}
	given := func() float64 {
		data, err := os.ReadFile("/proc/self/statm")
		if err != nil {
			b.Skip("only Linux tells the memory of a process")
		}
		var all, resident, shared int
		_, err = fmt.Sscan(string(data), &all, &resident, &shared)
		require.NoError(b, err)
		return float64((resident-shared)*os.Getpagesize()) / 1e6
	}
	for _, size := range []int{1 << 20, 20 << 20} {
		b.Run(fmt.Sprint(size>>20, "MB"), func(b *testing.B) {
			for b.Loop() {
				c, text := benchContext(b), []byte(book(size))
				processed(b, c, "small.md", []byte("# Note\n\nThe first document loads what all need."))
				debug.FreeOSMemory()
				before, beforeGiven, most, mostGiven := inUse(), given(), 0.0, 0.0
				done := make(chan struct{})
				go func() {
					defer close(done)
					processed(b, c, "book.md", text)
				}()
				tick := time.NewTicker(5 * time.Millisecond)
				for running := true; running; {
					select {
					case <-done:
						running = false
					case <-tick.C:
						most, mostGiven = max(most, inUse()), max(mostGiven, given())
					}
				}
				tick.Stop()
				debug.FreeOSMemory()
				b.ReportMetric(most-before, "in-use-MB")
				b.ReportMetric(inUse()-before, "left-MB")
				b.ReportMetric(mostGiven-beforeGiven, "given-MB")
			}
		})
	}
}
