package spectron

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// descriptionStory has what somebody told, and descriptions of what to forget. testdata/descriptions/README.md describes the format.
type descriptionStory struct {
	ID      string   `json:"id"`
	Speaker string   `json:"speaker"`
	Told    []string `json:"told"`
	Facts   []string `json:"facts"`
	Asks    []struct {
		Q     string   `json:"q"`
		Meant []string `json:"meant"`
		Maybe []string `json:"maybe"`
	} `json:"asks"`
}

// TestDescriptions finds what the labelled descriptions mean: at least 95% of what they mean, and nothing else.
func TestDescriptions(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	for _, set := range []string{"tune", "held"} {
		t.Run(set, func(t *testing.T) {
			t.Parallel()
			asked, found, meant := 0, 0, 0
			manager, err := Open(t.Context(), "mem://", &Options{Clock: func() time.Time { return storyBegins.AddDate(0, 0, 1) }})
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, manager.Close(context.WithoutCancel(t.Context()))) })
			for _, s := range readDescriptions(t, set) {
				view, now := tellDescribed(t, manager, s)
				for _, ask := range s.Asks {
					got, err := view.Describe(t.Context(), recall.DescribeQuery{Text: ask.Q, Subject: s.Speaker, Now: now})
					require.NoError(t, err)
					asked++
					meant += len(ask.Meant)
					rows := rowsDescribed(got.Meant)
					for _, row := range rows {
						if slices.ContainsFunc(ask.Meant, func(want string) bool { return strings.HasPrefix(row, want) }) {
							found++
						} else {
							t.Errorf("%s: %q takes the bystander %s", s.ID, ask.Q, row)
						}
					}
					for _, want := range ask.Meant {
						if !hasRow(rows, want) {
							t.Logf("%s: %q misses %s; possible %s", s.ID, ask.Q, want, rowsDescribed(got.Possible))
						}
					}
					for _, want := range ask.Maybe {
						if possible := rowsDescribed(got.Possible); !hasRow(possible, want) {
							t.Errorf("%s: %q may mean %s; possible %s", s.ID, ask.Q, want, possible)
						}
					}
				}
			}
			t.Logf("%d descriptions: %d of %d meant rows found", asked, found, meant)
			if float64(found) < 0.95*float64(meant) {
				t.Errorf("%d of %d meant rows were found; at least 95%% are asked for", found, meant)
			}
		})
	}
}

func hasRow(rows []string, want string) bool {
	return slices.ContainsFunc(rows, func(row string) bool { return strings.HasPrefix(row, want) })
}

func readDescriptions(t *testing.T, set string) (out []descriptionStory) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "descriptions", set+".jsonl"))
	require.NoError(t, err)
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var s descriptionStory
		require.NoError(t, json.Unmarshal(lines.Bytes(), &s))
		out = append(out, s)
	}
	require.NoError(t, lines.Err())
	return out
}

// tellDescribed tells a story, one text an hour, and returns its view and the time after it.
func tellDescribed(t *testing.T, manager *Manager, s descriptionStory) (*recall.View, time.Time) {
	t.Helper()
	handle, err := manager.CreateContext(t.Context(), s.ID, ContextSpec{})
	require.NoError(t, err)
	memory := handle.Memory()
	now := storyBegins
	var messages []Message
	for _, text := range s.Told {
		now = now.Add(time.Hour)
		messages = append(messages, Message{Content: text, Speaker: s.Speaker, At: now})
	}
	_, err = memory.RememberMany(t.Context(), RememberManyRequest{Messages: messages})
	require.NoError(t, err)
	var triples []Triple
	for _, fact := range s.Facts {
		parts := strings.Split(fact, "|")
		triple := Triple{Entity: described(t, s, parts[0]), Key: parts[1], Value: parts[2]}
		if strings.Contains(parts[2], ":") {
			triple.Value, triple.Target = "", described(t, s, parts[2])
		}
		triples = append(triples, triple)
	}
	if len(triples) > 0 {
		_, err := memory.Remember(t.Context(), RememberRequest{Infer: InferTriples, Triples: triples})
		require.NoError(t, err)
	}
	return handle.state.View.Load(), now
}

// storyBegins is when the stories begin, a Monday.
var storyBegins = time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)

// described reads "project:Falcon", or "me".
func described(t *testing.T, s descriptionStory, name string) EntityRef {
	t.Helper()
	if name == "me" {
		return EntityRef{Type: record.TypePerson, Name: selfIn(s)}
	}
	kind, name, ok := strings.Cut(name, ":")
	require.True(t, ok, name)
	return EntityRef{Type: kind, Name: name}
}

func selfIn(s descriptionStory) string {
	if s.Speaker != "" {
		return s.Speaker
	}
	return record.UserEntity.Name
}

// rowsDescribed returns hits as "entity|key|value", "instruction|words" or "turn|words".
func rowsDescribed(hits []recall.Hit) (out []string) {
	for _, h := range hits {
		switch {
		case h.Fact != nil:
			name := h.Fact.Entity.Name
			if name == record.UserEntity.Name || slices.Contains(selvesDescribed, name) {
				name = "me"
			}
			out = append(out, fmt.Sprintf("%s|%s|%s", name, h.Fact.Key, h.Fact.Value))
		case h.Instruction != nil:
			out = append(out, "instruction|"+h.Text)
		default:
			out = append(out, "turn|"+h.Text)
		}
	}
	return out
}

// selvesDescribed are the tellers of the stories.
var selvesDescribed = []string{"Ben Ward", "Lena Brandt", "Ana Ruiz", "Rémy Duval", "Duarte Pinto", "Jonas Keller", "Carlos Vega", "Chloé Martin"}
