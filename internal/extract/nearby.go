package extract

// What a statement points at often stands a few words away: "Mombasa is too hot for jeans, I've lived here all my life", "my birthday's
// coming up, 2 June". It is read where there is only one thing that can be meant.

// homeRefs say of a place named before that it is home.
var homeRefs = phrases("that is where i live", "that 's where i live", "that is where we live", "that 's where we live", "that is where we are", "that 's where we are", "that is where i am", "that 's where i am", "which is where i live",
	"which is where we live", "it is where i live", "it is where we live", "it 's where i live", "it 's where we live", "where i live", "where we live", "that is home now", "that 's home now", "that is home", "that 's home", "which is home now", "which is home", "it is home now", "it 's home now",
	"i have lived here", "we have lived here", "i have lived there", "we have lived there", "i have only lived here", "we have only lived here", "i live here", "we live here", "i live there", "we live there", "i now live there", "been living here", "i have been living here",
	"we have been living here", "been living there", "lived here all my life", "been here ten years", "i have been here for", "we have been here for", "i have been here since", "we have been here since", "i have lived here all", "been here since", "where i have lived", "where we have lived", "where i have been since", "where we have been since",
	"where i have been living", "where we are based", "where i am based", "i am based there", "i am based here", "we are based here", "we are settled here", "i am settled here", "i moved here", "we moved here", "i have moved here", "we have moved here")

// homeRef reads the place that words at token i point at.
func (x *extractor) homeRef(i int, s sentence) bool {
	n := x.phraseOf(i, s.to, homeRefs)
	if n == 0 || x.deniedBefore(s.from, i) || x.travels(s) || x.takenBack(i+n, s.to) {
		return false
	}
	if t := &x.toks[i]; t.is("where") && i > s.from && x.toks[i-1].kind == word || t.is("that", "it") && i > s.from && x.toks[i-1].is("if", "like", "know", "of") {
		return false
	}
	j := i + n
	if x.toks[j-1].is("are", "am") && j < s.to && x.toks[j].is("a", "an", "the", "in", "on", "doing", "working", "head") {
		return false // "at Lomond Vets, where I'm a receptionist"
	}
	if x.toks[j-1].is("here", "there", "home", "live", "are", "am") && j < s.to && x.toks[j].kind == word && !followers[x.toks[j].low] && !x.toks[j].is("all", "forever", "anymore", "ever", "my", "happily", "alone", "only", "ten", "five", "six", "twenty") {
		return false
	}
	from := max(s.from, i-25)
	if x.toks[i].is("that", "which", "it", "i", "we") && s.from > 0 { // "do they deliver to Stornoway? that's where we are"
		if x.sentenceStart(i) {
			from = max(0, i-25)
		}
	}
	var found captured
	for k := from; k < i; k++ {
		if !x.toks[k].upper || x.gazetteer(k, i) == 0 || k > from && x.toks[k-1].upper && x.toks[k].joined {
			continue
		}
		c, to, ok := x.capture("place", k, i)
		if !ok || c.party.conf < 1 || regions[lower(c.party.ref.Name)] && found.party.ref.Name != "" {
			continue
		}
		if found.party.ref.Name != "" && found.party.ref != c.party.ref {
			return false
		}
		found = c
		k = to - 1
	}
	if found.party.ref.Name == "" && x.toks[i].is("where") && j < s.to && x.toks[j].is(",") { // "Where I live, in Pune, …"
		if k := x.pastWords(j+1, s.to, "in", "near"); k > j+1 {
			if c, to, ok := x.capture("place", k, s.to); ok && to < s.to && x.toks[to].is(",") {
				found = c
			}
		}
	}
	if found.party.ref.Name == "" && x.toks[j-1].is("live", "home") {
		found = x.unknownTown(from, i)
	}
	if found.party.ref.Name == "" {
		return false
	}
	f := fact{subject: x.me(), key: LivesIn, object: found.party, category: knowledge, conf: likely, from: min(i, found.party.from), to: max(j, found.party.to)}
	c := clause{x: x, subj: x.me(), from: i, end: s.to, v: verbGroup{tense: perfect, end: i}}
	if w, ok := c.dates(j-1, backward); ok && w.kind == sinceDate && w.known() {
		f.valid = w.holding()
	}
	return x.relation(f)
}

// parties are what "birthday" stands before without saying when it is.
var celebrations = set(`party parties dinner drinks present presents gift gifts cake cakes card cards do weekend meal trip bash treat lunch brunch celebration celebrations list wish song month week surprise suit
	boy twins voucher breakfast outfit money request`)

// birthdayNear reads the day that stands near "my birthday" at token i.
func (x *extractor) birthdayNear(i int, s sentence) bool {
	t := &x.toks[i]
	if !t.is("birthday", "bday", "b-day") || i+1 < s.to && celebrations[x.toks[i+1].low] {
		return false
	}
	mine := false
	for j := i - 1; j >= s.from && j >= i-4 && x.toks[j].kind == word; j-- {
		if x.toks[j].is("my") {
			mine = !(j > s.from && x.toks[j-1].is("not"))
			break
		}
		if !x.toks[j].is("actual", "real", "own", "next", "official", "big", "last", "special", "40th", "30th", "50th", "60th", "21st", "18th", "70th") && !softAdverbs[x.toks[j].low] {
			break
		}
	}
	if !mine && !(t.is("birthday") && i > s.from && x.toks[i-1].is("birthday")) {
		return false
	}
	emit := func(a, b int) bool {
		return x.attribute(fact{subject: x.me(), key: Birthday, value: x.quote(a, b), category: identity, conf: direct, from: min(a, i), to: max(b, i+1)})
	}
	for j := i + 1; j < min(i+12, s.to); j++ {
		u := &x.toks[j]
		if u.kind == quoted || u.kind == newline || u.is("not", "but", "because", "so", "party", "dinner", "he", "she", "his", "her", "your", "until", "till", "moved", "celebrate", "celebrating", "invite", "ruined", "before", "after", "drinks") {
			break
		}
		if n := x.calendarEnd(j, s.to); n > j {
			return !x.takenBack(n, s.to) && emit(j, n)
		}
	}
	for j := i - 1; j >= max(s.from, i-9); j-- { // "30 May, my birthday", "25 December is my birthday"
		u := &x.toks[j]
		if u.kind == quoted || u.kind == newline || u.is("not", "but", "because", "so", "before", "after", "until") {
			break
		}
		for a := max(s.from, j-3); a <= j; a++ {
			if n := x.calendarEnd(a, j+1); n == j+1 {
				for k := n; k < i; k++ {
					if !x.toks[k].is(",", "is", "'s", "was", "that", "which", "it", "my", "actual", "real", "own", "for", "on", "-", "–", "—", "(", "always", "will", "be", "and", "also") && !softAdverbs[x.toks[k].low] {
						return false
					}
				}
				return emit(a, n)
			}
		}
	}
	return false
}

// starSigns are told together with the day of birth.
var starSigns = set(`aries taurus gemini cancer leo virgo libra scorpio sagittarius capricorn aquarius pisces`)

// bornNear reads "I'll be 40 on the 3rd of September", "being born on 29 February I …", "I'm a Scorpio, 4 November".
func (x *extractor) bornNear(i int, s sentence) bool {
	t := &x.toks[i]
	a := 0
	switch {
	case t.is("i") && i+4 < s.to && x.toks[i+1].is("will", "am", "turn") && (x.toks[i+2].is("be", "turning") && number(x.toks[i+3].low) > 0 || number(x.toks[i+2].low) > 0):
		k := i + 3
		if x.toks[i+2].is("be", "turning") {
			k++
		}
		if k < s.to && x.toks[k].is("on", ",") {
			a = k + 1
		}
	case t.is("i", "being", "me") && !x.ofOthers(s.from, i):
		k := x.pastWords(i+1, s.to, "was", "am", ",")
		if k+1 < s.to && x.toks[k].is("born") && (t.is("i", "me") || x.afterMark(i)) {
			a = k + 1
		} else if k+1 < s.to && t.is("i") && x.toks[k].is("a", "an") && starSigns[x.toks[k+1].low] {
			a = k + 2
		}
	case starSigns[t.low] && i > 1 && x.toks[i-1].is("is", "'s") && x.toks[i-2].is("sign"):
		a = x.pastWords(i+1, s.to, ",", "birthday", "and", "born")
	}
	if a == 0 || a >= s.to {
		return false
	}
	a = x.pastWords(a, s.to, ",", "on", "the", "(")
	n := x.calendarEnd(a, s.to)
	if n <= a || x.takenBack(n, s.to) {
		return false
	}
	return x.attribute(fact{subject: x.me(), key: Birthday, value: x.quote(a, n), category: identity, conf: likely, from: i, to: n})
}

// living reads "that's what you get for living in Aberystwyth", "…, living just outside Hereford with three hens".
func (x *extractor) livingNear(i int, s sentence) bool {
	if !x.toks[i].is("living") || i == s.from || !x.toks[i-1].is(",", "for", "from", "after", "to") || x.toks[i-1].is("to") && !(i > 1 && x.toks[i-2].is("used")) || x.ofOthers(s.from, i-1) || x.travels(s) {
		return false
	}
	mine := x.toks[i-1].is("for", "to", "from", "after")
	for j := i - 2; j >= s.from && j >= i-12 && !mine; j-- {
		if x.toks[j].is("i", "we") {
			mine = true
		} else if x.toks[j].is("he", "she", "they", "who", "you") {
			return false
		}
	}
	k := x.pastWords(i+1, s.to, "just", "right", "up", "down", "out", "over", "here", "quietly", "happily", "alone")
	if !mine || k+1 >= s.to || !x.toks[k].is("in", "outside", "near", "above", "on") {
		return false
	}
	c, n, ok := x.capture("place", x.pastWords(k+1, s.to, "of"), s.to)
	if !ok || c.party.conf < 1 || !x.endsWell(n, s.to) && !x.endsName(n, s.to) || x.takenBack(n, s.to) {
		return false
	}
	return x.relation(fact{subject: x.me(), key: LivesIn, object: c.party, category: knowledge, conf: likely, from: i, to: n})
}

// nearby reads what words at token i point at.
func (x *extractor) nearby(i int, s sentence) bool {
	return x.toks[i].kind == word && (x.homeRef(i, s) || x.birthdayNear(i, s) || x.bornNear(i, s) || x.livingNear(i, s) || x.workNear(i, s) || x.occupied(i, s) || x.reachedAt(i, s) || x.workRef(i, s) || x.neverLeft(i, s) || x.originRef(i, s) || x.pronounsBeside(i, s) || x.birthdayMine(i, s) || x.soAmI(i, s))
}
