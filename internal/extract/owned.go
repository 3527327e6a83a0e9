package extract

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
