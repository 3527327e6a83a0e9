package spectron

import (
	"container/list"
	"context"
	"time"
)

// pool holds the Contexts that are in memory, and takes those out that need not be: over Options.MaxOpenContexts, and after
// Options.IdleContextTimeout. A call pins the Context that it uses from begin to done, and what is pinned stays. The mu of
// the openStore guards it.
type pool struct {
	max  int // 0: no limit
	idle time.Duration
	// used has the Contexts of type *contextStore, the one whose last call ended last in front.
	used list.List
}

// residence is what the pool knows of a Context. The mu of the openStore guards it.
type residence struct {
	pins  int
	place *list.Element // nil while the Context is not in memory
	since time.Time     // when its last call ended
}

// add takes in a Context that was read into memory.
func (p *pool) add(s *contextStore) {
	s.place = p.used.PushFront(s)
	p.touch(s)
}

// touch takes note that a call of the Context has ended.
func (p *pool) touch(s *contextStore) {
	if s.place == nil {
		return
	}
	p.used.MoveToFront(s.place)
	if p.idle > 0 {
		s.since = time.Now() // how long it is, whatever the store's clock says
	}
}

func (p *pool) remove(s *contextStore) {
	if s.place != nil {
		p.used.Remove(s.place)
		s.place = nil
	}
}

// surplus takes out the Contexts over the limit that are not in use, those first that were used the longest ago. While more
// are in use than the limit allows, there are more.
func (p *pool) surplus() []evicted {
	if p.max == 0 || p.used.Len() <= p.max {
		return nil
	}
	return p.evict(func(*contextStore) bool { return p.used.Len() > p.max })
}

// idleSince takes out the Contexts that nobody has used since a moment.
func (p *pool) idleSince(t time.Time) []evicted {
	return p.evict(func(s *contextStore) bool { return !s.since.After(t) })
}

// evict takes out the Contexts that are not in use, from the one used the longest ago on, as long as wanted says so.
func (p *pool) evict(wanted func(*contextStore) bool) []evicted {
	var out []evicted
	for at := p.used.Back(); at != nil; {
		s := at.Value.(*contextStore)
		at = at.Prev()
		if s.pins > 0 {
			continue
		}
		if !wanted(s) {
			break
		}
		p.remove(s)
		out = append(out, s.unload())
	}
	return out
}

// evictIdle takes out the Contexts that are idle, from time to time, until ctx ends.
func (m *openStore) evictIdle(ctx context.Context) {
	ticker := time.NewTicker(max(m.pool.idle/2, time.Millisecond))
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-ticker.C:
			m.mu.Lock()
			idle := m.pool.idleSince(now.Add(-m.pool.idle))
			m.mu.Unlock()
			m.detach(ctx, idle)
		}
	}
}
