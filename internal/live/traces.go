package live

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spectron-go/spectron/internal/guard"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Traces of questions and answers wait in memory until one goroutine of the store has stored them, so that no caller waits for that. A trace
// that finds no place is dropped. Traces are stored and erased under the writer's lock, so that an erasure misses none.

const (
	// maxNotes and maxNotedBytes limit the traces of a Context that wait. The bytes are those of their texts.
	maxNotes      = 512
	maxNotedBytes = 1 << 20
	// storeNotesAfter is the time from the first trace to the transaction that stores it. In that time at most notesPerRound are stored, in
	// transactions of notesPerStatement: the engine needs about 0.2 ms for each, so it is busy with traces for less than 2% of the time.
	storeNotesAfter   = time.Second
	notesPerRound     = 64
	notesPerStatement = 32
)

// notes has the traces of a Context that are not stored yet, and a list of those that are. Its zero value is empty.
type notes struct {
	waiting atomic.Int64 // number of traces that are not stored yet
	dropped atomic.Int64 // number of traces that found no place
	mu      sync.Mutex   // guards the fields below; every question adds to them
	// retrievals and responses are not stored yet. bytes is the size of their texts.
	retrievals []record.Retrieval
	responses  []record.Response
	bytes      int
	due        bool // the store knows that traces wait here
	// stored lists the stored traces, newest first, if listed is set. Its items do not change.
	stored []record.Noted
	listed bool
}

// TraceID returns an id for the trace of a question or an answer. It returns "" if that leaves no trace.
func (s *Context) TraceID(table string) string {
	n := &s.noted
	if share := s.Settings.Load().TraceShare; share < 1 && rand.Float64() >= share {
		return ""
	}
	if n.waiting.Load() >= maxNotes {
		n.dropped.Add(1)
		return ""
	}
	return s.Core.NewID(table)
}

// NoteRetrieval leaves the trace of a question. It neither waits nor fails; a trace may be lost. Without an ID it does nothing.
func (s *Context) NoteRetrieval(r record.Retrieval) {
	if r.ID != "" {
		s.note(len(r.Text), func(n *notes) { n.retrievals = append(n.retrievals, r) })
	}
}

// NoteResponse leaves the trace of an answer, as NoteRetrieval does.
func (s *Context) NoteResponse(r record.Response) {
	if r.ID != "" {
		s.note(len(r.Message)+len(r.Text), func(n *notes) { n.responses = append(n.responses, r) })
	}
}

func (s *Context) note(size int, add func(*notes)) {
	n := &s.noted
	n.mu.Lock()
	if n.waiting.Load() >= maxNotes || n.bytes+size > maxNotedBytes {
		n.mu.Unlock()
		n.dropped.Add(1)
		return
	}
	add(n)
	n.bytes += size
	n.waiting.Add(1)
	first := n.mark()
	n.mu.Unlock()
	if first {
		s.Core.noted.add(s)
	}
}

// mark notes that something waits. It returns true if the goroutine of the store has to be told. The caller holds mu.
func (n *notes) mark() (first bool) {
	first = !n.due
	n.due = true
	return first
}

// notesDue tells the goroutine of the store that something waits.
func (s *Context) notesDue() {
	s.noted.mu.Lock()
	first := s.noted.mark()
	s.noted.mu.Unlock()
	if first {
		s.Core.noted.add(s)
	}
}

// DroppedTraces returns the number of traces that this process did not store because too many waited.
func (s *Context) DroppedTraces() int { return int(s.noted.dropped.Load()) }

// notedContexts has the Contexts with traces to store.
type notedContexts struct {
	wake chan struct{} // has an item if contexts may not be empty
	mu   sync.Mutex    // guards contexts
	list []*Context
}

func (d *notedContexts) add(s *Context) {
	d.mu.Lock()
	d.list = append(d.list, s)
	d.mu.Unlock()
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

func (d *notedContexts) take() []*Context {
	d.mu.Lock()
	defer d.mu.Unlock()
	list := d.list
	d.list = nil
	return list
}

// storeNotes stores traces until ctx ends. While none waits, it does nothing.
func (m *Store) storeNotes(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-m.noted.wake:
		}
		timer := time.NewTimer(storeNotesAfter)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		}
		left := notesPerRound
		for _, s := range m.noted.take() {
			stored, err := m.storeSome(ctx, s, left)
			s.notStored(ctx, err)
			left -= stored
			s.again()
		}
	}
}

// again puts a Context back if traces wait that did not fit into a round.
func (s *Context) again() {
	n := &s.noted
	n.mu.Lock()
	n.due = n.waiting.Load() > 0 || s.reinforced.used.Load()
	due := n.due
	n.mu.Unlock()
	if due {
		s.Core.noted.add(s)
	}
}

// storeAllNotes stores the traces of Contexts that no call uses any more.
func (m *Store) storeAllNotes(ctx context.Context, contexts []*Context) {
	for _, s := range contexts {
		_, err := m.storeSome(ctx, s, maxNotes)
		s.notStored(ctx, err)
	}
}

// notStored logs that traces are lost, unless their Context is.
func (s *Context) notStored(ctx context.Context, err error) {
	if err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, ErrGone) && !errors.Is(err, store.ErrRemoved) {
		s.Log(ctx, slog.LevelWarn, "Traces could not be stored", surreal.Cause(err))
	}
}

// storeSome stores up to most waiting traces of a Context, and returns their number. The Context need not be in memory.
func (m *Store) storeSome(ctx context.Context, s *Context, most int) (stored int, err error) {
	if s.noted.waiting.Load() == 0 && !s.reinforced.used.Load() || most <= 0 {
		return 0, nil
	}
	if s.pinLoaded() {
		defer s.Done()
		err = s.storeUsed(ctx)
		stored, unstored := s.storeWaiting(ctx, s.Rows, most)
		return stored, errors.Join(err, unstored)
	}
	s.reinforced.used.Store(false) // until the next question that returns one
	if s.noted.waiting.Load() == 0 {
		return 0, nil
	}
	err = m.apart(ctx, s, func(rows *store.Store) (err error) {
		stored, err = s.storeWaiting(ctx, rows, most)
		return err
	})
	return stored, err
}

// storeWaiting stores up to most waiting traces.
func (s *Context) storeWaiting(ctx context.Context, rows *store.Store, most int) (stored int, err error) {
	for err == nil && stored < most && s.noted.waiting.Load() > 0 {
		var n int
		n, err = s.storeBatch(ctx, rows, min(most-stored, notesPerStatement))
		stored += n
	}
	return stored, err
}

// storeBatch stores up to most waiting traces, and then removes as many that have expired, or are over the limit. After an error they are lost.
func (s *Context) storeBatch(ctx context.Context, rows *store.Store, most int) (stored int, err error) {
	if err := s.Writer.Lock(ctx); err != nil {
		return 0, err
	}
	defer s.Writer.Unlock()
	n := &s.noted
	retrievals, responses := n.take(most)
	if stored = len(retrievals) + len(responses); s.deleted.Load() || stored == 0 {
		return stored, nil
	}
	whole := context.WithoutCancel(ctx) // they are no longer in memory
	now := s.Settings.Load()
	if retrievals, responses, err = s.complete(whole, rows, retrievals, responses); err != nil {
		return stored, err
	}
	if now.RedactsPII {
		for i := range retrievals {
			retrievals[i].Text, _ = guard.Redact(retrievals[i].Text)
		}
		for i := range responses {
			responses[i].Message, _ = guard.Redact(responses[i].Message)
			responses[i].Text, _ = guard.Redact(responses[i].Text)
		}
	}
	s.asked.keep(retrievals, responses)
	if err := rows.AddTraces(whole, retrievals, responses); err != nil {
		return stored, err
	}
	n.add(retrievals, responses)
	gone, err := rows.TrimTraces(whole, s.TracesSince(), now.MaxTraces, stored+8)
	s.TracesErased(gone)
	return stored, err
}

// prunedTraces is the number of traces of each kind that are removed at a time.
const prunedTraces = 200

// PruneTraces removes traces of questions and answers that have expired or are over the limit, and returns their ids. It may be stopped at any
// time. The Context must be pinned.
func (s *Context) PruneTraces(ctx context.Context) (gone []string, err error) {
	_, err = s.storeWaiting(ctx, s.Rows, maxNotes) // what has expired is removed at once
	for more := true; more && err == nil; {
		if err = s.Writer.Lock(ctx); err != nil {
			return gone, err
		}
		var page []string
		if err = s.Alive(); err == nil {
			page, err = s.Rows.TrimTraces(context.WithoutCancel(ctx), s.TracesSince(), s.Settings.Load().MaxTraces, prunedTraces)
			s.TracesErased(page)
		}
		s.Writer.Unlock()
		gone, more = append(gone, page...), len(page) > 0
	}
	return gone, err
}

// TracesSince returns the time before which traces of questions and answers have expired; zero: they do not expire.
func (s *Context) TracesSince() time.Time {
	if age := s.Settings.Load().Retention; age > 0 {
		return s.Now().Add(-age)
	}
	return time.Time{}
}

// take takes up to most waiting traces, oldest first.
func (n *notes) take(most int) (retrievals []record.Retrieval, responses []record.Response) {
	n.mu.Lock()
	defer n.mu.Unlock()
	// A response comes after the retrievals that it names.
	retrievals = slices.Clone(n.retrievals[:min(most, len(n.retrievals))])
	responses = slices.Clone(n.responses[:min(most-len(retrievals), len(n.responses))])
	n.retrievals = slices.Delete(n.retrievals, 0, len(retrievals))
	n.responses = slices.Delete(n.responses, 0, len(responses))
	n.count()
	return retrievals, responses
}

// count counts the waiting traces anew. The caller holds mu.
func (n *notes) count() {
	n.bytes = 0
	for i := range n.retrievals {
		n.bytes += len(n.retrievals[i].Text)
	}
	for i := range n.responses {
		n.bytes += len(n.responses[i].Message) + len(n.responses[i].Text)
	}
	n.waiting.Store(int64(len(n.retrievals) + len(n.responses)))
}

// complete returns traces as they are stored: an answer may also quote what its questions found. It leaves out traces that touch erased rows, and
// answers to questions whose traces are gone, because these may have been erased.
func (s *Context) complete(
	ctx context.Context, rows *store.Store, retrievals []record.Retrieval, responses []record.Response,
) ([]record.Retrieval, []record.Response, error) {
	var before []string // questions of an earlier batch
	found := map[string][]string{}
	for i := range retrievals {
		found[retrievals[i].ID] = retrievals[i].Noted().Touched
	}
	for _, r := range responses {
		for _, id := range r.Retrievals {
			if _, ok := found[id]; !ok && id != "" {
				before = append(before, id)
			}
		}
	}
	if len(before) > 0 {
		stored, err := rows.Retrievals(ctx, before)
		if err != nil {
			return nil, nil, err
		}
		for i := range stored {
			found[stored[i].ID] = stored[i].Noted().Touched
		}
	}
	responses = slices.DeleteFunc(responses, func(r record.Response) bool {
		return slices.ContainsFunc(r.Retrievals, func(id string) bool {
			_, there := found[id]
			return id != "" && !there
		})
	})
	for i := range responses {
		r := &responses[i]
		given := slices.Clone(r.Given)
		for _, id := range r.Retrievals {
			given = append(given, found[id]...)
		}
		slices.Sort(given)
		r.Given = slices.DeleteFunc(slices.Compact(given), func(id string) bool { return slices.Contains(r.Cited, id) })
		r.Message, r.Text = storable(r.Message), storable(r.Text)
	}
	if view := s.View.Load(); view != nil {
		view.Has(func(has func(string) bool) { retrievals, responses = intact(has, retrievals, responses) })
	}
	if !s.Core.Shared {
		return retrievals, responses, nil
	}
	// Another process may have erased rows that the view still has.
	missing, err := rows.Missing(ctx, touched(retrievals, responses))
	retrievals, responses = intact(func(id string) bool { return !slices.Contains(missing, id) }, retrievals, responses)
	return retrievals, responses, err
}

// touched returns the ids of the rows that traces touch, each once.
func touched(retrievals []record.Retrieval, responses []record.Response) (ids []string) {
	for i := range retrievals {
		ids = append(ids, retrievals[i].Noted().Touched...)
	}
	for i := range responses {
		ids = append(ids, responses[i].Noted().Touched...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// intact returns the traces that touch only rows that exist.
func intact(has func(id string) bool, retrievals []record.Retrieval, responses []record.Response) ([]record.Retrieval, []record.Response) {
	lost := func(id string) bool { return !has(id) }
	retrievals = slices.DeleteFunc(retrievals, func(r record.Retrieval) bool {
		return slices.ContainsFunc(r.Hits, func(h record.Returned) bool { return lost(h.ID) })
	})
	responses = slices.DeleteFunc(responses, func(r record.Response) bool {
		return slices.ContainsFunc(r.Cited, lost) || slices.ContainsFunc(r.Given, lost)
	})
	return retrievals, responses
}

// storable returns a text of a model as the database can hold it.
func storable(text string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", "\uFFFD"), "\uFFFD")
}

// leave prepares for the Context to leave memory. Its traces may be stored without it, and what they touch is known only now.
func (n *notes) leave(view *recall.View) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.stored, n.listed = nil, false; view != nil && n.waiting.Load() > 0 {
		view.Has(func(has func(string) bool) { n.retrievals, n.responses = intact(has, n.retrievals, n.responses) })
		n.count()
	}
}

// add adds stored traces to the list, if there is one.
func (n *notes) add(retrievals []record.Retrieval, responses []record.Response) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.listed {
		return
	}
	list := slices.Clone(n.stored)
	for i := range retrievals {
		list = append(list, retrievals[i].Noted())
	}
	for i := range responses {
		list = append(list, responses[i].Noted())
	}
	slices.SortFunc(list, store.NewestFirst)
	n.stored = list
}

// remove removes traces from the list.
func (n *notes) remove(ids []string) {
	if len(ids) == 0 {
		return
	}
	gone := make(map[string]bool, len(ids))
	for _, id := range ids {
		gone[id] = true
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.stored = slices.DeleteFunc(slices.Clone(n.stored), func(t record.Noted) bool { return gone[t.ID] })
}

// Noted returns the stored traces of questions and answers, newest first, with those that this process has noted until now. They must not be
// changed. The Context must be pinned.
func (s *Context) Noted(ctx context.Context) ([]record.Noted, error) {
	if _, err := s.storeWaiting(ctx, s.Rows, maxNotes); err != nil {
		return nil, err
	}
	if s.Core.Shared {
		return s.Rows.Noted(ctx) // those of other processes too
	}
	n := &s.noted
	n.mu.Lock()
	list, listed := n.stored, n.listed
	n.mu.Unlock()
	if listed {
		return list, nil
	}
	if err := s.Writer.Lock(ctx); err != nil {
		return nil, err
	}
	defer s.Writer.Unlock()
	return s.list(ctx)
}

// list returns the stored traces, and keeps the list if no other process writes. The caller holds the writer's lock.
func (s *Context) list(ctx context.Context) ([]record.Noted, error) {
	n := &s.noted
	n.mu.Lock()
	list, listed := n.stored, n.listed
	n.mu.Unlock()
	if listed {
		return list, nil
	}
	list, err := s.Rows.Noted(ctx)
	if err == nil && !s.Core.Shared {
		n.mu.Lock()
		n.stored, n.listed = list, true
		n.mu.Unlock()
	}
	return list, err
}

// ConcernedTraces returns the ids of the stored traces of questions and answers that an erasure concerns, and of those that touch rows which
// are no longer in memory. It drops those that are not stored yet. The caller holds the writer's lock, and erases the returned ones.
func (s *Context) ConcernedTraces(ctx context.Context, gone store.Gone) (ids []string, err error) {
	concerned := gone.Of()
	n := &s.noted
	n.mu.Lock()
	n.retrievals = slices.DeleteFunc(n.retrievals, func(r record.Retrieval) bool { return concerned(r.Noted()) })
	n.responses = slices.DeleteFunc(n.responses, func(r record.Response) bool { return concerned(r.Noted()) })
	n.count()
	n.mu.Unlock()
	all, err := s.list(ctx)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	lost := map[string]bool{}
	s.View.Load().Has(func(has func(string) bool) {
		for i := range all {
			for _, id := range all[i].Touched {
				if !has(id) {
					lost[id] = true
				}
			}
		}
	})
	for _, id := range gone.Rows {
		delete(lost, id)
	}
	if s.Core.Shared && len(lost) > 0 { // another process may have written them since the view was refreshed
		missing, err := s.Rows.Missing(ctx, slices.Collect(maps.Keys(lost)))
		if err != nil {
			return nil, err
		}
		clear(lost)
		for _, id := range missing {
			lost[id] = true
		}
	}
	for i := range all {
		if concerned(all[i]) || slices.ContainsFunc(all[i].Touched, func(id string) bool { return lost[id] }) {
			ids = append(ids, all[i].ID)
		}
	}
	return ids, nil
}

// TracesErased removes erased traces from memory.
func (s *Context) TracesErased(ids []string) {
	s.noted.remove(ids)
	s.asked.remove(ids)
}

// EraseTraces erases the traces of questions and answers that an erasure concerns, whether they are stored yet or not. The caller holds the
// writer's lock, and has erased the rows before. Run it again after an error.
func (s *Context) EraseTraces(ctx context.Context, gone store.Gone) error {
	ids, err := s.ConcernedTraces(ctx, gone)
	if err == nil {
		err = s.Rows.EraseTraces(ctx, ids)
	}
	if err != nil {
		return errors.Join(errTraces, err)
	}
	s.TracesErased(ids)
	return nil
}

var errTraces = errors.New("traces of questions and answers could not be erased; try again")
