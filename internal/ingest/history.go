package ingest

import (
	"slices"

	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
)

// historyKey identifies the history of an entity's key in the scopes of the write.
type historyKey struct {
	kind        record.Kind
	entity, key string
}

func historyOf(f *record.Fact) historyKey { return historyKey{f.Kind, f.Entity.Key(), f.Key} }

// history returns the closed facts of a key, including the changes that the write has made so far.
func (p *planner) history(kind record.Kind, entity, key string) []*record.Fact {
	if own, ok := p.histories[historyKey{kind, entity, key}]; ok {
		return own
	}
	return p.view.History(p.scopes, kind, entity, key)
}

// shelve adds a closed fact to the history of its key. old is its earlier state, which it replaces; nil: there is none.
func (p *planner) shelve(old *record.Fact, f record.Fact) {
	key := historyOf(&f)
	facts, own := p.histories[key]
	if !own {
		facts = slices.Clone(p.history(key.kind, key.entity, key.key))
	}
	if old != nil {
		facts = slices.DeleteFunc(facts, func(g *record.Fact) bool { return g.ID == old.ID })
	}
	i, _ := slices.BinarySearchFunc(facts, &f, record.CompareInTime)
	p.histories[key] = slices.Insert(facts, i, &f)
}

// amend applies amendments of the times of facts. A fact that this write creates is changed in place, without a stored amendment.
func (p *planner) amend(list []reconcile.Amendment) {
	for _, a := range list {
		if a.Renumber {
			p.seq++
			a.Seq = p.seq
		}
		if i, ok := p.position[a.ID]; ok {
			f := &p.write.Create[i]
			old := *f
			a.Amend(f)
			if !f.Live() {
				p.shelve(&old, *f)
			}
			continue
		}
		old, ok := p.view.Fact(a.ID)
		if !ok {
			continue
		}
		if i, again := p.amended[a.ID]; again {
			if earlier := p.write.Amend[i]; earlier.Renumber && !a.Renumber {
				a.Renumber, a.Seq = true, earlier.Seq
			}
			p.write.Amend[i] = a
		} else {
			p.amended[a.ID] = len(p.write.Amend)
			p.write.Amend = append(p.write.Amend, a)
		}
		f := *old
		a.Amend(&f)
		if p.closed[a.ID] {
			// It was closed earlier in this write: the closing applies after the amendment.
			i := slices.IndexFunc(p.write.Close, func(c reconcile.Closing) bool { return c.ID == a.ID })
			c := &p.write.Close[i]
			c.KnownUntil, c.ValidUntil, c.SupersededBy, c.Yielded = a.Known.Until, a.Valid.Until, a.SupersededBy, a.Yielded
			c.Close(&f)
			p.shelve(old, f)
			continue
		}
		if !f.Live() {
			p.shelve(old, f)
		}
	}
}
