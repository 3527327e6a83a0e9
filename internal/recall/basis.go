package recall

import "github.com/spectron-go/spectron/internal/record"

// Keeps reports whether a reader still sees every row of a list, whatever its state: chunks, turns by one of their chunks, facts and
// instructions, by their ids. Rows that were erased are gone, and so are those that lost the scopes in which the reader saw them.
func (s *State) Keeps(r Reader, ids []string) bool {
	defer s.enter()()
	for _, id := range ids {
		set, ok := s.view.scopesOfRow(id)
		if !ok || !r.Sees(set) {
			return false
		}
	}
	return true
}

// scopesOfRow returns the scope set of a row.
func (v *View) scopesOfRow(id string) (record.ScopeSet, bool) {
	if f := v.known.facts[id]; f != nil {
		return f.Scopes, true
	}
	if i := v.known.instructions[id]; i != nil {
		return i.Scopes, true
	}
	if first, ok := v.said.first[id]; ok { // a turn
		id = first
	}
	if c := v.chunk(id); c != nil {
		return c.Scopes, true
	}
	return nil, false
}

// ScopesOfRows returns the scope sets of chunks, turns, facts and instructions. A row that does not exist has none, which nobody sees.
func (v *View) ScopesOfRows(ids []string) []record.ScopeSet {
	return read(v, func() (out []record.ScopeSet) {
		for _, id := range ids {
			set, _ := v.scopesOfRow(id)
			out = append(out, set)
		}
		return out
	})
}
