// Package parse reads the text of files: what they say, and how it is structured. It stores nothing and opens no network connection.
package parse

import (
	"context"
	"errors"
	"io"
	"time"
)

// Text is what a file says.
type Text struct {
	Title  string    // as the file names itself; "" if it does not
	Date   time.Time // when it says that it was written; zero if it does not say so
	Body   string    // valid UTF-8 without control characters other than tab and newline
	Blocks []Block   // the parts of Body, in their order; they do not overlap
	Links  []Link    // in the order of Start
}

// Block is a part of a text that belongs together.
type Block struct {
	Kind       Kind
	Level      int // of a heading: 1 is the highest
	Page       int // the first page on which it stands, from 1; 0 for files without pages
	Start, End int // bytes of Body, without the line breaks around it
}

// Kind is the kind of a block.
type Kind uint8

// The kinds of blocks. A list has one item a line, a table one row a line, its first line being the names of its columns if it has them.
const (
	Paragraph Kind = iota
	Heading
	List
	Table
	Code
	Quote
)

// Link is a link of a text.
type Link struct {
	Target     string // as it is written: a URL, a relative path, or "#" and a fragment
	Start, End int    // bytes of Body: the words of the link
}

// Source is the content of a file. All of it may be read more than once.
type Source struct {
	io.ReaderAt
	Size int64
}

// Limits bound what reading a file may cost. Zero values are replaced by those of DefaultLimits.
type Limits struct {
	Text     int   // bytes of Body
	Expanded int64 // bytes that compressed parts of the file may expand to, all together
	Depth    int   // of nested elements, lists and objects
	Parts    int   // of blocks, links, pages, and of files in an archive, each
}

// DefaultLimits keeps the memory that a file needs below 256 MB.
var DefaultLimits = Limits{Text: 32 << 20, Expanded: 128 << 20, Depth: 256, Parts: 200_000}

// The reasons for which a file has no text. Errors wrap one of them, and their text quotes nothing of the file.
var (
	ErrUnsupported = errors.New("unsupported format")
	ErrEncrypted   = errors.New("the file is encrypted")
	ErrNoText      = errors.New("the file has no text")
	ErrDamaged     = errors.New("the file is damaged")
	ErrTooLarge    = errors.New("the file is over a limit")
)

// Read returns the text of a file in a format, which Detect finds. It ends early with the cause of ctx.
func Read(ctx context.Context, format Format, file Source, limits Limits) (*Text, error) {
	read, known := readers[format]
	if !known {
		return nil, ErrUnsupported
	}
	b := newBuilder(ctx, limits)
	if err := read(b, file); err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return nil, cause
		}
		return nil, err
	}
	return b.done()
}
