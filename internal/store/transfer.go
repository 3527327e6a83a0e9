package store

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/fxamacker/cbor/v2"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Table is a table of a Context that moves with it. The log of changes and the record of migrations belong to the
// database and stay.
type Table struct {
	Name     string
	Relation bool // its rows are edges
	insert   string
	// page is how many rows one statement reads: by what a row may be at most, for the engine holds them all.
	page int
	// check refuses a row that the library could not read back.
	check func(cbor.RawMessage) error
}

// ErrBadRow is returned for a row to insert that is not one of its table.
var ErrBadRow = errors.New("not a row of the table")

// Tables lists the tables of a Context that move with it, those that others refer to first. Its keys do not: they are
// for where it is.
func Tables() []Table {
	return []Table{
		{TableSession, false, `INSERT INTO session $rows RETURN NONE`, 100, checkRow(TableSession, sessionRow.session)},
		{TableTurn, false, `INSERT INTO turn $rows RETURN NONE`, turnPage, checkRow(TableTurn, plain(turnRow.turn))},
		{TableChunk, false, `INSERT INTO memory_chunk $rows RETURN NONE`, 500, checkRow(TableChunk, chunkRow.chunk)},
		{TableEntity, false, `INSERT INTO entity $rows RETURN NONE`, 500, checkRow(TableEntity, func(r entityRow) (any, error) { return r, nil })},
		{TableAppearance, false, `INSERT INTO appearance $rows RETURN NONE`, 500, checkRow(TableAppearance, appearanceRow.entity)},
		{TableAttribute, false, `INSERT INTO attribute $rows RETURN NONE`, 100, checkRow(TableAttribute, factRow.fact)},
		{TableRelation, true, `INSERT RELATION INTO relation $rows RETURN NONE`, 100, checkRow(TableRelation, factRow.fact)},
		{TableInstruction, false, `INSERT INTO instruction $rows RETURN NONE`, 100, checkRow(TableInstruction, instructionRow.instruction)},
		{TableUncertainty, false, `INSERT INTO uncertainty $rows RETURN NONE`, 100, checkRow(TableUncertainty, questionRow.question)},
		{TableDecision, false, `INSERT INTO decision_trace $rows RETURN NONE`, 100, checkRow(TableDecision, func(r decisionRow) (any, error) { return r, nil })},
		{TablePrincipal, false, `INSERT INTO principal $rows RETURN NONE`, 500, checkRow(TablePrincipal, principalRow.imported)},
		{TableGrantHistory, false, `INSERT INTO grant_history $rows RETURN NONE`, 500, checkRow(TableGrantHistory, func(r grantRow) (any, error) { return authz.Parse(r.Grants) })},
		{TableScope, false, `INSERT INTO scope_node $rows RETURN NONE`, 500, checkRow(TableScope, scopeRow.imported)},
		{TableOntology, false, `INSERT INTO ontology $rows RETURN NONE`, 4, checkRow(TableOntology, ontologyRow.version)},
		{TableEvent, false, `INSERT INTO audit_event $rows RETURN NONE`, 500, checkRow(TableEvent, plain(eventRow.event))},
	}
}

// imported is a principal that comes from elsewhere: what could not have been made here is refused.
func (r principalRow) imported() (record.Principal, error) {
	p := r.principal()
	switch p.Kind {
	case "human", "agent", "service", "unknown":
	default:
		return p, fmt.Errorf("a principal of the kind %q", p.Kind)
	}
	if r.ID.Key == "system" || (p.Name == "admin" || p.Name == "system") && p.Name != r.ID.Key {
		return p, fmt.Errorf("the principal %q is always there", p.Name)
	}
	_, err := authz.Parse(p.Grants)
	return p, err
}

// imported is a scope that comes from elsewhere.
func (r scopeRow) imported() (record.ScopeNode, error) {
	path, err := scope.Parse(r.ID.Key)
	if err == nil && path != r.ID.Key {
		err = fmt.Errorf("the scope %q is not written as one", r.ID.Key)
	}
	return r.node(), err
}

// plain is a conversion that cannot fail.
func plain[R, T any](convert func(R) T) func(R) (T, error) {
	return func(r R) (T, error) { return convert(r), nil }
}

// checkRow reads a row as the library will.
func checkRow[R, T any](table string, convert func(R) (T, error)) func(cbor.RawMessage) error {
	return func(raw cbor.RawMessage) error {
		var id struct {
			ID surreal.RecordID `cbor:"id"`
		}
		var row R
		err := surreal.Unmarshal(raw, &id)
		if err == nil {
			err = surreal.Unmarshal(raw, &row)
		}
		if err == nil {
			_, err = convert(row)
		}
		if err == nil && id.ID.Table != table {
			err = fmt.Errorf("it has the id %s", id.ID)
		}
		if err != nil {
			return fmt.Errorf("store: %s: %w: %w", table, ErrBadRow, err)
		}
		return nil
	}
}

// Rows streams the rows of a table in the order of their ids, a page at a time, as the database has them.
func Rows(ctx context.Context, conn surreal.Conn, t Table) iter.Seq2[[]cbor.RawMessage, error] {
	return func(yield func([]cbor.RawMessage, error) bool) {
		for after := ""; ; {
			out, err := query(ctx, conn, `SELECT * FROM type::record($table, $after>..) LIMIT $limit`,
				map[string]any{"table": t.Name, "after": after, "limit": t.page})
			var page []cbor.RawMessage
			if err == nil {
				err = out.Last(&page)
			}
			if err == nil && len(page) > 0 {
				after, err = lastKey(page)
			}
			if err != nil {
				yield(nil, fmt.Errorf("store: %s: %w", t.Name, err))
				return
			}
			if len(page) > 0 && !yield(page, nil) || len(page) < t.page {
				return
			}
		}
	}
}

func lastKey(page []cbor.RawMessage) (string, error) {
	var row struct {
		ID surreal.RecordID `cbor:"id"`
	}
	err := surreal.Unmarshal(page[len(page)-1], &row)
	return row.ID.Key, err
}

// Insert stores rows of a table, after it has checked them. ErrBadRow: one is not a row of the table, and none of
// them was stored.
func Insert(ctx context.Context, conn surreal.Conn, t Table, rows []cbor.RawMessage) error {
	for _, row := range rows {
		if err := t.check(row); err != nil {
			return err
		}
	}
	sent := false
	return surreal.Repeat(ctx, surreal.Backoff{}, func() error {
		_, err := conn.Query(ctx, t.insert, map[string]any{"rows": rows})
		if sent && errors.Is(err, surreal.ErrAlreadyExists) {
			return nil // the answer to the first time was lost; a statement stores all of its rows or none
		}
		sent = sent || errors.Is(err, surreal.ErrLost)
		return err
	})
}

// Holds reports whether a database has rows of a Context.
func Holds(ctx context.Context, conn surreal.Conn) (bool, error) {
	for _, t := range Tables() {
		out, err := query(ctx, conn, `SELECT VALUE id FROM type::table($table) LIMIT 1`, map[string]any{"table": t.Name})
		if errors.Is(err, surreal.ErrNotFound) {
			continue
		}
		var ids []surreal.RecordID
		if err == nil {
			err = out.Last(&ids)
		}
		if err != nil || len(ids) > 0 {
			return len(ids) > 0, err
		}
	}
	return false, nil
}

// Clear removes the rows of a Context from a database.
func Clear(ctx context.Context, conn surreal.Conn) error {
	for _, t := range Tables() {
		_, err := query(ctx, conn, `DELETE type::table($table) RETURN NONE`, map[string]any{"table": t.Name})
		if err != nil && !errors.Is(err, surreal.ErrNotFound) {
			return err
		}
	}
	return nil
}
