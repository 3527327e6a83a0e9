package conformance

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"

	"github.com/spectron-go/spectron"
)

// A call with a context that has ended does nothing and says so.
func endedContextsAreTold(s *trial) {
	kept := s.tell("Alice works at Acme.").SessionID
	before := s.rows()
	h := s.main()
	text := export(s.T, s.mgr, mainContext)
	ctx, cancel := context.WithCancel(s.Context())
	cancel()
	m, sessions, mgr, spec := h.Memory(), h.Sessions(), s.mgr, spectron.ContextSpec{Namespace: "conformance", Database: "ended"}
	ended := map[string]error{
		"remember": second(m.Remember(ctx, spectron.RememberRequest{Text: "I live in Zanzibar."})),
		"none":     second(m.Remember(ctx, spectron.RememberRequest{Text: "Zanzibar", Infer: spectron.InferNone})),
		"preview":  second(m.Remember(ctx, spectron.RememberRequest{Text: "I live in Zanzibar.", Infer: spectron.InferPreview})),
		"triples": second(m.Remember(ctx, spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
			{Entity: person("Zanzibar"), Key: "mood", Value: "fine"},
		}})),
		"many":           second(m.RememberMany(ctx, spectron.RememberManyRequest{Messages: []spectron.Message{{Content: "I live in Zanzibar."}}})),
		"recall":         second(m.Recall(ctx, spectron.RecallRequest{Query: "Alice"})),
		"create session": second(sessions.Create(ctx, spectron.SessionSpec{})),
		"turns":          second(sessions.Turns(ctx, spectron.TurnQuery{SessionID: kept})),
		"delete session": sessions.Delete(ctx, kept),
		"create":         second(mgr.CreateContext(ctx, "ended", spec)),
		"ensure":         second(mgr.EnsureContext(ctx, "ended", spec)),
		"import":         second(mgr.ImportContext(ctx, spectron.ImportRequest{ID: "ended", Spec: spec, From: strings.NewReader(text)})),
		"export":         mgr.ExportContext(ctx, mainContext, io.Discard),
		"list":           second(mgr.ListContexts(ctx, spectron.PageRequest{})),
		"migrations":     second(mgr.Migrations(ctx)),
		"health":         second(mgr.Health(ctx)),
		"delete":         mgr.DeleteContext(ctx, mainContext),
	}
	if s.kind.File {
		ended["backup"] = second(mgr.Backup(ctx, io.Discard))
	}
	for name, err := range ended {
		refused(s, name, err, spectron.ErrTimeout, "")
		if !errors.Is(err, context.Canceled) {
			s.Errorf("%s: %v does not match context.Canceled", name, err)
		}
	}
	same(s, "rows", s.rows(), before)
	same(s, "Contexts", s.listed(s.step()), []string{mainContext})
	s.close()
	opts := s.opts
	none, err := s.open(ctx, &opts)
	refused(s, "open", err, spectron.ErrTimeout, "")
	if none != nil {
		s.Error("a Manager beside the error")
	}
	if !s.kind.Volatile {
		same(s, "facts", s.main().known("Alice", s.clock.Now()), []string{"Alice works at Acme"})
	}
}

// Close can be called again, and ends what others do: each of their writes is stored, or was refused.
func closedStoresSaySo(s *trial) {
	h := s.main()
	mgr := s.mgr
	session := h.newSession(spectron.SessionSpec{}).ID
	stored := make([]int, writers)
	started := make(chan struct{}, writers)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range 100_000 {
				_, err := h.Memory().Remember(context.Background(), spectron.RememberRequest{Text: writersText(w, i), SessionID: session, Infer: spectron.InferNone})
				if i == 0 {
					started <- struct{}{}
				}
				if errors.Is(err, spectron.ErrClosed) {
					return
				}
				if err != nil {
					s.Errorf("while closing: %v", err)
					return
				}
				stored[w]++
			}
		})
	}
	for range writers {
		<-started
	}
	for range 2 {
		closeStore(s.T, mgr)
	}
	wg.Wait()
	closeStore(s.T, nil)

	for name, err := range callsOn(s, h) {
		refused(s, name, err, spectron.ErrClosed, "")
	}
	ctx := s.Context()
	for name, err := range map[string]error{
		"create":     second(mgr.CreateContext(ctx, "b", spectron.ContextSpec{})),
		"ensure":     second(mgr.EnsureContext(ctx, mainContext, mainSpec())),
		"context":    second(mgr.Context(ctx, mainContext)),
		"list":       second(mgr.ListContexts(ctx, spectron.PageRequest{})),
		"delete":     mgr.DeleteContext(ctx, mainContext),
		"export":     mgr.ExportContext(ctx, mainContext, io.Discard),
		"backup":     second(mgr.Backup(ctx, io.Discard)),
		"health":     second(mgr.Health(ctx)),
		"migrations": second(mgr.Migrations(ctx)),
	} {
		refused(s, name, err, spectron.ErrClosed, "")
	}
	if h.ID() != mainContext || h.Info().Namespace != "conformance" {
		s.Errorf("info %+v", h.Info())
	}
	if s.kind.Volatile {
		return
	}
	s.mgr = nil
	h = s.main()
	said := map[string]int{}
	for _, turn := range h.turns(session) {
		said[turn.Content]++
	}
	total := 0
	for w, n := range stored {
		total += n
		for i := range n {
			if said[writersText(w, i)] != 1 {
				s.Errorf("%q is there %d times", writersText(w, i), said[writersText(w, i)])
			}
		}
	}
	if len(said) != total {
		s.Errorf("%d texts are there, and %d were stored", len(said), total)
	}
}

func storesAreHealthy(s *trial) {
	spec := spectron.ContextSpec{Namespace: "conformance-2", Database: "other"}
	s.created(s.step(), "b", spec)
	s.created(s.step(), "a", spectron.ContextSpec{Namespace: "conformance"})
	mgr := s.step()
	s.ensured(mgr, "a", spectron.ContextSpec{})
	got, err := mgr.Health(s.Context())
	contexts := 2
	if s.kind.ReopenEachStep {
		contexts = 1
	}
	if err != nil || got.URL == "" || !strings.HasPrefix(got.Database, "surrealdb-") || got.Contexts != contexts || got.VectorsFrom != "lexical" ||
		(got.WasmBytes > 0) == s.kind.Shared || got.Restarts != 0 || got.InFlight < 0 {
		s.Errorf("health %+v (%v)", got, err)
	}
	all, err := mgr.Migrations(s.Context())
	if err != nil || len(all) != 3 {
		s.Fatalf("migrations %+v (%v)", all, err)
	}
	for i, want := range []spectron.Migration{
		{ContextID: "", Namespace: "spectron", Database: all[0].Database}, {ContextID: "a", Namespace: "conformance", Database: "a"},
		{ContextID: "b", Namespace: "conformance-2", Database: "other"},
	} {
		want.Version, want.Latest = all[i].Version, all[i].Version
		if all[i] != want || !all[i].Current() || all[i].Version < 1 {
			s.Errorf("migration %d: %+v", i, all[i])
		}
	}
}

func storesAreReopened(s *trial) {
	w := buildWorld(s)
	h := s.main()
	answers, rows := w.answers(h), rowsOf(s.T, export(s.T, s.mgr, mainContext))
	s.close()
	h = s.main()
	same(s, "answers after opening again", w.answers(h), answers)
	same(s, "rows after opening again", rowsOf(s.T, export(s.T, s.mgr, mainContext)), rows)
}
