package ingest

import (
	"context"
	"errors"
	"time"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// Stored is what a write stored, or would have stored.
type Stored struct {
	Infer   Infer
	Session string   // id
	Turns   []string // ids, one a message
	Chunks  []string // ids, of all turns in order
	Trace   string   // id of the record of what was decided; "" when nothing was, and for Preview
	// Changes has one element for each message from which facts were extracted. It is empty if the caller may not read the target
	// scopes, because it would reveal what was known before.
	Changes []Change
}

// Remember stores one text with its extracted facts, or the facts that the caller gives, in one transaction.
func Remember(ctx context.Context, by *gate.Call, req Request) (*Stored, error) {
	d, err := one(req, by.Live.Core.Opts.MaxText)
	if err != nil {
		return nil, err
	}
	return d.run(ctx, by)
}

// RememberMany stores a conversation in order, in one transaction. Each message sees the facts of the messages before it.
func RememberMany(ctx context.Context, by *gate.Call, req Request) (*Stored, error) {
	opts := &by.Live.Core.Opts
	d, err := many(req, opts.MaxText, opts.MaxBatch)
	if err != nil {
		return nil, err
	}
	return d.run(ctx, by)
}

// draft is a validated request, before it is planned.
type draft struct {
	by       *gate.Call // who writes
	infer    Infer
	messages []message
	triples  []Triple
	session  string // id; "" makes one
	scopes   record.ScopeSet
	labels   []string
	category record.Category
	vectors  [][]float32          // of the chunks of all messages, in order
	embedded map[string][]float32 // of what is read out of them, by text
	beside   *live.Vectors        // those that were stored when these were made
	signed   *record.Embedder     // what made them, if the Context does not know it yet
	to       *destination         // where it is written; nil: to be found again
	readings []*reading           // of the messages; nil: not read yet
	ahead    *outcome             // the plan that was made without the lock; nil once it was tried
	at       live.Snapshot        // what it was made on
	edit     *edit                // what is to be planned in place of messages; nil: those
}

// message is one checked message.
type message struct {
	role     record.Role
	text     string
	pieces   []Piece
	speaker  string
	spoken   time.Time // in the zone where it was said: days are counted there; zero: when it is planned
	observed time.Time
}

// timed sets the time of a message that has none.
func (m message) timed(other time.Time) message {
	m.spoken = FirstTime(m.spoken, other)
	m.observed = FirstTime(m.observed, m.spoken).UTC()
	return m
}

// chunkSize is the maximum length, in code points, of the pieces into which a long text is split for search.
const chunkSize = 1200

// split splits the texts into pieces for search.
func (d *draft) split(ctx context.Context) error {
	for i := range d.messages {
		msg := &d.messages[i]
		var err error
		if msg.pieces, err = Split(ctx, msg.text, chunkSize); err != nil {
			return err
		}
	}
	return nil
}

// extracts reports whether facts are extracted from the texts.
func (d *draft) extracts() bool { return d.infer == Full || d.infer == Preview }

// outcome is a stored write with its changes, message by message.
type outcome struct {
	write   store.Write
	changes []Change
}

// stored converts an outcome to the result of the package.
func (d *draft) stored(out *outcome) *Stored {
	s := &Stored{Infer: d.infer, Session: out.write.Session.ID, Changes: out.changes}
	for _, t := range out.write.Turns {
		s.Turns = append(s.Turns, t.ID)
	}
	for _, c := range out.write.Chunks {
		s.Chunks = append(s.Chunks, c.ID)
	}
	if out.write.Decision != nil && d.infer != Preview {
		s.Trace = out.write.Decision.ID
	}
	return s
}

// run prepares and commits a draft. When ctx ends, only the waiting ends. The work continues, so that memory and database stay equal.
func (d *draft) run(ctx context.Context, by *gate.Call) (*Stored, error) {
	out, err := d.write(ctx, by)
	if err != nil {
		return nil, err
	}
	return d.stored(out), nil
}

// write does it, and returns what was written.
func (d *draft) write(ctx context.Context, by *gate.Call) (*outcome, error) {
	d.by = by
	_, err := live.Await(ctx, by.Live, func() (none struct{}, err error) { return none, d.prepare(ctx) })
	if err != nil {
		return nil, err // nothing is stored, also when the caller has gone
	}
	if d.infer == Preview {
		return d.ahead, nil
	}
	out, err := live.Await(ctx, by.Live, func() (*outcome, error) { return d.commit(ctx) })
	var left *live.Abandoned
	if errors.As(err, &left) {
		return nil, &fault.Error{Code: fault.Timeout, Detail: "the write may still be stored", Err: err}
	}
	if err != nil {
		return nil, err
	}
	w := &out.write
	by.Stored = gate.Stored{
		Turns: len(w.Turns), Chunks: len(w.Chunks), Facts: len(w.Create) + len(w.Instructions), Closed: len(w.Close) + len(w.CloseInstructions),
	}
	return out, nil
}
