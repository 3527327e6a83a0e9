package kv

import (
	"fmt"
	"sync"
)

// maxLogSize bounds the log of committed keys in bytes. Only a transaction that
// stays open across this many of other transactions' writes ever notices: it
// can no longer be checked, and its commit conflicts.
const maxLogSize = 64 << 20

// DB runs transactions over a backend. It is safe for concurrent use.
//
// Every transaction has to be ended, with Commit or Rollback. An open one keeps
// alive its snapshot (in memory: what was overwritten or deleted since) and, if
// it may write, the keys of every commit since it began, up to a limit beyond
// which its own commit conflicts. One that is dropped without having been ended
// is rolled back when the garbage collector finds it. [DB.Live] counts them.
type DB struct {
	backend  Backend
	logLimit int

	// committing makes one transaction at a time check for conflicts and
	// apply, so that nothing is committed between the two. It is apart from mu
	// so that others may begin, read and end meanwhile: Apply waits for a disk.
	//
	// Locks are taken in the order session.mu, committing, mu.
	committing sync.Mutex

	// mu guards what follows; it is held for a few instructions only.
	mu      sync.Mutex
	closed  bool
	version uint64 // number of commits
	live    [2]sessionList
	log     commitLog // appended to under committing as well

	closing  sync.Once
	closeErr error
}

// New returns a database over a backend, which it owns from now on.
func New(b Backend) *DB {
	return &DB{backend: b, logLimit: maxLogSize}
}

// Begin starts a transaction on the newest committed state: it sees every
// commit that returned before, whole, and none that begins later. The cost does
// not depend on the number of records. It fails with [ErrClosed] after Close.
func (db *DB) Begin(mode Mode) (*Tx, error) {
	if mode != ReadWrite {
		mode = ReadOnly
	}
	s := &session{db: db, mode: mode}
	s.mu.Lock() // Close may find the session before it has its snapshot.
	defer s.mu.Unlock()
	if !db.enlist(s) {
		return nil, fmt.Errorf("kv: begin: %w", ErrClosed)
	}
	// The version was read first. If a commit comes between, the snapshot is
	// newer than the version says, and that commit can only be held against
	// the transaction needlessly; the other way round it would be missed.
	snapshot, err := db.backend.Snapshot()
	if err != nil {
		s.ended = true
		db.delist(s)
		return nil, fmt.Errorf("kv: begin: %w", err)
	}
	s.snapshot = snapshot
	return newTx(s), nil
}

// Live returns the number of transactions that have begun and not ended.
func (db *DB) Live() int {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.live[ReadOnly].count + db.live[ReadWrite].count
}

// Close rolls back the transactions that are still open, whose methods fail
// with [ErrClosed] from then on, waits for a commit under way, and closes the
// backend. Slices read in those transactions become invalid. It may be called
// repeatedly and on nil; every call returns what closing the backend returned.
func (db *DB) Close() error {
	if db == nil {
		return nil
	}
	db.closing.Do(func() {
		for _, s := range db.refuse() {
			s.abandon()
		}
		if err := db.backend.Close(); err != nil {
			db.closeErr = fmt.Errorf("kv: close: %w", err)
		}
	})
	return db.closeErr
}

// refuse lets no further transaction begin and returns those that are open.
func (db *DB) refuse() []*session {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.closed = true
	var open []*session
	for _, list := range db.live {
		for s := list.oldest; s != nil; s = s.newer {
			open = append(open, s)
		}
	}
	return open
}

// enlist registers a session at the present version, unless db is closed. From
// then on the log keeps what the session has to be checked against.
func (db *DB) enlist(s *session) bool {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.closed {
		return false
	}
	s.version = db.version
	db.live[s.mode].add(s)
	return true
}

// delist forgets an enlisted session and what the log kept for its sake.
func (db *DB) delist(s *session) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.live[s.mode].remove(s)
	if oldest := db.live[ReadWrite].oldest; oldest != nil {
		db.log.prune(oldest.version)
	} else {
		db.log.prune(db.version)
	}
}

// commit checks a session that has writes against the commits since it began
// and applies them. It releases the session's snapshot, whatever comes of it.
func (db *DB) commit(s *session) error {
	db.committing.Lock()
	defer db.committing.Unlock()
	conflict := s.conflicts(db.since(s.version))
	// A medium may have to keep what a snapshot shows apart from what Apply
	// writes. The transaction's own is not needed any more.
	s.release()
	if conflict {
		return ErrConflict
	}
	batch := s.batch()
	if err := db.backend.Apply(batch); err != nil {
		return err
	}
	db.committed(batch)
	return nil
}

// since returns the commits after a version at which a live session began, and
// false if not all of them are known any more.
func (db *DB) since(version uint64) ([]commitEntry, bool) {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.log.since(version)
}

// committed counts a commit and logs its keys if a transaction that is to be
// checked against them is open, besides the one that commits.
func (db *DB) committed(batch []Write) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.version++
	if db.live[ReadWrite].count > 1 {
		db.log.add(db.version, batch, db.logLimit)
	}
}

// sessionList holds sessions in the order in which they began.
type sessionList struct {
	oldest, newest *session
	count          int
}

func (l *sessionList) add(s *session) {
	s.older = l.newest
	if l.newest == nil {
		l.oldest = s
	} else {
		l.newest.newer = s
	}
	l.newest = s
	l.count++
}

func (l *sessionList) remove(s *session) {
	if s.older == nil {
		l.oldest = s.newer
	} else {
		s.older.newer = s.newer
	}
	if s.newer == nil {
		l.newest = s.older
	} else {
		s.newer.older = s.older
	}
	s.older, s.newer = nil, nil
	l.count--
}
