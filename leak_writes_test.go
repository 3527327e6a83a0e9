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

// The calls that change data: see leakMethod.

// writing returns a call of a changing method.
func writing[T any](said any, do func(context.Context, *spectron.Context) (T, error), refused func(leakCaller) *spectron.Error) leakCall {
	call := reading(fmt.Sprintf("%+v", said), do, func(T) []string { return nil },
		func(c leakCaller) ([]string, *spectron.Error) { return nil, refused(c) })
	call.reads = false
	return call
}

// mayWrite reports whether a caller may write to a scope set. Unregistered scopes require scope:create.
func (w *leakWorld) mayWrite(c leakCaller, set spectron.Scopes) *spectron.Error {
	fresh := slices.DeleteFunc(slices.Concat(set...), func(path string) bool { return path == "/" || w.nodes[path] })
	if !holdsSet(c.grants[spectron.MemoryWrite], set) || len(fresh) > 0 && !holdsSet(c.grants[spectron.ScopeCreate], spectron.Scopes{fresh}) {
		return spectron.ErrForbidden
	}
	return nil
}

func (w *leakWorld) mayWriteSession(c leakCaller, name string) *spectron.Error {
	s := w.sessions[name]
	if s == nil || !seesSet(c.grants[spectron.MemoryWrite], s.set) {
		return spectron.ErrForbidden
	}
	if seen := clausesSeen(c.grants[spectron.MemoryRead], s.set); len(seen) > 0 && !holdsSet(c.grants[spectron.MemoryWrite], seen) {
		return spectron.ErrForbidden
	}
	return nil
}

func (w *leakWorld) newPlaces() []leakPlace {
	return append(slices.Clone(leakPlaces), leakPlace{"new", spectron.Scopes{{"org/acme/new"}}}, leakPlace{"else", spectron.Scopes{{"org/acme"}, {"project/x"}}})
}

// leakSayings are statements about entities that are also known elsewhere, under other names and types.
var leakSayings = []string{
	"Alice Smith lives in Rome. Apollo uses Mercury. See the ledger.", "alice works at Globex.", "I like tea. My name is Tom.", "Zelda lives in Berlin. Zoe is my sister.",
	"Always answer in German.", "I no longer like tea.",
}

// extracted returns the lines of an extraction. A caller that may not read the scopes of its write gets none.
func extracted(there bool) []string {
	if there {
		return []string{"an extraction"}
	}
	return nil
}

// target returns the scopes of a write of a caller.
func (w *leakWorld) target(c leakCaller, set spectron.Scopes, session string) spectron.Scopes {
	if s := w.sessionByID(session); len(set) == 0 && s != nil {
		return clausesSeen(c.grants[spectron.MemoryWrite], s.set)
	}
	return set
}

func rememberWrites(w *leakWorld, random *rand.Rand) []leakCall {
	var out []leakCall
	add := func(req spectron.RememberRequest, refused func(leakCaller) *spectron.Error) {
		if req.Infer == spectron.InferTriples {
			req.Triples = []spectron.Triple{{Entity: spectron.EntityRef{Type: "person", Name: "alice smith"}, Key: "mood", Value: "glad"}}
		}
		call := reading(fmt.Sprintf("%+v", req), func(ctx context.Context, c *spectron.Context) (*spectron.Remembered, error) {
			return c.Memory().Remember(ctx, req)
		}, func(r *spectron.Remembered) []string { return extracted(r.Extraction != nil) }, func(c leakCaller) ([]string, *spectron.Error) {
			return extracted(req.Infer != spectron.InferNone && seesSet(c.grants[spectron.MemoryRead], w.target(c, req.Scopes, req.SessionID))), refused(c)
		})
		call.reads = false
		out = append(out, call)
	}
	modes := []spectron.Infer{"", spectron.InferTriples, spectron.InferPreview, spectron.InferNone}
	for _, p := range w.newPlaces() {
		req := spectron.RememberRequest{Text: leakPick(random, leakSayings...), Infer: leakPick(random, modes...), Scopes: p.set}
		add(req, func(c leakCaller) *spectron.Error { return w.mayWrite(c, p.set) })
	}
	for _, name := range w.sessionNames() {
		req := spectron.RememberRequest{Text: leakPick(random, leakSayings...), Infer: leakPick(random, modes...), SessionID: w.sessionID(name)}
		add(req, func(c leakCaller) *spectron.Error { return w.mayWriteSession(c, name) })
	}
	return out
}

func rememberManyWrites(w *leakWorld, random *rand.Rand) []leakCall {
	var out []leakCall
	for _, name := range w.sessionNames() {
		req := spectron.RememberManyRequest{SessionID: w.sessionID(name), Messages: []spectron.Message{
			{Content: leakPick(random, leakSayings...)}, {Content: leakPick(random, leakSayings...), Speaker: leakPick(random, "", "Anna")},
		}}
		call := reading(fmt.Sprintf("%+v", req), func(ctx context.Context, c *spectron.Context) (*spectron.RememberedMany, error) {
			return c.Memory().RememberMany(ctx, req)
		}, func(r *spectron.RememberedMany) []string { return extracted(len(r.Extractions) > 0) }, func(c leakCaller) ([]string, *spectron.Error) {
			return extracted(seesSet(c.grants[spectron.MemoryRead], w.target(c, nil, req.SessionID))), w.mayWriteSession(c, name)
		})
		call.reads = false
		out = append(out, call)
	}
	return out
}

func sessionWrites(w *leakWorld, _ *rand.Rand) []leakCall {
	var out []leakCall
	for _, p := range w.newPlaces() {
		spec := spectron.SessionSpec{Scopes: p.set}
		out = append(out, writing(spec, func(ctx context.Context, c *spectron.Context) (*spectron.Session, error) {
			return c.Sessions().Create(ctx, spec)
		},
			func(c leakCaller) *spectron.Error { return w.mayWrite(c, p.set) }))
	}
	return out
}

// deleteWrites deletes sessions. A caller that may not forget a session or one of its turns gets an error if it may read that part.
func deleteWrites(w *leakWorld, _ *rand.Rand) []leakCall {
	var out []leakCall
	for _, name := range w.sessionNames() {
		id := w.sessionID(name)
		out = append(out, writing(id, func(ctx context.Context, c *spectron.Context) (bool, error) {
			return false, c.Sessions().Delete(ctx, id)
		},
			func(c leakCaller) *spectron.Error {
				if _, refused := w.turnsSeen(c, name); refused != nil {
					return refused
				}
				sets := []spectron.Scopes{w.sessions[name].set}
				for _, t := range w.sessions[name].turns {
					sets = append(sets, t.set)
				}
				for _, set := range sets {
					if seen := clausesSeen(c.grants[spectron.MemoryRead], set); len(seen) > 0 && !holdsSet(c.grants[spectron.MemoryForget], seen) {
						return spectron.ErrForbidden
					}
				}
				return nil
			}))
	}
	return out
}

// unlessWithin refuses callers that do not hold a verb over the whole pattern.
func unlessWithin(v spectron.Verb, pattern string) func(leakCaller) *spectron.Error {
	return func(c leakCaller) *spectron.Error {
		if slices.ContainsFunc(c.grants[v], func(q string) bool { return patternWithin(pattern, q) }) {
			return nil
		}
		return spectron.ErrForbidden
	}
}

func (w *leakWorld) vault(which string) string {
	return "org/" + which + "/a-" + w.marker("vault"+which[:1])
}

func registerWrites(w *leakWorld, _ *rand.Rand) []leakCall {
	var out []leakCall
	for _, path := range []string{"org/acme", w.vault("acme"), w.vault("beta"), "org/acme/more", "elsewhere"} {
		out = append(out, writing(path, func(ctx context.Context, c *spectron.Context) (*spectron.ScopeNode, error) {
			return c.Scopes().Register(ctx, spectron.ScopeSpec{Path: path})
		}, unlessWithin(spectron.ScopeCreate, path)))
	}
	return out
}

// tombstoneWrites tombstones scopes with everything below them.
func tombstoneWrites(w *leakWorld, _ *rand.Rand) []leakCall {
	var out []leakCall
	for _, path := range []string{"org/acme", "org/beta", "org/acme/user/bob", "elsewhere"} {
		out = append(out, writing(path, func(ctx context.Context, c *spectron.Context) (bool, error) {
			return false, c.Scopes().Tombstone(ctx, path)
		},
			func(c leakCaller) *spectron.Error {
				refused := unlessWithin(spectron.ScopeDelete, path)(c)
				for node := range w.nodes {
					if patternWithin(node, path+"/*") && refused == nil {
						refused = unlessWithin(spectron.ScopeDelete, node)(c)
					}
				}
				if refused == nil && !w.nodes[path] {
					return spectron.ErrNotFound
				}
				return refused
			}))
	}
	return out
}

func forgetWrites(*leakWorld, *rand.Rand) []leakCall {
	var out []leakCall
	for _, path := range []string{"/", "org", "org/acme", "org/beta", "project/x", "org/acme/user/alice"} {
		for _, dry := range []bool{true, false} {
			req := spectron.ScopeForgetRequest{Path: path, DryRun: dry}
			out = append(out, writing(req, func(ctx context.Context, c *spectron.Context) (*spectron.ScopeForgotten, error) {
				return c.Scopes().Forget(ctx, req)
			},
				unlessWithin(spectron.MemoryForget, strings.TrimSuffix(path, "/")+"/*")))
		}
	}
	return out
}

func principalWrites(method string) func(*leakWorld, *rand.Rand) []leakCall {
	return func(w *leakWorld, random *rand.Rand) []leakCall {
		var out []leakCall
		for _, id := range w.principalIDs() {
			if method == "Grant" && id == w.principalID("stranger") {
				continue // a caller that knows the id may grant to it, so its existence is no secret
			}
			req := spectron.GrantRequest{Path: leakPick(random, "org/acme/user/bob", "org/acme/*", "org/beta", "/*"), Verbs: []spectron.Verb{spectron.ScopeDelete}}
			out = append(out, writing(fmt.Sprint(id, req), func(ctx context.Context, c *spectron.Context) (*spectron.Principal, error) {
				switch p := c.Principals(); method {
				case "Create":
					return p.Create(ctx, spectron.PrincipalSpec{Name: "made", ExternalID: "ext:" + id})
				case "Rename":
					return p.Rename(ctx, id, spectron.PrincipalPatch{Name: "renamed"})
				case "Delete":
					return nil, p.Delete(ctx, id)
				case "Grant":
					return p.Grant(ctx, id, req)
				default:
					return p.Revoke(ctx, id, req)
				}
			}, func(c leakCaller) *spectron.Error {
				if method != "Grant" && method != "Revoke" {
					return managesAll(c)
				}
				refused := unlessWithin(spectron.GrantManage, req.Path)(c)
				if refused == nil && id == "principal:system" {
					return spectron.ErrForbidden
				}
				_, known := w.held[id]
				if _, ok := w.seenGrants(c, id); !ok && refused == nil && (method == "Revoke" || !known) {
					return spectron.ErrNotFound
				}
				return refused
			}))
		}
		return out
	}
}

func keyWrites(method string) func(*leakWorld, *rand.Rand) []leakCall {
	return func(w *leakWorld, _ *rand.Rand) []leakCall {
		var out []leakCall
		ids := w.keyIDs()
		if method == "Create" || method == "IssueAccessToken" {
			ids = w.principalIDs()
		}
		for _, id := range ids {
			out = append(out, writing(id, func(ctx context.Context, c *spectron.Context) (*spectron.Key, error) {
				switch k := c.Keys(); method {
				case "Create":
					return k.Create(ctx, spectron.KeySpec{Name: "made", PrincipalID: id})
				case "IssueAccessToken":
					return k.IssueAccessToken(ctx, spectron.AccessTokenSpec{ExternalID: "ext:" + id, TTL: time.Hour})
				case "Rotate":
					return k.Rotate(ctx, id)
				case "RotateFor":
					return k.RotateFor(ctx, id, time.Hour)
				default:
					return nil, k.Revoke(ctx, id)
				}
			}, func(c leakCaller) *spectron.Error {
				own := slices.ContainsFunc(leakCallers(), func(k leakCaller) bool {
					return k.principal == c.principal && w.keys[k.name] != nil && w.keys[k.name].ID == id
				})
				switch {
				case c.behalf != "" || method == "IssueAccessToken" || method == "Create" && id != w.principals[c.principal]:
					return spectron.ErrForbidden
				case method == "Create" || own && c.key == nil || method == "Revoke" && (own || managesAll(c) == nil && id != "no-such-key"):
					return nil
				case own && id != w.keys[c.name].ID:
					return spectron.ErrForbidden // the key has more rights
				case own:
					return nil
				}
				return spectron.ErrNotFound
			}))
		}
		return out
	}
}
