package engine

import (
	"context"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/google/uuid"

	"github.com/spectron-go/spectron/internal/surreal"
)

// Session is a connection to the engine with a namespace and database of its own. Any number of them share
// one engine; their statements run as separate transactions.
type Session struct {
	engine *Engine
	id     surreal.UUID
	next   atomic.Uint64
	once   sync.Once
	err    error
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
	s := &Session{engine: e, id: surreal.UUID(uuid.New())}
	if _, err := s.call(ctx, "attach"); err != nil {
		return nil, err
	}
	return s, nil
}

// Use selects the database that later queries run in.
func (s *Session) Use(ctx context.Context, namespace, database string) error {
	_, err := s.call(ctx, "use", namespace, database)
	return err
}

// Query runs statements in the session's database.
func (s *Session) Query(ctx context.Context, sql string, vars map[string]any) (surreal.Results, error) {
	if vars == nil {
		vars = map[string]any{}
	}
	out, fault, err := s.send(ctx, "query", sql, vars)
	if err != nil {
		return nil, fault.explain(err)
	}
	results, err := surreal.DecodeResults(out)
	return results, fault.explain(err)
}

// Close ends the session, not the engine.
func (s *Session) Close(ctx context.Context) error {
	s.once.Do(func() { _, s.err = s.call(ctx, "detach") })
	return s.err
}

func (s *Session) call(ctx context.Context, method string, params ...any) ([]byte, error) {
	out, fault, err := s.send(ctx, method, params...)
	return out, fault.explain(err)
}

// send returns the result of a request, and what the storage reported while it ran.
func (s *Session) send(ctx context.Context, method string, params ...any) ([]byte, fault, error) {
	request, err := surreal.Marshal(rpc{
		ID:      strconv.FormatUint(s.next.Add(1), 10),
		Method:  method,
		Params:  params,
		Session: &s.id,
	})
	if err != nil {
		return nil, fault{}, err
	}
	out := s.engine.call(ctx, request)
	if out.err != nil {
		return nil, out.fault, out.err
	}
	result, err := surreal.DecodeResponse(out.payload)
	return result, out.fault, err
}

// Version asks for SurrealDB's version.
func (e *Engine) Version(ctx context.Context) (string, error) {
	request, err := surreal.Marshal(rpc{ID: "version", Method: "version"})
	if err != nil {
		return "", err
	}
	out, err := e.Call(ctx, request)
	if err != nil {
		return "", err
	}
	var version string
	return version, surreal.Unmarshal(out, &version)
}
