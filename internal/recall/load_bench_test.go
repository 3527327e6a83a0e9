package recall_test

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
)

// BenchmarkLoad reads memories of twelve words into a view, and reports the highest heap on the way.
func BenchmarkLoad(b *testing.B) {
	for _, size := range []int{10_000, 100_000} {
		fill := sync.OnceValue(func() *store.Store { return filledStore(b, size) })
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			s := fill()
			embedder, err := index.NewLexicalEmbedder(0)
			require.NoError(b, err)
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			peak := watchHeap(b)
			var view *recall.View
			for b.Loop() {
				view = nil
				b.StopTimer()
				runtime.GC() // frees the view of the previous round
				b.StartTimer()
				view, err = recall.Load(context.Background(), s, embedder.EmbedDocuments)
				require.NoError(b, err)
				require.Equal(b, size, view.Stats().Chunks)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*size), "ns/row")
			b.ReportMetric(float64(peak()-before.HeapAlloc)/(1<<20), "peak-MiB")
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "kept-MiB")
			runtime.KeepAlive(view)
		})
	}
}

// BenchmarkRestore reads views of memories, with given vectors of 384 components, from copies with their indexes. "load" ignores the index
// of the copy.
func BenchmarkRestore(b *testing.B) {
	at := time.Date(2026, 5, 4, 9, 30, 0, 0, time.UTC)
	for _, size := range []int{10_000, 100_000} {
		fill := sync.OnceValue(func() copied {
			random, view := rand.New(rand.NewPCG(3, 4)), recall.NewView()
			for i, text := range corpus(size) {
				vector := make([]float32, 384)
				for c := range vector {
					vector[c] = random.Float32() - 0.5
				}
				require.NoError(b, view.Apply(store.Write{Session: record.Session{ID: fmt.Sprint("session:", i/2000)}, Chunks: []record.Chunk{{
					ID: fmt.Sprintf("memory_chunk:01987a3c-7e51-7000-8000-%012d", i), Turn: fmt.Sprintf("turn:01987a3c-7e51-7000-8000-%012d", i),
					Session: fmt.Sprint("session:", i/2000), Role: record.User, Text: text, Seq: i % 2000, SpokenAt: at, KnownFrom: at,
					Scopes: record.ScopeSet{{"/"}}, Category: record.Context, Vector: vector,
				}}}))
			}
			c := copied{VectoredRows: view.VectoredRows()}
			for page := range c.VectoredRows.Index(b.Context()) {
				c.pages = append(c.pages, bytes.Clone(page))
			}
			return c
		})
		for name, read := range map[string]func(copied) (*recall.View, error){
			"restore": func(c copied) (*recall.View, error) { return recall.Restore(b.Context(), c, nil) },
			"load":    func(c copied) (*recall.View, error) { return recall.Load(b.Context(), c, nil) },
		} {
			b.Run(fmt.Sprint(name, "/", size), func(b *testing.B) {
				c := fill()
				b.ReportAllocs()
				for b.Loop() {
					view, err := read(c)
					require.NoError(b, err)
					require.Equal(b, size, view.Stats().Chunks)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*size), "ns/row")
			})
		}
	}
}

// copied is a copy of a view that has the pages of the index at hand.
type copied struct {
	recall.VectoredRows
	pages [][]byte
}

func (c copied) Index(context.Context) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for _, page := range c.pages {
			if !yield(page, nil) {
				return
			}
		}
	}
}

// watchHeap samples the heap until the returned function is called, which returns the largest size.
func watchHeap(b *testing.B) func() uint64 {
	stop, done := make(chan struct{}), make(chan struct{})
	var most uint64
	go func() {
		defer close(done)
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
			select {
			case <-stop:
				return
			case <-tick.C:
			}
		}
	}()
	end := sync.OnceFunc(func() { close(stop); <-done })
	b.Cleanup(end)
	return func() uint64 { end(); return most }
}

// filledStore returns a store of memories. Each has a turn and a chunk, as after remembering without inference.
func filledStore(b *testing.B, size int) *store.Store {
	b.Helper()
	ctx := context.Background()
	conn := enginetest.Connect(b, enginetest.Open(b), fmt.Sprintf("load%d", size))
	at := time.Date(2026, 5, 4, 9, 30, 0, 0, time.UTC)
	require.NoError(b, schema.Context().Apply(ctx, conn, at))
	s := store.New(conn, store.SingleWriter)
	scopes := record.ScopeSet{{"/"}}
	texts := corpus(size)
	const batch = 2000
	for from := 0; from < size; from += batch {
		session := record.Session{ID: fmt.Sprintf("session:01987a3c-7e51-7000-8000-%012d", from), Scopes: scopes, CreatedAt: at}
		w := store.Write{Session: session, New: true}
		for i, text := range texts[from:min(from+batch, size)] {
			spoken := at.Add(time.Duration(i) * time.Minute)
			turn := fmt.Sprintf("turn:01987a3c-7e51-7000-8000-%012d", from+i)
			w.Turns = append(w.Turns, record.Turn{
				ID: turn, Session: session.ID, Seq: i, Role: record.User, Content: text, SpokenAt: spoken,
				RecordedAt: spoken, Scopes: scopes,
			})
			w.Chunks = append(w.Chunks, record.Chunk{
				ID: fmt.Sprintf("memory_chunk:01987a3c-7e51-7000-8000-%012d", from+i), Turn: turn, Session: session.ID, Role: record.User,
				Text: text, SpokenAt: spoken, KnownFrom: spoken, Scopes: scopes, Category: record.Context,
			})
		}
		w.Session.Turns = len(w.Turns)
		_, err := s.Apply(ctx, w, store.Position{})
		require.NoError(b, err)
	}
	return s
}

// corpus returns sentences of 12 words from a vocabulary of 5,000 with a skewed distribution. They are the same every time.
func corpus(n int) []string {
	random := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(random, 1.1, 4, 4999)
	out := make([]string, n)
	for i := range out {
		words := make([]string, 12)
		for j := range words {
			words[j] = fmt.Sprintf("w%d", zipf.Uint64())
		}
		out[i] = strings.Join(words, " ") + "."
	}
	return out
}
