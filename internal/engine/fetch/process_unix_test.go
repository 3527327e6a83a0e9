//go:build unix

package fetch

import (
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func becomeUser(uid int) error {
	if uid == 0 {
		return nil
	}
	return syscall.Setuid(uid)
}

func limitFiles() error {
	signal.Ignore(syscall.SIGXFSZ)
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: smallFile, Max: smallFile})
}

// nobody is a user that file permissions apply to.
const nobody = 65534

// noNetwork makes every address unreachable for a child process.
var noNetwork = []string{"HTTPS_PROXY=http://127.0.0.1:1", "HTTP_PROXY=http://127.0.0.1:1"}

func TestTwoProcessesAtOnce(t *testing.T) {
	t.Parallel()
	const processes = 3
	wasm := testWasm()
	for name, before := range map[string][]byte{"no cache": nil, "damaged cache": wasm[:100]} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked sync.WaitGroup
			asked.Add(processes)
			o := served(t, func(w http.ResponseWriter, _ *http.Request) {
				asked.Done()
				asked.Wait()
				_, _ = w.Write(wasm)
			})
			if before != nil {
				cached(t, o, before)
			}
			var children []*child
			for range processes {
				children = append(children, startChild(t, childSpec{CacheDir: o.CacheDir, URL: o.URL}))
			}
			for _, c := range children {
				r := c.report(t)
				require.Empty(t, r.Err)
				require.Empty(t, r.CacheErr)
				require.Equal(t, o.pin.sum, r.Sum)
			}
			o.URL, o.transport = "", offline{}
			m, err := Wasm(t.Context(), o)
			requireKept(t, o, m, err)
			require.Equal(t, StageCache, m.From)
		})
	}
}

// TestKilledProcess: kill -9 in the middle of npm leaves a directory that the next call bears and a later one removes.
func TestKilledProcess(t *testing.T) {
	t.Parallel()
	wasm := testWasm()
	o := served(t, serve(wasm))
	npm, open := hangingNPM(t)
	c := startChild(t, childSpec{CacheDir: o.CacheDir}, append(noNetwork, "PATH="+filepath.Dir(npm)+":/usr/bin:/bin")...)
	pipe := open()
	require.NoError(t, c.cmd.Process.Kill())
	orphan, err := os.ReadFile(npm + ".pid")
	require.NoError(t, err)
	group, err := strconv.Atoi(strings.TrimSpace(string(orphan)))
	require.NoError(t, err)
	require.NoError(t, syscall.Kill(-group, syscall.SIGKILL))
	requireDead(t, pipe)
	_ = c.cmd.Wait() // it ends with the signal
	left := names(t, o.CacheDir)
	require.Len(t, left, 1)
	require.True(t, strings.HasPrefix(left[0], tempNPM), left)

	m, err := Wasm(t.Context(), o)
	require.NoError(t, err)
	require.Equal(t, filepath.Join(o.CacheDir, fileName), m.Path)
	require.Equal(t, append(left, fileName), names(t, o.CacheDir))

	old := time.Now().Add(-2 * staleAfter)
	require.NoError(t, os.Chtimes(filepath.Join(o.CacheDir, left[0]), old, old))
	cached(t, o, nil)
	m, err = Wasm(t.Context(), o)
	requireKept(t, o, m, err)
}

// TestEnvironment runs children with the environment that users set.
func TestEnvironment(t *testing.T) {
	t.Parallel()
	wasm := testWasm()
	server := served(t, serve(wasm))
	file := filepath.Join(t.TempDir(), "engine.tgz")
	require.NoError(t, os.WriteFile(file, archiveOf(t, wasm), 0o644))
	npm := fakeNPM(t, `cp "$0.tgz" x.tgz`, archiveOf(t, wasm))
	path := "PATH=" + filepath.Dir(npm) + ":/usr/bin:/bin"
	tests := map[string]struct {
		env      []string
		from     Stage
		uncached bool
	}{
		"file":             {[]string{EnvFile + "=" + file, EnvURL + "=" + server.URL, path}, StageFile, true},
		"URL":              {[]string{EnvURL + "=" + server.URL, path}, StageDownload, false},
		"npm":              {append(noNetwork, path), StageNPM, false},
		"no npm, no net":   {append(noNetwork, "PATH="+t.TempDir()), "", true},
		"no home":          {append(noNetwork, path, "HOME=", "XDG_CACHE_HOME="), StageNPM, true},
		"no home but file": {[]string{EnvFile + "=" + file, "HOME=", "XDG_CACHE_HOME="}, StageFile, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			env := append([]string{"HOME=" + home, "XDG_CACHE_HOME=" + filepath.Join(home, "xdg")}, tt.env...)
			r := startChild(t, childSpec{}, env...).report(t)
			require.Equal(t, string(tt.from), r.From, r.Err)
			if tt.from == "" {
				require.Contains(t, r.Err, "executable file not found")
				require.Contains(t, r.Err, DefaultURL)
				return
			}
			require.Equal(t, pinOf(wasm).sum, r.Sum)
			if !tt.uncached {
				require.Empty(t, r.CacheErr)
				require.True(t, strings.HasPrefix(r.Path, home), r.Path)
				require.True(t, strings.HasSuffix(r.Path, filepath.Join("spectron", "engine", Version, fileName)), r.Path)
			}
			if strings.HasPrefix(name, "no home") {
				require.Empty(t, r.CompilationDir)
				if tt.from != StageFile {
					require.NotEmpty(t, r.CacheErr)
				}
			}
		})
	}
}

// TestPermissions needs a user that is not root: children become one where the tests run as root.
func TestPermissions(t *testing.T) {
	t.Parallel()
	uid := 0
	if os.Getuid() == 0 {
		uid = nobody
	}
	wasm := testWasm()
	tests := map[string]struct {
		before []byte
		from   Stage
		kept   bool
	}{
		"read-only with a good file":   {wasm, StageCache, true},
		"read-only and empty":          {nil, StageDownload, false},
		"read-only with a damaged one": {flipped(wasm), StageDownload, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := served(t, serve(wasm))
			require.NoError(t, os.MkdirAll(o.CacheDir, 0o755))
			if tt.before != nil {
				cached(t, o, tt.before)
			}
			require.NoError(t, os.Chmod(o.CacheDir, 0o555))
			// The directories of the test framework are closed to others.
			for dir := filepath.Dir(o.CacheDir); dir != filepath.Clean(os.TempDir()); dir = filepath.Dir(dir) {
				require.NoError(t, os.Chmod(dir, 0o755))
			}
			before := names(t, o.CacheDir)
			r := startChild(t, childSpec{CacheDir: o.CacheDir, URL: o.URL, UID: uid}).report(t)
			require.Empty(t, r.Err)
			require.Equal(t, string(tt.from), r.From)
			require.Equal(t, o.pin.sum, r.Sum)
			require.Equal(t, before, names(t, o.CacheDir))
			if tt.kept {
				require.Empty(t, r.CacheErr)
				require.NotEmpty(t, r.Path)
			} else {
				require.Contains(t, r.CacheErr, "permission denied")
				require.Empty(t, r.Path)
			}
		})
	}
}

// TestNoSpace: a write that fails half-way leaves what was there before.
func TestNoSpace(t *testing.T) {
	t.Parallel()
	wasm := testWasm()
	for name, before := range map[string][]byte{"no cache": nil, "damaged cache": flipped(wasm)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := served(t, serve(wasm))
			if before != nil {
				cached(t, o, before)
			}
			listed := names(t, o.CacheDir)
			r := startChild(t, childSpec{CacheDir: o.CacheDir, URL: o.URL, NoSpace: true}).report(t)
			require.Equal(t, o.pin.sum, r.Sum, r.Err)
			require.Contains(t, r.CacheErr, syscall.EFBIG.Error())
			require.Equal(t, listed, names(t, o.CacheDir))
			if before != nil {
				kept, err := os.ReadFile(filepath.Join(o.CacheDir, fileName))
				require.NoError(t, err)
				require.Equal(t, pinOf(before), pinOf(kept))
			}
		})
	}
}

// TestRealNPM runs the npm of this machine against a registry of our own.
func TestRealNPM(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("npm"); err != nil {
		t.Skip("npm is not installed")
	}
	wasm := testWasm()
	archive := archiveOf(t, wasm)
	integrity := sha512.Sum512(archive)
	var served atomic.Int32
	registry := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/" + Package:
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprintf(w, `{"name":%q,"dist-tags":{"latest":%q},"versions":{%q:{"name":%q,"version":%q,"dist":{"tarball":%q,"integrity":"sha512-%s"}}}}`,
				Package, Version, Version, Package, Version, "http://"+r.Host+"/a.tgz", base64.StdEncoding.EncodeToString(integrity[:]))
		case "/a.tgz":
			served.Add(1)
			_, _ = w.Write(archive)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(registry.Close)

	for name, address := range map[string]string{"registry": registry.URL, "no registry": "http://127.0.0.1:1"} {
		t.Run(name, func(t *testing.T) {
			home := t.TempDir()
			cache := filepath.Join(home, "engine")
			r := startChild(t, childSpec{CacheDir: cache}, append(noNetwork, "NO_PROXY=127.0.0.1", "HOME="+home,
				"PATH="+os.Getenv("PATH"), "npm_config_registry="+address, "npm_config_noproxy=127.0.0.1")...).report(t)
			if name == "no registry" {
				require.Contains(t, r.Err, "ECONNREFUSED")
				require.Empty(t, names(t, cache))
				return
			}
			require.Empty(t, r.Err)
			require.Equal(t, string(StageNPM), r.From)
			require.Equal(t, pinOf(wasm).sum, r.Sum)
			require.Equal(t, []string{fileName}, names(t, cache))
			require.EqualValues(t, 1, served.Load())
		})
	}
}
