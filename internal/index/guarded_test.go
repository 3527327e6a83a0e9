package index_test

import (
	"sync"

	"github.com/spectron-go/spectron/internal/index"
)

// guarded is an index with a lock, as an owner has one: texts are taken apart without it.
type guarded struct {
	mu sync.RWMutex
	ix *index.Index
}

func (g *guarded) Put(entries ...index.Entry) error {
	batch, err := g.ix.Prepare(entries...)
	if err != nil {
		return err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.ix.Commit(batch)
}

func (g *guarded) Delete(ids ...string) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.ix.Delete(ids...)
}

func (g *guarded) Search(q index.Query) ([]index.Hit, error) {
	q.Terms = g.ix.Terms(q.Text)
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.ix.Search(q)
}

func (g *guarded) Get(id string) (index.Entry, bool) {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.ix.Get(id)
}

func (g *guarded) Stats() index.Stats {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.ix.Stats()
}
