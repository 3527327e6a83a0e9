package extract

import (
	"slices"

	"github.com/spectron-go/spectron/internal/record"
)

// What is said beside a question, and what one asks oneself.

// topical reports a question that only names what is told next: "Mein Lieblingsbuch?"
func (u *utterance) topical() bool {
	if u.l.drops {
		return u.topicOf()
	}
	if !u.l.nouns {
		return false
	}
	if own := u.oneself(); own.key != "" {
		u.st.asked = own
		return true
	}
	i := u.opening()
	if u.at(i, u.l.mine) {
		i++
	}
	c := u.clauseFrom(i)
	key, kind, j := c.ownedAt(i)
	if key == "" || j < u.end {
		return false
	}
	u.st.asked = ownedForm{key: key, capture: kind}
	return true
}

// answer reads the answer to what the speaker asked himself.
func (u *utterance) answer(asked ownedForm) {
	if u.l.drops {
		u.answerTo(asked)
		return
	}
	i := u.opening()
	for i < u.end && (u.x.toks[i].kind != word || u.at(i, u.l.adverbs) || u.at(i, u.l.articles) && !u.x.toks[i].upper) {
		i++
	}
	for asked.capture == "place" && u.is(i, "in", "im", "auf", "aus", "nach") || asked.capture == "org" && u.is(i, "bei", "beim") || asked.capture == "role" && u.is(i, "als") {
		i++
	}
	c := langClause{utterance: u, from: i, to: u.end, marks: make([]markKind, u.end+1)}
	c.subj, c.known, c.verbAt = u.x.me(), true, i
	if asked.capture == "day" {
		c.ownDay(asked.key)
		return
	}
	got, to, ok := c.capture(asked.capture, i)
	if ok && c.ends(to) && !(asked.capture == "value" && (!u.casual && lower(got.text) == got.text || hesitant[u.l.fold(firstWord(lower(got.text)))])) {
		c.assert(&langForm{key: asked.key}, got, i, to)
	}
}

// hesitant are first words of what is no answer.
var hesitant = set(`schwierig schwer egal keine kein keins weiss gute gut kommt puh hm hmm tja viele alle alles nichts momentan mal fruher`)

// presupposes reads the relatives whom a question names by the way: "Was schenke ich meiner Frau Heike?"
func (u *utterance) presupposes() {
	if u.l.drops { // "¿qué le regalo a mi hija Vera?"
		u.adjacent = true
		u.relatives()
		u.adjacent = false
	}
	if !u.l.nouns {
		return
	}
	for i := u.from; i < u.end; i++ {
		if u.names(i) && !copular[u.l.verbs[u.low[i]][0].lemma] || u.at(i, u.l.named) || u.is(i, "ob") || u.phraseAt(i, u.l.fictions) > 0 {
			return
		}
	}
	u.relatives()
}

// aside finds what a question says beside it: "Kann ich später liefern, ich bin nämlich Floristin?", "Bin schon 26, peinlich?"
func (u *utterance) aside() bool {
	if u.l.elides {
		return u.asideBefore()
	}
	if !u.l.nouns {
		return false
	}
	for i := u.opening() + 2; i+2 < u.end; i++ {
		if u.is(i, ",", "-", "–", ":", ";") && (u.at(i+1, u.l.me) || u.at(i+1, u.l.we)) && u.l.verbs[u.low[i+2]] != nil && u.l.verbs[u.low[i+2]][0].kind == finitePresent {
			u.from = i + 1
			return true
		}
	}
	for i := u.end - 1; i > u.opening()+2 && i >= u.end-4; i-- {
		if u.is(i, ",") && !u.is(i+1, "oder", "richtig", "stimmts", "stimmt", "korrekt", "ne", "gell", "nicht", "wahr", "ja", "wa", "hab", "habe", "bin", "wie", "was") {
			u.end = i
			return !u.at(u.opening(), u.l.orders.can)
		}
	}
	return false
}

// asideBefore gives the part of a question before its last comma where that is said of the speaker: "je suis marseillaise, ça s'entend ?"
func (u *utterance) asideBefore() bool {
	last := -1
	for i := u.from + 2; i < u.end-1; i++ {
		if u.is(i, ",", ";", "-", "–", "(", "...") && !u.at(i+1, u.l.me) && !u.is(i+1, "ou") && !(u.is(i+1, "et") && !u.is(i+2, "alors", "toi", "vous", "du", "ca")) {
			last = i
		}
	}
	if last < 0 || u.is(last+1, "non", "hein", "pas", "exact", "oui", "deja", "n'", "vrai") {
		return false
	}
	i := u.opening()
	if !u.at(i, u.l.me) && !u.at(i, u.l.mine) && !u.is(i, "on", "nous", "avec", "chez", "vu", "comme", "en", "a", "depuis", "c'", "ici") {
		return false
	}
	for j := u.from; j < last; j++ {
		if u.at(j, u.l.asks) && !u.is(j, "qui", "quand", "ou") || u.is(j, "tu", "vous") {
			return false
		}
	}
	u.end = last
	return true
}

// statement gives the part of a question that is said before the question proper, or false.
func (u *utterance) statement() bool {
	for i := u.from + 1; i < u.end; i++ {
		if u.l.elides && i > u.from+2 && u.is(i, "et") && u.is(i+1, "toi", "vous") && i+2 == u.end {
			u.end = i
			return true
		}
		if u.l.elides && i > u.from+2 && (u.is(i, "est-ce") || u.is(i, "est") && u.is(i+1, "ce") && u.is(i+2, "que", "qu'") || (u.is(i, "tu", "vous", "peux-tu", "pouvez-vous", "connais-tu", "pourrais-tu") &&
			!u.at(i-1, u.l.subordinate) && !u.is(i-1, "comme", "ce", "et", "je", "pour", "chez", "avec", "a", "de"))) {
			u.end = i
			return true
		}
		if u.is(i, "¿") {
			u.end = i
			return i > u.from+1
		}
		if (u.is(i-1, ",", "-", "–", "—", ";", ":") || u.at(i-1, u.l.joins) || u.at(i-1, u.l.resets)) && i+1 < u.end && !(u.l.drops && u.is(i-1, "o", "u")) && (u.at(i, u.l.asks) || u.at(i, u.l.orders.can)) {
			u.end = i - 1
			return true
		}
	}
	return false
}

// named drops an end that names nobody beside one of the same kind that does.
func (u *utterance) named(from int) {
	out := &u.x.out
	if u.l.drops {
		u.endedByName(from)
	}
	if !u.l.nouns {
		return
	}
	out.Invalidations = slices.DeleteFunc(out.Invalidations, func(a record.Invalidation) bool {
		return a.Value == "" && slices.ContainsFunc(out.Invalidations, func(b record.Invalidation) bool { return b.Entity == a.Entity && b.Key == a.Key && b.Value != "" })
	})
}
