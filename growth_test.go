package spectron_test

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// elaborated renders what an elaboration found.
func elaborated(t *testing.T, c *spectron.Context, req spectron.ElaborateRequest) (out []string) {
	t.Helper()
	found, err := c.Memory().Elaborate(context.Background(), req)
	require.NoError(t, err)
	for _, o := range found.Outcomes {
		for _, r := range o.ProposedRelations {
			require.Equal(t, o.EntityName, r.Subject)
			require.Equal(t, req.DryRun, r.FactID == "")
			out = append(out, r.Subject+" "+r.Label+" "+r.Object)
		}
	}
	return out
}

// consolidated renders what a consolidation did.
func consolidated(t *testing.T, c *spectron.Context, req spectron.ConsolidateRequest) (out []string) {
	t.Helper()
	done, err := c.Memory().Consolidate(context.Background(), req)
	require.NoError(t, err)
	for _, o := range done.Outcomes {
		out = append(out, fmt.Sprintf("%s %s %s %s %d", o.Kind, o.EntityName, o.Key, o.Value, o.ProofCount))
	}
	require.Equal(t, len(out), done.Created+done.Updated+done.Superseded)
	require.Equal(t, len(out) == 0 || req.DryRun, done.TraceID == "")
	return out
}

// say stores texts, each in a session of its own, and returns the ids of the sessions.
func say(t *testing.T, c *spectron.Context, scopes spectron.Scopes, texts ...string) (sessions []string) {
	t.Helper()
	for _, text := range texts {
		sessions = append(sessions, remember(t, c, spectron.RememberRequest{Text: text, Scopes: scopes}).SessionID)
	}
	return sessions
}

// declare stores relations that a caller states: "Globex located_in Oslo".
func declare(t *testing.T, c *spectron.Context, scopes spectron.Scopes, relations ...string) {
	t.Helper()
	types := map[string]string{"Globex": "organisation", "Initech": "organisation", "Hooli": "organisation", "Oslo": "location", "Rome": "location", "Lima": "location", "Initrode": "organisation"}
	req := spectron.RememberRequest{Infer: spectron.InferTriples, Scopes: scopes}
	for _, r := range relations {
		words := strings.Fields(r)
		ref := func(name string) spectron.EntityRef {
			return spectron.EntityRef{Type: cmp.Or(types[name], "person"), Name: name}
		}
		req.Triples = append(req.Triples, spectron.Triple{Entity: ref(words[0]), Key: words[1], Target: ref(words[2])})
	}
	remember(t, c, req)
}

func TestElaborate(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := spectrontest.Context(t, nil)
	say(t, c, nil, "Alice works at Globex.", "Bob works at Globex.")
	declare(t, c, nil, "Globex located_in Oslo", "Alice mother Eva", "Eva mother Rosa")
	all := []string{"Alice grandmother Rosa", "Alice works_in Oslo", "Bob works_in Oslo"}
	require.Equal(t, all, elaborated(t, c, spectron.ElaborateRequest{DryRun: true}))
	require.Equal(t, all, elaborated(t, c, spectron.ElaborateRequest{DryRun: true, Sweep: true}))
	require.Equal(t, all[:2], elaborated(t, c, spectron.ElaborateRequest{DryRun: true, Entity: personCalled("Alice")}))
	require.Equal(t, all[:1], elaborated(t, c, spectron.ElaborateRequest{Budget: 1}))
	require.Equal(t, all[1:], elaborated(t, c, spectron.ElaborateRequest{Sweep: true}))
	require.Empty(t, elaborated(t, c, spectron.ElaborateRequest{Sweep: true}))
	require.Empty(t, elaborated(t, c, spectron.ElaborateRequest{}))

	page, err := c.Facts().List(ctx, spectron.FactQuery{SourceKind: spectron.SourceElaboration})
	require.NoError(t, err)
	require.Len(t, page.Items, 3)
	for _, f := range page.Items {
		require.Len(t, f.Evidence, 2)
		require.Equal(t, 1, f.Proofs)
		trace, err := c.Traces().Get(ctx, f.Source.TraceID)
		require.NoError(t, err)
		require.Contains(t, trace.Created, f.ID)
	}
	say(t, c, nil, "Alice no longer works at Globex.")
	for _, f := range page.Items {
		now, err := c.Facts().Get(ctx, f.ID)
		require.NoError(t, err)
		require.Equal(t, f.Entity.Name == "Alice" && f.Key == "works_in", !now.RetiredAt.IsZero(), f.Key)
	}
	hits := recall(t, c, spectron.RecallRequest{Query: "Who is Alice's grandmother?"}).Hits
	require.NotEmpty(t, hits)

	for field, req := range map[string]spectron.ElaborateRequest{
		"Budget": {Budget: -1}, "Sweep": {Sweep: true, Entity: personCalled("Alice")}, "Entity.Name": {Entity: spectron.EntityRef{Type: "person"}},
		"Entity": {Entity: personCalled("Nobody")}, "Lens": {Lens: spectron.Scopes{{}}},
	} {
		_, err := c.Memory().Elaborate(ctx, req)
		var e *spectron.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, field, e.Field)
	}
	_, err = c.Memory().Elaborate(ctx, spectron.ElaborateRequest{Budget: 1_000_000_000})
	require.ErrorIs(t, err, spectron.ErrTooLarge)
}

func TestConsolidate(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := spectrontest.Context(t, nil)
	first := say(t, c, nil, "Alice lives in Oslo.")[0]
	remember(t, c, spectron.RememberRequest{Text: "As I said, Alice lives in Oslo.", SessionID: first})
	remember(t, c, spectron.RememberRequest{Text: "Alice lives in Oslo.", SessionID: first})
	require.Empty(t, consolidated(t, c, spectron.ConsolidateRequest{}), "one session")
	remember(t, c, spectron.RememberRequest{Text: "Alice lives in Oslo.", Role: spectron.RoleAssistant})
	require.Empty(t, consolidated(t, c, spectron.ConsolidateRequest{}), "an assistant is no proof")
	second := say(t, c, nil, "Alice lives in Oslo.", "Alice likes tea.", "Alice likes tea.", "Alice likes tea.")[0]
	want := []string{"create Alice likes tea 3", "create Alice lives_in Oslo 4"}
	require.Equal(t, want, consolidated(t, c, spectron.ConsolidateRequest{DryRun: true}))
	require.Equal(t, want[:1], consolidated(t, c, spectron.ConsolidateRequest{DryRun: true, ObservationLimit: 1}))
	require.Equal(t, want, consolidated(t, c, spectron.ConsolidateRequest{}))
	require.Empty(t, consolidated(t, c, spectron.ConsolidateRequest{}))
	page, err := c.Facts().List(ctx, spectron.FactQuery{Key: "lives_in", Live: true})
	require.NoError(t, err)
	home := page.Items[0]
	require.Equal(t, 4, home.Proofs)
	require.Len(t, home.Evidence, 4)
	require.InDelta(t, 1, home.Importance, 0)

	say(t, c, nil, "Alice lives in Oslo.")
	require.Equal(t, []string{"update Alice lives_in Oslo 5"}, consolidated(t, c, spectron.ConsolidateRequest{}))
	require.NoError(t, c.Sessions().Delete(ctx, second))
	require.Equal(t, []string{"update Alice lives_in Oslo 4"}, consolidated(t, c, spectron.ConsolidateRequest{}))

	say(t, c, nil, "Alice lives in Rome now.")
	require.Empty(t, consolidated(t, c, spectron.ConsolidateRequest{}))
	say(t, c, nil, "Alice lives in Rome.", "Alice lives in Rome.")
	require.Equal(t, []string{"supersede Alice lives_in Rome 3"}, consolidated(t, c, spectron.ConsolidateRequest{}))
	page, err = c.Facts().List(ctx, spectron.FactQuery{Key: "lives_in", Live: true})
	require.NoError(t, err)
	require.Len(t, page.Items, 1)
	require.Equal(t, home.ID, page.Items[0].Supersedes)
	_, err = c.Facts().Correct(ctx, page.Items[0].ID, "Bergen")
	require.NoError(t, err)
	require.Empty(t, consolidated(t, c, spectron.ConsolidateRequest{}), "nobody told the corrected value")

	for field, req := range map[string]spectron.ConsolidateRequest{
		"FactLimit": {FactLimit: -1}, "ObservationLimit": {ObservationLimit: -1}, "Lens": {Lens: spectron.Scopes{{}}},
	} {
		_, err := c.Memory().Consolidate(ctx, req)
		var e *spectron.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, field, e.Field)
	}
	for _, req := range []spectron.ConsolidateRequest{{FactLimit: 1 << 40}, {ObservationLimit: 1001}} {
		_, err := c.Memory().Consolidate(ctx, req)
		require.ErrorIs(t, err, spectron.ErrTooLarge)
	}
}

// TestGrowthLeaksNothing checks that callers with several regions get the same from worlds with and without the rows that they may not read or
// not write, and that they change nothing there.
func TestGrowthLeaksNothing(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	shown := spectron.Scopes{{"org/a"}}
	hidden := []spectron.Scopes{{{"org/a/private"}}, {{"/"}}, {{"org/a", "org/b"}}}
	grants := map[string]spectron.Grants{
		"reads and writes": {spectron.MemoryRead: {"org/a"}, spectron.MemoryWrite: {"org/a"}},
		"writes more":      {spectron.MemoryRead: {"org/a"}, spectron.MemoryWrite: {"/*"}},
		"writes less":      {spectron.MemoryRead: {"org/a"}, spectron.MemoryWrite: {"org/a"}},
	}
	for name, granted := range grants {
		results := make([][]string, 2)
		for world := range results {
			m := spectrontest.Open(t)
			c, err := m.CreateContext(ctx, "growth", spectron.ContextSpec{})
			require.NoError(t, err)
			if world == 1 {
				for _, set := range hidden {
					say(t, c, set, "Bob lives in Lima.", "Bob lives in Lima.", "Bob lives in Lima.", "Carl lives in Lima.", "Carl lives in Lima.", "Carl likes tea.")
					declare(t, c, set, "Alice works_at Globex", "Globex located_in Rome", "Eva mother Rosa", "Alice mother Eva", "Carl works_at Initech", "Dora works_in Rome",
						"Dora works_in Oslo", "Initrode located_in Oslo")
				}
			}
			say(t, c, shown, "Carl lives in Lima.", "Dora likes jazz.", "Dora likes jazz.", "Dora likes jazz.")
			declare(t, c, shown, "Alice works_at Globex", "Alice mother Eva", "Initech located_in Lima", "Dora works_at Hooli", "Hooli located_in Oslo")
			p, err := c.Principals().Create(ctx, spectron.PrincipalSpec{Name: "caller", Grants: granted})
			require.NoError(t, err)
			k, err := c.Keys().Create(ctx, spectron.KeySpec{Name: "caller", PrincipalID: p.ID})
			require.NoError(t, err)
			h, err := m.Authenticate(ctx, k.Secret)
			require.NoError(t, err)
			add := func(lines []string) { results[world] = append(results[world], strings.Join(lines, "; ")) }
			for _, dry := range []bool{true, false, false} {
				add(elaborated(t, h, spectron.ElaborateRequest{DryRun: dry}))
				add(elaborated(t, h, spectron.ElaborateRequest{DryRun: dry, Sweep: true, Budget: 2}))
				add(consolidated(t, h, spectron.ConsolidateRequest{DryRun: dry}))
				add(consolidated(t, h, spectron.ConsolidateRequest{DryRun: dry, FactLimit: 1, Lens: shown}))
				_, err = h.Memory().Elaborate(ctx, spectron.ElaborateRequest{DryRun: dry, Entity: spectron.EntityRef{Type: "organisation", Name: "Initrode"}})
				require.ErrorIs(t, err, spectron.ErrNotFound)
			}
			page, err := c.Facts().List(ctx, spectron.FactQuery{SourceKind: spectron.SourceElaboration})
			require.NoError(t, err)
			for _, f := range page.Items {
				require.Equal(t, shown, f.Scopes)
			}
		}
		require.Equal(t, results[0], results[1], name)
		require.Contains(t, results[0], "Dora works_in Oslo", name)
		require.Contains(t, results[0], "create Dora likes jazz 3", name)
	}
}
