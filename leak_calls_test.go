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

// The calls that read memory: see leakMethod.

func leakPick[T any](random *rand.Rand, from ...T) T { return from[random.IntN(len(from))] }

var leakLenses = []spectron.Scopes{
	nil, nil, nil, {{"org/acme"}}, {{"org/acme/user/alice"}}, {{"project/x"}}, {{"org/acme", "project/x"}}, {{"org/beta"}}, {{"org/beta/team/red"}, {"project/x/deep"}}, {{"nowhere"}},
}

// recallReads searches each kind by a word that all of its records contain, so that every mode finds everything that passes the filters. It
// also asks questions that name entities of many regions. For these the model only knows what must not be returned.
func recallReads(w *leakWorld, random *rand.Rand) []leakCall {
	words := map[spectron.Kind]string{
		spectron.KindMemoryChunk: "ledger", spectron.KindAttribute: "mood", spectron.KindRelation: "tool", spectron.KindInstruction: "German",
	}
	var out []leakCall
	for _, kind := range slices.Sorted(maps.Keys(words)) {
		for _, mode := range []spectron.Mode{spectron.ModeBM25, spectron.ModeHybrid, spectron.ModeVector} {
			for n := range 6 {
				req := spectron.RecallRequest{Query: words[kind], Kinds: []spectron.Kind{kind}, Mode: mode, K: 50, IncludeDuplicates: true, IncludeWeak: true,
					Without: []spectron.Signal{spectron.SignalUtterances}} // every turn is a hit by itself
				if n > 0 {
					w.narrow(random, &req)
				}
				out = append(out, reading(fmt.Sprintf("%+v", req), recalling(req), w.recorded, w.recallWant(req)))
			}
		}
	}
	for _, q := range []string{
		"What is Alice Smith's mood?", "Where does alice smith live?", "What was Alice's mood?", "What does Apollo track?", "apollo and mercury", "Who am I?", "What is my name?",
		"What do I like?", "Zelda", "Zoe and Anna", "ledger turn 1", w.marker("beta"), w.marker("both") + " " + w.marker("acme"), "Berlin", "zzz",
	} {
		for _, mode := range []spectron.Mode{"", spectron.ModeBM25, spectron.ModeHybrid} {
			req := spectron.RecallRequest{Query: q, Mode: mode}
			if random.IntN(2) == 0 {
				w.narrow(random, &req)
			}
			req.IncludeDuplicates = random.IntN(3) == 0
			model := req
			model.IncludeClosed = true // a question about the past includes closed facts anyway
			want := w.recallWant(model)
			if strings.Contains(q, " was ") && !req.AsOf.IsZero() {
				want = w.endedToo(model)
			}
			call := reading(fmt.Sprintf("%+v", req), recalling(req), w.recorded, want)
			call.some = true
			out = append(out, call)
		}
	}
	for _, req := range []spectron.RecallRequest{
		{Lens: spectron.Scopes{{"org/acme"}}}, {Kinds: []spectron.Kind{spectron.KindFacts}}, {Kinds: []spectron.Kind{spectron.KindPassages}, K: 7}, {Role: spectron.RoleUser, IncludeClosed: true},
		{SaidAfter: w.clockAt(60)}, {SaidBefore: w.clockAt(20), Query: "ledger"}, {SaidBy: "alice"}, {SaidBy: "Anna", Query: "ledger"}, {Source: spectron.SourceUpsert}, {AsOf: w.clockAt(30)},
		{Query: "alice smith and apollo", Mode: spectron.ModeGraph}, {Query: "What does Apollo track?", Mode: spectron.ModeGraph, Hops: 2, IncludeClosed: true}, {Query: "mercury", Mode: spectron.ModeGraph, Hops: 2},
		{Location: spectron.LocationFilter{Near: spectron.Near{Lat: 1, Lng: 1, RadiusKm: 20_000}}},
	} {
		if req.K == 0 {
			req.K = 50
		}
		model := req
		model.IncludeClosed = true
		switch {
		case slices.Contains(req.Kinds, spectron.KindFacts):
			model.Kinds = []spectron.Kind{spectron.KindAttribute, spectron.KindRelation, spectron.KindInstruction}
		case slices.Contains(req.Kinds, spectron.KindPassages):
			model.Kinds = []spectron.Kind{spectron.KindMemoryChunk}
		}
		call := reading(fmt.Sprintf("%+v", req), recalling(req), w.recorded, w.recallWant(model))
		call.some = true
		out = append(out, call)
	}
	return append(out, documentRecalls(w, random)...)
}

func recalling(req spectron.RecallRequest) func(context.Context, *spectron.Context) (*spectron.Recalled, error) {
	return func(ctx context.Context, c *spectron.Context) (*spectron.Recalled, error) {
		r, err := c.Memory().Recall(ctx, req)
		if r != nil {
			repeatable(r)
		}
		return r, err
	}
}

// repeatable removes from an answer what differs between equal worlds. The text of a cursor depends on a secret of the Context.
func repeatable(r *spectron.Recalled) {
	r.Trace.Duration, r.Trace.ID = 0, ""
	if r.NextCursor != "" {
		r.NextCursor = "more"
	}
}

// narrow adds conditions to a request.
func (w *leakWorld) narrow(random *rand.Rand, req *spectron.RecallRequest) {
	req.Lens = leakPick(random, leakLenses...)
	req.IncludeClosed = random.IntN(3) == 0
	minutes := random.IntN(70)
	name := leakPick(random, "one", "two", "three", "beta", "acme", "both", "gone")
	label := leakPick(random, "place=acme", "place=beta", "kind=odd")
	switch random.IntN(6) {
	case 0:
		req.AsOf = w.clockAt(minutes)
	case 1:
		req.SessionID = w.sessionID(name)
	case 2:
		req.ExcludeSessionID = w.sessionID(name)
	case 3:
		req.Labels = []string{label}
	}
}

func (w *leakWorld) clockAt(minutes int) time.Time {
	return w.leakTime().Add(-time.Duration(minutes)*time.Minute + 30*time.Second)
}

// sessionID returns the id of a session, or an id without a session.
func (w *leakWorld) sessionID(name string) string {
	if s := w.sessions[name]; s != nil {
		return s.id
	}
	return fmt.Sprintf("session:9%07d", slices.Index(w.sessionNames(), name))
}

// recorded returns the hits that the model has.
func (w *leakWorld) recorded(r *spectron.Recalled) []string {
	var out []string
	for _, h := range r.Hits {
		if slices.ContainsFunc(w.records, func(r leakRecord) bool { return r.id == h.ID }) {
			out = append(out, h.ID)
		}
	}
	return out
}

func (w *leakWorld) recallWant(req spectron.RecallRequest) func(leakCaller) ([]string, *spectron.Error) {
	return func(c leakCaller) ([]string, *spectron.Error) {
		mine := c.grants[spectron.MemoryRead]
		for _, id := range []string{req.SessionID, req.ExcludeSessionID} {
			if s := w.sessionByID(id); id != "" && (s == nil || !seesSet(mine, s.set)) {
				return nil, spectron.ErrNotFound
			}
		}
		var out []string
		for _, r := range w.records {
			seen := clausesSeen(mine, r.set)
			switch {
			case len(seen) == 0, !throughLens(req.Lens, seen), len(req.Kinds) > 0 && !slices.Contains(req.Kinds, r.kind),
				req.SessionID != "" && r.session != req.SessionID, req.ExcludeSessionID != "" && r.session == req.ExcludeSessionID,
				req.AsOf.IsZero() && !req.IncludeClosed && !r.until.IsZero(),
				!req.AsOf.IsZero() && (req.AsOf.Before(r.from) || !r.until.IsZero() && !req.AsOf.Before(r.until)),
				len(req.Labels) > 0 && !slices.Contains(r.labels, req.Labels[0]):
				continue
			}
			out = append(out, r.id)
		}
		slices.Sort(out)
		return out, nil
	}
}

// endedToo is recallWant for a question about the past as of a time: it also finds what was known by then and had ended.
func (w *leakWorld) endedToo(req spectron.RecallRequest) func(leakCaller) ([]string, *spectron.Error) {
	asOf := req.AsOf
	req.AsOf = time.Time{}
	all := w.recallWant(req)
	return func(c leakCaller) ([]string, *spectron.Error) {
		ids, refused := all(c)
		return slices.DeleteFunc(ids, func(id string) bool { return asOf.Before(w.recordByID(id).from) }), refused
	}
}

func (w *leakWorld) sessionByID(id string) *leakSession {
	for _, s := range w.sessions {
		if s.id == id {
			return s
		}
	}
	return nil
}

// sessionNames returns the sessions of the full world, including those that are missing in this one, and one that never existed.
func (w *leakWorld) sessionNames() []string {
	out := []string{"one", "two", "three", "gone"}
	for _, p := range leakPlaces {
		out = append(out, p.name)
	}
	return out
}

// turnsSeen returns the turns of a session that a caller may read. The caller must also see the session itself.
func (w *leakWorld) turnsSeen(c leakCaller, name string) ([]leakTurn, *spectron.Error) {
	s, mine := w.sessions[name], c.grants[spectron.MemoryRead]
	if s == nil || !seesSet(mine, s.set) {
		return nil, spectron.ErrNotFound
	}
	return slices.DeleteFunc(slices.Clone(s.turns), func(t leakTurn) bool { return !seesSet(mine, t.set) }), nil
}

func sessionReads(w *leakWorld, _ *rand.Rand) []leakCall {
	var out []leakCall
	for _, name := range w.sessionNames() {
		id := w.sessionID(name)
		out = append(out, reading(id, func(ctx context.Context, c *spectron.Context) (*spectron.Session, error) {
			return c.Sessions().Get(ctx, id)
		},
			func(s *spectron.Session) []string { return []string{fmt.Sprint(s.ID, s.Turns, s.Scopes, s.Metadata)} },
			func(c leakCaller) ([]string, *spectron.Error) {
				seen, refused := w.turnsSeen(c, name)
				if refused != nil {
					return nil, refused
				}
				set := clausesSeen(c.grants[spectron.MemoryRead], w.sessions[name].set)
				return []string{fmt.Sprint(id, len(seen), set, map[string]any{"note": w.marker("session" + name)})}, nil
			}))
	}
	return out
}

// leakPages reads all pages of a listing. Totals and offsets must agree with the pages.
func leakPages[T any](ctx context.Context, limit int, list func(context.Context, spectron.PageRequest) (spectron.Page[T], error)) (all []T, err error) {
	var totals []int
	for cursor, more := "", true; more; {
		page, err := list(ctx, spectron.PageRequest{Cursor: cursor, Limit: limit, WithTotal: true})
		if err != nil {
			return all, err
		}
		all, totals = append(all, page.Items...), append(totals, page.Total)
		cursor, more = page.NextCursor, page.HasMore
	}
	for _, total := range totals {
		if total != len(all) {
			return all, fmt.Errorf("%d items, and totals of %d", len(all), totals)
		}
	}
	for offset := range len(all) + 1 {
		page, err := list(ctx, spectron.PageRequest{Limit: 1, Offset: offset})
		if err != nil || len(page.Items) != min(1, len(all)-offset) || page.HasMore != (offset+1 < len(all)) {
			return all, fmt.Errorf("item %d of %d: %+v, %v", offset, len(all), page, err)
		}
	}
	return all, nil
}

// sessionPages lists the sessions, newest first.
func sessionPages(w *leakWorld, random *rand.Rand) []leakCall {
	limit := leakPick(random, 1, 2, 1000)
	return []leakCall{reading("", func(ctx context.Context, c *spectron.Context) ([]spectron.Session, error) {
		return leakPages(ctx, limit, func(ctx context.Context, req spectron.PageRequest) (spectron.Page[spectron.Session], error) {
			return c.Sessions().List(ctx, spectron.SessionQuery(req))
		})
	}, func(all []spectron.Session) (lines []string) {
		for i, s := range all {
			older := i == 0 || !all[i-1].CreatedAt.Before(s.CreatedAt)
			lines = append(lines, fmt.Sprint(s.ID, s.Turns, s.Scopes, s.Metadata, older))
		}
		return lines
	}, func(c leakCaller) (lines []string, _ *spectron.Error) {
		for name, s := range w.sessions {
			if seen, refused := w.turnsSeen(c, name); refused == nil {
				set := clausesSeen(c.grants[spectron.MemoryRead], s.set)
				lines = append(lines, fmt.Sprint(s.id, len(seen), set, map[string]any{"note": w.marker("session" + name)}, true))
			}
		}
		slices.Sort(lines)
		return lines, nil
	})}
}

func turnReads(w *leakWorld, random *rand.Rand) []leakCall {
	var out []leakCall
	for _, name := range w.sessionNames() {
		id, limit, offset := w.sessionID(name), leakPick(random, 0, 1, 2, 500), leakPick(random, 0, 0, 1, 2, 9)
		line := func(id string, seq int, text string) string { return fmt.Sprint(id, " ", seq, " ", text) }
		rest := func(total int, more bool) string { return fmt.Sprint("of ", total, ", more: ", more) }
		out = append(out, reading(id, func(ctx context.Context, c *spectron.Context) (spectron.Page[spectron.Turn], error) {
			return c.Sessions().Turns(ctx, spectron.TurnQuery{SessionID: id, Limit: limit, Offset: offset, WithTotal: true})
		}, func(page spectron.Page[spectron.Turn]) (lines []string) {
			for _, t := range page.Items {
				lines = append(lines, line(t.ID, t.Seq, t.Content))
			}
			return append(lines, rest(page.Total, page.HasMore))
		}, func(c leakCaller) (lines []string, refused *spectron.Error) {
			seen, refused := w.turnsSeen(c, name)
			lines = append(lines, rest(len(seen), limit > 0 && offset+limit < len(seen)))
			for i, t := range seen {
				if i >= offset && (limit == 0 || i < offset+limit) {
					lines = append(lines, line(t.id, i, t.text))
				}
			}
			slices.Sort(lines)
			return lines, refused
		}))
	}
	return out
}

func scopeReads(w *leakWorld, random *rand.Rand) []leakCall {
	limit := leakPick(random, 1, 2, 1000)
	return []leakCall{reading("", func(ctx context.Context, c *spectron.Context) ([]spectron.ScopeNode, error) {
		return leakPages(ctx, limit, c.Scopes().List)
	}, func(nodes []spectron.ScopeNode) (lines []string) {
		for _, n := range nodes {
			lines = append(lines, n.Path)
		}
		return lines
	}, func(c leakCaller) (lines []string, _ *spectron.Error) {
		for path := range w.nodes {
			if patternsCover(c.grants[spectron.ScopeRead], path) {
				lines = append(lines, path)
			}
		}
		slices.Sort(lines)
		return lines, nil
	})}
}
