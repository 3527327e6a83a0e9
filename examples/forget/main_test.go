package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRun tells something, corrects it, and forgets it. What was erased is not in the file.
func TestRun(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "agent.db")
	var out bytes.Buffer
	said := func(lines ...string) string {
		t.Helper()
		out.Reset()
		require.NoError(t, run(t.Context(), path, strings.NewReader(strings.Join(lines, "\n")), &out))
		return out.String()
	}
	got := said("I live in Zqbern.", "My dog is called Zqrex.", "I like zqtea.", "known")
	require.Contains(t, got, "lives in: Zqbern")
	number := func(value string) string {
		t.Helper()
		for line := range strings.Lines(said("known")) {
			if strings.Contains(line, value) {
				return line[:1]
			}
		}
		t.Fatalf("%s is not known: %s", value, out.String())
		return ""
	}
	got = said("known", "correct "+number("Zqbern")+" Zqbasel")
	require.Contains(t, got, "lives in: Zqbasel")
	got = said("known", "erase "+number("Zqbasel"))
	require.Contains(t, got, `"purged": `)
	require.Contains(t, got, "I live in Zqbern.")
	got = said("known", "forget "+number("zqtea"))
	require.Contains(t, got, `"closed": 3`)
	got = said("known", "forget 9", "correct x y")
	require.NotContains(t, got, "Zqb")
	require.NotContains(t, got, "zqtea")
	require.Contains(t, got, `"9" is no number of the list`)
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NotContains(t, strings.ToLower(string(b)), "zqb")
	require.Contains(t, strings.ToLower(string(b)), "zqtea")
}
