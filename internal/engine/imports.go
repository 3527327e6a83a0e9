package engine

import (
	"math"
	"time"
)

// importModule is the name under which the module imports everything.
const importModule = "./surrealdb_bg.js"

// handler implements one import: it reads its arguments from s and leaves its result in s[0].
type handler func(h *host, s []uint64)

// imports returns a handler for every function that the module may call here. The names end in a hash of
// their signature: they belong to the pinned build, and a test compares them with its import list.
func imports() map[string]handler {
	m := map[string]handler{}
	for _, group := range []map[string]handler{
		valueImports(), byteImports(), collectionImports(), closureImports(), promiseImports(),
		timeImports(), environmentImports(), databaseImports(),
	} {
		for name, f := range group {
			m[name] = f
		}
	}
	return m
}

// index reads an i32 parameter: a heap index, pointer, length or number. The upper half of its stack word is
// undefined.
func index(v uint64) uint32 { return uint32(v) }

// put stores v in the heap table as the result of the import.
func (h *host) put(s []uint64, v value) { s[0] = uint64(h.heap.add(v)) }

// putOrNull does the same for an import whose result is 0 when there is none.
func (h *host) putOrNull(s []uint64, v value) {
	if isNullish(v) {
		s[0] = 0
		return
	}
	h.put(s, v)
}

func asBit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// is makes an import that answers whether its argument satisfies test.
func is(test func(value) bool) handler {
	return func(h *host, s []uint64) { s[0] = asBit(test(h.heap.get(index(s[0])))) }
}

// isA makes an instanceof import.
func isA[T value]() handler {
	return is(func(v value) bool { _, ok := v.(T); return ok })
}

// constant makes an import that returns v.
func constant(v value) handler { return func(h *host, s []uint64) { h.put(s, v) } }

// valueImports create, copy, drop and inspect values.
func valueImports() map[string]handler {
	newError := func(h *host, s []uint64) { h.put(s, &jsError{"Error", string(h.readString(s[0], s[1]))}) }
	return map[string]handler{
		"__wbindgen_object_drop_ref":  func(h *host, s []uint64) { h.heap.drop(index(s[0])) },
		"__wbindgen_object_clone_ref": func(h *host, s []uint64) { h.put(s, h.heap.get(index(s[0]))) },

		"__wbindgen_cast_0000000000000006": func(h *host, s []uint64) { h.put(s, number(math.Float64frombits(s[0]))) },
		"__wbindgen_cast_0000000000000007": func(h *host, s []uint64) { h.put(s, bigInt(s[0])) },
		"__wbindgen_cast_0000000000000009": func(h *host, s []uint64) { h.put(s, h.readString(s[0], s[1])) },
		"__wbindgen_cast_000000000000000a": func(h *host, s []uint64) { h.put(s, bigUint(s[0])) },

		"__wbg_Error_8c4e43fe74559d73": newError,
		"__wbg_new_72b49615380db768":   newError,
		"__wbg___wbindgen_throw_be289d5034ed271b": func(h *host, s []uint64) {
			panic(&trap{string(h.readString(s[0], s[1]))})
		},

		"__wbg___wbindgen_is_undefined_9e4d92534c42d778": isA[undefined](),
		"__wbg___wbindgen_is_null_ac34f5003991759a":      isA[null](),
		"__wbg___wbindgen_is_function_0095a73b8b156f76":  isA[*function](),
		"__wbg___wbindgen_is_string_cd444516edc5b180":    isA[str](),
		"__wbg___wbindgen_is_bigint_31b12575b56f32fc":    is(func(v value) bool { return v.typeOf() == "bigint" }),
		"__wbg___wbindgen_is_object_5ae8e5880f2c1fbd": is(func(v value) bool {
			return v.typeOf() == "object" && !isNullish(v)
		}),
		"__wbg___wbindgen_jsval_eq_11888390b0186270": func(h *host, s []uint64) {
			s[0] = asBit(h.heap.get(index(s[0])) == h.heap.get(index(s[1])))
		},
		"__wbg___wbindgen_jsval_loose_eq_9dd77d8cd6671811": func(h *host, s []uint64) {
			a, b := h.heap.get(index(s[0])), h.heap.get(index(s[1]))
			s[0] = asBit(a == b || isNullish(a) && isNullish(b))
		},

		"__wbg___wbindgen_debug_string_0bc8482c6e3508ae": func(h *host, s []uint64) {
			text := describe(h.heap.get(index(s[1])))
			h.returnString(index(s[0]), &text)
		},
		"__wbg___wbindgen_string_get_72fb696202c56729": func(h *host, s []uint64) {
			if v, ok := h.heap.get(index(s[1])).(str); ok {
				text := string(v)
				h.returnString(index(s[0]), &text)
				return
			}
			h.returnString(index(s[0]), nil)
		},
		"__wbg___wbindgen_boolean_get_bbbb1c18aa2f5e25": func(h *host, s []uint64) {
			v, ok := h.heap.get(index(s[0])).(boolean)
			if s[0] = asBit(bool(v)); !ok {
				s[0] = 0xFFFFFF // "not a boolean"
			}
		},
		"__wbg___wbindgen_number_get_8ff4255516ccad3e": func(h *host, s []uint64) {
			v, ok := h.heap.get(index(s[1])).(number)
			h.returnOptional(index(s[0]), math.Float64bits(float64(v)), ok)
		},
		"__wbg___wbindgen_bigint_get_as_i64_8fcf4ce7f1ca72a2": func(h *host, s []uint64) {
			var bits uint64
			ok := true
			switch v := h.heap.get(index(s[1])).(type) {
			case bigInt:
				bits = uint64(v)
			case bigUint:
				bits = uint64(v)
			default:
				ok = false
			}
			h.returnOptional(index(s[0]), bits, ok)
		},
		"__wbg_Number_04624de7d0e8332d": func(h *host, s []uint64) {
			f := math.NaN()
			if v, ok := h.heap.get(index(s[0])).(number); ok {
				f = float64(v)
			}
			s[0] = math.Float64bits(f)
		},
		"__wbg_isSafeInteger_bfbc7332a9768d2a": is(func(v value) bool {
			n, ok := v.(number)
			return ok && float64(n) == math.Trunc(float64(n)) && math.Abs(float64(n)) <= 1<<53-1
		}),
	}
}

// returnOptional writes a Rust Option of eight bytes: a flag, then the bits.
func (h *host) returnOptional(at uint32, bits uint64, present bool) {
	b := h.read(at, 16)
	putUint32(b, uint32(asBit(present)))
	putUint32(b[8:], uint32(bits))
	putUint32(b[12:], uint32(bits>>32))
}

// closureImports make callables of the module's closures. The numbers of the trampolines and destructors
// belong to the pinned build.
func closureImports() map[string]handler {
	closure := func(destructor, invoke string, args int) handler {
		return func(h *host, s []uint64) {
			h.put(s, h.newClosure(index(s[0]), index(s[1]), destructor, invoke, args))
		}
	}
	call := func(args int) handler {
		return func(h *host, s []uint64) {
			var in []value
			for i := range args {
				in = append(in, h.heap.get(index(s[2+i])))
			}
			h.put(s, as[*function](h.heap, index(s[0])).call(in...))
		}
	}
	return map[string]handler{
		"__wbindgen_cast_0000000000000001": closure("__wasm_bindgen_func_elem_4183", "__wasm_bindgen_func_elem_14956", 1),
		"__wbindgen_cast_0000000000000002": closure("__wasm_bindgen_func_elem_32192", "__wasm_bindgen_func_elem_32223", 0),
		"__wbindgen_cast_0000000000000003": closure("__wasm_bindgen_func_elem_32939", "__wasm_bindgen_func_elem_33040", 1),
		"__wbindgen_cast_0000000000000004": closure("__wasm_bindgen_func_elem_36099", "__wasm_bindgen_func_elem_36108", 0),
		"__wbindgen_cast_0000000000000005": closure("__wasm_bindgen_func_elem_36426", "__wasm_bindgen_func_elem_36441", 1),
		"__wbg__wbg_cb_unref_d9b87ff7982e3b21": func(h *host, s []uint64) {
			as[*function](h.heap, index(s[0])).closure.unref()
		},
		"__wbg_call_389efe28435a9388": call(0),
		"__wbg_call_4708e0c13bdc8e95": call(1),
	}
}

// promiseImports are promises and the microtask queue.
func promiseImports() map[string]handler {
	return map[string]handler{
		// new Promise(executor): the executor is a closure that lives only for this call.
		"__wbg_new_b5d9e2fb389fef91": func(h *host, s []uint64) {
			p := &promise{}
			settle := func(with func(*promise, value)) *function {
				return &function{call: func(args ...value) value {
					var v value = undefined{}
					if len(args) > 0 {
						v = args[0]
					}
					with(p, v)
					return undefined{}
				}}
			}
			resolve, reject := h.heap.add(settle(h.resolve)), h.heap.add(settle(h.reject))
			h.invoke("__wasm_bindgen_func_elem_42955", s[0], s[1], uint64(resolve), uint64(reject))
			h.put(s, p)
		},
		"__wbg_resolve_002c4b7d9d8f6b64": func(h *host, s []uint64) {
			v := h.heap.get(index(s[0]))
			if p, ok := v.(*promise); ok {
				h.put(s, p)
				return
			}
			h.put(s, &promise{state: fulfilled, value: v})
		},
		"__wbg_then_b9e7b3b5f1a9e1b5": func(h *host, s []uint64) {
			h.put(s, h.then(as[*promise](h.heap, index(s[0])), as[*function](h.heap, index(s[1])), nil))
		},
		"__wbg_then_0d9fe2c7b1857d32": func(h *host, s []uint64) {
			h.put(s, h.then(as[*promise](h.heap, index(s[0])), as[*function](h.heap, index(s[1])), as[*function](h.heap, index(s[2]))))
		},
		"__wbg_queueMicrotask_0aa0a927f78f5d98": func(h *host, s []uint64) {
			h.put(s, &function{call: func(args ...value) value {
				f := args[0].(*function)
				h.microtask(func() { f.call() })
				return undefined{}
			}})
		},
		"__wbg_queueMicrotask_5bb536982f78a56f": func(h *host, s []uint64) {
			f := as[*function](h.heap, index(s[0]))
			h.microtask(func() { f.call() })
		},
	}
}

// timeImports are clocks, dates and timers.
func timeImports() map[string]handler {
	monotonic := func(h *host, s []uint64) {
		s[0] = math.Float64bits(float64(time.Since(h.started)) / float64(time.Millisecond))
	}
	unixMilli := func() float64 { return float64(time.Now().UnixMilli()) }
	wall := func(_ *host, s []uint64) { s[0] = math.Float64bits(unixMilli()) }
	setTimeout := func(h *host, s []uint64, f *function, delay uint64) {
		at := time.Now().Add(time.Duration(max(0, int32(delay))) * time.Millisecond)
		h.put(s, number(h.setTimer(at, func() { f.call() })))
	}
	return map[string]handler{
		"__wbg_performance_6adc3b899e448a23": constant(performance{}),
		"__wbg_performance_7a3ffd0b17f663ad": constant(performance{}),
		"__wbg_now_0dc4920a47cf7280":         monotonic,
		"__wbg_now_2c95c9de01293173":         monotonic,
		"__wbg_now_ebffdf7e580f210d":         monotonic,
		safepointImport:                      func(h *host, s []uint64) { h.safepoint(); wall(h, s) },
		"__wbg_now_a3af9a2f4bbaa4d1":         wall,
		"__wbg_new_0_73afc35eb544e539":       func(h *host, s []uint64) { h.put(s, date{unixMilli()}) },
		"__wbg_new_245cd5c49157e602": func(h *host, s []uint64) {
			h.put(s, date{float64(as[number](h.heap, index(s[0])))})
		},
		"__wbg_getTime_1e3cd1391c5c3995": func(h *host, s []uint64) {
			s[0] = math.Float64bits(as[date](h.heap, index(s[0])).ms)
		},
		// The module's local time is UTC.
		"__wbg_getTimezoneOffset_81776d10a4ec18a8": func(_ *host, s []uint64) { s[0] = math.Float64bits(0) },
		"__wbg_setTimeout_4360465139fa5dfe": func(h *host, s []uint64) {
			setTimeout(h, s, as[*function](h.heap, index(s[0])), s[1])
		},
		"__wbg_setTimeout_63008613644b07af": func(h *host, s []uint64) {
			setTimeout(h, s, as[*function](h.heap, index(s[1])), s[2])
		},
		"__wbg_clearTimeout_26e350acd8252ec6": func(h *host, s []uint64) {
			if id, ok := h.heap.take(index(s[0])).(number); ok {
				h.clearTimer(int(id))
			}
			h.put(s, undefined{})
		},
	}
}

// environmentImports are the global object and what hangs off it: a browser without a window, and not Node.
func environmentImports() map[string]handler {
	absent := func(_ *host, s []uint64) { s[0] = 0 }
	random := func(h *host, s []uint64) { fillRandom(h.read(index(s[0]), index(s[1]))) }
	return map[string]handler{
		"__wbg_static_accessor_GLOBAL_THIS_e628e89ab3b1c95f": constant(global{}),
		"__wbg_static_accessor_GLOBAL_12837167ad935116":      constant(global{}),
		"__wbg_static_accessor_SELF_a621d3dfbb60d0ce":        absent,
		"__wbg_static_accessor_WINDOW_f8727f0cf888e0bd":      absent,
		"__wbg_process_dc0fbacc7c1c06f7":                     constant(undefined{}),
		"__wbg_msCrypto_a61aeb35a24c1329":                    constant(undefined{}),
		"__wbg_crypto_574e78ad8b13b65f":                      constant(crypto{}),
		"__wbg_getRandomValues_1c61fac11405ffdc":             random,
		"__wbg_getRandomValues_71d446877d8b0ad4":             random,
		"__wbg_getRandomValues_b8f5dbd5f3995a9e": func(h *host, s []uint64) {
			fillRandom(h.bytes(h.heap.get(index(s[1]))))
		},
		"__wbg_surrealwasmengine_new": func(h *host, s []uint64) { h.put(s, &engineHandle{index(s[0])}) },
		// The notification stream of live queries is never asked for; the module makes one while it connects.
		"__wbg_new_with_into_underlying_source_abe21fd181832f61": func(h *host, s []uint64) {
			h.heap.drop(index(s[1]))
			h.put(s, &object{})
		},
		"__wbg_set_high_water_mark_a7ede9ba8be01a98": func(*host, []uint64) {},
	}
}
