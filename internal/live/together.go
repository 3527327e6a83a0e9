package live

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"

	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Concurrent writes of a Context share transactions. A write joins the queue of its Context. If nobody leads, it leads: it waits for the
// writer's lock, takes the writes that wait by then, stores them together and passes the lead to the next one in the queue. So the first
// write waits for nobody, and those that come while it is stored are the next group. Each write is led by the goroutine of a caller.

// ErrLater is the error for a write that its group leaves to the next one.
var ErrLater = errors.New("the write waits for the next group")

// errApart is returned by the transaction of a group that has failed: its writes are stored one by one, so that each gets its own error.
var errApart = errors.New("the writes of the group are stored one by one")

const (
	// mostWrites and mostSize limit a group, unless its first write alone is larger. The size of a write is approximate, in bytes.
	mostWrites = 64
	mostSize   = 1 << 20
	// togetherAgain is how often a group is planned again after another process has written, before its writes are stored one by one.
	togetherAgain = 3
)

// Joint is a write that may share its transaction with other writes.
type Joint[T any] struct {
	Value T
	Size  int  // approximate, in bytes
	Alone bool // it shares with nobody
}

// StoreFunc plans and stores a group of writes in one transaction, and applies them to the view. It returns an error for each write that it
// did not plan; ErrLater: the write waits for the next group. The last error is that of the transaction. It concerns all other writes.
type StoreFunc[T any] func(ctx context.Context, group []T, view *recall.View, at store.Position) (refused []error, reached store.Position, err error)

// Together stores a write, possibly with others that wait at the same time. All writes of a Context use the same T and an equivalent store.
// It returns the error of this write alone. When ctx ends, the write is withdrawn, unless it is being stored: then Together waits for that.
func Together[T any](ctx context.Context, s *Context, w Joint[T], store StoreFunc[T]) error {
	m := &member{value: w.Value, size: w.Size, alone: w.Alone, done: make(chan struct{}), lead: make(chan struct{}, 1)}
	s.joint.add(m)
	for {
		select {
		case <-m.done:
			rethrow(m.err)
			if m.refused {
				return s.Explain(ctx, m.err)
			}
			return m.err
		default:
		}
		select {
		case <-m.done:
		case <-m.lead:
			leadGroup(ctx, s, m, store)
		case <-ctx.Done():
			if s.joint.withdraw(m) {
				return ctx.Err()
			}
			// A group has it. The group may put it back, and then it may be told to lead: if it did not, nobody would.
			select {
			case <-m.done:
			case <-m.lead:
				leadGroup(ctx, s, m, store)
			}
		}
	}
}

// member is a write in the queue of its Context.
type member struct {
	value   any
	size    int
	alone   bool
	done    chan struct{} // closed once err is set
	lead    chan struct{} // says that the write leads the next group
	err     error
	refused bool // the write was not planned
}

func (m *member) answer(err error) {
	m.err = err
	close(m.done)
}

// leadGroup takes a group that begins with m, and stores it.
func leadGroup[T any](ctx context.Context, s *Context, m *member, write StoreFunc[T]) {
	defer s.joint.pass()
	var group []*member
	taken, tries := false, 0
	err := Catch(func() error {
		return s.Write(ctx, func(view *recall.View, at store.Position) (store.Position, error) {
			if !taken {
				s.joint.yield()
				group, taken = s.joint.take(m), true
			}
			tries++
			values := make([]T, len(group))
			for i, o := range group {
				values[i] = o.value.(T)
			}
			refused, reached, err := write(ctx, values, view, at)
			var stored, later []*member
			for i, o := range group {
				switch {
				case refused[i] == nil:
					stored = append(stored, o)
				case errors.Is(refused[i], ErrLater):
					later = append(later, o)
				default:
					o.refused = true
					o.answer(refused[i])
				}
			}
			group = stored
			s.joint.putBack(later)
			if stale := errors.Is(err, store.ErrStale) && !errors.Is(err, surreal.ErrLost); stale && len(group) > 1 && (!s.Core.Shared || tries > togetherAgain) {
				err = errApart
			}
			return reached, err
		})
	})
	var panicked *thrown
	switch {
	case !taken:
		s.joint.withdraw(m)
		m.answer(err)
	case err == nil, errors.Is(err, surreal.ErrLost), errors.As(err, &panicked), len(group) == 1 && group[0] == m:
		for _, o := range group {
			o.answer(err)
		}
	case ctx.Err() != nil:
		// Only the leader stops waiting.
		if group[0] == m {
			m.answer(err)
			group = group[1:]
		}
		s.joint.putBack(group)
	default:
		for _, o := range group {
			o.alone = true
		}
		s.joint.putBack(group)
	}
}

// joint is the queue of the writes of a Context that may share transactions.
type joint struct {
	mu      sync.Mutex
	waiting []*member
	led     bool // a member leads, or was told to
	shared  bool // the last group had several writes
}

// yields is how often the leader of a group lets other goroutines run first, if the group before it had several writes. Their callers can
// run now, and may bring their next writes. Without it, groups of one and of all others follow each other.
const yields = 4

// yield lets the callers of the last group run.
func (j *joint) yield() {
	j.mu.Lock()
	shared := j.shared
	j.mu.Unlock()
	for i := 0; shared && i < yields; i++ {
		runtime.Gosched()
	}
}

// add adds a write. It leads if nobody does.
func (j *joint) add(m *member) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.waiting = append(j.waiting, m)
	if !j.led {
		j.led = true
		m.lead <- struct{}{}
	}
}

// putBack adds writes before all others.
func (j *joint) putBack(list []*member) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.waiting = slices.Concat(list, j.waiting)
}

// take removes a group that begins with a write that waits.
func (j *joint) take(first *member) []*member {
	j.mu.Lock()
	defer j.mu.Unlock()
	group, size := []*member{first}, first.size
	j.waiting = slices.DeleteFunc(j.waiting, func(m *member) bool { return m == first })
	for !first.alone && len(j.waiting) > 0 && len(group) < mostWrites {
		next := j.waiting[0]
		if size += next.size; next.alone || size > mostSize {
			break
		}
		group, j.waiting = append(group, next), j.waiting[1:]
	}
	j.shared = len(group) > 1
	return group
}

// pass lets the next write lead.
func (j *joint) pass() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.led = len(j.waiting) > 0; j.led {
		j.waiting[0].lead <- struct{}{}
	}
}

// withdraw removes a write that is not taken. If it was told to lead, the next one leads.
func (j *joint) withdraw(m *member) bool {
	j.mu.Lock()
	i := slices.Index(j.waiting, m)
	if i >= 0 {
		j.waiting = slices.Delete(j.waiting, i, i+1)
	}
	told := len(m.lead) > 0
	j.mu.Unlock()
	if told && i >= 0 {
		j.pass()
	}
	return i >= 0
}
