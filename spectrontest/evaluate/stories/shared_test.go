// Package stories_test tells labelled stories and changes to stores without a model, through the exported API alone, and asks questions about
// them. The folders of testdata describe their files. "tune" is for writing rules; "held" measures how well they generalise and is only run.
package stories_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// eachSet runs a test for sets of labelled data, in parallel.
func eachSet(t *testing.T, run func(t *testing.T, set string), sets ...string) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	for _, set := range sets {
		t.Run(set, func(t *testing.T) {
			t.Parallel()
			run(t, set)
		})
	}
}

// eachPart runs a test for each of n parts in parallel, and waits for them.
func eachPart(t *testing.T, n int, name func(i int) string, run func(t *testing.T, i int)) {
	t.Run("part", func(t *testing.T) { // the group ends after all of its parallel tests
		for i := range n {
			t.Run(name(i), func(t *testing.T) {
				t.Parallel()
				run(t, i)
			})
		}
	})
}

// read reads a file of testdata.
func read(t *testing.T, path ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(append([]string{"testdata"}, path...)...))
	require.NoError(t, err)
	return data
}

// readLines reads a set of JSON lines. It refuses misspelled fields, which would silently weaken a test.
func readLines[T any](t *testing.T, folder, set string) (out []T) {
	t.Helper()
	lines := json.NewDecoder(bytes.NewReader(read(t, folder, set+".jsonl")))
	lines.DisallowUnknownFields()
	for {
		var line T
		err := lines.Decode(&line)
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err, "after %d lines", len(out))
		out = append(out, line)
	}
	require.NotEmpty(t, out)
	return out
}

// message is a turn of a story. Without a Session, those of a day are one.
type message struct {
	At      time.Time     `json:"at"`
	Role    spectron.Role `json:"role"`
	Speaker string        `json:"speaker"`
	Session string        `json:"session"`
	Text    string        `json:"text"`
}

// tell remembers messages at their times, in a store of their own. Afterwards its clock is a day after the last one.
func tell(t *testing.T, messages []message) (memory *spectron.Memory, now time.Time) {
	clock := spectrontest.NewClock()
	memory = spectrontest.Context(t, &spectron.Options{Clock: clock.Now}).Memory()
	sessions := map[string]string{}
	for _, m := range messages {
		clock.Set(m.At)
		label := m.Session
		if label == "" {
			label = m.At.Format(time.DateOnly)
		}
		r, err := memory.Remember(t.Context(), spectron.RememberRequest{
			Text: m.Text, Role: m.Role, Speaker: m.Speaker, SessionID: sessions[label], SpokenAt: m.At,
		})
		require.NoError(t, err, m.Text)
		sessions[label] = r.SessionID
	}
	return memory, clock.Advance(24 * time.Hour)
}

// sentence returns the text of a hit. For a fact it adds whether it has ended, or begins later than at.
func sentence(h spectron.Hit, at time.Time) string {
	if h.Fact == nil {
		return h.Text
	}
	text := h.Text
	if from := h.Fact.ValidFrom; from.After(at) {
		text += ", from " + from.Format(time.DateOnly)
	}
	if until := h.Fact.ValidUntil; !until.IsZero() {
		text += ", until " + until.Format(time.DateOnly)
	}
	return text + "."
}

// share returns n of all; of none it is 0.
func share(n, all int) float64 { return float64(n) / float64(max(all, 1)) }

// table aligns rows of cells, each row being a line with tabs.
func table(rows ...string) string {
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, strings.Join(rows, "\n"))
	_ = w.Flush() // a strings.Builder never fails
	return "\n" + out.String()
}
