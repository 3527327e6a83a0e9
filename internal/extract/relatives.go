package extract

import (
	"slices"
	"sort"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// oneOfMany are the labels of people of whom most have several and speak of each as "my friend": the one who
// is known need not be the one who is meant.
var oneOfMany = set(`friend colleague neighbour cousin aunt uncle niece nephew grandmother grandfather pet`)

// fondAdjectives may stand before a kinship word without choosing among several. "My older sister" and "my new
// boss" may be somebody else than the one who is known.
var fondAdjectives = set(`dear dearest beloved lovely wonderful amazing sweet adorable loving current`)

// kinWordGender is the gender of the words whose label has none.
var kinWordGender = map[string]gender{
	"wife": feminine, "girlfriend": feminine, "landlady": feminine, "fiancée": feminine, "fiancee": feminine,
	"husband": masculine, "boyfriend": masculine,
}

// hear notes that the text names a relative of the speaker.
func (x *extractor) hear(label string, p party) {
	if p.doubt != "" || p.ref.Name == "" {
		return
	}
	x.meet(p)
	if x.heard == nil {
		x.heard = map[string][]record.EntityRef{}
	}
	if functional[label] {
		x.heard[label] = append(x.heard[label][:0], p.ref)
		return
	}
	if len(x.heard[label]) < maxRelatives && !among(x.heard[label], p.ref) {
		x.heard[label] = append(x.heard[label], p.ref)
	}
}

// among reports whether the person is in the list, in whatever case the name is written.
func among(list []record.EntityRef, e record.EntityRef) bool {
	return slices.ContainsFunc(list, func(o record.EntityRef) bool { return strings.EqualFold(o.Name, e.Name) })
}

// maxRelatives bounds how many bearers of a label one text is remembered to name: with two it is open already who
// is meant.
const maxRelatives = 16

// relatives lists the persons that are known under the label: those given and those that the text has named
// so far. Of what one has one at a time, the text's own word counts.
func (x *extractor) relatives(label string) []record.EntityRef {
	if functional[label] && len(x.heard[label]) > 0 {
		return x.heard[label]
	}
	if len(x.kin[label]) == 0 {
		return x.heard[label]
	}
	var out []record.EntityRef
	for _, from := range [][]record.EntityRef{x.kin[label], x.heard[label]} {
		for _, e := range from {
			if e.Name != "" && e != record.UserEntity && record.EntityType(e.Type) == record.TypePerson && !among(out, e) {
				out = append(out, e)
			}
		}
	}
	return out
}

// resolveKin resolves the name of a relative. The relation decides where several people bear the name.
func (x *extractor) resolveKin(m mention, label string) party {
	x.people.scan()
	found := -1
	known := x.relatives(label)
	for i, e := range known {
		if !begins(e.Name, m.text) && !(m.titled && strings.EqualFold(lastWord(e.Name), m.text)) {
			continue
		}
		if found >= 0 {
			return x.people.resolve(m)
		}
		found = i
	}
	if found < 0 {
		p := x.people.resolve(m)
		if p.doubt == "" && x.elsewhere(p.ref, label) {
			p.doubt = m.text + " may be " + p.ref.Name + " or somebody else"
		}
		return p
	}
	return party{ref: known[found], from: m.from, to: m.to, conf: 1}
}

// family are the labels that exclude each other: nobody is the brother and the manager of one person, as far as
// one may take for granted.
var family = set(`sister brother sibling mother father parent son daughter child cousin aunt uncle niece nephew grandmother
	grandfather spouse partner fiance sister_in_law brother_in_law mother_in_law father_in_law`)

// elsewhere reports whether a person is known to stand in a relation to the speaker that does not go with the label.
func (x *extractor) elsewhere(e record.EntityRef, label string) bool {
	for _, from := range []map[string][]record.EntityRef{x.kin, x.heard} {
		for other, people := range from {
			if other != label && (family[other] || family[label]) && among(people, e) {
				return true
			}
		}
	}
	return false
}

// relativeAt reads "my sister" without a name at the word "my" and gives who that is and the token after it.
// Among several it is in doubt.
func (x *extractor) relativeAt(i, end int) (party, int, bool) {
	j := i + 1
	for j < end && kinAdjectives[x.toks[j].low] {
		if !fondAdjectives[x.toks[j].low] {
			return party{}, i, false
		}
		j++
	}
	label, n := x.kinWord(j, end)
	if label == "" || oneOfMany[label] {
		return party{}, i, false
	}
	known := x.relatives(label)
	if len(known) == 0 {
		return party{}, i, false
	}
	p := party{ref: known[0], from: i, to: n, conf: 1}
	if len(known) > 1 {
		names := make([]string, 0, len(known))
		for _, e := range known {
			names = append(names, e.Name)
		}
		sort.Strings(names)
		p.doubt = x.quote(j, n) + " may be " + strings.Join(names, " or ")
		return p, n, p.doubt != ""
	}
	g := kinGender[label]
	if g == 0 {
		g = kinWordGender[x.toks[j].low]
	}
	if g != 0 {
		x.people.scan()
		first := strings.ToLower(firstWord(p.ref.Name))
		if g == feminine && mensNames[first] || g == masculine && womensNames[first] {
			return party{}, i, false // the known partner is not this one
		}
		x.people.gender[strings.ToLower(p.ref.Name)] = g
	}
	return p, n, true
}

// sole are the labels of persons of whom one has one and calls by name: with them, two capitalised words are a name
// although nobody knows them. A doctor or a landlord may be a firm.
var sole = set(`manager spouse fiance mother father mother_in_law father_in_law`)

// namesAlone reports whether an unknown word in capitals alone must be the name of the relative: "our team lead is Sunniva".
func (x *extractor) namesAlone(m mention, label string, end int) bool {
	low := lower(m.text)
	return (sole[label] || personal[label]) && !strings.Contains(m.text, " ") && !x.casual && (m.to >= end || x.toks[m.to].kind == punct) && x.people.evidence(m, false) != noEvidence &&
		!jobs[low] && !unlikely[low] && !notPlaces[low] && !adjectival(low) && !corporate[low]
}

// unlikely are words of no person's name that stand capitalised after "my boss is".
var unlikely = set(`pure evil himself herself satan hell nature world clinic center centre health dental medical care properties
	realty estates homes bot machine software`)

// names reports whether an unknown mention of two words or more must be the name of the relative.
func (x *extractor) names(m mention, label string) bool {
	if !sole[label] || !strings.Contains(m.text, " ") || x.people.evidence(m, false) == noEvidence || m.from > 0 && x.toks[m.from-1].upper {
		return false
	}
	for i := m.from; i < m.to; i++ {
		low := x.toks[i].low
		if jobs[low] || departments[low] || corporate[low] || notNames[low] || demonyms[low] || cities[low] || regions[low] ||
			softAdverbs[low] || roleBreakers[low] || hedges[low] || unlikely[low] || notPlaces[low] || emptyThings[low] {
			return false
		}
	}
	return !adjectival(strings.ToLower(firstWord(m.text)))
}
