package spectron_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"

	"github.com/spectron-go/spectron"
)

// The calls that read for prompts, overviews and single records: see leakMethod.

// inModel returns the ids that the model has.
func (w *leakWorld) inModel(ids ...string) (lines []string) {
	for _, id := range ids {
		if w.recordByID(id) != nil {
			lines = append(lines, id)
		}
	}
	return lines
}

// contextReads asks for context blocks. The model does not know what they show, but comparing the worlds does.
func contextReads(w *leakWorld, random *rand.Rand) (out []leakCall) {
	for _, query := range []string{"What is Alice Smith's mood?", "ledger", "What is my name?", w.marker("beta"), "zzz"} {
		for _, format := range []spectron.ContextFormat{spectron.ContextMarkdown, spectron.ContextJSON} {
			var narrow spectron.RecallRequest
			w.narrow(random, &narrow)
			req := spectron.ContextRequest{
				Query: query, Format: format, Lens: narrow.Lens, SessionID: narrow.SessionID, Labels: narrow.Labels, MaxTokens: leakPick(random, 0, 100, 100_000),
				Speaker: leakPick(random, "", "", "Zoe"),
			}
			call := reading(fmt.Sprintf("%+v", req), func(ctx context.Context, c *spectron.Context) (*spectron.ContextBlock, error) {
				b, err := c.Memory().QueryContext(ctx, req)
				if b != nil {
					b.Trace.Duration, b.Trace.ID = 0, ""
				}
				return b, err
			}, func(b *spectron.ContextBlock) []string { return w.inModel(b.IDs...) }, func(c leakCaller) ([]string, *spectron.Error) {
				_, refused := w.recallWant(spectron.RecallRequest{SessionID: req.SessionID})(c)
				lines, _ := w.recallWant(spectron.RecallRequest{Lens: req.Lens, Labels: req.Labels, IncludeClosed: true})(c)
				return lines, refused
			})
			call.some = true
			out = append(out, call)
		}
	}
	return out
}

// stateReads lists what a caller knows, through lenses.
func stateReads(w *leakWorld, random *rand.Rand) (out []leakCall) {
	for n := range 3 {
		var req spectron.StateRequest
		if n > 0 {
			req.Lens = leakPick(random, leakLenses...)
		}
		out = append(out, reading(fmt.Sprint(req), func(ctx context.Context, c *spectron.Context) (*spectron.State, error) {
			if n == 0 {
				return c.Memory().State(ctx)
			}
			return c.Memory().StateOf(ctx, req)
		}, func(s *spectron.State) (lines []string) {
			for _, c := range []spectron.CategoryState{s.Identity, s.Knowledge, s.Context} {
				for _, f := range slices.Concat(c.Attributes, c.Relations) {
					lines = append(lines, w.inModel(f.ID)...)
				}
			}
			for _, i := range s.Instructions {
				lines = append(lines, w.inModel(i.ID)...)
			}
			for _, u := range s.Unknowns {
				lines = append(lines, w.inModel(u.ID)...)
			}
			return lines
		}, w.recallWant(spectron.RecallRequest{Lens: req.Lens, Kinds: []spectron.Kind{spectron.KindAttribute, spectron.KindRelation, spectron.KindInstruction, leakUncertainty}})))
	}
	return out
}

// profileReads asks who is who. The model does not know what is known of them, but comparing the worlds does.
func profileReads(w *leakWorld, random *rand.Rand) (out []leakCall) {
	for _, speaker := range []string{"", "Alice Smith", "Zoe", "Anna", "Tom"} {
		req := spectron.ProfileRequest{Speaker: speaker, Lens: leakPick(random, leakLenses...)}
		lens := req.Lens
		if speaker == "" {
			lens = nil
		}
		call := reading(fmt.Sprint(req), func(ctx context.Context, c *spectron.Context) (*spectron.Profile, error) {
			if speaker == "" {
				return c.Memory().Profile(ctx)
			}
			return c.Memory().ProfileOf(ctx, req)
		}, func(p *spectron.Profile) (lines []string) {
			for _, e := range slices.Concat(p.Static, p.Dynamic, p.Preferences) {
				lines = append(lines, w.inModel(e.ID)...)
			}
			return lines
		}, w.recallWant(spectron.RecallRequest{Lens: lens}))
		call.some = true
		out = append(out, call)
	}
	return out
}

// turnOf returns the n-th turn of a place, and whether there is one. In a world without it, it returns an id that does not exist.
func (w *leakWorld) turnOf(p leakPlace, n int) (leakTurn, bool) {
	for _, name := range w.sessionNames() {
		if s := w.sessions[name]; s != nil {
			for _, t := range s.turns {
				if reflect.DeepEqual(t.set, p.set) {
					if n--; n < 0 {
						return t, true
					}
				}
			}
		}
	}
	place := slices.IndexFunc(leakPlaces, func(o leakPlace) bool { return o.name == p.name })
	return leakTurn{id: fmt.Sprintf("turn:9%03d%04d", n, place)}, false
}

// getReads gets records by id: by Get, or by Inspect.
func getReads(inspect bool) func(*leakWorld, *rand.Rand) []leakCall {
	return func(w *leakWorld, _ *rand.Rand) (out []leakCall) {
		get := func(ctx context.Context, c *spectron.Context, id string) (any, []string, error) {
			if !inspect {
				r, err := c.Memory().Get(ctx, id)
				if err != nil {
					return nil, nil, err
				}
				return r, []string{r.ID}, nil
			}
			i, err := c.Memory().Inspect(ctx, id)
			if err != nil {
				return nil, nil, err
			}
			lines := []string{}
			for _, f := range slices.Concat(i.History, i.Matches) {
				lines = append(lines, f.ID)
			}
			switch {
			case i.Record != nil:
				lines = []string{i.Record.ID}
			case i.Session != nil:
				lines = []string{i.Session.ID}
			case i.Trace != nil:
				lines = []string{i.Trace.ID}
			case slices.Contains(lines, id):
				lines = []string{id}
			}
			return i, lines, nil
		}
		type got struct {
			Result any
			Lines  []string
		}
		add := func(id string, known func(leakCaller) bool) {
			out = append(out, reading(id, func(ctx context.Context, c *spectron.Context) (got, error) {
				r, lines, err := get(ctx, c, id)
				return got{r, lines}, err
			}, func(g got) []string { return g.Lines }, func(c leakCaller) ([]string, *spectron.Error) {
				if !known(c) {
					return nil, spectron.ErrNotFound
				}
				return []string{id}, nil
			}))
		}
		kinds := []spectron.Kind{spectron.KindMemoryChunk, spectron.KindAttribute, spectron.KindRelation, spectron.KindInstruction, leakUncertainty}
		if inspect {
			kinds = append(kinds, leakTrace)
			for _, name := range w.sessionNames() {
				add(w.sessionID(name), func(c leakCaller) bool {
					_, refused := w.turnsSeen(c, name)
					return refused == nil
				})
			}
		}
		for _, id := range w.recordIDs(kinds...) {
			add(id, func(c leakCaller) bool { return w.seenRecord(c, id) != nil })
		}
		for _, p := range leakPlaces {
			for n := range 2 {
				turn, there := w.turnOf(p, n)
				add(turn.id, func(c leakCaller) bool { return there && seesSet(c.grants[spectron.MemoryRead], turn.set) })
			}
		}
		return out
	}
}

// inspectReads inspects by id and by reference: Alice's moods, of which each caller knows what it may read, and the tool of each place.
func inspectReads(w *leakWorld, random *rand.Rand) []leakCall {
	out := append(getReads(true)(w, random), documentInspections(w, random)...)
	out = append(out, reading("mood", func(ctx context.Context, c *spectron.Context) (*spectron.Inspection, error) {
		return c.Memory().Inspect(ctx, "attribute:person/ALICE smith/mood")
	}, func(i *spectron.Inspection) (lines []string) {
		for _, f := range i.History {
			lines = append(lines, f.ID)
		}
		return lines
	}, func(c leakCaller) ([]string, *spectron.Error) {
		lines, _ := w.recallWant(spectron.RecallRequest{IncludeClosed: true, Kinds: []spectron.Kind{spectron.KindAttribute}})(c)
		if len(lines) == 0 {
			return nil, spectron.ErrNotFound
		}
		return lines, nil
	}))
	for _, p := range leakPlaces {
		known := func(c leakCaller) ([]string, *spectron.Error) {
			if r := w.seenRecord(c, w.recordID(p, spectron.KindRelation, 0)); r != nil {
				return []string{r.id}, nil
			}
			return nil, spectron.ErrNotFound
		}
		tool := w.toolOf(p)
		for _, ref := range []string{"entity:product/" + tool.Name, "relation:person/alice smith-[uses]->product/" + tool.Name} {
			out = append(out, reading(ref, func(ctx context.Context, c *spectron.Context) (*spectron.Inspection, error) {
				return c.Memory().Inspect(ctx, ref)
			}, func(i *spectron.Inspection) (lines []string) {
				for _, f := range slices.Concat(i.Relations, i.Matches) {
					lines = append(lines, w.inModel(f.ID)...)
				}
				return lines
			}, known))
		}
	}
	return out
}

// sessionSummaries summarises the sessions.
func sessionSummaries(w *leakWorld, _ *rand.Rand) (out []leakCall) {
	for _, name := range w.sessionNames() {
		id := w.sessionID(name)
		out = append(out, reading(id, func(ctx context.Context, c *spectron.Context) (*spectron.SessionSummary, error) {
			return c.Sessions().Summary(ctx, id)
		}, func(s *spectron.SessionSummary) (lines []string) {
			return []string{fmt.Sprint(s.SessionID, s.Turns)}
		}, func(c leakCaller) ([]string, *spectron.Error) {
			seen, refused := w.turnsSeen(c, name)
			return []string{fmt.Sprint(id, len(seen))}, refused
		}))
	}
	return out
}

// sessionContexts asks for the context of the sessions. Their last turns come first, those of a short session completely.
func sessionContexts(w *leakWorld, random *rand.Rand) (out []leakCall) {
	for _, name := range w.sessionNames() {
		id, query := w.sessionID(name), leakPick(random, "ledger", "What is my name?", w.marker("beta"))
		out = append(out, reading(id, func(ctx context.Context, c *spectron.Context) (*spectron.ContextBlock, error) {
			b, err := c.Sessions().Context(ctx, id, query)
			if b != nil {
				b.Trace.Duration, b.Trace.ID = 0, ""
			}
			return b, err
		}, func(b *spectron.ContextBlock) (lines []string) {
			if s := w.sessions[name]; s != nil && len(s.turns) <= 10 {
				for _, t := range s.turns {
					if slices.Contains(b.IDs, t.id) {
						lines = append(lines, t.id)
					}
				}
			}
			return lines
		}, func(c leakCaller) (lines []string, refused *spectron.Error) {
			seen, refused := w.turnsSeen(c, name)
			if s := w.sessions[name]; s != nil && len(s.turns) <= 10 {
				for _, t := range seen {
					lines = append(lines, t.id)
				}
			}
			slices.Sort(lines)
			return lines, refused
		}))
	}
	return out
}

// turnWrites stores exchanges in sessions.
func turnWrites(w *leakWorld, random *rand.Rand) (out []leakCall) {
	for _, name := range w.sessionNames() {
		req := spectron.TurnRequest{SessionID: w.sessionID(name), User: leakPick(random, leakSayings...), Assistant: "See the ledger."}
		call := reading(fmt.Sprintf("%+v", req), func(ctx context.Context, c *spectron.Context) (*spectron.RememberedMany, error) {
			return c.Memory().RememberTurn(ctx, req)
		}, func(r *spectron.RememberedMany) []string { return extracted(len(r.Extractions) > 0) }, func(c leakCaller) ([]string, *spectron.Error) {
			return extracted(seesSet(c.grants[spectron.MemoryRead], w.target(c, nil, req.SessionID))), w.mayWriteSession(c, name)
		})
		call.reads = false
		out = append(out, call)
	}
	return out
}
