package store

import (
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/surreal"
)

type sessionRow struct {
	ID        surreal.RecordID         `cbor:"id"`
	Scopes    [][]string               `cbor:"scopes"`
	Metadata  map[string]any           `cbor:"metadata,omitempty"`
	Turns     int                      `cbor:"turns"`
	Speaker   surreal.Optional[string] `cbor:"speaker"`
	CreatedAt surreal.Datetime         `cbor:"created_at"`
}

func newSessionRow(s record.Session) sessionRow {
	return sessionRow{recordID(s.ID), s.Scopes, s.Metadata, s.Turns, optional(s.Speaker), surreal.At(s.CreatedAt)}
}

func (r sessionRow) session() (record.Session, error) {
	return record.Session{
		ID: r.ID.String(), Scopes: r.Scopes, Metadata: r.Metadata, Turns: r.Turns, Speaker: r.Speaker.Value,
		CreatedAt: r.CreatedAt.Time,
	}, nil
}

type turnRow struct {
	ID         surreal.RecordID `cbor:"id"`
	Session    surreal.RecordID `cbor:"session"`
	Seq        int              `cbor:"seq"`
	Role       string           `cbor:"role"`
	Content    string           `cbor:"content"`
	SpokenAt   surreal.Datetime `cbor:"spoken_at"`
	RecordedAt surreal.Datetime `cbor:"recorded_at"`
	Scopes     [][]string       `cbor:"scopes"`
	Labels     []string         `cbor:"labels,omitempty"`
}

func newTurnRow(t record.Turn) turnRow {
	return turnRow{
		recordID(t.ID), recordID(t.Session), t.Seq, string(t.Role), t.Content, surreal.At(t.SpokenAt),
		surreal.At(t.RecordedAt), t.Scopes, t.Labels,
	}
}

func (r turnRow) turn() record.Turn {
	return record.Turn{
		ID: r.ID.String(), Session: r.Session.String(), Seq: r.Seq, Role: record.Role(r.Role), Content: r.Content,
		SpokenAt: r.SpokenAt.Time, RecordedAt: r.RecordedAt.Time, Scopes: r.Scopes, Labels: r.Labels,
	}
}

type chunkRow struct {
	ID         surreal.RecordID         `cbor:"id"`
	Turn       surreal.RecordID         `cbor:"turn"`
	Session    surreal.RecordID         `cbor:"session"`
	Seq        int                      `cbor:"seq"`
	Role       string                   `cbor:"role"`
	Text       string                   `cbor:"text"`
	Start      int                      `cbor:"start"`
	SpokenAt   surreal.Datetime         `cbor:"spoken_at"`
	RecordedAt surreal.Datetime         `cbor:"recorded_at"`
	KnownFrom  surreal.Datetime         `cbor:"known_from"`
	Scopes     [][]string               `cbor:"scopes"`
	Labels     []string                 `cbor:"labels,omitempty"`
	Category   string                   `cbor:"category"`
	Vector     surreal.Optional[[]byte] `cbor:"vector"`
}

func newChunkRow(c record.Chunk) chunkRow {
	return chunkRow{
		recordID(c.ID), recordID(c.Turn), recordID(c.Session), c.Seq, string(c.Role), c.Text, c.Start,
		surreal.At(c.SpokenAt), surreal.At(c.RecordedAt), surreal.At(c.KnownFrom), c.Scopes, c.Labels,
		string(c.Category), packVector(c.Vector),
	}
}

func (r chunkRow) chunk() (record.Chunk, error) {
	vector, err := unpackVector(r.Vector.Value)
	return record.Chunk{
		ID: r.ID.String(), Turn: r.Turn.String(), Session: r.Session.String(), Seq: r.Seq, Role: record.Role(r.Role),
		Text: r.Text, Start: r.Start, SpokenAt: r.SpokenAt.Time, RecordedAt: r.RecordedAt.Time,
		KnownFrom: r.KnownFrom.Time, Scopes: r.Scopes, Labels: r.Labels, Category: record.Category(r.Category),
		Vector: vector,
	}, err
}
