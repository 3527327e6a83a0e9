package spectron_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// TestMissedChanges tells of changes that no rule reads, or that end a fact and put nothing in its place. The old fact does not answer alone.
func TestMissedChanges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		before, change string
		question       string
		first, never   string // what the first hit says, and what it does not say
	}{
		{"I'm married to Petra.", "Petra and I are not together any more.", "Who is my wife?", "not together", "spouse is"},
		{"I work at Pellworth.", "I quit Pellworth.", "Where do I work?", "quit", "works at"},
		{"I work at Pellworth.", "They let me go last Friday.", "Where do I work?", "let me go", "works at"},
		{"I'm engaged to Polly.", "Polly and I called off the wedding.", "Who am I engaged to?", "called off", "is engaged"},
		{"My phone number is 0171 555 0199.", "I've got a new number, I'll send it to you soon.", "What is my phone number?", "new number", "0171"},
		{"I live in Leeds.", "We got evicted on Monday.", "Where do I live?", "evicted", "lives in"},
		{"My hobbies are climbing and pottery.", "I gave up pottery.", "What are my hobbies?", "climbing", "pottery"},
		{"Meine Frau heißt Petra. I'm married to Petra.", "Petra und ich sind geschieden.", "Who is my wife?", "geschieden", "spouse is"},
		{"Ich wohne in Rostock.", "mein Bruder Jonas wohnt jetzt in Leipzig und schickt mir jeden Tag Fotos", "Wo wohne ich jetzt?", "lives in Rostock", "Leipzig"},
		{"My sister Priya lives in Ludlow.", "Colleague Priya has finally bought a place! She's moved to Swindon.", "Where does my sister Priya live now?", "Ludlow", "Swindon"},
	} {
		t.Run(c.change, func(t *testing.T) {
			t.Parallel()
			memory := spectrontest.Context(t).Memory()
			january := time.Date(2025, 1, 10, 9, 0, 0, 0, time.UTC)
			for i, text := range []string{c.before, c.change} {
				_, err := memory.Remember(t.Context(), spectron.RememberRequest{Text: text, SpokenAt: january.AddDate(0, i, 0)})
				require.NoError(t, err)
			}
			res, err := memory.Recall(t.Context(), spectron.RecallRequest{Query: c.question})
			require.NoError(t, err)
			require.NotEmpty(t, res.Hits)
			if got := res.Hits[0].Text; !strings.Contains(got, c.first) || strings.Contains(got, c.never) {
				t.Errorf("%s: %q leads, not %q", res.Tier, got, c.first)
				for _, h := range res.Hits {
					t.Logf("%.2f %s %q, doubt %q", h.Score, h.Kind, h.Text, doubtOf(h))
				}
			}
		})
	}
}

func doubtOf(h spectron.Hit) string {
	if h.Fact == nil {
		return ""
	}
	return h.Fact.Doubt
}

// TestDoubtIsSettled asks before and after a doubt, and once a clear statement has settled it.
func TestDoubtIsSettled(t *testing.T) {
	t.Parallel()
	memory := spectrontest.Context(t).Memory()
	at := time.Date(2025, 1, 10, 9, 0, 0, 0, time.UTC)
	for i, c := range []struct{ text, first, doubt string }{
		{"I live in Leeds.", "The user lives in Leeds", ""},
		{"We got evicted on Monday.", "We got evicted on Monday.", `it may have changed: "We got evicted on Monday"`},
		{"I live in Leeds.", "The user lives in Leeds", ""},
		{"We got evicted again.", "We got evicted again.", `it may have changed: "We got evicted again"`},
		{"I live in York.", "The user lives in York", ""},
	} {
		_, err := memory.Remember(t.Context(), spectron.RememberRequest{Text: c.text, SpokenAt: at.AddDate(0, i, 0)})
		require.NoError(t, err)
		res, err := memory.Recall(t.Context(), spectron.RecallRequest{Query: "Where do I live?"})
		require.NoError(t, err)
		require.NotEmpty(t, res.Hits)
		if res.Hits[0].Text != c.first {
			t.Errorf("after %q: %q leads", c.text, res.Hits[0].Text)
		}
		doubt := ""
		for _, h := range res.Hits {
			if h.Fact != nil && doubt == "" {
				doubt = h.Fact.Doubt
			}
		}
		if doubt != c.doubt {
			t.Errorf("after %q: in doubt for %q, not %q", c.text, doubt, c.doubt)
		}
	}
	// It was believed before.
	res, err := memory.Recall(t.Context(), spectron.RecallRequest{Query: "Where do I live?", AsOf: at.AddDate(0, 0, 5)})
	require.NoError(t, err)
	if got := res.Hits[0].Text; got != "The user lives in Leeds" {
		t.Errorf("in January: %q", got)
	}
}
