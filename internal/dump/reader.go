package dump

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"strconv"

	"github.com/fxamacker/cbor/v2"
)

// Limits bound what a Reader takes. The zero value takes no table.
type Limits struct {
	// Tables are the tables that may be there, with their kinds.
	Tables map[string]Kind
	// RowBytes is how long one row may be as text. Zero means 16 MiB.
	RowBytes int
	// Nesting is how many arrays and objects may be within each other, the row included. Zero means 64, which
	// is also the most.
	Nesting int
}

const defaultRowBytes = 16 << 20

// Batch is some rows of one table, in their order.
type Batch struct {
	Table string
	Kind  Kind
	// Rows are the CBOR of one object each, as SurrealDB takes it for a parameter. They share memory with each
	// other, not with the Reader.
	Rows []cbor.RawMessage
	// Lines are where the rows begin in the text, from 1.
	Lines []int
}

// Reader reads an export. It takes nothing but what a Writer writes: comments, OPTION IMPORT, and INSERT of
// literals into the tables that it was told of. Between them it takes any whitespace, comments of its own and
// commas before a closing bracket, for text either quotes, and for keys quotes or backticks. Whatever else is
// in the file is a *SyntaxError; nothing of it is ever run. It is not safe for concurrent use.
//
// The trailer comes last, so Next hands out rows before it knows that the export is whole. Who stores them has
// to be able to take them back until Next has returned io.EOF.
type Reader struct {
	parser   parser
	rowBytes int64
	tables   map[string]Kind
	header   Header
	counts   counts

	open    Batch // the statement that is being read: its table is empty between statements
	option  bool  // OPTION IMPORT was there
	inserts bool  // an INSERT was there
	err     error
}

// NewReader reads the header. It holds a buffer of constant size, and a batch while Next makes it: up to 1 MiB
// and one row. Errors are as those of Next, and ErrNotExport and *FormatError.
func NewReader(r io.Reader, limits Limits) (*Reader, error) {
	if limits.RowBytes < 0 || limits.Nesting < 0 || limits.Nesting > maxNesting {
		return nil, fmt.Errorf("dump: limits of %d bytes and %d levels", limits.RowBytes, limits.Nesting)
	}
	if limits.RowBytes == 0 {
		limits.RowBytes = defaultRowBytes
	}
	if limits.Nesting == 0 {
		limits.Nesting = maxNesting
	}
	reader := &Reader{
		parser:   parser{lexer: newLexer(r), nesting: limits.Nesting},
		rowBytes: int64(limits.RowBytes),
		tables:   maps.Clone(limits.Tables),
	}
	if err := reader.readHeader(); err != nil {
		return nil, reader.parser.blame(err)
	}
	return reader, nil
}

// Header returns the header.
func (r *Reader) Header() Header { return r.header }

// Next returns the next rows, at least one. It returns io.EOF once the trailer was read and agrees with the
// rest. Its other errors are a *SyntaxError, ErrTruncated, ErrAltered, or of the reader below; it returns them
// again when it is called again.
func (r *Reader) Next() (Batch, error) {
	if r.err != nil {
		return Batch{}, r.err
	}
	b, err := r.next()
	if err != nil {
		r.err = r.parser.blame(err)
		return Batch{}, r.err
	}
	r.counts.add(b.Table, len(b.Rows))
	return b, nil
}

func (r *Reader) next() (Batch, error) {
	for {
		if r.open.Table == "" {
			if err := r.statement(); err != nil {
				return Batch{}, err
			}
			if r.open.Table == "" {
				continue
			}
		}
		b, err := r.batch()
		if err != nil || len(b.Rows) > 0 {
			return b, err
		}
	}
}

// statement reads up to the rows of an INSERT, which is then open, or one whole comment or OPTION IMPORT, or
// the trailer.
func (r *Reader) statement() error {
	p := &r.parser
	p.blank()
	if p.peek() == '-' && p.isComment() {
		line, err := p.comment()
		if err != nil {
			return err
		}
		if string(line) == trailerLine {
			return r.trailer()
		}
		p.mark = -1
		return nil
	}
	switch word := p.word(); {
	case equalFold(word, "option"):
		return r.optionImport()
	case equalFold(word, "insert"):
		return r.insert()
	case len(word) > 0:
		return p.syntaxAt(p.pos-len(word), fmt.Sprintf("%q is not a statement of an export", clip(word)))
	}
	return p.unexpected("a statement")
}

func (r *Reader) optionImport() error {
	p := &r.parser
	if r.option || r.inserts {
		return p.syntax("OPTION in another place than the beginning")
	}
	r.option = true
	if err := p.space(); err != nil {
		return err
	}
	if word := p.word(); !equalFold(word, "import") {
		return p.syntax("an OPTION other than IMPORT")
	}
	return p.expect(';')
}

func (r *Reader) insert() error {
	p := &r.parser
	r.inserts = true
	kind := Normal
	if err := p.space(); err != nil {
		return err
	}
	word := p.word()
	if equalFold(word, "relation") {
		kind = Relation
		if err := p.space(); err != nil {
			return err
		}
		word = p.word()
	}
	if !equalFold(word, "into") {
		return p.syntax("INSERT without INTO")
	}
	if err := p.space(); err != nil {
		return err
	}
	var name []byte
	if p.accept('`') {
		quoted, err := p.quoted('`')
		if err != nil {
			return err
		}
		name = quoted
	} else {
		name = p.word()
	}
	table := string(name)
	if want, known := r.tables[table]; !known {
		return p.syntax("a table that does not belong: %q", clip(name))
	} else if want != kind {
		return p.syntax("an INSERT of a table of the other kind: %s is %s", table, want)
	}
	if err := p.expect('['); err != nil {
		return err
	}
	r.open = Batch{Table: table, Kind: kind}
	return nil
}

// batch reads rows of the statement that is open, and its end if that comes.
func (r *Reader) batch() (Batch, error) {
	p := &r.parser
	// The rows of a batch share one buffer, which they leave the parser with: this one is about as long as the
	// last was.
	p.out = make([]byte, 0, len(p.out)+len(p.out)/8)
	b, ends := r.open, make([]int, 0, maxRows)
	for len(ends) < maxRows && len(p.out) < maxStatement {
		if err := p.space(); err != nil {
			return Batch{}, err
		}
		last := p.accept(']')
		if !last {
			start := p.here()
			p.countTo(p.pos)
			b.Lines = append(b.Lines, p.passed+1)
			p.limit = start + r.rowBytes
			if err := p.row(b.Table, b.Kind); err != nil {
				return Batch{}, err
			}
			if p.here() > p.limit {
				return Batch{}, p.errLimit()
			}
			p.limit = 0
			ends = append(ends, len(p.out))
			var err error
			if last, err = p.last(']'); err != nil {
				return Batch{}, err
			}
		}
		if last {
			if err := p.expect(';'); err != nil {
				return Batch{}, err
			}
			r.open = Batch{}
			break
		}
	}
	b.Rows = make([]cbor.RawMessage, len(ends))
	start := 0
	for i, end := range ends {
		b.Rows[i] = p.out[start:end:end]
		start = end
	}
	return b, nil
}

// readHeader reads the comments at the beginning.
func (r *Reader) readHeader() error {
	p := &r.parser
	for i := range len(firstLine) {
		if c := p.peek(); c != firstLine[i] {
			if p.pos == p.end {
				return p.failure()
			}
			return ErrNotExport
		}
		p.take()
	}
	if p.accept('\r'); !p.accept('\n') {
		if p.peek(); p.pos == p.end {
			return p.failure()
		}
		return ErrNotExport
	}
	seen := map[string]bool{}
	for p.peek() == '-' && p.isComment() {
		line, err := p.comment()
		if err != nil {
			return err
		}
		if p.pos == p.end && p.err != nil {
			return p.failure() // the line may have been longer
		}
		if string(line) == trailerLine {
			p.pos = p.mark
			break
		}
		name, value, _ := bytes.Cut(bytes.TrimPrefix(line, []byte("-- ")), []byte(": "))
		if len(seen) == 0 && string(name) != "format" {
			break
		}
		if err := r.headerField(seen, string(name), value); err != nil {
			return err
		}
		p.mark = -1
	}
	p.mark = -1
	if p.peek(); p.pos == p.end {
		return p.failure()
	}
	if len(seen) == 0 {
		return p.syntax("a header without its format")
	}
	return nil
}

// headerField reads a field of the header and notes that it was seen. A comment that is not a field of this format
// is passed over.
func (r *Reader) headerField(seen map[string]bool, name string, value []byte) error {
	ok := true
	switch name {
	case "format":
		r.header.Format, ok = parseVersion(value)
		if ok && r.header.Format > Format {
			return &FormatError{r.header.Format}
		}
		ok = ok && r.header.Format > 0
	case "schema":
		r.header.Schema, ok = parseVersion(value)
	case "exported":
		r.header.Exported, ok = parseDatetime(value)
	case "library":
		r.header.Library, ok = parseText(value)
	case "context":
		r.header.Context, ok = parseText(value)
	case "description":
		r.header.Description, ok = parseText(value)
	default:
		return nil
	}
	if !ok || seen[name] {
		return r.parser.syntaxAt(r.parser.mark, "not the one valid "+name+" of a header")
	}
	seen[name] = true
	return nil
}

func parseVersion(b []byte) (int, bool) {
	n, err := strconv.ParseUint(string(b), 10, 31)
	return int(n), err == nil
}

// parseText reads a text of the header.
func parseText(b []byte) (string, bool) {
	l := lexer{buf: b, end: len(b), mark: -1, err: io.EOF}
	if !l.accept('"') {
		return "", false
	}
	text, err := l.quoted('"')
	return string(text), err == nil && l.pos == l.end
}

// trailer reads the rest of the trailer, whose first line was taken, and returns io.EOF if all is well.
func (r *Reader) trailer() error {
	p := &r.parser
	var told []byte
	for {
		p.mark = -1
		if c := p.peek(); c != '-' {
			return p.unexpected("the sum")
		}
		line, err := p.comment()
		if err != nil {
			return err
		}
		switch {
		case bytes.HasPrefix(line, []byte(rowsPrefix)) && len(told) <= maxLine*(1+len(r.tables)):
			told = append(append(told, line...), '\n')
		case bytes.HasPrefix(line, []byte(sumPrefix)):
			return r.finish(line[len(sumPrefix):], told)
		case p.pos == p.end && p.err == io.EOF:
			return ErrTruncated
		default:
			return p.syntaxAt(p.mark, "a trailer that has something else than counts and the sum")
		}
	}
}

// finish compares the sum and the counts that were told with what was read.
func (r *Reader) finish(sum, told []byte) error {
	p := &r.parser
	p.sumTo(p.mark)
	p.mark = -1
	got, want := p.sum.Sum(nil), string(sum)
	cut := p.buf[p.pos-1] != '\n' && len(want) < hex.EncodedLen(len(got))
	if p.blank(); p.pos != p.end {
		return p.syntax("text after the end")
	}
	if p.err != io.EOF {
		return p.failure()
	}
	if cut {
		return ErrTruncated
	}
	if want != hex.EncodeToString(got) {
		return fmt.Errorf("%w: its sum is %x", ErrAltered, got)
	}
	if want := r.counts.append(nil); !bytes.Equal(told, want) {
		return fmt.Errorf("%w: its rows are not as many as it tells", ErrAltered)
	}
	return io.EOF
}
