package index

import (
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// partition has the rows of one scope set. Segment 0 has the rows that are believed now, segment 1 the rows whose known time has
// ended. The number of a segment is twice the number of its partition, plus 1 for segment 1.
type partition struct {
	key      string
	scopes   record.ScopeSet
	segments [2]segment
}

// segment keeps the statistics that BM25 sums over the rows that a caller sees, and the vectors.
type segment struct {
	docs    []uint32 // unordered
	since   []int64  // of docs: the second from which each is known
	length  uint64   // sum of the lengths of docs, in words
	vectors slabs
	roles   [roles]tally // of the turns
	newest  moment       // no row became known later
}

// doc is a stored entry. There is one for each memory, so its size determines the size of an index.
type doc struct {
	entry   row
	segment uint32
	pos     uint32   // in segment.docs
	row     int32    // in segment.vectors, or -1
	at      uint32   // in lane.docs
	length  uint16   // words
	opens   bool     // it begins an utterance
	terms   []uint32 // distinct terms
	counts  []uint8  // how often the row has each term, up to 255
	voice   *voice   // the voice of a turn; nil: not a turn
	print   Fingerprint
}

// lane is the lane of a turn; nil: not a turn.
func (d *doc) lane() *lane {
	if d.voice == nil {
		return nil
	}
	return d.voice.lane
}

func segmentOf(part uint32, closed bool) uint32 {
	if closed {
		return 2*part + 1
	}
	return 2 * part
}

func (ix *Index) segment(id uint32) *segment { return &ix.parts[id/2].segments[id%2] }

// internScopes returns the number of the partition of a canonical scope set, and adds a new one if necessary.
func (ix *Index) internScopes(key string, set record.ScopeSet) uint32 {
	if id, ok := ix.partIDs[key]; ok {
		return id
	}
	p := &partition{key: key, scopes: set}
	var id uint32
	if n := len(ix.freeParts); n > 0 {
		id, ix.freeParts = ix.freeParts[n-1], ix.freeParts[:n-1]
		ix.parts[id] = p
	} else {
		id = uint32(len(ix.parts))
		ix.parts = append(ix.parts, p)
	}
	ix.partIDs[key] = id
	ix.sets.Put(set, id)
	return id
}

// releaseScopes drops the segment's partition if it has no rows.
func (ix *Index) releaseScopes(segmentID uint32) {
	id := segmentID / 2
	p := ix.parts[id]
	if p == nil || len(p.segments[0].docs)+len(p.segments[1].docs) > 0 {
		return
	}
	delete(ix.partIDs, p.key)
	ix.sets.Delete(p.scopes)
	ix.parts[id] = nil
	ix.freeParts = append(ix.freeParts, id)
}

// Sets returns the scope sets of entries that a reader may see, at most as many as given.
func (ix *Index) Sets(r scope.Reach, most int) (sets []record.ScopeSet) {
	for set := range ix.sets.Visible(r) {
		if len(sets) == most {
			break
		}
		sets = append(sets, set)
	}
	return sets
}

// Has reports whether any entry has a scope set.
func (ix *Index) Has(set record.ScopeSet) bool {
	_, ok := ix.sets.Get(set)
	return ok
}

// join adds the doc to the segment: its position and its length, not its postings and vector.
func (ix *Index) join(id uint32, d *doc, segmentID uint32) {
	h := ix.segment(segmentID)
	d.segment, d.pos = segmentID, uint32(len(h.docs))
	h.docs, h.since = append(h.docs, id), append(h.since, 0)
	h.learn(d)
	h.length += uint64(d.length)
	if d.entry.Turn != "" {
		h.roles[roleOf(d.entry.Role)].add(d, 1)
	}
	ix.enter(id, d)
}

// learn records when a row of the segment became known.
func (h *segment) learn(d *doc) {
	h.since[d.pos] = d.entry.since.seconds
	if len(h.docs) == 1 || d.entry.since.after(h.newest) {
		h.newest = d.entry.since
	}
}

// leave undoes join. An empty partition stays: see releaseScopes.
func (ix *Index) leave(d *doc) {
	h := ix.segment(d.segment)
	last := len(h.docs) - 1
	if int(d.pos) != last {
		h.docs[d.pos], h.since[d.pos] = h.docs[last], h.since[last]
		ix.docs[h.docs[d.pos]].pos = d.pos
	}
	h.docs, h.since = shrink(h.docs[:last]), shrink(h.since[:last])
	h.length -= uint64(d.length)
	if d.entry.Turn != "" {
		h.roles[roleOf(d.entry.Role)].add(d, -1)
	}
	ix.exit(d)
}

// setVector stores v as the doc's vector, scaled to length one; length is its length in space. Length 0: no vector.
func (ix *Index) setVector(id uint32, d *doc, v []float32, length float64) {
	h := ix.segment(d.segment)
	if length == 0 {
		v = nil
	}
	switch {
	case v != nil && d.row >= 0:
		h.vectors.set(int(d.row), v, length)
	case v != nil:
		ix.dim = len(v)
		ix.rows++
		d.row = int32(h.vectors.add(id, v, length))
	case d.row >= 0:
		if moved, ok := h.vectors.remove(int(d.row), ix.dim); ok {
			ix.docs[moved].row = d.row
		}
		d.row = -1
		if ix.rows--; ix.rows == 0 {
			ix.dim = 0
		}
	}
}

// vector returns the doc's vector in place, or nil.
func (ix *Index) vector(d *doc) []float32 {
	if d.row < 0 {
		return nil
	}
	return ix.segment(d.segment).vectors.row(int(d.row), ix.dim)
}
