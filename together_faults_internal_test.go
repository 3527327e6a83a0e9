package spectron

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
)

// notes are writers that remember one text each in a common session.
type notes struct {
	c    *Context
	talk string
	errs []error
}

func newNotes(t *testing.T, c *Context, n int) *notes {
	t.Helper()
	talk, err := c.Sessions().Create(context.Background(), SessionSpec{})
	require.NoError(t, err)
	return &notes{c, talk.ID, make([]error, n)}
}

func (n *notes) text(i int) string { return fmt.Sprintf("Note %s of many.", thing(i)) }

// write remembers the text of a writer.
func (n *notes) write(ctx context.Context, i int) {
	_, n.errs[i] = n.c.Memory().Remember(ctx, RememberRequest{Text: n.text(i), SessionID: n.talk, Infer: InferNone})
}

// check compares the stored and the found texts with what the writers were told. lost: a failed write may be stored.
func (n *notes) check(t *testing.T, lost bool) {
	t.Helper()
	said := contents(t, n.c, n.talk)
	for i, err := range n.errs {
		times := 0
		for _, text := range said {
			if text == n.text(i) {
				times++
			}
		}
		if times > 1 || err == nil && times == 0 || err != nil && times > 0 && !lost {
			t.Errorf("write %d (%v) is stored %d times", i, err, times)
		}
		found, err := n.c.Memory().Recall(context.Background(), RecallRequest{Query: thing(i), Mode: ModeBM25, IncludeDuplicates: true})
		require.NoError(t, err)
		if len(found.Hits) != times {
			t.Errorf("write %d is found %d times and stored %d times", i, len(found.Hits), times)
		}
	}
}

// failed returns the positions of the writes that failed.
func (n *notes) failed() (out []int) {
	for i, err := range n.errs {
		if err != nil {
			out = append(out, i)
		}
	}
	return out
}

// TestAGroupThatFailsIsStoredOneByOne checks that one write that the database refuses costs the others of its group nothing.
func TestAGroupThatFailsIsStoredOneByOne(t *testing.T) {
	t.Parallel()
	refused := &surreal.Error{Kind: surreal.ErrOther, Message: "a bad row"}
	stale := &surreal.Error{Kind: surreal.ErrThrown, Message: "An error occurred: stale"}
	for name, row := range map[string]struct {
		bad                  func(transaction int) error
		failed, transactions int
	}{
		"nothing":              {func(int) error { return nil }, 0, 1},
		"the group":            {func(i int) error { return at(i, refused, 1) }, 0, 9},
		"the group, and one":   {func(i int) error { return at(i, refused, 1, 4) }, 1, 9},
		"a precondition":       {func(i int) error { return at(i, stale, 1) }, 0, 9},
		"a precondition twice": {func(i int) error { return at(i, stale, 1, 3) }, 0, 10}, // the second is planned again
		"all":                  {func(int) error { return refused }, 8, 9},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := closing(t, openIn(t, "mem://", nil))
			n := newNotes(t, c, 8)
			transactions := 0
			tap(c, func(sql string, run func() (surreal.Results, error)) (surreal.Results, error) {
				if writes(sql) {
					transactions++
					if err := row.bad(transactions); err != nil {
						return nil, err
					}
				}
				return run()
			})
			atOnce(t, c, len(n.errs), func(i int) { n.write(context.Background(), i) }, nil)
			if got := n.failed(); len(got) != row.failed {
				t.Errorf("%v failed: %v", got, n.errs)
			}
			if transactions != row.transactions {
				t.Errorf("%d transactions, want %d", transactions, row.transactions)
			}
			n.check(t, false)
			compareStored(t, c)
		})
	}
}

// at returns the error if a transaction is one of those given.
func at(transaction int, err error, list ...int) error {
	if slices.Contains(list, transaction) {
		return err
	}
	return nil
}

// compareStored checks that the rows in memory are those in the database.
func compareStored(t *testing.T, c *Context) {
	t.Helper()
	before := content(t, c)
	c.state.NeedsReload.Store(true)
	require.NoError(t, c.state.Refresh(context.Background()))
	if after := content(t, c); !slices.Equal(before, after) {
		t.Errorf("in memory\n%s\nin the database\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
}

// TestARepeatedIDCostsOneWrite checks that a row that exists already fails its own write alone.
func TestARepeatedIDCostsOneWrite(t *testing.T) {
	t.Parallel()
	var repeat atomic.Bool
	var repeated atomic.Pointer[string]
	c := closing(t, openIn(t, "mem://", &Options{NewID: func() string {
		if id := repeated.Load(); id != nil && repeat.CompareAndSwap(true, false) {
			return *id
		}
		return uuid.NewString()
	}}))
	n := newNotes(t, c, 8)
	first, err := c.Memory().Remember(context.Background(), RememberRequest{Text: "The first.", Infer: InferNone})
	require.NoError(t, err)
	_, id, _ := strings.Cut(first.TurnID, ":")
	repeated.Store(&id)
	atOnce(t, c, len(n.errs), func(i int) { n.write(context.Background(), i) }, func() { repeat.Store(true) })
	if len(n.failed()) > 0 { // it is planned again, with another id
		t.Errorf("%v", n.errs)
	}
	n.check(t, false)
	compareStored(t, c)
}

// TestALostReplyToAGroup checks that a group is stored once, and that its writers learn the same if nobody can know whether it is.
func TestALostReplyToAGroup(t *testing.T) {
	t.Parallel()
	lost := &surreal.Error{Kind: surreal.ErrLost, Message: "the line was cut"}
	for name, row := range map[string]struct {
		stored, known bool
		failed        int
	}{
		"stored":                 {true, true, 0},
		"not stored":             {false, true, 0},
		"stored, and nobody can": {true, false, 8},
		"not stored, nor can":    {false, false, 8},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := closing(t, openIn(t, "mem://", nil))
			n := newNotes(t, c, 8)
			var cut atomic.Bool
			cut.Store(true)
			tap(c, func(sql string, run func() (surreal.Results, error)) (surreal.Results, error) {
				switch {
				case writes(sql) && cut.CompareAndSwap(true, false):
					if row.stored {
						if _, err := run(); err != nil {
							return nil, err
						}
					}
					return nil, lost
				case strings.Contains(sql, "record::exists") && !row.known:
					return nil, lost
				}
				return run()
			})
			atOnce(t, c, len(n.errs), func(i int) { n.write(context.Background(), i) }, nil)
			if got := n.failed(); len(got) != row.failed {
				t.Errorf("%v failed: %v", got, n.errs)
			}
			for _, err := range n.errs {
				if err != nil && !errors.Is(err, ErrUnavailable) {
					t.Errorf("%v", err)
				}
			}
			n.check(t, true)
			if said := contents(t, c, n.talk); (len(said) == 8) != (row.stored || row.known) {
				t.Errorf("stored: %q", said)
			}
		})
	}
}

// TestWritersLeaveAGroup checks that a writer that stops waiting, first in the queue or not, leaves the others to their transaction, and
// stores nothing.
func TestWritersLeaveAGroup(t *testing.T) {
	t.Parallel()
	c := closing(t, openIn(t, "mem://", nil))
	n := newNotes(t, c, 8)
	require.NoError(t, c.state.Writer.Lock(context.Background()))
	var all sync.WaitGroup
	cancels := make([]context.CancelFunc, len(n.errs))
	for i := range n.errs {
		ctx, cancel := context.WithCancel(context.Background())
		cancels[i] = cancel
		all.Go(func() { n.write(ctx, i) })
		for waiting(c) < i+1 { // so that the first leads
			runtime.Gosched()
		}
	}
	for left, i := range []int{0, 5, 1} {
		cancels[i]()
		for waiting(c) > len(n.errs)-left-1 {
			runtime.Gosched()
		}
	}
	c.state.Writer.Unlock()
	all.Wait()
	for _, cancel := range cancels {
		cancel()
	}
	if got := n.failed(); !slices.Equal(got, []int{0, 1, 5}) {
		t.Errorf("%v failed: %v", got, n.errs)
	}
	n.check(t, false)
}

// TestAGroupLeavesNoneBehind checks that writes whose callers leave while their group is stored do not block the Context, if the group then
// puts them back into the queue: because its transaction failed, or because they wait for the next one.
func TestAGroupLeavesNoneBehind(t *testing.T) {
	t.Parallel()
	for name, failure := range map[string]error{"failed": errors.New("the medium failed"), "later": nil} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := openIn(t, "mem://", nil)
			for _, path := range []string{"org/a", "org/b"} {
				_, err := c.Scopes().Register(context.Background(), ScopeSpec{Path: path})
				require.NoError(t, err)
			}
			ctx, leave := context.WithCancel(context.Background())
			var transactions atomic.Int64
			var left sync.WaitGroup
			sets := []Scopes{nil, {{"org/a"}}, {{"org/b"}}, {{"org/a"}, {"org/b"}}}
			left.Add(len(sets))
			tap(c, func(sql string, run func() (surreal.Results, error)) (surreal.Results, error) {
				if !writes(sql) || transactions.Add(1) > 1 {
					return run()
				}
				leave()
				left.Wait()
				time.Sleep(20 * time.Millisecond) // the writes see that as well
				if failure != nil {
					return nil, failure
				}
				return run()
			})
			atOnce(t, c, len(sets), func(i int) {
				defer left.Done()
				_, err := c.Memory().Remember(ctx, RememberRequest{Text: "I like " + thing(i) + ".", Scopes: sets[i]})
				if !errors.Is(err, ErrTimeout) {
					t.Errorf("write %d: %v", i, err)
				}
			}, nil)
			after, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
			defer cancel()
			_, err := c.Memory().Remember(after, RememberRequest{Text: "I live in Bonn."})
			require.NoError(t, err)
			require.Len(t, holding(t, c, "Bonn"), 1)
		})
	}
}

// TestAPanicCostsOneWrite checks that a panic of a caller's ids reaches one caller, and that the others of its group are stored.
func TestAPanicCostsOneWrite(t *testing.T) {
	t.Parallel()
	var left atomic.Int64
	left.Store(-1)
	c := closing(t, openIn(t, "mem://", &Options{NewID: func() string {
		if left.Load() >= 0 && left.Add(-1) == 0 {
			panic("no more ids")
		}
		return uuid.NewString()
	}}))
	n := newNotes(t, c, 8)
	var panics atomic.Int64
	atOnce(t, c, len(n.errs), func(i int) {
		defer func() {
			if why := recover(); why != nil {
				panics.Add(1)
				n.errs[i] = fmt.Errorf("%v", why)
			}
		}()
		n.write(context.Background(), i)
	}, func() { left.Store(6) }) // the second id of the third write
	if got := n.failed(); len(got) != 1 || panics.Load() != 1 {
		t.Errorf("%v failed, %d by a panic: %v", got, panics.Load(), n.errs)
	}
	n.check(t, false)
	compareStored(t, c)
}

// TestPermissionsOfAGroup checks that each write of a group is judged by the permissions that its caller has when it is stored: one key
// expires while its write waits.
func TestPermissionsOfAGroup(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	var passed atomic.Int64
	c := closing(t, openIn(t, "mem://", &Options{Clock: func() time.Time {
		return time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC).Add(time.Duration(passed.Load()))
	}}))
	_, err := c.Scopes().Register(ctx, ScopeSpec{Path: "org/a"})
	require.NoError(t, err)
	by, err := c.Principals().Create(ctx, PrincipalSpec{Name: "agent", Grants: Grants{MemoryWrite: {"org/a/*"}, MemoryRead: {"org/a/*"}}})
	require.NoError(t, err)
	const expires = 3
	handles := make([]*Context, 6)
	for i := range handles {
		spec := KeySpec{Name: fmt.Sprint("agent ", i), PrincipalID: by.ID}
		if i == expires {
			spec.TTL = time.Hour
		}
		key, err := c.Keys().Create(ctx, spec)
		require.NoError(t, err)
		handles[i], err = c.manager().Authenticate(ctx, key.Secret)
		require.NoError(t, err)
	}
	errs, results := make([]error, len(handles)), make([]*Remembered, len(handles))
	atOnce(t, c, len(handles), func(i int) {
		results[i], errs[i] = handles[i].Memory().Remember(ctx, RememberRequest{Text: "I like " + thing(i) + ".", Scopes: Scopes{{"org/a"}}})
	}, func() { passed.Add(int64(2 * time.Hour)) })
	for i, err := range errs {
		if i == expires {
			if !errors.Is(err, ErrUnauthenticated) {
				t.Errorf("write %d: %v", i, err)
			}
			continue
		}
		if err != nil || results[i].Extraction == nil || len(contents(t, handles[i], results[i].SessionID)) != 1 {
			t.Errorf("write %d: %+v, %v", i, results[i], err)
		}
	}
	if got := holding(t, c, "like"); len(got) != len(handles)-1 {
		t.Errorf("stored: %q", got)
	}
	compareStored(t, c)
}

// TestTheContextOfAGroupGoes checks that writes that wait learn that their Context was deleted, and that Close waits for the others.
func TestTheContextOfAGroupGoes(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	t.Run("deleted", func(t *testing.T) {
		t.Parallel()
		c := closing(t, openIn(t, "mem://", nil))
		n := newNotes(t, c, 8)
		atOnce(t, c, len(n.errs), func(i int) { n.write(ctx, i) }, func() { c.state.Core.Drop(c.state.ID, c.state) })
		for i, err := range n.errs {
			if !errors.Is(err, ErrNotFound) {
				t.Errorf("write %d: %v", i, err)
			}
		}
	})
	t.Run("closed", func(t *testing.T) {
		t.Parallel()
		c := openIn(t, "mem://", nil)
		n := newNotes(t, c, 8)
		ended := make(chan error, 1)
		atOnce(t, c, len(n.errs), func(i int) { n.write(ctx, i) }, func() {
			go func() { ended <- c.manager().Close(ctx) }()
			for c.state.Core.Begin() == nil {
				c.state.Core.Done()
				runtime.Gosched()
			}
		})
		require.NoError(t, <-ended)
		if got := n.failed(); len(got) > 0 {
			t.Errorf("%v failed: %v", got, n.errs)
		}
	})
}

// TestAModelHoldsUpNoGroup checks that a write that needs its slow extractor again leaves its group, which is stored meanwhile.
func TestAModelHoldsUpNoGroup(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := newSlow()
	c := openSlow(t, s, false, nil)
	texts := []string{"Zoe Moreau works at Acme.", "Bob likes chess.", "Zoe likes tea."}
	require.NoError(t, c.state.Writer.Lock(ctx))
	var results []<-chan error
	for i, text := range texts {
		results = append(results, written(ctx, c, text))
		if strings.Contains(text, letter) {
			<-s.asked
			s.goOn <- nil
		}
		for waiting(c) < i+1 {
			runtime.Gosched()
		}
	}
	c.state.Writer.Unlock()
	<-s.asked // the last one is read again, because the first has told of another name
	require.NoError(t, <-results[0])
	require.NoError(t, <-results[1])
	if got := holding(t, c, "Bob"); !slices.Equal(got, []string{"Bob likes chess"}) {
		t.Errorf("%q", got)
	}
	s.goOn <- nil
	require.NoError(t, <-results[2])
	if got := holding(t, c, letter); !slices.Equal(got, []string{"Zoe Moreau likes tea", "Zoe Moreau works at Acme"}) {
		t.Errorf("%q", got)
	}
	if s.times() != 3 {
		t.Errorf("read %d times", s.times())
	}
}

// TestGroupsOfSeveralProcesses checks that processes that write to one database at the same time store groups of writes, each write once,
// and that each has in memory what is stored.
func TestGroupsOfSeveralProcesses(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	server, err := rpcserver.Start(ctx, enginetest.Open(t), rpcserver.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close(ctx)) })
	processes := []*Context{closing(t, openIn(t, server.URL("ws"), nil)), closing(t, openIn(t, server.URL("ws"), nil))}
	talk, err := processes[0].Sessions().Create(ctx, SessionSpec{})
	require.NoError(t, err)
	const each, rounds = 8, 4
	var all sync.WaitGroup
	for p, c := range processes {
		for w := range each {
			all.Go(func() {
				for r := range rounds {
					req := RememberRequest{Text: fmt.Sprintf("I like %s. I live in %s.", code(p, w, r), []string{"Oslo", "Rome", "Paris"}[(p+w+r)%3])}
					if w%2 == 0 {
						req.SessionID = talk.ID
					}
					if _, err := c.Memory().Remember(ctx, req); err != nil {
						t.Errorf("process %d: %v", p, err)
					}
				}
			})
		}
	}
	all.Wait()
	for _, c := range processes {
		require.NoError(t, c.state.Refresh(ctx))
		compareStored(t, c)
		if said := contents(t, c, talk.ID); len(said) != len(processes)*each*rounds/2 {
			t.Errorf("the session has %d turns", len(said))
		}
		if got := holding(t, c, "live"); len(got) != 1 {
			t.Errorf("live at one time: %q", got)
		}
	}
	if a, b := content(t, processes[0]), content(t, processes[1]); !slices.Equal(a, b) {
		t.Errorf("one has\n%s\nthe other\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
	}
}

// code returns a word for a writer's round.
func code(p, w, r int) string { return fmt.Sprintf("%sand%s%s", thing(p), thing(w), thing(r)) }
