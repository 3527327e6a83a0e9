package ingest

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"
	"unicode"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// A write with an idempotency key stores its answer in its own transaction. A repetition finds the answer and stores nothing. Within a
// process the key is reserved in memory while the write runs, so that a repetition is refused at once. Between processes nothing is
// reserved: both may do the work, but the transaction of the second finds the answer of the first, and fails. So there is nothing that a
// process could leave behind when it is killed.

const (
	maxIdempotencyKey = 255 // bytes
	// answerKept is how long an answer is kept.
	answerKept = 24 * time.Hour
)

const keyField = "IdempotencyKey"

// keyed is the use of an idempotency key by a draft.
type keyed struct {
	key     string
	request []byte // hash of the request
	id      string // of the answer
	held    *live.Reservation
	// committing is set before the commit begins. From then on the work itself releases the key, because it continues if the caller leaves.
	committing bool
}

// checkKey validates an idempotency key; "" means none.
func checkKey(key string) error {
	if err := input.Text(keyField, key, maxIdempotencyKey); err != nil {
		return err
	}
	switch {
	case strings.ContainsFunc(key, func(r rune) bool { return !unicode.IsPrint(r) }):
		return fault.Bad(keyField, "it has characters that are not printable")
	case key != "" && record.Blank(key):
		return fault.Bad(keyField, "blank")
	}
	return nil
}

// withKey sets the idempotency key of a validated draft.
func (d *draft) withKey(key string, batch bool) error {
	if err := checkKey(key); err != nil || key == "" {
		return err
	}
	type said struct {
		Role, Text, Speaker string
		Spoken, Observed    time.Time
		Location            *record.Location `json:",omitempty"` // the hash of a request without one is that of earlier versions
	}
	// All that decides what is stored, as it was validated. A keyed hash says nothing about a text to those who do not know the key.
	request := struct {
		Batch    bool
		Alone    bool
		Infer    Infer
		Messages []said
		Triples  []Triple
		Session  string
		Scopes   record.ScopeSet
		Labels   []string
		Category record.Category
	}{batch, d.perMessage, d.infer, nil, d.triples, d.session, d.scopes, d.labels, d.category}
	for _, m := range d.messages {
		request.Messages = append(request.Messages, said{string(m.role), m.text, m.speaker, m.spoken.Round(0), m.observed.Round(0), m.location})
	}
	sum := hmac.New(sha256.New, []byte(key))
	if err := json.NewEncoder(sum).Encode(request); err != nil {
		return err
	}
	d.keyed = &keyed{key: key, request: sum.Sum(nil)}
	return nil
}

// answerID returns the id of the answer for a key of the caller: of its principal, and the one that it acts for.
func answerID(by *gate.Call, key string) string {
	parts := []string{by.Principal.ID, "", key}
	if by.Behalf != nil {
		parts[1] = by.Behalf.ID
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x1f")))
	return store.TableIdempotency + ":" + hex.EncodeToString(sum[:])
}

// once runs a draft unless its key was used. Then it returns the earlier answer, or an error for another request.
func (d *draft) once(ctx context.Context, by *gate.Call) (_ *Stored, err error) {
	k := d.keyed
	k.id = answerID(by, k.key)
	var free bool
	if k.held, free = by.Live.Reserve(k.id); !free {
		return nil, fault.New(fault.Conflict, keyField, "a call with this key is running; repeat this one when that has ended, to get its result")
	}
	defer func() {
		var left *live.Abandoned
		if !k.committing || !errors.As(err, &left) {
			k.held.Release()
		}
	}()
	if before, err := d.replay(ctx, by); before != nil || err != nil {
		return before, err
	}
	out, err := d.write(ctx, by)
	if errors.Is(err, store.ErrAnswered) { // by another process
		before, err := d.replay(ctx, by)
		if before == nil && err == nil {
			err = fault.New(fault.Conflict, keyField, "another call used this key; try again")
		}
		return before, err
	}
	if err != nil {
		return nil, err
	}
	return d.stored(out), nil
}

// committed returns the function that commits the draft. It releases the key of the draft when it ends.
func (d *draft) committed(ctx context.Context) func() (*outcome, error) {
	if d.keyed == nil {
		return func() (*outcome, error) { return d.commit(ctx) }
	}
	d.keyed.committing = true
	return func() (*outcome, error) {
		defer d.keyed.held.Release()
		return d.commit(ctx)
	}
}

// answered adds the answer to the write of a draft with a key.
func (p *planner) answered(out *outcome) *outcome {
	d := p.draft
	k := d.keyed
	if k == nil || d.infer == Preview {
		return out
	}
	s := d.stored(out)
	now := out.write.Session.MovedAt
	answer := record.Answer{
		ID: k.id, Request: k.request, At: now, Until: now.Add(answerKept), Infer: string(s.Infer), Session: s.Session, Turns: s.Turns, Chunks: s.Chunks,
		Trace: s.Trace, Scopes: d.to.scopes,
	}
	for _, c := range s.Changes {
		a := record.AnsweredChange{
			Turn: c.Turn, Created: ids(c.Create, func(f record.Fact) string { return f.ID }),
			Instructions: ids(c.Instructions, func(i record.Instruction) string { return i.ID }),
			Questions:    ids(c.Questions, func(q record.OpenQuestion) string { return q.ID }), Reinforced: c.Reinforced,
			Closed: ids(c.Close, func(c reconcile.Closing) string { return c.ID }), Ended: ids(c.CloseInstructions, func(c reconcile.Closing) string { return c.ID }),
		}
		for _, m := range c.Mentions {
			a.Mentions = append(a.Mentions, record.AnsweredMention{In: m.In, Object: m.Object, Category: m.Category, New: m.New})
		}
		for _, o := range c.Corrections {
			a.Corrections = append(a.Corrections, record.Supersession{Fact: o.OldID, By: o.NewID})
		}
		answer.Changes = append(answer.Changes, a)
	}
	out.write.Answers = []record.Answer{answer}
	p.parts[len(p.parts)-1] = out.write
	return out
}

func ids[T any](list []T, id func(T) string) (out []string) {
	for _, item := range list {
		out = append(out, id(item))
	}
	return out
}

// replay returns the stored answer for the key of a draft, as far as the caller may know it now; nil: there is none.
func (d *draft) replay(ctx context.Context, by *gate.Call) (*Stored, error) {
	a, err := by.Live.Rows.Answer(ctx, d.keyed.id, by.Now())
	switch {
	case errors.Is(err, surreal.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, err
	case a.Erased:
		return nil, fault.New(fault.Conflict, keyField, "what the first call with this key stored was erased since; to store the text again, use another key")
	case !hmac.Equal(a.Request, d.keyed.request):
		return nil, fault.New(fault.Conflict, keyField, "it was used for another request; use a new key for each request, and the same key only to repeat it")
	case !by.Region(authz.MemoryWrite).Holds(a.Scopes):
		return nil, by.Deny(ctx, gate.Denial{Field: "Scopes", Verb: authz.MemoryWrite, Detail: "memory:write is no longer granted over all scopes of the first call"})
	}
	if err := by.Live.Refresh(ctx); err != nil { // another process may have stored it just now
		return nil, err
	}
	d.by = by
	if err := d.screen(ctx); err != nil {
		return nil, err
	}
	s := &Stored{
		Infer: Infer(a.Infer), Session: a.Session, Turns: a.Turns, Chunks: a.Chunks, Trace: a.Trace, Replayed: true, Findings: d.findings(a.Turns), Redacted: d.redacted,
	}
	reader := ReaderOf(by, nil)
	if !reader.Sees(a.Scopes) {
		return s, nil
	}
	view := by.Live.View.Load().State()
	if err := view.Hold(ctx); err != nil {
		return nil, err
	}
	defer view.Release()
	found := answeredRecords{view, reader.Reach}
	for _, c := range a.Changes {
		s.Changes = append(s.Changes, found.change(c))
	}
	return s, nil
}

// answeredRecords finds the records of an answer that still exist and that a reader sees.
type answeredRecords struct {
	view  *recall.State
	reach scope.Reach
}

func (r answeredRecords) fact(id string) (f record.Fact, ok bool) {
	if found, there := r.view.Fact(id); there && r.reach.Sees(found.Scopes) {
		return *found, true
	}
	return f, false
}

func (r answeredRecords) instruction(id string) (i record.Instruction, ok bool) {
	if found, there := r.view.Instruction(id); there && r.reach.Sees(found.Scopes) {
		return *found, true
	}
	return i, false
}

func (r answeredRecords) question(id string) (q record.OpenQuestion, ok bool) {
	if found, there := r.view.Question(id); there && r.reach.Sees(found.Scopes) {
		return *found, true
	}
	return q, false
}

// change returns the change that an answer tells of.
func (r answeredRecords) change(a record.AnsweredChange) Change {
	out := Change{Turn: a.Turn}
	for _, m := range a.Mentions {
		if ref, ok := r.named(m); ok {
			out.Mentions = append(out.Mentions, Mention{EntityRef: ref, Category: m.Category, New: m.New, In: m.In, Object: m.Object})
		}
	}
	out.Create = present(a.Created, r.fact)
	out.Instructions = present(a.Instructions, r.instruction)
	out.Questions = present(a.Questions, r.question)
	for _, id := range a.Reinforced {
		if _, ok := r.fact(id); ok {
			out.Reinforced = append(out.Reinforced, id)
		} else if _, ok := r.instruction(id); ok {
			out.Reinforced = append(out.Reinforced, id)
		}
	}
	for _, f := range present(a.Closed, r.fact) {
		out.Close = append(out.Close, reconcile.Closing{ID: f.ID})
	}
	for _, i := range present(a.Ended, r.instruction) {
		out.CloseInstructions = append(out.CloseInstructions, reconcile.Closing{ID: i.ID})
	}
	for _, s := range a.Corrections {
		was, old := r.fact(s.Fact)
		if f, ok := r.fact(s.By); ok && old {
			out.Corrections = append(out.Corrections, reconcile.Correction{
				Entity: f.Entity, Key: f.Key, OldID: was.ID, NewID: f.ID, OldValue: was.Value, NewValue: f.Value,
			})
		}
	}
	return out
}

// named returns the name by which a message mentioned an entity.
func (r answeredRecords) named(m record.AnsweredMention) (ref record.EntityRef, ok bool) {
	if e, ok := r.view.Appearance(m.In); ok {
		return e.EntityRef, r.reach.Sees(e.Scopes)
	}
	f, ok := r.fact(m.In)
	if m.Object {
		return f.Object, ok
	}
	return f.Entity, ok
}

// present returns the records that exist.
func present[T any](ids []string, find func(string) (T, bool)) (out []T) {
	for _, id := range ids {
		if row, ok := find(id); ok {
			out = append(out, row)
		}
	}
	return out
}
