package spectron_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// A receipt counts only what its caller may know. If a row stays only for hidden clauses, or a session only for hidden turns, the caller
// gets the same receipt as without those.

// receiptStep is a step of the operator.
type receiptStep struct {
	set     spectron.Scopes
	text    string
	infer   spectron.Infer
	session int    // 1: continue the session of the first step; 0: a new session
	forget  string // path to forget, which the caller does not know; "": make a statement
}

// knownOf returns the clauses of a scope set that grants allow to read or forget.
func knownOf(g spectron.Grants, set spectron.Scopes) spectron.Scopes {
	var out spectron.Scopes
	for _, clause := range set {
		if one := (spectron.Scopes{clause}); seesSet(g[spectron.MemoryRead], one) || seesSet(g[spectron.MemoryForget], one) {
			out = append(out, clause)
		}
	}
	return out
}

// receipts returns the receipts that a caller gets when it forgets paths, or deletes sessions if there are no paths. The world has all
// steps completely, or only the part of each that show keeps.
func receipts(tb testing.TB, grants spectron.Grants, steps []receiptStep, paths []string, show func(spectron.Scopes) spectron.Scopes) (out []string, kept int) {
	tb.Helper()
	ctx := context.Background()
	d := newDesk(tb, spectron.ContextSpec{})
	register(tb, d.c, "org/acme/user/a", "org/beta", "project/x")
	caller := d.badge(tb, "caller", grants)
	start, sessions := d.clock.Now(), make([]string, len(steps))
	for i, s := range steps {
		d.clock.Set(start.Add(time.Duration(i+1) * time.Minute))
		set := show(s.set)
		switch {
		case len(set) == 0:
		case s.forget != "":
			_, err := d.c.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: s.forget})
			require.NoError(tb, err)
		default:
			req := spectron.RememberRequest{Text: s.text, Infer: s.infer, Scopes: set}
			if s.session > 0 {
				req.SessionID = sessions[s.session-1]
			}
			sessions[i] = remember(tb, d.c, req).SessionID
		}
	}
	d.clock.Set(start.Add(24 * time.Hour))
	tell := func(what string, result any, err error) {
		out = append(out, fmt.Sprintf("%s: %s %v", what, asJSON(result), err))
	}
	look := func() {
		for i, s := range steps {
			if s.session == 0 && s.forget == "" && len(knownOf(grants, s.set)) > 0 {
				found, err := caller.Sessions().Get(ctx, sessions[i])
				tell(fmt.Sprint("session ", i), found, err)
				turns, err := caller.Sessions().Turns(ctx, spectron.TurnQuery{SessionID: sessions[i]})
				tell(fmt.Sprint("turns ", i), turns, err)
			}
		}
		for _, q := range []string{"works at", "Initech", "Who am I?"} {
			found, err := caller.Memory().Recall(ctx, spectron.RecallRequest{Query: q, K: 50})
			require.NoError(tb, err)
			repeatable(found)
			tell(q, found, err)
		}
	}
	look()
	for i, s := range steps {
		if s.session == 0 && s.forget == "" && len(knownOf(grants, s.set)) > 0 {
			_, err := caller.Memory().Remember(ctx, spectron.RememberRequest{SessionID: sessions[i], Text: "The train is late.", Infer: spectron.InferNone})
			tell(fmt.Sprint("write to session ", i), nil, err)
		}
	}
	look()
	if len(paths) == 0 {
		for i, s := range steps {
			if s.session == 0 && s.forget == "" && len(knownOf(grants, s.set)) > 0 {
				tell(fmt.Sprint("delete ", i), nil, caller.Sessions().Delete(ctx, sessions[i]))
				_, err := caller.Memory().Remember(ctx, spectron.RememberRequest{SessionID: sessions[i], Text: "Too late.", Infer: spectron.InferPreview})
				tell(fmt.Sprint("write to ", i), nil, err)
				tell(fmt.Sprint("delete again ", i), nil, caller.Sessions().Delete(ctx, sessions[i]))
			}
		}
		look()
	}
	for _, dry := range []bool{true, false, true} { // the last call finds what is left
		for _, path := range paths {
			receipt, err := caller.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: path, DryRun: dry})
			require.NoError(tb, err)
			tell(fmt.Sprint("forget ", path, dry), receipt, err)
			kept += receipt.Kept
		}
		look()
	}
	return out, kept
}

// compareReceipts compares the receipts of a caller in a world and in the same world without what it may not know. kept is the number of
// rows that it is told are kept.
func compareReceipts(tb testing.TB, grants spectron.Grants, steps []receiptStep, paths ...string) (kept int) {
	tb.Helper()
	whole, kept := receipts(tb, grants, steps, paths, func(set spectron.Scopes) spectron.Scopes { return set })
	less, _ := receipts(tb, grants, steps, paths, func(set spectron.Scopes) spectron.Scopes { return knownOf(grants, set) })
	require.Len(tb, whole, len(less))
	ids := renaming{map[string]string{}, map[string]string{}}
	for i := range less {
		if !ids.alike(whole[i], less[i]) {
			tb.Errorf("%.40s\nwith what is hidden\n  %s\nwithout it\n  %s", whole[i], apart(whole[i], less[i]), apart(less[i], whole[i]))
		}
	}
	return kept
}

func TestLeakReceipts(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	acme, beta, both := spectron.Scopes{{"org/acme"}}, spectron.Scopes{{"org/beta"}}, spectron.Scopes{{"org/acme"}, {"org/beta"}}
	steps := []receiptStep{
		// A session that loses hidden turns, and a session that keeps some.
		{set: acme, text: "Ida works at Umbrella."}, {set: beta, text: "My name is Carl.", session: 1}, {set: beta, forget: "org/beta"},
		{set: acme, text: "Dora works at Acme."}, {set: beta, text: "My name is Emil.", session: 4},
		// An entity that a hidden scope knows, and rows with hidden clauses.
		{set: beta, text: "Dora works at Acme."}, {set: both, text: "Fritz works at Globex."}, {set: both, text: "Always answer in German."},
		{set: spectron.Scopes{{"org/acme"}, {"org/acme/user/a", "project/x"}}, text: "Gina works at Initech."},
		{set: both, text: "tea", infer: spectron.InferNone}, {set: acme, text: "Hans works at Hooli.", session: 10}, {set: beta, text: "tea", infer: spectron.InferNone},
	}
	for name, tc := range map[string]struct {
		grants spectron.Grants
		told   bool // whether the caller is told that rows are kept
	}{
		"everything there": {over("org/acme/*"), false}, "forgets alone": {over("org/acme/*", spectron.MemoryForget), false},
		"reads elsewhere":   {spectron.Grants{spectron.MemoryForget: {"org/acme/*"}, spectron.MemoryRead: {"/*"}}, true},
		"forgets elsewhere": {spectron.Grants{spectron.MemoryForget: {"org/acme/*", "org/beta"}, spectron.MemoryRead: {"org/acme"}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if kept := compareReceipts(t, tc.grants, steps, "org/acme/user", "org/acme"); (kept > 0) != tc.told {
				t.Errorf("told that %d rows stay", kept)
			}
			if testsize.Long() || tc.told {
				compareReceipts(t, tc.grants, steps)
			}
		})
	}
}

// TestLeakReceiptsGenerated does the same with generated steps. No two steps name the same entities, because a fact in two scope sets would
// be two records, both visible to their reader.
func TestLeakReceiptsGenerated(t *testing.T) {
	t.Parallel()
	worlds := 4
	if testing.Short() {
		worlds = 2
	}
	sets := []spectron.Scopes{
		{{"org/acme"}}, {{"org/acme/user/a"}}, {{"org/beta"}}, {{"org/acme"}, {"org/beta"}}, {{"org/acme", "org/beta"}}, {{"org"}},
		{{"org/acme"}, {"org/acme/user/a", "project/x"}}, {{"project/x"}, {"org/acme/user/a"}, {"org/beta"}}, {{"org/acme"}, {"org/acme/user/a"}},
	}
	for seed := range uint64(worlds) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, 3))
			grants := []spectron.Grants{
				over("org/acme/*"), over("org/acme/*", spectron.MemoryForget),
				{spectron.MemoryForget: {"org/acme/*"}, spectron.MemoryRead: {"org/acme/user/*", "project/x"}},
				{spectron.MemoryForget: {"org/acme/*", "org/beta"}, spectron.MemoryRead: {"org/acme"}},
			}[seed%4]
			var steps []receiptStep
			for i := range 12 {
				s := receiptStep{set: sets[random.IntN(len(sets))], text: fmt.Sprintf("Person%c works at Firm%c.", 'A'+i, 'A'+i)}
				if at := random.IntN(2 * (i + 1)); at < i && steps[at].session == 0 && len(knownOf(grants, steps[at].set)) > 0 {
					s.session = at + 1
				}
				steps = append(steps, s)
			}
			compareReceipts(t, grants, steps, "org/acme/user", "org/acme")
			compareReceipts(t, grants, steps)
		})
	}
}
