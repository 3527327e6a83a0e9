package extract

import (
	"unicode"

	"github.com/spectron-go/spectron/internal/record"
)

// MaxUnread is how many statements of one text are reported that a rule half matched.
const MaxUnread = 3

// unread is where a rule stopped that had matched so far: what it would have been about, and why nothing came of it.
type unread struct {
	key    string
	reason string
	to     int // the token after what the reason speaks of
}

// The reasons.
const (
	notWhen     = "it does not say when that was"
	notWhether  = "it does not say for sure that this still holds"
	notSure     = "it was said with a reservation"
	notFollowed = "what follows was not understood"
	notObject   = "it names nothing that was understood"
)

// stop notes why the rule for a key gives nothing, for the case that no other one reads the clause. It returns false.
func (c *clause) stop(key, reason string, to int) bool {
	if c.unread.key == "" {
		c.unread = unread{key, reason, to}
	}
	return false
}

// report makes an uncertainty of a clause that a rule half matched and none has read.
func (x *extractor) report(c *clause) {
	u := c.unread
	if u.key == "" || c.subj.doubt != "" || c.subj.weak || c.subj.ref.Name == "" || x.reports >= MaxUnread || len(x.out.Uncertainties) >= MaxItems {
		return
	}
	said := x.quote(c.from, x.statementEnd(u.to, c.end))
	if said == "" || !x.once("?", said) {
		return
	}
	x.reports++
	x.out.Uncertainties = append(x.out.Uncertainties, record.Uncertainty{
		About: said, Reason: u.reason, Span: x.span(c.from, x.statementEnd(u.to, c.end)), Entity: c.subj.ref, Key: u.key,
		Changes: u.reason != notWhen && u.reason != notSure && !x.timed(u.to-1, c.end) && !x.recurs(u.to-1, c.end) && !x.trip(c),
	})
}

// recurs reports whether days that come again stand at i: "I don't work at Initech on Mondays" ends nothing.
func (x *extractor) recurs(i, end int) bool {
	if i < 0 || i+1 >= end || !x.toks[i].is("on", "at") || x.anyWord(i, end, "anymore", "longer", "more") {
		return false
	}
	return x.toks[i+1].is("mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays", "weekends", "weekdays", "night", "nights")
}

// trip reports whether a clause tells of a way to a town and back: "I went back to Bristol for a wedding".
func (x *extractor) trip(c *clause) bool {
	for i := c.v.end + 1; i+1 < c.end && x.toks[i].kind == word; i++ {
		if x.toks[i].is("for") && x.toks[i+1].is("a", "an", "the") && c.v.lemma == "go" && x.gazetteer(i-1, i) == i {
			return true
		}
	}
	return false
}

// timed reports whether a figure stands at i, as in "I start at 9": such a statement is about an hour.
func (x *extractor) timed(i, end int) bool {
	return i >= 0 && i < end && x.toks[i].kind == word && (unicode.IsDigit([]rune(x.toks[i].text)[0]) || numberWords[x.toks[i].low] > 0 && !x.toks[i].is("a", "an", "one"))
}

// statementEnd is the token after the statement that reaches over token i: the next mark or conjunction.
func (x *extractor) statementEnd(i, end int) int {
	for ; i < end; i++ {
		if t := &x.toks[i]; t.kind != word || t.is("and", "but", "because", "so", "although", "though", "while", "since") {
			break
		}
	}
	return i
}

// specific reports whether the words from i on name something: with a capital, a figure, a quotation or a date.
func (x *extractor) specific(i, end int) bool {
	for to := min(x.statementEnd(i, end)+1, end); i < to; i++ {
		t := &x.toks[i]
		if t.kind == quoted || t.upper && !t.is("i") || unicode.IsDigit([]rune(t.text)[0]) {
			return true
		}
		if w, ok := x.whenAt(i, end, backward); ok && w.known() {
			return true
		}
	}
	return false
}

// reported are the keys of rules whose words alone tell what it is about. "I have a …" and "I do …" may be about anything.
var reported = set(`works_at lives_in role from born_in grew_up_in spouse engaged_to reports_to works_with founded acquired manages`)

// halfMatched notes that the words of a rule are there and what it is about, at token i, is not what it reads. Of something that
// changed that is said whatever follows; of something that holds, where what follows is specific.
func (c *clause) halfMatched(r *rule, i int) {
	x := c.x
	rd := c.reads(r.mode)
	if rd == nothing || r.verb == "be" && i <= c.v.end+1 || // "I'm Sunniva" may be anything
		!reported[r.meaning.key] && r.verb != "study" && r.verb != "graduate" || r.verb == "teach" || i >= c.end || x.toks[i].kind == punct || x.toks[i].kind == newline {
		return
	}
	if unicode.IsDigit([]rune(x.toks[i].text)[0]) || x.toks[i].is("about", "around", "noon", "midnight", "lunch", "dinner", "lunchtime") {
		return // "I started at 9 today"
	}
	changes := (rd == began || rd == ended) && i > c.v.end && (x.toks[i].is("a", "an", "the", "my", "our") || !emptyThings[x.toks[i].low] && x.toks[i].low != "")
	if changes && !x.toks[i].is("home", "work", "bed", "sleep", "me", "you") || x.toks[i].kind == quoted || x.toks[i].upper && !x.toks[i].is("i") || i > c.v.end && x.specific(i, c.end) {
		c.stop(r.meaning.key, notObject, i+1)
	}
}

// awaiting are the verbs of requests to be there at some time.
var awaiting = set(`expect await call ring meet reach find join pick`)

// awaits reports a request that depends on a time which no rule works out: "so expect me an hour later".
func (x *extractor) awaits(i, end int) {
	if i+2 >= end || !awaiting[x.toks[i].low] || !x.toks[i+1].is("me") {
		return
	}
	to := x.statementEnd(i, end)
	for j := i + 2; j < to; j++ {
		t := &x.toks[j]
		_, dated := x.whenAt(j, end, forward)
		if dated || t.is("hour", "hours", "minutes", "noon", "midnight") || unicode.IsDigit([]rune(t.text)[0]) {
			c := clause{x: x, subj: x.me(), from: i, end: end}
			c.stop(Appointment, notWhen, j+1)
			x.report(&c)
			return
		}
	}
}
