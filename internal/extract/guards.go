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
	predict dreamt fantasize as-if someday eventually ideally when whenever once unlike rather instead whoever whatever
	afraid worried worry worries fear feared denies denied refuses refused rumored promise promised
	proposed suggested suggests recommends recommended advised advises argued argues announced lest unsure confused
	hypothetical sarcastically sarcasm`)

// resets end the reach of a hedge.
func resets(t *token) bool { return t.is("but", ";") }

// fictional are phrases after which nothing in the text is taken as the speaker's own facts.
var fictional = []string{"my character", "my protagonist", "the protagonist", "in my novel", "in the novel", "in a novel", "in my book",
	"in the book", "in my story", "in the story", "in this story", "a short story", "in the game", "in my game", "in the movie",
	"in my dream", "in a dream", "in the dream", "in my dreams", "i dreamed", "i dreamt", "i had a dream", "had this dream",
	"had a weird dream", "role play", "role-play", "roleplay", "once upon a time", "act as", "you are a", "you are an",
	"pretend", "pretending", "imagine", "imagining", "hypothetically", "let's say", "let 's say", "lets say", "for example", "for instance",
	"suppose", "write a story", "write me a story", "write a poem", "write a song", "in character", "fan fiction", "fanfiction",
	"in a parallel universe", "in another life", "in an alternate", "act like", "screenplay", "my d&d", "our d&d", "the campaign",
	"a scene", "the scene", "my persona", "this persona", "my alter ego", "lorem ipsum", "as a joke", "what if", "a story about",
	"a joke about", "a poem about", "a song about", "a tale about", "the story of", "tell me a story", "a fairy tale", "a fictional"}

// pasting are words that announce a text of somebody else when a colon follows.
var pasting = set(`proofread translate rewrite rephrase summarise summarize fix edit correct paraphrase review improve polish
	text email e-mail mail letter message quote following says said wrote writes wrote reads below bio paragraph article sentence
	sentences story poem lyrics post tweet caption essay draft speech example examples transcript review note template
	asked replied answered told here's this these`)

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
		if t.is(":") && x.pastes(s.from, i, s.to) {
			return true
		}
		if t.kind == word && fictionStart[t.low] && x.phraseOf(i, s.to, fictional) > 0 {
			return true
		}
	}
	return false
}

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
	for ; i < s.to; i++ {
		if textNouns[x.toks[i].low] {
			return true
		}
	}
	return false
}

// fictionStart holds the first words of the fictional phrases, to look no further for others.
var fictionStart = firstWords(fictional)

func firstWords(phrases []string) map[string]bool {
	m := map[string]bool{}
	for _, p := range phrases {
		w, _, _ := strings.Cut(p, " ")
		m[w] = true
	}
	return m
}

// transcript reports a line that starts with a speaker's label: "Bob: …".
func (x *extractor) transcript(i, end int) bool {
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
	for j := from; j < i; j++ {
		if pasting[x.toks[j].low] {
			return true
		}
	}
	return false
}

// retracts reports whether the sentence takes back the one before it.
func (x *extractor) retracts(s sentence) bool {
	for _, p := range []string{"just kidding", "jk", "kidding", "i am kidding", "i am just kidding", "only joking", "just joking", "i am joking",
		"haha no", "not really", "not", "i wish", "in my dreams", "psych", "oh wait", "wait no", "no wait", "scratch that",
		"actually no", "as if", "that is a lie", "or not", "yeah right",
		"almost", "sort of", "kind of", "not quite", "not yet", "someday", "i lied"} {
		if x.phrase(x.skipFillers(s.from, s.to), s.to, p) && (strings.Contains(p, " ") || p == "jk" || p == "kidding" || s.to-x.skipFillers(s.from, s.to) == 1) {
			return true
		}
	}
	for i := s.from; i < s.to; i++ {
		if x.toks[i].is("jk", "sarcasm", "kidding") || x.toks[i].text == "/s" || x.toks[i].text == "🙃" {
			return true
		}
	}
	return false
}

// jests reports a marker of irony inside the sentence, or the tag "/s" (tokenised as a slash and an s).
func (x *extractor) jests(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		t := &x.toks[i]
		if t.kind == word && !jestStart[t.low] {
			continue
		}
		if t.is("jk", "kidding", "joking", "sarcasm", "sarcastic", "lmao") || t.text == "🙃" || t.text == "😜" {
			return true
		}
		if t.is("/") && i+1 < s.to && x.toks[i+1].is("s") && x.toks[i+1].end-t.start == 2 {
			return true
		}
		if t.is("in", "on", "yeah", "as", "for") && x.phraseOf(i, s.to, unreal) > 0 {
			return true
		}
	}
	return false
}

// unreal are phrases that take a sentence out of the world.
var unreal = []string{"in my dreams", "in theory", "on paper", "in an ideal world", "in a perfect world", "in my head", "in my mind", "for fun",
	"yeah right", "as if", "as though"}

// jestStart are the words to look at for irony.
var jestStart = set(`jk kidding joking sarcasm sarcastic lmao in on yeah as for`)

// tags are words after the last comma that take the statement back or ask for it: ", I think", ", right".
var tags = []string{"i think", "i guess", "i suppose", "i believe", "i hope", "i wish", "maybe", "perhaps", "probably", "right",
	"apparently", "supposedly", "allegedly", "or something", "or so i", "not really", "not", "hypothetically", "if", "unless", "theoretically", "kind of", "sort of", "more or less", "basically",
	"i heard", "i hear", "so i hear", "or so i heard", "i am told", "i was told"}

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
		if t.is("lol", "haha", "hahaha", "lmao") {
			return true
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
			n := x.phraseOf(i+1, end, tags)
			if n > 0 && (i+1+n >= end || x.toks[i+1+n].is(")")) {
				return true
			}
			for j := i + 2; j < min(i+5, end); j++ {
				if x.toks[j].is("said", "says", "claims", "claimed", "told", "reckons", "insists", "joked", "thinks", "tells") {
					return true
				}
				if x.toks[j].kind != word {
					break
				}
			}
		}
	}
	return false
}
