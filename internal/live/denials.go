package live

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// This file limits the events of denied attempts, because anybody can cause them.

const (
	// maxDenials limits how many denied attempts of a key are recorded one by one in a minute, and how many refused attempts that name one
	// key.
	maxDenials = 60
	// maxStrangers limits the recorded attempts with refused secrets of a minute in total, because such an attempt can name any key.
	maxStrangers = 250
	// maxSources limits how many keys are counted separately in a minute. Further keys share one count.
	maxSources = 1000
	// maxDenialPaths, maxDenialDetail and maxDenialTarget limit the text of the event of a denied attempt, in bytes.
	maxDenialPaths  = 2 << 10
	maxDenialDetail = 1 << 10
	maxDenialTarget = 512
	// MaxEventPaths is the maximum number of paths in an event.
	MaxEventPaths = 100
)

// Attempter is the source of attempts: the holder of a key, or a stranger who names a key with a wrong secret.
type Attempter struct {
	Key      string // "" with Stranger: all strangers together
	Stranger bool
}

// denials counts the denied attempts of a minute by source. For each source with attempts over the limit, one event per minute has their
// number.
type denials struct {
	mu      sync.Mutex // guards the fields below, which every denied caller changes
	minute  time.Time
	sources map[Attempter]*tally
	past    []record.Event // sums of past minutes that are not stored yet
}

// tally is the count of a source.
type tally struct {
	recorded int
	rest     record.Event // the sum event; its Count is the number of attempts that were not recorded
	stored   int          // the Count that is stored
}

// recorder stores events. For an event that is already stored, it updates the Count.
type recorder func(ctx context.Context, list ...record.Event) error

// Record records an attempt with put, or counts it. sums stores the sum events.
func (d *denials) Record(ctx context.Context, e record.Event, from Attempter, newID func() string, put, sums recorder) error {
	// The attempt is recorded even if its caller stops waiting.
	ctx = context.WithoutCancel(ctx)
	alone := d.admit(&e, from, newID)
	err := d.Store(ctx, e.At, sums)
	if alone {
		err = errors.Join(err, put(ctx, e))
	}
	return err
}

// admit reports whether an attempt is recorded by itself. Otherwise it counts the attempt.
func (d *denials) admit(e *record.Event, from Attempter, newID func() string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if minute := e.At.Truncate(time.Minute); !minute.Equal(d.minute) {
		d.past = append(d.past, d.unstored()...)
		d.minute, d.sources = minute, map[Attempter]*tally{}
	}
	if !from.Stranger {
		t := d.tally(from)
		return t.admit(maxDenials) || t.count(e, t == d.sources[from], newID)
	}
	all := d.tally(Attempter{Stranger: true})
	// A key that strangers name gets a tally only when an attempt with it is recorded, so there are at most maxStrangers such tallies.
	if named := d.sources[from]; named != nil && named.recorded >= maxDenials || !all.admit(maxStrangers) {
		return all.count(&record.Event{At: e.At, Action: e.Action}, false, newID) // strangers can name any key, so the event names none
	}
	d.tally(from).recorded++
	return true
}

func (t *tally) admit(limit int) bool {
	if t.recorded >= limit {
		return false
	}
	t.recorded++
	return true
}

// count adds an attempt to the sum event. own: all attempts of the tally come from one key, so the event names it.
func (t *tally) count(e *record.Event, own bool, newID func() string) (recorded bool) {
	if t.rest.Count == 0 {
		t.rest = record.Event{
			ID: store.TableEvent + ":" + newID(), At: e.At, Action: e.Action, Context: e.Context,
			Detail: "further denied attempts of one minute, counted together",
		}
		if own {
			t.rest.Principal, t.rest.Key = e.Principal, e.Key
		}
	}
	t.rest.Count++
	return false
}

// tally returns the tally of a source. Sources over maxSources share one tally.
func (d *denials) tally(from Attempter) *tally {
	if d.sources[from] == nil && len(d.sources) >= maxSources {
		from = Attempter{}
	}
	if d.sources[from] == nil {
		d.sources[from] = &tally{}
	}
	return d.sources[from]
}

// unstored returns the sum events of the current minute whose count is not stored, and marks them as stored. The caller holds mu.
func (d *denials) unstored() []record.Event {
	var out []record.Event
	for _, t := range d.sources {
		if t.rest.Count > t.stored {
			out = append(out, t.rest)
			t.stored = t.rest.Count
		}
	}
	slices.SortFunc(out, func(a, b record.Event) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// Store stores the sum events of past minutes. If now is zero, it also stores those of the current minute.
func (d *denials) Store(ctx context.Context, now time.Time, put recorder) error {
	d.mu.Lock()
	due := d.past
	d.past = nil
	if !now.Truncate(time.Minute).Equal(d.minute) {
		due = append(due, d.unstored()...)
	}
	d.mu.Unlock()
	if len(due) == 0 {
		return nil
	}
	err := put(ctx, due...)
	if err != nil {
		d.mu.Lock()
		d.past = append(d.past, due[:min(len(due), max(maxSources-len(d.past), 0))]...)
		d.mu.Unlock()
	}
	return err
}

// bounded limits the text of an event to what can be stored. A caller may have written anything.
func bounded(e record.Event) record.Event {
	clean := func(s string, limit int) string {
		return strings.ToValidUTF8(strings.ReplaceAll(s[:min(len(s), limit)], "\x00", "\uFFFD"), "\uFFFD")
	}
	e.Target, e.Detail = clean(e.Target, maxDenialTarget), clean(e.Detail, maxDenialDetail)
	size := 0
	for i, p := range e.Paths {
		if size += len(p); size > maxDenialPaths {
			e.Paths = e.Paths[:i]
			break
		}
	}
	return e
}

// storeDenials stores the sum events of denied attempts that are not stored yet, in the control plane and in the given Contexts.
func (m *Store) storeDenials(ctx context.Context, contexts []*Context) error {
	err := m.Refused.Store(ctx, time.Time{}, m.Registry.Record)
	for _, state := range contexts {
		unstored := state.Denied.Store(ctx, time.Time{}, func(ctx context.Context, list ...record.Event) error {
			return m.apart(ctx, state, func(rows *store.Store) error { return rows.Record(ctx, list...) })
		})
		if !errors.Is(unstored, ErrGone) { // otherwise the events are gone with it
			err = errors.Join(err, unstored)
		}
	}
	return err
}

// apart calls f with the rows of a Context that need not be in memory. ErrGone: another process has deleted it, and f stored nothing.
func (m *Store) apart(ctx context.Context, state *Context, f func(*store.Store) error) error {
	err := m.connected(ctx, state, f)
	if errors.Is(err, surreal.ErrNotFound) || errors.Is(err, store.ErrRemoved) {
		if gone := m.stillThere(ctx, state); gone != nil {
			return gone
		}
	}
	return err
}

// connected implements apart.
func (m *Store) connected(ctx context.Context, state *Context, f func(*store.Store) error) (err error) {
	entry, err := m.Registry.Get(ctx, state.ID)
	if err != nil || !state.is(entry) {
		return cmp.Or(err, ErrGone)
	}
	conn, err := m.DB.Connect(ctx, entry.Namespace, entry.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	rows := store.New(conn, m.Writers())
	if m.Shared {
		// Others may delete the Context meanwhile. If it is still there once its database is known, it is the right one.
		if err := rows.Know(ctx); err != nil {
			return err
		}
		if err := m.stillThere(ctx, state); err != nil {
			return err
		}
	}
	return f(rows)
}

// RecordDenied records a denied attempt in the control plane.
func (m *Store) RecordDenied(ctx context.Context, e record.Event) error {
	return m.RecordAttempt(ctx, e, Attempter{Key: e.Key}, m.Registry.Record)
}

// RecordAttempt records an attempt with put, or counts it in the control plane.
func (m *Store) RecordAttempt(ctx context.Context, e record.Event, from Attempter, put func(context.Context, ...record.Event) error) error {
	return m.unrecorded(ctx, e, m.Refused.Record(ctx, bounded(e), from, m.Opts.NewID, put, m.Registry.Record))
}

// unrecorded logs that an attempt could not be recorded. The caller gets the error too, but may ignore it.
func (m *Store) unrecorded(ctx context.Context, e record.Event, err error) error {
	if err != nil {
		m.Log(ctx, slog.LevelError, "Denied attempt could not be put on record",
			slog.String("op", e.Op), slog.String("context_id", e.Context), slog.String("key_id", e.Key), surreal.Cause(err))
	}
	return err
}

// RecordDenied records a denied attempt in the Context.
func (s *Context) RecordDenied(ctx context.Context, e record.Event) error {
	put := s.Rows.Record
	return s.Core.unrecorded(ctx, e, s.Denied.Record(ctx, bounded(e), Attempter{Key: e.Key}, s.Core.Opts.NewID, put, put))
}
