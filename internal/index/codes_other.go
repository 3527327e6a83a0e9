//go:build !amd64

package index

import "unsafe"

// coded reports that codes are not used on this platform, which has no vector instructions for them here:
// vectors are compared one by one.
func coded() bool { return false }

// dotCodes is the dot product of n 16-bit and n 8-bit integers.
func dotCodes(query *int16, codes *int8, n int) int32 {
	var sum int32
	q, c := unsafe.Slice(query, n), unsafe.Slice(codes, n)
	for i := range q {
		sum += int32(q[i]) * int32(c[i])
	}
	return sum
}

func mark(scores *[windowSize]float64, least float64, marks *[windowSize / 64]uint64) {
	markLoop(scores, least, marks)
}
