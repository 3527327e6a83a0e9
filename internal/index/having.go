package index

import "slices"

// Having returns the ids of the selected rows that have every word of a text, as the search reads words: all of them, sorted. Its cost is that
// of the rows with the rarest of the words.
func (ix *Index) Having(text string, f Filter) (ids []string) {
	s := ix.scratches.Get().(*scratch)
	defer func() {
		s.release()
		ix.scratches.Put(s)
	}()
	var terms []uint32
	for _, t := range ix.Terms(text).terms {
		if t.also {
			continue
		}
		id, ok := ix.vocab.ids[t.text]
		if !ok {
			return nil
		}
		terms = append(terms, id)
	}
	if len(terms) == 0 {
		return nil
	}
	rows := func(id uint32) (n int) {
		for l := range ix.vocab.terms[id].lists.All() {
			n += len(l.posts)
		}
		return n
	}
	slices.SortStableFunc(terms, func(a, b uint32) int { return rows(a) - rows(b) })
	ix.sel(&s.selection, &f)
	for l := range ix.vocab.terms[terms[0]].lists.All() {
		if !s.selection.has(l.segment) {
			continue
		}
		for _, p := range l.posts {
			d := ix.docs[p.doc()]
			lacks := func(id uint32) bool { return !slices.Contains(d.terms, id) }
			if !slices.ContainsFunc(terms[1:], lacks) && s.selection.admits(p.doc()) {
				ids = append(ids, d.entry.ID)
			}
		}
	}
	slices.Sort(ids)
	return ids
}
