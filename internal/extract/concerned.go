package extract

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/record"
)

// concern is whom a statement of a change concerns.
type concern struct {
	refs    []record.EntityRef
	persons []record.EntityRef // those of them that are not the speaker
	label   string             // its subject is the person whom the speaker has by this key: "Mein Chef"
	unknown bool               // its subject is nobody who is known: "Acme closed down"
	unnamed bool               // its subject is "he", "she" or "they", and this text says of nobody who that is
}

// names are the names of the other persons.
func (c concern) names() string {
	var out []string
	for _, e := range c.persons {
		out = append(out, e.Name)
	}
	return strings.Join(out, " ")
}

// couple are the keys of those who are a couple.
var couple = []string{"spouse", "partner", "engaged_to", "fiance"}

func tellsOfCouple(keys []string) bool {
	return slices.ContainsFunc(keys, func(k string) bool { return slices.Contains(couple, k) })
}

// companionKeys are, by a key of which somebody else's change tells, the keys by which the speaker has that person: a manager who retires is a
// manager no longer, and a flatmate who moves out no flatmate.
var companionKeys = map[string][]string{
	"works_at": {"manager", "reports_to", "boss", "works_with", "colleague", "doctor", "dentist", "therapist", "mentor", "coach", "teacher", "assistant", "manages"},
	"lives_in": {"roommate", "spouse", "partner", "neighbour", "doctor", "dentist", "therapist", "tenant"},
	"spouse":   couple, "partner": couple, "engaged_to": couple,
	"pet": {"pet"}, "landlord": {"landlord"}, "doctor": {"doctor", "dentist", "therapist"}, "friend": {"friend", "best_friend"}, "manager": {"manager", "reports_to", "boss"},
	"roommate": {"roommate"},
}

// companions are the keys by which the speaker may have a person whose facts of some keys change.
func companions(keys []string) (out []string) {
	for _, key := range keys {
		out = append(out, companionKeys[key]...)
	}
	return out
}

// concerned are those of whom words of change from i up to end tell: their subject, which is what stands nearest before them, and the
// speaker, where he is the object ("they let me go"), or where there is no subject ("Sold the Skoda").
func (d *doubter) concerned(c *cue, i, end int) (out concern) {
	x, s, prev := d.extractor, d.s, d.prev
	add := func(refs ...record.EntityRef) {
		for _, e := range refs {
			if e.Name == "" || slices.Contains(out.refs, e) {
				continue
			}
			if out.refs = append(out.refs, e); e != x.speaker {
				out.persons = append(out.persons, e)
			}
		}
	}
	if d.u != nil { // whose verbs stand elsewhere
		d.foreignConcerned(add, &out)
		return out
	}
	if last := s.to - 1; last > end && x.toks[last].upper && x.toks[last-1].is(",") { // "He's come home, Callum."
		add(x.bearers(x.toks[last].text)...)
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
			add(x.owned(owner, j, s.to)...)
			found, j = true, owner
		case firstPersons[t.low]:
			add(x.speaker)
			found = true
		case t.is("it", "that", "this", "there") && !found && (j == s.from || x.toks[j-1].kind != word || fillers[x.toks[j-1].low]):
			add(x.speaker)
			found = true
		case thirdPersons[t.low], foreignThirds[t.low] && j == s.from:
			switch {
			case prev.ok:
				add(prev.person.ref)
			case t.is("they"): // who run what the speaker has
				if !slices.Contains(c.keys, "works_at") {
					add(x.speaker)
				}
			default:
				out.unnamed = true
			}
			found = true
		case t.is("and") && found: // "Petra and I"
			joined = true
		case t.is("and", "then", "but") && j > s.from: // "We got the keys and moved"
			if x.anyOf(s.from, j, relativeWords) { // "a friend who likes tea and lives in Rome"
				found, j = true, s.from
			} else if of, ok := x.subjectFrom(s, j, prev); ok {
				add(of...)
				found, j = true, s.from
			}
		case found && !joined:
			j = s.from
		case passing[t.low] || foreignPassing[t.low] || softAdverbs[t.low] || fillers[t.low] || verbLike(t):
		case modifiers[t.low] && j == i-1:
		case x.thingOf(c, j, s.from): // "the flat burned down"
			add(x.speaker)
			found = true
		default: // a name, or a thing that changes
			named, first := x.knownEnding(j, s.from)
			if first > s.from {
				named = x.asRelated(named, kin[x.toks[first-1].low])
			}
			add(named...)
			out.unknown = out.unknown || len(named) == 0
			found, joined, j = true, false, first
		}
	}
	if first := x.skipFillers(s.from, s.to); !found || first < i && verbLike(&x.toks[first]) { // "gave Rupert the ring back"
		add(x.speaker)
	}
	return out
}

// thingOf reports whether the word at j is a thing of which a cue's keys are, with "the", "that" or "this": such a thing is the speaker's.
func (x *extractor) thingOf(c *cue, j, from int) bool {
	k := j - 1
	for k > from && k > j-3 && x.toks[k].kind == word && !definite[x.toks[k].low] {
		k--
	}
	if k < from || !definite[x.toks[k].low] || verbLike(&x.toks[k]) {
		return false
	}
	topics := topics[x.toks[j].low]
	return len(topics) > 0 && (len(c.keys) == 0 || overlap(topics, c.keys)) || len(c.keys) > 0 && !c.near && things[x.toks[j].low]
}

// things are what "the" makes the speaker's own, or what acts on what he has: "the flat burned down", "the insurance wrote it off".
var things = set(`flat house place building apartment home room contract firm office surgery branch shop practice team department whole agency insurance vet doctor doctors
	cancer divorce wedding relationship sale movers line account test tests results cast consultant hospital specialist bank council landlord injections operation treatment bacon desensitisation
	lot course lessons club membership band gym`)

// modifiers are words before a noun with which a phrase of change begins: "the new test was negative".
var modifiers = set(`new old whole first last final other medical own next previous entire latest second`)

var (
	// foreignPassing are words of other languages that may stand between a subject and what is said of it, in sentences that do not tell their language.
	foreignPassing = set(`hat ist wurde war haben sind habe bin und jetzt schon gerade ha han he fue está esta ya se me a est ont été ete pris sa sur ai`)
	foreignThirds  = set(`er sie él ella il elle on`)
	// foreignObjects are the speaker as an object.
	foreignObjects = set(`mich mir uns me nos nous`)
)

// definite are the words before a thing of which it was spoken.
var definite = set(`the that this those these`)

// foreignConcerned are those of whom a sentence of another language tells: whom it names, and the speaker if it is of the first person, or
// if nobody else is its subject. What it tells of a relative or a companion is about the speaker only as far as the speaker has that person.
func (d *doubter) foreignConcerned(add func(...record.EntityRef), out *concern) {
	named := false
	for j := d.s.from; j < d.s.to; j++ {
		if t := &d.toks[j]; t.upper {
			if found := d.bearers(t.text); len(found) > 0 {
				add(found...)
				named = true
			}
		}
	}
	owned := false
	for j := d.s.from; j+1 < d.s.to && !named; j++ {
		if !d.u.l.mine[d.toks[j].low] || j > d.s.from+1 {
			continue
		}
		for k := j + 1; k < min(j+3, d.s.to); k++ {
			if label := d.u.l.kin[d.toks[k].low]; label != "" && label != "pet" {
				owned, out.label = true, label
			} else if foreignOthers[d.toks[k].low] {
				owned = true
			}
		}
	}
	others := owned || d.anyOf(d.s.from, d.s.to, foreignOthers)
	if owned && d.anyOf(d.s.from, d.s.to, foreignObjects) { // "Mein Vermieter hat mich rausgeworfen"
		add(d.speaker)
	}
	switch mine := d.u.ofSpeaker() || d.anyOf(d.s.from, d.s.to, ownForms); {
	case named && !mine, others && (owned || !mine):
	case mine:
		add(d.speaker)
	default:
		out.unnamed = true
		add(d.speaker)
	}
}

// owned are whom the noun phrase is about whose "my" is at owner, and whose last word is at last.
func (x *extractor) owned(owner, last, end int) []record.EntityRef {
	if label, n := x.kinWord(owner+1, end); label != "" && label != "pet" && n >= last {
		return slices.Concat(x.kin[label], x.heard[label])
	}
	for i := owner + 1; i <= last && i < end; i++ {
		if strangers[x.toks[i].low] || kinPlural[x.toks[i].low] != "" || i < last && kin[x.toks[i].low] != "" && kin[x.toks[i].low] != "pet" {
			return nil
		}
	}
	return []record.EntityRef{x.speaker}
}

// asRelated leaves out who is known as another relation of the speaker than the one before the name: "colleague Priya" is not the sister Priya.
func (x *extractor) asRelated(named []record.EntityRef, label string) []record.EntityRef {
	if label == "" || len(named) == 0 {
		return named
	}
	known := slices.Concat(x.kin[label], x.heard[label])
	return slices.DeleteFunc(slices.Clone(named), func(e record.EntityRef) bool {
		if slices.Contains(known, e) {
			return false
		}
		for _, others := range x.kin {
			if slices.Contains(others, e) {
				return true
			}
		}
		return false
	})
}

// subjectFrom finds whom the clause up to token end is about: what its first pronoun, name or "my" says.
func (x *extractor) subjectFrom(s sentence, end int, prev topic) ([]record.EntityRef, bool) {
	for j := s.from; j < end; j++ {
		t := &x.toks[j]
		switch {
		case t.kind != word:
		case firstPersons[t.low]:
			return []record.EntityRef{x.speaker}, true
		case thirdPersons[t.low]:
			return []record.EntityRef{prev.person.ref}, prev.ok
		case ownWords[t.low]:
			return x.owned(j, j+1, end), true
		case t.upper:
			if named := x.bearers(t.text); len(named) > 0 {
				return named, true
			}
		}
	}
	return nil, false
}

// knownEnding are the persons whose name ends with token i, in full or as a first name, and where the name begins.
func (x *extractor) knownEnding(i, from int) (found []record.EntityRef, first int) {
	for first = max(from, i-maxNameWords+1); first < i; first++ {
		if name := x.quote(first, i+1); name != "" && x.toks[first].kind == word {
			if found := x.bearers(name); len(found) > 0 {
				return found, first
			}
		}
	}
	return x.bearers(x.toks[i].text), i
}

// maxNameWords is how many words of a name are looked for.
const maxNameWords = 4

// relativeWords begin a clause about somebody who was named before.
var relativeWords = set(`who whose`)

// insertion reports whether the mark at i closes what is put in between: "My manager, Odette, left".
func (x *extractor) insertion(i, from int) bool {
	for j := i - 1; x.toks[i].is(",") && j > from && j > i-5; j-- {
		if x.toks[j].is(",") {
			return true
		}
	}
	return false
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

// bearers are the persons that a name can mean: the one who has it in full, or else all who have it as their first name.
func (x *extractor) bearers(name string) (found []record.EntityRef) {
	for _, e := range x.vocab.beginning(name) {
		switch {
		case record.EntityType(e.Type) != record.TypePerson || e == record.UserEntity || !begins(e.Name, name):
		case len(e.Name) == len(name):
			return []record.EntityRef{e}
		default:
			found = append(found, e)
		}
	}
	return found
}
