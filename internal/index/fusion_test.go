package index_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// worldOf is an index of so many random rows, and without their turns if asked for.
func worldOf(t *testing.T, w *world, rows int, change func(*index.Entry)) *index.Index {
	t.Helper()
	ix := index.New()
	for i := range rows {
		e := w.entry(i)
		change(&e)
		require.NoError(t, ix.Put(e))
	}
	return ix
}

func asTheyAre(*index.Entry) {}

// everything is a search of all that is there, in a world of so few rows that all are hits.
func (w *world) everything() index.Query {
	q := index.Query{
		Text: w.text(1 + w.rng.IntN(4)), Vector: w.vector(), K: 50, Now: day, All: true, IncludeDuplicates: true,
		Semantic: w.rng.IntN(2) == 0, Seeks: index.Answers(w.rng.IntN(8) * w.rng.IntN(2)), Dates: []index.Date{{Month: 1 + w.rng.IntN(12)}},
	}
	if w.rng.IntN(2) == 0 {
		q.Words, q.Vectors = w.rng.Float64()*3, w.rng.Float64()*3
	}
	return q
}

func search(t *testing.T, ix *index.Index, q index.Query) []index.Hit {
	t.Helper()
	hits, err := ix.Search(q)
	require.NoError(t, err)
	return hits
}

func idsOf(hits []index.Hit) (ids []string) {
	for _, h := range hits {
		ids = append(ids, h.ID)
	}
	return ids
}

// byWords is what a hit has from its words and what goes with them.
func byWords(y index.Why) float64 {
	return y.Words + y.Neighbours + y.Speaker + y.Dates + y.Questions + y.Verbosity
}

// What leads the leg that weighs more is a hit whatever K from 2 on, and however far behind it is cut.
func TestTheLeaderIsNeverLost(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	w, behind := newWorld(7), 0
	for range 60 {
		ix := worldOf(t, w, 40, asTheyAre)
		for range 10 {
			q := w.everything()
			leg := func(h index.Hit) float64 { return byWords(h.Why) }
			if q.Vectors > q.Words {
				leg = func(h index.Hit) float64 { return h.Cosine }
			}
			all := search(t, ix, q)
			if len(all) == 0 {
				continue
			}
			leader := slices.MaxFunc(all, func(a, b index.Hit) int { return cmp.Compare(leg(a), leg(b)) })
			if leg(leader) <= 0 {
				continue
			}
			place := slices.Index(idsOf(all), leader.ID)
			q.K = 2 + w.rng.IntN(4)
			if place >= q.K {
				behind++
			}
			q.All, q.IncludeDuplicates = w.rng.IntN(2) == 0, w.rng.IntN(2) == 0
			hits := search(t, ix, q)
			held := slices.ContainsFunc(hits, func(h index.Hit) bool {
				return h.ID == leader.ID || slices.Contains(h.Duplicates, leader.ID) || math.Abs(leg(h)-leg(leader)) < 1e-9
			})
			if !held || len(hits) > q.K {
				t.Fatalf("%s, place %d, is not among %v of %+v", leader.ID, place, idsOf(hits), q)
			}
			if !slices.IsSortedFunc(hits, func(a, b index.Hit) int { return cmp.Compare(b.Score, a.Score) }) {
				t.Fatalf("out of order: %+v", hits)
			}
		}
	}
	if behind < 10 {
		t.Errorf("the leader was behind the first K only %d times: nothing was tested", behind)
	}
}

// One row that is near enough in the other leg does not take the only place from the best sum.
func TestWithOnePlaceTheBestSumIsTheHit(t *testing.T) {
	t.Parallel()
	w := newWorld(8)
	for range 100 {
		ix, q := worldOf(t, w, 20, asTheyAre), w.everything()
		all := search(t, ix, q)
		q.K = 1
		if one := search(t, ix, q); len(all) > 0 && one[0].ID != all[0].ID {
			t.Fatalf("%s, not %s", one[0].ID, all[0].ID)
		}
	}
}

// The parts of Why make up the score: the scores of an answer are to each other as the sums are.
func TestWhyMakesUpTheScore(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	w, n := newWorld(9), 0
	for range 60 {
		ix := worldOf(t, w, 40, asTheyAre)
		q := w.everything()
		q.Mode = []index.Mode{index.Hybrid, index.Hybrid, index.Lexical, index.Vector}[w.rng.IntN(4)]
		hits := search(t, ix, q)
		sum := func(h index.Hit) float64 { return byWords(h.Why) + h.Why.Vectors + h.Why.Prior }
		for i, h := range hits {
			if h.Score < 0 || h.Score > 1 || math.IsNaN(h.Score) || h.Relevance < 0 || h.Relevance > 1 {
				t.Fatalf("score %v, relevance %v", h.Score, h.Relevance)
			}
			if i == 0 {
				if h.Score != h.Relevance && sum(h) > 0 {
					t.Fatalf("the best hit has the score %v and the relevance %v", h.Score, h.Relevance)
				}
				continue
			}
			n++
			if sum(h) > sum(hits[i-1])+1e-9 || math.Abs(h.Score*sum(hits[0])-hits[0].Score*sum(h)) > 1e-9*max(1, sum(hits[0])) {
				t.Fatalf("hit %d of %+v: score %v of %v, sum %v of %v: %+v", i, q, h.Score, hits[0].Score, sum(h), sum(hits[0]), h.Why)
			}
		}
	}
	require.Greater(t, n, 500)
}

// What cuts leaves out hits and changes nothing about the others' order.
func TestCutsDoNotReorder(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	w, cut := newWorld(10), 0
	for range 150 {
		ix, q := worldOf(t, w, 40, asTheyAre), w.everything()
		all := search(t, ix, q)
		q.MinRelevance, q.All = []float64{0, 0.1, 0.3, 0.6, 1}[w.rng.IntN(5)], w.rng.IntN(2) == 0
		rest := idsOf(all)
		for _, h := range search(t, ix, q) {
			i := slices.Index(rest, h.ID)
			if i < 0 {
				t.Fatalf("%s is not among those that follow, %v", h.ID, rest)
			}
			if rest = rest[i+1:]; h.Relevance < q.MinRelevance {
				t.Fatalf("relevance %v, under %v", h.Relevance, q.MinRelevance)
			}
		}
		if q.MinRelevance > 0 && q.All {
			want := slices.DeleteFunc(slices.Clone(all), func(h index.Hit) bool { return h.Relevance < q.MinRelevance })
			require.Equal(t, idsOf(want), idsOf(search(t, ix, q)))
		}
		cut += len(all) - len(search(t, ix, q))
	}
	require.Greater(t, cut, 500)
}

// Without signals, and with no weight on vectors, a hybrid search of what is no conversation is BM25 to the bit.
func TestHybridWithoutSignalsIsBM25(t *testing.T) {
	t.Parallel()
	w, n := newWorld(11), 0
	for range 40 {
		ix := worldOf(t, w, 60, func(e *index.Entry) { e.Turn = "" })
		q := w.everything()
		q.IncludeDuplicates = w.rng.IntN(2) == 0
		words := q
		words.Mode = index.Lexical
		q.Words, q.Vectors = 1, 0
		for s := index.Neighbours; s <= index.Verbosity; s++ {
			q.Without = append(q.Without, s)
		}
		got, want := search(t, ix, q), search(t, ix, words)
		n += len(want)
		if len(got) != len(want) {
			t.Fatalf("%v and %v", idsOf(got), idsOf(want))
		}
		for i := range want {
			if got[i].ID != want[i].ID || math.Abs(got[i].Score-want[i].Score) > 1e-12 || math.Abs(got[i].Why.Words-want[i].Why.Words) > 1e-12 || math.Abs(got[i].Relevance-want[i].Relevance) > 1e-12 {
				t.Fatalf("hit %d:\n%+v\n%+v", i, got[i], want[i])
			}
		}
	}
	require.Greater(t, n, 300)
}

// Weights count by their ratio, so that the smallest make no infinite scores.
func TestWeightsCountByTheirRatio(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	w := newWorld(12)
	for range 60 {
		ix, q := worldOf(t, w, 30, asTheyAre), w.everything()
		q.Words, q.Vectors = 1, float64(w.rng.IntN(3))
		want := search(t, ix, q)
		q.Words, q.Vectors = q.Words/8, q.Vectors/8
		require.Equal(t, want, search(t, ix, q))
		q.Words, q.Vectors = 5e-324, 0
		if w.rng.IntN(2) == 0 {
			q.Vectors = index.MaxWeight
		}
		for _, h := range search(t, ix, q) {
			if !(h.Score >= 0 && h.Score <= 1) {
				t.Fatalf("%+v", h)
			}
		}
	}
}

// A weight moves the order from one leg to the other: with nearly none, words decide only between equal vectors.
func TestWeightsMoveTheOrder(t *testing.T) {
	t.Parallel()
	ix := index.New()
	for i, x := range []float32{0.1, 0.3, 0.5, 0.9} {
		require.NoError(t, ix.Put(index.Entry{ID: fmt.Sprint("row ", i), Text: strings.Repeat("kraken ", 4-i) + "of the deep blue sea", Vector: []float32{x, 1 - x}}))
	}
	for _, tc := range []struct {
		words, vectors float64
		want           string
	}{{1, 0, "row 0"}, {1, 0.01, "row 0"}, {0.01, 1, "row 3"}, {0, 1, "row 3"}} {
		hits := search(t, ix, index.Query{Text: "kraken", Vector: []float32{1, 0}, Words: tc.words, Vectors: tc.vectors})
		if len(hits) == 0 || hits[0].ID != tc.want {
			t.Errorf("%v: %v", tc, idsOf(hits))
		}
	}
}

// said is a turn of a conversation at a minute of the day.
func said(turn, minute int, speaker, text string) index.Entry {
	return index.Entry{
		ID: fmt.Sprintf("chunk:%02d", turn), Kind: record.KindMemoryChunk, Text: text, Session: "s", Source: record.FromTurn,
		Occurred: day.Add(time.Duration(minute) * time.Minute), Turn: fmt.Sprintf("turn:%02d", turn), Seq: turn, Role: record.User, Speaker: speaker,
	}
}

// The pieces of one long turn take one place, and so do the turns of an utterance; a filter lists those alone that it lets through.
func TestPassagesTakeOnePlace(t *testing.T) {
	t.Parallel()
	long := said(2, 30, "Ann", strings.Repeat("the kraken of the northern sea ", 30))
	more := long
	more.ID, more.Start, more.Text = "chunk:02b", 900, strings.Repeat("another kraken near the pier ", 30)
	burst := []index.Entry{said(4, 60, "Ben", "saw a squid"), said(5, 61, "Ben", "a giant squid"), said(6, 62, "Ben", "near the pier")}
	burst[0].Labels, burst[2].Labels = []string{"seen"}, []string{"seen"}
	ix := index.New()
	require.NoError(t, ix.Put(append(burst, more, said(1, 0, "Ben", "what is that?"), long, said(7, 200, "Ann", "good night"))...))
	for name, tc := range map[string]struct {
		q    index.Query
		want [][]string // rows of each hit
	}{
		"pieces":           {index.Query{Text: "kraken"}, [][]string{{"chunk:02", "chunk:02b"}}},
		"utterance":        {index.Query{Text: "giant squid"}, [][]string{{"chunk:04", "chunk:05", "chunk:06"}}},
		"labels":           {index.Query{Text: "giant squid", Filter: index.Filter{Labels: []string{"seen"}}}, [][]string{{"chunk:04", "chunk:06"}}},
		"one row excluded": {index.Query{Text: "giant squid", Filter: index.Filter{ExcludeIDs: []string{"chunk:05"}}}, [][]string{{"chunk:04", "chunk:06"}}},
		"other kinds":      {index.Query{Text: "giant squid", Filter: index.Filter{Kinds: []record.Kind{record.KindAttribute}}}, nil},
		"another session":  {index.Query{Text: "giant squid", Filter: index.Filter{Session: "other"}}, nil},
		"single turns":     {index.Query{Text: "giant squid", Without: []index.Signal{index.Utterances}}, [][]string{nil, nil}},
		"pieces, single":   {index.Query{Text: "kraken", Without: []index.Signal{index.Utterances}}, [][]string{{"chunk:02", "chunk:02b"}}},
		"not to be known":  {index.Query{Text: "giant squid", Filter: index.Filter{Follows: func(string) bool { return false }}}, [][]string{nil, nil}},
	} {
		var got [][]string
		tc.q.All, tc.q.Without = true, append(tc.q.Without, index.Neighbours)
		for _, h := range search(t, ix, tc.q) {
			got = append(got, h.Rows)
			if len(h.Rows) > 0 && !slices.Contains(h.Rows, h.ID) {
				t.Errorf("%s: %s is not among %v", name, h.ID, h.Rows)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(tc.want) {
			t.Errorf("%s: %v, want %v", name, got, tc.want)
		}
	}
}

// Utterances are no near-copies of each other, and single turns are; IncludeDuplicates gives these a place each.
func TestNearCopiesBesideUtterances(t *testing.T) {
	t.Parallel()
	const text = "The giant squid was seen again near the old pier in the harbour this very morning."
	ix := index.New()
	require.NoError(t, ix.Put(said(1, 0, "Ann", text), said(2, 60, "Ben", "Where?"), said(3, 120, "Ann", text), said(4, 180, "Ben", "No."),
		said(5, 240, "Ann", text), said(6, 241, "Ann", "Imagine that.")))
	for all, want := range map[bool][]int{false: {2, 1}, true: {1, 1, 1}} {
		var got []int
		for _, h := range search(t, ix, index.Query{Text: "giant squid", IncludeDuplicates: all, All: true, Without: []index.Signal{index.Neighbours}}) {
			got = append(got, 1+len(h.Duplicates))
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("IncludeDuplicates %v: places of %v, want %v", all, got, want)
		}
	}
}

// A question costs what its first 256 different words do, and one word many times is one word.
func TestLongQueriesAreBounded(t *testing.T) {
	t.Parallel()
	ix := index.New()
	var words []string
	for i := range 4000 {
		words = append(words, fmt.Sprintf("q%04dx", i))
	}
	for i := range 300 {
		at := rand.New(rand.NewPCG(1, uint64(i))).IntN(4000 - 20)
		require.NoError(t, ix.Put(said(i, i, []string{"Ann", "Ben"}[i%2], "the sea "+strings.Join(words[at:at+20], " ")+" kraken")))
	}
	require.Equal(t, search(t, ix, index.Query{Text: "kraken"}), search(t, ix, index.Query{Text: strings.Repeat("kraken ", index.MaxQueryBytes/7)}))
	long := search(t, ix, index.Query{Text: strings.Join(words, " ")})
	require.NotEmpty(t, long)
	require.Equal(t, search(t, ix, index.Query{Text: strings.Join(words[:256], " ")}), long)
	_, err := ix.Search(index.Query{Text: strings.Repeat("x", index.MaxQueryBytes+1)})
	require.ErrorIs(t, err, index.ErrLimit)
}

// Conversations are put, changed and taken out while others search them: no answer mixes what was before with what came after.
func TestConversationsWhileSearched(t *testing.T) {
	t.Parallel()
	ix := &guarded{ix: index.New()}
	const rounds = 60
	talk := func(session string, round int) (entries []index.Entry) {
		for i := range 12 {
			e := said(i, i/3, []string{"Ann", "Ben"}[i/3%2], fmt.Sprintf("squid number %d of round r%d", i, round))
			e.ID, e.Turn, e.Session = session+e.ID, session+e.Turn, session
			e.Scopes = record.ScopeSet{{"org/" + session}}
			e.Occurred = e.Occurred.Add(time.Duration(i/6) * time.Hour)
			entries = append(entries, e)
		}
		return entries
	}
	var writers, readers sync.WaitGroup
	done := make(chan struct{})
	for _, session := range []string{"a", "b", "c"} {
		writers.Go(func() {
			for round := range rounds {
				entries := talk(session, round)
				if err := ix.Put(entries...); err != nil {
					t.Error(err)
				}
				if round%3 == 2 {
					for _, e := range entries[:5] {
						ix.Delete(e.ID)
					}
				}
			}
		})
	}
	for n := range 3 {
		readers.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-done:
					return
				default:
				}
				q := index.Query{Text: "Ann squid number round", K: 50, All: true, IncludeDuplicates: true, Seeks: index.Time}
				if n == 1 {
					q.Filter.AsOf = day
				}
				if n == 2 {
					q.Filter.Visible = func(set record.ScopeSet) bool { return set[0][0] != "org/b" }
				}
				hits, err := ix.Search(q)
				if err != nil {
					t.Error(err)
					return
				}
				rounds := map[string]string{}
				for _, h := range hits {
					at := h.Text[strings.LastIndex(h.Text, "r"):]
					if was, ok := rounds[h.Session]; ok && was != at || n == 2 && h.Session == "b" {
						t.Errorf("session %s: %s and %s", h.Session, was, at)
					}
					rounds[h.Session] = at
					for _, row := range h.Rows {
						if !strings.HasPrefix(row, h.Session) {
							t.Errorf("%s stands for %s", h.ID, row)
						}
					}
				}
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
	fresh := index.New()
	for _, session := range []string{"a", "b", "c"} {
		entries := talk(session, rounds-1)
		if (rounds-1)%3 == 2 {
			entries = entries[5:]
		}
		require.NoError(t, fresh.Put(entries...))
	}
	q := index.Query{Text: "Ann squid number round", K: 50, All: true}
	require.Equal(t, search(t, fresh, q), search(t, ix.ix, q))
}
