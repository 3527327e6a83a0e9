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
	Speaker   surreal.Optional[string] `cbor:"speaker"`            // if there is only one
	Speakers  []string                 `cbor:"speakers,omitempty"` // if there are several
	CreatedAt surreal.Datetime         `cbor:"created_at"`
	MovedAt   surreal.Datetime         `cbor:"moved_at,omitzero"`
	Closed    bool                     `cbor:"closed,omitempty"`
}

func newSessionRow(s record.Session) sessionRow {
	r := sessionRow{recordID(s.ID), s.Scopes, s.Metadata, s.Turns, optional(s.Speaker()), nil, surreal.At(s.CreatedAt), surreal.At(s.MovedAt), s.Closed}
	if len(s.Speakers) > 1 {
		r.Speakers = s.Speakers
	}
	return r
}

func (r sessionRow) id() surreal.RecordID { return r.ID }

func (r sessionRow) session() (record.Session, error) {
	s := record.Session{
		ID: r.ID.String(), Scopes: r.Scopes, Metadata: r.Metadata, Turns: r.Turns, Speakers: r.Speakers,
		CreatedAt: r.CreatedAt.Time, MovedAt: r.MovedAt.Time, Closed: r.Closed,
	}
	if r.Speaker.Value != "" {
		s.Speakers = []string{r.Speaker.Value}
	}
	return s, nil
}

// movedRow is what a write changes of a session that exists.
type movedRow struct {
	ID       surreal.RecordID         `cbor:"id"`
	Before   int                      `cbor:"before"`
	Turns    int                      `cbor:"turns"`
	Speaker  surreal.Optional[string] `cbor:"speaker"`
	Speakers []string                 `cbor:"speakers,omitempty"`
	MovedAt  surreal.Datetime         `cbor:"moved_at,omitzero"`
}

func newMovedRow(m SessionMove) movedRow {
	r := newSessionRow(m.Session)
	return movedRow{r.ID, m.TurnsBefore, r.Turns, r.Speaker, r.Speakers, r.MovedAt}
}

type turnRow struct {
	ID         surreal.RecordID `cbor:"id"`
	Session    surreal.RecordID `cbor:"session"`
	Seq        int              `cbor:"seq"`
	Role       string           `cbor:"role"`
	Speaker    string           `cbor:"speaker,omitempty"`
	Content    string           `cbor:"content"`
	Location   string           `cbor:"location,omitempty"`
	SpokenAt   surreal.Datetime `cbor:"spoken_at"`
	RecordedAt surreal.Datetime `cbor:"recorded_at"`
	Scopes     [][]string       `cbor:"scopes"`
	Labels     []string         `cbor:"labels,omitempty"`
}

func newTurnRow(t record.Turn) turnRow {
	return turnRow{
		recordID(t.ID), recordID(t.Session), t.Seq, string(t.Role), t.Speaker, t.Content, locationText(t.Location), surreal.At(t.SpokenAt),
		surreal.At(t.RecordedAt), t.Scopes, t.Labels,
	}
}

func (r turnRow) turn() record.Turn {
	return record.Turn{
		Location: locationOf(r.Location),
		ID:       r.ID.String(), Session: r.Session.String(), Seq: r.Seq, Role: record.Role(r.Role), Speaker: r.Speaker, Content: r.Content,
		SpokenAt: r.SpokenAt.Time, RecordedAt: r.RecordedAt.Time, Scopes: r.Scopes, Labels: r.Labels,
	}
}

// chunkRow omits the common values of most chunks: the cost of loading a Context grows with the number of fields.
type chunkRow struct {
	ID         surreal.RecordID         `cbor:"id"`
	Turn       surreal.RecordID         `cbor:"turn"`
	Session    surreal.RecordID         `cbor:"session"`
	Role       string                   `cbor:"role,omitempty"` // NONE: the user's
	Speaker    string                   `cbor:"speaker,omitempty"`
	Text       string                   `cbor:"text"`
	Seq        int                      `cbor:"seq,omitempty"`
	Start      int                      `cbor:"start,omitempty"`
	Location   string                   `cbor:"location,omitempty"`
	SpokenAt   surreal.Datetime         `cbor:"spoken_at"`
	KnownFrom  surreal.Datetime         `cbor:"known_from,omitzero"` // NONE: spoken_at
	KnownUntil surreal.Datetime         `cbor:"known_until,omitzero"`
	RecordedAt surreal.Datetime         `cbor:"recorded_at,omitzero"` // NONE: known_from
	Scopes     [][]string               `cbor:"scopes"`
	Labels     []string                 `cbor:"labels,omitempty"`
	Category   string                   `cbor:"category,omitempty"` // NONE: context
	Vector     surreal.Optional[[]byte] `cbor:"vector,omitzero"`
}

func newChunkRow(c record.Chunk) chunkRow {
	r := chunkRow{
		ID: recordID(c.ID), Turn: recordID(c.Turn), Session: recordID(c.Session), Speaker: c.Speaker, Text: c.Text, Seq: c.Seq, Start: c.Start,
		SpokenAt: surreal.At(c.SpokenAt), KnownUntil: surreal.At(c.KnownUntil), Scopes: c.Scopes, Labels: c.Labels, Location: locationText(c.Location), Vector: packVector(c.Vector),
	}
	if c.Role != record.User {
		r.Role = string(c.Role)
	}
	if !c.KnownFrom.Equal(c.SpokenAt) {
		r.KnownFrom = surreal.At(c.KnownFrom)
	}
	if !c.RecordedAt.IsZero() && !c.RecordedAt.Equal(c.KnownFrom) {
		r.RecordedAt = surreal.At(c.RecordedAt)
	}
	if c.Category != record.Context {
		r.Category = string(c.Category)
	}
	return r
}

func (r chunkRow) id() surreal.RecordID { return r.ID }

func (r chunkRow) chunk() (record.Chunk, error) {
	c := record.Chunk{
		ID: r.ID.String(), Turn: r.Turn.String(), Session: r.Session.String(), Role: record.Role(r.Role), Speaker: r.Speaker, Text: r.Text,
		Seq: r.Seq, Start: r.Start, SpokenAt: r.SpokenAt.Time, KnownFrom: r.KnownFrom.Time, KnownUntil: r.KnownUntil.Time, RecordedAt: r.RecordedAt.Time, Scopes: r.Scopes, Labels: r.Labels,
		Category: record.Category(r.Category), Location: locationOf(r.Location),
	}
	if c.Role == "" {
		c.Role = record.User
	}
	if c.KnownFrom.IsZero() {
		c.KnownFrom = c.SpokenAt
	}
	if c.RecordedAt.IsZero() {
		c.RecordedAt = c.KnownFrom
	}
	if c.Category == "" {
		c.Category = record.Context
	}
	var err error
	c.Vector, err = unpackVector(r.Vector.Value)
	return c, err
}

// locationText returns the stored form of a location that may be nil.
func locationText(l *record.Location) string {
	if l == nil {
		return ""
	}
	return l.String()
}

// locationOf reads the stored form of a location. It is valid: callers and imports are checked.
func locationOf(s string) *record.Location {
	l, err := record.ParseLocation(s)
	if err != nil {
		return nil
	}
	return &l
}
