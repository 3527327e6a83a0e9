package evaluate_test

import (
	"fmt"
	"io/fs"
	"math"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest/evaluate"
)

func TestCorpusShape(t *testing.T) {
	t.Parallel()
	set := evaluate.Corpus()
	require.NoError(t, set.Check())
	if n := len(set.Conversations); n != 10 {
		t.Errorf("%d conversations, not 10", n)
	}
	if n := set.Turns(); n < 3000 {
		t.Errorf("%d turns, fewer than 3,000", n)
	}
	kinds := map[string]int{}
	for _, c := range set.Conversations {
		kinds[string(c.Half)+" "+c.Manner]++
		var last time.Time
		for _, s := range c.Sessions {
			for _, u := range s.Turns {
				if !u.SpokenAt.After(last) {
					t.Errorf("%s %s was said before the turn above it", c.ID, u.ID)
				}
				last = u.SpokenAt
				if strings.ContainsAny(u.Text, "{}[]|^<>") {
					t.Errorf("%s %s is not filled: %q", c.ID, u.ID, u.Text)
				}
			}
		}
		for _, q := range c.Questions {
			kinds[string(c.Half)]++
			kinds[string(c.Half)+" "+q.Kind]++
			if strings.ContainsAny(q.Text+q.Answer, "{}[]|^") {
				t.Errorf("%s %s is not filled: %q, %q", c.ID, q.ID, q.Text, q.Answer)
			}
			if q.AskedAt.Before(last) {
				t.Errorf("%s %s is asked before all is said", c.ID, q.ID)
			}
		}
	}
	for _, half := range []string{string(evaluate.Tune), string(evaluate.Held)} {
		least := map[string]int{half: 200, half + " " + evaluate.MannerWritten: 2, half + " " + evaluate.MannerChat: 2, half + " " + evaluate.MannerAssistant: 1}
		for _, k := range evaluate.Kinds() {
			least[half+" "+k] = 15
		}
		least[half+" "+evaluate.KindUnanswerable] = 100
		for what, n := range least {
			if kinds[what] < n {
				t.Errorf("%d of %s, fewer than %d", kinds[what], what, n)
			}
		}
	}
	if again := evaluate.Corpus(); !reflect.DeepEqual(set, again) {
		t.Error("it is another corpus the second time")
	}
	set.Conversations[0].Sessions[0].Turns[0].Text = "changed by the caller"
	if evaluate.Corpus().Conversations[0].Sessions[0].Turns[0].Text == "changed by the caller" {
		t.Error("callers share one corpus")
	}
}

// Chats are like those of people: short, in bursts, and the answer is often said in words that the question has not. Written turns
// and the answers of assistants are long.
func TestCorpusManners(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	for _, c := range evaluate.Corpus().Conversations {
		var length, content []int
		goesOn, turns := 0, 0
		text := map[string]string{}
		for _, s := range c.Sessions {
			for i, u := range s.Turns {
				turns++
				text[u.ID] = u.Text
				if i > 0 && s.Turns[i-1].Speaker == u.Speaker && u.SpokenAt.Sub(s.Turns[i-1].SpokenAt) < 5*time.Minute {
					goesOn++
				}
				if c.Manner != evaluate.MannerAssistant || u.Role == spectron.RoleAssistant {
					length, content = append(length, len(strings.Fields(u.Text))), append(content, len(contentWords(u.Text)))
				}
			}
		}
		slices.Sort(length)
		slices.Sort(content)
		share, median, mid := float64(goesOn)/float64(turns), content[len(content)/2], length[len(length)/2]
		apart, answerable := 0, 0
		for _, q := range c.Questions {
			if q.Unanswerable {
				continue
			}
			answerable++
			words := contentWords(q.Text)
			if !slices.ContainsFunc(q.Evidence, func(g evaluate.Group) bool {
				return slices.ContainsFunc(g, func(id string) bool {
					return slices.ContainsFunc(contentWords(text[id]), func(w string) bool { return slices.Contains(words, w) })
				})
			}) {
				apart++
			}
		}
		t.Logf("%s: %d turns, median %d words, %d of content; %.2f go on; %d of %d questions share no word with their evidence", c.ID, turns, mid, median, share, apart, answerable)
		switch c.Manner {
		case evaluate.MannerChat:
			if median < 6 || median > 8 || math.Abs(share-.58) > .06 {
				t.Errorf("%s: the median turn has %d words of content, and %.2f of the turns go on from the one before", c.ID, median, share)
			}
		case evaluate.MannerWritten:
			if length[len(length)/10] < 20 || length[len(length)*9/10] > 60 || share > .02 {
				t.Errorf("%s: turns of %d to %d words, %.2f go on", c.ID, length[len(length)/10], length[len(length)*9/10], share)
			}
		case evaluate.MannerAssistant:
			if length[len(length)/10] < 130 || length[len(length)*9/10] > 400 {
				t.Errorf("%s: answers of %d to %d words", c.ID, length[len(length)/10], length[len(length)*9/10])
			}
		}
	}
}

// What is tuned on one half must not have seen the texts of the other.
func TestHalvesShareNoTexts(t *testing.T) {
	t.Parallel()
	of := map[string]string{} // a line of a bank: the half
	bank := os.DirFS("bank")
	files, err := fs.Glob(bank, "*.txt")
	require.NoError(t, err)
	require.Len(t, files, 8)
	for _, name := range files {
		half := strings.Split(name, ".")[1]
		data, err := fs.ReadFile(bank, name)
		require.NoError(t, err)
		for l := range strings.SplitSeq(string(data), "\n") {
			if len(l) < 25 || strings.HasPrefix(l, "#") || strings.HasPrefix(l, "weekday:") {
				continue
			}
			if other, ok := of[l]; ok && other != half {
				t.Errorf("both halves have %q", l)
			}
			of[l] = half
		}
	}
}

// The corpus is hard, and not too hard: plain BM25 finds about half of the evidence.
func TestCorpusIsHard(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	sum, n := map[string]float64{}, map[string]float64{}
	for _, c := range evaluate.Corpus().Conversations {
		ranker := newPlain(&c)
		for _, q := range c.Questions {
			if q.Unanswerable {
				continue
			}
			first := ranker.first(q.Text, 10)
			found := 0
			for _, g := range q.Evidence {
				if slices.ContainsFunc(g, func(id string) bool { return slices.Contains(first, id) }) {
					found++
				}
			}
			for _, group := range []string{string(c.Half), fmt.Sprintf("%s %s", c.Half, c.Manner)} {
				sum[group] += float64(found) / float64(len(q.Evidence))
				n[group]++
			}
		}
	}
	for group := range n {
		share := sum[group] / n[group]
		t.Logf("%s: %.3f", group, share)
		if share < .4 || share > .75 {
			t.Errorf("plain BM25 finds %.3f of the evidence of %s", share, group)
		}
	}
	for _, half := range []string{string(evaluate.Tune), string(evaluate.Held)} {
		if share := sum[half] / n[half]; share < .45 || share > .65 {
			t.Errorf("plain BM25 finds %.3f of the evidence of %s", share, half)
		}
	}
}

var word = regexp.MustCompile(`[\p{L}\p{N}][\p{L}\p{N}'’/-]*`)

var function = func() map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(`a about am an and any are as at be been being but by can could did do does for from had has have having he her hers him his how
		i i'd i'll i'm i've if in into is it it's its me my of off on or our ours she should so some than that that's the their theirs them then there
		these they this those to was we were what what's when where where's which who who's whom whose why with would you your yours`) {
		set[w] = true
	}
	return set
}()

func contentWords(s string) []string {
	return slices.DeleteFunc(word.FindAllString(strings.ToLower(s), -1), func(w string) bool { return function[w] })
}

// plain is BM25 as in the textbook, k1 1.2 and b .75, with no stemmer.
type plain struct {
	ids    []string
	counts []map[string]float64
	length []float64
	mean   float64
	df     map[string]float64
}

func newPlain(c *evaluate.Conversation) *plain {
	p := &plain{df: map[string]float64{}}
	for _, s := range c.Sessions {
		for _, u := range s.Turns {
			words, counts := contentWords(u.Text), map[string]float64{}
			for _, w := range words {
				if counts[w]++; counts[w] == 1 {
					p.df[w]++
				}
			}
			p.ids, p.counts, p.length = append(p.ids, u.ID), append(p.counts, counts), append(p.length, float64(len(words)))
			p.mean += float64(len(words))
		}
	}
	p.mean /= float64(len(p.ids))
	return p
}

func (p *plain) first(query string, k int) []string {
	n := float64(len(p.ids))
	order, scores, words := make([]int, len(p.ids)), make([]float64, len(p.ids)), contentWords(query)
	for d := range p.ids {
		order[d] = d
		for _, w := range words {
			tf := p.counts[d][w]
			scores[d] += math.Log(1+(n-p.df[w]+.5)/(p.df[w]+.5)) * tf * 2.2 / (tf + 1.2*(.25+.75*p.length[d]/p.mean))
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case scores[a] > scores[b]:
			return -1
		case scores[a] < scores[b]:
			return 1
		}
		return 0
	})
	var out []string
	for _, d := range order[:min(k, len(order))] {
		if scores[d] > 0 {
			out = append(out, p.ids[d])
		}
	}
	return out
}
