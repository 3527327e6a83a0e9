package extract

// Who tells of somebody goes on without a subject: "Bumped into Carl. Divorced, living in Slough." That is not said of the speaker.

// persons are words for people of whom one tells.
var persons = set(`lodger tenant client patient student pupil bride groom date driver plumber builder baby cat dog ex boss colleague neighbour neighbours neighbor neighbors flatmate roommate housemate landlord landlady carer nanny au-pair
	trainer teacher nurse doctor candidate applicant recruit trainee intern guy man woman lad lass girl boy bloke chap lady kid person stranger couple mate friend pal someone somebody suspect victim customer guest passenger barber hairdresser cleaner gardener electrician chef waiter waitress barista singer author actor player vicar midwife dentist therapist`)

// ofAnother reports a fact in a sentence without a subject, after one about somebody else.
func (x *extractor) ofAnother(f fact) bool {
	a := x.lineStart(f.from)
	if x.anyWord(a, min(f.to+1, len(x.toks)), "i", "we", "me", "my", "our", "us", "mine", "myself", "here", "btw", "fyi", "im", "ive") {
		return x.colonBefore(a, f.from)
	}
	if x.colonBefore(a, f.from) {
		return true
	}
	b := a
	for b > 0 && x.toks[b-1].kind != word {
		if x.toks[b-1].kind == newline || x.toks[b-1].kind == quoted {
			return false
		}
		b--
	}
	from := x.lineStart(b)
	if b-from < 1 || a == b && a > 0 {
		return false
	}
	first := x.skipFillers(from, b)
	if first >= b {
		return false
	}
	if x.toks[first].is("i", "we") && !x.anyWord(first+1, min(first+4, b), "met", "saw", "spoke", "bumped", "interviewed", "rang", "visited", "ran") {
		return false
	}
	return x.somebodyTold(first, b) || x.anotherTold(from, a)
}

// anotherTold reports that the sentence at token a goes on from one without a subject that goes on itself: "Dad rang. Been to the
// doctor's. Has gout."
func (x *extractor) anotherTold(from, a int) bool {
	if from == 0 || a-from > 12 || x.anyWord(from, a, "i", "we", "my", "our", "me", "he", "she", "they") || !x.pastOnly(x.skipFillers(from, a)) {
		return false
	}
	b := from
	for b > 0 && x.toks[b-1].kind == punct {
		b--
	}
	prev := x.lineStart(b)
	first := x.skipFillers(prev, b)
	return first < b && !x.toks[first].is("i", "we") && x.somebodyTold(first, b)
}

// somebodyTold reports that somebody else than the speaker is told of between two tokens.
func (x *extractor) somebodyTold(from, to int) bool {
	for i := from; i < to; i++ {
		t := &x.toks[i]
		if t.kind != word {
			continue
		}
		det := i > from && x.toks[i-1].is("my", "our", "the", "a", "an", "this", "that", "new", "old", "your")
		if (persons[t.low] || somebody[t.low]) && (det || i == from || i > from && x.toks[i-1].kind == word && !x.toks[i-1].is("no", "any", "i", "of")) {
			return true
		}
		if kin[t.low] != "" && (det || t.upper || i == from) && !x.toks[max(0, i-1)].is("hi", "hello", "hey", "thanks") {
			return true
		}
		if t.upper && givenNames[t.low] && months[t.low] == 0 && (i > from && x.toks[i-1].kind == word && !x.toks[i-1].is("hi", "hello", "hey", "thanks", "dear", "cheers", "morning", "is", "am", "i", "call", "called", "me") && !fillers[x.toks[i-1].low] || i == from && i+1 < to && verbLike(&x.toks[i+1])) {
			return true
		}
	}
	return false
}

// colonBefore reports somebody else before a colon, of whom what follows is said: "Update on Priya: left Deloitte, moved to Goa".
func (x *extractor) colonBefore(a, to int) bool {
	for i := to - 1; i > a; i-- {
		if !x.toks[i].is(":") {
			continue
		}
		for j := a; j < i; j++ {
			if x.toks[j].is("i", "me", "we", "us", "mine", "profile", "bio", "about", "am", "name", "names", "age") {
				return false
			}
		}
		return !x.anyWord(i, to, "i", "we") && x.somebodyTold(a, i)
	}
	return false
}
