package index

import "github.com/spectron-go/spectron/internal/scope"

// Numbers returns the numbers of the entries that a reader sees, unordered, also of those whose known time has ended. Its cost is that of the
// visible entries. After a change of the index, a number may stand for another entry or for none: see Numbered.
func (ix *Index) Numbers(r scope.Reach) (out []uint32) {
	for _, part := range ix.sets.Visible(r) {
		for i := range ix.parts[part].segments {
			out = append(out, ix.parts[part].segments[i].docs...)
		}
	}
	return out
}

// Numbered returns the entry with a number, as Get does.
func (ix *Index) Numbered(n uint32) (Entry, bool) {
	if int(n) >= len(ix.docs) || ix.docs[n] == nil {
		return Entry{}, false
	}
	return ix.entry(ix.docs[n]), true
}
