package remote

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"github.com/fxamacker/cbor/v2"

	"github.com/spectron-go/spectron/internal/surreal"
)

// poster is the way over HTTP: each request is by itself, with its token and its database.
type poster struct {
	url    string
	o      Options
	login  *login
	open   context.Context // ends when no more requests wait for a connection
	client *http.Client
	// life ends with close, which cuts what still runs.
	life context.Context
	cut  context.CancelFunc

	known sync.Map // the databases that exist

	connections, dialled, inFlight, waiting atomic.Int64
}

const contentType = "application/cbor"

func newPoster(url string, o Options, open context.Context) *poster {
	p := &poster{url: url, o: o, login: newLogin(o), open: open}
	p.life, p.cut = context.WithCancel(context.Background())
	p.client = &http.Client{
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         p.dial,
			TLSClientConfig:     o.TLS,
			TLSHandshakeTimeout: o.ConnectTimeout,
			MaxConnsPerHost:     o.PoolSize,
			MaxIdleConnsPerHost: o.PoolSize,
			IdleConnTimeout:     2 * o.KeepAlive,
			DisableCompression:  true, // what it unpacks would not count for the limit
		},
		// Following a redirect would send a request twice.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return p
}

// dial makes a connection that counts.
func (p *poster) dial(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := net.Dialer{Timeout: p.o.ConnectTimeout, KeepAlive: p.o.KeepAlive}
	c, err := dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	p.dialled.Add(1)
	p.connections.Add(1)
	return &counted{Conn: c, open: &p.connections}, nil
}

// counted is a connection that is counted until it is closed.
type counted struct {
	net.Conn
	open *atomic.Int64
	once sync.Once
}

func (c *counted) Close() error {
	c.once.Do(func() { c.open.Add(-1) })
	return c.Conn.Close()
}

// query runs a query in a database that the text itself selects, not the request's headers: SurrealDB 3.0 keeps what
// those say for all requests in one session, so that requests at the same moment run in each other's databases. When
// the selection fails the session has no database, and nothing runs; which in 3.0 is another's. So databases are
// made, the one step of it that can fail, by themselves.
func (p *poster) query(ctx context.Context, where database, sql string, vars map[string]any) (surreal.Results, error) {
	use := "USE NS " + quote(where.namespace) + " DB " + quote(where.name)
	if _, ok := p.known.Load(where); !ok {
		err := surreal.Repeat(ctx, surreal.Backoff{}, func() error {
			out, err := p.request(ctx, "query", use)
			if err == nil {
				_, err = decodeResults(out)
			}
			return err
		})
		if err != nil {
			return nil, unsent(ctx, err)
		}
		p.known.Store(where, true)
	}
	out, err := p.request(ctx, "query", use+"; "+sql, vars)
	if err != nil {
		return nil, err
	}
	results, err := decodeResults(out)
	e := (*surreal.Error)(nil)
	switch {
	case errors.As(err, &e) && e.Statement == 0:
		p.known.Delete(where)
		return nil, lost(err)
	case errors.As(err, &e):
		return nil, &surreal.Error{Kind: e.Kind, Message: e.Message, Statement: e.Statement - 1}
	case err != nil:
		return nil, err
	case len(results) == 0:
		return nil, lost(errors.New("the answer has no results"))
	}
	return results[1:], nil
}

// unsent is the error of a request that was not sent because one that had to come before failed.
func unsent(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("remote: %w", ctx.Err())
	case errors.Is(err, surreal.ErrLost):
		return unreachable(fmt.Errorf("%w: %w", errNoConnection, inner(err)))
	}
	return err
}

// quote writes a name of SurrealQL.
func quote(name string) string {
	return "`" + strings.NewReplacer("\\", "\\\\", "`", "\\`").Replace(name) + "`"
}

func (p *poster) version(ctx context.Context) (string, error) {
	out, err := p.request(ctx, "version")
	if err != nil {
		return "", err
	}
	return decodeVersion(out)
}

// check signs in and asks for the version, once.
func (p *poster) check(ctx context.Context) error {
	r, err := encode(message{ID: "1", Method: "version"}, p.o.MaxMessageBytes)
	if err != nil {
		return err
	}
	out, err := p.once(ctx, r)
	if err != nil {
		return err
	}
	_, err = decodeVersion(out)
	return err
}

// request runs a request. While nobody can be reached it tries again, until ConnectTimeout.
func (p *poster) request(ctx context.Context, method string, params ...any) (cbor.RawMessage, error) {
	r, err := encode(message{ID: "1", Method: method, Params: params}, p.o.MaxMessageBytes)
	if err != nil {
		return nil, err
	}
	p.waiting.Add(1)
	defer p.waiting.Add(-1)
	connect, cancel := context.WithTimeout(ctx, p.o.ConnectTimeout)
	defer cancel()
	defer context.AfterFunc(p.open, cancel)()
	var pause backoff
	for {
		out, err := p.once(ctx, r)
		if !errors.Is(err, errNoConnection) {
			return out, err
		}
		if pause.wait(connect) == nil {
			p.o.Logger.Info("Connection to the server failed and is tried again", cause(err))
			continue
		}
		switch {
		case ctx.Err() != nil:
			return nil, fmt.Errorf("remote: %w", ctx.Err())
		case p.open.Err() != nil:
			return nil, ErrClosed
		}
		return nil, err
	}
}

// once sends a request once, or, when the server refused it for an expired sign-in, once more.
func (p *poster) once(ctx context.Context, r request) (cbor.RawMessage, error) {
	for renewed := false; ; renewed = true {
		token := p.login.current()
		if token == "" && p.login.user != nil {
			var err error
			if token, renewed, err = p.login.renew(ctx, p.send); err != nil {
				return nil, unsent(ctx, err)
			}
		}
		out, err := p.post(ctx, token, r.body)
		expired := errors.Is(err, errUnauthorized) || saysAny(err, expiredTexts)
		if !expired || renewed || token == "" || !p.login.forget(token) {
			return out, err
		}
	}
}

// send is a request that signs in.
func (p *poster) send(ctx context.Context, method string, params ...any) (cbor.RawMessage, error) {
	r, err := encode(message{ID: "1", Method: method, Params: params}, p.o.MaxMessageBytes)
	if err != nil {
		return nil, err
	}
	return p.post(ctx, "", r.body)
}

// errNoConnection marks a request that may be tried again: it did not leave. It never is of use outside the package.
var errNoConnection = errors.New("no connection")

// errUnauthorized marks a request whose token the server refused before it looked at the request.
var errUnauthorized = errors.New("the server refused the token")

// post sends a body and returns the result in the answer.
func (p *poster) post(ctx context.Context, token string, body []byte) (cbor.RawMessage, error) {
	p.inFlight.Add(1)
	defer p.inFlight.Add(-1)
	// What is sent, is sent over a connection.
	var connected atomic.Bool
	limited, cancel := context.WithTimeout(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { connected.Store(true) },
	}), p.o.RequestTimeout)
	defer cancel()
	defer context.AfterFunc(p.life, cancel)()
	// Until there is a connection, Close does not wait.
	defer context.AfterFunc(p.open, func() {
		if !connected.Load() {
			cancel()
		}
	})()
	r, err := http.NewRequestWithContext(limited, http.MethodPost, p.url, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("remote: %w", err)
	}
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("Accept", contentType)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := p.client.Do(r)
	if err != nil {
		return nil, p.failed(ctx, limited, connected.Load(), err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, p.o.MaxMessageBytes+1))
	switch {
	case err != nil:
		return nil, p.failed(ctx, limited, true, err)
	case int64(len(answer)) > p.o.MaxMessageBytes:
		return nil, answerTooLarge(p.o.MaxMessageBytes)
	}
	return decodePost(response, answer, int64(len(body)))
}

// failed is the error of a request without an answer.
func (p *poster) failed(ctx, limited context.Context, sent bool, err error) error {
	timedOut := errors.Is(limited.Err(), context.DeadlineExceeded)
	switch {
	case ctx.Err() != nil && sent:
		return gaveUp(ctx)
	case ctx.Err() != nil:
		return fmt.Errorf("remote: %w", ctx.Err())
	case timedOut && sent:
		return unanswered(p.o.RequestTimeout)
	case timedOut:
		return fmt.Errorf("remote: no connection within Options.RequestTimeout: %w, %w", surreal.ErrTimeout, surreal.ErrUnreachable)
	case sent:
		return lost(err)
	case p.open.Err() != nil:
		return ErrClosed
	}
	return unreachable(fmt.Errorf("%w: %w", errNoConnection, inner(err)))
}

// decodePost reads the answer to a request. The statuses are those of SurrealDB, and of proxies before it.
func decodePost(response *http.Response, answer []byte, size int64) (cbor.RawMessage, error) {
	status := response.StatusCode
	kind, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	switch {
	case status == http.StatusOK && kind == contentType:
		var in reply
		if err := surreal.Unmarshal(answer, &in); err != nil {
			return nil, lost(fmt.Errorf("an answer that cannot be read: %w", err))
		}
		return in.outcome()
	case status == http.StatusUnauthorized:
		return nil, fmt.Errorf("remote: %w: %w: %s", surreal.ErrDenied, errUnauthorized, excerpt(answer))
	case status == http.StatusForbidden:
		return nil, fmt.Errorf("remote: %w: %s", surreal.ErrDenied, excerpt(answer))
	case status == http.StatusRequestEntityTooLarge:
		return nil, fmt.Errorf("remote: %w: the server does not take a request of %d bytes", surreal.ErrTooLarge, size)
	case status == http.StatusOK, status >= 500:
		return nil, lost(fmt.Errorf("the server answered %s: %s", response.Status, excerpt(answer)))
	}
	// Any other status is not of a SurrealDB that took the request.
	return nil, unreachable(fmt.Errorf("no SurrealDB: the server answered %s: %s", response.Status, excerpt(answer)))
}

// excerpt is the beginning of a text from the server, in one line.
func excerpt(b []byte) string {
	const most = 200
	text := strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, string(b[:min(len(b), most)]))
	return strings.TrimSpace(text)
}

func (p *poster) stats() Stats {
	flying := p.inFlight.Load()
	return Stats{
		Connections: int(p.connections.Load()),
		InFlight:    int(flying),
		Waiting:     int(max(0, p.waiting.Load()-flying)),
		Dialled:     p.dialled.Load(),
	}
}

func (p *poster) close() {
	p.cut()
	p.client.CloseIdleConnections()
}

var _ transport = (*poster)(nil)
var _ transport = (*pool)(nil)
