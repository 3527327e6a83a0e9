package extract

// People tell of an engagement in several sentences: "Dele asked me on the beach and I said yes, so now I'm engaged". Whom it is with is
// the one person whom the message names.

// proposals are words of somebody who is engaged from now on: the speaker's, or those of the other one.
var proposals = phrases("i am engaged", "i am now engaged", "we are engaged", "we are now engaged", "i got engaged", "we got engaged", "i have got engaged", "we have got engaged", "just got engaged", "i am officially engaged", "we are officially engaged",
	"i proposed to", "i proposed", "popped the question", "proposed to me", "asked me to marry", "got down on one knee", "i said yes", "she said yes", "he said yes", "they said yes", "who got engaged", "i am getting married to", "put a ring on it", "put a ring on my finger")

// engagedInPassing reads with whom the speaker is engaged. Two different signs are asked for, or one that names the other.
func (x *extractor) engagedInPassing(s sentence) {
	if x.engagement.done {
		return
	}
	for i := s.from; i < s.to; i++ {
		t := &x.toks[i]
		if t.is("if", "hypothetically", "should", "might", "dream", "imagine", "wish", "telling", "everyone", "film", "movie", "book", "show", "episode", "character") || t.is("would") && i > s.from && x.toks[i-1].is("i", "she", "you") {
			x.engagement.signs = 0
			return
		}
		if t.upper && t.kind == word && !notNames[t.low] {
			if m, ok := x.personAt(i, s.to); ok && !x.isSelf(m) {
				ev := x.people.evidence(m, i == s.from)
				said := m.to < s.to && (x.phrase(m.to, s.to, "said yes") || x.phrase(m.to, s.to, "proposed") || x.phrase(m.to, s.to, "asked me") || x.phrase(m.to, s.to, "did not even let me finish") || x.phrase(m.to, s.to, "popped the question"))
				if ev == strongEvidence || said {
					x.engagement.add(x.people.resolve(m))
				}
				if said {
					x.engagement.signs++
					x.engagement.named = true
				}
				i = m.to - 1
				continue
			}
		}
		if kin[t.low] != "" && kin[t.low] != "partner" && kin[t.low] != "fiance" && i+1 < s.to && x.toks[i+1].upper {
			x.engagement.others = true // "my sister Ana"
		}
		if t.is("marry") && i+1 < s.to && x.toks[i+1].is("me") && i > s.from && x.toks[i-1].is("to") && x.anyWord(max(s.from, i-5), i, "asked") {
			x.engagement.signs++
		}
		if n := x.phraseOf(i, s.to, proposals); n > 0 {
			if last := &x.toks[i+n-1]; i+n < s.to && (last.is("proposed") && x.toks[i+n].is("a", "an", "the", "that", "it", "this", "we", "some", "they", "he", "she", "i") || last.is("engaged") && x.toks[i+n].is("in", "with", "by", "a") && !x.dateAt(i+n, s.to)) {
				return
			}
			x.engagement.signs++
			if x.toks[i+n-1].is("to") && i+n < s.to && x.toks[i+n].upper {
				x.engagement.named = true
			}
			i += n - 1
		}
	}
	e := &x.engagement
	if len(e.who) != 1 || e.others || e.signs == 0 || e.signs < 2 && !(e.named && x.mineToo(s)) {
		return
	}
	e.done = true
	p := e.who[0]
	x.people.intro[lower(p.ref.Name)] = true
	x.meet(p)
	x.relation(fact{subject: x.me(), key: EngagedTo, object: p, category: identity, conf: likely, from: p.from, to: p.to})
}

// dateAt reports a date at token i.
func (x *extractor) dateAt(i, end int) bool {
	_, ok := x.whenAt(i, end, backward)
	return ok
}

// tied reports whether what is said of a couple ends before token i, and does not speak of what they do: "together on this one".
func (x *extractor) tieEnds(i, end int) bool {
	if i >= end || x.toks[i].kind != word || x.dateAt(i, end) {
		return true
	}
	if i+2 < end && x.toks[i].is("in") && x.toks[i+1].is("the") && (seasons[x.toks[i+2].low] != 0 || x.toks[i+2].is("end", "new")) || i+1 < end && x.toks[i].is("in") && seasons[x.toks[i+1].low] != 0 {
		return true
	}
	return x.toks[i].is("now", "since", "for", "and", "but", "so", "because", "cos", "again", "as", "officially", "by", "via", "after", "last", "yesterday", "today", "this", "too", "finally", "which", "who", "then", "anymore", "any", "these", "already", "over")
}

// mineToo reports that the sentence says that it is the speaker's own engagement.
func (x *extractor) mineToo(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		if x.phrase(i, s.to, "i said yes") || x.phrase(i, s.to, "am engaged") || x.phrase(i, s.to, "are engaged") || x.phrase(i, s.to, "we got engaged") || x.phrase(i, s.to, "who got engaged") || x.phrase(i, s.to, "so we are") {
			return true
		}
	}
	return false
}

// engaging is what a message has told of an engagement so far.
type engaging struct {
	who    []party
	signs  int
	named  bool // one of the signs names the other
	others bool // relatives are named, who may be the ones who are engaged
	done   bool
}

func (e *engaging) add(p party) {
	for _, o := range e.who {
		if o.ref == p.ref {
			return
		}
	}
	if p.doubt == "" && len(e.who) < 2 { // two are too many already
		e.who = append(e.who, p)
	}
}
