package spectron_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// BenchmarkOpen opens and closes a store in memory. cold: the engine is downloaded, but not compiled on this machine; warm: its machine
// code is cached; shared: it is compiled in this process.
func BenchmarkOpen(b *testing.B) {
	ctx := context.Background()
	open := func(b *testing.B, opts *spectron.Options) {
		b.Helper()
		mgr, err := spectron.Open(ctx, "mem://", opts)
		require.NoError(b, err)
		require.NoError(b, mgr.Close(ctx))
	}
	cache, err := os.UserCacheDir()
	require.NoError(b, err)
	wasm := filepath.Join(cache, "spectron", "engine", "3.0.3", "surrealdb_bg.wasm")
	open(b, nil) // fetches the engine if necessary
	b.Run("cold", func(b *testing.B) {
		if _, err := os.Stat(wasm); err != nil {
			b.Skipf("the engine is not in the default cache: %v", err)
		}
		b.ReportAllocs()
		for b.Loop() {
			b.StopTimer()
			dir := b.TempDir()
			data, err := os.ReadFile(wasm)
			require.NoError(b, err)
			require.NoError(b, os.WriteFile(filepath.Join(dir, filepath.Base(wasm)), data, 0o600))
			b.StartTimer()
			open(b, &spectron.Options{EngineOptions: spectron.EngineOptions{CacheDir: dir}})
		}
	})
	b.Run("warm", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			open(b, nil)
		}
	})
	b.Run("shared", func(b *testing.B) {
		engine, err := spectron.LoadEngine(ctx, nil)
		require.NoError(b, err)
		b.Cleanup(func() { require.NoError(b, engine.Close(ctx)) })
		b.ReportAllocs()
		for b.Loop() {
			open(b, &spectron.Options{Engine: engine})
		}
	})
}

// stores has the kinds of stores in this process.
var stores = []struct {
	name string
	open func(*testing.B) *spectron.Manager
}{
	{"memory", func(b *testing.B) *spectron.Manager { return openStore(b, "mem://", nil) }},
	{"file", func(b *testing.B) *spectron.Manager {
		return openStore(b, "file://"+filepath.Join(b.TempDir(), "agent.db"), nil)
	}},
	{"relaxed", func(b *testing.B) *spectron.Manager {
		return openStore(b, "file://"+filepath.Join(b.TempDir(), "agent.db"), &spectron.Options{Durability: spectron.DurabilityRelaxed})
	}},
}

// openStore opens a store and closes it at the end of the benchmark.
func openStore(b *testing.B, url string, opts *spectron.Options) *spectron.Manager {
	b.Helper()
	mgr, err := spectron.Open(context.Background(), url, opts)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, mgr.Close(context.Background())) })
	return mgr
}

func ensure(b testing.TB, mgr *spectron.Manager) *spectron.Context {
	b.Helper()
	c, err := mgr.EnsureContext(context.Background(), "test", spectron.ContextSpec{})
	require.NoError(b, err)
	return c
}

// BenchmarkRemember stores one text per call.
func BenchmarkRemember(b *testing.B) {
	for _, store := range stores {
		for _, infer := range []spectron.Infer{spectron.InferNone, spectron.InferFull} {
			b.Run(fmt.Sprintf("%s/%s", store.name, infer), func(b *testing.B) {
				m := ensure(b, store.open(b)).Memory()
				texts := corpus(10_000)
				took := make([]time.Duration, 0, 1<<16)
				i := 0
				b.ReportAllocs()
				for b.Loop() {
					began := time.Now()
					_, err := m.Remember(context.Background(), spectron.RememberRequest{Text: texts[i%len(texts)], Infer: infer})
					require.NoError(b, err)
					took = append(took, time.Since(began))
					i++
				}
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
				b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
			})
		}
	}
}

// BenchmarkRememberConcurrent stores one text per call, from one goroutine and from 16.
func BenchmarkRememberConcurrent(b *testing.B) {
	for _, store := range stores[:2] {
		for _, infer := range []spectron.Infer{spectron.InferNone, spectron.InferFull} {
			for _, goroutines := range []int{1, 16} {
				b.Run(fmt.Sprintf("%s/%s/%d", store.name, infer, goroutines), func(b *testing.B) {
					m := ensure(b, store.open(b)).Memory()
					texts := corpus(10_000)
					var next atomic.Int64
					b.ReportAllocs()
					b.ResetTimer()
					var all sync.WaitGroup
					for range goroutines {
						all.Go(func() {
							for i := int(next.Add(1)); i <= b.N; i = int(next.Add(1)) {
								_, err := m.Remember(context.Background(), spectron.RememberRequest{Text: texts[i%len(texts)], Infer: infer})
								if err != nil {
									b.Error(err)
									return
								}
							}
						})
					}
					all.Wait()
					b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "memories/s")
				})
			}
		}
	}
}

// BenchmarkRememberMany stores 1,000 texts per call.
func BenchmarkRememberMany(b *testing.B) {
	for _, store := range stores {
		for _, infer := range []spectron.Infer{spectron.InferNone, spectron.InferFull} {
			b.Run(fmt.Sprintf("%s/%s", store.name, infer), func(b *testing.B) {
				m := ensure(b, store.open(b)).Memory()
				messages := conversation(corpus(1000))
				b.ReportAllocs()
				for b.Loop() {
					_, err := m.RememberMany(context.Background(), spectron.RememberManyRequest{Messages: messages, Infer: infer})
					require.NoError(b, err)
				}
				b.ReportMetric(float64(b.N)*1000/b.Elapsed().Seconds(), "memories/s")
			})
		}
	}
}

// BenchmarkTurns reads 100 turns of a conversation of 10,000 from the database.
func BenchmarkTurns(b *testing.B) {
	for _, store := range stores[:2] {
		b.Run(store.name, func(b *testing.B) {
			c := ensure(b, store.open(b))
			out, err := c.Memory().RememberMany(context.Background(), spectron.RememberManyRequest{
				Messages: conversation(corpus(10_000)), Infer: spectron.InferNone,
			})
			require.NoError(b, err)
			i := 0
			b.ReportAllocs()
			for b.Loop() {
				turns, err := c.Sessions().Turns(context.Background(), spectron.TurnQuery{SessionID: out.SessionID, Offset: i * 100 % 10_000})
				require.NoError(b, err)
				require.Len(b, turns.Items, 100)
				i++
			}
		})
	}
}

// BenchmarkRecall asks a store with the given number of memories. It embeds the question each time.
func BenchmarkRecall(b *testing.B) {
	for _, size := range []int{1000, 10_000, 100_000} {
		// The store is filled once, although the benchmark function may run several times.
		full := sync.OnceValue(func() *spectron.Memory { return filled(b, size) })
		for name, mode := range map[string]spectron.Mode{"hybrid": spectron.ModeHybrid, "bm25": spectron.ModeBM25} {
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				m := full()
				questions := corpus(200)
				for i, q := range questions {
					questions[i] = strings.Join(strings.Fields(q)[2:7], " ")
				}
				i := 0
				b.ReportAllocs()
				for b.Loop() {
					_, err := m.Recall(context.Background(), spectron.RecallRequest{Query: questions[i%len(questions)], K: 10, Mode: mode})
					require.NoError(b, err)
					i++
				}
			})
		}
		b.Run(fmt.Sprintf("direct/%d", size), func(b *testing.B) {
			m := full()
			_, err := m.Remember(context.Background(), spectron.RememberRequest{Text: "My name is Zoe Park. I work at Initech."})
			require.NoError(b, err)
			b.ReportAllocs()
			for b.Loop() {
				got, err := m.Recall(context.Background(), spectron.RecallRequest{Query: "Where do I work?", K: 10})
				require.NoError(b, err)
				require.Equal(b, spectron.TierDirect, got.Tier)
			}
		})
	}
}

// filled returns a memory with the given number of texts. It is closed at the end of the benchmark.
func filled(b *testing.B, size int) *spectron.Memory {
	m := spectrontest.Context(b, nil).Memory()
	fill(b, m, size)
	return m
}

// fill remembers the given number of texts.
func fill(b testing.TB, m *spectron.Memory, size int) {
	texts := corpus(size)
	for len(texts) > 0 {
		n := min(2000, len(texts))
		_, err := m.RememberMany(context.Background(), spectron.RememberManyRequest{
			Messages: conversation(texts[:n]), Infer: spectron.InferNone,
		})
		require.NoError(b, err)
		texts = texts[n:]
	}
}

func conversation(texts []string) []spectron.Message {
	messages := make([]spectron.Message, len(texts))
	for i, t := range texts {
		messages[i] = spectron.Message{Content: t, At: spectrontest.Epoch.Add(time.Duration(i) * time.Minute)}
	}
	return messages
}

// corpus returns sentences of 12 words from a vocabulary of 5,000 words with very different frequencies. It is the same in each run.
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
