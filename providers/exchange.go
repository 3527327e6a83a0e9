package providers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"

	"github.com/tmc/langchaingo/llms"
)

// maxAnswer limits the body of a response, and maxRefusal what is read of a response with another status than 200. In bytes.
const (
	maxAnswer  = 8 << 20
	maxRefusal = 64 << 10
)

// exchange is one use of a model. It travels in the context of the requests: shared sends them by its target, and notes how one failed. So
// the failure is known exactly, whatever the client of langchaingo makes of it.
type exchange struct {
	target
	call  call
	ended func() error // of the caller's context

	mu      sync.Mutex
	sent    bool
	stopped string // why the model stopped, if the vendor has an end
	failed  *failure
}

type exchangeKey struct{}

// with returns a context that carries x.
func (x *exchange) with(ctx context.Context) context.Context {
	return context.WithValue(ctx, exchangeKey{}, x)
}

// shared is the client that the clients of langchaingo use.
var shared = &http.Client{Transport: transport{}}

// transport sends a request by the exchange in its context.
type transport struct{}

func (transport) RoundTrip(req *http.Request) (*http.Response, error) {
	x, ok := req.Context().Value(exchangeKey{}).(*exchange)
	if !ok {
		return nil, errors.New("a request outside of an exchange")
	}
	resp, err := x.send(req)
	if err != nil {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.failed = err
		return nil, err
	}
	return resp, nil
}

// send sends a request after the vendor has changed it. The body of the response is complete, or is checked while it is read.
func (x *exchange) send(req *http.Request) (*http.Response, *failure) {
	out, err := x.edited(req)
	if err != nil {
		return nil, &failure{code: llms.ErrCodeInvalidRequest, detail: err.Error(), cause: err}
	}
	x.mu.Lock()
	x.sent = true
	x.mu.Unlock()
	resp, err := x.client.Do(out)
	if err != nil {
		return nil, x.broken(err)
	}
	if resp.StatusCode != http.StatusOK {
		defer resp.Body.Close()
		body, err := io.ReadAll(io.LimitReader(resp.Body, maxRefusal))
		if err != nil && len(body) == 0 && x.ended() != nil {
			return nil, x.broken(err)
		}
		return nil, refused(resp, body, x.key(), x.keyField)
	}
	limited := &answer{from: resp.Body, left: maxAnswer, x: x}
	if x.call.streams {
		resp.Body = limited
		return resp, nil
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(limited)
	if err != nil {
		return nil, x.failure()
	}
	if failed := x.checked(body); failed != nil {
		return nil, failed
	}
	if x.vendor.shape != nil {
		body = x.vendor.shape(req.URL, body)
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return resp, nil
}

// edited returns the request with the key and the changes of the vendor.
func (x *exchange) edited(req *http.Request) (*http.Request, error) {
	defer req.Body.Close()
	text, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	var body fields
	if err := json.Unmarshal(text, &body); err != nil {
		return nil, err
	}
	out := req.Clone(req.Context())
	if err := x.vendor.edit(body, out.URL, x.call); err != nil {
		return nil, err
	}
	if text, err = json.Marshal(body); err != nil {
		return nil, err
	}
	out.Host = out.URL.Host
	out.Body, out.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
	out.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }
	x.vendor.authorize(out.Header, x.key())
	return out, nil
}

// checked returns a failure if a complete body is not an answer.
func (x *exchange) checked(body []byte) *failure {
	if x.vendor.end != nil {
		stopped, err := x.vendor.end(body)
		if err != nil {
			return x.broken(err)
		}
		x.mu.Lock()
		x.stopped = stopped
		x.mu.Unlock()
		return nil
	}
	var value json.RawMessage
	if err := json.NewDecoder(bytes.NewReader(body)).Decode(&value); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return x.broken(errCut)
	} else if err != nil {
		return &failure{code: llms.ErrCodeUnknown, status: http.StatusOK, detail: "the answer is not JSON: " + clip(err.Error(), x.key()) + "; check the base URL", cause: err}
	}
	return nil
}

// broken is the failure of a request that brought no complete answer.
func (x *exchange) broken(err error) *failure {
	if by := x.ended(); by != nil {
		return endedBy(by)
	}
	detail := clip(err.Error(), x.key())
	switch {
	case errors.Is(err, errCut) || errors.Is(err, io.ErrUnexpectedEOF):
		detail = errCut.Error()
	case errors.Is(err, context.DeadlineExceeded):
		detail = "no answer in time: " + detail
	}
	// The cause is not wrapped if it could be taken for the end of the caller's context.
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		err = nil
	}
	return &failure{code: llms.ErrCodeProviderUnavailable, detail: detail, cause: err}
}

// failure returns how the exchange failed, or nil.
func (x *exchange) failure() *failure {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.failed
}

// result returns the error of the exchange, given the error of the client.
func (x *exchange) result(err error) error {
	x.mu.Lock()
	failed, sent := x.failed, x.sent
	x.mu.Unlock()
	switch {
	case failed != nil:
	case err == nil:
		return nil
	case x.ended() != nil:
		failed = endedBy(x.ended())
	default:
		failed = &failure{code: llms.ErrCodeUnknown, status: http.StatusOK, detail: clip(err.Error(), x.key()), cause: err}
		if !sent {
			failed.code, failed.status = llms.ErrCodeInvalidRequest, 0
		}
		if blocked(err) {
			failed.code = llms.ErrCodeContentFilter
		}
	}
	return failed.as(x.model.Provider)
}

// guarded runs a call of a client. Clients panic at some answers, such as {"choices":[null]}: that is an error here.
func guarded[T any](run func() (T, error)) (out T, err error) {
	defer func() {
		if why := recover(); why != nil {
			err = fmt.Errorf("the answer cannot be read: %v", why)
		}
	}()
	return run()
}

// answer is the body of a response. It ends with an error that the exchange notes when the body is cut off or too long.
type answer struct {
	from io.ReadCloser
	left int
	x    *exchange
}

func (a *answer) Read(p []byte) (int, error) {
	n, err := a.from.Read(p)
	if a.left -= n; a.left < 0 {
		return 0, a.fail(unusable("the answer has over %d bytes", maxAnswer))
	}
	if err != nil && err != io.EOF {
		return n, a.fail(a.x.broken(err))
	}
	return n, err
}

func (a *answer) fail(f *failure) error {
	a.x.mu.Lock()
	defer a.x.mu.Unlock()
	a.x.failed = f
	return f
}

// Close closes the body.
func (a *answer) Close() error { return a.from.Close() }
