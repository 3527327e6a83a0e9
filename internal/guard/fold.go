package guard

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The bytes that stand for characters that are not ASCII after folding.
const (
	letter = 0x80 // a letter of a script that separates words
	symbol = 0x81 // anything else
)

// folded is a text in which each character is one or more bytes: lower-case ASCII, letter or symbol. Invisible characters are gone.
type folded struct {
	b    []byte
	at   []int32 // the position in the text of each byte; nil: the same
	size int     // of the text, in bytes
}

// fold folds a text.
func fold(text string) folded {
	f := folded{b: make([]byte, 0, len(text)), size: len(text)}
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= utf8.RuneSelf {
			f.rest(text, i)
			return f
		}
		f.b = append(f.b, lowered[c])
	}
	return f
}

// lowered has the folded form of each ASCII character.
var lowered = func() (out [utf8.RuneSelf]byte) {
	for c := range out {
		switch {
		case c >= 'A' && c <= 'Z':
			out[c] = byte(c) + 'a' - 'A'
		case c == '\t', c == '\v', c == '\f', c == '\r':
			out[c] = ' '
		default:
			out[c] = byte(c)
		}
	}
	return out
}()

// rest folds the rest of a text, from the first character that is not ASCII.
func (f *folded) rest(text string, from int) {
	f.at = make([]int32, from, len(text))
	for i := range f.at {
		f.at[i] = int32(i)
	}
	for i, r := range text[from:] {
		at := int32(from + i)
		if r < utf8.RuneSelf {
			f.b, f.at = append(f.b, lowered[r]), append(f.at, at)
			continue
		}
		before := len(f.b)
		f.b = appendFolded(f.b, r)
		for range len(f.b) - before {
			f.at = append(f.at, at)
		}
	}
}

// appendFolded appends the folded form of a character that is not ASCII.
func appendFolded(b []byte, r rune) []byte {
	if as, ok := lookAlikes[r]; ok {
		return append(b, as)
	}
	switch {
	case r == '\u2028' || r == '\u2029' || r == '\u0085':
		return append(b, '\n')
	case unicode.IsSpace(r):
		return append(b, ' ')
	case r >= 0xe0020 && r < 0xe007f: // tags are invisible copies of ASCII
		return append(b, lowered[r-0xe0000])
	case unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point):
		return b
	case r >= 0x1f150 && r <= 0x1f169: // letters in circles, in squares, and those of flags
		return append(b, byte('a'+r-0x1f150))
	case r >= 0x1f170 && r <= 0x1f189:
		return append(b, byte('a'+r-0x1f170))
	case r >= 0x1f1e6 && r <= 0x1f1ff:
		return append(b, byte('a'+r-0x1f1e6))
	}
	if whole := norm.NFKD.PropertiesString(string(r)).Decomposition(); len(whole) > 0 {
		for _, part := range string(whole) {
			switch {
			case part < utf8.RuneSelf:
				b = append(b, lowered[part])
			case unicode.Is(unicode.Mn, part):
			default:
				b = append(b, classOf(part))
			}
		}
		return b
	}
	return append(b, classOf(r))
}

// classOf returns the byte for a character that has no ASCII form.
func classOf(r rune) byte {
	if as, ok := lookAlikes[r]; ok {
		return as
	}
	switch {
	case unicode.Is(unicode.Nd, r):
		return byte('0' + digit(r))
	case unicode.IsLetter(r) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
		return letter
	}
	return symbol
}

// digit returns the value of a decimal digit. Unicode keeps the ten digits of a script together, in order.
func digit(r rune) int {
	n := 0
	for unicode.Is(unicode.Nd, r-rune(n)-1) {
		n++
	}
	return n % 10
}

// lookAlikes has characters that look like ASCII and are not folded to it by Unicode.
var lookAlikes = func() map[rune]byte {
	out := map[rune]byte{
		'ß': 's', 'ø': 'o', 'Ø': 'o', 'đ': 'd', 'Đ': 'd', 'ł': 'l', 'Ł': 'l', 'ı': 'i', 'ɪ': 'i', '▁': '_', '′': '\'', '’': '\'', '‘': '\'', 'ʼ': '\'', '`': '\'',
		'‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '―': '-', '−': '-', '•': '*', '∣': '|', '｜': '|', '│': '|', '∕': '/', '⁄': '/', '․': '.', '。': '.', '｡': '.',
	}
	pairs := func(from, to string) {
		i := 0
		for _, r := range from {
			out[r] = to[i]
			i++
		}
	}
	pairs("авсеhіјкмнорԛѕтԝхуүԁɡӏьгп", "abcehijkmhopqstwxyydglbrn")
	pairs("АВСЕНІЈКМОРЅТХУԜ", "abcehijkmopstxyw")
	pairs("αβεηικνορτυχγ", "abenikvoptuxy")
	pairs("ΑΒΕΗΙΚΜΝΟΡΤΥΧΖ", "abehikmnoptyxz")
	pairs("ᴀʙᴄᴅᴇɢʜᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ", "abcdeghjklmnoprtuvwyz")
	return out
}()

// origin returns the place in the text of a range of folded bytes.
func (f *folded) origin(start, end int) place {
	if f.at == nil {
		return place{start, end}
	}
	for end < len(f.at) && f.at[end] == f.at[end-1] {
		end++
	}
	p := place{int(f.at[start]), f.size}
	if end < len(f.at) {
		p.end = int(f.at[end])
	}
	return p
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c == letter }
func isWord(c byte) bool   { return isDigit(c) || isLetter(c) }
