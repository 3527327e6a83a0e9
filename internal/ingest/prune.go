package ingest

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
	"github.com/spectron-go/spectron/internal/store"
)

// Pruned counts what a pruning has removed. Its JSON is that of package spectron.
type Pruned struct {
	Turns       int `json:"turns"`
	Sessions    int `json:"sessions"`
	Conclusions int `json:"conclusions"`
	Retrievals  int `json:"retrievals"` // traces, as the next two are
	Responses   int `json:"responses"`
	Decisions   int `json:"decisions"`
	Writes      int `json:"writes"`  // answers of writes with an idempotency key
	Answers     int `json:"answers"` // answers that could be given again
	Events      int `json:"events"`
	Jobs        int `json:"jobs"` // that have ended
}

func (p *Pruned) all() int {
	return p.Turns + p.Sessions + p.Conclusions + p.Retrievals + p.Responses + p.Decisions + p.Writes + p.Answers + p.Events + p.Jobs
}

const (
	// prunedTurns is the number of turns that are erased at a time.
	prunedTurns = 100
	// prunedSessions is the number of sessions that are looked at at a time.
	prunedSessions = 500
	// prunedRows is the number of other rows that a statement removes.
	prunedRows = 100
)

// keptJobs is the age from which jobs that have ended are removed.
const keptJobs = 30 * 24 * time.Hour

// longestUpload is the age from which the bytes of a file are left over if no document has got them.
const longestUpload = 24 * time.Hour

// retention is the Detail of the events of a pruning.
const retention = "retention"

// pruning is a running Prune.
type pruning struct {
	by  *gate.Call // of the caller
	all *gate.Call // with all permissions
	out Pruned
}

// Prune removes what the Context need not keep any longer: turns, traces, answers and events. The caller must be an administrator. It goes page
// by page; it may be stopped between two of them, and run again.
func Prune(ctx context.Context, by *gate.Call) (Pruned, error) {
	return live.Await(ctx, by.Live, func() (_ Pruned, err error) {
		p := &pruning{by: by, all: by.Everywhere()}
		whole := context.WithoutCancel(ctx)
		defer by.Live.Core.Erasing(whole, by.Live.ID, &err)()
		if err := by.Live.FinishPurges(whole); err != nil {
			return p.out, by.Live.Explain(whole, err)
		}
		err = by.Live.Explain(whole, p.run(ctx))
		return p.out, err
	})
}

func (p *pruning) run(ctx context.Context) error {
	c, now, s := p.by.Live, p.by.Now(), p.by.Live.Settings.Load()
	p.out.Answers = c.Answers.Expire(now, s.Reuse.Fresh, s.Reuse.Most)
	gone, err := c.PruneTraces(ctx)
	for _, id := range gone {
		if strings.HasPrefix(id, store.TableRetrieval+":") {
			p.out.Retrievals++
		} else {
			p.out.Responses++
		}
	}
	if err != nil {
		return err
	}
	if err := p.pages(ctx, &p.out.Writes, func() (int, error) { return c.Rows.PruneAnswers(ctx, now, prunedRows) }); err != nil {
		return err
	}
	if err := p.pages(ctx, &p.out.Jobs, func() (int, error) { return c.Rows.PruneJobs(ctx, now.Add(-keptJobs), prunedRows) }); err != nil {
		return err
	}
	if err := c.DropUploads(ctx, now.Add(-longestUpload)); err != nil {
		return err
	}
	if s.EventRetention > 0 {
		if err := p.pages(ctx, &p.out.Events, func() (int, error) { return c.Rows.PruneEvents(ctx, now.Add(-s.EventRetention), prunedRows) }); err != nil {
			return err
		}
	}
	if s.Retention == 0 {
		return nil
	}
	before := now.Add(-s.Retention)
	if err := p.pages(ctx, &p.out.Decisions, func() (int, error) { return c.Rows.PruneDecisions(ctx, before, prunedRows) }); err != nil {
		return err
	}
	return p.conversations(ctx, before)
}

// pages removes pages of rows until none is left.
func (p *pruning) pages(ctx context.Context, count *int, page func() (int, error)) error {
	for n := prunedRows; n == prunedRows; {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := p.by.Live.Alive(); err != nil {
			return err
		}
		var err error
		if n, err = page(); err != nil {
			return err
		}
		*count += n
		live.Progress(ctx, "pruning", p.out.all(), 0)
	}
	return nil
}

// conversations erases the turns from before a time, and the sessions that have none left.
func (p *pruning) conversations(ctx context.Context, before time.Time) error {
	view := p.by.Live.View.Load()
	for place := (recall.Place{At: before}); ; {
		page := view.SessionsBefore(scope.Reach{}, place, 0, prunedSessions)
		turns, empty := []string(nil), map[string]bool{}
		for _, s := range page {
			old, all := agedTurns(view.State(), s.ID, before)
			if turns = append(turns, old...); all && s.MovedAt.Before(before) {
				empty[s.ID] = true
			}
			if len(turns) >= prunedTurns {
				if err := p.erase(ctx, before, turns, empty); err != nil {
					return err
				}
				turns, empty = nil, map[string]bool{}
			}
		}
		if err := p.erase(ctx, before, turns, empty); err != nil || len(page) < prunedSessions {
			return err
		}
		place = recall.PlaceOf(page[len(page)-1])
	}
}

// agedTurns returns the turns of a session that were stored before a time, and whether these are all of its turns.
func agedTurns(view *recall.State, session string, before time.Time) (turns []string, all bool) {
	old := map[string]bool{}
	all = true
	for _, c := range view.PiecesOf(session) {
		if c.RecordedAt.Before(before) {
			old[c.Turn] = true
		} else {
			all = false
		}
	}
	return slices.Sorted(maps.Keys(old)), all
}

// erase erases some turns, and the given sessions if they have no others, page by page.
func (p *pruning) erase(ctx context.Context, before time.Time, turns []string, sessions map[string]bool) error {
	for len(turns) > 0 || len(sessions) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		page := turns[:min(prunedTurns, len(turns))]
		turns = turns[len(page):]
		ends := map[string]bool{}
		if len(turns) == 0 { // sessions go with their last turns
			ends, sessions = sessions, nil
		}
		if err := p.erasePage(ctx, before, page, ends); err != nil {
			return err
		}
		live.Progress(ctx, "pruning", p.out.all(), 0)
	}
	return nil
}

// erasePage erases turns in one transaction, or begins to, and then completes it.
func (p *pruning) erasePage(ctx context.Context, before time.Time, turns []string, sessions map[string]bool) error {
	whole := context.WithoutCancel(ctx)
	var left *store.Erasure
	err := p.by.Live.Write(ctx, func(view *recall.View, at store.Position) (store.Position, error) {
		if err := p.by.Recheck(ctx); err != nil {
			return at, err
		}
		f := &forgetting{ForgetRequest: ForgetRequest{Purge: true}, by: p.all, begun: p.by.Live.Core.Opts.Clock()}
		b := f.bundle(view.Own())
		gone := map[string]bool{}
		for _, turn := range turns {
			for _, c := range b.view.Pieces(turn) {
				b.pieces[c.ID], gone[turn] = c, true
			}
		}
		ended := 0
		for id := range sessions {
			s, ok := view.Session(id)
			left := slices.ContainsFunc(b.view.PiecesOf(id), func(c *record.Chunk) bool { return b.pieces[c.ID] == nil })
			if ok && !left && s.MovedAt.Before(before) {
				b.sessions[id] = true
				ended++
			}
		}
		if len(b.pieces)+len(b.sessions) == 0 {
			return at, nil
		}
		if err := b.rest(ctx, view); err != nil {
			return at, err
		}
		var err error
		e := store.Purge{Event: b.event(retention), At: p.by.Now()}
		if at, left, err = b.erase(whole, view, at, &e); err != nil {
			return at, err
		}
		p.out.Turns, p.out.Sessions = p.out.Turns+len(gone), p.out.Sessions+ended
		for _, id := range b.resting {
			switch table, _, _ := strings.Cut(id, ":"); table {
			case store.TableAttribute, store.TableRelation:
				p.out.Conclusions++
			case store.TableTurn:
				p.out.Turns++
			}
		}
		return at, nil
	})
	if err == nil && left != nil {
		err = p.by.Live.Rows.EraseRows(whole, *left)
	}
	return err
}
