package live

import (
	"context"
	"log/slog"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// A fact that a question has returned gains importance. The question waits for nothing and writes nothing: it notes the new importance, which
// every caller sees from the next day on. It is stored with a later write, or when the store is closed. A caller must not learn from it when
// others write. So the new importance counts from its day on, whether it is stored or not, and storing it changes nothing that a caller sees.
// For the same reason it is stored only on closing if other processes use the database, because they see only what is stored. What was not
// stored is lost when the process is killed, and the gain of a day when the store is closed on that day.

const (
	// reinforcement is the factor by which the importance of a fact grows, at most once a day.
	reinforcement = 1.1
	// mostReinforced limits the facts that one write reinforces.
	mostReinforced = 200
)

// reinforced has the facts that questions have returned.
type reinforced struct {
	mu    sync.Mutex // guards the next two
	day   int64
	today map[string]bool // ids of the facts of the day
	// due has a gain for the id of each fact whose importance is not stored yet, and waiting their number.
	due     sync.Map
	waiting atomic.Int64
}

// gain is the importance of a fact before and from a day.
type gain struct {
	before, importance float64
	from               int64
}

// on returns the importance on a day.
func (g gain) on(day int64) float64 {
	if day >= g.from {
		return g.importance
	}
	return g.before
}

// dayOf numbers the days in UTC.
func dayOf(t time.Time) int64 { return t.Unix() / (24 * 60 * 60) }

// Importance returns the importance of a fact at the time of the Context's clock. stored is its stored importance.
func (s *Context) Importance(id string, stored float64) float64 {
	if s.reinforced.waiting.Load() == 0 {
		return stored
	}
	if g, ok := s.reinforced.due.Load(id); ok {
		return g.(gain).on(dayOf(s.Now()))
	}
	return stored
}

// Reinforce notes that a question has returned facts.
func (s *Context) Reinforce(facts []*record.Fact) {
	facts = slices.DeleteFunc(facts, func(f *record.Fact) bool { return !f.Live() || f.Pinned || f.Importance >= 1 })
	if len(facts) == 0 {
		return
	}
	r, day := &s.reinforced, dayOf(s.Now())
	r.mu.Lock()
	defer r.mu.Unlock()
	if day != r.day {
		r.day, r.today = day, map[string]bool{}
	}
	for _, f := range facts {
		if r.today[f.ID] {
			continue
		}
		r.today[f.ID] = true
		now := s.Importance(f.ID, f.Importance)
		if now >= 1 {
			continue
		}
		if _, known := r.due.Swap(f.ID, gain{now, min(1, reinforcement*now), day + 1}); !known {
			r.waiting.Add(1)
		}
	}
}

// Due returns facts that have gained importance, and a function to call once that is stored. The caller holds the writer's lock.
func (s *Context) Due(view *recall.View) ([]store.Reinforcement, func()) {
	if s.Core.Shared {
		return nil, func() {}
	}
	return s.reinforced.of(view.Own(), dayOf(s.Now()), mostReinforced)
}

// of returns up to so many of the facts whose gain counts on a day. Facts that no longer exist are left out for good.
func (r *reinforced) of(view *recall.State, day int64, most int) (list []store.Reinforcement, stored func()) {
	if r.waiting.Load() == 0 {
		return nil, func() {}
	}
	taken := map[string]gain{}
	r.due.Range(func(id, value any) bool {
		g := value.(gain)
		if g.from <= day {
			taken[id.(string)] = g
		}
		if f, ok := view.Fact(id.(string)); ok && f.Importance != g.on(day) {
			list = append(list, store.Reinforcement{ID: id.(string), Importance: g.on(day)})
		}
		return len(list) < most
	})
	slices.SortFunc(list, func(a, b store.Reinforcement) int { return strings.Compare(a.ID, b.ID) })
	return list, func() {
		for id, g := range taken {
			if r.due.CompareAndDelete(id, g) {
				r.waiting.Add(-1)
			}
		}
	}
}

// storeReinforced stores what the Contexts in memory have gained. If it fails, that is only logged: the facts are unharmed.
func (m *Store) storeReinforced(ctx context.Context, contexts []*Context) {
	for _, s := range contexts {
		if !s.Loaded() || s.deleted.Load() || s.NeedsReload.Load() || s.reinforced.waiting.Load() == 0 {
			continue
		}
		err := s.Write(ctx, func(view *recall.View, at store.Position) (store.Position, error) {
			list, stored := s.reinforced.of(view.Own(), dayOf(s.Now()), math.MaxInt)
			if len(list) == 0 {
				return at, nil
			}
			at, err := s.Rows.Reinforce(ctx, list, at)
			if err != nil {
				return at, err
			}
			err = view.Apply(store.Write{Reinforced: list})
			stored()
			return at, err
		})
		if err != nil {
			s.log(ctx, slog.LevelWarn, "Importance of facts that were found could not be stored", surreal.Cause(err))
		}
	}
}
