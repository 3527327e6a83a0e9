package reconcile

import (
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// Merge names an entity and the entity that it is merged into. The zero value merges nothing.
type Merge struct{ From, Into record.EntityRef }

// merge carries the facts of an entity over to the entity that it is merged into.
func (p *planner) merge() {
	from, into := clean(p.in.Merge.From), clean(p.in.Merge.Into)
	if from.Name == "" {
		return
	}
	from, into = p.known(from), p.known(into)
	p.alias(p.key(from), into)
	p.move(p.key(from), into)
	p.touch(from, "")
	p.touch(into, "")
	p.name = &item{
		fact: record.Fact{
			Kind: record.KindRelation, Entity: from, Key: record.Alias, Object: into, Value: into.Name, Many: true, Category: record.Identity, Confidence: 1,
		},
		entity: p.key(from), same: p.key(into),
	}
}

// Edit is a change that a caller makes to a fact.
type Edit struct {
	Now    time.Time
	By     string // id of its trace
	Reason string
}

// Close ends a live fact without a successor, because it no longer holds. scopeKey is the key of its scope set.
func (e Edit) Close(f *record.Fact, scopeKey string) Closing {
	c := e.end(f, scopeKey)
	c.EndedBy = e.By
	if f.Valid.Until.IsZero() || f.Valid.Until.After(e.Now) {
		c.ValidUntil = clamp(e.Now, f.Valid)
	}
	return c
}

// Correct replaces the value of a live fact that never held. The new value holds for the same time as the old one was said to hold.
func (e Edit) Correct(f *record.Fact, scopeKey, id, value string, trust float64) (record.Fact, Closing) {
	n := *f
	n.ID, n.Value, n.Supersedes, n.Vector = id, value, f.ID, nil
	n.Retold, n.Proofs = nil, 0 // nobody told the new value
	if f.Kind == record.KindRelation {
		n.Object = record.EntityRef{Type: f.Object.Type, Name: value}
	}
	n.Source, n.Quote = record.Source{Kind: record.FromUpsert, Ref: e.By, Trust: trust}, ""
	n.Confidence, n.Known = 1, record.Interval{From: latest(e.Now, f.Known.From)}
	n.Anew(f, e.Now)
	c := e.end(f, scopeKey)
	c.SupersededBy, c.Yielded = id, true
	return n, c
}

// Forget ends a live fact that is no longer believed. Nothing says that it ceased to hold.
func (e Edit) Forget(f *record.Fact, scopeKey string) Closing {
	c := e.end(f, scopeKey)
	c.EndedBy, c.Yielded, c.Forgotten = e.By, true, true
	return c
}

// Forgotten amends a closed fact that is no longer believed to have held.
func Forgotten(f *record.Fact) Amendment {
	return Amendment{
		ID: f.ID, Valid: f.Valid, Known: f.Known, Spoken: f.Spoken, BegunBy: f.BegunBy, Again: f.Again, Yielded: true,
		Supersedes: f.Supersedes, SupersededBy: f.SupersededBy, By: f.By,
	}
}

func (e Edit) end(f *record.Fact, scopeKey string) Closing {
	return Closing{ID: f.ID, Slot: f.Slot(scopeKey), KnownUntil: latest(e.Now, f.Known.From), RetiredAt: e.Now, Reason: e.Reason}
}

// Subject returns the topic of uncertainties about a fact.
func Subject(f *record.Fact) string {
	if f.Many {
		return about(f.Entity, f.Key, f.Value)
	}
	return about(f.Entity, f.Key, "")
}
