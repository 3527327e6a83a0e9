package recall_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// A view gives back chunks as they were stored, whatever search makes of them: a name before a colon is not on record as the speaker.
func TestChunksComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 5, 4, 9, 30, 0, 123456789, time.UTC)
	var want []record.Chunk
	for i, text := range []string{"Ana Lima: we are late.", "Where is Bob?", "It rained in May 2019.", "Ana Lima: and wet."} {
		for j, speaker := range []string{"", "Ana Lima", "Bob"} {
			n := len(want)
			want = append(want, record.Chunk{
				ID: fmt.Sprintf("memory_chunk:%02d", n), Turn: fmt.Sprintf("turn:%02d", n/2), Session: fmt.Sprintf("session:%d", i), Text: text, Speaker: speaker,
				Role: []record.Role{record.User, record.Assistant, record.Tool}[j], Seq: n / 2, Start: n % 2 * 30, SpokenAt: at.AddDate(0, 0, i),
				KnownFrom: at.AddDate(0, 1, j), Scopes: []record.ScopeSet{{{"/"}}, {{"org/a"}, {"org/b", "org/c"}}}[n/2%2], Category: record.Context,
				Labels: [][]string{nil, {"x", "y"}}[j%2],
			})
		}
	}
	view := recall.NewView()
	require.NoError(t, view.Apply(store.Write{Chunks: append([]record.Chunk(nil), want...)}))
	var got []record.Chunk
	for c, err := range view.Rows().Chunks(t.Context()) {
		require.NoError(t, err)
		got = append(got, c)
	}
	require.Equal(t, want, got)
	require.Equal(t, len(want), view.Stats().Chunks)
}
