package parse

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// readPlain reads plain text. Empty lines separate its paragraphs. Headings and lists are told apart only where they are sure.
func readPlain(b *builder, file Source) error {
	r, err := b.decoded(file, nil)
	if err != nil {
		return err
	}
	p := &plainReader{b: b}
	if err := b.lines(r, p.line); err != nil {
		return err
	}
	return p.paragraph()
}

// plainReader collects the lines of a paragraph.
type plainReader struct {
	b      *builder
	text   []byte
	lines  []int // where the lines of text end
	mail   bool  // the text is that of a mail: it has quotes, and no headings
	quoted bool  // the paragraph is a quote
}

func (p *plainReader) line(line []byte) error {
	line = bytes.TrimRightFunc(line, unicode.IsSpace)
	if p.mail {
		quoted := len(line) > 0 && line[0] == '>'
		if quoted {
			line = bytes.TrimLeft(line, "> ")
		}
		if quoted != p.quoted {
			if err := p.paragraph(); err != nil {
				return err
			}
			p.quoted = quoted
		}
	}
	if len(line) == 0 || string(line) == "\uFEFF" {
		return p.paragraph()
	}
	if len(p.lines) > 0 {
		p.text = append(p.text, '\n')
	}
	p.text = append(p.text, line...)
	p.lines = append(p.lines, len(p.text))
	if err := p.b.collects(len(p.text)); err != nil {
		return err
	}
	if len(p.lines) == 2 && !p.mail {
		return p.underlined()
	}
	return nil
}

// at returns a line of the paragraph.
func (p *plainReader) at(i int) []byte {
	start := 0
	if i > 0 {
		start = p.lines[i-1] + 1
	}
	return p.text[start:p.lines[i]]
}

func (p *plainReader) reset() {
	p.text, p.lines = p.text[:0], p.lines[:0]
	if cap(p.text) > 1<<20 {
		p.text, p.lines = nil, nil
	}
}

// underlined takes the first two lines of a paragraph as a heading, if the second one underlines the first.
func (p *plainReader) underlined() error {
	words, rule := p.at(0), p.at(1)
	level := 0
	switch {
	case len(bytes.Trim(rule, "=")) == 0:
		level = 1
	case len(bytes.Trim(rule, "-")) == 0:
		level = 2
	}
	length := utf8.RuneCount(bytes.TrimSpace(words))
	if level == 0 || len(rule) < 3 || length > 100 || len(rule) < length/2 || len(rule) > 2*length+4 {
		return nil
	}
	if level == 1 && len(p.b.text.Blocks) == 0 {
		p.b.text.Title = string(words)
	}
	err := p.b.block(Heading, level, part{text: string(words)})
	p.reset()
	return err
}

// paragraph ends the paragraph.
func (p *plainReader) paragraph() error {
	if len(p.lines) == 0 {
		return nil
	}
	defer p.reset()
	if p.quoted {
		return p.b.block(Quote, 0, part{text: string(p.text)})
	}
	if len(p.lines) == 1 && !p.mail {
		if level := headingLevel(strings.TrimSpace(string(p.text))); level > 0 {
			return p.b.block(Heading, level, part{text: string(p.text)})
		}
	}
	if list := p.list(); list != nil {
		return p.b.block(List, 0, part{text: string(list)})
	}
	return p.b.block(Paragraph, 0, part{text: string(p.text)})
}

// list returns the paragraph as a list, one item a line. It is nil if the paragraph is no list: all lines begin an item or continue it with
// an indentation, and there are two items or more.
func (p *plainReader) list() []byte {
	if marker, _ := listMarker(bytes.TrimLeft(p.at(0), " \t")); marker == 0 {
		return nil
	}
	var out []byte
	var columns []int // the indentations of the item and of those above it
	items := 0
	for i := range p.lines {
		line := p.at(i)
		column, n := indentation(line)
		line = line[n:]
		marker, numbered := listMarker(line)
		if marker == 0 {
			if column <= columns[len(columns)-1] {
				return nil
			}
			out = append(append(out, ' '), line...)
			continue
		}
		items++
		for len(columns) > 0 && columns[len(columns)-1] >= column {
			columns = columns[:len(columns)-1]
		}
		columns = append(columns, column)
		out = append(out, lineOfList(len(columns)-1)...)
		if !numbered {
			line = bytes.TrimLeft(line[marker:], " \t")
		}
		out = append(out, line...)
	}
	if items < 2 {
		return nil
	}
	return out
}

var (
	numberedHeading = regexp.MustCompile(`^(\d{1,2})\.(?:\d(?:\.\d{1,2}){0,3})\.?\s+\p{Lu}`)
	namedHeading    = regexp.MustCompile(`^(?i:chapter|part|section|appendix|book|kapitel|teil|anhang|chapitre|capítulo)\s+(?:\d{1,3}|[IVXLC]{1,7}|[A-Z])(?:[.:]?$|[.:]?\s+[\p{Lu}—–-])`)
)

// headingLevel returns the level of a heading that is a paragraph of one line, 0 if it is not surely one: numbers as 2.1, words as Chapter 2, and
// capitals only.
func headingLevel(line string) int {
	length := utf8.RuneCountInString(line)
	last, _ := utf8.DecodeLastRuneInString(line)
	if length > 80 || strings.ContainsRune(",;:!?", last) {
		return 0
	}
	switch {
	case namedHeading.MatchString(line):
		return 1
	case last == '.':
		return 0
	case numberedHeading.MatchString(line):
		number, _, _ := strings.Cut(line, " ")
		return strings.Count(strings.TrimSuffix(number, "."), ".") + 1
	}
	capitals := 0
	for _, r := range line {
		switch {
		case unicode.IsUpper(r):
			capitals++
		case unicode.IsLetter(r) || strings.ContainsRune("|_=<>{}[]$@\\", r):
			return 0
		}
	}
	if first, _ := utf8.DecodeRuneInString(line); capitals < 4 || 2*capitals < length || !unicode.IsUpper(first) && !unicode.IsDigit(first) {
		return 0
	}
	return 1
}

// readCode reads source code of any language. A block ends at an empty line before a line without indentation, which begins the next declaration,
// or the comment before it.
func readCode(b *builder, file Source) error {
	r, err := b.decoded(file, nil)
	if err != nil {
		return err
	}
	c := &codeReader{b: b}
	if err := b.lines(r, c.line); err != nil {
		return err
	}
	return c.flush()
}

// longestString is the number of lines after which an open quote is taken as a mistake about where a string begins.
const longestString = 500

// codeReader collects the lines of a declaration.
type codeReader struct {
	b        *builder
	text     []byte
	empty    bool   // the line before was empty
	quote    string // the one that is open: a string of several lines has no declarations in it
	openedAt int    // lines since it was opened
}

func (c *codeReader) line(line []byte) error {
	line = bytes.TrimRightFunc(line, unicode.IsSpace)
	if len(line) == 0 {
		if c.empty = true; len(c.text) > 0 {
			c.text = append(c.text, '\n')
		}
		return c.b.collects(len(c.text))
	}
	if c.empty && c.quote == "" && begins(line) {
		if err := c.flush(); err != nil {
			return err
		}
	}
	c.empty = false
	c.strings(line)
	c.text = append(append(c.text, line...), '\n')
	return c.b.collects(len(c.text))
}

// begins reports whether a line can begin a declaration: it is not indented, and closes nothing.
func begins(line []byte) bool {
	r, _ := utf8.DecodeRune(line)
	if unicode.IsSpace(r) || strings.ContainsRune("})]", r) {
		return false
	}
	word, _, _ := bytes.Cut(line, []byte{' '})
	switch string(bytes.TrimRight(word, ":;(")) {
	case "end", "else", "elif", "elsif", "elseif", "except", "finally", "rescue", "ensure", "fi", "done", "esac", "endif", "#endif", "#else", "#elif":
		return false
	}
	return true
}

// strings follows the quotes of strings that go over several lines.
func (c *codeReader) strings(line []byte) {
	if c.quote != "" {
		if c.openedAt++; c.openedAt > longestString {
			c.quote = ""
		}
	}
	for _, quote := range []string{`"""`, `'''`, "`"} {
		if (c.quote == "" || c.quote == quote) && bytes.Count(line, []byte(quote))%2 == 1 {
			if c.quote == "" {
				c.quote, c.openedAt = quote, 0
			} else {
				c.quote = ""
			}
		}
	}
}

func (c *codeReader) flush() error {
	err := c.b.block(Code, 0, part{text: string(c.text)})
	if c.text = c.text[:0]; cap(c.text) > 1<<20 {
		c.text = nil
	}
	return err
}
