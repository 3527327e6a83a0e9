package record

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestSimpleNames compares the short way to normalise simple names with the way for all names.
func TestSimpleNames(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 9))
	pieces := []string{"Alice", "smith", "B", "7", "42", " ", " ", " ", "  ", "-", ".", "'", "é", "@", "_", "+", "\t"}
	quick := 0
	for range 20_000 {
		var b strings.Builder
		for range random.IntN(6) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		name := b.String()
		if simple(name) {
			quick++
		}
		if Normalise(name) != normalise(name) {
			t.Fatalf("%q: %q, not %q", name, Normalise(name), normalise(name))
		}
		e := EntityRef{[]string{TypePerson, "Company", " user ", "wizard", ""}[random.IntN(5)], name}
		if want := EntityType(e.Type) + "/" + normalise(name); e.Key() != want || e.KeyAfter("x:") != "x:"+want {
			t.Fatalf("%+v: %q", e, e.Key())
		}
	}
	if quick < 1000 {
		t.Errorf("only %d names are simple", quick)
	}
}
