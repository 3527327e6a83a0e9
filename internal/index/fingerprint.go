package index

import (
	"math/bits"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The bounds of near-duplication between long texts. One word in a hundred changes about three of the 64
// bits of a SimHash, so three bits are about one percent of the words.
const (
	longText        = 64 // words
	duplicateBits   = 3
	maxLengthChange = 1 // in words, per longText
)

// Fingerprint tells practically identical texts. FingerprintOf makes one.
type Fingerprint struct {
	sequence uint64     // of the words in their order; 0: there are none
	long     *longPrint // nil of a short text
}

// longPrint is what long texts are compared by as well.
type longPrint struct {
	words uint32
	sim   uint64 // SimHash of the words
	facts uint64 // sum over the words with an upper-case letter or a digit: names and numbers
}

// Duplicates reports whether two texts say practically the same. Texts with the same words in the same
// order do; letter case, spacing and most punctuation do not matter. Texts of at least longText words
// also do when their SimHashes (Charikar 2002) differ in at most duplicateBits bits, their lengths by
// about a percent, and their names and numbers not at all. A short text that differs in one word is
// never a duplicate, because that word can be the fact.
func (f Fingerprint) Duplicates(g Fingerprint) bool {
	if f.sequence == g.sequence {
		return f.sequence != 0
	}
	if f.long == nil || g.long == nil {
		return false
	}
	short, long := min(f.long.words, g.long.words), max(f.long.words, g.long.words)
	return long-short <= short/longText*maxLengthChange && f.long.facts == g.long.facts &&
		bits.OnesCount64(f.long.sim^g.long.sim) <= duplicateBits
}

// differs reports whether two texts are neither the same nor duplicates for certain, which is so of most.
func (f Fingerprint) differs(g Fingerprint) bool {
	return f.sequence != g.sequence && (f.long == nil || g.long == nil)
}

// FingerprintOf returns the fingerprint of a text. It reads words as runs of letters, marks, digits and symbols in NFKC; a minus before a number
// and a question mark count, because they change what a text says. Stems and folded accents do not serve
// here: "works" and "worked" are different statements.
func FingerprintOf(text string) Fingerprint {
	var f Fingerprint
	var all longPrint
	var votes [64]int32
	vote := func(h uint64) {
		for i := range votes {
			votes[i] += int32(h>>i&1)*2 - 1
		}
	}
	var early [longText]uint64 // the hashes of the first words
	var word uint64            // running FNV-1a of the lower-case word
	in, telling, first := false, false, true
	flush := func() {
		if !in {
			return
		}
		h := mix(word)
		all.words++
		f.sequence = mix(f.sequence*fnvPrime + h)
		// Only long texts are compared by their SimHashes.
		switch {
		case all.words < longText:
			early[all.words-1] = h
		case all.words == longText:
			for _, h := range early[:longText-1] {
				vote(h)
			}
			vote(h)
		default:
			vote(h)
		}
		if telling {
			all.facts += h
		}
		word, in, telling, first = 0, false, false, false
	}
	start := func() {
		if !in {
			word, in = fnvOffset, true
		}
	}
	s := text
	if !isASCII(s) {
		s = norm.NFKC.String(s)
	}
	var before rune
	for i, r := range s {
		switch {
		case r == '?':
			flush()
			start()
			word = hashRune(word, r)
			flush()
		case wordRune(r) || r == '%' || r == '&':
			start()
			if unicode.IsDigit(r) || unicode.IsUpper(r) && !first {
				telling = true
			}
			word = hashRune(word, unicode.ToLower(r))
		case r == '-' && !wordRune(before) && nextIsDigit(s[i+1:]):
			start()
			word = hashRune(word, r)
		case (r == '\'' || r == '’') && in:
			// an apostrophe joins
		default:
			flush()
			if r == '.' || r == '!' {
				first = true // the capital that opens a sentence names nothing
			}
		}
		before = r
	}
	flush()
	if all.words >= longText {
		for i, v := range votes {
			if v > 0 {
				all.sim |= 1 << i
			}
		}
		long := all // which does not escape of a short text
		f.long = &long
	}
	return f
}

// wordRune reports whether r belongs to a word: a letter, mark, digit or symbol, emoji included.
func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' ||
			r == '$' || r == '+' || r == '<' || r == '=' || r == '>' || r == '^' || r == '|' || r == '~' || r == '`'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) || unicode.IsSymbol(r)
}

func nextIsDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsDigit(r)
}

const (
	fnvOffset uint64 = 14695981039346656037
	fnvPrime  uint64 = 1099511628211
)

// hashString is FNV-1a with 64 bits. It is the same in every process, unlike hash/maphash.
func hashString(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return h
}

func hashRune(h uint64, r rune) uint64 { return (h ^ uint64(r)) * fnvPrime }

// mix spreads the entropy of an FNV hash over all bits: the 64-bit finaliser of MurmurHash3.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
