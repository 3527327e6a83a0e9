package reading_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/digest"
	"github.com/spectron-go/spectron/internal/reading"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

var (
	may  = time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	june = may.AddDate(0, 1, 0)
)

func hitOf(category record.Category, value string) recall.Hit {
	f := &record.Fact{
		ID: "attribute:" + value, Kind: record.KindAttribute, Entity: record.EntityRef{Type: record.TypePerson, Name: "Alice"}, Key: "job", Value: value, Category: category,
		Source: record.Source{Kind: record.FromTurn, Session: "session:1", Trust: 1},
	}
	f.Known.From = june
	return recall.Hit{ID: f.ID, Kind: f.Kind, Fact: f, Spoken: &record.Chunk{Role: record.User, Speaker: "Bob"}}
}

func TestEntries(t *testing.T) {
	t.Parallel()
	plain := digest.Item{
		ID: "attribute:CTO", Kind: record.KindAttribute, Text: "Alice's job is CTO", At: june, Speaker: "Bob", Role: record.User, Session: "session:1",
	}
	for name, c := range map[string]struct {
		change func(*recall.Hit)
		want   func(*digest.Item)
	}{
		"a fact":             {func(*recall.Hit) {}, func(*digest.Item) {}},
		"its beginning":      {func(h *recall.Hit) { h.Fact.Valid.From = may.In(time.FixedZone("", 3600)) }, func(i *digest.Item) { i.At = may }},
		"its end":            {func(h *recall.Hit) { h.Fact.Valid.Until, h.Fact.Known.Until = may, june }, func(i *digest.Item) { i.Note = "until 2026-05-04" }},
		"ended":              {func(h *recall.Hit) { h.Fact.Known.Until = june }, func(i *digest.Item) { i.Note = "ended" }},
		"in doubt, no trust": {func(h *recall.Hit) { h.Doubt, h.Fact.Source.Trust = "?", 0.5 }, func(i *digest.Item) { i.Note = "in doubt, low trust" }},
		"a hidden session":   {func(h *recall.Hit) { h.NoSession = true }, func(i *digest.Item) { i.Session = "" }},
		"a hidden turn":      {func(h *recall.Hit) { h.NoTurn = true }, func(i *digest.Item) { i.Speaker, i.Role = "", "" }},
		"a conclusion":       {func(h *recall.Hit) { h.Spoken, h.Fact.Source.Kind = nil, record.FromReflect }, func(i *digest.Item) { i.Speaker, i.Role, i.Note = "", "", "reflect" }},
		"an instruction": {func(h *recall.Hit) {
			h.ID, h.Kind, h.Text = "instruction:1", record.KindInstruction, "Answer in German"
			h.Instruction = &record.Instruction{ID: h.ID, Source: h.Fact.Source}
			h.Instruction.Known.From, h.Fact = may, nil
		}, func(i *digest.Item) {
			i.ID, i.Kind, i.Text, i.At = "instruction:1", record.KindInstruction, "Answer in German", may
		}},
	} {
		h, want := hitOf(record.Identity, "CTO"), plain
		c.change(&h)
		c.want(&want)
		require.Equal(t, []digest.Entry{{Item: want}}, reading.Entries([]recall.Hit{h}), name)
	}
}

// TestByCategory orders facts by category, and otherwise keeps their order.
func TestByCategory(t *testing.T) {
	t.Parallel()
	var texts []string
	for _, e := range reading.ByCategory([]recall.Hit{
		hitOf(record.Context, "a"), hitOf(record.Identity, "b"), hitOf(record.Knowledge, "c"), hitOf("", "d"), hitOf(record.Identity, "e"), hitOf(record.Context, "f"),
	}) {
		texts = append(texts, e.Text[len(e.Text)-1:])
	}
	require.Equal(t, []string{"b", "e", "c", "d", "a", "f"}, texts)
	require.Empty(t, reading.ByCategory(nil))
}
