package engine

// The parts of WebAssembly's binary format that finding loops takes (WebAssembly Core Specification 2.0, chapter 5).

const wasmHeader = "\x00asm\x01\x00\x00\x00"

const (
	sectionType   = 1
	sectionImport = 2
	sectionGlobal = 6
	sectionCode   = 10

	typeFunction   = 0x60
	typeI32        = 0x7f
	typeF64        = 0x7c
	typeNone       = 0x40 // of a block
	importFunction = 0x00
	globalMutable  = 0x01
)

const (
	opBlock     = 0x02
	opLoop      = 0x03
	opIf        = 0x04
	opEnd       = 0x0b
	opBr        = 0x0c
	opBrIf      = 0x0d
	opBrTable   = 0x0e
	opCall      = 0x10
	opCallTable = 0x11
	opDrop      = 0x1a
	opSelect    = 0x1c // with types
	opLocalGet  = 0x20
	opGlobalGet = 0x23
	opGlobalSet = 0x24
	opTableSet  = 0x26
	opLoad      = 0x28 // the first that names an address
	opStore     = 0x3e // the last
	opMemSize   = 0x3f
	opMemGrow   = 0x40
	opI32Const  = 0x41
	opI64Const  = 0x42
	opF32Const  = 0x43
	opF64Const  = 0x44
	opI32Eqz    = 0x45 // the first without an immediate
	opI32Add    = 0x6a
	opExtend    = 0xc4 // the last
	opRefNull   = 0xd0
	opRefIsNull = 0xd1
	opRefFunc   = 0xd2
	opPrefix    = 0xfc // bulk memory, saturating conversions
)

// wasmReader takes items off the front of b. The first that is not all there, or not known, makes it fail for good.
type wasmReader struct {
	b      []byte
	failed bool
}

func (r *wasmReader) take(n int) []byte {
	if r.failed || n < 0 || n > len(r.b) {
		r.failed, r.b = true, nil
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *wasmReader) byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

// uint32 takes an unsigned LEB128 number.
func (r *wasmReader) uint32() uint32 {
	var n uint64
	for shift := 0; shift < 35; shift += 7 {
		b := r.byte()
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			if n>>32 != 0 {
				break
			}
			return uint32(n)
		}
	}
	r.failed, r.b = true, nil
	return 0
}

// count takes the number of elements of a vector, each of which takes a byte at least.
func (r *wasmReader) count() uint32 {
	n := r.uint32()
	if uint64(n) > uint64(len(r.b)) {
		r.failed, r.b = true, nil
		return 0
	}
	return n
}

// vector takes a length and as many bytes.
func (r *wasmReader) vector() []byte { return r.take(int(r.uint32())) }

// skip passes n LEB128 numbers of any sign and size.
func (r *wasmReader) skip(n uint32) {
	for range n {
		for r.byte() >= 0x80 {
		}
		if r.failed {
			return
		}
	}
}

// instruction passes an instruction and returns its opcode.
func (r *wasmReader) instruction() byte {
	op := r.byte()
	switch {
	case op >= opI32Eqz && op <= opExtend:
	case op >= opLoad && op <= opStore:
		r.skip(2)
	case op >= opLocalGet && op <= opTableSet,
		op == opBlock, op == opLoop, op == opIf, op == opBr, op == opBrIf, op == opCall,
		op == opMemSize, op == opMemGrow, op == opI32Const, op == opI64Const, op == opRefNull, op == opRefFunc:
		r.skip(1)
	case op == opF32Const:
		r.take(4)
	case op == opF64Const:
		r.take(8)
	case op == opBrTable:
		r.skip(r.count())
		r.skip(1)
	case op == opCallTable:
		r.skip(2)
	case op == opSelect:
		r.vector()
	case op == opPrefix:
		r.prefixed()
	case op <= 0x01, op == 0x05, op == opEnd, op == 0x0f, op == opDrop, op == 0x1b, op == opRefIsNull:
		// unreachable, nop, else, end, return, drop, select, ref.is_null
	default:
		r.failed, r.b = true, nil
	}
	return op
}

func (r *wasmReader) prefixed() {
	switch op := r.uint32(); op {
	case 0, 1, 2, 3, 4, 5, 6, 7: // saturating conversions
	case 9, 11, 13, 15, 16, 17: // data.drop, memory.fill, elem.drop, table.grow, table.size, table.fill
		r.skip(1)
	case 8, 10, 12, 14: // memory.init, memory.copy, table.init, table.copy
		r.skip(2)
	default:
		r.failed, r.b = true, nil
	}
}
