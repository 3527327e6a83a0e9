package parse

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readHTML reads a page. Its navigation, footer and asides are text as all the rest: they differ too much between sites to be told apart safely.
// Hidden elements are left out.
func readHTML(b *builder, file Source) error {
	r, err := b.decoded(file, declaredHTML)
	if err != nil {
		return err
	}
	h := &htmlReader{b: b}
	if err := h.read(r); err != nil {
		return err
	}
	b.text.Title, b.text.Date = h.title, h.published
	if b.text.Date.IsZero() {
		b.text.Date = h.modified
	}
	return nil
}

// html adds the blocks of an HTML document, which is UTF-8. It leaves the title and the date of the text as they are.
func (b *builder) html(r io.Reader) error {
	return (&htmlReader{b: b}).read(r)
}

// htmlReader reads the tokens of a document, one after another, without building its tree. So elements that are never closed, or nested a million
// times, cost nothing: it remembers open lists and tables only.
type htmlReader struct {
	b                   *builder
	words               flow
	frames              []frame // the open lists and tables
	quotes              int     // open block quotes
	level               int     // of the open heading; 0 if there is none
	pre                 int     // open pre elements
	caption             bool    // the words are those of a table's caption
	hidden              hiding
	inTitle             bool
	title               string
	published, modified time.Time
}

// frame is an open list or table.
type frame struct {
	table  bool
	layout bool // a table that arranges the page: its cells are blocks of their own
	number int  // of the next item of an ordered list; -1: the list is not ordered
	cells  int  // of the row, so far
	most   int  // cells of the longest row
}

func (h *htmlReader) read(r io.Reader) error {
	z := html.NewTokenizer(contextReader{h.b, r})
	// A page has more bytes than words. A single token with more than this is no text of a page.
	z.SetMaxBuf(h.b.limits.Text + 1<<20)
	for {
		kind := z.Next()
		var err error
		switch kind {
		case html.ErrorToken:
			switch err := z.Err(); {
			case err == io.EOF:
				return h.flush()
			case errors.Is(err, html.ErrBufferExceeded):
				return fmt.Errorf("%w: an element of more than %d bytes", ErrTooLarge, h.b.limits.Text)
			default:
				return err
			}
		case html.TextToken:
			err = h.text(z.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			a := attributes{closed: kind == html.SelfClosingTagToken}
			if a.closed {
				z.NextIsNotRawText()
			}
			element := atom.Lookup(name)
			a.read(z, more)
			err = h.start(element, a)
		case html.EndTagToken:
			name, _ := z.TagName()
			err = h.end(atom.Lookup(name))
		}
		if err != nil {
			return err
		}
	}
}

func (h *htmlReader) text(s []byte) error {
	if h.inTitle {
		if h.title == "" {
			h.title = oneLine(string(s), maxTitle)
		}
		return nil
	}
	if h.hidden.on() {
		return nil
	}
	if err := h.b.collects(len(h.words.text) + len(s)); err != nil {
		return err
	}
	if h.pre > 0 {
		h.words.verbatim(s)
		return nil
	}
	if h.level > 0 && h.words.target != "" && isPermalink(s) {
		return nil
	}
	h.words.add(s)
	return nil
}

// isPermalink reports whether the words of a link in a heading are the sign with which documentation links a heading to itself.
func isPermalink(s []byte) bool {
	switch string(s) {
	case "¶", "#", "§", "🔗":
		return true
	}
	return false
}

// top is the innermost open list or table, nil in running text and in the cells of tables that arrange the page.
func (h *htmlReader) top() *frame {
	if len(h.frames) == 0 || h.level > 0 || h.pre > 0 || h.caption {
		return nil
	}
	if f := &h.frames[len(h.frames)-1]; !f.layout {
		return f
	}
	return nil
}

// flush ends the block.
func (h *htmlReader) flush() error {
	kind, level := Paragraph, h.level
	switch f := h.top(); {
	case level > 0:
		kind = Heading
	case f != nil && f.table && f.most > 1:
		kind = Table
	case f != nil && !f.table:
		kind = List
	case h.pre > 0:
		kind = Code
	case h.quotes > 0:
		kind = Quote
	}
	if h.words.blank() {
		h.words.reset()
		return nil
	}
	err := h.b.block(kind, level, h.words.parts()...)
	h.words.reset()
	return err
}

// boundary ends what a block element ends: the block in running text, a word in lists and tables.
func (h *htmlReader) boundary() error {
	if f := h.top(); f != nil {
		h.words.space = true
		return nil
	}
	return h.flush()
}

// open begins a list or a table.
func (h *htmlReader) open(f frame) error {
	if len(h.frames)+h.quotes >= h.b.limits.Depth {
		return h.b.tooDeep()
	}
	h.frames = append(h.frames, f)
	return nil
}

// arrange turns the innermost table into one that arranges the page, because a cell holds more than words.
func (h *htmlReader) arrange() error {
	f := h.top()
	for i := len(h.frames) - 1; f != nil && i >= 0; i-- {
		if h.frames[i].table {
			if err := h.flush(); err != nil {
				return err
			}
			h.frames[i].layout = true
			h.frames = h.frames[:i+1]
			return nil
		}
	}
	return nil
}

// inCell reports whether words go into a cell of a table with data, also through a list in that cell.
func (h *htmlReader) inCell() bool {
	if h.top() == nil {
		return false
	}
	for i := len(h.frames) - 1; i >= 0; i-- {
		if h.frames[i].table {
			return !h.frames[i].layout
		}
	}
	return false
}

// indent is the indentation of the items of the innermost list.
func (h *htmlReader) indent() int {
	n := -1
	for i := len(h.frames) - 1; i >= 0 && !h.frames[i].table; i-- {
		n++
	}
	return n
}

// item begins a line of a list.
func (h *htmlReader) item(marker string, deeper int) {
	h.words.before(lineOfList(h.indent()+deeper) + marker)
}

func (h *htmlReader) startList(ordered bool, attrs attributes) error {
	if err := h.endInner(); err != nil {
		return err
	}
	f := frame{number: -1}
	if ordered && (attrs.kind == "" || attrs.kind == "1") {
		f.number = 1
		if n, err := strconv.Atoi(attrs.start); err == nil && n >= 0 {
			f.number = n
		}
	}
	if h.top() == nil {
		if err := h.flush(); err != nil {
			return err
		}
	}
	if err := h.open(f); err != nil {
		return err
	}
	if !h.inCell() {
		h.item("", 0)
	}
	return nil
}

// startItem begins an item of a list. What a description list says of a term is one level deeper than the term.
func (h *htmlReader) startItem(description bool) error {
	if err := h.endInner(); err != nil {
		return err
	}
	f := h.top()
	switch {
	case f == nil:
		return h.boundary()
	case f.table:
		h.words.space = true
	case h.inCell():
		if f.cells++; f.cells > 1 {
			h.words.before("; ")
		}
	case description:
		h.item("", 1)
	case f.number < 0:
		h.item("", 0)
	default:
		h.item(strconv.Itoa(f.number)+". ", 0)
		f.number++
	}
	return nil
}

// endFrame closes the innermost list or table of a kind, and what was left open in it.
func (h *htmlReader) endFrame(table bool) error {
	if err := h.endInner(); err != nil {
		return err
	}
	for i := len(h.frames) - 1; i >= 0; i-- {
		if h.frames[i].table != table {
			if !table {
				return nil // the end of a list that does not begin in this table
			}
			continue
		}
		within := !table && i > 0 && (!h.frames[i-1].table || !h.frames[i-1].layout)
		h.caption = false
		if !within {
			h.pre = 0
			if err := h.flush(); err != nil {
				return err
			}
		}
		h.frames = h.frames[:i]
		if within && !h.inCell() {
			h.item("", 0)
		}
		return nil
	}
	return nil
}

func (h *htmlReader) startTable(attrs attributes) error {
	if err := h.endInner(); err != nil {
		return err
	}
	if err := h.arrange(); err != nil {
		return err
	}
	if err := h.flush(); err != nil {
		return err
	}
	f := frame{table: true, layout: attrs.role == "presentation" || attrs.role == "none"}
	return h.open(f)
}

// table returns the innermost table whose rows and cells are being read, after closing the lists in its last cell.
func (h *htmlReader) table() *frame {
	for i := len(h.frames) - 1; i >= 0; i-- {
		if h.frames[i].table {
			h.frames = h.frames[:i+1]
			return &h.frames[i]
		}
	}
	return nil
}

func (h *htmlReader) startRow() error {
	if err := h.endInner(); err != nil {
		return err
	}
	f := h.table()
	if f == nil || f.layout {
		return h.flush()
	}
	f.cells = 0
	h.words.before("\n")
	return nil
}

func (h *htmlReader) startCell() error {
	if err := h.endInner(); err != nil {
		return err
	}
	f := h.table()
	if f == nil || f.layout {
		return h.flush()
	}
	f.cells++
	f.most = max(f.most, f.cells)
	if f.cells > 1 {
		h.words.cell()
	}
	return nil
}

// endInner closes a heading or caption that is still open, for what cannot be within one.
func (h *htmlReader) endInner() error {
	if h.level == 0 && !h.caption {
		return nil
	}
	err := h.flush()
	h.level, h.caption = 0, false
	return err
}

// lineOfList is what stands before an item of a list: a line break and its indentation. Levels below the sixteenth are not told apart.
func lineOfList(level int) string {
	return "\n" + strings.Repeat("  ", min(max(level, 0), 16))
}
