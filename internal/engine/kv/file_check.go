package kv

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// Names of the buckets of a file, and of the head's key in its bucket. There are
// no other buckets.
var (
	recordsBucket = []byte("records")
	headBucket    = []byte("spectron")
	headKey       = []byte("head")
)

const (
	checkWorkers = 2
	checkTask    = 128       // pages that a worker takes at a time
	windowSize   = 512 << 10 // bytes that a worker reads at a time
	windowGap    = 32 << 10  // bytes that are read for nothing, at most, rather than reading twice
)

// check reads everything that can be reached from a meta and compares it with
// the head. It uses ordinary reads: one from a mapping would end the process if
// the disk failed.
//
// bbolt trusts what it maps: it panics, sometimes in goroutines of its own, reads
// what lies outside of a page or never ends if a page is not as it wrote it. After
// this check every page is.
func check(ctx context.Context, file io.ReaderAt, m meta) (checked, error) {
	c := &checker{file: file, meta: m, used: newPageSet(m.pages)}
	want, inline, root, err := c.head()
	if err != nil {
		return checked{}, err
	}
	if m.freelist != noFreelist {
		return checked{}, damagedf("another program has written to the file")
	}
	if inline != nil {
		err = c.leaf(*inline, pageRef{}, &c.found)
	} else {
		err = c.tree(ctx, root)
	}
	if err != nil {
		return checked{}, err
	}
	if c.found.Records != want.Records || c.found.Sum != want.Sum {
		return checked{}, damagedf("%d records of %d are there, and their sum is %x, not %x",
			c.found.Records, want.Records, c.found.Sum, want.Sum)
	}
	return checked{want, c.erasing, c.used}, nil
}

// checked is what a check has found.
type checked struct {
	version Version
	erasing bool     // an erasure was not finished
	used    *pageSet // the pages that belong to the state
}

type checker struct {
	file    io.ReaderAt
	meta    meta
	used    *pageSet
	erasing bool

	mu    sync.Mutex // guards what the workers hand over
	found Version
	next  []pageRef // children of the level that is being read
}

// pageRef is a pointer to a page and what it says about the keys there: they
// begin with first and end below upper. A root has neither.
type pageRef struct {
	id           uint64
	first, upper []byte
}

// head reads the root bucket, which names the file as one of ours, and the head.
func (c *checker) head() (v Version, inline *page, root uint64, err error) {
	top, err := c.page(c.meta.root, nil)
	if err != nil {
		return Version{}, nil, 0, err
	}
	if !top.leaf {
		return Version{}, nil, 0, ErrForeign // Ours has two buckets.
	}
	_, heads, ok, err := top.bucket(headBucket)
	if !ok {
		return Version{}, nil, 0, ErrForeign
	}
	if err != nil {
		return Version{}, nil, 0, err
	}
	if heads == nil || heads.count != 1 {
		return Version{}, nil, 0, damagedf("the head is missing")
	}
	flags, key, value := heads.element(0)
	if flags != 0 || !bytes.Equal(key, headKey) {
		return Version{}, nil, 0, damagedf("the head is missing")
	}
	if v, c.erasing, err = decodeHead(value); err != nil {
		return Version{}, nil, 0, err
	}
	root, inline, ok, err = top.bucket(recordsBucket)
	if err == nil && (!ok || top.count != 2) {
		err = damagedf("the file has %d buckets", top.count)
	}
	return v, inline, root, err
}

// tree checks the tree of records, level by level. The pages of a level are read
// in the order in which they lie on the disk, by several workers.
func (c *checker) tree(ctx context.Context, root uint64) error {
	for level := []pageRef{{id: root}}; len(level) > 0; level = c.next {
		slices.SortFunc(level, func(a, b pageRef) int {
			if a.id < b.id {
				return -1
			}
			return 1 // A page that is there twice is found when it is read.
		})
		c.next = nil
		var taken atomic.Int64
		group, ctx := errgroup.WithContext(ctx)
		for range min(checkWorkers, (len(level)+checkTask-1)/checkTask) {
			group.Go(func() error {
				w := checkWorker{checker: c}
				for {
					end := int(taken.Add(checkTask))
					start := end - checkTask
					if start >= len(level) {
						w.handOver()
						return nil
					}
					if err := w.pages(ctx, level[start:min(end, len(level))]); err != nil {
						return err
					}
				}
			})
		}
		if err := group.Wait(); err != nil {
			return err
		}
	}
	return nil
}

// checkWorker is what one goroutine of a check has found.
type checkWorker struct {
	*checker
	window []byte
	found  Version
	next   []pageRef
}

func (w *checkWorker) handOver() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.checker.found.Records += w.found.Records
	w.checker.found.Sum += w.found.Sum
	w.checker.next = append(w.checker.next, w.next...)
}

// pages checks pages of one level, in the order of their numbers.
func (w *checkWorker) pages(ctx context.Context, refs []pageRef) error {
	for len(refs) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := w.fill(refs)
		if err != nil {
			return err
		}
		start := refs[0].id * w.meta.pageSize
		for _, ref := range refs[:n] {
			p, err := w.page(ref.id, w.window[ref.id*w.meta.pageSize-start:])
			if err != nil {
				return err
			}
			if p.leaf {
				err = w.leaf(p, ref, &w.found)
			} else {
				err = w.branch(p, ref)
			}
			if err != nil {
				return err
			}
		}
		refs = refs[n:]
	}
	return nil
}

// fill reads the first pages of refs that lie close to each other, and returns
// how many.
func (w *checkWorker) fill(refs []pageRef) (int, error) {
	size := w.meta.pageSize
	end := uint64(0)
	n := 0
	for n < len(refs) {
		id := refs[n].id
		if id < firstPage || id >= w.meta.pages {
			return 0, damagedf("a branch points to page %d of %d", id, w.meta.pages)
		}
		if n > 0 && (id*size > end+windowGap || (id+1-refs[0].id)*size > windowSize) {
			break
		}
		end = (id + 1) * size
		n++
	}
	start := refs[0].id * size
	if w.window == nil {
		w.window = make([]byte, 0, windowSize)
	}
	w.window = w.window[:end-start]
	return n, readFull(w.file, w.window, int64(start))
}

// page returns a page, which is in the window or, if it goes beyond that, read.
func (c *checker) page(id uint64, window []byte) (page, error) {
	size := c.meta.pageSize
	if len(window) == 0 {
		if id < firstPage || id >= c.meta.pages {
			return page{}, damagedf("the root is page %d of %d", id, c.meta.pages)
		}
		window = make([]byte, size)
		if err := readFull(c.file, window, int64(id*size)); err != nil {
			return page{}, err
		}
	}
	run, err := pageRun(window, id)
	if err != nil {
		return page{}, err
	}
	if run > c.meta.pages-id {
		return page{}, damagedf("page %d overflows into %d pages, beyond the last", id, run)
	}
	for i := range run {
		if !c.used.add(id + i) {
			return page{}, damagedf("page %d is used twice", id+i)
		}
	}
	if run*size > uint64(len(window)) {
		window = make([]byte, run*size)
		if err := readFull(c.file, window, int64(id*size)); err != nil {
			return page{}, err
		}
	}
	return parsePage(window[:run*size], id, size)
}

// leaf checks the records of a leaf and counts them.
func (c *checker) leaf(p page, ref pageRef, found *Version) error {
	if p.count == 0 && ref.first != nil {
		return damagedf("page %d is empty", p.id)
	}
	var last []byte
	for i := range p.count {
		flags, key, value := p.element(i)
		if flags != 0 {
			return damagedf("a record of page %d has flags %x", p.id, flags)
		}
		if err := ref.precede(p.id, i, last, key); err != nil {
			return err
		}
		last = key
		if _, err := unstored(key, value); err != nil {
			return damagedf("page %d, record %d: its checksum differs", p.id, i)
		}
		if err := found.add(key, value); err != nil {
			return err
		}
	}
	return nil
}

// branch checks the keys of a branch and takes its children down.
func (w *checkWorker) branch(p page, ref pageRef) error {
	p.data = bytes.Clone(p.data) // Its keys are needed longer than the window.
	var last []byte
	for i := range p.count {
		key, id := p.child(i)
		if err := ref.precede(p.id, i, last, key); err != nil {
			return err
		}
		if i > 0 {
			w.next[len(w.next)-1].upper = key
		}
		w.next = append(w.next, pageRef{id: id, first: key, upper: ref.upper})
		last = key
	}
	return nil
}

// precede checks the key at a position of the page that ref points to: the first
// is the one that the branch above has for it (bbolt finds a page's place in the
// branch by it), and they ascend, up to the next page's.
func (ref pageRef) precede(id uint64, i int, last, key []byte) error {
	switch {
	case i == 0 && ref.first != nil && !bytes.Equal(key, ref.first):
		return damagedf("page %d begins with another key than its branch says", id)
	case i > 0 && bytes.Compare(last, key) >= 0, !below(key, ref.upper):
		return damagedf("the keys of page %d are not in order", id)
	}
	return nil
}

// readFull reads a part of a file that is known to be there.
func readFull(file io.ReaderAt, b []byte, at int64) error {
	n, err := file.ReadAt(b, at)
	switch {
	case n == len(b):
		return nil
	case errors.Is(err, io.EOF):
		return damagedf("the file ends before byte %d", at+int64(len(b)))
	}
	return mediumError(err)
}

// pageSet is a set of page numbers, to which several goroutines may add.
type pageSet struct {
	words []uint64
}

func newPageSet(pages uint64) *pageSet {
	return &pageSet{words: make([]uint64, (pages+63)/64)}
}

// add returns whether the page was not in the set before.
func (s *pageSet) add(id uint64) bool {
	bit := uint64(1) << (id % 64)
	return atomic.OrUint64(&s.words[id/64], bit)&bit == 0
}

func (s *pageSet) has(id uint64) bool { return s.words[id/64]&(1<<(id%64)) != 0 }
