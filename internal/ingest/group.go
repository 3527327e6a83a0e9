package ingest

import (
	"maps"
	"slices"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// Concurrent writes share transactions. The drafts of a group are planned one after the other on the state in memory, and each sees what
// the drafts before it have planned, as if that was stored. The result is one write.

// group has the plans of the drafts that are stored together.
type group struct {
	view   *recall.State
	seq    int64       // the last number given to a fact
	write  store.Write // facts, instructions, uncertainties and entities of all drafts
	parts  []store.Write
	last   *planner // of the last draft; nil: the next draft has been told of it
	broken bool     // a draft was planned in part, because planning failed: the group must not be stored

	moved    []store.SessionMove // the sessions of all drafts
	sessions map[string]int      // positions in moved, by the id of the session

	position map[string]int          // positions in write.Create, write.Instructions and write.Questions, by id
	amended  map[string]int          // positions in write.Amend, by id
	retold   map[string]int          // positions in write.Retold, by id
	resolved map[string]bool         // ids of questions of the view that the write resolves
	closed   map[string]bool         // ids of facts and instructions of the view that the write closes
	ends     map[string]*record.Fact // facts that the write plans to close for a reason of their own
	ledgers  map[string]*ledger
}

// ledger has the plans for one scope set.
type ledger struct {
	set       record.ScopeSet
	decides   bool                     // whether facts may be among the plans
	bySubject map[string]*recall.Shelf // live facts in write.Create, by the key of their entity
	byObject  map[string][]int         // positions of relations in write.Create, by the key of their target
	orders    map[string][]int         // positions in write.Instructions, by record.Deed
	questions map[string][]int         // positions in write.Questions, by normalised topic
	entities  map[string]record.Entity
	planned   *recall.Planned               // names of the drafts before the current one; nil: none
	histories map[historyKey][]*record.Fact // histories of the keys that the write has changed
}

// newGroup returns a group without drafts.
func newGroup(view *recall.State) *group {
	return &group{
		view: view, sessions: map[string]int{}, position: map[string]int{}, amended: map[string]int{}, retold: map[string]int{}, resolved: map[string]bool{},
		closed: map[string]bool{}, ledgers: map[string]*ledger{},
	}
}

// ledgerOf returns the plans for a scope set.
func (g *group) ledgerOf(key string, set record.ScopeSet, decides bool) *ledger {
	l := g.ledgers[key]
	if l == nil {
		l = &ledger{
			set: set, bySubject: map[string]*recall.Shelf{}, byObject: map[string][]int{}, orders: map[string][]int{}, questions: map[string][]int{},
			entities: map[string]record.Entity{}, histories: map[historyKey][]*record.Fact{},
		}
		g.ledgers[key] = l
	}
	l.decides = l.decides || decides
	return l
}

// admits reports whether a draft can share a transaction with those before it. A draft that registers scopes is alone, because the
// permissions of others may depend on it. So is a draft that would have to know what is planned for another scope set.
func (g *group) admits(p *planner) bool {
	if len(g.parts) == 0 {
		return true
	}
	if len(p.own.Registered) > 0 || len(g.parts[0].Registered) > 0 {
		return false
	}
	for key, l := range g.ledgers {
		if l.decides && key != p.key && scope.Implies(p.scopes, l.set) {
			return false
		}
	}
	return true
}

// begin begins to plan the messages of a draft. The view is held.
func (p *planner) begin() {
	if p.last != nil {
		p.last.settle()
		p.last = nil
	}
	p.broken = true // until end
	p.seq = max(p.seq, p.view.LastSeq())
	p.began = began{len(p.write.Create), len(p.write.Instructions)}
	for _, f := range p.view.Speakers(p.scopes) {
		if !p.closed[f.ID] {
			p.known = append(p.known, f.Value)
		}
	}
	if s := p.bySubject[record.UserEntity.Key()]; s != nil {
		given := &reconcile.Wanted{}
		given.Key(recall.SpeakerKey)
		s.Live(given, func(facts []*record.Fact) {
			for _, f := range p.created(facts) {
				if f.Live() && f.Kind == record.KindAttribute && f.Key == recall.SpeakerKey {
					p.known = append(p.known, f.Value)
				}
			}
		})
	}
}

// settle counts the names and facts of the draft among those that the next draft of its scopes finds.
func (p *planner) settle() {
	created := p.write.Create[p.began.facts:]
	if len(p.named)+len(created)+len(p.ended) == 0 {
		return
	}
	if p.planned == nil {
		p.planned = recall.NewPlanned()
	}
	for _, key := range p.named {
		p.planned.Put(p.entities[key].EntityRef)
	}
	for i := range created {
		if f := &created[i]; f.Live() {
			p.planned.Use(f, 1)
		}
	}
	for i := range p.ended {
		p.planned.Use(&p.ended[i], -1)
	}
}

// end adds the planned draft to its group, and returns its outcome.
func (p *planner) end() *outcome {
	own := p.own
	i, known := p.sessions[own.Session.ID]
	if !known {
		i = len(p.moved)
		p.sessions[own.Session.ID] = i
		p.moved = append(p.moved, store.SessionMove{New: own.New, TurnsBefore: own.TurnsBefore})
	}
	p.moved[i].Session = own.Session
	p.parts = append(p.parts, own)
	p.last = p
	p.broken = false
	return &outcome{own, p.changes, p.began, len(p.write.Create) + len(p.write.Instructions) - p.began.facts - p.began.instructions, p.closings, p.readable}
}

// lastTurns returns up to n of the last turns that the drafts of the group add to a session, the newest first.
func (g *group) lastTurns(session string, n int) (out []record.Turn) {
	for _, part := range slices.Backward(g.parts) {
		if part.Session.ID != session {
			continue
		}
		for _, t := range slices.Backward(part.Turns) {
			if len(out) == n {
				return out
			}
			out = append(out, t)
		}
	}
	return out
}

// writeEntities adds the entities of the plans to the write.
func (g *group) writeEntities() {
	for _, set := range slices.Sorted(maps.Keys(g.ledgers)) {
		l := g.ledgers[set]
		for _, key := range slices.Sorted(maps.Keys(l.entities)) {
			e := l.entities[key]
			if known, ok := g.view.Known(key, l.set); ok && known.ID == e.ID {
				g.write.Raised = append(g.write.Raised, e)
			} else {
				g.write.Entities = append(g.write.Entities, e)
			}
		}
	}
}

// joined returns the write of all drafts.
func (g *group) joined() store.Write {
	g.writeEntities()
	out := g.write
	first := g.moved[0]
	out.Session, out.New, out.TurnsBefore, out.Beside = first.Session, first.New, first.TurnsBefore, g.moved[1:]
	for _, part := range g.parts {
		if out.Turns == nil {
			out.Turns, out.Chunks = slices.Clip(part.Turns), slices.Clip(part.Chunks)
		} else {
			out.Turns, out.Chunks = append(out.Turns, part.Turns...), append(out.Chunks, part.Chunks...)
		}
		out.Replies = append(out.Replies, part.Replies...)
		out.Registered, out.Events = append(out.Registered, part.Registered...), append(out.Events, part.Events...)
		out.Answers = append(out.Answers, part.Answers...)
		switch {
		case part.Decision == nil:
		case out.Decision == nil:
			out.Decision = part.Decision
		default:
			out.Others = append(out.Others, *part.Decision)
		}
	}
	return out
}
