package spectron

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// chunkSize is the length of the pieces, in code points, that a long text is cut into for search.
const chunkSize = 1200

// Remember stores a text and what is read out of it, or the facts that the caller gives, in one transaction:
// when it returns, the next Recall finds it. A value that contradicts a stored one takes its place if it comes
// from as good a source, and the old one is kept with the time when it ended; what is not certain is left out
// and reported as an uncertainty.
//
// Codes: CodeInvalid and CodeTooLarge name the field; CodeNotFound for a session that does not exist, for the operator;
// CodeModel when the embedder fails; CodeConflict when the vectors of the Context are of another embedder, and nothing is
// stored (see Options.Embedder). CodeForbidden for scopes that the caller may not write to, for a session that
// it may not write to or that is not there, and for scopes that were tombstoned; CodeBlocked while the Context takes nothing that
// a model reads. When ctx ends while the write is under way, Remember returns at once with
// CodeTimeout, and the write may still be stored.
func (m *Memory) Remember(ctx context.Context, req RememberRequest) (*Remembered, error) {
	const op = "remember"
	return callMemory(ctx, m.context, op, func(s *gate.Call) (*Remembered, error) {
		d, err := m.check(op, req)
		if err != nil {
			return nil, err
		}
		d.by = s
		out, err := m.run(ctx, op, d)
		if err != nil {
			return nil, err
		}
		r := &Remembered{Infer: d.infer, SessionID: out.write.Session.ID, Preview: d.preview()}
		if len(out.write.Turns) > 0 {
			r.TurnID = out.write.Turns[0].ID
		}
		for _, c := range out.write.Chunks {
			r.ChunkIDs = append(r.ChunkIDs, c.ID)
		}
		if len(out.extractions) > 0 {
			r.Extraction = &out.extractions[0]
		}
		if out.write.Decision != nil && !r.Preview {
			r.TraceID = out.write.Decision.ID
		}
		return r, nil
	})
}

// RememberMany stores a conversation in order, as one transaction: all of it, or nothing. It behaves like
// Remember for each message; what one message says is known to the next.
func (m *Memory) RememberMany(ctx context.Context, req RememberManyRequest) (*RememberedMany, error) {
	const op = "remember many"
	return callMemory(ctx, m.context, op, func(s *gate.Call) (*RememberedMany, error) {
		d, err := m.checkMany(op, req)
		if err != nil {
			return nil, err
		}
		d.by = s
		out, err := m.run(ctx, op, d)
		if err != nil {
			return nil, err
		}
		r := &RememberedMany{Infer: d.infer, SessionID: out.write.Session.ID, Extractions: out.extractions, Preview: d.preview()}
		for _, t := range out.write.Turns {
			r.TurnIDs = append(r.TurnIDs, t.ID)
		}
		if out.write.Decision != nil && !r.Preview {
			r.TraceID = out.write.Decision.ID
		}
		return r, nil
	})
}

// draft is a checked request: what to write, before it is decided how.
type draft struct {
	by       *gate.Call // who writes
	infer    Infer
	messages []draftMessage
	triples  []Triple
	session  string // id; "" makes one
	scopes   record.ScopeSet
	labels   []string
	category record.Category
	vectors  [][]float32          // of the chunks of all messages, in order
	embedded map[string][]float32 // of what is read out of them, by text
	beside   *live.Vectors        // those that were stored when these were made
	signed   *record.Embedder     // what made them, if the Context does not know it yet
}

// draftMessage is one checked message.
type draftMessage struct {
	role     record.Role
	text     string
	pieces   []ingest.Piece
	speaker  string
	spoken   time.Time // in the zone where it was said: days are counted there; zero: when it is planned
	observed time.Time
}

// timed gives a message that has no time that at which it is planned: other writes may have come before.
func (m draftMessage) timed(now time.Time) draftMessage {
	m.spoken = firstGiven(m.spoken, now)
	m.observed = firstTime(m.observed, m.spoken)
	return m
}

// split cuts the texts into the pieces that search works on.
func (d *draft) split(ctx context.Context) error {
	for i := range d.messages {
		msg := &d.messages[i]
		var err error
		if msg.pieces, err = ingest.Split(ctx, msg.text, chunkSize); err != nil {
			return err
		}
	}
	return nil
}

func (d *draft) preview() bool { return d.infer == InferPreview }

// extracts reports whether texts are read for facts.
func (d *draft) extracts() bool { return d.infer == InferFull || d.infer == InferPreview }

func (m *Memory) check(op string, req RememberRequest) (*draft, error) {
	d := &draft{infer: req.Infer, triples: req.Triples}
	if d.infer == "" {
		d.infer = InferFull
	}
	switch d.infer {
	case InferFull, InferPreview, InferNone:
		if len(req.Triples) > 0 {
			return nil, invalid(op, "Triples", "only InferTriples takes triples, Infer is %q", d.infer)
		}
	case InferTriples:
		if len(req.Triples) == 0 {
			return nil, invalid(op, "Triples", "InferTriples needs at least one")
		}
		if len(req.Triples) > maxTriples {
			return nil, tooLarge(op, "Triples", len(req.Triples), maxTriples, "triples")
		}
	default:
		return nil, invalid(op, "Infer", "unknown mode %q; there are full, triples, preview and none", d.infer)
	}
	for i, t := range req.Triples {
		if err := t.check(op, fmt.Sprintf("Triples[%d]", i)); err != nil {
			return nil, err
		}
	}
	if err := checkTime(op, "SpokenAt", req.SpokenAt); err != nil {
		return nil, err
	}
	if err := checkTime(op, "ObservedAt", req.ObservedAt); err != nil {
		return nil, err
	}
	if req.Text != "" || d.infer != InferTriples {
		msg := Message{Role: req.Role, Content: req.Text, Speaker: req.Speaker, At: req.SpokenAt}
		if err := m.addMessage(op, "Text", "", d, msg, req.ObservedAt, req.ObservedAt); err != nil {
			return nil, err
		}
	} else if err := checkRole(op, "Role", req.Role); err != nil {
		return nil, err
	}
	if d.infer == InferTriples && len(d.messages) == 0 {
		// The facts have a time although nobody said them.
		d.messages = []draftMessage{{spoken: firstGiven(req.SpokenAt, req.ObservedAt), observed: firstTime(req.ObservedAt, req.SpokenAt)}}
	}
	return d, m.checkCommon(op, d, req.SessionID, req.Scopes, req.Labels, req.Category)
}

func (m *Memory) checkMany(op string, req RememberManyRequest) (*draft, error) {
	d := &draft{infer: req.Infer}
	if d.infer == "" {
		d.infer = InferFull
	}
	switch d.infer {
	case InferFull, InferPreview, InferNone:
	case InferTriples:
		return nil, invalid(op, "Infer", "a batch takes no triples; use Remember")
	default:
		return nil, invalid(op, "Infer", "unknown mode %q; there are full, preview and none", d.infer)
	}
	if len(req.Messages) == 0 {
		return nil, invalid(op, "Messages", "empty")
	}
	if limit := m.context.mgr.core.Opts.MaxBatch; len(req.Messages) > limit {
		return nil, tooLarge(op, "Messages", len(req.Messages), limit, "messages")
	}
	if err := checkTime(op, "ObservedAt", req.ObservedAt); err != nil {
		return nil, err
	}
	total := 0
	for _, msg := range req.Messages {
		total += len(msg.Content)
	}
	if total > maxBatchBytes {
		return nil, tooLarge(op, "Messages", total, maxBatchBytes, "bytes of text together; store the conversation in several calls with one SessionID")
	}
	before := req.ObservedAt
	for i, msg := range req.Messages {
		prefix := fmt.Sprintf("Messages[%d].", i)
		if err := checkTime(op, prefix+"At", msg.At); err != nil {
			return nil, err
		}
		if err := m.addMessage(op, prefix+"Content", prefix, d, msg, req.ObservedAt, before); err != nil {
			return nil, err
		}
		before = d.messages[i].spoken
	}
	return d, m.checkCommon(op, d, req.SessionID, req.Scopes, req.Labels, req.Category)
}

// addMessage checks one message. before is the time of the one before it, which it takes when it has none.
func (m *Memory) addMessage(op, field, prefix string, d *draft, msg Message, observed, before time.Time) error {
	if record.Blank(msg.Content) {
		return invalid(op, field, "empty")
	}
	if err := checkText(op, field, msg.Content, m.context.mgr.core.Opts.MaxText); err != nil {
		return err
	}
	if err := checkText(op, prefix+"Speaker", msg.Speaker, maxNameBytes); err != nil {
		return err
	}
	if msg.Speaker != "" && (record.Blank(msg.Speaker) || record.Normalise(msg.Speaker) == "") {
		return invalid(op, prefix+"Speaker", "blank")
	}
	if err := checkRole(op, prefix+"Role", msg.Role); err != nil {
		return err
	}
	spoken := firstGiven(msg.At, before)
	d.messages = append(d.messages, draftMessage{
		role: record.Role(orDefault(msg.Role, RoleUser)), text: msg.Content,
		speaker: strings.TrimSpace(msg.Speaker), spoken: spoken, observed: firstTime(observed, spoken),
	})
	return nil
}

func (m *Memory) checkCommon(op string, d *draft, session string, scopes Scopes, labels []string, category Category) error {
	var err error
	if d.scopes, err = scope.ParseSet(scopes); err != nil {
		return &Error{Op: op, Code: CodeInvalid, Field: "Scopes", Err: err}
	}
	if session != "" {
		d.session = sessionID(session)
	}
	switch category {
	case "", CategoryIdentity, CategoryKnowledge, CategoryContext:
		d.category = record.Category(category)
	default:
		return invalid(op, "Category", "unknown category %q; there are identity, knowledge and context", category)
	}
	d.labels, err = checkLabels(op, "Labels", labels)
	return err
}

// checkLabels sorts labels and refuses those that are not "key=value".
func checkLabels(op, field string, labels []string) ([]string, error) {
	if len(labels) > maxLabels {
		return nil, tooLarge(op, field, len(labels), maxLabels, "labels")
	}
	for _, l := range labels {
		key, value, ok := strings.Cut(l, "=")
		switch {
		case !ok || record.Blank(key) || value != "" && record.Blank(value):
			return nil, invalid(op, field, "%q is not of the form key=value", l)
		case strings.HasPrefix(key, "_"):
			return nil, invalid(op, field, "%q: keys that begin with _ are reserved", l)
		}
		if err := checkText(op, field, l, maxLabelBytes); err != nil {
			return nil, err
		}
	}
	out := slices.Clone(labels)
	slices.Sort(out)
	return slices.Compact(out), nil
}

func checkText(op, field, s string, limit int) error { return fail(op, input.Text(field, s, limit)) }

// checkTime refuses times that the database cannot hold; zero is no time.
func checkTime(op, field string, t time.Time) error {
	if year := t.UTC().Year(); year < 1 || year > 9999 {
		return invalid(op, field, "the year %d is not between 1 and 9999", year)
	}
	return nil
}

func checkRole(op, field string, role Role) error {
	switch role {
	case "", RoleUser, RoleAssistant, RoleSystem, RoleTool:
		return nil
	}
	return invalid(op, field, "unknown role %q; there are user, assistant, system and tool", role)
}

func (t Triple) check(op, field string) error {
	target := t.Target != (EntityRef{})
	switch {
	case record.Normalise(t.Entity.Name) == "" || record.Blank(t.Entity.Name):
		return invalid(op, field+".Entity.Name", "empty")
	case record.Blank(t.Entity.Type):
		return invalid(op, field+".Entity.Type", "empty")
	case record.Normalise(t.Key) == "" || record.Blank(t.Key):
		return invalid(op, field+".Key", "empty")
	case t.Value == "" && !target:
		return invalid(op, field+".Value", "a triple needs a Value or a Target")
	case t.Value != "" && target:
		return invalid(op, field+".Value", "a triple has a Value or a Target, not both")
	case target && (record.Normalise(t.Target.Name) == "" || record.Blank(t.Target.Name)):
		return invalid(op, field+".Target.Name", "empty")
	case t.Target.Type != "" && record.Blank(t.Target.Type):
		return invalid(op, field+".Target.Type", "blank")
	case t.Value != "" && record.Blank(t.Value):
		return invalid(op, field+".Value", "empty")
	}
	for _, s := range []struct {
		field, value string
		limit        int
	}{
		{".Entity.Name", t.Entity.Name, maxNameBytes}, {".Entity.Type", t.Entity.Type, maxNameBytes},
		{".Key", t.Key, maxNameBytes}, {".Value", t.Value, maxValueBytes},
		{".Target.Name", t.Target.Name, maxNameBytes}, {".Target.Type", t.Target.Type, maxNameBytes},
	} {
		if err := checkText(op, field+s.field, s.value, s.limit); err != nil {
			return err
		}
	}
	switch t.Category {
	case "", CategoryIdentity, CategoryKnowledge, CategoryContext:
		return nil
	}
	return invalid(op, field+".Category", "unknown category %q", t.Category)
}

// outcome is a write as it was stored, and what it changed, message by message.
type outcome struct {
	write       store.Write
	extractions []Extraction
}

// run plans and stores a draft. The work goes on when ctx ends, so that what is stored and what is in memory
// stay the same; only the waiting ends.
func (m *Memory) run(ctx context.Context, op string, d *draft) (*outcome, error) {
	c := m.context
	out, err := live.Await(ctx, c.state, func() (*outcome, error) {
		// What will be refused is neither split nor embedded.
		if _, err := c.destination(ctx, op, d.by, d, c.state.View.Load()); err != nil {
			return nil, err
		}
		if d.extracts() && c.state.Settings.Load().Entry.EnforcementBlocked {
			return nil, &Error{Op: op, Code: CodeBlocked, Field: "Infer", Detail: "the Context takes no requests that a model answers (enforcement_blocked); InferNone and InferTriples work"}
		}
		if err := d.split(ctx); err != nil {
			return nil, err
		}
		if err := m.sign(ctx, d); err != nil {
			return nil, err
		}
		if err := m.embedMessages(ctx, d); err != nil {
			return nil, live.FailEmbedding(ctx, err)
		}
		if d.preview() {
			return m.plan(ctx, op, d, c.state.View.Load())
		}
		return m.store(ctx, op, d)
	})
	var left *live.Abandoned
	if errors.As(err, &left) && !d.preview() {
		return nil, &Error{Op: op, Code: CodeTimeout, Detail: "the write may still be stored", Err: err}
	}
	return out, fail(op, err)
}

// store plans the draft on what is there and applies it. What has to be embedded by the caller's embedder is embedded
// first: a model is never waited for while others wait to write.
func (m *Memory) store(ctx context.Context, op string, d *draft) (*outcome, error) {
	mgr := m.context.mgr
	for {
		var out *outcome
		var missing []string
		err := m.context.state.Write(ctx, func(view *recall.View, at store.Position) (_ store.Position, err error) {
			out, missing, at, err = m.try(ctx, op, d, view, at)
			return at, err
		})
		if errors.Is(err, errOtherVectors) {
			if err := m.sign(ctx, d); err != nil {
				return nil, err
			}
			continue
		}
		if err != nil || len(missing) == 0 {
			return out, err
		}
		vectors, err := mgr.core.EmbedNew(ctx, missing)
		if err != nil {
			return nil, live.FailEmbedding(ctx, err)
		}
		d.keep(missing, vectors)
	}
}

// try plans and applies a draft once. When something of the plan has to be embedded by the caller's embedder, it
// returns that instead.
func (m *Memory) try(ctx context.Context, op string, d *draft, view *recall.View, at store.Position) (*outcome, []string, store.Position, error) {
	mgr, state := m.context.mgr, m.context.state
	if state.Vectors.Load() != d.beside {
		return nil, nil, at, errOtherVectors
	}
	out, err := m.plan(ctx, op, d, view)
	if err != nil {
		return nil, nil, at, err
	}
	missing := d.unembedded(&out.write)
	if len(missing) > 0 && !mgr.core.StoresVectors {
		// The built-in embedder takes microseconds.
		vectors, err := mgr.core.EmbedTexts(ctx, missing)
		if err != nil {
			return nil, nil, at, live.FailEmbedding(ctx, err)
		}
		d.keep(missing, vectors)
		missing = d.unembedded(&out.write)
	}
	if len(missing) > 0 {
		return nil, missing, at, nil
	}
	dimension := view.Dimension()
	if d.signed != nil {
		out.write.Embedder, dimension = d.signed, d.signed.Dimension
	}
	if err := checkDimension(&out.write, dimension); err != nil {
		return nil, nil, at, live.FailEmbedding(ctx, err)
	}
	stored := out.write
	if !mgr.core.StoresVectors {
		stored = withoutVectors(stored)
	}
	// From here on the caller's patience does not matter: what is stored must come to be in memory.
	at, err = m.context.state.Apply(context.WithoutCancel(ctx), stored, at)
	if err != nil {
		return nil, nil, at, err
	}
	if d.signed != nil {
		state.Sign(*d.signed)
	}
	if err := view.Apply(out.write); err != nil {
		state.NeedsReload.Store(true)
	}
	return out, nil, at, nil
}

// firstTime returns the first time that is set, in UTC.
func firstTime(times ...time.Time) time.Time { return firstGiven(times...).UTC() }

// firstGiven returns the first time that is set, in the zone that it was given in.
func firstGiven(times ...time.Time) time.Time {
	for _, t := range times {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

func orDefault[T comparable](v, other T) T {
	var zero T
	if v == zero {
		return other
	}
	return v
}
