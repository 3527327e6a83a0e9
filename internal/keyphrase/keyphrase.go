// Package keyphrase extracts the keyphrases of a text. It is pure.
//
// The method is RAKE (Rose, Engel, Cramer and Cowley 2010, "Automatic keyword extraction from individual documents"). Stop words, punctuation and
// line breaks cut a text into candidates. The score of a word is deg(w)/freq(w): freq is the number of its occurrences in candidates, deg the sum
// of the numbers of words of these candidates. The score of a phrase is the sum of the scores of its words.
//
// The differences from the paper: candidates of more than four words are left out before words are counted, as most implementations do, because
// the longest would always win. Phrases with stop words in them ("axis of evil") are not found. In a text with many candidates a phrase has to
// occur more than once, because in long texts the best scores are those of rare phrases of four rare words.
//
// The stop words are English, German, French and Spanish: see stopwords.go. Scripts without spaces between words give no phrases.
//
// The Go libraries for RAKE were considered. They have English stop words, find words and their boundaries in ASCII only, match a regular expression
// of all stop words again and again, order equal scores at random, and have neither tests nor a module file. Libraries of stop words clean texts
// for other ends, or are unfinished.
package keyphrase

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits.
const (
	DefaultMost = 5
	MaxMost     = 100
	maxWords    = 4   // of a phrase
	maxPhrase   = 100 // characters
	maxWord     = 40  // characters: longer words are keys, hashes or encoded data
	maxForms    = 4   // spellings that are counted of a phrase
	maxCounted  = 1 << 16
)

// Phrase is a keyphrase of a text.
type Phrase struct {
	Text       string  // as it is written most often
	Normalised string  // as Normalise returns it
	Score      float64 // the sum of deg/freq of its words
}

// Extract returns the best keyphrases of a text, at most so many; 0 stands for DefaultMost. Equal scores are in the order of the number of
// occurrences, then of the first occurrence. The work is linear in the size of the text, and the memory is bounded: of many different phrases or
// words, those that occur least are forgotten on the way.
func Extract(text string, most int) []Phrase {
	if most <= 0 {
		most = DefaultMost
	}
	most = min(most, MaxMost)
	c := counter{text: text, stop: stopWordsOf(text), words: map[string]*word{}, phrases: map[string]*phrase{}}
	c.count()
	return c.best(most)
}

// Normalise returns a phrase in the form that makes spellings equal: in upper case (ß as SS) and NFKC, with single spaces and
// plain apostrophes and hyphens.
func Normalise(s string) string {
	for range 4 { // upper case and NFKC can undo each other; twice is enough for all known characters
		before := s
		s = strings.ToUpper(norm.NFKC.String(s))
		s = strings.Join(strings.Fields(plain.Replace(s)), " ")
		if s == before {
			break
		}
	}
	return s
}

var plain = strings.NewReplacer("’", "'", "ß", "SS", "ẞ", "SS", "‐", "-", "‑", "-")

// word has the counts of a word in candidates.
type word struct{ freq, deg int }

// phrase has the counts of a candidate.
type phrase struct {
	count int
	first int // where it occurs first
	forms []form
}

// form is a spelling of a phrase.
type form struct {
	start, end int
	count      int
}

type counter struct {
	text    string
	stop    func(word []byte) bool
	words   map[string]*word
	phrases map[string]*phrase
	total   int // of occurrences of phrases

	// The candidate that is read.
	key        []byte        // its normalised words, with spaces between
	ends       [maxWords]int // of its words in key
	n          int           // its number of words, also if it has too many
	start, end int
}

// count counts the candidates of the text.
func (c *counter) count() {
	var buffer []byte
	for start, end := range wordsOf(c.text) {
		if gap := c.text[c.end:start]; c.n > 0 && gap != " " && gap != "\u00a0" {
			c.add()
		}
		buffer = normalised(buffer[:0], c.text[start:end])
		if !content(c.text[start:end], buffer) || c.stop(buffer) {
			c.add()
			continue
		}
		if c.n == 0 {
			c.start = start
		}
		if c.n < maxWords {
			if c.n > 0 {
				c.key = append(c.key, ' ')
			}
			c.key = append(c.key, buffer...)
			c.ends[c.n] = len(c.key)
		}
		c.end = end
		c.n++
	}
	c.add()
}

// add counts the candidate that was read.
func (c *counter) add() {
	n, key := c.n, c.key
	c.n, c.key = 0, c.key[:0]
	if n == 0 || n > maxWords || tooLong(c.text[c.start:c.end]) || len(key) > maxPhrase && tooLong(string(key)) {
		return
	}
	from := 0
	for _, to := range c.ends[:n] {
		w := c.words[string(key[from:to])]
		if w == nil {
			w = &word{}
			c.words[string(key[from:to])] = w
		}
		w.freq++
		w.deg += n
		from = to + 1
	}
	p := c.phrases[string(key)]
	if p == nil {
		p = &phrase{first: c.start}
		c.phrases[string(key)] = p
	}
	p.count++
	p.add(c.text, c.start, c.end)
	c.total++
	forget(c.words, func(w *word) int { return w.freq })
	forget(c.phrases, func(p *phrase) int { return p.count })
}

func (p *phrase) add(text string, start, end int) {
	for i := range p.forms {
		if f := &p.forms[i]; text[f.start:f.end] == text[start:end] {
			f.count++
			return
		}
	}
	if len(p.forms) < maxForms {
		p.forms = append(p.forms, form{start: start, end: end, count: 1})
	}
}

func tooLong(s string) bool { return len(s) > maxPhrase && utf8.RuneCountInString(s) > maxPhrase }

// forget halves a map that has become too large, by what occurs least (compare lossy counting, Manku and Motwani 2002).
func forget[T any](counts map[string]T, count func(T) int) {
	if len(counts) <= maxCounted {
		return
	}
	for least := 1; len(counts) > maxCounted/2; least *= 2 {
		for key, x := range counts {
			if count(x) <= least {
				delete(counts, key)
			}
		}
	}
}

// scored is a phrase with its score.
type scored struct {
	*phrase
	key   string
	score float64
}

// best returns the best phrases.
func (c *counter) best(most int) []Phrase {
	all := make([]scored, 0, len(c.phrases))
	for key, p := range c.phrases {
		if score, ok := c.score(key); ok {
			all = append(all, scored{p, key, score})
		}
	}
	for least := c.least(); least > 1; least-- {
		frequent := 0
		for _, p := range all {
			if p.count >= least {
				frequent++
			}
		}
		if frequent >= most {
			all = slices.DeleteFunc(all, func(p scored) bool { return p.count < least })
			break
		}
	}
	slices.SortFunc(all, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.count, a.count), cmp.Compare(a.first, b.first))
	})
	var out []Phrase
	for _, p := range all[:min(most, len(all))] {
		f := slices.MaxFunc(p.forms, func(a, b form) int { return cmp.Compare(a.count, b.count) }) // the first of equals
		out = append(out, Phrase{Text: strings.Clone(c.text[f.start:f.end]), Normalised: p.key, Score: p.score})
	}
	return out
}

// least is the number of occurrences that a phrase needs if enough phrases have it: a thousand candidates are about ten pages.
func (c *counter) least() int {
	switch {
	case c.total < 1000:
		return 1
	case c.total < 10_000:
		return 2
	}
	return 3
}

// score returns the score of a phrase, unless a word of it was forgotten.
func (c *counter) score(key string) (score float64, ok bool) {
	for w := range strings.SplitSeq(key, " ") {
		counts := c.words[w]
		if counts == nil {
			return 0, false
		}
		score += float64(counts.deg) / float64(counts.freq)
	}
	return score, true
}
