package ingest

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// maxFacts is the maximum number of items on a page of facts, entities, instructions or uncertainties.
const maxFacts = 500

// ReaderOf returns the caller as a reader of the graph, limited by a lens.
func ReaderOf(by *gate.Call, lens record.ScopeSet) recall.Reader {
	return recall.Reader{
		Reach: scope.Reach{Visible: by.Through(recall.Through(lens)), Within: by.Within(), Lens: lens},
		Reads: by.Visible(),
	}
}

// FactQuery selects facts. FactQuery of package spectron documents the fields.
type FactQuery struct {
	Entity       record.EntityRef
	Key          string
	Category     record.Category
	Labels       []string
	Lens         [][]string
	Source       record.SourceKind
	Session      string
	Live, Closed bool
	At           recall.Point
	Page         paging.Request
}

// ListFacts lists facts that the caller may read, newest first.
func ListFacts(ctx context.Context, by *gate.Call, q FactQuery) (page paging.Page[recall.Hit], err error) {
	reader, err := lensOf(ctx, by, q.Lens)
	if err != nil {
		return page, err
	}
	asked := recall.FactQuery{Entity: q.Entity, Keys: spellings(q.Key), Live: q.Live, Closed: q.Closed}
	if q.Entity != (record.EntityRef{}) {
		if asked.Entity, err = CheckRef("Entity", q.Entity); err != nil {
			return page, err
		}
	}
	if err := input.ID("Key", q.Key); err != nil {
		return page, err
	}
	if !knownCategory(q.Category) {
		return page, fault.Bad("Category", "unknown category %q; the categories are identity, knowledge and context", q.Category)
	}
	switch q.Source {
	case "", record.FromTurn, record.FromDocument, record.FromUpsert, record.FromReflect, record.FromElaboration, record.FromConsolidation:
	default:
		return page, fault.Bad("SourceKind", "unknown kind %q; the kinds are turn, document, upsert, reflect, elaboration and consolidation", q.Source)
	}
	asked.Narrow = index.Filter{Category: q.Category, Source: q.Source}
	if asked.Narrow.Labels, err = input.Labels("Labels", q.Labels); err != nil {
		return page, err
	}
	if asked.At, err = q.At.Checked("At."); err != nil {
		return page, err
	}
	view := by.Live.View.Load()
	if q.Session != "" {
		row, err := readable(by, view, q.Session)
		if err != nil {
			return page, err
		}
		asked.Narrow.Session = row.ID
	}
	return listed(q.Page, func(place recall.RowPlace, skip, limit int) []recall.Hit {
		return view.FactsBefore(reader, asked, place, skip, limit)
	}, func() int { return view.CountFacts(reader, asked) }, func(h recall.Hit) recall.RowPlace { return recall.RowPlace{RecordedAt: h.Fact.RecordedAt, ID: h.ID} })
}

// spellings returns the forms in which a key may be stored: as the caller gave it, and canonical as an attribute key and as a relation
// label.
func spellings(key string) []string {
	if key = strings.TrimSpace(key); key == "" {
		return nil
	}
	out := []string{key, extract.CanonicalKey(key), extract.CanonicalLabel(key)}
	slices.Sort(out)
	return slices.Compact(out)
}

// lensOf validates a lens and returns the caller as a reader limited by it.
func lensOf(ctx context.Context, by *gate.Call, lens [][]string) (reader recall.Reader, err error) {
	set, err := by.Lens(ctx, lens)
	return ReaderOf(by, set), err
}

// listed returns a page of rows. A cursor is the place of the last row: its recording time and its id, with a slash between them.
func listed[T any](req paging.Request, rows func(place recall.RowPlace, skip, limit int) []T, count func() int, placeOf func(T) recall.RowPlace) (page paging.Page[T], err error) {
	if req, err = req.Checked(maxFacts); err != nil {
		return page, err
	}
	var place recall.RowPlace
	if req.Cursor != "" {
		at, id, ok := strings.Cut(req.Cursor, "/")
		if place.RecordedAt, err = time.Parse(time.RFC3339Nano, at); err != nil || !ok {
			return page, fault.Bad("Cursor", "it is not from a page of this listing")
		}
		place.ID = id
	}
	page = paging.Cut(rows(place, req.Offset, req.Limit+1), req.Limit, func(row T) string {
		p := placeOf(row)
		return p.RecordedAt.UTC().Format(time.RFC3339Nano) + "/" + p.ID
	})
	if req.WithTotal {
		page.Total = count()
	}
	return page, nil
}

// FindFact returns a fact that the caller may read.
func FindFact(by *gate.Call, id string) (recall.Hit, error) {
	h, ok := by.Live.View.Load().FactFor(ReaderOf(by, nil), id)
	if !ok {
		return h, noFact()
	}
	return h, nil
}

// EntityQuery selects entities. EntityQuery of package spectron documents the fields.
type EntityQuery struct {
	Type, Prefix string
	Lens         [][]string
	At           recall.Point
	Page         paging.Request
}

// ListEntities lists the entities that the caller knows, by type and name.
func ListEntities(ctx context.Context, by *gate.Call, q EntityQuery) (page paging.Page[recall.Entity], err error) {
	reader, err := lensOf(ctx, by, q.Lens)
	if err != nil {
		return page, err
	}
	var asked recall.EntityQuery
	for _, s := range []struct{ field, value string }{{"Type", q.Type}, {"NamePrefix", q.Prefix}} {
		if err := input.ID(s.field, s.value); err != nil {
			return page, err
		}
	}
	if q.Type != "" {
		asked.Type = record.EntityType(q.Type)
	}
	asked.Prefix = record.Normalise(q.Prefix)
	if q.Prefix != "" && asked.Prefix == "" {
		return page, fault.Bad("NamePrefix", "no name begins with it")
	}
	if asked.At, err = q.At.Checked("At."); err != nil {
		return page, err
	}
	req, err := q.Page.Checked(maxFacts)
	if err != nil {
		return page, err
	}
	view := by.Live.View.Load()
	page = paging.Cut(view.EntitiesAfter(reader, asked, req.Cursor, req.Offset, req.Limit+1), req.Limit, func(e recall.Entity) string { return e.Key() })
	if req.WithTotal {
		page.Total = view.CountEntities(reader, asked)
	}
	return page, nil
}

// FindEntity returns an entity with the facts about it at a point in time, as the caller knows it.
func FindEntity(by *gate.Call, ref record.EntityRef, at recall.Point) (e recall.Entity, err error) {
	if ref, err = CheckRef("ref", ref); err != nil {
		return e, err
	}
	if at, err = at.Checked(""); err != nil {
		return e, err
	}
	e, ok := by.Live.View.Load().EntityFor(ReaderOf(by, nil), ref, at)
	if !ok {
		return e, fault.New(fault.NotFound, "ref", "no such entity")
	}
	return e, nil
}

// History returns the values that an entity has or had for a key, in the order in which they held.
func History(by *gate.Call, ref record.EntityRef, key string) ([]recall.Hit, error) {
	ref, err := CheckRef("ref", ref)
	if err != nil {
		return nil, err
	}
	if err := input.ID("key", key); err != nil {
		return nil, err
	}
	keys := spellings(key)
	if len(keys) == 0 {
		return nil, fault.Bad("key", "empty")
	}
	out, ok := by.Live.View.Load().HistoryFor(ReaderOf(by, nil), ref, keys)
	if !ok {
		return nil, fault.New(fault.NotFound, "ref", "no such entity")
	}
	return out, nil
}

// ListInstructions lists the instructions that the caller may read and that pass keep, newest first.
func ListInstructions(by *gate.Call, req paging.Request, keep func(*record.Instruction) bool) (paging.Page[recall.Hit], error) {
	view, reader := by.Live.View.Load(), ReaderOf(by, nil)
	return listed(req, func(place recall.RowPlace, skip, limit int) []recall.Hit {
		return view.InstructionsBefore(reader, keep, place, skip, limit)
	}, func() int { return view.CountInstructions(reader, keep) }, func(h recall.Hit) recall.RowPlace {
		return recall.RowPlace{RecordedAt: h.Instruction.RecordedAt, ID: h.ID}
	})
}

// FindInstruction returns an instruction that the caller may read.
func FindInstruction(by *gate.Call, id string) (recall.Hit, error) {
	h, ok := by.Live.View.Load().InstructionFor(ReaderOf(by, nil), id)
	if !ok {
		return h, fault.New(fault.NotFound, "id", "no such instruction")
	}
	return h, nil
}

// ListQuestions lists the uncertainties that the caller may read and that pass keep, newest first.
func ListQuestions(by *gate.Call, req paging.Request, keep func(*record.OpenQuestion) bool) (paging.Page[recall.Question], error) {
	view, reader := by.Live.View.Load(), ReaderOf(by, nil)
	return listed(req, func(place recall.RowPlace, skip, limit int) []recall.Question {
		return view.QuestionsBefore(reader, keep, place, skip, limit)
	}, func() int { return view.CountQuestions(reader, keep) }, func(q recall.Question) recall.RowPlace {
		return recall.RowPlace{RecordedAt: q.RecordedAt, ID: q.ID}
	})
}

// FindQuestion returns an uncertainty that the caller may read.
func FindQuestion(by *gate.Call, id string) (recall.Question, error) {
	q, ok := by.Live.View.Load().QuestionFor(ReaderOf(by, nil), id)
	if !ok {
		return q, fault.New(fault.NotFound, "id", "no such uncertainty")
	}
	return q, nil
}
