// Package ingest writes to a Context. It validates a request, splits its texts into pieces for search, extracts facts, reconciles them
// with the stored facts, and stores everything in one transaction. It also creates, reads and deletes sessions.
package ingest

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/record"
)

// Piece is a part of a text.
type Piece struct {
	Text  string
	Start int // in code points
}

// separators are the strings behind which a text is cut. The first ones mark the largest units.
var separators = []string{"\n\n", "\n", "。", ". ", "! ", "? ", "؟ ", " "}

// Split cuts text into pieces of at most size code points; size is at least 1. The pieces do not overlap and cover the whole text, except
// for pieces without visible characters, which search cannot use. Split cuts behind a paragraph, a line, a sentence or a word: the
// largest of these units that ends in the second half of a piece. It cuts inside a word only if there is no such place. Its time is
// linear in the length of the text. When ctx ends, Split returns the error of ctx.
func Split(ctx context.Context, text string, size int) ([]Piece, error) {
	var out []Piece
	for start := 0; text != ""; {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		cut := pieceEnd(text, size)
		if piece := text[:cut]; !record.Blank(piece) {
			out = append(out, Piece{piece, start})
		}
		start += utf8.RuneCountInString(text[:cut])
		text = text[cut:]
	}
	return out, nil
}

// pieceEnd returns the byte offset at which the first piece of text ends. It looks at no more than size code points.
func pieceEnd(text string, size int) int {
	end := byteOffset(text, size)
	if end == len(text) {
		return end
	}
	half := end / 2
	for _, sep := range separators {
		if i := strings.LastIndex(text[half:end], sep); i >= 0 {
			return half + i + len(sep)
		}
	}
	return end
}

// byteOffset returns the byte offset at which the n-th code point of text begins.
func byteOffset(text string, n int) int {
	for i := range text {
		if n == 0 {
			return i
		}
		n--
	}
	return len(text)
}
