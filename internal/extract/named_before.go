package extract

import "strings"

// workRefs say of an organisation named before that the speaker works there. Those of tenureRefs may speak of a place as well, so that the
// organisation must be one by its name.
var (
	workRefs = phrases("i work there", "i still work there", "i actually work there", "i have worked there", "i have been working there", "that is where i work", "that 's where i work", "it is where i work", "it 's where i work", "which is where i work", "i am working there", "i work for them",
		"i have worked for them", "i have been working for them", "we work there", "that is who i work for", "that 's who i work for", "they are my employer", "that is my employer", "that 's my employer", "that 's my work", "that is my work", "they employ me", "they pay my wages", "i started there", "i just started there", "i have just started there",
		"that is where i am working", "that 's where i am working", "i do shifts there", "i work here", "i work at the place", "i have been working at the place", "i have worked at the place", "i manage the place", "i still work there now")
	tenureRefs = phrases("i have been there since", "i have been there for", "been there since", "been there for", "i have been there", "i have been with them since", "i have been with them for", "i have been with them", "been with them since", "been with them for", "i am there now")
)

// workRef reads the employer that words at token i point at: "Corvid Systems is hiring. I've been there four years".
func (x *extractor) workRef(i int, s sentence) bool {
	n, tenure := x.phraseOf(i, s.to, workRefs), false
	if n == 0 {
		n, tenure = x.phraseOf(i, s.to, tenureRefs), true
	}
	if n == 0 && (x.phrase(i, s.to, "i am still there") || x.phrase(i, s.to, "never left") || x.phrase(i, s.to, "i never left")) && x.startedThere(i, s.from) {
		n, tenure = 2, false
		if x.toks[i].is("i") {
			n = 4 - 1
		}
		if x.toks[i+1].is("am") {
			n = 4
		}
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
		if t.kind == quoted {
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

// originRefs say of a place named before what it is to the speaker.
var originRefs = map[string]phraseList{
	GrewUpIn:  phrases("i grew up there", "i grew up here", "we grew up there", "that is where i grew up", "that 's where i grew up", "which is where i grew up", "i was raised there", "i spent my childhood there", "it is where i grew up", "it 's where i grew up", "i am from there and grew up there"),
	BornIn:    phrases("i was born there", "i was born here", "i was born and raised there", "that is where i was born", "that 's where i was born", "which is where i was born", "it is where i was born", "it 's where i was born"),
	From:      phrases("i am from there", "i am from there originally", "that is where i am from", "that 's where i am from", "which is where i am from", "that is where i come from", "that 's where i come from", "that is my hometown", "that 's my hometown", "that is my home town", "that 's my home town", "i come from there"),
	StudiedAt: phrases("i studied there", "i went there for uni", "i went to uni there", "i went to university there", "i did my degree there", "i did my masters there", "i did my phd there", "i graduated from there", "that is where i studied", "that 's where i studied", "that is where i went to uni", "that 's where i went to uni", "i am studying there", "i study there"),
}

// originRef reads what words at token i say of the one place that was named before: "you know Duluth? I grew up there".
func (x *extractor) originRef(i int, s sentence) bool {
	if t := &x.toks[i]; !t.is("i", "we", "that", "which", "it") {
		return false
	}
	for _, key := range []string{GrewUpIn, BornIn, From, StudiedAt} {
		n := x.phraseOf(i, s.to, originRefs[key])
		if n == 0 {
			continue
		}
		if x.deniedBefore(s.from, i) || x.takenBack(i+n, s.to) || i+n < s.to && x.toks[i+n].kind == word && !followers[x.toks[i+n].low] || i > s.from && hedges[x.toks[i-1].low] {
			return false
		}
		for j := s.from; j < i; j++ {
			if farHedges[x.toks[j].low] {
				return false
			}
		}
		found := captured{}
		for j := max(0, i-25); j < i; j++ {
			if !x.toks[j].upper || x.toks[j].kind != word || j > 0 && x.toks[j-1].upper && x.toks[j].joined {
				continue
			}
			if key == StudiedAt {
				if c, to, ok := x.almaAt(j, i); ok && (learned(c.text) || x.studies()) {
					if found.name != "" && found.party.ref != c.party.ref {
						return false
					}
					found, j = c, to-1
					found.name = "alma"
				}
				continue
			}
			if x.gazetteer(j, i) == 0 {
				continue
			}
			c, to, ok := x.spotCapture("town", j, i)
			if !ok || regions[lower(c.party.ref.Name)] && found.name != "" {
				continue
			}
			if found.name != "" && found.party.ref != c.party.ref {
				return false
			}
			found, j = c, to-1
			found.name = "town"
		}
		if found.name == "" && key != StudiedAt {
			if found = x.unknownTown(max(0, i-25), i); found.party.ref.Name == "" {
				return false
			}
		}
		return found.party.ref.Name != "" && x.relation(fact{subject: x.me(), key: key, object: found.party, category: identity, conf: likely, from: min(i, found.party.from), to: i + n})
	}
	return false
}

// unknownTown is the one unknown name behind a word of place from token i to end: "come out to Footscray".
func (x *extractor) unknownTown(i, end int) (found captured) {
	for ; i+1 < end; i++ {
		if !x.toks[i].is("to", "in", "near", "around", "outside", "from", "of") || !x.toks[i+1].upper || x.people.intro[x.toks[i+1].low] || givenNames[x.toks[i+1].low] {
			continue
		}
		c, _, ok := x.capture("place", i+1, end)
		if !ok || found.party.ref.Name != "" && found.party.ref != c.party.ref {
			return captured{}
		}
		found = c
	}
	return found
}

// startedThere reports that the sentence tells before token i how the speaker came to an employer: "for a summer job".
func (x *extractor) startedThere(i, from int) bool {
	mine, job := x.toks[x.skipFillers(from, i)].is("walked", "joined", "started", "came", "went"), false
	for j := from; j < i; j++ {
		t := &x.toks[j]
		if t.is("he", "she", "they", "who", "his", "her") || kin[t.low] != "" {
			return false
		}
		mine = mine || t.is("i")
		job = job || t.is("job", "temp", "placement", "internship", "apprentice", "trainee", "gig", "shift")
	}
	return mine && job
}

// placeNouns are last words of names of firms that those of places have too.
var placeNouns = set(`street avenue road park gardens resort marine waters mills mill press quarry quarries docks water orchards vineyards forest wind glass stone bank college school university club department estates housing international global`)

// firmNamed reports a name that is one of a firm and of no place.
func firmNamed(name string) bool {
	last := lower(lastWord(name))
	return strings.Contains(name, " ") && corporate[last] && !visited[last] && !placeNouns[last]
}
