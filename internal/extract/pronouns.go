package extract

import "github.com/spectron-go/spectron/internal/record"

// meet notes a person or a pet that the sentence has named.
func (x *extractor) meet(p party) {
	if p.doubt != "" || p.ref.Name == "" || p.speaker || p.from >= p.to {
		return
	}
	for i := range x.met {
		if x.met[i].ref == p.ref {
			return
		}
	}
	x.met = append(x.met, p)
}

// meantBy is whom "he" or "she" at token i means: the one person whom the sentence has named before and who agrees, else the one of the sentence
// before.
func (x *extractor) meantBy(i int, pron string, prev topic, first bool) (party, bool) {
	from := x.lineStart(i)
	var found party
	n := 0
	for _, p := range x.met {
		if p.from < i && p.from >= from && !x.people.contradicts(p, pron) {
			found, n = p, n+1
		}
	}
	if n == 0 && prev.ok && (prev.person.ref.Type == record.TypeOther || x.people.fits(prev.person, pron)) {
		if first {
			return prev.person, true
		}
		if x.onlyPerson(sentence{from: from, to: i}, []party{prev.person}) && !x.othersBetween(from, i) {
			return prev.person, true
		}
		return party{}, false
	}
	if n != 1 || !x.onlyPerson(sentence{from: from, to: i}, x.met) || x.othersBetween(found.to, i) {
		return party{}, false
	}
	found.from = found.to // the pronoun names nobody anew
	return found, true
}

// contradicts reports whether the pronoun cannot mean the person, as far as the gender is known.
func (p *people) contradicts(who party, pron string) bool {
	p.scan()
	want := map[string]gender{"she": feminine, "he": masculine}[pron]
	if who.ref.Type == record.TypeOther {
		return false
	}
	if g := p.gender[lower(who.ref.Name)]; g != 0 {
		return g != want
	}
	first := lower(firstWord(who.ref.Name))
	return want == feminine && mensNames[first] || want == masculine && womensNames[first]
}

// othersBetween reports somebody without a name between two tokens, whom a pronoun may mean.
func (x *extractor) othersBetween(from, to int) bool {
	for i := from; i < to; i++ {
		t := &x.toks[i]
		if t.kind != word || i == from+2 && x.toks[from].is("is", "'s") && x.toks[i-1].is("a", "an") && jobs[t.low] { // "Anna is a vet, she …"
			continue
		}
		if somebody[t.low] || t.is("doctor", "teacher", "nurse", "vet", "girl", "boy", "who") || kin[t.low] != "" && kin[t.low] != "pet" && !(i+1 < to && (x.toks[i+1].upper || x.toks[i+1].is(",", "is", "'s") && i+2 < to && x.toks[i+2].upper)) {
			return true
		}
	}
	return false
}

// ownerMeant is whom "her" or "his" at token i means, other than whom is spoken of.
func (x *extractor) ownerMeant(i int, other party) (party, bool) {
	pron := "he"
	if x.toks[i].is("her") {
		pron = "she"
	}
	from := x.lineStart(i)
	var found party
	n := 0
	for _, p := range x.met {
		if p.from < i && p.from >= from && p.ref != other.ref && p.ref.Type == record.TypePerson && !x.people.contradicts(p, pron) {
			found, n = p, n+1
		}
	}
	found.from = found.to
	return found, n == 1
}

// companionBehind is who "we" are, as it is told behind a mark: "we split up, Marta and I".
func (x *extractor) companionBehind(i, end int) party {
	for j := i + 1; j+2 < end; j++ {
		if !x.toks[j].is(",", "(", "-", "–", "—") {
			continue
		}
		if x.toks[j+1].is("me") && x.toks[j+2].is("and", "n", "&") {
			if m, ok := x.personAt(j+3, end); ok && x.people.evidence(m, false) != noEvidence && (m.to >= end || x.toks[m.to].kind != word) {
				return x.people.resolve(m)
			}
			continue
		}
		m, ok := x.personAt(j+1, end)
		if ok && m.to+1 < end && x.toks[m.to].is("and", "n", "&") && x.toks[m.to+1].is("i", "me") && (m.to+2 >= end || x.toks[m.to+2].kind != word) && x.people.evidence(m, false) != noEvidence {
			return x.people.resolve(m)
		}
	}
	return party{}
}
