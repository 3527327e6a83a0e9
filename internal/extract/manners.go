package extract

// Orders about how the agent answers hold for all answers, also where no "always" says so: "please keep answers under five
// lines", "don't use emojis", "no more bullet points", "stop apologising". A request that points at something given, such as "this" or
// "the paragraph", is one for now.

// answering are what an order about manners speaks of: the agent's words, and what is in them.
var answering = set(`answers replies responses explanations messages summaries suggestions recommendations recipes examples translations
	emoji emojis emoticons exclamation bullet bullets jargon metric imperial celsius fahrenheit centigrade kilometres kilometers miles
	kilograms kilos grams gram units measurements acronyms abbreviations disclaimers caveats apologies headings headers tables markdown
	footnotes citations hashtags euros pounds dollars spelling 24-hour 24h clock preamble preambles pleasantries filler smileys slang swearing
	puns jokes compliments flattery dashes semicolons latex typescript tabs capitals lowercase uppercase greetings sign-offs follow-ups times dates prices
	distances temperatures sentences paragraphs words lines vocabulary tone formality fluff chitchat chit-chat padding waffle pronouns idioms metaphors analogies small-talk subheadings`)

// mannerVerbs are verbs of orders about manners. With true, "don't" before them is enough.
var mannerVerbs = map[string]bool{
	"keep": false, "use": true, "avoid": false, "skip": false, "omit": false, "drop": false, "leave": false, "include": true, "add": true, "write": false, "give": true,
	"tailor": false, "adapt": false, "adjust": false, "format": false, "limit": false, "restrict": false, "shorten": false, "convert": false, "round": false,
	"start": true, "end": true, "put": false, "show": false, "make": false, "spell": false, "stick": false, "suggest": true, "recommend": true, "offer": true, "list": false,
	"apologise": true, "apologize": true, "repeat": true, "sugarcoat": true, "sugar-coat": true, "address": true, "explain": false, "quote": false, "cite": false, "lose": false, "cut": false,
	"assume": true, "prefer": false, "send": false, "phrase": false, "mention": true, "bring": true, "translate": false, "remind": true, "waffle": true, "lecture": true, "moralise": true,
}

// stopping are what an agent can be told to stop doing.
var stopping = set(`using adding apologising apologizing saying asking suggesting recommending including putting sending repeating writing giving reminding
	starting ending offering mentioning hedging sugarcoating lecturing waffling summarising summarizing calling greeting`)

// given are words that point at something at hand, so that a request is one for now.
var given = set(`this that these those following attached above below it him her them today tonight tomorrow now first second last next paragraph passage essay
	document text file email letter poem article contract section summary draft list sentence speech story who said says told sign`)

// manners are how an agent can be told to be.
var manners = set(`blunt brief concise direct formal informal honest gentle patient kind polite succinct critical casual friendly frank serious strict specific terse professional`)

// everAgain reports words that make an order a standing one wherever they are. Some do so only of what is forbidden.
func (x *extractor) everAgain(i, end int, denied bool) bool {
	for ; i < end; i++ {
		if denied && (x.toks[i].is("ever", "again", "anymore") || x.phrase(i, end, "any more") || x.phrase(i, end, "at all")) {
			return true
		}
		if x.phraseOf(i, end, lasting) > 0 {
			return true
		}
		if x.phrase(i, end, "when you") && i+2 < end && (orders[x.toks[i+2].low] || mannerVerbs[x.toks[i+2].low] || x.toks[i+2].is("write", "answer", "reply", "give", "quote", "talk", "list", "explain", "mention", "suggest", "recommend", "plan", "send", "show", "use")) {
			return true
		}
	}
	return false
}

// lasting are words that make an order one for all times.
var lasting = phrases("before you", "every hour", "every day", "every morning", "every evening", "every night", "every week", "every month", "every monday", "every friday", "every sunday", "first thing", "daily", "weekly", "every time", "each time", "whenever", "by default", "as a rule", "unless i", "until i say", "going forward", "from here on", "when i ask", "when i write", "when i speak", "when i send", "when i say", "when i type", "when i give", "when i paste", "any time", "anytime", "in all", "in every", "for everything", "all the time", "in future")

// restraints ask for less of what an answer is made of; addressings say how the agent is to think of the speaker in all it says.
var (
	restraints  = phrases("lay off the", "go easy on the", "go easy with the", "ease off the", "ease up on the", "enough with the", "enough of the", "quit it with the", "quit with the", "cut out the", "cut down on the", "cool it with the", "ditch the", "dial down the", "tone down the", "knock off the", "no more of the", "no more of those")
	addressings = phrases("treat me like a", "treat me like an", "treat me as a", "treat me as an", "assume i know nothing", "assume that i know nothing", "limit yourself to")
)

// speakingVerbs are orders with a language: "reply in Welsh".
var speakingVerbs = set(`answer reply respond write speak talk`)

// manners reads the orders about manners of a sentence, each where a clause begins.
func (x *extractor) manners(s sentence) {
	for i := s.from; i < s.to; i++ {
		if i > s.from && !x.boundary(i) && !x.toks[i].is("please") {
			continue
		}
		j := i
		for j < s.to && !x.toks[j].is("please", "no") {
			n := x.skipFillers(j, j+1)
			if n == j {
				n += x.phraseOf(j, s.to, openers)
			}
			if n == j {
				break
			}
			j = n
		}
		if j < s.to && (j == i || i == s.from) && !(s.question && x.points(s.from, j)) && x.manner(j, s.to, s.question) {
			return
		}
	}
}

// hearsay reports that somebody else gave the order: "always include tests, my manager said".
func (x *extractor) hearsay(i, end int) bool {
	for j := i; j < min(i+6, end); j++ {
		if x.toks[j].is("said", "says", "told", "reads", "sang", "sings") {
			return true
		}
	}
	return false
}

// points reports whether the words from token i to end point at something given.
func (x *extractor) points(i, end int) bool {
	for ; i < end; i++ {
		if given[x.toks[i].low] {
			return true
		}
	}
	return false
}

// manner reads an order about the manner of answers whose clause begins at i.
func (x *extractor) manner(i, end int, asked bool) bool {
	from := i
	polite, denied := false, false
lead:
	for i < end {
		t := &x.toks[i]
		switch {
		case t.is("please", "pls", "kindly"):
			polite = true
			i++
		case x.phrase(i, end, "i would like you to"):
			i += 5
		case x.phrase(i, end, "i want you to"), x.phrase(i, end, "i need you to"), x.phrase(i, end, "i prefer you to"):
			i += 4
		case x.phrase(i, end, "i would rather you did not"), x.phrase(i, end, "i would prefer you did not"):
			denied = true
			i += 6
		case x.phrase(i, end, "i would prefer it if you did not"):
			denied = true
			i += 8
		case x.phrase(i, end, "would you mind always"), x.phrase(i, end, "would you mind never"), x.phrase(i, end, "do you mind always"):
			if i+4 >= end || !gerund(x.toks[i+4].low) || x.hearsay(i, end) {
				return false
			}
			return x.instruct(sentence{from: i + 3, to: x.orderEnd(i+4, end)})
		case x.phrase(i, end, "can you"), x.phrase(i, end, "could you"), x.phrase(i, end, "would you"), x.phrase(i, end, "will you"):
			i += 2
		case x.phrase(i, end, "can we agree you will"), x.phrase(i, end, "can you make sure you"), x.phrase(i, end, "i would appreciate it if you could"), x.phrase(i, end, "it would help if you could"), x.phrase(i, end, "it would be great if you could"), x.phrase(i, end, "it would be good if you could"), x.phrase(i, end, "i would love it if you could"):
			for !x.toks[i].is("will", "could", "you") || x.toks[i].is("you") && i+1 < end && x.toks[i+1].is("could", "will", "make") {
				i++
			}
			i++
		case x.phrase(i, end, "try not to"):
			denied = true
			i += 3
		case x.phrase(i, end, "try to"), x.phrase(i, end, "remember to"):
			i += 2
		case t.is("just", "also", "always", "ever") && i > from, t.is("only") && i+1 < end && (orders[x.toks[i+1].low] || mannerVerbs[x.toks[i+1].low]):
			i++
		case x.phrase(i, end, "do not"):
			denied = true
			i += 2
		case x.phrase(i, end, "no need to"), x.phrase(i, end, "there is no need to"), x.phrase(i, end, "you do not need to"), x.phrase(i, end, "you do not have to"):
			denied = true
			for !x.toks[i].is("to") {
				i++
			}
			i++
		case x.phrase(i, end, "let 's"), x.phrase(i, end, "you can"):
			i += 2
		default:
			break lead
		}
	}
	if i+1 >= end || x.toks[i].kind != word {
		return false
	}
	to := x.orderEnd(i, end)
	if to-i > 25 {
		return false
	}
	about, now := false, false
	for j := i + 1; j < to; j++ {
		about = about || answering[x.toks[j].low] || x.phrase(j, to, "small talk")
		now = now || given[x.toks[j].low]
	}
	t := &x.toks[i]
	verb := t.low
	ok := false
	switch alone, known := mannerVerbs[verb]; {
	case now:
	case denied && t.is("call") && i+2 < to && x.toks[i+1].is("me") && !x.toks[i+2].is("before", "after", "when", "if", "until", "at", "on", "back", "again", "unless", "during", "till", "between", "while", "today", "tomorrow", "tonight", "now", "anymore"), t.is("refer") && x.phrase(i, end, "refer to me as"), t.is("address") && x.phrase(i, end, "address me as"):
		ok = true
	case t.is("explain", "talk", "speak") && (x.phrase(i+1, end, "things like") || x.phrase(i+1, end, "to me like") || x.phrase(i+1, end, "everything like") || x.phrase(i+1, end, "things simply")):
		ok = true
	case !asked && (orders[verb] || favours[verb] && (about || x.toks[i+1].is("me", "us")) || alone || known) && x.everAgain(i, to, denied) && !t.is("do", "be", "say", "run", "speak", "bring", "order", "book", "save", "store", "share", "discuss"):
		ok = to-i > 2
	case t.is("be") && !denied && i+3 < end && x.phrase(i+2, end, "with me") && manners[x.toks[i+1].low]:
		ok = true
	case t.is("be") && !denied && !asked && manners[x.toks[i+1].low] && (x.everAgain(i, to, false) || about && x.phrase(i+2, end, "in")):
		ok = true
	case t.is("be") && !denied && polite && manners[x.toks[i+1].low]:
		ok = to == i+2
	case known && denied && alone:
		ok = about || x.everAgain(i, to, denied) || polite && to > i+1 && !x.toks[i+1].is("the", "a", "my", "me") || verb == "apologise" || verb == "apologize" || verb == "sugarcoat"
	case speakingVerbs[verb] && !denied && !asked:
		n := i + 1
		if x.phrase(n, end, "to me") {
			n += 2
		} else if x.toks[n].is("me") {
			n++
		}
		ok = x.phrase(n, end, "in") && n+1 < end && (languages[x.toks[n+1].low] || x.toks[n+1].is("bullet", "plain", "short", "lower", "lowercase", "full", "simple", "british", "american")) && (polite || to == n+2 || to == n+3 && x.toks[n+2].is("only", "always", "please"))
	case known:
		ok = about
	case verb == "no" && i == from || verb == "no" && polite:
		n := i + 1
		if n < to && x.toks[n].is("more") {
			n++
		}
		for k := n; k < min(n+3, to); k++ {
			ok = ok || answering[x.toks[k].low] || x.phrase(k, to, "small talk") || k == n && stopping[x.toks[k].low]
		}
	case t.is("stop", "quit") && !denied:
		ok = stopping[x.toks[i+1].low] && (about || to-i <= 8)
	case i == from && !denied && to-i <= 7 && x.fragmentOrder(i, to):
		ok = true
	case !asked && x.phraseOf(i, to, restraints) > 0:
		ok = about && to-i <= 8
	case !asked && !denied && x.phraseOf(i, to, addressings) > 0:
		ok = true
	case !asked && denied && t.is("start", "begin", "open", "end", "finish") && i+2 < to && x.toks[i+1].is("with") && x.toks[i+2].kind == quoted:
		ok = true
	case !asked && t.is("spell") && i+2 < to && x.toks[i+1].is("it") && x.toks[i+2].kind == quoted:
		ok = true
	case t.is("less", "fewer") && !denied:
		ok = about && to-i <= 5
	}
	if !ok || x.hearsay(to, end) {
		return false
	}
	return x.instruct(sentence{from: from, to: to})
}

// fragmentOrder reads "short answers only please" and "metric units, please": what is wanted, with "only" or "please" and no verb.
func (x *extractor) fragmentOrder(i, to int) bool {
	about, wanted := false, false
	for j := i; j < to; j++ {
		t := &x.toks[j]
		if _, verb := verbs[t.low]; !answering[t.low] && (verb || verbLike(t)) || t.is("i", "my", "you", "your", "a", "one", "another", "he", "she", "some") || hedges[t.low] {
			return false
		}
		about = about || answering[t.low]
		wanted = wanted || t.is("only", "please")
	}
	if to < len(x.toks) && x.toks[to].is(",") && to+1 < len(x.toks) && x.toks[to+1].is("please") {
		wanted = true
	}
	return about && wanted
}

// orderEnd is where an order that begins before token i ends: at a comma, dash or "because" with more of the message behind it.
func (x *extractor) orderEnd(i, end int) int {
	about := false
	for ; i < end; i++ {
		t := &x.toks[i]
		if t.kind == newline || t.is(";", "–", "—", "(", "because", "since", "cause", "as") || t.is("-") && !t.joined {
			return i
		}
		if about = about || answering[t.low] || languages[t.low]; t.is(",") && about && i+1 < end && !x.toks[i+1].is("and", "or", "not", "ever", "but") && !answering[x.toks[i+1].low] {
			return i
		}
		if t.is(",") && i+1 < end && (x.newStatement(i+1, end) || x.toks[i+1].is("so", "because", "please", "thanks", "it", "they", "said", "cheers")) {
			return i
		}
		if t.is("so", "and", "but") && i+1 < end && x.newStatement(i+1, end) && !x.toks[i+1].is("do", "never", "always", "just", "try") {
			return i
		}
	}
	return end
}
