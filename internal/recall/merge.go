package recall

import (
	"slices"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// Merge adds what other processes have written: rows in their current state, new or known. Readers see all of it or nothing. New
// texts have their vectors. The caller is the only writer.
func (v *View) Merge(u store.Update) error {
	u.Write.Chunks = v.attended(u)
	known, unseen := v.split(u.Write)
	chunks, replaced := v.narrowed(known.Chunks)
	replaced = append(replaced, v.replaced(known)...)
	batch, err := v.index.Prepare(append(created(unseen), replaced...)...) // readers do not wait while texts are tokenised
	if err != nil {
		return err
	}
	shelved, err := v.library.shelve(u.Write.Documents, u.Write.Passages)
	if err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(u.Erased)+len(u.Dropped)+len(chunks)+len(shelved.gone) > 0 {
		v.erasures.Add(1)
	}
	v.said.change(chunks, func(map[string]bool) { err = v.index.Commit(batch) })
	if err != nil {
		return err
	}
	for _, s := range u.Sessions {
		v.said.putSession(s)
	}
	v.replace(known)
	v.create(unseen)
	if err := v.library.put(shelved); err != nil {
		return err
	}
	v.erase(u.Erased)
	for _, id := range u.Dropped {
		v.dropSession(id, v.said.chunksOf(id))
	}
	return nil
}

// attended returns the chunks of an update whose sessions exist: an update may still name chunks of a dropped session.
func (v *View) attended(u store.Update) []record.Chunk {
	return slices.DeleteFunc(slices.Clone(u.Write.Chunks), func(c record.Chunk) bool {
		_, known := v.said.sessions.get(c.Session)
		return !known && !slices.ContainsFunc(u.Sessions, func(s record.Session) bool { return s.ID == c.Session })
	})
}

// split separates rows that the view has in an earlier state from new rows. Of several states of a row, the last is the newest.
func (v *View) split(w store.Write) (known, unseen store.Write) {
	known.Chunks, unseen.Chunks = divide(w.Chunks, func(c record.Chunk) string { return c.ID }, func(id string) bool { return v.chunk(id) != nil })
	known.Create, unseen.Create = divide(w.Create, func(f record.Fact) string { return f.ID }, func(id string) bool { return v.known.facts[id] != nil })
	known.Instructions, unseen.Instructions = divide(w.Instructions, func(i record.Instruction) string { return i.ID }, func(id string) bool { return v.known.instructions[id] != nil })
	unseen.Entities, unseen.Questions = w.Entities, w.Questions // putEntity and putQuestion replace earlier states themselves
	return known, unseen
}

// divide splits the rows of one table.
func divide[T any](rows []T, id func(T) string, have func(id string) bool) (known, unseen []T) {
	for _, r := range lastOf(rows, id) {
		if have(id(r)) {
			known = append(known, r)
		} else {
			unseen = append(unseen, r)
		}
	}
	return known, unseen
}

// narrowed returns the known chunks that have lost some of their scopes or were forgotten, as they are in the view and in their new state. A
// chunk changes in no other way.
func (v *View) narrowed(chunks []record.Chunk) (old []*record.Chunk, now []index.Entry) {
	for _, c := range chunks {
		if known := v.chunk(c.ID); !known.Scopes.Equal(c.Scopes) || !known.KnownUntil.Equal(c.KnownUntil) {
			old, now = append(old, known), append(now, v.embedded(chunkEntry(&c)))
		}
	}
	return old, now
}

// replaced returns the index entries of facts and instructions that the view has in an earlier state.
func (v *View) replaced(w store.Write) []index.Entry {
	var entries []index.Entry
	for i := range w.Create {
		entries = append(entries, v.embedded(factEntry(&w.Create[i])))
	}
	for i := range w.Instructions {
		entries = append(entries, v.embedded(instructionEntry(&w.Instructions[i])))
	}
	return entries
}

// replace stores the new states everywhere except in the index.
func (v *View) replace(w store.Write) {
	facts := make([]*record.Fact, len(w.Create))
	for i := range w.Create {
		w.Create[i].Vector = nil
		facts[i] = &w.Create[i]
	}
	v.known.put(facts...)
	for i := range w.Instructions {
		w.Instructions[i].Vector = nil
		v.known.putInstruction(&w.Instructions[i])
	}
}

// lastOf keeps the last row of each id.
func lastOf[T any](rows []T, id func(T) string) []T {
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
