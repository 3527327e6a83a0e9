package parse

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
)

// pdfFile builds a PDF. Object 1 is the catalogue, 2 the page tree.
type pdfFile struct {
	body    bytes.Buffer
	offsets []int
}

func newPDF() *pdfFile {
	f := &pdfFile{}
	f.body.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	return f
}

// object adds the next object and returns its number.
func (f *pdfFile) object(content string) int {
	f.offsets = append(f.offsets, f.body.Len())
	fmt.Fprintf(&f.body, "%d 0 obj\n%s\nendobj\n", len(f.offsets), content)
	return len(f.offsets)
}

// stream adds a stream that is compressed.
func (f *pdfFile) stream(dictionary string, content []byte) int {
	return f.deflated(dictionary, deflate(content))
}

func (f *pdfFile) deflated(dictionary string, content []byte) int {
	return f.object(fmt.Sprintf("<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", dictionary, len(content), content))
}

// bytes ends the file with its table of objects, and more entries for the trailer.
func (f *pdfFile) bytes(trailer string) []byte {
	start := f.body.Len()
	fmt.Fprintf(&f.body, "xref\n0 %d\n0000000000 65535 f \n", len(f.offsets)+1)
	for _, at := range f.offsets {
		fmt.Fprintf(&f.body, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&f.body, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(f.offsets)+1, trailer, start)
	return f.body.Bytes()
}

func deflate(content []byte) []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	_, _ = w.Write(content)
	_ = w.Close()
	return out.Bytes()
}

// deflateRepeated compresses a text that is repeated, without holding all of it.
func deflateRepeated(text string, times int) []byte {
	var out bytes.Buffer
	w, _ := zlib.NewWriterLevel(&out, zlib.BestSpeed)
	block := strings.Repeat(text, 1+(64<<10)/len(text))
	for left := times * len(text); left > 0; left -= len(block) {
		_, _ = w.Write([]byte(block[:min(left, len(block))]))
	}
	_ = w.Close()
	return out.Bytes()
}

// pdfOfPages makes a PDF with Helvetica as /F1 of one content stream a page.
func pdfOfPages(contents ...string) []byte {
	f := newPDF()
	f.object("<< /Type /Catalog /Pages 2 0 R >>")
	var kids strings.Builder
	for i := range contents {
		fmt.Fprintf(&kids, "%d 0 R ", 4+2*i)
	}
	f.object(fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> >>", len(contents), kids.String()))
	f.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	for i, content := range contents {
		f.object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /Contents %d 0 R >>", 5+2*i))
		f.stream("", []byte(content))
	}
	return f.bytes("")
}
