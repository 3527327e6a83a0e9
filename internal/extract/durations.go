package extract

import (
	"github.com/spectron-go/spectron/internal/record"
)

// briefly reports a stay that the text bounds: "for two weeks", "for the summer".
func (c *clause) briefly(to int) bool {
	x := c.x
	if c.v.tense == perfect || c.v.tense == perfectProg {
		return false
	}
	for i := to; i+2 < c.end && x.toks[i].kind == word; i++ {
		if !x.toks[i].is("for") {
			continue
		}
		j := i + 1
		for j < min(i+5, c.end) && (numberWords[x.toks[j].low] > 0 || x.toks[j].is("the", "another", "just", "only", "about", "next", "few", "couple", "of", "rest") || x.toks[j].text[0] >= '0' && x.toks[j].text[0] <= '9') {
			j++
		}
		return j < c.end && j > i+1 && x.toks[j].is("day", "days", "week", "weeks", "month", "months", "night", "nights", "weekend", "summer", "winter", "semester", "term", "season", "time", "length", "duration", "shoot", "tour", "holiday", "holidays", "festival", "filming", "run", "move", "wedding", "trial")
	}
	return false
}

// sequel finds what ends an event of the same sentence: "I moved to Rome in 2010 and to Milan in 2015", "I joined Acme in 2010 and left in 2012".
// It gives the token of the conjunction, where to look for the date of the second, and the place moved to then, if any.
func (c *clause) sequel(r rule, to int) (conj, from int, next captured, ok bool) {
	x := c.x
	for i := to; i+2 < c.end; i++ {
		t := &x.toks[i]
		if !t.is("and", "then", ",") {
			continue
		}
		j := i + 1
		for j < c.end && x.toks[j].is("and", "then", "later", "finally", "i", "on", "again", ",") {
			j++
		}
		if j+1 >= c.end {
			return
		}
		if r.meaning.key == LivesIn && x.toks[j].is("moved", "relocated") && j+2 < c.end {
			j++
			if x.toks[j].is("on") {
				j++
			}
		}
		if r.meaning.key == LivesIn && x.toks[j].is("to") {
			if p, n, found := x.capture("place", j+1, c.end); found {
				return i, n, p, true
			}
		}
		if x.toks[j].is("left", "quit", "resigned", "finished", "stopped") {
			if _, dated := x.whenAt(j+1, c.end, backward); dated {
				return i, j + 1, captured{}, true
			}
		}
		if !t.is(",") {
			return
		}
	}
	return
}

// sequence emits an event and what ended it, when the dates of both are known.
func (c *clause) sequence(r rule, f fact, to int) bool {
	x := c.x
	conj, from, next, ok := c.sequel(r, to)
	if !ok {
		return false
	}
	first := *c
	first.end = conj
	a, _ := first.dates(to, backward)
	b, found := x.whenAt(from, c.end, backward)
	if !a.known() || !found || !b.known() || a.kind != onDate || b.kind != onDate || !a.interval.From.Before(b.interval.From) || !x.at.IsZero() && b.interval.From.After(x.at) || x.takenBack(b.end, c.end) || !x.settled(b.end, c.end, c.v.end) {
		return false
	}
	f.valid, f.begunBy = record.Interval{From: a.interval.From, Until: b.interval.From}, a.interval.Until
	x.relation(f)
	if next.party.ref.Name != "" {
		g := f
		g.object, g.to, g.valid, g.begunBy = next.party, next.party.to, record.Interval{From: b.interval.From}, b.interval.Until
		x.relation(g)
	}
	return true
}

// others reads the persons listed after the first: "I work with Priyanka and Joel", "I founded Acme with Haruki".
func (c *clause) others(r rule, obj captured, to int) (out []party, end int) {
	x := c.x
	link := func() bool {
		if r.meaning.key == Founded {
			return x.toks[to].is("with") || len(out) > 0 && x.toks[to].is("and")
		}
		return x.toks[to].is("and", ",") && obj.name == "person" && !Functional(r.meaning.key)
	}
	for to+1 < c.end && link() {
		j := to + 1
		if x.toks[to].is(",") && x.toks[j].is("and") {
			j++
		}
		m, ok := x.personAt(j, c.end)
		if !ok || x.people.evidence(m, false) == noEvidence || m.to < c.end && (verbLike(&x.toks[m.to]) || x.toks[m.to].is("'s")) || x.toks[to].is(",") && !x.listAhead(to+1, c.end) {
			break
		}
		out, to = append(out, x.people.resolve(m)), m.to
	}
	return out, to
}

// bare reports whether nothing but a date or a duration follows: what else does may be all that is denied.
func (c *clause) bare(to int) bool {
	x := c.x
	for to < c.end {
		t := &x.toks[to]
		w, dated := x.whenAt(to, c.end, backward)
		switch {
		case dated:
			to = w.end
		case t.is("anymore", "now", "either", "currently"):
			to++
		case x.phrase(to, c.end, "any more"), x.phrase(to, c.end, "any longer"), x.phrase(to, c.end, "right now"), x.phrase(to, c.end, "these days"), x.phrase(to, c.end, "after all"):
			to += 2
		case t.is("for") && to+2 < c.end && c.lasting():
			to += 3
		case c.v.nolonger:
			as := t.is("as") && (to+1 == c.end || !x.toks[to+1].is("i", "we", "he", "she", "they", "of"))
			return !as && !t.is("with", "without", "alone", "together", "full-time", "part-time")
		default:
			return t.kind != word || t.is("and", "but", "so")
		}
	}
	return true
}

// settled reports whether an event of the past still stands: nothing after it, and no adverb in the clause,
// says that it was the first of several or lasted only for a time.
func (x *extractor) settled(to, end, verb int) bool {
	for i := to; i < end; i++ {
		t := &x.toks[i]
		if i > to && x.toks[i-1].is(",", "so", "and", "but") && (t.is("so", "but") || x.newStatement(i, end) && !t.is("then", "am", "was", "had")) {
			break // what follows is said of something else
		}
		if t.is("before") && i > 0 && x.toks[i-1].is("day") {
			continue
		}
		if t.is("then", "afterwards", "eventually", "later", "before", "temporarily", "briefly", "initially", "originally", "until") {
			return false
		}
		if t.is("for") && i+2 < end && (x.toks[i+2].is("year", "month", "week", "days", "weeks", "months", "years", "summer", "semester", "day",
			"weekend", "bit", "while", "winter", "few", "couple", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "hour", "morning", "afternoon", "evening", "lunch", "meal", "night", "bet", "dare", "laugh", "photo") || x.toks[i+1].is("college", "university", "uni", "months", "years")) {
			return false
		}
		if t.is("back") && i+1 < end && x.toks[i+1].is("in", "then", "to") && !(x.toks[i+1].is("in") && i+2 < end && months[x.toks[i+2].low] != 0) || t.is("when", "as") && i+1 < end && x.toks[i+1].is("i", "he", "she", "a") &&
			i+2 < end && x.toks[i+2].is("was", "were", "child", "kid", "student", "teenager", "toddler", "baby", "boy", "girl", "visitor") {
			return false
		}
	}
	for i := verb - 1; i >= 0 && i >= verb-4; i-- {
		if x.toks[i].is("first", "once", "initially", "originally", "briefly", "temporarily", "eventually", "then") {
			return false
		}
	}
	return true
}

// lasting reports "for five years" or "all my life" after a perfect.
func (c *clause) lasting() bool {
	x := c.x
	if c.lasts {
		return true
	}
	for i := c.v.end; i < c.end; i++ {
		switch t := &x.toks[i]; {
		case t.is("for"):
			for j := i + 1; j < min(i+6, c.end) && x.toks[j].kind == word; j++ {
				if x.toks[j].is("years", "months", "weeks", "year", "month", "now", "yrs", "while", "ages", "decade", "decades", "forever", "yonks", "bit", "life", "donkey's", "time") {
					return true
				}
			}
		case t.is("since") && i+1 < c.end && x.toks[i+1].kind == word && !(x.toks[i+1].is("it", "that", "this", "you", "they", "when")):
			return true // whatever it began with, it is so now
		case x.phrase(i, c.end, "all my life"), x.phrase(i, c.end, "my whole life"), x.phrase(i, c.end, "all his life"), x.phrase(i, c.end, "all her life"), x.phrase(i, c.end, "ever since"), t.is("forever"):
			return true
		case t.kind == newline || t.is(";"):
			return false
		}
	}
	return false
}

// sinceThen reports "since March" or "for five years" after a perfect.
func (c *clause) sinceThen() bool {
	w, ok := c.dates(c.v.end, backward)
	return ok && w.kind == sinceDate && w.end > 0 || c.lasting()
}

// longAgo reports that what follows says when in a life something was that is over: "for two years", "when I was small".
func (c *clause) longAgo(to int) bool {
	x := c.x
	for i := to; i < min(to+8, c.end); i++ {
		t := &x.toks[i]
		switch {
		case t.kind != word && !t.is(","), t.is("and", "but", "so", "because", "which", "who"):
			return false
		case t.is("when") && i+2 < c.end && x.toks[i+1].is("i", "we") && x.toks[i+2].is("was", "were"),
			t.is("as") && i+2 < c.end && x.toks[i+1].is("a") && x.toks[i+2].is("child", "kid", "student", "teenager", "boy", "girl", "toddler", "baby"),
			t.is("before") && i+1 < c.end, x.phrase(i, c.end, "back then"), x.phrase(i, c.end, "back in"), x.phrase(i, c.end, "back when"), x.phrase(i, c.end, "years ago"), x.phrase(i, c.end, "in my twenties"), x.phrase(i, c.end, "in my thirties"):
			return true
		case t.is("for"):
			if _, n, ok := x.spotCapture("years", i+1, c.end); ok {
				return n >= c.end || x.toks[n].kind != word || x.toks[n].is("when", "before", "and", "but", "as", "in", "until", "then", "back", "so", "after")
			}
		}
	}
	return false
}
