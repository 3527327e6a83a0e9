package recall

import (
	"cmp"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// SessionPlace is a place in the order of sessions: when a session was made, and its id among those of one time.
type SessionPlace struct {
	At time.Time
	ID string
}

// PlaceOf is the place of a session.
func PlaceOf(s record.Session) SessionPlace {
	return SessionPlace{s.CreatedAt.Round(0), s.ID} // a monotonic reading is not stored
}

func (p SessionPlace) compare(other SessionPlace) int {
	return cmp.Or(p.At.Compare(other.At), strings.Compare(p.ID, other.ID))
}

// putSession takes over a session as it is now.
func (t *conversations) putSession(s record.Session) {
	t.newest.note(s.CreatedAt, s.MovedAt)
	old, known := t.sessions[s.ID]
	if known && PlaceOf(old).compare(PlaceOf(s)) == 0 && old.Scopes.Equal(s.Scopes) {
		t.sessions[s.ID] = s
		return
	}
	t.removeSession(s.ID)
	t.sessions[s.ID] = s
	t.order.put(s.Scopes, PlaceOf(s))
}

// removeSession takes out a session, if there is one of that id.
func (t *conversations) removeSession(id string) {
	s, known := t.sessions[id]
	if !known {
		return
	}
	t.order.remove(s.Scopes, PlaceOf(s), nil)
	delete(t.sessions, id)
}

// CountSessions returns how many sessions a reader is given.
func (v *View) CountSessions(reach scope.Reach) int {
	return read(v, func() int { return v.said.order.count(reach) })
}

// SessionsBefore returns up to limit sessions that a reader is given, newest first: those that are older than a place (zero: from the
// newest on), but the first few of them that are to be skipped.
func (v *View) SessionsBefore(reach scope.Reach, place SessionPlace, skip, limit int) (out []record.Session) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	var from *SessionPlace
	if place != (SessionPlace{}) {
		from = &place
	}
	for p := range v.said.order.before(reach, from) {
		if len(out) == limit {
			break
		}
		if skip > 0 {
			skip--
			continue
		}
		out = append(out, v.said.sessions[p.ID])
	}
	return out
}
