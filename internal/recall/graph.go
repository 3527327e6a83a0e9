package recall

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/sorted"
)

// Reader is a caller that reads the graph, limited by its lens.
type Reader struct {
	scope.Reach
	Reads func(record.ScopeSet) bool // whether the reader may know of a session or turn in a scope set; nil: of all
}

// by returns a reader for one read.
func (r *Reader) by() *reader { return &reader{reach: r.Reach} }

// FactQuery selects the facts of a listing.
type FactQuery struct {
	Entity       record.EntityRef // the entity that they are about; zero: any
	Keys         []string         // any of these; empty: all
	Live, Closed bool             // live facts, closed facts; both or neither: all
	At           Point
	// Narrow has the other conditions: Category, Labels, Kinds, Source and Session.
	Narrow index.Filter
}

// RowPlace is a place in a listing of facts, instructions or uncertainties.
type RowPlace struct {
	RecordedAt time.Time
	ID         string
}

// FactsBefore returns up to limit facts that a reader sees, newest first: those before a place (zero: from the newest), after skipping the
// first few.
func (v *View) FactsBefore(r Reader, q FactQuery, place RowPlace, skip, limit int) (out []Hit) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	for f := range v.factsBefore(r.by(), &q, place) {
		if len(out) == limit {
			break
		}
		if skip > 0 {
			skip--
			continue
		}
		out = append(out, v.factAt(&r, f, &q.At))
	}
	return out
}

// factsBefore yields the facts of a query, as they were at its point, newest first: those before a place; zero: from the newest. The caller holds mu.
func (v *View) factsBefore(by *reader, q *FactQuery, place RowPlace) iter.Seq[*record.Fact] {
	from := placed(place, &record.Fact{ID: place.ID, RecordedAt: place.RecordedAt})
	lists, exact := v.known.factLists(by, q)
	return func(yield func(*record.Fact) bool) {
		for f := range mergeLists(compareFacts, from, slices.Values(lists)) {
			if !exact {
				f = q.matches(f)
			}
			if f != nil && !yield(f) {
				return
			}
		}
	}
}

// CountFacts returns the number of facts that a reader sees in all.
func (v *View) CountFacts(r Reader, q FactQuery) (n int) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	lists, exact := v.known.factLists(r.by(), &q)
	for _, list := range lists {
		if exact {
			n += list.Len()
			continue
		}
		for f := range list.All() {
			if q.matches(*f) != nil {
				n++
			}
		}
	}
	return n
}

// matches returns a fact as it was at the point of the query, or nil if the query does not ask for it. The caller has checked that the
// reader sees it and that it is about the entity.
func (q *FactQuery) matches(f *record.Fact) *record.Fact {
	if len(q.Keys) > 0 && !slices.Contains(q.Keys, f.Key) {
		return nil
	}
	if f = q.At.fact(f); f == nil {
		return nil
	}
	filter := q.Narrow
	filter.At, filter.ValidFrom, filter.ValidUntil = q.At.ValidAt, q.At.ValidFrom, q.At.ValidUntil
	if q.Live != q.Closed && q.Live != f.Live() || timed(filter) && f.Yielded || !fits(f, filter) {
		return nil
	}
	return f
}

// plain reports whether lists exist for all conditions of the query.
func (q *FactQuery) plain() bool {
	n := &q.Narrow
	return q.At == (Point{}) && n.Category == "" && len(n.Labels) == 0 && len(n.Kinds) == 0 && n.Source == "" && n.Session == ""
}

// factLists returns lists that contain all facts of a query. They contain no other facts if exact is true.
func (s *factStore) factLists(by *reader, q *FactQuery) (lists []*sorted.List[*record.Fact], exact bool) {
	states := []bool{true, false}
	if q.At.now() && q.Live != q.Closed {
		states = []bool{q.Live}
	}
	exact = q.plain()
	if q.Entity != (record.EntityRef{}) {
		var few gathered
		take := func(list *factList) {
			for _, live := range states {
				lists = append(lists, list.of(live))
			}
		}
		for _, key := range s.filedUnder(by, q.Entity.Key(), &q.At) {
			if list := s.listed.byEntity[key]; list != nil && by.reach.Visible == nil {
				exact = exact && len(q.Keys) == 0
				take(list)
				continue
			}
			for _, p := range by.sees(s.entities[key]) {
				switch {
				case len(q.Keys) > 0:
					for _, key := range q.Keys {
						few = slices.AppendSeq(few, p.subject.under(key))
					}
				case p.many != nil:
					take(p.many)
				default:
					few = slices.AppendSeq(few, p.subject.each())
				}
			}
		}
		take(few.list())
		return lists, exact
	}
	for _, live := range states {
		if len(q.Keys) == 0 || by.reach.Visible != nil {
			lists = slices.AppendSeq(lists, s.listed.of(live).lists(by.reach))
			continue
		}
		for _, key := range q.Keys {
			if list := s.listed.byKey[key]; list != nil {
				lists = append(lists, list.of(live))
			}
		}
	}
	return lists, exact && (len(q.Keys) == 0 || by.reach.Visible == nil)
}

// factAt returns a fact, as it was at a point, for a reader.
func (v *View) factAt(r *Reader, f *record.Fact, at *Point) Hit {
	h := Hit{ID: f.ID, Kind: f.Kind, Fact: f}
	v.origin(&h)
	if doubt := v.known.doubtAt(f, at); doubt != nil {
		h.Doubt = doubt.Reason
	}
	if !at.now() && f.Supersedes != "" {
		if before := v.known.facts[f.Supersedes]; before == nil || at.fact(before) == nil {
			h.Fact = new(record.Fact)
			*h.Fact = *f
			h.Fact.Supersedes = "" // the fact before was told later
		}
	}
	v.veilOne(r.Reads, &h)
	h.Evidence = v.seenEvidence(r, f)
	return h
}

// doubtAt returns the newest question that put a fact in doubt at a point.
func (s *factStore) doubtAt(f *record.Fact, at *Point) *record.OpenQuestion {
	then := at.AsOf
	if then.IsZero() || !at.StoredAt.IsZero() && at.StoredAt.Before(then) {
		then = at.StoredAt
	}
	return s.doubt(f, then)
}

// FactFor returns a fact, if a reader sees it.
func (v *View) FactFor(r Reader, id string) (Hit, bool) {
	return found(v, func() (h Hit, ok bool) {
		f := v.known.facts[id]
		if f == nil || !r.Sees(f.Scopes) {
			return h, false
		}
		return v.factAt(&r, f, &Point{}), true
	})
}

// Entity is an entity as a reader knows it.
type Entity struct {
	record.Entity
	Aliases              []string // other names
	Scopes               []record.ScopeSet
	Attributes, Outgoing []Hit // facts about it
	Incoming             []Hit // relations of other entities to it
}

// EntityQuery selects the entities of a listing.
type EntityQuery struct {
	Type   string // of the closed set; "": any
	Prefix string // of the name, normalised
	At     Point
}

// ranges returns the prefixes of the keys of the entities.
func (q *EntityQuery) ranges() []string {
	switch {
	case q.Type != "":
		return []string{q.Type + "/" + q.Prefix}
	case q.Prefix == "":
		return []string{""}
	}
	var out []string
	for _, kind := range slices.Sorted(slices.Values(record.EntityTypes())) {
		out = append(out, kind+"/"+q.Prefix)
	}
	return out
}

// EntitiesAfter returns up to limit entities that a reader knows, by type and name: those after a key ("": from the first), after skipping
// the first few.
func (v *View) EntitiesAfter(r Reader, q EntityQuery, after string, skip, limit int) (out []Entity) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	by := r.by()
	for e := range v.known.entitiesAfter(by, &q, after) {
		if len(out) == limit {
			break
		}
		if skip > 0 {
			skip--
			continue
		}
		out = append(out, Entity{Entity: e, Aliases: v.known.aliases(by, e.Key(), &q.At)})
	}
	return out
}

// CountEntities returns the number of entities that a reader knows.
func (v *View) CountEntities(r Reader, q EntityQuery) (n int) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	for range v.known.entitiesAfter(r.by(), &q, "") {
		n++
	}
	return n
}

func (s *factStore) entitiesAfter(by *reader, q *EntityQuery, after string) iter.Seq[record.Entity] {
	return func(yield func(record.Entity) bool) {
		for _, begins := range q.ranges() {
			place := max(begins, after)
			for key := range s.keysFrom(by, place, place != after || after == "") {
				if len(key) < len(begins) || key[:len(begins)] != begins {
					break
				}
				// A reader caches its lookups. A new one for each entity keeps a long listing from filling the cache.
				if e, ok := s.entityAt(&reader{reach: by.reach}, key, &q.At); ok && !yield(e) {
					return
				}
			}
		}
	}
}

// keysFrom yields the keys of entities that a reader sees, from a place on. It yields the place itself only if included is true.
func (s *factStore) keysFrom(by *reader, place string, included bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		if included && place != "" && s.namedTo(by, place) && !yield(place) {
			return
		}
		var from *string
		if place != "" {
			from = &place
		}
		for key := range s.known.before(by.reach, from) {
			if !yield(key) {
				return
			}
		}
	}
}

// namedTo reports whether the reader sees a row of an entity.
func (s *factStore) namedTo(by *reader, key string) bool {
	_, ok := s.seen(key, &reader{reach: by.reach})
	return ok
}

// entityAt returns an entity as a reader knew it at a point. It returns false if the entity was unknown or deleted then, or was merged into
// another entity.
func (s *factStore) entityAt(by *reader, key string, at *Point) (e record.Entity, ok bool) {
	if e, ok = s.seen(key, by); !ok {
		return e, false
	}
	if at.now() && !e.RetiredAt.IsZero() {
		return e, false
	}
	if !at.now() && !s.existed(by, key, at) {
		return e, false
	}
	meant := s.meant(by, key, at)
	return e, len(meant) == 1 && meant[0] == key
}

// existed reports whether an entity was known to a reader at a point in the past, and was not deleted by then. It was known from the time
// of its first fact on. Without facts, the times of its rows decide.
func (s *factStore) existed(by *reader, key string, at *Point) bool {
	facts, known, written, deleted, left := false, false, false, false, false
	for _, p := range by.sees(s.entities[key]) {
		take := func(f *record.Fact) {
			facts, known = true, known || at.known(f.Known.From, f.RecordedAt)
		}
		for f := range p.subject.each() {
			take(f)
		}
		for _, id := range p.object {
			take(s.facts[id])
		}
		for _, row := range p.said() {
			switch {
			case !at.known(row.CreatedAt, row.CreatedAt):
			case at.ended(row.RetiredAt, row.RetiredAt):
				written, deleted = true, true
			default:
				written, left = true, true
			}
		}
	}
	return (known || !facts && written) && (left || !deleted)
}

// meant returns the keys of the entities that a name stands for at a point: the entity that it was merged into, or itself. If a reader sees
// the merge in some scopes only, there are several.
func (s *factStore) meant(by *reader, key string, at *Point) []string {
	if by.reach.Visible == nil && s.listed.byKey[record.Alias] == nil {
		return []string{key} // nothing was ever merged
	}
	if !slices.ContainsFunc(by.sees(s.entities[key]), func(p *presence) bool { return p.subject.has(record.Alias) }) {
		return []string{key} // the reader sees nothing that was merged
	}
	out, seen := []string{}, map[string]bool{}
	var follow func(key string)
	follow = func(key string) {
		if seen[key] {
			return
		}
		seen[key] = true
		itself, merged := false, false
		for _, p := range by.sees(s.entities[key]) {
			own := false
			for f := range p.subject.under(record.Alias) {
				if then := at.fact(f); f.Kind == record.KindRelation && then != nil && then.Live() {
					own, merged = true, true
					follow(f.Object.Key())
				}
			}
			itself = itself || !own && (p.row.ID != "" && p.row.RetiredAt.IsZero() || p.subject.count() > 0)
		}
		if itself || !merged {
			out = append(out, key)
		}
	}
	follow(key)
	return out
}

// aliases returns the other names of an entity: those that were merged into it, and those that its speaker has said.
func (s *factStore) aliases(by *reader, key string, at *Point) (names []string) {
	for _, ref := range s.namesOf(by, key, at, record.Alias, record.Account) {
		names = append(names, ref.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// filedUnder returns the keys under which the facts about an entity are filed: its own, and those of the names that were merged into it by
// a point. A nil point includes merges of any time.
func (s *factStore) filedUnder(by *reader, key string, at *Point) (keys []string) {
	then := at
	if then == nil {
		then = &Point{}
	}
	for _, own := range s.meant(by, key, then) {
		keys = append(keys, own)
		for _, ref := range s.namesOf(by, own, at, record.Alias) {
			keys = append(keys, ref.Key())
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// namesOf returns the names that stand for an entity at a point, through relations with some labels. A nil point includes names of any
// time.
func (s *factStore) namesOf(by *reader, key string, at *Point, labels ...string) (names []record.EntityRef) {
	if by.reach.Visible == nil && !slices.ContainsFunc(labels, func(l string) bool { return s.listed.byKey[l] != nil }) {
		return nil // nothing ever had another name
	}
	var seen map[string]bool // keys of names; most entities have none
	for next := []string{key}; len(next) > 0; next = next[1:] {
		for _, p := range by.sees(s.entities[next[0]]) {
			for _, id := range p.object {
				f := s.facts[id]
				if !slices.Contains(labels, f.Key) {
					continue
				}
				other := f.Entity.Key()
				if other == key || seen[other] {
					continue
				}
				if at != nil {
					if then := at.fact(f); then == nil || !then.Live() {
						continue
					}
				}
				if seen == nil {
					seen = map[string]bool{}
				}
				seen[other] = true
				names, next = append(names, f.Entity), append(next, other)
			}
		}
	}
	return names
}

// EntityFor returns an entity with the facts about it that held at a point, as a reader knows them. It follows a name that was merged into
// another entity.
func (v *View) EntityFor(r Reader, ref record.EntityRef, at Point) (Entity, bool) {
	return found(v, func() (out Entity, ok bool) {
		by := r.by()
		keys := v.known.meant(by, ref.Key(), &at)
		for _, key := range keys {
			if out.Entity, ok = v.known.entityAt(by, key, &at); ok {
				v.describe(&r, by, key, &at, &out)
				return out, true
			}
		}
		return out, false
	})
}

// describe adds the known facts about an entity.
func (v *View) describe(r *Reader, by *reader, key string, at *Point, out *Entity) {
	out.Aliases = v.known.aliases(by, key, at)
	filed := v.known.filedUnder(by, key, at)
	about := v.known.about(by, filed, filed, nil, func(f *record.Fact) bool {
		f = at.fact(f)
		return f != nil && at.holds(f) && f.Key != record.Alias
	})
	slices.SortFunc(about, func(a, b *record.Fact) int { return cmp.Or(cmp.Compare(a.Key, b.Key), record.CompareInTime(a, b)) })
	for _, f := range about {
		h := v.factAt(r, at.fact(f), at)
		switch {
		case f.Kind == record.KindAttribute:
			out.Attributes = append(out.Attributes, h)
		case slices.Contains(filed, f.Entity.Key()):
			out.Outgoing = append(out.Outgoing, h)
		default:
			out.Incoming = append(out.Incoming, h)
		}
	}
}

// HistoryFor returns the present and former values of an entity for some keys, in the order in which they held, as a reader knows them. It
// returns false if the reader knows no such entity and never did.
func (v *View) HistoryFor(r Reader, ref record.EntityRef, of []string) ([]Hit, bool) {
	return found(v, func() (out []Hit, ok bool) {
		by, now := r.by(), &Point{}
		keys := v.known.filedUnder(by, ref.Key(), nil)
		for _, key := range keys {
			_, known := v.known.seen(key, by)
			ok = ok || known
		}
		facts := v.known.about(by, keys, nil, under(of...), func(*record.Fact) bool { return true })
		slices.SortFunc(facts, record.CompareInTime)
		for _, f := range facts {
			out = append(out, v.factAt(&r, f, now))
		}
		return out, ok
	})
}

// InstructionsBefore returns up to limit instructions that a reader sees and that pass keep, newest first. It pages like FactsBefore.
func (v *View) InstructionsBefore(r Reader, keep func(*record.Instruction) bool, place RowPlace, skip, limit int) (out []Hit) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	rows := part(v.known.ordered.before(r.Reach, placed(place, &record.Instruction{ID: place.ID, RecordedAt: place.RecordedAt})), keep, skip, limit)
	for _, i := range rows {
		out = append(out, v.instructionFor(&r, i))
	}
	return out
}

// InstructionFor returns an instruction, if a reader sees it.
func (v *View) InstructionFor(r Reader, id string) (Hit, bool) {
	return found(v, func() (h Hit, ok bool) {
		i := v.known.instructions[id]
		if i == nil || !r.Sees(i.Scopes) {
			return h, false
		}
		return v.instructionFor(&r, i), true
	})
}

func (v *View) instructionFor(r *Reader, i *record.Instruction) Hit {
	h := Hit{ID: i.ID, Kind: record.KindInstruction, Text: i.Description, Instruction: i}
	v.origin(&h)
	v.veilOne(r.Reads, &h)
	return h
}

// CountInstructions returns the number of such instructions in all.
func (v *View) CountInstructions(r Reader, keep func(*record.Instruction) bool) int {
	return read(v, func() int { return len(part(v.known.ordered.before(r.Reach, nil), keep, 0, -1)) })
}

// QuestionsBefore returns up to limit uncertainties that a reader sees and that pass keep, newest first. It pages like FactsBefore.
func (v *View) QuestionsBefore(r Reader, keep func(*record.OpenQuestion) bool, place RowPlace, skip, limit int) []Question {
	return read(v, func() (out []Question) {
		row := placed(place, &record.OpenQuestion{ID: place.ID, RecordedAt: place.RecordedAt})
		for _, q := range part(v.known.questioned.before(r.Reach, row), keep, skip, limit) {
			out = append(out, v.questionFor(&r, q))
		}
		return out
	})
}

// CountQuestions returns the number of such uncertainties in all.
func (v *View) CountQuestions(r Reader, keep func(*record.OpenQuestion) bool) int {
	return read(v, func() int { return len(part(v.known.questioned.before(r.Reach, nil), keep, 0, -1)) })
}

// Question is an uncertainty, as a reader knows it.
type Question struct {
	record.OpenQuestion
	Origin Hit // only its fields about the source are set
}

// QuestionFor returns an uncertainty, if a reader sees it.
func (v *View) QuestionFor(r Reader, id string) (Question, bool) {
	return found(v, func() (out Question, ok bool) {
		q := v.known.questions[id]
		if q == nil || !r.Sees(q.Scopes) {
			return out, false
		}
		return v.questionFor(&r, q), true
	})
}

func (v *View) questionFor(r *Reader, q *record.OpenQuestion) Question {
	out := Question{OpenQuestion: *q}
	out.Facts = slices.DeleteFunc(slices.Clone(q.Facts), func(id string) bool {
		f := v.known.facts[id]
		return f == nil || !r.Sees(f.Scopes)
	})
	hits := []Hit{{Instruction: &record.Instruction{Source: q.Source}}}
	v.origin(&hits[0])
	v.veil(&Query{Reads: r.Reads}, hits)
	out.Origin = hits[0]
	return out
}

// placed returns the row at which a listing continues; nil: at its beginning.
func placed[T any](place RowPlace, row T) *T {
	if place == (RowPlace{}) {
		return nil
	}
	return &row
}

// part returns the rows that pass keep, without the first few. A negative limit returns all.
func part[T any](rows iter.Seq[T], keep func(T) bool, skip, limit int) (out []T) {
	for row := range rows {
		switch {
		case len(out) == limit:
			return out
		case keep != nil && !keep(row):
		case skip > 0:
			skip--
		default:
			out = append(out, row)
		}
	}
	return out
}
