package conformance

import (
	"errors"
	"slices"
	"time"

	"github.com/spectron-go/spectron"
)

func (h handle) forgets(req spectron.ForgetRequest) *spectron.Forgotten {
	h.t.Helper()
	out, err := h.Memory().Forget(h.t.Context(), req)
	if err != nil {
		h.t.Fatalf("forget %+v: %v", req, err)
	}
	return out
}

// What is closed is found as of earlier times only, and what is purged is not found at all. Neither comes back with the same text.
func recordsAreForgotten(s *trial) {
	at := s.clock.Now().Add(-48 * time.Hour)
	for _, purge := range []bool{false, true} {
		secret := code(1)
		if purge {
			secret = code(2)
		}
		req := spectron.RememberRequest{Text: "The code is " + secret + ".", SpokenAt: at, Infer: spectron.InferNone}
		told := s.remember(req)
		kept := s.remember(spectron.RememberRequest{Text: "The " + secret + " stays.", SpokenAt: at, Infer: spectron.InferNone, SessionID: told.SessionID})
		forget := spectron.ForgetRequest{IDs: []string{told.TurnID}, Purge: purge, DryRun: true}
		dry := s.main().forgets(forget)
		if len(dry.Items) != 1 || dry.Items[0].Text != req.Text || dry.IDs[0] != told.TurnID || dry.TraceID != "" {
			s.Errorf("dry run: %+v", dry)
		}
		forget.DryRun = false
		out := s.main().forgets(forget)
		if !slices.Equal(out.IDs, dry.IDs) || out.Closed+out.Purged != 1 || (out.Purged == 1) != purge || (out.Items[0].Text == "") != purge {
			s.Errorf("forgotten: %+v", out)
		}
		s.step()
		found := s.main().recall(spectron.RecallRequest{Query: secret, Mode: spectron.ModeBM25})
		if len(found.Hits) != 1 || found.Hits[0].ID != kept.ChunkIDs[0] {
			s.Errorf("found: %+v", found.Hits)
		}
		then := s.main().recall(spectron.RecallRequest{Query: secret, Mode: spectron.ModeBM25, AsOf: at.Add(time.Hour), IncludeDuplicates: true})
		if was := slices.ContainsFunc(then.Hits, func(h spectron.Hit) bool { return h.ID == told.ChunkIDs[0] }); was == purge {
			s.Errorf("as of an earlier time: %+v", then.Hits)
		}
		if again := s.remember(req); !again.Forgotten || again.TurnID != "" {
			s.Errorf("said again: %+v", again)
		}
		if _, err := s.main().Memory().Forget(s.Context(), forget); purge != errors.Is(err, spectron.ErrNotFound) {
			s.Errorf("forgotten again: %v", err)
		}
	}
}
