package spectron_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// asStored returns the JSON of a result without the mark of a replay.
func asStored(t *testing.T, result any) string {
	t.Helper()
	encoded, err := json.Marshal(result)
	require.NoError(t, err)
	return strings.Replace(string(encoded), `,"replayed":true`, "", 1)
}

// TestRepeatedWrites checks that a repeated call returns the same result as the first, down to the byte, and stores nothing.
func TestRepeatedWrites(t *testing.T) {
	t.Parallel()
	ctx, path, clock := context.Background(), filepath.Join(t.TempDir(), "agent.db"), spectrontest.NewClock()
	var many spectron.RememberManyRequest
	var requests []spectron.RememberRequest
	var results []*spectron.Remembered
	var batch *spectron.RememberedMany
	again := func(c *spectron.Context) {
		t.Helper()
		for i, req := range requests {
			r, err := c.Memory().Remember(ctx, req)
			require.NoError(t, err)
			require.True(t, r.Replayed)
			require.Equal(t, asStored(t, results[i]), asStored(t, r), req.Text)
		}
		r, err := c.Memory().RememberMany(ctx, many)
		require.NoError(t, err)
		require.True(t, r.Replayed)
		require.Equal(t, asStored(t, batch), asStored(t, r))
	}
	withStore(t, path, spectron.Options{Clock: clock.Now}, func(mgr *spectron.Manager) {
		c := create(t, mgr, "acme", spectron.ContextSpec{})
		for i, text := range []string{
			"My name is Alice Moreau. I live in Berlin and work at Globex.", "I live in Berlin.", "I moved to Lisbon. My sister Ana lives in Porto.",
			"I no longer work at Globex.", "Always answer in German.", "Always answer in French.", "Alice and Bob are not together any more.",
			"Bob works at Acme, I think.", "A note about nothing.", "I lived in Rome from 2010 to 2012.",
		} {
			clock.Advance(time.Minute)
			req := spectron.RememberRequest{Text: text, IdempotencyKey: fmt.Sprint("key ", i), Labels: []string{"n=1"}, SpokenAt: day(3, i+1)}
			r := remember(t, c, req)
			require.False(t, r.Replayed)
			requests, results = append(requests, req), append(results, r)
		}
		for _, req := range []spectron.RememberRequest{
			{Text: "Word for word.", Infer: spectron.InferNone, IdempotencyKey: "none"},
			{Infer: spectron.InferTriples, IdempotencyKey: "triples", Triples: []spectron.Triple{
				{Entity: spectron.EntityRef{Type: "person", Name: "Bob"}, Key: "age", Value: "41"},
				{Entity: spectron.EntityRef{Type: "person", Name: "Bob"}, Key: "knows", Target: spectron.EntityRef{Type: "person", Name: "ALICE moreau"}},
			}},
		} {
			requests, results = append(requests, req), append(results, remember(t, c, req))
		}
		many = spectron.RememberManyRequest{IdempotencyKey: "many", Messages: []spectron.Message{
			{Content: "Carl lives in Paris.", At: day(4, 1)}, {Content: "Noted.", Role: spectron.RoleAssistant}, {Content: "Carl moved to Nice.", At: day(4, 2)},
		}}
		var err error
		batch, err = c.Memory().RememberMany(ctx, many)
		require.NoError(t, err)
		turns := func() (n int) {
			for s, err := range c.Sessions().All(ctx, spectron.SessionQuery{}) {
				require.NoError(t, err)
				n += s.Turns
			}
			return n
		}
		before := turns()
		clock.Advance(23 * time.Hour)
		again(c)
		require.Equal(t, before, turns())
	})
	withStore(t, path, spectron.Options{Clock: clock.Now}, func(mgr *spectron.Manager) {
		c, err := mgr.Context(ctx, "acme")
		require.NoError(t, err)
		again(c)
		// After a day the key is free.
		clock.Advance(2 * time.Hour)
		r := remember(t, c, requests[0])
		require.False(t, r.Replayed)
		require.NotEqual(t, results[0].TurnID, r.TurnID)
	})
}

// TestIdempotencyKeys checks what a key is, and what uses it up.
func TestIdempotencyKeys(t *testing.T) {
	t.Parallel()
	c, ctx := spectrontest.Context(t, nil), context.Background()
	first := spectron.RememberRequest{Text: "Bob lives in Oslo.", IdempotencyKey: "k", SpokenAt: day(3, 1)}
	made := remember(t, c, first)
	for name, change := range map[string]func(*spectron.RememberRequest){
		"text": func(r *spectron.RememberRequest) { r.Text += " " }, "infer": func(r *spectron.RememberRequest) { r.Infer = spectron.InferNone },
		"session": func(r *spectron.RememberRequest) { r.SessionID = made.SessionID }, "role": func(r *spectron.RememberRequest) { r.Role = spectron.RoleTool },
		"speaker": func(r *spectron.RememberRequest) { r.Speaker = "Ann" }, "scopes": func(r *spectron.RememberRequest) { r.Scopes = spectron.Scopes{{"org"}} },
		"labels": func(r *spectron.RememberRequest) { r.Labels = []string{"a=b"} }, "category": func(r *spectron.RememberRequest) { r.Category = spectron.CategoryIdentity },
		"spoken": func(r *spectron.RememberRequest) { r.SpokenAt = r.SpokenAt.Add(1) }, "observed": func(r *spectron.RememberRequest) { r.ObservedAt = day(4, 1) },
		"zone": func(r *spectron.RememberRequest) { r.SpokenAt = r.SpokenAt.In(time.FixedZone("", 3600)) },
		"triples": func(r *spectron.RememberRequest) {
			r.Infer, r.Triples = spectron.InferTriples, []spectron.Triple{{Entity: spectron.EntityRef{Type: "person", Name: "Bob"}, Key: "age", Value: "41"}}
		},
	} {
		other := first
		change(&other)
		_, err := c.Memory().Remember(ctx, other)
		isError(t, err, spectron.ErrConflict, "IdempotencyKey")
		require.NotContains(t, err.Error(), "Oslo", name)
	}
	_, err := c.Memory().RememberMany(ctx, spectron.RememberManyRequest{Messages: []spectron.Message{{Content: first.Text, At: first.SpokenAt}}, IdempotencyKey: "k"})
	isError(t, err, spectron.ErrConflict, "IdempotencyKey")
	same := first
	same.Infer, same.Role = spectron.InferFull, spectron.RoleUser // the defaults, spelled out
	require.Equal(t, made.TurnID, remember(t, c, same).TurnID)

	for _, bad := range []string{" ", "a\nb", "a\x00", "\xff", "a\u200b", "\u200b"} {
		_, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: "x", IdempotencyKey: bad})
		isError(t, err, spectron.ErrInvalid, "IdempotencyKey")
		_, err = c.Memory().RememberMany(ctx, spectron.RememberManyRequest{Messages: []spectron.Message{{Content: "x"}}, IdempotencyKey: bad})
		isError(t, err, spectron.ErrInvalid, "IdempotencyKey")
	}
	_, err = c.Memory().Remember(ctx, spectron.RememberRequest{Text: "x", IdempotencyKey: strings.Repeat("k", 256)})
	isError(t, err, spectron.ErrTooLarge, "IdempotencyKey")
	remember(t, c, spectron.RememberRequest{Text: "x", IdempotencyKey: strings.Repeat("k", 255)})
	remember(t, c, spectron.RememberRequest{Text: "x", IdempotencyKey: "ключ 鍵 ~"})

	// A preview and a refused call use no key up.
	preview := spectron.RememberRequest{Text: "Bob lives in Rome.", Infer: spectron.InferPreview, IdempotencyKey: "p"}
	for range 2 {
		require.False(t, remember(t, c, preview).Replayed)
	}
	_, err = c.Memory().Remember(ctx, spectron.RememberRequest{Text: "x", SessionID: "session:none", IdempotencyKey: "p"})
	require.ErrorIs(t, err, spectron.ErrNotFound)
	require.False(t, remember(t, c, spectron.RememberRequest{Text: "Bob lives in Rome.", IdempotencyKey: "p"}).Replayed)
}

// TestKeysOfCallers checks that each principal, and each that it acts for, has keys of its own, and that a replay shows what the caller may
// know at that time.
func TestKeysOfCallers(t *testing.T) {
	t.Parallel()
	mgr, ctx := spectrontest.Open(t, nil), context.Background()
	c := create(t, mgr, "acme", spectron.ContextSpec{})
	grants := over("org/acme", spectron.MemoryRead, spectron.MemoryWrite, spectron.ScopeCreate)
	handle := func(name string) (*spectron.Context, string) {
		p, err := c.Principals().Create(ctx, spectron.PrincipalSpec{Name: name, Grants: grants})
		require.NoError(t, err)
		key, err := c.Keys().Create(ctx, spectron.KeySpec{Name: name, PrincipalID: p.ID})
		require.NoError(t, err)
		h, err := mgr.Authenticate(ctx, key.Secret)
		require.NoError(t, err)
		return h, p.ID
	}
	ann, annID := handle("ann")
	bea, beaID := handle("bea")
	annForBea, err := ann.OnBehalfOf(ctx, beaID)
	require.NoError(t, err)
	operatorForBea, err := c.OnBehalfOf(ctx, beaID)
	require.NoError(t, err)
	req := spectron.RememberRequest{Text: "Bob lives in Oslo.", Scopes: spectron.Scopes{{"org/acme"}}, IdempotencyKey: "k"}
	turns := map[string]bool{}
	for _, h := range []*spectron.Context{c, ann, bea, annForBea, operatorForBea} {
		first := remember(t, h, req)
		require.False(t, first.Replayed)
		turns[first.TurnID] = true
		second := remember(t, h, req)
		require.True(t, second.Replayed)
		require.Equal(t, asStored(t, first), asStored(t, second))
	}
	require.Len(t, turns, 5)

	// Another key of the principal has the same keys, and shows what it may show.
	write := spectron.Grants{spectron.MemoryWrite: {"org/acme"}}
	key, err := c.Keys().Create(ctx, spectron.KeySpec{Name: "bea writes", PrincipalID: beaID, Grants: write})
	require.NoError(t, err)
	writer, err := mgr.Authenticate(ctx, key.Secret)
	require.NoError(t, err)
	unread := remember(t, writer, req)
	require.True(t, unread.Replayed)
	require.Nil(t, unread.Extraction)
	key, err = c.Keys().Create(ctx, spectron.KeySpec{Name: "bea reads", PrincipalID: beaID, Grants: spectron.Grants{spectron.MemoryRead: {"org/acme"}}})
	require.NoError(t, err)
	reader, err := mgr.Authenticate(ctx, key.Secret)
	require.NoError(t, err)
	_, err = reader.Memory().Remember(ctx, req)
	isError(t, err, spectron.ErrForbidden, "Scopes")

	require.NoError(t, second(c.Principals().Revoke(ctx, annID, spectron.GrantRequest{Path: "org/acme", Verbs: []spectron.Verb{spectron.MemoryRead}})))
	blind := remember(t, ann, req)
	require.True(t, blind.Replayed)
	require.Nil(t, blind.Extraction)
	require.NotEmpty(t, blind.TurnID)
	require.NoError(t, second(c.Principals().Revoke(ctx, annID, spectron.GrantRequest{Path: "org/acme", Verbs: []spectron.Verb{spectron.MemoryWrite}})))
	_, err = ann.Memory().Remember(ctx, req)
	isError(t, err, spectron.ErrForbidden, "Scopes")
}

// TestRepeatedWritesOfErasedScopes checks that a repetition brings nothing back that was erased, and that no text stays with the key.
func TestRepeatedWritesOfErasedScopes(t *testing.T) {
	t.Parallel()
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "agent.db")
	withStore(t, path, spectron.Options{}, func(mgr *spectron.Manager) {
		c := create(t, mgr, "acme", spectron.ContextSpec{})
		part := spectron.RememberRequest{Text: "Bob lives in Zuerichsee.", Scopes: spectron.Scopes{{"org/acme"}, {"org/beta"}}, IdempotencyKey: "part"}
		whole := spectron.RememberRequest{Text: "Bob lives in Zanzibar.", Scopes: spectron.Scopes{{"org/acme"}}, IdempotencyKey: "whole"}
		gone := spectron.RememberRequest{Text: "Bob likes zebrafinches.", Scopes: spectron.Scopes{{"org/beta"}}, IdempotencyKey: "gone"}
		first := remember(t, c, part)
		remember(t, c, whole)
		of := remember(t, c, gone)
		forgotten, err := c.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "org/acme"})
		require.NoError(t, err)
		require.NotContains(t, forgotten.ByTable, "idempotency")
		require.Equal(t, asStored(t, first), asStored(t, remember(t, c, part)))
		for range 2 {
			_, err = c.Memory().Remember(ctx, whole)
			isError(t, err, spectron.ErrConflict, "IdempotencyKey")
		}
		// Of a deleted session the facts stay, and are shown.
		require.NoError(t, c.Sessions().Delete(ctx, of.SessionID))
		require.Equal(t, asStored(t, of), asStored(t, remember(t, c, gone)))
		page, err := c.Facts().List(ctx, spectron.FactQuery{})
		require.NoError(t, err)
		require.Len(t, page.Items, 2)
	})
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NotContains(t, strings.ToLower(string(data)), "zanzibar")
}

// TestRepeatedWritesAtOnce checks that of many equal calls at the same time exactly one stores, and each other one replays it or is told
// that it runs.
func TestRepeatedWritesAtOnce(t *testing.T) {
	t.Parallel()
	c, ctx := spectrontest.Context(t, nil), context.Background()
	for round := range testsize.Of(20) {
		req := spectron.RememberRequest{Text: "Bob lives in Oslo.", IdempotencyKey: fmt.Sprint("round ", round)}
		var wg sync.WaitGroup
		results := make([]*spectron.Remembered, 16)
		failures := make([]error, len(results))
		for i := range results {
			wg.Go(func() { results[i], failures[i] = c.Memory().Remember(ctx, req) })
		}
		wg.Wait()
		stored, turn := 0, remember(t, c, req).TurnID
		for i, r := range results {
			if failures[i] != nil {
				isError(t, failures[i], spectron.ErrConflict, "IdempotencyKey")
				continue
			}
			require.Equal(t, turn, r.TurnID)
			if !r.Replayed {
				stored++
			}
		}
		require.Equal(t, 1, stored)
	}
}

// gatedEmbedder embeds while its gate is open.
type gatedEmbedder struct {
	spectrontest.Embedder
	called chan struct{}
	gate   chan error
}

func (e *gatedEmbedder) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	if strings.Contains(texts[0], "slow") {
		e.called <- struct{}{}
		if err := <-e.gate; err != nil {
			return nil, err
		}
	}
	return e.Embedder.EmbedDocuments(ctx, texts)
}

// TestKeysOfRunningWrites checks that a key is in use while its call runs, and free once it has failed.
func TestKeysOfRunningWrites(t *testing.T) {
	t.Parallel()
	e := &gatedEmbedder{called: make(chan struct{}), gate: make(chan error)}
	c, ctx := spectrontest.Context(t, &spectron.Options{Embedder: e}), context.Background()
	req := spectron.RememberRequest{Text: "a slow note", Infer: spectron.InferNone, IdempotencyKey: "k"}
	for _, failure := range []error{errors.New("no model"), nil} {
		done := make(chan error)
		go func() { done <- second(c.Memory().Remember(ctx, req)) }()
		<-e.called
		_, err := c.Memory().Remember(ctx, req)
		isError(t, err, spectron.ErrConflict, "IdempotencyKey")
		require.NoError(t, second(c.Memory().Remember(ctx, spectron.RememberRequest{Text: "a note", IdempotencyKey: "other"})))
		e.gate <- failure
		if err := <-done; failure != nil {
			isError(t, err, spectron.ErrModel, "Options.Embedder")
		} else {
			require.NoError(t, err)
		}
	}
	require.True(t, remember(t, c, req).Replayed)

	// A caller that leaves while the model works has stored nothing.
	left, leave := context.WithCancel(ctx)
	done := make(chan error)
	req.IdempotencyKey = "left"
	go func() { done <- second(c.Memory().Remember(left, req)) }()
	<-e.called
	leave()
	require.ErrorIs(t, <-done, spectron.ErrTimeout)
	e.gate <- nil
	go func() { done <- second(c.Memory().Remember(ctx, req)) }()
	<-e.called
	e.gate <- nil
	require.NoError(t, <-done)
}

const (
	keyedFile = "SPECTRON_TEST_KEYED_FILE"
	keyedFrom = "SPECTRON_TEST_KEYED_FROM"
)

func keyedNote(i int) spectron.RememberRequest {
	return spectron.RememberRequest{Text: fmt.Sprintf("Note zq%dx of Bob, who likes tea.", i), IdempotencyKey: fmt.Sprint("note ", i)}
}

// TestKeyedWriter is not a test: it is the child process of TestKilledWritersRepeat.
func TestKeyedWriter(t *testing.T) {
	path := os.Getenv(keyedFile)
	if path == "" {
		t.Skip("run by TestKilledWritersRepeat")
	}
	var i int
	_, err := fmt.Sscan(os.Getenv(keyedFrom), &i)
	require.NoError(t, err)
	mgr, err := spectron.Open(context.Background(), path, nil)
	require.NoError(t, err)
	c, err := mgr.EnsureContext(context.Background(), "kill", spectron.ContextSpec{})
	require.NoError(t, err)
	for ; ; i++ {
		_, err := fmt.Fprintf(os.Stdout, "begin %d\n", i)
		require.NoError(t, err)
		_, err = c.Memory().Remember(context.Background(), keyedNote(i))
		require.NoError(t, err)
	}
}

// TestKilledWritersRepeat kills a process that writes with keys. Whatever it had begun is repeated: each text is then stored once, and no
// key is in use any more.
func TestKilledWritersRepeat(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Children)
	t.Parallel()
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "agent.db")
	random := rand.New(rand.NewPCG(uint64(os.Getpid()), 2))
	engine, err := spectron.Compiled()
	require.NoError(t, err)
	begun, stored, repeated := 0, 0, 0
	for run := range testsize.Of(20) {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKeyedWriter$", "-test.timeout=2m")
		cmd.Env = append(os.Environ(), keyedFile+"="+path, fmt.Sprintf("%s=%d", keyedFrom, begun))
		out, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		after := begun + random.IntN(5)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var i int
			if scan(lines.Text(), "begin %d", &i) {
				if begun = i + 1; i == after {
					timer := time.AfterFunc(time.Duration(random.IntN(8000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
					defer timer.Stop()
				}
			}
		}
		var exit *exec.ExitError
		require.ErrorAs(t, cmd.Wait(), &exit)
		require.Equal(t, -1, exit.ExitCode(), "run %d was to be killed", run)

		mgr, err := spectron.Open(ctx, path, &spectron.Options{Engine: engine})
		require.NoError(t, err)
		c, err := mgr.EnsureContext(ctx, "kill", spectron.ContextSpec{})
		require.NoError(t, err)
		for i := range begun {
			r, err := c.Memory().Remember(ctx, keyedNote(i))
			require.NoError(t, err)
			if r.Replayed {
				repeated++
			} else {
				stored++
			}
		}
		texts := map[string]int{}
		for s, err := range c.Sessions().All(ctx, spectron.SessionQuery{}) {
			require.NoError(t, err)
			for turn, err := range c.Sessions().AllTurns(ctx, spectron.TurnQuery{SessionID: s.ID}) {
				require.NoError(t, err)
				texts[turn.Content]++
			}
		}
		require.Len(t, texts, begun)
		for text, n := range texts {
			require.Equal(t, 1, n, text)
		}
		require.NoError(t, mgr.Close(ctx))
	}
	t.Logf("%d writes begun, %d of them had to be stored again, %d repetitions found their answer", begun, stored, repeated)
}
