package index

import "github.com/viterin/vek/vek32"

// slabRows is how many vectors one slab holds: 384 KiB at 384 dimensions, large enough to stream, small
// enough to share out between cores.
const slabRows = 256

// slabs stores the unit vectors of one partition segment densely: row i is at slab i/slabRows. Removing a row
// moves the last one into its place, so there is never a hole to skip or memory to compact.
type slabs struct {
	parts []slab
	docs  []uint32 // doc of each row
}

// slab holds up to slabRows vectors and, on processors that can use them, their codes.
type slab struct {
	data  []float32
	codes []int8
	rows  []codeRow
}

func newSlab(rows, dim int) slab {
	s := slab{data: make([]float32, rows*dim)}
	if coded() {
		s.codes, s.rows = make([]int8, rows*codeStride(dim)), make([]codeRow, rows)
	}
	return s
}

// vector returns the vector at place i of the slab.
func (s *slab) vector(i, dim int) []float32 { return s.data[i*dim : (i+1)*dim : (i+1)*dim] }

// code returns the codes at place i of the slab; stride is their number with the padding.
func (s *slab) code(i, stride int) []int8 { return s.codes[i*stride : (i+1)*stride] }

// set stores v, which has the given length in space, scaled to length one.
func (s *slab) set(i int, v []float32, length float64) {
	unit := s.vector(i, len(v))
	scale(unit, v, length)
	if s.codes != nil {
		s.rows[i] = encode(s.code(i, codeStride(len(v))), unit)
	}
}

// row returns the vector of row i.
func (s *slabs) row(i, dim int) []float32 { return s.parts[i/slabRows].vector(i%slabRows, dim) }

// set replaces the vector of row i by v, which has the given length in space.
func (s *slabs) set(i int, v []float32, length float64) {
	s.parts[i/slabRows].set(i%slabRows, v, length)
}

// add appends v, which belongs to doc and has the given length in space, and returns its row.
func (s *slabs) add(doc uint32, v []float32, length float64) int {
	n, dim := len(s.docs), len(v)
	part, in := n/slabRows, n%slabRows
	switch {
	case part == len(s.parts):
		rows := slabRows
		if part == 0 {
			rows = 1 // most scope sets hold few rows: the first slab grows by doubling
		}
		s.parts = append(s.parts, newSlab(rows, dim))
	case in*dim == len(s.parts[part].data):
		old := s.parts[part]
		grown := newSlab(min(2*in, slabRows), dim)
		copy(grown.data, old.data)
		copy(grown.codes, old.codes)
		copy(grown.rows, old.rows)
		s.parts[part] = grown
	}
	s.docs = append(s.docs, doc)
	s.set(n, v, length)
	return n
}

// remove drops row i. When another row took its place it returns that row's doc and true.
func (s *slabs) remove(i, dim int) (moved uint32, ok bool) {
	last := len(s.docs) - 1
	if i != last {
		s.set(i, s.row(last, dim), 1)
		moved, ok = s.docs[last], true
		s.docs[i] = moved
	}
	s.docs = s.docs[:last]
	// One spare slab stays, so that a row that comes and goes does not allocate every time.
	keep := (last+slabRows-1)/slabRows + 1
	if last == 0 {
		keep = 0
	}
	if len(s.parts) > keep {
		clear(s.parts[keep:])
		s.parts = s.parts[:keep]
	}
	return moved, ok
}

// dotProduct picks the dot product for this processor. Where vek has no vector instructions its loop waits
// for one addition after the other, and dotLoop is several times faster.
func dotProduct() func(x, y []float32) float32 {
	if vek32.Info().Acceleration {
		return vek32.Dot
	}
	return dotLoop
}

// dotLoop is the dot product of two slices of the same length with eight independent sums.
func dotLoop(x, y []float32) float32 {
	var s0, s1, s2, s3, s4, s5, s6, s7 float32
	for len(x) >= 8 && len(y) >= 8 {
		s0 += x[0] * y[0]
		s1 += x[1] * y[1]
		s2 += x[2] * y[2]
		s3 += x[3] * y[3]
		s4 += x[4] * y[4]
		s5 += x[5] * y[5]
		s6 += x[6] * y[6]
		s7 += x[7] * y[7]
		x, y = x[8:], y[8:]
	}
	for i := range x {
		s0 += x[i] * y[i]
	}
	return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7))
}
