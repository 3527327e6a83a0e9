package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spectron-go/spectron/spectrontest"
)

// What was told in one conversation is known in the next.
func TestAgentRemembers(t *testing.T) {
	memory := spectrontest.Context(t).Memory()
	first, second := &agent{memory: memory, answer: offline}, &agent{memory: memory, answer: offline}
	if _, err := first.hear(t.Context(), "My name is Alice. I work at Globex."); err != nil {
		t.Fatal(err)
	}
	if got, err := second.hear(t.Context(), "Where do I work?"); err != nil || !strings.Contains(got, "Globex") {
		t.Errorf("%q, %v", got, err)
	}
}

// The file remembers between two runs of the program.
func TestRuns(t *testing.T) {
	store := filepath.Join(t.TempDir(), "agent.db")
	for _, turn := range []struct{ said, want string }{
		{"My name is Alice. I work at Globex.\n", "I will remember that.\n"},
		{"Where do I work?\n", "I remember: Alice works at Globex; My name is Alice. I work at Globex.\n"},
	} {
		var out bytes.Buffer
		if err := run(t.Context(), store, strings.NewReader(turn.said), &out); err != nil || out.String() != turn.want {
			t.Errorf("%q is answered with %q, not %q (%v)", turn.said, &out, turn.want, err)
		}
	}
}
