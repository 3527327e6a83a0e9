package extract

// durationFront reports where "I" or "we" stands behind a duration in front of the clause: "nine years I've been …", "it's seven years now that
// we've …"; 0: there is none.
func (x *extractor) durationFront(i, end int) int {
	for _, lead := range []string{"it is", "it 's", "it will be", "it has been", "that is", "that 's"} {
		if x.phrase(i, end, lead) {
			i += 1 + len(lead)/len("it will be") + 1
			break
		}
	}
	i = x.pastWords(i, end, "for", "over", "nearly", "almost", "about", "roughly", "around", "just", "well", "only", "now", "a", "good", "all", "these", "some", "coming", "up", "to", "on", "going", "close", "closing", "in")
	_, n, ok := x.spotCapture("years", i, end)
	if !ok {
		return 0
	}
	n = x.pastWords(n, end, "and", "counting", "now", "on", "straight", "running", "in", "may", "june", "july", "august", "september", "october", "this", "next", "month", "spring", "summer", "autumn", "winter", "christmas", "easter", "year", "of", "my", "life", "or", "so", ",", "that", "total", "all")
	if n+1 < end && x.toks[n].is("i", "we") && x.toks[n+1].is("have") {
		return n
	}
	return 0
}

// Words of "the only snag here is that", which says nothing of what follows.
var (
	framingKinds = set(`only one main big other real first last sad good bad important funny annoying tricky relevant obvious small minor key crucial`)
	framingNouns = set(`thing problem snag catch issue trouble difficulty news truth reality fact context caveat complication bit`)
	framingTails = phrases("here", "though", "with me", "about me", "for me", "to know", "to remember", "to note", "to bear in mind", "to keep in mind", "to mention", "i should say", "i should mention", "you should know", "you need to know", "worth knowing", "worth mentioning")
)

// framing moves over "the only snag here is that"; 0: it does not stand there.
func (x *extractor) framing(i, end int) int {
	from := i
	if x.toks[i].is("myself") && x.sentenceStart(i) && i+2 < end && nameWord(&x.toks[i+1]) { // "Myself Venkatesh, working with …"
		for i++; i < end && nameWord(&x.toks[i]); i++ {
		}
		if i+1 < end && x.toks[i].is(",") {
			return i + 1 - from
		}
		return 0
	}
	if x.toks[i].is("it") && i+3 < end && x.toks[i+1].is("'s", "is") { // "it's my brother Idris who's …"
		for j := i + 3; j < min(i+7, end) && x.toks[j].kind == word; j++ {
			if x.toks[j].is("who") && x.toks[j-1].upper {
				return 2
			}
		}
		return 0
	}
	if n := x.phraseOf(i, end, tellings); n > 0 {
		if n += i; x.toks[n-1].is("to") || x.toks[n-1].is("telling", "tell", "reminding", "remind") {
			n = x.pastListener(n, end)
		}
		if n < end && x.toks[n].is("that") {
			n++
		}
		if n+2 < end && x.toks[n].is("i", "we") && !x.anyWord(n, min(n+4, end), "not", "never", "no") {
			return n - from
		}
		return 0
	}
	i = x.pastWords(i, end, "the", "my", "a", "one")
	for i < end && framingKinds[x.toks[i].low] {
		i++
	}
	if i >= end || i == from || !framingNouns[x.toks[i].low] {
		return 0
	}
	i++
	i += x.phraseOf(i, end, framingTails)
	if i >= end || !x.toks[i].is("is", "'s") {
		return 0
	}
	if i++; i < end && x.toks[i].is("that", ",", ":") {
		i++
	}
	if i+1 < end && x.toks[i].is("i", "we", "my", "our") {
		return i - from
	}
	return 0
}

// backThen reports "when I was twenty" at "when": it tells the time of what is said and makes no condition of it.
func (x *extractor) backThen(i, end int) bool {
	return i+2 < end && x.toks[i].is("when") && x.toks[i+1].is("i", "we") && (x.toks[i+2].is("was", "were", "left", "had") || x.pastOnly(i+2))
}

// pastCleft moves over "is the one who", which says no more than the subject before it, which begins at from.
func (x *extractor) pastCleft(i, end, from int) int {
	if i+5 < end && x.toks[i].is("is", "'s") && x.toks[i+1].is("the") && x.toks[i+2].is("one", "person") && x.toks[i+3].is("who", "that") {
		return i + 4
	}
	if i+1 < end && from > 1 && x.toks[i].is("who") && x.toks[from-1].is("'s", "is") && x.toks[from-2].is("it") {
		return i + 1 // "it's Tamsin who's the vegetarian"
	}
	return i
}

// ofMineAhead reports "a friend of mine" at i.
func (x *extractor) ofMineAhead(i, end int) bool {
	for j := i + 1; j+2 < min(i+6, end) && x.toks[j].kind == word; j++ {
		if kin[x.toks[j].low] != "" {
			return x.phrase(j+1, end, "of mine") || x.phrase(j+1, end, "of ours")
		}
	}
	return false
}

// tellings are words before what the speaker tells everybody.
var tellings = phrases("i keep telling", "i keep having to tell", "i keep having to remind", "i keep having to explain", "i keep having to explain to", "i had to explain", "i had to explain to", "i have to explain", "i have to explain to", "i had to tell", "i had to remind", "i have to remind", "i keep reminding",
	"i keep explaining to", "i keep explaining", "i should have said", "i should have mentioned", "i should have told you", "i forgot to tell you", "i forgot to say", "i always forget to say", "i always forget to mention", "people forget", "everyone forgets", "they forget",
	"i am not sure i said", "i do not think i mentioned", "i do not think i said", "not sure i mentioned", "not sure i said", "i am proud to say", "i am happy to report", "i can confirm", "i am pleased to report")

// pastListener moves over "my gran" and "people".
func (x *extractor) pastListener(i, end int) int {
	if i < end && x.toks[i].is("people", "them", "him", "her", "everyone", "everybody", "you", "folk", "folks", "clients", "colleagues", "friends", "family", "myself") {
		return i + 1
	}
	if i+1 < end && x.toks[i].is("my", "the", "our", "his", "her") && x.toks[i+1].kind == word {
		i += 2
		for i < end && x.toks[i].kind == word && !x.toks[i].is("that", "i", "we") && i < end-2 && x.toks[i].upper {
			i++
		}
	}
	return i
}
