package parse

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTarget is the length of the longest link target that is kept, in bytes. Longer ones are data and not addresses.
const maxTarget = 2048

// maxTitle is the length at which a title is cut, in bytes.
const maxTitle = 1000

// builder collects a text. Every reader writes through it, so that all texts are clean and within the limits.
type builder struct {
	ctx     context.Context
	limits  Limits
	body    bytes.Buffer
	text    Text
	page    int   // of the blocks that follow
	targets int   // bytes of all link targets
	broken  error // why the file could not be read further
}

func newBuilder(ctx context.Context, limits Limits) *builder {
	d := DefaultLimits
	for _, l := range []struct {
		limit *int
		usual int
	}{{&limits.Text, d.Text}, {&limits.Depth, d.Depth}, {&limits.Parts, d.Parts}} {
		if *l.limit <= 0 {
			*l.limit = l.usual
		}
	}
	if limits.Expanded <= 0 {
		limits.Expanded = d.Expanded
	}
	return &builder{ctx: ctx, limits: limits}
}

// part is a piece of a block: words, and where they link to.
type part struct {
	text   string
	target string // "": no link
}

// block adds a block, after an empty line. White space around it is left out, and so is a block without words. Code keeps the indentation of its
// first line.
func (b *builder) block(kind Kind, level int, parts ...part) error {
	if err := context.Cause(b.ctx); err != nil {
		return err
	}
	before, links := b.body.Len(), len(b.text.Links)
	if before > 0 {
		b.body.WriteString("\n\n")
	}
	start := b.body.Len()
	for _, p := range parts {
		text := clean(p.text)
		if b.body.Len() == start {
			text = trimStart(kind, text)
		}
		at := b.body.Len()
		b.body.WriteString(text)
		if err := b.link(p.target, at); err != nil {
			return err
		}
	}
	end := start + len(bytes.TrimRightFunc(b.body.Bytes()[start:], unicode.IsSpace))
	if end == start {
		b.body.Truncate(before)
		b.text.Links = b.text.Links[:links]
		return nil
	}
	b.body.Truncate(end)
	if end > b.limits.Text {
		return b.tooLong()
	}
	if len(b.text.Blocks) >= b.limits.Parts {
		return fmt.Errorf("%w: more than %d blocks", ErrTooLarge, b.limits.Parts)
	}
	b.text.Blocks = append(b.text.Blocks, Block{Kind: kind, Level: level, Page: b.page, Start: start, End: end})
	return nil
}

// link adds a link of the words from start to the end of the body, without the white space around them.
func (b *builder) link(target string, start int) error {
	if target == "" {
		return nil
	}
	words := b.body.Bytes()[start:]
	end := start + len(bytes.TrimRightFunc(words, unicode.IsSpace))
	start += len(words) - len(bytes.TrimLeftFunc(words, unicode.IsSpace))
	if target = address(target); start >= end || target == "" {
		return nil
	}
	if len(b.text.Links) >= b.limits.Parts {
		return fmt.Errorf("%w: more than %d links", ErrTooLarge, b.limits.Parts)
	}
	if b.targets += len(target); b.targets > b.limits.Text {
		return fmt.Errorf("%w: more than %d bytes of link targets", ErrTooLarge, b.limits.Text)
	}
	b.text.Links = append(b.text.Links, Link{Target: target, Start: start, End: end})
	return nil
}

// collects reports whether a reader may collect so many bytes for a block. White space and marks among them need not be in the text.
func (b *builder) collects(n int) error {
	if n > 2*b.limits.Text+1<<10 {
		return b.tooLong()
	}
	return nil
}

func (b *builder) tooLong() error {
	return fmt.Errorf("%w: more than %d bytes of text", ErrTooLarge, b.limits.Text)
}

// tooDeep is the error for content that is nested deeper than the limit.
func (b *builder) tooDeep() error {
	return fmt.Errorf("%w: more than %d levels of nesting", ErrTooLarge, b.limits.Depth)
}

// done returns the text. A file without words has none.
func (b *builder) done() (*Text, error) {
	if len(b.text.Blocks) == 0 {
		return nil, ErrNoText
	}
	b.text.Title = oneLine(b.text.Title, maxTitle)
	b.text.Body = b.body.String()
	return &b.text, nil
}

// oneLine returns a text in one line of at most max bytes.
func oneLine(s string, max int) string {
	s = strings.Join(strings.Fields(clean(s)), " ")
	if len(s) <= max {
		return s
	}
	for max > 0 && !utf8.RuneStart(s[max]) {
		max--
	}
	return strings.TrimSpace(s[:max])
}

// trimStart returns the text without the white space before it. Of code it removes whole lines only.
func trimStart(kind Kind, s string) string {
	words := strings.TrimLeftFunc(s, unicode.IsSpace)
	if kind != Code || words == "" {
		return words
	}
	return s[strings.LastIndexByte(s[:len(s)-len(words)], '\n')+1:]
}

// address returns the target of a link, "" for one that leads nowhere: scripts, and data in the place of an address.
func address(target string) string {
	target = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return -1
		}
		return r
	}, clean(target)))
	if len(target) > maxTarget {
		return ""
	}
	scheme, _, found := strings.Cut(target, ":")
	if found && (strings.EqualFold(scheme, "javascript") || strings.EqualFold(scheme, "data")) {
		return ""
	}
	return target
}

// clean returns a text as valid UTF-8, without control characters other than tab and newline.
func clean(s string) string {
	for i := 0; ; i++ {
		if i == len(s) {
			return s
		}
		if c := s[i]; c >= utf8.RuneSelf || c == 0x7F || c < ' ' && c != '\t' && c != '\n' {
			break
		}
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	if strings.Contains(s, "\r\n") {
		s = strings.ReplaceAll(s, "\r\n", "\n")
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\f' || r == '\v' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r == '\t' || r == '\n':
			return r
		case dropped(r):
			return -1
		}
		return r
	}, s)
}

// dropped reports whether a character is left out of texts: control characters, byte order marks and soft hyphens.
func dropped(r rune) bool { return unicode.IsControl(r) || r == '\uFEFF' || r == '\u00AD' }
