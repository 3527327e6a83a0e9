package recall

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// Sets returns the scope sets of texts, facts and instructions that a reader may see, at most as many as given.
func (v *View) Sets(reach scope.Reach, most int) []record.ScopeSet {
	return read(v, func() []record.ScopeSet { return v.index.Sets(reach, most) })
}

// TraceFor returns a decision trace as a reader may see it: without the records that are erased, and without those that the reader may not
// see. It returns false if the reader may not see the trace, or if no text, fact or instruction is left in its scope set.
func (v *View) TraceFor(r Reader, d record.Decision) (record.Decision, bool) {
	return found(v, func() (record.Decision, bool) {
		if !r.Sees(d.Scopes) || !v.index.Has(d.Scopes) {
			return record.Decision{}, false
		}
		if row, ok := v.said.sessions.get(d.Session); !ok || !r.Sees(row.Scopes) {
			d.Session = ""
		}
		d.Turns = kept(d.Turns, func(id string) bool {
			c := v.chunk(v.said.first[id])
			return c != nil && r.Sees(c.Scopes)
		})
		for _, list := range []*[]string{&d.Considered, &d.Created, &d.Closed, &d.Amended, &d.Reinforced, &d.Doubted} {
			*list = kept(*list, func(id string) bool { return v.shows(&r, id) })
		}
		for _, list := range []*[]string{&d.Flagged, &d.Resolved} {
			*list = kept(*list, func(id string) bool {
				q := v.known.questions[id]
				return q != nil && r.Sees(q.Scopes)
			})
		}
		var superseded []record.Supersession
		for _, s := range d.Superseded {
			switch {
			case !v.shows(&r, s.Fact):
			case v.shows(&r, s.By):
				superseded = append(superseded, s)
			default:
				superseded = append(superseded, record.Supersession{Fact: s.Fact})
			}
		}
		d.Superseded = superseded
		return d, true
	})
}

// Has calls f with a function that reports whether a text, fact, instruction or turn exists; of other rows it says that they do. A trace outlives the
// passages that it names, because a new version of a document has others.
func (v *View) Has(f func(has func(id string) bool)) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	f(v.has)
}

func (v *View) has(id string) bool {
	switch table, _, _ := strings.Cut(id, ":"); table {
	case store.TableChunk, store.TableAttribute, store.TableRelation, store.TableInstruction:
		return v.index.Holds(id)
	case store.TableTurn:
		return v.said.first[id] != ""
	}
	return true
}

// Touched returns those of some rows that a reader may see. It returns false if one of them was erased.
func (v *View) Touched(r Reader, ids []string) (seen []string, whole bool) {
	return found(v, func() ([]string, bool) {
		if slices.ContainsFunc(ids, func(id string) bool { return !v.has(id) }) {
			return nil, false
		}
		return kept(ids, func(id string) bool { return v.showsAny(&r, id) }), true
	})
}

// showsAny reports whether a text, turn, fact or instruction exists and a reader sees it.
func (v *View) showsAny(r *Reader, id string) bool {
	if first, ok := v.said.first[id]; ok {
		id = first
	}
	if c := v.chunk(id); c != nil {
		return r.Sees(c.Scopes)
	}
	if _, d := v.library.part(id); d != nil {
		return r.Sees(d.Scopes)
	}
	return v.shows(r, id)
}

// Sources counts rows that exist by the kinds of their sources. Of a text that is a turn.
func (v *View) Sources(ids []string, count map[record.SourceKind]int) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	for _, id := range ids {
		if f := v.known.facts[id]; f != nil {
			count[f.Source.Kind]++
		} else if i := v.known.instructions[id]; i != nil {
			count[i.Source.Kind]++
		} else if isPart(id) {
			if _, d := v.library.part(id); d != nil {
				count[record.FromDocument]++
			}
		} else if v.has(id) {
			count[record.FromTurn]++
		}
	}
}

// EntityOf returns the entity that a fact is about.
func (v *View) EntityOf(fact string) (record.EntityRef, bool) {
	return found(v, func() (record.EntityRef, bool) {
		f := v.known.facts[fact]
		if f == nil {
			return record.EntityRef{}, false
		}
		return f.Entity, true
	})
}

// shows reports whether a fact or instruction exists and a reader sees it.
func (v *View) shows(r *Reader, id string) bool {
	if f := v.known.facts[id]; f != nil {
		return r.Sees(f.Scopes)
	}
	i := v.known.instructions[id]
	return i != nil && r.Sees(i.Scopes)
}

// kept returns the ids that pass keep, in a list of its own.
func kept(ids []string, keep func(string) bool) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !keep(id) })
}
