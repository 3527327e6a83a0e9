package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/guard"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// A conclusion is a fact that follows from others and that nobody said. It is written like any other fact, with four more rules. Every reader
// of it may read all of its evidence. It is not stored against what was said, and what is said later supersedes it. It is closed in the
// transaction that closes a fact of its evidence. It is erased with its evidence.

// MaxEvidence is the maximum number of records that a conclusion rests on.
const MaxEvidence = 200

// Derivation has conclusions to store.
type Derivation struct {
	Kind   record.SourceKind // record.FromReflect, FromElaboration or FromConsolidation
	Facts  []Derived         // at most 1,000
	DryRun bool              // nothing is stored; the result says what would be
}

// forgottenConclusion is the reason of a conclusion that was forgotten, closed or purged.
const forgottenConclusion = "it was forgotten or corrected, and its evidence is older"

// Derived is a conclusion.
type Derived struct {
	Triple
	Scopes record.ScopeSet
	// Evidence has the ids of the facts, turns and chunks that it follows from. A chunk stands for its turn.
	Evidence []string
	// Shown has the ids of other facts, turns and chunks that it may quote, because a model saw them when it wrote it.
	Shown []string
	// Proofs is the number of proofs; 0: the number of records in Evidence.
	Proofs     int
	Confidence float64 // above 0, at most 1
}

// Concluded says what became of a Derived.
type Concluded struct {
	Fact   *record.Fact // the new fact; nil: none
	Trace  string       // id of the decision trace; "" in a dry run
	Reason string       // why there is no new fact
}

// Derive stores conclusions, in one transaction. The caller must be allowed to write and to read all of their scopes. A conclusion whose
// evidence the caller may not read, or that does not hold, is left out, and so is one that contradicts or repeats what is known; Stored says
// why. A turn is evidence if a user said it.
func Derive(ctx context.Context, by *gate.Call, req Derivation) (*Stored, error) {
	facts, err := req.checked(by)
	if err != nil {
		return nil, err
	}
	for _, f := range facts {
		for _, verb := range []authz.Verb{authz.MemoryWrite, authz.MemoryRead} {
			if err := by.Require(ctx, "Scopes", verb, f.Scopes); err != nil {
				return nil, err
			}
		}
	}
	var done []Concluded
	d := &draft{infer: Infer(req.Kind), edit: &edit{creates: true, dry: req.DryRun, plan: func(ctx context.Context, e *editing) (err error) {
		done, err = e.derive(ctx, req.Kind, facts)
		return err
	}}}
	out, err := d.write(ctx, by)
	if err != nil {
		return nil, err
	}
	s := d.stored(out)
	if s.Concluded = done; req.DryRun {
		for i := range done {
			done[i].Trace = ""
		}
	}
	return s, nil
}

// checked validates the conclusions, and redacts them if the Context does.
func (r *Derivation) checked(by *gate.Call) ([]Derived, error) {
	switch {
	case !r.Kind.Derived():
		return nil, fault.Bad("Kind", "unknown kind %q; the kinds are reflect, elaboration and consolidation", r.Kind)
	case len(r.Facts) == 0:
		return nil, fault.Bad("Facts", "empty")
	case len(r.Facts) > maxTriples:
		return nil, fault.Over("Facts", len(r.Facts), maxTriples, "facts")
	}
	redactor := redactorFor(by)
	out := slices.Clone(r.Facts)
	for i := range out {
		f, field := &out[i], fmt.Sprintf("Facts[%d]", i)
		if err := f.check(field); err != nil {
			return nil, err
		}
		var err error
		if f.Scopes, err = scope.ParseSet(f.Scopes); err != nil {
			return nil, fault.Wrap(fault.Invalid, field+".Scopes", err)
		}
		switch {
		case len(f.Scopes) == 0:
			return nil, fault.Bad(field+".Scopes", "empty")
		case len(f.Evidence) == 0:
			return nil, fault.Bad(field+".Evidence", "empty")
		case len(f.Evidence) > MaxEvidence:
			return nil, fault.Over(field+".Evidence", len(f.Evidence), MaxEvidence, "records")
		case f.Proofs < 0:
			return nil, fault.Bad(field+".Proofs", "negative")
		case f.Proofs > record.MaxProofs:
			return nil, fault.Over(field+".Proofs", f.Proofs, record.MaxProofs, "proofs")
		case !(f.Confidence > 0 && f.Confidence <= 1):
			return nil, fault.Bad(field+".Confidence", "it must be above 0 and at most 1")
		}
		for j, id := range slices.Concat(f.Evidence, f.Shown) {
			if err := input.ID(fmt.Sprintf("%s.Evidence[%d]", field, j), id); err != nil {
				return nil, err
			}
		}
		redactor.name(&f.Entity)
		redactor.name(&f.Target)
		f.Value = redactor.text(f.Value)
	}
	return out, nil
}

// derive plans conclusions. Those for one scope set are planned one after the other.
func (e *editing) derive(ctx context.Context, kind record.SourceKind, facts []Derived) ([]Concluded, error) {
	terms, err := e.by.Live.Ontology(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Concluded, len(facts))
	planners, order := map[string]*planner{}, []*planner(nil)
	for i := range facts {
		f := &facts[i]
		for _, verb := range []authz.Verb{authz.MemoryWrite, authz.MemoryRead} { // the permissions may have changed
			if err := e.by.Require(ctx, "Scopes", verb, f.Scopes); err != nil {
				return nil, err
			}
		}
		key := scope.Key(f.Scopes)
		p := planners[key]
		if p == nil {
			p = e.in(f.Scopes)
			p.terms = terms
			planners[key], order = p, append(order, p)
		}
		p.seq = max(p.seq, e.seq)
		if out[i], err = p.conclude(ctx, kind, f); err != nil {
			return nil, err
		}
		e.seq = p.seq
	}
	for _, p := range order {
		e.take(p)
	}
	return out, nil
}

// conclude plans one conclusion.
func (p *planner) conclude(ctx context.Context, kind record.SourceKind, d *Derived) (out Concluded, err error) {
	out.Trace = p.decision.ID
	proof, why := p.evidence(d)
	var shown []string
	if why == "" {
		shown, why = p.shown(d, proof.ids)
	}
	if why == "" {
		why = p.unfit(d)
	}
	t := d.Triple
	if why == "" {
		t, why = p.meant(d.Triple)
	}
	if why == "" {
		var declared []Triple
		var err error
		if declared, err = p.declared([]Triple{t}); err == nil {
			t = declared[0]
		}
		var refused *fault.Error
		if errors.As(err, &refused) {
			why = refused.Detail
		} else if err != nil {
			why = err.Error()
		}
	}
	if why != "" {
		out.Reason = why
		return out, nil
	}
	in := reconcile.Input{
		Scopes: p.scopes, ScopeKey: p.key, Spoken: p.now, Observed: p.now, Now: p.now, NewID: p.newID, Single: p.single,
		Floor: p.draft.floor(), First: true, History: p.history, Proven: proof.newest,
		Source:     record.Source{Kind: kind, Ref: p.decision.ID, Trust: min(trustDerived, proof.trust), DerivedFrom: proof.ids, Shown: shown},
		Extraction: p.terms.Apply(triplesExtraction([]Triple{t}, record.Knowledge)),
	}
	for i := range in.Extraction.Attributes {
		in.Extraction.Attributes[i].Confidence = d.Confidence
	}
	for i := range in.Extraction.Relations {
		in.Extraction.Relations[i].Confidence = d.Confidence
	}
	p.loadRelevantFacts(&in)
	plan := reconcile.Make(in)
	if slices.ContainsFunc(plan.Create, func(f record.Fact) bool { return p.disbelieved(&f, proof.newest) }) {
		out.Reason = forgottenConclusion
		return out, nil
	}
	if len(plan.Create) == 0 {
		out.Reason = "it is known already, or something else was said"
		return out, nil
	}
	for i := range plan.Create {
		ids := conclusionTombstones(p.by.Live, &plan.Create[i], proof.ids)
		buried, err := p.by.Live.Rows.Buried(ctx, ids)
		if err != nil {
			return out, p.by.Live.Explain(ctx, err)
		}
		if len(buried) == len(ids) {
			out.Reason = forgottenConclusion
			return out, nil
		}
	}
	for i := range plan.Create {
		if plan.Create[i].Proofs = d.Proofs; d.Proofs == 0 {
			plan.Create[i].Proofs = len(proof.ids)
		}
	}
	// A conclusion raises and answers no questions, and changes nothing of what was said.
	plan.Questions, plan.Resolved, plan.Raised, plan.Reinforced = nil, nil, nil, nil
	p.consider(in.Live, plan)
	p.addPlan(plan)
	created := plan.Create[0]
	out.Fact = &created
	return out, nil
}

// proof is the evidence of a conclusion.
type proof struct {
	ids    []string  // of facts and turns, sorted
	newest time.Time // when the last of them was recorded
	trust  float64   // the least
}

// evidence finds the evidence of a conclusion. It returns why there is not enough.
func (p *planner) evidence(d *Derived) (out proof, why string) {
	out.trust = 1
	const unknown = "a record of its evidence does not exist"
	for _, id := range d.Evidence {
		var set record.ScopeSet
		var recorded time.Time
		trust := 1.0
		if f, ok := p.view.Fact(id); ok {
			set, recorded, trust = f.Scopes, f.RecordedAt, f.Source.Trust
			switch {
			case len(p.by.Seen(set)) == 0:
				return out, unknown
			case f.Source.Kind.Derived():
				return out, "a conclusion is no evidence"
			case p.saidByAssistant(f.Source.Ref):
				return out, "a fact of its evidence was said by an assistant"
			case !f.Live() || p.closed[f.ID] || p.single(f.Kind, f.Key) && f.Contested() || p.view.Doubted(f):
				return out, "a fact of its evidence is closed, in doubt or contradicted"
			}
		} else if c := p.view.Turn(id); c != nil && len(p.by.Seen(c.Scopes)) > 0 {
			id, set, recorded, trust = c.Turn, c.Scopes, c.RecordedAt, Trust(c.Role)
			switch {
			case c.Role != record.User:
				return out, "a turn of its evidence was not said by a user"
			case p.view.Hides(id):
				return out, unknown
			}
		} else {
			return out, unknown
		}
		// Clauses of the evidence that the caller may not know of do not count.
		if !scope.Implies(d.Scopes, p.by.Seen(set)) {
			return out, "not every reader of its scopes may read all of its evidence"
		}
		out.ids, out.trust = append(out.ids, id), min(out.trust, trust)
		if recorded.After(out.newest) {
			out.newest = recorded
		}
	}
	slices.Sort(out.ids)
	out.ids = slices.Compact(out.ids)
	return out, ""
}

// shown returns the ids of the facts and turns that a conclusion may quote beside its evidence, sorted. Every reader of the conclusion must be
// able to read them. It returns why one of them cannot.
func (p *planner) shown(d *Derived, evidence []string) (ids []string, why string) {
	for _, id := range d.Shown {
		var set record.ScopeSet
		if f, ok := p.view.Fact(id); ok {
			set = f.Scopes
		} else if c := p.view.Turn(id); c != nil {
			id, set = c.Turn, c.Scopes
		}
		if !scope.Implies(d.Scopes, p.by.Seen(set)) {
			return nil, "not every reader of its scopes may read all that it may quote"
		}
		if !slices.Contains(evidence, id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), ""
}

func (p *planner) saidByAssistant(turn string) bool {
	c := p.view.Turn(turn)
	return c != nil && c.Role == record.Assistant
}

// unfit returns why the texts or the confidence of a conclusion are not fit to be stored; "": they are.
func (p *planner) unfit(d *Derived) string {
	if d.Confidence < p.draft.floor() {
		return "its confidence is too low"
	}
	redacts := redactorFor(p.by).on
	for _, s := range []string{d.Entity.Name, d.Key, d.Value, d.Target.Name} {
		if len(guard.Scan(s)) > 0 {
			return "it looks like a prompt injection"
		}
		if redacts && s != d.Value && guard.Bare(s) {
			return "a name in it is personal data"
		}
	}
	return ""
}

// meant replaces the names of a triple by the entities that they stand for in the scopes of the write. The entity that the triple is about
// must be known there. It returns why a name stands for no entity.
func (p *planner) meant(t Triple) (_ Triple, why string) {
	names := []*record.EntityRef{&t.Entity}
	if t.Value == "" {
		names = append(names, &t.Target)
	}
	for i, ref := range names {
		*ref = foldedRef(record.EntityRef{Type: ref.Type, Name: strings.TrimSpace(ref.Name)})
		if into, ok := p.accounts([]record.EntityRef{*ref})[ref.Key()]; ok {
			*ref = into
		}
		if e, ok := p.entity(ref.Key()); ok {
			*ref = e.EntityRef
			continue
		}
		switch others := p.namesakes(ref.Name); {
		case len(others) > 1:
			return t, "a name in it stands for several entities"
		case len(others) == 1:
			*ref = others[0].EntityRef
		case i == 0:
			return t, "the entity that it is about is not known there"
		}
	}
	return t, ""
}

// disbelieved reports whether a fact with the same value was forgotten or corrected after some time.
func (p *planner) disbelieved(f *record.Fact, since time.Time) bool {
	return slices.ContainsFunc(p.view.Under(p.scopes, f.Entity.Key(), f.Key), func(old *record.Fact) bool {
		return !old.Live() && old.Yielded && !old.RetiredAt.Before(since) && old.SameAs() == f.SameAs()
	})
}

// closeUnfounded closes the conclusions that rest on facts that a plan closes. They may belong to other scope sets, whose readers may read
// the facts. They are no result of the write for its caller, who may not know of them. With a forgotten fact end also the conclusions that
// may quote it.
func (p *planner) closeUnfounded(closings []reconcile.Closing) {
	for _, c := range closings {
		resting := p.view.Conclusions
		if c.Forgotten {
			resting = p.view.Quoting
		}
		for _, f := range resting(c.ID) {
			p.closeConclusion(f)
		}
	}
}

// closeConclusion closes a conclusion, in any scope set, unless the plan closes it already.
func (p *planner) closeConclusion(f *record.Fact) {
	if p.closed[f.ID] || p.ends[f.ID] != nil {
		return
	}
	end := reconcile.Edit{Now: p.now, By: p.decision.ID, Reason: record.Unfounded}.Close(f, scope.Key(f.Scopes))
	p.closed[f.ID] = true
	p.write.Close = append(p.write.Close, end)
	p.decision.Closed = append(p.decision.Closed, f.ID)
	if f.Scopes.Equal(p.scopes) {
		p.ended = append(p.ended, *f)
	}
}
