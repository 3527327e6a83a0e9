package dump

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"slices"
)

// The major types of CBOR (RFC 8949, section 3.1).
const (
	majorUint   = 0
	majorNint   = 1
	majorBytes  = 2
	majorText   = 3
	majorArray  = 4
	majorMap    = 5
	majorTag    = 6
	majorSimple = 7
)

// The simple values, as the low five bits of their head.
const (
	simpleFalse   = 20
	simpleTrue    = 21
	simpleNull    = 22
	simpleFloat16 = 25
	simpleFloat32 = 26
	simpleFloat64 = 27
)

// tagSet is SurrealDB's tag of sets; the SDK does not name it.
const tagSet = 56

// uuidSize is the size of a UUID.
const uuidSize = 16

// appendHead appends the head of an item in its shortest form.
func appendHead(b []byte, major byte, n uint64) []byte {
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

func appendText(b []byte, text []byte) []byte {
	return append(appendHead(b, majorText, uint64(len(text))), text...)
}

func appendInt(b []byte, n int64) []byte {
	if n < 0 {
		return appendHead(b, majorNint, uint64(^n))
	}
	return appendHead(b, majorUint, uint64(n))
}

// appendFloat appends f in the shortest form that keeps its value, as SurrealDB does.
func appendFloat(b []byte, f float64) []byte {
	if math.IsNaN(f) {
		return append(b, majorSimple<<5|simpleFloat16, 0x7e, 0)
	}
	single := float32(f)
	if float64(single) != f {
		return binary.BigEndian.AppendUint64(append(b, majorSimple<<5|simpleFloat64), math.Float64bits(f))
	}
	if half, ok := toHalf(single); ok {
		return binary.BigEndian.AppendUint16(append(b, majorSimple<<5|simpleFloat16), half)
	}
	return binary.BigEndian.AppendUint32(append(b, majorSimple<<5|simpleFloat32), math.Float32bits(single))
}

// toHalf returns f, which is not NaN, as an IEEE 754 half, if one has its exact value.
func toHalf(f float32) (uint16, bool) {
	bits := math.Float32bits(f)
	sign, exponent, fraction := uint16(bits>>16&0x8000), int(bits>>23&0xff)-127, bits&0x7f_ffff
	switch {
	case f == 0:
		return sign, true
	case exponent == 128:
		return sign | 0x7c00, true
	case exponent > 15 || exponent < -24:
		return 0, false
	case exponent >= -14:
		return sign | uint16(exponent+15)<<10 | uint16(fraction>>13), fraction&0x1fff == 0
	}
	// Subnormal: units of 2^-24, with the leading bit in the fraction.
	shift := -exponent - 1
	fraction |= 0x80_0000
	return sign | uint16(fraction>>shift), fraction&(1<<shift-1) == 0
}

// fromHalf returns the value of an IEEE 754 half.
func fromHalf(half uint16) float64 {
	exponent, fraction := int(half>>10&0x1f), float64(half&0x3ff)
	var f float64
	switch exponent {
	case 0:
		f = math.Ldexp(fraction, -24)
	case 31:
		if f = math.Inf(1); fraction != 0 {
			f = math.NaN()
		}
	default:
		f = math.Ldexp(1024+fraction, exponent-25)
	}
	if half>>15 == 1 {
		f = -f
	}
	return f
}

var (
	errShort      = errors.New("not well-formed CBOR")
	errIndefinite = errors.New("CBOR of indefinite length or of a reserved kind")
)

// head is the head of a CBOR item: its major type, the low five bits, and the argument.
type head struct {
	major, info byte
	n           uint64
}

// cursor takes items off the front of b.
type cursor struct {
	b   []byte
	pos int
}

func (c *cursor) head() (head, error) {
	if c.pos >= len(c.b) {
		return head{}, errShort
	}
	first := c.b[c.pos]
	h := head{first >> 5, first & 31, uint64(first & 31)}
	c.pos++
	if h.info < 24 {
		return h, nil
	}
	if h.info > 27 {
		return head{}, errIndefinite
	}
	size := 1 << (h.info - 24)
	if len(c.b)-c.pos < size {
		return head{}, errShort
	}
	switch argument := c.b[c.pos:]; size {
	case 1:
		h.n = uint64(argument[0])
	case 2:
		h.n = uint64(binary.BigEndian.Uint16(argument))
	case 4:
		h.n = uint64(binary.BigEndian.Uint32(argument))
	case 8:
		h.n = binary.BigEndian.Uint64(argument)
	}
	c.pos += size
	return h, nil
}

// content takes the n bytes of a string, without copying them.
func (c *cursor) content(n uint64) ([]byte, error) {
	if n > uint64(len(c.b)-c.pos) {
		return nil, errShort
	}
	from := c.pos
	c.pos += int(n)
	return c.b[from:c.pos], nil
}

// int takes an integer that is in the range of an int64.
func (c *cursor) int() (int64, error) {
	h, err := c.head()
	if err != nil {
		return 0, err
	}
	return h.int()
}

func (h head) int() (int64, error) {
	switch {
	case h.major > majorNint:
		return 0, errors.New("no integer where one belongs")
	case h.n > math.MaxInt64:
		return 0, errors.New("an integer that SurrealDB cannot hold")
	case h.major == majorNint:
		return ^int64(h.n), nil
	}
	return int64(h.n), nil
}

// span is a part of a buffer: the key of an object.
type span struct{ from, to int }

// repeated returns a key that is there twice. It sorts the keys, unless they are in order.
func repeated(buf []byte, keys []span) (span, bool) {
	compare := func(a, b span) int { return bytes.Compare(buf[a.from:a.to], buf[b.from:b.to]) }
	ascending := true
	for i := 1; i < len(keys) && ascending; i++ {
		ascending = compare(keys[i-1], keys[i]) < 0
	}
	if ascending {
		return span{}, false
	}
	slices.SortFunc(keys, compare)
	for i := 1; i < len(keys); i++ {
		if compare(keys[i-1], keys[i]) == 0 {
			return keys[i], true
		}
	}
	return span{}, false
}
