package extract

import "strings"

// Relatives and pets are named in passing, without a clause of their own: "Auntie Bisi", "Mum (Philomena)", "husband Emil, son Otto", "Mabel the cat".

// kinTitles are the words for relatives that stand before their names as titles.
var kinTitles = set(`auntie aunty aunt uncle grandad granddad grandpa grandma granny nana nanna nan cousin gran grampa nonna nonno opa oma abuela abuelo`)

// famousKin are uncles and aunts whom everybody has.
var famousKin = set(`sam ben bob tom vanya vernon fester buck remus jemima sally bessie may em sheldon anthem helen roger phil monty albert mabel al anne moses tupelo joe`)

// titledKin reads "Auntie Bisi", "Grandad Wilf" and "Mum (Philomena)".
func (x *extractor) titledKin(i int, s sentence, persons *[]party) bool {
	t := &x.toks[i]
	label := kin[t.low]
	if label == "pet" {
		return x.petBeside(i, s, persons)
	}
	if label == "" || i+1 >= s.to {
		return x.parentOf(i, s, persons)
	}
	if x.parentOf(i, s, persons) {
		return true
	}
	if x.toks[i+1].is("(") && i+2 < s.to && (ownKin[t.low] || i > s.from && x.toks[i-1].is("the", "my", "our") && t.is("missus", "wife", "husband", "boyfriend", "girlfriend", "boss")) && !(i > s.from && x.toks[i-1].is("his", "her", "your", "their", "a", "'s")) {
		m, ok := x.personAt(i+2, s.to)
		if !ok || m.to >= s.to || !x.toks[m.to].is(")", ",") {
			return false
		}
		x.kinFact(label, i, m, persons)
		return true
	}
	if t.is("mum", "mom", "mam", "dad", "mother", "father", "mama") && x.toks[i+1].is("to", "of") && i+2 < s.to && x.toks[i+2].upper && (x.ofMe(s.from, i) || x.profileAt(s) > 0) && !(i > s.from && x.toks[i-1].is("his", "her", "your", "their", "the")) {
		n := len(x.out.Relations)
		x.kinList("child", i, i+2, s.to, persons)
		return len(x.out.Relations) > n
	}
	if ownKin[t.low] && x.toks[i+1].is(",", "-", "–", "—", "(") && i+4 < s.to && (x.toks[i+2].is("that", "who", "he", "she") && x.toks[i+3].is("'s", "is")) && !(i > s.from && x.toks[i-1].is("his", "her", "your", "their", "a", "the", "'s")) {
		n := i + 4
		if x.toks[n].is("called", "named") {
			n++
		}
		if m, ok := x.personAt(n, s.to); ok && givenNames[lower(firstWord(m.text))] && (m.to >= s.to || x.toks[m.to].kind != word) {
			x.kinFact(label, i, m, persons)
			return true
		}
	}
	if !kinTitles[t.low] || !t.upper && !x.casual && !(x.lineStart(i) == i && givenNames[x.toks[i+1].low] && !(i+2 < s.to && x.toks[i+2].upper)) && !(i > s.from && x.toks[i-1].is("my", "our")) || i > s.from && (x.toks[i-1].is("his", "her", "your", "their", "the", "a", "called", "named", "like", "'s", "film", "book", "with", "and") && !x.toks[i-1].is("with", "and", "like") || x.toks[i-1].upper && x.toks[i-1].kind == word && !x.toks[i-1].is("i", "my", "our") && i-1 > s.from) {
		return false
	}
	m, ok := x.personAt(i+1, s.to)
	if !ok || m.from != i+1 || strings.Contains(m.text, " ") || famousKin[lower(m.text)] || x.people.evidence(m, false) == noEvidence || !givenNames[lower(m.text)] && x.casual {
		return false
	}
	x.kinFact(label, i, m, persons)
	return true
}

// countedNames reads "three chickens: Attila, Gertrude and Nugget" and "the three girls, Lindiwe and Nomsa".
func (x *extractor) countedNames(i int, s sentence, persons *[]party) bool {
	if numberWords[x.toks[i].low] < 2 && number(x.toks[i].low) < 2 || i+2 >= s.to {
		return false
	}
	owned := x.opensClause(i, s.from) || x.acquires(i, s.from) || i > s.from && x.toks[i-1].is("the", "my", "our") && !(x.toks[i-1].is("the") && !x.ofMe(x.lineStart(i), i))
	j := i + 1
	for j < s.to && kinAdjectives[x.toks[j].low] {
		j++
	}
	if !owned || j+1 >= s.to || kinPlural[x.toks[j].low] == "" {
		return false
	}
	k := j + 1
	for k < s.to && x.toks[k].is("now", "here", "already", "at", "home") {
		k++
	}
	if k >= s.to || !x.toks[k].is(",", ":", "(", "-", "–", "—", "called", "named") {
		return false
	}
	n := len(x.out.Relations)
	x.kinList(kinPlural[x.toks[j].low], i, k+1, s.to, persons)
	return len(x.out.Relations) > n
}

// bareNamed reads "husband Emil, son Otto, dog Sprocket", and "me (vegan)", where no "my" says whose they are.
func (x *extractor) bareNamed(i int, s sentence, persons *[]party) bool {
	t := &x.toks[i]
	if t.is("me") && i+3 < s.to && x.toks[i+1].is("(") {
		c := clause{x: x, subj: x.me(), from: i, end: s.to, v: verbGroup{lemma: "be", tense: present, end: i + 2}}
		return c.closedValue(i+2) || c.allergic(i+2)
	}
	if t.upper && i > s.from || !x.opensClause(i, s.from) || i > s.from && (x.toks[i-1].is("and") && !x.toks[max(i-2, 0)].is(",") || x.toks[i-1].is("(")) {
		return false
	}
	label, n := x.kinWord(i, s.to)
	if label == "" || n >= s.to || !x.toks[n].upper {
		return false
	}
	m, ok := x.namedAt(n, s.to, label)
	if ok && label != "pet" && !t.upper && givenNames[lower(m.text)] && m.to < s.to && x.toks[m.to].kind == word && (verbLike(&x.toks[m.to]) || verbs[x.toks[m.to].low].forms&(thirdForm|pastForm) != 0 || endsIn(x.toks[m.to].low, []string{"ed", "s"}, 3)) && x.lineStart(i) == i {
		x.kinFact(label, i, m, persons) // "flatmate Ottavia ate my yoghurt"
		return true
	}
	if !personal[label] && label != "pet" {
		return false
	}
	if !ok || !givenNames[lower(firstWord(m.text))] && (label != "pet" || t.upper) || m.to < s.to && !x.toks[m.to].is(",", ";", "and", "&", ".", ")") {
		return false
	}
	if m.to >= s.to && i == s.from || i == s.from && t.upper && !x.toks[m.to].is(",") || x.anyWord(x.lineStart(i), i, "his", "her", "their", "your") {
		return false // a title or a heading
	}
	x.kinFact(label, i, m, persons)
	return true
}

// alsoNamed reads "a sister, Hope," and "plus a dog called Moose" behind the first of what one has, and "Babs = my mum".
func (x *extractor) alsoNamed(i int, s sentence, persons *[]party) bool {
	t := &x.toks[i]
	if t.is("my", "our") && i-2 >= s.from && x.toks[i-1].is("=") {
		label, n := x.kinWord(i+1, s.to)
		m, ok := x.personAt(i-2, i-1)
		if label == "" || !ok || n < s.to && x.toks[n].kind == word {
			return false
		}
		x.kinFact(label, i-2, m, persons)
		return true
	}
	if !t.is("a", "an", "one") || i-2 < s.from || !x.toks[i-1].is(",", "and", "plus") {
		return false
	}
	had := false
	for j := i - 1; j >= max(s.from, i-16) && !had; j-- {
		had = x.toks[j].is("have", "got", "has") && x.subjectBefore(j, s.from) && j+1 < i && (x.toks[j+1].is("a", "an") || numberWords[x.toks[j+1].low] > 0)
	}
	had = had || x.anyWord(s.from, i, "household", "family") && x.ofMe(s.from, i)
	label, n := x.kinWord(i+1, s.to)
	if !had || !personal[label] && label != "pet" || n+1 >= s.to || !x.toks[n].is(",", "(", "called", "named") {
		return false
	}
	m, ok := x.namedAt(n+1, s.to, label)
	if !ok || !x.kinName(m, label, true) || x.toks[n].is(",") && m.to < s.to && !x.toks[m.to].is(",", ")", "and") {
		return false
	}
	x.kinFact(label, i, m, persons)
	return true
}

// apposedLater reads "my hubby's Norwegian, Halvard, so …" and "my neighbour if you see her, Mrs Petrakis, she …" at the name.
func (x *extractor) apposedLater(i int, s sentence, persons *[]party) bool {
	if i <= s.from || !x.toks[i-1].is(",", "(") || !x.toks[i].upper || len(x.waiting) == 0 {
		return false
	}
	if i > s.from+1 && x.toks[i-2].upper && !demonyms[x.toks[i-2].low] || streets[x.toks[max(i-2, 0)].low] {
		return false // "my mum's address is 14 Fennel Row, Beverley"
	}
	m, ok := x.personAt(i, s.to)
	if !ok || m.to < s.to && !x.toks[m.to].is(",", ")") || m.to+1 < s.to && x.toks[m.to].is(",") && x.toks[m.to+1].upper && !x.toks[m.to+1].is("i") || !m.titled && !givenNames[lower(firstWord(m.text))] || x.isSelf(m) {
		return false
	}
	w := x.waits("they", i, false, s.from)
	if w == nil || w.at < s.from || i-w.at > 12 || !personal[w.label] && w.label != "neighbour" && w.label != "friend" && w.label != "landlord" && w.label != "doctor" && w.label != "therapist" || w.g == feminine && mensNames[lower(m.text)] || w.g == masculine && womensNames[lower(m.text)] || x.anyWord(w.at, i, "crime", "and", "or", "with", "like", "says", "said", "asked", "told", "think", "thinks") {
		return false
	}
	for j := w.at; j < i; j++ {
		if x.toks[j].is("'s") && j+1 < i && (x.toks[j+1].upper || x.toks[j+1].is(",") || x.toks[j+2].is(",")) && !demonyms[x.toks[j+1].low] { // "my daughter's Barbie, Stacey"
			return false
		}
		if x.toks[j].upper && !x.toks[j].is("i", "my", "our") && givenNames[x.toks[j].low] {
			return false
		}
	}
	if m.titled {
		for i > w.at && !x.toks[i-1].is(",", "(") {
			i--
		}
	}
	x.nameWaiting(w, w.at, m, persons)
	return true
}

// famousPets are animals of stories.
var famousPets = set(`felix garfield snoopy clifford toto lassie peter bugs donald mickey tom jerry scooby thomas pluto winnie babe bambi flipper skippy dumbo rudolph cheshire schrödinger schrodinger pavlov`)

// petBeside reads "the dog (Hamish)" and "Mabel the cat" at the word for the animal.
func (x *extractor) petBeside(i int, s sentence, persons *[]party) bool {
	if i <= s.from || !x.toks[i-1].is("the", "my", "our") {
		return false
	}
	if i+3 < s.to+1 && i+1 < s.to && x.toks[i+1].is("(") {
		if m, ok := x.namedAt(i+2, s.to, "pet"); ok && m.to < s.to && x.toks[m.to].is(")", ",") {
			x.kinFact("pet", i-1, m, persons)
			return true
		}
	}
	if i-2 < s.from || !x.toks[i-1].is("the") || !x.toks[i-2].upper || famousPets[x.toks[i-2].low] || i+1 < s.to && (x.toks[i+1].upper || x.toks[i+1].is("next", "from", "at", "in", "down", "across", "who", "of", "'s", "that", "on", "upstairs")) || i-3 >= s.from && x.toks[i-3].is("called", "named", "like", "as", "book", "film") {
		return false
	}
	m := mention{text: x.toks[i-2].text, from: i - 2, to: i - 1}
	if !nameWord(&x.toks[i-2]) || notNames[x.toks[i-2].low] || !x.ofMe(0, len(x.toks)) && !x.anyWord(s.from, s.to, "gets", "needs", "eats", "feed") {
		return false
	}
	x.kinFact("pet", i-2, m, persons)
	return true
}

// eldestNamed reads "the youngest, Tadhg," of several who wait, and "little boy, Tobiah," of a child who waits.
func (x *extractor) eldestNamed(i int, s sentence, persons *[]party) bool {
	t := &x.toks[i]
	var w *unnamed
	n, label := i, ""
	switch {
	case t.is("the") && i+3 < s.to && x.toks[i+1].is("youngest", "eldest", "oldest", "middle", "older", "younger"):
		if n = i + 2; x.toks[n].is("one") {
			n++
		}
		w = x.waits("they", i, true, s.from)
	case t.is("one") && i+3 < s.to && x.toks[i+1].is("of") && x.toks[i+2].is("my", "our"):
		for n = i + 3; n < s.to && kinAdjectives[x.toks[n].low]; n++ {
		}
		if n >= s.to || kinPlural[x.toks[n].low] == "" {
			return false
		}
		w = &unnamed{label: kinPlural[x.toks[n].low]}
		n++
	case t.is("little", "baby", "wee") && x.opensClause(i, s.from) && len(x.waiting) > 0:
		if label, n = x.kinWord(i, s.to); label != "son" && label != "daughter" && label != "child" {
			return false
		}
		w = x.waits("they", i, false, s.from)
	default:
		return false
	}
	if w == nil || n+1 >= s.to || !x.toks[n].is(",", "(") {
		return false
	}
	m, ok := x.personAt(n+1, s.to)
	if !ok || m.to < s.to && !x.toks[m.to].is(",", ")") || !x.kinName(m, w.label, true) {
		return false
	}
	if label == "" {
		label = w.label
	} else {
		w.label = ""
	}
	x.kinFact(label, i, m, persons)
	return true
}

// thatIsKin reads "we had Rosa's parents over, that's my girlfriend" at "that".
func (x *extractor) thatIsKin(i int, s sentence, persons *[]party) bool {
	if x.toks[i].is("he", "she", "it") && i > s.from && i+3 < s.to && x.toks[i-1].kind != word && x.toks[i+1].is("'s", "is") && x.toks[i+2].is("my", "our", "the") {
		if label, n := x.kinWord(i+3, s.to); label == "pet" && (n >= s.to || x.toks[n].kind != word) {
			for j := i - 2; j >= max(s.from, i-14); j-- {
				if nameWord(&x.toks[j]) && (!notNames[x.toks[j].low] || j > s.from && x.toks[j-1].kind == word) && !x.toks[j].is("i") {
					x.kinFact("pet", i, mention{text: x.toks[j].text, from: j, to: j + 1}, persons)
					return true
				}
			}
		}
		return false
	}
	if !x.toks[i].is("that", "who", "this") || i+3 >= s.to+0 || !x.toks[i+1].is("'s", "is") || !x.toks[i+2].is("my", "our") || i == s.from || x.toks[i-1].kind == word && !x.toks[i].is("who") {
		return false
	}
	label, n := x.kinWord(i+3, s.to)
	if label == "" || n < s.to && x.toks[n].kind == word && !x.toks[n].is("and", "by", "btw") || n < s.to && x.toks[n].is("'s") {
		return false
	}
	for j := i - 1; j >= max(s.from, i-8); j-- {
		if !x.toks[j].upper || notNames[x.toks[j].low] {
			continue
		}
		for a := max(s.from, j-2); a <= j; a++ {
			m, ok := x.personAt(a, i)
			if ok && m.to == j+1 && (label == "pet" || x.people.evidence(m, false) == strongEvidence) && !x.isSelf(m) {
				x.kinFact(label, i, m, persons)
				return true
			}
		}
		return false
	}
	return false
}

// bothPets reads "I walk Bruno and Tank. They're both staffies" at "they".
func (x *extractor) bothPets(i int, s sentence, persons *[]party) bool {
	if !x.toks[i].is("they") || i+3 >= s.to || !x.toks[i+1].is("are") || !x.toks[i+2].is("both", "all", "my", "our") || i < 4 {
		return false
	}
	j := i + 3
	for j < s.to && (kinAdjectives[x.toks[j].low] || x.toks[j].is("my", "our")) {
		j++
	}
	if j >= s.to || kinPlural[x.toks[j].low] != "pet" {
		return false
	}
	for k := i - 1; k > max(1, i-12); k-- {
		if x.toks[k].is("and") && x.toks[k-1].upper && x.toks[k+1].upper && !x.toks[k-1].is("i") {
			x.listing = true
			x.kinList("pet", k-1, k-1, k+2, persons)
			x.listing = false
			return true
		}
	}
	return false
}
