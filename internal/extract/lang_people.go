package extract

import (
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// unowned reads relatives without "my": "Mamie Huguette", "Priyanka, une collègue", "la patronne, madame Kern", "on a eu une petite Rosalie",
// "les jumelles Oumou et Penda".
func (u *utterance) unowned() {
	for i := u.from; i < u.end; i++ {
		if u.covered(i) || u.x.toks[i].kind != word || u.doubted(i) {
			continue
		}
		switch {
		case u.l.namedKin[u.low[i]] != "" && !u.at(i-1, u.l.mine) && !u.at(i-1, u.l.articles) && !u.is(i-1, "de", "d'", "sa", "son", "ta", "ton", "leur", "votre"):
			if m, ok := u.givenAt(i + 1); ok && !u.is(m.to, "du", "des") {
				u.related(u.l.namedKin[u.low[i]], i, m)
			}
		case u.is(i, "un", "une") && i > u.from+3 && u.is(i-1, "est") && u.is(i-2, "qui") && u.is(i-3, ",") && acquainted[u.l.kin[u.wordOf(i+1)]] && u.is(i+2, "a") && u.is(i+3, "moi", "nous"):
			if m, ok := u.nameBefore(i - 3); ok {
				u.related(u.l.kin[u.low[i+1]], m.from, m)
			}
		case u.is(i, "un", "une") && i > u.from+1 && u.is(i-1, ",", "("):
			label := u.l.kin[u.wordOf(i+1)]
			if u.at(i+1, u.l.kinAdjectives) {
				label = u.l.kin[u.wordOf(i+2)]
			}
			if !acquainted[label] || u.othersFriend(i+2) {
				continue
			}
			if m, ok := u.nameBefore(i - 1); ok {
				u.related(label, m.from, m)
			}
		case u.at(i, u.l.articles) && bosses[u.l.kin[u.wordOf(i+1)]] && u.is(i+2, ","):
			if m, ok := u.nameAt(i + 3); ok && m.titled && (m.to >= u.end || u.is(m.to, ",")) {
				u.related(u.l.kin[u.low[i+1]], i, m)
			}
		case u.is(i, "le", "la") && u.l.kin[u.wordOf(i+1)] == "pet" && !u.at(i-1, u.l.mine) && !u.is(i-1, "appeler", "nommer", "baptiser", "rebaptiser"):
			m, ok := u.nameAt(i + 2)
			comma := u.is(i+2, ",")
			if comma {
				m, ok = u.nameAt(i + 3)
			}
			if ok && u.personLike(m) && (comma && u.is(m.to, ",") && i == u.opening() || !comma && u.mineNear() && !u.is(m.to, "de", "du", "d'", "des")) && !u.dead() {
				u.related("pet", i, m)
			}
		case u.is(i, "eu", "accueilli") && u.is(i+1, "un", "une", "notre") && u.is(i+2, "petit", "petite", "fils", "fille", "garcon", "bebe"):
			m, ok := u.nameAt(i + 3)
			if u.is(i+3, ",") {
				m, ok = u.nameAt(i + 4)
			}
			if ok && (u.at(i-1, u.l.we) || u.is(i-1, "ai", "avons") || u.is(i-1, "a") && u.is(i-2, "on")) {
				label := "child"
				if u.is(i+2, "petite", "fille") {
					label = "daughter"
				} else if u.is(i+2, "petit", "fils", "garcon") {
					label = "son"
				}
				u.related(label, i, m)
			}
		case u.is(i, "les") && u.l.kinMany[u.wordOf(i+1)] != "" && bornTogether[u.low[i+1]] && u.mineNear():
			i = max(i, u.manyRelatives(u.l.kinMany[u.low[i+1]], i, i+2)-1)
		}
	}
}

var bosses = set(`manager landlord doctor teacher`)

// othersFriend reports that the acquaintance whose word ends before token j is somebody else's: "une amie de ma cousine", "un ami à lui".
func (u *utterance) othersFriend(j int) bool {
	if u.at(j-1, u.l.kinAdjectives) {
		j++
	}
	return u.is(j, "de", "d'", "du", "des") && u.phraseAt(j, u.l.kinTails) == 0 || u.is(j, "a") && !u.is(j+1, "moi", "nous")
}

// acquainted are those whom one has several of.
var acquainted = set(`colleague friend neighbour`)

var bornTogether = set(`jumeaux jumelles`)

// covered reports a token inside a relative that has been read.
func (u *utterance) covered(i int) bool {
	for _, s := range u.spans {
		if i >= s.from && i < s.to {
			return true
		}
	}
	return false
}

// givenAt reads a name that begins with a known given name.
func (u *utterance) givenAt(i int) (mention, bool) {
	m, ok := u.nameAt(i)
	return m, ok && !m.titled && (u.l.casualNames[u.low[m.from]] || givenNames[u.x.toks[m.from].low])
}

// nameBefore reads the name, after "with" or a known one, that ends before token to.
func (u *utterance) nameBefore(to int) (mention, bool) {
	for a := max(u.from, to-3); a < to; a++ {
		m, ok := u.nameAt(a)
		if !ok || m.to != to {
			continue
		}
		low := u.l.fold(lower(m.text))
		if u.l.towns[low] || u.l.brands[low] || u.l.countries[low] || a > u.from && u.x.toks[a-1].upper && u.x.toks[a-1].kind == word {
			return m, false
		}
		return m, u.l.casualNames[u.low[m.from]] || givenNames[u.x.toks[m.from].low] || u.is(a-1, "avec")
	}
	return mention{}, false
}

// mineNear reports a word of the speaker's family in the sentence.
func (u *utterance) mineNear() bool {
	for i := u.from; i < u.end; i++ {
		if u.at(i, u.l.mine) || u.is(i, "nous") {
			return true
		}
	}
	return false
}

// ages reads the age after a relative: "mon frère Tim, 6 ans,", "Mamie Huguette, du haut de ses 92 ans".
func (u *utterance) ages() {
	if !u.l.elides {
		return
	}
	for _, s := range u.spans {
		i := s.to
		if s.party.ref.Type == petRef("").Type || !u.is(i, ",", "(", "-", "–") {
			continue
		}
		i++
		for u.is(i, "qui", "a", "du", "haut", "de", "ses", "agee", "age", "tout", "juste", "bientot", "aura") {
			if u.is(i, "bientot", "aura") {
				i = u.end
			}
			i++
		}
		n := figures(u.wordOf(i))
		if n == 0 {
			n = u.l.dates.numbers[u.wordOf(i)]
		}
		if n < 1 || n > 120 || !u.is(i+1, "ans", "piges", "balais", "printemps") || u.is(i+2, "de", "d'", "plus", "apres", "avant") {
			continue
		}
		u.x.attribute(fact{subject: s.party, key: Age, value: u.x.quote(i, i+1), category: identity, conf: direct, from: s.from, to: i + 2})
	}
}

// meets reads "rendez-vous chez l'ostéo le 20 mai à 18h30": what the speaker has, on a day that is ahead.
func (u *utterance) meets() {
	if !u.l.elides {
		return
	}
	for i := u.from; i < u.end; i++ {
		if u.asking && !u.at(i-1, u.l.mine) {
			continue
		}
		if !u.is(i, "rendez-vous") && !engagementsOf[u.wordOf(i)] && !(u.is(i, "controle") && u.is(i+1, "technique")) || u.doubted(i) || !u.hasEngagement(i) {
			continue
		}
		c := u.clauseFrom(u.from)
		for j := i + 1; j < min(i+16, u.end) && (u.x.toks[j].kind == word || u.is(j, ":")); j++ {
			k := j
			if u.is(k, "le", "ce", "pour") {
				k++
			}
			if _, day := u.l.dates.weekdays[u.wordOf(k)]; day && c.dayNumber(k+1) > 0 && u.l.dates.months[u.wordOf(k+2)] != 0 {
				k++ // "mardi 26 mai"
			}
			iv, to, ok := c.period(k, forward, true)
			if day, month, found := strings.Cut(u.wordOf(k), "/"); !ok && found && figures(day) > 0 && figures(day) < 32 && figures(month) > 0 && figures(month) < 13 && u.is(k-1, "le", "au", "du") {
				iv, to, ok = u.x.yearless(time.Month(figures(month)), figures(day), forward), k+1, true // "le 20/05"
			}
			if _, day := u.l.dates.weekdays[u.wordOf(k)]; ok && day && c.dayNumber(to) > 0 && !strings.ContainsAny(u.wordOf(to+1), "h:") && !u.is(to+1, "heures", "heure") {
				to++ // "mercredi 27"
			}
			for ok && u.is(to, "prochain", "prochaine", "matin", "soir", "apres-midi", "aprem", "en") {
				if u.is(to, "en") {
					if !u.is(to+1, "huit", "quinze", "debut", "fin") {
						break
					}
					to++
				}
				to++
			}
			if !ok || k == j && u.l.dates.numbers[u.low[j]] > 0 {
				continue
			}
			_, weekday := u.l.dates.weekdays[u.wordOf(k)]
			if u.x.at.IsZero() || !iv.Until.After(u.x.at) && !(weekday && iv == (record.Interval{})) || IsYear(u.low[k]) {
				return
			}
			if !u.is(i, "rendez-vous") && u.hour(to) == to || u.othersAt(i, j) {
				return // "entretien jeudi"
			}
			if to = u.hour(to); j == i+1 { // "rendez-vous demain à 9h avec la banque"
				to = u.whereTo(to)
			}
			value := u.x.quote(i, to)
			for v := i + 1; v < j; v++ { // "mon rendez-vous chez le kiné est le 28 mai"
				if u.is(v, "est", "c'", "tombe", "sera", ":", "reste") {
					value = u.x.quote(i, v)
					break
				}
			}
			u.x.attribute(fact{subject: u.x.me(), key: Appointment, value: value, category: momentary, conf: likely, from: i, to: to, valid: iv})
			return
		}
		u.engagedBefore(i)
	}
}

// othersAt reports "de mon père" between the tokens.
func (u *utterance) othersAt(from, to int) bool {
	for i := from; i < to; i++ {
		if u.at(i, u.l.mine) && u.l.kin[u.wordOf(i+1)] != "" || u.is(i, "su", "son", "sa", "ses", "leur") {
			return true
		}
	}
	return false
}

// engagementsOf are other nouns of what one has on a day.
var engagementsOf = set(`dentiste osteo kine veto ophtalmo dermato gyneco entretien irm scanner echographie consultation vaccin coloscopie oral soutenance audience visioconference entrevue detartrage`)

// whereTo moves over the place or the person that follows a time.
func (u *utterance) whereTo(i int) int {
	if !u.is(i, "chez", "avec", "a", "au", "aux") {
		return i
	}
	j := i + 1
	for j < u.end && j < i+5 && u.x.toks[j].kind == word && !u.is(j, "pour", "et", "je", "j'", "tu") {
		j++
	}
	return j
}

// engagedBefore reads "mardi 26 mai à 11h, j'ai rendez-vous chez le notaire", where the day stands before.
func (u *utterance) engagedBefore(i int) {
	c := u.clauseFrom(u.from)
	for j := u.from; j < i; j++ {
		k := j
		if u.is(k, "le", "ce") {
			k++
		}
		if _, day := u.l.dates.weekdays[u.wordOf(k)]; day && c.dayNumber(k+1) > 0 {
			k++
		}
		iv, to, ok := c.period(k, forward, true)
		if !ok || to > i || u.x.at.IsZero() || !iv.Until.After(u.x.at) || iv.From.Sub(u.x.at) > 365*24*time.Hour || u.l.dates.numbers[u.low[j]] > 0 || IsYear(u.low[k]) {
			continue
		}
		to = i + 1
		for to < min(i+7, u.end) && u.x.toks[to].kind == word && !u.at(to, u.l.joins) && !u.is(to, "pour", "je", "j'", "tu", "que") {
			to++
		}
		u.x.attribute(fact{subject: u.x.me(), key: Appointment, value: u.x.quote(i, to), category: momentary, conf: likely, from: j, to: to, valid: iv})
		return
	}
}

// hasEngagement reports that the appointment at i is the speaker's and stands.
func (u *utterance) hasEngagement(i int) bool {
	from := i
	for from > u.from && u.x.toks[from-1].kind == word {
		from--
	}
	for j := from; j < min(i+8, u.end); j++ {
		if u.at(j, u.l.deny) || u.is(j, "annule", "annulee", "reporte", "rate", "manque", "annuler", "reporter", "prendre", "demander", "decale", "deplace") {
			return false
		}
	}
	if i == u.opening() || i == from && i > u.from && u.is(i-1, ":", ",", "-", "–") {
		return true
	}
	for j := i - 1; j >= max(from, i-4); j-- {
		switch {
		case u.is(j, "ai", "avons", "aurai", "aurons") || u.is(j, "a") && u.is(j-1, "on"):
			return true
		case u.at(j, u.l.mine):
			return j == i-1 || u.at(j+1, u.l.newAdjectives) || u.is(j+1, "prochain", "petit", "premier")
		case !u.is(j, "un", "une", "le", "pris", "note", "decroche", "enfin", "aussi", "deja", "encore", "donc", "prochain", "petit", "premier", "autre", "obtenu"):
			return false
		}
	}
	return false
}

// hour moves over "à 18h30" and "à 9 heures".
func (u *utterance) hour(i int) int {
	j := i
	if u.is(j, ",") && strings.ContainsAny(u.wordOf(j+1), "h:") && figures(u.wordOf(j + 1)[:1]) > 0 {
		j++ // "le 2 juin, 14h15"
	}
	if u.is(j, "a", "vers", "des") {
		j++
	}
	w := u.wordOf(j)
	switch {
	case w == "midi" || w == "minuit":
		return j + 1
	case w == "" || w[0] < '0' || w[0] > '9':
		return i
	case strings.Contains(w, "h") || strings.Contains(w, ":"):
		return j + 1
	case u.is(j+1, "h", "heures", "heure"):
		if j += 2; figures(u.wordOf(j)) > 0 || u.is(j, "pile", "precises") {
			j++
		} else if u.is(j, "et") && u.is(j+1, "demie", "demi", "quart") {
			j += 2
		}
		return j
	}
	return i
}

// firms reads what firms did to firms, and who founded them: "Castaing a racheté Bois & Fils", "Houblon Noir, c'est ma cousine Apolline qui l'a fondée".
func (u *utterance) firms() {
	if !u.l.elides || u.at(u.opening(), u.l.me) {
		return
	}
	for i := u.from; i < u.end; i++ {
		switch {
		case u.is(i, "rachete", "acquis", "absorbe", "repris", "avale") && (u.is(i-1, "a", "ont") || u.x.toks[i].low == "rachète") || u.is(i, "racheter", "absorber", "acquerir") && u.is(i-1, "de") && u.is(i-2, "vient"):
			c := u.clauseFrom(u.from)
			v := i
			for v > u.from && u.is(v-1, "a", "ont", "de", "vient") {
				v--
			}
			buyer, to, ok := c.orgAt(u.opening())
			if !ok || to != v || u.doubted(i) {
				return
			}
			bought, to, ok := c.orgAt(i + 1)
			if !ok || !c.ends(to) {
				return
			}
			u.x.relation(fact{subject: buyer.party, key: Acquired, object: bought.party, category: knowledge, conf: direct, from: buyer.party.from, to: to})
			return
		case u.is(i, "rachete", "rachetee", "absorbe", "absorbee", "repris", "reprise") && u.is(i+1, "par") && u.is(i-1, "ete", "etre", "est"):
			c := u.clauseFrom(u.from)
			bought, to, ok := c.orgAt(u.opening())
			if !ok || to > i || u.doubted(i) {
				return
			}
			for ; to < i-1; to++ {
				if !u.is(to, "a", "ete", "vient", "d'", "etre", "est") && !u.at(to, u.l.adverbs) {
					return
				}
			}
			if buyer, to, ok := c.orgAt(i + 2); ok && c.ends(to) {
				u.x.relation(fact{subject: buyer.party, key: Acquired, object: bought.party, category: knowledge, conf: direct, from: bought.party.from, to: to})
			}
			return
		case u.is(i, "fonde", "cree", "monte", "lance", "cofonde") && u.is(i-1, "a") && u.is(i-2, "qui") && u.is(u.opening(), "c'"):
			c := u.clauseFrom(u.from)
			firm, to, ok := c.orgAt(i + 1)
			if !ok || !c.ends(to) || u.doubted(i) {
				return
			}
			who := party{}
			for _, s := range u.spans {
				if s.to == i-2 {
					who = s.party
				}
			}
			if m, ok := u.givenAt(u.opening() + 2); ok && m.to == i-2 && who.ref.Name == "" {
				who = u.x.people.resolve(m)
			}
			if who.ref.Name != "" {
				u.x.relation(fact{subject: who, key: Founded, object: firm.party, category: knowledge, conf: direct, from: who.from, to: to})
			}
			return
		case u.is(i, "fondee", "fonde", "creee", "cree", "montee", "lancee", "ouverte") && u.is(i-1, "a", "ai") && u.is(i-2, "l'") && u.is(i-3, "qui"):
			c := u.clauseFrom(u.from)
			firm, _, ok := c.orgAt(u.opening())
			if !ok || u.doubted(i) {
				return
			}
			for _, s := range u.spans {
				if s.to == i-3 {
					u.x.relation(fact{subject: s.party, key: Founded, object: firm.party, category: knowledge, conf: direct, from: u.opening(), to: i + 1})
				}
			}
			if u.is(i-4, "moi") {
				u.x.relation(fact{subject: u.x.me(), key: Founded, object: firm.party, category: knowledge, conf: direct, from: u.opening(), to: i + 1})
			}
			return
		}
	}
}

// allergyBefore reads "pas de lupin pour moi, j'y suis allergique": what the speaker is allergic to was named before.
func (u *utterance) allergyBefore() {
	if !u.l.elides {
		return
	}
	c := u.clauseFrom(u.from)
	for i := u.from; i < u.end; i++ {
		if to := c.listed(i, u.l.allergens); to > 0 && i > u.from && (u.at(i-1, u.l.articles) || u.at(i-1, u.l.prepositions)) {
			u.st.allergen = party{ref: u.thing(i, to).ref, from: i, to: to, conf: 1}
			i = to - 1
			continue
		}
		from, _ := u.segment(i)
		me := u.is(i, "allergique", "allergie") && !u.is(i+1, "a", "au", "aux", "a", "sous", "avec") && (from == i || u.saysMe(from, i)) ||
			u.is(i, "declenche", "gonfler", "gonfle", "etouffe", "oedeme", "urticaire", "plaques") && u.saysMe(from, i) && u.is(from, "ca", "je", "j'", "c'")
		if !me || u.doubted(i) || u.st.allergen.ref.Name == "" || u.st.allergen.to > i || u.toldOfOthers(i) || u.denied(i) {
			continue
		}
		for k := u.st.allergen.to; k < i; k++ {
			if u.l.kin[u.low[k]] != "" && u.l.kin[u.low[k]] != "pet" || u.is(k, "il", "elle", "lui", "son", "sa") {
				return
			}
		}
		u.x.relation(fact{subject: u.x.me(), key: AllergicTo, object: u.st.allergen, category: identity, conf: likely, from: u.st.allergen.from, to: i + 1})
		return
	}
	u.st.allergen = party{}
}

// saysMe reports "je", "me" or "mon" between the tokens.
func (u *utterance) saysMe(from, to int) bool {
	for k := from; k < to; k++ {
		if u.at(k, u.l.me) || u.is(k, "me", "m'") || u.at(k, u.l.mine) {
			return true
		}
	}
	return false
}

// erased reads "efface mon ancien numéro".
func (u *utterance) erased() bool {
	i := u.opening()
	if !u.l.elides || !u.is(i, "efface", "effacez", "supprime", "supprimez", "oublie", "oubliez", "retire", "retirez", "enleve", "vire") || !u.at(i+1, u.l.mine) {
		return false
	}
	c := u.clauseFrom(u.from)
	j := i + 2
	for u.is(j, "ancien", "ancienne", "vieux", "vieille") {
		j++
	}
	key, _, to := c.ownedAt(j)
	if key == "" || to < u.end && u.x.toks[to].kind == word && !u.at(to, u.l.prepositions) && !u.at(to, u.l.orders.please) {
		return false
	}
	u.x.invalidate(fact{subject: u.x.me(), key: key, from: i, to: to}, time.Time{})
	return true
}
