package spectron

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/internal/testing/teststore"
)

// logbook is a log handler that keeps all records: "LEVEL message key=value …".
type logbook struct {
	mu    sync.Mutex
	lines []string
}

func (l *logbook) Enabled(context.Context, slog.Level) bool { return true }
func (l *logbook) WithAttrs([]slog.Attr) slog.Handler       { panic("no logger is derived") }
func (l *logbook) WithGroup(string) slog.Handler            { panic("no logger is derived") }

func (l *logbook) Handle(_ context.Context, r slog.Record) error {
	line := fmt.Sprint(r.Level, " ", r.Message)
	r.Attrs(func(a slog.Attr) bool {
		line += fmt.Sprintf(" %s=%v", a.Key, a.Value)
		return true
	})
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, line)
	return nil
}

// has checks that a line has all of the parts, and returns the number of such lines.
func (l *logbook) has(t *testing.T, parts ...string) (n int) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, line := range l.lines {
		if !slices.ContainsFunc(parts, func(part string) bool { return !strings.Contains(line, part) }) {
			n++
		}
	}
	if n == 0 {
		t.Errorf("nothing was logged with %q:\n%s", parts, strings.Join(l.lines, "\n"))
	}
	return n
}

// retries is an Observer that counts retries by operation.
type retries struct {
	mu sync.Mutex
	of map[string]int
}

func (r *retries) Start(ctx context.Context, _ Operation) context.Context { return ctx }

func (r *retries) End(_ context.Context, op Operation, out Outcome) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.of == nil {
		r.of = map[string]int{}
	}
	r.of[op.Name] += out.Retries
}

// TestADamagedIndexIsLogged checks that a damaged saved index is no failure: the Context is loaded from the database, and the log says why.
func TestADamagedIndexIsLogged(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	s, book := newSavingStore(t), &logbook{}
	c, _ := s.open(t)
	writeAtRandom(t, s.clock, 40, c)
	closed(t, c)
	image, err := os.ReadFile(s.index())
	require.NoError(t, err)
	image[len(image)/2] ^= 1
	require.NoError(t, os.WriteFile(s.index(), image, 0o600))
	for _, want := range []string{"WARN Saved index was not used and the Context is read from the database", "DEBUG Saved index was used"} {
		c := openIn(t, "file://"+s.path, &Options{Logger: slog.New(book)})
		c.state.Core.SaveFrom = 1
		book.has(t, want, "context_id=test")
		closed(t, c)
	}
}

// TestALostAnswerIsLogged loses the reply to a write with its connection: the write happens once, and the log and the Observer report the
// retry.
func TestALostAnswerIsLogged(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	server, err := rpcserver.Start(ctx, enginetest.Open(t), rpcserver.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close(ctx)) })
	book, seen := &logbook{}, &retries{}
	c := openIn(t, server.URL("ws"), &Options{Logger: slog.New(book), Observer: seen})
	var cut atomic.Bool
	server.SetFaults(func(_, sql string) rpcserver.Fault {
		if strings.Contains(sql, "turn") && strings.Contains(sql, "COMMIT") && cut.CompareAndSwap(false, true) {
			return rpcserver.FaultCutAfter
		}
		return rpcserver.FaultNone
	})
	_, err = c.Memory().Remember(ctx, RememberRequest{Text: "zq4711", Infer: InferNone})
	require.NoError(t, err)
	if !cut.Load() {
		t.Fatal("no answer was lost")
	}
	book.has(t, "INFO Lost answer of the database was made up for", "op=remember", "context_id=test", "retries=1")
	if seen.of["remember"] != 1 {
		t.Errorf("retries %v", seen.of)
	}
	found, err := c.Memory().Recall(ctx, RecallRequest{Query: "zq4711", Mode: ModeBM25, IncludeDuplicates: true})
	require.NoError(t, err)
	if len(found.Hits) != 1 {
		t.Errorf("it is there %d times", len(found.Hits))
	}
	closed(t, c) // waits until the reader of the connection has reported its end
	book.has(t, "WARN Connection to the server was lost", "error=")
}

// TestAConflictIsLogged checks that a write with many conflicts is logged once, with the number of retries.
func TestAConflictIsLogged(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	book, seen := &logbook{}, &retries{}
	c := openIn(t, "mem://", &Options{Logger: slog.New(book), Observer: seen})
	defer closed(t, c)
	const conflicts = 9
	left := conflicts
	c.interrupt(func(sql string) error {
		if strings.Contains(sql, "COMMIT") && left > 0 {
			left--
			return &surreal.Error{Kind: surreal.ErrConflict, Message: "zqsecret"}
		}
		return nil
	})
	_, err := c.Memory().Remember(ctx, RememberRequest{Text: "zq4711", Infer: InferNone})
	require.NoError(t, err)
	if n := book.has(t, "WARN Write conflict was retried many times", "op=remember", "context_id=test", fmt.Sprint("retries=", conflicts)); n != 1 {
		t.Errorf("logged %d times", n)
	}
	if seen.of["remember"] != conflicts {
		t.Errorf("retries %v", seen.of)
	}
}

// TestWhatFailsBesideACallIsLogged checks that work that is postponed, or that fails beside the requested operation, is logged. The log has
// only the kind of an error of SurrealDB, because its text quotes stored data.
func TestWhatFailsBesideACallIsLogged(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	book := &logbook{}
	c := openIn(t, "mem://", &Options{Logger: slog.New(book)})
	key, err := c.Keys().Create(ctx, KeySpec{Name: "reader", Principal: PresetAgent, ScopeFloor: "org/acme"})
	require.NoError(t, err)
	c.interrupt(func(sql string) error {
		if strings.Contains(sql, "last_used") || strings.Contains(sql, "audit_event") {
			return &surreal.Error{Kind: surreal.ErrAlreadyExists, Message: "index has ['zqsecret']"}
		}
		return nil
	})
	handle, err := c.manager().Authenticate(ctx, key.Secret)
	require.NoError(t, err)
	_, err = handle.Principals().Create(ctx, PrincipalSpec{Name: "other"})
	require.ErrorIs(t, err, ErrForbidden)
	closed(t, c) // waits for the record of the use of the key
	book.has(t, "ERROR Denied attempt could not be put on record", "op=create principal", "context_id=test", "key_id="+key.ID, "error=the database answered: already exists")
	book.has(t, "WARN Use of a key could not be recorded", "key_id="+key.ID)
	for _, line := range book.lines {
		if strings.Contains(line, "zqsecret") {
			t.Errorf("logged: %s", line)
		}
	}
}

// interrupt calls f before each statement of the Context.
func (c *Context) interrupt(f func(sql string) error) {
	c.state.Rows = store.New(&teststore.Conn{Conn: c.state.Conn, Tap: func(sql string, run func() (surreal.Results, error)) (surreal.Results, error) {
		if err := f(sql); err != nil {
			return nil, err
		}
		return run()
	}}, c.state.Core.Writers())
}

// TestWhatACrashLeftIsLogged checks that opening a store completes what a crash interrupted, and that the log says so.
func TestWhatACrashLeftIsLogged(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "agent.db")
	c := openIn(t, "file://"+path, nil)
	session := toErase(t, c)
	statements := 2 // the first one stores that the erasure has begun
	c.failing(func() error {
		if statements--; statements < 0 {
			return errors.New("the line was cut")
		}
		return nil
	})
	require.Error(t, c.Sessions().Delete(ctx, session))
	mgr := c.manager()
	_, err := mgr.CreateContext(ctx, "other", ContextSpec{})
	require.NoError(t, err)
	heal := teststore.Break(mgr.core, 0, teststore.FailAfter(3, errors.New("the line was cut")))
	require.Error(t, mgr.DeleteContext(ctx, "other"))
	heal()
	require.NoError(t, mgr.Close(ctx))

	book := &logbook{}
	closed(t, openIn(t, "file://"+path, &Options{Logger: slog.New(book)}))
	book.has(t, "INFO Erasure that was interrupted is finished", "context_id=test", "erasures=1")
	book.has(t, "INFO Deletion that was interrupted is finished", "context_id=other")
}

// TestABrokenEngineIsLogged checks that a broken engine is replaced, and that the log says so.
func TestABrokenEngineIsLogged(t *testing.T) {
	t.Parallel()
	book := &logbook{}
	c := openIn(t, "mem://", &Options{Logger: slog.New(book)})
	defer closed(t, c)
	// SurrealDB calls a clock that the module does not have, which traps.
	_, err := c.state.Conn.Query(context.Background(), `RETURN sleep(1ms)`, nil)
	require.Error(t, err)
	_, err = c.manager().Health(context.Background()) // the next engine answers
	require.NoError(t, err)
	book.has(t, "WARN Engine broke and is replaced", "error=", "statements=")
}

// stuck is an embedder that blocks on texts with a word, ignores its context, and then fails.
type stuck struct {
	rotated
	begun, release chan struct{}
}

func (s stuck) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	if strings.Contains(strings.Join(texts, " "), "zqslow") {
		close(s.begun)
		<-s.release
		return nil, errors.New("no vector for zqslow")
	}
	return s.rotated.EmbedDocuments(ctx, texts)
}

// TestAbandonedWorkIsLogged checks that a failure of abandoned work is logged, with a code only, because the text of an embedder's error
// may quote its input.
func TestAbandonedWorkIsLogged(t *testing.T) {
	t.Parallel()
	book, embedder := &logbook{}, stuck{newRotated(t, 0), make(chan struct{}), make(chan struct{})}
	c := openIn(t, "mem://", &Options{Logger: slog.New(book), Embedder: embedder})
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-embedder.begun
		cancel()
	}()
	_, err := c.Memory().Remember(ctx, RememberRequest{Text: "zqslow", Infer: InferNone})
	require.ErrorIs(t, err, ErrTimeout)
	close(embedder.release)
	closed(t, c) // waits for the abandoned work
	book.has(t, "WARN Work failed that its caller no longer waits for", "context_id=test", "code=")
	for _, line := range book.lines {
		if strings.Contains(line, "zqslow") {
			t.Errorf("logged: %s", line)
		}
	}
}
