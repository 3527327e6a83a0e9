package live

import (
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// maxKnown bounds a cache in rows.
const maxKnown = 100_000

// Cache keeps rows by their names, those that were used last. Its zero value is empty. It is safe for concurrent use.
type Cache[T any] struct {
	mu      sync.Mutex // guards what follows: a read moves its row to the front
	rows    *simplelru.LRU[string, T]
	changes int // of any row: what was read before the last one is not kept
}

// Get returns a row, and the number of changes to keep it under when it has to be read.
func (c *Cache[T]) Get(name string) (row T, found bool, changes int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rows != nil {
		row, found = c.rows.Get(name)
	}
	return row, found, c.changes
}

// Changes is the number of changes so far, to keep a row under that is read from now on.
func (c *Cache[T]) Changes() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.changes
}

// Keep takes a row that was read after so many changes, unless there was another one since.
func (c *Cache[T]) Put(changes int, name string, row T) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.changes != changes {
		return
	}
	if c.rows == nil {
		c.rows, _ = simplelru.NewLRU[string, T](maxKnown, nil) // it fails for no size alone
	}
	c.rows.Add(name, row)
}

// Known returns a row, from the cache or else from read. What read found is not kept when something has changed since.
func (c *Cache[T]) GetOrRead(name string, read func() (T, error)) (T, error) {
	row, found, changes := c.Get(name)
	if found {
		return row, nil
	}
	row, err := read()
	if err == nil {
		c.Put(changes, name, row)
	}
	return row, err
}

// Forget drops some rows; nil: all.
func (c *Cache[T]) Forget(names []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.changes++
	if c.rows == nil {
		return
	}
	if names == nil {
		c.rows.Purge()
	}
	for _, name := range names {
		c.rows.Remove(name)
	}
}
