package extract

// Where somebody works is often said beside something else: "I'm on my break at Pellworth Biscuits", "my payslip from Orchard Foods says".
// A word of work stands before the name then, and the speaker is in the sentence.

var (
	// workCues are words of one's own work that a preposition and the employer follow. Those of ownCues need "my" or "our".
	workCues = set(`shift shifts nights earlies lates tills starter hire recruit cog partner director associate apprentice trainee secondment placement reception
		drivers cooks nurses porters cleaners engineers designers managers reps bouncers guards baristas teachers carers editors analysts developers coders mechanics staff payroll librarians chefs
		waiters lecturers technicians paramedics surveyors accountants lawyers solicitors vets receptionists planners buyers pickers packers fitters welders electricians plumbers weavers`)
	ownCues = set(`pay payday break payslip payslips paycheck lanyard uniform desk boss supervisor manager rota wages wage salary leave probation colleagues coworkers workmates teammates anniversary contract job role post
		position team crew kitchen ward department canteen depot workshop office shift shifts locker overalls work commute timesheet appraisal bonus pension overtime induction training apprenticeship internship line-manager`)
	// workPasts are words after which it is no longer so, or was never.
	workPasts = set(`was were used old former ex previous last interview applied application apply offer offered quit left leaving resigned hate-mail customer
	complaint complained appointment meeting lunch dinner bought ordered order parcel delivery refund table shopping visit visited visiting
	waiting queue queued interviewed declined turned rejected imagine suppose almost nearly dream dreamt his her their your had did until
	till before notice sacked fired redundant ended over finished expired`)
)

// workNear reads the employer whose preposition is at token i.
func (x *extractor) workNear(i int, s sentence) bool {
	t := &x.toks[i]
	if !t.is("at", "for", "with", "from", "of") || i <= s.from+1 || i+1 >= s.to {
		return false
	}
	if !x.toks[i+1].upper && !x.toks[i+1].is("the") && !orgWord(&x.toks[i+1]) {
		return false
	}
	cue := x.workCue(i, s)
	if cue < 0 {
		return false
	}
	own := false
	for j := cue; j >= s.from && j >= cue-14; j-- {
		u := &x.toks[j]
		if u.kind == newline || u.kind == quoted || u.is("but", ";") {
			break
		}
		if workPasts[u.low] || j > s.from && x.toks[j-1].is("my", "our") && (kin[u.low] != "" || kinPlural[u.low] != "") && j+1 < i && x.toks[j+1].is("'s", "got") {
			return false
		}
		own = own || u.is("i", "my", "we", "our", "me")
	}
	own = own || x.toks[x.skipFillers(x.lineStart(i), i)].is("been", "got", "started", "doing", "back", "on")
	p, n, ok := x.capture("org", i+1, s.to)
	if !ok || x.notJoined(p.party) && !corporate[lower(lastWord(p.party.ref.Name))] || providers[lower(p.party.ref.Name)] || t.is("from", "of") && cities[lower(firstWord(p.party.ref.Name))] || x.takenBack(n, s.to) {
		return false
	}
	if n < s.to && !x.endsWell(n, s.to) && !x.toks[n].is("is", "are", "has", "have", "says", "starts", "keeps", "means", "'s", "gives", "pays", "do", "never", "always", "can", "will", "like") {
		return false
	}
	for j := n; j < min(n+4, s.to); j++ {
		if x.toks[j].is("was", "were", "ended", "finished", "expired", "interview", "ago", "tomorrow") {
			return false
		}
	}
	if !own {
		return false
	}
	return x.relation(fact{subject: x.me(), key: WorksAt, object: p.party, category: knowledge, conf: likely, from: cue, to: n})
}

// workCue finds the word of work before the preposition at i; -1: there is none.
func (x *extractor) workCue(i int, s sentence) int {
	for j := i - 1; j >= s.from && j >= i-3; j-- {
		u := &x.toks[j]
		if u.kind != word || u.upper && j > s.from && !u.is("i") {
			return -1
		}
		mine := false
		for k := j - 1; k >= s.from && k >= j-4 && x.toks[k].kind == word; k-- {
			if x.toks[k].is("on", "a", "an", "the", "of", "in", "for", "and", "at", "to", "with") {
				break
			}
			mine = mine || x.toks[k].is("my", "our")
		}
		switch {
		case u.is("commute") && x.toks[i].is("from"):
			return -1 // where it begins is home
		case u.is("leave") && j > s.from && x.toks[j-1].is("mat", "maternity", "paternity", "parental", "sick", "adoption"), ownCues[u.low] && mine, u.is("branch", "office", "depot", "arm") && x.toks[i].is("of") && j == i-1:
			return j
		case workCues[u.low] && (!u.is("partner", "director", "associate") || x.toks[i].is("at", "of") && !mine):
			if x.toks[i].is("of") && !u.is("director", "partner") || x.toks[i].is("from", "with") && !u.is("placement", "apprentice", "trainee") {
				return -1
			}
			return j
		case u.is("girl", "guy", "boy", "lad", "kid", "face", "person", "bod", "one") && j > s.from && x.toks[j-1].is("new") && x.toks[i].is("at"):
			return j
		case u.is("promoted", "new") && j == i-1 && x.toks[i].is("at"):
			return j
		case u.is("on", "in") && j == i-1 && j > s.from && x.toks[j-1].is("me") && j > s.from+1 && x.toks[j-2].is("kept", "keep", "taken", "took", "got", "get", "keeping", "put"):
			return j
		case u.is("we") && j == i-1 && x.toks[i].is("at"):
			return j
		case verbLike(u) && !u.is("working"):
			return -1
		}
	}
	return -1
}

// occupations are verbs of work that an object and the employer may follow.
var occupations = set(`clean design build write cook drive deliver translate test paint sew bake fix repair inspect edit audit photograph pack manage operate install maintain service programme program draft proofread
	illustrate weld assemble machine brew roast type file invoice interpret moderate curate restore tune polish press iron mow prune dig lay fit plumb wire plaster model engineer analyse analyze research crunch process handle`)

// occupied reads "I clean offices for Sparkle Services" at "I".
func (x *extractor) occupied(i int, s sentence) bool {
	if !x.toks[i].is("i") {
		return false
	}
	j := i + 1
	for j < s.to && softAdverbs[x.toks[j].low] {
		j++
	}
	if j+2 >= s.to || !occupations[x.toks[j].low] {
		return false
	}
	for k := j + 1; k < min(j+6, s.to-1); k++ {
		u := &x.toks[k]
		if u.is("for", "at") && k > j {
			p, n, ok := x.capture("org", k+1, s.to)
			if !ok || !u.is("for") && !corporate[lower(lastWord(p.party.ref.Name))] || x.notJoined(p.party) || providers[lower(p.party.ref.Name)] || !x.endsWell(n, s.to) || n < s.to && x.toks[n].is("at", "on", "every", "sometimes", "once", "when") || x.takenBack(n, s.to) {
				return false
			}
			return x.relation(fact{subject: x.me(), key: WorksAt, object: p.party, category: knowledge, conf: likely, from: i, to: n})
		}
		if u.kind != word || u.upper || u.is("my", "and", "but", "with", "in", "on", "to") {
			return false
		}
	}
	return false
}
