package dump

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"

	"github.com/x448/float16"

	"github.com/spectron-go/spectron/internal/surreal/wire"
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

// appendFloat appends f in the shortest form that keeps its value, as SurrealDB does.
func appendFloat(b []byte, f float64) []byte {
	if math.IsNaN(f) {
		return append(b, wire.Simple<<5|simpleFloat16, 0x7e, 0)
	}
	single := float32(f)
	if float64(single) != f {
		return binary.BigEndian.AppendUint64(append(b, wire.Simple<<5|simpleFloat64), math.Float64bits(f))
	}
	if half := float16.Fromfloat32(single); half.Float32() == single {
		return binary.BigEndian.AppendUint16(append(b, wire.Simple<<5|simpleFloat16), half.Bits())
	}
	return binary.BigEndian.AppendUint32(append(b, wire.Simple<<5|simpleFloat32), math.Float32bits(single))
}

// cursor takes items off the front of b.
type cursor struct {
	b   []byte
	pos int
}

func (c *cursor) head() (wire.Head, error) {
	h, size, err := wire.ReadHead(c.b[c.pos:])
	c.pos += size
	return h, err
}

// content takes the n bytes of a string, without copying them.
func (c *cursor) content(n uint64) ([]byte, error) {
	if n > uint64(len(c.b)-c.pos) {
		return nil, wire.ErrShort
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
	return h.Int()
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
