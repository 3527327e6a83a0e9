package live

import (
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
	// maxDenials is how many denied attempts of a key are on record one by one in a minute, and how many of those that name a
	// key with a secret that is not accepted.
	maxDenials = 60
	// maxStrangers is how many are in all of the latter: whoever makes them can name any key.
	maxStrangers = 250
	// maxSources is how many keys are told apart in a minute; the others share what one may have.
	maxSources = 1000
	// maxDenialPaths, maxDenialDetail and maxDenialTarget bound the text of an event of an attempt that was denied, in bytes.
	maxDenialPaths  = 2 << 10
	maxDenialDetail = 1 << 10
	maxDenialTarget = 512
	// MaxEventPaths is how many paths an event names.
	MaxEventPaths = 100
)

// Attempter is the source of attempts: the holder of a key, or a stranger who names a key with a wrong secret.
type Attempter struct {
	Key      string // "" with stranger: all strangers
	Stranger bool
}

// denials counts the denied attempts of a minute by source. Attempts over the limit are summed up in one event per source and minute.
type denials struct {
	mu      sync.Mutex // guards what follows, which everybody who is denied changes
	minute  time.Time
	sources map[Attempter]*tally
	past    []record.Event // sums of minutes that are over, not stored yet
}

// tally is the count of a source.
type tally struct {
	recorded int
	rest     record.Event // sums up those that are not recorded: Count of them
	stored   int          // Count in the database
}

// recorder stores events, and takes over the Count of those that are there.
type recorder func(ctx context.Context, list ...record.Event) error

// Record records an attempt, or counts it: sums is where its count goes.
func (d *denials) Record(ctx context.Context, e record.Event, from Attempter, newID func() string, put, sums recorder) error {
	// An attempt goes on record although its caller goes.
	ctx = context.WithoutCancel(ctx)
	alone := d.admit(&e, from, newID)
	err := d.Store(ctx, e.At, sums)
	if alone {
		err = errors.Join(err, put(ctx, e))
	}
	return err
}

// admit reports whether an attempt goes on record by itself; if not, it is counted.
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
	// A key that strangers name has a tally only once an attempt with it is on record: there are at most maxStrangers.
	if named := d.sources[from]; named != nil && named.recorded >= maxDenials || !all.admit(maxStrangers) {
		return all.count(&record.Event{At: e.At, Action: e.Action}, false, newID) // they name whom they like
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

// count adds an attempt to those that are summed up; own says that they are of one key.
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

// tally returns that of a source; those that are too many share one.
func (d *denials) tally(from Attempter) *tally {
	if d.sources[from] == nil && len(d.sources) >= maxSources {
		from = Attempter{}
	}
	if d.sources[from] == nil {
		d.sources[from] = &tally{}
	}
	return d.sources[from]
}

// unstored lists the sums of the minute whose count the database does not have. The caller holds mu.
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

// Store stores the sums of the minutes that are over. now zero: also that of the minute that is on.
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

// bounded bounds the text of an event: it is what a caller wrote, and goes on record whatever it is.
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

// storeDenials stores what was counted and is not stored yet of attempts that were denied, in the control plane and in some
// Contexts.
func (m *Store) storeDenials(ctx context.Context, contexts []*Context) error {
	err := m.Refused.Store(ctx, time.Time{}, m.Registry.Record)
	for _, state := range contexts {
		err = errors.Join(err, state.Denied.Store(ctx, time.Time{}, func(ctx context.Context, list ...record.Event) error {
			// It may be out of memory, or deleted by another process.
			entry, err := m.Registry.Get(ctx, state.ID)
			if err != nil || !state.is(entry) {
				return err
			}
			conn, err := m.DB.Connect(ctx, entry.Namespace, entry.Database)
			if err != nil {
				return err
			}
			return errors.Join(store.New(conn, store.SingleWriter).Record(ctx, list...), conn.Close(ctx))
		}))
	}
	return err
}

// RecordDenied records a denied attempt in the control plane.
func (m *Store) RecordDenied(ctx context.Context, e record.Event) error {
	return m.RecordAttempt(ctx, e, Attempter{Key: e.Key}, m.Registry.Record)
}

// RecordAttempt puts an attempt on record with put, or counts it in the control plane.
func (m *Store) RecordAttempt(ctx context.Context, e record.Event, from Attempter, put func(context.Context, ...record.Event) error) error {
	return m.unrecorded(ctx, e, m.Refused.Record(ctx, bounded(e), from, m.Opts.NewID, put, m.Registry.Record))
}

// unrecorded logs that an attempt could not be put on record. Whoever made it is told, and may not care.
func (m *Store) unrecorded(ctx context.Context, e record.Event, err error) error {
	if err != nil {
		m.log(ctx, slog.LevelError, "Denied attempt could not be put on record",
			slog.String("op", e.Op), slog.String("context_id", e.Context), slog.String("key_id", e.Key), surreal.Cause(err))
	}
	return err
}

// RecordDenied records a denied attempt in the Context.
func (s *Context) RecordDenied(ctx context.Context, e record.Event) error {
	put := s.Rows.Record
	return s.Core.unrecorded(ctx, e, s.Denied.Record(ctx, bounded(e), Attempter{Key: e.Key}, s.Core.Opts.NewID, put, put))
}
