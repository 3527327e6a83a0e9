package chunking_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/spectron-go/spectron/internal/chunking"
	"github.com/spectron-go/spectron/internal/parse"
)

// sentencesOf makes text of about size bytes, all of it different.
func sentencesOf(size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "The harvest of year %d brought %d barrels of oil to the port, as the clerk wrote. ", i, i*7919%10007)
	}
	return b.String()
}

// BenchmarkSplit has texts of usual and of unusual forms. The time for a byte must not grow with the size.
func BenchmarkSplit(b *testing.B) {
	const mb = 1 << 20
	var parts []part
	for size := 0; size < 5*mb; size += 3000 {
		list := strings.TrimSuffix(strings.Repeat("an item of a list\n", 20), "\n")
		parts = append(parts, h(1+size/3000%3, fmt.Sprintf("Chapter %d", size)), para(sentencesOf(900)), part{kind: parse.List, text: list}, para(sentencesOf(1700)))
	}
	for _, bench := range []struct {
		name string
		text *parse.Text
	}{
		{"markdown 5 MB", textOf(parts...)},
		{"line of sentences 30 MB", textOf(para(sentencesOf(30 * mb)))},
		{"line of words 30 MB", textOf(para(strings.Repeat("word ", 6*mb)))},
		{"one word 30 MB", textOf(para(strings.Repeat("x", 30*mb)))},
		{"ideographs 30 MB", textOf(para(strings.Repeat("北京", 5*mb)))},
		{"one cluster 30 MB", textOf(para("x" + strings.Repeat("\u0301", 15*mb)))},
		{"spaces after a stop 30 MB", textOf(para("a." + strings.Repeat(" ", 30*mb) + "b"))},
		{"brackets after stops 30 MB", textOf(para(strings.Repeat("a."+strings.Repeat(")", 1000), 30*mb/1000)))},
		{"flags 30 MB", textOf(para(strings.Repeat("🇩🇪", 15*mb/4)))},
		{"empty lines 30 MB", textOf(part{kind: parse.Code, text: "a" + strings.Repeat("\n", 30*mb) + "b"})},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(int64(len(bench.text.Body)))
			b.ReportAllocs()
			for b.Loop() {
				chunking.Split(bench.text, chunking.Options{})
			}
		})
	}
}

func BenchmarkDuplicates(b *testing.B) {
	var chunks []chunking.Chunk
	for i, c := range chunking.Split(textOf(para(sentencesOf(56<<20))), chunking.Options{})[:50_000] {
		chunks = append(chunks, c)
		if i%10 == 9 {
			chunks[i].Text = chunks[i-1].Text + "then"
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		chunking.Duplicates(chunks)
	}
}
