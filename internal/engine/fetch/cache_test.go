package fetch

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// cached puts data where the file is kept.
func cached(t testing.TB, o Options, data []byte) {
	t.Helper()
	require.NoError(t, os.MkdirAll(o.CacheDir, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(o.CacheDir, fileName), data, 0o644))
}

func TestGoodCacheNeedsNothingElse(t *testing.T) {
	t.Parallel()
	o := served(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was made") })
	cached(t, o, testWasm())
	old := filepath.Join(o.CacheDir, ".wasm-1.tmp")
	require.NoError(t, os.WriteFile(old, nil, 0o644))
	m, err := Wasm(t.Context(), o)
	require.NoError(t, err)
	require.Equal(t, StageCache, m.From)
	require.Equal(t, o.pin, pinOf(m.Bytes))
	require.Equal(t, filepath.Join(o.CacheDir, fileName), m.Path)
	require.FileExists(t, old) // reading the cache writes nothing
}

func TestSecondCallReadsTheCache(t *testing.T) {
	t.Parallel()
	var requests atomic.Int32
	wasm := testWasm()
	o := served(t, func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		_, _ = w.Write(wasm)
	})
	for range 3 {
		m, err := Wasm(t.Context(), o)
		requireKept(t, o, m, err)
	}
	if n := requests.Load(); n != 1 {
		t.Errorf("%d requests, want 1", n)
	}
}

func damages(wasm []byte) map[string]struct {
	data []byte
	want error
} {
	return map[string]struct {
		data []byte
		want error
	}{
		"changed":   {flipped(wasm), ErrHash},
		"truncated": {wasm[:len(wasm)/2], ErrTruncated},
		"zeros":     {make([]byte, len(wasm)), ErrHash},
		"empty":     {nil, ErrTruncated},
		"longer":    {append(bytes.Clone(wasm), 1), ErrTooLarge},
	}
}

func TestDamagedCacheIsReplaced(t *testing.T) {
	t.Parallel()
	wasm := testWasm()
	for name, tt := range damages(wasm) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := served(t, serve(wasm))
			cached(t, o, tt.data)
			m, err := Wasm(t.Context(), o)
			requireKept(t, o, m, err)
			require.Equal(t, StageDownload, m.From)
		})
	}
}

// TestReplacedNotOverwritten: who has the old file open, or reads at this moment, never sees a mix of both.
func TestReplacedNotOverwritten(t *testing.T) {
	t.Parallel()
	wasm := testWasm()
	o := served(t, serve(wasm))
	cached(t, o, flipped(wasm))
	before, err := os.Stat(filepath.Join(o.CacheDir, fileName))
	require.NoError(t, err)
	m, err := Wasm(t.Context(), o)
	requireKept(t, o, m, err)
	after, err := os.Stat(m.Path)
	require.NoError(t, err)
	if os.SameFile(before, after) {
		t.Error("the old file was written into")
	}
}

func TestDamagedCacheOffline(t *testing.T) {
	t.Parallel()
	for name, tt := range damages(testWasm()) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := isolated(t)
			cached(t, o, tt.data)
			_, err := Wasm(t.Context(), o)
			require.ErrorIs(t, err, tt.want)
			require.ErrorIs(t, err, errOffline)
			require.Contains(t, err.Error(), "cache "+filepath.Join(o.CacheDir, fileName)+": "+tt.want.Error())
			require.Equal(t, []string{fileName}, names(t, o.CacheDir))
		})
	}
}

// TestUnwritableCache: the engine is got all the same, and the caller is told. Permissions are tested in a child
// process that is not root.
func TestUnwritableCache(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		prepare func(t *testing.T, o *Options)
		want    []string // what is in the directory afterwards
	}{
		"below a file": {func(t *testing.T, o *Options) {
			file := filepath.Join(t.TempDir(), "file")
			require.NoError(t, os.WriteFile(file, nil, 0o644))
			o.CacheDir = filepath.Join(file, "cache")
		}, nil},
		"the name is taken by a directory": {func(t *testing.T, o *Options) {
			require.NoError(t, os.MkdirAll(filepath.Join(o.CacheDir, fileName, "full"), 0o755))
		}, []string{fileName}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := served(t, serve(testWasm()))
			tt.prepare(t, &o)
			m, err := Wasm(t.Context(), o)
			require.NoError(t, err)
			require.Equal(t, o.pin, pinOf(m.Bytes))
			require.Empty(t, m.Path)
			require.ErrorContains(t, m.CacheErr, filepath.Dir(o.CacheDir))
			if tt.want != nil {
				require.Equal(t, tt.want, names(t, o.CacheDir))
			}
		})
	}
}

func TestStaleTemporaryFiles(t *testing.T) {
	t.Parallel()
	o := served(t, serve(testWasm()))
	require.NoError(t, os.MkdirAll(filepath.Join(o.CacheDir, ".npm-1.tmp", "deep"), 0o755))
	old := time.Now().Add(-2 * staleAfter)
	place := func(name string, at time.Time) {
		path := filepath.Join(o.CacheDir, name)
		if _, err := os.Stat(path); err != nil {
			require.NoError(t, os.WriteFile(path, []byte("x"), 0o644))
		}
		require.NoError(t, os.Chtimes(path, at, at))
	}
	place(".wasm-1.tmp", old)
	place(".npm-1.tmp", old)
	place(".wasm-2.tmp", time.Now()) // another process is writing it
	place(".wasm-3.tmp", time.Now().Add(2*staleAfter))
	place("notes.tmp", old)
	place(".wasm-4", old)

	_, err := Wasm(t.Context(), o)
	require.NoError(t, err)
	require.Equal(t, []string{".wasm-2.tmp", ".wasm-3.tmp", ".wasm-4", "notes.tmp", fileName}, names(t, o.CacheDir))
}

func TestConcurrentCalls(t *testing.T) {
	t.Parallel()
	const callers = 8
	wasm := testWasm()
	for name, before := range map[string][]byte{"no cache": nil, "damaged cache": flipped(wasm)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// Nobody is answered before all have asked, so that all are fetching at once.
			var asked sync.WaitGroup
			asked.Add(callers)
			o := served(t, func(w http.ResponseWriter, _ *http.Request) {
				asked.Done()
				asked.Wait()
				_, _ = w.Write(wasm)
			})
			if before != nil {
				cached(t, o, before)
			}
			modules := make([]*Module, callers)
			errs := make([]error, callers)
			var wg sync.WaitGroup
			for i := range callers {
				wg.Go(func() { modules[i], errs[i] = Wasm(t.Context(), o) })
			}
			wg.Wait()
			for i := range callers {
				requireKept(t, o, modules[i], errs[i])
			}
		})
	}
}
