package extract

import "strings"

// Lists of people say after a name what holds of it: "- Tobias: allergic to shellfish", "me - vegan".

// listedLines reads such a line at its beginning, token i.
func (x *extractor) listedLine(i, end int) bool {
	for i < end && (x.toks[i].kind == punct && strings.Contains("-•*–—", x.toks[i].text) || x.toks[i].kind == word && len(x.toks[i].text) <= 2 && x.toks[i].text[0] <= '9' && i+1 < end && x.toks[i+1].is(".", ")")) {
		if x.toks[i].kind == word {
			i++
		}
		i++
	}
	if i+2 >= end || x.toks[i].kind != word {
		return false
	}
	c := clause{x: x, from: i, v: verbGroup{lemma: "be", tense: present}}
	n := i + 1
	if x.toks[i].is("me", "myself") {
		c.subj = x.me()
	} else {
		m, ok := x.personAt(i, end)
		if !ok || x.people.evidence(m, false) == noEvidence || jobs[lower(m.text)] {
			return false
		}
		c.subj, n = x.people.resolve(m), m.to
	}
	if n+1 >= end || !(x.toks[n].is(":", "=", "–", "—") || x.toks[n].is("-") && !x.toks[n].joined || x.toks[n].is("-") && x.toks[n].start > x.toks[n-1].end) {
		return false
	}
	n++
	c.end = end
	for j := n; j < end; j++ {
		if x.toks[j].kind == newline {
			c.end = j
			break
		}
	}
	read := false
	for n < c.end { // "vegan, allergic to nuts"
		c.v.end = n
		read = c.allergic(n) || c.closedValue(n) || c.age(n) || read
		if x.toks[n].is("no", "not") {
			break
		}
		for n < c.end && !x.toks[n].is(",", "and", "+", "&") {
			n++
		}
		n++
	}
	return read
}
