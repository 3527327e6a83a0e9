package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
)

// Lifecycle lets the memory of a Context age: importance fades, short-lived facts expire, and what need not be kept is removed. Nothing of
// this happens by itself, not when a store is opened either: only these methods do it, and the jobs of Options.Schedule. Each may be called
// at any time, also at once by several processes, and again after an error. Between its steps other writes run. When ctx ends, it stops after
// the current step; what was done stays.
type Lifecycle struct{ maintenance }

// AdminLifecycle is the part of Lifecycle that management keys may use.
type AdminLifecycle struct{ maintenance }

// maintenance is what Lifecycle and AdminLifecycle share.
type maintenance struct{ context *contextHandle }

// Lifecycle returns the methods that let the memory of the Context age.
func (c *Context) Lifecycle() *Lifecycle { return &Lifecycle{maintenance{&c.contextHandle}} }

// Lifecycle returns the methods that remove what the Context need not keep.
func (c *ContextAdmin) Lifecycle() *AdminLifecycle {
	return &AdminLifecycle{maintenance{&c.contextHandle}}
}

// LifecycleResult counts the facts that a method of Lifecycle has changed.
type LifecycleResult struct {
	Affected int `json:"affected"`
}

// Decay lets importance fade up to today (UTC). For each day since a live fact was recorded, or has gained importance, Fact.Importance is
// multiplied by 0.995 for CategoryKnowledge and by 0.95 for CategoryContext. Facts of CategoryIdentity, pinned facts and observations (see
// Memory.Consolidate) do not fade. Affected is the number of facts that have less importance, of those that the caller may read. It makes no
// difference how often Decay is called: a second call on a day changes nothing, and one call after a year does what one on each day does.
//
// No fact is rewritten: the Context stores the day, and importance is computed when it is asked for. Codes: CodeForbidden without
// memory:write over everything, and for a strict key.
func (l *Lifecycle) Decay(ctx context.Context) (*LifecycleResult, error) {
	return callMemory(ctx, l.context, "decay", func(ctx context.Context, by *gate.Call) (*LifecycleResult, error) {
		n, err := ingest.Decay(ctx, by)
		return &LifecycleResult{n}, err
	})
}

// Expire closes the live facts of CategoryContext that nobody has recorded, told again or found with a question for
// Config.ContextExpiryDays, unless they are pinned. They stay in the history, with the reason "expired", and in answers as of earlier times.
// Conclusions that rest on them are closed as well. Only facts expire whose scopes the caller may all read and write; Affected is their number.
// Each step leaves a trace in each of the scopes.
//
// A question counts from the moment at which it is answered. If the process is killed before the next write, that is forgotten; on a server
// it is stored about a second later. Codes: CodeForbidden without memory:write, and for a strict key.
func (l *Lifecycle) Expire(ctx context.Context) (*LifecycleResult, error) {
	return callMemory(ctx, l.context, "expire", func(ctx context.Context, by *gate.Call) (*LifecycleResult, error) {
		n, err := ingest.Expire(ctx, by)
		return &LifecycleResult{n}, err
	})
}

// Pruned counts what Prune has removed.
type Pruned struct {
	Turns       int `json:"turns"`       // including replies that a model wrote from removed turns
	Sessions    int `json:"sessions"`    // sessions that had no turn left
	Conclusions int `json:"conclusions"` // conclusions that rested on removed turns
	Retrievals  int `json:"retrievals"`  // traces of questions
	Responses   int `json:"responses"`   // traces of answers
	Decisions   int `json:"decisions"`   // traces of writes
	Writes      int `json:"writes"`      // results of writes with an idempotency key, whose keys have expired
	Answers     int `json:"answers"`     // answers of Chat in the memory of this process that are too old to be given again
	Events      int `json:"events"`
	Jobs        int `json:"jobs"` // jobs that have ended more than 30 days ago
}

// Prune removes what the Context need not keep. What it removes is then in no byte of the store's file and in no later backup.
//
//   - With Config.RetentionDays: turns that were stored longer ago, with their passages, the conclusions and replies that rest on them, and
//     sessions without other turns; and traces of that age. Facts and instructions that were told in these turns stay, without the words that
//     they quote. Without that setting all turns stay, and traces up to their maximum number.
//   - Traces over Config.Traces.MaxEntries, expired results of idempotency keys, cached answers that are too old, and jobs that have ended
//     more than 30 days ago.
//   - With Config.Events.RetentionDays: events of that age.
//
// Each step that erases turns leaves an event. Codes: CodeForbidden for everybody but the program that opened the store, and management keys.
func (r *maintenance) Prune(ctx context.Context) (*Pruned, error) {
	return callAdministrator(ctx, r.context, "prune", func(ctx context.Context, by *gate.Call) (*Pruned, error) {
		done, err := ingest.Prune(ctx, by)
		out := Pruned(done)
		return &out, err
	})
}
