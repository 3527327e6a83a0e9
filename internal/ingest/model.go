package ingest

import (
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/llm"
	"github.com/spectron-go/spectron/internal/ontology"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// Asked says what a model did for a write.
type Asked struct {
	llm.Usage
	// Failures has a reason for each message that a model should have read and did not.
	Failures []string
}

// unread is the uncertainty about a message that no model has read. It begins with the text, so that each message has one of its own.
func unread(text, why string) record.Uncertainty {
	return record.Uncertainty{
		About: shortened(text) + ": what only a model could read", Reason: why, Span: record.Span{End: utf8.RuneCountInString(extract.Head(text))},
	}
}

// earlier is how many turns of the session before the write a model is shown.
const earlier = 6

// ask lets a model read the messages that the rules did not settle. It holds no lock. A failure of the model leaves the messages to the rules.
// An error means that the write cannot go on.
func (d *draft) ask(ctx context.Context) error {
	now := d.by.Live.Settings.Load()
	if !d.extracts() || !now.Extracts {
		return nil
	}
	client, err := d.by.Live.Client(ctx, live.StageExtraction)
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		d.asked = &Asked{Failures: []string{err.Error()}}
		return nil
	}
	if client == nil {
		return nil
	}
	d.era = d.by.Live.Snapshot().View.Era()
	in, offset, err := d.conversation(ctx)
	if err != nil {
		return err
	}
	limited, cancel := LeavingTime(ctx)
	defer cancel()
	out, err := client.Extract(limited, in)
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	d.asked = &Asked{Usage: out.Usage}
	d.added = make([]record.Extraction, len(d.messages))
	for i := range d.messages {
		x := out.Extractions[offset+i]
		if why := out.Failures[offset+i]; why != "" {
			x.Uncertainties = append(x.Uncertainties, unread(d.messages[i].text, "no model has read it; rules have"))
			if !slices.Contains(d.asked.Failures, why) {
				d.asked.Failures = append(d.asked.Failures, why)
			}
		}
		d.added[i] = d.screenAdded(x)
	}
	return nil
}

// keptBack is the share of the time until the deadline of a caller that a model may not use, so that the text can still be stored.
const keptBack = 5

// LeavingTime returns a context for a model that ends before that of the caller.
func LeavingTime(ctx context.Context) (context.Context, context.CancelFunc) {
	deadline, ok := ctx.Deadline()
	if !ok {
		return ctx, func() {}
	}
	left := time.Until(deadline)
	return context.WithDeadline(ctx, deadline.Add(-min(left/keptBack, 5*time.Second)))
}

// conversation returns what a model is shown: the messages of the write with what the rules found in them, a few turns before them, and the
// vocabulary of the scopes of the write. offset is the position of the first message of the write.
func (d *draft) conversation(ctx context.Context) (in llm.Input, offset int, err error) {
	// The rules read first; planning finds the speakers.
	if _, err := d.plan(ctx, d.by.Live.Snapshot().View.State(), d.read); err != nil {
		return in, 0, err
	}
	in.PerMessage = d.perMessage
	before, err := d.turnsBefore(ctx)
	if err != nil {
		return in, 0, err
	}
	for _, t := range before {
		in.Messages = append(in.Messages, llm.Message{Text: t.Content, Role: t.Role, Speaker: speakerRef(t.Speaker), At: t.SpokenAt})
	}
	subjects := []record.EntityRef{record.UserEntity}
	for i, msg := range d.messages {
		m := llm.Message{Text: extract.Head(msg.text), Role: msg.role, Speaker: speakerRef(msg.speaker), At: msg.spoken}
		if r := d.readings[i]; r != nil {
			m.Read, m.Speaker, m.At, m.Found = msg.role == record.User && msg.text != "", r.in.Speaker, r.in.At, r.out
			subjects = append(append(subjects, r.in.Speaker), r.in.Vocabulary.Entities...)
		}
		in.Messages = append(in.Messages, m)
	}
	in.Vocabulary, in.Terms, err = d.vocabulary(ctx, subjects)
	return in, len(before), err
}

// turnsBefore returns the last turns of the session before the write that every reader of the write may read.
func (d *draft) turnsBefore(ctx context.Context) ([]record.Turn, error) {
	session := d.to.session
	if session.ID == "" || session.Turns == 0 {
		return nil, nil
	}
	turns, err := d.by.Live.Rows.Turns(ctx, session.ID, earlier, max(session.Turns-earlier, 0))
	if err != nil {
		return nil, d.by.Live.Explain(ctx, err)
	}
	visible, view := d.by.Visible(), d.by.Live.Snapshot().View
	return slices.DeleteFunc(turns, func(t record.Turn) bool {
		return !view.Forgotten(t.ID).IsZero() || !scope.Implies(d.to.scopes, t.Scopes) || visible != nil && !visible(t.Scopes)
	}), nil
}

// vocabulary returns the words in use in the scopes of the write, the live facts about some entities there, and what the ontology declares.
func (d *draft) vocabulary(ctx context.Context, subjects []record.EntityRef) (v llm.Vocabulary, terms llm.Terms, err error) {
	declared, err := d.by.Live.Ontology(ctx)
	if err != nil {
		return v, terms, err
	}
	terms = termsOf(declared.Spec())
	state := d.by.Live.Snapshot().View.State()
	if err := state.Hold(ctx); err != nil {
		return v, terms, err
	}
	defer state.Release()
	used := state.InUse(d.to.scopes, llm.MaxNames, llm.MaxKeys)
	v.Names, v.Keys, v.Labels = used.Entities, used.Keys, used.Labels
	var keys []string
	for _, e := range subjects {
		if e.Name != "" && !slices.Contains(keys, e.Key()) {
			keys = append(keys, e.Key())
		}
	}
	for _, f := range state.LiveIn(d.to.scopes, keys, nil, nil, func(f *record.Fact) bool { return !f.Past }) {
		if len(v.Facts) == llm.MaxFacts {
			break
		}
		v.Facts = append(v.Facts, llm.Fact{Entity: f.Entity, Key: f.Key, Value: f.Value})
	}
	return v, terms, nil
}

// termsOf returns the terms of an ontology in the form of a prompt.
func termsOf(s ontology.Spec) (out llm.Terms) {
	for _, t := range s.EntityTypes {
		out.Types = append(out.Types, llm.Term{Name: t.Name, Description: t.Description})
	}
	for _, k := range s.AttributeKeys {
		out.Keys = append(out.Keys, llm.Term{Name: k.Name, Description: k.Description, Of: k.EntityTypes})
	}
	for _, l := range s.RelationLabels {
		out.Labels = append(out.Labels, llm.Term{Name: l.Name, Description: l.Description, Of: l.Subjects, To: l.Objects})
	}
	for name, closed := range map[string]bool{"types": s.RefuseOthers.EntityTypes, "keys": s.RefuseOthers.AttributeKeys, "labels": s.RefuseOthers.RelationLabels} {
		if closed {
			out.Only = append(out.Only, name)
		}
	}
	slices.Sort(out.Only)
	return out
}

// completed returns the extraction of the i-th message by the rules, with what a model added. Where both speak of the same thing, the rules
// are right more often. What the rules understood only in part, and the model in full, is no longer uncertain.
func (d *draft) completed(i int, era recall.Era, x record.Extraction, who record.EntityRef) record.Extraction {
	if d.added == nil || d.added[i].Empty() {
		return x
	}
	if era != d.era { // the model may have words of what it was shown, which must not come back
		const why = "data was erased while the model was awaited; what it read was dropped"
		if !slices.Contains(d.asked.Failures, why) {
			d.asked.Failures = append(d.asked.Failures, why)
		}
		x.Uncertainties = append(slices.Clone(x.Uncertainties), unread(d.messages[i].text, why))
		return x
	}
	speaker := record.UserEntity
	if who.Name != "" {
		speaker = who
	}
	return merged(x, d.added[i], speaker)
}

// merged returns an extraction by rules with what a model added about it. speaker is whom the model calls "I".
func merged(x, added record.Extraction, speaker record.EntityRef) record.Extraction {
	// The speaker may have become known after the model was asked.
	is := func(e record.EntityRef) record.EntityRef {
		if e == record.UserEntity {
			return speaker
		}
		return e
	}
	out := x
	var understood []record.Span
	out.Attributes = slices.Clone(x.Attributes)
	for _, a := range added.Attributes {
		a.Entity = is(a.Entity)
		if !slices.ContainsFunc(x.Attributes, func(o record.ExtractedAttribute) bool {
			return sameEntity(o.Entity, a.Entity) && o.Key == a.Key && clash(a.Key, o.Value, a.Value)
		}) {
			out.Attributes, understood = append(out.Attributes, a), append(understood, a.Span)
		}
	}
	out.Relations = slices.Clone(x.Relations)
	for _, r := range added.Relations {
		r.Subject, r.Object = is(r.Subject), is(r.Object)
		if !slices.ContainsFunc(x.Relations, func(o record.ExtractedRelation) bool {
			return sameEntity(o.Subject, r.Subject) && o.Label == r.Label && clash(r.Label, o.Object.Name, r.Object.Name)
		}) {
			out.Relations, understood = append(out.Relations, r), append(understood, r.Span)
		}
	}
	out.Invalidations = slices.Clone(x.Invalidations)
	for _, inv := range added.Invalidations {
		inv.Entity = is(inv.Entity)
		if !slices.ContainsFunc(x.Invalidations, func(o record.Invalidation) bool {
			return sameEntity(o.Entity, inv.Entity) && o.Key == inv.Key && sameName(o.Value, inv.Value)
		}) {
			out.Invalidations, understood = append(out.Invalidations, inv), append(understood, inv.Span)
		}
	}
	out.Instructions = slices.Clone(x.Instructions)
	for _, in := range added.Instructions {
		if !slices.ContainsFunc(x.Instructions, func(o record.ExtractedInstruction) bool {
			return o.Span.Overlaps(in.Span)
		}) {
			out.Instructions, understood = append(out.Instructions, in), append(understood, in.Span)
		}
	}
	out.Entities = slices.Clone(x.Entities)
	for _, e := range added.Entities {
		if !slices.ContainsFunc(x.Entities, func(o record.ExtractedEntity) bool { return sameEntity(o.EntityRef, e.EntityRef) }) {
			out.Entities = append(out.Entities, e)
		}
	}
	out.Uncertainties = without(x.Uncertainties, func(u record.Uncertainty) bool {
		return slices.ContainsFunc(understood, u.Span.Overlaps)
	})
	for _, u := range added.Uncertainties {
		u.Entity = is(u.Entity)
		out.Uncertainties = append(out.Uncertainties, u)
	}
	return out
}

// clash reports whether a model's value must yield to that of a rule: it is the same, or the key has one value at a time.
func clash(key, rule, model string) bool { return sameName(rule, model) || extract.Functional(key) }

func sameEntity(a, b record.EntityRef) bool { return a.Key() == b.Key() }
