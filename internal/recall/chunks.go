package recall

import (
	"strings"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// Chunks are most of the content of a Context. They are stored once, as entries of the index, and rebuilt from these on demand.

// entryForm is the version of the entries that are made of records. It must change whenever the entries change, or the data derived from
// their texts: see TestEntriesAreOfTheirForm. A saved index of another version is not used.
const entryForm = "4"

func chunkEntry(c *record.Chunk) index.Entry {
	e := index.Entry{
		ID: c.ID, Kind: record.KindMemoryChunk, Text: c.Text, Vector: c.Vector, Scopes: c.Scopes, Labels: c.Labels,
		Category: c.Category, Session: c.Session, Source: record.FromTurn, Known: record.Interval{From: c.KnownFrom, Until: c.KnownUntil}, Recorded: c.RecordedAt,
		Occurred: c.SpokenAt, Importance: c.Category.Importance(), Turn: c.Turn, Seq: c.Seq, Start: c.Start, Role: c.Role, Speaker: c.Speaker,
		Asks: asksOnly(c.Text), Asking: strings.ContainsAny(c.Text, "?？"), Gives: given(c.Text), Location: c.Location,
	}
	if e.Speaker == "" {
		e.Speaker = namedSpeaker(c.Text)
		e.Named = e.Speaker != ""
	}
	return e
}

// chunk returns a chunk without its vector; nil if it does not exist.
func (v *View) chunk(id string) *record.Chunk {
	e, ok := v.index.Get(id)
	if !ok {
		return nil
	}
	return chunkOf(&e)
}

// chunkOf returns the chunk that an entry was made of; nil for an entry of another record.
func chunkOf(e *index.Entry) *record.Chunk {
	if e.Kind != record.KindMemoryChunk {
		return nil
	}
	c := &record.Chunk{
		ID: e.ID, Turn: e.Turn, Session: e.Session, Role: e.Role, Speaker: e.Speaker, Text: e.Text, Seq: e.Seq, Start: e.Start,
		SpokenAt: e.Occurred, KnownFrom: e.Known.From, KnownUntil: e.Known.Until, RecordedAt: e.Recorded, Scopes: e.Scopes, Labels: e.Labels, Category: e.Category,
		Location: e.Location,
	}
	if c.RecordedAt.IsZero() {
		c.RecordedAt = c.KnownFrom
	}
	if e.Named {
		c.Speaker = ""
	}
	return c
}

// chunksAmong returns the chunks with the given row ids.
func (v *View) chunksAmong(ids []string) (chunks []*record.Chunk) {
	for _, id := range ids {
		if c := v.chunk(id); c != nil {
			chunks = append(chunks, c)
		}
	}
	return chunks
}
