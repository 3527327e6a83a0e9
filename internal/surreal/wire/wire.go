// Package wire reads and writes the heads of CBOR items (RFC 8949, section 3), and the items that are little more
// than a head. It is for code that takes the few shapes that it knows off a buffer faster than a CBOR library does.
package wire

import (
	"encoding/binary"
	"errors"
	"math"
)

// The major types of CBOR (RFC 8949, section 3.1).
const (
	Uint   = 0
	Nint   = 1 // a negative integer: its argument is -1 minus its value
	Bytes  = 2
	Text   = 3
	Array  = 4
	Map    = 5
	Tag    = 6
	Simple = 7 // simple values and floats
)

// What is wrong with a head, or with the integer that it should be.
var (
	ErrShort      = errors.New("not well-formed CBOR")
	ErrIndefinite = errors.New("CBOR of indefinite length or of a reserved kind")
	ErrNotInt     = errors.New("no integer where one belongs")
	ErrIntRange   = errors.New("an integer that SurrealDB cannot hold")
)

// AppendHead appends the head of an item in its shortest form.
func AppendHead(b []byte, major byte, n uint64) []byte {
	m := major << 5
	switch {
	case n < 24:
		return append(b, m|byte(n))
	case n <= math.MaxUint8:
		return append(b, m|24, byte(n))
	case n <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(b, m|25), uint16(n))
	case n <= math.MaxUint32:
		return binary.BigEndian.AppendUint32(append(b, m|26), uint32(n))
	}
	return binary.BigEndian.AppendUint64(append(b, m|27), n)
}

// AppendText appends a text, which has to be UTF-8.
func AppendText[T string | []byte](b []byte, text T) []byte {
	return append(AppendHead(b, Text, uint64(len(text))), text...)
}

// AppendInt appends an integer in its shortest form.
func AppendInt(b []byte, n int64) []byte {
	if n < 0 {
		return AppendHead(b, Nint, uint64(^n))
	}
	return AppendHead(b, Uint, uint64(n))
}

// Head is the head of an item.
type Head struct {
	Major byte   // the major type
	Info  byte   // the low five bits, below 28: they tell the simple values and the widths of floats apart
	N     uint64 // the argument: a number, a length in bytes or items, a tag, or the bits of a float
}

// ReadHead reads the head that b begins with, in any of its forms, and tells its size in bytes. Its errors are
// ErrShort if b does not hold all of it, and ErrIndefinite for items of indefinite length, which SurrealDB does not
// send, their ends, and what the standard reserves.
func ReadHead(b []byte) (h Head, size int, err error) {
	if len(b) == 0 {
		return Head{}, 0, ErrShort
	}
	h = Head{b[0] >> 5, b[0] & 31, uint64(b[0] & 31)}
	if h.Info < 24 {
		return h, 1, nil
	}
	if h.Info > 27 {
		return Head{}, 0, ErrIndefinite
	}
	size = 1 << (h.Info - 24)
	if len(b) < 1+size {
		return Head{}, 0, ErrShort
	}
	switch argument := b[1:]; size {
	case 1:
		h.N = uint64(argument[0])
	case 2:
		h.N = uint64(binary.BigEndian.Uint16(argument))
	case 4:
		h.N = uint64(binary.BigEndian.Uint32(argument))
	case 8:
		h.N = binary.BigEndian.Uint64(argument)
	}
	return h, 1 + size, nil
}

// Int returns the integer that the head is. Its errors are ErrNotInt, and ErrIntRange for what is not in the range
// of an int64.
func (h Head) Int() (int64, error) {
	switch {
	case h.Major > Nint:
		return 0, ErrNotInt
	case h.N > math.MaxInt64:
		return 0, ErrIntRange
	case h.Major == Nint:
		return ^int64(h.N), nil
	}
	return int64(h.N), nil
}
