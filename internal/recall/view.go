// Package recall answers questions from memory: the view of what a Context holds, the tiers, and the reading
// of the graph.
package recall

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// View is one Context in memory: what search and planning need, read once and kept in step by the writer. It
// is safe for any number of readers beside one writer. Records that it returns are shared: do not change them.
type View struct {
	// mu guards the maps, and is held over the index as well where the two must agree. Unexported methods
	// expect it to be held.
	mu           sync.RWMutex
	index        *index.Index
	facts        map[string]*record.Fact
	instructions map[string]*record.Instruction
	questions    map[string]*record.OpenQuestion
	sessions     map[string]record.Session
	order        sessionOrder                         // of the sessions
	entities     map[string]*scope.Catalog[*presence] // by EntityRef.Key
	appearances  map[string]*presence                 // by the id of a row that says something of an entity
	words        map[string]*scope.Catalog[*Names]    // by the first word of the normalised name
	pending      map[string]*pending                  // by the key of a scope set
	byTurn       map[string]string                    // by turn the id of its first chunk
	pieces       map[string][]string                  // by turn the ids of its chunks, where there are several
	bySession    map[string][]string                  // chunk ids by session, in no order; some may be erased
	turns        map[string][]turnSet                 // where the turns of a session belong
	loading      bool                                 // rows come in the order of their ids
	seq          int64                                // the highest number of a fact
	newest       time.Time                            // when something was stored last, as far as rows say
}

// pending is what every write to a scope set is held against.
type pending struct {
	orders    map[string][]string // ids of the active instructions, by record.Deed
	questions map[string][]string // ids of those that are open, by the normalised words that they are about
}

// NewView returns an empty view.
func NewView() *View {
	return &View{
		index:        index.New(),
		facts:        map[string]*record.Fact{},
		instructions: map[string]*record.Instruction{}, questions: map[string]*record.OpenQuestion{},
		sessions: map[string]record.Session{}, entities: map[string]*scope.Catalog[*presence]{},
		appearances: map[string]*presence{}, words: map[string]*scope.Catalog[*Names]{}, pending: map[string]*pending{},
		byTurn: map[string]string{}, pieces: map[string][]string{}, bySession: map[string][]string{}, turns: map[string][]turnSet{},
	}
}

// Embed fills in the vectors of records that are stored without one, in place. It may be nil.
type Embed func(ctx context.Context, texts []string) ([][]float32, error)

// EachText calls f with every text of a write that search finds, and where its vector goes.
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
}

// EmbedWrite embeds what the write stores, where it has no vector yet.
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

// Apply takes over a write that the store has committed. Readers see all of it or nothing.
func (v *View) Apply(w store.Write) error {
	created, err := v.index.Prepare(created(w)...) // readers do not wait for it
	if err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.keepSession(w.Session)
	v.stored(w.Session.CreatedAt, w.Session.MovedAt)
	closed := v.close(w)
	v.create(w)
	if err := v.index.Commit(created); err != nil {
		return err
	}
	return v.index.Put(lastOf(closed)...)
}

// close ends what a write closes. Records are replaced, not changed: readers may hold the old ones.
func (v *View) close(w store.Write) []index.Entry {
	var entries []index.Entry
	for _, a := range w.Amend {
		old, ok := v.facts[a.ID]
		if !ok {
			continue
		}
		f := *old
		a.Amend(&f)
		v.update(old, &f)
		v.seq = max(v.seq, f.Seq)
		entries = append(entries, v.embedded(factEntry(&f)))
	}
	for _, c := range w.Close {
		old, ok := v.facts[c.ID]
		if !ok {
			continue
		}
		f := *old
		c.Close(&f)
		v.update(old, &f)
		v.count(&f, -1)
		v.stored(f.RetiredAt)
		entries = append(entries, v.embedded(factEntry(&f)))
	}
	for _, c := range w.CloseInstructions {
		old, ok := v.instructions[c.ID]
		if !ok {
			continue
		}
		i := *old
		i.Known.Until, i.RetiredAt, i.Active = c.KnownUntil, c.RetiredAt, false
		v.instruct(&i)
		entries = append(entries, v.embedded(instructionEntry(&i)))
	}
	for _, id := range w.Resolved {
		if old, ok := v.questions[id]; ok {
			q := *old
			q.Resolved = true
			v.ask(&q)
		}
	}
	return entries
}

// lastOf keeps the last of the entries of each row: one may be amended and closed.
func lastOf(entries []index.Entry) []index.Entry {
	return newest(entries, func(e index.Entry) string { return e.ID })
}

// embedded gives an entry that is in the index already the vector that it has there.
func (v *View) embedded(e index.Entry) index.Entry {
	e.Vector = v.index.Vector(e.ID)
	return e
}

// created is what search needs of new records.
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

// create takes over new records, but for search.
func (v *View) create(w store.Write) {
	for _, e := range slices.Concat(w.Entities, w.Raised) {
		v.name(e)
	}
	for i := range w.Chunks {
		v.createChunk(&w.Chunks[i])
	}
	for i := range w.Create {
		f := &w.Create[i]
		f.Vector = nil
		v.facts[f.ID] = f
		v.enter(f)
		v.seq = max(v.seq, f.Seq)
		v.stored(f.RecordedAt, f.RetiredAt)
		if f.Live() {
			v.count(f, 1)
		}
	}
	for i := range w.Instructions {
		in := &w.Instructions[i]
		in.Vector = nil
		v.instruct(in)
	}
	for i := range w.Questions {
		v.ask(&w.Questions[i])
	}
}

// instruct takes over an instruction as it is now.
func (v *View) instruct(i *record.Instruction) {
	if old := v.instructions[i.ID]; old != nil && !old.Scopes.Equal(i.Scopes) {
		v.settle(old.Scopes, record.Deed(old.Description), old.ID)
	}
	v.instructions[i.ID] = i
	mark(v.pendingIn(i.Scopes).orders, record.Deed(i.Description), i.ID, i.Active)
}

// ask takes over a question as it is now.
func (v *View) ask(q *record.OpenQuestion) {
	if old := v.questions[q.ID]; old != nil && !old.Scopes.Equal(q.Scopes) {
		v.settle(old.Scopes, record.Normalise(old.About), old.ID)
	}
	v.questions[q.ID] = q
	mark(v.pendingIn(q.Scopes).questions, record.Normalise(q.About), q.ID, !q.Resolved)
}

func (v *View) pendingIn(scopes record.ScopeSet) *pending {
	key := scope.Key(scopes)
	p := v.pending[key]
	if p == nil {
		p = &pending{map[string][]string{}, map[string][]string{}}
		v.pending[key] = p
	}
	return p
}

// mark lists an id under a key, once and in order, or takes it out.
func mark(lists map[string][]string, key, id string, in bool) {
	ids := lists[key]
	i, listed := slices.BinarySearch(ids, id)
	switch {
	case in && !listed:
		lists[key] = slices.Insert(ids, i, id)
	case !in && listed && len(ids) == 1:
		delete(lists, key)
	case !in && listed:
		lists[key] = slices.Delete(ids, i, i+1)
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

// Session returns a session.
func (v *View) Session(id string) (record.Session, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	s, ok := v.sessions[id]
	return s, ok
}

// ChunksOf returns the ids of the chunks of a session's turns.
func (v *View) ChunksOf(session string) []string {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.chunksOf(session)
}

func (v *View) chunksOf(session string) []string {
	ids := slices.DeleteFunc(slices.Clone(v.bySession[session]), func(id string) bool { return v.chunk(id) == nil })
	slices.Sort(ids)
	return slices.Compact(ids)
}

// DropSession forgets a session and the chunks of its turns; the facts from it stay.
func (v *View) DropSession(session string, chunks []string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.dropSession(session, chunks)
}

func (v *View) dropSession(session string, chunks []string) {
	v.removeSession(session)
	delete(v.turns, session)
	delete(v.bySession, session)
	for _, id := range chunks {
		if c := v.chunk(id); c != nil {
			delete(v.byTurn, c.Turn)
			delete(v.pieces, c.Turn)
		}
	}
	v.index.Delete(chunks...)
}

// Orders returns the active instructions of a scope set that ask for a deed or forbid it, by their [record.Deed].
func (v *View) Orders(scopes record.ScopeSet, deed string) []record.Instruction {
	v.mu.RLock()
	defer v.mu.RUnlock()
	p := v.pending[scope.Key(scopes)]
	if p == nil {
		return nil
	}
	return rowsOf(v.instructions, p.orders[deed])
}

// Questions returns the open questions of a scope set about something, in normalised words.
func (v *View) Questions(scopes record.ScopeSet, about string) []record.OpenQuestion {
	v.mu.RLock()
	defer v.mu.RUnlock()
	p := v.pending[scope.Key(scopes)]
	if p == nil {
		return nil
	}
	return rowsOf(v.questions, p.questions[about])
}

func rowsOf[T any](all map[string]*T, ids []string) []T {
	out := make([]T, 0, len(ids))
	for _, id := range ids {
		out = append(out, *all[id])
	}
	return out
}

// Dimension is the length of the vectors that the view holds; 0 while it holds none.
func (v *View) Dimension() int { return v.index.Dimension() }

// Stats says how much the view holds.
type Stats struct {
	Chunks, Facts, Entities, Instructions, Sessions int
}

// Rows counts what is most of a large view.
func (s Stats) Rows() int { return s.Chunks + s.Facts }

// Stats counts what the view holds.
func (v *View) Stats() Stats {
	v.mu.RLock()
	defer v.mu.RUnlock()
	chunks := v.index.Len() - len(v.facts) - len(v.instructions) // which are all that the index holds besides
	return Stats{chunks, len(v.facts), len(v.entities), len(v.instructions), len(v.sessions)}
}
