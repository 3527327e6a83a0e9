package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/live"
)

// Reembedded is the result of Manager.ReembedContext.
type Reembedded struct {
	Texts int // number of texts that have a stored vector now; 0 with the built-in embedder, whose vectors are not stored
}

// ReembedContext recomputes the vectors of a Context with the store's embedder and stores them. Use it after you have changed
// the embedder, or to add vectors to texts that were written without an embedder. With the built-in embedder it removes the
// stored vectors. It embeds all texts of the Context before it changes anything. Meanwhile writes to the Context wait, and
// recall continues. If it fails after that, the Context has no vectors and reports ErrConflict until ReembedContext is called
// again.
//
// Codes: CodeNotFound; CodeModel if the embedder fails; CodeConflict if another process wrote meanwhile: call it again.
func (m *Manager) ReembedContext(ctx context.Context, id string) (*Reembedded, error) {
	const op = "reembed context"
	if err := m.admitOperator(ctx, op); err != nil {
		return nil, err
	}
	defer m.core.Done()
	if err := checkID(op, id); err != nil {
		return nil, err
	}
	state, err := m.core.Pinned(ctx, id)
	if err != nil {
		return nil, fail(op, err)
	}
	defer state.Done()
	texts, err := live.Await(ctx, state, func() (int, error) { return state.Reembed(ctx) })
	if err != nil {
		return nil, fail(op, err)
	}
	return &Reembedded{Texts: texts}, nil
}

// The sources of vectors, as Trace and Health name them.
const (
	vectorsLexical  = "lexical"
	vectorsEmbedder = "embedder"
	vectorsNone     = "none"
)
