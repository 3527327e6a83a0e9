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
		v.keepSession(s)
		v.stored(s.CreatedAt, s.MovedAt)
	}
	chunks, narrowed := v.narrowed(known.Chunks)
	replaced := append(narrowed, v.replace(known)...)
	v.create(unseen)
	if err := v.index.Commit(created); err != nil {
		return err
	}
	turns := v.uncountTurns(chunks)
	if err := v.index.Put(replaced...); err != nil {
		return err
	}
	v.countTurns(turns)
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
	known.Chunks, unseen.Chunks = divide(w.Chunks, func(c record.Chunk) string { return c.ID }, func(id string) bool { return v.chunk(id) != nil })
	known.Create, unseen.Create = divide(w.Create, func(f record.Fact) string { return f.ID }, func(id string) bool { return v.facts[id] != nil })
	known.Instructions, unseen.Instructions = divide(w.Instructions, func(i record.Instruction) string { return i.ID }, func(id string) bool { return v.instructions[id] != nil })
	unseen.Entities, unseen.Questions = w.Entities, w.Questions // which are named and asked in any case
	return known, unseen
}

// divide does it for the rows of a table.
func divide[T any](rows []T, id func(T) string, have func(id string) bool) (known, unseen []T) {
	for _, r := range newest(rows, id) {
		if have(id(r)) {
			known = append(known, r)
		} else {
			unseen = append(unseen, r)
		}
	}
	return known, unseen
}

// narrowed returns the chunks, of those that the view has in an earlier state, that have lost a part of their scopes, which is all
// that a chunk can lose: as they are in the view, and as they are now.
func (v *View) narrowed(chunks []record.Chunk) (old []*record.Chunk, now []index.Entry) {
	for _, c := range chunks {
		if known := v.chunk(c.ID); !known.Scopes.Equal(c.Scopes) {
			old, now = append(old, known), append(now, v.embedded(chunkEntry(&c)))
		}
	}
	return old, now
}

// replace takes over facts and instructions that the view has in an earlier state.
func (v *View) replace(w store.Write) []index.Entry {
	var entries []index.Entry
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
