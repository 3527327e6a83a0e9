package surreal

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const retryable = "This transaction can be retried"

// hostile values, put where SurrealDB's texts quote what users wrote.
var hostile = []string{
	"Transaction conflict: x. " + retryable,
	"Failed to commit transaction due to a read or write conflict. " + retryable,
	"There was a problem with a transaction: An IndexedDB error occured: idb error",
	"' does not exist",
	"' already exists",
	"` already exists",
	"` already contains 'x', with record `a:b`",
	"An error occurred: stale",
	"The query was not executed due to a failed transaction",
	"The query was not executed because it exceeded the timeout",
	"read or write conflict. " + retryable,
	retryable,
}

func TestClassify(t *testing.T) {
	t.Parallel()
	const (
		idb      = "There was a problem with a transaction: An IndexedDB error occured: idb error"
		failedTx = "The query was not executed due to a failed transaction"
		v2       = "There was a problem with the database: "
	)
	for _, c := range []struct {
		kind, reason, message string
		want                  error
	}{
		// SurrealDB 3: kinds.
		{"AlreadyExists", "Record", "Database record `p:a` already exists", ErrAlreadyExists},
		{"AlreadyExists", "Table", "The table 'p' already exists", ErrAlreadyExists},
		{"AlreadyExists", "", "", ErrAlreadyExists},
		{"AlreadyExists", "Session", "Session already exists: 018f", ErrOther},
		{"NotFound", "Table", "The table 'nowhere' does not exist", ErrNotFound},
		{"NotFound", "Record", "", ErrNotFound},
		{"NotFound", "Namespace", "", ErrNotFound},
		{"NotFound", "Database", "", ErrNotFound},
		{"NotFound", "", "The table 'nowhere' does not exist", ErrNotFound},
		{"NotFound", "Session", "Session not found: 018f", ErrOther},
		{"NotFound", "Method", "Method not found", ErrOther},
		{"NotFound", "Transaction", "Transaction not found", ErrOther},
		{"NotAllowed", "Auth", "There was a problem with authentication", ErrDenied},
		{"NotAllowed", "Method", "Method not allowed", ErrDenied},
		{"NotAllowed", "Scripting", "Scripting functions are not allowed", ErrOther},
		{"NotAllowed", "", "", ErrOther},
		{"Internal", "", "InvalidToken", ErrDenied},
		{"", "", "There was a problem with the database: There was a problem with authentication", ErrDenied},
		{"", "", "IAM error: Not enough permissions to perform this action", ErrDenied},
		{"Thrown", "", "An error occurred: stale", ErrThrown},
		{"Thrown", "", "stale", ErrThrown},
		{"Query", "TimedOut", "The query was not executed because it exceeded the timeout: 1s", ErrTimeout},
		{"Query", "TimedOut", "", ErrTimeout},
		{"Query", "TransactionConflict", "", ErrConflict},
		{"Query", "NotExecuted", failedTx, ErrOther},
		{"Query", "Cancelled", "The query was not executed due to a cancelled transaction", ErrOther},
		{"Query", "NotExecuted", "Transaction conflict: Transaction write conflict. " + retryable, ErrConflict},
		{"Query", "NotExecuted", idb, ErrConflict},
		{"Internal", "", "Query not executed: " + idb, ErrConflict},
		{"Internal", "", "Query not executed: Transaction conflict: Resource busy: . " + retryable, ErrConflict},
		{"Internal", "", "Cannot COMMIT: Transaction conflict: Write conflict, retry the transaction. " + retryable, ErrConflict},
		{"Internal", "", "Cannot COMMIT: the transaction was aborted due to a prior error", ErrOther},
		{"Internal", "", "There was a problem with the key-value store: " + idb, ErrConflict},
		{"Internal", "", "There was a problem with the key-value store: Transaction conflict: x. " + retryable, ErrConflict},
		{"Internal", "", "There was a problem with the key-value store: The key being inserted already exists", ErrAlreadyExists},
		{"Internal", "", "There was a problem with a transaction: Transaction retry required: snapshot too old", ErrConflict},
		{"Internal", "", "There was a problem with a transaction: disk full", ErrOther},
		{"Internal", "", "Database index `u` already contains 'x', with record `p:a`", ErrAlreadyExists},
		{"Internal", "", "Database index `u` already contains ['x', 1], with record `p:a`", ErrAlreadyExists},
		{"Internal", "", "Database index `u` is currently building", ErrOther},
		{"Internal", "", "The index 'u' already exists", ErrAlreadyExists},
		{"Internal", "", "The index 'u' does not exist", ErrOther},
		{"Internal", "", "The user 'u' does not exist in the database 'd'", ErrOther},
		{"Internal", "", "Function 'fn::foo' not found: The function 'fn::foo' does not exist", ErrOther},
		{"Validation", "", "Parse error: Unexpected end of file", ErrOther},
		{"Internal", "", "The transaction timed out: 5s", ErrTimeout},
		{"Internal", "", "The transaction was not completed because it exceeded the timeout: 5s", ErrTimeout},
		{"", "", "Timed out: 5s", ErrTimeout},
		// A kind of a version to come.
		{"Storage", "Conflict", "Transaction conflict: x. " + retryable, ErrConflict},

		// SurrealDB 2: texts only.
		{"", "", "Failed to commit transaction due to a read or write conflict. " + retryable, ErrConflict},
		{"", "", failedTx + ". Failed to commit transaction due to a read or write conflict. " + retryable, ErrConflict},
		{"", "", v2 + failedTx + ". Failed to commit transaction due to a read or write conflict. " + retryable, ErrConflict},
		{"", "", failedTx + ". There was a problem with a datastore transaction: Transaction read conflict", ErrConflict},
		{"", "", "There was a problem with a datastore transaction: Transaction write conflict", ErrConflict},
		{"", "", "There was a problem with a datastore transaction: Resource busy: ", ErrConflict},
		{"", "", "There was a problem with a datastore transaction: disk full", ErrOther},
		{"", "", failedTx, ErrOther},
		{"", "", "An error occurred: stale", ErrThrown},
		{"", "", v2 + "An error occurred: stale", ErrThrown},
		{"", "", "Database record `p:a` already exists", ErrAlreadyExists},
		{"", "", "Database index `u` already contains 'x', with record `p:a`", ErrAlreadyExists},
		{"", "", "The table 'p' already exists", ErrAlreadyExists},
		{"", "", "The namespace 'p' does not exist", ErrNotFound},
		{"", "", v2 + "The database 'd' does not exist", ErrNotFound},
		{"", "", "The table 'p' does not exist", ErrNotFound},
		{"", "", "The record 'p:a' does not exist", ErrNotFound},
		{"", "", "The query was not executed because it exceeded the timeout", ErrTimeout},
		{"", "", "There was a problem with authentication", ErrDenied},
		{"", "", "", ErrOther},
	} {
		if got := classify(c.kind, c.reason, c.message); got != c.want {
			t.Errorf("%s/%s %q is %v, want %v", c.kind, c.reason, c.message, got, c.want)
		}
	}
}

// Texts that quote what users wrote are of the same kind whatever that is.
func TestQuotedValuesDoNotChangeTheKind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind, text string
		want       error
	}{
		{"Internal", "Database index `u` already contains '§', with record `p:a`", ErrAlreadyExists},
		{"Internal", "Database index `u` already contains 'x', with record `p:⟨§⟩`", ErrAlreadyExists},
		{"", "Database record `p:⟨§⟩` already exists", ErrAlreadyExists},
		{"", "The record 'p:⟨§⟩' does not exist", ErrNotFound},
		{"", "An error occurred: §", ErrThrown},
		{"Thrown", "An error occurred: §", ErrThrown},
		{"Validation", "§", ErrOther},
		{"Internal", "Found '§' for field `name`, with record `p:a`, but field must conform to: $value != '§'", ErrOther},
		{"", "Couldn't coerce value for field `n` of `p:a`: Expected `int` but found '§'", ErrOther},
		{"", "Parse error: Unexpected token\n1 | §", ErrOther},
		{"", "Invalid regular expression: \"§\"", ErrOther},
		{"", "The JSON Patch contains invalid operations. §", ErrOther},
		{"", "There was a problem running the string::x() function. §", ErrOther},
	} {
		for _, value := range hostile {
			message := strings.ReplaceAll(c.text, "§", value)
			if got := classify(c.kind, "", message); got != c.want {
				t.Errorf("%s %q is %v, want %v", c.kind, message, got, c.want)
			}
		}
	}
}

func TestUnwrappedEnds(t *testing.T) {
	t.Parallel()
	if got := unwrapped(strings.Repeat("Cannot COMMIT: ", 100_000) + "x"); got != "x" {
		t.Errorf("%d bytes are left", len(got))
	}
}

type response struct {
	Status  string `cbor:"status"`
	Result  any    `cbor:"result"`
	Kind    string `cbor:"kind,omitempty"`
	Details any    `cbor:"details,omitempty"`
}

func TestDecodeResults(t *testing.T) {
	t.Parallel()
	ok := func(v any) response { return response{Status: "OK", Result: v} }
	fail := func(kind, reason, text string) response {
		r := response{Status: "ERR", Result: text, Kind: kind}
		if reason != "" {
			r.Details = map[string]any{"kind": reason, "details": map[string]any{"name": "x"}}
		}
		return r
	}
	const (
		failedTx    = "The query was not executed due to a failed transaction"
		cancelledTx = "The query was not executed due to a cancelled transaction"
		unique      = "Database index `u` already contains 'x', with record `p:a`"
		v2conflict  = failedTx + ". Failed to commit transaction due to a read or write conflict. " + retryable
	)
	failed := fail("Query", "NotExecuted", failedTx)
	cancelled := fail("Query", "Cancelled", cancelledTx)
	for name, c := range map[string]struct {
		in        []response
		want      error
		statement int
		message   string
	}{
		"none failed":                      {in: []response{ok(1), ok("x"), ok(None{})}},
		"no statements":                    {in: []response{}},
		"one failed":                       {[]response{ok(1), fail("Thrown", "", "An error occurred: x"), ok(1)}, ErrThrown, 1, "An error occurred: x"},
		"the first of two":                 {[]response{fail("NotFound", "Table", "a"), fail("Thrown", "", "b")}, ErrNotFound, 0, "a"},
		"the fault between two":            {[]response{ok(None{}), failed, fail("Internal", "", unique), cancelled}, ErrAlreadyExists, 2, unique},
		"the fault behind a cancelled one": {[]response{cancelled, fail("Internal", "", unique)}, ErrAlreadyExists, 1, unique},
		"nothing but consequences":         {[]response{failed, cancelled}, ErrOther, 0, failedTx},
		"2.x, conflict":                    {[]response{fail("", "", v2conflict), fail("", "", v2conflict)}, ErrConflict, 0, v2conflict},
		"2.x, fault":                       {[]response{fail("", "", failedTx), fail("", "", unique), fail("", "", cancelledTx)}, ErrAlreadyExists, 1, unique},
		"3.0, conflict": {
			[]response{ok(None{}), fail("Internal", "", "Query not executed: Transaction conflict: x. "+retryable)},
			ErrConflict, 1, "Query not executed: Transaction conflict: x. " + retryable,
		},
		"3.1, conflict": {
			[]response{ok(None{}), failed, failed, fail("Internal", "", "Cannot COMMIT: Transaction conflict: x. "+retryable)},
			ErrConflict, 3, "Cannot COMMIT: Transaction conflict: x. " + retryable,
		},
		"3.1, fault": {
			[]response{ok(None{}), failed, fail("Internal", "", unique), fail("Internal", "", "Cannot COMMIT: the transaction was aborted due to a prior error")},
			ErrAlreadyExists, 2, unique,
		},
		"a text that quotes the words of a consequence": {
			[]response{failed, fail("Internal", "", "Database index `u` already contains '"+failedTx+"', with record `p:a`"), cancelled},
			ErrAlreadyExists, 1, "Database index `u` already contains '" + failedTx + "', with record `p:a`",
		},
		"details of another shape": {[]response{{Status: "ERR", Result: "The table 'x' does not exist", Kind: "NotFound", Details: "Table"}}, ErrNotFound, 0, "The table 'x' does not exist"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, err := Marshal(c.in)
			require.NoError(t, err)
			out, err := DecodeResults(b)
			if c.want == nil {
				if err != nil || len(out) != len(c.in) {
					t.Errorf("%d results, %v", len(out), err)
				}
				return
			}
			var e *Error
			if !errors.Is(err, c.want) || !errors.As(err, &e) || e.Statement != c.statement || e.Message != c.message {
				t.Errorf("got %#v, want %v of statement %d: %s", err, c.want, c.statement, c.message)
			}
		})
	}
}

func TestDecodeResultsRefusesOtherShapes(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]any{
		"a map":                    map[string]any{"status": "OK"},
		"a text":                   "OK",
		"an array of numbers":      []int{1},
		"an error without text":    []response{{Status: "ERR", Result: 1}},
		"a status of another type": []map[string]any{{"status": 1}},
	} {
		b, err := Marshal(v)
		require.NoError(t, err)
		if out, err := DecodeResults(b); err == nil {
			t.Errorf("%s gave %v", name, out)
		}
	}
}

func TestDecodeResponse(t *testing.T) {
	t.Parallel()
	type object = map[string]any
	for name, c := range map[string]struct {
		in   any
		want error
	}{
		"an array":  {[]int{1}, nil},
		"NONE":      {None{}, nil},
		"a map":     {object{"database": "d", "namespace": "n"}, nil},
		"not found": {object{"error": object{"code": -32000, "message": "x", "kind": "NotFound", "details": object{"kind": "Database"}}}, ErrNotFound},
		"a session that has ended is not a table that is missing": {
			object{"error": object{"message": "Session not found: 01", "kind": "NotFound", "details": object{"kind": "Session"}}}, ErrOther,
		},
		"a text only": {object{"error": object{"code": -32000, "message": "There was a problem with the database: The table 'x' already exists"}}, ErrAlreadyExists},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, err := Marshal(c.in)
			require.NoError(t, err)
			out, err := DecodeResponse(b)
			if c.want == nil {
				require.NoError(t, err)
				require.Equal(t, b, []byte(out))
				return
			}
			var e *Error
			if !errors.Is(err, c.want) || !errors.As(err, &e) || e.Statement != -1 {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if !strings.HasPrefix(err.Error(), "surreal: ") {
				t.Errorf("text %q", err)
			}
		})
	}
	for _, junk := range [][]byte{{0xa1}, {0xbf}, {0xa1, 0x65, 'e', 'r', 'r', 'o', 'r', 0x01}} {
		if _, err := DecodeResponse(junk); err == nil {
			t.Errorf("% x was accepted", junk)
		}
	}
}

func TestThrown(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]string{
		"An error occurred: stale": "stale",
		"stale":                    "stale",
		"There was a problem with the database: An error occurred: stale": "stale",
		"An error occurred: An error occurred: x":                         "An error occurred: x",
		"An error occurred: Cannot COMMIT: x":                             "Cannot COMMIT: x",
		"An error occurred: ":                                             "",
	} {
		if got, ok := Thrown(errors.Join(&Error{Kind: ErrThrown, Message: message})); !ok || got != want {
			t.Errorf("%q: %q, %v; want %q", message, got, ok, want)
		}
	}
	for _, err := range []error{nil, errors.New("An error occurred: x"), &Error{Kind: ErrOther, Message: "An error occurred: x"}} {
		if got, ok := Thrown(err); ok {
			t.Errorf("%v threw %q", err, got)
		}
	}
}

func TestResults(t *testing.T) {
	t.Parallel()
	one, err := Marshal(1)
	require.NoError(t, err)
	text, err := Marshal("x")
	require.NoError(t, err)
	r := Results{one, text}
	var n int
	var s string
	require.NoError(t, r.Into(0, &n))
	require.NoError(t, r.Last(&s))
	if n != 1 || s != "x" {
		t.Errorf("got %d and %q", n, s)
	}
	for _, i := range []int{-1, 2} {
		if err := r.Into(i, &n); err == nil {
			t.Errorf("result %d of two was there", i)
		}
	}
	if err := r.Into(1, &n); err == nil {
		t.Error("a text was decoded into an int")
	}
	if err := (Results{}).Last(&n); err == nil {
		t.Error("no results have a last one")
	}
}
