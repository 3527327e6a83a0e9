package recall_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// remembered returns a write of the next turns of a session, with a chunk each.
func remembered(session string, first, n int) store.Write {
	scopes := record.ScopeSet{{"org/acme"}}
	w := store.Write{Session: record.Session{ID: session, Scopes: scopes, Turns: first + n}}
	for i := range n {
		key := session + "-" + strconv.Itoa(first+i)
		w.Chunks = append(w.Chunks, record.Chunk{ID: "memory_chunk:" + key, Turn: "turn:" + key, Session: session, Text: "word", Scopes: scopes})
	}
	return w
}

func ids(w store.Write) (out []string) {
	for _, c := range w.Chunks {
		out = append(out, c.ID)
	}
	return out
}

// TestChunksOfASession checks that a session has the chunks of all its writes, without those that were erased. A dropped session has none,
// whether this process or another one dropped it.
func TestChunksOfASession(t *testing.T) {
	t.Parallel()
	v := recall.NewView()
	one, two, other := remembered("session:one", 0, 3), remembered("session:one", 3, 2), remembered("session:two", 0, 2)
	for _, w := range []store.Write{one, other, two} {
		require.NoError(t, v.Apply(w))
	}
	check := func(session string, want ...string) {
		t.Helper()
		if got := v.ChunksOf(session); !slices.Equal(got, want) {
			t.Errorf("%s has %v, want %v", session, got, want)
		}
	}
	all := append(ids(one), ids(two)...)
	check("session:one", all...)
	check("session:two", ids(other)...)
	require.NoError(t, v.Merge(store.Update{Erased: all[1:3]}))
	check("session:one", all[0], all[3], all[4])
	v.DropSession("session:one", v.ChunksOf("session:one"))
	check("session:one")
	require.NoError(t, v.Merge(store.Update{Dropped: []string{"session:two"}}))
	check("session:two")
	if got := v.Stats(); got.Chunks != 0 || got.Sessions != 0 {
		t.Errorf("left: %+v", got)
	}
}

// BenchmarkChunksOf asks for the chunks of a session of ten, among few and among many other sessions. The number of other sessions must not
// matter.
func BenchmarkChunksOf(b *testing.B) {
	for _, sessions := range []int{10, 10_000} {
		b.Run(fmt.Sprint(sessions), func(b *testing.B) {
			v := recall.NewView()
			for i := range sessions {
				require.NoError(b, v.Apply(remembered("session:"+strconv.Itoa(i), 0, 10)))
			}
			for b.Loop() {
				if n := len(v.ChunksOf("session:7")); n != 10 {
					b.Fatal(n)
				}
			}
		})
	}
}
