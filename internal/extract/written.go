package extract

// namesThird reports whether a sentence of a written text may state something of a third person or thing: it has a name, or a pronoun for one
// that was named before.
func (x *extractor) namesThird(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		t := &x.toks[i]
		if t.kind != word {
			continue
		}
		if t.is("he", "she", "his", "her", "they", "their") || t.upper && !(x.opens(i, s.from) && plainOpeners[t.low]) && t.low != "i" {
			return true
		}
	}
	return false
}

// opens reports whether token i is the first word of its sentence or line.
func (x *extractor) opens(i, from int) bool {
	for i--; i >= from; i-- {
		switch x.toks[i].kind {
		case word:
			return false
		case newline:
			return true
		}
	}
	return true
}

// plainOpeners are words with which sentences begin that name nobody.
var plainOpeners = set(`a about above across after again against all almost along already also although always among an and another any anybody anyone anything are
	around as at because been before behind below beneath beside besides between beyond both but by can could despite did do does down during
	each either enough even ever every everybody everyone everything except few finally first for from further furthermore had has have hence
	here how however if in indeed inside instead into is it its just last later least less like likewise many may maybe meanwhile might more
	moreover most much must my near neither never nevertheless next no nobody none nor not nothing now of off often on once one only or other
	others our out outside over perhaps rather second several shall should since so some somebody someone something sometimes soon still such
	than that the then there therefore these this those though three through throughout thus till to today together too toward towards two
	under unless unlike until up upon usually was we well were what whatever when whenever where whether which while who whose why will with
	within without would yes yet you your`)
