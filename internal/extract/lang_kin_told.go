package extract

import (
	"strings"
)

// What tells one relative from others, and who a word is a relative of, in languages that write nouns small.

// chained reports that an animal is named in a list after relatives: "mi mujer Pepa y el perro, Tostón".
func (u *utterance) chained(i int) bool {
	n := len(u.spans)
	if n == 0 || i-u.spans[n-1].to > 2 {
		return false
	}
	return u.is(i-1, "y", ",", "e") && (u.is(i+2, ",") || u.l.casualNames[u.wordOf(i+2)])
}

// hadOne reports that the speaker has somebody who is named just before: "tengo un hijo, Ismael, y una hija, Sara".
func (u *utterance) hadOne(i int) bool {
	n := len(u.spans)
	return n > 0 && i-u.spans[n-1].to <= 2 && u.spans[n-1].had
}

// grandparents are relatives of whom the family speaks with an article: "la abuela Remedios".
var grandparents = set(`abuela abuelo yaya yayo abuelita abuelito tia tio tita tito nona nono`)

// elder reports a known name after the relative at i.
func (u *utterance) elder(i int) bool {
	m, ok := u.nameAt(i + 2)
	return u.l.drops && ok && u.givenName(m) && !u.is(m.to, "de", "del") && !u.is(i-1, "de", "del", "como", "el", "al")
}

// unknown reports a word in lower case that is in no list, so that it can be a name in casual writing.
func (u *utterance) unknown(i int) bool {
	if i >= u.end || u.x.toks[i].kind != word || u.x.toks[i].upper {
		return false
	}
	w, l := u.low[i], u.l
	if len(w) < 3 || strings.ContainsAny(w, "0123456789@'") || parentheses[w] || l.verbs[w] != nil || l.prepositions[w] || l.articles[w] || l.joins[w] || l.subordinate[w] || l.adverbs[w] || l.mine[w] ||
		l.plain[w] || l.kin[w] != "" || l.jobs[w] || l.demonyms[w] || l.diets[w] || l.statuses[w] || l.orders.openers[w] || l.deny[w] || l.asks[w] || l.empty[w] || l.ending[w] || l.kinAdjectives[w] || l.conditions[w] {
		return false
	}
	for _, tail := range [...]string{"ado", "ada", "ido", "ida", "oso", "osa", "mente", "ando", "iendo", "ico", "ica", "ble", "isimo", "isima"} {
		if strings.HasSuffix(w, tail) {
			return false
		}
	}
	return true
}

// parentheses are words that stand between commas and are no names.
var parentheses = set(`claro obvio pobre pobrecito pobrecita bueno vamos digo oye mira tranqui ojo jaja lol pues total encima vaya madre dios hombre mujer tio tia igual quizas menos casi siempre nunca hoy ayer manana luego entonces contento contenta feliz enfermo enferma listo lista simpatico majo maja loco loca viejo vieja joven alto alta bajo baja
	raro rara solo sola muerto muerta vivo viva aqui alli ahora antes despues lejos cerca parece creo supongo imagino segun como serio seria tonto tonta tipico encanto crack santo santa amor cielo perdon gracias favor vale venga`)

// kinOf is the label of a relative, also of a little one: "cuñadita".
func (l *tongue) kinOf(w string) string {
	if k := l.kin[w]; k != "" || !l.drops {
		return k
	}
	if head, ok := strings.CutSuffix(w, "ita"); ok {
		return l.kin[head+"a"]
	}
	if head, ok := strings.CutSuffix(w, "ito"); ok {
		return l.kin[head+"o"]
	}
	return ""
}

// breaksUp reports that the speaker leaves the one who is named at i: "me separé de mi mujer, Olga", "rompí con mi novio Pol".
func (u *utterance) breaksUp(i int) bool {
	if !u.is(i-1, "de", "con", "a") || i < u.from+2 {
		return false
	}
	switch {
	case u.is(i-2, "separe", "separado", "divorcie", "divorciado", "separamos", "divorciamos"):
		return u.is(i-1, "de")
	case u.is(i-2, "rompi", "roto", "corte", "cortado", "termine", "terminado", "dejado", "rompimos"):
		return u.is(i-1, "con")
	case u.is(i-2, "deje", "dejado"):
		return u.is(i-1, "a")
	}
	return false
}

// givenName reports a name that is known to be one.
func (u *utterance) givenName(m mention) bool {
	return m.titled || u.l.casualNames[u.low[m.from]] || givenNames[u.x.toks[m.from].low]
}

// phraseOf moves over what tells a relative from others, "del quinto", "de toda la vida", where a name follows.
func (u *utterance) phraseOf(i int) int {
	if !u.is(i, "de", "del") {
		return i
	}
	j := i + 1
	for j < i+5 && j < u.end && u.x.toks[j].kind == word && (!u.x.toks[j].upper && u.byFirst(j) == 0 || u.l.towns[u.low[j]]) && !u.at(j, u.l.mine) && u.l.kin[u.low[j]] == "" && !u.is(j, "que", "se", "es", "y") && u.l.verbs[u.low[j]] == nil {
		j++
	}
	if j == i+1 {
		return i
	}
	if u.is(j, ",") || u.is(j, "se", "que", "es") || j < u.end && u.x.toks[j].upper && u.l.casualNames[u.low[j]] {
		return j
	}
	return i
}

// described moves over what is said of one of several names: "Vera (9)", "Nahuel, que ya estudia;".
func (u *utterance) described(i int) int {
	if !u.l.drops {
		return i
	}
	if u.is(i, "(") {
		for j := i; j < min(i+8, u.end); j++ {
			if u.is(j, ")") {
				return j + 1
			}
		}
		return i
	}
	if !u.is(i, ",") || i+1 >= u.end || u.x.toks[i+1].upper || u.at(i+1, u.l.joins) {
		return i
	}
	for j := i + 1; j < min(i+10, u.end); j++ {
		if u.is(j, ";") || u.is(j, ",") || u.at(j, u.l.joins) && u.is(j-1, "anos", "mayor", "menor", "pequeno", "pequena", "mediano", "mediana") {
			return j
		}
	}
	return i
}

// labelOf chooses between "uncle/aunt" by the name.
func (u *utterance) labelOf(label string, m mention) string {
	he, she, two := strings.Cut(label, "/")
	if two && (spanishWomen[u.low[m.from]] || strings.HasSuffix(u.low[m.from], "a") && !spanishMen[u.low[m.from]]) {
		return she
	}
	return he
}

// spanishWomen are names of women that do not end in "a", and spanishMen those of men that do.
var (
	spanishWomen = set(`carmen pilar isabel raquel ruth ines dolores mercedes beatriz luz sol noemi rocio consuelo rosario socorro lourdes nieves belen leonor esther ester miriam abigail
		maribel mabel anabel marisol edith judith montserrat montse nines irene leire maite amparo milagros angeles araceli concepcion asuncion encarnacion purificacion soledad trinidad caridad piedad itziar nayeli
		abril jazmin iris berenice clotilde matilde salome zoe chloe carol ayelen remedios chus conchi puri mari loli yoli pili merche guadalupe lupe lety vicky xime cleo desiree dulce enedina estefani evelyn fe flor
		gladys heidi ingrid ivonne jennifer karen katherine lizbeth lilian luzmar margot maricruz nayibe nelly nancy noor penelope pepi quiteria sarai saray sharon sheyla sole tere toni wendy yanet yamile yurley meritxell neus nekane itxaso maialen ane oihane uxue june miren arantzazu arantxa izaro edurne garazi haizea xuan merce roser`)
	spanishMen = set(`borja luca nicola joshua elia isaia garcia bautista juanma josema chema luisma gorka kepa nikita txema`)
)
