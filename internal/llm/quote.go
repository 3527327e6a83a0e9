package llm

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"

	"github.com/spectron-go/spectron/internal/record"
)

// source is a text in which quotes are found.
type source struct {
	text   string
	tokens []token
}

// token is a run of letters and digits, folded, with its place in the text.
type token struct {
	word       string
	start, end int // in bytes
}

func newSource(text string) *source { return &source{text, tokensOf(text)} }

func tokensOf(text string) (out []token) {
	fold := cases.Fold()
	start := -1
	add := func(end int) {
		if start >= 0 {
			out = append(out, token{fold.String(text[start:end]), start, end})
			start = -1
		}
	}
	for i, r := range text {
		switch {
		case unicode.In(r, unicode.L, unicode.N, unicode.M):
			if start < 0 {
				start = i
			}
		default:
			add(i)
		}
	}
	add(len(text))
	return out
}

const (
	// maxQuote is how many words of a quote are compared.
	maxQuote = 100
	// enough is the share of the words of a quote that must stand in a row in the text.
	enough = 0.7
)

// find returns the part of the text that a quote means: its words as they are, its words with other case, white space and punctuation, the
// first to the last of its parts if it leaves something out ("I moved … to Lisbon"), or the part of it that is in the text. false: the text
// does not have it.
func (s *source) find(quote string) (record.Span, bool) {
	quote = strings.TrimSpace(quote)
	if quote == "" {
		return record.Span{}, false
	}
	if i := strings.Index(s.text, quote); i >= 0 {
		return s.span(i, i+len(quote)), true
	}
	parts := strings.Split(strings.ReplaceAll(quote, "...", "…"), "…")
	first, last, from := -1, -1, 0
	for _, part := range parts {
		words := tokensOf(part)
		if len(words) == 0 {
			continue
		}
		at, n := s.run(words[:min(len(words), maxQuote)], from)
		if n == 0 {
			return record.Span{}, false
		}
		if first < 0 {
			first = at
		}
		last, from = at+n-1, at+n
	}
	if first < 0 {
		return record.Span{}, false
	}
	return s.span(s.tokens[first].start, s.tokens[last].end), true
}

// run finds the longest run of words in the text from token from on. It returns 0 if that run is too short.
func (s *source) run(words []token, from int) (at, n int) {
	for i := from; i < len(s.tokens); i++ {
		for j := range words {
			k := 0
			for i+k < len(s.tokens) && j+k < len(words) && s.tokens[i+k].word == words[j+k].word {
				k++
			}
			if k > n {
				at, n = i, k
			}
		}
		if n == len(words) {
			break
		}
	}
	if float64(n) < enough*float64(len(words)) {
		return 0, 0
	}
	return at, n
}

// span converts a range of bytes to a span.
func (s *source) span(from, to int) record.Span {
	start := utf8.RuneCountInString(s.text[:from])
	return record.Span{Start: start, End: start + utf8.RuneCountInString(s.text[from:to])}
}
