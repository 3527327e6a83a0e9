package question

import (
	"cmp"
	"encoding/binary"
	"slices"

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
	box, err := by.Live.Cursors()
	if err != nil {
		return nil, err
	}
	if p.before, err = open(box, bound, req.Cursor); err != nil {
		return nil, err
	}
	q.After, q.K = p.before.after, min(p.k+p.before.count(), maxDepth)
	return p, nil
}

// cut reduces a result to the hits of this page, and returns the cursor for the next one; "" if nothing can follow.
func (p *pages) cut(found *recall.Result) (string, error) {
	next := progress{after: found.Next}
	if p.listed {
		if next.after == nil {
			return "", nil
		}
	} else {
		if p.before.count() > 0 {
			shown := p.before.sums()
			found.Hits = slices.DeleteFunc(found.Hits, func(h recall.Hit) bool { return shown[sumOf(&h, p.sessions)] })
		}
		if found.Hits = found.Hits[:min(len(found.Hits), p.k)]; len(found.Hits) < p.k || p.before.count()+p.k >= maxDepth {
			return "", nil
		}
		next.shown = slices.Clip(p.before.shown)
		for i := range found.Hits {
			next.shown = binary.BigEndian.AppendUint64(next.shown, sumOf(&found.Hits[i], p.sessions))
		}
	}
	bound, err := p.req.bound(p.by)
	if err != nil {
		return "", err
	}
	box, err := p.by.Live.Cursors()
	if err != nil {
		return "", err
	}
	return seal(box, bound, next)
}
