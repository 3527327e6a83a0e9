package evaluate_test

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest/evaluate"
)

//go:embed testdata/foreign.txt
var foreignQuestions string

// kindForeign are questions about other worlds than that of the conversation.
const kindForeign = "foreign"

// askForeign adds the questions about other worlds to a conversation.
func askForeign(c *evaluate.Conversation) {
	name := "Marta" // of the garden
	for _, t := range c.Sessions[0].Turns {
		if t.Speaker != "" {
			name = t.Speaker
			break
		}
	}
	n := 0
	for text := range strings.Lines(foreignQuestions) {
		if text = strings.TrimSpace(text); text == "" || text[0] == '#' {
			continue
		}
		n++
		half := evaluate.Tune
		if n%2 == 0 {
			half = evaluate.Held
		}
		c.Questions = append(c.Questions, evaluate.Question{
			ID: fmt.Sprintf("foreign-%d", n), Kind: kindForeign, Half: half, Unanswerable: true, Text: strings.ReplaceAll(text, "{A}", name),
		})
	}
}

// Who asks a memory about another world is told that it has nothing to say, and who asks what was said is not.
func TestConfidence(t *testing.T) {
	t.Parallel()
	for i, e := range embedders {
		corpus := evaluate.Corpus().Conversations
		if !testsize.Long() || i > 0 { // one of each manner, from both halves
			corpus = []evaluate.Conversation{corpus[0], corpus[7], corpus[9]}
		}
		set := &evaluate.Set{Conversations: append(corpus, garden(1000, 200))}
		for i := range set.Conversations {
			askForeign(&set.Conversations[i])
		}
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			report, err := evaluate.Run(t.Context(), set, &evaluate.Options{Spectron: options(t, e.new()), Configs: []evaluate.Config{{Name: "default"}}})
			require.NoError(t, err)
			outcomes := report.Results[0].Outcomes
			of := func(keep ...func(*evaluate.Outcome) bool) func(*evaluate.Outcome) bool {
				return func(o *evaluate.Outcome) bool {
					return !slices.ContainsFunc(keep, func(k func(*evaluate.Outcome) bool) bool { return !k(o) })
				}
			}
			foreign := func(o *evaluate.Outcome) bool { return o.Kind == kindForeign }
			near := func(o *evaluate.Outcome) bool { return o.Kind == evaluate.KindUnanswerable }
			gardens := func(o *evaluate.Outcome) bool { return o.Conversation == "garden" }
			talk := func(o *evaluate.Outcome) bool { return !gardens(o) }
			answerable := func(o *evaluate.Outcome) bool { return !o.Unanswerable }
			answered := func(o *evaluate.Outcome) bool { return !o.Unanswerable && o.Recall > 0 }
			for _, c := range []struct {
				name        string
				keep        func(*evaluate.Outcome) bool
				least, most float64 // share of confident answers
			}{
				{"gardens, asked of gardens", of(gardens, answerable), 0.95, 1},
				{"gardens, asked of another world", of(gardens, foreign), 0, 0.05},
				{"conversations, asked of another world", of(talk, foreign), 0, 0.05},
				{"conversations, found in the first ten", of(talk, answered), 0.9, 1},
				{"conversations, answerable", of(talk, answerable), 0.8, 1},
				{"conversations, asked of what was nearly said", of(talk, near), 0, 0.65},
			} {
				for _, half := range []evaluate.Half{"", evaluate.Tune, evaluate.Held} {
					keep := of(c.keep, func(o *evaluate.Outcome) bool { return half == "" || o.Half == half })
					f := evaluate.Mean(outcomes, keep)
					share := f.Confident + f.Mistaken
					t.Logf("%-45s %-4s %4d questions, %.3f confident", c.name, half, f.Questions+f.Unanswerable, share)
					if half == "" && (share < c.least || share > c.most) {
						t.Errorf("%s: %.3f of the answers are confident, not %.2f to %.2f", c.name, share, c.least, c.most)
					}
				}
			}
			for _, half := range []evaluate.Half{evaluate.Tune, evaluate.Held} {
				against := func(unanswerable func(*evaluate.Outcome) bool) float64 {
					return evaluate.Separation(outcomes, func(o *evaluate.Outcome) bool {
						return o.Half == half && talk(o) && (answered(o) || unanswerable(o))
					})
				}
				t.Logf("%s: separation from what was nearly said %.3f, from other worlds %.3f", half, against(near), against(foreign))
			}
		})
	}
}
