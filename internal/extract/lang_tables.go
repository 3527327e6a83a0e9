package extract

import (
	"strings"
	"time"
	"unicode/utf8"
)

// tongueData is a language as it is written down. Words are separated by spaces; where a unit may have several words, units are
// separated by commas.
type tongueData struct {
	name                  string
	folds                 []string
	dialect               string // "hamma haben wir": words of speech and dialects, and what they stand for
	elides, drops, nouns  bool
	regular               func(add func(form string, s sense), infinitive string)
	verbs                 string // a line each: an infinitive; or "lemma: 1st; 3rd; we; they; past 1st; past 3rd; past we; participles; gerund; infinitives"
	reflexiveVerbs        string
	forms                 string
	auxiliaries           string
	adjectival            string
	impersonal, naming    string
	me, we, they          string
	reflexive, mine       string
	articles, joins       string
	subordinate, adverbs  string
	prepositions, resets  string
	ending                string
	deny, anyMore, only   string
	denyBefore            bool
	doubts, near, wishes  string
	fictions, jests       string
	asks                  string
	kin, kinMany          string // "word label, word label"
	kinAdjectives, breeds string
	manyNamed             string
	friendly, offspring   string
	kinTitles             string
	engagements           string
	named, titles         string
	jobs, jobTails        string
	broadJobs, roleTails  string
	plain, empty          string
	owned                 string // "words > key kind, …"
	newAdjectives         string
	favourite             string
	favouriteThings       string
	tongues, demonyms     string
	allergens, diseases   string
	diets, statuses       string
	orgNouns, schools     string
	subjects, sports      string
	deaths                string
	towns, countries      string
	brands, names, cars   string
	peoples               string
	repairs, forget, keep string
	callMe, hello, reach  string
	signed, regards       string
	partings              string
	yours                 string
	padding, wanes        string
	spare, degrees, makes string
	loanJobs              string
	called                string
	conditions            string
	scan                  scanData
	idioms, ours          string
	letters, pasting      string
	respelt               string // "jsuis 1 je suis, pr pour"
	models                string
	streets               string
	kinTails, namedKin    string
	orders                orderData
	dates                 dateData
}

type orderData struct {
	openers, please, can, verbs, uses, infinitives, lasting, things, short, once, standing, none, wishing string
}

type scanData struct {
	jobs, homes, lastDays, at, in, contacts, changed, divorced, gone, parents, of, aged, years, aside, asideLead string
}

type dateData struct {
	months, weekdays, numbers, units, days             string
	since, until, on, ago, between, and, span, after   string
	last, next, this, longSince, once, brief, formerly string
}

// units splits at commas and folds.
func (l *tongue) units(s string) []string {
	var out []string
	s = l.apart(s)
	for u := range strings.SplitSeq(s, ",") {
		if u = strings.Join(strings.Fields(strings.ReplaceAll(l.fold(u), "~", ",")), " "); u != "" {
			out = append(out, u)
		}
	}
	return out
}

// apart writes elisions as the two words that they are cut into.
func (l *tongue) apart(s string) string {
	if !l.elides {
		return s
	}
	var out strings.Builder
	from := 0
	for i, r := range s {
		switch {
		case strings.ContainsRune(" ,|>?\n\t", r):
			from = i + 1
		case r == '\'' && frenchElisions[lower(s[from:i])] && i+1 < len(s) && !strings.ContainsAny(s[i+1:i+2], " ,|>?") && !strings.HasPrefix(s[from:], "d'accord"):
			out.WriteString("' ")
			from = i + 1
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}

func (l *tongue) words(s string) map[string]bool { return set(l.fold(s)) }

func (l *tongue) unitSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, u := range l.units(s) {
		m[u] = true
	}
	return m
}

func (l *tongue) phraseTable(s string) phraseTable {
	m := phraseTable{}
	for _, u := range l.units(s) {
		for _, f := range alternatives(strings.Fields(u)) {
			m[f[0]] = append(m[f[0]], f)
		}
	}
	return m
}

// alternatives writes out the words "a|b" and "a?" of a phrase.
func alternatives(words []string) [][]string {
	out := [][]string{nil}
	for _, w := range words {
		w, optional := strings.CutSuffix(w, "?")
		var next [][]string
		for _, head := range out {
			if optional && (w != "" || head == nil) {
				next = append(next, head)
			}
			for alt := range strings.SplitSeq(w, "|") {
				next = append(next, append(append([]string(nil), head...), alt))
			}
		}
		out = next
	}
	return out
}

// pairs reads units whose last word says what the words before it are.
func (l *tongue) pairs(s string) map[string]string {
	m := map[string]string{}
	for u := range strings.SplitSeq(s, ",") {
		f := strings.Fields(u)
		if k := len(f) - 1; k > 0 {
			m[l.units(strings.Join(f[:k], " "))[0]] = f[k]
		}
	}
	return m
}

func (l *tongue) numbered(s string) map[string]int {
	m := map[string]int{}
	for _, u := range l.units(s) {
		f := strings.Fields(u)
		n := 0
		sign := 1
		for _, r := range f[1] {
			if r == '-' {
				sign = -1
				continue
			}
			n = 10*n + int(r-'0')
		}
		m[f[0]] = sign * n
	}
	return m
}

func build(d tongueData) *tongue {
	l := &tongue{name: d.name, elides: d.elides, drops: d.drops, nouns: d.nouns, denyBefore: d.denyBefore}
	if len(d.folds) > 0 {
		l.folds = strings.NewReplacer(d.folds...)
	}
	l.compileVerbs(d)
	l.spoken = map[string][]string{}
	for u := range strings.SplitSeq(d.dialect, ",") {
		if f := strings.Fields(u); len(f) > 1 {
			l.spoken[f[0]] = f[1:]
		}
	}
	l.forms = map[string][]langForm{}
	for line := range strings.Lines(spellOut(d.forms)) {
		lemmas, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
		l.compileForm(lemmas, rest, d.articles)
	}
	articles := d.articles
	if d.nouns {
		articles += " mein meine meinen meinem meiner unser unsere unseren unserem unserer" // "mit meiner Anna verheiratet"
	}
	l.compileIdioms(d.idioms, articles)
	for _, s := range []struct {
		to   *map[string]bool
		from string
	}{{&l.auxiliaries, d.auxiliaries}, {&l.adjectival, d.adjectival}, {&l.impersonal, d.impersonal}, {&l.naming, d.naming}, {&l.me, d.me}, {&l.we, d.we}, {&l.they, d.they},
		{&l.reflexive, d.reflexive}, {&l.mine, d.mine}, {&l.articles, d.articles}, {&l.joins, d.joins}, {&l.subordinate, d.subordinate}, {&l.adverbs, d.adverbs},
		{&l.prepositions, d.prepositions}, {&l.resets, d.resets}, {&l.ending, d.ending}, {&l.deny, d.deny}, {&l.anyMore, d.anyMore}, {&l.onlyWords, d.only},
		{&l.kinAdjectives, d.kinAdjectives}, {&l.breeds, d.breeds}, {&l.manyNamed, d.manyNamed}, {&l.friendly, d.friendly}, {&l.kinTitles, d.kinTitles}, {&l.offspring, d.offspring}, {&l.named, d.named}, {&l.titles, d.titles}, {&l.jobs, d.jobs},
		{&l.broadJobs, d.broadJobs}, {&l.roleTails, d.roleTails}, {&l.plain, d.plain}, {&l.newAdjectives, d.newAdjectives}, {&l.favourite, d.favourite},
		{&l.tongues, d.tongues}, {&l.demonyms, d.demonyms}, {&l.diets, d.diets}, {&l.statuses, d.statuses}, {&l.orgNouns, d.orgNouns}, {&l.schools, d.schools},
		{&l.deaths, d.deaths}, {&l.letters, d.letters}, {&l.pasting, d.pasting}, {&l.padding, d.padding}, {&l.streets, d.streets}, {&l.wanes, d.wanes}, {&l.yours, d.yours}, {&l.engagements, d.engagements}, {&l.spare, d.spare}, {&l.degrees, d.degrees}, {&l.casualNames, d.names}, {&l.orders.openers, d.orders.openers}, {&l.orders.please, d.orders.please}, {&l.orders.can, d.orders.can},
		{&l.orders.verbs, d.orders.verbs}, {&l.orders.uses, d.orders.uses}, {&l.orders.infinitives, d.orders.infinitives}, {&l.orders.things, d.orders.things},
		{&l.orders.short, d.orders.short}, {&l.dates.between, d.dates.between}, {&l.dates.and, d.dates.and}, {&l.dates.last, d.dates.last}, {&l.dates.next, d.dates.next},
		{&l.dates.this, d.dates.this}} {
		*s.to = l.words(s.from)
	}
	for _, s := range []struct {
		to   *map[string]bool
		from string
	}{{&l.allergens, d.allergens}, {&l.diseases, d.diseases}, {&l.conditions, d.conditions}, {&l.sports, d.sports}, {&l.subjects, d.subjects}, {&l.towns, d.towns}, {&l.countries, d.countries}, {&l.brands, d.brands}, {&l.cars, d.cars}, {&l.models, d.models}, {&l.makes, d.makes}, {&l.loanJobs, d.loanJobs}} {
		*s.to = l.unitSet(s.from)
	}
	for _, s := range []struct {
		to   *phraseTable
		from string
	}{{&l.doubts, d.doubts}, {&l.near, d.near}, {&l.wishes, d.wishes}, {&l.fictions, d.fictions}, {&l.jests, d.jests}, {&l.repairs, d.repairs}, {&l.forget, d.forget}, {&l.keep, d.keep},
		{&l.callMe, d.callMe}, {&l.signed, d.signed}, {&l.partings, d.partings}, {&l.regards, d.regards}, {&l.hello, d.hello}, {&l.reach, d.reach}, {&l.called, d.called}, {&l.ours, d.ours}, {&l.kinTails, d.kinTails}, {&l.orders.lasting, d.orders.lasting}, {&l.orders.once, d.orders.once}, {&l.orders.standing, d.orders.standing}, {&l.orders.none, d.orders.none},
		{&l.orders.wishing, d.orders.wishing}, {&l.dates.since, d.dates.since}, {&l.dates.until, d.dates.until}, {&l.dates.on, d.dates.on}, {&l.dates.ago, d.dates.ago},
		{&l.dates.span, d.dates.span}, {&l.dates.after, d.dates.after}, {&l.dates.longSince, d.dates.longSince}, {&l.dates.once, d.dates.once}, {&l.dates.brief, d.dates.brief},
		{&l.dates.formerly, d.dates.formerly}} {
		*s.to = l.phraseTable(s.from)
	}
	l.empty, l.asks, l.asksSpelt = set(d.empty), l.words(d.asks), set(d.asks)
	l.scan = scanWords{jobs: l.words(d.scan.jobs), homes: l.words(d.scan.homes), lastDays: l.words(d.scan.lastDays), at: l.words(d.scan.at), in: l.words(d.scan.in),
		contacts: l.pairs(d.scan.contacts), changed: l.phraseTable(d.scan.changed), divorced: l.phraseTable(d.scan.divorced), gone: l.phraseTable(d.scan.gone), parents: l.words(d.scan.parents),
		of: l.words(d.scan.of), agedBefore: l.phraseTable(d.scan.aged), years: l.words(d.scan.years), aside: l.phraseTable(d.scan.aside), asideLead: l.phraseTable(d.scan.asideLead)}
	l.namedKin = l.pairs(d.namedKin)
	l.respelt = respellings(d.respelt)
	l.jobTails = strings.Fields(l.fold(d.jobTails))
	l.kin, l.kinMany, l.favouriteThings, l.dates.units = l.pairs(d.kin), l.pairs(d.kinMany), l.pairs(d.favouriteThings), l.pairs(d.dates.units)
	l.dates.numbers, l.dates.days = l.numbered(d.dates.numbers), l.numbered(d.dates.days)
	l.dates.months, l.dates.weekdays = map[string]time.Month{}, map[string]time.Weekday{}
	for m, n := range l.numbered(d.dates.months) {
		l.dates.months[m] = time.Month(n)
	}
	for w, n := range l.numbered(d.dates.weekdays) {
		l.dates.weekdays[w] = time.Weekday(n)
	}
	l.peoples = map[string]string{}
	for u := range strings.SplitSeq(d.peoples, ",") {
		if f := strings.Fields(u); len(f) > 1 {
			l.peoples[l.fold(f[0])] = strings.Join(f[1:], " ")
		}
	}
	l.owned = map[string]ownedForm{}
	for u := range strings.SplitSeq(l.apart(d.owned), ",") {
		words, what, _ := strings.Cut(u, ">")
		f := strings.Fields(what)
		l.owned[strings.Join(strings.Fields(l.fold(words)), " ")] = ownedForm{key: f[0], capture: f[1]}
	}
	return l
}

// compileVerbs fills in the forms of the verbs, and those without accents where they are not forms of something else.
func (l *tongue) compileVerbs(d tongueData) {
	l.verbs = map[string][]sense{}
	plain := map[string][]sense{}
	reflexives := l.words(d.reflexiveVerbs)
	add := func(form string, s sense) {
		s.lemma = l.fold(s.lemma)
		s.reflexive = reflexives[s.lemma]
		for f := range strings.SplitSeq(form, ",") {
			if f = strings.TrimSpace(f); f == "" {
				continue
			}
			l.longVerbs = max(l.longVerbs, 1+strings.Count(f, " "))
			l.verbs[f] = addSense(l.verbs[f], s)
			if folded := l.fold(f); folded != f && len(folded) > 2 {
				plain[folded] = addSense(plain[folded], s)
			}
		}
	}
	for line := range strings.Lines(d.verbs) {
		lemma, rest, irregular := strings.Cut(strings.TrimSpace(line), ":")
		if lemma == "" {
			continue
		}
		if !irregular {
			for _, w := range strings.Fields(lemma) {
				d.regular(add, w)
			}
			continue
		}
		f := strings.Split(rest, ";")
		for len(f) < 11 {
			f = append(f, "")
		}
		for i, s := range []sense{{kind: finitePresent, persons: first}, {kind: finitePresent, persons: third}, {kind: finitePresent, persons: firstPlural},
			{kind: finitePresent, persons: thirdPlural}, {kind: finitePast, persons: first}, {kind: finitePast, persons: third}, {kind: finitePast, persons: firstPlural},
			{kind: pastParticiple}, {kind: gerundForm}, {kind: infinitive}, {kind: unrealForm}} {
			s.lemma = lemma
			add(f[i], s)
		}
	}
	for form, senses := range plain {
		if l.verbs[form] == nil {
			l.verbs[form] = senses
			continue
		}
		for _, s := range senses { // "j'ai habite": a participle without its accent
			if s.kind == pastParticiple {
				l.verbs[form] = addSense(l.verbs[form], s)
			}
		}
	}
}

// addSense adds a sense; persons of one lemma and kind come together.
func addSense(list []sense, s sense) []sense {
	for i := range list {
		if list[i].lemma == s.lemma && list[i].kind == s.kind {
			out := append([]sense(nil), list...)
			out[i].persons |= s.persons
			return out
		}
	}
	return append(append([]sense(nil), list...), s)
}

var langModes = map[string]mode{"event": event, "ending": ending, "bygone": bygone}

// compileTable reads lines of one lemma.
func (l *tongue) compileTable(lemma, table, articles string) {
	for line := range strings.Lines(table) {
		l.compileForm(lemma, strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(line, "|: ", "|\x00 "), ": ", " : "), "\x00", ":"), articles)
	}
}

// compileForm reads a line such as "ziehen umziehen: nach|in {place} => lives_in event", cut at its colon.
func (l *tongue) compileForm(lemmas, rest, articles string) {
	pattern, what, ok := strings.Cut(rest, "=>")
	if !ok {
		return
	}
	f := langForm{}
	for _, w := range strings.Fields(pattern) {
		e := element{}
		if !strings.HasPrefix(w, "ART") {
			w = l.fold(strings.ToLower(w))
		}
		if strings.HasPrefix(w, "!") {
			f.apart = append(f.apart, strings.Split(w[1:], "|"))
			continue
		}
		switch w {
		case "^":
			f.anchored = true
			continue
		case "$":
			f.final = true
			continue
		}
		w, e.optional = strings.CutSuffix(w, "?")
		switch {
		case w == "ART":
			e.words = strings.Fields(l.fold(articles))
		case strings.HasPrefix(w, "{"):
			e.capture = strings.Trim(w, "{}")
			f.captures = f.captures || e.capture[0] != '-'
		default:
			e.words = strings.Split(w, "|")
		}
		f.elements = append(f.elements, e)
	}
	for i, w := range strings.Fields(what) {
		switch {
		case i == 0:
			f.key = w
		case langModes[w] != 0:
			f.mode = langModes[w]
		case strings.HasPrefix(w, "not="):
			f.opposite = w[4:]
		default:
			f.must = w
		}
	}
	for _, lemma := range strings.Fields(l.fold(lemmas)) {
		l.forms[lemma] = append(l.forms[lemma], f)
	}
}

// tongueScore counts function words by language; the last are those of languages that are not read.
type tongueScore [4]int

type functionWord struct {
	english bool
	score   tongueScore
}

// tongues are the languages, in the order of tongueScore.
var tongues = [...]*tongue{build(german), build(spanish), build(french)}

// functionWords are what languages are told by. A word counts twice where English and its neighbours do not have it.
var functionWords = wordScores()

func wordScores() map[string]functionWord {
	m := map[string]functionWord{}
	for k, lists := range [...][2]string{
		{`ich mein meine meinen meinem meiner wir unser unsere unseren habe hab heiße heisse nicht kein keine keinen und der das dem ist seit mit bei für
			fuer auf nach von aus auch noch jetzt aber wohne lebe arbeite mich mir uns dir dein deine dich bitte immer ein eine einen einem einer zum zur beim vom
			letzte letzten letztes gestern heute früher frueher weil dass nein ja vergiss antworte schreib duze kannst könntest lass verwende benutze benutz nutze vermeide verzichte erkläre erklär fasse sprich du spricht bist sieze siez hier sind haben wurde meinte jedoch schon sehr gern gerne
			nie niemals nur über ueber dieser diese dieses heißt heisst wohnt arbeitet nenn nenne mag ick icke ned nix nimmer hob mog zam hobbys geburtsdatum geburtsort geburtsstadt schuhgröße blutgruppe handynummer telefonnummer unverträglichkeiten anschrift arbeitgeber staatsangehörigkeit wohnhaft verheiratet ledig geschieden verlobt allergien muttersprache geburtstag wohnort familienstand beruf jahrgang geboren geb wohnhaft
			bei beim vom zur meins wegen ohne unter aus gerade grad halt ganz wieder bisschen hab ham hamma san koa mei jetzt jetz sag gib gerne gruß grüße`,
			`bin war in die den am im er sie es an zu man wo also so da bis um als oder is nen ne net lg vg moin servus`},
		{`soy estoy tengo vivo trabajo mi mis nuestro nuestra nuestros nuestras yo nosotros el los las que con para pero desde hasta hace muy también tambien ahora
			nos una unos del por llamo nombre se más ya cuando porque aunque está esta hoy ayer antes han hemos nací naci siempre nunca responde perdón perdon olvida eso
			mudé mude casé case vivimos somos tenemos gusta encanta hablo juego estudié estudie mío era fue hermana hermano español espanol un ser este semana puedes podrías llámame llamame contesta explica usa evita escribe háblame sé tutéame aquí llaman nada esto usted hables nadie vos ustedes vosotros vosotras acá allá ahí algo alguien solo sólo así asi entonces mientras años anos añitos día dia días semanas meses mucho mucha muchos
			dime dame decime dígame oye che ahorita anoche mañana cumple cumpleaños cumpleanos nacimiento edad profesión dirección correo teléfono fecha conmigo fui voy va hago creo sabes sabés tuve trátame tratame hablame contéstame contestame llámeme decirme escríbeme escríbame escribime
			respóndeme deja dejá pon ponme manda ustedes mismo misma cosa cosas hasta luego gusto encantado encantada saludos oigan nomás hora cita turno boda alergia alergias estado civil mero mera hijo hija quita elimina borra tacha ojo menos sin sobre durante según donde quien quién cual cuál nosotras tres dicen acabo buenas llama disculparte repetir sermones rodeos mía mías míos suyo suya`,
			`la en de y no a al su lo le te si les tu o es me he`},
		{`je j'ai d'accord mon ma mes nous notre nos vous suis ai est une et avec dans chez depuis pour mais aussi très tres c'est du des les que qui pas ne plus sur au aux
			jusqu'en toujours jamais maintenant habite travaille vis réponds reponds oublie pardon voulais hier où ans été ete à ça elle il mois semaine avons sommes ce cette
			aime bosse déjà deja moi stp peux pourrais ici sois évite évitez utilise appelle-moi tutoie-moi écris écris-moi parle réponds-moi peux-tu elles leur
			mets explique pardon s'il qu'on bonjour bonsoir salut coucou slt bsr bjr merci métier metier prénom prenom signé âge née naissance rdv enchanté enchantée célibataire divorcée allergique végétarien végétarienne anniversaire anniv
			finalement efface oubliez rectification chui jsuis stp svp vit habitons vivons habitent adresse livraison numéro tata tonton mamie papy contre deux trois quatre cinq huit neuf dix alors comme puis après avant chaque vers monsieur madame voilà voici rien quand leurs votre sa ses propriétaire patronne`,
			`le la de en un on a me se te tu par sans y son sa ou`},
		{`não nao minha meu eu uma com em você voce são sao moro trabalho ele ela isso muito também sou estou tenho minhas meus
			sono il gli che mio mia nel della ho lavoro abito di anche sono più perché questo questa chiamo ik een het van niet mijn ben woon werk bij
			jeg har jag och är ikke som jestem w nie mam`, ``},
	} {
		for n, list := range lists {
			for _, w := range strings.Fields(list) {
				f := m[w]
				f.score[k] += 2 - n
				m[w] = f
			}
		}
	}
	for k, l := range tongues {
		for w, senses := range l.verbs {
			if f := m[w]; f == (functionWord{}) && len(w) > 3 && senses[0].kind != infinitive && (l.drops || senses[0].persons&thirdPlural == 0) && !strings.Contains(w, " ") && !shared[w] {
				f.score[k]++
				if l.drops && (senses[0].persons == first || senses[0].persons == firstPlural || senses[0].kind == pastParticiple) {
					f.score[k]++
				}
				m[w] = f
			}
		}
		for w := range l.kin {
			if f := m[w]; f == (functionWord{}) && !shared[w] && !strings.Contains(w, " ") {
				f.score[k]++
				m[w] = f
			}
		}
	}
	for _, w := range strings.Fields(`i the and my is are am of to that this with for you it was were have has had at from your his her their our we they he she
		not do does did be been but if would could can will what when where who how just about i'm i've don't it's live lives work works love like name's an by all up out there them
		then than only over new other well very any some anyone anybody someone everyone somebody asks case call always never please before after either neither answer reply respond speak say make use go get going because or into`) {
		f := m[w]
		f.english = true
		m[w] = f
	}
	return m
}

// shared are words of the tables that are English as well.
var shared = set(`cousin partner papa mama boss chef patron labrador hamster poney pony chat mari mec manager supervisor psy adore commence change passe loge fiance
	base cite note spouse casa war hat mag band start starte nicole fund lit lis dit put most lies lied stand compare parent lid lern hall spiel stem reuse
	will darf boulder find finds angel angle sage nahm born kauf boxen turnen sitz sitzt babble hackle marine marie mars amiga amigo baby fan hermes plus mere pure fille grandma casar hire studio studios cause place image page phone passes changes`)

// germanVerb gives the forms of a regular German verb.
func germanVerb(add func(string, sense), inf string) {
	stem := strings.TrimSuffix(strings.TrimSuffix(inf, "n"), "e")
	e := ""
	if strings.HasSuffix(stem, "t") || strings.HasSuffix(stem, "d") || strings.HasSuffix(stem, "chn") {
		e = "e"
	}
	ge := "ge"
	for _, p := range []string{"be", "ver", "er", "ent", "zer"} {
		if strings.HasPrefix(stem, p) && len(stem) > len(p)+2 {
			ge = ""
		}
	}
	if strings.HasSuffix(inf, "ieren") {
		ge = ""
	}
	add(stem+"e", sense{lemma: inf, persons: first})
	if e == "" && len(stem) > 2 {
		add(stem, sense{lemma: inf, persons: first}) // "ich wohn in Kiel"
	}
	add(stem+e+"t", sense{lemma: inf, persons: third})
	add(inf, sense{lemma: inf, persons: firstPlural | thirdPlural})
	add(stem+e+"te", sense{lemma: inf, kind: finitePast, persons: first | third})
	add(stem+e+"ten", sense{lemma: inf, kind: finitePast, persons: firstPlural | thirdPlural})
	add(ge+stem+e+"t", sense{lemma: inf, kind: pastParticiple})
}

// spanishVerb gives the forms of a regular Spanish verb.
func spanishVerb(add func(string, sense), inf string) {
	stem, class := inf[:len(inf)-2], inf[len(inf)-2:]
	ends := map[string][]string{
		"ar": {"o", "a", "amos", "an", "é", "ó", "aron", "aba", "ábamos", "ado,ada,ados,adas", "ando"},
		"er": {"o", "e", "emos", "en", "í", "ió", "ieron", "ía", "íamos", "ido,ida,idos,idas", "iendo"},
		"ir": {"o", "e", "imos", "en", "í", "ió", "ieron", "ía", "íamos", "ido,ida,idos,idas", "iendo"},
	}[class]
	form := func(end string) string { return stem + strings.ReplaceAll(end, ",", ","+stem) }
	add(form(ends[0]), sense{lemma: inf, persons: first})
	add(form(ends[1]), sense{lemma: inf, persons: third})
	add(form(ends[2]), sense{lemma: inf, persons: firstPlural})
	add(form(ends[3]), sense{lemma: inf, persons: thirdPlural})
	first1 := ends[4]
	if class == "ar" && strings.HasSuffix(stem, "g") {
		add(stem+"ué", sense{lemma: inf, kind: finitePast, persons: first})
	} else if class == "ar" && strings.HasSuffix(stem, "c") {
		add(stem[:len(stem)-1]+"qué", sense{lemma: inf, kind: finitePast, persons: first})
	} else {
		add(form(first1), sense{lemma: inf, kind: finitePast, persons: first})
	}
	add(form(ends[5]), sense{lemma: inf, kind: finitePast, persons: third})
	add(form(ends[2]), sense{lemma: inf, kind: finitePast, persons: firstPlural})
	add(form(ends[6]), sense{lemma: inf, kind: finitePast, persons: thirdPlural})
	add(form(ends[7]), sense{lemma: inf, kind: finitePast, persons: first | third})
	add(form(ends[8]), sense{lemma: inf, kind: finitePast, persons: firstPlural})
	add(form(ends[9]), sense{lemma: inf, kind: pastParticiple})
	add(form(ends[10]), sense{lemma: inf, kind: gerundForm})
	for _, clitic := range []string{"", "me", "nos", "se"} {
		add(inf+clitic, sense{lemma: inf, kind: infinitive})
	}
	spanishUnreal(add, inf, inf, strings.TrimSuffix(strings.TrimSuffix(ends[6], "on"), "r"), stem)
}

// spanishUnreal gives the forms of a Spanish verb for what will or would be, from the stems of its future and of its past.
func spanishUnreal(add func(string, sense), lemma, future, past, stem string) {
	for _, end := range []string{"é", "ás", "á", "emos", "án", "ía", "ías", "íamos", "ían"} {
		add(future+end, sense{lemma: lemma, kind: unrealForm})
	}
	for _, end := range []string{"ra", "ras", "ran", "se", "ses", "sen"} {
		add(stem+past+end, sense{lemma: lemma, kind: unrealForm})
	}
}

// frenchVerb gives the forms of a regular French verb.
func frenchVerb(add func(string, sense), inf string) {
	stem := strings.TrimSuffix(inf, "er")
	soft := stem
	if strings.HasSuffix(stem, "g") {
		soft = stem + "e"
	}
	for i, r := range stem { // "je préfère", "j'achète"
		if (r == 'é' || r == 'e') && i > 0 && !strings.ContainsAny(stem[i+utf8.RuneLen(r):], "aeiouyéèê") && stem[i+utf8.RuneLen(r):] != "" && !strings.ContainsAny(stem[i+utf8.RuneLen(r):], "lrstmn") {
			grave := stem[:i] + "è" + stem[i+utf8.RuneLen(r):]
			add(grave+"e", sense{lemma: inf, persons: first | third})
			add(grave+"ent", sense{lemma: inf, persons: thirdPlural})
		}
		if r == 'é' && i > 0 && len(stem[i+2:]) == 1 {
			add(stem[:i]+"è"+stem[i+2:]+"e", sense{lemma: inf, persons: first | third})
		}
	}
	add(stem+"e", sense{lemma: inf, persons: first | third})
	add(soft+"ons", sense{lemma: inf, persons: firstPlural})
	add(stem+"ent", sense{lemma: inf, persons: thirdPlural})
	add(soft+"ais", sense{lemma: inf, kind: finitePast, persons: first})
	add(soft+"ait", sense{lemma: inf, kind: finitePast, persons: third})
	add(stem+"ions", sense{lemma: inf, kind: finitePast, persons: firstPlural})
	add(stem+"é,"+stem+"ée,"+stem+"és,"+stem+"ées", sense{lemma: inf, kind: pastParticiple})
	add(inf, sense{lemma: inf, kind: infinitive})
}
