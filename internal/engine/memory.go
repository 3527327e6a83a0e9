package engine

import "github.com/tetratelabs/wazero/experimental"

// linearMemory is the memory of an instance. By default wazero grows it in steps of a quarter, and copies it each time; what
// a new instance needs for its first statements is reserved at once here.
type linearMemory struct {
	bytes []byte
	limit uint64
}

// reserved is what an instance comes to have with a store that has one Context, and room for the next.
const reserved = 12 << 20

var _ experimental.LinearMemory = (*linearMemory)(nil)

func allocate(_, limit uint64) experimental.LinearMemory { return &linearMemory{limit: limit} }

// Reallocate returns the memory with a new length.
func (m *linearMemory) Reallocate(size uint64) []byte {
	if size > uint64(cap(m.bytes)) {
		grown := make([]byte, size, min(max(reserved, size+size/4), m.limit))
		copy(grown, m.bytes)
		m.bytes = grown
	}
	m.bytes = m.bytes[:size]
	return m.bytes
}

// Free lets go of the memory.
func (m *linearMemory) Free() { m.bytes = nil }
