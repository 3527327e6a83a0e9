package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/ontology"
	"github.com/spectron-go/spectron/internal/record"
)

// Rules is the rule-based extractor, which needs no model.
type Rules struct {
	read func(extract.Input) record.Extraction // nil: extract.Rules
}

// Name returns "rules".
func (Rules) Name() string { return "rules" }

// Quick returns true: Extract may be called under the writer's lock.
func (Rules) Quick() bool { return true }

// Extract extracts until ctx ends; its result is incomplete then. If a rule panics, the text is stored without facts: a fault of the rules must
// not cost the text, nor end the caller's program.
func (r Rules) Extract(ctx context.Context, in extract.Input) (out record.Extraction, err error) {
	in.Stop = func() bool { return ctx.Err() != nil }
	defer func() {
		if why := recover(); why != nil {
			reason := fmt.Sprintf("nothing was read from it, because a rule failed: %v", why)
			out = record.Extraction{Uncertainties: []record.Uncertainty{{About: "the text", Reason: reason}}}
		}
	}()
	if r.read != nil {
		return r.read(in), nil
	}
	return extract.Rules(in), nil
}

// extractFunc returns the extraction of the i-th message of a draft.
type extractFunc func(ctx context.Context, i int, in extract.Input) (record.Extraction, error)

// reading is the extraction of a message, with the input that it depended on.
type reading struct {
	in  extract.Input
	out record.Extraction
}

// of reports whether another extraction of the message would give the same result.
func (r *reading) of(in extract.Input) bool {
	if r == nil || r.in.Speaker != in.Speaker || !slices.Equal(r.in.Vocabulary.Entities, in.Vocabulary.Entities) ||
		!maps.EqualFunc(r.in.Kin, in.Kin, slices.Equal[[]record.EntityRef]) {
		return false
	}
	// The result of an extractor depends only on the day of the message, not on its time. A message without a time gets a later time in
	// each plan.
	year, month, day := r.in.At.Date()
	y, m, d := in.At.Date()
	return year == y && month == m && day == d
}

// read is the extractFunc of prepare. It waits for the extractor.
func (d *draft) read(ctx context.Context, i int, in extract.Input) (record.Extraction, error) {
	if d.readings[i].of(in) {
		return d.readings[i].out, nil
	}
	x, err := d.by.Live.Core.Opts.Extractor.Extract(ctx, in)
	if err != nil {
		return x, failReading(ctx, err)
	}
	d.readings[i] = &reading{in, withinLimits(x)}
	return d.readings[i].out, nil
}

// readBefore is the extractFunc of commit, which does not wait for a slow extractor. errUnprepared says that the message must be
// extracted again, because its input has changed.
func (d *draft) readBefore(ctx context.Context, i int, in extract.Input) (record.Extraction, error) {
	if !d.readings[i].of(in) && !d.by.Live.Core.Opts.Extractor.Quick() {
		return record.Extraction{}, errUnprepared
	}
	return d.read(ctx, i, in)
}

// failReading wraps the error of an extractor, unless it is a fault already or the caller's context has ended.
func failReading(ctx context.Context, err error) error {
	var e *fault.Error
	if ctx.Err() != nil || errors.As(err, &e) {
		return err
	}
	return &fault.Error{Code: fault.Model, Detail: "the extraction failed", Err: err}
}

// heldText is the maximum length, in bytes, of a text that rules read while the view is held. Rules read such a text in less than a
// millisecond.
const heldText = 4 << 10

// read extracts from the i-th message. If several people may be speaking, statements about "I" are left out.
func (p *planner) read(ctx context.Context, i int, msg message, who *speaker) (record.Extraction, error) {
	in := extract.Input{
		Text: msg.text, Role: msg.role, At: msg.spoken, Speaker: who.ref(), Vocabulary: p.vocabulary(msg.text), Kin: p.kin(who.ref()),
	}
	slow := len(msg.text) > heldText || !p.by.Live.Core.Opts.Extractor.Quick()
	if slow {
		p.view.Release()
	}
	x, err := p.extract(ctx, i, in)
	if err != nil {
		return x, err
	}
	if slow {
		if err := p.view.Hold(ctx); err != nil {
			return x, err
		}
	}
	ref := who.ref()
	if x.Speaker.Name != "" {
		ref = x.Speaker
	}
	x = p.draft.completed(i, p.view.Era(), x, ref)
	if len(p.draft.redacted) > 0 {
		x = withoutPlaceholders(x)
	}
	switch {
	case x.Speaker.Name != "":
		p.introduce(who, x.Speaker.Name)
	case who.unclear != "":
		x = withoutSpeaker(x, who.unclear)
	}
	return x, nil
}

// vocabulary returns the names that a text may mention: those known in the target scopes, and those of the write itself.
func (p *planner) vocabulary(text string) record.Vocabulary {
	words := record.Words(text)
	out := p.view.Vocabulary(words, p.scopes, p.planned)
	listed := make(map[record.EntityRef]bool, len(out.Entities))
	for _, e := range out.Entities {
		listed[e] = true
	}
	for _, word := range words {
		names := p.names[word]
		if names == nil {
			continue
		}
		for _, key := range names.In(words) {
			if e := p.entities[key].EntityRef; !listed[e] {
				listed[e] = true
				out.Entities = append(out.Entities, e)
			}
		}
	}
	return out
}

// kin returns the people with a relation to the speaker, by its label.
func (p *planner) kin(speaker record.EntityRef) map[string][]record.EntityRef {
	out := map[string][]record.EntityRef{}
	subjects := []string{record.UserEntity.Key(), speaker.Key()}
	known := p.view.Kin(p.scopes, subjects)
	for _, key := range subjects {
		if s := p.bySubject[key]; s != nil {
			known = append(known, p.created(s.Kin())...)
		}
	}
	for _, f := range known {
		if f.Live() && !p.closed[f.ID] && !f.Past && !slices.Contains(out[f.Key], f.Object) {
			out[f.Key] = append(out[f.Key], f.Object)
		}
	}
	return out
}

// withinLimits drops extracted items with names or values over the limits for callers. Such a long item is a mistake of the extractor.
func withinLimits(x record.Extraction) record.Extraction {
	long := func(refs ...record.EntityRef) bool {
		return slices.ContainsFunc(refs, func(e record.EntityRef) bool { return len(e.Name) > input.MaxID })
	}
	if long(x.Speaker) {
		x.Speaker = record.EntityRef{}
	}
	x.Entities = slices.DeleteFunc(x.Entities, func(e record.ExtractedEntity) bool { return long(e.EntityRef) })
	x.Attributes = slices.DeleteFunc(x.Attributes, func(a record.ExtractedAttribute) bool {
		return long(a.Entity) || len(a.Key) > input.MaxID || len(a.Value) > MaxValueBytes
	})
	x.Relations = slices.DeleteFunc(x.Relations, func(r record.ExtractedRelation) bool { return long(r.Subject, r.Object) || len(r.Label) > input.MaxID })
	x.Instructions = slices.DeleteFunc(x.Instructions, func(i record.ExtractedInstruction) bool {
		return len(i.Label) > input.MaxID || len(i.Description) > MaxValueBytes
	})
	x.Uncertainties = slices.DeleteFunc(x.Uncertainties, func(u record.Uncertainty) bool { return long(u.Entity) || len(u.About)+len(u.Reason) > MaxValueBytes })
	x.Invalidations = slices.DeleteFunc(x.Invalidations, func(i record.Invalidation) bool {
		return long(i.Entity) || len(i.Key) > input.MaxID || len(i.Value) > MaxValueBytes
	})
	return x
}

// withoutSpeaker returns the extraction without statements about an unknown speaker. It does not change its argument.
func withoutSpeaker(x record.Extraction, why string) record.Extraction {
	isUser := func(e record.EntityRef) bool { return e == record.UserEntity }
	before := len(x.Attributes) + len(x.Relations) + len(x.Invalidations)
	x.Attributes = without(x.Attributes, func(a record.ExtractedAttribute) bool { return isUser(a.Entity) })
	x.Relations = without(x.Relations, func(r record.ExtractedRelation) bool { return isUser(r.Subject) || isUser(r.Object) })
	x.Invalidations = without(x.Invalidations, func(i record.Invalidation) bool { return isUser(i.Entity) })
	x.Uncertainties = without(x.Uncertainties, func(u record.Uncertainty) bool { return u.Key != "" && isUser(u.Entity) })
	x.Doubts = without(x.Doubts, func(d record.Doubt) bool { return slices.ContainsFunc(d.Entities, isUser) })
	if len(x.Attributes)+len(x.Relations)+len(x.Invalidations) < before {
		x.Uncertainties = append(x.Uncertainties, record.Uncertainty{About: "the speaker", Reason: why})
	}
	return x
}

// without returns a copy of a list without the items for which drop returns true.
func without[T any](list []T, drop func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), drop)
}

// triplesExtraction returns the extraction for facts that the caller gave.
func triplesExtraction(triples []Triple, category record.Category) record.Extraction {
	var x record.Extraction
	for _, t := range triples {
		c := cmp.Or(t.Category, category)
		entity := foldedRef(t.Entity)
		x.Entities = append(x.Entities, record.ExtractedEntity{EntityRef: entity, Category: c, Confidence: 1})
		if t.Value != "" {
			x.Attributes = append(x.Attributes, record.ExtractedAttribute{
				Entity: entity, Key: extract.CanonicalKey(t.Key), Value: t.Value, Category: c, Confidence: 1,
			})
			continue
		}
		target := foldedRef(t.Target)
		x.Entities = append(x.Entities, record.ExtractedEntity{EntityRef: target, Category: c, Confidence: 1})
		x.Relations = append(x.Relations, record.ExtractedRelation{
			Subject: entity, Label: extract.CanonicalLabel(t.Key), Object: target, Category: c, Confidence: 1,
		})
	}
	return x
}

// foldedRef folds the type of a caller's reference. A reference without a type gets the type unknown.
func foldedRef(e record.EntityRef) record.EntityRef {
	kind := record.TypeUnknown
	if e.Type != "" {
		kind = record.EntityType(e.Type)
	}
	return record.EntityRef{Type: kind, Name: e.Name}
}

// severalValues has the attribute keys that hold more than one value at a time. Every other attribute has one value.
var severalValues = []string{"email", "phone", "hobby", "skill", "nickname", "name", "favourite", "tag"}

// declared returns the caller's triples with their types replaced as the vocabulary of the Context declares. It returns an error for a
// triple that the vocabulary refuses.
func (p *planner) declared(triples []Triple) ([]Triple, error) {
	if p.terms == nil {
		return triples, nil
	}
	out := slices.Clone(triples)
	for i := range out {
		t := &out[i]
		if err := p.terms.CheckFact(fmt.Sprintf("Triples[%d]", i), t.Entity.Type, t.Key, t.Value == "", t.Target.Type); err != nil {
			return nil, err
		}
		for _, e := range []*record.EntityRef{&t.Entity, &t.Target} {
			if e.Type != "" {
				e.Type, _ = p.terms.Kind(e.Type)
			}
		}
	}
	return out, nil
}

// single reports whether a key or label holds one value at a time in this Context.
func (p *planner) single(kind record.Kind, key string) bool {
	return Single(p.terms, kind, key)
}

// Single reports whether an entity has only one value of a key or label at a time, in a vocabulary that may be nil.
func Single(terms *ontology.Terms, kind record.Kind, key string) bool {
	return terms.Single(kind, key, single(kind, key))
}

func single(kind record.Kind, key string) bool {
	if kind == record.KindRelation {
		return extract.Functional(key)
	}
	return extract.Functional(key) || !slices.Contains(severalValues, key)
}
