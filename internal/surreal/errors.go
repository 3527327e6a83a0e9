package surreal

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/fxamacker/cbor/v2"
)

// The kinds of failure that callers act on. Match them with errors.Is.
var (
	// ErrNotFound: a namespace, database, table or record that does not exist. Other things that are missing,
	// such as a function or the connection's session, are ErrOther: they never mean "no rows".
	ErrNotFound = errors.New("not found")
	// ErrAlreadyExists: a record id, a unique value or a name in the schema that is taken.
	ErrAlreadyExists = errors.New("already exists")
	// ErrConflict: another transaction touched the same rows first. Nothing was written; try again.
	ErrConflict = errors.New("conflict")
	// ErrTimeout: the statement ran longer than it may.
	ErrTimeout = errors.New("timeout")
	// ErrThrown: a THROW in our own statements; Thrown returns what was thrown.
	ErrThrown = errors.New("thrown")
	// ErrLost: the connection, or the embedded engine, ended between the request and its answer. What the
	// request wrote may be stored or not; a write finds out by its own id before it is sent again.
	ErrLost = errors.New("connection lost")
	// ErrUnreachable: the request was not sent, because there is no connection and none could be made. Nothing
	// was written.
	ErrUnreachable = errors.New("unreachable")
	// ErrDenied: the user, password or token is wrong, or may not do this. Nothing was written.
	ErrDenied = errors.New("denied")
	// ErrTooLarge: a request, or the answer to one, is over the limit for messages. The next one would be as well.
	ErrTooLarge = errors.New("message too large")
	// ErrOther is everything else.
	ErrOther = errors.New("failed")
)

// Error is the failure of a statement or request.
type Error struct {
	Kind      error  // one of the errors above
	Message   string // SurrealDB's text
	Statement int    // index of the statement, -1 for the request as a whole
}

func (e *Error) Error() string {
	if e.Statement < 0 {
		return fmt.Sprintf("surreal: %s", e.Message)
	}
	return fmt.Sprintf("surreal: statement %d: %s", e.Statement, e.Message)
}

// Is matches the kind.
func (e *Error) Is(target error) bool { return e.Kind == target }

// Thrown returns what a THROW statement threw, if that is what err is.
func Thrown(err error) (string, bool) {
	var e *Error
	if errors.As(err, &e) && e.Kind == ErrThrown {
		return strings.TrimPrefix(unwrapped(e.Message), thrownPrefix), true
	}
	return "", false
}

const thrownPrefix = "An error occurred: "

// reason is the kind within an error's details, "" if it has none.
func reason(details cbor.RawMessage) string {
	var d struct {
		Kind string `cbor:"kind"`
	}
	if len(details) == 0 || Unmarshal(details, &d) != nil {
		return ""
	}
	return d.Kind
}

// classify tells the kind of a failure from the kind and the reason in its details that SurrealDB 3 sends. Its
// text decides where those say nothing: SurrealDB 2 sends text only, and 3 calls the errors of unique indexes
// and of storage, conflicts among them, "Internal" or "NotExecuted".
func classify(kind, reason, message string) error {
	switch kind {
	case "Thrown":
		return ErrThrown
	case "AlreadyExists":
		if reason != "Session" {
			return ErrAlreadyExists
		}
		return ErrOther
	case "NotFound":
		if slices.Contains([]string{"Namespace", "Database", "Table", "Record"}, reason) {
			return ErrNotFound
		}
	case "Query":
		switch reason {
		case "TimedOut":
			return ErrTimeout
		case "TransactionConflict":
			return ErrConflict
		}
	case "NotAllowed":
		if reason == "Auth" || reason == "Method" {
			return ErrDenied
		}
		return ErrOther
	case "Validation", "Configuration", "Serialization", "Connection":
		return ErrOther
	}
	return classifyText(unwrapped(message))
}

// classifyText looks only at the parts of a text that SurrealDB wrote itself: many texts quote values of
// users, and none of those may pass for a conflict, which would be retried, or for another kind.
func classifyText(text string) error {
	switch {
	case strings.HasPrefix(text, thrownPrefix):
		return ErrThrown
	case startsWith(text, conflictTexts):
		return ErrConflict
	case startsWith(text, timeoutTexts):
		return ErrTimeout
	case startsWith(text, deniedTexts), text == "InvalidToken":
		return ErrDenied
	case strings.HasPrefix(text, "Database record `") && strings.HasSuffix(text, "` already exists"),
		strings.HasPrefix(text, "Database index `") && strings.Contains(text, "` already contains "),
		text == "The key being inserted already exists",
		names(text, "' already exists", definitions...):
		return ErrAlreadyExists
	case names(text, "' does not exist", "namespace", "database", "table", "record"):
		return ErrNotFound
	}
	return ErrOther
}

// conflictTexts begin the texts of conflicts in SurrealDB 2.0 to 3.1.
var conflictTexts = []string{
	"Transaction conflict: ",
	"Failed to commit transaction due to a read or write conflict",
	storageText + "Transaction read conflict",
	storageText + "Transaction write conflict",
	storageText + "Transaction retry required",
	storageText + "Resource busy",
	// The embedded engine's storage has this for every failure; engine.Session sorts out the medium's.
	storageText + "An IndexedDB error occured: ",
}

const storageText = "There was a problem with a transaction: "

var timeoutTexts = []string{
	"The query was not executed because it exceeded the timeout",
	"The transaction was not completed because it exceeded the timeout",
	"The transaction timed out: ",
	"Timed out: ",
}

// deniedTexts begin the texts of SurrealDB 2 about who may not do something.
var deniedTexts = []string{
	"There was a problem with authentication",
	"The session has expired",
	"The token has expired",
	"IAM error: ",
	"Anonymous access not allowed: ",
}

// definitions are the nouns of "The … 'x' already exists".
var definitions = []string{
	"namespace", "database", "table", "record", "index", "field", "event", "analyzer", "function", "param",
	"sequence", "module", "model", "bucket", "root user",
}

// wrappers begin texts that hold another text.
var wrappers = []string{
	"There was a problem with the database: ", // every error of a request in SurrealDB 2
	"There was a problem with the key-value store: ",
	"There was an internal error: ",
	"Query not executed: ", // COMMIT in 3.0
	"Cannot COMMIT: ",      // COMMIT in 3.1
	failedTransaction + ". ",
}

// unwrapped returns the innermost text.
func unwrapped(text string) string {
	for i := 0; i < len(wrappers); {
		rest, ok := strings.CutPrefix(text, wrappers[i])
		if !ok {
			i++
			continue
		}
		text, i = rest, 0
	}
	// SurrealDB 2 has another name for the errors of storage.
	if rest, ok := strings.CutPrefix(text, "There was a problem with a datastore transaction: "); ok {
		return storageText + rest
	}
	return text
}

func startsWith(text string, beginnings []string) bool {
	return slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(text, b) })
}

// names reports whether text is "The noun 'anything" and then the ending.
func names(text, ending string, nouns ...string) bool {
	if !strings.HasSuffix(text, ending) {
		return false
	}
	return slices.ContainsFunc(nouns, func(noun string) bool { return strings.HasPrefix(text, "The "+noun+" '") })
}

const (
	failedTransaction    = "The query was not executed due to a failed transaction"
	cancelledTransaction = "The query was not executed due to a cancelled transaction"
	abortedTransaction   = "Cannot COMMIT: the transaction was aborted"
)

// consequence reports whether a statement failed only because another of its transaction did.
func consequence(message string) bool {
	return message == failedTransaction || strings.HasPrefix(message, failedTransaction+": ") ||
		message == cancelledTransaction || strings.HasPrefix(message, abortedTransaction)
}
