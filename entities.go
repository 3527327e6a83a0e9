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

// Entities are the people and things of a Context. A caller knows an entity by the scopes that it may read: its spelling, category and
// times are those of the rows there, and an entity of which it may read nothing is not there.
type Entities struct {
	context *contextHandle
}

// Entities returns the Context's entities.
func (c *Context) Entities() *Entities { return &Entities{&c.contextHandle} }

// Entity is somebody or something that facts are about.
type Entity struct {
	ID         string    `json:"id"`
	Type       string    `json:"type"`
	Name       string    `json:"name"`
	Category   Category  `json:"category,omitempty"`
	Importance float64   `json:"importance"`
	Aliases    []string  `json:"aliases,omitempty"` // other names that find it: merged into it, or said by its speaker
	CreatedAt  time.Time `json:"createdAt,omitzero"`
	UpdatedAt  time.Time `json:"updatedAt,omitzero"`
}

// EntityDetail is an entity with the facts about it.
type EntityDetail struct {
	Entity     Entity `json:"entity"`
	Attributes []Fact `json:"attributes"`
	Relations  []Fact `json:"relations"` // from it (Fact.Entity is the entity) and to it (Fact.Target is), in this order
}

// EntityQuery says which entities to list.
type EntityQuery struct {
	Type       string // of the closed set, or a near-synonym; "": any
	NamePrefix string // how the name begins, without regard to case and punctuation; "": any
	Lens       Scopes // as in RecallRequest
	// At lists the entities of which something was known at a point in time, as they are called now. Valid times do not matter.
	At PointInTime

	Cursor    string // Page.NextCursor of the page before; "" from the start
	Limit     int    // 0: 100, at most 500
	Offset    int    // as in PageRequest
	WithTotal bool   // counts all of them, which reads all of them
}

// List lists the entities that the caller knows, by type and then by name. Names that were merged into an entity are listed as its
// Aliases; deleted entities are not listed. Codes: CodeInvalid and CodeTooLarge with the Field; CodeForbidden for a strict key without
// a Lens.
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

// Get returns an entity with the facts about it that held at a point in time; the zero value is now. Any of its names finds it.
// ErrNotFound: the caller knew none then; ErrInvalid with the Field: "ref.Name", "AsOf".
func (e *Entities) Get(ctx context.Context, ref EntityRef, at PointInTime) (*EntityDetail, error) {
	return callMemory(ctx, e.context, "get entity", func(ctx context.Context, by *gate.Call) (*EntityDetail, error) {
		return one(entityDetailOf(by))(ingest.FindEntity(by, record.EntityRef(ref), recall.Point(at)))
	})
}

// History returns all values that an entity has or had for a key, in the order in which they held: each says when it held and was
// believed, what it superseded and what superseded it, and where it came from. Values of several scopes are in one list. It is empty if
// there are none. ErrNotFound: the caller knows no such entity, and did not know it before it was deleted.
func (e *Entities) History(ctx context.Context, ref EntityRef, key string) ([]Fact, error) {
	return callMemory(ctx, e.context, "entity history", func(ctx context.Context, by *gate.Call) ([]Fact, error) {
		found, err := ingest.History(by, record.EntityRef(ref), key)
		return append([]Fact{}, each(found, factsOf(by))...), err
	})
}

// Delete closes all live facts about an entity, and relations to it, as far as the caller may read them, in one transaction. They stay in
// the history and in answers as of before; what is remembered of the name later begins anew. What others know of the entity, where
// the caller may not read, stays, and nothing is said of it. Codes: CodeNotFound; CodeForbidden, and nothing is done, unless the caller
// has memory:write over all scopes of these facts.
func (e *Entities) Delete(ctx context.Context, ref EntityRef) error {
	return doMemory(ctx, e.context, "delete entity", func(ctx context.Context, by *gate.Call) error {
		return ingest.DeleteEntity(ctx, by, record.EntityRef(ref))
	})
}

// Merge says that ref is another name of into, in one transaction: the live facts of ref go over to into, in each scope in which the
// caller reads them, and both names find it from then on, in questions and in what is remembered there. Where both have a value for a
// key of one value, the later one stays, unless the earlier one weighs more. Codes: CodeNotFound for ref or into; CodeInvalid if they
// are one entity, or into was merged into ref before; CodeConflict if ref was merged into another entity already; CodeForbidden, and
// nothing is done, unless the caller has memory:write over all scopes in which it knows the two.
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
