package spectron

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/tmc/langchaingo/embeddings"
	"github.com/tmc/langchaingo/llms"

	"github.com/spectron-go/spectron/internal/database"
	"github.com/spectron-go/spectron/internal/index"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/input"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/llm"
)

// Options configure a store. nil and the zero value work: they use no model, and the network only to fetch the engine once.
type Options struct {
	// Engine is a compiled engine that stores share; nil: Open loads an engine by EngineOptions, and Close releases it.
	Engine        *Engine
	EngineOptions EngineOptions

	// Durability says when a write to a file counts as complete. Default: DurabilityFull.
	Durability Durability

	// Remote has the credentials, connections and limits for stores on a server.
	Remote RemoteOptions

	// StatementTimeout limits the time of one database statement, including the reply of a server. Longer statements end with
	// ErrTimeout. Default: 60 seconds; at least 1 millisecond.
	StatementTimeout time.Duration

	// Embedder turns texts into vectors for search; nil: the built-in embedder. The built-in embedder is lexical, not semantic: it
	// hashes words, stems and character n-grams. So it helps with inflection, compounds and typing errors, but does not know
	// meaning.
	//
	// Vectors are stored, and vectors of different embedders cannot be compared. Each Context therefore records a fingerprint of
	// its embedder: the vectors of three fixed texts, which each Manager embeds once. If a Context is opened with another embedder
	// or without one, Recall searches by words alone and says so in its Trace. ModeHybrid, ModeVector and every write of texts or
	// facts then fail with ErrConflict, and nothing is stored. Open the store with the recorded embedder, or recompute the vectors
	// with Manager.ReembedContext. The built-in embedder stores no vectors: its Contexts can be opened with any embedder.
	Embedder embeddings.Embedder
	// EmbedderName names the embedder in errors and in Health, such as "text-embedding-3-small"; at most 512 bytes. "": the result of its
	// method EmbedderName() string, if it has one. The name has no other effect.
	EmbedderName string

	// Reranker orders the hits of a DocumentQuery that asks for it; nil: there is none. One call of it may take ModelTimeout.
	Reranker Reranker

	// Model is a language model of langchaingo. It serves the stages of every Context for which the Context configures no model of its own
	// (Config.Models). nil: rules alone extract facts, and Chat and Reflect need Models.
	Model llms.Model
	// ModelName names Model in results, traces and Usage, such as "openai/gpt-4o-mini"; at most 512 bytes. "": the result of its method
	// String() string, which models of package providers have, or "model".
	ModelName string
	// Models makes the models that Contexts configure. nil: they are not used; Model is, or Remembered.Model says in Failures that there is
	// none.
	Models ModelResolver
	// ModelTimeout limits the time of one call of a model, without waits for a rate limit of its provider. Default: 2 minutes; at least 1
	// millisecond.
	ModelTimeout time.Duration

	// MasterKey has 32 bytes. It seals the API keys of model providers in the configuration of Contexts, by AES-256-GCM. Without
	// it, a store that outlives the program refuses to store such keys. To change it, set the new key here and the old one in
	// OldMasterKeys: Open seals everything with the new key, and the old one is no longer needed.
	MasterKey     MasterKey
	OldMasterKeys []MasterKey

	// Logger receives what no method returns: repairs after a crash, retries, and work that was postponed or abandoned. nil:
	// silent. It gets ids and counts, never a text, a name of an entity or a secret. Its handler must not call the store, because
	// locks may be held.
	Logger *slog.Logger
	// Observer receives the start and the end of every operation, for metrics and traces; it may be nil.
	Observer Observer

	// Clock returns the time; nil: time.Now. All recorded times are in UTC.
	Clock func() time.Time
	// NewID returns the unique part of a record id; nil: random UUIDs of version 7, which sort by time. Ids must sort in the order
	// of their creation.
	NewID func() string

	// MaxOpenContexts limits how many Contexts are in memory; 0: no limit. Above the limit, the least recently used Context is
	// evicted. Its handles stay valid. Their next call loads it again, which takes milliseconds for a small Context and about 3
	// seconds for 100,000 memories. Contexts in use are not evicted, so the limit may be exceeded for a moment. Close saves the
	// index of a file store for the Contexts that are in memory then.
	MaxOpenContexts int
	// IdleContextTimeout evicts a Context in the same way when it was unused for this time; it may take up to half as long again.
	// 0: never. At least 1 millisecond.
	IdleContextTimeout time.Duration

	// Workers is the number of jobs that run at the same time in this process: see Job. Default: 2; at most 64; negative: none, so that jobs are
	// only stored, for another process or a later Open. On a server, a process with workers asks every five seconds for the jobs of each
	// Context that it has in memory.
	Workers int

	// Schedule lets the store maintain its Contexts by jobs of its own; nil: nothing happens by itself.
	Schedule *Schedule

	// MaxTextBytes limits the size of one text. Default: 1 MiB; at most 16 MiB.
	MaxTextBytes int
	// MaxBatch limits the number of messages of one RememberMany. Default: 10,000; at most 100,000.
	MaxBatch int
}

// Format prints the options with their secrets redacted, whatever the verb.
func (o Options) Format(f fmt.State, _ rune) {
	type plain Options
	_, _ = fmt.Fprintf(f, "%+v", plain(o))
}

// Reranker scores how well texts answer a question, such as a cross-encoder does. It returns one finite number for each text, in their order; the
// higher, the better. Several goroutines may use it at the same time.
type Reranker interface {
	Rerank(ctx context.Context, query string, texts []string) ([]float64, error)
}

// Durability says when a write to a file counts as complete.
type Durability string

// The durabilities.
const (
	// DurabilityFull: a write is complete when it is on disk. Neither a crash of the program nor of the machine loses a write that has
	// returned.
	DurabilityFull Durability = "full"
	// DurabilityRelaxed: a write is complete when the operating system has it, which is several times faster. If the program ends or is
	// killed, nothing is lost. If the machine loses power, the newest writes may be lost, or the file may be damaged, which Open detects.
	// Use it for data that can be recreated.
	DurabilityRelaxed Durability = "relaxed"
)

// Defaults and limits.
const (
	defaultStatementTimeout = time.Minute
	defaultModelTimeout     = 2 * time.Minute
	defaultMaxText          = 1 << 20
	limitMaxText            = 16 << 20
	defaultMaxBatch         = 10_000
	limitMaxBatch           = 100_000
	defaultWorkers          = 2
	limitWorkers            = 64
)

// complete returns a copy with defaults, or an error for an invalid value.
func (o *Options) complete(op string) (c Options, err error) {
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
	if c.Workers = cmp.Or(c.Workers, defaultWorkers); c.Workers > limitWorkers {
		return c, invalid(op, "Options.Workers", "%d is more than %d", c.Workers, limitWorkers)
	}
	if c.IdleContextTimeout != 0 && c.IdleContextTimeout < time.Millisecond {
		return c, invalid(op, "Options.IdleContextTimeout", "%v is less than a millisecond", c.IdleContextTimeout)
	}
	if err := input.Text("Options.ModelName", c.ModelName, input.MaxID); err != nil {
		return c, fail(op, err)
	}
	if named, ok := c.Model.(fmt.Stringer); ok && c.ModelName == "" {
		c.ModelName = named.String()
	}
	c.ModelName = cmp.Or(c.ModelName, "model")
	c.ModelTimeout = cmp.Or(c.ModelTimeout, defaultModelTimeout)
	if c.ModelTimeout < time.Millisecond {
		return c, invalid(op, "Options.ModelTimeout", "%v is less than a millisecond", c.ModelTimeout)
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
		return c, invalid(op, "Options.Durability", "unknown durability %q; use full or relaxed", c.Durability)
	}
	if c.Schedule, err = c.Schedule.complete(op); err != nil {
		return c, err
	}
	return c, c.Remote.check(op)
}

// core returns the options of the inner store.
func (o *Options) core(op string, at database.Address) (live.Options, error) {
	heard := o.heard()
	out := live.Options{
		Logger: heard.Logger, Observer: heard.Observer, Clock: o.Clock, NewID: o.NewID, StatementTimeout: o.StatementTimeout,
		MaxOpen: o.MaxOpenContexts, Idle: o.IdleContextTimeout,
		EmbedderName: o.EmbedderName, Reranker: o.Reranker, Extractor: ingest.Rules{}, MaxText: o.MaxTextBytes, MaxBatch: o.MaxBatch,
	}
	out.Model, out.ModelTimeout = llm.Model{Name: o.ModelName, LLM: o.Model}, o.ModelTimeout
	if o.Models != nil {
		out.Models = resolver{o.Models}
	}
	var err error
	if out.Embedder, out.StoresVectors, err = o.vectors(); err != nil {
		return out, err
	}
	out.Keyring, err = o.keyring(op, at.InMemory())
	return out, err
}

// vectors returns the embedder, and whether the database stores its vectors. The vectors of the built-in embedder are cheaper to recompute
// than to store.
func (o *Options) vectors() (embeddings.Embedder, bool, error) {
	if o.Embedder != nil {
		return o.Embedder, true, nil
	}
	e, err := index.NewLexicalEmbedder(0)
	return e, false, err
}

// database returns the options for opening the database of a store.
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
		// The zero Engine is passed on for an engine that was not loaded, so that opening refuses it.
		out.Engine = cmp.Or(o.Engine.loaded, &database.Engine{})
	}
	return out
}
