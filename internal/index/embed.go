package index

import (
	"cmp"
	"context"
	"math"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// DefaultDimension is the length of the vectors of a LexicalEmbedder unless it is told otherwise.
const DefaultDimension = 384

// Weights of the features of a LexicalEmbedder, before tf: a word by itself, a form beside the word, an
// English function word, and all letter sequences of one word together.
const (
	wordFeature  = 1.0
	alsoFeature  = 0.5
	stopFeature  = 0.15
	gramsFeature = 1.0
	minGram      = 3
	maxGram      = 5
)

// LexicalEmbedder turns text into vectors without a model: it hashes the words of a text, their stems and
// their sequences of three to five letters into a fixed number of components.
//
// It is lexical, not semantic. It knows nothing of meaning: "car" and "automobile" are unrelated to it, and
// "bank" of a river and of money are the same. What it adds to word search is tolerance of typing errors,
// inflection and parts of words. Where meaning matters, use the embedder of a model.
//
// Its output depends on the text and the dimension alone and is the same in every process and on every
// platform up to rounding. It has the method set of langchaingo's embeddings.Embedder. It is safe for
// concurrent use. Make one with NewLexicalEmbedder.
type LexicalEmbedder struct {
	dimension int
	scratches sync.Pool // of *embedding
}

// NewLexicalEmbedder returns an embedder whose vectors have that many components; 0 is DefaultDimension.
// It fails with an [Error] when dimension is negative or over MaxDimension.
func NewLexicalEmbedder(dimension int) (*LexicalEmbedder, error) {
	if dimension == 0 {
		dimension = DefaultDimension
	}
	if dimension < 0 || dimension > MaxDimension {
		return nil, refuse("embed", "Dimension", ErrLimit, "%d is not in 1 to %d", dimension, MaxDimension)
	}
	return &LexicalEmbedder{dimension: dimension, scratches: sync.Pool{New: func() any { return newEmbedding(dimension) }}}, nil
}

// Dimension returns the length of the vectors.
func (e *LexicalEmbedder) Dimension() int { return e.dimension }

// EmbedDocuments returns one vector of length one per text, in order. A text without a word gives a vector
// of zeros, which an Index takes as no vector. It stops with the error of ctx when ctx ends, and fails with
// an [Error] when a text is longer than MaxTextBytes.
func (e *LexicalEmbedder) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	s := e.scratches.Get().(*embedding)
	defer e.scratches.Put(s)
	out := make([][]float32, len(texts))
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if len(text) > MaxTextBytes {
			return nil, refuse("embed", "Text", ErrLimit, "%d bytes, at most %d", len(text), MaxTextBytes)
		}
		out[i] = s.embed(text)
	}
	return out, nil
}

// EmbedQuery returns the vector of one text, as EmbedDocuments does.
func (e *LexicalEmbedder) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	out, err := e.EmbedDocuments(ctx, []string{text})
	if err != nil {
		return nil, err
	}
	return out[0], nil
}

// feature is a property of a text with its weight, as often as the text has it.
type feature struct {
	hash      uint64
	weight    float32
	component uint32 // hash modulo the dimension
}

// embedding is what one text after the other is embedded with.
type embedding struct {
	tokeniser *Tokeniser
	dimension uint64
	words     map[string][]feature // the features of a word: itself and its letter sequences
	features  []feature            // of the text
	sorted    []feature
	starts    []uint32 // see sort
}

func newEmbedding(dimension int) *embedding {
	return &embedding{tokeniser: NewTokeniser(), words: map[string][]feature{}, dimension: uint64(dimension)}
}

// Bounds of the words that are remembered; a word has about three features a letter.
const (
	maxWords     = 1 << 13
	maxWordBytes = 32
)

func (s *embedding) embed(text string) []float32 {
	s.features = s.features[:0]
	for _, tok := range s.tokeniser.analyse(text) {
		if !tok.stop && !tok.also && len(tok.text) <= maxWordBytes {
			s.features = append(s.features, s.word(tok.text)...)
		} else {
			s.features = s.append(s.features, tok)
		}
	}
	return s.project()
}

// word returns the features of a word.
func (s *embedding) word(text string) []feature {
	if f, ok := s.words[text]; ok {
		return f
	}
	f := slices.Clip(s.append(nil, token{text: text}))
	if len(s.words) == maxWords {
		clear(s.words)
	}
	s.words[strings.Clone(text)] = f
	return f
}

// Words and letter sequences are hashed from different starts, so that "cat" the word and "cat" in
// "concatenate" are different features.
const (
	wordSeed = fnvOffset
	gramSeed = fnvOffset ^ 0x9e3779b97f4a7c15
)

// append adds the features of a token to dst.
func (s *embedding) append(dst []feature, tok token) []feature {
	first := len(dst)
	f := feature{hash: mix(hashString(wordSeed, tok.text)), weight: wordFeature}
	switch {
	case tok.stop:
		f.weight = stopFeature
		dst = append(dst, f)
	case tok.also:
		f.weight = alsoFeature
		dst = append(dst, f)
	default:
		dst = appendGrams(append(dst, f), tok.text)
	}
	for i := range dst[first:] {
		f := &dst[first+i]
		f.component = uint32(f.hash % s.dimension)
	}
	return dst
}

// appendGrams adds the letter sequences of a word, its ends marked as letters of their own.
func appendGrams(dst []feature, word string) []feature {
	var starts [MaxTokenBytes + 3]int // byte offsets of the letters in the marked word
	if r, _ := utf8.DecodeRuneInString(word); spaceless(r) {
		return dst // already a pair of letters
	}
	var marked [MaxTokenBytes + 2]byte
	text := append(append(append(marked[:0], '<'), word...), '>')
	n := 0
	for i := range text {
		if utf8.RuneStart(text[i]) {
			starts[n] = i
			n++
		}
	}
	starts[n] = len(text)
	first := len(dst)
	for size := minGram; size <= maxGram; size++ {
		for i := 0; i+size <= n; i++ {
			h := gramSeed
			for _, c := range text[starts[i]:starts[i+size]] {
				h = (h ^ uint64(c)) * fnvPrime
			}
			dst = append(dst, feature{hash: mix(h)})
		}
	}
	// Together the sequences weigh as much as a word, so that a long word does not drown the short ones.
	if grams := dst[first:]; len(grams) > 0 {
		w := float32(gramsFeature / math.Sqrt(float64(len(grams))))
		for i := range grams {
			grams[i].weight = w
		}
	}
	return dst
}

// project hashes the features with signs into the components (Weinberger et al., ICML 2009), with 1+ln(tf) for
// repeated ones, and scales the result to length one. The features are added in the order of their hashes: what they
// add up to does not depend on the order of the words.
func (s *embedding) project() []float32 {
	s.sort()
	features := s.sorted
	out := make([]float32, s.dimension)
	for i := 0; i < len(features); {
		j := i + 1
		for j < len(features) && features[j].hash == features[i].hash {
			j++
		}
		w := features[i].weight
		if j > i+1 {
			w *= float32(1 + math.Log(float64(j-i)))
		}
		if features[i].hash>>63 == 1 {
			w = -w
		}
		out[features[i].component] += w
		i = j
	}
	if length, err := magnitude("embed", out); err == nil && length > 0 {
		scale(out, out, length)
	}
	return out // without a word: zeros
}

// order is by ascending hash, the heaviest of the same first.
func order(a, b feature) int {
	return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(b.weight, a.weight))
}

// sort puts the features into sorted, in their order: into about as many buckets as there are features, by the first
// bits of their hashes, and then in order within each.
func (s *embedding) sort() {
	shift := 64 - min(bits.Len(uint(len(s.features))), 16)
	buckets := 1 << (64 - shift)
	s.starts = slices.Grow(s.starts[:0], buckets+1)[:buckets+1]
	clear(s.starts)
	for i := range s.features {
		s.starts[s.features[i].hash>>shift+1]++
	}
	for i := 1; i < len(s.starts); i++ {
		s.starts[i] += s.starts[i-1]
	}
	s.sorted = slices.Grow(s.sorted[:0], len(s.features))[:len(s.features)]
	for _, f := range s.features {
		at := &s.starts[f.hash>>shift]
		s.sorted[*at] = f
		*at++
	}
	begin := uint32(0)
	for _, end := range s.starts[:buckets] { // each has moved to the start of the next
		if end-begin > 1 {
			slices.SortFunc(s.sorted[begin:end], order)
		}
		begin = end
	}
}
