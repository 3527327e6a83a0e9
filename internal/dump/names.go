package dump

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// reserved are the words that SurrealDB 3 does not take for a table where they stand bare.
const reserved = " after all alter before begin break by cancel commit continue create define delete diff explain false" +
	" for function if info insert kill let live none null option rand rebuild relate remove return select sequence" +
	" show sleep table tb throw true update upsert use value where "

// isName reports whether s is a letter or underscore followed by letters, digits and underscores of ASCII, and
// not one of the two such words that SurrealDB takes for numbers everywhere.
func isName(s []byte) bool {
	if len(s) == 0 || isDigit(s[0]) || string(s) == "NaN" || string(s) == "Infinity" {
		return false
	}
	for _, c := range s {
		if !isWord(c) {
			return false
		}
	}
	return true
}

func isDigit(c byte) bool { return c-'0' < 10 }

func isWord(c byte) bool { return (c|0x20)-'a' < 26 || c-'0' < 10 || c == '_' }

// appendTable appends the name of a table, in backticks unless it can stand bare.
func appendTable(b, name []byte) []byte {
	if isName(name) && !strings.Contains(reserved, " "+strings.ToLower(string(name))+" ") {
		return append(b, name...)
	}
	return appendQuoted(b, name, '`')
}

// appendKey appends a key of a record id that is text, in backticks unless it can stand bare and stay text.
func appendKey(b, key []byte) []byte {
	if isName(key) {
		return append(b, key...)
	}
	return appendQuoted(b, key, '`')
}

// appendField appends the key of an object, in quotes unless it can stand bare.
func appendField(b, key []byte) []byte {
	if isName(key) {
		return append(b, key...)
	}
	return appendQuoted(b, key, '"')
}

// appendQuoted appends text, which is UTF-8, between quotes. What would break a line, or show a person other
// text than a program reads, is escaped: the form has one row a line, and no hidden parts.
func appendQuoted(b, text []byte, quote byte) []byte {
	b = append(b, quote)
	start := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c >= 0x20 && c != quote && c != '\\' && c < 0x7f {
			i++
			continue
		}
		r, size := rune(c), 1
		if c >= utf8.RuneSelf {
			if r, size = utf8.DecodeRune(text[i:]); !isHidden(r) {
				i += size
				continue
			}
		}
		b = append(b, text[start:i]...)
		b = append(b, '\\')
		switch r {
		case rune(quote), '\\':
			b = append(b, c)
		case '\n':
			b = append(b, 'n')
		case '\r':
			b = append(b, 'r')
		case '\t':
			b = append(b, 't')
		case 0:
			b = append(b, '0')
		default:
			b = append(strconv.AppendInt(append(b, 'u', '{'), int64(r), 16), '}')
		}
		i += size
		start = i
	}
	return append(append(b, text[start:]...), quote)
}

// isHidden reports whether r, which is not ASCII, is a control character, ends a line, or changes the direction
// of the text around it.
func isHidden(r rune) bool {
	switch {
	case r < 0xa0, r == 0x61c, r == 0x200e, r == 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0xfeff:
		return true
	}
	return false
}
