package ingest

import (
	"context"
	"errors"
	"time"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// Stored describes what a write stored, or what a preview would have stored.
type Stored struct {
	Infer   Infer
	Session string   // id
	Turns   []string // ids, one for each message with a text
	Chunks  []string // ids, of all turns in order
	Trace   string   // id of the decision trace; "" for None and Preview
	Asked   *Asked   // what a model did; nil: none was asked
	// Changes has one element for each message from which facts were extracted. It is empty if the caller may not read the target
	// scopes, because it would reveal what was known before.
	Changes []Change
	// Findings and Redacted say what the guards found in the texts of the write.
	Findings []Finding
	Redacted []Redacted
	// Concluded says what became of the facts of a Derivation, in their order.
	Concluded []Concluded
	// Forgotten has the positions of the messages that were not stored, because they repeat what was forgotten. It is empty if the caller may
	// not read the target scopes.
	Forgotten []int
	// Replayed is set if nothing was stored, because an earlier call with the same idempotency key did.
	Replayed bool
}

// Remember stores one text with its extracted facts, or the facts that the caller gives, in one transaction.
func Remember(ctx context.Context, by *gate.Call, req Request) (*Stored, error) {
	d, err := one(req, by.Live.Core.Opts.MaxText)
	if err == nil {
		err = d.withKey(req.Key, false)
	}
	if err != nil {
		return nil, err
	}
	return d.run(ctx, by)
}

// RememberMany stores a conversation in order, in one transaction. Each message sees the facts of the messages before it.
func RememberMany(ctx context.Context, by *gate.Call, req Request) (*Stored, error) {
	opts := &by.Live.Core.Opts
	d, err := many(req, opts.MaxText, opts.MaxBatch)
	if err == nil {
		err = d.withKey(req.Key, true)
	}
	if err != nil {
		return nil, err
	}
	return d.run(ctx, by)
}

// draft is a validated request, before it is planned.
type draft struct {
	by       *gate.Call // the call that writes
	infer    Infer
	messages []message
	triples  []Triple
	session  string // id; "" creates a session
	scopes   record.ScopeSet
	labels   []string
	category record.Category
	vectors  [][]float32          // vectors of the pieces of all messages, in order
	embedded map[string][]float32 // vectors of facts and instructions, by text
	beside   *live.Vectors        // the state of the Context's vectors when the draft was signed
	signed   *record.Embedder     // the embedder, if the Context does not record it yet
	to       *destination         // nil: it must be determined again
	readings []*reading           // extractions of the messages; nil: not extracted yet
	ahead    *outcome             // the plan from prepare; nil once commit has tried it
	at       live.Snapshot        // the state on which ahead was planned
	edit     *edit                // the edit to plan in place of messages; nil: none
	screened bool                 // whether screen has seen the texts
	redacted []Redacted           // what it redacted
	begun    time.Time            // when the call began to write
	keyed    *keyed               // the use of an idempotency key; nil: none
	with     []string             // see Request.With
	basis    []string             // see Request.Basis
	from     []string             // see Request.From

	perMessage bool                // asks a model about each message by itself
	asked      *Asked              // what a model did; nil: none was asked
	added      []record.Extraction // what a model added to each message; nil: nothing
	era        recall.Era          // when the model was asked
	unburied   recall.Era          // when the messages were last compared with what was forgotten
	leftOut    []int               // positions of the given messages that were left out, because they were forgotten
}

// message is one checked message.
type message struct {
	role     record.Role
	text     string
	pieces   []Piece
	speaker  string
	location *record.Location // where it was said; nil: unknown
	spoken   time.Time        // in the speaker's time zone, which decides the day; zero: the time of planning
	observed time.Time
	// What the guards found: see screen.
	found     []Finding
	anonymous bool // the speaker's name was personal data
}

// timed returns the message with missing times set: spoken to other, and observed to spoken.
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

// previews reports whether the draft is only planned, and not stored.
func (d *draft) previews() bool { return d.infer == Preview || d.edit != nil && d.edit.dry }

// extracts reports whether facts are extracted from the texts.
func (d *draft) extracts() bool { return d.infer == Full || d.infer == Preview }

// outcome is the planned write of a draft with its changes, message by message. If the draft shares its transaction with others, the write
// has only its own session, turns, chunks and trace.
type outcome struct {
	write    store.Write
	changes  []Change
	began    began
	facts    int  // new facts and instructions
	closings int  // closed facts and instructions
	readable bool // whether the caller may read the scopes of the write
}

// stored converts an outcome to the result of the package.
func (d *draft) stored(out *outcome) *Stored {
	s := &Stored{
		Infer: d.infer, Session: out.write.Session.ID, Changes: out.changes, Redacted: d.redacted, Asked: d.asked,
	}
	if d.asked != nil && !out.readable {
		s.Asked = &Asked{Failures: d.asked.Failures} // the counts grow with what is known in the scopes
	}
	for _, t := range out.write.Turns {
		s.Turns = append(s.Turns, t.ID)
	}
	for _, c := range out.write.Chunks {
		s.Chunks = append(s.Chunks, c.ID)
	}
	s.Findings = d.findings(s.Turns)
	if out.readable {
		s.Forgotten = d.leftOut
	} else {
		s.Turns, s.Chunks = d.disguised(s.Turns, s.Chunks)
	}
	if out.write.Decision != nil && !d.previews() {
		s.Trace = out.write.Decision.ID
	}
	return s
}

// run prepares and commits a draft. When ctx ends, only the waiting ends. The work continues, so that memory and database stay equal.
func (d *draft) run(ctx context.Context, by *gate.Call) (*Stored, error) {
	if d.keyed != nil && d.infer != Preview {
		return d.once(ctx, by)
	}
	out, err := d.write(ctx, by)
	if err != nil {
		return nil, err
	}
	return d.stored(out), nil
}

// write implements run, and returns the outcome.
func (d *draft) write(ctx context.Context, by *gate.Call) (*outcome, error) {
	d.by, d.begun = by, by.Live.Core.Opts.Clock()
	if err := d.screen(ctx); err != nil {
		return nil, err
	}
	_, err := live.Await(ctx, by.Live, func() (none struct{}, err error) { return none, d.prepare(ctx) })
	if err != nil {
		return nil, err // nothing is stored, even if the work continues after ctx ended
	}
	if d.previews() {
		return d.ahead, nil
	}
	if len(d.leftOut) > 0 && len(d.messages) == 0 && d.session != "" {
		d.ahead.write.Decision = nil
		return d.ahead, nil // there is nothing to store
	}
	out, err := live.Await(ctx, by.Live, d.committed(ctx))
	var left *live.Abandoned
	if errors.As(err, &left) {
		return nil, &fault.Error{Code: fault.Timeout, Detail: "the write may still be stored", Err: err}
	}
	if err != nil {
		return nil, err
	}
	w := &out.write
	by.Stored = gate.Stored{
		Turns: len(w.Turns), Chunks: len(w.Chunks), Facts: out.facts, Closed: out.closings,
	}
	return out, nil
}
