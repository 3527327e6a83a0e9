package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tmc/langchaingo/llms"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// says is one run of the program, with lines that a user types.
func says(t *testing.T, store string, model llms.Model, user string, lines ...string) string {
	t.Helper()
	var out bytes.Buffer
	options := &spectron.Options{Engine: spectrontest.Engine(t), Model: model, Clock: spectrontest.NewClock().Now}
	if err := talk(t.Context(), store, options, user, strings.NewReader(strings.Join(lines, "\n")), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// What a user told in one run is known in the next, and to no other user.
func TestRemembersBetweenRuns(t *testing.T) {
	t.Parallel()
	store := filepath.Join(t.TempDir(), "chat.db")
	if got := says(t, store, nil, "alice", "I work at Globex."); got != "I will remember that.\n" {
		t.Errorf("at first it says %q", got)
	}
	if got := says(t, store, nil, "alice", "", "/new", "Where do I work?"); !strings.Contains(got, "works at Globex") {
		t.Errorf("to Alice it says %q", got)
	}
	if got := says(t, store, nil, "bob", "Where do I work?", "Where does alice work?"); strings.Contains(got, "Globex") {
		t.Errorf("to Bob it says %q", got)
	}
}

func TestAModelAnswers(t *testing.T) {
	t.Parallel()
	store := filepath.Join(t.TempDir(), "chat.db")
	says(t, store, nil, "alice", "I work at Globex.")
	model := spectrontest.NewModel(t, spectrontest.Reply{When: "The message to answer:\nWhere do I work?", Stream: []string{"At Glo", "bex. [", "S1] [S5]"}},
		spectrontest.Reply{When: "The message to answer:\nWhere does", Text: "I do not know."})
	want := "At Globex. [S1]\n  [S1] alice works at Globex\n"
	if got := says(t, store, model, "alice", "Where do I work?"); got != want {
		t.Errorf("to Alice it says %q, want %q", got, want)
	}
	says(t, store, model, "bob", "Where does alice work?")
	if prompt := model.Calls()[1].Prompt; strings.Contains(prompt, "Globex") {
		t.Errorf("Bob's prompt has Alice's memory: %s", prompt)
	}
}

func TestFlags(t *testing.T) {
	t.Parallel()
	for want, args := range map[string][]string{
		"": {"-h"}, "flag provided but not defined": {"-x"}, "unexpected argument": {"x"}, "provider": {"-model", "nobody/x"},
	} {
		var out, stderr bytes.Buffer
		err := run(t.Context(), args, strings.NewReader(""), &out, &stderr)
		if want == "" && (err != nil || out.String() != usage) || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, %s", args, err, &out)
		}
	}
}
