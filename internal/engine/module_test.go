package engine

import (
	"context"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/surreal"
)

// tiny is a module with one function, which runs a loop without an end, and the least that Compile asks for: the
// import of safepoints and a global. It compiles in no time.
func tiny(tb testing.TB) []byte {
	tb.Helper()
	b, err := hex.DecodeString("0061736d01000000" +
		"010802" + "600000" + "6000017c" + // types: () and () -> f64
		"023001" + "11" + hex.EncodeToString([]byte(importModule)) + "1a" + hex.EncodeToString([]byte(safepointImport)) + "0001" +
		"03020100" +
		"0606017f01412a0b" +
		"07080104" + hex.EncodeToString([]byte("spin")) + "0001" + // export "spin"
		"0a090107" + "00" + "03400c000b0b")
	require.NoError(tb, err)
	return b
}

func TestOpenNeedsAModule(t *testing.T) {
	t.Parallel()
	closed, err := Compile(context.Background(), tiny(t), "")
	require.NoError(t, err)
	if !closed.Usable() {
		t.Error("a compiled module is not usable")
	}
	require.NoError(t, closed.Close(context.Background()))
	require.NoError(t, closed.Close(context.Background()), "a second Close")
	var none *Module
	require.NoError(t, none.Close(context.Background()))
	for name, m := range map[string]*Module{"nil": none, "zero": {}, "closed": closed} {
		if m.Usable() {
			t.Errorf("%s is usable", name)
		}
		db := kv.New(kv.NewMemory())
		if e, err := Open(context.Background(), m, db); e != nil || !errors.Is(err, ErrModule) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := db.Begin(kv.ReadOnly); !errors.Is(err, kv.ErrClosed) {
			t.Errorf("%s: the store is still open: %v", name, err)
		}
	}
}

// own compiles a module that a test may close; the machine code is cached.
func own(tb testing.TB) *Module {
	tb.Helper()
	b, err := build()
	require.NoError(tb, err)
	m, err := Compile(context.Background(), b.Bytes, b.CompilationDir)
	require.NoError(tb, err)
	return m
}

func TestTheLastEngineReleasesAClosedModule(t *testing.T) {
	t.Parallel()
	ctx, m := context.Background(), own(t)
	first, err := Open(ctx, m, kv.New(kv.NewMemory()))
	require.NoError(t, err)
	second, err := Open(ctx, m, kv.New(kv.NewMemory()))
	require.NoError(t, err)
	require.NoError(t, m.Close(ctx))
	if _, err := Open(ctx, m, kv.New(kv.NewMemory())); !errors.Is(err, ErrModule) {
		t.Errorf("a closed module starts an instance: %v", err)
	}
	require.NoError(t, first.Close(ctx))
	if got := query[int](t, connect(t, second), `RETURN 1`, nil); got != 1 {
		t.Errorf("the instance that runs returned %d", got)
	}
	if m.runtime == nil {
		t.Error("released under a running instance")
	}
	_, err = connect(t, second).Query(ctx, trapSQL, nil)
	requireKinds(t, err, ErrBroken, surreal.ErrLost)
	if got := query[int](t, connect(t, second), `RETURN 1`, nil); got != 1 {
		t.Errorf("the instance after the trap returned %d", got)
	}
	require.NoError(t, second.Close(ctx))
	require.NoError(t, second.Close(ctx), "a second Close")
	if m.runtime != nil || m.engines != 0 {
		t.Errorf("not released: %d engines", m.engines)
	}
}

func TestOpenRacesWithClose(t *testing.T) {
	t.Parallel()
	ctx, m := context.Background(), own(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			e, err := Open(ctx, m, kv.New(kv.NewMemory()))
			if errors.Is(err, ErrModule) {
				return
			}
			if err != nil {
				t.Error(err)
				return
			}
			_, err = e.Version(ctx)
			if err := errors.Join(err, e.Close(ctx)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Go(func() {
		if err := m.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	wg.Wait()
	if m.runtime != nil || m.engines != 0 {
		t.Errorf("not released: %d engines", m.engines)
	}
}

func TestCompileReturnsWhenItsContextEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	begun, finish, made := make(chan struct{}), make(chan struct{}), make(chan *Module, 1)
	returned := make(chan error, 1)
	go func() {
		_, err := await(ctx, func() (*Module, error) {
			close(begun)
			<-finish
			m, err := Compile(context.Background(), tiny(t), "")
			made <- m
			return m, err
		})
		returned <- err
	}()
	<-begun
	cancel()
	if err := <-returned; !errors.Is(err, context.Canceled) {
		t.Errorf("returned %v", err)
	}
	close(finish)
	m := <-made
	require.Eventually(t, func() bool { return !m.Usable() }, patience, time.Millisecond, "nobody closed the module")
	if _, err := Compile(ctx, tiny(t), ""); !errors.Is(err, context.Canceled) {
		t.Errorf("with an ended context: %v", err)
	}
}

func TestCompileGivesUpAtItsDeadline(t *testing.T) {
	t.Parallel()
	b, err := build()
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	done := make(chan error, 1)
	// Without a cache the build takes many times as long.
	m, err := await(ctx, func() (*Module, error) {
		m, err := compileNow(ctx, b.Bytes, "", imports())
		done <- err
		return m, err
	})
	if m != nil || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if err := <-done; !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("what it had begun ended with %v", err)
	}
}

func TestACacheThatCannotBeUsedCostsOnlyTime(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	cached := t.TempDir()
	m, err := Compile(ctx, tiny(t), cached)
	require.NoError(t, err)
	require.NoError(t, m.Close(ctx))
	entries, err := filepath.Glob(filepath.Join(cached, "*", "*"))
	require.NoError(t, err)
	require.Len(t, entries, 1)
	entry, err := filepath.Rel(cached, entries[0])
	require.NoError(t, err)

	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	occupied := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(occupied, entry, "x"), 0o700))
	damaged := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(damaged, entry)), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(damaged, entry), []byte("not machine code"), 0o600))
	for name, dir := range map[string]string{
		"cannot be made":           filepath.Join(file, "compiled"),
		"the entry cannot be read": occupied,
		"the entry is damaged":     damaged,
	} {
		// Without the second attempt it fails: the case is one.
		if _, err := compileNow(ctx, tiny(t), dir, imports()); err == nil {
			t.Errorf("%s: the cache works", name)
		}
		m, err := Compile(ctx, tiny(t), dir)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !m.Usable() {
			t.Errorf("%s: not usable", name)
		}
		require.NoError(t, m.Close(ctx))
	}
	if _, err := Compile(ctx, []byte("not wasm"), t.TempDir()); err == nil {
		t.Error("junk compiled")
	}
}
