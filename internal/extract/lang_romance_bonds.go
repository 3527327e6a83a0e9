package extract

import (
	"github.com/spectron-go/spectron/internal/record"
)

// bondOver gives the key of a marriage or a love that the sentence tells to be over, by a parting or a death: "mi novio Iván y yo lo hemos
// dejado", "ma femme Odette est morte"; "" if it does not.
func (u *utterance) bondOver(label string, i int, m mention) string {
	key := map[string]string{"spouse": Spouse, "partner": Partner, "fiance": EngagedTo}[label]
	if u.l.nouns || key == "" {
		return ""
	}
	for j := u.from; j < u.end; j++ {
		if u.is(j, "viuda", "viudo") && !u.is(j-1, "soy", "quede", "estoy", "he", "quedado") && !(j == u.opening() && u.is(j+1, "de")) {
			continue // "mi padre se quedó viudo"
		}
		if u.is(j, "enviude", "viuda", "viudo", "veuve", "veuf", "difunto", "difunta", "qepd", "q.e.p.d") && !u.at(j-1, u.l.deny) && !u.is(j-1, "es", "est", "la", "el") || u.is(j, "paz") && u.is(j+1, "descanse") || u.is(j, "paix") && u.is(j+1, "a") {
			return key
		}
	}
	from, end := m.to, m.to
	for end < u.end && end < from+12 && (u.x.toks[end].kind == word || u.is(end, ",")) && !u.at(end, u.l.resets) && !(end > from && u.at(end, u.l.mine)) {
		end++
	}
	two := u.at(from, u.l.joins) && u.is(from+1, "yo", "moi") || u.is(i-1, "y", "et") && u.is(i-2, "yo", "moi")
	for j := from; j < end; j++ {
		if u.at(j, u.l.deny) && !u.l.elides && !two {
			return ""
		}
		switch {
		case u.l.deaths[u.low[j]] && u.dies(j) && !u.is(j+1, "de") && j-from < 5, u.l.elides && u.is(j, "quittes", "quittees", "eteint", "eteinte") && u.is(j-1, "a", "est") && u.is(j-2, "nous", "s'"):
			return key
		case u.is(j, "muere", "murio") && u.is(j-1, "se") && u.is(j-2, "me", "nos"), u.is(j, "fue", "ido") && u.is(j-1, "me", "nos", "ha") && u.is(j-2, "se", "me") && !u.is(j+1, "a", "de", "con", "al"):
			return key
		case two && partingWords[u.low[j]] && (u.is(j+1, "para", "encima", "al", "con", "au", "pour") || u.is(j+1, "en", "dans", "sur") && (u.at(j+2, u.l.articles) || u.at(j+2, u.l.mine))):
		case two && partingWords[u.low[j]] && !(u.is(j, "dejado", "dejamos") && !u.is(j-1, "lo", "hemos", "nos") && !u.is(j-2, "lo")) && (!u.is(j, "terminado", "terminamos", "termine", "cortado", "cortamos") || j+1 >= u.end || u.x.toks[j+1].kind != word):
			return key
		case two && u.is(j, "juntos", "juntas", "ensemble") && (u.is(j-2, "no") || u.is(j-1, "plus")):
			return key
		case (partingWords[u.low[j]] && !two || u.is(j, "dejo", "planto", "corto", "dejado")) && (u.is(j-1, "me", "m'") || u.is(j-2, "me", "m'")) && !u.is(j+1, "en", "el", "la", "un", "una", "sin", "con", "a", "las", "los", "su", "de", "plantada", "plantado", "tirado", "tirada") && j-from < 4:
			return key
		}
	}
	return ""
}

// partingWords are forms of verbs of parting.
var partingWords = set(`dejado dejamos separado separados separadas separamos divorciado divorciados divorciamos rompimos roto cortamos cortado terminamos terminado
	separes separees separe rompu divorce divorces divorcees quitte quittee quittes largue larguee plaque plaquee`)

// firmsTold reads "la cooperativa Agromonte compró a Lácteos del Sur" and "Bimbo fue comprada por Sigma".
func (u *utterance) firmsTold() {
	if !u.l.drops || u.doubted(u.from) {
		return
	}
	for i := u.from + 1; i < u.end; i++ {
		if !u.is(i, "compro", "adquirio", "absorbio", "comprado", "adquirido", "absorbido", "comprada", "adquirida", "absorbida") || u.x.toks[i].low == "compro" || u.at(i-1, u.l.deny) || u.at(i-2, u.l.deny) {
			continue
		}
		v := i
		for v > u.from && u.is(v-1, "ha", "fue", "sido", "acaba", "de", "por", "fin") {
			v--
		}
		passive := u.is(i+1, "por")
		if u.is(i, "comprado", "adquirido", "absorbido") && v == i || passive && v == i {
			continue
		}
		c := u.clauseFrom(u.from)
		begin := u.opening()
		if u.is(begin, "resulta", "parece") {
			return
		}
		a, to, ok := c.orgAt(begin)
		if !ok || to != v {
			return
		}
		n := i + 1
		if passive || u.is(n, "a") {
			n++
		} else if u.is(n, "al") {
			n++
		}
		b, end, ok := c.orgAt(n)
		if !ok || !c.ends(end) && c.marks[end] == markNone || u.l.casualNames[u.low[b.party.from]] && !u.l.brands[u.low[b.party.from]] {
			return
		}
		if passive {
			a, b = b, a
		}
		a.party, b.party = u.properName(a.party), u.properName(b.party)
		u.x.relation(fact{subject: a.party, key: Acquired, object: b.party, category: knowledge, conf: direct, from: begin, to: end})
		return
	}
}

// petNamed reads the name that an animal is given behind the clause that tells of it: "adoptamos un galgo flaquísimo y le pusimos Quijote", "tengo una
// gata. Se llama Mora."
func (u *utterance) petNamed() {
	if !u.l.drops {
		return
	}
	for i := u.from; i+2 < u.end+1; i++ {
		n := 0
		switch {
		case u.is(i, "le", "lo", "la") && u.is(i+1, "pusimos", "puse", "pusieron", "llamamos", "llame", "bautizamos", "bautice", "pusiste"):
			n = i + 2
		case u.is(i, "le", "lo", "la") && u.is(i+1, "hemos", "he", "han") && u.is(i+2, "puesto", "llamado", "bautizado"):
			n = i + 3
		case u.is(i, "se") && u.is(i+1, "llama") && (i == u.opening() || u.is(i-1, ",", "y", ";", "(", ":")):
			n = i + 2
		default:
			continue
		}
		for u.is(n, "como", "de", "nombre", "el") {
			n++
		}
		m, ok := u.nameAt(n)
		if !ok || u.covered(n) || u.l.plain[u.low[m.from]] || u.l.empty[u.x.toks[m.from].low] || u.l.subjects[u.low[m.from]] || m.to < u.end && u.x.toks[m.to].kind == word && !u.at(m.to, u.l.joins) && !u.at(m.to, u.l.subordinate) && !u.at(m.to, u.l.prepositions) && !u.at(m.to, u.l.resets) {
			continue
		}
		label := u.st.unnamed
		if i != u.opening() {
			label = ""
		}
		for j := u.from + 1; j < i; j++ {
			if u.l.kin[u.low[j]] == "pet" && (u.is(j-1, "un", "una") || u.at(j-1, u.l.kinAdjectives) || u.is(j-1, "nuevo", "nueva")) {
				if label = ""; u.has(j-1) || u.gotOne(j) {
					label = "pet"
				}
			} else if kin := u.l.kin[u.low[j]]; kin != "" && kin != "pet" {
				label = ""
			}
		}
		if label != "" && !u.doubted(i) && (label == "pet" || u.givenName(m)) {
			u.related(label, i, m)
			u.st.unnamed = ""
		}
		return
	}
	u.st.unnamed = ""
	if len(u.unnamed) == 1 && unnamedKin[u.unnamed[0]] && u.unnamed[0] != "pet" && len(u.spans) == 0 && !u.introduces(u.nameless) {
		u.st.unnamed = u.unnamed[0]
	}
	for j := u.end - 1; j > u.from; j-- {
		if u.l.kin[u.low[j]] == "pet" && u.is(j-1, "un", "una") && !u.covered(j) && (u.has(j-1) || u.gotOne(j)) {
			if !u.wished(j) && !u.doubted(j) && u.st.unnamed == "" {
				u.st.unnamed = "pet"
			}
			return
		}
	}
}

// introduces reports that the sentence brings in somebody or something else behind token i, whose name the next one may tell: "mi hija tiene un
// peluche".
func (u *utterance) introduces(i int) bool {
	kin := 0
	for k := i; k < u.end; k++ {
		if u.is(k, "un", "une", "una", "otro", "otra", "nuevo", "nueva", "nouveau", "nouvelle") && k > u.from && !u.is(k-1, "es", "son", "parece", "est", "semble", "reste", "c'") {
			return true
		}
		if u.l.kin[u.low[k]] != "" || u.l.kinMany[u.low[k]] != "" {
			kin++
		}
	}
	return kin > 1
}

// gotOne reports that the speaker got the animal at j: "hemos adoptado un galgo", "nos trajimos una gata".
func (u *utterance) gotOne(j int) bool {
	for k := j - 1; k >= max(u.from, j-7); k-- {
		if u.is(k, "adopte", "adoptamos", "adoptado", "rescate", "rescatamos", "rescatado", "recogi", "recogimos", "recogido", "trajimos", "traje", "traido", "acogimos", "acogido", "regalaron", "tenemos", "tengo") {
			return u.selfAt(k) || u.is(k-1, "he", "hemos") || u.is(k-1, "me", "nos")
		}
	}
	return false
}

// allergicOthers reads "a mi hijo Dídac le da alergia el látex".
func (u *utterance) allergicOthers() {
	if !u.l.drops {
		return
	}
	c := u.clauseFrom(u.from)
	for _, s := range u.spans {
		if s.party.ref.Type != record.TypePerson || !u.is(s.from-1, "a") || !u.is(s.to, "le", "les") || !u.is(s.to+1, "da", "dan", "produce", "producen", "provoca", "provocan") || !u.is(s.to+2, "alergia", "urticaria", "ronchas") || u.doubted(s.from) {
			continue
		}
		i := s.to + 3
		for u.at(i, u.l.articles) {
			i++
		}
		if got, to, ok := c.capture("allergen", i); ok {
			u.x.relation(fact{subject: s.party, key: AllergicTo, object: got.party, category: identity, conf: direct, from: s.from, to: to})
		}
	}
}

// properName leaves out the common noun before the name of a firm: "la cooperativa Agromonte".
func (u *utterance) properName(p party) party {
	if p.to > p.from+1 && u.l.orgNouns[u.low[p.from]] && !u.x.toks[p.from].upper && u.x.toks[p.from+1].upper {
		p.from++
		p.ref.Name = u.x.quote(p.from, p.to)
	}
	return p
}
