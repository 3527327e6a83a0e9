package dump

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"unicode/utf8"
)

// lexer reads the tokens of an export through a buffer of fixed size, and sums what it has passed.
type lexer struct {
	r    io.Reader
	buf  []byte // its length is its size; [pos, end) was read and not yet taken
	pos  int
	end  int
	mark int // the start of the token that has to stay in the buffer, or -1
	err  error

	sum    hash.Hash
	summed int // what of the buffer is in sum already

	// Where the buffer begins.
	offset int64 // in the text
	line   int   // from 0
	column int   // from 0, in bytes

	passed  int // line ends of the text before counted
	counted int // a place in the buffer

	// A row may end where limit is, if that is not zero.
	limit int64
	text  []byte // the last text that was not in the buffer as it is
}

const bufferSize = 2 * maxLine

func newLexer(r io.Reader) *lexer {
	return &lexer{r: r, buf: make([]byte, bufferSize), mark: -1, sum: sha256.New()}
}

// fill reads more, and reports whether it did. Everything from the mark or the position on stays.
func (l *lexer) fill() bool {
	if l.err != nil {
		return false
	}
	if l.limit > 0 && l.offset+int64(l.pos) > l.limit {
		l.err = l.errLimit()
		return false
	}
	keep := l.pos
	if l.mark >= 0 {
		keep = l.mark
	}
	if keep == 0 && l.end == len(l.buf) {
		l.err = l.syntax("a name, a number or a comment of more than %d bytes", maxLine)
		return false
	}
	if keep > 0 {
		l.drop(keep)
	}
	for range 100 {
		n, err := l.r.Read(l.buf[l.end:])
		if n < 0 || n > len(l.buf)-l.end {
			l.err = errors.New("dump: read: the reader told of more than it was asked for")
			return false
		}
		l.end += n
		l.err = err
		if n > 0 {
			return true
		}
		if err != nil {
			return false
		}
	}
	l.err = io.ErrNoProgress
	return false
}

// drop forgets the first n bytes of the buffer.
func (l *lexer) drop(n int) {
	l.sumTo(n)
	l.countTo(n)
	l.counted -= n
	l.summed -= n
	gone := l.buf[:n]
	if lines := bytes.Count(gone, []byte{'\n'}); lines > 0 {
		l.line += lines
		l.column = n - 1 - bytes.LastIndexByte(gone, '\n')
	} else {
		l.column += n
	}
	l.offset += int64(n)
	l.end = copy(l.buf, l.buf[n:l.end])
	l.pos -= n
	if l.mark >= 0 {
		l.mark -= n
	}
}

// countTo counts the ends of lines before the place i of the buffer.
func (l *lexer) countTo(i int) {
	if i > l.counted {
		l.passed += bytes.Count(l.buf[l.counted:i], []byte{'\n'})
		l.counted = i
	}
}

// sumTo sums everything before the place i of the buffer.
func (l *lexer) sumTo(i int) {
	if l.sum != nil && i > l.summed {
		l.sum.Write(l.buf[l.summed:i])
		l.summed = i
	}
}

// peek returns the next byte without taking it, and 0 at the end.
func (l *lexer) peek() byte {
	if l.pos == l.end && !l.fill() {
		return 0
	}
	return l.buf[l.pos]
}

// take takes the byte that peek returned.
func (l *lexer) take() { l.pos++ }

// accept takes the next byte if it is c.
func (l *lexer) accept(c byte) bool {
	if l.peek() != c || l.pos == l.end {
		return false
	}
	l.pos++
	return true
}

// expect takes the next byte after space, which has to be c.
func (l *lexer) expect(c byte) error {
	if err := l.space(); err != nil {
		return err
	}
	if !l.accept(c) {
		return l.unexpected(fmt.Sprintf("%q", c))
	}
	return nil
}

// blank takes whitespace.
func (l *lexer) blank() {
	for {
		switch l.peek() {
		case ' ', '\t', '\n', '\r':
			l.pos++
		default:
			return
		}
	}
}

// space takes whitespace and comments.
func (l *lexer) space() error {
	for {
		if l.blank(); l.peek() != '-' || !l.isComment() {
			return nil
		}
		if _, err := l.comment(); err != nil {
			return err
		}
		l.mark = -1
	}
}

// isComment reports whether what begins with the minus that is next is a comment. A minus that is the last of
// the text is taken.
func (l *lexer) isComment() bool {
	l.mark = l.pos
	l.pos++
	comment := l.peek() == '-'
	if l.pos < l.end {
		l.pos = l.mark
	}
	l.mark = -1
	return comment
}

// comment takes a comment up to the end of its line, and returns it. It leaves its start marked; the comment is
// valid until something else is read without the mark.
func (l *lexer) comment() ([]byte, error) {
	l.mark = l.pos
	for {
		if i := bytes.IndexByte(l.buf[l.pos:l.end], '\n'); i >= 0 {
			l.pos += i
			break
		}
		l.pos = l.end
		if !l.fill() {
			if l.err != io.EOF {
				return nil, l.failure()
			}
			break
		}
	}
	line := bytes.TrimSuffix(l.buf[l.mark:l.pos], []byte{'\r'})
	if l.pos < l.end {
		l.pos++
	} else {
		line = l.buf[l.mark:l.pos]
	}
	if len(line) > maxLine {
		return nil, l.syntaxAt(l.mark, fmt.Sprintf("a comment of more than %d bytes", maxLine))
	}
	// SurrealDB ends a comment at more than a newline: what follows must not be a comment here and a statement
	// there.
	for i := 0; i < len(line); {
		r, size := rune(line[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(line[i:])
		}
		if r < 0x20 && r != '\t' || r == 0x7f || r >= utf8.RuneSelf && isHidden(r) || r == utf8.RuneError && size == 1 {
			if l.err == io.EOF && l.pos == l.end {
				break
			}
			return nil, l.syntaxAt(l.mark+i, "a control character in a comment")
		}
		i += size
	}
	return line, nil
}

// word takes letters, digits and underscores, as many as there are. They are valid until the next is taken.
func (l *lexer) word() []byte {
	return l.run(isWord)
}

// run takes bytes as long as they are of a class. They are valid until the next is taken.
func (l *lexer) run(class func(byte) bool) []byte {
	l.mark = l.pos
	for {
		i := l.pos
		for i < l.end && class(l.buf[i]) {
			i++
		}
		l.pos = i
		if i < l.end || !l.fill() {
			break
		}
	}
	from := l.mark
	l.mark = -1
	return l.buf[from:l.pos]
}

// quoted takes a text up to the quote that ends it; the one that begins it was taken. The text is UTF-8, and
// valid until the next is taken.
func (l *lexer) quoted(quote byte) ([]byte, error) {
	text, err := l.unquoted(quote)
	if err == nil && !utf8.Valid(text) {
		err = l.syntax("text that is not UTF-8")
	}
	return text, err
}

func (l *lexer) unquoted(quote byte) ([]byte, error) {
	rest := l.buf[l.pos:l.end]
	if i := bytes.IndexByte(rest, quote); i >= 0 && bytes.IndexByte(rest[:i], '\\') < 0 {
		l.pos += i + 1
		return rest[:i], nil
	}
	l.text = l.text[:0]
	for {
		i := l.pos
		for i < l.end && l.buf[i] != quote && l.buf[i] != '\\' {
			i++
		}
		l.text = append(l.text, l.buf[l.pos:i]...)
		l.pos = i
		switch {
		case i == l.end:
			if !l.fill() {
				return nil, l.failure()
			}
		case l.buf[i] == quote:
			l.pos++
			return l.text, nil
		default:
			if err := l.escape(); err != nil {
				return nil, err
			}
		}
	}
}

// escape takes an escape and appends what it stands for to the text.
func (l *lexer) escape() error {
	l.pos++
	c := l.peek()
	switch c {
	case '\\', '\'', '"', '`':
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case '0':
		c = 0
	case 'u':
		l.pos++
		return l.codePoint()
	default:
		return l.unexpected("an escape")
	}
	l.pos++
	l.text = append(l.text, c)
	return nil
}

// codePoint takes four hexadecimal digits, or up to six in braces.
func (l *lexer) codePoint() error {
	braces, digits, r := l.accept('{'), 0, rune(0)
	for ; digits < 6 && (braces || digits < 4); digits++ {
		c := l.peek()
		switch {
		case isDigit(c):
			r = r<<4 | rune(c-'0')
		case (c|0x20)-'a' < 6:
			r = r<<4 | rune((c|0x20)-'a'+10)
		default:
			if braces && digits > 0 && c == '}' {
				l.pos++
				return l.appendRune(r)
			}
			return l.unexpected("a hexadecimal digit")
		}
		l.pos++
	}
	if braces && !l.accept('}') {
		return l.unexpected("'}'")
	}
	return l.appendRune(r)
}

func (l *lexer) appendRune(r rune) error {
	if !utf8.ValidRune(r) {
		return l.syntax("an escape for what is no character")
	}
	l.text = utf8.AppendRune(l.text, r)
	return nil
}

// here is the place in the text that is read next.
func (l *lexer) here() int64 { return l.offset + int64(l.pos) }

// failure is the error when there is nothing more to read.
func (l *lexer) failure() error {
	var syntax *SyntaxError
	switch {
	case l.err == io.EOF:
		return ErrTruncated
	case errors.As(l.err, &syntax):
		return l.err
	}
	return fmt.Errorf("dump: read: %w", l.err)
}

// blame is the error for err: where the text ends, in the middle of a word perhaps, that is the cause.
func (l *lexer) blame(err error) error {
	var syntax *SyntaxError
	if errors.As(err, &syntax) && l.pos == l.end && !l.fill() {
		return l.failure()
	}
	return err
}

// unexpected is the error for what is next, where something else belongs.
func (l *lexer) unexpected(want string) error {
	if l.peek(); l.pos == l.end {
		return l.failure()
	}
	return l.syntax("found %q where %s belongs", l.buf[l.pos], want)
}

func (l *lexer) errLimit() error { return l.syntax("a row of too many bytes") }

// syntax is an error at what is read next.
func (l *lexer) syntax(format string, args ...any) error {
	return l.syntaxAt(l.pos, fmt.Sprintf(format, args...))
}

func (l *lexer) syntaxAt(i int, msg string) *SyntaxError {
	before := l.buf[:i]
	if lines := bytes.Count(before, []byte{'\n'}); lines > 0 {
		return &SyntaxError{l.line + lines + 1, i - bytes.LastIndexByte(before, '\n'), msg}
	}
	return &SyntaxError{l.line + 1, l.column + i + 1, msg}
}
