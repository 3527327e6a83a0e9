package providers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/tmc/langchaingo/llms"
)

// failure says how a request failed.
type failure struct {
	code   llms.ErrorCode
	status int // 0: there was no response
	detail string
	after  time.Duration
	cause  error
}

func (f *failure) Error() string { return f.detail }

// Unwrap returns the cause.
func (f *failure) Unwrap() error { return f.cause }

// RetryAfter returns how long the provider asks to wait; 0: it does not say.
func (f *failure) RetryAfter() time.Duration { return f.after }

// StatusCode returns the status of the HTTP response; 0: there was none.
func (f *failure) StatusCode() int { return f.status }

// as returns the error for a caller.
func (f *failure) as(provider string) error {
	return llms.NewError(f.code, provider, f.detail).WithCause(f)
}

// errCut is the cause of a failure by an answer that ends too early.
var errCut = errors.New("the answer was cut off")

// endedBy is the failure of a call that its caller ended.
func endedBy(err error) *failure {
	code := llms.ErrCodeCanceled
	if errors.Is(err, context.DeadlineExceeded) {
		code = llms.ErrCodeTimeout
	}
	return &failure{code: code, detail: err.Error(), cause: err}
}

// unusable is the failure of a request that brought an answer without what was asked for.
func unusable(format string, args ...any) *failure {
	return &failure{code: llms.ErrCodeUnknown, status: http.StatusOK, detail: fmt.Sprintf(format, args...)}
}

// statuses has the codes for HTTP statuses. Other statuses from 500 are ErrCodeProviderUnavailable, and all others ErrCodeInvalidRequest.
var statuses = map[int]llms.ErrorCode{
	http.StatusUnauthorized:          llms.ErrCodeAuthentication,
	http.StatusForbidden:             llms.ErrCodeAuthentication,
	http.StatusPaymentRequired:       llms.ErrCodeQuotaExceeded,
	http.StatusNotFound:              llms.ErrCodeResourceNotFound,
	http.StatusRequestTimeout:        llms.ErrCodeProviderUnavailable,
	http.StatusRequestEntityTooLarge: llms.ErrCodeTokenLimit,
	http.StatusTooManyRequests:       llms.ErrCodeRateLimit,
}

// reasons has words by which providers say why they refuse a request, more exactly than by the status. The first row that matches counts.
var reasons = []struct {
	status int
	code   llms.ErrorCode
	words  []string
}{
	{http.StatusBadRequest, llms.ErrCodeAuthentication, []string{"api_key_invalid", "api key not valid"}},
	{http.StatusBadRequest, llms.ErrCodeTokenLimit, []string{"context_length_exceeded", "maximum context length", "prompt is too long", "exceeds the maximum number of tokens", "too large for model"}},
	{http.StatusBadRequest, llms.ErrCodeContentFilter, []string{"content_filter", "content_policy_violation"}},
	{http.StatusBadRequest, llms.ErrCodeQuotaExceeded, []string{"credit balance is too low"}},
	{http.StatusTooManyRequests, llms.ErrCodeQuotaExceeded, []string{"insufficient_quota", "spend_limit"}},
}

// refused is the failure of a request that the provider answered with another status than 200. keyField says where the key is set.
func refused(resp *http.Response, body []byte, key, keyField string) *failure {
	f := &failure{status: resp.StatusCode, after: retryAfter(resp.Header, body)}
	switch code, ok := statuses[f.status]; {
	case ok:
		f.code = code
	case f.status >= 500:
		f.code = llms.ErrCodeProviderUnavailable
	default:
		f.code = llms.ErrCodeInvalidRequest
	}
	said := strings.ToLower(string(body))
	for _, row := range reasons {
		if f.status == row.status && slices.ContainsFunc(row.words, func(word string) bool { return strings.Contains(said, word) }) {
			f.code = row.code
			break
		}
	}
	return f.describe(body, key, keyField)
}

// describe sets the text of the failure. A provider that refuses a key may quote it, so its words are not repeated then.
func (f *failure) describe(body []byte, key, keyField string) *failure {
	f.detail = fmt.Sprintf("status %d", f.status)
	switch {
	case f.code == llms.ErrCodeAuthentication:
		f.detail += ": the API key was refused; set another one in " + keyField
	case f.status >= 300 && f.status < 400:
		f.detail += ": the provider redirects to another URL, which is not followed; set the base URL"
	default:
		if said := clip(message(body), key); said != "" {
			f.detail += ": " + said
		}
	}
	if f.after > 0 {
		f.detail += fmt.Sprintf(" (try again in %v)", f.after)
	}
	return f
}

// message returns what the body of an error says, in the form of any of the providers.
func message(body []byte) string {
	body = single(body)
	var said struct{ Error, Message, Detail json.RawMessage }
	if json.Unmarshal(body, &said) != nil {
		return "" // a page of a proxy, for example
	}
	for _, part := range []json.RawMessage{said.Error, said.Message, said.Detail} {
		var text string
		var inner struct{ Message string }
		switch {
		case len(part) == 0 || string(part) == "null":
		case json.Unmarshal(part, &text) == nil:
			return text
		case json.Unmarshal(part, &inner) == nil && inner.Message != "":
			return inner.Message
		default:
			return string(part)
		}
	}
	return ""
}

// single returns the first element of a JSON list, and anything else as it is: Google answers streaming requests with a list.
func single(body []byte) []byte {
	var list []json.RawMessage
	if json.Unmarshal(body, &list) == nil && len(list) > 0 {
		return list[0]
	}
	return body
}

// maxSaid is how much of the words of a provider an error repeats, in bytes.
const maxSaid = 300

// clip makes words of a provider fit for an error: on one line, short and without the key.
func clip(text, key string) string {
	if key != "" {
		text = strings.ReplaceAll(text, key, "[redacted]")
	}
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
	if len(text) > maxSaid {
		text = strings.ToValidUTF8(text[:maxSaid], "") + "…"
	}
	return text
}

// maxWait bounds what a provider may ask for, against nonsense.
const maxWait = 24 * time.Hour

// retryAfter returns how long a provider asks to wait.
func retryAfter(h http.Header, body []byte) time.Duration {
	bounded := func(d time.Duration) time.Duration { return min(max(d, 0), maxWait) }
	if ms, err := strconv.ParseFloat(h.Get("Retry-After-Ms"), 64); err == nil && ms > 0 {
		return bounded(seconds(ms / 1000))
	}
	if value := h.Get("Retry-After"); value != "" {
		if s, err := strconv.ParseFloat(value, 64); err == nil {
			return bounded(seconds(s))
		}
		if at, err := http.ParseTime(value); err == nil {
			now, err := http.ParseTime(h.Get("Date")) // the provider's clock
			if err != nil {
				now = time.Now()
			}
			return bounded(at.Sub(now))
		}
	}
	// Google says it in the body.
	var details struct {
		Error struct {
			Details []struct {
				Delay string `json:"retryDelay"`
			}
		}
	}
	if json.Unmarshal(single(body), &details) == nil {
		for _, d := range details.Error.Details {
			if wait, err := time.ParseDuration(d.Delay); err == nil {
				return bounded(wait)
			}
		}
	}
	return 0
}

// seconds returns a duration of at most maxWait, and 0 for what is no number.
func seconds(s float64) time.Duration {
	if !(s > 0) {
		return 0
	}
	return time.Duration(min(s, maxWait.Seconds()) * float64(time.Second))
}
