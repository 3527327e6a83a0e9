package index

import "math"

// Codes are the vectors in 8 bits per component. A scan over codes reads a quarter of the memory, and
// memory is what an exact scan waits for. It stays exact: each code comes with the length of what rounding
// cut off, so a row whose cosine cannot reach the worst candidate is known without reading its vector, and
// all others are compared in full.
const (
	codeLevels  = 127  // codes are -127 to 127
	queryLevels = 4095 // the query is finer; 4095*127*MaxDimension still fits 32 bits
	codeBlock   = 32   // rows are padded with zeros to a multiple of it

	// slack is what single precision can be wrong by in a cosine, taken generously: the largest sum of
	// rounding errors over MaxDimension components of unit vectors is far smaller.
	slack = 1e-5
)

// codeRow says how to read a row of codes: component = scale * code, up to a difference whose Euclidean
// length is at most lost.
type codeRow struct{ scale, lost float32 }

func codeStride(dim int) int { return (dim + codeBlock - 1) / codeBlock * codeBlock }

// encode writes the codes of a unit vector to dst, which is longer by the padding.
func encode(dst []int8, v []float32) codeRow {
	clear(dst)
	scale := maxAbs(v) / codeLevels
	if scale == 0 {
		return codeRow{}
	}
	var lost float32
	for i, x := range v {
		c := nearest(x / scale)
		dst[i] = int8(c)
		d := x - float32(c)*scale
		lost += d * d
	}
	return codeRow{scale, float32(math.Sqrt(float64(lost)))}
}

// nearest rounds to the nearest integer. It is what writing a vector spends its time on; math.Round costs
// several times as much.
func nearest(x float32) int32 {
	const sign, half = 1 << 31, 0x3f00_0000 // the bits of 0.5
	// Signs are random: a branch on them would be guessed wrongly half of the time.
	return int32(x + math.Float32frombits(math.Float32bits(x)&sign|half))
}

// codedQuery is a query vector of length one in 16 bits per component.
type codedQuery struct {
	codes []int16
	codeRow
}

func (q *codedQuery) set(v []float32) {
	n := codeStride(len(v))
	if cap(q.codes) < n {
		q.codes = make([]int16, n)
	}
	q.codes = q.codes[:n]
	clear(q.codes)
	q.scale = maxAbs(v) / queryLevels
	var lost float32
	for i, x := range v {
		c := nearest(x / q.scale)
		q.codes[i] = int16(c)
		d := x - float32(c)*q.scale
		lost += d * d
	}
	q.lost = float32(math.Sqrt(float64(lost)))
}

// between returns bounds of the dot product of the query and the vector of a row of codes. With q = q'+a and
// v = v'+b, where q' and v' are what the codes say, q·v = q'·v' + q'·b + a·v, and by Cauchy and Schwarz the
// last two are at most |q'||b| + |a||v|, with |q'| at most 1+|a| and |v| at most 1 but for rounding.
func (q *codedQuery) between(codes []int8, row codeRow) (least, most float32) {
	dot := float32(dotCodes(&q.codes[0], &codes[0], len(codes))) * (q.scale * row.scale)
	off := (1+q.lost)*row.lost + q.lost + slack
	return dot - off, dot + off
}

// prefilter keeps the rows that may be among the best so far, judged by their bounds alone. A row is dropped once enough other rows
// certainly score more.
type prefilter struct {
	size  int
	least []float32 // heap of the largest lower bounds, the smallest of them at the root
	kept  []sifted
}

// sifted is a row that passed, with its upper bound.
type sifted struct {
	vectors *slabs
	row     int
	most    float32
}

func (s *prefilter) reset(size int) { s.size, s.least, s.kept = size, s.least[:0], s.kept[:0] }

// floor is the score that a row has to reach.
func (s *prefilter) floor() float32 {
	if len(s.least) < s.size {
		return 0
	}
	return s.least[0]
}

func (s *prefilter) offer(row sifted, least float32) {
	floor := s.floor()
	if row.most < floor {
		return
	}
	s.kept = append(s.kept, row)
	h := s.least
	if len(h) < s.size {
		h = append(h, least)
		for i := len(h) - 1; i > 0 && h[(i-1)/2] > h[i]; i = (i - 1) / 2 {
			h[i], h[(i-1)/2] = h[(i-1)/2], h[i]
		}
		s.least = h
		return
	}
	if least <= floor {
		return
	}
	i := 0
	for {
		next := 2*i + 1
		if next+1 < len(h) && h[next+1] < h[next] {
			next++
		}
		if next >= len(h) || h[next] >= least {
			break
		}
		h[i] = h[next]
		i = next
	}
	h[i] = least
}

// maxAbs returns the largest magnitude in v, which holds no NaN. Without their signs, numbers are in the order of their
// bits.
func maxAbs(v []float32) float32 {
	var m uint32
	for _, x := range v {
		m = max(m, math.Float32bits(x)&^(1<<31))
	}
	return math.Float32frombits(m)
}
