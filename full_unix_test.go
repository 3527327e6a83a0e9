//go:build unix

package spectron_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/testing/testsize"
	"golang.org/x/sys/unix"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

const fullFile = "SPECTRON_TEST_FULL_FILE"

// TestWriterOnAFullDisk is the child process of TestTheDiskIsFull, because the limit for file sizes applies to a process.
func TestWriterOnAFullDisk(t *testing.T) {
	path := os.Getenv(fullFile)
	if path == "" {
		t.Skip("run by TestTheDiskIsFull")
	}
	ctx := context.Background()
	signal.Ignore(syscall.SIGXFSZ) // so that the write fails instead
	mgr, err := openFile(path, spectrontest.Epoch)
	require.NoError(t, err)
	c, err := mgr.Context(ctx, "test")
	require.NoError(t, err)
	info, err := os.Stat(path)
	require.NoError(t, err)
	var limit unix.Rlimit
	require.NoError(t, unix.Getrlimit(unix.RLIMIT_FSIZE, &limit))
	full := limit
	full.Cur = uint64(info.Size())
	require.NoError(t, unix.Setrlimit(unix.RLIMIT_FSIZE, &full))
	// Long texts fill the file. The texts that are searched are short.
	filler := strings.Repeat("A long text about nothing. ", 2000)
	remember := func(text string) error {
		_, err := c.Memory().RememberMany(ctx, spectron.RememberManyRequest{
			Messages: []spectron.Message{{Content: text}, {Content: filler}}, Infer: spectron.InferNone,
		})
		return err
	}
	stored := 0
	for ; ; stored++ {
		err = remember(number(stored))
		if err != nil {
			break
		}
	}
	if !errors.Is(err, spectron.ErrUnavailable) || !errors.Is(err, syscall.EFBIG) {
		t.Errorf("the disk is full: %v", err)
	}
	// Stored texts can be read, and the failed write left nothing.
	for i := range stored + 1 {
		if n := findAll(t, c, number(i)); n != min(1, stored-i) {
			t.Errorf("text %d of %d is found %d times", i, stored, n)
		}
	}
	// Make room again.
	require.NoError(t, unix.Setrlimit(unix.RLIMIT_FSIZE, &limit))
	require.NoError(t, remember("zroom"))
	require.NoError(t, mgr.Close(ctx))

	mgr, err = openFile(path, spectrontest.Epoch)
	require.NoError(t, err)
	c, err = mgr.Context(ctx, "test")
	require.NoError(t, err)
	for i := range stored + 1 {
		if n := findAll(t, c, number(i)); n != min(1, stored-i) {
			t.Errorf("opened again, text %d of %d is found %d times", i, stored, n)
		}
	}
	if n := findAll(t, c, "zroom"); n != 1 {
		t.Errorf("opened again, the text after the failure is found %d times", n)
	}
	require.NoError(t, mgr.Close(ctx))
}

func number(i int) string { return fmt.Sprintf("zf%d", i) }

func TestTheDiskIsFull(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Children)
	t.Parallel()
	path := someFile(t, 5)
	cmd := exec.Command(os.Args[0], "-test.run=^TestWriterOnAFullDisk$", "-test.v", "-test.timeout=2m")
	cmd.Env = append(os.Environ(), fullFile+"="+path)
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestWriterOnAFullDisk") {
		t.Errorf("%v:\n%s", err, out)
	}
	whole(t, path, 5)
}
