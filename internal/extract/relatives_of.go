package extract

import (
	"github.com/spectron-go/spectron/internal/record"
)

// What is told of the speaker's people in passing, right behind their names: "my mum Ruth, 71, …", "my son Hugo's eczema", "my sister Jo's
// husband Mark".

// besideName reads what stands right behind the name of a relative that the sentence has named.
func (x *extractor) besideName(s sentence) {
	for k := 0; k < len(x.met); k++ {
		p := x.met[k]
		if p.from < s.from || p.to >= s.to || p.ref.Type != record.TypePerson && p.ref.Type != record.TypeOther {
			continue
		}
		i := p.to
		f := fact{subject: p, category: identity, conf: likely, from: p.from}
		switch t := &x.toks[i]; {
		case t.is(",", "(") && i+1 < s.to:
			n := number(x.toks[i+1].low)
			to := i + 2
			if n >= 1 && n <= 110 && to < s.to && x.toks[to].is("years", "yrs", "yo", "y/o", "months") {
				if x.toks[to].is("months") {
					continue
				}
				if to++; to < s.to && x.toks[to].is("old") {
					to++
				}
			}
			if n >= 1 && n <= 110 && (to >= s.to && t.is(",") || to < s.to && x.toks[to].is(",", ")")) && !x.toks[i+1].is("one") {
				f.key, f.value, f.to = Age, x.toks[i+1].text, to
				x.attribute(f)
			}
			if to = i + 2; t.is(",") && to < s.to && x.toks[i+1].is("aged", "age") && number(x.toks[to].low) > 0 {
				f.key, f.value, f.to = Age, x.toks[to].text, to+1
				x.attribute(f)
			}
		case t.is("'s") && i+1 < s.to && p.ref.Type == record.TypePerson:
			x.ownedBy(p, i+1, s)
		}
	}
}

// ownedBy reads what a relative has at token i: an illness, an allergy, a husband, a dog.
func (x *extractor) ownedBy(p party, i int, s sentence) {
	f := fact{subject: p, category: identity, conf: likely, from: p.from}
	if d, n, ok := x.capture("disease", i, s.to); ok && !(n < s.to && x.toks[n].is("'s", "-", "nurse", "clinic", "medication")) {
		f.key, f.object, f.to = Condition, d.party, n
		x.relation(f)
		return
	}
	if a, n, ok := x.capture("allergen", i, s.to); ok && n < s.to && x.toks[n].is("allergy") {
		f.key, f.object, f.to = AllergicTo, a.party, n+1
		x.relation(f)
		return
	}
	label, n := x.kinWord(i, s.to)
	if label == "" || n >= s.to || x.toks[i].is("ex", "late", "former") {
		return
	}
	if x.toks[n].is(",", "called", "named") {
		n++
	}
	m, ok := x.namedAt(n, s.to, label)
	if !ok || !x.kinName(m, label, label == "pet") || label != "pet" && x.people.evidence(m, false) == noEvidence || m.to < s.to && x.toks[m.to].is("'s") || x.toks[n-1].is(",") && m.to < s.to && !x.toks[m.to].is(",") {
		return
	}
	o := x.pet(m)
	if label != "pet" {
		o = x.people.resolve(m)
	}
	f.key, f.object, f.to, f.category = label, o, m.to, kinCategory(label)
	x.relation(f)
}

// verdict reads what is said of a thing named before a mark: "small talk: hate it", "Brunch? Love it.", at the verb.
func (x *extractor) verdict(i int, s sentence) bool {
	if i == 0 || i+1 >= s.to || !x.toks[i-1].is(":", "?", ",", "-", "–", "—") {
		return false
	}
	label, n := tastes[x.toks[i].low], i+1
	if x.phrase(i, s.to, "can not stand") || x.phrase(i, s.to, "can not abide") || x.phrase(i, s.to, "can not bear") {
		label, n = Dislikes, i+3
	}
	if label == "" || label == Prefers || n >= s.to || !x.toks[n].is("it", "them", "those", "that") || n+1 < s.to && x.toks[n+1].kind == word && !x.toks[n+1].is("and", "but", "so", "always", "to") {
		return false
	}
	from := i - 1
	for from > 0 && x.toks[from-1].kind == word && i-from < 6 {
		from--
	}
	if from > 0 && x.toks[from-1].kind == word || x.toks[i-1].is(",") && from != x.lineStart(i-1) {
		return false
	}
	if x.skipFillers(from, i-1) > from || softAdverbs[x.toks[from].low] {
		return false // "Well, love it!"
	}
	m, ok := x.thingAt(from, i-1)
	if !ok || m.to != i-1 || m.to-m.from > 4 || x.anyWord(from, i, "do", "did", "you", "he", "she", "is", "are", "they") {
		return false
	}
	f := fact{subject: x.me(), key: label, object: x.topic(m), category: knowledge, conf: likely, from: from, to: n + 1}
	x.relation(f)
	f.key = Opposite(label)
	return x.invalidate(f, f.valid.From)
}

// underMe reads "three people under me, Jonah, Bea and Kwame" at "me".
func (x *extractor) underMe(i int, s sentence) bool {
	if !x.toks[i].is("me") || i-2 < s.from || i+2 >= s.to || !(x.toks[i-1].is("under") && (x.anyWord(max(s.from, i-6), i, "people", "staff", "team", "folk", "engineers", "nurses", "juniors")) || x.toks[i-1].is("to") && x.toks[i-2].is("reporting", "report", "answer")) || !x.toks[i+1].is(",", ":", "(", "-", "–", "—") {
		return false
	}
	read := false
	for j := i + 2; j < s.to; {
		m, ok := x.personAt(j, s.to)
		if !ok || x.people.evidence(m, false) == noEvidence {
			break
		}
		read = x.relation(fact{subject: x.me(), key: Manages, object: x.people.resolve(m), category: knowledge, conf: likely, from: i, to: m.to}) || read
		j = m.to
		for j < s.to && x.toks[j].is(",", "and", "&") {
			j++
		}
		if j == m.to {
			break
		}
	}
	return read
}

// What belongs to others is told with "his" and "her": "my cousin Leela, her dog Momo", "Jo and her husband Mark".

// theirs reads relatives and pets of the one whom the sentence has named: "her dog Momo".
func (x *extractor) theirs(s sentence) {
	for i := s.from; i+2 < s.to; i++ {
		if !x.toks[i].is("her", "his") {
			continue
		}
		label, n := x.kinWord(i+1, s.to)
		if label == "" || n >= s.to || x.toks[i+1].is("boss", "manager", "friend", "doctor") {
			continue
		}
		if x.toks[n].is(",", "called", "named") {
			n++
		}
		m, ok := x.namedAt(n, s.to, label)
		if !ok || !x.kinName(m, label, label == "pet") || label != "pet" && x.people.evidence(m, false) != strongEvidence || x.toks[n-1].is(",") && m.to < s.to && !x.toks[m.to].is(",") || m.to < s.to && x.toks[m.to].is("'s") {
			continue
		}
		who, ok := x.ownerMeant(i, party{})
		if !ok || x.othersBetween(who.to, i) || who.to < i-12 {
			continue
		}
		p := x.pet(m)
		if label != "pet" {
			p = x.people.resolve(m)
		}
		x.relation(fact{subject: who, key: label, object: p, category: kinCategory(label), conf: coref, from: i, to: m.to})
	}
}
