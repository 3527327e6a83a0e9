package extract

import "strings"

// What is meant in fun or in anger: likings, occupations, pastimes, and colleagues that are things.

// sarcastic reports a liking of what nobody likes, or one that is too great to be meant amid trouble: "I just love roadworks".
func (x *extractor) sarcastic(f fact) bool {
	words := strings.Fields(lower(f.object.ref.Name))
	if len(words) == 0 {
		return false
	}
	if tiresomeThings[words[len(words)-1]] || tiresome[words[0]] && len(words) > 1 {
		return true
	}
	if (pining[words[0]] || words[0] == "saying") && len(words) > 1 || x.near(f, 4, notSo) || words[0] == "getting" && len(words) > 1 && complaints[words[1]] || untimely(words) {
		return true
	}
	for i := max(0, f.from-9); i+1 < f.from; i++ { // "another webinar, I love webinars"
		if x.toks[i].is("another", "more") && strings.HasPrefix(words[len(words)-1], strings.TrimSuffix(x.toks[i+1].low, "s")) {
			return true
		}
	}
	if last := words[len(words)-1]; hobbies[last] || edibles[last] {
		return false
	}
	keen, very := false, false
	for i := max(0, f.from-3); i < f.to; i++ {
		keen, very = keen || keenest[x.toks[i].low], very || gushing[x.toks[i].low]
	}
	if f.to < len(x.toks) && x.phrase(f.to, len(x.toks), "so much") {
		keen = true
	}
	for i := f.to; (keen || very) && i < min(f.to+20, len(x.toks)); i++ {
		if complaints[x.toks[i].low] || very && grumbles[x.toks[i].low] {
			return true
		}
	}
	return false
}

// untimely reports a thing at an hour at which nobody likes it: "drums at midnight".
func untimely(words []string) bool {
	for i := 1; i < len(words); i++ {
		if words[i-1] == "at" && (words[i] == "midnight" || words[i] == "dawn" || strings.HasSuffix(words[i], "am") || i+1 < len(words) && number(words[i]) > 0 && words[i+1] == "in") {
			return true
		}
	}
	return false
}

// figurative reports an occupation that is a manner of speaking: "I'm the chef, the taxi and the bank in this house".
func (x *extractor) figurative(f fact) bool {
	a, b := x.lineStart(f.from), f.to
	for b < len(x.toks) && b < f.to+25 && x.toks[b].kind != newline && !(x.toks[b].kind == punct && terminal(x.toks[b].text)) {
		b++
	}
	for i := a; i < b; i++ {
		if x.phraseOf(i, b, household) > 0 {
			return true
		}
	}
	for i := f.to; i+2 < b; i++ { // "I'm the banker, my nephew's the racing car"
		if x.toks[i].is(",", "and") && x.anyWord(f.from, f.to, "the") {
			for j := i + 1; j < min(i+5, b-1) && x.toks[j].kind == word; j++ {
				if x.toks[j].is("is", "'s", "are") && x.toks[j+1].is("the") && j > i+1 && !x.toks[i+1].is("that", "it", "this", "which", "who") {
					return true
				}
			}
		}
	}
	if x.anyWord(a, f.from, "tonight") || x.toks[a].is("today") || f.to < b && x.toks[f.to].is("tonight", "today", "tomorrow") && !x.anyWord(f.from, f.to, "became", "as") || x.anyWord(f.to, min(f.to+7, b), "wedding", "party", "birthday", "funeral", "bbq", "barbecue", "fete", "christening", "reunion", "stag") && x.anyWord(f.to, f.to+1, "at", "for") {
		return true
	}
	if x.anyWord(a, b, "mum", "mom", "mother", "dad", "father", "parent", "wife", "husband", "runner", "grandmother", "grandfather", "feminist") {
		return false
	}
	items, the, posts := 0, 0, 0
	i := f.from
	for i < b && !x.toks[i].is("a", "an", "the") {
		i++
	}
	for ; i < b; i++ {
		t := &x.toks[i]
		switch {
		case t.is("a", "an", "the"):
			items++
			if t.is("the") {
				the++
			}
		case jobs[t.low]:
			posts++
		case t.is(",", "and", "&", "part-time", "full-time"):
		case t.kind != word || roleStops[t.low]:
			i = b
		}
	}
	return items > 2 && (the == items || posts > 1)
}

// ruefully reports a pastime that is none: "my hobby is losing keys".
func (x *extractor) ruefully(f fact) bool {
	words := strings.Fields(lower(f.object.ref.Name + " " + f.value))
	return len(words) > 0 && (rueful[words[0]] || tiresomeThings[words[len(words)-1]] || words[len(words)-1] == "tickets")
}

// personified reports that what is called a colleague or a friend is a thing: "my colleague Hank is the office printer".
func (x *extractor) personified(f fact) bool {
	name := lower(f.object.ref.Name)
	if brands[strings.ReplaceAll(name, " ", "_")] || lifeless[f.object.ref.Name] {
		return true
	}
	end := min(f.to+14, len(x.toks))
	if fellows[f.key] && (f.to < end && creaturely[x.toks[f.to].low] || f.to+1 < end && x.toks[f.to].is(",") && creaturely[x.toks[f.to+1].low] || x.near(f, 16, inhuman) || x.equated(f)) {
		return true
	}
	if superiors[f.key] {
		for i := max(0, f.from-8); i+1 < min(f.to+9, len(x.toks)); i++ { // "my boss is four and her name is Edie"
			if n := number(x.toks[i+1].low); x.toks[i].is("is", "'s", "aged") && n > 0 && (n < 16 && (i+2 >= len(x.toks) || x.toks[i+2].kind != word || x.toks[i+2].is("and", "years", "today")) || i+2 < len(x.toks) && x.toks[i+2].is("weeks", "months")) {
				return true
			}
		}
	}
	for i := f.to; i+1 < end; i++ {
		t := &x.toks[i]
		opens := i == f.to && (t.is("is", "'s", "was", ",", "(", "-", "–", "—")) || i > f.to && t.is("is", "'s") && (x.toks[i-1].is("he", "she", "it", "which", "who") || i == f.to+1 && x.toks[f.to].is(",", ")")) || t.is("being")
		if !opens {
			continue
		}
		if j := i + 1; (x.toks[j].is("a", "an", "the", "my", "our", "actually", "really", "just") || !t.is(",", "'s") && lifeless[x.toks[j].low] && !x.toks[j].upper) && x.thing(j, end) {
			return true
		}
	}
	return false
}

// thing reports whether the noun phrase at i names a thing.
func (x *extractor) thing(i, end int) bool {
	for j := i; j < min(i+7, end) && x.toks[j].kind == word; j++ {
		t := &x.toks[j]
		stop := func(t *token) bool {
			return t.kind != word || t.upper || t.is("who", "that", "which", "is", "was", "in", "at", "with", "of", "and", "from", "has", "but", "so", "i", "we", "on", "he", "she", "it", "they", "my", "called", "named", "you") || verbLike(t)
		}
		if lifeless[t.low] && (j+1 >= len(x.toks) || stop(&x.toks[j+1])) {
			return true
		}
		if j > i && stop(t) {
			break
		}
	}
	return false
}

// equated reports that whom the fact names is said to be a thing elsewhere: "Doris hums all day. Doris is the server in the cupboard".
func (x *extractor) equated(f fact) bool {
	name := lower(firstWord(f.object.ref.Name))
	for i := max(0, f.from-40); i+2 < min(len(x.toks), f.to+40); i++ {
		if x.toks[i].low == name && x.toks[i+1].is("is", "'s", "was") && x.toks[i+2].is("a", "an", "the", "our", "my") && x.thing(i+2, min(len(x.toks), i+10)) {
			return true
		}
	}
	return false
}

// fellows are relations that people say they have to things and animals.
var fellows = set(`colleague friend roommate neighbour manager assistant coworker works_with teammate landlord trainer`)

// superiors are those whom nobody has as a child, but in fun.
var superiors = set(`manager landlord assistant mentor doctor teacher therapist coach trainer lawyer accountant`)
