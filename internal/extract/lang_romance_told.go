package extract

import (
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// What Spanish and French tell in ways of their own: the birthdays of others, and what is to be forgotten by its topic.

// cakes are words for birthdays.
var cakes = set(`cumpleanos cumple cumpleano anniversaire anniv annif`)

// birthdays reads "el 3 de mayo es el cumpleaños de Marta" and "l'anniversaire de ma sœur Inès, c'est le 4 juillet".
func (u *utterance) birthdays() {
	if u.l.nouns {
		return
	}
	for i := u.from; i < u.end; i++ {
		if !cakes[u.low[i]] || u.doubted(i) || u.at(i-1, u.l.deny) {
			continue
		}
		who, to, ok := u.celebrant(i)
		if !ok {
			continue
		}
		if u.wished(i) {
			return
		}
		c := u.clauseFrom(u.from)
		from, end := c.dayMention()
		for k := u.from; end == 0 && k < u.end; k++ {
			if n := c.dateEnd(k); n > 0 {
				from, end = k, n
			}
		}
		is := false
		for j := u.from; j < u.end; j++ {
			k := j + 1
			for u.is(k, "est", "el", "le", "l'", "la", "lo", "dia", ":") || u.at(k, u.l.adverbs) {
				k++
			}
			is = is || (u.is(j, "es", "cae", "sera", "c'", "est", "tombe", ":", "=") || u.is(j, "son") && u.l.drops) && (k == from || k == i || u.is(from-1, "el", "le") && k == from-1)
		}
		if !is || end == 0 || from >= i && from < to {
			return
		}
		for k := min(from, i); k < max(end, to); k++ {
			if u.at(k, u.l.deny) {
				return // "el cumple de Lucía no es el 5 de marzo"
			}
		}
		u.x.attribute(fact{subject: who, key: Birthday, value: u.x.quote(from, end), category: identity, conf: direct, from: min(from, i), to: max(end, to)})
		return
	}
}

// celebrant is whose birthday the word at i speaks of: "cumpleaños de Marta", "anniv d'Inès", "cumple de mi hermana Vera".
func (u *utterance) celebrant(i int) (party, int, bool) {
	if !u.is(i+1, "de", "del", "d'") {
		return party{}, 0, false
	}
	for _, s := range u.spans {
		if s.from == i+2 && s.party.ref.Type == record.TypePerson {
			return s.party, s.to, true
		}
	}
	j := i + 2
	for u.l.drops && u.is(j, "la", "el") {
		j++
	}
	m, ok := u.nameAt(j)
	if !ok || !u.known(m) || u.l.towns[u.l.fold(lower(m.text))] {
		return party{}, 0, false
	}
	return u.x.people.resolve(m), m.to, true
}

var (
	// erasing are verbs of forgetting, as they are said to an assistant.
	erasing = set(`olvida olvide olvidate olvidese olvidar olvidad olvidalo borra borre borrar borrame elimina elimine eliminar quita quite quitar descarta descartar ignora ignorar suprime suprimir tacha saca sacar anula anular
		oublie oubliez oublier efface effacez effacer supprime supprimez supprimer retire retirez retirer enleve enlevez enlever vire virez virer annule annuler ignore ignorez ignorer raye rayer`)
	// matters stand before what is to be forgotten.
	matters = set(`lo que te os le dije conte comente puse escribi mencione he dicho contado escrito comentado todo eso aquello info informacion dato nota cosa tema el la los las de del sobre acerca respecto a cuanto en al
		ce vous je ai dit raconte ecrit note mentionne information truc tout au sujet propos concernant sur mon ma mes nos notre mi mis nuestro nuestra du des avais avait infos partie passage ligne
		hablado hable parle marque confie indique signale noto anote anotado habia antes hier autre jour ayer`)
)

// withdraws reports a sentence of one or two words that takes back the one before it, which does not say that it was told before: "¡me han cogido en
// Pfizer! Borra eso."
func (x *extractor) withdraws(u *utterance, s sentence) bool {
	if u == nil || u.l.nouns || s.to-s.from > 4 || u.tells() {
		return false
	}
	next := &utterance{x: x, l: u.l}
	next.cut(s)
	i := next.opening()
	return withdrawn[next.wordOf(i)] && (i+1 >= next.end || next.toks[i+1].kind != word || next.is(i+1, "eso", "ca", "cela", "esto", "todo", "tout"))
}

// tells reports that the sentence says what the agent was told or has on record.
func (u *utterance) tells() bool {
	told := false
	for i := u.from; i+1 < u.end && i < u.from+8; i++ {
		told = told || tellers[u.low[i]] && (u.is(i+1, "que", "qu'") || u.is(i+2, "que", "qu'")) && !u.is(i-1, "me", "m'", "nos", "se", "il", "elle", "le") || u.is(i, "figura", "consta", "pone", "tienes", "apuntaste", "anotaste") && u.is(i+1, "que")
	}
	return told
}

// unsaidNext reports that the sentence, which says what the agent was told, is taken back by the next one: "Te dije que vivo en Lugo. Bórralo."
func (x *extractor) unsaidNext(u *utterance, s sentence) bool {
	if u == nil || u.l.nouns || s.to-s.from > 9 {
		return false
	}
	if !u.tells() {
		return false
	}
	next := &utterance{x: x, l: u.l}
	next.cut(s)
	i := next.opening()
	for next.is(i, "por", "favor", "porfa", "stp", "svp", "plait", "te", "me", "s'", "il", ",", "ya", "mejor", "ahora", "tu", "peux", "puedes", "alors", "donc", "please", "y", "et") {
		i++
	}
	if next.is(i, "olvida", "borra") && i+1 < next.end && next.toks[i+1].kind == word && !next.is(i+1, "eso", "lo", "por", "porfa", "ese", "esa", "todo", "ya", "esto", "gracias", "anda") {
		return false
	}
	return withdrawn[next.wordOf(i)] && !(next.is(i, "oublie", "efface", "supprime", "retire", "laisse") && !next.is(i+1, "ca", "cela", "tout", "stp", "s'", "svp", "vite", "tomber", "le", "la", ".") && i+1 < next.end && next.toks[i+1].kind == word) ||
		next.is(i, "no", "ce", "c'", "n'", "ya", "n") && (next.later(i, "cierto") || next.later(i, "verdad") || next.later(i, "vale") || next.later(i, "vrai") || next.later(i, "faux")) ||
		next.is(i, "era", "es", "fue", "vale") && next.is(i+1, "mentira", "falso", "broma", "mentirijilla")
}

var (
	// tellers are words of what was told.
	tellers = set(`dije conte comente puse escribi dicho contado comentado puesto mencione dit raconte ecrit note mentionne`)
	// withdrawn are orders to take something back.
	withdrawn = set(`borralo olvidalo quitalo eliminalo descartalo ignoralo suprimelo tachalo anulalo borrelo olvidelo quitelo eliminelo borra olvida quitar borrarlo olvidarlo quitarlo eliminarlo
		oublie oublie-le oublie-la oubliez-le oublier efface efface-le efface-la effacez-le effacer supprime supprime-le supprime-la supprimer retire retire-le retirer laisse enleve enleve-le vire vire-le annule corrige-le`)
)

// forgetsTopic reads "oublie ce que je t'ai dit sur mon asthme" and "borra lo de mi alergia a las nueces": what is named holds no longer. The
// sentence goes on behind it.
func (u *utterance) forgetsTopic() bool {
	if u.l.nouns {
		return false
	}
	i := u.opening()
	for k := 0; k < 3 && u.is(i, "puedes", "podrias", "podes", "puede", "me", "tu", "peux", "pourrais", "vous", "pouvez", "por", "favor", "stp", ",", "te"); k++ {
		i++
	}
	if !erasing[u.wordOf(i)] || i+2 >= u.end {
		return false
	}
	i++
	told, mine, said := false, false, false
	for ; i < u.end && (matters[u.low[i]] || u.is(i, "qu'", "t'", "j'", "l'", "d'", "m'")); i++ {
		told = told || u.is(i, "que", "lo", "info", "informacion", "dato", "nota", "ce", "note", "truc", "eso", "sobre", "sur", "propos", "concernant", "tout", "infos")
		said = said || u.is(i, "dije", "conte", "comente", "puse", "escribi", "mencione", "dicho", "contado", "info", "informacion", "dato", "dit", "raconte", "ecrit", "note", "mentionne", "information")
		mine = u.at(i, u.l.mine)
	}
	if !told || i >= u.end || u.x.toks[i].kind != word || u.is(i, "que", "qu'") || u.l.drops && u.is(i-1, "que") || u.l.elides && u.is(i-1, "qu'") {
		return false
	}
	c := u.clauseFrom(u.from)
	allergy := u.is(i, "alergia", "alergias", "allergie", "allergies", "intolerancia", "intolerance")
	for j := u.from; j < u.end; j++ {
		allergy = allergy || u.is(j, "alergico", "alergica", "allergique")
	}
	_, end := u.segment(i)
	done := false
	take := func(key string, got captured, to int) {
		f := fact{subject: u.x.me(), key: key, value: got.text, object: got.party, from: u.from, to: to}
		if got.text != "" {
			f.object = party{}
		}
		u.x.invalidate(f, time.Time{})
		done = true
	}
	switch {
	case allergy:
		for j := i; j < end && !done; j++ {
			if got, to, ok := c.capture("allergen", j); ok {
				take(AllergicTo, got, to)
			}
		}
	case mine && u.l.diseases[u.low[i]] || c.listed(i, u.l.diseases) > 0:
		if got, to, ok := c.capture("disease", i); ok {
			take(Condition, got, to)
		}
	case said && c.listed(i, u.l.sports) > 0:
		if got, to, ok := c.capture("sport", i); ok {
			take(Hobby, got, to)
		}
	case mine && u.l.kin[u.low[i]] != "":
		m, ok := u.nameAt(i + 1)
		if !ok && u.is(i+1, ",") {
			m, ok = u.nameAt(i + 2)
		}
		label := u.l.kin[u.low[i]]
		if ok && m.to <= end+2 {
			key, p := label, party{ref: record.EntityRef{Type: record.TypePerson, Name: m.text}, from: m.from, to: m.to, conf: 1}
			if label == "pet" {
				key, p.ref = Pet, petRef(m.text)
			}
			if !strings.Contains(key, "/") {
				u.x.invalidate(fact{subject: u.x.me(), key: key, object: p, from: u.from, to: m.to}, time.Time{})
			}
		}
		done = true
	}
	if !done {
		return false
	}
	if end >= u.end-1 {
		return true
	}
	u.from = end + 1
	return false
}
