package remote_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/surreal/remote"
)

func TestDialRefuses(t *testing.T) {
	t.Parallel()
	user := remote.Options{User: root, Password: secret}
	for _, test := range []struct {
		name, url string
		o         remote.Options
	}{
		{"empty", "", user},
		{"scheme", "mem://", user},
		{"other scheme", "ftp://localhost", user},
		{"no host", "ws://", user},
		{"query", "ws://localhost?x=1", user},
		{"fragment", "ws://localhost#x", user},
		{"credentials", "ws://root:hunter2@localhost:8000", user},
		{"credentials with a slash", "ws://root:hunter2/x@localhost", user},
		{"credentials that look like a port", "ws://root:12/hunter2@localhost", user},
		{"unreadable", "ws://root:hunter2%zz@localhost", user},
		{"password alone", "ws://localhost", remote.Options{Password: "hunter2"}},
		{"database alone", "ws://localhost", remote.Options{User: "u", Password: "hunter2", Database: "d"}},
		{"negative", "ws://localhost", remote.Options{PoolSize: -1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s, err := remote.Dial(t.Context(), test.url, test.o)
			require.ErrorIs(t, err, remote.ErrInvalid)
			require.Nil(t, s)
			require.NotContains(t, err.Error(), "hunter2")
		})
	}
}

func TestDialFails(t *testing.T) {
	t.Parallel()
	server := serve(t)
	elsewhere := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(elsewhere.Close)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	nobody := l.Addr().String()
	require.NoError(t, l.Close())
	silent, err := net.Listen("tcp", "127.0.0.1:0") // accepts, by the kernel, and says nothing
	require.NoError(t, err)
	t.Cleanup(func() { silent.Close() })
	for _, scheme := range schemes {
		for _, test := range []struct {
			name, url string
			o         remote.Options
			want      error
		}{
			{"nobody there", scheme + "://" + nobody, remote.Options{}, surreal.ErrUnreachable},
			{"no SurrealDB", scheme + strings.TrimPrefix(elsewhere.URL, "http"), remote.Options{}, surreal.ErrUnreachable},
			{"wrong password", server.URL(scheme), remote.Options{User: root, Password: "hunter2"}, surreal.ErrDenied},
			{"wrong user", server.URL(scheme), remote.Options{User: "nobody", Password: "hunter2"}, surreal.ErrDenied},
			{"wrong token", server.URL(scheme), remote.Options{Token: "hunter2.x.y"}, surreal.ErrDenied},
			{"no TLS", scheme + "s" + strings.TrimPrefix(server.URL(""), ""), remote.Options{}, surreal.ErrUnreachable},
		} {
			t.Run(scheme+" "+test.name, func(t *testing.T) {
				t.Parallel()
				test.o.ConnectTimeout = patience
				s, err := remote.Dial(t.Context(), test.url, test.o)
				require.ErrorIs(t, err, test.want)
				require.Nil(t, s)
				require.NotContains(t, err.Error(), "hunter2")
			})
		}
		t.Run(scheme+" silent", func(t *testing.T) {
			t.Parallel()
			_, err := remote.Dial(t.Context(), scheme+"://"+silent.Addr().String(), remote.Options{ConnectTimeout: 50 * time.Millisecond, RequestTimeout: 50 * time.Millisecond})
			require.ErrorIs(t, err, surreal.ErrUnreachable)
			require.NotErrorIs(t, err, within(t, 0).Err(), "only the caller's context is the caller's")
			require.NotErrorIs(t, err, surreal.ErrLost)
			_, err = remote.Dial(within(t, 0), scheme+"://"+silent.Addr().String(), remote.Options{})
			require.ErrorIs(t, err, within(t, 0).Err())
		})
	}
	// Nobody is let in to ask for the version alone.
	for _, scheme := range schemes {
		_, err = connect(t, dialAs(t, server.URL(scheme), remote.Options{}), "a").Query(t.Context(), "RETURN 1", nil)
		require.ErrorIs(t, err, surreal.ErrDenied)
	}
}

func TestURLs(t *testing.T) {
	t.Parallel()
	server := serve(t)
	for _, suffix := range []string{"", "/", "/rpc", "/rpc/"} {
		for _, scheme := range schemes {
			_, err := dial(t, server.URL(scheme)+suffix, remote.Options{}).Version(t.Context())
			require.NoError(t, err)
		}
	}
}

func TestNothingOfTheUserShows(t *testing.T) {
	t.Parallel()
	o := remote.Options{User: "whoever", Password: "hunter2", Token: "to.ke.n", Namespace: "nsns", Database: "dbdb"}
	s := dial(t, serve(t).URL("ws"), remote.Options{})
	c := connect(t, s, "a")
	var log bytes.Buffer
	require.NoError(t, json.NewEncoder(&log).Encode([]any{o, &o, s, c}))
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "options", o)
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "options", o, "server", s, "conn", c)
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for _, v := range []any{o, &o, s, *new(any), c, []any{o, s}, struct{ O remote.Options }{o}} {
			fmt.Fprintf(&log, format+"\n", v)
		}
	}
	for _, word := range []string{"whoever", "hunter2", "to.ke.n", root, "s3cr3t"} {
		if strings.Contains(log.String(), word) {
			t.Errorf("%q shows in %s", word, log.String())
		}
	}
	require.Contains(t, log.String(), "PoolSize")
}

func TestToken(t *testing.T) {
	each(t, func(t *testing.T, server *rpc, url string) {
		c := connect(t, dial(t, url, remote.Options{}), "a")
		query(t, c, "DEFINE ACCESS api ON DATABASE TYPE JWT ALGORITHM HS512 KEY 'k'", nil)
		token := signIn(t, server)
		query(t, connect(t, dial(t, url, remote.Options{Token: token}), "a"), "RETURN 1", nil)
		// A token that is refused makes way for the password.
		query(t, connect(t, dial(t, url, remote.Options{Token: "x.y.z", User: root, Password: secret}), "a"), "RETURN 1", nil)
	})
}

// signIn gets a token over plain HTTP.
func signIn(t *testing.T, server *rpc) string {
	t.Helper()
	body, err := surreal.Marshal(map[string]any{"id": 1, "method": "signin", "params": []any{map[string]any{"user": root, "pass": secret}}})
	require.NoError(t, err)
	r, err := http.Post(server.URL("http")+"/rpc", "application/cbor", bytes.NewReader(body))
	require.NoError(t, err)
	defer r.Body.Close()
	answer, err := io.ReadAll(r.Body)
	require.NoError(t, err)
	var out struct {
		Result string `cbor:"result"`
	}
	require.NoError(t, surreal.Unmarshal(answer, &out))
	return out.Result
}

func TestTLS(t *testing.T) {
	t.Parallel()
	server := serve(t)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	require.NoError(t, err)
	certificate, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}})
	require.NoError(t, err)
	p := forward(t, l, server.URL("tcp")[len("tcp://"):])
	trusted := x509.NewCertPool()
	trusted.AddCert(certificate)
	for _, scheme := range []string{"wss", "https"} {
		s := dial(t, scheme+"://"+p.address, remote.Options{TLS: &tls.Config{RootCAs: trusted}})
		query(t, connect(t, s, "a"), "RETURN 1", nil)
		_, err := remote.Dial(t.Context(), scheme+"://"+p.address, remote.Options{})
		require.ErrorIs(t, err, surreal.ErrUnreachable)
		require.ErrorContains(t, err, "certificate")
	}
}

// proxy forwards connections, until it is frozen: then it keeps them and moves nothing.
type proxy struct {
	address string
	frozen  chan struct{}
	moved   atomic.Int64 // chunks
}

func forward(t *testing.T, l net.Listener, to string) *proxy {
	t.Helper()
	p := &proxy{address: l.Addr().String(), frozen: make(chan struct{})}
	var conns sync.WaitGroup
	var mu sync.Mutex
	var open []net.Conn
	conns.Go(func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", to)
			if err != nil {
				near.Close()
				continue
			}
			mu.Lock()
			open = append(open, near, far)
			mu.Unlock()
			for _, pair := range [][2]net.Conn{{near, far}, {far, near}} {
				conns.Go(func() {
					defer pair[1].Close()
					buffer := make([]byte, 4096)
					for {
						n, err := pair[0].Read(buffer)
						if err != nil {
							return
						}
						p.moved.Add(1)
						select {
						case <-p.frozen:
							continue
						default:
						}
						if _, err := pair[1].Write(buffer[:n]); err != nil {
							return
						}
					}
				})
			}
		}
	})
	t.Cleanup(func() {
		l.Close()
		mu.Lock()
		for _, c := range open {
			c.Close()
		}
		mu.Unlock()
		conns.Wait()
	})
	return p
}

// A server that is there and says nothing, as after a cable was pulled, is noticed by the probes.
func TestSilence(t *testing.T) {
	t.Parallel()
	server := serve(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	p := forward(t, l, server.URL("tcp")[len("tcp://"):])
	s := dial(t, "ws://"+p.address, remote.Options{KeepAlive: brief / 4})
	c := connect(t, s, "a")
	query(t, c, "RETURN 1", nil)
	// The probes keep a quiet connection.
	server.SetFaults(func(_, sql string) fault {
		if sql == "RETURN 'slow'" {
			return hold
		}
		return none
	})
	slow := make(chan error, 1)
	go func() { _, err := c.Query(t.Context(), "RETURN 'slow'", nil); slow <- err }()
	require.NoError(t, server.AwaitHeld(t.Context(), 1))
	moved := p.moved.Load()
	eventually(t, "three more probes and answers", func() bool { return p.moved.Load() >= moved+6 })
	server.Release()
	require.NoError(t, <-slow)
	close(p.frozen)
	_, err = c.Query(t.Context(), "RETURN 2", nil)
	require.ErrorIs(t, err, surreal.ErrLost)
	require.ErrorContains(t, err, "silent")
}
