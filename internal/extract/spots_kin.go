package extract

// The meanings of what people are to the speaker.
var (
	isLandlord  = meaning{key: "landlord", category: knowledge}
	isNeighbour = meaning{key: "neighbour", category: knowledge}
	isChild     = meaning{key: "child", category: identity}
	isInLaw     = meaning{key: "parent_in_law", category: identity}
	isDoctor    = meaning{key: "doctor", category: knowledge}
	isTherapist = meaning{key: "therapist", category: knowledge}
)

// kinSpots are further ways to tell who somebody is to the speaker.
var kinSpots = []spot{
	{pattern: "my|our|the in-laws ,|are|(|: {person}", mode: state, meaning: isInLaw, flags: alone},
	{pattern: "mother-in-law 's name is|'s {person}", mode: state, meaning: meaning{key: "mother_in_law", category: identity}, flags: opens | alone},
	{pattern: "father-in-law 's name is|'s {person}", mode: state, meaning: meaning{key: "father_in_law", category: identity}, flags: opens | alone},
	// home
	{pattern: "the|our landlord|landlady , {mister} =,", mode: state, meaning: isLandlord, flags: opens | alone},
	{pattern: "the|our landlord|landlady is|'s called|named {mister}", mode: state, meaning: isLandlord, flags: alone},
	{pattern: "the landlord|landlady 's name is|'s {mister}", mode: state, meaning: isLandlord, flags: opens | alone},
	{pattern: "a|an landlord|landlady called|named {mister}", mode: state, meaning: isLandlord, flags: alone},
	{pattern: "i|we rent from|off a|an|this? {titled}", mode: state, meaning: isLandlord},
	{pattern: "i|we am|are renting from|off a|an|this? {titled}", mode: state, meaning: isLandlord},
	{pattern: "{mister} owns|rents our|my flat|house|building|place|apartment =.|,|and", mode: state, meaning: isLandlord},
	{pattern: "{person} from next door", mode: state, meaning: isNeighbour},
	{pattern: "{person} next door =.|,|has|keeps|and|says|plays|said|is", mode: state, meaning: isNeighbour},
	{pattern: "the|our neighbour|neighbor , {person} =,", mode: state, meaning: isNeighbour, flags: opens | alone},
	{pattern: "next-door neighbour|neighbor is|'s called? {person}", mode: state, meaning: isNeighbour, flags: opens | alone},
	// work
	{pattern: "the new? boss , {named} =,", mode: state, meaning: manager, flags: opens | alone},
	{pattern: "the new? boss is|'s called|named {person}", mode: state, meaning: manager, flags: opens | alone},
	{pattern: "line manager|boss : {person} =.|,", mode: state, meaning: manager, flags: opens | alone},
	{pattern: "{person} , who i report|answer to", mode: state, meaning: manager},
	{pattern: "{person} , who manages|runs|leads|heads our|my team|department|shift|unit|section", mode: state, meaning: manager},
	{pattern: "{person} , a|an|another colleague|coworker|co-worker|workmate =,|.|said|says", mode: state, meaning: colleague},
	{pattern: "{person} at work =said|says|keeps|told|wants|is|has|,|swears", mode: state, meaning: colleague},
	{pattern: "this guy|girl|woman|man|lad|bloke at work , {person} =,", mode: state, meaning: colleague},
	{pattern: "{person} , a|an colleague|coworker|co-worker|workmate|teammate of mine|ours", mode: state, meaning: colleague},
	// friends
	{pattern: "{person} , a|an good|close|dear|old|great|lovely? friend|mate|pal|buddy of mine|ours", mode: state, meaning: friendOf},
	{pattern: "{person} , who is|'s a|an good|close|dear|old|great|lovely? friend|mate|pal of mine|ours", mode: state, meaning: friendOf},
	{pattern: "my friend|mate|pal|buddy from|at school|uni|university|college|church|work|home|childhood|back-home , {person} =,|.", mode: state, meaning: friendOf},
	{pattern: "a|an old|good|dear|close? school|uni|college|university|childhood friend|mate|pal of mine|ours? , {person} =,|.", mode: state, meaning: friendOf},
	// health
	{pattern: "i am no longer seeing {titled} =.|,|and|so|because|as|since", mode: ending, meaning: isDoctor},
	{pattern: "i am not seeing {titled} any|anymore more?", mode: ending, meaning: isDoctor},
	{pattern: "i|we see a|an|this therapist|counsellor|counselor|psychologist called|named {person}", mode: state, meaning: isTherapist},
	// children
	{pattern: "our|my eldest|oldest|youngest|firstborn is|'s called|named? {self} =.|,|and|but|so", mode: state, meaning: isChild},
	{pattern: "{person} is|'s our|my eldest|oldest|youngest|firstborn =.|,|and|but|so", mode: state, meaning: isChild},
	{pattern: "we|i had|welcomed|adopted|got a|an|our|another baby|little? girl|boy|daughter|son ,|called|named|:|- {self} =,|.|in|on|last|this|and", mode: state, meaning: isChild},
	{pattern: "we|i have had|welcomed|adopted a|an|our|another baby|little? girl|boy|daughter|son ,|called|named|:|- {self} =,|.|in|on|last|this|and", mode: state, meaning: isChild},
	{pattern: "we|i became parents {date}? ,|to|:|- a|an|our? baby|little|wee girl|boy ,|called|named {self}", mode: state, meaning: isChild},
	{pattern: "we|i welcomed baby {self} =.|,|in|on|last|this", mode: state, meaning: isChild},
	{pattern: "welcomed baby {self} =.|,|in|on|last|this", mode: state, meaning: isChild, flags: opens | alone},
	{pattern: "i gave birth to {self} =.|,|in|on|last|this", mode: state, meaning: isChild},
	{pattern: "our baby , {self} , =was|is|has", mode: state, meaning: isChild},
}

// parentWords are words for parents, and what those are to them whom they are said to belong to.
var parentWords = map[string]string{
	"mum": "child", "mom": "child", "mam": "child", "dad": "child", "mother": "child", "father": "child", "mama": "child", "parent": "child", "parents": "child", "mummy": "child", "daddy": "child",
	"grandma": "grandchild", "grandmother": "grandchild", "granny": "grandchild", "nan": "grandchild", "nana": "grandchild", "gran": "grandchild", "grandad": "grandchild", "granddad": "grandchild", "grandfather": "grandchild", "grandpa": "grandchild",
}

// parentOf reads "mum of two, Ada and Tom" and "I'm dad to three girls: Ada, Ruth and Ines" at the word for the parent.
func (x *extractor) parentOf(i int, s sentence, persons *[]party) bool {
	label := parentWords[x.toks[i].low]
	if label == "" || i+2 >= s.to || !x.toks[i+1].is("of", "to") {
		return false
	}
	from := i
	for from > s.from && x.toks[from-1].is("a", "an", "the", "proud", "single", "full-time", "stay-at-home", "busy", "loving", "working", "new", "tired") {
		from--
	}
	mine := from > s.from && (x.toks[from-1].is("am") || x.toks[from-1].is("as", "being") && x.afterMark(from-1)) || from > s.from && x.toks[from-1].is("are") && from-1 > s.from && x.toks[from-2].is("we")
	if !mine && !(x.sentenceStart(from) && !x.othersBefore(from)) {
		return false
	}
	j := i + 2
	for j < s.to && (number(x.toks[j].low) > 0 && number(x.toks[j].low) < 13 || x.toks[j].is("lovely", "beautiful", "gorgeous", "wonderful", "grown-up", "little", "twin", "small", "noisy")) {
		j++
	}
	if j < s.to && x.toks[j].is("girls", "daughters") && label == "child" {
		label, j = "daughter", j+1
	} else if j < s.to && x.toks[j].is("boys", "sons", "lads") && label == "child" {
		label, j = "son", j+1
	} else if j < s.to && x.toks[j].is("kids", "children", "twins", "babies", "monsters", "rascals") {
		j++
	}
	if j > i+2 {
		if j+1 >= s.to || !x.toks[j].is(",", ":", "(", "-", "–", "—", "called", "named") {
			return false
		}
		j++
	}
	if j >= s.to || !nameWord(&x.toks[j]) || !x.toks[j].upper && !x.casual {
		return false
	}
	m, ok := x.personAt(j, s.to)
	if !ok || !givenNames[lower(firstWord(m.text))] && j == i+2 {
		return false
	}
	n := len(x.out.Relations)
	x.kinList(label, i, j, s.to, persons)
	return len(x.out.Relations) > n
}
