package evaluate

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spectron-go/spectron"
)

// Outcome is the result of one question with one configuration.
type Outcome struct {
	Conversation, Question string
	Kind, Manner           string
	Half                   Half
	Unanswerable           bool

	// Recall is the share of the evidence that is among the first K hits, 0 to 1.
	Recall float64
	// NDCG is the normalised discounted cumulative gain of the first K hits, 0 to 1: a piece of evidence is worth
	// 1/log2(1+rank of the first hit that has it), and the sum is divided by that of an answer that begins with the evidence.
	NDCG float64
	// Sessions is the share of the sessions with evidence that the first K hits come from, 0 to 1.
	Sessions float64
	// SessionNDCG is the NDCG of the sessions that the first K hits come from, in the order of their first hits.
	SessionNDCG float64
	// Tokens estimates the number of tokens of the hits, at four bytes per token.
	Tokens int
	// Hits is the number of hits.
	Hits int
	// Confident reports whether memory says that it has an answer.
	Confident bool
	// Relevance is the largest Relevance of the first K hits, 0 to 1; 0 without hits.
	Relevance float64
	// Missed has the ids of the turns of the first piece of evidence that was not found.
	Missed Group
}

// found is a turn that a hit comes from, and whether the shown part contains the evidence.
type found struct {
	turn string
	told bool
}

// judge measures the hits of a question, best first. Each hit is represented by the turns that it comes from.
func (o *Outcome) judge(evidence []Group, hits [][]found, sessionOf map[string]string) {
	if len(evidence) == 0 {
		return
	}
	have := make([]bool, len(evidence))
	seen := map[string]bool{}
	var order []string // of sessions
	gain, n := 0.0, 0
	for rank, turns := range hits {
		for _, f := range turns {
			if session := sessionOf[f.turn]; !seen[session] {
				seen[session], order = true, append(order, session)
			}
		}
		for g, group := range evidence {
			if !have[g] && slices.ContainsFunc(turns, func(f found) bool { return f.told && slices.Contains(group, f.turn) }) {
				have[g] = true
				n++
				gain += discount(rank)
			}
		}
	}
	ideal := 0.0
	for i := range evidence {
		ideal += discount(i)
	}
	o.Recall = float64(n) / float64(len(evidence))
	o.NDCG = min(1, gain/ideal) // one hit may have several pieces of evidence, which is better than the ideal
	o.SessionNDCG = sessionNDCG(evidence, order, sessionOf)
	sessions := 0
	for g, group := range evidence {
		if slices.ContainsFunc(group, func(id string) bool { return seen[sessionOf[id]] }) {
			sessions++
		}
		if !have[g] && o.Missed == nil {
			o.Missed = group
		}
	}
	o.Sessions = float64(sessions) / float64(len(evidence))
}

// sessionNDCG returns the NDCG of ordered sessions. A session with several pieces of evidence counts once.
func sessionNDCG(evidence []Group, order []string, sessionOf map[string]string) float64 {
	var wanted [][]string // the sessions of a piece of evidence
	for _, group := range evidence {
		var in []string
		for _, id := range group {
			in = append(in, sessionOf[id])
		}
		slices.Sort(in)
		if in = slices.Compact(in); !slices.ContainsFunc(wanted, func(w []string) bool { return slices.Equal(w, in) }) {
			wanted = append(wanted, in)
		}
	}
	gain, ideal := 0.0, 0.0
	for i, in := range wanted {
		ideal += discount(i)
		if rank := slices.IndexFunc(order, func(session string) bool { return slices.Contains(in, session) }); rank >= 0 {
			gain += discount(rank)
		}
	}
	return min(1, gain/ideal)
}

func discount(rank int) float64 { return 1 / math.Log2(float64(rank)+2) }

// turnsOf returns the turns that a hit comes from, with the shown part of each.
func turnsOf(h spectron.Hit) []spectron.HitTurn {
	if len(h.Turns) == 0 {
		return []spectron.HitTurn{{ID: h.Source.TurnID, Text: h.Text}}
	}
	return h.Turns
}

// told reports whether the shown part of a turn contains the evidence. The whole turn does. If the turn has the answer word for
// word, a part with the answer does. Otherwise the part must have all of Tells; without Tells only the whole turn counts.
func (q *Question) told(t *Turn, shown string) bool {
	switch {
	case strings.TrimSpace(shown) == strings.TrimSpace(t.Text):
		return true
	case !brief[strings.ToLower(q.Answer)] && says(t.Text, q.Answer):
		return says(shown, q.Answer)
	case len(t.Tells) == 0:
		return false
	}
	return !slices.ContainsFunc(t.Tells, func(words string) bool { return !says(shown, words) })
}

// brief has answers that occur in texts by chance.
var brief = wordSet("yes no before after")

// says reports whether a text contains the given words as whole words, ignoring case.
func says(text, words string) bool {
	text, words = strings.ToLower(text), strings.ToLower(strings.TrimSpace(words))
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for from := 0; words != ""; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return false
		}
		from += i
		before, _ := utf8.DecodeLastRuneInString(text[:from])
		after, _ := utf8.DecodeRuneInString(text[from+len(words):])
		first, _ := utf8.DecodeRuneInString(words)
		last, _ := utf8.DecodeLastRuneInString(words)
		if !(inWord(before) && inWord(first)) && !(inWord(last) && inWord(after)) {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[from:])
		from += size
	}
	return false
}

// confident reports whether memory says that it has an answer.
func confident(r *spectron.Recalled) bool { return r.Confident }

// Figures are the means of outcomes.
type Figures struct {
	Questions    int // number of answerable questions
	Recall       float64
	NDCG         float64
	Sessions     float64
	SessionNDCG  float64
	Tokens       float64
	Confident    float64 // share of the answerable questions that are answered with confidence
	Unanswerable int
	Mistaken     float64 // share of the unanswerable questions for which memory says that it has an answer
}

// Mean returns the figures of the outcomes for which keep returns true; a nil keep selects all.
func Mean(outcomes []Outcome, keep func(*Outcome) bool) (f Figures) {
	for i := range outcomes {
		o := &outcomes[i]
		if keep != nil && !keep(o) {
			continue
		}
		sure := 0.0
		if o.Confident {
			sure = 1
		}
		if o.Unanswerable {
			f.Unanswerable++
			f.Mistaken += sure
			continue
		}
		f.Questions++
		f.Recall += o.Recall
		f.NDCG += o.NDCG
		f.Sessions += o.Sessions
		f.SessionNDCG += o.SessionNDCG
		f.Tokens += float64(o.Tokens)
		f.Confident += sure
	}
	if n := float64(f.Questions); n > 0 {
		f.Recall, f.NDCG, f.Sessions, f.Tokens, f.Confident = f.Recall/n, f.NDCG/n, f.Sessions/n, f.Tokens/n, f.Confident/n
		f.SessionNDCG /= n
	}
	if f.Unanswerable > 0 {
		f.Mistaken /= float64(f.Unanswerable)
	}
	return f
}

// Separation says how well the relevance of the best hit separates the questions that were answered, at least in part, from the
// unanswerable questions. It is the share of pairs of one question of each kind in which the answered question has the greater
// relevance; equal pairs count half. 1 is perfect, 0.5 is chance. It is NaN if there are no questions of one kind.
func Separation(outcomes []Outcome, keep func(*Outcome) bool) float64 {
	var answered, not []float64
	for i := range outcomes {
		switch o := &outcomes[i]; {
		case keep != nil && !keep(o):
		case o.Unanswerable:
			not = append(not, o.Relevance)
		case o.Recall > 0:
			answered = append(answered, o.Relevance)
		}
	}
	slices.Sort(not)
	sum := 0.0
	for _, r := range answered {
		below, _ := slices.BinarySearch(not, r)
		to, _ := slices.BinarySearch(not, math.Nextafter(r, 2))
		sum += float64(below+to) / 2
	}
	return sum / float64(len(answered)*len(not))
}

// sameNDCG is the largest difference at which two NDCG count as equal. It is less than any change of ranks makes.
const sameNDCG = 1e-9

// Paired counts the questions for which a has a better NDCG than b (wins) or a worse NDCG (losses). Both are outcomes of one data
// set. Questions that only one of them has do not count.
func Paired(a, b []Outcome, keep func(*Outcome) bool) (wins, losses int) {
	type key struct{ conversation, question string }
	other := make(map[key]float64, len(b))
	for _, o := range b {
		other[key{o.Conversation, o.Question}] = o.NDCG
	}
	for i := range a {
		o := &a[i]
		was, ok := other[key{o.Conversation, o.Question}]
		if !ok || o.Unanswerable || keep != nil && !keep(o) {
			continue
		}
		switch {
		case o.NDCG > was+sameNDCG:
			wins++
		case o.NDCG < was-sameNDCG:
			losses++
		}
	}
	return wins, losses
}
