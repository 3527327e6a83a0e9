package chat

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/spectron-go/spectron/internal/answers"
	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// question returns the message as a question, and whether its answer may be given again. Within a conversation it is not,
// because the answer depends on the turns before it.
//
// The key has everything else that the answer depends on, apart from the records: the caller with its grants, the instructions and the day,
// the request, and the model. Answers are never shared between principals, so that none learns what another one asked.
func (x *exchange) question() (q answers.Question[recall.Era], may bool) {
	view, now := x.by.Live.View.Load(), x.by.Live.Settings.Load().Reuse
	q = answers.Question[recall.Era]{
		Era: view.Era(), Text: x.text, Now: x.by.Now(), Similarity: now.Similarity, Fresh: now.Fresh, Most: now.Most,
	}
	if !now.On || len(x.seen.tail) > 0 || len(x.text) > maxQuestion {
		return q, false
	}
	if x.by.Live.Core.StoresVectors {
		q.Vector = x.seen.found.Vector
	}
	key, err := json.Marshal([]any{
		identity(x.by), x.by.Region(authz.MemoryRead).Written(), x.by.Strict(), x.prompt.System, x.req.Lens, x.req.Labels, x.req.K, x.speaker, x.client.Model.Name,
	})
	if err != nil {
		return q, false
	}
	q.Key = sha256.Sum256(key)
	return q, true
}

// identity returns who a caller is, and for whom it acts.
func identity(by *gate.Call) string {
	if by.Behalf != nil {
		return fmt.Sprintf("%d %s for %s", by.Caller.Kind, by.Principal.ID, by.Behalf.ID)
	}
	return fmt.Sprintf("%d %s", by.Caller.Kind, by.Principal.ID)
}

// holds reports whether an answer that was given before still holds: the same search finds the same records in the same state. The turns that
// store the question and its answers are no news. They may take the place of the last records, which then must still be as they were.
func (x *exchange) holds(a *answers.Answer) bool {
	now := x.seen.rows()
	own := 0
	for i := range x.seen.sources {
		s := &x.seen.sources[i]
		if len(s.turns) > 0 && !slices.ContainsFunc(s.turns, func(t string) bool { return !slices.Contains(a.Turns, t) }) {
			own++
			delete(now, s.ID)
		}
	}
	for id, state := range now {
		if was, ok := a.Rows[id]; !ok || was != state {
			return false
		}
	}
	var gone []string
	for id := range a.Rows {
		if _, ok := now[id]; !ok {
			gone = append(gone, id)
		}
	}
	if len(gone) > own || !x.unchanged(gone) || !x.current(a) {
		return false
	}
	return !slices.ContainsFunc(a.Citations, func(c answers.Citation) bool {
		_, ok := now[c.ID]
		return !ok
	})
}

// current reports whether nobody asked to forget an answer, or the message that it answered, and the facts that it was made from still hold. A
// text that told a fact stays as it is when the fact changes.
func (x *exchange) current(a *answers.Answer) bool {
	state := x.by.Live.View.Load().State()
	return !slices.ContainsFunc(a.Turns, state.Hides) && !slices.ContainsFunc(a.Told, func(id string) bool {
		f, ok := state.Fact(id)
		return !ok || !holds(state, f)
	})
}

// told returns the ids of the facts that hold and that the shown texts told, as far as the caller sees them, sorted.
func (x *exchange) told() (ids []string) {
	shown := map[string]bool{}
	for i := range x.seen.sources {
		for _, turn := range x.seen.sources[i].turns {
			shown[turn] = true
		}
	}
	if len(shown) == 0 {
		return nil
	}
	state := x.by.Live.View.Load().State()
	var facts []*record.Fact
	state.EachFact(func(f *record.Fact) {
		tells := shown[f.Source.Ref] || slices.ContainsFunc(f.Retold, func(turn string) bool { return shown[turn] })
		if tells && len(x.by.Seen(f.Scopes)) > 0 {
			facts = append(facts, f)
		}
	})
	for _, f := range facts {
		if holds(state, f) {
			ids = append(ids, f.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// holds reports whether a fact holds and nothing puts it in doubt.
func holds(state *recall.State, f *record.Fact) bool { return f.Live() && len(state.Doubts(f)) == 0 }

// unchanged reports whether records that the search no longer finds are still as they were: none was erased, closed or put in doubt.
func (x *exchange) unchanged(ids []string) bool {
	state := x.by.Live.View.Load().State()
	if !state.Keeps(ingest.ReaderOf(x.by, nil), ids) {
		return false
	}
	return !slices.ContainsFunc(ids, func(id string) bool {
		f, ok := state.Fact(id)
		return ok && !holds(state, f)
	})
}
