package spectron

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/testsize"
)

// savingStore is a file store whose Contexts are saved however small they are.
type savingStore struct {
	path  string
	clock *manualClock
}

func newSavingStore(t *testing.T) *savingStore {
	return &savingStore{filepath.Join(t.TempDir(), "agent.db"), &manualClock{now: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)}}
}

func (s *savingStore) index() string { return s.path + "-index-test" }

// open opens the store and its Context, and says whether that was read from a saved index.
func (s *savingStore) open(t *testing.T) (*Context, bool) {
	t.Helper()
	c := openIn(t, "file://"+s.path, &Options{Clock: func() time.Time { return s.clock.now }})
	c.mgr.saveFrom = 1
	health, err := c.mgr.Health(context.Background())
	require.NoError(t, err)
	return c, health.Restored > 0
}

func closed(t *testing.T, c *Context) {
	t.Helper()
	require.NoError(t, c.mgr.Close(context.Background()))
}

func TestAnIndexIsSavedAndReadOnce(t *testing.T) {
	t.Parallel()
	s := newSavingStore(t)
	c, _ := s.open(t)
	_, err := c.Sessions().Create(context.Background(), SessionSpec{Metadata: map[string]any{"n": 1.5, "list": []any{"a", true, nil}}})
	require.NoError(t, err)
	writeAtRandom(t, s.clock, 160, c)
	closed(t, c)
	info, err := os.Stat(s.index())
	require.NoError(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	for range 2 {
		again, restored := s.open(t)
		if !restored {
			t.Error("the index was not used")
		}
		if _, err := os.Stat(s.index()); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the index is still there: %v", err)
		}
		compareViews(t, again)
		closed(t, again)
	}
	// It is written on, and saved again.
	again, _ := s.open(t)
	writeAtRandom(t, s.clock, 20, again)
	compareViews(t, again)
	closed(t, again)
	last, restored := s.open(t)
	if !restored {
		t.Error("the second index was not used")
	}
	compareViews(t, last)
	closed(t, last)
}

// An index that is older than the file, of another Context or file, or not whole, is never used.
func TestAnIndexThatDoesNotFitIsIgnored(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := newSavingStore(t)
	c, _ := s.open(t)
	writeAtRandom(t, s.clock, max(40, testsize.Of(160)), c)
	closed(t, c)
	old, err := os.ReadFile(s.index())
	require.NoError(t, err)
	file, err := os.ReadFile(s.path)
	require.NoError(t, err)

	t.Run("older than the file", func(t *testing.T) {
		c, _ := s.open(t)
		_, err := c.Memory().Remember(ctx, RememberRequest{Text: "The code is zq4711.", Infer: InferNone})
		require.NoError(t, err)
		c.mgr.saveFrom = 1 << 30
		closed(t, c)
		require.NoError(t, os.WriteFile(s.index(), old, 0o600))
		again, restored := s.open(t)
		found, err := again.Memory().Recall(ctx, RecallRequest{Query: "zq4711", Mode: ModeBM25})
		require.NoError(t, err)
		if restored || len(found.Hits) == 0 {
			t.Errorf("restored %v, %d hits", restored, len(found.Hits))
		}
		again.mgr.saveFrom = 1 << 30
		closed(t, again)
	})
	t.Run("of another Context", func(t *testing.T) {
		other := newSavingStore(t)
		c, _ := other.open(t)
		writeAtRandom(t, other.clock, 5, c)
		closed(t, c)
		require.NoError(t, os.WriteFile(other.index(), old, 0o600))
		again, restored := other.open(t)
		if n := again.state.view.Load().Stats().Chunks; restored || n > 5 {
			t.Errorf("restored %v, %d chunks of 5", restored, n)
		}
		closed(t, again)
	})
	t.Run("not whole", func(t *testing.T) {
		random := rand.New(rand.NewPCG(31, 31))
		used := 0
		for i := range max(5, testsize.Of(40)) {
			other := &savingStore{filepath.Join(t.TempDir(), "agent.db"), s.clock}
			require.NoError(t, os.WriteFile(other.path, file, 0o600))
			index := bytes.Clone(old)
			switch {
			case i == 0: // as it was
			case i%2 == 0:
				index = index[:random.IntN(len(index))]
			default:
				index[random.IntN(len(index))] ^= 1 << random.IntN(8)
			}
			require.NoError(t, os.WriteFile(other.index(), index, 0o600))
			c, restored := other.open(t)
			if restored != (i == 0) {
				t.Errorf("case %d: restored %v", i, restored)
			}
			if restored {
				used++
			}
			if i < 4 {
				compareViews(t, c)
			}
			c.mgr.saveFrom = 1 << 30
			closed(t, c)
		}
		if used != 1 {
			t.Errorf("%d of the indexes were used", used)
		}
	})
}

func TestTheIndexOfADeletedContextIsRemoved(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := newSavingStore(t)
	c, _ := s.open(t)
	writeAtRandom(t, s.clock, 10, c)
	closed(t, c)
	engine, err := Compiled()
	require.NoError(t, err)
	mgr, err := Open(ctx, "file://"+s.path, &Options{Engine: engine})
	require.NoError(t, err)
	require.NoError(t, mgr.DeleteContext(ctx, "test"))
	if _, err := os.Stat(s.index()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what the Context held is still beside the file: %v", err)
	}
	require.NoError(t, mgr.Close(ctx))
}
