package kv

import (
	"bytes"
	"fmt"
	"sync"
	"sync/atomic"
)

// memory is a backend without a medium: the newest committed state is the root
// of a copy-on-write tree, and a snapshot is a pointer to a root.
type memory struct {
	newest atomic.Pointer[tree] // nil after Close; a tree it points to is never changed

	// mu lets one Apply at a time derive a new tree from the newest; it is not
	// held by readers, who only load the pointer.
	mu sync.Mutex
}

var _ Backend = (*memory)(nil)

// NewMemory returns an empty backend that keeps its records in memory. A
// snapshot costs one allocation and keeps alive what was overwritten or deleted
// since, until it is released.
func NewMemory() Backend {
	m := &memory{}
	m.newest.Store(&tree{})
	return m
}

func (m *memory) Snapshot() (Snapshot, error) {
	t := m.newest.Load()
	if t == nil {
		return nil, fmt.Errorf("kv: memory snapshot: %w", ErrClosed)
	}
	return &memorySnapshot{tree: *t}, nil
}

func (m *memory) Apply(batch []Write) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	t := m.newest.Load()
	if t == nil {
		return fmt.Errorf("kv: memory apply: %w", ErrClosed)
	}
	next := &tree{root: t.root, edit: t.edit + 1}
	for _, w := range batch {
		if w.Value == nil {
			next.delete(w.Key)
		} else {
			next.put(record{w.Key, w.Value})
		}
	}
	m.newest.Store(next)
	return nil
}

func (m *memory) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.newest.Store(nil)
	return nil
}

type memorySnapshot struct {
	tree tree
}

func (s *memorySnapshot) Get(key []byte) ([]byte, bool, error) {
	value, ok := s.tree.get(key)
	return value, ok, nil
}

func (s *memorySnapshot) Iterate(lo, hi []byte, dir Direction) Iterator {
	it := &memoryIterator{lo: lo, hi: hi, dir: dir}
	switch {
	case dir == Forward:
		it.position.before(&s.tree, lo)
	case hi == nil:
		it.position.end(&s.tree)
	default:
		it.position.before(&s.tree, hi)
	}
	return it
}

func (s *memorySnapshot) Release() { s.tree = tree{} }

type memoryIterator struct {
	lo, hi   []byte
	dir      Direction
	done     bool
	position position
}

func (it *memoryIterator) Next() (key, value []byte, err error) {
	if it.done {
		return nil, nil, nil
	}
	var r record
	var ok bool
	if it.dir == Forward {
		r, ok = it.position.next()
		ok = ok && below(r.key, it.hi)
	} else {
		r, ok = it.position.previous()
		ok = ok && bytes.Compare(r.key, it.lo) >= 0
	}
	if !ok {
		it.done = true
		return nil, nil, nil
	}
	return r.key, r.value, nil
}

// below says whether key lies under the upper bound hi, where nil is none.
func below(key, hi []byte) bool { return hi == nil || bytes.Compare(key, hi) < 0 }
