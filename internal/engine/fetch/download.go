package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// maxRedirects is the number that net/http follows by default.
const maxRedirects = 10

// download returns the way that reads address.
func (f *fetcher) download(address string) func(context.Context) ([]byte, error) {
	return func(ctx context.Context) ([]byte, error) {
		f.meter.begin(StageDownload)
		u, err := url.Parse(address)
		if err != nil {
			return nil, fmt.Errorf("%w: it does not parse", ErrURL) // the cause would repeat what may hold credentials
		}
		if u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
			return nil, fmt.Errorf("%w: want http or https and a host", ErrURL)
		}
		transport, release := f.roundTripper()
		defer release()
		client := &http.Client{Transport: transport, CheckRedirect: checkRedirect}

		watched, cancel := context.WithCancelCause(ctx)
		defer cancel(nil)
		idle := &idleTimer{limit: f.IdleTimeout, stall: func() { cancel(ErrStalled) }}
		data, err := f.exchange(watched, client, u, idle)
		if err == nil {
			return data, nil
		}
		if errors.Is(context.Cause(watched), ErrStalled) {
			return nil, fmt.Errorf("%w: the server sent nothing for %v", ErrStalled, f.IdleTimeout)
		}
		var wrapped *url.Error
		if errors.As(err, &wrapped) {
			err = wrapped.Err // it repeats the address with its query, which may be a secret
		}
		return nil, err
	}
}

// exchange sends one request and reads its answer.
func (f *fetcher) exchange(ctx context.Context, client *http.Client, u *url.URL, idle *idleTimer) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	// Asked for by hand, compression arrives as it was sent, so the idle timer sees the bytes of the wire.
	req.Header.Set("Accept-Encoding", "gzip")

	idle.start()
	resp, err := client.Do(req)
	idle.stop()
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, &StatusError{Code: resp.StatusCode}
	}
	data, err := f.pin.readPacked(ctx, idle.watch(resp.Body), &f.meter)
	if kind := resp.Header.Get("Content-Type"); err != nil && strings.HasPrefix(kind, "text/html") {
		err = fmt.Errorf("%w (the server sent a web page)", err) // a proxy's login or block page
	}
	return data, err
}

// roundTripper returns the transport and what to do with it at the end: no idle connection outlives the call.
func (f *fetcher) roundTripper() (http.RoundTripper, func()) {
	if f.transport != nil {
		return f.transport, func() {}
	}
	shared, ok := http.DefaultTransport.(*http.Transport)
	if !ok { // the program has put its own in place
		return http.DefaultTransport, func() {}
	}
	own := shared.Clone()
	return own, own.CloseIdleConnections
}

// checkRedirect refuses to leave https: who chose it also meant to hide what is fetched.
func checkRedirect(req *http.Request, via []*http.Request) error {
	if len(via) >= maxRedirects {
		return fmt.Errorf("%w: more than %d in a row", ErrRedirect, maxRedirects)
	}
	if via[len(via)-1].URL.Scheme == "https" && req.URL.Scheme != "https" {
		return fmt.Errorf("%w: from https to %s", ErrRedirect, req.URL.Scheme)
	}
	return nil
}

// displayURL is an address for error texts, without what may be secret: credentials and query.
func displayURL(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "(an address that does not parse)"
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// idleTimer calls stall when the server is waited for longer than limit. Time between waits, such as a slow
// progress callback, does not count.
type idleTimer struct {
	limit time.Duration
	stall func()
	timer *time.Timer
}

func (t *idleTimer) start() {
	if t.timer == nil {
		t.timer = time.AfterFunc(t.limit, t.stall)
		return
	}
	t.timer.Reset(t.limit)
}

func (t *idleTimer) stop() { t.timer.Stop() }

// watch returns r with every Read timed.
func (t *idleTimer) watch(r io.Reader) io.Reader { return &watched{r: r, idle: t} }

type watched struct {
	r    io.Reader
	idle *idleTimer
}

func (w *watched) Read(b []byte) (int, error) {
	w.idle.start()
	defer w.idle.stop()
	return w.r.Read(b)
}
