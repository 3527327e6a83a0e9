package store

import (
	"context"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

// TableEmbedder holds one row: what the vectors in the database were made by. There is none in a database without vectors.
const TableEmbedder = "embedder"

// maxProbes bounds the texts that an embedder is told by.
const maxProbes = 16

var embedderID = surreal.RecordID{Table: TableEmbedder, Key: "current"}

// EmbedderRecord is the name of that row among those that a change touches.
var EmbedderRecord = embedderID.String()

type embedderRow struct {
	ID        surreal.RecordID         `cbor:"id"`
	Name      surreal.Optional[string] `cbor:"name"`
	Dimension int                      `cbor:"dimension"`
	Probes    []probeRow               `cbor:"probes"`
}

type probeRow struct {
	Text   string `cbor:"text"`
	Vector []byte `cbor:"vector"`
}

func newEmbedderRow(e *record.Embedder) embedderRow {
	return embedderRow{embedderID, optional(e.Name), e.Dimension, rows(e.Probes, func(p record.Probe) probeRow {
		return probeRow{p.Text, packVector(p.Vector).Value}
	})}
}

func (r embedderRow) embedder() (*record.Embedder, error) {
	e := &record.Embedder{Name: r.Name.Value, Dimension: r.Dimension}
	for _, p := range r.Probes {
		v, err := unpackVector(p.Vector)
		if err != nil {
			return nil, err
		}
		e.Probes = append(e.Probes, record.Probe{Text: p.Text, Vector: v})
	}
	return e, nil
}

// readEmbedder reads that row and, for a database that an earlier version wrote, a few texts with their vectors.
const readEmbedder = `RETURN { known: (SELECT * FROM $id), chunks: (IF $samples > 0 {
	SELECT * FROM memory_chunk WHERE vector != NONE LIMIT $samples } ELSE { [] }) };`

var _ = context.Background
