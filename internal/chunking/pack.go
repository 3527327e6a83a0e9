package chunking

import (
	"strings"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/digest"
	"github.com/spectron-go/spectron/internal/parse"
	"github.com/spectron-go/spectron/internal/record"
)

// level is the kind of boundary at which a piece of text starts.
type level uint8

const (
	whole    level = iota // a block
	line                  // of a list, a table or code
	sentence              // or a line of a paragraph
	word                  // after white space
	inside                // within a word
)

// packer puts the pieces of runs into chunks, in their order.
type packer struct {
	*document
	chunks []Chunk
	count  cursor // for the positions of pieces

	upToProse int // up to where chunks have the text, in code points

	// Of the current run:
	textStart int // where its text starts: headings before it are not repeated
	upTo      int // its end in code points

	// Of the open chunk. Positions are in bytes, with their code points.
	open             bool
	filled           bool // it has more than headings
	start, startRune int
	end, endRune     int
	target           int // its size if all chunks that follow in the run are of the same size
	block            int // of end
}

// pack packs a run.
func (p *packer) pack(r run) {
	first, last := &p.blocks[r.first], &p.blocks[r.last]
	if last.to-first.from <= p.options.Size {
		p.begin(first.Start, first.from)
		p.end, p.endRune, p.block = last.End, last.to, r.last
		p.flush()
		return
	}
	text := r.first
	for text <= r.last && p.blocks[text].Kind == parse.Heading {
		text++
	}
	// A very long heading is split as text is.
	room := p.options.Size
	if text > r.last || p.blocks[text].from-first.from > p.options.Size/2 {
		text = r.first
	} else {
		room -= p.blocks[text].from - first.from
	}
	p.textStart, p.upTo = p.blocks[text].Start, last.to
	p.count = cursor{body: p.text.Body, bytes: first.Start, runes: first.from}
	if text > r.first {
		p.begin(first.Start, first.from)
		p.end, p.endRune, p.block = p.blocks[text-1].End, p.blocks[text-1].to, text-1
	}
	for i := text; i <= r.last; i++ {
		p.split(i, room)
		room = p.options.Size
	}
	p.flush()
}

// begin opens a chunk.
func (p *packer) begin(start, startRune int) {
	p.open, p.filled = true, false
	p.start, p.startRune = start, startRune
	rest := p.upTo - startRune - p.options.Overlap
	step := p.options.Size - p.options.Overlap
	n := max((rest+step-1)/step, 1)
	p.target = (rest+n-1)/n + p.options.Overlap
}

// flush closes the open chunk.
func (p *packer) flush() {
	i := p.block
	for p.blocks[i].Start > p.start {
		i--
	}
	b := &p.blocks[i]
	text := p.text.Body[p.start:p.end]
	p.chunks = append(p.chunks, Chunk{
		Position: len(p.chunks), Start: p.startRune, End: p.endRune, Text: text,
		Section: p.pathOf(i, p.block), Columns: p.columns(b), Prose: p.prose(i), Page: b.Page, Tokens: digest.Tokens(text),
	})
	p.upToProse, p.open = p.endRune, false
}

// prose returns the parts of the open chunk that are prose and new. i is its first block.
func (p *packer) prose(i int) (out []record.Span) {
	joins := false // the block before is prose too
	for ; i <= p.block && len(out) < record.MaxProse; i++ {
		b := &p.blocks[i]
		from, to := max(b.from, p.startRune, p.upToProse), min(b.to, p.endRune)
		prose := b.Kind == parse.Paragraph || b.Kind == parse.List
		if prose && from < to {
			if joins {
				out[len(out)-1].End = to - p.startRune
			} else {
				out = append(out, record.Span{Start: from - p.startRune, End: to - p.startRune})
			}
		}
		joins = prose && len(out) > 0
	}
	return out
}

// columns returns the first line of a table if the open chunk starts behind it.
func (p *packer) columns(b *block) string {
	if b.Kind != parse.Table || p.start == b.Start {
		return ""
	}
	first, _, _ := strings.Cut(p.text.Body[b.Start:p.start], "\n")
	if b.Start+len(first) >= p.start || utf8.RuneCountInString(first) > p.options.Size/smallOf {
		return ""
	}
	return first
}

// add adds a piece, which is not larger than a chunk may be.
func (p *packer) add(block, start, end int, at level) {
	startRune, endRune := p.count.at(start), p.count.at(end)
	if p.open && (endRune-p.startRune > p.options.Size || p.filled && p.endRune-p.startRune >= p.target) {
		p.flush()
		from, fromRune := p.repeated(start, startRune, endRune, at)
		p.begin(from, fromRune)
	}
	if !p.open {
		p.begin(start, startRune)
	}
	p.end, p.endRune, p.block, p.filled = end, endRune, block, true
}

// repeated returns where the chunk starts whose first new piece is given: at the first sentence or line of the chunk before that is not over
// Overlap from its end, and with which the chunk is not too large. Where the cut is within a sentence it can be a word.
func (p *packer) repeated(start, startRune, endRune int, at level) (int, int) {
	body := p.text.Body
	least := p.end
	for n := 0; n < p.options.Overlap && least > max(p.start+1, p.textStart); n++ {
		_, size := utf8.DecodeLastRuneInString(body[:least])
		least -= size
	}
	least = runeStart(body, max(least, p.start+1, p.textStart))
	from, fromRune := start, startRune
	found := false
	take := func(i int) bool {
		if i < least || i >= p.end || found {
			return found
		}
		r := startRune - utf8.RuneCountInString(body[i:start])
		if endRune-r <= p.options.Size {
			from, fromRune, found = i, r, true
		}
		return found
	}
	first := p.block
	for first > 0 && p.blocks[first-1].End > least {
		first--
	}
	for i := first; i <= p.block && !found; i++ {
		b := &p.blocks[i]
		if b.Kind == parse.Heading {
			continue
		}
		s, e := max(b.Start, p.start), min(b.End, p.end)
		if lined(b.Kind) && (i < p.block || at <= line) {
			lines(body, s, e, func(s, _ int) bool { return !take(s) })
		} else {
			sentencesOf(body, s, e, func(s, _ int) bool { return !take(s) })
		}
	}
	if !found && at >= word {
		least = max(least, p.blocks[p.block].Start)
		fields(body, least, p.end, func(s, _ int) bool {
			rest := s == least && !(isSpace(before(body, s)) && boundary(body, s)) // the end of a word
			return rest || !take(s)
		})
	}
	return from, fromRune
}

// before returns the character before a position.
func before(body string, i int) rune {
	r, _ := utf8.DecodeLastRuneInString(body[:i])
	return r
}
