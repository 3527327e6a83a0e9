package dump_test

import (
	"bytes"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/dump"
	"github.com/spectron-go/spectron/internal/surreal"
)

// benchRows are rows of 13 fields with 200 bytes of text.
func benchRows(tb testing.TB, n int) []cbor.RawMessage {
	tb.Helper()
	text := "Alice said that she \"moved\" from Berlin to Lisbon in the spring; she works for a shipping company there, and it's a small one.\nHer brother, who is a teacher, stays in Zürich until the summer, when he joins her."
	rows := make([]cbor.RawMessage, n)
	for i := range rows {
		at := surreal.At(time.Unix(1_750_000_000+int64(i), 123_456_789))
		rows[i] = raw(tb, map[string]any{
			"id": id("turn", fmt.Sprintf("01h%023d", i)), "session": id("session", "01hsession0000000000000000"), "turn": id("turn", "x"), "seq": i,
			"role": "user", "text": text, "spoken_at": at, "recorded_at": at, "known_from": at, "scopes": [][]string{{"tenant/a", "user/b"}},
			"labels": surreal.None{}, "confidence": 0.85, "vector": nil,
		})
	}
	return rows
}

func BenchmarkWrite(b *testing.B) {
	rows := benchRows(b, 2000)
	var size int64
	b.ReportAllocs()
	for b.Loop() {
		n := &counter{}
		w, err := dump.NewWriter(n, dump.Header{})
		require.NoError(b, err)
		require.NoError(b, w.Rows("turn", dump.Normal, rows))
		require.NoError(b, w.Close())
		size = n.n
	}
	b.SetBytes(size)
}

type counter struct{ n int64 }

func (c *counter) Write(b []byte) (int, error) {
	c.n += int64(len(b))
	return len(b), nil
}

func BenchmarkRead(b *testing.B) {
	var file bytes.Buffer
	w, err := dump.NewWriter(&file, dump.Header{})
	require.NoError(b, err)
	require.NoError(b, w.Rows("turn", dump.Normal, benchRows(b, 2000)))
	require.NoError(b, w.Close())
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		r, err := dump.NewReader(bytes.NewReader(file.Bytes()), limits)
		require.NoError(b, err)
		rows := 0
		for {
			batch, err := r.Next()
			if err == io.EOF {
				break
			}
			require.NoError(b, err)
			rows += len(batch.Rows)
		}
		require.Equal(b, 2000, rows)
	}
}
