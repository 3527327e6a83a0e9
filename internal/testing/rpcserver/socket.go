package rpcserver

import (
	"net/http"
	"slices"
	"sync"

	"github.com/gorilla/websocket"

	"github.com/spectron-go/spectron/internal/surreal"
)

// subprotocol is the one that is served.
const subprotocol = "cbor"

// socket is a WebSocket connection. Its requests run concurrently and are answered in the order in which they finish.
type socket struct {
	server *Server
	conn   *websocket.Conn
	client *client
	ended  chan struct{} // closed when the reader has ended
	writes sync.Mutex    // one message at a time
}

func (s *Server) webSocket(w http.ResponseWriter, r *http.Request) {
	if !slices.Contains(websocket.Subprotocols(r), subprotocol) {
		http.Error(w, `only the WebSocket subprotocol "cbor" is served`, http.StatusBadRequest)
		return
	}
	c, err := s.newClient(true)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer c.end()
	upgrader := websocket.Upgrader{Subprotocols: []string{subprotocol}}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	defer conn.Close()
	conn.SetReadLimit(s.options.MaxMessageBytes)
	(&socket{server: s, conn: conn, client: c, ended: make(chan struct{})}).read()
}

// read takes requests until the connection ends, and waits for those that run.
func (c *socket) read() {
	var running sync.WaitGroup
	defer running.Wait()
	defer close(c.ended)
	places := make(chan struct{}, maxConcurrent)
	for {
		kind, message, err := c.conn.ReadMessage()
		if err != nil {
			return
		}
		if kind != websocket.BinaryMessage {
			c.answer(nil, parseError("Parse error: only CBOR in binary messages is served"))
			continue
		}
		select {
		case places <- struct{}{}:
		case <-c.tracked().closed:
			return
		}
		running.Go(func() {
			c.serve(message)
			<-places
		})
	}
}

func (c *socket) serve(message []byte) {
	var r request
	if err := surreal.Unmarshal(message, &r); err != nil {
		c.answer(nil, parseError("Parse error"))
		return
	}
	fault := c.server.fault(r.Method, r.sql())
	switch fault {
	case FaultCutBefore:
		c.cut()
		return
	case FaultRefuse:
		c.answer(&r, overloaded())
		return
	case FaultExpire:
		c.answer(&r, expired())
		return
	}
	result, failed := c.client.serve(c.server.ctx, &r)
	switch fault {
	case FaultCutAfter:
		c.cut()
		return
	case FaultHold:
		if !c.server.held.hold(c.tracked().closed, c.ended) {
			return
		}
	}
	out, err := response(r.ID, result, failed)
	if err != nil {
		c.answer(&r, internalError(err.Error()))
		return
	}
	c.write(out)
}

// answer sends an error; r is nil when the request could not be read.
func (c *socket) answer(r *request, f failure) {
	var id []byte
	if r != nil {
		id = r.ID
	}
	if out, err := response(id, nil, f.encode()); err == nil {
		c.write(out)
	}
}

// write sends a message. When that fails the connection has ended, which the reader notices.
func (c *socket) write(message []byte) {
	c.writes.Lock()
	defer c.writes.Unlock()
	_ = c.conn.WriteMessage(websocket.BinaryMessage, message)
}

func (c *socket) cut() { c.tracked().reset() }

// tracked is the connection below: the listener hands out no others.
func (c *socket) tracked() *connection { return c.conn.NetConn().(*connection) }
