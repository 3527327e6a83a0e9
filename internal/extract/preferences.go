package extract

import (
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// tastes are the verbs of liking and disliking, with their labels.
var tastes = map[string]string{
	"like": Likes, "love": Likes, "enjoy": Likes, "adore": Likes, "prefer": Prefers,
	"hate": Dislikes, "dislike": Dislikes, "detest": Dislikes, "loathe": Dislikes, "despise": Dislikes,
}

// emptyThings are words that no preference can be about: pronouns, and what points at something said before.
var emptyThings = set(`it that this these those them him her he she you me us we they what how when where why who which everything
	nothing something anything everyone someone anyone nobody one ones the my your his its our their a an some any all both
	each every another other others such here there to not no never if whether as so too more most less be being been
	seeing hearing knowing thinking having getting doing making working talking idea ideas way fact thing things stuff
	people person suggestion suggestions answer recommendation recommendations plan reply think thought
	myself yourself himself herself i and or but of in on at for with from by about
	helping spending meeting going trying option options version number choice choices`)

// looseVerbs are gerunds that need what follows them.
var looseVerbs = set(`going playing listening watching reading learning visiting eating drinking cooking hanging spending exploring
	taking trying making working talking meeting helping seeing getting doing driving writing building collecting growing
	riding practicing practising experimenting tinkering walking staying travelling traveling running studying being`)

// definites are things with an article that are one standing thing all the same.
var definites = set(`beach outdoors ocean sea mountains countryside cold rain snow heat piano guitar violin sun beatles city`)

// thingEnds are words before which a thing is complete.
var thingEnds = set(`and but because so although though while since or than better after before until cos coz`)

// trailing are words after a thing that belong to the verb.
var trailing = phrases("tho", "of all things", "of all people", "no joke", "i know", "i am afraid", "apparently", "whatever the weather", "innit", "by the way", "btw", "as it happens", "for some reason", "full stop", "end of", "period", "tbh", "ngl", "if you must know", "so much", "very much", "that much", "much", "a lot", "too", "as well", "the most", "more than anything", "these days", "now", "anymore",
	"any more", "any longer", "lately", "right now", "at all", "also", "in general", "a bit", "most", "best", "again", "anyway", "anyhow", "honestly", "obviously", "sometimes", "here", "there", "myself", "after all", "the best", "more", "in particular", "actually", "though", "nowadays", "at the minute", "at the moment", "at present", "atm", "rn", "currently", "me", "completely", "entirely", "totally", "altogether", "for life", "forever", "any day", "all day long", "to bits",
	"to death", "with a passion", "through and through", "every time", "all the time", "years ago", "ages ago", "months ago", "weeks ago", "a while ago", "a while back", "years back", "back in the day", "long ago", "in the end", "believe it or not", "big time", "no end", "hands down", "day and night", "passionately", "dearly", "deeply", "badly", "properly", "seriously", "severely")

// thingsAt reads the object of a preference: one noun phrase or gerund, or a list of them. It reports false
// for what is empty, definite, too long or restricted by a clause.
func (x *extractor) thingsAt(i, end int) ([]mention, bool) {
	var out []mention
	if m, ok, series := x.qualified(i, end); series {
		if !ok {
			return nil, false
		}
		return x.listed([]mention{m}, x.skipTrailing(m.to, end), end)
	}
	for len(out) < 8 {
		m, ok := x.thingAt(i, end)
		if !ok {
			return nil, false
		}
		out = append(out, m)
		j := x.skipTrailing(m.to, end)
		if j >= end || !x.toks[j].is(",", "and", "&") {
			return x.listed(out, j, end)
		}
		k := j + 1
		if x.toks[j].is(",") && k < end && x.toks[k].is("and", "but", "especially", "because", "so", "which", "not", "though", "although", "too", "as") {
			if !x.toks[k].is("and") {
				return x.listed(out, j, end)
			}
			k++
		}
		next, ok := x.thingAt(k, end)
		if x.toks[j].is(",") && ok && (next.to-next.from == 1 && afterthought(x.toks[k].low) && x.ends(next.to, end) || x.toks[k].is("tastes", "smells", "looks", "sounds", "feels", "makes", "gives", "reminds", "brings")) {
			return x.listed(out, j, end) // "allergic to walnuts, properly"
		}
		if !ok || x.newStatement(k, end) {
			if x.toks[j].is("&") || x.toks[k-1].is("and") && !x.newStatement(k, end) {
				return nil, false // "salt and …": what was it?
			}
			return x.listed(out, j, end)
		}
		if x.toks[j].is(",") && !x.toks[k-1].is("and") && !x.listAhead(next.to, end) {
			for k := next.from; k < next.to && len(out) == 1; k++ {
				if x.toks[k].is("of", "a", "the") {
					return x.listed(out, j, end) // "mushrooms, texture of a wet sock"
				}
			}
			if lone := m.to-m.from == 1 && m.to == j && !gerund(x.toks[m.from].low) && x.ends(next.to, end) && !x.toks[m.from].upper && !x.toks[next.from].upper && !x.takenBack(j, end); lone && next.to-next.from > 1 && len(out) == 1 && !strings.HasSuffix(x.toks[next.from].low, "s") {
				m = mention{text: x.quote(m.from, next.to), from: m.from, to: next.to} // "old, dusty bookshops"
				if m.text == "" {
					return nil, false
				}
				return x.listed([]mention{m}, next.to, end)
			} else if lone || gerund(x.toks[m.from].low) && gerund(x.toks[next.from].low) {
				return x.listed(append(out, next), x.skipTrailing(next.to, end), end) // "tea, coffee"
			}
			return x.listed(out, j, end)
		}
		if !parallel(x, m, next) {
			return nil, false
		}
		i = k
	}
	return nil, false
}

// afterthought reports a word that is said of the statement before the comma and names nothing.
func afterthought(s string) bool {
	return strings.HasSuffix(s, "ly") && len(s) > 4 && !edibles[s] || sideWords[s]
}

var sideWords = set(`though honest innit right yes yeah please thanks cheers sorry mate guys folks bad deathly alas obvs tho fyi btw tbh ngl always really lol ok okay period
	anyway anyhow weirdly true indeed naturally mind full-stop guilty ugh yuck yum bleurgh bro sadly sigh bless`)

// ends reports whether the sentence or the statement is over at token i.
func (x *extractor) ends(i, end int) bool {
	i = x.skipTrailing(i, end)
	return i >= end || x.toks[i].kind == newline || x.toks[i].kind == punct && !x.toks[i].is("/", "'") || x.toks[i].is("because", "so", "but", "since") || x.toks[i].is("and") && x.newStatement(i+1, end)
}

// listed checks that nothing after the list changes what was read.
func (x *extractor) listed(out []mention, i, end int) ([]mention, bool) {
	if i < end && x.toks[i].kind == quoted {
		return nil, false
	}
	if x.takenBack(i, end) {
		return nil, false
	}
	return out, true
}

// listAhead reports that "and" and a last item follow, so that a comma was part of a list.
func (x *extractor) listAhead(i, end int) bool {
	for n := 0; i < end && n < 24; i, n = i+1, n+1 {
		if x.toks[i].is("and", "&") {
			return !x.newStatement(i+1, end)
		}
		if x.toks[i].kind == newline || x.toks[i].is(";", "but", "because") {
			return false
		}
	}
	return false
}

// newStatement reports whether a new statement begins at i rather than another thing.
func (x *extractor) newStatement(i, end int) bool {
	if i >= end {
		return true
	}
	t := &x.toks[i]
	if t.is("i", "my", "he", "she", "it", "we", "they", "there", "that", "this", "you", "the", "his", "her", "our", "so", "then", "also",
		"am", "is", "was", "have", "had", "can", "will", "would", "do", "not", "usually", "often", "always", "never", "sometimes", "try", "spend", "go", "just", "yet", "still", "now", "even", "maybe", "otherwise", "who", "what", "how", "where", "when", "if", "please") {
		return true
	}
	if v, ok := verbs[t.low]; ok && v.forms&ingForm == 0 {
		return true
	}
	if t.is("last", "every", "once", "whatever", "anyone", "anybody", "everyone", "everybody", "somebody") {
		return true
	}
	for j := i; j < min(i+4, end); j++ {
		u := &x.toks[j]
		if j > i && u.is("i", "my", "we", "he", "she", "they", "it") {
			return true // "and last time my lip swelled up"
		}
		if u.is("is", "are", "was", "were", "has", "have", "will", "would", "can", "'s") {
			return true
		}
		if v, ok := verbs[u.low]; ok && j > i && v.forms&(thirdForm|pastForm) != 0 && !u.is("works", "leads", "moves", "drives", "plays", "drinks", "names", "calls", "based", "walks", "runs", "dances", "rides", "swims", "reads", "books", "shows", "drinks", "stings", "bites") {
			return true
		}
	}
	return false
}

// parallel reports whether two items can stand in one list: both gerunds or neither, and no shared head
// ("hot and spicy food").
func parallel(x *extractor, a, b mention) bool {
	ga, gb := gerund(x.toks[a.from].low), gerund(x.toks[b.from].low)
	if ga != gb {
		return ga && a.to-a.from == 1 || gb && b.to-b.from == 1 // "hiking, baking and old films"
	}
	last := x.toks[a.to-1].low
	return ga || b.to-b.from == 1 || a.to-a.from > 1 || hobbies[last] || edibles[last] || allergens[last] || strings.HasSuffix(last, "s") && !strings.HasSuffix(last, "ss") && !strings.HasSuffix(last, "ous") // "jigsaws and bad karaoke"
}

func gerund(s string) bool { return strings.HasSuffix(s, "ing") && len(s) > 5 }

// compounds are pairs that are one thing.
var compounds = set(`fish-and-chips mac-and-cheese rock-and-roll salt-and-vinegar bread-and-butter arts-and-crafts peanut-and-jelly
	gin-and-tonic drum-and-bass r&b science-and-technology black-and-white ham-and-cheese macaroni-and-cheese cookies-and-cream
	dungeons-and-dragons game-and-watch spaghetti-and-meatballs`)

// numbered reports whether the sentence that holds token i is an item of a numbered list.
func (x *extractor) numbered(i int) bool {
	for j := x.lineStart(i); j >= 1 && j > i-12; j-- {
		if x.toks[j-1].is(".", ")") && j >= 2 && len(x.toks[j-2].text) == 1 && x.toks[j-2].text[0] <= '9' {
			return true
		}
	}
	return false
}

// thingAt reads one thing: up to six words to the end of the phrase.
func (x *extractor) thingAt(i, end int) (mention, bool) {
	if i < end && x.toks[i].is("the") && i+1 < end && (definites[x.toks[i+1].low] || x.toks[i+1].upper) {
		i++
	}
	if i >= end || x.toks[i].kind != word || emptyThings[x.toks[i].low] && !(looseVerbs[x.toks[i].low] && i+1 < end && x.toks[i+1].kind == word) {
		return mention{}, false
	}
	j := i
	for j < end && j-i < 8 {
		t := &x.toks[j]
		if t.kind != word || j > i && !t.joined || j > i && len(t.text) == 1 && t.text[0] <= '9' && j+1 < end && x.toks[j+1].is(")") || j > i && j+1 == end && len(t.text) == 1 && t.text[0] <= '9' && x.numbered(i) {
			break
		}
		if t.is("and") && j+1 < end && j > i && compounds[x.toks[j-1].low+"-and-"+x.toks[j+1].low] {
			j += 2
			continue
		}
		if _, dated := x.whenAt(j, end, backward); dated {
			break
		}
		if thingEnds[t.low] || x.phraseOf(j, end, trailing) > 0 && x.skipTrailing(j, end) != j && j > i {
			break
		}
		if t.is("that", "which", "who", "when", "where", "if", "whenever", "unless", "until", "how", "what", "why", "you", "your", "this", "these",
			"those", "it", "them", "him", "i", "he", "she", "they", "we", "is", "are", "was", "were", "not", "'s", "has", "have",
			"today", "tonight", "yesterday", "tomorrow", "will", "would", "can", "could", "lol", "haha", "hahaha", "neither", "nor", "my", "her", "his", "their", "our", "being", "me", "us", "as", "does", "do", "did") {
			return mention{}, false
		}
		j++
	}
	if j == i || j-i > 7 || j < end && x.toks[j].is("or", "than", "/") && !x.toks[j].is("than") {
		return mention{}, false
	}
	if j < end && (x.toks[j].kind == quoted || x.toks[j].is("'", "/", "@")) {
		return mention{}, false
	}
	lastTok := &x.toks[j-1]
	if lastTok.is("in", "on", "at", "for", "with", "from", "by", "about", "of", "to", "the", "a", "an") {
		return mention{}, false
	}
	if j-i == 1 && (looseVerbs[lastTok.low] && emptyThings[lastTok.low] || len([]rune(lastTok.text)) < 2) {
		return mention{}, false
	}
	m := mention{text: x.quote(i, j), from: i, to: j}
	for _, r := range lastTok.text {
		if r >= '0' && r <= '9' && j-i == 1 {
			return m, false
		}
	}
	return m, m.text != ""
}

func (x *extractor) skipTrailing(i, end int) int {
	for i < end {
		n := x.phraseOf(i, end, trailing)
		if n == 0 || i+n < end && x.toks[i+n].kind == word && !thingEnds[x.toks[i+n].low] && x.phraseOf(i+n, end, trailing) == 0 {
			return i
		}
		i += n
	}
	return i
}

// topic makes a party of a thing; a known entity or a person keeps its type.
func (x *extractor) topic(m mention) party {
	p := party{ref: record.EntityRef{Type: record.TypeTopic, Name: m.text}, from: m.from, to: m.to, conf: 1}
	if e, ok := x.known(m.text, record.TypeTopic, record.TypeProduct, record.TypeOrganisation, record.TypeLocation, record.TypeProject, record.TypeOther); ok {
		p.ref = e
		return p
	}
	if n, ok := x.personAt(m.from, m.to); ok && n.to == m.to && x.people.evidence(n, false) == strongEvidence {
		q := x.people.resolve(n)
		if q.doubt != "" || x.vocabPerson(n.text) || strings.Contains(n.text, " ") || x.people.intro[strings.ToLower(n.text)] {
			return q
		}
	}
	return p
}

// preference reads a clause of liking, disliking or preferring.
func (c *clause) preference() bool {
	label, ok := tastes[c.v.lemma]
	if !ok || c.v.passive || c.subj.weak {
		return false
	}
	i := c.v.end
	if i < c.end && c.x.toks[i].is("to") { // "I like to swim"
		if label == Prefers || label == Dislikes || i+1 >= c.end || c.x.toks[i+1].is("think", "believe", "say", "see", "know", "be", "have", "do", "get", "hear", "admit", "imagine", "call", "joke", "keep", "make", "take", "go", "use", "try") {
			return false
		}
		c.infinitive = true
		i++
	}
	return c.likes(label, i)
}

// likes emits the preference with the label for what is listed at i.
func (c *clause) likes(label string, i int) bool {
	x := c.x
	v := c.v
	switch {
	case v.ended():
	case v.tense == present:
	case v.tense == perfect && v.always && c.subj.speaker, v.tense == progressive && v.lemma == "love":
		if v.tense == progressive {
			return false
		}
	default:
		return false
	}
	if v.negated && !v.ended() && (label == Prefers || v.lemma == "love" || v.lemma == "adore") {
		return false // not to love is not to dislike
	}
	things, ok := c.preferred(label, c.pastArticle(label, i))
	if !ok {
		if i < c.end && (x.toks[i].is("the") || !emptyThings[x.toks[i].low]) && x.specific(i, c.end) {
			c.stop(label, notObject, i+1)
		}
		return false
	}
	last := things[len(things)-1].to
	if c.infinitive && (last-i > 3 || last < c.end && x.toks[last].is("before", "after", "until")) {
		return false // a habit or a scruple
	}
	if c.infinitive { // "to box" is not "box"
		if things[0].from, things[0].text = i-1, x.quote(i-1, things[0].to); things[0].text == "" {
			return false
		}
	}
	if v.negated && !v.ended() && last < c.end && (x.toks[last].is("much", "most") || x.phrase(last, c.end, "that much") || x.phrase(last, c.end, "so much")) {
		return false // "not much" is neither liking nor disliking
	}
	for _, m := range things {
		f := fact{subject: c.subj, key: label, object: x.topic(m), category: knowledge, conf: c.strength(), from: c.from, to: m.to}
		if len(things) > 1 || m.to-m.from > 3 {
			f.conf = min(f.conf, 0.85)
		}
		switch {
		case v.ended():
			x.invalidate(f, c.endDate(m.to))
		case v.negated && label == Likes:
			f.key = Dislikes
			x.relation(f)
			f.key = Likes
			x.invalidate(f, c.endDate(m.to))
		case v.negated:
			x.invalidate(f, c.endDate(m.to)) // "I don't hate it" is not liking it
		default:
			x.relation(f)
			if o := Opposite(label); o != "" && !x.ending {
				f.key = o
				x.invalidate(f, c.endDate(m.to))
			}
		}
	}
	if v.usedTo {
		c.instead(label, last)
	}
	return true
}

// pastArticle moves over "a" and "a good" before what one likes at all times: "I love a good curry", "I hate an early start".
func (c *clause) pastArticle(label string, i int) int {
	x := c.x
	if i+1 >= c.end || !x.toks[i].is("a", "an") || c.v.tense != present || c.infinitive || label == Prefers {
		return i
	}
	j := i + 1
	for j+1 < c.end && x.toks[j].is("good", "nice", "proper", "decent", "cheeky", "lovely", "cosy", "cozy", "bit", "of", "spot") && x.toks[j+1].kind == word {
		j++
	}
	if somebody[x.toks[j].low] || kin[x.toks[j].low] != "" && kin[x.toks[j].low] != "pet" || x.toks[j].is("lot", "challenge", "little", "few", "couple", "person", "hint", "clue", "coincidence", "certain", "trier", "man", "that", "this") || jobs[x.toks[j].low] {
		return i
	}
	return j
}

// preferred reads the things at i; what is preferred ends before what it is preferred to.
func (c *clause) preferred(label string, i int) ([]mention, bool) {
	if label != Prefers {
		return c.x.thingsAt(i, c.end)
	}
	for j := i + 1; j < min(i+5, c.end); j++ {
		if c.x.toks[j].is("over", "to", "than") && j+1 < c.end && c.x.toks[j+1].kind == word {
			m, ok := c.x.thingAt(i, j)
			if ok && m.to != j || c.x.takenBack(j, c.end) {
				return nil, false
			}
			return []mention{m}, ok
		}
	}
	return c.x.thingsAt(i, c.end)
}

// instead reads the second half of "I used to prefer X but now Y".
func (c *clause) instead(label string, i int) {
	x := c.x
	if i < c.end && x.toks[i].is(",") {
		i++
	}
	if !x.phrase(i, c.end, "but now") || i+2 < c.end && x.toks[i+2].is("i") {
		return
	}
	if m, ok := x.thingAt(i+2, c.end); ok && m.to >= c.end {
		x.relation(fact{subject: c.subj, key: label, object: x.topic(m), category: knowledge, conf: likely, from: i + 1, to: m.to})
	}
}

// mastering are ways to say that one has a language.
var mastering = phrases("can get by in", "can hold a conversation in", "can converse in", "can chat in", "can read and write", "can read and speak", "can understand", "can manage", "can hold my own in", "can also speak", "can read", "can communicate in", "can speak some", "can speak a bit of", "can speak a little", "can speak fluent",
	"can also get by in", "can also understand", "can just about get by in", "can make myself understood in", "can follow")

// cannotStand reads "I can't stand X" and "I'd rather drink X than Y".
func (c *clause) cannotStand() bool {
	x := c.x
	i := c.v.end
	for i < c.end && softAdverbs[x.toks[i].low] {
		i++
	}
	if x.phrase(i, c.end, "can not") && i+2 < c.end && x.toks[i+2].is("stand", "bear", "abide", "stomach", "tolerate") && !(i+3 < c.end && x.toks[i+3].is("up", "on", "still", "straight", "for", "long", "there", "in", "at", "by", "next", "around", "here", "without")) {
		c.v = verbGroup{lemma: "stand", end: i + 3}
		return c.likes(Dislikes, i+3)
	}
	if x.phrase(i, c.end, "can not be doing with") || x.phrase(i, c.end, "can not be dealing with") {
		c.v = verbGroup{lemma: "stand", end: i + 5}
		return c.likes(Dislikes, i+5)
	}
	if x.phrase(i, c.end, "can not get enough of") {
		c.v = verbGroup{lemma: "like", end: i + 5}
		return c.likes(Likes, i+5)
	}
	if n := x.phraseOf(i, c.end, mastering); n > 0 {
		return c.tongues(i + n)
	}
	if x.phrase(i, c.end, "can speak") || x.phrase(i, c.end, "can also speak") {
		n := 2
		if x.toks[i+1].is("also") {
			n++
		}
		return c.tongues(i + n)
	}
	if x.phrase(i, c.end, "would") && i+2 < c.end && x.toks[i+1].is("take", "choose", "pick", "have", "drink", "eat") {
		m, ok := x.thingAt(i+2, c.end)
		for j := i + 3; ok && j < min(i+6, c.end); j++ { // "I'd take tea over coffee any day"
			if x.toks[j].is("over") {
				m, ok = x.thingAt(i+2, j)
				return ok && m.to == j && !x.takenBack(j, c.end) && x.relation(fact{subject: c.subj, key: Prefers, object: x.topic(m), category: knowledge, conf: likely, from: c.from, to: m.to})
			}
		}
	}
	if x.phrase(i, c.end, "would rather") && i+3 < c.end && x.toks[i+2].is("have", "drink", "eat", "use") {
		m, ok := x.thingAt(i+3, c.end)
		if !ok || m.to >= c.end || !x.toks[m.to].is("than") || m.to-m.from > 2 {
			return false
		}
		return x.relation(fact{subject: c.subj, key: Prefers, object: x.topic(m), category: knowledge, conf: likely, from: c.from, to: m.to})
	}
	return false
}

// switched reads "I switched from coffee to tea".
func (c *clause) switched() bool {
	x := c.x
	if !c.v.plain() || c.v.tense != past && c.v.tense != perfect || c.v.end >= c.end || !x.toks[c.v.end].is("from") {
		return false
	}
	i := c.v.end + 1
	to := i
	for to < c.end && to < i+3 && !x.toks[to].is("to") {
		to++
	}
	if to >= c.end || !x.toks[to].is("to") || to == i || !x.consumable(i, to) {
		return false
	}
	m, ok := x.thingAt(to+1, c.end)
	if !ok || m.to-m.from > 2 || !x.consumable(m.from, m.to) || !x.endsWell(m.to, c.end) || x.takenBack(m.to, c.end) {
		return false
	}
	old := mention{text: x.quote(i, to), from: i, to: to}
	f := fact{subject: c.subj, key: Prefers, object: x.topic(m), category: knowledge, conf: likely, from: c.from, to: m.to}
	if w, ok := c.dates(m.to, backward); ok && w.kind == onDate {
		f.valid.From = w.interval.From
	}
	x.relation(f)
	f.object, f.to = x.topic(old), to
	return x.invalidate(f, f.valid.From)
}

// edibles are what one can change to and prefer from then on.
var edibles = set(`decaf tea coffee milk water soy oat almond juice beer wine cider rum gin whisky whiskey espresso cappuccino matcha chai rooibos honey stevia butter margarine
	tofu tempeh seitan fish chicken rice pasta bread sourdough rye oats porridge yoghurt yogurt cheese kombucha lager ale stout vapes vaping cigars nicotine gum`)

// consumable reports whether the words name something that one has a taste for, and not a job or a firm.
func (x *extractor) consumable(a, b int) bool {
	for i := a; i < b; i++ {
		t := &x.toks[i]
		if t.kind != word || emptyThings[t.low] || departments[t.low] || jobs[t.low] || gerund(t.low) && b-a == 1 {
			return false
		}
		if t.upper && !notPlaces[t.low] {
			if _, ok := x.known(t.text, record.TypeTopic, record.TypeProduct); !ok {
				return false
			}
		}
	}
	return x.quote(a, b) != ""
}
