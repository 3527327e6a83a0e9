package spectron

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tmc/langchaingo/embeddings"

	"github.com/spectron-go/spectron/internal/database"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/secret"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// openStore is what all handles of a store share.
type openStore struct {
	opts     coreOptions
	embed    embeddings.Embedder
	keep     bool // vectors are stored
	address  database.Address
	db       database.Database
	shared   bool // other processes may write to it
	saveFrom int  // how many rows an index that is saved has at least
	control  surreal.Conn
	registry *store.Registry
	keyring  *secret.Keyring // seals the keys of providers; nil: there is none
	uses     keyUses
	// fingerprint is what the embedder is told by, once it was asked.
	fingerprint atomic.Pointer[record.Embedder]
	refused     denials // in the control plane
	clock       monotonic
	// matches compares a secret with what is stored of a key.
	matches func(secret.Parsed, secret.Stored) bool

	// background is what runs for as long as the store is open, until stop.
	background sync.WaitGroup
	stop       context.CancelFunc
	mu         sync.Mutex // guards what follows
	// contexts has those that handles were made of; pool says which of them are in memory.
	contexts map[string]*contextStore
	pool     pool
	// changing holds the ids of the Contexts that this process is creating or deleting.
	changing map[string]bool
	closed   bool
	running  int           // operations that have begun
	idle     chan struct{} // closed once none runs after Close
	// deletions counts deleted Contexts, so that whoever reads one notices that it may be gone.
	deletions int
	restored  int // Contexts that were read from a saved index
}

// coreOptions configure a store. All fields are set.
type coreOptions struct {
	clock            func() time.Time
	newID            func() string
	statementTimeout time.Duration
	maxOpen          int           // Contexts in memory; 0: no limit
	idle             time.Duration // after which one is taken out of memory; 0: never
	embedder         embeddings.Embedder
	keep             bool // vectors are stored
	embedderName     string
	maxText          int             // bytes of one text
	maxBatch         int             // messages of one batch
	keyring          *secret.Keyring // seals the keys of providers; nil: there is none
}

// openCore opens the database of a store.
func openCore(ctx context.Context, at database.Address, db database.Options, o coreOptions) (_ *openStore, err error) {
	m := &openStore{
		opts: o, embed: o.embedder, keep: o.keep, keyring: o.keyring, address: at, shared: at.Remote(), saveFrom: saveFrom,
		contexts: map[string]*contextStore{}, changing: map[string]bool{}, idle: make(chan struct{}),
		pool: pool{max: o.maxOpen, idle: o.idle}, stop: func() {}, matches: secret.Parsed.Matches,
	}
	if m.db, err = database.Open(ctx, at, db); err != nil {
		return nil, err
	}
	if m.control, err = m.db.Connect(ctx, store.ControlNamespace, store.ControlDatabase); err != nil {
		return nil, errors.Join(err, m.release(context.WithoutCancel(ctx)))
	}
	m.registry = store.NewRegistry(m.control)
	return m, nil
}

// start starts what runs for as long as the store is open.
func (m *openStore) start(ctx context.Context) {
	if m.pool.idle > 0 {
		background, stop := context.WithCancel(context.WithoutCancel(ctx))
		m.stop = stop
		m.background.Go(func() { m.evictIdle(background) })
	}
}

// close lets running calls finish, or until ctx ends, and releases everything.
func (m *openStore) close(ctx context.Context) error {
	m.stop()
	m.background.Wait()
	idle := m.shut(ctx)
	m.mu.Lock()
	open := slices.Collect(maps.Values(m.contexts))
	clear(m.contexts)
	m.mu.Unlock()
	var err error
	if idle {
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), m.opts.statementTimeout)
		err = m.storeDenials(limited, open)
		cancel()
	}
	released := m.release(ctx)
	if idle && released == nil {
		released = m.saveIndexes(context.WithoutCancel(ctx), open)
	}
	return errors.Join(err, released)
}

func (m *openStore) release(ctx context.Context) error { return m.db.Close(ctx) }

// newID makes the id of a record.
func (m *openStore) newID(table string) string { return table + ":" + m.opts.newID() }

// writers says who may write to a Context's database.
func (m *openStore) writers() store.Writers {
	if m.shared {
		return store.Among
	}
	return store.Alone
}
