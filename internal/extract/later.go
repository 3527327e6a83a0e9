package extract

// What somebody or some animal is called is often said after it was spoken of: "We got a dog! His name is Baltasar."

// namedLater are the openings of such a sentence.
var namedLater = phrases("his name is", "his name 's", "her name is", "her name 's", "its name is", "their names are", "he is called", "he 's called", "she is called", "she 's called", "it is called", "it 's called", "we named him", "we named her", "we named it", "we called him", "we called her", "we called it",
	"i named him", "i named her", "i named it", "i called him", "i called her", "his names", "her names", "name is", "name 's", "he goes by", "she goes by", "we have named him", "we have named her", "we are calling him", "we are calling her", "he is named", "she is named", "they are called", "we named them")

// maxApart is how many tokens may stand between whom it is spoken of and the name.
const maxApart = 16

// namesLater reads the name of a relative or an animal that was spoken of before token i, in this sentence or in the one before.
func (x *extractor) namesLater(i, end int) bool {
	n := x.phraseOf(i, end, namedLater)
	if n == 0 || i == 0 {
		return false
	}
	label, plural := x.spokenOf(i)
	if label == "" {
		return false
	}
	var persons []party
	if plural {
		before := len(x.out.Relations)
		x.kinList(label, i, i+n, end, &persons)
		return len(x.out.Relations) > before
	}
	m, ok := x.namedAt(i+n, end, label)
	if !ok || !x.kinName(m, label, true) || !x.endsWell(m.to, end) || x.takenBack(m.to, end) {
		return false
	}
	x.kinFact(label, i, m, &persons)
	return true
}

// getting are the verbs of having somebody or something of one's own.
var getting = set(`have got had adopted rescued bought getting adopt has welcomed gained owning own`)

// spokenOf finds the relative or animal of the speaker that is spoken of last before token i, without a name.
func (x *extractor) spokenOf(i int) (label string, plural bool) {
	marks := 0
	for j := i - 1; j >= max(0, i-maxApart); j-- {
		t := &x.toks[j]
		if t.kind == newline || t.kind == quoted || t.is("?") {
			return "", false
		}
		if t.kind == punct && terminal(t.text) && j < i-1 && terminal(x.toks[j+1].text) {
			continue // "!!"
		}
		if t.kind == punct && terminal(t.text) {
			if marks++; marks > 1 {
				return "", false
			}
		}
		label, plural = kin[t.low], false
		if label == "" {
			label, plural = kinPlural[t.low], true
		}
		if label == "" || t.kind != word {
			continue
		}
		k := j - 1
		for k >= 0 && k > j-5 && x.toks[k].kind == word && (kinAdjectives[x.toks[k].low] || kin[x.toks[k].low] == "pet" || !x.toks[k].upper && !x.toks[k].is("a", "an", "my", "our", "the", "his", "her", "your", "their") && !verbLike(&x.toks[k]) && !getting[x.toks[k].low] && label == "pet") {
			k--
		}
		if k < 0 || j+1 < i && x.toks[j+1].upper || x.toks[j+1].is("named", "called", "'s") && j+1 < i {
			return "", false
		}
		switch {
		case x.toks[k].is("my", "our"):
			return label, plural
		case x.toks[k].is("a", "an", "another") || plural && getting[x.toks[k].low]:
			if !plural {
				k--
			}
			if k < 0 || !getting[x.toks[k].low] {
				return "", false
			}
			for k--; k >= 0 && (softAdverbs[x.toks[k].low] || x.toks[k].is("have", "'ve", "finally")); k-- {
			}
			if k < 0 || x.toks[k].is("i", "we") || x.toks[k].kind != word {
				return label, plural
			}
		}
		return "", false
	}
	return "", false
}
