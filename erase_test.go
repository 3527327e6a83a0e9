package spectron_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// occurrences counts words in the files of a directory, and says in which files they are.
func occurrences(t *testing.T, dir string, words ...string) (n int, where []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		for _, word := range words {
			if found := bytes.Count(bytes.ToLower(b), []byte(word)); found > 0 {
				n += found
				where = append(where, e.Name()+": "+word)
			}
		}
	}
	return n, where
}

// TestErasingReachesTheBytes checks that each erasing call removes the texts from every byte in and beside the file, at once and without
// Close: texts of turns, long and short, of facts with many versions, of sessions and of names.
func TestErasingReachesTheBytes(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(8, 8))
	word := func() string {
		b := []byte("zq")
		for range 10 {
			b = append(b, "abcdefghijklmnopqrstuvwxyz"[random.IntN(26)])
		}
		return string(b)
	}
	for name, erase := range map[string]func(ctx context.Context, mgr *spectron.Manager, c *spectron.Context, session string) error{
		"scope": func(ctx context.Context, _ *spectron.Manager, c *spectron.Context, _ string) error {
			_, err := c.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "org/gone"})
			return err
		},
		"session": func(ctx context.Context, _ *spectron.Manager, c *spectron.Context, session string) error {
			return c.Sessions().Delete(ctx, session)
		},
		"context": func(ctx context.Context, mgr *spectron.Manager, _ *spectron.Context, _ string) error {
			return mgr.DeleteContext(ctx, "gone")
		},
	} {
		text, value := word(), word()
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, dir := context.Background(), t.TempDir()
			path := filepath.Join(dir, "agent.db")
			mgr, err := openFile(path, spectrontest.Epoch)
			require.NoError(t, err)
			kept, err := mgr.EnsureContext(ctx, "kept", spectron.ContextSpec{})
			require.NoError(t, err)
			gone, err := mgr.EnsureContext(ctx, "gone", spectron.ContextSpec{})
			require.NoError(t, err)
			there := spectron.Scopes{{"org/gone"}}
			session, err := gone.Sessions().Create(ctx, spectron.SessionSpec{Scopes: there, Metadata: map[string]any{"about": text}})
			require.NoError(t, err)
			words := []string{text}
			for i := range 8 {
				_, err := kept.Memory().Remember(ctx, spectron.RememberRequest{Text: fmt.Sprint("A note that stays, ", i)})
				require.NoError(t, err)
				_, err = gone.Memory().Remember(ctx, spectron.RememberRequest{
					Text: fmt.Sprintf("%s said %s.", text, bytes.Repeat([]byte(text+" "), 1+i*i*20)), SessionID: session.ID, Scopes: there, Infer: spectron.InferNone,
				})
				require.NoError(t, err)
				if name == "session" {
					continue // the facts extracted from it stay
				}
				_, err = gone.Memory().Remember(ctx, spectron.RememberRequest{
					Text: fmt.Sprintf("I live in %s%d.", value, i), Scopes: there, Infer: spectron.InferTriples, Triples: []spectron.Triple{
						{Entity: spectron.EntityRef{Type: "person", Name: value}, Key: "lives_in", Value: fmt.Sprint(value, i)},
					},
				})
				require.NoError(t, err)
			}
			if name != "session" {
				words = append(words, value)
			}
			if n, _ := occurrences(t, dir, words...); n < len(words) {
				t.Fatal("the texts were never in the file")
			}
			// Indexes that an earlier process has saved, completely or not.
			for _, end := range []string{"-index-gone", "-index-gone.new"} {
				require.NoError(t, os.WriteFile(path+end, []byte(text), 0o600))
			}
			require.NoError(t, erase(ctx, mgr, gone, session.ID))
			if n, where := occurrences(t, dir, words...); n > 0 {
				t.Errorf("%d times in %v", n, where)
			}
			backup, err := os.Create(filepath.Join(t.TempDir(), "backup.db"))
			require.NoError(t, err)
			_, err = mgr.Backup(ctx, backup)
			require.NoError(t, errors.Join(err, backup.Close()))
			if n, where := occurrences(t, filepath.Dir(backup.Name()), words...); n > 0 {
				t.Errorf("backup: %d times in %v", n, where)
			}
			require.NoError(t, mgr.Close(ctx))
			mgr, err = openFile(path, spectrontest.Epoch)
			require.NoError(t, err)
			kept, err = mgr.Context(ctx, "kept")
			require.NoError(t, err)
			if n := findAll(t, kept, "A note that stays, 3"); n != 1 {
				t.Errorf("what stays is found %d times", n)
			}
			require.NoError(t, mgr.Close(ctx))
			if n, where := occurrences(t, dir, words...); n > 0 {
				t.Errorf("opened and closed again: %d times in %v", n, where)
			}
		})
	}
}

// TestCompact compacts a store while it is written to: the file becomes smaller, and all data is kept. Other kinds of stores report that
// they do not support it.
func TestCompact(t *testing.T) {
	t.Parallel()
	ctx, path := context.Background(), someFile(t, 300)
	mgr, err := openFile(path, spectrontest.Epoch)
	require.NoError(t, err)
	c, err := mgr.Context(ctx, "test")
	require.NoError(t, err)
	stop, stopped := make(chan struct{}), make(chan int)
	go func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				stopped <- n
				return
			default:
			}
			if _, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: fmt.Sprintf("pair zp%d", n), Infer: spectron.InferNone}); err != nil {
				t.Error(err)
			}
		}
	}()
	var done, total uint64
	for round := range 3 {
		out, err := mgr.Compact(ctx, &spectron.CompactOptions{Progress: func(d, t uint64) { done, total = d, t }})
		require.NoError(t, err)
		if out.After == 0 || done == 0 || done != total || round == 0 && out.After >= out.Before {
			t.Errorf("%+v, %d of %d", out, done, total)
		}
	}
	close(stop)
	written := <-stopped
	require.NoError(t, mgr.Close(ctx))
	whole(t, path, 300)
	mgr, err = openFile(path, spectrontest.Epoch)
	require.NoError(t, err)
	defer func() { require.NoError(t, mgr.Close(ctx)) }()
	c, err = mgr.Context(ctx, "test")
	require.NoError(t, err)
	for n := range written {
		if found := findAll(t, c, fmt.Sprintf("pair zp%d", n)); found != 1 {
			t.Errorf("text %d of %d is found %d times", n, written, found)
		}
	}
	if _, err := spectrontest.Open(t).Compact(ctx, nil); !errors.Is(err, spectron.ErrUnsupported) {
		t.Errorf("in memory: %v", err)
	}
}

// TestFileTakenAway removes the file of an open store: no write is acknowledged that would be lost.
func TestFileTakenAway(t *testing.T) {
	t.Parallel()
	ctx, path := context.Background(), someFile(t, 3)
	mgr, err := openFile(path, spectrontest.Epoch)
	require.NoError(t, err)
	c, err := mgr.Context(ctx, "test")
	require.NoError(t, err)
	other, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.Rename(path, path+".away"))
	remember := func(text string) error {
		_, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: text, Infer: spectron.InferNone})
		return err
	}
	if err := remember("zlost"); !errors.Is(err, spectron.ErrUnavailable) || !bytes.Contains([]byte(err.Error()), []byte(path)) {
		t.Errorf("renamed: %v", err)
	}
	require.NoError(t, os.WriteFile(path, other, 0o600))
	if err := remember("zlost"); !errors.Is(err, spectron.ErrUnavailable) {
		t.Errorf("replaced: %v", err)
	}
	if _, err := mgr.Backup(ctx, &bytes.Buffer{}); !errors.Is(err, spectron.ErrUnavailable) {
		t.Errorf("backup: %v", err)
	}
	if _, err := mgr.Compact(ctx, nil); !errors.Is(err, spectron.ErrUnavailable) {
		t.Errorf("compact: %v", err)
	}
	require.NoError(t, os.Rename(path+".away", path))
	require.NoError(t, remember("zkept"))
	if n := findAll(t, c, "zlost") + 10*findAll(t, c, "zkept"); n != 10 {
		t.Errorf("put back: %d", n)
	}
	require.NoError(t, mgr.Close(ctx))
	whole(t, path, 3)
}
