// Package lifecycle has the kinds of jobs: the long calls that run in the background.
package lifecycle

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/spectron-go/spectron/internal/access"
	"github.com/spectron-go/spectron/internal/documents"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/jobs"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// The names of the kinds. They are stored.
const (
	KindForget        = "forget"
	KindForgetScope   = "forget_scope"
	KindDeleteSession = "delete_session"
	KindReindex       = "reindex"
	KindDecay         = "decay"
	KindExpire        = "expire"
	KindPrune         = "prune"
	KindElaborate     = "elaborate"
	KindConsolidate   = "consolidate"
)

// Kinds returns the kinds of jobs of a store.
func Kinds() []jobs.Kind {
	return []jobs.Kind{
		kind(KindForget, "forget", forget),
		kind(KindForgetScope, "forget scope", forgetScope),
		kind(KindDeleteSession, "delete session", deleteSession),
		kind(KindReindex, "reindex", reindex),
		kind(KindDecay, "decay", pass(ingest.Decay)),
		kind(KindExpire, "expire", pass(ingest.Expire)),
		kind(KindPrune, "prune", prune),
		kind(KindElaborate, "elaborate", elaborate),
		kind(KindConsolidate, "consolidate", consolidate),
		documents.Kind(),
	}
}

// form is the version of all payloads.
const form = 1

// kind returns the kind of jobs that f does. op is the operation as which the gate admits them.
func kind[P any](name, op string, f func(context.Context, *gate.Call, P) (any, error)) jobs.Kind {
	return jobs.Kind{Name: name, Form: form, Run: func(ctx context.Context, t *jobs.Task) (any, error) {
		var p P
		if err := t.Payload(&p); err != nil {
			return nil, err
		}
		by, err := t.Authorize(ctx, op)
		if err != nil {
			return nil, err
		}
		defer by.Done()
		return f(live.WithProgress(ctx, t.Progress), by, p)
	}}
}

type forgetting struct {
	IDs    []string  `json:"ids"`
	Purge  bool      `json:"purge"`
	Before forgotten `json:"before"` // what went before the job was stored
}

// forgotten is the result of a job that forgets records. It has no ids of entities, because these have names in them.
type forgotten struct {
	Closed  int      `json:"closed"`
	Purged  int      `json:"purged"`
	IDs     []string `json:"ids,omitempty"`
	TraceID string   `json:"traceId,omitempty"`
}

func (f *forgotten) add(done *ingest.Forgotten) {
	f.Closed, f.Purged, f.TraceID = f.Closed+done.Closed, f.Purged+done.Purged, cmp.Or(done.Trace, f.TraceID)
	for _, item := range done.Items {
		if !named(item.ID) {
			f.IDs = append(f.IDs, item.ID)
		}
	}
}

// StartForgetting leaves it to a job to forget records. The job has the ids of the records that the request means now, never a text. The id of an
// entity has its name in it, so the job has what is known of the entity instead, with which the entity goes. An entity of which nothing is known goes
// at once: that takes no time.
func StartForgetting(ctx context.Context, by *gate.Call, req ingest.ForgetRequest) (record.Job, error) {
	if req.DryRun {
		return record.Job{}, fault.Bad("DryRun", "a job cannot be a dry run; call Forget")
	}
	p := forgetting{IDs: req.IDs, Purge: req.Purge}
	plan := req
	plan.DryRun = true
	found, err := ingest.Forget(ctx, by, plan)
	if err != nil {
		return record.Job{}, err
	}
	if len(p.IDs) == 0 || slices.ContainsFunc(p.IDs, named) {
		var entities []string
		p.IDs = []string{}
		for _, item := range found.Items {
			if !named(item.ID) {
				p.IDs = append(p.IDs, item.ID)
			} else if slices.Contains(req.IDs, item.ID) {
				entities = append(entities, item.ID)
			}
		}
		var bare []string
		for _, id := range entities {
			alone, err := ingest.Forget(ctx, by, ingest.ForgetRequest{IDs: []string{id}, Purge: req.Purge, DryRun: true})
			if err != nil {
				return record.Job{}, err
			}
			if len(alone.Items) == 1 {
				bare = append(bare, id)
			}
		}
		if len(req.IDs)+len(p.IDs) == 0 { // the other entities that were found go with what was found of them
			for _, item := range found.Items {
				bare = append(bare, item.ID)
			}
		}
		for page := range slices.Chunk(bare, mostForgotten) {
			done, err := ingest.Forget(ctx, by, ingest.ForgetRequest{IDs: page, Purge: req.Purge, Again: true})
			if err != nil {
				return record.Job{}, err
			}
			p.Before.add(done)
		}
	}
	return jobs.Start(ctx, by, jobs.Spec{Kind: KindForget, Form: form, Payload: p})
}

// named reports whether an id has a name in it.
func named(id string) bool { return strings.HasPrefix(id, store.TableEntity+":") }

// mostForgotten is the number of ids that one call of ingest.Forget takes.
const mostForgotten = 1000

func forget(ctx context.Context, by *gate.Call, p forgetting) (any, error) {
	out := p.Before
	for from := 0; from < len(p.IDs); from += mostForgotten {
		live.Progress(ctx, "forgetting", from, len(p.IDs))
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		page := p.IDs[from:min(from+mostForgotten, len(p.IDs))]
		done, err := ingest.Forget(ctx, by, ingest.ForgetRequest{IDs: page, Purge: p.Purge, Again: true})
		if err != nil {
			return nil, err
		}
		out.add(done)
	}
	return out, nil
}

type scopeForgetting struct {
	Path string `json:"path"`
}

// StartForgettingScope leaves it to a job to erase a scope.
func StartForgettingScope(ctx context.Context, by *gate.Call, path string, dryRun bool) (record.Job, error) {
	if dryRun {
		return record.Job{}, fault.Bad("DryRun", "a job cannot be a dry run; call Forget")
	}
	path, err := access.MayForget(ctx, by, path)
	if err != nil {
		return record.Job{}, err
	}
	return jobs.Start(ctx, by, jobs.Spec{Kind: KindForgetScope, Form: form, Payload: scopeForgetting{path}})
}

func forgetScope(ctx context.Context, by *gate.Call, p scopeForgetting) (any, error) {
	return access.ForgetScope(ctx, by, p.Path, false)
}

type sessionDeletion struct {
	Session string `json:"session"`
}

// StartDeletingSession leaves it to a job to delete a session.
func StartDeletingSession(ctx context.Context, by *gate.Call, id string) (record.Job, error) {
	if err := ingest.MayDeleteSession(ctx, by, id); err != nil {
		return record.Job{}, err
	}
	return jobs.Start(ctx, by, jobs.Spec{Kind: KindDeleteSession, Form: form, Payload: sessionDeletion{id}})
}

func deleteSession(ctx context.Context, by *gate.Call, p sessionDeletion) (any, error) {
	err := ingest.DeleteSession(ctx, by, p.Session)
	if fault.Is(err, fault.NotFound) {
		err = nil // by an earlier attempt
	}
	return nil, err
}

// Reindexed is the result of a job that reindexes a Context.
type Reindexed struct {
	Texts int `json:"texts"` // number of texts with new vectors
}

// StartReindexing leaves it to a job to compute the vectors of a Context again. There is one such job at a time.
func StartReindexing(ctx context.Context, by *gate.Call) (record.Job, error) {
	if err := by.RequireAdministrator(ctx); err != nil {
		return record.Job{}, err
	}
	return jobs.Start(ctx, by, jobs.Spec{Kind: KindReindex, Form: form, Name: KindReindex, Payload: struct{}{}})
}

func reindex(ctx context.Context, by *gate.Call, _ struct{}) (any, error) {
	if err := by.RequireAdministrator(ctx); err != nil {
		return nil, err
	}
	n, err := live.Await(ctx, by.Live, func() (int, error) { return by.Live.Reembed(ctx) })
	return Reindexed{n}, err
}

// affected is the result of a job that changes facts.
type affected struct {
	Affected int `json:"affected"`
}

// pass returns the work of a job that lets facts age.
func pass(f func(context.Context, *gate.Call) (int, error)) func(context.Context, *gate.Call, struct{}) (any, error) {
	return func(ctx context.Context, by *gate.Call, _ struct{}) (any, error) {
		n, err := f(ctx, by)
		return affected{n}, err
	}
}

func prune(ctx context.Context, by *gate.Call, _ struct{}) (any, error) {
	if err := by.RequireAdministrator(ctx); err != nil {
		return nil, err
	}
	return ingest.Prune(ctx, by)
}

func elaborate(ctx context.Context, by *gate.Call, _ struct{}) (any, error) {
	found, err := ingest.Elaborate(ctx, by, ingest.Elaboration{Sweep: true})
	n := 0
	for _, e := range found {
		n += len(e.Relations)
	}
	return affected{n}, err
}

func consolidate(ctx context.Context, by *gate.Call, _ struct{}) (any, error) {
	done, err := ingest.Consolidate(ctx, by, ingest.Consolidation{})
	return affected{len(done.Observations)}, err
}
