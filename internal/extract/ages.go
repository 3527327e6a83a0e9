package extract

import (
	"strconv"
	"strings"
)

// How old somebody is is often said in passing: "at 71 I find these phones baffling", "31F here", "my son turns five on 3 June".

// ageInPassing reads the age of the speaker at token i.
func (x *extractor) ageInPassing(i int, s sentence) bool {
	t := &x.toks[i]
	if t.kind != word {
		return false
	}
	f := fact{subject: x.me(), key: Age, category: identity, conf: likely, from: i}
	switch {
	case t.is("at", "being", "aged") && x.afterMark(i):
		c, n, ok := x.spotCapture("age", i+1, s.to)
		if years := number(x.toks[min(i+1, s.to-1)].low); !ok || t.is("at") && years < 25 && x.toks[i+1].text[0] <= '9' { // "at 19 I have a call"
			return false
		}
		f.value, f.to = c.text, n
		for n < s.to && (x.toks[n].is(",", "years", "of", "age", "now") || x.phrase(n, s.to, "years old")) {
			n++
		}
		return x.presentlySo(n, s.to) && x.attribute(f)
	case ageSex(t.low) > 0 && (x.sentenceStart(i) && i+1 < s.to && (x.toks[i+1].is("here", ",") || x.toks[i+1].kind != word) || i > 1 && x.toks[i-1].is("(") && i+1 < s.to && x.toks[i+1].is(")") && x.toks[i-2].is("i", "me")):
		f.value, f.to = strconv.Itoa(ageSex(t.low)), i+1
		return x.attribute(f)
	}
	return false
}

// presentlySo reports whether the speaker says at token i what is so now, not what was or is planned.
func (x *extractor) presentlySo(i, end int) bool {
	i = x.skipFillers(i, end)
	if i+1 >= end || !x.toks[i].is("i", "we") && !(x.toks[i].is("my") && verbLike(&x.toks[min(i+2, end-1)])) {
		return false
	}
	if x.toks[i].is("my") {
		return x.toks[i+2].is("is", "'s", "are", "do", "does", "has")
	}
	for j := i + 1; j < min(i+4, end); j++ {
		t := &x.toks[j]
		if t.kind != word || t.is("will", "would", "want", "plan", "get", "retire", "hope", "start", "had", "was", "did", "could", "should", "might", "moved", "went", "got", "left", "used", "started", "met", "became", "have") && !(t.is("did") && j+1 < end && x.toks[j+1].is("not")) && !(t.is("have") && j+1 < end && !x.toks[j+1].is("a", "an", "to", "my", "the", "another")) {
			return false
		}
		if t.is("am", "find", "do", "can", "still", "feel", "know", "think", "struggle", "need", "reckon", "have", "did", "love", "like", "enjoy", "run", "swim", "live", "work", "never", "just", "see", "should", "sleep", "prefer") {
			return true
		}
	}
	return false
}

// ageSex reads the age in "31f" and "f31", as people open a post with it; 0 for anything else.
func ageSex(s string) int {
	if len(s) != 3 {
		return 0
	}
	n := figures(strings.Trim(s, "fm"))
	if n < 16 || n > 99 || !strings.ContainsAny(s, "fm") {
		return 0
	}
	return n
}

// turnsOn reads the birthday in "I turn 30 on July 8th" and "Otis turns five on 3 June".
func (x *extractor) turnsOn(c *clause, i int) bool {
	if number(x.toks[i].low) < 1 || !c.v.plain() {
		return false
	}
	j := i + 1
	if j < c.end && x.toks[j].is("years", "year") {
		j = x.pastWords(j, c.end, "years", "year", "old")
	}
	if j+1 >= c.end || !x.toks[j].is("on") {
		return false
	}
	a := x.pastWords(j+1, c.end, "the")
	n := x.calendarEnd(a, c.end)
	if n <= a || x.takenBack(n, c.end) || c.subj.weak {
		return false
	}
	x.attribute(fact{subject: c.subj, key: Birthday, value: x.quote(a, n), category: identity, conf: c.strength(), from: c.from, to: n})
	return c.v.tense == present || c.v.tense == progressive
}
