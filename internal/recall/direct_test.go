package recall_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

var (
	may  = time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)
	june = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	july = time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
)

func person(name string) record.EntityRef {
	return record.EntityRef{Type: record.TypePerson, Name: name}
}

func place(name string) record.EntityRef {
	return record.EntityRef{Type: record.TypeLocation, Name: name}
}

// family returns a view in which Nora speaks. She has a sister and a colleague called Anna, and she moved in June.
func family(t *testing.T) *recall.View {
	t.Helper()
	nora, weber, schmidt, tom := person("Nora"), person("Anna Weber"), person("Anna Schmidt"), person("Tom")
	facts := []record.Fact{
		{Kind: record.KindAttribute, Entity: record.UserEntity, Key: "name", Value: "Nora"},
		{Entity: nora, Key: "sister", Object: weber},
		{Entity: nora, Key: "colleague", Object: schmidt},
		{Entity: nora, Key: "colleague", Object: tom},
		{Entity: nora, Key: "manager", Object: tom},
		{Entity: tom, Key: "sister", Object: person("Eva")},
		{Entity: nora, Key: "lives_in", Object: place("Hamburg"), Valid: record.Interval{Until: june}, Known: record.Interval{Until: june}, RetiredAt: june},
		{Entity: nora, Key: "lives_in", Object: place("Lisbon"), Known: record.Interval{From: june}},
		{Kind: record.KindAttribute, Entity: nora, Key: "diet", Value: "vegan", Valid: record.Interval{Until: june}, Known: record.Interval{Until: july}, RetiredAt: july},
		{Kind: record.KindAttribute, Entity: nora, Key: "status", Value: "on leave", Valid: record.Interval{From: may, Until: june}},
		{Entity: weber, Key: "lives_in", Object: place("Freiburg")},
		{Entity: schmidt, Key: "lives_in", Object: place("Berlin")},
		{Entity: person("Eva"), Key: "lives_in", Object: place("Turin")},
		{Entity: weber, Key: "allergic_to", Object: record.EntityRef{Type: record.TypeTopic, Name: "walnuts"}},
		{Kind: record.KindAttribute, Entity: tom, Key: "role", Value: "director"},
	}
	return viewOf(t, facts)
}

// viewOf returns a view of some facts. By default they are relations, believed since May, in the root scope.
func viewOf(t *testing.T, facts []record.Fact) *recall.View {
	t.Helper()
	var w store.Write
	for i := range facts {
		f := &facts[i]
		f.ID, f.Scopes, f.Confidence = fmt.Sprintf("fact:%02d", i), record.ScopeSet{{"/"}}, 1
		if f.Kind == "" {
			f.Kind, f.Value = record.KindRelation, f.Object.Name
		}
		if f.Known.From.IsZero() {
			f.Known.From = may
		}
		for _, e := range []record.EntityRef{f.Entity, f.Object} {
			if e.Name != "" && !slices.ContainsFunc(w.Entities, func(have record.Entity) bool { return have.EntityRef == e }) {
				w.Entities = append(w.Entities, record.Entity{ID: "appearance:" + e.Key(), EntityRef: e, Scopes: f.Scopes})
			}
		}
	}
	w.Create = facts
	embedder, err := index.NewLexicalEmbedder(0)
	require.NoError(t, err)
	require.NoError(t, recall.EmbedWrite(t.Context(), &w, embedder.EmbedDocuments))
	view := recall.NewView()
	require.NoError(t, view.Apply(w))
	return view
}

// ask recalls like the root package for a question that names no mode.
func ask(t *testing.T, v *recall.View, text string, filter index.Filter) recall.Result {
	t.Helper()
	embedder, err := index.NewLexicalEmbedder(0)
	require.NoError(t, err)
	embed := func() ([]float32, error) { return embedder.EmbedQuery(context.Background(), text) }
	found, err := v.Recall(context.Background(), recall.Query{Text: text, Embed: embed, Any: true, Filter: filter, Now: july})
	require.NoError(t, err)
	return found
}

func TestDirectAnswersQuestionsAboutRelatives(t *testing.T) {
	t.Parallel()
	view := family(t)
	for _, tt := range []struct{ question, want string }{
		{"Where do I live?", "Nora lives in Lisbon"},
		{"Where does Anna Weber live?", "Anna Weber lives in Freiburg"},
		{"Where does my sister live?", "Anna Weber lives in Freiburg"},
		{"Where does my sister Anna live?", "Anna Weber lives in Freiburg"},
		{"Where does my sister Anna Weber live now?", "Anna Weber lives in Freiburg"},
		{"Where does my colleague Anna live?", "Anna Schmidt lives in Berlin"},
		{"Which city does Nora's sister live in?", "Anna Weber lives in Freiburg"},
		{"Where does Tom's sister live?", "Eva lives in Turin"},
		{"What is my sister allergic to?", "Anna Weber is allergic to walnuts"},
		{"What is my boss's role?", "Tom's role is director"},
		{"Who is my sister?", "Nora's sister is Anna Weber"},
		{"Do I live in Lisbon?", "Nora lives in Lisbon"},
		{"Do I still live in Hamburg?", "Nora lives in Lisbon"},
		{"Does Anna Weber live in Berlin?", "Anna Weber lives in Freiburg"},
	} {
		got := ask(t, view, tt.question, index.Filter{})
		if got.Tier != recall.Direct || len(got.Hits) != 1 || got.Hits[0].Text != tt.want {
			t.Errorf("%s: %s %s, want direct [%s]", tt.question, got.Tier, texts(got), tt.want)
		}
	}
}

func TestDirectLeavesDoubtToSearch(t *testing.T) {
	t.Parallel()
	view := family(t)
	for _, question := range []string{
		"Where does Anna live?",                       // which Anna?
		"Does Anna live in Berlin?",                   // which Anna?
		"Is Nora's flat in Lisbon based on a plan?",   // not a form
		"Where does my colleague live?",               // there are two
		"Where does my sister Tom live?",              // Tom is not a sister
		"Where does Tom's sister Anna live?",          // Anna is not Tom's sister
		"Where does Anna's sister live?",              // which Anna?
		"Where does my brother live?",                 // no brother is known
		"Where does my manager live?",                 // the manager is known, but not his address
		"Where does my sister's manager live?",        // the sister's manager is unknown
		"Where do Anna Schmidt and my sister live?",   // two people
		"Where did my sister live before she moved?",  // no form has all these words
		"What do I have in common with my colleague?", // not a form
	} {
		if got := ask(t, view, question, index.Filter{}); got.Tier == recall.Direct {
			t.Errorf("%s: answered directly with %s", question, texts(got))
		}
	}
}

func TestDirectAnswersQuestionsAboutThePast(t *testing.T) {
	t.Parallel()
	view := family(t)
	for _, tt := range []struct {
		question string
		asOf     time.Time
		want     []string
	}{
		{"Where did I live before?", time.Time{}, []string{"Nora lives in Hamburg"}}, // it does not ask for the present value
		{"Where did I live?", time.Time{}, []string{"Nora lives in Hamburg", "Nora lives in Lisbon"}},
		{"Where did I live before Lisbon?", time.Time{}, []string{"Nora lives in Hamburg"}},
		{"Where did Anna Weber live?", time.Time{}, []string{"Anna Weber lives in Freiburg"}},
		{"Where do I live?", time.Time{}, []string{"Nora lives in Lisbon"}},
	} {
		got := ask(t, view, tt.question, index.Filter{AsOf: tt.asOf})
		var have []string
		for _, h := range got.Hits {
			have = append(have, h.Text)
		}
		if got.Tier != recall.Direct || !slices.Equal(have, tt.want) {
			t.Errorf("%s: %s %q, want %q", tt.question, got.Tier, have, tt.want)
		}
	}
	// At that time nothing had ended yet.
	if got := ask(t, view, "Where did I live before?", index.Filter{AsOf: may.AddDate(0, 0, 1)}); got.Tier == recall.Direct {
		t.Errorf("answered directly with %s", texts(got))
	}
}

func TestDirectKeepsToK(t *testing.T) {
	t.Parallel()
	view := family(t)
	got, err := view.Recall(context.Background(), recall.Query{Text: "Where did I live?", Any: true, K: 1, Now: july})
	require.NoError(t, err)
	if got.Tier != recall.Direct || len(got.Hits) != 1 {
		t.Errorf("%s, %d hits", got.Tier, len(got.Hits))
	}
}

func TestDirectAnswersAsOfATime(t *testing.T) {
	t.Parallel()
	view := family(t)
	for _, tt := range []struct {
		name, question string
		filter         index.Filter
		want           string // "": no direct answer
	}{
		{"now", "Where do I live?", index.Filter{}, "Nora lives in Lisbon"},
		{"before the move", "Where do I live?", index.Filter{AsOf: may.AddDate(0, 0, 7)}, "Nora lives in Hamburg"},
		{"after the move", "Where do I live?", index.Filter{AsOf: june.AddDate(0, 0, 7)}, "Nora lives in Lisbon"},
		{"after an end that became known later", "What is my diet?", index.Filter{AsOf: june.AddDate(0, 0, 7)}, "Nora's diet is vegan"},
		{"after an end that was known", "What is my status?", index.Filter{AsOf: june.AddDate(0, 0, 7)}, ""},
		{"before an end that was known", "What is my status?", index.Filter{AsOf: may.AddDate(0, 0, 7)}, "Nora's status is on leave"},
		{"at a time when it held", "What is my status?", index.Filter{At: may.AddDate(0, 0, 7)}, "Nora's status is on leave"},
		{"between times when it held", "What is my status?", index.Filter{ValidFrom: may, ValidUntil: july}, "Nora's status is on leave"},
		{"until a time when it held", "What is my status?", index.Filter{ValidUntil: july}, "Nora's status is on leave"},
		{"at a time when it had ended", "What is my status?", index.Filter{At: july}, ""},
	} {
		got := ask(t, view, tt.question, tt.filter)
		if direct := got.Tier == recall.Direct; direct != (tt.want != "") || direct && (len(got.Hits) != 1 || got.Hits[0].Text != tt.want) {
			t.Errorf("%s: %s %s, want %q", tt.name, got.Tier, texts(got), tt.want)
		}
	}
}

func texts(r recall.Result) []string {
	var out []string
	for _, h := range r.Hits {
		out = append(out, h.Text)
	}
	return out
}

func TestDirectFollowsRelations(t *testing.T) {
	t.Parallel()
	view := household(t)
	for _, tt := range []struct{ question, want string }{
		{"Who is my sister's wife?", "Carmen's spouse is Eva"},
		{"What is the name of my sister's wife?", "Carmen's spouse is Eva"},
		{"Where does my sister's wife work?", "Eva works at Globex"},
		{"Where does the wife of my sister work?", "Eva works at Globex"},
		{"Where does my sister Carmen live?", "Carmen lives in Jaén"},
		{"Tell me where Carmen lives", "Carmen lives in Jaén"}, // not where Nora lives
		{"Where do we live?", "Nora lives in Lisbon"},
		{"What did I use to do for a living before Initech?", "Nora works at Acme"},
		{"What is my phone number?", "Nora's phone is 0151 5550"},
		{"What do I drive?", "Nora's car is Fiesta"},
		{"What is my job title?", "Nora's role is plumber"},
		{"Which nuts am I allergic to?", "Nora is allergic to walnuts"},
		{"Am I allergic to walnuts?", "Nora is allergic to walnuts"},
		{"Who is plumber at Initech?", "Nora's role is plumber"},
		{"Who am I married to?", "Nora's spouse is Tom"},
	} {
		got := ask(t, view, tt.question, index.Filter{})
		if got.Tier != recall.Direct || got.Hits[0].Text != tt.want {
			t.Errorf("%s: %s %s, want direct %q", tt.question, got.Tier, texts(got), tt.want)
		}
	}
	for _, question := range []string{
		"Where does my husband's wife's boss live?", // Tom has no known wife
		"Where does my wife's sister live?",         // nor a known sister
		"Who is director at Initech?",               // nobody is
		"Who works with Carmen at Globex?",          // not a form
		"Am I allergic to Hamburg?",                 // Hamburg was never a value of this key
		"Where should I live?",
		"What should I drive?",
	} {
		if got := ask(t, view, question, index.Filter{}); got.Tier == recall.Direct {
			t.Errorf("%s: answered directly with %s", question, texts(got))
		}
	}
}

func TestDirectAnswersForATimeThatTheQuestionNames(t *testing.T) {
	t.Parallel()
	view := household(t)
	for _, tt := range []struct{ question, want string }{
		{"Where did I live in May 2026?", "Nora lives in Hamburg"},
		{"Wo habe ich im Mai 2026 gewohnt?", "Nora lives in Hamburg"},
	} {
		if got := ask(t, view, tt.question, index.Filter{}); len(got.Hits) == 0 || got.Hits[0].Text != tt.want {
			t.Errorf("%s: %s, want %q first", tt.question, texts(got), tt.want)
		}
	}
}

// TestDirectSorts asks for values of one sort, and for the value before another one.
func TestDirectSorts(t *testing.T) {
	t.Parallel()
	nora := person("Nora")
	hobby := func(name string) record.Fact {
		return record.Fact{Entity: nora, Key: "hobby", Object: record.EntityRef{Type: record.TypeTopic, Name: name}, Many: true}
	}
	major := func(of, value string, known record.Interval) record.Fact {
		f := record.Fact{Kind: record.KindAttribute, Entity: person(of), Key: "major", Value: value, Known: known}
		if !known.Until.IsZero() {
			f.Valid.Until, f.RetiredAt = known.Until, known.Until
		}
		return f
	}
	view := viewOf(t, []record.Fact{
		{Kind: record.KindAttribute, Entity: record.UserEntity, Key: "name", Value: "Nora"},
		hobby("lino printing"), hobby("trail running"),
		major("Nora", "biology", record.Interval{Until: june}), major("Nora", "law", record.Interval{From: june}),
	})
	for question, want := range map[string]string{
		"Which sport do I do?":         "Nora hobby trail running",
		"What did I study before law?": "Nora's major is biology",
	} {
		if got := ask(t, view, question, index.Filter{}); got.Tier != recall.Direct || strings.Join(texts(got), ", ") != want {
			t.Errorf("%s: %s %s, want %s", question, got.Tier, texts(got), want)
		}
	}
	for _, question := range []string{"What is my surname?", "What did I study before physics?", "Where is my home key?"} {
		if got := ask(t, view, question, index.Filter{}); got.Tier == recall.Direct {
			t.Errorf("%s: %s", question, texts(got))
		}
	}
}
