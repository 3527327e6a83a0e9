package engine

import (
	"bytes"
	"fmt"
	"time"

	"github.com/spectron-go/spectron/internal/engine/kv"
)

// The part of IndexedDB that SurrealDB uses: one database with one object store of byte keys and values.
// A transaction here reads one snapshot and its own writes; it is committed when the module asks for its
// completion (IndexedDB itself commits when the event loop runs idle, which SurrealDB has to work around).

type (
	idbFactory  struct{}
	idbDatabase struct{}
	// idbStringList is a DOMStringList; the ones the module asks for are always empty.
	idbStringList struct{}

	// idbRequest is a pending operation and, once it is done, its result.
	idbRequest struct {
		onSuccess, onError, onUpgrade *function
		result                        value
		failure                       value
		tx                            *idbTransaction
	}
	idbEvent struct{ target value }

	idbTransaction struct {
		tx                           *kv.Tx // nil for the upgrade transaction, which has nothing to do
		began, deadline              time.Time
		now                          func() time.Time
		onComplete, onAbort, onError *function
		done                         bool
		failure                      value
	}
	idbStore struct{ tx *idbTransaction }
	// idbRange is half-open: [lo, hi).
	idbRange  struct{ lo, hi []byte }
	idbCursor struct {
		request *idbRequest
		cursor  *kv.Cursor
	}
)

func (idbFactory) typeOf() string      { return "object" }
func (idbDatabase) typeOf() string     { return "object" }
func (idbStringList) typeOf() string   { return "object" }
func (*idbRequest) typeOf() string     { return "object" }
func (*idbEvent) typeOf() string       { return "object" }
func (*idbTransaction) typeOf() string { return "object" }
func (*idbStore) typeOf() string       { return "object" }
func (*idbRange) typeOf() string       { return "object" }
func (*idbCursor) typeOf() string      { return "object" }

// fire calls an event handler, if one is set.
func fire(f *function, target value) {
	if f != nil {
		f.call(&idbEvent{target})
	}
}

// succeed and fail finish a request in a macrotask of its own, as a browser would.
func (h *host) succeed(r *idbRequest, v value) {
	r.result = v
	h.macrotask(func() { fire(r.onSuccess, r) })
}

func (h *host) fail(r *idbRequest, err error) {
	h.onFault(err, r.tx.began)
	r.result, r.failure = undefined{}, domException(err)
	h.macrotask(func() { fire(r.onError, r) })
}

// finish settles the request of a read or write with its outcome.
func (h *host) finish(r *idbRequest, v value, err error) *idbRequest {
	if err != nil {
		h.fail(r, err)
	} else {
		h.succeed(r, v)
	}
	return r
}

func domException(err error) *jsError { return &jsError{"DOMException", err.Error()} }

// complete commits the transaction and tells the module how that went. A conflict arrives as "error" like a
// failing medium does: SurrealDB's storage layer takes "abort" for success. It drops the text of the error as
// well: see fault.
func (h *host) complete(t *idbTransaction) {
	t.done = true
	h.macrotask(func() {
		err := h.commit(t)
		if err == nil {
			fire(t.onComplete, t)
			return
		}
		h.onFault(err, t.began)
		t.failure = domException(err)
		fire(t.onError, t)
	})
}

func (h *host) commit(t *idbTransaction) error {
	if t.tx == nil {
		return nil
	}
	defer h.drop(t)
	if err := t.late(); err != nil {
		return err
	}
	return t.tx.Commit()
}

func (h *host) abort(t *idbTransaction) {
	if !t.done {
		t.done = true
		h.drop(t)
	}
	h.macrotask(func() { fire(t.onAbort, t) })
}

// drop rolls a transaction back, unless it was committed, and forgets it.
func (h *host) drop(t *idbTransaction) {
	if t.tx != nil {
		t.tx.Rollback()
		delete(h.txs, t)
	}
}

// rollBack ends every transaction that is open.
func (h *host) rollBack() {
	for t := range h.txs {
		h.drop(t)
	}
}

// late returns errLate once the transaction has been open for too long.
func (t *idbTransaction) late() error {
	if t.now().After(t.deadline) {
		return errLate
	}
	return nil
}

func (t *idbTransaction) get(key []byte) (value, error) {
	if err := t.late(); err != nil {
		return nil, err
	}
	v, ok, err := t.tx.Get(key)
	if !ok {
		return undefined{}, err
	}
	return newBytes(v), err
}

func (t *idbTransaction) getKey(key []byte) (value, error) {
	if err := t.late(); err != nil {
		return nil, err
	}
	ok, err := t.tx.Has(key)
	if !ok {
		return undefined{}, err
	}
	return &arrayBuffer{key}, err
}

func (t *idbTransaction) put(key, v []byte) (value, error) {
	if err := t.late(); err != nil {
		return nil, err
	}
	return &arrayBuffer{key}, t.tx.Put(key, v)
}

func (t *idbTransaction) delete(key []byte) (value, error) {
	if err := t.late(); err != nil {
		return nil, err
	}
	return undefined{}, t.tx.Delete(key)
}

func (t *idbTransaction) deleteRange(r *idbRange) (value, error) {
	if err := t.late(); err != nil {
		return nil, err
	}
	return undefined{}, t.tx.DeleteRange(r.lo, r.hi)
}

// step moves a cursor on by n records and finishes its request with the cursor, or null at the end.
func (h *host) advance(c *idbCursor, n uint32) {
	if err := c.request.tx.late(); err != nil {
		h.fail(c.request, err)
		return
	}
	for range n {
		if !c.cursor.Next() {
			h.finish(c.request, null{}, c.cursor.Err())
			c.cursor.Close()
			return
		}
	}
	h.succeed(c.request, c)
}

// newRange makes the range of IDBKeyRange.bound(a, b). SurrealDB's storage layer passes the bounds of a
// reverse scan the wrong way round, which a browser would refuse: they still mean [lower, upper).
func newRange(a, b []byte) *idbRange {
	if bytes.Compare(a, b) > 0 {
		a, b = b, a
	}
	return &idbRange{lo: a, hi: b}
}

// handlerOf returns the function in an event handler slot; null and undefined clear it.
func (h *host) handlerOf(i uint64) *function {
	f, _ := h.heap.get(index(i)).(*function)
	return f
}

// keyOf copies the bytes of a key or value out of the module's reach.
func (h *host) keyOf(i uint64) []byte { return bytes.Clone(h.bytes(h.heap.get(index(i)))) }

// Modes and directions, as the module numbers them.
const (
	idbReadOnly      = 0
	idbDirectionPrev = 2
)

func databaseImports() map[string]handler {
	store := func(h *host, s []uint64) *idbTransaction { return as[*idbStore](h.heap, index(s[0])).tx }
	open := func(h *host, s []uint64) {
		r := &idbRequest{result: idbDatabase{}, tx: &idbTransaction{}}
		h.macrotask(func() {
			fire(r.onUpgrade, r)
			h.macrotask(func() { fire(r.onSuccess, r) })
		})
		h.put(s, r)
	}
	cursor := func(h *host, s []uint64, dir kv.Direction) {
		t, r := store(h, s), as[*idbRange](h.heap, index(s[1]))
		c := &idbCursor{request: &idbRequest{tx: t}, cursor: t.tx.Cursor(r.lo, r.hi, dir)}
		h.advance(c, 1)
		h.put(s, c.request)
	}
	setError := func(h *host, s []uint64) {
		switch x := h.heap.get(index(s[0])).(type) {
		case *idbRequest:
			x.onError = h.handlerOf(s[1])
		case *idbTransaction:
			x.onError = h.handlerOf(s[1])
		default:
			panic(fmt.Errorf("onerror of %s", describe(x)))
		}
	}
	ignore := func(*host, []uint64) {}
	return map[string]handler{
		"__wbg_instanceof_IdbFactory_39d4fb6425cae0a6":         isA[idbFactory](),
		"__wbg_instanceof_IdbOpenDbRequest_e476921a744b955b":   isA[*idbRequest](),
		"__wbg_instanceof_IdbRequest_6388508cc77f8da0":         isA[*idbRequest](),
		"__wbg_instanceof_IdbDatabase_8d723b3ff4761c2d":        isA[idbDatabase](),
		"__wbg_instanceof_IdbTransaction_ec5dc92e602db81d":     isA[*idbTransaction](),
		"__wbg_instanceof_IdbCursorWithValue_44f92eb9c04854e3": isA[*idbCursor](),

		// Opening: every open looks like the first to the module, which then creates its one object store;
		// here the store always exists.
		"__wbg_open_82db86fd5b087109":                open,
		"__wbg_open_1b21db8aeca0eea9":                open,
		"__wbg_objectStoreNames_d2c5d2377420ad78":    constant(idbStringList{}),
		"__wbg_indexNames_e2c333fa9895469f":          constant(idbStringList{}),
		"__wbg_length_4c6eb4059a3635c9":              func(_ *host, s []uint64) { s[0] = 0 },
		"__wbg_createObjectStore_f75f59d55a549868":   constant(&idbStore{&idbTransaction{}}),
		"__wbg_set_auto_increment_5ef604f4f193fa58":  ignore,
		"__wbg_set_onversionchange_34b86d0aaffbe107": ignore,
		"__wbg_set_onupgradeneeded_c887b74722b6ce77": func(h *host, s []uint64) { as[*idbRequest](h.heap, index(s[0])).onUpgrade = h.handlerOf(s[1]) },
		"__wbg_set_onsuccess_0edec1acb4124784":       func(h *host, s []uint64) { as[*idbRequest](h.heap, index(s[0])).onSuccess = h.handlerOf(s[1]) },
		"__wbg_set_onerror_d0db7c6491b9399d":         setError,
		"__wbg_set_onerror_dc0e606b09e1792f":         setError,
		"__wbg_target_521be630ab05b11e":              func(h *host, s []uint64) { h.putOrNull(s, as[*idbEvent](h.heap, index(s[0])).target) },
		"__wbg_result_233b2d68aae87a05":              func(h *host, s []uint64) { h.put(s, as[*idbRequest](h.heap, index(s[0])).result) },
		"__wbg_error_6afb95c784775817":               func(h *host, s []uint64) { h.putOrNull(s, as[*idbRequest](h.heap, index(s[0])).failure) },
		"__wbg_error_bf9fa99d609a0ce7":               func(h *host, s []uint64) { h.putOrNull(s, as[*idbTransaction](h.heap, index(s[0])).failure) },
		"__wbg_transaction_5124caf7db668498":         func(h *host, s []uint64) { h.put(s, as[*idbRequest](h.heap, index(s[0])).tx) },
		"__wbg_objectStore_d56e603390dcc165":         func(h *host, s []uint64) { h.put(s, &idbStore{as[*idbTransaction](h.heap, index(s[0]))}) },
		"__wbg_abort_5151361027dc87df":               func(h *host, s []uint64) { h.abort(as[*idbTransaction](h.heap, index(s[0]))) },
		"__wbg_set_onabort_5b85743a64489257": func(h *host, s []uint64) {
			if t, ok := h.heap.get(index(s[0])).(*idbTransaction); ok {
				t.onAbort = h.handlerOf(s[1])
			}
		},
		// Asking for completion is what commits.
		"__wbg_set_oncomplete_76d4a772a6c8cab6": func(h *host, s []uint64) {
			t := as[*idbTransaction](h.heap, index(s[0]))
			if t.onComplete = h.handlerOf(s[1]); t.onComplete != nil && !t.done {
				h.complete(t)
			}
		},

		"__wbg_transaction_c407989db8e62119": func(h *host, s []uint64) {
			mode := kv.ReadWrite
			if index(s[2]) == idbReadOnly {
				mode = kv.ReadOnly
			}
			now := h.now()
			tx, err := h.db.Begin(mode)
			if err != nil {
				h.onFault(err, now)
				h.throw(domException(err))
				s[0] = 0
				return
			}
			t := &idbTransaction{tx: tx, began: now, deadline: now.Add(h.limit), now: h.now}
			h.txs[t] = struct{}{}
			h.put(s, t)
		},
		"__wbg_get_5e856edb32ac1289": func(h *host, s []uint64) {
			t := store(h, s)
			v, err := t.get(h.keyOf(s[1]))
			h.put(s, h.finish(&idbRequest{tx: t}, v, err))
		},
		"__wbg_getKey_0e525af0c16aea1e": func(h *host, s []uint64) {
			t := store(h, s)
			v, err := t.getKey(h.keyOf(s[1]))
			h.put(s, h.finish(&idbRequest{tx: t}, v, err))
		},
		"__wbg_put_b34701a38436f20a": func(h *host, s []uint64) {
			t := store(h, s)
			v, err := t.put(h.keyOf(s[2]), h.keyOf(s[1]))
			h.put(s, h.finish(&idbRequest{tx: t}, v, err))
		},
		"__wbg_delete_d6d7f750bd9ed2cd": func(h *host, s []uint64) {
			t := store(h, s)
			var v value
			var err error
			if r, ok := h.heap.get(index(s[1])).(*idbRange); ok {
				v, err = t.deleteRange(r)
			} else {
				v, err = t.delete(h.keyOf(s[1]))
			}
			h.put(s, h.finish(&idbRequest{tx: t}, v, err))
		},
		"__wbg_bound_cd56e28886f21887": func(h *host, s []uint64) { h.put(s, newRange(h.keyOf(s[0]), h.keyOf(s[1]))) },
		"__wbg_openCursor_73adc695cace4477": func(h *host, s []uint64) {
			dir := kv.Forward
			if index(s[2]) >= idbDirectionPrev {
				dir = kv.Backward
			}
			cursor(h, s, dir)
		},
		"__wbg_openCursor_0b21622d2de8f313": func(h *host, s []uint64) { cursor(h, s, kv.Forward) },
		"__wbg_request_365c4fc189d0cefe":    func(h *host, s []uint64) { h.put(s, as[*idbCursor](h.heap, index(s[0])).request) },
		"__wbg_key_c27cb3b734638d81":        func(h *host, s []uint64) { h.put(s, &arrayBuffer{as[*idbCursor](h.heap, index(s[0])).cursor.Key()}) },
		"__wbg_value_30a10f975c5e9af8":      func(h *host, s []uint64) { h.put(s, newBytes(as[*idbCursor](h.heap, index(s[0])).cursor.Value())) },
		"__wbg_continue_209e676996911d82":   func(h *host, s []uint64) { h.advance(as[*idbCursor](h.heap, index(s[0])), 1) },
		"__wbg_advance_92b0e42f9cd4e26b":    func(h *host, s []uint64) { h.advance(as[*idbCursor](h.heap, index(s[0])), index(s[1])) },
	}
}
