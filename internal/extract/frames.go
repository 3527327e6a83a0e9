package extract

import (
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// What a message is about may make something else of a statement in it: a part on the stage, the plot of a series, the number on the
// scales, a car that is hired. The words that say so stand before or behind the statement, often in another sentence.

// The hints of frames, see hint.
const (
	hintStaged = 5 + iota
	hintRehearsed
	hintPlot
	hintUntrue
)

// staged reports a text about acting, a game, an exercise or a dream, or one that tells of another year as if it were now.
func (x *extractor) staged() bool {
	return x.hint(hintStaged, func(i int) bool {
		if x.phraseOf(i, len(x.toks), staging) > 0 {
			return true
		}
		if x.toks[i].is("you") && i+4 < len(x.toks) && x.toks[i+1].is("are") && x.toks[i+2].upper && x.toks[i+3].is("and", ",") && x.toks[i+4].is("i") {
			return true // "you are Bob and I am Alice"
		}
		n := figures(x.toks[i].low)
		if n > 1900 && n < 2025 && i+2 < len(x.toks) && x.toks[i+1].is(".", ":") && x.toks[i+2].is("i", "we") && (i == 0 || terminal(x.toks[i-1].text)) {
			return true // "1987. I'm a bus conductor"
		}
		return n > 1000 && n < 2025 && len(x.toks[i].text) == 4 && i > 1 && x.toks[i-1].is("is", "'s") && x.toks[i-2].is("it", "year") && (i+1 >= len(x.toks) || x.toks[i+1].kind != word)
	})
}

func (x *extractor) rehearsed() bool {
	return x.hint(hintRehearsed, func(i int) bool { return x.phraseOf(i, len(x.toks), rehearsing) > 0 })
}

func (x *extractor) untrue() bool {
	return x.hint(hintUntrue, func(i int) bool { return x.phraseOf(i, len(x.toks), untruths) > 0 })
}

func (x *extractor) plotted() bool {
	return x.hint(hintPlot, func(i int) bool { return x.phraseOf(i, len(x.toks), plots) > 0 })
}

// near reports a phrase of the list among the tokens around a fact.
func (x *extractor) near(f fact, reach int, list phraseList) bool {
	for i := max(0, f.from-reach); i < min(len(x.toks), f.to+reach); i++ {
		if x.phraseOf(i, len(x.toks), list) > 0 {
			return true
		}
	}
	return false
}

// told reports whether a fact is of a story that the text tells, or something else than what it looks like because of what the text is
// about.
func (x *extractor) told(f fact, over bool) bool {
	if x.story && !f.subject.speaker {
		return true
	}
	if !x.english {
		return false
	}
	if x.untrue() || f.subject.speaker && (!kinKeys[f.key] || over) && f.key != Pet && x.ofAnother(f) || x.threatened(f) || x.neverSo(f, over) {
		return true
	}
	if !f.subject.speaker {
		return !x.acquainted(f.subject) && (x.plotted() || x.staged() || x.topical(f)) || f.key == Role && lifeless[lower(lastWord(f.value))]
	}
	if x.topical(f) && !(x.ofRelative(f) && !x.anyWord(f.from, f.to, "called", "is", "name")) && (acted[f.key] || closeKin[f.key]) && !x.near(f, 12, reallySo) {
		return true
	}
	if (x.staged() && (acted[f.key] || closeKin[f.key]) || x.rehearsed() && acted[f.key] && f.key != "pet" && !x.ofRelative(f)) && !x.near(f, 12, reallySo) {
		return true
	}
	if kinKeys[f.key] && (x.near(f, 15, noKin) || f.object.from > f.from && x.toks[f.object.from-1].is("in", "at", "near") || f.object.from > 0 && f.object.from < f.object.to && f.object.from <= f.from && x.toks[f.object.from-1].is("in", "at", "near")) {
		return true // "a flat in Marbella, my wife left me"
	}
	if passingKeys[f.key] && x.thisWeek(f) {
		return true
	}
	if (kinKeys[f.key] || f.key == WorksWith) && !x.staged() && !x.topical(f) && f.object.ref.Name != "" && x.personified(f) {
		return true
	}
	if strings.HasPrefix(f.key, "favourite_") && tiresomeThings[lower(lastWord(f.value))] {
		return true
	}
	switch f.key {
	case Age:
		return x.anyWord(f.from, f.to, "literally", "basically", "practically") || x.bareNumber(f) && (x.measured(f) || x.near(f, 8, felt))
	case Car:
		return !f.valid.Until.IsZero() || x.onLoan(f) || x.collected(f) || x.othersOwn(f) || x.ofModel(f)
	case Pet:
		if over && f.to < len(x.toks) && x.toks[f.to].is("for") {
			return true // "we lost our dog for ten minutes"
		}
		return x.near(f, 8, petSitting) || f.object.from < len(x.toks) && x.toks[f.object.from].is("pat", "chase") && x.sentenceStart(f.object.from) && f.object.from+1 < len(x.toks) && x.toks[f.object.from+1].is("the") || petWords[f.object.ref.Name]
	case Partner:
		return x.inBusiness(f)
	case Likes, Prefers:
		return x.ofPart(f) || !over && (x.sarcastic(f) || x.thisWeek(f) || x.phrase(f.to, len(x.toks), "this month"))
	case Dislikes:
		return x.ofPart(f) || over && x.sarcastic(f) // a liking ends it
	case Role:
		return x.figurative(f)
	case StudiedAt:
		return x.applies(f) || x.visited(f) || notSchools[lower(lastWord(f.object.ref.Name))]
	case Hobby:
		return x.ofPart(f) || !over && x.ruefully(f)
	case Condition:
		return f.to < len(x.toks) && x.toks[f.to].is("from") && x.anyWord(f.to+1, min(f.to+2, len(x.toks)), "that", "this", "your", "watching", "looking", "seeing", "reading", "all")
	case Speaks:
		return x.near(f, 6, dumbly) || f.object.from > 0 && x.toks[f.object.from-1].is("a", "an") && f.object.from < f.object.to && f.object.from > f.from
	case Major, Degree:
		return foibles[lower(lastWord(f.value))] || x.applies(f)
	case Appointment:
		for i := f.from; i+1 < min(f.to+1, len(x.toks)); i++ {
			if x.toks[i].is("test") && x.toks[i+1].is("drove", "drive", "driving", "driven") {
				return true // "test drove a Mini"
			}
		}
		return f.to < len(x.toks) && x.toks[f.to].is("who") && x.toks[f.to].upper || x.forOthers(f)
	case "address":
		return x.near(f, 4, queued)
	case "email", "phone":
		return f.from > 1 && x.toks[f.from-1].is("think", "thinks", "thought", "believe", "believes", "says") && !x.toks[f.from-2].is("i", "we")
	case BornIn:
		return !x.toks[f.from].is("i", "we") && f.to < len(x.toks) && x.toks[f.to].is("came", "comes", "is", "was", "plays", "played", "by", "starts", "started") // a song
	case LivesIn:
		if x.anyWord(f.from, min(f.from+1, f.to), "we") && x.near(f, 25, trading) {
			return true // a firm speaks
		}
		return x.anyWord(f.from, f.to, "living", "staying", "stay") && (x.near(f, 14, stays) || !f.valid.Until.IsZero())
	case WorksAt:
		if f.to+1 < len(x.toks) && x.toks[f.to].is("and", "then", ",") && x.toks[f.to+1].is("finished", "ended", "walked", "ran", "drove", "cycled", "rode") && x.anyWord(f.from, f.to, "started", "start") || over && x.leftSomething(f) || x.asCustomer(f) {
			return true
		}
		return x.anyWord(f.from, f.to, "year") && x.studies() // "my second year at Dalhousie"
	}
	return false
}

// kinKeys are the keys of relatives, friends and colleagues.
var kinKeys = func() map[string]bool {
	m := map[string]bool{}
	for _, label := range kin {
		m[label] = label != Pet
	}
	return m
}()

// measured reports an age that may be a measure: "I'm 82 and want to be under 80 by June".
func (x *extractor) measured(f fact) bool {
	end := min(len(x.toks), f.to+18)
	for i := max(0, f.from-18); i < end; i++ {
		t := &x.toks[i]
		if n := x.phraseOf(i, end, measuring); n > 0 && !(vague[t.low] && i+n < end && x.toks[i+n].kind == word && !x.toks[i+n].is("up", "now", "is", "again", "so")) || t.is("across", "down") && i > 0 && figures(x.toks[i-1].low) > 0 {
			return true
		}
		if t.is("under", "below", "over", "to", "was", "hit", "reach") && i+1 < end && figures(x.toks[i+1].low) > 12 && (i+2 >= len(x.toks) || x.toks[i+2].kind != word || x.toks[i+2].is("by", "in", "before", "at", "for", "now", "last")) && x.anyWord(max(0, i-5), i+1, "want", "wants", "wanted", "trying", "need", "get", "aim", "hope", "was") {
			return true
		}
	}
	return false
}

// vague are words of measures that count only where nothing follows: "what size rucksack" is none of the speaker.
var vague = set(`size level score rank rating points speed shoe shoes jacket pounds degrees weight fat stone`)

// bareNumber reports an age of which nothing says that it is one.
func (x *extractor) bareNumber(f fact) bool {
	for i := f.from; i < min(f.to+2, len(x.toks)); i++ {
		if unmeasured[x.toks[i].low] || strings.HasSuffix(x.toks[i].low, "-year-old") {
			return false
		}
	}
	return true
}

// ofRelative reports a fact that is told as "my sister Anna".
func (x *extractor) ofRelative(f fact) bool {
	return x.toks[f.from].is("my", "our") && f.object.ref.Type == record.TypePerson
}

// acquainted reports whether somebody has a tie to the speaker, or is known already.
func (x *extractor) acquainted(p party) bool {
	if p.ref.Type == record.TypeOrganisation {
		return !x.staged() && !x.topicalAt(p.from, p.to) // "Hat Holdings has acquired Boot & Sons", in a board game
	}
	if p.ref.Type != record.TypePerson || x.people.intro[lower(p.ref.Name)] || x.vocabPerson(p.ref.Name) {
		return true
	}
	for _, list := range x.heard {
		if among(list, p.ref) {
			return true
		}
	}
	return false
}

// collected reports a car that somebody got at a place, as one gets a hired one: "got a Mustang at LAX".
func (x *extractor) collected(f fact) bool {
	return f.to+1 < len(x.toks) && x.toks[f.to].is("at", "in") && !x.dated(f.to) && x.toks[f.to+1].upper && x.anyWord(f.from, f.to, "got", "get", "have", "'ve", "had", "picked", "grabbed", "collected", "having")
}

// inBusiness reports a partner at work or in sport: "my partner at the firm, Gideon".
func (x *extractor) inBusiness(f fact) bool {
	if x.near(f, 20, lawfulOnly) {
		return true
	}
	for i := f.from; i+1 < f.to; i++ {
		if !x.toks[i].is("partner") {
			continue
		}
		if i > f.from && x.toks[i-1].kind == word && firmTies[x.toks[i-1].low] {
			return true
		}
		for j := i + 1; j < min(i+6, f.to) && x.toks[j].kind == word; j++ {
			if x.toks[i+1].is("at", "in", "on", "for") && (firmTies[x.toks[j].low] || x.toks[j].upper && j == i+2 && x.toks[i+1].is("at", "on")) {
				return true
			}
		}
	}
	return false
}

// sarcastic reports a liking of what nobody likes, or one that is too great to be meant amid trouble: "I just love roadworks".
func (x *extractor) sarcastic(f fact) bool {
	words := strings.Fields(lower(f.object.ref.Name))
	if len(words) == 0 {
		return false
	}
	if tiresomeThings[words[len(words)-1]] || tiresome[words[0]] && len(words) > 1 {
		return true
	}
	if (pining[words[0]] || words[0] == "saying") && len(words) > 1 || x.near(f, 4, notSo) || words[0] == "getting" && len(words) > 1 && complaints[words[1]] || untimely(words) {
		return true
	}
	for i := max(0, f.from-9); i+1 < f.from; i++ { // "another webinar, I love webinars"
		if x.toks[i].is("another", "more") && strings.HasPrefix(words[len(words)-1], strings.TrimSuffix(x.toks[i+1].low, "s")) {
			return true
		}
	}
	if last := words[len(words)-1]; hobbies[last] || edibles[last] {
		return false
	}
	keen, very := false, false
	for i := max(0, f.from-3); i < f.to; i++ {
		keen, very = keen || keenest[x.toks[i].low], very || gushing[x.toks[i].low]
	}
	if f.to < len(x.toks) && x.phrase(f.to, len(x.toks), "so much") {
		keen = true
	}
	for i := f.to; (keen || very) && i < min(f.to+20, len(x.toks)); i++ {
		if complaints[x.toks[i].low] || very && grumbles[x.toks[i].low] {
			return true
		}
	}
	return false
}

// figurative reports an occupation that is a manner of speaking: "I'm the chef, the taxi and the bank in this house".
func (x *extractor) figurative(f fact) bool {
	a, b := x.lineStart(f.from), f.to
	for b < len(x.toks) && b < f.to+25 && x.toks[b].kind != newline && !(x.toks[b].kind == punct && terminal(x.toks[b].text)) {
		b++
	}
	for i := a; i < b; i++ {
		if x.phraseOf(i, b, household) > 0 {
			return true
		}
	}
	for i := f.to; i+2 < b; i++ { // "I'm the banker, my nephew's the racing car"
		if x.toks[i].is(",", "and") && x.anyWord(f.from, f.to, "the") {
			for j := i + 1; j < min(i+5, b-1) && x.toks[j].kind == word; j++ {
				if x.toks[j].is("is", "'s", "are") && x.toks[j+1].is("the") && j > i+1 && !x.toks[i+1].is("that", "it", "this", "which", "who") {
					return true
				}
			}
		}
	}
	if x.anyWord(a, f.from, "tonight") || x.toks[a].is("today") || f.to < b && x.toks[f.to].is("tonight", "today", "tomorrow") && !x.anyWord(f.from, f.to, "became", "as") || x.anyWord(f.to, min(f.to+7, b), "wedding", "party", "birthday", "funeral", "bbq", "barbecue", "fete", "christening", "reunion", "stag") && x.anyWord(f.to, f.to+1, "at", "for") {
		return true
	}
	if x.anyWord(a, b, "mum", "mom", "mother", "dad", "father", "parent", "wife", "husband", "runner", "grandmother", "grandfather", "feminist") {
		return false
	}
	items, the, posts := 0, 0, 0
	i := f.from
	for i < b && !x.toks[i].is("a", "an", "the") {
		i++
	}
	for ; i < b; i++ {
		t := &x.toks[i]
		switch {
		case t.is("a", "an", "the"):
			items++
			if t.is("the") {
				the++
			}
		case jobs[t.low]:
			posts++
		case t.is(",", "and", "&", "part-time", "full-time"):
		case t.kind != word || roleStops[t.low]:
			i = b
		}
	}
	return items > 2 && (the == items || posts > 1)
}

// visited reports that the speaker went to a university as a guest.
func (x *extractor) visited(f fact) bool {
	if !x.anyWord(f.from, f.to, "went", "go", "been", "going") {
		return false
	}
	if x.studies() {
		return false
	}
	return x.near(f, 30, outings)
}

// personified reports that what is called a colleague or a friend is a thing: "my colleague Hank is the office printer".
func (x *extractor) personified(f fact) bool {
	name := lower(f.object.ref.Name)
	if brands[strings.ReplaceAll(name, " ", "_")] || lifeless[f.object.ref.Name] {
		return true
	}
	end := min(f.to+14, len(x.toks))
	if fellows[f.key] && (f.to < end && creaturely[x.toks[f.to].low] || f.to+1 < end && x.toks[f.to].is(",") && creaturely[x.toks[f.to+1].low] || x.near(f, 16, inhuman) || x.equated(f)) {
		return true
	}
	if superiors[f.key] {
		for i := max(0, f.from-8); i+1 < min(f.to+9, len(x.toks)); i++ { // "my boss is four and her name is Edie"
			if n := number(x.toks[i+1].low); x.toks[i].is("is", "'s", "aged") && n > 0 && (n < 16 && (i+2 >= len(x.toks) || x.toks[i+2].kind != word || x.toks[i+2].is("and", "years", "today")) || i+2 < len(x.toks) && x.toks[i+2].is("weeks", "months")) {
				return true
			}
		}
	}
	for i := f.to; i+1 < end; i++ {
		t := &x.toks[i]
		opens := i == f.to && (t.is("is", "'s", "was", ",", "(", "-", "–", "—")) || i > f.to && t.is("is", "'s") && (x.toks[i-1].is("he", "she", "it", "which", "who") || i == f.to+1 && x.toks[f.to].is(",", ")")) || t.is("being")
		if !opens {
			continue
		}
		if j := i + 1; (x.toks[j].is("a", "an", "the", "my", "our", "actually", "really", "just") || !t.is(",", "'s") && lifeless[x.toks[j].low] && !x.toks[j].upper) && x.thing(j, end) {
			return true
		}
	}
	return false
}

// thing reports whether the noun phrase at i names a thing.
func (x *extractor) thing(i, end int) bool {
	for j := i; j < min(i+7, end) && x.toks[j].kind == word; j++ {
		t := &x.toks[j]
		stop := func(t *token) bool {
			return t.kind != word || t.upper || t.is("who", "that", "which", "is", "was", "in", "at", "with", "of", "and", "from", "has", "but", "so", "i", "we", "on", "he", "she", "it", "they", "my", "called", "named", "you") || verbLike(t)
		}
		if lifeless[t.low] && (j+1 >= len(x.toks) || stop(&x.toks[j+1])) {
			return true
		}
		if j > i && stop(t) {
			break
		}
	}
	return false
}

// sessionOver reports that the speaker is through with somebody for the day: "finished with Petra, she says my core is weak".
func (x *extractor) sessionOver(f fact) bool {
	return x.english && f.key == Partner && (x.near(f, 10, sessions) || x.anyWord(f.from, f.to, "finished", "done", "through") && !x.near(f, 25, lovers) && !x.dated(f.to))
}

// asCustomer reports somebody who is at a shop, or with a provider, as most people are.
func (x *extractor) asCustomer(f fact) bool {
	name := lower(f.object.ref.Name)
	if x.anyWord(f.from, f.to, "with") && x.near(f, 20, billed) {
		return true
	}
	if !shops[strings.NewReplacer("'", "", "’", "").Replace(firstWord(name))] || x.anyWord(f.from, f.to, "work", "works", "working", "worked", "job", "hired", "employed", "for") {
		return false
	}
	return !x.near(f, 25, onShift) && !(x.anyWord(f.from, f.to, "joined", "started", "left") && x.dated(f.to))
}

// ruefully reports a pastime that is none: "my hobby is losing keys".
func (x *extractor) ruefully(f fact) bool {
	words := strings.Fields(lower(f.object.ref.Name + " " + f.value))
	return len(words) > 0 && (rueful[words[0]] || tiresomeThings[words[len(words)-1]] || words[len(words)-1] == "tickets")
}

// othersOwn reports a car that is somebody else's: "I drive my sister's Yaris".
func (x *extractor) othersOwn(f fact) bool {
	for i := f.from + 1; i < f.to; i++ {
		if x.toks[i].is("'s") && (kin[x.toks[i-1].low] != "" || x.toks[i-1].upper && givenNames[x.toks[i-1].low] || x.toks[i-1].is("neighbour", "landlord", "mate", "boss")) {
			return true
		}
	}
	return false
}

// leftSomething reports that what was left is a thing at a firm, or its call: "I left Microsoft on read".
func (x *extractor) leftSomething(f fact) bool {
	if f.to+1 >= len(x.toks) || !x.anyWord(f.from, f.to, "left", "leave", "leaving") {
		return false
	}
	if x.toks[f.to].is("on") {
		return x.toks[f.to+1].is("read", "hold", "mute", "seen", "foot")
	}
	return !x.dated(f.to) && x.toks[f.to].is("a", "an", "my", "two", "three", "four", "some", "waiting", "another")
}

// forOthers reports an appointment of somebody else: "Monday dentist for Dad".
func (x *extractor) forOthers(f fact) bool {
	for i := f.from; i < min(f.to+2, len(x.toks)-1); i++ {
		if x.toks[i].is("for") && (kin[x.toks[i+1].low] != "" || x.toks[i+1].is("him", "her", "them", "dad's") || x.toks[i+1].upper && givenNames[x.toks[i+1].low]) {
			return true
		}
	}
	return false
}

// dated reports a date at token i.
func (x *extractor) dated(i int) bool {
	_, ok := x.whenAt(i, len(x.toks), backward)
	return ok
}

// passingKeys are keys of what one may be for a few days.
var passingKeys = map[string]bool{LivesIn: true, WorksAt: true, Diet: true, Role: true, MaritalStatus: true}

// superiors are those whom nobody has as a child, but in fun.
var superiors = set(`manager landlord assistant mentor doctor teacher therapist coach trainer lawyer accountant`)

// thisWeek reports a state of these days alone: "we're based in Inverness this week". What begins these days goes on.
func (x *extractor) thisWeek(f fact) bool {
	if x.phraseOf(f.to, len(x.toks), theseDays) == 0 || x.phrase(f.to, len(x.toks), "this month") && f.key != Diet {
		return false
	}
	return !x.anyWord(f.from, f.to, "moved", "started", "joined", "became", "become", "got", "went", "gone", "turned", "began", "begun", "quit", "left", "switched", "relocated", "settled", "start", "join", "promoted", "hired", "made")
}

// onLoan reports a car that is hired or lent. What the speaker drives or owns is only so by words of the same sentence.
func (x *extractor) onLoan(f fact) bool {
	from, to := max(0, f.from-25), min(len(x.toks), f.to+25)
	if x.anyWord(f.from, f.to, "drive", "own", "my") {
		from = max(from, x.lineStart(f.from))
		for to = f.to; to < min(len(x.toks), f.to+25) && !terminal(x.toks[to].text); to++ {
		}
	}
	for i := from; i < to; i++ {
		if x.phraseOf(i, len(x.toks), lent) > 0 {
			return true
		}
	}
	return false
}

// fellows are relations that people say they have to things and animals.
var fellows = set(`colleague friend roommate neighbour manager assistant coworker works_with teammate landlord trainer`)

// equated reports that whom the fact names is said to be a thing elsewhere: "Doris hums all day. Doris is the server in the cupboard".
func (x *extractor) equated(f fact) bool {
	name := lower(firstWord(f.object.ref.Name))
	for i := max(0, f.from-40); i+2 < min(len(x.toks), f.to+40); i++ {
		if x.toks[i].low == name && x.toks[i+1].is("is", "'s", "was") && x.toks[i+2].is("a", "an", "the", "our", "my") && x.thing(i+2, min(len(x.toks), i+10)) {
			return true
		}
	}
	return false
}

// untimely reports a thing at an hour at which nobody likes it: "drums at midnight".
func untimely(words []string) bool {
	for i := 1; i < len(words); i++ {
		if words[i-1] == "at" && (words[i] == "midnight" || words[i] == "dawn" || strings.HasSuffix(words[i], "am") || i+1 < len(words) && number(words[i]) > 0 && words[i+1] == "in") {
			return true
		}
	}
	return false
}

// topical reports that the text spoke of acting, a game or the like before the fact, or explains the fact so behind it: "it's a board
// game".
func (x *extractor) topical(f fact) bool { return x.topicalAt(f.from, f.to) }

func (x *extractor) topicalAt(from, to int) bool {
	first := x.firstTopical()
	if first < 0 {
		return false
	}
	if first < from {
		return true
	}
	for i := to; i < len(x.toks) && i < to+40; i++ {
		if x.phraseOf(i, len(x.toks), topical) == 0 {
			continue
		}
		j := i - 1
		for j > to && x.toks[j].is("a", "an", "the", "my", "our", "for", "from", "in", "of", "just", "only") {
			j--
		}
		if x.toks[j].is("'s", "is", "was") && x.toks[j-1].is("it", "that", "this", "all", "which", "he", "she", "founder") {
			return true
		}
	}
	return false
}

// firstTopical is the first token of a topical phrase, or -1.
func (x *extractor) firstTopical() int {
	if x.topic0 == 0 {
		x.topic0 = -1
		for i := range x.toks {
			if x.phraseOf(i, len(x.toks), topical) > 0 {
				x.topic0 = i + 1
				break
			}
		}
	}
	if x.topic0 < 0 {
		return -1
	}
	return x.topic0 - 1
}

// ofPart reports a liking or a pastime of a part, not one of acting or games itself.
func (x *extractor) ofPart(f fact) bool {
	return x.staged() && !x.near(f, 6, staging) || x.topical(f) && !x.near(f, 6, topical)
}

// threatened reports what would be so after the first half of the sentence: "give me a lottery win and I'm living in Sorrento".
func (x *extractor) threatened(f fact) bool {
	a := x.lineStart(f.from)
	return f.from > a && x.toks[f.from-1].is("and", ",") && x.phraseOf(x.skipFillers(a, f.from), f.from, provisos) > 0
}

// neverSo reports what is said not to be so, or not to have been.
func (x *extractor) neverSo(f fact, over bool) bool {
	for i := max(0, f.from-6); i < f.from; i++ {
		if n := x.phraseOf(i, len(x.toks), denying); n > 0 && i+n >= f.from-1 && (!over || x.anyWord(f.from, f.to, "left", "quit", "sold", "broke", "divorced", "resigned", "moved", "gave", "lost", "finished", "stopped", "retired", "split")) {
			return true
		}
	}
	for i := f.to; over && i < min(f.to+3, len(x.toks)); i++ {
		if x.toks[i].is("never") && i+1 < len(x.toks) && x.toks[i+1].is("have", "did", "has", "was", "will", "had", "were") && (i+2 >= len(x.toks) || x.toks[i+2].kind != word) {
			return true
		}
	}
	return false
}

// ofModel reports that what looks like a car names something else: "a Golf ball".
func (x *extractor) ofModel(f fact) bool {
	return f.to > 0 && f.to < len(x.toks) && x.toks[f.to].kind == word && x.toks[f.to-1].upper && !x.toks[f.to].upper && !x.endsWell(f.to, len(x.toks)) && !verbLike(&x.toks[f.to]) && mismade[x.toks[f.to].low]
}

// applies reports studies that are only hoped for: "I've applied to do nursing at Salford".
func (x *extractor) applies(f fact) bool {
	return x.anyWord(max(0, f.from-5), f.to, "applied", "applying", "apply", "rejected", "waitlisted", "shortlisted", "offered", "interview", "application", "wants", "wanted")
}
