package engine

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/spectron-go/spectron/internal/surreal"
)

// writes is what a test has written, and what came of it. A write is a transaction with an id of its own: two
// rows, in two tables, and a count.
type writes struct {
	mu       sync.Mutex
	outcomes map[string]error
}

const writeSchema = `DEFINE TABLE left; DEFINE TABLE right; DEFINE TABLE total`

const writeSQL = `BEGIN;
	CREATE type::record('left', $id) SET n = 1;
	UPSERT type::record('total', $id) SET n += 1;
	CREATE type::record('right', $id) SET n = 1;
	COMMIT`

func newWrites() *writes { return &writes{outcomes: map[string]error{}} }

// write makes one attempt. Only errors that leave the outcome unknown, and those that say that nothing was
// written, are expected.
func (w *writes) write(ctx context.Context, t *testing.T, c surreal.Conn, id string) {
	_, err := c.Query(ctx, writeSQL, map[string]any{"id": id})
	expected := err == nil
	for _, kind := range []error{surreal.ErrLost, surreal.ErrUnreachable, surreal.ErrConflict, context.Canceled, ErrClosed} {
		expected = expected || errors.Is(err, kind)
	}
	if !expected {
		t.Errorf("write %s: %v", id, err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.outcomes[id] = err
}

func (w *writes) with(ok func(error) bool) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for _, err := range w.outcomes {
		if ok(err) {
			n++
		}
	}
	return n
}

func (w *writes) count() int        { return w.with(func(error) bool { return true }) }
func (w *writes) acknowledged() int { return w.with(func(err error) bool { return err == nil }) }
func (w *writes) lost() int {
	return w.with(func(err error) bool {
		return errors.Is(err, surreal.ErrLost) || errors.Is(err, context.Canceled)
	})
}

// check compares the store with what was acknowledged: that is there, everything else whole or absent, and
// nothing twice.
func (w *writes) check(t *testing.T, s *Session) {
	t.Helper()
	type row struct {
		ID surreal.RecordID `cbor:"id"`
		N  int              `cbor:"n"`
	}
	found := map[string]map[string]int{}
	for _, table := range []string{"left", "right", "total"} {
		found[table] = map[string]int{}
		for _, r := range query[[]row](t, s, `SELECT * FROM `+table, nil) {
			found[table][r.ID.Key] += r.N
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for id, err := range w.outcomes {
		left, right, total := found["left"][id], found["right"][id], found["total"][id]
		switch {
		case left != right || left != total || left > 1:
			t.Errorf("write %s (%v) is there %d, %d and %d times", id, err, left, right, total)
		case err == nil && left == 0:
			t.Errorf("write %s was acknowledged and is gone", id)
		case left == 1 && (errors.Is(err, surreal.ErrUnreachable) || errors.Is(err, surreal.ErrConflict)):
			t.Errorf("write %s is there, and failed with %v", id, err)
		}
		delete(found["left"], id)
	}
	for id := range found["left"] {
		t.Errorf("nobody wrote %s", id)
	}
}
