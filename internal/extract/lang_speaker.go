package extract

// How the speaker tells who he is and how he is reached.

// greets reads "hier ist Tobias".
func (u *utterance) greets() bool {
	i := u.opening()
	n := u.phraseAt(i, u.l.hello)
	if n == 0 {
		i, n = u.from, u.phraseAt(u.from, u.l.hello)
	}
	for k := i + 1; n == 0 && u.l.nouns && k < min(i+4, u.end); k++ { // "Moinsen, hier schreibt Wiebke"
		if u.is(k-1, ",", "!", "-") {
			if n = u.phraseAt(k, u.l.hello); n > 0 {
				i = k
			}
		}
	}
	for j := u.from + 1; n == 0 && u.l.drops && j < min(u.from+8, u.end); j++ { // "Hola qué tal, acá Yamil"
		if u.x.toks[j-1].kind != word {
			i, n = j, u.phraseAt(j, u.l.hello)
		}
	}
	if n == 0 {
		return u.signs(i)
	}
	long := u.l.drops && n > 1
	if u.l.drops && u.is(i+n, "el", "la") && u.l.casualNames[u.wordOf(i+n+1)] { // "aquí la Encarni"
		n++
	}
	for u.l.nouns && (u.is(i+n, ",", ":") || u.at(i+n, u.l.articles)) && !u.x.toks[i+n].upper {
		n++ // "hier ist die Karin"
	}
	c := langClause{utterance: u, from: i + n, to: u.end, marks: make([]markKind, u.end+1)}
	got, to, ok := c.nameOf(i + n)
	if !ok || !c.ends(to) {
		return false
	}
	if first := c.low[got.party.from]; !long && !u.l.casualNames[first] && !givenNames[u.x.toks[got.party.from].low] {
		return false
	}
	u.x.name(mention{text: got.party.ref.Name, from: got.party.from, to: got.party.to}, direct)
	u.from = to
	u.relatives()
	u.sentence()
	return true
}

// signs reads a name with its sign: "Stefan hier", "lukas mein name", "LG Timo".
func (u *utterance) signs(i int) bool {
	if at, n := u.find(u.l.regards, u.from, u.end); at >= 0 && !u.x.stopped {
		j := at + n
		for u.is(j, ",") || u.x.isNewline(j, u.end) || u.at(j, u.l.yours) {
			j++
		}
		if m, ok := u.nameAt(j); ok && m.to == u.end && u.known(m) {
			u.x.name(mention{text: m.text, from: m.from, to: m.to}, direct)
			if at <= u.opening() {
				return true
			}
			u.end = at
		}
		return false
	}
	for u.at(i, u.l.articles) && !u.x.toks[i].upper {
		i++
	}
	m, ok := u.nameAt(i)
	if !ok || !u.known(m) {
		return false
	}
	n := u.phraseAt(m.to, u.l.signed)
	if n == 0 || m.to+n < u.end && u.x.toks[m.to+n].kind == word && !u.at(m.to+n, u.l.joins) && !u.at(m.to+n, u.l.articles) {
		return false
	}
	u.x.name(mention{text: m.text, from: m.from, to: m.to}, direct)
	u.from = m.to + n
	u.relatives()
	u.sentence()
	u.passing()
	u.sayings()
	return true
}

// known reports a mention that begins with a known given name.
func (u *utterance) known(m mention) bool {
	return m.titled || u.l.casualNames[u.low[m.from]] || givenNames[u.x.toks[m.from].low]
}

func (x *extractor) isNewline(i, end int) bool { return i < end && x.toks[i].kind == newline }

// reachable reads "du erreichst mich unter 0170 1234567".
func (u *utterance) reachable() {
	at, n := u.find(u.l.reach, u.from, u.end)
	if at < 0 {
		u.ownContact()
		return
	}
	if u.l.elides && (!u.is(at, "joignable") || at != u.opening()) {
		if from, to := u.segment(at); !u.saysMe(from, to) {
			return // "le plombier est joignable au …"
		}
	}
	if u.l.nouns && (!u.reachesMe(at, n) || u.unreachable()) {
		return // "die Hotline ist erreichbar unter …"
	}
	c := langClause{utterance: u, from: at + n, to: u.end, marks: make([]markKind, u.end+1)}
	i := at + n
	for c.at(i, u.l.articles) || c.at(i, u.l.prepositions) || c.is(i, ":") || c.at(i, u.l.adverbs) {
		i++
	}
	for _, kind := range []string{"email", "phone"} {
		if got, to, ok := c.capture(kind, i); ok {
			u.x.attribute(fact{subject: u.x.me(), key: kind, value: got.text, category: identity, conf: direct, from: at, to: to})
			return
		}
	}
}

// ownContact reads an address or a number in a sentence of words for being reached that speaks of the speaker and of nobody else.
func (u *utterance) ownContact() {
	if !u.l.nouns || u.doubted(u.from) || u.unreachable() {
		return
	}
	mine, reach := false, false
	for i := u.from; i < u.end; i++ {
		mine = mine || u.is(i, "mir", "mich", "uns", "meine", "meiner", "meinem", "mein") || u.at(i, u.l.me)
		reach = reach || reachedBy[u.low[i]]
		if u.l.kin[u.low[i]] != "" || othersReach[u.low[i]] || u.at(i, u.l.deny) && !u.later(i, ",") {
			return
		}
	}
	if !mine || !reach {
		return
	}
	c := u.clauseFrom(u.from)
	for i := u.from; i < u.end; i++ {
		for _, kind := range [...]string{"email", "phone"} {
			if got, to, ok := c.capture(kind, i); ok {
				u.x.attribute(fact{subject: u.x.me(), key: kind, value: got.text, category: identity, conf: likely, from: i, to: to})
				return
			}
		}
	}
}

var (
	// reachedBy are words of how somebody is reached.
	reachedBy = set(`erreichst erreicht erreichen erreichbar ruf ruft rufen anrufen nummer handynummer handy schreib schreibt mail mailt mailen whatsapp durchklingeln
		klingel melde melden meldet schick schickt adresse mailadresse funk sms`)
	// othersReach are words of others whom a number may belong to.
	othersReach = set(`praxis hotline amt firma arzt laden pizzadienst polizei notruf werkstatt ihn ihm ihr sie chef nachbar hotel behorde kunde kundin service alte alten vom von
		deine deiner seine seiner ihre ihrer nie angerufen beim`)
)
