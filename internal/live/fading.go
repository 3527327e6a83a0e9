package live

import (
	"context"
	"slices"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// Importance fades without a change of rows. A fact has its importance of a day. The Context has one day up to which importance has faded, so
// that one small write lets all facts fade. Importance computes the rest whenever it is asked.

// Decay lets the importance of all facts fade up to today, and returns the number of facts that have less of it, of those whose scopes
// counts accepts; nil: all. If nothing fades, nothing is written. check runs under the writer's lock, which is held for one small write.
func (s *Context) Decay(ctx context.Context, counts func(record.ScopeSet) bool, check func() error) (affected int, err error) {
	for again := true; again; {
		today, from := record.Day(s.Now()), s.fadedTo.Load()
		if from >= today {
			return 0, check()
		}
		fades := false
		affected = 0
		for _, f := range s.View.Load().State().LiveFacts() {
			if f.Rate() == 1 || max(from, f.ImportanceDay()) >= today {
				continue
			}
			fades = true
			if counts == nil || counts(f.Scopes) {
				affected++
			}
		}
		if !fades {
			return 0, check()
		}
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		err := s.Write(ctx, func(_ *recall.View, at store.Position) (store.Position, error) {
			if err := check(); err != nil {
				return at, err
			}
			if again = s.fadedTo.Load() != from; again { // somebody else was faster
				return at, nil
			}
			at, err := s.Rows.Fade(context.WithoutCancel(ctx), today, at)
			if err == nil {
				s.fadedUpTo(today)
			}
			return at, err
		})
		if err != nil {
			return 0, err
		}
	}
	return affected, nil
}

// fadedUpTo sets the day up to which importance has faded, unless it is earlier. The caller holds the writer's lock.
func (s *Context) fadedUpTo(day int64) {
	if day > s.fadedTo.Load() {
		s.fadedTo.Store(day)
	}
}

// fadedIn returns the day up to which importance has faded after the changes of others, and takes its row out of them; 0: they do not change it.
func (s *Context) fadedIn(ctx context.Context, u *store.Update) (day int64, err error) {
	i := slices.Index(u.Access, store.FadingRecord)
	if i < 0 {
		return 0, nil
	}
	u.Access = slices.DeleteFunc(u.Access, func(id string) bool { return id == store.FadingRecord })
	return s.Rows.Faded(ctx)
}
