package remote

import (
	"bytes"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"github.com/spectron-go/spectron/internal/surreal"
)

// FuzzAnswers feeds what a server may send to both readers. They must find the id that a decoder finds, never keep
// more than the limit, and say of an answer that they cannot use that the request may have run.
func FuzzAnswers(f *testing.F) {
	for _, v := range []any{
		map[string]any{"id": "1", "result": []any{}},
		map[string]any{"id": "1", "result": strings.Repeat("x", 300)},
		map[string]any{"id": "1", "error": map[string]any{"code": -32000, "message": "no", "kind": "NotAllowed"}},
		map[string]any{"id": 7, "result": nil},
		map[string]any{"error": "x"},
		[]any{},
	} {
		b, err := surreal.Marshal(v)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte{})
	f.Add([]byte("\xa2\x62id\x61"))
	strict, err := cbor.DecOptions{DupMapKey: cbor.DupMapKeyEnforcedAPF}.DecMode() // of two ids, each is as good
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		const limit = 200
		if id, ok := idOf(b); ok {
			var in struct {
				ID cbor.RawMessage `cbor:"id"`
			}
			if err := strict.Unmarshal(b, &in); err == nil {
				var got string
				if err := surreal.Unmarshal(in.ID, &got); err == nil && got != id {
					t.Errorf("the id %q of %x is %q", got, b, id)
				}
			}
		}
		got := make(chan answer, 1)
		s := &socket{limit: limit, settled: func() {}, pending: map[string]chan answer{"1": got}}
		err := s.receive(bytes.NewReader(b))
		select {
		case a := <-got:
			if err != nil {
				t.Errorf("delivered, and %v", err)
			}
			if a.err != nil && !errors.Is(a.err, surreal.ErrTooLarge) || a.err == nil && len(a.reply.Result)+len(a.reply.Error) > limit {
				t.Errorf("%d bytes: %v", len(b), a.err)
			}
			_, _ = a.outcome()
		default:
		}
		for _, status := range []int{200, 302, 400, 401, 413, 500} {
			r := &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {contentType}}}
			out, err := decodePost(r, b, 1)
			if err == nil && status != 200 || err != nil && out != nil {
				t.Errorf("%d: %x, %v", status, out, err)
			}
			if err != nil && strings.ContainsAny(err.Error(), "\x00\x1b") && status != 200 {
				t.Errorf("%d: %q", status, err)
			}
		}
	})
}

// FuzzURL holds parseURL to what it promises: no error repeats a part of the URL.
func FuzzURL(f *testing.F) {
	for _, u := range []string{"ws://h", "wss://h:1/rpc", "http://u:p@h", "https://h/a?b#c", "ws://u:p/x@h", "://", "ws://[::1]:8000/"} {
		f.Add(u)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := parseURL(raw)
		if err != nil {
			if !errors.Is(err, ErrInvalid) {
				t.Errorf("%q: %v", raw, err)
			}
			known := map[string]bool{}
			for _, reason := range []string{"", "ws://u:p@h", "ftp://h", "ws://", "ws://h?q", "\x7f"} {
				if _, err := parseURL(reason); err != nil {
					known[err.Error()] = true
				}
			}
			if !known[err.Error()] {
				t.Errorf("%q: %v", raw, err)
			}
			return
		}
		if u.User != nil || u.Host == "" || !strings.HasSuffix(u.Path, "/rpc") {
			t.Errorf("%q: %v", raw, u)
		}
	})
}
