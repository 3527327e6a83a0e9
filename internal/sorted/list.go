// Package sorted provides a sorted list that inserts a value without moving all others.
package sorted

import (
	"iter"
	"slices"
)

// blockSize is how many values are moved for one, at most.
const blockSize = 256

// List holds values in the order that its user inserts them in. The zero value is empty. It is not safe for concurrent use.
type List[E any] struct {
	blocks [][]E // none is empty
	count  int
}

// Place is where a value is, or would be. A change of the list ends what a place and a pointer to a value mean.
type Place struct{ block, index int }

// Len returns the number of values.
func (l *List[E]) Len() int { return l.count }

// Search finds the first value that is not before what is looked for, and whether it is that. compare is negative for the
// values before it and 0 for the value itself. What comes after all others, or is the last, is found at once.
func (l *List[E]) Search(compare func(*E) int) (at Place, found bool) {
	if l.count == 0 {
		return at, false
	}
	at.block = len(l.blocks) - 1
	last := l.blocks[at.block]
	at.index = len(last) - 1
	switch c := compare(&last[at.index]); {
	case c == 0 && l.count == 1:
		return at, true
	case c < 0:
		at.index++
		return at, false
	}
	at.block = search(len(l.blocks), func(i int) bool { return compare(&l.blocks[i][len(l.blocks[i])-1]) >= 0 })
	block := l.blocks[at.block]
	at.index = search(len(block), func(i int) bool { return compare(&block[i]) >= 0 })
	return at, compare(&block[at.index]) == 0
}

// search finds the first of n for which ok says so.
func search(n int, ok func(int) bool) int {
	low, high := 0, n
	for low < high {
		if middle := (low + high) / 2; ok(middle) {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

// At returns the value at a place, nil behind the last.
func (l *List[E]) At(p Place) *E {
	if p.block >= len(l.blocks) || p.index >= len(l.blocks[p.block]) {
		return nil
	}
	return &l.blocks[p.block][p.index]
}

// Next is the place after one that has a value.
func (l *List[E]) Next(p Place) Place {
	if p.index++; p.index == len(l.blocks[p.block]) && p.block+1 < len(l.blocks) {
		return Place{p.block + 1, 0}
	}
	return p
}

// Previous is the place before one; false: it is the first.
func (l *List[E]) Previous(p Place) (Place, bool) {
	switch {
	case p.index > 0:
		return Place{p.block, p.index - 1}, true
	case p.block > 0:
		return Place{p.block - 1, len(l.blocks[p.block-1]) - 1}, true
	}
	return p, false
}

// Insert puts a value before the one at a place.
func (l *List[E]) Insert(p Place, e E) {
	l.count++
	if len(l.blocks) == 0 {
		l.blocks = [][]E{{e}}
		return
	}
	block := l.blocks[p.block]
	if len(block) < blockSize {
		l.blocks[p.block] = slices.Insert(block, p.index, e)
		return
	}
	if p.index == blockSize { // what comes in order fills the blocks
		l.blocks = slices.Insert(l.blocks, p.block+1, []E{e})
		return
	}
	const half = blockSize / 2
	l.blocks = slices.Insert(l.blocks, p.block+1, slices.Clone(block[half:]))
	clear(block[half:])
	l.blocks[p.block] = block[:half]
	if p.index > half {
		p.block, p.index = p.block+1, p.index-half
	}
	l.blocks[p.block] = slices.Insert(l.blocks[p.block], p.index, e)
}

// Delete takes out the value at a place.
func (l *List[E]) Delete(p Place) {
	l.count--
	block := slices.Delete(l.blocks[p.block], p.index, p.index+1)
	l.blocks[p.block] = block
	if len(block) == 0 {
		l.blocks = slices.Delete(l.blocks, p.block, p.block+1)
		return
	}
	// Small neighbours become one block.
	if next := p.block + 1; next < len(l.blocks) && len(block)+len(l.blocks[next]) <= blockSize/2 {
		l.blocks[p.block] = append(block, l.blocks[next]...)
		l.blocks = slices.Delete(l.blocks, next, next+1)
	}
}

// All yields all values, in order. The list must not change meanwhile.
func (l *List[E]) All() iter.Seq[*E] {
	return func(yield func(*E) bool) {
		for _, block := range l.blocks {
			for i := range block {
				if !yield(&block[i]) {
					return
				}
			}
		}
	}
}
