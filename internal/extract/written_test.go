package extract_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/record"
)

// TestWrittenTexts checks what is read of documents: what they state of third persons and things.
func TestWrittenTexts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"Alice Smith works at Acme. The office is large. In 2021 she moved to Vienna.": {"Alice Smith works_at Acme"},
		"Alice Smith works at Acme. She lives in Vienna.":                              {"Alice Smith works_at Acme", "Alice Smith lives_in Vienna"},
		"Redbrick Bikes was founded by Salma Idris.":                                   {"Salma Idris founded Redbrick Bikes"},
		"Tom Reilly manages Kestrel Media.":                                            {"Tom Reilly manages Kestrel Media"},
		"Globex is based in Oslo. Acme Corp is headquartered in Zurich.":               {"Globex lives_in Oslo", "Acme Corp lives_in Zurich"},
		"Maria Keller is 45 years old.":                                                {"Maria Keller age 45"},
		"If Bob works at Acme, he gets a badge. Does Bob live in Rome?":                nil,
		"She said that Alice lives in Rome.":                                           nil,
		"The boats of the river brought oil to the harbour.":                           nil,
		"B = 42\n\nDefault: 20\n\nWidth: 3":                                            nil,
	} {
		x := extract.Rules(extract.Input{Text: text, Role: record.User, At: time.Date(2026, 5, 5, 9, 0, 0, 0, time.UTC), Written: true})
		var got []string
		for _, r := range x.Relations {
			got = append(got, fmt.Sprintf("%s %s %s", r.Subject.Name, r.Label, r.Object.Name))
		}
		for _, a := range x.Attributes {
			got = append(got, fmt.Sprintf("%s %s %s", a.Entity.Name, a.Key, a.Value))
		}
		require.Equal(t, want, got, text)
		require.Empty(t, x.Doubts)
	}
}
