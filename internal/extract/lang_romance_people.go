package extract

import (
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// People of whom Spanish and French tell in a clause beside them, their tastes, and what is arranged for a day.

// acquaintances reads "Itziar, una compañera del trabajo,", "Sandra, que es amiga mía," and "Paco es un colega mío".
func (u *utterance) acquaintances() {
	if !u.l.drops {
		return
	}
	for i := u.from + 1; i < u.end; i++ {
		label := u.l.kin[u.low[i]]
		if !familiars[label] || u.covered(i) {
			continue
		}
		if at, _ := u.find(u.l.doubts, u.from, i); at >= 0 {
			return
		}
		a := i
		for a > u.from && (u.at(a-1, u.l.kinAdjectives) && !u.at(a-1, u.l.articles)) {
			a--
		}
		article := u.is(a-1, "un", "una")
		if article {
			a--
		}
		is := u.is(a-1, "es")
		if is {
			a--
			if u.is(a-1, "que") {
				a--
			}
		}
		if u.is(a-1, ",", "(", "-", "–") {
			a--
		} else if !is {
			continue
		}
		to := i + 1
		mine := u.is(to, "mio", "mia", "nuestro", "nuestra")
		if mine {
			to++
		}
		if u.is(to, "de", "del", "desde") {
			switch {
			case u.is(to, "desde") && mine:
			case u.is(to, "del") && circles[u.wordOf(to+1)]:
				mine, to = true, to+2
			case u.is(to, "de") && u.is(to+1, "la", "los", "las", "mi", "mis", "toda", "nuestro", "nuestra") && circles[u.wordOf(to+2)]:
				mine, to = true, to+3
			case u.is(to, "de") && circles[u.wordOf(to+1)]:
				mine, to = true, to+2
			default:
				continue
			}
		} else if !mine && (!article || is || to < u.end && u.x.toks[to].kind == word) {
			continue
		}
		for b := max(u.from, a-3); b < a; b++ {
			m, ok := u.nameAt(b)
			if !ok || m.to != a || !u.givenName(m) || b > u.opening()+1 && u.x.toks[b-1].upper && u.x.toks[b-1].kind == word || u.is(b-1, "de", "del") {
				continue
			}
			u.related(label, b, m)
			span := &u.spans[len(u.spans)-1]
			if u.is(a, ",", "(", "-", "–") {
				span.to, span.whole = to, true
			}
			break
		}
	}
}

// starters are words, no names, with which sentences begin.
var starters = set(`anoche ayer anteayer antier luego despues entonces total encima resulta obvio conste mientras tras llega llego viene vino vi hola adios hasta tal menos sobre dicen dile digo`)

// bygoneKin are those who, when their name was, are so no longer.
var bygoneKin = set(`manager teacher partner spouse fiance landlord colleague neighbour roommate doctor therapist dentist coach friend classmate pet business_partner`)

// nicked reports a capitalised word between an article and a comma that is nothing but somebody's name: "mi señora, la Carmencita,".
func (u *utterance) nicked(i int) bool {
	w := u.low[i]
	return u.is(i+1, ",", ")") && !u.l.plain[w] && !u.l.kinAdjectives[w] && !u.l.jobs[w] && !u.l.demonyms[w] && !u.l.orgNouns[w] && !u.l.towns[w] && !u.l.titles[w] && u.l.kin[w] == ""
}

// familiars are acquaintances whom one has several of.
var familiars = set(`colleague friend neighbour roommate cousin classmate teammate`)

// circles are where people know each other from.
var circles = set(`trabajo curro laburo chamba pega oficina ofi cole colegio instituto insti uni universidad facultad facu carrera gym gimnasio barrio equipo piso pueblo portal bloque edificio rellano quinto cuarto tercero segundo primero bajo
	parque taller coro club yoga clase clases infancia vida siempre confianza mili pandilla grupo turno departamento empresa hospital escuela banco bar obra planta prepa secundaria natacion baile arriba abajo enfrente lado despacho tienda almacen`)

// favourites reads "el color preferido de mi hermano Nacho es el verde moco".
func (u *utterance) othersFavourites() {
	if u.l.nouns {
		return
	}
	for i := u.from + 1; i < u.end; i++ {
		if !u.at(i, u.l.favourite) || u.at(i-2, u.l.mine) || u.doubted(i) || u.l.elides && u.at(i+1, u.l.favourite) {
			continue
		}
		thing := u.l.favouriteThings[u.wordOf(i-1)]
		if thing == "" || !(u.at(i-2, u.l.articles) || u.is(i-2, "l'")) || !u.is(i+1, "de", "del", "d'") {
			continue
		}
		var who party
		to := 0
		for _, s := range u.spans {
			if s.from == i+2 {
				who, to = s.party, s.to
			}
		}
		if m, ok := u.nameAt(i + 2); to == 0 && ok && u.known(m) {
			who, to = u.x.people.resolve(m), m.to
		}
		for u.is(to, ",", "c'", "ce") || u.at(to, u.l.adverbs) {
			to++
		}
		if who.ref.Name == "" || !u.is(to, "es", "son", "est", "sont") {
			continue
		}
		if to++; u.at(to, u.l.deny) {
			continue
		}
		c := u.clauseFrom(to)
		if got, n, ok := c.capture("value", to); ok && c.ends(n) && !demonstrative[u.wordOf(got.party.from)] {
			u.x.attribute(fact{subject: who, key: "favourite_" + thing, value: got.text, category: knowledge, conf: direct, from: i - 2, to: n})
		}
		return
	}
}

// arranged reads "el martes 19 a las 10 tengo dentista", where the day stands before what it is for.
func (u *utterance) arranged() {
	if !u.l.drops {
		return
	}
	c := u.clauseFrom(u.from)
	for i := u.from + 2; i < u.end; i++ {
		if !u.is(i, "tengo", "tenemos", "toca") || u.is(i, "toca") && !u.is(i-1, "me", "nos") || u.denied(i) || u.doubted(i) {
			continue
		}
		to := i + 1
		for u.is(to, "la", "el", "mi", "una", "un", "otra", "nuestra") {
			to++
		}
		begins := to
		if !meetings[u.wordOf(to)] && !healers[u.wordOf(to)] || u.is(to, "turno") && !u.is(to+1, "con") {
			continue
		}
		for to++; to < min(begins+7, u.end) && u.x.toks[to].kind == word && !u.at(to, u.l.joins) && !u.at(to, u.l.subordinate) && !u.at(to, u.l.resets) && !u.is(to, "para", "y", "así", "asi", "a", "en") && c.marks[to] != markDate; to++ {
			if c.finite(to) && !u.at(to-1, u.l.articles) {
				break
			}
		}
		from := i
		if u.is(i, "toca") {
			from--
		}
		dated := 0
		for k := from - 1; k >= max(u.from, from-14); k-- {
			if c.marks[k] == markDate || u.l.dates.weekdays[u.low[k]] > 0 || u.is(k, "manana", "domingo") {
				dated++
			} else if u.x.toks[k].kind == word && !startsWithDigit(u.low[k]) && !u.is(k, "el", "este", "a", "las", "la", "de", "por", "media", "cuarto", "y", "que", "pues", "ya", "manana", "tarde", "hora", "horas", "en", "punto", "proximo", "viene", "sobre", "hacia", "h", "hs", "mediodia") && u.l.dates.numbers[u.low[k]] == 0 {
				break
			}
		}
		if dated == 0 || u.othersAt(i, to) {
			return
		}
		iv, ok := u.dayBefore(from)
		if !ok {
			return
		}
		u.x.attribute(fact{subject: u.x.me(), key: Appointment, value: u.x.quote(begins, to), category: momentary, conf: likely, from: from, to: to, valid: iv})
		return
	}
}

// dayBefore is the day ahead that is named before token i.
func (u *utterance) dayBefore(i int) (record.Interval, bool) {
	c := u.clauseFrom(u.from)
	for j := u.from; j < i; j++ {
		k := j
		if u.is(k, "el", "este") {
			k++
		}
		if _, day := u.l.dates.weekdays[u.wordOf(k)]; day && c.dayNumber(k+1) > 0 && u.l.dates.months[u.wordOf(k+3)] != 0 {
			k++ // "lunes 25 de mayo"
		}
		iv, to, ok := c.period(k, forward, true)
		if _, day := u.l.dates.weekdays[u.wordOf(k)]; day && ok && to <= i && iv == (record.Interval{}) && u.is(k-1, "el", "este") {
			return iv, true
		}
		if ok && to <= i && !u.x.at.IsZero() && iv.Until.After(u.x.at) && iv.From.Sub(u.x.at) < 365*24*time.Hour && !IsYear(u.low[k]) && (u.l.dates.numbers[u.low[j]] == 0 || startsWithDigit(u.low[j])) {
			return iv, true
		}
	}
	return record.Interval{}, false
}

// healers are whom one has at a time: "tengo dentista".
var healers = set(`dentista ginecologa ginecologo dermatologo dermatologa oculista oftalmologo oftalmologa fisio psicologo psicologa psiquiatra cardiologo cardiologa traumatologo traumatologa matrona pediatra podologo podologa otorrino endocrino urologo
	neurologo neurologa notario abogado abogada gestor psico terapia medico medica ecografia itv mamografia colonoscopia tac biopsia audiometria`)
