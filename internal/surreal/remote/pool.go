package remote

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/spectron-go/spectron/internal/surreal"
)

// maxSharers is how many requests share a connection before others wait. They run concurrently on the server.
const maxSharers = 32

// anywhere is the database of requests that need none.
var anywhere = database{}

// pool is the way over WebSockets. It has places for connections, each with the database that its connection has
// selected. A connection changes its database only while nobody uses it and nothing that was sent over it is
// unanswered: the server may take up requests in another order, and one that its caller gave up could otherwise run in
// the next database.
type pool struct {
	url   string
	o     Options
	login *login
	open  context.Context // ends when no more requests wait

	ids     atomic.Uint64  // of requests
	sockets sync.WaitGroup // the goroutines of connections

	mu      sync.Mutex // guards what follows, and the places
	places  []*place
	waiters []*waiter
	closed  bool
	counts  Stats // the counters
}

// place is where a connection is, or is being made.
type place struct {
	where     database
	socket    *socket // nil until it is made
	users     int
	exclusive bool // being made, or changing its database: nobody else may use it
	wanted    bool // a waiter needs it: nobody new may share it
	retired   bool // its sign-in has expired: nobody new may use it
}

// load is how many requests the server works on, awaited or not.
func (at *place) load() int {
	if at.socket == nil {
		return at.users
	}
	return max(at.users, at.socket.outstanding())
}

// waiter is a request without a connection.
type waiter struct {
	where database
	got   chan *place // buffered: a place is handed over under the lock
}

func newPool(url string, o Options, open context.Context) *pool {
	return &pool{url: url, o: o, login: newLogin(o), open: open}
}

func (p *pool) query(ctx context.Context, where database, sql string, vars map[string]any) (surreal.Results, error) {
	out, err := p.request(ctx, where, "query", sql, vars)
	if err != nil {
		return nil, err
	}
	return decodeResults(out)
}

func (p *pool) version(ctx context.Context) (string, error) {
	out, err := p.request(ctx, anywhere, "version")
	if err != nil {
		return "", err
	}
	return decodeVersion(out)
}

// request runs a request on a connection to a database.
func (p *pool) request(ctx context.Context, where database, method string, params ...any) (cbor.RawMessage, error) {
	r, err := encode(message{ID: newID(&p.ids), Method: method, Params: params}, p.o.MaxMessageBytes)
	if err != nil {
		return nil, err
	}
	for renewed := false; ; renewed = true {
		out, token, err := p.once(ctx, where, r)
		// What the server says of an expired sign-in comes before it looks at the request.
		if renewed || !saysAny(err, expiredTexts) || !p.login.forget(token) {
			return out, err
		}
	}
}

// once sends a request once. It also returns the token that it was signed in with.
func (p *pool) once(ctx context.Context, where database, r request) (cbor.RawMessage, string, error) {
	connect, cancel := context.WithTimeout(ctx, p.o.ConnectTimeout)
	defer cancel()
	defer context.AfterFunc(p.open, cancel)()
	var pause backoff
	for {
		at, err := p.acquire(connect, where)
		if err != nil {
			return nil, "", p.noConnection(ctx, err)
		}
		if at.exclusive {
			err = p.prepare(connect, at, where)
		}
		if err == nil {
			token := p.login.current()
			var out cbor.RawMessage
			if out, err = p.call(ctx, at, r); !errors.Is(err, errUnsent) {
				return out, token, err
			}
		}
		// On another connection: none could be made, or this one ended unused.
		if final(err) || pause.wait(connect) != nil {
			return nil, "", p.noConnection(ctx, err)
		}
		p.o.Logger.Info("Connection to the server failed and is tried again", cause(err))
	}
}

// final reports whether trying to connect again is of no use. (Two that make the same database at once conflict.)
func final(err error) bool {
	var e *surreal.Error
	return errors.Is(err, surreal.ErrDenied) ||
		errors.As(err, &e) && !errors.Is(err, surreal.ErrUnreachable) && !errors.Is(err, surreal.ErrConflict)
}

// noConnection is the error of a request that found no connection, because of err.
func (p *pool) noConnection(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("remote: %w", ctx.Err())
	case p.open.Err() != nil:
		return ErrClosed
	case final(err):
		return err
	}
	return unreachable(err)
}

// call sends a request over the connection of a place that the caller holds, and lets it go.
func (p *pool) call(ctx context.Context, at *place, r request) (cbor.RawMessage, error) {
	timeout := time.NewTimer(p.o.RequestTimeout)
	defer timeout.Stop()
	out, err := at.socket.call(ctx, r, timeout.C)
	if errors.Is(err, errUnanswered) {
		err = unanswered(p.o.RequestTimeout)
	}
	p.mu.Lock()
	at.users--
	at.retired = at.retired || saysAny(err, expiredTexts)
	p.serve()
	p.mu.Unlock()
	return out, err
}

// prepare makes the connection of a place, or has it change its database. When that fails, the connection is gone: it
// is not known what it has selected.
func (p *pool) prepare(ctx context.Context, at *place, where database) error {
	s := at.socket
	err := func() (err error) {
		if s == nil {
			if s, err = p.dialSocket(ctx); err != nil {
				return err
			}
			p.count(func(c *Stats) { c.Dialled++ })
			p.o.Logger.Debug("Connected to the server")
			if err := p.login.authenticate(ctx, s.send); err != nil {
				return err
			}
		} else {
			p.count(func(c *Stats) { c.Switched++ })
		}
		if where != anywhere {
			// The server makes what is not there: two that do so at once conflict.
			err = surreal.Retry(ctx, surreal.Backoff{}, func() error {
				_, err := s.send(ctx, "use", where.namespace, where.name)
				return err
			})
		}
		return err
	}()
	if err != nil {
		p.mu.Lock()
		p.drop(at)
		p.mu.Unlock()
		if s != nil {
			s.end(err)
		} else {
			p.rebalance()
		}
		return err
	}
	p.mu.Lock()
	at.socket, at.where, at.exclusive = s, where, false
	closed := p.closed
	p.mu.Unlock()
	if closed {
		s.end(ErrClosed)
	}
	p.rebalance()
	return nil
}

// launch starts goroutines of a connection, unless the pool was closed.
func (p *pool) launch(all ...func()) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return false
	}
	for _, f := range all {
		p.sockets.Go(f)
	}
	return true
}

// acquire waits for a place: one with a connection to the database, shared, or one to prepare, exclusively.
func (p *pool) acquire(ctx context.Context, where database) (*place, error) {
	p.mu.Lock()
	at := p.take(where)
	if at != nil {
		p.mu.Unlock()
		return at, nil
	}
	w := &waiter{where, make(chan *place, 1)}
	p.waiters = append(p.waiters, w)
	p.serve()
	p.mu.Unlock()
	select {
	case at := <-w.got:
		return at, nil
	case <-ctx.Done():
	}
	p.mu.Lock()
	p.waiters = slices.DeleteFunc(p.waiters, func(other *waiter) bool { return other == w })
	p.serve()
	p.mu.Unlock()
	select {
	case at := <-w.got: // at the last moment
		return at, nil
	default:
		return nil, fmt.Errorf("all of Options.PoolSize, %d, connections are in use", p.o.PoolSize)
	}
}

// rebalance serves the waiters after something changed: an answer came, or a connection ended.
func (p *pool) rebalance() {
	p.mu.Lock()
	p.serve()
	p.mu.Unlock()
}

func (p *pool) count(f func(*Stats)) {
	p.mu.Lock()
	f(&p.counts)
	p.mu.Unlock()
}

// drop removes a place; mu is held.
func (p *pool) drop(at *place) {
	p.places = slices.DeleteFunc(p.places, func(other *place) bool { return other == at })
}

// serve gives places to waiters, in their order, and reserves for each that gets none the place that will be free
// first; mu is held.
func (p *pool) serve() {
	p.places = slices.DeleteFunc(p.places, func(at *place) bool {
		switch {
		case at.exclusive:
			return false
		case at.socket.ended() != nil:
			if !p.closed {
				p.counts.Lost++
			}
			return true
		case at.retired && at.users == 0:
			p.discard(at.socket, errors.New("its sign-in expired"))
			return true
		}
		return false
	})
	p.waiters = slices.DeleteFunc(p.waiters, func(w *waiter) bool {
		at := p.take(w.where)
		if at != nil {
			w.got <- at
		}
		return at != nil
	})
	for _, at := range p.places {
		at.wanted = false
	}
	for range p.waiters {
		if at := p.least(func(at *place) bool { return at.usable() && !at.wanted }); at != nil {
			at.wanted = true
		}
	}
}

// discard ends a connection; mu is held, which ending takes as well.
func (p *pool) discard(s *socket, why error) {
	if !p.closed { // otherwise close ends it
		p.sockets.Go(func() { s.end(why) })
	}
}

// usable reports whether somebody else may use the place.
func (at *place) usable() bool { return !at.exclusive && !at.retired && at.socket.ended() == nil }

// least returns the place with the least load among those that fit; mu is held.
func (p *pool) least(fits func(*place) bool) *place {
	var best *place
	for _, at := range p.places {
		if fits(at) && (best == nil || at.load() < best.load()) {
			best = at
		}
	}
	return best
}

// take returns a place for a request, or nil; mu is held.
func (p *pool) take(where database) *place {
	if p.closed {
		return nil
	}
	shared := p.least(func(at *place) bool {
		return at.usable() && (at.where == where || where == anywhere) && (at.users == 0 || !at.wanted)
	})
	unset := p.least(func(at *place) bool { return at.usable() && at.where == anywhere && at.load() == 0 })
	switch {
	case shared != nil && shared.load() == 0:
		shared.users++
		return shared
	case unset != nil:
		unset.users, unset.exclusive = 1, true
		return unset
	case len(p.places) < p.o.PoolSize:
		return p.add()
	case shared != nil && shared.load() < maxSharers:
		shared.users++
		return shared
	}
	// A place that another database has no use for at the moment.
	if free := p.least(func(at *place) bool { return at.usable() && at.load() == 0 }); free != nil {
		free.users, free.exclusive = 1, true
		return free
	}
	// One that only answers keep which nobody awaits makes room for another.
	if kept := p.least(func(at *place) bool { return at.usable() && at.users == 0 }); kept != nil {
		p.drop(kept)
		p.discard(kept.socket, errors.New("its place was needed"))
		return p.add()
	}
	return nil
}

// add makes a place, for its only user to prepare; mu is held.
func (p *pool) add() *place {
	at := &place{users: 1, exclusive: true}
	p.places = append(p.places, at)
	return at
}

func (p *pool) check(ctx context.Context) error {
	at, err := p.acquire(ctx, anywhere)
	if err == nil {
		err = p.prepare(ctx, at, anywhere)
	}
	if err != nil {
		return p.noConnection(ctx, err)
	}
	r, err := encode(message{ID: newID(&p.ids), Method: "version"}, p.o.MaxMessageBytes)
	if err != nil {
		return err
	}
	out, err := p.call(ctx, at, r)
	if err != nil {
		return err
	}
	_, err = decodeVersion(out)
	return err
}

func (p *pool) stats() Stats {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := p.counts
	out.Connections, out.Waiting = len(p.places), len(p.waiters)
	for _, at := range p.places {
		if at.socket != nil {
			out.InFlight += at.socket.outstanding()
		}
	}
	return out
}

func (p *pool) close() {
	p.mu.Lock()
	p.closed = true
	var sockets []*socket
	for _, at := range p.places {
		if at.socket != nil {
			sockets = append(sockets, at.socket)
		}
	}
	p.mu.Unlock()
	for _, s := range sockets {
		s.end(ErrClosed)
	}
	p.sockets.Wait()
}
