package conformance

import (
	"errors"
	"strings"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

const (
	asksForAnna = "Where does Anna live?"
	// toAnswer is in the prompts of answers, and not in those of extractions.
	toAnswer = "The message to answer:\n"
)

func (h handle) chat(req spectron.ChatRequest) *spectron.ChatReply {
	h.t.Helper()
	r, err := h.Memory().Chat(h.t.Context(), req)
	if err != nil {
		h.t.Fatalf("chat %q: %v", req.Message, err)
	}
	return r
}

// An answer comes from memory, cites it, and is stored with its message. Nothing in it becomes a fact.
func answersAreRemembered(s *trial) {
	m := spectrontest.NewModel(s.T, spectrontest.Reply{When: toAnswer + asksForAnna, Text: "She lives in Rome. [S1] [S77] Bob lives in Oslo."}, spectrontest.Reply{When: toAnswer + "Thanks!", Text: "Gladly."})
	s.opts.Model = m
	s.tell("Anna lives in Rome.")
	r := s.main().chat(spectron.ChatRequest{Message: asksForAnna})
	if r.Reply != "She lives in Rome. [S1] Bob lives in Oslo." || len(r.Citations) != 1 || !strings.Contains(r.Citations[0].Snippet, "Rome") {
		s.Errorf("the answer is %+v", r)
	}
	s.close()
	h := s.main()
	h.chat(spectron.ChatRequest{Message: "Thanks!", SessionID: r.SessionID})
	var said []string
	for _, t := range h.turns(r.SessionID) {
		said = append(said, t.Content)
	}
	same(s, "the turns", said, []string{asksForAnna, r.Reply, "Thanks!", "Gladly."})
	if prompt := m.Calls()[1].Prompt; !strings.Contains(prompt, "Bob lives in Oslo") {
		s.Errorf("the conversation is not in %s", prompt)
	}
	if found := h.graph("Bob Oslo", spectron.RecallRequest{}); len(found) > 0 {
		s.Errorf("the answer became %+v", found)
	}
}

// An answer that was given before ends with its records, also if another process changes them.
func answersEndWithTheirRecords(s *trial) {
	s.opts.Model = spectrontest.NewModel(s.T, spectrontest.Reply{When: toAnswer, Text: "In Rome. [S1]", Times: 2})
	both := s.together(2)
	both[1].tell("Anna lives in Rome.")
	for i, cached := range []bool{false, true, false, true} {
		if i == 2 {
			both[1].tell("Anna lives in Oslo.")
		}
		if r := both[0].chat(spectron.ChatRequest{Message: asksForAnna}); r.Cached != cached {
			s.Errorf("answer %d: %+v", i, r)
		}
	}
}

// What another process erases while the model is awaited is not answered, and not stored again.
func erasedWhileAnswering(s *trial) {
	asked, release := make(chan struct{}), make(chan struct{})
	s.opts.Model = spectrontest.NewModel(s.T, spectrontest.Reply{When: toAnswer, Text: "Under the mat. [S1]", Wait: release, Match: func(spectrontest.Call) bool {
		close(asked)
		return true
	}})
	both := s.together(2)
	told := both[1].remember(spectron.RememberRequest{Text: "The spare key lies under the mat.", Infer: spectron.InferNone})
	done := make(chan error, 1)
	go func() {
		_, err := both[0].Memory().Chat(s.Context(), spectron.ChatRequest{Message: "Where is the spare key lying?"})
		done <- err
	}()
	<-asked
	err := both[1].Sessions().Delete(s.Context(), told.SessionID)
	close(release)
	if answered := <-done; err != nil || !errors.Is(answered, spectron.ErrConflict) {
		s.Errorf("erased with %v, answered with %v", err, answered)
	}
	same(s, "said", both[0].said("mat"), nil)
}
