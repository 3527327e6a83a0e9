package surreal

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/fxamacker/cbor/v2"
	"github.com/surrealdb/surrealdb.go/pkg/models"
)

// ErrMalformed is returned for a value of a kind that has no place in the Go value it is decoded into, and
// for a Go value that SurrealDB cannot hold. (What is not CBOR at all fails with the CBOR library's errors.)
var ErrMalformed = errors.New("surreal: malformed value")

// The limits of what a response may hold: the database is ours, but its bytes cross a wire.
const (
	maxElements = 16 << 20
	maxNesting  = 64
)

var (
	encoder = must(cbor.EncOptions{
		Time:    cbor.TimeRFC3339Nano,
		TimeTag: cbor.EncTagRequired,
		Sort:    cbor.SortBytewiseLexical,
	}.EncMode())
	decoder = must(cbor.DecOptions{
		DefaultMapType:    reflect.TypeFor[map[string]any](),
		IntDec:            cbor.IntDecConvertSignedOrFail,
		FieldNameMatching: cbor.FieldNameMatchingCaseSensitive,
		MaxArrayElements:  maxElements,
		MaxMapPairs:       maxElements,
		MaxNestedLevels:   maxNesting,
	}.DecMode())
)

func must[M any](mode M, err error) M {
	if err != nil {
		panic(err) // the options above are constants
	}
	return mode
}

// Marshal encodes a value for SurrealDB. Strings have to be UTF-8, and integers are at most math.MaxInt64:
// SurrealDB refuses the whole request for the one and wraps the other without a word.
func Marshal(v any) ([]byte, error) { return encoder.Marshal(v) }

// Unmarshal decodes a value from SurrealDB into a struct, slice, map or basic type. A field that is missing
// stays as it was, NULL and NONE leave the zero value; Optional tells them apart. Names of fields match in
// their exact case. Into an any, values with a tag that Go has no type for arrive through Decode.
func Unmarshal(b []byte, v any) error { return decoder.Unmarshal(b, v) }

// Decode turns any value from SurrealDB into plain Go: map[string]any, []any, string, int64, float64, bool,
// []byte, RecordID, Datetime, UUID, None for NONE and nil for NULL. Other tags keep their content: a decimal
// is its text, a duration up to two numbers (seconds and nanoseconds), a set its elements, and so on. A record
// id whose key is not a string is an ErrMalformed.
func Decode(b []byte) (any, error) {
	var v any
	if err := decoder.Unmarshal(b, &v); err != nil {
		return nil, err
	}
	return plain(v)
}

func plain(v any) (any, error) {
	switch x := v.(type) {
	case cbor.Tag:
		return untagged(x)
	case []any:
		for i := range x {
			p, err := plain(x[i])
			if err != nil {
				return nil, err
			}
			x[i] = p
		}
	case map[string]any:
		for k := range x {
			p, err := plain(x[k])
			if err != nil {
				return nil, err
			}
			x[k] = p
		}
	}
	return v, nil
}

func untagged(t cbor.Tag) (any, error) {
	parts, _ := t.Content.([]any)
	switch t.Number {
	case models.TagNone:
		return None{}, nil
	case models.TagRecordID:
		if len(parts) == 2 {
			table, isTable := parts[0].(string)
			key, isKey := parts[1].(string)
			if isTable && isKey {
				return RecordID{table, key}, nil
			}
		}
		return nil, fmt.Errorf("%w: not a record id with a string key", ErrMalformed)
	case models.TagCustomDatetime:
		if len(parts) == 2 {
			seconds, isSeconds := parts[0].(int64)
			nanoseconds, isNanoseconds := parts[1].(int64)
			if isSeconds && isNanoseconds {
				var d Datetime
				err := d.set(seconds, nanoseconds)
				return d, err
			}
		}
		return nil, fmt.Errorf("%w: not a datetime", ErrMalformed)
	case models.TagSpecBinaryUUID:
		var u UUID
		if content, _ := t.Content.([]byte); copy(u[:], content) == len(u) && len(content) == len(u) {
			return u, nil
		}
		return nil, fmt.Errorf("%w: not a UUID", ErrMalformed)
	}
	return plain(t.Content)
}
