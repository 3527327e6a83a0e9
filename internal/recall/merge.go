package recall

import (
	"slices"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// Merge takes over what others have written: rows as they are now, whether the view had them or not. Readers see
// all of it or nothing. New texts have their vectors.
func (v *View) Merge(u store.Update) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, s := range u.Sessions {
		v.sessions[s.ID] = s
	}
	w := u.Write
	for _, e := range w.Entities {
		v.name(e)
	}
	// Of a session that was dropped, another one may still name what is left.
	w.Chunks = slices.DeleteFunc(w.Chunks, func(c record.Chunk) bool { _, ok := v.sessions[c.Session]; return !ok })
	known := v.replace(&w)
	entries := append(known, v.create(w)...)
	if err := v.index.Put(entries...); err != nil {
		return err
	}
	v.erase(u.Erased)
	for _, id := range u.Dropped {
		v.dropSession(id, v.chunksOf(id))
	}
	return nil
}

// replace takes over the rows that the view has in an earlier state, and takes them out of w. Of several states of
// a row the last is the newest.
func (v *View) replace(w *store.Write) []index.Entry {
	var entries []index.Entry
	w.Chunks = newest(w.Chunks, func(c record.Chunk) string { return c.ID })
	w.Chunks = slices.DeleteFunc(w.Chunks, func(c record.Chunk) bool {
		old := v.chunks[c.ID]
		if old != nil && !old.Scopes.Equal(c.Scopes) { // all that a chunk can lose is a part of those
			c.Vector = nil // the index has it
			v.changeChunk(old, &c)
			entries = append(entries, v.embedded(chunkEntry(&c)))
		}
		return old != nil
	})
	refile := refiling{view: v}
	w.Create = newest(w.Create, func(f record.Fact) string { return f.ID })
	w.Create = slices.DeleteFunc(w.Create, func(f record.Fact) bool {
		old, ok := v.facts[f.ID]
		if !ok {
			return false
		}
		f.Vector = nil // the index has it
		if old.Scopes.Equal(f.Scopes) {
			if old.Live() {
				v.count(old, -1)
			}
			if f.Live() {
				v.count(&f, 1)
			}
			v.facts[f.ID] = &f
		} else {
			refile.fact(old, &f)
		}
		entries = append(entries, v.embedded(factEntry(&f)))
		return true
	})
	refile.done()
	w.Instructions = newest(w.Instructions, func(i record.Instruction) string { return i.ID })
	w.Instructions = slices.DeleteFunc(w.Instructions, func(i record.Instruction) bool {
		if _, ok := v.instructions[i.ID]; !ok {
			return false
		}
		i.Vector = nil
		v.instruct(&i)
		entries = append(entries, v.embedded(instructionEntry(&i)))
		return true
	})
	w.Entities = nil
	return entries
}

// newest keeps the last of the rows of each id.
func newest[T any](rows []T, id func(T) string) []T {
	last := make(map[string]int, len(rows))
	for i, r := range rows {
		last[id(r)] = i
	}
	out := rows[:0:0]
	for i, r := range rows {
		if last[id(r)] == i {
			out = append(out, r)
		}
	}
	return out
}
