// Package answers keeps answers of a model in memory, so that the answer to a question can be given again. It decides which stored questions
// are the same as a new one; its caller decides whether an answer still holds.
package answers

import (
	"container/list"
	"math"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/spectron-go/spectron/internal/record"
)

// MaxBytes limits the size of a cache: of the texts, ids and vectors of its answers.
const MaxBytes = 8 << 20

// Key stands for everything besides the question that an answer depends on: the caller, its permissions, the instructions and the request.
type Key [32]byte

// State is a fingerprint of the state of a record.
type State [32]byte

// Citation refers to a record that an answer was made from.
type Citation struct {
	Marker  string // "S1", as in the text
	ID      string
	Kind    record.Kind
	Snippet string
	Score   float64
	At      time.Time
	Role    record.Role // of a turn
}

// Answer is an answer with what it was made from.
type Answer struct {
	Trace     string
	Text      string
	Citations []Citation
	// Rows has the records that the model was shown, by id, in their states.
	Rows map[string]State
	// Basis has the ids of all rows that the answer may quote, and of the turns that first stored it.
	Basis []string
	// Told has the ids of the facts that the texts among the rows told, and that were current when the answer was made.
	Told []string
	// Turns has the ids of the turns that store the question and the answer, also of later uses. They are no news to the question.
	Turns []string
}

// Question is a question with what decides whether another one is the same.
type Question[Era comparable] struct {
	Key    Key
	Era    Era       // data was erased between two eras: an answer of another era is dropped
	Text   string    // the question
	Vector []float32 // nil: there is no vector of it that encodes meaning
	Now    time.Time
	// Similarity is the cosine of vectors from which two questions are the same. Fresh is the age up to which an answer is used, and Most the
	// maximum number of answers.
	Similarity float64
	Fresh      time.Duration
	Most       int
}

// Cache has the answers of one Context. The zero value is empty. It is safe for concurrent use.
type Cache[Era comparable] struct {
	mu    sync.Mutex // guards the fields below
	era   Era
	order list.List // of *entry, the most recently used first
	by    map[Key][]*list.Element
	bytes int
}

type entry struct {
	key    Key
	words  string
	strict string
	vector []float32
	at     time.Time
	answer Answer
	size   int
}

// Find returns the answer to the same question, or to the most similar one, that holds. used adds the turns that store this use of it.
func (c *Cache[Era]) Find(q Question[Era], holds func(*Answer) bool) (found Answer, used func(turns []string), ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.enter(q.Era)
	words, strict := record.Phrase(q.Text), strictWords(q.Text)
	type match struct {
		at      *list.Element
		nearest float64
	}
	var matches []match
	for _, at := range slices.Clone(c.by[q.Key]) {
		e := at.Value.(*entry)
		if age := q.Now.Sub(e.at); age < 0 || age >= q.Fresh {
			c.remove(at)
			continue
		}
		near := -1.0
		if words == e.words {
			near = 1
		} else if strict == e.strict {
			near = cosine(q.Vector, e.vector)
		}
		if near == 1 || near >= q.Similarity && near > 0 {
			matches = append(matches, match{at, near})
		}
	}
	slices.SortStableFunc(matches, func(a, b match) int {
		switch {
		case a.nearest > b.nearest:
			return -1
		case a.nearest < b.nearest:
			return 1
		}
		return 0
	})
	for _, m := range matches {
		e := m.at.Value.(*entry)
		if holds(&e.answer) {
			c.order.MoveToFront(m.at)
			found = e.answer
			found.Citations = slices.Clone(found.Citations)
			return found, func(turns []string) { c.use(e, turns) }, true
		}
	}
	return Answer{}, nil, false
}

// Put stores the answer to a question. It replaces the answer to a question with the same words.
func (c *Cache[Era]) Put(q Question[Era], a Answer) {
	e := &entry{key: q.Key, words: record.Phrase(q.Text), strict: strictWords(q.Text), vector: q.Vector, at: q.Now, answer: a}
	e.size = e.bytes()
	if e.size > MaxBytes || q.Most < 1 || e.words == "-" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.enter(q.Era)
	for _, at := range slices.Clone(c.by[q.Key]) {
		if at.Value.(*entry).words == e.words {
			c.remove(at)
		}
	}
	if c.by == nil {
		c.by = map[Key][]*list.Element{}
	}
	c.by[q.Key] = append(c.by[q.Key], c.order.PushFront(e))
	c.bytes += e.size
	c.shrink(q.Most)
}

// shrink removes the answers that were not used for the longest time, until the limits are kept.
func (c *Cache[Era]) shrink(most int) {
	for c.order.Len() > most || c.bytes > MaxBytes {
		c.remove(c.order.Back())
	}
}

// use adds turns to an answer, if it is still there.
func (c *Cache[Era]) use(e *entry, turns []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !slices.ContainsFunc(c.by[e.key], func(at *list.Element) bool { return at.Value.(*entry) == e }) {
		return
	}
	c.bytes -= e.size
	e.answer.Turns = append(slices.Clip(e.answer.Turns), turns...)
	e.size = e.bytes()
	c.bytes += e.size
	c.shrink(c.order.Len())
}

// Drop removes all answers.
func (c *Cache[Era]) Drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clear()
}

// Expire removes the answers that are too old to be given again, and those over a number, and returns how many it has removed.
func (c *Cache[Era]) Expire(now time.Time, fresh time.Duration, most int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	had := c.order.Len()
	for at := c.order.Front(); at != nil; {
		next := at.Next()
		if age := now.Sub(at.Value.(*entry).at); age < 0 || age >= fresh {
			c.remove(at)
		}
		at = next
	}
	c.shrink(most)
	return had - c.order.Len()
}

// Len returns the number of answers.
func (c *Cache[Era]) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.order.Len()
}

// enter drops the answers of other eras.
func (c *Cache[Era]) enter(now Era) {
	if c.era != now {
		c.clear()
		c.era = now
	}
}

func (c *Cache[Era]) clear() {
	c.order.Init()
	c.by, c.bytes = nil, 0
}

func (c *Cache[Era]) remove(at *list.Element) {
	e := at.Value.(*entry)
	c.order.Remove(at)
	c.bytes -= e.size
	left := slices.DeleteFunc(c.by[e.key], func(other *list.Element) bool { return other == at })
	if c.by[e.key] = left; len(left) == 0 {
		delete(c.by, e.key)
	}
}

// bytes returns the approximate size of an entry.
func (e *entry) bytes() int {
	size := 200 + len(e.words) + len(e.strict) + 4*len(e.vector) + len(e.answer.Text) + 50*(len(e.answer.Turns)+len(e.answer.Basis)+len(e.answer.Told))
	for id := range e.answer.Rows {
		size += len(id) + len(State{})
	}
	for _, cited := range e.answer.Citations {
		size += 100 + len(cited.ID) + len(cited.Snippet)
	}
	return size
}

// negations turn the meaning of a question around, and the vectors of embedders hardly notice them.
var negations = map[string]bool{
	"not": true, "no": true, "never": true, "without": true, "none": true, "nobody": true, "except": true, "nicht": true, "kein": true, "keine": true,
	"keinen": true, "nie": true, "ohne": true, "ne": true, "pas": true, "jamais": true, "sans": true, "nunca": true, "sin": true, "tampoco": true,
}

// strictWords returns the words of a question that a similar question must have too: those with digits, and negations.
func strictWords(question string) string {
	var out []string
	for word := range strings.SplitSeq(record.Phrase(question), "-") {
		if negations[word] || negated[word] || strings.ContainsFunc(word, unicode.IsDigit) {
			out = append(out, word)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// negated has the English verbs with a negation, as record.Phrase leaves them.
var negated = map[string]bool{
	"dont": true, "doesnt": true, "didnt": true, "isnt": true, "arent": true, "wasnt": true, "werent": true, "cant": true, "cannot": true, "couldnt": true,
	"wont": true, "wouldnt": true, "shouldnt": true, "havent": true, "hasnt": true, "hadnt": true,
}

// cosine returns the cosine of two vectors; 0 if they have no length or different ones.
func cosine(a, b []float32) float64 {
	if len(a) == 0 || len(a) != len(b) {
		return 0
	}
	var ab, aa, bb float64
	for i, x := range a {
		y := b[i]
		ab += float64(x) * float64(y)
		aa += float64(x) * float64(x)
		bb += float64(y) * float64(y)
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}
