package live

import (
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// maxKnown is the maximum number of rows in a cache.
const maxKnown = 100_000

// Cache is an LRU cache of rows by name. Its zero value is empty. It is safe for concurrent use.
type Cache[T any] struct {
	mu      sync.Mutex // guards the fields below; reads also need it, because they move their row to the front
	rows    *simplelru.LRU[string, T]
	changes int // number of changes to any row: a row that was read before the latest change is not cached
}

// Get returns a row. If it is not cached, read it and pass the returned number of changes to Put.
func (c *Cache[T]) Get(name string) (row T, found bool, changes int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rows != nil {
		row, found = c.rows.Get(name)
	}
	return row, found, c.changes
}

// Changes returns the number of changes so far, for a later Put of a row that is read from now on.
func (c *Cache[T]) Changes() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.changes
}

// Put caches a row that was read after the given number of changes, unless there was another change since.
func (c *Cache[T]) Put(changes int, name string, row T) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.changes != changes {
		return
	}
	if c.rows == nil {
		c.rows, _ = simplelru.NewLRU[string, T](maxKnown, nil) // it fails only for a size of 0
	}
	c.rows.Add(name, row)
}

// GetOrRead returns a row from the cache, or else from read. The result of read is not cached if a row has changed meanwhile.
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

// Forget drops the named rows; nil: all rows.
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
