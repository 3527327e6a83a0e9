// Package recall answers questions from memory. It holds a Context in memory as a view, and answers from its graph or by a search.
package recall

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// View is one Context in memory: the data for search and planning. It is loaded once, and the writer keeps it in step. It is safe for any
// number of readers and one writer. Returned records are shared: do not change them.
type View struct {
	// mu guards the three parts, which are consistent with each other while it is held. Unexported methods require it, unless the writer calls
	// them: nobody else changes anything, so the writer reads without it.
	mu    locker
	index *index.Index   // chunks, facts and instructions, for search; chunks are nowhere else
	known *factStore     // facts, instructions, questions, entities
	said  *conversations // sessions and their turns
	// library has the documents and their passages.
	library *library

	erasures atomic.Int64 // how often rows were erased or forgotten
}

// Era is the time between two erasures. What was read of a view in another era may have been erased or forgotten.
type Era struct {
	view     *View
	erasures int64
}

// Era returns the current era.
func (v *View) Era() Era { return Era{v, v.erasures.Load()} }

// Era returns the current era of the view.
func (s *State) Era() Era { return s.view.Era() }

// locker is a sync.RWMutex, or its replacement in a test.
type locker interface {
	sync.Locker
	RLock()
	RUnlock()
	TryRLock() bool
}

// NewView returns an empty view.
func NewView() *View {
	v := &View{mu: &sync.RWMutex{}, index: index.New(), known: newFactStore(), library: newLibrary()}
	v.said = newConversations(v.chunk)
	return v
}

// Embed returns the vectors of texts. A nil Embed leaves records without vectors.
type Embed func(ctx context.Context, texts []string) ([][]float32, error)

// EachText calls f with every searchable text of a write, and with a pointer to its vector.
func EachText(w *store.Write, f func(text string, vector *[]float32)) {
	for i := range w.Chunks {
		f(w.Chunks[i].Text, &w.Chunks[i].Vector)
	}
	for i := range w.Create {
		f(w.Create[i].Text(), &w.Create[i].Vector)
	}
	for i := range w.Instructions {
		f(w.Instructions[i].Description, &w.Instructions[i].Vector)
	}
	for i := range w.Passages {
		text, _ := w.Passages[i].Searched()
		f(text, &w.Passages[i].Vector)
	}
}

// EmbedWrite embeds the new texts of a write that have no vector yet.
func EmbedWrite(ctx context.Context, w *store.Write, embed Embed) error {
	var texts []string
	var targets []*[]float32
	EachText(w, func(text string, vector *[]float32) {
		if *vector == nil {
			texts, targets = append(texts, text), append(targets, vector)
		}
	})
	if len(texts) == 0 {
		return nil
	}
	vectors, err := embed(ctx, texts)
	if err != nil {
		return err
	}
	if len(vectors) != len(texts) {
		return fmt.Errorf("recall: the embedder returned %d vectors for %d texts", len(vectors), len(texts))
	}
	for i, target := range targets {
		*target = vectors[i]
	}
	return nil
}

// Apply adds a write that the store has committed. Readers see all of it or nothing.
func (v *View) Apply(w store.Write) error {
	// Readers do not wait while texts are tokenised.
	ended := v.endings(w)
	batch, err := v.index.Prepare(slices.Concat(created(w), ended.entries(), v.hidden(w))...)
	if err != nil {
		return err
	}
	shelved, err := v.library.shelve(w.Documents, w.Passages)
	if err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.index.Commit(batch); err != nil {
		return err
	}
	if err := v.library.put(shelved); err != nil {
		return err
	}
	if len(w.Tombstones)+len(shelved.gone) > 0 {
		v.erasures.Add(1)
	}
	for _, m := range w.Sessions() {
		v.said.putSession(m.Session)
	}
	v.known.put(ended.facts...)
	for _, i := range ended.instructions {
		v.known.putInstruction(i)
	}
	for _, q := range ended.questions {
		v.known.putQuestion(q)
	}
	v.create(w)
	return nil
}

// endings are the new states of rows that a write amends, reinforces or closes. Records are replaced, not changed, because readers may hold the old
// ones.
type endings struct {
	view         *View
	facts        []*record.Fact
	instructions []*record.Instruction
	questions    []*record.OpenQuestion
}

// endings finds the rows that a write amends, reinforces or closes.
func (v *View) endings(w store.Write) endings {
	out := endings{view: v}
	now := make(map[string]*record.Fact, len(w.Amend)+len(w.Close)) // a fact may be amended and closed
	ended := func(id string) *record.Fact {
		if f := now[id]; f != nil {
			return f
		}
		old := v.known.facts[id]
		if old == nil {
			return nil
		}
		f := *old
		now[id] = &f
		out.facts = append(out.facts, &f)
		return &f
	}
	for _, a := range w.Amend {
		if f := ended(a.ID); f != nil {
			a.Amend(f)
		}
	}
	for _, c := range w.Close {
		if f := ended(c.ID); f != nil {
			c.Close(f)
		}
	}
	for _, p := range w.Pins {
		if f := ended(p.ID); f != nil {
			f.Pinned = p.Pinned
			p.Set(f)
		}
	}
	for _, r := range w.Retold {
		if f := ended(r.ID); f != nil {
			f.Retold, f.UsedAt = r.Turns, r.At
		}
	}
	for i := range w.Resourced {
		if f := ended(w.Resourced[i].ID); f != nil {
			w.Resourced[i].Apply(f)
		}
	}
	for _, o := range w.Observed {
		if f := ended(o.ID); f != nil {
			f.Proofs = o.Proofs
			o.Set(f)
		}
	}
	for _, r := range w.Reinforced {
		if f := ended(r.ID); f != nil {
			r.Set(f)
			f.UsedAt = r.Used
		}
	}
	for _, c := range w.CloseInstructions {
		if old := v.known.instructions[c.ID]; old != nil {
			i := *old
			i.Known.Until, i.RetiredAt, i.Active = c.KnownUntil, c.RetiredAt, false
			out.instructions = append(out.instructions, &i)
		}
	}
	for _, id := range w.Resolved {
		if old := v.known.questions[id]; old != nil {
			q := *old
			q.Resolved, q.ResolvedAt, q.Note = true, w.At, w.Note
			out.questions = append(out.questions, &q)
		}
	}
	return out
}

// entries returns the index entries of the new states. They keep their vectors.
func (e *endings) entries() []index.Entry {
	out := make([]index.Entry, 0, len(e.facts)+len(e.instructions))
	for _, f := range e.facts {
		out = append(out, e.view.embedded(factEntry(f)))
	}
	for _, i := range e.instructions {
		out = append(out, e.view.embedded(instructionEntry(i)))
	}
	return out
}

// hidden returns the index entries of the chunks that a write hides.
func (v *View) hidden(w store.Write) (entries []index.Entry) {
	for _, h := range w.Hidden {
		if c := v.chunk(h.ID); c != nil {
			c.KnownUntil = h.Until
			entries = append(entries, v.embedded(chunkEntry(c)))
		}
	}
	return entries
}

// embedded sets the vector that the index already has for an entry.
func (v *View) embedded(e index.Entry) index.Entry {
	e.Vector = v.index.Vector(e.ID)
	return e
}

// created returns the index entries of new records.
func created(w store.Write) []index.Entry {
	entries := make([]index.Entry, 0, len(w.Chunks)+len(w.Create)+len(w.Instructions))
	for i := range w.Chunks {
		entries = append(entries, chunkEntry(&w.Chunks[i]))
	}
	for i := range w.Create {
		entries = append(entries, factEntry(&w.Create[i]))
	}
	for i := range w.Instructions {
		entries = append(entries, instructionEntry(&w.Instructions[i]))
	}
	return entries
}

// create stores new records everywhere except in the index.
func (v *View) create(w store.Write) {
	for _, e := range slices.Concat(w.Entities, w.Raised) {
		v.known.putEntity(e)
	}
	for i := range w.Chunks {
		v.said.put(&w.Chunks[i])
	}
	for i := range w.Create {
		w.Create[i].Vector = nil // the index has it
		v.known.put(&w.Create[i])
	}
	for i := range w.Instructions {
		w.Instructions[i].Vector = nil
		v.known.putInstruction(&w.Instructions[i])
	}
	for i := range w.Questions {
		v.known.putQuestion(&w.Questions[i])
	}
}

func factEntry(f *record.Fact) index.Entry {
	occurred := f.Known.From
	if !f.Valid.From.IsZero() {
		occurred = f.Valid.From
	}
	return index.Entry{
		ID: f.ID, Kind: f.Kind, Text: f.Text(), Vector: f.Vector, Scopes: f.Scopes, Labels: f.Labels,
		Category: f.Category, Session: f.Source.Session, Source: f.Source.Kind, Known: f.Known, Valid: f.Valid,
		Occurred: occurred, Importance: f.Importance,
	}
}

func instructionEntry(i *record.Instruction) index.Entry {
	return index.Entry{
		ID: i.ID, Kind: record.KindInstruction, Text: i.Description, Vector: i.Vector, Scopes: i.Scopes, Labels: i.Labels,
		Category: record.Identity, Session: i.Source.Session, Source: i.Source.Kind, Known: i.Known,
		Occurred: i.Known.From, Importance: 1,
	}
}

// DropSession removes a session and the chunks of its turns. The facts extracted from it stay.
func (v *View) DropSession(session string, chunks []string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.dropSession(session, chunks)
}

func (v *View) dropSession(session string, chunks []string) {
	v.said.removeSession(session)
	v.said.remove(v.chunksAmong(chunks))
	v.index.Delete(chunks...)
}

// Stats are the sizes of the view.
type Stats struct {
	Chunks, Facts, Entities, Instructions, Sessions, Documents, Passages int
}

// Rows returns the number of chunks, facts and passages, which are most of a large view.
func (s Stats) Rows() int { return s.Chunks + s.Facts + s.Passages }

// Stats returns the sizes of the view.
func (v *View) Stats() Stats {
	v.mu.RLock()
	defer v.mu.RUnlock()
	k := v.known
	chunks := v.index.Len() - len(k.facts) - len(k.instructions) // the index holds nothing else
	return Stats{chunks, len(k.facts), len(k.entities), len(k.instructions), v.said.sessions.count, len(v.library.documents), v.library.passages}
}
