package recall

import (
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// nearlyAsGood is the share of the best score that a later turn needs to come first. Such a turn comes first if the question asks for now,
// or if the turn corrects an earlier one.
const nearlyAsGood = 0.85

// nowWords ask for the present value.
var nowWords = wordSet("now still current currently nowadays anymore moment")

// latest puts the newest of the best hits of a search first, if the question asks for now. Otherwise it puts a hit first that corrects an
// earlier one.
func (v *View) latest(q Query, hits []Hit) []Hit {
	if len(hits) < 2 || q.former || q.Filter.Closed || timed(q.Filter) || q.Sessions != nil {
		return hits
	}
	now := slices.ContainsFunc(q.english, func(w string) bool { return nowWords[w] })
	best := &hits[0]
	since := best.saidAt()
	for i := range hits[1:] {
		h := &hits[1+i]
		if h.Score >= nearlyAsGood*hits[0].Score && saidSince(h, since) && !endsAsking(h.Text) && (now || corrects(h.Text)) {
			best, since = h, h.saidAt()
		}
	}
	if best == &hits[0] {
		return hits
	}
	newest := *best
	newest.Score, newest.Relevance = hits[0].Score, max(hits[0].Relevance, newest.Relevance)
	return lead(q, hits, newest)
}

// saidAt returns when a hit was said.
func (h *Hit) saidAt() time.Time {
	switch {
	case h.Fact != nil:
		return saidAt(h.Fact)
	case h.Chunk != nil && h.Chunk.Role == record.User:
		return h.Chunk.SpokenAt
	}
	return time.Time{}
}

// corrects reports whether a text says that something said before was wrong.
func corrects(text string) bool {
	for _, w := range words(plain(strings.ToLower(text))) {
		if slices.Contains(english.changes["correction"], w) || slices.ContainsFunc(tongues, func(t *tongue) bool {
			return slices.Contains(t.changes["correction"], w)
		}) {
			return true
		}
	}
	return false
}
