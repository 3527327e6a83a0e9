package index_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
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
	if f.Held != nil {
		return f.Held(e.ID)
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
	id                            string
	score, relevance, lexical     float64
	bm25, cosine                  float64
	words, lent, speaker, vectors float64
	rows                          []string
}

// refRow is a row with what the formulas need of it.
type refRow struct {
	index.Entry
	tokens []string
}

func (r refRow) tf(term string) (n float64) {
	for _, t := range r.tokens {
		if t == term {
			n++
		}
	}
	return n
}

// refPassage is one or more rows that take a place together.
type refPassage struct {
	rows  []refRow
	talk  bool
	lane  string
	place int // in the lane, in passages
}

func (p refPassage) tf(term string) (n float64) {
	for _, r := range p.rows {
		n += r.tf(term)
	}
	return n
}

func (p refPassage) words() (n float64) {
	for _, r := range p.rows {
		n += float64(len(r.tokens))
	}
	return n
}

func (r reference) visible(f index.Filter) (rows []refRow) {
	for _, e := range r {
		if refVisible(f, e) {
			rows = append(rows, refRow{e, index.Tokenise(nil, e.Text)})
		}
	}
	return rows
}

// passages groups rows: what one speaker types in a row, and the rest one by one. A lane is what has a session in common.
func passages(rows []refRow, q index.Query) (out []refPassage) {
	lanes := map[string][]refRow{}
	for _, r := range rows {
		if r.Turn == "" {
			out = append(out, refPassage{rows: []refRow{r}})
			continue
		}
		lanes[r.Session] = append(lanes[r.Session], r)
	}
	for key, lane := range lanes {
		slices.SortFunc(lane, func(a, b refRow) int { return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Turn, b.Turn)) })
		voice := func(r refRow) string { return string(r.Role) + "/" + r.Speaker }
		several := slices.ContainsFunc(lane, func(r refRow) bool { return voice(r) != voice(lane[0]) })
		asking := 0
		for _, r := range lane {
			if r.Asking {
				asking++
			}
		}
		follows := q.Filter.Follows == nil || q.Filter.Follows(lane[0].Session)
		talk := follows && (several || len(lane) >= 6 && asking*10 >= len(lane))
		typed := follows && several && !without(q, index.Utterances) && !lane[0].Occurred.Equal(lane[len(lane)-1].Occurred)
		n, words := 0, 0
		for i, r := range lane {
			if last := len(out) - 1; i > 0 && typed && voice(r) == voice(lane[i-1]) && r.Occurred.Sub(lane[i-1].Occurred).Abs() <= 5*time.Minute &&
				len(out[last].rows) < 8 && words+len(r.tokens) <= 60 {
				out[last].rows = append(out[last].rows, r)
				words += len(r.tokens)
				continue
			}
			out = append(out, refPassage{rows: []refRow{r}, talk: talk, lane: key, place: n})
			n, words = n+1, len(r.tokens)
		}
	}
	return out
}

func without(q index.Query, s index.Signal) bool { return slices.Contains(q.Without, s) }

func refIDF(n, df float64) float64 { return math.Log(1 + (n-df+0.5)/(df+0.5)) }

// hybrid ranks passages with exact double precision. terms are the tokens of the query, all of weight 1. Every row that matches is a
// candidate: the worlds are smaller than the pool.
func (r reference) hybrid(q index.Query, terms []string) (all []refHit) {
	rows := r.visible(q.Filter)
	n, total := float64(len(rows)), 0.0
	for _, row := range rows {
		total += float64(len(row.tokens))
	}
	idf, field, attainable, missing := map[string]float64{}, map[string]float64{}, 0.0, 0.0
	says, whole := map[string]float64{}, 0.0
	names := func(speaker, term string) bool { return slices.Contains(index.Tokenise(nil, speaker), term) }
	for _, t := range terms {
		df, spoken := 0.0, 0.0
		for _, row := range rows {
			if row.tf(t) > 0 {
				df++
			}
			if row.Turn != "" && names(row.Speaker, t) {
				spoken++
			}
		}
		idf[t] = refIDF(n, df)
		if attainable += idf[t]; df == 0 {
			missing += idf[t]
		}
		if spoken > 0 {
			field[t] = refIDF(n, min(n, df+spoken))
		}
		says[t] = refIDF(n+50, min(n, df+spoken))
		whole += says[t]
	}
	words, vectors := 1.0, 0.4
	if !q.Semantic && attainable > 0 {
		vectors *= missing / attainable
	}
	if q.Words+q.Vectors > 0 {
		words, vectors = q.Words/max(q.Words, q.Vectors), q.Vectors/max(q.Words, q.Vectors)
	}
	if len(q.Vector) == 0 {
		vectors = 0
	}
	groups := passages(rows, q)
	candidate := func(p refPassage) bool {
		return slices.ContainsFunc(p.rows, func(row refRow) bool {
			return refMatches(q.Filter, row.Entry) && (words > 0 && slices.ContainsFunc(terms, func(t string) bool { return row.tf(t) > 0 }) ||
				vectors > 0 && refCosine(q.Vector, row.Vector) > 1e-9)
		})
	}
	looked := func(p refPassage) bool {
		return candidate(p) || slices.ContainsFunc(groups, func(o refPassage) bool {
			return p.talk && !without(q, index.Neighbours) && o.lane == p.lane && max(o.place-p.place, p.place-o.place) <= 3 && candidate(o)
		})
	}
	groups = slices.DeleteFunc(slices.Clone(groups), func(p refPassage) bool { return !looked(p) })
	talkWords, talkCount := 0.0, 0.0
	for _, p := range groups {
		if p.lane != "" {
			talkWords += p.words()
			talkCount++
		}
	}
	own := func(p refPassage, t string) float64 {
		average := max(1, total/n)
		if p.lane != "" {
			average = max(1, talkWords/talkCount)
		}
		tf := p.tf(t)
		return idf[t] * tf * 1.9 / (tf + 0.9*(0.6+0.4*p.words()/average))
	}
	at := func(p refPassage, step int) (refPassage, bool) {
		i := slices.IndexFunc(groups, func(o refPassage) bool { return p.lane != "" && o.lane == p.lane && o.place == p.place+step })
		if i < 0 {
			return refPassage{}, false
		}
		return groups[i], true
	}
	roleWords, roleTurns, allWords, allTurns := map[record.Role]float64{}, map[record.Role]float64{}, 0.0, 0.0
	for _, row := range rows {
		if row.Turn != "" {
			roleWords[row.Role] += float64(len(row.tokens))
			roleTurns[row.Role]++
			allWords += float64(len(row.tokens))
			allTurns++
		}
	}
	least, most := math.Inf(1), 0.0
	ratio := func(role record.Role) float64 { return roleWords[role] / roleTurns[role] * allTurns / allWords }
	for role := range roleTurns {
		least, most = min(least, ratio(role)), max(most, ratio(role))
	}
	var lexicals, cosines []float64
	var hits []refHit
	var cover []float64
	for _, p := range groups {
		h, covered := refHit{cosine: 0}, 0.0
		first := p.rows[0]
		borrows := min(1, (40/p.words())*(40/p.words()))
		for _, t := range terms {
			w, b := own(p, t), 0.0
			if p.talk && !without(q, index.Neighbours) {
				for k := 1; ; k++ {
					o, ok := at(p, -k)
					if !ok {
						break
					}
					b = max(b, own(o, t)*0.5*math.Pow(0.7, float64(k-1)))
				}
				for k := 1; ; k++ {
					o, ok := at(p, k)
					if !ok {
						break
					}
					b = max(b, own(o, t)*0.4*math.Pow(0.7, float64(k-1)))
				}
			}
			b *= borrows
			weight := 0.0
			states := first.Kind == record.KindAttribute || first.Kind == record.KindRelation
			if f, ok := field[t]; ok && states && !p.talk && !without(q, index.Speaker) {
				w, b = 0.6*w*f/idf[t], 0
			} else if ok && p.talk && !without(q, index.Speaker) {
				w, b = w*f/idf[t], b*f/idf[t]
				if states {
					w, b = 0.6*w, 0.6*b
				}
				if names(first.Speaker, t) && 1.2*f > w {
					weight = 1.2 * f
				}
			}
			switch best := max(w, b); {
			case weight > 0:
				h.words += w
				h.lent += best - w
				h.speaker += weight - best
				covered += says[t]
			default:
				h.words += w
				h.lent += best - w
				if w > 0 {
					covered += says[t]
				} else if b > 0 {
					covered += 0.5 * borrows * says[t]
				}
			}
		}
		h.speaker = max(0, h.speaker)
		lexical := h.words + h.lent + h.speaker
		if first.Turn != "" && lexical > 0 {
			if !without(q, index.Verbosity) {
				lexical *= math.Pow(ratio(first.Role), -0.5)
			}
			if p.talk && !without(q, index.Questions) && most <= 2*least && !slices.ContainsFunc(p.rows, func(row refRow) bool { return !row.Asks }) {
				lexical *= 0.8
			}
			if !without(q, index.Dates) && slices.ContainsFunc(p.rows, func(row refRow) bool { return row.Gives&q.Seeks != 0 }) {
				lexical *= 1.3
			}
		}
		if vectors > 0 {
			none := true
			for _, row := range p.rows {
				if len(row.Vector) > 0 {
					if c := refCosine(q.Vector, row.Vector); none || c > h.cosine {
						h.cosine, none = c, false
					}
				}
			}
		}
		lexicals, cosines = append(lexicals, lexical), append(cosines, h.cosine)
		best := -1.0
		for _, row := range p.rows {
			if !refMatches(q.Filter, row.Entry) {
				continue
			}
			h.rows = append(h.rows, row.ID)
			sum := 0.0
			for _, t := range terms {
				tf := row.tf(t)
				sum += idf[t] * tf * 1.9 / (tf + 0.9*(0.6+0.4*float64(len(row.tokens))/max(1, total/n)))
			}
			if sum > best {
				best, h.id = sum, row.ID
			}
		}
		if len(p.rows) == 1 {
			h.rows = nil
		}
		hits, cover = append(hits, h), append(cover, covered/max(whole, 1e-300))
	}
	var nearest []float64
	for _, row := range rows {
		if c := refCosine(q.Vector, row.Vector); vectors > 0 && c > 1e-9 && refMatches(q.Filter, row.Entry) {
			nearest = append(nearest, c)
		}
	}
	slices.SortFunc(nearest, func(a, b float64) int { return cmp.Compare(b, a) })
	nearest = nearest[:min(len(nearest), index.DefaultPool)]
	unrelated := refUnrelated(q, nearest)
	orOne := func(x float64) float64 {
		if x < 1e-3 {
			return 1
		}
		return x
	}
	scale := 0.0
	if vectors > 0 {
		scale = vectors * orOne(refDeviation(lexicals)) / orOne(refDeviation(cosines))
	}
	for i := range hits {
		h := &hits[i]
		h.vectors = scale * (h.cosine - min(unrelated, slices.Min(append(cosines, 1))))
		if words == 0 {
			lexicals[i], h.words, h.lent, h.speaker = 0, 0, 0, 0
		}
		h.words, h.lent, h.speaker = h.words*words, h.lent*words, h.speaker*words
		h.score, h.lexical = lexicals[i]*words+h.vectors, lexicals[i]
		if h.id == "" || lexicals[i] == 0 && h.cosine <= 0 {
			continue
		}
		e := r[h.id]
		h.score *= 0.99 + 0.005*e.Importance + 0.005*math.Pow(0.5, max(0, q.Now.Sub(e.Occurred).Hours())/(30*24))
		h.relevance = max(0, min(1, max(cover[i], (h.cosine-unrelated)/max(0.1, 1-unrelated))))
		all = append(all, *h)
	}
	return all
}

// refUnrelated is the cosine that unrelated texts reach; nearest is sorted.
func refUnrelated(q index.Query, nearest []float64) float64 {
	switch {
	case !q.Semantic:
		return 0.1
	case len(nearest) >= 32:
		return nearest[16]
	}
	return 0.35
}

func refDeviation(xs []float64) float64 {
	mean, squares := 0.0, 0.0
	for _, x := range xs {
		mean += x / float64(len(xs))
		squares += x * x / float64(len(xs))
	}
	return math.Sqrt(max(0, squares-mean*mean))
}

// leg ranks row by row, by words or by vectors alone.
func (r reference) leg(q index.Query, terms []string) (all []refHit) {
	rows := r.visible(q.Filter)
	n, total := float64(len(rows)), 0.0
	for _, row := range rows {
		total += float64(len(row.tokens))
	}
	idf, says, whole := map[string]float64{}, map[string]float64{}, 0.0
	for _, t := range terms {
		df, spoken := 0.0, 0.0
		for _, row := range rows {
			if row.tf(t) > 0 {
				df++
			}
			if row.Turn != "" && slices.Contains(index.Tokenise(nil, row.Speaker), t) {
				spoken++
			}
		}
		idf[t] = refIDF(n, df)
		says[t] = refIDF(n+50, min(n, df+spoken))
		whole += says[t]
	}
	var nearest []float64
	for _, row := range rows {
		if !refMatches(q.Filter, row.Entry) {
			continue
		}
		h, covered := refHit{id: row.ID}, 0.0
		if q.Mode == index.Vector {
			h.cosine = refCosine(q.Vector, row.Vector)
			h.score = h.cosine
			if h.cosine > 1e-9 {
				nearest = append(nearest, h.cosine)
			}
		} else {
			for _, t := range terms {
				if tf := row.tf(t); tf > 0 {
					h.bm25 += idf[t] * tf * 1.9 / (tf + 0.9*(0.6+0.4*float64(len(row.tokens))/max(1, total/n)))
					covered += says[t]
				}
			}
			h.words, h.score = h.bm25, h.bm25
		}
		if h.relevance = covered / max(whole, 1e-300); h.score <= 1e-9 {
			continue
		}
		h.score *= 0.99 + 0.005*row.Importance + 0.005*math.Pow(0.5, max(0, q.Now.Sub(row.Occurred).Hours())/(30*24))
		all = append(all, h)
	}
	slices.SortFunc(nearest, func(a, b float64) int { return cmp.Compare(b, a) })
	nearest = nearest[:min(len(nearest), 4*q.K)] // with one leg
	unrelated := refUnrelated(q, nearest)
	if q.Mode == index.Vector {
		for i := range all {
			all[i].relevance = max(0, min(1, (all[i].cosine-unrelated)/max(0.1, 1-unrelated)))
		}
	}
	return all
}

// search answers a query, weak hits and all.
func (r reference) search(q index.Query, terms []string) []refHit {
	all := r.leg
	if q.Mode == index.Hybrid {
		all = r.hybrid
	}
	hits := all(q, terms)
	slices.SortFunc(hits, func(a, b refHit) int {
		if math.Abs(a.score-b.score) > 1e-12 {
			return cmp.Compare(b.score, a.score)
		}
		return cmp.Compare(a.id, b.id)
	})
	if len(hits) == 0 {
		return nil
	}
	best := hits[0]
	for i := range hits {
		if best.score > 0 {
			hits[i].score *= best.relevance / best.score
		}
	}
	// Who leads by what weighs more is never lost.
	lead := func(h refHit) float64 { return h.lexical }
	if q.Mode == index.Hybrid && q.Vectors > q.Words {
		lead = func(h refHit) float64 { return h.cosine }
	}
	leader := slices.IndexFunc(hits, func(h refHit) bool {
		return lead(h) > 0 && !slices.ContainsFunc(hits, func(o refHit) bool { return lead(o) > lead(h) })
	})
	if leader >= q.K && q.K > 1 && q.Mode == index.Hybrid {
		return append(hits[:q.K-1:q.K-1], hits[leader])
	}
	return hits[:min(len(hits), q.K)]
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
	excerpts bool // long texts have sentences that no query asks for
	rng      *rand.Rand
	dim      int
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
	if e.Kind == record.KindMemoryChunk && w.rng.IntN(4) > 0 {
		e.Turn, e.Seq = fmt.Sprintf("turn:%03d", id), id/2
		e.Occurred = day.Add(-time.Duration(200-id) * 3 * time.Minute)
		e.Role = []record.Role{record.User, record.Assistant}[w.rng.IntN(2)]
		e.Speaker = []string{"", w.text(1), "qak"}[w.rng.IntN(3)]
		if e.Session == "s0" {
			e.Role, e.Speaker = record.User, "" // nothing tells who speaks
		}
		e.Asks, e.Gives, e.Asking = w.rng.IntN(3) == 0, index.Answers(w.rng.IntN(8)), w.rng.IntN(12) == 0
		if w.rng.IntN(8) == 0 {
			e.Text = w.text(30 + w.rng.IntN(60))
			if w.excerpts { // of which a part is shown
				e.Text += strings.Repeat(". Zak zek zik zok zuk zalk zelk zilk zolk zulk zank zenk zink zonk zunk", 4)
			}
		}
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
	q := index.Query{Text: w.text(1 + w.rng.IntN(4)), Vector: w.vector(), K: 1 + w.rng.IntN(50), Now: day, IncludeDuplicates: true, All: true, Semantic: w.rng.IntN(2) == 0, Seeks: index.Answers(w.rng.IntN(8) * w.rng.IntN(2)),
		Mode: []index.Mode{index.Hybrid, index.Hybrid, index.Lexical, index.Vector}[w.rng.IntN(4)]}
	if w.rng.IntN(3) == 0 {
		q.Words, q.Vectors = []float64{0, 0.01, 1, 3}[w.rng.IntN(4)], []float64{0, 1, 1, 50}[w.rng.IntN(4)]
	}
	for signal := index.Neighbours; signal <= index.Verbosity; signal++ {
		if w.rng.IntN(10) == 0 {
			q.Without = append(q.Without, signal)
		}
	}
	if w.rng.IntN(3) == 0 {
		q.Filter.Follows = func(session string) bool { return session != "s1" }
	}
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
	maybe(func(f *index.Filter) {
		odd := byte(w.rng.IntN(2))
		f.Held = func(id string) bool { return id[len(id)-1]%2 == odd }
	})
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
		n := id()
		old, ok := ref[fmt.Sprintf("row:%03d", n)]
		if !ok {
			return
		}
		e := w.entry(n)
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
					// A contribution of vectors is many deviations where few cosines are nearly equal, which float32 and float64 tell apart differently.
					off := func(a, b float64) bool { return math.Abs(a-b) > 1e-6*max(1, 10*math.Abs(b)) }
					if g.ID != h.id || off(g.Score, h.score) || off(g.Relevance, h.relevance) || off(g.Cosine, h.cosine) || off(g.BM25, h.words) ||
						!slices.Equal(g.Rows, h.rows) || q.Mode == index.Hybrid && (off(g.Why.Neighbours, h.lent) || off(g.Why.Speaker, h.speaker) || off(g.Why.Vectors, h.vectors)) {
						t.Fatalf("step %d, hit %d of %+v:\n got %s %v of relevance %v, cosine %v, %v, %+v\nwant %+v", step, i, q, g.ID, g.Score, g.Relevance, g.Cosine, g.Rows, g.Why, h)
					}
				}
			}
			require.Greater(t, found, 200)
		})
	}
}
