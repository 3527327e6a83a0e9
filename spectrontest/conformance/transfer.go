package conformance

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing/iotest"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

func (s *trial) imported(mgr *spectron.Manager, id string, spec spectron.ContextSpec, text string) handle {
	s.Helper()
	c, err := mgr.ImportContext(s.Context(), spectron.ImportRequest{ID: id, Spec: spec, From: strings.NewReader(text), Access: true, Events: true})
	if err != nil {
		s.Fatalf("import %s: %v", id, err)
	}
	return handle{s.T, c.Context}
}

// A Context with every kind of record answers the same after an export and an import, in this store and in one in
// memory, and goes on from there in the same way. The embedder is not asked again.
func contextsMove(s *trial) {
	embedder := &spectrontest.Embedder{}
	s.opts.Embedder = embedder
	w := buildWorld(s)
	h := s.main()
	answers, text := w.answers(h), export(s.T, s.mgr, mainContext)
	rows := rowsOf(s.T, text)

	spec := spectron.ContextSpec{Namespace: "conformance-2", Database: "moved"}
	asked := embedder.Calls()
	here := s.imported(s.step(), "copy", spec, text)
	moved := spectron.ContextInfo{ID: "copy", Namespace: "conformance-2", Database: "moved", Description: mainSpec().Description, CreatedAt: s.clock.Now()}
	if !sameInfo(here.Info(), moved) {
		s.Errorf("imported as %+v", here.Info())
	}
	memory, err := spectron.Open(s.Context(), "mem://", &s.opts)
	if err != nil {
		s.Fatalf("open: %v", err)
	}
	s.Cleanup(func() { closeStore(s.T, memory) })
	there := s.imported(memory, "copy", spectron.ContextSpec{Description: "another"}, text)
	if got := embedder.Calls() - asked; got > 0 {
		s.Errorf("the embedder was asked about %d texts that it knows", got)
	}
	if there.Info().Description != "another" {
		s.Errorf("imported as %+v", there.Info())
	}
	here = s.ensured(s.step(), "copy", spec)
	same(s, "answers of the copy", w.answers(here), answers)
	same(s, "answers of the copy in memory", w.answers(there), answers)
	same(s, "rows of the copy", rowsOf(s.T, export(s.T, s.mgr, "copy")), rows)
	same(s, "rows of the copy in memory", rowsOf(s.T, export(s.T, memory, "copy")), rows)

	want := w.goOn(s.main())
	same(s, "what the copy does next", w.goOn(s.ensured(s.step(), "copy", spec)), want)
	same(s, "what the copy in memory does next", w.goOn(there), want)
}

func badImportsLeaveNothing(s *trial) {
	s.remember(spectron.RememberRequest{Text: "Alice works at Acme. Always answer in German.", Labels: []string{"team=red"}})
	s.tell("Alice works at Globex.")
	before := s.rows()
	text := export(s.T, s.mgr, mainContext)
	lines := strings.SplitAfter(text, "\n")
	row := func(with string) int {
		for i, line := range lines {
			if strings.HasPrefix(line, "{") && strings.Contains(line, with) {
				return i
			}
		}
		s.Fatalf("no row with %q in %s", with, text)
		return 0
	}
	without := func(i int) string { return strings.Join(append(append([]string{}, lines[:i]...), lines[i+1:]...), "") }
	turn := row("Alice works at Globex.")
	for i, bad := range []struct{ name, text string }{
		{"half", text[:len(text)/2]},
		{"another letter", strings.Replace(text, "Alice works at Globex.", "Alice works at Globen.", 1)},
		{"statements behind", text + "REMOVE NAMESPACE conformance;\n"},
		{"without the last line", strings.Join(lines[:len(lines)-2], "")},
		{"another description", strings.Replace(text, mainSpec().Description, "of no suite", 1)},
		{"a row less", without(turn)},
		{"empty", ""},
		{"the first line", lines[0]},
		{"prose", "Alice works at Acme.\n"},
		{"SurrealQL", "OPTION IMPORT;\nINSERT INTO turn [{ id: turn:`x` }];\n"},
		{"JSON", `{"contexts": []}`},
		{"bytes", "\x00\xff\xfe\x01"},
		{"another first line", "-- another export\n" + text},
	} {
		mgr, spec := s.mgr, spectron.ContextSpec{Namespace: "conformance", Database: "bad-" + code(i)}
		c, err := mgr.ImportContext(s.Context(), spectron.ImportRequest{ID: "bad", Spec: spec, From: strings.NewReader(bad.text)})
		refused(s, bad.name, err, spectron.ErrInvalid, "From")
		if c != nil {
			s.Errorf("%s: a Context beside the error", bad.name)
		}
		refused(s, bad.name+": the Context", second(mgr.Context(s.Context(), "bad")), spectron.ErrNotFound, "ID")
		if i > 2 {
			continue
		}
		// The id and the database are free, and nothing is left in them.
		h := s.created(mgr, "bad", spec)
		if r := h.recall(spectron.RecallRequest{Query: "Alice Acme", IncludeClosed: true}); len(r.Hits)+len(r.Seeds) > 0 {
			s.Errorf("%s: left behind: %d hits, %v", bad.name, len(r.Hits), r.Seeds)
		}
		if err := mgr.DeleteContext(s.Context(), "bad"); err != nil {
			s.Fatal(err)
		}
	}
	spec := spectron.ContextSpec{Namespace: "conformance", Database: "bad"}
	newer := regexp.MustCompile(`(?m)^-- schema: \d+$`).ReplaceAllString(text, "-- schema: 999")
	refused(s, "newer", second(s.mgr.ImportContext(s.Context(), spectron.ImportRequest{ID: "bad", Spec: spec, From: strings.NewReader(newer)})), spectron.ErrUnsupported, "From")

	taken := mainSpec()
	taken.Database = mainContext
	refused(s, "existing id", second(s.mgr.ImportContext(s.Context(), spectron.ImportRequest{ID: mainContext, Spec: spec, From: strings.NewReader(text)})), spectron.ErrAlreadyExists, "ID")
	refused(s, "another's database", second(s.mgr.ImportContext(s.Context(), spectron.ImportRequest{ID: "bad", Spec: taken, From: strings.NewReader(text)})), spectron.ErrAlreadyExists, "Database")
	refused(s, "id", second(s.mgr.ImportContext(s.Context(), spectron.ImportRequest{ID: "Bad", Spec: spec, From: strings.NewReader(text)})), spectron.ErrInvalid, "ID")
	refused(s, "namespace", second(s.mgr.ImportContext(s.Context(), spectron.ImportRequest{ID: "bad", Spec: spectron.ContextSpec{Namespace: "spectron"}, From: strings.NewReader(text)})), spectron.ErrInvalid, "Namespace")

	same(s, "rows of the exported Context", s.rows(), before)
	same(s, "Contexts", s.listed(s.mgr), []string{mainContext})
	same(s, "facts of the good import", s.imported(s.step(), "bad", spec, text).known("Alice German", s.clock.Now()), []string{"Alice works at Globex", "Always answer in German"})
}

// shortWriter fails once it has taken some bytes.
type shortWriter struct {
	left int
	err  error
}

func (w *shortWriter) Write(p []byte) (int, error) {
	if len(p) > w.left {
		n := w.left
		w.left = 0
		return n, w.err
	}
	w.left -= len(p)
	return len(p), nil
}

func transfersFailWithTheirEnds(s *trial) {
	s.tell("Alice works at Acme.")
	before := s.rows()
	text := export(s.T, s.mgr, mainContext)
	broken := errors.New("the pipe is broken")
	spec := spectron.ContextSpec{Namespace: "conformance", Database: "bad"}
	for _, n := range []int{0, 100, len(text) - 1} {
		mgr := s.step()
		if err := mgr.ExportContext(s.Context(), mainContext, &shortWriter{n, broken}); !errors.Is(err, broken) {
			s.Errorf("export that breaks after %d bytes: %v", n, err)
		}
		_, err := mgr.ImportContext(s.Context(), spectron.ImportRequest{ID: "bad", Spec: spec, From: io.MultiReader(strings.NewReader(text[:n]), iotest.ErrReader(broken))})
		if !errors.Is(err, broken) {
			s.Errorf("import that breaks after %d bytes: %v", n, err)
		}
		refused(s, "the Context", second(mgr.Context(s.Context(), "bad")), spectron.ErrNotFound, "ID")
		written, err := mgr.Backup(s.Context(), &shortWriter{n, broken})
		switch {
		case s.kind.File && !errors.Is(err, broken):
			s.Errorf("backup that breaks after %d bytes: %v", n, err)
		case !s.kind.File:
			refused(s, "backup of what is no file", err, spectron.ErrUnsupported, "")
			if written != 0 {
				s.Errorf("a backup of %d bytes", written)
			}
		}
	}
	mgr := s.step()
	refused(s, "export to nothing", mgr.ExportContext(s.Context(), mainContext, nil), spectron.ErrInvalid, "w")
	refused(s, "backup to nothing", second(mgr.Backup(s.Context(), nil)), spectron.ErrInvalid, "w")
	refused(s, "import of nothing", second(mgr.ImportContext(s.Context(), spectron.ImportRequest{ID: "bad", Spec: spec})), spectron.ErrInvalid, "From")
	same(s, "rows", s.rows(), before)
	// A reader that gives little at a time is as good as another.
	if _, err := s.mgr.ImportContext(s.Context(), spectron.ImportRequest{ID: "bad", Spec: spec, From: iotest.OneByteReader(strings.NewReader(text)), Events: true}); err != nil {
		s.Errorf("import byte by byte: %v", err)
	}
	same(s, "rows of the import", rowsOf(s.T, export(s.T, s.mgr, "bad")), before)
}

// restored opens a backup as the store in a file that it is.
func (s *trial) restored(backup []byte) *spectron.Manager {
	s.Helper()
	path := filepath.Join(s.TempDir(), "backup.db")
	if err := os.WriteFile(path, backup, 0o600); err != nil {
		s.Fatal(err)
	}
	mgr, err := spectron.Open(s.Context(), "file://"+filepath.ToSlash(path), &s.opts)
	if err != nil {
		s.Fatalf("open a backup: %v", err)
	}
	s.Cleanup(func() { closeStore(s.T, mgr) })
	return mgr
}

func backupsAreWhole(s *trial) {
	w := buildWorld(s)
	s.created(s.step(), "other", spectron.ContextSpec{Namespace: "conformance-2"}).tell("Eve lives in Bonn.")
	h := s.main()
	answers, rows := w.answers(h), rowsOf(s.T, export(s.T, s.mgr, mainContext))
	var out bytes.Buffer
	n, err := s.mgr.Backup(s.Context(), &out)
	if err != nil || n != int64(out.Len()) || n == 0 {
		s.Fatalf("backup of %d bytes, %d were written: %v", n, out.Len(), err)
	}
	h.tell("This came later.")
	copied := s.restored(out.Bytes())
	same(s, "Contexts", s.listed(copied), []string{mainContext, "other"})
	there := s.mainOf(copied)
	if !sameInfo(there.Info(), h.Info()) {
		s.Errorf("restored %+v, want %+v", there.Info(), h.Info())
	}
	same(s, "answers of the backup", w.answers(there), answers)
	same(s, "rows of the backup", rowsOf(s.T, export(s.T, copied, mainContext)), rows)
	same(s, "facts of the other", s.ensured(copied, "other", spectron.ContextSpec{}).known("Eve", s.clock.Now()), []string{"Eve lives in Bonn"})
	there.tell("This is for the copy.")
	h = s.main()
	same(s, "said in the original", append(h.said("later"), h.said("copy")...), []string{"This came later."})
}

// A backup that is taken while others write is of one moment: every write that had returned is in it, and each of the
// others whole or not at all.
func backupsAreOfOneMoment(s *trial) {
	s.opts.Clock = s.ticking()
	h := s.main()
	sessions := make([]string, writers)
	stop := make(chan struct{})
	started := make(chan struct{}, writers)
	var wg sync.WaitGroup
	for w := range writers {
		sessions[w] = h.newSession(spectron.SessionSpec{}).ID
		wg.Go(func() {
			for i := 0; ; i += 2 {
				_, err := h.Memory().RememberMany(s.Context(), spectron.RememberManyRequest{SessionID: sessions[w], Messages: []spectron.Message{
					{Content: "Alice's favourite colour is " + code(w*1000+i) + "."}, {Content: writersText(w, i+1), Role: spectron.RoleAssistant},
				}})
				if err != nil {
					s.Errorf("writer %d: %v", w, err)
				}
				if i == 0 {
					started <- struct{}{}
				}
				select {
				case <-stop:
					return
				default:
				}
			}
		})
	}
	for range writers {
		<-started
	}
	type taken struct {
		copy   []byte
		before map[string]int
	}
	var all []taken
	for range 2 {
		t := taken{before: map[string]int{}}
		for _, id := range sessions {
			t.before[id] = h.session(id).Turns
		}
		var out bytes.Buffer
		if _, err := s.mgr.Backup(s.Context(), &out); err != nil {
			s.Errorf("backup: %v", err)
		}
		t.copy = out.Bytes()
		all = append(all, t)
	}
	close(stop)
	wg.Wait()
	for _, t := range all {
		there := s.mainOf(s.restored(t.copy))
		colours := 0
		for id, n := range t.before {
			turns := there.turns(id)
			if len(turns) < n || len(turns)%2 > 0 || there.session(id).Turns != len(turns) {
				s.Errorf("%s has %d turns, counts %d, and had %d before", id, len(turns), there.session(id).Turns, n)
			}
			colours += len(turns) / 2
			for i, turn := range turns {
				if turn.Seq != i {
					s.Errorf("turn %d: %+v", i, turn)
				}
				if i%2 == 0 {
					continue
				}
				word := strings.Fields(turn.Content)[2]
				same(s, "said", there.said(word), []string{turn.Content})
			}
		}
		if got := there.answers("favourite_colour", spectron.RecallRequest{Query: "What is Alice's favourite colour?"}); len(got) != 1 {
			s.Errorf("after %d writes the favourite colours are %q", colours, got)
		}
	}
}
