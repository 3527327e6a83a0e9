package parse

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const container = `<container><rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`

func chapter(title string) string {
	return `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>` + title + `</title></head><body><h1>` + title + `</h1><p>Words.</p></body></html>`
}

const packageDocument = `<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>A book</dc:title><dc:date>1999-12</dc:date>` +
	`<meta property="dcterms:modified">2020-01-01T00:00:00Z</meta></metadata><manifest>` +
	`<item id="toc" href="toc.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="b" href="b%20b.xhtml" media-type="application/xhtml+xml"/>` +
	`<item id="a" href="a.xhtml#top" media-type="application/xhtml+xml"/><item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/>` +
	`<item id="i" href="i.png" media-type="image/png"/></manifest>` +
	`<spine><itemref idref="toc"/><itemref idref="b"/><itemref idref="a"/><itemref idref="b"/><itemref idref="gone"/><itemref idref="i"/></spine></package>`

func bookOf(tb testing.TB, more ...string) []byte {
	return zipOf(tb, append([]string{
		"mimetype", "application/epub+zip", "META-INF/container.xml", container, "OPS/book.opf", packageDocument,
		"OPS/a.xhtml", chapter("Last"), "OPS/b b.xhtml", chapter("First"), "OPS/toc.xhtml", chapter("Contents"), "OPS/i.png", "",
	}, more...)...)
}

func encryption(algorithm string) string {
	return `<encryption><enc:EncryptedData xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptionMethod Algorithm="` + algorithm + `"/></enc:EncryptedData></encryption>`
}

func TestEPUB(t *testing.T) {
	text, err := Read(t.Context(), EPUB, sourceOf(bookOf(t, "META-INF/encryption.xml", encryption("http://www.idpf.org/2008/embedding"))), Limits{})
	require.NoError(t, err)
	require.Equal(t, []string{"H1 First", "P Words.", "H1 Last", "P Words."}, shown(text))
	require.Equal(t, "A book", text.Title)
	require.Equal(t, "1999-12-01", text.Date.Format(time.DateOnly))
}

func TestEPUBOfEbookLib(t *testing.T) {
	text, err := Read(t.Context(), EPUB, sourceOf(testFile(t, "ebooklib.epub")), Limits{})
	require.NoError(t, err)
	require.Equal(t, []string{"H1 The lamp", "P It was dark.", "H1 The boat", "P It sank."}, shown(text))
	require.Equal(t, []string{"dark -> c2.xhtml"}, linked(text))
	require.Equal(t, "Short stories", text.Title)
	require.Equal(t, "2020-02-03", text.Date.Format(time.DateOnly))
}

func TestEPUBErrors(t *testing.T) {
	for _, test := range []struct {
		name   string
		data   []byte
		limits Limits
		want   error
	}{
		{"rights management", bookOf(t, "META-INF/encryption.xml", encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc")), Limits{}, ErrEncrypted},
		{"no container", zipOf(t, "mimetype", "application/epub+zip"), Limits{}, ErrDamaged},
		{"no root", zipOf(t, "META-INF/container.xml", "<container/>"), Limits{}, ErrDamaged},
		{"no package", zipOf(t, "META-INF/container.xml", container), Limits{}, ErrDamaged},
		{"no chapters", zipOf(t, "META-INF/container.xml", container, "OPS/book.opf", packageDocument), Limits{}, ErrDamaged},
		{"no words", zipOf(t, "META-INF/container.xml", container, "OPS/book.opf", packageDocument, "OPS/a.xhtml", "<html/>"), Limits{}, ErrNoText},
		{"expanded", bookOf(t), Limits{Expanded: 900}, ErrTooLarge},
		{"text", bookOf(t), Limits{Text: 15}, ErrTooLarge},
		{"depth", bookOf(t), Limits{Depth: 2}, ErrTooLarge},
		{"blocks", bookOf(t), Limits{Parts: 10, Text: 12}, ErrTooLarge},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := Read(t.Context(), EPUB, sourceOf(test.data), test.limits); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

func FuzzEPUB(f *testing.F) {
	f.Add(testFile(f, "ebooklib.epub"))
	f.Add(bookOf(f))
	f.Fuzz(func(t *testing.T, data []byte) { checkRead(t, EPUB, data) })
}
