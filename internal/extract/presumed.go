package extract

import (
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// Much is said in passing, and for sure even in a question or a guess: "Could my asthma be worse because of it?", "I hope my
// daughter Wren likes it", "will my Skoda pass its test?". It hangs on "my".

// presumed reads what the sentence says in passing of what is the speaker's.
func (x *extractor) presumed(s sentence) {
	for i := s.from; i+1 < s.to; i++ {
		if !x.unreal(s.from, i) {
			_ = x.spotted(i, s, true) || x.appointmentAt(i, s, true) || x.toks[i].kind == word && (x.birthdayNear(i, s) || x.reachedAt(i, s))
		}
		if !x.toks[i].is("my", "our") || x.unreal(s.from, i) {
			continue
		}
		var persons []party
		x.kinAt(i, s.to, &persons, true)
		c := clause{x: x, subj: x.me(), from: i, end: s.to}
		c.apposedKin(i, s.from)
		c.having(i + 1)
	}
}

// partings are verbs of giving something up.
var partings = set(`sold sell selling swapped swap swapping traded trade trading scrapped scrap crashed wrote written lost lose stole stolen returned left leave leaving
	quit quitting old former used gave give away rented renting rent let replaced replace replacing miss missed remember`)

// parting reports whether a verb of giving up stands before token i.
func (x *extractor) parting(i int) bool {
	for j := i - 1; j >= 0 && j >= i-5 && x.toks[j].kind == word; j-- {
		if partings[x.toks[j].low] {
			return true
		}
	}
	return false
}

// lost reports that what ends before token i is no more: "is gone", "has been sold".
func (x *extractor) lost(i, end int) bool {
	j := x.pastWords(i, end, "is", "'s", "was", "has", "been", "got", "now")
	return j > i && j < end && x.toks[j].is("gone", "sold", "history", "let", "finished", "over", "no")
}

// homes are what one lives in.
var homes = set(`flat house apartment home place cottage bungalow studio bedsit maisonette condo terrace farmhouse houseboat caravan`)

// apposedKin reads "Duchess, our new tortoise" at "our".
func (c *clause) apposedKin(i, from int) {
	x := c.x
	if i-from < 2 || !x.toks[i-1].is(",", "(", "-", "–", "—") {
		return
	}
	_, j := x.former(i+1, c.end)
	label, n := x.kinWord(j, c.end)
	if label == "" || n < c.end && x.toks[n].kind == word && (x.toks[n].upper || x.toks[n].is("and", "'s", "or")) {
		return
	}
	for a := max(from, i-4); a < i-1; a++ {
		m, ok := x.personAt(a, i-1)
		if !ok || m.to != i-1 || a > from && (x.toks[a-1].is(",", "and") || x.toks[a-1].upper && !x.toks[a-1].is("meet", "introducing")) {
			continue
		}
		if ev := x.people.evidence(m, x.sentenceStart(a)); ev == noEvidence && label != "pet" || !x.kinName(m, label, label == "pet") || x.isSelf(m) || a > from && vocatives[x.toks[a-1].low] {
			return
		}
		p := x.pet(m)
		if label != "pet" {
			p = x.titled(x.resolveKin(m, label), m)
			x.people.intro[lower(m.text)] = true
			if g := kinGender[label]; g != 0 {
				x.people.gender[lower(p.ref.Name)] = g
			}
			x.hear(label, p)
		}
		f := fact{subject: x.me(), key: label, object: p, category: kinCategory(label), conf: direct, from: m.from, to: n}
		if endingKin[label] && x.gone(a, n, c.end) {
			x.invalidate(f, c.endDate(n))
			return
		}
		x.relation(f)
		return
	}
}

// pastWords moves over the words given.
func (x *extractor) pastWords(i, end int, words ...string) int {
	for i < end && x.toks[i].is(words...) {
		i++
	}
	return i
}

// unreal reports whether the words before token i make what follows a thing that need not be.
func (x *extractor) unreal(from, i int) bool {
	for j := from; j < i; j++ {
		if t := &x.toks[j]; t.is("suppose", "supposing", "imagine", "pretend", "if") && j+1 < i && !t.is("if") || t.kind == quoted || t.is("not", "never", "no", "without") && i-j <= 3 && !x.toks[j+1].is(",") {
			return true
		}
	}
	return i > from && (x.toks[i-1].is("is", "are", "was", "were", "called", "not", "like", "be", "becoming", "become"))
}

// contactWords are what "my" stands before where an address follows.
var contactWords = map[string]valueKind{"email": emailValue, "e-mail": emailValue, "mail": emailValue, "inbox": emailValue, "number": phoneValue, "phone": phoneValue, "mobile": phoneValue, "cell": phoneValue, "telephone": phoneValue, "whatsapp": phoneValue}

// reachable reads "here's my new email: kat@holloway.example": an address tells what it is wherever it stands.
func (c *clause) reachable(i int) bool {
	x := c.x
	for ; i < c.end && x.toks[i].is("new", "current", "personal", "own", "private", "direct"); i++ {
	}
	if i >= c.end {
		return false
	}
	kind, ok := contactWords[x.toks[i].low]
	if !ok {
		return false
	}
	for j := i + 1; j < min(i+8, c.end); j++ {
		if t := &x.toks[j]; t.is("not", "old", "was", "as", "had", "your", "their", "his", "her", "no", "like", "if", "work", "than") || t.kind == newline {
			return false
		}
		if kind == emailValue && strings.Contains(x.toks[j].text, "@") || kind == phoneValue && x.phoneEnd(j, c.end) > j {
			return c.value(map[valueKind]string{emailValue: "email", phoneValue: "phone"}[kind], kind, j)
		}
	}
	return false
}

// having reads "my asthma", "my nut allergy", "my Skoda", "my job at Acme" after "my".
func (c *clause) having(i int) {
	x := c.x
	f := fact{subject: c.subj, category: identity, conf: likely, from: c.from}
	for j := i; j < min(i+3, c.end); j++ {
		if favourites[x.toks[j].low] {
			if !x.anyWord(max(0, c.from-3), c.from, "if", "whether", "that", "was", "say", "said", "says", "suppose", "imagine", "not") {
				c.favourite(j)
			}
			return
		}
		if !x.toks[j].is("all", "all-time", "absolute") {
			break
		}
	}
	if c.reachable(i) {
		return
	}
	if p, n, ok := x.capture("disease", i, c.end); ok && p.party.from == i && !(n < c.end && x.toks[n].is("'s", "-")) {
		f.key, f.object, f.to = Condition, p.party, n
		x.relation(f)
		return
	}
	if p, n, ok := x.capture("car", i, c.end); ok && !x.parting(c.from) && !(n == i+1 && n < c.end && x.toks[n].kind == word && !followers[x.toks[n].low] && !verbLike(&x.toks[n]) && x.toks[n].low != "will" && !strings.HasSuffix(x.toks[n].low, "ed") && !x.toks[n].is("needs", "keeps", "broke", "died", "won", "wo", "does", "sounds", "smells", "makes", "starts", "leaks", "passed", "cost", "costs", "gets", "conked", "overheats", "stalls", "rattles", "would", "could", "did", "had", "been")) && !(n < c.end && x.toks[n].is("'s", "-", "dealer", "days")) {
		f.key, f.value, f.category, f.to = Car, p.text, knowledge, n
		x.attribute(f)
		return
	}
	if j := x.pastWords(i, c.end, "new", "little", "tiny", "cosy", "small", "lovely", "own"); j+2 < c.end && homes[x.toks[j].low] && x.toks[j+1].is("in", "near") && !x.parting(c.from) {
		if p, n, ok := x.capture("place", j+2, c.end); ok && x.lost(n, c.end) {
			f.key, f.object = LivesIn, p.party
			x.invalidate(f, c.endDate(n))
		} else if ok {
			f.key, f.object, f.category, f.to = LivesIn, p.party, knowledge, n
			x.relation(f)
		}
		return
	}
	if j := x.pastWords(i, c.end, "first", "second", "third", "fourth", "new"); j > i && j+2 < c.end && x.toks[j].is("day", "week", "month", "year", "shift", "job", "role", "position", "employer", "company") && x.toks[j+1].is("at", "with", ",") && !x.parting(c.from) {
		if p, n, ok := x.capture("org", j+2, c.end); ok && !x.notJoined(p.party) && !(x.toks[j].is("year") && (c.from > 0 && x.toks[c.from-1].is("in") || x.studies() || learned(p.party.ref.Name))) && (!x.toks[j+1].is(",") || n >= c.end || x.toks[n].is(",")) {
			f.key, f.object, f.category, f.to = WorksAt, p.party, knowledge, n
			x.relation(f)
		}
		return
	}
	if i+2 < c.end && x.toks[i].is("company", "employer", "firm", "workplace") && x.toks[i+1].is(",") {
		if p, n, ok := x.capture("org", i+2, c.end); ok && n < c.end && x.toks[n].is(",") {
			f.key, f.object, f.category, f.to = WorksAt, p.party, knowledge, n
			x.relation(f)
		}
		return
	}
	for j := i + 1; j < min(i+4, c.end); j++ {
		if x.toks[j].kind != word {
			return
		}
		if !x.toks[j].is("allergy", "intolerance") {
			continue
		}
		if emptyThings[x.toks[i].low] || x.toks[i].is("new", "old", "son", "wife", "so-called", "supposed", "seasonal", "bad", "severe") || kin[x.toks[i].low] != "" {
			return
		}
		m := mention{text: x.quote(i, j), from: i, to: j}
		f.key, f.object, f.to = AllergicTo, x.topic(m), j+1
		if x.toks[j].is("intolerance") {
			f.key = Condition
			f.object = party{ref: record.EntityRef{Type: record.TypeTopic, Name: x.quote(i, j+1)}, from: i, to: j + 1, conf: 1}
		}
		if m.text != "" {
			x.relation(f)
		}
		return
	}
}
