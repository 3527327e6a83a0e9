package evaluate

import (
	"math"
	"reflect"
	"strings"
	"testing"
)

func TestJudge(t *testing.T) {
	t.Parallel()
	session := map[string]string{"a": "s1", "b": "s1", "c": "s2", "x": "s3"}
	second := 1 / math.Log2(3)
	for _, c := range []struct {
		name                   string
		evidence               []Group
		hits                   [][]string
		recall, ndcg, sessions float64
		missed                 Group
	}{
		{"first", []Group{{"a"}}, [][]string{{"a"}, {"x"}}, 1, 1, 1, nil},
		{"second", []Group{{"a"}}, [][]string{{"x"}, {"a"}}, 1, second, 1, nil},
		{"not there, but its session", []Group{{"a"}}, [][]string{{"b"}}, 0, 0, 1, Group{"a"}},
		{"there, but what is shown tells nothing", []Group{{"a"}}, [][]string{{"a…"}}, 0, 0, 1, Group{"a"}},
		{"told further down", []Group{{"a"}}, [][]string{{"a…"}, {"a"}}, 1, second, 1, nil},
		{"nothing", []Group{{"a"}}, nil, 0, 0, 0, Group{"a"}},
		{"any of a group", []Group{{"a", "b"}}, [][]string{{"x"}, {"b"}, {"a"}}, 1, second, 1, nil},
		{"one of two", []Group{{"a"}, {"c"}}, [][]string{{"a"}, {"x"}}, .5, 1 / (1 + second), .5, Group{"c"}},
		{"both", []Group{{"a"}, {"c"}}, [][]string{{"c"}, {"a"}}, 1, 1, 1, nil},
		{"a turn counts once", []Group{{"a"}}, [][]string{{"x"}, {"a"}, {"a"}}, 1, second, 1, nil},
		{"a hit of several turns is no better than the ideal", []Group{{"a"}, {"b"}}, [][]string{{"a", "b"}}, 1, 1, 1, nil},
	} {
		var o Outcome
		hits := make([][]found, len(c.hits))
		for i, turns := range c.hits {
			for _, id := range turns {
				id, part := strings.CutSuffix(id, "…")
				hits[i] = append(hits[i], found{id, !part})
			}
		}
		o.judge(c.evidence, hits, session)
		if math.Abs(o.Recall-c.recall) > 1e-12 || math.Abs(o.NDCG-c.ndcg) > 1e-12 || o.Sessions != c.sessions || !reflect.DeepEqual(o.Missed, c.missed) {
			t.Errorf("%s: %+v", c.name, o)
		}
	}
}

// What is shown of a turn has to have the answer.
func TestTold(t *testing.T) {
	t.Parallel()
	turn := &Turn{Text: "Oh no. We painted the hall teal. It took a day, and Ana is not amused."}
	marked := &Turn{Text: turn.Text, Tells: []string{"It took a day", "ana"}}
	for _, c := range []struct {
		turn          *Turn
		answer, shown string
		want          bool
	}{
		{turn, "red", turn.Text + " ", true},
		{turn, "Teal", "We painted the hall teal.", true},
		{turn, "teal", "It took a day, and Ana is not amused.", false},
		{turn, "tea", "We painted the hall teal.", false}, // it is in no other word
		{turn, "", "We painted the hall teal.", false},
		{turn, "no", "Oh no.", false}, // which is there by chance
		{turn, "red", "We painted the hall teal.", false},
		{marked, "red", "It took a day, and Ana is not amused.", true},
		{marked, "red", "It took a day", false},
		{marked, "teal", "It took a day, and Ana is not amused.", false},
	} {
		if got := (&Question{Answer: c.answer}).told(c.turn, c.shown); got != c.want {
			t.Errorf("%q of %q, answer %q: %v", c.shown, c.turn.Text, c.answer, got)
		}
	}
}

func TestMeanAndPaired(t *testing.T) {
	t.Parallel()
	a := []Outcome{
		{Question: "1", Kind: "fact", Recall: 1, NDCG: 1, Sessions: 1, Tokens: 10, Confident: true},
		{Question: "2", Kind: "list", Recall: .5, NDCG: .4, Tokens: 30},
		{Question: "3", Kind: "fact", Recall: 0, NDCG: .2, Sessions: .5, Tokens: 20, Confident: true},
		{Question: "4", Unanswerable: true, Tokens: 1000, NDCG: 1, Confident: true},
		{Question: "5", Unanswerable: true},
	}
	want := Figures{Questions: 3, Recall: .5, NDCG: 1.6 / 3, Sessions: .5, Tokens: 20, Confident: 2. / 3, Unanswerable: 2, Mistaken: .5}
	if got := Mean(a, nil); math.Abs(got.NDCG-want.NDCG) > 1e-12 || func() bool { got.NDCG = want.NDCG; return got != want }() {
		t.Errorf("%+v, not %+v", got, want)
	}
	if got := Mean(a, func(o *Outcome) bool { return o.Kind == "list" }); got.Questions != 1 || got.Recall != .5 || got.Mistaken != 0 {
		t.Errorf("of one kind: %+v", got)
	}
	if got := Mean(nil, nil); got != (Figures{}) {
		t.Errorf("of nothing: %+v", got)
	}
	b := []Outcome{{Question: "1", NDCG: 1 - 1e-12}, {Question: "2", NDCG: .1}, {Question: "3", NDCG: .3}, {Question: "4", Unanswerable: true}, {Question: "9", NDCG: 1}}
	if wins, losses := Paired(a, b, nil); wins != 1 || losses != 1 {
		t.Errorf("%d wins and %d losses, not one each", wins, losses)
	}
	if wins, losses := Paired(a, b, func(o *Outcome) bool { return o.Kind == "list" }); wins != 1 || losses != 0 {
		t.Errorf("of one kind: %d wins and %d losses", wins, losses)
	}
}

func TestSeparation(t *testing.T) {
	t.Parallel()
	answered := func(relevance float64) Outcome { return Outcome{Relevance: relevance, Recall: 1} }
	not := func(relevance float64) Outcome { return Outcome{Relevance: relevance, Unanswerable: true} }
	missed := Outcome{Relevance: 0}
	for _, c := range []struct {
		name     string
		outcomes []Outcome
		want     float64
	}{
		{"without a mistake", []Outcome{answered(0.6), not(0.5), answered(1), not(0)}, 1},
		{"all the wrong way round", []Outcome{answered(0.1), not(0.2)}, 0},
		{"equals count half", []Outcome{answered(0.4), not(0.4)}, 0.5},
		{"three of four pairs", []Outcome{answered(0.5), answered(0.9), not(0.6), not(0.1)}, 0.75},
		{"what was not found plays no part", []Outcome{missed, answered(0.6), not(0.5)}, 1},
	} {
		if got := Separation(c.outcomes, nil); got != c.want {
			t.Errorf("%s: %v, not %v", c.name, got, c.want)
		}
	}
	if got := Separation([]Outcome{answered(1)}, nil); !math.IsNaN(got) {
		t.Errorf("of answered questions alone: %v", got)
	}
}
