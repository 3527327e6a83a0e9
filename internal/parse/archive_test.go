package parse

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// zipOf makes an archive of names and contents in turn.
func zipOf(tb testing.TB, files ...string) []byte {
	tb.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		require.NoError(tb, err)
		_, err = io.WriteString(f, files[i+1])
		require.NoError(tb, err)
	}
	require.NoError(tb, w.Close())
	return out.Bytes()
}

// zeros makes an archive of a file that begins with some text and goes on with zeros.
func zeros(tb testing.TB, name, begin string, size int64) []byte {
	tb.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	f, err := w.Create(name)
	require.NoError(tb, err)
	_, err = io.WriteString(f, begin)
	require.NoError(tb, err)
	_, err = io.CopyN(f, spaces{}, size)
	require.NoError(tb, err)
	require.NoError(tb, w.Close())
	return out.Bytes()
}

type spaces struct{}

func (spaces) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestArchiveIsBoundedByWhatIsRead(t *testing.T) {
	limits := Limits{Expanded: 100}
	b := newBuilder(t.Context(), limits)
	a, err := openArchive(b, sourceOf(zipOf(t, "a", strings.Repeat("x", 60), "b/../B", strings.Repeat("y", 60))))
	require.NoError(t, err)
	for i, name := range []string{"/A", `\\b`} {
		f, err := a.open(name)
		require.NoError(t, err)
		if _, err = io.ReadAll(f); (i == 0) != (err == nil) || i == 1 && !errors.Is(err, ErrTooLarge) {
			t.Errorf("file %d: %v", i, err)
		}
	}
	if _, err := a.open("c"); !errors.Is(err, ErrDamaged) {
		t.Errorf("missing: %v", err)
	}
}

func TestArchiveIsBoundedByItsFiles(t *testing.T) {
	data := zipOf(t, "a", "", "b", "", "c", "")
	if _, err := openArchive(newBuilder(t.Context(), Limits{Parts: 2}), sourceOf(data)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("three files: %v", err)
	}
	// Three files of names of 6 MB.
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for range 300 {
		_, err := w.Create(strings.Repeat("n", 60_000))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	if _, err := openArchive(newBuilder(t.Context(), Limits{}), sourceOf(out.Bytes())); !errors.Is(err, ErrTooLarge) {
		t.Errorf("long names: %v", err)
	}
}

func TestArchiveDamage(t *testing.T) {
	whole := zipOf(t, "word/document.xml", docxBody(strings.Repeat("<w:p><w:r><w:t>words of a document</w:t></w:r></w:p>", 50)))
	for i := range len(whole) {
		damaged := bytes.Clone(whole)
		damaged[i] ^= 0x55
		if _, err := Read(t.Context(), DOCX, sourceOf(damaged), Limits{}); err != nil && !known(err) {
			t.Errorf("byte %d: %v", i, err)
		}
		if _, err := Read(t.Context(), DOCX, sourceOf(whole[:i]), Limits{}); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut at %d: %v", i, err)
		}
	}
}

func TestArchiveEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, format := range []Format{DOCX, EPUB} {
		name := map[Format]string{DOCX: "python-docx.docx", EPUB: "ebooklib.epub"}[format]
		if _, err := Read(ctx, format, sourceOf(testFile(t, name)), Limits{}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", format, err)
		}
	}
}

func TestXMLInOtherEncodings(t *testing.T) {
	document := `<?xml version="1.0" encoding="UTF-16"?>` + strings.TrimPrefix(docxBody("<w:p><w:r><w:t>Zoë</w:t></w:r></w:p>"), xmlHeader)
	utf16 := []byte{0xFF, 0xFE}
	for _, r := range document {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	latin := []byte(`<?xml version="1.0" encoding="windows-1252"?>`)
	for _, r := range strings.TrimPrefix(docxBody("<w:p><w:r><w:t>Zoë</w:t></w:r></w:p>"), xmlHeader) {
		latin = append(latin, byte(r))
	}
	for _, data := range [][]byte{utf16, latin} {
		text, err := Read(t.Context(), DOCX, sourceOf(zipOf(t, "word/document.xml", string(data))), Limits{})
		require.NoError(t, err)
		require.Equal(t, "Zoë", text.Body)
	}
}
