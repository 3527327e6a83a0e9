package places

import (
	"strings"
	"testing"
)

func TestWithin(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ inner, outer string }{
		{"San Francisco", "California"}, {"san francisco", "the USA"}, {"SF", "U.S."}, {"Brooklyn", "New York"}, {"Brooklyn", "NYC"},
		{"Albany", "New York"}, {"Munich", "Bavaria"}, {"München", "Bayern"}, {"Munich", "Deutschland"}, {"Kreuzberg", "Berlin"}, {"Berlin", "Europe"},
		{"Köln", "Allemagne"}, {"Sevilla", "Andalucía"}, {"Montréal", "Canada"}, {"Oakland", "the Bay Area"}, {"Oakland", "California"},
		{"Cambridge", "England"}, {"Cambridge", "Massachusetts"}, {"Portland, Maine", "Maine"}, {"Portland, Maine", "USA"}, {"Portland, ME", "Maine"},
		{"Springfield, Illinois", "Springfield"}, {"Smallville, Kansas", "Kansas"}, {"Smallville, Kansas", "United States"},
		{"Hinterdorf, Bayern", "Germany"}, {"Austin, Texas, USA", "Texas"}, {"Georgetown, Washington, D.C.", "Washington, D.C."},
		{"Tbilisi", "Georgia"}, {"Atlanta", "Georgia"}, {"Munich", "München"}, {"München", "Munich"}, {"NYC", "New York City"}, {"Washington DC", "USA"},
	} {
		if !Within(c.inner, c.outer) {
			t.Errorf("%q does not lie in %q", c.inner, c.outer)
		}
	}
	for _, c := range []struct{ inner, outer string }{
		{"California", "San Francisco"}, {"San Francisco", "Oregon"}, {"San Francisco", "Los Angeles"}, {"Germany", "Bavaria"}, {"Germany", "France"},
		{"Portland, Maine", "Oregon"}, {"Portland, Maine", "Portland, Oregon"}, {"Springfield, Illinois", "Springfield, Missouri"},
		{"Springfield", "Springfield, Illinois"}, {"Paris", "Texas"}, {"Cambridge, UK", "Massachusetts"}, {"Hinterdorf, Bayern", "Saxony"},
		{"Hinterdorf", "Germany"}, {"Atlanta", "Tbilisi"}, {"York", "New York"}, {"", "Germany"}, {"Berlin", ""}, {"Smallville, Kansas", "Vorderdorf, Kansas"},
		{"Smallville, Kansas", "Wichita"}, {"Mars", "Venus"}, {",", ","}, {"Munich, Bavaria", "Augsburg, Bavaria"},
	} {
		if Within(c.inner, c.outer) {
			t.Errorf("%q is said to lie in %q", c.inner, c.outer)
		}
	}
}

// TestTable checks that each line has its place: a line below another one lies in that, and a place that has a line of its own
// lies where it was named.
func TestTable(t *testing.T) {
	t.Parallel()
	depth, cities := 0, 0
	for line := range strings.Lines(table) {
		text := strings.TrimLeft(line, "\t")
		if d := len(line) - len(text); d > depth+1 || strings.Contains(text, "\t") || strings.Contains(text, "  ") {
			t.Errorf("%q does not follow what is before it", line)
		} else {
			depth = d
		}
		names, inner, _ := strings.Cut(strings.TrimSpace(text), ": ")
		for name := range strings.SplitSeq(names+", "+inner, ", ") {
			for n := range strings.SplitSeq(name, " = ") {
				if name != "" && fold(n) == "" {
					t.Errorf("%q has a name that cannot be told apart", line)
				}
			}
		}
		cities += strings.Count(inner, ",") + 1
	}
	if cities < 600 {
		t.Errorf("%d places", cities)
	}
}

func BenchmarkWithin(b *testing.B) {
	Within("Bonn", "Germany") // the table is read
	for b.Loop() {
		Within("San Francisco, California", "United States")
	}
}
