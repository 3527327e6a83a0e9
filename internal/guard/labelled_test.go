package guard_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/guard"
)

// score counts what was found of a kind.
type score struct{ right, wrong, missed int }

func (s score) precision() float64 { return share(s.right, s.right+s.wrong) }
func (s score) recall() float64    { return share(s.right, s.right+s.missed) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// floors are the least precision and recall over all kinds.
type floors struct{ precision, recall float64 }

// check prints the scores by kind, and fails if their sum is below the floors.
func check[K ~string](t *testing.T, scores map[K]score, least floors) {
	t.Helper()
	var all score
	for _, kind := range slices.Sorted(maps.Keys(scores)) {
		s := scores[kind]
		all = score{all.right + s.right, all.wrong + s.wrong, all.missed + s.missed}
		t.Logf("%-26s precision %.3f  recall %.3f  (%d)", kind, s.precision(), s.recall(), s.right+s.missed)
	}
	t.Logf("%-26s precision %.3f  recall %.3f  (%d)", "all", all.precision(), all.recall(), all.right+all.missed)
	if all.precision() < least.precision || all.recall() < least.recall {
		t.Errorf("precision %.3f, at least %.3f; recall %.3f, at least %.3f", all.precision(), least.precision, all.recall(), least.recall)
	}
}

// lines returns the lines of a file of test data. A line has two fields, and the second is written like the inside of a Go string.
func lines(t *testing.T, path string) (out [][2]string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", path))
	require.NoError(t, err)
	for line := range strings.Lines(string(data)) {
		label, text, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		require.True(t, ok, line)
		quoted := `"` + strings.ReplaceAll(text, `"`, `\"`) + `"`
		plain, err := strconv.Unquote(quoted)
		require.NoError(t, err, line)
		out = append(out, [2]string{label, plain})
	}
	return out
}

func TestLabelledInjections(t *testing.T) {
	t.Parallel()
	for name, least := range map[string]floors{"tune": {0.98, 0.90}, "held": {0.98, 0.6}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scores := map[guard.Kind]score{}
			for _, line := range lines(t, "injection/"+name+".tsv") {
				want, text := guard.Kind(line[0]), line[1]
				found := guard.Scan(text)
				kinds := map[guard.Kind]bool{}
				for _, f := range found {
					kinds[f.Kind] = true
					require.NotEmpty(t, f.Span.Quote(text))
				}
				s := scores[want]
				switch {
				case want == "none":
					for kind := range kinds {
						w := scores[kind]
						w.wrong++
						scores[kind] = w
					}
				case kinds[want]:
					s.right++
				default:
					s.missed++
				}
				if want != "none" {
					scores[want] = s
				}
				if (want == "none") != (len(found) == 0) || want != "none" && !kinds[want] {
					show(t, name, "%s: %q: %s", want, text, quotes(text, found))
				}
			}
			check(t, scores, least)
		})
	}
}

// show logs a mistake in the texts that may be looked at. Those in held are only counted.
func show(t *testing.T, name, format string, args ...any) {
	if name == "tune" || os.Getenv("SPECTRON_SHOW_HELD") != "" {
		t.Logf(format, args...)
	}
}

func quotes(text string, found []guard.Finding) (out []string) {
	for _, f := range found {
		out = append(out, fmt.Sprintf("%s %q", f.Kind, f.Span.Quote(text)))
	}
	return out
}
