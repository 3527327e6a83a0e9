package engine

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/kv"
)

// idbDriver calls the imports of the IndexedDB layer as the module does, without a module, on a store and on the
// model of it. What the script, a string of bytes, says is done; every event and result has to be the model's.
type idbDriver struct {
	tb       testing.TB
	host     *host
	handlers map[string]handler
	model    *idbModel
	script   []byte

	txs     []*idbPair
	cursors []*idbCursorPair
	// expected are the events that are to come, in order: each returns its name when it is due.
	expected  []func() string
	events    []string
	heapStart int
	seen      map[string]int // events, by what follows their number
	number    int
}

// idbPair is a transaction and its model.
type idbPair struct {
	number int
	real   value
	model  *idbModelTx
}

type idbCursorPair struct {
	real    value
	request value
	tx      *idbPair
	model   *idbModelCursor
}

func newIDBDriver(tb testing.TB, script []byte) *idbDriver {
	db := kv.New(kv.NewMemory())
	tb.Cleanup(func() { require.NoError(tb, db.Close()) })
	h := newHost(db)
	h.limit = time.Hour
	h.onFault = func(error, time.Time) {}
	return &idbDriver{
		tb: tb, host: h, handlers: databaseImports(), script: script, heapStart: h.heap.live,
		model: &idbModel{state: map[string]string{}}, seen: map[string]int{},
	}
}

// call calls an import with heap values and numbers, and returns the heap value that it leaves, if it leaves one.
func (d *idbDriver) call(name string, leaves int, args ...any) value {
	stack := make([]uint64, max(1, len(args)))
	var slots []uint32
	for i, a := range args {
		if v, ok := a.(value); ok {
			slots = append(slots, d.host.heap.add(v))
			// The upper half of a word is undefined.
			stack[i] = uint64(slots[len(slots)-1]) | 0xabcd<<32
			continue
		}
		stack[i] = uint64(a.(int)) | 0xabcd<<32
	}
	d.handlers[name](d.host, stack)
	for _, s := range slots {
		d.host.heap.drop(s)
	}
	if leaves == 0 {
		return nil
	}
	if index(stack[0]) == 0 {
		return null{}
	}
	return d.host.heap.take(index(stack[0]))
}

func (d *idbDriver) byte() byte {
	if len(d.script) == 0 {
		return 0
	}
	b := d.script[0]
	d.script = d.script[1:]
	return b
}

// key is one of few, now and then the empty one.
func (d *idbDriver) key() string {
	const letters = "abcd"
	b := d.byte()
	if b < 4 {
		return ""
	}
	key := letters[b&3 : b&3+1]
	if b&4 != 0 {
		key += letters[b>>3&3 : b>>3&3+1]
	}
	return key
}

// run does what the script says, then lets everything end.
func (d *idbDriver) run() {
	for len(d.script) > 0 {
		d.operation()
		d.check()
	}
	for _, t := range d.txs {
		d.finish(t, t.number%2 == 0)
	}
	for len(d.expected) > 0 {
		d.step()
	}
	for i, t := range d.txs {
		if !t.model.ended {
			d.tb.Errorf("transaction %d never ended", i)
		}
	}
	d.check()
	if n := d.host.db.Live(); n != 0 {
		d.tb.Errorf("%d transactions are open in the end", n)
	}
	d.compareState()
}

// check compares the counts that may not drift.
func (d *idbDriver) check() {
	if live := d.host.heap.live; live != d.heapStart {
		d.tb.Fatalf("%d heap slots in use, %d at the start", live, d.heapStart)
	}
	open := 0
	for _, t := range d.txs {
		if !t.model.ended {
			open++
		}
	}
	if n := d.host.db.Live(); n != open || len(d.host.txs) != open {
		d.tb.Fatalf("%d transactions are open in the store and %d in the host, %d in the model", n, len(d.host.txs), open)
	}
}

func (d *idbDriver) operation() {
	op := d.byte() % 16
	if len(d.txs) == 0 || op == 0 && len(d.txs) < 50 {
		d.begin(d.byte()%4 == 0)
		return
	}
	// The newest few, so that old ones stay open beside them.
	t := d.txs[len(d.txs)-1-int(d.byte())%min(len(d.txs), 4)]
	store := d.call("__wbg_objectStore_d56e603390dcc165", 1, t.real)
	switch op {
	case 1, 2:
		k := d.key()
		v, there, ok := t.model.get(k)
		var want any
		if there {
			want = v
		}
		d.request(d.call("__wbg_get_5e856edb32ac1289", 1, store, newBytes([]byte(k))), t, want, ok)
	case 3:
		k := d.key()
		_, there, ok := t.model.get(k)
		var want any
		if there {
			want = k
		}
		d.request(d.call("__wbg_getKey_0e525af0c16aea1e", 1, store, newBytes([]byte(k))), t, want, ok)
	case 4, 5, 6:
		k, v := d.key(), fmt.Sprint(d.byte())
		ok := t.model.write(k, &v)
		buffer := []byte(k)
		real := d.call("__wbg_put_b34701a38436f20a", 1, store, newBytes([]byte(v)), newBytes(buffer))
		clear(buffer) // the module uses its memory again
		d.request(real, t, k, ok)
	case 7:
		k := d.key()
		ok := t.model.write(k, nil)
		d.request(d.call("__wbg_delete_d6d7f750bd9ed2cd", 1, store, newBytes([]byte(k))), t, nil, ok)
	case 8:
		a, b := d.key(), d.key()
		ok := t.model.deleteRange(idbModelBetween(a, b))
		d.request(d.call("__wbg_delete_d6d7f750bd9ed2cd", 1, store, d.bound(a, b)), t, nil, ok)
	case 9, 10:
		d.open(t, store)
	case 11, 12:
		d.move()
	case 13:
		d.finish(t, d.byte()%3 != 0)
	default:
		d.step()
	}
}

func (d *idbDriver) begin(readOnly bool) {
	mode := 1
	if readOnly {
		mode = idbReadOnly
	}
	t := &idbPair{real: d.call("__wbg_transaction_c407989db8e62119", 1, idbDatabase{}, str("kv"), mode), model: d.model.begin(readOnly)}
	d.number++
	t.number = d.number
	d.call("__wbg_set_onabort_5b85743a64489257", 0, t.real, d.listener(t.number, "abort"))
	d.call("__wbg_set_onerror_dc0e606b09e1792f", 0, t.real, d.listener(t.number, "failed"))
	d.txs = append(d.txs, t)
}

func (d *idbDriver) bound(a, b string) value {
	return d.call("__wbg_bound_cd56e28886f21887", 1, newBytes([]byte(a)), newBytes([]byte(b)))
}

func (d *idbDriver) open(t *idbPair, store value) {
	a, b, backward := d.key(), d.key(), d.byte()%2 == 0
	model := t.model.cursor(idbModelBetween(a, b), backward)
	direction := 0
	if backward {
		direction = idbDirectionPrev
	}
	key, ok := model.advance(1)
	request := d.call("__wbg_openCursor_73adc695cace4477", 1, store, d.bound(a, b), direction)
	c := &idbCursorPair{request: request, tx: t, model: model}
	d.moved(c, key, ok)
}

// move moves a cursor whose last move has been told. (The module never moves one twice before.)
func (d *idbDriver) move() {
	if len(d.cursors) == 0 {
		return
	}
	at := int(d.byte()) % len(d.cursors)
	c := d.cursors[at]
	d.cursors = append(d.cursors[:at:at], d.cursors[at+1:]...)
	if n := int(d.byte()) % 4; n > 0 {
		key, ok := c.model.advance(n)
		d.call("__wbg_advance_92b0e42f9cd4e26b", 0, c.real, n)
		d.moved(c, key, ok)
		return
	}
	key, ok := c.model.advance(1)
	d.call("__wbg_continue_209e676996911d82", 0, c.real)
	d.moved(c, key, ok)
}

// moved expects a cursor at a record, null at the end, or an error.
func (d *idbDriver) moved(c *idbCursorPair, key string, ok bool) {
	n := d.listen(c.request)
	value, _ := "", false
	if ok && key != "" {
		// Only a look: what the cursor walks is read, in the model as well.
		if w, wrote := c.tx.model.writes[key]; wrote {
			value = *w
		} else {
			value = c.tx.model.snapshot[key]
		}
	}
	d.expected = append(d.expected, func() string {
		if !ok {
			return fmt.Sprintf("%d error", n)
		}
		result := d.call("__wbg_result_233b2d68aae87a05", 1, c.request)
		real, isCursor := result.(*idbCursor)
		if isCursor != (key != "") {
			d.tb.Fatalf("a cursor came to %s, want %q", describe(result), key)
		}
		// Once its transaction has ended, a cursor has nothing to show.
		if isCursor && !c.tx.model.ended {
			gotKey := d.text(d.call("__wbg_key_c27cb3b734638d81", 1, real))
			gotValue := d.text(d.call("__wbg_value_30a10f975c5e9af8", 1, real))
			if gotKey != key || gotValue != value {
				d.tb.Fatalf("a cursor came to %v = %v, want %q = %q", gotKey, gotValue, key, value)
			}
		}
		if isCursor {
			c.real = real
			d.cursors = append(d.cursors, c)
		}
		return fmt.Sprintf("%d success", n)
	})
}

// request expects a success with the given result (nil for undefined), or an error.
func (d *idbDriver) request(real value, t *idbPair, want any, ok bool) {
	n := d.listen(real)
	d.expected = append(d.expected, func() string {
		if !ok {
			if v := d.call("__wbg_error_6afb95c784775817", 1, real); isNullish(v) {
				d.tb.Fatalf("request %d failed without an error", n)
			}
			return fmt.Sprintf("%d error", n)
		}
		result := d.call("__wbg_result_233b2d68aae87a05", 1, real)
		if got := d.text(result); got != want {
			d.tb.Fatalf("request %d has %v, want %v", n, got, want)
		}
		if of := d.call("__wbg_transaction_5124caf7db668498", 1, real); of != t.real {
			d.tb.Fatalf("request %d belongs to %v", n, of)
		}
		return fmt.Sprintf("%d success", n)
	})
}

// finish commits or aborts a transaction, as often as it is asked to.
func (d *idbDriver) finish(t *idbPair, commit bool) {
	if !commit {
		if !t.model.done {
			t.model.done, t.model.ended = true, true
		}
		d.call("__wbg_abort_5151361027dc87df", 0, t.real)
		d.expected = append(d.expected, func() string { return fmt.Sprintf("%d abort", t.number) })
		return
	}
	d.call("__wbg_set_oncomplete_76d4a772a6c8cab6", 0, t.real, d.listener(t.number, "complete"))
	if t.model.done {
		return
	}
	t.model.done = true
	d.expected = append(d.expected, func() string {
		if t.model.commit() {
			return fmt.Sprintf("%d complete", t.number)
		}
		return fmt.Sprintf("%d failed", t.number)
	})
}

// step runs one macrotask and compares the event with the one that is due.
func (d *idbDriver) step() {
	d.events = nil
	ran := d.host.step(time.Now())
	if len(d.expected) == 0 {
		if ran {
			d.tb.Fatalf("an event that nobody expects: %v", d.events)
		}
		return
	}
	due := d.expected[0]
	d.expected = d.expected[1:]
	want := due()
	if !ran || len(d.events) != 1 || d.events[0] != want {
		d.tb.Fatalf("events %v, want %q", d.events, want)
	}
	var kind string
	if _, err := fmt.Sscanf(want, "%d %s", new(int), &kind); err == nil {
		d.seen[kind]++
	}
}

func (d *idbDriver) listen(request value) int {
	d.number++
	d.call("__wbg_set_onsuccess_0edec1acb4124784", 0, request, d.listener(d.number, "success"))
	d.call("__wbg_set_onerror_d0db7c6491b9399d", 0, request, d.listener(d.number, "error"))
	return d.number
}

func (d *idbDriver) listener(number int, kind string) *function {
	return &function{call: func(args ...value) value {
		if len(args) != 1 {
			d.tb.Fatalf("%d arguments to an event handler", len(args))
		}
		d.events = append(d.events, fmt.Sprintf("%d %s", number, kind))
		return undefined{}
	}}
}

// text is a result as a string, or nil.
func (d *idbDriver) text(v value) any {
	if isNullish(v) {
		return nil
	}
	return string(d.host.bytes(v))
}

// compareState reads the whole store.
func (d *idbDriver) compareState() {
	tx, err := d.host.db.Begin(kv.ReadOnly)
	require.NoError(d.tb, err)
	defer tx.Rollback()
	got := map[string]string{}
	for c := tx.Cursor(nil, nil, kv.Forward); c.Next(); {
		got[string(c.Key())] = string(c.Value())
	}
	require.Equal(d.tb, d.model.state, got)
}

func TestIDBDoesWhatItsModelDoes(t *testing.T) {
	t.Parallel()
	const scripts, length = 150, 1500
	seen := map[string]int{}
	for seed := range uint64(scripts) {
		d := newIDBDriver(t, randomScript(seed, length))
		if d.run(); t.Failed() {
			t.Fatalf("seed %d", seed)
		}
		for kind, n := range d.seen {
			seen[kind] += n
		}
	}
	for _, kind := range []string{"success", "error", "complete", "failed", "abort"} {
		if seen[kind] < scripts {
			t.Errorf("only %d events of the kind %s", seen[kind], kind)
		}
	}
	t.Log(seen)
}

func FuzzIDB(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(randomScript(1000+seed, 300))
	}
	f.Fuzz(func(t *testing.T, script []byte) {
		if len(script) > 1<<14 {
			return
		}
		newIDBDriver(t, script).run()
	})
}

func randomScript(seed uint64, length int) []byte {
	random := rand.New(rand.NewPCG(seed, 1))
	script := make([]byte, length)
	for i := range script {
		script[i] = byte(random.Uint32())
	}
	return script
}
