//go:build unix

package fetch

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestNPM(t *testing.T) {
	t.Parallel()
	wasm := testWasm()
	const write = `cp "$0.tgz" "$4/surrealdb-wasm-3.0.3.tgz"`
	tests := map[string]struct {
		script string
		data   []byte
		want   error // nil: it serves
		text   string
	}{
		"writes the archive":           {write, archiveOf(t, wasm), nil, ""},
		"talks":                        {`echo a; echo b >&2;` + write, archiveOf(t, wasm), nil, ""},
		"writes into its directory":    {`cp "$0.tgz" x.tgz`, archiveOf(t, wasm), nil, ""},
		"writes junk":                  {write, wasm[1000:], ErrTruncated, ""},
		"writes an archive without it": {write, gzipped(t, tarred(t, member{"package/x", wasm})), ErrArchive, archiveMember},
		"writes another engine":        {write, archiveOf(t, flipped(wasm)), ErrHash, ""},
		"writes a cut archive":         {write, archiveOf(t, wasm)[:1000], ErrTruncated, ""},
		"writes nothing":               {`exit 0`, nil, ErrArchive, "npm wrote none"},
		"writes a directory":           {`mkdir x.tgz`, nil, os.ErrInvalid, "not a regular file"},
		"fails": {`printf '\033[31mnpm error\033[0m code ENOTFOUND\nnpm error network\n' >&2; exit 7`, nil,
			nil, "exit status 7: [31mnpm error [0m code ENOTFOUND npm error network;"},
		"fails at length": {`i=0; while [ $i -lt 1000 ]; do echo "line $i" >&2; i=$((i+1)); done; exit 1`, nil, nil, "exit status 1: line 0 line 1 "},
		"is no program":   {"", nil, nil, "permission denied"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := isolated(t)
			o.npmCommand = fakeNPM(t, tt.script, tt.data)
			if name == "is no program" {
				require.NoError(t, os.Chmod(o.npmCommand, 0o644))
			}
			m, err := Wasm(t.Context(), o)
			if tt.data != nil && tt.want == nil {
				requireKept(t, o, m, err)
				require.Equal(t, StageNPM, m.From)
				return
			}
			var all *Error
			require.ErrorAs(t, err, &all)
			require.Equal(t, StageNPM, all.Attempts[1].Stage)
			require.Contains(t, err.Error(), tt.text)
			require.Less(t, len(err.Error()), 2500)
			if tt.want != nil {
				require.ErrorIs(t, all.Attempts[1].Err, tt.want)
			}
			require.ErrorIs(t, err, errOffline) // the next way was tried
			require.Empty(t, names(t, o.CacheDir))
		})
	}
}

// TestNPMLeavesAProcess: a daemon that npm started and that holds its error output is not waited for.
func TestNPMLeavesAProcess(t *testing.T) {
	t.Parallel()
	o := isolated(t)
	o.npmCommand = fakeNPM(t, `cp "$0.tgz" x.tgz; exec 3>"$0.fifo"; read -r end <"$0.end" &`, archiveOf(t, testWasm()))
	require.NoError(t, syscall.Mkfifo(o.npmCommand+".fifo", 0o600))
	require.NoError(t, syscall.Mkfifo(o.npmCommand+".end", 0o600))
	pipe, err := os.OpenFile(o.npmCommand+".fifo", os.O_RDONLY|syscall.O_NONBLOCK, 0)
	require.NoError(t, err)
	defer pipe.Close()
	m, err := Wasm(t.Context(), o)
	requireKept(t, o, m, err)
	require.NoError(t, pipe.SetReadDeadline(time.Now().Add(100*time.Millisecond)))
	_, err = pipe.Read(make([]byte, 1))
	require.ErrorIs(t, err, os.ErrDeadlineExceeded) // no end of file: the daemon still has the pipe
	require.NoError(t, pipe.SetReadDeadline(time.Time{}))
	end, err := os.OpenFile(o.npmCommand+".end", os.O_WRONLY, 0)
	require.NoError(t, err)
	require.NoError(t, end.Close())
	_, err = pipe.Read(make([]byte, 1))
	require.ErrorIs(t, err, io.EOF) // it does not outlive the test
}

func TestNPMArguments(t *testing.T) {
	t.Parallel()
	o := isolated(t)
	o.npmCommand = fakeNPM(t, `pwd -P > "$0.pwd"; printf '%s\n' "$@" > "$0.args"; cp "$0.tgz" "$4/x.tgz"`, archiveOf(t, testWasm()))
	m, err := Wasm(t.Context(), o)
	requireKept(t, o, m, err)
	read := func(suffix string) string {
		b, err := os.ReadFile(o.npmCommand + suffix)
		require.NoError(t, err)
		return strings.TrimSpace(string(b))
	}
	args := strings.Split(read(".args"), "\n")
	require.Equal(t, []string{"pack", "@surrealdb/wasm@3.0.3", "--pack-destination"}, args[:3])
	require.Contains(t, args, "--ignore-scripts")
	real, err := filepath.EvalSymlinks(filepath.Dir(args[3]))
	require.NoError(t, err)
	require.Equal(t, filepath.Join(real, filepath.Base(args[3])), read(".pwd"))
	require.Equal(t, o.CacheDir, filepath.Dir(args[3]))
	require.NoDirExists(t, args[3])
}

// hangingNPM is an npm that never ends and has a child that does not either. Both hold a named pipe: its
// reader sees when they have started, and its end when both are dead.
func hangingNPM(t *testing.T) (npm string, open func() *os.File) {
	t.Helper()
	npm = fakeNPM(t, `echo $$ >"$0.pid"; exec 3>"$0.fifo"; sleep 120 & wait`, nil)
	fifo := npm + ".fifo"
	require.NoError(t, syscall.Mkfifo(fifo, 0o600))
	return npm, func() *os.File {
		r, err := os.OpenFile(fifo, os.O_RDONLY, 0)
		if err != nil {
			t.Errorf("open the pipe: %v", err)
		}
		return r
	}
}

func requireDead(t *testing.T, r *os.File) {
	t.Helper()
	require.NotNil(t, r)
	defer r.Close()
	require.NoError(t, r.SetReadDeadline(time.Now().Add(time.Minute)))
	n, err := r.Read(make([]byte, 1))
	require.Zero(t, n)
	require.ErrorIs(t, err, io.EOF)
}

func TestNPMCancelled(t *testing.T) {
	t.Parallel()
	o := isolated(t)
	npm, open := hangingNPM(t)
	o.npmCommand = npm
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	started := make(chan *os.File, 1)
	go func() {
		started <- open()
		cancel()
	}()
	_, err := Wasm(ctx, o)
	require.ErrorIs(t, err, context.Canceled)
	require.Contains(t, err.Error(), "npm")
	requireDead(t, <-started)
	require.Empty(t, names(t, o.CacheDir))
}

func TestNPMHangs(t *testing.T) {
	t.Parallel()
	wasm := testWasm()
	o := isolated(t)
	cdn := served(t, serve(wasm))
	o.transport = toServer(cdn.URL, "cdn.jsdelivr.net")
	npm, _ := hangingNPM(t)
	// Where npm is too slow to start within its time there is no writer, which is as good as dead: this does not wait for one.
	open := func() *os.File {
		r, err := os.OpenFile(npm+".fifo", os.O_RDONLY|syscall.O_NONBLOCK, 0)
		require.NoError(t, err)
		return r
	}
	o.npmCommand, o.npmTimeout = npm, 300*time.Millisecond
	pipe := open()
	m, err := Wasm(t.Context(), o)
	requireKept(t, o, m, err)
	require.Equal(t, StageDownload, m.From)
	requireDead(t, pipe)

	o.CacheDir, o.transport = filepath.Join(t.TempDir(), "cache"), offline{}
	pipe = open()
	_, err = Wasm(t.Context(), o)
	require.ErrorIs(t, err, ErrStalled)
	require.Contains(t, err.Error(), "300ms")
	requireDead(t, pipe)
}

// TestNPMWithoutCacheDirectory: npm works in the system's directory for temporary files then.
func TestNPMWithoutCacheDirectory(t *testing.T) {
	t.Parallel()
	o := isolated(t)
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o644))
	o.CacheDir = filepath.Join(file, "cache")
	o.npmCommand = fakeNPM(t, `pwd -P > "$0.pwd"; cp "$0.tgz" x.tgz`, archiveOf(t, testWasm()))
	m, err := Wasm(t.Context(), o)
	require.NoError(t, err)
	require.Equal(t, o.pin, pinOf(m.Bytes))
	require.Error(t, m.CacheErr)
	pwd, err := os.ReadFile(o.npmCommand + ".pwd")
	require.NoError(t, err)
	require.NoDirExists(t, strings.TrimSpace(string(pwd)))
}

func TestNamedPipeIsRefused(t *testing.T) {
	t.Parallel()
	o := isolated(t)
	o.File = filepath.Join(t.TempDir(), "pipe")
	require.NoError(t, syscall.Mkfifo(o.File, 0o600))
	_, err := Wasm(t.Context(), o)
	require.ErrorIs(t, err, os.ErrInvalid)
}
