package spectron_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// TestLeakSpeakers checks that the speakers of a session are hidden from callers that may not read the session, in all turns that they may
// read, and that a session does not get speakers from hidden turns.
func TestLeakSpeakers(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	mgr := spectrontest.Open(t, nil)
	all := create(t, mgr, "speakers", spectron.ContextSpec{})
	reader := func(path string) *spectron.Context {
		p, err := all.Principals().Create(ctx, spectron.PrincipalSpec{Name: path, Grants: everyVerb(path)})
		require.NoError(t, err)
		key, err := all.Keys().Create(ctx, spectron.KeySpec{Name: path, PrincipalID: p.ID})
		require.NoError(t, err)
		c, err := mgr.Authenticate(ctx, key.Secret)
		require.NoError(t, err)
		return c
	}
	acme, beta := spectron.Scopes{{"org/acme"}}, spectron.Scopes{{"org/beta"}}
	session := remember(t, all, spectron.RememberRequest{Text: "I live in Oslo. My name is Zelda.", Speaker: "Quux", Scopes: beta}).SessionID
	for _, said := range []spectron.RememberRequest{
		{Text: "I work at Acme."}, {Text: "Hi, I'm Lena. I work at Globex.", Speaker: "Lena Brandt"}, {Text: "Keep the ledger.", Infer: spectron.InferNone},
	} {
		said.SessionID, said.Scopes = session, acme
		remember(t, all, said)
	}
	at := reader("org/acme")
	for text, speaker := range map[string]string{"I work at Acme.": "", "Hi, I'm Lena. I work at Globex.": "Lena Brandt", "Keep the ledger.": ""} {
		hits := recall(t, at, spectron.RecallRequest{Query: text, Kinds: []spectron.Kind{spectron.KindMemoryChunk}}).Hits
		i := slices.IndexFunc(hits, func(h spectron.Hit) bool { return h.Text == text })
		if i < 0 || hits[i].Speaker != speaker || hits[i].Source.Speaker != speaker || hits[i].Source.SessionID != "" {
			t.Errorf("%q: %+v", text, hits)
		}
	}
	for _, question := range []string{"Who lives in Oslo?", "Where do I work?", "What does Zelda do?", "Quux"} {
		if shown := asJSON(recall(t, at, spectron.RecallRequest{Query: question, K: 50})); strings.Contains(shown, "Zelda") || strings.Contains(shown, "Quux") {
			t.Errorf("%s %s", question, shown)
		}
	}
	isError(t, second(at.Sessions().Get(ctx, session)), spectron.ErrNotFound, "SessionID")
	s, err := reader("org/beta").Sessions().Get(ctx, session)
	require.NoError(t, err)
	if s.Speaker != "Quux" || len(s.Speakers) != 1 {
		t.Errorf("session %+v", s)
	}
}

// TestLeakSpeakersOfSharedScopes checks that "I" is resolved only with facts that all readers of the new record know. So a hidden clause
// changes nothing, and a name that only some of the readers know is not used.
func TestLeakSpeakersOfSharedScopes(t *testing.T) {
	t.Parallel()
	acme, both, deep := spectron.Scopes{{"org/acme"}}, spectron.Scopes{{"org/acme"}, {"org/beta"}}, spectron.Scopes{{"org/acme", "project/x"}}
	for name, tc := range map[string]struct {
		session, named, said spectron.Scopes // scopes of the session, of the statement with the name, and of the next one
		same                 bool            // whether both are in the same session
		want                 string
	}{
		"one scope":                          {acme, acme, acme, true, "Anna Weber"},
		"named where others read too":        {acme, both, acme, true, "Anna Weber"},
		"a session that others read too":     {both, both, acme, true, "Anna Weber"},
		"all of it is shared":                {both, both, both, true, "Anna Weber"},
		"named where not all read":           {acme, acme, both, true, ""},
		"named for more than both scopes":    {acme, acme, deep, true, "Anna Weber"},
		"named for fewer":                    {acme, deep, acme, true, ""},
		"one scope, later":                   {acme, acme, acme, false, "Anna Weber"},
		"named where others read too, later": {acme, both, acme, false, "Anna Weber"},
		"named where not all read, later":    {acme, acme, both, false, ""},
		"named for more, later":              {acme, acme, deep, false, "Anna Weber"},
		"named for fewer, later":             {acme, deep, acme, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, spectron.ContextSpec{})
			s, err := d.c.Sessions().Create(context.Background(), spectron.SessionSpec{Scopes: tc.session})
			require.NoError(t, err)
			remember(t, d.c, spectron.RememberRequest{Text: "My name is Anna Weber.", SessionID: s.ID, Scopes: tc.named})
			later := spectron.RememberRequest{Text: "I work at Globex.", Scopes: tc.said}
			if tc.same {
				later.SessionID = s.ID
			}
			remember(t, d.c, later)
			read := slices.Concat(tc.said...)
			hits := recall(t, d.badge(t, "reader", spectron.Grants{spectron.MemoryRead: read}).Context, spectron.RecallRequest{Query: "Globex", Kinds: []spectron.Kind{spectron.KindMemoryChunk}}).Hits
			i := slices.IndexFunc(hits, func(h spectron.Hit) bool { return h.Text == later.Text })
			if i < 0 || hits[i].Speaker != tc.want {
				t.Errorf("%+v", hits)
			}
		})
	}
}
