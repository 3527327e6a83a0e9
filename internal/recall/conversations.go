package recall

import (
	"slices"

	"github.com/spectron-go/spectron/internal/record"
)

// conversations holds the sessions of a Context, and the chunks of their turns. The chunks are rows of the index. The data here is derived
// from them, and put and remove keep it in step. It has no lock of its own; readers change nothing. Session rows can be read without the
// lock of the view.
type conversations struct {
	sessions sessionRows
	order    order[Place] // of the sessions, oldest first
	newest   newest       // time of the last write; includes removed rows

	chunk  func(id string) *record.Chunk // looks up a chunk in the index; nil: not found
	first  map[string]string             // id of the first chunk of each turn
	pieces map[string][]string           // ids of the chunks of each turn that has several chunks
	chunks map[string][]string           // ids of the chunks of each session, unordered
	turns  map[string][]turnSet          // scope sets of the turns of each session
}

// turnSet counts the turns of a session in a scope set. A turn belongs to the scopes of its first chunk.
type turnSet struct {
	scopes record.ScopeSet
	count  int
}

func newConversations(chunk func(id string) *record.Chunk) *conversations {
	return &conversations{
		chunk: chunk, first: map[string]string{}, pieces: map[string][]string{},
		chunks: map[string][]string{}, turns: map[string][]turnSet{}, order: order[Place]{compare: Place.compare},
	}
}

// put adds a new chunk.
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

// remove removes chunks, all at once, because a session may be long. The index must still have them.
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

// change calls do, which changes the chunks, and recounts their turns. do receives the ids of the turns.
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

// count counts a turn, given its first chunk.
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

// turnsOf returns the number of turns of a session that pass visible, and whether these are all.
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

// speakersOf returns the speakers who say "I" in a session. It returns none unless the session's scopes pass visible.
func (t *conversations) speakersOf(session string, visible func(record.ScopeSet) bool) []string {
	s, _ := t.sessions.get(session)
	if visible != nil && !visible(s.Scopes) {
		return nil
	}
	return s.Speakers
}

// scopesOf returns the scope sets of the turns of a session.
func (t *conversations) scopesOf(session string) (out []record.ScopeSet) {
	for _, set := range t.turns[session] {
		out = append(out, set.scopes)
	}
	return out
}
