package fetch

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// childEnv makes the test binary call Wasm once, as its JSON value says, and report on its standard output.
const childEnv = "SPECTRON_FETCH_TEST_CHILD"

// childSpec is what a child process is to do. Everything it leaves out comes from the environment, as for users.
type childSpec struct {
	CacheDir string
	URL      string
	Size     int64
	Sum      string
	UID      int  // become this user first
	NoSpace  bool // let writes fail after the first smallFile bytes of a file
}

// smallFile is the size in bytes at which a child's files end when it has no space.
const smallFile = 100_000

type childReport struct {
	From, Path, CompilationDir, Sum, CacheErr, Err string
}

func runChild(value string) int {
	var spec childSpec
	if err := json.Unmarshal([]byte(value), &spec); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	if err := becomeUser(spec.UID); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	if spec.NoSpace {
		if err := limitFiles(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 2
		}
	}
	m, err := Wasm(context.Background(), Options{
		CacheDir: spec.CacheDir,
		URL:      spec.URL,
		pin:      pin{size: spec.Size, sum: spec.Sum},
	})
	var report childReport
	if err != nil {
		report.Err = err.Error()
	} else {
		report = childReport{From: string(m.From), Path: m.Path, CompilationDir: m.CompilationDir, Sum: pinOf(m.Bytes).sum}
		if m.CacheErr != nil {
			report.CacheErr = m.CacheErr.Error()
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(report); err != nil {
		return 2
	}
	return 0
}

// child is a process of its own that calls Wasm.
type child struct {
	cmd *exec.Cmd
	out bytes.Buffer
}

// startChild starts a process with just the environment given, as "NAME=value".
func startChild(t testing.TB, spec childSpec, env ...string) *child {
	t.Helper()
	if spec.Sum == "" {
		p := pinOf(testWasm())
		spec.Size, spec.Sum = p.size, p.sum
	}
	value, err := json.Marshal(spec)
	require.NoError(t, err)
	self, err := os.Executable()
	require.NoError(t, err)
	c := &child{cmd: exec.CommandContext(t.Context(), self)}
	// The race detector would wait a second at the end of each child.
	c.cmd.Env = append(env, childEnv+"="+string(value), "GORACE=atexit_sleep_ms=0")
	c.cmd.Stdout, c.cmd.Stderr = &c.out, &c.out
	require.NoError(t, c.cmd.Start())
	return c
}

func (c *child) report(t testing.TB) childReport {
	t.Helper()
	require.NoError(t, c.cmd.Wait(), c.out.String())
	var r childReport
	first, _, _ := strings.Cut(c.out.String(), "\n")
	require.NoError(t, json.Unmarshal([]byte(first), &r), c.out.String())
	return r
}
