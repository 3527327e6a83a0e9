package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/live"
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
	if err := m.admit(ctx, op); err != nil {
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

// What vectors come from.
const (
	vectorsLexical  = "lexical"
	vectorsEmbedder = "embedder"
	vectorsNone     = "none"
)
