package extract

import (
	"strings"
	"time"
	"unicode/utf8"
)

// What Spanish and French say beside a form, so that it means something else.

// twisted reports that the words around a value make of it another thing than the form says. The value ends before token to.
func (c *langClause) twisted(key string, got captured, to int) bool {
	if c.l.nouns {
		return false
	}
	if c.is(got.party.from-1, "sauf", "excepte", "menos", "excepto", "salvo") {
		return true
	}
	if i := c.utterance.opening(); c.is(i, "para", "pour") && i+1 < got.party.from && c.x.toks[i+1].upper && !c.l.towns[c.low[i+1]] && i+1 < c.verbAt {
		return true // "para Facebook nací el 1 de enero de 1900"
	}
	from, end := c.utterance.segment(min(max(got.party.from, c.utterance.from), c.utterance.end-1))
	switch key {
	case From:
		return c.is(got.party.from-2, "lado", "cerca", "lejos", "delante", "detras", "encima", "parte", "antes", "despues") || c.l.drops && got.party.from < c.verbAt && got.party.from-1 > c.utterance.opening() // "al lado de Bea soy una monja"
	case Age:
		for i := from; i < got.party.from; i++ { // "dentro de nada tengo 50 años", "dans deux jours j'ai 50 ans"
			if c.is(i, "dans") && c.l.dates.units[c.wordAt(i+2)] != "" {
				return true
			}
		}
		if c.is(c.verbAt, "cumplimos", "fetons") { // of a couple
			return true
		}
		if c.when.brief || c.l.elides && c.is(got.party.from-3, "que") && c.later(from, "mis") {
			return true // "j'ai cent ans ce matin"
		}
		return c.anyOf(seemingly, from, got.party.from) || c.anyOf(agedTails, to, min(to+3, end)) || c.is(to, "por", "devant") || c.is(to, "de") && c.is(to+1, "plus", "moins")
	case LivesIn:
		if i := got.party.from; c.lemma == "quitter" && i >= c.utterance.from && (c.namesSomebody(i) && !c.l.towns[c.low[i]] || c.namesSomebody(min(c.verbAt+1, c.utterance.end-1)) || c.namesSomebody(min(c.verbAt+2, c.utterance.end-1))) {
			return true // "j'ai quitté Marc"
		}
		for i := from; i+1 < end; i++ { // "le temps que", "hasta que"
			if c.is(i, "temps") && c.is(i-1, "le") && c.is(i+1, "que", "qu'", "de", "d'", "des", "du") || c.is(i, "hasta") && c.is(i+1, "que") || c.is(i, "jusqu'") && c.is(i+2, "ce") || c.is(i, "attendant") {
				return true
			}
		}
		for i := c.verbAt + 1; i < got.party.from && (c.lemma == "vivre" || c.lemma == "vivir"); i++ {
			if (c.at(i, c.l.articles) || c.is(i, "l'")) && !c.at(i-1, c.l.prepositions) && i < got.party.from-2 {
				return true // "je vis mal la chaleur à Séville"
			}
		}
		return c.anyOf(lodgings, from, end) || c.anyOf(meanwhile, from, end)
	case WorksAt:
		if (c.lemma == "entrar" || c.lemma == "ingresar") && c.when.count == 0 && !c.when.lasting && !c.anyOf(laboured, c.utterance.from, c.utterance.end) && !c.is(to, "de", "como") && !c.is(c.verbAt+2, "trabajar") {
			return true // into a shop
		}
		if c.lemma == "quitter" && subscribed[c.l.fold(lower(got.party.ref.Name))] && !c.anyOf(laboured, c.utterance.from, c.utterance.end) {
			return true // a customer
		}
		if c.lemma == "passer" && c.l.elides && c.is(got.party.from-1, "chez") && !c.anyOf(laboured, c.utterance.from, c.utterance.end) && !c.is(c.verbAt+2, "de", "d'") && !c.is(c.verbAt+1, "de", "d'") {
			return true // a visit
		}
		for i := c.verbAt + 1; i < got.party.from-2 && c.l.drops && working[c.lemma]; i++ {
			if c.is(i, "en") && c.is(i+1, "un", "una") && c.is(got.party.from-1, "en") {
				return true // "en un videoclub en Hull"
			}
		}
		return (c.is(c.verbAt+1, "sur", "en", "sobre") || c.is(c.verbAt+2, "sur", "en", "sobre")) && c.is(got.party.from-1, "pour", "para")
	case Likes, Dislikes, Prefers, Hobby:
		return c.mocking(key, got, to)
	case Role:
		return c.householder(got, to)
	case Speaks:
		return c.is(to, "como", "comme") && !c.is(to+1, "segunda", "segundo", "lengua", "idioma", "nativo", "nativa", "langue", "seconde", "deuxieme", "primera")
	case "diet":
		return c.l.elides && c.at(got.party.from-2, c.l.articles) && !c.at(got.party.from-1, c.l.adverbs) && !c.is(got.party.from-1, "regime", "cuisine", "alimentation", "assiette", "seul", "seule", "unique", "vrai", "vraie", "bon", "bonne", "pauvre", "simple", "petit", "petite", "vieux", "vieille", "grand", "grande") || c.is(to, "entre", "quand", "cuando", "solo", "salvo", "menos", "seulement", "sauf") || c.is(to, "a") && c.is(to+1, "ratos", "veces", "medias", "mi", "moitie", "temps") || c.is(to, "de") && c.is(to+1, "lunes", "dia") || c.is(to, "los", "le", "la", "en") && (c.l.dates.weekdays[c.wordAt(to+1)] != 0 || c.is(to+1, "findes", "domingos", "fines", "semaine", "journee", "noches"))
	case Condition:
		return c.moody(got, from, end) || c.is(got.party.from, "aveugle", "sourd", "sourde", "ciego", "ciega", "sordo", "sorda") && (c.is(to, "o", "ou") || c.is(to, ",") && c.is(to+1, "no", "je", "j'", "on"))
	case Birthday:
		if c.anyOf(earlyOrLate, c.utterance.from, c.utterance.end) {
			return true
		}
		for i := c.utterance.from; i < c.utterance.end; i++ {
			if cakes[c.low[i]] && (c.is(i+1, "de", "del", "d'", "du", "des") || c.is(i-1, "su", "sus", "tu", "son", "sa", "ton", "leur")) {
				return true // "el 3 de mayo es el cumpleaños de Marta"
			}
		}
	case Appointment:
		return c.othersAt(got.party.from, got.party.to)
	case "name", Nickname:
		return c.is(got.party.from-1, "comme", "pareil", "como") || c.is(c.verbAt+1, "comme", "pareil", "igual", "como") || c.utterance.jesting("", mention{text: got.party.ref.Name + got.text, from: got.party.from, to: got.party.to})
	case Partner, Spouse:
		for i := c.utterance.from; i < c.utterance.end; i++ {
			switch {
			case c.is(i, "divorce", "divorcio") && c.is(i+1, "de", "du", "d'", "des", "del"): // "le divorce de mes parents"
				return true
			case c.is(i, "separes", "separees", "separamos", "separado") && (c.is(i+1, "en", "dans", "a", "sur", "devant") && (c.at(i+2, c.l.articles) || c.is(i+2, "l'")) || c.is(i+1, "au", "para", "pour")): // in a shop
				return true
			}
		}
		return c.is(c.verbAt, "rompi", "rompo", "rompimos") && c.is(c.verbAt+1, "a")
	}
	if strings.HasPrefix(key, "favourite_") {
		return c.anyOf(demonstrative, got.party.from, got.party.from+2)
	}
	return false
}

// anyOf reports one of the words between the tokens.
func (u *utterance) anyOf(words map[string]bool, from, to int) bool {
	for i := max(from, u.from); i < min(to, u.end); i++ {
		if words[u.low[i]] {
			return true
		}
	}
	return false
}

var (
	// seemingly are words before an age that is none: "por dentro tengo 20 años", "on dirait que j'ai 80 ans".
	seemingly = set(`puse puesto parece parezco parecen parecia aparento aparentas aparentan diria dirian diran dentro mentalmente mental espiritu metabolica biologica echan echaron pongo pon ponen ponia siento sentia sentirse
		actuo dirait tete parait semble dedans mentalement donne donnent donnait bientot biologique ressenti apparence physiquement sens`)
	// agedTails stand behind years that are no age of a person.
	agedTails = set(`menos mas moins metabolicos biologicos biologique biologiques caninos perrunos gatunos mentales luz mentaux hipoteca carnet experiencia casados cotizados`)
	// lodgings are where one stays for a time, and meanwhile words for such a time.
	lodgings  = set(`airbnb hotel hostal pension albergue camping apartahotel hospital auberge gite hostel apparthotel habitant`)
	meanwhile = set(`mientras entretanto travaux obras reforma rodaje dura dure duran duren tournage`)
	// demonstrative words name nothing.
	demonstrative = set(`este esta esto estos estas ese esa eso aquel aquella ella usted tu ti vosotros ustedes ca cela ceci ce celui celle elle toi vous eux celui-la celle-la celui-ci celle-ci tien tienne mien mienne sien sienne tuyo tuya mio mia suyo suya`)
	// plagues are things of which nobody says in earnest that he loves them.
	plagues = set(`impuestos impuesto hacienda atascos atasco cola colas facturas factura multas multa goteras spam reuniones burocracia tramites resaca resacas mosquitos cucarachas averias retrasos huelgas formularios papeleo
		impots impot bouchons bouchon embouteillages embouteillage factures facture amendes amende fuites spams reunions paperasse moustiques cafards queue greves pannes retards formulaires pv`)
	// ratings are choices among what is at hand.
	ratings = set(`azul rojo verde blanco negro amarillo gris rosa primero primera segundo segunda tercero ultimo ultima otro otra bleu rouge vert blanc noir jaune premier premiere deuxieme dernier derniere autre lunes martes miercoles jueves viernes sabado domingo manana tarde noche`)
	// moods are illnesses whose names are said of bad days too.
	moods    = set(`ansiedad insomnio vertigo migrana depresion anxiete insomnie vertige vertiges migraine depression`)
	durables = set(`desde cronica cronico diagnosticada diagnosticado diagnostico terapia tratamiento medico medica psiquiatra psicologo psicologa pastillas medicacion medicada medicado anos meses generalizada social severa severo padezco sufro trastorno baja
		depuis chronique diagnostiquee diagnostique therapie traitement medecin psychiatre psy cachets medicaments ans mois generalisee sociale severe trouble suivie suivi arret`)
)

// mocking reports a liking that is no lasting one, or none: of what nobody likes, of one of several things at hand, of a thing only as
// far as the words behind it say.
func (c *langClause) mocking(key string, got captured, to int) bool {
	from, end := got.party.from, got.party.to
	if end <= from || from < c.utterance.from {
		return false
	}
	if key != Dislikes && c.anyOf(plagues, from, end) {
		return true
	}
	if key == Hobby {
		return c.l.drops && (c.is(c.verbAt, "estoy", "estamos") && !c.when.lasting && c.when.kind != sinceDate || c.is(to, "una") && c.is(to+1, "vez") || c.is(from, "encaje") && c.is(to, "para", "con"))
	}
	for i := c.utterance.from; i+2 < c.utterance.end && key == Likes; i++ {
		if c.is(i, "poco") && c.is(i+2, "nada") || c.is(i, "tanto", "tanta", "lo") && (c.is(i+1, "como", "mismo") || i < from && c.is(end, "como")) {
			return true // "me gusta tanto el pulpo como …", "entre poco y nada"
		}
	}
	if a, b := c.utterance.segment(from); c.anyOf(shrugs, a, b) {
		return true // "a mí el golf me importa un pepino"
	}
	numbers := true
	for i := from; i < end; i++ {
		numbers = numbers && (c.l.dates.numbers[c.low[i]] > 0 || c.is(i, "ambos", "ambas", "pareil"))
	}
	if numbers || c.l.elides && c.l.dates.numbers[c.low[from]] > 1 && c.is(from+1, "pareil", "autant") {
		return true
	}
	for i := from; i < end; i++ {
		if exclaims(c.low[i]) {
			return true
		}
	}
	if key != Prefers && to == end && (c.is(to, "que", "cuando", "si", "quand", "lorsque") || c.l.elides && c.is(to, "s'", "qui")) {
		return true
	}
	if c.l.drops && key != Prefers && to == end && c.at(from-1, c.l.articles) && c.is(to, ",") && !c.x.toks[min(to+1, c.utterance.end-1)].upper {
		n := c.wordAt(to + 1)
		last := c.low[end-1]
		if (strings.HasSuffix(n, "s") == strings.HasSuffix(last, "s")) && strings.ContainsAny(n[max(len(n)-2, 0):], "aoe") && len(n) > 4 && !parentheses[n] && !c.l.adverbs[n] && c.l.verbs[n] == nil && !c.l.prepositions[n] && !c.l.subordinate[n] && (c.at(to+2, c.l.joins) || c.is(to+2, ",", ".") || to+2 >= c.utterance.end) && len(c.more) == 0 {
			return true // "los pueblos blancos, silenciosos y con olor a jazmín" is cut at the wrong place
		}
	}
	if key == Prefers && end == from+1 && (ratings[c.low[from]] || c.is(to, "para", "pour")) {
		return true
	}
	if c.l.drops && tasting[c.lemma] && c.is(c.verbAt-1, "me", "nos") && from > c.verbAt && !c.infinitiveAt(from) && !c.x.toks[from].upper && !c.at(from-1, c.l.articles) && !c.is(from, "todo", "toda", "todos", "todas", "cualquier") && !c.is(from-1, "y", "e", "ni", ",") {
		return true // "me gustan rubias"
	}
	return false
}

// tasting are verbs whose subject takes an article.
var tasting = set(`gustar encantar fascinar apasionar molar chiflar flipar`)

// beginsAnew reports a subject at i with its verb behind it, with which another statement begins without a mark: "comme je suis routier je
// dors peu".
func (u *utterance) beginsAnew(i int) bool {
	if !(u.is(i, "je", "j'", "on", "tu") || u.is(i, "nous") && !u.is(i-1, "on", "nous", "nous-memes")) || u.x.toks[i-1].kind != word || u.at(i-1, u.l.subordinate) || u.is(i-1, "comme", "moi", "toi", "lui", "dont", "lorsqu'", "puisqu'", "que", "l'", "si", "ou", "dit") {
		return false
	}
	for _, s := range u.l.verbs[u.x.toks[i-1].low] {
		if s.kind <= finitePast {
			return false
		}
	}
	j := i + 1
	for u.is(j, "ne", "n'", "me", "m'", "te", "t'", "se", "s'", "y", "en", "le", "la", "l'", "les", "lui", "leur", "nous") && j < i+4 {
		j++
	}
	for _, s := range u.l.verbs[u.wordOf(j)] {
		if s.kind <= finitePast {
			return true
		}
	}
	return false
}

// accepted reports that the text says yes to something: "¡le dije que sí!"
func (x *extractor) accepted() bool {
	if x.speech.yes == 0 {
		x.speech.yes = -1
		for i := range x.toks {
			if consents[x.toks[i].low] || x.toks[i].low == "sí" && i > 0 && (x.toks[i-1].low == "que" || x.toks[i-1].low == "dije") {
				x.speech.yes = 1
			}
		}
	}
	return x.speech.yes > 0
}

// consents are words, as they are written, that tell that a proposal was accepted.
var consents = set(`acepté acepte aceptado prometida prometido prometidos anillo oui fiancés fiancée`)

// forGood reports that a return is one to live there, not of a day.
func (c *langClause) forGood() bool {
	w := c.when
	return w.count > 0 && w.known() && w.interval.Until.Sub(w.interval.From) >= 27*24*time.Hour || c.anyOf(settling, c.utterance.from, c.utterance.end)
}

var settling = set(`vivir definitivamente instalar instalarnos instalarme asentarnos quedarnos quedarme siempre definitiva hipoteca`)

// compounded reports an allergen that has been read as the last word of a longer one: "les noix de cajou, j'y suis allergique".
func (x *extractor) compounded(p party) bool {
	for i := range x.out.Relations {
		r := &x.out.Relations[i]
		if r.Label == AllergicTo && len(r.Object.Name) > len(p.ref.Name)+3 && strings.HasSuffix(r.Object.Name, " "+p.ref.Name) {
			return true
		}
	}
	return false
}

// lately reports the week or the month of which the clause tells: what began in it goes on.
func (c *langClause) lately() bool {
	for i := c.utterance.from; i+1 < c.utterance.end; i++ {
		if c.is(i, "este", "esta", "ce", "cette") && c.is(i+1, "mes", "semana", "mois-ci", "semaine", "mois") {
			return true
		}
	}
	return false
}

// capitalVerb reports a capital within a sentence on what would be a verb: "en el Corte Inglés".
func (c *langClause) capitalVerb(i int) bool {
	t := &c.x.toks[i]
	return t.upper && !c.casual && i > c.opening() && c.x.toks[i-1].kind == word && !shouted(t.text) && c.l.verbs[c.low[i]] != nil
}

// wrecked are words of cars that are no more.
var wrecked = set(`paso murio muerto muerta chatarra desguace desguazado siniestro siniestrado robaron robado vendi vendido vendio ame mort morte casse epave ferraille volee vole vendu vendue revendu revendue rendu`)

// quotes reports that what the sentence says was said to somebody by somebody else: "responde siempre en verso, le dijo el mago a la rana".
func (u *utterance) quotes() bool {
	for i := u.from + 2; i+1 < u.end && !u.l.nouns; i++ {
		if !u.is(i-1, ",", "-", "–", "—") {
			continue
		}
		k := i
		for u.is(k, "le", "les", "me", "nos", "lui", "leur", "il", "elle", "a") {
			k++
		}
		if u.is(k, "dijo", "decia", "dice", "grito", "contesto", "respondio", "repetia", "ordeno", "pidio", "dit", "disait", "repetait", "cria", "crie", "repondit", "ordonne", "ordonna") && !u.is(k+1, "que", "qu'") {
			return true
		}
	}
	return false
}

// earlyOrLate are words of birthdays that came early or late.
var earlyOrLate = set(`adelanto adelantado avance retrasado atrasado`)

// endsNothing reports an end that is only of a moment, of a place, or of a customer.
func (c *langClause) endsNothing(key string, got captured, to int) bool {
	switch key {
	case Age:
		return true // "ya no tengo 20 años"
	case Speaks:
		return c.is(to, "en", "con", "au", "avec", "a")
	case Partner:
		return got.name != "" && c.is(to, "en", "dans") && c.l.dates.months[c.wordAt(to+1)] == 0 && !IsYear(c.wordAt(to+1)) || c.anyOf(shortWhiles, c.utterance.from, c.utterance.end)
	case WorksAt:
		low := c.l.fold(lower(got.party.ref.Name))
		return networks[low] && !c.anyOf(laboured, c.utterance.from, c.utterance.end) || subscribed[low] && c.l.drops && c.is(got.party.from-1, "con") && c.later(c.utterance.from-1, "contrato")
	}
	return false
}

var (
	shortWhiles = set(`momento rato ratito segundo instante moment instant seconde minute minuto`)
	// networks are where people have accounts.
	networks = set(`tinder instagram facebook twitter tiktok whatsapp bumble reddit discord telegram linkedin snapchat`)
)

// shrugs are verbs of what somebody does not care about.
var shrugs = set(`importa importan suda sopla resbala resbalan refanfinfla fiche fous branle indiffere`)

// wedding are forms that tell of a wedding that has been or is to come.
var wedding = set(`casamos`)

// yearless reports a day and a month without a year in a clause that may tell of what is ahead.
func (c *langClause) yearless() bool {
	day := false
	for i := c.utterance.from; i < c.utterance.end; i++ {
		if IsYear(c.low[i]) || c.is(i, "pasado", "hace", "hoy") {
			return false
		}
		for _, s := range c.l.verbs[c.x.toks[i].low] {
			if s.kind == finitePast && s.persons&third != 0 && !wedding[c.low[i]] {
				return false // "nos casamos el 12 de octubre y llovió a mares"
			}
		}
		day = day || c.l.dates.months[c.low[i]] != 0 && c.is(i-1, "de") && figures(c.wordOf(i-2)) > 0
	}
	return day
}

// explained reports that the condition at j is only what is explained at i: "si je file sans prévenir, c'est que je vis avec …".
func (u *utterance) explained(j, i int) bool {
	if u.l.nouns || !u.is(j, "si", "s'") || i < j {
		return false
	}
	for k := j + 3; k+1 < i && k < j+16; k++ {
		if u.is(k, "c'") && u.is(k+1, "est") && u.is(k+2, "que", "qu'", "parce") || u.is(k, "es") && u.is(k+1, "porque", "que") && u.l.drops {
			return true
		}
	}
	return false
}

// leaving are verbs of leaving that customers use as well.
var leaving = set(`dejar abandonar quitter cambiar`)

// exclaims reports a word that only sounds: "uuuf", "pfff", "ayyy".
func exclaims(w string) bool {
	if strings.ContainsAny(w, "0123456789") {
		return false
	}
	run, last, vowel := 1, rune(0), false
	for _, r := range w {
		vowel = vowel || strings.ContainsRune("aeiouy", r)
		if r == last {
			run++
		} else {
			run = 1
		}
		if last = r; run > 2 && utf8.RuneCountInString(w) < 8 {
			return true
		}
	}
	return !vowel && len(w) > 3
}

// householder reports a trade that one has only at home or in jest: "en casa soy la cocinera y la chófer".
func (c *langClause) householder(got captured, to int) bool {
	from := got.party.from
	if !copular[c.lemma] && c.lemma != "" && !c.is(c.verbAt, "soy", "suis", "c'") {
		return false
	}
	if c.is(from+1, "en", "de", "es") && c.infinitiveAt(from+2) && c.l.drops && !c.l.subjects[c.wordAt(from+2)] {
		return true // "doctora en perder llaves"
	}
	n := 0
	for i := to; c.is(i, ",", "y", "et", "e") && n < 3; n++ { // "soy taxista, cocinera, enfermera y árbitro"
		for c.is(i, ",", "y", "et", "e") {
			i++
		}
		if !c.l.isJob(c.wordAt(i)) {
			break
		}
		i++
	}
	if n > 1 {
		return true
	}
	if !c.is(from-1, "el", "la", "le", "l'", "los", "las", "les") {
		return false
	}
	for i := c.utterance.from; i < from; i++ {
		if c.is(i, "casa", "piso", "familia", "hogar", "pandilla", "grupo", "maison", "famille", "coloc", "chez", "bande", "groupe", "foyer") {
			return true
		}
	}
	if c.is(to, ",") && (c.at(to+1, c.l.mine) || c.x.toks[min(to+1, c.utterance.end-1)].upper) {
		return true // "je suis le banquier, mon neveu la voiture"
	}
	i := to
	for c.is(i, ",", "y", "et", "e") {
		i++
	}
	return i > to && (c.at(i, c.l.articles) || c.is(i, "l'")) && c.l.isJob(c.wordAt(i+1)) // "la cocinera, la chófer"
}

// moody reports an illness that is only how somebody feels.
func (c *langClause) moody(got captured, from, to int) bool {
	i := got.party.from
	if i < c.utterance.from || got.party.to != i+1 || !moods[c.low[i]] {
		return false
	}
	if c.at(i-1, c.l.mine) || c.is(i-1, "la", "el", "l'") {
		return false
	}
	return !c.anyOf(durables, c.utterance.from, c.utterance.end)
}

// forOnce reports a denial at i, of which the words end before token to, that is about what is asked for now: "no quiero explicaciones, solo haz la
// tabla", "sin rodeos: ¿qué compro?"
func (u *utterance) forOnce(i, to int, lasting bool) bool {
	if u.l.nouns || lasting {
		return false
	}
	please := false
	for j := u.from; j < u.end; j++ {
		please = please || u.is(j, "favor", "porfa", "porfi", "porfavor", "plait", "stp", "svp", "gracias", "merci")
	}
	if u.is(i, "sin", "sans", "ni") && !please {
		return true
	}
	for j := to; j+1 < u.end; j++ {
		if u.x.toks[j].kind == word && !u.is(j, "y", "et") {
			continue
		}
		k := j + 1
		for u.is(k, "solo", "solamente", "simplemente", "nomas", "directamente", "mejor", "juste", "seulement", "simplement", "tu", "vos") {
			k++
		}
		head, _, _ := strings.Cut(u.wordOf(k), "-")
		if u.at(k, u.l.orders.verbs) || u.at(k, u.l.orders.uses) || u.l.orders.verbs[head] || u.l.orders.uses[head] || u.l.drops && u.clitic(k) || once[head] {
			return true
		}
	}
	return false
}

// once are orders of something to be done now.
var once = set(`haz corrige dame dime pasame elige escoge revisa mira quita borra cambia arregla ordena fais donne dis choisis passe regarde enleve change range verifie`)

// jesting reports somebody whom nobody has for a relative: "mi jefa es Satanás".
func (u *utterance) jesting(label string, m mention) bool {
	if u.l.nouns || label == "pet" {
		return false
	}
	low := u.l.fold(strings.ToLower(m.text))
	return characters[strings.ToLower(m.text)] || famous[low] || famous[u.low[m.from]] && m.to == m.from+1
}

// famous are figures and things that people call themselves and others by in jest.
var famous = phraseSet(`satanas satan belcebu lucifer johnnie_walker nutella netflix google alexa siri chatgpt pepito_grillo jiminy_cricket cenicienta cendrillon blancanieves don_quijote don_quichotte
	sherlock sherlock_holmes batman superman spiderman gollum shrek cruella maleficent frankenstein hulk cupido papa_noel pere_noel dios dieu godzilla don_juan casanova rambo terminator asterix obelix pinocho pinocchio
	mister_proper monsieur_propre hannibal_lecter nosferatu andana lola_flores messi cleopatra napoleon rapunzel superwoman supernanny wonder_woman mary_poppins peter_pan robin_hood zorro el_zorro tarzan
	barbie ken houdini macgyver einstein rocky_balboa forrest_gump la_parca murphy internet excel word pepe_gotera mafalda obelisco sisifo penelope_cruz`)
