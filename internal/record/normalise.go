package record

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Normalise folds a name, a key or an instruction for comparison. It folds compatibility forms (NFKC) and case ("STRASSE" is "Straße"), and
// replaces any run of white space, dashes and punctuation between words by one hyphen. Apostrophes are removed ("O'Brien" is one word).
//
// Characters inside a word that are more than punctuation are kept, so that addresses, versions, numbers, paths and identifiers stay
// different: a.b@x.com and a-b@x.com, v1.2 and v1-2, src/a.go and src-a.go, user_id and user-id. Initials are words: "J.R.R. Tolkien" is
// "J. R. R. Tolkien".
//
// The result for a name without letters and digits has its symbols and emoji. If it has none of them either, the result is "".
func Normalise(s string) string {
	if simple(s) {
		var b strings.Builder
		b.Grow(len(s))
		normaliseSimple(&b, s)
		return b.String()
	}
	return normalise(s)
}

// simple reports whether a name has only letters and digits of ASCII, in words with a space between them. Its normalised form is as long.
func simple(s string) bool {
	before := byte(' ')
	for i := range len(s) {
		c := s[i]
		if (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') && (c != ' ' || before == ' ') {
			return false
		}
		before = c
	}
	return before != ' '
}

// normaliseSimple appends the normalised form of a simple name.
func normaliseSimple(b *strings.Builder, s string) {
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ':
			b.WriteByte('-')
		case c >= 'A' && c <= 'Z':
			b.WriteByte(c + 'a' - 'A')
		default:
			b.WriteByte(c)
		}
	}
}

// normalise normalises any name.
func normalise(s string) string {
	s = foldCase(s)
	var b strings.Builder
	b.Grow(len(s))
	for word := range strings.FieldsSeq(s) {
		normaliseWord(&b, word)
	}
	if b.Len() == 0 && !isASCII(s) {
		normaliseSymbols(&b, s)
	}
	return b.String()
}

// Extends reports whether the long name is the short one followed by more words: "Alice", "Alice Berg".
func Extends(short, long string) bool {
	prefix := Normalise(short)
	return prefix != "" && strings.HasPrefix(Normalise(long), prefix+"-")
}

// Words returns the distinct normalised words of a text, without the possessive "'s". Each may be the first word of a name.
func Words(text string) []string {
	var out []string
	seen := map[string]bool{}
	for field := range strings.FieldsSeq(text) {
		whole := Normalise(withoutPossessive(field))
		if whole == "" {
			continue
		}
		for word := range strings.SplitSeq(whole, "-") {
			if word != "" && !seen[word] {
				seen[word] = true
				out = append(out, word)
			}
		}
	}
	return out
}

// Phrase returns the normalised words of a text in order, each between hyphens: "-my-dog-rex-". A text names a name if its Phrase contains the
// Phrase of the name.
func Phrase(text string) string {
	var b strings.Builder
	b.WriteByte('-')
	for field := range strings.FieldsSeq(text) {
		if word := Normalise(withoutPossessive(field)); word != "" {
			b.WriteString(word)
			b.WriteByte('-')
		}
	}
	return b.String()
}

// withoutPossessive removes "'s" from a word, and punctuation after it.
func withoutPossessive(word string) string {
	word = strings.TrimRightFunc(word, func(r rune) bool { return !inWord(r) })
	for _, s := range []string{"'s", "’s", "'S", "’S"} {
		if rest, ok := strings.CutSuffix(word, s); ok {
			return rest
		}
	}
	return word
}

// FirstWord returns the first word of a name, normalised.
func FirstWord(name string) string {
	first, _, _ := strings.Cut(strings.TrimLeft(Normalise(name), "-"), "-")
	return first
}

func foldCase(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	s = strings.Map(func(r rune) rune {
		if unseen(r) {
			return -1
		}
		return r
	}, s)
	return norm.NFKC.String(cases.Fold().String(norm.NFKC.String(s)))
}

// joiner is the zero-width joiner, which joins emoji to one.
const joiner = '\u200d'

// unseen reports whether a character is invisible in a name: a format character other than the joiner, or a variation selector.
func unseen(r rune) bool {
	return r != joiner && unicode.In(r, unicode.Cf, unicode.Variation_Selector)
}

// normaliseWord appends a normalised word, which has no white space.
func normaliseWord(b *strings.Builder, word string) {
	// Punctuation around a word is dropped, except for a character that makes it another word: -5, .NET, /etc.
	start := strings.IndexFunc(word, inWord)
	if start < 0 {
		return
	}
	last := strings.LastIndexFunc(word, inWord)
	_, size := utf8.DecodeRuneInString(word[last:])
	lead, word := word[:start], word[start:last+size]
	gap := b.Len() > 0
	if before, n := utf8.DecodeLastRuneInString(lead); n > 0 && leads(before, word) {
		if gap {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(before)
	}
	whole := identifier(word)
	for i, r := range word {
		switch {
		case inWord(r):
			if gap {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case apostrophe(r), r == joiner:
		case !gap && (whole && !dash(r) || kept(word, i, r)):
			b.WriteRune(r)
		default:
			gap = b.Len() > 0
		}
	}
}

// inWord reports whether a character can be part of a word on its own.
func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("+#&@%$", r)
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || unicode.In(r, unicode.Sm, unicode.Sc, unicode.Nl, unicode.No)
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

func dash(r rune) bool { return r == '-' || unicode.Is(unicode.Pd, r) || r == '\u2212' }

// leads reports whether a character before a word makes it another word.
func leads(r rune, word string) bool {
	switch {
	case r == '.' || r == '/' || r == '\\' || r == '_' || r == '~':
		return true
	case dash(r):
		return word[0] >= '0' && word[0] <= '9'
	}
	return false
}

// identifier reports whether a word is an address, a path or an identifier, in which every character counts.
func identifier(word string) bool {
	return strings.ContainsAny(word, "/\\_:=~^|<>") || strings.Contains(strings.Trim(word, "@"), "@")
}

// kept reports whether the punctuation at position i of a word distinguishes it from other words: a point or a comma between digits, or a
// point that is not part of initials.
func kept(word string, i int, r rune) bool {
	before, n := utf8.DecodeLastRuneInString(word[:i])
	after, _ := utf8.DecodeRuneInString(word[i+utf8.RuneLen(r):])
	switch r {
	case '.':
		if unicode.IsDigit(before) || unicode.IsDigit(after) {
			return true
		}
		if !inWord(before) || !inWord(after) {
			return false
		}
		// Initials are single letters.
		alone := i == n || !inWord(runeBefore(word[:i-n]))
		rest := word[i+1:]
		end := strings.IndexFunc(rest, func(r rune) bool { return !inWord(r) })
		if end < 0 {
			end = len(rest)
		}
		return !alone && utf8.RuneCountInString(rest[:end]) > 0 || utf8.RuneCountInString(rest[:end]) > 1
	case ',':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	}
	return false
}

func runeBefore(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// normaliseSymbols appends the symbols of a name that has nothing else, and the joiners between emoji.
func normaliseSymbols(b *strings.Builder, s string) {
	for _, r := range s {
		if unicode.In(r, unicode.So, unicode.Sk) || r == joiner && b.Len() > 0 {
			b.WriteRune(r)
		}
	}
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
