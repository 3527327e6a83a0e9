package kv

import (
	"bytes"
	"cmp"
	"slices"
)

// commitLog holds the keys that recent commits wrote, oldest first. It reaches
// back to the oldest open transaction that may write, unless its limit forced
// older entries out.
type commitLog struct {
	entries []commitEntry
	size    int
	// floor is the newest version that the limit forced out. A transaction
	// that began before it cannot be checked.
	floor uint64
}

type commitEntry struct {
	version uint64
	keys    [][]byte
	size    int
}

// add appends a commit and drops the oldest entries as long as the log is over
// the limit, in bytes.
func (l *commitLog) add(version uint64, batch []Write, limit int) {
	const perEntry, perKey = 64, 24
	e := commitEntry{version: version, keys: make([][]byte, len(batch)), size: perEntry}
	for i, w := range batch {
		e.keys[i] = w.Key
		e.size += perKey + len(w.Key)
	}
	l.entries = append(l.entries, e)
	l.size += e.size
	n, excess := 0, l.size-limit
	for ; excess > 0; n++ {
		excess -= l.entries[n].size
		l.floor = l.entries[n].version
	}
	l.drop(n)
}

// prune forgets the commits up to and including a version.
func (l *commitLog) prune(version uint64) {
	n := 0
	for n < len(l.entries) && l.entries[n].version <= version {
		n++
	}
	l.drop(n)
}

// drop forgets the n oldest entries. The array they were in is given up when
// append outgrows it, or when nothing is left.
func (l *commitLog) drop(n int) {
	for i := range l.entries[:n] {
		l.size -= l.entries[i].size
		l.entries[i] = commitEntry{}
	}
	if l.entries = l.entries[n:]; len(l.entries) == 0 {
		l.entries = nil
	}
}

// since returns the commits after a version, and false if some are forgotten.
// The caller may read them without a lock as long as nothing is added and a
// session of that version is live: neither add nor prune then changes them.
func (l *commitLog) since(version uint64) ([]commitEntry, bool) {
	if version < l.floor {
		return nil, false
	}
	i, _ := slices.BinarySearchFunc(l.entries, version+1, func(e commitEntry, v uint64) int {
		return cmp.Compare(e.version, v)
	})
	return l.entries[i:], true
}

// reads is what a transaction has read: keys one by one, in the order of the
// reads and with repetitions, and parts of ranges. Recording is an append;
// order is made only for a commit that has something to be checked against.
type reads struct {
	keys  []byte // the keys, end to end
	ends  []int  // where each of them ends
	spans []span
}

// span is the set of keys k with lo <= k < hi, where a nil hi is no bound.
type span struct {
	lo, hi []byte
}

func (r *reads) addKey(key []byte) {
	r.keys = append(r.keys, key...)
	r.ends = append(r.ends, len(r.keys))
}

// footprint answers quickly whether a key is among those read.
type footprint struct {
	keys  [][]byte // ascending
	spans []span   // ascending, disjoint
}

// footprint orders the reads together with spans not recorded among them.
func (r *reads) footprint(open []span) footprint {
	f := footprint{keys: make([][]byte, len(r.ends))}
	start := 0
	for i, end := range r.ends {
		f.keys[i] = r.keys[start:end]
		start = end
	}
	slices.SortFunc(f.keys, bytes.Compare)
	spans := slices.Concat(r.spans, open)
	slices.SortFunc(spans, func(a, b span) int { return bytes.Compare(a.lo, b.lo) })
	for _, s := range spans {
		last := len(f.spans) - 1
		if last < 0 || f.spans[last].hi != nil && bytes.Compare(f.spans[last].hi, s.lo) < 0 {
			f.spans = append(f.spans, s)
		} else if hi := &f.spans[last].hi; *hi != nil && (s.hi == nil || bytes.Compare(*hi, s.hi) < 0) {
			*hi = s.hi
		}
	}
	return f
}

func (f *footprint) contains(key []byte) bool {
	if _, ok := slices.BinarySearchFunc(f.keys, key, bytes.Compare); ok {
		return true
	}
	// Of the disjoint spans only the last that begins at key or before it can
	// hold the key.
	i, _ := slices.BinarySearchFunc(f.spans, key, func(s span, key []byte) int {
		if bytes.Compare(s.lo, key) <= 0 {
			return -1
		}
		return 1
	})
	return i > 0 && below(key, f.spans[i-1].hi)
}

// conflicts says whether one of the given commits wrote what the session read
// or wrote. Commits that are not all known count as a conflict.
func (s *session) conflicts(commits []commitEntry, known bool) bool {
	if !known {
		return true
	}
	if len(commits) == 0 {
		return false
	}
	var open []span
	for _, c := range s.scans {
		if walked, ok := c.walked(); ok {
			open = append(open, walked)
		}
	}
	read := s.reads.footprint(open)
	for _, c := range commits {
		for _, key := range c.keys {
			if _, wrote := s.writes.get(key); wrote || read.contains(key) {
				return true
			}
		}
	}
	return false
}
