package spectron

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// Entities are the people and things that the facts of a Context are about. A caller knows an entity through the scopes that it may read:
// the spelling, the category and the times of the entity are those of its rows in these scopes. An entity of which the caller may read
// nothing behaves as if it did not exist.
type Entities struct {
	context *contextHandle
}

// Entities returns the Context's entities.
func (c *Context) Entities() *Entities { return &Entities{&c.contextHandle} }

// Entity is a person or a thing that facts are about.
type Entity struct {
	ID         string    `json:"id"`   // "entity:person/alice"
	Type       string    `json:"type"` // of the closed set of EntityRef
	Name       string    `json:"name"` // as it was written
	Category   Category  `json:"category,omitempty"`
	Importance float64   `json:"importance"`         // 0 to 1
	Aliases    []string  `json:"aliases,omitempty"`  // other names that find it: merged into it, or given by the person as a speaker
	CreatedAt  time.Time `json:"createdAt,omitzero"` // when the store first recorded the entity
	UpdatedAt  time.Time `json:"updatedAt,omitzero"` // when the store last changed it
}

// EntityDetail is an entity with the facts about it. The lists are never nil.
type EntityDetail struct {
	Entity     Entity `json:"entity"`
	Attributes []Fact `json:"attributes"`
	Relations  []Fact `json:"relations"` // first those from it (Fact.Entity is the entity), then those to it (Fact.Target is the entity)
}

// EntityQuery selects a page of entities. Its last four fields are those of PageRequest.
type EntityQuery struct {
	Type       string // a type of the closed set of EntityRef, or a near-synonym; "": any
	NamePrefix string // beginning of the name, without regard to case and punctuation; "": any
	Lens       Scopes // as in RecallRequest
	// At selects the entities of which something was known at a point in time. They are listed under their current names. The valid times
	// of At have no effect.
	At PointInTime

	Cursor    string // Page.NextCursor of the page before; "" from the start
	Limit     int    // 0: 100, at most 500
	Offset    int    // as in PageRequest
	WithTotal bool   // counts all matching entities, for which all of them are read
}

// List lists the entities that the caller knows, ordered by type and then by name. Names that were merged into an entity are listed as its
// Aliases. Deleted entities are not listed. Codes: CodeInvalid and CodeTooLarge with the Field; CodeForbidden for a strict key without a
// Lens, or with one beyond its grants.
func (e *Entities) List(ctx context.Context, q EntityQuery) (Page[Entity], error) {
	return callMemory(ctx, e.context, "list entities", func(ctx context.Context, by *gate.Call) (Page[Entity], error) {
		return page(newEntity)(ingest.ListEntities(ctx, by, ingest.EntityQuery{
			Type: q.Type, Prefix: q.NamePrefix, Lens: q.Lens, At: recall.Point(q.At), Page: paging.Request(q.page()),
		}))
	})
}

// All iterates over the entities, starting at the requested page. It stops after the first error: see PageRequest.
func (e *Entities) All(ctx context.Context, q EntityQuery) iter.Seq2[Entity, error] {
	return all(ctx, q, e.List)
}

// Get returns an entity with the facts about it that held at a point in time; the zero value of at is now. Each of its names finds it.
// Codes: CodeNotFound if the caller did not know such an entity then; CodeInvalid and CodeTooLarge with the Field, such as "ref.Name" or
// "AsOf".
func (e *Entities) Get(ctx context.Context, ref EntityRef, at PointInTime) (*EntityDetail, error) {
	return callMemory(ctx, e.context, "get entity", func(ctx context.Context, by *gate.Call) (*EntityDetail, error) {
		return one(entityDetailOf(by))(ingest.FindEntity(by, record.EntityRef(ref), recall.Point(at)))
	})
}

// History returns all values that an entity has or had for a key, in the order in which they held. Each Fact says when it held, when it was
// believed, what it superseded, what superseded it, and where it came from. Values from several scopes are in one list. The list is empty
// if there are no values. Codes: CodeNotFound if the caller does not know such an entity, and did not know it before it was deleted;
// CodeInvalid and CodeTooLarge with the Field.
func (e *Entities) History(ctx context.Context, ref EntityRef, key string) ([]Fact, error) {
	return callMemory(ctx, e.context, "entity history", func(ctx context.Context, by *gate.Call) ([]Fact, error) {
		found, err := ingest.History(by, record.EntityRef(ref), key)
		return append([]Fact{}, each(found, factsOf(by))...), err
	})
}

// Delete closes all live facts about an entity and all live relations to it, as far as the caller may read them, in one transaction. The
// closed facts stay in the history and in answers as of earlier times. If the name is mentioned again later, the entity starts anew. Facts
// that the caller may not read stay live, and Delete does not reveal them. Codes: CodeNotFound; CodeForbidden unless the caller has
// memory:write over all scopes of these facts, in which case nothing is changed; CodeInvalid and CodeTooLarge with the Field.
func (e *Entities) Delete(ctx context.Context, ref EntityRef) error {
	return doMemory(ctx, e.context, "delete entity", func(ctx context.Context, by *gate.Call) error {
		return ingest.DeleteEntity(ctx, by, record.EntityRef(ref))
	})
}

// Merge makes ref another name of into, in one transaction. In each scope in which the caller knows ref, the live facts of ref become facts
// of into. From then on both names find into there, in questions and in new statements. If both have a value for a single-valued key, the
// later value stays, unless the earlier one has more weight. Codes: CodeNotFound for ref or into; CodeInvalid if both are the same entity,
// or if into was merged into ref before; CodeConflict if ref was merged into another entity before; CodeForbidden unless the caller has
// memory:write over all scopes in which it knows the two, in which case nothing is changed.
func (e *Entities) Merge(ctx context.Context, ref, into EntityRef) error {
	return doMemory(ctx, e.context, "merge entity", func(ctx context.Context, by *gate.Call) error {
		return ingest.MergeEntity(ctx, by, record.EntityRef(ref), record.EntityRef(into))
	})
}

func (q EntityQuery) page() PageRequest { return PageRequest{q.Cursor, q.Limit, q.Offset, q.WithTotal} }

func (q EntityQuery) at(p PageRequest) EntityQuery {
	q.Cursor, q.Limit, q.Offset, q.WithTotal = p.Cursor, p.Limit, p.Offset, p.WithTotal
	return q
}

// entityDetailOf converts entities with their facts for a caller. The lists are never nil, so that JSON has empty lists.
func entityDetailOf(by *gate.Call) func(recall.Entity) EntityDetail {
	return func(e recall.Entity) EntityDetail {
		relations := each(slices.Concat(e.Outgoing, e.Incoming), factsOf(by))
		return EntityDetail{newEntity(e), append([]Fact{}, each(e.Attributes, factsOf(by))...), append([]Fact{}, relations...)}
	}
}

func newEntity(e recall.Entity) Entity {
	return Entity{entityID(e.EntityRef), record.EntityType(e.Type), e.Name, Category(e.Category), e.Importance, e.Aliases, e.CreatedAt, e.UpdatedAt}
}
