package extract

// What somebody else is said to be, the speaker is too: "Mum's a midwife and so am I", "Desmond isn't vegan but I am".

// likewise are the words that say so of "is", and of "has" and verbs of taste; contrary says it where it was denied of the other.
var (
	likewise = phrases("so am i", "i am too", "i am as well", "i am one too", "i am the same")
	soDo     = phrases("so do i", "so have i", "i do too", "i have too", "i do as well", "i have it too", "i have got it too", "i have as well")
	contrary = phrases("but i am", "i am though", "but i definitely am", "but i certainly am")
)

// soAmI reads what was said of somebody else as said of the speaker, at the words that say so.
func (x *extractor) soAmI(i int, s sentence) bool {
	is, has, but := x.phraseOf(i, s.to, likewise), x.phraseOf(i, s.to, soDo), x.phraseOf(i, s.to, contrary)
	n := max(is, has, but)
	if n == 0 || i+n < s.to && x.toks[i+n].kind == word && !x.toks[i+n].is("so", "and", "but", "because") || x.takenBack(i+n, s.to) {
		return false
	}
	end := i
	for end > s.from && (x.toks[end-1].is("and", "but", ",") || x.toks[end-1].kind != word) {
		end--
	}
	for k := end - 1; k >= s.from && k >= end-8; k-- {
		t := &x.toks[k]
		if t.kind != word || t.is("was", "were", "had", "if", "would", "could") || hedges[t.low] {
			return false
		}
		c := clause{x: x, subj: x.me(), from: i, end: end, v: verbGroup{lemma: "be", tense: present, end: k + 1}}
		denied := k+1 < end && x.toks[k+1].is("not")
		switch {
		case t.is("is", "'s", "are") && is > 0 && !denied:
			return k+1 < end && (c.closedValue(k+1) || c.allergic(k+1) || c.roleClause(k+1))
		case t.is("is", "'s", "are") && but > 0 && denied:
			return k+2 < end && (c.closedValue(k+2) || c.allergic(k+2) || c.roleClause(k+2))
		case t.is("has", "have", "'s") && has > 0 && !denied:
			p, to, ok := x.spotCapture("chronic", x.pastWords(k+1, end, "got"), end)
			return ok && to == end && x.relation(fact{subject: x.me(), key: Condition, object: p.party, category: identity, conf: likely, from: i, to: i + n})
		case t.is("loves", "likes", "adores", "hates", "loathes", "love", "like", "hate") && has > 0:
			if k > s.from && x.toks[k-1].is("not", "i", "to", "would") {
				return false
			}
			c.v.lemma = "like"
			if t.is("hates", "loathes", "hate") {
				return c.likes(Dislikes, k+1)
			}
			return c.likes(Likes, k+1)
		}
	}
	return false
}
