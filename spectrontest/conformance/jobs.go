package conformance

import (
	"encoding/json"

	"github.com/spectron-go/spectron"
)

func (h handle) must(what string, err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatalf("%s: %v", what, err)
	}
}

// ended waits for a job, and reads its result into a value unless that is nil.
func (h handle) ended(j *spectron.Job, err error, result any) *spectron.Job {
	h.t.Helper()
	h.must("leave a job", err)
	seen := 0
	done, err := h.Jobs().Wait(h.t.Context(), j.ID, func(spectron.Job) { seen++ })
	h.must("wait for a job", err)
	h.must("the job", done.Err())
	if done.State != spectron.JobDone || done.ID != j.ID || seen == 0 || done.Attempts != 1 {
		h.t.Errorf("%+v after %d reports", done, seen)
	}
	if result != nil {
		h.must("its result", json.Unmarshal(done.Result, result))
	}
	return done
}

// Jobs do what the calls in their place do, and stay listed.
func jobsAreDone(s *trial) {
	h := s.main()
	session := h.remember(spectron.RememberRequest{Text: "the first word"}).SessionID
	h.say("a second word", "org/acme")
	var scope spectron.ScopeForgotten
	j, err := h.Scopes().ForgetAsync(s.Context(), spectron.ScopeForgetRequest{Path: "org/acme"})
	h.ended(j, err, &scope)
	if scope.Path != "org/acme" || scope.Forgotten == 0 {
		s.Errorf("%+v", scope)
	}
	j, err = h.Sessions().DeleteAsync(s.Context(), session)
	h.ended(j, err, nil)
	s.is("the session", second(h.Sessions().Turns(s.Context(), spectron.TurnQuery{SessionID: session})), spectron.ErrNotFound)
	var anew spectron.Reembedded
	j, err = h.Lifecycle().Reindex(s.Context())
	h.ended(j, err, &anew)
	page, err := h.Jobs().List(s.Context(), spectron.JobQuery{State: spectron.JobDone, WithTotal: true, Limit: 2})
	must(s, "list", err)
	if len(page.Items) != 2 || page.Total != 3 || !page.HasMore || page.Items[0].Kind != "reindex" {
		s.Errorf("%+v", page)
	}
}

// A job is refused as the call in its place would be.
func jobsAreRefused(s *trial) {
	h := s.main()
	s.is("an unknown session", second(h.Sessions().DeleteAsync(s.Context(), "session:none")), spectron.ErrNotFound)
	s.is("an unknown record", second(h.Memory().ForgetAsync(s.Context(), spectron.ForgetRequest{IDs: []string{"turn:none"}})), spectron.ErrNotFound)
	s.is("everything", second(h.Memory().ForgetAsync(s.Context(), spectron.ForgetRequest{})), spectron.ErrInvalid)
	s.is("a bad path", second(h.Scopes().ForgetAsync(s.Context(), spectron.ScopeForgetRequest{Path: "a//b"})), spectron.ErrInvalid)
	s.is("an unknown job", second(h.Jobs().Get(s.Context(), "job:none")), spectron.ErrNotFound)
	s.is("no job", second(h.Jobs().Wait(s.Context(), "turn:none", nil)), spectron.ErrNotFound)
	s.is("an unknown state", second(h.Jobs().List(s.Context(), spectron.JobQuery{State: "odd"})), spectron.ErrInvalid)
}
