package recall

import (
	"slices"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/index"
)

// shown attaches to a hit its chunk, its turns, and the sentences that answer the question.
func (v *View) shown(h *Hit, found *index.Hit) {
	h.Chunk = chunkOf(&found.Entry)
	h.Start, h.Partial = h.Chunk.Start, found.Parts != nil
	parts := found.Parts
	if parts == nil {
		for _, row := range found.Rows {
			parts = append(parts, index.Part{Row: row, To: -1})
		}
	}
	for _, p := range parts {
		c, _ := v.index.Get(p.Row) // it exists: the index has just found it
		if p.To < 0 {
			p.To = len(c.Text)
		}
		text, start := c.Text[p.From:p.To], c.Start+utf8.RuneCountInString(c.Text[:p.From])
		if c.ID == found.ID {
			h.Text, h.Start = text, start
		}
		if n := len(h.Turns); n > 0 && h.Turns[n-1].ID == c.Turn {
			h.Turns[n-1].Text += text
			continue
		}
		h.Turns = append(h.Turns, Turn{ID: c.Turn, Text: text, SpokenAt: c.Occurred, Start: start})
	}
	if len(h.Turns) < 2 {
		h.Turns = nil // they would only repeat Text
		h.Partial = h.Partial || slices.ContainsFunc(v.said.chunksOfTurn(h.Chunk.Turn), func(id string) bool {
			if id == h.ID {
				return false
			}
			c, _ := v.index.Get(id)
			return c.Scopes.Equal(h.Chunk.Scopes)
		})
	}
}
