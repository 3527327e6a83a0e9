package remote

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"math"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Options say who connects and how. The zero value connects as nobody, which servers rarely let in.
type Options struct {
	// User and Password sign in on every new connection. A user of a namespace or a database, instead of a root user,
	// names that in Namespace and Database, as SurrealDB's signin takes them; they do not say where queries run.
	User      string
	Password  string
	Namespace string
	Database  string
	// Token is a JSON web token from an earlier sign-in. It is used until the server refuses it, then User and
	// Password, if they are there.
	Token string

	// ConnectTimeout is how long Dial may take, and how long a request waits for a connection: one that is being made,
	// again and again, or one that others use. Default: 10 s.
	ConnectTimeout time.Duration
	// RequestTimeout is how long a request waits for its answer once it has a connection. Default: 60 s.
	RequestTimeout time.Duration
	// KeepAlive is how often a WebSocket connection is probed; one that is silent for twice as long is lost.
	// Default: 15 s.
	KeepAlive time.Duration
	// MaxMessageBytes bounds a request and an answer. Servers have limits of their own: SurrealDB takes 128 MiB over
	// a WebSocket and 4 MiB over HTTP unless it is told otherwise. Default: 128 MiB.
	MaxMessageBytes int64
	// PoolSize is how many connections there are at most, to all databases together. Default: 8.
	PoolSize int
	// TLS is for wss and https. Default: the system's authorities.
	TLS *tls.Config
	// Logger hears of connections that are lost and made again. Default: silent.
	Logger *slog.Logger
}

const (
	defaultConnectTimeout  = 10 * time.Second
	defaultRequestTimeout  = time.Minute
	defaultKeepAlive       = 15 * time.Second
	defaultMaxMessageBytes = 128 << 20
	defaultPoolSize        = 8
)

// String tells nothing of the user: options end up in logs.
func (o Options) String() string {
	return fmt.Sprintf("remote.Options{PoolSize: %d, ConnectTimeout: %v, RequestTimeout: %v}", o.PoolSize, o.ConnectTimeout, o.RequestTimeout)
}

// Format prints String, whatever the verb.
func (o Options) Format(f fmt.State, _ rune) { fmt.Fprint(f, o.String()) }

// MarshalText is String, for packages json and slog.
func (o Options) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// complete checks the options and fills in the defaults.
func (o Options) complete() (Options, error) {
	switch {
	case o.User == "" && (o.Password != "" || o.Namespace != "" || o.Database != ""):
		return o, fmt.Errorf("%w: Password, Namespace and Database go with a User", ErrInvalid)
	case o.Database != "" && o.Namespace == "":
		return o, fmt.Errorf("%w: Database goes with a Namespace", ErrInvalid)
	case o.ConnectTimeout < 0, o.RequestTimeout < 0, o.KeepAlive < 0, o.MaxMessageBytes < 0, o.PoolSize < 0:
		return o, fmt.Errorf("%w: timeouts and limits are not negative", ErrInvalid)
	}
	orDefault(&o.ConnectTimeout, defaultConnectTimeout)
	orDefault(&o.RequestTimeout, defaultRequestTimeout)
	orDefault(&o.KeepAlive, defaultKeepAlive)
	orDefault(&o.MaxMessageBytes, defaultMaxMessageBytes)
	orDefault(&o.PoolSize, defaultPoolSize)
	o.MaxMessageBytes = min(o.MaxMessageBytes, math.MaxInt64-1) // one more is read to tell
	o.TLS = o.TLS.Clone()
	orDefault(&o.Logger, slog.New(slog.DiscardHandler))
	return o, nil
}

func orDefault[T comparable](v *T, otherwise T) {
	var zero T
	if *v == zero {
		*v = otherwise
	}
}

// parseURL returns where the RPC protocol is served. Its errors repeat nothing of raw, where people put passwords.
func parseURL(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: the URL cannot be read", ErrInvalid)
	}
	switch {
	case u.User != nil || strings.Contains(raw, "@"):
		return nil, fmt.Errorf("%w: the URL holds credentials: they belong in Options.User and Options.Password", ErrInvalid)
	case u.Scheme != "ws" && u.Scheme != "wss" && u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("%w: the URL begins with none of ws://, wss://, http:// and https://", ErrInvalid)
	case u.Hostname() == "":
		return nil, fmt.Errorf("%w: the URL has no host", ErrInvalid)
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return nil, fmt.Errorf("%w: the URL has a query or a fragment", ErrInvalid)
	}
	path := strings.TrimSuffix(u.Path, "/")
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimSuffix(path, "/rpc") + "/rpc"}, nil
}

// database is where queries run.
type database struct{ namespace, name string }

// maxName bounds the names of namespaces and databases, in bytes.
const maxName = 1024

func newDatabase(namespace, name string) (database, error) {
	for _, n := range []string{namespace, name} {
		if n == "" || len(n) > maxName || !utf8.ValidString(n) || strings.ContainsFunc(n, unicode.IsControl) {
			return database{}, fmt.Errorf("%w: the names of a namespace and a database are 1 to %d bytes without control characters", ErrInvalid, maxName)
		}
	}
	return database{namespace, name}, nil
}
