package live

import (
	"context"
	"crypto/sha256"
	"log/slog"
	"maps"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// A fact that a question has returned gains importance. Questions only note its id. The new importance is stored and applied to memory with
// the next write to the scope set of the fact, or when the store is closed. It must not come with a write to another scope set: a reader of
// the fact would learn that somebody has written there. What was not stored is lost when the process is killed.

const (
	// reinforcement is the factor by which the importance of a fact grows, at most once a day and process.
	reinforcement = 1.1
	// mostReinforced limits the facts of a scope set that one write reinforces.
	mostReinforced = 200
)

// reinforced has the facts that questions have returned.
type reinforced struct {
	mu    sync.Mutex
	day   time.Time
	today map[string]bool            // ids of the facts of the day
	due   map[string]map[string]bool // ids of the facts to store, by the key of their scope set
}

// Reinforce notes that a question has returned facts. It waits for nothing.
func (s *Context) Reinforce(facts []*record.Fact) {
	if len(facts) == 0 {
		return
	}
	day := s.Now().Truncate(24 * time.Hour)
	r := &s.reinforced
	r.mu.Lock()
	defer r.mu.Unlock()
	if !day.Equal(r.day) {
		r.day, r.today = day, map[string]bool{}
	}
	for _, f := range facts {
		if !reinforces(f) || r.today[f.ID] {
			continue
		}
		r.today[f.ID] = true
		set := scope.Key(f.Scopes)
		if r.due[set] == nil {
			if r.due == nil {
				r.due = map[string]map[string]bool{}
			}
			r.due[set] = map[string]bool{}
		}
		r.due[set][f.ID] = true
	}
}

// reinforces reports whether the importance of a fact can grow.
func reinforces(f *record.Fact) bool { return f.Live() && !f.Pinned && f.Importance < 1 }

// Due returns the facts of some scope sets that are to be reinforced, with their new importance, and a function to call once that is
// stored. The caller holds the writer's lock.
func (s *Context) Due(view *recall.View, sets ...record.ScopeSet) ([]store.Reinforcement, func()) {
	keys := make([]string, len(sets))
	for i, set := range sets {
		keys[i] = scope.Key(set)
	}
	slices.Sort(keys)
	return s.reinforced.of(view.Own(), slices.Compact(keys), mostReinforced)
}

// of implements Due, for scope sets by their keys, and up to so many facts of each.
func (r *reinforced) of(view *recall.State, sets []string, most int) (list []store.Reinforcement, stored func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	taken := map[string][]string{}
	for _, set := range sets {
		ids := slices.Sorted(maps.Keys(r.due[set]))
		taken[set] = ids[:min(len(ids), most)]
		for _, id := range taken[set] {
			if f, ok := view.Fact(id); ok && reinforces(f) {
				list = append(list, store.Reinforcement{ID: id, Importance: min(1, reinforcement*f.Importance)})
			}
		}
	}
	return list, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		for set, ids := range taken {
			for _, id := range ids {
				delete(r.due[set], id)
			}
			if len(r.due[set]) == 0 {
				delete(r.due, set)
			}
		}
	}
}

// sets returns the keys of the scope sets in which facts are due.
func (r *reinforced) sets() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Sorted(maps.Keys(r.due))
}

// storeReinforced stores what is due in the Contexts in memory. If it fails, that is only logged: the facts are unharmed.
func (m *Store) storeReinforced(ctx context.Context, contexts []*Context) {
	for _, s := range contexts {
		for _, set := range s.reinforced.sets() {
			if !s.Loaded() || s.deleted.Load() || s.NeedsReload.Load() {
				break
			}
			err := s.Write(ctx, func(view *recall.View, at store.Position) (store.Position, error) {
				list, stored := s.reinforced.of(view.Own(), []string{set}, math.MaxInt)
				if len(list) == 0 {
					return at, nil
				}
				at, err := s.Rows.Reinforce(ctx, list, at)
				if err != nil {
					return at, err
				}
				stored()
				return at, view.Apply(store.Write{Reinforced: list})
			})
			if err != nil {
				s.log(ctx, slog.LevelWarn, "Importance of facts that were found could not be stored", surreal.Cause(err))
				break
			}
		}
	}
}

// CursorKey returns the key that protects the cursors of the Context.
func (s *Context) CursorKey() [sha256.Size]byte { return sha256.Sum256([]byte("cursor\x00" + s.claim)) }
