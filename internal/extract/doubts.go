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
// sees: it knows which facts there are. prev is whom the sentence before is about, u the sentence if it is in another language.
func (x *extractor) doubts(s sentence, prev topic, u *utterance) {
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
		if entities := x.concerned(s, c, i, i+n, prev, u); len(entities) > 0 {
			from, to := max(s.from, i-nearby), min(s.to, i+n+nearby)
			near := from
			if s.from > 0 && x.refersBack(s.from, i, i+n, s.to) { // "Fiesta failed its MOT. Scrapped it."
				near = x.sentenceBefore(s.from)
			}
			keys := slices.Clone(c.keys)
			for j := from; j < to && len(c.keys) == 0; j++ {
				if !deaths[c.phrase] || slices.Contains(x.topicAt(j, to), Pet) { // "my phone died"
					keys = append(keys, x.topicAt(j, to)...)
				}
			}
			slices.Sort(keys)
			x.out.Doubts = append(x.out.Doubts, record.Doubt{
				Entities: entities, Keys: slices.Compact(keys), Other: c.states, Near: x.between(near, to), Text: x.quote(s.from, s.to), Span: x.span(s.from, s.to),
			})
		}
		i += n - 1
	}
}

// refersBack reports whether a statement of a change from i up to end leaves it to the sentence before to name what changes: with a
// pronoun after its words, or with none at all before and behind them.
func (x *extractor) refersBack(from, i, end, to int) bool {
	if x.anyOf(end, min(to, end+3), pronouns) || x.anyOf(max(from, i-2), i, pronouns) {
		return true
	}
	return i-from < 2 && to-end < 2
}

// sentenceBefore is where the sentence before the one that begins at i begins.
func (x *extractor) sentenceBefore(i int) int {
	j := i - 1
	for j > 0 && x.toks[j].kind != word {
		j--
	}
	for j > 0 && j > i-30 && !x.toks[j-1].is(".", "!", "?", "\n") && x.toks[j-1].kind != newline {
		j--
	}
	return j
}

// between is the text of some tokens, also over gaps and several sentences.
func (x *extractor) between(from, to int) string {
	return x.text[x.toks[from].start:x.toks[to-1].end]
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

var (
	// ownWords say whose something is: the speaker's, or a relative's of the speaker.
	ownWords     = set(`my our`)
	firstPersons = set(`i we`)
	objects      = set(`me us`)
	thirdPersons = set(`he she they`)
	// pronouns are the pronouns of what the sentence before has named.
	pronouns  = set(`it them him her that this one both he she they`)
	negations = set(`not never no hardly barely`)
	// deaths are the words of change of whoever dies.
	deaths = phraseSet(`died passed_away put_down put_to_sleep dead deceased gestorben verstorben eingeschläfert murió murio falleció fallecio mort morte décédé décédée`)
	// ownForms are verbs of the first person that no rule reads.
	ownForms = set(`cancelamos vendí vendi vendimos perdí`)
	// passing are words that may stand between a subject and what is said of it.
	passing = set(`a an the some any this that these those am is are was were be been being have has had do does did not never no to of at in on
		with for from by about up out back off down over again all both each other got get gets getting went go goes going 's
		told said decided managed happened started finally then ugh urgh argh aargh gah oh ah aha hm hmm phew omg lol haha wow yay whoops oops nope
		yep yup bah meh yikes ouch damn dammit sigh blimey gosh gutted sad well okay ok right anyway also btw fyi update news`)
	// supposing are words of plans, wishes, conditions and hearsay.
	supposing = set(`if unless would could might may should will shall want wants wanted plan plans planning hope hopes hoping wish wishes
		maybe perhaps imagine suppose pretend someday considering thinking
		wenn falls würde wuerde könnte koennte möchte moechte vielleicht hoffentlich werde wird sollte
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
	others         = map[string]*other{"left": leftOtherwise, "leaving": leftOtherwise, "quitté": leftOtherwise, "moved": movedOtherwise, "moving": movedOtherwise,
		"dropped": {set(`off by in phone me us`), 2}, "cancelled": {set(`dentist doctor appointment meeting train flight`), 3}, "canceled": {set(`dentist doctor appointment meeting train flight`), 3},
		"unpacked": {set(`the my shopping groceries`), 1}, "packed": {set(`my the lunch desk`), 2}, "died": {set(`down out on`), 1}}
)

// cues are the words of change by their first word. A line has the phrases, in which "*" stands for up to four words, and, behind a colon,
// the keys of which they tell by themselves; behind two colons those of which they state a value.
// Without keys they tell of what is named near them. Of two that begin alike the longer one comes first, and of two that are the same the
// one that states a value.
var cues = cueTable(`
	divorce, divorced, divorcing, separated, separating, widow, widowed, widower, annulled, not married, not engaged, no longer together, not together,
		geschieden, scheidung, getrennt, verwitwet, divorciado, divorciada, divorciados, divorcié, divorciamos, separado, separada, separados, separamos, viudo, viuda,
		divorcé, divorcée, divorcés, séparé, séparée, séparés, veuf, veuve : spouse partner engaged_to fiance marital_status
	ring back, the ring off, wedding 's off, wedding is off, wedding off, engagement 's off, engagement is off, off the wedding, off the engagement, single again, single now,
		newly single, ex wife, ex husband, called it quits, calling it quits, call it quits, called time on, went our separate ways, go our separate ways, filed for divorce,
		custody, decree, moved on from, not a couple, no longer a couple, and i are done, and me are done, we are done, and i are over, are history,
		left me, cheated on me, walked out on me, ended things, ended it, kicked him out, kicked her out : spouse partner engaged_to fiance marital_status
	broke up, broken up, split up, splitting up, breaking up, dumped me, rompimos, rompu, auseinander : partner spouse engaged_to fiance
	called off the wedding, called off our, called off the engagement, called it off, call off the wedding, call off the engagement, abgesagt, cancelamos, annulé : engaged_to fiance wedding_date wedding spouse
	got married, remarried, tied the knot, got hitched, geheiratet, casé, casamos, casados, mariés : engaged_to fiance marital_status
	quit my, quit the, resigned, got fired, was fired, sacked, laid off, let me go, redundant, unemployed, retired, jobless, between jobs, gekündigt, gekuendigt, entlassen, arbeitslos,
		pensioniert, renuncié, renuncie, despidieron, despedido, despedida, desempleado, desempleada, jubilé, jubilado, jubilada, démissionné, demissionné, viré, virée,
		licencié, licenciée, chômage : works_at role
	handed in my, handed my notice, handed in the, gave notice, gave my notice, given notice, notice period, my notice, last day at, last shift, last week at,
		first shift, new job, new gig, new role, new position, new employer, started as, starting as, poached, headhunted,
		went freelance, gone freelance, going freelance, self-employed now, went solo, set up on my own, out of work, out of a job, off the payroll, p45, severance, on the dole, job hunting, job-hunting,
		took redundancy, got the boot, got the sack, got canned, given the push, got the push, walked out of, packed * in, jacked * in, chucked * in, hung up my, stepped down, stood down,
		picked up work, picked up a job, got a job, landed a job, landed the job, got the job, hired me, took me on, taken on by, offered me the : works_at role
	promoted, demoted, befördert, ascendieron, ascendido, ascendida, promu, promue : role
	got the keys, got our keys, picked up the keys, packed up, packed our, packed everything, unpacked, unpacking, removal van, moving van, removal men, movers, new flat, new house, new apartment,
		new home, new digs, new address, new postcode, new town, new city, housewarming, house-warming, signed the lease, signed a lease, went back to, gone back to, back home in,
		settled in, settling in, upped sticks, up sticks, shipped out, emigrated, our new place, my new place, handed back the keys, gave back the keys : lives_in address
	moved out, moved away, moved back, moved house, moved in, moved, moving, relocated, relocating, evicted, umgezogen, ausgezogen, weggezogen, mudé, mudamos, mudado,
		déménagé, emménagé, sold the house, sold our house, sold my house, sold the flat, sold our flat, sold my flat : lives_in address
	graduated, dropped out, expelled, exmatrikuliert, gradué, diplômé, diplômée : studied_at major degree
	threw * out, thrown out, kicked * out, kicked out : lives_in address
	let * go, shut down, went bankrupt, closed down : works_at role
	work at, working at, works at, work for, working for, started at, starting at, start at, started with, joined, joining, first day at, first day with, first week at, first week with, first week * at,
		first day * at, first shift at, new job at, new job with, hired by, employed by, employed at :: works_at
	live in, living in, lives in, settled in, based in :: lives_in
	not allergic, outgrew, outgrown, cured, geheilt, curado, curada, guéri, guérie : has_condition allergic_to
	not vegan, not vegetarian, eat meat, eating meat, esse fleisch, como carne, mange de la viande : diet
	sold, selling, trade in, traded, part-exchanged, part exchanged, wrote off, written off, nicked, stolen, repossessed, towed away, gone to the scrapyard, scrapyard, bit the dust, packed up for good,
		new sim, scrap that, scratch that, strike that, wrong number, typo, misread, mistyped, mixed up, got that wrong, got it wrong, bounces, bounced, renamed, cut off, disconnected, deactivated, retired the, out of service,
		called off, off the, back on, stopped being, gone off, finished with, finished, packed in, sworn off, rehomed, ran away, rainbow bridge, no longer with us, no more, totalled, scrapped, gave away, given away, gave up, given up, giving up, got rid of, lost my, lost our, losing, left my, left the, left, leaving, dropped,
		quit, quitting, stopped, stopping, switched, switching, swapped, changed, changing, cancelled, canceled, ended, is over, 's over, are over, was over, no longer, anymore, any more,
		done with, replaced, fine for me, can eat, can have, can drink, fine with me, grew out of, went off, forget that, forget what, forget i, no longer true, not true, take back, took back, was wrong, is wrong, not with, new, died, passed away, put down, put to sleep, dead, deceased,
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
	car: car truck van auto motor wheels bike motorbike wagen coche carro voiture
	phone: number phone mobile sim landline nummer handynummer telefonnummer número numero numéro
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
		slices.SortStableFunc(c, func(a, b cue) int {
			switch {
			case len(a.phrase) != len(b.phrase):
				return len(b.phrase) - len(a.phrase)
			case a.states == b.states:
				return 0
			case a.states: // it needs a name behind it; without one, the other is read
				return -1
			}
			return 1
		})
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
