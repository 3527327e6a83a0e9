// Package ingest takes into a Context what it is given to remember: it checks a request, cuts texts into the pieces that search works
// on, reads them for facts, reconciles those with what is known, and stores it all as one write. Sessions, which are made and taken away
// in the same way, are here as well.
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

// separators are what a text is cut behind, the most telling first.
var separators = []string{"\n\n", "\n", "。", ". ", "! ", "? ", "؟ ", " "}

// Split cuts text into pieces of at most size code points, size being at least 1. Without overlap, the pieces are the whole of
// the text, save for pieces in which nothing can be seen: search has no use for those. A text cut in two or more is cut
// behind a paragraph, a line, a sentence or a word, the largest of these that ends in the second half of a piece, and inside a
// word only when there is nothing else. The time that Split takes grows with the length of the text. When ctx ends, Split
// returns the error of ctx.
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

// pieceEnd returns where the first piece of text ends. It looks at no more than size code points of it.
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

// byteOffset returns where the n-th code point of text begins.
func byteOffset(text string, n int) int {
	for i := range text {
		if n == 0 {
			return i
		}
		n--
	}
	return len(text)
}
