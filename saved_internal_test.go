package spectron

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/embeddings"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// savingStore is a file store that saves the indexes of its Contexts however small they are.
type savingStore struct {
	path     string
	clock    *manualClock
	embedder embeddings.Embedder // nil: the built-in embedder
}

func newSavingStore(t *testing.T) *savingStore {
	return &savingStore{
		path: filepath.Join(t.TempDir(), "agent.db"), clock: &manualClock{now: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)},
	}
}

func (s *savingStore) index() string { return s.path + "-index-test" }

// open opens the store and its Context, and reports whether the Context was loaded from a saved index.
func (s *savingStore) open(t *testing.T) (*Context, bool) {
	t.Helper()
	return s.openWorking(t, -1)
}

func (s *savingStore) openWorking(t *testing.T, workers int) (*Context, bool) {
	t.Helper()
	c := openWorking(t, "file://"+s.path, &Options{Clock: func() time.Time { return s.clock.now }, Embedder: s.embedder}, workers)
	c.state.Core.SaveFrom = 1
	health, err := c.manager().Health(context.Background())
	require.NoError(t, err)
	return c, health.Restored > 0
}

func closed(t *testing.T, c *Context) {
	t.Helper()
	require.NoError(t, c.manager().Close(context.Background()))
}

// upload stores documents in the Context, and waits until they are processed. The Context is open nowhere else meanwhile.
func (s *savingStore) upload(t *testing.T, texts ...string) {
	t.Helper()
	ctx := context.Background()
	c, _ := s.openWorking(t, 1)
	for _, text := range texts {
		up, err := c.Documents().Upload(ctx, UploadRequest{Name: "a.md", Reader: strings.NewReader(text)})
		require.NoError(t, err)
		d, err := c.Documents().Wait(ctx, up.ID)
		require.NoError(t, err)
		require.NoError(t, d.Err())
	}
	closed(t, c)
}

// twoDocuments are two texts for upload.
var twoDocuments = []string{
	"# Handbook\n\nBob keeps tea in the kitchen of Acme.\n\n## Berlin\n\nParcels leave Berlin every morning.\n", "# Rules\n\nAlways answer letters from Paris.\n",
}

func TestAnIndexIsSavedAndReadOnce(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	s := newSavingStore(t)
	s.upload(t, twoDocuments...)
	c, _ := s.open(t)
	_, err := c.Sessions().Create(context.Background(), SessionSpec{Metadata: map[string]any{"n": 1.5, "list": []any{"a", true, nil}}})
	require.NoError(t, err)
	writeAtRandom(t, s.clock, testsize.Light(160), c)
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
	// The Context is changed, and saved again.
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

// TestAnIndexThatDoesNotFitIsIgnored checks that an index is not used if it is older than the file, belongs to another Context or file, or
// is damaged.
func TestAnIndexThatDoesNotFitIsIgnored(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	s := newSavingStore(t)
	s.upload(t, twoDocuments...)
	c, _ := s.open(t)
	writeAtRandom(t, s.clock, testsize.Light(160), c)
	closed(t, c)
	old, err := os.ReadFile(s.index())
	require.NoError(t, err)
	file, err := os.ReadFile(s.path)
	require.NoError(t, err)

	t.Run("older than the file", func(t *testing.T) {
		c, _ := s.open(t)
		_, err := c.Memory().Remember(ctx, RememberRequest{Text: "The code is zq4711.", Infer: InferNone})
		require.NoError(t, err)
		c.state.Core.SaveFrom = 1 << 30
		closed(t, c)
		require.NoError(t, os.WriteFile(s.index(), old, 0o600))
		again, restored := s.open(t)
		found, err := again.Memory().Recall(ctx, RecallRequest{Query: "zq4711", Mode: ModeBM25})
		require.NoError(t, err)
		if restored || len(found.Hits) == 0 {
			t.Errorf("restored %v, %d hits", restored, len(found.Hits))
		}
		again.state.Core.SaveFrom = 1 << 30
		closed(t, again)
	})
	t.Run("of another Context", func(t *testing.T) {
		other := newSavingStore(t)
		c, _ := other.open(t)
		writeAtRandom(t, other.clock, 5, c)
		closed(t, c)
		require.NoError(t, os.WriteFile(other.index(), old, 0o600))
		again, restored := other.open(t)
		if n := again.state.View.Load().Stats().Chunks; restored || n > 5 {
			t.Errorf("restored %v, %d chunks of 5", restored, n)
		}
		closed(t, again)
	})
	// The checksum is right, but another version of the program, or of one of its libraries, splits texts differently. There are two images: that of
	// the index, and then that of the passages of documents.
	t.Run("of another program", func(t *testing.T) {
		goVersion := []byte(runtime.Version())
		if n := bytes.Count(old, goVersion); n != 2 {
			t.Fatalf("%d images, want 2", n)
		}
		if !bytes.HasPrefix(old, []byte("spectron rows ")) {
			t.Fatalf("the index begins with %q", old[:20])
		}
		// another returns the bytes with another one at a place.
		another := func(b []byte, at int) []byte {
			b = bytes.Clone(b)
			b[at]++
			return b
		}
		for name, change := range map[string]func([]byte) []byte{
			"as it was":                   bytes.Clone,
			"another Go":                  func(b []byte) []byte { return another(b, bytes.Index(b, goVersion)) },
			"another Go, of the passages": func(b []byte) []byte { return another(b, bytes.LastIndex(b, goVersion)) },
			"other pages":                 func(b []byte) []byte { return another(b, len("spectron rows ")) }, // their version
			"other vectors": func(b []byte) []byte {
				return bytes.Replace(b, []byte("built-in vectors"), []byte("kept---- vectors"), 1)
			},
		} {
			index := change(old)
			if bytes.Equal(index, old) != (name == "as it was") {
				t.Errorf("%s: the change found nothing to change", name)
			}
			sum := sha256.Sum256(index[:len(index)-sha256.Size])
			copy(index[len(index)-sha256.Size:], sum[:])
			other := &savingStore{path: filepath.Join(t.TempDir(), "agent.db"), clock: s.clock}
			require.NoError(t, os.WriteFile(other.path, file, 0o600))
			require.NoError(t, os.WriteFile(other.index(), index, 0o600))
			c, restored := other.open(t)
			if restored != (name == "as it was") {
				t.Errorf("%s: restored %v", name, restored)
			}
			compareViews(t, c)
			closed(t, c)
		}
	})
	t.Run("not whole", func(t *testing.T) {
		random := rand.New(rand.NewPCG(31, 31))
		used := 0
		for i := range max(5, testsize.Of(40)) {
			other := &savingStore{path: filepath.Join(t.TempDir(), "agent.db"), clock: s.clock}
			require.NoError(t, os.WriteFile(other.path, file, 0o600))
			index := bytes.Clone(old)
			switch {
			case i == 0: // unchanged
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
			c.state.Core.SaveFrom = 1 << 30
			closed(t, c)
		}
		if used != 1 {
			t.Errorf("%d of the indexes were used", used)
		}
	})
}

// rotated is a user's embedder: the built-in one with the components of its vectors shifted.
type rotated struct {
	embeddings.Embedder
	by int
}

func newRotated(t *testing.T, by int) rotated {
	t.Helper()
	lexical, err := index.NewLexicalEmbedder(0)
	require.NoError(t, err)
	return rotated{lexical, by}
}

func (r rotated) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	out, err := r.Embedder.EmbedDocuments(ctx, texts)
	for i, v := range out {
		out[i] = slices.Concat(v[r.by:], v[:r.by])
	}
	return out, err
}

func (r rotated) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	out, err := r.EmbedDocuments(ctx, []string{text})
	if err != nil {
		return nil, err
	}
	return out[0], nil
}

// vectorsOf returns the vectors of all rows of a view by id.
func vectorsOf(t *testing.T, view *recall.View) map[string][]float32 {
	t.Helper()
	ctx, out := context.Background(), map[string][]float32{}
	for c, err := range view.VectoredRows().Chunks(ctx) {
		require.NoError(t, err)
		out[c.ID] = c.Vector
	}
	for f, err := range view.VectoredRows().Facts(ctx) {
		require.NoError(t, err)
		out[f.ID] = f.Vector
	}
	for i, err := range view.VectoredRows().Instructions(ctx) {
		require.NoError(t, err)
		out[i.ID] = i.Vector
	}
	return out
}

// TestAnIndexIsSavedWithItsVectors checks that the vectors of a user's embedder are saved, and still come from that embedder when the store
// is opened with another one.
func TestAnIndexIsSavedWithItsVectors(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	s := newSavingStore(t)
	own, other := newRotated(t, 0), newRotated(t, 100)
	s.embedder = own
	c, _ := s.open(t)
	writeAtRandom(t, s.clock, testsize.Light(160), c)
	want := vectorsOf(t, c.state.View.Load())
	closed(t, c)
	for _, step := range []struct {
		embedder           embeddings.Embedder
		restored, conflict bool
	}{
		{own, true, false}, {own, true, false}, {other, true, true}, {own, true, false},
		{nil, false, true}, {nil, true, true}, {own, false, false}, {own, true, false},
	} {
		s.embedder = step.embedder
		c, restored := s.open(t)
		if restored != step.restored {
			t.Errorf("%v: restored %v", step, restored)
		}
		if conflict := otherVectors(t, c); conflict != step.conflict {
			t.Errorf("%v: another embedder's vectors: %v", step, conflict)
		}
		if step.embedder != nil {
			compareViews(t, c)
			if got := vectorsOf(t, c.state.View.Load()); !maps.EqualFunc(got, want, slices.Equal) {
				t.Errorf("%v: the vectors have changed", step)
			}
		}
		closed(t, c)
	}
}

// TestVectorsThatAreNotStoredAreNotSaved checks that vectors that are only in memory are not saved, because their embedder is not recorded.
func TestVectorsThatAreNotStoredAreNotSaved(t *testing.T) {
	t.Parallel()
	s := newSavingStore(t)
	c, _ := s.open(t)
	writeAtRandom(t, s.clock, 20, c)
	closed(t, c)
	for by := range 3 {
		s.embedder = newRotated(t, 100*by)
		c, restored := s.open(t)
		found, err := c.Memory().Recall(context.Background(), RecallRequest{Query: "Bob lives in Paris.", Mode: ModeVector})
		require.NoError(t, err)
		if restored || len(found.Hits) == 0 || found.Hits[0].Score < 0.5 {
			t.Errorf("restored %v, %d hits", restored, len(found.Hits))
		}
		closed(t, c)
		if _, err := os.Stat(s.index()); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("an index was saved: %v", err)
		}
	}
}

// TestTheIndexHoldsNothingErased checks that no byte of the index has erased data: neither a text nor its vector.
func TestTheIndexHoldsNothingErased(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	s := newSavingStore(t)
	s.embedder = newRotated(t, 0)
	c, _ := s.open(t)
	writeAtRandom(t, s.clock, 40, c)
	const secret = "The combination is zq4711."
	told, err := c.Memory().Remember(ctx, RememberRequest{Text: secret, Infer: InferNone})
	require.NoError(t, err)
	var traces [][]byte
	for chunk, err := range c.state.View.Load().VectoredRows().Chunks(ctx) {
		require.NoError(t, err)
		if chunk.Text == secret {
			there := slices.DeleteFunc(chunk.Vector, func(x float32) bool { return x == 0 }) // zeros are not written
			vector, err := binary.Append(nil, binary.LittleEndian, there)
			require.NoError(t, err)
			traces = [][]byte{[]byte("zq4711"), vector}
		}
	}
	require.Len(t, traces, 2)
	for _, erased := range []bool{false, true} {
		if erased {
			c, _ = s.open(t)
			require.NoError(t, c.Sessions().Delete(ctx, told.SessionID))
		}
		closed(t, c)
		saved, err := os.ReadFile(s.index())
		require.NoError(t, err)
		for i, trace := range traces {
			if bytes.Contains(saved, trace) == erased {
				t.Errorf("erased %v: trace %d is there: %v", erased, i, !erased)
			}
		}
	}
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
