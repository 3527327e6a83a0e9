package spectron

import (
	"cmp"
	"context"
	"slices"
)

// Reembedded is what Manager.ReembedContext did.
type Reembedded struct {
	Texts int // that have a vector now; 0 with the built-in embedder, whose vectors are not stored
}

// ReembedContext makes the vectors of a Context anew with the store's embedder, and stores them: after another embedder was
// chosen, or to store the vectors of texts that were written without one. With the built-in embedder it removes those that are
// stored. It embeds everything that the Context holds before it changes anything; writes to the Context wait meanwhile, and
// recall goes on. When it fails after that, the Context has no vectors, and says so with ErrConflict, until it is called again.
//
// Codes: CodeNotFound; CodeModel when the embedder fails; CodeConflict when another process wrote meanwhile: call it again.
func (m *Manager) ReembedContext(ctx context.Context, id string) (*Reembedded, error) {
	const op = "reembed context"
	if err := m.admitOperator(ctx, op); err != nil {
		return nil, err
	}
	defer m.done()
	if err := checkID(op, id); err != nil {
		return nil, err
	}
	state, err := m.pinned(ctx, id)
	if err != nil {
		return nil, fail(op, err)
	}
	defer state.done()
	texts, err := await(ctx, state, func() (int, error) { return state.reembed(ctx) })
	if err != nil {
		return nil, fail(op, err)
	}
	return &Reembedded{Texts: texts}, nil
}

// embedderHealth fills in what the store embeds with, and which open Contexts have vectors of something else.
func (m *openStore) embedderHealth(h *Health, open []*contextStore) {
	h.VectorsFrom, h.EmbedderName = vectorsLexical, m.embedderName()
	if m.keep {
		h.VectorsFrom = vectorsEmbedder
	}
	if known := m.fingerprint.Load(); known != nil {
		h.Dimension = known.Dimension
	}
	for _, state := range open {
		if v := state.vectors.Load(); v != nil {
			if judged := v.judged.Load(); judged != nil && *judged || v.by.Unfinished || !m.keep {
				h.OtherVectors = append(h.OtherVectors, state.id)
			}
		}
	}
	slices.SortFunc(h.OtherVectors, cmp.Compare)
}

// What vectors come from.
const (
	vectorsLexical  = "lexical"
	vectorsEmbedder = "embedder"
	vectorsNone     = "none"
)
