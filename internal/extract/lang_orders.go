package extract

import (
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// orderWords are how a language gives standing orders.
type orderWords struct {
	openers, please, can          map[string]bool // greetings; "bitte"; "kannst"
	verbs, uses, infinitives      map[string]bool // what an assistant does with its words; "use", "avoid"; the same at the end of a sentence
	things, short                 map[string]bool // what an answer is made of; how it is
	lasting, once, standing, none phraseTable     // "immer"; "diesmal"; orders as a whole; "keine"
	wishing                       phraseTable     // "ich möchte, dass du"
}

// order reads a standing order to the agent. What is said before it in the sentence is read as well.
func (u *utterance) order() bool {
	if u.l.nouns && (u.is(u.opening(), "nimm", "nehmt") && u.later(u.opening(), "zuruck") || u.quoted() || u.contacts()) {
		return false // "schreib mir ab jetzt an hilke@posteo.example"
	}
	if at, _ := u.find(u.l.forget, u.from, min(u.from+3, u.end)); u.l.drops && at >= 0 {
		return false
	}
	if u.quotes() {
		return false
	}
	for i := u.from; i < u.end; i++ {
		if i == u.opening() || (u.l.drops || u.l.nouns && u.is(i, "sag", "sagt", "nenn", "nennt", "nenne") && !u.later(i, "zu")) && i > u.opening() && (u.is(i-1, ",", ":", ";", "-") || u.at(i-1, u.l.joins) || u.at(i-1, u.l.resets) || u.l.drops && u.is(i-1, "que") && u.is(i-2, "asi")) {
			if end := u.end; i > u.opening() && u.phraseAt(i, u.l.callMe) > 0 { // "Me llamo Guillermo, pero dime Guille"
				u.end = i - 1
				u.relatives()
				u.sentence()
				u.sayings()
				u.end = end
			}
			if u.called(i) {
				return true
			}
		}
	}
	for i := u.from; i < u.end; i++ {
		begins := i == u.opening() || i > u.from && u.is(i-1, ",", ":", ";", "-", "–", "—", ".") || i > u.from && u.at(i-1, u.l.joins)
		if !begins {
			continue
		}
		start := i
		if u.l.nouns && u.is(i, "antworte", "antwort", "schreib", "schreibe", "sag", "sage", "schick") && (u.l.casualNames[u.wordOf(i+1)] || u.l.kinTitles[u.wordOf(i+1)]) {
			continue // "antworte Lisa kurz, dass …"
		}
		j, lasting, please := u.orderHead(i)
		if !u.orders(j, lasting || u.l.elides && i > u.opening() && u.whenever(), please) {
			continue
		}
		from := start
		if i > u.opening() && (u.at(u.start(), u.l.subordinate) || u.l.elides && u.whenever()) {
			from = u.from // "Wenn ich nach Code frage, antworte immer mit Python"
			start = u.from
		}
		if from > u.opening() && start > u.from {
			rest := u.end
			u.end = start - 1
			u.relatives()
			u.sentence()
			if u.l.elides {
				u.passing()
				u.sayings()
			}
			u.end = rest
		}
		if at, _ := u.find(u.l.orders.once, u.from, u.end); at >= 0 && !lasting {
			return false
		}
		return u.instruct(from)
	}
	return false
}

// contacts reports an address or a number in the sentence.
func (u *utterance) contacts() bool {
	c := u.clauseFrom(u.from)
	for i := u.from; i < u.end; i++ {
		if strings.Contains(u.x.toks[i].text, "@") || c.phoneEnd(i) > 0 {
			return true
		}
	}
	return false
}

// instruct emits the rest of the sentence as an instruction.
func (u *utterance) instruct(from int) bool {
	x, to := u.x, u.end
	for from < to && (x.toks[from].kind != word || u.l.orders.openers[u.low[from]]) {
		from++
	}
	if u.l.elides { // "réponds en français, je suis belge"
		for k := from + 2; k < to-1; k++ {
			if u.is(k, ",", "(", "-", "–") && (u.at(k+1, u.l.me) || u.at(k+1, u.l.mine) || u.is(k+1, "on", "nous")) && !u.at(from, u.l.subordinate) && !u.whenever() {
				begin, end := u.from, u.end
				u.from, u.end = k+1, to
				u.relatives()
				u.sentence()
				u.passing()
				u.sayings()
				u.from, u.end, to = begin, end, k
				break
			}
		}
	}
	for to > from && x.toks[to-1].kind != word && x.toks[to-1].kind != quoted {
		to--
	}
	if from >= to {
		return false
	}
	text := x.text[x.toks[from].start:x.toks[to-1].end]
	label := x.slug(from, to)
	if strings.ContainsAny(text, "\n\r") || len(text) > 500 || len(x.out.Instructions) >= MaxItems || label == "" || !x.once("n", label) {
		return false
	}
	x.out.Instructions = append(x.out.Instructions, record.ExtractedInstruction{Label: label, Description: text, Confidence: direct, Span: x.span(from, to)})
	return true
}

// called reads "nenn mich Kathi".
func (u *utterance) called(i int) bool {
	for u.at(i, u.l.orders.please) {
		i++
	}
	n := u.phraseAt(i, u.l.callMe)
	if n == 0 {
		return false
	}
	j := i + n
	for u.at(j, u.l.orders.please) || u.at(j, u.l.adverbs) || u.at(j, u.l.articles) && !u.x.toks[j].upper {
		j++
	}
	c := langClause{utterance: u, from: j, to: u.end, marks: make([]markKind, u.end+1)}
	got, to, ok := c.nameOf(j)
	if u.is(i+n-1, "dime", "decime", "digame", "diganme") && (u.at(to, u.l.asks) || u.at(to, u.l.subordinate) || !u.l.casualNames[u.wordOf(j)] && (u.casual || u.is(to, ","))) {
		return false // "dime Ana cuándo vienes"
	}
	if !ok || !c.ends(to) && !(!u.l.nouns && u.at(to, u.l.orders.please)) || u.casual && !u.x.toks[j].upper || u.l.nouns && u.is(i, "sag", "sagt") && (!u.l.casualNames[u.wordOf(j)] || to > j+1 || to < u.end && u.x.toks[to].kind == word && !u.is(to, "zu") || u.is(to+1, "dass", "ob", "wenn", "wie", "ich", "er", "sie", "was", "wer")) {
		return false
	}
	return u.x.nickname(mention{text: got.party.ref.Name, from: got.party.from, to: got.party.to}, i)
}

// orderHead moves over "bitte", "ab jetzt" and "ich möchte, dass du" before an order.
func (u *utterance) orderHead(i int) (j int, lasting, please bool) {
	o := &u.l.orders
	for i < u.end {
		switch n := u.phraseAt(i, o.lasting); {
		case n > 0:
			i, lasting = i+n, true
		case u.at(i, o.please):
			i, please = i+1, true
		case u.phraseAt(i, o.wishing) > 0:
			i, please = i+u.phraseAt(i, o.wishing), true
		case u.is(i, ","):
			i++
		default:
			if !lasting {
				at, _ := u.find(o.lasting, i, u.end)
				lasting = at >= 0
			}
			return i, lasting, please
		}
	}
	return i, lasting, please
}

// orders reports whether an order begins at token i.
func (u *utterance) orders(i int, lasting, please bool) bool {
	o := &u.l.orders
	if i >= u.end {
		return false
	}
	if u.phraseAt(i, o.standing) > 0 {
		return true
	}
	thing := func(from int) bool {
		for j := from; j < u.end; j++ {
			if o.things[u.low[j]] || u.l.tongues[u.low[j]] {
				return true
			}
		}
		return false
	}
	manner := func(from int) bool {
		for j := from; j < u.end; j++ {
			if o.short[u.low[j]] {
				return true
			}
		}
		return false
	}
	if u.l.nouns && lasting && u.end-u.from < 9 && i < u.end && u.verbless() && u.is(i, "nur", "auf", "mit", "ohne", "in", "noch") && thing(i+1) {
		return true // "ab jetzt nur noch auf Englisch"
	}
	if u.l.elides && (u.ceases(i) || lasting && u.is(i, "de", "d'") && thing(i+1) || lasting && u.is(i, "me", "m'") && u.orderVerb(i+1, o.infinitives)) {
		return true
	}
	if n := u.phraseAt(i, o.none); n > 0 { // "keine Emojis", "no uses emojis"
		if u.forOnce(i, i+n, lasting) {
			return false
		}
		if u.l.elides && !lasting && u.at(i-1, u.l.joins) && u.saysMe(u.from, i) {
			return false // "j'ai 60 élèves et pas de tableau"
		}
		for j := i + n; j < min(i+n+4, u.end); j++ {
			if o.things[u.low[j]] && !spokenOf[u.low[j]] {
				return true
			}
		}
		return lasting && n > 1 && thing(i+n)
	}
	if u.l.drops && lasting && (o.things[u.low[i]] && (manner(i) || thing(i+1)) || u.at(i, u.l.articles) && o.things[u.wordOf(i+1)] && i == u.opening() && !u.speaks(i, u.part(i)) && (u.is(u.end-1, "siempre") || thing(i+2))) {
		return true // "respuestas cortas", "las fechas siempre en formato ISO"
	}
	if u.l.drops && lasting && u.is(i, "quiero", "necesito", "prefiero") && o.things[u.wordOf(i+1)] && manner(i+2) {
		return true // "quiero respuestas cortas, siempre"
	}
	if u.l.drops && lasting && u.is(u.opening(), "cuando", "siempre", "cada") && i > u.opening() { // "cuando me des una receta ponla para dos"
		for j := i; j < u.end; j++ {
			if u.x.toks[j].kind == word && u.clitic(j) {
				return true
			}
		}
	}
	switch {
	case (u.orderVerb(i, o.verbs) || u.orderVerb(i, o.uses)) && u.deniesAfter(i) && thing(i+1):
		return true
	case !u.l.nouns && !lasting && u.is(i+1, "a", "al", "au", "aux") && u.orderVerb(i, o.verbs):
		return false // "responde a Laura en inglés"
	case u.orderVerb(i, o.verbs) || u.l.drops && u.clitic(i):
		return lasting || i+1 < u.end && u.answers(i) && (u.language(i+1) || manner(i+1) || u.onlyLanguage(i+1))
	case u.l.elides && lasting && u.whenever() && u.orderVerb(i, o.uses):
		return true // "quand je te demande du code, mets toujours du Python"
	case u.at(i, o.infinitives) && please:
		return lasting
	case u.orderVerb(i, o.uses):
		return lasting && (thing(i+1) || u.l.nouns && u.at(u.lastWord(), particles)) || thing(i+1) && manner(i+1)
	}
	for j := i; lasting && please && j < min(i+4, u.end); j++ {
		if u.at(j, o.infinitives) || u.at(j, o.verbs) {
			return true
		}
	}
	if u.l.nouns && lasting && u.bareOrder(i) {
		return true
	}
	if (lasting || please) && (u.at(u.lastWord(), o.infinitives) || u.at(u.lastWord(), o.verbs)) {
		return lasting || manner(i) || u.language(i)
	}
	return false
}

// bareOrder reports an order without a verb: "bei Rezepten bitte immer in Gramm", "ab sofort bitte nur noch Stichpunkte".
func (u *utterance) bareOrder(i int) bool {
	asked := false
	for j := u.from; j < u.end; j++ {
		n := u.phraseAt(j, u.l.orders.lasting)
		asked = asked || n > 0 && (u.is(j-1, "bitte") || u.is(j+n, "bitte"))
		for _, s := range u.l.verbs[u.x.toks[j].low] {
			if s.kind <= finitePast {
				return false
			}
		}
		if u.at(j, u.l.me) || u.at(j, u.l.they) && !u.at(j, u.l.articles) {
			return false
		}
	}
	if !asked {
		return false
	}
	for j := u.from; j < u.end; j++ {
		if u.l.orders.things[u.low[j]] || u.l.tongues[u.low[j]] || u.l.orders.short[u.low[j]] {
			return true
		}
	}
	return false
}

// particles end an order with a verb in two parts: "gib die Mengen immer für zwei an".
var particles = set(`an weg aus hinzu vor auf zusammen um`)

func (u *utterance) deniesAfter(i int) bool {
	for j := i + 1; j < min(i+5, u.end); j++ {
		if !u.l.nouns && u.is(j, ",") {
			break // "dame tres frases, no más"
		}
		if u.at(j, u.l.deny) || u.is(j, "weg", "ohne", "sin", "sans") {
			return true
		}
	}
	return u.is(u.lastWord(), "weg")
}

// orderVerb reports one of the verbs at i, also with a pronoun behind it: "traduis-le".
func (u *utterance) orderVerb(i int, verbs map[string]bool) bool {
	if u.l.drops && u.is(i, "se") && u.x.toks[i].low != "sé" && !u.at(i+1, u.l.orders.short) {
		return false // "se me pasó"
	}
	if u.at(i, verbs) {
		return true
	}
	head, tail, ok := strings.Cut(u.wordOf(i), "-")
	return ok && u.l.elides && verbs[head] && tail != "lui" && tail != "leur"
}

// ceases reads "arrête de me dire bravo": something that is not to be said or done in answers.
func (u *utterance) ceases(i int) bool {
	if !u.is(i, "arrete", "arretez", "cesse", "cessez", "evite", "evitez", "abstiens-toi") || !u.is(i+1, "de", "d'") {
		return false
	}
	j := i + 2
	for u.is(j, "me", "m'", "te", "t'", "vous", "nous", "toujours", "tout") {
		j++
	}
	return spokenVerbs[u.wordOf(j)]
}

var spokenVerbs = set(`commencer terminer finir conclure repeter dire feliciter flatter excuser resumer reformuler vouvoyer tutoyer appeler employer utiliser mettre ajouter
	proposer demander poser repondre ecrire traduire corriger rappeler materner moraliser conseiller`)

// whenever reports a sentence that begins with a case in which an order always holds: "quand je demande une recette, …".
func (u *utterance) whenever() bool {
	i := u.start()
	if (u.is(i, "a", "pour") && u.is(i+1, "chaque") || u.is(i, "dans") && u.is(i+1, "tes", "chaque", "toutes")) && !u.mineNear() {
		return true
	}
	if u.is(i, "quand", "si", "lorsque", "lorsqu'", "des", "chaque", "a") {
		for j := i + 1; j < min(i+6, u.end); j++ {
			if u.is(j, "demande", "pose", "envoie", "parle", "ecris", "dis", "colle", "montre", "cherche", "tape", "poste", "partage", "soumets", "questionne") && (u.at(j-1, u.l.me) || u.is(j-1, "te", "t'", "en", "on", "le", "la")) {
				return true
			}
		}
	}
	return false
}

// language reports a language after "in" among the next words, which is the one to answer in.
func (u *utterance) language(i int) bool {
	for j := i + 1; j < min(i+5, u.end); j++ {
		if u.l.tongues[u.low[j]] && u.is(j-1, "auf", "in", "en") {
			return true
		}
	}
	return false
}

// spokenOf are things that may be missing rather than unwanted: "keine Antworten bisher".
var spokenOf = set(`antworten antwort respuesta respuestas reponse reponses preguntas questions ruckfragen code codigo kommentare comentarios commentaires links
	enlaces liens ton tono euro euros kilometer kilometros kilometres titel titulos titres fuentes quellen quelle sources source satze satzen sprache lenguaje langage beispiele
	ejemplos exemples exemple blagues chistes witze tu vous usted du sie`)

// answerStems are the beginnings of verbs of answering and speaking.
var answerStems = []string{"antwort", "sprich", "rede", "respond", "contest", "habla", "repond", "parle", "halt", "fass", "manten", "garde"}

// part is where the part of the sentence from i ends.
func (u *utterance) part(i int) int {
	for i < u.end && u.x.toks[i].kind == word {
		i++
	}
	return i
}

// clitic reports an order with its objects behind it: "dámelas".
func (u *utterance) clitic(i int) bool {
	w := u.low[i]
	for _, tail := range []string{"melos", "melas", "melo", "mela", "los", "las", "me", "lo", "la", "nos", "les", "le"} {
		if head, ok := strings.CutSuffix(w, tail); ok && len(head) > 1 && (u.l.orders.verbs[head] || u.l.orders.uses[head]) {
			return true
		}
	}
	return false
}

// answers reports a verb at i that is about how to answer in general, not about one text.
func (u *utterance) answers(i int) bool {
	for _, p := range answerStems {
		if strings.HasPrefix(u.low[i], p) {
			return true
		}
	}
	if u.is(i, "seas", "fueras", "sea", "fuera") {
		return u.end-i < 9
	}
	return u.is(i, "sei", "se", "sois", "soyez", "bleib", "bleibe") && u.end-i < 7
}

// onlyLanguage reports "nur Deutsch" among the next words.
func (u *utterance) onlyLanguage(i int) bool {
	for j := i; j+1 < min(i+6, u.end); j++ {
		if u.is(j, "nur", "solo", "solamente", "seulement", "uniquement") && (u.l.tongues[u.low[j+1]] || u.l.tongues[u.wordOf(j+2)]) {
			return true
		}
	}
	return false
}

// lastWord is the last word before what is said out of politeness.
func (u *utterance) lastWord() int {
	i := u.end - 1
	for i > u.from && (u.x.toks[i].kind != word || u.at(i, u.l.orders.please)) {
		i--
	}
	return i
}
