package index

import (
	"slices"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// Filter selects the rows of a search. The zero value selects all rows that are believed now. Every condition applies before
// ranking, so a search returns k hits whenever k rows pass and match.
type Filter struct {
	// Visible reports whether the caller may read rows with a scope set; nil: all. It is called once for each distinct scope set
	// (sorted, without repetitions). It must not write to the index.
	Visible func(record.ScopeSet) bool
	// Within and Lens avoid calls for scope sets that are not visible: see [scope.Reach].
	Within []scope.Pattern
	Lens   record.ScopeSet

	// Follows reports whether the caller may know which rows belong to a session; nil: of all. Turns of other sessions are ranked
	// separately, so that nothing shows which were said together. The rules of Visible apply to it.
	Follows func(session string) bool

	Kinds    []record.Kind   // one of these; empty: any
	Labels   []string        // all of these
	Category record.Category // "": any
	Source   record.SourceKind
	Session  string // only this session; "": any

	// Told has conditions on turns; nil: none. Rows without a turn are not checked: Keep decides about them.
	Told *Told

	ExcludeSession string   // not this session
	ExcludeIDs     []string // not these rows

	// Closed also selects rows whose known time has ended. AsOf overrides it.
	Closed bool
	// AsOf selects the rows whose known time contains it, and computes the statistics of BM25 from those visible rows alone. Zero:
	// the rows whose known time has no end.
	AsOf time.Time
	// Held selects the rows for whose ids it is true, in place of AsOf, Closed and Ended; nil: those decide. The statistics of BM25 count
	// exactly these rows. It must not write to the index.
	Held func(id string) bool
	// Ended also selects, with AsOf, rows whose known time had ended by then.
	Ended bool

	At         time.Time // valid time contains it; zero: any
	ValidFrom  time.Time // valid time ends after it; zero: any
	ValidUntil time.Time // valid time begins before it; zero: any

	// Keep reports whether a row is kept, by its id, after all other conditions; nil: all. It must not write to the index. It is
	// called concurrently, only for rows that may be hits, and possibly more than once.
	Keep func(id string) bool
}

// Told selects turns by how they were said.
type Told struct {
	Role     record.Role                // "": any
	Speakers []string                   // one of these, as record.Normalise returns them; empty: anybody
	After    time.Time                  // said then or later; zero: at any time
	Before   time.Time                  // said earlier; zero: at any time
	In       func(record.Location) bool // said at such a location; nil: anywhere. It is called concurrently.
}

// Admits reports whether what was said so is selected. speaker is normalised; at is nil while the location is unknown.
func (t *Told) Admits(role record.Role, speaker string, said time.Time, at *record.Location) bool {
	return (t.Role == "" || t.Role == role) && (len(t.Speakers) == 0 || slices.Contains(t.Speakers, speaker)) && t.Then(said) &&
		(t.In == nil || at != nil && t.In(*at))
}

// Then reports whether what was said at a time is selected, as far as that depends on the time.
func (t *Told) Then(said time.Time) bool {
	return (t.After.IsZero() || !said.Before(t.After)) && (t.Before.IsZero() || said.Before(t.Before))
}

// tells applies conditions on turns to a row.
func (t *Told) tells(e *row) bool {
	if e.Turn == "" {
		return true
	}
	speaker := e.name
	if e.Named {
		speaker = "" // nobody said so
	}
	return t.Admits(e.Role, speaker, e.Occurred(), e.Location)
}

// Reach returns the conditions on scope sets.
func (f *Filter) Reach() scope.Reach {
	return scope.Reach{Visible: f.Visible, Within: f.Within, Lens: f.Lens}
}

func (f *Filter) follows(c *conversation) bool { return f.Follows == nil || f.Follows(c.session) }

// perRow reports whether rows must be checked one by one.
func (f *Filter) perRow() bool {
	return len(f.Kinds) > 0 || len(f.Labels) > 0 || f.Category != "" || f.Source != "" || f.Session != "" ||
		f.Told != nil || f.ExcludeSession != "" || len(f.ExcludeIDs) > 0 || !f.At.IsZero() || !f.ValidFrom.IsZero() || !f.ValidUntil.IsZero() || f.Keep != nil
}

// known reports whether the row was believed at AsOf, given as asOf, or before.
func (f *Filter) known(r *row, asOf moment) bool {
	return !r.since.after(asOf) && (f.Ended || r.until.IsZero() || f.AsOf.Before(r.until))
}

// match checks every condition except those on scopes, known time and ids.
func (f *Filter) match(e *row) bool {
	switch {
	case len(f.Kinds) > 0 && !slices.Contains(f.Kinds, e.Kind),
		f.Category != "" && f.Category != e.Category,
		f.Source != "" && f.Source != e.Source,
		f.Session != "" && f.Session != e.Session,
		f.ExcludeSession != "" && f.ExcludeSession == e.Session,
		f.Told != nil && !f.Told.tells(e),
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

// selection is a filter resolved for one search. Visibility and known time are resolved for all rows, because the statistics of
// BM25 count these. The other conditions are checked only for rows that may be hits.
type selection struct {
	ix     *Index
	filter Filter

	segments []uint32     // visible and in known time, as far as that is decided for whole segments
	in       []size       // by number of a segment
	small    int          // number of small segments
	rows     int          // visible and known: the N of BM25
	length   uint64       // sum of their lengths
	said     [roles]tally // of the turns among them

	timed  bool           // with AsOf: known is in use
	known  bitmap         // the visible rows known then
	parts  []uint32       // segments of which some rows may not have been
	partly bitmap         // the same, by number of a segment
	spoke  map[uint32]int // of these: the number of known rows of each speaker; nil: not counted yet

	narrow   bool     // there are other conditions
	excluded []uint32 // excluded rows, in order
}

// size is the size class of a segment, which decides how its postings are scored, or out if it is not selected.
type size uint8

const (
	out size = iota
	small
	large
)

func (s *selection) has(segment uint32) bool { return s.in[segment] != out }

// sel resolves a filter. Its cost is proportional to the distinct scope sets within its reach, and with AsOf to the visible rows.
func (ix *Index) sel(s *selection, f *Filter) {
	s.ix, s.filter = ix, *f
	for _, n := range s.segments {
		s.in[n] = out // of the previous search: the others are already out
	}
	if more := 2*len(ix.parts) - len(s.in); more > 0 {
		s.in = append(s.in, make([]size, more)...)
	}
	s.segments = s.segments[:0]
	s.rows, s.length, s.small, s.said = 0, 0, 0, [roles]tally{}
	s.timed, s.narrow = !f.AsOf.IsZero() || f.Held != nil, f.perRow()
	for _, id := range ix.sets.Visible(f.Reach()) {
		p := ix.parts[id]
		for closed := range p.segments {
			h := &p.segments[closed]
			if len(h.docs) == 0 || closed == 1 && !s.timed && !f.Closed {
				continue
			}
			n := segmentOf(id, closed == 1)
			s.segments, s.in[n] = append(s.segments, n), large
			if len(h.docs) <= windowSize {
				s.in[n] = small
				s.small++
			}
			if !s.timed {
				s.add(h)
			}
		}
	}
	if s.timed {
		s.asOf()
	}
	s.excluded = s.excluded[:0]
	for _, name := range f.ExcludeIDs {
		if id, ok := ix.byID[name]; ok {
			s.excluded = append(s.excluded, id)
		}
	}
	slices.Sort(s.excluded)
}

// add counts a segment whose rows are all selected.
func (s *selection) add(h *segment) {
	s.rows += len(h.docs)
	s.length += h.length
	for r, t := range h.roles {
		s.said[r].turns += t.turns
		s.said[r].words += t.words
	}
}

// asOf selects the visible rows that were known at that time.
func (s *selection) asOf() {
	asOf := momentOf(s.filter.AsOf)
	if always := momentOf(time.Time{}); always.after(asOf) {
		asOf = always // rows known from the beginning were known then, too
	}
	s.known = s.known.sized(len(s.ix.docs))
	s.spoke = nil
	for _, n := range s.parts {
		s.partly.unset(n)
	}
	s.parts, s.partly = s.parts[:0], s.partly.grown(2*len(s.ix.parts))
	for _, n := range s.segments {
		h := s.ix.segment(n)
		if s.filter.Held == nil && n%2 == 0 && !h.newest.after(asOf) {
			s.add(h)
			for _, id := range h.docs {
				s.known.set(id)
			}
			continue
		}
		s.parts = append(s.parts, n)
		s.partly.set(n)
		s.split(h, n%2 == 1, asOf)
	}
}

// split selects the known rows of a segment. Most rows are decided by the second alone, and the smaller part is counted: reading a
// row that is far away in memory costs more than everything else.
func (s *selection) split(h *segment, closed bool, asOf moment) {
	known, held := 0, s.filter.Held
	for i, id := range h.docs {
		since := h.since[i]
		if held != nil {
			if !held(s.ix.docs[id].entry.ID) {
				continue
			}
		} else if since > asOf.seconds || (since == asOf.seconds || closed) && !s.filter.known(&s.ix.docs[id].entry, asOf) {
			continue
		}
		s.known.set(id)
		known++
	}
	count, sign := true, 1 // those that were known
	if 2*known > len(h.docs) {
		s.add(h)
		count, sign = false, -1 // or those that were not
	}
	for _, id := range h.docs {
		if s.known.has(id) != count {
			continue
		}
		d := s.ix.docs[id]
		s.rows += sign
		s.length += uint64(sign * int(d.length)) // wraps around, and back
		if d.entry.Turn != "" {
			s.said[roleOf(d.entry.Role)].add(d, sign)
		}
	}
}

// whole reports whether all rows of a selected segment were known.
func (s *selection) whole(segment uint32) bool { return !s.timed || !s.partly.has(segment) }

// admits reports whether a row of a selected segment passes every condition.
func (s *selection) admits(doc uint32) bool {
	if s.timed && !s.known.has(doc) {
		return false
	}
	if !s.narrow {
		return true
	}
	if _, excluded := slices.BinarySearch(s.excluded, doc); excluded {
		return false
	}
	return s.filter.match(&s.ix.docs[doc].entry)
}

// turnsOf returns the number of known turns of each speaker, in segments that were not known as a whole.
func (s *selection) turnsOf() map[uint32]int {
	if s.spoke == nil {
		s.spoke = map[uint32]int{}
		for _, n := range s.parts {
			for _, id := range s.ix.segment(n).docs {
				if d := s.ix.docs[id]; s.known.has(id) && d.voice != nil && d.voice.speaker != "" {
					s.spoke[d.voice.id]++
				}
			}
		}
	}
	return s.spoke
}

// release drops references that a pooled selection must not keep alive.
func (s *selection) release() { s.ix, s.filter, s.spoke = nil, Filter{}, nil }
