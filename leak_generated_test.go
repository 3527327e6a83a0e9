package spectron_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// generatedTexts are about the same few people: speakers, times of facts, ends of facts, and statements that are not understood.
var generatedTexts = []string{
	"We were at the market until noon and it rained the whole time, so nobody bought anything. Lena works at Hooli now. The rest of the day went by with cards, tea, and a very long story about a lost umbrella.",
	"My name is Lena.", "Hi, I'm Owen Price.", "I'm Lena Brandt and I live in Oslo.", "I live in Oslo.", "I moved to Lisbon in May 2024.", "In 2020 I lived in Madrid.",
	"I worked at Globex in 2018.", "Lena works at GLOBEX.", "Owen left Globex.", "Lena is married to Owen.", "We are not together any more.", "My sister is Ida.",
	"My boss is Owen.", "Owen Price works at Initech.", "Always answer in German.", "Do not answer in German any more.", "The train is late, so expect me an hour later.",
	"I no longer live in Oslo.", "Ida lives in Paris, or maybe in Rome.", "I like tea.", "I don't like tea.", "Lena's brother Max lives in Bonn.", "My birthday is on 3 May.",
	"My name is Alice Moreau.", "Max moved to Oslo yesterday.", "I work at initech.", "He works at Hooli.", "Forget that I like tea.", "Please forget where Lena works.", "Forget my birthday.", "Forget my sister.", "Forget everything about Owen.", "Forget the rule about German.", "Lena Brandt was promoted to CTO.",
}

// generatedStep is a statement or a question.
type generatedStep struct {
	set     spectron.Scopes
	own     bool // by the caller; otherwise by the operator
	session int  // index of the session of the caller, from 1; 0: a new session
	text    string
	speaker string
	spoken  time.Time
	many    bool
	infer   spectron.Infer
}

func generatedSteps(random *rand.Rand, hidden []spectron.Scopes) (steps []generatedStep) {
	for range 28 {
		s := generatedStep{
			set: spectron.Scopes{{"org/acme"}}, text: leakPick(random, generatedTexts...), session: leakPick(random, 0, 1, 1, 2),
			speaker: leakPick(random, "", "", "", "alice", "Lena", "Owen Price"), own: random.IntN(2) == 0, many: random.IntN(4) == 0,
		}
		if random.IntN(3) == 0 {
			s.spoken = time.Date(2016+random.IntN(9), time.Month(1+random.IntN(12)), 3, 23, 30, 0, 0, time.UTC)
		}
		if random.IntN(2) == 0 {
			s.set, s.own = leakPick(random, hidden...), false
		}
		if s.own && random.IntN(4) == 0 {
			s.infer = spectron.InferPreview
		}
		steps = append(steps, s)
	}
	return steps
}

// generated returns everything that a caller at org/acme gets during the steps, in a world with or without the hidden ones.
func generated(tb testing.TB, steps []generatedStep, grants spectron.Grants, whole bool) (out []string) {
	tb.Helper()
	ctx := context.Background()
	d := newDesk(tb, spectron.ContextSpec{})
	register(tb, d.c, "org/acme/user/a", "org/beta", "project/x")
	caller := d.badge(tb, "caller", grants)
	start := d.clock.Now()
	tell := func(what string, result any, err error) {
		out = append(out, fmt.Sprintf("%s: %s %v", what, asJSON(result), err))
	}
	sessions := []string{""}
	for range 2 {
		s, err := caller.Sessions().Create(ctx, spectron.SessionSpec{Scopes: spectron.Scopes{{"org/acme"}}})
		require.NoError(tb, err)
		sessions = append(sessions, s.ID)
	}
	look := func() {
		for _, q := range []string{"Where does Lena live?", "Where do I live?", "Where did I live?", "Who am I?", "Globex", "Who is Owen married to?", "What do I like?", "Ida", "Max Oslo", "late", "boss"} {
			for _, req := range []spectron.RecallRequest{{Query: q}, {Query: q, Excerpts: true}, {Query: q, IncludeClosed: true, K: 50}, {Query: q, AsOf: start.Add(9*time.Minute + time.Second)}, {Query: q, ValidAt: time.Date(2020, 6, 1, 0, 0, 0, 0, time.UTC)}, {Query: q, Mode: spectron.ModeGraph, Hops: 2},
				{Query: q, SaidBy: "Lena", Location: spectron.LocationFilter{Near: spectron.Near{RadiusKm: 20_000}}}} {
				found, err := caller.Memory().Recall(ctx, req)
				if found != nil {
					repeatable(found)
				}
				tell(fmt.Sprintf("%+v", req), found, err)
			}
		}
		for _, req := range []spectron.RecallRequest{
			{SaidBefore: start.Add(48 * time.Hour), K: 50}, {Kinds: []spectron.Kind{spectron.KindFacts}, IncludeClosed: true, K: 5}, {SaidBy: "alice"}, {Role: spectron.RoleUser, SaidAfter: start.Add(5 * time.Minute)},
		} {
			found, err := caller.Memory().Recall(ctx, req)
			require.NoError(tb, err)
			repeatable(found)
			tell(fmt.Sprintf("%+v", req), found, err)
		}
		for i, id := range sessions[1:] {
			s, err := caller.Sessions().Get(ctx, id)
			tell(fmt.Sprint("session ", i), s, err)
			turns, err := caller.Sessions().Turns(ctx, spectron.TurnQuery{SessionID: id, Limit: 3, Offset: 1, WithTotal: true})
			tell(fmt.Sprint("turns ", i), turns, err)
		}
		listed, err := caller.Sessions().List(ctx, spectron.SessionQuery{Limit: 2, WithTotal: true})
		tell("sessions", listed, err)
		scopes, err := caller.Scopes().List(ctx, spectron.PageRequest{Limit: 2, WithTotal: true})
		tell("scopes", scopes, err)
		principals, err := caller.Principals().List(ctx, spectron.PageRequest{})
		tell("principals", principals, err)
		events, err := caller.Events(ctx, spectron.EventQuery{})
		tell("events", events, err)
		receipt, err := caller.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "org/acme", DryRun: true})
		tell("forget", receipt, err)
	}
	for i, s := range steps {
		d.clock.Set(start.Add(time.Duration(i+1) * time.Minute))
		by, known := d.c, seesSet(grants[spectron.MemoryRead], s.set)
		if s.own {
			by = caller.Context
		}
		if !whole && !known {
			continue
		}
		var result any
		var err error
		if s.many {
			result, err = by.Memory().RememberMany(ctx, spectron.RememberManyRequest{Messages: []spectron.Message{
				{Content: s.text, Speaker: s.speaker, At: s.spoken}, {Content: "I like tea.", At: s.spoken}}, Scopes: s.set, SessionID: sessions[s.session], Infer: s.infer})
		} else {
			result, err = by.Memory().Remember(ctx, spectron.RememberRequest{Text: s.text, Speaker: s.speaker, SpokenAt: s.spoken, Scopes: s.set, SessionID: sessions[s.session], Infer: s.infer, Location: leakPick(rand.New(rand.NewPCG(uint64(i), 1)), "", "47.5,8.5", "-20,100")})
		}
		if s.own {
			tell(fmt.Sprint("step ", i, s.text), result, err)
		} else if err != nil && known {
			tell(fmt.Sprint("operator's ", i), nil, err)
		}
		if known && i%9 == 0 {
			look()
		}
	}
	d.clock.Set(start.Add(24 * time.Hour))
	look()
	for i, id := range sessions[1:] {
		tell(fmt.Sprint("delete ", i), nil, caller.Sessions().Delete(ctx, id))
	}
	look()
	receipt, err := caller.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "org/acme"})
	tell("forget", receipt, err)
	look()
	return out
}

// TestLeakGenerated makes statements about the same people in scopes that a caller reads and in others, and compares everything that the
// caller gets during and after them with a world without the others.
func TestLeakGenerated(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	hidden := []spectron.Scopes{{{"org/beta"}}, {{"org/acme", "project/x"}}, {{"org"}}, {{"/"}}, {{"org/acme/user/a"}}, {{"org/beta"}, {"org"}}}
	worlds := 4
	if testing.Short() {
		worlds = 2
	}
	for seed := range uint64(worlds) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			grants := over("org/acme")
			if seed%2 == 1 { // a caller that may write anywhere learns nothing from it
				grants[spectron.MemoryWrite] = []string{"/*"}
			}
			steps := generatedSteps(rand.New(rand.NewPCG(seed, 8)), hidden)
			got, want := generated(t, steps, grants, true), generated(t, steps, grants, false)
			require.Len(t, got, len(want))
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
