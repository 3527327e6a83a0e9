package extract

// What a German sentence takes up that was named before it: "Kennst du Miele? Da arbeite ich seit neun Jahren.", "Er heißt Bruno."

// spokenOfPlaces are the town and the organisation that a sentence speaks of; each is known only if it is the only one.
type spokenOfPlaces struct{ town, org party }

// there reads "da arbeite ich" and "dort wohne ich".
func (u *utterance) there(before spokenOfPlaces) {
	if !u.l.nouns || u.doubted(u.from) || u.past() {
		return
	}
	for i := u.from; i+2 < u.end; i++ {
		if !u.is(i, "da", "dort", "hier") || i > u.from && u.x.toks[i-1].kind == word && !u.at(i-1, u.l.joins) {
			continue
		}
		v := i + 1
		if !u.at(v+1, u.l.me) && !u.at(v+1, u.l.we) {
			continue
		}
		from, to := u.segment(i)
		for k := from; k < to; k++ {
			if u.at(k, u.l.deny) || u.is(k, "immer", "von", "lieber", "gerade") || u.is(k, "bei", "beim") && k > i || u.phraseAt(k, u.l.dates.brief) > 0 || u.phraseAt(k, u.l.dates.formerly) > 0 {
				return
			}
		}
		at := before
		if here := u.spokenOf(u.from, i); here.town.ref.Name != "" || here.org.ref.Name != "" {
			at = here
		}
		for _, s := range u.l.verbs[u.low[v]] {
			switch {
			case s.kind != finitePresent:
			case (s.lemma == "arbeiten" || s.lemma == "jobben" || s.lemma == "schaffen") && at.org.ref.Name != "" && u.at(v+1, u.l.me):
				u.x.relation(fact{subject: u.x.me(), key: WorksAt, object: at.org, category: knowledge, conf: likely, from: i, to: v + 2})
				return
			case (s.lemma == "wohnen" || s.lemma == "leben") && at.town.ref.Name != "" && !u.is(i, "hier"):
				u.x.relation(fact{subject: u.x.me(), key: LivesIn, object: at.town, category: knowledge, conf: likely, from: i, to: v + 2})
				return
			}
		}
	}
}

// spokenOf gives the town and the organisation that the words between the tokens name.
func (u *utterance) spokenOf(from, to int) (out spokenOfPlaces) {
	c := u.clauseFrom(from)
	c.to = to
	towns, firms := 0, 0
	for i := from; i < to; i++ {
		if u.x.toks[i].kind != word || !u.x.toks[i].upper {
			continue
		}
		n := c.listed(i, u.l.towns)
		if n > 0 && !u.l.plain[u.low[i]] && !u.l.jobs[u.low[i]] && !u.l.kinTitles[u.low[i]] && !u.l.casualNames[u.low[i]] {
			if got, end, ok := c.capture("town", i); ok {
				out.town = got.party
				towns++
				i = end - 1
				continue
			}
		}
		if c.listed(i, u.l.brands) > 0 || c.institution(max(i-1, from), i, to) > 0 {
			if got, end, ok := c.orgAt(i); ok {
				out.org = got.party
				firms++
				i = end - 1
			}
		}
	}
	if towns != 1 {
		out.town = party{}
	}
	if firms != 1 {
		out.org = party{}
	}
	return out
}

// calledLater reads "Er heißt Bruno" behind "wir haben einen Hund", also behind a comma.
func (u *utterance) calledLater() {
	if !u.l.nouns || u.st.unnamed == "" {
		return
	}
	for i := u.from; i+2 < u.end; i++ {
		if !u.is(i, "er", "sie", "es", "der", "die", "das") || !u.agreesUnnamed(i) || i > u.from && u.x.toks[i-1].kind == word && !u.at(i-1, u.l.joins) || !u.isOne(i+1) || !u.names(i+1) || copular[u.l.verbs[u.low[i+1]][0].lemma] {
			continue
		}
		k := i + 2
		for u.at(k, u.l.adverbs) && !u.is(k, "auch") {
			k++
		}
		if m, ok := u.nameAt(k); ok && !u.doubted(i) && (m.to >= u.end || u.x.toks[m.to].kind != word || u.at(m.to, u.l.joins)) && (u.st.unnamed == "pet" || u.known(m)) {
			u.related(u.st.unnamed, i, m)
		}
		u.st.unnamed = ""
		return
	}
}

// agreesUnnamed reports that the pronoun at i can be the one without a name.
func (u *utterance) agreesUnnamed(i int) bool {
	switch u.st.unnamed {
	case "daughter", "sister", "mother", "grandmother", "aunt", "niece":
		return u.is(i, "sie", "die")
	case "son", "brother", "father", "grandfather", "uncle", "nephew":
		return u.is(i, "er", "der")
	}
	return true
}

// unnamedGerman are those of whom a sentence may leave out the name.
var unnamedGerman = set(`pet son daughter child spouse partner brother sister mother father niece nephew`)

// mentionedUnnamed keeps whom the sentence speaks of without a name, where there is one only.
func (u *utterance) mentionedUnnamed(label string, i int, has bool) {
	if !u.l.nouns || u.st == nil || u.asking || !unnamedGerman[label] {
		return
	}
	for k := i + 1; k < u.end && !has; k++ {
		if u.is(k, "ein", "eine", "einen", "einem", "einer", "ne", "nen", "nem") {
			u.st.unnamed = "" // "meine Tochter hat eine Puppe"
			return
		}
	}
	u.st.unnamed = label
}

// oneself reads what the speaker asks himself with the verb at the end: "Was ich beruflich mache? Fährmann."
func (u *utterance) oneself() ownedForm {
	i := u.from
	for i < u.end && (u.x.toks[i].kind != word || u.is(i, "ach", "na", "und", "ja", "also", "achso")) {
		i++
	}
	last := u.lastWord()
	if !u.l.nouns || !u.at(i+1, u.l.me) && !(u.is(i, "wie") && u.at(i+2, u.l.me)) {
		return ownedForm{}
	}
	switch {
	case u.is(i, "was") && u.is(last, "mache", "mach", "arbeite", "bin") && (u.later(i, "beruflich") || u.is(last, "arbeite")) || u.is(i, "was") && u.later(i, "beruf") && u.is(last, "bin"):
		return ownedForm{key: Role, capture: "role"}
	case u.is(i, "wo") && u.is(last, "wohne", "wohn", "lebe"):
		return ownedForm{key: LivesIn, capture: "place"}
	case u.is(i, "wo") && u.is(last, "arbeite", "arbeit", "schaffe"):
		return ownedForm{key: WorksAt, capture: "org"}
	case u.is(i, "wie") && u.is(i+1, "alt") && u.is(last, "bin"):
		return ownedForm{key: Age, capture: "age"}
	case u.is(i, "wie") && u.is(last, "heisse", "heiss"):
		return ownedForm{key: "name", capture: "name"}
	case u.is(i, "woher") && u.is(last, "komme", "komm", "stamme", "bin"):
		return ownedForm{key: From, capture: "place"}
	}
	return ownedForm{}
}

// keepsBoss reads "die Chefin, Frau Dr. Albers," and "der Vermieter, ein gewisser Herr Kowalski,", who are the speaker's where the sentence speaks of
// work or of home.
func (u *utterance) keepsBoss(i int) int {
	if !u.l.nouns || !u.is(i, "der", "die") {
		return i + 1
	}
	label := u.l.kin[u.wordOf(i+1)]
	if label != "landlord" && label != "manager" || !u.is(i+2, ",") {
		return i + 1
	}
	j := i + 3
	if u.is(j, "ein", "eine") && u.is(j+1, "gewisser", "gewisse") {
		j += 2
	}
	if u.at(j, u.l.articles) && u.l.titles[u.wordOf(j+1)] {
		j++
	}
	m, ok := u.nameAt(j)
	if !ok || !m.titled || m.to < u.end && u.x.toks[m.to].kind == word {
		return i + 1
	}
	mine := label == "landlord"
	for k := u.from; k < u.end; k++ {
		mine = mine || u.is(k, "buro", "urlaub", "meeting", "schicht", "freigegeben", "uberstunden", "projekt", "dienstplan", "kundigung", "gehalt", "homeoffice", "gehaltserhohung", "abteilung", "feierabend", "kollegen", "fruhschicht", "spatschicht", "nachtschicht", "arbeit", "befordert")
	}
	if !mine {
		return i + 1
	}
	u.related(label, i, m)
	span := &u.spans[len(u.spans)-1]
	span.whole = true
	return m.to
}

// ofMine reads "ein Freund von mir, der Uwe," and "Britta, eine Kollegin von mir,".
func (u *utterance) ofMine(i int) int {
	if !u.l.nouns || !u.is(i, "ein", "eine", "ne", "n") {
		return i + 1
	}
	label := u.l.kin[u.wordOf(i+1)]
	if label == Partner {
		label = "friend"
	}
	if label != "friend" && label != "colleague" && label != "neighbour" && label != "cousin" || !u.is(i+2, "von") || !u.is(i+3, "mir", "uns") {
		return i + 1
	}
	n := i + 4
	if u.is(n, ",", "(") {
		j := n + 1
		if u.at(j, u.l.articles) {
			j++
		}
		if m, ok := u.nameAt(j); ok && u.known(m) && (m.to >= u.end || u.x.toks[m.to].kind != word) {
			u.related(label, i, m)
			u.spans[len(u.spans)-1].whole = true
			return m.to
		}
	}
	if u.at(n, u.l.named) || u.is(n, "heisst") {
		if m, ok := u.nameAt(n + 1); ok && u.known(m) {
			u.related(label, i, m)
			return m.to
		}
	}
	if u.is(i-1, ",", "(") && (n >= u.end || u.x.toks[n].kind != word) {
		for a := max(u.from, i-4); a < i-1; a++ {
			if m, ok := u.nameAt(a); ok && m.to == i-1 && u.known(m) && (a == u.opening() || u.at(a-1, u.l.articles) || u.x.toks[a-1].kind != word || u.at(a-1, u.l.prepositions)) {
				u.related(label, a, m)
				span := &u.spans[len(u.spans)-1]
				span.to, span.whole = n, true
				return n
			}
		}
	}
	return i + 1
}

// goesOn reports that the verb at j has the subject with which the sentence begins: "wir wohnen in Gießen und haben zwei Kinder".
func (u *utterance) goesOn(j int, s sense) bool {
	return u.l.nouns && u.at(j-1, u.l.joins) && (u.at(u.opening(), u.l.we) && s.persons&(first|third) == 0 || u.at(u.opening(), u.l.me) && s.persons&first != 0)
}
