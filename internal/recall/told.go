package recall

import (
	"time"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// Told are conditions on who said something, when and where. The zero value has none.
type Told struct {
	Role          record.Role
	By            string // name of the person who said it
	After, Before time.Time
	In            func(record.Location) bool // nil: anywhere. It is called concurrently.
}

func (t *Told) none() bool {
	return t.Role == "" && t.By == "" && t.After.IsZero() && t.Before.IsZero() && t.In == nil
}

// LocationKey is the attribute of an entity that holds its location.
const LocationKey = "location"

// tell puts the conditions of Told into the filter of the question. A turn is checked by itself. A fact or an instruction is checked by the
// turn that it was taken from, as far as the caller may read that turn. Otherwise only the time at which it became known is used.
func (v *View) tell(q *Query) {
	if q.Told.none() {
		return
	}
	told := &index.Told{Role: q.Told.Role, After: q.Told.After, Before: q.Told.Before, In: q.Told.In}
	if q.Told.By != "" {
		told.Speakers = v.namesOfSpeaker(q)
	}
	asked := teller{view: v, told: told, reads: q.Reads, reach: q.by.reach, at: q.point()}
	q.Filter.Told, q.Filter.Keep = told, asked.keeps
}

// point returns the point in time of a question.
func (q *Query) point() Point {
	f := &q.Filter
	return Point{AsOf: f.AsOf, StoredAt: q.StoredAt, ValidAt: f.At, ValidFrom: f.ValidFrom, ValidUntil: f.ValidUntil}
}

// namesOfSpeaker returns the names under which the person may have spoken whom the question names, as far as the caller knows them.
func (v *View) namesOfSpeaker(q *Query) []string {
	names, at := []string{record.Normalise(q.Told.By)}, q.point()
	for _, e := range v.person(*q, q.Told.By) {
		names = append(names, record.Normalise(e.Name))
		for _, other := range v.known.namesOf(q.by, e.Key(), &at, record.Alias, record.Account) {
			names = append(names, record.Normalise(other.Name))
		}
	}
	return names
}

// teller checks facts and instructions. Its methods are called concurrently.
type teller struct {
	view  *View
	told  *index.Told
	reads func(record.ScopeSet) bool // as in Query
	reach scope.Reach
	at    Point
}

// keeps is an index.Filter.Keep.
func (t *teller) keeps(id string) bool {
	var turn string
	var said time.Time
	f := t.view.known.facts[id]
	if f != nil {
		turn, said = f.Source.Ref, f.Known.From
	} else if i := t.view.known.instructions[id]; i != nil {
		turn, said = i.Source.Ref, i.Known.From
	} else {
		return true // a turn: the index has checked it
	}
	var role record.Role
	var speaker string
	var location *record.Location
	if c := t.view.chunk(t.view.said.first[turn]); c != nil && (t.reads == nil || t.reads(c.Scopes)) && (t.reach.Visible == nil || t.reach.Visible(c.Scopes)) {
		role, speaker, said, location = c.Role, record.Normalise(c.Speaker), c.SpokenAt, c.Location
	}
	if t.told.Admits(role, speaker, said, location) {
		return true
	}
	if t.told.In == nil || f == nil {
		return false
	}
	elsewhere := *t.told
	elsewhere.In = nil
	return elsewhere.Admits(role, speaker, said, nil) && (t.lies(f.Entity) || f.Kind == record.KindRelation && t.lies(f.Object))
}

// lies reports whether the caller knows a location of an entity that is inside the area.
func (t *teller) lies(e record.EntityRef) bool {
	by := &reader{reach: t.reach}
	for _, key := range t.view.known.filedUnder(by, e.Key(), &t.at) {
		for _, p := range by.sees(t.view.known.entities[key]) {
			for f := range p.subject.under(LocationKey) {
				then := t.at.fact(f)
				if f.Kind != record.KindAttribute || then == nil || !t.at.holds(then) {
					continue
				}
				if at, err := record.ParseLocation(f.Value); err == nil && t.told.In(at) {
					return true
				}
			}
		}
	}
	return false
}

// also returns a condition that holds if both conditions hold; the first may be nil.
func also(keep, and func(id string) bool) func(id string) bool {
	if keep == nil {
		return and
	}
	return func(id string) bool { return keep(id) && and(id) }
}
