package recall

import (
	"slices"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// Merge takes over what others have written: rows as they are now, whether the view had them or not. Readers see
// all of it or nothing. New texts have their vectors. Nobody else changes the view meanwhile.
func (v *View) Merge(u store.Update) error {
	u.Write.Chunks = v.attended(u)
	known, unseen := v.split(u.Write)
	created, err := v.index.Prepare(created(unseen)...) // readers do not wait for it
	if err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, s := range u.Sessions {
		v.sessions[s.ID] = s
		v.stored(s.CreatedAt, s.MovedAt)
	}
	replaced := v.replace(known)
	v.create(unseen)
	if err := v.index.Commit(created); err != nil {
		return err
	}
	if err := v.index.Put(replaced...); err != nil {
		return err
	}
	v.erase(u.Erased)
	for _, id := range u.Dropped {
		v.dropSession(id, v.chunksOf(id))
	}
	return nil
}

// attended are the chunks of an update whose sessions are there: of one that was dropped, the update may still name what is left.
func (v *View) attended(u store.Update) []record.Chunk {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return slices.DeleteFunc(slices.Clone(u.Write.Chunks), func(c record.Chunk) bool {
		_, known := v.sessions[c.Session]
		return !known && !slices.ContainsFunc(u.Sessions, func(s record.Session) bool { return s.ID == c.Session })
	})
}

// split tells the rows that the view has in an earlier state from those that it has not. Of several states of a row the last
// is the newest.
func (v *View) split(w store.Write) (known, unseen store.Write) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	known.Chunks, unseen.Chunks = divide(v.chunks, w.Chunks, func(c record.Chunk) string { return c.ID })
	known.Create, unseen.Create = divide(v.facts, w.Create, func(f record.Fact) string { return f.ID })
	known.Instructions, unseen.Instructions = divide(v.instructions, w.Instructions, func(i record.Instruction) string { return i.ID })
	unseen.Entities, unseen.Questions = w.Entities, w.Questions // which are named and asked in any case
	return known, unseen
}

// divide does it for the rows of a table.
func divide[T any](have map[string]*T, rows []T, id func(T) string) (known, unseen []T) {
	for _, r := range newest(rows, id) {
		if have[id(r)] != nil {
			known = append(known, r)
		} else {
			unseen = append(unseen, r)
		}
	}
	return known, unseen
}

// replace takes over rows that the view has in an earlier state.
func (v *View) replace(w store.Write) []index.Entry {
	var entries []index.Entry
	for _, c := range w.Chunks {
		old := v.chunks[c.ID]
		if old.Scopes.Equal(c.Scopes) {
			continue // all that a chunk can lose is a part of those
		}
		c.Vector = nil // the index has it
		v.changeChunk(old, &c)
		entries = append(entries, v.embedded(chunkEntry(&c)))
	}
	refile := refiling{view: v}
	for _, f := range w.Create {
		f.Vector = nil
		old := v.facts[f.ID]
		if old.Scopes.Equal(f.Scopes) {
			if old.Live() {
				v.count(old, -1)
			}
			if f.Live() {
				v.count(&f, 1)
			}
			v.update(old, &f)
		} else {
			refile.fact(old, &f)
		}
		v.seq = max(v.seq, f.Seq)
		v.stored(f.RecordedAt, f.RetiredAt)
		entries = append(entries, v.embedded(factEntry(&f)))
	}
	refile.done()
	for _, i := range w.Instructions {
		i.Vector = nil
		v.instruct(&i)
		entries = append(entries, v.embedded(instructionEntry(&i)))
	}
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
