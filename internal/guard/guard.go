// Package guard looks at texts before they are stored. [Scan] finds words that try to take over the model that will read them: prompt
// injections. [Redact] replaces personal data by placeholders.
//
// Both read a folded form of the text (fold.go), in which tricks with case, width, accents, look-alike letters and invisible characters
// make no difference. Both take time linear in the length of the text, and neither keeps anything.
//
// What Scan looks for is data: phrases_*.go has phrases by language, markers.go the marks of prompt templates. What Redact looks for is
// code, because each kind of number has its own check: emails.go, addresses.go, cards.go, ibans.go, ids.go, phones.go.
package guard

import (
	"cmp"
	"slices"

	"github.com/spectron-go/spectron/internal/record"
)

// place is a range of bytes of a text or of its folded form.
type place struct{ start, end int }

// codePoints converts places of a text, in order of their start, to spans in code points.
func codePoints(text string, places []place) []record.Span {
	type edge struct {
		at   int
		into *int
	}
	spans := make([]record.Span, len(places))
	edges := make([]edge, 0, 2*len(places))
	for i, p := range places {
		edges = append(edges, edge{p.start, &spans[i].Start}, edge{p.end, &spans[i].End})
	}
	slices.SortStableFunc(edges, func(a, b edge) int { return cmp.Compare(a.at, b.at) })
	n, next := 0, 0
	for at := range text {
		for next < len(edges) && edges[next].at <= at {
			*edges[next].into = n
			next++
		}
		if next == len(edges) {
			return spans
		}
		n++
	}
	for ; next < len(edges); next++ {
		*edges[next].into = n
	}
	return spans
}
