package surreal

import (
	"fmt"
	"unicode/utf8"

	"github.com/spectron-go/spectron/internal/surreal/wire"
)

// The fixed shapes of ids, times and UUIDs are read and written by hand: they are in every row, and the CBOR
// library takes several calls and allocations for each.

var (
	nullCBOR = []byte{0xf6}
	noneCBOR = []byte{0xc6, 0xf6}
)

// reader takes items off the front of b. The first that is not what was asked for, or is not all there, makes
// it fail for good. Items of indefinite length, which SurrealDB does not send, fail as well.
type reader struct {
	b      []byte
	failed bool
}

// head takes the head of an item.
func (r *reader) head() wire.Head {
	h, size, err := wire.ReadHead(r.b)
	if err != nil {
		r.failed = true
	}
	r.b = r.b[size:]
	return h
}

// expect takes a head that must be this one.
func (r *reader) expect(major byte, n uint64) {
	if h := r.head(); h.Major != major || h.N != n {
		r.failed = true
	}
}

// content takes a string of the given major type, without copying it.
func (r *reader) content(major byte) []byte {
	h := r.head()
	if h.Major != major || h.N > uint64(len(r.b)) {
		r.failed = true
	}
	if r.failed {
		return nil
	}
	out := r.b[:h.N]
	r.b = r.b[h.N:]
	return out
}

func (r *reader) text() string {
	b := r.content(wire.Text)
	if !utf8.Valid(b) {
		r.failed = true
		return ""
	}
	return string(b)
}

func (r *reader) int() int64 {
	n, err := r.head().Int()
	if err != nil {
		r.failed = true
	}
	return n
}

// end returns an error if something failed or is left over.
func (r *reader) end(what string) error {
	if r.failed || len(r.b) > 0 {
		return fmt.Errorf("%w: not %s", ErrMalformed, what)
	}
	return nil
}
