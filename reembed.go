package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/lifecycle"
	"github.com/spectron-go/spectron/internal/live"
)

// Reembedded is the result of Manager.ReembedContext.
type Reembedded struct {
	Texts int `json:"texts"` // number of texts that now have a stored vector; 0 with the built-in embedder, whose vectors are not stored
}

// ReembedContext recomputes the vectors of a Context with the store's embedder and stores them. Use it after changing the embedder,
// or to store the vectors of texts that were written without one. With the built-in embedder it removes the stored vectors. It
// embeds all texts of the Context before it changes anything. Other writes continue meanwhile, and their texts are embedded as
// well. Writes wait only while the vectors are stored; recall continues. If storing fails, the Context has no vectors, and calls
// return ErrConflict until ReembedContext succeeds.
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

// Reindex is like Manager.ReembedContext, in a job. If such a job is open, Reindex returns it. Until it is done, words alone are searched if the
// embedder has changed, and the old vectors otherwise: vectors of two embedders are never mixed. Only the operator and management keys may call it.
func (r *maintenance) Reindex(ctx context.Context) (*Job, error) {
	return call(ctx, r.context, "reindex", func(ctx context.Context, by *gate.Call) (*Job, error) {
		return one(newJob)(lifecycle.StartReindexing(ctx, by))
	})
}

// The sources of vectors, as Trace and Health name them.
const (
	vectorsLexical  = "lexical"
	vectorsEmbedder = "embedder"
	vectorsNone     = "none"
)

// vectorsFrom names the source of the vectors of a store.
func vectorsFrom(core *live.Store) string {
	if core.StoresVectors {
		return vectorsEmbedder
	}
	return vectorsLexical
}
