package ingest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/access"
	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/ontology"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// The trust in each kind of source, from 0 to 1.
const (
	trustUser     = 0.8
	trustOther    = 0.5
	trustDerived  = 0.4
	trustOperator = 1.0
	trustDocument = 0.9
)

// TrustIn returns the trust in a passage of a document, from 0 to 1. A passage that looks like a prompt injection gets half of it.
func TrustIn(p *record.Passage) float64 {
	if len(p.Findings) > 0 {
		return trustDocument / 2
	}
	return trustDocument
}

// Trust returns the trust in the statements of a role, from 0 to 1.
func Trust(r record.Role) float64 {
	if r == record.User {
		return trustUser
	}
	return trustOther
}

// planner turns a draft into a part of a write, message by message. Each message sees the facts of the messages before it, and those of
// the drafts that its group has planned before.
type planner struct {
	*group
	*ledger  // of the scopes of the draft
	by       *gate.Call
	draft    *draft
	extract  extractFunc
	now      time.Time // time of planning
	scopes   record.ScopeSet
	key      string          // scope.Key of scopes
	readable bool            // whether the caller may read the scopes of the write; if not, the result tells nothing of the decisions
	terms    *ontology.Terms // the vocabulary that the Context declares
	floor    float64         // the confidence below which a statement does not become a fact

	own      store.Write // what belongs to this draft alone: its session, turns, chunks and trace
	began    began
	closings int                      // facts and instructions that existed before the draft and that it closes
	ended    []record.Fact            // the facts among them
	named    []string                 // keys of the entities of the draft
	names    map[string]*recall.Names // of its new entities, by record.FirstWord
	decision record.Decision
	weighed  map[string]bool // ids of the considered facts, those beyond the limit included
	changes  []Change
	known    []string // names that speakers had given before this draft
	heard    []string // names that speakers have given in this draft
	spoke    []string // speakers of the session that this draft has found
}

// began has the numbers of rows in the write of the group before a draft.
type began struct{ facts, instructions int }

// plan computes what a draft stores, given the current view. It changes nothing.
func (d *draft) plan(ctx context.Context, view *recall.State, extract extractFunc) (*outcome, error) {
	g := newGroup(view)
	defer view.Release()
	out, err := d.planIn(ctx, g, extract)
	if err == nil && d.edit == nil {
		out.write = g.joined()
	}
	return out, err
}

// planIn plans a draft after the other drafts of a group. live.ErrLater: the draft has to wait for the next group. If it fails otherwise, the
// group may have parts of it: see group.broken.
func (d *draft) planIn(ctx context.Context, g *group, extract extractFunc) (*outcome, error) {
	// The call may have waited for a model or for other writers, so its permissions may have changed.
	by, err := d.by.Current(ctx)
	if err != nil {
		return nil, err
	}
	if by.Permissions != d.by.Permissions {
		d.to, d.unburied = nil, recall.Era{}
	}
	d.by = by
	if d.edit != nil {
		return d.planEdit(ctx, g.view)
	}
	p := newPlanner(d, g)
	p.extract = extract
	if err := p.session(ctx); err != nil {
		return nil, err
	}
	if err := d.stillUnburied(ctx); err != nil {
		return nil, err
	}
	p.key = scope.Key(p.scopes)
	visible := d.by.Visible()
	p.readable = visible == nil || visible(p.scopes)
	p.floor = d.floor()
	decides := d.extracts() || len(d.triples) > 0
	if !g.admits(p) {
		return nil, live.ErrLater
	}
	p.ledger = g.ledgerOf(p.key, p.scopes, decides)
	if decides {
		if p.terms, err = d.by.Live.Ontology(ctx); err != nil {
			return nil, err
		}
		p.decides(d.by.Live.Core.Opts.Extractor.Name())
		if len(d.triples) > 0 {
			p.decision.Extractor = byCaller
		}
	}
	// The steps above may refuse the caller, which stores an event, and may read the database. From here on everything is in memory.
	if err := p.view.Hold(ctx); err != nil {
		return nil, err
	}
	if !p.view.Keeps(ReaderOf(d.by, nil), d.basis) || !p.view.Keeps(recall.Reader{}, d.from) {
		return nil, ErrErased
	}
	if err := d.checkVectors(p.view.Dimension()); err != nil {
		return nil, live.FailEmbedding(ctx, err)
	}
	p.begin()
	vectors := d.vectors
	for i, msg := range d.messages {
		msg = msg.timed(p.now) // the time of planning, not of arrival, because other writes may have come before it
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		turn := p.turn(msg, &vectors)
		speaker := p.speaker(msg)
		if decides || len(msg.found) > 0 {
			if err := p.decide(ctx, i, msg, turn, &speaker); err != nil {
				return nil, err
			}
		}
		p.attribute(turn, msg, speaker)
	}
	p.own.Session.Turns, p.own.Session.MovedAt = p.own.TurnsBefore+len(p.own.Turns), p.now
	if decides {
		p.own.Decision = &p.decision
	}
	if !p.readable {
		p.changes = nil
	}
	return p.answered(p.end()), nil
}

// newPlanner returns a planner that has planned nothing yet.
func newPlanner(d *draft, g *group) *planner {
	return &planner{group: g, by: d.by, draft: d, now: d.by.Now(), names: map[string]*recall.Names{}}
}

// byCaller stands for the extractor in the trace of a write that extracts nothing: one with triples, or an edit.
const byCaller = "caller"

// decides begins the trace of the write.
func (p *planner) decides(extractor string) {
	p.decision = record.Decision{
		ID: p.newID(store.TableDecision), Session: p.own.Session.ID, Infer: string(p.draft.infer), Extractor: extractor,
		Scopes: p.scopes, RecordedAt: p.now, Principal: p.by.Principal.ID,
	}
	if p.by.Behalf != nil {
		p.decision.OnBehalfOf = p.by.Behalf.ID
	}
	if p.by.Key != nil {
		p.decision.Key = p.by.Key.ID
	}
	if p.draft.asked != nil {
		p.decision.Model = strings.Join(p.draft.asked.Models, ", ")
		p.decision.Spent = record.Tokens{In: p.draft.asked.TokensIn, Out: p.draft.asked.TokensOut}
	}
}

// destination has the session and the scopes that a draft is written to.
type destination struct {
	session record.Session // zero for a new session
	scopes  record.ScopeSet
	missing []record.ScopeNode // scopes that the write registers
}

// destination finds the session and the scopes of a draft, and refuses a caller without the permissions for them.
func (d *draft) destination(ctx context.Context) (to destination, err error) {
	by := d.by
	to.scopes = d.scopes
	if to.session, err = sessionFor(ctx, by, d.session, by.Live.View.Load()); err != nil {
		return to, err
	}
	switch {
	case len(to.scopes) > 0:
	case d.session != "":
		to.scopes = by.Writable(to.session.Scopes)
	default:
		if to.scopes, err = access.WriteScopes(ctx, by, "Scopes"); err != nil {
			return to, err
		}
	}
	if err := by.Require(ctx, "Scopes", authz.MemoryWrite, to.scopes); err != nil {
		return to, err
	}
	if to.missing, err = access.MissingScopes(ctx, by, "Scopes", to.scopes); err != nil {
		return to, err
	}
	to.scopes = narrowed(to.scopes, d.with)
	return to, nil
}

// session finds or creates the session of the draft and sets the scopes of the write. It refuses a caller without permission.
func (p *planner) session(ctx context.Context) error {
	if p.draft.to == nil {
		to, err := p.draft.destination(ctx)
		if err != nil {
			return err
		}
		p.draft.to = &to
	}
	to := *p.draft.to
	if i, ok := p.sessions[to.session.ID]; ok {
		to.session = p.moved[i].Session // as the drafts before this one leave it
	}
	p.scopes, p.own.Session, p.own.TurnsBefore = to.scopes, to.session, to.session.Turns
	if p.draft.session == "" {
		p.own.New = true
		p.own.Session = record.Session{ID: p.newID(store.TableSession), Scopes: p.scopes, CreatedAt: p.now}
	}
	if len(to.missing) > 0 {
		p.own.Registered, p.own.Events = to.missing, []record.Event{access.Registered(p.by, to.missing)}
	}
	return nil
}

func (p *planner) newID(table string) string { return table + ":" + p.by.Live.Core.Opts.NewID() }

// turn adds a message's turn and chunks to the write and returns the turn's id, or "" for a message without text.
func (p *planner) turn(msg message, vectors *[][]float32) string {
	if msg.text == "" {
		return ""
	}
	t := record.Turn{
		ID: p.newID(store.TableTurn), Session: p.own.Session.ID, Seq: p.own.TurnsBefore + len(p.own.Turns),
		Role: msg.role, Content: msg.text, SpokenAt: msg.spoken.UTC(), RecordedAt: p.now, Scopes: p.scopes,
		Labels: p.draft.labels, Location: msg.location,
	}
	p.own.Turns = append(p.own.Turns, t)
	if basis := slices.Concat(p.draft.basis, p.draft.from); len(basis) > 0 {
		slices.Sort(basis)
		p.own.Replies = append(p.own.Replies, store.Reply{Turn: t.ID, Basis: slices.Compact(basis)})
	}
	for _, piece := range msg.pieces {
		c := record.Chunk{
			ID: p.newID(store.TableChunk), Turn: t.ID, Session: t.Session, Role: t.Role, Text: piece.Text,
			Seq: t.Seq, Start: piece.Start, SpokenAt: t.SpokenAt, KnownFrom: msg.observed, RecordedAt: p.now, Scopes: t.Scopes,
			Labels: t.Labels, Category: cmp.Or(p.draft.category, record.Context), Vector: (*vectors)[0],
			Location: t.Location,
		}
		*vectors = (*vectors)[1:]
		p.own.Chunks = append(p.own.Chunks, c)
	}
	p.decision.Turns = append(p.decision.Turns, t.ID)
	return t.ID
}

// decide extracts the facts of the i-th message, or takes the caller's triples, and reconciles them with the stored facts. A message that is
// stored word for word leaves only the uncertainties of its findings.
func (p *planner) decide(ctx context.Context, i int, msg message, turn string, who *speaker) error {
	msg.text = extract.Head(msg.text) // extractors read only this part
	in := reconcile.Input{
		Scopes: p.scopes, ScopeKey: p.key, Labels: p.draft.labels, Text: msg.text,
		Spoken: msg.spoken.UTC(), Observed: msg.observed, Now: p.now, NewID: p.newID, Single: p.single,
		Floor: p.floor, First: true, History: p.history,
	}
	if len(p.draft.triples) > 0 {
		triples, err := p.declared(p.draft.triples)
		if err != nil {
			return err
		}
		in.Extraction = p.terms.Apply(triplesExtraction(triples, cmp.Or(p.draft.category, record.Knowledge)))
		in.Source = record.Source{Kind: record.FromUpsert, Ref: cmp.Or(turn, p.decision.ID), Session: p.own.Session.ID, Trust: msg.trusted(trustOperator)}
	} else {
		in.Source = record.Source{Kind: record.FromTurn, Ref: turn, Session: p.own.Session.ID, Trust: msg.trusted(Trust(msg.role))}
		if p.draft.extracts() {
			x, err := p.read(ctx, i, msg, who)
			if err != nil {
				return err
			}
			in.Extraction = p.terms.Apply(x)
		}
		in.Speaker, in.Attributed, in.Others = who.ref(), who.attributed, who.others
		in.Secondhand, in.Recent = msg.role != record.User, p.recent()
	}
	if err := ctx.Err(); err != nil {
		return err // the extraction may be incomplete
	}
	if p.draft.extracts() {
		p.forget(&in, msg, who)
	}
	in.Extraction = msg.suspects(in.Extraction)
	p.loadRelevantFacts(&in)
	plan := reconcile.Make(in)
	p.consider(in.Live, plan)
	p.addPlan(plan)
	switch {
	case msg.role == record.User:
		p.retell(plan.Reinforced, turn)
	case len(p.draft.triples) > 0: // the caller says so
		p.retell(plan.Reinforced, "")
	}
	if p.draft.infer != None {
		p.changes = append(p.changes, p.report(turn, in, plan))
	}
	return nil
}

// retell records that a turn told facts again; "": a caller, without a turn.
func (p *planner) retell(ids []string, turn string) {
	for _, id := range ids {
		if i, ok := p.position[id]; ok {
			if i < len(p.write.Create) && p.write.Create[i].ID == id { // instructions have positions too
				if turn != "" && p.write.Create[i].Tell(turn) {
					p.write.Create[i].UsedAt = p.now
				}
			}
			continue
		}
		old, ok := p.view.Fact(id)
		if !ok {
			continue
		}
		f := *old
		i, again := p.retold[id]
		if again {
			f.Retold = p.write.Retold[i].Turns
		}
		news := turn != "" && f.Tell(turn)
		switch {
		case again && news:
			p.write.Retold[i].Turns, p.write.Retold[i].At = f.Retold, p.now
		case again:
		case news, f.Category == record.Context && record.Day(f.Kept()) < record.Day(p.now): // it does not expire now
			p.retold[id] = len(p.write.Retold)
			p.write.Retold = append(p.write.Retold, store.Retelling{ID: id, Turns: f.Retold, At: p.now})
		}
	}
}

// addPlan adds a plan to the write. A fact that the write created earlier and the plan closes is stored as closed.
func (p *planner) addPlan(plan reconcile.Plan) {
	for _, e := range append(plan.Entities, plan.Raised...) {
		key := e.Key()
		if _, ok := p.entities[key]; !ok && e.EntityRef != record.UserEntity {
			first := record.FirstWord(e.Name)
			if p.names[first] == nil {
				p.names[first] = &recall.Names{}
			}
			p.names[first].Add(key)
		}
		p.entities[key] = e
		p.named = append(p.named, key)
	}
	p.amend(plan.Amend)
	p.trace(plan)
	for _, c := range plan.Close {
		if p.closed[c.ID] {
			continue // it is a conclusion, closed together with its evidence
		}
		if i, ok := p.position[c.ID]; ok {
			f := &p.write.Create[i]
			if i < p.began.facts {
				p.closings++
				p.ended = append(p.ended, *f)
			}
			c.Close(f)
			p.shelve(nil, *f)
			continue
		}
		p.closings++
		p.closed[c.ID] = true
		p.write.Close = append(p.write.Close, c)
		if c.Forgotten {
			p.write.Forgotten = append(p.write.Forgotten, c.ID)
		}
		if old, ok := p.view.Fact(c.ID); ok {
			f := *old
			p.ended = append(p.ended, f)
			if i, ok := p.amended[c.ID]; ok {
				p.write.Amend[i].Amend(&f)
			}
			c.Close(&f)
			p.shelve(nil, f)
		}
	}
	p.closeUnfounded(plan.Close)
	for _, c := range plan.CloseInstructions {
		if i, ok := p.position[c.ID]; ok {
			if i < p.began.instructions {
				p.closings++
			}
			in := &p.write.Instructions[i]
			in.Active, in.Known.Until, in.RetiredAt = false, c.KnownUntil, c.RetiredAt
			continue
		}
		p.closings++
		p.closed[c.ID] = true
		p.write.CloseInstructions = append(p.write.CloseInstructions, c)
		if c.Forgotten {
			p.write.Forgotten = append(p.write.Forgotten, c.ID)
		}
	}
	for _, id := range plan.Resolved {
		if i, ok := p.position[id]; ok {
			p.write.Questions[i].Resolved, p.write.Questions[i].ResolvedAt = true, p.now
			continue
		}
		p.resolved[id], p.write.At = true, p.now
		p.write.Resolved = append(p.write.Resolved, id)
	}
	for _, f := range plan.Create {
		if f.Live() {
			f.ToldUntil = f.Valid.Until
		}
		if f.Kind == record.KindRelation {
			f.Object.Name = f.Value // the spelling of this text, even if the entity has another one elsewhere
		}
		p.seq++
		f.Seq = p.seq
		if !f.Live() {
			p.shelve(nil, f)
		}
		i := len(p.write.Create)
		p.position[f.ID] = i
		if f.Live() {
			subject := f.Entity.Key()
			if p.bySubject[subject] == nil {
				p.bySubject[subject] = &recall.Shelf{}
			}
			p.bySubject[subject].Put(nil, &f)
		}
		if f.Kind == record.KindRelation {
			object := f.Object.Key()
			p.byObject[object] = append(p.byObject[object], i)
		}
		p.write.Create = append(p.write.Create, f)
	}
	for _, in := range plan.Instructions {
		deed, i := record.Deed(in.Description), len(p.write.Instructions)
		p.position[in.ID], p.orders[deed] = i, append(p.orders[deed], i)
		p.write.Instructions = append(p.write.Instructions, in)
	}
	for _, q := range plan.Questions {
		about, i := record.Normalise(q.About), len(p.write.Questions)
		p.position[q.ID], p.questions[about] = i, append(p.questions[about], i)
		p.write.Questions = append(p.write.Questions, q)
	}
}
