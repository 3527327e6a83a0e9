package store

import (
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/surreal"
)

// entityRow is the row of an entity's key, which relations are edges between.
type entityRow struct {
	ID   surreal.RecordID `cbor:"id"`
	Type string           `cbor:"type"`
}

func newEntityRow(e record.EntityRef) entityRow {
	return entityRow{entityID(e), record.EntityType(e.Type)}
}

// appearanceRow is the data of an entity in one scope set.
type appearanceRow struct {
	ID         surreal.RecordID `cbor:"id"`
	Entity     surreal.RecordID `cbor:"entity"`
	Name       string           `cbor:"name"`
	Category   string           `cbor:"category"`
	Importance float64          `cbor:"importance"`
	Scopes     [][]string       `cbor:"scopes"`
	CreatedAt  surreal.Datetime `cbor:"created_at"`
	UpdatedAt  surreal.Datetime `cbor:"updated_at"`
	RetiredAt  surreal.Datetime `cbor:"retired_at,omitzero"`
}

func newAppearanceRow(e record.Entity) appearanceRow {
	return appearanceRow{
		recordID(e.ID), entityID(e.EntityRef), e.Name, string(e.Category), e.Importance, e.Scopes, surreal.At(e.CreatedAt),
		surreal.At(e.UpdatedAt), surreal.At(e.RetiredAt),
	}
}

func (r appearanceRow) id() surreal.RecordID { return r.ID }

func (r appearanceRow) entity() (record.Entity, error) {
	return record.Entity{
		ID: r.ID.String(), EntityRef: record.EntityRef{Type: entityRef(r.Entity).Type, Name: r.Name}, Category: record.Category(r.Category),
		Importance: r.Importance, Scopes: r.Scopes, CreatedAt: r.CreatedAt.Time, UpdatedAt: r.UpdatedAt.Time,
		RetiredAt: r.RetiredAt.Time,
	}, nil
}

// factRow is a row of attribute, where Entity is set, or of relation, where In and Out are.
type factRow struct {
	ID         surreal.RecordID         `cbor:"id"`
	Entity     *surreal.RecordID        `cbor:"entity,omitempty"`
	In         *surreal.RecordID        `cbor:"in,omitempty"`
	Out        *surreal.RecordID        `cbor:"out,omitempty"`
	Name       string                   `cbor:"name"`
	Key        string                   `cbor:"key"`
	Value      string                   `cbor:"value"`
	Many       bool                     `cbor:"many"`
	Past       bool                     `cbor:"past"`
	Head       surreal.Optional[string] `cbor:"head"`
	Category   string                   `cbor:"category"`
	Scopes     [][]string               `cbor:"scopes"`
	Labels     []string                 `cbor:"labels,omitempty"`
	Source     sourceRow                `cbor:"source"`
	Confidence float64                  `cbor:"confidence"`
	Importance float64                  `cbor:"importance"`
	Of         int64                    `cbor:"importance_of,omitempty"`
	UsedAt     surreal.Datetime         `cbor:"used_at,omitzero"`
	ValidFrom  surreal.Datetime         `cbor:"valid_from"`
	ValidUntil surreal.Datetime         `cbor:"valid_until"`
	ToldUntil  surreal.Datetime         `cbor:"told_until"`
	KnownFrom  surreal.Datetime         `cbor:"known_from"`
	KnownUntil surreal.Datetime         `cbor:"known_until"`
	RecordedAt surreal.Datetime         `cbor:"recorded_at"`
	RetiredAt  surreal.Datetime         `cbor:"retired_at"`
	Seq        int64                    `cbor:"seq,omitempty"`
	SpokenAt   surreal.Datetime         `cbor:"spoken_at,omitzero"` // NONE: known_from
	BegunBy    surreal.Datetime         `cbor:"begun_by,omitzero"`
	Again      []surreal.Datetime       `cbor:"again,omitempty"`
	Yielded    bool                     `cbor:"yielded,omitempty"`
	EndedBy    string                   `cbor:"ended_by,omitempty"`
	Beside     bool                     `cbor:"beside,omitempty"`
	By         string                   `cbor:"by,omitempty"`
	Reason     string                   `cbor:"reason,omitempty"`
	Pinned     bool                     `cbor:"pinned,omitempty"`
	Retold     []string                 `cbor:"retold,omitempty"`
	Proofs     int                      `cbor:"proofs,omitempty"`

	Supersedes   surreal.Optional[string] `cbor:"supersedes"`
	SupersededBy surreal.Optional[string] `cbor:"superseded_by"`
	Vector       surreal.Optional[[]byte] `cbor:"vector"`
}

func newFactRow(f record.Fact) factRow {
	r := factRow{
		ID: recordID(f.ID), Name: f.Entity.Name, Key: f.Key, Value: f.Value, Many: f.Many, Past: f.Past,
		Category: string(f.Category), Scopes: f.Scopes, Labels: f.Labels, Source: newSourceRow(f.Source, f.Quote),
		Confidence: f.Confidence, Importance: f.Importance, Of: f.ImportanceOf, UsedAt: surreal.At(f.UsedAt),
		ValidFrom: surreal.At(f.Valid.From), ValidUntil: surreal.At(f.Valid.Until), ToldUntil: surreal.At(f.ToldUntil),
		KnownFrom: surreal.At(f.Known.From), KnownUntil: surreal.At(f.Known.Until),
		RecordedAt: surreal.At(f.RecordedAt), RetiredAt: surreal.At(f.RetiredAt),
		Seq: f.Seq, BegunBy: surreal.At(f.BegunBy), Again: datetimes(f.Again), Yielded: f.Yielded, EndedBy: f.EndedBy,
		Beside: f.Beside, By: string(f.By),
		Reason: f.Reason, Pinned: f.Pinned, Retold: f.Retold, Proofs: f.Proofs,
		Supersedes: optional(f.Supersedes), SupersededBy: optional(f.SupersededBy), Vector: packVector(f.Vector),
	}
	if !f.Spoken.Equal(f.Known.From) {
		r.SpokenAt = surreal.At(f.Spoken)
	}
	if f.Live() {
		r.Head = surreal.Some(f.Slot(scope.Key(f.Scopes)))
	}
	subject := entityID(f.Entity)
	if f.Kind == record.KindRelation {
		object := entityID(f.Object)
		r.In, r.Out = &subject, &object
	} else {
		r.Entity = &subject
	}
	return r
}

func (r factRow) id() surreal.RecordID { return r.ID }

func (r factRow) fact() (record.Fact, error) {
	vector, err := unpackVector(r.Vector.Value)
	f := record.Fact{
		ID: r.ID.String(), Kind: record.KindAttribute, Key: r.Key, Value: r.Value, Many: r.Many, Past: r.Past,
		Category: record.Category(r.Category), Scopes: r.Scopes, Labels: r.Labels, Source: r.Source.source(),
		Quote: r.Source.Quote, Confidence: r.Confidence, Importance: r.Importance, ImportanceOf: r.Of, UsedAt: r.UsedAt.Time,
		Valid: interval(r.ValidFrom, r.ValidUntil), Known: interval(r.KnownFrom, r.KnownUntil),
		RecordedAt: r.RecordedAt.Time, RetiredAt: r.RetiredAt.Time, ToldUntil: r.ToldUntil.Time,
		Seq: r.Seq, Spoken: r.SpokenAt.Time, BegunBy: r.BegunBy.Time, Yielded: r.Yielded, EndedBy: r.EndedBy,
		Beside: r.Beside, By: record.Teller(r.By),
		Reason: r.Reason, Pinned: r.Pinned, Retold: r.Retold, Proofs: r.Proofs,
		Supersedes: r.Supersedes.Value, SupersededBy: r.SupersededBy.Value, Vector: vector,
	}
	if f.Spoken.IsZero() {
		f.Spoken = f.Known.From
	}
	for _, at := range r.Again {
		f.Again = append(f.Again, at.Time)
	}
	if f.Seq == 0 {
		// Earlier versions, which did not number facts, left the end of such facts open.
		f.Yielded = !f.Live() && f.SupersededBy != "" && f.Valid.Until.IsZero()
	}
	subject := r.Entity
	if r.Out != nil {
		f.Kind, f.Object, subject = record.KindRelation, entityRef(*r.Out), r.In
		f.Object.Name = r.Value
	}
	if subject != nil {
		f.Entity = entityRef(*subject)
		f.Entity.Name = r.Name
	}
	return f, err
}

func datetimes(times []time.Time) []surreal.Datetime {
	if len(times) == 0 {
		return nil
	}
	return rows(times, surreal.At)
}

type instructionRow struct {
	ID          surreal.RecordID         `cbor:"id"`
	Label       string                   `cbor:"label"`
	Description string                   `cbor:"description"`
	Active      bool                     `cbor:"active"`
	Head        surreal.Optional[string] `cbor:"head"`
	Scopes      [][]string               `cbor:"scopes"`
	Labels      []string                 `cbor:"labels,omitempty"`
	Source      sourceRow                `cbor:"source"`
	Confidence  float64                  `cbor:"confidence"`
	KnownFrom   surreal.Datetime         `cbor:"known_from"`
	KnownUntil  surreal.Datetime         `cbor:"known_until"`
	RecordedAt  surreal.Datetime         `cbor:"recorded_at"`
	RetiredAt   surreal.Datetime         `cbor:"retired_at"`
	Vector      surreal.Optional[[]byte] `cbor:"vector"`
}

func newInstructionRow(i record.Instruction) instructionRow {
	r := instructionRow{
		ID: recordID(i.ID), Label: i.Label, Description: i.Description, Active: i.Active, Scopes: i.Scopes,
		Labels: i.Labels, Source: newSourceRow(i.Source, i.Quote), Confidence: i.Confidence,
		KnownFrom: surreal.At(i.Known.From), KnownUntil: surreal.At(i.Known.Until),
		RecordedAt: surreal.At(i.RecordedAt), RetiredAt: surreal.At(i.RetiredAt), Vector: packVector(i.Vector),
	}
	if i.Active {
		r.Head = surreal.Some(i.Slot(scope.Key(i.Scopes)))
	}
	return r
}

func (r instructionRow) id() surreal.RecordID { return r.ID }

func (r instructionRow) instruction() (record.Instruction, error) {
	vector, err := unpackVector(r.Vector.Value)
	return record.Instruction{
		ID: r.ID.String(), Label: r.Label, Description: r.Description, Active: r.Active, Scopes: r.Scopes,
		Labels: r.Labels, Source: r.Source.source(), Quote: r.Source.Quote, Confidence: r.Confidence,
		Known: interval(r.KnownFrom, r.KnownUntil), RecordedAt: r.RecordedAt.Time, RetiredAt: r.RetiredAt.Time,
		Vector: vector,
	}, err
}

type questionRow struct {
	ID         surreal.RecordID `cbor:"id"`
	About      string           `cbor:"about"`
	Reason     string           `cbor:"reason"`
	Resolved   bool             `cbor:"resolved"`
	Scopes     [][]string       `cbor:"scopes"`
	Source     sourceRow        `cbor:"source"`
	RecordedAt surreal.Datetime `cbor:"recorded_at"`
	Facts      []string         `cbor:"facts,omitempty"`
	ResolvedAt surreal.Datetime `cbor:"resolved_at,omitzero"`
	Note       string           `cbor:"note,omitempty"`
}

func newQuestionRow(q record.OpenQuestion) questionRow {
	return questionRow{
		recordID(q.ID), q.About, q.Reason, q.Resolved, q.Scopes, newSourceRow(q.Source, ""), surreal.At(q.RecordedAt), q.Facts,
		surreal.At(q.ResolvedAt), q.Note,
	}
}

func (r questionRow) id() surreal.RecordID { return r.ID }

func (r questionRow) question() (record.OpenQuestion, error) {
	return record.OpenQuestion{
		ID: r.ID.String(), About: r.About, Reason: r.Reason, Resolved: r.Resolved, Scopes: r.Scopes,
		Source: r.Source.source(), RecordedAt: r.RecordedAt.Time, Facts: r.Facts,
		ResolvedAt: r.ResolvedAt.Time, Note: r.Note,
	}, nil
}
