package engine

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/surreal"
)

// What is done here goes past the module, to the records that it keeps. Their form is that of this build, which is pinned.
//
//	/!ns NAME 0                   a namespace: its number, …
//	/* NAMESPACE !db NAME 0       a database: its namespace's number, its own, …
//	/* NAMESPACE * DATABASE …     what is in a database: the numbers are 32 bits, big-endian
//	     !fn !tb !th !ti              functions, tables, and the numbers given to tables
//	     * TABLE 0 !…                 what belongs to a table: fields, events, indexes, and the numbers given to those
//	     * TABLE 0 * KEY              a row
//
// Of the values only a table's has the numbers of its namespace and its database in it.

// template is what statements have made of an empty database.
type template []piece

// piece is a record of it: the key after the prefix of the database, and the value, of a table without the part in front.
type piece struct {
	key, value []byte
	table      bool
}

var tableMark = []byte("!tb")

// movable lists the kinds of records that may be put into another database.
var movable = [][]byte{[]byte("!fn"), tableMark, []byte("!th"), []byte("!ti")}

// movableOfTable lists those that belong to a table.
var movableOfTable = [][]byte{
	[]byte("!ev"), []byte("!fd"), []byte("!ix"), []byte("!il"), []byte("!ih"), []byte("!is"), []byte("*"),
}

// Define runs statements that fill the session's database, which is empty and used by nobody else. What they have made of it is
// kept with the compiled module: it is copied, in one commit, when the same statements are to fill another database, in any store.
// Then copied is true, and what was made of vars is as it was made of those of the first time.
func (s *Session) Define(ctx context.Context, sql string, vars map[string]any) (copied bool, err error) {
	known := s.engine.module.template(sql)
	fresh := false
	// When it cannot be copied the statements say why, or do without.
	if known != nil {
		if err := s.within(ctx, kv.ReadWrite, known.put); err == nil {
			return true, nil
		}
	} else {
		fresh = s.within(ctx, kv.ReadOnly, empty) == nil
	}
	if _, err := s.Query(ctx, sql, vars); err != nil {
		return false, err
	}
	if !fresh {
		return false, nil
	}
	var made template
	if err := s.within(ctx, kv.ReadOnly, made.take); err == nil {
		s.engine.module.keep(sql, made)
	}
	return false, nil
}

// Empty removes up to limit records from the session's database, whatever they are, or some MiB of them if that is less, in one
// commit. It reports whether some are left. No statement can use the database meanwhile. surreal.ErrConflict: one did.
func (s *Session) Empty(ctx context.Context, limit int) (left bool, err error) {
	err = s.within(ctx, kv.ReadWrite, func(tx *kv.Tx, at numbers) (err error) {
		left, err = at.empty(tx, limit)
		return err
	})
	if errors.Is(err, errNoDatabase) {
		return false, nil
	}
	return left, err
}

var (
	errNoDatabase = errors.New("engine: the database does not exist")
	errFilled     = errors.New("engine: the database is not empty")
	errForm       = errors.New("engine: a record has an unknown form")
)

// numbers are those that the module has given a namespace and a database.
type numbers struct{ namespace, database uint32 }

// within runs f in a transaction of the storage, with the numbers of the session's database, and commits it.
func (s *Session) within(ctx context.Context, mode kv.Mode, f func(*kv.Tx, numbers) error) error {
	if s.closed.Load() {
		return fmt.Errorf("%w: the session", ErrClosed)
	}
	if err := s.lock(ctx); err != nil {
		return err
	}
	selected := s.database
	s.unlock()
	if len(selected) != 2 {
		return errNoDatabase
	}
	tx, err := s.engine.db.Begin(mode)
	if err != nil {
		return storageError(err)
	}
	defer tx.Rollback()
	at, err := find(tx, fmt.Sprint(selected[0]), fmt.Sprint(selected[1]))
	if err == nil {
		err = f(tx, at)
	}
	if err == nil {
		err = tx.Commit()
	}
	return storageError(err)
}

func storageError(err error) error {
	switch {
	case err == nil, errors.Is(err, errNoDatabase), errors.Is(err, errFilled), errors.Is(err, errForm):
		return err
	case errors.Is(err, kv.ErrConflict):
		return fmt.Errorf("engine: %w: %w", surreal.ErrConflict, err)
	case errors.Is(err, kv.ErrClosed):
		return fmt.Errorf("%w: %w", ErrClosed, err)
	}
	return fmt.Errorf("%w: %w", ErrStorage, err)
}

// find looks a database up by its names.
func find(tx *kv.Tx, namespace, database string) (at numbers, err error) {
	value, ok, err := tx.Get([]byte("/!ns" + namespace + "\x00"))
	if err != nil || !ok {
		return at, errors.Join(err, missingUnless(ok))
	}
	if at.namespace, _, err = readNumber(value, 1); err != nil {
		return at, err
	}
	key := append(binary.BigEndian.AppendUint32([]byte("/*"), at.namespace), "!db"+database+"\x00"...)
	value, ok, err = tx.Get(key)
	if err != nil || !ok {
		return at, errors.Join(err, missingUnless(ok))
	}
	found, rest, err := readNumber(value, 1)
	if err == nil && found != at.namespace {
		err = errForm
	}
	if err == nil {
		at.database, _, err = readNumber(value, rest)
	}
	return at, err
}

func missingUnless(there bool) error {
	if there {
		return nil
	}
	return errNoDatabase
}

// prefix begins the keys of all that is in the database.
func (n numbers) prefix() []byte {
	p := binary.BigEndian.AppendUint32([]byte("/*"), n.namespace)
	return binary.BigEndian.AppendUint32(append(p, '*'), n.database)
}

// bounds are those of these keys. The numbers are counted up from nothing: the last one is not reached.
func (n numbers) bounds() (lo, hi []byte) {
	next := n
	next.database++
	return n.prefix(), next.prefix()
}

// empty returns an error unless there is nothing in the database.
func empty(tx *kv.Tx, at numbers) error {
	lo, hi := at.bounds()
	c := tx.Cursor(lo, hi, kv.Forward)
	defer c.Close()
	if c.Next() {
		return errFilled
	}
	return c.Err()
}

// bytesRemoved is how large what one commit removes may be, more than one record of it.
const bytesRemoved = 16 << 20

func (n numbers) empty(tx *kv.Tx, limit int) (left bool, err error) {
	lo, hi := n.bounds()
	c := tx.Cursor(lo, hi, kv.Forward)
	defer c.Close()
	for size := 0; c.Next(); limit-- {
		if size += len(c.Value()); limit == 0 || size > bytesRemoved && size > len(c.Value()) {
			return true, nil
		}
		if err := tx.Delete(c.Key()); err != nil {
			return false, err
		}
	}
	return false, c.Err()
}

// take reads the template that a database makes.
func (t *template) take(tx *kv.Tx, at numbers) error {
	lo, hi := at.bounds()
	c := tx.Cursor(lo, hi, kv.Forward)
	defer c.Close()
	for c.Next() {
		p := piece{key: bytes.Clone(c.Key()[len(lo):]), value: bytes.Clone(c.Value())}
		if !p.moves() {
			return fmt.Errorf("%w: %q", errForm, p.key)
		}
		if p.table = bytes.HasPrefix(p.key, tableMark); p.table {
			front := at.front()
			if !bytes.HasPrefix(p.value, front) {
				return fmt.Errorf("%w: %q", errForm, p.key)
			}
			p.value = p.value[len(front):]
		}
		*t = append(*t, p)
	}
	return c.Err()
}

// moves reports whether the record may be put into another database.
func (p piece) moves() bool {
	kinds, key := movable, p.key
	if rest, ok := bytes.CutPrefix(key, []byte("*")); ok {
		if _, key, ok = bytes.Cut(rest, []byte{0}); !ok {
			return false
		}
		kinds = movableOfTable
	}
	return slices.ContainsFunc(kinds, func(kind []byte) bool { return bytes.HasPrefix(key, kind) })
}

// put fills a database, which must be empty.
func (t template) put(tx *kv.Tx, at numbers) error {
	if err := empty(tx, at); err != nil {
		return err
	}
	prefix, front := at.prefix(), at.front()
	for _, p := range t {
		value := p.value
		if p.table {
			value = slices.Concat(front, value)
		}
		if err := tx.Put(slices.Concat(prefix, p.key), value); err != nil {
			return err
		}
	}
	return nil
}

// front is what the value of a table begins with: a revision, and the numbers of its namespace and its database.
func (n numbers) front() []byte {
	return appendNumber(appendNumber([]byte{1}, n.namespace), n.database)
}

// Numbers in values are one byte, or a mark and as many bytes as they need, little-endian.
const (
	twoBytes  = 251
	fourBytes = 252
)

func appendNumber(b []byte, n uint32) []byte {
	switch {
	case n < twoBytes:
		return append(b, byte(n))
	case n < 1<<16:
		return binary.LittleEndian.AppendUint16(append(b, twoBytes), uint16(n))
	}
	return binary.LittleEndian.AppendUint32(append(b, fourBytes), n)
}

// readNumber reads the number at a position, and returns the position after it.
func readNumber(b []byte, at int) (n uint32, next int, err error) {
	switch {
	case at < len(b) && b[at] < twoBytes:
		return uint32(b[at]), at + 1, nil
	case at+3 <= len(b) && b[at] == twoBytes:
		return uint32(binary.LittleEndian.Uint16(b[at+1:])), at + 3, nil
	case at+5 <= len(b) && b[at] == fourBytes:
		return binary.LittleEndian.Uint32(b[at+1:]), at + 5, nil
	}
	return 0, 0, errForm
}
