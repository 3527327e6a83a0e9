package conformance

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/spectron-go/spectron"
)

const (
	writers = 6
	rounds  = 4
)

// ticking is the trial's clock when it goes on by a second whenever it is looked at.
func (s *trial) ticking() func() time.Time {
	return func() time.Time { return s.clock.Advance(time.Second) }
}

func oneHeadUnderWriters(s *trial) {
	s.opts.Clock = s.ticking()
	writeOneSlot(s, s.main())
	checkOneSlot(s, s.main())
}

const roleQuestion = "What is Alice's role?"

// writeOneSlot has many goroutines give Alice roles, through the handles in turn.
func writeOneSlot(s *trial, handles ...handle) {
	s.Helper()
	var wg sync.WaitGroup
	for w := range writers {
		m := handles[w%len(handles)].Memory()
		wg.Go(func() {
			for i := range rounds {
				_, err := m.Remember(s.Context(), spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
					{Entity: person("Alice"), Key: "role", Value: "role " + code(w*100+i)},
					{Entity: person("Alice"), Key: "likes", Target: spectron.EntityRef{Type: "topic", Name: "jazz"}},
				}})
				if err != nil {
					s.Errorf("writer %d: %v", w, err)
					return
				}
				r, err := m.Recall(s.Context(), spectron.RecallRequest{Query: roleQuestion, Kinds: []spectron.Kind{spectron.KindAttribute}})
				if err != nil || len(r.Hits) != 1 || r.Hits[0].Fact.Key != "role" {
					s.Errorf("at one moment the role is %+v (%v)", r, err)
				}
			}
		})
	}
	wg.Wait()
}

// checkOneSlot checks that every role was kept, once, and that one of them is live, to which the others lead.
func checkOneSlot(s *trial, h handle) {
	s.Helper()
	r := h.recall(spectron.RecallRequest{Query: roleQuestion, IncludeClosed: true, K: 50, Kinds: []spectron.Kind{spectron.KindAttribute}})
	facts, head := map[string]spectron.Fact{}, ""
	for _, hit := range r.Hits {
		facts[hit.ID] = *hit.Fact
		f := hit.Fact
		live := f.KnownUntil.IsZero()
		if live && head != "" {
			s.Errorf("two are live: %s and %s", head, hit.ID)
		}
		if live {
			head = hit.ID
		}
		if f.RetiredAt.IsZero() != live || f.ValidUntil.IsZero() != live || (f.SupersededBy == "") != live || !live && f.KnownUntil.Before(f.KnownFrom) {
			s.Errorf("%s: %+v", hit.ID, f)
		}
	}
	var want []string
	for w := range writers {
		for i := range rounds {
			want = append(want, "role "+code(w*100+i))
		}
	}
	slices.Sort(want)
	same(s, "roles", factValues(r, "role"), want)
	for id, f := range facts {
		if before := f.Supersedes; before != "" && facts[before].SupersededBy != id {
			s.Errorf("%s has the place of %s, which says %q", id, before, facts[before].SupersededBy)
		}
		at, steps := id, 0
		for at != head && at != "" && steps <= len(facts) {
			at, steps = facts[at].SupersededBy, steps+1
		}
		if at != head {
			s.Errorf("from %s no way leads to the head", id)
		}
	}
	same(s, "role", h.answers("role", spectron.RecallRequest{Query: roleQuestion}), []string{facts[head].Value})
	same(s, "likes", h.known("jazz", time.Time{}), []string{"Alice likes jazz"})
}

func nothingIsLostUnderWriters(s *trial) {
	h := s.main()
	session := h.newSession(spectron.SessionSpec{}).ID
	sessions := writeManyTexts(s, session, h)
	checkManyTexts(s, s.main(), sessions)
}

// refusedWritersHarmNobody lets every second of many writers write to a session that does not exist, at the same time as the others.
func refusedWritersHarmNobody(s *trial) {
	h := s.main()
	session := h.newSession(spectron.SessionSpec{}).ID
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range rounds {
				req := spectron.RememberRequest{Text: writersText(w, i), SessionID: session}
				if w%2 == 1 {
					req.SessionID += "x"
				}
				_, err := h.Memory().Remember(s.Context(), req)
				if w%2 == 1 && !errors.Is(err, spectron.ErrNotFound) || w%2 == 0 && err != nil {
					s.Errorf("writer %d: %v", w, err)
				}
			}
		})
	}
	wg.Wait()
	said := map[string]bool{}
	for _, turn := range h.turns(session) {
		said[turn.Content] = true
	}
	for w := range writers {
		for i := range rounds {
			if said[writersText(w, i)] != (w%2 == 0) {
				s.Errorf("text %d of writer %d is stored: %v", i, w, w%2 == 1)
			}
		}
	}
}

func writersText(w, i int) string { return fmt.Sprintf("Writer says %s now.", code(w*100+i)) }

// writeManyTexts has many goroutines remember texts, through the handles in turn, half of them in one session. It
// returns all sessions.
func writeManyTexts(s *trial, session string, handles ...handle) []string {
	s.Helper()
	sessions := make([]string, writers)
	var wg sync.WaitGroup
	for w := range writers {
		m := handles[w%len(handles)].Memory()
		wg.Go(func() {
			if w%2 == 0 {
				sessions[w] = session
			}
			for i := range rounds {
				if i == 1 { // several at once
					r, err := m.RememberMany(s.Context(), spectron.RememberManyRequest{SessionID: sessions[w], Messages: []spectron.Message{
						{Content: writersText(w, i)}, {Content: writersText(w, 50+i), Role: spectron.RoleAssistant},
					}})
					if err != nil {
						s.Errorf("writer %d: %v", w, err)
						return
					}
					sessions[w] = r.SessionID
				} else {
					r, err := m.Remember(s.Context(), spectron.RememberRequest{Text: writersText(w, i), SessionID: sessions[w]})
					if err != nil {
						s.Errorf("writer %d: %v", w, err)
						return
					}
					sessions[w] = r.SessionID
				}
				r, err := m.Recall(s.Context(), spectron.RecallRequest{Query: code(w*100 + i), Mode: spectron.ModeBM25, IncludeDuplicates: true})
				if err != nil || len(r.Hits) != 1 || r.Hits[0].Text != writersText(w, i) {
					s.Errorf("writer %d does not find what it said: %+v (%v)", w, r, err)
				}
			}
		})
	}
	wg.Wait()
	slices.Sort(sessions)
	return slices.Compact(sessions)
}

// checkManyTexts checks that every text is in one turn and found once, and that turns are numbered without a gap.
func checkManyTexts(s *trial, h handle, sessions []string) {
	s.Helper()
	said := map[string]int{}
	for _, id := range sessions {
		turns := h.turns(id)
		if got := h.session(id).Turns; got != len(turns) {
			s.Errorf("%s counts %d turns and has %d", id, got, len(turns))
		}
		for i, turn := range turns {
			said[turn.Content]++
			if turn.Seq != i || turn.SessionID != id {
				s.Errorf("turn %d of %s: %+v", i, id, turn)
			}
		}
	}
	total := 0
	for w := range writers {
		for _, i := range []int{0, 1, 2, 3, 51} {
			text := writersText(w, i)
			total++
			if said[text] != 1 {
				s.Errorf("%q is in %d turns", text, said[text])
			}
			same(s, "found", h.said(code(w*100+i)), []string{text})
		}
	}
	if len(said) != total {
		s.Errorf("%d texts, want %d", len(said), total)
	}
}

// Callers who stop waiting harm nobody: what they began is there whole or not at all, in the turns and in search alike.
func impatientCallersHarmNobody(s *trial) {
	h := s.main()
	session := h.newSession(spectron.SessionSpec{}).ID
	var mu sync.Mutex
	sure := map[string]bool{}
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range rounds {
				ctx, cancel := context.WithCancel(s.Context())
				if i%2 > 0 {
					go cancel()
				}
				text := code(w*100 + i)
				_, err := h.Memory().Remember(ctx, spectron.RememberRequest{Text: text, SessionID: session, Infer: spectron.InferNone})
				cancel()
				switch {
				case err == nil:
					mu.Lock()
					sure[text] = true
					mu.Unlock()
				case !errors.Is(err, spectron.ErrTimeout) || !errors.Is(err, context.Canceled):
					s.Errorf("writer %d: %v", w, err)
				}
			}
		})
	}
	wg.Wait()
	h.tell("The last word.") // waits its turn behind every write that goes on
	h = s.main()
	stored := map[string]bool{}
	for i, turn := range h.turns(session) {
		if turn.Seq != i || stored[turn.Content] {
			s.Errorf("turn %d: %+v", i, turn)
		}
		stored[turn.Content] = true
	}
	for w := range writers {
		for i := range rounds {
			text := code(w*100 + i)
			found := len(h.said(text))
			if sure[text] && !stored[text] || stored[text] != (found == 1) || found > 1 {
				s.Errorf("%s: promised %v, stored %v, found %d times", text, sure[text], stored[text], found)
			}
		}
	}
}
