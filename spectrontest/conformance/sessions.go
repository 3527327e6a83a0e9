package conformance

import (
	"reflect"
	"strings"
	"time"

	"github.com/spectron-go/spectron"
)

// A session goes on over calls: turns are numbered through, its scopes are those of what is said in it, and who speaks
// stays known.
func sessionsGoOn(s *trial) {
	spec := spectron.SessionSpec{
		Scopes: spectron.Scopes{{"org/acme/"}, {"/b", "a"}, {"a", "b", "a"}},
		Metadata: map[string]any{
			"channel": "mail", "n": 3, "deep": map[string]any{"list": []any{1, "two", nil, true}, "empty": map[string]any{}, "none": []any{}},
			"key with ` and \u0000": "Zoë 🙂", "at": time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		},
	}
	want := spectron.Session{
		Scopes: spectron.Scopes{{"a", "b"}, {"org/acme"}},
		Metadata: map[string]any{
			"channel": "mail", "n": 3.0, "deep": map[string]any{"list": []any{1.0, "two", nil, true}, "empty": map[string]any{}, "none": []any{}},
			"key with ` and \u0000": "Zoë 🙂", "at": "2026-01-02T03:04:05Z",
		},
		CreatedAt: s.clock.Now(),
	}
	made := s.main().newSession(spec)
	want.ID = made.ID
	if !reflect.DeepEqual(*made, want) {
		s.Errorf("made %+v\nwant %+v", *made, want)
	}
	h := s.main()
	for _, id := range []string{made.ID, strings.TrimPrefix(made.ID, "session:")} {
		if got := h.session(id); !reflect.DeepEqual(*got, want) {
			s.Errorf("got %+v\nwant %+v", *got, want)
		}
	}
	if got := h.turns(made.ID); len(got) > 0 {
		s.Errorf("a new session has turns: %+v", got)
	}
	if plain := s.main().newSession(spectron.SessionSpec{}); plain.ID == made.ID || !reflect.DeepEqual(plain.Scopes, spectron.Scopes{{"/"}}) || len(plain.Metadata) > 0 {
		s.Errorf("a plain session: %+v", plain)
	}

	said := []spectron.Message{
		{Content: "My name is Alice."}, {Content: "Hello Alice!", Role: spectron.RoleAssistant}, {Content: "I live in Oslo."},
		{Content: "Be brief.", Role: spectron.RoleSystem}, {Content: "I work at Acme."},
	}
	s.remember(spectron.RememberRequest{SessionID: made.ID, Text: said[0].Content})
	s.main().rememberMany(spectron.RememberManyRequest{SessionID: made.ID, Messages: said[1:3]})
	s.remember(spectron.RememberRequest{SessionID: made.ID, Text: said[3].Content, Role: said[3].Role})
	s.remember(spectron.RememberRequest{SessionID: strings.TrimPrefix(made.ID, "session:"), Text: said[4].Content})
	h = s.main()
	turns := h.turns(made.ID)
	if len(turns) != len(said) {
		s.Fatalf("%d turns, want %d", len(turns), len(said))
	}
	for i, turn := range turns {
		role := said[i].Role
		if role == "" {
			role = spectron.RoleUser
		}
		if turn.Seq != i || turn.Content != said[i].Content || turn.Role != role || turn.SessionID != made.ID {
			s.Errorf("turn %d: %+v", i, turn)
		}
	}
	want.Turns, want.Speaker, want.Speakers = len(said), "Alice", []string{"Alice"}
	if got := h.session(made.ID); !reflect.DeepEqual(*got, want) {
		s.Errorf("got %+v\nwant %+v", *got, want)
	}
	for lens, city := range map[string][]string{"org/acme": {"Oslo"}, "org/acme/user/bob": {"Oslo"}, "org": nil} {
		same(s, lens, h.answers("lives_in", spectron.RecallRequest{Query: "Where does Alice live?", Lens: spectron.Scopes{{lens}}}), city)
	}
}

func turnsComeInPages(s *trial) {
	messages := make([]spectron.Message, 12)
	for i := range messages {
		messages[i].Content = "Hm " + code(i)
	}
	r := s.main().rememberMany(spectron.RememberManyRequest{Messages: messages[:7], Infer: spectron.InferNone})
	s.main().rememberMany(spectron.RememberManyRequest{Messages: messages[7:], Infer: spectron.InferNone, SessionID: r.SessionID})
	s.tell("Another session.")
	h := s.main()
	for _, tc := range []struct{ limit, offset, n int }{
		{0, 0, 12}, {5, 0, 5}, {5, 5, 5}, {5, 10, 2}, {5, 12, 0}, {500, 100, 0}, {1, 11, 1}, {0, 3, 9},
	} {
		page, err := h.Sessions().Turns(s.Context(), spectron.TurnQuery{SessionID: r.SessionID, Limit: tc.limit, Offset: tc.offset, WithTotal: true})
		if err != nil || len(page.Items) != tc.n || page.Total != len(messages) || page.HasMore != (tc.n > 0 && tc.offset+tc.n < len(messages)) {
			s.Errorf("limit %d, offset %d: %d turns, want %d; of %d, more: %t (%v)", tc.limit, tc.offset, len(page.Items), tc.n, page.Total, page.HasMore, err)
		}
		for i, turn := range page.Items {
			if turn.Seq != tc.offset+i || turn.Content != messages[tc.offset+i].Content {
				s.Errorf("limit %d, offset %d: turn %d is %+v", tc.limit, tc.offset, i, turn)
			}
		}
	}
}

// A deleted session is gone with its turns and what search finds of its words; the facts stay.
func sessionsAreDeleted(s *trial) {
	gone := s.tell("My name is Alice and I work at Acme. The password is swordfish.")
	kept := s.tell("Bob said that swordfish is tasty.")
	if err := s.main().Sessions().Delete(s.Context(), strings.TrimPrefix(gone.SessionID, "session:")); err != nil {
		s.Fatalf("delete: %v", err)
	}
	h := s.main()
	ctx, sessions := s.Context(), h.Sessions()
	refused(s, "delete", sessions.Delete(ctx, gone.SessionID), spectron.ErrNotFound, "SessionID")
	refused(s, "get", second(sessions.Get(ctx, gone.SessionID)), spectron.ErrNotFound, "SessionID")
	refused(s, "turns", second(sessions.Turns(ctx, spectron.TurnQuery{SessionID: gone.SessionID})), spectron.ErrNotFound, "SessionID")
	refused(s, "remember", second(h.Memory().Remember(ctx, spectron.RememberRequest{Text: "x", SessionID: gone.SessionID})), spectron.ErrNotFound, "SessionID")
	refused(s, "recall", second(h.Memory().Recall(ctx, spectron.RecallRequest{Query: "x", SessionID: gone.SessionID})), spectron.ErrNotFound, "SessionID")
	for _, mode := range []spectron.Mode{"", spectron.ModeHybrid, spectron.ModeBM25, spectron.ModeVector} {
		for _, query := range []string{"swordfish", "password", "Where does Alice work?"} {
			for _, hit := range h.recall(spectron.RecallRequest{Query: query, Mode: mode}).Hits {
				if hit.Kind == spectron.KindMemoryChunk && hit.Source.SessionID != kept.SessionID {
					s.Errorf("%s is still found: %+v", query, hit)
				}
			}
		}
	}
	same(s, "said", h.said("swordfish"), []string{"Bob said that swordfish is tasty."})
	same(s, "facts", h.known("Alice user", s.clock.Now()), []string{"Alice works at Acme", "The user's name is Alice"})
	for _, row := range s.rows() {
		if strings.Contains(row, "password") {
			s.Errorf("a row has the words still: %s", row)
		}
	}
	s.clock.Advance(time.Hour)
	s.remember(spectron.RememberRequest{Text: "I work at Globex now.", Speaker: "Alice"})
	same(s, "facts", s.main().answers("works_at", spectron.RecallRequest{Query: "Where does Alice work?"}), []string{"Globex"})
}
