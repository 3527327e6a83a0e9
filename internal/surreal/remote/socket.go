package remote

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/gorilla/websocket"

	"github.com/spectron-go/spectron/internal/surreal"
)

// socket is a WebSocket connection. Any number of requests share it; answers find theirs by its id. Three goroutines
// own it, which end with it: one reads, one writes, one probes.
type socket struct {
	conn   *websocket.Conn
	limit  int64
	probe  time.Duration
	ids    *atomic.Uint64
	outbox chan []byte // to the writer; what it has taken counts as sent
	// settled is told of every answer, awaited or not, and of the end.
	settled func()
	log     *slog.Logger
	done    chan struct{} // closed when the connection has ended

	mu      sync.Mutex             // guards what follows
	pending map[string]chan answer // sent, or about to be, and not answered
	failure error                  // why it ended
}

// answer is what came back for one request.
type answer struct {
	reply reply
	err   error // there was an answer that cannot be had
}

const (
	bufferSize = 32 << 10
	// farewell is how long the close message and answers to the server's probes may wait for a busy writer.
	farewell = 250 * time.Millisecond
)

// dialSocket makes a connection of a pool.
func (p *pool) dialSocket(ctx context.Context) (*socket, error) {
	dialer := websocket.Dialer{
		Proxy:            http.ProxyFromEnvironment,
		HandshakeTimeout: p.o.ConnectTimeout,
		Subprotocols:     []string{"cbor"},
		TLSClientConfig:  p.o.TLS,
		ReadBufferSize:   bufferSize,
		WriteBufferSize:  bufferSize,
	}
	conn, response, err := dialer.DialContext(ctx, p.url, nil)
	if err != nil {
		if response == nil {
			return nil, err
		}
		if s := response.StatusCode; s == http.StatusUnauthorized || s == http.StatusForbidden {
			return nil, fmt.Errorf("remote: %w: the server answered %s", surreal.ErrDenied, response.Status)
		}
		return nil, fmt.Errorf("no WebSocket of a SurrealDB: the server answered %s", response.Status)
	}
	if conn.Subprotocol() != "cbor" {
		return nil, errors.Join(errors.New("no WebSocket of a SurrealDB: it does not speak CBOR"), conn.Close())
	}
	s := &socket{
		conn: conn, limit: p.o.MaxMessageBytes, probe: p.o.KeepAlive, ids: &p.ids, settled: p.rebalance, log: p.o.Logger,
		outbox: make(chan []byte), done: make(chan struct{}), pending: map[string]chan answer{},
	}
	s.alive()
	conn.SetPongHandler(func(string) error { s.alive(); return nil })
	conn.SetPingHandler(func(data string) error {
		s.alive()
		// When the writer is busy the server hears from us all the same. The reader notices a connection that has ended.
		_ = conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(farewell))
		return nil
	})
	if !p.launch(s.read, func() { s.write(p.o.RequestTimeout) }, s.keepAlive) {
		return nil, errors.Join(ErrClosed, conn.Close())
	}
	return s, nil
}

// alive gives the server another while to be heard of.
func (s *socket) alive() { _ = s.conn.SetReadDeadline(time.Now().Add(2 * s.probe)) } // fails when it has ended

// lose ends the connection because it failed.
func (s *socket) lose(reason error) {
	if s.end(reason) {
		s.log.Warn("Connection to the server was lost", cause(reason))
	}
}

// cause is why a connection failed, for a log: what the server says of it may quote a request.
func cause(err error) slog.Attr {
	var network net.Error
	if errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, errSilent) {
		return slog.String("error", err.Error())
	}
	return slog.String("error", "the connection failed")
}

// end ends the connection; the first reason counts, and end reports whether it is that. It does not wait for the goroutines.
func (s *socket) end(reason error) (first bool) {
	s.mu.Lock()
	if s.failure != nil {
		s.mu.Unlock()
		return false
	}
	s.failure = reason
	close(s.done)
	s.mu.Unlock()
	// Nobody waits for these: the connection is of no use any more.
	_ = s.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), time.Now().Add(farewell))
	_ = s.conn.Close()
	s.settled()
	return true
}

// ended returns why the connection ended, nil while it has not.
func (s *socket) ended() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failure
}

// outstanding is how many requests are sent and not answered.
func (s *socket) outstanding() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.pending)
}

// send is a request other than a query.
func (s *socket) send(ctx context.Context, method string, params ...any) (cbor.RawMessage, error) {
	r, err := encode(message{ID: newID(s.ids), Method: method, Params: params}, s.limit)
	if err != nil {
		return nil, err
	}
	return s.call(ctx, r, nil)
}

func newID(ids *atomic.Uint64) string { return strconv.FormatUint(ids.Add(1), 10) }

// call sends a request and waits for its answer. errUnsent: the connection ended before. A caller that gives up,
// because ctx ends or timeout fires, leaves the connection usable; the answer is dropped when it comes.
func (s *socket) call(ctx context.Context, r request, timeout <-chan time.Time) (cbor.RawMessage, error) {
	got, err := s.expect(r.id)
	if err != nil {
		return nil, err
	}
	select {
	case s.outbox <- r.body:
	case <-s.done:
		return nil, fmt.Errorf("%w: %w", errUnsent, s.ended())
	case <-ctx.Done():
		s.withdraw(r.id)
		return nil, fmt.Errorf("remote: %w", ctx.Err())
	case <-timeout:
		s.withdraw(r.id)
		return nil, fmt.Errorf("remote: not sent within Options.RequestTimeout: %w, %w", surreal.ErrTimeout, surreal.ErrUnreachable)
	}
	select {
	case a := <-got:
		return a.outcome()
	case <-s.done:
		select {
		case a := <-got: // it came just before the end
			return a.outcome()
		default:
			return nil, lost(s.ended())
		}
	case <-ctx.Done():
		return nil, gaveUp(ctx)
	case <-timeout:
		return nil, errUnanswered
	}
}

// errUnanswered is returned by call when timeout fires after the request was sent. It never leaves the package.
var errUnanswered = errors.New("unanswered")

func (a answer) outcome() (cbor.RawMessage, error) {
	if a.err != nil {
		return nil, a.err
	}
	return a.reply.outcome()
}

// expect has an answer delivered.
func (s *socket) expect(id string) (<-chan answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failure != nil {
		return nil, fmt.Errorf("%w: %w", errUnsent, s.failure)
	}
	got := make(chan answer, 1) // the reader never waits for a caller
	s.pending[id] = got
	return got, nil
}

// withdraw gives up an id whose request was not sent.
func (s *socket) withdraw(id string) {
	s.mu.Lock()
	delete(s.pending, id)
	s.mu.Unlock()
}

// deliver hands an answer to its request.
func (s *socket) deliver(id string, a answer) {
	s.mu.Lock()
	got := s.pending[id]
	delete(s.pending, id)
	s.mu.Unlock()
	if got != nil {
		got <- a
		s.settled()
	}
}

// write sends requests until the connection ends. One that takes longer than timeout ends it: there is no other way
// to stop in the middle of a message.
func (s *socket) write(timeout time.Duration) {
	for {
		select {
		case out := <-s.outbox:
			err := s.conn.SetWriteDeadline(time.Now().Add(timeout))
			if err == nil {
				err = s.conn.WriteMessage(websocket.BinaryMessage, out)
			}
			if err != nil {
				s.lose(err)
				return
			}
		case <-s.done:
			return
		}
	}
}

// keepAlive probes the server, whose answers push the deadline for reading.
func (s *socket) keepAlive() {
	tick := time.NewTicker(s.probe)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			// An error is noticed by the others: the reader's deadline, at the latest.
			_ = s.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(s.probe))
		case <-s.done:
			return
		}
	}
}

// read takes answers until the connection ends.
func (s *socket) read() {
	for {
		_, r, err := s.conn.NextReader()
		if err == nil {
			err = s.receive(watched{r, s})
		}
		if err != nil {
			s.lose(why(err))
			return
		}
	}
}

// watched is a message that shows, as it arrives, that the server is alive.
type watched struct {
	io.Reader
	socket *socket
}

func (w watched) Read(b []byte) (int, error) {
	n, err := w.Reader.Read(b)
	if n > 0 {
		w.socket.alive()
	}
	return n, err
}

// errSilent replaces the deadline of reading.
var errSilent = errors.New("the server was silent for twice Options.KeepAlive")

// receive reads one message.
func (s *socket) receive(r io.Reader) error {
	var b bytes.Buffer
	if _, err := b.ReadFrom(io.LimitReader(r, s.limit+1)); err != nil {
		return err
	}
	if int64(b.Len()) > s.limit {
		id, ok := idOf(b.Bytes())
		if !ok {
			return answerTooLarge(s.limit)
		}
		b = bytes.Buffer{} // it is large
		if _, err := io.Copy(io.Discard, r); err != nil {
			return err
		}
		s.deliver(id, answer{err: answerTooLarge(s.limit)})
		return nil
	}
	var in reply
	if err := surreal.Unmarshal(b.Bytes(), &in); err != nil {
		return fmt.Errorf("an answer that cannot be read: %w", err)
	}
	var id string
	if len(in.ID) > 0 && surreal.Unmarshal(in.ID, &id) == nil && id != "" {
		s.deliver(id, answer{reply: in})
		return nil
	}
	if len(in.Error) > 0 {
		// The server could not read a request, so it cannot tell which.
		return fmt.Errorf("a request was refused: %v", surreal.DecodeError(in.Error))
	}
	return nil // a notification of a live query
}

// idOf returns the id of a message of which there is only the beginning. It comes first: the keys are sorted, and
// what precedes it, an error, is not large. Ours are short texts.
func idOf(b []byte) (string, bool) {
	const key = "\x62id"
	if len(b) < 5 || b[0]>>5 != 5 || string(b[1:4]) != key || b[4]>>5 != 3 {
		return "", false
	}
	n := int(b[4] & 31)
	if n > 23 || len(b) < 5+n {
		return "", false
	}
	return string(b[5 : 5+n]), true
}

// why makes the end of a connection readable.
func why(err error) error {
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		return errSilent
	}
	return err
}
