package live

import (
	"errors"
	"fmt"
	"testing"
)

// TestCache checks that a row that was read before a change is never served after it, and that the most recently used rows stay in a full
// cache.
func TestCache(t *testing.T) {
	t.Parallel()
	var c Cache[int]
	if _, found, _ := c.Get("a"); found {
		t.Error("an empty cache has a row")
	}
	_, _, before := c.Get("a")
	c.Forget([]string{"b"})
	c.Put(before, "a", 1)
	if _, found, _ := c.Get("a"); found {
		t.Error("a row that was read before a change was kept")
	}
	refused := errors.New("not read")
	for i, read := range []func() (int, error){
		func() (int, error) { return 0, refused },
		func() (int, error) { c.Forget(nil); return 1, nil }, // a row changes while this one is read
		func() (int, error) { return 2, nil },
		func() (int, error) { return 3, nil },
	} {
		got, err := c.GetOrRead("a", read)
		if want := min(i, 2); (i == 0) != errors.Is(err, refused) || got != want {
			t.Errorf("read %d: %d, %v", i, got, err)
		}
	}
	_, _, at := c.Get("a")
	for i := range maxKnown {
		c.Get("a") // so that it was used recently
		c.Put(at, fmt.Sprint(i), i)
	}
	_, first, _ := c.Get("0")
	_, used, _ := c.Get("a")
	if first || !used || c.rows.Len() != maxKnown {
		t.Errorf("%d rows; the one used first: %t, the one in use: %t", c.rows.Len(), first, used)
	}
	c.Forget([]string{"a"})
	if _, found, _ := c.Get("a"); found {
		t.Error("a row that was forgotten is there")
	}
}
