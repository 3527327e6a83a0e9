package recall

import (
	"cmp"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// SessionPlace is a position in the order of sessions: the creation time, then the id.
type SessionPlace struct {
	At time.Time
	ID string
}

// PlaceOf returns the position of a session.
func PlaceOf(s record.Session) SessionPlace {
	return SessionPlace{s.CreatedAt.Round(0), s.ID} // a monotonic reading is not stored
}

func (p SessionPlace) compare(other SessionPlace) int {
	return cmp.Or(p.At.Compare(other.At), strings.Compare(p.ID, other.ID))
}

// putSession stores a session in its current state.
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

// removeSession removes a session, if it exists.
func (t *conversations) removeSession(id string) {
	s, known := t.sessions[id]
	if !known {
		return
	}
	t.order.remove(s.Scopes, PlaceOf(s), nil)
	delete(t.sessions, id)
}

// CountSessions returns the number of sessions that a reader sees.
func (v *View) CountSessions(reach scope.Reach) int {
	return read(v, func() int { return v.said.order.count(reach) })
}

// SessionsBefore returns up to limit sessions that a reader sees, newest first: those older than a position (zero: from the
// newest), after skipping the first few.
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
