package recall

import (
	"maps"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/record"
)

var selfWords = wordSet("i me my mine myself i'm i've we us our ours")

// question is a form of question that the graph can answer: the words that ask, and the keys that answer. A question matches a form if it
// has at least one word from each group of ask, and each word that is not part of a name is in ask, with or filler.
type question struct {
	ask     [][]string // groups; the question has one word of each
	with    []string   // additional words that it may have
	keys    []string
	instead []string                // keys that answer if keys have no values
	newest  bool                    // it asks for the newest value, in spite of its past tense: "Where did I move to?"
	only    func(*record.Fact) bool // the values that answer; nil: all
	loose   bool                    // its answer leads that of a search
	always  bool                    // it has no word for now: "What does Dora do now?" may ask for what she is doing
}

// form reads groups of words, separated by commas, and the keys that answer.
func form(groups string, keys ...string) question {
	q := question{keys: keys}
	for group := range strings.SplitSeq(groups, ",") {
		q.ask = append(q.ask, strings.Fields(group))
	}
	return q
}

// besides returns the form with additional words that the question may have.
func (q question) besides(words string) question {
	q.with = strings.Fields(words)
	return q
}

// or returns the form with keys that answer if its own keys have no values.
func (q question) or(keys ...string) question {
	q.instead = keys
	return q
}

// latest returns the form as one for the newest value in any tense.
func (q question) latest() question {
	q.newest = true
	return q
}

// of returns the form as one that only some values answer: a question for a sport is not answered with any hobby.
func (q question) of(only func(*record.Fact) bool) question {
	q.only = only
	return q
}

// loosely returns the form as one in words that changes of the value are seldom told in: its answer leads that of a search.
func (q question) loosely() question {
	q.loose = true
	return q
}

// timeless returns the form as one that has no word for now.
func (q question) timeless() question {
	q.always = true
	return q
}

// naming are words that ask for a name: "What are my children called?", "What is my dog's name?"
const naming = "called name names named"

var namingWords = wordSet(naming)

// questions are the forms of questions for a value. The first form that matches counts. Questions in other languages use the same forms:
// see tongue.
var questions = []question{
	form("where, work works working worked employed", extract.WorksAt).besides("start started join joined left job at"),
	form("who which what, employs employed", extract.WorksAt).besides("company firm"),
	form("what, employer", extract.WorksAt),
	form("where, job", extract.WorksAt).besides("start started new get got").latest(),
	form("who, employer", extract.WorksAt),
	form("who, work works working worked employed, for", extract.WorksAt),
	form("what which, company employer organisation organization firm business", extract.WorksAt).besides("work works working worked employed for at with in"),
	form(`what which, practice hospital school shop office restaurant clinic hotel bank bakery store university college library nursery
		studio factory cafe café pub bar garage salon, work works working worked employed`, extract.WorksAt).besides("for at in"),
	form("where, live lives living lived reside resides based", extract.LivesIn).besides("moved home at in"),
	form("where, move moved, to did have am", extract.LivesIn).besides("to").latest(),
	form("what which, city town village country, move moved, to", extract.LivesIn).latest(),
	form("what which, city town, current currently now", extract.LivesIn),
	form("where, home", extract.LivesIn).loosely(),
	form("what which, city town village country place area, live lives living lived reside in", extract.LivesIn),
	form("what which, address, live lives living lived", "address"),
	form("what which, role job position title designation occupation profession trade", extract.Role).besides("?do work do for have at"),
	form("what, living", extract.Role).besides("?do do for"),
	form("what, ?do, work job", extract.Role).besides("for at kind sort type"),
	form("what, ?do", extract.Role).timeless(),
	form("what, work works working worked, as", extract.Role),
	form("what, call, should", extract.Nickname).or(SpeakerKey),
	form("what, called, ask asked like prefer want wanted", extract.Nickname).or(SpeakerKey).besides("be to"),
	form("who, with, am is was were", extract.Partner, extract.EngagedTo, extract.Spouse).besides("seeing going out together dating married"),
	form("who, seeing dating going girlfriend boyfriend partner", extract.Partner, extract.EngagedTo, extract.Spouse).besides("out together with"),
	form("what, surname", "surname").or(SpeakerKey).of(hasSurname).besides(naming),
	form("what, last family, name", "surname").or(SpeakerKey).of(hasSurname),
	form("what, name called", SpeakerKey),
	form("who, am", SpeakerKey),
	form("where, from", extract.From),
	form("where, born", extract.BornIn),
	form("how, old", extract.Age),
	form("when what, birthday born", extract.Birthday).besides("date day"),
	form("what which, language languages speak speaks speaking spoke", extract.Speaks, "native_language"),
	form("what which, allergic allergy allergies", extract.AllergicTo).besides("food foods nut nuts thing things to have"),
	form("what which, tolerate, not", extract.AllergicTo),
	form("who what, married", extract.Spouse).besides(naming + " to with"),
	form("who what, wife husband spouse", extract.Spouse).besides(naming),
	form("who what, manager boss supervisor report reports", "manager", extract.ReportsTo).besides(naming + " line to"),
	form("who, manages supervises", "manager", extract.ReportsTo),
	form("who, engaged fiancé fiancée fiance fiancee", extract.EngagedTo, "fiance").besides("to with"),
	form("who, doctor gp physician", "doctor", "gp"),
	form("what which, pet pets", extract.Pet).besides(naming + " have"),
	form("what which, car vehicle drive drives driving drove", extract.Car).besides("kind sort type make model brand have"),
	form("where, study studied studies studying", extract.StudiedAt),
	form("what which, university college school uni, study studies studied studying go goes going went attend attends attended at in", extract.StudiedAt),
	form("what which, study studies studied studying major subject degree course", extract.Major).besides("take taking do doing ?do ?did at in"),
	form("what who which, children kids child kid", "child", "son", "daughter").besides(naming + " have"),
	form("what which, hobby hobbies pastime pastimes", extract.Hobby).besides("have ?do ?did"),
	form("what which, sport sports", extract.Hobby, "plays").of(isSport).besides("play playing played practise practice doing ?do ?did for"),
	form("what, free spare, time", extract.Hobby).besides("doing ?do ?did in with"),
	form("what which, like likes love loves, do does", extract.Likes).besides("thing things"),
	form("what which, dislike dislikes hate hates, do does", extract.Dislikes).besides("thing things"),
	form("what which, landline", "home_phone").besides("number phone"),
	form("what which, number phone telephone, work office", "work_phone"),
	form("what which, number phone telephone mobile cell cellphone", "phone").besides("reach call use have"),
	form("what which, email e-mail mail, work office job", "work_email").besides("address should people use reach write"),
	form("what which, email e-mail mail", "email").besides("address use reach write have"),
}

// polar are the forms of yes-or-no questions about a key: "Does Ana still live in Porto?" is answered with where she lives.
var polar = []question{
	form("live lives living lived reside resides based", extract.LivesIn),
	form("work works working worked employed", extract.WorksAt),
	form("married", extract.Spouse).besides("to"),
	form("engaged", extract.EngagedTo, "fiance"),
	form("pet pets", extract.Pet).besides("any got"),
	form("allergies allergy", extract.AllergicTo).besides("any got"),
	form("allergic, anything something", extract.AllergicTo),
	form("hobby hobbies", extract.Hobby).besides("any got"),
	form("kids children child kid", "child", "son", "daughter").besides("any got"),
}

// supposing are the forms of yes-or-no questions that suppose a value. They are answered if the key had this value at some time. The value
// is a name, or a word such as "vegan".
var supposing = []question{
	form("speak speaks", extract.Speaks),
	form("at in", extract.WorksAt, extract.LivesIn),
	form("allergic", extract.AllergicTo),
	form("like likes love loves enjoy enjoys hate hates dislike dislikes, do does", extract.Likes, extract.Dislikes),
	form("do does play plays practise practice ?do", extract.Hobby),
	form("own owns have has drive drives", extract.Owns, extract.Car, extract.Pet),
	form("am is was are", extract.Diet, extract.Role),
}

// polarWords are words with which yes-or-no questions begin.
var polarWords = wordSet(`do does did am is are was were have has`)

// filler are words that any question may have in addition.
var filler = wordSet(`a an the is are was am do does did have has to of for at in on with now currently today these days still
	again please tell me remember know you what which who where when how currently current present right were had before
	previously formerly earlier used use previous former last past moment nowadays anymore any more back`)

// pastWords make any question one about the past.
var pastWords = wordSet(`before previously formerly earlier used previous former last past`)

// formerWords are the past words that ask only for ended values. "last" is not among them, because it may mean a current value.
var formerWords = wordSet(`before previously formerly earlier used previous former`)

// pastVerbs also ask about the past, unless the key itself describes an event: "Where was Mara born?" asks for no earlier value.
var pastVerbs = wordSet(`did was were had lived worked drove spoke`)

// events are the keys that describe events. A question for such a key may be in the past tense without asking for an ended value.
var events = wordSet(strings.Join([]string{
	extract.BornIn, extract.GrewUpIn, extract.StudiedAt, extract.Founded, extract.Acquired, extract.Birthday, extract.BirthYear,
	extract.WeddingDate, extract.Degree, extract.From, "died", "died_in", "graduated_from", "graduated_in",
}, " "))

// questionWords ask for a value.
var questionWords = wordSet("who what which where when how")

// asking are the words that only ask. They are not searched for, in other languages either.
var asking = wordSet(`who what which where when how i me my am is are was were be do does did have has had a the of in at for on to with
	please tell you know it ?i ?he ?do ?did`)

// animals maps words to the kinds of pets that they name.
var animals = func() map[string]string {
	m := map[string]string{}
	for kind, words := range map[string]string{
		"dog":     "dog dogs puppy puppies greyhound labrador collie poodle terrier beagle spaniel dachshund husky retriever whippet",
		"cat":     "cat cats kitten kittens tabby",
		"hamster": "hamster hamsters",
		"rabbit":  "rabbit rabbits bunny",
		"bird":    "bird birds parrot budgie canary",
		"horse":   "horse horses pony mare",
		"fish":    "fish goldfish",
		"turtle":  "turtle tortoise",
	} {
		for _, w := range strings.Fields(words) {
			m[w] = kind
		}
	}
	return m
}()

// kinWords are words that name a person by a relation.
var kinWords = func() map[string]bool {
	m := map[string]bool{}
	for w := range english.phrases {
		m[w] = true
	}
	return m
}()

// englishWords returns the words of English questions.
func englishWords() map[string]bool {
	words := wordSet("should i'd it's what's who's where's")
	for _, set := range []map[string]bool{selfWords, filler, polarWords, askingWords, pastVerbs, namingWords, kinWords} {
		maps.Copy(words, set)
	}
	for _, f := range slices.Concat(questions, polar, supposing) {
		for _, w := range slices.Concat(slices.Concat(f.ask...), f.with) {
			words[w] = true
		}
	}
	return words
}

// asksPast reports whether a question for some keys asks for an ended value.
func asksPast(rest, keys []string) bool {
	event := !slices.ContainsFunc(keys, func(k string) bool { return !events[k] })
	return slices.ContainsFunc(rest, func(w string) bool { return pastWords[w] || !event && pastVerbs[w] })
}

// request returns what a question of this form asks for.
func (q *question) request() request {
	return request{keys: q.keys, instead: q.instead, newest: q.newest, only: q.only, loose: q.loose, form: q}
}

// match returns the first form that matches the words of a question without names; nil if none does.
func match(forms []question, rest []string) *question {
	for i := range forms {
		if forms[i].matches(rest) {
			return &forms[i]
		}
	}
	return nil
}

func (q *question) matches(rest []string) bool {
	if q.always && slices.ContainsFunc(rest, func(w string) bool { return nowWords[w] || w == "today" || w == "right" }) {
		return false
	}
	for _, group := range q.ask {
		if !slices.ContainsFunc(rest, func(w string) bool { return slices.Contains(group, w) }) {
			return false
		}
	}
	return !slices.ContainsFunc(rest, func(w string) bool { return !filler[w] && !q.has(w) })
}

// has reports whether a word belongs to the form.
func (q *question) has(w string) bool {
	return slices.Contains(q.with, w) || slices.ContainsFunc(q.ask, func(group []string) bool { return slices.Contains(group, w) })
}

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}
