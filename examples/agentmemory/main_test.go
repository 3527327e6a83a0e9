package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spectron-go/spectron/spectrontest"
)

// What was told in one conversation is known in the next.
func TestAgentRemembers(t *testing.T) {
	memory := spectrontest.Context(t).Memory()
	var out bytes.Buffer
	for _, said := range []string{"My name is Alice. I work at Globex.", "Where do I work?"} {
		if err := chat(t.Context(), memory, strings.NewReader(said), &out); err != nil {
			t.Fatal(err)
		}
	}
	const want = "I will remember that.\nI remember: Alice works at Globex; My name is Alice. I work at Globex.\n"
	if out.String() != want {
		t.Errorf("got %q, want %q", &out, want)
	}
}
