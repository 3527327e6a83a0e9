package recall

import (
	"container/heap"
	"iter"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/sorted"
)

// order lists rows in the order of compare: all rows, and the rows of each scope set. The rows of a reader are merged from the sets that it
// sees, so that other sets cost nothing. A reader that sees everything reads the list of all rows. Lists are read from the end, with the
// greatest row first. A row may be in several sets.
type order[T any] struct {
	compare func(a, b T) int
	all     sorted.List[T]
	in      scope.Catalog[*sorted.List[T]]
}

// put lists a row in a scope set. It replaces a row that compares as equal.
func (o *order[T]) put(set record.ScopeSet, row T) {
	own, ok := o.in.Get(set)
	if !ok {
		own = &sorted.List[T]{}
		o.in.Put(set, own)
	}
	insertRow(&o.all, row, o.compare)
	insertRow(own, row, o.compare)
}

// insertRow adds a row to a list. It replaces a row that compares as equal.
func insertRow[T any](list *sorted.List[T], row T, compare func(a, b T) int) {
	if at, found := findRow(list, row, compare); found {
		*list.At(at) = row
	} else {
		list.Insert(at, row)
	}
}

// deleteRow removes a row from a list.
func deleteRow[T any](list *sorted.List[T], row T, compare func(a, b T) int) {
	if at, found := findRow(list, row, compare); found {
		list.Delete(at)
	}
}

// findRow finds the first row of a list that is not before the given row, and whether the two are equal.
func findRow[T any](list *sorted.List[T], row T, compare func(a, b T) int) (sorted.Place, bool) {
	return list.Search(func(r *T) int { return compare(*r, row) })
}

// remove removes a row from a scope set. The list of all rows keeps it if elsewhere reports that another set has it.
func (o *order[T]) remove(set record.ScopeSet, row T, elsewhere func() bool) {
	if own, ok := o.in.Get(set); ok {
		deleteRow(own, row, o.compare)
		if own.Len() == 0 {
			o.in.Delete(set)
		}
	}
	if elsewhere == nil || !elsewhere() {
		deleteRow(&o.all, row, o.compare)
	}
}

// lists yields the lists that a reader sees.
func (o *order[T]) lists(reach scope.Reach) iter.Seq[*sorted.List[T]] {
	return func(yield func(*sorted.List[T]) bool) {
		if reach.Visible == nil {
			yield(&o.all)
			return
		}
		for _, list := range o.in.Visible(reach) {
			if !yield(list) {
				return
			}
		}
	}
}

// count returns the number of rows that a reader sees. No row may be in several sets.
func (o *order[T]) count(reach scope.Reach) (n int) {
	for list := range o.lists(reach) {
		n += list.Len()
	}
	return n
}

// before yields the rows that a reader sees, each once, from the end: those before a place, or all if place is nil.
func (o *order[T]) before(reach scope.Reach, place *T) iter.Seq[T] {
	return mergeLists(o.compare, place, o.lists(reach))
}

// mergeLists yields the rows of some lists in the same way.
func mergeLists[T any](compare func(a, b T) int, place *T, lists iter.Seq[*sorted.List[T]]) iter.Seq[T] {
	return func(yield func(T) bool) {
		m := merger[T]{compare: compare}
		for list := range lists {
			at, _ := list.Search(func(r *T) int {
				if place == nil {
					return -1 // nil: from the end
				}
				return compare(*r, *place)
			})
			m.add(list, at)
		}
		if len(m.heads) == 1 { // no list has a row twice
			head := &m.heads[0]
			for ok := true; ok && yield(head.row); {
				if head.at, ok = head.list.Previous(head.at); ok {
					head.row = *head.list.At(head.at)
				}
			}
			return
		}
		heap.Init(&m)
		for first := true; len(m.heads) > 0; first = false {
			head := &m.heads[0]
			row := head.row
			if first || compare(row, m.last) != 0 {
				if !yield(row) {
					return
				}
				m.last = row
			}
			if at, ok := head.list.Previous(head.at); ok {
				head.at, head.row = at, *head.list.At(at)
				heap.Fix(&m, 0)
			} else {
				heap.Pop(&m)
			}
		}
	}
}

// merger is a heap of the lists that have rows left, by their next row, greatest first.
type merger[T any] struct {
	compare func(a, b T) int
	heads   []listHead[T]
	last    T // the row that was yielded last
}

// listHead is the next row of a list.
type listHead[T any] struct {
	row  T
	list *sorted.List[T]
	at   sorted.Place
}

func (m *merger[T]) add(list *sorted.List[T], at sorted.Place) {
	if at, ok := list.Previous(at); ok {
		m.heads = append(m.heads, listHead[T]{*list.At(at), list, at})
	}
}

func (m *merger[T]) Len() int           { return len(m.heads) }
func (m *merger[T]) Less(i, j int) bool { return m.compare(m.heads[i].row, m.heads[j].row) > 0 }
func (m *merger[T]) Swap(i, j int)      { m.heads[i], m.heads[j] = m.heads[j], m.heads[i] }
func (m *merger[T]) Push(x any)         { m.heads = append(m.heads, x.(listHead[T])) }
func (m *merger[T]) Pop() any {
	last := m.heads[len(m.heads)-1]
	m.heads = m.heads[:len(m.heads)-1]
	return last
}
