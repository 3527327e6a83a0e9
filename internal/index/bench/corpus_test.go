package bench

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
)

const (
	dimension = 384
	seed      = 42
	top       = 10 // rows that every search asks for
)

// corpus is what all libraries index: texts and, at the same place, vectors.
type corpus struct {
	ids     []string
	texts   []string
	vectors [][]float32
	nearby  [][]float32 // vectors to search for
	common  []string    // texts to search for: four words of the most frequent ones
	rare    []string    // four words that few texts have
}

var corpora = map[int]func() *corpus{10_000: generated(10_000), 100_000: generated(100_000)}

func generated(n int) func() *corpus { return sync.OnceValue(func() *corpus { return newCorpus(n) }) }

const queries = 64

func newCorpus(n int) *corpus {
	rng := rand.New(rand.NewPCG(seed, uint64(n)))
	c, w, s := &corpus{}, newWriter(rng), newSpace(rng)
	for i := range n {
		c.ids = append(c.ids, fmt.Sprintf("memory_chunk:%08d", i))
		c.texts = append(c.texts, w.text())
		c.vectors = append(c.vectors, s.vector())
	}
	frequent, seldom := w.byFrequency()
	for range queries {
		c.nearby = append(c.nearby, s.vector())
		c.common = append(c.common, fourOf(rng, frequent))
		c.rare = append(c.rare, fourOf(rng, seldom))
	}
	return c
}

func fourOf(rng *rand.Rand, words []string) string {
	four := make([]string, 0, 4)
	for _, i := range rng.Perm(len(words))[:4] {
		four = append(four, words[i])
	}
	return strings.Join(four, " ")
}

// writer makes texts that look like English: function words between invented words with English endings, whose
// frequencies follow Zipf's law.
type writer struct {
	rng      *rand.Rand
	words    []string
	zipf     *rand.Zipf
	texts    []int // that have the word
	lastText []int // the last one that has it, counted from one
	written  int
}

const (
	vocabulary = 20_000
	textBytes  = 150 // a text ends with the word that reaches it
)

var functionWords = strings.Fields("the a of to and in is was for with on at he she they it his her from by that this had")

func newWriter(rng *rand.Rand) *writer {
	endings := []string{"", "", "", "s", "ed", "ing", "er", "ation", "ly"}
	w := &writer{rng: rng, texts: make([]int, vocabulary), lastText: make([]int, vocabulary)}
	known := map[string]bool{}
	for len(w.words) < vocabulary {
		var b strings.Builder
		for range 2 + rng.IntN(2) {
			b.WriteByte("bcdfghlmnprstvw"[rng.IntN(15)])
			b.WriteByte("aeiou"[rng.IntN(5)])
		}
		b.WriteByte("kmnp"[rng.IntN(4)])
		// Each stem has one ending and none ends as an ending does, so that every stemmer keeps all words apart.
		if stem := b.String(); !known[stem] {
			known[stem] = true
			w.words = append(w.words, stem+endings[rng.IntN(len(endings))])
		}
	}
	w.zipf = rand.NewZipf(rng, 1.1, 4, vocabulary-1)
	return w
}

func (w *writer) text() string {
	w.written++
	var b strings.Builder
	for b.Len() < textBytes {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		if w.rng.IntN(5) < 2 {
			b.WriteString(functionWords[w.rng.IntN(len(functionWords))])
			continue
		}
		i := w.zipf.Uint64()
		b.WriteString(w.words[i])
		if w.lastText[i] != w.written {
			w.lastText[i] = w.written
			w.texts[i]++
		}
	}
	s := b.String()
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// byFrequency returns the 50 words that most texts have, and those that 5 to 30 texts have.
func (w *writer) byFrequency() (frequent, seldom []string) {
	order := make([]int, vocabulary)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return w.texts[j] - w.texts[i] })
	for _, i := range order {
		switch {
		case len(frequent) < 50:
			frequent = append(frequent, w.words[i])
		case w.texts[i] >= 5 && w.texts[i] <= 30:
			seldom = append(seldom, w.words[i])
		}
	}
	return frequent, seldom
}

// space makes unit vectors in clusters, as embeddings of texts about a few hundred subjects: two vectors of one cluster
// have a cosine of about 0.67, others of about 0.1.
type space struct {
	rng     *rand.Rand
	centres [][]float64
}

func newSpace(rng *rand.Rand) *space {
	s := &space{rng: rng}
	shared := s.direction()
	for range 256 {
		centre := s.direction()
		for i := range centre {
			centre[i] += 0.4 * shared[i]
		}
		s.centres = append(s.centres, normalised(centre))
	}
	return s
}

func (s *space) vector() []float32 {
	const spread = 0.7
	v, centre := s.direction(), s.centres[s.rng.IntN(len(s.centres))]
	for i := range v {
		v[i] = centre[i] + spread*v[i]
	}
	out := make([]float32, dimension)
	for i, x := range normalised(v) {
		out[i] = float32(x)
	}
	return out
}

func (s *space) direction() []float64 {
	v := make([]float64, dimension)
	for i := range v {
		v[i] = s.rng.NormFloat64()
	}
	return normalised(v)
}

// normalised scales v itself to length one.
func normalised(v []float64) []float64 {
	length := math.Sqrt(dot(v, v))
	for i := range v {
		v[i] /= length
	}
	return v
}

func dot[T float32 | float64](x, y []T) float64 {
	var sum float64
	for i := range x {
		sum += float64(x[i]) * float64(y[i])
	}
	return sum
}
