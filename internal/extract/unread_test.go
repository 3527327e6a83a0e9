package extract

import (
	"math/rand"
	"strings"
	"testing"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// halfRead lists what rules half matched in a text.
func halfRead(text string) []string {
	var out []string
	for _, u := range Rules(Input{Text: text, Role: record.User, At: said}).Uncertainties {
		if u.Key != "" {
			out = append(out, u.Entity.Name+" "+u.Key+": "+u.About+" ("+u.Reason+")")
		}
	}
	return out
}

func TestHalfMatchedStatementsAreReported(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		// the object
		"I moved to a new flat.":     "user lives_in: I moved to a new flat (" + notObject + ")",
		"I live in Apartment 5B.":    "user lives_in: I live in Apartment 5B (" + notObject + ")",
		"My birthday is in May.":     "user birthday: My birthday is in May (" + notObject + ")",
		"Anna moved to a new flat.":  "Anna lives_in: Anna moved to a new flat (" + notObject + ")",
		"I work at Acme and Globex.": "user works_at: I work at Acme and Globex (" + notFollowed + ")",
		"I love the song Yesterday.": "user likes: I love the song Yesterday (" + notObject + ")",
		// the time
		"I worked at Acme.":                                 "user works_at: I worked at Acme (" + notWhen + ")",
		"I've lived in Rome.":                               "user lives_in: I've lived in Rome (" + notWhen + ")",
		"I moved to Lisbon, so expect me an hour later.":    "user appointment: expect me an hour later (" + notWhen + ")",
		"I work at Acme. Please call me at 5 tomorrow.":     "user appointment: call me at 5 tomorrow (" + notWhen + ")",
		"My train is late, so pick me up at 6.":             "user appointment: pick me up at 6 (" + notWhen + ")",
		"I met Tim, who lived in Rome.":                     "Tim lives_in: lived in Rome (" + notWhen + ")",
		"I'm Alice and I worked at Acme.":                   "Alice works_at: I worked at Acme (" + notWhen + ")",
		"I moved to Berlin for a month.":                    "user lives_in: I moved to Berlin for a month (" + notWhether + ")",
		"I live in Berlin, I think.":                        "user lives_in: I live in Berlin (" + notSure + ")",
		"I worked at Acme, but I work at Globex now.":       "user works_at: I worked at Acme (" + notWhen + ")",
		"I have a dog named Rex. I lived in Rome, Georgia.": "user lives_in: I lived in Rome, Georgia (" + notWhen + ")",
	} {
		if got := strings.Join(halfRead(text), " | "); got != want {
			t.Errorf("%q\n got %s\nwant %s", text, got, want)
		}
	}
}

// chatter are sentences of conversations that no rule is about, or of which a rule reads nothing on purpose.
var chatter = []string{
	"Good morning!", "How are you?", "That's great, thanks a lot.", "I love it.", "I like that.", "call me later", "I left early.", "I moved on.",
	"I work at night.", "I work for free.", "I live for music.", "I'm dying.", "I'm so tired today.", "The weather is nice.", "Let's go!", "It was fun.",
	"What do you think about this?", "I have no idea.", "I got up at six.", "I never give up.", "She never calls.", "Do I work at Acme?", "If I moved to Rome, I would be happy.",
	"Bob said he works at Acme.", "I think I work at Acme.", "I might join Globex.", "I will move to Lisbon.", "I love how it works.", "I hate it when that happens.",
	"I'm in trouble.", "I joined a call.", "My phone is dead.", "My job is boring.", "My car is broken.", "I'm at the office.", "See you soon.", "I'm happy to help.",
	"I like people who listen.", "Never mind.", "I went to the park yesterday.", "We had dinner at eight.", "My favourite part is the end.", "In the novel, Alice lives in Paris.",
	"> I worked at Acme", "\"I worked at Acme,\" said Bob.", "I left home.", "I started early.", "I quit!", "I'm on my way.", "I live in fear.", "I grew up fast.",
}

func TestChatterIsNotReported(t *testing.T) {
	t.Parallel()
	for _, text := range chatter {
		if got := halfRead(text); len(got) > 0 {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// TestReportsAreBounded: however long a text is and whatever is in it, a few of its statements are reported and no more.
func TestReportsAreBounded(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	const seed = 20260515
	r := rand.New(rand.NewSource(seed))
	all := append(corpus(), chatter...)
	reached := false
	for range 300 {
		var b strings.Builder
		for range 1 + r.Intn(200) {
			b.WriteString(all[r.Intn(len(all))])
			b.WriteString([]string{" ", ". ", "\n", "\n\n", ", "}[r.Intn(5)])
		}
		got := len(halfRead(b.String()))
		reached = reached || got == MaxUnread
		if got > MaxUnread {
			t.Fatalf("seed %d: %d reports of %q", seed, got, b.String())
		}
	}
	if !reached {
		t.Error("no text reached the bound")
	}
}

// TestReportsOfChanges: what is half understood may tell of a change, except of days that come again and of a way there and back.
func TestReportsOfChanges(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"I don't work at Initech on Mondays.":       false,
		"I don't live in Leeds at weekends.":        false,
		"I went back to Bristol for a wedding.":     false,
		"I don't work at Initech on their campus.":  true,
		"I worked at Acme and Globex on contracts.": false,
	} {
		for _, u := range Rules(Input{Text: text, Role: record.User, At: said}).Uncertainties {
			if u.Changes != want {
				t.Errorf("%q: %v", text, u.Changes)
			}
		}
	}
}
