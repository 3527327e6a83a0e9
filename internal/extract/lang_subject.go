package extract

import (
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// personsOf gives the persons of the finite verb at i.
func (c *langClause) personsOf(i int) uint8 {
	list, _ := c.sensesAt(i)
	var p uint8
	for _, s := range list {
		if s.kind <= finitePast {
			p |= s.persons
		}
	}
	return p
}

// subject tells who the clause is about.
func (c *langClause) subject(before *langClause) bool {
	persons := c.personsOf(c.verbAt)
	participleOnly := persons == 0
	mine := -1
	for i := c.from; i < c.to; i++ {
		switch {
		case c.marks[i] != markNone:
		case c.l.elides && c.is(i, "moi") && !c.at(i-1, c.l.joins) && (c.at(i+1, c.l.me) || c.at(i+1, c.l.we) || c.at(i+1, c.l.mine) || c.is(i+1, ",")):
			c.marks[i] = markAdverb // "moi, on vit à Lyon"
		case c.l.nouns && i > c.verbAt && c.at(i, c.l.me) && !c.at(i-1, c.l.joins) && c.markBetween(c.verbAt, i) > 0:
			c.to = c.markBetween(c.verbAt, i) // "… hatte Geburtstag, kenn ich nicht": another statement
		case c.at(i, c.l.me):
			mine = i
			c.marks[i] = markSubject
		case c.at(i, c.l.we) && mine < 0 && !(c.l.name == "fr" && c.is(i, "nous") && i > c.from && c.at(i-1, c.l.we)):
			mine, c.shared = i, true
			c.marks[i] = markSubject
		case c.at(i, c.l.reflexive):
			c.marks[i], c.reflex = markReflexive, true
		}
	}
	if c.l.impersonal[c.lemma] && (mine < 0 || c.l.drops || c.is(mine, "on")) || (mine < 0 || c.is(mine, "on")) && c.lemma == "s'appeler" && c.is(c.verbAt-1, "m'", "me") {
		if c.lemma == "s'appeler" {
			c.lemma = "appeler"
		}
		c.subj, c.known, c.shared = c.x.me(), true, false
		return c.toMe()
	}
	if mine >= 0 {
		c.subj, c.known = c.x.me(), true
		if c.asksVerb(mine) {
			return false
		}
		ok := persons&(first|firstPlural) != 0 || c.shared && c.is(mine, "on") && persons&third != 0
		if c.shared && !c.is(mine, "on") {
			ok = persons&firstPlural != 0
		}
		c.companions(mine)
		return ok || participleOnly
	}
	if p, ok := c.antecedent(); ok {
		c.subj, c.known = p, true
		return persons&(third|thirdPlural) != 0
	}
	if p, ok := c.relativeSubject(); ok {
		c.subj, c.known = p, true
		c.st.person = p
		return persons&(third|thirdPlural) != 0 || participleOnly
	}
	if i := c.next(c.from); c.at(i, c.l.they) && (c.verbAt == i+1 || c.verbAt == i+2) || c.verbAt > 0 && c.at(c.verbAt+1, c.l.they) && c.l.nouns {
		if c.at(c.verbAt+1, c.l.they) && c.l.nouns {
			i = c.verbAt + 1
		}
		if c.st.person.ref.Name == "" || !c.agreesWith(i) {
			return false
		}
		c.marks[i] = markSubject
		c.subj, c.known = c.st.person, true
		c.subj.conf = coref
		return persons&third != 0
	}
	if participleOnly {
		if before != nil && before.known {
			c.subj, c.known = before.subj, true
			return true
		}
		if c.l.nouns && before != nil {
			return false // "meine Tochter ist nicht in Basel, sondern in Bern geboren"
		}
		c.subj, c.known = c.x.me(), true
		return c.casual || movers[c.lemma]
	}
	if persons&(first|firstPlural) != 0 {
		begins := c.next(c.from) >= c.verbAt
		inherits := before != nil && before.known && before.subj.speaker
		switch {
		case persons&third != 0 && !begins && !inherits:
			return false
		case persons&third != 0 && before != nil && before.known && !before.subj.speaker:
			c.subj, c.known = before.subj, true
			return true
		case c.l.nouns && c.lemma != "lieben" && !inherits && begins && persons&^first == 0 && c.from > c.utterance.from && c.x.toks[c.from-1].kind != word: // "…, bin Krankenpfleger"
		case !c.l.drops && !inherits && !(begins && c.opening() >= c.from && c.x.toks[c.verbAt].low != "est"):
			return false
		case c.l.nouns && !inherits && c.casual && begins && (c.lemma == "können" || c.lemma == "konnen" || c.lemma == "mogen" || c.lemma == "mögen"): // "kann türkisch"
		case !c.l.drops && !inherits && persons&(first|third) == first|third:
			return false
		case c.l.nouns && !inherits && begins && (c.casual || !c.x.toks[c.opening()].upper) && c.opening() >= c.from && (movers[c.lemma] || c.lemma == "ziehen") && persons&firstPlural != 0: // "sind nach Ulm gezogen"
			c.shared = true
		case !c.l.drops && !inherits && persons&first == 0:
			return false
		}
		c.subj, c.known = c.x.me(), true
		return true
	}
	if before != nil && before.known && !before.subj.speaker && c.next(c.from) >= c.verbAt && persons&third != 0 {
		c.subj, c.known = before.subj, true
		return true
	}
	return false
}

// antecedent is the relative whom a clause is about that begins with "que": "mi primo Wilmer, que vive en Lugo", "…, el que vive en Lugo".
func (c *langClause) antecedent() (party, bool) {
	if !c.l.drops || !c.is(c.from, "que", "quien") {
		return party{}, false
	}
	end := c.from
	if end > 0 && c.utterance.is(end-1, "el", "la") {
		end--
	}
	if end > 0 && c.utterance.is(end-1, ",") {
		end--
	}
	for _, s := range c.spans {
		if s.to == end && s.party.ref.Type == record.TypePerson {
			return s.party, true
		}
	}
	return party{}, false
}

// toMe reports whether the speaker is the object of the verb: "me gusta".
func (c *langClause) toMe() bool {
	if c.l.drops {
		i := c.verbAt - 1
		for i > c.from && c.at(i, c.l.adverbs) {
			i--
		}
		if c.is(i, "le", "les", "te", "os") {
			return false // "a Marta le encanta el jazz y a mí me importa un comino"
		}
	}
	for i := c.from; i < c.to; i++ {
		if c.is(i, "me", "m'", "mich", "mir", "nos", "uns") && c.at(i, c.l.reflexive) {
			c.shared = c.shared || c.is(i, "nos", "uns")
			return true
		}
	}
	return false
}

// companions marks "meine Frau und" before "ich": the clause is about the speaker too.
func (c *langClause) companions(i int) {
	if i-1 > c.from && c.at(i-1, c.l.joins) { // "Petra und ich"
		for a := max(c.from, i-4); a < i-1; a++ {
			if !c.l.nouns && c.is(a-1, "de", "del", "d'", "du") {
				return // "los padres de Rubén y yo"
			}
			if m, ok := c.nameAt(a); ok && m.to == i-1 && !(c.l.nouns && c.l.kin[c.low[a]] != "") {
				c.companion = c.x.people.resolve(m)
				c.shared = c.shared || c.l.nouns
				if c.l.nouns && c.verbAt < a && c.verbAt >= c.from && (c.verbAt > c.from || c.shared) {
					for a > c.verbAt+1 && (c.l.kin[c.low[a-1]] != "" || c.at(a-1, c.l.mine) || c.at(a-1, c.l.articles) || c.is(a-1, ",")) {
						a--
					}
					c.mark(a, i, markSubject) // "die Tischlerei Brand haben Petra und ich gegründet"
					return
				}
				break
			}
		}
		c.mark(c.from, i, markSubject)
	} else if c.at(i+1, c.l.joins) && i+2 < c.to { // "ich und Petra"
		if m, ok := c.nameAt(i + 2); ok {
			c.companion = c.x.people.resolve(m)
			c.mark(i+1, m.to, markSubject)
		}
	}
}

// asksVerb reports a verb that stands first with its subject behind it: a question, or a condition.
func (c *langClause) asksVerb(subject int) bool {
	if c.verbAt > subject || subject > c.verbAt+2 || c.forget {
		return c.l.elides && c.verbAt >= 0 && strings.Contains(c.low[c.verbAt], "-")
	}
	for i := c.from; i < c.verbAt; i++ {
		if c.x.toks[i].kind == word && !c.l.orders.openers[c.low[i]] && !c.at(i, c.l.joins) {
			return false
		}
	}
	return c.l.nouns && c.from <= c.opening()
}

// agreesWith reports whether the pronoun at i can be the person spoken of.
func (c *langClause) agreesWith(i int) bool {
	g := c.x.people.gender[strings.ToLower(c.st.person.ref.Name)]
	if g == 0 {
		return !c.is(i, "sie", "ella", "elle", "er", "el", "il")
	}
	if c.is(i, "sie", "die", "ella", "elle") {
		return g == feminine
	}
	return g == masculine || c.is(i, "que", "qui")
}
