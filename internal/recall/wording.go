package recall

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// wording is derived from the text of a question alone, once, before the view is locked.
type wording struct {
	said   []string // its words
	lower  []string // the same in lower case
	normal []string // normalised by record.Normalise; "" where a name must be normalised as a whole
	terms  *index.Terms

	former bool // it asks only for what has ended
	self   bool // it says "I"
	asks   bool // it is a question
	when   bool // it asks for a time
}

func (v *View) wordingOf(q *Query) wording {
	w := wording{said: words(q.Text)}
	if q.Mode != index.Vector {
		w.terms = v.index.Terms(q.Text)
	}
	w.lower, w.normal = make([]string, len(w.said)), make([]string, len(w.said))
	for i, word := range w.said {
		w.lower[i] = strings.ToLower(word)
		if !strings.ContainsFunc(word, func(r rune) bool { return r >= 0x80 }) {
			w.normal[i] = record.Normalise(word)
		}
	}
	w.former = slices.ContainsFunc(w.lower, func(word string) bool { return formerWords[word] })
	w.self = slices.ContainsFunc(w.lower, func(word string) bool { return selfWords[word] })
	w.asks, w.when = asks(q.Text, w.lower), asksWhen(w.lower)
	return w
}

// name returns the normalised name made of consecutive words. dst is overwritten.
func (w *wording) name(dst []byte, from, length int) []byte {
	dst = dst[:0]
	for _, word := range w.normal[from : from+length] {
		if word == "" {
			return append(dst[:0], record.Normalise(strings.Join(w.said[from:from+length], " "))...)
		}
		if len(dst) > 0 {
			dst = append(dst, '-')
		}
		dst = append(dst, word...)
	}
	return dst
}
