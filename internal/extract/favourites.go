package extract

import (
	"strings"
	"time"
)

// favourites are the ways to write the word.
var favourites = set(`favourite favorite fav fave`)

// vagueThings are favourites of which nothing is known afterwards.
var vagueThings = set(`bit bits kind sort type side aspect subject teacher person human colleague customer student pupil people child kid son daughter thing things part parts one ones way ways memory moment`)

// scopes say among what something is a favourite.
var scopes = phrases("in the world", "in the whole world", "on earth", "ever", "right now", "at the moment", "to eat", "to watch", "to cook", "to read", "to visit", "to listen to", "to play", "by far", "when i was little", "as a kid", "of them all", "of the lot")

// favourite reads "favourite colour is blue".
func (c *clause) favourite(i int) bool {
	x := c.x
	if c.favouriteTitle(i) {
		return true
	}
	j := i + 1
	scope := 0 // where "in the world" begins
	for j < c.end && j < i+7 && !x.toks[j].is("is", "are", "'s", "has", "these") && !(j > i+1 && (x.phrase(j, c.end, "i would say") || x.phrase(j, c.end, "it would be") || x.phrase(j, c.end, "would be") || x.phrase(j, c.end, "would have to be"))) && !(j > i+1 && x.toks[j].is("it") && j+1 < c.end && x.toks[j+1].is("'s", "is")) {
		if n := x.phraseOf(j, c.end, scopes); n > 0 && j > i+1 {
			scope, j = j, j+n
			break
		}
		if x.toks[j].is("to") && j > i+1 { // "favourite podcast to fall asleep to"
			for k := j + 1; k < min(j+6, c.end) && scope == 0; k++ {
				if x.toks[k].is("is", "are", "'s") {
					scope, j = j, k
				}
			}
			break
		}
		if x.toks[j].kind != word || emptyThings[x.toks[j].low] && !x.toks[j].is("thing", "person", "of", "all") {
			return false
		}
		j++
	}
	if j == i+1 || j+1 >= c.end || j > i+7 && scope == 0 || scope == 0 && j > i+4 && !x.phrase(j-3, j, "of all time") {
		return false
	}
	what := j
	if scope > 0 {
		what = scope
	}
	if x.phrase(j, c.end, "these days") {
		j += 2
	}
	if j > i+4 && x.phrase(j-3, j, "of all time") {
		what = j - 3
	}
	if x.phrase(j, c.end, "has to be") || x.phrase(j, c.end, "has got to be") {
		for j+1 < c.end && !x.toks[j].is("be") {
			j++
		}
	} else if x.phrase(j, c.end, "has always been") || x.phrase(j, c.end, "has long been") {
		j += 2
	} else if j+3 < c.end && (x.phrase(j, c.end, "i would say") || x.phrase(j, c.end, "it would be") || x.phrase(j, c.end, "would be") || x.phrase(j, c.end, "would have to be")) {
		for j+1 < c.end && !x.toks[j].is("say", "be") {
			j++
		}
	} else if j+2 < c.end && x.toks[j].is("it") && x.toks[j+1].is("'s", "is") {
		j++
	} else if j+1 >= c.end || !x.toks[j].is("is", "are", "'s") {
		return false
	}
	head := x.toks[what-1].low
	if vagueThings[head] || kin[head] != "" {
		return false
	}
	key := CanonicalKey("favourite " + singular(x.quote(i+1, what)))
	k := j + 1
	for k < c.end && x.toks[k].is("apparently", "probably", "definitely", "still", "now", "currently", "actually", "also") {
		if x.toks[k].is("probably") || k+1 < c.end && x.toks[k+1].is("whatever", "whoever", "anything", "apparently") {
			return false
		}
		k++
	}
	f := fact{subject: c.subj, key: key, category: knowledge, conf: sure, from: c.from}
	if k < c.end && x.toks[k].kind == quoted {
		text := strings.Trim(x.toks[k].text, "\"“”„«»`'‘’ ")
		if text == "" || strings.ContainsAny(text, "\n") || len(text) > 80 || !x.endsWell(k+1, c.end) {
			return false
		}
		f.value, f.to = text, k+1
		return x.attribute(f)
	}
	if k < c.end && x.toks[k].is("the", "a", "an") && !x.toks[k].upper {
		k++
	}
	if k < c.end && x.toks[k-1].is("a", "an", "the") && x.toks[k].is("mess", "secret", "classic", "mystery", "tie", "toss-up", "disaster",
		"joke", "hit", "same", "best", "one", "latest", "bit") {
		return false
	}
	m, ok := x.titleAt(k, c.end)
	if !ok {
		if m, ok = x.thingAt(k, c.end); !ok || x.takenBack(m.to, c.end) {
			return false
		}
		if m.to < c.end && x.toks[m.to].is("and", "&") && !x.newStatement(m.to+1, c.end) {
			return false // two values for a key that has one
		}
	}
	for j := m.from + 1; j < m.to; j++ { // "cold rice pudding straight from the tin"
		if x.toks[j].is("with") && j+1 < m.to && x.toks[j+1].is("too", "extra", "loads", "lots", "a", "way", "enough") && !x.toks[m.from].upper || x.toks[j].is("straight", "from", "at", "especially", "ideally", "preferably", "served", "eaten") && !x.toks[m.from].upper {
			m = mention{text: x.quote(m.from, j), from: m.from, to: j}
			break
		}
	}
	if v := lower(m.text); nothings[v] || strings.HasSuffix(v, " one") || strings.HasSuffix(v, " ones") || mockFavourites[head] {
		return false // "my favourite chair is broken"
	}
	f.value, f.to = m.text, m.to
	return m.text != "" && x.attribute(f)
}

// nothings are what is said of things and names none; mockFavourites are things of which nobody has a favourite in earnest.
var (
	nothings       = set(`broken gone dead closed missing finished cancelled canceled lost empty back sold late over ruined dirty clean traffic torn ripped stained shut out discontinued retired taken free ready open coming`)
	mockFavourites = set(`excuse mistake sin lie insult complaint swear swearword problem disaster enemy child kid ex position expletive disease trauma failure bill bug error colleague customer parent`)
)

// titleAt reads a capitalised title with its small words: "The Lord of the Rings".
func (x *extractor) titleAt(i, end int) (mention, bool) {
	if i >= end || !x.toks[i].upper || x.toks[i].is("i") {
		return mention{}, false
	}
	j := i + 1
	for j < end && j-i < 10 && x.toks[j].joined && x.toks[j].kind == word {
		if x.toks[j].upper || x.toks[j].text[0] >= '0' && x.toks[j].text[0] <= '9' {
			j++
			continue
		}
		k := j
		for k < end && x.toks[k].is("of", "the", "and", "in", "to", "a", "for", "on", "at", "'s") && k-j < 3 {
			k++
		}
		if k > j && k < end && x.toks[k].upper && x.toks[k].joined && !x.toks[k].is("i", "my") && !(x.toks[j].is("and") && x.newClause(k, end)) {
			j = k + 1
			continue
		}
		break
	}
	m := mention{text: x.quote(i, j), from: i, to: j}
	return m, m.text != "" && x.endsWell(j, end)
}

// singular drops the s of a simple plural, so that "favourite colours" and "favourite colour" are one key.
func singular(s string) string {
	if strings.HasSuffix(s, "s") && !strings.HasSuffix(s, "ss") && !strings.HasSuffix(s, "us") && !strings.HasSuffix(s, "ies") &&
		!strings.HasSuffix(s, "series") && len(s) > 3 {
		return s[:len(s)-1]
	}
	return s
}

// favouriteIs reads "favourite film is Paper Lanterns" and "Lagos is still my favourite city".
func (c *clause) favouriteIs(i int) bool {
	x := c.x
	if favourites[x.toks[i].low] {
		c.subj = x.me()
		return c.favourite(i)
	}
	if !x.toks[i].upper && (emptyThings[x.toks[i].low] || !x.sentenceStart(i)) {
		return false
	}
	m, ok := mention{from: i}, false
	j := i + 1
	for j < c.end && j-i < 6 && !x.toks[j].is("is", "'s", "are", "remains", "has") && !x.phrase(j, c.end, "used to be") {
		j++
	}
	past := x.phrase(j, c.end, "used to be")
	if m, ok = x.titleTo(i, j); !ok {
		for k := i + 1; k < j && !ok; k++ { // "Zombie by Fela"
			if x.toks[k].is("by") && x.toks[i].upper {
				m, ok = x.titleTo(i, k)
			}
		}
	}
	if !ok && !x.toks[i].upper {
		if text := x.quote(i, j); text != "" && j-i <= 3 {
			m, ok = mention{text: text, from: i, to: j}, true
		}
	}
	if !ok || j+2 >= c.end {
		return false
	}
	if past {
		j += 2
	}
	for j++; j < c.end && x.toks[j].is("always", "been", "long", "still", "now", "definitely", "actually", "probably", "easily"); j++ {
	}
	if j+2 > c.end || !x.toks[j].is("my") || !favourites[x.toks[j+1].low] {
		return false
	}
	k := j + 2
	for k < c.end && k < j+5 && x.toks[k].kind == word && !followers[x.toks[k].low] && !x.toks[k].is("of", "even", "ever", "by") {
		k++
	}
	what := x.quote(j+2, k)
	if what == "" || !x.endsWell(k, c.end) && !x.toks[k].is("even", "ever", "by") || x.takenBack(k, c.end) || emptyThings[lower(lastWord(what))] {
		return false
	}
	f := fact{subject: x.me(), key: CanonicalKey("favourite " + singular(what)), value: m.text, category: knowledge, conf: direct, from: i, to: k}
	if past {
		return x.invalidate(f, time.Time{})
	}
	return x.attribute(f)
}

// titleTo is the capitalised title that covers the tokens from i to end.
func (x *extractor) titleTo(i, end int) (mention, bool) {
	if end-i > 6 || notNames[x.toks[i].low] && end-i == 1 && seasons[x.toks[i].low] == 0 {
		return mention{}, false
	}
	for k := i; k < end; k++ {
		if t := &x.toks[k]; t.kind != word || !t.upper && (k == i || t.text[0] > '9') && !t.is("of", "the", "and", "in", "to", "a") {
			return mention{}, false
		}
	}
	m := mention{text: x.quote(i, end), from: i, to: end}
	return m, m.text != ""
}

// favouriteTitle reads "favourite restaurant: Chez Panisse" and "our favourite restaurant, Chez Panisse, …": a name in capitals.
func (c *clause) favouriteTitle(i int) bool {
	x := c.x
	j := i + 1
	for j < c.end && j <= i+3 && x.toks[j].kind == word && !emptyThings[x.toks[j].low] && !x.toks[j].is("is", "are", "'s", "has", "of") {
		j++
	}
	what := j
	if x.phrase(j, c.end, "of all time") {
		j += 3
	}
	if what == i+1 || j+1 >= c.end || !x.toks[j].is(":", ",", "(", "-", "–", "—") || !x.toks[j+1].upper || x.toks[j+1].is("i") {
		return false
	}
	head := x.toks[what-1].low
	m, ok := x.titleAt(j+1, c.end)
	if !ok || vagueThings[head] || kin[head] != "" || x.takenBack(m.to, c.end) || m.to < c.end && (x.toks[m.to].is("and", "or") || x.toks[m.to].kind == word && x.toks[j].is(",")) {
		return false
	}
	if x.toks[j].is(",") && (m.to >= c.end || x.listAhead(m.to, c.end)) {
		return false
	}
	return x.attribute(fact{subject: c.subj, key: CanonicalKey("favourite " + singular(x.quote(i+1, what))), value: m.text, category: knowledge, conf: likely, from: c.from, to: m.to})
}
