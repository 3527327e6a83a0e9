package recall

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// wording is derived from the text of a question alone. It is computed once, before the view is locked.
type wording struct {
	said   []string // its words
	normal []string // normalised by record.Normalise; "" if a name with the word must be normalised as a whole
	terms  *index.Terms

	// lower has its words in lower case. For a question in another language, says has the English meaning of each word: see tongue.read.
	lower []string
	says  [][]string
	// english has its words in lower case, translated as far as they are understood. It equals lower for a question in English.
	english []string

	former bool          // it asks only for ended values
	self   bool          // it says "I"
	asks   bool          // it is a question
	seeks  index.Answers // the kinds of answers that it asks for
	order  bool          // it asks what the assistant is to do

	// tongue is the language of the question; nil for English. beside are words that an answer may have in place of the words of the question.
	// changes are words that tell of a change in what the question asks for.
	tongue          *tongue
	beside, changes []string
}

// quoting removes quotation marks and other marks around words.
var quoting = strings.NewReplacer("¿", " ", "¡", " ", "«", " ", "»", " ", "“", " ", "”", " ", "„", " ")

func (v *View) wordingOf(q *Query) wording {
	w := wording{said: words(quoting.Replace(q.Text))}
	w.lower = lowered(w.said)
	w.english = w.lower
	searched := q.Text
	if t := tongueOf(w.lower); t != nil {
		searched = w.readIn(t, q.Text)
	}
	if q.Mode != index.Vector {
		w.terms = v.index.Terms(searched)
	}
	w.normal = make([]string, len(w.said))
	for i, word := range w.said {
		if !strings.ContainsFunc(word, func(r rune) bool { return r >= 0x80 }) {
			w.normal[i] = record.Normalise(word)
		}
	}
	for _, word := range w.english {
		if forms := w.cues().forms[word]; len(forms) > 0 && !filler[word] {
			w.beside = append(append(w.beside, word), forms...)
		}
		w.changes = append(w.changes, w.cues().changes[word]...)
	}
	has := func(among map[string]bool) bool {
		return slices.ContainsFunc(w.english, func(word string) bool { return among[word] })
	}
	w.former = has(formerWords) || slices.Contains(w.english, "use") && slices.Contains(w.english, "did") // "What did I use to drive?"
	w.self = has(selfWords) || slices.Contains(w.english, implied) || slices.Contains(w.english, "user")
	w.asks, w.seeks, w.order = asks(q.Text, w.english), sought(w.english), asksForOrder(w.english)
	return w
}

// readIn translates the words of a question in another language. It returns the text to search for: the words without those that only ask.
func (w *wording) readIn(t *tongue, text string) (searched string) {
	w.tongue = t
	var kept []string
	for _, word := range w.said {
		parts := t.read(lowered(t.split([]string{word})))
		if slices.ContainsFunc(parts, func(says []string) bool {
			return says == nil || slices.ContainsFunc(says, func(s string) bool { return !asking[s] })
		}) {
			kept = append(kept, word)
		}
	}
	w.said = t.split(w.said)
	w.lower = lowered(w.said)
	w.says = t.read(w.lower)
	w.english = nil
	asks := false
	for i, says := range w.says {
		if says == nil {
			w.english = append(w.english, w.lower[i])
		}
		w.english = append(w.english, says...)
		asks = asks || slices.ContainsFunc(says, func(s string) bool { return questionWords[s] })
	}
	// A question without a question word asks for yes or no: "Wohne ich noch in Kiel?", "¿Ana vive en Jaén?"
	inverted := len(w.english) > 1 && w.english[1] == "i" && w.says[0] != nil
	if !asks && (inverted || endsAsking(text)) && len(w.says) > 0 {
		w.english = slices.Insert(w.english, 0, "do")
	}
	if len(kept) == 0 {
		return text
	}
	return strings.Join(kept, " ")
}

// dated returns the text to read the times of a question from.
func (w *wording) dated(text string) string {
	if w.tongue == nil {
		return text
	}
	var out []string
	for i, s := range w.english {
		if s == "of" || s == implied {
			continue
		}
		if extract.IsYear(s) && (i == 0 || !placing[w.english[i-1]] && !timeNames[w.english[i-1]] && w.english[i-1] != "of") {
			out = append(out, "in") // "Wo habe ich 2012 gewohnt?"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func lowered(said []string) []string {
	out := make([]string, len(said))
	for i, word := range said {
		out[i] = strings.ToLower(word)
	}
	return out
}

// name returns the normalised name that consecutive words form. It overwrites dst.
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

// polar reports whether a question in another language asks for yes or no.
func (w *wording) polar() bool { return w.tongue != nil && len(w.english) > 0 && w.english[0] == "do" }

// cues returns the language in which words tell of what the question asks for: its own language, which may be English.
func (w *wording) cues() *tongue {
	if w.tongue != nil {
		return w.tongue
	}
	return english
}
