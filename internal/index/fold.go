package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letterFolds maps lower-case letters that Unicode does not decompose to what people type instead.
var letterFolds = map[rune]string{
	'ß': "ss", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'æ': "ae", 'œ': "oe", 'þ': "th", 'ı': "i", 'ħ': "h",
	'ς': "σ",                     // Greek final sigma
	'ٱ': "ا", 'ى': "ي", 'ة': "ه", // Arabic alef wasla, alef maqsura, teh marbuta
	'ـ':      "",               // Arabic tatweel
	'\u200c': "", '\u200d': "", // joiners only shape letters
	'\u00ad': "", '\u2060': "", '\ufeff': "", // soft hyphen, word joiner, byte order mark
}

// digitZeros are the zeros of the decimal digits that are folded to ASCII. NFKC folds the other forms.
var digitZeros = [...]rune{0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xed0, 0x17e0}

// fold lower-cases a word and strips what searchers leave out: accents of Latin and Greek letters, stress
// marks and the dots of ё in Cyrillic (й stays), vowel points of Hebrew and Arabic, Arabic letter variants,
// the nukta of Devanagari. Marks that spell something, as the vowel signs of Hindi or Thai, stay.
// A pure function of its argument; the result is in NFC.
func fold(word string) string {
	if isASCII(word) {
		return strings.ToLower(word)
	}
	var b strings.Builder
	b.Grow(len(word))
	var base rune
	for _, r := range norm.NFD.String(strings.ToLower(word)) {
		if unicode.Is(unicode.Mn, r) {
			if !silent(base, r) {
				b.WriteRune(r)
			}
			continue
		}
		base = r
		if s, ok := letterFolds[r]; ok {
			b.WriteString(s)
			continue
		}
		b.WriteRune(foldDigit(r))
	}
	return norm.NFC.String(b.String())
}

// silent reports whether the mark on the base letter is dropped.
func silent(base, mark rune) bool {
	switch {
	case mark == 0x93c: // nukta
		return true
	case mark >= 0xfe00 && mark <= 0xfe0f: // variation selectors
		return true
	case unicode.Is(unicode.Latin, base), unicode.Is(unicode.Greek, base),
		unicode.Is(unicode.Hebrew, base), unicode.Is(unicode.Arabic, base):
		return true
	case unicode.Is(unicode.Cyrillic, base):
		return mark == 0x300 || mark == 0x301 || mark == 0x308
	}
	return false
}

func foldDigit(r rune) rune {
	if r < utf8.RuneSelf {
		return r
	}
	for _, zero := range digitZeros {
		if r >= zero && r <= zero+9 {
			return '0' + r - zero
		}
	}
	return r
}

// umlauts spells ä, ö and ü out, so that "Mueller" finds "Müller". The argument is lower case in NFC.
var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue")

// withoutArticle returns an Arabic word, already folded, without the article and the one-letter words that
// are written together with it, or "" when there is none or too little is left.
func withoutArticle(word string) string {
	for _, prefix := range [...]string{"ال", "وال", "بال", "كال", "فال", "لل"} {
		if rest, ok := strings.CutPrefix(word, prefix); ok && utf8.RuneCountInString(rest) >= 2 {
			return rest
		}
	}
	return ""
}

// spaceless reports whether r is of a script that is written without spaces between words.
func spaceless(r rune) bool {
	if r < 0xe00 {
		return false
	}
	return r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// singles reports whether one letter of the spaceless script can be a word.
func singles(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
