package keyphrase

import (
	"bytes"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTag is the number of bytes within which a tag ends.
const maxTag = 256

// wordsOf gives the words of a text with their positions: letters, marks and digits, and an apostrophe, hyphen, full stop, underscore or ampersand
// between two of them, as in "don't", "e-mail", "node.js" and "R&D". Tags, entities, addresses and commands with a backslash are left out, and so are very
// long words and the elided article of "l'homme".
func wordsOf(text string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for i := 0; i < len(text); {
			r, size := decode(text[i:])
			switch {
			case r == '<':
				i += max(tag(text[i:]), 1)
			case r == '&':
				i += max(entity(text[i:]), 1)
			case r == '\\':
				i = wordEnd(text, i+1)
			case !letter(r):
				i += size
			default:
				start, end := i, wordEnd(text, i)
				i = end
				if rest := text[end:]; strings.HasPrefix(rest, "://") || strings.HasPrefix(rest, "@") || strings.HasPrefix(text[start:end], "www.") {
					i = fieldEnd(text, end)
					continue
				}
				start += elided(text[start:end])
				if end-start <= maxWord*utf8.UTFMax && !yield(start, end) {
					return
				}
			}
		}
	}
}

// wordEnd returns the end of the word at a position, which is the position itself if there is none.
func wordEnd(text string, i int) int {
	for i < len(text) {
		r, size := decode(text[i:])
		if letter(r) {
			i += size
			continue
		}
		if i > 0 && joins(r) && i+size < len(text) {
			if next, _ := decode(text[i+size:]); letter(next) {
				if before, _ := utf8.DecodeLastRuneInString(text[:i]); letter(before) {
					i += size
					continue
				}
			}
		}
		// C++, C#
		for n := 0; n < 2 && i < len(text) && (text[i] == '+' || text[i] == '#'); n++ {
			i++
		}
		break
	}
	return i
}

// letter reports whether a word may have r.
func letter(r rune) bool {
	if r < utf8.RuneSelf {
		return r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

// joins reports whether r joins the letters around it to one word.
func joins(r rune) bool {
	switch r {
	case '\'', '’', '-', '‐', '‑', '.', '_', '&':
		return true
	}
	return false
}

func decode(s string) (rune, int) {
	if c := s[0]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s)
}

// tag returns the size of the tag at the start of a text, or 0.
func tag(s string) int {
	if len(s) < 3 || s[1] != '/' && s[1] != '!' && s[1]|0x20 < 'a' || s[1]|0x20 > 'z' {
		return 0
	}
	end := 1 + strings.IndexAny(s[1:min(len(s), maxTag)], "<>\n")
	if s[end] != '>' {
		return 0
	}
	return end + 1
}

// entity returns the size of the entity at the start of a text, such as "&nbsp;", or 0.
func entity(s string) int {
	i := 1
	for i < min(len(s), 12) && (s[i] == '#' || s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' || s[i] >= '0' && s[i] <= '9') {
		i++
	}
	if i < len(s) && i > 2 && s[i] == ';' {
		return i + 1
	}
	return 0
}

func fieldEnd(text string, i int) int {
	for i < len(text) {
		r, size := decode(text[i:])
		if unicode.IsSpace(r) || r == '<' || r == '>' || r == '"' {
			break
		}
		i += size
	}
	return i
}

// elided returns the size of an elided French word at the start of a word, with its apostrophe.
func elided(w string) int {
	i := strings.IndexAny(w, "'’")
	if i < 1 || i > len("lorsqu") {
		return 0
	}
	switch strings.ToLower(w[:i]) {
	case "l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu":
		_, size := utf8.DecodeRuneInString(w[i:])
		return i + size
	}
	return 0
}

// normalised appends the normalised form of a word.
func normalised(dst []byte, w string) []byte {
	for i := range len(w) {
		c := w[i]
		if c >= utf8.RuneSelf {
			return append(dst[:0], Normalise(w)...)
		}
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

// content reports whether a word, given as written and normalised, can be in a phrase. It has at least two characters and a letter; it is no
// long number with some letters, as hashes are; and its script has spaces between words.
func content(w string, norm []byte) bool {
	letters, digits, count := 0, 0, 0
	for _, r := range w {
		switch {
		case r < utf8.RuneSelf && r|0x20 >= 'a' && r|0x20 <= 'z':
			letters++
		case r < utf8.RuneSelf && r >= '0' && r <= '9':
			digits++
		case r < utf8.RuneSelf:
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			return false
		case unicode.IsLetter(r):
			letters++
		case unicode.IsNumber(r):
			digits++
		}
		count++
	}
	return count >= 2 && count <= maxWord && letters > 0 && (digits <= letters || count <= 8) && bytes.IndexByte(norm, ' ') < 0
}
