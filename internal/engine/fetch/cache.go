package fetch

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Temporary names in the cache directory: what is being written, and what npm works in.
const (
	tempFile   = ".wasm-"
	tempNPM    = ".npm-"
	tempSuffix = ".tmp"
)

// staleAfter is the age at which a temporary name belongs to a process that died. A file is written in one go
// and npm is stopped after minutes, so nothing that is alive is that old.
const staleAfter = time.Hour

// cache is the directory that keeps the file.
//
// There is no lock. Every process fetches into memory, verifies, writes a file of its own and renames it: the worst
// that two at once can do is fetch twice, once in the life of a machine. A lock would need an answer to holders that
// hang, are suspended or sit on another host of a shared home directory, and all of those answers end in
// fetching anyway.
type cache struct {
	dir string // absolute; "" when there is none
	err error  // why there is none
}

func newCache(dir string) cache {
	if dir == "" {
		base, err := os.UserCacheDir()
		if err != nil {
			return cache{err: err}
		}
		dir = filepath.Join(base, "spectron", "engine", Version)
	}
	// npm runs in another directory, so a relative path would change its meaning.
	dir, err := filepath.Abs(dir)
	if err != nil {
		return cache{err: err}
	}
	return cache{dir: dir}
}

func (c cache) path() string {
	if c.dir == "" {
		return ""
	}
	return filepath.Join(c.dir, fileName)
}

func (c cache) compilationDir() string {
	if c.dir == "" {
		return ""
	}
	return filepath.Join(c.dir, "compiled")
}

// load reads and verifies the cached file. It writes nothing, so a read-only cache serves.
func (c cache) load(ctx context.Context, p pin, m *meter) ([]byte, error) {
	if c.err != nil {
		return nil, c.err
	}
	f, err := openRegular(c.path())
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return p.read(ctx, f, m)
}

// prepare makes the directory and removes what dead processes left in it.
func (c cache) prepare(now time.Time) error {
	if c.err != nil {
		return c.err
	}
	// Others may read the file, for an image that is built as one user and run as another, but only the owner may
	// put compiled code beside it.
	if err := os.MkdirAll(c.dir, 0o755); err != nil {
		return err
	}
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		ours := strings.HasPrefix(e.Name(), tempFile) || strings.HasPrefix(e.Name(), tempNPM)
		if !ours || !strings.HasSuffix(e.Name(), tempSuffix) {
			continue
		}
		if info, err := e.Info(); err == nil && now.Sub(info.ModTime()) > staleAfter {
			// What cannot be removed is litter and harms nobody.
			_ = os.RemoveAll(filepath.Join(c.dir, e.Name()))
		}
	}
	return nil
}

// keep puts verified data in place, whole or not at all.
func (c cache) keep(ctx context.Context, data []byte, p pin) (err error) {
	f, err := os.CreateTemp(c.dir, tempFile+"*"+tempSuffix)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.Chmod(0o644); err != nil {
		return err
	}
	// The content before the name: after a power cut the name must not stand for a file of zeros. The directory needs no
	// sync: a rename that is lost costs one more fetch.
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), c.path()); err != nil {
		// Where an open file cannot be replaced, another process that is reading the same content is in the way.
		if _, loadErr := c.load(ctx, p, &meter{total: p.size}); loadErr == nil {
			_ = os.Remove(f.Name())
			return nil
		}
		return err
	}
	return nil
}

// workDir makes a temporary directory in the cache, where a later call finds it if this process dies, or else in the
// system's place for temporary files.
func (c cache) workDir() (string, error) {
	if c.err == nil {
		if dir, err := os.MkdirTemp(c.dir, tempNPM+"*"+tempSuffix); err == nil {
			return dir, nil
		}
	}
	return os.MkdirTemp("", "spectron"+tempNPM+"*"+tempSuffix)
}

// openRegular opens a file for reading and refuses what is not a file: opening a named pipe would wait for ever.
func openRegular(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w: not a regular file: %s", fs.ErrInvalid, info.Mode().Type())
	}
	return os.Open(path)
}
