package rpcserver

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/fxamacker/cbor/v2"

	"github.com/spectron-go/spectron/internal/surreal"
)

const contentType = "application/cbor"

func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	ok := func(http.ResponseWriter, *http.Request) {}
	mux.HandleFunc("GET /health", ok)
	mux.HandleFunc("GET /status", ok)
	mux.HandleFunc("GET /version", s.version)
	mux.HandleFunc("GET /rpc", s.webSocket)
	mux.HandleFunc("POST /rpc", s.post)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.enter() {
			panic(http.ErrAbortHandler) // the server is going away
		}
		defer s.running.Done()
		mux.ServeHTTP(w, r)
	})
}

func (s *Server) version(w http.ResponseWriter, _ *http.Request) {
	out, _, err := s.call(s.ctx, call{Method: "version"})
	var version string
	if err == nil {
		err = surreal.Unmarshal(out, &version)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_, _ = io.WriteString(w, version) // a client that went away needs none
}

// post serves one request in a session of its own, which its headers describe.
func (s *Server) post(w http.ResponseWriter, r *http.Request) {
	for _, header := range []string{"Content-Type", "Accept"} {
		kind, _, _ := mime.ParseMediaType(r.Header.Get(header))
		if kind != contentType && (header == "Content-Type" || kind != "" && kind != "*/*") {
			http.Error(w, "only application/cbor is served, in "+header+" too", http.StatusUnsupportedMediaType)
			return
		}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, s.options.MaxMessageBytes))
	if err != nil {
		status := http.StatusBadRequest
		if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
			status = http.StatusRequestEntityTooLarge
		}
		http.Error(w, err.Error(), status)
		return
	}
	var in request
	if err := surreal.Unmarshal(body, &in); err != nil {
		http.Error(w, "Parse error", http.StatusBadRequest)
		return
	}
	fault := s.fault(in.Method, in.sql())
	switch fault {
	case FaultCutBefore:
		panic(http.ErrAbortHandler)
	case FaultRefuse:
		s.reply(w, nil, overloaded().encode())
		return
	case FaultExpire:
		http.Error(w, "The token has expired", http.StatusUnauthorized)
		return
	}
	c, err := s.newClient(false)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer c.end()
	if failed := c.prepare(r); failed != nil {
		http.Error(w, surreal.DecodeError(failed).Error(), http.StatusUnauthorized)
		return
	}
	result, failed := c.serve(s.ctx, &in)
	switch fault {
	case FaultCutAfter:
		panic(http.ErrAbortHandler)
	case FaultHold:
		if !s.held.hold(r.Context().Done(), s.ctx.Done()) {
			return
		}
	}
	s.reply(w, result, failed)
}

func (s *Server) reply(w http.ResponseWriter, result, failed cbor.RawMessage) {
	out, err := response(nil, result, failed) // SurrealDB sends no ids over HTTP
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", contentType)
	_, _ = w.Write(out) // a client that went away needs none
}

// prepare signs the client in and selects its database, as the request's headers say.
func (c *client) prepare(r *http.Request) (failed cbor.RawMessage) {
	run := func(method string, params ...any) cbor.RawMessage {
		encoded, err := surreal.Marshal(params)
		if err != nil {
			return invalidParams(err.Error()).encode()
		}
		// Of two that sign in or make a database at once, one meets a conflict.
		_ = surreal.Retry(c.server.ctx, surreal.Backoff{}, func() error {
			if _, failed = c.serve(c.server.ctx, &request{Method: method, Params: encoded}); failed == nil {
				return nil
			}
			return surreal.DecodeError(failed)
		})
		return failed
	}
	if user, password, ok := r.BasicAuth(); ok {
		who := map[string]string{"user": user, "pass": password}
		for key, header := range map[string]string{"NS": "Surreal-Auth-NS", "DB": "Surreal-Auth-DB"} {
			if value := r.Header.Get(header); value != "" {
				who[key] = value
			}
		}
		failed = run("signin", who)
	} else if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		failed = run("authenticate", token)
	}
	if failed != nil {
		return failed
	}
	// The names without the prefix are those of SurrealDB 1.
	namespace, database := first(r, "Surreal-NS", "NS"), first(r, "Surreal-DB", "DB")
	switch {
	case namespace == "":
		return nil
	case database == "":
		return run("use", namespace, surreal.None{})
	}
	return run("use", namespace, database)
}

func first(r *http.Request, headers ...string) string {
	for _, h := range headers {
		if v := r.Header.Get(h); v != "" {
			return v
		}
	}
	return ""
}
