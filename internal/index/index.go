package index

import (
	"cmp"
	"iter"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/sorted"
)

// Index is the search index of one Context, created by New. It has no lock: any number of goroutines may read it at the same time,
// but Put, Commit, Delete, Embed and Fill need exclusive access. An owner that holds an index together with other data uses one
// lock for all. Prepare and Terms read nothing of the index.
type Index struct {
	dot        func(x, y []float32) float32
	tokenisers sync.Pool // of *Tokeniser
	scratches  sync.Pool // of *scratch

	byID      map[string]uint32
	docs      []*doc // nil: free
	freeDocs  []uint32
	idOrder   idOrder
	vocab     vocabulary
	parts     []*partition // nil: free
	partIDs   map[string]uint32
	sets      scope.Catalog[uint32] // the same numbers, by visibility of the sets
	freeParts []uint32
	dim, rows int // length and number of the vectors
	traits    map[traits]*shared
	speakers  speakers
	filling   bool // the docs have no postings yet: see Fill

	conversations map[string]*conversation // by session
}

// New returns an empty index.
func New() *Index {
	return &Index{
		dot:           dotProduct(),
		tokenisers:    sync.Pool{New: func() any { return NewTokeniser() }},
		scratches:     sync.Pool{New: func() any { return newScratch() }},
		byID:          map[string]uint32{},
		vocab:         vocabulary{ids: map[string]uint32{}, many: map[manyKey]uint16{}},
		partIDs:       map[string]uint32{},
		traits:        map[traits]*shared{},
		conversations: map[string]*conversation{},
		speakers:      speakers{ids: map[string]uint32{}, byToken: map[string]*sorted.List[heard]{}},
	}
}

// prepared is an entry with everything that can be computed without the index.
type prepared struct {
	entry     Entry
	magnitude float64 // of its vector; 0: no vector
	key       string
	terms     []termCount
	length    uint16
	print     Fingerprint
}

// Put inserts entries, or replaces entries with the same id. Of two entries with the same id the later one counts. The index keeps
// none of the caller's slices.
//
// An entry whose text and scopes are unchanged is updated in place, at low cost.
//
// Put fails with an [Error], and changes nothing, if an entry exceeds a limit, has no id, or has a vector whose length differs from
// the other vectors in the index or in the call.
func (ix *Index) Put(entries ...Entry) error {
	batch, err := ix.Prepare(entries...)
	if err != nil {
		return err
	}
	return ix.Commit(batch)
}

// Fill fills an empty index: load puts the entries, and their postings are built at the end, in a fraction of the time. The index
// must not be used otherwise meanwhile.
func (ix *Index) Fill(load func() error) error {
	ix.filling = true
	defer ix.filled()
	return load()
}

// filled builds the postings of the entries put so far.
func (ix *Index) filled() {
	if ix.filling {
		ix.filling = false
		ix.vocab.fill(ix)
	}
}

// Batch has entries, prepared as far as possible without the index.
type Batch struct{ entries []prepared }

// Prepare is the first and longer part of Put: it tokenises the texts. It reads nothing of the index, so it may run concurrently
// with any other call. The vectors must not change until Commit.
func (ix *Index) Prepare(entries ...Entry) (Batch, error) {
	batch, err := ix.prepare(entries)
	return Batch{batch}, err
}

// Commit is the second part of Put. Each Batch is committed once.
func (ix *Index) Commit(b Batch) error {
	batch := b.entries
	if n := len(ix.byID) + len(batch); n > maxDocs {
		return refuse("put", "ID", ErrLimit, "%d entries, at most %d", n, maxDocs)
	}
	dim := ix.dim
	for i := range batch {
		v := batch[i].entry.Vector
		if dim == 0 {
			dim = len(v)
		}
		if len(v) != 0 && len(v) != dim {
			return refuse("put", "Vector", ErrDimension, "%d components, not %d", len(v), dim)
		}
	}
	for i := range batch {
		ix.put(&batch[i])
	}
	return nil
}

// prepare validates and tokenises, on all cores if there is much to do.
func (ix *Index) prepare(entries []Entry) ([]prepared, error) {
	const share = 256 // entries that are worth a goroutine
	workers := min(runtime.GOMAXPROCS(0), 1+len(entries)/share)
	batch, errs := make([]prepared, len(entries)), make([]error, workers)
	run := func(w int) {
		t := ix.tokenisers.Get().(*Tokeniser)
		defer ix.tokenisers.Put(t)
		from, to := len(entries)*w/workers, len(entries)*(w+1)/workers
		for i := from; i < to && errs[w] == nil; i++ {
			if errs[w] = batch[i].fill(t, &entries[i]); errs[w] != nil {
				break
			}
			if i > from && entries[i].Scopes.Equal(entries[i-1].Scopes) {
				batch[i].setScopes(batch[i-1].entry.Scopes, batch[i-1].key) // most are equal
			} else {
				set := canonical(entries[i].Scopes)
				batch[i].setScopes(set, scopeKey(set))
			}
		}
	}
	var wg sync.WaitGroup
	for w := 1; w < workers; w++ {
		wg.Go(func() { run(w) })
	}
	run(0)
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return batch, nil
}

func (p *prepared) fill(t *Tokeniser, e *Entry) error {
	if err := e.validate(); err != nil {
		return err
	}
	magnitude, err := magnitude("put", e.Vector)
	if err != nil {
		return err
	}
	p.entry, p.magnitude = *e, magnitude
	if magnitude == 0 {
		p.entry.Vector = nil
	}
	p.entry.Labels = slices.Clone(e.Labels)
	p.terms, p.length = t.count(e.Text)
	p.print = FingerprintOf(e.Text)
	return nil
}

// setScopes sets the scope set of the entry, in its canonical form.
func (p *prepared) setScopes(set record.ScopeSet, key string) { p.entry.Scopes, p.key = set, key }

// put stores one prepared entry, whose vector has the right length.
func (ix *Index) put(p *prepared) {
	id, exists := ix.byID[p.entry.ID]
	if exists {
		ix.filled()
	}
	if exists && !p.entry.inPlaceOf(&ix.docs[id].entry) {
		ix.remove(id)
		exists = false
	}
	part := ix.internScopes(p.key, p.entry.Scopes)
	into := segmentOf(part, !p.entry.Known.Until.IsZero())
	if exists {
		d := ix.docs[id]
		session, old := d.entry.Session, d.entry.shared
		d.entry = ix.rowOf(&p.entry)
		d.entry.Session = session // the same string as in other entries of the session
		ix.release(old)
		ix.segment(d.segment).learn(d)
		if d.segment != into {
			ix.move(id, d, into)
		}
		ix.setVector(id, d, p.entry.Vector, p.magnitude)
		return
	}
	d := &doc{
		entry: ix.rowOf(&p.entry), row: -1, length: p.length, print: p.print, terms: make([]uint32, len(p.terms)), counts: make([]uint8, len(p.terms)),
	}
	if n := len(ix.freeDocs); n > 0 {
		id, ix.freeDocs = ix.freeDocs[n-1], ix.freeDocs[:n-1]
		ix.docs[id] = d
	} else {
		id = uint32(len(ix.docs))
		ix.docs = append(ix.docs, d)
	}
	ix.byID[d.entry.ID] = id
	ix.idOrder.set(id, d.entry.ID)
	ix.join(id, d, into)
	for i, t := range p.terms {
		d.terms[i] = ix.vocab.intern(t.text)
		d.counts[i] = uint8(t.count)
		if ix.filling {
			continue
		}
		ix.vocab.add(d.terms[i], into, posting{doc: id, tf: t.count, length: d.length})
	}
	ix.setVector(id, d, p.entry.Vector, p.magnitude)
}

// move moves a doc with its postings and vector to another segment.
func (ix *Index) move(id uint32, d *doc, into uint32) {
	from := d.segment
	vector := slices.Clone(ix.vector(d))
	ix.setVector(id, d, nil, 0)
	ix.leave(d)
	ix.join(id, d, into)
	for _, t := range d.terms {
		ix.vocab.move(t, from, into, id, d.length)
	}
	ix.setVector(id, d, vector, 1)
	ix.releaseScopes(from)
}

// remove removes a doc completely.
func (ix *Index) remove(id uint32) {
	d := ix.docs[id]
	for _, t := range d.terms {
		ix.vocab.remove(t, d.segment, id)
	}
	ix.forget(id, d)
}

// forget drops the rest of a doc without postings.
func (ix *Index) forget(id uint32, d *doc) {
	ix.setVector(id, d, nil, 0)
	ix.leave(d)
	ix.releaseScopes(d.segment)
	ix.release(d.entry.shared)
	delete(ix.byID, d.entry.ID)
	ix.docs[id] = nil
	ix.freeDocs = append(ix.freeDocs, id)
}

// compareIDs compares the ids of two docs.
func (ix *Index) compareIDs(a, b uint32) int { return ix.idOrder.compare(ix, a, b) }

// Delete removes the entries with these ids and returns how many existed.
func (ix *Index) Delete(ids ...string) int {
	const bulk = 64 // from here on one pass over each list is cheaper than single removals
	if len(ids) >= bulk {
		return ix.deleteMany(ids)
	}
	n := 0
	for _, id := range ids {
		if d, ok := ix.byID[id]; ok {
			ix.remove(d)
			n++
		}
	}
	return n
}

func (ix *Index) deleteMany(ids []string) int {
	type listKey struct{ term, segment uint32 }
	deleted, touched := bitmap(nil).sized(len(ix.docs)), map[listKey]struct{}{}
	var gone []uint32
	for _, name := range ids {
		id, ok := ix.byID[name]
		if !ok || deleted.has(id) {
			continue
		}
		deleted.set(id)
		gone = append(gone, id)
		for _, t := range ix.docs[id].terms {
			touched[listKey{t, ix.docs[id].segment}] = struct{}{}
		}
	}
	for p := range touched {
		ix.vocab.removeDead(p.term, p.segment, deleted)
	}
	for _, id := range gone {
		if l := ix.docs[id].lane(); l != nil {
			ix.exitAll(l, deleted)
		}
		ix.forget(id, ix.docs[id])
	}
	return len(gone)
}

// Get returns the entry with that id, without its vector: see Vector. Scopes and Labels are shared with the index: do not change
// them.
func (ix *Index) Get(id string) (Entry, bool) {
	n, ok := ix.byID[id]
	if !ok {
		return Entry{}, false
	}
	return ix.entry(ix.docs[n]), true
}

// Holds reports whether an entry exists.
func (ix *Index) Holds(id string) bool {
	_, ok := ix.byID[id]
	return ok
}

// Vector returns a copy of an entry's vector, scaled to length one, or nil.
func (ix *Index) Vector(id string) []float32 {
	n, ok := ix.byID[id]
	if !ok {
		return nil
	}
	return slices.Clone(ix.vector(ix.docs[n]))
}

// All yields the entries without their vectors, unordered, as Get returns them.
func (ix *Index) All() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for _, d := range ix.docs {
			if d != nil && !yield(ix.entry(d)) {
				return
			}
		}
	}
}

// Embed computes the vectors of entries without one, in batches. For nil and zero vectors an entry stays without. Vectors are
// stored while the next are computed: the index must not be used meanwhile.
func (ix *Index) Embed(batch int, embed func(texts []string) ([][]float32, error)) error {
	var missing []uint32
	for id, d := range ix.docs {
		if d != nil && d.row < 0 {
			missing = append(missing, uint32(id))
		}
	}
	var stored errgroup.Group
	for ids := range slices.Chunk(missing, batch) {
		texts := make([]string, len(ids))
		for i, id := range ids {
			texts[i] = ix.docs[id].entry.Text
		}
		vectors, err := embed(texts)
		if err := cmp.Or(stored.Wait(), err); err != nil {
			return err
		}
		stored.Go(func() error { return ix.setVectors(ids, vectors) })
	}
	return stored.Wait()
}

// setVectors sets the vectors of docs.
func (ix *Index) setVectors(ids []uint32, vectors [][]float32) error {
	const op = "embed"
	if len(vectors) != len(ids) {
		return refuse(op, "Vector", ErrInvalid, "%d vectors for %d texts", len(vectors), len(ids))
	}
	for i, v := range vectors {
		length, err := magnitude(op, v)
		if err != nil {
			return err
		}
		if ix.dim != 0 && length != 0 && len(v) != ix.dim {
			return refuse(op, "Vector", ErrDimension, "%d components, not %d", len(v), ix.dim)
		}
		ix.setVector(ids[i], ix.docs[ids[i]], v, length)
	}
	return nil
}

// ScopeSets returns the distinct scope sets of the entries, each sorted and without repetitions. They are shared with the index: do
// not change them.
func (ix *Index) ScopeSets() []record.ScopeSet {
	out := make([]record.ScopeSet, 0, len(ix.partIDs))
	for _, p := range ix.parts {
		if p != nil {
			out = append(out, p.scopes)
		}
	}
	return out
}

// Len returns the number of entries.
func (ix *Index) Len() int {
	return len(ix.byID)
}

// Dimension returns the length of the vectors; 0 without vectors.
func (ix *Index) Dimension() int {
	return ix.dim
}

// Stats are the sizes of an index. They count every row, so they are for the operator, never for a caller with narrower grants.
type Stats struct {
	Entries   int
	Closed    int // entries whose known time has ended
	Terms     int // distinct
	Postings  int
	Vectors   int
	Dimension int // length of the vectors; 0 without vectors
	ScopeSets int // distinct
}

// Stats returns the current sizes. Its cost is proportional to the number of distinct scope sets.
func (ix *Index) Stats() Stats {
	s := Stats{
		Entries: len(ix.byID), Terms: len(ix.vocab.ids), Postings: ix.vocab.postings,
		Vectors: ix.rows, Dimension: ix.dim, ScopeSets: len(ix.partIDs),
	}
	for _, p := range ix.parts {
		if p != nil {
			s.Closed += len(p.segments[1].docs)
		}
	}
	return s
}
