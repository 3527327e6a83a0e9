package kv

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
)

// This file reads the pages of bbolt's file format, version 2, without trusting
// a byte of them. All numbers are in the byte order of the machine. A file is a
// row of pages of one size; the first two are the metas, written in turn.
//
//	page     id (8), flags (2), count (2), overflow (4), elements, keys and values
//	meta     a page header, then magic (4), version (4), page size (4), flags (4),
//	         root bucket (16), free list (8), number of pages (8), transaction (8),
//	         FNV-1a of the preceding 56 bytes (8)
//	branch   elements: position (4), key size (4), page (8)
//	leaf     elements: flags (4), position (4), key size (4), value size (4)
//	bucket   the value of a leaf element with flag 1: root page (8), sequence (8);
//	         if the root is 0 its only page follows, a leaf
//
// A position counts from the start of its element.
const (
	pageHeaderSize   = 16
	elementSize      = 16
	bucketHeaderSize = 16
	metaSize         = 64

	branchFlag   = 1
	leafFlag     = 2
	metaFlag     = 4
	bucketFlag   = 1
	boltMagic    = 0xED0CDAED
	boltVersion  = 2
	noFreelist   = ^uint64(0)
	minPageSize  = 1 << 10
	maxPageSize  = 1 << 16
	firstPage    = 2 // after the metas
	filePageSize = 4096
)

var order = binary.NativeEndian

func damagedf(format string, args ...any) error {
	return fmt.Errorf(format+": %w", append(args, ErrDamaged)...)
}

// meta is one of the two roots of a file.
type meta struct {
	pageSize uint64
	root     uint64 // page of the root bucket
	pages    uint64 // number of pages, those of the metas included
	tx       uint64
	freelist uint64
}

// hasMagic says whether the page in b is meant to be a meta.
func hasMagic(b []byte) bool {
	return len(b) >= pageHeaderSize+4 && order.Uint32(b[pageHeaderSize:]) == boltMagic
}

// parseMeta reads the meta in a page with the given number.
func parseMeta(b []byte, id uint64) (meta, error) {
	if !hasMagic(b) || len(b) < pageHeaderSize+metaSize {
		return meta{}, damagedf("page %d is no meta page", id)
	}
	if order.Uint64(b) != id || order.Uint16(b[8:]) != metaFlag {
		return meta{}, damagedf("meta page %d has the head of another page", id)
	}
	b = b[pageHeaderSize:]
	if order.Uint64(b[metaSize-8:]) != fnv1a(b[:metaSize-8]) {
		return meta{}, damagedf("the checksum of meta page %d differs", id)
	}
	if version := order.Uint32(b[4:]); version > boltVersion {
		return meta{}, fmt.Errorf("file format %d, known up to %d: %w", version, boltVersion, ErrNewerFormat)
	} else if version < boltVersion {
		return meta{}, ErrForeign
	}
	return meta{
		pageSize: uint64(order.Uint32(b[8:])),
		root:     order.Uint64(b[16:]),
		freelist: order.Uint64(b[32:]),
		pages:    order.Uint64(b[40:]),
		tx:       order.Uint64(b[48:]),
	}, nil
}

// encode returns the meta as the page with the number that it belongs to.
func (m meta) encode() []byte {
	page := make([]byte, m.pageSize)
	order.PutUint64(page, m.tx%2)
	order.PutUint16(page[8:], metaFlag)
	b := page[pageHeaderSize:]
	order.PutUint32(b, boltMagic)
	order.PutUint32(b[4:], boltVersion)
	order.PutUint32(b[8:], uint32(m.pageSize))
	order.PutUint64(b[16:], m.root)
	order.PutUint64(b[32:], m.freelist)
	order.PutUint64(b[40:], m.pages)
	order.PutUint64(b[48:], m.tx)
	order.PutUint64(b[metaSize-8:], fnv1a(b[:metaSize-8]))
	return page
}

func fnv1a(b []byte) uint64 {
	h := fnv.New64a()
	_, _ = h.Write(b) // Never fails.
	return h.Sum64()
}

// readMeta returns the newer meta of a file of the given size. Both have to be
// valid: a disk writes a sector whole or not at all, and a meta fits into one, so
// that a crash leaves both valid. Falling back to the older one, as bbolt does,
// would lose the newest commit without a word.
func readMeta(file io.ReaderAt, size int64) (meta, error) {
	const space = pageHeaderSize + metaSize
	var pages [2][space]byte
	n, err := file.ReadAt(pages[0][:], 0)
	if err != nil && err != io.EOF {
		return meta{}, mediumError(err)
	}
	first, firstErr := parseMeta(pages[0][:n], 0)
	found := hasMagic(pages[0][:n])
	pageSize := int64(first.pageSize)
	if firstErr != nil || pageSize < minPageSize || pageSize > maxPageSize || pageSize&(pageSize-1) != 0 {
		// The second meta tells a damaged file from a foreign one.
		for pageSize = minPageSize; pageSize <= maxPageSize && !found; pageSize *= 2 {
			n, _ = file.ReadAt(pages[1][:], pageSize)
			found = hasMagic(pages[1][:n])
		}
		switch {
		case !found:
			return meta{}, ErrForeign
		case firstErr == nil:
			return meta{}, damagedf("pages of %d bytes", first.pageSize)
		}
		return meta{}, firstErr
	}
	n, err = file.ReadAt(pages[1][:], pageSize)
	if err != nil && err != io.EOF {
		return meta{}, mediumError(err)
	}
	second, err := parseMeta(pages[1][:n], 1)
	if err != nil {
		return meta{}, err
	}
	newest, older := first, second
	if second.tx > first.tx {
		newest, older = second, first
	}
	switch {
	case first.tx%2 != 0 || newest.tx != older.tx+1 || newest.pageSize != older.pageSize:
		return meta{}, damagedf("the meta pages do not belong together")
	case newest.pages <= firstPage || newest.pages > uint64(size)/newest.pageSize:
		return meta{}, damagedf("%d bytes are there of %d pages of %d bytes", size, newest.pages, newest.pageSize)
	}
	return newest, nil
}

// page is a branch or a leaf in memory, with its overflow pages. Its elements
// have been checked to lie in it.
type page struct {
	id    uint64
	data  []byte
	leaf  bool
	count int
}

// pageRun reads the header of the page with a number and returns how many pages
// it takes, with those that it overflows into.
func pageRun(header []byte, id uint64) (uint64, error) {
	if got := order.Uint64(header); got != id {
		return 0, damagedf("page %d says it is page %d", id, got)
	}
	return uint64(order.Uint32(header[12:])) + 1, nil
}

// parsePage checks the frame of a page: its kind, that its elements lie in it,
// and that it takes as many pages as it needs, since that many are freed with it.
// A pageSize of 0 is for a page inside a bucket's value.
func parsePage(data []byte, id, pageSize uint64) (page, error) {
	if len(data) < pageHeaderSize {
		return page{}, damagedf("page %d is cut off", id)
	}
	p := page{id: id, data: data, count: int(order.Uint16(data[10:]))}
	switch order.Uint16(data[8:]) {
	case leafFlag:
		p.leaf = true
	case branchFlag:
		if p.count == 0 {
			return page{}, damagedf("page %d has no children", id)
		}
	default:
		return page{}, damagedf("page %d is neither branch nor leaf", id)
	}
	used := uint64(pageHeaderSize + p.count*elementSize)
	if used > uint64(len(data)) {
		return page{}, damagedf("page %d has too many elements", id)
	}
	for i := range p.count {
		at := uint64(pageHeaderSize + i*elementSize)
		e := data[at:]
		position, keySize, valueSize := uint64(order.Uint32(e)), uint64(order.Uint32(e[4:])), uint64(0)
		if p.leaf {
			position, keySize, valueSize = keySize, uint64(order.Uint32(e[8:])), uint64(order.Uint32(e[12:]))
		}
		if keySize == 0 || keySize > MaxKeySize || position < uint64((p.count-i)*elementSize) ||
			at+position+keySize+valueSize > uint64(len(data)) {
			return page{}, damagedf("element %d of page %d lies outside of it", i, id)
		}
		used += keySize + valueSize
	}
	if pageSize != 0 && uint64(len(data)) != (used+pageSize-1)/pageSize*pageSize {
		return page{}, damagedf("page %d has %d bytes and uses %d", id, len(data), used)
	}
	return p, nil
}

// child returns an element of a branch.
func (p page) child(i int) (key []byte, id uint64) {
	at := pageHeaderSize + i*elementSize
	e := p.data[at:]
	start := at + int(order.Uint32(e))
	return p.data[start : start+int(order.Uint32(e[4:]))], order.Uint64(e[8:])
}

// element returns an element of a leaf.
func (p page) element(i int) (flags uint32, key, value []byte) {
	at := pageHeaderSize + i*elementSize
	e := p.data[at:]
	start := at + int(order.Uint32(e[4:]))
	middle := start + int(order.Uint32(e[8:]))
	return order.Uint32(e), p.data[start:middle], p.data[middle : middle+int(order.Uint32(e[12:]))]
}

// bucket returns the header of the bucket in a leaf and, if it is inline, its
// page.
func (p page) bucket(name []byte) (root uint64, inline *page, ok bool, err error) {
	for i := range p.count {
		flags, key, value := p.element(i)
		if !bytes.Equal(key, name) {
			continue
		}
		if flags != bucketFlag || len(value) < bucketHeaderSize {
			return 0, nil, true, damagedf("%q is no bucket", name)
		}
		root = order.Uint64(value)
		if root != 0 {
			if len(value) != bucketHeaderSize {
				return 0, nil, true, damagedf("bucket %q has %d bytes too many", name, len(value)-bucketHeaderSize)
			}
			return root, nil, true, nil
		}
		inner, err := parsePage(value[bucketHeaderSize:], p.id, 0)
		if err == nil && !inner.leaf {
			err = damagedf("bucket %q holds a branch", name)
		}
		return 0, &inner, true, err
	}
	return 0, nil, false, nil
}
