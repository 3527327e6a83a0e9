package recall

import (
	"container/heap"
	"iter"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/sorted"
)

// order lists rows in the order of compare: all of them, and those of each scope set. What a reader is given is merged out of the sets
// that it sees, so that others cost it nothing; a reader that sees everything reads the first list. It is read from its end: listings
// begin with what compares as greatest. A row may be in several sets.
type order[T any] struct {
	compare func(a, b T) int
	all     sorted.List[T]
	in      scope.Catalog[*sorted.List[T]]
}

// put lists a row in a scope set, in place of a row that compares as equal.
func (o *order[T]) put(set record.ScopeSet, row T) {
	own, ok := o.in.Get(set)
	if !ok {
		own = &sorted.List[T]{}
		o.in.Put(set, own)
	}
	insertRow(&o.all, row, o.compare)
	insertRow(own, row, o.compare)
}

// insertRow puts a row into a list, in place of a row that compares as equal.
func insertRow[T any](list *sorted.List[T], row T, compare func(a, b T) int) {
	if at, found := findRow(list, row, compare); found {
		*list.At(at) = row
	} else {
		list.Insert(at, row)
	}
}

// deleteRow takes a row out of a list.
func deleteRow[T any](list *sorted.List[T], row T, compare func(a, b T) int) {
	if at, found := findRow(list, row, compare); found {
		list.Delete(at)
	}
}

// findRow finds the first row of a list that is not before another one, and whether it is that one.
func findRow[T any](list *sorted.List[T], row T, compare func(a, b T) int) (sorted.Place, bool) {
	return list.Search(func(r *T) int { return compare(*r, row) })
}

// remove takes a row out of a scope set. It stays in the list of all rows while elsewhere says that another set has it.
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

// lists are the lists that a reader is given.
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

// count returns how many rows a reader is given, where no row is in several sets.
func (o *order[T]) count(reach scope.Reach) (n int) {
	for list := range o.lists(reach) {
		n += list.Len()
	}
	return n
}

// before yields the rows that a reader is given, each once, from the end: those before a place, or all if there is none.
func (o *order[T]) before(reach scope.Reach, place *T) iter.Seq[T] {
	return mergeLists(o.compare, place, o.lists(reach))
}

// mergeLists does it for some lists.
func mergeLists[T any](compare func(a, b T) int, place *T, lists iter.Seq[*sorted.List[T]]) iter.Seq[T] {
	return func(yield func(T) bool) {
		m := merger[T]{compare: compare}
		for list := range lists {
			at, _ := list.Search(func(r *T) int {
				if place == nil {
					return -1 // the end
				}
				return compare(*r, *place)
			})
			m.add(list, at)
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

// merger has the lists of which rows are left, that with the greatest next row first.
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
