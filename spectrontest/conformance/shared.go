package conformance

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// together opens the store several times at once and takes a handle on the main Context from each.
func (s *trial) together(n int) []handle {
	s.Helper()
	var out []handle
	for range n {
		out = append(out, s.mainOf(s.opened(s.opts)))
	}
	return out
}

// What one remembers, the next question to another answers: texts, facts, what ended and why.
func writesOfOthersAreSeen(s *trial) {
	all := s.together(3)
	for i := range 6 {
		writer, text := all[i%3], fmt.Sprintf("The %s door is open.", code(i))
		kept := writer.remember(spectron.RememberRequest{Text: text, Infer: spectron.InferNone})
		for _, h := range all {
			for _, mode := range []spectron.Mode{spectron.ModeBM25, spectron.ModeVector, spectron.ModeHybrid, ""} {
				r := h.recall(spectron.RecallRequest{Query: code(i) + " door", Mode: mode, K: 1, IncludeDuplicates: true})
				if len(r.Hits) != 1 || r.Hits[0].ID != kept.ChunkIDs[0] || r.Hits[0].Text != text {
					s.Errorf("text %d in mode %q: %+v", i, mode, r.Hits)
				}
			}
		}
	}
	const question = "Where does Bob live?"
	var before spectron.ExtractedRelation
	for i, city := range []string{"Oslo", "Rome", "Lima", "Oslo"} {
		x := all[(i+1)%3].remember(spectron.RememberRequest{Text: "Bob lives in " + city + ".", SpokenAt: morning(1, i+1)}).Extraction
		if len(x.Relations) != 1 || i > 0 && (len(x.Closed) != 1 || x.Closed[0] != before.ID) {
			s.Fatalf("moved to %s: %+v", city, x)
		}
		before = x.Relations[0]
		var first []spectron.Hit
		for n, h := range all {
			same(s, "now", h.answers("lives_in", spectron.RecallRequest{Query: question}), []string{city})
			hits := h.recall(spectron.RecallRequest{Query: question, IncludeClosed: true, Kinds: []spectron.Kind{spectron.KindRelation}}).Hits
			if len(hits) != i+1 {
				s.Errorf("%d facts after %d moves", len(hits), i+1)
			}
			if n == 0 {
				first = hits
			} else if !reflect.DeepEqual(hits, first) {
				s.Errorf("one sees %+v\nanother %+v", first, hits)
			}
		}
	}
	// What one hears, the others know: who speaks, what was ordered, what was asked.
	all[0].tell("My name is Alice. Always answer in German.")
	if x := all[1].tell("I work at Acme. Always answer in German.").Extraction; len(x.Relations) != 1 || x.Relations[0].Subject != "entity:person/alice" || len(x.Reinforced) != 1 {
		s.Errorf("said to another: %+v", x)
	}
	s.clock.Advance(time.Hour)
	if x := all[2].tell("Never answer in German. I no longer work at Acme.").Extraction; len(x.Closed) != 2 {
		s.Errorf("taken back before another: %+v", x)
	}
	for _, h := range all {
		same(s, "facts", h.known("Alice user German", time.Time{}), []string{"Never answer in German", "The user's name is Alice"})
	}
	triple := spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{{Entity: person("Eve"), Key: "role", Value: "CTO"}}}
	all[0].remember(triple)
	if x := all[1].tell("Eve's role is CFO.").Extraction; len(x.Uncertainties) != 1 {
		s.Errorf("against the operator: %+v", x)
	}
	if x := all[2].tell("Eve's role is CFO.").Extraction; len(x.Uncertainties) > 0 || len(x.Reinforced) != 1 {
		s.Errorf("asked by another: %+v", x)
	}
	if x := all[1].remember(triple).Extraction; len(x.Attributes) > 0 || !slices.Contains(x.Reinforced, x.Reinforced[0]) {
		s.Errorf("said again to another: %+v", x)
	}
	if x := all[2].remember(spectron.RememberRequest{Text: "Eve likes tea.", Infer: spectron.InferPreview}).Extraction; len(x.Entities) == 0 || slices.ContainsFunc(x.Entities, func(e spectron.ExtractedEntity) bool { return e.Name == "Eve" && e.IsNew }) {
		s.Errorf("previewed by another: %+v", x)
	}
	rows := s.rows()
	for _, h := range s.together(1) { // whoever comes later sees the same
		same(s, "facts", h.known("Alice user German Eve Bob", time.Time{}), all[0].known("Alice user German Eve Bob", time.Time{}))
	}
	same(s, "rows", s.rows(), rows)
}

func sessionsOfOthersAreSeen(s *trial) {
	all := s.together(2)
	a, b := all[0], all[1]
	made := a.newSession(spectron.SessionSpec{Scopes: spectron.Scopes{{"org/acme"}}, Metadata: map[string]any{"channel": "mail"}})
	if got := b.session(made.ID); !reflect.DeepEqual(got, made) {
		s.Errorf("one made %+v, another sees %+v", made, got)
	}
	for i := range 6 { // in turns
		r := all[i%2].remember(spectron.RememberRequest{Text: "The password is swordfish " + code(i), SessionID: made.ID})
		if r.SessionID != made.ID {
			s.Errorf("in %s", r.SessionID)
		}
	}
	for _, h := range all {
		turns := h.turns(made.ID)
		for i, turn := range turns {
			if turn.Seq != i || turn.Content != "The password is swordfish "+code(i) {
				s.Errorf("turn %d: %+v", i, turn)
			}
		}
		if got := h.session(made.ID); got.Turns != 6 || len(turns) != 6 {
			s.Errorf("%d turns of %+v", len(turns), got)
		}
	}
	doomed := a.tell("The codeword is swordfish.").SessionID
	b.recall(spectron.RecallRequest{Query: "swordfish"})
	for i, id := range []string{made.ID, doomed} {
		by, other := all[i], all[1-i]
		if err := by.Sessions().Delete(s.Context(), id); err != nil {
			s.Fatalf("delete: %v", err)
		}
		refused(s, "get", second(other.Sessions().Get(s.Context(), id)), spectron.ErrNotFound, "SessionID")
		refused(s, "turns", second(other.Sessions().Turns(s.Context(), spectron.TurnQuery{SessionID: id})), spectron.ErrNotFound, "SessionID")
		refused(s, "delete", other.Sessions().Delete(s.Context(), id), spectron.ErrNotFound, "SessionID")
		refused(s, "remember", second(other.Memory().Remember(s.Context(), spectron.RememberRequest{Text: "x", SessionID: id})), spectron.ErrNotFound, "SessionID")
		refused(s, "recall", second(other.Memory().Recall(s.Context(), spectron.RecallRequest{Query: "x", SessionID: id})), spectron.ErrNotFound, "SessionID")
	}
	for _, h := range all {
		same(s, "said", h.said("swordfish"), nil)
	}
	// The first to know of a deletion is a write.
	third := a.tell("Third session.").SessionID
	b.recall(spectron.RecallRequest{Query: "third"})
	if err := a.Sessions().Delete(s.Context(), third); err != nil {
		s.Fatalf("delete: %v", err)
	}
	refused(s, "remember", second(b.Memory().Remember(s.Context(), spectron.RememberRequest{Text: "x", SessionID: third})), spectron.ErrNotFound, "SessionID")
}

// A Context that one deletes is gone for the others at their next call, whichever that is, and also when there is
// another of the same id by then, which starts empty.
func deletedContextsEndForAll(s *trial) {
	first := s.opened(s.opts)
	calls := map[string]func(handle) error{
		"recall": func(h handle) error {
			return second(h.Memory().Recall(s.Context(), spectron.RecallRequest{Query: "Alice"}))
		},
		"remember": func(h handle) error {
			return second(h.Memory().Remember(s.Context(), spectron.RememberRequest{Text: "Alice works at Hooli."}))
		},
		"preview": func(h handle) error {
			return second(h.Memory().Remember(s.Context(), spectron.RememberRequest{Text: "Alice works at Hooli.", Infer: spectron.InferPreview}))
		},
		"create session": func(h handle) error { return second(h.Sessions().Create(s.Context(), spectron.SessionSpec{})) },
		"get session":    func(h handle) error { return second(h.Sessions().Get(s.Context(), "none")) },
	}
	managers := map[string]*spectron.Manager{}
	for name := range calls {
		managers[name] = s.opened(s.opts)
	}
	for _, again := range []string{"", "made again", "made again and written to"} {
		a := s.mainOf(first)
		a.tell("Alice works at Acme.")
		handles := map[string]handle{}
		for name, mgr := range managers {
			handles[name] = s.mainOf(mgr)
			same(s, name+": facts", handles[name].known("Alice", time.Time{}), []string{"Alice works at Acme"})
		}
		if err := first.DeleteContext(s.Context(), mainContext); err != nil {
			s.Fatalf("delete: %v", err)
		}
		if again != "" {
			a = s.created(first, mainContext, mainSpec())
		}
		if strings.HasSuffix(again, "written to") {
			a.tell("Carol works at Umbrella.")
		}
		for name, call := range calls {
			if err := call(handles[name]); !errors.Is(err, spectron.ErrNotFound) {
				s.Errorf("%s after a deletion by another, %q: %v", name, again, err)
			}
		}
		if again == "" {
			for name, mgr := range managers {
				refused(s, name, second(mgr.Context(s.Context(), mainContext)), spectron.ErrNotFound, "ID")
			}
			a = s.created(first, mainContext, mainSpec())
		}
		a.tell("Carol works at Umbrella.")
		for name, mgr := range managers {
			h := s.mainOf(mgr)
			same(s, name+": facts of the new one", h.known("Alice Bob Carol", time.Time{}), []string{"Carol works at Umbrella"})
			if err := calls[name](handles[name]); !errors.Is(err, spectron.ErrNotFound) {
				s.Errorf("%s through an old handle: %v", name, err)
			}
		}
		if err := first.DeleteContext(s.Context(), mainContext); err != nil {
			s.Fatalf("delete: %v", err)
		}
	}
	// What the others still have to store belongs to no Context of this name.
	a := s.created(first, mainContext, mainSpec())
	for name, mgr := range managers {
		if err := mgr.Close(s.Context()); err != nil {
			s.Errorf("%s: close: %v", name, err)
		}
	}
	for trace, err := range a.Traces().All(s.Context(), spectron.TraceQuery{}) {
		s.Errorf("a trace of a deleted Context: %+v, %v", trace, err)
	}
}

func sharedContextsAreEnsuredOnce(s *trial) {
	managers := []*spectron.Manager{s.opened(s.opts), s.opened(s.opts), s.opened(s.opts)}
	const callers = 6
	infos := make([]spectron.ContextInfo, callers)
	var mu sync.Mutex
	made, deleted := 0, 0
	var wg sync.WaitGroup
	for i := range callers {
		mgr := managers[i%len(managers)]
		wg.Go(func() {
			c, err := mgr.EnsureContext(s.Context(), "ensured", spectron.ContextSpec{Namespace: "conformance"})
			if err == nil {
				infos[i] = c.Info()
				_, err = c.Memory().Remember(s.Context(), spectron.RememberRequest{Text: "I am " + code(i), Infer: spectron.InferNone})
			}
			if err != nil {
				s.Errorf("caller %d: %v", i, err)
			}
			_, err = mgr.CreateContext(s.Context(), "created", spectron.ContextSpec{Namespace: "conformance"})
			if err != nil {
				refused(s, "create", err, spectron.ErrAlreadyExists, "ID")
				return
			}
			mu.Lock()
			made++
			mu.Unlock()
		})
	}
	wg.Wait()
	if made != 1 {
		s.Errorf("%d callers created one Context", made)
	}
	for _, mgr := range managers {
		same(s, "Contexts", s.listed(mgr), []string{"created", "ensured"})
		h := s.ensured(mgr, "ensured", spectron.ContextSpec{})
		for i := range callers {
			same(s, "said", h.said(code(i)), []string{"I am " + code(i)})
			if !sameInfo(infos[i], h.Info()) {
				s.Errorf("caller %d has %+v, not %+v", i, infos[i], h.Info())
			}
		}
	}
	for _, mgr := range managers {
		wg.Go(func() {
			err := mgr.DeleteContext(s.Context(), "created")
			if errors.Is(err, spectron.ErrConflict) {
				return // another one was still deleting it
			}
			if err != nil {
				refused(s, "delete", err, spectron.ErrNotFound, "ID")
				return
			}
			mu.Lock()
			deleted++
			mu.Unlock()
		})
	}
	wg.Wait()
	if deleted != 1 {
		s.Errorf("%d callers deleted one Context", deleted)
	}
	same(s, "Contexts", s.listed(managers[0]), []string{"ensured"})
}

func oneHeadUnderManagers(s *trial) {
	s.opts.Clock = s.ticking()
	all := s.together(3)
	writeOneSlot(s, all...)
	for _, h := range append(all, s.main()) {
		checkOneSlot(s, h)
	}
}

func nothingIsLostUnderManagers(s *trial) {
	all := s.together(3)
	sessions := writeManyTexts(s, all[0].newSession(spectron.SessionSpec{}).ID, all...)
	for _, h := range append(all, s.main()) {
		checkManyTexts(s, h, sessions)
	}
}

// Vectors come with what another has written: the embedder is asked about questions alone.
func vectorsOfOthersAreTaken(s *trial) {
	embedder := &spectrontest.Embedder{Synonyms: map[string]string{"automobile": "car"}}
	opts := s.opts
	opts.Embedder = embedder
	b := s.mainOf(s.opened(opts))
	s.opts.Embedder = &spectrontest.Embedder{Synonyms: embedder.Synonyms}
	a := s.mainOf(s.opened(s.opts))
	a.tell("Grandma bought an automobile. Bob lives in Oslo. Always answer in verse.")
	same(s, "lives in", b.answers("lives_in", spectron.RecallRequest{Query: "Where does Bob live?"}), []string{"Oslo"})
	if got := embedder.Calls(); got > 0 {
		s.Errorf("asked about %d texts that another has embedded", got)
	}
	r := b.recall(spectron.RecallRequest{Query: "car", Mode: spectron.ModeVector, K: 1})
	if len(r.Hits) != 1 || !strings.HasPrefix(r.Hits[0].Text, "Grandma") || embedder.Calls() != 1+probes {
		s.Errorf("found %+v, asked about %d texts", r.Hits, embedder.Calls())
	}
}

// tracesOfOthersAreListed checks that each process lists the traces of all, and that an erasure by one concerns what another has noted.
func tracesOfOthersAreListed(s *trial) {
	all := s.together(2)
	said := all[0].remember(spectron.RememberRequest{Text: "The red kettle is broken.", Infer: spectron.InferNone})
	all[0].remember(spectron.RememberRequest{Text: "The blue lamp is new.", Infer: spectron.InferNone})
	var want []string
	for _, h := range all {
		s.clock.Advance(time.Minute)
		want = append([]string{h.recall(spectron.RecallRequest{Query: "blue lamp"}).Trace.ID}, want...)
		h.recall(spectron.RecallRequest{Query: "red kettle"})
		if page, err := h.Traces().List(s.Context(), spectron.TraceQuery{Kind: spectron.TraceRetrieval}); err != nil || len(page.Items) != 2*len(want) {
			s.Errorf("traces %+v, %v", page, err)
		}
	}
	late := all[1].recall(spectron.RecallRequest{Query: "red kettle"})
	if err := all[0].Sessions().Delete(s.Context(), said.SessionID); err != nil {
		s.Fatalf("delete: %v", err)
	}
	for _, h := range slices.Backward(all) {
		var ids []string
		for trace, err := range h.Traces().All(s.Context(), spectron.TraceQuery{Kind: spectron.TraceRetrieval}) {
			if err != nil {
				s.Fatalf("traces: %v", err)
			}
			ids = append(ids, trace.ID)
		}
		same(s, "after the session", ids, want)
		refused(s, "erased trace", second(h.Traces().Get(s.Context(), late.Trace.ID)), spectron.ErrNotFound, "id")
	}
}
