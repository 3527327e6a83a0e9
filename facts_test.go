package spectron_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

func TestSupersession(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	cities := []string{"Oslo", "Rome", "Lima", "Oslo", "Cairo"} // a value that was superseded returns
	for i, city := range cities {
		for again := range 3 {
			x := remember(t, c, spectron.RememberRequest{Text: "Bob lives in " + city + ".", SpokenAt: day(time.Month(i+1), 1+again)}).Extraction
			switch {
			case again == 0 && (len(x.Relations) != 1 || len(x.Reinforced) != 0),
				again > 0 && (len(x.Relations) != 0 || len(x.Reinforced) != 1 || len(x.Closed) != 0),
				again == 0 && i > 0 && (len(x.Closed) != 1 || len(x.Corrections) != 1 || x.Corrections[0].OldValue != cities[i-1]):
				t.Errorf("%s, time %d: %+v", city, again+1, x)
			}
		}
	}
	var chain []spectron.Hit
	for i, city := range cities {
		for _, query := range []string{"Where does Bob live?", "Bob"} {
			r := recall(t, c, spectron.RecallRequest{Query: query, AsOf: day(time.Month(i+1), 15), Kinds: []spectron.Kind{spectron.KindRelation}})
			if len(r.Hits) != 1 || r.Hits[0].Fact.Value != city {
				t.Fatalf("%s in month %d: %+v", query, i+1, r.Hits)
			}
			if query == "Bob" {
				chain = append(chain, r.Hits[0])
			}
		}
	}
	whole := map[string]*spectron.Fact{}
	for _, h := range facts(t, c, spectron.RecallRequest{Query: "Where does Bob live?", IncludeClosed: true}) {
		whole[h.ID] = h.Fact
	}
	for i, h := range chain {
		if f := h.Fact; !f.KnownUntil.IsZero() || !f.ValidUntil.IsZero() || !f.RetiredAt.IsZero() || f.SupersededBy != "" {
			t.Errorf("month %d knows of later ones: %+v", i+1, f)
		}
		f := whole[h.ID]
		if f == nil {
			t.Fatalf("%s is not among those that ended", h.ID)
		}
		last := i == len(chain)-1
		switch {
		case !f.KnownFrom.Equal(day(time.Month(i+1), 1)),
			last != f.KnownUntil.IsZero(), last != f.ValidUntil.IsZero(), last != f.RetiredAt.IsZero(),
			!last && !f.ValidUntil.Equal(day(time.Month(i+2), 1)), !last && !f.KnownUntil.Equal(day(time.Month(i+2), 1)),
			i > 0 && f.Supersedes != chain[i-1].ID, i == 0 && f.Supersedes != "",
			!last && f.SupersededBy != chain[i+1].ID, last && f.SupersededBy != "":
			t.Errorf("link %d: %s %+v", i, h.ID, f)
		}
	}
	if got := answer(ask(t, c, "Where does Bob live?"), "lives_in"); !slices.Equal(got, []string{"Cairo"}) {
		t.Errorf("now %v", got)
	}
}

// TestValuesOfSymbols checks that values that differ only in symbols, such as emoji, are different values.
func TestValuesOfSymbols(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	for i, v := range []string{"C", "C++", "C#", "50%", "50", "$50"} {
		remember(t, c, spectron.RememberRequest{Infer: spectron.InferTriples, ObservedAt: day(1, i+1), Triples: []spectron.Triple{
			{Entity: spectron.EntityRef{Type: "project", Name: "Apollo"}, Key: "grade", Value: v},
		}})
		if got := answer(ask(t, c, "What is Apollo's grade?"), "grade"); !slices.Equal(got, []string{v}) {
			t.Errorf("%s: %v", v, got)
		}
	}
}

func TestEndings(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		said []string
		gone string // hit that must be missing in February
	}{
		{[]string{"I work at Acme.", "I no longer work at Acme."}, "The user works at Acme"},
		{[]string{"I work at Acme.", "I used to work at Acme."}, "The user works at Acme"},
		{[]string{"I work at Acme.", "I quit my job at Acme."}, "The user works at Acme"},
		{[]string{"I like coffee.", "I don't like coffee anymore."}, "The user likes coffee"},
		{[]string{"I like coffee.", "I hate coffee."}, "The user likes coffee"},
		{[]string{"I'm vegan.", "I'm no longer vegan."}, "The user's diet is vegan"},
		{[]string{"I live in Rome.", "I moved to Oslo."}, "The user lives in Rome"},
	} {
		t.Run(strings.Join(tc.said, " "), func(t *testing.T) {
			t.Parallel()
			c := spectrontest.Context(t, nil)
			var closed []string
			for i, s := range tc.said {
				closed = remember(t, c, spectron.RememberRequest{Text: s, SpokenAt: day(time.Month(i+1), 10)}).Extraction.Closed
			}
			if before := known(t, c, "user", day(1, 20)); !slices.Equal(before, []string{tc.gone}) {
				t.Errorf("in January: %v", before)
			}
			if after := known(t, c, "user", time.Time{}); slices.Contains(after, tc.gone) || len(closed) != 1 {
				t.Errorf("in February: %v, closed %v", after, closed)
			}
			for _, h := range facts(t, c, spectron.RecallRequest{Query: "user", AsOf: day(1, 20)}) {
				if f := h.Fact; !f.KnownUntil.IsZero() || !f.ValidUntil.IsZero() || f.SupersededBy != "" || !f.RetiredAt.IsZero() {
					t.Errorf("January knows what February brings: %+v", f)
				}
			}
			for _, h := range facts(t, c, spectron.RecallRequest{Query: "user", IncludeClosed: true}) {
				if h.Text != tc.gone {
					continue
				}
				if f := h.Fact; !f.KnownUntil.Equal(day(2, 10)) || f.ValidUntil.IsZero() || f.ValidUntil.After(day(2, 10)) {
					t.Errorf("%s ended at %v, known until %v", h.Text, f.ValidUntil, f.KnownUntil)
				}
			}
		})
	}
}

func TestInstructions(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	tell(t, c, "Always answer in German.")
	if x := tell(t, c, "ALWAYS answer in German!").Extraction; len(x.Instructions) > 0 || len(x.Reinforced) != 1 {
		t.Errorf("said again: %+v", x)
	}
	tell(t, c, "From now on, never use emojis.")
	tell(t, c, "I always drink coffee in the morning and I never sleep.")
	got := recall(t, c, spectron.RecallRequest{Query: "always never answer German emojis coffee sleep", Kinds: []spectron.Kind{spectron.KindInstruction}})
	if len(got.Hits) != 2 {
		t.Errorf("%+v", got.Hits)
	}
	for _, h := range got.Hits {
		if h.Fact != nil || h.Source.Quote == "" || h.Source.Role != spectron.RoleUser || h.OccurredAt.IsZero() {
			t.Errorf("%+v", h)
		}
	}
}

func TestSpeaker(t *testing.T) {
	t.Parallel()
	t.Run("given", func(t *testing.T) {
		t.Parallel()
		c := spectrontest.Context(t, nil)
		r := remember(t, c, spectron.RememberRequest{Text: "I live in Oslo.", Speaker: " Bob "})
		remember(t, c, spectron.RememberRequest{Text: "I work at Acme.", SessionID: r.SessionID}) // the name is known now, so the fact becomes one of Alice
		remember(t, c, spectron.RememberRequest{Text: "I live in Rome.", SessionID: r.SessionID, Speaker: "Carol"})
		same(t, known(t, c, "Bob Carol user", time.Time{}), []string{"Bob lives in Oslo", "Bob works at Acme", "Carol lives in Rome"})
	})
	t.Run("named later", func(t *testing.T) {
		t.Parallel()
		c := spectrontest.Context(t, nil)
		tell(t, c, "I live in Oslo.")
		tell(t, c, "My name is Alice.")
		same(t, known(t, c, "Alice user", time.Time{}), []string{"Alice lives in Oslo", "The user's name is Alice"})
		tell(t, c, "I work at Acme.") // another session; she is the only speaker in the scopes
		same(t, known(t, c, "Alice user", time.Time{}), []string{"Alice lives in Oslo", "Alice works at Acme", "The user's name is Alice"})
	})
	t.Run("one of several", func(t *testing.T) {
		t.Parallel()
		c := spectrontest.Context(t, nil)
		alice, bob := tell(t, c, "My name is Alice.").SessionID, tell(t, c, "My name is Bob.").SessionID
		x := tell(t, c, "I work at Acme. Carol works at Globex.").Extraction
		if len(x.Uncertainties) != 1 {
			t.Errorf("who works at Acme: %+v", x)
		}
		remember(t, c, spectron.RememberRequest{Text: "I live in Rome.", SessionID: alice})
		remember(t, c, spectron.RememberRequest{Text: "I live in Oslo.", SessionID: bob})
		same(t, known(t, c, "Alice Bob Carol user", time.Time{}), []string{
			"Alice lives in Rome", "Bob lives in Oslo", "Carol works at Globex", "The user's name is Alice", "The user's name is Bob",
		})
	})
	t.Run("per message", func(t *testing.T) {
		t.Parallel()
		c := spectrontest.Context(t, nil)
		_, err := c.Memory().RememberMany(context.Background(), spectron.RememberManyRequest{Messages: []spectron.Message{
			{Content: "I live in Rome.", Speaker: "Alice"}, {Content: "I live in Oslo.", Speaker: "Bob"}, {Content: "I work at Acme.", Speaker: "Alice"},
		}})
		require.NoError(t, err)
		same(t, known(t, c, "Alice Bob user", time.Time{}), []string{"Alice lives in Rome", "Alice works at Acme", "Bob lives in Oslo"})
	})
}

func TestScopes(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	for path, city := range map[string]string{"/": "Rome", "org/acme": "Oslo", "org/acme/user/bob": "Lima", "org/other": "Cairo"} {
		remember(t, c, spectron.RememberRequest{Text: "Bob lives in " + city + ".", Scopes: spectron.Scopes{{path}}})
	}
	remember(t, c, spectron.RememberRequest{Text: "Bob lives in Quito.", Scopes: spectron.Scopes{{"team/a", "team/b"}}})
	remember(t, c, spectron.RememberRequest{Text: "Bob lives in Perth.", Scopes: spectron.Scopes{{"team/c"}, {"team/d"}}})
	for _, tc := range []struct {
		lens spectron.Scopes
		want []string
	}{
		{nil, []string{"Cairo", "Lima", "Oslo", "Perth", "Quito", "Rome"}},
		{spectron.Scopes{{"/"}}, []string{"Rome"}},
		{spectron.Scopes{{"org"}}, []string{"Rome"}},
		{spectron.Scopes{{"org/acme"}}, []string{"Oslo", "Rome"}},
		{spectron.Scopes{{"org/acmeX"}}, []string{"Rome"}},
		{spectron.Scopes{{"org/acme/user/bob/device/1"}}, []string{"Lima", "Oslo", "Rome"}},
		{spectron.Scopes{{"org/acme"}, {"org/other"}}, []string{"Cairo", "Oslo", "Rome"}},
		{spectron.Scopes{{"team/a"}}, []string{"Quito", "Rome"}},
		{spectron.Scopes{{"team/a", "team/b"}}, []string{"Quito", "Rome"}},
		{spectron.Scopes{{"team/c"}}, []string{"Perth", "Rome"}},
		{spectron.Scopes{{"team/c", "team/d"}}, []string{"Rome"}},
		{spectron.Scopes{{"nowhere"}}, []string{"Rome"}},
	} {
		for _, query := range []string{"Where does Bob live?", "Bob lives in"} {
			r := recall(t, c, spectron.RecallRequest{Query: query, Lens: tc.lens, K: 50})
			if got := answer(r, "lives_in"); !slices.Equal(got, tc.want) {
				t.Errorf("%s through %v: %v, want %v", query, tc.lens, got, tc.want)
			}
			for _, text := range said(r) {
				if city := strings.TrimSuffix(strings.TrimPrefix(text, "Bob lives in "), "."); !slices.Contains(tc.want, city) {
					t.Errorf("%s through %v: %q", query, tc.lens, text)
				}
			}
		}
	}
	// Values supersede only within their own scope set.
	x := remember(t, c, spectron.RememberRequest{Text: "Bob lives in Tunis.", Scopes: spectron.Scopes{{"org/acme"}}}).Extraction
	if len(x.Corrections) != 1 || x.Corrections[0].OldValue != "Oslo" {
		t.Errorf("%+v", x)
	}
	if got := answer(ask(t, c, "Where does Bob live?"), "lives_in"); !slices.Equal(got, []string{"Cairo", "Lima", "Perth", "Quito", "Rome", "Tunis"}) {
		t.Errorf("%v", got)
	}
	// Entities outside of a lens are unknown.
	remember(t, c, spectron.RememberRequest{Text: "Zelda works at Nintendo.", Scopes: spectron.Scopes{{"secret"}}})
	if r := recall(t, c, spectron.RecallRequest{Query: "Where does Zelda work?", Lens: spectron.Scopes{{"org"}}}); len(r.Seeds) > 0 {
		t.Errorf("%+v", r.Seeds)
	}
}

// TestCarryingOverMeetsWhatIsThere checks that earlier statements about "I" become facts of a name that becomes known, and are reconciled
// with the facts of that name.
func TestCarryingOverMeetsWhatIsThere(t *testing.T) {
	t.Parallel()
	person := func(name string) spectron.EntityRef { return spectron.EntityRef{Type: "person", Name: name} }
	for name, tc := range map[string]struct {
		before []string
		triple spectron.Triple
		name   string
		query  string
		want   []string
	}{
		"the same relation": {
			[]string{"My name is Alice.", "Bob is my brother."},
			spectron.Triple{Entity: person("Alice Smith"), Key: "brother", Target: person("Bob")},
			"My name is Alice Smith.", "Who is Alice Smith's brother?", []string{"Bob"},
		},
		"another value": {
			[]string{"I live in Oslo."},
			spectron.Triple{Entity: person("Alice"), Key: "lives_in", Target: spectron.EntityRef{Type: "location", Name: "Rome"}},
			"My name is Alice.", "Where does Alice live?", []string{"Rome"}, // the operator's triple
		},
		"an unknown thing": {
			[]string{"Bob works at Initech."},
			spectron.Triple{Entity: person("Bob"), Key: "knows", Target: spectron.EntityRef{Name: "Zed"}},
			"Zed Foster is my brother.", "Where does Bob work?", []string{"Initech"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := spectrontest.Context(t, nil)
			for i, s := range tc.before {
				remember(t, c, spectron.RememberRequest{Text: s, SpokenAt: day(1, i+1)})
			}
			remember(t, c, spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{tc.triple}, ObservedAt: day(1, 10)})
			for i := range 2 {
				remember(t, c, spectron.RememberRequest{Text: tc.name, SpokenAt: day(1, 20+i)})
			}
			var got []string
			for _, h := range facts(t, c, spectron.RecallRequest{Query: tc.query}) {
				if !slices.Contains(got, h.Fact.Value) {
					got = append(got, h.Fact.Value)
				}
			}
			if len(got) == 0 || got[0] != tc.want[0] {
				t.Errorf("%s: %v, want %v first", tc.query, got, tc.want)
			}
		})
	}
}

func TestInstructionSaidPolitely(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t)
	tell(t, c, "Always answer in German.")
	if x := tell(t, c, "Please always answer in German.").Extraction; len(x.Instructions) > 0 || len(x.Reinforced) != 1 {
		t.Errorf("%+v", x)
	}
	if x := tell(t, c, "Please never answer in German.").Extraction; len(x.Instructions) != 1 || len(x.Closed) != 1 {
		t.Errorf("%+v", x)
	}
}

// TestManyOfOneFirstName tells hundreds of people with the same first name apart, whether they are mentioned in one conversation or in
// several: a full name refers to its bearer, and a first name to nobody.
func TestManyOfOneFirstName(t *testing.T) {
	t.Parallel()
	const many = 150
	m := spectrontest.Context(t).Memory()
	var talk []spectron.Message
	for i := range many {
		talk = append(talk, spectron.Message{Content: fmt.Sprintf("Anna X%s lives in Paris.", letters(i))})
	}
	first := "Anna X" + letters(0)
	talk = append(talk, spectron.Message{Content: first + " works at Globex."}, spectron.Message{Content: "Anna works at Initech."})
	told, err := m.RememberMany(t.Context(), spectron.RememberManyRequest{Messages: talk})
	require.NoError(t, err)
	last := told.Extractions[many:]
	full, err := m.Remember(t.Context(), spectron.RememberRequest{Text: first + " works at Hooli."})
	require.NoError(t, err)
	bare, err := m.Remember(t.Context(), spectron.RememberRequest{Text: "Anna works at Initech."})
	require.NoError(t, err)
	for name, x := range map[string]spectron.Extraction{"in the conversation": last[0], "later": *full.Extraction} {
		if len(x.Relations) != 1 || x.Relations[0].Subject != "entity:person/anna-x"+letters(0) {
			t.Errorf("the full name, %s: %+v", name, x)
		}
	}
	for name, x := range map[string]spectron.Extraction{"in the conversation": last[1], "later": *bare.Extraction} {
		if len(x.Relations) != 0 || len(x.Uncertainties) == 0 {
			t.Errorf("the first name, %s: %+v", name, x)
		}
	}
}
