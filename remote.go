package spectron

import (
	"crypto/tls"
	"fmt"
	"time"
)

// RemoteOptions are for stores on a SurrealDB server. The zero value connects without signing in.
type RemoteOptions struct {
	// User and Password sign in. The user needs the rights to define namespaces and databases, or, when they are
	// all there, to edit them.
	User     string
	Password string `json:"-"`
	// Token is a JSON web token from an earlier sign-in. It is used until the server refuses it, then User and
	// Password, if they are there.
	Token string `json:"-"`
	// Namespace and Database name the level at which the user was defined, in SurrealDB's terms. Default: the root.
	Namespace string
	Database  string

	// ConnectTimeout is how long to try to reach the server, at first and when the connection was lost. Default:
	// 10 seconds.
	ConnectTimeout time.Duration
	// MaxMessageBytes bounds one request and one answer. Default: 128 MiB, at least 64. Servers have limits of their own:
	// SurrealDB takes 128 MiB over a WebSocket and 4 MiB over HTTP unless it is told otherwise.
	MaxMessageBytes int64
	// Connections is how many are open at a time. Default: 8.
	Connections int
	// TLS configures wss:// and https://; nil: the system's certificates.
	TLS *tls.Config `json:"-"`
}

// Format writes the options without the secrets in them, whatever the verb.
func (o RemoteOptions) Format(f fmt.State, _ rune) {
	secret := func(s string) string {
		if s == "" {
			return ""
		}
		return "[redacted]"
	}
	fmt.Fprintf(f, "{User:%s Password:%s Token:%s Namespace:%s Database:%s ConnectTimeout:%v MaxMessageBytes:%d Connections:%d}",
		o.User, secret(o.Password), secret(o.Token), o.Namespace, o.Database, o.ConnectTimeout, o.MaxMessageBytes, o.Connections)
}

// check refuses what cannot be meant.
func (o RemoteOptions) check(op string) error {
	const field = "Options.Remote."
	switch {
	case o.User == "" && (o.Password != "" || o.Namespace != "" || o.Database != ""):
		return invalid(op, field+"User", "a password or a level without a user")
	case o.Database != "" && o.Namespace == "":
		return invalid(op, field+"Namespace", "the level of a database's user needs its namespace")
	case o.ConnectTimeout < 0:
		return invalid(op, field+"ConnectTimeout", "%v is negative", o.ConnectTimeout)
	case o.MaxMessageBytes < 0 || o.MaxMessageBytes > 0 && o.MaxMessageBytes < minMessageBytes:
		return invalid(op, field+"MaxMessageBytes", "%d is less than %d", o.MaxMessageBytes, minMessageBytes)
	case o.Connections < 0 || o.Connections > maxConnections:
		return invalid(op, field+"Connections", "%d is not between 1 and %d", o.Connections, maxConnections)
	}
	return nil
}

const (
	minMessageBytes = 64 << 20 // what a Context is read and written in comes to half of that
	maxConnections  = 1024
)
