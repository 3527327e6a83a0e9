package reconcile_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// rule is a row of the table.
type rule struct {
	name  string
	steps []step
	facts []string // all, in the order of creation
	last  last
}

// last has what the last plan of a history contains.
type last struct {
	asks  []string // questions
	fixes []string // corrections
	again []string // reinforced
	done  []string // topics of the resolved questions
	doubt []string // facts in doubt at the end
}

func TestRules(t *testing.T) {
	t.Parallel()
	for _, c := range slices.Concat(rules, tellers, besides, nested) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			facts, l, err := run(c.steps)
			require.NoError(t, err)
			same(t, "facts", facts, c.facts)
			same(t, "questions", l.asks, c.last.asks)
			same(t, "corrections", l.fixes, c.last.fixes)
			same(t, "reinforced", l.again, c.last.again)
			same(t, "resolved", l.done, c.last.done)
			same(t, "in doubt", l.doubt, c.last.doubt)
		})
	}
}

// run writes the steps one after the other.
func run(steps []step) (facts []string, l last, err error) {
	w := newWorld()
	for _, s := range steps {
		p, err := w.write(s)
		if err != nil {
			return nil, l, err
		}
		l = last{asks: renderQuestions(p.Questions)}
		for _, f := range p.Corrections {
			l.fixes = append(l.fixes, f.Entity.Name+" "+f.Key+" "+f.OldValue+" > "+f.NewValue)
		}
		for _, id := range p.Reinforced {
			l.again = append(l.again, strings.TrimLeft(id, "abcdefghijklmnopqrstuvwxyz:"))
		}
		for _, q := range w.questions {
			if slices.Contains(p.Resolved, q.ID) {
				l.done = append(l.done, q.About)
			}
		}
	}
	for _, q := range w.questions {
		for _, id := range q.Facts {
			if !q.Resolved {
				l.doubt = append(l.doubt, strings.TrimLeft(id, "abcdefghijklmnopqrstuvwxyz:"))
			}
		}
	}
	return w.render(), l, nil
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n\t%s\nwant\n\t%s", what, strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}
