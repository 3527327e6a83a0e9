package index

import (
	"context"
	"math"
	"slices"
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
	dimension  int
	tokenisers sync.Pool // of *Tokeniser
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
	return &LexicalEmbedder{
		dimension:  dimension,
		tokenisers: sync.Pool{New: func() any { return NewTokeniser() }},
	}, nil
}

// Dimension returns the length of the vectors.
func (e *LexicalEmbedder) Dimension() int { return e.dimension }

// EmbedDocuments returns one vector of length one per text, in order. A text without a word gives a vector
// of zeros, which an Index takes as no vector. It stops with the error of ctx when ctx ends, and fails with
// an [Error] when a text is longer than MaxTextBytes.
func (e *LexicalEmbedder) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	t := e.tokenisers.Get().(*Tokeniser)
	defer e.tokenisers.Put(t)
	out := make([][]float32, len(texts))
	var features []feature
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if len(text) > MaxTextBytes {
			return nil, refuse("embed", "Text", ErrLimit, "%d bytes, at most %d", len(text), MaxTextBytes)
		}
		features = appendFeatures(features[:0], t.analyse(text))
		out[i] = e.project(features)
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
	hash   uint64
	weight float32
}

// Words and letter sequences are hashed from different starts, so that "cat" the word and "cat" in
// "concatenate" are different features.
const (
	wordSeed = fnvOffset
	gramSeed = fnvOffset ^ 0x9e3779b97f4a7c15
)

func appendFeatures(dst []feature, tokens []token) []feature {
	for _, tok := range tokens {
		h := mix(hashString(wordSeed, tok.text))
		switch {
		case tok.stop:
			dst = append(dst, feature{h, stopFeature})
			continue
		case tok.also:
			dst = append(dst, feature{h, alsoFeature})
			continue
		}
		dst = append(dst, feature{h, wordFeature})
		dst = appendGrams(dst, tok.text)
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

// project hashes features with signs into the components (Weinberger et al., ICML 2009), with 1+ln(tf) for
// repeated ones, and scales the result to length one.
func (e *LexicalEmbedder) project(features []feature) []float32 {
	slices.SortFunc(features, func(a, b feature) int {
		switch {
		case a.hash < b.hash:
			return -1
		case a.hash > b.hash:
			return 1
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return 0
	})
	out := make([]float32, e.dimension)
	for i := 0; i < len(features); {
		j := i + 1
		for j < len(features) && features[j].hash == features[i].hash {
			j++
		}
		w := features[i].weight * float32(1+math.Log(float64(j-i)))
		h := features[i].hash
		if h>>63 == 1 {
			w = -w
		}
		out[h%uint64(e.dimension)] += w
		i = j
	}
	if v, err := unit("embed", out); err == nil && v != nil {
		return v
	}
	return out // without a word: zeros
}
