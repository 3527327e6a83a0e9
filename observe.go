package spectron

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
)

// Observer hears of every operation of a store, for metrics and traces: of Open and Close, of each method of a handle that takes a
// context.Context, and of each page that an iterator fetches. Each is one Start and one End, also when it is refused, fails or
// panics. Many goroutines call it at a time; what it takes to return is added to the operation. It may call the store.
//
// No method has a text, a query, a name of an entity or a secret to tell. A panic of an Observer goes to the caller of the operation,
// as one of an embedder does; no lock is held, and the store works on.
type Observer interface {
	// Start is called before anything is checked. The operation runs with the context that it returns, which may carry a span; so do
	// the calls of Options.Embedder. It is ctx, or made of it.
	Start(ctx context.Context, op Operation) context.Context
	// End is called with that context once the operation is done. op may have become more precise: see there.
	End(ctx context.Context, op Operation, out Outcome)
}

// Operation is what is done, where and by whom.
type Operation struct {
	Name      string // as in Error.Op: "remember", "create context"
	ContextID string // as the caller names it; "" in the control plane; at the End of "authenticate" that of the key
	Operator  bool   // with a handle of the program that opened the store
	KeyID     string // of the handle; "" for the operator; at the End of "authenticate" the key that was accepted
	// OnBehalfOf is the id of the principal that the handle acts for, "" for none.
	OnBehalfOf string
	// PrincipalID is who does it, in a Context: known at the End, once the caller was admitted.
	PrincipalID string
}

// Outcome is how an operation ended.
type Outcome struct {
	Duration time.Duration // by the machine's monotonic clock, whatever Options.Clock says
	Code     Code          // that of the error; "" without one; CodeInternal after a panic
	Tier     Tier          // of Recall
	Counts   Counts
	// Retries is how often a part of it was done again, because others wrote at the same time or an answer of the database was lost.
	// Work that calls share, such as reading what other processes wrote, counts for one of them.
	Retries int
}

// Counts say how much an operation found or changed. What does not apply is 0, and so is everything after an error.
type Counts struct {
	Hits   int // of Recall
	Items  int // of a page or another list: turns, keys, events, Contexts …
	Turns  int // stored by Remember and RememberMany: one a text
	Chunks int // pieces of texts that were stored for search
	Facts  int // attributes, relations and instructions that were stored
	Closed int // of them that ended: superseded, or no longer so
	Rows   int // erased by Forget, taken over by ImportContext, embedded by ReembedContext
}

// observation is what is known of an operation that is observed. nil: nobody observes.
type observation struct {
	op  Operation
	out Outcome
}

// observe runs an operation, and tells Options.Observer and Options.Logger of it. It is the outermost of the wrappers: no lock is held
// around it.
func observe[T any](ctx context.Context, o *live.Options, op Operation, f func(context.Context, *observation) (T, error)) (T, error) {
	observer, ok := o.Observer.(Observer)
	if !ok && !o.Watched(ctx) {
		return f(ctx, nil)
	}
	return watch(ctx, observer, o, op, f)
}

// watch is observe where somebody is told; observer may be nil.
func watch[T any](
	ctx context.Context, observer Observer, o *live.Options, op Operation, f func(context.Context, *observation) (T, error),
) (out T, err error) {
	seen := &observation{op: op}
	started := time.Now()
	if observer != nil {
		ctx = observer.Start(ctx, op)
	}
	inner, retried := o.Watch(ctx, op.Name)
	returned := false
	defer func() {
		seen.out.Retries = retried(seen.op.ContextID)
		if observer == nil {
			return
		}
		seen.end(out, err, returned)
		seen.out.Duration = time.Since(started)
		observer.End(ctx, seen.op, seen.out)
	}()
	out, err = f(inner, seen)
	returned = true
	return out, err
}

// end says how an operation ended, and what its result says of it.
func (s *observation) end(result any, err error, returned bool) {
	var e *Error
	switch {
	case errors.As(err, &e):
		s.out.Code = e.Code
	case err != nil || !returned:
		s.out.Code = CodeInternal
	}
	if s.out.Code != "" {
		s.out.Counts = Counts{}
		return
	}
	c := &s.out.Counts
	switch r := result.(type) {
	case *Recalled:
		s.out.Tier, c.Hits = r.Tier, len(r.Hits)
	case []Migration:
		c.Items = len(r)
	case interface{ size() int }:
		c.Items = r.size()
	case *ScopeForgotten:
		if !r.DryRun {
			c.Rows = r.Forgotten
		}
	case *Imported:
		for _, n := range r.Rows {
			c.Rows += n
		}
	case *Reembedded:
		c.Rows = r.Texts
	}
}

// size is how many items a page has.
func (p Page[T]) size() int { return len(p.Items) }

// called takes note of who was admitted, and of what the call has changed.
func (s *observation) called(c *gate.Call) {
	if s == nil {
		return
	}
	s.op.PrincipalID = c.Principal.ID
	s.out.Counts = Counts{Turns: c.Stored.Turns, Chunks: c.Stored.Chunks, Facts: c.Stored.Facts, Closed: c.Stored.Closed}
}

// authenticated takes note of who was accepted.
func (s *observation) authenticated(contextID string, by *gate.Caller) {
	if s != nil {
		s.op.ContextID, s.op.KeyID, s.op.Operator = contextID, by.Key, false
	}
}

// operationOf is an operation of a caller.
func operationOf(by *gate.Caller, name, contextID string) Operation {
	return Operation{Name: name, ContextID: contextID, Operator: by.Kind == gate.Operator, KeyID: by.Key, OnBehalfOf: by.Behalf}
}

// heard are who is told of operations.
func (o *Options) heard() *live.Options {
	out := &live.Options{Logger: slog.New(slog.DiscardHandler)}
	if o == nil {
		return out
	}
	if o.Logger != nil {
		out.Logger = o.Logger
	}
	if o.Observer != nil {
		out.Observer = o.Observer
	}
	return out
}
