// Package growth finds what follows from the facts of a memory: relations that compose, and values that were told again and again. It is
// pure. It proposes, and its caller stores.
package growth

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
)

// rules returns the rules by their first label.
var rules = sync.OnceValue(func() map[string][]Rule {
	out := map[string][]Rule{}
	for _, r := range Rules() {
		out[r.First] = append(out[r.First], r)
	}
	return out
})

// Rules returns all rules.
func Rules() []Rule {
	out := slices.Clone(others)
	for _, f := range family {
		for _, first := range strings.Fields(f.first) {
			for _, second := range strings.Fields(f.second) {
				out = append(out, Rule{first, second, f.label, person, person, person, f.why})
			}
		}
	}
	return out
}

// Begins reports whether a relation with a label may be the first part of a composition.
func Begins(label string) bool { return rules()[label] != nil }

// ends has the labels of second parts.
var ends = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, r := range Rules() {
		out[r.Second] = true
	}
	return out
})

// Ends reports whether a relation with a label may be the second part of a composition.
func Ends(label string) bool { return ends()[label] }

// Graph has the facts of one scope set. The order of its lists does not matter.
type Graph interface {
	// Live returns the live relations of an entity whose labels pass.
	Live(entity string, pass func(label string) bool) []*record.Fact
	// Known returns the live and closed facts of an entity under a key.
	Known(entity, key string) []*record.Fact
	// Fit reports whether a live fact is sure enough to conclude from it.
	Fit(f *record.Fact) bool
}

// Terms says what may be proposed. A nil function allows everything, or says that no label has a single value.
type Terms struct {
	Single func(label string) bool // whether an entity has one relation with the label at a time
	Allows func(subject, label, object string) bool
	Floor  float64 // the least confidence
}

// Relation is a relation that follows from two others.
type Relation struct {
	Subject, Object record.EntityRef
	Label           string
	Evidence        [2]string // ids of the two relations; of several pairs, the surest
	Proofs          int       // number of pairs that it follows from
	Confidence      float64   // product of the confidences of the two
	Why             string
}

// Relations proposes relations of an entity, in the order of their labels and objects. It proposes none that is known, that somebody has
// ended since the evidence was recorded, or that contradicts what is known or another proposal.
func Relations(g Graph, t Terms, entity string) []Relation {
	found := map[[2]string]*candidate{}
	for _, first := range g.Live(entity, Begins) {
		if !t.holds(first) || !g.Fit(first) {
			continue
		}
		of := rules()[first.Key]
		seconds := g.Live(first.Object.Key(), func(label string) bool {
			return slices.ContainsFunc(of, func(r Rule) bool { return r.Second == label })
		})
		for _, second := range seconds {
			if second.Object.Key() == entity || !t.holds(second) || !g.Fit(second) {
				continue
			}
			for i := range of {
				if r := &of[i]; r.Second == second.Key && r.fits(first, second) {
					add(found, newCandidate(r, first, second))
				}
			}
		}
	}
	out := make([]Relation, 0, len(found))
	for _, c := range found {
		if c.admitted(g, t, found) {
			out = append(out, c.Relation)
		}
	}
	slices.SortFunc(out, func(a, b Relation) int {
		return cmp.Or(strings.Compare(a.Label, b.Label), strings.Compare(a.Object.Key(), b.Object.Key()))
	})
	return out
}

// holds reports whether a relation is about the present, lasts, was said, and is not contested.
func (t *Terms) holds(f *record.Fact) bool {
	return f.Live() && f.Kind == record.KindRelation && !f.Past && f.Category != record.Context && !f.Source.Kind.Derived() && f.Valid.Until.IsZero() &&
		!(t.single(f.Key) && f.Contested())
}

func (t *Terms) single(label string) bool { return t.Single != nil && t.Single(label) }

func (r *Rule) fits(first, second *record.Fact) bool {
	is := func(e record.EntityRef, kind string) bool { return kind == "" || record.EntityType(e.Type) == kind }
	return is(first.Entity, r.X) && is(first.Object, r.Y) && is(second.Object, r.Z)
}

// candidate is a relation with the time when its newest evidence was recorded.
type candidate struct {
	Relation
	proven time.Time
}

func newCandidate(r *Rule, first, second *record.Fact) candidate {
	c := candidate{Relation{
		Subject: first.Entity, Object: second.Object, Label: r.Label, Evidence: [2]string{first.ID, second.ID}, Proofs: 1,
		Confidence: first.Confidence * second.Confidence, Why: r.Why,
	}, first.RecordedAt}
	c.Object.Name = second.Value
	if second.RecordedAt.After(c.proven) {
		c.proven = second.RecordedAt
	}
	return c
}

// add adds a candidate. If the same relation follows from several pairs, the surest counts, and of equally sure ones that with the first ids.
func add(found map[[2]string]*candidate, c candidate) {
	key := [2]string{c.Label, c.Object.Key()}
	old := found[key]
	if old == nil {
		found[key] = &c
		return
	}
	proofs := old.Proofs + 1
	if cmp.Or(cmp.Compare(c.Confidence, old.Confidence), slices.Compare(old.Evidence[:], c.Evidence[:])) > 0 {
		*old = c
	}
	old.Proofs = proofs
}

// admitted reports whether a candidate may be proposed.
func (c *candidate) admitted(g Graph, t Terms, among map[[2]string]*candidate) bool {
	single := t.single(c.Label)
	if c.Confidence < t.Floor || t.Allows != nil && !t.Allows(c.Subject.Type, c.Label, c.Object.Type) {
		return false
	}
	if single {
		for key := range among {
			if key[0] == c.Label && key[1] != c.Object.Key() {
				return false
			}
		}
	}
	f := &record.Fact{
		Kind: record.KindRelation, Entity: c.Subject, Key: c.Label, Object: c.Object, Value: c.Object.Name, Many: !single, Confidence: c.Confidence,
	}
	return reconcile.Admits(f, c.proven, g.Known(c.Subject.Key(), c.Label))
}
