package spectron

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/testing/testsize"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
	"github.com/spectron-go/spectron/internal/testing/teststore"
)

// Variables of the child process of TestErasuresOutliveACrash: the store to erase from, the erasure, and the number of deleting statements
// before the process is killed.
const (
	eraserFile  = "SPECTRON_TEST_ERASER_FILE"
	eraserWhat  = "SPECTRON_TEST_ERASER_WHAT"
	eraserKills = "SPECTRON_TEST_ERASER_KILLS"
)

// failing calls fault before each statement of the Context that begins or ends an erasure, or deletes rows.
func (c *Context) failing(fault func() error) {
	c.state.Rows = store.New(&teststore.Conn{Conn: c.state.Conn, Tap: func(sql string, run func() (surreal.Results, error)) (surreal.Results, error) {
		if strings.Contains(sql, "DELETE") || strings.Contains(sql, "$erasure") {
			if err := fault(); err != nil {
				return nil, err
			}
		}
		return run()
	}}, c.state.Core.Writers())
}

// erasures has the erasures that take many statements, by name.
var erasures = map[string]func(context.Context, *Context, string) error{
	"session": func(ctx context.Context, c *Context, session string) error { return c.Sessions().Delete(ctx, session) },
	"scope": func(ctx context.Context, c *Context, _ string) error {
		_, err := c.Scopes().Forget(ctx, ScopeForgetRequest{Path: "org/gone"})
		return err
	},
}

// crashes are the erasures that a process may be killed in: those, and a purge.
func crashes() map[string]func(context.Context, *Context, string) error {
	out := maps.Clone(erasures)
	out["purge"] = purgeSession
	return out
}

func purgeSession(ctx context.Context, c *Context, session string) error {
	_, err := c.Memory().Forget(ctx, ForgetRequest{IDs: []string{session}, Purge: true})
	return err
}

// toErase fills a Context: a session with many turns at org/gone, whose texts contain the word zgone, and other texts that stay.
func toErase(t *testing.T, c *Context) (session string) {
	t.Helper()
	ctx := context.Background()
	gone, kept := make([]Message, 60), make([]Message, 20)
	for i := range gone {
		gone[i].Content = fmt.Sprintf("zgone text number %d.", i)
	}
	for i := range kept {
		kept[i].Content = fmt.Sprintf("zkept text number %d.", i)
	}
	out, err := c.Memory().RememberMany(ctx, RememberManyRequest{Messages: gone, Scopes: Scopes{{"org/gone"}}, Infer: InferNone})
	require.NoError(t, err)
	_, err = c.Memory().RememberMany(ctx, RememberManyRequest{Messages: kept, Scopes: Scopes{{"org/kept"}}, Infer: InferNone})
	require.NoError(t, err)
	return out.SessionID
}

// TestEraser is not a test: it is the child process.
func TestEraser(t *testing.T) {
	path := os.Getenv(eraserFile)
	if path == "" {
		t.Skip("run by TestErasuresOutliveACrash")
	}
	kills, err := strconv.Atoi(os.Getenv(eraserKills))
	require.NoError(t, err)
	c := openIn(t, "file://"+path, nil)
	self, err := os.FindProcess(os.Getpid())
	require.NoError(t, err)
	c.failing(func() error {
		if kills--; kills < 0 {
			require.NoError(t, self.Kill())
			select {} // until it is killed
		}
		return nil
	})
	what, session, _ := strings.Cut(os.Getenv(eraserWhat), " ")
	require.NoError(t, crashes()[what](context.Background(), c, session))
	require.NoError(t, c.manager().Close(context.Background()))
}

// TestErasuresOutliveACrash kills a process that erases before its first statement and after each statement. An erasure that has begun is
// completed when the Context is opened, and no byte of the data remains. If it has not begun, all data is kept.
func TestErasuresOutliveACrash(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Children)
	t.Parallel()
	ctx := context.Background()
	dir := t.TempDir()
	full := filepath.Join(dir, "full.db")
	c := openIn(t, "file://"+full, nil)
	session := toErase(t, c)
	require.NoError(t, c.manager().Close(ctx))
	image, err := os.ReadFile(full)
	require.NoError(t, err)
	step := 3
	if testsize.Long() {
		step = 1
	}
	for what := range crashes() {
		for killed, kills := true, 0; killed; kills += step {
			path := filepath.Join(dir, fmt.Sprint(what, kills), "agent.db")
			require.NoError(t, os.Mkdir(filepath.Dir(path), 0o700))
			require.NoError(t, os.WriteFile(path, image, 0o600))
			cmd := exec.Command(os.Args[0], "-test.run=^TestEraser$", "-test.timeout=2m")
			cmd.Env = append(os.Environ(), eraserFile+"="+path, eraserWhat+"="+what+" "+session, fmt.Sprint(eraserKills, "=", kills))
			out, err := cmd.CombinedOutput()
			var exit *exec.ExitError
			if killed = errors.As(err, &exit) && exit.ExitCode() == -1; !killed {
				require.NoError(t, err, "%s", out)
				if kills < 4 {
					t.Errorf("%s: %d statements delete 60 turns with their chunks", what, kills)
				}
			}
			c := openIn(t, "file://"+path, nil)
			left := checkErased(t, c, session)
			if want := kills == 0; left != want {
				t.Errorf("%s, killed after %d statements: the texts are there: %v, want %v", what, kills, left, want)
			}
			b, err := os.ReadFile(path)
			require.NoError(t, err)
			if n := bytes.Count(b, []byte("zgone")); (n > 0) != left {
				t.Errorf("%s, killed after %d statements: the word is %d times in the file", what, kills, n)
			}
			require.NoError(t, c.manager().Close(ctx))
		}
	}
}

// checkErased reports whether the texts to erase still exist, for every caller alike: all of them or none. It also checks that nothing else
// is missing, and that memory equals the database.
func checkErased(t *testing.T, c *Context, session string) bool {
	t.Helper()
	ctx := context.Background()
	found, err := c.Memory().Recall(ctx, RecallRequest{Query: "zgone", Mode: ModeBM25, K: 50, IncludeDuplicates: true})
	require.NoError(t, err)
	there := len(found.Hits) > 0
	_, err = c.Sessions().Get(ctx, session)
	if (err == nil) != there || err != nil && !errors.Is(err, ErrNotFound) {
		t.Errorf("found: %v; the session: %v", there, err)
	}
	want := 20
	if there {
		want += 60
	}
	stored := map[string]int{}
	for _, table := range []string{"turn", "memory_chunk"} {
		out, err := c.state.Conn.Query(ctx, `SELECT VALUE id FROM type::table($table)`, map[string]any{"table": table})
		require.NoError(t, err)
		var ids []surreal.RecordID
		require.NoError(t, out.Last(&ids))
		stored[table] = len(ids)
	}
	if stored["turn"] != want || stored["memory_chunk"] != want || c.state.View.Load().Stats().Chunks != want {
		t.Errorf("stored %v, in memory %+v, want %d", stored, c.state.View.Load().Stats(), want)
	}
	if left, err := c.state.Rows.Erasures(ctx); err != nil || len(left) > 0 {
		t.Errorf("still being erased: %+v, %v", left, err)
	}
	return there
}

// TestErasureThatFailedIsFinishedByTheNext lets the database fail during an erasure: the data is gone for everybody at once, and a repeated
// call completes the erasure.
func TestErasureThatFailedIsFinishedByTheNext(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	broken := errors.New("the disk is on fire")
	for what, erase := range erasures {
		for name, url := range embeddedURLs(t) {
			t.Run(what+"/"+name, func(t *testing.T) {
				t.Parallel()
				c := openIn(t, url, nil)
				defer func() { require.NoError(t, c.manager().Close(ctx)) }()
				session := toErase(t, c)
				statements := 2
				c.failing(func() error {
					if statements--; statements < 0 {
						return broken
					}
					return nil
				})
				require.ErrorIs(t, erase(ctx, c, session), broken)
				found, err := c.Memory().Recall(ctx, RecallRequest{Query: "zgone", Mode: ModeBM25})
				require.NoError(t, err)
				if len(found.Hits) > 0 {
					t.Errorf("found while it is being erased: %+v", found.Hits)
				}
				left, err := c.state.Rows.Erasures(ctx)
				require.NoError(t, err)
				require.Len(t, left, 1)
				agent, err := c.Keys().Create(ctx, KeySpec{Name: "agent", Principal: Agent, ScopeFloor: "org/kept"})
				require.NoError(t, err)
				stranger, err := c.manager().Authenticate(ctx, agent.Secret)
				require.NoError(t, err)
				if err := erase(ctx, stranger, session); !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrForbidden) {
					t.Errorf("who may not forget it: %v", err)
				}
				statements = 1 << 30
				require.NoError(t, erase(ctx, c, session))
				if checkErased(t, c, session) {
					t.Error("it is still there")
				}
			})
		}
	}
}

// TestPurgeThatFailedIsFinishedByTheNext lets the database fail during a purge: the data is gone for everybody at once, and the next purge, of
// anything, completes it.
func TestPurgeThatFailedIsFinishedByTheNext(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	broken := errors.New("the disk is on fire")
	path := filepath.Join(t.TempDir(), "agent.db")
	c := openIn(t, "file://"+path, nil)
	defer func() { require.NoError(t, c.manager().Close(ctx)) }()
	session := toErase(t, c)
	statements := 2
	c.failing(func() error {
		if statements--; statements < 0 {
			return broken
		}
		return nil
	})
	require.ErrorIs(t, purgeSession(ctx, c, session), broken)
	found, err := c.Memory().Recall(ctx, RecallRequest{Query: "zgone", Mode: ModeBM25})
	require.NoError(t, err)
	require.Empty(t, found.Hits)
	statements = 1 << 30
	require.ErrorIs(t, purgeSession(ctx, c, session), ErrNotFound)
	require.False(t, checkErased(t, c, session))
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Zero(t, bytes.Count(b, []byte("zgone")))
}

// TestForgettingAScopeThatOthersWriteTo checks that several processes follow the erasure of one of them without loading the Context again,
// and that rows that they write to the scope between its pages are afterwards stored completely or not at all.
func TestForgettingAScopeThatOthersWriteTo(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	server, err := rpcserver.Start(ctx, enginetest.Open(t), rpcserver.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close(ctx)) })
	one, two, three := openIn(t, server.URL("ws"), nil), openIn(t, server.URL("ws"), nil), openIn(t, server.URL("http"), nil)
	t.Cleanup(func() {
		require.NoError(t, errors.Join(one.manager().Close(ctx), two.manager().Close(ctx), three.manager().Close(ctx)))
	})
	toErase(t, two)
	for _, c := range []*Context{one, two, three} {
		require.NoError(t, c.state.Refresh(ctx))
	}
	views := []*recall.View{one.state.View.Load(), two.state.View.Load(), three.state.View.Load()}
	var meanwhile []*Remembered
	calls := 0
	one.failing(func() error {
		// The statement before which another process writes fails and is repeated. Every second attempt succeeds.
		if calls++; calls%2 == 0 && len(meanwhile) < 12 {
			n := len(meanwhile)
			said, err := two.Memory().Remember(ctx, RememberRequest{
				Text: fmt.Sprintf("zgone, said meanwhile %d.", n), Scopes: Scopes{{"org/gone"}}, Infer: InferTriples,
				Triples: []Triple{{Entity: EntityRef{"person", fmt.Sprint("zgone", n)}, Key: "mood", Value: "zgone"}},
			})
			require.NoError(t, err)
			meanwhile = append(meanwhile, said)
		}
		return nil
	})
	out, err := one.Scopes().Forget(ctx, ScopeForgetRequest{Path: "org/gone"})
	require.NoError(t, err)
	if out.ByTable["turn"] < 60 || len(meanwhile) < 12 {
		t.Errorf("erased %+v while %d texts were written", out, len(meanwhile))
	}
	exists := func(id string) bool {
		out, err := one.state.Conn.Query(ctx, `RETURN record::exists(type::record($id))`, map[string]any{"id": id})
		require.NoError(t, err)
		var found bool
		require.NoError(t, out.Last(&found))
		return found
	}
	gone := 0
	for i, said := range meanwhile {
		there := exists(said.SessionID)
		if !there {
			gone++
		}
		rows := append([]string{said.TurnID, said.TraceID, said.Extraction.Attributes[0].ID}, said.ChunkIDs...)
		for _, id := range rows {
			if exists(id) != there {
				t.Errorf("text %d: %s is there: %v, its session %v", i, id, exists(id), there)
			}
		}
	}
	if gone == 0 {
		t.Error("nothing that was written meanwhile was erased: this shows nothing")
	}
	for i, c := range []*Context{one, two, three} {
		require.NoError(t, c.state.Refresh(ctx))
		if c.state.View.Load() != views[i] {
			t.Errorf("process %d has read everything anew", i)
		}
		fresh, err := recall.Load(ctx, c.state.Rows, c.state.Core.EmbedTexts)
		require.NoError(t, err)
		if kept := c.state.View.Load().Stats(); kept != fresh.Stats() {
			t.Errorf("process %d has %+v in memory, stored is %+v", i, kept, fresh.Stats())
		}
	}
}

// TestErasureOfAPartIsFinished checks that the erasure of the part of a session that the caller knows is completed as well: after each
// failed statement the caller finds nothing more of it, and a repeated call or opening the store completes it. The hidden part stays.
func TestErasureOfAPartIsFinished(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	broken := errors.New("the disk is on fire")
	for _, reopened := range []bool{false, true} {
		done := false
		for statements := 0; !done; statements++ {
			url := "file://" + filepath.Join(t.TempDir(), "agent.db")
			c := openIn(t, url, nil)
			left := 1 << 30
			c.failing(func() error { // before a key exists, whose use would be recorded in the background
				if left--; left < 0 {
					return broken
				}
				return nil
			})
			session := toErase(t, c)
			_, err := c.Memory().Remember(ctx, RememberRequest{Text: "zkept there.", Scopes: Scopes{{"org/kept"}}, SessionID: session, Infer: InferNone})
			require.NoError(t, err)
			who, err := c.Principals().Create(ctx, PrincipalSpec{Name: "caller", Grants: Grants{MemoryRead: {"org/gone"}, MemoryForget: {"org/gone"}}})
			require.NoError(t, err)
			key, err := c.Keys().Create(ctx, KeySpec{Name: "caller", PrincipalID: who.ID})
			require.NoError(t, err)
			caller, err := c.manager().Authenticate(ctx, key.Secret)
			require.NoError(t, err)
			left = statements
			err = caller.Sessions().Delete(ctx, session)
			if done = err == nil; !done {
				require.ErrorIs(t, err, broken)
				found, err := caller.Memory().Recall(ctx, RecallRequest{Query: "zgone", Mode: ModeBM25})
				require.NoError(t, err)
				if begun := statements > 0; begun == (len(found.Hits) > 0) {
					t.Errorf("after %d statements %d are found", statements, len(found.Hits))
				}
			}
			left = 1 << 30
			if reopened && statements > 0 {
				require.NoError(t, c.manager().Close(ctx))
				c = openIn(t, url, nil)
			} else if !done {
				require.NoError(t, caller.Sessions().Delete(ctx, session))
			}
			if _, err := c.Sessions().Get(ctx, session); err != nil {
				t.Errorf("what others have of it is gone: %v", err)
			}
			stored := map[string]int{}
			for _, table := range []string{"turn", "memory_chunk", "erasure"} {
				out, err := c.state.Conn.Query(ctx, `SELECT VALUE id FROM type::table($table)`, map[string]any{"table": table})
				require.NoError(t, err)
				var ids []surreal.RecordID
				require.NoError(t, out.Last(&ids))
				stored[table] = len(ids)
			}
			if stored["turn"] != 21 || stored["memory_chunk"] != 21 || stored["erasure"] != 0 || c.state.View.Load().Stats().Chunks != 21 {
				t.Errorf("after %d statements, reopened %v: stored %v, in memory %+v", statements, reopened, stored, c.state.View.Load().Stats())
			}
			require.NoError(t, c.manager().Close(ctx))
			b, err := os.ReadFile(strings.TrimPrefix(url, "file://"))
			require.NoError(t, err)
			if n := bytes.Count(b, []byte("zgone")); n > 0 {
				t.Errorf("after %d statements, reopened %v: the word is %d times in the file", statements, reopened, n)
			}
		}
	}
}
