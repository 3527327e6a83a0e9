package parse

import (
	"bytes"
	"context"
	"io"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// contextReader is a reader that ends with the cause of the context of a builder.
type contextReader struct {
	b *builder
	r io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	err, n := context.Cause(c.b.ctx), 0
	if err == nil {
		n, err = c.r.Read(p[:min(len(p), 64<<10)])
	}
	if err != nil && err != io.EOF {
		c.b.broken = err
	}
	return n, err
}

// content reads the file from its start.
func (b *builder) content(file Source) io.Reader {
	return contextReader{b, io.NewSectionReader(file, 0, file.Size)}
}

// bufferOf is the size of a buffer for a file.
func bufferOf(file Source) int { return int(min(max(file.Size, 1<<10), 64<<10)) }

// bytesSeen counts the kinds of bytes of a file.
type bytesSeen struct {
	all, high, control, nul int64 // high: not ASCII; control: neither white space nor printable, NUL included
	utf8                    bool
}

// survey reads the whole file and counts its bytes.
func survey(r io.Reader, buffer []byte) (bytesSeen, error) {
	seen, kept := bytesSeen{utf8: true}, 0
	for {
		n, err := r.Read(buffer[kept:])
		for _, c := range buffer[kept : kept+n] {
			switch {
			case c >= utf8.RuneSelf:
				seen.high++
			case c == 0:
				seen.nul++
				seen.control++
			case c < ' ' && (c < '\t' || c > '\r') && c != 0x1B || c == 0x7F:
				seen.control++
			}
		}
		seen.all += int64(n)
		whole := buffer[:kept+n]
		if kept = 0; err == nil { // a character that the buffer cuts is judged with the next bytes
			kept = cut(whole)
		}
		seen.utf8 = seen.utf8 && utf8.Valid(whole[:len(whole)-kept])
		copy(buffer, whole[len(whole)-kept:])
		if err == io.EOF {
			return seen, nil
		}
		if err != nil {
			return seen, err
		}
	}
}

// cut returns how many of the last bytes begin a character that is not complete.
func cut(s []byte) int {
	for n := 1; n <= min(utf8.UTFMax-1, len(s)); n++ {
		if last := s[len(s)-n:]; utf8.RuneStart(last[0]) {
			if utf8.FullRune(last) {
				return 0
			}
			return n
		}
	}
	return 0
}

// byteOrderMark returns the encoding that the first bytes of a file name, nil if they name none.
func byteOrderMark(head []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		return unicode.UTF8BOM
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	}
	return nil
}

// decoded returns the file as UTF-8. A byte order mark decides, then UTF-8 if the whole file is valid UTF-8 (many files declare the encoding that
// they were converted from), then what declared finds in the first bytes, and Windows-1252 in the end. A file of other bytes than text is damaged.
func (b *builder) decoded(file Source, declared func(head []byte) encoding.Encoding) (io.Reader, error) {
	head := make([]byte, min(file.Size, 4096))
	if n, err := io.ReadFull(b.content(file), head); err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return nil, err
	} else if n < len(head) {
		head = head[:n]
	}
	if e := byteOrderMark(head); e != nil {
		r := transform.NewReader(b.content(file), e.NewDecoder())
		seen, err := survey(r, make([]byte, bufferOf(file)))
		if err != nil {
			return nil, err
		}
		return transform.NewReader(b.content(file), e.NewDecoder()), seen.binary()
	}
	seen, err := survey(b.content(file), make([]byte, bufferOf(file)))
	if err != nil {
		return nil, err
	}
	if err := seen.binary(); err != nil {
		return nil, err
	}
	e := encoding.Encoding(charmap.Windows1252)
	if declared != nil {
		e = declared(head)
	}
	if seen.utf8 && (seen.high > 0 || e == charmap.Windows1252) {
		return b.content(file), nil
	}
	return transform.NewReader(b.content(file), e.NewDecoder()), nil
}

// binary returns ErrDamaged for what cannot be text: many NULs, or control characters in every tenth place.
func (s bytesSeen) binary() error {
	if s.nul > 16 && s.nul > s.all/1000 || s.control > 2 && s.control > s.all/10 {
		return ErrDamaged
	}
	return nil
}

// declaredHTML returns the encoding that the meta elements of an HTML file declare, or a guess.
func declaredHTML(head []byte) encoding.Encoding {
	e, _, _ := charset.DetermineEncoding(head[:min(len(head), 1024)], "")
	return e
}
