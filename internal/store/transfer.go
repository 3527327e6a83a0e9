package store

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/fxamacker/cbor/v2"

	"github.com/spectron-go/spectron/internal/surreal"
)

// Table is a table of a Context that is exported. The log of changes and the record of migrations stay with the database.
type Table struct {
	Name     string
	Relation bool // its rows are edges
	insert   string
	// page is the number of rows that one statement reads, by the maximum size of a row, because the engine holds them all.
	page  int
	since int // schema version that created it
	// take makes the checks of an import beyond the columns, and returns the row to insert.
	take  func(i *Import, row cbor.RawMessage, line int) (cbor.RawMessage, error)
	About About
}

// About is the subject of a table's rows. An import takes Permissions and Events only on request.
type About int

// The subjects of tables.
const (
	Remembered  About = iota
	Permissions       // access control
	Events            // events
)

// Tables lists the exported tables of a Context, in the order of an import: tables that others refer to come first. The Context's
// keys are not exported, because they belong to one store.
func Tables() []Table {
	return []Table{
		{TableEmbedder, false, `INSERT INTO embedder $rows RETURN NONE`, 1, 6, unchanged((*Import).embedder), Remembered},
		{TableFading, false, `INSERT INTO fading $rows RETURN NONE`, 1, fadingSince, unchanged((*Import).fading), Remembered},
		{TableSession, false, `INSERT INTO session $rows RETURN NONE`, 100, 1, unchanged((*Import).session), Remembered},
		{TableTurn, false, `INSERT INTO turn $rows RETURN NONE`, turnPage, 1, unchanged((*Import).turn), Remembered},
		{TableChunk, false, `INSERT INTO memory_chunk $rows RETURN NONE`, 500, 1, unchanged((*Import).chunk), Remembered},
		{TableReply, false, `INSERT INTO reply $rows RETURN NONE`, 100, repliesSince, unchanged((*Import).reply), Remembered},
		{TableEntity, false, `INSERT INTO entity $rows RETURN NONE`, 500, 1, unchanged((*Import).entity), Remembered},
		{TableAppearance, false, `INSERT INTO appearance $rows RETURN NONE`, 500, keyedEntities, unchanged((*Import).appearance), Remembered},
		{TableAttribute, false, `INSERT INTO attribute $rows RETURN NONE`, 100, 1, taken((*Import).fact), Remembered},
		{TableRelation, true, `INSERT RELATION INTO relation $rows RETURN NONE`, 100, 1, taken((*Import).fact), Remembered},
		{TableInstruction, false, `INSERT INTO instruction $rows RETURN NONE`, 100, 1, taken((*Import).instruction), Remembered},
		{TableUncertainty, false, `INSERT INTO uncertainty $rows RETURN NONE`, 100, 1, unchanged((*Import).question), Remembered},
		{TableDecision, false, `INSERT INTO decision_trace $rows RETURN NONE`, 100, 1, taken((*Import).decision), Remembered},
		{TablePrincipal, false, `INSERT INTO principal $rows RETURN NONE`, 500, 3, unchanged((*Import).principal), Permissions},
		{TableGrantHistory, false, `INSERT INTO grant_history $rows RETURN NONE`, 500, 3, unchanged((*Import).grantVersion), Permissions},
		{TableScope, false, `INSERT INTO scope_node $rows RETURN NONE`, 500, 3, unchanged(nothingMore[scopeRow]), Remembered},
		{TableOntology, false, `INSERT INTO ontology $rows RETURN NONE`, 4, 3, unchanged((*Import).ontology), Remembered},
		{TableDocument, false, `INSERT INTO document $rows RETURN NONE`, 100, documentsSince, taken((*Import).document), Remembered},
		{TablePassage, false, `INSERT INTO chunk $rows RETURN NONE`, 250, documentsSince, kept((*Import).passage), Remembered},
		{TableBytes, false, `INSERT INTO document_bytes $rows RETURN NONE`, 1, documentsSince, kept((*Import).piece), Remembered},
		{TableEvent, false, `INSERT INTO audit_event $rows RETURN NONE`, 500, 3, taken((*Import).event), Events},
	}
}

// Rows streams the rows of a table as stored, page by page, in the order of their ids.
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

// Insert stores rows of a table that an Import has checked.
func Insert(ctx context.Context, conn surreal.Conn, t Table, rows []cbor.RawMessage) error {
	sent := false
	return surreal.Repeat(ctx, surreal.Backoff{}, func() error {
		_, err := conn.Query(ctx, t.insert, map[string]any{"rows": rows})
		if sent && errors.Is(err, surreal.ErrAlreadyExists) {
			return nil // the reply to the first attempt was lost; a statement stores all of its rows or none
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
