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
//
// When a fact was returned decides whether it expires. That shows nowhere, so it is stored with the next write, and if other processes use
// the database, in the background after the question: see storeUsed.

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
	// due has a gain for the id of each fact of which something is not stored yet, and waiting their number.
	due     sync.Map
	waiting atomic.Int64
	used    atomic.Bool // when facts were returned is to be stored in the background
}

// gain is what a question has changed of a fact.
type gain struct {
	before, after store.Importance // before and from a day
	from          int64
	stored        store.Importance // when it was noted; if anything but before replaces it, the gain is void
	used          time.Time
}

// on returns the importance on a day.
func (g gain) on(day int64) store.Importance {
	if day >= g.from {
		return g.after
	}
	return g.before
}

// of reports whether the gain counts for the fact. A fact has another importance once it was pinned, or has become an observation.
func (g gain) of(f *record.Fact) bool {
	is := store.ImportanceOf(f)
	return !f.Pinned && (is == g.stored || is == g.before)
}

// Importance returns the importance of a fact at the time of the Context's clock.
func (s *Context) Importance(f *record.Fact) float64 { return s.faded(f, s.current(f)) }

// ImportanceNow returns the importance of a fact for a row that is written now: the same, and from now on it fades as before.
func (s *Context) ImportanceNow(f *record.Fact) store.Importance {
	out := s.current(f)
	return s.risen(f, out, s.faded(f, out))
}

// current returns the importance of a fact that counts today, and its day.
func (s *Context) current(f *record.Fact) store.Importance {
	if s.reinforced.waiting.Load() > 0 {
		if g, ok := s.reinforced.due.Load(f.ID); ok && g.(gain).of(f) {
			return g.(gain).on(record.Day(s.Now()))
		}
	}
	return store.ImportanceOf(f)
}

// faded returns the importance of a fact that has had a given one.
func (s *Context) faded(f *record.Fact, i store.Importance) float64 {
	to := s.fadedTo.Load()
	if to == 0 {
		return i.Is
	}
	if i == store.ImportanceOf(f) {
		return f.Faded(to)
	}
	had := *f
	i.Set(&had)
	return had.Faded(to)
}

// risen returns an importance of a fact for now, in place of a given one. It belongs to the last day up to which the given one has faded, so
// that a later decay makes no difference between the two.
func (s *Context) risen(f *record.Fact, from store.Importance, to float64) store.Importance {
	if f.Rate() == 1 {
		return store.Importance{Is: to, Of: max(record.Day(s.Now()), s.fadedTo.Load())}
	}
	had := *f
	from.Set(&had)
	return store.Importance{Is: to, Of: max(had.ImportanceDay(), s.fadedTo.Load())}
}

// Reinforce notes that a question has returned facts.
func (s *Context) Reinforce(facts []*record.Fact) {
	facts = slices.DeleteFunc(facts, func(f *record.Fact) bool {
		return !f.Live() || f.Category != record.Context && (f.Pinned || f.Importance >= 1 && f.Rate() == 1)
	})
	if len(facts) == 0 {
		return
	}
	r, now := &s.reinforced, s.Now()
	day := record.Day(now)
	used := false
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
		is := s.current(f)
		shown := s.faded(f, is)
		if f.Category != record.Context && shown >= 1 {
			continue
		}
		g := gain{before: is, after: is, from: day + 1, stored: store.ImportanceOf(f)}
		if f.Category == record.Context && record.Day(f.Kept()) < day { // a day is enough for what expires after days
			g.used, used = now, true
		}
		if !f.Pinned && shown < 1 {
			g.after = s.risen(f, is, min(1, reinforcement*shown))
		}
		if _, known := r.due.Swap(f.ID, g); !known {
			r.waiting.Add(1)
		}
	}
	if used && s.Core.Shared {
		s.usedWaits()
	}
}

// Kept returns when a fact was recorded, told again or returned by a question, whichever was last.
func (s *Context) Kept(f *record.Fact) time.Time {
	kept := f.Kept()
	if s.reinforced.waiting.Load() > 0 {
		if g, ok := s.reinforced.due.Load(f.ID); ok && g.(gain).used.After(kept) {
			return g.(gain).used
		}
	}
	return kept
}

// Due returns facts that questions have returned, and a function to call once that is stored. The caller holds the writer's lock.
func (s *Context) Due(view *recall.View) ([]store.Reinforcement, func()) {
	if s.Core.Shared {
		return nil, func() {}
	}
	return s.reinforced.of(view.Own(), record.Day(s.Now()), mostReinforced)
}

// of returns up to so many of the facts of which something is not stored that counts on a day. Facts that no longer exist are left out for
// good.
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
		if f, ok := view.Fact(id.(string)); ok {
			now := store.ImportanceOf(f)
			next := now
			if g.of(f) {
				next = g.on(day)
			}
			used := f.UsedAt
			if f.Category == record.Context && g.used.After(used) {
				used = g.used
			}
			if next != now || !used.Equal(f.UsedAt) {
				list = append(list, store.Reinforcement{ID: f.ID, Importance: next, Used: used})
			}
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
		err := s.reinforce(ctx, func(view *recall.State) ([]store.Reinforcement, func()) {
			return s.reinforced.of(view, record.Day(s.Now()), math.MaxInt)
		})
		if err != nil {
			s.Log(ctx, slog.LevelWarn, "Importance of facts that were found could not be stored", surreal.Cause(err))
		}
	}
}

// usedWaits lets storeUsed run in the background.
func (s *Context) usedWaits() {
	s.reinforced.used.Store(true)
	s.notesDue()
}

// storeUsed stores when facts were returned, if that waits, for other processes that let facts expire. It does not depend on writes, and shows
// nowhere. The Context must be pinned.
func (s *Context) storeUsed(ctx context.Context) error {
	if !s.reinforced.used.Swap(false) {
		return nil
	}
	return s.reinforce(ctx, func(view *recall.State) (list []store.Reinforcement, _ func()) {
		s.reinforced.due.Range(func(id, value any) bool {
			g := value.(gain)
			if f, ok := view.Fact(id.(string)); ok && f.Category == record.Context && g.used.After(f.UsedAt) && len(list) < mostReinforced {
				list = append(list, store.Reinforcement{ID: f.ID, Importance: store.ImportanceOf(f), Used: g.used})
			}
			return true
		})
		if len(list) == mostReinforced {
			s.usedWaits()
		}
		return list, func() {}
	})
}

// reinforce stores a list of facts, in a transaction of its own.
func (s *Context) reinforce(ctx context.Context, of func(*recall.State) ([]store.Reinforcement, func())) error {
	return s.Write(ctx, func(view *recall.View, at store.Position) (store.Position, error) {
		list, stored := of(view.Own())
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
}
