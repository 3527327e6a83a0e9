package ingest

import (
	"cmp"
	"context"
	"maps"
	"slices"
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
	trustOperator = 1.0
)

// Trust returns the trust in the statements of a role, from 0 to 1.
func Trust(r record.Role) float64 {
	if r == record.User {
		return trustUser
	}
	return trustOther
}

// planner turns a draft into a write, message by message. It keeps the changes of the write so far, so that each message sees the facts of
// the messages before it.
type planner struct {
	by       *gate.Call
	view     *recall.State
	draft    *draft
	extract  extractFunc
	seq      int64     // the last number given to a fact
	now      time.Time // time of planning
	scopes   record.ScopeSet
	key      string          // scope.Key of scopes
	readable bool            // whether the caller may read the scopes of the write; if not, the result tells nothing of the decisions
	terms    *ontology.Terms // the vocabulary that the Context declares
	floor    float64         // the confidence below which a statement does not become a fact

	write     store.Write
	bySubject map[string]*recall.Shelf // live facts in write.Create, by the key of their entity
	byObject  map[string][]int         // positions of relations in write.Create, by the key of their target
	position  map[string]int           // positions in write.Create, write.Instructions and write.Questions, by id
	orders    map[string][]int         // positions in write.Instructions, by record.Deed
	questions map[string][]int         // positions in write.Questions, by normalised topic
	resolved  map[string]bool          // ids of questions of the view that the write resolves
	closed    map[string]bool          // ids of facts and instructions of the view that the write closes
	entities  map[string]record.Entity
	names     map[string]*recall.Names // of entities, by record.FirstWord
	decision  record.Decision
	weighed   map[string]bool // ids of the considered facts, those beyond the limit included
	changes   []Change
	amended   map[string]int                // positions in write.Amend, by id
	histories map[historyKey][]*record.Fact // histories of the keys that the write has changed
	heard     []string                      // names that speakers have given in this write
	spoke     []string                      // speakers of the session that this write has found
}

// plan computes what a draft stores, given the current view. It changes nothing.
func (d *draft) plan(ctx context.Context, view *recall.State, extract extractFunc) (*outcome, error) {
	// The call may have waited for a model or for other writers, so its permissions may have changed.
	by, err := d.by.Current(ctx)
	if err != nil {
		return nil, err
	}
	if by.Permissions != d.by.Permissions {
		d.to = nil
	}
	d.by = by
	if d.edit != nil {
		return d.planEdit(ctx, view)
	}
	p := newPlanner(d, view)
	p.extract = extract
	if err := p.session(ctx); err != nil {
		return nil, err
	}
	p.key = scope.Key(p.scopes)
	visible := d.by.Visible()
	p.readable = visible == nil || visible(p.scopes)
	p.floor = d.floor()
	decides := d.extracts() || len(d.triples) > 0
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
	if err := view.Hold(ctx); err != nil {
		return nil, err
	}
	defer view.Release()
	if err := d.checkVectors(view.Dimension()); err != nil {
		return nil, live.FailEmbedding(ctx, err)
	}
	p.seq = view.LastSeq()
	vectors := d.vectors
	for i, msg := range d.messages {
		msg = msg.timed(p.now) // the time of planning, not of arrival, because other writes may have come before it
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		turn := p.turn(msg, &vectors)
		speaker := p.speaker(msg)
		if decides {
			if err := p.decide(ctx, i, msg, turn, &speaker); err != nil {
				return nil, err
			}
		}
		p.attribute(turn, msg, speaker)
	}
	p.write.Session.Turns, p.write.Session.MovedAt = p.write.TurnsBefore+len(p.write.Turns), p.now
	p.writeEntities()
	if decides {
		p.write.Decision = &p.decision
	}
	if !p.readable {
		p.changes = nil
	}
	return d.answered(&outcome{p.write, p.changes}), nil
}

// newPlanner returns a planner that has planned nothing yet.
func newPlanner(d *draft, view *recall.State) *planner {
	return &planner{
		by: d.by, view: view, draft: d,
		bySubject: map[string]*recall.Shelf{}, byObject: map[string][]int{}, position: map[string]int{}, closed: map[string]bool{},
		orders: map[string][]int{}, questions: map[string][]int{}, resolved: map[string]bool{},
		amended: map[string]int{}, histories: map[historyKey][]*record.Fact{}, now: d.by.Now(),
		entities: map[string]record.Entity{}, names: map[string]*recall.Names{},
	}
}

// byCaller stands for the extractor in the trace of a write that extracts nothing: one with triples, or an edit.
const byCaller = "caller"

// decides begins the trace of the write.
func (p *planner) decides(extractor string) {
	p.decision = record.Decision{
		ID: p.newID(store.TableDecision), Session: p.write.Session.ID, Infer: string(p.draft.infer), Extractor: extractor,
		Scopes: p.scopes, RecordedAt: p.now, Principal: p.by.Principal.ID,
	}
	if p.by.Behalf != nil {
		p.decision.OnBehalfOf = p.by.Behalf.ID
	}
	if p.by.Key != nil {
		p.decision.Key = p.by.Key.ID
	}
}

// writeEntities adds the entities of the plans to the write.
func (p *planner) writeEntities() {
	for _, key := range slices.Sorted(maps.Keys(p.entities)) {
		e := p.entities[key]
		if known, ok := p.view.Known(key, p.scopes); ok && known.ID == e.ID {
			p.write.Raised = append(p.write.Raised, e)
		} else {
			p.write.Entities = append(p.write.Entities, e)
		}
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
	to.missing, err = access.MissingScopes(ctx, by, "Scopes", to.scopes)
	return to, err
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
	p.scopes, p.write.Session, p.write.TurnsBefore = to.scopes, to.session, to.session.Turns
	if p.draft.session == "" {
		p.write.New = true
		p.write.Session = record.Session{ID: p.newID(store.TableSession), Scopes: p.scopes, CreatedAt: p.now}
	}
	if len(to.missing) > 0 {
		p.write.Registered, p.write.Events = to.missing, []record.Event{access.Registered(p.by, to.missing)}
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
		ID: p.newID(store.TableTurn), Session: p.write.Session.ID, Seq: p.write.TurnsBefore + len(p.write.Turns),
		Role: msg.role, Content: msg.text, SpokenAt: msg.spoken.UTC(), RecordedAt: p.now, Scopes: p.scopes,
		Labels: p.draft.labels,
	}
	p.write.Turns = append(p.write.Turns, t)
	for _, piece := range msg.pieces {
		c := record.Chunk{
			ID: p.newID(store.TableChunk), Turn: t.ID, Session: t.Session, Role: t.Role, Text: piece.Text,
			Seq: t.Seq, Start: piece.Start, SpokenAt: t.SpokenAt, KnownFrom: msg.observed, RecordedAt: p.now, Scopes: t.Scopes,
			Labels: t.Labels, Category: cmp.Or(p.draft.category, record.Context), Vector: (*vectors)[0],
		}
		*vectors = (*vectors)[1:]
		p.write.Chunks = append(p.write.Chunks, c)
	}
	p.decision.Turns = append(p.decision.Turns, t.ID)
	return t.ID
}

// decide extracts the facts of the i-th message, or takes the caller's triples, and reconciles them with the stored facts.
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
		in.Source = record.Source{Kind: record.FromUpsert, Ref: cmp.Or(turn, p.decision.ID), Session: p.write.Session.ID, Trust: trustOperator}
	} else {
		in.Source = record.Source{Kind: record.FromTurn, Ref: turn, Session: p.write.Session.ID, Trust: Trust(msg.role)}
		var err error
		if in.Extraction, err = p.read(ctx, i, msg, who); err != nil {
			return err
		}
		in.Extraction = p.terms.Apply(in.Extraction)
		in.Speaker, in.Attributed, in.Others = who.ref(), who.attributed, who.others
		in.Secondhand, in.Recent = msg.role != record.User, p.recent()
	}
	if err := ctx.Err(); err != nil {
		return err // the extraction may be incomplete
	}
	p.loadRelevantFacts(&in)
	plan := reconcile.Make(in)
	p.consider(in.Live, plan)
	p.addPlan(plan)
	p.changes = append(p.changes, p.report(turn, in, plan))
	return nil
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
	}
	p.amend(plan.Amend)
	p.trace(plan)
	for _, c := range plan.Close {
		if i, ok := p.position[c.ID]; ok {
			f := &p.write.Create[i]
			c.Close(f)
			p.shelve(nil, *f)
			continue
		}
		p.closed[c.ID] = true
		p.write.Close = append(p.write.Close, c)
		if old, ok := p.view.Fact(c.ID); ok {
			f := *old
			if i, ok := p.amended[c.ID]; ok {
				p.write.Amend[i].Amend(&f)
			}
			c.Close(&f)
			p.shelve(nil, f)
		}
	}
	for _, c := range plan.CloseInstructions {
		if i, ok := p.position[c.ID]; ok {
			in := &p.write.Instructions[i]
			in.Active, in.Known.Until, in.RetiredAt = false, c.KnownUntil, c.RetiredAt
			continue
		}
		p.closed[c.ID] = true
		p.write.CloseInstructions = append(p.write.CloseInstructions, c)
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
