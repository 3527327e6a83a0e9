package parse

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// The file is parsed in pieces, so that the tree of only one is in memory, and hostile input takes time in proportion to its size: the parser
// needs the square of it for some. A piece ends at a heading or paragraph once it has softPiece bytes, at the next empty line, row or item once it
// has mediumPiece, and at any line once it has hardPiece. Open code blocks may be longer, and all tables and code blocks continue in the next piece.
const (
	softPiece   = 16 << 10
	mediumPiece = 32 << 10
	hardPiece   = 64 << 10
	codePiece   = 1 << 20
)

const (
	maxMarks       = 500  // lines of a paragraph and characters with a meaning in them; the paragraph ends at the line after
	maxLineMarks   = 1000 // the same in a line; a line with more is words only
	maxIndentation = 512  // columns
	wideTable      = 16   // columns of a table whose rows may not be much shorter than its head
)

// readMarkdown reads CommonMark with tables, strikethrough, task lists and bare addresses. Blocks of HTML are read as HTML.
func readMarkdown(b *builder, file Source) error {
	m := &markdownReader{b: b, parser: newMarkdownParser(), references: map[string]parser.Reference{}}
	for _, use := range []func([]byte) error{m.findReference, m.line} {
		r, err := b.decoded(file, nil)
		if err != nil {
			return err
		}
		m.piece = piece{}
		front := frontMatter{}
		if err := b.lines(r, func(line []byte) error {
			lines := front.line(line)
			for _, l := range lines {
				if err := use(l); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
		for _, l := range front.unused() {
			if err := use(l); err != nil {
				return err
			}
		}
		b.text.Title, b.text.Date = front.title, parseDate(front.date)
	}
	if err := m.flush(); err != nil {
		return err
	}
	if b.text.Title == "" {
		b.text.Title = m.title
	}
	return nil
}

// markdownReader cuts a file into pieces, and adds the blocks of each.
type markdownReader struct {
	b          *builder
	parser     parser.Parser
	references map[string]parser.Reference // of the whole file: links may come before them
	piece
	tree  markdownTree
	title string
}

// piece is what is known of the lines that were read, as far as the next cut needs it.
type piece struct {
	text   []byte
	fence  fence
	raw    string // what ends the HTML block that is open, in lower case
	tag    string // what begins it
	blank  bool   // the last line was empty
	inList bool
	marks  int
	table  []byte // the head of the table that is open, and the line below it
	last   []byte // the last line, if it may be the head of a table
	wide   int    // columns of a wide table
}

// fence is an open fenced code block.
type fence struct {
	mark   string // "": none is open
	line   []byte // that opened it
	column int
}

// findReference keeps the definition of a link that is a line of its own.
func (m *markdownReader) findReference(line []byte) error {
	if m.code(line) || len(line) > 4*maxTarget {
		return nil
	}
	found := referenceLine.FindSubmatch(line)
	if found == nil {
		return nil
	}
	label := util.ToLinkReference(found[1])
	if _, known := m.references[label]; known || strings.TrimSpace(label) == "" {
		return nil
	}
	if len(m.references) >= m.b.limits.Parts {
		return fmt.Errorf("%w: more than %d links", ErrTooLarge, m.b.limits.Parts)
	}
	m.references[label] = parser.NewReference(bytes.Clone(found[1]), util.UnescapePunctuations(bytes.Clone(bytes.Trim(found[2], "<>"))), nil)
	return nil
}

var referenceLine = regexp.MustCompile(`^ {0,3}\[((?:[^\[\]\\]|\\.){1,999})\]:[ \t]*(<[^<>]*>|[^\s<]\S*)[ \t]*(?:"[^"]*"|'[^']*'|\([^()]*\))?[ \t]*$`)

// code follows the fenced code blocks and HTML blocks that a line opens or closes. It reports whether the line is within one.
func (p *piece) code(line []byte) bool {
	column, n := indentation(line)
	words := line[n:]
	if p.fence.mark != "" {
		if len(words) > 0 && column == 0 && p.inList && p.fence.column > 1 {
			p.fence = fence{} // the item ends in which it was
		} else {
			if end := bytes.TrimRight(words, " \t"); len(end) >= len(p.fence.mark) && len(bytes.Trim(end, p.fence.mark[:1])) == 0 {
				p.fence = fence{}
			}
			return true
		}
	}
	if p.raw != "" {
		if p.closed(line) {
			p.raw = ""
		}
		return true
	}
	if column > 3 && !p.inList {
		return false
	}
	if mark := fenceMark(words); mark != "" {
		p.fence = fence{mark: mark, line: bytes.Clone(line[:min(len(line), 1000)]), column: column}
		return true
	}
	if column > 3 || len(words) < 2 || words[0] != '<' {
		return false
	}
	start := strings.ToLower(string(words[:min(len(words), 10)]))
	for _, block := range [...][2]string{{"<!--", "-->"}, {"<?", "?>"}, {"<![cdata[", "]]>"}, {"<pre", "</pre>"}, {"<script", "</script>"},
		{"<style", "</style>"}, {"<textarea", "</textarea>"}} {
		if strings.HasPrefix(start, block[0]) {
			if p.raw, p.tag = block[1], block[0]; strings.HasSuffix(p.raw, ">") && p.raw[0] == '<' {
				p.tag += ">"
			}
			if p.closed(words[len(block[0]):]) {
				p.raw = ""
			}
			return true
		}
	}
	return false
}

func (p *piece) closed(line []byte) bool {
	return bytes.Contains(bytes.ToLower(line), []byte(p.raw))
}

// fenceMark returns the mark with which a line opens a fenced code block.
func fenceMark(words []byte) string {
	for _, c := range []byte{'`', '~'} {
		n := len(words) - len(bytes.TrimLeft(words, string(c)))
		if n >= 3 && (c == '~' || bytes.IndexByte(words[n:], '`') < 0) {
			return string(words[:n])
		}
	}
	return ""
}

// line adds a line to the piece, after ending it where it should end.
func (m *markdownReader) line(line []byte) error {
	wasCode := m.fence.mark != "" || m.raw != ""
	opener := m.fence.line
	if m.raw != "" {
		opener = []byte(m.tag)
	}
	if m.code(line) {
		if limit := codePiece; wasCode && len(m.text)+len(line) > limit {
			if err := m.flush(); err != nil {
				return err
			}
			m.text = append(append(m.text, opener...), '\n')
		}
		m.marks, m.table, m.last, m.blank, m.wide = 0, nil, nil, false, 0
		return m.add(line)
	}
	column, n := indentation(line)
	words := line[n:]
	if len(words) == 0 {
		m.marks, m.table, m.last, m.blank, m.wide = 0, nil, nil, true, 0
		if len(m.text) > mediumPiece && !m.inList {
			return m.flush()
		}
		return m.add(nil)
	}
	if column > maxIndentation {
		line = append(bytes.Repeat([]byte{' '}, maxIndentation), words...)
	}
	if nesting(line) > m.b.limits.Depth {
		return m.b.tooDeep()
	}
	marks := countMarks(line)
	if marks > maxLineMarks || len(line) > hardPiece {
		return m.wordsOnly(line)
	}
	item, _ := listMarker(words)
	heading := column == 0 && words[0] == '#'
	if m.blank && column == 0 {
		m.inList = false
	}
	if err := m.cut(line, column, item > 0, heading); err != nil {
		return err
	}
	m.inList = m.inList || item > 0 && column < 4
	if item > 0 || heading || m.table != nil {
		m.marks = 0
	}
	m.marks += marks + 1
	m.followTable(line)
	m.blank = false
	return m.add(line)
}

// cut ends the piece if it should end before a line.
func (m *markdownReader) cut(line []byte, column int, item, heading bool) error {
	size := len(m.text)
	paragraph := m.blank && column == 0 && !item
	row := m.table != nil && bytes.IndexByte(line, '|') >= 0
	wide := m.wide > 0 && 4*bytes.Count(line, []byte{'|'}) < m.wide
	switch {
	case size > softPiece && (heading || paragraph):
	case size > mediumPiece && (row || column == 0 && (item || m.blank)):
	case size+len(line) > hardPiece || m.marks > maxMarks || wide:
	default:
		return nil
	}
	head := m.table
	if err := m.flush(); err != nil {
		return err
	}
	m.marks = 0
	if row && !wide {
		m.text = append(m.text, head...)
	} else {
		m.table, m.last, m.wide = nil, nil, 0
	}
	return nil
}

// followTable notes the head of a table, for the piece that continues it.
func (m *markdownReader) followTable(line []byte) {
	if m.table != nil {
		return
	}
	if len(bytes.Trim(line, " \t>|:-+*")) == 0 {
		if columns := bytes.Count(line, []byte{'|'}); columns > wideTable {
			m.wide = columns
		}
		if m.last != nil && bytes.IndexByte(line, '-') >= 0 {
			m.table = bytes.Join([][]byte{m.last, line, nil}, []byte{'\n'})
		}
	}
	m.last = nil
	if bytes.IndexByte(line, '|') >= 0 && len(line) < 4096 {
		m.last = bytes.Clone(line)
	}
}

func (m *markdownReader) add(line []byte) error {
	m.text = append(append(m.text, line...), '\n')
	return nil
}

// wordsOnly adds a line as a paragraph, without looking for what its characters mean.
func (m *markdownReader) wordsOnly(line []byte) error {
	if err := m.flush(); err != nil {
		return err
	}
	m.piece = piece{text: m.text}
	var words flow
	words.add(line)
	return m.b.block(Paragraph, 0, words.parts()...)
}

// flush parses the piece and adds its blocks.
func (m *markdownReader) flush() error {
	err := m.parse(m.text)
	m.text = m.text[:0]
	return err
}

// countMarks counts the characters at which the parser looks for pairs.
func countMarks(line []byte) int {
	n := 0
	for _, c := range line {
		switch c {
		case '[', '*', '_', '~', '`', '<':
			n++
		}
	}
	return n
}

// nesting counts the block quotes and items that a line begins or continues.
func nesting(line []byte) int {
	if len(bytes.Trim(line, " \t*")) == 0 || len(bytes.Trim(line, " \t-")) == 0 || len(bytes.Trim(line, " \t_")) == 0 {
		return 0 // a line across the page
	}
	for n := 0; ; n++ {
		line = bytes.TrimLeft(line, " \t")
		item, _ := listMarker(line)
		switch {
		case item > 0:
			line = line[item:]
		case len(line) > 0 && line[0] == '>':
			line = line[1:]
		default:
			return n
		}
	}
}

// frontMatter reads the lines before a text that describe it: between two lines of --- (as YAML) or of +++ (as TOML).
type frontMatter struct {
	rule        string
	begun, over bool
	kept        [][]byte // lines that are given back if the front matter never ends
	title, date string
}

// maxFrontMatter is the number of lines that front matter may have.
const maxFrontMatter = 500

// line returns the lines of the text that are known to be such.
func (f *frontMatter) line(line []byte) [][]byte {
	switch words := strings.TrimRight(strings.TrimPrefix(string(line[:min(len(line), 1000)]), "\uFEFF"), " \t"); {
	case f.over:
		return [][]byte{line}
	case !f.begun:
		if f.begun = true; words != "---" && words != "+++" {
			f.over = true
			return [][]byte{line}
		}
		f.rule = words
	case words == f.rule || f.rule == "---" && words == "...":
		f.over, f.kept = true, nil
		return nil
	case len(f.kept) >= maxFrontMatter || len(line) > 4096 || len(f.kept) == 1 && words == "":
		return append(f.unused(), line)
	default:
		f.describe(words)
	}
	f.kept = append(f.kept, bytes.Clone(line))
	return nil
}

// unused returns the lines of front matter that never ends. They are text.
func (f *frontMatter) unused() [][]byte {
	lines := f.kept
	f.over, f.kept = true, nil
	if len(lines) > 0 {
		f.title, f.date = "", ""
	}
	return lines
}

func (f *frontMatter) describe(line string) {
	separator := ":"
	if f.rule == "+++" {
		separator = "="
	}
	key, value, found := strings.Cut(line, separator)
	value = strings.TrimSpace(value)
	if !found {
		return
	}
	if len(value) > 1 && (value[0] == '"' || value[0] == '\'') && value[len(value)-1] == value[0] {
		value = strings.ReplaceAll(value[1:len(value)-1], `\"`, `"`)
	}
	switch strings.TrimRight(key, " ") {
	case "title":
		f.title = value
	case "date":
		f.date = value
	}
}
