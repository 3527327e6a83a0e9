package scope

import (
	"iter"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/sorted"
)

// Reach selects scope sets for a reader. The zero value selects all.
type Reach struct {
	// Visible decides whether a set is selected; nil: every set is.
	Visible func(record.ScopeSet) bool
	// Within has patterns. Each visible set has a clause with all its paths in one of the patterns. nil: anywhere. It only avoids calls of
	// Visible for sets that are not visible.
	Within []Pattern
	// Lens is a lens that every visible set passes; empty: none. It also only avoids calls of Visible.
	Lens record.ScopeSet
}

// Sees reports whether a set is selected.
func (r Reach) Sees(set record.ScopeSet) bool { return r.Visible == nil || r.Visible(set) }

// Catalog maps scope sets to values. It finds the sets that a reader may see without looking at the others. The zero value is empty. Sets
// must be canonical. It is not safe for concurrent use.
type Catalog[T any] struct {
	entries sorted.List[entry[T]] // ordered by compare
	sets    int
}

// entry is an index entry for one path of one clause of a set.
type entry[T any] struct {
	path   string
	clause string // key of the clause
	key    string // key of the set
	// anchor marks the entry for the anchor of a clause: see anchorOf. A reader that covers the clause also covers its anchor.
	anchor bool
	// first marks exactly one entry of each set.
	first bool
	file  *file[T]
}

// file is a set and its value.
type file[T any] struct {
	set   record.ScopeSet
	many  bool // it has more than one entry
	value T
}

func (e *entry[T]) compare(path, clause, key string) int {
	if c := strings.Compare(e.path, path); c != 0 {
		return c
	}
	if c := strings.Compare(e.clause, clause); c != 0 {
		return c
	}
	return strings.Compare(e.key, key)
}

// anchorOf returns the longest path of a clause. It is the path that the fewest other clauses are likely to have.
func anchorOf(clause []string) string {
	longest := ""
	for _, p := range clause {
		if len(p) >= len(longest) {
			longest = p
		}
	}
	return longest
}

func clauseKey(clause []string) string { return strings.Join(clause, pathSeparator) }

func (c *Catalog[T]) search(path, clause, key string) (sorted.Place, bool) {
	return c.entries.Search(func(e *entry[T]) int { return e.compare(path, clause, key) })
}

// Len returns the number of sets.
func (c *Catalog[T]) Len() int { return c.sets }

// Get returns the value of a set.
func (c *Catalog[T]) Get(set record.ScopeSet) (value T, ok bool) {
	first := firstClause(set)
	i, ok := c.search(anchorOf(first), clauseKey(first), Key(set))
	if !ok {
		return value, false
	}
	return c.entries.At(i).file.value, true
}

// Put sets the value of a set. The catalog keeps the set.
func (c *Catalog[T]) Put(set record.ScopeSet, value T) {
	key, first := Key(set), firstClause(set)
	if i, ok := c.search(anchorOf(first), clauseKey(first), key); ok {
		c.entries.At(i).file.value = value
		return
	}
	f := &file[T]{set: set, value: value, many: len(set) > 1 || len(first) > 1}
	c.sets++
	for path, clause := range places(set) {
		anchor, joined := anchorOf(clause), clauseKey(clause)
		i, _ := c.search(path, joined, key)
		c.entries.Insert(i, entry[T]{path, joined, key, path == anchor, path == anchor && slices.Equal(clause, first), f})
	}
}

func firstClause(set record.ScopeSet) []string {
	if len(set) == 0 {
		return nil
	}
	return set[0]
}

// places yields the paths of a set, each with its clause. A set without paths is stored under "".
func places(set record.ScopeSet) iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		if len(firstClause(set)) == 0 && !yield("", nil) {
			return
		}
		for _, clause := range set {
			for _, path := range clause {
				if !yield(path, clause) {
					return
				}
			}
		}
	}
}

// Delete removes a set and reports whether it was there.
func (c *Catalog[T]) Delete(set record.ScopeSet) bool {
	if _, ok := c.Get(set); !ok {
		return false
	}
	key := Key(set)
	c.sets--
	for path, clause := range places(set) {
		if i, ok := c.search(path, clauseKey(clause), key); ok {
			c.entries.Delete(i)
		}
	}
	return true
}

// Visible yields the sets that a reader may see, in a fixed order. The cost is proportional to the sets in Within, or to those that the
// lens lets through.
func (c *Catalog[T]) Visible(r Reach) iter.Seq2[record.ScopeSet, T] {
	return func(yield func(record.ScopeSet, T) bool) {
		v := visit[T]{reach: r, yield: yield}
		switch {
		case c.entries.Len() <= few:
			v.all(&c.entries)
		case len(r.Lens) > 0:
			c.throughLens(&v)
		case r.Within == nil:
			v.all(&c.entries)
		default:
			c.within(&v)
		}
	}
}

// few is the number of entries up to which a scan of all entries takes no longer than a search.
const few = 8

// visit yields each visible set once.
type visit[T any] struct {
	reach Reach
	yield func(record.ScopeSet, T) bool
	seen  map[*file[T]]bool // the visited sets that have several entries
	done  bool
}

// all visits every set once, at its first entry.
func (v *visit[T]) all(entries *sorted.List[entry[T]]) {
	for e := range entries.All() {
		if v.done {
			return
		}
		if e.first && v.reach.Sees(e.file.set) {
			v.done = !v.yield(e.file.set, e.file.value)
		}
	}
}

// path visits the sets with a path. at is the place of their first entry. It returns the place after the last one.
func (c *Catalog[T]) path(v *visit[T], at sorted.Place, path string) sorted.Place {
	for e := c.entries.At(at); e != nil && e.path == path && !v.done; e = c.entries.At(at) {
		v.entry(e)
		at = c.entries.Next(at)
	}
	return at
}

// anchors visits the sets with a clause whose anchor is the path, and returns the place after their entries.
func (c *Catalog[T]) anchors(v *visit[T], path string) sorted.Place {
	at, _ := c.search(path, "", "")
	for e := c.entries.At(at); e != nil && e.path == path && !v.done; e = c.entries.At(at) {
		if e.anchor {
			v.entry(e)
		}
		at = c.entries.Next(at)
	}
	return at
}

// from returns the first place that is not before a path, starting at an earlier place. Usually that place is the result.
func (c *Catalog[T]) from(at sorted.Place, path string) sorted.Place {
	if e := c.entries.At(at); e != nil && e.path < path {
		at, _ = c.search(path, "", "")
	}
	return at
}

// entry visits the set of an entry, unless it was visited before.
func (v *visit[T]) entry(e *entry[T]) {
	f := e.file
	if f.many {
		if v.seen[f] {
			return
		}
		if v.seen == nil {
			v.seen = map[*file[T]]bool{}
		}
		v.seen[f] = true
	}
	if v.reach.Sees(f.set) {
		v.done = !v.yield(f.set, f.value)
	}
}

// throughLens visits the sets that may pass the lens: they have the first path of one of its clauses, or a path above it.
func (c *Catalog[T]) throughLens(v *visit[T]) {
	var paths []string
	for _, clause := range v.reach.Lens {
		if len(clause) == 0 { // every record passes an empty clause
			v.all(&c.entries)
			return
		}
		paths = append(append(append(paths, Root), Ancestors(clause[0])...), clause[0])
	}
	slices.Sort(paths)
	var at sorted.Place
	for _, path := range slices.Compact(paths) {
		at = c.path(v, c.from(at, path), path)
	}
}

// within visits the sets that have a clause with its anchor in one of the patterns.
func (c *Catalog[T]) within(v *visit[T]) {
	for _, p := range v.reach.Within {
		if p.Subtree && p.Path == Root {
			v.all(&c.entries)
			return
		}
	}
	for _, p := range v.reach.Within {
		at := c.anchors(v, p.Path)
		if !p.Subtree {
			continue
		}
		below := p.Path + "/"
		at = c.from(at, below)
		for e := c.entries.At(at); e != nil && strings.HasPrefix(e.path, below) && !v.done; e = c.entries.At(at) {
			if e.anchor {
				v.entry(e)
			}
			at = c.entries.Next(at)
		}
	}
}

// maxSubsets is the maximum number of paths of a clause for which KnownTo searches for each subset.
const maxSubsets = 4

// KnownTo yields the sets that every reader of the given set may also see: for each clause of the given set, the other set has a clause
// whose paths are all in that clause. The given set is one of them.
func (c *Catalog[T]) KnownTo(set record.ScopeSet) iter.Seq2[record.ScopeSet, T] {
	return func(yield func(record.ScopeSet, T) bool) {
		if len(set) == 0 || c.sets == 0 {
			return
		}
		v := visit[T]{reach: Reach{Visible: func(other record.ScopeSet) bool { return Implies(set, other) }}, yield: yield}
		if c.entries.Len() <= few {
			v.all(&c.entries)
			return
		}
		clause := set[0]
		if len(clause) > maxSubsets {
			for _, path := range clause {
				c.anchors(&v, path)
			}
			return
		}
		for bits := 1; bits < 1<<len(clause); bits++ {
			var part []string
			for i, path := range clause {
				if bits&(1<<i) != 0 {
					part = append(part, path)
				}
			}
			anchor, joined := anchorOf(part), clauseKey(part)
			at, _ := c.search(anchor, joined, "")
			for e := c.entries.At(at); e != nil && e.path == anchor && e.clause == joined && !v.done; e = c.entries.At(at) {
				v.entry(e)
				at = c.entries.Next(at)
			}
		}
	}
}

// Implies reports whether every reader who may see set may also see other: each clause of set has all the paths of some clause of other.
// A reader who holds a path does not necessarily hold the paths above it.
func Implies(set, other record.ScopeSet) bool {
	for _, clause := range set {
		if !slices.ContainsFunc(other, func(o []string) bool { return partOf(o, clause) }) {
			return false
		}
	}
	return len(set) > 0
}

// partOf reports whether all elements of a list are in another, sorted list. It is false for an empty list.
func partOf(part, whole []string) bool {
	for _, p := range part {
		if _, ok := slices.BinarySearch(whole, p); !ok {
			return false
		}
	}
	return len(part) > 0
}
