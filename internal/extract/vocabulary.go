package extract

import (
	"unicode"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/record"
)

// vocabulary finds the known entities by the first letter of their names. A text is compared with them at each of its names, and a Context
// may know hundreds.
type vocabulary struct {
	all     []record.EntityRef
	initial [][]record.EntityRef // by initialOf, in the order of all; nil until it is asked for
}

// beginning returns the entities whose names may begin like a name, in their order.
func (v *vocabulary) beginning(name string) []record.EntityRef {
	if len(v.all) == 0 {
		return nil
	}
	if v.initial == nil {
		v.initial = make([][]record.EntityRef, 256)
		for _, e := range v.all {
			n := initialOf(e.Name)
			v.initial[n] = append(v.initial[n], e)
		}
	}
	return v.initial[initialOf(name)]
}

// initialOf is the same for letters that are equal under simple case folding, as [strings.EqualFold] compares them.
func initialOf(name string) byte {
	r, _ := utf8.DecodeRuneInString(name)
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	return byte(least)
}
