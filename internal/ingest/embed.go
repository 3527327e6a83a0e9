package ingest

import (
	"context"
	"errors"
	"slices"

	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/store"
)

// errOtherVectors is returned if the vectors of the Context have changed since the draft was signed.
var errOtherVectors = errors.New("the vectors of the Context have changed")

// sign checks that the draft's vectors come from the embedder of the Context's vectors. If the Context does not record an embedder yet, the
// write stores it.
func (d *draft) sign(ctx context.Context) error {
	state := d.by.Live
	d.beside = state.Vectors.Load()
	if d.edit != nil && !d.edit.creates {
		return nil // nothing is embedded
	}
	err := state.Core.Agree(ctx, state)
	if err == nil {
		d.signed, err = state.Core.Signed(ctx, d.beside)
	}
	if err != nil {
		return live.FailEmbedding(ctx, err)
	}
	return nil
}

// embedMessages embeds the pieces of all messages of a draft. No lock is held.
func (d *draft) embedMessages(ctx context.Context) error {
	var texts []string
	for _, msg := range d.messages {
		for _, piece := range msg.pieces {
			texts = append(texts, piece.Text)
		}
	}
	var err error
	d.vectors, err = d.by.Live.Core.EmbedNew(ctx, texts)
	return err
}

// checkVectors refuses vectors of messages whose length differs from the Context's dimension.
func (d *draft) checkVectors(dimension int) error {
	for _, v := range d.vectors {
		if err := live.CheckLength(v, &dimension); err != nil {
			return err
		}
	}
	return nil
}

// unembedded sets the vectors of a write from the draft's cache, and returns the texts that still have none.
func (d *draft) unembedded(w *store.Write) []string {
	var missing []string
	recall.EachText(w, func(text string, vector *[]float32) {
		if *vector != nil {
			return
		}
		if v, ok := d.embedded[text]; ok {
			*vector = v
			return
		}
		missing = append(missing, text)
	})
	return missing
}

// embedNew embeds the texts of a write that have no vector yet.
func (d *draft) embedNew(ctx context.Context, w *store.Write) error {
	texts := d.unembedded(w)
	if len(texts) == 0 {
		return nil
	}
	vectors, err := d.by.Live.Core.EmbedNew(ctx, texts)
	if err != nil {
		return live.FailEmbedding(ctx, err)
	}
	if d.embedded == nil {
		d.embedded = map[string][]float32{}
	}
	for i, text := range texts {
		d.embedded[text] = vectors[i]
	}
	d.unembedded(w)
	return nil
}

// withoutVectors returns a copy of the write without vectors. It is stored if vectors are recomputed when a Context is loaded.
func withoutVectors(w store.Write) store.Write {
	w.Chunks, w.Create, w.Instructions = slices.Clone(w.Chunks), slices.Clone(w.Create), slices.Clone(w.Instructions)
	w.Passages = nil // DocumentWrite stores them
	recall.EachText(&w, func(_ string, vector *[]float32) { *vector = nil })
	return w
}

// checkDimension refuses a write with a vector whose length is not dimension. If dimension is 0, the first vector sets it. It returns the
// dimension.
func checkDimension(w *store.Write, dimension int) (int, error) {
	var err error
	recall.EachText(w, func(_ string, vector *[]float32) {
		if err == nil {
			err = live.CheckLength(*vector, &dimension)
		}
	})
	return dimension, err
}
