package chunking_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/chunking"
	"github.com/spectron-go/spectron/internal/parse"
)

var atoms = []string{
	"a", "is", "Word", "longer", "internationalisation", "3.14", "e\u0301te\u0301", "Привет", "мир", "北京", "大学生", "ありがとう", "สวัสดี", "नमस्ते", "क्षत्रिय",
	"👨‍👩‍👧‍👦", "🇩🇪🇫🇷", "👍🏽", "한국어", "\u1112\u1161\u11ab", "\u0600\u0661", "don't", "a-b-c", "https://example.org/a?b=c", "\u200d", "\u00a0", "\u3000", " \u0301", "...",
	"((((((((((((((((((((", strings.Repeat("x", 90), strings.Repeat("字", 70), "z" + strings.Repeat("\u0301", 50),
}

// generated makes texts of all kinds of blocks.
func generated(r *rand.Rand) *parse.Text {
	sentence := func() string {
		var b strings.Builder
		for i := range 1 + r.IntN(12) {
			if i > 0 && r.IntN(9) > 0 {
				b.WriteString(strings.Repeat(" ", 1+r.IntN(2)))
			}
			b.WriteString(atoms[r.IntN(len(atoms))])
		}
		return b.String() + []string{".", "!", "?", "。", "", " …"}[r.IntN(6)]
	}
	several := func(most int, between ...string) string {
		s := sentence()
		for range r.IntN(most) {
			s += between[r.IntN(len(between))] + sentence()
		}
		return s
	}
	var parts []part
	headings := r.IntN(3) // in four
	for range r.IntN(25) {
		p := part{kind: parse.Kind(r.IntN(6)), page: len(parts) / 4}
		if p.kind == parse.Heading || r.IntN(4) < headings {
			p.kind, p.level = parse.Heading, r.IntN(5)
		}
		switch p.kind {
		case parse.Heading:
			p.text = several(2, " ")
		case parse.List, parse.Table, parse.Code:
			p.text = several(12, "\n", "\n\t", "\n\n", "\n    ")
		default:
			p.text = several(8, " ", " ", " ", "\n", "     ", strings.Repeat(" ", 40))
		}
		p.text = strings.Trim(p.text, "\n")
		if p.kind != parse.Code {
			p.text = strings.TrimSpace(p.text)
		}
		if strings.TrimSpace(p.text) != "" {
			parts = append(parts, p)
		}
	}
	t := textOf(parts...)
	if len(parts) > 0 && r.IntN(3) == 0 {
		t.Title = parts[0].text
	}
	return t
}

func TestProperties(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 600 {
		check(t, generated(r), chunking.Options{Size: 32 + r.IntN(300), Overlap: r.IntN(120) - 20})
		if t.Failed() {
			return
		}
	}
}

// check checks what must hold of the chunks of every text.
func check(t *testing.T, text *parse.Text, o chunking.Options) {
	t.Helper()
	chunks := chunking.Split(text, o)
	if again := chunking.Split(text, o); !reflect.DeepEqual(chunks, again) {
		t.Fatal("another time, other chunks")
	}
	if o.Overlap == 0 {
		o.Overlap = o.Size / 8
	}
	o.Overlap = min(max(o.Overlap, 0), o.Size/2)
	runes := []rune(text.Body)
	covered := make([]bool, len(runes))
	cuttable, clusters := boundaries(text.Body, o.Size)
	blocks := read(text)
	for i, c := range chunks {
		if i != c.Position || c.Text != string(runes[c.Start:c.End]) || c.End-c.Start > o.Size || strings.TrimSpace(c.Text) == "" {
			t.Fatalf("chunk %d: %+v", i, c)
		}
		if !cuttable[c.Start] || !cuttable[c.End] {
			t.Fatalf("a cluster is cut: %q", c.Text)
		}
		for j := c.Start; j < c.End; j++ {
			covered[j] = true
		}
		overlap := 0
		if i > 0 {
			if before := chunks[i-1]; c.Start <= before.Start || c.End <= before.End {
				t.Fatalf("%+v after %+v", c, before)
			}
			overlap = max(chunks[i-1].End-c.Start, 0)
		}
		if overlap > o.Overlap {
			t.Fatalf("an overlap of %d: %+v", overlap, c)
		}
		checkSection(t, c, overlap, blocks, o)
		for _, b := range blocks {
			if b.start <= c.Start && c.Start < b.end && b.page != c.Page {
				t.Fatalf("page %d: %+v", b.page, c)
			}
		}
	}
	checkProse(t, chunks, runes, text)
	for i, r := range runes {
		if !covered[i] && !unicode.IsSpace(r) {
			t.Fatalf("%q at %d is in no chunk", r, i)
		}
	}
	for i, b := range blocks {
		under := i+1 < len(blocks) && !blocks[i+1].heading
		switch {
		case b.heading && under && blocks[i+1].end > b.end && b.end-b.start < o.Size/8 && (i == 0 || !blocks[i-1].heading):
			// A heading is in a chunk with the start of its text, unless a cluster or white space there is too large.
			if gap := blocks[i+1].start - b.start; clusters <= o.Size/2 && gap <= o.Size/2 {
				require.True(t, slices.ContainsFunc(chunks, func(c chunking.Chunk) bool { return c.Start <= b.start && c.End > blocks[i+1].start }), "a heading is alone")
			}
		case !b.heading && b.end-b.start <= o.Size && (i == 0 || !blocks[i-1].heading):
			require.True(t, slices.ContainsFunc(chunks, func(c chunking.Chunk) bool { return c.Start <= b.start && b.end <= c.End }), "a block is cut")
		}
	}
}

// checkProse checks that the prose of all chunks together is each paragraph and list once, in order, and nothing else.
func checkProse(t *testing.T, chunks []chunking.Chunk, runes []rune, text *parse.Text) {
	t.Helper()
	other := make([]bool, len(runes)) // headings, tables, code, quotations
	for _, b := range text.Blocks {
		if b.Kind == parse.Paragraph || b.Kind == parse.List {
			continue
		}
		from := utf8.RuneCountInString(text.Body[:b.Start])
		for i := from; i < from+utf8.RuneCountInString(text.Body[b.Start:b.End]); i++ {
			other[i] = true
		}
	}
	at := 0
	for _, c := range chunks {
		for _, s := range c.Prose {
			from, to := c.Start+s.Start, c.Start+s.End
			if s.Empty() || from < at || to > c.End {
				t.Fatalf("prose %v of %+v, where the last ended at %d", s, c, at)
			}
			for ; at < to; at++ {
				if at >= from && other[at] && !unicode.IsSpace(runes[at]) || at < from && !other[at] && !unicode.IsSpace(runes[at]) {
					t.Fatalf("%q at %d: prose %v of %+v", runes[at], at, s, c)
				}
			}
		}
	}
	for ; at < len(runes); at++ {
		if !other[at] && !unicode.IsSpace(runes[at]) {
			t.Fatalf("%q at %d is prose of no chunk", runes[at], at)
		}
	}
}

// checkSection checks the path of a chunk, and that it has more than one section only if it is small.
func checkSection(t *testing.T, c chunking.Chunk, overlap int, blocks []readBlock, o chunking.Options) {
	t.Helper()
	var texts, headings [][]int
	for i, b := range blocks {
		if b.start >= c.End || b.end <= c.Start {
			continue
		}
		if !b.heading {
			texts = append(texts, b.section)
			continue
		}
		headings = append(headings, b.section)
		if overlap > 0 {
			require.LessOrEqual(t, b.start, c.Start, "an overlap over a heading: %d", i)
		}
	}
	of := texts
	if len(texts) == 0 {
		of = headings
	}
	path := of[0]
	for _, p := range of[1:] {
		n := 0
		for n < len(path) && n < len(p) && path[n] == p[n] {
			n++
		}
		path = path[:n]
	}
	var want []string
	for _, i := range path {
		if blocks[i].name != "" {
			want = append(want, blocks[i].name)
		}
	}
	require.Equal(t, want, c.Section)
	for _, p := range texts {
		if !slices.Equal(p, texts[0]) {
			require.LessOrEqual(t, c.End-c.Start, o.Size/2, "sections that are not small share a chunk")
		}
	}
}

// readBlock is a block in code points.
type readBlock struct {
	start, end int
	heading    bool
	name       string // of a heading; "" of the title
	page       int
	section    []int // the headings above it, outermost first
}

// read reads the structure of a text in the plainest way.
func read(t *parse.Text) []readBlock {
	var out []readBlock
	var path []int
	first := true
	for i, b := range t.Blocks {
		r := readBlock{
			start: utf8.RuneCountInString(t.Body[:b.Start]), end: utf8.RuneCountInString(t.Body[:b.End]),
			heading: b.Kind == parse.Heading, page: b.Page,
		}
		if r.heading {
			for len(path) > 0 && t.Blocks[path[len(path)-1]].Level >= b.Level {
				path = path[:len(path)-1]
			}
			path = append(slices.Clip(path), i)
			runes := []rune(t.Body[b.Start:b.End])
			r.name = strings.Join(strings.Fields(string(runes[:min(200, len(runes))])), " ")
			if first && t.Title == t.Body[b.Start:b.End] {
				r.name = ""
			}
			first = false
		}
		r.section = path
		out = append(out, r)
	}
	return out
}

// boundaries returns for each position in code points whether a grapheme cluster starts there, or one that is larger than a chunk may be is
// there. It also returns the size of the largest cluster.
func boundaries(body string, size int) ([]bool, int) {
	out := make([]bool, utf8.RuneCountInString(body)+1)
	at, largest := 0, 0
	for iter := graphemes.FromString(body); iter.Next(); {
		n := utf8.RuneCountInString(iter.Value())
		largest = max(largest, n)
		out[at] = true
		for i := range n {
			out[at+i] = out[at+i] || n > size
		}
		at += n
	}
	out[at] = true
	return out, largest
}

func FuzzSplit(f *testing.F) {
	f.Add("One. Two.\n\nThree", 3, 40, 5)
	f.Add("# a\n\n"+strings.Repeat("字", 99), 2, 32, 0)
	f.Add("a. "+strings.Repeat(" ", 100)+"\u0301", 0, 50, 9)
	f.Fuzz(func(t *testing.T, body string, kinds, size, overlap int) {
		body = strings.ToValidUTF8(strings.ReplaceAll(body, "\r", "\n"), "?")
		var parts []part
		for s := range strings.SplitSeq(body, "\n\n") {
			if s = strings.TrimSpace(s); s != "" {
				parts = append(parts, part{kind: parse.Kind(uint(kinds) % 6), level: kinds & 3, text: s})
				kinds = kinds*5 + 3
			}
		}
		check(t, textOf(parts...), chunking.Options{Size: 32 + size&255, Overlap: overlap & 127})
	})
}
