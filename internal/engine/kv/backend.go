package kv

// Write is one change of a batch. A nil Value deletes the key; an empty one
// that is not nil stores an empty value.
type Write struct {
	Key, Value []byte
}

// Backend is what a storage medium must provide. All its methods may be called
// from several goroutines; [DB] makes one Apply at a time.
type Backend interface {
	// Snapshot returns a consistent view of the newest committed state, which
	// no later Apply changes. It must not cost more for more records. It fails
	// with [ErrClosed] after Close.
	Snapshot() (Snapshot, error)

	// Apply makes the batch the newest committed state: all of it or, with an
	// error, nothing. It is durable, as far as the medium can be, when Apply
	// returns, and every Snapshot taken from then on sees it. Keys are in
	// ascending order without repetition and within the limits; deleting a
	// key that is not there is no error. The backend may keep the slices.
	//
	// Apply must not wait for a snapshot to be released: the caller may hold
	// some for as long as it likes, in the goroutine that calls Apply. (A
	// memory-mapped file that has to be mapped anew when it grows is the case
	// to beware of.)
	Apply(batch []Write) error

	// Close ends the backend. The caller has released every snapshot. A second
	// Close does nothing.
	Close() error
}

// Snapshot is an immutable view of a backend. It is used by one goroutine at a
// time, not always the same one. The slices it returns must not be modified and
// are valid until Release.
type Snapshot interface {
	// Get returns the value of key and whether there is one. The value of a
	// key that is there is not nil.
	Get(key []byte) (value []byte, ok bool, err error)

	// Iterate walks the keys k with lo <= k < hi in the given direction. An
	// empty lo means from the first key, a nil hi to the last; an empty hi that
	// is not nil, and hi <= lo, are empty ranges. The bounds must not be
	// modified as long as the iterator is used. It ends with its snapshot.
	Iterate(lo, hi []byte, dir Direction) Iterator

	// Release ends the snapshot and what it keeps alive. It is called once.
	Release()
}

// Iterator is a position in a range of a snapshot. It reads a record when it is
// asked for one, never the range.
type Iterator interface {
	// Next moves to the next record and returns it. At the end of the range,
	// and from then on, the key is nil.
	Next() (key, value []byte, err error)
}
