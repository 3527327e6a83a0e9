package fsck

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// together is the number of rows that are read again in one statement.
const together = 200

func compareDangling(a, b Dangling) int {
	return cmp.Or(strings.Compare(a.Row, b.Row), strings.Compare(a.Field, b.Field), strings.Compare(a.Target, b.Target))
}

func compareMisfiled(a, b Misfiled) int {
	return cmp.Or(strings.Compare(a.Row, b.Row), strings.Compare(a.Problem, b.Problem))
}

// confirm reads what seems to be wrong again, and repairs what the report has of it, if that is asked for.
func (s *stored) confirm(ctx context.Context) error {
	slices.SortFunc(s.suspects, compareDangling)
	s.suspects = slices.Compact(s.suspects)
	slices.Sort(s.odd)
	s.odd = slices.Compact(s.odd)
	dangling := gathered[Dangling]{compare: compareDangling, most: s.Most}
	for list := range slices.Chunk(s.suspects, together) {
		l, err := s.again(ctx, list)
		if err != nil {
			return err
		}
		dangling.add(l...)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	s.report.Dangling = dangling.into(s.report)
	misfiled := gathered[Misfiled]{compare: compareMisfiled, most: s.Most}
	for ids := range slices.Chunk(s.odd, together) {
		list, err := s.compared(ctx, ids)
		if err != nil {
			return err
		}
		misfiled.add(list...)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	s.report.Index = misfiled.into(s.report)
	if !s.Repair {
		return nil
	}
	for list := range slices.Chunk(s.report.Dangling, together) {
		if err := s.mend(ctx, list); err != nil {
			return err
		}
	}
	return s.reload(ctx)
}

// again returns the references that dangle now. While rows are being erased, there are none: the parts of an erasure go one after the other.
func (s *stored) again(ctx context.Context, list []Dangling) ([]Dangling, error) {
	l, err := s.moment(ctx, list)
	if err != nil || len(l.Erasures) > 0 {
		return nil, err
	}
	var out []Dangling
	for _, d := range list {
		if l.dangles(d) {
			out = append(out, d)
		}
	}
	return out, nil
}

// moment reads the rows of references, and what they refer to, in one snapshot.
func (s *stored) moment(ctx context.Context, list []Dangling) (*links, error) {
	var ids, targets []string
	for _, d := range list {
		ids, targets = append(ids, d.Row), append(targets, d.Target)
		if d.Field == fieldTouched {
			targets = append(targets, d.Row) // only whether the trace exists
		}
	}
	m, err := s.rows.Moment(ctx, distinct(ids), distinct(targets))
	return newLinks(m), err
}

func distinct(ids []string) []string {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// compared compares stored rows with memory while nobody writes.
func (s *stored) compared(ctx context.Context, ids []string) (out []Misfiled, err error) {
	live := s.by.Live
	err = live.Write(ctx, func(view *recall.View, at store.Position) (store.Position, error) {
		out = nil
		m, err := s.rows.Moment(ctx, ids, nil)
		if err != nil {
			return at, err
		}
		// Another process may have written what memory does not have yet.
		if _, now, err := s.rows.CatchUp(ctx, at); err != nil || now != at {
			return at, cmp.Or(err, store.ErrStale)
		}
		if len(m.Erasures) > 0 {
			return at, nil
		}
		rows := filedOf(&m.Rows)
		for i, k := range view.Keep(ids) {
			problem := ""
			if f, there := rows[ids[i]]; there {
				problem = f.problem(&k)
			} else if k.Indexed || !k.Missing() {
				problem = problemExtra
			}
			if problem != "" {
				out = append(out, Misfiled{ids[i], problem})
			}
		}
		return at, nil
	})
	return out, err
}

// mend repairs references in one transaction.
func (s *stored) mend(ctx context.Context, list []Dangling) error {
	live, repaired := s.by.Live, 0
	err := live.Write(ctx, func(view *recall.View, at store.Position) (store.Position, error) {
		repaired = 0
		if err := s.by.Recheck(ctx); err != nil {
			return at, err
		}
		l, err := s.moment(ctx, list)
		if err != nil || len(l.Erasures) > 0 {
			return at, err
		}
		repair := store.Repair{Event: s.by.Event(record.ActionMemoryRepaired)}
		for _, d := range list {
			switch {
			case !l.dangles(d):
			case l.repair(&repair, d, func() string { return live.Core.NewID(store.TableAppearance) }):
				repaired++
			}
		}
		if repaired == 0 {
			return at, nil
		}
		repair.Event.Detail = fmt.Sprintf("%d references repaired", repaired)
		// Once begun it runs to its end, because memory must follow what is stored.
		ctx := context.WithoutCancel(ctx)
		update, at, err := s.rows.Repair(ctx, repair, at)
		if err != nil {
			return at, err
		}
		if err := view.Merge(update); err != nil {
			live.ReadAnew(ctx, err)
		}
		live.TracesErased(repair.Traces)
		return at, nil
	})
	s.report.Repaired += repaired
	return err
}

// reload reads memory from the store again, if it differs.
func (s *stored) reload(ctx context.Context) error {
	n := len(s.report.Index)
	if n == 0 {
		return nil
	}
	event := s.by.Event(record.ActionMemoryRepaired)
	event.Detail = fmt.Sprintf("read from the store again: %d rows were not as they are stored", n)
	if err := s.rows.Record(ctx, event); err != nil {
		return err
	}
	if err := s.by.Live.Reload(ctx); err != nil {
		return err
	}
	s.report.Repaired += n
	return nil
}
