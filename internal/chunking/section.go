package chunking

import (
	"strings"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/parse"
)

// Bounds of the path of a section.
const (
	maxPath    = 16  // headings: HTML has six levels, word processors nine
	maxHeading = 200 // characters of each
)

// section is a section of a document, or the document (level 0) around all of them.
type section struct {
	parent *section
	path   []string
	level  int
	depth  int
	runs   []run // of the part that was read
}

// run is a part of a document that is packed into chunks of its own: what a section has above its first subsection, with headings that have no text.
type run struct {
	first, last int  // its blocks
	bare        bool // it has headings only
	sealed      bool // it is not merged with others
}

// block is a block of a document.
type block struct {
	parse.Block
	section  *section
	from, to int // code points of Body
}

// document is the structure of a text.
type document struct {
	options  Options
	text     *parse.Text
	blocks   []block
	headings int // that were read
	runs     []run
}

func newDocument(t *parse.Text, o Options) *document {
	d := &document{options: o, text: t}
	d.readBlocks()
	d.readSections()
	return d
}

// readBlocks reads the blocks, and takes text that is in none as paragraphs. Blocks out of order or out of the body lose what does not fit.
func (d *document) readBlocks() {
	body := d.text.Body
	count := cursor{body: body}
	end := 0
	add := func(b parse.Block) {
		start, stop := trim(body, b.Start, b.End, b.Kind == parse.Code)
		if b.Start, b.End = start, stop; start < stop {
			d.blocks = append(d.blocks, block{Block: b, from: count.at(start), to: count.at(stop)})
		}
	}
	page := 0
	for _, b := range d.text.Blocks {
		b.Start = runeStart(body, min(max(b.Start, end), len(body)))
		b.End = runeStart(body, min(max(b.End, b.Start), len(body)))
		add(parse.Block{Kind: parse.Paragraph, Page: page, Start: end, End: b.Start})
		add(b)
		end, page = b.End, b.Page
	}
	add(parse.Block{Kind: parse.Paragraph, Page: page, Start: end, End: len(body)})
}

// runeStart returns the first position from i at which a rune starts.
func runeStart(body string, i int) int {
	for i < len(body) && !utf8.RuneStart(body[i]) {
		i++
	}
	return i
}

// readSections finds the sections and their runs.
func (d *document) readSections() {
	document := &section{}
	open := document
	first := 0 // of the blocks that are in no run
	own := func() {
		end := first
		for end < len(d.blocks) && d.blocks[end].section == open {
			end++
		}
		if end > first {
			d.merge(open, run{first: first, last: end - 1, bare: open != document && end == first+1})
		}
		first = end
	}
	end := func(i int) {
		for open.depth > 0 && (i == len(d.blocks) || open.level >= d.blocks[i].Level) {
			d.close(open)
			open = open.parent
		}
	}
	for i := range d.blocks {
		b := &d.blocks[i]
		if b.Kind == parse.Heading {
			own()
			end(i)
			open = d.newSection(open, i)
		}
		b.section = open
	}
	own()
	end(len(d.blocks))
	d.seal(document)
	d.runs = document.runs
}

func (d *document) newSection(parent *section, i int) *section {
	s := &section{parent: parent, level: d.blocks[i].Level, depth: parent.depth + 1, path: parent.path}
	name := heading(d.text.Body[d.blocks[i].Start:d.blocks[i].End])
	d.headings++
	isTitle := d.headings == 1 && strings.EqualFold(name, heading(d.text.Title))
	if !isTitle && len(s.path) < maxPath {
		s.path = append(parent.path[:len(parent.path):len(parent.path)], name)
	}
	return s
}

// heading returns a heading as a path shows it.
func heading(s string) string {
	count := 0
	for i := range s {
		if count++; count > maxHeading {
			s = s[:i]
			break
		}
	}
	return strings.Join(strings.Fields(s), " ")
}

// close ends a section: its runs become runs of the section around it.
func (d *document) close(s *section) {
	d.seal(s)
	if len(s.runs) > 1 {
		for i := range s.runs {
			s.runs[i].sealed = true
		}
	}
	for _, r := range s.runs {
		d.merge(s.parent, r)
	}
	s.runs = nil
}

// seal merges headings at the end of a section, which have no text under them, with what is before them if both are small.
func (d *document) seal(s *section) {
	if n := len(s.runs); n > 1 && s.runs[n-1].bare && d.joins(s.runs[n-2], s.runs[n-1]) {
		s.runs[n-2].last = s.runs[n-1].last
		s.runs = s.runs[:n-1]
	}
}

// merge adds a run to those of a section. Headings without text go with the next run.
func (d *document) merge(s *section, r run) {
	n := len(s.runs)
	if n > 0 && s.runs[n-1].bare && !s.runs[n-1].sealed && d.size(s.runs[n-1]) <= d.options.Size/smallOf {
		r.first = s.runs[n-1].first
		n--
	}
	s.runs = append(s.runs[:n], r)
}

// joins reports whether two runs fit in one chunk, and are in one section.
func (d *document) joins(before, r run) bool {
	return !before.sealed && !r.sealed && d.size(run{first: before.first, last: r.last}) <= d.options.Size
}

func (d *document) size(r run) int { return d.blocks[r.last].to - d.blocks[r.first].from }

// pathOf returns the path of the innermost section that has all text of some blocks, or all headings if there is no text.
func (d *document) pathOf(first, last int) []string {
	var around *section
	for _, headings := range []bool{false, true} {
		for i := first; i <= last; i++ {
			if b := &d.blocks[i]; (b.Kind == parse.Heading) == headings {
				around = common(around, b.section)
			}
		}
		if around != nil {
			break
		}
	}
	return around.path
}

// common returns the innermost section around two. nil stands for none yet.
func common(a, b *section) *section {
	if a == nil {
		return b
	}
	for a != b {
		if a.depth >= b.depth {
			a = a.parent
		} else {
			b = b.parent
		}
	}
	return a
}
