//go:build linux || darwin

package kv

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// children are what this test binary does instead of testing, by the value of an
// environment variable.
var children = map[string]func(path string) error{
	"write":        childWrite,
	"create":       childCreate,
	"hold":         childHold,
	"full":         childFull,
	"map":          childMap,
	"compact":      childCompact,
	"compact full": childCompactFull,
}

const childVariable = "SPECTRON_KV_CHILD"

func TestMain(m *testing.M) {
	name := os.Getenv(childVariable)
	if name == "" {
		os.Exit(m.Run())
	}
	if err := children[name](os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child starts a process that does one of the things above to a file.
func child(t *testing.T, name, path string) (*exec.Cmd, *bufio.Scanner, *strings.Builder) {
	t.Helper()
	cmd := exec.Command(os.Args[0], path)
	cmd.Env = append(os.Environ(), childVariable+"="+name)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	_, err = cmd.StdinPipe() // Open until the child has ended.
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // It may have ended.
		_ = cmd.Wait()
	})
	return cmd, bufio.NewScanner(out), &stderr
}

// batchOf is the batch with a number: it sets its number in two places, adds a few
// records, one of which overflows, and takes away those of a batch before.
func batchOf(n int) []Write {
	var batch []Write
	if old := n - 20; old > 0 {
		for _, w := range batchOf1(old) {
			batch = append(batch, Write{Key: w.Key})
		}
	}
	batch = append(batch, batchOf1(n)...)
	number := []byte(strconv.Itoa(n))
	return append(batch, Write{Key: []byte("y"), Value: number}, Write{Key: []byte("z"), Value: number})
}

func batchOf1(n int) []Write {
	r := rand.New(rand.NewPCG(uint64(n), 1))
	var batch []Write
	for i := range 1 + r.IntN(6) {
		size := r.IntN(500)
		if r.IntN(10) == 0 {
			size *= 40
		}
		batch = append(batch, Write{Key: []byte(fmt.Sprintf("n%08d/%d", n, i)), Value: []byte(strings.Repeat(string(rune('a'+n%26)), size))})
	}
	return batch
}

func newestBatch(f *File) (n int, err error) {
	s, err := f.Snapshot()
	if err != nil {
		return 0, err
	}
	defer s.Release()
	value, ok, err := s.Get([]byte("y"))
	if err != nil || !ok {
		return 0, err
	}
	return strconv.Atoi(string(value))
}

func childWrite(path string) error {
	f, err := OpenFile(context.Background(), path, FileOptions{})
	if err != nil {
		return err
	}
	n, err := newestBatch(f)
	for err == nil {
		n++
		if err = f.Apply(batchOf(n)); err == nil {
			_, err = fmt.Println(n)
		}
	}
	return err
}

// A writer is killed at any moment: every batch that was acknowledged is there,
// and at most one that was not; none is there in part.
func TestFileKilled(t *testing.T) {
	t.Parallel()
	const kills = 40
	path := filepath.Join(t.TempDir(), "store")
	r := rand.New(rand.NewPCG(13, 13))
	acknowledged, more := 0, 0
	for round := range kills {
		cmd, out, stderr := child(t, "write", path)
		kill := killSoon(round, r, cmd)
		for written := 1; out.Scan(); written++ {
			n, err := strconv.Atoi(out.Text())
			if err != nil {
				break // Half a line.
			}
			acknowledged = n
			kill.done(written)
		}
		_ = cmd.Wait() // It was killed.
		require.Empty(t, stderr.String())

		f := openPath(t, path, FileOptions{})
		n, err := newestBatch(f)
		require.NoError(t, err)
		if n != acknowledged && n != acknowledged+1 {
			t.Fatalf("round %d: %d batches were acknowledged, %d are there", round, acknowledged, n)
		}
		if n == acknowledged+1 {
			more++
		}
		want := map[string]string{}
		for i := max(1, n-19); i <= n; i++ {
			for _, w := range batchOf1(i) {
				want[string(w.Key)] = string(w.Value)
			}
		}
		if n > 0 {
			want["y"], want["z"] = strconv.Itoa(n), strconv.Itoa(n)
		}
		require.Equal(t, want, contents(t, f), "round %d", round)
		if commits := f.Version().Commits; commits != uint64(n) {
			t.Errorf("round %d: %d commits, %d batches", round, commits, n)
		}
		require.NoError(t, f.Close())
		acknowledged = n
	}
	t.Logf("%d batches, %d kills, %d times one was not acknowledged", acknowledged, kills, more)
	if acknowledged < kills {
		t.Error("hardly anything was written")
	}
}

// killing is when a child process is killed: some time after it has done a number of things, however long they take on
// this machine. Every eighth process is killed some time after its start, so while it opens the file or soon after.
type killing struct {
	cmd   *exec.Cmd
	after int // things that it does before; 0: none
	pause time.Duration
	timer *time.Timer
}

func killSoon(round int, r *rand.Rand, cmd *exec.Cmd) *killing {
	k := &killing{cmd: cmd, after: 1 + r.IntN(20), pause: time.Duration(r.IntN(10_000)) * time.Microsecond}
	if round%8 == 7 {
		k.after, k.pause = 0, time.Duration(r.IntN(150_000))*time.Microsecond
		k.begin()
	}
	return k
}

// done hears how many things the process has done.
func (k *killing) done(n int) {
	if n >= k.after && k.timer == nil {
		k.begin()
	}
}

func (k *killing) begin() {
	k.timer = time.AfterFunc(k.pause, func() { _ = k.cmd.Process.Kill() }) // It may have ended.
}

func childCreate(path string) error {
	for i := 0; ; i++ {
		fmt.Println(i)
		f, err := OpenFile(context.Background(), fmt.Sprint(path, i), FileOptions{})
		if err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
}

// A process is killed while it makes files: each is there whole or not at all.
func TestFileKilledWhileNew(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 13))
	for range 20 {
		dir := t.TempDir()
		cmd, out, stderr := child(t, "create", filepath.Join(dir, "store"))
		require.True(t, out.Scan())
		time.AfterFunc(time.Duration(r.IntN(30_000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
		for out.Scan() {
		}
		_ = cmd.Wait() // It was killed.
		require.Empty(t, stderr.String())
		entries, err := os.ReadDir(dir)
		require.NoError(t, err)
		for _, e := range entries {
			if !strings.HasPrefix(e.Name(), ".") {
				info, err := e.Info()
				require.NoError(t, err)
				require.NotZero(t, info.Size())
				require.NoError(t, openPath(t, filepath.Join(dir, e.Name()), FileOptions{}).Close())
			}
		}
	}
}

func childHold(path string) error {
	f, err := OpenFile(context.Background(), path, FileOptions{})
	if err != nil {
		return err
	}
	fmt.Println("open")
	_, _ = io.Copy(io.Discard, os.Stdin)
	return f.Close()
}

func TestFileInUseByProcess(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "store")
	cmd, out, _ := child(t, "hold", path)
	require.True(t, out.Scan())
	// The other one goes on holding it: this one does not wait for that to end.
	_, err := OpenFile(context.Background(), path, FileOptions{})
	if !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v", err)
	}
	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait() // It was killed.
	openPath(t, path, FileOptions{})
}

// childFull fills a file up to a limit for the size of files, which stands for a
// full disk, and goes on when there is room again.
func childFull(path string) error {
	signal.Ignore(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	for _, cur := range []uint64{100 << 10, 2<<20 + 4096, 3<<20 + 512} {
		path := fmt.Sprint(path, cur)
		f, err := OpenFile(context.Background(), path, FileOptions{})
		if err != nil {
			return err
		}
		limit.Cur = cur
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			return err
		}
		if err := fillUp(f, syscall.EFBIG); err != nil {
			return err
		}
		limit.Cur = limit.Max
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			return err
		}
		if err := goOn(f); err != nil {
			return err
		}
	}
	return nil
}

// fillUp writes until the medium is full, and checks that nothing of the batch
// that did not fit is there, that others are, and that deleting works.
func fillUp(f *File, want error) error {
	for n := 1; n < 20_000; n++ {
		before := f.Version()
		err := f.Apply(batchOf1(n))
		if err == nil {
			continue
		}
		if !errors.Is(err, ErrMedium) || !errors.Is(err, want) {
			return fmt.Errorf("batch %d: %w", n, err)
		}
		if f.Version() != before {
			return fmt.Errorf("after batch %d: version %v, was %v", n, f.Version(), before)
		}
		return holds(f, n-1)
	}
	return errors.New("there was room for everything")
}

// holds checks that the batches up to n are in the file and nothing else.
func holds(f *File, n int) error {
	s, err := f.Snapshot()
	if err != nil {
		return err
	}
	defer s.Release()
	it := s.Iterate(nil, nil, Forward)
	for i := 1; i <= n; i++ {
		for _, w := range batchOf1(i) {
			key, value, err := it.Next()
			if err != nil || string(key) != string(w.Key) || string(value) != string(w.Value) {
				return fmt.Errorf("batch %d of %d: %q, %v", i, n, key, err)
			}
		}
	}
	if key, _, err := it.Next(); key != nil || err != nil {
		return fmt.Errorf("after batch %d: %q, %v", n, key, err)
	}
	return nil
}

// goOn writes more to a file that was full, and opens it again.
func goOn(f *File) error {
	records := f.Version().Records
	if err := f.Apply([]Write{{Key: []byte("~"), Value: make([]byte, 100_000)}}); err != nil {
		return fmt.Errorf("with room again: %w", err)
	}
	if err := f.Close(); err != nil {
		return err
	}
	f, err := OpenFile(context.Background(), f.path, FileOptions{})
	if err != nil {
		return err
	}
	if got := f.Version().Records; got != records+1 {
		return fmt.Errorf("%d records after opening it again, want %d", got, records+1)
	}
	return f.Close()
}

func TestFileFull(t *testing.T) {
	t.Parallel()
	cmd, out, stderr := child(t, "full", filepath.Join(t.TempDir(), "store"))
	for out.Scan() {
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v: %s", err, stderr)
	}
}

// childMap opens a file in little address space, where it maps less of it, and
// in too little.
func childMap(path string) error {
	used, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return err
	}
	pages, err := strconv.Atoi(strings.Fields(string(used))[0])
	if err != nil {
		return err
	}
	f, err := OpenFile(context.Background(), path, FileOptions{})
	if err != nil {
		return err
	}
	if err := errors.Join(f.Apply(batchOf(1)), f.Close()); err != nil {
		return err
	}
	limit := uint64(pages*os.Getpagesize()) + 1<<30
	if err := unix.Setrlimit(unix.RLIMIT_AS, &unix.Rlimit{Cur: limit, Max: limit}); err != nil {
		return err
	}
	if f, err = OpenFile(context.Background(), path, FileOptions{}); err != nil {
		return err
	}
	if f.room > 1<<30 || f.room < 1<<26 {
		return fmt.Errorf("%d bytes were mapped", f.room)
	}
	if n, err := newestBatch(f); n != 1 || err != nil {
		return fmt.Errorf("batch %d, %v", n, err)
	}
	return errors.Join(f.Apply(batchOf(2)), f.Close())
}

func TestFileLittleAddressSpace(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/self/statm"); err != nil || raceEnabled {
		t.Skip("the address space in use is not known here, or the race detector takes all of it")
	}
	cmd, out, stderr := child(t, "map", filepath.Join(t.TempDir(), "store"))
	for out.Scan() {
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v: %s", err, stderr)
	}
}
