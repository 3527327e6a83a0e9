package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/record"
)

func split(t testing.TB, text string, size int) []ingest.Piece {
	t.Helper()
	pieces, err := ingest.Split(context.Background(), text, size)
	require.NoError(t, err)
	return pieces
}

// wrong describes the fault of the pieces of a text; "": none. Each piece must have at most size code points, be at its place, and only
// invisible characters may be between pieces.
func wrong(text string, pieces []ingest.Piece, size int) string {
	runes := []rune(text)
	end := 0
	for i, p := range pieces {
		n := utf8.RuneCountInString(p.Text)
		switch {
		case n == 0 || n > size:
			return fmt.Sprintf("piece %d has %d code points", i, n)
		case p.Start < end || p.Start+n > len(runes) || string(runes[p.Start:p.Start+n]) != p.Text:
			return fmt.Sprintf("piece %d is not at %d", i, p.Start)
		case record.Blank(p.Text):
			return fmt.Sprintf("piece %d is blank", i)
		case !record.Blank(string(runes[end:p.Start])):
			return fmt.Sprintf("%q is missing before piece %d", string(runes[end:p.Start]), i)
		}
		end = p.Start + n
	}
	if rest := string(runes[end:]); !record.Blank(rest) {
		return fmt.Sprintf("%q is missing at the end", rest)
	}
	return ""
}

// odd has texts on which a splitter might be slow or wrong. Each repeats one piece.
var odd = map[string]string{
	"sentences": "The fox jumps. The dog sleeps! Does it? ", "paragraphs": "A paragraph of words.\n\n", "one huge word": "x",
	"Japanese": "東京に住んでいます。", "emoji": "👩‍🚀🚀", "new lines": "\n", "spaces": " ", "combining marks": "\u0301", "zero width": "\u200b",
	"blanks between": "A sentence." + strings.Repeat(" ", 300), "full stops": ". ", "Arabic": "هل تعيش هنا؟ نعم. ",
}

func TestSplitKeepsEveryWordInItsPlace(t *testing.T) {
	t.Parallel()
	for name, piece := range odd {
		for _, n := range []int{0, 1, 2, 3, 40, 99, 100, 101, 1000} {
			text := strings.Repeat(piece, n)
			for _, size := range []int{1, 2, 100} {
				if bad := wrong(text, split(t, text, size), size); bad != "" {
					t.Errorf("%s, %d times, pieces of %d: %s", name, n, size, bad)
				}
			}
		}
	}
}

func TestSplitPrefersBoundaries(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, first string }{
		{"aaaa bbbb. cccc dddd eeee", "aaaa bbbb. "},
		{"aaaa bbbb\ncccc. dddd eeee", "aaaa bbbb\n"},
		{"aaaabbbbccccddddeeee", "aaaabbbbccccdddd"},
		{"ああああ。いいいい。うううううううううう", "ああああ。いいいい。"},
		{"a b. cccc dddd eeee ffff", "a b. cccc dddd "}, // the sentence ends too early
	} {
		if got := split(t, c.text, 16)[0].Text; got != c.first {
			t.Errorf("Split(%q) begins with %q, want %q", c.text, got, c.first)
		}
	}
}

func TestSplitLeavesOutWhatIsBlank(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", " ", strings.Repeat(" ", 1000), strings.Repeat("\u200b", 250), strings.Repeat("\n", 100)} {
		if got := split(t, text, 100); len(got) > 0 {
			t.Errorf("a blank text of %d bytes has the pieces %+v", len(text), got)
		}
	}
	const size = 100
	text := "One." + strings.Repeat(" ", 4*size) + "Two."
	got := split(t, text, size)
	if !slices.ContainsFunc(got, func(p ingest.Piece) bool { return strings.HasSuffix(p.Text, "Two.") }) || len(got) != 2 {
		t.Errorf("%d pieces: %+v", len(got), got)
	}
}

func TestSplitEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if pieces, err := ingest.Split(ctx, "I live in Berlin.", 100); !errors.Is(err, context.Canceled) || pieces != nil {
		t.Errorf("%+v, %v", pieces, err)
	}
}

func FuzzSplit(f *testing.F) {
	for _, piece := range odd {
		f.Add(strings.Repeat(piece, 30), uint8(10))
	}
	f.Fuzz(func(t *testing.T, text string, n uint8) {
		if !utf8.ValidString(text) {
			t.Skip("such a text is refused before it is split")
		}
		size := int(n) + 1
		if bad := wrong(text, split(t, text, size), size); bad != "" {
			t.Errorf("Split(%q, %d): %s", text, size, bad)
		}
	})
}

// BenchmarkSplit shows that the time is linear in the length of the text: MB/s is the same in each column.
func BenchmarkSplit(b *testing.B) {
	for _, name := range []string{"sentences", "one huge word", "new lines", "spaces", "combining marks", "zero width"} {
		for _, size := range []int{1, 2, 4, 16} {
			b.Run(fmt.Sprintf("%s/%dMB", name, size), func(b *testing.B) {
				text := strings.Repeat(odd[name], size<<20/len(odd[name]))
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					split(b, text, 1200)
				}
			})
		}
	}
}
