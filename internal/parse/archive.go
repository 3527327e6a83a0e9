package parse

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

const (
	// directoryLimit bounds the list of an archive's files, in bytes. Each file takes at least 46, and a few hundred in memory.
	directoryLimit = 16 << 20
	// tokenLimit bounds a tag or a run of characters of XML, in bytes: the decoder holds it all.
	tokenLimit = 8 << 20
)

// archive is a ZIP file. What its files expand to is counted as it is read, whatever their headers say, over all that are opened:
// it does not matter whether they overlap, or whether the same file is opened twice. Archives within it are not opened.
type archive struct {
	b     *builder
	files map[string]*zip.File
	left  int64 // bytes that may still be expanded
}

// openArchive reads the list of files. Names are compared without regard to case, as OPC says.
func openArchive(b *builder, file Source) (*archive, error) {
	metered := &meteredReaderAt{r: file, left: directoryLimit}
	r, err := zip.NewReader(metered, file.Size)
	if metered.left < 0 {
		return nil, fmt.Errorf("%w: the list of its files", ErrTooLarge)
	}
	// Names that lead out of a directory do no harm: nothing is written.
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("%w: not a ZIP archive", ErrDamaged)
	}
	metered.off = true
	if len(r.File) > b.limits.Parts {
		return nil, fmt.Errorf("%w: more than %d files", ErrTooLarge, b.limits.Parts)
	}
	a := &archive{b: b, files: make(map[string]*zip.File, len(r.File)), left: b.limits.Expanded}
	for _, f := range r.File {
		name := partName(f.Name)
		if _, twice := a.files[name]; !twice {
			a.files[name] = f
		}
	}
	return a, nil
}

// partName returns the form in which the names of an archive's files are compared.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

func (a *archive) has(name string) bool { return a.files[partName(name)] != nil }

// open returns the content of a file. The reader fails at the limit of what may be expanded.
func (a *archive) open(name string) (io.ReadCloser, error) {
	f := a.files[partName(name)]
	if f == nil {
		return nil, fmt.Errorf("%w: a file is missing in the archive", ErrDamaged)
	}
	if f.Flags&1 != 0 {
		return nil, ErrEncrypted
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: a file of the archive", ErrDamaged)
	}
	return &expanded{ReadCloser: r, archive: a}, nil
}

// expanded is a file of an archive. Its errors are those of this package.
type expanded struct {
	io.ReadCloser
	archive *archive
}

func (e *expanded) Read(p []byte) (int, error) {
	if err := context.Cause(e.archive.b.ctx); err != nil {
		return 0, err
	}
	n, err := e.ReadCloser.Read(p)
	e.archive.left -= int64(n)
	if e.archive.left < 0 {
		return 0, fmt.Errorf("%w: it expands to more than %d bytes", ErrTooLarge, e.archive.b.limits.Expanded)
	}
	if err != nil && err != io.EOF {
		err = fmt.Errorf("%w: a file of the archive", ErrDamaged)
	}
	return n, err
}

// meteredReaderAt fails when more than a number of bytes are read, until it is off.
type meteredReaderAt struct {
	r    io.ReaderAt
	left int64
	off  bool
}

func (m *meteredReaderAt) ReadAt(p []byte, at int64) (int, error) {
	if !m.off {
		if m.left -= int64(len(p)); m.left < 0 {
			return 0, ErrTooLarge
		}
	}
	return m.r.ReadAt(p, at)
}

// xmlReader reads the tokens of a document one after another. Entities are not expanded: one that XML does not define is an error.
type xmlReader struct {
	b     *builder
	d     *xml.Decoder
	in    *tokenReader
	depth int
	count int
}

// readXML calls each with the tokens of a file of the archive.
func (a *archive) readXML(name string, each func(*xmlReader, xml.Token) error) error {
	f, err := a.open(name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	x := newXMLReader(a.b, f)
	for {
		token, err := x.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := each(x, token); err != nil {
			return err
		}
	}
}

func newXMLReader(b *builder, r io.Reader) *xmlReader {
	in := newTokenReader(r)
	x := &xmlReader{b: b, d: xml.NewDecoder(in), in: in}
	x.d.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		if in.utf16 {
			return input, nil
		}
		encoding, err := htmlindex.Get(label)
		if err != nil {
			return nil, err
		}
		return &tokenReader{r: transform.NewReader(input, encoding.NewDecoder()), meter: in}, nil
	}
	return x
}

// next returns the next token, io.EOF after the last. It is valid until the next call.
func (x *xmlReader) next() (xml.Token, error) {
	x.in.used = 0
	if x.count++; x.count%1024 == 0 {
		if err := context.Cause(x.b.ctx); err != nil {
			return nil, err
		}
	}
	token, err := x.d.Token()
	if x.in.err != nil {
		return nil, x.in.err
	}
	if err == io.EOF {
		return nil, io.EOF
	}
	if err != nil {
		return nil, fmt.Errorf("%w: its XML is not well-formed", ErrDamaged)
	}
	switch token.(type) {
	case xml.StartElement:
		if x.depth++; x.depth > x.b.limits.Depth {
			return nil, fmt.Errorf("%w: more than %d nested elements", ErrTooLarge, x.b.limits.Depth)
		}
	case xml.EndElement:
		x.depth--
	}
	return token, nil
}

// skip reads to the end of the element that was begun last.
func (x *xmlReader) skip() error {
	for end := x.depth - 1; x.depth > end; {
		if _, err := x.next(); err != nil {
			return xmlEnd(err)
		}
	}
	return nil
}

// text returns the characters up to the end of the element that was begun last, of which at most limit bytes are kept.
func (x *xmlReader) text(limit int) (string, error) {
	var s strings.Builder
	for end := x.depth - 1; x.depth > end; {
		token, err := x.next()
		if err != nil {
			return "", xmlEnd(err)
		}
		if chars, is := token.(xml.CharData); is && s.Len() < limit {
			s.Write(chars[:min(len(chars), limit-s.Len())])
		}
	}
	return strings.TrimSpace(s.String()), nil
}

// xmlEnd returns the error of an element that does not end.
func xmlEnd(err error) error {
	if err == io.EOF {
		return fmt.Errorf("%w: its XML is not well-formed", ErrDamaged)
	}
	return err
}

// attribute returns the value of an attribute by its local name.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// tokenReader hands bytes to an XML decoder, and fails when a single token takes too many.
type tokenReader struct {
	r     io.Reader
	buf   [4096]byte
	have  []byte
	used  int
	err   error // other than io.EOF
	utf16 bool
	meter *tokenReader // counts instead of this one, if not nil
}

// newTokenReader returns a reader that turns UTF-16 with a byte order mark into UTF-8.
func newTokenReader(r io.Reader) *tokenReader {
	t := &tokenReader{r: r}
	n, err := io.ReadFull(r, t.buf[:2])
	t.have = t.buf[:n]
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		t.err = err
	}
	if bom := string(t.have); bom == "\xFE\xFF" || bom == "\xFF\xFE" {
		t.utf16 = true
		t.r = transform.NewReader(io.MultiReader(bytes.NewReader([]byte(bom)), r), unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder())
		t.have = nil
	}
	return t
}

func (t *tokenReader) ReadByte() (byte, error) {
	meter := t
	if t.meter != nil {
		meter = t.meter
	}
	if meter.err != nil {
		return 0, meter.err
	}
	if len(t.have) == 0 {
		n, err := io.ReadAtLeast(t.r, t.buf[:], 1)
		if err == io.EOF {
			return 0, io.EOF
		}
		if err != nil {
			meter.err = err
			return 0, err
		}
		t.have = t.buf[:n]
	}
	if meter.used++; meter.used > tokenLimit {
		meter.err = fmt.Errorf("%w: more than %d bytes without a tag", ErrTooLarge, tokenLimit)
		return 0, meter.err
	}
	c := t.have[0]
	t.have = t.have[1:]
	return c, nil
}

// Read is there because a decoder takes an io.Reader. It calls ReadByte where there is one.
func (t *tokenReader) Read(p []byte) (int, error) {
	for i := range p {
		c, err := t.ReadByte()
		if err != nil {
			return i, err
		}
		p[i] = c
	}
	return len(p), nil
}
