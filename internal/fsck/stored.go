package fsck

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// samples is the number of ids of rows without scopes that a report has for each table.
const samples = 5

// stored is one reading of all stored rows. Its pages are of different times, so a reference or a row that seems to be wrong is read again:
// see confirm.go.
type stored struct {
	*checking
	rows     *store.Store
	view     *recall.View
	there    map[string]bool              // ids of rows that were read
	known    map[string][]record.ScopeSet // where something is known of an entity, by its id
	unscoped map[string]*Unscoped
	suspects []Dangling
	odd      []string // ids of rows that seem to differ from memory
	batch    []filed  // rows that are yet to be compared with memory
}

// stored makes the checks of stored rows.
func (c *checking) stored(ctx context.Context) error {
	s := &stored{
		checking: c, rows: c.by.Live.Rows, view: c.by.Live.View.Load(), there: map[string]bool{}, known: map[string][]record.ScopeSet{}, unscoped: map[string]*Unscoped{},
	}
	if err := s.read(ctx); err != nil {
		return err
	}
	if s.asks(CheckUnscoped) {
		tables := slices.Sorted(maps.Keys(s.unscoped))
		list := make([]Unscoped, len(tables))
		for i, table := range tables {
			list[i] = *s.unscoped[table]
		}
		c.report.Unscoped = found(c.report, c.Most, list)
	}
	return s.confirm(ctx)
}

// read reads all rows.
func (s *stored) read(ctx context.Context) error {
	bare := s.rows.Bare()
	for _, table := range []func(context.Context) error{
		each(s, s.rows.Sessions, s.session),
		each(s, s.rows.EntityIDs, func(id string) { s.there[id] = true }),
		each(s, s.rows.Entities, s.entity),
		each(s, s.rows.TurnKeys, s.turn),
		each(s, bare.Chunks, s.chunk),
		each(s, s.rows.Documents, s.document),
		each(s, bare.Facts, s.fact),
		each(s, bare.Instructions, s.instruction),
		s.links,
		each(s, s.rows.Questions, s.question),
		each(s, s.rows.Replies, s.reply),
		s.traces,
		s.extras,
	} {
		if err := table(ctx); err != nil {
			return err
		}
	}
	return nil
}

// each returns a function that calls take with each row of a table.
func each[T any](s *stored, rows func(context.Context) iter.Seq2[T, error], take func(T)) func(context.Context) error {
	return func(ctx context.Context) error {
		n := 0
		for row, err := range rows(ctx) {
			if err != nil {
				return err
			}
			take(row)
			if n++; n%page == 0 {
				if err := s.pass(ctx); err != nil {
					return err
				}
			}
		}
		return s.pass(ctx)
	}
}

// pass compares the rows that were read with memory.
func (s *stored) pass(ctx context.Context) error {
	ids := make([]string, len(s.batch))
	for i := range s.batch {
		ids[i] = s.batch[i].id
	}
	for i, k := range s.view.Keep(ids) {
		if s.batch[i].problem(&k) != "" {
			s.odd = append(s.odd, ids[i])
		}
	}
	s.batch = s.batch[:0]
	return ctx.Err()
}

// row notes a row.
func (s *stored) row(id string, f filed) {
	s.there[id] = true
	if s.asks(CheckIndex) {
		s.batch = append(s.batch, f)
	}
}

// scoped notes whether a row has scopes.
func (s *stored) scoped(id string, set record.ScopeSet) {
	if len(set) > 0 || !s.asks(CheckUnscoped) {
		return
	}
	table, _, _ := strings.Cut(id, ":")
	u := s.unscoped[table]
	if u == nil {
		u = &Unscoped{Table: table}
		s.unscoped[table] = u
	}
	if u.Count++; len(u.Samples) < samples {
		u.Samples = append(u.Samples, id)
	}
}

// refers notes references to rows that were not read.
func (s *stored) refers(links ...Dangling) {
	if !s.asks(CheckDangling) {
		return
	}
	for _, d := range links {
		if !s.there[d.Target] {
			s.suspects = append(s.suspects, d)
		}
	}
}

// session takes a session. It has no scopes once everything of it was forgotten.
func (s *stored) session(row record.Session) { s.row(row.ID, filedSession(row)) }

func (s *stored) entity(row record.Entity) {
	s.row(row.ID, filedEntity(row))
	s.scoped(row.ID, row.Scopes)
	id := entityOf(row.EntityRef)
	s.refers(Dangling{row.ID, fieldEntity, id})
	s.known[id] = append(s.known[id], row.Scopes)
}

func (s *stored) turn(row store.TurnKey) {
	s.there[row.ID] = true
	s.scoped(row.ID, row.Scopes)
	s.refers(Dangling{row.ID, fieldSession, row.Session})
}

func (s *stored) chunk(row record.Chunk) {
	s.row(row.ID, filedChunk(row))
	s.scoped(row.ID, row.Scopes)
	s.refers(Dangling{row.ID, fieldTurn, row.Turn}, Dangling{row.ID, fieldSession, row.Session})
}

func (s *stored) document(row record.Document) {
	s.row(row.ID, filedDocument(row))
	s.scoped(row.ID, row.Scopes)
}

func (s *stored) fact(row record.Fact) {
	s.row(row.ID, filedFact(row))
	s.scoped(row.ID, row.Scopes)
	if !s.asks(CheckDangling) {
		return
	}
	for _, d := range endsOf(&row) {
		s.refers(d)
		if !known(s.known[d.Target], row.Scopes) {
			s.suspects = append(s.suspects, Dangling{row.ID, fieldKnown, d.Target})
		}
	}
	s.suspects = append(s.suspects, linksOf(&row)...) // most are not: see links
}

func (s *stored) instruction(row record.Instruction) {
	s.row(row.ID, filedInstruction(row))
	s.scoped(row.ID, row.Scopes)
}

// links drops the references of facts to facts that were read.
func (s *stored) links(context.Context) error {
	s.suspects = slices.DeleteFunc(s.suspects, func(d Dangling) bool { return d.Field != fieldKnown && s.there[d.Target] })
	return nil
}

func (s *stored) question(row record.OpenQuestion) {
	s.row(row.ID, filedQuestion(row))
	s.scoped(row.ID, row.Scopes)
	for _, id := range row.Facts {
		s.refers(Dangling{row.ID, fieldFacts, id})
	}
}

func (s *stored) reply(row store.Reply) {
	id := store.ReplyOf(row.Turn)
	s.refers(Dangling{id, fieldTurn, row.Turn})
	for _, from := range row.Basis {
		s.refers(Dangling{id, fieldBasis, from})
	}
}

// traces takes the traces of questions and answers.
func (s *stored) traces(ctx context.Context) error {
	if !s.asks(CheckDangling) {
		return nil
	}
	all, err := s.rows.Noted(ctx)
	if err != nil {
		return err
	}
	for _, n := range all {
		for _, id := range n.Touched {
			switch table, _, _ := strings.Cut(id, ":"); table {
			case store.TableChunk, store.TableTurn, store.TableAttribute, store.TableRelation, store.TableInstruction:
				s.refers(Dangling{n.ID, fieldTouched, id})
			}
		}
	}
	return s.pass(ctx)
}

// extras finds rows in memory that were not read.
func (s *stored) extras(ctx context.Context) error {
	if !s.asks(CheckIndex) {
		return nil
	}
	take := func(id string) {
		if !s.there[id] {
			s.odd = append(s.odd, id)
		}
	}
	walk := s.view.Walk(recall.Reader{})
	for rows := walk.Next(page); rows != nil; rows = walk.Next(page) {
		for i := range rows {
			take(rows[i].ID)
		}
		if err := s.pass(ctx); err != nil {
			return err
		}
	}
	for _, table := range []string{store.TableSession, store.TableAppearance, store.TableAttribute, store.TableInstruction, store.TableUncertainty, store.TableDocument} {
		for ids := range s.view.IDs(table) {
			for _, id := range ids {
				take(id)
			}
			if err := s.pass(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}
