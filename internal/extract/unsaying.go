package extract

import "time"

// What the agent is told to have wrong holds no longer: "You've got me down as vegan, please delete that", "I told you I was allergic to
// nuts, that's not true". The claim is read as it would be elsewhere, and ends.

// claims are the words before what is said to be on record, denials what says that it is not so.
var (
	claims = phrases("you have got me down as", "you have me down as", "you got me down as", "you had me down as", "you have me as", "you still have me as", "you still have me down as", "i am down as", "i am still down as", "i am listed as", "i am still listed as",
		"it says i am", "it says here i am", "it still says i am", "it says that i am", "it says i", "it says here i", "it still says i", "it says that i", "the system says i am", "the system still says i am", "the profile says i am", "my profile says i am", "my profile still says i am",
		"you think i am", "you think i", "you said i", "you said i am", "you wrote that i", "you wrote that i am", "you seem to think i", "you seem to think i am", "you keep saying i am", "you keep saying i",
		"i told you i was", "i told you that i was", "i told you i am", "i told you i", "i told you that i", "i said i was", "i said that i was", "i said i am", "i said i", "i said that i", "i mentioned i was", "i mentioned that i was", "i mentioned i", "i wrote that i",
		"remember i said i was", "remember i said i", "remember when i said i was", "remember when i said i", "i know i said i was", "i know i said i am", "i know i said i", "i may have said i was", "i think i said i was", "i think i said i",
		"cross out", "take out", "take off", "strike out", "un-remember that i am", "un-remember that i", "unlearn that i")
	unsaid = phrases("that is not true", "that 's not true", "that is not right", "that 's not right", "that is wrong", "that 's wrong", "that is out of date", "that 's out of date", "which is out of date", "which is wrong", "which is not right", "which has not been right", "which has not been true", "which is no longer true",
		"that is no longer true", "that 's no longer true", "not any more", "not anymore", "no longer", "i was joking", "i was kidding", "i was lying", "i lied", "i made it up", "i was wrong", "i was mistaken", "that was a joke", "that was a mistake", "please take that off", "take that off", "please delete that", "delete that", "please remove that", "remove that", "take it out",
		"take that out", "please delete it", "delete it", "scrap it", "scrap that", "forget it", "forget that", "please forget that", "ignore that", "please ignore that", "but i am not", "but i do not", "i am not any more", "i am not anymore", "i do not any more", "i do not anymore", "that lasted", "that is not the case", "that 's not the case", "that was never true", "it is not true", "it 's not true",
		"it was a joke", "i have never", "i never did", "that is over", "that 's over", "not since", "has not been true", "it is out of date", "could you take it out", "can you take it out", "could you take that out", "can you take that out", "can you change that", "could you change that", "wipe that", "lose that", "i eat meat now", "i eat fish now")
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
