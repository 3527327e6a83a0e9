package extract

import "strings"

// What stands around a German phrase, so that it means something else.

// meansOther reports that the value is not what the key is about.
func (c *langClause) meansOther(f *langForm, got captured) bool {
	to := got.party.to
	switch f.key {
	case Role:
		return f.mode == state && copular[c.lemma] && c.actedPart(got)
	case Age:
		return c.measured(got)
	case WorksAt:
		if f.mode == state && c.sojourns(got) {
			return true
		}
		if f.mode == state && c.lemma == "sein" && !c.noLonger {
			for i := c.from; i < c.to; i++ {
				if c.is(i, "weg", "raus", "krankgeschrieben", "gesperrt", "eingesperrt", "warteschleife") {
					return true
				}
			}
		}
		return (f.mode == event || f.mode == ending) && c.activityFollows() || f.mode == ending && c.utterance.forToday()
	case LivesIn:
		if c.lemma == "sitzen" && c.stranded() {
			return true
		}
		return c.landed() && !c.settles() || f.mode == state && c.visits() || c.pictured(got)
	case Condition, "diet":
		if f.key == Diet && c.forOthers() {
			return true
		}
		return c.is(to, "vor", "vom", "gegen") && !c.is(to+1, "geburt", "kindheit") || c.utterance.trial()
	case "name":
		return c.is(to, "los", "leid", "satt", "gewohnt", "schuldig")
	case Spouse:
		return f.mode == event && c.utterance.later(c.utterance.from-1, "gespielt")
	case "phone", "email":
		return c.utterance.unreachable()
	case Car:
		return c.hired()
	case Hobby:
		return c.is(got.party.from-1, "zweite", "erste") && c.is(got.party.from, "geige")
	case From:
		if c.utterance.later(c.utterance.from-1, "geworden") {
			return true // "Freiburg ist meine Heimat geworden"
		}
		return c.at(got.party.from-1, c.l.prepositions) && got.party.to == got.party.from+1 && c.l.townOf(c.x.toks[got.party.from].text) != "" && !c.l.towns[c.low[got.party.from]]
	case "founded":
		return got.party.to == got.party.from+1 && c.is(got.party.from-1, "eine", "einen", "ein", "ne", "nen") && !strings.Contains(c.low[got.party.from], "-") && (c.is(got.party.to, "gegrundet") || gatherings(c.low[got.party.from]))
	case Degree:
		return c.is(to, "im") && c.listed(to+1, c.l.subjects) == 0
	case Likes, Dislikes:
		return c.l.fold(c.lemma) == "mogen" && (c.reflex || c.anything())
	}
	return false
}

// actedPart reports a job that somebody has at home, in a game or for others only: "für meine Kinder bin ich Lehrerin".
func (c *langClause) actedPart(got captured) bool {
	for i := c.from; i < c.verbAt && i < got.party.from; i++ {
		switch {
		case c.is(i, "daheim", "zuhause") || c.is(i, "zu") && c.is(i+1, "hause"):
			return true
		case c.marks[i] == markDate:
		case c.is(i, "fur", "gegenuber"):
			return true
		case c.is(i, "bei", "beim", "im", "in", "am", "an", "auf") && c.at(i, c.l.prepositions):
			if !c.workplace(i + 1) {
				return true
			}
		}
	}
	for i := got.party.to; i < c.utterance.end; i++ {
		if c.utterance.is(i, "taxi", "geldautomat", "bank", "chauffeur", "chauffeurin", "mulleimer", "blitzableiter", "kummerkasten", "seelsorger", "seelsorgerin", "packesel", "personalunion") ||
			c.utterance.is(i, "in") && c.utterance.is(i+1, "einem") && (i+2 >= c.utterance.end || c.x.toks[i+2].kind != word) {
			return true
		}
	}
	return false
}

// workplace reports that the words from token i, behind a preposition, are a place, an organisation, a time or the working life.
func (c *langClause) workplace(i int) bool {
	for j := i; j < min(i+5, c.to) && c.x.toks[j].kind == word && j != c.verbAt; j++ {
		w := c.low[j]
		switch {
		case c.marks[j] == markDate, workingLife[w], c.l.towns[w], c.l.countries[w], c.l.brands[w], c.l.schools[w], c.l.orgNouns[w], institutional(w), c.l.dates.units[w] != "", c.l.dates.months[w] != 0,
			strings.HasSuffix(w, "schule"), strings.HasSuffix(w, "haus"), strings.HasSuffix(w, "amt"), strings.HasSuffix(w, "werk"):
			return true
		case j == i && c.x.toks[j].upper && !c.casual && c.l.jobTails != nil && shouted(c.x.toks[j].text):
			return true
		}
	}
	return false
}

// workingLife are words of the working life, before "bin ich" and a job.
var workingLife = set(`hauptberuf brotberuf beruf berufsleben leben job alltag zivilleben hauptjob nebenjob nebenberuf wirklichkeit wahrheit moment grunde winter sommer firma betrieb buro kanzlei praxis klinik krankenhaus
	altenheim pflegeheim heim kita kindergarten schule grundschule gymnasium uni universitat hochschule amt behorde werk verlag theater museum oper verein kirche gemeinde stadt dorf restaurant hotel laden team schicht nachtschicht
	landtag bundestag feurwehr bundeswehr marine armee polizei werkstatt labor redaktion agentur backerei metzgerei baumarkt supermarkt apotheke bau hafen flughafen zoo tierheim hospiz hauptsache ersten zweiten`)

// measured reports a number that is a weight, a temperature, a speed or a place.
func (c *langClause) measured(got captured) bool {
	if c.is(got.party.from-1, "platz", "nummer", "nr", "rang", "zimmer", "gate", "gleis", "seite", "level", "stufe", "linie", "startnummer", "tempo", "grosse", "kapitel", "paragraf", "artikel", "raum", "tisch", "reihe") {
		return true
	}
	u := c.utterance
	if to := got.party.to; c.is(to, "jahre", "jahr") && !c.is(to+1, "alt", "jung") && (got.party.from < c.verbAt || to+1 < c.to && c.x.toks[to+1].kind == word && c.marks[to+1] == markNone && !c.at(to+1, c.l.joins)) && c.lemma == "sein" {
		return true // "zwölf Jahre bin ich schon beim Zoll"
	}
	for i := u.from; i < u.end; i++ {
		if weights[u.low[i]] || u.is(i, "unter", "auf") && figures(u.wordOf(i+1)) > 20 && (u.is(i+2, "kommen", "runter", "sein", "bleiben", "kilo") || u.is(i+2, ",")) && !u.is(i+3, "jahre") {
			return true
		}
	}
	return false
}

// weights are words of what is measured in numbers alone.
var weights = set(`kreislauf ruhepuls kilo kg waage gewicht abnehmen abgenommen abspecken wiege zugenommen bmi fieber fieberthermometer puls blutdruck handicap kmh km/h tacho geblitzt promille wartenummer startnummer`)

// activityFollows reports that something is begun or left off at a firm, as a customer may: "bei Amazon hab ich angefangen zu stöbern".
func (c *langClause) activityFollows() bool {
	u := c.utterance
	for i := u.from; i < u.end-1; i++ {
		if u.is(i, "angefangen", "begonnen", "aufgehort") && (u.is(i+1, "zu") || u.is(i+1, ",") && u.is(i+2, "zu")) && !u.is(i+2, "arbeiten", "jobben", "schaffen") {
			return true
		}
	}
	return false
}

// landed reports the participle of landing.
func (c *langClause) landed() bool {
	for i := c.utterance.from; i < c.utterance.end; i++ {
		if c.utterance.is(i, "gelandet", "landete", "landeten") {
			return true
		}
	}
	return false
}

// markBetween is the last comma between the tokens, or 0.
func (c *langClause) markBetween(i, j int) int {
	for k := j - 1; k > i; k-- {
		if c.is(k, ",", ";", "-", "–", "—") && !c.is(k-1, "ja", "nein") {
			return k
		}
	}
	return 0
}

// quoted reports that the sentence ends with who said it: "…, hat Kennedy gesagt". What a doctor says is so.
func (u *utterance) quoted() bool {
	i := u.end - 1
	for i > u.from && u.x.toks[i].kind != word {
		i--
	}
	if !u.l.nouns || !u.is(i, "gesagt", "gemeint", "behauptet", "geschrieben", "gerufen", "gebrullt", "erzahlt", "gesungen", "gefragt") {
		return false
	}
	for k := i - 1; k > max(u.from, i-7); k-- {
		switch {
		case u.at(k, u.l.me), u.is(k, "arzt", "arztin", "doktor", "doc", "kardiologe", "neurologe", "hausarzt", "hausarztin", "klinik"), u.x.toks[k].kind != word && !u.is(k+1, "hat", "haben"):
			return false
		case u.is(k, "hat", "haben") && u.is(k-1, ",", "-", "–"):
			return true
		}
	}
	return false
}

// inanimate are things of which people speak as of friends.
var inanimate = set(`kaffee bier wein tee schokolade sofa bett couch internet google netflix thermomix drucker computer laptop handy kuhlschrank muskelkater hexenschuss wecker kalender terminkalender excel chatgpt chatbot ki
	staubsauger saugroboter backofen toaster fernseher pc fahrrad rad auto zufall stress schweinehund alltag montag hunger schlaf regen kopfkissen kissen decke heizung ruckenschmerz ruckenschmerzen tinnitus ischias gin whisky aspirin ibuprofen
	siri alexa baum bucher buch kamera klavier gitarre ofen grill pizza doner nutella chips zigarette papierkorb rasenmaher kaffeemaschine spulmaschine waschmaschine bus bahn spotify youtube instagram gothe schiller mozart beethoven einstein shakespeare kafka leichtfuss tod teufel hass liebe gott jesus`)

// settles reports that landing somewhere means to live there.
func (c *langClause) settles() bool {
	u := c.utterance
	for i := u.from; i < u.end; i++ {
		if u.is(i, "gepack", "flieger", "flugzeug", "flug", "zug", "maschine", "koffer", "heil", "sicher", "punktlich", "eben", "soben", "gerade", "grad", "flughafen", "terminal", "gut", "anschluss", "versehentlich") {
			return false
		}
	}
	for i := u.from; i < u.end; i++ {
		if u.is(i, "schliesslich", "letztlich", "letztendlich", "letzten", "studium", "liebe", "job", "arbeit", "umwege", "umwegen", "ausbildung", "zufall", "hangengeblieben", "hangen", "irgendwie", "irgendwann", "dann", "wohnung", "endgultig", "jahren", "nun", "jetzt", "ende", "wg", "wende", "flucht", "heirat", "scheidung") {
			return true
		}
	}
	return c.when.count > 0 && c.when.known() && c.when.interval.Until.Sub(c.when.interval.From).Hours() > 24
}

// visits reports a stay of some days or weeks: "im Sommer wohne ich drei Wochen in Lissabon".
func (c *langClause) visits() bool {
	for i := c.from; i < c.to; i++ {
		if !c.is(i, "tage", "tagen", "nachte", "wochen", "woche", "wochenende", "wochenenden") || c.is(i-2, "seit", "vor") || c.is(i-3, "seit", "vor") || c.is(i-1, "seit", "letzte", "letzter", "diese", "dieser") {
			continue
		}
		for j := c.from; j < i; j++ {
			if c.is(j, "seit", "schon", "jetzt", "nun", "bereits", "erst", "vor") {
				return false
			}
		}
		return true
	}
	return false
}

// trial reports that something is tried for some time.
func (u *utterance) trial() bool {
	for i := u.from; i < u.end; i++ {
		if u.is(i, "selbstversuch", "experiment", "veganuary", "fastenzeit", "testweise", "probeweise") || u.is(i, "diese", "heute", "ausnahmsweise") && (u.is(i+1, "woche") || u.is(i, "ausnahmsweise")) {
			return true
		}
	}
	return false
}

// hired reports that the text speaks of a car that is hired or lent.
func (c *langClause) hired() bool {
	if c.st.hired == 0 {
		c.st.hired = -1
		low := c.l.fold(lower(c.x.text))
		for _, s := range [...]string{"mietwagen", "leihwagen", "mietauto", "leihauto", "gemietet", "geliehen", "ausgeliehen", "carsharing", "car-sharing", "probefahrt", "probegefahren", "vorfuhrwagen", "ersatzwagen", "werkstattwagen", "mietstation", "autovermietung", "firmenwagen vom", "im urlaub"} {
			if strings.Contains(low, s) {
				c.st.hired = 1
				break
			}
		}
	}
	return c.st.hired > 0
}

// pictured reports that a picture or a text of a home is spoken of before its place.
func (c *langClause) pictured(got captured) bool {
	for i := c.utterance.from; i < got.party.from; i++ {
		if c.utterance.is(i, "foto", "fotos", "bild", "bilder", "video", "videos", "datei", "mail", "text", "anzeige", "inserat", "exposee", "grundriss", "link") {
			return true
		}
	}
	return false
}

// gatherings reports a word for people who meet, which are no organisation.
func gatherings(low string) bool {
	for _, tail := range [...]string{"gruppe", "runde", "kreis", "chat", "stammtisch", "fahrgemeinschaft", "wg", "familie", "treff", "kette", "tradition"} {
		if strings.HasSuffix(low, tail) {
			return true
		}
	}
	return false
}

// unreachable reports that the sentence is about a number of somebody else, or one at which nobody answers.
func (u *utterance) unreachable() bool {
	for i := u.from; i < u.end; i++ {
		if u.is(i, "niemand", "niemanden", "keiner", "keinen", "hotline", "servicenummer", "kundenhotline", "warteschleife", "notdienst", "bereitschaftsdienst", "kundendienst", "behorde", "amt", "burgeramt", "zentrale", "storungsstelle", "callcenter") {
			return true
		}
	}
	return false
}

// reachesMe reports that the words for being reached, or those beside them, are about the speaker.
func (u *utterance) reachesMe(at, n int) bool {
	from, _ := u.segment(at)
	for i := from; i < at+n; i++ {
		if u.at(i, u.l.me) || u.at(i, u.l.we) || u.is(i, "mich", "mir", "uns") || u.at(i, u.l.mine) {
			return true
		}
	}
	return from == at || u.is(at-1, "neu", "neur", "bin")
}

// forToday reports that somebody left work for the day: "bei Bosch bin ich heut schon um zwei raus".
func (u *utterance) forToday() bool {
	out := false
	for i := u.from; i < u.end; i++ {
		out = out || u.is(i, "raus", "weg", "gegangen", "heim", "verlassen", "abgehaun", "los", "schluss", "feierabend")
	}
	for i := u.from; out && i < u.end; i++ {
		if u.is(i, "heute", "gestern", "eben", "vorhin") && !u.later(i, "fur") && u.clock() || u.is(i, "fruher", "mittags", "punktlich", "feierabend") && !u.is(i, "fruher") || u.is(i, "um") && u.clock() {
			return true
		}
	}
	return false
}

// clock reports a time of day.
func (u *utterance) clock() bool {
	for i := u.from; i < u.end; i++ {
		if u.is(i, "um", "gegen") && (u.l.dates.numbers[u.wordOf(i+1)] > 0 || u.is(i+1, "halb", "kurz", "viertel") || strings.ContainsAny(u.wordOf(i+1), "0123456789")) || u.is(i, "uhr") {
			return true
		}
	}
	return false
}

// spirits have names like people.
var spirits = map[string]bool{"jim beam": true, "jack daniels": true, "johnnie walker": true, "johnny walker": true, "captain morgan": true, "don papa": true}

// endearments are what people call their own.
var endearments = set(`leichtfuss tunichtgut faulpelz schlaukopf spinner tausendsassa goldschatz schatz engel liebling prinz prinzessin held sonnenschein zuckerschnecke maus spatz schnecki goldstuck augenstern wirbelwind rabauke naseweis dickkopf chaot chaotin`)

// nounLike reports a word that is more likely a noun of people than an unknown name: "Henker", "Schulanfängerin".
func (l *tongue) nounLike(low string) bool {
	return l.isJob(low) || endearments[low] || endsIn(low, []string{"er", "erin", "ling", "ung", "heit", "keit", "schaft", "ist", "istin", "ent", "entin", "mann", "frau", "kind", "fan", "meister"}, 3)
}

// nearly reports "bald" or "fast" before how long something has lasted: "bald elf Jahre".
func (u *utterance) nearly(i int) bool {
	if !u.l.nouns || !u.is(i, "bald", "fast", "beinahe") {
		return false
	}
	c := langClause{utterance: u, from: i, to: u.end}
	n, _, to := c.amount(i + 1)
	return n != 0 && !u.is(to, "alt", "jung", "zu", "fruher", "spater")
}

// lone reports that the sentence names nobody but the speaker.
func (u *utterance) lone() bool {
	for i := u.from; i < u.end; i++ {
		if u.l.kin[u.low[i]] != "" || u.l.kinMany[u.low[i]] != "" || u.l.casualNames[u.low[i]] || u.is(i, "er", "sie", "ihm", "ihr", "ihn", "seine", "sein", "ihre", "du", "dir", "dein", "deine") {
			return false
		}
	}
	return true
}

// anything reports "nichts" or "etwas" in a clause, so that its verb stands before another: "dazu mag ich nichts sagen".
func (c *langClause) anything() bool {
	for i := c.from; i < c.to; i++ {
		if c.is(i, "nichts", "niemanden", "niemandem", "dazu", "daruber", "davon", "daran") {
			return true
		}
	}
	return false
}

// leading are the tails of roles that are told with their department.
var leading = []string{"leiter", "leiterin", "sachbearbeiter", "sachbearbeiterin", "assistent", "assistentin", "referent", "referentin", "chef", "chefin", "manager", "managerin"}

// germanDepartments are where people lead and assist.
var germanDepartments = set(`einkauf vertrieb marketing kundenservice controlling aussendienst innendienst verkauf personalwesen rechnungswesen versand kundendienst qualitatsmanagement`)

// departmentEnd is the token after "im Einkauf" behind a role that ends before token i.
func (c *langClause) departmentEnd(i int) int {
	if c.l.nouns && c.is(i, "im") && germanDepartments[c.wordAt(i+1)] && endsIn(c.low[i-1], leading, 0) && (i+2 >= c.to || c.x.toks[i+2].kind != word || c.at(i+2, c.l.joins)) {
		return i + 2
	}
	return i
}

// hasPersons reports a finite form for one of the persons.
func hasPersons(list []sense, persons uint8) bool {
	for _, s := range list {
		if s.kind <= finitePast && s.persons&persons != 0 {
			return true
		}
	}
	return false
}

// reads reports that the words between the tokens, before a colon, announce what somebody has written, says or learns.
func (u *utterance) reads(from, to int) bool {
	for i := from; i < to; i++ {
		if u.at(i, u.l.mine) || u.is(i, "mir") {
			return false
		}
	}
	for i := from; i < to; i++ {
		if u.is(i, "steht", "stand", "schreibt", "schrieb", "lernen", "lernt", "lektion", "vokabeln", "inserat", "motto", "sprachkurs", "plakat", "schild", "grabstein", "ubungsdialog", "dialog") {
			return true
		}
	}
	return false
}

// lastsAlready reports how long something has lasted without "seit": "zwölf Jahre bin ich jetzt schon beim Zoll".
func (c *langClause) lastsAlready() bool {
	if !c.l.nouns || c.past {
		return false
	}
	already, long := false, false
	for i := c.from; i < c.to; i++ {
		already = already || c.is(i, "schon", "bereits", "jetzt", "nun", "mittlerweile", "inzwischen")
		if _, unit, to := c.amount(i); to > 0 && (unit == "year" || unit == "month") {
			long = true
		}
	}
	return already && long
}

// convinced are adjectives before the word for who eats so.
var convinced = set(`uberzeugte uberzeugter strenge strenger strikte strikter eingefleischte eingefleischter radikale radikaler reine reiner leidenschaftliche leidenschaftlicher gluckliche glucklicher`)

// fields are the tails of subjects of studies.
var fields = []string{"wissenschaft", "wissenschaften", "technik", "informatik", "management", "ingenieurwesen", "padagogik", "medizin", "okonomie", "linguistik", "psychologie", "geschichte", "therapie"}

// rankAdjective reports an adjective that is part of the name of a job.
func rankAdjective(low string) bool {
	for _, s := range [...]string{"stellvertretend", "kommissarisch", "technisch", "kaufmannisch", "medizinisch", "zahnmedizinisch", "tiermedizinisch", "wissenschaftlich", "padagogisch", "pharmazeutisch-technisch", "medizinisch-technisch", "kunstlerisch"} {
		if tail, ok := strings.CutPrefix(low, s); ok && (tail == "e" || tail == "er" || tail == "en") {
			return true
		}
	}
	return false
}

// bothAre reports "wir sind beide".
func (c *langClause) bothAre() bool {
	for i := c.from; i < c.to; i++ {
		if c.is(i, "beide") {
			return true
		}
	}
	return false
}

// sojourns reports that somebody works somewhere for the day or for pleasure: "ich arbeite heute im Café Central".
func (c *langClause) sojourns(got captured) bool {
	if !venues[c.low[got.party.from]] {
		return false
	}
	for i := c.utterance.from; i < c.utterance.end; i++ {
		if c.utterance.is(i, "heute", "gern", "gerne", "liebsten", "oft", "manchmal", "gerade", "laptop", "mal") {
			return true
		}
	}
	return false
}

// venues are where people work who are not employed there.
var venues = set(`cafe bibliothek hotel restaurant zug stadtbibliothek unibibliothek kaffeehaus museum`)

// afterYears reports that the words before token i tell after how long something else came: "nach zehn Jahren in Kiel wohn ich jetzt in Jena".
func (u *utterance) afterYears(i int) bool {
	for j := i - 1; j >= max(u.from, i-3); j-- {
		if u.l.dates.units[u.low[j]] != "" {
			for k := j - 1; k >= max(u.from, j-4); k-- {
				if u.is(k, "nach") {
					return true
				}
			}
		}
	}
	return false
}

// forOthers reports that somebody eats or cooks so because of another: "mein Mann ist Diabetiker, ich koche deshalb zuckerfrei".
func (c *langClause) forOthers() bool {
	because, kin := false, false
	for i := c.utterance.from; i < c.utterance.end; i++ {
		because = because || c.utterance.is(i, "deshalb", "daher", "darum", "deswegen")
		kin = kin || c.l.kin[c.low[i]] != "" && c.at(i-1, c.l.mine)
	}
	return because && kin
}

// stranded reports that the sentence tells of a journey that goes no further.
func (c *langClause) stranded() bool {
	for i := c.utterance.from; i < c.utterance.end; i++ {
		if c.utterance.is(i, "zug", "bahn", "ice", "stau", "flug", "flieger", "flughafen", "bahnhof", "streik", "gleis", "bus", "schnee", "sturm", "ausgefallen", "panne", "gerade", "grad", "stunden", "fahre", "anschluss", "hotel") {
			return true
		}
	}
	return false
}
