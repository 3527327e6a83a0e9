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

// What the agent is told to have wrong holds no longer: "You've got me down as vegan, please delete that", "I told you I was allergic to
// nuts, that's not true". The claim is read as it would be elsewhere, and ends.

// claims are the words before what is said to be on record, denials what says that it is not so.
var (
	claims = phrases("you have got me down as", "you have me down as", "you got me down as", "you had me down as", "you have me as", "you still have me as", "you still have me down as", "i am down as", "i am still down as", "i am listed as", "i am still listed as",
		"it says i am", "it says here i am", "it still says i am", "it says that i am", "it says i", "it says here i", "it still says i", "it says that i", "the system says i am", "the system still says i am", "the profile says i am", "my profile says i am", "my profile still says i am",
		"you think i am", "you think i", "you said i", "you said i am", "you wrote that i", "you wrote that i am", "you seem to think i", "you seem to think i am", "you keep saying i am", "you keep saying i",
		"i told you i was", "i told you that i was", "i told you i am", "i told you i", "i told you that i", "i said i was", "i said that i was", "i said i am", "i said i", "i said that i", "i mentioned i was", "i mentioned that i was", "i mentioned i", "i wrote that i",
		"remember i said i was", "remember i said i", "remember when i said i was", "remember when i said i", "i know i said i was", "i know i said i am", "i know i said i", "i may have said i was", "i think i said i was", "i think i said i",
		"you still think i am", "you still think i", "you still think that i", "i told you that i am", "i did say i", "i did tell you i", "i did tell you that i", "cross out", "take out", "take off", "strike out", "un-remember that i am", "un-remember that i", "unlearn that i")
	unsaid = phrases("that is not true", "that 's not true", "that is not right", "that 's not right", "that is wrong", "that 's wrong", "that is out of date", "that 's out of date", "which is out of date", "which is wrong", "which is not right", "which has not been right", "which has not been true", "which is no longer true",
		"that is no longer true", "that 's no longer true", "not any more", "not anymore", "no longer", "i was joking", "i was kidding", "i was lying", "i lied", "i made it up", "i was wrong", "i was mistaken", "that was a joke", "that was a mistake", "please take that off", "take that off", "please delete that", "delete that", "please remove that", "remove that", "take it out",
		"take that out", "please delete it", "delete it", "scrap it", "scrap that", "forget it", "forget that", "please forget that", "ignore that", "please ignore that", "but i am not", "but i do not", "i am not any more", "i am not anymore", "i do not any more", "i do not anymore", "that lasted", "that is not the case", "that 's not the case", "that was never true", "it is not true", "it 's not true",
		"it was a joke", "i have never", "i never did", "that is over", "that 's over", "not since", "has not been true", "it is out of date", "could you take it out", "can you take it out", "could you take that out", "can you take that out", "can you change that", "could you change that", "drop that", "please drop that", "please scrub that", "scrub that", "strike that", "erase that", "please erase that", "please wipe that", "i take that back", "i take it back", "that was nonsense", "that is not so", "i no longer do", "i no longer am", "wipe that", "lose that", "i eat meat now", "i eat fish now")
)

// unsays reads what is said to be on record and not so.
func (x *extractor) unsays(s sentence) bool {
	i := s.from
	n := 0
	for k := 0; k < 14 && i < s.to; k++ {
		if n = x.phraseOf(i, s.to, claims); n > 0 {
			break
		}
		i++
	}
	if n == 0 || x.toks[i].is("cross", "take", "strike") && x.skipFillers(s.from, s.to) < i {
		return false
	}
	from := i + n
	to := from
	for to < s.to && !x.toks[to].is(",", ";", "-", "–", "—", "but", "(", ":", "which", "from", "and") && x.toks[to].kind != newline {
		to++
	}
	if to == from || to-from > 12 {
		return false
	}
	denied := x.toks[i].is("cross", "take", "strike", "un-remember", "unlearn")
	for j := to; j < min(to+40, len(x.toks)) && !denied; j++ {
		if j > to && j < s.to && x.toks[j].is(",") && x.ownStatement(j+1, s.to) && x.phraseOf(j+1, len(x.toks), unsaid) == 0 && j+1 < s.to && x.toks[j+1].is("i") && x.toks[min(j+2, s.to-1)].is("am") {
			break // "you wrote that I'm from Cork, I'm from Kerry"
		}
		denied = x.phraseOf(j, len(x.toks), unsaid) > 0 && !(j > s.to+20)
	}
	if !denied {
		return false
	}
	before := len(x.out.Invalidations)
	x.ending = true
	c := clause{x: x, subj: x.me(), from: from, end: to, v: verbGroup{lemma: "be", end: from}}
	last := &x.toks[from-1]
	switch f := verbs[x.toks[from].low]; {
	case last.is("i"):
		if v, ok := x.verbGroupAt(from, to); ok {
			if v.tense == past { // "you said I lived in Rome"
				v.tense = present
			}
			c.v = v
			c.read()
		}
	case f.forms&ingForm != 0:
		c.v = verbGroup{lemma: f.lemma, end: from + 1}
		c.read()
	default:
		c.isClause()
	}
	x.ending = false
	return len(x.out.Invalidations) > before
}

// oldAddress reads "forget the Larch Road address", "my old address, the Larch Road one", "my old email, bob@old.example" at the
// possession, which ends before token n: it gives its value.
func (x *extractor) oldValue(from, n, end int) (string, int) {
	if n < end && x.toks[n].is(",", ":", "(") {
		j := x.pastWords(n+1, end, "the", "that")
		k := j
		for k < end && k < j+4 && x.toks[k].kind == word && x.toks[k].upper {
			k++
		}
		if k > j && k < end && x.toks[k].is("one") {
			return x.quote(j, k), k
		}
		if c, m, ok := x.spotCapture("mail", j, end); ok {
			return c.text, m
		}
		if c, m, ok := x.spotCapture("digits", j, end); ok {
			return c.text, m
		}
	}
	return "", n
}

// unsayNow ends what a possession of the speaker was.
func (x *extractor) unsayNow(key string, value string, from, to int) bool {
	return x.invalidate(fact{subject: x.me(), key: key, value: value, from: from, to: to}, time.Time{})
}
