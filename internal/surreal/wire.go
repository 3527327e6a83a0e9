package surreal

import (
	"encoding/binary"
	"fmt"
	"unicode/utf8"
)

// The fixed shapes of ids, times and UUIDs are read and written by hand: they are in every row, and the CBOR
// library takes several calls and allocations for each.

// The major types of CBOR (RFC 8949, section 3.1).
const (
	majorUint  = 0
	majorNint  = 1
	majorBytes = 2
	majorText  = 3
	majorArray = 4
	majorMap   = 5
	majorTag   = 6
)

var (
	nullCBOR = []byte{0xf6}
	noneCBOR = []byte{0xc6, 0xf6}
)

// appendHead appends the head of an item in its shortest form.
func appendHead(b []byte, major byte, n uint64) []byte {
	m := major << 5
	switch {
	case n < 24:
		return append(b, m|byte(n))
	case n <= 0xff:
		return append(b, m|24, byte(n))
	case n <= 0xffff:
		return binary.BigEndian.AppendUint16(append(b, m|25), uint16(n))
	case n <= 0xffff_ffff:
		return binary.BigEndian.AppendUint32(append(b, m|26), uint32(n))
	}
	return binary.BigEndian.AppendUint64(append(b, m|27), n)
}

func appendText(b []byte, s string) []byte {
	return append(appendHead(b, majorText, uint64(len(s))), s...)
}

func appendInt(b []byte, n int64) []byte {
	if n < 0 {
		return appendHead(b, majorNint, uint64(^n))
	}
	return appendHead(b, majorUint, uint64(n))
}

// reader takes items off the front of b. The first that is not what was asked for, or is not all there, makes
// it fail for good. Items of indefinite length, which SurrealDB does not send, fail as well.
type reader struct {
	b      []byte
	failed bool
}

// head takes the head of an item and returns its major type and argument.
func (r *reader) head() (major byte, n uint64) {
	if len(r.b) == 0 {
		r.failed = true
		return 0, 0
	}
	major, n = r.b[0]>>5, uint64(r.b[0]&31)
	size := 0
	switch {
	case n < 24:
	case n <= 27:
		size = 1 << (n - 24)
	default:
		r.failed = true
	}
	if r.failed || len(r.b) < 1+size {
		r.failed = true
		return 0, 0
	}
	switch argument := r.b[1:]; size {
	case 1:
		n = uint64(argument[0])
	case 2:
		n = uint64(binary.BigEndian.Uint16(argument))
	case 4:
		n = uint64(binary.BigEndian.Uint32(argument))
	case 8:
		n = binary.BigEndian.Uint64(argument)
	}
	r.b = r.b[1+size:]
	return major, n
}

// expect takes a head that must be this one.
func (r *reader) expect(major byte, n uint64) {
	if m, got := r.head(); m != major || got != n {
		r.failed = true
	}
}

// content takes a string of the given major type, without copying it.
func (r *reader) content(major byte) []byte {
	m, n := r.head()
	if m != major || n > uint64(len(r.b)) {
		r.failed = true
	}
	if r.failed {
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *reader) text() string {
	b := r.content(majorText)
	if !utf8.Valid(b) {
		r.failed = true
		return ""
	}
	return string(b)
}

func (r *reader) int() int64 {
	m, n := r.head()
	if m > majorNint || n > 1<<63-1 {
		r.failed = true
		return 0
	}
	if m == majorNint {
		return ^int64(n)
	}
	return int64(n)
}

// end returns an error if something failed or is left over.
func (r *reader) end(what string) error {
	if r.failed || len(r.b) > 0 {
		return fmt.Errorf("%w: not %s", ErrMalformed, what)
	}
	return nil
}
