package conformance

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// mainContext is the Context of behaviours that need one alone.
const mainContext = "main"

func mainSpec() spectron.ContextSpec {
	return spectron.ContextSpec{Namespace: "conformance", Description: "of the suite"}
}

// trial is one behaviour on one store. Its methods end the behaviour when something fails that is not the point.
type trial struct {
	*testing.T
	kind  StoreKind
	open  Opener
	opts  spectron.Options // of every opening; a behaviour may change them between steps
	clock *spectrontest.Clock

	mgr *spectron.Manager // of the current step
}

func newTrial(t *testing.T, kind StoreKind) *trial {
	t.Helper()
	clock := spectrontest.NewClock()
	s := &trial{T: t, kind: kind, open: kind.Make(t), clock: clock}
	s.opts = spectron.Options{Engine: spectrontest.Engine(t), Clock: clock.Now, NewID: spectrontest.IDs()}
	return s
}

// opened opens the store with the given options; it is closed when the test ends, at the latest.
func (s *trial) opened(opts spectron.Options) *spectron.Manager {
	s.Helper()
	mgr, err := s.open(s.Context(), &opts)
	if err != nil {
		s.Fatalf("open: %v", err)
	}
	s.Cleanup(func() { closeStore(s.T, mgr) })
	return mgr
}

func closeStore(tb testing.TB, mgr *spectron.Manager) {
	tb.Helper()
	if err := mgr.Close(context.Background()); err != nil {
		tb.Errorf("close: %v", err)
	}
}

// step begins a step and returns the store's Manager. Handles of earlier steps are not to be used any more.
func (s *trial) step() *spectron.Manager {
	s.Helper()
	if s.kind.ReopenEachStep {
		s.close()
	}
	if s.mgr == nil {
		s.mgr = s.opened(s.opts)
	}
	return s.mgr
}

// close closes the store, unless it would be gone then.
func (s *trial) close() {
	s.Helper()
	if s.mgr == nil || s.kind.Volatile {
		return
	}
	closeStore(s.T, s.mgr)
	s.mgr = nil
}

// main begins a step with the main Context.
func (s *trial) main() handle {
	s.Helper()
	return s.mainOf(s.step())
}

func (s *trial) mainOf(mgr *spectron.Manager) handle {
	s.Helper()
	return s.ensured(mgr, mainContext, mainSpec())
}

func (s *trial) ensured(mgr *spectron.Manager, id string, spec spectron.ContextSpec) handle {
	s.Helper()
	c, err := mgr.EnsureContext(s.Context(), id, spec)
	if err != nil {
		s.Fatalf("ensure %s: %v", id, err)
	}
	return handle{s.T, c}
}

// tell is a step in which the user says something in a new session, at the time of the clock.
func (s *trial) tell(text string) *spectron.Remembered {
	s.Helper()
	return s.main().tell(text)
}

// remember is a step of one write.
func (s *trial) remember(req spectron.RememberRequest) *spectron.Remembered {
	s.Helper()
	return s.main().remember(req)
}

// export returns a Context as text.
func export(t *testing.T, mgr *spectron.Manager, id string) string {
	t.Helper()
	var out bytes.Buffer
	if err := mgr.ExportContext(t.Context(), id, &out); err != nil {
		t.Fatalf("export %s: %v", id, err)
	}
	return out.String()
}

// rowsOf returns the rows of an export, without what differs between exports of the same rows: the time and the name.
func rowsOf(t *testing.T, exported string) []string {
	t.Helper()
	_, rows, ok := strings.Cut(exported, "\nOPTION IMPORT;\n")
	if !ok {
		t.Fatalf("an export without a header: %.200q", exported)
	}
	return slices.DeleteFunc(strings.Split(rows, "\n"), func(line string) bool { return strings.HasPrefix(line, "-- sha256: ") })
}

// rows is a step that returns all rows of the main Context: what a write left behind shows there, if nowhere else.
func (s *trial) rows() []string {
	s.Helper()
	h := s.main()
	return rowsOf(s.T, export(s.T, s.mgr, h.ID()))
}

// handle is a Context as behaviours use it: what fails ends the behaviour. It is for the test's own goroutine.
type handle struct {
	t *testing.T
	*spectron.Context
}

func (h handle) remember(req spectron.RememberRequest) *spectron.Remembered {
	h.t.Helper()
	r, err := h.Memory().Remember(h.t.Context(), req)
	if err != nil {
		h.t.Fatalf("remember %.60q: %v", req.Text, err)
	}
	return r
}

func (h handle) tell(text string) *spectron.Remembered {
	h.t.Helper()
	return h.remember(spectron.RememberRequest{Text: text})
}

func (h handle) rememberMany(req spectron.RememberManyRequest) *spectron.RememberedMany {
	h.t.Helper()
	r, err := h.Memory().RememberMany(h.t.Context(), req)
	if err != nil {
		h.t.Fatalf("remember many: %v", err)
	}
	return r
}

func (h handle) recall(req spectron.RecallRequest) *spectron.Recalled {
	h.t.Helper()
	r, err := h.Memory().Recall(h.t.Context(), req)
	if err != nil {
		h.t.Fatalf("recall %.60q: %v", req.Query, err)
	}
	return r
}

func (h handle) session(id string) *spectron.Session {
	h.t.Helper()
	got, err := h.Sessions().Get(h.t.Context(), id)
	if err != nil {
		h.t.Fatalf("get session %s: %v", id, err)
	}
	return got
}

// newSession starts a session.
func (h handle) newSession(spec spectron.SessionSpec) *spectron.Session {
	h.t.Helper()
	got, err := h.Sessions().Create(h.t.Context(), spec)
	if err != nil {
		h.t.Fatalf("create session: %v", err)
	}
	return got
}

// turns returns all turns of a session.
func (h handle) turns(id string) []spectron.Turn {
	h.t.Helper()
	var all []spectron.Turn
	for turn, err := range h.Sessions().AllTurns(h.t.Context(), spectron.TurnQuery{SessionID: id, Limit: 500}) {
		if err != nil {
			h.t.Fatalf("turns of %s: %v", id, err)
		}
		all = append(all, turn)
	}
	return all
}

// answers is what the facts under a key say to a question, sorted.
func (h handle) answers(key string, req spectron.RecallRequest) []string {
	h.t.Helper()
	return factValues(h.recall(req), key)
}

func factValues(r *spectron.Recalled, key string) []string {
	var out []string
	for _, hit := range r.Hits {
		if hit.Fact != nil && hit.Fact.Key == key {
			out = append(out, hit.Fact.Value)
		}
	}
	slices.Sort(out)
	return out
}

// graph finds facts and instructions by words that they have, all of them while there are fewer than 50.
func (h handle) graph(words string, req spectron.RecallRequest) []spectron.Hit {
	h.t.Helper()
	req.Query, req.K, req.Mode, req.IncludeDuplicates = words, 50, spectron.ModeBM25, true
	req.Kinds = []spectron.Kind{spectron.KindAttribute, spectron.KindRelation, spectron.KindInstruction}
	hits := h.recall(req).Hits
	if len(hits) == 50 {
		h.t.Fatalf("too many facts about %q to see all of them", words)
	}
	return hits
}

// known is the graph as sentences, sorted: "Alice's role is CTO".
func (h handle) known(words string, asOf time.Time) []string {
	h.t.Helper()
	return texts(h.graph(words, spectron.RecallRequest{AsOf: asOf}))
}

// said finds the turns with a word, duplicates and all, sorted.
func (h handle) said(word string) []string {
	h.t.Helper()
	return texts(h.recall(spectron.RecallRequest{
		Query: word, K: 50, Mode: spectron.ModeBM25, IncludeDuplicates: true, Kinds: []spectron.Kind{spectron.KindMemoryChunk},
	}).Hits)
}

// texts are those of hits, sorted.
func texts(hits []spectron.Hit) []string {
	var out []string
	for _, h := range hits {
		out = append(out, h.Text)
	}
	slices.Sort(out)
	return out
}

// same compares two lists and shows where they part.
func same(tb testing.TB, what string, got, want []string) {
	tb.Helper()
	if slices.Equal(got, want) {
		return
	}
	i := 0
	for i < min(len(got), len(want)) && got[i] == want[i] {
		i++
	}
	at := func(list []string) string {
		if i >= len(list) {
			return "(nothing)"
		}
		return list[i]
	}
	tb.Errorf("%s: %d and not %d; the first that differs is %d:\n got %.2000s\nwant %.2000s", what, len(got), len(want), i, at(got), at(want))
}

// refused checks that an error is one of the library's, of the code and the field of want.
func refused(tb testing.TB, what string, err error, want *spectron.Error, field string) {
	tb.Helper()
	var e *spectron.Error
	switch {
	case err == nil:
		tb.Errorf("%s: no error, want %s of %q", what, want.Code, field)
	case !errors.As(err, &e):
		tb.Errorf("%s: %v (%T) is no *spectron.Error", what, err, err)
	case e.Code != want.Code || e.Field != field || e.Op == "":
		tb.Errorf("%s: %s of %q in %q (%v), want %s of %q", what, e.Code, e.Field, e.Op, err, want.Code, field)
	}
}

// second is the error of a call.
func second[T any](_ T, err error) error { return err }

// morning is a time in 2026, the year of the suite.
func morning(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 9, 0, 0, 0, time.UTC)
}

// code spells a number in letters, so that it is one word that no other number has a part of.
func code(n int) string {
	var b strings.Builder
	for range 4 {
		b.WriteByte("bdfgklmprt"[n%10])
		b.WriteByte('a')
		n /= 10
	}
	return b.String()
}

func person(name string) spectron.EntityRef { return spectron.EntityRef{Type: "person", Name: name} }
