package live

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/spectron-go/spectron/internal/index"
)

// embedBatch is the number of texts per call of an embedder.
const embedBatch = 256

// EmbedTexts embeds texts in batches. It returns as many vectors as texts. It refuses vectors that the index does not accept.
func (m *Store) EmbedTexts(ctx context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, 0, len(texts))
	for batch := range slices.Chunk(texts, embedBatch) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		vectors, err := m.Embed.EmbedDocuments(ctx, batch)
		if err != nil {
			return nil, err
		}
		if len(vectors) != len(batch) {
			return nil, fmt.Errorf("the embedder returned %d vectors for %d texts", len(vectors), len(batch))
		}
		out = append(out, vectors...)
	}
	for _, v := range out {
		if err := checkVector(v); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// EmbedNew embeds texts that are about to be stored. It refuses a vector of zeros from an embedder of the options, because vector search
// would silently never find the text.
func (m *Store) EmbedNew(ctx context.Context, texts []string) ([][]float32, error) {
	out, err := m.EmbedTexts(ctx, texts)
	if err != nil || !m.StoresVectors {
		return out, err
	}
	for _, v := range out {
		if err := checkDirection(v); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// embedQuery embeds a question to a Context. fault.Conflict: the vectors of the Context come from another embedder.
func (m *Store) embedQuery(ctx context.Context, state *Context, text string) ([]float32, error) {
	if err := m.Agree(ctx, state); err != nil {
		return nil, err
	}
	v, err := m.Embed.EmbedQuery(ctx, text)
	if err != nil || !m.StoresVectors {
		return v, err
	}
	if err := checkVector(v); err != nil {
		return nil, err
	}
	return v, checkDirection(v)
}

// EmbedQuestion embeds a question to the Context. A model may ignore ctx, so nobody waits for it longer than ctx allows; the built-in embedder takes
// microseconds.
func (s *Context) EmbedQuestion(ctx context.Context, text string) ([]float32, error) {
	embed := func() ([]float32, error) { return s.Core.embedQuery(ctx, s, text) }
	if s.Core.StoresVectors {
		return Await(ctx, s, embed)
	}
	return embed()
}

// checkVector refuses vectors that the index does not accept.
func checkVector(v []float32) error {
	if len(v) == 0 || len(v) > index.MaxDimension {
		return fmt.Errorf("the embedder returned a vector of %d components, not 1 to %d", len(v), index.MaxDimension)
	}
	return checkFinite(v)
}

func checkDirection(v []float32) error {
	if slices.ContainsFunc(v, func(x float32) bool { return x != 0 }) {
		return nil
	}
	return errors.New("the embedder returned a vector of zeros")
}

func checkFinite(v []float32) error {
	for _, x := range v {
		if f := float64(x); math.IsNaN(f) || math.IsInf(f, 0) {
			return errors.New("the embedder returned a vector with a component that is not a finite number")
		}
	}
	return nil
}

// CheckLength refuses a vector whose length is not the dimension. While dimension is 0, the first vector sets it.
func CheckLength(v []float32, dimension *int) error {
	if *dimension == 0 {
		*dimension = len(v)
	}
	if len(v) != *dimension {
		return fmt.Errorf("the embedder returned a vector of %d components where %d were expected; all vectors of a store must come from one embedder",
			len(v), *dimension)
	}
	return nil
}
