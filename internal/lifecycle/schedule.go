package lifecycle

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/jobs"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Schedule leaves jobs of some kinds for each Context of a store, again and again.
type Schedule struct {
	Core  *live.Store
	Kinds []string
	Every time.Duration // by the clock of the Context, from one job of a kind to the next
	Check time.Duration // how often the clock is looked at
}

// contextsListed is the number of Contexts that are listed at a time.
const contextsListed = 500

// Run leaves jobs until ctx ends.
func (s *Schedule) Run(ctx context.Context) {
	last := map[work]time.Time{}
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		if err := s.look(ctx, last); err != nil && ctx.Err() == nil {
			s.Core.Log(ctx, slog.LevelWarn, "Scheduled jobs could not be stored", surreal.Cause(err))
		}
		timer.Reset(s.Check)
	}
}

// work is a kind of job of a Context.
type work struct{ context, kind string }

// look leaves the jobs that are due. last has when the latest of each kind was left, as far as that is known.
func (s *Schedule) look(ctx context.Context, last map[work]time.Time) (failed error) {
	for after := ""; ; {
		page, err := s.Core.Registry.List(ctx, after, contextsListed)
		if err != nil {
			return errors.Join(failed, err)
		}
		for _, entry := range page {
			after = entry.ID
			if entry.State != store.StateReady {
				continue
			}
			if err := s.visit(ctx, entry.ID, last); err != nil && !fault.Is(err, fault.NotFound) && !errors.Is(err, live.ErrGone) {
				failed = errors.Join(failed, err) // the others go on
			}
		}
		if len(page) < contextsListed {
			return failed
		}
	}
}

// visit leaves the jobs that are due in a Context.
func (s *Schedule) visit(ctx context.Context, id string, last map[work]time.Time) error {
	c, err := s.Core.Known(ctx, id)
	if err != nil {
		return err
	}
	for _, kind := range s.Kinds {
		w := work{id, kind}
		now := c.Now()
		if at, known := last[w]; known && now.Sub(at) < s.Every {
			continue
		}
		err := c.WithRows(ctx, func(rows *store.Store) (err error) { // another process may have left one
			last[w], err = latest(ctx, rows, kind)
			return err
		})
		if err != nil {
			delete(last, w)
			return err
		}
		if now.Sub(last[w]) < s.Every {
			continue
		}
		if err := leave(ctx, c, kind); err != nil {
			return err
		}
		last[w] = now
	}
	return nil
}

// latest returns when the latest job of a kind was left; zero: there is none.
func latest(ctx context.Context, rows *store.Store, kind string) (time.Time, error) {
	found, err := rows.ListJobs(ctx, store.JobQuery{Kind: kind}, "", 1)
	if err != nil || len(found) == 0 {
		return time.Time{}, err
	}
	return found[0].CreatedAt, nil
}

// leave leaves a job for the operator, unless one is open.
func leave(ctx context.Context, c *live.Context, kind string) error {
	by, err := gate.Handle{Live: c, Caller: &gate.Caller{Kind: gate.Operator}}.Authorize(ctx, "schedule")
	if err != nil {
		return err
	}
	defer by.Done()
	_, err = jobs.Start(ctx, by, jobs.Spec{Kind: kind, Form: form, Name: "scheduled " + kind, Payload: struct{}{}})
	return err
}
