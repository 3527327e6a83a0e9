package recall

import (
	"math"
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// A key of one value may have others beside it: those that it had before, and those that contradict it and are less sure. They are
// found, and never come before the value that holds.

// sameKey reports whether two facts are about one key of one entity, in one scope set.
func sameKey(a, b *record.Fact) bool {
	return a.Kind == b.Kind && a.Key == b.Key && a.Entity.Key() == b.Entity.Key() && a.Scopes.Equal(b.Scopes)
}

// head is the value that a key has at the time that the question is about: of the others, those that are no values of their own yield
// to it. There is none for keys of several values.
func (v *View) head(q Query, f *record.Fact) *record.Fact {
	for _, h := range v.known.about(q.by, []string{f.Entity.Key()}, nil, under(f.Key), func(h *record.Fact) bool {
		return !h.Many && !h.Yielded && sameKey(h, f) && q.holds(h)
	}) {
		return h
	}
	return nil
}

// contested reports whether a fact stands beside a surer one that it contradicts.
func contested(f *record.Fact, among []*record.Fact) bool {
	return f.Many && slices.ContainsFunc(among, func(o *record.Fact) bool { return !o.Many && sameKey(f, o) })
}

// bySureness orders facts that hold: what is contested last, the surer before, and then the newest first.
func bySureness(facts []*record.Fact) {
	slices.SortFunc(facts, func(a, b *record.Fact) int { return record.CompareInTime(b, a) })
	slices.SortStableFunc(facts, func(a, b *record.Fact) int {
		if x, y := contested(a, facts), contested(b, facts); x != y {
			if y {
				return -1
			}
			return 1
		}
		return int(math.Round(b.Confidence*10)) - int(math.Round(a.Confidence*10))
	})
}

// surest puts the value that a key has before others of the key, where one of those is found. One that would lead is led by it even
// where search did not find it.
func (v *View) surest(q Query, hits []Hit) []Hit {
	now := q
	now.Filter.Closed = false
	for i := 0; i < len(hits) && !q.former && q.Sessions == nil; i++ {
		f := hits[i].Fact
		if f == nil || f.Live() && !f.Many && !f.Past && q.Filter.AsOf.IsZero() && !timed(q.Filter) {
			continue // it is the head
		}
		h := v.head(now, f)
		if h == nil || h.ID == f.ID || !f.Many && now.holds(f) {
			continue
		}
		at := slices.IndexFunc(hits, func(o Hit) bool { return o.ID == h.ID })
		switch {
		case at > i:
			found := hits[at]
			copy(hits[i+1:at+1], hits[i:at])
			hits[i] = found
		case at < 0 && i == 0:
			led := factHit(h, hits[0].Score)
			led.Relevance = hits[0].Relevance
			v.origin(&led)
			hits = first(q, slices.Insert(hits, 0, led))
		default:
			continue
		}
		for j := i + 1; j < len(hits) && hits[j].Score > hits[i].Score; j++ {
			hits[i].Score = hits[j].Score
		}
	}
	return hits
}

// maxChain is how many values back the words are looked for that told them.
const maxChain = 8

// outdated are the pieces of the turns that told the values in whose place a fact was by then; the zero time is now.
func (v *View) outdated(id string, asOf time.Time) (chunks []string) {
	f := v.known.facts[id]
	for range maxChain {
		if f == nil || f.Many {
			return chunks
		}
		if f = v.known.facts[f.Supersedes]; f != nil && (asOf.IsZero() || !f.Known.Until.After(asOf)) {
			chunks = append(chunks, v.said.chunksOfTurn(f.Source.Ref)...)
		}
	}
	return chunks
}
