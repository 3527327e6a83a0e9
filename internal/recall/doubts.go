package recall

import (
	"slices"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// A fact that may have changed never leads an answer: the words of the change come before it.

// unsettled completes an answer about the present if the value may no longer hold, or has ended without a successor. The words that say so
// come first, and a doubtful value does not answer alone. If the caller may not see the words, the graph does not answer.
func (v *View) unsettled(q Query, r reading, out answer) answer {
	if len(out.hits) == 0 {
		if said, ended := v.ending(q, reading{request: r.request, seeds: r.seeds}); ended != nil {
			out.hits, out.about, out.reason = []Hit{said}, ended, out.reason+", which has ended"
		} else {
			out.hits, out.reason = nil, ""
		}
		return out
	}
	f := out.hits[0].Fact
	if f == nil {
		return out
	}
	doubt := v.known.doubt(f, q.Filter.AsOf)
	if doubt == nil {
		return out
	}
	said, ok := v.saying(q, doubt.Source.Ref, doubt.Source.Span.Start)
	if !ok {
		out.hits, out.reason = nil, ""
		return out
	}
	out.hits, out.about, out.reason, out.whole = lead(q, out.hits, said), f, out.reason+", which may have changed", false
	return out
}

// lead puts the words of a change before the hits, without repeating them.
func lead(q Query, hits []Hit, said Hit) []Hit {
	hits = slices.DeleteFunc(hits, func(h Hit) bool { return h.ID == said.ID })
	return first(q, slices.Insert(hits, 0, said))
}

// ending returns the words that ended the last value of a request, and that fact, if it has no successor. If the question supposes values,
// only these count. The fact is nil if there are no such words.
func (v *View) ending(q Query, r reading) (Hit, *record.Fact) {
	ended := v.known.about(q.by, keysOf(r.seeds), nil, under(r.keys...), func(f *record.Fact) bool {
		return q.ended(f) && r.takes(f) && (r.supposed == nil || r.supposes(f))
	})
	if len(ended) == 0 {
		return Hit{}, nil
	}
	last := slices.MaxFunc(ended, record.CompareInTime)
	if last.EndedBy == "" {
		return Hit{}, nil
	}
	said, ok := v.saying(q, last.EndedBy, 0)
	if !ok {
		return Hit{}, nil
	}
	return said, last
}

// settled puts the words of a possible change before a doubtful fact that leads the hits of a search, by itself or as a duplicate of its
// own words.
func (v *View) settled(q Query, hits []Hit) []Hit {
	if len(hits) == 0 || q.former || q.Filter.Closed || timed(q.Filter) || q.Sessions != nil {
		return hits
	}
	best := hits[0]
	for _, id := range append([]string{best.ID}, best.Duplicates...) {
		f := v.known.facts[id]
		if f == nil {
			continue
		}
		doubt := v.known.doubt(f, q.Filter.AsOf)
		if doubt == nil {
			continue
		}
		said, ok := v.saying(q, doubt.Source.Ref, doubt.Source.Span.Start)
		if !ok || said.ID == best.ID {
			continue
		}
		if at := slices.IndexFunc(hits, func(h Hit) bool { return h.ID == said.ID }); at >= 0 {
			said = hits[at]
		}
		said.Score, said.Relevance = best.Score, best.Relevance
		return lead(q, hits, said)
	}
	return hits
}

// doubted sets Doubt on the facts among hits that may no longer hold.
func (v *View) doubted(q *Query, hits []Hit) {
	for i := range hits {
		if f := hits[i].Fact; f != nil {
			if doubt := v.known.doubt(f, q.Filter.AsOf); doubt != nil {
				hits[i].Doubt = doubt.Reason
			}
		}
	}
}

// saying returns the chunk of a turn in which a statement begins, as a hit, if the question may find it.
func (v *View) saying(q Query, turn string, start int) (Hit, bool) {
	var piece *record.Chunk
	for _, id := range v.said.chunksOfTurn(turn) {
		if c := v.chunk(id); c != nil && (piece == nil || c.Start <= start && c.Start > piece.Start) {
			piece = c
		}
	}
	if piece == nil || !finds(q.Filter, piece) {
		return Hit{}, false
	}
	h := chunkHit(piece, 1)
	h.Partial = len(v.said.chunksOfTurn(turn)) > 1
	return h, true
}

// chunkHit returns a chunk as a hit with the score of an answer of the graph.
func chunkHit(c *record.Chunk, score float64) Hit {
	return Hit{ID: c.ID, Kind: record.KindMemoryChunk, Text: c.Text, Score: score, Relevance: score, Chunk: c, Start: c.Start}
}

// finds applies a filter to a chunk, as the index does.
func finds(f index.Filter, c *record.Chunk) bool {
	switch {
	case f.Visible != nil && !f.Visible(c.Scopes),
		len(f.Kinds) > 0 && !slices.Contains(f.Kinds, record.KindMemoryChunk),
		f.Category != "" && f.Category != c.Category,
		f.Source != "" && f.Source != record.FromTurn,
		f.Session != "" && f.Session != c.Session,
		f.ExcludeSession != "" && f.ExcludeSession == c.Session,
		slices.Contains(f.ExcludeIDs, c.ID),
		f.Told != nil && !f.Told.Admits(c.Role, record.Normalise(c.Speaker), c.SpokenAt, c.Location),
		!f.AsOf.IsZero() && c.KnownFrom.After(f.AsOf),
		!c.KnownUntil.IsZero() && (f.AsOf.IsZero() && !f.Closed || !f.AsOf.IsZero() && !f.Ended && !f.AsOf.Before(c.KnownUntil)):
		return false
	}
	return !slices.ContainsFunc(f.Labels, func(l string) bool { return !slices.Contains(c.Labels, l) })
}
