package spectron

import (
	"context"
	"time"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/reading"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// The kinds of records beside those of hits, which Inspect, Get and ForgottenItem name.
const (
	KindEntity      Kind = Kind(reading.Entity)
	KindUncertainty Kind = Kind(reading.Uncertainty)
	KindTurn        Kind = Kind(reading.Turn)
	KindSession     Kind = Kind(reading.Session)
	KindTrace       Kind = Kind(reading.Trace)
	KindDocument    Kind = Kind(reading.Document)
)

// Inspection is a record that Inspect found. The fields of its Kind are set; their lists are never nil.
type Inspection struct {
	Kind       Kind         `json:"kind"`
	Entity     *Entity      `json:"entity,omitempty"`    // for KindEntity, with the next two as in EntityDetail
	Attributes []Fact       `json:"attributes,omitzero"` //
	Relations  []Fact       `json:"relations,omitzero"`  //
	Current    *Fact        `json:"current,omitempty"`   // for KindAttribute: the last value that was believed; nil: none
	History    []Fact       `json:"history,omitzero"`    // for KindAttribute: all values of the key, in the order in which they held
	Matches    []Fact       `json:"matches,omitzero"`    // for KindRelation: present and former ones, in the order in which they held
	Record     *Record      `json:"record,omitempty"`    // for KindTurn, KindMemoryChunk, KindInstruction, KindUncertainty, KindChunk and KindSection
	Document   *Document    `json:"document,omitempty"`  // for KindDocument
	Session    *Session     `json:"session,omitempty"`   // for KindSession
	Trace      *TraceRecord `json:"trace,omitempty"`     // for KindTrace
}

// Inspect returns the record that a reference names, with what belongs to it:
//
//	entity:person/alice                               an entity with its facts
//	attribute:person/alice/role                       the values of a key
//	relation:person/alice-[works_at]->organisation/acme   the relations with a label between two entities
//	trace:01J…, decision_trace:01J…                   a trace
//	turn:01J…, session:01J…                           a turn, a session
//	document:01J…, chunk:01J…, section:01J…           a document (also doc:01J…), a chunk, a section
//	passage:01J…/3                                    the chunk of a document with that Position
//	attribute:01J…, relation:01J…, instruction:01J…, memory_chunk:01J…, uncertainty:01J…   a record by its id
//
// A name may contain slashes and brackets. If a reference can be read in several ways, the first one counts that names something that the
// caller knows: of an attribute the one with the longest name, of a relation the one with the shortest first name. Type, name, key and label
// may have any spelling that Triple takes.
//
// at, of which there is one at most, is a point in time at which the record is read. It has no effect on sessions and traces. A document that was there
// is shown as it is now.
//
// Codes: CodeInvalid for a malformed reference; CodeNotFound for a record that does not exist, that the caller may not read, or that was not
// known at that time; CodeTooLarge for more than 2 KiB.
func (m *Memory) Inspect(ctx context.Context, ref string, at ...PointInTime) (*Inspection, error) {
	return callMemory(ctx, m.context, "inspect", func(ctx context.Context, by *gate.Call) (*Inspection, error) {
		if len(at) > 1 {
			return nil, fault.Bad("at", "%d points in time; one at most", len(at))
		}
		var then recall.Point
		for _, p := range at {
			then = recall.Point(p)
		}
		return one(inspectionOf(by))(reading.Inspect(ctx, by, ref, then))
	})
}

// inspectionOf converts an inspection for a caller.
func inspectionOf(by *gate.Call) func(reading.Inspection) Inspection {
	return func(i reading.Inspection) Inspection {
		out, facts := Inspection{Kind: Kind(i.Kind)}, factsOf(by)
		switch i.Kind {
		case reading.Entity:
			e := entityDetailOf(by)(i.Entity)
			out.Entity, out.Attributes, out.Relations = &e.Entity, e.Attributes, e.Relations
		case reading.Attribute:
			if i.Current != nil {
				current := facts(*i.Current)
				out.Current = &current
			}
			out.History = append([]Fact{}, each(i.Hits, facts)...)
		case reading.Relation:
			out.Matches = append([]Fact{}, each(i.Hits, facts)...)
		case reading.Session:
			s := newSession(i.Session)
			out.Session = &s
		case reading.Trace:
			t := tracesOf(by)(i.Trace)
			out.Trace = &t
		case reading.Document:
			d := newDocument(i.Document)
			out.Document = &d
		default:
			r := recordOf(by)(i)
			out.Record = &r
		}
		return out
	}
}

// Record is a record by its id. The field of its Kind is set: Fact for attributes and relations, Instruction, Turn or Uncertainty. A piece of a
// turn and a part of a document have none of them.
type Record struct {
	ID          string       `json:"id"`
	Kind        Kind         `json:"kind"`
	Text        string       `json:"text"`                // as of a Hit; of a turn its whole content
	OccurredAt  time.Time    `json:"occurredAt,omitzero"` // as of a Hit
	Speaker     string       `json:"speaker,omitempty"`   // as of a Hit
	Source      Source       `json:"source,omitzero"`
	Fact        *Fact        `json:"fact,omitempty"`
	Instruction *Instruction `json:"instruction,omitempty"`
	Turn        *Turn        `json:"turn,omitempty"`
	Uncertainty *Uncertainty `json:"uncertainty,omitempty"`
}

// Get returns the record with an id: everything that a Hit can be (a fact, an instruction, a piece of a turn, a part of a document), its turns, and an
// uncertainty.
// Facts and instructions may have ended. ErrNotFound: no such record is visible to the caller; ErrTooLarge for an id of more than 512 bytes.
func (m *Memory) Get(ctx context.Context, id string) (*Record, error) {
	return callMemory(ctx, m.context, "get record", func(ctx context.Context, by *gate.Call) (*Record, error) {
		return one(recordOf(by))(reading.Find(ctx, by, id))
	})
}

// recordOf converts a record for a caller.
func recordOf(by *gate.Call) func(reading.Inspection) Record {
	return func(i reading.Inspection) Record {
		switch i.Kind {
		case reading.Turn:
			t := newTurn(i.Turn)
			return Record{ID: t.ID, Kind: KindTurn, Text: t.Content, OccurredAt: t.SpokenAt, Speaker: t.Speaker, Turn: &t, Source: sourceOfTurn(t)}
		case reading.Uncertainty:
			u := uncertaintiesOf(by)(i.Question)
			return Record{ID: u.ID, Kind: KindUncertainty, Text: u.About, OccurredAt: u.RecordedAt, Source: u.Source, Speaker: u.Source.Speaker, Uncertainty: &u}
		}
		h := i.Hits[0]
		if h.Fact != nil {
			h.Text = h.Fact.Text()
		}
		hit := newHit(h, recall.Point{}, by)
		out := Record{ID: hit.ID, Kind: hit.Kind, Text: hit.Text, OccurredAt: hit.OccurredAt, Speaker: hit.Speaker, Source: hit.Source}
		if hit.Fact != nil {
			f := factsOf(by)(h)
			out.Fact = &f
		}
		if h.Instruction != nil {
			in := instructionsOf(by)(h)
			out.Instruction = &in
		}
		return out
	}
}

// sourceOfTurn returns the source of a whole turn.
func sourceOfTurn(t Turn) Source {
	return Source{
		Kind: SourceTurn, TurnID: t.ID, SessionID: t.SessionID, Role: t.Role, Speaker: t.Speaker, SpokenAt: t.SpokenAt,
		Quote: t.Content, End: utf8.RuneCountInString(t.Content), Trust: ingest.Trust(record.Role(t.Role)),
	}
}
