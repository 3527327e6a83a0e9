package extract

import (
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// Relatives and animals who are told in other ways than by a possessive and a name.

// child reads "mein Großer (Jonte, 9)" and "unser Jüngster, der Anton": the words before token j mean a child.
func (u *utterance) child(i, j int) int {
	n := j
	for u.is(n, ",", "(") || u.at(n, u.l.articles) && u.is(n-1, ",") {
		n++
	}
	m, ok := u.nameAt(n)
	if !ok || !u.l.casualNames[u.low[m.from]] && !givenNames[u.x.toks[m.from].low] {
		return i + 1
	}
	u.related("child", i, m)
	span := &u.spans[len(u.spans)-1]
	span.whole = n > j
	to := m.to
	if n > j {
		u.ageAfter(span, m.to)
		to = span.to
	}
	return to
}

// ageAfter reads the age that follows a name in brackets or between commas: "(Jonte, 9)", "Mila (4)".
func (u *utterance) ageAfter(span *kinSpan, i int) {
	j := i
	for u.is(j, ",", "(") {
		j++
	}
	c := u.clauseFrom(i)
	got, to, ok := c.capture("age", j)
	if j == i || !ok {
		return
	}
	for u.is(to, "jahre", "jahr", "alt", ".") {
		to++
	}
	if !u.is(to, ")") || span.party.ref.Type != record.TypePerson {
		return
	}
	u.x.attribute(fact{subject: span.party, key: Age, value: got.text, category: identity, conf: direct, from: span.from, to: to})
	span.to, span.whole = to+1, true
}

// petCompound reports a word for an animal that is composed: "Familienhund".
func petCompound(low string) bool {
	for _, s := range []string{"hund", "katze", "kater", "hundin", "hamster", "pferd", "pony", "sittich", "papagei", "kaninchen", "schweinchen", "welpe"} {
		if strings.HasSuffix(low, s) && len(low) > len(s)+2 && !strings.HasPrefix(low, "nachbar") {
			return true
		}
	}
	return false
}

// severalNames reports two names joined at token i.
func (u *utterance) severalNames(i int) bool {
	m, ok := u.nameAt(i)
	if !ok || !(u.is(m.to, ",") || u.at(m.to, u.l.joins)) {
		return false
	}
	next, ok := u.nameAt(m.to + 1)
	pets := ok && i > 1 && u.l.kinMany[u.low[i-2]] == "pet" && u.at(m.to, u.l.joins) && (next.to >= u.end || u.x.toks[next.to].kind != word)
	return ok && (u.known(m) && u.known(next) || pets)
}

// dwells reports "wohnt bei uns".
func (u *utterance) dwells() bool {
	lives, ours := false, false
	for i := u.from; i < u.end; i++ {
		lives = lives || u.is(i, "wohnt", "lebt", "eingezogen", "gehort", "haust", "zugelaufen", "zugeflogen")
		ours = ours || u.is(i, "bei", "zu") && u.is(i+1, "uns", "mir") || u.is(i, "uns", "mir") && u.is(u.lastOf(i), "zugelaufen", "zugeflogen")
	}
	return lives && ours
}

// lastOf is the last word of the part of the sentence that token i is in.
func (u *utterance) lastOf(i int) int {
	for i+1 < u.end && u.x.toks[i+1].kind == word {
		i++
	}
	return i
}

// lists reports that "I have" stands before the list in which token i is: "wir haben Hühner, zwei Ziegen (Heidi und Peter)".
func (u *utterance) lists(i int) bool {
	if i == u.opening() && u.l.kinMany[u.wordOf(i+1)] != "" && u.is(i+2, ":") {
		return true // "Drei Kinder: Emil, Ida und Lotta"
	}
	for j := i - 1; j >= max(u.from, i-14); j-- {
		if u.at(j, u.l.deny) || u.is(j, ".", ";", "?", "!") {
			return false
		}
		for _, s := range u.l.verbs[u.low[j]] {
			if s.kind > finitePast {
				continue
			}
			if s.lemma != "haben" || s.kind != finitePresent {
				return false
			}
			return (u.at(j+1, u.l.me) || u.at(j+1, u.l.we) || u.at(j-1, u.l.me) || u.at(j-1, u.l.we) || s.persons == first) && !u.hasParticiple(j)
		}
	}
	return false
}

// hasParticiple reports a participle behind token i: "we have" is a tense then.
func (u *utterance) hasParticiple(i int) bool {
	for ; i < u.end; i++ {
		for _, s := range u.l.verbs[u.low[i]] {
			if s.kind == pastParticiple {
				return true
			}
		}
	}
	return false
}

// parted gives the key of a bond that the sentence ends: "mein Freund Jens und ich haben uns getrennt"; "" if it ends none.
func (u *utterance) parted(label string) string {
	key := map[string]string{"spouse": Spouse, "partner": Partner, "fiance": EngagedTo, "roommate": "roommate"}[label]
	if !u.l.nouns || key == "" {
		return ""
	}
	for i := u.from; i < u.end; i++ {
		if u.phraseAt(i, u.l.partings) > 0 && !u.at(i-1, u.l.deny) && label != "roommate" || label == "roommate" && u.is(i, "ausgezogen", "rausgeworfen", "rausgeschmissen") {
			return key
		}
		if label == "spouse" && u.is(i, "gestorben", "verstorben") && !u.at(i-1, u.l.deny) && !u.severalKin() {
			return key
		}
	}
	return ""
}

// severalKin reports another relative in the sentence, who may be the one that it tells of.
func (u *utterance) severalKin() bool {
	n := 0
	for i := u.from; i < u.end; i++ {
		if u.at(i, u.l.mine) && u.l.kin[u.wordOf(i+1)] != "" || u.is(i, "seine", "ihre", "ihr", "sein") {
			n++
		}
	}
	return n > 1
}

// possessed reports a possessive in the genitive behind a noun: "der Hund meiner Nachbarin".
func (u *utterance) possessed(i int) bool {
	return u.is(i, "meiner", "meines", "unserer", "unseres", "unsrer", "unsres") && i > u.from+1 && u.x.toks[i-1].kind == word && (u.x.toks[i-1].upper || u.at(i-2, u.l.articles)) &&
		!u.at(i-1, u.l.prepositions) && !u.at(i-1, u.l.articles)
}

// titledKin reads "Tante Hedwig" and "Ehemann Tarek", who need no possessive.
func (u *utterance) titledKin(i int) int {
	for j := u.from; j < u.end; j++ {
		if u.is(j, "figur", "buch", "kinderbuch", "film", "serie", "roman", "lied", "laden", "witz", "marchen", "comic", "seine", "ihre", "deine", "euer", "eure", "dein") {
			return i + 1
		}
	}
	m, ok := u.nameAt(i + 1)
	if !ok || !u.known(m) {
		return i + 1
	}
	u.related(u.l.kin[u.low[i]], i, m)
	return m.to
}

// owns reports that the sentence speaks of the speaker's own, and of nobody else's.
func (u *utterance) owns() bool {
	own := false
	for i := u.from; i < u.end; i++ {
		if u.is(i, "seine", "ihre", "deine", "eure", "deren") {
			return false
		}
		own = own || u.at(i, u.l.mine) || u.is(i, "uns", "wir")
	}
	return own
}
