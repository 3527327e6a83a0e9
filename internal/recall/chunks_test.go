package recall_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// TestChunksComeBackAsTheyWere checks that a view returns chunks as they were stored. The search may read a name before a colon as the
// speaker, but the chunk does not get that speaker.
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
				KnownFrom: at.AddDate(0, 1, j), RecordedAt: at.AddDate(0, 1, j+n%2), Scopes: []record.ScopeSet{{{"/"}}, {{"org/a"}, {"org/b", "org/c"}}}[n/2%2], Category: record.Context,
				Labels: [][]string{nil, {"x", "y"}}[j%2], Location: []*record.Location{nil, {Lat: 47.5, Lng: -8.25}}[i%2],
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

// TestRestoredIsLoaded checks that a view restored from a copy equals a view loaded from it, and that copies of both are equal.
func TestRestoredIsLoaded(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 5, 4, 9, 30, 0, 0, time.UTC)
	scopes := []record.ScopeSet{{{"/"}}, {{"org/a"}, {"org/b", "org/c"}}}
	var w store.Write
	for n := range 60 {
		w.Chunks = append(w.Chunks, record.Chunk{
			ID: fmt.Sprintf("memory_chunk:%02d", n), Turn: fmt.Sprintf("turn:%02d", n/2), Session: fmt.Sprintf("session:%d", n/20), Text: fmt.Sprintf("Alice said %d.", n),
			Role: record.User, Seq: n / 2, Start: n % 2 * 30, SpokenAt: at, KnownFrom: at, Scopes: scopes[n/2%2], Category: record.Context,
		})
		w.Create = append(w.Create, record.Fact{
			ID: fmt.Sprintf("attribute:%02d", n), Kind: record.KindAttribute, Entity: record.EntityRef{Type: record.TypePerson, Name: fmt.Sprint("P", n%7)}, Key: "city",
			Value: fmt.Sprint("City ", n), Scopes: scopes[n%2], Category: record.Knowledge, Known: record.Interval{From: at}, RecordedAt: at, Seq: int64(n + 1),
		})
		w.Instructions = append(w.Instructions, record.Instruction{ID: fmt.Sprintf("instruction:%02d", n), Description: fmt.Sprint("Answer ", n), Active: true, Scopes: scopes[n%2], Known: record.Interval{From: at}})
	}
	embed := func(_ context.Context, texts []string) ([][]float32, error) {
		out := make([][]float32, len(texts))
		for i, text := range texts {
			out[i] = []float32{float32(len(text)), 1}
		}
		return out, nil
	}
	require.NoError(t, recall.EmbedWrite(t.Context(), &w, embed))
	w.Chunks[7].Vector = nil // it was stored without a vector
	view := recall.NewView()
	require.NoError(t, view.Apply(w))
	loaded, err := recall.Load(t.Context(), view.VectoredRows(), embed)
	require.NoError(t, err)
	restored, err := recall.Restore(t.Context(), view.VectoredRows(), embed)
	require.NoError(t, err)
	if loaded.Stats() != restored.Stats() || loaded.State().LastSeq() != restored.State().LastSeq() || !loaded.Newest().Equal(restored.Newest()) {
		t.Errorf("loaded %+v, restored %+v", loaded.Stats(), restored.Stats())
	}
	for c := range loaded.VectoredRows().Chunks(t.Context()) {
		want, all := loaded.TurnsOf(c.Session, scopes[0].Equal)
		if got, same := restored.TurnsOf(c.Session, scopes[0].Equal); got != want || same != all {
			t.Errorf("%d turns of %s, not %d", got, c.Session, want)
		}
	}
	copied := func(v *recall.View) (out []any) {
		for page := range v.VectoredRows().Index(t.Context()) {
			out = append(out, bytes.Clone(page))
		}
		for f := range v.VectoredRows().Facts(t.Context()) {
			out = append(out, f)
		}
		for i := range v.VectoredRows().Instructions(t.Context()) {
			out = append(out, i)
		}
		return out
	}
	require.Equal(t, copied(loaded), copied(restored))
}

// TestEntriesAreOfTheirForm fails if texts are read in another way than before. Then raise entryForm, so that no index with the old
// readings is used, and replace the readings below.
func TestEntriesAreOfTheirForm(t *testing.T) {
	t.Parallel()
	const form = "4"
	want := map[string]string{
		"Ana Lima: we are late.": "Ana Lima", "Where is Bob?": "asking asks", "It rained in May 2019.": "time", "I saw him yesterday. Did you?": "asking time",
		"Call me at 5 pm on Monday.": "number time", "明天去吗？": "asking asks", "On 3 March we left.": "number time", "Summary: it was fine.": "",
		"She works at the hospital in Lisbon.": "place", "I'm in, twice.": "number", "in the end I said no": "", "We walked to my school.": "place",
	}
	got := recall.Readings(want)
	require.Equal(t, form, recall.EntryForm)
	for text, of := range want {
		if got[text] != of {
			t.Errorf("%q: read %q, not %q: raise entryForm", text, got[text], of)
		}
	}
}
