package guard_test

import (
	"regexp"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/guard"
	"github.com/spectron-go/spectron/internal/record"
)

// marked has the marks of personal data in the labelled texts: ⟦email|alice@example.com⟧.
var marked = regexp.MustCompile(`⟦([a-z]+)\|([^⟧]*)⟧`)

// unmarked returns a labelled text without its marks, and what must be redacted.
func unmarked(text string) (plain string, want []guard.Redaction) {
	at := 0
	for _, m := range marked.FindAllStringSubmatchIndex(text, -1) {
		plain += text[at:m[0]]
		start := utf8.RuneCountInString(plain)
		plain += text[m[4]:m[5]]
		want = append(want, guard.Redaction{Kind: guard.PII(text[m[2]:m[3]]), Span: record.Span{Start: start, End: utf8.RuneCountInString(plain)}})
		at = m[1]
	}
	return plain + text[at:], want
}

func TestLabelledPII(t *testing.T) {
	t.Parallel()
	for name, least := range map[string]floors{"tune": {0.98, 0.95}, "held": {0.98, 0.95}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scores := map[guard.PII]score{}
			for _, line := range lines(t, "pii/"+name+".tsv") {
				text, want := unmarked(line[1])
				require.Equal(t, line[0] == "none", len(want) == 0, line[1])
				redacted, got := guard.Redact(text)
				missing := map[guard.Redaction]bool{}
				for _, r := range want {
					missing[r] = true
				}
				wrong := false
				for _, r := range got {
					s := scores[r.Kind]
					if missing[r] {
						s.right++
						delete(missing, r)
					} else {
						s.wrong++
						wrong = true
					}
					scores[r.Kind] = s
				}
				for r := range missing {
					s := scores[r.Kind]
					s.missed++
					scores[r.Kind] = s
				}
				if wrong || len(missing) > 0 {
					show(t, name, "%s: %s", line[1], redacted)
				}
			}
			check(t, scores, least)
		})
	}
}
