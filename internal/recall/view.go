// Package recall answers questions from memory: the view of what a Context holds, the tiers, and the reading
// of the graph.
package recall

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// View is one Context in memory: what search and planning need, read once and kept in step by the writer. It
// is safe for any number of readers beside one writer. Records that it returns are shared: do not change them.
type View struct {
	// mu guards the maps, and is held over the index as well where the two must agree. Unexported methods
	// expect it to be held.
	mu           sync.RWMutex
	index        *index.Index
	chunks       map[string]*record.Chunk
	facts        map[string]*record.Fact
	instructions map[string]*record.Instruction
	questions    map[string]*record.OpenQuestion
	sessions     map[string]record.Session
	entities     map[string]record.Entity // by EntityRef.Key
	bySubject    map[string][]string      // fact ids by the key of the entity that they are about
	byObject     map[string][]string      // ids of relations by the key of the entity at the other end
	byTurn       map[string][]string      // chunk ids by turn
	turns        map[string][]turnSet     // where the turns of a session belong
	uses         map[string]int           // live facts by entity key, to order the vocabulary
	byFirstWord  map[string][]string      // entity keys by the first word of the normalised name
}

// NewView returns an empty view.
func NewView() *View {
	return &View{
		index:  index.New(),
		chunks: map[string]*record.Chunk{}, facts: map[string]*record.Fact{},
		instructions: map[string]*record.Instruction{}, questions: map[string]*record.OpenQuestion{},
		sessions: map[string]record.Session{}, entities: map[string]record.Entity{},
		bySubject: map[string][]string{}, byObject: map[string][]string{}, byTurn: map[string][]string{},
		turns: map[string][]turnSet{}, uses: map[string]int{},
		byFirstWord: map[string][]string{},
	}
}

// Embed fills in the vectors of records that are stored without one, in place. It may be nil.
type Embed func(ctx context.Context, texts []string) ([][]float32, error)

// loadBatch is how many rows are embedded and indexed at a time while a view is read.
const loadBatch = 1000

// Load reads a view of everything that the source holds. What was read and embedded is put into the index while the
// next rows are read and embedded.
func Load(ctx context.Context, s store.Source, embed Embed) (_ *View, err error) {
	v := NewView()
	batches, failed := make(chan store.Write), make(chan error, 1)
	go func() {
		var failure error
		for w := range batches {
			if failure == nil {
				failure = v.add(w)
			}
		}
		failed <- failure
	}()
	// The goroutine ends with this function.
	defer func() {
		close(batches)
		if failure := <-failed; err == nil && failure != nil {
			err = failure
		}
	}()
	for e, err := range s.Entities(ctx) {
		if err != nil {
			return nil, err
		}
		v.name(e)
	}
	for session, err := range s.Sessions(ctx) {
		if err != nil {
			return nil, err
		}
		v.sessions[session.ID] = session
	}
	var w store.Write
	flush := func(least int) error {
		if len(w.Chunks)+len(w.Create)+len(w.Instructions) < least {
			return nil
		}
		if embed != nil {
			if err := EmbedWrite(ctx, &w, embed); err != nil {
				return err
			}
		}
		batches <- w
		w = store.Write{}
		return nil
	}
	for c, err := range s.Chunks(ctx) {
		if err != nil {
			return nil, err
		}
		w.Chunks = append(w.Chunks, c)
		if err := flush(loadBatch); err != nil {
			return nil, err
		}
	}
	for f, err := range s.Facts(ctx) {
		if err != nil {
			return nil, err
		}
		w.Create = append(w.Create, f)
		if err := flush(loadBatch); err != nil {
			return nil, err
		}
	}
	for i, err := range s.Instructions(ctx) {
		if err != nil {
			return nil, err
		}
		w.Instructions = append(w.Instructions, i)
	}
	for q, err := range s.Questions(ctx) {
		if err != nil {
			return nil, err
		}
		w.Questions = append(w.Questions, q)
	}
	return v, flush(0)
}

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
	v.mu.Lock()
	defer v.mu.Unlock()
	v.sessions[w.Session.ID] = w.Session
	entries := v.close(w)
	return v.index.Put(append(entries, v.create(w)...)...)
}

// add takes over what a load reads.
func (v *View) add(w store.Write) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.index.Put(v.create(w)...)
}

// close ends what a write closes. Records are replaced, not changed: readers may hold the old ones.
func (v *View) close(w store.Write) []index.Entry {
	var entries []index.Entry
	for _, c := range w.Close {
		old, ok := v.facts[c.ID]
		if !ok {
			continue
		}
		f := *old
		f.Known.Until, f.RetiredAt, f.SupersededBy = c.KnownUntil, c.RetiredAt, c.SupersededBy
		if !c.ValidUntil.IsZero() {
			f.Valid.Until = c.ValidUntil
		}
		v.facts[f.ID] = &f
		v.count(&f, -1)
		entries = append(entries, v.embedded(factEntry(&f)))
	}
	for _, c := range w.CloseInstructions {
		old, ok := v.instructions[c.ID]
		if !ok {
			continue
		}
		i := *old
		i.Known.Until, i.RetiredAt, i.Active = c.KnownUntil, c.RetiredAt, false
		v.instructions[i.ID] = &i
		entries = append(entries, v.embedded(instructionEntry(&i)))
	}
	for _, id := range w.Resolved {
		if old, ok := v.questions[id]; ok {
			q := *old
			q.Resolved = true
			v.questions[id] = &q
		}
	}
	return entries
}

// embedded gives an entry that is in the index already the vector that it has there.
func (v *View) embedded(e index.Entry) index.Entry {
	if old, ok := v.index.Get(e.ID); ok {
		e.Vector = old.Vector
	}
	return e
}

// create takes over new records and returns what search needs of them.
func (v *View) create(w store.Write) []index.Entry {
	entries := make([]index.Entry, 0, len(w.Chunks)+len(w.Create)+len(w.Instructions))
	for _, e := range slices.Concat(w.Entities, w.Widened) {
		if old, ok := v.entities[e.Key()]; ok {
			e.Scopes, e.CreatedAt = old.Scopes.With(e.Scopes), old.CreatedAt
		}
		v.name(e)
	}
	for i := range w.Chunks {
		c := &w.Chunks[i]
		entries = append(entries, chunkEntry(c))
		c.Vector = nil // the index has it
		v.chunks[c.ID] = c
		if len(v.byTurn[c.Turn]) == 0 {
			v.countTurn(c)
		}
		v.byTurn[c.Turn] = append(v.byTurn[c.Turn], c.ID)
	}
	for i := range w.Create {
		f := &w.Create[i]
		entries = append(entries, factEntry(f))
		f.Vector = nil
		v.facts[f.ID] = f
		subject := f.Entity.Key()
		v.bySubject[subject] = append(v.bySubject[subject], f.ID)
		if f.Kind == record.KindRelation {
			object := f.Object.Key()
			v.byObject[object] = append(v.byObject[object], f.ID)
		}
		if f.Live() {
			v.count(f, 1)
		}
	}
	for i := range w.Instructions {
		in := &w.Instructions[i]
		entries = append(entries, instructionEntry(in))
		in.Vector = nil
		v.instructions[in.ID] = in
	}
	for i := range w.Questions {
		v.questions[w.Questions[i].ID] = &w.Questions[i]
	}
	return entries
}

// name files an entity under its key and the first word of its name.
func (v *View) name(e record.Entity) {
	key := e.Key()
	if _, known := v.entities[key]; !known {
		first := FirstWord(e.Name)
		v.byFirstWord[first] = append(v.byFirstWord[first], key)
	}
	v.entities[key] = e
}

func (v *View) count(f *record.Fact, by int) {
	v.uses[f.Entity.Key()] += by
	if f.Kind == record.KindRelation {
		v.uses[f.Object.Key()] += by
	}
}

func chunkEntry(c *record.Chunk) index.Entry {
	return index.Entry{
		ID: c.ID, Kind: record.KindMemoryChunk, Text: c.Text, Vector: c.Vector, Scopes: c.Scopes, Labels: c.Labels,
		Category: c.Category, Session: c.Session, Source: record.FromTurn, Known: record.Interval{From: c.KnownFrom},
		Occurred: c.SpokenAt, Importance: c.Category.Importance(),
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
	var ids []string
	for id, c := range v.chunks {
		if c.Session == session {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// DropSession forgets a session and the chunks of its turns; the facts from it stay.
func (v *View) DropSession(session string, chunks []string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.dropSession(session, chunks)
}

func (v *View) dropSession(session string, chunks []string) {
	delete(v.sessions, session)
	delete(v.turns, session)
	for _, id := range chunks {
		if c := v.chunks[id]; c != nil {
			delete(v.byTurn, c.Turn)
			delete(v.chunks, id)
		}
	}
	v.index.Delete(chunks...)
}

// Entity returns an entity by its key.
func (v *View) Entity(key string) (record.Entity, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	e, ok := v.entities[key]
	return e, ok
}

// About returns the facts whose entity has one of the keys in subjects, and the relations whose other end has
// one of those in objects, for which keep says so, in the order in which they were recorded.
func (v *View) About(subjects, objects []string, keep func(*record.Fact) bool) []*record.Fact {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.about(subjects, objects, keep)
}

func (v *View) about(subjects, objects []string, keep func(*record.Fact) bool) []*record.Fact {
	var out []*record.Fact
	seen := map[string]bool{}
	collect := func(ids []string) {
		for _, id := range ids {
			if f := v.facts[id]; f != nil && !seen[id] && keep(f) {
				seen[id] = true
				out = append(out, f)
			}
		}
	}
	for _, key := range subjects {
		collect(v.bySubject[key])
	}
	for _, key := range objects {
		collect(v.byObject[key])
	}
	slices.SortFunc(out, func(a, b *record.Fact) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// Instructions returns the active instructions of a scope set.
func (v *View) Instructions(scopes record.ScopeSet) []record.Instruction {
	v.mu.RLock()
	defer v.mu.RUnlock()
	var out []record.Instruction
	for _, i := range v.instructions {
		if i.Active && i.Scopes.Equal(scopes) {
			out = append(out, *i)
		}
	}
	slices.SortFunc(out, func(a, b record.Instruction) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// Questions returns the open questions of a scope set.
func (v *View) Questions(scopes record.ScopeSet) []record.OpenQuestion {
	v.mu.RLock()
	defer v.mu.RUnlock()
	var out []record.OpenQuestion
	for _, q := range v.questions {
		if !q.Resolved && q.Scopes.Equal(scopes) {
			out = append(out, *q)
		}
	}
	slices.SortFunc(out, func(a, b record.OpenQuestion) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// FirstWord is the word that an entity is looked up by.
func FirstWord(name string) string {
	first, _, _ := strings.Cut(record.Normalise(name), "-")
	return first
}

// NameWords returns the distinct normalised words of a text, each of which may be the FirstWord of a name.
func NameWords(text string) []string {
	var out []string
	seen := map[string]bool{}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune("'’+#&@%$", r)
	}) {
		word = record.Normalise(strings.TrimSuffix(strings.ReplaceAll(word, "’", "'"), "'s"))
		if word != "" && !seen[word] {
			seen[word] = true
			out = append(out, word)
		}
	}
	return out
}

// maxVocabulary bounds how many names a text is read against.
const maxVocabulary = 500

// Vocabulary returns the names in use where the scope set writes that a text may speak of, because the first
// word of the name occurs in it: most used first. visible, unless nil, says what of it the writer may know.
func (v *View) Vocabulary(text string, scopes record.ScopeSet, visible func(record.ScopeSet) bool) record.Vocabulary {
	v.mu.RLock()
	defer v.mu.RUnlock()
	type used struct {
		ref  record.EntityRef
		key  string
		uses int
	}
	var all []used
	seen := map[string]bool{}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("'’+#&@%$", r)
	}) {
		word = record.Normalise(strings.TrimSuffix(strings.ReplaceAll(word, "’", "'"), "'s"))
		if seen[word] {
			continue
		}
		seen[word] = true
		for _, key := range v.byFirstWord[word] {
			// One that nothing there spells is read as the text spells it.
			e, ok := v.known(key, "", scopes, visible)
			if ok && e.Name != "" && e.EntityRef != record.UserEntity {
				all = append(all, used{e.EntityRef, key, v.uses[key]})
			}
		}
	}
	slices.SortFunc(all, func(a, b used) int {
		if a.uses != b.uses {
			return b.uses - a.uses
		}
		return strings.Compare(a.key, b.key)
	})
	var out record.Vocabulary
	for _, u := range all[:min(len(all), maxVocabulary)] {
		out.Entities = append(out.Entities, u.ref)
	}
	return out
}

// speakerKey is the attribute of the user entity that holds the names of those who said "I".
const speakerKey = "name"

// Speakers returns who is known to say "I" in a scope set.
func (v *View) Speakers(scopes record.ScopeSet) []record.EntityRef {
	var out []record.EntityRef
	for _, f := range v.About([]string{record.UserEntity.Key()}, nil, func(f *record.Fact) bool {
		return f.Live() && f.Kind == record.KindAttribute && f.Key == speakerKey && f.Scopes.Equal(scopes)
	}) {
		out = append(out, record.EntityRef{Type: record.TypePerson, Name: f.Value})
	}
	return out
}

// Dimension is the length of the vectors that the view holds; 0 while it holds none.
func (v *View) Dimension() int { return v.index.Stats().Dimension }

// Stats says how much the view holds.
type Stats struct {
	Chunks, Facts, Entities, Instructions, Sessions int
}

// Stats counts what the view holds.
func (v *View) Stats() Stats {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return Stats{len(v.chunks), len(v.facts), len(v.entities), len(v.instructions), len(v.sessions)}
}
