package kv

// position is a gap between two records of a tree, from which one can step over
// the record on either side. It is invalid after the tree has been changed in
// place, until the next seek. It must not be copied.
type position struct {
	// path leads from the root to a leaf; it is empty beyond either end. An
	// index is that of a child, in the last step that of the record after the
	// gap.
	path  []step
	space [6]step // Enough for a million records, without allocating.
}

type step struct {
	node  *node
	index int
}

// before seeks the gap before the first record that is not below key.
func (p *position) before(t *tree, key []byte) {
	p.path = p.space[:0]
	n := t.root
	if n == nil {
		return
	}
	for !n.leaf() {
		i := n.child(key)
		p.path = append(p.path, step{n, i})
		n = n.kids[i]
	}
	i, _ := n.search(key)
	p.path = append(p.path, step{n, i})
}

// end seeks the gap after the last record.
func (p *position) end(t *tree) {
	p.path = p.space[:0]
	if t.root != nil {
		p.last(t.root)
	}
}

// first and last go down from n to the first and the last gap below it.
func (p *position) first(n *node) {
	for !n.leaf() {
		p.path = append(p.path, step{n, 0})
		n = n.kids[0]
	}
	p.path = append(p.path, step{n, 0})
}

func (p *position) last(n *node) {
	for !n.leaf() {
		i := len(n.kids) - 1
		p.path = append(p.path, step{n, i})
		n = n.kids[i]
	}
	p.path = append(p.path, step{n, len(n.records)})
}

// next steps over the record after the gap.
func (p *position) next() (record, bool) {
	for top := len(p.path) - 1; top >= 0; top-- {
		s := &p.path[top]
		if s.node.leaf() {
			if s.index < len(s.node.records) {
				s.index++
				return s.node.records[s.index-1], true
			}
		} else if s.index+1 < len(s.node.kids) {
			s.index++
			p.first(s.node.kids[s.index])
			top = len(p.path) // The new leaf is not empty.
			continue
		}
		p.path = p.path[:top]
	}
	return record{}, false
}

// previous steps over the record before the gap.
func (p *position) previous() (record, bool) {
	for top := len(p.path) - 1; top >= 0; top-- {
		s := &p.path[top]
		if s.index > 0 {
			s.index--
			if s.node.leaf() {
				return s.node.records[s.index], true
			}
			p.last(s.node.kids[s.index])
			top = len(p.path) // The new leaf is not empty.
			continue
		}
		p.path = p.path[:top]
	}
	return record{}, false
}
