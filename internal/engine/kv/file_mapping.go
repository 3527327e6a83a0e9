package kv

import "math/bits"

// minMapping is the smallest size that bbolt maps a file in.
const minMapping = 1 << 15

// mappedSize returns the size in which bbolt maps a file of a given size: a power
// of two up to 1 GiB, a multiple of that beyond.
func mappedSize(size int64) int64 {
	const step = 1 << 30
	if size > step {
		return (size + step - 1) / step * step
	}
	return max(minMapping, powerOfTwo(size))
}

// powerOfTwo returns the smallest one that is not below n.
func powerOfTwo(n int64) int64 {
	if n <= 1 {
		return 1
	}
	return 1 << bits.Len64(uint64(n-1))
}
