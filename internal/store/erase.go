package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/google/uuid"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Eraser erases the rows of a subtree of scopes from a table. Every table whose rows have scopes has one; a test compares the list
// with the tables of the database.
type Eraser struct {
	Table   string
	columns string // needed for a page; "*": all
	page    int    // rows of one statement; for turns, of the first statement
	// head returns the slot that a row fills with its remaining scopes, "" if it fills none; nil for tables without slots.
	head func(row cbor.RawMessage, left record.ScopeSet) (string, error)
}

// Erasers lists them in the order in which they run: the parts of a session before the session, and tables in memory before others.
// So a concurrent write is either kept completely, or leaves a row in memory: see Erasing.
func Erasers() []Eraser {
	return []Eraser{
		{TableChunk, "id, scopes, session", 250, nil},
		{TableAttribute, "*", 100, factHead},
		{TableRelation, "*", 100, factHead},
		{TableInstruction, "*", 100, instructionHead},
		{TableUncertainty, "id, scopes", 250, nil},
		{TableAppearance, "id, scopes, entity", 250, nil},
		{TableTurn, "id, scopes, seq, bytes::len(<bytes> content) AS size", turnPage, nil},
		{TableDecision, "id, scopes", 250, nil},
		{TableIdempotency, "id, scopes", 250, nil},
		{TableSession, "id, scopes", 250, nil},
		{TableDocument, "id, scopes, file, next", 100, nil},
	}
}

// Unscoped lists the tables of a Context without scopes, and why erasing a scope keeps them, or how they are erased.
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
		TableGranted:      "is who may do what",
		TableErasure:      "is what is being erased, and ends with that",
		TableOntology:     "is the Context's",
		TableRetrieval:    "touches rows and belongs to the region of a caller: EraseTraces of package live erases what Gone describes",
		TableResponse:     "like the traces of questions",
		TableReply:        "names the rows that a turn was written from, and goes with the turn",
		TableForgotten:    "is keyed hashes of what must not come back",
		TableJob:          "names what is to be done, and holds no text of a record",
		TableJobEnded:     "like open jobs",
		TableJobName:      "like open jobs",
		TableFading:       "is the day up to which importance has faded",
		TableUsage:        "is numbers by month and model, says nothing of texts",
		TablePassage:      "goes with its document",
		TableBytes:        "goes with its document",
		TableUpload:       "is the key of a blob that no document has yet",
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

// Erased counts the erased rows, as the caller may know them: a row that stays only in scopes that the caller does not know counts
// as erased.
type Erased struct {
	Rows     map[string]int // by table
	Narrowed map[string]int // rows that also belong to other scopes: they stay there
}

// add counts removed rows, and rows that keep some of their scopes.
func (e *Erased) add(table string, gone int, narrowed []narrowedRow, knows func(clause []string) bool) {
	e.Rows[table] += gone
	for _, n := range narrowed {
		if knows == nil || slices.ContainsFunc(n.Scopes, knows) {
			e.Narrowed[table]++
		} else {
			e.Rows[table]++
		}
	}
}

// BeginErasing records that a scope is being erased, and the caller. So the erasure is completed after a crash, and its event is
// stored even if it is not. Errors are those of Apply.
func (s *Store) BeginErasing(ctx context.Context, e Erasure, event record.Event, after Position) (Position, error) {
	s.erasures.begins()
	made := recordID(event.ID)
	return s.commit(ctx, made.String(), made, insertEvents+beginErasure,
		map[string]any{"events": []eventRow{newEventRow(event)}, "erasure": newErasureRow(e)}, after, func(*changeRow) {})
}

// Erasing is a running erasure of a scope, or of a part of a session, one page of rows at a time. A row keeps its clauses that do
// not involve the path, or that lie outside the patterns.
//
// Other writes may run between the pages. What they write to the scope may be erased in part; the rest is in memory. The process
// that has the Context in memory looks for such rows with Touches after the last page, and repeats all pages if it finds one.
type Erasing struct {
	Erasure
	Chunks   []string // ids of the remaining chunks of the session; nil: unknown
	store    *Store
	region   *authz.Region
	knows    func(clause []string) bool // clauses that the caller knows, for counting; nil: all
	dryRun   bool
	out      Erased
	entities map[string]bool // keys of entities that lose appearances with this page
	// The next page: the table, the key before its first row, the number of rows.
	table, limit int
	after        string
	from         int // of the turns of a session
}

// Erasing starts an erasure; with dryRun it only counts. A row counts as kept if knows accepts a remaining clause; nil accepts all.
func (s *Store) Erasing(e Erasure, knows func(clause []string) bool, dryRun bool) (*Erasing, error) {
	grants, err := authz.Parse(map[string][]string{string(authz.MemoryForget): e.Within})
	if err != nil {
		return nil, fmt.Errorf("store: erase: %w", err)
	}
	return &Erasing{
		Erasure: e, store: s, region: authz.Compile(grants).Region(authz.MemoryForget), knows: knows, dryRun: dryRun,
		out: Erased{map[string]int{}, map[string]int{}}, entities: map[string]bool{},
	}, nil
}

// Erased returns the counts so far.
func (e *Erasing) Erased() Erased { return e.out }

// Touches reports whether the erasure affects a row with the given scopes.
func (e *Erasing) Touches(set record.ScopeSet) bool { return len(e.Left(set)) < len(set) }

// Again starts again with the first page.
func (e *Erasing) Again() { e.table, e.limit, e.after, e.from, e.Chunks = 0, 0, "", 0, nil }

// tables returns the tables of the erasure. The row of a session is narrowed before its turns.
func (e *Erasing) tables() []Eraser {
	if e.Session == "" {
		return Erasers()
	}
	return slices.DeleteFunc(Erasers(), func(t Eraser) bool { return t.Table != TableChunk && t.Table != TableTurn })
}

// Next erases one page in a transaction of its own. It returns the changes of rows in memory, whether this was the last page, and
// the position after it. Errors are those of Apply; after ErrStale run it again.
func (e *Erasing) Next(ctx context.Context, at Position) (update Update, last bool, _ Position, err error) {
	tables := e.tables()
	if e.table == len(tables) {
		return update, true, at, nil
	}
	t := tables[e.table]
	if update, at, err = e.page(ctx, t, at); err != nil {
		err = fmt.Errorf("store: erase %s: %w", t.Table, err)
	}
	return update, e.table == len(tables), at, err
}

// End records that the erasure is complete.
func (e *Erasing) End(ctx context.Context, at Position) (Position, error) {
	return e.store.commit(ctx, "end of erasure "+uuid.NewString(), surreal.RecordID{}, endErasure, map[string]any{"erasure": e.id()}, at, func(*changeRow) {})
}

// Count counts the rows to erase.
func (e *Erasing) Count(ctx context.Context) (Erased, error) {
	for last := false; !last; {
		var err error
		if _, last, _, err = e.Next(ctx, Position{}); err != nil {
			return e.out, err
		}
	}
	return e.out, nil
}

// finishing limits the retries of a page after write conflicts.
var finishing = surreal.Backoff{Attempts: 64, First: time.Millisecond, Longest: 100 * time.Millisecond}

// Finish completes an erasure of rows that this process does not have in memory.
func (s *Store) Finish(ctx context.Context, left Erasure) error {
	switch {
	case len(left.Rows)+len(left.Ranges) > 0:
		return s.EraseRows(ctx, left)
	case left.Session != "" && len(left.Within) == 0:
		return s.EraseSession(ctx, left, nil, func(ctx context.Context) error { return s.finishTraces(ctx, left) })
	}
	e, err := s.Erasing(left, nil, false)
	if err != nil {
		return err
	}
	step := func(f func(Position) error) error {
		return surreal.RetryIf(ctx, finishing, func(err error) bool { return errors.Is(err, ErrStale) }, func() error {
			at, err := s.Position(ctx)
			if err != nil {
				return err
			}
			return f(at)
		})
	}
	for last, before := false, 0; !last; {
		err := step(func(at Position) (err error) {
			_, last, _, err = e.Next(ctx, at)
			return err
		})
		if err != nil {
			return err
		}
		// Other processes may write to it: only a pass that finds nothing ends it.
		if now := e.out.count(); last && now > before {
			before, last = now, false
			e.Again()
		}
	}
	if err := s.eraseUnfounded(ctx); err != nil {
		return err
	}
	if err := s.finishTraces(ctx, left); err != nil {
		return err
	}
	return step(func(at Position) error {
		_, err := e.End(ctx, at)
		return err
	})
}

func (e *Erased) count() (n int) {
	for _, counts := range []map[string]int{e.Rows, e.Narrowed} {
		for _, c := range counts {
			n += c
		}
	}
	return n
}

// Left returns the clauses of a scope set that are kept: those that do not involve the path, if there is a path, and those outside
// the patterns of the caller.
func (e *Erasing) Left(set record.ScopeSet) record.ScopeSet {
	var left record.ScopeSet
	for _, clause := range set {
		if e.Session == "" && len(scope.Outside(record.ScopeSet{clause}, e.Path)) > 0 || !e.region.Holds(record.ScopeSet{clause}) {
			left = append(left, clause)
		}
	}
	return left
}

type scopedRow struct {
	ID     surreal.RecordID  `cbor:"id"`
	Scopes [][]string        `cbor:"scopes"`
	Entity *surreal.RecordID `cbor:"entity"` // of an appearance
	Size   int               `cbor:"size"`   // of a turn, in bytes
	Seq    int               `cbor:"seq"`    // of a turn
	// Session is the session of a chunk.
	Session *surreal.RecordID `cbor:"session"`
	File    fileRow           `cbor:"file"` // of a document
	Next    *nextRow          `cbor:"next"`
}

// ranges returns what is erased with a document.
func (r scopedRow) ranges() []string {
	d := record.Document{ID: r.ID.String(), File: r.File.file()}
	if r.Next != nil {
		d.Next = &record.NextFile{File: r.Next.File.file()}
	}
	return RangesOf(&d)
}

func (r scopedRow) id() surreal.RecordID { return r.ID }

// narrowedRow is the remaining part of a row.
type narrowedRow struct {
	ID     surreal.RecordID         `cbor:"id"`
	Scopes [][]string               `cbor:"scopes"`
	Head   surreal.Optional[string] `cbor:"head"`
	// Bare says that only turns of a session belong to other scopes. The session's own data is removed, and also its speakers,
	// which are known only from turns in the session's scopes.
	Bare    bool   `cbor:"bare"`
	Session bool   `cbor:"session"`         // it is a session
	Place   string `cbor:"place,omitempty"` // of a decision trace: the place of its remaining scopes
}

// page erases the next page of a table.
func (e *Erasing) page(ctx context.Context, t Eraser, at Position) (update Update, _ Position, err error) {
	limit := max(t.page, e.limit)
	from, vars := e.source(t, limit)
	found, err := selectRows(ctx, e.store.conn, `SELECT `+t.columns+` FROM `+from, vars, func(r cbor.RawMessage) cbor.RawMessage { return r })
	if err != nil {
		return update, at, err
	}
	p, err := e.split(ctx, t, found)
	if err != nil {
		return update, at, err
	}
	if at, err = e.commit(ctx, t, p, at); err != nil {
		return update, at, err
	}
	e.out.add(t.Table, len(p.gone), p.narrowed, e.knows)
	clear(e.entities)
	e.after, e.limit, e.from = p.last, limit, p.seq+1
	if t.Table == TableTurn {
		e.limit = max(1, min(turnsErased, 4*limit, turnBytes*len(found)/max(1, p.bytes)))
	}
	last := len(found) < limit
	if t.Table == TableChunk && e.Chunks != nil { // some of which may be gone
		e.Chunks = e.Chunks[min(limit, len(e.Chunks)):]
		last = len(e.Chunks) == 0
	}
	if last {
		e.table, e.after, e.limit, e.from = e.table+1, "", 0, 0
	}
	if e.dryRun {
		return update, at, nil
	}
	if update, err = e.store.update(ctx, p.change(t)); err != nil {
		err = errors.Join(surreal.ErrLost, err) // it is stored, but its results are unknown
	}
	return update, at, err
}

// source returns the source of the next page.
func (e *Erasing) source(t Eraser, limit int) (string, map[string]any) {
	switch {
	case e.Session != "" && t.Table == TableTurn:
		return `turn WITH INDEX turn_session WHERE session = $conversation AND seq >= $from LIMIT $limit`,
			map[string]any{"conversation": recordID(e.Session), "from": e.from, "limit": limit}
	case e.Session != "" && e.Chunks != nil:
		// Without the function the database refuses some columns of a list of records.
		return `array::distinct($chunks)`, map[string]any{"chunks": rows(e.Chunks[:min(limit, len(e.Chunks))], recordID)}
	}
	return `type::record($table, $after>..) LIMIT $limit`, map[string]any{"table": t.Table, "after": e.after, "limit": limit}
}

// erasedPage has the changes for a page of rows.
type erasedPage struct {
	gone     []surreal.RecordID
	ranges   []string // that are erased afterwards
	narrowed []narrowedRow
	last     string // key of the last row
	seq      int    // of the last turn
	bytes    int    // of turns
}

// change returns the changes of rows that are kept in memory.
func (p *erasedPage) change(t Eraser) (c changeRow) {
	if into := c.column(t.Table); into != nil {
		c.Gone = p.gone
		*into = rows(p.narrowed, func(r narrowedRow) surreal.RecordID { return r.ID })
		c.Bytes = 4 * rowBytes * len(p.narrowed)
	}
	return c
}

// split separates the rows of a page into those to delete, and those that keep some of their scopes.
func (e *Erasing) split(ctx context.Context, t Eraser, page []cbor.RawMessage) (p erasedPage, err error) {
	for _, raw := range page {
		var r scopedRow
		if err := surreal.Unmarshal(raw, &r); err != nil {
			return p, err
		}
		p.last, p.seq, p.bytes = r.ID.Key, r.Seq, p.bytes+r.Size
		if e.Session != "" && r.Session != nil && r.Session.String() != e.Session {
			continue
		}
		left := e.Left(r.Scopes)
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
				return p, err
			}
		}
		if len(left) == 0 {
			p.gone = append(p.gone, r.ID)
			switch t.Table {
			case TableAppearance:
				e.entities[r.Entity.Key] = true
			case TableDocument:
				p.ranges = append(p.ranges, r.ranges()...)
			}
			continue
		}
		n := narrowedRow{ID: r.ID, Scopes: left, Bare: bare, Session: t.Table == TableSession}
		if t.Table == TableDecision {
			n.Place = placeOf(left)
		}
		if t.head != nil {
			head, err := t.head(raw, left)
			if err != nil {
				return p, err
			}
			n.Head = optional(head)
		}
		p.narrowed = append(p.narrowed, n)
	}
	return p, nil
}

// leftOfSession returns the scopes that an erased session keeps: those of its turns that also belong to other scopes.
func (e *Erasing) leftOfSession(ctx context.Context, id surreal.RecordID) (record.ScopeSet, error) {
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
		// In a dry run the turns to erase still exist.
		left = left.With(e.Left(set))
	}
	return left, nil
}

// narrowRows removes some scopes from rows that fill no slot.
const narrowRows = `
FOR $row IN $narrowed {
	UPDATE $row.id SET scopes = $row.scopes RETURN NONE;
	IF $row.place { UPDATE $row.id SET place = $row.place RETURN NONE; };
	IF $row.session { UPDATE $row.id SET closed = true RETURN NONE; };
	IF $row.bare { UPDATE $row.id SET metadata = NONE, speaker = NONE, speakers = NONE RETURN NONE; };
};`

// commit erases one page.
func (e *Erasing) commit(ctx context.Context, t Eraser, p erasedPage, at Position) (Position, error) {
	gone, narrowed := p.gone, p.narrowed
	if e.dryRun || len(gone)+len(narrowed) == 0 {
		return at, nil
	}
	sql := ""
	switch {
	case len(gone) > 0 && t.Table == TableIdempotency:
		sql += eraseAnswers
	case len(gone) > 0 && t.Table == TableTurn:
		sql += `DELETE $gone RETURN NONE; DELETE $replies RETURN NONE;`
	case len(gone) > 0:
		sql += `DELETE $gone RETURN NONE;`
	}
	if len(narrowed) > 0 && t.head == nil {
		sql += narrowRows
	}
	if len(narrowed) > 0 && t.head != nil {
		// If another row is already live in the remaining scopes, this row becomes history.
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
	if len(entities) > 0 {
		sql += `
FOR $entity IN $entities {
	IF (SELECT VALUE id FROM appearance WHERE entity = $entity LIMIT 1) = [] { DELETE $entity RETURN NONE; };
};`
	}
	if len(p.ranges) > 0 {
		sql += beginOther
		e.store.erasures.begins()
	}
	vars := map[string]any{"other": newErasureRow(Erasure{Ranges: p.ranges, At: e.At}), "gone": gone, "narrowed": narrowed, "table": t.Table, "now": surreal.At(e.At), "entities": entities,
		"replies": rows(gone, func(id surreal.RecordID) surreal.RecordID { return surreal.RecordID{Table: TableReply, Key: id.Key} })}
	return e.store.commit(ctx, "erase "+uuid.NewString(), surreal.RecordID{}, sql, vars, at, func(c *changeRow) { c.take(p.change(t)) })
}
