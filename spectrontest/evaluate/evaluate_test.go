package evaluate_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tmc/langchaingo/embeddings"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
	"github.com/spectron-go/spectron/spectrontest/evaluate"
)

var data = flag.String("data", "", "folder with a data set, which TestData measures (see the package documentation); a relative path counts from the top of the module")

// engine is compiled once for all tests.
var engine = sync.OnceValues(func() (*spectron.Engine, error) { return spectron.LoadEngine(context.Background(), nil) })

// options are those of a store in memory.
func options(t *testing.T, e embeddings.Embedder) *spectron.Options {
	shared, err := engine()
	require.NoError(t, err)
	return &spectron.Options{Engine: shared, Embedder: e}
}

// embedders are what the table is printed with.
var embedders = []struct {
	name string
	new  func() embeddings.Embedder
}{
	{"built-in embedder", func() embeddings.Embedder { return nil }},
	{"embedder that knows synonyms", func() embeddings.Embedder { return &spectrontest.SynonymEmbedder{} }},
}

func TestCorpus(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	set := evaluate.Corpus()
	if !testsize.Long() { // one of each manner, from both halves
		all := set.Conversations
		set.Conversations = []evaluate.Conversation{all[0], all[7], all[9]}
	}
	for _, why := range measure(t, set) {
		t.Error(why)
	}
}

func TestData(t *testing.T) {
	t.Parallel()
	if *data == "" {
		t.Skip("no -data")
	}
	dir := *data
	if !filepath.IsAbs(dir) {
		dir = filepath.Join("..", "..", dir) // go test runs tests in the folder of their package
	}
	set, err := evaluate.Load(os.DirFS(dir))
	require.NoError(t, err, dir)
	for _, why := range measure(t, set) {
		t.Log(why)
	}
}

// measure prints the table of a data set, and says in what the default is not above its legs.
func measure(t *testing.T, set *evaluate.Set) (short []string) {
	for _, e := range embedders {
		report, err := evaluate.Run(t.Context(), set, &evaluate.Options{Spectron: options(t, e.new())})
		require.NoError(t, err)
		var table strings.Builder
		require.NoError(t, report.WriteTable(&table))
		t.Logf("%s: %d turns remembered in %v, %d questions asked %d times in %v\n%s", e.name, set.Turns(), report.Ingest.Round(time.Millisecond),
			set.Questions(), len(report.Results), report.Ask.Round(time.Millisecond), table.String())
		for _, r := range report.Results {
			if len(r.Outcomes) != set.Questions() {
				t.Errorf("%s has %d outcomes of %d questions", r.Config, len(r.Outcomes), set.Questions())
			}
		}
		for _, why := range below(report, evaluate.ConfigDefault, evaluate.ConfigBM25, evaluate.ConfigVector) {
			short = append(short, e.name+": "+why)
		}
		for _, half := range []evaluate.Half{evaluate.Tune, evaluate.Held} {
			one, turns := figures(report, evaluate.ConfigSession, half), figures(report, evaluate.ConfigDefault, half)
			if one.Sessions < turns.Sessions || one.SessionNDCG < turns.SessionNDCG {
				short = append(short, fmt.Sprintf("%s: %s: one hit a session finds %.3f of the sessions, in an order of %.3f; turns find %.3f and %.3f",
					e.name, half, one.Sessions, one.SessionNDCG, turns.Sessions, turns.SessionNDCG))
			}
		}
	}
	return short
}

// figures are those of a half with one configuration.
func figures(r *evaluate.Report, config string, half evaluate.Half) evaluate.Figures {
	for _, res := range r.Results {
		if res.Config == config {
			return evaluate.Mean(res.Outcomes, func(o *evaluate.Outcome) bool { return o.Half == half })
		}
	}
	return evaluate.Figures{}
}

// below says in what a configuration is not above its legs: for each half it has to have the better NDCG, and to find at least as
// much.
func below(r *evaluate.Report, config string, legs ...string) (why []string) {
	for _, half := range []evaluate.Half{evaluate.Tune, evaluate.Held} {
		f := figures(r, config, half)
		for _, leg := range legs {
			l := figures(r, leg, half)
			if l.Questions == 0 {
				continue
			}
			if f.NDCG <= l.NDCG {
				why = append(why, fmt.Sprintf("%s: NDCG %.3f of %s is not above %.3f of %s", half, f.NDCG, config, l.NDCG, leg))
			}
			if f.Recall < l.Recall {
				why = append(why, fmt.Sprintf("%s: recall %.3f of %s is below %.3f of %s", half, f.Recall, config, l.Recall, leg))
			}
		}
	}
	return why
}

func TestBelow(t *testing.T) {
	t.Parallel()
	result := func(config string, tuneRecall, tuneNDCG, heldRecall, heldNDCG float64) evaluate.Result {
		return evaluate.Result{Config: config, Outcomes: []evaluate.Outcome{
			{Question: "1", Half: evaluate.Tune, Recall: tuneRecall, NDCG: tuneNDCG},
			{Question: "2", Half: evaluate.Held, Recall: heldRecall, NDCG: heldNDCG},
		}}
	}
	for _, c := range []struct {
		name string
		leg  evaluate.Result
		want string
	}{
		{"above", result("leg", .7, .5, .6, .4), ""},
		{"as much, in a better order", result("leg", .8, .5, .7, .4), ""},
		{"no better order", result("leg", .7, .5, .7, .5), "held: NDCG 0.500 of default is not above 0.500 of leg"},
		{"less of one half", result("leg", .9, .5, .7, .4), "tune: recall 0.800 of default is below 0.900 of leg"},
		{"both", result("leg", .9, .7, .1, .1), "tune: NDCG 0.600 of default is not above 0.700 of leg; tune: recall 0.800 of default is below 0.900 of leg"},
	} {
		r := &evaluate.Report{Results: []evaluate.Result{result("default", .8, .6, .7, .5), c.leg}}
		if got := strings.Join(below(r, "default", "leg"), "; "); got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}

// pets is a small data set of which every figure is known.
func pets() *evaluate.Set {
	at := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	turn := func(id, speaker, text string) evaluate.Turn {
		at = at.Add(time.Minute)
		return evaluate.Turn{ID: id, Speaker: speaker, SpokenAt: at, Text: text}
	}
	return &evaluate.Set{Conversations: []evaluate.Conversation{{
		ID: "pets", Manner: evaluate.MannerChat, TimeZone: "Asia/Tokyo",
		Sessions: []evaluate.Session{
			{ID: "s1", Scope: "org/a", Turns: []evaluate.Turn{turn("t1", "Ana", "The spaniel ate the doormat"), turn("t2", "Ben", "Mine prefers shoes")}},
			{ID: "s2", Scope: "org/b", Turns: []evaluate.Turn{turn("t3", "Ana", "The parrot escaped through the chimney"), turn("t4", "Ben", "We painted the chimney")}},
		},
		Questions: []evaluate.Question{
			{ID: "q1", Kind: evaluate.KindFact, Text: "doormat", Evidence: []evaluate.Group{{"t1"}}},
			{ID: "q2", Kind: evaluate.KindFact, Text: "parrot doormat", Evidence: []evaluate.Group{{"t1"}, {"t3"}}, Half: evaluate.Held},
			{ID: "q3", Kind: evaluate.KindFact, Text: "chimney parrot", Session: "s1", Evidence: []evaluate.Group{{"t3"}}},
			{ID: "q4", Kind: evaluate.KindFact, Text: "chimney", Scope: "org/b", Evidence: []evaluate.Group{{"t3", "t4"}}},
			{ID: "q5", Kind: evaluate.KindUnanswerable, Text: "submarine", Unanswerable: true},
			{ID: "q6", Kind: evaluate.KindFact, Text: "shoes", AskedAt: at.Add(-time.Hour), Evidence: []evaluate.Group{{"t1"}}},
		},
	}}}
}

func TestRun(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	given := spectrontest.Open(t)
	for name, o := range map[string]*evaluate.Options{
		"a store of its own":            {},
		"a store that the caller gives": {Store: given},
		"facts are read as well":        {Infer: spectron.InferFull, Spectron: options(t, nil)},
	} {
		o.Configs = []evaluate.Config{
			{Name: "words", Edit: func(r *spectron.RecallRequest) { r.Mode = spectron.ModeBM25 }},
			{Name: "one hit of words", Edit: func(r *spectron.RecallRequest) { r.Mode, r.K = spectron.ModeBM25, 1 }},
		}
		report, err := evaluate.Run(t.Context(), pets(), o)
		require.NoError(t, err)
		require.Len(t, report.Results, 2)
		got := map[string]evaluate.Outcome{}
		for _, o := range report.Results[0].Outcomes {
			got[o.Question] = o
		}
		for _, c := range []struct {
			id             string
			recall         float64
			hits, sessions float64
			confident      bool
			half           evaluate.Half
		}{
			{"q1", 1, 1, 1, true, evaluate.Tune},
			{"q2", 1, 2, 1, true, evaluate.Held},
			{"q3", 0, 0, 0, false, evaluate.Tune}, // another session is searched
			{"q4", 1, 2, 1, true, evaluate.Tune},
			{"q5", 0, 0, 0, false, evaluate.Tune},
			{"q6", 0, 1, 1, true, evaluate.Tune}, // the other turn of the session is found
		} {
			o := got[c.id]
			if o.Recall != c.recall || float64(o.Hits) != c.hits || o.Sessions != c.sessions || o.Confident != c.confident || o.Half != c.half || (o.Tokens > 0) != c.confident {
				t.Errorf("%s: %s: %+v", name, c.id, o)
			}
		}
		wins, losses := evaluate.Paired(report.Results[1].Outcomes, report.Results[0].Outcomes, nil)
		if wins != 0 || losses != 1 {
			t.Errorf("%s: one hit alone has %d wins and %d losses, not 0 and 1", name, wins, losses)
		}
	}
	page, err := given.ListContexts(t.Context(), spectron.PageRequest{Limit: 10})
	require.NoError(t, err)
	if len(page.Items) != 0 {
		t.Errorf("it left %d Contexts behind", len(page.Items))
	}
}

func TestRunRefuses(t *testing.T) {
	t.Parallel()
	none := pets()
	none.Conversations[0].Sessions = nil
	for _, c := range []struct {
		name, field string
		set         *evaluate.Set
		opts        evaluate.Options
	}{
		{"a set without turns", "pets.sessions", none, evaluate.Options{}},
		{"two stores", "Options.Store", pets(), evaluate.Options{Store: spectrontest.Open(t), Spectron: &spectron.Options{}}},
		{"a configuration twice", "Options.Configs", pets(), evaluate.Options{Configs: []evaluate.Config{{Name: "a"}, {Name: "a"}}}},
		{"a configuration without a name", "Options.Configs", pets(), evaluate.Options{Configs: []evaluate.Config{{}}}},
		{"too many hits", "K", pets(), evaluate.Options{K: 1000, Spectron: options(t, nil)}},
	} {
		_, err := evaluate.Run(t.Context(), c.set, &c.opts)
		if !errors.Is(err, &spectron.Error{Code: spectron.CodeInvalid, Field: c.field}) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := evaluate.Run(ctx, pets(), &evaluate.Options{Spectron: options(t, nil)}); !errors.Is(err, context.Canceled) {
		t.Errorf("its context has ended: %v", err)
	}
}

func TestWriteTable(t *testing.T) {
	t.Parallel()
	report, err := evaluate.Run(t.Context(), pets(), &evaluate.Options{Spectron: options(t, nil), Configs: []evaluate.Config{{Name: "words", Edit: func(r *spectron.RecallRequest) { r.Mode = spectron.ModeBM25 }}}})
	require.NoError(t, err)
	var out strings.Builder
	require.NoError(t, report.WriteTable(&out))
	rows := map[string][]string{}
	for l := range strings.SplitSeq(out.String(), "\n") {
		if f := strings.Fields(l); len(f) > 0 {
			rows[strings.Join(f[:len(f)-11], " ")] = f[len(f)-10:]
		}
	}
	// n, recall, NDCG, sessions, their NDCG, tokens, wins, losses, confident, mistaken
	for name, want := range map[string]string{
		"all":          "6 0.600 0.600 0.800 0.800 9 0 0 0.800 0.000",
		"tune":         "5 0.500 0.500 0.750 0.750 7 0 0 0.750 0.000",
		"held chat":    "1 1.000 1.000 1.000 1.000 17 0 0 1.000 -",
		"unanswerable": "1 - - - - 0 0 0 - 0.000",
	} {
		if got := strings.Join(rows[name], " "); got != want {
			t.Errorf("%s: %s, not %s\n%s", name, got, want, out.String())
		}
	}
}
