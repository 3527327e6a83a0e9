package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/spectron-go/spectron/internal/record"
)

// Values that have a form of their own replace others of their kind without a word of change: "it's 07700 900312", "use nell@example.org".

// typedForms are forms of values, with the keys whose values have them.
var typedForms = []struct {
	form *regexp.Regexp
	keys []string
}{
	{regexp.MustCompile(`(?:\+|\b)\d[\d ()/.-]{5,}\d\b`), []string{"phone"}},
	{regexp.MustCompile(`\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b`), []string{"email"}},
	{regexp.MustCompile(`\b\d{1,4}[a-z]?,? (?:\p{Lu}[\p{L}'’-]+ ){1,3}(?:Street|Road|Lane|Avenue|Court|Close|Drive|Way|Place|Square|Terrace|Crescent|Gardens|Grove|Hill|View|Row|Walk|Mews|Park|Rise|St|Rd|Ave|Dr|Blvd|Boulevard|Parade|Quay)\b`), []string{"address"}},
}

// addressing are words of a sentence that gives a value to use, and elsewhere those of one whose value is somebody else's.
var (
	addressing = set(`it that this use try me mine my instead on new correction sorry no wait oops reach text call mail email write at actually now make i
		ist unter mich mir jetzt nein doch soy mi al ahora est mon ma moi au desormais maintenant`)
	elsewhere = set(`his her their he she they your its from bank plumber office mum mom dad boss school party company hotel reference newsletter table booking order
		klempner mutter vater der die tisch fontanero madre padre mesa su plombier mere pere son sa leur il elle le`)
)

// restated notes the values of a form of their own that a sentence gives, if it is nobody else's for sure.
func (d *doubter) restated() {
	text := d.text
	if !strings.ContainsAny(text, "0123456789@") || d.s.question || d.supposes(d.s.from, d.s.to) {
		return
	}
	for _, typed := range typedForms {
		at := typed.form.FindStringIndex(text)
		if at == nil || typed.keys[0] == "phone" && digits(text[at[0]:at[1]]) < 7 {
			continue
		}
		if gives, short := d.gives(), strings.TrimSpace(text[:at[0]]) == ""; gives || short {
			d.note([]record.EntityRef{d.speaker}, record.Doubt{Keys: slices.Clone(typed.keys), Other: true, Near: text})
		}
	}
	if d.opens && d.numbered() {
		d.note([]record.EntityRef{d.speaker}, record.Doubt{Back: true, Keys: []string{"address", "phone", "birthday", "age", "email"}})
	}
}

func digits(s string) (n int) {
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// gives reports whether the sentence tells where to reach the speaker.
func (d *doubter) gives() bool {
	gives := false
	for j := d.s.from; j < d.s.to; j++ {
		t := &d.toks[j]
		if t.kind != word {
			continue
		}
		if elsewhere[t.low] || kin[t.low] != "" || j > d.s.from && t.upper && len(d.bearers(t.text)) > 0 {
			return false
		}
		gives = gives || addressing[t.low]
	}
	return gives
}

// numbered reports whether the sentence says no more than a number: "it's 19", "no wait, it's 7 Hill View".
func (d *doubter) numbered() bool {
	for j := d.s.from; j+2 < d.s.to+1 && j+1 < d.s.to; j++ {
		t := &d.toks[j]
		if t.kind != word || fillers[t.low] || corrective[t.low] {
			continue
		}
		if n := d.phraseOf(j, d.s.to, restating); n > 0 && j+n < d.s.to {
			r := []rune(d.toks[j+n].text)[0]
			return unicode.IsDigit(r)
		}
		return false
	}
	return false
}

// corrective are words that open a correction.
var corrective = set(`sorry oops whoops wait hang on hold hmm er um ah oh correction actually the number house wrong
	moment perdón perdon pardon attends`)

// restating open a sentence that says a value again.
var restating = phrases("it is", "it 's", "that is", "that 's", "make that", "make it", "i meant", "number is", "es el", "c'est le", "c'est", "es ist", "ist")
