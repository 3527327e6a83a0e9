package ingest

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/record"
)

// Rules is the extractor that needs no model.
type Rules struct{}

// Name is "rules".
func (Rules) Name() string { return "rules" }

// Quick is true.
func (Rules) Quick() bool { return true }

// Extract reads until ctx ends: what it returns then is not all.
func (Rules) Extract(ctx context.Context, in extract.Input) (record.Extraction, error) {
	in.Stop = func() bool { return ctx.Err() != nil }
	return extract.Rules(in), nil
}

// extractFunc gives a plan what is read out of the i-th message of a draft.
type extractFunc func(ctx context.Context, i int, in extract.Input) (record.Extraction, error)

// reading is what was read out of a message, beside what was known then.
type reading struct {
	in  extract.Input
	out record.Extraction
}

// of reports whether reading the message again could give nothing else.
func (r *reading) of(in extract.Input) bool {
	if r == nil || r.in.Speaker != in.Speaker || !slices.Equal(r.in.Vocabulary.Entities, in.Vocabulary.Entities) ||
		!maps.EqualFunc(r.in.Kin, in.Kin, slices.Equal[[]record.EntityRef]) {
		return false
	}
	// Days are what an extractor goes by: a message without a time has a later one in each plan.
	year, month, day := r.in.At.Date()
	y, m, d := in.At.Date()
	return year == y && month == m && day == d
}

// read is the extractFunc of the first half of a write: it takes as long as the extractor does.
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

// readBefore is the extractFunc of the second half, in which nobody waits for a slow extractor: errUnprepared says that the message
// has to be read again, beside what is known by now.
func (d *draft) readBefore(ctx context.Context, i int, in extract.Input) (record.Extraction, error) {
	if !d.readings[i].of(in) && !d.by.Live.Core.Opts.Extractor.Quick() {
		return record.Extraction{}, errUnprepared
	}
	return d.read(ctx, i, in)
}

// failReading says that an extractor failed, unless the error says what it is, or the caller has gone.
func failReading(ctx context.Context, err error) error {
	var e *fault.Error
	if ctx.Err() != nil || errors.As(err, &e) {
		return err
	}
	return &fault.Error{Code: fault.Model, Detail: "the extraction failed", Err: err}
}

// read extracts from the i-th message. When it could be several people, what "I" said of myself is left out.
func (p *planner) read(ctx context.Context, i int, msg message, who *speaker) (record.Extraction, error) {
	x, err := p.extract(ctx, i, extract.Input{
		Text: msg.text, Role: msg.role, At: msg.spoken, Speaker: who.ref(), Vocabulary: p.vocabulary(msg.text), Kin: p.kin(msg.text, who.ref()),
	})
	if err != nil {
		return x, err
	}
	switch {
	case x.Speaker.Name != "":
		p.introduce(who, x.Speaker.Name)
	case who.unclear != "":
		x = withoutSpeaker(x, who.unclear)
	}
	return x, nil
}

// vocabulary returns the names that a text may speak of: those that are known where the write goes, and what the write itself
// has named.
func (p *planner) vocabulary(text string) record.Vocabulary {
	words := record.Words(text)
	out := p.view.Vocabulary(words, p.scopes)
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

// kin returns the people that stand in a relation to the speaker, by its label, for a text that may speak of "my
// sister".
func (p *planner) kin(text string, speaker record.EntityRef) map[string][]record.EntityRef {
	if !strings.Contains(strings.ToLower(text), "my ") {
		return nil
	}
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

// withinLimits drops what is longer than a caller may give: a name or value of that length was not understood.
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

// withoutSpeaker drops what a speaker says of himself when nobody knows who that is. The extraction that is given stays as it is.
func withoutSpeaker(x record.Extraction, why string) record.Extraction {
	isUser := func(e record.EntityRef) bool { return e == record.UserEntity }
	before := len(x.Attributes) + len(x.Relations) + len(x.Invalidations)
	x.Attributes = without(x.Attributes, func(a record.ExtractedAttribute) bool { return isUser(a.Entity) })
	x.Relations = without(x.Relations, func(r record.ExtractedRelation) bool { return isUser(r.Subject) || isUser(r.Object) })
	x.Invalidations = without(x.Invalidations, func(i record.Invalidation) bool { return isUser(i.Entity) })
	x.Uncertainties = without(x.Uncertainties, func(u record.Uncertainty) bool { return u.Key != "" && isUser(u.Entity) })
	if len(x.Attributes)+len(x.Relations)+len(x.Invalidations) < before {
		x.Uncertainties = append(x.Uncertainties, record.Uncertainty{About: "the speaker", Reason: why})
	}
	return x
}

// without returns a list without the items of a kind.
func without[T any](list []T, drop func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), drop)
}

// triplesExtraction makes an extraction of facts that need no reading.
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

// foldedRef folds the type of a caller's reference; without one it is unknown.
func foldedRef(e record.EntityRef) record.EntityRef {
	kind := record.TypeUnknown
	if e.Type != "" {
		kind = record.EntityType(e.Type)
	}
	return record.EntityRef{Type: kind, Name: e.Name}
}

// severalValues are attribute keys that hold more than one value at a time; every other attribute has one.
var severalValues = []string{"email", "phone", "hobby", "skill", "nickname", "name", "favourite", "tag"}

func single(kind record.Kind, key string) bool {
	if kind == record.KindRelation {
		return extract.Functional(key)
	}
	return extract.Functional(key) || !slices.Contains(severalValues, key)
}
