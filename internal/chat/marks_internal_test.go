package chat

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// marked returns an answer that arrives in parts, as it is shown.
func marked(sources int, parts ...string) (string, []int) {
	m := marks{sources: sources}
	var out strings.Builder
	for _, p := range parts {
		out.WriteString(m.add(p))
	}
	out.WriteString(m.end())
	return out.String(), m.used
}

func TestMarks(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Anna lives in Rome [S1].":            "Anna lives in Rome [S1].",
		"Anna lives in Rome [S9].":            "Anna lives in Rome.",
		"Rome [S1, S9; s2] [ S3 ]":            "Rome [S1][S2] [S3]",
		"[S9] Hello\n[S0]\nyou":               "Hello\nyou",
		"  \n Hello \n":                       "Hello",
		"[S1-S3], [S1/2], [S2&S1]":            "[S1][S3], [S1][S2], [S2][S1]",
		"[Sure] [1] [S] [S1x] [S1":            "[Sure] [1] [S] [S1x] [S1",
		"a[0] = [[S1]] [":                     "a[0] = [[S1]] [",
		"[S99999999999999999999999999]x":      "x",
		"one\x1b[31mred\x00 \ufffdtwo\tthree": "one[31mred two\tthree",
		"[S4]":                                "",
		"é [S2]ü":                             "é [S2]ü",
		"[S1" + strings.Repeat(" ", 300):      "[S1",
	} {
		got, used := marked(3, in)
		require.Equal(t, want, got, "%q", in)
		for _, n := range used {
			require.True(t, 1 <= n && n <= 3)
		}
	}
	_, used := marked(3, "[S2] [S3, S2] [S9]")
	require.Equal(t, []int{2, 3}, used)
}

// The result does not depend on how an answer is divided.
func TestMarksInParts(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2026))
	words := []string{"[", "]", "S", "s", "1", "2", "7", " ", "  ", "\n", ",", ";", "-", "Anna", ".", "é", "[S1]", "[S9]", "[S2, S9]", "[S"}
	for range 5_000 {
		var parts []string
		for range 1 + random.IntN(12) {
			parts = append(parts, words[random.IntN(len(words))])
		}
		want, wantUsed := marked(3, strings.Join(parts, ""))
		got, used := marked(3, parts...)
		require.Equal(t, want, got, "%q", parts)
		require.Equal(t, wantUsed, used, "%q", parts)
		again, _ := marked(3, want)
		if strings.Contains(again, "[S9]") {
			t.Errorf("%q leaves %q", parts, again)
		}
	}
}
