// Package spectron gives a Go program memory for agents: isolated Contexts, Remember and Recall, and a knowledge
// graph with history and provenance. The data lives in SurrealDB, embedded in the program or behind a URL.
//
// To start, open a store, take the memory of a Context, then remember and recall:
//
//	mgr, err := spectron.Open(ctx, "agent.db", nil)
//	defer mgr.Close(ctx)
//	memory, err := mgr.Memory(ctx) // of the Context DefaultContext; Manager.EnsureContext gives each tenant its own
//	_, err = memory.Remember(ctx, spectron.RememberRequest{Text: "Alice was promoted to CTO."})
//	res, err := memory.Recall(ctx, spectron.RecallRequest{Query: "What is Alice's role?"})
//	fmt.Println(res.Tier, res.Hits[0].Text) // direct Alice's role is CTO
//
// No server, API key or model is needed. Without a model, rules extract names, roles, employers, places, relations,
// preferences, instructions and dates from what the user says. Uncertain statements are not stored as facts. Every text
// is stored word for word, and search finds it whether or not a fact was extracted from it.
//
// The program that opened the store may do everything. It creates keys for others (Context.Keys). Manager.Authenticate returns the
// handle of a key, with the rights that the key's grants over scopes give at the time of each call. Management keys
// (Manager.ManagementKeys) are for administrative tools: their Admin manages Contexts but has no access to their memory.
//
// Every method that does I/O takes a context.Context first. Its error is an *Error, which errors.Is matches by code. All
// types are safe for concurrent use.
package spectron

import (
	"context"
	"errors"
	"fmt"

	"github.com/spectron-go/spectron/internal/database"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/jobs"
	"github.com/spectron-go/spectron/internal/lifecycle"
	"github.com/spectron-go/spectron/internal/live"
)

// Manager is an open store: the control plane and the Contexts in it. Open returns it, and the program that
// holds it may do everything. AuthenticateManager returns an Admin for a management key, with fewer rights.
type Manager struct {
	controlPlane
}

// controlPlane has the state and the methods that Manager and Admin share.
type controlPlane struct {
	core   *live.Store
	caller *gate.Caller
}

// Format prints only the address of the store, whatever the verb. Some verbs would otherwise print the state behind the pointers, with its
// secrets.
func (m controlPlane) Format(f fmt.State, _ rune) {
	if m.core == nil {
		return
	}
	_, _ = fmt.Fprintf(f, "{URL:%s}", m.core.Address)
}

// Open opens the store at rawURL. It fetches, compiles and starts the embedded engine, or connects to a server. Then it
// migrates the control plane and every Context to the current schema. A failed Open leaves nothing behind, except an
// empty file that it may have created.
//
//	mem://                 in memory, gone after Close
//	agent.db               in one file, relative to the working directory; /var/lib/agent.db is absolute. A path contains
//	                       a dot or a slash. file://agent.db and file:///var/lib/agent.db mean the same. Open creates
//	                       the file if it does not exist, but not its directory. Only one process may have it open.
//	ws://localhost:8000    on a SurrealDB server or cluster, with Options.Remote; wss:// with TLS. Any number of
//	                       processes may have it open. Each sees the writes of the others.
//	http://, https://      the same, with one HTTP request per call
//
// The engine is fetched from npm once and cached (see EngineOptions). Stores on a server do not need it.
//
// Codes: CodeInvalid for a URL, an option or a file that is no store (which is left as it was); CodeNotFound for a
// directory that does not exist; CodeInUse for a file that is open elsewhere; CodeDamaged for one that is not whole;
// CodeUnsupported for a store that a newer version of this library wrote; CodeUnauthenticated for the credentials;
// CodeUnavailable when the engine cannot be had, the server does not answer or the file cannot be read or written.
func Open(ctx context.Context, rawURL string, opts *Options) (*Manager, error) {
	const op = "open"
	return observe(ctx, opts.heard(), Operation{Name: op, Operator: true}, func(ctx context.Context, _ *observation) (*Manager, error) {
		return open(ctx, op, rawURL, opts)
	})
}

func open(ctx context.Context, op, rawURL string, opts *Options) (_ *Manager, err error) {
	o, err := opts.complete(op)
	if err != nil {
		return nil, err
	}
	at, err := database.ParseAddress(rawURL)
	if err != nil {
		return nil, fail(op, err)
	}
	inner, err := o.core(op, at)
	if err != nil {
		return nil, err
	}
	core, err := live.Open(ctx, at, o.database(), inner)
	if err != nil {
		return nil, fail(op, err)
	}
	m := &Manager{controlPlane{core, &gate.Caller{Kind: gate.Operator}}}
	defer func() {
		if err != nil {
			err = fail(op, errors.Join(err, m.core.Release(context.WithoutCancel(ctx))))
		}
	}()
	if err = m.tenants().Upgrade(ctx); err != nil {
		return nil, err
	}
	work := jobs.New(m.core, lifecycle.Kinds(), jobs.Options{Workers: o.Workers})
	if err = work.Prepare(ctx); err != nil {
		return nil, err
	}
	m.core.Jobs = work
	if o.Schedule != nil {
		m.core.Also = append(m.core.Also, o.Schedule.inner(m.core).Run)
	}
	m.core.Start(ctx)
	return m, nil
}

// DefaultContext is the id of the Context that Manager.Memory uses.
const DefaultContext = "default"

// Memory returns the memory of the Context "default", and creates that Context if it does not exist. It is for programs that
// need only one memory. Its errors are those of EnsureContext.
//
//	mgr, err := spectron.Open(ctx, "agent.db", nil)
//	memory, err := mgr.Memory(ctx)
//	_, err = memory.Remember(ctx, spectron.RememberRequest{Text: "Alice works at Globex."})
func (m *Manager) Memory(ctx context.Context) (*Memory, error) {
	c, err := m.EnsureContext(ctx, DefaultContext, ContextSpec{})
	if err != nil {
		return nil, err
	}
	return c.Memory(), nil
}

// Close waits until running calls have finished or ctx ends, and then releases everything. The data of a store in memory is gone
// afterwards. Later calls on the Manager and on handles from it return ErrClosed. It is nil-safe and repeatable.
func (m *Manager) Close(ctx context.Context) error {
	if m == nil {
		return nil
	}
	const op = "close"
	_, err := observed(ctx, &m.controlPlane, op, "", func(ctx context.Context) (none struct{}, err error) { return none, fail(op, m.core.Close(ctx)) })
	return err
}

// Health is the state of a store.
type Health struct {
	URL          string // opens the same store from the same working directory: "file://agent.db"
	Database     string // SurrealDB's version, such as "surrealdb-3.0.2"
	Contexts     int    // number of Contexts in memory: all that were used since Open, unless Options evict some
	Restored     int    // how often a Context was loaded from an index saved beside the file
	WasmBytes    int64  // memory of the embedded engine, at most 4 GiB; 0 on a server
	InFlight     int    // number of running statements
	Restarts     int    // restarts of the embedded engine, after faults and to release memory
	VectorsFrom  string // "lexical" for the built-in embedder, "embedder" for Options.Embedder
	EmbedderName string // Options.EmbedderName, or the name that the embedder itself gives
	Dimension    int    // dimension of the embedder's vectors; 0 before its first use, and for the built-in embedder
	// OtherVectors has the ids of the used Contexts whose vectors are known to come from another embedder. See
	// Manager.ReembedContext.
	OtherVectors []string
}

// Health asks the database whether it answers, and describes the store. ErrUnavailable: the database does not answer; ErrClosed.
func (m *controlPlane) Health(ctx context.Context) (Health, error) {
	return manage(ctx, m, "health", func(ctx context.Context, c gate.ControlCall) (Health, error) {
		version, err := c.Store.DB.Version(ctx)
		if err != nil {
			return Health{}, err
		}
		stats := c.Store.DB.Stats()
		h := Health{URL: c.Store.Address.String(), Database: version, WasmBytes: stats.WasmBytes, InFlight: stats.InFlight, Restarts: stats.Restarts}
		h.Contexts, h.Restored = c.Store.InUse()
		embedder := c.Store.EmbedderState()
		h.VectorsFrom, h.EmbedderName, h.Dimension, h.OtherVectors = vectorsFrom(c.Store), embedder.Name, embedder.Dimension, embedder.Others
		return h, nil
	})
}
