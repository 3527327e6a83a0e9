package surreal

import (
	"bytes"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/surrealdb/surrealdb.go/pkg/models"

	"github.com/spectron-go/spectron/internal/surreal/wire"
)

// RecordID names a record: its table and its key. Keys are strings here, never arrays or numbers.
type RecordID struct {
	Table string
	Key   string
}

// String renders the id as "table:key", the form that the library hands out.
func (id RecordID) String() string { return id.Table + ":" + id.Key }

// IsZero reports whether the id names nothing.
func (id RecordID) IsZero() bool { return id == RecordID{} }

// MarshalCBOR encodes the id with the tag of record ids. An id without table or key, or with one that is not
// UTF-8, is an ErrMalformed.
func (id RecordID) MarshalCBOR() ([]byte, error) {
	if id.Table == "" || id.Key == "" || !utf8.ValidString(id.Table) || !utf8.ValidString(id.Key) {
		return nil, fmt.Errorf("%w: record id of table %q and key %q", ErrMalformed, id.Table, id.Key)
	}
	b := make([]byte, 0, 12+len(id.Table)+len(id.Key))
	b = wire.AppendHead(b, wire.Tag, models.TagRecordID)
	b = wire.AppendHead(b, wire.Array, 2)
	return wire.AppendText(wire.AppendText(b, id.Table), id.Key), nil
}

// UnmarshalCBOR decodes a record id; NONE and NULL give the zero id.
func (id *RecordID) UnmarshalCBOR(b []byte) error {
	*id = RecordID{}
	if isNothing(b) {
		return nil
	}
	r := reader{b: b}
	r.expect(wire.Tag, models.TagRecordID)
	r.expect(wire.Array, 2)
	got := RecordID{r.text(), r.text()}
	if err := r.end("a record id with a string key"); err != nil {
		return err
	}
	*id = got
	return nil
}

// Datetime is a point in time with nanoseconds, in UTC. The zero time travels as NONE. SurrealDB's times
// reach from the year -262143 to 262142.
type Datetime struct{ time.Time }

// At wraps t for a parameter or a row.
func At(t time.Time) Datetime { return Datetime{t} }

// The limits of SurrealDB's datetimes. (Nanoseconds over a second stand for a leap second.)
const (
	minUnix    = -8_334_601_228_800 // -262143-01-01T00:00:00Z
	maxUnix    = 8_210_266_876_799  // 262142-12-31T23:59:59Z
	maxSubsecs = 1_999_999_999
)

// MarshalCBOR encodes the time with the tag of datetimes, and the zero time as NONE. A time that SurrealDB
// cannot hold is an ErrMalformed.
func (d Datetime) MarshalCBOR() ([]byte, error) {
	if d.IsZero() {
		return noneCBOR, nil
	}
	seconds := d.Unix()
	if seconds < minUnix || seconds > maxUnix {
		return nil, fmt.Errorf("%w: datetime %d seconds from 1970", ErrMalformed, seconds)
	}
	b := make([]byte, 0, 16)
	b = wire.AppendHead(b, wire.Tag, models.TagCustomDatetime)
	b = wire.AppendHead(b, wire.Array, 2)
	return wire.AppendInt(wire.AppendInt(b, seconds), int64(d.Nanosecond())), nil
}

// UnmarshalCBOR decodes a datetime; NONE and NULL give the zero time.
func (d *Datetime) UnmarshalCBOR(b []byte) error {
	*d = Datetime{}
	if isNothing(b) {
		return nil
	}
	r := reader{b: b}
	r.expect(wire.Tag, models.TagCustomDatetime)
	r.expect(wire.Array, 2)
	seconds, nanoseconds := r.int(), r.int()
	if err := r.end("a datetime"); err != nil {
		return err
	}
	return d.set(seconds, nanoseconds)
}

func (d *Datetime) set(seconds, nanoseconds int64) error {
	if seconds < minUnix || seconds > maxUnix || nanoseconds < 0 || nanoseconds > maxSubsecs {
		return fmt.Errorf("%w: datetime of %d seconds and %d nanoseconds", ErrMalformed, seconds, nanoseconds)
	}
	d.Time = time.Unix(seconds, nanoseconds).UTC()
	return nil
}

// UUID is a binary UUID.
type UUID [16]byte

// MarshalCBOR encodes the UUID with the tag of binary UUIDs.
func (u UUID) MarshalCBOR() ([]byte, error) {
	b := wire.AppendHead(make([]byte, 0, 3+len(u)), wire.Tag, models.TagSpecBinaryUUID)
	return append(wire.AppendHead(b, wire.Bytes, uint64(len(u))), u[:]...), nil
}

// UnmarshalCBOR decodes a binary UUID; NONE and NULL give the zero UUID.
func (u *UUID) UnmarshalCBOR(b []byte) error {
	*u = UUID{}
	if isNothing(b) {
		return nil
	}
	r := reader{b: b}
	r.expect(wire.Tag, models.TagSpecBinaryUUID)
	content := r.content(wire.Bytes)
	if len(content) != len(u) {
		r.failed = true
	}
	if err := r.end("a UUID"); err != nil {
		return err
	}
	copy(u[:], content)
	return nil
}

// None is SurrealDB's NONE: a field that is not there, unlike NULL, which is nil.
type None struct{}

// MarshalCBOR encodes NONE.
func (None) MarshalCBOR() ([]byte, error) { return noneCBOR, nil }

// UnmarshalCBOR accepts NONE only.
func (*None) UnmarshalCBOR(b []byte) error {
	if !bytes.Equal(b, noneCBOR) {
		return fmt.Errorf("%w: not NONE", ErrMalformed)
	}
	return nil
}

// Optional is a field that may be there, be NULL, or not be there at all. (A pointer will not do: NONE makes
// it point to a zero value.)
type Optional[T any] struct {
	State State
	Value T // set when State is Present
}

// State tells a value from NULL and NONE.
type State uint8

// The three states. A field that the row does not have at all stays Missing, as NONE does.
const (
	Missing State = iota
	Null
	Present
)

// Some is an Optional that holds v.
func Some[T any](v T) Optional[T] { return Optional[T]{Present, v} }

// MarshalCBOR encodes the value, NULL or NONE.
func (o Optional[T]) MarshalCBOR() ([]byte, error) {
	switch o.State {
	case Present:
		return encoder.Marshal(o.Value)
	case Null:
		return nullCBOR, nil
	}
	return noneCBOR, nil
}

// UnmarshalCBOR tells NONE, NULL and a value apart.
func (o *Optional[T]) UnmarshalCBOR(b []byte) error {
	*o = Optional[T]{}
	switch {
	case bytes.Equal(b, noneCBOR):
		return nil
	case bytes.Equal(b, nullCBOR):
		o.State = Null
		return nil
	}
	if err := decoder.Unmarshal(b, &o.Value); err != nil {
		return err
	}
	o.State = Present
	return nil
}

func isNothing(b []byte) bool { return bytes.Equal(b, nullCBOR) || bytes.Equal(b, noneCBOR) }
