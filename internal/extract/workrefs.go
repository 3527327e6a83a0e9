package extract

// workRefs say of an organisation named before that the speaker works there. Those of tenureRefs may speak of a place as well, so that the
// organisation must be one by its name.
var (
	workRefs = phrases("i work there", "i still work there", "i actually work there", "i have worked there", "i have been working there", "that is where i work", "that 's where i work", "it is where i work", "it 's where i work", "which is where i work", "i am working there", "i work for them",
		"i have worked for them", "i have been working for them", "we work there", "that is who i work for", "that 's who i work for", "they are my employer", "that is my employer", "that 's my employer", "that 's my work", "that is my work", "they employ me", "they pay my wages", "i started there", "i just started there", "i have just started there",
		"that is where i am working", "that 's where i am working", "i do shifts there", "i work here")
	tenureRefs = phrases("i have been there since", "i have been there for", "been there since", "been there for", "i have been there", "i have been with them since", "i have been with them for", "i have been with them", "been with them since", "been with them for", "i am there now")
)

// workRef reads the employer that words at token i point at: "Corvid Systems is hiring. I've been there four years".
func (x *extractor) workRef(i int, s sentence) bool {
	n, tenure := x.phraseOf(i, s.to, workRefs), false
	if n == 0 {
		n, tenure = x.phraseOf(i, s.to, tenureRefs), true
	}
	if n == 0 || x.deniedBefore(s.from, i) || x.takenBack(i+n, s.to) || !x.afterMark(i) && !x.toks[i].is("i", "which") || i > s.from && (hedges[x.toks[i-1].low] || x.toks[i-1].is("that", "who")) {
		return false
	}
	for j := s.from; j < i; j++ {
		if farHedges[x.toks[j].low] {
			return false
		}
	}
	j := i + n
	if tenure && x.toks[j-1].is("there", "them") {
		if _, k, ok := x.spotCapture("years", x.pastWords(j, s.to, "nearly", "almost", "about", "over"), s.to); ok {
			j = k
		} else {
			return false
		}
	}
	if tenure && x.toks[j-1].is("for") {
		_, k, ok := x.spotCapture("years", j, s.to)
		if !ok {
			return false
		}
		j = k
	}
	if !tenure && j < s.to && x.toks[j].kind == word && !followers[x.toks[j].low] {
		return false
	}
	found, ok := x.employerBefore(i, tenure)
	if !ok {
		return false
	}
	f := fact{subject: x.me(), key: WorksAt, object: found, category: knowledge, conf: likely, from: min(i, found.from), to: j}
	c := clause{x: x, subj: x.me(), from: i, end: s.to, v: verbGroup{tense: perfect, end: i}}
	if w, ok := c.dates(i, backward); ok && w.kind == sinceDate && w.known() {
		f.valid = w.holding()
	}
	return x.relation(f)
}

// employerBefore is the one organisation that was named shortly before token i. If it has to be sure, its name says what it is.
func (x *extractor) employerBefore(i int, sure bool) (found party, ok bool) {
	for j := max(0, i-25); j < i; j++ {
		t := &x.toks[j]
		if t.kind == quoted || t.is("they", "he", "she") && j < i-2 && false {
			return party{}, false
		}
		if !t.upper || t.kind != word || t.is("i") || j > 0 && x.toks[j-1].upper && t.joined {
			continue
		}
		m, named := x.organisationAt(j, i)
		if !named || m.from != j {
			continue
		}
		last := lower(lastWord(m.text))
		firm := corporate[last]
		if !firm && m.to-m.from == 1 && (x.sentenceStart(j) && !(m.to < len(x.toks) && x.toks[m.to].is("?")) || fillers[t.low] || notNames[t.low]) {
			continue // the first word of a sentence
		}
		if x.gazetteer(j, i) >= m.to && !firm || demonyms[t.low] || languages[t.low] || months[t.low] != 0 || givenNames[t.low] && !firm {
			return party{}, false
		}
		p, isOrg := x.organisation(m)
		if !isOrg || sure && (!firm || visited[last]) || x.notJoined(p) || providers[lower(m.text)] || ok && p.ref != found.ref {
			return party{}, false
		}
		p.from, p.to = m.from, m.to
		found, ok = p, true
		j = m.to - 1
	}
	return found, ok
}
