package recall

import (
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// maxQuestionWords is the maximum length of a question, without names. Longer texts are only searched for.
const maxQuestionWords = 24

// maxNameWords is the maximum number of words that are tried as one name.
const maxNameWords = 4

// mentions finds the entities that a question names and the caller may know of: by full name, by first name, and for "I" the speakers. It
// also returns the words that are not part of a name, in English as far as they are understood.
func (v *View) mentions(q *Query) (found []record.EntityRef, rest []string) {
	add := func(refs ...record.EntityRef) {
		for _, e := range refs {
			if !names(found, e) {
				found = append(found, e)
			}
		}
	}
	q.shape = nil
	if q.polar() {
		rest = append(rest, "do")
	}
	var name []byte
	pronoun := false
	for i := 0; i < len(q.lower); {
		says, shortest := q.lower[i:i+1], 1
		if q.tongue != nil && q.says[i] != nil {
			says, shortest = q.says[i], 2 // "la" is not a name, but "La Paz" is
		}
		n := 0
		if i > 0 && q.lower[i] == "user" && q.lower[i-1] == "the" {
			add(q.selves...)
			q.shape = append(q.shape, anAsker)
			i++
			continue
		}
		if !slices.ContainsFunc(says, func(w string) bool { return selfWords[w] }) {
			for length := min(maxNameWords, len(q.lower)-i); length >= shortest && n == 0; length-- {
				name = q.name(name, i, length)
				if refs := v.lookup(q, name); len(refs) > 0 {
					n = length
					add(refs...)
					q.namesake = q.namesake || length == 1 && v.hasNamesake(q, string(name), refs)
				}
			}
		}
		if n > 0 {
			q.shape = append(q.shape, aName)
			i += n
			continue
		}
		for _, w := range says {
			switch {
			case w == "me" && i > 0 && telling[q.lower[i-1]]: // "tell me" is not about the asker
			case selfWords[w]:
				add(q.selves...)
				if w == "my" || w == "our" {
					q.shape = append(q.shape, anOwner)
				} else {
					q.shape = append(q.shape, anAsker)
				}
			case w == implied:
				q.shape = append(q.shape, anAsker)
			case w == "?he":
				pronoun = true
			default:
				rest = append(rest, w)
				q.shape = append(q.shape, w)
			}
		}
		i++
	}
	someone := slices.ContainsFunc(found, func(e record.EntityRef) bool { return e.Type == record.TypePerson })
	if !someone && slices.Contains(q.english, implied) {
		add(q.selves...)
	}
	if pronoun && !someone {
		rest = append(rest, "he") // the pronoun refers to somebody whom the question does not name
	}
	return found, q.mainVerb(rest)
}

// telling are verbs before a "me" that is not about the asker: "tell me".
var telling = wordSet("tell remind give show")

var entityTypes = record.EntityTypes()

// lookup returns the visible entities with a name. The name is normalised.
func (v *View) lookup(q *Query, name []byte) []record.EntityRef {
	out, itsName := v.bearers(q, name)
	if itsName {
		return out
	}
	for _, e := range v.namesakes(q, name) {
		if !names(out, e) {
			out = append(out, e)
		}
	}
	return out
}

// knownTo returns an entity as the caller of a question knows it. An entity that was not yet known at the time of the question is not found.
func (v *View) knownTo(q *Query, key string) (record.EntityRef, bool) {
	e, ok := v.known.seen(key, q.by)
	ok = ok && (q.Filter.AsOf.IsZero() || len(v.known.about(q.by, []string{key}, []string{key}, nil, func(f *record.Fact) bool {
		return !f.Known.From.After(q.Filter.AsOf)
	})) > 0)
	return e.EntityRef, ok
}

// bearers returns what bears exactly this normalised name, and whether an entity does itself, not only as the account of a speaker.
func (v *View) bearers(q *Query, name []byte) (out []record.EntityRef, itself bool) {
	if len(name) == 0 {
		return nil, true
	}
	var key []byte
	for _, kind := range entityTypes {
		key = append(append(append(key[:0], kind...), '/'), name...)
		if v.known.entities[string(key)] == nil { // it copies nothing, because most words are not names
			continue
		}
		if e, ok := v.knownTo(q, string(key)); ok {
			meant, itsName := v.accounts(*q, e)
			itself = itself || itsName
			out = append(out, meant...)
		}
	}
	return out, itself
}

// namesakes returns the persons whose names begin with this normalised word.
func (v *View) namesakes(q *Query, name []byte) (out []record.EntityRef) {
	first := v.known.names[string(name)]
	if first == nil {
		return nil
	}
	for _, n := range first.Visible(q.by.reach) {
		for _, key := range n.In(nil) {
			if e, ok := v.knownTo(q, key); ok && e.Type == record.TypePerson {
				meant, _ := v.accounts(*q, e)
				for _, e := range meant {
					if !names(out, e) {
						out = append(out, e)
					}
				}
			}
		}
	}
	return out
}

// hasNamesake reports whether a word that names persons is also the first name of somebody else: besides "Tom" there is "Tom Moreau".
func (v *View) hasNamesake(q *Query, name string, refs []record.EntityRef) bool {
	first := v.known.names[name]
	if first == nil || !slices.ContainsFunc(refs, func(e record.EntityRef) bool { return e.Type == record.TypePerson }) {
		return false
	}
	for _, n := range first.Visible(q.by.reach) {
		for _, key := range n.In(nil) {
			e, ok := v.known.seen(key, q.by)
			if !ok || e.Type != record.TypePerson || names(refs, e.EntityRef) {
				continue
			}
			if meant, _ := v.accounts(*q, e.EntityRef); !slices.ContainsFunc(meant, func(m record.EntityRef) bool { return names(refs, m) }) {
				return true
			}
		}
	}
	return false
}

// names reports whether an entity is in a list, in any spelling.
func names(refs []record.EntityRef, e record.EntityRef) bool {
	if len(refs) == 0 {
		return false
	}
	key := e.Key()
	return slices.ContainsFunc(refs, func(r record.EntityRef) bool { return r == e || r.Key() == key })
}

// request is the data that a question asks the graph for.
type request struct {
	keys    []string
	instead []string                // keys to use if keys have no values
	animal  string                  // only pets of this kind; "": any
	newest  bool                    // the newest value, in any tense
	only    func(*record.Fact) bool // the values that answer; nil: all
	loose   bool                    // the answer leads that of a search
	form    *question               // the form that matched; nil: none
}

// takes reports whether a value is of the sort that a question asks for.
func (r *request) takes(f *record.Fact) bool { return r.only == nil || r.only(f) }

// reading is a question that was understood.
type reading struct {
	request
	seeds    []record.EntityRef // the entities that it is about, and other entities that it names
	named    []record.EntityRef // the entities that it names
	polar    bool               // it asks for yes or no
	relative bool               // it names the person that it is about by relations
	held     bool               // it names that person by a role at an organisation
	about    string
	supposed []string // values that a yes-or-no question supposes: keys of entities, or attribute values
	ever     bool     // the supposed value must have held at some time
	after    []string // attribute values that came later than the requested one: "What did I study before linguistics?"
}

// follows reports whether a question asks for the value before this one.
func (r *reading) follows(f *record.Fact) bool {
	if f.Kind == record.KindAttribute {
		return slices.Contains(r.after, f.SameAs())
	}
	return len(r.seeds) > 1 && names(r.seeds, f.Object)
}

// understand reads a question that names an entity and one of its keys, and nothing else. rest are the words that are not part of a name.
func (v *View) understand(q Query, seeds []record.EntityRef, rest []string) (r reading, ok bool) {
	r = reading{seeds: seeds, named: seeds, about: seeds[0].Name}
	if r.request = v.requested(q, seeds, rest); len(r.keys) > 0 {
		return r, true
	}
	if q.former {
		if form, value := v.preceding(q, seeds, rest); form != nil {
			r.request, r.after = form.request(), value
			return r, true
		}
	}
	if r.polar = polarWords[rest[0]]; r.polar {
		if form := match(polar, rest); form != nil {
			return v.supposing(q, r, form, nil)
		}
		if form, value := v.supposes(q, seeds, rest); form != nil {
			r.ever = true
			return v.supposing(q, r, form, value)
		}
	}
	r.polar = false
	if of, ok := v.relative(q, seeds, rest); ok {
		r.seeds, r.about, r.request, r.relative = []record.EntityRef{of.person}, of.path, of.request, true
		return r, true
	}
	if holder, ok := v.holder(q, seeds, rest); ok {
		r.seeds, r.keys, r.held = []record.EntityRef{holder}, []string{extract.Role}, true
		return r, true
	}
	return r, false
}

// answer is the answer of the graph to a question.
type answer struct {
	hits   []Hit
	reason string
	whole  bool         // the question asks for nothing else
	now    bool         // the question asks for the present value
	all    bool         // the answer is all of its facts, not the first alone
	about  *record.Fact // the fact that the leading words are about, if they tell of a change
}

// direct answers a question from the graph.
func (v *View) direct(q Query, seeds []record.EntityRef, rest []string) (out answer) {
	if len(seeds) == 0 || len(rest) == 0 || len(rest) > maxQuestionWords {
		return out
	}
	if q.severalSelves(seeds) {
		return v.ownNames(q, seeds, rest)
	}
	timeless, at := v.withoutTimes(&q, rest)
	if len(timeless) == 0 {
		return out
	}
	if out, ok := v.askedOfFacts(q, seeds, rest); ok {
		return out
	}
	r, ok := v.understand(q, seeds, timeless)
	if !ok {
		return out
	}
	// With several people of this first name, an answer may be about the wrong person. That is worse than a search.
	people := 0
	for _, e := range r.seeds {
		if e.Type == record.TypePerson && !names(q.selves, e) {
			people++
		}
	}
	if people > 1 || q.severalSelves(r.seeds) {
		return out
	}
	when := q.tense(timeless, r.keys, at)
	if r.newest && when == past {
		when = present
	}
	r.keys = v.predecessors(q, r, when)
	hits, apart := v.answers(q, r, when, at), r.loose
	if len(hits) == 0 && len(r.instead) > 0 {
		r.keys = r.instead
		hits = v.answers(q, r, when, at)
		apart = r.only != nil // a name has the surname, but a change of the surname may not have been read as one of the name
	}
	out = answer{hits: hits, reason: "the question names " + r.about + " and " + strings.Join(r.keys, ", "), whole: !apart && !v.saysMore(&q, r, timeless)}
	if at != nil {
		out.whole = out.whole && v.heldThen(q, r, hits, *at)
	} else {
		out.whole = out.whole && len(timeless) == len(rest)
	}
	if out.now = when == present && at == nil && !timed(q.Filter); out.now {
		return v.current(q, r, out)
	}
	return out
}

// ownNames answers a question for the name of the asker, newest name first. The names may belong to several people, or one person may have
// a new name. So the graph does not answer such a question alone.
func (v *View) ownNames(q Query, seeds []record.EntityRef, rest []string) (out answer) {
	form := match(questions, rest)
	if form == nil || !slices.Equal(form.keys, []string{SpeakerKey}) && !slices.Equal(form.instead, []string{SpeakerKey}) || slices.ContainsFunc(seeds, func(e record.EntityRef) bool { return !names(q.selves, e) }) {
		return out
	}
	facts := v.known.about(q.by, []string{record.UserEntity.Key()}, nil, under(SpeakerKey), func(f *record.Fact) bool {
		return readable(f, q.Filter) && (form.only == nil || form.only(f))
	})
	slices.SortFunc(facts, func(a, b *record.Fact) int { return record.CompareInTime(b, a) })
	if q.former && len(facts) > 0 {
		facts = facts[1:]
	}
	for _, f := range first(q, facts) {
		out.hits = append(out.hits, factHit(f, 1))
	}
	out.hits = first(q, v.withOrigins(q, out.hits))
	out.reason = "the question asks for a name"
	return out
}

// tense returns the tense of a question for some keys. at is the time that the question names; nil: none.
func (q Query) tense(rest, keys []string, at *record.Interval) tense {
	switch {
	case timed(q.Filter), at != nil: // the named time already says which past is meant
		return present
	case q.former:
		return former
	case asksPast(rest, keys) && q.Filter.AsOf.IsZero():
		return past
	case asksPast(rest, keys), q.Filter.Closed: // with AsOf, the past tense asks for what held then
		return ever
	}
	return present
}

// falseFirst compares booleans: false comes before true.
func falseFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// predecessors returns the keys of a question for an earlier value. "What was my job before Acme?" asks for an employer, not for a role.
func (v *View) predecessors(q Query, r reading, when tense) []string {
	if when != former || len(r.seeds) < 2 || !slices.Contains(r.keys, extract.Role) {
		return r.keys
	}
	if facts := v.known.about(q.by, keysOf(r.seeds), nil, under(extract.WorksAt), func(f *record.Fact) bool {
		return f.Kind == record.KindRelation && names(r.seeds, f.Object)
	}); len(facts) > 0 {
		return []string{extract.WorksAt}
	}
	return r.keys
}

// severalSelves reports whether "I" in a question may mean several named speakers. Then "my" is not resolved, because the answer
// may be about the wrong person.
func (q Query) severalSelves(seeds []record.EntityRef) bool {
	selves := 0
	for _, e := range seeds {
		if e != record.UserEntity && names(q.selves, e) {
			selves++
		}
	}
	return selves > 1
}

// tense selects the values of a key that a question asks for.
type tense int

const (
	present tense = iota // current values
	ever                 // current values, then ended ones
	past                 // ended values, then current ones: "where did I live"
	former               // ended values only: "where did I live before"
)

// answers returns the facts that a question asks for, newest first, and the words that they were taken from. Among current values,
// contested values come last, and so do doubtful values of a key that holds several. at is the time that the question names; nil: none.
func (v *View) answers(q Query, r reading, when tense, at *record.Interval) []Hit {
	subjects := keysOf(r.seeds)
	before := map[string]*record.Fact{} // by key: the last stay of a value that the question names, "before Acme"
	asked := func(f *record.Fact) bool {
		// "Where did I work before Acme?" asks neither for Acme nor for later employers.
		if r.follows(f) {
			return false
		}
		named := before[f.Key]
		return (named == nil || record.CompareInTime(f, named) < 0) && (r.animal == "" || v.isAnimal(f, r.animal)) && r.takes(f)
	}
	if when == former {
		for _, f := range v.known.about(q.by, subjects, nil, under(r.keys...), func(f *record.Fact) bool {
			return r.follows(f) && fits(f, q.Filter)
		}) {
			if last := before[f.Key]; last == nil || record.CompareInTime(f, last) > 0 {
				before[f.Key] = f
			}
		}
	}
	current := v.known.about(q.by, subjects, nil, under(r.keys...), func(f *record.Fact) bool {
		if at != nil {
			return q.heldDuring(f, *at) && asked(f)
		}
		return q.holds(f) && asked(f)
	})
	bySureness(current)
	slices.SortStableFunc(current, func(a, b *record.Fact) int {
		return falseFirst(a.Many && v.known.doubt(a, q.Filter.AsOf) != nil, b.Many && v.known.doubt(b, q.Filter.AsOf) != nil)
	})
	if at := q.Filter.At; !at.IsZero() {
		slices.SortStableFunc(current, func(a, b *record.Fact) int { return falseFirst(saidAfter(a, at), saidAfter(b, at)) })
	}
	var ended []*record.Fact
	if when != present {
		shown := make(map[string]bool, len(current))
		for _, f := range current {
			shown[f.ID] = true
		}
		ended = v.known.about(q.by, subjects, nil, under(r.keys...), func(f *record.Fact) bool {
			return !shown[f.ID] && q.ended(f) && !v.goesOn(f) && asked(f)
		})
		slices.SortFunc(ended, func(a, b *record.Fact) int { return record.CompareInTime(b, a) })
	}
	var facts []*record.Fact
	switch when {
	case former:
		if facts = ended; len(ended) == 0 && len(before) > 0 {
			facts = current // values that contradict the value that the question names
		}
	case past:
		facts = append(ended, current...)
	default:
		facts = append(current, ended...)
	}
	var hits []Hit
	for _, f := range first(q, facts) {
		hits = append(hits, factHit(f, 1))
	}
	return first(q, v.withOrigins(q, hits))
}

// saidAfter reports whether a fact with unknown beginning was said after a time. Perhaps it did not hold yet at that time.
func saidAfter(f *record.Fact, at time.Time) bool {
	return f.Valid.From.IsZero() && saidAt(f).After(at)
}

// goesOn reports whether another fact continues a closed fact that has not ended: it was moved to another entity or extended.
func (v *View) goesOn(f *record.Fact) bool {
	next := v.known.facts[f.SupersededBy]
	return f.Yielded && next != nil && next.Key == f.Key && next.SameAs() == f.SameAs()
}

// first returns at most the requested number of items.
func first[T any](q Query, list []T) []T {
	k := q.K
	if k == 0 {
		k = index.DefaultK
	}
	return list[:min(k, len(list))]
}

// ended reports whether the caller may read a fact that had ended by the time of the question. A fact that only yielded has not
// ended, but is returned if closed facts are requested.
func (q Query) ended(f *record.Fact) bool {
	asOf, at := q.Filter.AsOf, q.Now
	if !asOf.IsZero() {
		at = asOf
	}
	closed := !f.Known.Until.IsZero() && (asOf.IsZero() || !f.Known.Until.After(asOf))
	valid := f.ValidAsOf(asOf)
	switch {
	case !asOf.IsZero() && f.Known.From.After(asOf), closed && f.Yielded && !q.Filter.Closed, !fits(f, q.Filter):
		return false
	case f.Past, closed:
		return true
	}
	return !valid.Until.IsZero() && !valid.Until.After(at)
}

// holds reports whether the caller may read a fact that holds at the time of the question.
func (q Query) holds(f *record.Fact) bool {
	if !readable(f, q.Filter) {
		return false
	}
	if timed(q.Filter) {
		return true // the filter has checked it for the requested time
	}
	at := q.Now
	if !q.Filter.AsOf.IsZero() {
		at = q.Filter.AsOf
	}
	until := f.ValidAsOf(q.Filter.AsOf).Until
	return !f.Past && (until.IsZero() || until.After(at))
}

// withOrigins appends the chunks that the facts were taken from, each once.
func (v *View) withOrigins(q Query, hits []Hit) []Hit {
	seen := map[string]bool{}
	for i := range hits {
		v.origin(&hits[i])
	}
	for _, h := range hits {
		for _, id := range v.said.chunksOfTurn(h.Fact.Source.Ref) {
			c := h.Spoken
			if c == nil || c.ID != id {
				c = v.chunk(id)
			}
			if c == nil || seen[id] || !strings.Contains(c.Text, h.Fact.Quote) || !finds(q.Filter, c) {
				continue
			}
			seen[id] = true
			hits = append(hits, chunkHit(c, h.Score))
		}
	}
	return hits
}

// Through returns the visibility test of a lens; nil for an empty lens.
func Through(lens record.ScopeSet) func(record.ScopeSet) bool {
	if len(lens) == 0 {
		return nil
	}
	return func(s record.ScopeSet) bool { return scope.Through(lens, s) }
}
