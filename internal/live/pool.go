package live

import (
	"container/list"
	"context"
	"log/slog"
	"time"
)

// pool holds the Contexts in memory and evicts unused ones: when there are more than Options.MaxOpenContexts, and after
// Options.IdleContextTimeout. A call pins its Context from start to end, and pinned Contexts stay. The mu of the Store guards the pool.
type pool struct {
	max  int // 0: no limit
	idle time.Duration
	// used has the Contexts of type *Context, the one whose last call ended last in front.
	used list.List
}

// residence is the pool's state of a Context. The mu of the Store guards it.
type residence struct {
	pins  int
	place *list.Element // nil while the Context is not in memory
	since time.Time     // when its last call ended
}

// add adds a Context that was loaded into memory.
func (p *pool) add(s *Context) {
	s.place = p.used.PushFront(s)
	p.touch(s)
}

// touch records that a call on the Context has ended.
func (p *pool) touch(s *Context) {
	if s.place == nil {
		return
	}
	p.used.MoveToFront(s.place)
	if p.idle > 0 {
		s.since = time.Now() // real time, whatever the store's clock says
	}
}

func (p *pool) remove(s *Context) {
	if s.place != nil {
		p.used.Remove(s.place)
		s.place = nil
	}
}

// surplus evicts unused Contexts over the limit, least recently used first. Contexts in use stay, even over the limit.
func (p *pool) surplus() []evicted {
	if p.max == 0 || p.used.Len() <= p.max {
		return nil
	}
	return p.evict(func(*Context) bool { return p.used.Len() > p.max })
}

// evict evicts unused Contexts, least recently used first, while wanted returns true.
func (p *pool) evict(wanted func(*Context) bool) []evicted {
	var out []evicted
	for at := p.used.Back(); at != nil; {
		s := at.Value.(*Context)
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

// evictIdle periodically evicts idle Contexts until ctx ends.
func (m *Store) evictIdle(ctx context.Context) {
	ticker := time.NewTicker(max(m.pool.idle/2, time.Millisecond))
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-ticker.C:
			since := now.Add(-m.pool.idle)
			m.Evict(ctx, func(s *Context) bool { return !s.since.After(since) })
		}
	}
}

// Evict evicts unused Contexts, least recently used first, while wanted returns true. It returns their number.
func (m *Store) Evict(ctx context.Context, wanted func(*Context) bool) int {
	m.mu.Lock()
	gone := m.pool.evict(wanted)
	m.mu.Unlock()
	m.detach(ctx, gone)
	for _, e := range gone {
		m.Log(ctx, slog.LevelDebug, "Context that was not used left memory", slog.String("context_id", e.id))
	}
	return len(gone)
}

// LimitOpen sets the maximum number of Contexts in memory; 0: no limit; -1: only those in use.
func (m *Store) LimitOpen(most int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pool.max = most
}

// Calls returns the number of calls that use the Context at this moment.
func (s *Context) Calls() int {
	s.Core.mu.Lock()
	defer s.Core.mu.Unlock()
	return s.pins
}
