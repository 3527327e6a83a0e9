// Package places knows what lies where: districts in cities, cities in regions, those in countries and continents. It is a small
// table of what people say that they live in, not a gazetteer.
package places

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/spectron-go/spectron/internal/record"
)

// table has a place a line, below the one that it lies in. Its names are set apart by "=", the first ones of what lies in it follow
// a colon. A name that has a comma in it is written out by its parts.
//
//go:embed places.txt
var table string

// place is a place of the table. One that lies in two others is there twice.
type place struct {
	in *place // nil for a continent
}

// named are the places of a name, normalised.
var named = sync.OnceValue(func() map[string][]*place {
	out := map[string][]*place{}
	add := func(names string, in *place) *place {
		p := &place{in}
		for name := range strings.SplitSeq(names, " = ") {
			if key := fold(name); !slices.Contains(out[key], p) {
				out[key] = append(out[key], p)
			}
		}
		return p
	}
	var above []*place // the places that the line lies in
	for line := range strings.Lines(table) {
		text := strings.TrimLeft(line, "\t")
		depth := len(line) - len(text)
		names, inner, _ := strings.Cut(strings.TrimSpace(text), ": ")
		var in *place
		if depth > 0 {
			in = above[depth-1]
		}
		p := add(names, in)
		above = append(above[:depth], p)
		for names := range strings.SplitSeq(inner, ", ") {
			if names != "" {
				add(names, p)
			}
		}
	}
	return out
})

// fold is what names are compared by: also without an article.
func fold(name string) string {
	return strings.TrimPrefix(record.Normalise(name), "the-")
}

// parts are the names in "San Francisco, California", the innermost first.
func parts(name string) []string {
	var out []string
	for part := range strings.SplitSeq(name, ",") {
		if part = fold(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// known are the places that the parts may mean: of the first name, in what the others name.
func known(parts []string) []*place {
	if len(parts) == 0 {
		return nil
	}
	if whole := named()[strings.Join(parts, "-")]; len(parts) > 1 && len(whole) > 0 {
		return whole // a name that has a comma in it
	}
	var out []*place
	for _, p := range named()[parts[0]] {
		if !slices.ContainsFunc(parts[1:], func(outer string) bool { return !p.lies(named()[outer]) }) {
			out = append(out, p)
		}
	}
	return out
}

// lies reports whether the place is one of some, or lies in one.
func (p *place) lies(in []*place) bool {
	for ; p != nil; p = p.in {
		if slices.Contains(in, p) {
			return true
		}
	}
	return false
}

// Within reports whether a place lies in another one, or is the same by another name, as the names or the table say: San Francisco
// in California, "Springfield, Illinois" in Illinois. Of a name that several places have, one is enough. A name that says where the
// place lies is within the bare one.
func Within(inner, outer string) bool {
	in, out := parts(inner), parts(outer)
	if len(in) == 0 || len(out) == 0 {
		return false
	}
	if len(in) < len(out) && slices.Equal(in, out[:len(in)]) {
		return false
	}
	if n := len(out); n < len(in) && (slices.Equal(in[:n], out) || slices.Equal(in[len(in)-n:], out)) {
		return true
	}
	places := known(in)
	if len(places) == 0 && len(in) > 1 { // a place that the table does not have, where it does have what it lies in
		places = known(in[1:])
		if len(places) > 0 && len(out) > 1 && len(known(out)) == 0 {
			return false
		}
	}
	outers := known(out)
	return slices.ContainsFunc(places, func(p *place) bool { return p.lies(outers) })
}

// Known reports whether the table has a place of that name.
func Known(name string) bool { return len(named()[fold(name)]) > 0 }
