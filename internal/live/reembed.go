package live

import (
	"context"
	"errors"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// FreeRounds is the number of rounds in which Reembed embeds without the writer's lock. Each round embeds the texts that were written
// during the previous one. If other calls are still writing after the last round, the remaining texts are embedded under the lock.
const FreeRounds = 4

// embeddedTogether is the number of texts that the embedder gets at a time, so that the work can report its progress and end in between.
const embeddedTogether = 512

// revision has the new vectors of a Context.
type revision struct {
	*Context
	by    record.Embedder
	rows  []store.Vectored
	made  map[string][]float32 // by text
	since Snapshot             // taken before the texts were read
	at    store.Position
}

// Reembed recomputes the vectors of the Context and returns their number. It calls the embedder without the writer's lock, except after
// FreeRounds.
func (s *Context) Reembed(ctx context.Context) (int, error) {
	r := &revision{Context: s, made: map[string][]float32{}}
	if err := s.Explain(ctx, r.make(ctx)); err != nil {
		return 0, err
	}
	return len(r.rows), nil
}

// make implements Reembed.
func (r *revision) make(ctx context.Context) error {
	for range FreeRounds {
		if err := r.embed(ctx); err != nil {
			return err
		}
		done, err := r.locked(ctx, func() (bool, error) {
			if !r.Current(r.since) {
				return false, nil
			}
			return r.store(ctx)
		})
		if done || err != nil {
			return err
		}
	}
	done, err := r.locked(ctx, func() (bool, error) {
		if err := r.embed(ctx); err != nil {
			return false, err
		}
		return r.store(ctx)
	})
	if err == nil && !done {
		err = fault.New(fault.Conflict, "", "another process wrote to the Context meanwhile; call it again")
	}
	return err
}

// locked runs f under the writer's lock.
func (r *revision) locked(ctx context.Context, f func() (bool, error)) (bool, error) {
	if err := r.Writer.Lock(ctx); err != nil {
		return false, err
	}
	defer r.Writer.Unlock()
	if err := r.Alive(); err != nil {
		return false, err
	}
	return f()
}

// embed reads all stored texts of the Context, and embeds those that have no new vector yet.
func (r *revision) embed(ctx context.Context) (err error) {
	m := r.Core
	r.since = r.Snapshot()
	if r.at, err = r.Rows.Position(ctx); err != nil {
		return err
	}
	if !m.StoresVectors {
		r.by = record.Embedder{Dimension: 1, Probes: []record.Probe{{Text: ProbeTexts[0], Vector: []float32{0}}}} // a placeholder, which is removed at the end
		return nil
	}
	known, err := m.identity(ctx)
	if err != nil {
		return FailEmbedding(ctx, err)
	}
	r.by = *known
	stored, err := r.texts(ctx)
	if err != nil {
		return err
	}
	var missing []string
	for _, t := range stored {
		if _, found := r.made[t.text]; !found {
			r.made[t.text], missing = nil, append(missing, t.text)
		}
	}
	for from := 0; from < len(missing); from += embeddedTogether {
		Progress(ctx, "embedding", len(r.made)-len(missing)+from, len(r.made))
		page := missing[from:min(from+embeddedTogether, len(missing))]
		vectors, err := m.EmbedTexts(ctx, page)
		if err != nil {
			return FailEmbedding(ctx, err)
		}
		for i, text := range page {
			r.made[text] = vectors[i]
		}
	}
	r.rows = make([]store.Vectored, len(stored))
	dimension := 0
	for i, t := range stored {
		r.rows[i] = store.Vectored{ID: t.id, Vector: r.made[t.text]}
		if err := CheckLength(r.rows[i].Vector, &dimension); err != nil {
			return FailEmbedding(ctx, err)
		}
	}
	return nil
}

// text is a text of a Context that is embedded.
type text struct{ id, text string }

// texts reads all texts that are embedded.
func (r *revision) texts(ctx context.Context) (out []text, err error) {
	for c, err := range r.Rows.Chunks(ctx) {
		if err != nil {
			return nil, err
		}
		out = append(out, text{c.ID, c.Text})
	}
	for p, err := range r.Rows.Passages(ctx) {
		if err != nil {
			return nil, err
		}
		searched, _ := p.Searched()
		out = append(out, text{p.ID, searched})
	}
	for f, err := range r.Rows.Facts(ctx) {
		if err != nil {
			return nil, err
		}
		out = append(out, text{f.ID, f.Text()})
	}
	for i, err := range r.Rows.Instructions(ctx) {
		if err != nil {
			return nil, err
		}
		out = append(out, text{i.ID, i.Description})
	}
	return out, nil
}

// store stores the vectors, unless another process wrote after the texts were read. The caller holds the writer's lock.
func (r *revision) store(ctx context.Context) (done bool, err error) {
	m := r.Core
	// From here on ctx is ignored, because the Context has no usable vectors until all are stored.
	ctx = context.WithoutCancel(ctx)
	Progress(ctx, "storing", 0, len(r.rows))
	r.by.Unfinished = true
	at, err := r.Rows.SetEmbedder(ctx, &r.by, r.at)
	if errors.Is(err, store.ErrStale) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	r.Vectors.Store(&Vectors{by: r.by, stored: true})
	if m.StoresVectors {
		err = r.Rows.SetVectors(ctx, r.rows)
	} else {
		err = r.Rows.DropVectors(ctx)
	}
	if err != nil {
		return false, err
	}
	var finished *record.Embedder
	if m.StoresVectors {
		now := r.by
		now.Unfinished = false
		finished = &now
	}
	if err := r.finish(ctx, finished, at); err != nil {
		return false, err
	}
	return true, m.reload(ctx, r.Context)
}

// finish records the embedder after all vectors are stored. It repeats this if other processes write at the same time.
func (r *revision) finish(ctx context.Context, by *record.Embedder, at store.Position) error {
	for {
		_, err := r.Rows.SetEmbedder(ctx, by, at)
		if !errors.Is(err, store.ErrStale) {
			return err
		}
		if at, err = r.Rows.Position(ctx); err != nil {
			return err
		}
	}
}
