// Package extract understands texts: it turns one turn of a conversation into the entities, attributes,
// relations, instructions and invalidations that it states.
//
// [Rules] does so without a model and without a network. It is built for precision: it reads only forms
// that it knows, and what it is not sure of it leaves out. Questions, conditions, plans, hearsay, quotations
// and fiction state no facts.
//
// English is read sentence by sentence (clauses.go):
//
//   - tokens.go, sentences.go and guards.go take a text apart and leave out what is not the speaker's own. frames*.go leave out what the whole
//     message makes something else: a story, a part, a joke.
//   - rules_*.go are patterns by verb, idioms.go those without "I" as the subject, and spots_*.go those that may begin at any word;
//     patterns.go matches them. copula.go, attributes.go, preferences.go, roles.go and the like read what no pattern can.
//   - kinship.go, kin_passing.go, named_later.go and relatives_of.go read relatives, friends and pets. named_before.go, another.go and likewise.go take
//     up who or what the sentence before named, fronts.go what stands in front of a clause.
//   - retractions.go and repairs.go take back what was said; instructions.go reads standing orders.
//   - lexicon_*.go are word lists.
//
// lang*.go read German, Spanish and French: one engine (lang.go), and each language as data (lang_german*.go and so on).
//
// doubts.go, with the words of change in cues_*.go, notes what may have changed and was not understood; signs.go, with its tables in
// signs_*.go, what is told by an end and a beginning near each other; restated.go second values of a form of their own.
package extract

import (
	"slices"
	"time"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/record"
)

// Limits of one extraction. What lies beyond them is left out, never guessed.
const (
	// MaxText is how much of a text is read, in bytes.
	MaxText = 64 << 10
	// MaxItems is how many items of each kind one extraction holds.
	MaxItems = 500
	// MinConfidence is the floor: nothing is emitted below it.
	MinConfidence = 0.7
)

// The confidences that rules give.
const (
	sure   = 0.95 // a direct first-person statement with an explicit marker ("my name is")
	direct = 0.9  // a direct statement
	likely = 0.8  // a statement whose reading rests on a word list
	coref  = 0.75 // a statement about "he" or "she"
)

// Input is one turn and what is needed to understand it.
type Input struct {
	Text string
	// Role says who spoke; only what users say is extracted.
	Role record.Role
	// At is when it was said. Dates resolve against it and in its zone, which tells which day it was; with the zero time,
	// relative dates are left open.
	At time.Time
	// Speaker is who "I" is. Without a name it is [record.UserEntity].
	Speaker record.EntityRef
	// Vocabulary is what is known where the text is about to be written.
	Vocabulary record.Vocabulary
	// Kin are the persons whom the speaker is known to have in a relation, by the canonical label of the
	// relation as the rules emit it ("sister", "spouse", "manager"). They tell who "my sister" is. It may be nil.
	Kin map[string][]record.EntityRef
	// Written says that the text is a document, in which nobody speaks. Sentences without a name or a pronoun of the third person are left unread, and
	// what may have changed for the speaker is not noted.
	Written bool
	// Stop is asked before each sentence whether the rest is to be left unread; nil: never.
	Stop func() bool
}

// Head is the part of a text that is read.
func Head(text string) string {
	if len(text) <= MaxText {
		return text
	}
	cut := MaxText
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut]
}

// Rules extracts what a turn states, by rules alone. It is a pure function: the same input gives the same
// extraction, in the order of the text. Turns of other roles than user give an empty extraction.
//
// Facts about the speaker have in.Speaker as their subject, or the name that the text itself introduces
// ("I'm Alice"), which is then also in Extraction.Speaker. Every item's span quotes the words that it came
// from. A date is a day in the zone of in.At, given as its first instant, in UTC; an interval's end is the first instant after the
// last day that the text names.
// A date of an event ("joined Acme last month") is the start of the period named.
func Rules(in Input) record.Extraction {
	if in.Role != record.User || in.Text == "" || !utf8.ValidString(in.Text) {
		return record.Extraction{}
	}
	x := newExtractor(in)
	for _, s := range sentences(x.toks) {
		if !in.Written && casual(x.toks[s.from:s.to]) {
			x.capitalise(s)
		}
	}
	x.repair()
	all := sentences(x.toks)
	var next *utterance // the sentence after s, if it is in another language than English
	first := true       // it is not known yet
	for i, s := range all {
		if x.stopped || in.Stop != nil && in.Stop() {
			break
		}
		if x.written && !x.namesThird(s) {
			x.last, first = topic{}, true
			continue
		}
		u := next
		if first {
			u = x.utterance(s)
		}
		first = false
		next = nil
		if i+1 < len(all) {
			next = x.utterance(all[i+1])
			if x.retracts(all[i+1]) || next.jests(all[i+1].question) || x.withdraws(u, all[i+1]) {
				x.last = topic{}
				continue
			}
			x.ending = x.deniesLast(all[i+1]) || next.dropsLast() || x.unsaidNext(u, all[i+1])
		}
		prev := x.last
		x.sentence(s, u)
		x.signs(s, i, u, prev)
		x.ending = false
	}
	return x.result()
}

// extractor holds the state of one call of Rules.
type extractor struct {
	text    string
	toks    []token
	at      time.Time      // what clock and calendar showed where it was said, as if that were in UTC: see wall
	zone    *time.Location // where it was said
	speaker record.EntityRef
	vocab   vocabulary
	kin     map[string][]record.EntityRef // as given; never written to
	heard   map[string][]record.EntityRef // relatives that the text itself has named, by label
	people  people
	written bool            // as in Input
	has     map[string]bool // the words of the sentence whose clauses are being read

	out        record.Extraction
	seen       map[string]bool
	reports    int                         // of statements that a rule half matched
	spelling   map[string]record.EntityRef // the entities given so far, by key
	named      bool                        // the text says the speaker's name
	nicknamed  bool                        // the name is only what others call the speaker, as said at nickedAt
	hints      [10]int8                    // what the text is about, see hint
	nickedAt   mention
	ending     bool // what is read holds no longer
	story      bool // what is said of others is of a story
	casual     bool // capitals say nothing, see capitalise
	inEnglish  bool // the sentence before is English
	english    bool // the sentence that is read is English
	stopped    bool // the rest of the text is not the speaker's own (fiction, a pasted mail)
	last       topic
	engagement engaging
	waiting    []unnamed       // who was mentioned without a name
	animals    map[string]bool // lower-case names of pets that the text has named
	listing    bool            // names are listed after a colon, where no "and" is needed
	met        []party         // whom the sentence has named so far
	speech     *speech         // of sentences in other languages than English
	signalled  []signalled     // the newest signs of changes
}

// topic is what the previous sentence was about, for the pronoun that may follow.
type topic struct {
	person party
	ok     bool
}

func newExtractor(in Input) *extractor {
	text := Head(in.Text)
	x := &extractor{
		text: text, toks: tokenise(text), zone: in.At.Location(), speaker: in.Speaker, vocab: vocabulary{all: in.Vocabulary.Entities},
		kin: in.Kin, seen: map[string]bool{}, has: map[string]bool{}, written: in.Written,
	}
	if !in.At.IsZero() {
		x.at = wall(in.At)
	}
	if x.speaker.Name == "" {
		x.speaker = record.UserEntity
	}
	x.people = people{x: x}
	return x
}

// result finishes the extraction: dates become instants, and facts that were noted before the speaker's name was read get that
// name.
func (x *extractor) result() record.Extraction {
	x.localise()
	inv := slices.Clone(x.out.Invalidations)
	x.out.Invalidations = slices.DeleteFunc(inv, func(e record.Invalidation) bool { // "We got divorced. I'm no longer Bertrand's wife."
		return e.Value == "" && slices.ContainsFunc(inv, func(o record.Invalidation) bool { return o.Value != "" && o.Entity == e.Entity && o.Key == e.Key })
	})
	if !x.named || x.out.Speaker == x.speaker {
		return x.out
	}
	rename := func(r *record.EntityRef) {
		if *r == x.speaker {
			*r = x.out.Speaker
		}
	}
	for i := range x.out.Attributes {
		rename(&x.out.Attributes[i].Entity)
	}
	for i := range x.out.Relations {
		rename(&x.out.Relations[i].Subject)
		rename(&x.out.Relations[i].Object)
	}
	for i := range x.out.Invalidations {
		rename(&x.out.Invalidations[i].Entity)
	}
	for i := range x.out.Uncertainties {
		rename(&x.out.Uncertainties[i].Entity)
	}
	for i := range x.out.Doubts {
		d := &x.out.Doubts[i]
		d.Entities = slices.Clone(d.Entities) // doubts of one sentence share them
		for j := range d.Entities {
			rename(&d.Entities[j])
		}
	}
	return x.out
}
