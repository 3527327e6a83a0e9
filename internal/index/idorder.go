package index

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"strings"
)

// idOrder compares docs by their ids. Equal scores are common among short texts, and reading an id takes two
// cache misses. So the first bytes of each key are kept in an array by doc.
type idOrder struct {
	keys   []uint64
	kinds  []uint8 // number of the shape plus one. Ids of one shape are ordered by their keys if these differ. 0: no shape
	shapes []shapeOfID
}

// shapeOfID is the table of an id and the encoding of its key.
type shapeOfID struct {
	table string // up to the first colon
	uuid  bool   // the key is the first half of a UUID, otherwise the first eight bytes
}

// set stores the key of a doc.
func (n *idOrder) set(doc uint32, id string) {
	for int(doc) >= len(n.keys) {
		n.keys, n.kinds = append(n.keys, 0), append(n.kinds, 0)
	}
	table, key, _ := strings.Cut(id, ":")
	s := shapeOfID{table: table}
	n.keys[doc], s.uuid = uuidKey(key)
	if !s.uuid {
		var first [8]byte
		copy(first[:], key)
		n.keys[doc] = binary.BigEndian.Uint64(first[:])
	}
	at := slices.Index(n.shapes, s)
	if at < 0 && len(n.shapes) < math.MaxUint8 {
		s.table = strings.Clone(table)
		at, n.shapes = len(n.shapes), append(n.shapes, s)
	}
	n.kinds[doc] = uint8(at + 1)
}

// compare orders two docs of ix by their ids.
func (n *idOrder) compare(ix *Index, a, b uint32) int {
	if n.kinds[a] == n.kinds[b] && n.kinds[a] > 0 && n.keys[a] != n.keys[b] {
		return cmp.Compare(n.keys[a], n.keys[b])
	}
	return strings.Compare(ix.docs[a].entry.ID, ix.docs[b].entry.ID)
}

// uuidKey returns the first 64 bits of a UUID in lower case.
func uuidKey(s string) (key uint64, ok bool) {
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' {
		return 0, false
	}
	for _, part := range [...]string{s[:8], s[9:13], s[14:18]} {
		for i := range len(part) {
			switch c := part[i]; {
			case '0' <= c && c <= '9':
				key = key<<4 | uint64(c-'0')
			case 'a' <= c && c <= 'f':
				key = key<<4 | uint64(c-'a'+10)
			default:
				return 0, false
			}
		}
	}
	return key, true
}
