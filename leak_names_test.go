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
	"github.com/spectron-go/spectron/spectrontest"
)

// Names are shared by callers that do not see each other. The spelling, the category and the frequency of a name for one of them must not
// show to another one, whoever writes in between.

// namesStep is a statement in a scope, by the reader or by the operator, who sees everything.
type namesStep struct {
	set      spectron.Scopes
	text     string
	operator bool
}

// namesWorld is a store after some steps, with the handle of a reader of org/acme.
type namesWorld struct {
	all, reader *spectron.Context
	clock       *spectrontest.Clock
	told        []string // results of the reader's own writes
}

func newNamesWorld(tb testing.TB, grants spectron.Grants, steps []namesStep, hidden func(spectron.Scopes) bool) *namesWorld {
	tb.Helper()
	ctx := context.Background()
	clock := spectrontest.NewClock()
	mgr := spectrontest.Open(tb, &spectron.Options{Clock: clock.Now, NewID: spectrontest.IDs()})
	w := &namesWorld{all: create(tb, mgr, "names", spectron.ContextSpec{}), clock: clock}
	p, err := w.all.Principals().Create(ctx, spectron.PrincipalSpec{Name: "reader", Grants: grants})
	require.NoError(tb, err)
	key, err := w.all.Keys().Create(ctx, spectron.KeySpec{Name: "reader", PrincipalID: p.ID})
	require.NoError(tb, err)
	w.reader, err = mgr.Authenticate(ctx, key.Secret)
	require.NoError(tb, err)
	for _, path := range []string{"org/acme/user/a", "org/beta"} {
		_, err = w.all.Scopes().Register(ctx, spectron.ScopeSpec{Path: path})
		require.NoError(tb, err)
	}
	start := clock.Now()
	for i, s := range steps {
		clock.Set(start.Add(time.Duration(i+1) * time.Minute))
		if hidden(s.set) {
			continue
		}
		c := w.reader
		if s.operator {
			c = w.all
		}
		out, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: s.text, Scopes: s.set})
		require.NoError(tb, err)
		if !s.operator {
			w.told = append(w.told, s.text+"\n"+asJSON(out.Extraction))
		}
	}
	clock.Set(start.Add(24 * time.Hour))
	return w
}

// transcript returns everything that the reader gets.
func (w *namesWorld) transcript(tb testing.TB, previews, questions []string) []string {
	tb.Helper()
	ctx := context.Background()
	out := append([]string{}, w.told...)
	for _, text := range previews {
		r, err := w.reader.Memory().Remember(ctx, spectron.RememberRequest{Text: text, Infer: spectron.InferPreview, Scopes: spectron.Scopes{{"org/acme"}}})
		require.NoError(tb, err)
		out = append(out, text+"\n"+asJSON(r.Extraction))
	}
	for _, q := range questions {
		for _, req := range []spectron.RecallRequest{{Query: q, K: 50}, {Query: q, IncludeClosed: true, K: 50}, {Query: q, Lens: spectron.Scopes{{"org/acme"}}}} {
			r, err := w.reader.Memory().Recall(ctx, req)
			require.NoError(tb, err)
			r.Trace.Duration, r.Trace.ID = 0, ""
			out = append(out, q+"\n"+asJSON(r))
		}
	}
	return out
}

// compareNames makes the steps in one world, and in another world without the steps that the reader does not see, and compares what the
// reader gets.
func compareNames(tb testing.TB, grants spectron.Grants, steps []namesStep, previews, questions []string) {
	tb.Helper()
	hidden := func(set spectron.Scopes) bool { return !seesSet(grants[spectron.MemoryRead], set) }
	whole := newNamesWorld(tb, grants, steps, func(spectron.Scopes) bool { return false }).transcript(tb, previews, questions)
	less := newNamesWorld(tb, grants, steps, hidden).transcript(tb, previews, questions)
	require.Len(tb, whole, len(less))
	ids := renaming{map[string]string{}, map[string]string{}}
	for i := range less {
		if !ids.alike(whole[i], less[i]) {
			tb.Errorf("%s\nwith what is hidden\n  %s\nwithout it\n  %s", whole[i][:strings.IndexByte(whole[i], '\n')], apart(whole[i], less[i]), apart(less[i], whole[i]))
			return
		}
	}
}

func acmeAgent() spectron.Grants {
	out := everyVerb("org/acme")
	delete(out, spectron.GrantManage)
	return out
}

func TestLeakNames(t *testing.T) {
	t.Parallel()
	acme, both, beta := spectron.Scopes{{"org/acme"}}, spectron.Scopes{{"org/acme", "org/beta"}}, spectron.Scopes{{"org/beta"}}
	for name, steps := range map[string][]namesStep{
		"a name that a hidden scope knows": {
			{beta, "Carl works at Initech.", true}, {acme, "Anna Weber left INITECH.", false},
		},
		"a category that a hidden scope knows": {
			{beta, "My name is Rosa Lind.", true}, {acme, "Rosa Lind works at Initech.", false},
		},
		"a full name in an AND clause":    {{both, "Bob Miller moved to Rome.", true}, {acme, "Bob works at Initech.", true}},
		"a full name above":               {{spectron.Scopes{{"org"}}, "Bob Miller moved to Rome.", true}, {acme, "Bob works at Initech.", true}},
		"a full name at the root":         {{spectron.Scopes{{"/"}}, "Bob Miller moved to Rome.", true}, {acme, "Bob works at Initech.", true}},
		"a spelling through the operator": {{beta, "Bob works at INITECH.", true}, {acme, "Bob works at Initech.", true}},
		"a spelling in two clauses":       {{beta, "Bob works at INITECH.", true}, {spectron.Scopes{{"org/acme"}, {"org/beta"}}, "Bob works at Initech.", true}},
		"hidden facts choose between names": {
			{acme, "Ann Target works at Globex.", false}, {acme, "Zed Target works at Initech.", false},
			{beta, "Zed Target moved to Rome.", true}, {beta, "Zed Target likes tea.", true}, {acme, "Mr. Target moved to Oslo.", true},
		},
		"below": {{spectron.Scopes{{"org/acme/user/a"}}, "Bob Miller works at INITECH.", true}, {acme, "Bob works at Initech.", true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			compareNames(t, acmeAgent(), steps,
				[]string{"Bob works at Initech.", "Rosa Lind moved to Oslo.", "Mr. Target likes tea.", "Target moved to Rome."},
				[]string{"Where does Bob work?", "Where does Bob Miller live?", "Initech", "Who is Rosa Lind?", "Where does Zed Target live?"})
		})
	}
}

// TestLeakNamesGenerated generates many small worlds with the same few names.
func TestLeakNamesGenerated(t *testing.T) {
	t.Parallel()
	worlds := testsize.Of(12)
	sets := []spectron.Scopes{
		{{"org/acme"}}, {{"org/acme"}}, {{"org/acme"}}, {{"org/acme/user/a"}}, {{"org/acme", "org/beta"}}, {{"org"}}, {{"/"}}, {{"org/beta"}},
		{{"org/acme"}, {"org/beta"}}, {{"org/acme/user/a", "org/beta"}, {"org/acme"}},
	}
	people := []string{"Bob", "Bob Miller", "BOB MILLER", "bob miller", "Bob Mills", "Rosa Lind", "Mr. Miller"}
	firms := []string{"Initech", "INITECH", "Globex", "GLOBEX Corp", "a.b@x.com"}
	for seed := range uint64(worlds) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, 11))
			pick := func(from []string) string { return from[random.IntN(len(from))] }
			grants := acmeAgent()
			if seed%2 == 1 {
				grants = everyVerb("org/acme/*")
				delete(grants, spectron.GrantManage)
			}
			sentence := func() string {
				switch random.IntN(6) {
				case 0:
					return "My name is " + pick(people[1:4]) + "."
				case 1:
					return pick(people) + " moved to " + pick([]string{"Rome", "ROME", "Oslo"}) + "."
				case 2:
					return "My boss is " + pick(people) + "."
				case 3:
					return pick(people) + " left " + pick(firms) + "."
				}
				return pick(people) + " works at " + pick(firms) + "."
			}
			var steps []namesStep
			for range 20 {
				s := namesStep{set: sets[random.IntN(len(sets))], text: sentence(), operator: true}
				if holdsSet(grants[spectron.MemoryWrite], s.set) {
					s.operator = random.IntN(2) == 0
				}
				steps = append(steps, s)
			}
			var previews, questions []string
			for range 8 {
				previews = append(previews, sentence())
			}
			for _, p := range people {
				questions = append(questions, "Where does "+p+" work?", "Where does "+p+" live?")
			}
			compareNames(t, grants, steps, previews, append(questions, "What is my name?", "Who is my boss?", "Initech", "Globex Corp"))
		})
	}
}

// TestIdentifiersAreNotFolded checks that names that differ in significant punctuation have separate facts.
func TestIdentifiersAreNotFolded(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := create(t, spectrontest.Open(t, nil), "identifiers", spectron.ContextSpec{})
	for _, names := range [][]string{
		{"a.b@x.com", "a-b@x.com"}, {"v1.2", "v1-2"}, {"10.1", "10-1"}, {"src/a.go", "src-a.go"}, {`a\b`, "a/b"}, {"user_id", "user-id"}, {"👍", "👎"},
	} {
		for i, name := range names {
			_, err := c.Memory().Remember(ctx, spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
				{Entity: spectron.EntityRef{Type: "other", Name: name}, Key: "owner", Value: fmt.Sprintf("owner %d", i)},
			}})
			require.NoError(t, err)
		}
		for i, name := range names {
			found, err := c.Memory().Recall(ctx, spectron.RecallRequest{Query: "What is " + name + "'s owner?"})
			require.NoError(t, err)
			if len(found.Hits) == 0 || found.Hits[0].Fact == nil || found.Hits[0].Fact.Entity.Name != name || found.Hits[0].Fact.Value != fmt.Sprintf("owner %d", i) {
				t.Errorf("%s: %+v", name, found.Hits)
			}
		}
	}
	same := []string{"STRASSE 5", "Straße 5"}
	for i, name := range same {
		_, err := c.Memory().Remember(ctx, spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
			{Entity: spectron.EntityRef{Type: "location", Name: name}, Key: "owner", Value: fmt.Sprintf("owner %d", i)},
		}})
		require.NoError(t, err)
	}
	found, err := c.Memory().Recall(ctx, spectron.RecallRequest{Query: "Who is the owner of Straße 5?"})
	require.NoError(t, err)
	if len(found.Hits) == 0 || found.Hits[0].Fact == nil || found.Hits[0].Fact.Value != "owner 1" {
		t.Errorf("%+v", found.Hits)
	}
}
