package fetch

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// realFile and realURL are what the environment of the test run says. The tests do not see them otherwise: most of them
// use a payload that is not the engine.
var realFile, realURL string

func TestMain(m *testing.M) {
	if spec := os.Getenv(childEnv); spec != "" {
		os.Exit(runChild(spec))
	}
	realFile, realURL = os.Getenv(EnvFile), os.Getenv(EnvURL)
	os.Unsetenv(EnvFile)
	os.Unsetenv(EnvURL)
	os.Exit(m.Run())
}

// testWasm is the payload that stands for the engine: 300,000 bytes that do not compress.
func testWasm() []byte {
	data := make([]byte, 300_000)
	rng := rand.NewChaCha8([32]byte{1})
	_, _ = rng.Read(data)
	copy(data, "\x00asm")
	return data
}

func pinOf(data []byte) pin {
	sum := sha256.Sum256(data)
	return pin{size: int64(len(data)), sum: hex.EncodeToString(sum[:])}
}

// flipped is data with one bit changed in the middle.
func flipped(data []byte) []byte {
	data = bytes.Clone(data)
	data[len(data)/2] ^= 1
	return data
}

func gzipped(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	require.NoError(t, err)
	_, err = w.Write(data)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Bytes()
}

type member struct {
	name string
	data []byte
}

func tarred(t testing.TB, members ...member) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, m := range members {
		require.NoError(t, w.WriteHeader(&tar.Header{Name: m.name, Mode: 0o644, Size: int64(len(m.data))}))
		_, err := w.Write(m.data)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

// archiveOf is an npm archive of the package.
func archiveOf(t testing.TB, wasm []byte) []byte {
	t.Helper()
	return gzipped(t, tarred(t,
		member{"package/package.json", []byte(`{"name":"@surrealdb/wasm","version":"3.0.3"}`)},
		member{"package/dist/other.wasm", []byte("not this one")},
		member{archiveMember, wasm},
	))
}

// offline is a transport without a network.
type offline struct{}

var errOffline = errors.New("network is unreachable")

func (offline) RoundTrip(*http.Request) (*http.Response, error) { return nil, errOffline }

// isolated returns options of an empty cache, no npm and no network.
func isolated(t testing.TB) Options {
	t.Helper()
	return Options{
		CacheDir:    filepath.Join(t.TempDir(), "cache"),
		IdleTimeout: time.Minute,
		pin:         pinOf(testWasm()),
		transport:   offline{},
		npmCommand:  filepath.Join(t.TempDir(), "npm"),
	}
}

// served returns isolated options whose URL is a server of its own.
func served(t testing.TB, h http.HandlerFunc) Options {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	o := isolated(t)
	o.URL, o.transport = s.URL+"/engine", nil
	return o
}

func serve(data []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(data) }
}

// names lists what is in a directory; nothing when it does not exist.
func names(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if !errors.Is(err, fs.ErrNotExist) {
		require.NoError(t, err)
	}
	list := []string{}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// requireKept checks a module that was fetched and that it alone is in the cache.
func requireKept(t testing.TB, o Options, m *Module, err error) {
	t.Helper()
	require.NoError(t, err)
	require.NoError(t, m.CacheErr)
	require.Equal(t, o.pin, pinOf(m.Bytes))
	require.Equal(t, filepath.Join(o.CacheDir, fileName), m.Path)
	require.Equal(t, []string{fileName}, names(t, o.CacheDir))
	kept, err := os.ReadFile(m.Path)
	require.NoError(t, err)
	require.True(t, bytes.Equal(m.Bytes, kept))
}

func TestExplicitFile(t *testing.T) {
	t.Parallel()
	wasm := testWasm()
	tests := map[string]struct {
		data []byte
		want error // nil: it serves
	}{
		"wasm":       {wasm, nil},
		"archive":    {archiveOf(t, wasm), nil},
		"wrong hash": {flipped(wasm), ErrHash},
		"truncated":  {wasm[:1000], ErrTruncated},
		"empty":      {nil, ErrTruncated},
		"too large":  {append(bytes.Clone(wasm), 0), ErrTooLarge},
		"no member":  {gzipped(t, tarred(t, member{"package/README.md", wasm})), ErrArchive},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// The server has the right file: an explicit file that is wrong must not be passed over.
			o := served(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was made") })
			o.File = filepath.Join(t.TempDir(), "engine")
			require.NoError(t, os.WriteFile(o.File, tt.data, 0o600))
			m, err := Wasm(t.Context(), o)
			require.Empty(t, names(t, o.CacheDir))
			if tt.want == nil {
				require.NoError(t, err)
				require.Equal(t, o.pin, pinOf(m.Bytes))
				require.Equal(t, StageFile, m.From)
				require.Equal(t, o.File, m.Path)
				require.Equal(t, filepath.Join(o.CacheDir, "compiled"), m.CompilationDir)
				return
			}
			require.Nil(t, m)
			require.ErrorIs(t, err, tt.want)
			var all *Error
			require.ErrorAs(t, err, &all)
			require.Len(t, all.Attempts, 1)
			require.Contains(t, err.Error(), o.File)
			require.Contains(t, err.Error(), EnvFile)
		})
	}
}

func TestExplicitFileThatIsNone(t *testing.T) {
	t.Parallel()
	o := isolated(t)
	o.File = filepath.Join(t.TempDir(), "absent")
	_, err := Wasm(t.Context(), o)
	require.ErrorIs(t, err, fs.ErrNotExist)

	o.File = t.TempDir()
	_, err = Wasm(t.Context(), o)
	require.ErrorIs(t, err, fs.ErrInvalid)
}

func TestNothingWorks(t *testing.T) {
	t.Parallel()
	_, err := Wasm(t.Context(), isolated(t))
	var all *Error
	require.ErrorAs(t, err, &all)
	stages := []Stage{}
	for _, a := range all.Attempts {
		stages = append(stages, a.Stage)
	}
	require.Equal(t, []Stage{StageCache, StageNPM, StageDownload}, stages)
	require.ErrorIs(t, all.Attempts[0].Err, fs.ErrNotExist)
	require.ErrorIs(t, all.Attempts[2].Err, errOffline)
	require.Equal(t, 1, strings.Count(err.Error(), all.Attempts[0].Place))
	for _, want := range []string{"fetch engine: ", "npm", DefaultURL, errOffline.Error(), EnvFile, EnvURL, "npm pack " + Package + "@" + Version} {
		require.Contains(t, err.Error(), want)
	}
}

func TestNoNPMOnPath(t *testing.T) {
	t.Parallel()
	o := isolated(t)
	o.npmCommand = "npm-that-nobody-has-installed"
	_, err := Wasm(t.Context(), o)
	require.ErrorIs(t, err, exec.ErrNotFound)
}

func TestProgress(t *testing.T) {
	t.Parallel()
	wasm := testWasm()
	tests := map[string]struct {
		prepare func(*testing.T, *Options)
		want    []Stage
	}{
		"download": {func(*testing.T, *Options) {}, []Stage{StageCache, StageDownload, StageVerify}},
		"archive": {func(t *testing.T, o *Options) {
			o.URL = served(t, serve(archiveOf(t, wasm))).URL
		}, []Stage{StageCache, StageDownload, StageVerify}},
		"cache": {func(t *testing.T, o *Options) {
			require.NoError(t, os.MkdirAll(o.CacheDir, 0o755))
			require.NoError(t, os.WriteFile(filepath.Join(o.CacheDir, fileName), wasm, 0o644))
		}, []Stage{StageCache, StageVerify}},
		"file": {func(t *testing.T, o *Options) {
			o.File = filepath.Join(t.TempDir(), "engine")
			require.NoError(t, os.WriteFile(o.File, wasm, 0o644))
		}, []Stage{StageFile, StageVerify}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := served(t, serve(wasm))
			tt.prepare(t, &o)
			var reports []Progress
			o.Progress = func(p Progress) { reports = append(reports, p) } // the race detector sees another goroutine
			_, err := Wasm(t.Context(), o)
			require.NoError(t, err)

			stages := []Stage{}
			steps := 0
			for i, p := range reports {
				require.Equal(t, o.pin.size, p.Total)
				require.LessOrEqual(t, p.Done, p.Total)
				if i == 0 || reports[i-1].Stage != p.Stage {
					stages = append(stages, p.Stage)
					require.Zero(t, p.Done)
					continue
				}
				require.Greater(t, p.Done, reports[i-1].Done)
				steps++
			}
			require.Equal(t, tt.want, stages)
			require.Greater(t, steps, len(stages)) // not just the ends of each stage
			require.Less(t, steps, 101*len(stages))
			require.Equal(t, Progress{Stage: StageVerify, Done: o.pin.size, Total: o.pin.size}, reports[len(reports)-1])
		})
	}
}

func TestMeter(t *testing.T) {
	t.Parallel()
	for _, total := range []int64{1, 7, 99, 100, 101, 1000, 12345} {
		var reports []int64
		m := meter{total: total, report: func(p Progress) { reports = append(reports, p.Done) }}
		m.begin(StageDownload)
		for done := range total {
			m.advance(done + 1)
		}
		m.advance(total) // the end is not told twice
		if n := len(reports); reports[n-1] != total || reports[n-2] == total || n > 102 || int64(n) < min(total, 50) {
			t.Errorf("%d bytes: reports %v", total, reports)
		}
	}
}

// TestOrder checks which way serves when several could.
func TestOrder(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("the stand-in for npm is a shell script")
	}
	down := func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "down", http.StatusServiceUnavailable) }
	wasm := testWasm()
	tests := map[string]struct {
		url, npm, cdn bool // what is there and works; a url that does not work is set all the same
		setURL        bool
		want          Stage
	}{
		"npm before the default address": {npm: true, cdn: true, want: StageNPM},
		"default address without npm":    {cdn: true, want: StageDownload},
		"a URL before npm":               {setURL: true, url: true, npm: true, want: StageDownload},
		"npm when the URL is down":       {setURL: true, npm: true, want: StageNPM},
		"no default address with a URL":  {setURL: true, cdn: true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := isolated(t)
			if tt.npm {
				o.npmCommand = fakeNPM(t, `cp "$0.tgz" "$4/surrealdb-wasm-3.0.3.tgz"`, archiveOf(t, wasm))
			}
			handler := http.HandlerFunc(down)
			if tt.url || tt.cdn {
				handler = serve(wasm)
			}
			direct := served(t, handler)
			switch {
			case tt.setURL && tt.cdn: // the URL is down, everything else answers
				o.URL = "http://127.0.0.1:1/engine"
				o.transport = toServer(direct.URL, "cdn.jsdelivr.net")
			case tt.setURL:
				o.URL, o.transport = direct.URL, nil
			case tt.cdn:
				o.transport = toServer(direct.URL, "cdn.jsdelivr.net")
			}
			m, err := Wasm(t.Context(), o)
			if tt.want == "" {
				var all *Error
				require.ErrorAs(t, err, &all)
				return
			}
			requireKept(t, o, m, err)
			require.Equal(t, tt.want, m.From)
		})
	}
}

// toServer sends what is meant for host to a local server and nothing else anywhere.
func toServer(address, host string) http.RoundTripper {
	return roundTrip(func(req *http.Request) (*http.Response, error) {
		if req.URL.Host != host {
			return nil, errOffline
		}
		local, err := http.NewRequestWithContext(req.Context(), req.Method, address, nil)
		if err != nil {
			return nil, err
		}
		return http.DefaultTransport.RoundTrip(local)
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// fakeNPM writes a shell script that stands for npm; data is beside it under its name with .tgz.
func fakeNPM(t testing.TB, script string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "npm")
	require.NoError(t, os.WriteFile(path+".tgz", data, 0o644))
	require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o755))
	return path
}

func TestCancelledBefore(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	o := served(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was made") })
	_, err := Wasm(ctx, o)
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, names(t, o.CacheDir))
}

// TestRealEngine gets the engine as users do. The other packages' tests need it in the same place.
func TestRealEngine(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it may fetch 4 MB")
	}
	m, err := Wasm(t.Context(), Options{File: realFile, URL: realURL})
	require.NoError(t, err)
	require.Equal(t, pin{size: Size, sum: SHA256}, pinOf(m.Bytes))
	require.True(t, strings.HasPrefix(string(m.Bytes), "\x00asm\x01\x00\x00\x00"))

	// It is not taken for an archive by accident.
	_, err = pinOf(m.Bytes).readPacked(t.Context(), bytes.NewReader(m.Bytes), &meter{total: Size})
	require.NoError(t, err)
}
