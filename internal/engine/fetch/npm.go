package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
	"unicode"
)

// defaultNPMTimeout bounds npm as a whole, because it shows no progress. Its own limits (five minutes for
// a request, with retries) are too long to wait for when there is another way.
const defaultNPMTimeout = 2 * time.Minute

// npmWaitDelay is how long a descendant of npm that escaped its process group may hold npm's error output open.
const npmWaitDelay = time.Second

// maxNPMMessage is how many bytes of npm's error output are kept; it says first what is wrong.
const maxNPMMessage = 800

// tryNPM has npm write the package's archive into a directory of our own and reads the file from it.
func (f *fetcher) tryNPM(ctx context.Context) ([]byte, error) {
	f.meter.begin(StageNPM)
	npm, err := exec.LookPath(f.npmCommand)
	if err != nil {
		return nil, err
	}
	dir, err := f.cache.workDir()
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := f.runNPM(ctx, npm, dir); err != nil {
		return nil, err
	}

	archives, err := fs.Glob(os.DirFS(dir), "*.tgz")
	if err != nil {
		return nil, err
	}
	if len(archives) == 0 {
		return nil, fmt.Errorf("%w: npm wrote none", ErrArchive)
	}
	r, err := openRegular(filepath.Join(dir, archives[0]))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return f.pin.readPacked(ctx, r, &f.meter)
}

func (f *fetcher) runNPM(ctx context.Context, npm, dir string) error {
	limited, cancel := context.WithTimeout(ctx, f.npmTimeout)
	defer cancel()
	message := &headWriter{left: maxNPMMessage}
	cmd := exec.CommandContext(limited, npm, "pack", Package+"@"+Version,
		"--pack-destination", dir, "--ignore-scripts", "--loglevel=error", "--no-update-notifier",
		// A version never changes, so npm's own cache is as good as the registry.
		"--prefer-offline",
		// By default an unreachable registry takes 70 seconds to fail, and there may be another way.
		"--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=1000")
	cmd.Dir = dir
	cmd.Stderr = message
	cmd.WaitDelay = npmWaitDelay
	killTree(cmd)

	err := cmd.Run()
	switch {
	case err == nil, errors.Is(err, exec.ErrWaitDelay): // the latter: npm itself did its work
		return nil
	case limited.Err() != nil:
		return fmt.Errorf("%w: npm did not end within %v", ErrStalled, f.npmTimeout)
	}
	if text := message.String(); text != "" {
		return fmt.Errorf("%w: %s", err, text)
	}
	return err
}

// headWriter keeps the first bytes written to it.
type headWriter struct {
	buf  bytes.Buffer
	left int
}

func (w *headWriter) Write(b []byte) (int, error) {
	n := min(len(b), w.left)
	w.buf.Write(b[:n])
	w.left -= n
	return len(b), nil
}

// String returns the text on one line, without control characters.
func (w *headWriter) String() string {
	printable := strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, w.buf.String())
	return strings.Join(strings.Fields(printable), " ")
}
