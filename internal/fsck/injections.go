package fsck

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/guard"
	"github.com/spectron-go/spectron/internal/record"
)

// Injection is a text that looks like a prompt injection.
type Injection struct {
	Row     string // id of the chunk, fact or instruction
	Kind    string // of guard
	Snippet string // the words, with those around them: at most 160 code points
}

// maxSnippet is the length of a snippet in code points.
const maxSnippet = 160

// injectionsIn returns what a text has of each kind of injections, the first of each.
func injectionsIn(id, text string) (out []Injection) {
	for _, f := range guard.Scan(text) {
		if !slices.ContainsFunc(out, func(i Injection) bool { return i.Kind == string(f.Kind) }) {
			out = append(out, Injection{id, string(f.Kind), snippet(text, f.Span)})
		}
	}
	return out
}

// snippet returns a span of a text, with as much around it as fits, without the parts of lines that are cut.
func snippet(text string, s record.Span) string {
	runes := []rune(text)
	from, to := max(0, min(s.Start, len(runes))), max(0, min(s.End, len(runes)))
	to = min(to, from+maxSnippet)
	room := maxSnippet - (to - from)
	before := min(from, room/2)
	after := min(len(runes)-to, room-before)
	before = min(from, room-after)
	return strings.ToValidUTF8(string(runes[from-before:to+after]), "\uFFFD")
}

// gathered collects findings of which only the first by their order are kept.
type gathered[T any] struct {
	compare func(a, b T) int
	most    int
	kept    []T
	total   int
}

func (g *gathered[T]) add(more ...T) {
	g.total += len(more)
	if g.kept = append(g.kept, more...); len(g.kept) > 4*g.most {
		g.cut()
	}
}

func (g *gathered[T]) cut() {
	slices.SortFunc(g.kept, g.compare)
	g.kept = g.kept[:min(len(g.kept), g.most)]
}

// into adds the findings to a report, and returns those that it has.
func (g *gathered[T]) into(r *Report) []T {
	g.cut()
	r.Total += g.total
	r.Truncated = r.Truncated || g.total > g.most
	return g.kept
}

func compareInjections(a, b Injection) int {
	return cmp.Or(strings.Compare(a.Row, b.Row), strings.Compare(a.Kind, b.Kind))
}
