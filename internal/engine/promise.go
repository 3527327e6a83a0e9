package engine

// promise is a JavaScript promise. It belongs to the loop's goroutine.
type promise struct {
	state   promiseState
	value   value
	waiting []func()
}

type promiseState uint8

const (
	pending promiseState = iota
	fulfilled
	rejected
)

// resolve settles p with v, or makes it follow v when v is a promise itself.
func (l *loop) resolve(p *promise, v value) {
	if p.state != pending {
		return
	}
	if q, ok := v.(*promise); ok {
		l.whenSettled(q, func() { l.settle(p, q.state, q.value) })
		return
	}
	l.settle(p, fulfilled, v)
}

// reject settles p with the reason v.
func (l *loop) reject(p *promise, v value) { l.settle(p, rejected, v) }

func (l *loop) settle(p *promise, s promiseState, v value) {
	if p.state != pending {
		return
	}
	p.state, p.value = s, v
	for _, f := range p.waiting {
		l.microtask(f)
	}
	p.waiting = nil
}

// whenSettled runs f as a microtask once p is settled.
func (l *loop) whenSettled(p *promise, f func()) {
	if p.state != pending {
		l.microtask(f)
		return
	}
	p.waiting = append(p.waiting, f)
}

// then is Promise.prototype.then; a nil handler passes the outcome on.
func (l *loop) then(p *promise, onFulfilled, onRejected *function) *promise {
	next := &promise{}
	l.whenSettled(p, func() {
		handler := onFulfilled
		if p.state == rejected {
			handler = onRejected
		}
		switch {
		case handler != nil:
			l.resolve(next, handler.call(p.value))
		case p.state == rejected:
			l.reject(next, p.value)
		default:
			l.resolve(next, p.value)
		}
	})
	return next
}
