package recall_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"iter"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

const (
	memoryText      = 150 // characters
	memoryDimension = 384
)

// BenchmarkMemory reads memories of 150 characters, with given vectors of 384 components, into a view. It reports how much heap each memory
// takes besides its text and its vector. The 8-bit codes of the vector count as part of this.
func BenchmarkMemory(b *testing.B) {
	sizes := []int{100_000}
	if testsize.Long() {
		sizes = append(sizes, 1_000_000)
	}
	for _, size := range sizes {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			for b.Loop() {
				view, err := recall.Load(context.Background(), memories{count: size}, nil)
				require.NoError(b, err)
				b.StopTimer()
				runtime.GC()
				runtime.ReadMemStats(&after)
				runtime.KeepAlive(view)
				b.StartTimer()
			}
			kept := float64(after.HeapAlloc - before.HeapAlloc)
			const given = memoryText + 4*memoryDimension
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*size), "ns/row")
			b.ReportMetric(kept/(1<<20), "kept-MiB")
			b.ReportMetric(kept/float64(size)-given, "B/memory-beside")
			b.ReportMetric(float64(after.HeapObjects-before.HeapObjects)/float64(size), "objects/memory")
		})
	}
}

// memories is a source of memories in conversations of 200 turns. Each row has strings of its own, as rows of a database have.
type memories struct {
	store.Source
	count int
}

const memoriesTurns = 200

var memoriesBegin = time.Date(2026, 5, 4, 9, 30, 0, 0, time.UTC)

func memoryID(table string, n int) string {
	return fmt.Sprintf("%s:01987a3c-7e51-7000-8000-%012d", table, n)
}

func none[T any](func(T, error) bool) {}

func (m memories) Entities(context.Context) iter.Seq2[record.Entity, error]          { return none }
func (m memories) Facts(context.Context) iter.Seq2[record.Fact, error]               { return none }
func (m memories) Instructions(context.Context) iter.Seq2[record.Instruction, error] { return none }
func (m memories) Questions(context.Context) iter.Seq2[record.OpenQuestion, error]   { return none }
func (m memories) Sessions(context.Context) iter.Seq2[record.Session, error] {
	return func(yield func(record.Session, error) bool) {
		for i := range m.count / memoriesTurns {
			if !yield(record.Session{ID: memoryID("session", i), Scopes: record.ScopeSet{{"/"}}, Turns: memoriesTurns}, nil) {
				return
			}
		}
	}
}

func (m memories) Chunks(context.Context) iter.Seq2[record.Chunk, error] {
	return func(yield func(record.Chunk, error) bool) {
		random := rand.New(rand.NewPCG(5, 6))
		zipf := rand.NewZipf(random, 1.1, 4, 19_999)
		var text strings.Builder
		scopes := record.ScopeSet{{"/"}}
		for i := range m.count {
			text.Reset()
			for text.Len() < memoryText {
				text.WriteString(pseudoWord(zipf.Uint64()))
				text.WriteByte(' ')
			}
			vector := make([]float32, memoryDimension)
			for c := range vector {
				vector[c] = float32(random.Uint32N(2001)) - 1000
			}
			spoken := memoriesBegin.Add(time.Duration(i) * time.Minute)
			c := record.Chunk{
				ID: memoryID("memory_chunk", i), Turn: memoryID("turn", i), Session: memoryID("session", i/memoriesTurns),
				Role: record.User, Text: strings.Clone(text.String()[:memoryText]), Seq: i % memoriesTurns, SpokenAt: spoken, KnownFrom: spoken.Add(time.Second),
				Scopes: scopes, Category: record.Context, Vector: vector,
			}
			if i%2 == 1 {
				c.Role = record.Assistant
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}

// pseudoWord makes a word of four to nine letters from a number.
func pseudoWord(n uint64) string {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], n*0x9e3779b97f4a7c15)
	word := make([]byte, 0, 9)
	for i := range 4 + n%6 {
		word = append(word, "bcdfghjklmnprstvwz"[b[i%8]%18])
		if i++; i < 4+n%6 {
			word = append(word, "aeiou"[b[i%8]%5])
		}
	}
	return string(word)
}
