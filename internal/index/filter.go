package index

import (
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// Filter says which rows take part in a search. The zero value takes all that are believed now. Every
// condition is decided before ranking, so a search gives k hits whenever k rows pass and match.
type Filter struct {
	// Visible decides whether the caller may read rows with a scope set; nil: all. It is asked once for
	// each distinct scope set (sorted, without repetitions) while the index is locked for reading, so it
	// must not use the index.
	Visible func(record.ScopeSet) bool
	// Within and Lens save asking about scope sets that are not visible; see [scope.Reach].
	Within []scope.Pattern
	Lens   record.ScopeSet

	// Follows reports whether the caller may know what belongs to a session; nil: of all. Turns of other sessions are ranked each
	// by itself: nothing shows of what was said together. It is asked as Visible is.
	Follows func(session string) bool

	Kinds    []record.Kind   // one of these; empty: any
	Labels   []string        // all of these
	Category record.Category // "": any
	Source   record.SourceKind
	Session  string // only this one; "": any

	ExcludeSession string   // not this one
	ExcludeIDs     []string // not these rows

	// Closed takes the rows whose known time has ended as well. AsOf decides by itself.
	Closed bool
	// AsOf takes the rows whose known time contains it, and computes the statistics of BM25 from those
	// visible rows alone. Zero: the rows whose known time has no end.
	AsOf time.Time
	// Ended takes with AsOf the rows as well whose known time had ended by then.
	Ended bool

	At         time.Time // valid time contains it; zero: any
	ValidFrom  time.Time // valid time ends after it; zero: any
	ValidUntil time.Time // valid time begins before it; zero: any

	// Keep decides on single rows, by their id, after everything else; nil: all. It is asked while the index is
	// locked for reading, so it must not use the index.
	Keep func(id string) bool
}

// Reach is the part of the filter that is about scope sets.
func (f *Filter) Reach() scope.Reach {
	return scope.Reach{Visible: f.Visible, Within: f.Within, Lens: f.Lens}
}

func (f *Filter) follows(c *conversation) bool { return f.Follows == nil || f.Follows(c.session) }

// perRow reports whether rows have to be looked at one by one.
func (f *Filter) perRow() bool {
	return len(f.Kinds) > 0 || len(f.Labels) > 0 || f.Category != "" || f.Source != "" || f.Session != "" ||
		f.ExcludeSession != "" || len(f.ExcludeIDs) > 0 || !f.At.IsZero() || !f.ValidFrom.IsZero() || !f.ValidUntil.IsZero() || f.Keep != nil
}

// known reports whether the row was believed at AsOf, which is set, or before.
func (f *Filter) known(e *row) bool {
	known := e.Known()
	return known.Contains(f.AsOf) || f.Ended && !known.From.After(f.AsOf)
}

// match decides every condition but those on scopes, known time and ids.
func (f *Filter) match(e *row) bool {
	switch {
	case len(f.Kinds) > 0 && !slices.Contains(f.Kinds, e.Kind),
		f.Category != "" && f.Category != e.Category,
		f.Source != "" && f.Source != e.Source,
		f.Session != "" && f.Session != e.Session,
		f.ExcludeSession != "" && f.ExcludeSession == e.Session,
		!f.At.IsZero() && !e.Valid.Contains(f.At),
		!f.ValidFrom.IsZero() && !e.Valid.Until.IsZero() && !e.Valid.Until.After(f.ValidFrom),
		!f.ValidUntil.IsZero() && !e.Valid.From.Before(f.ValidUntil) && !e.Valid.From.IsZero():
		return false
	}
	for _, l := range f.Labels {
		if !slices.Contains(e.Labels, l) {
			return false
		}
	}
	return f.Keep == nil || f.Keep(e.ID)
}

// selection is what a filter comes to for one search.
type selection struct {
	halves []uint32       // visible and in known time, as far as a whole half decides that
	in     []size         // by number of a half
	small  int            // how many halves are small
	rows   int            // visible and known: the N of BM25
	length uint64         // sum of their lengths
	said   [roles]tally   // of the turns among them
	spoke  map[uint32]int // with AsOf: how many of them are a speaker's

	known   bitmap // with AsOf: the visible rows known then
	allowed bitmap // with conditions on rows: what may be ranked
	timed   bool   // known is in use
	perRow  bool   // allowed is in use
}

// size is the size class of a half, which decides how its postings are scored, or out if it is not selected.
type size uint8

const (
	out size = iota
	small
	large
)

func (s *selection) has(half uint32) bool { return s.in[half] != out }

// sel works a filter out. Its cost is in the distinct scope sets within its reach, and with conditions on rows or AsOf
// in the visible rows.
func (ix *Index) sel(s *selection, f *Filter) {
	for _, n := range s.halves {
		s.in[n] = out // of the search before: the others are so already
	}
	if more := 2*len(ix.parts) - len(s.in); more > 0 {
		s.in = append(s.in, make([]size, more)...)
	}
	s.halves = s.halves[:0]
	s.rows, s.length, s.small, s.said = 0, 0, 0, [roles]tally{}
	clear(s.spoke)
	s.timed = !f.AsOf.IsZero()
	s.perRow = s.timed || f.perRow()
	for _, id := range ix.sets.Visible(f.Reach()) {
		p := ix.parts[id]
		for closed := range p.halves {
			h := &p.halves[closed]
			if len(h.docs) == 0 || closed == 1 && !s.timed && !f.Closed {
				continue
			}
			n := halfOf(id, closed == 1)
			s.halves, s.in[n] = append(s.halves, n), large
			if len(h.docs) <= windowSize {
				s.in[n] = small
				s.small++
			}
			if !s.timed {
				s.rows += len(h.docs)
				s.length += h.length
				for r, t := range h.roles {
					s.said[r].turns += t.turns
					s.said[r].words += t.words
				}
			}
		}
	}
	if !s.perRow {
		return
	}
	s.allowed = s.allowed.sized(len(ix.docs))
	if s.timed {
		s.known = s.known.sized(len(ix.docs))
	}
	all := !f.perRow()
	for _, n := range s.halves {
		for _, id := range ix.half(n).docs {
			d := ix.docs[id]
			if s.timed {
				if !f.known(&d.entry) {
					continue
				}
				s.known.set(id)
				s.rows++
				s.length += uint64(d.length)
				s.heard(d)
			}
			if all || f.match(&d.entry) {
				s.allowed.set(id)
			}
		}
	}
	for _, name := range f.ExcludeIDs {
		if id, ok := ix.byID[name]; ok {
			s.allowed.unset(id)
		}
	}
}

// heard counts a turn, where the halves do not tell.
func (s *selection) heard(d *doc) {
	if d.entry.Turn == "" {
		return
	}
	s.said[roleOf(d.entry.Role)].add(d, 1)
	if d.voice != nil && d.voice.speaker != "" {
		if s.spoke == nil {
			s.spoke = map[uint32]int{}
		}
		s.spoke[d.voice.id]++
	}
}
