package recall

import (
	"slices"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// Erased rows are removed from every index. Rows that lose some of their scopes are filed again. The view then equals one that is loaded
// from the database.

// Holds reports whether the view has a row whose scopes pass the test.
func (v *View) Holds(test func(record.ScopeSet) bool) bool {
	v.mu.RLock()
	defer v.mu.RUnlock()
	known := map[string]bool{} // many rows have the same scopes
	in := func(set record.ScopeSet) bool {
		key := scope.Key(set)
		found, ok := known[key]
		if !ok {
			found = test(set)
			known[key] = found
		}
		return found
	}
	for _, p := range v.known.appearances {
		if in(p.row.Scopes) {
			return true
		}
	}
	// The index has all chunks, facts and instructions.
	for _, d := range v.library.documents {
		if in(d.Scopes) {
			return true
		}
	}
	return slices.ContainsFunc(v.index.ScopeSets(), in) || holds(v.known.questions, func(q *record.OpenQuestion) bool { return in(q.Scopes) })
}

func holds[T any](rows map[string]T, test func(T) bool) bool {
	for _, r := range rows {
		if test(r) {
			return true
		}
	}
	return false
}

// erase removes the rows with the given ids.
func (v *View) erase(ids []string) {
	v.said.remove(v.chunksAmong(ids))
	for _, id := range ids {
		v.said.removeSession(id)
	}
	for _, id := range ids {
		v.library.remove(id)
	}
	v.known.erase(ids)
	v.index.Delete(ids...)
}
