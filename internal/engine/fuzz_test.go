package engine

import (
	"bytes"
	"context"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/surreal"
)

// FuzzCall hands the module requests that are not what it expects. It may refuse them or trap; the next request is
// answered either way.
func FuzzCall(f *testing.F) {
	for _, seed := range callSeeds(f) {
		f.Add(seed)
	}
	e := newEngine(f)
	s := connect(f, e)
	f.Fuzz(func(t *testing.T, payload []byte) {
		before := e.Stats().Restarts
		out, err := e.Call(context.Background(), payload)
		if err == nil {
			_, err = surreal.DecodeResponse(out) // may fail, must not panic
		}
		if n := e.Stats().Restarts - before; n > 0 {
			t.Logf("% x: %d restarts: %v", payload[:min(len(payload), 200)], n, err)
		}
		if got := query[int](t, s, `RETURN 6 * 7`, nil); got != 42 {
			t.Errorf("afterwards the engine says %d", got)
		}
	})
}

// callSeeds are requests of every method with parameters of many kinds, each whole and damaged at every byte.
func callSeeds(tb testing.TB) [][]byte {
	id := surreal.UUID{1}
	var seeds [][]byte
	add := func(v any) {
		b, err := surreal.Marshal(v)
		require.NoError(tb, err)
		seeds = append(seeds, b)
	}
	tag := func(n uint64, content any) cbor.Tag { return cbor.Tag{Number: n, Content: content} }
	for _, method := range []string{
		"attach", "authenticate", "begin", "cancel", "commit", "create", "delete", "detach", "export", "import",
		"info", "insert", "invalidate", "kill", "let", "live", "merge", "patch", "ping", "query", "relate", "reset",
		"run", "select", "sessions", "set", "signin", "signup", "unset", "update", "upsert", "use", "version",
	} {
		for _, params := range [][]any{
			nil, {"a"}, {nil, nil}, {"a", map[string]any{"a": 1}}, {tag(6, nil), "a"}, {surreal.RecordID{Table: "a", Key: "b"}, 1},
		} {
			add(rpc{ID: "1", Method: method, Params: params})
			add(rpc{ID: "1", Method: method, Params: params, Session: &id})
		}
	}
	for _, n := range []uint64{0, 6, 7, 8, 9, 10, 12, 13, 14, 15, 37, 49, 50, 51, 88, 89, 90, 91, 92, 93, 94, 1 << 40} {
		for _, content := range []any{nil, -1, "x", []byte{1}, []any{}, []any{1, 2}, []any{-1 << 62, 1 << 62}, map[string]any{}, 1.5} {
			add(rpc{ID: "1", Method: "query", Params: []any{"RETURN $x", map[string]any{"x": tag(n, content)}}})
		}
	}
	whole := seeds[len(seeds)-1]
	for i := range whole {
		seeds = append(seeds, whole[:i])
		for _, b := range []byte{0x00, 0x5f, 0x7f, 0x9b, 0xbb, 0xff} {
			damaged := bytes.Clone(whole)
			damaged[i] = b
			seeds = append(seeds, damaged)
		}
	}
	for _, head := range []byte{0x81, 0x9f, 0xa1, 0xc6, 0xbf, 0x5f} {
		for _, depth := range []int{10, 1000, 100_000} {
			seeds = append(seeds, append(bytes.Repeat([]byte{head}, depth), 0xf6))
		}
	}
	for _, head := range []byte{0x9a, 0xba, 0x5a, 0x7a} {
		seeds = append(seeds, []byte{head, 0x7f, 0xff, 0xff, 0xff}, []byte{head + 1, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	}
	for _, repeated := range []string{"[", "(", "-", "!", "{", "1+", "a.", "1,"} {
		for _, times := range []int{100, 100_000} {
			sql := "RETURN " + string(bytes.Repeat([]byte(repeated), times)) + "1"
			add(rpc{ID: "1", Method: "query", Params: []any{sql, map[string]any{}}})
		}
	}
	return seeds
}
