package spectron_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// TestLaterWords asks about the present after later statements. If a statement names the value of the fact or tells of a change, the graph
// must not answer alone. If it is about another person, or was understood, the graph answers.
func TestLaterWords(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		texts    []string // one a day
		question string
		direct   bool
		first    string // part of the first hit
	}{
		"nothing later": {[]string{"I live in Bergen."}, "Where do I live?", true, "lives in Bergen"},
		"of something else": {[]string{"I live in Bergen.", "What grows on a balcony that faces north? Something green would be nice."}, "Where do I live?",
			true, "lives in Bergen"},
		"names the value beside a word of change": {[]string{"I live in Bergen.", "Goodbye Bergen, hello boxes."}, "Where do I live?", false, "Bergen"},
		"names the value":                         {[]string{"I live in Bergen.", "The fish market in Bergen was lovely today."}, "Where do I live?", true, "lives in Bergen"},
		"tells of a change": {[]string{"My phone number is 07700 900214.", "ugh that number was read off upside down, 07700 900241 is what the card says"},
			"What is my phone number?", false, "900241"},
		"tells of somebody else's change": {[]string{"I live in Bergen.", "My sister finally got round to it and moved, somewhere up the coast."}, "Where do I live?",
			true, "lives in Bergen"},
		"was understood": {[]string{"I work at Korn Bakery.", "I also work at Parcelio.", "I quit Parcelio."}, "Where do I work?", true, "Korn Bakery"},
		"in German":      {[]string{"Ich wohne in Kiel.", "Was hilft gegen Muskelkater?"}, "Wo wohne ich?", true, "lives in Kiel"},
		"tells of a change in German": {[]string{"Meine Handynummer ist 0151 5550 1837.", "Ein Zahlendreher! Die richtige Nummer hat hinten 1873"},
			"Wie lautet meine Handynummer?", false, "1873"},
		"names the value in Spanish": {[]string{"Vivo en Jaén.", "Adiós Jaén, ya te echo de menos"}, "¿Dónde vivo?", false, "Jaén"},
		"of one of several":          {[]string{"My hobbies are knitting and chess.", "stopped the chess, it was the club more than the game"}, "What are my hobbies?", true, "knitting"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clock := spectrontest.NewClock()
			memory := spectrontest.Context(t, &spectron.Options{Clock: clock.Now}).Memory()
			for _, text := range tt.texts {
				at := clock.Advance(24 * time.Hour)
				_, err := memory.Remember(t.Context(), spectron.RememberRequest{Text: text, SpokenAt: at})
				require.NoError(t, err)
			}
			clock.Advance(24 * time.Hour)
			got, err := memory.Recall(t.Context(), spectron.RecallRequest{Query: tt.question})
			require.NoError(t, err)
			require.NotEmpty(t, got.Hits)
			if direct := got.Tier == spectron.TierDirect; direct != tt.direct || !strings.Contains(got.Hits[0].Text, tt.first) {
				t.Errorf("%s: %s %q, want direct %t, %q", tt.question, got.Tier, got.Hits[0].Text, tt.direct, tt.first)
			}
		})
	}
}

// TestOrdersAnswer asks what the assistant must do. The instruction in force that the question is about comes first.
func TestOrdersAnswer(t *testing.T) {
	t.Parallel()
	clock := spectrontest.NewClock()
	memory := spectrontest.Context(t, &spectron.Options{Clock: clock.Now}).Memory()
	for _, text := range []string{
		"Always answer in French.", "Please keep your answers short.", "My brother wants long answers, he is a lawyer.", "Always answer in English from now on.",
		"Give temperatures in Celsius.",
	} {
		at := clock.Advance(24 * time.Hour)
		_, err := memory.Remember(t.Context(), spectron.RememberRequest{Text: text, SpokenAt: at})
		require.NoError(t, err)
	}
	for question, want := range map[string]string{
		"Which language should you answer in?":         "in English",
		"How long should your answers be?":             "short",
		"In which unit should temperatures be given?":  "Celsius",
		"What should I answer my brother, the lawyer?": "My brother", // it asks for advice
	} {
		got, err := memory.Recall(t.Context(), spectron.RecallRequest{Query: question})
		require.NoError(t, err)
		require.NotEmpty(t, got.Hits, question)
		if !strings.Contains(got.Hits[0].Text, want) {
			t.Errorf("%s: %s %q, want %q", question, got.Tier, got.Hits[0].Text, want)
		}
	}
}

// TestNowAnswersWithTheNewest asks for the present if turns that no rule understands say different things.
func TestNowAnswersWithTheNewest(t *testing.T) {
	t.Parallel()
	clock := spectrontest.NewClock()
	memory := spectrontest.Context(t, &spectron.Options{Clock: clock.Now}).Memory()
	for _, text := range []string{
		"The boiler in the cabin needs 40 litres of oil a week.", "The boiler in the cabin needs 60 litres of oil a week.",
		"The ladder in the shed is 3 metres long.", "Correction, the ladder in the shed is 4 metres long.",
	} {
		at := clock.Advance(24 * time.Hour)
		_, err := memory.Remember(t.Context(), spectron.RememberRequest{Text: text, SpokenAt: at})
		require.NoError(t, err)
	}
	for question, want := range map[string]string{
		"How much oil does the boiler in the cabin need now?": "60 litres",
		"How long is the ladder in the shed?":                 "4 metres",
	} {
		got, err := memory.Recall(t.Context(), spectron.RecallRequest{Query: question})
		require.NoError(t, err)
		require.NotEmpty(t, got.Hits, question)
		if !strings.Contains(got.Hits[0].Text, want) {
			t.Errorf("%s: %s %q, want %q", question, got.Tier, got.Hits[0].Text, want)
		}
	}
}
