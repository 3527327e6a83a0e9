package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/record"
)

// Other languages than English are read by one engine over tables: a tongue holds what a language says in its own way. A sentence is
// told by its function words, cut into clauses, and each clause into subject, verb, denial, dates and the rest, which the forms of the
// verb are compared with. So no form has to know the order of words, the tenses or the dates.

// tongue is a language as data. All its words are folded.
type tongue struct {
	name   string
	folds  *strings.Replacer
	spoken map[string][]string // words of speech and dialects, and the one or two that they stand for
	elides bool                // "l'hôpital" is two words
	drops  bool                // the verb alone tells the person
	nouns  bool                // nouns are capitalised as names are

	verbs       map[string][]sense
	longVerbs   int // words of the longest form
	forms       map[string][]langForm
	auxiliaries map[string]bool

	me, we, they             map[string]bool // subjects: the speaker, the speaker among others, somebody named before
	reflexive                map[string]bool
	mine, articles, joins    map[string]bool // possessives, articles, conjunctions between equals
	subordinate, adverbs     map[string]bool
	prepositions, resets     map[string]bool
	deny, anyMore            map[string]bool // "nicht", "mehr"
	denyBefore               bool            // "ya no": anyMore stands before deny
	onlyWords                map[string]bool // "nicht nur" denies nothing
	doubts, wishes, fictions phraseTable
	near                     phraseTable // doubts of one clause and of those that hang on it
	frames, tales            phraseTable // words of a text that is a story, a part or an example; words of films and books
	asks                     map[string]bool
	asksSpelt                map[string]bool // as written: at the start of a statement "cómo" asks, and "como" does not
	kin, kinMany             map[string]string
	named                    map[string]bool // "namens", "llamada"
	titles                   map[string]bool
	jobs, plain              map[string]bool // plain words are no places and no organisations
	owned                    map[string]ownedForm
	favourite                map[string]bool
	favouriteThings          map[string]string
	tongues, demonyms        map[string]bool
	allergens, diseases      map[string]bool
	diets, statuses          map[string]bool
	orgNouns, schools        map[string]bool
	subjects, sports         map[string]bool
	deaths                   map[string]bool
	ending, empty            map[string]bool // words after which a phrase is complete; words that are no things
	adjectival               map[string]bool // verbs whose participles are adjectives as well: "casado"
	impersonal, naming       map[string]bool // verbs that take the speaker as an object: "me gusta"; verbs of names
	kinAdjectives, breeds    map[string]bool
	manyNamed                map[string]bool
	kinTitles                map[string]bool // "Oma", before a name
	friendly, offspring      map[string]bool // "beste" before "Freundin"; "mein Großer"
	broadJobs, roleTails     map[string]bool
	newAdjectives            map[string]bool
	jobTails                 []string
	towns, countries         map[string]bool
	orders                   orderWords
	repairs, forget, keep    phraseTable
	jests, callMe            phraseTable
	called                   phraseTable     // "hört auf den Namen"
	hello, reach             phraseTable     // "hier ist"; "du erreichst mich unter"
	partings                 phraseTable     // "auseinander", of a couple
	signed, regards          phraseTable     // "hier", behind a name; "LG", before it
	yours                    map[string]bool // "deine", between the two
	padding                  map[string]bool // adjectives before a job
	conditions               map[string]bool
	scan                     scanWords
	idioms                   map[string][]langForm
	letters, pasting         map[string]bool // words that open a letter; words before a text that is quoted
	ours                     phraseTable     // "bei uns", where an animal lives
	wanes                    map[string]bool // "nein", before what is right
	dates                    dateWords
	casualNames, brands      map[string]bool
	cars                     map[string]bool   // makes and models
	peoples                  map[string]string // of a region
	engagements              map[string]bool   // "Termin", "Elternabend"
	spare, degrees           map[string]bool   // what a diet is without; degrees
	makes, loanJobs          map[string]bool   // of cars; jobs of several words
	respelt                  map[string]respelling
	kinTails                 phraseTable       // "du dessus", between "mon voisin" and his name
	namedKin                 map[string]string // "Mamie Huguette"
	models, streets          map[string]bool   // cars; words of addresses
}

// phraseTable has word sequences by their first word.
type phraseTable map[string][][]string

// speech is what the engine keeps between the sentences of one text.
type speech struct {
	person   party          // whom "he" or "she" is
	last     *lastFact      // what a correction would be about
	tongue   *tongue        // of the last sentence
	reads    bool           // a sentence is being read
	places   spokenOfPlaces // of the sentence before
	framed   []*tongue      // whose frames were looked for
	hired    int8           // it speaks of a car that is not one's own; 0: not looked at
	asked    ownedForm      // what the speaker asks himself about: "Lieblingsfarbe? Petrol."
	unnamed  string         // the label of a relative or an animal that was spoken of without its name
	allergen party          // something that was named and that one may be allergic to
	yes      int8           // whether the text says yes to a proposal, once that was asked: 1 or -1
}

// utterance is one sentence of a language, with its words folded.
type utterance struct {
	x        *extractor
	l        *tongue
	st       *speech
	toks     []token
	low      []string
	casual   bool // written without capitals
	spans    []kinSpan
	base     *langClause // the whole sentence, with its dates
	genitive bool        // the relative stands after "of"
	unnamed  []string    // the labels of relatives whom the sentence speaks of without their names, the last one at nameless
	nameless int
	forget   bool // what the sentence says is taken back
	adjacent bool // only names right behind what somebody is are read
	lapsed   int  // what is said before this token is taken back
	question bool // it ends with a question mark
	asking   bool // only what a question takes for granted is read
	from     int
	end      int
}

// tongueOf tells the language of a sentence by its function words; nil for English and what is not known. After an English sentence few
// words do not make another language: "… had acquired the moon. Got a B plus."
func (x *extractor) tongueOf(s sentence) *tongue {
	l, english := x.tongueAfter(s, x.inEnglish)
	x.inEnglish = l == nil && (english > 0 || x.inEnglish)
	return l
}

// tongueAfter tells the language of a sentence, and how many English function words it has; after says that English stands before it.
func (x *extractor) tongueAfter(s sentence, after bool) (*tongue, int) {
	var score, strong tongueScore
	english, in := 0, 0
	for i := s.from; i < s.to; i++ {
		t := &x.toks[i]
		if t.kind != word {
			continue
		}
		if t.low == "ich" {
			score[0] += 2 // "Was ich mache?"
		}
		if t.low == "bin" && i+1 < s.to && (behindBin[x.toks[i+1].low] || x.toks[i+1].text == "i" && i+2 < s.to && x.toks[i+2].text == "m" && x.toks[i+2].start == x.toks[i+1].end) && (i == s.from || x.toks[i-1].kind != word) {
			score[0] += 4 // "hey, bin die Katharina"
			strong[0] = 1
		}
		if t.low == "i" && i+1 < s.to && bavarian[x.toks[i+1].low] {
			score[0] += 4
			strong[0] = 1
			i++
			continue
		}
		if t.low == "i" && i+1 < s.to && x.toks[i+1].text == "m" && x.toks[i+1].start == t.end {
			if i++; t.text == "i" {
				score[0]++ // "im" may be German
			}
			continue
		}
		w, ok := functionWords[t.low]
		if !ok && strings.HasPrefix(t.low, "lieblings") {
			score[0] += 2
			strong[0] = 1
		}
		if !ok {
			if len(t.low) > 2 && elided(t.low) || len(t.low) > 1 && tongues[2].respells(t.low) {
				score[2] += 2
				strong[2] = 1
			}
			if strings.HasPrefix(t.low, "ge") && !t.upper && hasKind(tongues[0].verbs[t.low], pastParticiple) {
				score[0] += 2
				strong[0] = 1
			}
			if strings.ContainsAny(t.low, "äöüß") {
				score[0]++
				strong[0] = 1
			}
			if !t.upper && spanishLook(t.low) {
				score[1] += 2
				strong[1] = 1
			}
			continue
		}
		if ok && !w.english {
			if to := x.gazetteer(i, s.to); to > i+1 { // "San Francisco"
				i = to - 1
				continue
			}
		}
		if w.english {
			if english++; english > 1 && score == (tongueScore{}) {
				return nil, english
			}
		}
		if t.low == "in" { // of several languages: however often, it tells little
			if in++; in > 1 {
				continue
			}
		}
		for k, n := range w.score {
			score[k] += n
			strong[k] |= n >> 1
		}
	}
	best := -1
	for k := range tongues {
		if score[k] >= 2 && (strong[k] > 0 || score[k] > 2 && english == 0) && (best < 0 || score[k] > score[best]) {
			best = k
		}
	}
	if best < 0 || score[best] <= 2*english || score[len(score)-1] >= score[best] || after && score[best] < 4 {
		return nil, english
	}
	for k := range tongues {
		if k != best && score[k] == score[best] {
			return nil, english
		}
	}
	return tongues[best], english
}

// behindBin are words behind "bin" where it is "am".
var behindBin = set(`der die das jetzt seit schon bei beim aus ein eine nicht kein keine ja übrigens gerade grad auch halt`)

// bavarian are verbs behind "i", which is "ich" there.
var bavarian = set(`bin hob hab wohn arbeit hackl kimm kumm komm moag heiß hoaß war leb schaff studier`)

// spanishLook reports a word that only Spanish spells so: "botaron", "revisión", "señal".
func spanishLook(w string) bool {
	if strings.Contains(w, "ñ") {
		return true
	}
	for _, tail := range [...]string{"aron", "ieron", "ción", "sión", "ábamos", "íamos", "iendo"} {
		if strings.HasSuffix(w, tail) && len(w) > len(tail)+1 {
			return w != "macaron"
		}
	}
	return false
}

// elided reports "j'ai" and "l'école".
func elided(s string) bool {
	i := strings.IndexAny(s, "'’")
	if i < 1 || i > 7 || i == len(s)-1 || s == "c'mon" || s == "d'accord" {
		return false
	}
	return frenchElisions[s[:i]]
}

var frenchElisions = set(`j l d m t s n c qu jusqu lorsqu puisqu`)

// utterance prepares a sentence of another language than English; nil: it is in English, or in no language that is known.
func (x *extractor) utterance(s sentence) *utterance {
	l := x.tongueOf(s)
	if l == nil {
		return nil
	}
	u := &utterance{x: x, l: l}
	u.cut(s)
	return u
}

// tongueSentence reads the sentence if it is in another language, and gives it as it was read; nil: it is not. u is the sentence prepared.
func (x *extractor) tongueSentence(s sentence, u *utterance) *utterance {
	if u == nil && x.speech != nil && x.speech.last != nil && s.to-s.from < 7 && x.speech.tongue.wanes[x.speech.tongue.fold(x.toks[s.from].low)] {
		u = &utterance{x: x, l: x.speech.tongue} // "Quatsch, Karla."
		u.cut(s)
	}
	if u == nil && x.speech != nil && x.speech.asked.key != "" && s.to-s.from < 9 {
		u = &utterance{x: x, l: x.speech.tongue}
		u.cut(s)
	}
	if u == nil {
		return nil
	}
	x.last = topic{}
	if x.speech == nil {
		x.speech = &speech{}
		x.story = x.story || u.l.tells(x.toks)
		x.people.scan()                           // over the tokens as they are
		for first, names := range x.people.full { // "Celia y Martín" are two
			x.people.full[first] = slices.DeleteFunc(names, func(s string) bool { return strings.Contains(s, " y ") || strings.Contains(s, " e ") || u.l.nouns }) // "Simone Geburtstag"
		}
	}
	u.st = x.speech
	if !slices.Contains(x.speech.framed, u.l) {
		if x.speech.framed = append(x.speech.framed, u.l); x.framed(u.l) {
			x.stopped = true
			return u
		}
	}
	for i := range u.low {
		if x.ending && u.l.nouns && (u.is(i, "sei") || u.toks[i].low == "wäre") { // "ich sei allergisch": what is taken back is read as said
			u.low[i], u.toks[i].low = "bin", "bin"
		}
	}
	whole := x.toks
	x.toks, u.st.tongue, u.st.reads = u.toks, u.l, true
	u.read(s.question)
	x.toks, u.st.reads = whole, false
	return u
}

// tears reports that a sentence of another language is being read, and that one of the values was cut out of it at the wrong place.
func (x *extractor) tears(values ...string) bool {
	return x.speech != nil && x.speech.reads && slices.ContainsFunc(values, torn)
}

// torn reports a value that was cut out of a sentence at the wrong place: it begins with a conjunction or a preposition, or has a pronoun or
// an auxiliary in it.
func torn(value string) bool {
	for i, w := range strings.Fields(value) {
		if tornInside[w] || i == 0 && tornFirst[w] && !(w == "sin" && strings.Count(value, " ") == 1) {
			return true
		}
	}
	return false
}

var (
	tornFirst  = set(`aber und oder denn sondern weil dass Entre entre pero y o porque sino mais et ou car parce que qui dont zwischen mit ohne con sin avec sans`)
	tornInside = set(`ich du er wir ihr mich dich kannst kann können muss musst will willst habe hast hat haben bin bist nicht
		yo tú ellos nosotros puedes puedo quiero tengo estoy soy eres je tu nous vous peux peut veux suis ai pas moi mir dir`)
)

// cut makes the tokens of the sentence words of the language: contractions of English are whole again, elisions are apart.
func (u *utterance) cut(s sentence) {
	x := u.x
	toks := make([]token, 0, s.to-s.from+4)
	capitals, words := 0, 0
	for i := s.from; i < s.to; i++ {
		t := x.toks[i]
		if n := len(toks); n > 0 && t.kind == word && toks[n-1].kind == word && toks[n-1].end == t.start {
			t.text, t.start, t.rune0, t.joined = x.text[toks[n-1].start:t.end], toks[n-1].start, toks[n-1].rune0, toks[n-1].joined
			toks = toks[:n-1]
		}
		if t.kind == word {
			t.low = lower(t.text)
			r, _ := utf8.DecodeRuneInString(t.text)
			t.upper = unicode.IsUpper(r)
		}
		toks = append(toks, t)
	}
	out := make([]token, 0, len(toks)+4)
	for n, t := range toks {
		if t.kind == word && !t.is(".") {
			for head, tail, ok := u.l.respell(t); ok; head, tail, ok = u.l.respell(t) {
				out, t = append(out, head), tail
			}
			if r := u.l.respelt[t.low]; r.cut == 0 && r.second != "" {
				t.low = r.second
			}
		}
		for u.l.elides && t.kind == word && elided(t.low) {
			i := strings.IndexAny(t.text, "'’")
			_, n := utf8.DecodeRuneInString(t.text[i:])
			head, tail := t, t
			head.text, head.end, head.rune1 = t.text[:i+n], t.start+i+n, t.rune0+utf8.RuneCountInString(t.text[:i+n])
			if head.low = lower(head.text); head.low == "j'" && strings.Contains("bcdfgjklmnpqrstvwxz", lower(t.text[i+n:])[:1]) {
				head.low = "je" // "j'peux"
			}
			tail.text, tail.start, tail.rune0, tail.joined = t.text[i+n:], head.end, head.rune1, true
			tail.low = lower(tail.text)
			r, _ := utf8.DecodeRuneInString(tail.text)
			tail.upper = unicode.IsUpper(r)
			out = append(out, head)
			t = tail
			if low := u.l.respelt[t.low]; low.cut == 0 && low.second != "" {
				t.low = low.second
			}
		}
		var spoken []string
		if named := n > 0 && t.upper && toks[n-1].kind == word && n+1 < len(toks) && toks[n+1].upper; !named { // "nach San Francisco"
			spoken = u.l.standard(&t)
		}
		for k, w := range spoken {
			if k == 0 {
				t.low = w
				continue
			}
			head, _ := utf8.DecodeRuneInString(t.text)
			n := utf8.RuneLen(head) // of "hamma" the first letter stands for "haben"
			first := t
			first.text, first.end, first.rune1 = t.text[:n], t.start+n, t.rune0+1
			out = append(out, first)
			t.text, t.start, t.rune0, t.joined, t.upper, t.low = t.text[n:], first.end, first.rune1, true, false, w
		}
		out = append(out, t)
	}
	for i := 0; u.l.nouns && i+1 < len(out); i++ {
		if out[i].low == "ich" && out[i+1].low == "arbeit" {
			out[i+1].low = "arbeite"
		}
		if out[i].low == "mir" && strings.HasSuffix(lower(out[i+1].text), "ed") && hasPersons(u.l.verbs[out[i+1].low], firstPlural) {
			out[i].low = "wir" // "mir wohned"
		}
	}
	if u.l.elides {
		u.breathe(out)
	}
	u.low = make([]string, len(out))
	for i := range out {
		if out[i].kind == word {
			words++
			if out[i].upper {
				capitals++
			}
			u.low[i] = u.l.fold(out[i].low)
		} else if out[i].kind == punct {
			u.low[i] = out[i].low
		} else if out[i].kind == newline {
			u.low[i] = ","
		}
	}
	u.casual = capitals == 0 || capitals == 1 && words > 3 && !out[0].upper
	u.toks, u.from, u.end = out, 0, len(out)
	if u.casual {
		u.capitalise()
	}
}

// standard gives the one or two words that a word of speech or of a dialect stands for; nil: it is as it is written.
func (l *tongue) standard(t *token) []string {
	if t.kind != word || len(l.spoken) == 0 {
		return nil
	}
	if w := l.spoken[t.low]; w != nil {
		if len(w) > 1 && utf8.RuneCountInString(t.text) < 2 {
			return nil
		}
		return w
	}
	if l.nouns && len(t.low) > 5 && strings.HasPrefix(t.low, "je") && l.verbs[t.low] == nil { // "jearbeitet"
		if s := l.verbs["ge"+t.low[2:]]; s != nil && s[0].kind == pastParticiple {
			return []string{"ge" + t.low[2:]}
		}
	}
	if l.nouns && len(t.low) > 4 && t.low[0] == 'g' && !t.upper && l.verbs[t.low] == nil { // "gwohnt"
		if s := l.verbs["ge"+t.low[1:]]; s != nil && s[0].kind == pastParticiple {
			return []string{"ge" + t.low[1:]}
		}
	}
	return nil
}

func (l *tongue) fold(s string) string {
	ascii := true
	for i := 0; i < len(s) && ascii; i++ {
		ascii = s[i] < utf8.RuneSelf
	}
	if !ascii {
		s = accents.Replace(s)
	}
	if l.folds != nil {
		s = l.folds.Replace(s)
	}
	return s
}

var accents = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "é", "e", "è", "e", "ê", "e", "ë", "e", "í", "i", "ì", "i",
	"î", "i", "ï", "i", "ó", "o", "ò", "o", "ô", "o", "ö", "o", "õ", "o", "ú", "u", "ù", "u", "û", "u", "ü", "u", "ç", "c", "ñ", "n",
	"ß", "ss", "œ", "oe", "’", "'")

// at reports whether the folded word at i is one of the set.
func (u *utterance) at(i int, words map[string]bool) bool {
	return i >= u.from && i < u.end && words[u.low[i]]
}

func (u *utterance) is(i int, words ...string) bool {
	return i >= u.from && i < u.end && oneOf(u.low[i], words)
}

// phraseAt gives how many words the longest of the phrases at i has, or 0.
func (u *utterance) phraseAt(i int, ps phraseTable) int {
	if i < u.from || i >= u.end {
		return 0
	}
	best := 0
	for _, p := range ps[u.low[i]] {
		if len(p) > best && i+len(p) <= u.end && slices.Equal(p, u.low[i:i+len(p)]) {
			best = len(p)
		}
	}
	return best
}

// phraseRoom is room for the words of most phrases, in bytes.
const phraseRoom = 64

// words appends the folded words from token i up to token end. As bytes they are looked up in a map without memory for each.
func (u *utterance) words(room []byte, i, end int) []byte {
	for k, w := range u.low[i:end] {
		if k > 0 {
			room = append(room, ' ')
		}
		room = append(room, w...)
	}
	return room
}

// find gives the first place of one of the phrases, and its words.
func (u *utterance) find(ps phraseTable, i, end int) (int, int) {
	for ; i < end; i++ {
		if n := u.phraseAt(i, ps); n > 0 {
			return i, n
		}
	}
	return -1, 0
}

// read reads the sentence.
func (u *utterance) read(question bool) {
	x, l := u.x, u.l
	u.question = question
	if at, _ := u.find(l.fictions, u.from, u.end); at >= 0 || u.pastes() {
		x.stopped = true
		return
	}
	asked, places := u.st.asked, u.st.places
	u.st.asked, u.st.places = ownedForm{}, spokenOfPlaces{}
	if l.nouns {
		u.st.places = u.spokenOf(u.from, u.end)
	}
	if question && u.topical() {
		return
	}
	if question && u.tellsAgain() {
		question = false
	}
	if asked.key != "" && !question {
		u.answer(asked)
		if l.drops && u.from >= u.end {
			return
		}
	}
	if question && u.l.elides {
		u.asking = true
		u.relatives()
		u.meets()
		u.asking = false
	}
	if question {
		at, _ := u.find(l.orders.lasting, u.from, u.end)
		if polite, _ := u.find(l.orders.standing, u.from, u.end); (at >= 0 || polite >= 0) && u.at(u.opening(), l.orders.can) && u.order() {
			return
		}
		end := u.end
		if !u.statement() && !u.aside() {
			u.presupposes()
			return
		}
		if l.drops {
			from, said := u.from, u.end
			u.from, u.end = said, end
			u.presupposes()
			u.from, u.end = from, said
		}
	}
	if u.asks() {
		u.presupposes()
		return
	}
	if u.repair() {
		return
	}
	if u.jests(false) {
		return
	}
	if at, n := u.find(l.keep, u.from, u.end); at >= 0 {
		if l.nouns || !u.is(at+n, "que", "qu'") || at > u.opening()+1 {
			return
		}
		u.from = at + n // "n'oublie pas que j'habite à Pau"
	}
	if u.greets() || u.order() {
		return
	}
	if u.erased() || u.forgetsTopic() {
		return
	}
	if u.takesBack() {
		u.forget = true
		if u.l.nouns && u.forgetThing() {
			return
		}
		u.sentence()
		if l.drops {
			u.sayings()
		}
		return
	}
	ended := len(u.x.out.Invalidations)
	u.relatives()
	u.selfNamed()
	u.acquaintances()
	u.birthdays()
	u.othersFavourites()
	u.arranged()
	u.firmsTold()
	u.allergicOthers()
	u.sentence()
	if !u.forget || l.elides {
		u.passing()
	}
	if l.elides {
		u.meets()
		u.firms()
		u.allergyBefore()
	}
	u.there(places)
	u.takeovers()
	u.profile()
	u.tonguesApart()
	u.sayings()
	u.petNamed()
	u.reachable()
	u.appointments()
	u.named(ended)
}

// pastes reports that the sentence opens somebody else's text: "Anna: …", "Betreff: …", "Querida Ana, …", "Übersetze: …".
func (u *utterance) pastes() bool {
	i := u.from
	if u.l.drops && u.at(i, u.l.mine) && u.l.scan.contacts[u.wordOf(i+1)] != "" {
		return false // "mi correo: …"
	}
	if u.at(i, u.l.letters) && i+1 < u.end && u.x.toks[i+1].upper && u.x.toks[i].upper {
		return true
	}
	for j := i; j < min(i+12, u.end); j++ {
		if u.l.nouns && u.is(j, ":") && u.reads(i, j) {
			return true
		}
		if u.is(j, ":") {
			for k := i + 1; k < j && !u.l.nouns; k++ { // "voilà le mail que j'ai reçu : …"
				if u.l.pasting[u.low[k]] && u.l.scan.contacts[u.low[k]] == "" && !u.at(k-1, u.l.mine) && !u.is(k-1, "te", "os", "les", "le") || u.is(k, "recu", "recibi", "llego", "envoye", "mando", "mandaron") {
					return true
				}
			}
			w := u.low[j-min(1, j)]
			for k := j - 1; k > i && u.l.elides && u.at(k, u.l.adverbs); k-- {
				w = u.low[k-1]
			}
			if u.l.elides && u.at(i, u.l.mine) && u.l.scan.contacts[w] != "" {
				return false // "mon adresse mail : …"
			}
			return j > i && !u.is(j-2, "te", "os", "les") && (u.l.pasting[u.low[i]] || u.l.pasting[w] || j < i+3 && u.x.toks[i].upper && (u.l.casualNames[u.low[i]] || givenNames[u.x.toks[i].low]))
		}
		if u.x.toks[j].kind == newline {
			return false
		}
	}
	return false
}

// start is the first word after what opens the sentence.
func (u *utterance) start() int {
	i := u.from
	for i < u.end && (u.toks[i].kind != word || u.at(i, u.l.resets) || u.l.orders.openers[u.low[i]]) {
		i++
	}
	return i
}

// asks reports a sentence that starts with a question word, with its accent.
func (u *utterance) asks() bool {
	i := u.start()
	if u.l.drops && u.is(i, "que") && u.is(i+1, "tal", "onda", "hubo", "hay", "pasa") && i+2 < u.end && u.x.toks[i+2].kind != word { // "qué tal, …"
		return false
	}
	if u.l.nouns && !u.question && u.is(i, "wie") && u.is(i+1, "gesagt", "schon", "erwahnt", "bereits", "immer") {
		return false // "wie gesagt, ich wohne in Passau"
	}
	if u.l.elides && !u.question && u.is(i, "quand", "qui", "ou") {
		return false // "quand il pleut, …"
	}
	return i < u.end && u.l.asksSpelt[u.toks[i].low]
}

// thing makes a party of a thing.
func (u *utterance) thing(i, to int) party {
	return party{ref: record.EntityRef{Type: record.TypeTopic, Name: u.x.quote(i, to)}, from: i, to: to, conf: 1}
}
