package recall

import (
	"slices"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/record"
)

// Some questions ask for persons by a value ("Who works at Globex?"), for a number of values ("How many dogs do I have?") or for the time at
// which a value began ("When did I move to Lisbon?"). The answer is the facts. The graph answers such a question alone only if it knows the
// whole answer.

// reversed are the forms of questions for the persons who have a value.
var reversed = []question{
	form("who, work works working employed", extract.WorksAt).besides("at for in with company firm"),
	form("who, live lives living reside resides based", extract.LivesIn).besides("in at"),
	form("who, speak speaks", extract.Speaks),
	form("who, allergic", extract.AllergicTo).besides("to"),
	form("who, study studies studying", extract.StudiedAt, extract.Major).besides("at in"),
	form("who, from", extract.From),
	form("who, like likes love loves", extract.Likes),
}

// begun are the forms of questions for the time at which a value began.
var begun = []question{
	form("when, move moved", extract.LivesIn).besides("to in"),
	form("when, since, live lives living lived", extract.LivesIn).besides("in been"),
	form("when, start started begin began join joined", extract.WorksAt).besides("work working at with for job"),
	form("when, since, work works working worked been employed", extract.WorksAt).besides("at for in with"),
}

// askedOfFacts answers a question for persons, a number or a beginning. ok is false if it is another question.
func (v *View) askedOfFacts(q Query, seeds []record.EntityRef, rest []string) (out answer, ok bool) {
	switch {
	case slices.Contains(rest, "who"):
		return v.holders(q, seeds, rest)
	case slices.Contains(rest, "many"):
		return v.counted(q, seeds, rest)
	case slices.Contains(rest, "when"):
		return v.beginning(q, seeds, rest)
	}
	return out, false
}

// holders answers a question for the persons who have a value now. The newest fact comes first.
func (v *View) holders(q Query, seeds []record.EntityRef, rest []string) (out answer, ok bool) {
	if len(seeds) != 1 || seeds[0].Type == record.TypePerson || seeds[0] == record.UserEntity {
		return out, false
	}
	form := match(reversed, rest)
	if form == nil || q.former || asksPast(rest, form.keys) || timed(q.Filter) || q.Filter.Closed {
		return out, false
	}
	facts := v.known.about(q.by, nil, keysOf(seeds), under(form.keys...), func(f *record.Fact) bool { return names(seeds, f.Object) && q.holds(f) })
	r := reading{request: form.request(), seeds: seeds, named: seeds}
	out = v.listed(q, facts, "the question names "+seeds[0].Name+" and "+form.keys[0])
	out.whole = out.whole && !q.asksTwice(rest) && !q.boundElsewhere(r)
	for _, f := range facts {
		out.whole = out.whole && !v.exchanged(q, f)
	}
	return out, true
}

// exchanged reports whether a person has got another value of a key with one value at a time, and may have exchanged this one for it.
func (v *View) exchanged(q Query, f *record.Fact) bool {
	return extract.Functional(f.Key) && len(v.known.about(q.by, []string{f.Entity.Key()}, nil, under(f.Key), func(o *record.Fact) bool {
		return o.SameAs() != f.SameAs() && q.holds(o) && record.CompareInTime(o, f) >= 0
	})) > 0
}

// listed returns an answer that consists of facts, newest first. It is whole if no fact is in doubt and all of them are returned.
func (v *View) listed(q Query, facts []*record.Fact, reason string) (out answer) {
	slices.SortFunc(facts, func(a, b *record.Fact) int { return record.CompareInTime(b, a) })
	out = answer{reason: reason, whole: true, all: true, now: true}
	shown := first(q, facts)
	for _, f := range shown {
		out.hits = append(out.hits, factHit(f, 1))
		out.whole = out.whole && v.known.doubt(f, q.Filter.AsOf) == nil
	}
	out.whole = out.whole && len(shown) == len(facts)
	out.hits = first(q, v.withOrigins(q, out.hits))
	return out
}

// beginning answers a question for the time at which the value that it names began, if that was stated: "When did I move to Lisbon?"
func (v *View) beginning(q Query, seeds []record.EntityRef, rest []string) (out answer, ok bool) {
	form := match(begun, rest)
	if form == nil {
		return out, false
	}
	var persons, values []record.EntityRef
	for _, e := range seeds {
		if e.Type == record.TypePerson && !(names(q.selves, e) && len(persons) > 0 && names(q.selves, persons[0])) {
			persons = append(persons, e)
		} else if e.Type != record.TypePerson {
			values = append(values, e)
		}
	}
	if len(persons) != 1 || len(values) != 1 || q.boundElsewhere(reading{request: form.request()}) || timed(q.Filter) {
		return out, false
	}
	if names(q.selves, persons[0]) {
		persons = q.selves
	}
	facts := v.known.about(q.by, keysOf(persons), nil, under(form.keys...), func(f *record.Fact) bool {
		return names(persons, f.Entity) && names(values, f.Object) && (q.holds(f) || q.ended(f))
	})
	if len(facts) == 0 {
		return out, false
	}
	out = v.listed(q, facts, "the question names "+persons[0].Name+", "+form.keys[0]+" and "+values[0].Name)
	f := facts[0]
	// A fact without a stated beginning begins when it was said.
	y, m, d := f.Valid.From.Date()
	ys, ms, ds := saidAt(f).In(f.Valid.From.Location()).Date()
	stated := !f.Valid.From.IsZero() && (y != ys || m != ms || d != ds)
	out.whole = out.whole && len(facts) == 1 && stated && !q.namesake
	out.now = false
	return out, true
}
