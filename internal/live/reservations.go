package live

import "sync"

// reservations are the idempotency keys of the writes that run in this process. They live in memory: a process that ends has no writes in
// flight.
type reservations struct {
	mu   sync.Mutex
	held map[string]*Reservation
}

// Reservation is the use of a key by a running write. A nil Reservation is of a write without a key.
type Reservation struct {
	of  *reservations
	key string
}

// Reserve takes a key until Release. It returns false if another write has it.
func (s *Context) Reserve(key string) (*Reservation, bool) {
	of := &s.reserved
	of.mu.Lock()
	defer of.mu.Unlock()
	if of.held[key] != nil {
		return nil, false
	}
	if of.held == nil {
		of.held = map[string]*Reservation{}
	}
	r := &Reservation{of, key}
	of.held[key] = r
	return r, true
}

// Release frees the key. It may be called again, also after another write has taken the key.
func (r *Reservation) Release() {
	if r == nil {
		return
	}
	r.of.mu.Lock()
	defer r.of.mu.Unlock()
	if r.of.held[r.key] == r {
		delete(r.of.held, r.key)
	}
}
