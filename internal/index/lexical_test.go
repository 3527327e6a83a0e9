package index_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// model is what the lexical leg is compared with: every row is scored, then all are sorted.
type model map[string]modelRow

type modelRow struct {
	entry  index.Entry
	counts map[string]int
	length int
}

func (m model) put(e index.Entry) {
	r := modelRow{entry: e, counts: map[string]int{}}
	for _, tok := range index.Tokenise(nil, e.Text) {
		r.counts[tok]++
		r.length++
	}
	m[e.ID] = r
}

// lexical sums in the order of the factors, as the index does, so that scores are equal to the bit.
func (m model) lexical(f index.Filter, text string, pool int) []index.Found {
	var rows []modelRow
	total, df := 0, map[string]int{}
	words := distinctTokens(text)
	for _, r := range m {
		if refVisible(f, r.entry) {
			rows, total = append(rows, r), total+r.length
			for _, w := range words {
				if r.counts[w] > 0 {
					df[w]++
				}
			}
		}
	}
	n, average := float64(len(rows)), max(1, float64(total)/float64(len(rows)))
	factor := func(w string) float64 {
		return math.Log(1+(n-float64(df[w])+0.5)/(float64(df[w])+0.5)) * (index.K1 + 1)
	}
	slices.SortStableFunc(words, func(x, y string) int { return cmp.Compare(factor(y), factor(x)) })
	var out []index.Found
	for _, r := range rows {
		score := 0.0
		for _, w := range words {
			if tf := float64(r.counts[w]); tf > 0 {
				score += float64(factor(w) * (tf / (tf + index.K1*(1-index.B+index.B*float64(r.length)/average))))
			}
		}
		if score > 0 && refMatches(f, r.entry) {
			out = append(out, index.Found{ID: r.entry.ID, Score: score})
		}
	}
	slices.SortFunc(out, func(x, y index.Found) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.ID, y.ID))
	})
	return out[:min(len(out), pool)]
}

// TestLexicalLegSkipsNothingThatCounts compares the leg, which passes over most postings, with the model over
// several windows of docs: in large scope sets and hundreds of small ones, with words of all frequencies,
// long texts, many repetitions and equal scores, while rows come, go, change and move.
func TestLexicalLegSkipsNothingThatCounts(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	rng := rand.New(rand.NewPCG(9, 9))
	const ids = 9000
	word := func() string {
		const letters = "bcdfghjklmnpqrtvwxz"     // no word has another stem
		x := int(math.Exp(rng.Float64()*5.8)) - 1 // the word x is as frequent as 1/x
		return fmt.Sprintf("q%c%c", letters[x%len(letters)], letters[x/len(letters)])
	}
	text := func() string {
		n := 1 + rng.IntN(12)
		switch rng.IntN(100) {
		case 0:
			n = 200 + rng.IntN(300)
		case 1, 2, 3: // a word over and over
			return strings.Repeat(word()+" ", 1+rng.IntN(40)) + word()
		}
		words := make([]string, n)
		for i := range words {
			words[i] = word()
		}
		return strings.Join(words, " ")
	}
	entry := func(id int) index.Entry {
		e := index.Entry{
			ID: fmt.Sprintf("turn:%05d", id), Text: text(), Scopes: record.ScopeSet{{"large"}},
			Kind: []record.Kind{record.KindMemoryChunk, record.KindAttribute}[rng.IntN(2)], Known: record.Interval{From: day},
		}
		switch rng.IntN(6) {
		case 0:
			e.Scopes = record.ScopeSet{{"second"}}
		case 1:
			e.Scopes = record.ScopeSet{{fmt.Sprint("small/", rng.IntN(400))}}
		}
		if rng.IntN(8) == 0 {
			e.Known.Until = day.AddDate(0, 0, 1)
		}
		if rng.IntN(3) == 0 {
			e.ID = fmt.Sprintf("attribute:0198%04x-7e51-7000-8000-%012d", 3*id%ids, id)
		}
		return e
	}
	ix, rows := index.New(), model{}
	put := func(batch ...index.Entry) {
		require.NoError(t, ix.Put(batch...))
		for _, e := range batch {
			rows.put(e)
		}
	}
	some := func(n int) (out []index.Entry) {
		for _, r := range rows { // in any order
			if out = append(out, r.entry); len(out) == n {
				break
			}
		}
		return out
	}
	batch := make([]index.Entry, ids)
	for i := range batch {
		batch[i] = entry(i)
	}
	put(batch...)
	filters := []index.Filter{
		{},
		{Visible: func(s record.ScopeSet) bool { return s[0][0] != "large" }},
		{Visible: func(s record.ScopeSet) bool { return strings.HasSuffix(s[0][0], "7") || s[0][0] == "second" }},
		{Visible: func(s record.ScopeSet) bool { return s[0][0] == "small/7" }},
		{Kinds: []record.Kind{record.KindAttribute}},
		{AsOf: day},
	}
	for round := range 3 {
		for i := range 36 {
			words := 1 + rng.IntN(5)
			if i%12 == 0 {
				words = 200
			}
			query := make([]string, words)
			for i := range query {
				query[i] = word()
			}
			q := index.Query{Text: strings.Join(query, " "), Filter: filters[i%len(filters)], Pool: []int{1, 10, 256, 2000}[rng.IntN(4)]}
			got, _ := index.LexicalLeg(ix, q, nil)
			if want := rows.lexical(q.Filter, q.Text, q.Pool); !slices.Equal(got, want) {
				at := 0
				for at < min(len(got), len(want)) && got[at] == want[at] {
					at++
				}
				t.Fatalf("round %d, query %d, pool %d, %.50q: got %d rows, want %d; from %d on got %v, want %v", round, i, q.Pool,
					q.Text, len(got), len(want), at, got[at:min(at+2, len(got))], want[at:min(at+2, len(want))])
			}
		}
		require.NoError(t, index.CheckPostings(ix))
		var gone []string
		for _, e := range some(1500) {
			gone = append(gone, e.ID)
			delete(rows, e.ID)
		}
		require.Equal(t, len(gone), ix.Delete(gone[:1400]...)+ix.Delete(gone[1400:1450]...)+ix.Delete(gone[1450:]...))
		for _, e := range some(500) { // to another segment
			e.Known.Until = day.AddDate(0, 0, 2)
			put(e)
		}
		for _, e := range some(500) {
			e.Text = text()
			put(e)
		}
		for i := range 1000 {
			put(entry(ids*(round+1) + i))
		}
	}
}

// TestLongQueriesAreReadAsFarAsTheyCount: the work of a query is bounded by its terms, not by its words.
func TestLongQueriesAreReadAsFarAsTheyCount(t *testing.T) {
	t.Parallel()
	const most = 256 // terms of a query
	var many strings.Builder
	for i := 0; many.Len() < index.MaxQueryBytes-8; i++ {
		fmt.Fprintf(&many, "w%05d ", i)
	}
	terms, tokens := index.ReadQuery(many.String())
	if terms != most || tokens > 2*most {
		t.Errorf("of many words %d terms out of %d tokens", terms, tokens)
	}
	again := strings.Repeat("tea ", index.MaxQueryBytes/4)
	if terms, tokens = index.ReadQuery(again); terms != 1 || tokens > index.MaxTokens {
		t.Errorf("of one word %d terms out of %d tokens", terms, tokens)
	}
	functions := strings.Repeat("the of ", index.MaxQueryBytes/7)
	if terms, _ = index.ReadQuery(functions); terms != 2 {
		t.Errorf("of function words %d terms", terms)
	}
	if terms, _ = index.ReadQuery("the tea of the cat"); terms != 2 {
		t.Errorf("beside others function words count: %d terms", terms)
	}

	ix := index.New()
	require.NoError(t, ix.Put(index.Entry{ID: "a", Text: "green tea"}, index.Entry{ID: "b", Text: "w00007 tea tea"}))
	for query, same := range map[string]string{again: "tea", functions + "tea": "tea", many.String(): "w00007"} {
		got, _ := index.LexicalLeg(ix, index.Query{Text: query, Pool: 10}, nil)
		want, _ := index.LexicalLeg(ix, index.Query{Text: same, Pool: 10}, nil)
		require.NotEmpty(t, want)
		if same == "w00007" { // parts of identifiers are terms as well
			got, want = got[:1], want[:1]
			got[0].Score, want[0].Score = 0, 0
		}
		if !slices.Equal(got, want) {
			t.Errorf("%.20q: got %v, want %v", query, got, want)
		}
	}
}

// Rows with equal scores are in the order of their ids, of whatever shape, wherever the index keeps them.
func TestEqualScoresAreOrderedByID(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	var ids []string
	for i := range 3000 {
		ids = append(ids, fmt.Sprint("turn:", i), fmt.Sprintf("turn:0198%04x-7e51-7000-8000-%012d", i%50, i),
			fmt.Sprintf("memory_chunk:0198%04x-7e51-7000-8000-%012d", i%50, i), fmt.Sprint("memory", i), fmt.Sprintf("t%d:1", i))
	}
	rng.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	ix := index.New()
	for _, id := range ids {
		require.NoError(t, ix.Put(index.Entry{ID: id, Text: "green tea"}))
	}
	slices.Sort(ids)
	for _, pool := range []int{1, 10, 700, len(ids)} {
		found, _ := index.LexicalLeg(ix, index.Query{Text: "tea", Pool: pool}, nil)
		got := make([]string, len(found))
		for i, f := range found {
			got[i] = f.ID
		}
		if !slices.Equal(got, ids[:pool]) {
			t.Errorf("the best %d are not the first ids", pool)
		}
	}
}
