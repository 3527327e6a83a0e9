package index_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// TestMentions looks for later turns of users by groups of words.
func TestMentions(t *testing.T) {
	t.Parallel()
	ix, at := index.New(), time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	own, other := record.ScopeSet{{"org/a"}}, record.ScopeSet{{"org/b"}}
	for i, e := range []index.Entry{
		{Text: "I live in Bergen.", Role: record.User},
		{Text: "Goodbye Bergen, we moved.", Role: record.User},
		{Text: "You moved to Bergen.", Role: record.Assistant},
		{Text: "We moved away from Bergen.", Role: record.User, Scopes: other},
		{Text: "The new fish market of Bergen", Role: record.User},
		{Text: "They are moving the market.", Role: record.User},
		{Text: "Bergen is a fact", Turn: "-"},
	} {
		e.ID, e.Occurred, e.Kind = fmt.Sprint("row:", i), at.Add(time.Duration(i)*time.Minute), record.KindMemoryChunk
		e.Known.From = e.Occurred
		if e.Scopes == nil {
			e.Scopes = own
		}
		if e.Turn = "turn"; e.Role == "" {
			e.Turn = ""
		}
		require.NoError(t, ix.Put(e))
	}
	many := []string{"moved", "new"} // more words than are looked up at once
	for i := range 60 {
		many = append(many, fmt.Sprint("word", i))
	}
	for _, tt := range []struct {
		since time.Time
		most  int
		any   []index.Mention
		want  []string
	}{
		{at, 9, []index.Mention{ix.MentionOf("Bergen")}, []string{"row:4", "row:1"}},
		{time.Time{}, 9, []index.Mention{ix.MentionOf("Bergen")}, []string{"row:4", "row:1", "row:0"}},
		{time.Time{}, 1, []index.Mention{ix.MentionOf("Bergen")}, []string{"row:4"}},
		{at, 9, []index.Mention{ix.MentionOf("fish Bergen")}, []string{"row:4"}},
		{at, 9, []index.Mention{append(ix.MentionOf("Bergen"), []string{"moved"})}, []string{"row:1"}},
		{at, 9, []index.Mention{append(ix.MentionOf("Bergen"), many)}, []string{"row:4", "row:1"}},
		{at, 9, []index.Mention{{many}}, []string{"row:4", "row:1"}},
		{at, 9, []index.Mention{{{"fish"}}, {{"goodbye"}}, {{"goodbye", "fish"}}}, []string{"row:4", "row:1"}},
		{at, 9, []index.Mention{{{"bergen"}, nil}}, []string{}},
		{at, 9, []index.Mention{{{"oslo"}}}, []string{}},
		{at, 9, nil, []string{}},
	} {
		assert.Equal(t, tt.want, ix.Mentions(own, tt.since, tt.most, tt.any...), "%v %d", tt.any, tt.most)
	}
	assert.Equal(t, []string{"row:3"}, ix.Mentions(other, at, 9, ix.MentionOf("Bergen")))
	assert.Empty(t, ix.Mentions(record.ScopeSet{{"org/c"}}, at, 9, ix.MentionOf("Bergen")))
}
