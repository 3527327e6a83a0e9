package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Chat is often written without capitals: "i live in slough and my sister anna works at tesco". Names are then told from words by
// what is around them. What must be a name there is marked as capitalised, so that everything else reads it as if it were.

// plainWords are given names and months that are words as well: in lower case they are names only where a name must stand.
var plainWords = set(`said sue rob pat chad dale dean earl guy iris jack june lin max min mack marina melody noel nick olive ray rick
	rose rosemary ruby sandy stan violet viola willow grant drew kay jean holly heather ginger eve dawn daisy carol bill bob august
	aurora may march mar dec sep jan sun an ana art asha lily logan chase mark will hope faith grace joy ken ali jay long kim lee
	christian russ sid lou penny bobby glen angel gene norm miles lance wade cliff jesus sage summer autumn earnest frank don
	harry jimmy mike sally tony clay brook chance dusty rusty buddy ace dot dolly polish lea liz mel`)

// namers are the words after which a name must stand.
var namers = set(`named called`)

// placing are the words before a place, with the word before them: "live in", "moved to".
var placing = map[string]map[string]bool{
	"in":   set(`live lives lived living based reside up born raised settled`),
	"to":   set(`move moves moved moving relocated back`),
	"from": set(`am is 's originally moved come comes`),
}

// employing are the words before an employer, likewise.
var employing = map[string]map[string]bool{
	"at":   set(`notice day shift work works worked working job position employed role engineer developer nurse manager designer started`),
	"for":  set(`work works worked working`),
	"by":   set(`employed hired`),
	"with": set(`job position role`),
}

// common are words in lower case that follow such words and name no place and no employer.
var common = set(`fear hope peace town here there poverty luxury harmony sin squalor denial chaos exile isolation solitude darkness silence
	pain comfort style bed hiding transit limbo dread anger debt halls dorms digs rooms flats houses hotels tents vans suburbia suburbs
	countryside mountains cities general particular person private bulk theory retirement quarantine lockdown uni university college
	school church hospital night home work nights weekends day days dusk dawn noon midnight free fun least times once lunch heart sea
	height present reception it them him her you me us myself himself herself itself themselves yourself both large scale speed a an the my your his our their its this that
	these those some any every each all no one two three four five something somewhere nowhere anywhere everywhere everyone
	someone anyone nobody people money charity government bank hotel office shop store bar pub cafe restaurant factory warehouse
	farm lab library museum airport council city country village island abroad overseas upstairs downstairs downtown outside
	inside center centre student shared rented temporary different another other new old big small little nice quiet real same what
	where when who how why which and or but so because since as on at for from with until till now right too also again more less
	most away off out over up down back then than very really just only even still already yet never always often sometimes
	remote remotely online finance sales marketing engineering education healthcare tech retail hospitality construction law
	medicine design research security hr support accounting advertising banking insurance logistics media publishing tourism
	london-based safety conditions fine good bad better worse peanuts tips cash food rent life death science god love art
	everything nothing things stuff clients customers businesses companies startups families kids children adults women men
	christmas easter summer winter spring autumn fall january february march april may june july august september october november december
	monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday tonight bigger smaller cheaper closer
	tears action second page management`)

// abstract are endings of words that are no names.
var abstract = []string{"tion", "ness", "ment", "ism", "ing", "ance", "ence", "ship", "hood", "ful", "ous", "ive", "able", "ed", "ly"}

// compoundPlaces are first words of places of two words.
var compoundPlaces = set(`new san santa st saint port fort north south east west upper lower los las el la le de mount great`)

// casual reports whether capitals say nothing in a sentence: it has none, or "I" is not one.
func casual(toks []token) bool {
	capitals, words := 0, 0
	for i := range toks {
		t := &toks[i]
		if t.kind != word {
			continue
		}
		words++
		if t.low == "i" && t.text[0] == 'i' {
			return true
		}
		if r, _ := utf8.DecodeRuneInString(t.text); unicode.IsUpper(r) {
			capitals++
		}
	}
	return words > 1 && capitals == 0
}

// capitalise marks the names of a casual sentence as capitalised.
func (x *extractor) capitalise(s sentence) {
	toks := x.toks
	if label, i := x.fieldAt(s.from, s.to); label == "name" || label == "full name" {
		x.capitaliseWords(i, 3)
	}
	for i := s.from; i < s.to; i++ {
		t := &toks[i]
		if t.kind != word || t.upper || strings.ContainsAny(t.text, "@/_0123456789") {
			continue
		}
		prev := func(n int) string {
			if i < n || toks[i-1].kind != word {
				return ""
			}
			return toks[i-n].low
		}
		named := namers[prev(1)] || prev(1) == "is" && (prev(2) == "name") || prev(1) == "'s" && prev(2) == "name"
		_, day := weekdays[t.low]
		switch {
		case day, demonyms[t.low] && !plainWords[t.low]:
			t.upper = true
		case months[t.low] != 0 && len(t.low) > 3:
			t.upper = !plainWords[t.low] || x.namesTime(i)
		case givenNames[t.low]:
			t.upper = named || !plainWords[t.low] || i > 1 && toks[i-1].is(",", ":") && (kinPlural[toks[i-2].low] != "" || kin[toks[i-2].low] != "") || kin[prev(1)] != "" || kinPlural[prev(1)] != "" || prev(1) == "and" && i > 1 && toks[i-2].upper
		case named:
			t.upper = !common[t.low] && !emptyThings[t.low]
		case i+1 < s.to && toks[i+1].is("here") && (i+2 >= s.to || toks[i+2].kind == punct) && i > 0 && x.helloBefore(i):
			t.upper = x.unusual(i) && !t.is("everyone", "anybody", "still", "over", "out", "again", "back", "new") // "hiya, priyanka here"
		case placing[prev(1)][prev(2)]:
			x.capitalisePlace(i)
		case prev(1) == "to" && x.fromBefore(i-1), prev(1) == "outside" || prev(1) == "near":
			x.capitalisePlace(i)
		case prev(1) == "at" && (jobs[prev(2)] || departments[prev(2)]):
			x.capitaliseWords(i, 3)
		case employing[prev(1)][prev(2)]:
			x.capitaliseWords(i, 3)
		case (kin[prev(1)] != "" || kinPairs[prev(2)+" "+prev(1)] != "") && prev(1) != "baby" && i > 1:
			t.upper = x.relativeNamed(i)
		}
		if named && t.upper || i > 0 && toks[i-1].upper && prev(2) == "is" && prev(3) == "name" {
			t.upper = t.upper || x.nameAlone(i) && !plainWords[t.low]
		}
	}
}

// fromBefore reports "moved from Leeds" before the "to" at i.
func (x *extractor) fromBefore(i int) bool {
	for j := i - 1; j >= 1 && j >= i-5; j-- {
		if x.toks[j].is("from") {
			return x.toks[j-1].is("moved", "move", "moves", "moving", "relocated")
		}
	}
	return false
}

// capitaliseWords marks up to n words that can only be a name, if the phrase ends with them.
func (x *extractor) capitaliseWords(i, n int) {
	for k := i; k < min(i+n, len(x.toks)); k++ {
		if k > i && !x.toks[k].joined || x.toks[k].kind != word {
			return
		}
		if x.nameAlone(k) {
			for ; k >= i; k-- {
				x.toks[k].upper = true
			}
			return
		}
		if !x.unusual(k) {
			return
		}
	}
}

// pasts are verbs of the past that have no ending of their own.
var pasts = set(`won sent went came ran saw told said got had made took gave knew thought found kept felt left lost met paid put read sat sold spent stood swam
	wore wrote bit broke caught drew drove ate fell flew forgot froze grew hid hit hurt led lay lent rang rose sang shot shut slept spoke stole swore threw
	tore woke bought brought built chose cut dealt dug fed fought set held bent bet bled blew bred burnt crept hung leapt learnt meant shook shrank slid spat
	split spun stuck stung struck swept swung taught wept wound want need know like love hate work live call cook say tell ask give take make keep turn`)

// unusual reports whether the word at i is none that everybody uses, as far as the word lists tell.
func (x *extractor) unusual(i int) bool {
	low := x.toks[i].low
	return !x.everyday(i) && !followers[low] && !softAdverbs[low] && !fillers[low] && !hedges[low] && !pasts[low] && kin[low] == ""
}

// everyday reports whether the word at i is a common word, a verb, an abstraction or a figure, and so no name.
func (x *extractor) everyday(i int) bool {
	t := &x.toks[i]
	if t.kind != word || common[t.low] || notNames[t.low] || emptyThings[t.low] || jobs[t.low] || len(t.low) < 3 {
		return true
	}
	if _, verb := verbs[t.low]; verb {
		return true
	}
	return endsIn(t.low, abstract, 3) || strings.ContainsFunc(t.low, unicode.IsDigit)
}

// relativeNamed reports whether the word at i, after one for a relative, is a name: an unusual word with a verb or a mark behind it.
func (x *extractor) relativeNamed(i int) bool {
	low := x.toks[i].low
	if !x.unusual(i) || strings.HasSuffix(low, "s") || strings.HasSuffix(low, "est") || plainWords[low] {
		return false
	}
	if i+1 >= len(x.toks) {
		return true
	}
	next := &x.toks[i+1]
	return next.kind == punct && next.is(",", ".", "!", ")") || next.is("and", "is", "was", "has", "'s", "who", "will", "had") || next.kind == word && verbs[next.low].forms&(thirdForm|pastForm) != 0
}

// capitalisePlace marks the place that must begin at i, of one word or of two such as "new malden".
func (x *extractor) capitalisePlace(i int) {
	if j := i + 1; compoundPlaces[x.toks[i].low] && j < len(x.toks) && x.toks[j].joined && x.nameAlone(j) {
		x.toks[i].upper, x.toks[j].upper = true, true
		return
	}
	for k := min(i+3, len(x.toks)); k > i; k-- {
		if towns[lower(x.quote(i, k))] {
			for ; k > i; k-- {
				x.toks[k-1].upper = true
			}
			return
		}
	}
	if x.unusual(i) && !strings.HasSuffix(x.toks[i].low, "er") && i+1 < len(x.toks) && x.toks[i+1].joined && !strings.HasSuffix(x.toks[i+1].low, "s") && x.nameAlone(i+1) && !verbLike(&x.toks[i+1]) {
		x.toks[i].upper, x.toks[i+1].upper = true, true
		return
	}
	x.toks[i].upper = x.nameAlone(i) || lowerOnly[x.toks[i].low] && x.phraseEnds(i+1)
}

// nameAlone reports whether the word at i can only be a name: no common word, and the phrase ends with it.
func (x *extractor) nameAlone(i int) bool { return !x.everyday(i) && x.phraseEnds(i+1) }

// phraseEnds reports whether a phrase that ends before token i is complete there.
func (x *extractor) phraseEnds(i int) bool {
	if i >= len(x.toks) || x.toks[i].kind != word {
		return i >= len(x.toks) || x.toks[i].kind != quoted
	}
	t := &x.toks[i]
	return followers[t.low] || t.is("as", "i", "my", "full", "part", "anymore", "last", "these", "or", "if")
}
