package spectron_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// This file has the world of the leak test, and the model of who sees what of it. The model is brute force over patterns and clauses, and
// shares no code with the library.

// patternsCover reports whether one of the patterns covers a path.
func patternsCover(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		base, subtree := strings.CutSuffix(pattern, "/*")
		return pattern == "/*" || path == base || subtree && strings.HasPrefix(path, base+"/")
	})
}

// seesSet reports whether at least one clause is covered. holdsSet reports whether all clauses are.
func seesSet(patterns []string, set spectron.Scopes) bool { return len(clausesSeen(patterns, set)) > 0 }

func holdsSet(patterns []string, set spectron.Scopes) bool {
	return len(set) > 0 && len(clausesSeen(patterns, set)) == len(set)
}

func clausesSeen(patterns []string, set spectron.Scopes) spectron.Scopes {
	var out spectron.Scopes
	for _, clause := range set {
		if !slices.ContainsFunc(clause, func(path string) bool { return !patternsCover(patterns, path) }) {
			out = append(out, clause)
		}
	}
	return out
}

// throughLens reports whether each path of some clause of the lens lies at or below a path of one clause of the set.
func throughLens(lens, set spectron.Scopes) bool {
	if len(lens) == 0 {
		return true
	}
	for _, wanted := range lens {
		for _, clause := range set {
			if !slices.ContainsFunc(wanted, func(path string) bool {
				return !slices.ContainsFunc(clause, func(held string) bool {
					return held == "/" || path == held || strings.HasPrefix(path, held+"/")
				})
			}) {
				return true
			}
		}
	}
	return false
}

// patternWithin reports whether everything that p covers is covered by q.
func patternWithin(p, q string) bool {
	base, subtree := strings.CutSuffix(p, "/*")
	if p == "/*" {
		return q == "/*"
	}
	return patternsCover([]string{q}, base) && (!subtree || strings.HasSuffix(q, "/*"))
}

// commonPatterns returns the patterns that two lists have in common.
func commonPatterns(a, b []string) []string {
	var out []string
	for _, p := range a {
		for _, q := range b {
			if patternWithin(p, q) {
				out = append(out, p)
			} else if patternWithin(q, p) {
				out = append(out, q)
			}
		}
	}
	out = slices.DeleteFunc(slices.Clone(out), func(p string) bool {
		return slices.ContainsFunc(out, func(q string) bool { return p != q && patternWithin(p, q) })
	})
	slices.Sort(out)
	return slices.Compact(out)
}

func commonGrants(a, b spectron.Grants) spectron.Grants {
	out := spectron.Grants{}
	for v := range a {
		if both := commonPatterns(a[v], b[v]); len(both) > 0 {
			out[v] = both
		}
	}
	return out
}

// leakCaller is a caller in the model.
type leakCaller struct {
	name      string
	principal string // name of the principal of its key
	grants    spectron.Grants
	key       spectron.Grants // grants that limit the key
	behalf    string
}

func everyVerb(pattern string) spectron.Grants {
	out := spectron.Grants{}
	for _, v := range spectron.Verbs() {
		out[v] = []string{pattern}
	}
	return out
}

// leakCallers returns six principals with overlapping regions, one that only manages grants, one with all rights, a limited key of that
// one, and that key acting for another principal.
func leakCallers() []leakCaller {
	const read, write = spectron.MemoryRead, spectron.MemoryWrite
	exact := everyVerb("org/acme")
	delete(exact, spectron.GrantManage)
	callers := []leakCaller{
		{name: "exact", grants: exact},
		{name: "subtree", grants: everyVerb("org/acme/*")},
		{name: "pair", grants: spectron.Grants{read: {"org/acme", "project/x"}, write: {"org/acme", "project/x"}, spectron.ScopeRead: {"project/x"}}},
		{name: "reader", grants: spectron.Grants{read: {"org/acme/*", "org/beta"}, spectron.ScopeRead: {"org/beta/*"}}},
		{name: "writer", grants: spectron.Grants{write: {"org/acme/*"}, spectron.ScopeCreate: {"org/acme/*"}}},
		{name: "nobody", grants: spectron.Grants{}},
		{name: "auditor", grants: spectron.Grants{spectron.GrantManage: {"/*"}}},
		{name: "wide", grants: everyVerb("/*")},
	}
	for i := range callers {
		callers[i].principal = callers[i].name
	}
	narrow := spectron.Grants{read: {"org/beta/*", "project/x"}, write: {"project/x"}, spectron.ScopeRead: {"org/*"}}
	return append(callers,
		leakCaller{name: "narrowed", principal: "wide", grants: narrow, key: narrow},
		leakCaller{name: "delegated", principal: "wide", grants: commonGrants(narrow, callers[3].grants), key: narrow, behalf: "reader"})
}

// leakPlace is a region. Every record in it contains its marker.
type leakPlace struct {
	name string
	set  spectron.Scopes
}

// The places that many cannot read come first, because traces of them would show in later ones.
var leakPlaces = []leakPlace{
	{"beta", spectron.Scopes{{"org/beta"}}},
	{"red", spectron.Scopes{{"org/beta/team/red"}}},
	{"root", spectron.Scopes{{"/"}}},
	{"org", spectron.Scopes{{"org"}}},
	{"both", spectron.Scopes{{"org/acme", "project/x"}}},
	{"owned", spectron.Scopes{{"org/acme"}, {"org/beta"}}},
	{"mixed", spectron.Scopes{{"org/acme/user/alice", "project/x"}, {"org/beta/team/red"}}},
	{"acme", spectron.Scopes{{"org/acme"}}},
	{"alice", spectron.Scopes{{"org/acme/user/alice"}}},
	{"x", spectron.Scopes{{"project/x"}}},
	{"sibling", spectron.Scopes{{"org/acme-two"}}},
}

var leakSpellings = []string{"ALICE Smith", "alice SMITH", "Alice  smith", "Alice Smith"}

type leakRecord struct {
	id, session, place string
	kind               spectron.Kind
	set                spectron.Scopes
	labels             []string
	from, until        time.Time
}

type leakTurn struct {
	id, text string
	set      spectron.Scopes
}

type leakSession struct {
	id    string
	set   spectron.Scopes
	turns []leakTurn
}

// leakWorld is a Context with records of every kind, or with only those that one caller may know of.
type leakWorld struct {
	mgr        *spectron.Manager
	clock      *spectrontest.Clock
	all        *spectron.Context // handle of the operator
	prefix     string            // prefix of the markers
	who        *leakCaller       // the caller that may know of everything in it; nil: everything is in it
	minutes    int
	records    []leakRecord
	sessions   map[string]*leakSession
	marks      map[string]func(spectron.Grants) bool // who may see a marker
	nodes      map[string]bool                       // registered scopes
	principals map[string]string                     // ids by name
	held       map[string]spectron.Grants            // grants of principals, by id
	keys       map[string]*spectron.Key              // by caller
	handles    map[string]*spectron.Context          // by caller
	authors    map[string]*spectron.Context          // by place
	documents  []leakDocument
}

// leakTime returns the time of the next step. Each step takes a minute, even if it is left out.
func (w *leakWorld) leakTime() time.Time {
	return spectrontest.Epoch.Add(time.Duration(w.minutes) * time.Minute)
}

func (w *leakWorld) marker(name string) string { return w.prefix + name + "q" }

// step makes a step unless it must be left out, and registers its marker with the callers that may see it.
func (w *leakWorld) step(mark string, may func(spectron.Grants) bool, do func(marker string)) {
	w.minutes++
	w.clock.Set(w.leakTime())
	w.marks[w.marker(mark)] = may
	if w.who == nil || may(w.who.grants) {
		do(w.marker(mark))
	}
}

func readsEvents(g spectron.Grants) bool { return slices.Contains(g[spectron.GrantManage], "/*") }

func readableBy(set spectron.Scopes) func(spectron.Grants) bool {
	return func(g spectron.Grants) bool { return seesSet(g[spectron.MemoryRead], set) }
}

func buildLeakWorld(tb testing.TB, mgr *spectron.Manager, clock *spectrontest.Clock, id, prefix string, who *leakCaller) *leakWorld {
	tb.Helper()
	w := &leakWorld{
		mgr: mgr, clock: clock, prefix: prefix, who: who, sessions: map[string]*leakSession{}, marks: map[string]func(spectron.Grants) bool{},
		nodes: map[string]bool{}, principals: map[string]string{}, held: map[string]spectron.Grants{}, authors: map[string]*spectron.Context{},
	}
	clock.Set(spectrontest.Epoch)
	w.all = create(tb, mgr, id, spectron.ContextSpec{})
	w.buildAccess(tb)
	w.buildDocuments(tb)
	clock.Set(spectrontest.Epoch)
	for i, p := range leakPlaces {
		w.buildPlace(tb, i, p)
	}
	w.buildMixed(tb)
	w.minutes++
	clock.Set(w.leakTime())
	w.buildKeys(tb)
	return w
}

// buildAccess creates the scopes, principals, keys and handles.
func (w *leakWorld) buildAccess(tb testing.TB) {
	ctx := context.Background()
	register := func(spec spectron.ScopeSpec) {
		_, err := w.all.Scopes().Register(ctx, spec)
		require.NoError(tb, err)
		for at := spec.Path; ; at = at[:strings.LastIndexByte(at, '/')] {
			w.nodes[at] = true
			if !strings.Contains(at, "/") {
				return
			}
		}
	}
	for _, p := range leakPlaces {
		for _, path := range slices.Concat(p.set...) {
			if path != "/" {
				register(spectron.ScopeSpec{Path: path})
			}
		}
	}
	for _, which := range []string{"acme", "beta"} {
		path := w.vault(which)
		w.step("vault"+which[:1], func(g spectron.Grants) bool { return patternsCover(g[spectron.ScopeRead], path) || readsEvents(g) }, func(marker string) {
			register(spectron.ScopeSpec{Path: path, Name: marker, Description: "About " + marker})
		})
	}
	// That the ontology changed is an event. Nobody may see its contents.
	w.step("ontology", readsEvents, func(marker string) {
		_, err := w.all.Ontology().Put(ctx, spectron.OntologySpec{EntityTypes: []spectron.EntityTypeTerm{{Name: "widget", Description: "About " + marker}}})
		require.NoError(tb, err)
	})
	w.marks[w.marker("ontology")] = func(spectron.Grants) bool { return false }
	principal := func(name string, g spectron.Grants) {
		p, err := w.all.Principals().Create(ctx, spectron.PrincipalSpec{Name: name, Grants: g, ExternalID: "ext:" + name})
		require.NoError(tb, err)
		w.principals[name], w.held[p.ID] = p.ID, g
	}
	stranger := spectron.Grants{spectron.MemoryRead: {"org/beta/*"}}
	w.step("stranger", func(g spectron.Grants) bool {
		return len(commonPatterns(slices.Concat(g[spectron.GrantManage], g[spectron.MemoryRead]), []string{"org/beta/*"})) > 0
	}, func(marker string) { principal(marker, stranger) })
	for _, p := range leakPlaces {
		// The author of a place reads nothing else, so that its statements cannot contain anything else.
		principal("author of "+p.name, spectron.Grants{spectron.MemoryRead: slices.Concat(p.set...), spectron.MemoryWrite: {"/*"}})
		author, err := w.all.OnBehalfOf(ctx, w.principals["author of "+p.name])
		require.NoError(tb, err)
		w.authors[p.name] = author
	}
	for _, c := range leakCallers() {
		if c.key == nil {
			principal(c.name, c.grants)
		}
	}
}

// buildKeys creates the keys and the handles.
func (w *leakWorld) buildKeys(tb testing.TB) {
	w.keys, w.handles = map[string]*spectron.Key{}, map[string]*spectron.Context{}
	for _, c := range leakCallers() {
		if c.behalf == "" {
			key, err := w.all.Keys().Create(context.Background(), spectron.KeySpec{Name: c.name, PrincipalID: w.principals[c.principal], Grants: c.key})
			require.NoError(tb, err)
			w.keys[c.name] = key
		}
		w.handles[c.name] = w.handle(tb, c)
	}
}

// handle returns a new handle of a caller.
func (w *leakWorld) handle(tb testing.TB, c leakCaller) *spectron.Context {
	tb.Helper()
	key := w.keys[c.name]
	if c.behalf != "" {
		key = w.keys["narrowed"]
	}
	h, err := w.mgr.Authenticate(context.Background(), key.Secret)
	require.NoError(tb, err)
	if c.behalf != "" {
		h, err = h.OnBehalfOf(context.Background(), w.principals[c.behalf])
		require.NoError(tb, err)
	}
	return h
}

// session creates a session for callers that may know of it or of one of its turns, or may write to it.
func (w *leakWorld) session(tb testing.TB, name string, set spectron.Scopes, turns ...spectron.Scopes) {
	knows := func(g spectron.Grants) bool {
		return seesSet(g[spectron.MemoryWrite], set) || slices.ContainsFunc(append(turns, set), func(s spectron.Scopes) bool { return seesSet(g[spectron.MemoryRead], s) })
	}
	w.step("session"+name, knows, func(marker string) {
		s, err := w.all.Sessions().Create(context.Background(), spectron.SessionSpec{Scopes: set, Metadata: map[string]any{"note": marker}})
		require.NoError(tb, err)
		w.sessions[name] = &leakSession{id: s.ID, set: set}
	})
	w.marks[w.marker("session"+name)] = readableBy(set) // its metadata are for readers of the session
}

// say stores a statement in a place, and records what it stored.
func (w *leakWorld) say(tb testing.TB, session string, p leakPlace, req func(marker string) spectron.RememberRequest) {
	w.step(p.name, readableBy(p.set), func(marker string) {
		s, r := w.sessions[session], req(marker)
		r.SessionID, r.Scopes = s.id, p.set
		out := remember(tb, w.authors[p.name], r)
		add := func(kind spectron.Kind, id string) {
			w.records = append(w.records, leakRecord{id, s.id, p.name, kind, p.set, r.Labels, w.leakTime(), time.Time{}})
		}
		if out.TurnID != "" {
			s.turns = append(s.turns, leakTurn{out.TurnID, r.Text, p.set})
		}
		for _, id := range out.ChunkIDs {
			add(spectron.KindMemoryChunk, id)
		}
		if out.TraceID != "" {
			add(leakTrace, out.TraceID)
		}
		if out.Extraction == nil {
			return
		}
		for _, closed := range out.Extraction.Closed {
			for i := range w.records {
				if w.records[i].id == closed {
					w.records[i].until = w.leakTime()
				}
			}
		}
		for _, a := range out.Extraction.Attributes {
			if a.Key == "mood" {
				add(spectron.KindAttribute, a.ID)
			}
		}
		for _, x := range out.Extraction.Relations {
			if x.Label == "uses" {
				add(spectron.KindRelation, x.ID)
			}
		}
		for _, x := range out.Extraction.Instructions {
			add(spectron.KindInstruction, x.ID)
		}
		for _, x := range out.Extraction.Uncertainties {
			add(leakUncertainty, x.ID)
		}
	})
}

// buildPlace fills a region with records of every kind. All regions have the same people and things, with other spellings, values, types
// and categories.
func (w *leakWorld) buildPlace(tb testing.TB, i int, p leakPlace) {
	alice := spectron.EntityRef{Type: "person", Name: leakSpellings[i%len(leakSpellings)]}
	category, mercury := spectron.CategoryKnowledge, "product"
	if i%2 == 0 {
		category = spectron.CategoryIdentity
	}
	if p.name == "acme" {
		mercury = "unknown"
	}
	w.session(tb, p.name, p.set)
	w.say(tb, p.name, p, func(marker string) spectron.RememberRequest {
		return spectron.RememberRequest{Infer: spectron.InferTriples, Text: "The ledger of " + marker + " was opened.", Labels: []string{"place=" + p.name},
			Triples: []spectron.Triple{
				{Entity: alice, Key: "mood", Value: "calm " + marker, Category: category},
				{Entity: alice, Key: "uses", Target: spectron.EntityRef{Type: "product", Name: "Tool " + marker}},
				{Entity: alice, Key: "lives_in", Target: spectron.EntityRef{Type: "city", Name: "Town " + marker}},
				{Entity: spectron.EntityRef{Type: "project", Name: "Apollo"}, Key: "tracks", Target: spectron.EntityRef{Type: mercury, Name: []string{"MERCURY", "Mercury"}[i%2]}},
			}}
	})
	w.say(tb, p.name, p, func(marker string) spectron.RememberRequest {
		return spectron.RememberRequest{Infer: spectron.InferTriples, Labels: []string{"kind=odd"},
			Triples: []spectron.Triple{{Entity: alice, Key: "mood", Value: "cross " + marker, Category: category}}}
	})
	// The place contradicts the given one, which gives an uncertainty.
	w.say(tb, p.name, p, func(marker string) spectron.RememberRequest {
		return spectron.RememberRequest{Text: "Always answer in German about " + marker + ". Alice Smith lives in Berlin. See the ledger.", Speaker: "Zoe " + marker}
	})
}

func placeNamed(name string) leakPlace {
	return leakPlaces[slices.IndexFunc(leakPlaces, func(p leakPlace) bool { return p.name == name })]
}

// buildMixed creates sessions with turns of several regions, and speakers who are named in only one of them.
func (w *leakWorld) buildMixed(tb testing.TB) {
	for _, s := range []struct {
		name, at string
		turns    []string
	}{
		{"one", "acme", []string{"acme", "beta", "both", "alice", "acme", "owned"}},
		{"two", "beta", []string{"acme", "beta", "red"}},
		{"three", "root", []string{"root", "acme", "x"}},
	} {
		var sets []spectron.Scopes
		for _, t := range s.turns {
			sets = append(sets, placeNamed(t).set)
		}
		w.session(tb, s.name, placeNamed(s.at).set, sets...)
		for i, t := range s.turns {
			w.say(tb, s.name, placeNamed(t), func(marker string) spectron.RememberRequest {
				r := spectron.RememberRequest{Text: fmt.Sprintf("Turn %d of the ledger %s. I like tea.", i, marker)}
				if i == 1 {
					r.Text = "My name is Zelda " + strings.ToUpper(marker[:1]) + marker[1:] + ". See the ledger."
				}
				if i == 0 {
					r.Speaker = "Anna " + marker
				}
				return r
			})
		}
	}
}

// foreign returns the markers in a result that the caller may not see, except those of its own texts.
func (w *leakWorld) foreign(g spectron.Grants, said string, returned ...any) []string {
	var text strings.Builder
	for _, r := range returned {
		encoded, _ := json.Marshal(r)
		fmt.Fprintf(&text, "%+v %s\n", r, encoded)
	}
	shown := strings.ToLower(text.String())
	var out []string
	for mark, may := range w.marks {
		if strings.Contains(shown, mark) && !strings.Contains(strings.ToLower(said), mark) && !may(g) {
			out = append(out, mark)
		}
	}
	return out
}
