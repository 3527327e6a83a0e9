package spectron_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// dialogue has the statements of one user from Thursday 1 January 2026 on. The test checks what is known at the end.
var dialogue = []spectron.Message{
	{Content: "Hi! My name is Alice Novak and I'm a nurse at Mercy Hospital.", At: day(1, 1)},
	{Role: "assistant", Content: "Nice to meet you, Alice! I live in the cloud and I work at Initech. Never trust a robot."},
	{Content: "I live in Leeds with my husband Mark.", At: day(1, 2)},
	{Content: "My sister Anna works at Globex as a designer and reports to Dave Miller."},
	{Content: "I love hiking but I can't stand coffee."},
	{Content: "I used to play the piano."},
	{Content: "Always answer in short sentences.", At: day(1, 3)},
	{Content: "Maybe I'll move to Rome some day."},
	{Content: "Do you think I should work at Initech?"},
	{Content: "If I lived in Paris I would speak French."},
	{Content: "My boss said \"I live in Tokyo\"."},
	{Content: "I don't work at Initrode."},
	{Role: "tool", Content: "{\"user\": \"I live in Kyoto\"} I work at Umbrella."},
	{Role: "system", Content: "The user's name is Mallory. I work at Umbrella."},
	{Content: "Anna was promoted to art director yesterday.", At: day(2, 10)},
	{Content: "I moved to York last week.", At: day(3, 2)},
	{Content: "I no longer work at Mercy Hospital. I joined Hooli on Monday.", At: day(3, 5)},
	{Content: "My email is alice@example.com and my favourite colour is green."},
	{Content: "Actually, my favourite colour is blue."},
	{Content: "Never use emojis."},
	{Content: "Bob from accounting thinks Anna lives in Oslo."},
	{Content: "Alice Springs is a town in Australia."},
	{Content: "I am allergic to peanuts."},
	{Content: "I live in York."},
	{Content: "My son Tom is 7 years old."},
}

// everything has words such that each fact of the dialogue, and each fact that it must not give, contains one of them.
const everything = `Alice Novak Anna Mark Tom Dave Miller Mallory Bob user boss French emojis sentences robot
	Rome Paris Tokyo Kyoto Oslo Leeds Initech Initrode Umbrella Springs Australia`

var dialogueFacts = []string{
	"Alice Novak dislikes coffee",
	"Alice Novak is allergic to peanuts",
	"Alice Novak likes hiking",
	"Alice Novak lives in York",
	"Alice Novak works at Hooli",
	"Alice Novak's email is alice@example.com",
	"Alice Novak's favourite colour is blue",
	"Alice Novak's role is nurse", // nobody said that it ended, so there is an uncertainty about it
	"Alice Novak's sister is Anna",
	"Alice Novak's son is Tom",
	"Alice Novak's spouse is Mark",
	"Always answer in short sentences",
	"Anna reports to Dave Miller",
	"Anna works at Globex",
	"Anna's role is art director",
	"Never use emojis",
	"The user's name is Alice Novak",
	"Tom's age is 7",
}

func converse(tb testing.TB, c *spectron.Context, infer spectron.Infer) *spectron.RememberedMany {
	tb.Helper()
	r, err := c.Memory().RememberMany(context.Background(), spectron.RememberManyRequest{Messages: dialogue, Infer: infer})
	require.NoError(tb, err)
	return r
}

// oneByOne remembers the dialogue with one call per message.
func oneByOne(tb testing.TB, c *spectron.Context) []spectron.Extraction {
	tb.Helper()
	session, err := c.Sessions().Create(context.Background(), spectron.SessionSpec{})
	require.NoError(tb, err)
	var out []spectron.Extraction
	at := day(1, 1)
	for _, m := range dialogue {
		if !m.At.IsZero() {
			at = m.At
		}
		r := remember(tb, c, spectron.RememberRequest{Text: m.Content, Role: m.Role, SpokenAt: at, SessionID: session.ID})
		out = append(out, *r.Extraction)
	}
	return out
}

func TestConversation(t *testing.T) {
	t.Parallel()
	for name, talk := range map[string]func(testing.TB, *spectron.Context) []spectron.Extraction{
		"in one call": func(tb testing.TB, c *spectron.Context) []spectron.Extraction { return converse(tb, c, "").Extractions },
		"one by one":  oneByOne,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := spectrontest.Context(t, nil)
			extractions := talk(t, c)
			same(t, known(t, c, everything, time.Time{}), dialogueFacts)
			for i, m := range dialogue {
				x := extractions[i]
				if m.Role != "" && len(x.Attributes)+len(x.Relations)+len(x.Instructions)+len(x.Closed)+len(x.Corrections) > 0 {
					t.Errorf("%q of the %s was read: %+v", m.Content, m.Role, x)
				}
			}
			var corrections []string
			for _, x := range extractions {
				for _, k := range x.Corrections {
					corrections = append(corrections, fmt.Sprintf("%s %s: %s, not %s", k.EntityID, k.Key, k.NewValue, k.OldValue))
				}
			}
			same(t, corrections, []string{
				"entity:person/anna role: art director, not designer",
				"entity:person/alice-novak lives_in: York, not Leeds",
				"entity:person/alice-novak works_at: Hooli, not Mercy Hospital",
				"entity:person/alice-novak favourite_colour: blue, not green",
			})
			if again := extractions[23]; len(again.Reinforced) != 1 || len(again.Relations) > 0 {
				t.Errorf("said again: %+v", again)
			}
			if u := extractions[16].Uncertainties; len(u) != 1 || !strings.Contains(u[0].Reason, "nurse") {
				t.Errorf("what became of the role: %+v", u)
			}
			for _, tc := range []struct{ question, key, want string }{
				{"Where do I live?", "lives_in", "York"},
				{"Where does Alice Novak live?", "lives_in", "York"},
				{"Where do I work?", "works_at", "Hooli"},
				{"What is my name?", "name", "Alice Novak"},
				{"What is my favourite colour?", "favourite_colour", "blue"},
				{"What is Anna's role?", "role", "art director"},
				{"Where does Anna work?", "works_at", "Globex"},
				{"What am I allergic to?", "allergic_to", "peanuts"},
				{"Who is my husband?", "spouse", "Mark"},
				{"How old is Tom?", "age", "7"},
			} {
				r := ask(t, c, tc.question)
				if got := answer(r, tc.key); r.Tier != spectron.TierDirect || !slices.Equal(got, []string{tc.want}) {
					t.Errorf("%s %v, tier %s", tc.question, got, r.Tier)
				}
			}
			// A value that was true is kept with the time of its end.
			past := recall(t, c, spectron.RecallRequest{Query: "Where does Alice Novak live?", AsOf: day(2, 1)})
			if got := answer(past, "lives_in"); !slices.Equal(got, []string{"Leeds"}) {
				t.Errorf("in February Alice lives in %v", got)
			}
			same(t, known(t, c, everything, day(1, 2)), []string{
				"Alice Novak dislikes coffee", "Alice Novak likes hiking", "Alice Novak lives in Leeds", "Alice Novak works at Mercy Hospital",
				"Alice Novak's role is nurse", "Alice Novak's sister is Anna", "Alice Novak's spouse is Mark", "Anna reports to Dave Miller",
				"Anna works at Globex", "Anna's role is designer", "The user's name is Alice Novak",
			})
			same(t, known(t, c, everything, day(1, 1).Add(-time.Second)), nil)
		})
	}
}

func TestInferNone(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	const text = "  My name is Alice.\r\n\tI work at Acme — always answer in French.\n\n  "
	for range 2 { // unchanged, and as often as it is said
		r := remember(t, c, spectron.RememberRequest{Text: text, Infer: spectron.InferNone})
		if r.Extraction != nil || r.TraceID != "" || r.Preview || r.TurnID == "" || len(r.ChunkIDs) != 1 || r.Infer != spectron.InferNone {
			t.Errorf("%+v", r)
		}
		if got := turns(t, c, r.SessionID); len(got) != 1 || got[0].Content != text || got[0].ID != r.TurnID {
			t.Errorf("stored %+v", got)
		}
		session, err := c.Sessions().Get(context.Background(), r.SessionID)
		require.NoError(t, err)
		if session.Speaker != "" {
			t.Errorf("read who speaks: %+v", session)
		}
	}
	same(t, known(t, c, "Alice Acme user French", time.Time{}), nil)
	same(t, said(recall(t, c, spectron.RecallRequest{Query: "French", IncludeDuplicates: true})), []string{text, text})
	r := ask(t, c, "French")
	if len(r.Hits) != 1 || len(r.Hits[0].Duplicates) != 1 {
		t.Errorf("duplicates: %+v", r.Hits)
	}
}

// anonymous removes the ids from extractions.
func anonymous(extractions []spectron.Extraction) string {
	out := slices.Clone(extractions)
	for i := range out {
		x := &out[i]
		x.TurnID = ""
		x.Attributes, x.Relations, x.Instructions = slices.Clone(x.Attributes), slices.Clone(x.Relations), slices.Clone(x.Instructions)
		for j := range x.Attributes {
			x.Attributes[j].ID = ""
		}
		for j := range x.Relations {
			x.Relations[j].ID = ""
		}
		for j := range x.Instructions {
			x.Instructions[j].ID = ""
		}
		for j := range x.Uncertainties {
			u := &x.Uncertainties[j]
			u.ID, u.FactIDs = "", make([]string, len(u.FactIDs))
		}
		x.Reinforced, x.Closed = make([]string, len(x.Reinforced)), make([]string, len(x.Closed))
	}
	return fmt.Sprintf("%+v", out)
}

func TestPreview(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	preview := converse(t, f.context, spectron.InferPreview)
	if !preview.Preview || preview.TraceID != "" {
		t.Errorf("%+v", preview)
	}
	isError(t, second(f.context.Sessions().Get(context.Background(), preview.SessionID)), spectron.ErrNotFound, "SessionID")
	f.unchanged(t)
	one := remember(t, f.context, spectron.RememberRequest{
		Text: "My name is " + marker + " and I work at Acme.", Infer: spectron.InferPreview, SessionID: f.session,
	})
	if !one.Preview || one.TraceID != "" || one.SessionID != f.session || len(one.Extraction.Relations) != 1 {
		t.Errorf("%+v", one)
	}
	f.unchanged(t)

	full := converse(t, f.context, spectron.InferFull)
	if full.Preview || full.TraceID == "" || len(full.TurnIDs) != len(dialogue) || len(full.TurnIDs) != len(preview.TurnIDs) {
		t.Errorf("%+v", full)
	}
	if got, want := anonymous(full.Extractions), anonymous(preview.Extractions); got != want {
		t.Errorf("full stored\n%s\nwhat preview showed was\n%s", got, want)
	}
	got := known(t, f.context, everything, time.Time{})
	same(t, got, slices.Sorted(slices.Values(append(slices.Clone(dialogueFacts), "Alice works at Acme"))))
}

func TestTriples(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	alice, acme := spectron.EntityRef{Type: "Human", Name: "Alice"}, spectron.EntityRef{Type: "company", Name: "Acme"}
	triples := []spectron.Triple{
		{Entity: alice, Key: "Job Title", Value: "CTO", Category: spectron.CategoryIdentity},
		{Entity: alice, Key: "employer", Target: acme},
		{Entity: alice, Key: "likes", Target: spectron.EntityRef{Name: "jazz"}},
		{Entity: spectron.EntityRef{Type: "spaceship", Name: "Nostromo"}, Key: "crew", Value: "7"},
		{Entity: alice, Key: "motto", Value: "  Πάντα ῥεῖ 🌊  "},
	}
	r := remember(t, c, spectron.RememberRequest{Infer: spectron.InferTriples, Triples: triples, ObservedAt: day(1, 5)})
	if r.TurnID != "" || len(r.ChunkIDs) > 0 || r.TraceID == "" || r.Extraction == nil {
		t.Errorf("%+v", r)
	}
	if got := turns(t, c, r.SessionID); len(got) > 0 {
		t.Errorf("nobody said %+v", got)
	}
	want := []string{"Alice likes jazz", "Alice works at Acme", "Alice's motto is Πάντα ῥεῖ 🌊", "Alice's role is CTO", "Nostromo's crew is 7"}
	same(t, known(t, c, "Alice Nostromo", time.Time{}), want)
	same(t, known(t, c, "Alice Nostromo", day(1, 4)), nil)
	for _, h := range facts(t, c, spectron.RecallRequest{Query: "Alice Nostromo"}) {
		if h.Source.Kind != "upsert" || h.Source.TurnID != "" || h.Source.Quote != "" || h.Source.Trust != 1 || h.Fact.Confidence != 1 || !h.Fact.KnownFrom.Equal(day(1, 5)) {
			t.Errorf("%s: %+v %+v", h.Text, h.Source, h.Fact)
		}
		category := spectron.CategoryKnowledge
		if h.Fact.Key == "role" {
			category = spectron.CategoryIdentity
		}
		if h.Fact.Category != category {
			t.Errorf("%s is %s", h.Text, h.Fact.Category)
		}
	}
	// A repeated triple adds nothing. A repeated triple with a text stores the text.
	again := remember(t, c, spectron.RememberRequest{
		Infer: spectron.InferTriples, Triples: triples, Text: "From the staff list: my name is Bob.", Category: spectron.CategoryKnowledge, SpokenAt: day(1, 6),
	})
	if x := again.Extraction; len(x.Attributes)+len(x.Relations) > 0 || len(x.Reinforced) != len(triples) || again.TurnID == "" {
		t.Errorf("%+v", again)
	}
	same(t, known(t, c, "Alice Nostromo Bob user", time.Time{}), want)
	same(t, said(ask(t, c, "staff list")), []string{"From the staff list: my name is Bob."})
	// Another value supersedes the old one.
	remember(t, c, spectron.RememberRequest{Infer: spectron.InferTriples, ObservedAt: day(2, 1), Triples: []spectron.Triple{
		{Entity: spectron.EntityRef{Type: "person", Name: "ALICE"}, Key: "role", Value: "CEO"},
	}})
	if got := answer(ask(t, c, "What is Alice's role?"), "role"); !slices.Equal(got, []string{"CEO"}) {
		t.Errorf("role %v", got)
	}
	if got := answer(recall(t, c, spectron.RecallRequest{Query: "What is Alice's role?", AsOf: day(1, 20)}), "role"); !slices.Equal(got, []string{"CTO"}) {
		t.Errorf("role in January %v", got)
	}
}

func TestRememberManyIsOneWrite(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	r := converse(t, c, "")
	if len(r.TurnIDs) != len(dialogue) || len(r.Extractions) != len(dialogue) || r.Infer != spectron.InferFull {
		t.Fatalf("%d turns, %d extractions, %s", len(r.TurnIDs), len(r.Extractions), r.Infer)
	}
	got := turns(t, c, r.SessionID)
	at := day(1, 1)
	for i, m := range dialogue {
		if !m.At.IsZero() {
			at = m.At
		}
		if turn := got[i]; turn.ID != r.TurnIDs[i] || turn.Seq != i || turn.Content != m.Content || !turn.SpokenAt.Equal(at) || r.Extractions[i].TurnID != turn.ID {
			t.Errorf("turn %d: %+v", i, turn)
		}
	}
	none := converse(t, c, spectron.InferNone)
	if len(none.Extractions) != 0 || none.TraceID != "" || len(none.TurnIDs) != len(dialogue) {
		t.Errorf("%+v", none)
	}
}

// TestRememberManyFailsWhole checks that a batch with an error stores nothing: neither the session nor the turns before the faulty one.
func TestRememberManyFailsWhole(t *testing.T) {
	t.Parallel()
	down := errors.New("the model is down")
	embedder := &failing{Embedder: &spectrontest.Embedder{}, on: "poison", err: down}
	f := newFixture(t, &spectron.Options{Embedder: embedder})
	messages := []spectron.Message{{Content: "I live in " + marker + "."}, {Content: "poison"}, {Content: "I work at " + marker + "."}}
	_, err := f.context.Memory().RememberMany(context.Background(), spectron.RememberManyRequest{Messages: messages, SessionID: f.session})
	isError(t, err, spectron.ErrModel, "Options.Embedder")
	if !errors.Is(err, down) {
		t.Errorf("%v hides its cause", err)
	}
	f.unchanged(t)
}

func TestLargeBatch(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	n := testsize.Of(2000)
	messages := make([]spectron.Message, n)
	for i := range messages {
		messages[i].Content = fmt.Sprintf("Note %s: the sample was weighed.", code(i))
		if i%100 == 50 {
			messages[i].Content = fmt.Sprintf("Anna Person%s works at Firm%s.", code(i), code(i))
		}
	}
	r, err := c.Memory().RememberMany(context.Background(), spectron.RememberManyRequest{Messages: messages})
	require.NoError(t, err)
	got := turns(t, c, r.SessionID)
	require.Len(t, got, n)
	for i, turn := range got {
		if turn.Seq != i || turn.Content != messages[i].Content {
			t.Fatalf("turn %d: %+v", i, turn)
		}
	}
	for i := 0; i < n; i += 37 {
		if i%100 == 50 {
			continue
		}
		r := recall(t, c, spectron.RecallRequest{Query: code(i), Mode: spectron.ModeBM25, IncludeDuplicates: true})
		same(t, said(r), []string{messages[i].Content})
	}
	for i := 50; i < n; i += 400 {
		if got := answer(ask(t, c, "Where does Anna Person"+code(i)+" work?"), "works_at"); !slices.Equal(got, []string{"Firm" + code(i)}) {
			t.Errorf("%s works at %v", code(i), got)
		}
	}
}

// code spells a number in letters, as one word that shares no part with the word of another number.
func code(i int) string {
	var b strings.Builder
	for _, d := range fmt.Sprintf("%05d", i) {
		b.WriteByte("bdfgklmprt"[d-'0'])
		b.WriteByte('a')
	}
	return b.String()
}

// TestDeterminism checks that two runs with the same clock and ids give the same results, including ids and scores.
func TestDeterminism(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	run := func() []any {
		clock := spectrontest.NewClock()
		c := spectrontest.Context(t, &spectron.Options{Clock: clock.Now, NewID: spectrontest.IDs(), Embedder: &spectrontest.Embedder{}})
		out := []any{*converse(t, c, ""), oneByOne(t, c)}
		clock.Advance(36 * time.Hour)
		for _, q := range []string{"Where do I live?", "hiking and coffee", "Anna", "what did Alice say about emojis", "nothing of the kind"} {
			r := ask(t, c, q)
			repeatable(r)
			out = append(out, *r)
		}
		return out
	}
	one, two := run(), run()
	for i := range one {
		if !reflect.DeepEqual(one[i], two[i]) {
			t.Errorf("part %d differs:\n%+v\n%+v", i, one[i], two[i])
		}
	}
}

// TestRequestsAreNotKept checks that requests are not changed or kept, so that their caller may change them afterwards.
func TestRequestsAreNotKept(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	scopes, labels := spectron.Scopes{{"b", "a"}, {"/c/"}}, []string{"z=1", "a=1"}
	triples := []spectron.Triple{{Entity: spectron.EntityRef{Type: "company", Name: "Acme"}, Key: "Job", Value: "making"}}
	remember(t, c, spectron.RememberRequest{Text: "Acme again", Infer: spectron.InferTriples, Triples: triples, Scopes: scopes, Labels: labels})
	if scopes[0][0] != "b" || scopes[1][0] != "/c/" || labels[0] != "z=1" || triples[0].Entity.Type != "company" || triples[0].Key != "Job" {
		t.Errorf("changed: %v %v %v", scopes, labels, triples)
	}
	scopes[0][0], scopes[1][0], labels[0], labels[1], triples[0].Value = "x", "x", "x=1", "x=1", "x"
	r := recall(t, c, spectron.RecallRequest{Query: "Acme making", Lens: spectron.Scopes{{"c"}}, Labels: []string{"a=1", "z=1"}, IncludeWeak: true, IncludeDuplicates: true})
	if len(r.Hits) != 2 {
		t.Errorf("%+v", r.Hits)
	}
}

// TestLongFacts checks that a very long text is stored, but that no fact of that length is extracted.
func TestLongFacts(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	c := spectrontest.Context(t, nil)
	long := strings.Repeat("Ab", 35_000)
	for _, format := range []string{
		"I like %s.", "My name is %s.", "I'm a %s.", "My favourite colour is %s.", "%s works at Acme.", "My email is %s@example.com.",
		"I no longer work at %s.", "Always answer in %s.", "From now on, answer with \"%s\".", "My sister %s lives in Oslo.",
	} {
		text := fmt.Sprintf(format, long)
		r := tell(t, c, text)
		if got := turns(t, c, r.SessionID); len(got) != 1 || got[0].Content != text {
			t.Errorf("%s: not stored word for word", format)
		}
		if x := r.Extraction; len(x.Attributes)+len(x.Relations)+len(x.Instructions) > 0 {
			t.Errorf("%s: read as a fact", format)
		}
	}
	if got := known(t, c, "user Acme sister Oslo", time.Time{}); len(got) > 0 {
		t.Errorf("%d facts", len(got))
	}
	same(t, answer(ask(t, c, "What is my name?"), "name"), nil)
}
