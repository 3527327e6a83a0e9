package kv

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
)

// Erase begins an erasure: what is deleted from now on, and what was before, is in
// no byte of the file once finish has returned without an error. Deleting alone
// leaves it in pages that are free until they are written to again. finish is
// called once the deletions have been committed, also when they failed; a second
// call does nothing.
//
// finish waits for snapshots that are older than the deletions, until ctx ends, and
// overwrites all that is free with zeros: it takes time in proportion to the number
// of pages and to how many of them have become free since the last time. Commits wait
// for it, reads do not. When nothing was committed since Erase, it does nothing.
//
// The first commit after Erase says in the file that an erasure is not finished. After
// a crash, and when finish has failed, the next erasure finishes it, and so does
// [OpenFile].
func (f *File) Erase() (finish func(context.Context) error) {
	f.mu.Lock()
	f.erasing++
	f.mu.Unlock()
	var once sync.Once
	return func(ctx context.Context) (err error) {
		once.Do(func() { err = f.wrap("erase", f.erase(ctx)) })
		return err
	}
}

func (f *File) erase(ctx context.Context) error {
	defer func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.erasing--
	}()
	unlock, err := f.maintain(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	f.writing.Lock()
	marked := f.marked
	f.writing.Unlock()
	if !marked {
		return nil
	}
	return f.finishErasing(ctx, 1)
}

// maintain lets the caller alone erase or compact.
func (f *File) maintain(ctx context.Context) (unlock func(), err error) {
	select {
	case f.upkeep <- struct{}{}:
		return func() { <-f.upkeep }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// erases says whether an erasure has begun and not ended.
func (f *File) erases() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.erasing > 0
}

// finishErasing clears what is free and takes the mark off the file, unless more
// erasures than the caller's own are under way.
func (f *File) finishErasing(ctx context.Context, own int) error {
	if err := f.outlive(ctx); err != nil {
		return fmt.Errorf("it is deleted, but a reader, such as a backup, keeps its bytes in the file; erase again: %w", err)
	}
	v, err := f.acquire() // Keeps the medium open.
	if err != nil {
		return err
	}
	defer f.release(v)
	if err := f.clearFree(ctx, v.medium); err != nil {
		return err
	}
	if err := v.medium.disk.Sync(); err != nil {
		// It may have been the only notice of a page of a commit that was lost.
		f.mu.Lock()
		defer f.mu.Unlock()
		f.failed = fmt.Errorf("the file has to be opened again: %w", mediumError(err))
		return f.failed
	}
	f.writing.Lock()
	defer f.writing.Unlock()
	f.mu.Lock()
	others := f.erasing > own
	f.mu.Unlock()
	if err := f.writable(); err != nil || others {
		return err
	}
	err = f.apply(nil, false)
	if errors.Is(err, ErrConflict) {
		return nil // The mark stays. All it costs is that this is done once more.
	}
	return err
}

// outlive waits until the views that are older than the newest have ended.
func (f *File) outlive(ctx context.Context) error {
	f.mu.Lock()
	var old []*view
	for v := range f.live {
		if v != f.newest {
			old = append(old, v)
		}
	}
	f.mu.Unlock()
	for _, v := range old {
		select {
		case <-v.ended:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// clearFree overwrites the pages that belong to no view with zeros, up to the end of
// the file. The rest of a page that is in use has been zero since it was written.
func (f *File) clearFree(ctx context.Context, m *medium) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	if err := f.writable(); err != nil {
		return err
	}
	if err := f.present(); err != nil {
		return err
	}
	if m.sync == SyncOnClose {
		// Before its pages are cleared, the older state must not be needed any more.
		if err := m.db.Sync(); err != nil {
			return mediumError(err)
		}
	}
	info, err := m.disk.Stat()
	if err != nil {
		return mediumError(err)
	}
	pageSize := int64(m.db.Info().PageSize)
	w := pageWalk{medium: m, size: uint64(pageSize), used: newPageSet(uint64(info.Size() / pageSize))}
	views := f.hold(m)
	defer func() {
		for _, v := range views {
			f.drop(v) // Not the last view of the medium: the caller has one.
		}
	}()
	for _, v := range views {
		if err := w.view(v); err != nil {
			return err
		}
	}
	return m.clear(ctx, w.used, info.Size(), pageSize)
}

// hold takes a reference on every view of a medium that is in use.
func (f *File) hold(m *medium) []*view {
	f.mu.Lock()
	defer f.mu.Unlock()
	var views []*view
	for v := range f.live {
		if v.medium == m && v.refs > 0 { // One without is about to end.
			v.refs++
			views = append(views, v)
		}
	}
	return views
}

// clear overwrites the pages of a file that are not in use and not zero.
func (m *medium) clear(ctx context.Context, used *pageSet, size, pageSize int64) error {
	chunk, zeros := make([]byte, max(backupChunk, pageSize)), make([]byte, max(backupChunk, pageSize))
	for at := int64(firstPage) * pageSize; at < size; at += int64(len(chunk)) {
		if err := ctx.Err(); err != nil {
			return err
		}
		b := chunk[:min(int64(len(chunk)), size-at)]
		pages := (int64(len(b)) + pageSize - 1) / pageSize
		free := func(i int64) bool {
			id := uint64(at/pageSize + i)
			return id >= uint64(size/pageSize) || !used.has(id)
		}
		read := false
		for i := int64(0); i < pages; {
			first := i
			for ; i < pages && free(i); i++ {
			}
			if i == first {
				i++
				continue
			}
			if !read {
				if err := readFull(m.disk, b, at); err != nil {
					return err
				}
				read = true
			}
			from, to := first*pageSize, min(i*pageSize, int64(len(b)))
			if bytes.Equal(b[from:to], zeros[:to-from]) {
				continue
			}
			if _, err := m.disk.WriteAt(zeros[:to-from], at+from); err != nil {
				return mediumError(err)
			}
		}
	}
	return nil
}

// pageWalk finds the pages that belong to views. A page that two of them share is
// the same in both, with all below it.
type pageWalk struct {
	medium *medium
	size   uint64 // of a page
	used   *pageSet
}

func (w *pageWalk) view(v *view) (err error) {
	defer recovered(&err, debug.SetPanicOnFault(true))
	next := []uint64{uint64(v.tx.Cursor().Bucket().Root()), uint64(v.records.Root())}
	for len(next) > 0 {
		id := next[len(next)-1]
		next = next[:len(next)-1]
		if id == 0 || !w.used.add(id) { // The root of a bucket inside of a page is 0.
			continue
		}
		info, err := v.tx.Page(int(id))
		if err != nil {
			return err
		}
		if info == nil {
			return damagedf("page %d is beyond the last", id)
		}
		run := uint64(info.OverflowCount) + 1
		for i := uint64(1); i < run; i++ {
			w.used.add(id + i)
		}
		if info.Type == "leaf" {
			continue
		}
		// A branch, or a page of an older view, of which bbolt says that it is free.
		data := make([]byte, run*w.size)
		if err := readFull(w.medium.disk, data, int64(id*w.size)); err != nil {
			return err
		}
		p, err := parsePage(data, id, w.size)
		if err != nil {
			return err
		}
		for i := range p.count {
			if !p.leaf {
				_, child := p.child(i)
				next = append(next, child)
			}
		}
	}
	return nil
}
