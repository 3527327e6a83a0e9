package extract

import "strings"

// homeKeys are the keys by which somebody has a home.
var homeKeys = []string{"lives_in", "address"}

var (
	// bounds are words before the end of a stay, ends words that say when that is.
	bounds = set(`until till til hasta jusque jusqu'à jusqu'au jusqu bis`)
	ends   = set(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november
		december tomorrow tonight next end christmas easter new spring summer autumn montag dienstag mittwoch donnerstag freitag samstag sonntag
		januar februar märz marz mai juni juli oktober dezember morgen ende nächste nachste nächsten nachsten weihnachten ostern lunes martes
		miércoles miercoles jueves viernes sábado sabado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
		diciembre mañana manana fin finales lundi mardi mercredi jeudi vendredi samedi dimanche janvier février fevrier mars avril juin juillet août
		aout septembre octobre novembre décembre decembre demain prochain`)
	// spanning are words before how long a stay takes, stayed the units of that.
	spanning = set(`for für fur fuer pour por pendant durante`)
	stayed   = set(`day days night nights week weeks weekend fortnight month months summer bit while tag tage tagen nacht nächte nachte woche wochen monat monate wochenende
		día dia días dias noche noches semana semanas mes meses finde jour jours nuit nuits semaine semaines mois week-end`)
	// current are words before the time in which it falls.
	current = set(`this diese dieses dieser übers ubers cette ce este esta`)
)

// bounded reports whether a stay of which a phrase up to end tells has an end that is known: then nobody has moved.
func (d *doubter) bounded(c *cue, end int) bool {
	if !overlap(c.keys, homeKeys) {
		return false
	}
	for i := end; i < d.s.to; i++ {
		low := d.toks[i].low
		switch {
		case bounds[strings.TrimSuffix(low, "'")] && (d.anyOf(i+1, min(d.s.to, i+5), ends) || d.anyOf(i+1, min(d.s.to, i+5), stayed)),
			spanning[low] && d.anyOf(i+1, min(d.s.to, i+5), stayed),
			current[low] && c.stays() && d.anyOf(i+1, min(d.s.to, i+2), stayed):
			return true
		}
	}
	return false
}

// stays reports whether a phrase says where somebody stays.
func (c *cue) stays() bool {
	return c.states || len(c.tail) == 0 && overlap(c.head[len(c.head)-1], whereabouts)
}

// whereabouts are the last words of such a phrase.
var whereabouts = []string{"at", "in", "with", "chez", "à", "a", "en", "bei", "auf"}
