package spectron

import (
	"crypto/tls"
	"fmt"
	"time"
)

// RemoteOptions are for stores on a SurrealDB server. The zero value connects without signing in.
type RemoteOptions struct {
	// User and Password are used to sign in. The user needs the right to define namespaces and databases. If all of them
	// exist already, the right to edit them is enough.
	User     string
	Password string `json:"-"`
	// Token is a JSON web token from an earlier sign-in. Once the server refuses it, User and Password are used if they are
	// set.
	Token string `json:"-"`
	// Namespace and Database name the level at which the user was defined, in SurrealDB's terms. Default: the root.
	Namespace string
	Database  string

	// ConnectTimeout is how long to try to reach the server, at first and after a lost connection. Default: 10 seconds.
	ConnectTimeout time.Duration
	// MaxMessageBytes limits one request and one reply. Default: 128 MiB, at least 64 MiB. Servers have their own limits:
	// SurrealDB accepts 128 MiB over a WebSocket and 4 MiB over HTTP unless configured otherwise.
	MaxMessageBytes int64
	// Connections is the maximum number of open connections. Default: 8; at most 1,024.
	Connections int
	// TLS configures wss:// and https://; nil: the system's certificates.
	TLS *tls.Config `json:"-"`
}

// Format prints the options with their secrets redacted, whatever the verb.
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

// check refuses invalid values and combinations.
func (o RemoteOptions) check(op string) error {
	const field = "Options.Remote."
	switch {
	case o.User == "" && (o.Password != "" || o.Namespace != "" || o.Database != ""):
		return invalid(op, field+"User", "Password, Namespace and Database need a User")
	case o.Database != "" && o.Namespace == "":
		return invalid(op, field+"Namespace", "a user of a database needs the Namespace of the database")
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
	minMessageBytes = 64 << 20 // because a Context is read and written in parts of up to half of this size
	maxConnections  = 1024
)
