package parse

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// lines calls use with each line of a text, without its line break. The line is valid until use returns.
func (b *builder) lines(r io.Reader, use func(line []byte) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(nil, max(2*b.limits.Text, 64<<10))
	s.Split((&splitter{}).split)
	for s.Scan() {
		if err := use(s.Bytes()); err != nil {
			return err
		}
	}
	if errors.Is(s.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("%w: a line of more than %d bytes", ErrTooLarge, b.limits.Text)
	}
	return s.Err()
}

// splitter ends lines at "\n", "\r\n" and "\r".
type splitter struct {
	seen int // bytes of the line that were searched before
}

func (l *splitter) split(data []byte, atEOF bool) (int, []byte, error) {
	searched := l.seen
	l.seen = 0
	if searched < len(data) {
		end := bytes.IndexByte(data[searched:], '\n')
		first := data[searched:]
		if end >= 0 {
			first = first[:end]
		}
		cr := bytes.IndexByte(first, '\r')
		if cr < 0 && end >= 0 {
			return searched + end + 1, data[:searched+end], nil
		}
		switch cr += searched; {
		case cr < searched:
		case cr+1 < len(data) && data[cr+1] == '\n':
			return cr + 2, data[:cr], nil
		case cr+1 < len(data) || atEOF:
			return cr + 1, data[:cr], nil
		default: // a "\n" may follow
			l.seen = cr
			return 0, nil, nil
		}
	}
	if atEOF && len(data) > 0 {
		return len(data), data, nil
	}
	l.seen = len(data)
	return 0, nil, nil
}

// indentation returns the columns of white space before a line, tabs reaching to the next multiple of four, and its bytes.
func indentation(line []byte) (columns, bytes int) {
	for _, c := range line {
		switch c {
		case ' ':
			columns++
		case '\t':
			columns += 4 - columns%4
		default:
			return columns, bytes
		}
		bytes++
	}
	return columns, bytes
}

// listMarker returns the bytes of the marker with which a line begins: a bullet, or a number with "." or ")", and the space after it. It is 0 if
// the line begins no item. A number is a part of what the item says, a bullet is not.
func listMarker(line []byte) (length int, numbered bool) {
	n := 0
	for n < len(line) && n < 9 && line[n] >= '0' && line[n] <= '9' {
		n++
	}
	switch {
	case n > 0 && n < len(line) && (line[n] == '.' || line[n] == ')'):
		n, numbered = n+1, true
	case n > 0 || len(line) == 0:
		return 0, false
	case line[0] == '-' || line[0] == '*' || line[0] == '+':
		n = 1
	case bytes.HasPrefix(line, []byte("•")):
		n = len("•")
	default:
		return 0, false
	}
	if n >= len(line) || line[n] != ' ' && line[n] != '\t' {
		return 0, false
	}
	return n + 1, numbered
}
