package spectron_test

import (
	"bytes"
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

func TestSessionCreate(t *testing.T) {
	t.Parallel()
	c, ctx := spectrontest.Context(t, nil), context.Background()
	metadata := map[string]any{
		"channel": "mail", "n": 3, "deep": map[string]any{"list": []any{1, "two", nil, true}}, "key with ` and \u0000": "Zoë 🙂",
		"at": time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
	}
	scopes := spectron.Scopes{{"org/acme/"}, {"/b", "a"}, {"a", "b", "a"}}
	want := spectron.Session{
		Scopes: spectron.Scopes{{"a", "b"}, {"org/acme"}},
		Metadata: map[string]any{
			"channel": "mail", "n": 3.0, "deep": map[string]any{"list": []any{1.0, "two", nil, true}}, "key with ` and \u0000": "Zoë 🙂",
			"at": "2026-01-02T03:04:05Z",
		},
		CreatedAt: spectrontest.Epoch,
	}
	made, err := c.Sessions().Create(ctx, spectron.SessionSpec{Scopes: scopes, Metadata: metadata})
	require.NoError(t, err)
	want.ID = made.ID
	if !reflect.DeepEqual(*made, want) {
		t.Errorf("made %+v, want %+v", *made, want)
	}
	// The caller may change its arguments and results.
	metadata["channel"], scopes[0][0] = "phone", "elsewhere"
	metadata["deep"].(map[string]any)["list"] = nil
	made.Metadata["channel"], made.Scopes[0][0] = "fax", "elsewhere"
	made.Metadata["deep"].(map[string]any)["list"].([]any)[0] = 7
	for _, id := range []string{made.ID, strings.TrimPrefix(made.ID, "session:")} {
		got, err := c.Sessions().Get(ctx, id)
		require.NoError(t, err)
		if !reflect.DeepEqual(*got, want) {
			t.Errorf("got %+v, want %+v", *got, want)
		}
	}
	if got := turns(t, c, made.ID); len(got) != 0 {
		t.Errorf("a new session has turns: %v", got)
	}
	plain, err := c.Sessions().Create(ctx, spectron.SessionSpec{})
	require.NoError(t, err)
	if plain.ID == made.ID || !reflect.DeepEqual(plain.Scopes, spectron.Scopes{{"/"}}) {
		t.Errorf("%+v", plain)
	}
}

// TestSessionGoesOn checks a session over several calls: turns are numbered consecutively, its scopes are the default of its turns, and its
// speaker stays known.
func TestSessionGoesOn(t *testing.T) {
	t.Parallel()
	c, ctx := spectrontest.Context(t, nil), context.Background()
	made, err := c.Sessions().Create(ctx, spectron.SessionSpec{Scopes: spectron.Scopes{{"org/acme"}}})
	require.NoError(t, err)
	want := []struct {
		role spectron.Role
		text string
	}{
		{"", "My name is Alice."}, {"assistant", "Hello Alice!"}, {"user", "I live in Oslo."}, {"tool", "{\"weather\": \"rain\"}"}, {"system", "Be brief."},
		{"user", "I work at Acme."},
	}
	remember(t, c, spectron.RememberRequest{SessionID: made.ID, Text: want[0].text})
	_, err = c.Memory().RememberMany(ctx, spectron.RememberManyRequest{SessionID: made.ID, Messages: []spectron.Message{
		{Role: want[1].role, Content: want[1].text}, {Role: want[2].role, Content: want[2].text}, {Role: want[3].role, Content: want[3].text},
	}})
	require.NoError(t, err)
	remember(t, c, spectron.RememberRequest{SessionID: made.ID, Text: want[4].text, Role: want[4].role})
	remember(t, c, spectron.RememberRequest{SessionID: strings.TrimPrefix(made.ID, "session:"), Text: want[5].text})
	got := turns(t, c, made.ID)
	require.Len(t, got, len(want))
	for i, turn := range got {
		role := want[i].role
		if role == "" {
			role = spectron.RoleUser
		}
		if turn.Seq != i || turn.Content != want[i].text || turn.Role != role || turn.SessionID != made.ID || !turn.CreatedAt.Equal(spectrontest.Epoch) {
			t.Errorf("turn %d: %+v", i, turn)
		}
	}
	session, err := c.Sessions().Get(ctx, made.ID)
	require.NoError(t, err)
	if session.Turns != len(want) || session.Speaker != "Alice" {
		t.Errorf("%+v", session)
	}
	for _, tc := range []struct{ question, key, want string }{
		{"Where does Alice live?", "lives_in", "Oslo"}, {"Where does Alice work?", "works_at", "Acme"},
	} {
		for lens, seen := range map[string]bool{"org/acme": true, "org/acme/user/bob": true, "org": false, "org/other": false} {
			r := recall(t, c, spectron.RecallRequest{Query: tc.question, Lens: spectron.Scopes{{lens}}})
			if got := answer(r, tc.key); slices.Equal(got, []string{tc.want}) != seen {
				t.Errorf("%s through %s: %v", tc.question, lens, got)
			}
		}
	}
}

func TestTurnPages(t *testing.T) {
	t.Parallel()
	c, ctx := spectrontest.Context(t, nil), context.Background()
	var messages []spectron.Message
	for range 12 {
		messages = append(messages, spectron.Message{Content: "Hm."})
	}
	r, err := c.Memory().RememberMany(ctx, spectron.RememberManyRequest{Messages: messages, Infer: spectron.InferNone})
	require.NoError(t, err)
	for _, tc := range []struct{ limit, offset, first, n int }{
		{0, 0, 0, 12}, {5, 0, 0, 5}, {5, 5, 5, 5}, {5, 10, 10, 2}, {5, 12, 0, 0}, {500, 100, 0, 0}, {1, 11, 11, 1},
	} {
		page, err := c.Sessions().Turns(ctx, spectron.TurnQuery{SessionID: r.SessionID, Limit: tc.limit, Offset: tc.offset, WithTotal: true})
		require.NoError(t, err)
		got, more := page.Items, tc.n > 0 && tc.first+tc.n < 12
		if len(got) != tc.n || tc.n > 0 && (got[0].Seq != tc.first || got[tc.n-1].Seq != tc.first+tc.n-1) ||
			page.HasMore != more || more != (page.NextCursor != "") || page.Total != 12 {
			t.Errorf("limit %d, offset %d: %+v", tc.limit, tc.offset, page)
		}
		if !more {
			continue
		}
		next, err := c.Sessions().Turns(ctx, spectron.TurnQuery{SessionID: r.SessionID, Cursor: page.NextCursor, Limit: 1})
		require.NoError(t, err)
		if len(next.Items) != 1 || next.Items[0].Seq != tc.first+tc.n || next.Total != 0 {
			t.Errorf("after %d, %d: %+v", tc.limit, tc.offset, next)
		}
	}
	for cursor, field := range map[string]string{"x": "Cursor", "0": "Cursor", "-1": "Cursor", "1.5": "Cursor", "99999999999999999999": "Cursor"} {
		isError(t, second(c.Sessions().Turns(ctx, spectron.TurnQuery{SessionID: r.SessionID, Cursor: cursor})), spectron.ErrInvalid, field)
	}
	isError(t, second(c.Sessions().Turns(ctx, spectron.TurnQuery{SessionID: r.SessionID, Cursor: "1", Offset: 1})), spectron.ErrInvalid, "Offset")
}

func TestSessionDelete(t *testing.T) {
	t.Parallel()
	c, ctx := spectrontest.Context(t, nil), context.Background()
	gone := tell(t, c, "My name is Alice and I work at Acme. The password is swordfish.")
	kept := tell(t, c, "Bob said that swordfish is tasty.")
	require.NoError(t, c.Sessions().Delete(ctx, gone.SessionID))
	isError(t, c.Sessions().Delete(ctx, gone.SessionID), spectron.ErrNotFound, "SessionID")
	isError(t, second(c.Sessions().Get(ctx, gone.SessionID)), spectron.ErrNotFound, "SessionID")
	isError(t, second(c.Sessions().Turns(ctx, spectron.TurnQuery{SessionID: gone.SessionID})), spectron.ErrNotFound, "SessionID")
	isError(t, second(c.Memory().Remember(ctx, spectron.RememberRequest{Text: "x", SessionID: gone.SessionID})), spectron.ErrNotFound, "SessionID")
	isError(t, second(c.Memory().Recall(ctx, spectron.RecallRequest{Query: "x", SessionID: gone.SessionID})), spectron.ErrNotFound, "SessionID")
	for _, query := range []string{"swordfish", "password", "Alice", "Where does Alice work?"} {
		for _, h := range ask(t, c, query).Hits {
			if h.Kind == spectron.KindMemoryChunk && h.Source.SessionID != kept.SessionID {
				t.Errorf("%s: still found: %+v", query, h)
			}
		}
	}
	// The facts stay, without passages that show them.
	if got := answer(ask(t, c, "Where does Alice work?"), "works_at"); !slices.Equal(got, []string{"Acme"}) {
		t.Errorf("Alice works at %v", got)
	}
	remember(t, c, spectron.RememberRequest{Text: "I work at Globex now.", Speaker: "Alice"})
	if got := answer(ask(t, c, "Where does Alice work?"), "works_at"); !slices.Equal(got, []string{"Globex"}) {
		t.Errorf("Alice works at %v", got)
	}
}

func TestRecallInSession(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	one := tell(t, c, "Alice works at Acme. The kettle is blue.")
	two := tell(t, c, "Bob works at Acme. The kettle is red.")
	for _, query := range []string{"kettle Acme", "Where does Alice work?", "Where does Bob work?", "What colour is the kettle?"} {
		for _, tc := range []struct {
			req  spectron.RecallRequest
			want []string
		}{
			{spectron.RecallRequest{SessionID: one.SessionID}, []string{one.SessionID}},
			{spectron.RecallRequest{ExcludeSessionID: one.SessionID}, []string{two.SessionID}},
			{spectron.RecallRequest{SessionID: one.SessionID, ExcludeSessionID: one.SessionID}, nil},
		} {
			tc.req.Query = query
			for _, h := range recall(t, c, tc.req).Hits {
				if !slices.Contains(tc.want, h.Source.SessionID) {
					t.Errorf("%s, %+v: %q of another session", query, tc.req, h.Text)
				}
			}
		}
	}
}

// TestDeleteLeavesWhatIsHidden checks that a session with hidden turns is deleted like any other, that these turns stay for their readers,
// and that callers that could write to the session do not see that something is left.
func TestDeleteLeavesWhatIsHidden(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, first := range map[string]spectron.Scopes{"of one scope": {{"a"}}, "of a hidden one too": {{"a"}, {"b"}}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, spectron.ContextSpec{})
			deletes := over("a/*")
			deletes[spectron.MemoryWrite] = []string{"/*"}
			alice, bob := d.badge(t, "alice", deletes), d.badge(t, "bob", over("b/*"))
			session := remember(t, d.c, spectron.RememberRequest{Text: "The zebra of a.", Scopes: first}).SessionID
			for range 30 { // several pages
				remember(t, d.c, spectron.RememberRequest{Text: "The zebra of b.", Scopes: spectron.Scopes{{"b"}}, SessionID: session, Infer: spectron.InferNone})
				remember(t, d.c, spectron.RememberRequest{Text: "The zebra of both.", Scopes: spectron.Scopes{{"a"}, {"b"}}, SessionID: session, Infer: spectron.InferNone})
				remember(t, d.c, spectron.RememberRequest{Text: "The zebra of a.", Scopes: spectron.Scopes{{"a"}}, SessionID: session, Infer: spectron.InferNone})
			}
			isError(t, d.badge(t, "reader", spectron.Grants{spectron.MemoryRead: {"/*"}, spectron.MemoryForget: {"a/*"}}).Sessions().Delete(ctx, session), spectron.ErrForbidden, "id")
			require.NoError(t, alice.Sessions().Delete(ctx, session))
			isError(t, alice.Sessions().Delete(ctx, session), spectron.ErrNotFound, "SessionID")
			found := recall(t, alice.Context, spectron.RecallRequest{Query: "zebra", K: 50, IncludeDuplicates: true})
			if len(found.Hits) > 0 {
				t.Errorf("alice still finds %+v", found.Hits)
			}
			turns, err := bob.Sessions().Turns(ctx, spectron.TurnQuery{SessionID: session, Limit: 500})
			require.NoError(t, err)
			want := 60
			if len(first) > 1 {
				want++
			}
			found = recall(t, bob.Context, spectron.RecallRequest{Query: "zebra", K: 50, IncludeDuplicates: true})
			if len(turns.Items) != want || len(found.Hits) != 50 {
				t.Errorf("bob has %d turns and finds %d", len(turns.Items), len(found.Hits))
			}
			var exported bytes.Buffer
			require.NoError(t, d.mgr.ExportContext(ctx, d.c.ID(), &exported))
			if n := bytes.Count(exported.Bytes(), []byte("The zebra of a.")); n != 2*(want-60) { // a turn and its chunk
				t.Errorf("%d of the texts that were to go are stored", n)
			}
			more := spectron.RememberRequest{Text: "More.", SessionID: session, Scopes: spectron.Scopes{{"b"}}}
			isError(t, second(alice.Memory().Remember(ctx, more)), spectron.ErrForbidden, "SessionID")
			remember(t, bob.Context, more)
		})
	}
}
