package engine

import (
	"fmt"
	"strconv"
)

// value is a JavaScript value, as far as the module needs one. typeOf is what the typeof operator says.
type value interface{ typeOf() string }

type (
	undefined struct{}
	null      struct{}
	boolean   bool
	number    float64
	bigInt    int64
	bigUint   uint64
	str       string

	object struct{ fields map[string]value }
	array  struct{ items []value }

	// arrayBuffer owns bytes; uint8Array is a window on them, or on the module's memory.
	arrayBuffer struct{ b []byte }
	uint8Array  struct {
		buf *arrayBuffer
		// view is set for a window on the module's memory, which moves when it grows: then buf is nil.
		view *memoryView
	}
	memoryView struct{ ptr, len uint32 }

	jsError     struct{ name, message string }
	date        struct{ ms float64 }
	global      struct{}
	performance struct{}
	crypto      struct{}

	// engineHandle wraps the module's own SurrealWasmEngine.
	engineHandle struct{ ptr uint32 }
)

func (undefined) typeOf() string     { return "undefined" }
func (null) typeOf() string          { return "object" }
func (boolean) typeOf() string       { return "boolean" }
func (number) typeOf() string        { return "number" }
func (bigInt) typeOf() string        { return "bigint" }
func (bigUint) typeOf() string       { return "bigint" }
func (str) typeOf() string           { return "string" }
func (*object) typeOf() string       { return "object" }
func (*array) typeOf() string        { return "object" }
func (*arrayBuffer) typeOf() string  { return "object" }
func (*uint8Array) typeOf() string   { return "object" }
func (*jsError) typeOf() string      { return "object" }
func (date) typeOf() string          { return "object" }
func (global) typeOf() string        { return "object" }
func (performance) typeOf() string   { return "object" }
func (crypto) typeOf() string        { return "object" }
func (*engineHandle) typeOf() string { return "object" }
func (*function) typeOf() string     { return "function" }
func (*promise) typeOf() string      { return "object" }

// newBytes wraps b, without copying, as a Uint8Array.
func newBytes(b []byte) *uint8Array { return &uint8Array{buf: &arrayBuffer{b}} }

// isNullish reports whether v is undefined or null.
func isNullish(v value) bool {
	switch v.(type) {
	case nil, undefined, null:
		return true
	}
	return false
}

// describe renders v for messages, the way wasm-bindgen's debug output does.
func describe(v value) string {
	switch x := v.(type) {
	case nil, undefined:
		return "undefined"
	case null:
		return "null"
	case boolean:
		return strconv.FormatBool(bool(x))
	case number:
		return strconv.FormatFloat(float64(x), 'g', -1, 64)
	case bigInt:
		return strconv.FormatInt(int64(x), 10)
	case bigUint:
		return strconv.FormatUint(uint64(x), 10)
	case str:
		return strconv.Quote(string(x))
	case *jsError:
		return x.name + ": " + x.message
	case *function:
		return "Function"
	}
	return fmt.Sprintf("%T", v)
}

// The heap table's reserved part: 128 slots of undefined, then undefined, null, true and false at the
// indices that the module has compiled in.
const (
	heapUndefined = 128
	heapReserved  = 132
)

// heap is the table through which the module names JavaScript values: it holds indices, the host values.
// Free slots form a linked list. Slots below heapReserved are never freed.
type heap struct {
	slots []value
	free  []uint32
	live  int
}

func newHeap() *heap {
	h := &heap{slots: make([]value, heapReserved, 1024)}
	for i := range heapUndefined {
		h.slots[i] = undefined{}
	}
	copy(h.slots[heapUndefined:], []value{undefined{}, null{}, boolean(true), boolean(false)})
	return h
}

// add stores v and returns its index.
func (h *heap) add(v value) uint32 {
	if v == nil {
		v = undefined{}
	}
	h.live++
	if n := len(h.free); n > 0 {
		i := h.free[n-1]
		h.free = h.free[:n-1]
		h.slots[i] = v
		return i
	}
	h.slots = append(h.slots, v)
	return uint32(len(h.slots) - 1)
}

// get returns the value at i. An index that holds nothing is a defect of the host or the module.
func (h *heap) get(i uint32) value {
	if int(i) >= len(h.slots) || h.slots[i] == nil {
		panic(fmt.Errorf("heap slot %d holds nothing", i))
	}
	return h.slots[i]
}

// drop frees slot i.
func (h *heap) drop(i uint32) {
	if i < heapReserved {
		return
	}
	if h.slots[i] == nil {
		panic(fmt.Errorf("heap slot %d freed twice", i))
	}
	h.slots[i] = nil
	h.free = append(h.free, i)
	h.live--
}

// take returns the value at i and frees the slot.
func (h *heap) take(i uint32) value {
	v := h.get(i)
	h.drop(i)
	return v
}

// as returns the value at i as a T; anything else is a trap that says what was found.
func as[T value](h *heap, i uint32) T {
	v := h.get(i)
	t, ok := v.(T)
	if !ok {
		panic(fmt.Errorf("heap slot %d holds %s, the module expects %T", i, describe(v), t))
	}
	return t
}
