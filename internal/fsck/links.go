package fsck

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// Dangling is a reference to a row that does not exist.
type Dangling struct {
	Row    string // id
	Field  string // one of the fields below
	Target string // id
}

// The fields that refer to rows. What refers to rows that are deleted on purpose is none: the origin of a fact, because the facts that came from
// a session outlive it; the turns that told a fact again; what ended a fact; the records that a decision touched.
const (
	fieldEntity      = "entity" // of an attribute, and of what is known of an entity in a scope set
	fieldFrom        = "in"     // of a relation
	fieldTo          = "out"
	fieldKnown       = "appearance" // of a fact: nothing is known of its entity where the fact is
	fieldSupersedes  = "supersedes"
	fieldSuperseded  = "superseded_by"
	fieldDerivedFrom = "derived_from"
	fieldShown       = "shown"    // of a conclusion: what else its model was shown
	fieldDocument    = "document" // of a fact: it goes with the last of the documents that tell it
	fieldFacts       = "facts"    // of an uncertainty
	fieldSession     = "session"
	fieldTurn        = "turn"
	fieldBasis       = "basis"   // of an answer: what a model wrote it from
	fieldTouched     = "touched" // of a trace of a question or an answer
)

// entityOf returns the id of an entity.
func entityOf(e record.EntityRef) string { return store.TableEntity + ":" + e.Key() }

// endsOf returns the references of a fact to entities.
func endsOf(f *record.Fact) []Dangling {
	if f.Kind == record.KindRelation {
		return []Dangling{{f.ID, fieldFrom, entityOf(f.Entity)}, {f.ID, fieldTo, entityOf(f.Object)}}
	}
	return []Dangling{{f.ID, fieldEntity, entityOf(f.Entity)}}
}

// linksOf returns the references of a fact to facts, turns and documents.
func linksOf(f *record.Fact) (out []Dangling) {
	if f.Supersedes != "" {
		out = append(out, Dangling{f.ID, fieldSupersedes, f.Supersedes})
	}
	if f.SupersededBy != "" {
		out = append(out, Dangling{f.ID, fieldSuperseded, f.SupersededBy})
	}
	for _, id := range f.Tellings() {
		if strings.HasPrefix(id, store.TableDocument+":") {
			out = append(out, Dangling{f.ID, fieldDocument, id})
		}
	}
	for _, id := range f.Source.DerivedFrom {
		out = append(out, Dangling{f.ID, fieldDerivedFrom, id})
	}
	for _, id := range f.Source.Shown {
		out = append(out, Dangling{f.ID, fieldShown, id})
	}
	return out
}

// known reports whether one of the scope sets in which something is known of an entity is known to every reader of a fact.
func known(sets []record.ScopeSet, of record.ScopeSet) bool {
	return len(of) == 0 || slices.ContainsFunc(sets, func(set record.ScopeSet) bool { return scope.Implies(of, set) })
}

// links has what is needed to decide which references of some rows dangle, at one moment.
type links struct {
	store.Moment
	facts     map[string]*record.Fact
	questions map[string]*record.OpenQuestion
	entities  map[string]*record.Entity
	chunks    map[string]*record.Chunk
	turns     map[string]*store.TurnKey
	replies   map[string]*store.Reply
	known     map[string][]record.ScopeSet // by the id of an entity
}

func newLinks(m store.Moment) *links {
	l := &links{
		Moment: m, facts: byID(m.Rows.Write.Create, func(f *record.Fact) string { return f.ID }),
		questions: byID(m.Rows.Write.Questions, func(q *record.OpenQuestion) string { return q.ID }),
		entities:  byID(m.Rows.Write.Entities, func(e *record.Entity) string { return e.ID }),
		chunks:    byID(m.Rows.Write.Chunks, func(c *record.Chunk) string { return c.ID }),
		turns:     byID(m.Turns, func(t *store.TurnKey) string { return t.ID }),
		replies:   byID(m.Replies, func(r *store.Reply) string { return store.ReplyOf(r.Turn) }),
		known:     map[string][]record.ScopeSet{},
	}
	for _, e := range m.Known {
		id := entityOf(e.EntityRef)
		l.known[id] = append(l.known[id], e.Scopes)
	}
	return l
}

func byID[T any](rows []T, id func(*T) string) map[string]*T {
	out := make(map[string]*T, len(rows))
	for i := range rows {
		out[id(&rows[i])] = &rows[i]
	}
	return out
}

// dangles reports whether a row still has a reference, and what it refers to does not exist.
func (l *links) dangles(d Dangling) bool {
	if d.Field == fieldKnown {
		f := l.facts[d.Row]
		return f != nil && !known(l.known[d.Target], f.Scopes)
	}
	if l.There[d.Target] {
		return false
	}
	switch table, _, _ := strings.Cut(d.Row, ":"); table {
	case store.TableAttribute, store.TableRelation:
		f := l.facts[d.Row]
		return f != nil && slices.Contains(slices.Concat(endsOf(f), linksOf(f)), d)
	case store.TableUncertainty:
		q := l.questions[d.Row]
		return q != nil && slices.Contains(q.Facts, d.Target)
	case store.TableAppearance:
		e := l.entities[d.Row]
		return e != nil && entityOf(e.EntityRef) == d.Target
	case store.TableChunk:
		c := l.chunks[d.Row]
		return c != nil && (d.Field == fieldTurn && c.Turn == d.Target || d.Field == fieldSession && c.Session == d.Target)
	case store.TableTurn:
		t := l.turns[d.Row]
		return t != nil && t.Session == d.Target
	case store.TableReply:
		r := l.replies[d.Row]
		return r != nil && (d.Field == fieldTurn && r.Turn == d.Target || d.Field == fieldBasis && slices.Contains(r.Basis, d.Target))
	case store.TableRetrieval, store.TableResponse:
		return l.There[d.Row]
	}
	return false
}

// repair adds to a repair what removes a reference that dangles, and reports whether anything does. Texts stay, and so do the conclusions and the
// answers that have lost what they rest on: no repair can say whether they are still true.
func (l *links) repair(r *store.Repair, d Dangling, newID func() string) bool {
	switch d.Field {
	case fieldSupersedes, fieldSuperseded:
		u := unlinking(r, l.facts[d.Row])
		if d.Field == fieldSupersedes {
			u.Supersedes = ""
		} else {
			u.SupersededBy = ""
		}
	case fieldFacts:
		at := slices.IndexFunc(r.Questions, func(q record.OpenQuestion) bool { return q.ID == d.Row })
		if at < 0 {
			at, r.Questions = len(r.Questions), append(r.Questions, *l.questions[d.Row])
		}
		q := &r.Questions[at]
		q.Facts = slices.DeleteFunc(slices.Clone(q.Facts), func(id string) bool { return id == d.Target })
	case fieldEntity, fieldFrom, fieldTo:
		_, key, _ := strings.Cut(d.Target, ":")
		kind, name, _ := strings.Cut(key, "/")
		r.Keys = append(r.Keys, record.EntityRef{Type: kind, Name: name})
	case fieldKnown:
		f := l.facts[d.Row]
		ref := f.Entity
		if entityOf(ref) != d.Target {
			ref = f.Object
		}
		at := slices.IndexFunc(r.Appearances, func(e record.Entity) bool { return entityOf(e.EntityRef) == d.Target && e.Scopes.Equal(f.Scopes) })
		if at < 0 {
			at, r.Appearances = len(r.Appearances), append(r.Appearances, record.Entity{
				ID: newID(), EntityRef: ref, Category: f.Category, Importance: f.Category.Importance(), Scopes: f.Scopes, CreatedAt: f.RecordedAt, UpdatedAt: f.RecordedAt,
			})
		}
		if e := &r.Appearances[at]; f.RecordedAt.Before(e.CreatedAt) {
			e.EntityRef, e.CreatedAt = ref, f.RecordedAt
		} else if f.RecordedAt.After(e.UpdatedAt) {
			e.UpdatedAt = f.RecordedAt
		}
	case fieldTurn:
		reply := l.replies[d.Row]
		if reply == nil {
			return false // it is a text
		}
		r.Replies = append(r.Replies, reply.Turn)
	case fieldTouched: // nobody is shown a trace that touches a row which does not exist
		r.Traces = append(r.Traces, d.Row)
	default:
		return false
	}
	return true
}

// unlinking returns what a repair changes of a fact.
func unlinking(r *store.Repair, f *record.Fact) *store.Unlinking {
	at := slices.IndexFunc(r.Unlinked, func(u store.Unlinking) bool { return u.ID == f.ID })
	if at < 0 {
		at, r.Unlinked = len(r.Unlinked), append(r.Unlinked, store.Unlinking{ID: f.ID, Supersedes: f.Supersedes, SupersededBy: f.SupersededBy})
	}
	return &r.Unlinked[at]
}
