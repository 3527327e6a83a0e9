package recall

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// maxQuestionWords bounds what is read as a question, beside names: longer texts are searched for.
const maxQuestionWords = 24

// maxNameWords is how many words of a question are tried as one name.
const maxNameWords = 4

// mentions finds the entities that the words of a question name and the caller may know of, by their names, by a first name, and "I"
// as those who have said so; and the words that name nothing.
func (v *View) mentions(q *Query) (found []record.EntityRef, rest []string) {
	add := func(e record.EntityRef) {
		if !names(found, e) {
			found = append(found, e)
		}
	}
	var name []byte
	for i := 0; i < len(q.lower); {
		if selfWords[q.lower[i]] {
			for _, e := range q.selves {
				add(e)
			}
			i++
			continue
		}
		n := 0
		for length := min(maxNameWords, len(q.lower)-i); length > 0 && n == 0; length-- {
			name = q.name(name, i, length)
			if refs := v.lookup(q, name); len(refs) > 0 {
				n = length
				for _, e := range refs {
					add(e)
				}
			}
		}
		if n == 0 {
			rest = append(rest, q.lower[i])
			n = 1
		}
		i += n
	}
	return found, rest
}

var entityTypes = record.EntityTypes()

// lookup returns the visible entities of a name, which is normalised.
func (v *View) lookup(q *Query, name []byte) []record.EntityRef {
	if len(name) == 0 {
		return nil
	}
	visible := func(key string) (record.EntityRef, bool) {
		e, ok := v.known.seen(key, q.by)
		// An entity that was not known yet is not there.
		ok = ok && (q.Filter.AsOf.IsZero() || len(v.known.about(q.by, []string{key}, []string{key}, nil, func(f *record.Fact) bool {
			return !f.Known.From.After(q.Filter.AsOf)
		})) > 0)
		return e.EntityRef, ok
	}
	var out []record.EntityRef
	itsName := false // somebody has this very name
	var key []byte
	for _, kind := range entityTypes {
		key = append(append(append(key[:0], kind...), '/'), name...)
		if v.known.entities[string(key)] == nil { // which copies nothing: most names are none
			continue
		}
		if e, ok := visible(string(key)); ok {
			meant, itself := v.accounts(*q, e)
			itsName = itsName || itself
			out = append(out, meant...)
		}
	}
	first := v.known.names[string(name)]
	if itsName || first == nil {
		return out
	}
	for _, n := range first.Visible(q.by.reach) {
		for _, key := range n.In(nil) {
			if e, ok := visible(key); ok && e.Type == record.TypePerson {
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

// names reports whether an entity is among others, however it is spelled.
func names(refs []record.EntityRef, e record.EntityRef) bool {
	if len(refs) == 0 {
		return false
	}
	key := e.Key()
	return slices.ContainsFunc(refs, func(r record.EntityRef) bool { return r == e || r.Key() == key })
}

var selfWords = wordSet("i me my mine myself i'm i've")

// question is a form of question that the graph can answer: what asks for it, and the keys that answer it.
// A question matches when each word of it that names no entity is one of ask or filler, and at least one is
// from each group of ask.
type question struct {
	ask  [][]string // groups; one word of each
	keys []string
}

var questions = []question{
	{[][]string{{"where"}, {"work", "works", "working", "employed"}}, []string{extract.WorksAt}},
	{[][]string{{"who"}, {"employer"}}, []string{extract.WorksAt}},
	{[][]string{{"what", "which"}, {"company", "employer", "organisation", "organization"}}, []string{extract.WorksAt}},
	{[][]string{{"where"}, {"live", "lives", "living", "reside", "resides", "based"}}, []string{extract.LivesIn}},
	{[][]string{{"what", "which"}, {"city", "town", "country"}, {"live", "lives", "living", "in"}}, []string{extract.LivesIn}},
	{[][]string{{"what"}, {"role", "job", "position", "title", "occupation", "profession"}}, []string{extract.Role}},
	{[][]string{{"what"}, {"living"}}, []string{extract.Role}},
	{[][]string{{"what"}, {"name", "called"}}, []string{speakerKey}},
	{[][]string{{"who"}, {"am"}}, []string{speakerKey}},
	{[][]string{{"where"}, {"from"}}, []string{extract.From}},
	{[][]string{{"where"}, {"born"}}, []string{extract.BornIn}},
	{[][]string{{"how"}, {"old"}}, []string{extract.Age}},
	{[][]string{{"when", "what"}, {"birthday", "born"}}, []string{extract.Birthday}},
	{[][]string{{"what", "which"}, {"language", "languages", "speak", "speaks"}}, []string{extract.Speaks, "native_language"}},
	{[][]string{{"what", "which"}, {"allergic", "allergy", "allergies"}}, []string{extract.AllergicTo}},
	{[][]string{{"who", "what"}, {"wife", "husband", "spouse", "married"}}, []string{extract.Spouse}},
	{[][]string{{"who"}, {"manager", "boss", "report", "reports"}}, []string{"manager", extract.ReportsTo}},
	{[][]string{{"who"}, {"engaged", "fiancé", "fiancée", "fiance", "fiancee"}}, []string{extract.EngagedTo, "fiance"}},
	{[][]string{{"who"}, {"dating", "girlfriend", "boyfriend", "partner"}}, []string{extract.Partner, extract.EngagedTo, extract.Spouse}},
	{[][]string{{"what", "which"}, {"pet", "pets", "dog", "dogs", "cat", "cats"}}, []string{extract.Pet}},
	{[][]string{{"what", "which"}, {"car", "drive", "drives"}}, []string{"car"}},
	{[][]string{{"where"}, {"study", "studied", "studies", "studying"}}, []string{extract.StudiedAt}},
	{[][]string{{"what", "who"}, {"children", "kids", "child"}}, []string{"child", "son", "daughter"}},
}

// polar are the questions for yes or no that the graph answers, by the words that ask for a key of one value: "Does Ana still live in
// Porto?" is answered with where she lives.
var polar = []question{
	{[][]string{{"live", "lives", "living", "reside", "resides", "based"}}, []string{extract.LivesIn}},
	{[][]string{{"work", "works", "working", "employed"}}, []string{extract.WorksAt}},
	{[][]string{{"married"}}, []string{extract.Spouse}},
	{[][]string{{"engaged"}}, []string{extract.EngagedTo}},
}

// polarWords begin a question for yes or no.
var polarWords = wordSet(`do does did am is are was were`)

// filler are words that a question may have beside those that ask.
var filler = wordSet(`a an the is are was am do does did has have to of for at in on with now currently today these days still
	again please tell me remember know you what which who where when how currently current present right were had before
	previously formerly earlier used previous former last past`)

// pastWords make a question one about the past, whatever it asks for.
var pastWords = wordSet(`before previously formerly earlier used previous former last past`)

// formerWords are those of them that ask for what has ended alone: "last" may be what goes on.
var formerWords = wordSet(`before previously formerly earlier used previous former`)

// pastVerbs do so as well, unless the key itself tells of an event: "Where was Mara born?" asks for no earlier answer.
var pastVerbs = wordSet(`did was were had`)

// events are the keys whose own verb is one of the past.
var events = wordSet(strings.Join([]string{
	extract.BornIn, extract.GrewUpIn, extract.StudiedAt, extract.Founded, extract.Acquired, extract.Birthday, extract.BirthYear,
	extract.WeddingDate, extract.Degree, extract.From, "died", "died_in", "graduated_from", "graduated_in",
}, " "))

// asksPast reports whether the words of a question for some keys ask for what has ended.
func asksPast(rest, keys []string) bool {
	event := !slices.ContainsFunc(keys, func(k string) bool { return !events[k] })
	return slices.ContainsFunc(rest, func(w string) bool { return pastWords[w] || !event && pastVerbs[w] })
}

// direct answers from the graph a question that names an entity and one of its keys and says nothing else: rest are the words
// that name nothing.
func (v *View) direct(q Query, seeds []record.EntityRef, rest []string) ([]Hit, string) {
	if len(seeds) == 0 {
		return nil, ""
	}
	if len(rest) == 0 || len(rest) > maxQuestionWords || q.severalSelves(seeds) {
		return nil, ""
	}
	keys, about := v.keysOf(q, seeds, rest), seeds[0].Name
	if len(keys) == 0 && polarWords[rest[0]] {
		// Whom it is about; the value that it supposes is no subject.
		if keys = keysAskedFor(polar, rest); len(keys) > 0 {
			persons := slices.DeleteFunc(slices.Clone(seeds), func(e record.EntityRef) bool { return e.Type != record.TypePerson })
			if len(persons) == 0 {
				return nil, ""
			}
			if seeds = persons; names(q.selves, persons[0]) {
				seeds = q.selves
			}
		}
	}
	if len(keys) == 0 {
		if r, ok := v.relative(q, seeds, rest); ok {
			seeds, about = []record.EntityRef{r.person}, r.of.Name+"'s "+r.label+" "+r.person.Name
			keys = v.keysOf(q, seeds, r.rest)
		}
	}
	if len(keys) == 0 {
		return nil, ""
	}
	// People of one first name: an answer about the wrong one is worse than a search.
	people := 0
	for _, e := range seeds {
		if e.Type == record.TypePerson && !names(q.selves, e) {
			people++
		}
	}
	if people > 1 || q.severalSelves(seeds) {
		return nil, ""
	}
	// A question for a time says itself which past it is about.
	when := present
	switch {
	case timed(q.Filter):
	case q.former:
		when = former
	case asksPast(rest, keys):
		when = past
	case q.Filter.Closed:
		when = ever
	}
	hits, reason := v.answers(q, seeds, keys, when), "the question names "+about+" and "+strings.Join(keys, ", ")
	if when == present && !timed(q.Filter) {
		return v.unsettled(q, seeds, keys, hits, reason)
	}
	return hits, reason
}

// severalSelves reports whether the "I" of a question may be more than one of those who have a name. What is theirs, or their
// sister's, is not told then: it may be the wrong one's.
func (q Query) severalSelves(seeds []record.EntityRef) bool {
	selves := 0
	for _, e := range seeds {
		if e != record.UserEntity && names(q.selves, e) {
			selves++
		}
	}
	return selves > 1
}

// tense is which of the values of a key a question asks for.
type tense int

const (
	present tense = iota // those that hold
	ever                 // and then those that ended
	past                 // and before them those that ended: "where did I live"
	former               // what ended alone: "where did I live before"
)

// answers are the facts that the entities have for the keys, newest first, and the words that they were taken
// from. Of values that hold, those that a surer one contradicts come last.
func (v *View) answers(q Query, seeds []record.EntityRef, keys []string, when tense) []Hit {
	subjects := keysOf(seeds)
	asked := func(f *record.Fact) bool {
		// "Where did I work before Acme?" does not ask for Acme.
		return len(seeds) == 1 || f.Kind != record.KindRelation || !slices.Contains(subjects, f.Object.Key())
	}
	current := v.known.about(q.by, subjects, nil, under(keys...), func(f *record.Fact) bool { return q.holds(f) && asked(f) })
	bySureness(current)
	var ended []*record.Fact
	if when != present {
		shown := make(map[string]bool, len(current))
		for _, f := range current {
			shown[f.ID] = true
		}
		ended = v.known.about(q.by, subjects, nil, under(keys...), func(f *record.Fact) bool {
			return !shown[f.ID] && q.ended(f) && !v.goesOn(f) && asked(f)
		})
		slices.SortFunc(ended, func(a, b *record.Fact) int { return record.CompareInTime(b, a) })
	}
	var facts []*record.Fact
	switch when {
	case former:
		facts = ended
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

// goesOn reports whether another fact says the same in place of a closed one that has not ended: it was carried over to
// another entity, or is more than it was.
func (v *View) goesOn(f *record.Fact) bool {
	next := v.known.facts[f.SupersededBy]
	return f.Yielded && next != nil && next.Key == f.Key && next.SameAs() == f.SameAs()
}

// first keeps as many as were asked for.
func first[T any](q Query, list []T) []T {
	k := q.K
	if k == 0 {
		k = index.DefaultK
	}
	return list[:min(k, len(list))]
}

// ended reports whether a fact may be read and had ended by the time that the question is about. What only yielded has not, but
// who asks for what is closed is given it.
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

// holds reports whether a fact may be read and holds at the time that the question is about.
func (q Query) holds(f *record.Fact) bool {
	if !readable(f, q.Filter) {
		return false
	}
	if timed(q.Filter) {
		return true // at that time
	}
	at := q.Now
	if !q.Filter.AsOf.IsZero() {
		at = q.Filter.AsOf
	}
	until := f.ValidAsOf(q.Filter.AsOf).Until
	return !f.Past && (until.IsZero() || until.After(at))
}

// relative is a person whom a question names by a relation, and the question's words without the relation's.
type relative struct {
	of, person record.EntityRef
	label      string
	rest       []string
}

// relative resolves "my sister" and "Bob's manager". Beside a first name that several people have ("my sister
// Anna") the relation tells which of them is meant. There is none where several people could be.
func (v *View) relative(q Query, seeds []record.EntityRef, rest []string) (relative, bool) {
	// "My sister Tom" is not about Tom's sister: where the question says "my", the relation is the speaker's.
	owners := seeds
	if self := slices.DeleteFunc(slices.Clone(seeds), func(e record.EntityRef) bool { return !names(q.selves, e) }); len(self) > 0 {
		owners = self
	}
	var found []relative
	for i, w := range rest {
		if filler[w] {
			continue
		}
		label := extract.CanonicalLabel(w)
		for _, f := range v.known.about(q.by, keysOf(owners), nil, under(label), func(f *record.Fact) bool {
			return f.Kind == record.KindRelation && f.Object.Type == record.TypePerson &&
				names(owners, f.Entity) && q.holds(f)
		}) {
			// Whom else the question names, "Anna" in "my sister Anna", must be that person.
			others := slices.DeleteFunc(slices.Clone(seeds), func(e record.EntityRef) bool {
				return e.Type != record.TypePerson || e.Key() == f.Entity.Key() || names(q.selves, e)
			})
			if len(others) > 0 && !names(others, f.Object) {
				continue
			}
			found = append(found, relative{
				of: f.Entity, person: f.Object, label: strings.ReplaceAll(label, "_", " "),
				rest: slices.Delete(slices.Clone(rest), i, i+1),
			})
		}
	}
	if len(found) != 1 {
		return relative{}, false
	}
	return found[0], true
}

// keysOf finds the keys that the words of a question without its names ask for.
func (v *View) keysOf(q Query, seeds []record.EntityRef, rest []string) []string {
	if keys := keysAskedFor(questions, rest); len(keys) > 0 {
		return keys
	}
	return v.keysNamed(q, seeds, rest)
}

// withOrigins adds the words that the facts were taken from, by id.
func (v *View) withOrigins(q Query, hits []Hit) []Hit {
	words := len(q.Filter.Kinds) == 0 || slices.Contains(q.Filter.Kinds, record.KindMemoryChunk)
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
			if c == nil || !words || seen[id] || !strings.Contains(c.Text, h.Fact.Quote) ||
				q.Filter.Visible != nil && !q.Filter.Visible(c.Scopes) || q.Filter.Category != "" && q.Filter.Category != c.Category {
				continue
			}
			seen[id] = true
			hits = append(hits, Hit{ID: id, Kind: record.KindMemoryChunk, Text: c.Text, Score: h.Score, Relevance: h.Relevance, Chunk: c, Start: c.Start})
		}
	}
	return hits
}

// keysAskedFor matches a question's words, without names, against forms.
func keysAskedFor(forms []question, rest []string) []string {
	for _, form := range forms {
		asks := func(w string) bool {
			return slices.ContainsFunc(form.ask, func(group []string) bool { return slices.Contains(group, w) })
		}
		complete := !slices.ContainsFunc(form.ask, func(group []string) bool {
			return !slices.ContainsFunc(group, func(w string) bool { return slices.Contains(rest, w) })
		})
		if complete && !slices.ContainsFunc(rest, func(w string) bool { return !asks(w) && !filler[w] }) {
			return form.keys
		}
	}
	return nil
}

// keysNamed finds the keys of the seeds that the rest of a question spells out: "what is Bob's favourite
// colour". Only "what" questions are read that way.
func (v *View) keysNamed(q Query, seeds []record.EntityRef, rest []string) []string {
	if !slices.Contains(rest, "what") && !slices.Contains(rest, "which") && !slices.Contains(rest, "who") {
		return nil
	}
	var named []string
	for _, w := range rest {
		if !filler[w] {
			named = append(named, w)
		}
	}
	if len(named) == 0 {
		return nil
	}
	said := strings.Join(named, " ")
	spelt := under(extract.CanonicalKey(said), extract.CanonicalLabel(said), extract.LabelNamed(said))
	var keys []string
	for _, f := range v.known.about(q.by, keysOf(seeds), nil, spelt, func(f *record.Fact) bool { return readable(f, q.Filter) }) {
		if !slices.Contains(keys, f.Key) {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// Through makes the visibility test of a lens.
func Through(lens record.ScopeSet) func(record.ScopeSet) bool {
	if len(lens) == 0 {
		return nil
	}
	return func(s record.ScopeSet) bool { return scope.Through(lens, s) }
}

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}
