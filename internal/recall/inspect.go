package recall

import (
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// FactAt returns a fact as it was at a point, if a reader sees it and it was known then.
func (v *View) FactAt(r Reader, id string, at Point) (Hit, bool) {
	return found(v, func() (h Hit, ok bool) {
		f := v.known.facts[id]
		if f == nil || !r.Sees(f.Scopes) {
			return h, false
		}
		if f = at.fact(f); f == nil {
			return h, false
		}
		return v.factAt(&r, f, &at), true
	})
}

// Values selects the values of an entity for some keys.
type Values struct {
	Entity record.EntityRef
	Kind   record.Kind
	Keys   []string
	Object record.EntityRef // the target of relations; zero: any
	At     Point
}

// ValuesFor returns the values that a reader knew at a point, present and former ones, in the order in which they held. A point with a valid
// time keeps those that held then. current is the last one that was believed then and is not about the past; nil: none.
func (v *View) ValuesFor(r Reader, q Values) (out []Hit, current *Hit) {
	read(v, func() (none struct{}) {
		by := r.by()
		var objects []string
		if q.Object != (record.EntityRef{}) {
			objects = v.known.filedUnder(by, q.Object.Key(), &q.At)
		}
		timed := timed(q.At.filter())
		facts := v.known.about(by, v.known.filedUnder(by, q.Entity.Key(), &q.At), nil, under(q.Keys...), func(f *record.Fact) bool {
			then := q.At.fact(f)
			return f.Kind == q.Kind && then != nil && (objects == nil || slices.Contains(objects, f.Object.Key())) && (!timed || q.At.holds(then))
		})
		slices.SortFunc(facts, record.CompareInTime)
		last := -1
		for _, f := range facts {
			then := q.At.fact(f)
			if q.At.holds(then) && (timed || !then.Past) {
				last = len(out)
			}
			out = append(out, v.factAt(&r, then, &q.At))
		}
		if last >= 0 {
			current = &out[last]
		}
		return none
	})
	return out, current
}

// InstructionAt returns an instruction as it was at a point, if a reader sees it and it was known then.
func (v *View) InstructionAt(r Reader, id string, at Point) (Hit, bool) {
	return found(v, func() (h Hit, ok bool) {
		i := v.known.instructions[id]
		if i == nil || !r.Sees(i.Scopes) || !at.known(i.Known.From, i.RecordedAt) {
			return h, false
		}
		if !at.now() && !i.Active && !at.ended(i.Known.Until, i.RetiredAt) {
			open := *i
			open.Active, open.Known.Until, open.RetiredAt = true, time.Time{}, time.Time{}
			i = &open
		}
		return v.instructionFor(&r, i), true
	})
}

// QuestionAt returns an uncertainty as it was at a point, if a reader sees it and it was known then.
func (v *View) QuestionAt(r Reader, id string, at Point) (Question, bool) {
	return found(v, func() (out Question, ok bool) {
		q := v.known.questions[id]
		if q == nil || !r.Sees(q.Scopes) || !at.known(q.RecordedAt, q.RecordedAt) {
			return out, false
		}
		if !at.now() && q.Resolved && !q.ResolvedAt.IsZero() && !at.ended(q.ResolvedAt, q.ResolvedAt) {
			open := *q
			open.Resolved, open.ResolvedAt, open.Note = false, time.Time{}, ""
			q = &open
		}
		return v.questionFor(&r, q), true
	})
}

// ChunkAt returns a chunk, if a reader sees it and it was known at a point.
func (v *View) ChunkAt(r Reader, id string, at Point) (Hit, bool) {
	return found(v, func() (h Hit, ok bool) {
		c := v.chunk(id)
		if c == nil || !r.Sees(c.Scopes) || !at.known(c.KnownFrom, c.RecordedAt) {
			return h, false
		}
		hits := []Hit{{ID: c.ID, Kind: record.KindMemoryChunk, Text: c.Text, Start: c.Start, Chunk: c}}
		v.veil(&Query{Reads: r.Reads}, hits)
		return hits[0], true
	})
}

// TurnAt returns the first chunk of a turn that a reader sees and that was known at a point, and the position of the turn in its session as the reader sees it; -1: the
// reader sees all turns, so it is the stored one.
func (v *View) TurnAt(r Reader, id string, at Point) (first *record.Chunk, position int, ok bool) {
	ok = read(v, func() bool {
		chunk, known := v.said.first[id]
		if !known {
			return false
		}
		if first = v.chunk(chunk); !r.Sees(first.Scopes) || !at.known(first.KnownFrom, first.RecordedAt) {
			return false
		}
		if _, all := v.said.turnsOf(first.Session, r.Visible); all {
			position = -1
			return true
		}
		for _, other := range v.said.chunks[first.Session] {
			if c := v.chunk(other); c.Seq < first.Seq && r.Sees(c.Scopes) && v.said.first[c.Turn] == other {
				position++
			}
		}
		return true
	})
	if !ok {
		return nil, 0, false
	}
	return first, position, true
}

// SessionDigest is what a reader knows about a session.
type SessionDigest struct {
	Speakers     []Spoke // in the order in which they first spoke
	Turns        int
	From, Until  time.Time // when the first and the last turn were said
	Facts        []Hit     // that came from it, live and closed, in the order in which they were recorded
	Instructions []Hit
	Questions    []Question // open ones
	More         bool       // there are more facts, instructions or questions
}

// Spoke says how many turns somebody spoke.
type Spoke struct {
	Name  string // "": unknown
	Role  record.Role
	Turns int
	seq   int
}

// DigestSession returns what a reader knows about a session that it may know, with up to most rows of each kind.
func (v *View) DigestSession(r Reader, row record.Session, most int) SessionDigest {
	return read(v, func() (out SessionDigest) {
		v.spoke(r, row.ID, &out)
		// What came from the session was recorded between its first write and its last one.
		within := func(at time.Time) bool { return !at.Before(row.CreatedAt) }
		to := RowPlace{RecordedAt: row.MovedAt.Add(1)}
		if row.MovedAt.IsZero() {
			to = RowPlace{}
		}
		for _, list := range []*order[*record.Fact]{&v.known.listed.live, &v.known.listed.closed} {
			rows := until(list.before(r.Reach, placed(to, &record.Fact{RecordedAt: to.RecordedAt})), func(f *record.Fact) bool { return within(f.RecordedAt) })
			for _, f := range firstOf(rows, most-len(out.Facts), &out.More, func(f *record.Fact) bool { return f.Source.Session == row.ID && f.Key != record.Alias }) {
				out.Facts = append(out.Facts, v.factAt(&r, f, &Point{}))
			}
		}
		slices.SortFunc(out.Facts, func(a, b Hit) int { return compareFacts(a.Fact, b.Fact) })
		orders := until(v.known.ordered.before(r.Reach, placed(to, &record.Instruction{RecordedAt: to.RecordedAt})), func(i *record.Instruction) bool { return within(i.RecordedAt) })
		for _, i := range firstOf(orders, most, &out.More, func(i *record.Instruction) bool { return i.Source.Session == row.ID }) {
			out.Instructions = append(out.Instructions, v.instructionFor(&r, i))
		}
		questions := until(v.known.questioned.before(r.Reach, placed(to, &record.OpenQuestion{RecordedAt: to.RecordedAt})), func(q *record.OpenQuestion) bool { return within(q.RecordedAt) })
		for _, q := range firstOf(questions, most, &out.More, func(q *record.OpenQuestion) bool { return q.Source.Session == row.ID && !q.Resolved }) {
			out.Questions = append(out.Questions, v.questionFor(&r, q))
		}
		slices.Reverse(out.Instructions)
		slices.Reverse(out.Questions)
		return out
	})
}

// until ends an iteration before the first row that does not pass.
func until[T any](rows func(func(T) bool), passes func(T) bool) func(func(T) bool) {
	return func(yield func(T) bool) {
		for row := range rows {
			if !passes(row) || !yield(row) {
				return
			}
		}
	}
}

// spoke counts the turns of a session that a reader sees, by speaker.
func (v *View) spoke(r Reader, session string, out *SessionDigest) {
	for _, id := range v.said.chunks[session] {
		c := v.chunk(id)
		if v.said.first[c.Turn] != id || !r.Sees(c.Scopes) {
			continue
		}
		out.Turns++
		if out.From.IsZero() || c.SpokenAt.Before(out.From) {
			out.From = c.SpokenAt
		}
		if c.SpokenAt.After(out.Until) {
			out.Until = c.SpokenAt
		}
		i := slices.IndexFunc(out.Speakers, func(s Spoke) bool { return s.Name == c.Speaker && s.Role == c.Role })
		if i < 0 {
			i, out.Speakers = len(out.Speakers), append(out.Speakers, Spoke{Name: c.Speaker, Role: c.Role, seq: c.Seq})
		}
		s := &out.Speakers[i]
		s.Turns, s.seq = s.Turns+1, min(s.seq, c.Seq)
	}
	slices.SortFunc(out.Speakers, func(a, b Spoke) int {
		if a.seq != b.seq {
			return a.seq - b.seq
		}
		return strings.Compare(string(a.Role)+a.Name, string(b.Role)+b.Name)
	})
}
