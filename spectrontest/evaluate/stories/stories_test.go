package stories_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// storyFloors has the minimum shares of TestStories. They must only rise, up to 0.90 and 0.
var storyFloors = map[string]struct {
	right       float64 // share of correct first hits
	wrongDirect int
}{"tune": {0.87, 0}, "held": {0.86, 1}, "cases": {0.99, 0}}

// story has texts of people over months, with questions about them. testdata/stories/README.md describes the format.
type story struct {
	ID        string          `json:"id"`
	Kinds     []string        `json:"kinds"`
	Messages  []message       `json:"messages"`
	Questions []storyQuestion `json:"questions"`
}

type storyQuestion struct {
	Q       string    `json:"q"`
	Speaker string    `json:"speaker"`
	AsOf    time.Time `json:"asOf"`
	ValidAt time.Time `json:"validAt"`
	Expect  []string  `json:"expect"`
	Forbid  []string  `json:"forbid"`
	None    bool      `json:"none"`
}

// storyTally counts the answers to questions.
type storyTally struct{ asked, right, wrongDirect int }

func (t storyTally) share() float64 { return share(t.right, t.asked) }

// storyAnswers has the answers to the questions of one story.
type storyAnswers struct {
	storyTally
	failures []string
}

// TestStories remembers life stories and asks about them, for the present and the past.
func TestStories(t *testing.T) {
	eachSet(t, func(t *testing.T, set string) {
		stories := readStories(t, set)
		stories = stories[:testsize.Of(len(stories))]
		answers := make([]storyAnswers, len(stories))
		eachPart(t, len(stories), func(i int) string { return stories[i].ID }, func(t *testing.T, i int) { answers[i] = tellStory(t, stories[i]) })
		var all storyTally
		kinds := map[string]storyTally{}
		for i, s := range stories {
			all = addTally(all, answers[i].storyTally)
			for _, kind := range s.Kinds {
				kinds[kind] = addTally(kinds[kind], answers[i].storyTally)
			}
			if set != "held" {
				for _, failure := range answers[i].failures {
					t.Logf("%s: %s", s.ID, failure)
				}
			}
		}
		if set == "held" {
			kinds = nil // the kinds of held stories are not shown, because they would be hints for tuning
		}
		t.Log(storyTable(kinds, all))
		if !testsize.Full() {
			return // some of the stories give no reliable shares
		}
		floor := storyFloors[set]
		if all.share() < floor.right {
			t.Errorf("%d of %d first hits are right; at least %.0f%% are asked for", all.right, all.asked, 100*floor.right)
		}
		if all.wrongDirect > floor.wrongDirect {
			t.Errorf("%d wrong answers from the graph; at most %d are allowed", all.wrongDirect, floor.wrongDirect)
		}
	}, "tune", "held", "cases")
}

func addTally(a, b storyTally) storyTally {
	return storyTally{a.asked + b.asked, a.right + b.right, a.wrongDirect + b.wrongDirect}
}

func storyTable(kinds map[string]storyTally, all storyTally) string {
	rows := []string{"kind\tasked\tright\tshare\twrong direct"}
	row := func(name string, t storyTally) {
		rows = append(rows, fmt.Sprintf("%s\t%d\t%d\t%.2f\t%d", name, t.asked, t.right, t.share(), t.wrongDirect))
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		row(kind, kinds[kind])
	}
	row("all", all)
	return table(rows...)
}

// readStories reads a set of stories. It refuses expectations that would silently weaken the test.
func readStories(t *testing.T, set string) []story {
	t.Helper()
	out := readLines[story](t, "stories", set)
	ids := map[string]bool{}
	for _, s := range out {
		require.False(t, ids[s.ID], "%s: twice", s.ID)
		ids[s.ID] = true
		require.NotEmpty(t, s.Messages, s.ID)
		require.NotEmpty(t, s.Questions, s.ID)
		for i, m := range s.Messages {
			require.False(t, i > 0 && m.At.Before(s.Messages[i-1].At), "%s: message %d is older than the one before it", s.ID, i)
		}
		for _, q := range s.Questions {
			require.True(t, q.None || len(q.Expect) > 0, "%s: %s", s.ID, q.Q)
			for _, text := range slices.Concat(q.Expect, q.Forbid) {
				require.NotEmpty(t, text, "%s: %s", s.ID, q.Q)
				require.Equal(t, strings.ToLower(text), text, "%s: %s", s.ID, q.Q)
			}
		}
	}
	return out
}

// tellStory remembers the messages at their times and asks the questions a day after the last message.
func tellStory(t *testing.T, s story) (out storyAnswers) {
	memory, asked := tell(t, s.Messages)
	for _, q := range s.Questions {
		res, err := memory.Recall(t.Context(), spectron.RecallRequest{Query: q.Q, Speaker: q.Speaker, AsOf: q.AsOf, ValidAt: q.ValidAt})
		require.NoError(t, err, q.Q)
		at := asked
		if !q.AsOf.IsZero() {
			at = q.AsOf
		}
		out.asked++
		text, problem, isWrong := judge(res, q, at)
		if problem == "" {
			out.right++
			continue
		}
		if isWrong {
			out.wrongDirect++
			problem = "WRONG DIRECT, " + problem
		}
		out.failures = append(out.failures, fmt.Sprintf("%s%s\n\t%s: %s %q", q.Q, q.setting(), problem, res.Tier, text))
	}
	return out
}

// setting describes who asks, and for which time.
func (q storyQuestion) setting() (out string) {
	if q.Speaker != "" {
		out += " asked by " + q.Speaker
	}
	if !q.AsOf.IsZero() {
		out += " as of " + q.AsOf.Format(time.DateOnly)
	}
	if !q.ValidAt.IsZero() {
		out += " valid at " + q.ValidAt.Format(time.DateOnly)
	}
	return out
}

// judge returns the first hit as a sentence, the fault of it as an answer for that time ("": none), and whether the graph answered with a
// false value.
func judge(res *spectron.Recalled, q storyQuestion, at time.Time) (text, problem string, wrongDirect bool) {
	if len(res.Hits) == 0 {
		return "", "no hit", false
	}
	first := res.Hits[0]
	text = sentence(first, at)
	direct := res.Tier == spectron.TierDirect && first.Fact != nil
	lower := strings.ToLower(text)
	has := func(part string) bool { return strings.Contains(lower, part) }
	if i := slices.IndexFunc(q.Forbid, has); i >= 0 {
		return text, fmt.Sprintf("has %q", q.Forbid[i]), direct
	}
	if q.None && direct && first.Fact.ValidUntil.IsZero() {
		return text, "a live fact answers", true
	}
	if len(q.Expect) > 0 && !slices.ContainsFunc(q.Expect, has) {
		return text, fmt.Sprintf("has none of %q", q.Expect), false
	}
	return text, "", false
}
