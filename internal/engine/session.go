package engine

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"

	"github.com/google/uuid"

	"github.com/spectron-go/spectron/internal/surreal"
)

// Session is a connection to the engine with a namespace and database of its own. Any number of them share
// one engine; their statements run as separate transactions. It outlives the instance that it began in: in the
// next one it selects the same database. What else SurrealDB keeps for a session, LET variables and transactions
// of several requests, is gone with the instance.
type Session struct {
	engine *Engine
	next   atomic.Uint64
	place  atomic.Pointer[place] // nil while it has none
	closed atomic.Bool

	// turn is held by whoever gives the session its place, and guards database. It is a channel so that
	// waiting for it ends with the caller's context.
	turn     chan struct{}
	database []any // the parameters of the last Use that succeeded
	closeErr error // guarded by turn
}

// place is where a session is known: its name in one instance.
type place struct {
	id         surreal.UUID
	generation uint64
}

var _ surreal.Conn = (*Session)(nil)

// rpc is a request as SurrealDB's RPC protocol has it.
type rpc struct {
	ID      string        `cbor:"id"`
	Method  string        `cbor:"method"`
	Params  []any         `cbor:"params,omitempty"`
	Session *surreal.UUID `cbor:"session,omitempty"`
}

// Connect opens a session. It has no database until Use.
func (e *Engine) Connect(ctx context.Context) (*Session, error) {
	s := &Session{engine: e, turn: make(chan struct{}, 1)}
	if _, err := s.settle(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// Use selects the database that later queries run in.
func (s *Session) Use(ctx context.Context, namespace, database string) error {
	if err := s.lock(ctx); err != nil {
		return err
	}
	defer s.unlock()
	if err := s.inPlace(func() (*place, error) { return s.attached(ctx) }, func(at *place) error {
		return s.use(ctx, at, namespace, database)
	}); err != nil {
		return err
	}
	s.database = []any{namespace, database}
	return nil
}

// Query runs statements in the session's database.
func (s *Session) Query(ctx context.Context, sql string, vars map[string]any) (results surreal.Results, err error) {
	if vars == nil {
		vars = map[string]any{}
	}
	err = s.inPlace(func() (*place, error) { return s.settle(ctx) }, func(at *place) error {
		out, fault, err := s.send(ctx, at, "query", sql, vars)
		if err == nil {
			results, err = surreal.DecodeResults(out)
		}
		return fault.explain(err)
	})
	return results, err
}

// Close ends the session, not the engine. Later calls return ErrClosed.
func (s *Session) Close(ctx context.Context) error {
	if err := s.lock(ctx); err != nil {
		return err
	}
	defer s.unlock()
	at := s.place.Load()
	if s.closed.Swap(true) || at == nil {
		return s.closeErr
	}
	if s.closeErr = s.ask(ctx, at, "detach"); errors.Is(s.closeErr, errMoved) {
		s.closeErr = nil // it ended with its instance
	}
	return s.closeErr
}

// inPlace runs a request where the session is, and again where it is then if the instance was replaced before
// the request was taken.
func (s *Session) inPlace(find func() (*place, error), request func(*place) error) error {
	for {
		at, err := find()
		if err != nil {
			return err
		}
		if err = request(at); !errors.Is(err, errMoved) {
			return err
		}
		s.place.CompareAndSwap(at, nil)
	}
}

// settle returns the session's place, and finds it one if it has none.
func (s *Session) settle(ctx context.Context) (*place, error) {
	if at := s.place.Load(); at != nil && !s.closed.Load() {
		return at, nil
	}
	if err := s.lock(ctx); err != nil {
		return nil, err
	}
	defer s.unlock()
	return s.attached(ctx)
}

// maxAttach is how many instances may break in a row while a session finds its place.
const maxAttach = 3

// attached does that with the turn held. Nothing is lost when an instance breaks meanwhile: the next will do.
func (s *Session) attached(ctx context.Context) (*place, error) {
	if s.closed.Load() {
		return nil, fmt.Errorf("%w: the session", ErrClosed)
	}
	if at := s.place.Load(); at != nil {
		return at, nil
	}
	for attempt := 1; ; {
		at, err := s.attach(ctx)
		switch {
		case err == nil:
			s.place.Store(at)
			return at, nil
		case errors.Is(err, errMoved):
		case errors.Is(err, surreal.ErrLost) && errors.Is(err, ErrBroken) && attempt < maxAttach:
			attempt++
		default:
			return nil, err
		}
	}
}

// attach makes the session known in the present instance. Its name is new each time: after a request that was
// given up nobody can tell whether the old one is taken.
func (s *Session) attach(ctx context.Context) (*place, error) {
	at := &place{id: surreal.UUID(uuid.New())}
	out, err := s.request(ctx, at, "attach")
	if err != nil {
		return nil, err
	}
	answer := s.engine.call(out)
	if answer.err == nil {
		_, answer.err = surreal.DecodeResponse(answer.payload)
	}
	if answer.err != nil {
		return nil, answer.fault.explain(answer.err)
	}
	at.generation = answer.generation
	if s.database != nil {
		err = s.use(ctx, at, s.database...)
	}
	return at, err
}

// use selects a database, which SurrealDB makes first if it is not there: two that do so at once conflict.
func (s *Session) use(ctx context.Context, at *place, database ...any) error {
	return surreal.Retry(ctx, surreal.Backoff{}, func() error { return s.ask(ctx, at, "use", database...) })
}

// ask sends a request whose result does not matter.
func (s *Session) ask(ctx context.Context, at *place, method string, params ...any) error {
	_, fault, err := s.send(ctx, at, method, params...)
	return fault.explain(err)
}

// send returns the result of a request, and what the storage reported while it ran.
func (s *Session) send(ctx context.Context, at *place, method string, params ...any) ([]byte, fault, error) {
	r, err := s.request(ctx, at, method, params...)
	if err != nil {
		return nil, fault{}, err
	}
	out := s.engine.call(r)
	if out.err != nil {
		return nil, out.fault, out.err
	}
	result, err := surreal.DecodeResponse(out.payload)
	return result, out.fault, err
}

func (s *Session) request(ctx context.Context, at *place, method string, params ...any) (*request, error) {
	payload, err := surreal.Marshal(rpc{
		ID:      strconv.FormatUint(s.next.Add(1), 10),
		Method:  method,
		Params:  params,
		Session: &at.id,
	})
	return &request{ctx: ctx, payload: payload, generation: at.generation}, err
}

func (s *Session) lock(ctx context.Context) error {
	select {
	case s.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Session) unlock() { <-s.turn }
