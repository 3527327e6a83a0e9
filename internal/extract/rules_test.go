package extract

import (
	"slices"
	"strings"
	"testing"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

func TestStatements(t *testing.T) {
	t.Parallel()
	if len(statements) < 250 {
		t.Errorf("only %d statements", len(statements))
	}
	for _, c := range statements {
		got := strings.Join(render(Rules(Input{Text: c.text, Role: record.User, At: said})), " | ")
		if got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestTrapsGiveNothing(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	if len(traps) < 120 {
		t.Errorf("only %d traps", len(traps))
	}
	for _, text := range slices.Concat(traps, homeTraps) {
		if x := Rules(Input{Text: text, Role: record.User, At: said}); len(render(x))+len(x.Entities) > 0 {
			t.Errorf("%q: got %s", text, strings.Join(render(x), " | "))
		}
	}
}

// TestTrapsStayTrapsAfterAStatement: what comes before a trap does not lend it a subject.
func TestTrapsStayTrapsAfterAStatement(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	for _, text := range slices.Concat(traps, homeTraps) {
		in := Input{Text: "I work at Acme. " + text, Role: record.User, At: said}
		got := strings.Join(render(Rules(in)), " | ")
		if got != "user works_at Acme" && got != "" {
			t.Errorf("%q: got %s", in.Text, got)
		}
	}
}
