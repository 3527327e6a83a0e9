package spectron_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// The ranking of a turn uses words, names and places of the turns around it. A caller must get the same result as in a world that has only
// what the caller sees.

// talkTurn is a turn of a conversation.
type talkTurn struct {
	session int // index in talkSessions
	set     spectron.Scopes
	req     spectron.RememberRequest
	gone    bool // it is forgotten before the questions
}

// talkSessions has the scopes of sessions: one of the caller, one that others read too, one that the caller may not know of, and one that
// is forgotten.
var talkSessions = []spectron.Scopes{{{"org/acme"}}, {{"org/acme"}, {"org/beta"}}, {{"org/beta"}}, {{"org/acme"}}}

const (
	hiddenTalk = 2
	endedTalk  = 3
)

// talkTurns returns the given number of turns, distributed over all sessions. Each is visible, also visible to others, hidden, or
// forgotten.
func talkTurns(random *rand.Rand, count int) (turns []talkTurn) {
	at := spectrontest.Epoch.Add(-240 * time.Hour)
	session, speaker := 0, "Ann"
	for range count {
		at = at.Add(time.Duration(1+random.IntN(3)) * time.Minute)
		if random.IntN(6) == 0 {
			at, session = at.Add(time.Duration(random.IntN(12))*time.Hour), random.IntN(len(talkSessions))
		}
		if random.IntN(3) == 0 {
			speaker = leakPick(random, "Ann", "Ben")
		}
		words := []string{leakPick(random, "We saw", "Did you see", "I like", "Nobody knows", "There was")}
		for range 2 + random.IntN(5) {
			words = append(words, leakPick(random, "the kraken", "a squid", "the pier", "on Tuesday", "in May", "harbour lights", "tea", "Ida", "the ledger", "an anchor"))
		}
		text := strings.Join(words, " ") + leakPick(random, ".", ".", "?")
		if random.IntN(12) == 0 {
			text = strings.Repeat(text+" ", 60) // several pieces
		}
		turn := talkTurn{session: session, req: spectron.RememberRequest{
			Text: text, Infer: spectron.InferNone, SpokenAt: at, Role: map[string]spectron.Role{"Ann": spectron.RoleUser, "Ben": spectron.RoleAssistant}[speaker],
			Speaker: speaker, Labels: leakPick(random, nil, []string{"team=red"}),
		}}
		switch random.IntN(6) {
		case 0:
			turn.set = spectron.Scopes{{"org/beta"}}
		case 1:
			turn.set = spectron.Scopes{{"org/acme", "project/x"}}
		case 2:
			turn.set = spectron.Scopes{{"org/acme"}, {"org/beta"}, {"org/acme", "project/x"}}
		case 3:
			turn.set, turn.gone = spectron.Scopes{{"org/acme/old"}}, true
		case 4:
			turn.set = spectron.Scopes{{"org/acme/user/a"}}
		default:
			turn.set = spectron.Scopes{{"org/acme"}}
		}
		if !turn.gone && turn.session == endedTalk {
			turn.gone = true
		}
		if len(clausesSeen([]string{"org/acme/*"}, turn.set)) == 0 || turn.gone {
			// A speaker who speaks only in turns that the caller cannot see.
			turn.req.Speaker = leakPick(random, "Zelda Kraken", "Ann Squid", "Ann")
		}
		turns = append(turns, turn)
	}
	return turns
}

// talks returns everything that a caller at org/acme/* gets of the conversations, in a world with or without the hidden parts.
func talks(tb testing.TB, turns []talkTurn, semantic, whole bool) (out []string) {
	tb.Helper()
	ctx := context.Background()
	clock := spectrontest.NewClock()
	opts := &spectron.Options{Clock: clock.Now, NewID: spectrontest.IDs()}
	if semantic {
		opts.Embedder = &spectrontest.SynonymEmbedder{}
	}
	mgr := spectrontest.Open(tb, opts)
	d := &desk{mgr, create(tb, mgr, "acme", spectron.ContextSpec{}), clock}
	caller := d.badge(tb, "caller", over("org/acme/*"))
	in := func(set spectron.Scopes) string {
		s, err := d.c.Sessions().Create(ctx, spectron.SessionSpec{Scopes: set})
		require.NoError(tb, err)
		return s.ID
	}
	var sessions []string
	for _, set := range talkSessions {
		if !whole && len(clausesSeen([]string{"org/acme/*"}, set)) > 0 {
			set = clausesSeen([]string{"org/acme/*"}, set)
		}
		sessions = append(sessions, in(set))
	}
	old := false
	for i, turn := range turns {
		clock.Set(spectrontest.Epoch.Add(time.Duration(i+1) * time.Minute))
		req := turn.req
		req.Scopes, req.SessionID = turn.set, sessions[turn.session]
		if !whole {
			if req.Scopes = clausesSeen([]string{"org/acme/*"}, turn.set); len(req.Scopes) == 0 || turn.gone {
				continue
			}
			if turn.session == hiddenTalk {
				req.SessionID = in(talkSessions[hiddenTalk]) // the caller does not know that turns of it belong together
			}
		}
		old = old || turn.set[0][0] == "org/acme/old"
		remember(tb, d.c, req)
	}
	clock.Set(spectrontest.Epoch.Add(24 * time.Hour))
	if whole {
		require.NoError(tb, d.c.Sessions().Delete(ctx, sessions[endedTalk]))
		_, err := d.c.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "org/acme/old"})
		require.NoError(tb, err)
	}
	require.True(tb, old || !whole)
	for _, q := range []string{
		"kraken", "What did Ann say of the squid?", "Did Zelda see the kraken?", "Who was at the pier on Tuesday in May?", "When did Ben see the anchor?",
		"harbour lights and tea", "giant octopus", "Ida ledger",
	} {
		for _, req := range []spectron.RecallRequest{
			{}, {K: 50, IncludeWeak: true, IncludeDuplicates: true}, {K: 50, AsOf: spectrontest.Epoch.Add(30*time.Minute + time.Second)},
			{K: 50, Lens: spectron.Scopes{{"org/acme"}}}, {SessionID: sessions[1], IncludeWeak: true}, {ExcludeSessionID: sessions[0]},
			{Labels: []string{"team=red"}, IncludeWeak: true}, {Mode: spectron.ModeBM25, K: 50}, {Mode: spectron.ModeVector, K: 50},
			{MinRelevance: 0.3}, {Excerpts: true}, {Without: []spectron.Signal{spectron.SignalNeighbours, spectron.SignalVerbosity}}, {Weights: spectron.Weights{Words: 1, Vectors: 2}},
		} {
			req.Query = q
			found, err := caller.Memory().Recall(ctx, req)
			require.NoError(tb, err)
			found.Trace.Duration, found.Trace.ID = 0, ""
			req.SessionID, req.ExcludeSessionID = "", "" // the ids differ between the worlds
			out = append(out, fmt.Sprintf("%+v: %s", req, asJSON(found)))
		}
	}
	return out
}

// TestLeakConversations compares what a caller gets of conversations in worlds with and without the hidden parts: hidden turns between
// visible ones, hidden scopes of turns and sessions, hidden sessions, speakers of hidden turns only, and forgotten turns.
func TestLeakConversations(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			turns := talkTurns(rand.New(rand.NewPCG(seed, 9)), 60)
			got, want := talks(t, turns, seed%2 == 1, true), talks(t, turns, seed%2 == 1, false)
			require.Len(t, got, len(want))
			if joined := strings.Count(strings.Join(want, "\n"), `"turns":[`); joined < 10 {
				t.Errorf("%d hits of several turns", joined)
			}
			ids, failed := renaming{map[string]string{}, map[string]string{}}, 0
			for i := range want {
				if !ids.alike(got[i], want[i]) && failed < 4 {
					failed++
					t.Errorf("%s\nwith what is hidden\n  %s\nwithout it\n  %s", strings.SplitN(got[i], ": ", 2)[0], apart(got[i], want[i]), apart(want[i], got[i]))
				}
			}
		})
	}
}

// TestLeakHitTurns checks that the parts and the source of a hit name nothing that the caller may not read.
func TestLeakHitTurns(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDesk(t, spectron.ContextSpec{})
	acme, beta := spectron.Scopes{{"org/acme"}}, spectron.Scopes{{"org/beta"}}
	at := spectrontest.Epoch
	readable := map[string]bool{}
	var hiddenSession string
	for _, where := range []spectron.Scopes{acme, beta} {
		s, err := d.c.Sessions().Create(ctx, spectron.SessionSpec{Scopes: where})
		require.NoError(t, err)
		if where[0][0] == "org/beta" {
			hiddenSession = s.ID
		}
		for i, set := range []spectron.Scopes{acme, acme, beta, acme, acme, acme} {
			at = at.Add(time.Minute)
			r := remember(t, d.c, spectron.RememberRequest{
				Text: fmt.Sprintf("Giant squid, part %d of %s.", i, set[0][0]), SessionID: s.ID, Scopes: set, SpokenAt: at, Infer: spectron.InferNone,
				Speaker: []string{"Ann", "Ann", "Ann", "Ann", "Ben", "Ben"}[i],
			})
			readable[r.TurnID] = set[0][0] == "org/acme"
		}
		at = at.Add(time.Hour)
	}
	caller := d.badge(t, "caller", over("org/acme"))
	joined := 0
	for _, h := range recall(t, caller.Context, spectron.RecallRequest{Query: "giant squid", K: 50, IncludeWeak: true, IncludeDuplicates: true}).Hits {
		if h.Source.SessionID == hiddenSession || h.Source.SessionID == "" && len(h.Turns) > 0 {
			t.Errorf("it shows what was said together where the caller may not look: %+v", h)
		}
		if !readable[h.Source.TurnID] || strings.Contains(h.Text, "beta") {
			t.Errorf("%+v", h)
		}
		var lines []string
		for _, turn := range h.Turns {
			joined++
			lines = append(lines, turn.Text)
			if !readable[turn.ID] {
				t.Errorf("%+v", turn)
			}
		}
		if len(h.Turns) > 0 && (h.Text != strings.Join(lines, "\n") || !slices.ContainsFunc(h.Turns, func(x spectron.HitTurn) bool { return x.ID == h.Source.TurnID && x.Text == h.Source.Quote })) {
			t.Errorf("%+v", h)
		}
	}
	if joined != 5 {
		t.Errorf("%d turns in hits of several, want the three of Ann and the two of Ben", joined)
	}
}
