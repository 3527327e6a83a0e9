package live

import (
	"container/list"
	"context"
	"log/slog"
	"time"
)

// pool holds the Contexts that are in memory, and takes those out that need not be: over Options.MaxOpenContexts, and after
// Options.IdleContextTimeout. A call pins the Context that it uses from begin to done, and what is pinned stays. The mu of
// the Store guards it.
type pool struct {
	max  int // 0: no limit
	idle time.Duration
	// used has the Contexts of type *Context, the one whose last call ended last in front.
	used list.List
}

// residence is what the pool knows of a Context. The mu of the Store guards it.
type residence struct {
	pins  int
	place *list.Element // nil while the Context is not in memory
	since time.Time     // when its last call ended
}

// add takes in a Context that was read into memory.
func (p *pool) add(s *Context) {
	s.place = p.used.PushFront(s)
	p.touch(s)
}

// touch takes note that a call of the Context has ended.
func (p *pool) touch(s *Context) {
	if s.place == nil {
		return
	}
	p.used.MoveToFront(s.place)
	if p.idle > 0 {
		s.since = time.Now() // how long it is, whatever the store's clock says
	}
}

func (p *pool) remove(s *Context) {
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
	return p.evict(func(*Context) bool { return p.used.Len() > p.max })
}

// evict takes out the Contexts that are not in use, from the one used the longest ago on, as long as wanted says so.
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

// evictIdle takes out the Contexts that are idle, from time to time, until ctx ends.
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

// Evict takes out of memory the Contexts that are not in use, from the one used the longest ago on, as long as wanted says so, and
// returns how many.
func (m *Store) Evict(ctx context.Context, wanted func(*Context) bool) int {
	m.mu.Lock()
	gone := m.pool.evict(wanted)
	m.mu.Unlock()
	m.detach(ctx, gone)
	for _, e := range gone {
		m.Opts.Logger.LogAttrs(ctx, slog.LevelDebug, "Context that was not used left memory", slog.String("context_id", e.id))
	}
	return len(gone)
}

// LimitOpen has at most so many Contexts in memory from now on; 0: no limit; -1: none that is not in use.
func (m *Store) LimitOpen(most int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pool.max = most
}

// Calls is how many calls use the Context at this moment.
func (s *Context) Calls() int {
	s.Core.mu.Lock()
	defer s.Core.mu.Unlock()
	return s.pins
}
