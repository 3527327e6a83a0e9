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
	words  []string // the distinct words of tokens
	work   *int     // how many more pairs of words may be compared
}

// token is a run of letters and digits, folded, with its place in the text.
type token struct {
	word       string
	start, end int // in bytes
}

func newSource(text string, work *int) *source {
	s := &source{text: text, tokens: tokensOf(text), work: work}
	seen := map[string]bool{}
	for _, t := range s.tokens {
		if !seen[t.word] {
			seen[t.word] = true
			s.words = append(s.words, t.word)
		}
	}
	return s
}

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
	// maxWork is how many pairs of words are compared for one answer: a tenth of a second. A text and an answer that repeat themselves would
	// take hours. Items that come after that are dropped.
	maxWork = 50_000_000
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

// run finds the longest run of words in the text from token from on. It returns 0 if that run is too short, or if there is no work left.
func (s *source) run(words []token, from int) (at, n int) {
	for i := from; i < len(s.tokens); i++ {
		if *s.work -= len(words); *s.work < 0 {
			return 0, 0
		}
		for j := range words {
			k := 0
			for i+k < len(s.tokens) && j+k < len(words) && s.tokens[i+k].word == words[j+k].word {
				k++
			}
			*s.work -= k
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
