// Package live holds the Contexts of a store in the memory of this process. Each has a view, a writer's lock, and a refresh from the log
// of changes. A Context stays in memory at least as long as a call uses it. The package knows nothing of callers and permissions.
package live

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tmc/langchaingo/embeddings"

	"github.com/spectron-go/spectron/internal/database"
	"github.com/spectron-go/spectron/internal/llm"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/secret"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
)

// Store is the state that all handles of a store share.
type Store struct {
	Opts          Options
	Embed         embeddings.Embedder
	StoresVectors bool
	Address       database.Address
	DB            database.Database
	Shared        bool // other processes may write to it
	SaveFrom      int  // minimum number of rows for which an index is saved
	Control       surreal.Conn
	Registry      *store.Registry
	Keyring       *secret.Keyring         // seals the keys of providers; nil: there is none
	Jobs          Jobs                    // nil: jobs are only stored
	Also          []func(context.Context) // what else runs in the background until its context ends
	uses          keyUses
	// fingerprint identifies the store's embedder by its vectors of the probe texts; nil before its first use.
	fingerprint atomic.Pointer[record.Embedder]
	Refused     denials // denied attempts to record in the control plane
	Clock       monotonic
	// Matches compares a secret with the stored hash of a key. Tests replace it.
	Matches func(secret.Parsed, secret.Stored) bool

	// background counts the goroutines that run until stop is called.
	background sync.WaitGroup
	stop       context.CancelFunc
	mu         sync.Mutex // guards the fields below
	// contexts has the Contexts for which handles exist. pool has those that are in memory.
	contexts map[string]*Context
	pool     pool
	// changing holds the ids of the Contexts that this process is creating or deleting.
	changing map[string]bool
	closed   bool
	running  int           // number of running operations
	idle     chan struct{} // closed when no operation runs any more after Close
	// deletions counts deleted and reconfigured Contexts. A call that reads an entry of the registry compares it before and after.
	deletions int
	restored  int // number of Contexts that were loaded from a saved index
	noted     notedContexts
}

// Options configure a store. All fields must be set, apart from those of models.
type Options struct {
	Logger           *slog.Logger
	Observer         any // of package spectron, which alone knows its type
	Clock            func() time.Time
	NewID            func() string
	StatementTimeout time.Duration
	MaxOpen          int           // maximum number of Contexts in memory; 0: no limit
	Idle             time.Duration // time after which an unused Context is evicted; 0: never
	Embedder         embeddings.Embedder
	StoresVectors    bool
	EmbedderName     string
	Reranker         Reranker // nil: there is none
	Extractor        Extractor
	Model            llm.Model       // serves stages for which a Context configures no model; its LLM is nil if there is none
	Models           Resolver        // makes the models that Contexts configure; nil: they are not used
	ModelTimeout     time.Duration   // limits one call of a model
	MaxText          int             // maximum bytes of one text
	MaxBatch         int             // maximum messages of one batch
	Keyring          *secret.Keyring // seals the keys of providers; nil: there is none
}

// Reranker scores how well texts answer a question, one score for each text.
type Reranker interface {
	Rerank(ctx context.Context, query string, texts []string) ([]float64, error)
}

// Open opens the database of a store.
func Open(ctx context.Context, at database.Address, db database.Options, o Options) (_ *Store, err error) {
	m := &Store{
		Opts: o, Embed: o.Embedder, StoresVectors: o.StoresVectors, Keyring: o.Keyring, Address: at, Shared: at.Remote(), SaveFrom: saveFrom,
		contexts: map[string]*Context{}, changing: map[string]bool{}, idle: make(chan struct{}), noted: notedContexts{wake: make(chan struct{}, 1)},
		pool: pool{max: o.MaxOpen, idle: o.Idle}, stop: func() {}, Matches: secret.Parsed.Matches,
	}
	if m.DB, err = database.Open(ctx, at, db); err != nil {
		return nil, err
	}
	if m.Control, err = m.DB.Connect(ctx, store.ControlNamespace, store.ControlDatabase); err != nil {
		return nil, errors.Join(err, m.Release(context.WithoutCancel(ctx)))
	}
	m.Registry = store.NewRegistry(m.Control)
	return m, nil
}

// Start starts the background work of an open store.
func (m *Store) Start(ctx context.Context) {
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	m.stop = stop
	m.background.Go(func() { m.storeNotes(background) })
	if m.Jobs != nil {
		m.background.Go(func() { m.Jobs.Run(background) })
	}
	for _, run := range m.Also {
		m.background.Go(func() { run(background) })
	}
	if m.pool.idle > 0 {
		m.background.Go(func() { m.evictIdle(background) })
	}
}

// Close waits until running calls have finished or ctx ends, and releases everything.
func (m *Store) Close(ctx context.Context) error {
	m.stop()
	m.background.Wait()
	idle := m.shut(ctx)
	m.mu.Lock()
	open := slices.Collect(maps.Values(m.contexts))
	clear(m.contexts)
	m.mu.Unlock()
	var err error
	if idle {
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), m.Opts.StatementTimeout)
		err = m.storeDenials(limited, open)
		m.storeAllNotes(limited, open)
		m.storeReinforced(limited, open)
		cancel()
	}
	released := m.Release(ctx)
	if idle && released == nil {
		released = m.saveIndexes(context.WithoutCancel(ctx), open)
	}
	return errors.Join(err, released)
}

// Release closes the connection to the database, and the engine if no other store shares it.
func (m *Store) Release(ctx context.Context) error { return m.DB.Close(ctx) }

// NewID returns a new record id.
func (m *Store) NewID(table string) string { return table + ":" + m.Opts.NewID() }

// Writers says whether other processes may write to a Context's database.
func (m *Store) Writers() store.Writers {
	if m.Shared {
		return store.SharedWriters
	}
	return store.SingleWriter
}

// InUse returns how many Contexts are in memory, and how often one was loaded from a saved index.
func (m *Store) InUse() (inMemory, restored int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.pool.used.Len(), m.restored
}
