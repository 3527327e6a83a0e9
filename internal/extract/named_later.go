package extract

import "strings"

// People say first that they have a sister or a dog, and its name later: "dad's driving me mad. He's called Alan", "we adopted a greyhound,
// her name's Duchess", "had to drop my niece off. Zainab, she's nine". What is mentioned without a name waits for it.

// unnamed is a relative, a friend or a pet of the speaker that the text has mentioned without a name.
type unnamed struct {
	label string
	g     gender
	at    int // token
	many  bool
}

// maxWait is how many tokens may lie between somebody and the name.
const maxWait = 60

// awaited reads the names that the sentence gives to those who wait for one, and notes who waits from here on.
func (x *extractor) awaited(s sentence) {
	var persons []party
	for i := s.from; i < s.to; i++ {
		if x.toks[i].kind != word {
			continue
		}
		if far := &x.toks[i]; far.is("if", "suppose", "imagine", "unless") && !x.harmlessIf(i, s.to) {
			return
		}
		if x.titledKin(i, s, &persons) {
			continue
		}
		if x.countedNames(i, s, &persons) || x.eldestNamed(i, s, &persons) || x.thatIsKin(i, s, &persons) || x.bothPets(i, s, &persons) || x.apposedLater(i, s, &persons) || x.verdict(i, s) || x.underMe(i, s) || x.favouriteMeant(i, s) || x.favouriteBefore(i, s) || x.petDied(i, s) || x.bareNamed(i, s, &persons) || x.alsoNamed(i, s, &persons) {
			continue
		}
		w, ok := x.unnamedAt(i, s)
		if !ok && x.strangerAt(i, s) {
			w, ok = unnamed{label: stranger, at: i}, true
		}
		if ok {
			if len(x.waiting) > 7 {
				x.waiting = x.waiting[1:]
			}
			x.waiting = append(x.waiting, w)
			continue
		}
		if len(x.waiting) > 0 {
			x.namesWaiting(i, s, &persons)
		}
	}
}

// stranger is the label of somebody who is not the speaker's, and whom a pronoun may mean.
const stranger = "-"

// strangerAt reports the mention of such a person or animal: "my neighbour got a dog", "a woman at work".
func (x *extractor) strangerAt(i int, s sentence) bool {
	t := &x.toks[i]
	if !t.is("a", "an", "the", "this", "that", "another", "some", "his", "her", "their", "your", "my", "our", "'s", "two", "three") || i > s.from && x.toks[i-1].is("is", "am", "was", "'s", "are", "as", "being") && !t.is("'s") {
		return false
	}
	for j := i + 1; j < min(i+5, s.to) && x.toks[j].kind == word; j++ {
		low := x.toks[j].low
		if verbLike(&x.toks[j]) || x.toks[j].is("of", "for", "to", "in", "at", "and") {
			return false
		}
		if kin[low] != "" || kinPlural[low] != "" || somebody[low] || x.toks[j].is("baby", "cat", "teacher", "boat", "ship", "car", "van", "robot", "plant") {
			return true
		}
	}
	return false
}

// harmlessIf reports an "if" that takes nothing back: "if that helps".
func (x *extractor) harmlessIf(i, end int) bool {
	return x.phraseOf(i, end, harmless) > 0 || x.onDemand(i+1, end)
}

// unnamedAt reads the mention of somebody without a name at token i: "my sister", "dad", "the dog", "we adopted a cat".
func (x *extractor) unnamedAt(i int, s sentence) (unnamed, bool) {
	t := &x.toks[i]
	w := unnamed{at: i}
	n := i
	switch {
	case t.is("my", "our"):
		_, j := x.former(i+1, s.to)
		if j > i+1 && !x.toks[i+1].is("old", "poor") {
			return w, false
		}
		w.label, n = x.kinWord(j, s.to)
		if w.label == "" {
			for j < s.to && kinAdjectives[x.toks[j].low] {
				j++
			}
			if j < s.to {
				w.label, n, w.many = kinPlural[x.toks[j].low], j+1, true
			}
		}
	case ownKin[t.low] && !(i > 0 && x.toks[i-1].is("the", "a", "your", "his", "her", "their", "whose", "my", "our", "no", "as", "like", "every", "that", "for") && !x.toks[i-1].is("for", "as", "like")):
		w.label, n = kin[t.low], i+1
		if i > 0 && (x.toks[i-1].is("'s") || kinAdjectives[x.toks[i-1].low]) {
			return w, false
		}
	case t.is("the", "this") && i+1 < s.to:
		j := i + 1
		for j < s.to && x.toks[j].is("new", "old", "wee", "little", "big", "poor") {
			j++
		}
		if j < s.to && (kin[x.toks[j].low] == "pet" || x.toks[j].is("boss") && x.toks[j-1].is("new") || x.toks[j].is("wife", "missus", "husband", "boyfriend", "girlfriend")) {
			w.label, n = x.kinWord(j, s.to)
		} else if j < s.to && kinPlural[x.toks[j].low] == "pet" {
			w.label, n, w.many = "pet", j+1, true
		}
		if n < s.to && x.toks[n].is("next", "in", "from", "of", "at", "across", "upstairs", "downstairs", "that", "who", "on", "opposite", "which", "over") {
			return w, false
		}
	case (t.is("a", "an", "one", "another", "two", "three", "four", "five") || numberWords[t.low] > 0) && x.acquires(i, s.from):
		w.label, n = x.kinWord(i+1, s.to)
		if w.label == "" || t.is("two", "three", "four", "five") {
			j := i + 1
			for j < s.to && kinAdjectives[x.toks[j].low] {
				j++
			}
			if w.label == "" && j < s.to {
				w.label, n, w.many = kinPlural[x.toks[j].low], j+1, true
			}
		}
		for j := i + 1; w.label == "" && j < min(i+5, s.to) && x.toks[j].kind == word && !x.toks[j].is("for", "of", "in", "with", "and", "who"); j++ { // "a three legged cat"
			if l, k := x.kinWord(j, s.to); l == "pet" || l == "child" {
				w.label, n = l, k
			}
		}
		if !oneOfMany[w.label] && !personal[w.label] || w.label == "friend" && x.toks[i].is("a") {
			return w, false
		}
	case t.is("someone", "somebody") && i > s.from && x.toks[i-1].is("seeing", "dating") && x.subjectBefore(i-1, s.from):
		return unnamed{label: "partner", at: i}, true
	case t.is("newborn"):
		return unnamed{label: "child", at: i}, true
	default:
		return w, false
	}
	if w.label == "" || n >= s.to {
		return w, w.label != ""
	}
	if label, _ := x.kinWord(n, s.to); label == "pet" && w.label != "pet" || x.toks[n].is("-", "'") {
		return w, false
	}
	next := &x.toks[n]
	if next.is("'s") && n+1 < s.to {
		for k := n + 1; k < min(n+5, s.to) && x.toks[k].kind == word; k++ {
			if low := x.toks[k].low; kin[low] != "" || kinPlural[low] != "" || somebody[low] && low != "kid" || jobs[low] && !x.toks[n+1].is("a", "an", "the") || x.toks[k].is("new", "boat", "car", "house") && !x.predicate(n+1, s.to) {
				return w, false // "my sister's poodle"
			}
			if x.predicate(k, s.to) {
				break
			}
		}
	}
	w.g = kinGender[w.label]
	if w.g == 0 && n > 0 {
		w.g = kinWordGender[x.toks[n-1].low]
	}
	if !w.many && next.upper && !x.casual && !next.is("i") || next.is("called", "named") {
		return w, false // named at once
	}
	return w, true
}

// predicate reports whether what follows "'s" at i is said of the one before, and is not a thing of that one.
func (x *extractor) predicate(i, end int) bool {
	if i >= end {
		return false
	}
	t := &x.toks[i]
	_, verb := verbs[t.low]
	return verb || softAdverbs[t.low] || t.is("not", "a", "an", "the", "been", "in", "on", "at", "off", "away", "back", "in", "so", "very", "only", "got", "had", "coming", "gone", "eaten", "driving", "got", "about", "nearly", "almost", "finally", "home", "here", "fine", "ok", "ill", "poorly") || strings.HasSuffix(t.low, "ing") || strings.HasSuffix(t.low, "ed")
}

// acquires reports that the speaker has or gets what is named at i: "we adopted a", "I've got two".
func (x *extractor) acquires(i, from int) bool {
	for j := i - 1; j >= from && j >= i-6; j-- {
		t := &x.toks[j]
		if t.is("got", "get", "adopted", "have", "has", "rescued", "bought", "own", "having", "had", "fostered", "inherited", "welcomed", "brought", "getting", "keep") || t.is("with") && j > from+1 && x.toks[j-1].is("up") && x.toks[j-2].is("grew") {
			if t.is("with") {
				j -= 2
			}
			return x.subjectBefore(j, from)
		}
		if t.kind != word || !softAdverbs[t.low] && !x.toks[j].is("home", "in", "up", "with", "just", "us") {
			return false
		}
	}
	return false
}

// subjectBefore reports that the subject of the verb at i is the speaker, or has been left out at the start of a sentence.
func (x *extractor) subjectBefore(i, from int) bool {
	for j := i - 1; j >= from && j >= i-5; j-- {
		t := &x.toks[j]
		switch {
		case t.is("i", "we"):
			return !(j > from && x.toks[j-1].is("if", "wish", "should", "do", "could", "would"))
		case t.is("have", "am", "been", "are", "'s", "started", "begun") || softAdverbs[t.low]:
		case t.is("should", "could", "would", "might", "not", "never", "to", "will", "did", "do"):
			return false
		case t.is("and", "then", ",") && j > from:
		default:
			return false
		}
	}
	return x.sentenceStart(i)
}

// namesWaiting reads at token i the name of somebody who waits for one.
func (x *extractor) namesWaiting(i int, s sentence, persons *[]party) {
	end := s.to
	t := &x.toks[i]
	pron, n := t.low, i
	switch {
	case t.is("he", "she", "it", "they"):
		n = i + 1
		if n < end && x.toks[n].is("'s", "is", "are", "was", "were") && n+1 < end && x.toks[n+1].is("called", "named") {
			n += 2
		} else if n < end && (x.phrase(n, end, "goes by") || x.phrase(n, end, "answers to") || x.phrase(n, end, "go by") || x.phrase(n, end, "answer to")) && !x.phrase(n+2, end, "the") {
			n += 2
		} else {
			return
		}
	case t.is("his", "her", "its", "their") && i+1 < end && x.toks[i+1].is("name", "names"):
		n = i + 2
		if n >= end || !x.toks[n].is("'s", "is", "are", "was", ":") {
			return
		}
		n++
	case t.is("mine", "ours") && i+1 < end && x.toks[i+1].is("are", "is", "'s"):
		if w := x.waits("they", i, true, s.from); w != nil {
			x.kinList(w.label, i, i+2, end, persons)
		}
		return
	case t.is("name", "names") && x.opensClause(i, s.from) && i+1 < end && (x.toks[i+1].is("'s", "is", "are", ":") || x.toks[i+1].upper):
		pron = ""
		if n = i + 1; x.toks[n].is("'s", "is", "are", ":") {
			n++
		}
	case t.is("called", "named", "answers", "answering", "goes") && x.opensClause(i, s.from):
		pron = ""
		n = i + 1
		if t.is("answers", "answering", "goes") {
			if n >= end || !x.toks[n].is("to", "by") {
				return
			}
			n++
		}
	case t.is("call", "called", "named", "christened", "naming", "calling") && i+1 < end && x.toks[i+1].is("him", "her", "it", "them") && i > s.from && x.subjectBefore(i, s.from):
		pron = owners[strings.NewReplacer("him", "his", "them", "their", "it", "its").Replace(x.toks[i+1].low)]
		n = i + 2
	case x.namedTopic(i, s, &n):
		pron = x.toks[n].low
		m, _ := x.personAt(i, end)
		if w := x.waits(pron, i, false, s.from); w != nil && (personal[w.label] || w.label == "pet" || w.label == "friend") && x.people.evidence(m, false) != noEvidence && i-w.at <= 24 {
			x.nameWaiting(w, i, m, persons)
		}
		return
	default:
		return
	}
	if whose, ok := owners[pron]; ok {
		pron = whose
	}
	for n < end && x.toks[n].is(":", "just", "actually", "also", "now") {
		n++
	}
	w := x.waits(pron, i, false, s.from)
	if pron == "they" || t.is("names") {
		if many := x.waits("they", i, true, s.from); many != nil {
			x.kinList(many.label, i, n, end, persons)
			many.label = ""
			return
		}
	}
	if w == nil || n >= end {
		return
	}
	m, ok := x.namedAt(n, end, w.label)
	if !ok || !x.kinName(m, w.label, true) || m.to < end && x.toks[m.to].kind == word && !followers[x.toks[m.to].low] && !verbLike(&x.toks[m.to]) && !x.toks[m.to].is("he", "she", "it", "they", "i", "we", "after", "or", "if", "apparently", "which") {
		return
	}
	if m.to < end && x.toks[m.to].is("'s", "or") {
		return
	}
	x.nameWaiting(w, i, m, persons)
}

// owners are the pronouns of the owners.
var owners = map[string]string{"his": "he", "her": "she", "its": "it", "their": "they"}

// opensClause reports whether a mark or the start of the sentence stands before token i, a few fillers aside.
func (x *extractor) opensClause(i, from int) bool {
	j := i - 1
	for j >= from && x.toks[j].kind == word && (fillers[x.toks[j].low] || softAdverbs[x.toks[j].low] || x.toks[j].is("who", "which", "and")) {
		j--
	}
	return j < from || x.toks[j].kind != word && x.toks[j].kind != quoted
}

// namedTopic reads "Zainab, she's nine" at the name: a name that opens a clause, with its pronoun at n after the comma.
func (x *extractor) namedTopic(i int, s sentence, n *int) bool {
	if !x.toks[i].upper || notNames[x.toks[i].low] || !x.opensClause(i, s.from) || i > 0 && x.toks[i-1].is(",") {
		return false
	}
	m, ok := x.personAt(i, s.to)
	if !ok || m.to+2 >= s.to || !x.toks[m.to].is(",", "-", "–", "—") || !x.toks[m.to+1].is("he", "she") {
		return false
	}
	*n = m.to + 1
	return x.toks[m.to+2].is("'s", "is", "has", "was") || verbs[x.toks[m.to+2].low].forms&(thirdForm|pastForm) != 0
}

// waits finds who waits for a name and agrees with the pronoun, the last first.
func (x *extractor) waits(pron string, i int, many bool, from int) *unnamed {
	for k := len(x.waiting) - 1; k >= 0; k-- {
		w := &x.waiting[k]
		if i-w.at > maxWait {
			break
		}
		if w.label == "" || w.many != many && w.label != stranger {
			continue
		}
		switch pron {
		case "he":
			if w.g == feminine {
				continue
			}
		case "she":
			if w.g == masculine {
				continue
			}
		case "it":
			if w.label != "pet" {
				continue
			}
		case "":
			if w.at < from-1 && i-w.at > 20 {
				continue
			}
		}
		if w.label == stranger {
			return nil
		}
		return w
	}
	return nil
}

// nameWaiting emits who it is.
func (x *extractor) nameWaiting(w *unnamed, from int, m mention, persons *[]party) {
	if x.isSelf(m) {
		return
	}
	x.kinFact(w.label, from, m, persons)
	if w.g != 0 {
		x.people.gender[lower(m.text)] = w.g
	}
	w.label = ""
}
