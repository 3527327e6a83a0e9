package spectron_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron"
)

// The calls that read and edit the graph: see leakMethod.

// leakUncertainty is the kind of uncertainties in the model. No hit has it.
const leakUncertainty spectron.Kind = "uncertainty"

// leakTrace is the kind of traces in the model. No hit has it.
const leakTrace spectron.Kind = "decision_trace"

// recordID returns the id of the n-th record of a kind in a place. In a world without that record it returns an id that does not exist.
func (w *leakWorld) recordID(p leakPlace, kind spectron.Kind, n int) string {
	for _, r := range w.records {
		if r.place == p.name && r.kind == kind {
			if n == 0 {
				return r.id
			}
			n--
		}
	}
	place := slices.IndexFunc(leakPlaces, func(o leakPlace) bool { return o.name == p.name })
	return fmt.Sprintf("%s:9%03d%04d", kind, n, place)
}

func (w *leakWorld) recordByID(id string) *leakRecord {
	for i := range w.records {
		if w.records[i].id == id {
			return &w.records[i]
		}
	}
	return nil
}

// seenRecord returns the record with an id if a caller may read it.
func (w *leakWorld) seenRecord(c leakCaller, id string) *leakRecord {
	if r := w.recordByID(id); r != nil && seesSet(c.grants[spectron.MemoryRead], r.set) {
		return r
	}
	return nil
}

// recordIDs returns the ids of the records of some kinds, two of each place.
func (w *leakWorld) recordIDs(kinds ...spectron.Kind) (out []string) {
	for _, p := range leakPlaces {
		for _, kind := range kinds {
			for n := range 2 {
				out = append(out, w.recordID(p, kind, n))
			}
		}
	}
	return out
}

// gets calls a method that returns one record.
func gets[T any](get func(*spectron.Context, context.Context, string) (T, error), line func(T) string, kinds ...spectron.Kind) func(*leakWorld, *rand.Rand) []leakCall {
	return func(w *leakWorld, _ *rand.Rand) (out []leakCall) {
		for _, id := range w.recordIDs(kinds...) {
			out = append(out, reading(id, func(ctx context.Context, c *spectron.Context) (T, error) { return get(c, ctx, id) },
				func(r T) []string { return []string{line(r)} }, func(c leakCaller) ([]string, *spectron.Error) {
					r := w.seenRecord(c, id)
					if r == nil {
						return nil, spectron.ErrNotFound
					}
					return []string{fmt.Sprint(r.id, clausesSeen(c.grants[spectron.MemoryRead], r.set), r.until.IsZero())}, nil
				}))
		}
		return out
	}
}

// lists calls a method that lists records of some kinds: all, the live ones, and the closed ones.
func lists[T any](list func(c *spectron.Context, ctx context.Context, live, ended bool, req spectron.PageRequest) (spectron.Page[T], error), id func(T) string, kind spectron.Kind) func(*leakWorld, *rand.Rand) []leakCall {
	return func(w *leakWorld, random *rand.Rand) (out []leakCall) {
		for _, live := range []bool{true, false} {
			for _, ended := range []bool{true, false} {
				limit := leakPick(random, 1, 3, 500)
				out = append(out, reading(fmt.Sprint(live, ended, limit), func(ctx context.Context, c *spectron.Context) ([]T, error) {
					return leakPages(ctx, limit, func(ctx context.Context, req spectron.PageRequest) (spectron.Page[T], error) {
						return list(c, ctx, live, ended, req)
					})
				}, func(all []T) (lines []string) {
					for _, r := range all {
						if w.recordByID(id(r)) != nil {
							lines = append(lines, id(r))
						}
					}
					return lines
				}, func(c leakCaller) (lines []string, _ *spectron.Error) {
					for _, r := range w.records {
						if r.kind == kind && w.seenRecord(c, r.id) != nil && (live == ended || live == r.until.IsZero()) {
							lines = append(lines, r.id)
						}
					}
					slices.Sort(lines)
					return lines, nil
				}))
			}
		}
		return out
	}
}

// tracePages lists the traces: all, those of a session, and those that the operator wrote, which only its equals may know.
func tracePages(w *leakWorld, random *rand.Rand) (out []leakCall) {
	for _, name := range append([]string{""}, w.sessionNames()...) {
		for _, operators := range []bool{true, false} {
			limit, q := leakPick(random, 1, 3, 500), spectron.TraceQuery{Kind: spectron.TraceDecision}
			if name != "" {
				q.SessionID = w.sessionID(name)
			}
			if operators {
				q.PrincipalID = "admin"
			}
			out = append(out, reading(fmt.Sprint(q.SessionID, operators, limit), func(ctx context.Context, c *spectron.Context) ([]spectron.TraceRecord, error) {
				return leakPages(ctx, limit, func(ctx context.Context, req spectron.PageRequest) (spectron.Page[spectron.TraceRecord], error) {
					q := q
					q.Cursor, q.Limit, q.Offset, q.WithTotal = req.Cursor, req.Limit, req.Offset, req.WithTotal
					return c.Traces().List(ctx, q)
				})
			}, func(all []spectron.TraceRecord) (lines []string) {
				for _, trace := range all {
					if w.recordByID(trace.ID) != nil {
						lines = append(lines, trace.ID)
					}
				}
				return lines
			}, func(c leakCaller) (lines []string, _ *spectron.Error) {
				if name != "" {
					if s := w.sessionByID(q.SessionID); s == nil || !seesSet(c.grants[spectron.MemoryRead], s.set) {
						return nil, spectron.ErrNotFound
					}
				}
				if operators && !readsEvents(c.grants) {
					return nil, nil
				}
				for _, r := range w.records {
					if r.kind == leakTrace && (name == "" || r.session == q.SessionID) && w.seenRecord(c, r.id) != nil {
						lines = append(lines, r.id)
					}
				}
				slices.Sort(lines)
				return lines, nil
			}))
		}
	}
	return out
}

func factLine(f *spectron.Fact) string { return fmt.Sprint(f.ID, f.Scopes, f.RetiredAt.IsZero()) }

func factReads(w *leakWorld, random *rand.Rand) (out []leakCall) {
	for _, key := range []string{"mood", "uses", ""} {
		for range 12 {
			var narrow spectron.RecallRequest
			w.narrow(random, &narrow)
			q := spectron.FactQuery{
				Key: key, Lens: narrow.Lens, SessionID: narrow.SessionID, Labels: narrow.Labels, At: spectron.PointInTime{AsOf: narrow.AsOf}, Live: random.IntN(2) == 0,
			}
			if random.IntN(2) == 0 {
				q.Entity = spectron.EntityRef{Type: "person", Name: "alice smith"}
			}
			limit := leakPick(random, 1, 3, 500)
			out = append(out, reading(fmt.Sprintf("%+v %d", q, limit), func(ctx context.Context, c *spectron.Context) ([]spectron.Fact, error) {
				return leakPages(ctx, limit, func(ctx context.Context, req spectron.PageRequest) (spectron.Page[spectron.Fact], error) {
					q := q
					q.Cursor, q.Limit, q.Offset, q.WithTotal = req.Cursor, req.Limit, req.Offset, req.WithTotal
					return c.Facts().List(ctx, q)
				})
			}, func(all []spectron.Fact) (lines []string) {
				for _, f := range all {
					if w.recordByID(f.ID) != nil {
						lines = append(lines, f.ID)
					}
				}
				return lines
			}, func(c leakCaller) ([]string, *spectron.Error) {
				req := narrow
				req.ExcludeSessionID, req.IncludeClosed = "", !q.Live
				req.Kinds = []spectron.Kind{spectron.KindAttribute, spectron.KindRelation}
				if q.Key != "" {
					req.Kinds = []spectron.Kind{map[string]spectron.Kind{"mood": spectron.KindAttribute, "uses": spectron.KindRelation}[q.Key]}
				}
				asOf := req.AsOf
				if !q.Live { // includes those that had ended by then
					req.AsOf = time.Time{}
				}
				lines, refused := w.recallWant(req)(c)
				return slices.DeleteFunc(lines, func(id string) bool { return !asOf.IsZero() && w.recordByID(id).from.After(asOf) }), refused
			}))
		}
	}
	return out
}

// leakAlice is an entity that is known in every place.
var leakAlice = spectron.EntityRef{Type: "person", Name: "Alice Smith"}

func (w *leakWorld) toolOf(p leakPlace) spectron.EntityRef {
	return spectron.EntityRef{Type: "product", Name: "Tool " + w.marker(p.name)}
}

// entityPages lists the tools, of which each place has one, and then all entities, of which the model knows only the tools.
func entityPages(w *leakWorld, random *rand.Rand) (out []leakCall) {
	for _, q := range []spectron.EntityQuery{{Type: "product", NamePrefix: "tool"}, {NamePrefix: "TOOL"}, {}, {Type: "product"}} {
		q.Lens = leakPick(random, leakLenses...)
		limit := leakPick(random, 1, 3, 500)
		out = append(out, reading(fmt.Sprintf("%+v %d", q, limit), func(ctx context.Context, c *spectron.Context) ([]spectron.Entity, error) {
			return leakPages(ctx, limit, func(ctx context.Context, req spectron.PageRequest) (spectron.Page[spectron.Entity], error) {
				q := q
				q.Cursor, q.Limit, q.Offset, q.WithTotal = req.Cursor, req.Limit, req.Offset, req.WithTotal
				return c.Entities().List(ctx, q)
			})
		}, func(all []spectron.Entity) (lines []string) {
			for _, e := range all {
				if strings.HasPrefix(e.Name, "Tool ") {
					lines = append(lines, e.Name)
				}
			}
			return lines
		}, func(c leakCaller) (lines []string, _ *spectron.Error) {
			for _, r := range w.records {
				if seen := clausesSeen(c.grants[spectron.MemoryRead], r.set); r.kind == spectron.KindRelation && len(seen) > 0 && throughLens(q.Lens, seen) {
					lines = append(lines, w.toolOf(placeNamed(r.place)).Name)
				}
			}
			slices.Sort(lines)
			return lines, nil
		}))
	}
	return out
}

// entityReads gets Alice, of whom each caller knows what it may read, and the tool of each place.
func entityReads(w *leakWorld, random *rand.Rand) (out []leakCall) {
	inModel := func(facts []spectron.Fact) (lines []string) {
		for _, f := range facts {
			if w.recordByID(f.ID) != nil {
				lines = append(lines, f.ID)
			}
		}
		return lines
	}
	for range 4 {
		var at spectron.PointInTime
		if random.IntN(2) == 0 {
			at.AsOf = w.clockAt(random.IntN(70))
		}
		req := spectron.RecallRequest{AsOf: at.AsOf, Kinds: []spectron.Kind{spectron.KindAttribute, spectron.KindRelation}}
		out = append(out, reading(fmt.Sprint(at), func(ctx context.Context, c *spectron.Context) (*spectron.EntityDetail, error) {
			return c.Entities().Get(ctx, leakAlice, at)
		}, func(e *spectron.EntityDetail) []string { return inModel(slices.Concat(e.Attributes, e.Relations)) }, func(c leakCaller) ([]string, *spectron.Error) {
			lines, refused := w.recallWant(req)(c)
			if len(lines) == 0 {
				return nil, spectron.ErrNotFound
			}
			return lines, refused
		}))
	}
	for _, p := range leakPlaces {
		out = append(out, reading(w.toolOf(p).Name, func(ctx context.Context, c *spectron.Context) (*spectron.EntityDetail, error) {
			return c.Entities().Get(ctx, w.toolOf(p), spectron.PointInTime{})
		}, func(e *spectron.EntityDetail) []string { return inModel(e.Relations) }, func(c leakCaller) ([]string, *spectron.Error) {
			if r := w.seenRecord(c, w.recordID(p, spectron.KindRelation, 0)); r != nil {
				return []string{r.id}, nil
			}
			return nil, spectron.ErrNotFound
		}))
	}
	return out
}

func historyReads(w *leakWorld, _ *rand.Rand) []leakCall {
	return []leakCall{reading("mood", func(ctx context.Context, c *spectron.Context) ([]spectron.Fact, error) {
		return c.Entities().History(ctx, leakAlice, "mood")
	}, func(chain []spectron.Fact) (lines []string) {
		for _, f := range chain {
			lines = append(lines, f.ID)
		}
		return lines
	}, func(c leakCaller) ([]string, *spectron.Error) {
		lines, _ := w.recallWant(spectron.RecallRequest{IncludeClosed: true, Kinds: []spectron.Kind{spectron.KindAttribute}})(c)
		if len(lines) == 0 {
			return nil, spectron.ErrNotFound
		}
		return lines, nil
	})}
}

// edits calls a method that changes one record.
func edits(edit func(*spectron.Context, context.Context, string) error, kinds ...spectron.Kind) func(*leakWorld, *rand.Rand) []leakCall {
	return func(w *leakWorld, _ *rand.Rand) (out []leakCall) {
		for _, id := range w.recordIDs(kinds...) {
			out = append(out, writing(id, func(ctx context.Context, c *spectron.Context) (bool, error) { return false, edit(c, ctx, id) },
				func(c leakCaller) *spectron.Error {
					r := w.seenRecord(c, id)
					switch {
					case r == nil:
						return spectron.ErrNotFound
					case !holdsSet(c.grants[spectron.MemoryWrite], r.set):
						return spectron.ErrForbidden
					case !r.until.IsZero():
						return spectron.ErrConflict
					}
					return nil
				}))
		}
		return out
	}
}

// entityWrites returns calls that delete the tools, or merge each into Apollo, who is known in every place.
func entityWrites(merge bool) func(*leakWorld, *rand.Rand) []leakCall {
	return func(w *leakWorld, _ *rand.Rand) (out []leakCall) {
		for _, p := range leakPlaces {
			out = append(out, writing(w.toolOf(p).Name, func(ctx context.Context, c *spectron.Context) (bool, error) {
				if merge {
					return false, c.Entities().Merge(ctx, w.toolOf(p), spectron.EntityRef{Type: "project", Name: "Apollo"})
				}
				return false, c.Entities().Delete(ctx, w.toolOf(p))
			}, func(c leakCaller) *spectron.Error {
				touched := []string{w.recordID(p, spectron.KindRelation, 0)}
				if w.seenRecord(c, touched[0]) == nil {
					return spectron.ErrNotFound
				}
				if merge {
					touched = w.recordIDs(spectron.KindRelation)
				}
				for _, id := range touched {
					if r := w.seenRecord(c, id); r != nil && !holdsSet(c.grants[spectron.MemoryWrite], r.set) {
						return spectron.ErrForbidden
					}
				}
				return nil
			}))
		}
		return out
	}
}

// memoryForgetWrites returns calls that close or erase one record.
func memoryForgetWrites(w *leakWorld, _ *rand.Rand) (out []leakCall) {
	for i, id := range w.recordIDs(spectron.KindAttribute, spectron.KindRelation, spectron.KindInstruction) {
		req := spectron.ForgetRequest{IDs: []string{id}, Purge: i%2 == 0}
		out = append(out, writing(id, func(ctx context.Context, c *spectron.Context) (*spectron.Forgotten, error) {
			return c.Memory().Forget(ctx, req)
		},
			func(c leakCaller) *spectron.Error {
				r := w.seenRecord(c, id)
				switch {
				case len(c.grants[spectron.MemoryForget]) == 0:
					return spectron.ErrForbidden
				case r == nil:
					return spectron.ErrNotFound
				case !holdsSet(c.grants[spectron.MemoryForget], r.set):
					return spectron.ErrForbidden
				}
				return nil
			}))
	}
	return out
}

// memoryForgetReads returns calls that list what would be forgotten.
func memoryForgetReads(w *leakWorld, _ *rand.Rand) (out []leakCall) {
	list := func(req spectron.ForgetRequest, id string, want func(leakCaller) ([]string, *spectron.Error)) {
		req.DryRun = true
		out = append(out, reading(fmt.Sprintf("%+v", req), func(ctx context.Context, c *spectron.Context) (*spectron.Forgotten, error) {
			return c.Memory().Forget(ctx, req)
		}, func(f *spectron.Forgotten) []string {
			if slices.Contains(f.IDs, id) {
				return []string{id}
			}
			return nil
		}, func(c leakCaller) ([]string, *spectron.Error) {
			if len(c.grants[spectron.MemoryForget]) == 0 {
				return nil, spectron.ErrForbidden
			}
			return want(c)
		}))
	}
	for _, id := range w.recordIDs(spectron.KindAttribute, spectron.KindInstruction) {
		list(spectron.ForgetRequest{IDs: []string{id}, Purge: true}, id, func(c leakCaller) ([]string, *spectron.Error) {
			switch r := w.seenRecord(c, id); {
			case r == nil:
				return nil, spectron.ErrNotFound
			case !holdsSet(c.grants[spectron.MemoryForget], r.set):
				return nil, spectron.ErrForbidden
			}
			return []string{id}, nil
		})
	}
	nothing := func(leakCaller) ([]string, *spectron.Error) { return nil, nil }
	for _, req := range []spectron.ForgetRequest{
		{Query: "See the ledger."}, {Speaker: "Tom"}, {Lens: spectron.Scopes{{"org/acme"}}}, {Lens: spectron.Scopes{{"/"}}, Purge: true},
	} {
		list(req, "", nothing)
	}
	return out
}
