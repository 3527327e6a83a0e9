package extract

import (
	"fmt"
	"os"
	"testing"

	"github.com/spectron-go/spectron/internal/record"
)

func TestWhy(t *testing.T) {
	if os.Getenv("WHY") == "" {
		t.Skip()
	}
	for _, m := range readLabelled(t, "tune") {
		if m.Lang != "en" {
			continue
		}
		got := read(m)
		if len(got.missed) == 0 {
			continue
		}
		x := newExtractor(Input{Text: m.Text, Role: record.User, At: said})
		why := ""
		for _, s := range sentences(x.toks) {
			if x.foreign(s) {
				why += fmt.Sprintf(" FOREIGN(%.40s)", x.quote(s.from, s.to))
			}
			if x.aside(s) {
				why += " ASIDE"
			}
			if x.jests(s) {
				why += " JEST"
			}
			if x.retracts(s) {
				why += " RETRACTS"
			}
			if _, ok := x.statement(s); !ok {
				why += " QUESTION"
			}
		}
		if why != "" {
			fmt.Printf("%s | %s | %q | %q\n", why, m.Family, m.Text, got.missed)
		}
	}
}
