package kv

import (
	"context"
	"fmt"
	"io"
)

// backupChunk is the number of bytes that Backup reads and writes at a time.
const backupChunk = 256 << 10

// Backup writes a copy of the newest committed state to w and returns the number
// of bytes written. They are a file that [OpenFile] opens. The store can be used
// meanwhile; commits after the beginning are not in the copy, and what they free is
// not used again before its end.
//
// The state is checked as by OpenFile first, so that a damaged one is not copied
// over a good backup: the error is [ErrDamaged] then, and nothing was written.
// What was deleted is not in the copy. It ends early, with an error, when ctx ends,
// when w fails and when the file is closed. With [ErrMoved] the copy is whole, but the
// file is not at its place any more.
func (f *File) Backup(ctx context.Context, w io.Writer) (int64, error) {
	v, err := f.acquire()
	if err != nil {
		return 0, f.wrap("backup", err)
	}
	defer f.release(v)
	n, err := f.backup(ctx, v, w)
	if err == nil {
		if err = f.Present(); err != nil {
			err = fmt.Errorf("the copy is whole: %w", err)
		}
	}
	return n, f.wrap("backup", err)
}

// Present returns [ErrMoved] when the file is not what its name stands for any more,
// and [ErrDamaged] when a part of it is gone. It may be called after Close.
func (f *File) Present() error {
	f.writing.Lock()
	defer f.writing.Unlock()
	return f.present()
}

func (f *File) backup(ctx context.Context, v *view, w io.Writer) (written int64, err error) {
	pageSize := int64(v.medium.db.Info().PageSize)
	m := meta{
		pageSize: uint64(pageSize),
		root:     uint64(v.tx.Cursor().Bucket().Root()),
		pages:    uint64(v.tx.Size() / pageSize),
		tx:       uint64(v.tx.ID()),
		freelist: noFreelist,
	}
	found, err := check(ctx, v.medium.disk, m)
	if err != nil {
		return 0, err
	}
	older := m // The same state, where the one before belongs.
	older.tx--
	metas := append(m.encode(), older.encode()...)
	if m.tx%2 != 0 {
		metas = append(older.encode(), m.encode()...)
	}
	if written, err = writeAll(w, metas); err != nil {
		return written, err
	}
	size := int64(m.pages) * pageSize
	chunk := make([]byte, max(backupChunk, pageSize))
	for at := firstPage * pageSize; at < size; {
		if err := ctx.Err(); err != nil {
			return written, err
		}
		if f.closed.Load() {
			return written, ErrClosed
		}
		b := chunk[:min(int64(len(chunk)), size-at)]
		if err := readFull(v.medium.disk, b, at); err != nil {
			return written, err
		}
		for i := int64(0); i < int64(len(b)); i += pageSize {
			if !found.used.has(uint64((at + i) / pageSize)) {
				clear(b[i : i+pageSize])
			}
		}
		n, err := writeAll(w, b)
		written += n
		if err != nil {
			return written, err
		}
		at += int64(len(b))
	}
	return written, nil
}

func writeAll(w io.Writer, b []byte) (int64, error) {
	n, err := w.Write(b)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	return int64(n), err
}
