package index

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
	"github.com/kljensen/snowball/english"
	"golang.org/x/text/unicode/norm"
)

// Bounds of tokenising. What is beyond them is not found, and nothing fails.
const (
	MaxTokenBytes = 128     // longer tokens are cut at a rune boundary, in texts and queries alike
	MaxTokens     = 1 << 15 // per text
	maxStems      = 1 << 14 // cached per Tokeniser
	maxFields     = 1 << 13 // cached per Tokeniser
	maxFieldBytes = 32      // of a cached one
	maxSeen       = 1 << 10 // tokens of one text that the memory for the next one is kept for
)

// token is one form of one word of a text.
type token struct {
	text string
	// also marks a form beside the word itself: the unstemmed spelling, a part of an identifier, a single
	// ideograph. Such forms do not count in the length of a text and weigh half in a query.
	also   bool
	stop   bool // an English function word
	common bool // see commonWords
}

// Tokeniser splits text into the tokens that the index stores. It caches words, so keep one for many texts;
// it is not safe for concurrent use. Make one with NewTokeniser.
//
// Text is brought to NFKC and cut at white space, then at the word boundaries of UAX 29.
//   - Words are lower-cased, folded (accents, Greek final sigma, Arabic letter variants, vowel points) and,
//     when they are ASCII letters, stemmed as English. A word that its stem does not equal is kept too.
//     Umlauts are folded to the bare letter and also spelled out: Müller is found as Muller and Mueller.
//   - Identifiers, addresses, numbers and versions are kept whole and also split: MLWK3LL/A gives
//     mlwk3ll/a, mlwk3ll and a; parseURL gives parseurl, parse and url.
//   - Scripts without spaces give pairs of letters, and single ones where a letter can be a word.
//   - Korean words are also given as pairs, Arabic ones also without the article.
//   - Emoji are words, without skin tone.
type Tokeniser struct {
	stems  map[string]string
	fields map[string][]token // the tokens of what stands between white space
	stops  map[string]struct{}
	common map[string]struct{} // by stem
	out    []token
	seen   map[string]int // see count
	asked  map[string]int // see query
}

// NewTokeniser returns a Tokeniser with an empty cache.
func NewTokeniser() *Tokeniser {
	t := &Tokeniser{
		stems: map[string]string{}, fields: map[string][]token{}, stops: stopSet(), common: map[string]struct{}{}, seen: map[string]int{},
		asked: map[string]int{},
	}
	for w := range strings.FieldsSeq(commonWords) {
		t.common[t.stem(w)] = struct{}{}
	}
	return t
}

// Tokenise appends the tokens of s to dst in the order of the text; forms of one word stand together.
// No token is empty. For many texts use a [Tokeniser].
func Tokenise(dst []string, s string) []string { return NewTokeniser().Append(dst, s) }

// Append appends the tokens of s to dst, as Tokenise does.
func (t *Tokeniser) Append(dst []string, s string) []string {
	for _, tok := range t.analyse(s) {
		dst = append(dst, tok.text)
	}
	return dst
}

// termCount says how often a text has a token.
type termCount struct {
	text  string
	count uint16
}

// count returns the distinct tokens of s, with how often each is there up to 255, and the number of its words up to 65535.
func (t *Tokeniser) count(s string) ([]termCount, uint16) {
	tokens := t.analyse(s)
	if len(t.seen) > maxSeen {
		t.seen = map[string]int{} // clearing a map takes as long as it was ever large
	}
	clear(t.seen)
	out, length := make([]termCount, 0, len(tokens)), 0
	for _, tok := range tokens {
		if !tok.also {
			length++
		}
		i, ok := t.seen[tok.text]
		if !ok {
			t.seen[tok.text] = len(out)
			out = append(out, termCount{tok.text, 1})
		} else if out[i].count < math.MaxUint8 {
			out[i].count++
		}
	}
	return out, uint16(min(length, math.MaxUint16))
}

// alsoWeight is what a form of a word counts for beside the word itself.
const alsoWeight = 0.5

// maxQueryTerms bounds the distinct tokens of a query; what comes after them is ignored.
const maxQueryTerms = 256

// queryTerm is a distinct token of a query with its weight.
type queryTerm struct {
	text   string
	weight float64
	word   int  // which word of the query it is a form of, from 0
	also   bool // another form of that word than itself
	common bool // see commonWords
	beside bool // it is no part of the question: see Query.Beside
}

// query writes the distinct tokens of a query over dst, in their order. English function words are left out
// when other words remain. It stops reading once it has as many as it may.
func (t *Tokeniser) query(dst []queryTerm, s string) []queryTerm {
	dst = dst[:0]
	clear(t.asked)
	words, word := 0, 0
	add := func(tok token) {
		weight := 1.0
		if tok.also {
			weight = alsoWeight
		}
		if i, ok := t.asked[tok.text]; ok {
			dst[i].weight = max(dst[i].weight, weight)
			if !tok.also {
				word = dst[i].word
			}
			return
		}
		also := tok.also && words > 0
		if !also {
			word = words
			words++
		}
		if len(dst) < maxQueryTerms {
			t.asked[tok.text] = len(dst)
			dst = append(dst, queryTerm{text: tok.text, weight: weight, word: word, also: also, common: tok.common})
		}
	}
	t.read(s, func(tokens []token) bool {
		for _, tok := range tokens {
			if !tok.stop {
				add(tok)
			}
		}
		return len(dst) < maxQueryTerms
	})
	if len(dst) == 0 {
		for _, tok := range t.out {
			add(tok)
		}
	}
	return dst
}

// words is the number of words of s, of which query has just given so many terms.
func (t *Tokeniser) words(s string, terms int) (n int) {
	if terms == maxQueryTerms {
		t.analyse(s) // query may have stopped before the end
	}
	for _, tok := range t.out {
		if !tok.also {
			n++
		}
	}
	return min(n, math.MaxUint16)
}

// beside adds the tokens of what stands beside a query, of which dst has the terms.
func (t *Tokeniser) beside(dst []queryTerm, s string) []queryTerm {
	for _, tok := range t.analyse(s) {
		asked := slices.ContainsFunc(dst, func(q queryTerm) bool { return q.text == tok.text })
		if !asked && len(dst) < maxQueryTerms {
			dst = append(dst, queryTerm{text: tok.text, weight: besideWeight, word: -1, beside: true})
		}
	}
	return dst
}

// analyse returns the tokens of s. They are valid until the next call.
func (t *Tokeniser) analyse(s string) []token {
	t.read(s, func([]token) bool { return true })
	return t.out
}

// read puts the tokens of s into t.out, until more, which gets those of one field after the other, says no.
func (t *Tokeniser) read(s string, more func([]token) bool) {
	t.out = t.out[:0]
	if !isASCII(s) {
		s = norm.NFKC.String(strings.ToValidUTF8(s, " "))
	}
	for f := range strings.FieldsFuncSeq(s, separates) {
		first := len(t.out)
		if known, ok := t.fields[f]; ok {
			t.out = append(t.out, known...)
		} else {
			t.learn(f)
		}
		t.out = t.out[:min(len(t.out), MaxTokens)]
		if !more(t.out[first:]) || len(t.out) == MaxTokens {
			return
		}
	}
}

// learn adds the tokens of a field, and remembers them.
func (t *Tokeniser) learn(f string) {
	if len(f) > maxFieldBytes {
		t.field(f)
		return
	}
	f = strings.Clone(f) // it is a part of a longer text, and its tokens are parts of it
	first := len(t.out)
	t.field(f)
	if len(t.out) >= MaxTokens {
		return // some may be missing
	}
	if len(t.fields) == maxFields {
		clear(t.fields)
	}
	t.fields[f] = slices.Clone(t.out[first:])
}

// separates reports whether r always ends a word.
func separates(r rune) bool {
	if r < utf8.RuneSelf {
		return r <= ' ' || r == 0x7f
	}
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == 0x200b
}

func (t *Tokeniser) add(text string, also bool) {
	if len(text) > MaxTokenBytes {
		cut := MaxTokenBytes
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut]
	}
	if text != "" && len(t.out) < MaxTokens {
		t.out = append(t.out, token{text: text, also: also})
	}
}

// field adds the tokens of a run of text without white space.
func (t *Tokeniser) field(f string) {
	core := strings.TrimFunc(f, func(r rune) bool { return !tokenRune(r) })
	if core == "" {
		return
	}
	kind := classify(core)
	if kind == letters {
		t.word(core, false)
	}
	if suffix := f[strings.Index(f, core)+len(core):]; len(core) <= 3 && isASCII(core) {
		// C++, C#, A+
		if n := len(suffix) - len(strings.TrimLeft(suffix, "+#")); n > 0 {
			t.add(strings.ToLower(core)+suffix[:n], false)
		}
	}
	if kind == letters {
		return
	}
	whole := ""
	if kind == joined {
		whole = fold(core)
		t.add(whole, false)
		if digits := phone(core); digits != "" {
			t.add(digits, true)
		}
	}
	it := words.FromString(core)
	run := 0 // where a run of spaceless script began, while in one
	inRun := false
	for it.Next() && len(t.out) < MaxTokens {
		seg := it.Value()
		r, _ := utf8.DecodeRuneInString(seg)
		if spaceless(r) {
			if !inRun {
				run, inRun = it.Start(), true
			}
			continue
		}
		if inRun && unicode.IsMark(r) {
			continue
		}
		if inRun {
			t.pairs(core[run:it.Start()], false)
			inRun = false
		}
		t.segment(seg, whole)
	}
	if inRun {
		t.pairs(core[run:], false)
	}
}

// tokenRune reports whether r can begin or end a token.
func tokenRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) || unicode.Is(unicode.So, r) ||
		unicode.Is(unicode.Sk, r)
}

// shape is what a field looks like.
type shape int

const (
	letters shape = iota // one word of letters and marks, of a script with spaces, in no mixed case
	joined               // an identifier, number or address that is kept whole
	mixed                // anything else: cut at word boundaries
)

func classify(core string) shape {
	plain, whole, lower := true, true, false
	for i, r := range core {
		switch {
		case 'a' <= r && r <= 'z':
			lower = true
			continue
		case 'A' <= r && r <= 'Z':
			plain = plain && !lower // camelCase
		case '0' <= r && r <= '9':
			plain = false
		case r < utf8.RuneSelf:
			plain = false
			whole = whole && strings.ContainsRune(`/_-@.:#+\&=?%~`, r) && !strings.HasPrefix(core[i:], "..")
		case spaceless(r), unicode.Is(unicode.So, r), unicode.Is(unicode.Sk, r):
			return mixed
		case unicode.IsLetter(r), unicode.IsMark(r):
			lower = lower || unicode.IsLower(r)
		case unicode.IsNumber(r):
			plain = false
		default:
			plain, whole = false, false
		}
	}
	switch {
	case plain:
		return letters
	case whole:
		return joined
	}
	return mixed
}

// segment adds one UAX 29 word that is not of a spaceless script. whole was already added.
func (t *Tokeniser) segment(seg, whole string) {
	r, _ := utf8.DecodeRuneInString(seg)
	switch {
	case unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r):
		t.emoji(seg)
		return
	case strings.IndexFunc(seg, alphanumeric) < 0:
		return
	case strings.ContainsAny(seg, "'’"):
		t.apostrophes(seg)
		return
	}
	switch classify(seg) {
	case letters:
		t.word(seg, false)
		return
	case joined, mixed:
	}
	if f := fold(seg); f != whole {
		t.add(f, false)
	}
	if digits := strings.ReplaceAll(seg, ",", ""); digits != seg && number(digits) {
		t.add(digits, true) // 1,000
	}
	if seg[0]|0x20 == 'v' && len(seg) > 1 && '0' <= seg[1] && seg[1] <= '9' {
		t.add(fold(seg[1:]), true) // v1.2.3
	}
	t.parts(seg)
}

// parts adds what an identifier is put together from: what stands between its separators, and of each such
// piece the runs of letters and digits and the words of camelCase.
func (t *Tokeniser) parts(seg string) {
	for piece := range strings.FieldsFuncSeq(seg, func(r rune) bool { return !alphanumeric(r) }) {
		if piece != seg {
			t.word(piece, true)
		}
		begin := 0
		var last rune
		cut := func(at int) {
			// Single letters and digits of product codes would be noise.
			if part := piece[begin:at]; part != piece && utf8.RuneCountInString(part) > 1 {
				t.word(part, true)
			}
			begin = at
		}
		for i, r := range piece {
			if i > 0 && boundary(last, r, piece[i+utf8.RuneLen(r):]) && i > begin {
				cut(i)
			}
			last = r
		}
		cut(len(piece))
	}
}

// boundary reports whether an identifier begins a new part with r: fooBar, HTTPServer, rtx4090.
func boundary(last, r rune, rest string) bool {
	if unicode.IsDigit(last) != unicode.IsDigit(r) {
		return !unicode.IsMark(r)
	}
	if !unicode.IsUpper(r) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsLower(last) || unicode.IsUpper(last) && unicode.IsLower(next)
}

func alphanumeric(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r)
}

func number(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// phone returns the digits of a field that is nothing but at least seven digits and separators, or "".
func phone(core string) string {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune("-./+", r) {
			return -1
		}
		return r
	}, core)
	if len(digits) < 7 || len(digits) == len(core) || !number(digits) {
		return ""
	}
	return digits
}

// apostrophes adds a word with apostrophes inside: joined as record.Normalise has it (O'Brien: obrien)
// and its parts; a possessive is the word alone.
func (t *Tokeniser) apostrophes(seg string) {
	seg = strings.ReplaceAll(seg, "’", "'")
	if owner, ok := strings.CutSuffix(strings.ToLower(seg), "'s"); ok {
		seg = seg[:len(seg)-len("'s")]
		if _, stop := t.stops[owner+"s"]; stop {
			t.word(seg+"s", false) // "what's" is as empty a word as "what"
			return
		}
	}
	if !strings.Contains(seg, "'") {
		t.word(seg, false)
		return
	}
	t.word(strings.ReplaceAll(seg, "'", ""), false)
	for part := range strings.SplitSeq(seg, "'") {
		if utf8.RuneCountInString(part) > 1 {
			t.word(part, true)
		}
	}
}

// word adds a word of a script with spaces. It may hold digits when it is a part of an identifier.
func (t *Tokeniser) word(w string, also bool) {
	folded := fold(w)
	if folded == "" {
		return
	}
	if isASCII(folded) {
		first := len(t.out)
		stem := t.stem(folded)
		t.add(stem, also)
		if stem != folded {
			t.add(folded, true)
		}
		shout := len(w) > 1 && strings.ToUpper(w) == w // US and IT are names
		if _, ok := t.stops[folded]; ok && !shout {
			for i := first; i < len(t.out); i++ {
				t.out[i].stop = true
			}
		}
		if _, ok := t.common[stem]; ok {
			for i := first; i < len(t.out); i++ {
				t.out[i].common = true
			}
		}
	} else {
		t.add(folded, also)
	}
	if len(folded) == len(w) && isASCII(w) {
		return
	}
	if u := umlauts.Replace(norm.NFC.String(strings.ToLower(w))); strings.ContainsAny(w, "äöüÄÖÜ") {
		t.add(fold(u), true)
	}
	switch r, _ := utf8.DecodeRuneInString(folded); {
	case unicode.Is(unicode.Arabic, r):
		t.add(withoutArticle(folded), true)
	case unicode.Is(unicode.Hangul, r):
		t.pairs(folded, true)
	}
}

// stem returns the English stem of a lower-case ASCII word; what is not all letters is its own stem.
func (t *Tokeniser) stem(w string) string {
	if len(w) < 3 || len(w) > MaxTokenBytes {
		return w
	}
	if s, ok := t.stems[w]; ok {
		return s
	}
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return w
		}
	}
	s := english.Stem(w, false)
	if len(t.stems) == maxStems {
		clear(t.stems)
	}
	w = strings.Clone(w)
	if s == w {
		s = w
	}
	t.stems[w] = s
	return s
}

// pairs adds a run of a script without spaces as overlapping pairs of letters, each with its marks.
func (t *Tokeniser) pairs(run string, also bool) {
	first, second := 0, -1 // where the letter before and the present one begin
	for i, r := range run {
		if i == 0 || unicode.IsMark(r) {
			continue
		}
		if second >= 0 {
			t.pair(run[first:i], also)
			first = second
		}
		second = i
		t.single(run[first:second], also)
	}
	switch {
	case second < 0:
		t.add(foldLetter(run), also)
	default:
		t.pair(run[first:], also)
		t.single(run[second:], also)
	}
}

func (t *Tokeniser) pair(p string, also bool) { t.add(foldLetter(p), also) }

func (t *Tokeniser) single(letter string, also bool) {
	if r, _ := utf8.DecodeRuneInString(letter); !also && singles(r) {
		t.add(foldLetter(letter), true)
	}
}

// foldLetter folds the digits of the script; its letters have no case.
func foldLetter(s string) string { return strings.Map(foldDigit, s) }

// emoji adds an emoji without variation selectors and skin tones; of a sequence also its members.
func (t *Tokeniser) emoji(seg string) {
	bare := strings.Map(func(r rune) rune {
		if r >= 0xfe00 && r <= 0xfe0f || r >= 0x1f3fb && r <= 0x1f3ff {
			return -1
		}
		return r
	}, seg)
	bare = strings.Trim(bare, "\u200d")
	t.add(bare, false)
	if strings.Contains(bare, "\u200d") {
		for member := range strings.SplitSeq(bare, "\u200d") {
			t.add(member, true)
		}
	}
}
