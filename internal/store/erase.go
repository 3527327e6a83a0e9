package store

import (
	"context"
	"fmt"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/google/uuid"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Eraser erases what a table holds of a part of the tree of scopes. Every table whose rows have scopes has one; a test
// compares the list with the tables of the database.
type Eraser struct {
	Table   string
	columns string // that a page needs; "*": all
	page    int    // how many rows one statement reads
	// head is the slot that a row fills once it has the scopes that are left to it, "" for one that fills none; nil for
	// tables without slots.
	head func(row cbor.RawMessage, left record.ScopeSet) (string, error)
}

// Erasers lists them in the order in which they run: what a session consists of goes before it.
func Erasers() []Eraser {
	return []Eraser{
		{TableTurn, "id, scopes", turnPage, nil},
		{TableChunk, "id, scopes", 1000, nil},
		{TableAttribute, "*", 100, factHead},
		{TableRelation, "*", 100, factHead},
		{TableInstruction, "*", 100, instructionHead},
		{TableUncertainty, "id, scopes", 1000, nil},
		{TableDecision, "id, scopes", 1000, nil},
		{TableAppearance, "id, scopes, entity", 1000, nil},
		{TableSession, "id, scopes", 1000, nil},
	}
}

// Unscoped lists the tables of a Context that belong to no scope, and why erasing a scope leaves them.
func Unscoped() map[string]string {
	return map[string]string{
		"change":          "names rows, says nothing of them",
		TableEntity:       "is the keys of what appears in some scope: each goes with its last appearance",
		"migration":       "is about the database",
		TableEmbedder:     "is what vectors were made by; its texts are the library's",
		TablePrincipal:    "is who may do what, also once there is nothing there",
		TableGrantHistory: "is who could do what",
		TableKey:          "is a credential of a principal",
		TableScope:        "is the tree itself, which keeps what was in it",
		TableEvent:        "is what was done, the erasing included",
		TableErasure:      "is what is being erased, and ends with that",
		TableOntology:     "is the Context's",
	}
}

func factHead(row cbor.RawMessage, left record.ScopeSet) (string, error) {
	var r factRow
	if err := surreal.Unmarshal(row, &r); err != nil {
		return "", err
	}
	f, err := r.fact()
	if err != nil || !f.Live() {
		return "", err
	}
	return f.Slot(scope.Key(left)), nil
}

func instructionHead(row cbor.RawMessage, left record.ScopeSet) (string, error) {
	var r instructionRow
	if err := surreal.Unmarshal(row, &r); err != nil {
		return "", err
	}
	i, err := r.instruction()
	if err != nil || !i.Active {
		return "", err
	}
	return i.Slot(scope.Key(left)), nil
}

// Erased counts what was erased.
type Erased struct {
	Rows     map[string]int // by table
	Narrowed map[string]int // rows that belong elsewhere as well: they stay there
}

// Erase removes what belongs to a path and to those below it, a page of rows at a time, each in a transaction of its
// own. A row that belongs elsewhere as well, by a clause that does not involve the path, stays there. With dryRun it only
// counts. It returns the position after it, also after an error: run it again to erase the rest. Whoever has rows in
// memory must read them anew.
func (s *Store) Erase(ctx context.Context, path string, may func(clause []string) bool, event record.Event, now time.Time, dryRun bool, after Position) (Erased, Position, error) {
	e := erasing{store: s, path: path, may: may, now: now, dryRun: dryRun, at: after, out: Erased{map[string]int{}, map[string]int{}}, entities: map[string]bool{}}
	if !dryRun {
		// First of all: who did it is known also when it is not finished.
		var err error
		if e.at, err = s.Change(ctx, AccessChange{Events: []record.Event{event}}, after); err != nil {
			return e.out, e.at, err
		}
	}
	for _, t := range Erasers() {
		if err := e.table(ctx, t); err != nil {
			return e.out, e.at, fmt.Errorf("store: erase %s: %w", t.Table, err)
		}
	}
	return e.out, e.at, nil
}

// erasing is one run of Erase.
type erasing struct {
	store    *Store
	path     string
	may      func(clause []string) bool
	now      time.Time
	dryRun   bool
	at       Position
	out      Erased
	entities map[string]bool // keys of entities that lose appearances
}

// outside is what of a scope set is not to be erased: clauses that do not involve the path, and those that reach where the
// caller may not.
func (e *erasing) outside(set record.ScopeSet) record.ScopeSet {
	var left record.ScopeSet
	for _, clause := range set {
		if len(scope.Outside(record.ScopeSet{clause}, e.path)) > 0 || !e.may(clause) {
			left = append(left, clause)
		}
	}
	return left
}

type scopedRow struct {
	ID     surreal.RecordID  `cbor:"id"`
	Scopes [][]string        `cbor:"scopes"`
	Entity *surreal.RecordID `cbor:"entity"` // of an appearance
}

// narrowedRow is what stays of a row.
type narrowedRow struct {
	ID     surreal.RecordID         `cbor:"id"`
	Scopes [][]string               `cbor:"scopes"`
	Head   surreal.Optional[string] `cbor:"head"`
	// Bare says of a session that only turns in it belong elsewhere: what it says itself goes, and who says "I" in it, which
	// is known only from turns that belong where it does.
	Bare bool `cbor:"bare"`
}

func (e *erasing) table(ctx context.Context, t Eraser) error {
	for key := ""; ; {
		out, err := query(ctx, e.store.conn, `SELECT `+t.columns+` FROM type::record($table, $after>..) LIMIT $limit`,
			map[string]any{"table": t.Table, "after": key, "limit": t.page})
		if err != nil {
			return err
		}
		var page []cbor.RawMessage
		if err := out.Last(&page); err != nil {
			return err
		}
		gone, narrowed, last, err := e.split(ctx, t, page)
		if err != nil {
			return err
		}
		if err := e.commit(ctx, t, gone, narrowed); err != nil {
			return err
		}
		e.out.Rows[t.Table] += len(gone)
		e.out.Narrowed[t.Table] += len(narrowed)
		if len(page) < t.page {
			return nil
		}
		key = last
	}
}

// split finds the rows of a page that go, and what stays of those that belong elsewhere as well.
func (e *erasing) split(ctx context.Context, t Eraser, page []cbor.RawMessage) (gone []surreal.RecordID, narrowed []narrowedRow, last string, err error) {
	for _, raw := range page {
		var r scopedRow
		if err := surreal.Unmarshal(raw, &r); err != nil {
			return nil, nil, "", err
		}
		last = r.ID.Key
		left := e.outside(r.Scopes)
		if len(left) == len(r.Scopes) {
			continue
		}
		bare := false
		switch t.Table {
		case TableSession:
			if bare = len(left) == 0; !bare {
				break
			}
			if left, err = e.leftOfSession(ctx, r.ID); err != nil {
				return nil, nil, "", err
			}
		}
		if len(left) == 0 {
			gone = append(gone, r.ID)
			if t.Table == TableAppearance {
				e.entities[r.Entity.Key] = true
			}
			continue
		}
		n := narrowedRow{ID: r.ID, Scopes: left, Bare: bare}
		if t.head != nil {
			head, err := t.head(raw, left)
			if err != nil {
				return nil, nil, "", err
			}
			n.Head = optional(head)
		}
		narrowed = append(narrowed, n)
	}
	return gone, narrowed, last, nil
}

// leftOfSession is what is left to a session that is erased: the scopes of its turns that belong elsewhere. It stays for them.
func (e *erasing) leftOfSession(ctx context.Context, id surreal.RecordID) (record.ScopeSet, error) {
	out, err := query(ctx, e.store.conn, `RETURN array::distinct((SELECT VALUE scopes FROM turn WITH INDEX turn_session WHERE session = $conversation))`,
		map[string]any{"conversation": id})
	if err != nil {
		return nil, err
	}
	var sets [][][]string
	if err := out.Last(&sets); err != nil {
		return nil, err
	}
	var left record.ScopeSet
	for _, set := range sets {
		// In a dry run the turns that would go are still there.
		left = left.With(e.outside(set))
	}
	return left, nil
}

// commit erases one page.
func (e *erasing) commit(ctx context.Context, t Eraser, gone []surreal.RecordID, narrowed []narrowedRow) error {
	if e.dryRun || len(gone)+len(narrowed) == 0 {
		return nil
	}
	sql := ""
	if len(gone) > 0 {
		sql += `DELETE $gone RETURN NONE;`
	}
	if len(narrowed) > 0 && t.head == nil {
		sql += `
FOR $row IN $narrowed {
	UPDATE $row.id SET scopes = $row.scopes RETURN NONE;
	IF $row.bare { UPDATE $row.id SET metadata = NONE, speaker = NONE RETURN NONE; };
};`
	}
	if len(narrowed) > 0 && t.head != nil {
		// Where what is left belongs, another one may be the live one: then this one is history.
		active := ``
		if t.Table == TableInstruction {
			active = `, active = false`
		}
		sql += `
FOR $row IN $narrowed {
	IF $row.head != NONE AND (SELECT VALUE id FROM type::table($table) WHERE head = $row.head AND id != $row.id) != [] {
		UPDATE $row.id SET scopes = $row.scopes, head = NONE, known_until = time::max([$now, known_from]), retired_at = $now` + active + ` RETURN NONE;
	} ELSE {
		UPDATE $row.id SET scopes = $row.scopes, head = $row.head RETURN NONE;
	};
};`
	}
	entities := []surreal.RecordID{}
	for key := range e.entities {
		entities = append(entities, surreal.RecordID{Table: TableEntity, Key: key})
	}
	clear(e.entities)
	if len(entities) > 0 {
		sql += `
FOR $entity IN $entities {
	IF (SELECT VALUE id FROM appearance WHERE entity = $entity LIMIT 1) = [] { DELETE $entity RETURN NONE; };
};`
	}
	if e.store.writers == Among {
		// The log names entities by what they are called. Who has not seen it yet finds a gap, and reads everything anew.
		sql += `DELETE type::record('change', ..$erased) RETURN NONE;`
	}
	vars := map[string]any{"gone": gone, "narrowed": narrowed, "table": t.Table, "now": surreal.At(e.now), "entities": entities,
		"erased": changeID(e.at.Seq + 1).Key}
	var err error
	e.at, err = e.store.commit(ctx, "erase "+uuid.NewString(), surreal.RecordID{}, sql, vars, e.at, func(c *changeRow) { c.Reload = true })
	return err
}
