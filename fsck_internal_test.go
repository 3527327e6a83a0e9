package spectron

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/internal/testing/teststore"
)

// fscked returns the report of a check by the operator.
func fscked(t *testing.T, c *Context, req FsckRequest) *FsckReport {
	t.Helper()
	report, err := c.Lifecycle().Fsck(context.Background(), req)
	require.NoError(t, err)
	require.Equal(t, len(report.Duplicates)+len(report.Contradictions)+len(report.Injection)+len(report.UnscopedContent)+len(report.Dangling)+len(report.Index), report.Total)
	return report
}

// damage runs statements on the stored rows of a Context, past the library.
func damage(t *testing.T, c *Context, sql string, ids ...string) {
	t.Helper()
	vars := map[string]any{}
	for i, id := range ids {
		vars[fmt.Sprint("id", i)] = id
	}
	_, err := c.state.Conn.Query(context.Background(), sql, vars)
	require.NoError(t, err)
}

// row is the record with the id in a variable.
func row(n int) string {
	return fmt.Sprintf("type::record(string::split($id%d, ':')[0], string::slice($id%d, string::len(string::split($id%d, ':')[0]) + 1))", n, n, n)
}

// TestFsckRepairs damages rows in each way, and checks what is found, what a repair leaves, and that nothing else changes.
func TestFsckRepairs(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	for _, store := range []struct {
		name string
		url  func() string
	}{
		{"file", func() string { return "file://" + filepath.Join(t.TempDir(), "agent.db") }},
		{"server", func() string { return teststore.Serve(t) }},
	} {
		for _, test := range []struct {
			name   string
			damage func(c *Context, old, now string, turn string)
			want   func(old, now, turn string) []string // "row field target", or "row problem"
			left   bool                                 // it is not repaired
		}{
			{"nothing", func(*Context, string, string, string) {}, func(string, string, string) []string { return nil }, false},
			{
				"a superseded value is gone",
				func(c *Context, old, _, _ string) {
					damage(t, c, `DELETE `+row(0), old)
					c.state.NeedsReload.Store(true)
				},
				func(old, now, _ string) []string { return []string{now + " supersedes " + old} }, false,
			},
			{
				"a value in memory is not stored",
				func(c *Context, old, _, _ string) { damage(t, c, `DELETE `+row(0), old) },
				func(old, now, _ string) []string { return []string{now + " supersedes " + old, old + " extra"} }, false,
			},
			{
				"a value was changed in the store",
				func(c *Context, _, now, _ string) { damage(t, c, `UPDATE `+row(0)+` SET value = 'Lima'`, now) },
				func(_, now, _ string) []string { return []string{now + " text"} }, false,
			},
			{
				"a time was changed in the store",
				func(c *Context, _, now, _ string) {
					damage(t, c, `UPDATE `+row(0)+` SET valid_from = d'2020-01-01T00:00:00Z'`, now)
				},
				func(_, now, _ string) []string { return []string{now + " state"} }, false,
			},
			{
				"an entity has no key",
				func(c *Context, _, _, _ string) { damage(t, c, `DELETE entity:`+"`person/alice`") },
				func(string, string, string) []string { return nil }, false, // see below
			},
			{
				"nothing is known of an entity",
				func(c *Context, _, _, _ string) {
					damage(t, c, `DELETE appearance WHERE name = 'Alice'`)
					c.state.NeedsReload.Store(true)
				},
				func(old, now, _ string) []string {
					return []string{old + " appearance entity:person/alice", now + " appearance entity:person/alice"}
				}, false,
			},
			{
				"a text has no turn",
				func(c *Context, _, _, turn string) { damage(t, c, `DELETE `+row(0), turn) },
				func(_, _, turn string) []string { return []string{"memory_chunk turn " + turn} }, true,
			},
		} {
			t.Run(store.name+"/"+test.name, func(t *testing.T) {
				t.Parallel()
				c := closing(t, openIn(t, store.url(), nil))
				old := told(t, c, nil, Triple{Entity: alice, Key: "city", Value: "Oslo"})[0]
				now := told(t, c, nil, Triple{Entity: alice, Key: "city", Value: "Rome"})[0]
				said, err := c.Memory().Remember(ctx, RememberRequest{Text: "The weather is fine.", Infer: InferNone})
				require.NoError(t, err)
				require.Zero(t, fscked(t, c, FsckRequest{}).Total)

				test.damage(c, old, now, said.TurnID)
				got := fscked(t, c, FsckRequest{})
				want := test.want(old, now, said.TurnID)
				var lines []string
				for _, d := range got.Dangling {
					if test.left {
						d.RowID = "memory_chunk"
					}
					lines = append(lines, d.RowID+" "+d.Field+" "+d.Target)
				}
				for _, m := range got.Index {
					lines = append(lines, m.RowID+" "+m.Problem)
				}
				slices.Sort(lines)
				slices.Sort(want)
				if test.name == "an entity has no key" {
					require.NotEmpty(t, lines)
				} else {
					require.Equal(t, want, lines)
				}
				require.Zero(t, got.Repaired)
				require.Equal(t, got.Total, fscked(t, c, FsckRequest{}).Total, "a check changes nothing")

				repaired := fscked(t, c, FsckRequest{Repair: true})
				require.Equal(t, got.Total, repaired.Total)
				again := fscked(t, c, FsckRequest{Repair: true})
				require.Zero(t, again.Repaired)
				if test.left {
					require.Zero(t, repaired.Repaired)
					require.Equal(t, got.Total, again.Total)
					return
				}
				require.Equal(t, got.Total, repaired.Repaired)
				require.Zero(t, again.Total)
				page, err := c.Events(ctx, EventQuery{Action: EventMemoryRepaired})
				require.NoError(t, err)
				require.Equal(t, got.Total > 0, len(page.Items) > 0)
				// Another process, or a later one, sees the same.
				f := fact(t, c, now)
				require.Equal(t, f.Value, map[bool]string{true: "Lima", false: "Rome"}[test.name == "a value was changed in the store"])
				require.NoError(t, c.state.Reload(ctx))
				require.Equal(t, f, fact(t, c, now))
				require.Zero(t, fscked(t, c, FsckRequest{}).Total)
				detail, err := c.Entities().Get(ctx, alice, PointInTime{})
				require.NoError(t, err)
				require.Equal(t, "Alice", detail.Entity.Name)
			})
		}
	}
}

// TestFsckFindsWhatRefersToNothing damages the rows that no list of facts shows.
func TestFsckFindsWhatRefersToNothing(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	c := closing(t, openIn(t, "mem://", nil))
	ids := jobInOslo(t, c, nil)
	derived, err := derive(c, record.FromElaboration, false, worksIn(root, ids...))
	require.NoError(t, err)
	said, err := c.Memory().Remember(ctx, RememberRequest{Text: "The weather is fine.", Infer: InferNone})
	require.NoError(t, err)
	_, err = c.Memory().Recall(ctx, RecallRequest{Query: "How is the weather?"})
	require.NoError(t, err)
	_, err = c.state.Noted(ctx) // stores those that wait
	require.NoError(t, err)
	require.Zero(t, fscked(t, c, FsckRequest{}).Total)

	damage(t, c, `DELETE `+row(0), ids[0])
	damage(t, c, `DELETE `+row(0)+`; DELETE memory_chunk`, said.TurnID)
	damage(t, c, `CREATE reply:lost SET basis = ['turn:gone']; CREATE uncertainty:odd SET about = 'x', reason = 'y', resolved = false, scopes = [['/']], facts = ['attribute:gone'],
		source = { kind: 'upsert', ref: 'turn:gone', span: { start: 0, end: 0 }, trust: 1, derived_from: [], quote: '' }, recorded_at = d'2026-01-01T00:00:00Z'`)
	c.state.NeedsReload.Store(true)
	fields := func(r *FsckReport) (out []string) {
		for _, d := range r.Dangling {
			out = append(out, d.Field)
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	require.Equal(t, []string{"basis", "derived_from", "facts", "touched", "turn"}, fields(fscked(t, c, FsckRequest{Check: FsckDangling})))
	fscked(t, c, FsckRequest{Check: FsckDangling, Repair: true})
	left := fscked(t, c, FsckRequest{})
	require.Equal(t, []string{"derived_from"}, fields(left), "a conclusion without its evidence is for people")
	require.Equal(t, derived[0].Fact.ID, left.Dangling[0].RowID)
	require.Empty(t, left.Index)
}

// TestFsckFindsRowsWithoutScopes checks counts, samples and tables.
func TestFsckFindsRowsWithoutScopes(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	c := closing(t, openIn(t, "mem://", nil))
	for i := range 7 {
		_, err := c.Memory().Remember(context.Background(), RememberRequest{Text: fmt.Sprint("Note ", i, "."), Infer: InferNone})
		require.NoError(t, err)
	}
	told(t, c, nil, Triple{Entity: alice, Key: "city", Value: "Oslo"})
	damage(t, c, `UPDATE turn SET scopes = []; UPDATE attribute SET scopes = [];`)
	got := fscked(t, c, FsckRequest{Check: FsckUnscoped})
	require.Len(t, got.UnscopedContent, 2)
	for i, want := range []UnscopedFinding{{Table: "attribute", Count: 1}, {Table: "turn", Count: 7}} {
		found := got.UnscopedContent[i]
		require.Equal(t, want.Table, found.Table)
		require.Equal(t, want.Count, found.Count)
		require.Len(t, found.SampleIDs, min(5, want.Count))
	}
	cut := fscked2(t, c, FsckRequest{Check: FsckUnscoped, MaxResults: 1})
	require.True(t, cut.Truncated)
	require.Equal(t, 2, cut.Total)
	require.Len(t, cut.UnscopedContent, 1)
}

// fscked2 is fscked for reports that are cut.
func fscked2(t *testing.T, c *Context, req FsckRequest) *FsckReport {
	t.Helper()
	report, err := c.Lifecycle().Fsck(context.Background(), req)
	require.NoError(t, err)
	return report
}

// TestFsckOfDocuments checks that documents are compared with memory, with their passages, and that facts without their document are found.
func TestFsckOfDocuments(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	c := openWorking(t, "mem://", nil, 1)
	up, err := c.Documents().Upload(ctx, UploadRequest{Name: "a.md", Reader: strings.NewReader("Alice Smith works at Acme.")})
	require.NoError(t, err)
	d, err := c.Documents().Wait(ctx, up.ID)
	require.NoError(t, err)
	require.Equal(t, 1, d.Facts)
	require.Zero(t, fscked(t, c, FsckRequest{}).Total)

	damage(t, c, `UPDATE `+row(0)+` SET title = 'Another'`, d.ID)
	require.Equal(t, []IndexFinding{{d.ID, "state"}}, fscked(t, c, FsckRequest{Check: FsckIndex}).Index)
	fscked(t, c, FsckRequest{Check: FsckIndex, Repair: true})
	require.Zero(t, fscked(t, c, FsckRequest{}).Total)
	damage(t, c, `DELETE `+row(0), d.ID)
	found := fscked(t, c, FsckRequest{})
	require.Equal(t, []IndexFinding{{d.ID, "extra"}}, found.Index)
	require.Len(t, found.Dangling, 1)
	require.Equal(t, "document", found.Dangling[0].Field)
	require.Equal(t, d.ID, found.Dangling[0].Target)
}
