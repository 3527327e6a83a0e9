// Package kv is an ordered key-value store with serialisable snapshot
// transactions. It is what lies under the database engine's storage calls.
//
// Three layers, each with its own rules:
//
//   - A [Backend] keeps the records: it hands out immutable snapshots of the
//     newest committed state and applies one batch of writes at a time, whole
//     or not at all. [NewMemory] is the backend in memory, [OpenFile] the one
//     on disk.
//   - A [DB] adds transactions to a backend: who began before whom, which
//     commits overlap, and which of them may stand.
//   - A [Tx] reads one snapshot and its own buffered writes; a [Cursor] walks
//     both in order without reading ahead.
//
// # Isolation
//
// The first committer wins. A transaction's snapshot is taken in [DB.Begin].
// [Tx.Commit] of a transaction that has writes fails with [ErrConflict], and
// applies nothing, if a transaction that committed after that snapshot wrote a
// key that this one read or wrote. Read are: every key asked for with Get or
// Has and not answered by the transaction's own writes, present or not; every
// key of the part of a range that a cursor has walked, from where it started up
// to and including the record it stands on, or the whole range once it has
// reported the end; the whole range given to DeleteRange. Committed histories
// are therefore serialisable, in the order of their commits. A transaction
// without writes never conflicts: it belongs at the moment of its snapshot.
//
// # Who owns which slice
//
// The store copies every key, value and bound that it is given and keeps none
// of the caller's slices. Slices that it returns belong to it: they must not be
// modified, and are valid until the transaction they came from ends.
package kv

import (
	"errors"
	"fmt"
)

// Limits of one record and one transaction, in bytes. The limit for keys is
// that of the file format.
const (
	MaxKeySize   = 32768
	MaxValueSize = 64 << 20
	// MaxTxSize bounds the keys and values that one transaction buffers.
	MaxTxSize = 1 << 30
)

// Errors of this package. They arrive wrapped; match them with [errors.Is].
var (
	// ErrConflict says that another transaction committed first. Nothing was
	// applied; running the transaction again from Begin may succeed.
	ErrConflict = errors.New("conflict with a newer commit")
	// ErrClosed says that the transaction, the database or the backend has
	// ended.
	ErrClosed = errors.New("closed")
	// ErrReadOnly refuses a write in a read-only transaction.
	ErrReadOnly = errors.New("transaction is read-only")
	// ErrEmptyKey refuses a key of no bytes.
	ErrEmptyKey = errors.New("empty key")
	// ErrTooLarge refuses a key, a value or a transaction beyond its limit.
	ErrTooLarge = errors.New("too large")

	// ErrInUse says that another process, or another [File] of this one, has
	// the file open.
	ErrInUse = errors.New("in use by another process, or opened twice in this one")
	// ErrForeign says that the file was not written by this package.
	ErrForeign = errors.New("not a store of this library")
	// ErrDamaged says that the file does not hold what was written to it. The
	// way back is a copy of it.
	ErrDamaged = errors.New("the store is damaged, restore a backup")
	// ErrNewerFormat says that the file was written by a later version of this
	// package, in a format that this one does not know.
	ErrNewerFormat = errors.New("written in a newer format, use a newer version of this library")
	// ErrMedium says that the medium failed: it is full, or it cannot be read
	// or written. What the operating system said is in the chain as well.
	ErrMedium = errors.New("the storage medium failed")
	// ErrMoved says that the file is not at the place any more where it was opened:
	// what is written to it would be lost. It is an [ErrMedium].
	ErrMoved = fmt.Errorf("put it back, or open the store again: %w", ErrMedium)
	// ErrUnsupported says that it cannot be done on this system.
	ErrUnsupported = errors.ErrUnsupported
)

// Mode says what a transaction may do.
type Mode uint8

const (
	// ReadOnly transactions cannot write and never conflict.
	ReadOnly Mode = iota
	// ReadWrite transactions remember what they read, so that their commit can
	// be checked.
	ReadWrite
)

// Direction is the order in which a range is walked.
type Direction uint8

const (
	// Forward walks from the smallest key to the largest.
	Forward Direction = iota
	// Backward walks from the largest key to the smallest.
	Backward
)
