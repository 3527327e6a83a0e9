package ingest

import (
	"context"
	"errors"
	"slices"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/store"
)

// A write has two phases. The first phase, prepare, calls the models: it extracts and embeds, and holds no lock. It plans the whole write
// on the state in memory, so that each message sees the results of the messages before it. The second phase, commit, holds the writer's
// lock. If nothing has changed since, it stores the plan as it is. Otherwise it plans again with the existing extractions and vectors. If
// the new plan needs a model, commit releases the lock and the write is prepared again. Writes that wait for the lock at the same time are
// planned one after the other and stored in one transaction.

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
	if err := d.leaveOut(ctx); err != nil {
		return err
	}
	if err := d.sign(ctx); err != nil {
		return err
	}
	if err := d.embedMessages(ctx); err != nil {
		return live.FailEmbedding(ctx, err)
	}
	d.readings = make([]*reading, len(d.messages))
	if len(d.messages) > 0 {
		if err := d.ask(ctx); err != nil {
			return err
		}
	}
	if c.Snapshot() != at {
		d.to = nil // others wrote while a model was awaited
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
	if d.previews() {
		return nil
	}
	return d.embedNew(ctx, &out.write)
}

// attempt is a draft that waits to be stored.
type attempt struct {
	*draft
	ctx context.Context
	out *outcome
}

// commit stores the draft, possibly in one transaction with others.
func (d *draft) commit(ctx context.Context) (*outcome, error) {
	for range store.Replans.Attempts {
		a := &attempt{draft: d, ctx: ctx}
		err := live.Together(ctx, d.by.Live, live.Joint[*attempt]{Value: a, Size: d.size(), Alone: d.edit != nil || d.signed != nil}, storeTogether)
		switch {
		case errors.Is(err, errOtherVectors):
			err = d.sign(ctx)
		case errors.Is(err, errUnprepared):
			d.to = nil
			err = d.planAhead(ctx)
		default:
			return a.out, err
		}
		if err != nil {
			return nil, err
		}
	}
	return nil, store.ErrStale
}

// rowSize is the approximate size of the rows that a message adds beside its text.
const rowSize = 2000

// size returns the approximate size of what the draft stores, in bytes.
func (d *draft) size() int {
	size := rowSize * len(d.triples)
	for _, msg := range d.messages {
		size += rowSize + len(msg.text)
	}
	for _, v := range d.vectors {
		size += 4 * len(v)
	}
	return size
}

// storeTogether is the live.StoreFunc of drafts. The caller holds the writer's lock.
func storeTogether(ctx context.Context, group []*attempt, view *recall.View, at store.Position) (refused []error, _ store.Position, err error) {
	c := group[0].by.Live
	w, refused := planTogether(group, view)
	if !slices.Contains(refused, nil) {
		return refused, at, nil
	}
	if err := hideReplies(ctx, c, view, &w); err != nil {
		return refused, at, err
	}
	w.Embedder = group[0].signed // a draft with an embedder is alone
	var reinforced func()
	w.Reinforced, reinforced = c.Due(view)
	stored := w
	if !c.Core.StoresVectors {
		stored = withoutVectors(stored)
	}
	// From here on the caller's context is ignored, because memory must follow what is stored.
	at, err = c.Apply(context.WithoutCancel(ctx), stored, at)
	if err != nil {
		return refused, at, err
	}
	if w.Embedder != nil {
		c.Sign(*w.Embedder)
	}
	if err := view.Apply(w); err != nil {
		c.ReadAnew(ctx, err)
	}
	reinforced() // after view.Apply, so that readers see no earlier importance
	return refused, at, nil
}

// planTogether plans the drafts of a group, and returns the write of those that are not refused. A panic of a caller's clock or ids is an
// error of its draft.
func planTogether(group []*attempt, view *recall.View) (w store.Write, refused []error) {
	refused = make([]error, len(group))
	if len(group) == 1 {
		refused[0] = live.Catch(func() (err error) {
			w, err = group[0].planAlone(view)
			return err
		})
		return w, refused
	}
	for {
		g, dimension := newGroup(view.Own()), view.Own().Dimension()
		for i, a := range group {
			if refused[i] != nil || g.broken {
				continue
			}
			refused[i] = live.Catch(func() (err error) {
				dimension, err = a.join(g, dimension)
				return err
			})
		}
		if g.broken {
			continue // what a draft has planned before its error must not be stored: plan again without it
		}
		if len(g.parts) > 0 {
			w = g.joined()
		}
		return w, refused
	}
}

// planAlone plans a draft that shares its transaction with nobody.
func (a *attempt) planAlone(view *recall.View) (w store.Write, err error) {
	if a.by.Live.Vectors.Load() != a.beside {
		return w, errOtherVectors
	}
	if a.out, err = a.planNow(a.ctx, view); err != nil {
		return w, err
	}
	dimension := view.Own().Dimension()
	if a.signed != nil {
		dimension = a.signed.Dimension
	}
	a.timed(&a.out.write)
	_, err = a.vectorise(a.ctx, &a.out.write, dimension)
	return a.out.write, err
}

// join plans a draft after the others of a group.
func (a *attempt) join(g *group, dimension int) (int, error) {
	if a.by.Live.Vectors.Load() != a.beside {
		return dimension, errOtherVectors
	}
	a.ahead, a.to = nil, nil
	var err error
	if a.out, err = a.planIn(a.ctx, g, a.readBefore); err != nil {
		return dimension, err
	}
	a.timed(&a.out.write)
	w := a.out.write
	w.Create, w.Instructions = g.write.Create[a.out.began.facts:], g.write.Instructions[a.out.began.instructions:]
	if dimension, err = a.vectorise(a.ctx, &w, dimension); err != nil {
		g.broken = true
	}
	return dimension, err
}

// vectorise gives a write under the writer's lock its vectors, and checks their length. It returns the dimension for the next write.
func (d *draft) vectorise(ctx context.Context, w *store.Write, dimension int) (int, error) {
	if len(d.unembedded(w)) > 0 {
		if d.by.Live.Core.StoresVectors {
			return dimension, errUnprepared
		}
		// The built-in embedder takes microseconds.
		if err := d.embedNew(ctx, w); err != nil {
			return dimension, err
		}
	}
	dimension, err := checkDimension(w, dimension)
	if err != nil {
		err = live.FailEmbedding(ctx, err)
	}
	return dimension, err
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
