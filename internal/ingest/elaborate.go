package ingest

import (
	"cmp"
	"context"
	"slices"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/growth"
	"github.com/spectron-go/spectron/internal/ontology"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

const (
	defaultBudget = 100
	maxBudget     = maxTriples
	// recentFacts is the number of the newest facts whose entities an elaboration looks at, unless it looks at all.
	recentFacts = 1000
	// entityPage is the number of entities that a sweep reads at a time.
	entityPage = 256
)

// Elaboration asks for relations that follow from others.
type Elaboration struct {
	Entity        record.EntityRef // the entity that they are about; zero: any
	Budget        int              // the maximum number of relations; 0: 100, at most 1,000
	Sweep, DryRun bool
	Lens          [][]string
}

// Elaborated is what an elaboration found for one entity.
type Elaborated struct {
	Entity    record.EntityRef
	Trace     string // id of its decision trace; "" in a dry run
	Relations []ElaboratedRelation
}

// ElaboratedRelation is a relation that an elaboration stored, or would store.
type ElaboratedRelation struct {
	growth.Relation
	Fact string // id of the stored fact; "" in a dry run
}

// Elaborate stores relations that follow from two others of one scope set. The caller must be allowed to read and to write there.
func Elaborate(ctx context.Context, by *gate.Call, req Elaboration) ([]Elaborated, error) {
	reader, err := lensOf(ctx, by, req.Lens)
	if err != nil {
		return nil, err
	}
	if req.Budget, err = within("Budget", req.Budget, defaultBudget, maxBudget, "relations"); err != nil {
		return nil, err
	}
	if req.Entity != (record.EntityRef{}) {
		if req.Sweep {
			return nil, fault.Bad("Sweep", "it is for all entities, but Entity names one")
		}
		if req.Entity, err = CheckRef("Entity", req.Entity); err != nil {
			return nil, err
		}
	}
	terms, err := by.Live.Ontology(ctx)
	if err != nil {
		return nil, err
	}
	e := &elaboration{by: by, reader: reader, state: by.Live.View.Load().State(), left: req.Budget, writable: writable(by), terms: growth.Terms{
		Floor:  floorOf(by),
		Single: func(label string) bool { return terms.Single(record.KindRelation, label, extract.Functional(label)) },
		Allows: func(subject, label, object string) bool { return allowed(terms, subject, label, object) },
	}}
	switch {
	case req.Entity != (record.EntityRef{}):
		keys := e.state.Meant(reader, req.Entity.Key())
		if len(keys) == 0 {
			return nil, fault.New(fault.NotFound, "Entity", "no such entity")
		}
		for _, key := range keys {
			e.entity(key)
		}
	case req.Sweep:
		err = e.sweep(ctx)
	default:
		err = e.recent(ctx)
	}
	if err != nil || len(e.facts) == 0 {
		return nil, err
	}
	return e.store(ctx, req.DryRun)
}

// allowed reports whether the vocabulary of a Context takes a relation.
func allowed(terms *ontology.Terms, subject, label, object string) bool {
	return terms == nil || terms.CheckFact("", subject, label, true, object) == nil
}

// within returns a limit that a caller gave, or the default for 0.
func within(field string, given, otherwise, most int, unit string) (int, error) {
	switch {
	case given < 0:
		return 0, fault.Bad(field, "negative")
	case given > most:
		return 0, fault.Over(field, given, most, unit)
	}
	return cmp.Or(given, otherwise), nil
}

// writable returns a function that reports whether a caller may read and write all of a scope set.
func writable(by *gate.Call) func(record.ScopeSet) bool {
	read, write := by.Region(authz.MemoryRead), by.Region(authz.MemoryWrite)
	if read.All() && write.All() {
		return func(record.ScopeSet) bool { return true }
	}
	return func(set record.ScopeSet) bool { return read.Holds(set) && write.Holds(set) }
}

// elaboration is a running Elaborate.
type elaboration struct {
	by       *gate.Call
	reader   recall.Reader
	state    *recall.State
	writable func(record.ScopeSet) bool
	terms    growth.Terms
	left     int // of the budget
	facts    []Derived
	found    []growth.Relation // of facts
}

// entity proposes relations of an entity, in each scope set by itself.
func (e *elaboration) entity(key string) {
	for _, set := range e.state.SetsOf(e.reader, key) {
		if e.left == 0 {
			return
		}
		if !e.writable(set) {
			continue
		}
		for _, r := range growth.Relations(filedGraph{e.state, set}, e.terms, key) {
			if e.left == 0 {
				return
			}
			e.left--
			e.found = append(e.found, r)
			e.facts = append(e.facts, Derived{
				Triple: Triple{Entity: r.Subject, Key: r.Label, Target: r.Object}, Scopes: set, Evidence: r.Evidence[:], Proofs: min(r.Proofs, record.MaxProofs),
				Confidence: r.Confidence,
			})
		}
	}
}

// sweep looks at all entities that the caller knows.
func (e *elaboration) sweep(ctx context.Context) error {
	for after := ""; e.left > 0; {
		keys := e.state.EntityKeys(e.reader, after, entityPage)
		for _, key := range keys {
			e.entity(key)
		}
		if len(keys) < entityPage {
			return nil
		}
		if after = keys[len(keys)-1]; ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// recent looks at the entities of the newest facts: the subjects, and those that have a relation to a subject.
func (e *elaboration) recent(ctx context.Context) error {
	seen, keys := map[string]bool{}, []string(nil)
	take := func(key string) {
		if !seen[key] {
			seen[key] = true
			keys = append(keys, key)
		}
	}
	asked := map[string]bool{}
	for _, h := range e.by.Live.View.Load().FactsBefore(e.reader, recall.FactQuery{Live: true}, recall.RowPlace{}, 0, recentFacts) {
		f := h.Fact
		if f.Kind != record.KindRelation || !e.writable(f.Scopes) {
			continue
		}
		if growth.Begins(f.Key) {
			take(f.Entity.Key())
		}
		if middle := f.Entity.Key(); growth.Ends(f.Key) && !asked[middle+scope.Key(f.Scopes)] {
			asked[middle+scope.Key(f.Scopes)] = true
			for _, first := range e.state.LiveIn(f.Scopes, nil, []string{middle}, nil, func(f *record.Fact) bool { return growth.Begins(f.Key) }) {
				take(first.Entity.Key())
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	slices.Sort(keys)
	for _, key := range keys {
		e.entity(key)
	}
	return nil
}

// store stores the proposals, and returns those that were stored, by entity.
func (e *elaboration) store(ctx context.Context, dryRun bool) (out []Elaborated, err error) {
	s, err := Derive(ctx, e.by, Derivation{Kind: record.FromElaboration, Facts: e.facts, DryRun: dryRun})
	if err != nil {
		return nil, err
	}
	for i, done := range s.Concluded {
		if done.Fact == nil {
			continue // the facts changed meanwhile
		}
		r := ElaboratedRelation{Relation: e.found[i], Fact: done.Fact.ID}
		if dryRun {
			r.Fact = ""
		}
		if n := len(out) - 1; n < 0 || out[n].Entity.Key() != r.Subject.Key() {
			out = append(out, Elaborated{Entity: r.Subject, Trace: done.Trace})
		}
		last := &out[len(out)-1]
		last.Relations = append(last.Relations, r)
	}
	return out, nil
}

// filedGraph is the graph of one scope set.
type filedGraph struct {
	state *recall.State
	set   record.ScopeSet
}

func (g filedGraph) Live(entity string, pass func(string) bool) []*record.Fact {
	return g.state.Relations(g.set, entity, pass)
}

func (g filedGraph) Known(entity, key string) []*record.Fact {
	return g.state.Under(g.set, entity, key)
}

// Fit reports whether a user, a document or an operator stated a fact, nothing puts it in doubt, and it is clear whom it is about.
func (g filedGraph) Fit(f *record.Fact) bool {
	return f.Source.Trust >= trustUser && !g.state.Doubted(f) && !g.state.Questioned(g.set, f.Entity) && !g.state.Questioned(g.set, f.Object)
}
