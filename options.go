package spectron

import (
	"cmp"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/tmc/langchaingo/embeddings"

	"github.com/spectron-go/spectron/internal/database"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
)

// Options configure a store. nil, and the zero value, work: no model, no network but for fetching the engine
// once.
type Options struct {
	// Engine is a compiled engine to share among stores; nil: Open loads one by EngineOptions and Close
	// releases it.
	Engine        *Engine
	EngineOptions EngineOptions

	// Durability says when a write to a file counts as done. Default: DurabilityFull.
	Durability Durability

	// Remote is for stores on a server: credentials, connections, limits.
	Remote RemoteOptions

	// StatementTimeout bounds one statement of the database, and the wait for a server's answer to it. What takes
	// longer ends with ErrTimeout. Default: 60 seconds; at least 1 millisecond.
	StatementTimeout time.Duration

	// Embedder turns texts into vectors for search; nil: the built-in one. That one is lexical, not semantic:
	// it hashes words, their stems and their character n-grams, so it helps with inflection, compounds and
	// typing errors and knows nothing of meaning.
	//
	// The vectors of one embedder are stored, and mean nothing to another. A Context knows what its vectors were made by, from
	// the first on, by what that makes of three fixed texts, which each Manager has embedded once. Opened with another embedder, or
	// without one, a Context answers Recall by words alone and says so in its Trace; ModeHybrid, ModeVector and every write of
	// texts or facts fail with ErrConflict, and nothing is stored. Open the store with the embedder that it knows, or have
	// Manager.ReembedContext make the vectors anew. What was written with the built-in embedder has no stored vectors: it can
	// be opened with any.
	Embedder embeddings.Embedder
	// EmbedderName is what to call the embedder in errors and in Health, such as "text-embedding-3-small"; "": what its method
	// EmbedderName() string says, if it has one. It decides nothing.
	EmbedderName string

	// MasterKey seals the keys of model providers that Contexts are configured with, by AES-256-GCM: 32 bytes, from
	// wherever the program keeps its secrets. Without one a store that outlives the program refuses to keep such keys.
	// To change it, give the new one here and the old one in OldMasterKeys: Open seals everything anew, and the old one
	// is not needed any more.
	MasterKey     MasterKey
	OldMasterKeys []MasterKey

	// Logger hears of what no method returns: what was repaired after a crash, retried, put off or given up. nil: silent. It gets ids
	// and counts, never a text, a name of an entity or a secret. Its handler must not call the store: locks may be held.
	Logger *slog.Logger
	// Observer hears of the start and the end of every operation, for metrics and traces; nil: nobody does.
	Observer Observer

	// Clock tells the time; nil: time.Now. Everything that a store records is in UTC.
	Clock func() time.Time
	// NewID makes the part of a record id that is unique; nil: random UUIDs of version 7, which sort by time.
	// Ids must sort in the order in which they were made.
	NewID func() string

	// MaxOpenContexts bounds how many Contexts are in memory; 0: all that were used. Over it the one that was used the
	// longest ago is taken out: its handles stay good, and their next call reads it again, which takes milliseconds for a
	// small Context and about 3 seconds for 100,000 memories. One that is in use stays, so that for a moment there may be
	// more. A file store's index is saved at Close for those that are in memory then.
	MaxOpenContexts int
	// IdleContextTimeout takes a Context out of memory in the same way when it was not used for that long, or for up to
	// half as long again; 0: never. At least 1 millisecond.
	IdleContextTimeout time.Duration

	// MaxTextBytes bounds one text. Default: 1 MiB.
	MaxTextBytes int
	// MaxBatch bounds the messages of one RememberMany. Default: 10,000.
	MaxBatch int
}

// Format prints the options without the secrets in them, whatever the verb.
func (o Options) Format(f fmt.State, _ rune) {
	type plain Options
	_, _ = fmt.Fprintf(f, "%+v", plain(o))
}

// Durability says when a write to a file counts as done.
type Durability string

// The durabilities.
const (
	// DurabilityFull: once it is on the disk. Neither the program nor the machine loses a write that has returned.
	DurabilityFull Durability = "full"
	// DurabilityRelaxed: once the operating system has it, which is several times faster. A program that ends or
	// is killed loses nothing. When the machine loses power, the newest writes may be lost, or the file damaged,
	// which is found when it is opened: for data that can be made again.
	DurabilityRelaxed Durability = "relaxed"
)

// Defaults and limits.
const (
	defaultStatementTimeout = time.Minute
	defaultMaxText          = 1 << 20
	limitMaxText            = 16 << 20
	defaultMaxBatch         = 10_000
	limitMaxBatch           = 100_000
	maxQueryBytes           = 16 << 10
)

// complete returns a copy with the defaults filled in, or what is wrong with it.
func (o *Options) complete(op string) (Options, error) {
	var c Options
	if o != nil {
		c = *o
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.NewID == nil {
		c.NewID = func() string { return uuid.Must(uuid.NewV7()).String() }
	}
	if c.MaxTextBytes == 0 {
		c.MaxTextBytes = defaultMaxText
	}
	if c.MaxBatch == 0 {
		c.MaxBatch = defaultMaxBatch
	}
	if c.MaxTextBytes < 0 || c.MaxTextBytes > limitMaxText {
		return c, invalid(op, "Options.MaxTextBytes", "%d is not between 1 and %d", c.MaxTextBytes, limitMaxText)
	}
	if c.MaxBatch < 0 || c.MaxBatch > limitMaxBatch {
		return c, invalid(op, "Options.MaxBatch", "%d is not between 1 and %d", c.MaxBatch, limitMaxBatch)
	}
	if err := input.Text("Options.EmbedderName", c.EmbedderName, input.MaxID); err != nil {
		return c, fail(op, err)
	}
	if c.MaxOpenContexts < 0 {
		return c, invalid(op, "Options.MaxOpenContexts", "%d is negative", c.MaxOpenContexts)
	}
	if c.IdleContextTimeout != 0 && c.IdleContextTimeout < time.Millisecond {
		return c, invalid(op, "Options.IdleContextTimeout", "%v is less than a millisecond", c.IdleContextTimeout)
	}
	if c.StatementTimeout == 0 {
		c.StatementTimeout = defaultStatementTimeout
	}
	if c.StatementTimeout < time.Millisecond {
		return c, invalid(op, "Options.StatementTimeout", "%v is less than a millisecond", c.StatementTimeout)
	}
	switch c.Durability {
	case "":
		c.Durability = DurabilityFull
	case DurabilityFull, DurabilityRelaxed:
	default:
		return c, invalid(op, "Options.Durability", "unknown durability %q; there are full and relaxed", c.Durability)
	}
	return c, c.Remote.check(op)
}

// core is what the store itself is configured with.
func (o *Options) core(op string, at database.Address) (live.Options, error) {
	heard := o.heard()
	out := live.Options{
		Logger: heard.Logger, Observer: heard.Observer, Clock: o.Clock, NewID: o.NewID, StatementTimeout: o.StatementTimeout, MaxOpen: o.MaxOpenContexts, Idle: o.IdleContextTimeout,
		EmbedderName: o.EmbedderName, Extractor: ingest.Rules{}, MaxText: o.MaxTextBytes, MaxBatch: o.MaxBatch,
	}
	var err error
	if out.Embedder, out.StoresVectors, err = o.vectors(); err != nil {
		return out, err
	}
	out.Keyring, err = o.keyring(op, at.InMemory())
	return out, err
}

// vectors returns the embedder in use, and whether its vectors are kept in the database: those of the
// built-in one are cheaper to make again than to store.
func (o *Options) vectors() (embeddings.Embedder, bool, error) {
	if o.Embedder != nil {
		return o.Embedder, true, nil
	}
	e, err := index.NewLexicalEmbedder(0)
	return e, false, err
}

// database says how to open the database of a store.
func (o *Options) database() database.Options {
	r := o.Remote
	out := database.Options{
		Load: o.EngineOptions.inner(), Relaxed: o.Durability == DurabilityRelaxed, Statement: o.StatementTimeout, Logger: o.heard().Logger,
		Remote: database.RemoteOptions{
			User: r.User, Password: r.Password, Token: r.Token, Namespace: r.Namespace, Database: r.Database,
			ConnectTimeout: r.ConnectTimeout, MaxMessageBytes: r.MaxMessageBytes, PoolSize: r.Connections, TLS: r.TLS,
		},
	}
	if o.Engine != nil {
		// One that was not loaded is refused.
		out.Engine = cmp.Or(o.Engine.loaded, &database.Engine{})
	}
	return out
}
