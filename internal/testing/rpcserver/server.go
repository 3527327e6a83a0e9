// Package rpcserver serves an embedded engine over SurrealDB's RPC protocol, so that the official SDK and our own
// client speak to a real SurrealDB in tests with nothing installed. It is for tests: besides serving, it goes away and
// comes back, cuts connections and withholds answers on demand. What it speaks is CBOR, over WebSocket at GET /rpc
// and over HTTP at POST /rpc; /health, /status and /version answer as a server's do. There are no live queries.
package rpcserver

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spectron-go/spectron/internal/surreal"
)

// Engine runs requests of SurrealDB's RPC protocol, each with the session it belongs to: engine.Engine.
type Engine interface {
	Call(ctx context.Context, request []byte) ([]byte, error)
}

// Options say how to serve. The zero value serves anybody.
type Options struct {
	// User and Password are those of a root user. With a User, a client has to sign in before it may do anything
	// but ask for the version, ping, and choose its session's namespace, database and parameters. Start defines the
	// user in the engine; other users, defined by statements, can sign in as well.
	User     string
	Password string
	// MaxMessageBytes bounds a request. Default: 128 MiB, as SurrealDB's for WebSockets.
	MaxMessageBytes int64
}

const (
	defaultMaxMessageBytes = 128 << 20
	// maxConcurrent is how many requests of one connection run at once; the next waits to be read.
	maxConcurrent = 256
	headerTimeout = 10 * time.Second
)

// ErrClosed is returned by Start and Resume after Close.
var ErrClosed = errors.New("rpcserver: closed")

// Server serves one engine. Its methods may be called from any goroutine.
type Server struct {
	engine  Engine
	options Options
	address string          // host:port, the same after Resume
	ctx     context.Context // of the calls to the engine; ends when Close has no more time
	cancel  context.CancelFunc
	faults  atomic.Pointer[func(method, sql string) Fault]
	held    holding

	// lifecycle is held by Stop, Resume and Close, one of which may run at a time.
	lifecycle sync.Mutex

	mu      sync.Mutex // guards what follows
	closed  bool
	serving *http.Server // nil while stopped
	served  chan struct{}
	conns   map[*connection]struct{}
	running sync.WaitGroup // handlers; added to under mu while serving
}

// Start listens on a free port of 127.0.0.1. ctx bounds the start, not the server. The engine stays the caller's: it
// has to outlive the server, which does not close it.
func Start(ctx context.Context, e Engine, o Options) (*Server, error) {
	if o.MaxMessageBytes <= 0 {
		o.MaxMessageBytes = defaultMaxMessageBytes
	}
	s := &Server{engine: e, options: o, conns: map[*connection]struct{}{}}
	s.held.init()
	s.ctx, s.cancel = context.WithCancel(context.Background())
	if err := s.defineUser(ctx); err != nil {
		s.cancel()
		return nil, fmt.Errorf("rpcserver: start: %w", err)
	}
	if err := s.Resume(ctx); err != nil {
		s.cancel()
		return nil, err
	}
	return s, nil
}

// defineUser makes the root user of the options.
func (s *Server) defineUser(ctx context.Context) error {
	if s.options.User == "" {
		return nil
	}
	c, err := s.newClient(false)
	if err != nil {
		return err
	}
	defer c.end()
	sql := fmt.Sprintf("DEFINE USER OVERWRITE %s ON ROOT PASSWORD %s ROLES OWNER", quote(s.options.User, '`'), quote(s.options.Password, '\''))
	params, err := surreal.Marshal([]any{sql})
	if err != nil {
		return err
	}
	out, failed, err := s.call(ctx, call{Method: "query", Session: c.sessions[surreal.UUID{}].id, Params: params})
	switch {
	case err != nil:
		return err
	case failed != nil:
		return surreal.DecodeError(failed)
	}
	_, err = surreal.DecodeResults(out)
	return err
}

// quote writes a name or a string of SurrealQL.
func quote(text string, mark byte) string {
	out := []byte{mark}
	for i := range len(text) {
		if text[i] == mark || text[i] == '\\' {
			out = append(out, '\\')
		}
		out = append(out, text[i])
	}
	return string(append(out, mark))
}

// URL is where the server is: URL("ws") or URL("http"), without the path.
func (s *Server) URL(scheme string) string { return scheme + "://" + s.address }

// SetFaults has f asked, for every request, what shall go wrong; sql is "" for anything but a query. f is called from
// the goroutines of the connections, several at once, and may block, which delays its request alone. nil: nothing.
func (s *Server) SetFaults(f func(method, sql string) Fault) {
	if f == nil {
		s.faults.Store(nil)
		return
	}
	s.faults.Store(&f)
}

// Cut resets all connections now. What their requests do in the engine runs to its end. New ones are accepted.
func (s *Server) Cut() {
	for _, c := range s.connections() {
		c.reset()
	}
}

// Connections is how many connections are open.
func (s *Server) Connections() int { return len(s.connections()) }

func (s *Server) connections() []*connection {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]*connection, 0, len(s.conns))
	for c := range s.conns {
		out = append(out, c)
	}
	return out
}

// Stop makes the server go away: it stops listening, ends all connections, and waits until what their requests do in
// the engine is done. Sessions and their open transactions end. It does nothing to a server that is stopped.
func (s *Server) Stop() {
	s.lifecycle.Lock()
	defer s.lifecycle.Unlock()
	s.stop()
}

func (s *Server) stop() {
	s.mu.Lock()
	serving, served := s.serving, s.served
	s.serving = nil
	s.mu.Unlock()
	if serving == nil {
		return
	}
	// An error of closing a listener says nothing to a test. Close leaves upgraded connections to us.
	_ = serving.Close()
	<-served
	for _, c := range s.connections() {
		_ = c.Close()
	}
	s.running.Wait()
}

// Resume makes the server come back at the same address, with the same engine. It does nothing to a server that
// serves.
func (s *Server) Resume(ctx context.Context) error {
	s.lifecycle.Lock()
	defer s.lifecycle.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return ErrClosed
	case s.serving != nil:
		return nil
	}
	l, err := s.listen(ctx)
	if err != nil {
		return fmt.Errorf("rpcserver: listen: %w", err)
	}
	serving, served := &http.Server{Handler: s.handler(), ReadHeaderTimeout: headerTimeout}, make(chan struct{})
	s.serving, s.served = serving, served
	go func() {
		defer close(served)
		_ = serving.Serve(&listener{l, s}) // ends with stop, always with an error
	}()
	return nil
}

// Ports that no system that we know gives to outgoing connections or to listeners that name none. While the server is
// stopped, one of those would be taken by any connection of the machine, and the server could not come back.
const (
	firstPort = 15_000
	lastPort  = 32_000
	portTries = 100
)

// listen listens at the server's address; it has none before the first time.
func (s *Server) listen(ctx context.Context) (l net.Listener, err error) {
	var config net.ListenConfig
	if s.address != "" {
		return config.Listen(ctx, "tcp", s.address)
	}
	for range portTries {
		port := firstPort + rand.IntN(lastPort-firstPort)
		if l, err = config.Listen(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			s.address = l.Addr().String()
			return l, nil
		}
	}
	return nil, err
}

// Close stops the server for good. It waits until what requests do in the engine is done, or, when ctx ends first,
// leaves that to the engine. It is nil-safe and repeatable.
func (s *Server) Close(ctx context.Context) error {
	if s == nil {
		return nil
	}
	defer context.AfterFunc(ctx, s.cancel)()
	s.lifecycle.Lock()
	defer s.lifecycle.Unlock()
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.stop()
	s.cancel()
	return nil
}

// enter registers a handler, unless the server is going away.
func (s *Server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.serving == nil {
		return false
	}
	s.running.Add(1)
	return true
}

// listener tells the server of its connections.
type listener struct {
	net.Listener
	server *Server
}

func (l *listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	tracked := &connection{Conn: c, server: l.server, closed: make(chan struct{})}
	l.server.mu.Lock()
	defer l.server.mu.Unlock()
	if l.server.serving == nil {
		_ = c.Close()
		return nil, net.ErrClosed
	}
	l.server.conns[tracked] = struct{}{}
	return tracked, nil
}

// connection is one of a client, to be cut.
type connection struct {
	net.Conn
	server *Server
	once   sync.Once
	closed chan struct{}
}

func (c *connection) Close() error {
	c.once.Do(func() {
		c.server.mu.Lock()
		delete(c.server.conns, c)
		c.server.mu.Unlock()
		close(c.closed)
	})
	return c.Conn.Close()
}

// reset ends the connection without the farewell that TCP otherwise exchanges.
func (c *connection) reset() {
	if tcp, ok := c.Conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // fails only when it is closed already
	}
	_ = c.Close()
}
