package spectron_test

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// TestOldStores opens files that earlier versions wrote, one for each released schema, and asks for their contents.
// testdata/stores/README.md says how the files were made.
func TestOldStores(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "stores", "*.db.gz"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, packed := range files {
		t.Run(strings.TrimSuffix(filepath.Base(packed), ".db.gz"), func(t *testing.T) {
			t.Parallel()
			ctx, path := t.Context(), filepath.Join(t.TempDir(), "old.db")
			unpack(t, packed, path)
			for range 2 { // the first opening migrates it
				mgr, err := spectron.Open(ctx, path, &spectron.Options{Engine: spectrontest.Engine(t)})
				require.NoError(t, err)
				versions, err := mgr.Migrations(ctx)
				require.NoError(t, err)
				for _, v := range versions {
					if !v.Current() {
						t.Errorf("%s is at %d of %d", v.ContextID, v.Version, v.Latest)
					}
				}
				old, err := mgr.Context(ctx, "old")
				require.NoError(t, err)
				askOldStore(t, old)
				for f, err := range old.Facts().All(ctx, spectron.FactQuery{}) {
					require.NoError(t, err)
					require.Contains(t, []float64{1, 0.8, 0.5}, f.Importance, "nothing has faded: %s", f.Value)
				}
				require.NoError(t, mgr.Close(ctx))
			}
			mgr, err := spectron.Open(ctx, path, &spectron.Options{Engine: spectrontest.Engine(t)})
			require.NoError(t, err)
			old, err := mgr.Context(ctx, "old")
			require.NoError(t, err)
			faded, err := old.Lifecycle().Decay(ctx)
			require.NoError(t, err)
			require.Positive(t, faded.Affected)
			require.NoError(t, mgr.Close(ctx))
		})
	}
}

func unpack(t *testing.T, packed, path string) {
	t.Helper()
	in, err := os.Open(packed)
	require.NoError(t, err)
	unzipped, err := gzip.NewReader(in)
	require.NoError(t, err)
	data, err := io.ReadAll(unzipped)
	require.NoError(t, err)
	require.NoError(t, in.Close())
	require.NoError(t, os.WriteFile(path, data, 0o600))
}

// askOldStore asks for facts, their history, speakers, texts and instructions.
func askOldStore(t *testing.T, old *spectron.Context) {
	t.Helper()
	ctx := t.Context()
	facts := []spectron.Kind{spectron.KindAttribute, spectron.KindRelation}
	may := time.Date(2025, 5, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		req  spectron.RecallRequest
		want string // of the first hit; "": no hits
	}{
		{spectron.RecallRequest{Query: "Where do I live?"}, "Mara Lind lives in Lisbon"},
		{spectron.RecallRequest{Query: "Where do I live?", AsOf: time.Date(2025, 2, 1, 0, 0, 0, 0, time.UTC)}, "Mara Lind lives in Berlin"},
		{spectron.RecallRequest{Query: "Where did I live before?"}, "Mara Lind lives in Berlin"},
		{spectron.RecallRequest{Query: "Where does my sister live?"}, "Ana lives in Porto"},
		{spectron.RecallRequest{Query: "Where do I work?", Kinds: facts, AsOf: may.AddDate(0, 0, -40)}, "Mara Lind works at Globex"},
		{spectron.RecallRequest{Query: "What is my name?", Kinds: facts}, "The user's name is Mara Lind"},
		{spectron.RecallRequest{Query: "Which language should answers be in, German?", Kinds: []spectron.Kind{spectron.KindInstruction}}, "Always answer in German"},
		{spectron.RecallRequest{Query: "locker"}, "Mara's locker is 42."},
	} {
		res, err := old.Memory().Recall(ctx, c.req)
		require.NoError(t, err)
		if len(res.Hits) == 0 || !strings.EqualFold(res.Hits[0].Text, c.want) {
			t.Errorf("%q: %+v, not %q", c.req.Query, first(res.Hits), c.want)
		}
	}
	// A closed fact is no longer an answer.
	res, err := old.Memory().Recall(ctx, spectron.RecallRequest{Query: "Where do I work?", Kinds: facts})
	require.NoError(t, err)
	for _, h := range res.Hits {
		if h.Fact != nil && h.Fact.Key == "works_at" {
			t.Errorf("%q is told as holding", h.Text)
		}
	}

	sessions := 0
	for session, err := range old.Sessions().All(ctx, spectron.SessionQuery{}) {
		require.NoError(t, err)
		if sessions++; session.Turns != 5 {
			continue
		}
		if session.Speaker != "Mara Lind" {
			t.Errorf("%q speaks", session.Speaker)
		}
		var said []string
		for turn, err := range old.Sessions().AllTurns(ctx, spectron.TurnQuery{SessionID: session.ID}) {
			require.NoError(t, err)
			said = append(said, turn.Content)
		}
		if len(said) != 5 || said[2] != "I moved to Lisbon." {
			t.Errorf("turns %q", said)
		}
	}
	if sessions != 2 {
		t.Errorf("%d sessions", sessions)
	}
	traces := 0
	for trace, err := range old.Traces().All(ctx, spectron.TraceQuery{Kind: spectron.TraceDecision, Limit: 2}) {
		require.NoError(t, err)
		if traces++; len(trace.TurnIDs) != 1 || trace.Operation != "full" || len(trace.Created)+len(trace.Closed) == 0 {
			t.Errorf("trace %+v", trace)
		}
	}
	if traces != 5 {
		t.Errorf("%d traces", traces)
	}
	// New writes work.
	if _, err := old.Memory().Remember(ctx, spectron.RememberRequest{Text: "Ana moved to Faro.", Infer: spectron.InferPreview}); err != nil {
		t.Error(err)
	}
}

func first(hits []spectron.Hit) string {
	if len(hits) == 0 {
		return "nothing"
	}
	return hits[0].Text
}
