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
	var entities []record.EntityRef
	for i := s.from; i < s.to; i++ {
		c, ok := x.cueAt(i, s.to)
		if !ok || x.supposes(s.from, i) {
			continue
		}
		if entities == nil {
			if entities = x.concerned(s, prev); len(entities) == 0 {
				return
			}
		}
		from, to := max(s.from, i-nearby), min(s.to, i+nearby)
		keys := slices.Clone(c.keys)
		for j := from; j < to && len(c.keys) == 0; j++ {
			keys = append(keys, x.topicAt(j, to)...)
		}
		slices.Sort(keys)
		if len(x.out.Doubts) < MaxDoubts {
			x.out.Doubts = append(x.out.Doubts, record.Doubt{
				Entities: entities, Keys: slices.Compact(keys), Near: x.quote(from, to), Text: x.quote(s.from, s.to), Span: x.span(s.from, s.to),
			})
		}
		i += strings.Count(c.phrase, " ")
	}
}

// topicAt are the keys that the word at i speaks of.
func (x *extractor) topicAt(i, end int) []string {
	if x.toks[i].is("favourite", "favorite") && i+1 < end && x.toks[i+1].kind == word {
		return []string{CanonicalKey("favourite " + x.toks[i+1].low)}
	}
	return topics[x.toks[i].low]
}

// cueAt finds the word or phrase of change at i.
func (x *extractor) cueAt(i, end int) (cue, bool) {
	t := &x.toks[i]
	if t.kind != word {
		return cue{}, false
	}
	for _, c := range cues[t.low] {
		if !x.phrase(i, end, c.phrase) {
			continue
		}
		if not := others[t.low]; not != nil && x.anyOf(i+1, min(end, i+not.within+1), not.words) {
			return cue{}, false
		}
		return c, true
	}
	return cue{}, false
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

// concerned are those whom a sentence may be about: whom it names of those who are known, relatives of the speaker, who "he" or
// "she" is, and the speaker.
func (x *extractor) concerned(s sentence, prev topic) (out []record.EntityRef) {
	add := func(e record.EntityRef) {
		if e.Name != "" && !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	speaks := x.begunBySpeaker(s)
	for i := s.from; i < s.to; i++ {
		t := &x.toks[i]
		switch {
		case t.kind != word:
		case ownWords[t.low]:
			label, n := x.kinWord(i+1, s.to)
			if label == "" || label == "pet" {
				speaks = true
				break
			}
			for _, e := range x.kin[label] {
				add(e)
			}
			for _, e := range x.heard[label] {
				add(e)
			}
			i = n - 1
		case firstPersons[t.low]:
			speaks = true
		case thirdPersons[t.low] && prev.ok:
			add(prev.person.ref)
		case t.upper:
			if e, ok := x.knownPerson(t.text); ok {
				add(e)
			}
		}
	}
	if speaks {
		add(x.speaker)
	}
	return out
}

// begunBySpeaker reports a sentence that leaves "I" out: "Sold the Skoda yesterday", "Vendí el coche".
func (x *extractor) begunBySpeaker(s sentence) bool {
	first := x.skipFillers(s.from, s.to)
	for i := first; i < s.to; i++ {
		if _, ok := x.cueAt(i, s.to); ok && (i == first && x.toks[i].low != "new" || ownForms[x.toks[i].low]) {
			return true
		}
	}
	return false
}

// ownForms are verbs of the first person in Spanish, which needs no pronoun.
var ownForms = set(`divorcié divorciamos separamos rompimos cancelamos casé casamos renuncié renuncie mudé mudamos gradué vendí vendi vendimos
	dejé deje dejamos perdí cambié cambie cambiamos terminé terminamos`)

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
	ownWords     = set(`my our mein meine meinen meiner meinem unser unsere unseren unserem mi mis nuestro nuestra nuestros nuestras mon ma mes notre nos`)
	firstPersons = set(`i me we us ich mich mir wir uns yo me nos nosotros nosotras je j moi nous on`)
	thirdPersons = set(`he she him they them er sie ihn ihm ihnen él ella ellos ellas il elle ils elles lui`)
	// supposing are words of plans, wishes, conditions and hearsay.
	supposing = set(`if unless would could might may should will shall want wants wanted plan plans planning hope hopes hoping wish wishes
		maybe perhaps imagine suppose pretend someday considering thinking
		wenn falls würde wuerde könnte koennte möchte moechte vielleicht hoffentlich werde wird sollte will
		si quizás quizas quisiera podría podria gustaría gustaria ojalá ojala voy vamos tal_vez
		peut-être peut-etre voudrais pourrais aimerais vais allons faudrait`)
)

// cue is a word or phrase that tells of a change: of some keys, or of what is named near it.
type cue struct {
	phrase string
	keys   []string
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

// cues are the words of change by their first word. A line has the phrases and, behind a colon, the keys of which they tell by themselves.
// Without keys they tell of what is named near them. Of two that begin alike the longer one comes first.
var cues = cueTable(`
	divorce, divorced, divorcing, separated, separating, widow, widowed, widower, annulled, not married, not engaged, no longer together, not together,
		geschieden, scheidung, getrennt, verwitwet, divorciado, divorciada, divorciados, divorcié, divorciamos, separado, separada, separados, separamos, viudo, viuda,
		divorcé, divorcée, divorcés, séparé, séparée, séparés, veuf, veuve : spouse partner engaged_to fiance marital_status
	broke up, broken up, split up, splitting up, breaking up, dumped me, rompimos, rompu, auseinander : partner spouse engaged_to fiance
	called off the, called it off, call off the, abgesagt, cancelamos, annulé : engaged_to fiance wedding_date wedding spouse
	got married, remarried, tied the knot, got hitched, geheiratet, casé, casamos, casados, mariés : spouse partner engaged_to fiance marital_status
	quit my, quit the, resigned, got fired, was fired, sacked, laid off, let me go, redundant, unemployed, retired, jobless, between jobs, gekündigt, gekuendigt, entlassen, arbeitslos,
		pensioniert, renuncié, renuncie, despidieron, despedido, despedida, desempleado, desempleada, jubilé, jubilado, jubilada, démissionné, demissionné, viré, virée,
		licencié, licenciée, chômage : works_at role
	promoted, demoted, befördert, ascendieron, ascendido, ascendida, promu, promue : role
	moved out, moved away, moved back, moved house, moved in, moved, moving, relocated, relocating, evicted, umgezogen, ausgezogen, weggezogen, mudé, mudamos, mudado,
		déménagé, emménagé, sold the house, sold our house, sold my house, sold the flat, sold our flat, sold my flat : lives_in address
	graduated, dropped out, expelled, exmatrikuliert, gradué, diplômé, diplômée : studied_at major degree
	not allergic, outgrew, outgrown, cured, geheilt, curado, curada, guéri, guérie : has_condition allergic_to
	not vegan, not vegetarian, eat meat, eating meat, esse fleisch, como carne, mange de la viande : diet
	sold, selling, traded in, totalled, scrapped, gave away, given away, gave up, given up, giving up, got rid of, lost my, lost our, losing, left my, left the, left, leaving, dropped,
		quit, quitting, stopped, stopping, switched, switching, swapped, changed, changing, cancelled, canceled, ended, is over, 's over, are over, was over, no longer, anymore, any more,
		done with, replaced, grew out of, went off, was wrong, is wrong, not with, new, died, passed away, put down, put to sleep, dead, deceased,
		gestorben, verstorben, eingeschläfert, murió, murio, falleció, fallecio, mort, morte, décédé, décédée,
		verkauft, verlassen, aufgegeben, aufgehört, gewechselt, verloren, vorbei, nicht mehr, neue, neuer, neuen, neues,
		vendí, vendi, vendimos, vendido, dejé, deje, dejamos, perdí, cambié, cambie, cambiamos, terminé, terminamos, ya no, nuevo, nueva,
		vendu, vendue, quitté, arrêté, abandonné, changé, perdu, nouveau, nouvel, nouvelle
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
			first, _, _ := strings.Cut(phrase, " ")
			out[first] = append(out[first], cue{phrase, strings.Fields(keys)})
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
