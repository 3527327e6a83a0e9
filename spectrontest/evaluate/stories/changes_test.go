package stories_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest"
)

// changeFloors has the highest shares that TestChanges allows over all languages. The goals for "tune" are 0 stale and 0.05 lost, those for
// "held" 0.02 and 0.10. In "held" changes are told as indirectly as people do, so that words and signs of change find three in five.
var changeFloors = map[string]struct{ stale, sure, lost, doubted float64 }{
	"tune": {0.055, 0.062, 0.123, 0.034},
	"held": {0.400, 0.560, 0.097, 0.066},
}

// changeCase is a fact, what was said after it, and a question; testdata/changes/README.md describes it.
type changeCase struct {
	Lang     string   `json:"lang"`
	Fact     string   `json:"fact"`
	Then     []string `json:"then"`
	Question string   `json:"question"`
	Stale    string   `json:"stale"`
	Answer   string   `json:"answer"`
}

// changeOutcome is the result of a case: whether the graph answered with the old value before and after the change, whether the old value
// was a live fact before, and whether it is a live fact without doubt afterwards.
type changeOutcome struct{ before, after, known, sure bool }

// changeTally counts the results of changes, or of statements that change nothing.
type changeTally struct{ cases, before, after, lost, known, sure, shaken int }

func (t *changeTally) add(o changeOutcome) {
	t.cases++
	for n, counts := range map[*int]bool{
		&t.before: o.before, &t.after: o.after, &t.lost: o.before && !o.after, &t.known: o.known, &t.sure: o.sure, &t.shaken: o.known && !o.sure,
	} {
		if counts {
			*n++
		}
	}
}

// TestChanges tells of changes, mostly in words that no rule understands, and makes statements that change nothing. The graph alone must
// not answer with a fact that may have changed, and must still answer with the other facts.
func TestChanges(t *testing.T) {
	eachSet(t, func(t *testing.T, set string) {
		cases := readChanges(t, set)
		cases = cases[:testsize.Of(len(cases))]
		outcomes := make([]changeOutcome, len(cases))
		const part = 60 // number of cases that share a store
		eachPart(t, (len(cases)+part-1)/part, strconv.Itoa, func(t *testing.T, p int) {
			store := spectrontest.Context(t)
			for i := p * part; i < min((p+1)*part, len(cases)); i++ {
				outcomes[i] = tellChange(t, store, cases[i], spectron.Scopes{{fmt.Sprintf("case/%d", i)}})
			}
		})
		changes, harmless := map[string]*changeTally{"all": {}}, map[string]*changeTally{"all": {}}
		for i, c := range cases {
			tallies, o := harmless, outcomes[i]
			failed := o.before && !o.after || o.known && !o.sure
			if c.Stale != "" {
				tallies, failed = changes, o.after || o.sure
			}
			for _, lang := range []string{c.Lang, "all"} {
				if tallies[lang] == nil {
					tallies[lang] = &changeTally{}
				}
				tallies[lang].add(o)
			}
			if failed && set != "held" {
				t.Logf("%s %+v %q: %q", c.Lang, o, c.Fact, c.Then)
			}
		}
		if !testsize.Full() {
			return // some of the cases give no reliable shares
		}
		t.Log(changeTable(changes, harmless))
		floor, changed, kept := changeFloors[set], changes["all"], harmless["all"]
		for _, c := range []struct {
			what          string
			share, allows float64
		}{
			{"of the changes leave a stale answer of the graph", share(changed.after, changed.cases), floor.stale},
			{"of the changes leave a fact without a doubt", share(changed.sure, changed.cases), floor.sure},
			{"of the harmless messages cost an answer of the graph", share(kept.lost, kept.before), floor.lost},
			{"of the harmless messages put a fact in doubt", share(kept.shaken, kept.known), floor.doubted},
		} {
			if c.share > c.allows {
				t.Errorf("%.3f %s; at most %.3f may", c.share, c.what, c.allows)
			}
		}
	}, "tune", "held")
}

func changeTable(changes, harmless map[string]*changeTally) string {
	rows := []string{"lang\tchanges\tanswered before\tknown\tstale\tsure\tharmless\tanswered before\tknown\tlost\tdoubted"}
	for _, lang := range slices.Sorted(maps.Keys(changes)) {
		c, h := changes[lang], harmless[lang]
		rows = append(rows, fmt.Sprintf("%s\t%d\t%d\t%d\t%d %.3f\t%d %.3f\t%d\t%d\t%d\t%d %.3f\t%d %.3f", lang, c.cases, c.before, c.known, c.after, share(c.after, c.cases), c.sure, share(c.sure, c.cases),
			h.cases, h.before, h.known, h.lost, share(h.lost, h.before), h.shaken, share(h.shaken, h.known)))
	}
	return table(rows...)
}

// tellChange tells a case in one session, over months, and asks before and after the change.
func tellChange(t *testing.T, store *spectron.Context, c changeCase, scopes spectron.Scopes) (out changeOutcome) {
	at, session := spectrontest.Epoch, ""
	tell := func(text string) {
		at = at.AddDate(0, 1, 0)
		r, err := store.Memory().Remember(t.Context(), spectron.RememberRequest{Text: text, SessionID: session, Scopes: scopes, SpokenAt: at})
		require.NoError(t, err, text)
		session = r.SessionID
	}
	has := func(text string) bool {
		return strings.Contains(strings.ToLower(text), strings.ToLower(c.Stale+c.Answer))
	}
	ask := func() (direct, known, sure bool) {
		res, err := store.Memory().Recall(t.Context(), spectron.RecallRequest{Query: c.Question, Lens: scopes})
		require.NoError(t, err, c.Question)
		if res.Tier == spectron.TierDirect && len(res.Hits) > 0 {
			first := res.Hits[0]
			direct = has(first.Text) && (first.Fact != nil || first.Text == c.Fact)
		}
		for fact, err := range store.Facts().All(t.Context(), spectron.FactQuery{Lens: scopes, Live: true}) {
			require.NoError(t, err, c.Fact)
			known = known || has(fact.Value)
			sure = sure || has(fact.Value) && fact.Doubt == ""
		}
		return direct, known, sure
	}
	tell(c.Fact)
	out.before, out.known, _ = ask()
	for _, text := range c.Then {
		tell(text)
	}
	out.after, _, out.sure = ask()
	return out
}

// readChanges reads a set of cases. It refuses a case that expects nothing or both results.
func readChanges(t *testing.T, set string) []changeCase {
	t.Helper()
	out := readLines[changeCase](t, "changes", set)
	for _, c := range out {
		require.NotEmpty(t, c.Then, c.Fact)
		require.True(t, (c.Stale == "") != (c.Answer == ""), c.Fact)
		require.Contains(t, strings.ToLower(c.Fact), strings.ToLower(c.Stale+c.Answer))
	}
	return out
}
