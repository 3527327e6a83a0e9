package recall

import (
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// nearlyAsGood is the share of the best score that a later turn needs to come first. Such a turn comes first if the question asks for now,
// or if the turn corrects an earlier one.
const nearlyAsGood = 0.85

// fairlyAsGood is that share for a later turn that says what is so now.
const fairlyAsGood = 0.8

// halfAsGood is that share for a later turn that takes back what a yes-or-no question supposes.
const halfAsGood = 0.35

// nowWords ask for the present value.
var nowWords = wordSet("now still current currently nowadays anymore moment")

// latest puts the newest of the best hits of a search first, if the question asks for now. Otherwise it puts a hit first that corrects an
// earlier one.
func (v *View) latest(q Query, hits []Hit) []Hit {
	if len(hits) < 2 || q.former || q.Filter.Closed || timed(q.Filter) || q.Sessions != nil {
		return hits
	}
	now := slices.ContainsFunc(q.english, func(w string) bool { return nowWords[w] })
	supposes, present := q.supposesNow(), q.asksPresent()
	best := &hits[0]
	since := best.saidAt()
	for i := range hits[1:] {
		h := &hits[1+i]
		if !saidSince(h, since) {
			continue
		}
		if h.Score >= nearlyAsGood*hits[0].Score && !endsAsking(h.Text) && (now || corrects(h.Text)) ||
			h.Score >= fairlyAsGood*hits[0].Score && present && !endsAsking(h.Text) && q.saysNow(h.Text) ||
			supposes && h.Score >= halfAsGood*hits[0].Score && !q.saidByOthers(h) && q.takesBack(h) {
			best, since = h, h.saidAt()
		}
	}
	if best == &hits[0] {
		return hits
	}
	return promote(q, hits, *best)
}

// promote puts a hit first, as good as the hit that was first.
func promote(q Query, hits []Hit, best Hit) []Hit {
	best.Score, best.Relevance = hits[0].Score, max(hits[0].Relevance, best.Relevance)
	return lead(q, hits, best)
}

// supposesNow reports whether a question asks whether something holds now: "Am I coeliac?", "Do I still have the boat?"
func (q Query) supposesNow() bool {
	return len(q.english) > 0 && presentWords[q.english[0]] && !slices.ContainsFunc(q.english, func(w string) bool { return questionWords[w] })
}

// asksPresent reports whether a question asks for a value in the present tense: "Who is my dentist?"
func (q Query) asksPresent() bool {
	has := func(among map[string]bool) bool {
		return slices.ContainsFunc(q.english, func(w string) bool { return among[w] })
	}
	return has(questionWords) && has(presentWords) && !has(pastVerbs) && !has(pastWords)
}

// saysNow reports whether a text says that something has changed: "so it's Dr Okonjo now".
func (q Query) saysNow(text string) bool {
	forms := q.cues().forms["now"]
	return slices.ContainsFunc(words(plain(strings.ToLower(text))), func(w string) bool { return w == "now" && q.tongue == nil || slices.Contains(forms, w) })
}

// presentWords are words with which yes-or-no questions about the present begin.
var presentWords = wordSet(`do does am are is have has`)

// takesBack reports whether a hit says that what a yes-or-no question supposes holds no longer, or never did: a sentence names it and has a
// word of change.
func (q Query) takesBack(h *Hit) bool {
	var about []string
	for _, w := range q.lower {
		if w = plain(w); !asking[w] && !filler[w] && (q.tongue == nil || q.tongue.phrases[w] == nil) {
			about = append(about, w)
		}
	}
	for sentence := range strings.FieldsFuncSeq(plain(strings.ToLower(h.Text)), func(r rune) bool { return strings.ContainsRune(".!?\n", r) }) {
		said := q.cues().split(words(sentence))
		if slices.ContainsFunc(said, func(w string) bool { return supposed[w] }) || !slices.ContainsFunc(about, func(w string) bool { return slices.Contains(said, w) }) {
			continue
		}
		if slices.ContainsFunc(said, func(w string) bool { return changing[w] && !slices.Contains(about, w) || slices.Contains(q.changes, w) }) {
			return true
		}
	}
	return false
}

// saidAt returns when a hit was said.
func (h *Hit) saidAt() time.Time {
	switch {
	case h.Fact != nil:
		return saidAt(h.Fact)
	case h.Chunk != nil && h.Chunk.Role == record.User:
		return h.Chunk.SpokenAt
	}
	return time.Time{}
}

// corrects reports whether a text says that something said before was wrong.
func corrects(text string) bool {
	for _, w := range words(plain(strings.ToLower(text))) {
		if slices.Contains(english.changes["correction"], w) || slices.ContainsFunc(tongues, func(t *tongue) bool {
			return slices.Contains(t.changes["correction"], w)
		}) {
			return true
		}
	}
	return false
}
