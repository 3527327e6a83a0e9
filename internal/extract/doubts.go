package extract

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// MaxDoubts is how many statements of one text are reported that may change what is known.
const MaxDoubts = 24

// nearby is how many words may stand between a word of change and what it is about.
const nearby = 6

// doubts notes what a sentence tells of changes. Which facts that concerns, and whether a rule has understood it, the reconciler
// sees: it knows which facts there are. prev is whom the sentence before is about, u the sentence if it is in another language.
func (x *extractor) doubts(s sentence, prev topic, u *utterance) { x.changes(s, prev, u, false) }

// changes does so. Of an order it reads only where to reach the speaker.
func (x *extractor) changes(s sentence, prev topic, u *utterance, orders bool) {
	if x.written {
		return
	}
	d := doubter{extractor: x, s: s, prev: prev, u: u, near: s.from, table: cues}
	if s.from > 0 {
		d.near = x.sentenceBefore(s.from)
	}
	d.opens = s.from-d.first() <= maxLead
	d.text, d.span, d.before = x.quote(s.from, s.to), x.span(s.from, s.to), x.toks[d.near].start
	if u != nil { // whose words are cut and folded in another way
		whole := x.toks
		x.toks, d.s, d.table = u.folded(), sentence{0, len(u.toks), s.question}, foreignCues[u.l]
		defer func() { x.toks = whole }()
	}
	for i := d.s.from; i < d.s.to && len(x.out.Doubts) < MaxDoubts; i++ {
		found, n := d.cuesAt(i)
		if n == 0 || x.supposes(d.s.from, i) {
			continue
		}
		for _, c := range found {
			if !orders || c.corrects || overlap(c.keys, reaching) {
				end := i + d.cueLength(i, c)
				d.words = d.extractor.span(i, end)
				d.read(c, i, end)
			}
		}
	}
	d.words = record.Span{}
	d.restated()
}

// reaching are the keys by which somebody is reached. An order may change them: "please use my new number".
var reaching = []string{"phone", "email", "address"}

// maxLead is how many tokens may stand before a sentence that takes up what the message before said: "Nah. Sold it."
const maxLead = 3

// doubter reads what one sentence tells of changes.
type doubter struct {
	*extractor
	s      sentence
	prev   topic
	u      *utterance
	table  map[string][]*cue
	near   int  // the first token of the sentence before
	before int  // where that is in the text
	opens  bool // the sentence opens the message
	text   string
	span   record.Span
	words  record.Span // the words of the change that is read
}

// first is the first token of the text that is a word.
func (d *doubter) first() int {
	for i := range d.toks {
		if d.toks[i].kind == word {
			return i
		}
	}
	return 0
}

// note adds a doubt about facts of some entities.
func (d *doubter) note(of []record.EntityRef, doubt record.Doubt) {
	if len(of) == 0 || len(d.out.Doubts) >= MaxDoubts {
		return
	}
	slices.Sort(doubt.Keys)
	doubt.Entities, doubt.Keys, doubt.Text, doubt.Span, doubt.Words = of, slices.Compact(doubt.Keys), d.text, d.span, d.words
	if slices.ContainsFunc(d.out.Doubts, func(o record.Doubt) bool { return reflect.DeepEqual(o, doubt) }) {
		return
	}
	d.out.Doubts = append(d.out.Doubts, doubt)
}

// read notes whom and what the words of change from token i up to end concern.
func (d *doubter) read(c *cue, i, end int) {
	if c.corrects {
		if d.opens {
			d.note([]record.EntityRef{d.speaker}, record.Doubt{Back: true})
		}
		d.note([]record.EntityRef{d.speaker}, record.Doubt{Near: d.around(i, end), Keys: d.topicsNear(c, i, end)})
		return
	}
	who := d.concerned(c, i, end)
	if d.possessed(i) || d.bounded(c, end) { // "the neighbour's dog died", "I'm at my sister's in Hull until Sunday"
		return
	}
	if c.death && (d.anyUpper(d.s.from, i) || d.casual) { // of whom or what the speaker has: "Rex died"
		d.note([]record.EntityRef{d.speaker}, record.Doubt{Near: d.quote(max(d.s.from, i-nearby), end)})
	}
	if name := who.names(); name != "" && len(c.keys) > 0 && !c.near { // "Soraya retired" is about the speaker's manager as well
		d.note([]record.EntityRef{d.speaker}, record.Doubt{Keys: companions(c.keys), Named: true, Near: name})
	}
	if len(c.keys) > 0 && !c.states && !c.near && (who.unnamed || who.unknown && len(who.refs) == 0 && i > d.s.from) { // "Cashews are fine, she can have those", "Acme closed down"
		d.note(d.relatives(), record.Doubt{Keys: slices.Clone(c.keys), Named: true, Near: "the " + d.quote(d.s.from, min(d.s.to, end+nearby))})
	}
	if c.death && who.unnamed && d.opens {
		d.note([]record.EntityRef{d.speaker}, record.Doubt{Keys: slices.Clone(mortal), Back: true})
	}
	if who.unknown && len(who.refs) == 0 && len(c.keys) > 0 && !c.states && i > d.s.from { // "Acme closed down"
		d.note([]record.EntityRef{d.speaker}, record.Doubt{Keys: slices.Clone(c.keys), Named: true, Near: "the " + d.quote(d.s.from, i)})
	}
	if len(who.refs) == 0 && len(c.keys) > 0 && !who.unnamed && d.opens && d.pronounBehind(i, end) { // "Botox fixed them"
		who.refs = append(who.refs, d.speaker)
	}
	if who.label != "" && !c.near && slices.Contains(companions(c.keys), who.label) {
		d.note([]record.EntityRef{d.speaker}, record.Doubt{Keys: []string{who.label}})
	}
	if who.unnamed && d.opens && len(c.keys) > 0 && !c.near {
		d.note([]record.EntityRef{d.speaker}, record.Doubt{Keys: companions(c.keys), Back: true})
	}
	if who.unnamed && len(who.refs) == 0 && tellsOfCouple(c.keys) { // "She walked out on me"
		who.refs = append(who.refs, d.speaker)
	}
	switch {
	case c.states:
		d.note(who.refs, record.Doubt{Keys: slices.Clone(c.keys), Other: true, Near: d.around(i, end)})
	case len(c.keys) > 0 && !c.near:
		near := d.around(i, end)
		plain := slices.DeleteFunc(slices.Clone(c.keys), func(k string) bool { return strings.HasPrefix(k, "favourite_") })
		if d.note(who.refs, record.Doubt{Keys: plain, Near: near}); len(plain) < len(c.keys) { // of so many favourites only the one that is named
			d.note(who.refs, record.Doubt{Keys: slices.Clone(c.keys), Named: true, Near: near})
		}
		if d.opens {
			d.note(who.refs, record.Doubt{Keys: slices.Clone(c.keys), Near: d.around(i, end), Back: true})
		}
	default:
		keys := d.topicsNear(c, i, end)
		near := d.around(i, end)
		if !d.loose(end) { // "Vernon changed the date" changes no Vernon, and "I lost my bet with Noor" no Noor
			near = "the " + d.object(i, end)
		}
		if c.near {
			d.note(who.refs, record.Doubt{Keys: slices.Clone(c.keys), Named: true, Near: near})
		}
		if !c.near || len(keys) > 0 {
			d.note(who.refs, record.Doubt{Keys: keys, Near: near})
		}
		if d.opens && d.takesUp(i, end) {
			of := who.refs
			if len(of) == 0 {
				of = []record.EntityRef{d.speaker}
			}
			d.note(of, record.Doubt{Keys: slices.Clone(c.keys), Back: true})
		}
	}
}

// around is the text near the words of change from token i up to end, from the sentence before on if they refer to that.
func (d *doubter) around(i, end int) string {
	from, to := max(d.s.from, i-nearby), min(d.s.to, end+nearby)
	text := d.toks[to-1].end
	if d.near < d.s.from && d.refersBack(i, end) || d.u != nil && d.before < d.toks[0].start { // "Fiesta failed its MOT. Scrapped it."
		return d.extractor.text[d.before:text]
	}
	return d.extractor.text[d.toks[from].start:text]
}

// topicsNear are the keys that words near a change speak of.
func (d *doubter) topicsNear(c *cue, i, end int) (keys []string) {
	to := min(d.s.to, end+nearby)
	for j := max(d.s.from, i-nearby); j < to; j++ {
		for _, key := range d.topicAt(j, to) {
			if (!c.death || key == Pet) && (len(c.keys) == 0 || slices.Contains(c.keys, key)) { // "my phone died"
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// refersBack reports whether a statement of a change from i up to end leaves it to the sentence before to name what changes: with a
// pronoun after its words, or with none at all before and behind them.
func (d *doubter) refersBack(i, end int) bool {
	from, to := d.s.from, d.s.to
	if d.anyOf(end, min(to, end+3), pronouns) || d.anyOf(max(from, i-2), i, pronouns) {
		return true
	}
	return i-from < 2 && to-end < 2
}

// relatives are the persons that the speaker is known to have. A pronoun may mean any of them, and a firm may employ any.
func (d *doubter) relatives() (all []record.EntityRef) {
	for _, label := range slices.Sorted(maps.Keys(d.kin)) {
		for _, e := range d.kin[label] {
			if label != "pet" && !slices.Contains(all, e) {
				all = append(all, e)
			}
		}
	}
	return all
}

// mortal are the keys by which the speaker may have somebody who is no more.
var mortal = []string{"pet", "spouse", "partner", "engaged_to", "fiance", "manager", "landlord", "doctor", "dentist", "therapist", "friend", "best_friend", "roommate"}

// possessed reports whether what changes is somebody else's: its noun before token i has an owner in the genitive.
func (d *doubter) possessed(i int) bool {
	for j := d.s.from + 1; j+1 < i; j++ {
		if d.toks[j].is("'s") && j+1 < i && (len(topics[d.toks[j+1].low]) > 0 || kin[d.toks[j+1].low] != "") && !d.toks[j-1].upper && !takenUp[d.toks[j-1].low] && !thirdPersons[d.toks[j-1].low] {
			return true
		}
	}
	return false
}

// object is the object of a phrase of change from token i up to end, with the phrase.
func (d *doubter) object(i, end int) string {
	to := end
	for to < min(d.s.to, end+nearby) && d.toks[to].kind == word && !d.toks[to].is("with", "in", "at", "on", "from", "by", "because", "so", "but", "after") {
		to++
	}
	return d.quote(i, to)
}

// takesUp reports whether a statement of a change leaves it to the message before to name what changes: its object is a pronoun, or it
// has none and its subject is a pronoun or the speaker.
func (d *doubter) takesUp(i, end int) bool {
	if d.pronounBehind(i, end) {
		return true
	}
	if !d.loose(end) || needsObject[d.toks[end-1].low] {
		return false
	}
	for j := i - 1; j >= d.s.from && d.toks[j].kind == word; j-- {
		t := &d.toks[j]
		switch {
		case firstPersons[t.low] || thirdPersons[t.low] || takenUp[t.low]:
			return true
		case !passing[t.low] && !softAdverbs[t.low] && !fillers[t.low] && !verbLike(t):
			return false
		}
	}
	return true
}

// pronounBehind reports whether the object of a statement of a change is a pronoun.
func (d *doubter) pronounBehind(i, end int) bool {
	for j := i; j < min(d.s.to, end+2) && d.toks[j].kind == word; j++ {
		if takenUp[d.toks[j].low] && d.loose(j+1) {
			return true
		}
	}
	return false
}

// loose reports whether a phrase that ends before token i has no object behind it.
func (d *doubter) loose(i int) bool {
	if i >= d.s.to || d.toks[i].kind != word {
		return true
	}
	t := &d.toks[i]
	if w, dated := d.whenAt(i, d.s.to, backward); dated && w.known() {
		return true
	}
	return loosely[t.low] || softAdverbs[t.low]
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

// topicAt are the keys that the word at i speaks of.
func (x *extractor) topicAt(i, end int) []string {
	if x.toks[i].is("favourite", "favorite") && i+1 < end && x.toks[i+1].kind == word {
		return []string{CanonicalKey("favourite " + x.toks[i+1].low)}
	}
	return topics[x.toks[i].low]
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
		if x.toks[i].is("could") && i+1 < to && x.toks[i+1].is("not") {
			continue // "I couldn't stand it and resigned"
		}
		if t := &x.toks[i]; t.kind == word && (supposing[t.low] || t.is("going") && i+1 < len(x.toks) && x.toks[i+1].is("to")) {
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
	// takenUp are the pronouns of a thing or person that the message before has named.
	takenUp = set(`it them him her that this there one mine lo la los las le es ihn sie damit en ça ca`)
	// needsObject are words of change that say nothing without an object: "we lost on Sunday".
	needsObject = set(`lost lose losing left leave leaving changed changing moved dropped stole`)
	// loosely are words behind a verb that begin no object.
	loosely = set(`from by at in on with after because since so and but when last this yesterday today now tonight already again for to before during while as outside near
		over down up off out there here too altogether completely totally entirely ages years months weeks ago back away if or until till then thanks sorry lol tbh though although these`)
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
