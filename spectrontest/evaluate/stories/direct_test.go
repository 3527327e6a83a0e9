package stories_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// directFloors has the minimum shares of the questions that the graph can answer and answers directly. They must only rise. No direct
// answer may be wrong.
var directFloors = map[string]float64{"tune": 0.95, "held": 0.9}

// directStory has texts of people over months, with labelled questions. testdata/direct/README.md describes the format.
type directStory struct {
	id, language string
	turns        []message
	questions    []directQuestion
}

type directQuestion struct {
	text, speaker string
	label         byte       // '=': the graph can answer, '~': only the texts can, '-': nothing answers
	answers       [][]string // alternatives; each has parts that must all be among the hits
}

// directTally counts the questions of a language.
type directTally struct{ asked, can, taken, direct, wrong int }

// TestDirectAnswers tells stories and asks labelled questions. A direct answer must be right, and most questions that the graph can answer
// must be answered directly.
func TestDirectAnswers(t *testing.T) {
	eachSet(t, func(t *testing.T, set string) {
		stories := readDirectStories(t, set)
		stories = stories[:testsize.Of(len(stories))]
		tallies, failures := make([]directTally, len(stories)), make([][]string, len(stories))
		eachPart(t, len(stories), func(i int) string { return stories[i].id }, func(t *testing.T, i int) {
			tallies[i], failures[i] = tellDirectStory(t, stories[i])
		})
		sums, all := map[string]directTally{}, directTally{}
		for i, s := range stories {
			sums[s.language], all = addDirect(sums[s.language], tallies[i]), addDirect(all, tallies[i])
			for _, failure := range failures[i] {
				if set == "tune" {
					t.Logf("%s: %s", s.id, failure)
				}
			}
		}
		t.Log(directTable(sums, all))
		if all.wrong > 0 {
			t.Errorf("%d wrong direct answers", all.wrong)
		}
		if taken := share(all.taken, all.can); testsize.Full() && taken < directFloors[set] {
			t.Errorf("%.2f of the questions that the graph can answer are answered directly; at least %.2f are asked for", taken, directFloors[set])
		}
	}, "tune", "held")
}

func addDirect(a, b directTally) directTally {
	return directTally{a.asked + b.asked, a.can + b.can, a.taken + b.taken, a.direct + b.direct, a.wrong + b.wrong}
}

func directTable(sums map[string]directTally, all directTally) string {
	rows := []string{"language\tasked\tthe graph can answer\ttaken directly\tshare\tdirect\twrong direct"}
	row := func(name string, t directTally) {
		rows = append(rows, fmt.Sprintf("%s\t%d\t%d\t%d\t%.2f\t%d\t%d", name, t.asked, t.can, t.taken, share(t.taken, t.can), t.direct, t.wrong))
	}
	for _, language := range []string{"en", "de", "es", "fr"} {
		row(language, sums[language])
	}
	row("all", all)
	return table(rows...)
}

// readDirectStories reads a set of stories.
func readDirectStories(t *testing.T, set string) (out []directStory) {
	t.Helper()
	for line := range strings.Lines(string(read(t, "direct", set+".txt"))) {
		line = strings.TrimSuffix(line, "\n")
		head, text, _ := strings.Cut(line, " ")
		speaker := func() (name string) {
			if rest, ok := strings.CutPrefix(text, "@"); ok {
				name, text, _ = strings.Cut(rest, " ")
			}
			return name
		}
		switch {
		case line == "":
		case head == "#":
			s := directStory{}
			s.id, s.language, _ = strings.Cut(text, " ")
			require.Contains(t, []string{"en", "de", "es", "fr"}, s.language, line)
			require.False(t, slices.ContainsFunc(out, func(o directStory) bool { return o.id == s.id }), line)
			out = append(out, s)
		case head == "?":
			q := directQuestion{speaker: speaker()}
			if rest, ok := strings.CutSuffix(text, " -"); ok {
				q.text, q.label = rest, '-'
			} else {
				i := max(strings.LastIndex(text, " = "), strings.LastIndex(text, " ~ "))
				require.Positive(t, i, line)
				q.text, q.label = text[:i], text[i+1]
				for one := range strings.SplitSeq(text[i+3:], " | ") {
					require.Equal(t, strings.ToLower(one), one, line)
					q.answers = append(q.answers, strings.Split(one, " & "))
				}
			}
			require.True(t, strings.HasSuffix(q.text, "?"), line)
			last := &out[len(out)-1]
			last.questions = append(last.questions, q)
		default:
			turn := message{Role: spectron.RoleUser, Speaker: speaker()}
			if rest, ok := strings.CutPrefix(text, "> "); ok {
				text, turn.Role = rest, spectron.RoleAssistant
			}
			last := &out[len(out)-1]
			at, err := time.Parse(time.DateOnly, head)
			require.NoError(t, err, line)
			turn.At, turn.Text = at.Add(9*time.Hour+time.Duration(len(last.turns))*time.Minute), text
			last.turns = append(last.turns, turn)
		}
	}
	require.NotEmpty(t, out)
	return out
}

// tellDirectStory remembers the turns at their times and asks the questions a day after the last one.
func tellDirectStory(t *testing.T, s directStory) (out directTally, failures []string) {
	memory, asked := tell(t, s.turns)
	for _, q := range s.questions {
		res, err := memory.Recall(t.Context(), spectron.RecallRequest{Query: q.text, Speaker: q.speaker})
		require.NoError(t, err, q.text)
		right, direct := q.right(res, asked), res.Tier == spectron.TierDirect
		out.asked++
		if q.label == '=' {
			out.can++
		}
		if direct {
			out.direct++
		}
		switch {
		case direct && !right:
			out.wrong++
			failures = append(failures, fmt.Sprintf("WRONG DIRECT %s: %q", q.text, directTexts(res, asked)))
		case direct && q.label == '=':
			out.taken++
		case q.label == '=':
			failures = append(failures, fmt.Sprintf("not direct %s: %s %q", q.text, res.Trace.Reason, directTexts(res, asked)))
		}
	}
	return out, failures
}

// right reports whether the hits answer a question: the first hit is the answer. If the answer has several parts, the facts among the hits
// are exactly these parts.
func (q directQuestion) right(res *spectron.Recalled, asked time.Time) bool {
	var facts []string
	for _, h := range res.Hits {
		if h.Fact != nil {
			facts = append(facts, directText(h, asked))
		}
	}
	return slices.ContainsFunc(q.answers, func(parts []string) bool {
		if len(parts) == 1 {
			return len(res.Hits) > 0 && strings.Contains(directText(res.Hits[0], asked), parts[0])
		}
		return len(facts) == len(parts) && !slices.ContainsFunc(parts, func(part string) bool {
			return !slices.ContainsFunc(facts, func(f string) bool { return strings.Contains(f, part) })
		})
	})
}

func directTexts(res *spectron.Recalled, asked time.Time) (out []string) {
	for _, h := range res.Hits[:min(len(res.Hits), 3)] {
		out = append(out, directText(h, asked))
	}
	return out
}

// directText returns the text of a hit in lower case. For a fact it adds when it began and ended.
func directText(h spectron.Hit, asked time.Time) string {
	text := sentence(h, asked)
	if h.Fact != nil && !h.Fact.ValidFrom.IsZero() && !h.Fact.ValidFrom.After(asked) {
		text += " It holds from " + h.Fact.ValidFrom.Format(time.DateOnly) + "."
	}
	return strings.ToLower(text)
}
