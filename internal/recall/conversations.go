package recall

import (
	"slices"

	"github.com/spectron-go/spectron/internal/record"
)

// conversations holds the sessions of a Context, and of which chunks their turns consist. The chunks are rows of the index; what is kept
// of them here follows from those alone, and put and remove keep it in step. It has no lock of its own; readers change nothing.
type conversations struct {
	sessions map[string]record.Session
	order    order[SessionPlace] // of the sessions, oldest first
	newest   newest              // when something was stored last; what was ever there counts

	chunk  func(id string) *record.Chunk // of the index; nil: there is none
	first  map[string]string             // by turn the id of its first chunk
	pieces map[string][]string           // by turn the ids of its chunks, where there are several
	chunks map[string][]string           // by session the ids of its chunks, in no order
	turns  map[string][]turnSet          // where the turns of a session belong
}

// turnSet is how many turns of a session belong to a scope set. A turn belongs where its first chunk does.
type turnSet struct {
	scopes record.ScopeSet
	count  int
}

func newConversations(chunk func(id string) *record.Chunk) *conversations {
	return &conversations{
		sessions: map[string]record.Session{}, chunk: chunk, first: map[string]string{}, pieces: map[string][]string{},
		chunks: map[string][]string{}, turns: map[string][]turnSet{}, order: order[SessionPlace]{compare: SessionPlace.compare},
	}
}

// put takes over a new chunk.
func (t *conversations) put(c *record.Chunk) {
	t.chunks[c.Session] = append(t.chunks[c.Session], c.ID)
	first, more := t.first[c.Turn]
	if !more {
		t.first[c.Turn] = c.ID
		t.count(c)
		return
	}
	if t.pieces[c.Turn] == nil {
		t.pieces[c.Turn] = []string{first}
	}
	t.pieces[c.Turn] = append(t.pieces[c.Turn], c.ID)
}

// remove takes out chunks, all at once: a session may be long. The index still has them.
func (t *conversations) remove(chunks []*record.Chunk) {
	gone, sessions := make(map[string]bool, len(chunks)), map[string]bool{}
	for _, c := range chunks {
		gone[c.ID], sessions[c.Session] = true, true
	}
	out := func(id string) bool { return gone[id] }
	t.change(chunks, func(turns map[string]bool) {
		for turn := range turns {
			left := slices.DeleteFunc(slices.Clone(t.chunksOfTurn(turn)), out)
			delete(t.first, turn)
			delete(t.pieces, turn)
			if len(left) > 0 {
				t.first[turn] = left[0]
			}
			if len(left) > 1 {
				t.pieces[turn] = left
			}
		}
	})
	for session := range sessions {
		if t.chunks[session] = slices.DeleteFunc(t.chunks[session], out); len(t.chunks[session]) == 0 {
			delete(t.chunks, session)
		}
	}
}

// change lets do change chunks and counts their turns where they belong then. do is given the turns.
func (t *conversations) change(chunks []*record.Chunk, do func(turns map[string]bool)) {
	turns := map[string]bool{}
	for _, c := range chunks {
		if !turns[c.Turn] {
			turns[c.Turn] = true
			t.uncount(t.chunk(t.first[c.Turn]))
		}
	}
	do(turns)
	for turn := range turns {
		if id, ok := t.first[turn]; ok {
			t.count(t.chunk(id))
		}
	}
}

// count counts a turn, of which c is the first chunk.
func (t *conversations) count(c *record.Chunk) {
	sets := t.turns[c.Session]
	for i := range sets {
		if sets[i].scopes.Equal(c.Scopes) {
			sets[i].count++
			return
		}
	}
	t.turns[c.Session] = append(sets, turnSet{c.Scopes, 1})
}

// uncount undoes count.
func (t *conversations) uncount(c *record.Chunk) {
	sets := t.turns[c.Session]
	i := slices.IndexFunc(sets, func(set turnSet) bool { return set.scopes.Equal(c.Scopes) })
	if sets[i].count--; sets[i].count > 0 {
		return
	}
	if t.turns[c.Session] = slices.Delete(sets, i, i+1); len(sets) == 1 {
		delete(t.turns, c.Session)
	}
}

// chunksOfTurn returns the ids of the chunks of a turn.
func (t *conversations) chunksOfTurn(turn string) []string {
	if ids, ok := t.pieces[turn]; ok {
		return ids
	}
	if id, ok := t.first[turn]; ok {
		return []string{id}
	}
	return nil
}

// chunksOf returns the ids of the chunks of a session's turns.
func (t *conversations) chunksOf(session string) []string {
	return slices.Sorted(slices.Values(t.chunks[session]))
}

// turnsOf returns how many turns of a session visible lets through, and whether that is all of them.
func (t *conversations) turnsOf(session string, visible func(record.ScopeSet) bool) (count int, all bool) {
	all = true
	for _, set := range t.turns[session] {
		if visible != nil && !visible(set.scopes) {
			all = false
			continue
		}
		count += set.count
	}
	return count, all
}

// speakersOf returns who says "I" in a session, as far as visible lets through all that it may be known from.
func (t *conversations) speakersOf(session string, visible func(record.ScopeSet) bool) []string {
	s := t.sessions[session]
	if visible != nil && !visible(s.Scopes) {
		return nil
	}
	return s.Speakers
}

// scopesOf returns the scope sets that the turns of a session belong to.
func (t *conversations) scopesOf(session string) (out []record.ScopeSet) {
	for _, set := range t.turns[session] {
		out = append(out, set.scopes)
	}
	return out
}
