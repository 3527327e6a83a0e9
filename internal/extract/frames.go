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
	hintTopical
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
		if n > 1900 && x.goneBy(n) && i+2 < len(x.toks) && x.toks[i+1].is(".", ":") && x.toks[i+2].is("i", "we") && (i == 0 || terminal(x.toks[i-1].text)) {
			return true // "1987. I'm a bus conductor"
		}
		return n > 1000 && x.goneBy(n) && len(x.toks[i].text) == 4 && i > 1 && x.toks[i-1].is("is", "'s") && x.toks[i-2].is("it", "year") && (i+1 >= len(x.toks) || x.toks[i+1].kind != word)
	})
}

// goneBy reports a year before the one in which the text was said.
func (x *extractor) goneBy(year int) bool { return !x.at.IsZero() && year < x.at.Year() }

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

// meansOther reports whether a fact is of a story that the text tells, or something else than what it looks like because of what the text
// is about.
func (x *extractor) meansOther(f fact, over bool) bool {
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
	if kinKeys[f.key] && (x.near(f, 15, noKin) || f.from > 0 && x.toks[f.from-1].is("as", "me") && x.toks[f.from].upper || f.object.from > f.from && x.toks[f.object.from-1].is("in", "at", "near") || f.object.from > 0 && f.object.from < f.object.to && f.object.from <= f.from && x.toks[f.object.from-1].is("in", "at", "near")) {
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
	return x.meansOtherFor(f, over)
}

// meansOtherFor reports whether what the text says around a fact of some key makes another thing of it.
func (x *extractor) meansOtherFor(f fact, over bool) bool {
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
		return x.figurative(f) || x.toks[max(0, f.to-1)].kind == word && x.anyWord(f.from, f.to, "trained", "qualified") && f.to < len(x.toks) && x.toks[f.to].is("but")
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
	case MaritalStatus, Spouse:
		return x.near(f, 8, again)
	case LivesIn:
		if !over && f.to+1 < len(x.toks) && x.toks[f.to].is("to") && (x.toks[f.to+1].upper || x.toks[f.to+1].is("back")) {
			return true // "from Cork to Dublin to Galway"
		}
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

// topical reports that the text spoke of acting, a game or the like before the fact, or explains the fact so behind it: "it's a board
// game".
func (x *extractor) topical(f fact) bool { return x.topicalAt(f.from, f.to) }

func (x *extractor) topicalAt(from, to int) bool {
	if !x.hint(hintTopical, func(i int) bool { return x.phraseOf(i, len(x.toks), topical) > 0 }) {
		return false
	}
	for i := from - 1; i >= 0 && i >= from-80; i-- {
		if x.toks[i].kind == newline && strings.Count(x.toks[i].text, "\n") > 1 {
			break // another paragraph
		}
		if x.phraseOf(i, len(x.toks), topical) > 0 {
			return true
		}
	}
	for i := to; i < len(x.toks) && i < to+40; i++ {
		n := x.phraseOf(i, len(x.toks), topical)
		if n == 0 {
			continue
		}
		if x.sentenceStart(i) && x.anyWord(i+n, min(i+n+2, len(x.toks)), "was", "were", "is") {
			return true // "improv night was a 10/10"
		}
		j := i - 1
		for j > to && x.toks[j].is("a", "an", "the", "my", "our", "for", "from", "in", "of", "just", "only", "how", "where", "what", "all", "part") {
			j--
		}
		if x.toks[j].is("'s", "is", "was") && x.toks[j-1].is("it", "that", "this", "all", "which", "he", "she", "founder") {
			return true
		}
	}
	return false
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
