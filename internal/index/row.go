package index

import (
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// row is the stored form of an Entry, a fifth of its size. Its scope set is stored in its partition, and its vector in a slab.
type row struct {
	*shared
	*rare
	ID, Text, Session, Turn string

	occurred, since moment // since is the beginning of its known time
	recorded        moment // as in Entry; the same as since if the entry does not say
	Seq             int
	Start           int32

	Asks, Asking, Named bool
	Gives               Answers
}

// shared has values that many rows have in common. It is stored once.
type shared struct {
	traits
	name string // the normalised Speaker
	rows int    // number of rows that use it
}

// traits are the fields of an Entry with few values.
type traits struct {
	Kind       record.Kind
	Category   record.Category
	Source     record.SourceKind
	Role       record.Role
	Speaker    string
	Importance float64
}

// rare has values that few rows have.
type rare struct {
	Labels   []string
	Valid    record.Interval
	until    time.Time // the end of its known time
	Location *record.Location
}

// ordinary is used by rows without rare values.
var ordinary = &rare{}

// moment is a time without its zone, which is UTC.
type moment struct {
	seconds     int64
	nanoseconds int32
}

func momentOf(t time.Time) moment { return moment{t.Unix(), int32(t.Nanosecond())} }

func (m moment) after(o moment) bool {
	return m.seconds > o.seconds || m.seconds == o.seconds && m.nanoseconds > o.nanoseconds
}

func (m moment) time() time.Time { return time.Unix(m.seconds, int64(m.nanoseconds)).UTC() }

// Known returns when the row was believed.
func (r *row) Known() record.Interval { return record.Interval{From: r.since.time(), Until: r.until} }

// Occurred returns when it was said or happened.
func (r *row) Occurred() time.Time { return r.occurred.time() }

// rowOf converts an entry to a row. Its traits must be released.
func (ix *Index) rowOf(e *Entry) row {
	r := row{
		shared: ix.share(traits{e.Kind, e.Category, e.Source, e.Role, e.Speaker, e.Importance}), rare: ordinary,
		ID: e.ID, Text: e.Text, Session: e.Session, Turn: e.Turn,
		occurred: momentOf(e.Occurred), since: momentOf(e.Known.From),
		Seq: e.Seq, Start: int32(e.Start), Asks: e.Asks, Asking: e.Asking, Gives: e.Gives, Named: e.Named,
	}
	if r.recorded = r.since; !e.Recorded.IsZero() {
		r.recorded = momentOf(e.Recorded)
	}
	if len(e.Labels) > 0 || e.Valid != (record.Interval{}) || !e.Known.Until.IsZero() || e.Location != nil {
		r.rare = &rare{e.Labels, e.Valid, e.Known.Until, e.Location}
	}
	return r
}

// entry converts a doc to an Entry, without its vector.
func (ix *Index) entry(d *doc) Entry {
	r := &d.entry
	e := Entry{
		ID: r.ID, Kind: r.Kind, Text: r.Text, Scopes: ix.parts[d.segment/2].scopes, Labels: r.Labels, Category: r.Category, Session: r.Session,
		Source: r.Source, Known: r.Known(), Valid: r.Valid, Occurred: r.Occurred(), Importance: r.Importance,
		Turn: r.Turn, Seq: r.Seq, Start: int(r.Start), Role: r.Role, Speaker: r.Speaker, Asks: r.Asks, Asking: r.Asking, Gives: r.Gives, Named: r.Named,
		Location: r.Location,
	}
	if r.recorded != r.since {
		e.Recorded = r.recorded.time()
	}
	return e
}

func (ix *Index) share(t traits) *shared {
	s := ix.traits[t]
	if s == nil {
		t.Speaker = strings.Clone(t.Speaker) // it may be a substring of a text
		s = &shared{traits: t, name: record.Normalise(t.Speaker)}
		ix.traits[t] = s
	}
	s.rows++
	return s
}

func (ix *Index) release(s *shared) {
	if s.rows--; s.rows == 0 {
		delete(ix.traits, s.traits)
	}
}

// inPlaceOf reports whether an entry has the words and the position of the row with its id.
func (e *Entry) inPlaceOf(r *row) bool {
	return e.Text == r.Text && e.Turn == r.Turn && e.Session == r.Session && e.Seq == r.Seq && e.Start == int(r.Start) && e.Role == r.Role &&
		e.Speaker == r.Speaker && e.Asking == r.Asking && (e.Turn == "" || e.Occurred.Equal(r.Occurred()))
}
