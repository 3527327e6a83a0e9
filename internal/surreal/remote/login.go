package remote

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/fxamacker/cbor/v2"

	"github.com/spectron-go/spectron/internal/surreal"
)

// login is who connects. It keeps the token of the last sign-in: a server checks it much faster than a password.
type login struct {
	user map[string]string // the parameter of signin; nil: there is only a token, or nobody

	// renewing has room for the one that signs in; the others take its token. Passwords are slow to check.
	renewing chan struct{}

	mu    sync.Mutex // guards token
	token string
}

func newLogin(o Options) *login {
	l := &login{token: o.Token, renewing: make(chan struct{}, 1)}
	if o.User != "" {
		l.user = map[string]string{"user": o.User, "pass": o.Password}
		if o.Namespace != "" {
			l.user["NS"] = o.Namespace
		}
		if o.Database != "" {
			l.user["DB"] = o.Database
		}
	}
	return l
}

func (l *login) current() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.token
}

func (l *login) keep(token string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.token = token
}

// forget drops a token that the server refused, and reports whether there is another way to sign in.
func (l *login) forget(token string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.user == nil {
		return false
	}
	if l.token == token {
		l.token = ""
	}
	return true
}

// rpc sends a request other than a query and returns its result.
type rpc func(ctx context.Context, method string, params ...any) (cbor.RawMessage, error)

// renew returns a token, from a sign-in unless somebody else was faster.
func (l *login) renew(ctx context.Context, send rpc) (token string, signedIn bool, err error) {
	select {
	case l.renewing <- struct{}{}:
		defer func() { <-l.renewing }()
	case <-ctx.Done():
		return "", false, fmt.Errorf("remote: sign in: %w", ctx.Err())
	}
	if token := l.current(); token != "" {
		return token, false, nil
	}
	out, err := send(ctx, "signin", l.user)
	if err != nil {
		return "", false, fmt.Errorf("remote: sign in: %w", err)
	}
	if surreal.Unmarshal(out, &token) != nil {
		// With an access method that refreshes tokens there are two.
		var both struct {
			Access string `cbor:"access"`
		}
		if surreal.Unmarshal(out, &both) != nil || both.Access == "" {
			return "", false, fmt.Errorf("remote: sign in: the answer is no token: %w", surreal.ErrOther)
		}
		token = both.Access
	}
	l.keep(token)
	return token, true, nil
}

// authenticate makes a new connection the user's.
func (l *login) authenticate(ctx context.Context, send rpc) error {
	for {
		token := l.current()
		if token == "" {
			if l.user == nil {
				return nil
			}
			var signedIn bool
			var err error
			if token, signedIn, err = l.renew(ctx, send); err != nil || signedIn {
				return err
			}
		}
		_, err := send(ctx, "authenticate", token)
		if e := (*surreal.Error)(nil); !errors.As(err, &e) || saysAny(err, overloadedTexts) {
			return err
		}
		if !l.forget(token) {
			return fmt.Errorf("remote: authenticate with Options.Token: %w: %w", surreal.ErrDenied, err)
		}
	}
}
