package extract

// Chat leaves out the subject of the present as well: "live just outside Exeter", "can't stand coriander", "renting in Leith atm". In that
// form a verb may be an order or a heading, so that only verbs are read here that nobody orders, and what they speak of must be named.

// ongoing are -ing forms that open a statement about the speaker.
var ongoing = set(`residing working living renting studying doing teaching freelancing seeing dating lodging staying training interning temping contracting volunteering reading managing running learning driving`)

// plainly are verbs in the present whose subject may be left out, by what must follow.
var plainly = map[string]map[string]bool{
	"live": set(`in just near outside with on over up down out`), "work": set(`at for as in with under alongside over nights part full`),
	"come": set(`from`), "hail": set(`from`), "rent": set(`in a`), "study": set(`at`), "teach": set(`at`), "report": set(`to`), "used": set(`to`),
	"got": set(`a an two three four five no my`), "suffer": set(`from`), "speak": nil, "love": nil, "adore": nil, "hate": nil, "loathe": nil, "detest": nil, "despise": nil,
	"prefer": nil, "enjoy": nil, "drive": set(`a an`), "play": nil,
}

// droppedPresent reports whether the sentence begins at i with such a verb.
func (x *extractor) droppedPresent(i, end int, opens bool) bool {
	if i+1 >= end || !opens {
		return false
	}
	if x.phrase(i, end, "can not") {
		return i+3 < end && x.toks[i+2].is("stand", "bear", "abide", "stomach", "tolerate", "get")
	}
	next := &x.toks[i+1]
	after, ok := plainly[x.toks[i].low]
	if !ok || next.kind != word {
		return false
	}
	for j := i + 1; j < end; j++ {
		if x.toks[j].is("please", "pls", "me", "this", "us") {
			return false // an order
		}
	}
	if after != nil {
		return after[next.low]
	}
	for j := i + 1; j < end; j++ { // "Love Island is on", "hate to say it"
		if t := &x.toks[j]; t.kind == word && (t.is("is", "was", "are", "were", "your", "you", "me", "yourself", "one") || j == i+1 && (t.is("to", "from", "the", "and", "is", "all", "how") || t.upper && x.toks[i].upper && !languages[t.low] && !x.casual)) {
			return false
		}
	}
	return true
}

// anyMoreAhead reports "not … any more" without a subject and a verb.
func (x *extractor) anyMoreAhead(i, end int) bool {
	for j := i + 1; j < min(i+8, end) && x.toks[j].kind == word; j++ {
		if x.toks[j].is("anymore") || x.phrase(j, end, "any more") || x.phrase(j, end, "any longer") {
			return true
		}
	}
	return false
}

// firmNouns are words for what employs.
var firmNouns = set(`company firm outfit startup start-up brewery bakery agency studio charity bank school hospital shop cafe café restaurant bistro pub bar hotel business
	consultancy practice clinic factory garage salon publisher bookshop nursery college university lab laboratory supplier manufacturer retailer wholesaler broker builder
	place crowd org organisation organization nonprofit non-profit ngo foundation institute centre center museum gallery theatre paper newspaper magazine farm winery distillery
	vineyard kindergarten store supermarket chain franchise group co-op coop cooperative co-operative partnership collective mill foundry works plant boatyard yard quarry surgery pharmacy
	vet vets solicitors architects accountants contractor insurer builders printers`)

// firmNamed moves over "a small outfit called" before the name of an employer.
func (x *extractor) firmNamed(i, end int) int {
	if i+3 >= end || !x.toks[i].is("a", "an", "this", "some", "the") {
		return i
	}
	firm := false
	for j := i + 1; j < min(i+8, end-1) && x.toks[j].kind == word; j++ {
		if x.toks[j].is("called", "named") {
			if firm {
				return j + 1
			}
			return i
		}
		firm = firm || firmNouns[x.toks[j].low]
	}
	return i
}

// somebody are words for a person that a name follows.
var somebody = set(`guy girl man woman lad lass bloke fella chap lady person someone somebody fellow colleague kid dude boy gentleman bird`)

// somebodyNamed moves over "a lass named" before the name of a person.
func (x *extractor) somebodyNamed(i, end int) int {
	if i+2 < end && x.toks[i].is("this", "a", "my", "that", "the") && somebody[x.toks[i+1].low] && nameWord(&x.toks[i+2]) {
		return i + 2
	}
	for j := i; j < min(i+6, end-1) && x.toks[j].kind == word && (!x.toks[j].upper || j == i+1 && demonyms[x.toks[j].low]); j++ {
		if j > i && x.toks[j].is("called", "named") && (somebody[x.toks[j-1].low] || demonyms[x.toks[j-1].low]) || j > i+1 && x.toks[j].is("called", "named") && x.toks[j-1].is("there") && somebody[x.toks[j-2].low] {
			return j + 1
		}
	}
	return i
}
