package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine"
	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// newShared returns two stores of one database, as two processes would have them.
func newShared(t *testing.T) (*engine.Engine, *store.Store, *store.Store) {
	t.Helper()
	e := enginetest.Open(t)
	one, two := enginetest.Connect(t, e, "shared"), enginetest.Connect(t, e, "shared")
	require.NoError(t, schema.Context().Apply(context.Background(), one, monday))
	return e, store.New(one, store.SharedWriters), store.New(two, store.SharedWriters)
}

// said is a write of one turn in a session of its own.
func said(id string) store.Write {
	session := record.Session{ID: "session:" + id, Scopes: record.ScopeSet{{"/"}}, Turns: 1, CreatedAt: monday}
	return store.Write{
		Session: session, New: true,
		Turns: []record.Turn{{ID: "turn:" + id, Session: session.ID, Role: record.User, Content: id, SpokenAt: monday, RecordedAt: monday, Scopes: session.Scopes}},
		Chunks: []record.Chunk{{
			ID: "memory_chunk:" + id, Turn: "turn:" + id, Session: session.ID, Role: record.User, Text: id, SpokenAt: monday,
			KnownFrom: monday, Scopes: session.Scopes, Category: record.Knowledge,
		}},
	}
}

func TestCatchUpReadsWhatOthersWrote(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	_, ours, theirs := newShared(t)
	start, err := ours.Position(ctx)
	require.NoError(t, err)
	again, err := theirs.Position(ctx)
	require.NoError(t, err)
	if start != again || start.Write == "" {
		t.Fatalf("two processes start at %+v and %+v", start, again)
	}
	nothing, at, err := ours.CatchUp(ctx, start)
	if err != nil || !nothing.Empty() || at != start {
		t.Errorf("before anything was written: %+v, %+v, %v", nothing, at, err)
	}

	w := everything()
	beside := w.Session
	beside.ID = "session:s2"
	w.Beside = []store.SessionMove{{Session: beside, New: true}}
	reached, err := theirs.Apply(ctx, w, start)
	require.NoError(t, err)
	reached, err = theirs.Apply(ctx, said("later"), reached)
	require.NoError(t, err)
	reached, err = deleteSession(ctx, theirs, "later", reached)
	require.NoError(t, err)

	update, at, err := ours.CatchUp(ctx, start)
	require.NoError(t, err)
	if at != reached || at.Seq != start.Seq+3 {
		t.Errorf("reached %+v, the writer %+v", at, reached)
	}
	if !reflect.DeepEqual(update.Dropped, []string{"session:later"}) {
		t.Errorf("dropped %v", update.Dropped)
	}
	for what, pair := range map[string][2]any{
		"sessions":     {update.Sessions, collect(t, ours.Sessions(ctx))},
		"chunks":       {update.Write.Chunks, collect(t, ours.Chunks(ctx))},
		"entities":     {update.Write.Entities, collect(t, ours.Entities(ctx))},
		"facts":        {update.Write.Create, collect(t, ours.Facts(ctx))},
		"instructions": {update.Write.Instructions, collect(t, ours.Instructions(ctx))},
		"questions":    {update.Write.Questions, collect(t, ours.Questions(ctx))},
	} {
		if !reflect.DeepEqual(pair[0], pair[1]) || reflect.ValueOf(pair[0]).Len() == 0 {
			t.Errorf("%s: caught up with\n%+v\nstored are\n%+v", what, pair[0], pair[1])
		}
	}
	nothing, again, err = ours.CatchUp(ctx, at)
	if err != nil || !nothing.Empty() || again != at {
		t.Errorf("caught up twice: %+v, %v", nothing, err)
	}
}

func TestWritersOfOneDatabaseNoticeEachOther(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	_, ours, theirs := newShared(t)
	start, err := ours.Position(ctx)
	require.NoError(t, err)
	_, err = theirs.Apply(ctx, said("a"), start)
	require.NoError(t, err)
	if _, err := ours.Apply(ctx, said("b"), start); !errors.Is(err, store.ErrStale) {
		t.Errorf("a write that was planned before another's: %v", err)
	}
	if n := len(collect(t, ours.Chunks(ctx))); n != 1 {
		t.Errorf("%d chunks", n)
	}
	_, err = ours.Apply(ctx, said("b"), store.Position{Seq: start.Seq + 1, Write: "another"})
	if !errors.Is(err, store.ErrStale) {
		t.Errorf("a write that was planned on another database: %v", err)
	}
	if _, _, err := ours.CatchUp(ctx, store.Position{Seq: start.Seq + 1, Write: "another"}); !errors.Is(err, store.ErrGap) {
		t.Errorf("catching up from another database's position: %v", err)
	}
	if _, _, err := ours.CatchUp(ctx, store.Position{Seq: 999, Write: "x"}); !errors.Is(err, store.ErrGap) {
		t.Errorf("catching up from a position that is not there: %v", err)
	}
}

// Many writers at once make one chain of changes, and whoever follows it sees each write once.
func TestManyWritersMakeOneChain(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	e, ours, _ := newShared(t)
	start, err := ours.Position(ctx)
	require.NoError(t, err)
	const writers, each = 4, 10
	var wg sync.WaitGroup
	for n := range writers {
		theirs := store.New(enginetest.Connect(t, e, "shared"), store.SharedWriters)
		wg.Go(func() {
			at := start
			for i := range each {
				for {
					reached, err := theirs.Apply(ctx, said(fmt.Sprintf("w%d-%d", n, i)), at)
					if err == nil {
						at = reached
						break
					}
					if !errors.Is(err, store.ErrStale) {
						t.Error(err)
						return
					}
					if _, at, err = theirs.CatchUp(ctx, at); err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	update, at, err := ours.CatchUp(ctx, start)
	require.NoError(t, err)
	if at.Seq != start.Seq+writers*each || len(update.Write.Chunks) != writers*each {
		t.Errorf("%d changes, %d chunks, want %d of each", at.Seq-start.Seq, len(update.Write.Chunks), writers*each)
	}
}

// lossy loses the answers of a connection: lose says for a statement whether to lose it before it runs, or after.
type lossy struct {
	surreal.Conn
	lose func(sql string) (before, after bool)
}

func (l lossy) Query(ctx context.Context, sql string, vars map[string]any) (surreal.Results, error) {
	before, after := l.lose(sql)
	if before {
		return nil, surreal.ErrLost
	}
	out, err := l.Conn.Query(ctx, sql, vars)
	if after {
		return nil, surreal.ErrLost
	}
	return out, err
}

// A write whose answer is lost happens once, whether it ran before the loss or not, however often that happens.
func TestLostAnswersNeverWriteTwice(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for _, writers := range []store.Writers{store.SingleWriter, store.SharedWriters} {
		e := enginetest.Open(t)
		conn := enginetest.Connect(t, e, "lossy")
		require.NoError(t, schema.Context().Apply(ctx, conn, monday))
		random := rand.New(rand.NewPCG(3, 4))
		lost := 0
		s := store.New(lossy{conn, func(string) (bool, bool) {
			n := random.IntN(5)
			lost += 1 - min(n/2, 1)
			return n == 0, n == 1
		}}, writers)
		at, err := s.Position(ctx)
		require.NoError(t, err)
		for i := range 20 {
			at, err = s.Apply(ctx, said(fmt.Sprintf("%03d", i)), at)
			require.NoError(t, err)
		}
		at, err = deleteSession(ctx, s, "007", at)
		require.NoError(t, err)
		if lost < 10 {
			t.Errorf("%d answers were lost", lost)
		}
		if n := len(collect(t, s.Chunks(ctx))); n != 19 {
			t.Errorf("%v: %d chunks of 20 writes and a deletion", writers, n)
		}
		if writers == store.SharedWriters && at.Seq != 21 {
			t.Errorf("21 writes made %d changes", at.Seq)
		}
	}
}

// When the answers stay lost, the caller is told that it is not known.
func TestAnswersThatStayLost(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	conn := enginetest.Connect(t, enginetest.Open(t), "lost")
	require.NoError(t, schema.Context().Apply(ctx, conn, monday))
	lost := false
	s := store.New(lossy{conn, func(string) (bool, bool) { return lost, false }}, store.SharedWriters)
	at, err := s.Position(ctx)
	require.NoError(t, err)
	lost = true
	if _, err := s.Apply(ctx, said("x"), at); !errors.Is(err, surreal.ErrLost) {
		t.Errorf("got %v", err)
	}
	lost = false
	reached, err := s.Apply(ctx, said("x"), at)
	if err != nil || reached.Seq != at.Seq+1 {
		t.Errorf("afterwards: %+v, %v", reached, err)
	}
}

func TestRegistryTakesLostAnswers(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	conn := enginetest.Connect(t, enginetest.Open(t), "registry")
	require.NoError(t, schema.Control().Apply(ctx, conn, monday))
	random := rand.New(rand.NewPCG(5, 6))
	r := store.NewRegistry(lossy{conn, func(string) (bool, bool) { n := random.IntN(4); return n == 0, n == 1 }})
	entry := store.Registered{ID: "a", Namespace: "n", Database: "d", CreatedAt: monday, Claim: "one"}
	require.NoError(t, r.Claim(ctx, entry))
	other := entry
	other.Claim = "two"
	if err := r.Claim(ctx, other); !errors.Is(err, surreal.ErrAlreadyExists) {
		t.Errorf("claimed twice: %v", err)
	}
	require.NoError(t, r.Ready(ctx, "a", "one", 1, record.Event{ID: "audit_event:a"}))
	entry.State = store.StateReady
	require.NoError(t, r.Take(ctx, entry, store.StateDeleting, "three"))
	require.NoError(t, r.Forget(ctx, "a", "three"))
}

// scripted answers one query after the other: with an error, or with false.
type scripted struct {
	surreal.Conn
	errors []error
}

func (s *scripted) Query(context.Context, string, map[string]any) (surreal.Results, error) {
	err := s.errors[0]
	s.errors = s.errors[1:]
	return surreal.Results{{0xf4}}, err
}

// Once an answer was lost, an error says that the write may be stored, unless nothing of it can be any more.
func TestErrorsAfterALostAnswer(t *testing.T) {
	t.Parallel()
	taken := &surreal.Error{Kind: surreal.ErrAlreadyExists, Message: "taken"}
	for name, tt := range map[string]struct {
		answers []error // to the write and to the question whether it is there, in turns
		open    bool    // the write may be stored
	}{
		"refused":                    {[]error{taken}, false},
		"unreachable":                {[]error{surreal.ErrUnreachable}, false},
		"lost, then unreachable":     {[]error{surreal.ErrLost, nil, surreal.ErrUnreachable, nil}, true},
		"lost, then another's":       {[]error{surreal.ErrLost, nil, taken, nil}, false},
		"lost, then nobody knows":    {[]error{surreal.ErrLost, surreal.ErrUnreachable}, true},
		"another's, or its own copy": {[]error{surreal.ErrLost, nil, taken, surreal.ErrUnreachable}, true},
	} {
		conn := &scripted{errors: tt.answers}
		_, err := store.New(conn, store.SingleWriter).Apply(context.Background(), said("x"), store.Position{})
		if err == nil || errors.Is(err, surreal.ErrLost) != tt.open || len(conn.errors) > 0 {
			t.Errorf("%s: %v, %d answers left", name, err, len(conn.errors))
		}
	}
}
