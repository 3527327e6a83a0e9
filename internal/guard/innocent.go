package guard

import (
	"unicode/utf8"
)

// latin is the number of code points for which fold is a table here.
const latin = 0x250

// latinFolded has the folded form of each of them.
var latinFolded = func() (out [latin][]byte) {
	for r := range out {
		if r < utf8.RuneSelf {
			out[r] = []byte{lowered[r]}
		} else {
			out[r] = appendFolded(nil, rune(r))
		}
	}
	return out
}()

// leadPairs has the first two bytes of each marker, and those of each opening: a bit for each second byte.
var leadPairs = func() (out [256]*struct{ markers, openings [4]uint64 }) {
	note := func(list []string, of func(first byte) *[4]uint64) {
		for _, m := range list {
			if out[m[0]] == nil {
				out[m[0]] = &struct{ markers, openings [4]uint64 }{}
			}
			of(m[0])[m[1]>>6] |= 1 << (m[1] & 63)
		}
	}
	note(markers, func(first byte) *[4]uint64 { return &out[first].markers })
	note(openings, func(first byte) *[4]uint64 { return &out[first].openings })
	return out
}()

// beginnings is a set of hashes of words, with a bit for each hash.
type beginnings [1 << 10]uint64

func (b *beginnings) add(h hash) {
	at := h>>16 ^ h&0xffff
	b[at>>6] |= 1 << (at & 63)
}

func (b *beginnings) has(h hash) bool {
	at := h>>16 ^ h&0xffff
	return b[at>>6]&(1<<(at&63)) != 0
}

// hash is FNV-1a.
type hash uint32

const noHash = hash(2166136261)

func (h hash) with(c byte) hash { return (h ^ hash(c)) * 16777619 }

func hashOf(word []byte) hash {
	h := noHash
	for _, c := range word {
		h = h.with(c)
	}
	return h
}

// mayBegin reports whether a word may begin a phrase. Digits may stand for letters, as in id.
func (l *lexicon) mayBegin(word []byte, digits bool) bool {
	if len(word) > l.longest {
		return false
	}
	if l.beginnings.has(hashOf(word)) {
		return true
	}
	if !digits || len(word) < 4 {
		return false
	}
	for _, one := range []byte("il") {
		var plain [64]byte
		for i, c := range word {
			plain[i] = asLetter(c, one)
		}
		if l.beginnings.has(hashOf(plain[:len(word)])) {
			return true
		}
	}
	return false
}

// wordFrom returns the end and the hash of the word of ASCII at a position, and whether it has digits; 0 if there is none, or if it may go on after
// an apostrophe or with another letter.
func wordFrom(text string, from int) (end int, h hash, digits bool) {
	h, end = noHash, from
	for ; end < len(text) && text[end] < utf8.RuneSelf; end++ {
		c := lowered[text[end]]
		if !isWord(c) {
			if c == '\'' {
				return 0, h, digits
			}
			break
		}
		digits = digits || isDigit(c)
		h = h.with(c)
	}
	if end == from || end < len(text) && text[end] >= utf8.RuneSelf {
		return 0, h, digits
	}
	return end, h, digits
}

// innocent reports that a text holds no finding, after one pass that allocates nothing: no word begins a phrase, no two bytes begin the mark of
// a prompt template, no run of base64 is long enough to be decoded, and no words are spelled letter by letter. If it returns false, the text
// may hold one.
func (l *lexicon) innocent(text string) bool {
	var (
		word      [64]byte // the current word
		n, part   int      // its length, and where its part after an apostrophe begins; 0: none
		digits    bool     // it has some
		run       int      // length of the current run of base64
		singles   int      // number of words of one letter before the current one
		before    = byte('\n')
		lineStart = true // before is where an opening may begin
	)
	ended := func() (harmless bool) {
		if n == 0 {
			return true
		}
		if l.mayBegin(word[:n], digits) || part > 0 && l.mayBegin(word[part:n], digits) {
			return false
		}
		switch {
		case part > 0:
			singles += 2 // it may be two words
		case n == 1:
			singles++
		default:
			singles = 0
		}
		n, part, digits = 0, 0, false
		return singles < spelled
	}
	for i := 0; i < len(text); {
		first, size := text[i], 1
		if n == 0 && leadPairs[before] == nil { // the usual cases: a space, and a word of ASCII without an apostrophe
			starts := before == '\n' || lineStart && (before == ' ' || before == '>' || before == '*' || before == '"')
			if first == ' ' {
				run, before, lineStart = 0, ' ', starts
				i++
				continue
			}
			if end, h, numeric := wordFrom(text, i); end > 0 && !(starts && leadPairs[lowered[first]] != nil) && !(numeric && end-i >= 4) {
				size := end - i
				if run += size; run >= minHidden || size <= l.longest && l.beginnings.has(h) {
					return false
				}
				if singles++; size > 1 {
					singles = 0
				}
				if singles >= spelled {
					return false
				}
				before, lineStart = lowered[text[end-1]], starts && size == 1
				i = end
				continue
			}
		}
		if sextet[first] == 0 {
			run = 0
		} else if run++; run >= minHidden {
			return false
		}
		r := rune(first)
		if first >= utf8.RuneSelf {
			if r, size = utf8.DecodeRuneInString(text[i:]); r >= latin {
				return false
			}
		}
		i += size
		for _, c := range latinFolded[r] {
			if lead := leadPairs[before]; lead != nil {
				bit := uint64(1) << (c & 63)
				if lead.markers[c>>6]&bit != 0 || lineStart && lead.openings[c>>6]&bit != 0 {
					return false
				}
			}
			lineStart = before == '\n' || lineStart && (before == ' ' || before == '>' || before == '*' || before == '"')
			before = c
			switch {
			case isWord(c):
				if n == len(word) {
					return false
				}
				word[n] = c
				n++
				digits = digits || isDigit(c)
			case c == '\'' && n > 0: // the word goes on, or a new one begins: see elided
				if part > 0 || l.mayBegin(word[:n], digits) {
					return false
				}
				part = n
			default:
				if !ended() {
					return false
				}
			}
		}
	}
	return ended()
}
