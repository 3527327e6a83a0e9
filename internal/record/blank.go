package record

import (
	"strings"
	"unicode"
)

// invisible has the characters that are not visible: white space, control and format characters, variation selectors, and other code points
// that renderers ignore. Unicode counts some of them among letters and marks.
var invisible = []*unicode.RangeTable{
	unicode.White_Space, unicode.Z, unicode.Cc, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point,
}

// brailleBlank is the Braille pattern without dots. It is not in the tables of invisible, because Unicode counts it among symbols.
const brailleBlank = '\u2800'

// Blank reports whether s has no visible character: it is empty, or has only white space, zero-width and other invisible characters. A
// blank text, name or value counts as missing.
func Blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		if r < unicode.MaxLatin1 {
			return r > ' ' && (r < 0x7f || r > 0xa0) && r != 0xad // the soft hyphen
		}
		return r != brailleBlank && !unicode.In(r, invisible...)
	})
}
