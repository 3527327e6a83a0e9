package parse

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func testFile(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(tb, err)
	return data
}

// checkRead reads a file and checks what holds for all texts and errors.
func checkRead(t *testing.T, format Format, data []byte) {
	limits := Limits{Text: 1 << 20, Expanded: 8 << 20, Parts: 10_000}
	text, err := Read(t.Context(), format, sourceOf(data), limits)
	if problem := tested(text, err, limits); problem != "" {
		t.Fatal(problem)
	}
}

const longParagraph = "Efficient offices keep flat files, and this paragraph is long enough to fill more than one line of the page, so that a reader has to join its lines again."

func TestPDF(t *testing.T) {
	report := []string{
		"H1@1 Annual report", "P@1 " + longParagraph, "P@1 Read the details there.", "H2@1 Costs", "P@1 Costs fell by a tenth.", "L@1 1. Rent\n2. Wages",
		"H1@2 Outlook", "P@2 Next year is open.",
	}
	minutes := []string{"H1@1 Minutes", "P@1 " + longParagraph, "P@1 The second paragraph is short.", "P@1 Visit our site", "P@2 Text of the second page."}
	for _, test := range []struct {
		file, title, date string
		blocks, links     []string
	}{
		{"reportlab.pdf", "Annual report", "2000-01-01", report, []string{"the details -> https://example.com/more"}},
		{"object-streams.pdf", "Annual report", "2000-01-01", report, []string{"the details -> https://example.com/more"}},
		{"fpdf2.pdf", "Minutes", "2024-03-01", minutes, []string{"Visit our site -> https://example.com/page"}},
		{"empty-password.pdf", "Minutes", "2024-03-01", minutes, []string{"Visit our site -> https://example.com/page"}},
		{"cairo.pdf", "", "2026-11-30", []string{"H1@1 Größe & Maß", "P@1 The efficient office keeps its files in one flat folder."}, nil},
		{"weasyprint.pdf", "Handbook", "2023-05-06", []string{
			"H1@1 Handbook", "P@1 " + longParagraph, "P@1 See chapter one, Zoë.", "H2@1 Lists", "P@1 One.",
		}, []string{"chapter one -> https://example.com/x"}},
		{"matplotlib.pdf", "", "0001-01-01", []string{"P@1 An efficient label"}, nil},
	} {
		t.Run(test.file, func(t *testing.T) {
			text, err := Read(t.Context(), PDF, sourceOf(testFile(t, test.file)), Limits{})
			require.NoError(t, err)
			require.Equal(t, test.blocks, shown(text))
			require.Equal(t, test.links, linked(text))
			require.Equal(t, test.title, text.Title)
			require.Equal(t, test.date, text.Date.Format(time.DateOnly))
		})
	}
}

func TestPDFWithoutSpaces(t *testing.T) {
	// As TeX writes: words are moved apart, not separated by spaces, and ligatures are single characters that ToUnicode explains.
	f := newPDF()
	f.object("<< /Type /Catalog /Pages 2 0 R >>")
	f.object("<< /Type /Pages /Count 1 /Kids [4 0 R] /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> >>")
	f.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R /Encoding << /Type /Encoding /Differences [1 /f_f_i] >> >>")
	f.object("<< /Type /Page /Parent 2 0 R /Contents 5 0 R >>")
	f.stream("", []byte("BT /F1 10 Tf 72 700 Td [(An)-333(e\\001cient)-333(o\\001ce)]TJ 0 -12 Td [(in)-333(T)80(o)10(wn)]TJ ET"))
	f.stream("", []byte("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def 1 begincodespacerange <00> <FF> endcodespacerange "+
		"1 beginbfchar <01> <006600660069> endbfchar 1 beginbfrange <20> <7E> <0020> endbfrange endcmap end end"))
	text, err := Read(t.Context(), PDF, sourceOf(f.bytes("")), Limits{})
	require.NoError(t, err)
	require.Equal(t, "An efficient office in Town", strings.Join(strings.Fields(text.Body), " "))
}

func TestPDFErrors(t *testing.T) {
	for file, want := range map[string]error{
		"encrypted.pdf": ErrEncrypted, "encrypted-rc4.pdf": ErrEncrypted, "scan.pdf": ErrNoText, "python-docx.docx": ErrDamaged,
	} {
		if _, err := Read(t.Context(), PDF, sourceOf(testFile(t, file)), Limits{}); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", file, err, want)
		}
	}
}

func TestPDFDate(t *testing.T) {
	for s, want := range map[string]string{
		"D:20240131120000+01'00'": "2024-01-31T11:00:00Z", "D:20240131120000Z": "2024-01-31T12:00:00Z", "D:20240131120000Z00'00'": "2024-01-31T12:00:00Z",
		"D:202401311200": "2024-01-31T12:00:00Z", "20240131": "2024-01-31T00:00:00Z", "D:2024": "2024-01-01T00:00:00Z",
		"": "0001-01-01T00:00:00Z", "yesterday": "0001-01-01T00:00:00Z", "D:20249931": "2024-01-01T00:00:00Z",
	} {
		if got := pdfDate(s).Format(time.RFC3339); got != want {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	}
}

// BenchmarkPDF reads 200 pages of 3,000 characters each.
func BenchmarkPDF(b *testing.B) {
	var page strings.Builder
	page.WriteString("BT /F1 10 Tf 14 TL 50 800 Td ")
	for range 40 {
		page.WriteString("(Some words of a line that is about as long as the lines of a usual page are, so.) Tj T* ")
	}
	page.WriteString("ET")
	data := pdfOfPages(slices.Repeat([]string{page.String()}, 200)...)
	for b.Loop() {
		if _, err := Read(b.Context(), PDF, sourceOf(data), Limits{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(200*float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}
