package extract

import (
	"slices"
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
var abbreviations = set(`geb nr str tel bzw ca ggf inkl dr mr mrs ms prof st sr jr vs e.g i.e etc inc ltd corp co dept approx no mt ft gen sgt
	capt rev hon av avda jan feb mar apr jun jul aug sep sept oct nov dec a.m p.m u.s u.k`)

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
	if ordinal(toks, i) {
		return true
	}
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
	case "no":
		return toks[i+1].text[0] >= '0' && toks[i+1].text[0] <= '9'
	case "inc", "ltd", "corp", "co", "etc", "a.m", "p.m", "u.s", "u.k":
		return !toks[i+1].upper
	}
	return abbreviations[prev.low]
}

// questionStarts are the words that begin a question or a request when they come first.
var questionStarts = set(`do does did is are was were can could would will should shall may might what when where who
	whom whose why how which am has have had any anyone anybody`)

// askers begin questions about something that is so.
var askers = phrases("did i ever tell you that", "did i ever tell you", "have i ever told you", "did i ever mention that", "did i ever mention", "did i ever say", "did i say", "would it help to know that", "does it help to know that", "is it relevant that", "does it matter that", "does it matter i", "would it matter that", "is it a problem that", "is it ok that", "is it okay that", "does it help that", "would it help that", "does it make a difference that", "is it weird that", "is it bad that",
	"is it normal that", "is it odd that", "did i mention that", "did i mention", "have i mentioned that", "have i mentioned", "did i tell you that", "did i tell you", "have i told you that", "have i told you", "can you believe that", "can you note that",
	"can you note down that", "could you note that", "can you remember that", "could you remember that", "will you remember that", "can you keep in mind that", "could you keep in mind that")

// bareAsking are words that begin a question after a statement without a mark.
var bareAsking = set(`can could should is are do does would will what how where which`)

// fragments begin a question without a verb after a statement.
var fragments = set(`any anything got ideas idea tips thoughts suggestions suggestion advice recommendations present presents gift gifts possible ok okay
	worth`)

// tagPronouns end a tag question.
var tagPronouns = set(`i you he she it we they`)

// statement gives the part of a question-marked sentence that is said before the question proper:
// "I live in Berlin, can you recommend a restaurant?" states where the speaker lives.
func (x *extractor) statement(s sentence) (sentence, bool) {
	first := x.skipFillers(s.from, s.to)
	if n := x.phraseOf(first, s.to, askers); n > 0 {
		return sentence{first + n, s.to, false}, true
	}
	for i := s.from; s.question && i < first; i++ { // "Did I tell you I live in Leeds?"
		if x.phraseOf(i, s.to, askers) > 0 {
			return sentence{first, s.to, false}, true
		}
	}
	asks := func(i int) bool {
		if i+1 >= s.to || !questionStarts[x.toks[i].low] {
			return false
		}
		if next := &x.toks[i+1]; !s.question && (x.toks[i].is("what") && next.is("keeps", "gets", "makes", "a", "an") || x.toks[i].is("which") && next.is("reminds", "means", "is", "brings") || x.toks[i].is("who") && next.is("knew", "would")) {
			return false // "what keeps me sane is the pottery", "what a day"
		}
		if !s.question && (x.toks[i].is("where") && x.toks[i+1].is("i", "we") || x.phrase(i, s.to, "have not") && i+2 < s.to && !x.toks[i+2].is("i", "you", "we", "they")) {
			return false // "where I come from, nobody locks a door", "haven't changed jobs"
		}
		if !s.question && x.toks[i].is("had", "have") && x.toks[i+1].is("the", "a", "an", "to", "my", "another", "some") {
			return false // "had the test, it came back clear"
		}
		if x.toks[i].is("do") && x.toks[i+1].is("not") && i+2 < s.to && !x.toks[i+2].is("you", "i", "we", "they", "he", "she", "it", "the", "my", "your", "our", "people", "these", "those") {
			return false // "don't laugh but I play chess"
		}
		if x.toks[i].is("can") && x.toks[i+1].is("not") && i+2 < s.to && x.toks[i+2].is("stand", "bear", "abide", "stomach", "tolerate", "have", "eat", "drink", "get") {
			return false // "can't stand coriander"
		}
		// "any" and the auxiliaries need something to ask about after them
		return x.toks[i+1].kind == word
	}
	if asks(first) && !(x.toks[first].is("when") && !s.question) {
		for i := first + 2; i+2 < s.to; i++ { // "Can you help me with a letter, I'm a nurse in Leeds"
			if t := &x.toks[i]; t.is(",", "-", "–", "—", ";", ":") && x.toks[i+1].is("i", "my", "we", "our") {
				if _, ok := x.verbGroupAt(i+2, s.to); ok || x.toks[i+1].is("my", "our") {
					return x.statement(sentence{i + 1, s.to, s.question})
				}
			}
			if t := &x.toks[i]; t.is(",", "-", "–", "—", ";") && !s.question && x.toks[i+1].is("she", "he") && x.toks[i+2].is("'s", "is", "has", "works", "lives") && !x.anyOf(s.from, i, hedges) {
				return sentence{i + 1, s.to, false}, true // "can you write a card for my friend Ji-woo, she's moved to Vancouver"
			}
		}
		return s, false
	}
	if !s.question {
		return s, true
	}
	for i := first + 1; i < s.to; i++ {
		t := &x.toks[i]
		if i > first+2 && asks(i) && bareAsking[t.low] && (x.toks[i+1].is("i", "you", "there", "we", "it", "that", "this") || t.is("what", "how", "where", "which") && x.toks[i+1].is("would", "could", "should", "can", "do", "does", "is", "are", "'s")) && !hedges[x.toks[i-1].low] && !x.toks[i-1].is("that", "if", "know", "and", "but", "which", "who", "what", "how", "where") && x.toks[i-1].kind == word {
			return sentence{s.from, i, false}, true // "im allergic to nuts is there anything i can eat?"
		}
		if t.is(",", "-", "–", "—", ";") && i+1 < s.to && fragments[x.toks[i+1].low] {
			return sentence{s.from, i, false}, true // "…, any ideas?"
		}
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
var fillers = set(`again hiya heya howdy hullo yo cheers evening afternoon hi hello hey yes yeah yep yup no nope nah ok okay well oh wow ah haha lol so and but plus also
	actually anyway btw fyi honestly personally sure right great thanks nice cool perfect unfortunately luckily
	fortunately sadly finally recently currently now today still basically clearly obviously hmm um uh thankfully
	because cause since although though greetings morning please dear`)

// skipFillers moves over greetings, conjunctions and commas to where a clause can begin. Phrases go before words: "so far" is not "so".
func (x *extractor) skipFillers(i, end int) int {
	for i < end {
		t := &x.toks[i]
		n := 1
		if t.kind != newline && !(t.kind == punct && strings.Contains(",;:-–—*•!", t.text)) {
			n = x.phraseOf(i, end, openers)
			if n == 0 && t.kind == word {
				n = x.framing(i, end)
			}
			if n == 0 && t.kind == word && fillers[t.low] {
				n = 1
			}
		}
		if n == 0 {
			return i
		}
		i += n
	}
	return i
}

// openers are phrases that open a sentence and carry nothing.
var openers = phrases("i wanted to tell you that", "i wanted to tell you", "i wanted to say that", "i wanted to say", "i should probably say that", "i should probably say", "i should probably mention that", "i should probably mention", "i thought you should know that", "i thought you should know", "i thought i should say that", "i thought i should mention that", "just to say that", "just to say", "just wanted to say that", "just wanted to say", "make a note that", "please make a note that", "add to my profile that", "put in my file that", "put it in my file that", "it is probably worth saying that", "it is probably worth saying", "it 's probably worth saying", "it 's probably worth saying that", "it 's worth saying that", "it 's worth saying", "it might help to know that", "it might help to know", "the short answer is that", "the short answer is", "the long and short of it is", "the reason i am asking is that", "the reason i am asking is", "the reason i ask is that", "the reason i ask is", "the reason is that", "the reason is", "imagine my face", "picture this", "you can imagine", "as you can imagine", "new rule", "house rule", "ground rule", "golden rule", "one rule", "small rule", "quick rule", "new policy", "the thing with me is that", "the thing with me is", "the thing about me is that", "the thing about me is", "thing about me is", "what you need to know is that", "what you need to know is", "what you should know is that", "what you should know is", "you need to know that", "the news is that", "the news is", "the upshot is that", "the upshot is", "big news is", "good news is", "bad news is", "which reminds me", "that reminds me", "do not judge me", "do not judge me but", "do not judge", "do not laugh", "do not laugh but", "do not tell anyone but", "before i forget", "oh and before i forget", "between you and me", "between us", "confession time", "hi there", "hello there", "hey there", "hi all", "hey all", "hello all", "hi everyone", "hello everyone", "hi again", "hello again", "hi folks", "evening all", "morning all", "by day", "by profession", "by trade", "professionally", "workwise", "work wise", "job wise", "career wise", "by the way", "to be honest", "as i said", "as i mentioned", "in fact", "good news", "as you know",
	"just so you know", "for context", "for the record", "for your information", "about me", "a bit about me",
	"i am happy to say that", "i am happy to say", "i am excited to announce that",
	"i am excited to announce", "i am excited to share that", "good morning", "good evening", "fun fact", "of course",
	"do not forget that", "do not forget", "remember that", "please remember that", "keep in mind that", "keep in mind", "bear in mind that", "bear in mind", "note that", "please note that", "please note", "be aware that", "i may have mentioned that", "i may have mentioned", "i might have mentioned that", "i might have mentioned", "you know how", "you may remember that", "you might remember that", "you may remember", "did i mention that", "did i mention", "have i mentioned that", "did i tell you that", "did i tell you", "the thing is that", "the thing is", "thing is", "fact is", "the fact is", "truth is", "the truth is", "problem is", "the problem is", "the trouble is", "trouble is", "worth knowing that", "worth mentioning that", "worth saying that", "should mention", "should say", "might be worth knowing that", "in case it is useful", "if it helps", "if it matters", "if you are wondering", "if you must know", "if you need to know", "as it happens", "these days", "nowadays", "to be fair", "you will be glad to hear", "you will be pleased to hear", "i am afraid", "so it turns out", "it so happens that", "not that it matters but", "not that it matters", "for starters", "to start with", "first of all", "for one thing", "more importantly", "most importantly", "important", "if you remember", "if you recall", "in case you forgot", "in case you have forgotten", "as you will remember", "if i remember rightly", "if i remember correctly", "if memory serves", "for the form", "for your notes", "for your records", "for the file", "one thing you should know", "something you should know", "two things you should know", "you ought to know that", "you ought to know", "as you may know", "as you might know", "as you may remember", "as i told you", "as i keep saying", "i should add that", "i should add", "i must say", "i have to say", "i have to admit", "i admit", "note", "i just realised that", "i just realised", "i just realized", "i realised", "i only just found out that", "i only just found out", "i just found out that", "i just found out", "i found out that", "i found out", "it is official", "officially", "well then", "so far", "for now", "at the moment", "right now", "at present", "scrap that", "scratch that", "strike that", "never mind that", "turns out that", "turns out", "it turns out that", "it turns out", "as it turns out", "found out that", "found out", "just found out", "guess what", "quick one", "quick update", "small update",
	"quick note", "one more thing", "another thing", "heads up", "just a heads up", "just to let you know", "just letting you know", "just fyi", "you should know that", "you should know",
	"i should mention that", "i should mention", "i should say", "i forgot to mention that", "i forgot to mention", "i forgot to say", "in case it matters", "in case it helps",
	"in case you are wondering", "sad news", "big news", "bad news", "great news", "happy news", "some news", "news", "update", "quick correction", "confession", "reminder", "note to self", "full disclosure", "i am pleased to say",
	"i am glad to say", "i am sorry to say", "i regret to say", "long story short", "believe it or not", "for what it is worth", "in other news", "as of now", "as of today", "hope you are well", "hope all is well",
	"a small correction", "one correction", "minor correction", "little update", "since you asked", "to clarify", "just to clarify", "for reference", "for your reference", "also", "speaking of which", "random fact", "fwiw", "tbh",
	"weird question but", "silly question but", "out of interest", "small thing", "small thing but", "first things first", "bit of background", "some background", "a bit of background", "background", "context", "no wait", "wait no", "oh wait", "wait", "hang on", "hold on", "oops", "whoops", "let me correct that", "let me correct myself", "to correct myself", "i made a mistake", "my mistake", "my bad", "you got it wrong", "you have got it wrong", "you have that wrong", "you got that wrong", "that is wrong", "that 's wrong", "slight correction", "a correction", "tiny correction", "on paper", "legally", "on the books", "technically", "strictly speaking", "funnily enough", "as it goes", "truth be told", "in real life", "irl", "for my sins", "for the past while",
	"for what its worth", "would you believe", "you will never guess", "as of this week", "as of last week", "as of this month", "to be clear", "tbf", "not to brag but", "not going to lie", "ngl", "spoiler", "plot twist",
	"little background", "quick background", "just for context", "for clarity", "quick intro", "intro", "life update", "work update", "one thing to know", "things to know", "worth knowing", "worth mentioning", "worth saying")

// phraseList are phrases by their first words, cut into words, longer ones first.
type phraseList map[string][][]string

func phrases(list ...string) phraseList {
	m := phraseList{}
	for _, p := range list {
		words := strings.Fields(p)
		m[words[0]] = append(m[words[0]], words)
	}
	for _, l := range m {
		slices.SortStableFunc(l, func(a, b []string) int { return len(b) - len(a) })
	}
	return m
}

// phraseOf gives how many tokens the longest of the phrases that stands at i has, or 0.
func (x *extractor) phraseOf(i, end int, list phraseList) int {
	if i >= end {
		return 0
	}
	for _, p := range list[x.toks[i].low] {
		if x.stands(p, i, end) {
			return len(p)
		}
	}
	return 0
}

// stands reports whether the words stand at i.
func (x *extractor) stands(words []string, i, end int) bool {
	if i+len(words) > end {
		return false
	}
	for k, w := range words {
		if x.toks[i+k].low != w {
			return false
		}
	}
	return true
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
