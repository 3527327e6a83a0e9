package extract

import (
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// kinWord reads a kinship word with its adjectives at i and gives its label and the token after it.
func (x *extractor) kinWord(i, end int) (string, int) {
	if i+1 < end && x.toks[i].is("twin") && (x.toks[i+1].kind != word || x.toks[i+1].upper || x.toks[i+1].is("is", "'s", "has", "called", "named")) {
		return "twin", i + 1
	}
	for i < end && kinAdjectives[x.toks[i].low] && x.toks[i].kind == word {
		if i+1 < end && kinPairs[x.toks[i].low+" "+x.toks[i+1].low] != "" {
			break // "little girl"
		}
		i++
	}
	if i >= end {
		return "", i
	}
	if i+1 < end && (hobbies[x.toks[i].low] || x.toks[i].is("gym", "book", "quiz", "pub", "drinking", "school", "uni", "army")) && x.toks[i+1].is("buddy", "mate", "pal", "friend") {
		return "friend", i + 2
	}
	if i+1 < end && taught[x.toks[i].low] && x.toks[i+1].is("teacher", "tutor", "instructor", "coach", "trainer") {
		if x.toks[i+1].is("instructor", "tutor") {
			return "teacher", i + 2
		}
		return kin[x.toks[i+1].low], i + 2
	}
	if i+1 < end {
		if label, ok := kinPairs[x.toks[i].low+" "+x.toks[i+1].low]; ok {
			return label, i + 2
		}
	}
	label, ok := kin[x.toks[i].low]
	if rest, step := strings.CutPrefix(x.toks[i].low, "step-"); step && !ok {
		label, ok = kin["step"+rest]
	}
	if !ok {
		if i > 0 && eldest[x.toks[i-1].low] && (x.toks[i].is(",", "(") || nameWord(&x.toks[i])) && i >= 2 && x.toks[i-2].is("my", "our") {
			return "child", i
		}
		return "", i
	}
	if label == "pet" && i+1 < end && kin[x.toks[i+1].low] == "pet" { // "beagle puppy"
		return label, i + 2
	}
	if x.phrase(i+1, end, "in law") {
		label += "_in_law"
		return label, i + 3
	}
	return label, i + 1
}

// taught is what teachers and coaches are for.
var taught = set(`piano guitar violin cello drum drums flute singing music yoga pilates swimming driving dance ballet maths math english french german spanish welsh history science chemistry physics biology art pottery tennis running boxing personal
	climbing riding surf ski form class primary school gym fitness martial karate`)

// kinPairs are kinship words of two words.
var kinPairs = map[string]string{
	"team leader": "manager", "shift manager": "manager", "store manager": "manager", "floor manager": "manager", "project manager": "manager", "department head": "manager", "section head": "manager", "boss man": "manager", "boss lady": "manager", "head chef": "manager",
	"work bestie": "colleague", "work wife": "colleague", "work husband": "colleague", "work mate": "colleague", "work friend": "colleague", "work buddy": "colleague", "work pal": "colleague", "desk mate": "colleague", "office mate": "colleague", "team mate": "colleague", "opposite number": "colleague",
	"wee boy": "son", "wee girl": "daughter", "wee lad": "son", "wee man": "son", "wee sister": "sister", "wee brother": "brother", "kid brother": "brother", "kid sister": "sister", "baby sister": "sister", "baby brother": "brother", "old man": "father", "significant other": "partner", "life partner": "partner",
	"civil partner": "spouse", "bearded dragon": "pet", "old boy": "pet", "old girl": "pet", "stick insect": "pet", "shih tzu": "pet", "jack russell": "pet", "great dane": "pet", "border collie": "pet", "golden retriever": "pet", "german shepherd": "pet", "maine coon": "pet", "french bulldog": "pet", "king charles": "pet", "house cat": "pet", "rescue dog": "pet", "rescue cat": "pet", "corn snake": "pet", "sausage dog": "pet", "rescue mutt": "pet", "hermit crab": "pet", "barn cat": "pet", "sister in-law": "sister_in_law", "brother in-law": "brother_in_law", "best pal": "friend", "best bud": "friend", "best friend": "friend", "pen pal": "friend", "big boss": "manager", "twin sister": "sister", "twin brother": "brother", "foster son": "son", "foster daughter": "daughter", "adopted son": "son", "adopted daughter": "daughter", "border terrier": "pet", "house rabbit": "pet",
	"other half": "partner", "better half": "partner", "best mate": "friend", "line manager": "manager", "guinea pig": "pet", "team lead": "manager", "half sister": "half_sister",
	"half brother": "half_brother", "step mum": "stepmother", "step dad": "stepfather", "big sis": "sister", "little sis": "sister", "big bro": "brother", "little bro": "brother", "great aunt": "aunt", "great uncle": "uncle",
	"room mate": "roommate", "flat mate": "roommate", "house mate": "roommate", "little boy": "son", "little girl": "daughter", "baby girl": "daughter", "baby boy": "son", "little one": "child", "rescue greyhound": "pet",
}

// eldest name a child when nothing follows: "our youngest, Eskil".
var eldest = set(`youngest eldest oldest`)

// kinAt reads "my sister Anna", "my kids, Max and Lily", "my wife's name is Carol" at the word "my".
// What is said in passing is said for sure, in a question or a guess as well; then presumed is set, and "my boss is Tom" is not read.
func (x *extractor) kinAt(i, end int, persons *[]party, presumed bool) {
	past, j := x.former(i+1, end)
	label, n := x.kinWord(j, end)
	from := max(i, 0)
	if past {
		if label == "" {
			label, n = x.formerWord(i+1, end)
		}
		if !endingKin[label] && !x.toks[i+1].is("late") {
			return
		}
	}
	plural := false
	if label == "" {
		j := i + 1
		for j < end && kinAdjectives[x.toks[j].low] {
			j++
		}
		if j < end {
			label, plural = kinPlural[x.toks[j].low], true
			n = j + 1
			if one := strings.TrimSuffix(x.toks[j].low, "s"); label != "" && kin[one] != "" && x.phrase(n, end, "name is") { // "my daughters name is …"
				label, plural = kin[one], false
			}
			if label == "" && j+1 < end && x.phrase(j, end, "guinea pigs") {
				label, n = "pet", j+2
			}
		}
	}
	if label == "" || n >= end {
		return
	}
	if x.toks[n].is("of") && n+2 < end && (number(x.toks[n+1].low) > 0 || x.toks[n+1].is("many")) && x.toks[n+2].is("years", "year", "months") {
		n += 3 // "my partner of ten years, Moira"
	}
	if n >= end {
		return
	}
	if plural && x.toks[n].is(",") {
		for _, aside := range []string{"in order", "from oldest to youngest", "oldest first", "in order of age", "youngest first", "eldest first", "in age order"} {
			if k := n + 1 + len(strings.Fields(aside)); x.phrase(n+1, end, aside) && k < end && x.toks[k].is(":", ",", "-") {
				n = k
			}
		}
	}
	comma := x.toks[n].is(",", "(") || plural && x.toks[n].is(":")
	named := false
	switch {
	case comma:
		n++
	case presumed && !x.toks[n].upper && !x.toks[n].is("named", "called"):
		return
	case x.phrase(n, end, "'s name is"):
		n, named = n+3, true
	case x.phrase(n, end, "name is"):
		n, named = n+2, true
	case x.phrase(n, end, "'s called"), x.phrase(n, end, "'s named"):
		n, named = n+2, true
	case x.phrase(n, end, "'s name 's"):
		n, named = n+3, true
	case x.phrase(n, end, "is called"), x.phrase(n, end, "is named"), x.phrase(n, end, "are called"), x.phrase(n, end, "are named"):
		n, named = n+2, true
	case x.phrase(n, end, "named"), x.phrase(n, end, "called"):
		n, named = n+1, true
	case x.phrase(n, end, "'s names are"), x.phrase(n, end, "names are"):
		n, named = n+3, true
	case plural && x.toks[n].is("are"):
		n++
	case presumed && (x.toks[n].is("is", "are") || named):
		return
	case x.toks[n].is("'s") && !plural && ownKin[x.toks[n-1].low] && x.givenAlone(n+1, end):
		n++
	case x.phrase(n, end, "is") && !plural:
		n++
		if n < end && x.toks[n].is("now", "currently", "still", "actually") {
			n++
		}
		m, ok := x.personAt(n, end)
		if !ok || x.people.evidence(m, false) != strongEvidence && !x.names(m, label) && !x.namesAlone(m, label, end) || !x.endsWell(m.to, end) || x.takenBack(m.to, end) {
			return
		}
	}
	if plural {
		x.kinList(label, i, n, end, persons)
		return
	}
	m, ok := x.namedAt(n, end, label)
	if !ok || !x.kinName(m, label, named) || !named && x.verbal(m, end) || named && x.toks[n-1].is("called") && !x.toks[n-2].is("'s", "is", "are") && x.rang(m.to, end) {
		return
	}
	closed := m.to < end && x.toks[m.to].is(",", ")")
	if comma && !(m.to >= end || closed || x.toks[m.to].is("and") && givenNames[strings.ToLower(firstWord(m.text))]) {
		return
	}
	if comma && !closed && !givenNames[strings.ToLower(firstWord(m.text))] {
		return
	}
	if comma && m.to < end && x.toks[m.to].is("and") {
		return
	}
	if label == "manager" && m.to+1 < end && x.toks[m.to].is("left", "retired", "quit", "resigned") && (x.toks[m.to].is("retired", "quit", "resigned") || x.toks[m.to+1].is("for", "to", "and", ",") || x.dated(m.to+1)) {
		c := clause{x: x, end: end}
		x.invalidate(fact{subject: x.me(), key: label, object: x.resolveKin(m, label), category: kinCategory(label), conf: direct, from: from, to: m.to}, c.endDate(m.to+1))
		return
	}
	if endingKin[label] && (past || x.gone(i, m.to, end)) || served[label] && x.gone(i, m.to, end) && !(m.to < end && x.toks[m.to].is("a", "an", "the", "some", "my", "to", "in", "at", "with")) {
		p := x.resolveKin(m, label)
		if label == "pet" {
			p = x.pet(m)
		}
		c := clause{x: x, end: end}
		x.invalidate(fact{subject: x.me(), key: label, object: p, category: kinCategory(label), conf: direct, from: from, to: m.to}, c.endDate(m.to))
		return
	}
	x.kinFact(label, from, m, persons)
}

// rang reports whether "called" and a name before token i are no naming: "my brother called Tom yesterday", "she called Anna a liar".
func (x *extractor) rang(i, end int) bool {
	if i >= end {
		return false
	}
	_, dated := x.whenAt(i, end, backward)
	return dated || x.toks[i].is("a", "an", "the", "back", "again", "earlier", "twice", "to", "about", "from", "names", "out", "up", "over", "when", "because", "first", "just", "out", "lazy", "stupid", "once", "every", "all")
}

// endingKin are the relations that end with a death, a divorce or a parting.
var endingKin = set(`pet spouse partner fiance`)

// served are relations to those whose services one gives up: "left my hairdresser Gina".
var served = set(`doctor therapist dentist hairdresser barber physio physiotherapist trainer coach tutor cleaner accountant lawyer solicitor nanny childminder babysitter gardener masseuse counsellor psychiatrist osteopath`)

// former moves over "ex", "late" and "former" before a kinship word, and over the age of a pet.
func (x *extractor) former(i, end int) (past bool, next int) {
	for i < end && x.toks[i].is("ex", "late", "former", "poor", "old") {
		if x.toks[i].is("old") && !(i+1 < end && kin[x.toks[i+1].low] == "pet") {
			break
		}
		past = past || !x.toks[i].is("poor", "old")
		i++
	}
	return past || i < end && strings.HasPrefix(x.toks[i].low, "ex-"), i
}

// formerWord reads "ex-wife" and "ex" alone.
func (x *extractor) formerWord(i, end int) (string, int) {
	if word, ok := strings.CutPrefix(x.toks[i].low, "ex-"); ok {
		return kin[word], i + 1
	}
	if x.toks[i].is("ex") && i+1 < end && x.toks[i+1].upper {
		return "partner", i + 1
	}
	return "", i
}

var (
	goneAfter = phrases("were taken by", "was taken by", "got taken by", "were killed", "was killed", "got killed", "got eaten", "were eaten", "was eaten", "is buried", "are buried", "were rehomed", "was rehomed", "has been rehomed", "have been rehomed", "were given away", "was given away", "went to a farm", "now belongs to", "now belong to",
		"went to new homes", "have new homes", "live with my ex", "now live at", "is no more", "are no more", "are no longer with us", "are no longer ours", "is no longer ours", "is not ours anymore", "both passed away", "were sold", "was sold", "have both passed", "did not survive", "both passed", "had to go", "had to be rehomed", "have passed", "has passed", "both died", "have both died", "have died", "have both passed away", "have passed away", "have both gone", "have gone", "are both gone", "are gone", "are both dead", "are dead", "went to live with", "have gone to live with", "has gone to live with", "went to a new home", "has a new home", "found a new home", "have a new home", "now live with", "now lives with", "lives with my ex", "was stolen", "never came back", "did not make it", "was hit by a car", "were put down", "dies", "drowned", "escaped for good", "and i separated", "and i split up", "and i split", "and i broke up", "and i divorced", "and i got divorced", "and i are divorced", "and i are separated", "and i are no longer together", "and i have split up", "and i have separated", "and i have broken up", "and i parted", "and i are not together anymore", "left me", "dumped me", "divorced me", "walked out", "moved out", "and i called it off", "died", "has died", "just died", "passed away", "has passed away", "passed on", "is dead", "is gone", "was put down", "was put to sleep", "had to be put down", "had to be put to sleep", "has been put down", "left us",
		"sadly died", "sadly passed away", "recently died", "recently passed away", "got run over", "ran away", "has gone", "is no longer with us", "is not with us anymore", "is not with us any more", "crossed the rainbow bridge", "has left me", "have left me", "left me for", "walked out on me", "has walked out on me", "has moved out for good", "has dumped me", "has divorced me", "is divorcing me")
	goneBefore = phrases("lost both", "had to give away", "had to give up", "found a new home for", "found new homes for", "found homes for", "no longer have", "said our goodbyes to", "just buried", "said farewell to", "sold", "had to say goodbye to", "had to rehome", "had to bury", "put down", "had to put down", "lost", "have lost", "just lost", "said goodbye to", "buried", "say goodbye to", "sacked", "fired", "ended things with", "rehomed", "gave away", "divorced", "am divorced from", "broke up with", "split up with", "separated from",
		"split from", "left", "dumped", "let go of", "give up", "gave up", "given up", "giving up", "rehome", "rehoming", "part with", "parted with")
)

// gone reports whether the words around "my cat Mishka", from token i to token to, say that there is none any more.
func (x *extractor) gone(i, to, end int) bool {
	if to < end && x.toks[to].is(",", ")") {
		to++
	}
	if x.phraseOf(to, end, goneAfter) > 0 {
		return true
	}
	for i > 0 && x.toks[i-1].is("both", "all", "of") {
		i--
	}
	for j := max(0, i-4); j < i; j++ {
		if n := x.phraseOf(j, i, goneBefore); n > 0 && j+n == i {
			return true
		}
	}
	return i > 0 && x.toks[i-1].is("put") && (x.phrase(to, end, "down") || x.phrase(to, end, "to sleep"))
}

// verbal reports whether an unknown capitalised word may be a verb with its object: "My dad Amazes me".
func (x *extractor) verbal(m mention, end int) bool {
	return !givenNames[strings.ToLower(firstWord(m.text))] && m.to < end && x.toks[m.to].is("me", "us", "you", "him", "her", "them", "it", "a", "an", "the", "my", "our", "your", "this", "that", "so", "to", "at")
}

// kinName reports whether the mention can be the name of the relative or pet.
func (x *extractor) kinName(m mention, label string, named bool) bool {
	low := strings.ToLower(m.text)
	if camel(m.text) && !strings.HasPrefix(m.text, "Mc") && !strings.HasPrefix(m.text, "Mac") || demonyms[low] || languages[low] {
		return false
	}
	if named || label == "pet" {
		return true
	}
	ev := x.people.evidence(m, false)
	return ev != noEvidence || givenNames[low]
}

func (x *extractor) kinFact(label string, from int, m mention, persons *[]party) {
	p := x.titled(x.resolveKin(m, label), m)
	if label == "pet" {
		p = x.pet(m)
		x.meet(p)
		if x.animals == nil {
			x.animals = map[string]bool{}
		}
		x.animals[lower(p.ref.Name)] = true
	} else {
		x.people.intro[strings.ToLower(m.text)] = true
		x.people.intro[strings.ToLower(p.ref.Name)] = true
		if g := kinGender[label]; g != 0 {
			x.people.gender[strings.ToLower(p.ref.Name)] = g
		}
		x.hear(label, p)
	}
	x.relation(fact{subject: x.me(), key: label, object: p, category: kinCategory(label), conf: direct, from: from, to: m.to})
	if label != "pet" {
		*persons = append(*persons, p)
	}
}

// titled makes the title a part of the name of somebody who is not known and is named by the family name: "my landlord, Mr. Venter".
func (x *extractor) titled(p party, m mention) party {
	if m.titled && p.doubt == "" && p.ref.Name == m.text && !strings.Contains(m.text, " ") {
		p.ref.Name = x.pet(m).ref.Name
	}
	return p
}

// pet is the animal that a mention names. Its title is part of the name: "Mr Whiskers".
func (x *extractor) pet(m mention) party {
	if m.titled {
		for m.from > 0 && (x.toks[m.from-1].is(".") || titles[x.toks[m.from-1].low]) {
			m.from--
		}
		m.text = x.quote(m.from, m.to)
	}
	return party{ref: record.EntityRef{Type: record.TypeOther, Name: m.text}, from: m.from, to: m.to, conf: 1}
}

// namedAt reads the name of a relative or of a pet, which may be any word: "our dog Button".
func (x *extractor) namedAt(i, end int, label string) (mention, bool) {
	if m, ok := x.personAt(i, end); ok || label != "pet" || x.casual || i >= end || !nameWord(&x.toks[i]) || shouted(x.toks[i].text) {
		return m, ok
	}
	if i > 0 && !x.toks[i-1].is("named", "called", "is", "are", "and", ",", ":", "(") && kin[x.toks[i-1].low] == "" {
		return mention{}, false
	}
	return mention{text: x.toks[i].text, from: i, to: i + 1}, true
}

// kinList reads "Max and Lily" or "Max, Leo and Lily" after a plural.
func (x *extractor) kinList(label string, from, i, end int, persons *[]party) {
	var names []mention
	var ages []int // the token of the age of each, or 0
	last := false
	for i < end {
		if n := x.phraseOf(i, end, listAsides); n > 0 && i+n < end && x.toks[i+n].is(",", ":") {
			i += n + 1
		}
		if i < end && x.toks[i].is("baby", "little", "wee", "big", "old", "our") {
			i++
		}
		m, ok := x.namedAt(i, end, label)
		if ok && m.to < end && x.toks[m.to].is("(") { // "Mira (9) and Leni (6)"
			k := m.to + 1
			for k < min(m.to+5, end) && !x.toks[k].is(")") {
				k++
			}
			if k < end && x.toks[k].is(")") {
				if label != "pet" && number(x.toks[m.to+1].low) > 0 && (k == m.to+2 || x.toks[m.to+2].is("years", "yo", "and")) {
					ages = append(ages, m.to+1)
				} else {
					ages = append(ages, 0)
				}
				m.to = k + 1
			}
		} else if ok && label != "pet" && m.to+1 < end && x.toks[m.to].is(",") && number(x.toks[m.to+1].low) > 0 && x.toks[m.to+1].text[0] <= '9' && (m.to+2 >= end || x.toks[m.to+2].is(",", "and", "&")) { // "Mira, 9, and Leni, 6"
			ages, m.to = append(ages, m.to+1), m.to+2
		} else {
			ages = append(ages, 0)
		}
		if !ok || !x.kinName(m, label, true) || x.people.evidence(m, false) == noEvidence && label != "pet" {
			return
		}
		names = append(names, m)
		i = m.to
		if last || i >= end {
			break
		}
		switch {
		case x.toks[i].is("and", "&"):
			last = true
			i++
		case x.toks[i].is(",") && i+1 < end && x.toks[i+1].is("and"):
			last = true
			i += 2
		case x.toks[i].is(","):
			i++
		default:
			return
		}
	}
	if !last && !x.listing || len(names) < 2 || i < end && x.toks[i].is("'s") {
		return
	}
	gone := endingKin[label] && x.gone(from, i, end)
	for k, m := range names {
		if ages[k] > 0 || x.toks[m.to-1].is(")") {
			n, _ := x.namedAt(m.from, m.to, label)
			m = n
		}
		if gone {
			p := x.pet(m)
			x.invalidate(fact{subject: x.me(), key: label, object: p, from: from, to: m.to}, time.Time{})
			continue
		}
		x.kinFact(label, from, m, persons)
		if ages[k] > 0 {
			who := x.people.resolve(m)
			x.attribute(fact{subject: who, key: Age, value: x.toks[ages[k]].text, category: identity, conf: likely, from: m.from, to: ages[k] + 1})
		}
	}
}

// listAsides may stand before the names of a list.
var listAsides = phrases("would you believe", "believe it or not", "god help us", "bless them", "namely", "called", "named", "their names are", "all hens", "all rescues", "lol", "so", "that is", "i mean", "all girls", "all boys", "i kid you not", "if you please")
