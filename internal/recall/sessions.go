package recall

import (
	"cmp"
	"container/heap"
	"iter"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/sorted"
)

// sessionOrder has the ids of all sessions, oldest first, and those of each scope set. A reader's list is merged from the sets that
// it sees, so that other sets cost nothing. A reader who sees everything uses the first list.
type sessionOrder struct {
	all sorted.List[string]
	in  scope.Catalog[*sorted.List[string]]
}

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

// placeIn finds the first session of a list that is not before a position.
func (t *conversations) placeIn(list *sorted.List[string], p SessionPlace) (sorted.Place, bool) {
	return list.Search(func(id *string) int { return PlaceOf(t.sessions[*id]).compare(p) })
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
	own, ok := t.order.in.Get(s.Scopes)
	if !ok {
		own = &sorted.List[string]{}
		t.order.in.Put(s.Scopes, own)
	}
	for _, list := range []*sorted.List[string]{&t.order.all, own} {
		at, _ := t.placeIn(list, PlaceOf(s))
		list.Insert(at, s.ID)
	}
}

// removeSession removes a session, if it exists.
func (t *conversations) removeSession(id string) {
	s, known := t.sessions[id]
	if !known {
		return
	}
	own, _ := t.order.in.Get(s.Scopes)
	for _, list := range []*sorted.List[string]{&t.order.all, own} {
		if at, ok := t.placeIn(list, PlaceOf(s)); ok {
			list.Delete(at)
		}
	}
	if own.Len() == 0 {
		t.order.in.Delete(s.Scopes)
	}
	delete(t.sessions, id)
}

// lists returns the lists of sessions that a reader sees.
func (t *conversations) lists(reach scope.Reach) iter.Seq[*sorted.List[string]] {
	return func(yield func(*sorted.List[string]) bool) {
		if reach.Visible == nil {
			yield(&t.order.all)
			return
		}
		for _, list := range t.order.in.Visible(reach) {
			if !yield(list) {
				return
			}
		}
	}
}

// CountSessions returns the number of sessions that a reader sees.
func (v *View) CountSessions(reach scope.Reach) (n int) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	for list := range v.said.lists(reach) {
		n += list.Len()
	}
	return n
}

// SessionsBefore returns up to limit sessions that a reader sees, newest first: those older than a position (zero: from the
// newest), after skipping the first few.
func (v *View) SessionsBefore(reach scope.Reach, place SessionPlace, skip, limit int) (out []record.Session) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	var merged sessionHeap
	for list := range v.said.lists(reach) {
		at, _ := list.Search(func(*string) int { return -1 }) // the end
		if place != (SessionPlace{}) {
			at, _ = v.said.placeIn(list, place)
		}
		if head, ok := v.said.older(list, at); ok {
			merged = append(merged, head)
		}
	}
	heap.Init(&merged)
	for len(merged) > 0 && len(out) < limit {
		head := merged[0]
		if skip > 0 {
			skip--
		} else {
			out = append(out, v.said.sessions[head.session.ID])
		}
		if next, ok := v.said.older(head.list, head.at); ok {
			merged[0] = next
			heap.Fix(&merged, 0)
		} else {
			heap.Pop(&merged)
		}
	}
	return out
}

// older returns the session before a position in a list; false: none.
func (t *conversations) older(list *sorted.List[string], at sorted.Place) (head sessionHead, ok bool) {
	if at, ok = list.Previous(at); !ok {
		return head, false
	}
	return sessionHead{PlaceOf(t.sessions[*list.At(at)]), list, at}, true
}

// sessionHead is the newest session of a list that has not been returned.
type sessionHead struct {
	session SessionPlace
	list    *sorted.List[string]
	at      sorted.Place
}

// sessionHeap orders the heads, newest first.
type sessionHeap []sessionHead

func (h sessionHeap) Len() int           { return len(h) }
func (h sessionHeap) Less(i, j int) bool { return h[i].session.compare(h[j].session) > 0 }
func (h sessionHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *sessionHeap) Push(x any)        { *h = append(*h, x.(sessionHead)) }
func (h *sessionHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
