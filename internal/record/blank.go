package record

import (
	"strings"
	"unicode"
)

// invisible are the characters that nobody sees although Unicode counts some of them among letters and marks: white
// space, control and format characters, variation selectors, and the other code points that renderers ignore.
var invisible = []*unicode.RangeTable{
	unicode.White_Space, unicode.Z, unicode.Cc, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point,
}

// brailleBlank is the Braille pattern without dots. Unicode counts it among symbols.
const brailleBlank = '\u2800'

// Blank reports whether nothing in s can be seen: it is empty, or has white space, zero-width and other invisible
// characters alone. A blank text, name or value is as good as none.
func Blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		if r < unicode.MaxLatin1 {
			return r > ' ' && (r < 0x7f || r > 0xa0) && r != 0xad // the soft hyphen
		}
		return r != brailleBlank && !unicode.In(r, invisible...)
	})
}
