// Package chunking splits the text of a document into chunks for search, along its structure. It is pure.
package chunking

import (
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/parse"
	"github.com/spectron-go/spectron/internal/record"
)

// Limits and defaults of Options, in characters.
//
// DefaultSize is about 250 to 300 tokens of English. Smith and Troynikov 2024 ("Evaluating chunking strategies for retrieval") found the best
// trade between recall and precision at 200 to 400 tokens, and less at 800. Bhat et al. 2025 (arXiv:2505.21700) found 64 to 128 tokens
// best for short factual answers, and 512 and more for broad questions. Small embedding models read only 256 to 512 tokens.
//
// The default overlap is an eighth of the size: 150. Practice recommends 10 to 20 per cent. An overlap repeats whole sentences, one or two here.
const (
	DefaultSize = 1200
	MinSize     = 32
	MaxSize     = 16_000

	defaultOverlapOf = 8 // the default overlap is this fraction of the size
	maxOverlapOf     = 2 // the largest overlap is this fraction of the size
)

// smallOf bounds what is put beside a text: headings without text, and the names of columns, of at most this fraction of the size.
const smallOf = 4

// Options bound the chunks. What exceeds a limit is replaced by the limit.
type Options struct {
	Size    int // the most characters (code points) of a chunk: MinSize to MaxSize; 0: DefaultSize
	Overlap int // the most characters that a chunk repeats of the chunk before: up to half of Size; 0: an eighth of Size; negative: none
}

func (o Options) withDefaults() Options {
	if o.Size == 0 {
		o.Size = DefaultSize
	}
	o.Size = min(max(o.Size, MinSize), MaxSize)
	if o.Overlap == 0 {
		o.Overlap = o.Size / defaultOverlapOf
	}
	o.Overlap = min(max(o.Overlap, 0), o.Size/maxOverlapOf)
	return o
}

// Chunk is a part of a document. Chunks are in the order of the document: Start increases, and so does End.
type Chunk struct {
	Position   int // 0 for the first
	Start, End int // code points of Body
	Text       string
	// Section has the headings above the chunk, outermost first: the 16 outermost, the first 200 characters of each. The heading with which the chunk
	// starts is among them; the title of the document is not, because citations name it anyway.
	Section []string
	// Columns is the first line of the table that the chunk continues: the names of its columns, if it has them. "" if the chunk continues no
	// table, or if that line is long.
	Columns string
	// Prose are the parts of Text, in code points of it, that are paragraphs or lists and that no chunk before has: what its author states.
	Prose  []record.Span
	Page   int // of Start, from 1; 0 for files without pages
	Tokens int // of Text, as digest.Tokens estimates them
}

// Split splits a text into chunks. Together they have all of it but white space.
//
//   - Headings open sections. A heading is in a chunk with the first text under it. A chunk has text of one section only, so that whoever cites it
//     can name the section; a section without text goes with the next one.
//   - Paragraphs, lists, tables and code are kept whole if they fit in a chunk. Otherwise they are cut between lines (lists, tables, code) or sentences;
//     a line or sentence that does not fit, between words; a word that does not fit, between grapheme clusters.
//   - The chunks of a section have about the same size, so that the last is not a rest.
//   - A chunk that continues a section starts with the last sentences or lines of the chunk before, up to o.Overlap, if they are not headings.
//     If the cut is within a sentence, these are its last words.
//
// The work is linear in the size of the text. The texts of chunks share the memory of t.Body.
func Split(t *parse.Text, o Options) []Chunk {
	o = o.withDefaults()
	d := newDocument(t, o)
	p := packer{document: d}
	for _, r := range d.runs {
		p.pack(r)
	}
	return p.chunks
}

// Duplicates finds chunks that practically repeat others. For each chunk it gives the position of the first earlier chunk that it repeats, or -1.
// The method is SimHash over words with buckets of its bits: see index.Fingerprint and index.Repeats. Chunks that differ in a name or number are
// no duplicates, and short ones only if they have the same words.
func Duplicates(chunks []Chunk) []int {
	prints := make([]index.Fingerprint, len(chunks))
	for i := range chunks {
		prints[i] = index.FingerprintOf(chunks[i].Text)
	}
	return index.Repeats(prints)
}

// cursor converts increasing positions in bytes to code points.
type cursor struct {
	body         string
	bytes, runes int
}

func (c *cursor) at(bytes int) int {
	c.runes += utf8.RuneCountInString(c.body[c.bytes:bytes])
	c.bytes = bytes
	return c.runes
}
