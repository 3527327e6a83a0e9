package engine

// byteImports are Uint8Array and ArrayBuffer.
func byteImports() map[string]handler {
	newBuffer := func(size uint64) *uint8Array { return newBytes(make([]byte, uint32(size))) }
	return map[string]handler{
		"__wbg_new_from_slice_a3d2629dc1826784": func(h *host, s []uint64) {
			b := newBuffer(s[1])
			copy(b.buf.b, h.read(index(s[0]), index(s[1])))
			h.put(s, b)
		},
		// A window on the module's memory, not a copy.
		"__wbindgen_cast_0000000000000008": func(h *host, s []uint64) {
			h.put(s, &uint8Array{view: &memoryView{index(s[0]), index(s[1])}})
		},
		"__wbg_new_with_length_a2c39cbe88fd8ff1": func(h *host, s []uint64) { h.put(s, newBuffer(s[0])) },
		// new Uint8Array(x) shares an ArrayBuffer and copies a Uint8Array.
		"__wbg_new_dd2b680c8bf6ae29": func(h *host, s []uint64) {
			switch x := h.heap.get(index(s[0])).(type) {
			case *arrayBuffer:
				h.put(s, &uint8Array{buf: x})
			default:
				h.put(s, newBytes(append([]byte(nil), h.bytes(x)...)))
			}
		},
		"__wbg_new_with_byte_offset_and_length_aa261d9c9da49eb1": func(h *host, s []uint64) {
			b := as[*arrayBuffer](h.heap, index(s[0])).b
			h.put(s, newBytes(b[index(s[1]):][:index(s[2])]))
		},
		"__wbg_subarray_a96e1fef17ed23cb": func(h *host, s []uint64) {
			x := as[*uint8Array](h.heap, index(s[0]))
			n := uint32(len(h.bytes(x)))
			from, to := min(index(s[1]), n), min(index(s[2]), n)
			to = max(to, from)
			if x.view != nil {
				h.put(s, &uint8Array{view: &memoryView{x.view.ptr + from, to - from}})
				return
			}
			h.put(s, newBytes(x.buf.b[from:to]))
		},
		"__wbg_buffer_26d0910f3a5bc899": func(h *host, s []uint64) {
			h.put(s, as[*uint8Array](h.heap, index(s[0])).buf)
		},
		"__wbg_length_32ed9a279acd054c": func(h *host, s []uint64) {
			s[0] = uint64(len(h.bytes(h.heap.get(index(s[0])))))
		},
		"__wbg_prototypesetcall_bdcdcc5842e4d77d": func(h *host, s []uint64) {
			copy(h.read(index(s[0]), index(s[1])), h.bytes(h.heap.get(index(s[2]))))
		},
		"__wbg_set_cc56eefd2dd91957": func(h *host, s []uint64) {
			copy(h.bytes(h.heap.get(index(s[0]))), h.read(index(s[1]), index(s[2])))
		},
		"__wbg_instanceof_Uint8Array_9b9075935c74707c":  isA[*uint8Array](),
		"__wbg_instanceof_ArrayBuffer_c367199e2fa2aa04": isA[*arrayBuffer](),
	}
}

// collectionImports are arrays and plain objects: the options that connect takes, and lists of keys.
func collectionImports() map[string]handler {
	return map[string]handler{
		"__wbg_new_361308b2356cecd0":     func(h *host, s []uint64) { h.put(s, &object{}) },
		"__wbg_new_3eb36ae241fe6f44":     func(h *host, s []uint64) { h.put(s, &array{}) },
		"__wbg_isArray_d314bb98fcf08331": isA[*array](),
		"__wbg_push_8ffdcb2063340ba5": func(h *host, s []uint64) {
			a := as[*array](h.heap, index(s[0]))
			a.items = append(a.items, h.heap.get(index(s[1])))
			s[0] = uint64(len(a.items))
		},
		"__wbg_length_35a7bace40f36eac": func(h *host, s []uint64) {
			s[0] = uint64(len(as[*array](h.heap, index(s[0])).items))
		},
		"__wbg_get_9b94d73e6221f75c": func(h *host, s []uint64) {
			h.put(s, as[*array](h.heap, index(s[0])).at(index(s[1])))
		},
		// Reflect.get
		"__wbg_get_b3ed3ad4be2bc8ac": func(h *host, s []uint64) {
			h.put(s, property(h.heap.get(index(s[0])), h.heap.get(index(s[1]))))
		},
		"__wbg_get_with_ref_key_1dc361bd10053bfe": func(h *host, s []uint64) {
			h.put(s, property(h.heap.get(index(s[0])), h.heap.get(index(s[1]))))
		},
		"__wbg___wbindgen_in_47fa6863be6f2f25": func(h *host, s []uint64) {
			s[0] = asBit(!isNullish(property(h.heap.get(index(s[1])), h.heap.get(index(s[0])))))
		},
		"__wbg_entries_58c7934c745daac7": func(h *host, s []uint64) {
			out := &array{}
			for k, v := range as[*object](h.heap, index(s[0])).fields {
				out.items = append(out.items, &array{[]value{str(k), v}})
			}
			h.put(s, out)
		},
		"__wbg_instanceof_Map_53af74335dec57f4": func(_ *host, s []uint64) { s[0] = 0 },
	}
}

func (a *array) at(i uint32) value {
	if int(i) >= len(a.items) {
		return undefined{}
	}
	return a.items[i]
}

// property is what a property access finds: the database factory on the global object, a field of a plain
// object, and undefined otherwise.
func property(of, name value) value {
	key, _ := name.(str)
	switch x := of.(type) {
	case global:
		if key == "indexedDB" {
			return idbFactory{}
		}
	case *object:
		if v, ok := x.fields[string(key)]; ok {
			return v
		}
	}
	return undefined{}
}
