package recall

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// Chunks are most of what a Context holds. They are kept once, as entries of the index, and made of those when they are asked for.

// entryForm changes whenever the entries that are made of records change, or what is read out of their texts:
// TestEntriesAreOfTheirForm. A saved index of another form is not used.
const entryForm = "1"

func chunkEntry(c *record.Chunk) index.Entry {
	e := index.Entry{
		ID: c.ID, Kind: record.KindMemoryChunk, Text: c.Text, Vector: c.Vector, Scopes: c.Scopes, Labels: c.Labels,
		Category: c.Category, Session: c.Session, Source: record.FromTurn, Known: record.Interval{From: c.KnownFrom},
		Occurred: c.SpokenAt, Importance: c.Category.Importance(), Turn: c.Turn, Seq: c.Seq, Start: c.Start, Role: c.Role, Speaker: c.Speaker,
		Asks: asksOnly(c.Text), Asking: strings.ContainsAny(c.Text, "?？"), Dated: dated(c.Text),
	}
	if e.Speaker == "" {
		e.Speaker = namedSpeaker(c.Text)
		e.Named = e.Speaker != ""
	}
	return e
}

// chunk returns a chunk without its vector; nil: there is none with that id.
func (v *View) chunk(id string) *record.Chunk {
	e, ok := v.index.Get(id)
	if !ok {
		return nil
	}
	return chunkOf(&e)
}

// chunkOf returns the chunk that an entry was made of; nil: it was made of another record.
func chunkOf(e *index.Entry) *record.Chunk {
	if e.Kind != record.KindMemoryChunk {
		return nil
	}
	c := &record.Chunk{
		ID: e.ID, Turn: e.Turn, Session: e.Session, Role: e.Role, Speaker: e.Speaker, Text: e.Text, Seq: e.Seq, Start: e.Start,
		SpokenAt: e.Occurred, KnownFrom: e.Known.From, Scopes: e.Scopes, Labels: e.Labels, Category: e.Category,
	}
	if e.Named {
		c.Speaker = ""
	}
	return c
}

// createChunk takes over a new chunk, but for search.
func (v *View) createChunk(c *record.Chunk) {
	v.bySession[c.Session] = append(v.bySession[c.Session], c.ID)
	first, more := v.byTurn[c.Turn]
	if !more {
		v.byTurn[c.Turn] = c.ID
		v.countTurn(c)
		return
	}
	if v.pieces[c.Turn] == nil {
		v.pieces[c.Turn] = []string{first}
	}
	v.pieces[c.Turn] = append(v.pieces[c.Turn], c.ID)
}

// chunksOfTurn returns the ids of the chunks of a turn.
func (v *View) chunksOfTurn(turn string) []string {
	if ids, ok := v.pieces[turn]; ok {
		return ids
	}
	if id, ok := v.byTurn[turn]; ok {
		return []string{id}
	}
	return nil
}

// dropChunk takes a chunk out of its turn.
func (v *View) dropChunk(c *record.Chunk) {
	left := slices.DeleteFunc(slices.Clone(v.chunksOfTurn(c.Turn)), func(id string) bool { return id == c.ID })
	delete(v.byTurn, c.Turn)
	delete(v.pieces, c.Turn)
	if len(left) > 0 {
		v.byTurn[c.Turn] = left[0]
	}
	if len(left) > 1 {
		v.pieces[c.Turn] = left
	}
}

// uncountTurns undoes countTurn for the turns of chunks that are about to change, and returns the turns for countTurns.
func (v *View) uncountTurns(chunks []*record.Chunk) (turns map[string]bool) {
	turns = map[string]bool{}
	for _, c := range chunks {
		if !turns[c.Turn] {
			turns[c.Turn] = true
			v.uncountTurn(v.chunk(v.byTurn[c.Turn])) // a turn counts where its first chunk belongs
		}
	}
	return turns
}

// countTurns counts what is left of turns.
func (v *View) countTurns(turns map[string]bool) {
	for turn := range turns {
		if id, ok := v.byTurn[turn]; ok {
			v.countTurn(v.chunk(id))
		}
	}
}
