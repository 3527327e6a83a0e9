package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/surreal"
)

// keyedEntities is the first schema version in which an entity is only a key, with one row of data for each scope set. Its names
// are folded by the current rules.
const keyedEntities = 5

// timedFacts is the first schema version in which facts are numbered and ordered in time.
const timedFacts = 7

// Upgrade migrates a Context's database to the current schema, and converts its rows. It may be repeated after an error.
func Upgrade(ctx context.Context, conn surreal.Conn, now time.Time) error {
	set := schema.Context()
	version, err := schema.Applied(ctx, conn)
	if err != nil {
		return err
	}
	if version > 0 && version < keyedEntities {
		if err := set.Through(keyedEntities-1).Apply(ctx, conn, now); err != nil {
			return err
		}
		u := upgrade{conn: conn, now: now, appearances: map[string]*appearanceRow{}, byEntity: map[string][]*appearanceRow{}, heads: map[string]bool{}}
		if err := u.run(ctx); err != nil {
			return fmt.Errorf("store: convert entities: %w", err)
		}
	}
	if version > 0 && version < listedContexts {
		if err := set.Through(listedContexts-1).Apply(ctx, conn, now); err != nil {
			return err
		}
		if err := errors.Join(fileEvents(ctx, conn), fileGrants(ctx, conn)); err != nil {
			return fmt.Errorf("store: fill the tables of listings: %w", err)
		}
	}
	if version > 0 && version < tracedDecisions {
		// Their indexes do not exist yet, and cost less at once than row by row. The table has no schema by now.
		if err := fileDecisions(ctx, conn); err != nil {
			return fmt.Errorf("store: file the traces: %w", err)
		}
	}
	return set.Apply(ctx, conn, now)
}

// upgradePage is the number of rows that are converted at a time.
const upgradePage = 100

// upgrade converts the entities of a database. A repeated step recognises rows that are already converted.
type upgrade struct {
	conn        surreal.Conn
	now         time.Time
	appearances map[string]*appearanceRow   // by entity and scope set
	byEntity    map[string][]*appearanceRow // by the key of the entity
	heads       map[string]bool             // slots that are filled
}

func (u *upgrade) run(ctx context.Context) error {
	for _, t := range []struct {
		table string
		page  func(context.Context, []cbor.RawMessage) error
	}{{TableAttribute, u.facts}, {TableRelation, u.facts}, {TableInstruction, u.instructions}, {TableEntity, u.entities}} {
		err := u.each(ctx, t.table, t.page)
		if err != nil {
			return fmt.Errorf("%s: %w", t.table, err)
		}
	}
	if err := u.write(ctx); err != nil {
		return err
	}
	return u.each(ctx, TableEntity, u.keys)
}

func (u *upgrade) each(ctx context.Context, table string, page func(context.Context, []cbor.RawMessage) error) error {
	for rows, err := range Rows(ctx, u.conn, Table{Name: table, page: upgradePage}) {
		if err != nil {
			return err
		}
		if err := page(ctx, rows); err != nil {
			return err
		}
	}
	return nil
}

// facts collects the entities of facts, and gives facts their current ids and slots.
func (u *upgrade) facts(ctx context.Context, page []cbor.RawMessage) error {
	var attributes, edges []factRow
	for _, raw := range page {
		var r factRow
		if err := surreal.Unmarshal(raw, &r); err != nil {
			return err
		}
		f, err := r.fact()
		if err != nil {
			return err
		}
		f.Yielded = false // the column does not exist yet
		u.appear(f.Entity, f.Scopes, f.Category, f.RecordedAt)
		if f.Kind == record.KindRelation {
			u.appear(f.Object, f.Scopes, f.Category, f.RecordedAt)
		}
		now := newFactRow(f)
		if now.Head.Value != "" && u.heads[now.Head.Value] {
			// Two facts about two entities are now about the same entity: the second becomes history.
			f.Known.Until, f.RetiredAt = u.now, u.now
			now = newFactRow(f)
		}
		if now.Head.Value != "" {
			u.heads[now.Head.Value] = true
		}
		switch {
		case f.Kind == record.KindRelation && (*now.In != *r.In || *now.Out != *r.Out || now.Head.Value != r.Head.Value):
			edges = append(edges, now)
		case f.Kind == record.KindAttribute && (*now.Entity != *r.Entity || now.Head.Value != r.Head.Value):
			attributes = append(attributes, now)
		}
	}
	if len(attributes) > 0 {
		_, err := query(ctx, u.conn, `
FOR $a IN $rows {
	UPDATE $a.id SET entity = $a.entity, head = $a.head, known_until = $a.known_until, retired_at = $a.retired_at RETURN NONE;
};`, map[string]any{"rows": attributes})
		if err != nil {
			return err
		}
	}
	if len(edges) == 0 {
		return nil
	}
	// The ends of an edge cannot be changed.
	ids := rows(edges, factRow.id)
	_, err := query(ctx, u.conn, `BEGIN; DELETE $ids RETURN NONE; INSERT RELATION INTO relation $rows RETURN NONE; COMMIT;`,
		map[string]any{"ids": ids, "rows": edges})
	return err
}

// instructions gives instructions their current slots.
func (u *upgrade) instructions(ctx context.Context, page []cbor.RawMessage) error {
	var changed []instructionRow
	for _, raw := range page {
		var r instructionRow
		if err := surreal.Unmarshal(raw, &r); err != nil {
			return err
		}
		i, err := r.instruction()
		if err != nil {
			return err
		}
		now := newInstructionRow(i)
		if now.Head.Value != "" && u.heads[now.Head.Value] {
			i.Active, i.Known.Until, i.RetiredAt = false, u.now, u.now
			now = newInstructionRow(i)
		}
		if now.Head.Value != "" {
			u.heads[now.Head.Value] = true
		}
		if now.Head.Value != r.Head.Value {
			changed = append(changed, now)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	_, err := query(ctx, u.conn, `
FOR $i IN $rows {
	UPDATE $i.id SET head = $i.head, active = $i.active, known_until = $i.known_until, retired_at = $i.retired_at RETURN NONE;
};`, map[string]any{"rows": changed})
	return err
}

// oldEntityRow is the earlier form of an entity row: one for all scope sets. A converted row has no scopes.
type oldEntityRow struct {
	ID        surreal.RecordID `cbor:"id"`
	Type      string           `cbor:"type"`
	Name      string           `cbor:"name"`
	Category  string           `cbor:"category"`
	Scopes    [][]string       `cbor:"scopes"`
	CreatedAt surreal.Datetime `cbor:"created_at"`
}

// entities collects the scope sets where entities appear without a fact. The spelling is used only if the row has a single clause:
// data of other scopes must not show.
func (u *upgrade) entities(_ context.Context, page []cbor.RawMessage) error {
	for _, raw := range page {
		var r oldEntityRow
		if err := surreal.Unmarshal(raw, &r); err != nil {
			return err
		}
		if len(r.Scopes) == 0 {
			continue
		}
		ref := record.EntityRef{Type: r.Type, Name: r.Name}
		if len(r.Scopes) == 1 {
			u.appear(ref, r.Scopes, record.Category(r.Category), r.CreatedAt.Time)
			continue
		}
		key := ref.Key()
		ref.Name = strings.ReplaceAll(entityRef(r.ID).Name, "-", " ")
		if ref.Key() != key {
			ref.Name = entityRef(entityID(record.EntityRef{Type: r.Type, Name: r.Name})).Name
		}
		for _, clause := range r.Scopes {
			if !u.appears(key, clause) {
				u.appear(ref, record.ScopeSet{clause}, record.Knowledge, u.now)
			}
		}
	}
	return nil
}

// appears reports whether an entity appears in a scope set with the clause.
func (u *upgrade) appears(key string, clause []string) bool {
	return slices.ContainsFunc(u.byEntity[key], func(a *appearanceRow) bool {
		return slices.ContainsFunc(a.Scopes, func(c []string) bool { return slices.Equal(c, clause) })
	})
}

func (u *upgrade) appear(ref record.EntityRef, scopes record.ScopeSet, category record.Category, at time.Time) {
	key := ref.Key() + "\x1d" + scope.Key(scopes)
	if at.IsZero() {
		at = u.now
	}
	a := u.appearances[key]
	if a == nil {
		// The id is the same each time, so that a repeated conversion adds nothing.
		sum := sha256.Sum256([]byte(key))
		a = &appearanceRow{
			ID: surreal.RecordID{Table: TableAppearance, Key: hex.EncodeToString(sum[:16])}, Entity: entityID(ref), Name: ref.Name,
			Category: string(category), Scopes: scopes, CreatedAt: surreal.At(at), UpdatedAt: surreal.At(at),
		}
		u.appearances[key] = a
		u.byEntity[a.Entity.Key] = append(u.byEntity[a.Entity.Key], a)
	}
	if at.Before(a.CreatedAt.Time) {
		a.Name, a.CreatedAt = ref.Name, surreal.At(at)
	}
	if at.After(a.UpdatedAt.Time) {
		a.UpdatedAt = surreal.At(at)
	}
	if category.Importance() > record.Category(a.Category).Importance() || a.Category == "" {
		a.Category = string(category)
	}
	a.Importance = record.Category(a.Category).Importance()
}

// write stores the keys and the appearances.
func (u *upgrade) write(ctx context.Context) error {
	for page := range slices.Chunk(slices.Sorted(maps.Keys(u.appearances)), upgradePage) {
		appearances := rows(page, func(key string) appearanceRow { return *u.appearances[key] })
		keys := rows(appearances, func(a appearanceRow) entityRow { return entityRow{a.Entity, entityRef(a.Entity).Type} })
		_, err := query(ctx, u.conn, `
INSERT IGNORE INTO entity $keys RETURN NONE; INSERT IGNORE INTO appearance $appearances RETURN NONE;`,
			map[string]any{"keys": keys, "appearances": appearances})
		if err != nil {
			return err
		}
	}
	return nil
}

// keys reduces the rows of entities to their keys, and removes those that nothing refers to.
func (u *upgrade) keys(ctx context.Context, page []cbor.RawMessage) error {
	var keep []entityRow
	gone := []surreal.RecordID{}
	for _, raw := range page {
		var r oldEntityRow
		if err := surreal.Unmarshal(raw, &r); err != nil {
			return err
		}
		switch {
		case len(u.byEntity[r.ID.Key]) == 0:
			gone = append(gone, r.ID)
		case len(r.Scopes) > 0:
			keep = append(keep, entityRow{r.ID, r.Type})
		}
	}
	if len(keep)+len(gone) == 0 {
		return nil
	}
	_, err := query(ctx, u.conn, `FOR $e IN $keep { UPDATE $e.id CONTENT $e RETURN NONE; }; DELETE $gone RETURN NONE;`,
		map[string]any{"keep": orEmpty(keep), "gone": gone})
	return err
}
