package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentence is a range of tokens without its final mark.
type sentence struct {
	from, to int
	question bool
}

// abbreviations are the words whose full stop does not end a sentence.
var abbreviations = set(`dr mr mrs ms prof st sr jr vs e.g i.e etc inc ltd corp co dept approx no mt ft gen sgt
	capt rev hon jan feb mar apr jun jul aug sep sept oct nov dec a.m p.m u.s u.k`)

// Bounds of a sentence, in tokens. Nothing that anybody says runs on for so long; what does is left out, so
// that the time for a text grows with its length and no more.
const (
	maxSentence = 400
	longLine    = 80 // after so much a single line break ends the sentence: notes without full stops
)

// sentences cuts the tokens at full stops, question and exclamation marks and blank lines. Single line
// breaks only separate clauses, because chat and mail break lines inside sentences too.
func sentences(toks []token) []sentence {
	var out []sentence
	from := 0
	cut := func(to, next int, question bool) {
		if to > from && to-from <= maxSentence {
			out = append(out, sentence{from, to, question})
		}
		from = next
	}
	for i := 0; i < len(toks); i++ {
		t := &toks[i]
		switch {
		case t.kind == newline && (i-from > longLine || strings.Count(t.text, "\n") > 1):
			cut(i, i+1, false)
		case t.kind == punct && terminal(t.text) && !(t.text == "." && abbreviated(toks, i)):
			end := i
			question := false
			for i < len(toks) && toks[i].kind == punct && terminal(toks[i].text) {
				question = question || toks[i].text == "?" || toks[i].text == "？" || toks[i].text == "؟"
				i++
			}
			cut(end, i, question)
			i--
		}
	}
	cut(len(toks), len(toks), false)
	return out
}

func terminal(s string) bool {
	switch s {
	case ".", "!", "?", "…", "。", "！", "？", "؟", "।":
		return true
	}
	return false
}

// abbreviated reports whether the full stop at i belongs to the word before it.
func abbreviated(toks []token, i int) bool {
	if i == 0 || toks[i-1].kind != word || toks[i-1].end != toks[i].start {
		return false
	}
	prev := &toks[i-1]
	if i+1 >= len(toks) || toks[i+1].kind != word {
		return i+1 < len(toks) && toks[i+1].is(",") && abbreviations[prev.low]
	}
	if utf8.RuneCountInString(prev.text) == 1 && prev.upper && prev.low != "i" {
		return toks[i+1].upper // an initial: "J. Smith"
	}
	if months[prev.low] != 0 {
		r, _ := utf8.DecodeRuneInString(toks[i+1].text)
		return unicode.IsDigit(r)
	}
	switch prev.low {
	case "inc", "ltd", "corp", "co", "etc", "a.m", "p.m", "no", "u.s", "u.k":
		return !toks[i+1].upper
	}
	return abbreviations[prev.low]
}

// questionStarts are the words that begin a question or a request when they come first.
var questionStarts = set(`do does did is are was were can could would will should shall may might what when where who
	whom whose why how which am has have had any anyone anybody`)

// tagPronouns end a tag question.
var tagPronouns = set(`i you he she it we they`)

// statement gives the part of a question-marked sentence that is said before the question proper:
// "I live in Berlin, can you recommend a restaurant?" states where the speaker lives.
func (x *extractor) statement(s sentence) (sentence, bool) {
	first := x.skipFillers(s.from, s.to)
	asks := func(i int) bool {
		if i+1 >= s.to || !questionStarts[x.toks[i].low] {
			return false
		}
		// "any" and the auxiliaries need something to ask about after them
		return x.toks[i+1].kind == word
	}
	if asks(first) && !(x.toks[first].is("when") && !s.question) {
		return s, false
	}
	if !s.question {
		return s, true
	}
	for i := first + 1; i < s.to; i++ {
		t := &x.toks[i]
		if t.kind == punct && t.is(",", ";", "-", "–", "—", ":") || t.kind == newline || t.is("and", "but", "so") {
			if j := x.skipFillers(i+1, s.to); j > i && asks(j) {
				if s.to-j <= 3 && tagPronouns[x.toks[s.to-1].low] {
					return s, false // "Alice works at Acme, doesn't she?" asks
				}
				return sentence{s.from, i, false}, true
			}
		}
	}
	return s, false
}

// fillers are words that open a sentence and carry nothing.
var fillers = set(`hi hello hey yes yeah yep yup no nope nah ok okay well oh wow ah haha lol so and but plus also
	actually anyway btw fyi honestly personally sure right great thanks nice cool perfect unfortunately luckily
	fortunately sadly finally recently currently now today still basically clearly obviously hmm um uh thankfully
	because cause since although though greetings morning please dear`)

// skipFillers moves over greetings, conjunctions and commas to where a clause can begin.
func (x *extractor) skipFillers(i, end int) int {
	for i < end {
		t := &x.toks[i]
		switch {
		case t.kind == newline, t.kind == punct && strings.Contains(",;:-–—*•!", t.text):
			i++
		case t.kind == word && fillers[t.low]:
			i++
		default:
			n := x.phraseOf(i, end, openers)
			if n == 0 {
				return i
			}
			i += n
		}
	}
	return i
}

// openers are phrases that open a sentence and carry nothing.
var openers = []string{"by the way", "to be honest", "as i said", "as i mentioned", "in fact", "good news", "as you know",
	"just so you know", "for context", "for the record", "for your information", "about me", "a bit about me",
	"i am happy to say that", "i am happy to say", "i am excited to announce that",
	"i am excited to announce", "i am excited to share that", "good morning", "good evening", "fun fact", "of course"}

// phraseOf gives how many tokens the first of the phrases that stands at i has, or 0.
func (x *extractor) phraseOf(i, end int, phrases []string) int {
	for _, p := range phrases {
		if x.phrase(i, end, p) {
			return strings.Count(p, " ") + 1
		}
	}
	return 0
}

// phrase reports whether the words of p, separated by single spaces, stand at i.
func (x *extractor) phrase(i, end int, p string) bool {
	for ; i < end; i++ {
		low := x.toks[i].low // empty for line breaks and quotations
		if low == "" || !strings.HasPrefix(p, low) {
			return false
		}
		if len(p) == len(low) {
			return true
		}
		if p[len(low)] != ' ' {
			return false
		}
		p = p[len(low)+1:]
	}
	return false
}

// set makes a set of the words of s.
func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// phraseSet is set for names of several words, with underscores for their spaces.
func phraseSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[strings.ReplaceAll(w, "_", " ")] = true
	}
	return m
}
