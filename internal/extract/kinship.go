package extract

import (
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// kinWord reads a kinship word with its adjectives at i and gives its label and the token after it.
func (x *extractor) kinWord(i, end int) (string, int) {
	for i < end && kinAdjectives[x.toks[i].low] && x.toks[i].kind == word {
		i++
	}
	if i >= end {
		return "", i
	}
	label, ok := kin[x.toks[i].low]
	if !ok {
		return "", i
	}
	if label == "pet" && i+1 < end && kin[x.toks[i+1].low] == "pet" { // "beagle puppy"
		return label, i + 2
	}
	if x.phrase(i+1, end, "in law") {
		label += "_in_law"
		return label, i + 3
	}
	return label, i + 1
}

// kinAt reads "my sister Anna", "my kids, Max and Lily", "my wife's name is Carol" at the word "my".
func (x *extractor) kinAt(i, end int, persons *[]party) {
	label, n := x.kinWord(i+1, end)
	plural := false
	if label == "" {
		j := i + 1
		for j < end && kinAdjectives[x.toks[j].low] {
			j++
		}
		if j < end {
			label, plural = kinPlural[x.toks[j].low], true
			n = j + 1
		}
	}
	if label == "" || n >= end || x.toks[i].is("our") && !oneOf(label, []string{"son", "daughter", "child", "pet"}) {
		return
	}
	comma := x.toks[n].is(",", "(") || plural && x.toks[n].is(":")
	named := false
	switch {
	case comma:
		n++
	case x.phrase(n, end, "'s name is"):
		n, named = n+3, true
	case x.phrase(n, end, "is called"), x.phrase(n, end, "is named"), x.phrase(n, end, "are called"), x.phrase(n, end, "are named"):
		n, named = n+2, true
	case x.phrase(n, end, "named"), x.phrase(n, end, "called"):
		n, named = n+1, true
	case x.phrase(n, end, "'s names are"), x.phrase(n, end, "names are"):
		n, named = n+3, true
	case plural && x.toks[n].is("are"):
		n++
	case x.phrase(n, end, "is") && !plural:
		n++
		if n < end && x.toks[n].is("now", "currently", "still", "actually") {
			n++
		}
		m, ok := x.personAt(n, end)
		if !ok || x.people.evidence(m, false) != strongEvidence && !x.names(m, label) || !x.endsWell(m.to, end) || x.takenBack(m.to, end) {
			return
		}
	}
	if plural {
		x.kinList(label, i, n, end, persons)
		return
	}
	m, ok := x.personAt(n, end)
	if !ok || !x.kinName(m, label, named) {
		return
	}
	if comma && !(m.to >= end || x.toks[m.to].is(",", ")", "and") && givenNames[strings.ToLower(firstWord(m.text))]) {
		return
	}
	if comma && m.to < end && x.toks[m.to].is("and") {
		return
	}
	x.kinFact(label, i, m, persons)
}

// kinName reports whether the mention can be the name of the relative or pet.
func (x *extractor) kinName(m mention, label string, named bool) bool {
	low := strings.ToLower(m.text)
	if camel(m.text) && !strings.HasPrefix(m.text, "Mc") && !strings.HasPrefix(m.text, "Mac") || demonyms[low] || languages[low] {
		return false
	}
	if named || label == "pet" {
		return true
	}
	ev := x.people.evidence(m, false)
	return ev != noEvidence || givenNames[low]
}

func (x *extractor) kinFact(label string, from int, m mention, persons *[]party) {
	p := x.resolveKin(m, label)
	if label == "pet" {
		p = party{ref: record.EntityRef{Type: record.TypeOther, Name: m.text}, from: m.from, to: m.to, conf: 1}
	} else {
		x.people.intro[strings.ToLower(m.text)] = true
		x.people.intro[strings.ToLower(p.ref.Name)] = true
		if g := kinGender[label]; g != 0 {
			x.people.gender[strings.ToLower(p.ref.Name)] = g
		}
		x.hear(label, p)
	}
	x.relation(fact{subject: x.me(), key: label, object: p, category: kinCategory(label), conf: direct, from: from, to: m.to})
	if label != "pet" {
		*persons = append(*persons, p)
	}
}

// kinList reads "Max and Lily" or "Max, Leo and Lily" after a plural.
func (x *extractor) kinList(label string, from, i, end int, persons *[]party) {
	var names []mention
	last := false
	for i < end {
		m, ok := x.personAt(i, end)
		if !ok || !x.kinName(m, label, true) || x.people.evidence(m, false) == noEvidence && label != "pet" {
			return
		}
		names = append(names, m)
		i = m.to
		if last || i >= end {
			break
		}
		switch {
		case x.toks[i].is("and", "&"):
			last = true
			i++
		case x.toks[i].is(",") && i+1 < end && x.toks[i+1].is("and"):
			last = true
			i += 2
		case x.toks[i].is(","):
			i++
		default:
			return
		}
	}
	if !last || len(names) < 2 || i < end && x.toks[i].is("'s") {
		return
	}
	for _, m := range names {
		x.kinFact(label, from, m, persons)
	}
}
