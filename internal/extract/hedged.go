package extract

// conditionBehind reports whether the condition that begins at i stands behind its main clause, so that it ends with the next mark: "I can't
// come if the cat's been in, I'm allergic to cats".
func (x *extractor) conditionBehind(i, from int) bool {
	if !x.toks[i].is("if", "unless", "when", "whenever", "once") || i <= from || x.toks[i-1].kind != word || x.toks[i-1].is("and", "but", "so", "or", "because", "that", "as", "what", "even", "only", "than", "know", "wonder", "wondering", "ask", "asked", "see", "check", "unsure") {
		return false
	}
	for j := i - 1; j >= from && x.toks[j].kind == word; j-- {
		if verbLike(&x.toks[j]) || x.toks[j].is("am", "can", "do", "have", "will", "would", "could") {
			return true
		}
	}
	return false
}

// ourTaste reports that "we" who like something are people who live together: "we both love snooker".
func (c *clause) ourTaste() bool {
	x := c.x
	for i := c.from; i < c.v.end; i++ {
		if x.toks[i].is("both", "all") {
			return true
		}
	}
	return c.companion.ref.Name != "" && !x.phrase(c.v.end, c.end, "to")
}
