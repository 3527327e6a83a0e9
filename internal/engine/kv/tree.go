package kv

import (
	"bytes"
	"slices"
)

// Sizes of a node: records of a leaf, children of an inner node. A node above
// maxFill is split; one below minFill is merged with a neighbour, or shares
// with it where both do not fit into one. The distance between the two keeps a
// key that is put and deleted in turn from splitting and merging each time.
const (
	maxFill = 32
	minFill = 8
)

// record is a key and its value. In a write buffer a nil value marks a
// deletion; trees of committed records hold no nil values.
type record struct {
	key, value []byte
}

// tree is a copy-on-write B+ tree of records ordered by their keys. The zero
// value is an empty tree.
//
// Copying the struct and giving one of the copies an edit number never used
// before makes two trees that share every node until one of them changes it. A
// change copies the nodes on its path that carry another edit number and alters
// the others in place.
//
// It is written here because github.com/tidwall/btree v1.8.2 lets the halves of
// a split node share an array: what is deleted from one half stays reachable
// from the other, a half of all values where nothing touches that one again.
//
// Invariants: all leaves have the same depth; no leaf is empty; an inner node
// has at least two children and one separator less; every key under kids[i] is
// below seps[i] and every key under kids[i+1] is not; separators share no
// memory with keys, and no node's slices share an array with another's, so that
// nothing deleted stays reachable through a neighbour.
type tree struct {
	root *node
	edit uint64
}

// node is a leaf (records) or an inner node (kids and seps).
type node struct {
	edit    uint64
	records []record
	seps    [][]byte
	kids    []*node
}

func (n *node) leaf() bool { return n.kids == nil }

// fill is the number that maxFill and minFill bound.
func (n *node) fill() int {
	if n.leaf() {
		return len(n.records)
	}
	return len(n.kids)
}

// search returns the position of key in a leaf, or the one where it belongs.
func (n *node) search(key []byte) (int, bool) {
	low, high := 0, len(n.records)
	for low < high {
		mid := int(uint(low+high) >> 1)
		switch c := bytes.Compare(n.records[mid].key, key); {
		case c < 0:
			low = mid + 1
		case c > 0:
			high = mid
		default:
			return mid, true
		}
	}
	return low, false
}

// child returns the position of the child that key belongs under.
func (n *node) child(key []byte) int {
	low, high := 0, len(n.seps)
	for low < high {
		mid := int(uint(low+high) >> 1)
		if bytes.Compare(n.seps[mid], key) <= 0 {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// get returns the value of key and whether the tree has a record of it.
func (t *tree) get(key []byte) ([]byte, bool) {
	n := t.root
	if n == nil {
		return nil, false
	}
	for !n.leaf() {
		n = n.kids[n.child(key)]
	}
	if i, ok := n.search(key); ok {
		return n.records[i].value, true
	}
	return nil, false
}

// own returns a node that may be changed in place: n, or a copy of it.
func (t *tree) own(n *node) *node {
	if n.edit == t.edit {
		return n
	}
	if n.leaf() {
		// One more, since the usual reason for the copy is an insertion.
		records := make([]record, len(n.records), len(n.records)+1)
		copy(records, n.records)
		return &node{edit: t.edit, records: records}
	}
	return &node{edit: t.edit, seps: slices.Clone(n.seps), kids: slices.Clone(n.kids)}
}

// put stores a record. It keeps the record's slices. It returns the value that
// the record replaced and whether there was one.
func (t *tree) put(r record) (old []byte, replaced bool) {
	if t.root == nil {
		t.root = &node{edit: t.edit, records: []record{r}}
		return nil, false
	}
	in := insertion{tree: t, record: r}
	left, right, sep := in.into(t.root)
	t.root = left
	if right != nil {
		t.root = &node{edit: t.edit, seps: [][]byte{sep}, kids: []*node{left, right}}
	}
	return in.old, in.replaced
}

type insertion struct {
	tree     *tree
	record   record
	old      []byte
	replaced bool
}

// into inserts below n and returns the node that takes its place and, if it had
// to be split, its new right neighbour and what separates the two.
func (in *insertion) into(n *node) (left, right *node, sep []byte) {
	n = in.tree.own(n)
	if n.leaf() {
		i, found := n.search(in.record.key)
		if found {
			in.old, in.replaced = n.records[i].value, true
			n.records[i] = in.record
			return n, nil, nil
		}
		n.records = slices.Insert(n.records, i, in.record)
		if len(n.records) <= maxFill {
			return n, nil, nil
		}
		mid := len(n.records) / 2
		if i == maxFill {
			mid = maxFill // Keys that arrive in order leave full leaves behind.
		}
		return in.tree.leaves(n.records, mid)
	}
	i := n.child(in.record.key)
	kid, right, sep := in.into(n.kids[i])
	n.kids[i] = kid
	if right == nil {
		return n, nil, nil
	}
	n.seps = slices.Insert(n.seps, i, sep)
	n.kids = slices.Insert(n.kids, i+1, right)
	if len(n.kids) <= maxFill {
		return n, nil, nil
	}
	mid := len(n.kids) / 2
	if i == maxFill-1 {
		mid = maxFill - 1
	}
	return in.tree.inners(n.seps, n.kids, mid)
}

// leaves makes two leaves of records, parted before position mid.
func (t *tree) leaves(records []record, mid int) (left, right *node, sep []byte) {
	left = &node{edit: t.edit, records: slices.Clone(records[:mid])}
	right = &node{edit: t.edit, records: slices.Clone(records[mid:])}
	return left, right, separator(records[mid-1].key, records[mid].key)
}

// inners makes two inner nodes, parted before the child at position mid.
func (t *tree) inners(seps [][]byte, kids []*node, mid int) (left, right *node, sep []byte) {
	left = &node{edit: t.edit, seps: slices.Clone(seps[:mid-1]), kids: slices.Clone(kids[:mid])}
	right = &node{edit: t.edit, seps: slices.Clone(seps[mid:]), kids: slices.Clone(kids[mid:])}
	return left, right, seps[mid-1]
}

// separator returns the shortest s with a < s <= b, in memory of its own.
func separator(a, b []byte) []byte {
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return bytes.Clone(b[:i+1])
}

// delete removes the record of key, if there is one.
func (t *tree) delete(key []byte) {
	if _, ok := t.get(key); !ok {
		return // Without copying the path.
	}
	t.root = t.remove(t.root, key)
	if !t.root.leaf() && len(t.root.kids) == 1 {
		t.root = t.root.kids[0]
	}
	if t.root.fill() == 0 {
		t.root = nil
	}
}

// remove deletes a key that is there below n and returns the node that takes
// n's place, which may be below minFill.
func (t *tree) remove(n *node, key []byte) *node {
	n = t.own(n)
	if n.leaf() {
		i, _ := n.search(key)
		n.records = slices.Delete(n.records, i, i+1)
		return n
	}
	i := n.child(key)
	n.kids[i] = t.remove(n.kids[i], key)
	if n.kids[i].fill() < minFill {
		t.refill(n, i)
	}
	return n
}

// refill merges the child at position i with a neighbour, or evens the two out.
// The parent is owned and has at least two children.
func (t *tree) refill(parent *node, i int) {
	if i == len(parent.kids)-1 {
		i--
	}
	a, b := parent.kids[i], parent.kids[i+1]
	fill := a.fill() + b.fill()
	if fill > maxFill {
		if a.leaf() {
			a, b, parent.seps[i] = t.leaves(slices.Concat(a.records, b.records), fill/2)
		} else {
			seps := slices.Concat(a.seps, parent.seps[i:i+1], b.seps)
			a, b, parent.seps[i] = t.inners(seps, slices.Concat(a.kids, b.kids), fill/2)
		}
		parent.kids[i], parent.kids[i+1] = a, b
		return
	}
	merged := &node{edit: t.edit}
	if a.leaf() {
		merged.records = slices.Concat(a.records, b.records)
	} else {
		merged.seps = slices.Concat(a.seps, parent.seps[i:i+1], b.seps)
		merged.kids = slices.Concat(a.kids, b.kids)
	}
	parent.kids[i] = merged
	parent.kids = slices.Delete(parent.kids, i+1, i+2)
	parent.seps = slices.Delete(parent.seps, i, i+1)
}
