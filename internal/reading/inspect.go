// Package reading reads what a caller may know: single records by id or reference, overviews, profiles, and the turns of a session.
package reading

import (
	"context"
	"strconv"
	"strings"

	"github.com/spectron-go/spectron/internal/documents"
	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/tracing"
)

// Kind is the kind of an inspected record.
type Kind string

// The kinds.
const (
	Entity      Kind = "entity"
	Attribute   Kind = "attribute"
	Relation    Kind = "relation"
	Instruction Kind = "instruction"
	Uncertainty Kind = "uncertainty"
	Passage     Kind = "memory_chunk"
	Turn        Kind = "turn"
	Session     Kind = "session"
	Document    Kind = "document"
	Chunk       Kind = "chunk"
	Section     Kind = "section"
	Trace       Kind = "trace"
)

// Inspection is an inspected record. The field of its Kind is set; Hits has the history of an attribute, the matches of a relation, an
// instruction, a passage, or a part of a document.
type Inspection struct {
	Kind     Kind
	Entity   recall.Entity
	Hits     []recall.Hit
	Current  *recall.Hit // of an attribute
	Question recall.Question
	Turn     record.Turn
	Session  record.Session
	Trace    record.Trace
	Document documents.Document
}

const (
	// maxRef limits a reference, which has up to two names, two types and a key.
	maxRef = 4 * input.MaxID
	// maxReadings limits the ways to read a reference with separators in its names.
	maxReadings = 64
)

// Inspect returns the record that a reference names: an id, or "entity:type/name", "attribute:type/name/key",
// "relation:type/name-[label]->type/name", "trace:id", "turn:id" or "session:id". A name may contain the separators: of the possible readings
// the first counts that names something that the caller knows. Codes: fault.Invalid for a malformed reference; fault.NotFound.
func Inspect(ctx context.Context, by *gate.Call, ref string, at recall.Point) (out Inspection, err error) {
	if err := input.Text("ref", ref, maxRef); err != nil {
		return out, err
	}
	if at, err = at.Checked("At."); err != nil {
		return out, err
	}
	kind, rest, ok := strings.Cut(ref, ":")
	if !ok || record.Blank(rest) {
		return out, malformed()
	}
	reader, view := ingest.ReaderOf(by, nil), by.Live.View.Load()
	switch kind {
	case "entity":
		return entity(by, rest, at)
	case "attribute", "relation":
		return facts(by, kind, ref, rest, at)
	case "instruction":
		h, ok := view.InstructionAt(reader, ref, at)
		return Inspection{Kind: Instruction, Hits: []recall.Hit{h}}, unless(ok)
	case "uncertainty":
		q, ok := view.QuestionAt(reader, ref, at)
		return Inspection{Kind: Uncertainty, Question: q}, unless(ok)
	case store.TableChunk:
		h, ok := view.ChunkAt(reader, ref, at)
		return Inspection{Kind: Passage, Hits: []recall.Hit{h}}, unless(ok)
	case "turn":
		turn, err := FindTurn(ctx, by, ref, at)
		return Inspection{Kind: Turn, Turn: turn}, err
	case "session":
		row, err := ingest.FindSession(by, ref)
		return Inspection{Kind: Session, Session: row}, renamed(err)
	case store.TableDecision, store.TableRetrieval, store.TableResponse:
		trace, err := tracing.Find(ctx, by, ref)
		return Inspection{Kind: Trace, Trace: trace}, renamed(err)
	case "trace":
		return findTrace(ctx, by, rest)
	case string(Chunk), string(Section):
		h, ok := view.QuotedAt(reader, ref, at)
		return Inspection{Kind: Kind(kind), Hits: []recall.Hit{h}}, unless(ok)
	case "passage":
		document, position, ok := strings.Cut(rest, "/")
		n, err := strconv.Atoi(position)
		if !ok || err != nil || n < 0 {
			return out, malformed()
		}
		for _, p := range view.PassagesOf(documents.DocumentID(document), n, 1) {
			h, ok := view.QuotedAt(reader, p.ID, at)
			return Inspection{Kind: Chunk, Hits: []recall.Hit{h}}, unless(ok)
		}
		return out, unless(false)
	case string(Document), "doc":
		if len(rest) > input.MaxID {
			return out, unless(false)
		}
		d, err := documents.At(ctx, by, rest, at)
		return Inspection{Kind: Document, Document: d}, renamed(err)
	}
	return out, malformed()
}

// findTrace finds a trace by its id, which may lack its table.
func findTrace(ctx context.Context, by *gate.Call, id string) (out Inspection, err error) {
	ids := []string{id}
	if !strings.Contains(id, ":") {
		ids = []string{store.TableDecision + ":" + id, store.TableRetrieval + ":" + id, store.TableResponse + ":" + id}
	}
	for _, id := range ids {
		out.Trace, err = tracing.Find(ctx, by, id)
		if !fault.Is(err, fault.NotFound) {
			break
		}
	}
	out.Kind = Trace
	return out, renamed(err)
}

func malformed() error {
	return fault.Bad("ref", "it is neither an id nor one of entity:type/name, attribute:type/name/key, relation:type/name-[label]->type/name, trace:id, turn:id, session:id and document:id")
}

// unless returns the error for a record that the caller does not know, unless it does.
func unless(known bool) error {
	if known {
		return nil
	}
	return fault.New(fault.NotFound, "ref", "nothing that the caller knows has this reference")
}

// renamed returns an error of another read as one about the reference.
func renamed(err error) error {
	if fault.Is(err, fault.NotFound) {
		return unless(false)
	}
	return err
}

// named splits "type/name". Types contain no slash.
func named(s string) (ref record.EntityRef, ok bool) {
	kind, name, ok := strings.Cut(s, "/")
	return record.EntityRef{Type: record.EntityType(kind), Name: name}, ok && !record.Blank(kind) && record.Normalise(name) != ""
}

func entity(by *gate.Call, rest string, at recall.Point) (out Inspection, err error) {
	ref, ok := named(rest)
	if !ok {
		return out, malformed()
	}
	e, ok := by.Live.View.Load().EntityFor(ingest.ReaderOf(by, nil), ref, at)
	return Inspection{Kind: Entity, Entity: e}, unless(ok)
}

// facts inspects an attribute or relations.
func facts(by *gate.Call, kind, ref, rest string, at recall.Point) (out Inspection, err error) {
	out.Kind = Kind(kind)
	reader, view := ingest.ReaderOf(by, nil), by.Live.View.Load()
	readings, byID := attributeReadings(rest), !strings.Contains(rest, "/")
	if out.Kind == Relation {
		readings = relationReadings(rest)
	}
	switch {
	case byID:
		h, ok := view.FactAt(reader, ref, at)
		if !ok || out.Kind == Relation {
			out.Hits = []recall.Hit{h}
			return out, unless(ok)
		}
		readings = []recall.Values{{Entity: h.Fact.Entity, Keys: []string{h.Fact.Key}}}
	case len(readings) == 0:
		return out, malformed()
	}
	for _, q := range readings {
		q.Kind, q.At = record.Kind(kind), at
		if out.Hits, out.Current = view.ValuesFor(reader, q); len(out.Hits) > 0 {
			return out, nil
		}
	}
	return out, unless(false)
}

// attributeReadings returns the ways to read "type/name/key", with the longest name first.
func attributeReadings(rest string) (out []recall.Values) {
	for end := len(rest); len(out) < maxReadings; {
		if end = strings.LastIndex(rest[:end], "/"); end < 0 {
			return out
		}
		e, ok := named(rest[:end])
		if key := rest[end+1:]; ok && !record.Blank(key) {
			out = append(out, recall.Values{Entity: e, Keys: []string{key, extract.CanonicalKey(key)}})
		}
	}
	return out
}

// relationReadings returns the ways to read "type/name-[label]->type/name", with the shortest first name first.
func relationReadings(rest string) (out []recall.Values) {
	const opens, closes = "-[", "]->"
	for from := 0; len(out) < maxReadings; {
		i := strings.Index(rest[from:], opens)
		if i < 0 {
			return out
		}
		i += from
		from = i + 1
		subject, ok := named(rest[:i])
		label, object, closed := strings.Cut(rest[i+len(opens):], closes)
		target, also := named(object)
		if ok && closed && also && !record.Blank(label) {
			out = append(out, recall.Values{Entity: subject, Keys: []string{label, extract.CanonicalLabel(label)}, Object: target})
		}
	}
	return out
}

// Find returns a fact, an instruction, a piece of a turn, a part of a document, a turn or an uncertainty by its id.
func Find(ctx context.Context, by *gate.Call, id string) (out Inspection, err error) {
	if err := input.ID("id", id); err != nil {
		return out, err
	}
	reader, view := ingest.ReaderOf(by, nil), by.Live.View.Load()
	found := func(kind Kind, h recall.Hit, ok bool) (Inspection, error) {
		if !ok {
			return out, fault.New(fault.NotFound, "id", "no such record")
		}
		return Inspection{Kind: kind, Hits: []recall.Hit{h}}, nil
	}
	switch table, _, _ := strings.Cut(id, ":"); Kind(table) {
	case Attribute, Relation:
		h, ok := view.FactFor(reader, id)
		return found(Kind(table), h, ok)
	case Instruction:
		h, ok := view.InstructionFor(reader, id)
		return found(Instruction, h, ok)
	case Passage:
		h, ok := view.ChunkAt(reader, id, recall.Point{})
		return found(Passage, h, ok)
	case Chunk, Section:
		h, ok := view.QuotedAt(reader, id, recall.Point{})
		return found(Kind(table), h, ok)
	case Uncertainty:
		q, err := ingest.FindQuestion(by, id)
		return Inspection{Kind: Uncertainty, Question: q}, err
	case Turn:
		t, err := FindTurn(ctx, by, id, recall.Point{})
		if fault.Is(err, fault.NotFound) {
			err = fault.New(fault.NotFound, "id", "no such turn")
		}
		return Inspection{Kind: Turn, Turn: t}, err
	}
	return found("", recall.Hit{}, false)
}
