package spectron_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// statement is a way to say that a person has a value for a key, and to ask for it.
type statement struct {
	key            string
	said, question string // formats: of a person and a value, and of a person
	ended          string // format of a person and a value; "": none
	values         []string
}

var statements = []statement{
	{"lives_in", "%s lives in %s.", "Where does %s live?", "", []string{"Oslo", "Rome", "Berlin", "New York"}},
	{"works_at", "%s works at %s.", "Where does %s work?", "%s no longer works at %s.", []string{"Acme", "Globex", "Initech"}},
	{"role", "%s is a %s.", "What is %s's role?", "", []string{"nurse", "teacher", "data engineer"}},
	{"favourite_colour", "%s's favourite colour is %s.", "What is %s's favourite colour?", "", []string{"blue", "red", "green"}},
}

// slot is a key with one value at a time.
type slot struct {
	scope, person, key string
}

// model is the simplest memory: in each scope, the last clear statement wins.
type model struct {
	now     map[slot]string
	history []map[slot]string // state after each step
}

// TestAgainstModel checks that random statements about few people in few scopes, single and in batches, agree with the model at every step,
// now and as of every earlier step.
func TestAgainstModel(t *testing.T) {
	t.Parallel()
	for seed := range uint64(testsize.Of(8)) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			walk(t, rand.New(rand.NewPCG(seed, 2026)), 60)
		})
	}
}

func walk(t *testing.T, random *rand.Rand, steps int) {
	clock := spectrontest.NewClock()
	c := spectrontest.Context(t, &spectron.Options{Clock: clock.Now})
	people, scopes := []string{"Alice", "Bob", "Sarah Chen", "Sarah Miller"}, []string{"org/acme", "org/acme/user/bob", "org/other"}
	m := model{now: map[slot]string{}}
	var sessions []string
	at := func(step int) time.Time { return spectrontest.Epoch.Add(time.Duration(step) * time.Hour) }
	for step := range steps {
		clock.Set(at(step))
		scope := scopes[random.IntN(len(scopes))]
		var messages []spectron.Message
		for range 1 + random.IntN(3)*random.IntN(2) {
			s, person := statements[random.IntN(len(statements))], people[random.IntN(len(people))]
			value := s.values[random.IntN(len(s.values))]
			key := slot{scope, person, s.key}
			switch {
			case s.ended != "" && random.IntN(4) == 0:
				messages = append(messages, spectron.Message{Content: fmt.Sprintf(s.ended, person, value)})
				if m.now[key] == value {
					delete(m.now, key)
				}
			case random.IntN(8) == 0: // statements of other roles do not count
				messages = append(messages, spectron.Message{Content: fmt.Sprintf(s.said, person, value), Role: spectron.RoleAssistant})
			default:
				messages = append(messages, spectron.Message{Content: fmt.Sprintf(s.said, person, value)})
				m.now[key] = value
			}
		}
		session := ""
		if len(sessions) > 0 && random.IntN(2) == 0 {
			session = sessions[random.IntN(len(sessions))]
		}
		r, err := c.Memory().RememberMany(context.Background(), spectron.RememberManyRequest{
			Messages: messages, SessionID: session, Scopes: spectron.Scopes{{scope}},
		})
		require.NoError(t, err)
		sessions = append(sessions, r.SessionID)
		m.history = append(m.history, cloned(m.now))
		if step%6 == 5 {
			check(t, c, m.now, people, time.Time{}, fmt.Sprintf("after step %d", step))
			past := random.IntN(step + 1)
			check(t, c, m.history[past], people, at(past).Add(time.Minute), fmt.Sprintf("after step %d, as of step %d", step, past))
		}
		if t.Failed() {
			t.Logf("the last step said %+v in %s", messages, scope)
			return
		}
	}
}

func cloned(m map[slot]string) map[slot]string {
	out := make(map[slot]string, len(m))
	for k, v := range m {
		out[k] = v
	}
	return out
}

// check asks for every slot, through lenses on one scope and below another.
func check(t *testing.T, c *spectron.Context, want map[slot]string, people []string, asOf time.Time, when string) {
	t.Helper()
	for lens, seen := range map[string][]string{
		"": {"org/acme", "org/acme/user/bob", "org/other"}, "org/acme": {"org/acme"}, "org/other": {"org/other"},
		"org/acme/user/bob": {"org/acme", "org/acme/user/bob"}, "org": {},
	} {
		for _, person := range people {
			for _, s := range statements {
				req := spectron.RecallRequest{Query: fmt.Sprintf(s.question, person), AsOf: asOf, Kinds: []spectron.Kind{spectron.KindAttribute, spectron.KindRelation}, K: 50}
				if lens != "" {
					req.Lens = spectron.Scopes{{lens}}
				}
				var values, got []string
				for _, scope := range seen {
					if v := want[slot{scope, person, s.key}]; v != "" {
						values = append(values, v)
					}
				}
				r := recall(t, c, req)
				for _, h := range r.Hits {
					if h.Fact.Key == s.key && h.Fact.Entity.Name == person {
						got = append(got, h.Fact.Value)
					}
				}
				slices.Sort(values)
				slices.Sort(got)
				if !slices.Equal(got, values) {
					t.Errorf("%s, %s through %q: %v, want %v (tier %s)", when, req.Query, lens, got, values, r.Tier)
				}
				// A role that was told before the employer changed is not certain any more, so that it only leads the hits.
				if len(values) > 0 && r.Tier != spectron.TierDirect && s.key != "role" {
					t.Errorf("%s, %s through %q: tier %s (%s)", when, req.Query, lens, r.Tier, r.Trace.Reason)
				}
			}
		}
	}
}
