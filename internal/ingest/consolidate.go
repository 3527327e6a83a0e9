package ingest

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/growth"
	"github.com/spectron-go/spectron/internal/ontology"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// Consolidation asks for observations: values that were told again and again.
type Consolidation struct {
	DryRun bool
	// Facts is the maximum number of facts to look at that were told again: the newest; 0: 10,000, at most 100,000. Observations is the maximum
	// number of changes; 0: 100, at most 1,000.
	Facts, Observations int
	Lens                [][]string
}

// Consolidated is what a consolidation did.
type Consolidated struct {
	Trace        string // id of its decision trace, of the first scope set; "" in a dry run, and if nothing changed
	Observations []growth.Observation
}

const (
	defaultTold         = 10_000
	maxTold             = 100_000
	defaultObservations = 100
	maxObservations     = 1000
)

// Consolidate marks values that were told often enough as observations, and updates these marks. The caller must be allowed to read and to
// write to the scopes of a fact.
func Consolidate(ctx context.Context, by *gate.Call, req Consolidation) (out Consolidated, err error) {
	lens, err := by.Lens(ctx, req.Lens)
	if err != nil {
		return out, err
	}
	if req.Facts, err = within("FactLimit", req.Facts, defaultTold, maxTold, "facts"); err != nil {
		return out, err
	}
	if req.Observations, err = within("ObservationLimit", req.Observations, defaultObservations, maxObservations, "observations"); err != nil {
		return out, err
	}
	terms, err := by.Live.Ontology(ctx)
	if err != nil {
		return out, err
	}
	if len(observations(by, lens, terms, by.Live.View.Load().State(), req)) == 0 {
		return out, nil
	}
	var found []growth.Observation
	d := &draft{infer: Infer(record.FromConsolidation), edit: &edit{dry: req.DryRun, plan: func(_ context.Context, e *editing) error {
		if found = observations(e.by, lens, terms, e.view, req); len(found) == 0 {
			return errNothing
		}
		e.observe(found)
		return nil
	}}}
	planned, err := d.write(ctx, by)
	switch {
	case errors.Is(err, errNothing):
		return out, nil
	case err != nil:
		return out, err
	}
	return Consolidated{Trace: d.stored(planned).Trace, Observations: found}, nil
}

// errNothing says that a plan has nothing to store.
var errNothing = errors.New("nothing to store")

// observations returns the changes of observations, by entity, key, value and scope set.
func observations(by *gate.Call, lens record.ScopeSet, terms *ontology.Terms, state *recall.State, req Consolidation) (out []growth.Observation) {
	may := writable(by)
	keep := func(f *record.Fact) bool {
		return may(f.Scopes) && !(f.Contested() && Single(terms, f.Kind, f.Key))
	}
	for _, t := range state.Tellings(ReaderOf(by, lens), keep, req.Facts) {
		told := growth.Told{Fact: t.Fact}
		for _, c := range t.Turns {
			told.Tellings = append(told.Tellings, growth.Telling{Turn: c.Turn, Session: c.Session})
		}
		if t.Former != nil && t.Former.Proofs > 0 && t.Former.SameAs() != t.Fact.SameAs() {
			told.Former = t.Former
		}
		if o, changes := growth.Observe(told); changes {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b growth.Observation) int {
		return cmp.Or(strings.Compare(a.Fact.Entity.Key(), b.Fact.Entity.Key()), strings.Compare(a.Fact.Key, b.Fact.Key),
			strings.Compare(a.Fact.SameAs(), b.Fact.SameAs()), strings.Compare(scope.Key(a.Fact.Scopes), scope.Key(b.Fact.Scopes)), strings.Compare(a.Fact.ID, b.Fact.ID))
	})
	return out[:min(len(out), req.Observations)]
}

// observe plans changes of observations.
func (e *editing) observe(found []growth.Observation) {
	planners, order := map[string]*planner{}, []*planner(nil)
	for _, o := range found {
		f := o.Fact
		key := scope.Key(f.Scopes)
		p := planners[key]
		if p == nil {
			p = e.in(f.Scopes)
			planners[key], order = p, append(order, p)
		}
		now := store.Observed{ID: f.ID, Slot: f.Slot(key), Proofs: o.Proofs, Importance: p.importance(f, !o.Ends)}
		if o.Ends {
			now.Proofs = 0
		}
		p.write.Observed = append(p.write.Observed, now)
		p.decision.Amended = append(p.decision.Amended, f.ID)
	}
	for _, p := range order {
		e.take(p)
	}
}
