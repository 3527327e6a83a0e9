package ingest

import (
	"context"
	"slices"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/store"
)

// What was forgotten does not come back with the same text: a message that has the words, the role, the scopes and the time of a forgotten
// text is the same text once more, and is left out. A message without a time of its own is always said anew.

// leaveOut removes the messages of a draft that were forgotten. Their texts are split.
func (d *draft) leaveOut(ctx context.Context) error {
	era := d.by.Live.Snapshot().View.Era()
	gone, err := d.buried(ctx)
	if err != nil {
		return err
	}
	d.unburied = era
	if len(gone) == 0 {
		return nil
	}
	d.leftOut = gone
	left := d.messages[:0:0]
	for i, msg := range d.messages {
		if _, out := slices.BinarySearch(gone, i); !out {
			left = append(left, msg)
		}
	}
	d.messages = left
	if len(left) == 0 {
		d.triples = nil // they belong to the text
	}
	return nil
}

// stillUnburied refuses a draft if one of its messages was forgotten since leaveOut.
func (d *draft) stillUnburied(ctx context.Context) error {
	era := d.by.Live.Snapshot().View.Era()
	if d.edit != nil || era == d.unburied {
		return nil
	}
	gone, err := d.buried(ctx)
	if err == nil && len(gone) > 0 {
		err = fault.New(fault.Conflict, "", "a text of the call was forgotten while it ran; try again")
	}
	if err == nil {
		d.unburied = era
	}
	return err
}

// buried returns the positions of the messages of a draft that were forgotten.
func (d *draft) buried(ctx context.Context) (gone []int, err error) {
	if d.to == nil {
		return nil, nil
	}
	var ids []string
	of := map[string][]int{}
	for i, msg := range d.messages {
		if msg.spoken.IsZero() {
			continue
		}
		for _, piece := range msg.pieces {
			id := tombstoneOf(d.by.Live, d.to.scopes, msg.role, msg.spoken, piece.Text)
			ids, of[id] = append(ids, id), append(of[id], i)
		}
	}
	for page := range slices.Chunk(ids, maxForgetIDs) {
		found, err := d.by.Live.Rows.Buried(ctx, page)
		if err != nil {
			return nil, d.by.Live.Explain(ctx, err)
		}
		for _, id := range found {
			gone = append(gone, of[id]...)
		}
	}
	slices.Sort(gone)
	return slices.Compact(gone), nil
}

// disguised returns the ids of a write with others in place of the messages that were left out. A caller that may not read the scopes of the
// write does not learn that something was forgotten there.
func (d *draft) disguised(turns, chunks []string) (allTurns, allChunks []string) {
	core := d.by.Live.Core
	for _, at := range d.leftOut {
		if at <= len(turns) {
			turns = slices.Insert(slices.Clone(turns), at, core.NewID(store.TableTurn))
		}
		chunks = append(chunks, core.NewID(store.TableChunk))
	}
	return turns, chunks
}
