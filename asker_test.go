package spectron_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// TestWhoAsks asks the same question for several speakers of one session, and without a speaker.
func TestWhoAsks(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t)
	memory := c.Memory()
	first, err := memory.Remember(t.Context(), spectron.RememberRequest{Text: "Hi, I'm Lena. I live in Bonn.", Speaker: "Lena Brandt"})
	require.NoError(t, err)
	for _, said := range []struct{ speaker, text string }{
		{"Owen Price", "Hi, I'm Owen. I live in Ulm. My sister Ruth lives in Kassel."}, {"Lena Brandt", "My sister Mia lives in Trier."},
		{"aline99", "My name is Aline Moreau. I live in Lyon."},
	} {
		_, err := memory.Remember(t.Context(), spectron.RememberRequest{Text: said.text, Speaker: said.speaker, SessionID: first.SessionID})
		require.NoError(t, err)
	}
	for _, c := range []struct{ speaker, question, want string }{
		{"Lena Brandt", "Where do I live?", "Lena Brandt lives in Bonn"},
		{"lena brandt", "Where do I live?", "Lena Brandt lives in Bonn"},
		{"Owen Price", "Where do I live?", "Owen Price lives in Ulm"},
		{"Owen Price", "Where does my sister live?", "Ruth lives in Kassel"},
		{"Lena Brandt", "Where does my sister live?", "Mia lives in Trier"},
		{"aline99", "Where do I live?", "aline99 lives in Lyon"},
		{"Aline Moreau", "Where do I live?", "aline99 lives in Lyon"},
		{"Somebody Else", "Where do I live?", ""},
		{"", "Where do I live?", ""}, // with several speakers, "I" means none of them
	} {
		res, err := memory.Recall(t.Context(), spectron.RecallRequest{Query: c.question, Speaker: c.speaker})
		require.NoError(t, err)
		got := ""
		if res.Tier == spectron.TierDirect {
			got = res.Hits[0].Text
		}
		if got != c.want {
			t.Errorf("%s asks %q: %s %q, not %q", c.speaker, c.question, res.Tier, got, c.want)
		}
	}
	owen, err := c.Principals().Create(t.Context(), spectron.PrincipalSpec{Name: "owen", Subject: "Owen Price", Grants: spectron.Grants{spectron.MemoryRead: {"/*"}}})
	require.NoError(t, err)
	as, err := c.OnBehalfOf(t.Context(), owen.ID)
	require.NoError(t, err)
	res, err := as.Memory().Recall(t.Context(), spectron.RecallRequest{Query: "Where do I live?"})
	require.NoError(t, err)
	if len(res.Hits) == 0 || res.Hits[0].Text != "Owen Price lives in Ulm" {
		t.Errorf("his principal asks: %+v", res.Hits)
	}
	for _, bad := range []string{" ", "\x00"} {
		_, err := memory.Recall(t.Context(), spectron.RecallRequest{Query: "Where do I live?", Speaker: bad})
		isError(t, err, spectron.ErrInvalid, "Speaker")
	}
}
