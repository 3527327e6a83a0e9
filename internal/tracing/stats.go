package tracing

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/paging"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// window of Stats: its default and its maximum.
const (
	usualWindow   = 24 * time.Hour
	longestWindow = 366 * 24 * time.Hour
)

// Stats counts the traces of a time that the caller may see. TraceStats of package spectron documents the fields.
type Stats struct {
	Since, Until time.Time
	Questions    int
	Latency      time.Duration // mean
	Tiers        map[string]int
	Candidates   int // sum
	Largest      int // largest number of candidates
	Answers      int
	Cached       int
	Writes       int
	Contradicted int // writes that flagged something
	Superseded   int
	Entities     int // whose facts were superseded
	Sources      []SourceCount
	Dropped      int
}

// SourceCount says how often questions returned records of a kind of source.
type SourceCount struct {
	Kind  record.SourceKind
	Count int
}

// Count counts the traces of a time; zero: the last 24 hours.
func Count(ctx context.Context, by *gate.Call, since, until time.Time) (out Stats, err error) {
	if err := window(since, until); err != nil {
		return out, err
	}
	if until.IsZero() {
		until = by.Now()
	}
	if since.IsZero() {
		since = until.Add(-usualWindow)
	}
	switch {
	case until.Before(since):
		return out, fault.Bad("Until", "it is before Since")
	case until.Sub(since) > longestWindow:
		return out, fault.Bad("Since", "it is more than 366 days before Until")
	}
	out = Stats{Since: since.UTC(), Until: until.UTC(), Tiers: map[string]int{}}
	t := readerFor(by)
	if err := t.note(ctx); err != nil {
		return out, err
	}
	t.countNoted(&out)
	err = t.countWrites(ctx, &out)
	if t.region.All() {
		out.Dropped = by.Live.DroppedTraces()
	}
	return out, err
}

// countNoted counts the traces of questions and answers.
func (t *reader) countNoted(out *Stats) {
	var latency time.Duration
	sources := map[record.SourceKind]int{}
	for _, n := range t.selected(Query{Since: out.Since, Until: out.Until}) {
		seen, ok := t.view.Touched(t.reader, n.Touched)
		if !ok {
			continue
		}
		if !strings.HasPrefix(n.ID, store.TableRetrieval+":") {
			out.Answers++
			if n.Cached {
				out.Cached++
			}
			continue
		}
		candidates := n.Candidates
		if !t.whole(n.Region) {
			candidates = len(seen)
		}
		out.Questions++
		out.Tiers[n.Tier]++
		out.Candidates, out.Largest = out.Candidates+candidates, max(out.Largest, candidates)
		latency += n.Latency
		t.view.Sources(seen, sources)
	}
	if out.Questions > 0 {
		out.Latency = latency / time.Duration(out.Questions)
	}
	for _, kind := range slices.Sorted(maps.Keys(sources)) {
		out.Sources = append(out.Sources, SourceCount{kind, sources[kind]})
	}
}

// countWrites counts the traces of writes.
func (t *reader) countWrites(ctx context.Context, out *Stats) error {
	q := Query{Since: out.Since, Until: out.Until}
	wanted, some, err := t.decisionQuery(q)
	if err != nil || !some {
		return err
	}
	entities := map[string]bool{}
	for {
		found, err := t.rows(ctx, wanted, q, paging.Most)
		if err != nil {
			return err
		}
		for _, d := range found {
			out.Writes++
			if len(d.Flagged) > 0 {
				out.Contradicted++
			}
			for _, s := range d.Superseded {
				out.Superseded++
				if e, ok := t.view.EntityOf(s.Fact); ok {
					entities[e.Key()] = true
				}
			}
		}
		if len(found) < paging.Most {
			out.Entities = len(entities)
			return nil
		}
		wanted.After = store.DecisionCursor(found[len(found)-1])
	}
}

// Audit lists the traces that the caller may see, newest first, in pages of 50 unless the query says otherwise.
func Audit(ctx context.Context, by *gate.Call, q Query) (paging.Page[record.Trace], error) {
	q.Page.Limit = cmp.Or(q.Page.Limit, 50)
	return List(ctx, by, q)
}
