package recall

import (
	"sync"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// sessionRows holds the sessions by id. Reading one takes no lock, so that a check whether a caller may use a session does not wait for a
// concurrent write. Only one goroutine at a time may change it.
type sessionRows struct {
	rows  sync.Map // values are record.Session, by id
	count int
}

func (t *sessionRows) get(id string) (record.Session, bool) {
	row, ok := t.rows.Load(id)
	if !ok {
		return record.Session{}, false
	}
	return row.(record.Session), true
}

func (t *sessionRows) put(s record.Session) {
	if _, known := t.rows.Swap(s.ID, s); !known {
		t.count++
	}
}

func (t *sessionRows) remove(id string) {
	if _, known := t.rows.LoadAndDelete(id); known {
		t.count--
	}
}

// all returns a copy of the sessions by id.
func (t *sessionRows) all() map[string]record.Session {
	out := make(map[string]record.Session, t.count)
	t.rows.Range(func(id, row any) bool {
		out[id.(string)] = row.(record.Session)
		return true
	})
	return out
}

// putSession stores a session in its current state.
func (t *conversations) putSession(s record.Session) {
	t.newest.note(s.CreatedAt, s.MovedAt)
	old, known := t.sessions.get(s.ID)
	if known && PlaceOf(old).compare(PlaceOf(s)) == 0 && old.Scopes.Equal(s.Scopes) {
		t.sessions.put(s)
		return
	}
	t.removeSession(s.ID)
	t.sessions.put(s)
	t.order.put(s.Scopes, PlaceOf(s))
}

// removeSession removes a session, if it exists.
func (t *conversations) removeSession(id string) {
	s, known := t.sessions.get(id)
	if !known {
		return
	}
	t.order.remove(s.Scopes, PlaceOf(s), nil)
	t.sessions.remove(id)
}

// CountSessions returns the number of sessions that a reader sees.
func (v *View) CountSessions(reach scope.Reach) int {
	return read(v, func() int { return v.said.order.count(reach) })
}

// SessionsBefore returns up to limit sessions that a reader sees, newest first: those older than a position (zero: from the
// newest), after skipping the first few.
func (v *View) SessionsBefore(reach scope.Reach, place Place, skip, limit int) (out []record.Session) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	var from *Place
	if place != (Place{}) {
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
		s, _ := v.said.sessions.get(p.ID)
		out = append(out, s)
	}
	return out
}
