package extract

import (
	"slices"
	"strings"
	"testing"

	"github.com/spectron-go/spectron/internal/record"
)

// TestVocabulary: no entity is missed whose name begins with a name in any case.
func TestVocabulary(t *testing.T) {
	t.Parallel()
	var all []record.EntityRef
	for _, name := range []string{"Anna Weber", "anna", "ANNA K.", "Émile", "émile", "Kelvin", "\u212aelvin", "Straße", "ſtraße", "İpek", "Zed", "Ωmega", "ωmega", "\u2126mega", "", "9 lives"} {
		all = append(all, person(name))
	}
	v := vocabulary{all: all}
	for _, name := range all {
		var want, got []record.EntityRef
		for _, e := range all {
			if strings.EqualFold(e.Name, name.Name) {
				want = append(want, e)
			}
		}
		for _, e := range v.beginning(name.Name) {
			if strings.EqualFold(e.Name, name.Name) {
				got = append(got, e)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, not %v", name.Name, got, want)
		}
	}
}
