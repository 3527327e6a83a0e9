// Package remote connects to a SurrealDB server over WebSockets or HTTP.
//
// It speaks SurrealDB's RPC protocol in CBOR by itself, with gorilla/websocket and net/http below: the connections of
// the official SDK end the whole process when a connection is reset or an answer is too large, drop the kind of an
// error, and know no TLS configuration (see RATIONALE.md).
//
// A query runs in its Conn's database or nowhere: a WebSocket connection has one database selected while anybody uses
// it, and an HTTP request selects its own. A query is sent once. Only when the server answers that it refused one
// unread, because the sign-in had expired, is it sent again on a new sign-in.
package remote

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/fxamacker/cbor/v2"

	"github.com/spectron-go/spectron/internal/surreal"
)

// Server is a server and the connections to it. It is safe for concurrent use.
type Server struct {
	address   string
	transport transport
	// open ends with the first Close: no new requests, and those that wait for a connection stop.
	open context.Context
	shut context.CancelFunc

	mu      sync.Mutex // guards running.Add against Close
	closed  bool
	running sync.WaitGroup
	once    sync.Once
	stopped chan struct{} // nothing runs any more
}

// transport is a way to the server.
type transport interface {
	// query runs a query in a database.
	query(ctx context.Context, where database, sql string, vars map[string]any) (surreal.Results, error)
	// version asks for the server's version.
	version(ctx context.Context) (string, error)
	// check connects and signs in, once.
	check(ctx context.Context) error
	stats() Stats
	// close ends all connections, under requests that still run, and waits for their goroutines.
	close()
}

// Stats says what goes on. The counters begin with Dial.
type Stats struct {
	Connections int   // connections that are open, and WebSockets that are being made
	InFlight    int   // requests without an answer; over a WebSocket also those whose callers gave up
	Waiting     int   // requests that wait for a connection
	Dialled     int64 // connections that were made
	Lost        int64 // WebSockets that ended by themselves
	Switched    int64 // how often a WebSocket changed its database
}

// Dial connects to the server at url, ws://, wss://, http:// or https:// and a host, and signs in, so that what is
// wrong with either shows here. It tries once.
//
// ErrInvalid: the url or the options; surreal.ErrUnreachable: nobody answers, or no SurrealDB; surreal.ErrDenied: the
// user, password or token is wrong.
func Dial(ctx context.Context, url string, o Options) (*Server, error) {
	u, err := parseURL(url)
	if err != nil {
		return nil, err
	}
	if o, err = o.complete(); err != nil {
		return nil, err
	}
	s := &Server{address: u.Scheme + "://" + u.Host, stopped: make(chan struct{})}
	s.open, s.shut = context.WithCancel(context.Background())
	if strings.HasPrefix(u.Scheme, "ws") {
		s.transport = newPool(u.String(), o, s.open)
	} else {
		s.transport = newPoster(u.String(), o, s.open)
	}
	if err := s.check(ctx, o); err != nil {
		return nil, errors.Join(err, s.Close(context.WithoutCancel(ctx)))
	}
	return s, nil
}

// check connects and signs in, once.
func (s *Server) check(ctx context.Context, o Options) error {
	limited, cancel := context.WithTimeout(ctx, o.ConnectTimeout)
	defer cancel()
	err := s.transport.check(limited)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("remote: dial: %w", ctx.Err())
	case errors.Is(err, surreal.ErrDenied), errors.Is(err, surreal.ErrUnreachable):
		return err
	}
	return unreachable(errors.New(err.Error())) // nothing was asked for, so nothing was lost
}

// String is the address.
func (s *Server) String() string { return s.address }

// Format prints the address, whatever the verb: nothing of the user shows.
func (s *Server) Format(f fmt.State, _ rune) { fmt.Fprint(f, s.String()) }

// Connect opens a Conn to a database. It sends nothing, and does not make the database; SurrealDB 3 makes one with
// the first query that runs in it, if the user may.
func (s *Server) Connect(ctx context.Context, namespace, name string) (surreal.Conn, error) {
	c := &conn{server: s}
	if err := c.Use(ctx, namespace, name); err != nil {
		return nil, err
	}
	return c, nil
}

// Version asks the server for SurrealDB's version, as in "surrealdb-3.0.2".
func (s *Server) Version(ctx context.Context) (string, error) {
	done, err := s.begin(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	return s.transport.version(ctx)
}

// Stats says what goes on.
func (s *Server) Stats() Stats { return s.transport.stats() }

// begin registers a request, which Close waits for.
func (s *Server) begin(ctx context.Context) (done func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("remote: %w", err)
	}
	s.running.Add(1)
	return s.running.Done, nil
}

// Close lets requests that were sent finish, or until ctx ends, and ends all connections. Requests without a
// connection end with ErrClosed at once, and those that Close cuts with surreal.ErrLost. It is nil-safe and
// repeatable, and waits for its goroutines.
func (s *Server) Close(ctx context.Context) error {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.shut()
	s.once.Do(func() {
		idle := make(chan struct{})
		go func() {
			s.running.Wait()
			close(idle)
		}()
		select {
		case <-idle:
		case <-ctx.Done():
		}
		s.transport.close()
		<-idle
		close(s.stopped)
	})
	<-s.stopped
	return nil
}

// conn is a Conn: a database of the server.
type conn struct {
	server *Server
	where  atomic.Pointer[database]
	closed atomic.Bool
}

var _ surreal.Conn = (*conn)(nil)

// Format prints the address and the database.
func (c *conn) Format(f fmt.State, _ rune) {
	where := c.where.Load()
	fmt.Fprintf(f, "%s/%s/%s", c.server.address, where.namespace, where.name)
}

// Query runs statements in the Conn's database.
func (c *conn) Query(ctx context.Context, sql string, vars map[string]any) (surreal.Results, error) {
	if c.closed.Load() {
		return nil, ErrClosed
	}
	done, err := c.server.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	if vars == nil {
		vars = map[string]any{}
	}
	return c.server.transport.query(ctx, *c.where.Load(), sql, vars)
}

// Use selects the database that later queries run in. It sends nothing.
func (c *conn) Use(ctx context.Context, namespace, name string) error {
	if c.closed.Load() {
		return ErrClosed
	}
	done, err := c.server.begin(ctx)
	if err != nil {
		return err
	}
	defer done()
	where, err := newDatabase(namespace, name)
	if err != nil {
		return err
	}
	c.where.Store(&where)
	return nil
}

// Close ends the Conn, not the Server. Queries that run finish.
func (c *conn) Close(context.Context) error {
	c.closed.Store(true)
	return nil
}

// message is a request as it travels.
type message struct {
	ID     string `cbor:"id"`
	Method string `cbor:"method"`
	Params []any  `cbor:"params,omitempty"`
}

// request is one that is ready to be sent.
type request struct {
	id   string
	body []byte
}

// encode makes a request, which must not be larger than limit.
func encode(m message, limit int64) (request, error) {
	b, err := surreal.Marshal(m)
	if err != nil {
		return request{}, fmt.Errorf("remote: %s: %w", m.Method, err)
	}
	if int64(len(b)) > limit {
		return request{}, requestTooLarge(len(b), limit)
	}
	return request{m.ID, b}, nil
}

// reply is an answer as it travels: a result or an error.
type reply struct {
	ID     cbor.RawMessage `cbor:"id"`
	Result cbor.RawMessage `cbor:"result"`
	Error  cbor.RawMessage `cbor:"error"`
}

// outcome is what the server says. Refusals of a server that has no time are surreal.ErrUnreachable: nothing ran.
func (r reply) outcome() (cbor.RawMessage, error) {
	if len(r.Error) == 0 {
		return r.Result, nil
	}
	err := surreal.DecodeError(r.Error)
	if saysAny(err, overloadedTexts) {
		return nil, unreachable(err)
	}
	return nil, readable(err)
}

// decodeResults reads the result of a query.
func decodeResults(b cbor.RawMessage) (surreal.Results, error) {
	results, err := surreal.DecodeResults(b)
	return results, readable(err)
}

// readable returns an error of SurrealDB as it is. Any other means that what the server says cannot be read; the
// request may have run.
func readable(err error) error {
	if e := (*surreal.Error)(nil); err == nil || errors.As(err, &e) {
		return err
	}
	return lost(err)
}

func decodeVersion(b cbor.RawMessage) (string, error) {
	var version string
	if err := surreal.Unmarshal(b, &version); err != nil {
		return "", fmt.Errorf("remote: version: %w", err)
	}
	return version, nil
}
