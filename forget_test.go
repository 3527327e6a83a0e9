package spectron_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/llms"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// The scopes of the tests of Forget.
var (
	alices = spectron.Scopes{{"org/acme/user/alice"}}
	bobs   = spectron.Scopes{{"org/acme/user/bob"}}
)

// saidAt is when the n-th text of forgetful was said.
func saidAt(n int) time.Time { return spectrontest.Epoch.Add(time.Duration(n-48) * time.Hour) }

// forgetful fills a Context. Alice tells in one session where she lives, that she has moved, and of her dog. In another session she tells what
// she likes. Bob tells something else. It returns what was stored, by name.
func forgetful(t *testing.T, c *spectron.Context) map[string]*spectron.Remembered {
	t.Helper()
	told := map[string]*spectron.Remembered{}
	for i, s := range []struct {
		name, text, speaker, with string
		scopes                    spectron.Scopes
	}{
		{"paris", "I live in Zqparis.", "Alice", "", alices},
		{"berlin", "I moved to Zqberlin. My dog is called Zqrex.", "Alice", "paris", alices},
		{"tea", "I like zqtea.", "Alice", "", alices},
		{"order", "Please always answer in Zqlatin.", "Alice", "tea", alices},
		{"note", "The zqshop is open.", "Alice", "tea", alices},
		{"bob", "I live in Zqlima. The zqshop of Zqbob is open.", "Bob", "", bobs},
	} {
		req := spectron.RememberRequest{
			Text: s.text, Speaker: s.speaker, SpokenAt: saidAt(i), Labels: []string{"topic=" + s.name}, IdempotencyKey: s.name, Scopes: s.scopes,
		}
		if s.with != "" {
			req.SessionID = told[s.with].SessionID
		}
		out, err := c.Memory().Remember(t.Context(), req)
		require.NoError(t, err)
		told[s.name] = out
	}
	return told
}

// liveWith returns the live fact whose value has a word; nil: there is none.
func liveWith(t *testing.T, c *spectron.Context, word string) *spectron.Fact {
	t.Helper()
	for f, err := range c.Facts().All(t.Context(), spectron.FactQuery{Live: true}) {
		require.NoError(t, err)
		if strings.Contains(strings.ToLower(f.Value), word) {
			return &f
		}
	}
	return nil
}

// words are those that forgetful uses, each for one thing.
var words = []string{"zqparis", "zqberlin", "zqrex", "zqtea", "zqlatin", "zqshop", "zqlima", "zqbob"}

// present returns the words that a text has.
func present(text string) (out []string) {
	text = strings.ToLower(text)
	for _, w := range words {
		if strings.Contains(text, w) {
			out = append(out, w)
		}
	}
	return out
}

// allReads returns the results of all reads of a Context as JSON, and its export.
func allReads(t *testing.T, mgr *spectron.Manager, c *spectron.Context) string {
	t.Helper()
	ctx := t.Context()
	var out bytes.Buffer
	add := func(v any, err error) {
		require.NoError(t, err)
		require.NoError(t, json.NewEncoder(&out).Encode(v))
	}
	collect(t, &out, c.Facts().All(ctx, spectron.FactQuery{}))
	collect(t, &out, c.Facts().All(ctx, spectron.FactQuery{At: spectron.PointInTime{AsOf: saidAt(40)}}))
	collect(t, &out, c.Instructions().All(ctx, spectron.InstructionQuery{}))
	collect(t, &out, c.Uncertainties().All(ctx, spectron.UncertaintyQuery{}))
	collect(t, &out, c.Traces().All(ctx, spectron.TraceQuery{}))
	collect(t, &out, c.AllEvents(ctx, spectron.EventQuery{}))
	for e, err := range c.Entities().All(ctx, spectron.EntityQuery{}) {
		add(e, err)
		add(c.Entities().Get(ctx, spectron.EntityRef{Type: e.Type, Name: e.Name}, spectron.PointInTime{}))
		for _, key := range []string{"lives_in", "likes", "pet"} {
			add(c.Entities().History(ctx, spectron.EntityRef{Type: e.Type, Name: e.Name}, key))
		}
	}
	for s, err := range c.Sessions().All(ctx, spectron.SessionQuery{}) {
		add(s, err)
		collect(t, &out, c.Sessions().AllTurns(ctx, spectron.TurnQuery{SessionID: s.ID}))
	}
	for i, query := range append([]string{"Where do I live?", "What is my dog called?"}, words...) {
		for n, req := range []spectron.RecallRequest{
			{IncludeClosed: true}, {AsOf: saidAt(40)}, {}, {Mode: spectron.ModeBM25}, {Mode: spectron.ModeVector}, {ValidAt: saidAt(40)}, {StoredAt: saidAt(1000)},
		} {
			if i > 1 && n > 1 {
				break // the words are asked for in two ways
			}
			req.Query, req.Speaker, req.K, req.IncludeDuplicates = query, "Alice", 50, true
			add(c.Memory().Recall(ctx, req))
		}
	}
	// The questions are in the results.
	text := out.String()
	var export bytes.Buffer
	require.NoError(t, mgr.ExportContext(ctx, c.ID(), &export))
	return text + export.String()
}

func collect[T any](t *testing.T, out *bytes.Buffer, all iter.Seq2[T, error]) {
	t.Helper()
	for item, err := range all {
		require.NoError(t, err)
		require.NoError(t, json.NewEncoder(out).Encode(item))
	}
}

// purges are the ways to say what to purge, with the words that it takes from those of forgetful.
func purges(t *testing.T, c *spectron.Context, told map[string]*spectron.Remembered) map[string]struct {
	req  spectron.ForgetRequest
	gone []string
} {
	t.Helper()
	type purge = struct {
		req  spectron.ForgetRequest
		gone []string
	}
	ids := func(ids ...string) spectron.ForgetRequest { return spectron.ForgetRequest{IDs: ids} }
	return map[string]purge{
		"fact":        {ids(liveWith(t, c, "zqberlin").ID), []string{"zqparis", "zqberlin"}},
		"other":       {ids(liveWith(t, c, "zqrex").ID), []string{"zqrex"}},
		"turn":        {ids(told["berlin"].TurnID), []string{"zqberlin", "zqrex"}},
		"passage":     {ids(told["tea"].ChunkIDs[0]), []string{"zqtea"}},
		"session":     {ids(told["paris"].SessionID), []string{"zqparis", "zqberlin", "zqrex"}},
		"entity":      {ids("entity:location/zqparis"), []string{"zqparis"}},
		"instruction": {ids(told["order"].Extraction.Instructions[0].ID), []string{"zqlatin"}},
		"several":     {ids(told["note"].TurnID, told["order"].TurnID), []string{"zqlatin"}},
		"label":       {spectron.ForgetRequest{Labels: []string{"topic=tea"}}, []string{"zqtea"}},
		"speaker":     {spectron.ForgetRequest{Speaker: "Bob"}, []string{"zqlima", "zqbob"}},
		"time":        {spectron.ForgetRequest{SaidAfter: saidAt(1), SaidBefore: saidAt(2)}, []string{"zqberlin", "zqrex"}},
		"within":      {spectron.ForgetRequest{SessionID: told["tea"].SessionID}, []string{"zqtea", "zqlatin"}},
		"lens":        {spectron.ForgetRequest{Lens: bobs}, []string{"zqlima", "zqbob"}},
		"query":       {spectron.ForgetRequest{Query: "that Alice likes zqtea"}, []string{"zqtea"}},
	}
}

// TestPurgeReachesEveryByte purges in every way, and looks for the words in every byte of the file and beside it, in a backup, and in
// everything that can be read: also after reopening. What was not meant stays.
func TestPurgeReachesEveryByte(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := t.Context()
	dir := t.TempDir()
	full := filepath.Join(dir, "full.db")
	mgr, err := openFile(full, spectrontest.Epoch)
	require.NoError(t, err)
	c, err := mgr.EnsureContext(ctx, "one", spectron.ContextSpec{})
	require.NoError(t, err)
	told := forgetful(t, c)
	ways := purges(t, c, told)
	require.Equal(t, words, present(allReads(t, mgr, c)))
	require.NoError(t, mgr.Close(ctx))
	image, err := os.ReadFile(full)
	require.NoError(t, err)
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := filepath.Join(dir, "agent.db")
			require.NoError(t, os.WriteFile(path, image, 0o600))
			require.NoError(t, os.WriteFile(path+"-index-one", image, 0o600)) // as an earlier process has saved it
			mgr, err := openFile(path, spectrontest.Epoch.Add(time.Hour))
			require.NoError(t, err)
			c, err := mgr.Context(ctx, "one")
			require.NoError(t, err)
			req := way.req
			req.Purge, req.DryRun = true, true
			dry, err := c.Memory().Forget(ctx, req)
			require.NoError(t, err)
			require.Equal(t, words, present(allReads(t, mgr, c)), "a dry run changes nothing")
			req.DryRun = false
			out, err := c.Memory().Forget(ctx, req)
			require.NoError(t, err)
			require.Equal(t, dry.IDs, out.IDs)
			require.Equal(t, len(out.IDs), out.Purged)
			none := 0.0 // the questions of this test have the words
			_, err = mgr.PatchContext(ctx, c.ID(), spectron.ContextPatch{Config: spectron.Config{Traces: &spectron.TracesConfig{Sampling: &none}}})
			require.NoError(t, err)
			require.Zero(t, out.Closed)
			require.NotEmpty(t, out.TraceID)
			receipt, err := json.Marshal(out)
			require.NoError(t, err)
			for _, w := range way.gone {
				if !strings.HasPrefix(out.IDs[len(out.IDs)-1], "entity:") { // the id of an entity is its name
					require.NotContains(t, strings.ToLower(string(receipt)), w)
				}
			}
			text, listing := "", ""
			for _, i := range dry.Items {
				text += i.Text + "\n"
			}
			check := func(when string) {
				read := allReads(t, mgr, c)
				for _, q := range words { // the questions
					read = strings.ReplaceAll(read, `"query":"`+q+`"`, "")
				}
				listing = read
				for _, w := range words {
					_, where := occurrences(t, dir, w)
					gone := false
					for _, g := range way.gone {
						gone = gone || g == w
					}
					switch {
					case gone && strings.Contains(strings.ToLower(listing), w):
						t.Errorf("%s: %s is read", when, w)
					case gone && len(where) > 0:
						t.Errorf("%s: %v", when, where)
					case !gone && (len(where) == 0 || !strings.Contains(strings.ToLower(listing), w)):
						t.Errorf("%s: %s is gone as well", when, w)
					}
					if gone && !strings.Contains(strings.ToLower(text), w) {
						t.Errorf("%s is not in the list of the dry run: %s", w, text)
					}
				}
			}
			check("at once")
			backup := filepath.Join(t.TempDir(), "backup.db")
			f, err := os.Create(backup)
			require.NoError(t, err)
			_, err = mgr.Backup(ctx, f)
			require.NoError(t, errors.Join(err, f.Close()))
			if n, where := occurrences(t, filepath.Dir(backup), way.gone...); n > 0 {
				t.Errorf("backup: %v", where)
			}
			require.NoError(t, mgr.Close(ctx))
			if n, where := occurrences(t, dir, way.gone...); n > 0 {
				t.Errorf("closed: %v", where)
			}
			mgr, err = openFile(path, spectrontest.Epoch.Add(2*time.Hour))
			require.NoError(t, err)
			c, err = mgr.Context(ctx, "one")
			require.NoError(t, err)
			check("opened again")
			require.NoError(t, mgr.Close(ctx))
		})
	}
}

// TestPurgeOverAServer does the same over a server, by what two processes read of it.
func TestPurgeOverAServer(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := t.Context()
	server, err := rpcserver.Start(ctx, enginetest.Open(t), rpcserver.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close(context.Background())) })
	open := func() *spectron.Manager {
		mgr, err := spectron.Open(ctx, server.URL("ws"), &spectron.Options{Clock: func() time.Time { return spectrontest.Epoch.Add(time.Hour) }})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, mgr.Close(context.Background())) })
		return mgr
	}
	one, two := open(), open()
	for _, name := range []string{"session"} {
		c, err := one.EnsureContext(ctx, name, spectron.ContextSpec{})
		require.NoError(t, err)
		way := purges(t, c, forgetful(t, c))[name]
		other, err := two.Context(ctx, name)
		require.NoError(t, err)
		require.Equal(t, words, present(allReads(t, two, other)))
		way.req.Purge = true
		_, err = c.Memory().Forget(ctx, way.req)
		require.NoError(t, err)
		for i, mgr := range []*spectron.Manager{one, two, open()} {
			c, err := mgr.Context(ctx, name)
			require.NoError(t, err)
			read := allReads(t, mgr, c)
			for _, q := range words { // the questions
				read = strings.ReplaceAll(read, `"query":"`+q+`"`, "")
			}
			for _, w := range way.gone {
				require.NotContains(t, strings.ToLower(read), w, "%s, process %d", name, i)
			}
		}
	}
}

// TestForgetCloses closes in every way: nothing is found any more, but it stays in the history and as of earlier times, also after a restart
// and in an export.
func TestForgetCloses(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "agent.db")
	mgr, err := openFile(path, spectrontest.Epoch)
	require.NoError(t, err)
	c, err := mgr.EnsureContext(ctx, "one", spectron.ContextSpec{})
	require.NoError(t, err)
	told := forgetful(t, c)
	berlin, ways := liveWith(t, c, "zqberlin"), purges(t, c, told)
	out, err := c.Memory().Forget(ctx, spectron.ForgetRequest{IDs: []string{berlin.ID}})
	require.NoError(t, err)
	require.Equal(t, 6, out.Closed, "two facts, the two texts that told them, and the two places: %+v", out)
	require.NotEmpty(t, out.Items[0].Text)
	again, err := c.Memory().Forget(ctx, spectron.ForgetRequest{IDs: []string{berlin.ID}})
	require.NoError(t, err)
	require.Equal(t, &spectron.Forgotten{}, again, "nothing is left to close")
	trace, err := c.Traces().Get(ctx, out.TraceID)
	require.NoError(t, err)
	require.Equal(t, "forget", trace.Operation)
	require.Equal(t, []string{berlin.ID}, trace.Closed)
	check := func(when string, c *spectron.Context) {
		for _, q := range []string{"Where do I live?", "Zqberlin", "Zqparis", "Where did I live before?"} {
			for _, req := range []spectron.RecallRequest{{}, {Mode: spectron.ModeBM25}, {ValidAt: saidAt(1)}} {
				req.Query, req.Speaker = q, "Alice"
				found, err := c.Memory().Recall(ctx, req)
				require.NoError(t, err)
				for _, h := range found.Hits {
					if got := present(h.Text); len(got) > 0 && (got[0] == "zqberlin" || got[0] == "zqparis") {
						t.Errorf("%s: %q is found: %s", when, q, h.Text)
					}
				}
			}
			then, err := c.Memory().Recall(ctx, spectron.RecallRequest{Query: q, Speaker: "Alice", AsOf: saidAt(10)})
			require.NoError(t, err)
			require.NotEmpty(t, then.Hits, when)
		}
		then, err := c.Memory().Recall(ctx, spectron.RecallRequest{Query: "Where do I live?", Speaker: "Alice", AsOf: saidAt(10)})
		require.NoError(t, err)
		require.Contains(t, strings.ToLower(then.Hits[0].Text), "zqberlin", when)
		f, err := c.Facts().Get(ctx, berlin.ID)
		require.NoError(t, err)
		require.False(t, f.RetiredAt.IsZero())
		require.True(t, f.ValidUntil.IsZero(), "nothing says that it ceased to hold")
		turns, err := c.Sessions().Turns(ctx, spectron.TurnQuery{SessionID: told["berlin"].SessionID})
		require.NoError(t, err)
		require.Len(t, turns.Items, 2)
		for _, turn := range turns.Items {
			require.False(t, turn.ForgottenAt.IsZero(), when)
		}
		require.NotNil(t, liveWith(t, c, "zqrex"), "what else was told stays")
	}
	check("at once", c)
	require.NoError(t, mgr.Close(ctx))
	mgr, err = openFile(path, spectrontest.Epoch.Add(time.Hour))
	require.NoError(t, err)
	defer func() { require.NoError(t, mgr.Close(context.Background())) }()
	c, err = mgr.Context(ctx, "one")
	require.NoError(t, err)
	check("opened again", c)
	var export bytes.Buffer
	require.NoError(t, mgr.ExportContext(ctx, "one", &export))
	in, err := mgr.ImportContext(ctx, spectron.ImportRequest{ID: "two", From: &export})
	require.NoError(t, err)
	check("imported", in.Context)
	for name, way := range ways {
		_, err := c.Memory().Forget(ctx, way.req)
		require.NoError(t, err, name)
	}
	// What Alice says now is heard.
	_, err = c.Memory().Remember(ctx, spectron.RememberRequest{Text: "I live in Zqberlin.", Speaker: "Alice", Scopes: alices})
	require.NoError(t, err)
	require.NotNil(t, liveWith(t, c, "zqberlin"))
}

// TestPurgeOfAPiece purges a fact of a long text: the pieces that told it go, and the rest can still be read.
func TestPurgeOfAPiece(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	mgr := spectrontest.Open(t)
	c, err := mgr.EnsureContext(ctx, "one", spectron.ContextSpec{})
	require.NoError(t, err)
	filler := strings.Repeat("The weather was fine and the birds sang. ", 60)
	out, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: filler + "I live in Zqparis. " + filler + "My dog is called Zqrex.", Speaker: "Alice"})
	require.NoError(t, err)
	require.Greater(t, len(out.ChunkIDs), 3)
	paris := liveWith(t, c, "zqparis")
	require.NotNil(t, paris)
	purged, err := c.Memory().Forget(ctx, spectron.ForgetRequest{IDs: []string{paris.ID}, Purge: true})
	require.NoError(t, err)
	require.NotContains(t, purged.IDs, out.TurnID)
	read := allReads(t, mgr, c)
	require.Equal(t, []string{"zqrex"}, present(strings.ReplaceAll(read, `"query":"`, "")), "%+v", purged)
	require.Contains(t, read, "the birds sang")
	var export bytes.Buffer
	require.NoError(t, mgr.ExportContext(ctx, "one", &export))
	_, err = mgr.ImportContext(ctx, spectron.ImportRequest{ID: "two", From: &export})
	require.NoError(t, err, "what is left is what this library could have written")
}

// TestForgottenDoesNotComeBack repeats forgotten texts in every way.
func TestForgottenDoesNotComeBack(t *testing.T) {
	t.Parallel()
	for _, purge := range []bool{false, true} {
		t.Run(fmt.Sprint("purge=", purge), func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			mgr := spectrontest.Open(t)
			c, err := mgr.EnsureContext(ctx, "one", spectron.ContextSpec{})
			require.NoError(t, err)
			told := forgetful(t, c)
			_, err = c.Memory().Forget(ctx, spectron.ForgetRequest{IDs: []string{told["berlin"].TurnID}, Purge: purge})
			require.NoError(t, err)
			berlin := spectron.RememberRequest{Text: "I moved to Zqberlin. My dog is called Zqrex.", Speaker: "Alice", SpokenAt: saidAt(1), Scopes: alices}
			for _, session := range []string{"", told["tea"].SessionID} {
				req := berlin
				req.SessionID = session
				out, err := c.Memory().Remember(ctx, req)
				require.NoError(t, err)
				require.True(t, out.Forgotten)
				require.Empty(t, out.TurnID)
				require.NotEmpty(t, out.SessionID)
			}
			many, err := c.Memory().RememberMany(ctx, spectron.RememberManyRequest{Scopes: alices, Messages: []spectron.Message{
				{Content: "Nice weather.", Speaker: "Alice", At: saidAt(0)}, {Content: berlin.Text, Speaker: "Alice", At: saidAt(1)},
			}})
			require.NoError(t, err)
			require.Equal(t, []int{1}, many.Forgotten)
			require.Len(t, many.TurnIDs, 1)
			require.Nil(t, liveWith(t, c, "zqberlin"))
			// A repetition of the call that stored it.
			again := spectron.RememberRequest{Text: berlin.Text, Speaker: "Alice", SpokenAt: saidAt(1), Labels: []string{"topic=berlin"}, IdempotencyKey: "berlin", Scopes: alices, SessionID: told["paris"].SessionID}
			out, err := c.Memory().Remember(ctx, again)
			if purge {
				require.ErrorIs(t, err, spectron.ErrConflict)
			} else {
				require.NoError(t, err)
				require.True(t, out.Replayed)
			}
			require.Nil(t, liveWith(t, c, "zqberlin"))
			// A caller that may only write does not learn that something was forgotten.
			writer := callerWith(t, mgr, c, spectron.Grants{spectron.MemoryWrite: {"org/acme/user/alice"}})
			blind, err := writer.Memory().Remember(ctx, berlin)
			require.NoError(t, err)
			require.False(t, blind.Forgotten)
			require.NotEmpty(t, blind.TurnID)
			require.Len(t, blind.ChunkIDs, 1)
			require.Nil(t, liveWith(t, c, "zqberlin"))
			// Other scopes have not forgotten it.
			other := berlin
			other.Scopes = bobs
			out, err = c.Memory().Remember(ctx, other)
			require.NoError(t, err)
			require.False(t, out.Forgotten)
			// Who says it anew is heard.
			for i, at := range []time.Time{{}, saidAt(30)} {
				anew := berlin
				anew.SpokenAt = at
				out, err = c.Memory().Remember(ctx, anew)
				require.NoError(t, err)
				require.False(t, out.Forgotten, i)
				require.NotEmpty(t, out.TurnID, i)
			}
			require.NotNil(t, liveWith(t, c, "zqberlin"))
		})
	}
}

// waiting is a model that answers once it is told to.
type waiting struct {
	llms.Model
	asked, answer chan struct{}
	once          sync.Once
}

func (m *waiting) GenerateContent(ctx context.Context, _ []llms.MessageContent, _ ...llms.CallOption) (*llms.ContentResponse, error) {
	m.once.Do(func() { close(m.asked) })
	select {
	case <-m.answer:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return &llms.ContentResponse{Choices: []*llms.ContentChoice{{Content: `{"items":[{"message":1,"kind":"attribute","entity":{"type":"person","name":"Dora"},` +
		`"key":"occupation","value":"pottery teacher","confidence":0.9,"quote":"teach pottery"}]}`}}}, nil
}

// TestForgetBeforeAModelAnswers forgets something while a model reads another text, which it was shown. Its answer is not heard.
func TestForgetBeforeAModelAnswers(t *testing.T) {
	t.Parallel()
	for _, purge := range []bool{false, true} {
		ctx := t.Context()
		m := &waiting{asked: make(chan struct{}), answer: make(chan struct{})}
		mgr := spectrontest.Open(t, &spectron.Options{Model: m, ModelName: "test/one"})
		c, err := mgr.EnsureContext(ctx, "one", spectron.ContextSpec{})
		require.NoError(t, err)
		before, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: "I live in Zqparis.", Speaker: "Alice"})
		require.NoError(t, err)
		done := make(chan error)
		go func() {
			_, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: "Dora swings by the old quarry on Thursdays to teach pottery.", SessionID: before.SessionID})
			done <- err
		}()
		<-m.asked
		_, err = c.Memory().Forget(ctx, spectron.ForgetRequest{IDs: []string{before.TurnID}, Purge: purge})
		require.NoError(t, err)
		close(m.answer)
		require.NoError(t, <-done)
		require.Nil(t, liveWith(t, c, "pottery"))
	}
}

// TestForgetRefuses checks bad input.
func TestForgetRefuses(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	mgr := spectrontest.Open(t)
	c, err := mgr.EnsureContext(ctx, "one", spectron.ContextSpec{})
	require.NoError(t, err)
	told := forgetful(t, c)
	for i := range 12 {
		_, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: fmt.Sprintf("Note %d.", i), Speaker: "Alice", Labels: []string{"all=yes"}, Infer: spectron.InferNone})
		require.NoError(t, err)
	}
	for name, bad := range map[string]struct {
		req   spectron.ForgetRequest
		want  error
		field string
	}{
		"nothing":       {spectron.ForgetRequest{}, spectron.ErrInvalid, "IDs"},
		"only purge":    {spectron.ForgetRequest{Purge: true}, spectron.ErrInvalid, "IDs"},
		"blank query":   {spectron.ForgetRequest{Query: "\u200b"}, spectron.ErrInvalid, "Query"},
		"long query":    {spectron.ForgetRequest{Query: strings.Repeat("x", 9<<10)}, spectron.ErrTooLarge, "Query"},
		"unknown":       {spectron.ForgetRequest{IDs: []string{"attribute:nothing"}}, spectron.ErrNotFound, "IDs[0]"},
		"unknown turn":  {spectron.ForgetRequest{IDs: []string{told["tea"].TurnID, "turn:nothing"}}, spectron.ErrNotFound, "IDs[1]"},
		"no entity":     {spectron.ForgetRequest{IDs: []string{"entity:person/nobody"}}, spectron.ErrNotFound, "IDs[0]"},
		"no id":         {spectron.ForgetRequest{IDs: []string{"zqtea"}}, spectron.ErrInvalid, "IDs[0]"},
		"empty id":      {spectron.ForgetRequest{IDs: []string{""}}, spectron.ErrInvalid, "IDs[0]"},
		"other kind":    {spectron.ForgetRequest{IDs: []string{"principal:admin"}}, spectron.ErrInvalid, "IDs[0]"},
		"trace":         {spectron.ForgetRequest{IDs: []string{told["tea"].TraceID}}, spectron.ErrInvalid, "IDs[0]"},
		"long id":       {spectron.ForgetRequest{IDs: []string{"turn:" + strings.Repeat("x", 600)}}, spectron.ErrTooLarge, "IDs[0]"},
		"many ids":      {spectron.ForgetRequest{IDs: make([]string, 1001)}, spectron.ErrTooLarge, "IDs"},
		"ids and query": {spectron.ForgetRequest{IDs: []string{told["tea"].TurnID}, Query: "tea"}, spectron.ErrInvalid, "IDs"},
		"ids and label": {spectron.ForgetRequest{IDs: []string{told["tea"].TurnID}, Labels: []string{"a=b"}}, spectron.ErrInvalid, "IDs"},
		"bad label":     {spectron.ForgetRequest{Labels: []string{"_a=b"}}, spectron.ErrInvalid, "Labels"},
		"bad lens":      {spectron.ForgetRequest{Lens: spectron.Scopes{{"a//b"}}}, spectron.ErrInvalid, "Lens"},
		"no session":    {spectron.ForgetRequest{SessionID: "nothing"}, spectron.ErrNotFound, "SessionID"},
		"times":         {spectron.ForgetRequest{SaidAfter: saidAt(2), SaidBefore: saidAt(1)}, spectron.ErrInvalid, "SaidBefore"},
		"far time":      {spectron.ForgetRequest{SaidAfter: time.Date(10001, 1, 1, 0, 0, 0, 0, time.UTC)}, spectron.ErrInvalid, "SaidAfter"},
		"everything":    {spectron.ForgetRequest{SaidAfter: saidAt(-1000)}, spectron.ErrInvalid, "Labels"},
		"outside":       {spectron.ForgetRequest{IDs: []string{told["bob"].TurnID}, Lens: alices}, spectron.ErrNotFound, "IDs[0]"},
	} {
		for _, purge := range []bool{false, true} {
			bad.req.Purge = bad.req.Purge || purge
			_, err := c.Memory().Forget(ctx, bad.req)
			var e *spectron.Error
			if !errors.Is(err, bad.want) || !errors.As(err, &e) || e.Field != bad.field {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	for name, empty := range map[string]spectron.ForgetRequest{
		"no such label": {Labels: []string{"topic=nothing"}}, "no such speaker": {Speaker: "Zoe"}, "no such scope": {Lens: spectron.Scopes{{"org/none"}}},
		"no such words": {Query: "the moon landing"}, "no such time": {SaidAfter: saidAt(1000)},
	} {
		out, err := c.Memory().Forget(ctx, empty)
		require.NoError(t, err, name)
		require.Equal(t, &spectron.Forgotten{}, out, name)
	}
	require.Equal(t, words, present(allReads(t, mgr, c)))
}

// callerWith returns the Context for a caller with some grants.
func callerWith(t *testing.T, mgr *spectron.Manager, c *spectron.Context, grants spectron.Grants) *spectron.Context {
	t.Helper()
	ctx := t.Context()
	name := fmt.Sprintf("caller %v", grants)
	p, err := c.Principals().Create(ctx, spectron.PrincipalSpec{Name: name[:min(len(name), 120)], Grants: grants})
	require.NoError(t, err)
	key, err := c.Keys().Create(ctx, spectron.KeySpec{Name: name[:min(len(name), 120)], PrincipalID: p.ID})
	require.NoError(t, err)
	out, err := mgr.Authenticate(ctx, key.Secret)
	require.NoError(t, err)
	return out
}

// TestForgetLeaksNothing lets a caller with a narrow region forget in two worlds: with and without the rows of others. All that it gets is
// the same, and nothing of others is forgotten.
func TestForgetLeaksNothing(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := t.Context()
	grants := spectron.Grants{spectron.MemoryRead: {"org/acme/user/alice"}, spectron.MemoryForget: {"org/acme/*"}, spectron.MemoryWrite: {"org/acme/user/alice"}}
	hidden := []spectron.RememberRequest{
		{Text: "Alice lives in Zqlima. The zqshop is hers.", Speaker: "Bob", Scopes: bobs, Labels: []string{"topic=tea"}, SpokenAt: saidAt(1)},
		{Text: "I like zqtea.", Speaker: "Alice", Scopes: bobs, Labels: []string{"topic=tea"}, SpokenAt: saidAt(2)},
		{Text: "I live in Zqberlin.", Speaker: "Alice", Scopes: spectron.Scopes{{"org/acme"}}, SpokenAt: saidAt(2)},
	}
	ways := []string{"fact", "turn", "session", "entity", "label", "speaker", "time", "lens", "query", "foreign"}
	results := map[bool][]string{}
	for _, others := range []bool{false, true} {
		for _, way := range ways {
			for _, purge := range []bool{false, true}[len(way)%2 : len(way)%2+1] { // both kinds, each for some ways
				var n atomic.Int64
				mgr := spectrontest.Open(t, &spectron.Options{Clock: func() time.Time { return spectrontest.Epoch }, NewID: func() string { return fmt.Sprintf("id%06d", n.Add(1)) }})
				c, err := mgr.EnsureContext(ctx, "one", spectron.ContextSpec{})
				require.NoError(t, err)
				caller := callerWith(t, mgr, c, grants)
				told := forgetful(t, c)
				req := purges(t, caller, told)[way].req
				theirs := "turn:nothing"
				if others {
					for _, h := range hidden {
						_, err := c.Memory().Remember(ctx, h)
						require.NoError(t, err)
					}
					theirs = told["bob"].TurnID
				}
				if way == "foreign" {
					req = spectron.ForgetRequest{IDs: []string{theirs}}
				}
				req.Purge = purge
				for _, dry := range []bool{true, false} {
					req.DryRun = dry
					out, err := caller.Memory().Forget(ctx, req)
					if out != nil {
						out.TraceID = ""
					}
					b, failed := json.Marshal(out)
					require.NoError(t, failed)
					results[others] = append(results[others], fmt.Sprintf("%s %v %v: %s %v", way, purge, dry, b, err))
				}
				if others {
					var export bytes.Buffer
					require.NoError(t, mgr.ExportContext(ctx, "one", &export))
					for _, w := range []string{"zqlima", "zqshop", "zqtea", "zqberlin", "zqbob"} {
						require.Contains(t, strings.ToLower(export.String()), w, "%s: others have it", way)
					}
					for _, f := range []string{"zqlima", "zqberlin"} {
						require.NotNil(t, liveWith(t, c, f), "%s: %s", way, f)
					}
				}
			}
		}
	}
	for i, without := range results[false] {
		if with := results[true][i]; with != without {
			t.Errorf("without the rows of others:\n%s\nwith them:\n%s", without, with)
		}
	}
	// memory:forget is needed for every way, also without a purge, and over all scopes of a record.
	mgr := spectrontest.Open(t)
	c, err := mgr.EnsureContext(ctx, "one", spectron.ContextSpec{})
	require.NoError(t, err)
	told := forgetful(t, c)
	both, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: "I own a zqboat.", Speaker: "Alice", Scopes: append(bobs, alices...)})
	require.NoError(t, err)
	reader := callerWith(t, mgr, c, spectron.Grants{spectron.MemoryRead: {"org/acme/*"}, spectron.MemoryWrite: {"org/acme/*"}})
	for name, way := range purges(t, c, told) {
		for _, dry := range []bool{true, false} {
			way.req.DryRun = dry
			_, err := reader.Memory().Forget(ctx, way.req)
			require.ErrorIs(t, err, spectron.ErrForbidden, name)
		}
	}
	alice := callerWith(t, mgr, c, grants)
	narrow := callerWith(t, mgr, c, spectron.Grants{spectron.MemoryRead: {"org/acme/user/alice"}, spectron.MemoryForget: {"org/acme/user/alice"}})
	for _, purge := range []bool{false, true} {
		_, err = narrow.Memory().Forget(ctx, spectron.ForgetRequest{IDs: []string{both.TurnID}, Purge: purge})
		require.ErrorIs(t, err, spectron.ErrForbidden)
		out, err := narrow.Memory().Forget(ctx, spectron.ForgetRequest{Query: "I own a zqboat", Purge: purge})
		require.NoError(t, err)
		require.Empty(t, out.IDs)
	}
	out, err := alice.Memory().Forget(ctx, spectron.ForgetRequest{IDs: []string{both.TurnID}, Purge: true})
	require.NoError(t, err)
	require.Contains(t, out.IDs, both.TurnID)
	strict, err := c.Keys().Create(ctx, spectron.KeySpec{Name: "strict", Principal: spectron.PresetAgent, ScopeFloor: "org/acme/user/alice", Strict: true})
	require.NoError(t, err)
	agent, err := mgr.Authenticate(ctx, strict.Secret)
	require.NoError(t, err)
	_, err = agent.Memory().Forget(ctx, spectron.ForgetRequest{IDs: []string{told["tea"].TurnID}})
	require.ErrorIs(t, err, spectron.ErrForbidden)
}
