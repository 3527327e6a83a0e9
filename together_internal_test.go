package spectron

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/internal/testing/teststore"
)

// waiting returns the number of writes that wait for their transaction.
func waiting(c *Context) int {
	joint := reflect.ValueOf(c.state).Elem().FieldByName("joint")
	mu := (*sync.Mutex)(unsafe.Pointer(joint.FieldByName("mu").UnsafeAddr()))
	mu.Lock()
	defer mu.Unlock()
	return joint.FieldByName("waiting").Len()
}

// atOnce makes n calls that come while another write of the Context is stored. meanwhile runs once all of them wait; nil: nothing.
func atOnce(t *testing.T, c *Context, n int, call func(i int), meanwhile func()) {
	t.Helper()
	require.NoError(t, c.state.Writer.Lock(context.Background()))
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { call(i) })
	}
	for waiting(c) < n {
		runtime.Gosched()
	}
	if meanwhile != nil {
		meanwhile()
	}
	c.state.Writer.Unlock()
	all.Wait()
}

// tap lets a test see and fail the statements of a Context.
func tap(c *Context, f teststore.Tap) {
	c.state.Rows = store.New(&teststore.Conn{Conn: c.state.Conn, Tap: f}, store.SingleWriter)
}

// writes reports whether statements store a write.
func writes(sql string) bool { return strings.Contains(sql, "INSERT INTO turn") }

// contents returns the texts of a session, and checks that its turns are numbered without gaps.
func contents(t *testing.T, c *Context, session string) (out []string) {
	t.Helper()
	for turn, err := range c.Sessions().AllTurns(context.Background(), TurnQuery{SessionID: session}) {
		require.NoError(t, err)
		if turn.Seq != len(out) {
			t.Errorf("turn %d has the number %d", len(out), turn.Seq)
		}
		out = append(out, turn.Content)
	}
	return out
}

// TestWritesShareTransactions checks that writes that wait at the same time are stored in one transaction, each with its own result: in one
// session or several, with facts or without.
func TestWritesShareTransactions(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := "file://" + filepath.Join(t.TempDir(), "agent.db")
	c := openIn(t, url, nil)
	talk, err := c.Sessions().Create(ctx, SessionSpec{})
	require.NoError(t, err)
	say(t, c, "I live in Bonn.")
	var transactions atomic.Int64
	tap(c, func(sql string, run func() (surreal.Results, error)) (surreal.Results, error) {
		if writes(sql) {
			transactions.Add(1)
		}
		return run()
	})
	const n = 16
	results := make([]*Remembered, n)
	text := func(i int) string {
		return fmt.Sprintf("I like %s. I live in %s.", thing(i), []string{"Oslo", "Rome", "Paris"}[i%3])
	}
	atOnce(t, c, n, func(i int) {
		req := RememberRequest{Text: text(i)}
		if i%2 == 0 {
			req.SessionID = talk.ID
		}
		if i%4 == 3 {
			req.Infer = InferNone
		}
		out, err := c.Memory().Remember(ctx, req)
		if err != nil {
			t.Error(err)
			return
		}
		results[i] = out
	}, nil)
	if got := transactions.Load(); got != 1 {
		t.Errorf("%d transactions", got)
	}
	check := func(c *Context) {
		if said := contents(t, c, talk.ID); len(said) != n/2 {
			t.Errorf("the session has %q", said)
		}
		for i, r := range results {
			said := contents(t, c, r.SessionID)
			if i%2 != 0 && len(said) != 1 || r.TurnID == "" || !slices.Contains(said, text(i)) {
				t.Errorf("write %d: %+v in %q", i, r, said)
			}
			if (r.TraceID == "") != (i%4 == 3) {
				t.Errorf("write %d has the trace %q", i, r.TraceID)
			}
			if got := holding(t, c, thing(i)); len(got) != 1 && i%4 != 3 {
				t.Errorf("facts of write %d: %q", i, got)
			}
		}
		if got := holding(t, c, "lives"); len(got) != 1 {
			t.Errorf("live at one time: %q", got)
		}
	}
	check(c)
	require.NoError(t, c.manager().Close(ctx))
	check(closing(t, openIn(t, url, nil)))
}

// thing returns a word that no other number has.
func thing(i int) string { return "quin" + string(rune('a'+i%26)) + "ella" }

// script is a request, and when it was stored.
type script struct {
	req     RememberRequest
	session int // position of a common session; -1: its own
	at      time.Time
}

// scripts returns random requests about few people, for related and unrelated scopes.
func scripts(random *rand.Rand, n int) []*script {
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	out := make([]*script, n)
	for i := range out {
		s := &script{session: random.IntN(6) - 3}
		s.req.Text = fmt.Sprintf("%s %s %s.", pick("Alice Smith", "Bob", "Carol", "I", "My sister"), pick("works at", "lives in", "moved to", "likes", "no longer works at", "no longer likes"),
			pick("Acme", "Globex", "Berlin", "Paris", "tea"))
		switch random.IntN(8) {
		case 0:
			s.req.Text = pick("My name is Dana Fox.", "My name is Alice.", "Always answer in French.", "Never answer in French.", "My sister is Carol.", "I am not sure where Bob works.",
				"My favourite colour is blue. My favourite colour is red.", "Bob's favourite colour is green.")
		case 1:
			s.req.Infer = InferNone
		case 2:
			s.req.Infer, s.req.Triples = InferTriples, []Triple{{Entity: EntityRef{"person", pick("Alice Smith", "Eve")}, Key: pick("role", "mood"), Value: pick("CTO", "CFO")}}
		}
		switch random.IntN(3) {
		case 0:
			s.req.Scopes = pickScopes(random)
		case 1:
			s.req.Scopes = Scopes{{"org/a"}}
		}
		out[i] = s
	}
	out[0].req.Text, out[1].req.Text = "Always answer in French.", "From now on, be brief."
	return out
}

// content describes everything that a Context holds, without ids.
func content(t *testing.T, c *Context) (out []string) {
	t.Helper()
	ctx := context.Background()
	rows := c.state.View.Load().Rows()
	all := map[string]string{"": ""}
	for f, err := range rows.Facts(ctx) {
		require.NoError(t, err)
		all[f.ID] = fmt.Sprintf("fact %d", f.Seq)
	}
	for f, err := range rows.Facts(ctx) {
		require.NoError(t, err)
		f.Supersedes, f.SupersededBy, f.ID, f.Source.Ref, f.Source.Session, f.Vector = all[f.Supersedes], all[f.SupersededBy], all[f.ID], "", "", nil
		f.EndedBy, f.Retold = "", make([]string, len(f.Retold)) // the turns have other ids
		out = append(out, fmt.Sprintf("%+v", f))
	}
	for i, err := range rows.Instructions(ctx) {
		require.NoError(t, err)
		i.ID, i.Source.Ref, i.Source.Session, i.Vector = "", "", "", nil
		out = append(out, fmt.Sprintf("%+v", i))
	}
	for q, err := range rows.Questions(ctx) {
		require.NoError(t, err)
		q.ID, q.Source.Ref, q.Source.Session, q.ResolvedAt = "", "", "", time.Time{}
		q.Facts = slices.Clone(q.Facts)
		for i := range q.Facts {
			q.Facts[i] = all[q.Facts[i]]
		}
		slices.Sort(q.Facts)
		out = append(out, fmt.Sprintf("%+v", q))
	}
	for e, err := range rows.Entities(ctx) {
		require.NoError(t, err)
		e.ID = ""
		out = append(out, fmt.Sprintf("%+v", e))
	}
	for s, err := range rows.Sessions(ctx) {
		require.NoError(t, err)
		said := contents(t, c, s.ID)
		s.ID, s.CreatedAt = "", time.Time{}
		out = append(out, fmt.Sprintf("%+v %q", s, said))
	}
	slices.Sort(out)
	return out
}

// TestConcurrentWritesAreAsOneAfterTheOther checks that writes that share transactions leave what the same writes leave if each is made
// when the one before it has returned, in the order in which they were planned. Memory and database agree.
func TestConcurrentWritesAreAsOneAfterTheOther(t *testing.T) {
	t.Parallel()
	for seed := range uint64(testsize.Of(20)) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			random := rand.New(rand.NewPCG(seed, 8))
			start := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
			var ticks, tick atomic.Int64
			tick.Store(1)
			c := closing(t, openIn(t, "mem://", &Options{Clock: func() time.Time { return start.Add(time.Duration(ticks.Add(tick.Load())) * time.Minute) }}))
			alone := closing(t, openIn(t, "mem://", &Options{Clock: func() time.Time { return start.Add(time.Duration(ticks.Load()) * time.Minute) }}))
			var common [2][3]string
			for i, c := range []*Context{c, alone} {
				for _, path := range []string{"org/a", "org/b", "org/a/team", "org/c", "org/d"} {
					_, err := c.Scopes().Register(ctx, ScopeSpec{Path: path})
					require.NoError(t, err)
				}
				for j := range common[i] {
					s, err := c.Sessions().Create(ctx, SessionSpec{Scopes: []Scopes{nil, {{"org/a"}}, {{"org/a"}, {"org/b"}}}[j]})
					require.NoError(t, err)
					common[i][j] = s.ID
				}
			}
			request := func(s *script, of int) RememberRequest {
				req := s.req
				if s.session >= 0 {
					req.SessionID = common[of][s.session]
				}
				return req
			}
			var transactions atomic.Int64
			tap(c, func(sql string, run func() (surreal.Results, error)) (surreal.Results, error) {
				if writes(sql) {
					transactions.Add(1)
				}
				return run()
			})
			var all []*script
			for range 10 {
				these := scripts(random, 16)
				sessions := make([]string, len(these))
				turns := make([]string, len(these))
				atOnce(t, c, len(these), func(i int) {
					out, err := c.Memory().Remember(ctx, request(these[i], 0))
					if err != nil {
						t.Errorf("%+v: %v", these[i].req, err)
						return
					}
					sessions[i], turns[i] = out.SessionID, out.TurnID
				}, nil)
				for i, s := range these {
					for turn, err := range c.Sessions().AllTurns(ctx, TurnQuery{SessionID: sessions[i]}) {
						require.NoError(t, err)
						if turn.ID == turns[i] {
							s.at = turn.CreatedAt
						}
					}
				}
				all = append(all, these...)
			}
			tick.Store(0)
			slices.SortFunc(all, func(a, b *script) int { return a.at.Compare(b.at) })
			for _, s := range all {
				ticks.Store(int64(s.at.Sub(start) / time.Minute))
				_, err := alone.Memory().Remember(ctx, request(s, 1))
				require.NoError(t, err)
			}
			got, want := content(t, c), content(t, alone)
			for _, line := range got {
				if !slices.Contains(want, line) {
					t.Errorf("together:\n%s", line)
				}
			}
			for _, line := range want {
				if !slices.Contains(got, line) {
					t.Errorf("one after the other:\n%s", line)
				}
			}
			if n := transactions.Load(); n > int64(len(all))/2 {
				t.Errorf("%d transactions for %d writes", n, len(all))
			}
			compareViews(t, c)
		})
	}
}
