package engine

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// The machine code that wazero makes of a loop runs until the loop ends: nothing can stop it, and Go's garbage
// collector, which stops the whole process for a moment, waits for it. So the loops of the build are given
// safepoints before it is compiled: each counts its rounds down in a global of the module, and calls an import
// of the host whenever that reaches zero. There the goroutine can be stopped like any other, and the host can
// end the instance (host.safepoint).

// safepointImport is what a loop calls: Date.now, which takes nothing and changes nothing.
const safepointImport = "__wbg_now_20ea2aaee436b621"

// safepointRounds is how many rounds all loops together make from one safepoint to the next.
const safepointRounds = 4096

// errWasm is returned for bytes that are not a module like the build.
var errWasm = errors.New("not a WebAssembly module that safepoints can be added to")

// addSafepoints returns the module with a safepoint at the head of every loop.
func addSafepoints(wasm []byte) ([]byte, error) {
	r := &wasmReader{b: wasm}
	if string(r.take(len(wasmHeader))) != wasmHeader {
		return nil, fmt.Errorf("%w: no header", errWasm)
	}
	out := append(make([]byte, 0, len(wasm)+len(wasm)/8), wasmHeader...)
	var s safepoint
	for len(r.b) > 0 && !r.failed {
		id := r.byte()
		content := r.vector()
		switch id {
		case sectionType:
			s.findTypes(&wasmReader{b: content})
		case sectionImport:
			s.findImport(&wasmReader{b: content})
		case sectionGlobal:
			content = s.addGlobal(&wasmReader{b: content})
		case sectionCode:
			content = s.addToBodies(&wasmReader{b: content})
		}
		if s.failure != "" {
			return nil, fmt.Errorf("%w: section %d: %s", errWasm, id, s.failure)
		}
		out = append(out, id)
		out = binary.AppendUvarint(out, uint64(len(content)))
		out = append(out, content...)
	}
	switch {
	case r.failed:
		return nil, fmt.Errorf("%w: cut short", errWasm)
	case s.code == nil || !s.added:
		return nil, fmt.Errorf("%w: without %s, a global or code", errWasm, safepointImport)
	}
	return out, nil
}

// safepoint gathers, section by section, what its code needs.
type safepoint struct {
	clocks   map[uint32]bool // the types () -> f64
	function uint32          // the index of the import
	imported bool
	code     []byte // nil until the counter and the import are known
	added    bool
	failure  string
}

func (s *safepoint) findTypes(r *wasmReader) {
	s.clocks = map[uint32]bool{}
	for i := range r.count() {
		if r.byte() != typeFunction {
			r.failed = true
		}
		params, results := r.vector(), r.vector()
		s.clocks[i] = len(params) == 0 && string(results) == string([]byte{typeF64})
	}
	s.check(r)
}

func (s *safepoint) findImport(r *wasmReader) {
	for i := range r.count() {
		r.vector() // the name of the module
		name := r.vector()
		if r.byte() != importFunction {
			r.failed = true // its globals would shift the counter
		}
		if t := r.uint32(); string(name) == safepointImport && s.clocks[t] {
			s.function, s.imported = i, true
		}
	}
	s.check(r)
}

// addGlobal appends the counter.
func (s *safepoint) addGlobal(r *wasmReader) []byte {
	n := r.count()
	out := binary.AppendUvarint(nil, uint64(n)+1)
	out = append(out, r.b...)
	out = append(out, typeI32, globalMutable, opI32Const)
	out = append(appendSigned(out, safepointRounds), opEnd)
	if s.check(r); s.imported {
		s.code = safepointCode(n, s.function)
	}
	return out
}

// safepointCode counts down and calls at zero. It leaves the stack as it is.
func safepointCode(global, function uint32) []byte {
	var b []byte
	op := func(op byte, immediate uint32) { b = binary.AppendUvarint(append(b, op), uint64(immediate)) }
	op(opGlobalGet, global)
	b = appendSigned(append(b, opI32Const), -1)
	b = append(b, opI32Add)
	op(opGlobalSet, global)
	op(opGlobalGet, global)
	b = append(b, opI32Eqz, opIf, typeNone, opI32Const)
	b = appendSigned(b, safepointRounds)
	op(opGlobalSet, global)
	op(opCall, function)
	return append(b, opDrop, opEnd)
}

func (s *safepoint) addToBodies(r *wasmReader) []byte {
	n := r.count()
	out := binary.AppendUvarint(make([]byte, 0, len(r.b)+len(r.b)/8), uint64(n))
	var loops []int
	for range n {
		body := r.vector()
		loops = s.loops(body, loops[:0])
		out = binary.AppendUvarint(out, uint64(len(body)+len(loops)*len(s.code)))
		done := 0
		for _, at := range loops {
			out = append(append(out, body[done:at]...), s.code...)
			done = at
		}
		out = append(out, body[done:]...)
	}
	s.check(r)
	s.added = true
	return out
}

// loops appends where in a body the insides of its loops begin.
func (s *safepoint) loops(body []byte, at []int) []int {
	r := &wasmReader{b: body}
	for range r.uint32() {
		if r.uint32(); r.byte() == 0 || r.failed { // locals: how many, and their type
			break
		}
	}
	for len(r.b) > 0 && !r.failed {
		if r.instruction() == opLoop {
			at = append(at, len(body)-len(r.b))
		}
	}
	s.check(r)
	return at
}

func (s *safepoint) check(r *wasmReader) {
	if r.failed {
		s.failure = "malformed, or of a kind that is not known"
	}
}

// appendSigned appends a signed LEB128 number.
func appendSigned(b []byte, n int32) []byte {
	for {
		low := byte(n & 0x7f)
		n >>= 7
		if n == 0 && low&0x40 == 0 || n == -1 && low&0x40 != 0 {
			return append(b, low)
		}
		b = append(b, low|0x80)
	}
}
