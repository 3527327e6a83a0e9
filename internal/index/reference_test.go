package index_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
)

// reference answers the same questions with loops over all rows and formulas written out, sharing nothing
// with the index but the tokens.
type reference map[string]index.Entry

func refVisible(f index.Filter, e index.Entry) bool {
	if f.Visible != nil && !f.Visible(e.Scopes) {
		return false
	}
	if f.AsOf.IsZero() {
		return e.Known.Until.IsZero()
	}
	return !f.AsOf.Before(e.Known.From) && (e.Known.Until.IsZero() || f.AsOf.Before(e.Known.Until))
}

func refMatches(f index.Filter, e index.Entry) bool {
	if len(f.Kinds) > 0 && !slices.Contains(f.Kinds, e.Kind) {
		return false
	}
	for _, l := range f.Labels {
		if !slices.Contains(e.Labels, l) {
			return false
		}
	}
	if f.Category != "" && e.Category != f.Category || f.Source != "" && e.Source != f.Source ||
		f.Session != "" && e.Session != f.Session || f.ExcludeSession != "" && e.Session == f.ExcludeSession ||
		slices.Contains(f.ExcludeIDs, e.ID) {
		return false
	}
	from, until := e.Valid.From, e.Valid.Until
	if !f.At.IsZero() && (f.At.Before(from) || !until.IsZero() && !f.At.Before(until)) {
		return false
	}
	if !f.ValidFrom.IsZero() && !until.IsZero() && !until.After(f.ValidFrom) {
		return false
	}
	return f.ValidUntil.IsZero() || from.IsZero() || from.Before(f.ValidUntil)
}

type refHit struct {
	id                     string
	score, bm25, cosine    float64
	lexicalRank, nearRank  int
	importance, ageInHours float64
}

// search ranks with exact double precision. terms are the tokens of the query, all of weight 1.
func (r reference) search(q index.Query, terms []string) []refHit {
	type row struct {
		entry  index.Entry
		tokens []string
	}
	var rows []row
	total := 0.0
	for _, e := range r {
		if refVisible(q.Filter, e) {
			tokens := index.Tokenise(nil, e.Text)
			rows = append(rows, row{e, tokens})
			total += float64(len(tokens))
		}
	}
	average := max(1, total/float64(len(rows)))
	attainable := 0.0
	for _, term := range terms {
		df := 0.0
		for _, row := range rows {
			if slices.Contains(row.tokens, term) {
				df++
			}
		}
		attainable += math.Log(1 + (float64(len(rows))-df+0.5)/(df+0.5))
	}
	var all []refHit
	for _, row := range rows {
		if !refMatches(q.Filter, row.entry) {
			continue
		}
		h := refHit{id: row.entry.ID, importance: row.entry.Importance, ageInHours: q.Now.Sub(row.entry.Occurred).Hours()}
		for _, term := range terms {
			df, tf := 0.0, 0.0
			for _, other := range rows {
				if slices.Contains(other.tokens, term) {
					df++
				}
			}
			for _, tok := range row.tokens {
				if tok == term {
					tf++
				}
			}
			n := float64(len(rows))
			h.bm25 += math.Log(1+(n-df+0.5)/(df+0.5)) * tf * 2.2 /
				(tf + 1.2*(1-0.75+0.75*float64(len(row.tokens))/average))
		}
		h.cosine = refCosine(q.Vector, row.entry.Vector)
		all = append(all, h)
	}
	rank := func(score func(refHit) float64, set func(*refHit, int)) {
		slices.SortFunc(all, func(a, b refHit) int {
			return cmp.Or(cmp.Compare(score(b), score(a)), cmp.Compare(a.id, b.id))
		})
		place := 0
		for i := range min(len(all), 256) {
			if score(all[i]) <= 0 {
				break
			}
			if i == 0 || score(all[i]) != score(all[i-1]) {
				place = i + 1
			}
			set(&all[i], place)
		}
	}
	legs := 0.0
	if q.Mode != index.Vector && len(terms) > 0 {
		weight := 1.0
		if best := slices.MaxFunc(append(all, refHit{}), func(a, b refHit) int { return cmp.Compare(a.bm25, b.bm25) }); best.bm25 > 0 {
			weight = min(1, best.bm25/attainable)
		}
		legs += weight
		rank(func(h refHit) float64 { return h.bm25 }, func(h *refHit, n int) { h.lexicalRank = n; h.score += weight / float64(60+n) })
	}
	if q.Mode != index.Lexical && len(q.Vector) > 0 {
		legs++
		// Single precision makes ties of what differs in the last bits only; the corpora have no such pairs.
		rank(func(h refHit) float64 { return h.cosine }, func(h *refHit, n int) { h.nearRank = n; h.score += 1 / float64(60+n) })
	}
	all = slices.DeleteFunc(all, func(h refHit) bool { return h.score == 0 })
	for i := range all {
		boost := 0.99 + 0.005*all[i].importance + 0.005*math.Pow(0.5, max(0, all[i].ageInHours)/(30*24))
		all[i].score *= 61 / legs * boost
	}
	slices.SortFunc(all, func(a, b refHit) int {
		if math.Abs(a.score-b.score) > 1e-12 {
			return cmp.Compare(b.score, a.score)
		}
		return cmp.Compare(a.id, b.id)
	})
	return all[:min(len(all), q.K)]
}

func refCosine(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range min(len(a), len(b)) {
		ab += float64(a[i]) * float64(b[i])
		aa += float64(a[i]) * float64(a[i])
		bb += float64(b[i]) * float64(b[i])
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}

var day = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

// world makes random entries and queries. Its words have three letters and no stem, so that one word is
// one token and the reference can count them.
type world struct {
	rng *rand.Rand
	dim int
}

func newWorld(seed uint64) *world { return &world{rng: rand.New(rand.NewPCG(seed, 2)), dim: 12} }

func (w *world) text(n int) string {
	var text []byte
	for range n {
		x := int(math.Abs(w.rng.NormFloat64()) * 12)
		text = append(text, fmt.Sprintf("q%c%c ", 'a'+x%20, 'k'+x/20)...)
	}
	return string(text)
}

func (w *world) moment() time.Time {
	if w.rng.IntN(3) == 0 {
		return time.Time{}
	}
	return day.AddDate(0, 0, w.rng.IntN(20))
}

func (w *world) interval() record.Interval {
	i := record.Interval{From: w.moment(), Until: w.moment()}
	if !i.Until.IsZero() && i.Until.Before(i.From) {
		i.From, i.Until = i.Until, i.From
	}
	return i
}

func (w *world) vector() []float32 {
	v := make([]float32, w.dim)
	for i := range v {
		v[i] = float32(w.rng.NormFloat64())
	}
	return v
}

func (w *world) scopes() record.ScopeSet {
	all := []string{"org/a", "org/b", "org/a/user/x", "org/c", "/"}
	set := record.ScopeSet{}
	for range 1 + w.rng.IntN(2) {
		clause := []string{}
		for range 1 + w.rng.IntN(2) {
			clause = append(clause, all[w.rng.IntN(len(all))])
		}
		set = append(set, clause)
	}
	return set
}

func (w *world) entry(id int) index.Entry {
	e := index.Entry{
		ID:         fmt.Sprintf("row:%03d", id),
		Kind:       []record.Kind{record.KindMemoryChunk, record.KindAttribute}[w.rng.IntN(2)],
		Text:       w.text(1 + w.rng.IntN(12)),
		Scopes:     w.scopes(),
		Category:   []record.Category{record.Identity, record.Context}[w.rng.IntN(2)],
		Session:    fmt.Sprintf("s%d", w.rng.IntN(3)),
		Source:     []record.SourceKind{record.FromTurn, record.FromDocument}[w.rng.IntN(2)],
		Known:      record.Interval{From: day.AddDate(0, 0, w.rng.IntN(10))},
		Valid:      w.interval(),
		Occurred:   day.AddDate(0, 0, -w.rng.IntN(90)),
		Importance: w.rng.Float64(),
	}
	if w.rng.IntN(4) == 0 {
		e.Known.Until = e.Known.From.AddDate(0, 0, 1+w.rng.IntN(5))
	}
	if w.rng.IntN(5) > 0 {
		e.Vector = w.vector()
	}
	for _, l := range []string{"red", "green"} {
		if w.rng.IntN(2) == 0 {
			e.Labels = append(e.Labels, l)
		}
	}
	return e
}

// sees is a caller who holds a random half of the paths.
func (w *world) sees() func(record.ScopeSet) bool {
	held := map[string]bool{}
	for _, p := range []string{"org/a", "org/b", "org/a/user/x", "org/c", "/"} {
		held[p] = w.rng.IntN(2) == 0
	}
	return func(set record.ScopeSet) bool {
		return slices.ContainsFunc(set, func(clause []string) bool {
			return !slices.ContainsFunc(clause, func(p string) bool { return !held[p] })
		})
	}
}

func (w *world) query() index.Query {
	q := index.Query{Text: w.text(1 + w.rng.IntN(4)), Vector: w.vector(), K: 1 + w.rng.IntN(50), Now: day, IncludeDuplicates: true,
		Mode: []index.Mode{index.Hybrid, index.Hybrid, index.Lexical, index.Vector}[w.rng.IntN(4)]}
	maybe := func(set func(f *index.Filter)) {
		if w.rng.IntN(5) == 0 {
			set(&q.Filter)
		}
	}
	if w.rng.IntN(3) > 0 {
		q.Filter.Visible = w.sees()
	}
	maybe(func(f *index.Filter) { f.Kinds = []record.Kind{record.KindAttribute} })
	maybe(func(f *index.Filter) { f.Labels = []string{"red", "green"}[:1+w.rng.IntN(2)] })
	maybe(func(f *index.Filter) { f.Category = record.Identity })
	maybe(func(f *index.Filter) { f.Source = record.FromDocument })
	maybe(func(f *index.Filter) { f.Session = "s1" })
	maybe(func(f *index.Filter) { f.ExcludeSession = "s2" })
	maybe(func(f *index.Filter) { f.ExcludeIDs = []string{"row:001", "row:002", "no such row"} })
	maybe(func(f *index.Filter) { f.AsOf = day.AddDate(0, 0, w.rng.IntN(15)) })
	maybe(func(f *index.Filter) { f.At = day.AddDate(0, 0, w.rng.IntN(20)) })
	maybe(func(f *index.Filter) { f.ValidFrom = day.AddDate(0, 0, w.rng.IntN(20)) })
	maybe(func(f *index.Filter) { f.ValidUntil = day.AddDate(0, 0, w.rng.IntN(20)) })
	return q
}

// mutate does one random thing to the index and the reference.
func (w *world) mutate(t *testing.T, ix *index.Index, ref reference) {
	t.Helper()
	id := func() int { return w.rng.IntN(200) }
	switch w.rng.IntN(6) {
	case 0: // a few deletions, some of them of nothing
		ids := []string{}
		for range 1 + w.rng.IntN(3) {
			ids = append(ids, fmt.Sprintf("row:%03d", id()))
		}
		want := 0
		for _, s := range ids {
			if _, ok := ref[s]; ok {
				want++
				delete(ref, s)
			}
		}
		require.Equal(t, want, ix.Delete(ids...))
	case 1: // many deletions
		if w.rng.IntN(8) > 0 {
			return
		}
		ids, want := []string{}, 0
		for range 80 {
			s := fmt.Sprintf("row:%03d", id())
			ids = append(ids, s)
			if _, ok := ref[s]; ok {
				want++
				delete(ref, s)
			}
		}
		require.Equal(t, want, ix.Delete(ids...))
	case 2: // the same text with everything else changed
		old, ok := ref[fmt.Sprintf("row:%03d", id())]
		if !ok {
			return
		}
		e := w.entry(0)
		e.ID, e.Text = old.ID, old.Text
		if w.rng.IntN(2) == 0 {
			e.Scopes = old.Scopes
		}
		require.NoError(t, ix.Put(e))
		ref[e.ID] = e
	default:
		batch := make([]index.Entry, 1+w.rng.IntN(8))
		for i := range batch {
			batch[i] = w.entry(id())
			ref[batch[i].ID] = batch[i]
		}
		require.NoError(t, ix.Put(batch...))
	}
}

func distinctTokens(s string) []string {
	var out []string
	for _, tok := range index.Tokenise(nil, s) {
		if !slices.Contains(out, tok) {
			out = append(out, tok)
		}
	}
	return out
}

func TestSearchEqualsReference(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w, ix, ref := newWorld(seed), index.New(), reference{}
			found := 0
			for step := range 250 {
				w.mutate(t, ix, ref)
				require.Equal(t, len(ref), ix.Len())
				if step%3 > 0 {
					continue
				}
				q := w.query()
				got, err := ix.Search(q)
				require.NoError(t, err)
				want := ref.search(q, distinctTokens(q.Text))
				require.Len(t, got, len(want), "step %d: %+v", step, q)
				for i := range want {
					g, h := got[i], want[i]
					found++
					if g.ID != h.id || g.BM25Rank != h.lexicalRank || g.VectorRank != h.nearRank ||
						math.Abs(g.Score-h.score) > 1e-6 || math.Abs(g.BM25-h.bm25) > 1e-6 && q.Mode != index.Vector ||
						math.Abs(g.Cosine-h.cosine) > 1e-6 && q.Mode != index.Lexical {
						t.Fatalf("step %d, hit %d: got %s %v bm25 %v (%d) cosine %v (%d), want %+v", step, i,
							g.ID, g.Score, g.BM25, g.BM25Rank, g.Cosine, g.VectorRank, h)
					}
				}
			}
			require.Greater(t, found, 200)
		})
	}
}

// What a caller cannot see has no influence: the answer is that of an index without those rows, to the bit.
func TestHiddenRowsHaveNoInfluence(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w, ix, ref := newWorld(100+seed), index.New(), reference{}
			found := 0
			for step := range 200 {
				w.mutate(t, ix, ref)
				if step%5 > 0 {
					continue
				}
				q := w.query()
				q.IncludeDuplicates = step%2 == 0
				bare := index.New()
				for _, e := range ref { // in random order
					if refVisible(q.Filter, e) {
						require.NoError(t, bare.Put(e))
					}
				}
				got, err := ix.Search(q)
				require.NoError(t, err)
				want, err := bare.Search(q)
				require.NoError(t, err)
				require.Equal(t, want, got)
				found += len(got)
			}
			require.Greater(t, found, 100)
		})
	}
}
