package question

import (
	"cmp"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/recall"
)

// pages cuts the answer of a question into pages. A later page asks the question again, for as many hits more as the earlier pages had, and
// leaves those out. So no hit comes twice, whatever is written meanwhile.
type pages struct {
	by       *gate.Call
	req      Request
	k        int  // hits of this page
	listed   bool // see recall.Query
	sessions bool
	before   progress
}

// newPages reads the cursor of a validated request, and sets what the query has to find.
func newPages(by *gate.Call, req Request, q *recall.Query) (*pages, error) {
	p := &pages{by: by, req: req, k: cmp.Or(req.K, index.DefaultK), listed: q.Listed, sessions: q.Sessions != nil}
	if req.Cursor == "" {
		return p, nil
	}
	bound, err := req.bound(by)
	if err != nil {
		return nil, err
	}
	if p.before, err = open(by.Live.CursorKey(), bound, req.Cursor); err != nil {
		return nil, err
	}
	q.After, q.K = p.before.After, min(p.k+p.before.shown(), maxDepth)
	return p, nil
}

// cut reduces a result to the hits of this page, and returns the cursor for the next one; "" if nothing can follow.
func (p *pages) cut(found *recall.Result) (string, error) {
	next := progress{After: found.Next}
	if !p.listed {
		if p.before.shown() == 0 && len(found.Hits) < p.k {
			return "", nil
		}
		shown := p.before.sums()
		next.Shown = p.before.Shown
		var hits []recall.Hit
		for i := range found.Hits {
			h := &found.Hits[i]
			sum := sumOf(h, p.sessions)
			if shown[sum] || len(hits) == p.k {
				continue
			}
			hits = append(hits, *h)
			next.add(sum)
		}
		if found.Hits = hits; len(hits) < p.k || next.shown() >= maxDepth {
			return "", nil
		}
	} else if next.After == nil {
		return "", nil
	}
	bound, err := p.req.bound(p.by)
	if err != nil {
		return "", err
	}
	return seal(p.by.Live.CursorKey(), bound, next)
}
