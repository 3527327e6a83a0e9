package spectron_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// someFile creates a file store with a Context "test" and the given number of texts, and returns its path.
func someFile(t *testing.T, texts int) string {
	t.Helper()
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "agent.db")
	mgr, err := openFile(path, spectrontest.Epoch)
	require.NoError(t, err)
	c, err := mgr.EnsureContext(ctx, "test", spectron.ContextSpec{})
	require.NoError(t, err)
	messages := make([]spectron.Message, texts)
	for i := range messages {
		messages[i].Content = noted(i)
	}
	_, err = c.Memory().RememberMany(ctx, spectron.RememberManyRequest{Messages: messages, Infer: spectron.InferNone})
	require.NoError(t, err)
	require.NoError(t, mgr.Close(ctx))
	return path
}

func noted(i int) string { return fmt.Sprintf("Note zq%d of the file.", i) }

// whole checks that a store has everything that someFile wrote.
func whole(t *testing.T, path string, texts int) {
	t.Helper()
	ctx := context.Background()
	mgr, err := openFile(path, spectrontest.Epoch)
	require.NoError(t, err)
	defer func() { require.NoError(t, mgr.Close(ctx)) }()
	c, err := mgr.Context(ctx, "test")
	require.NoError(t, err)
	for i := range texts {
		found, err := c.Memory().Recall(ctx, spectron.RecallRequest{Query: fmt.Sprint("zq", i), Mode: spectron.ModeBM25})
		require.NoError(t, err)
		if len(found.Hits) == 0 || found.Hits[0].Text != noted(i) {
			t.Errorf("text %d is not found", i)
		}
	}
}

// findAll counts the found records with exactly this text.
func findAll(t *testing.T, c *spectron.Context, text string) int {
	t.Helper()
	found, err := c.Memory().Recall(context.Background(), spectron.RecallRequest{Query: text, Mode: spectron.ModeBM25, IncludeDuplicates: true})
	require.NoError(t, err)
	n := 0
	for _, hit := range found.Hits {
		if hit.Text == text {
			n++
		}
	}
	return n
}

func TestFileIsForItsOwnerAlone(t *testing.T) {
	t.Parallel()
	path := someFile(t, 1)
	info, err := os.Stat(path)
	require.NoError(t, err)
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	if len(left) != 1 {
		t.Errorf("beside the file: %v", left)
	}
}

func TestFileThatIsOpenIsInUse(t *testing.T) {
	t.Parallel()
	ctx, path := context.Background(), someFile(t, 3)
	mgr, err := openFile(path, spectrontest.Epoch)
	require.NoError(t, err)
	_, err = openFile(path, spectrontest.Epoch)
	if !errors.Is(err, spectron.ErrInUse) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "in use") {
		t.Errorf("opened twice: %v", err)
	}
	require.NoError(t, mgr.Close(ctx))
	whole(t, path, 3)
}

// TestFilesThatCannotBeOpened checks that a file that cannot be opened is refused with an error that says why, and is not changed.
func TestFilesThatCannotBeOpened(t *testing.T) {
	t.Parallel()
	good, err := os.ReadFile(someFile(t, 200))
	require.NoError(t, err)
	flipped := func(at int) []byte {
		b := bytes.Clone(good)
		b[at] ^= 0x10
		return b
	}
	// The text may occur several times. The last place may be on an unused page.
	at := bytes.Index(good, []byte(noted(100)))
	require.Positive(t, at)
	for name, tt := range map[string]struct {
		content []byte
		want    error
	}{
		"text":          {[]byte("Dear diary,\n" + strings.Repeat("nothing happened.\n", 1000)), spectron.ErrInvalid},
		"short text":    {[]byte("x"), spectron.ErrInvalid},
		"SQLite":        {append([]byte("SQLite format 3\x00"), make([]byte, 8192)...), spectron.ErrInvalid},
		"zeros":         {make([]byte, 1<<16), spectron.ErrInvalid},
		"cut":           {good[:at], spectron.ErrDamaged},
		"cut at a page": {good[:at/4096*4096], spectron.ErrDamaged},
		"flipped byte":  {flipped(at), spectron.ErrDamaged},
		"flipped meta":  {flipped(40), spectron.ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "agent.db")
			require.NoError(t, os.WriteFile(path, tt.content, 0o600))
			mgr, err := openFile(path, spectrontest.Epoch)
			if !errors.Is(err, tt.want) || mgr != nil {
				t.Errorf("%v, want %v", err, tt.want)
			}
			if err != nil && !strings.Contains(err.Error(), path) {
				t.Errorf("the error does not name the file: %v", err)
			}
			after, err := os.ReadFile(path)
			require.NoError(t, err)
			if !bytes.Equal(after, tt.content) {
				t.Error("the file was changed")
			}
			left, err := os.ReadDir(filepath.Dir(path))
			require.NoError(t, err)
			if len(left) != 1 {
				t.Errorf("beside the file: %v", left)
			}
		})
	}
	t.Run("directory", func(t *testing.T) {
		t.Parallel()
		_, err := openFile(t.TempDir(), spectrontest.Epoch)
		if !errors.Is(err, spectron.ErrInvalid) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("missing directory", func(t *testing.T) {
		t.Parallel()
		dir := filepath.Join(t.TempDir(), "missing")
		_, err := openFile(filepath.Join(dir, "agent.db"), spectrontest.Epoch)
		if !errors.Is(err, spectron.ErrNotFound) || !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), dir) {
			t.Errorf("got %v", err)
		}
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the directory was made: %v", err)
		}
	})
	t.Run("empty file", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "agent.db")
		require.NoError(t, os.WriteFile(path, nil, 0o600))
		mgr, err := openFile(path, spectrontest.Epoch)
		require.NoError(t, err, "an empty file is a new store")
		require.NoError(t, mgr.Close(context.Background()))
	})
}

// TestFlippedBytes flips bytes anywhere in the file: the store is refused, or has all of its data.
func TestFlippedBytes(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	const texts = 20
	good, err := os.ReadFile(someFile(t, texts))
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(21, 21))
	refused, intact := 0, 0
	for range testsize.Of(120) {
		b := bytes.Clone(good)
		b[random.IntN(len(b))] ^= 1 << random.IntN(8)
		path := filepath.Join(t.TempDir(), "agent.db")
		require.NoError(t, os.WriteFile(path, b, 0o600))
		mgr, err := openFile(path, spectrontest.Epoch)
		if err == nil {
			require.NoError(t, mgr.Close(context.Background()))
			whole(t, path, texts)
			intact++
			continue
		}
		refused++
		if !errors.Is(err, spectron.ErrDamaged) && !errors.Is(err, spectron.ErrInvalid) {
			t.Errorf("got %v", err)
		}
		after, err := os.ReadFile(path)
		require.NoError(t, err)
		if !bytes.Equal(after, b) {
			t.Error("a file that was refused was changed")
		}
	}
	if refused == 0 {
		t.Errorf("no flipped byte was noticed, %d stores were whole", intact)
	}
}

// TestBackupWhileWriting makes a backup during writes: the copy has every write that had returned before, and no write in part.
func TestBackupWhileWriting(t *testing.T) {
	t.Parallel()
	ctx, path := context.Background(), someFile(t, 10)
	mgr, err := openFile(path, spectrontest.Epoch)
	require.NoError(t, err)
	defer func() { require.NoError(t, mgr.Close(ctx)) }()
	c, err := mgr.Context(ctx, "test")
	require.NoError(t, err)
	ctxWriter, stop := context.WithCancel(ctx)
	wrote, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for n := 0; ; n++ {
			_, err := c.Memory().RememberMany(ctx, spectron.RememberManyRequest{Infer: spectron.InferNone, Messages: []spectron.Message{
				{Content: fmt.Sprintf("pair zp%d", n)}, {Content: fmt.Sprintf("pair zp%d", n)},
			}})
			if err != nil {
				t.Error(err)
			}
			select {
			case wrote <- struct{}{}:
			case <-ctxWriter.Done():
				return
			default: // no receiver is waiting
			}
		}
	}()
	copies := make([]string, 3)
	for i := range copies {
		<-wrote
		copies[i] = filepath.Join(t.TempDir(), "backup.db")
		f, err := os.OpenFile(copies[i], os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
		require.NoError(t, err)
		n, err := mgr.Backup(ctx, f)
		require.NoError(t, err)
		require.NoError(t, f.Close())
		if info, err := os.Stat(copies[i]); err != nil || info.Size() != n {
			t.Errorf("%d bytes were written, the file: %v, %v", n, info, err)
		}
	}
	stop()
	<-stopped
	for _, path := range copies {
		whole(t, path, 10)
		backup, err := openFile(path, spectrontest.Epoch)
		require.NoError(t, err)
		c, err := backup.Context(ctx, "test")
		require.NoError(t, err)
		for n := 0; ; n++ {
			texts := findAll(t, c, fmt.Sprintf("pair zp%d", n))
			if texts == 0 {
				break
			}
			if texts != 2 {
				t.Errorf("pair %d has %d texts", n, texts)
			}
		}
		require.NoError(t, backup.Close(ctx))
	}
	failing := &failingWriter{left: 10_000}
	if _, err := mgr.Backup(ctx, failing); !errors.Is(err, errFull) {
		t.Errorf("a writer that fails: %v", err)
	}
}

var errFull = errors.New("the writer is full")

// failingWriter accepts the given number of bytes and then fails.
type failingWriter struct{ left int }

func (w *failingWriter) Write(b []byte) (int, error) {
	if len(b) > w.left {
		return 0, errFull
	}
	w.left -= len(b)
	return len(b), nil
}
