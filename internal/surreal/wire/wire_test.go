package wire_test

import (
	"encoding/hex"
	"errors"
	"math"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/surreal/wire"
)

func TestReadHead(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		hex  string
		want wire.Head
		size int
		err  error
	}{
		{"00", wire.Head{Major: wire.Uint}, 1, nil},
		{"37", wire.Head{Major: wire.Nint, Info: 23, N: 23}, 1, nil},
		{"57ff", wire.Head{Major: wire.Bytes, Info: 23, N: 23}, 1, nil},
		{"7818", wire.Head{Major: wire.Text, Info: 24, N: 24}, 2, nil},
		{"9801", wire.Head{Major: wire.Array, Info: 24, N: 1}, 2, nil},
		{"b9010203", wire.Head{Major: wire.Map, Info: 25, N: 0x0102}, 3, nil},
		{"da01020304", wire.Head{Major: wire.Tag, Info: 26, N: 0x0102_0304}, 5, nil},
		{"fb0102030405060708", wire.Head{Major: wire.Simple, Info: 27, N: 0x0102_0304_0506_0708}, 9, nil},
		{"1bffffffffffffffff", wire.Head{Major: wire.Uint, Info: 27, N: math.MaxUint64}, 9, nil},
		{"", wire.Head{}, 0, wire.ErrShort},
		{"18", wire.Head{}, 0, wire.ErrShort},
		{"3900", wire.Head{}, 0, wire.ErrShort},
		{"5a000000", wire.Head{}, 0, wire.ErrShort},
		{"fb00000000000000", wire.Head{}, 0, wire.ErrShort},
		{"1c0000", wire.Head{}, 0, wire.ErrIndefinite},
		{"5d", wire.Head{}, 0, wire.ErrIndefinite},
		{"de", wire.Head{}, 0, wire.ErrIndefinite},
		{"9fff", wire.Head{}, 0, wire.ErrIndefinite},
		{"ff", wire.Head{}, 0, wire.ErrIndefinite},
	} {
		b, err := hex.DecodeString(test.hex)
		require.NoError(t, err)
		got, size, err := wire.ReadHead(b)
		if got != test.want || size != test.size || !errors.Is(err, test.err) {
			t.Errorf("%s is %+v of %d bytes, %v, want %+v of %d bytes, %v", test.hex, got, size, err, test.want, test.size, test.err)
		}
	}
}

func TestInt(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		head wire.Head
		want int64
		err  error
	}{
		{wire.Head{Major: wire.Uint, N: math.MaxInt64}, math.MaxInt64, nil},
		{wire.Head{Major: wire.Nint, N: math.MaxInt64}, math.MinInt64, nil},
		{wire.Head{Major: wire.Nint}, -1, nil},
		{wire.Head{Major: wire.Uint, N: math.MaxInt64 + 1}, 0, wire.ErrIntRange},
		{wire.Head{Major: wire.Nint, N: math.MaxInt64 + 1}, 0, wire.ErrIntRange},
		{wire.Head{Major: wire.Bytes, N: 1}, 0, wire.ErrNotInt},
		{wire.Head{Major: wire.Tag, N: math.MaxUint64}, 0, wire.ErrNotInt},
	} {
		if got, err := test.head.Int(); got != test.want || !errors.Is(err, test.err) {
			t.Errorf("%+v is %d, %v, want %d, %v", test.head, got, err, test.want, test.err)
		}
	}
}

// What is written is what the CBOR library writes, is read back, and is missed if a byte of its head is.
func FuzzRoundTrip(f *testing.F) {
	for _, n := range []uint64{0, 23, 24, math.MaxUint8, 256, math.MaxUint16, 65536, math.MaxUint32, math.MaxUint32 + 1, math.MaxInt64, math.MaxUint64} {
		f.Add(byte(wire.Array), n, "x")
		f.Add(byte(wire.Uint), ^n, "")
	}
	f.Fuzz(func(t *testing.T, major byte, n uint64, text string) {
		major &= 7
		b := wire.AppendHead([]byte(text), major, n)
		require.Equal(t, text, string(b[:len(text)]))
		b = b[len(text):]
		h, size, err := wire.ReadHead(append(b, text...))
		if err != nil || size != len(b) || h.Major != major || h.N != n {
			t.Errorf("% x is %+v of %d bytes, %v", b, h, size, err)
		}
		for cut := range b {
			if h, _, err := wire.ReadHead(b[:cut]); err != wire.ErrShort {
				t.Errorf("% x is %+v, %v", b[:cut], h, err)
			}
		}
		want, err := cbor.Marshal(int64(n))
		require.NoError(t, err)
		integer := wire.AppendInt(nil, int64(n))
		if string(integer) != string(want) {
			t.Errorf("%d became % x, not % x", int64(n), integer, want)
		}
		h, _, err = wire.ReadHead(integer)
		require.NoError(t, err)
		if got, err := h.Int(); got != int64(n) || err != nil {
			t.Errorf("% x is %d, %v", integer, got, err)
		}
		want, err = cbor.Marshal(text)
		require.NoError(t, err)
		if got := wire.AppendText(nil, text); string(got) != string(want) {
			t.Errorf("%q became % x, not % x", text, got, want)
		}
		if got := wire.AppendText(nil, []byte(text)); string(got) != string(want) {
			t.Errorf("%q became % x, not % x", text, got, want)
		}
	})
}

// An integer is read if and only if the CBOR library reads it, and is the same.
func FuzzReadHead(f *testing.F) {
	for _, s := range []string{"", "\x00", "\x18\x18", "\x39\x01", "\x3a\x00\x00\x01\x00", "\x1b\x80\x00\x00\x00\x00\x00\x00\x00", "\x1c", "\x3f", "\xf8\x20"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		h, size, err := wire.ReadHead(b)
		if err != nil {
			if h != (wire.Head{}) || size != 0 {
				t.Errorf("% x is %+v of %d bytes and %v", b, h, size, err)
			}
		} else if size < 1 || size > len(b) || h.Major != b[0]>>5 || h.Info != b[0]&31 || h.Info > 27 {
			t.Fatalf("% x is %+v of %d bytes", b, h, size)
		}
		// An integer is all head.
		if len(b) == 0 || b[0]>>5 > wire.Nint {
			return
		}
		var want int64
		_, libraryErr := cbor.UnmarshalFirst(b, &want)
		var got int64
		if err == nil {
			got, err = h.Int()
		}
		if (err == nil) != (libraryErr == nil) || got != want {
			t.Errorf("% x is %d, %v, but %d, %v to the library", b, got, err, want, libraryErr)
		}
	})
}
