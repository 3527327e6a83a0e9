package access

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// TestKeysEndTogether checks that a key that is created or rotated with another key expires no later than that one, and passes its expiry
// on to keys that were created with it.
func TestKeysEndTogether(t *testing.T) {
	t.Parallel()
	day := func(n int) (at time.Time) {
		if n > 0 {
			at = time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC)
		}
		return at
	}
	key := func(id, madeBy, rotatedBy string, end int) record.APIKey {
		return record.APIKey{ID: id, MadeBy: madeBy, RotatedBy: rotatedBy, ValidUntil: day(end)}
	}
	for _, row := range []struct {
		name     string
		siblings []record.APIKey
		changed  record.APIKey
		want     []string // id and expiry date of each changed key
	}{
		{"alone", []record.APIKey{key("a", "operator", "", 9)}, key("a", "operator", "", 5), []string{"a 5"}},
		{"its maker ends earlier", []record.APIKey{key("m", "", "", 3), key("a", "m", "", 9)}, key("a", "m", "", 5), []string{"a 3"}},
		{"its maker has no end", []record.APIKey{key("m", "", "", 0), key("a", "m", "", 9)}, key("a", "m", "", 0), []string{"a 0"}},
		{"who rotated it ends earlier", []record.APIKey{key("m", "", "", 9), key("r", "", "", 2), key("a", "m", "r", 9)}, key("a", "m", "r", 9), []string{"a 2"}},
		{"what it made ends later", []record.APIKey{key("a", "", "", 9), key("b", "a", "", 8), key("c", "a", "", 4)}, key("a", "", "", 5), []string{"a 5", "b 5"}},
		{"what it made has no end", []record.APIKey{key("a", "", "", 0), key("b", "a", "", 0)}, key("a", "", "", 5), []string{"a 5", "b 5"}},
		{"and what that made", []record.APIKey{key("a", "", "", 9), key("b", "a", "", 9), key("c", "b", "", 9)}, key("a", "", "", 5), []string{"a 5", "b 5", "c 5"}},
		{"others stay", []record.APIKey{key("a", "", "", 9), key("x", "y", "", 9)}, key("a", "", "", 5), []string{"a 5"}},
	} {
		var got []string
		for _, k := range endTogether(slices.Clone(row.siblings), &row.changed) {
			end := 0
			if !k.ValidUntil.IsZero() {
				end = k.ValidUntil.Day()
			}
			got = append(got, fmt.Sprint(k.ID, " ", end))
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
	}
}
