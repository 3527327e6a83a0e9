package evaluate_test

import (
	_ "embed"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest/evaluate"
)

//go:embed testdata/precision.txt
var precisionCases string

// pointed is a question that few statements answer.
type pointed struct {
	text            string
	expected, wrong []string
	half            evaluate.Half
}

// statement is one of those that are remembered.
type statement struct{ id, text string }

func readPrecision(t *testing.T) (all []statement, cases []pointed) {
	t.Helper()
	for line := range strings.Lines(precisionCases) {
		line = strings.TrimSpace(line)
		if question, ok := strings.CutPrefix(line, "? "); ok {
			text, answers, ok := strings.Cut(question, " | ")
			require.True(t, ok, line)
			expected, wrong, ok := strings.Cut(answers, "!")
			require.True(t, ok, line)
			half := []evaluate.Half{evaluate.Tune, evaluate.Held}[len(cases)%2]
			cases = append(cases, pointed{text, strings.Fields(expected), strings.Fields(wrong), half})
		} else if line != "" && line[0] != '#' {
			id, text, ok := strings.Cut(line, ": ")
			require.True(t, ok, line)
			all = append(all, statement{strings.TrimSuffix(id, " later"), text})
		}
	}
	for _, c := range cases {
		for _, id := range slices.Concat(c.expected, c.wrong) {
			require.True(t, slices.ContainsFunc(all, func(s statement) bool { return s.id == id }), "%s: no %s", c.text, id)
		}
	}
	return all, cases
}

// points is how a half of the questions went: a question passes when all that answers it is a hit and nothing that must not be.
type points struct{ cases, passed, precision, recall, hits float64 }

func (p *points) judge(c pointed, hits []string) bool {
	found, right, wrong := 0, 0, false
	for _, id := range c.expected {
		if slices.Contains(hits, id) {
			found++
		}
	}
	for _, id := range hits {
		if slices.Contains(c.expected, id) {
			right++
		}
		wrong = wrong || slices.Contains(c.wrong, id)
	}
	p.cases++
	p.hits += float64(len(hits))
	p.recall += float64(found) / float64(len(c.expected))
	if len(hits) > 0 {
		p.precision += float64(right) / float64(len(hits))
	}
	if found == len(c.expected) && !wrong {
		p.passed++
		return true
	}
	return false
}

// Few hits come where one fact is meant, and many where a list is asked.
func TestPrecision(t *testing.T) {
	t.Parallel()
	all, cases := readPrecision(t)
	for _, c := range []struct {
		infer                     spectron.Infer
		passed, precision, recall float64 // at least, of each half
	}{
		{spectron.InferNone, 0.9, 0.85, 0.9},
		{spectron.InferFull, 0.9, 0.85, 0.9},
	} {
		t.Run(string(c.infer), func(t *testing.T) {
			t.Parallel()
			mgr, err := spectron.Open(t.Context(), "mem://", options(t, nil))
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, mgr.Close(t.Context())) })
			memory, err := mgr.CreateContext(t.Context(), "precision", spectron.ContextSpec{})
			require.NoError(t, err)
			req, said := spectron.RememberManyRequest{Infer: c.infer}, map[string]string{}
			for _, s := range all {
				req.Messages = append(req.Messages, spectron.Message{Content: s.text})
			}
			out, err := memory.Memory().RememberMany(t.Context(), req)
			require.NoError(t, err)
			for i, s := range all {
				said[out.TurnIDs[i]] = s.id
			}
			got := map[evaluate.Half]*points{evaluate.Tune: {}, evaluate.Held: {}}
			for _, q := range cases {
				answer, err := memory.Memory().Recall(t.Context(), spectron.RecallRequest{Query: q.text})
				require.NoError(t, err)
				var hits []string
				for _, h := range answer.Hits {
					if id := said[h.Source.TurnID]; !slices.Contains(hits, id) {
						hits = append(hits, id)
					}
				}
				if !got[q.half].judge(q, hits) {
					t.Logf("%s: %s: %v, not %v without %v (%s)", q.half, q.text, hits, q.expected, q.wrong, answer.Tier)
				}
			}
			for half, p := range got {
				t.Logf("%s: %.0f of %.0f passed, precision %.3f, recall %.3f, %.1f statements", half, p.passed, p.cases, p.precision/p.cases, p.recall/p.cases, p.hits/p.cases)
				if p.passed/p.cases < c.passed || p.precision/p.cases < c.precision || p.recall/p.cases < c.recall {
					t.Errorf("%s: less than %.2f passed, precision %.2f and recall %.2f", half, c.passed, c.precision, c.recall)
				}
			}
		})
	}
}
