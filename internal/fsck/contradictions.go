package fsck

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// Contradiction says that an entity has several values at a time for a key that has one, in one scope set.
type Contradiction struct {
	Entity string // id
	Key    string
	Values []string // sorted
}

// slotOf is what may have one value at a time.
type slotOf struct{ entity, key, set string }

// rival is a value for a slot.
type rival struct {
	id    string // of the fact
	same  string // equal for equal values
	value string
	valid record.Interval
}

// rivals has the facts of slots.
type rivals map[slotOf][]rival

// add adds a live fact of a single-valued key. It ignores facts of the past, and further values that were stated as such.
func (r rivals) add(f *record.Fact) {
	if !f.Live() || f.Past || f.Beside || f.Category == record.Context || f.Key == record.Alias {
		return
	}
	slot := slotOf{f.Entity.Key(), f.Key, scope.Key(f.Scopes)}
	r[slot] = append(r[slot], rival{f.ID, f.SameAs(), f.Value, f.Valid})
}

// contradictions returns the slots whose values contradict each other, ordered by entity and key, with the ids of the facts of each.
func (r rivals) contradictions() (out []Contradiction, facts [][]string) {
	type one struct {
		Contradiction
		facts []string
		set   string
	}
	var all []one
	for slot, list := range r {
		if clash := clashing(list); len(clash) > 0 {
			c := one{Contradiction{Entity: "entity:" + slot.entity, Key: slot.key}, nil, slot.set}
			seen := map[string]bool{}
			for _, v := range clash {
				if c.facts = append(c.facts, v.id); !seen[v.same] {
					seen[v.same] = true
					c.Values = append(c.Values, v.value)
				}
			}
			slices.Sort(c.Values)
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b one) int {
		return cmp.Or(strings.Compare(a.Entity, b.Entity), strings.Compare(a.Key, b.Key), slices.Compare(a.Values, b.Values), strings.Compare(a.set, b.set))
	})
	for _, c := range all {
		out, facts = append(out, c.Contradiction), append(facts, c.facts)
	}
	return out, facts
}

// clashing returns the values that overlap in time with another value, in the order of their facts.
func clashing(list []rival) (out []rival) {
	if len(list) < 2 {
		return nil
	}
	slices.SortFunc(list, func(a, b rival) int { return strings.Compare(a.id, b.id) })
	for i, v := range list {
		if slices.ContainsFunc(list, func(w rival) bool { return w.id != v.id && w.same != v.same && overlap(v.valid, w.valid) }) {
			out = append(out, list[i])
		}
	}
	return out
}

// overlap reports whether two intervals share an instant. An open end is unbounded.
func overlap(a, b record.Interval) bool {
	begins := func(x, y record.Interval) bool { return x.Until.IsZero() || y.From.IsZero() || y.From.Before(x.Until) }
	return begins(a, b) && begins(b, a)
}
