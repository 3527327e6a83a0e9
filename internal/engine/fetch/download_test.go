package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

func TestDownload(t *testing.T) {
	t.Parallel()
	wasm := testWasm()
	tests := map[string]http.HandlerFunc{
		"plain": serve(wasm),
		"chunked": func(w http.ResponseWriter, _ *http.Request) {
			for b := range bytes.Lines(wasm) {
				_, _ = w.Write(b)
			}
			w.(http.Flusher).Flush()
		},
		"compressed by the server": func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Accept-Encoding") != "gzip" {
				t.Errorf("Accept-Encoding is %q", r.Header.Get("Accept-Encoding"))
			}
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(gzipped(t, wasm))
		},
		"archive":                          serve(archiveOf(t, wasm)),
		"archive compressed by the server": serve(gzipped(t, archiveOf(t, wasm))),
		"archive unpacked by a proxy":      serve(tarred(t, member{archiveMember, wasm})),
		"redirect": func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/engine" {
				http.Redirect(w, r, "/elsewhere", http.StatusFound)
				return
			}
			_, _ = w.Write(wasm)
		},
	}
	for name, handler := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := served(t, handler)
			m, err := Wasm(t.Context(), o)
			requireKept(t, o, m, err)
			require.Equal(t, StageDownload, m.From)
		})
	}
}

func TestDownloadFails(t *testing.T) {
	t.Parallel()
	wasm := testWasm()
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(code)
			_, _ = w.Write(wasm) // the body of an error is not the file, whatever it holds
		}
	}
	tests := map[string]struct {
		handler http.HandlerFunc
		want    error
		text    string
	}{
		"wrong hash":     {serve(flipped(wasm)), ErrHash, pinOf(wasm).sum},
		"one byte short": {serve(wasm[:len(wasm)-1]), ErrTruncated, "299999 of 300000"},
		"one byte more":  {serve(append(bytes.Clone(wasm), 0)), ErrTooLarge, "300000"},
		"empty":          {serve(nil), ErrTruncated, "0 of 300000"},
		"web page": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, "<!DOCTYPE html><title>Log in</title>")
		}, ErrTruncated, "web page"},
		"connection lost": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(len(wasm)))
			_, _ = w.Write(wasm[:100_000])
			panic(http.ErrAbortHandler)
		}, ErrTruncated, "of 300000 bytes"},
		"archive cut":         {serve(archiveOf(t, wasm)[:150_000]), ErrTruncated, ""},
		"archive without it":  {serve(gzipped(t, tarred(t, member{"package/x", wasm}))), ErrArchive, archiveMember},
		"archive of another":  {serve(archiveOf(t, flipped(wasm))), ErrHash, ""},
		"archive of a stub":   {serve(archiveOf(t, wasm[:10])), ErrTruncated, "10 of 300000"},
		"archive of too much": {serve(archiveOf(t, append(bytes.Clone(wasm), wasm...))), ErrTooLarge, ""},
		"archive that is a bomb": {serve(gzipped(t, tarred(t, member{"package/zeros", make([]byte, pinOf(wasm).maxArchive())},
			member{archiveMember, wasm}))), ErrTooLarge, ""},
		"archive too large as it is": {serve(tarred(t, member{"package/zeros", make([]byte, pinOf(wasm).maxArchive())},
			member{archiveMember, wasm})), ErrTooLarge, ""},
		"junk after gzip's magic": {serve(append([]byte("\x1f\x8b"), wasm...)), ErrArchive, ""},
		"not found":               {status(http.StatusNotFound), &StatusError{Code: 404}, "404 Not Found"},
		"server error":            {status(http.StatusInternalServerError), &StatusError{Code: 500}, "500"},
		"part":                    {status(http.StatusPartialContent), &StatusError{Code: 206}, "206"},
		"endless redirects": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		}, ErrRedirect, "10"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := served(t, tt.handler)
			m, err := Wasm(t.Context(), o)
			require.Nil(t, m)
			var want, got *StatusError
			if errors.As(tt.want, &want) {
				require.ErrorAs(t, err, &got)
				require.Equal(t, want.Code, got.Code)
			} else {
				require.ErrorIs(t, err, tt.want)
			}
			require.Contains(t, err.Error(), tt.text)
			require.Contains(t, err.Error(), o.URL)
			require.Contains(t, err.Error(), EnvURL)
			require.Empty(t, names(t, o.CacheDir))
		})
	}
}

func TestDownloadStopsAtThePin(t *testing.T) {
	t.Parallel()
	left := make(chan struct{})
	o := served(t, func(w http.ResponseWriter, r *http.Request) {
		defer close(left)
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 1<<16)); err != nil {
				return
			}
		}
	})
	_, err := Wasm(t.Context(), o)
	require.ErrorIs(t, err, ErrTooLarge)
	<-left // the endless body ends because the client hung up
}

func TestDownloadStalls(t *testing.T) {
	t.Parallel()
	wasm := testWasm()
	tests := map[string]http.HandlerFunc{
		"before the headers": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"after the headers": func(w http.ResponseWriter, r *http.Request) {
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
		"within the body": func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.Write(wasm[:200_000])
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
		"within an archive": func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.Write(archiveOf(t, wasm)[:200_000])
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
		"before the last byte is followed by the end": func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.Write(wasm)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
		"after a redirect": func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/engine" {
				http.Redirect(w, r, "/elsewhere", http.StatusFound)
				return
			}
			<-r.Context().Done()
		},
	}
	for name, handler := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := served(t, handler)
			o.IdleTimeout = 100 * time.Millisecond
			_, err := Wasm(t.Context(), o)
			require.ErrorIs(t, err, ErrStalled)
			require.Contains(t, err.Error(), "100ms")
			require.Empty(t, names(t, o.CacheDir))
		})
	}
}

// TestIdleTimer checks, in fake time, that a slow server is not taken for a dead one, nor a slow caller.
func TestIdleTimer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var stalled atomic.Bool
		idle := &idleTimer{limit: 30 * time.Second, stall: func() { stalled.Store(true) }}
		r := idle.watch(slow{pause: 29 * time.Second})
		for range 100 {
			_, err := r.Read(make([]byte, 1))
			require.NoError(t, err)
			time.Sleep(time.Hour) // the caller is busy elsewhere
			synctest.Wait()
			require.False(t, stalled.Load())
		}
		_, err := idle.watch(slow{pause: 31 * time.Second}).Read(make([]byte, 1))
		require.NoError(t, err)
		require.True(t, stalled.Load())
	})
}

type slow struct{ pause time.Duration }

func (s slow) Read(b []byte) (int, error) {
	time.Sleep(s.pause)
	return len(b), nil
}

func TestDownloadCancelled(t *testing.T) {
	t.Parallel()
	wasm := testWasm()
	gone := make(chan struct{})
	o := served(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write(wasm[:200_000])
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		close(gone)
	})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	o.Progress = func(p Progress) {
		if p.Stage == StageDownload && p.Done > 0 {
			cancel()
		}
	}
	_, err := Wasm(ctx, o)
	require.ErrorIs(t, err, context.Canceled)
	require.NotErrorIs(t, err, ErrStalled)
	require.Empty(t, names(t, o.CacheDir))
	<-gone
}

func TestDownloadDeadline(t *testing.T) {
	t.Parallel()
	o := served(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := Wasm(ctx, o)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.Contains(t, err.Error(), o.URL)
}

func TestRedirectFromHTTPS(t *testing.T) {
	t.Parallel()
	wasm := testWasm()
	var plainAsked atomic.Bool
	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		plainAsked.Store(true)
		_, _ = w.Write(wasm)
	}))
	t.Cleanup(plain.Close)
	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/down":
			http.Redirect(w, r, plain.URL, http.StatusFound)
		case "/twice":
			http.Redirect(w, r, "/down", http.StatusFound)
		case "/across":
			http.Redirect(w, r, "/wasm", http.StatusFound)
		default:
			_, _ = w.Write(wasm)
		}
	}))
	t.Cleanup(secure.Close)

	for path, refused := range map[string]bool{"/down": true, "/twice": true, "/across": false} {
		o := isolated(t)
		o.URL, o.transport = secure.URL+path, secure.Client().Transport
		m, err := Wasm(t.Context(), o)
		if !refused {
			requireKept(t, o, m, err)
			continue
		}
		require.ErrorIs(t, err, ErrRedirect)
		require.Contains(t, err.Error(), "from https to http")
	}
	if plainAsked.Load() {
		t.Error("the plain server was asked")
	}
}

func TestUnusableURL(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"ftp://host/engine", "file:///engine", "engine.wasm", "https://", "http:engine", "://x", "http://a b/"} {
		o := isolated(t)
		o.URL = address
		_, err := Wasm(t.Context(), o)
		require.ErrorIs(t, err, ErrURL, address)
	}
}

// TestErrorKeepsSecrets: credentials and signed queries of an address are not for logs.
func TestErrorKeepsSecrets(t *testing.T) {
	t.Parallel()
	server := served(t, http.NotFound)
	host := strings.TrimPrefix(server.URL, "http://")
	for _, address := range []string{
		"http://user:secret@" + host + "?token=secret#secret",
		"http://user:secret@127.0.0.1:1/engine?token=secret",
		"ftp://user:secret@host/engine?token=secret",
		"http://user:secret@ho st/engine?token=secret",
	} {
		o := isolated(t)
		o.URL, o.transport = address, nil
		_, err := Wasm(t.Context(), o)
		var all *Error
		require.ErrorAs(t, err, &all)
		require.NotContains(t, err.Error(), "secret")
	}
}

func TestNoConnectionOutlivesTheCall(t *testing.T) {
	t.Parallel()
	closed := make(chan struct{})
	s := httptest.NewUnstartedServer(serve(testWasm()))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateClosed {
			close(closed)
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	o := isolated(t)
	o.URL, o.transport = s.URL, nil
	_, err := Wasm(t.Context(), o)
	require.NoError(t, err)
	<-closed
}
