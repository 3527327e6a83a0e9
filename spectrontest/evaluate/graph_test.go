package evaluate_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest/evaluate"
)

// withFamily is a conversation of the corpus in whose sessions some turns were said that tell of relatives, and questions that name
// these by what they are to the speaker.
func withFamily(c evaluate.Conversation) *evaluate.Set {
	var questions []evaluate.Question
	n := 0
	say := func(text string) evaluate.Group {
		s := &c.Sessions[(n*7)%len(c.Sessions)]
		last := s.Turns[len(s.Turns)-1]
		n++
		id := fmt.Sprintf("family%d", n)
		s.Turns = append(s.Turns, evaluate.Turn{ID: id, Role: last.Role, Speaker: "Maria", SpokenAt: last.SpokenAt, Text: text})
		return evaluate.Group{id}
	}
	ask := func(kind, text string, evidence ...evaluate.Group) {
		questions = append(questions, evaluate.Question{ID: fmt.Sprintf("family%d", len(questions)), Kind: kind, Text: text, Evidence: evidence})
	}
	say("My sister is Ilse. My other sister is Gudrun.")
	say("My brother is Torben.")
	say("My boss is Ragnhild.")
	abroad := say("Ilse has packed up the flat and left for Uruguay with two suitcases.")
	opera := say("Gudrun got a place in the chorus of the opera.")
	boat := say("Torben has bought a wooden boat that nobody else would have.")
	fined := say("Torben was fined for mooring it under the bridge.")
	prize := say("Ragnhild was given a prize for the catalogue.")
	ask(evaluate.KindHops, "Which of Maria's sisters went abroad?", abroad)
	ask(evaluate.KindHops, "Which of Maria's sisters sings for a living?", opera)
	ask(evaluate.KindHops, "What did Maria's brother buy?", boat)
	ask(evaluate.KindList, "What trouble did Maria's brother have with the boat?", boat, fined)
	ask(evaluate.KindHops, "What award did Maria's boss receive?", prize)
	ask(evaluate.KindList, "What is new with Maria's sisters?", abroad, opera)
	ask(evaluate.KindList, "What has Maria's brother been up to?", boat, fined)
	c.Questions = questions
	return &evaluate.Set{Conversations: []evaluate.Conversation{c}}
}

// Questions about relatives are answered by what was said of them by name, once facts say who they are.
func TestRelatives(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	var with, without []evaluate.Outcome
	for _, c := range evaluate.Corpus().Conversations {
		set := withFamily(c)
		for infer, to := range map[spectron.Infer]*[]evaluate.Outcome{spectron.InferFull: &with, spectron.InferNone: &without} {
			report, err := evaluate.Run(t.Context(), set, &evaluate.Options{Spectron: options(t, nil), Infer: infer, Configs: []evaluate.Config{{Name: "default"}}})
			require.NoError(t, err)
			*to = append(*to, report.Results[0].Outcomes...)
		}
	}
	f, n := evaluate.Mean(with, nil), evaluate.Mean(without, nil)
	t.Logf("recall %.3f, NDCG %.3f; without facts %.3f and %.3f", f.Recall, f.NDCG, n.Recall, n.NDCG)
	if f.Recall < n.Recall || f.NDCG < n.NDCG+0.05 {
		t.Errorf("recall %.3f, NDCG %.3f; without facts %.3f and %.3f", f.Recall, f.NDCG, n.Recall, n.NDCG)
	}
}
