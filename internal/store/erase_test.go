package store_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// database is a Context's, which is looked at as it is.
type database struct {
	*testing.T
	conn surreal.Conn
	*store.Store
	at store.Position
}

func newDatabase(t *testing.T, writers store.Writers) *database {
	t.Helper()
	conn := enginetest.Connect(t, enginetest.Open(t), "erased")
	require.NoError(t, schema.Context().Apply(t.Context(), conn, monday))
	d := &database{T: t, conn: conn, Store: store.New(conn, writers)}
	var err error
	d.at, err = d.Position(t.Context())
	require.NoError(t, err)
	return d
}

func (d *database) write(w store.Write) {
	d.Helper()
	var err error
	d.at, err = d.Apply(d.Context(), w, d.at)
	require.NoError(d, err)
}

func (d *database) erase(path, event string, dryRun bool) store.Erased {
	d.Helper()
	if dryRun {
		e, err := d.Erasing(store.Erasure{Path: path, Within: []string{"/*"}}, nil, true)
		require.NoError(d, err)
		counted, err := e.Count(d.Context())
		require.NoError(d, err)
		return counted
	}
	erased, at, err := eraseAll(d.Context(), d.Store, path, event, d.at)
	require.NoError(d, err)
	d.at = at
	return erased
}

// eraseAll erases a scope from the beginning of an erasure to its end.
func eraseAll(ctx context.Context, s *store.Store, path, event string, at store.Position) (store.Erased, store.Position, error) {
	e, err := s.Erasing(store.Erasure{Path: path, Within: []string{"/*"}, At: tuesday}, nil, false)
	if err != nil {
		return store.Erased{}, at, err
	}
	at, err = s.BeginErasing(ctx, e.Erasure, erasing(event), at)
	for last := false; err == nil && !last; {
		_, last, at, err = e.Next(ctx, at)
	}
	if err == nil {
		at, err = e.End(ctx, at)
	}
	if err != nil {
		return e.Erased(), at, err
	}
	left, err := s.Erasures(ctx) // what belongs to erased documents
	for _, l := range left {
		if len(l.Ranges) > 0 && err == nil {
			err = s.EraseRows(ctx, l)
		}
	}
	return e.Erased(), at, err
}

func erasing(id string) record.Event {
	return record.Event{ID: "audit_event:" + id, At: tuesday, Action: "scope.forget", Op: "forget scope", Principal: "principal:admin"}
}

// tables are those that the database has, in the order of their names.
func (d *database) tables() []string {
	d.Helper()
	out, err := d.conn.Query(d.Context(), `INFO FOR DB`, nil)
	require.NoError(d, err)
	var info struct {
		Tables map[string]any `cbor:"tables"`
	}
	require.NoError(d, out.Last(&info))
	return slices.Sorted(maps.Keys(info.Tables))
}

// raw reads a table's rows as they are stored, in the order of their ids.
func (d *database) raw(table string) []map[string]any {
	d.Helper()
	out, err := d.conn.Query(d.Context(), `SELECT * FROM type::table($table) ORDER BY id`, map[string]any{"table": table})
	require.NoError(d, err)
	var found []cbor.RawMessage
	require.NoError(d, out.Last(&found))
	var all []map[string]any
	for _, raw := range found {
		row, err := surreal.Decode(raw)
		require.NoError(d, err)
		all = append(all, row.(map[string]any))
	}
	return all
}

// text is every row of every table, a line each.
func (d *database) text() string {
	d.Helper()
	var b strings.Builder
	for _, table := range d.tables() {
		for _, row := range d.raw(table) {
			fmt.Fprintln(&b, row)
		}
	}
	return b.String()
}

// row returns a row, nil when it is gone.
func (d *database) row(id string) map[string]any {
	d.Helper()
	table, _, _ := strings.Cut(id, ":")
	for _, row := range d.raw(table) {
		if row["id"].(surreal.RecordID).String() == id {
			return row
		}
	}
	return nil
}

func set(t *testing.T, clauses ...[]string) record.ScopeSet {
	t.Helper()
	out, err := scope.ParseSet(clauses)
	require.NoError(t, err)
	return out
}

func storedScopes(row map[string]any) record.ScopeSet {
	list, ok := row["scopes"].([]any)
	if !ok {
		return nil
	}
	var out record.ScopeSet
	for _, clause := range list {
		var paths []string
		for _, p := range clause.([]any) {
			paths = append(paths, p.(string))
		}
		out = append(out, paths)
	}
	return out
}

// placed is a write of a row of every kind that belongs to some scopes; each of its texts has the word in it.
func placed(key, word string, at record.ScopeSet) store.Write {
	subject, object := record.EntityRef{Type: "person", Name: word + " subject"}, record.EntityRef{Type: "project", Name: word + " object"}
	session := record.Session{ID: "session:" + key, Scopes: at, Metadata: map[string]any{"note": word}, Turns: 1, Speakers: []string{word}, CreatedAt: monday}
	source := record.Source{Kind: record.FromTurn, Ref: "turn:" + key, Session: session.ID, Trust: 1}
	known := record.Interval{From: monday}
	fact := record.Fact{
		ID: "attribute:" + key, Kind: record.KindAttribute, Entity: subject, Key: "motto", Value: word, Category: record.Knowledge, Scopes: at,
		Labels: []string{word}, Source: source, Quote: word, Confidence: 1, Importance: 1, Known: known, RecordedAt: monday, Vector: []float32{1},
	}
	relation := fact
	relation.ID, relation.Kind, relation.Key, relation.Object = "relation:"+key, record.KindRelation, "works_on", object
	return store.Write{
		Session: session, New: true,
		Turns:  []record.Turn{{ID: "turn:" + key, Session: session.ID, Role: record.User, Content: word, SpokenAt: monday, RecordedAt: monday, Scopes: at, Labels: []string{word}}},
		Chunks: []record.Chunk{{ID: "memory_chunk:" + key, Turn: "turn:" + key, Session: session.ID, Text: word, SpokenAt: monday, KnownFrom: monday, Scopes: at, Labels: []string{word}}},
		Entities: []record.Entity{
			{ID: "appearance:subject-" + key, EntityRef: subject, Category: record.Knowledge, Importance: 1, Scopes: at, CreatedAt: monday, UpdatedAt: monday},
			{ID: "appearance:object-" + key, EntityRef: object, Category: record.Knowledge, Importance: 1, Scopes: at, CreatedAt: monday, UpdatedAt: monday},
		},
		Create: []record.Fact{fact, relation},
		Instructions: []record.Instruction{{
			ID: "instruction:" + key, Label: word, Description: "Always say " + word, Active: true, Scopes: at, Labels: []string{word}, Source: source, Quote: word,
			Confidence: 1, Known: known, RecordedAt: monday,
		}},
		Questions: []record.OpenQuestion{{ID: "uncertainty:" + key, About: word, Reason: word, Scopes: at, Source: source, RecordedAt: monday}},
		Decision: &record.Decision{
			ID: "decision_trace:" + key, Session: session.ID, Infer: "full", Created: []string{fact.ID, "entity:" + subject.Key()}, Scopes: at, RecordedAt: monday,
		},
		Answers: []record.Answer{{
			ID: "idempotency:" + key, Request: []byte(word), At: monday, Until: tuesday, Infer: "full", Session: session.ID, Turns: []string{"turn:" + key},
			Scopes: at, Changes: []record.AnsweredChange{{Turn: "turn:" + key, Created: []string{fact.ID, relation.ID}}},
		}},
	}
}

// placedDocument writes a document with a passage and bytes.
func placedDocument(key, word string, at record.ScopeSet) store.Write {
	d := record.Document{
		ID: "document:" + key, File: record.File{Name: word, MediaType: "text/plain", Size: int64(len(word)), Hash: word, Blob: "blob" + key}, Title: word, Source: word,
		Scopes: at, Labels: []string{word}, Version: 1, Passages: 1, Keywords: []record.Keyword{{Text: word, Normalised: word, Score: 1}}, Links: []string{word},
		Principal: "principal:p", CreatedAt: monday, UpdatedAt: monday, CompletedAt: monday,
	}
	list := []record.Document{d}
	return store.Write{Documents: list, Library: &store.DocumentWrite{
		Documents: list, Bytes: []byte(word),
		Passages: []record.Passage{{ID: store.PassageID(d.ID, 1, 0), Span: record.Span{End: len(word)}, Title: word, Section: []string{word}, Text: word}},
	}}
}

// placedRows are the rows of a write by placed, with the slots that live ones fill in what is left of their scopes.
func placedRows(w store.Write, left record.ScopeSet) map[string]string {
	key := scope.Key(left)
	return map[string]string{
		w.Session.ID: "", w.Turns[0].ID: "", w.Chunks[0].ID: "", w.Entities[0].ID: "", w.Entities[1].ID: "",
		w.Create[0].ID: w.Create[0].Slot(key), w.Create[1].ID: w.Create[1].Slot(key), w.Instructions[0].ID: w.Instructions[0].Slot(key),
		w.Questions[0].ID: "", w.Decision.ID: "", w.Answers[0].ID: "",
	}
}

// place is where rows are, and what is left of that when "org/acme" is erased.
type place struct{ is, left record.ScopeSet }

func places(t *testing.T) []place {
	t.Helper()
	stays := func(clauses ...[]string) place { return place{set(t, clauses...), set(t, clauses...)} }
	goes := func(clauses ...[]string) place { return place{set(t, clauses...), nil} }
	return []place{
		goes([]string{"org/acme"}),
		goes([]string{"org/acme/user/alice"}),
		goes([]string{"org/acme/東京"}),
		goes([]string{"org/acme"}, []string{"org/acme/user/alice"}),
		goes([]string{"org/acme", "team/x"}),
		goes([]string{"team/x", "org/acme/user/alice"}, []string{"org/acme", "org/globex"}),
		stays([]string{"/"}),
		stays([]string{"org"}),
		stays([]string{"org/acme-2"}),
		stays([]string{"org/acme0"}),
		stays([]string{"org/acme.x/user"}),
		stays([]string{"org/acmé"}),
		stays([]string{"acme"}),
		stays([]string{"x/org/acme"}),
		stays([]string{"org/globex", "team/x"}, []string{"team/y"}),
		{set(t, []string{"org/acme"}, []string{"org/globex"}), set(t, []string{"org/globex"})},
		{set(t, []string{"org/acme/x", "team/x"}, []string{"team/x", "team/y"}), set(t, []string{"team/x", "team/y"})},
		{set(t, []string{"/"}, []string{"org/acme"}, []string{"org/acme-2"}), set(t, []string{"/"}, []string{"org/acme-2"})},
	}
}

// placedIn stores a write in every place; the word of what goes has "erased" in it. It returns the rows that are left when
// "org/acme" is erased, with their scopes, and with their slots where they have one.
func (d *database) placedIn(places []place) (scopes map[string]record.ScopeSet, heads map[string]string) {
	d.Helper()
	scopes, heads = map[string]record.ScopeSet{}, map[string]string{}
	for i, p := range places {
		word := fmt.Sprintf("kept%02d", i)
		if p.left == nil {
			word = fmt.Sprintf("erased%02d", i)
		}
		w := placed(fmt.Sprintf("%02d", i), word, p.is)
		d.write(w)
		documents := placedDocument(fmt.Sprintf("%02d", i), word, p.is)
		var err error
		d.at, err = d.Apply(d.Context(), documents, d.at)
		require.NoError(d, err)
		if p.left == nil {
			continue
		}
		scopes[documents.Documents[0].ID] = p.left
		for id, head := range placedRows(w, p.left) {
			scopes[id], heads[id] = p.left, head
		}
	}
	return scopes, heads
}

// check compares the rows of the tables that have scopes with what is to be there.
func (d *database) check(scopes map[string]record.ScopeSet, heads map[string]string) {
	d.Helper()
	found := map[string]bool{}
	for _, eraser := range store.Erasers() {
		for _, row := range d.raw(eraser.Table) {
			id := row["id"].(surreal.RecordID).String()
			found[id] = true
			if got := storedScopes(row); !got.Equal(scopes[id]) {
				d.Errorf("%s belongs to %q, want %q (none: it was to be gone)", id, got, scopes[id])
			}
			if head, _ := row["head"].(string); head != heads[id] {
				d.Errorf("%s fills the slot %q, want %q", id, head, heads[id])
			}
		}
	}
	for id := range scopes {
		if !found[id] {
			d.Errorf("%s is gone", id)
		}
	}
	if text := d.text(); strings.Contains(text, "erased") {
		for line := range strings.Lines(text) {
			if strings.Contains(line, "erased") {
				d.Errorf("what was erased is still in: %.1000s", line)
			}
		}
	}
}

// Every table of a Context is either erased with a scope or says why it is not, and the lists have no other tables.
func TestEveryTableIsErasedOrSaysWhyNot(t *testing.T) {
	t.Parallel()
	d := newDatabase(t, store.SharedWriters)
	tables := d.tables()
	erased := map[string]bool{}
	for _, eraser := range store.Erasers() {
		if erased[eraser.Table] {
			t.Errorf("Erasers lists %s twice", eraser.Table)
		}
		erased[eraser.Table] = true
	}
	unscoped := store.Unscoped()
	for _, table := range tables {
		_, kept := unscoped[table]
		switch {
		case !erased[table] && !kept:
			t.Errorf("nobody erases the table %s when a scope is forgotten: if its rows have scopes, add it to store.Erasers and a row of it to placed "+
				"in this file; if they have none and say nothing of what is remembered, add it to store.Unscoped and say why", table)
		case erased[table] && kept:
			t.Errorf("the table %s is in store.Erasers and in store.Unscoped: take it out of one", table)
		case kept && unscoped[table] == "":
			t.Errorf("store.Unscoped does not say why %s is not erased", table)
		}
	}
	for _, table := range slices.Concat(slices.Collect(maps.Keys(erased)), slices.Collect(maps.Keys(unscoped))) {
		if !slices.Contains(tables, table) {
			t.Errorf("there is no table %s: take it out of store.Erasers and store.Unscoped", table)
		}
	}
}

// What a table is listed as is what its rows are.
func TestTablesWithScopesAreThoseThatAreErased(t *testing.T) {
	t.Parallel()
	d := newDatabase(t, store.SharedWriters)
	d.write(placed("a", "word", set(t, []string{"org/acme"})))
	d.write(answeredFrom("reply", scopes, "turn:a"))
	var err error
	d.at, err = d.Change(t.Context(), everyChange(), d.at)
	require.NoError(t, err)
	d.at, err = d.SetEmbedder(t.Context(), &record.Embedder{Dimension: 1, Probes: []record.Probe{{Text: "a", Vector: []float32{1}}}}, d.at)
	require.NoError(t, err)
	d.at, err = d.DropSession(t.Context(), store.Erasure{Session: "session:b", Sets: []record.ScopeSet{set(t, []string{"org/acme"})}}, nil, d.at)
	require.NoError(t, err)
	_, err = d.AddUsage(t.Context(), record.Usage{Month: "2026-11", Stage: "extraction", Model: "m", Calls: 1})
	require.NoError(t, err)
	require.NoError(t, d.AddTraces(t.Context(), []record.Retrieval{{ID: "retrieval_trace:a"}}, []record.Response{{ID: "response_trace:a"}}))
	require.NoError(t, d.Bury(t.Context(), []string{"forgotten:a"}))
	_, err = d.Fade(t.Context(), 20_000, d.at)
	require.NoError(t, err)
	require.NoError(t, d.AddJobs(t.Context(), []record.Job{{ID: "job:a", Name: "a"}, {ID: "job:b"}}))
	require.NoError(t, d.EndJobs(t.Context(), "", []store.JobEnd{{Job: record.Job{ID: "job:b", State: record.JobDone}}}, true))
	require.NoError(t, d.BeginUpload(t.Context(), "a", monday))
	d.at, err = d.Position(t.Context())
	require.NoError(t, err)
	documents := placedDocument("a", "word", set(t, []string{"org/acme"}))
	d.at, err = d.Apply(t.Context(), documents, d.at)
	require.NoError(t, err)
	for _, eraser := range store.Erasers() {
		rows := d.raw(eraser.Table)
		require.NotEmpty(t, rows, "no row of %s: add one to placed in this file, so that it is tested", eraser.Table)
		for _, row := range rows {
			if len(storedScopes(row)) == 0 {
				t.Errorf("%s is erased by its scopes and has none: %v", eraser.Table, row)
			}
		}
	}
	for table := range store.Unscoped() {
		rows := d.raw(table)
		require.NotEmpty(t, rows, "no row of %s: add one to everyChange, so that it is known to have no scopes", table)
		for _, row := range rows {
			if _, has := row["scopes"]; has {
				t.Errorf("the rows of %s have scopes: it must be in store.Erasers, not in store.Unscoped: %v", table, row)
			}
		}
	}
}

// Of every table exactly the rows go that belong to the scope and to nothing else, and nothing is left that says anything of
// them.
func TestErase(t *testing.T) {
	t.Parallel()
	for name, writers := range map[string]store.Writers{"alone": store.SingleWriter, "among": store.SharedWriters} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDatabase(t, writers)
			scopes, heads := d.placedIn(places(t))
			var gone, narrowed int
			for _, p := range places(t) {
				if p.left == nil {
					gone++
				} else if !p.left.Equal(p.is) {
					narrowed++
				}
			}
			before, start := d.text(), d.at
			counted := d.erase("org/acme", "dry", true)
			if after := d.text(); after != before || d.at != start {
				t.Errorf("a dry run changed\n%s\ninto\n%s", before, after)
			}
			for _, eraser := range store.Erasers() {
				each := 1
				if eraser.Table == store.TableAppearance {
					each = 2
				}
				if counted.Rows[eraser.Table] != gone*each || counted.Narrowed[eraser.Table] != narrowed*each {
					t.Errorf("%s: %d rows to erase and %d to narrow, want %d and %d",
						eraser.Table, counted.Rows[eraser.Table], counted.Narrowed[eraser.Table], gone*each, narrowed*each)
				}
			}
			if erased := d.erase("org/acme", "real", false); !reflect.DeepEqual(erased, counted) {
				t.Errorf("counted %+v, erased %+v", counted, erased)
			}
			d.check(scopes, heads)
			after := d.text()
			if again := d.erase("org/acme", "again", true); len(positive(again.Rows))+len(positive(again.Narrowed)) > 0 || d.text() != after {
				t.Errorf("there is more to erase: %+v", again)
			}
			found, err := d.Events(t.Context(), store.EventQuery{Limit: 10})
			require.NoError(t, err)
			if len(found) != 1 || found[0].ID != "audit_event:real" {
				t.Errorf("events %+v", found)
			}
			// What is left can be read, and written to.
			collect(t, d.Facts(t.Context()))
			collect(t, d.Instructions(t.Context()))
			d.write(said("afterwards"))

			d.erase("/", "all", false)
			for _, eraser := range store.Erasers() {
				rows := d.raw(eraser.Table)
				if eraser.Table == store.TableIdempotency { // only says which keys are used
					rows = slices.DeleteFunc(rows, func(row map[string]any) bool { return len(row) == 4 && row["gone"] == true })
				}
				if len(rows) > 0 {
					t.Errorf("of everything, %s keeps %v", eraser.Table, rows)
				}
			}
		})
	}
}

func positive(counts map[string]int) map[string]int {
	counts = maps.Clone(counts)
	maps.DeleteFunc(counts, func(_ string, n int) bool { return n == 0 })
	return counts
}

// Tables are erased a page at a time, whatever the pages have in them.
func TestEraseGoesThroughAllPages(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	d := newDatabase(t, store.SingleWriter)
	all := []place{
		{set(t, []string{"org/acme"}), nil}, {set(t, []string{"org/globex"}), set(t, []string{"org/globex"})},
		{set(t, []string{"org/acme/x"}, []string{"org/globex"}), set(t, []string{"org/globex"})},
	}
	const facts, turns = 350, 70
	w := store.Write{Session: record.Session{ID: "session:s", Scopes: set(t, []string{"/"}), Turns: turns, CreatedAt: monday}, New: true}
	scopes, heads := map[string]record.ScopeSet{w.Session.ID: w.Session.Scopes}, map[string]string{}
	for i := range facts {
		// The first and the last pages have nothing to erase but in one place.
		p := all[1]
		if i > 120 && i < 330 || i == 7 {
			p = all[i%3]
		}
		f := placed(fmt.Sprintf("%04d", i), fmt.Sprintf("fact%04d", i), p.is).Create[0]
		w.Create = append(w.Create, f)
		if p.left != nil {
			scopes[f.ID], heads[f.ID] = p.left, f.Slot(scope.Key(p.left))
		}
		if i >= turns {
			continue
		}
		p = all[i%3]
		turn := placed(fmt.Sprintf("%04d", i), "word", p.is).Turns[0]
		turn.Session, turn.Seq = w.Session.ID, i
		w.Turns = append(w.Turns, turn)
		if p.left != nil {
			scopes[turn.ID] = p.left
		}
	}
	d.write(w)
	d.erase("org/acme", "real", false)
	d.check(scopes, heads)
}

// A fact or instruction that loses a clause fills the slot of what is left to it, unless another one does: then it is history.
func TestEraseKeepsOneLiveInASlot(t *testing.T) {
	t.Parallel()
	d := newDatabase(t, store.SingleWriter)
	globex := set(t, []string{"org/globex"})
	co, below := set(t, []string{"org/acme"}, []string{"org/globex"}), set(t, []string{"org/acme/x"}, []string{"org/globex"})
	w := store.Write{Session: record.Session{ID: "session:s", Scopes: globex, CreatedAt: monday}, New: true}
	add := func(key, word string, at record.ScopeSet, closed bool) {
		of := placed(key, word, at)
		for i := range of.Create {
			if closed {
				of.Create[i].RetiredAt, of.Create[i].Known.Until = monday, monday
			}
		}
		if closed {
			of.Instructions[0].Active, of.Instructions[0].RetiredAt, of.Instructions[0].Known.Until = false, monday, monday
		}
		w.Create, w.Instructions = append(w.Create, of.Create...), append(w.Instructions, of.Instructions...)
	}
	add("taken", "one", co, false)
	add("there", "one", globex, false)
	add("alone", "two", co, false)
	add("first", "three", co, false)
	add("other", "three", below, false)
	add("past", "four", co, true)
	d.write(w)
	d.erase("org/acme", "real", false)

	slot := func(table, key, word string) string {
		of := placed(key, word, globex)
		return placedRows(of, globex)[table+":"+key]
	}
	for _, table := range []string{store.TableAttribute, store.TableRelation, store.TableInstruction} {
		live := 0
		for key, want := range map[string]struct {
			word    string
			live    bool
			retired any
		}{
			"taken": {"one", false, surreal.At(tuesday)}, "there": {"one", true, nil}, "alone": {"two", true, nil}, "past": {"four", false, surreal.At(monday)},
			"first": {"three", true, nil}, "other": {"three", true, nil},
		} {
			row := d.row(table + ":" + key)
			require.NotNil(t, row, key)
			head, _ := row["head"].(string)
			if word := want.word; word == "three" {
				// One of the two, whichever.
				if head != "" {
					live++
				}
				want.live, want.retired = head != "", nil
				if head == "" {
					want.retired = surreal.At(tuesday)
				}
			}
			wantHead := ""
			if want.live {
				wantHead = slot(table, key, want.word)
			}
			if head != wantHead || !storedScopes(row).Equal(globex) {
				t.Errorf("%s %s fills %q in %q, want %q", table, key, head, storedScopes(row), wantHead)
			}
			for _, field := range []string{"retired_at", "known_until"} {
				if got := row[field]; fmt.Sprint(got) != fmt.Sprint(want.retired) && (want.retired != nil || got != nil && got != surreal.None{}) {
					t.Errorf("%s %s: %s is %v, want %v", table, key, field, got, want.retired)
				}
			}
			if active, has := row["active"]; has && active != want.live {
				t.Errorf("%s %s: active is %v", table, key, active)
			}
		}
		if live != 1 {
			t.Errorf("%s: of two that come to the same slot %d are live", table, live)
		}
	}
	for _, f := range collect(t, d.Facts(t.Context())) {
		if f.Live() == (d.row(f.ID)["head"] == nil || d.row(f.ID)["head"] == any(surreal.None{})) {
			t.Errorf("%s is live: %v, and its head is %v", f.ID, f.Live(), d.row(f.ID)["head"])
		}
	}
}

// A session stays for the turns that belong elsewhere; what it said itself goes, and nobody gets to see it who did not before.
func TestEraseKeepsSessionsForTheirOtherTurns(t *testing.T) {
	t.Parallel()
	d := newDatabase(t, store.SingleWriter)
	acme, globex := set(t, []string{"org/acme"}), set(t, []string{"org/globex"})
	say := func(key string, session record.ScopeSet, turns ...record.ScopeSet) {
		w := store.Write{New: true, Session: record.Session{
			ID: "session:" + key, Scopes: session, Metadata: map[string]any{"note": "erased"}, Turns: len(turns), Speakers: []string{"Alice"}, CreatedAt: monday,
		}}
		for i, at := range turns {
			w.Turns = append(w.Turns, record.Turn{
				ID: fmt.Sprintf("turn:%s%d", key, i), Session: w.Session.ID, Seq: i, Role: record.User, Content: "word", SpokenAt: monday, RecordedAt: monday, Scopes: at,
			})
		}
		d.write(w)
	}
	say("gone", acme, acme, acme)
	say("other", acme, acme, globex)
	say("mixed", set(t, []string{"org/acme"}, []string{"team/x"}), globex, acme)
	say("outside", set(t, []string{"team/x"}), globex, acme)
	say("untouched", set(t, []string{"team/x"}), globex)
	counted := d.erase("org/acme", "dry", true)
	if erased := d.erase("org/acme", "real", false); !reflect.DeepEqual(erased, counted) {
		t.Errorf("counted %+v, erased %+v", counted, erased)
	}
	if row := d.row("session:gone"); row != nil {
		t.Errorf("left: %v", row)
	}
	for key, want := range map[string]struct {
		scopes  record.ScopeSet
		note    bool
		speaker bool
		turns   int
	}{
		"other":     {globex, false, false, 1},
		"mixed":     {set(t, []string{"team/x"}), true, true, 1},
		"outside":   {set(t, []string{"team/x"}), true, true, 1},
		"untouched": {set(t, []string{"team/x"}), true, true, 1},
	} {
		row := d.row("session:" + key)
		require.NotNil(t, row, key)
		if got := storedScopes(row); !got.Equal(want.scopes) {
			t.Errorf("%s belongs to %q, want %q", key, got, want.scopes)
		}
		if note := strings.Contains(fmt.Sprint(row["metadata"]), "erased"); note != want.note {
			t.Errorf("%s has the metadata %v", key, row["metadata"])
		}
		if speaker, _ := row["speaker"].(string); (speaker != "") != want.speaker {
			t.Errorf("%s has the speaker %v", key, row["speaker"])
		}
		turns, err := d.Turns(t.Context(), "session:"+key, 10, 0)
		require.NoError(t, err)
		if len(turns) != want.turns {
			t.Errorf("%s has the turns %+v", key, turns)
		}
	}
}

// ending fails every query after some, as a connection that is gone or a caller that has gone.
type ending struct {
	surreal.Conn
	left int
	fail func() error
}

func (e *ending) Query(ctx context.Context, sql string, vars map[string]any) (surreal.Results, error) {
	if e.left--; e.left < 0 {
		if err := e.fail(); err != nil {
			return nil, err
		}
	}
	return e.Conn.Query(ctx, sql, vars)
}

// However often erasing is interrupted, and wherever: run again, it comes to the same end.
func TestEraseInterrupted(t *testing.T) {
	t.Parallel()
	for name, writers := range map[string]store.Writers{"alone": store.SingleWriter, "among": store.SharedWriters} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDatabase(t, writers)
			scopes, heads := d.placedIn(places(t))
			counted := d.erase("org/acme", "dry", true)
			total := store.Erased{Rows: map[string]int{}, Narrowed: map[string]int{}}
			gone := errors.New("the line was cut")
			runs := 0
			for done := false; !done; runs++ {
				ctx, cancel := context.WithCancel(t.Context())
				broken := &ending{d.conn, 1 + runs, func() error { return gone }}
				if runs%2 == 1 {
					broken.fail = func() error { cancel(); return ctx.Err() }
				}
				erased, at, err := eraseAll(ctx, store.New(broken, writers), "org/acme", fmt.Sprint("run", runs), d.at)
				cancel()
				d.at = at
				for table, n := range erased.Rows {
					total.Rows[table] += n
				}
				for table, n := range erased.Narrowed {
					total.Narrowed[table] += n
				}
				if done = err == nil; !done && !errors.Is(err, gone) && !errors.Is(err, context.Canceled) {
					t.Fatalf("run %d: %v", runs, err)
				}
				if runs > 200 {
					t.Fatal("it comes to no end")
				}
			}
			if runs < 10 {
				t.Errorf("interrupted %d times only", runs-1)
			}
			if !reflect.DeepEqual(total, counted) {
				t.Errorf("erased %+v in all, want %+v", total, counted)
			}
			d.check(scopes, heads)
		})
	}
}

// A page whose answer is lost is erased once: what was narrowed is not taken for another one in its slot.
func TestEraseTakesLostAnswers(t *testing.T) {
	t.Parallel()
	for name, writers := range map[string]store.Writers{"alone": store.SingleWriter, "among": store.SharedWriters} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDatabase(t, writers)
			scopes, heads := d.placedIn(places(t))
			counted := d.erase("org/acme", "dry", true)
			n := 0
			s := store.New(lossy{d.conn, func(sql string) (bool, bool) {
				if strings.HasPrefix(sql, "BEGIN") {
					n++
					return false, n%2 == 1 // each has run when its first answer is lost
				}
				return false, false
			}}, writers)
			erased, at, err := eraseAll(t.Context(), s, "org/acme", "real", d.at)
			require.NoError(t, err)
			d.at = at
			if !reflect.DeepEqual(erased, counted) || n < 10 {
				t.Errorf("erased %+v, want %+v; %d transactions", erased, counted, n)
			}
			d.check(scopes, heads)
			d.write(said("afterwards"))
		})
	}
}

// Who has rows in memory is told which are gone and which have changed: with what changed meanwhile that comes to what is stored.
func TestOthersAreToldOfWhatWasErased(t *testing.T) {
	t.Parallel()
	d := newDatabase(t, store.SharedWriters)
	d.placedIn(places(t))
	type rows map[string]string
	stored := func() rows {
		out := rows{}
		for _, table := range []string{store.TableSession, store.TableChunk, store.TableAppearance, store.TableAttribute, store.TableRelation, store.TableInstruction, store.TableUncertainty} {
			for _, row := range d.raw(table) {
				out[row["id"].(surreal.RecordID).String()] = fmt.Sprint(storedScopes(row), row["head"] != nil && row["head"] != any(surreal.None{}))
			}
		}
		return out
	}
	known, seen := stored(), d.at
	d.erase("org/acme", "dry", true)
	if update, at, err := d.CatchUp(t.Context(), seen); err != nil || !update.Empty() || at != seen {
		t.Errorf("after a dry run: %+v at %+v, %v", update, at, err)
	}
	d.erase("org/acme", "real", false)
	update, at, err := d.CatchUp(t.Context(), seen)
	require.NoError(t, err)
	if at != d.at {
		t.Errorf("caught up with %+v, the writer is at %+v", at, d.at)
	}
	note := func(id string, scopes record.ScopeSet, live bool) { known[id] = fmt.Sprint(scopes, live) }
	for _, s := range update.Sessions {
		note(s.ID, s.Scopes, false)
	}
	for _, c := range update.Write.Chunks {
		note(c.ID, c.Scopes, false)
	}
	for _, e := range update.Write.Entities {
		note(e.ID, e.Scopes, false)
	}
	for _, f := range update.Write.Create {
		note(f.ID, f.Scopes, f.Live())
	}
	for _, i := range update.Write.Instructions {
		note(i.ID, i.Scopes, i.Active)
	}
	for _, q := range update.Write.Questions {
		note(q.ID, q.Scopes, false)
	}
	for _, id := range update.Erased {
		delete(known, id)
	}
	if want := stored(); !maps.Equal(known, want) {
		t.Errorf("others know\n%v\nstored is\n%v", known, want)
	}
	if _, err := d.Apply(t.Context(), said("stale"), seen); !errors.Is(err, store.ErrStale) {
		t.Errorf("a write that was planned before: %v", err)
	}
	if _, err := d.BeginErasing(t.Context(), store.Erasure{Path: "org/acme"}, erasing("stale"), seen); !errors.Is(err, store.ErrStale) {
		t.Errorf("erasing from before: %v", err)
	}
}
