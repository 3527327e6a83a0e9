package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
)

// Reembedded is the result of Manager.ReembedContext.
type Reembedded struct {
	Texts int // number of texts that have a stored vector now; 0 with the built-in embedder, whose vectors are not stored
}

// ReembedContext makes the vectors of a Context anew with the store's embedder, and stores them: after another embedder was
// chosen, or to store the vectors of texts that were written without one. With the built-in embedder it removes those that are
// stored. It embeds everything that the Context holds before it changes anything. Others write meanwhile, and what they write is embedded
// as well; writes wait while the vectors are stored, and recall goes on. When it fails after that, the Context has no vectors, and says
// so with ErrConflict, until it is called again.
//
// Codes: CodeNotFound; CodeModel if the embedder fails; CodeConflict if another process wrote meanwhile: call it again.
func (m *Manager) ReembedContext(ctx context.Context, id string) (*Reembedded, error) {
	const op = "reembed context"
	return manageContext(ctx, &m.controlPlane, op, id, func(ctx context.Context, c gate.ControlCall) (*Reembedded, error) {
		if err := checkID(op, id); err != nil {
			return nil, err
		}
		state, err := c.Store.Pinned(ctx, id)
		if err != nil {
			return nil, err
		}
		defer state.Done()
		texts, err := live.Await(ctx, state, func() (int, error) { return state.Reembed(ctx) })
		return &Reembedded{Texts: texts}, err
	})
}

// The sources of vectors, as Trace and Health name them.
const (
	vectorsLexical  = "lexical"
	vectorsEmbedder = "embedder"
	vectorsNone     = "none"
)
