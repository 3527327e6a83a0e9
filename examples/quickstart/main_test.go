package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// answers are what the conversation gives for each of the questions: the fact, the words and the turn that it
// comes from, how it is found, and what must not be the answer.
var answers = []struct {
	question string
	text     string
	quote    string
	turn     int
	at       string
	tier     spectron.Tier
	until    string // when it ended
	wrong    []string
}{
	{
		"Where do I work now?", "Nora Keller works at Halden Labs", "I joined Halden Labs",
		38, "2026-06-01 19:22", spectron.TierDirect, "", []string{"Brightwave"},
	},
	{
		"Where did I work before?", "Nora Keller works at Brightwave", "I work at Brightwave",
		3, "2026-05-04 07:44", spectron.TierDirect, "2026-05-29", []string{"Halden", "Anna"},
	},
	{
		"Where do I live?", "Nora Keller lives in Lisbon", "I moved to Lisbon",
		41, "2026-06-08 08:15", spectron.TierDirect, "", []string{"Hamburg"},
	},
	{
		"What do I prefer to drink?", "Nora Keller prefers green tea", "I switched from espresso to green tea",
		48, "2026-06-14 09:40", spectron.TierHybrid, "", []string{"prefers espresso", "coffee"},
	},
	{
		"Where does my colleague Anna live?", "Anna Schmidt lives in Berlin", "Anna Schmidt moved to Berlin",
		53, "2026-06-20 18:02", spectron.TierDirect, "", []string{"Weber", "Freiburg", "Kiel"},
	},
	{
		"How should dates be written?", "From now on, always write dates in ISO format, please",
		"From now on, always write dates in ISO format, please",
		5, "2026-05-04 07:45", spectron.TierHybrid, "", []string{"twelve"},
	},
}

func TestRunAnswersTheSixQuestions(t *testing.T) {
	t.Parallel()
	compiled(t)
	var stdout, stderr bytes.Buffer
	require.NoError(t, run(t.Context(), nil, &stdout, &stderr))

	head, blocks := split(stdout.String())
	counts := regexp.MustCompile(`: (\d+) turns; facts: ([1-9]\d*), instructions: 1, corrections: ([1-9]\d*), uncertainties: (\d+)$`)
	if got := counts.FindStringSubmatch(head); got == nil || got[1] != "58" {
		t.Errorf("the summary is %q", head)
	}
	require.Len(t, blocks, len(answers))
	for i, want := range answers {
		lines := strings.Split(blocks[i], "\n")
		if want := fmt.Sprintf("%d. %s", i+1, want.question); lines[0] != want {
			t.Errorf("question %q, want %q", lines[0], want)
		}
		require.GreaterOrEqual(t, len(lines), 4, blocks[i])
		fact := "   " + want.text
		if want.until != "" {
			fact += ", until " + want.until
		}
		if lines[1] != fact && !strings.HasPrefix(lines[1], fact+", since ") {
			t.Errorf("%s: the first fact is %q, want %q", want.question, lines[1], fact)
		}
		if source := fmt.Sprintf("     %q (user, turn %d, %s)", want.quote, want.turn, want.at); lines[2] != source {
			t.Errorf("%s: the source is %q, want %q", want.question, lines[2], source)
		}
		for _, wrong := range want.wrong {
			if strings.Contains(lines[1]+lines[2], wrong) {
				t.Errorf("%s: the first answer speaks of %s: %s", want.question, wrong, lines[1])
			}
		}
		if last := lines[len(lines)-1]; !regexp.MustCompile(`^   \[` + string(want.tier) + `, [0-9.]+(µs|ms|s)\]$`).MatchString(last) {
			t.Errorf("%s: the last line is %q, want the tier %s and a time", want.question, last, want.tier)
		}
	}
}

// compiled waits until the engine is compiled on this machine, once for all tests: run finds it in the cache.
func compiled(t *testing.T) {
	t.Helper()
	spectrontest.Open(t, nil)
}

// split takes an output apart: what was remembered, and a block for each question.
func split(output string) (head string, blocks []string) {
	parts := strings.Split(strings.TrimSpace(output), "\n\n")
	return parts[0], parts[1:]
}

// TestAnswersDoNotDependOnToday asks on days before, in and long after the conversation.
func TestAnswersDoNotDependOnToday(t *testing.T) {
	t.Parallel()
	for _, today := range []string{"2025-11-01", "2026-06-20", "2031-01-01"} {
		t.Run(today, func(t *testing.T) {
			t.Parallel()
			memory, messages, remembered := remember(t, today)
			for i, want := range answers {
				q := questions[i]
				got, err := memory.Recall(t.Context(), spectron.RecallRequest{Query: q, K: maxHits})
				require.NoError(t, err)
				require.NotEmpty(t, got.Hits, want.question)
				top := got.Hits[0]
				if top.Text != want.text || got.Tier != want.tier {
					t.Errorf("%s: %s %q, want %s %q", want.question, got.Tier, top.Text, want.tier, want.text)
				}
				source := top.Source
				if source.Quote != want.quote || source.TurnID != remembered.TurnIDs[want.turn-1] ||
					source.Role != spectron.RoleUser || !source.SpokenAt.Equal(messages[want.turn-1].At) {
					t.Errorf("%s: the source is %+v", want.question, source)
				}
				said := []rune(messages[want.turn-1].Content)
				if quoted := string(said[source.Start:source.End]); quoted != want.quote {
					t.Errorf("%s: the source points at %q, want %q", want.question, quoted, want.quote)
				}
				if want.until != "" && (top.Fact == nil || top.Fact.ValidUntil.Format(time.DateOnly) != want.until) {
					t.Errorf("%s: %+v did not end on %s", want.question, top.Fact, want.until)
				}
			}
		})
	}
}

// TestConversationIsUnderstood asks what the six questions leave out.
func TestConversationIsUnderstood(t *testing.T) {
	t.Parallel()
	memory, _, _ := remember(t, "2026-06-21")
	day := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC) }
	for _, tt := range []struct {
		question string
		asOf     time.Time
		want     []string // the facts, all of them
	}{
		{"What is my name?", time.Time{}, []string{"The user's name is Nora Keller"}},
		{"What is my job?", time.Time{}, []string{"Nora Keller's role is head of design"}},
		{"When is my birthday?", time.Time{}, []string{"Nora Keller's birthday is 27 June"}},
		{"What do I prefer?", time.Time{}, []string{"Nora Keller prefers green tea"}},
		{"What do I prefer?", day(time.June, 10), []string{"Nora Keller prefers espresso"}},
		{"Who is my sister?", time.Time{}, []string{"Nora Keller's sister is Anna Weber"}},
		{"Where does my sister Anna live?", time.Time{}, []string{"Anna Weber lives in Freiburg"}},
		{"What is my sister allergic to?", time.Time{}, []string{"Anna Weber is allergic to walnuts"}},
		{"Where does Anna Schmidt live?", day(time.June, 1), []string{"Anna Schmidt lives in Kiel"}},
		{"Where does Anna Schmidt work?", time.Time{}, []string{"Anna Schmidt works at Brightwave"}},
		// She only thought of moving and of staying then.
		{"Where do I live?", day(time.May, 16), []string{"Nora Keller lives in Hamburg"}},
		{"Where do I work?", day(time.May, 21), []string{"Nora Keller works at Brightwave"}},
	} {
		got, err := memory.Recall(t.Context(), spectron.RecallRequest{Query: tt.question, AsOf: tt.asOf})
		require.NoError(t, err)
		var facts []string
		for _, h := range got.Hits {
			if h.Fact != nil {
				facts = append(facts, h.Text)
			}
		}
		if got.Tier != spectron.TierDirect || strings.Join(facts, "; ") != strings.Join(tt.want, "; ") {
			t.Errorf("%s (as of %v): %s %q, want direct %q", tt.question, tt.asOf, got.Tier, facts, tt.want)
		}
	}
}

// remember stores the conversation in a store whose clock stands at the day.
func remember(t *testing.T, today string) (*spectron.Memory, []spectron.Message, *spectron.RememberedMany) {
	t.Helper()
	now, err := time.Parse(time.DateOnly, today)
	require.NoError(t, err)
	clock := spectrontest.NewClock()
	clock.Set(now)
	memory := spectrontest.Context(t, &spectron.Options{Clock: clock.Now}).Memory()
	messages, err := conversation("")
	require.NoError(t, err)
	remembered, err := memory.RememberMany(t.Context(), spectron.RememberManyRequest{Messages: messages})
	require.NoError(t, err)
	return memory, messages, remembered
}

func TestRunReadsAFileAndAsks(t *testing.T) {
	t.Parallel()
	compiled(t)
	path := filepath.Join(t.TempDir(), "chat.txt")
	require.NoError(t, os.WriteFile(path, []byte(`# a chat
user: I'm Ida and I live in Bergen.
assistant: Hello Ida!

[2026-05-12T10:00:00Z] user: The cabin code is
  KX-4471.
`), 0o600))
	var stdout, stderr bytes.Buffer
	args := []string{"-file", path, "-store", "mem://", "-ask", "Where do I live?", "-ask", "What is the cabin code?"}
	require.NoError(t, run(t.Context(), args, &stdout, &stderr))

	head, blocks := split(stdout.String())
	if !strings.Contains(head, ": 3 turns;") {
		t.Errorf("the summary is %q", head)
	}
	require.Len(t, blocks, 2)
	for i, want := range [][]string{
		{"1. Where do I live?\n   Ida lives in Bergen\n     \"I live in Bergen\" (user, turn 1, ", "\n   [direct, "},
		{"2. What is the cabin code?\n     \"The cabin code is\\nKX-4471.\" (user, turn 3, 2026-05-12 10:00)\n"},
	} {
		for _, part := range want {
			if !strings.Contains(blocks[i], part) {
				t.Errorf("answer %d is\n%s\nwithout\n%s", i+1, blocks[i], part)
			}
		}
	}
}

func TestRunRefusesWhatItCannotDo(t *testing.T) {
	t.Parallel()
	bad := filepath.Join(t.TempDir(), "bad.txt")
	require.NoError(t, os.WriteFile(bad, []byte("user: hello\nrobot: beep\n"), 0o600))
	for _, tt := range []struct {
		name string
		args []string
		want string
	}{
		{"unknown flag", []string{"-files", "x"}, "-files (-h explains the flags)"},
		{"argument", []string{"chat.txt"}, `unexpected argument "chat.txt"`},
		{"no such file", []string{"-file", bad + "x"}, bad + "x"},
		{"unknown role", []string{"-file", bad}, bad + `:2: unknown role "robot"`},
		{"unknown store", []string{"-store", "ftp://x"}, "URL: unknown scheme"},
	} {
		var stdout, stderr bytes.Buffer
		err := run(t.Context(), tt.args, &stdout, &stderr)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
		if stdout.Len()+stderr.Len() > 0 {
			t.Errorf("%s: wrote %s%s", tt.name, &stdout, &stderr)
		}
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr bytes.Buffer
	if err := run(ctx, nil, &stdout, &stderr); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
}

func TestRunExplainsItself(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	require.NoError(t, run(t.Context(), []string{"-h"}, &stdout, &stderr))
	for _, want := range []string{"-file PATH", "-ask QUESTION", "-store URL", "[2026-05-12T10:00:00Z] role: text"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("the usage does not mention %s", want)
		}
	}
}

func TestProgressWritesALineAStage(t *testing.T) {
	t.Parallel()
	stages := func(s ...string) (out []spectron.EngineProgress) {
		for _, stage := range s {
			out = append(out, spectron.EngineProgress{Stage: stage, Total: 70}, spectron.EngineProgress{Stage: stage, Done: 70, Total: 70})
		}
		return append(out, spectron.EngineProgress{Stage: "compile"})
	}
	for _, tt := range []struct {
		name   string
		events []spectron.EngineProgress
		want   string
	}{
		{"cached", stages("cache", "verify"), ""},
		{"fetched", stages("cache", "npm", "verify"), "npm (70 bytes)|verify (70 bytes)|compile"},
		{"without npm", stages("cache", "npm", "download", "verify"), "npm (70 bytes)|download (70 bytes)|verify (70 bytes)|compile"},
	} {
		var out bytes.Buffer
		listen := progress(&out)
		for _, e := range tt.events {
			listen(e)
		}
		got := strings.ReplaceAll(strings.TrimSpace(out.String()), "first run, getting the engine: ", "")
		if got = strings.ReplaceAll(got, "\n", "|"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
