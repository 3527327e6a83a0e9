// Package ingest cuts text into the pieces that search works on.
package ingest

import (
	"strings"
	"unicode/utf8"
)

// Piece is a part of a text.
type Piece struct {
	Text  string
	Start int // in code points
}

// Split cuts text into pieces of at most size code points that together are the whole of it, without overlap.
// It cuts behind a paragraph, a line, a sentence or a word, the largest of these that lies in the second half
// of a piece, and inside a word only when there is nothing else.
func Split(text string, size int) []Piece {
	var out []Piece
	start := 0
	for utf8.RuneCountInString(text) > size {
		end := byteOffset(text, size)
		head := text[:end]
		cut := end
		for _, sep := range []string{"\n\n", "\n", "。", ". ", "! ", "? ", "؟ ", " "} {
			if i := strings.LastIndex(head, sep); i >= end/2 {
				cut = i + len(sep)
				break
			}
		}
		out = append(out, Piece{text[:cut], start})
		start += utf8.RuneCountInString(text[:cut])
		text = text[cut:]
	}
	return append(out, Piece{text, start})
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
