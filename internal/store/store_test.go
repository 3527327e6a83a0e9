package store_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

var (
	monday  = time.Date(2026, 5, 4, 9, 30, 0, 123456789, time.UTC)
	tuesday = monday.AddDate(0, 0, 1)
	scopes  = record.ScopeSet{{"org/acme", "team/x"}, {"user/alice"}}
)

// apply stores a write in a database that is ours alone.
func apply(s *store.Store, w store.Write) error {
	_, err := s.Apply(context.Background(), w, store.Position{})
	return err
}

// decided is the trace of a write that has nothing else of its own.
func decided(id string) *record.Decision {
	return &record.Decision{ID: "decision_trace:" + id, Scopes: scopes, RecordedAt: monday}
}

func newStore(t *testing.T) *store.Store {
	t.Helper()
	conn := enginetest.Connect(t, enginetest.Open(t), "store")
	require.NoError(t, schema.Context().Apply(context.Background(), conn, monday))
	return store.New(conn, store.SingleWriter)
}

func collect[T any](t *testing.T, rows iter.Seq2[T, error]) []T {
	t.Helper()
	var out []T
	for row, err := range rows {
		require.NoError(t, err)
		out = append(out, row)
	}
	return out
}

// everything is a write with a row of each kind, every field of it set.
func everything() store.Write {
	alice := record.EntityRef{Type: "person", Name: "Alice ⟨Ångström⟩ `x`"}
	acme := record.EntityRef{Type: "organisation", Name: "Acme"}
	source := record.Source{
		Kind: record.FromTurn, Ref: "turn:t1", Session: "session:s1", Span: record.Span{Start: 1, End: 5}, Trust: 0.8, DerivedFrom: []string{"attribute:z"},
	}
	session := record.Session{
		ID: "session:s1", Scopes: scopes, Metadata: map[string]any{"channel": "web", "n": 1.5}, Turns: 1, Speakers: []string{"Alice"}, CreatedAt: monday,
	}
	return store.Write{
		Session: session, New: true,
		Turns: []record.Turn{{
			ID: "turn:t1", Session: session.ID, Seq: 0, Role: record.User, Content: "Ich heiße 東京 🚀\n\"x\"", SpokenAt: monday, RecordedAt: tuesday, Scopes: scopes, Labels: []string{"a=b"},
		}},
		Chunks: []record.Chunk{{
			ID: "memory_chunk:c1", Turn: "turn:t1", Session: session.ID, Role: record.User, Text: "Ich heiße", Start: 3, SpokenAt: monday,
			KnownFrom: tuesday, RecordedAt: tuesday.Add(time.Hour), Scopes: scopes, Labels: []string{"a=b"}, Category: record.Context, Vector: []float32{0.25, -1.5, 3e-20},
		}},
		Entities: []record.Entity{
			{ID: "appearance:acme", EntityRef: acme, Category: record.Knowledge, Importance: 0.8, Scopes: scopes, CreatedAt: monday, UpdatedAt: tuesday},
			{ID: "appearance:alice", EntityRef: alice, Category: record.Identity, Importance: 1, Scopes: scopes, CreatedAt: monday, UpdatedAt: tuesday},
		},
		Create: []record.Fact{
			{
				ID: "attribute:a1", Kind: record.KindAttribute, Entity: alice, Key: "role", Value: "CTO", Category: record.Identity, Scopes: scopes,
				Labels: []string{"a=b"}, Source: source, Quote: "heiße", Confidence: 0.95, Importance: 1,
				Valid: record.Interval{From: monday, Until: tuesday}, Known: record.Interval{From: monday}, RecordedAt: tuesday, ToldUntil: tuesday,
				Seq: 7, Spoken: monday.Add(-1), BegunBy: tuesday, Again: []time.Time{monday, tuesday}, By: record.BySubject,
				Supersedes: "attribute:a0", Vector: []float32{1, 2},
			},
			{
				ID: "relation:r1", Kind: record.KindRelation, Entity: alice, Key: "works_at", Value: "Acme", Object: acme, Many: true, Past: true,
				Category: record.Knowledge, Scopes: scopes, Source: source, Confidence: 0.8, Importance: 0.8,
				Known: record.Interval{From: monday, Until: tuesday}, RecordedAt: monday, RetiredAt: tuesday, SupersededBy: "relation:r2",
				Seq: 8, Spoken: monday, Yielded: true, Beside: true, By: record.ByOther,
			},
		},
		Instructions: []record.Instruction{{
			ID: "instruction:i1", Label: "be_brief", Description: "Always be brief.", Active: true, Scopes: scopes, Labels: []string{"a=b"}, Source: source,
			Quote: "Always be brief", Confidence: 0.9, Known: record.Interval{From: monday}, RecordedAt: monday, Vector: []float32{4},
		}},
		Questions: []record.OpenQuestion{{
			ID: "uncertainty:u1", About: "Alice", Reason: "which one?", Scopes: scopes, Source: source, RecordedAt: monday,
		}},
		Decision: &record.Decision{ID: "decision_trace:d1", Session: session.ID, Infer: "full", Scopes: scopes, RecordedAt: monday},
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	t.Parallel()
	ctx, s, w := context.Background(), newStore(t), everything()
	require.NoError(t, apply(s, w))
	turns, err := s.Turns(ctx, "session:s1", 10, 0)
	require.NoError(t, err)
	// The names of a relation's ends are those of the entities; the store has the subject's and the value.
	for _, pair := range []struct{ got, want any }{
		{collect(t, s.Sessions(ctx)), []record.Session{w.Session}},
		{turns, w.Turns},
		{collect(t, s.Chunks(ctx)), w.Chunks},
		{collect(t, s.Entities(ctx)), w.Entities},
		{collect(t, s.Facts(ctx)), w.Create},
		{collect(t, s.Instructions(ctx)), w.Instructions},
		{collect(t, s.Questions(ctx)), w.Questions},
	} {
		if got, want := fmt.Sprintf("%+v", pair.got), fmt.Sprintf("%+v", pair.want); got != want {
			t.Errorf("read\n%s\nwrote\n%s", got, want)
		}
	}
}

func TestWritesThatAreStaleStoreNothing(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	base := everything()
	next := func(change func(*store.Write)) store.Write {
		w := store.Write{Session: base.Session, TurnsBefore: 1}
		w.Session.Turns = 2
		w.Turns = []record.Turn{{ID: "turn:t2", Session: "session:s1", Seq: 1, Content: "more", Scopes: scopes}}
		change(&w)
		return w
	}
	slot := base.Create[0].Slot(scope.Key(scopes))
	again := base.Create[0]
	again.ID = "attribute:a2"
	fresh, gone := base.Session, base.Session
	fresh.ID, gone.ID = "session:s3", "session:s4"
	for name, tt := range map[string]struct {
		write store.Write
		stale bool
	}{
		"nothing else":               {next(func(*store.Write) {}), false},
		"the session had more turns": {next(func(w *store.Write) { w.TurnsBefore = 0 }), true},
		"the session is not there":   {next(func(w *store.Write) { w.Session.ID = "session:other" }), true},
		"the session is there":       {next(func(w *store.Write) { w.New = true }), true},
		"another session is new":     {next(func(w *store.Write) { w.Beside = []store.SessionMove{{Session: fresh, New: true}} }), false},
		"another session is there":   {next(func(w *store.Write) { w.Beside = []store.SessionMove{{Session: w.Session, New: true}} }), true},
		"another session is gone":    {next(func(w *store.Write) { w.Beside = []store.SessionMove{{Session: gone, TurnsBefore: 1}} }), true},
		"the slot is filled":         {next(func(w *store.Write) { w.Create = []record.Fact{again} }), true},
		"the slot is freed and filled": {next(func(w *store.Write) {
			w.Close = []reconcile.Closing{{ID: "attribute:a1", Slot: slot, KnownUntil: tuesday, RetiredAt: tuesday, SupersededBy: "attribute:a2"}}
			w.Create = []record.Fact{again}
		}), false},
		"the fact fills another slot": {next(func(w *store.Write) {
			w.Close = []reconcile.Closing{{ID: "attribute:a1", Slot: slot + "x", KnownUntil: tuesday, RetiredAt: tuesday}}
		}), true},
		"the fact was closed": {next(func(w *store.Write) {
			w.Close = []reconcile.Closing{{ID: "relation:r1", Slot: base.Create[1].Slot(scope.Key(scopes)), KnownUntil: tuesday, RetiredAt: tuesday}}
		}), true},
		"the instruction was given": {next(func(w *store.Write) {
			i := base.Instructions[0]
			i.ID = "instruction:i2"
			w.Instructions = []record.Instruction{i}
		}), true},
		"an entity is there": {next(func(w *store.Write) { w.Entities = base.Entities[:1] }), true},
		"the turn is there":  {next(func(w *store.Write) { w.Turns[0].Seq = 0 }), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStore(t)
			require.NoError(t, apply(s, base))
			before := collect(t, s.Facts(ctx))
			err := apply(s, tt.write)
			if errors.Is(err, store.ErrStale) != tt.stale || err != nil && !tt.stale {
				t.Errorf("error %v, stale wanted: %v", err, tt.stale)
			}
			turns, err := s.Turns(ctx, "session:s1", 10, 0)
			require.NoError(t, err)
			want := 2
			if tt.stale {
				want = 1
				if after := collect(t, s.Facts(ctx)); !reflect.DeepEqual(before, after) {
					t.Errorf("facts were %+v, are %+v", before, after)
				}
			}
			if len(turns) != want {
				t.Errorf("%d turns, want %d", len(turns), want)
			}
		})
	}
}

func TestClosingKeepsWhatItDoesNotName(t *testing.T) {
	t.Parallel()
	ctx, s, w := context.Background(), newStore(t), everything()
	require.NoError(t, apply(s, w))
	closing := reconcile.Closing{ID: "attribute:a1", Slot: w.Create[0].Slot(scope.Key(scopes)), KnownUntil: tuesday, RetiredAt: tuesday}
	next := store.Write{Session: w.Session, TurnsBefore: 1, Close: []reconcile.Closing{closing}, Decision: decided("closing")}
	require.NoError(t, apply(s, next))
	got := collect(t, s.Facts(ctx))[0]
	want := w.Create[0]
	want.Known.Until, want.RetiredAt = tuesday, tuesday
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}

func TestTheCategoryOfAnEntityIsRaised(t *testing.T) {
	t.Parallel()
	ctx, s, w := context.Background(), newStore(t), everything()
	require.NoError(t, apply(s, w))
	raised := w.Entities[0]
	raised.Category, raised.Importance, raised.UpdatedAt = record.Identity, 1, tuesday.AddDate(0, 0, 1)
	require.NoError(t, apply(s, store.Write{Session: w.Session, TurnsBefore: 1, Raised: []record.Entity{raised}, Decision: decided("raised")}))
	if got := collect(t, s.Entities(ctx))[0]; !reflect.DeepEqual(got, raised) {
		t.Errorf("got\n%+v\nwant\n%+v", got, raised)
	}
}

func TestTablesAreReadInPages(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx, s := context.Background(), newStore(t)
	const n = 2500
	w := store.Write{Session: record.Session{ID: "session:s1", Scopes: scopes, Turns: n}, New: true}
	for i := range n {
		w.Chunks = append(w.Chunks, record.Chunk{ID: fmt.Sprintf("memory_chunk:%06d", i), Turn: "turn:x", Session: "session:s1", Text: fmt.Sprint(i), Scopes: scopes})
	}
	require.NoError(t, apply(s, w))
	chunks := collect(t, s.Chunks(ctx))
	for i, c := range chunks {
		if c.Text != fmt.Sprint(i) {
			t.Fatalf("chunk %d is %s", i, c.Text)
		}
	}
	if len(chunks) != n {
		t.Errorf("%d chunks of %d", len(chunks), n)
	}
	seen := 0
	for range s.Chunks(ctx) {
		if seen++; seen == 3 {
			break // a reader may stop
		}
	}
}

func TestRegistry(t *testing.T) {
	t.Parallel()
	ctx, e := context.Background(), enginetest.Open(t)
	conn := enginetest.Connect(t, e, "registry")
	require.NoError(t, schema.Control().Apply(ctx, conn, monday))
	r := store.NewRegistry(conn)
	entry := store.Registered{
		ID: "b", Namespace: "n", Database: "d", Description: "x", CreatedAt: monday, Claim: "one",
	}
	require.NoError(t, r.Claim(ctx, entry))
	for _, taken := range []store.Registered{
		{ID: "b", Namespace: "n", Database: "d", Claim: "two", CreatedAt: monday},
		{ID: "b", Namespace: "n", Database: "e", Claim: "two", CreatedAt: monday},
		{ID: "c", Namespace: "n", Database: "d", Claim: "two", CreatedAt: monday},
	} {
		if err := r.Claim(ctx, taken); !errors.Is(err, surreal.ErrAlreadyExists) {
			t.Errorf("claiming %+v: %v", taken, err)
		}
	}
	list, err := r.List(ctx, "", 10)
	if err != nil || len(list) != 0 {
		t.Errorf("a Context that is being made is listed: %v, %v", list, err)
	}
	if err := r.Ready(ctx, "b", "two", 3, record.Event{ID: "audit_event:b"}); !errors.Is(err, surreal.ErrNotFound) {
		t.Errorf("somebody else declares it ready: %v", err)
	}
	require.NoError(t, r.Ready(ctx, "b", "one", 3, record.Event{ID: "audit_event:b"}))
	entry.State, entry.SchemaVersion = store.StateReady, 3
	got, err := r.Get(ctx, "b")
	if err != nil || got.Held < 0 || got.Held >= time.Hour {
		t.Errorf("held for %v, %v", got.Held, err)
	}
	if got.Held, got.Config = 0, nil; !reflect.DeepEqual(got, entry) {
		t.Errorf("got %+v", got)
	}
	for _, id := range []string{"a", "c"} {
		require.NoError(t, r.Claim(ctx, store.Registered{ID: id, Namespace: "n", Database: id, Claim: id, CreatedAt: monday}))
		require.NoError(t, r.Ready(ctx, id, id, 3, record.Event{ID: "audit_event:" + id}))
	}
	list, err = r.List(ctx, "a", 1)
	if err != nil || len(list) != 1 || list[0].ID != "b" {
		t.Errorf("a page after a: %v, %v", list, err)
	}
	require.NoError(t, r.Migrated(ctx, "b", 5))
	require.NoError(t, r.Migrated(ctx, "b", 4), "an older process, later")
	if got, err := r.Get(ctx, "b"); err != nil || got.SchemaVersion != 5 {
		t.Errorf("version %d, %v", got.SchemaVersion, err)
	}

	require.NoError(t, r.Take(ctx, entry, store.StateDeleting, "three"))
	if err := r.Take(ctx, entry, store.StateDeleting, "four"); !errors.Is(err, surreal.ErrNotFound) {
		t.Errorf("taking what another has taken: %v", err)
	}
	if owner, err := r.Owner(ctx, "n", "d"); err != nil || owner.ID != "b" {
		t.Errorf("the owner is %+v, %v", owner, err)
	}
	if _, err := r.Owner(ctx, "n", "nobody's"); !errors.Is(err, surreal.ErrNotFound) {
		t.Errorf("nobody's database: %v", err)
	}
	require.NoError(t, r.SetDatabase(ctx, store.Registered{ID: "b", Claim: "three", Made: true}))
	require.NoError(t, r.GiveUp(ctx, "b", "three"))
	if got, err := r.Get(ctx, "b"); err != nil || !got.Made || got.Held < time.Hour {
		t.Errorf("given up: %+v, %v", got, err)
	}
	if err := r.Renew(ctx, "b", "four"); !errors.Is(err, surreal.ErrNotFound) {
		t.Errorf("renewing another's claim: %v", err)
	}
	require.NoError(t, r.Renew(ctx, "b", "three"))
	if got, err := r.Get(ctx, "b"); err != nil || got.Held >= time.Hour {
		t.Errorf("renewed: %+v, %v", got, err)
	}
	require.NoError(t, r.Forget(ctx, "b", "four"))
	if got, err := r.Get(ctx, "b"); err != nil || got.State != store.StateDeleting || got.Claim != "three" {
		t.Errorf("after somebody else's Forget: %+v, %v", got, err)
	}
	require.NoError(t, r.Forget(ctx, "b", "three"))
	require.NoError(t, r.Forget(ctx, "b", "three"), "again")
	if _, err := r.Get(ctx, "b"); !errors.Is(err, surreal.ErrNotFound) {
		t.Errorf("after Forget: %v", err)
	}
}

func TestDatabases(t *testing.T) {
	t.Parallel()
	ctx, e := context.Background(), enginetest.Open(t)
	one, two := enginetest.Connect(t, e, "one"), enginetest.Connect(t, e, "two")
	for _, conn := range []surreal.Conn{one, two} {
		_, err := conn.Query(ctx, `CREATE thing:x`, nil)
		require.NoError(t, err)
	}
	held := func(context.Context) error { return nil }
	require.NoError(t, store.DropDatabase(ctx, one, "one", held))
	require.NoError(t, store.DropDatabase(ctx, one, "one", held), "again")
	for name, want := range map[string]bool{"one": false, "two": true} {
		conn := map[string]surreal.Conn{"one": one, "two": two}[name]
		if used, err := store.DefineDatabase(ctx, conn, name); err != nil || used != want {
			t.Errorf("database %s: used %v, %v", name, used, err)
		}
	}
	out, err := two.Query(ctx, `SELECT VALUE id FROM thing`, nil)
	require.NoError(t, err)
	var ids []surreal.RecordID
	require.NoError(t, out.Last(&ids))
	if len(ids) != 1 {
		t.Error("dropping one database took from another")
	}
}
