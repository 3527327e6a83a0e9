package spectrontest

import (
	"context"
	"hash/fnv"
	"math"
	"strings"
	"sync/atomic"

	"github.com/tmc/langchaingo/embeddings"
)

// Embedder is a deterministic substitute for an embedding model. It hashes words into Dimension buckets, so that texts with
// common words are near each other. The same text gets the same vector in every test and on every machine. Synonyms lets a
// test declare which words mean the same.
type Embedder struct {
	Dimension int               // 0: 64
	Synonyms  map[string]string // maps a lower-case word to the word that replaces it
	Err       error             // returned by every call, to test the failure of a model

	calls atomic.Int64
}

var _ embeddings.Embedder = (*Embedder)(nil)

// Calls returns how many texts have been embedded.
func (e *Embedder) Calls() int { return int(e.calls.Load()) }

// EmbedDocuments returns a vector of length one for each text. A text without words is treated as one word.
func (e *Embedder) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	return embedEach(ctx, texts, e.EmbedQuery)
}

func embedEach(ctx context.Context, texts []string, embed func(context.Context, string) ([]float32, error)) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, text := range texts {
		v, err := embed(ctx, text)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

// EmbedQuery returns the vector of one text.
func (e *Embedder) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if e.Err != nil {
		return nil, e.Err
	}
	e.calls.Add(1)
	dimension := e.Dimension
	if dimension <= 0 {
		dimension = 64
	}
	v := make([]float32, dimension)
	var sum float64
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" \t\n.,;:!?'\"()", r) })
	if len(words) == 0 {
		words = []string{text}
	}
	for _, w := range words {
		if s, ok := e.Synonyms[w]; ok {
			w = s
		}
		h := fnv.New32a()
		h.Write([]byte(w))
		v[h.Sum32()%uint32(dimension)]++
	}
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if sum > 0 {
		for i := range v {
			v[i] /= float32(math.Sqrt(sum))
		}
	}
	return v, nil
}
