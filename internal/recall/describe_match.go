package recall

import (
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/record"
)

// A description means a fact if the fact has all of its words: in its value, in its key, by a name, or by its day. Words decide only what is
// left once it is clear whose facts are meant: "my", a name, or a relation ("my sister's birthday"). A fact of anybody else is never meant.

// sphere is what a description may be about: what one caller may read, or the scope set of one write.
type sphere struct {
	selves []record.EntityRef
	// named returns what bears a normalised name, and the persons whose first name it is.
	named func(name []byte) (itself, first []record.EntityRef)
	// about returns the facts about some entities, and the relations to them, closed ones included.
	about func(entities []record.EntityRef) []*record.Fact
	// readable reports whether a fact may be meant.
	readable func(f *record.Fact) bool
	// sharing returns facts of anybody that share words with a text; nil: none.
	sharing func(text string) []*record.Fact
	orders  func() []*record.Instruction
	// animal reports whether a pet is of a kind.
	animal func(f *record.Fact, kind string) bool
	// told reports whether a turn has these words in a row; nil: none has.
	told func(words string) bool
	now  time.Time
}

// sense is what a description means among facts and instructions.
type sense struct {
	facts, maybe        []*record.Fact
	fitting             []*record.Fact // those of maybe that have all words of the description
	orders, maybeOrders []*record.Instruction
	entity              []record.EntityRef // everything about it is meant
	own                 bool               // it is about the asker
	unclear             bool               // it names somebody or something that is not known, or a relation that nobody has
	tokens              []token
}

// mention is a name in a description, or "I".
type mention struct {
	self         bool
	itself       []record.EntityRef
	first        []record.EntityRef
	from, length int // its words
}

// refs returns the entities that a name may stand for.
func (m *mention) refs() []record.EntityRef {
	if len(m.itself) > 0 {
		return m.itself
	}
	return m.first
}

// people returns the persons that a name may stand for.
func (m *mention) people() []record.EntityRef {
	return slices.DeleteFunc(slices.Clone(m.refs()), func(e record.EntityRef) bool { return e.Type != record.TypePerson })
}

// parse finds the names in a topic, and the words that are left.
func (s *sphere) parse(w *wording) (mentions []mention, tokens []token) {
	var name []byte
	asksDoing := false
	for i := 0; i < len(w.lower); {
		says, shortest := w.lower[i:i+1], 1
		if w.tongue != nil && w.says[i] != nil {
			says, shortest = w.says[i], 2
		}
		self := slices.ContainsFunc(says, func(s string) bool { return selfWords[s] || s == implied })
		n := 0
		if !self {
			for length := min(maxNameWords, len(w.lower)-i); length >= shortest && n == 0; length-- {
				name = w.name(name, i, length)
				if m := (mention{from: i, length: length}); s.resolve(&m, name) {
					n, mentions = length, append(mentions, m)
				}
			}
			if n == 0 && shortest == 1 && len(w.lower[i]) > 3 && strings.HasSuffix(w.lower[i], "s") { // "toms birthday"
				m := mention{from: i, length: 1}
				if s.resolve(&m, []byte(strings.TrimSuffix(record.Normalise(w.said[i]), "s"))) && len(m.people()) > 0 {
					n, mentions = 1, append(mentions, m)
				}
			}
		} else {
			mentions = append(mentions, mention{self: true, from: i, length: 1})
		}
		person := n > 0 && len(mentions[len(mentions)-1].people()) > 0
		for k := i; k < i+max(n, 1) && !person; k++ {
			t := token{word: plain(w.lower[k]), says: w.lower[k : k+1]}
			if w.tongue != nil {
				if says := w.says[k]; says != nil {
					t.says = says
				} else if says := w.tongue.inflected(t.word); says != nil && n == 0 {
					t.says = says
				}
			}
			t.says = slices.DeleteFunc(slices.Clone(t.says), func(s string) bool { return selfWords[s] || s == implied })
			asksDoing = asksDoing || k == 0 && t.word == "what"
			old := formerly[t.word] && k > 0 && w.lower[k-1] == "how"
			t.date = n == 0 && t.isDate()
			switch {
			case len(t.says) == 0, stating[t.word]:
			case asksDoing && (t.word == "do" || t.word == "does"):
				tokens = append(tokens, token{word: t.word, says: []string{extract.Role}})
			case n > 0, t.date, old, negating[t.word], formerly[t.says[0]]:
				tokens = append(tokens, t)
			case !slices.ContainsFunc(t.says, func(s string) bool { return !filler[s] && !silent[s] }):
			default:
				t.kin = slices.ContainsFunc(t.says, func(s string) bool { return kinWords[s] }) || formerPartner(t.word)
				tokens = append(tokens, t)
			}
		}
		i += max(n, 1)
	}
	return mentions, tokens
}

// formerPartner reports whether a word names somebody who was the partner of somebody.
func formerPartner(word string) bool {
	return word == "ex" || strings.HasPrefix(word, "ex-") || slices.Contains([]string{"exfreundin", "exfreund", "exfrau", "exmann"}, word)
}

// resolve finds what a name stands for.
func (s *sphere) resolve(m *mention, name []byte) bool {
	if len(name) == 0 {
		return false
	}
	m.itself, m.first = s.named(name)
	return len(m.itself)+len(m.first) > 0
}

// owner is whose facts a description means.
type owner struct {
	self   bool
	people []mention // named persons; a fact must concern each of them
	whose  []record.EntityRef
	sure   bool // it is certain who whose is
	tokens []token
}

// sense finds what a description means.
func (s *sphere) sense(d description, w *wording) (out sense) {
	mentions, tokens := s.parse(w)
	of := owner{tokens: tokens, sure: true}
	var things []record.EntityRef
	for i := range mentions {
		m := &mentions[i]
		switch {
		case m.self:
			of.self = true
		case len(m.people()) > 0:
			of.people = append(of.people, *m)
			of.sure = of.sure && len(m.people()) == 1
		default:
			things = append(things, m.refs()...)
		}
	}
	out.tokens, out.own = tokens, of.self
	if of.self && (len(s.selves) == 0 || s.severalSelves()) {
		out.unclear = true
		return out
	}
	owners := []owner{of}
	related, kin, ok := s.relatives(of)
	if !ok {
		out.unclear = true
		return out
	}
	if kin {
		if len(related.whose) > 0 && (len(related.tokens) > 0 || d.means >= allTold) {
			owners = append(owners, related)
		}
		switch {
		case len(related.whose) == 0: // the relation is told, not known
			owners[0] = related
		case len(of.people) > 0 && of.self:
			owners[0].people = []mention{{itself: related.whose}}
		}
	}
	if d.means >= allTold {
		if entity := s.whole(owners, things); len(entity) == 1 {
			out.entity = entity
			s.wholly(&out)
			return out
		}
	}
	if slices.ContainsFunc(tokens, func(t token) bool { return ordering[t.word] }) {
		if s.instructions(&out, d, w); len(out.orders)+len(out.maybeOrders) > 0 {
			return out
		}
	}
	if s.facts(&out, d, owners, things); len(out.facts) == 0 {
		s.instructions(&out, d, w)
	}
	return out
}

// severalSelves reports whether "I" may mean several people.
func (s *sphere) severalSelves() bool {
	n := 0
	for _, e := range s.selves {
		if e != record.UserEntity {
			n++
		}
	}
	return n > 1
}

// relatives resolves a relation: "my sister", "Tom's wife", "my neighbour Julia". kin is true if the description names one that is known, or
// that a turn tells. ok is false if it names one that nobody has.
func (s *sphere) relatives(of owner) (out owner, kin, ok bool) {
	var owners []record.EntityRef
	others := of.people
	switch {
	case of.self:
		owners = s.selves
	case len(of.people) > 0:
		owners, others = of.people[0].people(), of.people[1:]
	default:
		return of, false, true
	}
	for i, t := range of.tokens {
		labels := labelsOf(t)
		if len(labels) == 0 {
			continue
		}
		out = of
		out.self, out.people, out.whose = false, nil, nil
		out.tokens = slices.Delete(slices.Clone(of.tokens), i, i+1)
		for _, f := range s.about(owners) {
			if f.Kind != record.KindRelation || f.Object.Type != record.TypePerson || !names(owners, f.Entity) || !slices.Contains(labels, f.Key) || f.Live() == formerPartner(t.word) {
				continue
			}
			fits := !slices.ContainsFunc(others, func(m mention) bool { return !names(m.itself, f.Object) && !names(m.first, f.Object) })
			if fits && !names(out.whose, f.Object) {
				out.whose = append(out.whose, f.Object)
			}
		}
		out.sure = len(out.whose) == 1
		if len(out.whose) > 0 {
			return out, true, true
		}
		if !t.kin {
			continue
		}
		if len(others) == 1 && s.told != nil && s.told(t.word+" "+others[0].people()[0].Name) {
			out.people, out.sure = others, len(others[0].people()) == 1
			return out, true, true
		}
		if len(others) > 0 || len(of.tokens) == 1 {
			return of, false, false
		}
	}
	return of, false, true
}

// labelsOf returns the labels of relations that a word names.
func labelsOf(t token) (out []string) {
	if formerPartner(t.word) {
		return []string{extract.Partner, extract.Spouse, extract.EngagedTo, "fiance", "ex_partner", "ex_wife", "ex_husband", "ex"}
	}
	if t.date || len(t.says) != 1 || generic[t.says[0]] {
		return nil
	}
	return []string{extract.LabelNamed(t.says[0])}
}

// whole returns the one entity that a description names and says nothing else about.
func (s *sphere) whole(owners []owner, things []record.EntityRef) []record.EntityRef {
	for _, of := range slices.Backward(owners) {
		left := slices.DeleteFunc(slices.Clone(of.tokens), func(t token) bool {
			return slices.ContainsFunc(things, func(e record.EntityRef) bool { return t.names(e) })
		})
		switch {
		case len(left) > 0:
		case len(of.whose) > 0:
			return of.whose
		case len(of.people) == 1 && len(things) == 0:
			return of.people[0].people()
		case len(of.people) == 0 && len(things) > 0:
			return things
		case of.self && len(of.people) == 0 && len(of.tokens) == 0:
			return s.self()
		}
	}
	return nil
}

// self returns the asker as one entity.
func (s *sphere) self() []record.EntityRef {
	for _, e := range s.selves {
		if e != record.UserEntity {
			return []record.EntityRef{e}
		}
	}
	return s.selves
}

// names reports whether a word is part of the name of an entity, or its type.
func (t *token) names(e record.EntityRef) bool {
	return t.word == e.Type || t.among(plainWords(e.Name))
}

// wholly takes everything that is known about an entity.
func (s *sphere) wholly(out *sense) {
	of := out.entity
	if names(s.selves, of[0]) {
		of = s.selves
	}
	for _, f := range s.about(of) {
		if s.readable(f) {
			out.facts = append(out.facts, f)
		}
	}
	if names(s.selves, of[0]) {
		return
	}
	phrase := record.Phrase(of[0].Name)
	for _, i := range s.orders() {
		if strings.Contains(record.Phrase(i.Description), phrase) {
			out.orders = append(out.orders, i)
		}
	}
}

// fitting is a fact that has words of a description.
type fitting struct {
	fact  *record.Fact
	whole bool // it has all of them
	sure  bool // nothing speaks against it
	ended bool // it has ended, and an ended value is meant
	rank  int  // how well they name its key; 0: they are its value
}

// facts finds the facts that a description means.
func (s *sphere) facts(out *sense, d description, owners []owner, things []record.EntityRef) {
	var found []fitting
	for _, of := range owners {
		for _, f := range s.candidates(of, things, d) {
			if !s.readable(f) || slices.ContainsFunc(found, func(have fitting) bool { return have.fact == f && have.whole }) {
				continue
			}
			if fit, ok := s.fit(f, of, d); ok {
				found = append(found, fit)
			}
		}
	}
	best, least := 0, false
	for _, fit := range found {
		if fit.whole && (!least || fit.rank < best) {
			best, least = fit.rank, true
		}
	}
	var whole []fitting
	for _, fit := range found {
		switch {
		case fit.whole && fit.rank == best:
			whole = append(whole, fit)
		case !fit.whole && !least:
			out.maybe = append(out.maybe, fit.fact)
		}
	}
	if slices.ContainsFunc(whole, func(fit fitting) bool { return fit.ended }) {
		whole = slices.DeleteFunc(whole, func(fit fitting) bool { return !fit.ended })
	}
	several := d.means != oneThing || plural(out.tokens) && best > 0
	if len(whole) > 0 && !slices.ContainsFunc(whole, func(fit fitting) bool { return !fit.sure }) && (several || sameStatement(whole)) {
		for _, fit := range whole {
			out.facts = append(out.facts, fit.fact)
		}
		return
	}
	for _, fit := range whole {
		out.maybe, out.fitting = append(out.maybe, fit.fact), append(out.fitting, fit.fact)
	}
}

// sameStatement reports whether facts say the same, in several scope sets.
func sameStatement(list []fitting) bool {
	first := list[0].fact
	return !slices.ContainsFunc(list[1:], func(fit fitting) bool {
		f := fit.fact
		return f.Kind != first.Kind || f.Key != first.Key || f.Entity.Key() != first.Entity.Key() || f.SameAs() != first.SameAs() || f.Scopes.Equal(first.Scopes)
	})
}

// candidates returns the facts that a description may mean, by whose they are.
func (s *sphere) candidates(of owner, things []record.EntityRef, d description) []*record.Fact {
	var about []record.EntityRef
	switch {
	case len(of.whose) > 0:
		about = of.whose
	case of.self:
		about = s.selves
	case len(of.people) > 0:
		about = of.people[0].people()
	default:
		found := s.about(slices.Concat(s.selves, things))
		if s.sharing == nil {
			return found
		}
		for _, f := range s.sharing(d.topic) {
			if !slices.Contains(found, f) {
				found = append(found, f)
			}
		}
		return found
	}
	return s.about(about)
}

// fit compares a fact with the words of a description. ok is false if the fact is of somebody else, or has none of the words.
func (s *sphere) fit(f *record.Fact, of owner, d description) (out fitting, ok bool) {
	out = fitting{fact: f, sure: of.sure}
	own := names(s.selves, f.Entity)
	nobody := len(of.whose) == 0 && !of.self && len(of.people) == 0
	switch {
	case len(of.whose) > 0 && !names(of.whose, f.Entity):
		return out, false
	case of.self && !own && (!names(s.selves, f.Object) || len(of.people) == 0):
		return out, false
	}
	for _, m := range of.people {
		if people := m.people(); !names(people, f.Entity) && !names(people, f.Object) {
			return out, false
		}
	}
	if len(of.people) > 0 && !of.self && !slices.ContainsFunc(of.people, func(m mention) bool { return names(m.people(), f.Entity) }) {
		out.sure = false // "Tom's brother" is not the brother Tom
	}
	said := plainWords(f.Value)
	if f.Kind == record.KindRelation {
		said = append(said, append(plainWords(f.Object.Name), f.Object.Type)...)
	}
	valued := len(said) // the words behind are those of the entity
	if f.Entity.Type != record.TypePerson {
		said = append(said, append(plainWords(f.Entity.Name), f.Entity.Type)...)
	}
	quote := plainWords(f.Quote)
	former, denied, values, dates, bare := false, false, 0, 0, true
	var left, undated []token
	for _, t := range of.tokens {
		switch {
		case negating[t.word] && !t.among(said):
			denied = true
		case formerly[t.word] && len(t.says) > 0 && (t.word == "old" && d.asksAge()):
			left, undated = append(left, t), append(undated, t)
		case formerly[t.says[0]] || formerly[t.word]:
			former = true
		case t.date && t.dated(f, s.now):
			dates++
		case t.among(said):
			values++
			bare = bare && !t.among(said[:valued])
			undated = append(undated, t)
		default:
			left, undated = append(left, t), append(undated, t)
		}
	}
	if !polarity(f, of.tokens, denied, quote) {
		return out, false
	}
	ended := f.Past || !f.Live()
	if former && !ended && values == 0 {
		out.sure = false // the old value may be another one
	}
	if ended && !former && values == 0 && !d.states {
		return out, false
	}
	out.ended = ended && former
	persons := len(of.people) > 0
	rank := namesKey(f, left, s.animal)
	whole := namesKey(f, undated, s.animal)
	switch {
	case len(left) == 0 && values+dates > 0:
		out.whole = true
		out.sure = out.sure && !(bare && dates == 0) // the name of an entity alone names no fact of it
	case len(left) == 0 && len(of.tokens) == 0: // a name alone
		out.whole, out.sure = true, false
	case rank > 0:
		out.whole, out.rank = true, rank
		out.sure = out.sure || values > 0 && len(of.whose) == 0 && !(former && !ended) // the value says which Anna
	case whole > 0:
		out.whole, out.rank = true, whole
	}
	if out.whole {
		switch {
		case of.self && !d.states && out.rank == 0 && slices.Contains(disowned, f.Key):
			out.sure = false // "my cat" is not an allergy
		case nobody && !own && !(values > 0 && (rank > 0 || f.Entity.Type != record.TypePerson)):
			out.sure = false // a fact of somebody whom the description does not name
		case out.rank == partKey && f.Entity.Type == record.TypePerson && values == 0 && !(persons && of.self) && len(of.people) < 2:
			out.sure = false
		}
		return out, true
	}
	quoted := slices.DeleteFunc(slices.Clone(left), func(t token) bool { return !t.kin && !t.date && t.among(quote) })
	if len(quoted) < len(left) {
		rank := namesKey(f, quoted, s.animal)
		if len(quoted) == 0 && values > 0 || rank > 0 {
			out.whole, out.rank = true, looseKey
			if nobody && !own {
				out.sure = false
			}
			return out, true
		}
	}
	if slices.ContainsFunc(left, func(t token) bool { return t.kin }) {
		return out, false
	}
	return out, values > 0 || slices.ContainsFunc(left, func(t token) bool { return namesKey(f, []token{t}, s.animal) > 0 })
}

// disowned are keys whose values nobody calls "mine".
var disowned = []string{extract.AllergicTo, extract.Dislikes, extract.Likes, extract.Prefers, "intolerant_to"}

// asksAge reports whether a description asks for an age: "how old Ida is".
func (d *description) asksAge() bool { return strings.HasPrefix(strings.ToLower(d.topic), "how old") }

// disliking are words that say that somebody does not like something.
var disliking = wordSet("dislike dislikes hate hates hated loathe stand")

// polarity reports whether a fact and a description both deny something, or neither does.
func polarity(f *record.Fact, tokens []token, denied bool, quote []string) bool {
	liking := slices.ContainsFunc(tokens, func(t token) bool {
		return slices.ContainsFunc(t.says, func(w string) bool { return extract.LabelNamed(w) == extract.Likes })
	})
	hating := slices.ContainsFunc(tokens, func(t token) bool { return disliking[t.word] })
	if f.Key == extract.Dislikes {
		return denied || hating || !liking
	}
	if hating {
		return false
	}
	return !denied || slices.ContainsFunc(quote, func(w string) bool { return negating[w] })
}

// ordering are words that say that a description means an instruction.
var ordering = wordSet("rule rules reminder instruction instructions order orders preference setting regel anweisung regla instruccion regle consigne")

// instructions finds the instructions that a description means.
func (s *sphere) instructions(out *sense, d description, w *wording) {
	var asked []token
	denied, verb := false, d.states
	for _, low := range w.lower {
		t := token{word: plain(low), says: []string{plain(low)}}
		denied = denied || negating[t.word]
		verb = verb || t.word == "should" || t.word == "must"
		switch {
		case ordering[t.word], orderless[t.word], selfWords[low], stating[t.word]:
		default:
			asked = append(asked, t)
		}
	}
	if len(asked) == 0 {
		return
	}
	var fits []*record.Instruction
	for _, i := range s.orders() {
		said := plainWords(i.Description)
		deny := slices.ContainsFunc(said, func(w string) bool { return negating[w] })
		if verb && deny != denied || denied && !deny {
			continue
		}
		if !slices.ContainsFunc(asked, func(t token) bool { return !t.among(said) }) {
			fits = append(fits, i)
		}
	}
	switch {
	case len(fits) == 0:
	case len(fits) == 1 || d.means != oneThing:
		if len(out.maybe) > 0 && !verb && !slices.ContainsFunc(out.tokens, func(t token) bool { return ordering[t.word] }) {
			out.maybeOrders = fits // "Project Falcon" may mean a fact
			return
		}
		out.orders, out.maybe = fits, nil
	default:
		out.maybeOrders = fits
	}
}

// orderless are words of a description that an instruction does not need to have.
var orderless = wordSet(`the a an that to about should must you please i want wanted told for of my on in with be der die das dass du sollst el la los las que de le les tu`)
