package index

import "github.com/spectron-go/spectron/internal/record"

// An echo is a turn that asks what the query asks, such as the question itself where an agent remembers it before it is answered. It
// has all words of the question and answers nothing. With the questions of the corpus remembered before they are asked, and replies of
// an assistant that does not know, NDCG@10 is .490 (.523 on the other half), without this .286 (.284), and .496 (.521) where they are
// not remembered.
const (
	// echoShare is what is left of the score and the relevance of an echo. With .5 it was .441 (.442): an echo still led, with all of
	// the words where answers have a few.
	echoShare = 0.1
	// An echo has at least this part of the question, in idf,
	echoCovers = 0.9
	// is at most so much longer,
	echoLonger = 1.34
	// and nobody repeats what is longer, in bytes.
	longestEcho = 1000
)

// echoes finds the echoes among the passages; s.weights has n weights for each.
func (ix *Index) echoes(s *scratch, q *Query, n int) {
	if !q.Asks || q.Terms.words == 0 || q.without(Questions) {
		return
	}
	for i := range s.passages {
		p := &s.passages[i]
		if p.of == nil || len(p.docs) == 0 || !ix.isEcho(s, q, p, s.weights[i*n:(i+1)*n]) {
			continue
		}
		p.echo = true
		// A person who is asked may have answered. An assistant knows what it was told.
		if next := i + 1; next < len(s.passages) && s.passages[next].of == p.of {
			p.answered = ix.docs[s.passages[next].docs[0]].entry.Role == record.User
		}
	}
}

func (ix *Index) isEcho(s *scratch, q *Query, p *passage, own []float64) bool {
	if float64(p.words) > echoLonger*float64(q.Terms.words) || !ix.all(p, func(e *row) bool { return e.Asking }) {
		return false
	}
	had := 0.0
	for t, w := range own {
		if w > 0 {
			had += s.asked[t].weight * s.asked[t].idf
		}
	}
	return had >= echoCovers*s.attainable
}

// lends reports whether a passage lends its words to those that come after it, or before: an echo does to an answer alone.
func (p *passage) lends(after bool) bool { return !p.echo || after && p.answered }

// hush puts an echo behind.
func (p *passage) hush() {
	if p.echo {
		p.why.Questions -= p.score * (1 - echoShare)
		p.score *= echoShare
	}
}
