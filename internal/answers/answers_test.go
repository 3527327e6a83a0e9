package answers

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var noon = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

func asked(text string, vector ...float32) Question[int] {
	return Question[int]{Text: text, Vector: vector, Now: noon, Similarity: 0.92, Fresh: time.Hour, Most: 3}
}

func find(c *Cache[int], q Question[int]) string {
	a, _, _ := c.Find(q, func(*Answer) bool { return true })
	return a.Text
}

func TestWhichQuestionIsTheSame(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		stored, q Question[int]
		same      bool
	}{
		"the same words":       {asked("Where does Anna live?"), asked("where does ANNA live"), true},
		"other words":          {asked("Where does Anna live?"), asked("Where does Anna work?"), false},
		"another order":        {asked("Does Anna know Bob?"), asked("Does Bob know Anna?"), false},
		"near":                 {asked("Where is the flat?", 1, 0.1), asked("Where is the apartment?", 1, 0), true},
		"far":                  {asked("Where is the flat?", 1, 1), asked("Where is the apartment?", 1, 0), false},
		"near, with a number":  {asked("Who won in 2023?", 1, 0.1), asked("Who won in 2024?", 1, 0.1), false},
		"near, with a not":     {asked("Who won?", 1, 0.1), asked("Who didn't win?", 1, 0.1), false},
		"another dimension":    {asked("Where is the flat?", 1, 0.1), asked("Where is the apartment?", 1), false},
		"no vector":            {asked("Where is the flat?"), asked("Where is the apartment?", 1), false},
		"vectors of zeros":     {asked("Where is the flat?", 0, 0), asked("Where is the apartment?", 0, 0), false},
		"another key":          {asked("Where is the flat?"), func() Question[int] { q := asked("Where is the flat?"); q.Key[0] = 1; return q }(), false},
		"another era":          {asked("Where is the flat?"), func() Question[int] { q := asked("Where is the flat?"); q.Era = 1; return q }(), false},
		"an hour later":        {asked("Where is the flat?"), func() Question[int] { q := asked("Where is the flat?"); q.Now = noon.Add(time.Hour); return q }(), false},
		"a minute less":        {asked("Where is the flat?"), func() Question[int] { q := asked("Where is the flat?"); q.Now = noon.Add(59 * time.Minute); return q }(), true},
		"a clock that is back": {asked("Where is the flat?"), func() Question[int] { q := asked("Where is the flat?"); q.Now = noon.Add(-time.Minute); return q }(), false},
		"nothing but marks":    {asked("?!"), asked("?!"), false},
	} {
		c := &Cache[int]{}
		c.Put(row.stored, Answer{Text: "x"})
		require.Equal(t, row.same, find(c, row.q) != "", name)
	}
}

func TestTheNearestAnswerThatHolds(t *testing.T) {
	t.Parallel()
	c := &Cache[int]{}
	c.Put(asked("near", 1, 0.2), Answer{Text: "near"})
	c.Put(asked("nearer", 1, 0.1), Answer{Text: "nearer"})
	require.Equal(t, "nearer", find(c, asked("q", 1, 0)))
	a, used, ok := c.Find(asked("q", 1, 0), func(a *Answer) bool { return a.Text == "near" })
	require.True(t, ok)
	require.Equal(t, "near", a.Text)
	used([]string{"turn:1"})
	a, _, _ = c.Find(asked("near", 1, 0.2), func(*Answer) bool { return true })
	require.Equal(t, []string{"turn:1"}, a.Turns)
	c.Put(asked("near", 1, 0.2), Answer{Text: "newer"})
	require.Equal(t, "newer", find(c, asked("near", 1, 0.2)))
	require.Equal(t, 2, c.Len())
	used([]string{"turn:2"}) // of an answer that is gone
	a, _, _ = c.Find(asked("near", 1, 0.2), func(*Answer) bool { return true })
	require.Empty(t, a.Turns)
	c.Drop()
	require.Empty(t, find(c, asked("near", 1, 0.2)))
}

func TestLimits(t *testing.T) {
	t.Parallel()
	c := &Cache[int]{}
	for i := range 5 {
		c.Put(asked(fmt.Sprint("question ", i)), Answer{Text: fmt.Sprint(i)})
		find(c, asked("question 0")) // the most recently used stay
	}
	require.Equal(t, 3, c.Len())
	require.Equal(t, "0", find(c, asked("question 0")))
	require.Equal(t, "4", find(c, asked("question 4")))
	require.Empty(t, find(c, asked("question 1")))

	huge := asked("huge")
	huge.Most = 1_000_000
	c.Put(huge, Answer{Text: strings.Repeat("x", MaxBytes)})
	require.Equal(t, 3, c.Len())
	for i := range 20 {
		huge.Text = fmt.Sprint("huge ", i)
		c.Put(huge, Answer{Text: strings.Repeat("x", MaxBytes/8)})
		require.LessOrEqual(t, c.bytes, MaxBytes)
	}
	require.Equal(t, 7, c.Len())
	c.Drop()
	require.Zero(t, c.bytes)
	require.Empty(t, c.by)
}
