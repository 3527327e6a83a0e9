package secret_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/secret"
)

// directives returns every verb, with flags.
func directives() []string {
	var all []string
	for _, flags := range []string{"", "+", "#", " "} {
		for _, verb := range "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!" {
			all = append(all, "%"+flags+string(verb))
		}
	}
	return all
}

type exported struct{ V any }

type unexported[T any] struct{ v T }

// printed prints a value in every way that fmt, encoding/json and log/slog have, alone and inside of others.
func printed[T any](v T) string {
	var out strings.Builder
	pointer := &v
	inside := []any{
		v, pointer, &pointer, exported{v}, &exported{pointer}, unexported[T]{v}, &unexported[T]{v}, unexported[*T]{pointer},
		unexported[[]T]{[]T{v}}, unexported[any]{v}, []T{v}, &[]T{v}, []*T{pointer}, [1]T{v}, []any{v}, map[string]T{"k": v},
		map[string]unexported[T]{"k": {v}}, reflect.ValueOf(v), reflect.ValueOf(unexported[T]{v}).Field(0), func() T { return v },
	}
	for _, value := range inside {
		for _, d := range directives() {
			fmt.Fprintf(&out, d+"\n", value)
		}
		fmt.Fprintln(&out, value)
		fmt.Fprintf(&out, "%s\n", errors.Join(fmt.Errorf("failed: %v", value)))
		fmt.Fprintf(&out, strings.Repeat("no verb", 1), value)    // EXTRA
		fmt.Fprintf(&out, "%[1]*d %.[1]*d %[2]d\n", value, value) // BADWIDTH, BADPREC

		slog.New(slog.NewTextHandler(&out, nil)).Info("text", "value", value)
		slog.New(slog.NewJSONHandler(&out, nil)).Info("json", "value", value)
		if encoded, err := json.Marshal(value); err == nil {
			out.Write(encoded)
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// traces returns how the bytes would look in any of those.
func traces(b []byte) []string {
	decimal := func(separator, format string) string {
		var parts []string
		for _, c := range b[:6] {
			parts = append(parts, fmt.Sprintf(format, c))
		}
		return strings.Join(parts, separator)
	}
	all := []string{
		string(b), hex.EncodeToString(b), strings.ToUpper(hex.EncodeToString(b)), fmt.Sprintf("% x", b), fmt.Sprintf("% X", b),
		base64.StdEncoding.EncodeToString(b), base64.RawURLEncoding.EncodeToString(b), strings.Trim(fmt.Sprintf("%q", b), `"`),
	}
	for _, separator := range []string{" ", ", ", ","} {
		for _, format := range []string{"%d", "%#x", "%x", "%X", "%o", "%b", "0x%02x"} {
			all = append(all, decimal(separator, format))
		}
	}
	return all
}

func requireHidden(t *testing.T, out string, secrets ...[]byte) {
	t.Helper()
	for _, s := range secrets {
		for _, trace := range traces(s) {
			if i := strings.Index(out, trace); i >= 0 {
				start := max(0, i-200)
				t.Fatalf("shows: %q", out[start:min(len(out), i+200)])
			}
		}
	}
}

func TestNothingShowsASecret(t *testing.T) {
	t.Parallel()
	id, minted := mint(t, secret.Operator, "acme")
	text := minted.Text()
	end := text[len(text)-52:]
	for name, out := range map[string]string{"minted": printed(minted), "parsed": printed(parse(t, text))} {
		requireHidden(t, out, []byte(text), []byte(end), unbase32(end, 32))
		if !strings.Contains(out, "[secret of "+id+"]") {
			t.Errorf("%s: the id does not show", name)
		}
	}
	key := slices.Repeat([]byte{201, 17, 99, 4, 250, 33, 68, 129}, 4)
	old := slices.Repeat([]byte{8, 202, 71, 55, 144, 36, 91, 13}, 4)
	ring, err := secret.NewKeyring(key, old)
	require.NoError(t, err)
	for _, out := range []string{printed(ring), printed(*ring)} {
		requireHidden(t, out, key, old)
		if !strings.Contains(out, "[keyring of 2]") {
			t.Error("a keyring does not print as one")
		}
	}
}

func TestEveryVerbPrintsTheIDOnly(t *testing.T) {
	t.Parallel()
	id, minted := mint(t, secret.SelfService, "acme")
	p := parse(t, minted.Text())
	for _, d := range directives() {
		if strings.ContainsAny(d[len(d)-1:], "Tpw!") {
			continue // for these fmt does not call Format; TestNothingShowsASecret has them
		}
		for _, v := range []any{minted, &minted, p, &p} {
			if got := fmt.Sprintf(d, v); got != "[secret of "+id+"]" {
				t.Errorf("%s of %T: %q", d, v, got)
			}
		}
	}
	for _, v := range []any{secret.Minted{}, secret.Parsed{}} {
		if got := fmt.Sprintf("%+v", v); got != "[secret of ]" {
			t.Errorf("zero %T: %q", v, got)
		}
	}
}

// The search itself finds what is not hidden, whichever way it is kept.
func TestTheSearchFindsWhatShows(t *testing.T) {
	t.Parallel()
	_, minted := mint(t, secret.Operator, "acme")
	text := minted.Text()
	raw := unbase32(text[len(text)-52:], 32)
	found := func(out string, s []byte) bool {
		return slices.ContainsFunc(traces(s), func(trace string) bool { return strings.Contains(out, trace) })
	}
	if !found(printed(text), []byte(text)) || !found(printed(raw), raw) || !found(printed([32]byte(raw)), raw) ||
		!found(printed(unexported[[]byte]{raw}), raw) {
		t.Error("the search misses a plain secret")
	}
	for _, format := range []string{"%v", "%d", "%x", "%X", "% x", "%#v", "%s", "%q", "%o", "%b"} {
		if !found(fmt.Sprintf(format, raw), raw) {
			t.Errorf("the search misses %s of the bytes", format)
		}
	}
	var out bytes.Buffer
	require.NoError(t, json.NewEncoder(&out).Encode(raw))
	if !found(out.String(), raw) {
		t.Error("the search misses JSON")
	}
}
