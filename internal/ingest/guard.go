package ingest

import (
	"context"
	"fmt"
	"slices"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/guard"
	"github.com/spectron-go/spectron/internal/llm"
	"github.com/spectron-go/spectron/internal/record"
)

const (
	// trustFloor is the least trust that a finding leaves to the source of a fact.
	trustFloor = 0.1
	// maxQuote is the length, in code points, at which the quote of a finding is cut.
	maxQuote = 200
	// InjectionReason is in the reason of each uncertainty that quotes what looks like a prompt injection.
	InjectionReason = "prompt injection"
)

// Finding is a place in a text of a write that looks like a prompt injection.
type Finding struct {
	Kind  guard.Kind
	Turn  string      // id; "" in a triple, and in a message without text
	Quote string      // cut after maxQuote code points
	Span  record.Span // in the stored text; empty for a triple
}

// Redacted says how many pieces of personal data of a kind a write redacted.
type Redacted struct {
	Kind  guard.PII
	Count int
}

// redactor redacts the texts of a write, and counts.
type redactor struct {
	on    bool
	count map[guard.PII]int
}

func redactorFor(by *gate.Call) *redactor {
	return &redactor{on: by.Live.Settings.Load().RedactsPII, count: map[guard.PII]int{}}
}

// text returns a text without personal data, if the Context redacts it.
func (r *redactor) text(s string) string {
	if !r.on {
		return s
	}
	s, found := guard.Redact(s)
	for _, f := range found {
		r.count[f.Kind]++
	}
	return s
}

// name redacts the name of an entity.
func (r *redactor) name(e *record.EntityRef) { e.Name = r.text(e.Name) }

// value redacts all texts in a value of JSON. Names of fields stay.
func (r *redactor) value(v any) any {
	switch x := v.(type) {
	case string:
		return r.text(x)
	case []any:
		for i := range x {
			x[i] = r.value(x[i])
		}
	case map[string]any:
		for key := range x {
			x[key] = r.value(x[key])
		}
	}
	return v
}

// redacted returns what was counted, by kind.
func (r *redactor) redacted() (out []Redacted) {
	for _, kind := range guard.PIIs {
		if n := r.count[kind]; n > 0 {
			out = append(out, Redacted{kind, n})
		}
	}
	return out
}

// noName is the error for a name that has only personal data. Under its placeholder, all persons with such a name would be one.
func noName(field string) error {
	return fault.Bad(field, "it is personal data, which this Context redacts (pii_redaction_enabled), so that it names nothing")
}

// screen redacts the texts of a draft, and scans them for prompt injections, once. It comes before everything else that reads a text.
func (d *draft) screen(ctx context.Context) error {
	if d.screened {
		return nil
	}
	r := redactorFor(d.by)
	for i := range d.messages {
		if err := ctx.Err(); err != nil {
			return err
		}
		msg := &d.messages[i]
		msg.text, msg.speaker = r.text(msg.text), r.text(msg.speaker)
		msg.anonymous = r.on && guard.Bare(msg.speaker)
		for _, f := range guard.Scan(msg.text) {
			msg.found = append(msg.found, Finding{Kind: f.Kind, Span: f.Span, Quote: shortened(f.Span.Quote(msg.text))})
		}
	}
	if len(d.triples) > 0 {
		if err := d.screenTriples(r); err != nil {
			return err
		}
	}
	d.redacted, d.screened = r.redacted(), true
	return nil
}

// screenTriples does the same with the triples of a draft. What is found in them counts for its message.
func (d *draft) screenTriples(r *redactor) error {
	d.triples = slices.Clone(d.triples) // they belong to the caller
	for i := range d.triples {
		t := &d.triples[i]
		for _, s := range []struct {
			field string
			text  *string
			name  bool
		}{{"Entity.Name", &t.Entity.Name, true}, {"Value", &t.Value, false}, {"Target.Name", &t.Target.Name, true}} {
			if *s.text = r.text(*s.text); r.on && s.name && guard.Bare(*s.text) {
				return noName(fmt.Sprintf("Triples[%d].%s", i, s.field))
			}
			for _, f := range guard.Scan(*s.text) {
				d.messages[0].found = append(d.messages[0].found, Finding{Kind: f.Kind, Quote: shortened(f.Span.Quote(*s.text))})
			}
		}
	}
	return nil
}

// shortened returns the beginning of a long quote.
func shortened(quote string) string {
	if end := byteOffset(quote, maxQuote); end < len(quote) {
		return quote[:end] + "…"
	}
	return quote
}

// findings returns what the scan of a draft found, with the turns of the write.
func (d *draft) findings(turns []string) (out []Finding) {
	for _, msg := range d.messages {
		turn := ""
		if msg.text != "" && len(turns) > 0 {
			turn, turns = turns[0], turns[1:]
		}
		for _, f := range msg.found {
			if f.Turn = turn; f.Span.Empty() {
				f.Turn = ""
			}
			out = append(out, f)
		}
	}
	return out
}

// trusted returns the trust in a source after the scan of its text.
func (m *message) trusted(trust float64) float64 {
	if len(m.found) == 0 {
		return trust
	}
	return min(trust, max(trust/2, trustFloor))
}

// suspects returns an extraction with an uncertainty for each kind of finding. Its instructions become uncertainties too, because an order
// that comes with an injection must not become a standing one. Only a request for the system prompt leaves the instructions outside of it.
func (m *message) suspects(x record.Extraction) record.Extraction {
	if len(m.found) == 0 {
		return x
	}
	x.Uncertainties = slices.Clone(x.Uncertainties)
	for i, f := range m.found {
		if !slices.ContainsFunc(m.found[:i], func(g Finding) bool { return g.Kind == f.Kind }) {
			x.Uncertainties = append(x.Uncertainties, record.Uncertainty{About: f.Quote, Reason: fmt.Sprintf("it looks like a "+InjectionReason+" (%s)", f.Kind), Span: f.Span})
		}
	}
	x.Instructions = without(x.Instructions, func(in record.ExtractedInstruction) bool {
		i := slices.IndexFunc(m.found, func(f Finding) bool {
			return f.Kind != guard.SystemPromptLeak || f.Span.Overlaps(in.Span)
		})
		if i < 0 {
			return false
		}
		x.Uncertainties = append(x.Uncertainties, record.Uncertainty{
			About: "Instruction: " + in.Description, Span: in.Span, // as reconcile names an instruction, so that a later one resolves it
			Reason: fmt.Sprintf("the instruction comes with what looks like a "+InjectionReason+" (%s)", m.found[i].Kind),
		})
		return true
	})
	return x
}

// screenAdded returns what a model added to a message without the personal data and the prompt injections that the model wrote itself. The
// text was screened before, but a model may write what it does not have, or what it has only in another form.
func (d *draft) screenAdded(x record.Extraction) record.Extraction {
	r := redactorFor(d.by)
	for i := range x.Entities {
		r.name(&x.Entities[i].EntityRef)
	}
	for i := range x.Attributes {
		a := &x.Attributes[i]
		a.Value = r.text(a.Value)
		r.name(&a.Entity)
	}
	for i := range x.Relations {
		r.name(&x.Relations[i].Subject)
		r.name(&x.Relations[i].Object)
	}
	for i := range x.Instructions {
		x.Instructions[i].Description = r.text(x.Instructions[i].Description)
	}
	for i := range x.Invalidations {
		x.Invalidations[i].Value = r.text(x.Invalidations[i].Value)
		r.name(&x.Invalidations[i].Entity)
	}
	for i := range x.Uncertainties {
		u := &x.Uncertainties[i]
		r.name(&u.Entity)
		if u.Reason = r.text(u.Reason); len(guard.Scan(u.Reason)) > 0 {
			u.Reason = "a model could not read it with certainty"
		}
	}
	if r.on {
		x = withoutPlaceholders(x)
	}
	suspect := func(words string, span record.Span) bool {
		if len(guard.Scan(words)) == 0 {
			return false
		}
		d.asked.Dropped++
		x.Uncertainties = append(x.Uncertainties, record.Uncertainty{
			About: llm.Reading, Reason: "a statement was dropped: it looks like a " + InjectionReason, Span: span,
		})
		return true
	}
	x.Attributes = without(x.Attributes, func(a record.ExtractedAttribute) bool { return suspect(a.Value, a.Span) })
	x.Instructions = without(x.Instructions, func(in record.ExtractedInstruction) bool { return suspect(in.Description, in.Span) })
	return x
}

// withoutPlaceholders returns an extraction without the entities that have a placeholder of personal data for a name.
func withoutPlaceholders(x record.Extraction) record.Extraction {
	bare := func(e record.EntityRef) bool { return guard.Bare(e.Name) }
	if bare(x.Speaker) {
		x.Speaker = record.EntityRef{}
	}
	x.Entities = without(x.Entities, func(e record.ExtractedEntity) bool { return bare(e.EntityRef) })
	x.Attributes = without(x.Attributes, func(a record.ExtractedAttribute) bool { return bare(a.Entity) })
	x.Relations = without(x.Relations, func(r record.ExtractedRelation) bool { return bare(r.Subject) || bare(r.Object) })
	x.Invalidations = without(x.Invalidations, func(i record.Invalidation) bool { return bare(i.Entity) })
	x.Uncertainties = without(x.Uncertainties, func(u record.Uncertainty) bool { return bare(u.Entity) })
	x.Doubts = without(x.Doubts, func(d record.Doubt) bool { return slices.ContainsFunc(d.Entities, bare) })
	return x
}
