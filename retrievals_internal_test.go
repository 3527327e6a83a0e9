package spectron

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// answered leaves the trace of an answer, as a chat does.
func answered(t *testing.T, c *Context, r record.Response) string {
	t.Helper()
	_, err := call(context.Background(), &c.contextHandle, "answer", func(_ context.Context, by *gate.Call) (none struct{}, err error) {
		r.ID, r.At, r.Source, r.Principal = by.Live.TraceID(store.TableResponse), by.Now(), record.ResponseChat, by.Principal.ID
		if by.Key != nil {
			r.Key = by.Key.ID
		}
		r.Region = by.Region(authz.MemoryRead).Written()
		by.Live.NoteResponse(r)
		return none, nil
	})
	require.NoError(t, err)
	return r.ID
}

func asked(t *testing.T, c *Context, req RecallRequest) *Recalled {
	t.Helper()
	got, err := c.Memory().Recall(context.Background(), req)
	require.NoError(t, err)
	return got
}

func remembered(t *testing.T, c *Context, text string, scopes ...string) *Remembered {
	t.Helper()
	req := RememberRequest{Text: text}
	if len(scopes) > 0 {
		req.Scopes = Scopes{scopes}
	}
	got, err := c.Memory().Remember(context.Background(), req)
	require.NoError(t, err)
	return got
}

// tracesSeen returns the ids of all traces of a kind that a caller sees, newest first.
func tracesSeen(t *testing.T, c *Context, kind TraceKind) (ids []string) {
	t.Helper()
	for trace, err := range c.Traces().All(context.Background(), TraceQuery{Kind: kind, Limit: 2}) {
		require.NoError(t, err)
		ids = append(ids, trace.ID)
	}
	return ids
}

// TestTracesOfQuestions checks what the trace of a question and of an answer has, in each kind of read.
func TestTracesOfQuestions(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := openIn(t, "mem://", nil)
	said := remembered(t, c, "Bob lives in Oslo and grows tomatoes on the balcony.")
	for i := range 5 {
		remembered(t, c, fmt.Sprintf("The garden book number %d tells how tomatoes grow.", i))
	}
	direct := asked(t, c, RecallRequest{Query: "Where does Bob live?"})
	searched := asked(t, c, RecallRequest{Query: "Who grows tomatoes?", Mode: ModeBM25, SessionID: said.SessionID})
	wide := asked(t, c, RecallRequest{Query: "Which books tell how tomatoes grow?"})
	answer := answered(t, c, record.Response{
		Session: said.SessionID, Message: "And tomatoes?", Text: "Bob grows them.", Latency: time.Millisecond, Retrievals: []string{searched.Trace.ID, ""},
		Cited: []string{searched.Hits[0].ID}, Model: "openai/m",
		Spent: record.Tokens{In: 120, Out: 7},
	})
	again := answered(t, c, record.Response{Message: "And tomatoes?", Text: "Bob grows them.", Cached: true, ReusedFrom: answer})

	for _, r := range []*Recalled{direct, searched, wide} {
		trace, err := c.Traces().Get(ctx, r.Trace.ID)
		require.NoError(t, err)
		require.Equal(t, TraceRetrieval, trace.Kind)
		require.Equal(t, r.Tier, trace.Retrieval.Tier)
		require.Equal(t, r.Trace.Reason, trace.Retrieval.Reason)
		require.Equal(t, r.Confident, trace.Retrieval.Confident)
		require.GreaterOrEqual(t, trace.Retrieval.Candidates, len(r.Hits))
		require.Positive(t, trace.Latency)
		require.Equal(t, "principal:admin", trace.PrincipalID)
		require.Equal(t, each(r.Hits, func(h Hit) ReturnedHit { return ReturnedHit{h.ID, h.Score, h.Relevance, h.Why} }), trace.Retrieval.Returned)
	}
	trace, err := c.Traces().Get(ctx, searched.Trace.ID)
	require.NoError(t, err)
	require.Equal(t, []any{"Who grows tomatoes?", ModeBM25, said.SessionID}, []any{trace.Retrieval.Query, trace.Retrieval.Mode, trace.SessionID})
	trace, err = c.Traces().Get(ctx, wide.Trace.ID)
	require.NoError(t, err)
	require.Positive(t, trace.Retrieval.Returned[0].Why.Words)
	trace, err = c.Traces().Get(ctx, answer)
	require.NoError(t, err)
	require.Equal(t, &ResponseTrace{
		UserMessage: "And tomatoes?", Text: "Bob grows them.", RetrievalIDs: []string{searched.Trace.ID}, CitedIDs: []string{searched.Hits[0].ID},
	}, trace.Response)
	require.Equal(t, []any{"chat", "openai/m", said.SessionID, time.Millisecond}, []any{trace.Operation, trace.Model, trace.SessionID, trace.Latency})
	trace, err = c.Traces().Get(ctx, again)
	require.NoError(t, err)
	require.Equal(t, answer, trace.Response.ReusedFrom)

	questions := []string{wide.Trace.ID, searched.Trace.ID, direct.Trace.ID}
	require.Equal(t, questions, tracesSeen(t, c, TraceRetrieval))
	require.Equal(t, []string{again, answer}, tracesSeen(t, c, TraceResponse))
	writes := tracesSeen(t, c, TraceDecision)
	require.Equal(t, slices.Concat([]string{again, answer}, questions, writes), tracesSeen(t, c, ""))
	page, err := c.Traces().List(ctx, TraceQuery{SessionID: said.SessionID, WithTotal: true})
	require.NoError(t, err)
	require.Equal(t, []string{answer, searched.Trace.ID, said.TraceID}, each(page.Items, func(r TraceRecord) string { return r.ID }))
	require.Equal(t, 3, page.Total)

	var rows []AuditRow
	for row, err := range c.Memory().AuditAll(ctx, AuditQuery{Limit: 3}) {
		require.NoError(t, err)
		rows = append(rows, row)
	}
	require.Equal(t, tracesSeen(t, c, ""), each(rows, func(r AuditRow) string { return r.TraceID }))
	require.Equal(t, []any{TraceRetrieval, len(wide.Hits), "principal:admin"}, []any{rows[2].Kind, rows[2].RowsTouched, rows[2].PrincipalID})
	require.Equal(t, len(searched.Hits), rows[1].RowsTouched) // what it cites, and what its question found
	audited, err := c.Memory().Audit(ctx, AuditQuery{Kind: TraceResponse, PrincipalID: "admin", Since: rows[1].CreatedAt, Until: rows[1].CreatedAt})
	require.NoError(t, err)
	require.Equal(t, []AuditRow{rows[1]}, audited.Items)

	require.Equal(t, []any{127.0, 120, 7}, []any{rows[1].Cost, rows[1].TokensIn, rows[1].TokensOut})
	require.Zero(t, rows[0].Cost+rows[2].Cost)

	stats, err := c.Traces().Stats(ctx, TraceStatsRequest{})
	require.NoError(t, err)
	require.Equal(t, []any{24.0, 3, 2, 1, 0.5}, []any{stats.WindowHours, stats.TotalQueries, stats.ResponseTraces, stats.CacheHits, stats.CacheHitRate})
	require.Equal(t, 1, stats.ResponseTracesCached)
	require.Equal(t, TierCounts{Direct: 1, Hybrid: 2}, stats.TierCounts)
	require.Equal(t, ContradictionStats{Reconciliations: len(writes)}, stats.Contradiction)
	require.Equal(t, 3, stats.Retrieval.Traces)
	require.NotEmpty(t, stats.SourceKinds)
	before, err := c.Traces().Stats(ctx, TraceStatsRequest{Until: rows[len(rows)-1].CreatedAt.Add(-time.Hour)})
	require.NoError(t, err)
	require.Zero(t, before.TotalQueries+before.Contradiction.Reconciliations+before.ResponseTraces)

	for field, err := range map[string]error{
		"Kind":        second(c.Traces().List(ctx, TraceQuery{Kind: "all"})),
		"Since":       second(c.Traces().Stats(ctx, TraceStatsRequest{Since: time.Now().Add(-400 * 24 * time.Hour)})),
		"Until":       second(c.Traces().Stats(ctx, TraceStatsRequest{Since: time.Now(), Until: time.Now().Add(-time.Second)})),
		"KeyID":       second(c.Memory().Audit(ctx, AuditQuery{KeyID: strings.Repeat("x", 600)})),
		"PrincipalID": second(c.Memory().Audit(ctx, AuditQuery{PrincipalID: "\x00"})),
		"Limit":       second(c.Memory().Audit(ctx, AuditQuery{Limit: 501})),
	} {
		var e *Error
		require.ErrorAs(t, err, &e, field)
		require.Equal(t, field, e.Field)
	}
	for _, id := range []string{"retrieval_trace:none", "response_trace:none", "retrieval_trace:", said.SessionID} {
		_, err = c.Traces().Get(ctx, id)
		require.ErrorIs(t, err, ErrNotFound, id)
	}
}

func second[T any](_ T, err error) error { return err }

// TestTracesOfQuestionsLeakNothing compares what callers see of traces with the rule: their own, and those of callers that could read no more.
func TestTracesOfQuestionsLeakNothing(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := openIn(t, "mem://", nil)
	read := func(patterns ...string) Grants { return Grants{MemoryRead: patterns, MemoryWrite: patterns} }
	everything := func(c *Context) (out string) {
		for trace, err := range c.Traces().All(ctx, TraceQuery{}) {
			require.NoError(t, err)
			out += fmt.Sprintf("%+v %+v %+v\n", trace, trace.Retrieval, trace.Response)
		}
		for row, err := range c.Memory().AuditAll(ctx, AuditQuery{}) {
			require.NoError(t, err)
			out += fmt.Sprintf("%+v\n", row)
		}
		for _, kind := range []TraceKind{TraceDecision, TraceRetrieval, TraceResponse} {
			page, err := c.Traces().List(ctx, TraceQuery{Kind: kind, Limit: 1, WithTotal: true})
			require.NoError(t, err)
			out += fmt.Sprintln(len(page.Items), page.Total, page.HasMore, page.NextCursor)
		}
		stats, err := c.Traces().Stats(ctx, TraceStatsRequest{Until: time.Now().Add(time.Hour)})
		require.NoError(t, err)
		return out + fmt.Sprintf("%+v", stats)
	}
	remembered(t, c, "Ann lives in Oslo.", "org/ann")
	remembered(t, c, "Bea lives in Rome.", "org/bea")
	remembered(t, c, "The office is in Bern.", "org")
	ann, annsPrincipal, annsKey := holder(t, c, "ann", read("org", "org/ann/*"))
	bea, _, _ := holder(t, c, "bea", read("org", "org/bea/*"))
	nobody, _, _ := holder(t, c, "nobody", Grants{})
	all, _, _ := holder(t, c, "all", read("org/*"))
	narrow, err := c.Keys().Create(ctx, KeySpec{Name: "narrow", PrincipalID: annsPrincipal.ID, Grants: Grants{MemoryRead: {"org"}}})
	require.NoError(t, err)
	narrowed, err := c.manager().Authenticate(ctx, narrow.Secret)
	require.NoError(t, err)

	before := map[string]string{"bea": everything(bea), "nobody": everything(nobody), "narrowed": everything(narrowed)}
	asked(t, ann, RecallRequest{Query: "Where does Ann live?"})
	lost := asked(t, ann, RecallRequest{Query: "Where is the canary?"})
	found := asked(t, ann, RecallRequest{Query: "Who lives in Oslo?"})
	answer := answered(t, ann, record.Response{Message: "the canary?", Text: "In Oslo.", Retrievals: []string{found.Trace.ID}, Cited: []string{found.Hits[0].ID}})
	for name, caller := range map[string]*Context{"bea": bea, "nobody": nobody, "narrowed": narrowed} {
		require.Equal(t, before[name], everything(caller), name)
		for _, id := range []string{lost.Trace.ID, found.Trace.ID, answer} {
			_, err := caller.Traces().Get(ctx, id)
			require.ErrorIs(t, err, ErrNotFound, name)
		}
		rows, err := caller.Memory().Audit(ctx, AuditQuery{KeyID: annsKey.ID})
		require.NoError(t, err)
		require.Empty(t, rows.Items, name)
	}
	// Whoever reads all that Ann reads sees her questions, but not who she is.
	require.Len(t, tracesSeen(t, all, TraceRetrieval), 3)
	trace, err := all.Traces().Get(ctx, answer)
	require.NoError(t, err)
	require.Equal(t, []any{"In Oslo.", "", ""}, []any{trace.Response.Text, trace.PrincipalID, trace.KeyID})
	trace, err = c.Traces().Get(ctx, answer)
	require.NoError(t, err)
	require.Equal(t, []string{annsPrincipal.ID, annsKey.ID}, []string{trace.PrincipalID, trace.KeyID})
	rows, err := c.Memory().Audit(ctx, AuditQuery{KeyID: annsKey.ID})
	require.NoError(t, err)
	require.Len(t, rows.Items, 4)
	// The caller that can read nothing has a region that everything covers. Its question is its own all the same.
	unheard := asked(t, nobody, RecallRequest{Query: "Is anybody there?"})
	require.Equal(t, []string{unheard.Trace.ID}, tracesSeen(t, nobody, TraceRetrieval))
	require.NotContains(t, tracesSeen(t, all, TraceRetrieval), unheard.Trace.ID)
	require.Contains(t, tracesSeen(t, c, TraceRetrieval), unheard.Trace.ID)

	// Ann's grants shrink: her questions stay, without what she may no longer read.
	require.NoError(t, second(c.Principals().Revoke(ctx, annsPrincipal.ID, GrantRequest{Path: "org/ann/*", Verbs: []Verb{MemoryRead}})))
	require.Len(t, tracesSeen(t, ann, TraceRetrieval), 3)
	trace, err = ann.Traces().Get(ctx, answer)
	require.NoError(t, err)
	require.Equal(t, []any{"the canary?", "", 0}, []any{trace.Response.UserMessage, trace.Response.Text, len(trace.Response.CitedIDs)})
	trace, err = ann.Traces().Get(ctx, found.Trace.ID)
	require.NoError(t, err)
	for _, h := range trace.Retrieval.Returned {
		require.NotEqual(t, found.Hits[0].ID, h.ID)
	}
	require.Equal(t, len(trace.Retrieval.Returned), trace.Retrieval.Candidates)
}

// TestTracesOfWritesInStats checks that the counts of writes are those of what the caller sees.
func TestTracesOfWritesInStats(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := openIn(t, "mem://", nil)
	ann, _, _ := holder(t, c, "ann", Grants{MemoryRead: {"org/ann"}})
	stats := func(c *Context) *TraceStats {
		got, err := c.Traces().Stats(ctx, TraceStatsRequest{})
		require.NoError(t, err)
		return got
	}
	for _, text := range []string{"Bob lives in Oslo.", "Bob moved to Rome.", "Bob moved to Bern."} {
		remembered(t, c, text, "org/ann")
		remembered(t, c, text, "org/other")
	}
	remembered(t, c, "Things between Bob and Ann are over, I think.", "org/other")
	require.Equal(t, []any{3, SupersessionStats{2, 1, 2}}, []any{stats(ann).Contradiction.Reconciliations, stats(ann).Supersession})
	require.Equal(t, SupersessionStats{4, 1, 4}, stats(c).Supersession)
}

// TestErasedQuestions checks that the traces of questions and answers go with what they touch, from every byte, whether they were stored by then
// or not, and stay away after the store is opened again.
func TestErasedQuestions(t *testing.T) {
	t.Parallel()
	const canary = "zqcanaryxyzzy"
	for name, tc := range map[string]struct {
		erase func(ctx context.Context, c *Context, said *Remembered) error
		rest  bool // other traces stay
	}{
		"session": {func(ctx context.Context, c *Context, said *Remembered) error {
			return c.Sessions().Delete(ctx, said.SessionID)
		}, true},
		"scope": {func(ctx context.Context, c *Context, _ *Remembered) error {
			return second(c.Scopes().Forget(ctx, ScopeForgetRequest{Path: "org/gone"}))
		}, true},
		"context": {func(ctx context.Context, c *Context, _ *Remembered) error {
			return c.manager().DeleteContext(ctx, c.ID())
		}, false},
	} {
		for _, waiting := range []bool{false, true} {
			t.Run(fmt.Sprint(name, " waiting:", waiting), func(t *testing.T) {
				t.Parallel()
				ctx, dir := context.Background(), t.TempDir()
				url := "file://" + filepath.Join(dir, "agent.db")
				c := openIn(t, url, nil)
				said := remembered(t, c, "The green parrot lives in the old barn.", "org/gone")
				remembered(t, c, "The weather was fine all week.", "org/kept")
				user, _, _ := holder(t, c, "user", Grants{MemoryRead: {"org/gone/*"}})
				kept := asked(t, c, RecallRequest{Query: "How was the weather?", Lens: Scopes{{"org/kept"}}})
				hit := asked(t, c, RecallRequest{Query: canary + ": where does the green parrot live?", SessionID: said.SessionID})
				require.NotEmpty(t, hit.Hits)
				if name != "session" {
					asked(t, c, RecallRequest{Query: canary + "?", Lens: Scopes{{"org/gone"}}})
					asked(t, user, RecallRequest{Query: canary + "!"})
				}
				answered(t, c, record.Response{Message: canary, Text: "In the barn, " + canary + ".", Retrievals: []string{hit.Trace.ID}})
				if !waiting {
					require.NotEmpty(t, tracesSeen(t, c, TraceResponse))
				}
				require.NoError(t, tc.erase(ctx, c, said))
				if tc.rest {
					require.Equal(t, []string{kept.Trace.ID}, tracesSeen(t, c, TraceRetrieval))
					require.Empty(t, tracesSeen(t, c, TraceResponse))
					_, err := c.Traces().Get(ctx, hit.Trace.ID)
					require.ErrorIs(t, err, ErrNotFound)
				}
				nowhere := func() {
					files, err := filepath.Glob(filepath.Join(dir, "*"))
					require.NoError(t, err)
					for _, f := range files {
						b, err := os.ReadFile(f)
						require.NoError(t, err)
						require.False(t, bytes.Contains(b, []byte(canary)), f)
					}
				}
				nowhere()
				require.NoError(t, c.manager().Close(ctx))
				nowhere()
				if !tc.rest {
					return
				}
				mgr, err := Open(ctx, url, nil)
				require.NoError(t, err)
				defer func() { require.NoError(t, mgr.Close(ctx)) }()
				c, err = mgr.Context(ctx, c.ID())
				require.NoError(t, err)
				require.Equal(t, []string{kept.Trace.ID}, tracesSeen(t, c, TraceRetrieval))
			})
		}
	}
}

// TestQuestionsAreStoredByClose checks that Close stores what waits, also for a Context that has left memory, and that a copy of the file made
// before is whole.
func TestQuestionsAreStoredByClose(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx, dir := context.Background(), t.TempDir()
	url := "file://" + filepath.Join(dir, "agent.db")
	c := openIn(t, url, nil)
	remembered(t, c, "Bob lives in Oslo.")
	first := asked(t, c, RecallRequest{Query: "Where does Bob live?"})
	var copied bytes.Buffer
	_, err := c.manager().Backup(ctx, &copied)
	require.NoError(t, err)
	c.state.Core.Evict(ctx, func(*live.Context) bool { return true })
	require.False(t, c.state.Loaded())
	require.NoError(t, c.manager().Close(ctx))

	for path, want := range map[string]int{filepath.Join(dir, "agent.db"): 1, filepath.Join(dir, "copy.db"): 0} {
		if want == 0 {
			require.NoError(t, os.WriteFile(path, copied.Bytes(), 0o600))
		}
		mgr, err := Open(ctx, "file://"+path, nil)
		require.NoError(t, err)
		defer func() { require.NoError(t, mgr.Close(ctx)) }()
		c, err := mgr.Context(ctx, c.ID())
		require.NoError(t, err)
		ids := tracesSeen(t, c, TraceRetrieval)
		require.LessOrEqual(t, len(ids), 1) // the copy may have it too: it is stored in the background
		if want == 1 {
			require.Equal(t, []string{first.Trace.ID}, ids)
		}
		asked(t, c, RecallRequest{Query: "Where does Bob live?"})
		require.Len(t, tracesSeen(t, c, TraceRetrieval), len(ids)+1)
	}
}

// TestTraceSettings checks sampling, the number of traces, their age, and redaction.
func TestTraceSettings(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	at := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	c := openIn(t, "mem://", &Options{Clock: func() time.Time { return at }})
	patch := func(config Config) {
		_, err := c.manager().PatchContext(ctx, c.ID(), ContextPatch{Config: config})
		require.NoError(t, err)
	}
	remembered(t, c, "Bob lives in Oslo.")
	ask := func(query string) string { return asked(t, c, RecallRequest{Query: query}).Trace.ID }
	patch(Config{Traces: &TracesConfig{Sampling: to(0.0)}})
	require.Empty(t, ask("Where does Bob live?"))
	require.Empty(t, answered(t, c, record.Response{Message: "a", Text: "b"}))
	require.Empty(t, tracesSeen(t, c, TraceRetrieval))

	patch(Config{Traces: &TracesConfig{Sampling: to(0.5), MaxEntries: to(4)}})
	left := 0
	for range 200 {
		if ask("Where does Bob live?") != "" {
			left++
		}
	}
	require.InDelta(t, 100, left, 60)
	require.Len(t, tracesSeen(t, c, TraceRetrieval), 4)

	patch(Config{Traces: &TracesConfig{Sampling: to(1.0)}, RetentionDays: to(1), PIIRedaction: to(true)})
	at = at.Add(25 * time.Hour)
	require.Empty(t, tracesSeen(t, c, TraceRetrieval))
	stats, err := c.Traces().Stats(ctx, TraceStatsRequest{Since: at.Add(-48 * time.Hour)})
	require.NoError(t, err)
	require.Zero(t, stats.TotalQueries)
	redacted := ask("Does bob@example.org live in Oslo?")
	require.Equal(t, []string{redacted}, tracesSeen(t, c, TraceRetrieval))
	rows, err := c.state.Rows.Noted(ctx)
	require.NoError(t, err)
	require.Len(t, rows, 1, "the expired ones are removed")
	trace, err := c.Traces().Get(ctx, redacted)
	require.NoError(t, err)
	require.Equal(t, "Does [email] live in Oslo?", trace.Retrieval.Query)
	trace, err = c.Traces().Get(ctx, answered(t, c, record.Response{Message: "bob@example.org\x00", Text: "It is bob@example.org.\xff"}))
	require.NoError(t, err)
	require.Equal(t, []string{"[email]\uFFFD", "It is [email].\uFFFD"}, []string{trace.Response.UserMessage, trace.Response.Text})
}

// TestWaitingTracesAreLimited checks that what waits has a limit, and that only callers that may read everything learn of what was dropped.
func TestWaitingTracesAreLimited(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := openIn(t, "mem://", nil)
	ann, _, _ := holder(t, c, "ann", Grants{MemoryRead: {"org/*"}})
	require.NoError(t, c.state.Writer.Lock(ctx)) // nothing is stored meanwhile
	for range 700 {
		asked(t, c, RecallRequest{Query: "Where does Bob live?"})
	}
	answered(t, c, record.Response{Text: strings.Repeat("x", 2<<20)})
	c.state.Writer.Unlock()
	stats, err := c.Traces().Stats(ctx, TraceStatsRequest{})
	require.NoError(t, err)
	require.Equal(t, []int{512, 0, 189}, []int{stats.TotalQueries, stats.ResponseTraces, stats.Dropped})
	stats, err = ann.Traces().Stats(ctx, TraceStatsRequest{})
	require.NoError(t, err)
	require.Equal(t, []int{0, 0}, []int{stats.TotalQueries, stats.Dropped})
	require.NotEmpty(t, asked(t, c, RecallRequest{Query: "Where does Bob live?"}).Trace.ID)
}

// TestTracesConcurrently asks, answers, reads, erases and evicts at the same time.
func TestTracesConcurrently(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := openIn(t, "mem://", nil)
	remembered(t, c, "Bob lives in Oslo.", "org/kept")
	rounds := testsize.Of(100)
	var group errgroup.Group
	for range 3 {
		group.Go(func() error {
			for range rounds {
				if _, err := c.Memory().Recall(ctx, RecallRequest{Query: "Where does Bob live?"}); err != nil {
					return err
				}
				c.state.NoteResponse(record.Response{ID: c.state.TraceID(store.TableResponse), Principal: "principal:admin", Region: []string{"/*"}})
			}
			return nil
		})
	}
	group.Go(func() error {
		for range rounds / 5 {
			if _, err := c.Traces().Stats(ctx, TraceStatsRequest{}); err != nil {
				return err
			}
			if _, err := c.Memory().Audit(ctx, AuditQuery{}); err != nil {
				return err
			}
			c.state.Core.Evict(ctx, func(*live.Context) bool { return true })
		}
		return nil
	})
	group.Go(func() error {
		for range rounds / 5 {
			r, err := c.Memory().Remember(ctx, RememberRequest{Text: "Bob lives in a small house.", Infer: InferNone, Scopes: Scopes{{"org/gone"}}})
			if err != nil {
				return err
			}
			if err := c.Sessions().Delete(ctx, r.SessionID); err != nil {
				return err
			}
		}
		return nil
	})
	require.NoError(t, group.Wait())
	require.NotEmpty(t, tracesSeen(t, c, TraceRetrieval)) // loads the Context, and stores what waits
	rows, err := c.state.Rows.Noted(ctx)
	require.NoError(t, err)
	c.state.View.Load().Has(func(has func(string) bool) {
		for _, n := range rows {
			for _, id := range n.Touched {
				require.True(t, has(id), "a trace touches the erased row %s", id)
			}
		}
	})
}

// BenchmarkRecallTraced asks a question that the graph answers, with and without traces.
func BenchmarkRecallTraced(b *testing.B) {
	ctx := context.Background()
	for _, share := range []float64{0, 1} {
		for name, query := range map[string]string{"direct": "Where does Bob live?", "searched": "Which notes tell of tomatoes?"} {
			b.Run(fmt.Sprintf("%s/sampling=%v", name, share), func(b *testing.B) {
				c := openIn(b, "mem://", nil)
				_, err := c.manager().PatchContext(ctx, c.ID(), ContextPatch{Config: Config{Traces: &TracesConfig{Sampling: &share}}})
				require.NoError(b, err)
				_, err = c.Memory().Remember(ctx, RememberRequest{Text: "Bob lives in Oslo."})
				require.NoError(b, err)
				for i := range 200 {
					_, err = c.Memory().Remember(ctx, RememberRequest{Text: fmt.Sprintf("Note %d tells of tomatoes and of weather.", i), Infer: InferNone})
					require.NoError(b, err)
				}
				b.ReportAllocs()
				for b.Loop() {
					if _, err := c.Memory().Recall(ctx, RecallRequest{Query: query}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
