package spectron

import (
	"context"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/record"
)

// derive stores conclusions through a handle.
func derive(c *Context, kind record.SourceKind, dryRun bool, facts ...ingest.Derived) ([]ingest.Concluded, error) {
	return callMemory(context.Background(), &c.contextHandle, "derive", func(ctx context.Context, by *gate.Call) ([]ingest.Concluded, error) {
		s, err := ingest.Derive(ctx, by, ingest.Derivation{Kind: kind, Facts: facts, DryRun: dryRun})
		if err != nil {
			return nil, err
		}
		return s.Concluded, nil
	})
}

// told stores triples for an entity, said in a scope, and returns their ids.
func told(t *testing.T, c *Context, scopes Scopes, triples ...Triple) (ids []string) {
	t.Helper()
	out, err := c.Memory().Remember(context.Background(), RememberRequest{Infer: InferTriples, Triples: triples, Scopes: scopes})
	require.NoError(t, err)
	for _, r := range out.Extraction.Relations {
		ids = append(ids, r.ID)
	}
	for _, a := range out.Extraction.Attributes {
		ids = append(ids, a.ID)
	}
	return ids
}

var (
	alice  = EntityRef{Type: "person", Name: "Alice"}
	globex = EntityRef{Type: "organisation", Name: "Globex"}
	oslo   = EntityRef{Type: "location", Name: "Oslo"}
	root   = Scopes{{"/"}}
)

// worksIn is a conclusion from some evidence.
func worksIn(scopes Scopes, evidence ...string) ingest.Derived {
	return ingest.Derived{
		Triple: ingest.Triple{Entity: record.EntityRef(alice), Key: "based_in", Target: record.EntityRef(oslo)},
		Scopes: record.ScopeSet(scopes), Evidence: evidence, Confidence: 0.8,
	}
}

// jobInOslo is the evidence of worksIn.
func jobInOslo(t *testing.T, c *Context, scopes Scopes) []string {
	t.Helper()
	return told(t, c, scopes, Triple{Entity: alice, Key: "works_at", Target: globex}, Triple{Entity: globex, Key: "located_in", Target: oslo})
}

func fact(t *testing.T, c *Context, id string) *Fact {
	t.Helper()
	f, err := c.Facts().Get(context.Background(), id)
	require.NoError(t, err)
	return f
}

// TestConclusionsLiveAndEndWithTheirEvidence checks the life of a conclusion: its fields, its trace, its end with a fact of its evidence, and
// that it returns with new evidence only.
func TestConclusionsLiveAndEndWithTheirEvidence(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := "file://" + filepath.Join(t.TempDir(), "agent.db")
	c := openIn(t, url, nil)
	ids := jobInOslo(t, c, nil)

	dry, err := derive(c, record.FromElaboration, true, worksIn(root, ids...))
	require.NoError(t, err)
	require.NotNil(t, dry[0].Fact)
	require.Empty(t, dry[0].Trace)
	_, err = c.Facts().Get(ctx, dry[0].Fact.ID)
	require.ErrorIs(t, err, ErrNotFound)

	out, err := derive(c, record.FromElaboration, false, worksIn(root, ids...), worksIn(root, ids...))
	require.NoError(t, err)
	require.Empty(t, out[0].Reason)
	require.Nil(t, out[1].Fact)
	require.NotEmpty(t, out[1].Reason, "it is known from the one before")
	f := fact(t, c, out[0].Fact.ID)
	require.Equal(t, SourceElaboration, f.Source.Kind)
	require.Equal(t, 2, f.Proofs)
	require.ElementsMatch(t, ids, f.Evidence)
	require.Less(t, f.Source.Trust, ingest.Trust(record.Assistant))
	trace, err := c.Traces().Get(ctx, out[0].Trace)
	require.NoError(t, err)
	require.Equal(t, "elaboration", trace.Operation)
	require.Equal(t, []string{f.ID}, trace.Created)

	again, err := derive(c, record.FromElaboration, false, worksIn(root, ids...))
	require.NoError(t, err)
	require.Nil(t, again[0].Fact)

	require.NoError(t, c.Facts().Close(ctx, ids[1], "it moved"))
	f = fact(t, c, f.ID)
	require.False(t, f.RetiredAt.IsZero())
	require.Equal(t, record.Unfounded, f.Reason)
	gone, err := derive(c, record.FromElaboration, false, worksIn(root, ids...))
	require.NoError(t, err)
	require.Nil(t, gone[0].Fact)

	// It is the same after reopening, and returns with new evidence.
	require.NoError(t, c.manager().Close(ctx))
	c = closing(t, openIn(t, url, nil))
	require.Equal(t, f, fact(t, c, f.ID))
	ids[1] = told(t, c, nil, Triple{Entity: globex, Key: "located_in", Target: oslo})[0]
	back, err := derive(c, record.FromElaboration, false, worksIn(root, ids...))
	require.NoError(t, err)
	require.NotNil(t, back[0].Fact, back[0].Reason)

	// A conclusion that somebody closed does not return from the same evidence.
	require.NoError(t, c.Facts().Close(ctx, back[0].Fact.ID, "she works from home"))
	denied, err := derive(c, record.FromElaboration, false, worksIn(root, ids...))
	require.NoError(t, err)
	require.Nil(t, denied[0].Fact)
}

// TestWhatIsSaidReplacesConclusions checks that a statement supersedes a conclusion, and that no conclusion is stored against it.
func TestWhatIsSaidReplacesConclusions(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := closing(t, openIn(t, "mem://", nil))
	ids := jobInOslo(t, c, nil)
	conclusion := worksIn(root, ids...)
	conclusion.Key = "lives_in"
	for _, test := range []struct {
		said  string
		value string // what is live then
	}{
		{"Alice lives in Rome.", "Rome"},
		{"Alice lives in Oslo.", "Oslo"},
		{"Alice no longer lives in Oslo.", ""},
	} {
		conclusion.Scopes = record.ScopeSet{{strings.ToLower(strings.Fields(test.said)[1] + test.value)}}
		conclusion.Evidence = jobInOslo(t, c, Scopes(conclusion.Scopes))
		out, err := derive(c, record.FromReflect, false, conclusion)
		require.NoError(t, err)
		require.NotNil(t, out[0].Fact, out[0].Reason)
		id := out[0].Fact.ID
		_, err = c.Memory().Remember(ctx, RememberRequest{Text: test.said, Scopes: Scopes(conclusion.Scopes)})
		require.NoError(t, err)
		f := fact(t, c, id)
		require.False(t, f.RetiredAt.IsZero(), test.said)
		page, err := c.Facts().List(ctx, FactQuery{Entity: alice, Key: "lives_in", Lens: Scopes(conclusion.Scopes), Live: true})
		require.NoError(t, err)
		if test.value == "" {
			require.Empty(t, page.Items)
		} else {
			require.Len(t, page.Items, 1)
			require.Equal(t, test.value, page.Items[0].Value)
			require.Equal(t, SourceTurn, page.Items[0].Source.Kind)
			require.Equal(t, page.Items[0].ID, f.SupersededBy)
		}
		out, err = derive(c, record.FromReflect, false, conclusion)
		require.NoError(t, err)
		require.Nil(t, out[0].Fact, test.said)
	}
}

// TestConclusionsAreOnlyForReadersOfTheirEvidence checks who may store a conclusion where, and from what.
func TestConclusionsAreOnlyForReadersOfTheirEvidence(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := closing(t, openIn(t, "mem://", nil))
	all, team, both := Scopes{{"org/acme"}}, Scopes{{"org/acme/team/a"}}, Scopes{{"org/acme", "org/acme/team/a"}}
	said, err := c.Memory().Remember(ctx, RememberRequest{Text: "Alice works at Globex.", Scopes: all})
	require.NoError(t, err)
	ids := append(told(t, c, all, Triple{Entity: globex, Key: "located_in", Target: oslo}), said.Extraction.Relations[0].ID)
	h, _, _ := holder(t, c, "team", Grants{MemoryRead: {"org/acme/team/*"}, MemoryWrite: {"/*"}, ScopeCreate: {"/*"}})
	w, _, _ := holder(t, c, "reader", Grants{MemoryRead: {"/*"}, MemoryWrite: {"org/acme/team/*"}})

	_, err = derive(h, record.FromElaboration, false, worksIn(all, ids...))
	require.ErrorIs(t, err, ErrForbidden, "it may not read there")
	_, err = derive(w, record.FromElaboration, false, worksIn(all, ids...))
	require.ErrorIs(t, err, ErrForbidden, "it may not write there")
	hidden, err := derive(h, record.FromElaboration, false, worksIn(team, ids...))
	require.NoError(t, err)
	unknown, err := derive(h, record.FromElaboration, false, worksIn(team, "relation:none", "relation:neither"))
	require.NoError(t, err)
	unknown[0].Trace, hidden[0].Trace = "", ""
	require.Equal(t, unknown, hidden, "a hidden record is like none")
	narrow, err := derive(c, record.FromElaboration, false, worksIn(team, ids...))
	require.NoError(t, err)
	require.Nil(t, narrow[0].Fact, "a reader of the narrower scope may not read the evidence")

	told(t, c, both, Triple{Entity: alice, Key: "likes", Value: "tea"})
	out, err := derive(c, record.FromElaboration, false, worksIn(both, ids...))
	require.NoError(t, err)
	require.NotNil(t, out[0].Fact, out[0].Reason)
	// Closing the evidence closes it, although the one who closes may not know of it.
	o, _, _ := holder(t, c, "org", Grants{MemoryRead: {"org/acme"}, MemoryWrite: {"org/acme"}})
	said, err = o.Memory().Remember(ctx, RememberRequest{Text: "Alice no longer works at Globex.", Scopes: all})
	require.NoError(t, err)
	require.Equal(t, []string{ids[1]}, said.Extraction.Closed)
	trace, err := o.Traces().Get(ctx, said.TraceID)
	require.NoError(t, err)
	require.Equal(t, []string{ids[1]}, trace.Closed)
	require.False(t, fact(t, c, out[0].Fact.ID).RetiredAt.IsZero())
}

// TestConclusionsAreErasedWithTheirEvidence checks that a conclusion goes with the session of a turn, and with the scope of a fact, that it
// rests on: from memory, from the database and from other processes.
func TestConclusionsAreErasedWithTheirEvidence(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := "file://" + filepath.Join(t.TempDir(), "agent.db")
	c := openIn(t, url, nil)
	all, both := Scopes{{"org/acme"}}, Scopes{{"org/acme", "team/a"}}
	ids := jobInOslo(t, c, all)
	said, err := c.Memory().Remember(ctx, RememberRequest{Text: "I sit on the sixth floor in Oslo.", Infer: InferNone, Scopes: all})
	require.NoError(t, err)
	told(t, c, both, Triple{Entity: alice, Key: "likes", Value: "tea"})
	told(t, c, root, Triple{Entity: alice, Key: "likes", Value: "tea"})
	rootIDs := jobInOslo(t, c, root)
	conclude := func(d ingest.Derived) string {
		out, err := derive(c, record.FromReflect, false, d)
		require.NoError(t, err)
		require.NotNil(t, out[0].Fact, out[0].Reason)
		return out[0].Fact.ID
	}
	ofTurn, ofFact, stays := conclude(worksIn(all, ids[0], said.TurnID)), conclude(worksIn(both, ids...)), conclude(worksIn(root, rootIDs...))
	require.NoError(t, c.Sessions().Delete(ctx, said.SessionID))
	_, err = c.Facts().Get(ctx, ofTurn)
	require.ErrorIs(t, err, ErrNotFound)

	// The caller may erase the evidence, but not what is written to the narrower scopes.
	h, _, _ := holder(t, c, "org", Grants{MemoryRead: {"org/acme"}, MemoryForget: {"org/acme/*"}})
	_, err = h.Scopes().Forget(ctx, ScopeForgetRequest{Path: "org/acme"})
	require.NoError(t, err)
	for range 2 {
		for _, id := range []string{ofTurn, ofFact} {
			_, err = c.Facts().Get(ctx, id)
			require.ErrorIs(t, err, ErrNotFound)
		}
		require.True(t, fact(t, c, stays).RetiredAt.IsZero())
		require.NoError(t, c.manager().Close(ctx))
		c = openIn(t, url, nil)
	}
	closing(t, c)
}

// TestDoubtsOfEvidenceAreDoubtsOfConclusions checks that a conclusion is in doubt while a fact of its evidence is, and that nothing is
// concluded from such a fact.
func TestDoubtsOfEvidenceAreDoubtsOfConclusions(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := closing(t, openIn(t, "mem://", nil))
	_, err := c.Memory().Remember(ctx, RememberRequest{Text: "I work at Globex. My mother is Eva."})
	require.NoError(t, err)
	seat := told(t, c, nil, Triple{Entity: globex, Key: "located_in", Target: oslo})
	page, err := c.Facts().List(ctx, FactQuery{Key: "works_at"})
	require.NoError(t, err)
	found, err := c.Memory().Elaborate(ctx, ElaborateRequest{})
	require.NoError(t, err)
	require.Equal(t, 1, found.RelationsEmitted)
	r := found.Outcomes[0].ProposedRelations[0]
	require.ElementsMatch(t, []string{page.Items[0].ID, seat[0]}, r.Evidence)
	_, err = c.Memory().Remember(ctx, RememberRequest{Text: "They let me go last Friday."})
	require.NoError(t, err)
	job := fact(t, c, page.Items[0].ID)
	require.NotEmpty(t, job.Doubt)
	if f := fact(t, c, r.FactID); f.RetiredAt.IsZero() {
		require.Equal(t, job.Doubt, f.Doubt)
	}
	told(t, c, nil, Triple{Entity: globex, Key: "part_of", Target: EntityRef{Type: "organisation", Name: "Umbra"}})
	again, err := c.Memory().Elaborate(ctx, ElaborateRequest{Sweep: true})
	require.NoError(t, err)
	require.Empty(t, again.Outcomes)
}

// TestConclusionsNeedEvidence checks what is no evidence, and the limits of a derivation.
func TestConclusionsNeedEvidence(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := closing(t, openIn(t, "mem://", nil))
	ids := jobInOslo(t, c, nil)
	turn := func(role Role) string {
		out, err := c.Memory().Remember(ctx, RememberRequest{Text: "Alice is on the sixth floor in Oslo.", Role: role, Infer: InferNone})
		require.NoError(t, err)
		return out.ChunkIDs[0]
	}
	out, err := derive(c, record.FromReflect, false, worksIn(root, turn(RoleAssistant)), worksIn(root, ids[0], turn(RoleUser)))
	require.NoError(t, err)
	require.Nil(t, out[0].Fact, "an assistant said it")
	require.NotNil(t, out[1].Fact, out[1].Reason)
	f := fact(t, c, out[1].Fact.ID)
	require.True(t, slices.ContainsFunc(f.Evidence, func(id string) bool { return strings.HasPrefix(id, "turn:") }))
	other := worksIn(root, f.ID)
	other.Key = "knows"
	out, err = derive(c, record.FromReflect, false, other)
	require.NoError(t, err)
	require.Nil(t, out[0].Fact, "a conclusion is no evidence")

	for field, change := range map[string]func(*ingest.Derived){
		"Facts[0].Scopes":      func(d *ingest.Derived) { d.Scopes = nil },
		"Facts[0].Evidence":    func(d *ingest.Derived) { d.Evidence = nil },
		"Facts[0].Proofs":      func(d *ingest.Derived) { d.Proofs = -1 },
		"Facts[0].Confidence":  func(d *ingest.Derived) { d.Confidence = math.NaN() },
		"Facts[0].Entity.Name": func(d *ingest.Derived) { d.Entity.Name = " " },
		"Facts[0].Evidence[0]": func(d *ingest.Derived) { d.Evidence = []string{strings.Repeat("x", 1000)} },
	} {
		d := worksIn(root, ids...)
		change(&d)
		_, err := derive(c, record.FromReflect, false, d)
		var e *Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, field, e.Field)
	}
	_, err = derive(c, record.FromTurn, false, worksIn(root, ids...))
	require.ErrorIs(t, err, ErrInvalid)
	d := worksIn(root, slices.Repeat(ids, ingest.MaxEvidence)...)
	_, err = derive(c, record.FromReflect, false, d)
	require.ErrorIs(t, err, ErrTooLarge)
	_, err = derive(c, record.FromReflect, false, slices.Repeat([]ingest.Derived{worksIn(root, ids...)}, 1001)...)
	require.ErrorIs(t, err, ErrTooLarge)
}
