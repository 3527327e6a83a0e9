package recall

import (
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// maxQuestionWords is the maximum length of a question, without names; longer texts are only searched for.
const maxQuestionWords = 24

// maxNameWords is the maximum number of words that are tried as one name.
const maxNameWords = 4

// mentions finds the entities that a question names and the caller may know of: by full name, by first name, and for "I" the
// speakers. It also returns the words that are not part of a name.
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

// lookup returns the visible entities with a name, which is normalised.
func (v *View) lookup(q *Query, name []byte) []record.EntityRef {
	if len(name) == 0 {
		return nil
	}
	visible := func(key string) (record.EntityRef, bool) {
		e, ok := v.known.seen(key, q.by)
		// An entity that was not yet known at that time is not found.
		ok = ok && (q.Filter.AsOf.IsZero() || len(v.known.about(q.by, []string{key}, []string{key}, nil, func(f *record.Fact) bool {
			return !f.Known.From.After(q.Filter.AsOf)
		})) > 0)
		return e.EntityRef, ok
	}
	var out []record.EntityRef
	itsName := false // an entity has exactly this name
	var key []byte
	for _, kind := range entityTypes {
		key = append(append(append(key[:0], kind...), '/'), name...)
		if v.known.entities[string(key)] == nil { // copies nothing: most words are not names
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

// names reports whether an entity is in a list, however it is spelled.
func names(refs []record.EntityRef, e record.EntityRef) bool {
	if len(refs) == 0 {
		return false
	}
	key := e.Key()
	return slices.ContainsFunc(refs, func(r record.EntityRef) bool { return r == e || r.Key() == key })
}

var selfWords = wordSet("i me my mine myself i'm i've")

// question is a form of question that the graph can answer: the words that ask, and the keys that answer. A question matches if
// each word that is not part of a name is in ask or filler, and at least one word is from each group of ask.
type question struct {
	ask  [][]string // groups; the question has one word of each
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
	{[][]string{{"what", "which"}, {"pet", "pets"}}, []string{extract.Pet}},
	{[][]string{{"what", "which"}, {"car", "drive", "drives"}}, []string{"car"}},
	{[][]string{{"where"}, {"study", "studied", "studies", "studying"}}, []string{extract.StudiedAt}},
	{[][]string{{"what", "who"}, {"children", "kids", "child"}}, []string{"child", "son", "daughter"}},
}

// polar are the yes-or-no questions that the graph answers, by the words that ask for a single-valued key: "Does Ana still live in
// Porto?" is answered with where she lives.
var polar = []question{
	{[][]string{{"live", "lives", "living", "reside", "resides", "based"}}, []string{extract.LivesIn}},
	{[][]string{{"work", "works", "working", "employed"}}, []string{extract.WorksAt}},
	{[][]string{{"married"}}, []string{extract.Spouse}},
	{[][]string{{"engaged"}}, []string{extract.EngagedTo}},
}

// polarWords begin a yes-or-no question.
var polarWords = wordSet(`do does did am is are was were`)

// filler are words that a question may have in addition.
var filler = wordSet(`a an the is are was am do does did has have to of for at in on with now currently today these days still
	again please tell me remember know you what which who where when how currently current present right were had before
	previously formerly earlier used previous former last past`)

// pastWords make any question one about the past.
var pastWords = wordSet(`before previously formerly earlier used previous former last past`)

// formerWords are the past words that ask only for what has ended: "last" may also be current.
var formerWords = wordSet(`before previously formerly earlier used previous former`)

// pastVerbs also ask about the past, unless the key itself describes an event: "Where was Mara born?" asks for no earlier answer.
var pastVerbs = wordSet(`did was were had`)

// events are the keys with a verb in the past tense.
var events = wordSet(strings.Join([]string{
	extract.BornIn, extract.GrewUpIn, extract.StudiedAt, extract.Founded, extract.Acquired, extract.Birthday, extract.BirthYear,
	extract.WeddingDate, extract.Degree, extract.From, "died", "died_in", "graduated_from", "graduated_in",
}, " "))

// asksPast reports whether a question for some keys asks for what has ended.
func asksPast(rest, keys []string) bool {
	event := !slices.ContainsFunc(keys, func(k string) bool { return !events[k] })
	return slices.ContainsFunc(rest, func(w string) bool { return pastWords[w] || !event && pastVerbs[w] })
}

// direct answers a question from the graph if it names an entity and one of its keys, and nothing else. rest are the words that are
// not part of a name.
func (v *View) direct(q Query, seeds []record.EntityRef, rest []string) ([]Hit, string) {
	if len(seeds) == 0 {
		return nil, ""
	}
	if len(rest) == 0 || len(rest) > maxQuestionWords || q.severalSelves(seeds) {
		return nil, ""
	}
	keys, about := v.keysOf(q, seeds, rest), seeds[0].Name
	var supposed []string // keys of the entities that a question for yes or no takes for the value
	if len(keys) == 0 && polarWords[rest[0]] {
		// Whom it is about; the value that it supposes is no subject.
		if keys = keysAskedFor(polar, rest); len(keys) > 0 {
			persons := slices.DeleteFunc(slices.Clone(seeds), func(e record.EntityRef) bool { return e.Type != record.TypePerson })
			if len(persons) == 0 {
				return nil, ""
			}
			for _, e := range seeds {
				if e.Type != record.TypePerson {
					supposed = append(supposed, e.Key())
				}
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
	// Several people have this first name: an answer about the wrong person is worse than a search.
	people := 0
	for _, e := range seeds {
		if e.Type == record.TypePerson && !names(q.selves, e) {
			people++
		}
	}
	if people > 1 || q.severalSelves(seeds) {
		return nil, ""
	}
	// A question for a time says itself which past it means.
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
		holds := func(h Hit) bool { return h.Fact != nil && slices.Contains(supposed, h.Fact.Object.Key()) }
		if supposed != nil && !slices.ContainsFunc(hits, holds) {
			if said, ok := v.ending(q, seeds, keys, supposed); ok { // "Do I still work at Acme?": "I quit Acme."
				return lead(q, hits, said), reason
			}
		}
		return v.unsettled(q, seeds, keys, hits, reason)
	}
	return hits, reason
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

// tense says which values of a key a question asks for.
type tense int

const (
	present tense = iota // current values
	ever                 // current values, then ended ones
	past                 // ended values, then current ones: "where did I live"
	former               // ended values only: "where did I live before"
)

// answers returns the facts of the entities for the keys, newest first, and the words that they were taken from. Among current
// values, those that a surer value contradicts come last.
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
		return true // at that time
	}
	at := q.Now
	if !q.Filter.AsOf.IsZero() {
		at = q.Filter.AsOf
	}
	until := f.ValidAsOf(q.Filter.AsOf).Until
	return !f.Past && (until.IsZero() || until.After(at))
}

// relative is a person whom a question names by a relation, and the words of the question without the relation.
type relative struct {
	of, person record.EntityRef
	label      string
	rest       []string
}

// relative resolves "my sister" and "Bob's manager". If several people have a first name ("my sister Anna"), the relation selects
// one of them. If several people match, there is no relative.
func (v *View) relative(q Query, seeds []record.EntityRef, rest []string) (relative, bool) {
	// "My sister Tom" is not about Tom's sister: with "my", the relation belongs to the speaker.
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
			// Another name in the question, "Anna" in "my sister Anna", must be that person's name.
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

// keysOf finds the keys that a question asks for, by its words without names.
func (v *View) keysOf(q Query, seeds []record.EntityRef, rest []string) []string {
	if keys := keysAskedFor(questions, rest); len(keys) > 0 {
		return keys
	}
	return v.keysNamed(q, seeds, rest)
}

// withOrigins adds the words that the facts were taken from, by id.
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

// keysNamed finds the keys of the seeds that the question spells out: "what is Bob's favourite colour". It is used only for "what"
// questions.
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
	label := extract.LabelNamed(said)
	if label == extract.Pet && said != "pet" && said != "pets" {
		return nil // a dog is no cat
	}
	spelt := under(extract.CanonicalKey(said), extract.CanonicalLabel(said), label)
	var keys []string
	for _, f := range v.known.about(q.by, keysOf(seeds), nil, spelt, func(f *record.Fact) bool { return readable(f, q.Filter) }) {
		if !slices.Contains(keys, f.Key) {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// Through returns the visibility test of a lens.
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
