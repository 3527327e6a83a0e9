package index

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"

	"github.com/spectron-go/spectron/internal/record"
)

// Long hits are shortened to the sentences that matter to the question, because readers of hits pay by the token. Package
// spectrontest/evaluate counts evidence as found only if the shown text contains the answer. In the tuned half, excerpts find .654 of the
// evidence in 272 tokens a question, whole texts .677 in 373, and a list of whole texts cut to as many tokens .62. For long answers of
// assistants, excerpts lose nothing and save half of the tokens.
const (
	// A text is shown whole up to this size in bytes, or if an excerpt would save fewer bytes than saved.
	wholeUpTo = 100
	saved     = 24
	// worthShowing is the fraction of the best sentence's worth (in the best hit) that a sentence needs: .3 gives .657 in 281 tokens, .4
	// gives .649 in 266.
	worthShowing = 0.35
	// Lower hits contain less of the answer than their scores suggest.
	fartherDown = 0.2 // subtracted for each rank, as a fraction of the worth
	// The worth of a sentence is divided by the square root of its size over evenSize, in bytes.
	evenSize = 80
	// inPassing is the size of short sentences that are shown together with a neighbour: .650 in 271 tokens instead of .638 in 263.
	inPassing = 40
	// nextTo is the factor for words borrowed from the previous sentence, and ahead the further factor for the next one: the subject of "She
	// found work in Turin" is in the sentence before. With .6 the result was .650, with .4 .611.
	nextTo = 0.8
	// content is the worth of a sentence's words that are not in the question, because they can be the answer. enough such words give half
	// of it.
	content = 0.3
	enough  = 6
	// asksBack is the factor for a sentence that asks. It saves 5 tokens.
	asksBack = 0.5
)

// Part is a shown part of a row: the bytes of its text from From to To.
type Part struct {
	Row      string
	From, To int
}

// sentence is a sentence of a hit, or a line, or a block of code.
type sentence struct {
	row      int // of the hit
	from, to int // without the white space around it
	worth    float64
	shown    bool
}

func (u *sentence) size() int { return u.to - u.from }

// excerpts chooses the shown parts of the hits.
func (ix *Index) excerpts(s *scratch, q *Query, hits []Hit) []Hit {
	if q.Whole || q.Mode == Vector || s.whole == 0 {
		return hits
	}
	t := ix.tokenisers.Get().(*Tokeniser)
	defer ix.tokenisers.Put(t)
	for i := range hits {
		share := 1 / (1 + fartherDown*float64(i))
		if best := hits[0].Score; best > 0 {
			share *= hits[i].Score / best
		}
		if h := &hits[i]; h.Kind == record.KindMemoryChunk {
			h.Parts = ix.excerpt(s, t, h, share)
		}
	}
	return hits
}

// excerpt chooses the shown parts of a hit; nil: all of it. share is the hit's worth as a fraction of the best hit's. Parts of one turn have
// no gap between them, and the row that represents the hit has at least one part.
func (ix *Index) excerpt(s *scratch, t *Tokeniser, h *Hit, share float64) []Part {
	rows := ix.rowsOf(h)
	size := 0
	for _, r := range rows {
		size += len(r.Text)
	}
	if size <= wholeUpTo {
		return nil
	}
	var all []sentence
	for i, r := range rows {
		all = cutSentences(all, i, r.Text)
	}
	if len(all) == 0 {
		return nil
	}
	s.weighSentences(t, rows, all)
	best, lead := 0.0, -1
	for i := range all {
		u := &all[i]
		best = max(best, u.worth)
		if rows[u.row].ID == h.ID && (lead < 0 || u.worth > all[lead].worth) {
			lead = i
		}
	}
	for i := range all {
		u := &all[i]
		even := math.Sqrt(evenSize / float64(u.size()))
		u.shown = i == lead || u.worth == best || u.worth*share*even >= worthShowing*best
	}
	sameTurn := func(a, b int) bool { return rows[all[a].row].Turn == rows[all[b].row].Turn }
	for i := range all {
		if u := &all[i]; u.size() <= inPassing {
			u.shown = u.shown || i > 0 && all[i-1].shown && sameTurn(i-1, i) || i+1 < len(all) && all[i+1].shown && sameTurn(i, i+1)
		}
	}
	last := -1 // that is shown
	left := 0
	for i := range all {
		if !all[i].shown {
			left += all[i].size()
			continue
		}
		if last >= 0 && sameTurn(last, i) {
			for last++; last < i; last++ {
				all[last].shown = true
				left -= all[last].size()
			}
		}
		last = i
	}
	if left < saved {
		return nil
	}
	return parts(rows, all)
}

// rowsOf returns the rows whose texts are shown for a hit: one of the pieces of a single turn, or the rows of all turns.
func (ix *Index) rowsOf(h *Hit) []*row {
	rows := make([]*row, len(h.Rows))
	several := false
	for i, id := range h.Rows {
		rows[i] = &ix.docs[ix.byID[id]].entry
		several = several || rows[i].Turn != h.Turn
	}
	if !several {
		rows = append(rows[:0], &ix.docs[ix.byID[h.ID]].entry)
	}
	return rows
}

// weighSentences computes the worth of each sentence of a hit for the question.
func (s *scratch) weighSentences(t *Tokeniser, rows []*row, all []sentence) {
	n := len(s.says)
	covers := make([]bool, n*len(all)) // by sentence and word of the question
	for i := range all {
		u := &all[i]
		others := 0
		for _, tok := range t.analyse(rows[u.row].Text[u.from:u.to]) {
			a := slices.IndexFunc(s.asked, func(a asked) bool { return a.text == tok.text && !a.beside })
			if a >= 0 {
				covers[i*n+s.asked[a].word] = true
			} else if !tok.also && !tok.stop && !tok.common {
				others++
			}
		}
		u.worth = content * float64(others) / float64(others+enough)
	}
	for i := range all {
		u := &all[i]
		for w, says := range s.says {
			switch {
			case covers[i*n+w]:
				u.worth += says / s.whole
			case i > 0 && covers[(i-1)*n+w]:
				u.worth += nextTo * says / s.whole
			case i+1 < len(all) && covers[(i+1)*n+w]:
				u.worth += nextTo * ahead * says / s.whole
			}
		}
		if text := rows[u.row].Text[:u.to]; strings.HasSuffix(text, "?") || strings.HasSuffix(text, "？") {
			u.worth *= asksBack
		}
	}
}

// parts are those of the sentences that are shown. Between two pieces of a turn nothing is left out.
func parts(rows []*row, all []sentence) (out []Part) {
	for _, u := range all {
		if !u.shown {
			continue
		}
		p := Part{rows[u.row].ID, u.from, u.to}
		if n := len(out) - 1; n >= 0 {
			switch before := &out[n]; {
			case before.Row == p.Row:
				before.To = p.To
				continue
			case rows[u.row-1].ID == before.Row && rows[u.row-1].Turn == rows[u.row].Turn:
				before.To, p.From = len(rows[u.row-1].Text), 0
			}
		}
		out = append(out, p)
	}
	return out
}

const fence = "```" // before and behind a block of code

// cutSentences appends the sentences of a row of a hit.
func cutSentences(dst []sentence, row int, text string) []sentence {
	first, code := len(dst), false
	for it := sentences.FromString(text); it.Next(); {
		value := it.Value()
		body := strings.TrimSpace(value)
		if body == "" {
			continue
		}
		from := it.Start() + strings.Index(value, body)
		to := from + len(body)
		if last := len(dst) - 1; last >= first && (code || !ends(text[dst[last].from:dst[last].to])) {
			dst[last].to = to
		} else {
			dst = append(dst, sentence{row: row, from: from, to: to})
		}
		if strings.Count(body, fence)%2 == 1 {
			code = !code
		}
	}
	return dst
}

// abbreviations are those that names and numbers stand behind.
var abbreviations = strings.Fields("mr mrs ms dr prof st no nr vs e.g i.e etc fig approx dept jr sr")

// ends reports whether a sentence can end here: not behind the number of an item of a list, nor behind an abbreviation.
func ends(text string) bool {
	last := text[strings.LastIndexFunc(text, unicode.IsSpace)+1:]
	word, dot := strings.CutSuffix(last, ".")
	if !dot {
		return strings.Trim(last, "-*+•#>") != "" || len(last) < len(text)
	}
	if len(last) == len(text) && !strings.ContainsFunc(word, unicode.IsLower) && utf8.RuneCountInString(word) <= 3 {
		return false // "1." or "A."
	}
	return !slices.Contains(abbreviations, strings.ToLower(strings.TrimLeft(word, "(\"“'")))
}
