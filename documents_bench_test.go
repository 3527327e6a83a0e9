package spectron_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
)

// book returns a book in Markdown of about that many bytes.
func book(size int) string {
	var b strings.Builder
	b.WriteString("# The Book\n\n")
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "## Chapter %d\n\n", i)
		for j := range 12 {
			fmt.Fprintf(&b, "In the year %d the %s of the river %s brought %d barrels of oil to the harbour. ", 1000+i*7%900, []string{"boats", "traders", "miners", "monks"}[j%4], code26(i*13+j), i*31%977)
			fmt.Fprintf(&b, "Nobody had expected the harvest to be that large, and the clerk of the port wrote a long report about it.\n\n")
		}
	}
	return b.String()
}

func code26(n int) string {
	return "zq" + string(rune('a'+n%26)) + string(rune('a'+n/26%26)) + string(rune('a'+n/676%26))
}

// benchContext opens a store in a file, with a Context.
func benchContext(b *testing.B) *spectron.Context {
	b.Helper()
	mgr := openStore(b, "file://"+filepath.Join(b.TempDir(), "agent.db"), nil)
	c, err := mgr.CreateContext(b.Context(), "bench", spectron.ContextSpec{})
	require.NoError(b, err)
	return c
}

func processed(b *testing.B, c *spectron.Context, name string, content []byte) *spectron.Document {
	b.Helper()
	up, err := c.Documents().Upload(b.Context(), spectron.UploadRequest{Name: name, Reader: strings.NewReader(string(content))})
	require.NoError(b, err)
	d, err := c.Documents().Wait(b.Context(), up.ID)
	require.NoError(b, err)
	require.NoError(b, d.Err())
	return d
}

// A book of 5 MB, from the upload until its passages are found.
func BenchmarkDocumentBook(b *testing.B) {
	text := book(5 << 20)
	for b.Loop() {
		c := benchContext(b)
		d := processed(b, c, "book.md", []byte(text))
		b.ReportMetric(float64(d.Chunks), "chunks")
	}
}

// Documents of a few paragraphs, from the first upload until the last is ready.
func BenchmarkSmallDocuments(b *testing.B) {
	c, ctx := benchContext(b), context.Background()
	var last string
	n := 0
	for b.Loop() {
		n++
		up, err := c.Documents().Upload(ctx, spectron.UploadRequest{Name: fmt.Sprintf("%d.md", n), Reader: strings.NewReader(fmt.Sprintf("# Note %d\n\n%s", n, book(800)))})
		require.NoError(b, err)
		last = up.ID
	}
	_, err := c.Documents().Wait(ctx, last)
	require.NoError(b, err)
	for d, err := range c.Documents().All(ctx, spectron.DocumentList{}) {
		require.NoError(b, err)
		if !d.Status.Ended() {
			_, err := c.Documents().Wait(ctx, d.ID)
			require.NoError(b, err)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "documents/s")
}
