package extract

import "strings"

// hedges make what follows them in the sentence a wish, a guess, a plan, a condition or hearsay.
var hedges = set(`if unless whether would could might should maybe perhaps probably possibly suppose supposing supposedly
	imagine imagining imagined pretend pretending pretended hypothetically wish wishes wished hope hopes hoping hoped
	think thinks thinking thought guess guessing believe believes believed assume assumes assuming assumed wonder wondering
	doubt doubts suspect planning plan plans considering consider considered dream dreams dreaming dreamed dreamt
	said says say saying told tells tell telling claims claimed claim claiming heard hear hears rumor rumour rumors asked asks
	asking wrote writes texted mentions mentioned mention insisted insists reckons reckon swears swore joked jokes joking lied
	lies according apparently allegedly reportedly almost nearly hardly barely wonders expects expect expected predicted
	predict fantasize as-if someday eventually ideally when whenever once unlike rather instead whoever whatever
	afraid worried worry worries fear feared denies denied refuses refused rumored promise promised
	proposed suggested suggests recommends recommended advised advises argued argues announced lest unsure confused
	hypothetical sarcastically sarcasm`)

// farHedges are those whose reach is the whole sentence: what a condition, a dream or a lie holds for.
var farHedges = set(`if unless suppose supposing imagine imagining imagined pretend pretending pretended hypothetically wish wishes wished
	dream dreams dreaming dreamed dreamt lied lies joked jokes joking once when whenever whoever whatever hypothetical sarcastically sarcasm
	fantasize`)

// saying are those that tell somebody's words: what follows a colon may be them.
var saying = set(`said says say saying told tells tell telling claims claimed claim claiming asked asks heard hear according insists insisted wrote writes`)

// resets end the reach of a hedge.
func resets(t *token) bool { return t.is("but", ";") }

// fictional are phrases after which nothing in the text is taken as the speaker's own facts.
var fictional = phrases("in the dream", "in my dream", "in a dream", "i dreamed", "i dreamt", "i had a dream", "had this dream", "had a weird dream", "my character", "my protagonist", "the protagonist", "in my novel", "in the novel", "in a novel", "in my book",
	"in my story", "in the story", "in this story", "a short story", "in my game",

	"role play", "role-play", "roleplay", "once upon a time", "act as", "you are a", "you are an",
	"pretend", "pretending", "imagine", "imagining", "hypothetically",
	"write a story", "write me a story", "write a poem", "write a song", "in character", "fan fiction", "fanfiction",
	"act like", "screenplay", "my d&d", "our d&d",
	"my persona", "this persona", "my alter ego", "lorem ipsum", "a story about",
	"a joke about", "a poem about", "a song about", "a tale about", "the story of", "tell me a story", "a fairy tale", "a fictional")

// asides are phrases after which the sentence is not of this world. What is said of others after them belongs to the same story; what
// speakers say of themselves in the present does not.
var asides = phrases("in the film", "in the show", "in the series", "in the cartoon", "in the play", "in the song", "on the show", "in that film", "in this book", "in the story", "in that book", "in this film", "in my book club book", "in the sims", "in minecraft", "in skyrim", "in stardew", "in animal crossing", "in roblox", "in the musical", "in the comic", "in the podcast", "in the soap", "the campaign", "a scene", "the scene", "in the book", "in the movie", "in the game", "let 's say", "for example", "for instance", "suppose", "as a joke", "what if", "in a parallel universe", "in another life", "in an alternate")

// pasting are words that announce a text of somebody else when a colon follows.
var pasting = set(`proofread translate rewrite rephrase summarise summarize fix edit correct paraphrase review improve polish
	text email e-mail mail letter message quote following says said wrote writes reads below bio paragraph article sentence
	sentences story poem lyrics post tweet caption essay draft speech example examples transcript note template
	asked replied answered told this these prompt subtitle subtitles voicemail sms`)

// noteLabels may stand before a colon at the start of a line without naming a speaker.
var noteLabels = set(`note update fyi ps p.s btw also edit context background news reminder about info important intro
	summary today yesterday work job home status profile introduction correction clarification`)

// foreign reports whether the sentence opens a text that is not the speaker's own: fiction, a pasted mail, a
// transcript. Everything from there on is left out.
func (x *extractor) foreign(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		t := &x.toks[i]
		opens := i == s.from || x.toks[i-1].kind == newline
		if opens && t.is("dear") && i+1 < s.to && x.toks[i+1].upper {
			return true
		}
		if opens && t.is("subject", "from", "to", "sent", "cc", "forwarded") && i+1 < s.to && x.toks[i+1].is(":") {
			return true
		}
		if opens && x.transcript(i, s.to) {
			return true
		}
		if i == s.from && x.edits(s) {
			return true
		}
		if t.is("wrote") && i+1 < len(x.toks) && x.toks[i+1].is(":") {
			return true
		}
		if t.is(":") && i > 0 && !x.toks[i-1].is("re") && x.pastes(s.from, i, s.to) && !x.addressed(i, s.to) {
			if label, _ := x.fieldAt(max(x.lineStart(i), s.from), s.to); label == "" || !isField(label) {
				return true
			}
		}
		if n := x.phraseOf(i, s.to, fictional); n > 0 && (!t.is("imagine", "imagining", "pretend", "pretending", "act", "you") || x.commands(s.from, i)) && !(t.is("you") && i+n < s.to && praise[x.toks[i+n].low]) {
			return true
		}
	}
	return false
}

// commands reports whether the verb at i is a request: it opens its clause.
func (x *extractor) commands(from, i int) bool {
	return i == from || x.toks[i-1].kind != word || x.skipFillers(from, i) >= i || x.toks[i-1].is("please", "and", "to", "'s", "just", "me")
}

// praise are what a user calls the agent without giving it a part to play.
var praise = set(`star legend lifesaver genius gem saint angel hero marvel treasure wonder champ darling machine bot robot computer good great big real total absolute true brilliant wonderful godsend pal mate friend peach delight wizard natural pro smart clever kind nice`)

// editing are requests whose object is a text; textNouns name it.
var (
	editing   = set(`proofread translate rewrite rephrase summarise summarize fix edit correct paraphrase review improve polish analyse analyze check`)
	textNouns = set(`text following paragraph article email e-mail letter message sentence sentences essay story passage excerpt bio post
		transcript conversation dialogue dialog grammar draft speech`)
)

// edits reports a request to work on a text, which then follows.
func (x *extractor) edits(s sentence) bool {
	i := x.skipFillers(s.from, s.to)
	for i < s.to && x.toks[i].is("can", "could", "would", "will", "you", "please", "help", "me", "to") {
		i++
	}
	if i >= s.to || !editing[x.toks[i].low] {
		return false
	}
	follows := s.to >= len(x.toks) || x.toks[s.to].kind == newline || x.toks[i].is("translate", "summarise", "summarize", "proofread", "paraphrase", "rephrase", "rewrite")
	for ; i < s.to; i++ {
		if follows && textNouns[x.toks[i].low] || x.toks[i].is("following", "below") || x.toks[i].is("this", "these") && (i+1 >= s.to || x.toks[i+1].kind != word || textNouns[x.toks[i+1].low] || x.toks[i+1].is("for", "please", "into", "to", "in", "and")) {
			return true
		}
	}
	return false
}

// transcript reports a line that starts with a speaker's label: "Bob: …".
func (x *extractor) transcript(i, end int) bool {
	if label, _ := x.fieldAt(i, end); label != "" && isField(label) {
		return false
	}
	for j := i; j < min(i+4, end); j++ {
		t := &x.toks[j]
		if t.is(":") {
			return j > i && !noteLabels[x.toks[j-1].low] && x.toks[i].upper && !x.toks[i].is("my", "i")
		}
		if t.kind != word || !t.upper {
			return false
		}
	}
	return false
}

// pastes reports whether the colon at i introduces somebody's text.
func (x *extractor) pastes(from, i, end int) bool {
	for j := i - 1; j >= from; j-- {
		if x.toks[j].is("you") && x.anyOf(max(from, j-3), j, firstPersons) {
			return false // "I never told you: I moved"
		}
		if x.toks[j].is("this", "these", "note") && i+1 < end && x.ownStatement(i+1, end) && !x.anyOf(from, i, textNouns) && !x.anyOf(from, i, editing) && !x.anyWord(from, i, "he", "she", "they", "sent", "wrote", "got", "says", "said", "read", "post", "sign", "song", "his", "her", "their", "translate", "like") {
			continue // "the app needs to know this: I live in Leeds"
		}
		if j > 0 && x.toks[j-1].is("you") && x.toks[j].is("asked", "said", "told", "wrote") {
			continue // "you asked about music, so: …"
		}
		if low := x.toks[j].low; pasting[low] && (j >= i-3 || !x.toks[j].is("this", "these", "here", "note", "check", "fix", "edit", "review", "example", "examples", "improve")) {
			return true
		}
	}
	return false
}

// addressed reports whether an address stands behind the colon at i, and no text of somebody.
func (x *extractor) addressed(i, end int) bool {
	return i+1 < end && (strings.Contains(x.toks[i+1].text, "@") || x.phoneEnd(i+1, end) > i+1)
}

// aside reports a sentence of a story, an example or a dream.
func (x *extractor) aside(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		if x.toks[i].is("suppose") && i > s.from && x.toks[i-1].is("i", "we", "do") || x.toks[i].is("as") && i > s.from && x.toks[i-1].is("started", "began") {
			continue // "my boyfriend, I suppose", "it started as a joke"
		}
		if x.phraseOf(i, s.to, asides) > 0 {
			return true
		}
	}
	return false
}

// withdrawals open a sentence that takes back the one before it. Of one word it has to be the whole sentence, except for loneWithdrawals.
var (
	withdrawals = phrases("just kidding", "jk", "kidding", "i am kidding", "i am just kidding", "only joking", "just joking", "i am joking", "not really", "not", "i wish",
		"in my dreams", "psych", "as if", "that is a lie", "or not", "almost", "sort of", "kind of", "not quite", "not yet", "someday", "i lied", "joke", "joking")
	loneWithdrawals = set(`jk kidding joke`)
	// bareWithdrawals take back what was said before only if nothing follows: "Oh wait, my dog" goes on.
	bareWithdrawals = phraseSet(`haha_no oh_wait wait_no no_wait scratch_that actually_no yeah_right`)
)

// retracts reports whether the sentence takes back the one before it.
func (x *extractor) retracts(s sentence) bool {
	i := x.skipFillers(s.from, s.to)
	if n := x.phraseOf(i, s.to, withdrawals); n > 1 || n == 1 && (i+1 == s.to || loneWithdrawals[x.toks[i].low]) {
		return true
	}
	if i == s.to && bareWithdrawals[x.plainWords(s, 3)] {
		return true
	}
	if x.belies(s.from, s.to) {
		return true
	}
	for i := s.from; i < s.to; i++ {
		if x.toks[i].is("jk", "sarcasm", "kidding") || x.ironic(i, s.to) && (i == s.from || !x.toks[i].is("/")) { // "/s" behind words is about them
			return true
		}
	}
	return false
}

// noes are whole sentences that deny the one before.
var noes = phraseSet(`we_have_not i_have_not i_am_not i_do_not i_did_not he_is_not she_is_not it_is_not it_was_not they_are_not he_does_not she_does_not it_does_not we_are_not we_do_not we_did_not i_was_not not_true not_actually not_mine not_me untrue wishful_thinking wrong_answer
	false that_was_the_plan that_was_the_dream that_was_the_idea obviously_not clearly_not of_course_not no_i_have_not no_i_am_not`)

// belies reports a sentence from token i on that says of the one before that it is not so, or whose word it is: "The ice, I mean",
// "At least that's what the app thinks".
func (x *extractor) belies(i, end int) bool {
	for i < end && x.toks[i].is("(", "[", "–", "—", "-") {
		i++
	}
	if x.toks[min(i, len(x.toks)-1)].is("said", "says") && i+2 < end && x.toks[i+1].is("the", "my", "a", "every", "nobody", "no", "absolutely", "some") {
		return true // "I moved to Bali. Said the girl in the reel"
	}
	if x.toks[min(i, len(x.toks)-1)].is("nah", "nope") && i+2 < end && x.toks[i+1].is(",") && x.toks[i+2].is("it", "that", "just", "i", "he", "she") {
		return true
	}
	if x.phrase(i, end, "really it 's") || x.phrase(i, end, "really it is") || x.phrase(i, end, "in reality") || x.phrase(i, end, "in truth") || x.phrase(i, end, "the real answer") {
		return true
	}
	i = x.skipFillers(i, end)
	if noes[strings.TrimSuffix(x.plainWords(sentence{i, end, false}, 4), " )")] {
		return true
	}
	for j := i; j < min(i+8, end); j++ {
		if x.phrase(j, end, "i mean") && j > i+1 && x.toks[j-1].is(",") && x.toks[i].is("the", "a", "an", "to", "with", "in", "at", "not", "on", "from") {
			return true
		}
	}
	if !x.toks[min(i, len(x.toks)-1)].is("at", "so", "or", "that", "that's", "this") {
		return false
	}
	for j := i; j < min(i+13, end); j++ {
		if x.toks[j].is("says", "said", "thinks", "claims", "reckons", "insists", "thought", "predicts", "tells", "told") && (x.phrase(i, end, "at least") || x.phrase(i, end, "so") && j == i+1 || x.phrase(i, end, "or so") || x.phrase(i, end, "that is what") || x.phrase(i, end, "that 's what")) && !x.anyWord(i, j, "i", "we", "my") {
			return true
		}
	}
	return false
}

// plainWords are the words of a sentence of at most so many, without marks.
func (x *extractor) plainWords(s sentence, most int) string {
	var words []string
	for i := s.from; i < s.to && len(words) <= most; i++ {
		if x.toks[i].kind == word {
			words = append(words, x.toks[i].low)
		}
	}
	return strings.Join(words, " ")
}

// ironic reports the tag "/s", which is two tokens, or a face that says the same.
func (x *extractor) ironic(i, end int) bool {
	t := &x.toks[i]
	return t.text == "🙃" || t.is("/") && i+1 < end && x.toks[i+1].is("s") && x.toks[i+1].end-t.start == 2
}

// jests reports a marker of irony inside the sentence.
func (x *extractor) jests(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		t := &x.toks[i]
		if t.kind == word && !jestStart[t.low] {
			continue
		}
		if t.is("jk", "kidding", "joking", "sarcasm", "sarcastic", "lmao") || t.text == "😜" || x.ironic(i, s.to) {
			return true
		}
		if x.phrase(i, s.to, "as far as") && x.anyWord(i+3, min(i+9, s.to), "know", "knows", "knew", "aware", "remember", "remembers", "thinks", "believes") {
			return true // "as far as the bank knows, I live in Leeds"
		}
		if n := x.phraseOf(i, s.to, unreal); n > 0 && !(t.is("on") && i+n < s.to && x.toks[i+n].is("i")) && (!t.is("as") || i+n >= s.to || i == x.skipFillers(s.from, s.to)) {
			return true
		}
	}
	return false
}

// unreal are phrases that take a sentence out of the world.
var unreal = phrases("in my dreams", "in theory", "on paper", "in an ideal world", "in a perfect world", "in my head", "in my mind", "for fun",
	"yeah right", "as if", "as though")

// jestStart are the words to look at for irony.
var jestStart = set(`jk kidding joking sarcasm sarcastic lmao in on yeah as for`)

// tags are words after the last comma that take the statement back or ask for it: ", I think", ", right".
var tags = phrases("i think", "i guess", "i suppose", "i believe", "i hope", "i wish", "maybe", "perhaps", "probably", "right",
	"apparently", "supposedly", "allegedly", "or something", "or so i", "not really", "not", "hypothetically", "if", "unless", "theoretically", "kind of", "sort of", "more or less", "basically",
	"i heard", "i hear", "so i hear", "or so i heard", "i am told", "i was told")

// harmless are tails that look like a condition or like hearsay and take nothing back.
var harmless = phrases("believe it or not", "like it or not", "if that helps", "if it helps", "if that matters", "if it matters", "if that is relevant", "if it is relevant", "if relevant", "if that makes a difference", "if that counts", "if you need to know", "if you must know",
	"if you want to know", "if anyone asks", "if anybody asks", "if they ask", "if the form asks", "if the form wants it", "if you are curious", "if you are wondering", "if you are interested", "if you ask", "if useful", "if needed", "if that is useful", "if you are asking",
	"if possible", "even if", "even though", "as if", "as though", "if you could", "if you can", "if you would", "if anything", "as i said", "as i mentioned", "as i told you", "like i said", "as i keep saying", "as if by magic", "as you know", "like i told you", "or so i am told by the passport")

// onDemand reports that a condition is only about who wants to know: "if the courier asks".
func (x *extractor) onDemand(i, end int) bool {
	for j := i; j < min(i+5, end) && x.toks[j].kind == word; j++ {
		if x.toks[j].is("makes", "changes", "affects", "ordering", "buying", "booking", "cooking", "shopping", "ask", "asks", "asked", "need", "needs", "wonder", "wonders", "wondering", "matters", "matter", "helps", "counts", "cares", "relevant", "curious", "interested", "want", "wants") {
			return true
		}
	}
	return false
}

// takenBack looks to the right of token i for what undoes a statement: a condition, a doubtful tag, or
// ", Bob said".
func (x *extractor) takenBack(i, end int) bool {
	comma := false
	for ; i < end; i++ {
		t := &x.toks[i]
		if t.is("but", ";", "because") {
			return false
		}
		if t.is("in") && i+2 < end && x.toks[i+1].is("that", "this", "the", "a") && x.toks[i+2].is("show", "movie", "series", "game", "book",
			"play", "film", "novel", "story", "musical", "sitcom", "episode", "sequel") {
			return true
		}
		if t.is("in", "on") {
			for j := i + 1; j < min(i+6, end) && x.toks[j].kind == word; j++ {
				if pretended[x.toks[j].low] && !x.toks[j-1].is("for", "and") {
					return true // "a nurse in my daughter's game"
				}
			}
		}
		if t.is("according") && i+1 < end && x.toks[i+1].is("to") || t.is("or") && i+1 < end && x.toks[i+1].is("so") || x.phraseOf(i, end, inwardly) > 0 || x.phrase(i, end, "no wait") || x.phrase(i, end, "wait no") || x.phrase(i, end, "no hang on") || x.phrase(i, end, "by which i mean") {
			return true
		}
		if t.is("lmao") || t.is("lol", "haha", "hahaha") && i+1 < end {
			return true
		}
		if t.is("so") && i+1 < end && !x.toks[i+1].is("they", "i", "he", "she", "to", "far") || t.is("so") && i+2 < end && x.toks[i+1].is("i", "they") && !hedges[x.toks[i+2].low] && !x.toks[i+2].is("am", "was") {
			return false // "…, so if you could change the plan"
		}
		if t.is("and") && i+2 < end && x.toks[i+1].is("i", "my", "we", "our", "he", "she", "they", "it", "just", "please", "leave", "ring", "knock", "bring", "come", "do") {
			return false
		}
		if n := x.phraseOf(i, end, harmless); n > 0 {
			i += n - 1
			continue
		}
		if t.is("if") && x.onDemand(i+1, end) {
			continue
		}
		if t.is("if", "unless", "someday", "hypothetically", "supposedly", "allegedly", "theoretically", "provided", "assuming") {
			return true
		}
		if !comma && t.is("maybe", "perhaps", "probably", "possibly", "apparently", "soon") {
			return true
		}
		if t.is("or") && !comma {
			return true
		}
		if t.kind == punct || t.kind == newline {
			comma = true
			if i+1 < end && x.toks[i+1].is("said", "says") {
				return true
			}
			if x.phraseOf(i+1, end, harmless) > 0 {
				continue
			}
			n := x.phraseOf(i+1, end, tags)
			if n > 0 && (i+1+n >= end || x.toks[i+1+n].is(")", "lol", "haha", "hahaha", "lmao", "ha")) {
				return true
			}
			for j := i + 2; j < min(i+5, end) && x.toks[j].kind == word; j++ {
				if x.toks[j].is("said", "says", "claims", "claimed", "told", "reckons", "insists", "joked", "thinks", "tells") {
					if !x.toks[i+1].is("which", "who", "that", "as", "and", "nobody") && (j+1 >= end || x.toks[j+1].kind == punct || x.toks[j].is("told", "tells")) {
						return true
					}
					break
				}
			}
			if j := x.skipFillers(i+1, min(i+4, end)); n == 0 && j > i+1 && j+2 < end && x.toks[j].is("i", "we", "my", "our", "he", "she", "they", "it") {
				return false // ", and my son …" is said of something else
			}
		}
	}
	return false
}

// inwardly are what makes a statement one about feelings: "I work at Greggs in spirit".
var inwardly = phrases("in spirit", "at heart", "in my heart", "in my head", "in my mind", "deep down", "in dog years", "in my imagination", "emotionally", "spiritually", "mentally")

// pretended are what people are something in without being it.
var pretended = set(`game games play pantomime panto musical sitcom nativity charades monopoly roleplay sims minecraft`)
