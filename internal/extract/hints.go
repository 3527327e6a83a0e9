package extract

// What a text is about decides how much some words say: "I'm at the Ashgrove Clinic now" is another thing where it speaks of jobs. Each
// question is asked of a text once.

// hint reports whether something is so at any word of the text.
func (x *extractor) hint(k int, at func(i int) bool) bool {
	if x.hints[k] == 0 {
		x.hints[k] = -1
		for i := range x.toks {
			if at(i) {
				x.hints[k] = 1
				break
			}
		}
	}
	return x.hints[k] > 0
}

// journey reports a text about a journey.
func (x *extractor) journey() bool {
	return x.hint(4, func(i int) bool { return x.travels(sentence{i, min(i+1, len(x.toks)), false}) })
}

// localHints are words that are about where one lives: "a plumber near me? I'm in Stockport".
var localHints = phrases("near me", "near here", "nearby", "my area", "local to me", "round here", "around here", "time difference", "timezone", "time zone", "my time", "ship to", "deliver to", "delivered to me", "my postcode")

// homeHintWords are about a home: "the parcel keeps going to the old place, we're in Gisborne now".
var homeHintWords = set(`house flat rent rents rented neighbours neighbour landlord council parcel address boxes garden move mortgage lease keys unpacked unpacking moving tenancy bins postcode redirect`)

func (x *extractor) homeHint() bool {
	return x.hint(1, func(i int) bool { return homeHintWords[x.toks[i].low] }) && !x.journey()
}

func (x *extractor) localHint() bool {
	return x.hint(0, func(i int) bool { return x.phraseOf(i, len(x.toks), localHints) > 0 }) && !x.journey()
}

// jobHints are words of work and of changing it: "I'm at the Ashgrove Clinic now" may be said in its waiting room.
var jobHints = set(`job jobs work works working worked career boss manager colleague colleagues role team teams pays pay salary wages hired quit resigned employer shift shifts commute desk
	redundancy redundant promoted promotion left switched switching contract apprenticeship apprentice recruiter employed rota hours started office joined recently instead permanent staff notice`)

func (x *extractor) jobHint() bool {
	return x.hint(2, func(i int) bool { return jobHints[x.toks[i].low] })
}

// sinceBefore reports that a "since" opens the sentence before token i: "Since Easter I've been at Hopper & Lane".
func (x *extractor) sinceBefore(i int) bool {
	j := x.skipFillers(x.lineStart(i), i)
	for k := max(x.lineStart(i), i-5); k < i; k++ {
		if x.toks[k].is("since") && k <= j {
			return true
		}
	}
	return false
}
