package spectron

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
)

// Observer receives every operation of a store, for metrics and traces: Open, Close, each method of a handle that takes a
// context.Context, and each page that an iterator fetches. Each operation is one Start and one End, even if it is refused, fails or
// panics. Calls are concurrent, and their time is added to the operation. An Observer may call the store.
//
// It receives no text, query, name of an entity or secret. A panic of an Observer reaches the caller of the operation, as a panic
// of an embedder does. No lock is held then, and the store remains usable.
type Observer interface {
	// Start is called before anything is checked. The operation, and its calls of Options.Embedder, run with the returned context.
	// It must be ctx or derived from it, and may carry a span.
	Start(ctx context.Context, op Operation) context.Context
	// End is called with the same context when the operation has ended. op may have more fields set than at Start: see Operation.
	End(ctx context.Context, op Operation, out Outcome)
}

// Operation describes an operation: its name, place and caller.
type Operation struct {
	Name      string // as in Error.Op: "remember", "create context"
	ContextID string // as the caller gave it; "" in the control plane; at the End of "authenticate" the Context of the key
	Operator  bool   // whether the handle belongs to the program that opened the store
	KeyID     string // of the handle; "" for the operator; at the End of "authenticate" the accepted key
	// OnBehalfOf is the id of the principal that the handle acts for; "" if it acts for itself.
	OnBehalfOf string
	// PrincipalID is the principal of the caller in a Context. It is set at the End, once the caller was admitted.
	PrincipalID string
}

// Outcome describes how an operation ended.
type Outcome struct {
	Duration time.Duration // measured with the monotonic clock of the machine, not with Options.Clock
	Code     Code          // of the error; "" without an error; CodeInternal after a panic
	Tier     Tier          // of Recall and Chat
	Counts   Counts
	// Retries is the number of repeated attempts, after write conflicts or lost replies of the database. Shared work, such as
	// reading the writes of other processes, counts for one of the operations that wait for it.
	Retries int
}

// Counts are the numbers of records that an operation found or changed. Counts that do not apply are 0. After an error all are 0.
type Counts struct {
	Hits   int // of Recall and Documents.Query
	Items  int // items of a page or another list: turns, keys, events, Contexts, facts of a history …
	Turns  int // stored by Remember and RememberMany: one for each text
	Chunks int // pieces of texts stored for search
	Facts  int // stored attributes, relations and instructions
	Closed int // ended facts: superseded, or no longer true
	Rows   int // erased by Forget, imported by ImportContext, or embedded by ReembedContext
}

// observation collects the data of an observed operation. It is nil without an observer.
type observation struct {
	op  Operation
	out Outcome
}

// observe runs an operation and reports it to Options.Observer and Options.Logger. It is the outermost wrapper: no lock is held
// around it.
func observe[T any](ctx context.Context, o *live.Options, op Operation, f func(context.Context, *observation) (T, error)) (T, error) {
	observer, ok := o.Observer.(Observer)
	if !ok && !o.Watched(ctx) {
		return f(ctx, nil)
	}
	return watch(ctx, observer, o, op, f)
}

// watch implements observe if there is an observer or a logger; observer may be nil.
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

// end records the outcome of an operation, from its error and its result.
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
	case *ContextBlock:
		s.out.Tier, c.Hits = r.Tier, len(r.IDs)
	case *ChatReply:
		s.out.Tier = r.Tier
	case *DocumentHits:
		c.Hits = len(r.Hits)
	case *FolderUploaded:
		c.Items = len(r.Documents)
	case []DocumentKeyword:
		c.Items = len(r)
	case []Keyword:
		c.Items = len(r)
	case []Migration:
		c.Items = len(r)
	case []Fact:
		c.Items = len(r)
	case interface{ size() int }:
		c.Items = r.size()
	case *ScopeForgotten:
		if !r.DryRun {
			c.Rows = r.Forgotten
		}
	case *Forgotten:
		c.Rows = r.Closed + r.Purged
		if r.DryRun {
			c.Rows = 0
		}
	case *Imported:
		for _, n := range r.Rows {
			c.Rows += n
		}
	case *Reembedded:
		c.Rows = r.Texts
	}
}

// size returns the number of items of a page.
func (p Page[T]) size() int { return len(p.Items) }

// called records the admitted principal and the changes of the call.
func (s *observation) called(c *gate.Call) {
	if s == nil {
		return
	}
	s.op.PrincipalID = c.Principal.ID
	s.out.Counts = Counts{Turns: c.Stored.Turns, Chunks: c.Stored.Chunks, Facts: c.Stored.Facts, Closed: c.Stored.Closed}
}

// authenticated records the accepted key.
func (s *observation) authenticated(contextID string, by *gate.Caller) {
	if s != nil {
		s.op.ContextID, s.op.KeyID, s.op.Operator = contextID, by.Key, false
	}
}

// operationOf describes an operation of a caller.
func operationOf(by *gate.Caller, name, contextID string) Operation {
	return Operation{Name: name, ContextID: contextID, Operator: by.Kind == gate.Operator, KeyID: by.Key, OnBehalfOf: by.Behalf}
}

// heard returns options that have only the logger and the observer of o. Without a logger, log records are discarded.
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
