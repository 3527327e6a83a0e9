package spectron

import (
	"fmt"
	"testing"
	"time"
	"os"
	"strings"

	"github.com/spectron-go/spectron/internal/recall"
)

func TestAttack(t *testing.T) {
	raw, _ := os.ReadFile("/tmp/desc/attack.txt")
	stories := append(readDescriptions(t, "tune"), readDescriptions(t, "held")...)
	var s descriptionStory
	var view *recall.View
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		if id, ok := strings.CutPrefix(line, "# "); ok {
			for _, x := range stories { if x.ID == id { s = x } }
			view, _ = tellDescribed(t, s)
			continue
		}
		if line == "" { continue }
		now := time.Date(2026, 5, 5, 9, 0, 0, 0, time.UTC)
		got, err := view.Describe(t.Context(), recall.DescribeQuery{Text: line, Subject: s.Speaker, Now: now})
		fmt.Printf("%-45s MEANT %q POSSIBLE %q %v\n", line, rowsDescribed(got.Meant), rowsDescribed(got.Possible), err)
	}
}
