package recall

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// A yes-or-no question supposes a value. The graph does not answer yes or no. It returns the value that holds, and the words that ended the
// supposed one.

// supposes finds the form of a question that supposes a value. It also returns the value if that is not a name.
func (v *View) supposes(q Query, seeds []record.EntityRef, rest []string) (form *question, value []string) {
	if form = match(supposing, rest); form != nil {
		return form, nil
	}
	for i := range supposing {
		form = &supposing[i]
		for _, f := range v.known.about(q.by, keysOf(seeds), nil, under(form.keys...), func(f *record.Fact) bool {
			return f.Kind == record.KindAttribute && fits(f, q.Filter)
		}) {
			if without, ok := withoutValue(rest, f); ok && form.matches(without) {
				return form, []string{f.SameAs()}
			}
		}
	}
	return nil, nil
}

// preceding finds the form of a question for the value before another one, which is not a name: "What car did I have before the Berlingo?"
func (v *View) preceding(q Query, seeds []record.EntityRef, rest []string) (form *question, value []string) {
	for i := range questions {
		form = &questions[i]
		for _, f := range v.known.about(q.by, keysOf(seeds), nil, under(form.keys...), func(f *record.Fact) bool {
			return f.Kind == record.KindAttribute && fits(f, q.Filter)
		}) {
			if without, ok := withoutValue(rest, f); ok && form.matches(without) {
				return form, []string{f.SameAs()}
			}
		}
	}
	return nil, nil
}

// withoutValue removes the words of a value from those of a question. ok is false unless the question has all of them.
func withoutValue(rest []string, f *record.Fact) (without []string, ok bool) {
	said := lowered(words(f.Value))
	without = slices.DeleteFunc(slices.Clone(rest), func(w string) bool { return slices.Contains(said, w) })
	return without, len(said) > 0 && len(rest)-len(without) == len(said)
}

// supposing reads a yes-or-no question: the persons that it is about, and the value that it supposes, which is not one of them.
func (v *View) supposing(q Query, r reading, form *question, value []string) (reading, bool) {
	var persons []record.EntityRef
	r.supposed = value
	for _, e := range r.seeds {
		if e.Type == record.TypePerson && (len(persons) == 0 || !r.ever) {
			persons = append(persons, e)
		} else {
			r.supposed = append(r.supposed, e.Key())
		}
	}
	if len(persons) == 0 || r.ever && len(r.supposed) == 0 {
		return r, false
	}
	if r.keys, r.seeds = form.keys, persons; names(q.selves, persons[0]) {
		r.seeds = q.selves
	}
	return r, true
}

// supposes reports whether a fact has the value that a yes-or-no question supposes.
func (r *reading) supposes(f *record.Fact) bool {
	return f.Kind == record.KindRelation && slices.Contains(r.supposed, f.Object.Key()) ||
		f.Kind == record.KindAttribute && slices.Contains(r.supposed, f.SameAs())
}

// current completes an answer about the present.
func (v *View) current(q Query, r reading, out answer) answer {
	holds := func(h Hit) bool { return h.Fact != nil && r.supposes(h.Fact) }
	if r.supposed != nil && !slices.ContainsFunc(out.hits, holds) {
		if said, ended := v.ending(q, r); ended != nil { // "Do I still work at Acme?" is answered with "I quit Acme."
			out.hits, out.about = lead(q, out.hits, said), ended
			return out
		}
		if r.ever {
			return v.was(q, r, out)
		}
		out.whole = out.whole && r.sameSort(out.hits)
	}
	if r.ever {
		slices.SortStableFunc(out.hits, func(a, b Hit) int { return falseFirst(!holds(a), !holds(b)) })
	}
	return v.unsettled(q, r, out)
}

// sameSort reports whether an answer with another value than the supposed one denies that one: "Do I work in Lisbon?" is not answered with
// an employer.
func (r *reading) sameSort(hits []Hit) bool {
	return len(hits) > 0 && hits[0].Fact != nil && slices.ContainsFunc(r.supposed, func(key string) bool {
		return strings.HasPrefix(key, string(hits[0].Fact.Object.Type)+"/")
	})
}

// was answers a question that supposes a value that has ended: with that fact, and with what its key holds now.
func (v *View) was(q Query, r reading, out answer) answer {
	past := v.known.about(q.by, keysOf(r.seeds), nil, under(r.keys...), func(f *record.Fact) bool {
		return q.ended(f) && !v.goesOn(f) && r.supposes(f) && r.takes(f)
	})
	if len(past) == 0 {
		return answer{} // the supposed value never held
	}
	last := slices.MaxFunc(past, record.CompareInTime)
	hits := []Hit{factHit(last, 1)}
	for _, h := range out.hits {
		if h.Fact != nil && h.Fact.Key == last.Key {
			hits = append(hits, h)
		}
	}
	out.hits = first(q, v.withOrigins(q, hits))
	return out
}
