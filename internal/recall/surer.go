package recall

import (
	"math"
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// A single-valued key may have other values: earlier ones, and contested ones that contradict the current value. A search finds them, but
// they never rank before the current value.

// sameKey reports whether two facts are about the same key of the same entity in the same scope set.
func sameKey(a, b *record.Fact) bool {
	return a.Kind == b.Kind && a.Key == b.Key && a.Entity.Key() == b.Entity.Key() && a.Scopes.Equal(b.Scopes)
}

// head returns the value that a key has at the time of the question; nil if the key has several values or none.
func (v *View) head(q Query, f *record.Fact) (head *record.Fact) {
	for _, h := range v.known.about(q.by, []string{f.Entity.Key()}, nil, under(f.Key), func(h *record.Fact) bool {
		return !h.Many && !h.Yielded && sameKey(h, f) && q.holds(h)
	}) {
		if head == nil || head.Source.Kind.Derived() && !h.Source.Kind.Derived() {
			head = h
		}
	}
	return head
}

// contested reports whether a fact is contested and the value that it contradicts is in the list.
func contested(f *record.Fact, among []*record.Fact) bool {
	return f.Contested() && slices.ContainsFunc(among, func(o *record.Fact) bool { return !o.Many && sameKey(f, o) })
}

// bySureness orders facts that hold: conclusions last, before them contested facts, then by confidence, then newest first.
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
	slices.SortStableFunc(facts, func(a, b *record.Fact) int {
		switch x, y := a.Source.Kind.Derived(), b.Source.Kind.Derived(); {
		case x == y:
			return 0
		case x:
			return 1
		}
		return -1
	})
}

// surest puts the current value of a key before its other values that were found. If another value would rank first, the current value is
// added even if the search did not find it.
func (v *View) surest(q Query, hits []Hit) []Hit {
	now := q
	now.Filter.Closed = false
	for i := 0; i < len(hits) && !q.former && q.Sessions == nil; i++ {
		f := hits[i].Fact
		if f == nil || f.Beside || f.Live() && !f.Many && !f.Past && q.Filter.AsOf.IsZero() && !timed(q.Filter) {
			continue // it is the current value, or stands beside it without contradiction
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

// maxChain limits how many superseded values are followed back.
const maxChain = 8

// outdated returns the ids of the chunks of the values that a fact had superseded at a time. The zero time is now.
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
