package recall

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// EntryForm exports entryForm.
const EntryForm = entryForm

// Readings returns the data that chunkEntry derives from each text.
func Readings[T any](texts map[string]T) map[string]string {
	out := map[string]string{}
	for text := range texts {
		e := chunkEntry(&record.Chunk{Text: text})
		var is []string
		for name, yes := range map[string]bool{"asks": e.Asks, "asking": e.Asking, "time": e.Gives&index.Time != 0, "place": e.Gives&index.Place != 0, "number": e.Gives&index.Number != 0, e.Speaker: e.Named} {
			if yes {
				is = append(is, name)
			}
		}
		slices.Sort(is)
		out[text] = strings.Join(is, " ")
	}
	return out
}
