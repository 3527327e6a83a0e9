package extract

import (
	"strings"
)

// numberAt reads a number in figures or in words, "treinta y un", and gives the token after it.
func (c *langClause) numberAt(i int) (int, int) {
	if n := figures(c.low[i]); n > 0 {
		return n, i + 1
	}
	n := c.l.dates.numbers[c.low[i]]
	if n >= 30 && n%10 == 0 && c.is(i+1, "y") {
		if unit := c.l.dates.numbers[c.wordAt(i+2)]; unit > 0 && unit < 10 {
			return n + unit, i + 3
		}
	}
	return n, i + 1
}

// schoolYears are the ordinals of years of a school.
var schoolYears = set(`primero segundo tercero cuarto quinto sexto ultimo primer tercer`)

// working are verbs of work, after which the word for a job is one though it is in no list: "trabajo de cañonero".
var working = set(`trabajar currar laburar chambear camellar ejercer`)

// jobLike reports a word that is spelt as the words for jobs are.
func (c *langClause) jobLike(i int) bool {
	w := c.low[i]
	if c.x.toks[i].kind != word || c.x.toks[i].upper || c.l.plain[w] || len(w) < 6 {
		return false
	}
	for _, tail := range [...]string{"ero", "era", "ista", "dor", "dora", "tor", "tora", "ario", "aria", "logo", "loga", "grafo", "grafa", "iatra", "ante", "ente"} {
		if strings.HasSuffix(w, tail) {
			return true
		}
	}
	return false
}

// figurative are jobs of which people speak in jest: "soy una psicóloga". homely are those for whom one has such a job.
var (
	figurative = set(`payaso payasa mago maga poeta artista detective bombero bombera psicologo psicologa filosofo filosofa santo santa soldado esclavo modelo cura monje monja torero actor actriz hacker ninja chef cocinillas guerrero reina rey estrella taxista banquero enfermero enfermera ninera arbitro`)
	homely     = set(`casa familia grupo mis tus pandilla fiesta equipo clase hijos hijas pena novio novia marido mujer`)
)
