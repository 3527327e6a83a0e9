package extract

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// TestCutAnywhere reads texts that end or begin in the middle of a message, or go on in another one. No rule may look beyond the text.
func TestCutAnywhere(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 11))
	messages := readLabelled(t, "tune")
	marks := []string{" ", ", ", ". ", "\n", ": ", " - ", " (", "? "}
	read := func(text string) {
		defer func() {
			if r := recover(); r != nil {
				t.Fatalf("%q: %v", text, r)
			}
		}()
		Rules(Input{Text: text, Role: record.User, At: said, Vocabulary: record.Vocabulary{Entities: []record.EntityRef{record.UserEntity, person("Anna Weber"), person("Ben")}}})
	}
	for i, m := range messages {
		if !testsize.Long() && i%40 > 0 {
			continue
		}
		words, other := strings.Fields(m.Text), strings.Fields(messages[rng.IntN(len(messages))].Text)
		for range 6 {
			at, from := rng.IntN(len(words)+1), rng.IntN(len(other)+1)
			read(strings.Join(words[:at], " "))
			read(strings.Join(words[at:], " "))
			read(strings.Join(words[:at], " ") + marks[rng.IntN(len(marks))] + strings.Join(other[from:], " "))
		}
	}
}
