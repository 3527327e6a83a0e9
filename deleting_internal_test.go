package spectron

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/testing/teststore"
)

// TestDeletingAContextInterrupted interrupts the deletion of a Context before its first statement and after each statement. Until the
// deletion has begun, the Context is complete. From then on it no longer exists for anybody. The rest is removed when the store is opened
// again, or when the Context is created or deleted again, and no byte of it remains in the file.
func TestDeletingAContextInterrupted(t *testing.T) {
	t.Parallel()
	for name, limit := range map[string]int{"statements": 0, "records": 250} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			deletingInterrupted(t, limit)
		})
	}
}

func deletingInterrupted(t *testing.T, limit int) {
	ctx := context.Background()
	dir := t.TempDir()
	full := filepath.Join(dir, "full.db")
	c := openIn(t, "file://"+full, nil)
	for range 5 {
		toErase(t, c)
	}
	require.NoError(t, c.manager().Close(ctx))
	image, err := os.ReadFile(full)
	require.NoError(t, err)
	engine, err := Compiled()
	require.NoError(t, err)
	open := func(path string) *Manager {
		mgr, err := Open(ctx, "file://"+path, &Options{Engine: engine})
		require.NoError(t, err)
		return mgr
	}
	cut := errors.New("the line was cut")
	remedies := []func(*testing.T, *Manager, string) *Manager{
		func(t *testing.T, mgr *Manager, path string) *Manager {
			require.NoError(t, mgr.Close(ctx))
			mgr = open(path)
			left, err := mgr.core.Registry.Deleting(ctx)
			require.NoError(t, err)
			if len(left) > 0 {
				t.Errorf("still being deleted: %+v", left)
			}
			return mgr
		},
		func(t *testing.T, mgr *Manager, _ string) *Manager {
			made, err := mgr.CreateContext(ctx, "test", ContextSpec{})
			require.NoError(t, err)
			if rows := made.state.View.Load().Stats(); rows.Chunks > 0 || rows.Sessions > 0 {
				t.Errorf("a new Context has %+v", rows)
			}
			return mgr
		},
		func(t *testing.T, mgr *Manager, _ string) *Manager {
			require.NoError(t, mgr.DeleteContext(ctx, "test"))
			return mgr
		},
	}
	after := 0
	for interrupted := true; interrupted; after++ {
		t.Run(fmt.Sprint(after), func(t *testing.T) {
			path := filepath.Join(dir, fmt.Sprint(after, ".db"))
			require.NoError(t, os.WriteFile(path, image, 0o600))
			mgr := open(path)
			heal := teststore.Break(mgr.core, limit, teststore.FailAfter(after, cut))
			err := mgr.DeleteContext(ctx, "test")
			heal()
			if interrupted = err != nil; interrupted {
				require.ErrorIs(t, err, cut)
			}
			page, err := mgr.ListContexts(ctx, PageRequest{})
			require.NoError(t, err)
			begun := len(page.Items) == 0
			if begun != (after > 1) {
				t.Errorf("deletion begun: %v", begun)
			}
			c, err := mgr.Context(ctx, "test")
			if begun != errors.Is(err, ErrNotFound) {
				t.Errorf("a handle: %v", err)
			}
			if !begun {
				require.NoError(t, err)
				if n := c.state.View.Load().Stats().Chunks; n != 400 {
					t.Errorf("%d texts are there", n)
				}
			} else if interrupted {
				mgr = remedies[after%len(remedies)](t, mgr, path)
			}
			require.NoError(t, mgr.Close(ctx))
			if b, err := os.ReadFile(path); err != nil || bytes.Contains(b, []byte("zgone")) == begun {
				t.Errorf("its texts are in the file: %v, %v", !begun, err)
			}
		})
	}
	if after < 12 {
		t.Errorf("%d statements delete 800 rows", after)
	}
}
