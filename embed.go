package spectron

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/store"
)

// embedBatch is how many texts are given to an embedder at once.
const embedBatch = 256

// embedTexts embeds texts in batches. What it returns can be searched: as many vectors as texts, made of finite
// numbers.
func (m *Manager) embedTexts(ctx context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, 0, len(texts))
	for batch := range slices.Chunk(texts, embedBatch) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		vectors, err := m.embed.EmbedDocuments(ctx, batch)
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

// embedNew embeds texts that are about to be stored. Of an embedder from the options each has to have a direction: of a text with a
// vector of zeros nobody would notice that vectors never find it.
func (m *Manager) embedNew(ctx context.Context, texts []string) ([][]float32, error) {
	out, err := m.embedTexts(ctx, texts)
	if err != nil || !m.keep {
		return out, err
	}
	for _, v := range out {
		if err := checkDirection(v); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// embedQuery embeds a question to a Context, by its embedder alone.
func (m *Manager) embedQuery(ctx context.Context, op string, state *contextStore, text string) ([]float32, error) {
	if err := m.agree(ctx, op, state); err != nil {
		return nil, err
	}
	v, err := m.embed.EmbedQuery(ctx, text)
	if err != nil || !m.keep {
		return v, err
	}
	if err := checkVector(v); err != nil {
		return nil, err
	}
	return v, checkDirection(v)
}

// checkVector refuses what no index takes.
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

// errOtherVectors says that what the Context knows of its vectors has changed since the draft was signed.
var errOtherVectors = errors.New("the vectors of the Context are others now")

// sign sees to it that the draft's vectors belong beside those of the Context, or are the first.
func (m *Memory) sign(ctx context.Context, op string, d *draft) error {
	mgr, state := m.context.mgr, m.context.state
	d.beside = state.vectors.Load()
	err := mgr.agree(ctx, op, state)
	if err == nil {
		d.signed, err = mgr.signed(ctx, d.beside)
	}
	if err != nil {
		return failEmbedding(ctx, op, err)
	}
	return nil
}

// embedMessages embeds what is said in a draft, before any lock is taken.
func (m *Memory) embedMessages(ctx context.Context, d *draft) error {
	var texts []string
	for _, msg := range d.messages {
		for _, piece := range msg.pieces {
			texts = append(texts, piece.Text)
		}
	}
	var err error
	if d.vectors, err = m.context.mgr.embedNew(ctx, texts); err != nil {
		return err
	}
	dimension := m.context.state.view.Load().Dimension()
	for _, v := range d.vectors {
		if err := checkLength(v, &dimension); err != nil {
			return err
		}
	}
	return nil
}

// unembedded returns the texts of a write that have no vector yet and are not in the draft's cache, and gives the
// others theirs.
func (d *draft) unembedded(w *store.Write) []string {
	var missing []string
	recall.EachText(w, func(text string, vector *[]float32) {
		if *vector != nil {
			return
		}
		if v, ok := d.embedded[text]; ok {
			*vector = v
			return
		}
		missing = append(missing, text)
	})
	return missing
}

// keep puts vectors into the draft's cache.
func (d *draft) keep(texts []string, vectors [][]float32) {
	if d.embedded == nil {
		d.embedded = map[string][]float32{}
	}
	for i, text := range texts {
		d.embedded[text] = vectors[i]
	}
}

// checkDimension refuses a write whose vectors are not all of the length that the view has.
func checkDimension(w *store.Write, dimension int) error {
	var err error
	recall.EachText(w, func(_ string, vector *[]float32) {
		if err == nil {
			err = checkLength(*vector, &dimension)
		}
	})
	return err
}

// checkLength refuses a vector that has not the dimension; while that is 0, the first vector sets it.
func checkLength(v []float32, dimension *int) error {
	if *dimension == 0 {
		*dimension = len(v)
	}
	if len(v) != *dimension {
		return fmt.Errorf("the embedder returned a vector of %d components where %d were expected; all vectors of a store must come from one embedder",
			len(v), *dimension)
	}
	return nil
}

// withoutVectors is the write as it is stored when vectors are made again at open.
func withoutVectors(w store.Write) store.Write {
	w.Chunks, w.Create, w.Instructions = slices.Clone(w.Chunks), slices.Clone(w.Create), slices.Clone(w.Instructions)
	recall.EachText(&w, func(_ string, vector *[]float32) { *vector = nil })
	return w
}
