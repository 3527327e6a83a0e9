package store

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

// TableEmbedder has one row: the embedder of the vectors in the database. It is empty in a database without vectors.
const TableEmbedder = "embedder"

// maxProbes limits the texts that identify an embedder.
const maxProbes = 16

var embedderID = surreal.RecordID{Table: TableEmbedder, Key: "current"}

// EmbedderRecord is the record id of that row, as it appears among the rows that a change touches.
var EmbedderRecord = embedderID.String()

type embedderRow struct {
	ID        surreal.RecordID         `cbor:"id"`
	Name      surreal.Optional[string] `cbor:"name"`
	Dimension int                      `cbor:"dimension"`
	Probes    []probeRow               `cbor:"probes"`
	// Unfinished says that the vectors of rows may be of this embedder or of the previous one.
	Unfinished bool `cbor:"unfinished"`
}

type probeRow struct {
	Text   string `cbor:"text"`
	Vector []byte `cbor:"vector"`
}

func newEmbedderRow(e *record.Embedder) embedderRow {
	probes := rows(e.Probes, func(p record.Probe) probeRow { return probeRow{p.Text, packVector(p.Vector).Value} })
	return embedderRow{embedderID, optional(e.Name), e.Dimension, probes, e.Unfinished}
}

func (r embedderRow) embedder() (*record.Embedder, error) {
	e := &record.Embedder{Name: r.Name.Value, Dimension: r.Dimension, Unfinished: r.Unfinished}
	for _, p := range r.Probes {
		v, err := unpackVector(p.Vector)
		if err != nil {
			return nil, err
		}
		e.Probes = append(e.Probes, record.Probe{Text: p.Text, Vector: v})
	}
	return e, nil
}

// Embedder returns the embedder of the vectors in the database; nil if none is recorded.
func (s *Store) Embedder(ctx context.Context) (*record.Embedder, error) {
	found, err := selectRows(ctx, s.conn, `SELECT * FROM $id`, map[string]any{"id": embedderID}, func(r embedderRow) embedderRow { return r })
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0].embedder()
}

// SampleVectors returns a few texts of the database with their vectors, as probes; nil if no row has a vector.
func (s *Store) SampleVectors(ctx context.Context, limit int) (*record.Embedder, error) {
	out, err := query(ctx, s.conn, `RETURN {
		chunks: (SELECT * FROM memory_chunk WHERE vector != NONE LIMIT $limit),
		facts: array::concat((SELECT * FROM attribute WHERE vector != NONE LIMIT $limit), (SELECT * FROM relation WHERE vector != NONE LIMIT $limit))
	}`, map[string]any{"limit": limit})
	if err != nil {
		return nil, err
	}
	var found struct {
		Chunks []chunkRow `cbor:"chunks"`
		Facts  []factRow  `cbor:"facts"`
	}
	if err := out.Last(&found); err != nil {
		return nil, err
	}
	e := &record.Embedder{}
	for _, r := range found.Chunks {
		c, err := r.chunk()
		if err != nil {
			return nil, err
		}
		e.Probes = append(e.Probes, record.Probe{Text: c.Text, Vector: c.Vector})
	}
	for _, r := range found.Facts {
		f, err := r.fact()
		if err != nil {
			return nil, err
		}
		e.Probes = append(e.Probes, record.Probe{Text: f.Text(), Vector: f.Vector})
	}
	if len(e.Probes) == 0 {
		return nil, nil
	}
	e.Probes = e.Probes[:min(len(e.Probes), limit)]
	e.Dimension = len(e.Probes[0].Vector)
	return e, nil
}

const (
	setEmbedder  = `UPSERT ONLY $embedder.id CONTENT $embedder RETURN NONE;`
	dropEmbedder = `DELETE $embedder RETURN NONE;`
)

// SetEmbedder records the embedder of the vectors in the database; nil: it has no vectors. Processes that have the Context in
// memory load it again. Errors are those of Apply.
func (s *Store) SetEmbedder(ctx context.Context, e *record.Embedder, after Position) (Position, error) {
	sql, vars := dropEmbedder, map[string]any{"embedder": embedderID}
	if e != nil {
		sql, vars = setEmbedder, map[string]any{"embedder": newEmbedderRow(e)}
	}
	return s.commit(ctx, "embedder "+uuid.NewString(), surreal.RecordID{}, sql, vars, after, func(c *changeRow) { c.Reload = true })
}

// Vectored is the new vector of a row.
type Vectored struct {
	ID     string
	Vector []float32
}

// vectorsWritten is the number of vectors that one statement writes.
const vectorsWritten = 250

// SetVectors stores vectors, with several statements. It may be repeated.
func (s *Store) SetVectors(ctx context.Context, all []Vectored) error {
	type row struct {
		ID     surreal.RecordID         `cbor:"id"`
		Vector surreal.Optional[[]byte] `cbor:"vector"`
	}
	for page := range slices.Chunk(all, vectorsWritten) {
		_, err := query(ctx, s.conn, `FOR $row IN $rows { UPDATE $row.id SET vector = $row.vector RETURN NONE; };`,
			map[string]any{"rows": rows(page, func(v Vectored) row { return row{recordID(v.ID), packVector(v.Vector)} })})
		if err != nil {
			return err
		}
	}
	return nil
}

// DropVectors removes all vectors, with several statements. It may be repeated.
func (s *Store) DropVectors(ctx context.Context) error {
	for _, table := range []string{TableChunk, TableAttribute, TableRelation, TableInstruction, TablePassage} {
		for {
			out, err := query(ctx, s.conn, `RETURN array::len((UPDATE (SELECT VALUE id FROM type::table($table) WHERE vector != NONE LIMIT $limit)
				SET vector = NONE RETURN VALUE id))`, map[string]any{"table": table, "limit": 4 * vectorsWritten})
			var cleared int
			if err == nil {
				err = out.Last(&cleared)
			}
			if err != nil {
				return err
			}
			if cleared == 0 {
				break
			}
		}
	}
	return nil
}
