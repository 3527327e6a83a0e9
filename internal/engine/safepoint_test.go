package engine

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tetratelabs/wazero"

	"github.com/spectron-go/spectron/internal/engine/kv"
	"github.com/spectron-go/spectron/internal/surreal"
)

// spin runs the loop of the tiny module, which has no end, until its host ends it.
func spin(t *testing.T, h *host) error {
	t.Helper()
	m, err := Compile(context.Background(), tiny(t), "")
	require.NoError(t, err)
	require.NoError(t, m.acquire())
	h.module, err = m.instantiate(h.ctx)
	require.NoError(t, err)
	h.stepped = time.Now()
	err = h.guard(func() { h.invoke("spin") })
	require.NoError(t, h.module.Close(h.ctx))
	require.NoError(t, m.release())
	require.NoError(t, m.Close(context.Background()))
	return err
}

func TestALoopWithoutAnEndIsEnded(t *testing.T) {
	t.Parallel()
	db := kv.New(kv.NewMemory())
	defer func() { require.NoError(t, db.Close()) }()
	h := newHost(db)
	h.limit = 20 * time.Millisecond
	requireKinds(t, spin(t, h), ErrBroken, surreal.ErrTimeout)

	hurry := make(chan struct{})
	h = newHost(db)
	h.limit, h.hurry = time.Hour, hurry
	time.AfterFunc(20*time.Millisecond, func() { close(hurry) })
	requireKinds(t, spin(t, h), ErrBroken)
}

func TestEveryLoopOfTheBuildHasASafepoint(t *testing.T) {
	t.Parallel()
	b, err := build()
	require.NoError(t, err)
	out, err := addSafepoints(b.Bytes)
	require.NoError(t, err)
	bodies := func(wasm []byte) (bodies [][]byte) {
		r := &wasmReader{b: wasm[len(wasmHeader):]}
		for len(r.b) > 0 {
			id := r.byte()
			content := &wasmReader{b: r.vector()}
			if id != sectionCode {
				continue
			}
			for range content.count() {
				bodies = append(bodies, content.vector())
			}
			require.Empty(t, content.b)
		}
		require.False(t, r.failed)
		return bodies
	}
	before, after := bodies(b.Bytes), bodies(out)
	require.Len(t, after, len(before))
	all := 0
	// The build has one global and imports the clock as its function 118.
	code := safepointCode(1, 118)
	for i := range before {
		var s safepoint
		loops := s.loops(before[i], nil)
		all += len(loops)
		// Without their safepoints the bodies are what they were, and at every loop there is one.
		var rest []byte
		done, gone := 0, 0
		for _, at := range loops {
			rest = append(rest, after[i][done:at+gone]...)
			done = at + gone + len(code)
			gone += len(code)
			if !bytes.Equal(after[i][done-len(code):done], code) {
				t.Fatalf("function %d has no safepoint at %d", i, at)
			}
		}
		if rest = append(rest, after[i][done:]...); !bytes.Equal(rest, before[i]) {
			t.Fatalf("function %d has changed", i)
		}
		require.Empty(t, s.failure)
	}
	t.Logf("%d loops in %d functions, %d bytes more", all, len(before), len(out)-len(b.Bytes))
	if all < 10_000 {
		t.Errorf("only %d loops", all)
	}
}

func TestSafepointsAreNotAddedToJunk(t *testing.T) {
	t.Parallel()
	whole := tiny(t)
	for n := range whole {
		_, err := addSafepoints(whole[:n])
		if !errors.Is(err, errWasm) {
			t.Errorf("the first %d bytes: %v", n, err)
		}
	}
	for name, change := range map[string]func([]byte) []byte{
		"another import":          func(b []byte) []byte { return bytes.Replace(b, []byte("now"), []byte("new"), 1) },
		"an import of a memory":   func(b []byte) []byte { return bytes.Replace(b, []byte("621\x00"), []byte("621\x02"), 1) },
		"an import of other type": func(b []byte) []byte { return bytes.Replace(b, []byte("621\x00\x01"), []byte("621\x00\x00"), 1) },
		"an unknown instruction": func(b []byte) []byte {
			return bytes.Replace(b, []byte{opLoop, typeNone, opBr}, []byte{opLoop, typeNone, 0xfe}, 1)
		},
	} {
		changed := change(bytes.Clone(whole))
		require.NotEqual(t, whole, changed, name)
		if _, err := addSafepoints(changed); !errors.Is(err, errWasm) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzSafepoints: what wazero takes, it takes with safepoints as well.
func FuzzSafepoints(f *testing.F) {
	whole := tiny(f)
	f.Add(whole)
	for i := range whole {
		for _, b := range []byte{0x00, 0x01, 0x7f, 0x80, 0xff} {
			damaged := bytes.Clone(whole)
			damaged[i] = b
			f.Add(damaged)
		}
	}
	ctx := context.Background()
	f.Fuzz(func(t *testing.T, wasm []byte) {
		out, err := addSafepoints(wasm)
		if err != nil {
			require.ErrorIs(t, err, errWasm)
			return
		}
		r := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfigInterpreter())
		defer func() { require.NoError(t, r.Close(ctx)) }()
		if _, err := r.CompileModule(ctx, wasm); err != nil {
			return
		}
		_, err = r.CompileModule(ctx, out)
		require.NoError(t, err)
	})
}
