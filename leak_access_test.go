package spectron_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/spectron-go/spectron"
)

// The calls of access control: see leakMethod.

func grantLines(g spectron.Grants) (lines []string) {
	for v, patterns := range g {
		if len(patterns) > 0 {
			lines = append(lines, fmt.Sprint(v, " ", slices.Sorted(slices.Values(patterns))))
		}
	}
	slices.Sort(lines)
	return lines
}

func whoReads(w *leakWorld, _ *rand.Rand) []leakCall {
	return []leakCall{reading("", func(ctx context.Context, c *spectron.Context) (*spectron.Identity, error) {
		return c.Memory().WhoAmI(ctx)
	},
		func(who *spectron.Identity) []string {
			return append(grantLines(who.EffectiveGrants), who.PrincipalID, who.DelegatedPrincipalID)
		},
		func(c leakCaller) ([]string, *spectron.Error) {
			out := append(grantLines(c.grants), w.principals[c.principal], w.principals[c.behalf])
			slices.Sort(out)
			return out, nil
		})}
}

func infoReads(w *leakWorld, _ *rand.Rand) []leakCall {
	return []leakCall{reading("", func(_ context.Context, c *spectron.Context) (spectron.ContextInfo, error) { return c.Info(), nil },
		func(i spectron.ContextInfo) []string { return []string{fmt.Sprintf("%+v", i)} },
		func(leakCaller) ([]string, *spectron.Error) {
			return []string{fmt.Sprintf("%+v", spectron.ContextInfo{ID: w.all.ID()})}, nil
		})}
}

// seenGrants returns the grants of a principal that a caller may know; false: for the caller it does not exist.
func (w *leakWorld) seenGrants(c leakCaller, id string) (spectron.Grants, bool) {
	manages := c.grants[spectron.GrantManage]
	held, ok := w.held[id]
	if id == "principal:admin" || id == "principal:system" {
		held, ok = everyVerb("/*"), true
	}
	if slices.Contains(manages, "/*") {
		return held, ok
	}
	own := spectron.Grants{}
	for v := range held {
		own[v] = manages
	}
	seen := commonGrants(held, own)
	return seen, len(seen) > 0
}

// principalIDs returns the ids of the existing principals, in the order of their names, and two ids without a principal. One of these
// exists only in the other world.
func (w *leakWorld) principalIDs() []string {
	out := []string{"principal:admin", "principal:system", "principal:99999999", w.principalID("stranger")}
	for _, name := range slices.Sorted(maps.Keys(w.principals)) {
		if name != w.marker("stranger") {
			out = append(out, w.principals[name])
		}
	}
	return out
}

// principalID returns the id of the principal with a marker as its name, or an id without a principal.
func (w *leakWorld) principalID(name string) string {
	if id := w.principals[w.marker(name)]; id != "" {
		return id
	}
	return "principal:99999998"
}

func managesAny(c leakCaller) *spectron.Error {
	if len(c.grants[spectron.GrantManage]) == 0 {
		return spectron.ErrForbidden
	}
	return nil
}

func managesAll(c leakCaller) *spectron.Error {
	if !readsEvents(c.grants) {
		return spectron.ErrForbidden
	}
	return nil
}

func principalLine(id string, g spectron.Grants) string { return fmt.Sprint(id, grantLines(g)) }

func principalReads(w *leakWorld, _ *rand.Rand) []leakCall {
	var out []leakCall
	for _, id := range w.principalIDs() {
		out = append(out, reading(id, func(ctx context.Context, c *spectron.Context) (*spectron.Principal, error) {
			return c.Principals().Get(ctx, id)
		},
			func(p *spectron.Principal) []string { return []string{principalLine(p.ID, p.Grants)} },
			func(c leakCaller) ([]string, *spectron.Error) {
				seen, ok := w.seenGrants(c, id)
				if refused := managesAny(c); refused != nil {
					return nil, refused
				} else if !ok {
					return nil, spectron.ErrNotFound
				}
				return []string{principalLine(id, seen)}, nil
			}))
	}
	return out
}

func principalPages(w *leakWorld, random *rand.Rand) []leakCall {
	limit := leakPick(random, 1, 3, 1000)
	return []leakCall{reading("", func(ctx context.Context, c *spectron.Context) ([]spectron.Principal, error) {
		return leakPages(ctx, limit, c.Principals().List)
	}, func(all []spectron.Principal) (lines []string) {
		for _, p := range all {
			lines = append(lines, principalLine(p.ID, p.Grants))
		}
		return lines
	}, func(c leakCaller) (lines []string, _ *spectron.Error) {
		for _, id := range w.principalIDs() {
			if seen, ok := w.seenGrants(c, id); ok {
				lines = append(lines, principalLine(id, seen))
			}
		}
		slices.Sort(lines)
		return lines, managesAny(c)
	})}
}

func effectiveReads(w *leakWorld, random *rand.Rand) []leakCall {
	var out []leakCall
	for _, id := range w.principalIDs() {
		path := leakPick(random, "org/acme", "org/acme/user/bob", "org/beta", "/")
		out = append(out, reading(id, func(ctx context.Context, c *spectron.Context) (*spectron.EffectiveGrants, error) {
			return c.Principals().Effective(ctx, id, spectron.EffectiveRequest{Path: path})
		}, func(e *spectron.EffectiveGrants) []string { return []string{fmt.Sprint(e.Verbs)} },
			func(c leakCaller) ([]string, *spectron.Error) {
				seen, ok := w.seenGrants(c, id)
				if !patternsCover(c.grants[spectron.GrantManage], path) {
					return nil, spectron.ErrForbidden
				} else if !ok {
					return nil, spectron.ErrNotFound
				}
				verbs := []spectron.Verb{}
				for _, v := range spectron.Verbs() {
					if patternsCover(seen[v], path) {
						verbs = append(verbs, v)
					}
				}
				return []string{fmt.Sprint(verbs)}, nil
			}))
	}
	return out
}

func behalfReads(w *leakWorld, _ *rand.Rand) []leakCall {
	var out []leakCall
	for _, id := range w.principalIDs() {
		out = append(out, reading(id, func(ctx context.Context, c *spectron.Context) (bool, error) {
			h, err := c.OnBehalfOf(ctx, id)
			return h != nil, err
		}, func(bool) []string { return nil }, func(c leakCaller) ([]string, *spectron.Error) {
			held := w.held[id]
			if id == "principal:admin" {
				held = everyVerb("/*")
			}
			if c.behalf != "" || len(commonGrants(c.grants, held)) == 0 {
				return nil, spectron.ErrForbidden
			}
			return nil, nil
		}))
	}
	return out
}

// eventReads lists events, whose targets must not be sessions that the caller may not read.
func eventReads(w *leakWorld, _ *rand.Rand) []leakCall {
	var out []leakCall
	for _, q := range []spectron.EventQuery{{Limit: 1000}, {Limit: 1000, Action: spectron.EventDenied}, {Limit: 1000, Action: spectron.EventScopeRegistered}} {
		call := reading(fmt.Sprint(q.Action), func(ctx context.Context, c *spectron.Context) (spectron.Page[spectron.Event], error) {
			return c.Events(ctx, q)
		}, func(p spectron.Page[spectron.Event]) (sessions []string) {
			for _, e := range p.Items {
				if strings.HasPrefix(e.Target, "session:") {
					sessions = append(sessions, e.Target)
				}
			}
			return sessions
		}, func(c leakCaller) (sessions []string, _ *spectron.Error) {
			for _, s := range w.sessions {
				if seesSet(c.grants[spectron.MemoryRead], s.set) {
					sessions = append(sessions, s.id)
				}
			}
			return sessions, managesAll(c)
		})
		call.some = true // other calls decide which attempts were denied
		out = append(out, call)
	}
	return out
}

// usageReads reads what models have used, which only those who manage all grants may know.
func usageReads(*leakWorld, *rand.Rand) []leakCall {
	return []leakCall{reading("", func(ctx context.Context, c *spectron.Context) (*spectron.Usage, error) {
		return c.Usage(ctx, spectron.UsageRequest{})
	}, func(u *spectron.Usage) []string {
		lines := []string{"usage"}
		for _, i := range u.Items {
			lines = append(lines, i.Model)
		}
		return lines
	}, func(c leakCaller) ([]string, *spectron.Error) { return []string{"usage"}, managesAll(c) })}
}

// ownKeys returns the names of the keys that a caller manages.
func (w *leakWorld) ownKeys(c leakCaller) []string {
	var out []string
	for _, k := range w.keys {
		if managesAll(c) == nil || k.PrincipalID == w.principals[c.principal] {
			out = append(out, k.ID)
		}
	}
	slices.Sort(out)
	return out
}

func actsForAnother(c leakCaller) *spectron.Error {
	if c.behalf != "" {
		return spectron.ErrForbidden
	}
	return nil
}

func (w *leakWorld) keyIDs() []string {
	out := []string{"no-such-key"}
	for _, c := range leakCallers() {
		if k := w.keys[c.name]; k != nil {
			out = append(out, k.ID)
		}
	}
	return out
}

func keyReads(w *leakWorld, _ *rand.Rand) []leakCall {
	var out []leakCall
	for _, id := range w.keyIDs() {
		out = append(out, reading(id, func(ctx context.Context, c *spectron.Context) (*spectron.Key, error) {
			k, err := c.Keys().Get(ctx, id)
			if k != nil {
				k.LastUsedAt = time.Time{} // it is recorded in the background
			}
			return k, err
		},
			func(k *spectron.Key) []string { return []string{k.ID} },
			func(c leakCaller) ([]string, *spectron.Error) {
				if refused := actsForAnother(c); refused != nil {
					return nil, refused
				} else if !slices.Contains(w.ownKeys(c), id) {
					return nil, spectron.ErrNotFound
				}
				return []string{id}, nil
			}))
	}
	return out
}

func keyPages(w *leakWorld, random *rand.Rand) []leakCall {
	limit := leakPick(random, 1, 3, 1000)
	return []leakCall{reading("", func(ctx context.Context, c *spectron.Context) ([]spectron.Key, error) {
		return leakPages(ctx, limit, c.Keys().List)
	},
		func(all []spectron.Key) (lines []string) {
			for _, k := range all {
				lines = append(lines, k.ID)
			}
			return lines
		}, func(c leakCaller) ([]string, *spectron.Error) { return w.ownKeys(c), actsForAnother(c) })}
}

// keysOf lists the keys of each principal separately.
func keysOf(w *leakWorld, _ *rand.Rand) []leakCall {
	var out []leakCall
	for _, id := range w.principalIDs() {
		out = append(out, reading(id, func(ctx context.Context, c *spectron.Context) (spectron.Page[spectron.Key], error) {
			return c.Keys().Of(id).List(ctx, spectron.PageRequest{})
		},
			func(p spectron.Page[spectron.Key]) (lines []string) {
				for _, k := range p.Items {
					lines = append(lines, k.ID)
				}
				return lines
			},
			func(c leakCaller) (lines []string, refused *spectron.Error) {
				if refused := actsForAnother(c); refused != nil {
					return nil, refused
				} else if managesAll(c) != nil && id != w.principals[c.principal] {
					return nil, spectron.ErrNotFound
				}
				for _, k := range w.keys {
					if k.PrincipalID == id {
						lines = append(lines, k.ID)
					}
				}
				slices.Sort(lines)
				return lines, nil
			}))
	}
	return out
}

// nobodys refuses everybody, because only administrators may use ontologies.
func nobodys(leakCaller) *spectron.Error { return spectron.ErrForbidden }

func ontologyReads(method string) func(*leakWorld, *rand.Rand) []leakCall {
	return func(*leakWorld, *rand.Rand) []leakCall {
		return []leakCall{reading("", func(ctx context.Context, c *spectron.Context) (any, error) {
			if method == "Get" {
				return c.Ontology().Get(ctx)
			}
			return c.Ontology().Versions(ctx, spectron.PageRequest{})
		}, func(any) []string { return nil }, func(c leakCaller) ([]string, *spectron.Error) { return nil, nobodys(c) })}
	}
}

func ontologyWrites(method string) func(*leakWorld, *rand.Rand) []leakCall {
	return func(*leakWorld, *rand.Rand) []leakCall {
		return []leakCall{writing("", func(ctx context.Context, c *spectron.Context) (any, error) {
			if method == "Put" {
				return c.Ontology().Put(ctx, spectron.OntologySpec{})
			}
			return nil, c.Ontology().Delete(ctx)
		}, nobodys)}
	}
}
