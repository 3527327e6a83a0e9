package guard

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// A phrase is a row of words, in a small language:
//
//	a|b     one of these words
//	@name   one of the words of a class; classes may stand among other words: @earlier|system
//	…?      the word may be missing
//	…*      up to four such words, or none
//	…+      one to four such words
//	~3      up to three words of any kind
//	!a|b    the next word is none of these
//	.       the sentence ends here
//
// Words are written as fold leaves them: lower case, without accents and apostrophes ("dont"). A phrase does not go beyond a sentence.
type phrase struct {
	kind Kind
	text string
}

// element is a part of a phrase.
type element struct {
	words    set
	any, not bool
	end      bool
	min, max int
}

// set is a set of word ids.
type set []uint64

func (s set) has(id uint16) bool { return s[id>>6]&(1<<(id&63)) != 0 }

// compiled is a phrase that is ready to be matched.
type compiled struct {
	kind     Kind
	elements []element
}

// lexicon has all phrases, by their first words.
type lexicon struct {
	ids          map[string]uint16 // of all words in phrases; 0 is any other word
	begin        [][]*compiled     // by the id of the first word
	denying      set               // words before a phrase that turn it into its opposite
	tellers      set               // words before a verb that make it a report: "they ignore …"
	heard        set               // words before "to" that make the verb a report: "told me to ignore …"
	to, why, you uint16
	longest      int        // the length of the longest word
	beginnings   beginnings // the words in begin
}

// known returns the lexicon of all languages. It is made at the first call.
var known = sync.OnceValue(func() *lexicon {
	var all []phrase
	for _, list := range [][]phrase{englishPhrases, germanPhrases, spanishPhrases, frenchPhrases} {
		all = append(all, list...)
	}
	l, err := newLexicon(all, classes)
	if err != nil {
		panic(err) // the tables are part of the program; TestTables reads them
	}
	return l
})

// newLexicon compiles phrases.
func newLexicon(phrases []phrase, classes map[string]string) (*lexicon, error) {
	l := &lexicon{ids: map[string]uint16{}}
	id := func(word string) uint16 {
		if _, ok := l.ids[word]; !ok {
			l.ids[word] = uint16(len(l.ids) + 1)
			l.longest = max(l.longest, len(word))
		}
		return l.ids[word]
	}
	expand := func(s string) ([]string, error) {
		var out []string
		for word := range strings.SplitSeq(s, "|") {
			name, class := strings.CutPrefix(word, "@")
			switch words, ok := classes[name]; {
			case !class:
				out = append(out, word)
			case !ok:
				return nil, fmt.Errorf("no class %q", name)
			default:
				out = append(out, strings.Fields(words)...)
			}
		}
		for _, word := range out {
			id(word)
		}
		return out, nil
	}
	type draft struct {
		element
		words []string
	}
	drafts := make([][]draft, len(phrases))
	for i, p := range phrases {
		for word := range strings.FieldsSeq(p.text) {
			d := draft{element: element{min: 1, max: 1}}
			switch last := word[len(word)-1]; {
			case word == ".":
				d.end = true
				drafts[i] = append(drafts[i], d)
				continue
			case word[0] == '~':
				n, err := strconv.Atoi(word[1:])
				if err != nil {
					return nil, fmt.Errorf("%q: %w", p.text, err)
				}
				d.any, d.min, d.max = true, 0, n
				drafts[i] = append(drafts[i], d)
				continue
			case word[0] == '!':
				d.not, word = true, word[1:]
			case last == '?':
				d.min, word = 0, word[:len(word)-1]
			case last == '*':
				d.min, d.max, word = 0, 4, word[:len(word)-1]
			case last == '+':
				d.max, word = 4, word[:len(word)-1]
			}
			var err error
			if d.words, err = expand(word); err != nil {
				return nil, fmt.Errorf("%q: %w", p.text, err)
			}
			drafts[i] = append(drafts[i], d)
		}
		if first := drafts[i][0]; first.min == 0 || first.not || first.any || first.end {
			return nil, fmt.Errorf("%q does not begin with a word", p.text)
		}
	}
	lists := map[*set]string{&l.denying: denyingWords, &l.tellers: tellingWords, &l.heard: hearingWords}
	for _, words := range lists {
		for word := range strings.FieldsSeq(words) {
			id(word)
		}
	}
	l.to, l.why, l.you = id("to"), id("why"), id("you")
	n := len(l.ids)
	toSet := func(words []string) set {
		s := make(set, n/64+1)
		for _, word := range words {
			s[l.ids[word]>>6] |= 1 << (l.ids[word] & 63)
		}
		return s
	}
	for into, words := range lists {
		*into = toSet(strings.Fields(words))
	}
	for word := range strings.FieldsSeq(mistypedWords) {
		for _, wrong := range mistyped(word) {
			if _, ok := l.ids[wrong]; !ok && l.ids[word] != 0 {
				l.ids[wrong] = l.ids[word]
			}
		}
	}
	l.begin = make([][]*compiled, n+1)
	for i, p := range phrases {
		c := &compiled{kind: p.kind}
		for _, d := range drafts[i] {
			d.element.words = toSet(d.words)
			c.elements = append(c.elements, d.element)
		}
		for _, word := range drafts[i][0].words {
			l.begin[l.ids[word]] = append(l.begin[l.ids[word]], c)
		}
	}
	for word, id := range l.ids {
		if len(l.begin[id]) > 0 {
			l.beginnings.add(hashOf([]byte(word)))
		}
	}
	return l, nil
}

// mistyped returns the ways to write a word with one letter missing, twice, or exchanged with the next. The first letter is right.
func mistyped(word string) (out []string) {
	for i := 1; i < len(word); i++ {
		out = append(out, word[:i]+word[i-1:])
		if i < len(word)-1 {
			out = append(out, word[:i]+word[i+1:], word[:i]+word[i+1:i+2]+word[i:i+1]+word[i+2:])
		}
	}
	return out
}

// token is a word of a text.
type token struct {
	id         uint16
	first      bool // the first word of a sentence
	start, end int32
}

// phrasesIn returns the phrases in a text.
func (l *lexicon) phrasesIn(f *folded) []found {
	toks := l.joined(f, l.tokens(f))
	var out []found
	for i := range toks {
		for _, p := range l.begin[toks[i].id] {
			end := p.match(toks, i, i, 0)
			if end < 0 || l.harmless(toks, i) {
				continue
			}
			out = append(out, found{p.kind, f.origin(int(toks[i].start), int(toks[end-1].end))})
			break
		}
	}
	return out
}

// match matches the elements from the e-th on with the tokens from i on, in the phrase that begins at from. It returns the end of the
// match, or -1.
func (p *compiled) match(toks []token, from, i, e int) int {
	if e == len(p.elements) {
		return i
	}
	el := &p.elements[e]
	fits := func(i int) bool {
		return i < len(toks) && (i == from || !toks[i].first) && (el.any || el.words.has(toks[i].id))
	}
	if el.end {
		if i < len(toks) && !toks[i].first {
			return -1
		}
		return p.match(toks, from, i, e+1)
	}
	if el.not {
		if fits(i) {
			return -1
		}
		return p.match(toks, from, i, e+1)
	}
	n := 0
	for n < el.max && fits(i+n) {
		n++
	}
	for ; n >= el.min; n-- {
		if end := p.match(toks, from, i+n, e+1); end >= 0 {
			return end
		}
	}
	return -1
}

// harmless reports whether the words before a phrase deny or report it: "never ignore …", "they ignore …", "she told me to ignore …".
func (l *lexicon) harmless(toks []token, i int) bool {
	before := func(n int) uint16 { // the id of the n-th word before the phrase in the same sentence
		for j := i; j > i-n; j-- {
			if j == 0 || toks[j].first {
				return 0
			}
		}
		return toks[i-n].id
	}
	one, two := before(1), before(2)
	return l.denying.has(one) && two != l.why || l.tellers.has(one) || one == l.to && l.heard.has(two) && before(3) != l.you && before(4) != l.you
}

// elided are the French words that lose their vowel before an apostrophe.
const elided = " l d n s j c m t qu "

// tokens splits a text into words.
func (l *lexicon) tokens(f *folded) []token {
	b := f.b
	out := make([]token, 0, len(b)/5+1)
	var whole [64]byte
	first := true
	for i := 0; i < len(b); {
		if !isWord(b[i]) {
			first = first || ends(b, i)
			i++
			continue
		}
		start, word, odd := i, whole[:0], false
		for ; i < len(b); i++ {
			c := b[i]
			if c == '\'' && i+1 < len(b) && isLetter(b[i+1]) {
				if i-start <= 2 && strings.Contains(elided, " "+string(b[start:i])+" ") {
					break
				}
				continue
			}
			if !isWord(c) {
				break
			}
			odd = odd || isDigit(c)
			if len(word) < len(whole) {
				word = append(word, c)
			}
		}
		out = append(out, token{l.id(word, odd), first, int32(start), int32(i)})
		first = false
	}
	return out
}

// ends reports whether a character ends a sentence. A mark does so only before white space.
func ends(b []byte, i int) bool {
	next := byte('\n')
	if i+1 < len(b) {
		next = b[i+1]
	}
	switch b[i] {
	case '.', '!', '?':
		return next == ' ' || next == '\n'
	case '\n':
		return next == '\n'
	}
	return false
}

// id returns the id of a word, or 0. Digits in a word may stand for letters: "1gn0re".
func (l *lexicon) id(word []byte, digits bool) uint16 {
	if len(word) > l.longest {
		return 0
	}
	id := l.ids[string(word)]
	if id != 0 || !digits || len(word) < 4 {
		return id
	}
	for _, one := range []byte("il") {
		var plain [64]byte
		for i, c := range word {
			plain[i] = asLetter(c, one)
		}
		if id = l.ids[string(plain[:len(word)])]; id != 0 {
			return id
		}
	}
	return 0
}

// asLetter returns the letter that a digit may stand for. one is the letter for a 1.
func asLetter(c, one byte) byte {
	switch c {
	case '0':
		return 'o'
	case '1':
		return one
	case '3':
		return 'e'
	case '4':
		return 'a'
	case '5':
		return 's'
	case '7':
		return 't'
	}
	return c
}

// spelled is the least number of single letters in a row that are read as spelled words.
const spelled = 8

// joined joins words that are written letter by letter: "i g n o r e  a l l".
func (l *lexicon) joined(f *folded, toks []token) []token {
	single := func(t token) bool { return t.end-t.start == 1 && isLetter(f.b[t.start]) }
	var out []token // the tokens before kept, once a run was found
	kept := 0
	for i := 0; i < len(toks); {
		j := i
		for j < len(toks) && single(toks[j]) && (j == i || toks[j].start-toks[j-1].end <= maxGap) {
			j++
		}
		if j-i >= spelled {
			out = l.spelledOut(f, append(out, toks[kept:i]...), toks[i:j])
			kept = j
		}
		i = max(j, i+1)
	}
	if out == nil {
		return toks
	}
	return append(out, toks[kept:]...)
}

// maxGap is the widest gap between words that are written letter by letter.
const maxGap = 4

// spelledOut appends the words of single letters. A wider gap separates words; without any, the longest known words are taken.
func (l *lexicon) spelledOut(f *folded, out, letters []token) []token {
	first := letters[0].first
	for len(letters) > 0 {
		n, word := 1, []byte{f.b[letters[0].start]}
		for n < len(letters) && letters[n].start-letters[n-1].end <= 1 {
			word = append(word, f.b[letters[n].start])
			n++
		}
		for at := 0; at < n; {
			end := min(n, at+l.longest)
			for end > at+1 && l.ids[string(word[at:end])] == 0 {
				end--
			}
			out = append(out, token{l.ids[string(word[at:end])], first, letters[at].start, letters[end-1].end})
			at, first = end, false
		}
		letters = letters[n:]
	}
	return out
}
