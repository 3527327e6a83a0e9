package extract

import (
	"strings"
	"time"
)

// Retractions take back what was said before, in the same message or long ago: "forget that I live in Leeds", "what I told you about
// being vegetarian is no longer true". What they speak of is read as it would be elsewhere, and ends.

// retractingVerbs ask the agent to drop what it knows.
var retractingVerbs = set(`wipe bin lose scratch strike scrub forget disregard ignore delete remove erase scrap drop unlearn discard`)

// retractingHeads are phrases after which a statement follows that does not hold.
var retractingHeads = phrases("it is no longer true that", "it 's no longer true that", "it is not true that", "it 's not true that", "it is not true anymore that", "it is no longer the case that", "it 's no longer the case that",
	"i was wrong about", "i was wrong when i said", "i was mistaken about", "i take back what i said about", "i take back that", "scratch what i said about", "strike what i said about", "i was lying about",
	"never mind what i said about", "you can forget that", "you can forget what i said about", "you can forget about", "i lied about", "i was joking about", "i was kidding about", "i misspoke about", "i made a mistake about", "you can drop", "you can ignore", "you can disregard what i said about", "you can ignore what i said about", "you can delete", "you can remove", "no longer true that", "not true that")

// retractingObjects stand between such a verb and what it speaks of.
var retractingObjects = phrases("that", "what i said about", "what i told you about", "what i just said about", "everything i said about", "everything i told you about", "anything i said about", "all i said about", "all i told you about",
	"the fact that", "the bit about", "the part about", "the thing about", "about", "i ever said", "i said", "i ever told you", "i told you", "i mentioned", "my comment about", "my remark about", "what i said earlier about", "what i said before about")

// retractedLater follow what is said no longer to hold: "what I told you about X is no longer true".
var retractedLater = phrases("was wishful thinking", "was just wishful thinking", "was a dream", "fell through", "never happened", "came to nothing", "did not happen", "is off", "no longer true", "not true anymore", "not true any more", "was nonsense", "was rubbish", "was a lie", "was a typo", "is old news", "is history", "is over", "turned out to be wrong", "turned out wrong", "turned out not to be true", "turns out to be wrong", "never was true", "can be forgotten", "can go", "is no longer true", "is not true anymore", "is not true any more", "is not true", "was wrong", "was not true", "is wrong", "no longer holds", "does not hold anymore", "is outdated", "is out of date", "no longer applies",
	"is no longer the case", "was a mistake", "was a joke", "is no longer right", "is no longer correct", "is not right", "has changed", "does not apply anymore")

// retraction reads a sentence that takes something back.
func (x *extractor) retraction(s sentence) bool {
	i := x.skipFillers(s.from, s.to)
	for i < s.to && (x.toks[i].is("please", "just") || x.phrase(i, s.to, "can you") || x.phrase(i, s.to, "could you") || x.phrase(i, s.to, "would you")) {
		if !x.toks[i].is("please", "just") {
			i++
		}
		i++
	}
	if i+1 >= s.to {
		return false
	}
	switch {
	case retractingVerbs[x.toks[i].low]:
		i++
		n := x.phraseOf(i, s.to, retractingObjects)
		if k := x.aboutAhead(i, s.to); n == 0 && k > i {
			n = k - i
		}
		if n == 0 && !x.toks[i].is("i", "my", "we", "our") && !(x.toks[i].is("the") && x.speaksOfMine(i+1, s.to)) {
			return false
		}
		i += n
	case x.phraseOf(i, s.to, retractingHeads) > 0:
		i += x.phraseOf(i, s.to, retractingHeads)
	case x.toks[i].is("what", "everything", "all", "anything", "the", "that", "my") && x.phraseOf(i, s.to, retractingObjects) > 0:
		i += x.phraseOf(i, s.to, retractingObjects)
		to := i
		for to < s.to && x.phraseOf(to, s.to, retractedLater) == 0 {
			to++
		}
		if to >= s.to || to-i > 12 {
			return false
		}
		s.to = to
	default:
		return false
	}
	if i >= s.to {
		return false
	}
	if x.toks[i].is("that") {
		i++
	}
	if x.placeRetracted(i, s) {
		return true
	}
	x.ending = true
	x.retracted(i, x.orderEnd(i, s.to))
	x.ending = false
	return true
}

// speaksOfMine reports whether what follows "the" is of the speaker: "forget the peanut allergy".
func (x *extractor) speaksOfMine(i, end int) bool {
	if _, _, ok := x.diseaseAt(i, end); ok {
		return true
	}
	for j := i; j < min(i+3, end); j++ {
		if x.toks[j].is("allergy", "intolerance", "diet") {
			return true
		}
	}
	_, ok := possessions[lower(x.quote(i, i+1))]
	return ok
}

// retracted reads what is taken back, at token i.
func (x *extractor) retracted(i, end int) {
	if i >= end {
		return
	}
	c := clause{x: x, subj: x.me(), from: i, end: end}
	f := verbs[x.toks[i].low]
	if m, ok := x.personAt(i, end); ok && m.to+2 < end && x.toks[m.to].is("being", "as") && x.toks[m.to+1].is("my", "our") { // "what I said about Lucy being my girlfriend"
		if label, _ := x.kinWord(m.to+2, end); label != "" {
			x.invalidate(fact{subject: c.subj, key: label, object: x.resolveKin(m, label), from: i, to: m.to + 3}, time.Time{})
			return
		}
	}
	switch {
	case x.phrase(i, end, "me being"), x.phrase(i, end, "my being"), x.toks[i].is("being"):
		for !x.toks[i].is("being") {
			i++
		}
		c.v = verbGroup{lemma: "be", end: i + 1}
		c.isClause()
	case f.forms&ingForm != 0 && i+1 < end:
		c.v = verbGroup{lemma: f.lemma, end: i + 1}
		c.read()
	case x.toks[i].is("my", "our", "the"):
		c.having(i + 1)
		for j := i + 2; j < min(i+4, end); j++ { // "my job at Acme"
			if p, n, ok := x.capture("org", j+1, end); ok && x.toks[j].is("at", "with") {
				x.relation(fact{subject: c.subj, key: WorksAt, object: p.party, category: knowledge, conf: direct, from: i, to: n})
				return
			}
		}
		for i+1 < end && x.toks[i+1].is("old", "new", "current", "home") {
			i++
		}
		for n := 3; n >= 1; n-- {
			if i+n < end+1 && i+1+n <= end {
				if p, ok := possessions[lower(x.quote(i+1, i+1+n))]; ok {
					if v, to := x.oldValue(i, i+1+n, len(x.toks)); v != "" {
						x.unsayNow(p.key, v, i, to)
						return
					}
					x.invalidate(fact{subject: c.subj, key: p.key, from: i, to: i + 1 + n}, time.Time{})
					return
				}
			}
		}
		var persons []party
		x.kinAt(i, end, &persons, false)
		fallthrough
	default:
		if i+2 < end && x.toks[i].is("i") && (x.toks[i+1].is("was", "am") || x.phrase(i+1, end, "have been")) { // "forget I said I was vegan"
			c.v = verbGroup{lemma: "be", end: i + 2}
			if x.toks[i+1].is("have") {
				c.v.end++
			}
			if c.isClause() {
				return
			}
		}
		x.clauses(sentence{i, end, false}, topic{})
	}
}

// placeRetracted reads "forget what I said about Leeds, I never lived there" and "forget the Larch Road address".
func (x *extractor) placeRetracted(i int, s sentence) bool {
	j := x.pastWords(i, s.to, "the", "my", "that", "old")
	for n := 1; n <= 4 && j+n < s.to; n++ {
		if p, ok := possessions[lower(x.quote(j+n, j+n+1))]; ok && x.toks[j].upper && x.toks[j+n-1].upper && (p.key == "address" || p.key == "email" || p.key == "phone") {
			return x.unsayNow(p.key, x.quote(j, j+n), i, j+n+1)
		}
	}
	c, n, ok := x.capture("place", i, s.to)
	if !ok || n >= s.to || !x.toks[n].is(",", "-", "–", "—") {
		return false
	}
	for k := n; k < min(n+8, s.to); k++ {
		if x.toks[k].is("live", "lived", "living") && k+1 < s.to && x.toks[k+1].is("there") {
			return x.invalidate(fact{subject: x.me(), key: LivesIn, object: c.party, category: knowledge, conf: likely, from: i, to: n}, time.Time{})
		}
	}
	return false
}

// denials say of the sentence before that it holds no longer.
var denials = phrases("that is no longer true", "that 's no longer true", "that is not true anymore", "that is not true any more", "that 's not true anymore", "that 's not true any more", "this is no longer true", "no longer true",
	"that is no longer the case", "that 's no longer the case", "not any more", "not anymore", "that no longer holds", "that is over now", "that 's over now", "that is outdated", "that 's outdated")

// deniesLast reports whether the sentence says that the one before it holds no longer.
func (x *extractor) deniesLast(s sentence) bool {
	i := x.skipFillers(s.from, s.to)
	n := x.phraseOf(i, s.to, denials)
	return n > 0 && (i+n >= s.to || !strings.HasPrefix(x.toks[i+n].low, "that"))
}

// aboutAhead moves over "what I said last week about".
func (x *extractor) aboutAhead(i, end int) int {
	if i+3 >= end || !x.toks[i].is("what", "everything", "anything", "all", "that", "my") {
		return i
	}
	said := false
	for j := i; j < min(i+10, end) && x.toks[j].kind == word; j++ {
		said = said || x.toks[j].is("said", "told", "mentioned", "wrote", "message", "note", "comment")
		if said && x.toks[j].is("about") {
			return j + 1
		}
	}
	return i
}
