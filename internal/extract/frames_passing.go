package extract

import "strings"

// What is so for a time, or as it is of most people: a hired car, a visit, a customer, a number on the scales.

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

// collected reports a car that somebody got at a place, as one gets a hired one: "got a Mustang at LAX".
func (x *extractor) collected(f fact) bool {
	return f.to+1 < len(x.toks) && x.toks[f.to].is("at", "in") && !x.dated(f.to) && x.toks[f.to+1].upper && x.anyWord(f.from, f.to, "got", "get", "have", "'ve", "had", "picked", "grabbed", "collected", "having")
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

// ofModel reports that what looks like a car names something else: "a Golf ball".
func (x *extractor) ofModel(f fact) bool {
	return f.to > 0 && f.to < len(x.toks) && x.toks[f.to].kind == word && x.toks[f.to-1].upper && !x.toks[f.to].upper && !x.endsWell(f.to, len(x.toks)) && !verbLike(&x.toks[f.to]) && mismade[x.toks[f.to].low]
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

// sessionOver reports that the speaker is through with somebody for the day: "finished with Petra, she says my core is weak".
func (x *extractor) sessionOver(f fact) bool {
	return x.english && f.key == Partner && (x.near(f, 10, sessions) && x.anyWord(f.from, f.to, "finished", "done", "through", "ended", "dumped", "left") || x.anyWord(f.from, f.to, "finished", "done", "through") && !x.near(f, 25, lovers) && !x.dated(f.to))
}

// thisWeek reports a state of these days alone: "we're based in Inverness this week". What begins these days goes on.
func (x *extractor) thisWeek(f fact) bool {
	if x.phraseOf(f.to, len(x.toks), theseDays) == 0 || x.phrase(f.to, len(x.toks), "this month") && f.key != Diet {
		return false
	}
	return !x.anyWord(f.from, f.to, "moved", "started", "joined", "became", "become", "got", "went", "gone", "turned", "began", "begun", "quit", "left", "switched", "relocated", "settled", "start", "join", "promoted", "hired", "made")
}

// passingKeys are keys of what one may be for a few days.
var passingKeys = map[string]bool{LivesIn: true, WorksAt: true, Diet: true, Role: true, MaritalStatus: true}

// forOthers reports an appointment of somebody else: "Monday dentist for Dad".
func (x *extractor) forOthers(f fact) bool {
	for i := f.from; i < min(f.to+2, len(x.toks)-1); i++ {
		if x.toks[i].is("for") && (kin[x.toks[i+1].low] != "" || x.toks[i+1].is("him", "her", "them", "dad's") || x.toks[i+1].upper && givenNames[x.toks[i+1].low]) {
			return true
		}
	}
	return false
}

// applies reports studies that are only hoped for: "I've applied to do nursing at Salford".
func (x *extractor) applies(f fact) bool {
	return x.anyWord(max(0, f.from-5), f.to, "applied", "applying", "apply", "rejected", "waitlisted", "shortlisted", "offered", "interview", "application", "wants", "wanted")
}

// dated reports a date at token i.
func (x *extractor) dated(i int) bool {
	_, ok := x.whenAt(i, len(x.toks), backward)
	return ok
}
