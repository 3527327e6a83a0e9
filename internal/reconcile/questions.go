package reconcile

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// display returns the name of an entity for a question.
func display(ref record.EntityRef) string {
	if ref == record.UserEntity {
		return "The user"
	}
	return ref.Name
}

// about returns the topic of a question: "Alice: works at", and with the value if the key holds several, "Alice: likes: jazz". A later
// statement finds the question by its topic.
func about(ref record.EntityRef, key, value string) string {
	s := display(ref) + ": " + strings.ReplaceAll(key, "_", " ")
	if value != "" {
		s += ": " + value
	}
	return s
}

// subject returns the topic of a question about the item.
func (it *item) subject() string {
	return Subject(&it.fact)
}

// quoted quotes values for a reason.
func quoted(values ...string) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = strconv.Quote(v)
	}
	if n := len(out) - 1; n > 0 {
		return strings.Join(out[:n], ", ") + " and " + out[n]
	}
	return out[0]
}

// origin returns the name of a source for a question.
func origin(kind record.SourceKind) string {
	switch kind {
	case record.FromUpsert:
		return "an operator"
	case record.FromReflect, record.FromElaboration, record.FromConsolidation:
		return "a conclusion"
	default:
		return "a " + string(kind)
	}
}

// ask stores a question, unless an equal one is open. The question puts the given facts in doubt.
func (p *planner) ask(about, reason string, span record.Span, facts ...*entry) {
	key := record.Normalise(about)
	if p.raised == nil {
		p.raised = map[string]bool{}
	}
	p.raised[key] = true
	same := func(q record.OpenQuestion) bool {
		return q.Reason == reason && record.Normalise(q.About) == key
	}
	open := func(q record.OpenQuestion) bool { return !q.Resolved && q.Scopes.Equal(p.in.Scopes) && same(q) }
	if slices.ContainsFunc(p.plan.Questions, same) || slices.ContainsFunc(p.in.questions(key), open) {
		return
	}
	q := record.OpenQuestion{
		ID: p.in.NewID("uncertainty"), About: about, Reason: reason, Scopes: p.in.Scopes,
		Source: p.source(span), RecordedAt: p.in.Now,
	}
	if len(facts) > 0 {
		p.linked = append(p.linked, link{len(p.plan.Questions), facts})
	}
	p.plan.Questions = append(p.plan.Questions, q)
}

// doubt asks about a statement whose confidence is too low for a fact.
func (p *planner) doubt(about, value string, confidence float64, span record.Span) {
	p.ask(about, fmt.Sprintf("%s has a confidence of %.2f, below %.2f", quoted(value), confidence, p.in.Floor), span)
}

// markAnswered notes that a clear statement answers the questions about the item.
func (p *planner) markAnswered(it *item) {
	p.answered = append(p.answered, record.Normalise(it.subject()))
}

// markOrderAnswered marks the questions about an instruction in the same way.
func (p *planner) markOrderAnswered(x *record.ExtractedInstruction) {
	p.answered = append(p.answered, record.Normalise(aboutOrder(x)))
}

// aboutOrder returns the topic of a question about an instruction.
func aboutOrder(x *record.ExtractedInstruction) string { return "Instruction: " + x.Description }

// resolve stores the uncertainties of the extraction as questions, and resolves the open questions that were answered and not raised
// again.
func (p *planner) resolve() {
	p.doubts()
	p.carryDoubts()
	partial := map[string][]string{} // reasons of partly understood statements, by subject
	for _, u := range p.in.Extraction.Uncertainties {
		if u.Key == "" {
			p.ask(u.About, u.Reason, u.Span)
			continue
		}
		about, reason := about(p.canonical(u.Entity), u.Key, ""), halfUnderstood+quoted(u.About)+": "+u.Reason
		key := record.Normalise(about)
		partial[key] = append(partial[key], reason)
		var shaken []*entry
		if u.Changes {
			shaken = p.open(p.concerned(p.canonical(u.Entity), u.Key)...)
		}
		p.ask(about, reason, u.Span, shaken...)
	}
	for _, e := range p.entries { // a closed fact is no longer in doubt
		if e.closed || e.ending {
			p.answered = append(p.answered, record.Normalise(Subject(e.fact)))
			if e.contested() {
				p.answered = append(p.answered, record.Normalise(about(e.fact.Entity, e.fact.Key, "")))
			}
		}
	}
	keys := append(slices.Collect(maps.Keys(partial)), p.answered...)
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		answered := !p.raised[key] && slices.Contains(p.answered, key)
		if !answered && partial[key] == nil {
			continue
		}
		for _, q := range p.in.questions(key) {
			// A later question replaces the open one, so that small talk does not pile up.
			again := partial[key] != nil && !slices.Contains(partial[key], q.Reason) && strings.HasPrefix(q.Reason, halfUnderstood)
			if !q.Resolved && q.Scopes.Equal(p.in.Scopes) && (answered || again) {
				p.plan.Resolved = append(p.plan.Resolved, q.ID)
			}
		}
	}
	slices.Sort(p.plan.Resolved)
	p.link()
}

// link is a question of the plan with the facts that it puts in doubt.
type link struct {
	question int
	facts    []*entry
}

// link sets the ids of the facts that the questions put in doubt. When a question is asked, new facts do not have their ids yet.
func (p *planner) link() {
	for _, l := range p.linked {
		for _, e := range l.facts {
			if !e.closed && !e.ending && e.fact.ID != "" {
				p.plan.Questions[l.question].Facts = append(p.plan.Questions[l.question].Facts, e.fact.ID)
			}
		}
	}
}

// halfUnderstood begins the reason of a question about a statement of which a part was not understood.
const halfUnderstood = "half understood: "

// source returns the source of something that the span quotes.
func (p *planner) source(span record.Span) record.Source {
	s := p.in.Source
	if s.Span = (record.Span{}); span.Quote(p.in.Text) != "" {
		s.Span = record.Span{Start: span.Start + p.in.Offset, End: span.End + p.in.Offset}
	}
	return s
}

// local returns the span in the text of this plan of a span in its origin.
func (p *planner) local(span record.Span) record.Span {
	if span.Empty() {
		return span
	}
	return record.Span{Start: span.Start - p.in.Offset, End: span.End - p.in.Offset}
}
