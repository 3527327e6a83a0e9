package extract

import "strings"

// Who introduces himself in a list says what holds of him in fragments: "about me: 41, vegetarian, two cats (Miso and Tofu), scared of
// geese", on lines or between commas. A heading tells that it is about the speaker.

// headings are words before the colon of such a list.
var headings = phrases("details", "form", "insurance", "my week", "my info", "my details", "here are my details", "so the household is", "about me", "about myself", "me in a nutshell", "me in short", "me", "bio", "my bio", "the bio", "profile", "my profile", "dating profile", "intro", "emergency form", "the form", "things about me", "facts about me", "a few facts about me", "random facts about me",
	"quick intro", "who am i", "who i am", "some facts", "my family", "family", "household", "our household", "at home", "my people", "my lot", "our lot", "us", "home", "the family", "for the form", "for the bio", "basics", "the basics", "my stats", "stats", "facts", "my facts", "the short version", "in brief", "in short")

// headingTails may stand between the words of a heading and its colon: "about me since you ask:".
var headingTails = set(`for the my our insurance stuff rota page club on at as promised since you ask asked school work site team newsletter group chat again bit so far here is are and no particular order in a nutshell app gym trip thing`)

// onlyWords reports that nothing but such words stands between two tokens.
func (x *extractor) onlyWords(from, to int, words map[string]bool) bool {
	for i := from; i < to; i++ {
		if !words[x.toks[i].low] {
			return false
		}
	}
	return true
}

// profileAt is where the fragments of a list about the speaker begin; 0 if the sentence is none.
func (x *extractor) profileAt(s sentence) int {
	for i := s.from + 1; i < min(s.to, s.from+16); i++ {
		if !x.toks[i].is(":", "=") && !(x.toks[i].is("-", "–", "—") && i+1 < s.to && x.toks[i+1].kind != newline && x.toks[i].start > x.toks[i-1].end) {
			continue
		}
		for j := max(s.from, i-8); j < i; j++ {
			if n := x.phraseOf(j, i, headings); n > 0 && (j+n == i || x.toks[i].is(":") && x.onlyWords(j+n, i, headingTails)) && !x.anyWord(s.from, i, "his", "her", "their", "your", "characters", "character", "story", "book", "mum's", "he", "she", "they", "names", "said", "wrote", "asked", "told") && !x.edits(s) {
				return i + 1
			}
		}
		break
	}
	return 0
}

// profile reads the fragments of a list about the speaker.
func (x *extractor) profile(s sentence) {
	start := x.profileAt(s)
	if start == 0 {
		return
	}
	first := !x.anyWord(s.from, start, "family", "household", "home", "us", "our", "people", "lot", "week", "emergency")
	for i := start; i < s.to; {
		for i < s.to && (x.toks[i].kind != word || x.toks[i].is("and", "also", "currently", "plus") || len(x.toks[i].text) <= 2 && i+1 < s.to && x.toks[i+1].is(".", ")") && x.toks[i].text[0] <= '9') {
			i++
		}
		if i >= s.to {
			return
		}
		to := i
		for to < s.to && x.toks[to].kind != newline && !x.toks[to].is(",", ";", "|", "•", "/") {
			if x.toks[to].is("(") {
				for to < s.to && !x.toks[to].is(")") {
					to++
				}
				continue
			}
			to++
		}
		if n := x.fragment(i, to, s.to, first); n > i {
			to = n
		}
		i, first = max(to, i+1), false
	}
}

// anyWord reports one of the words between two tokens.
func (x *extractor) anyWord(from, to int, words ...string) bool {
	for i := from; i < to; i++ {
		if x.toks[i].is(words...) {
			return true
		}
	}
	return false
}

// fragment reads one fragment, from token i up to the mark at to, and gives where what it read ends; end is that of the list.
func (x *extractor) fragment(i, to, end int, first bool) int {
	t := &x.toks[i]
	c := clause{x: x, subj: x.me(), from: i, end: to, v: verbGroup{lemma: "be", tense: present, end: i}}
	if t.is("i", "my", "we", "our", "me") {
		return i
	}
	if n := number(t.low); n >= 13 && n <= 110 && (i+1 == to || x.toks[i+1].is("years", "yo", "y/o", "yrs")) {
		x.attribute(fact{subject: c.subj, key: Age, value: x.ageWords(i), category: identity, conf: likely, from: i, to: i + 1})
		return to
	}
	for n := 3; n >= 1; n-- { // "age 36", "car - Skoda Fabia"
		label := ""
		if i+n < to {
			label = lower(x.quote(i, i+n))
		}
		if label == "" || label == "allergic to" || !isField(label) || kin[label] != "" || kinPlural[label] != "" {
			continue
		}
		k := i + n
		for k < to && x.toks[k].is(":", "-", "=", "–", "—", "is", "'s") {
			k++
		}
		if k < to {
			if isLine := label == "address" || label == "home address"; isLine {
				for to < end && x.toks[to].kind != newline {
					to++
				}
				c.end = to
			}
			if c.field(label, k) {
				return to
			}
		}
	}
	if h, n, ok := x.capture("hobby", i, to); ok && !t.is("loves", "love", "likes", "like", "hates", "hate", "enjoys", "into", "no", "not") && (n == to || n+1 == to && namesDay(x.toks[n].low)) {
		x.relation(fact{subject: c.subj, key: Hobby, object: h.party, category: knowledge, conf: likely, from: i, to: n})
		return to
	}
	var persons []party
	counted := t.is("a", "an", "one", "the") || numberWords[t.low] > 0 || number(t.low) > 0
	j := i
	if counted {
		j++
	}
	for j < to && kinAdjectives[x.toks[j].low] {
		j++
	}
	if j < to {
		if label := kinPlural[x.toks[j].low]; label != "" {
			k := j + 1
			if k < end && x.toks[k].is(",", "(", ":", "called", "named") {
				k++
			}
			n := len(x.out.Relations)
			x.kinList(label, i, k, end, &persons)
			if len(x.out.Relations) > n {
				last := x.out.Relations[len(x.out.Relations)-1]
				for k < end && !(x.toks[k].kind == word && strings.HasSuffix(last.Object.Name, x.toks[k].text)) {
					k++
				}
				return k + 1
			}
			return i
		}
		if label, k := x.kinWord(j, to); label != "" && k < end {
			if x.toks[k].is("(", "called", "named") || x.toks[k].is(",") && counted {
				k++
			}
			if m, ok := x.namedAt(k, end, label); ok && x.kinName(m, label, true) && (m.to >= end || x.toks[m.to].kind != word || x.toks[m.to].is("and")) {
				x.kinFact(label, i, m, &persons)
				return m.to
			}
			return i
		}
	}
	if first && t.upper {
		if m, ok := x.personAt(i, to); ok && m.to == to && givenNames[lower(firstWord(m.text))] && !x.named {
			x.name(m, likely)
			return to
		}
	}
	switch {
	case t.is("born", "from", "living", "lives", "based", "live", "originally", "grew"):
		for key, words := range map[string][]string{BornIn: {"born in"}, From: {"from", "originally from"}, LivesIn: {"living in", "lives in", "based in", "live in"}} {
			for _, w := range words {
				if !x.phrase(i, to, w) {
					continue
				}
				if p, n, ok := x.capture("place", i+1+strings.Count(w, " "), to); ok && n == to {
					x.relation(fact{subject: c.subj, key: key, object: p.party, category: identity, conf: likely, from: i, to: n})
				}
			}
		}
		return i
	case t.is("loves", "love", "likes", "like", "enjoys", "into", "adores"):
		c.v.end, c.end = i+1, to
		return x.listOf(&c, Likes, i+1, to)
	case t.is("hates", "hate", "dislikes"):
		return x.listOf(&c, Dislikes, i+1, to)
	case t.is("speaks", "speak"):
		c.tongues(i + 1)
		return i
	case t.is("married"):
		if x.toks[min(i+1, to-1)].is("to") {
			if p, n, ok := x.capture("person", i+2, to); ok {
				x.relation(fact{subject: c.subj, key: Spouse, object: p.party, category: identity, conf: likely, from: i, to: n})
				return n
			}
		}
	}
	if c.allergic(i) || c.closedValue(i) {
		return i
	}
	if text, from, n := x.roleAt(i, to); text != "" && !(n < to && !x.toks[n].is("at", "from", "in", "for", "by", "with", "(")) {
		f := fact{subject: c.subj, key: Role, value: text, category: knowledge, conf: likely, from: from, to: n}
		x.attribute(f)
		if n+1 < to && x.toks[n].is("from") {
			if p, k, ok := x.capture("place", n+1, to); ok && k == to {
				x.relation(fact{subject: c.subj, key: From, object: p.party, category: identity, conf: likely, from: n, to: k})
			}
		}
	}
	return i
}

// namesDay reports the name of a day of the week, or of such days.
func namesDay(s string) bool {
	_, one := weekdays[s]
	_, many := weekdays[strings.TrimSuffix(s, "s")]
	return one || many || s == "daily" || s == "weekends"
}

// listOf emits what is liked or disliked in a fragment.
func (x *extractor) listOf(c *clause, label string, i, to int) int {
	if m, ok := x.thingAt(i, to); ok && m.to == to {
		x.relation(fact{subject: c.subj, key: label, object: x.topic(m), category: knowledge, conf: likely, from: c.from, to: to})
	}
	return i
}

// labelledKin reads "Ottoline (wife)" and "Scamp (dog)" at the opening bracket: a name with what it is to the speaker.
func (x *extractor) labelledKin(i int, s sentence) {
	if i == s.from || i+2 >= s.to || !x.toks[i].is("(") || !x.toks[i-1].upper {
		return
	}
	j := i + 1
	if x.toks[j].is("my", "our", "the") {
		j++
	}
	label, n := x.kinWord(j, s.to)
	if label == "" || !personal[label] && label != "pet" && label != "friend" && label != "colleague" && label != "manager" && label != "neighbour" && label != "roommate" && label != "fiance" || n >= s.to || !x.toks[n].is(")") || j == i+1 && x.anyWord(x.lineStart(i), i, "characters", "character", "cast", "story", "plot", "novel", "his", "her", "their", "your", "names", "played") {
		return
	}
	for a := max(s.from, i-4); a < i; a++ {
		m, ok := x.personAt(a, i)
		if ok && m.to == i && (label == "pet" || x.people.evidence(m, false) != noEvidence) && !x.isSelf(m) {
			var persons []party
			x.kinFact(label, a, m, &persons)
			return
		}
	}
}
