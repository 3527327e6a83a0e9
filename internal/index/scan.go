package index

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// parallelWork is the number of vector components from which a second core pays: about 60 microseconds.
const parallelWork = 1 << 19

// scanner compares a query vector with the vectors of the selected segments, a slab at a time.
type scanner struct {
	ix    *Index
	sel   *selection
	query []float32
	slabs []slabRef
	rows  int
	codes codedQuery
	coded bool // codes are in use
	next  atomic.Int64
}

type slabRef struct {
	vectors *slabs
	part    int
}

// prepare lists the slabs of the selected segments. pool is how many candidates are wanted: codes pay when
// most rows are not among them.
func (c *scanner) prepare(ix *Index, sel *selection, query []float32, pool int) {
	c.ix, c.sel, c.query = ix, sel, query
	c.slabs, c.rows = c.slabs[:0], 0
	c.next.Store(0)
	for _, n := range sel.segments {
		v := &ix.segment(n).vectors
		c.rows += len(v.docs)
		for part := range (len(v.docs) + slabRows - 1) / slabRows {
			c.slabs = append(c.slabs, slabRef{v, part})
		}
	}
	if c.coded = coded() && c.rows >= 4*pool; c.coded {
		c.codes.set(query)
	}
}

// workers is how many goroutines the scan is worth.
func (c *scanner) workers() int {
	return max(1, min(runtime.GOMAXPROCS(0), c.rows*len(c.query)/parallelWork, len(c.slabs)))
}

// worker is what one goroutine of a scan has found.
type worker struct {
	top       top
	prefilter prefilter
}

// run takes slabs until none is left and offers their rows to the worker's top.
func (c *scanner) run(w *worker) {
	w.prefilter.reset(w.top.size)
	var scores [slabRows]float32
	for {
		i := int(c.next.Add(1)) - 1
		if i >= len(c.slabs) {
			break
		}
		if c.coded {
			c.sift(c.slabs[i], &w.prefilter)
		} else {
			c.slab(c.slabs[i], &w.top, &scores)
		}
	}
	floor := w.prefilter.floor()
	for _, s := range w.prefilter.kept {
		if s.most >= floor {
			w.top.offer(candidate{s.vectors.docs[s.row], float64(c.ix.dot(c.query, s.vectors.row(s.row, len(c.query))))})
		}
	}
}

// sift compares a slab by its codes.
func (c *scanner) sift(ref slabRef, s *prefilter) {
	stride, first := codeStride(len(c.query)), ref.part*slabRows
	part := &ref.vectors.parts[ref.part]
	for i, id := range ref.vectors.docs[first:min(first+slabRows, len(ref.vectors.docs))] {
		if least, most := c.codes.between(part.code(i, stride), part.rows[i]); most >= s.floor() && c.sel.admits(id) {
			s.offer(sifted{ref.vectors, first + i, most}, least)
		}
	}
}

// slab compares a slab vector by vector.
func (c *scanner) slab(ref slabRef, t *top, scores *[slabRows]float32) {
	dim, dot := len(c.query), c.ix.dot
	docs := ref.vectors.docs[ref.part*slabRows:]
	docs = docs[:min(len(docs), slabRows)]
	part := &ref.vectors.parts[ref.part]
	// Four places of the slab in turn: the processor prefetches each of them on its own, which hides more
	// of the memory's latency than one stream does.
	quarter := len(docs) / 4
	for i := range quarter {
		for j := i; j < 4*quarter; j += quarter {
			scores[j] = dot(c.query, part.vector(j, dim))
		}
	}
	for j := 4 * quarter; j < len(docs); j++ {
		scores[j] = dot(c.query, part.vector(j, dim))
	}
	for i, id := range docs {
		if s := float64(scores[i]); s > 0 && s >= t.floor() && c.sel.admits(id) {
			t.offer(candidate{id, s})
		}
	}
}

// start runs all but one worker on goroutines of their own; wait ends them. The caller runs the last one.
func (c *scanner) start(workers []worker, wg *sync.WaitGroup) {
	for w := 1; w < len(workers); w++ {
		wg.Go(func() { c.run(&workers[w]) })
	}
}
