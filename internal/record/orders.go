package record

import (
	"slices"
	"strings"
	"sync"
)

// Some orders (instructions) exclude each other: an agent that is told to answer in French, and later in English, must answer in English.
// Such an order is parsed into a kind ("language"), a value of that kind ("english"), and the context in which it applies, which is the
// rest of its words. Orders of one kind that apply in the same context exclude each other.

// orderKinds has the words for each value of each kind of orders, in English, German, Spanish and French. An underscore stands for the
// space in a phrase.
var orderKinds = []struct {
	kind   string
	values map[string]string
}{
	{"language", map[string]string{
		"arabic": "arabic arabisch árabe arabe", "chinese": "chinese mandarin chinesisch chino mandarín chinois", "czech": "czech tschechisch checo tchèque",
		"danish": "danish dänisch danés danois", "dutch": "dutch niederländisch holländisch neerlandés holandés néerlandais",
		"english": "english englisch inglés anglais british_english american_english", "finnish": "finnish finnisch finés finnois",
		"french": "french französisch francés français", "german": "german deutsch alemán allemand", "greek": "greek griechisch griego grec",
		"hebrew": "hebrew hebräisch hebreo hébreu", "hindi": "hindi", "hungarian": "hungarian ungarisch húngaro hongrois",
		"italian": "italian italienisch italiano italien", "japanese": "japanese japanisch japonés japonais", "korean": "korean koreanisch coreano coréen",
		"norwegian": "norwegian norwegisch noruego norvégien", "polish": "polish polnisch polaco polonais",
		"portuguese": "portuguese portugiesisch portugués portugais", "romanian": "romanian rumänisch rumano roumain", "russian": "russian russisch ruso russe",
		"spanish": "spanish spanisch español castellano espagnol", "swedish": "swedish schwedisch sueco suédois", "turkish": "turkish türkisch turco turc",
		"ukrainian": "ukrainian ukrainisch ucraniano ukrainien",
	}},
	{"length", map[string]string{
		"short": `short brief briefly concise concisely terse succinct succinctly shorter crisp to_the_point kurz knapp kürzer bündig breve breves brevemente
			conciso concisas concisos corto cortas cortos bref brefs brève brièvement concis concises court courts courtes`,
		"long": `long longer detailed in_detail in_depth thorough thoroughly extensive comprehensive at_length lang länger ausführlich ausführlicher detailliert
			detallado detalladas detallados largo largas largos extenso extensas détaillé détaillés détaillées longues longs`,
	}},
	{"layout", map[string]string{
		"bullets": `bullet_points bullet_point bullets bulleted_lists bulleted_list lists list aufzählungen aufzählungspunkten stichpunkten stichpunkte
			stichworten listen viñetas listas puces listes`,
		"prose":  "prose full_sentences paragraphs fließtext ganzen_sätzen absätzen prosa frases_completas párrafos phrases_complètes paragraphes",
		"tables": "tables table tabellen tabelle tablas tabla tableaux tableau",
	}},
	{"markup", map[string]string{
		"markdown": "markdown", "plain": "plain_text plaintext reinem_text klartext texto_plano texte_brut", "json": "json", "html": "html", "yaml": "yaml", "xml": "xml",
	}},
	{"register", map[string]string{
		"formal": "formal formally förmlich formell formales formalmente formel formels formelle formelles formellement",
		"casual": `casual casually informal informally locker lockerer informell umgangssprachlich informales informalmente
			décontracté décontractée familier informel`,
	}},
	{"humour", map[string]string{
		"serious": "serious seriously ernst sachlich serio seriamente sérieux sérieuse",
		"funny":   "funny humorous humour humor witty lustig humorvoll witzig gracioso divertido humor drôle humoristique",
	}},
	{"pronoun", map[string]string{
		"familiar": "du duze duzen per_du tú tutea tutéame tutear tu tutoie tutoie-moi tutoyer", "polite": "sie sieze siezen per_sie usted vous vouvoie vouvoie-moi vouvoyer",
	}},
	{"units", map[string]string{
		"metric":   "metric metrisch metrische metrischen métrico métricas métricos métrique métriques",
		"imperial": "imperial imperiale imperialen imperiales impérial impériale impériales",
	}},
	{"temperature", map[string]string{"celsius": "celsius centigrade", "fahrenheit": "fahrenheit"}},
	{"distance", map[string]string{
		"kilometres": "kilometres kilometers kilometer km kilómetros kilomètres", "miles": "miles meilen millas milles",
	}},
	{"weight", map[string]string{
		"kilograms": "kilograms kilos kg kilogramm kilogramos kilogrammes", "pounds": "pounds lbs libras livres",
	}},
	{"clock", map[string]string{
		"24": "24-hour 24_hour 24h 24-stunden 24_horas 24_heures", "12": "12-hour 12_hour 12h am_pm 12-stunden 12_horas 12_heures",
	}},
	{"currency", map[string]string{
		"euro": "euro euros eur", "dollar": "dollar dollars usd dólares", "pound": "sterling gbp", "franc": "francs franken chf", "yen": "yen jpy",
	}},
	{"emoji", map[string]string{"emoji": "emoji emojis emoticons"}},
}

// orderWords has words without meaning of their own in an order about answers. They are not part of the context in which the order applies.
const orderWords = `always please kindly from now on going forward in the a an of only just to with for me my us our i you your should must want would like
	answer answers answering reply replies respond response responses write writing speak talk use using give keep make be is are it them all everything
	any every as by when possible ever again output format formatted style tone language languages units unit system
	prices price show display state temperatures temperature distances distance weights time times clock points point form manner way address call and
	very more mostly default
	do does an zu du sie tu tú usted
	bitte immer stets ab jetzt von nun an künftig in auf mit mir uns der die das den dem ein eine einen antworte antworten antwort antwortest schreibe schreib
	schreiben sprich rede verwende verwenden benutze benutzen nutze nutzen gib halte fasse dich sei ist deine deinen du sollst nur alle alles sprache einheiten stil ton mich format formatiere
	siempre por favor a partir de ahora en el la los las con conmigo mi un una responde responda responder contesta contéstame respóndeme escribe escribir habla
	háblame usa utiliza da mantén sé son tus respuestas respuesta solo unidades idioma formato tono
	toujours s'il te vous plaît plait désormais à partir de maintenant en le la les avec moi un une des réponds répondez répondre écris écrivez parle parlez
	utilise utilisez donne garde sois soyez tes réponses réponse seulement unités langue ton`

// orderForbids has the words that turn an order into a prohibition.
const orderForbids = "never not don't dont no without avoid stop nie niemals nicht keine kein ohne vermeide nunca jamás sin evita jamais pas sans évite ne n'utilise"

// addressing has the words that make a pronoun in the same order a form of address.
const addressing = "call address say speak sag sprich nenne rede sprechen anreden anrede trata trátame tratar habla háblame appelle parle dis utilise use verwende benutze usa"

// orderValue is a value of a kind of orders.
type orderValue struct{ kind, value string }

// lexicon has the tables for parsing orders: the values by their words, joined by hyphens, and the word lists.
type lexicon struct {
	values                                        map[string]orderValue
	words, forbids, addressing, emphatic, noNames map[string]bool
}

// orderLexicon returns the lexicon, which is built at the first call.
var orderLexicon = sync.OnceValue(func() *lexicon {
	words := func(list string) map[string]bool {
		out := map[string]bool{}
		for w := range strings.FieldsSeq(list) {
			out[Normalise(w)] = true
		}
		return out
	}
	l := &lexicon{map[string]orderValue{}, words(orderWords), words(orderForbids), words(addressing), words(emphatic), words(notNames)}
	for _, k := range orderKinds {
		for value, list := range k.values {
			for w := range strings.FieldsSeq(list) {
				l.values[Normalise(strings.ReplaceAll(w, "_", " "))] = orderValue{k.kind, value}
			}
		}
	}
	return l
})

// longestOrderValue is the maximum number of words of a value.
const longestOrderValue = 3

// Order is a parsed order.
type Order struct {
	Text string // SameOrder of the description
	Deed string // see Deed
	// Value is the value that the order asks for or forbids; "" if it has no kind.
	Value string
	Sign  int // 1: do it ("always", or a value is asked for); -1: do not ("never", or a value is forbidden); 0: neither or both
}

// ReadOrder parses an order.
func ReadOrder(description string) Order {
	l, o := orderLexicon(), Order{Text: SameOrder(description)}
	all := strings.Split(o.Text, "-")
	if kind, where, ok := l.kind(all); ok {
		o.Deed, o.Value, o.Sign = "="+kind.kind+"="+where, kind.value, 1
		if slices.ContainsFunc(all, func(w string) bool { return l.forbids[w] }) {
			o.Sign = -1
		}
		return o
	}
	o.Deed = strings.Join(slices.DeleteFunc(slices.Clone(all), func(w string) bool { return w == "always" || w == "never" }), "-")
	switch always, never := slices.Contains(all, "always"), slices.Contains(all, "never"); {
	case always && !never:
		o.Sign = 1
	case never && !always:
		o.Sign = -1
	}
	return o
}

// kind finds the only value that an order asks for or forbids, and the words for the context in which it applies. false: it has no value,
// or several.
func (l *lexicon) kind(all []string) (found orderValue, where string, ok bool) {
	if name, is := l.called(all); is {
		return orderValue{"name", name}, "", true
	}
	var rest []string
	address := slices.ContainsFunc(all, func(w string) bool { return l.addressing[w] })
	for i := 0; i < len(all); {
		v, n := l.valueAt(all[i:])
		switch {
		case n == 1 && v.kind == "pronoun" && l.words[all[i]] && !address: // the pronoun is not a form of address
			n = 0
		case n > 0 && found == (orderValue{}):
			found = v
		case n > 0 && v != found:
			return found, "", false
		}
		if n == 0 {
			if w := all[i]; !l.words[w] && !l.forbids[w] && !l.addressing[w] {
				rest = append(rest, w)
			}
			n = 1
		}
		i += n
	}
	return found, strings.Join(rest, "-"), found.kind != ""
}

// valueAt finds the longest value at the beginning of the words, and its number of words; 0: none.
func (l *lexicon) valueAt(all []string) (orderValue, int) {
	for n := min(longestOrderValue, len(all)); n > 0; n-- {
		if v, ok := l.values[strings.Join(all[:n], "-")]; ok {
			return v, n
		}
	}
	return orderValue{}, 0
}

// calls has the beginnings of orders that give the name by which to call the speaker.
var calls = []string{"call-me-", "nenne-mich-", "nenn-mich-", "llámame-", "appelle-moi-"}

// emphatic has words at the beginning of an order that do not change its meaning.
const emphatic = "always just also do bitte immer siempre toujours"

// notNames has words that can follow "call me" without being a name.
const notNames = `when if at on in after before back later tomorrow today tonight only again a the by once about for from and whatever anything
	wenn nicht bitte um zurück später morgen cuando si a por mañana luego quand si à demain plus`

// called returns the name by which an order says to call the speaker.
func (l *lexicon) called(all []string) (string, bool) {
	for len(all) > 0 && (l.emphatic[all[0]] || l.forbids[all[0]]) {
		all = all[1:]
	}
	text := strings.Join(all, "-")
	for _, head := range calls {
		name, ok := strings.CutPrefix(text, head)
		first, _, _ := strings.Cut(name, "-")
		if ok && name != "" && strings.Count(name, "-") < 3 && !l.noNames[first] {
			return name, true
		}
	}
	return "", false
}

// Excludes reports whether an order replaces another one that was given before it.
func (o Order) Excludes(other Order) bool {
	switch {
	case o.Deed != other.Deed:
		return false
	case o.Value != other.Value:
		return o.Sign > 0 && other.Sign > 0
	}
	return o.Sign*other.Sign < 0
}
