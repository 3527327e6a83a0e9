package extract

import "strings"

// Idioms are turns of speech that say something of the speaker whatever their grammar: "meine Wurzeln liegen in Graubünden", "lo mío es
// el jazz". They are compared with the words of a sentence in their order, where "*" stands for a few words in between.

// skipMost is how many words "*" stands for at most.
const skipMost = 6

// idiomStart indexes an idiom by its first words; idioms that begin with a capture are under "".
func (l *tongue) compileIdioms(table, articles string) {
	forms := l.forms
	l.forms = map[string][]langForm{}
	l.compileTable("idiom", expand(table), articles)
	l.idioms = map[string][]langForm{}
	for _, f := range l.forms["idiom"] {
		if f.elements[0].capture != "" || f.elements[0].optional {
			l.idioms[""] = append(l.idioms[""], f)
			continue
		}
		for _, w := range f.elements[0].words {
			l.idioms[w] = append(l.idioms[w], f)
		}
	}
	l.forms = forms
}

// sayings reads the idioms of the sentence.
func (u *utterance) sayings() {
	c := u.clauseFrom(u.from)
	c.subj, c.known = u.x.me(), true
	whole := c.when
	for i := u.from; i < u.end; i++ {
		if u.x.toks[i].kind != word {
			continue
		}
		lists := [][]langForm{u.l.idioms[u.low[i]]}
		if i == u.from || u.l.elides && u.is(i-1, "moi") || i == u.opening() || u.x.toks[i-1].kind != word || u.at(i-1, u.l.subordinate) || u.at(i-1, u.l.articles) && (!u.l.elides || i-1 == u.from || u.x.toks[i-2].kind != word || u.at(i-2, u.l.joins) || u.at(i-2, u.l.resets)) || u.at(i-1, u.l.resets) {
			lists = append(lists, u.l.idioms[""])
		}
		for _, list := range lists {
			for k := range list {
				f := &list[k]
				if f.anchored && i != u.from && i != u.opening() {
					continue
				}
				got, to, ok := c.saying(f.elements, i)
				if !ok || u.doubted(i) || f.final && !c.closes(to) || f.captures && !free[got.name] && !(u.l.elides && (got.name == "phone" || got.name == "email" || got.name == "address")) && !c.ends(to) && !endsOpen(f) && !c.finite(c.next(to)) {
					continue
				}
				if f.must != "self" && f.must != "sure" && (!u.firstPerson(i, to) || f.key == Role && f.mode == state && u.past()) {
					continue
				}
				if u.l.elides && (u.others(i) || f.must != "sure" && u.meant(f, i) || f.key == Car && f.mode == state && u.gone(i)) {
					continue
				}
				c.verbAt = i
				c.negated, c.past = false, f.mode == event || f.mode == ending
				if u.l.elides {
					c.when, c.forget = u.whenNear(i, whole), i < u.lapsed
				}
				if f.mode == state && f.key != Dislikes && f.must != "sure" && (u.denied(i) || endsOpen(f) && (u.at(to, u.l.deny) || u.at(to, u.l.anyMore))) {
					continue
				}
				if c.assert(f, got, i, to) {
					for _, other := range append([]captured(nil), c.more...) {
						c.assert(f, other, other.party.from, other.party.to)
					}
					c.more = nil
				}
			}
		}
	}
}

// past reports a verb of the past: what somebody was in passing need not be so now.
func (u *utterance) past() bool {
	for i := u.from; i < u.end; i++ {
		list := u.l.verbs[u.x.toks[i].low]
		if u.l.elides && hasKind(list, finitePresent) {
			continue // "passe" is "passé" only without its accent
		}
		for _, s := range list {
			if s.kind == finitePast || s.kind == pastParticiple {
				return true
			}
		}
	}
	return false
}

// denied reports a denial shortly before token i, or at it.
func (u *utterance) denied(i int) bool {
	for j := max(u.from, i-4); j <= i; j++ {
		if u.at(j, u.l.deny) {
			return true
		}
	}
	return false
}

// firstPerson reports whether the part of the sentence around the match is about the speaker.
func (u *utterance) firstPerson(i, to int) bool {
	for j := max(u.from, i-1); j < to; j++ {
		if u.at(j, u.l.mine) {
			return true
		}
	}
	a, b := i, to
	for a > u.from && (u.x.toks[a-1].kind == word && !u.at(a-1, u.l.resets)) {
		a--
	}
	for b < u.end && (i <= u.opening()+1 || u.x.toks[b].kind == word && !u.at(b, u.l.resets)) {
		b++
	}
	for j := a; j < b; j++ {
		if u.at(j, u.l.me) || u.at(j, u.l.we) || u.at(j, u.l.reflexive) && !u.is(j, "se", "s'", "sich") {
			return true
		}
		for _, s := range u.l.verbs[u.x.toks[j].low] {
			if s.kind <= finitePast && s.persons&(first|firstPlural) != 0 && s.persons&third == 0 {
				return true
			}
		}
	}
	return false
}

// endsOpen reports a form whose last element is a word, so that its end is its own.
func endsOpen(f *langForm) bool { return f.elements[len(f.elements)-1].capture == "" }

// saying matches the elements from token i, and gives the last capture and the token after the match.
func (c *langClause) saying(els []element, i int) (captured, int, bool) {
	var got captured
	for k, e := range els {
		for i < c.to && c.marks[i] == markDate && !(len(e.words) > 0 && oneOf(c.low[i], e.words)) {
			i++
		}
		switch {
		case e.capture == "" && len(e.words) == 1 && e.words[0] == "*":
			for n := 0; n <= skipMost && i+n <= c.to; n++ {
				g, to, ok := c.saying(els[k+1:], i+n)
				if ok {
					if g.name == "" {
						g = got
					}
					return g, to, true
				}
				if i+n < c.to && (c.x.toks[i+n].kind != word && !c.is(i+n, ",") && !(c.l.elides && c.is(i+n, ":")) || c.at(i+n, c.l.deny) || c.l.elides && c.is(i+n, "plus") || c.l.elides && c.x.toks[i+n].upper && i+n > c.opening() && !c.casual) {
					break
				}
			}
			return got, i, false
		case e.capture == "":
			if i < c.to && c.low[i] != "" && oneOf(c.low[i], e.words) && !(c.x.toks[i].low == "ne" && oneOf("nee", e.words)) {
				i++
			} else if !e.optional {
				return got, i, false
			}
		default:
			name, drop := strings.CutPrefix(e.capture, "-")
			g, n, ok := c.capture(name, i)
			if ok && drop {
				i = n
				continue
			}
			if !ok {
				if e.optional {
					continue
				}
				return got, i, false
			}
			c.more = c.more[:0]
			if listing[e.capture] && k == len(els)-1 {
				n = c.list(e.capture, g.party.from, n)
			}
			got, i = g, n
		}
	}
	return got, i, true
}
