package reconcile

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// valued are the keys whose values a doubt is looked for by: what people leave, sell, lose and give up.
var valued = []string{
	"works_at", "lives_in", "spouse", "partner", "engaged_to", "fiance", "pet", "car", "hobby", "likes", "prefers", "studied_at", "role", "manager",
	"reports_to", "friend", "roommate", "landlord", "therapist", "doctor", "diet", "speaks", "allergic_to", "dislikes", "has_condition", "works_with", "manages",
}

// maxGram is how many words of a text are tried as one value.
const maxGram = 4

// grams are the runs of words of a text that may be a value, normalised.
func grams(text string) map[string]bool {
	words := strings.Fields(text)
	out := map[string]bool{}
	for i := range words {
		for j := i + 1; j <= min(len(words), i+maxGram); j++ {
			if g := record.Normalise(strings.Join(words[i:j], " ")); g != "" {
				out[g] = true
			}
		}
	}
	return out
}

// wantDoubts wants the facts that doubts may concern.
func wantDoubts(w *Wanted, in *Input) {
	for i := range in.Extraction.Doubts {
		d := &in.Extraction.Doubts[i]
		w.Key(d.Keys...)
		named := grams(d.Near)
		for _, key := range valued {
			if in.Single != nil && in.Single(record.KindRelation, key) && in.Single(record.KindAttribute, key) {
				w.Key(key) // of which there is one
				continue
			}
			for g := range named {
				w.Value(key, strings.ReplaceAll(g, "-", " "), g)
				for _, kind := range record.EntityTypes() {
					w.Value(key, kind+"/"+g)
				}
			}
		}
	}
}

// doubts asks about live facts that a statement of a change may concern, where nothing else came of the statement.
func (p *planner) doubts() {
	for i := range p.in.Extraction.Doubts {
		d := &p.in.Extraction.Doubts[i]
		named := grams(d.Near)
		for _, ref := range d.Entities {
			entity := p.key(p.canonical(ref))
			for _, e := range p.entered {
				if e.entity == entity && p.holds(e) && !p.understood(entity, e.fact.Key) && p.doubted(d, named, e) {
					p.askOf(p.subjectOf(e), mayHaveChanged+quoted(d.Text), d.Span, p.open(e)...)
				}
			}
		}
	}
}

// understood reports whether the extraction says something about a key of an entity: a value, or an end of what there is.
func (p *planner) understood(entity, key string) bool {
	return p.states(entity, key) || p.mentions(entity, key) && slices.ContainsFunc(p.entered, func(e *entry) bool {
		return e.entity == entity && e.fact.Key == key && (e.closed || e.ending)
	})
}

// mayHaveChanged begins the reason of a question about a statement that was not understood.
const mayHaveChanged = "it may have changed: "

// open is an entry, if what comes can put it in doubt: a remark does so to no document.
func (p *planner) open(entries ...*entry) (out []*entry) {
	for _, e := range entries {
		if rank(e.fact.Source.Kind) <= p.rank {
			out = append(out, e)
		}
	}
	return out
}

// holds reports whether an entry is a fact that holds after the plan.
func (p *planner) holds(e *entry) bool { return !e.closed && !e.ending && !e.fact.Past }

// doubted reports whether a doubt concerns a fact: it speaks of the key, or names the value near the words of the change. Where a key has one
// value, a part of its name is enough: "the Skoda".
func (p *planner) doubted(d *record.Doubt, named map[string]bool, e *entry) bool {
	f := e.fact
	if slices.Contains(d.Keys, f.Key) {
		return !d.Other || !valueNamed(named, f)
	}
	if d.Other {
		return false
	}
	if !slices.Contains(valued, f.Key) {
		return false
	}
	return valueNamed(named, f)
}

// valueNamed reports whether a text, by its runs of words, names the value of a fact.
func valueNamed(named map[string]bool, f *record.Fact) bool {
	value := record.Normalise(f.Value)
	if named[value] {
		return true
	}
	first, _, several := strings.Cut(value, "-")
	return several && len(first) > 3 && named[first] && !f.Many
}

// subjectOf is what a question about a fact is about.
func (p *planner) subjectOf(e *entry) string { return Subject(e.fact) }

// concerned are the facts of a key that hold after the plan.
func (p *planner) concerned(ref record.EntityRef, key string) (out []*entry) {
	entity := p.key(ref)
	for _, kind := range []record.Kind{record.KindAttribute, record.KindRelation} {
		for _, e := range p.members(family{kind, entity, key}) {
			if p.holds(e) {
				out = append(out, e)
			}
		}
	}
	return out
}

// carryDoubts lets the questions about facts go over to another entity with them.
func (p *planner) carryDoubts() {
	for _, e := range p.entries {
		if !e.carried() {
			continue
		}
		old := about(e.stored.Entity, e.stored.Key, "")
		if e.stored.Many {
			old = about(e.stored.Entity, e.stored.Key, e.stored.Value)
		}
		for _, q := range p.in.questions(record.Normalise(old)) {
			if q.Resolved || !q.Scopes.Equal(p.in.Scopes) || !slices.Contains(q.Facts, e.stored.ID) || slices.Contains(p.plan.Resolved, q.ID) {
				continue
			}
			p.plan.Resolved = append(p.plan.Resolved, q.ID)
			q.ID, q.About, q.Facts = p.in.NewID("uncertainty"), p.subjectOf(e), []string{e.fact.ID}
			p.plan.Questions = append(p.plan.Questions, q)
		}
	}
}
