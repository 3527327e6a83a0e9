package extract

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// MaxDoubts is how many statements of one text are reported that may change what is known.
const MaxDoubts = 8

// nearby is how many words may stand between a word of change and what it is about.
const nearby = 6

// doubts notes what a sentence tells of changes. Which facts that concerns, and whether a rule has understood it, the reconciler
// sees: it knows which facts there are. prev is whom the sentence before is about.
func (x *extractor) doubts(s sentence, prev topic) {
	for i := s.from; i < s.to && len(x.out.Doubts) < MaxDoubts; i++ {
		c, n := x.cueAt(i, s.to)
		if n == 0 || x.supposes(s.from, i) {
			continue
		}
		if deaths[c.phrase] && x.anyUpper(s.from, i) { // of whom or what the speaker has: "Rex died"
			x.out.Doubts = append(x.out.Doubts, record.Doubt{
				Entities: []record.EntityRef{x.speaker}, Near: x.quote(max(s.from, i-nearby), i+n), Text: x.quote(s.from, s.to), Span: x.span(s.from, s.to),
			})
		}
		if entities := x.concerned(s, c, i, i+n, prev); len(entities) > 0 {
			from, to := max(s.from, i-nearby), min(s.to, i+n+nearby)
			keys := slices.Clone(c.keys)
			for j := from; j < to && len(c.keys) == 0; j++ {
				keys = append(keys, x.topicAt(j, to)...)
			}
			slices.Sort(keys)
			x.out.Doubts = append(x.out.Doubts, record.Doubt{
				Entities: entities, Keys: slices.Compact(keys), Other: c.states, Near: x.quote(from, to), Text: x.quote(s.from, s.to), Span: x.span(s.from, s.to),
			})
		}
		i += n - 1
	}
}

// topicAt are the keys that the word at i speaks of.
func (x *extractor) topicAt(i, end int) []string {
	if x.toks[i].is("favourite", "favorite") && i+1 < end && x.toks[i+1].kind == word {
		return []string{CanonicalKey("favourite " + x.toks[i+1].low)}
	}
	return topics[x.toks[i].low]
}

// cueAt finds the word or phrase of change at i, and how many tokens it has; 0: there is none.
func (x *extractor) cueAt(i, end int) (cue, int) {
	t := &x.toks[i]
	if t.kind != word {
		return cue{}, 0
	}
	for _, c := range cues[t.low] {
		n := x.cueLength(i, end, &c)
		if n == 0 {
			continue
		}
		if c.states && (i+n >= end || !x.toks[i+n].upper || x.anyOf(max(0, i-4), i, negations)) {
			continue // "I can't live in this mess", "I don't work at Acme on Mondays"
		}
		if not := others[t.low]; not != nil && x.anyOf(i+1, min(end, i+not.within+1), not.words) {
			return cue{}, 0
		}
		return c, n
	}
	return cue{}, 0
}

// gap is how many words a "*" of a phrase stands for at most.
const gap = 4

// cueLength gives how many tokens the phrase of the cue has that stands at i, or 0.
func (x *extractor) cueLength(i, end int, c *cue) int {
	if !x.stands(c.head, i, end) {
		return 0
	}
	n := len(c.head)
	if len(c.tail) == 0 {
		return n
	}
	for j := i + n + 1; j < min(end, i+n+1+gap); j++ {
		if x.toks[j-1].kind != word {
			return 0
		}
		if x.stands(c.tail, j, end) {
			return j - i + len(c.tail)
		}
	}
	return 0
}

// anyUpper reports whether one of the tokens has a capital and is not "I".
func (x *extractor) anyUpper(from, to int) bool {
	for i := from; i < to; i++ {
		if x.toks[i].upper && !x.toks[i].is("i", "my", "our") {
			return true
		}
	}
	return false
}

// anyOf reports whether one of the tokens is one of the words.
func (x *extractor) anyOf(from, to int, words map[string]bool) bool {
	for i := from; i < to; i++ {
		if words[x.toks[i].low] {
			return true
		}
	}
	return false
}

// supposes reports whether what is said behind some words may be or is to be, and is not: a plan, a wish, a condition.
func (x *extractor) supposes(from, to int) bool {
	for i := to - 1; i >= from && !resets(&x.toks[i]); i-- {
		if t := &x.toks[i]; t.kind == word && (supposing[t.low] || t.is("going") && x.toks[i+1].is("to")) {
			return true
		}
	}
	return false
}

// concerned are those of whom words of change from i up to end tell: their subject, which is what stands nearest before them, and the
// speaker, where he is the object ("they let me go"), or where there is no subject ("Sold the Skoda").
func (x *extractor) concerned(s sentence, c cue, i, end int, prev topic) (out []record.EntityRef) {
	add := func(refs ...record.EntityRef) {
		for _, e := range refs {
			if e.Name != "" && !slices.Contains(out, e) {
				out = append(out, e)
			}
		}
	}
	if x.foreignTongue(s) { // whose verbs stand elsewhere
		add(x.speaker)
		for j := s.from; j < s.to; j++ {
			if e, ok := x.knownPerson(x.toks[j].text); ok && x.toks[j].upper {
				add(e)
			}
		}
		return out
	}
	for j := i; j < min(s.to, end+2+nearby) && !c.states; j++ {
		if x.toks[j].kind == punct && j >= end && len(c.tail) == 0 {
			break
		}
		if objects[x.toks[j].low] {
			add(x.speaker)
		}
	}
	found, joined := false, false
	for j := i - 1; j >= s.from; j-- {
		t := &x.toks[j]
		switch owner := x.ownerOf(j, s.from); {
		case t.kind != word:
			if found || !x.insertion(j, s.from) {
				j = s.from
			}
		case owner >= 0:
			if label, n := x.kinWord(owner+1, s.to); label != "" && label != "pet" && n >= j {
				add(x.kin[label]...)
				add(x.heard[label]...)
			} else {
				add(x.speaker)
			}
			found, j = true, owner
		case firstPersons[t.low]:
			add(x.speaker)
			found = true
		case thirdPersons[t.low]:
			if prev.ok {
				add(prev.person.ref)
			}
			found = true
		case t.is("and") && found: // "Petra and I"
			joined = true
		case found && !joined:
			j = s.from
		case passing[t.low] || softAdverbs[t.low] || fillers[t.low] || verbLike(t):
		default: // a name, or a thing that changes
			if e, ok := x.knownPerson(t.text); ok {
				add(e)
			}
			found, joined = true, false
		}
	}
	if !found {
		add(x.speaker)
	}
	return out
}

// insertion reports whether the mark at i closes what is put in between: "My manager, Odette, left".
func (x *extractor) insertion(i, from int) bool {
	for j := i - 1; x.toks[i].is(",") && j > from && j > i-5; j-- {
		if x.toks[j].is(",") {
			return true
		}
	}
	return false
}

// foreignTongue reports a sentence in which "I" is said in another language than English.
func (x *extractor) foreignTongue(s sentence) bool {
	return x.anyOf(s.from, s.to, foreignSelves) || x.anyOf(s.from, s.to, ownForms)
}

// ownerOf finds the "my" of the noun phrase that ends with token i; -1: there is none.
func (x *extractor) ownerOf(i, from int) int {
	for j := i; j >= from && j > i-4 && x.toks[j].kind == word; j-- {
		if ownWords[x.toks[j].low] {
			return j
		}
		if verbLike(&x.toks[j]) || firstPersons[x.toks[j].low] || passing[x.toks[j].low] {
			return -1
		}
	}
	return -1
}

// knownPerson finds the one person of that name, or of that first name, who is known.
func (x *extractor) knownPerson(name string) (found record.EntityRef, ok bool) {
	for _, e := range x.vocab.Entities {
		if record.EntityType(e.Type) != record.TypePerson || e == record.UserEntity || !begins(e.Name, name) {
			continue
		}
		if ok {
			return record.EntityRef{}, false
		}
		found, ok = e, true
	}
	return found, ok
}

var (
	// ownWords say whose something is: the speaker's, or a relative's of the speaker.
	ownWords      = set(`my our`)
	firstPersons  = set(`i we`)
	objects       = set(`me us`)
	thirdPersons  = set(`he she they`)
	foreignSelves = set(`ich wir mein meine meinen meinem meiner unser unsere unseren mich mir uns yo nosotros nosotras mi mis nuestro nuestra je j j'ai j'avais j'étais j'y n'ai m'a m'ont s'est jai jsuis chui nous mon ma mes notre nos moi`)
	negations     = set(`not never no hardly barely`)
	// deaths are the words of change of whoever dies.
	deaths = phraseSet(`died passed_away put_down put_to_sleep dead deceased gestorben verstorben eingeschläfert murió murio falleció fallecio mort morte décédé décédée`)
	// ownForms are verbs of the first person in Spanish, which needs no pronoun.
	ownForms = set(`divorcié divorciamos separamos rompimos cancelamos casé casamos renuncié renuncie mudé mudamos gradué vendí vendi vendimos
		dejé deje dejamos perdí cambié cambie cambiamos terminé terminamos`)
	// passing are words that may stand between a subject and what is said of it.
	passing = set(`a an the some any this that these those am is are was were be been being have has had do does did not never no to of at in on
		with for from by about up out back off down over again all both each other got get gets getting went go goes going 's 've 'd 'm 're
		told said decided managed happened started finally then`)
	// supposing are words of plans, wishes, conditions and hearsay.
	supposing = set(`if unless would could might may should will shall want wants wanted plan plans planning hope hopes hoping wish wishes
		maybe perhaps imagine suppose pretend someday considering thinking
		wenn falls würde wuerde könnte koennte möchte moechte vielleicht hoffentlich werde wird sollte will
		si quizás quizas quisiera podría podria gustaría gustaria ojalá ojala voy vamos tal_vez
		peut-être peut-etre voudrais pourrais aimerais vais allons faudrait`)
)

// cue is a word or phrase that tells of a change: of some keys, or of what is named near it.
type cue struct {
	phrase     string
	head, tail []string // its words before and after the "*"; tail is empty if it has none
	keys       []string
	states     bool // it states a value; what is in doubt is another one
}

// other are words after a word of change with which it tells of something else.
type other struct {
	words  map[string]bool
	within int // how many words after it
}

var (
	leftOtherwise  = &other{set(`early late lunch dinner around noon midnight keys message note`), nearby}           // "I left Acme early today"
	movedOtherwise = &other{set(`the a my our it this that them some on by past forward up meeting appointment`), 1} // "I moved the meeting"
	others         = map[string]*other{"left": leftOtherwise, "leaving": leftOtherwise, "quitté": leftOtherwise, "moved": movedOtherwise, "moving": movedOtherwise}
)

// cues are the words of change by their first word. A line has the phrases, in which "*" stands for up to four words, and, behind a colon,
// the keys of which they tell by themselves; behind two colons those of which they state a value.
// Without keys they tell of what is named near them. Of two that begin alike the longer one comes first.
var cues = cueTable(`
	divorce, divorced, divorcing, separated, separating, widow, widowed, widower, annulled, not married, not engaged, no longer together, not together,
		geschieden, scheidung, getrennt, verwitwet, divorciado, divorciada, divorciados, divorcié, divorciamos, separado, separada, separados, separamos, viudo, viuda,
		divorcé, divorcée, divorcés, séparé, séparée, séparés, veuf, veuve, plus ensemble, plus marié, plus mariée, plus mariés, s'est quittés, s'est séparés, célibataire : spouse partner engaged_to fiance marital_status
	broke up, broken up, split up, splitting up, breaking up, dumped me, rompimos, rompu, largué, larguée, plaqué, plaquée, m'a quitté, m'a quittée, c'est fini avec, fini entre nous, auseinander : partner spouse engaged_to fiance
	called off the, called it off, call off the, abgesagt, cancelamos, annulé : engaged_to fiance wedding_date wedding spouse
	got married, remarried, tied the knot, got hitched, geheiratet, casé, casamos, casados, mariés : engaged_to fiance marital_status
	quit my, quit the, resigned, got fired, was fired, sacked, laid off, let me go, redundant, unemployed, retired, jobless, between jobs, gekündigt, gekuendigt, entlassen, arbeitslos,
		pensioniert, renuncié, renuncie, despidieron, despedido, despedida, desempleado, desempleada, jubilé, jubilado, jubilada, démissionné, demissionné, démission, viré, virée, rendu mon badge, rendu mon tablier, raccroché, claqué la porte, plus dans la boîte, préavis, plan social, rupture conventionnelle, retraité, retraitée, à la retraite, reconversion,
		licencié, licenciée, chômage : works_at role
	promoted, demoted, befördert, ascendieron, ascendido, ascendida, promu, promue : role
	moved out, moved away, moved back, moved house, moved in, moved, moving, relocated, relocating, evicted, umgezogen, ausgezogen, weggezogen, mudé, mudamos, mudado,
		déménagé, emménagé, déménage, rendu les clés, rendu les clefs, posé mes valises, posé nos valises, changé d'adresse, changé de ville, plus là-bas, vendu la maison, vendu l'appart, sold the house, sold our house, sold my house, sold the flat, sold our flat, sold my flat : lives_in address
	graduated, dropped out, expelled, exmatrikuliert, gradué, diplômé, diplômée : studied_at major degree
	threw * out, thrown out, kicked * out, kicked out : lives_in address
	let * go, shut down, went bankrupt, closed down : works_at role
	work at, working at, works at, work for, working for :: works_at
	live in, living in, lives in, settled in :: lives_in
	not allergic, outgrew, outgrown, cured, geheilt, curado, curada, guéri, guérie, plus allergique, désensibilisé, désensibilisée, rémission, test négatif : has_condition allergic_to
	not vegan, not vegetarian, eat meat, eating meat, esse fleisch, como carne, mange de la viande, remange de la viande, craqué pour un steak, plus végétarien, plus végétarienne, plus vegan, plus végan : diet
	sold, selling, traded in, totalled, scrapped, gave away, given away, gave up, given up, giving up, got rid of, lost my, lost our, losing, left my, left the, left, leaving, dropped,
		quit, quitting, stopped, stopping, switched, switching, swapped, changed, changing, cancelled, canceled, ended, is over, 's over, are over, was over, no longer, anymore, any more,
		done with, replaced, fine for me, can eat, can have, can drink, fine with me, grew out of, went off, forget that, forget what, forget i, no longer true, not true, take back, took back, was wrong, is wrong, not with, new, died, passed away, put down, put to sleep, dead, deceased,
		gestorben, verstorben, eingeschläfert, murió, murio, falleció, fallecio, mort, morte, décédé, décédée,
		verkauft, verlassen, aufgegeben, aufgehört, gewechselt, verloren, vorbei, nicht mehr, neue, neuer, neuen, neues,
		vendí, vendi, vendimos, vendido, dejé, deje, dejamos, perdí, cambié, cambie, cambiamos, terminé, terminamos, ya no, nuevo, nueva,
		vendu, vendue, revendu, revendue, bazardé, refourgué, échangé, troqué, donné ma, donné mon, largué, lâché, quitté, quittée, arrêté, stoppé, abandonné, laissé tomber, raccroché, fini, finie, terminé, changé, perdu, perdue, nouveau, nouvel, nouvelle, remplacé, remplacée, ne * plus, n'ai plus, n'est plus, c'est plus, plus jamais, piquer, enterré, euthanasié
`)

// topics are the keys that words near a change speak of.
var topics = topicTable(`
	spouse partner engaged_to fiance marital_status: marriage husband wife spouse engagement fiancé fiancée fiance fiancee girlfriend boyfriend
		verlobung ehe ehemann ehefrau beziehung matrimonio marido esposa esposo novio novia compromiso mariage fiançailles
	works_at role: job jobs employer company companies position career stelle firma arbeitgeber empleo empresa boulot emploi poste entreprise
	lives_in address: address lease adresse dirección direccion bail
	pet: dog cat puppy kitten pet rabbit parrot hamster hund katze haustier perro perra gato gata mascota chien chienne chat chatte
	car: car truck van auto wagen coche carro voiture
	phone: number nummer handynummer telefonnummer número numero numéro
	email: email e-mail mail correo courriel
	diet: vegan vegetarian diet vegetarier veganer vegetariano vegana dieta végétarien régime
	allergic_to: allergic allergy allergies allergisch allergie alergia alérgico alérgica alergico allergique
	hobby: hobby hobbies aficiones pasatiempo loisir
	studied_at major degree: university college degree major studium universität carrera universidad études
	name nickname: surname nachname apellido
	manager reports_to: manager boss supervisor chef chefin jefe jefa patron patronne
	roommate: roommate flatmate mitbewohner compañero colocataire
	landlord: landlord landlady vermieter casero propriétaire
	therapist: therapist
	doctor: doctor dentist
`)

func cueTable(table string) map[string][]cue {
	out := map[string][]cue{}
	for _, row := range rows(table) {
		phrases, keys, _ := strings.Cut(row, ":")
		for phrase := range strings.SplitSeq(phrases, ",") {
			phrase = strings.Join(strings.Fields(phrase), " ")
			head, tail, _ := strings.Cut(phrase, " * ")
			c := cue{phrase: phrase, head: strings.Fields(head), tail: strings.Fields(tail), keys: strings.Fields(strings.TrimPrefix(keys, ":")), states: strings.HasPrefix(keys, ":")}
			out[c.head[0]] = append(out[c.head[0]], c)
		}
	}
	for _, c := range out {
		slices.SortStableFunc(c, func(a, b cue) int { return len(b.phrase) - len(a.phrase) })
	}
	return out
}

func topicTable(table string) map[string][]string {
	out := map[string][]string{}
	for _, row := range rows(table) {
		keys, words, _ := strings.Cut(row, ":")
		for w := range strings.FieldsSeq(words) {
			out[w] = append(out[w], strings.Fields(keys)...)
		}
	}
	return out
}

// rows are the lines of a table; one that is indented further goes on with the line before.
func rows(table string) (out []string) {
	for line := range strings.Lines(table) {
		switch line = strings.TrimRight(line, "\n"); {
		case strings.TrimSpace(line) == "":
		case strings.HasPrefix(line, "\t\t"):
			out[len(out)-1] += " " + strings.TrimSpace(line)
		default:
			out = append(out, strings.TrimSpace(line))
		}
	}
	return out
}
