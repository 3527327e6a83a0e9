package extract

import "strings"

// roleAt reads a role with its article: "a data engineer", "the head of sales", "CTO". It gives the words
// of the role without article and padding, and the tokens that they cover.
func (x *extractor) roleAt(i, end int) (string, int, int) {
	for i < end && x.toks[i].is("a", "an", "the", "our", "their", "its") {
		i++
	}
	if _, n, ok := x.yearOldAt(i, end); ok {
		i = n // "a 28-year-old nurse"
	}
	for i < end && rolePadding[x.toks[i].low] {
		i++
	}
	head := -1
	for j := i; j < min(i+6, end); j++ {
		t := &x.toks[j]
		if t.kind != word || roleBreakers[t.low] || j > i && !t.joined {
			break
		}
		if roleStops[t.low] {
			break
		}
		if jobs[t.low] && !(t.is("worker") && (j == i || !workerKinds[x.toks[j-1].low])) {
			head = j
		}
	}
	if head < 0 && x.phrase(i, end, "stay at home") && i+3 < end && x.toks[i+3].is("mum", "mom", "dad", "parent", "mother", "father") {
		return x.quote(i, i+4), i, i + 4
	}
	if head < 0 && i+1 < end && x.toks[i].is("stay-at-home") && x.toks[i+1].is("mum", "mom", "dad", "parent", "mother", "father") {
		return x.quote(i, i+2), i, i + 2
	}
	if head < 0 || !x.roleWords(i, head) {
		return "", i, i
	}
	to := x.roleTail(head, end)
	if loneHead[x.toks[head].low] && head == i && to == head+1 {
		return "", i, i
	}
	return x.quote(i, to), i, to
}

// loneHead are job nouns that say too little alone.
var loneHead = set(`head lead partner president assistant guide guard model officer specialist director minister agent captain
	principal executive advisor adviser representative rep operator dealer buyer builder student_of trainer vp
	miner porter judge inventor tester planner user scholar`)

// roleStops end the words of a role.
var roleStops = set(`turned of at for in on with and or to from by who that which as is was but so because since now here there
	not when where i he she they we you it a an the been being having lover fan enthusiast`)

// roleWords reports whether the words before the head can be modifiers of a job: no verbs, no digits.
func (x *extractor) roleWords(i, head int) bool {
	for j := i; j < head; j++ {
		t := &x.toks[j]
		if t.low == "'s" && j > i && x.toks[j-1].is("dentist", "doctor", "barrister", "solicitor", "bookmaker", "builder", "plumber", "electrician", "surgeon", "vet", "bishop", "farrier", "notary") {
			continue // "a dentist's receptionist"
		}
		if weekdays[t.low] != 0 || strings.ContainsAny(t.text, "0123456789%@'’") || strings.HasSuffix(t.low, "ly") {
			return false
		}
		if v, ok := verbs[t.low]; ok && v.forms&(ingForm|participle) == 0 && !jobs[t.low] && !t.is("freelance", "contract", "dance", "drop", "read", "code") {
			return false
		}
	}
	return true
}

// roleTail takes "of sales" into "head of sales", and "president" into "vice president of sales".
func (x *extractor) roleTail(head, end int) int {
	low := x.toks[head].low
	if head+2 >= end || !x.toks[head+1].is("of") || executives[low] && low != "president" || !titleOf[low] {
		return head + 1
	}
	j := head + 2
	for j < min(head+6, end) && x.toks[j].joined {
		t := &x.toks[j]
		if departments[t.low] || t.upper && t.kind == word && j > head+2 && departments[x.toks[j-1].low] {
			j++
			continue
		}
		if t.is("and", "&") && j+1 < end && departments[x.toks[j+1].low] {
			j += 2
			continue
		}
		break
	}
	if j == head+2 {
		if x.toks[head].upper && x.toks[j].upper && x.toks[j].joined && x.toks[j].kind == word && jobTitled(x, head) { // "my job title is Head of Fulfilment"
			return j + 1
		}
		return head + 1
	}
	return j
}

// jobTitled reports whether "title is" stands before the role.
func jobTitled(x *extractor, i int) bool {
	return i > 1 && x.toks[i-1].is("is", "'s") && x.toks[i-2].is("title", "role", "position", "job")
}

// carers do for somebody what they do: "a carer for my mum" is one.
var carers = set(`carer caregiver nanny tutor childminder babysitter assistant pa secretary governess housekeeper au-pair`)

// titleOf are the titles that a department follows.
var titleOf = set(`head director vp svp evp manager lead president vice-president chief`)

// holdsRole emits a role and the employer that follows it: "CTO of Acme", "a nurse at Charité".
func (c *clause) holdsRole(r captured, end bool) bool {
	x := c.x
	to := r.party.to
	head := x.toks[to-1].low
	for j := r.party.from; j < to; j++ {
		if executives[x.toks[j].low] {
			head = x.toks[j].low
		}
	}
	var org captured
	hasOrg := false
	for _, aside := range []string{"for my sins", "these days", "now", "currently", "over", "by day", "full time", "full-time", "part time", "part-time"} {
		if n := to + strings.Count(aside, " ") + 1; x.phrase(to, c.end, aside) && n < c.end && x.toks[n].is("at") {
			to = n
			break
		}
	}
	if to < c.end && (x.toks[to].is("at", "with", "for") || x.toks[to].is("of")) {
		var n int
		org, n, hasOrg = x.capture("org", to+1, c.end)
		if hasOrg && x.toks[to].is("of") && !executives[head] {
			_, hasOrg = x.known(org.party.ref.Name, "organisation")
		}
		if hasOrg && !x.endsWell(n, c.end) {
			return c.stop(WorksAt, notFollowed, n+1)
		}
		if hasOrg {
			to = n
		} else if x.toks[to].is("of") {
			return false
		} else if x.toks[to].is("for") && to+1 < c.end && !carers[head] && (x.toks[to+1].is("halloween", "the", "a", "my", "our", "your", "this", "that", "us", "them", "everyone", "all", "some") || numberWords[x.toks[to+1].low] > 0 && to+2 < c.end && !x.toks[to+2].is("years", "year", "months", "month", "decades", "weeks") || kin[x.toks[to+1].low] != "") {
			return false
		}
	}
	if to+1 < c.end && x.toks[to].is("to") && !carers[head] && (numberWords[x.toks[to+1].low] > 0 || x.toks[to+1].is("my", "our", "the", "his", "her", "everyone") || kin[x.toks[to+1].low] != "") && !x.toks[to-1].is("assistant", "advisor", "adviser", "secretary", "pa", "apprentice") {
		return false // "a chauffeur to two teenagers"
	}
	if to < c.end && x.toks[to].is("tonight", "today", "tomorrow") || to+1 < c.end && x.toks[to].is("this") && x.toks[to+1].is("evening", "weekend", "week", "time", "morning", "round") {
		return false // "I'm the driver tonight"
	}
	if to+1 < c.end && x.toks[to].is("of") && numberWords[x.toks[to+1].low] > 0 && x.toks[to-1].is("mum", "mom", "dad", "mother", "father", "parent") {
		to += 2 // "a stay-at-home mum of three"
	}
	var home captured
	if !end && c.v.tense == present && to+2 < c.end && x.toks[to].is("based", "living") && x.toks[to+1].is("in") { // "a designer based in Berlin"
		if p, n, ok := x.capture("place", to+2, c.end); ok && p.party.conf == 1 {
			home, to = p, n
		}
	}
	if (x.phrase(to, c.end, "by trade") || x.phrase(to, c.end, "by profession")) && (to+2 >= c.end || !x.toks[to+2].is("but", "although", "though") && !(x.toks[to+2].is(",") && to+3 < c.end && x.toks[to+3].is("but", "though", "although"))) {
		to += 2
	}
	alike := to+1 < c.end && x.toks[to].is("like") && x.toks[to+1].is("my", "our")
	if !alike && !x.endsWell(to, c.end) || x.takenBack(to, c.end) || x.phrase(to, c.end, "at heart") ||
		x.phrase(to, c.end, "by training") || x.phrase(to, c.end, "in training") || x.phrase(to, c.end, "by trade") {
		return false
	}
	f := fact{subject: c.subj, key: Role, value: r.text, category: knowledge, conf: direct, from: c.from, to: r.party.to}
	if end {
		return x.invalidate(f, c.endDate(to))
	}
	if head == "student" || head == "undergraduate" {
		f.conf = likely
	}
	w, ok := c.dates(to, backward)
	if !ok {
		return c.stop(Role, notWhen, to)
	}
	f.valid = w.holding()
	if w.kind == onDate && c.v.lemma != "be" && c.v.tense != present && c.v.tense != progressive {
		if !x.at.IsZero() && w.interval.From.After(x.at) {
			return false
		}
		f.began(w)
	}
	x.attribute(f)
	if hasOrg {
		g := f
		g.value, g.object, g.key, g.to = "", org.party, WorksAt, org.party.to
		switch head {
		case "student", "undergraduate", "postgraduate":
			g.key = StudiedAt
		case "founder", "co-founder", "cofounder":
			g.key = Founded
		case "owner", "co-owner":
			g.key = "owns"
		}
		x.relation(g)
	}
	if home.party.ref.Name != "" {
		x.relation(fact{subject: c.subj, key: LivesIn, object: home.party, category: knowledge, conf: likely, from: c.from, to: home.party.to})
	} else if !hasOrg && to < c.end && x.toks[to].is("from") {
		if p, n, ok := x.capture("place", to+1, c.end); ok && x.endsWell(n, c.end) {
			x.relation(fact{subject: c.subj, key: From, object: p.party, category: identity, conf: likely, from: c.from, to: n})
		}
	}
	return true
}
