package parse

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func sourceOf(data []byte) Source { return Source{bytes.NewReader(data), int64(len(data))} }

// onePage makes a PDF of a page whose content is compressed already.
func onePage(content []byte) []byte {
	f := newPDF()
	f.object("<< /Type /Catalog /Pages 2 0 R >>")
	f.object("<< /Type /Pages /Count 1 /Kids [4 0 R] /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> >>")
	f.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	f.object("<< /Type /Page /Parent 2 0 R /Contents 5 0 R >>")
	f.deflated("", content)
	return f.bytes("")
}

// hostilePDFs are files that ask for more than they should get.
func hostilePDFs() map[string][]byte {
	files := map[string][]byte{
		"empty":              {},
		"header only":        []byte("%PDF-1.7\n"),
		"content of zeros":   onePage(deflateRepeated("\x00", 200<<20)),
		"content of text":    onePage(deflateRepeated("BT /F1 12 Tf (hello world) Tj ET\n", 1<<20)),
		"one long string":    onePage(deflate([]byte("BT /F1 12 Tf (" + strings.Repeat("a", 1<<20) + ") Tj ET"))),
		"nested arrays":      pdfOfPages("BT /F1 12 Tf " + strings.Repeat("[", 1_000_000) + strings.Repeat("]", 1_000_000) + " TJ ET"),
		"nested saves":       pdfOfPages(strings.Repeat("q ", 500_000) + "BT /F1 12 Tf (a) Tj ET"),
		"filters on filters": onePage(deflate(deflate(deflate(deflateRepeated("\x00", 64<<20))))),
	}
	f := newPDF()
	f.object("<< /Type /Catalog /Pages 2 0 R >>")
	f.object("<< /Type /Pages /Count 3 /Kids [2 0 R 3 0 R 2 0 R] >>")
	f.object("<< /Type /Pages /Count 2 /Parent 2 0 R /Kids [2 0 R 3 0 R] >>")
	files["loop of pages"] = f.bytes("")

	f = newPDF()
	f.object("<< /Type /Catalog /Pages 2 0 R >>")
	f.object("<< /Type /Pages /Count 2000000000 /Kids [3 0 R] >>")
	f.object("<< /Type /Page /Parent 2 0 R >>")
	files["count of pages"] = f.bytes("")

	f = newPDF()
	f.object("<< /Type /Catalog /Pages 2 0 R >>")
	f.object("<< /Type /Pages /Count 1 /Kids [3 0 R] >>")
	f.object("<< /Type /Page /Parent 2 0 R >>")
	files["loop of tables"] = f.bytes(fmt.Sprintf("/Prev %d", f.body.Len()))

	f = newPDF()
	f.object("<< /Type /Catalog /Pages 2 0 R /A " + strings.Repeat("[", 50_000) + strings.Repeat("]", 50_000) + " >>")
	f.object("<< /Type /Pages /Count 0 /Kids [] >>")
	files["nested objects"] = f.bytes("")

	f = newPDF()
	f.object("<< /Type /Catalog /Pages 2 0 R >>")
	f.object("<< /Type /Pages /Count 1 /Kids [7 0 R] >>")
	f.deflated("/Type /ObjStm /N 100000 /First 10", deflateRepeated("7 0 ", 10<<20))
	f.body.WriteString("4 0 obj << /Type /XRef /Size 8 /W [1 2 1] /Root 1 0 R /Length 32 >>\nstream\n" +
		"\x00\x00\x00\x00\x01\x00\x0F\x00\x01\x00\x40\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x03\x00\nendstream endobj\n")
	files["object stream"] = f.bytes("")

	files["tower of forms"] = towerOfForms(24, 10)
	return files
}

// towerOfForms makes a page that draws text of forms that draw forms: wide to the power of high times.
func towerOfForms(high, wide int) []byte {
	f := newPDF()
	f.object("<< /Type /Catalog /Pages 2 0 R >>")
	f.object("<< /Type /Pages /Count 1 /Kids [3 0 R] >>")
	f.object("<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 6 0 R >> >> >>")
	f.stream("", []byte("/X Do"))
	f.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	for i := range high {
		f.stream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 900 900] /Resources << /XObject << /X %d 0 R >> >>", 7+i), []byte(strings.Repeat("/X Do ", wide)))
	}
	f.stream("/Type /XObject /Subtype /Form /BBox [0 0 900 900] /Resources << /Font << /F1 5 0 R >> >>", []byte("BT /F1 12 Tf (hi) Tj ET"))
	return f.bytes("")
}

// mapped returns the memory that the process has ever taken from the system.
func mapped() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// growth returns how much memory the process takes from the system while f runs.
func growth(f func()) uint64 {
	before := mapped()
	f()
	return mapped() - before
}

func TestPDFStaysWithinItsLimits(t *testing.T) {
	// Compiling takes more than any file may.
	_, err := Read(t.Context(), PDF, sourceOf(pdfOfPages("BT /F1 12 Tf (a) Tj ET")), Limits{})
	require.NoError(t, err)
	for name, data := range hostilePDFs() {
		t.Run(name, func(t *testing.T) {
			var err error
			grown := growth(func() { _, err = Read(t.Context(), PDF, sourceOf(data), Limits{}) })
			if grown > 256<<20 {
				t.Errorf("took %d MB", grown>>20)
			}
			if err != nil && !known(err) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// known reports whether an error is one that reading may have.
func known(err error) bool {
	for _, reason := range []error{ErrDamaged, ErrTooLarge, ErrNoText, ErrEncrypted, ErrUnsupported} {
		if errors.Is(err, reason) {
			return true
		}
	}
	return false
}

func TestPDFThatIsCutOff(t *testing.T) {
	for _, name := range []string{"weasyprint.pdf", "object-streams.pdf"} {
		data := testFile(t, name)
		for i := range 20 {
			if _, err := Read(t.Context(), PDF, sourceOf(data[:len(data)*i/20]), Limits{}); err != nil && !known(err) {
				t.Errorf("%s cut at %d/20: %v", name, i, err)
			}
		}
	}
}

func TestPDFWithFlippedBytes(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, name := range []string{"cairo.pdf", "reportlab.pdf", "object-streams.pdf"} {
		for range 20 {
			data := bytes.Clone(testFile(t, name))
			for range 1 + random.IntN(20) {
				data[random.IntN(len(data))] ^= byte(1 + random.IntN(255))
			}
			if _, err := Read(t.Context(), PDF, sourceOf(data), Limits{}); err != nil && !known(err) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// cancellingPDF cancels when it is read for the nth time.
type cancellingPDF struct {
	r      io.ReaderAt
	cancel context.CancelFunc
	left   int
}

func (c *cancellingPDF) ReadAt(p []byte, at int64) (int, error) {
	if c.left--; c.left == 0 {
		c.cancel()
	}
	return c.r.ReadAt(p, at)
}

func TestPDFEndsWithItsContext(t *testing.T) {
	data := towerOfForms(24, 10)
	for _, reads := range []int{1, 5} {
		ctx, cancel := context.WithCancel(t.Context())
		file := Source{&cancellingPDF{bytes.NewReader(data), cancel, reads}, int64(len(data))}
		if _, err := Read(ctx, PDF, file, Limits{}); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled at read %d: %v", reads, err)
		}
		cancel()
	}
}

func TestPDFLimits(t *testing.T) {
	pages := pdfOfPages(slices.Repeat([]string{"BT /F1 12 Tf 50 50 Td (words) Tj ET"}, 5)...)
	for name, limits := range map[string]Limits{"text": {Text: 20}, "pages": {Parts: 4}} {
		if _, err := Read(t.Context(), PDF, sourceOf(pages), limits); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzPDF(f *testing.F) {
	f.Add(pdfOfPages("BT /F1 12 Tf (words) Tj ET"))
	for _, name := range []string{"fpdf2.pdf", "object-streams.pdf", "scan.pdf", "empty-password.pdf"} {
		f.Add(testFile(f, name))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkRead(t, PDF, data) })
}
