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

// sessionOrder has the ids of all sessions, oldest first, and those of each scope set. What a reader is given is merged out of the sets
// that it sees, so that others cost it nothing; whoever sees everything reads the first list.
type sessionOrder struct {
	all sorted.List[string]
	in  scope.Catalog[*sorted.List[string]]
}

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

// placeIn finds the first session of a list that is not before a place.
func (t *conversations) placeIn(list *sorted.List[string], p SessionPlace) (sorted.Place, bool) {
	return list.Search(func(id *string) int { return PlaceOf(t.sessions[*id]).compare(p) })
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

// removeSession takes out a session, if there is one of that id.
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

// lists are the lists of sessions that a reader is given.
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

// CountSessions returns how many sessions a reader is given.
func (v *View) CountSessions(reach scope.Reach) (n int) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	for list := range v.said.lists(reach) {
		n += list.Len()
	}
	return n
}

// SessionsBefore returns up to limit sessions that a reader is given, newest first: those that are older than a place (zero: from the
// newest on), but the first few of them that are to be skipped.
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

// older is what stands before a place in a list of sessions; false: nothing.
func (t *conversations) older(list *sorted.List[string], at sorted.Place) (head sessionHead, ok bool) {
	if at, ok = list.Previous(at); !ok {
		return head, false
	}
	return sessionHead{PlaceOf(t.sessions[*list.At(at)]), list, at}, true
}

// sessionHead is the newest session of a list that is not returned yet.
type sessionHead struct {
	session SessionPlace
	list    *sorted.List[string]
	at      sorted.Place
}

// sessionHeap has the newest of the heads first.
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
