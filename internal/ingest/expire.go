package ingest

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/scope"
)

// A transaction closes mostExpired facts at most, and so many that it takes about expiryTakes, because other writes wait for it. The first one
// closes fewestExpired.
const (
	fewestExpired = 10
	mostExpired   = 100
	expiryTakes   = 8 * time.Millisecond
)

// nextExpired returns the number of facts for the next transaction, after one that has closed n in some time.
func nextExpired(n int, took time.Duration) int {
	switch {
	case took > 2*expiryTakes:
		n /= 2
	case took < expiryTakes/2:
		n *= 2
	}
	return min(max(n, fewestExpired/2), mostExpired)
}

// Decay lets the importance of all facts fade up to today. It returns the number of facts that have less of it, of those that the caller may
// read. The caller must be allowed to write everywhere.
func Decay(ctx context.Context, by *gate.Call) (int, error) {
	if _, err := by.Lens(ctx, nil); err != nil {
		return 0, err
	}
	if !by.Region(authz.MemoryWrite).All() {
		return 0, by.Deny(ctx, gate.Denial{Verb: authz.MemoryWrite, Paths: []string{scope.Root}, Detail: "memory:write is not granted everywhere"})
	}
	return by.Live.Decay(ctx, by.Visible(), func() error { return by.Recheck(ctx) })
}

// Expire closes the live facts of record.Context that nobody has told or found for the time that the Context configures, unless they are
// pinned, of those that the caller may read and write. It returns their number. It may be stopped at any time, and run again.
func Expire(ctx context.Context, by *gate.Call) (expired int, err error) {
	if _, err := by.Lens(ctx, nil); err != nil {
		return 0, err
	}
	if by.Region(authz.MemoryWrite).Empty() {
		return 0, by.Deny(ctx, gate.Denial{Verb: authz.MemoryWrite, Detail: "memory:write is not granted"})
	}
	found := expiring(by)
	for done, most := 0, fewestExpired; done < len(found); {
		if err := ctx.Err(); err != nil {
			return expired, err
		}
		page := found[done:min(len(found), done+most)]
		began := time.Now()
		n, err := expire(ctx, by, page)
		if err != nil {
			return expired, err
		}
		expired, done, most = expired+n, done+len(page), nextExpired(most, time.Since(began))
		live.Progress(ctx, "expiring", done, len(found))
	}
	return expired, nil
}

// expires returns a function that reports whether a fact expires now.
func expires(by *gate.Call) func(*record.Fact) bool {
	may, before := writable(by), by.Now().Add(-by.Live.Settings.Load().ContextExpiry)
	return func(f *record.Fact) bool {
		return f.Category == record.Context && f.Live() && !f.Pinned && !by.Live.Kept(f).After(before) && may(f.Scopes)
	}
}

// expiring returns the facts that expire now, those of a scope set after each other.
func expiring(by *gate.Call) []*record.Fact {
	found := slices.DeleteFunc(by.Live.View.Load().State().LiveFacts(), negated(expires(by)))
	keys := make(map[*record.Fact]string, len(found))
	for _, f := range found {
		keys[f] = scope.Key(f.Scopes)
	}
	slices.SortFunc(found, func(a, b *record.Fact) int {
		return cmp.Or(strings.Compare(keys[a], keys[b]), strings.Compare(a.ID, b.ID))
	})
	return found
}

func negated[T any](f func(T) bool) func(T) bool { return func(v T) bool { return !f(v) } }

// expire closes those of some facts that still expire, in one transaction, and returns their number.
func expire(ctx context.Context, by *gate.Call, page []*record.Fact) (n int, err error) {
	d := &draft{infer: record.EditExpire, edit: &edit{plan: func(_ context.Context, e *editing) error {
		n = 0
		goes := expires(e.by)
		for same := range sameScopes(page) {
			p := e.in(same[0].Scopes)
			var facts []*record.Fact
			for _, f := range same {
				if now, ok := e.view.Fact(f.ID); ok && now.Scopes.Equal(p.scopes) && goes(now) && !e.closed[f.ID] {
					facts = append(facts, now)
				}
			}
			if len(facts) == 0 {
				continue
			}
			plan := reconcile.Plan{Resolved: p.settled(facts...)}
			for _, f := range facts {
				plan.Close = append(plan.Close, p.edit(record.Expired).Close(f, p.key))
			}
			p.addPlan(plan)
			e.take(p)
			n += len(facts)
		}
		if n == 0 {
			return errNothing
		}
		return nil
	}}}
	if _, err = d.write(ctx, by); errors.Is(err, errNothing) {
		return 0, nil
	}
	return n, err
}

// sameScopes yields the parts of a list of facts that have the same scopes and follow each other.
func sameScopes(facts []*record.Fact) func(yield func([]*record.Fact) bool) {
	return func(yield func([]*record.Fact) bool) {
		for len(facts) > 0 {
			n := 1
			for n < len(facts) && facts[n].Scopes.Equal(facts[0].Scopes) {
				n++
			}
			if !yield(facts[:n]) {
				return
			}
			facts = facts[n:]
		}
	}
}
