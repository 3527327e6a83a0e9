package rpcserver

import (
	"context"
	"slices"
	"sync"

	"github.com/fxamacker/cbor/v2"
	"github.com/google/uuid"

	"github.com/spectron-go/spectron/internal/surreal"
)

// client is who is at the other end of a WebSocket, or sent one HTTP request. It has a session of its own and, on a
// WebSocket, those that it attaches. Their names in the engine are ours, so that no client can address another's; the
// same holds for transactions.
type client struct {
	server   *Server
	attaches bool // sessions and transactions, which need a connection to end with

	mu       sync.Mutex
	sessions map[surreal.UUID]*session // by the client's name; zero is the connection's own
	txns     map[surreal.UUID]surreal.UUID
}

type session struct {
	id       surreal.UUID // in the engine
	signedIn bool         // guarded by the client's mu
}

// newClient opens the client's own session.
func (s *Server) newClient(attaches bool) (*client, error) {
	c := &client{server: s, attaches: attaches, sessions: map[surreal.UUID]*session{}, txns: map[surreal.UUID]surreal.UUID{}}
	_, failed, err := c.attach(surreal.UUID{})
	if err == nil && failed != nil {
		err = surreal.DecodeError(failed)
	}
	return c, err
}

// end cancels the client's transactions and ends its sessions. Errors have nobody to hear them: they are those of an
// engine that ended.
func (c *client) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.sessions {
		c.cancel(s)
		_, _, _ = c.server.call(c.server.ctx, call{Method: "detach", Session: s.id})
	}
}

// cancel cancels the transactions of a session; mu is held.
func (c *client) cancel(s *session) {
	for txn, session := range c.txns {
		if session != s.id {
			continue
		}
		delete(c.txns, txn)
		if params, err := surreal.Marshal([]any{txn}); err == nil {
			_, _, _ = c.server.call(c.server.ctx, call{Method: "cancel", Session: s.id, Params: params})
		}
	}
}

// open are the methods that need no sign-in: what tells of the server, what signs in, and what concerns the session
// alone.
var open = []string{
	"ping", "version", "signin", "signup", "authenticate", "invalidate", "reset", "use", "let", "set", "unset", "attach", "detach", "sessions",
}

// serve runs a request and returns its result, or its error as it travels.
func (c *client) serve(ctx context.Context, r *request) (result, failed cbor.RawMessage) {
	result, failed, err := c.dispatch(ctx, r)
	if err != nil {
		return nil, internalError(err.Error()).encode()
	}
	return result, failed
}

func (c *client) dispatch(ctx context.Context, r *request) (result, failed cbor.RawMessage, err error) {
	switch r.Method {
	case "live", "kill":
		return nil, noLiveQueries().encode(), nil
	case "attach", "detach", "sessions", "begin", "commit", "cancel":
		if !c.attaches {
			return nil, methodNotFound(r.Method).encode(), nil
		}
	}
	switch r.Method {
	case "attach", "detach":
		if r.Session == (surreal.UUID{}) {
			return nil, invalidParams("Expected a session ID").encode(), nil
		}
		if r.Method == "attach" {
			return c.attach(r.Session)
		}
		return c.detach(ctx, r.Session)
	case "sessions":
		return c.list()
	}
	c.mu.Lock()
	s := c.sessions[r.Session]
	signedIn := s != nil && s.signedIn
	known := r.Txn == (surreal.UUID{})
	if !known {
		_, known = c.txns[r.Txn]
	}
	c.mu.Unlock()
	switch {
	case s == nil:
		return nil, sessionNotFound(r.Session).encode(), nil
	case c.server.options.User != "" && !signedIn && !slices.Contains(open, r.Method):
		return nil, notSignedIn(r.Method).encode(), nil
	case !known:
		return nil, transactionNotFound().encode(), nil
	}
	var txn surreal.UUID
	if r.Method == "commit" || r.Method == "cancel" {
		if params := r.params(); len(params) == 0 || surreal.Unmarshal(params[0], &txn) != nil {
			return nil, invalidParams("Expected a transaction UUID").encode(), nil
		}
		c.mu.Lock()
		_, known := c.txns[txn]
		delete(c.txns, txn)
		c.mu.Unlock()
		if !known {
			return nil, transactionNotFound().encode(), nil
		}
	}
	result, failed, err = c.server.call(ctx, call{Method: r.Method, Session: s.id, Txn: r.Txn, Params: r.Params})
	if err != nil || failed != nil {
		return result, failed, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch r.Method {
	case "signin", "signup", "authenticate":
		s.signedIn = true
	case "invalidate", "reset":
		s.signedIn = false
	case "begin":
		if err := surreal.Unmarshal(result, &txn); err != nil {
			return nil, nil, err
		}
		c.txns[txn] = s.id
	}
	return result, nil, nil
}

func (c *client) attach(name surreal.UUID) (result, failed cbor.RawMessage, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sessions[name] != nil {
		return nil, failure{
			Code: codeInternal, Kind: "AlreadyExists", Message: "Session already exists: " + uuid.UUID(name).String(),
			Details: &failureDetails{Kind: "Session"},
		}.encode(), nil
	}
	s := &session{id: surreal.UUID(uuid.New())}
	result, failed, err = c.server.call(c.server.ctx, call{Method: "attach", Session: s.id})
	if err == nil && failed == nil {
		c.sessions[name] = s
	}
	return result, failed, err
}

func (c *client) detach(ctx context.Context, name surreal.UUID) (result, failed cbor.RawMessage, err error) {
	c.mu.Lock()
	s := c.sessions[name]
	delete(c.sessions, name)
	if s != nil {
		c.cancel(s)
	}
	c.mu.Unlock()
	if s == nil {
		return nil, sessionNotFound(name).encode(), nil
	}
	return c.server.call(ctx, call{Method: "detach", Session: s.id})
}

// list names the attached sessions.
func (c *client) list() (result, failed cbor.RawMessage, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	names := []surreal.UUID{}
	for name := range c.sessions {
		if name != (surreal.UUID{}) {
			names = append(names, name)
		}
	}
	result, err = surreal.Marshal(names)
	return result, nil, err
}
