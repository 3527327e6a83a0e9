package recall

import (
	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// maxRelated limits how many related entities are added to a question.
const maxRelated = 8

// related returns the names of people whom a question names by a relation to another person. "Which of Maria's sisters moved abroad?" is
// about Ana, one of the sisters, without naming her. It reads live relations that the caller sees, one step from the seeds. rest are the
// words that are not part of a name.
func (v *View) related(q Query, seeds []record.EntityRef, rest []string) (found []string) {
	if len(seeds) == 0 || len(rest) > maxQuestionWords || q.severalSelves(seeds) {
		return nil
	}
	f := q.Filter // its other conditions apply to hits, not to relations
	q.Filter = index.Filter{Visible: f.Visible, AsOf: f.AsOf, At: f.At, ValidFrom: f.ValidFrom, ValidUntil: f.ValidUntil}
	var labels []string
	for _, w := range rest {
		if !filler[w] {
			labels = append(labels, extract.LabelNamed(w))
		}
	}
	for _, f := range v.known.about(q.by, keysOf(seeds), nil, under(labels...), func(f *record.Fact) bool {
		return f.Kind == record.KindRelation && names(seeds, f.Entity) && !names(seeds, f.Object) && q.holds(f)
	}) {
		if found = append(found, f.Object.Name); len(found) == maxRelated {
			break
		}
	}
	return found
}
