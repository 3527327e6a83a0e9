package engine

// function is a callable JavaScript value: a Go function, or a closure that lives in the module.
type function struct {
	call    func(args ...value) value
	closure *closure
}

// closure is a Rust closure that the module handed out: two words that it gets back at each call, and a
// count of those that still need it. The module drops its own share with unref; while a call runs the
// closure counts once more, so that it is not destroyed under its own feet.
type closure struct {
	host       *host
	data, meta uint32
	count      int
	destructor string
}

// newClosure makes a callable of (data, meta): invoke is the exported trampoline that takes them and args
// heap values, destructor the one that frees them.
func (h *host) newClosure(data, meta uint32, destructor, invoke string, args int) *function {
	c := &closure{host: h, data: data, meta: meta, count: 1, destructor: destructor}
	return &function{closure: c, call: func(in ...value) value {
		if c.count == 0 {
			// The module drops a closure with the future that waited for it, for instance when a LIMIT ends
			// a scan whose next record is under way; the event still comes. A browser reports an uncaught
			// error and goes on.
			return undefined{}
		}
		c.count++
		// Cleared during the call: a closure that is entered twice is told so by the module.
		d := c.data
		c.data = 0
		words := make([]uint64, 2, 4)
		words[0], words[1] = uint64(d), uint64(c.meta)
		for i := range args {
			var v value = undefined{}
			if i < len(in) {
				v = in[i]
			}
			words = append(words, uint64(h.heap.add(v)))
		}
		h.invoke(invoke, words...)
		c.data = d
		c.unref()
		return undefined{}
	}}
}

// unref gives up one share and destroys the closure with the last.
func (c *closure) unref() {
	c.count--
	if c.count == 0 {
		d := c.data
		c.data = 0
		c.host.invoke(c.destructor, uint64(d), uint64(c.meta))
	}
}
