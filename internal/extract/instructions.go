package extract

import (
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// orders are verbs of what an assistant does with its words; with "always" or "never" before them they are
// standing orders.
var orders = set(`alphabetise alphabetize sort highlight underline number answer reply respond write format include cite translate summarise summarize explain phrase address greet
	speak talk quote output reference refer structure capitalise capitalize abbreviate
	convert round spell sign prefix indent wrap`)

// clerical are those that nobody does but an agent with its words.
var clerical = set(`cite format summarise summarize convert round indent abbreviate alphabetise alphabetize capitalise capitalize prefix reference`)

// favours are verbs that are orders only when they say for whom: "remind me", "use metric units" counts by its
// object, "keep going" does not.
var favours = set(`use give show tell ask call remind send provide suggest recommend mention list add avoid start end begin finish
	keep make put check confirm verify double-check offer propose return generate create run test commit document
	review rewrite fix rephrase shorten expand simplify proofread critique double stick ping warn
	apply follow assume schedule book order save store share delete discuss bring speak say do be`)

// wordThings are objects that make a favour an order to an assistant.
var wordThings = set(`me my metric imperial emoji emojis markdown bullet bullets json english german french spanish italian
	celsius fahrenheit kilometers kilometres miles units sources citations links code comments tables table lists headings
	british american formal informal polite concise brief short language tone answers answer replies reply responses
	response jargon exclamation typescript python tabs spaces prices euros dollars euro 24-hour format formatting
	summary disclaimers apologies detail details examples explanations i us latex dashes honest direct specific
	concisely briefly politely formally honestly directly succinctly truthfully informally`)

// instruction reads a standing order. A sentence that begins as one is read as nothing else.
func (x *extractor) instruction(s sentence) bool {
	i := x.skipFillers(s.from, s.to)
	if n := x.leadIn(i, s.to); n > i {
		s.from, i = n, x.skipFillers(n, s.to)
	}
	to, lasting := x.fromNowOn(s)
	if n := x.phraseOf(i, s.to, fromNow); n > 0 {
		if j := x.skipFillers(i+n, s.to); x.phrase(j, s.to, "could you") || x.phrase(j, s.to, "can you") {
			i, lasting = j, true
		}
	}
	i, asked := x.request(i, to, lasting)
	if asked {
		s.from = i
	} else if s.question {
		return false
	}
	marked, strong := lasting, lasting
	for i < s.to {
		t := &x.toks[i]
		switch {
		case x.phraseOf(i, s.to, spans) > 0:
			i, marked, strong = i+x.phraseOf(i, s.to, spans), true, true
		case x.phrase(i, s.to, "from now on"):
			i, marked, strong = i+3, true, true
		case x.phrase(i, s.to, "going forward"), x.phrase(i, s.to, "in future"):
			i, marked, strong = i+2, true, true
		case x.phrase(i, s.to, "in the future"):
			i, marked, strong = i+3, true, true
		case t.is("please", "pls", "plz", ","), t.kind == newline:
			i++
		case x.phrase(i, s.to, "remember to"), x.phrase(i, s.to, "make sure to"), x.phrase(i, s.to, "be sure to"):
			n := 2
			if !t.is("remember") {
				n = 3
			}
			if !marked && !(i+n < s.to && x.toks[i+n].is("always", "never")) {
				return false
			}
			i += n
		case x.phrase(i, s.to, "make sure that you"):
			if !marked && !(i+4 < s.to && x.toks[i+4].is("always", "never")) {
				return false
			}
			i += 4
		case x.phrase(i, s.to, "make sure you"), x.phrase(i, s.to, "i want you to"), x.phrase(i, s.to, "i need you to"):
			n := 4
			if t.is("make") {
				n = 3
			}
			if !marked && !(i+n < s.to && x.toks[i+n].is("always", "never")) {
				return false
			}
			i += n
		case x.phrase(i, s.to, "i would like you to"):
			if !marked && !(i+5 < s.to && x.toks[i+5].is("always", "never")) {
				return false
			}
			i += 5
		case t.is("always", "never") && i+1 < s.to:
			i, marked = i+1, true
		case x.phrase(i, s.to, "do not ever"), x.phrase(i, s.to, "do not you ever"):
			if t.is("do") && x.toks[i+2].is("ever") {
				strong = true
			}
			i, marked = i+3, true
		case t.is("do") && marked && i+1 < s.to && x.toks[i+1].is("not"):
			i += 2
		case t.is("you") && marked && i+1 < s.to && x.toks[i+1].is("should", "must"):
			i += 2
		case strong && t.is("when", "whenever") && x.orderAfter(i, s.to) > 0:
			i = x.orderAfter(i, s.to)
		case !marked && (t.is("whenever", "anytime") || x.phrase(i, s.to, "every time") || x.phrase(i, s.to, "each time") || x.phrase(i, s.to, "any time") || t.is("when") && i+2 < s.to && x.toks[i+1].is("i", "you") && asking[x.toks[i+2].low]):
			n := x.orderAfter(i, s.to)
			if n == 0 {
				return false
			}
			i, marked, strong = n, true, true
		case t.is("just") && marked:
			i++
		case t.is("when", "whenever", "if") && x.phrase(i+1, s.to, "i ask") || t.is("when", "whenever", "if") && x.phrase(i+1, s.to, "i say"):
			n := x.orderAfter(i, s.to)
			if n == 0 {
				return false
			}
			i, marked, strong = n, true, true
		default:
			if strong && x.fragmentAbout(i, s.to) {
				return x.instruct(s)
			}
			if !marked || !x.order(i, s, strong) {
				return false
			}
			return x.instruct(s)
		}
	}
	return false
}

// spans are for how long an order stands.
var spans = phrases("for the rest of this project", "for the rest of this chat", "for the rest of this conversation", "for the rest of the conversation", "for the rest of the project", "for the rest of the chat", "for this project", "for this whole project", "for this chat", "in this chat", "in this conversation", "from here on", "from here on in", "from here on out", "from today", "from this point on", "as of now", "as a general rule", "as a rule", "by default", "henceforth", "for future reference", "until further notice")

// asking are what speaker and agent do with each other in a standing order: "when I paste code, show me the diff".
var asking = set(`ask say paste send write give share upload post quote mention use answer reply suggest recommend list explain plan summarise summarize translate talk request want show`)

// occasions are texts and places that an order holds for alone: "no jokes in the eulogy".
var occasions = set(`eulogy speech toast card invitation obituary bible hall house kitchen pool church car garden office bathroom bedroom letter wedding funeral party meeting exam classroom library pub boat sauna shed fridge`)

// oneOff reports an order for one occasion, or one that is no word to the agent.
func (x *extractor) oneOff(from, to int) bool {
	for i := from; i+2 < to; i++ {
		if x.toks[i].is("in", "at", "on", "for") && x.toks[i+1].is("the", "my", "our", "this", "her", "his") && occasions[x.toks[i+2].low] && (i+3 >= to || x.toks[i+3].kind != word || x.toks[i+3].is("please", "though", "either")) {
			return true
		}
	}
	return x.anyWord(from, to, "eulogy") || x.phrase(max(from, to-2), to, "this time") || x.phrase(max(from, to-3), to, "this time please") || x.phrase(max(from, to-3), to, "just this once")
}

// leadWords are the words of phrases that announce an order and carry nothing of it: "One more thing: …",
// "First a favour: …".
var leadWords = set(`one two a an another more quick small little tiny first last final also just and of my the thing things favour
	favor request requests ask rule rules note reminder preference preferences for you me some important general`)

// leadIn moves over such a phrase with the colon, comma or dash behind it.
func (x *extractor) leadIn(i, end int) int {
	for j := i; j < min(i+7, end); j++ {
		t := &x.toks[j]
		if j > i+1 && t.is(":", ",", "-", "–", "—") && j+1 < end {
			return j + 1
		}
		if t.kind != word || !leadWords[t.low] {
			break
		}
	}
	return i
}

// fromNow are the words that make an order a standing one. Behind it, "in future" needs a "please" before.
var fromNow = phrases("from now on", "from here on", "going forward", "in the future", "in future")

// fromNowOn finds "from now on" at the end of a sentence: where it begins, or the end of the sentence.
func (x *extractor) fromNowOn(s sentence) (int, bool) {
	to := s.to
	for to > s.from && (x.toks[to-1].kind == punct || x.toks[to-1].is("please", "thanks")) {
		to--
	}
	for n := max(s.from+1, to-3); n < to-1; n++ {
		if k := x.phraseOf(n, to, fromNow); k == to-n && k > 0 && (!x.toks[n].is("in") || x.toks[s.from].is("please")) {
			return n, true
		}
	}
	return s.to, false
}

// request reads the head of an order that is put as a question: "Could you always …", "Can you please … from
// now on". Without a word that makes it a standing one it is a request for now, or a question about what can be done.
func (x *extractor) request(i, end int, lasting bool) (int, bool) {
	j := i
	if j+2 >= end || !x.toks[j].is("can", "could", "would") || !x.toks[j+1].is("you") {
		return i, false
	}
	modal := &x.toks[j]
	j += 2
	polite := false
	for j < end && (x.toks[j].is("please") || softAdverbs[x.toks[j].low] && !x.toks[j].is("always")) {
		polite = polite || x.toks[j].is("please")
		j++
	}
	if j+1 >= end || !lasting && !x.toks[j].is("always", "never") || modal.is("would") && !polite {
		return i, false
	}
	verb := &x.toks[j]
	if verb.is("always", "never") {
		verb = &x.toks[j+1]
	}
	if !polite && !lasting && verb.is("speak", "talk", "do", "run", "be", "make", "say", "tell") {
		return i, false // "Could you always speak German?" may ask about the past
	}
	for k := j; k < end; k++ {
		if x.toks[k].is("if", "when", "as", "before", "because", "back") {
			return i, false
		}
	}
	return j, true
}

// orderAfter finds the order after the comma of "When I ask about X, do Y".
func (x *extractor) orderAfter(i, end int) int {
	for j := i + 2; j < end; j++ {
		if x.toks[j].is(",", "-", "–", "—") && j+1 < end && !x.toks[j-1].is("just", "please") {
			return j + 1
		}
		if x.toks[j].is("just", "please", "always", "never") && j+1 < end && (orders[x.toks[j+1].low] || favours[x.toks[j+1].low]) {
			return j // "whenever I paste code just review it"
		}
	}
	return 0
}

// order reports whether an imperative to the assistant begins at i.
func (x *extractor) order(i int, s sentence, strong bool) bool {
	t := &x.toks[i]
	if t.kind != word || t.upper && !t.is("answer") && i > s.from && x.toks[i-1].kind == word {
		return false
	}
	mine := false
	for j := i + 1; j < s.to; j++ {
		u := &x.toks[j]
		if u.is("yourself", "himself", "herself", "said", "says", "told", "dream", "dreams", "heart", "life") {
			return false
		}
		if u.is("your", "our") && !(j+1 < s.to && x.toks[j+1].is("answer", "answers", "reply", "replies", "response", "responses", "sources", "output", "code", "working", "workings", "reasoning", "sums", "steps", "calculations", "sources")) {
			return false
		}
		mine = mine || wordThings[u.low] && !(u.is("i") && j == i+1)
	}
	if i+1 >= s.to {
		return false
	}
	if x.jests(s) {
		return false
	}
	if t.is("suggest", "recommend", "propose", "confirm", "verify", "double-check", "assume", "flag", "prioritise", "prioritize") && i > s.from && x.toks[i-1].is("always", "never") && !x.hearsay(i+1, s.to) {
		return !x.toks[i+1].is("i", "he", "she", "they", "we", "that", "this", ",")
	}
	switch {
	case x.phrase(i, s.to, "show your working"), x.phrase(i, s.to, "show your reasoning"):
		return true
	case orders[t.low]:
		return strong || clerical[t.low] || mine || t.is("answer", "reply", "respond") && x.toks[i+1].is("in", "with", "as")
	case strong && hasManner(t.low):
		return mine || t.is("skip", "omit", "leave")
	case favours[t.low]:
		return mine || strong || x.beforeYou(i, s.to)
	}
	return false
}

// fragmentAbout reports an order without a verb: "from here on, temperatures in Celsius".
func (x *extractor) fragmentAbout(i, end int) bool {
	about := false
	for j := i; j < end; j++ {
		if t := &x.toks[j]; t.is("i", "we", "you", "he", "she", "it", "they", "my", "is", "are", "am") || j < i+3 && (verbLike(t) || verbs[t.low].lemma != "" && !answering[t.low]) {
			return false
		}
		about = about || j < i+4 && answering[x.toks[j].low]
	}
	return about
}

func hasManner(verb string) bool {
	_, ok := mannerVerbs[verb]
	return ok && !favours[verb]
}

// beforeYou reports "before you answer", which makes an order one for all answers.
func (x *extractor) beforeYou(i, end int) bool {
	for ; i+2 < end; i++ {
		if x.toks[i].is("before", "when", "whenever", "after") && x.toks[i+1].is("you") && (orders[x.toks[i+2].low] || x.toks[i+2].is("send", "suggest", "recommend", "give", "finish", "start", "reply")) {
			return true
		}
	}
	return false
}

// instruct emits the sentence as an instruction.
func (x *extractor) instruct(s sentence) bool {
	from, to := s.from, s.to
	for from < to {
		n := x.phraseOf(from, to, openers)
		if n == 0 && x.toks[from].kind == word && (!fillers[x.toks[from].low] || x.toks[from].is("please") || x.toks[from].is("no") && from+1 < to && x.toks[from+1].kind == word) {
			break
		}
		from += max(n, 1)
	}
	to = x.ownClause(from, to)
	if x.oneOff(from, to) {
		return false
	}
	for to > from && x.toks[to-1].kind != word && x.toks[to-1].kind != quoted {
		to--
	}
	description := x.text[x.toks[from].start:x.toks[to-1].end]
	if strings.ContainsAny(description, "\n\r") || len(description) > 500 || len(x.out.Instructions) >= MaxItems {
		return false
	}
	last, _ := x.fromNowOn(sentence{from: from, to: to})
	label := x.slug(from, last)
	if label == "" || !x.once("n", label) {
		return false
	}
	x.out.Instructions = append(x.out.Instructions, record.ExtractedInstruction{
		Label: label, Description: description, Confidence: direct, Span: x.span(from, to),
	})
	return true
}

// ownClause is where an order ends because a clause with its own subject follows a comma: "always answer in French, I have an exam on
// Friday". A comma before that belongs to a condition: "when I ask about code, …".
func (x *extractor) ownClause(from, to int) int {
	if x.toks[from].is("when", "whenever", "if", "every", "each", "any", "anytime") {
		return to
	}
	for i := from + 3; i+2 < to; i++ {
		if !x.toks[i].is(",", "-", "–", "—", ";") {
			continue
		}
		t := &x.toks[i+1]
		if t.is("i", "we", "my", "our", "he", "she", "they", "it") && !x.toks[i-1].is("when", "if") {
			if _, ok := x.verbGroupAt(i+2, to); ok || t.is("my", "our", "it") || x.toks[i+2].is("am", "have", "'s", "can", "will", "would") {
				return i
			}
		}
	}
	return to
}

// slugStops are words that a label leaves out.
var slugStops = set(`please the a an to me my i you your of that it is are be am and or so from now on do for in_future make sure want`)

// slug makes a label of the first words that carry the order.
func (x *extractor) slug(from, to int) string {
	var parts []string
	for i := from; i < to && len(parts) < 6; i++ {
		t := &x.toks[i]
		if t.kind != word || slugStops[t.low] {
			continue
		}
		if w := snake(t.low); w != "" {
			parts = append(parts, w)
		}
	}
	return strings.Join(parts, "_")
}
