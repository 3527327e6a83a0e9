package ingest

import (
	"context"
	"errors"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/store"
)

// A write has two phases. The first phase, prepare, calls the models: it extracts and embeds, and holds no lock. It plans the whole write
// on the state in memory, so that each message sees the results of the messages before it. The second phase, commit, holds the writer's
// lock. If nothing has changed since, it stores the plan as it is. Otherwise it plans again with the existing extractions and vectors. If
// the new plan needs a model, commit releases the lock and the write is prepared again.

// errUnprepared is returned for a plan that needs a result of a model that prepare did not ask for.
var errUnprepared = errors.New("the write has to be prepared again")

// prepare does the part of a write that needs no lock. It stores nothing.
func (d *draft) prepare(ctx context.Context) error {
	c := d.by.Live
	// Check permissions first: a refused write is neither split nor embedded.
	at := c.Snapshot()
	if d.edit == nil {
		to, err := d.destination(ctx)
		if err != nil {
			return err
		}
		d.to = &to
	}
	if d.extracts() && c.Settings.Load().Entry.EnforcementBlocked {
		return fault.New(fault.Blocked, "Infer", "the Context refuses all work for models (enforcement_blocked); InferNone and InferTriples work")
	}
	if err := d.split(ctx); err != nil {
		return err
	}
	if err := d.sign(ctx); err != nil {
		return err
	}
	if err := d.embedMessages(ctx); err != nil {
		return live.FailEmbedding(ctx, err)
	}
	d.readings = make([]*reading, len(d.messages))
	if c.Snapshot() != at {
		d.to = nil // others wrote while the texts were embedded
	}
	return d.planAhead(ctx)
}

// planAhead plans on the current state in memory, extracts facts from the messages with it, and embeds the new texts.
func (d *draft) planAhead(ctx context.Context) error {
	at := d.by.Live.Snapshot()
	out, err := d.plan(ctx, at.View.State(), d.read)
	if err != nil {
		return err
	}
	d.ahead, d.at = out, at
	if d.infer == Preview {
		return nil
	}
	return d.embedNew(ctx, &out.write)
}

// commit stores the draft.
func (d *draft) commit(ctx context.Context) (*outcome, error) {
	for range store.Replans.Attempts {
		var out *outcome
		err := d.by.Live.Write(ctx, func(view *recall.View, at store.Position) (_ store.Position, err error) {
			out, at, err = d.try(ctx, view, at)
			return at, err
		})
		switch {
		case errors.Is(err, errOtherVectors):
			err = d.sign(ctx)
		case errors.Is(err, errUnprepared):
			d.to = nil
			err = d.planAhead(ctx)
		default:
			return out, err
		}
		if err != nil {
			return nil, err
		}
	}
	return nil, store.ErrStale
}

// try plans and applies a draft once. The caller holds the writer's lock.
func (d *draft) try(ctx context.Context, view *recall.View, at store.Position) (*outcome, store.Position, error) {
	c := d.by.Live
	if c.Vectors.Load() != d.beside {
		return nil, at, errOtherVectors
	}
	out, err := d.planNow(ctx, view)
	if err != nil {
		return nil, at, err
	}
	if len(d.unembedded(&out.write)) > 0 {
		if c.Core.StoresVectors {
			return nil, at, errUnprepared
		}
		// The built-in embedder takes microseconds.
		if err := d.embedNew(ctx, &out.write); err != nil {
			return nil, at, err
		}
	}
	dimension := view.Own().Dimension()
	if d.signed != nil {
		out.write.Embedder, dimension = d.signed, d.signed.Dimension
	}
	if err := checkDimension(&out.write, dimension); err != nil {
		return nil, at, live.FailEmbedding(ctx, err)
	}
	d.timed(&out.write)
	stored := out.write
	if !c.Core.StoresVectors {
		stored = withoutVectors(stored)
	}
	// From here on the caller's context is ignored, because memory must follow what is stored.
	at, err = c.Apply(context.WithoutCancel(ctx), stored, at)
	if err != nil {
		return nil, at, err
	}
	if d.signed != nil {
		c.Sign(*d.signed)
	}
	if err := view.Apply(out.write); err != nil {
		c.ReadAnew(ctx, err)
	}
	return out, at, nil
}

// planNow returns the prepared plan if it is still valid, or a new one.
func (d *draft) planNow(ctx context.Context, view *recall.View) (*outcome, error) {
	ahead := d.ahead
	d.ahead = nil
	if ahead != nil && d.by.Live.Current(d.at) {
		now, err := d.by.Current(ctx)
		if err != nil {
			return nil, err
		}
		if now.Permissions == d.by.Permissions {
			return ahead, ctx.Err()
		}
	}
	d.to = nil
	return d.plan(ctx, view.Own(), d.readBefore)
}
