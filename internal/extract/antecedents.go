package extract

import "strings"

// What was named before a pronoun: "we watched Paper Moon again, it's my favourite film", "Poppy died on Sunday. She was the best cat".

// favouriteMeant reads "it's my favourite film" at the pronoun: the title or the name that was named last.
func (x *extractor) favouriteMeant(i int, s sentence) bool {
	if !x.toks[i].is("it", "he", "she", "that", "they") || i+4 > s.to || !x.toks[i+1].is("'s", "is", "are") || !x.toks[i+2].is("my", "still") || i > s.from && x.toks[i-1].kind == word && !x.toks[i-1].is("and", "because", "cos", "but") {
		return false
	}
	n := i + 3
	if x.toks[i+2].is("still") {
		n++
	}
	for n < s.to && x.toks[n].is("absolute", "all", "time", "all-time") {
		n++
	}
	if n+1 >= s.to || !favourites[x.toks[n].low] {
		return false
	}
	to := n + 1
	for to < s.to && to < n+4 && x.toks[to].kind == word && !followers[x.toks[to].low] && !x.toks[to].is("of", "ever", "even", "by") {
		to++
	}
	what := x.quote(n+1, to)
	if what == "" || vagueThings[lower(lastWord(what))] || emptyThings[lower(lastWord(what))] || kin[lower(lastWord(what))] != "" {
		return false
	}
	found := mention{}
	for j := max(0, i-16); j < i; j++ {
		t := &x.toks[j]
		if !t.upper || t.kind != word || t.is("i") || notNames[t.low] && (j == 0 || x.toks[j-1].kind != word) {
			continue
		}
		to := j + 1
		for to < i && x.toks[to].upper && x.toks[to].kind == word && x.toks[to].joined && !x.toks[to].is("i") {
			to++
		}
		if to-j == 1 && (j == 0 || x.toks[j-1].kind != word) && !givenNames[t.low] {
			continue // the first word of a sentence
		}
		if found.text != "" && found.text != x.quote(j, to) {
			return false
		}
		found = mention{text: x.quote(j, to), from: j, to: to}
		j = to
	}
	return found.text != "" && x.attribute(fact{subject: x.me(), key: CanonicalKey("favourite " + singular(what)), value: found.text, category: knowledge, conf: likely, from: i, to: to})
}

// petDied reads the death of somebody whom the text elsewhere tells to be an animal: "Poppy died on Sunday … the best cat".
func (x *extractor) petDied(i int, s sentence) bool {
	t := &x.toks[i]
	if !t.upper || !nameWord(t) || notNames[t.low] && !x.animalNear(i) || i > s.from && x.toks[i-1].upper {
		return false
	}
	m := mention{text: t.text, from: i, to: i + 1}
	gone := x.phraseOf(i+1, s.to, goneAfter) > 0 && !(i+1 < s.to && x.toks[i+1].is("left", "dumped", "moved", "walked", "went", "and"))
	for j := max(s.from, i-4); j < i && !gone; j++ {
		n := x.phraseOf(j, i, petPartings)
		gone = n > 0 && j+n == i
	}
	gone = gone || i > s.from && x.toks[i-1].is("put", "have", "had") && (x.phrase(i+1, s.to, "down") || x.phrase(i+1, s.to, "to sleep") || x.phrase(i+1, s.to, "put to sleep") || x.phrase(i+1, s.to, "put down"))
	if !gone || i > 0 && x.toks[i-1].is("&") || x.anyWord(0, i, "&") || x.people.intro[t.low] || !x.animalNear(i) || x.anyWord(s.from, i, "his", "her", "their", "your", "neighbour's", "if", "in") || x.kinBefore(i, s.from) {
		return false
	}
	c := clause{x: x, end: s.to}
	return x.invalidate(fact{subject: x.me(), key: Pet, object: x.pet(m), category: knowledge, conf: likely, from: i, to: i + 1}, c.endDate(i+1))
}

// petPartings stand before the name of an animal that is no more.
var petPartings = phrases("lost", "we lost", "i lost", "said goodbye to", "say goodbye to", "buried", "bury", "just lost")

// kinBefore reports a person among the words before a name: "my uncle Rex".
func (x *extractor) kinBefore(i, from int) bool {
	for j := i - 1; j >= from && j >= i-4; j-- {
		if l := kin[x.toks[j].low]; l != "" && l != "pet" || titles[x.toks[j].low] {
			return true
		}
	}
	return false
}

// animalNear reports a word for an animal of the speaker's within the next sentences or the one before.
func (x *extractor) animalNear(i int) bool {
	for j := max(0, i-20); j < min(len(x.toks), i+50); j++ {
		if kin[x.toks[j].low] == "pet" && j > 0 && (x.toks[j-1].is("best", "good", "old", "my", "our", "lovely", "sweetest", "a", "gentle", "grumpy", "the", "daft") || strings.HasSuffix(x.toks[j-1].low, "est")) || kin[x.toks[j].low] == "pet" && j > 1 && x.toks[j-2].is("my", "our", "best") {
			return true
		}
		if x.toks[j].is("vet", "vets", "puppies", "kittens", "paws", "paw", "purr", "tail") {
			return true
		}
	}
	return false
}

// favouriteBefore reads "…, my favourite song since I was sixteen" and "nothing touches Persuasion. My favourite novel", at "my": what stands
// right before the mark.
func (x *extractor) favouriteBefore(i int, s sentence) bool {
	if !x.toks[i].is("my") || i < 2 || i+2 >= len(x.toks) || !favourites[x.toks[i+1].low] || !x.toks[i-1].is(",", ".", "!", "-", "–", "—", "(") {
		return false
	}
	to := i + 2
	for to < s.to && to < i+5 && x.toks[to].kind == word && !followers[x.toks[to].low] && !x.toks[to].is("of", "ever", "even", "by", "is", "are", "'s", "has") {
		to++
	}
	what := x.quote(i+2, to)
	if what == "" || to < s.to && x.toks[to].kind == word && !x.toks[to].is("by", "since", "of", "ever", "even", "for", "and", "because", "as") || vagueThings[lower(lastWord(what))] || emptyThings[lower(lastWord(what))] || kin[lower(lastWord(what))] != "" {
		return false
	}
	from := i - 1
	for from > 0 && x.toks[from-1].kind == word && (x.toks[from-1].upper || x.toks[from-1].is("of", "the", "and", "to", "in", "a") && from-1 > 0 && x.toks[from-2].upper) && !x.toks[from-1].is("i") {
		from--
	}
	if from == i-1 || from == 0 || x.toks[from-1].kind != word || x.toks[from-1].is("and", "or", "with", "by") {
		return false
	}
	value := x.quote(from, i-1)
	return value != "" && x.attribute(fact{subject: x.me(), key: CanonicalKey("favourite " + singular(what)), value: value, category: knowledge, conf: likely, from: from, to: to})
}
