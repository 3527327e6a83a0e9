package store_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// answeredFrom is a write of a reply, in a session of its own.
func answeredFrom(name string, scopes record.ScopeSet, basis ...string) store.Write {
	session := record.Session{ID: "session:" + name, Scopes: scopes, Turns: 1, CreatedAt: monday}
	turn := record.Turn{ID: "turn:" + name, Session: session.ID, Role: record.Assistant, Content: "word " + name, SpokenAt: monday, RecordedAt: monday, Scopes: scopes}
	return store.Write{
		Session: session, New: true, Turns: []record.Turn{turn}, Replies: []store.Reply{{Turn: turn.ID, Basis: basis}},
		Chunks: []record.Chunk{{ID: "memory_chunk:" + name, Turn: turn.ID, Session: session.ID, Role: turn.Role, Text: turn.Content,
			SpokenAt: monday, KnownFrom: monday, RecordedAt: monday, Scopes: scopes, Category: record.Context}},
	}
}

// TestRepliesFrom looks replies up by few rows, in several statements, and by many.
func TestRepliesFrom(t *testing.T) {
	t.Parallel()
	d := newDatabase(t, store.SingleWriter)
	found, err := d.RepliesFrom(t.Context(), []string{"turn:x"})
	require.NoError(t, err)
	require.Empty(t, found)
	d.write(answeredFrom("a", scopes, "turn:x", "attribute:y"))
	d.write(answeredFrom("b", scopes, "attribute:y"))
	for _, more := range []int{0, 30, 600} {
		var ids []string
		for i := range more {
			ids = append(ids, fmt.Sprint("turn:none", i))
		}
		for id, want := range map[string][]string{"turn:x": {"turn:a"}, "attribute:y": {"turn:a", "turn:b"}, "turn:a": nil} {
			found, err := d.RepliesFrom(t.Context(), append(ids, id))
			require.NoError(t, err)
			require.Equal(t, want, found, "%s among %d", id, more)
		}
	}
}

// TestFinishErasesUnfoundedReplies completes the erasure of a scope, of which a reply in another scope was written, and another one from that.
func TestFinishErasesUnfoundedReplies(t *testing.T) {
	t.Parallel()
	d := newDatabase(t, store.SingleWriter)
	gone, kept := record.ScopeSet{{"org/gone"}}, record.ScopeSet{{"org/kept"}}
	d.write(answeredFrom("source", gone, "turn:source"))
	d.write(answeredFrom("other", kept, "turn:other"))
	d.write(answeredFrom("first", kept, "memory_chunk:source", "turn:other"))
	d.write(answeredFrom("second", kept, "turn:first"))
	d.write(answeredFrom("apart", kept, "memory_chunk:other"))
	d.write(answeredFrom("unread", kept, "turn:wider"))
	d.write(answeredFrom("wider", record.ScopeSet{{"org/else"}, {"org/gone"}}, "turn:wider"))
	require.NoError(t, d.Finish(t.Context(), store.Erasure{Path: "org/gone", Within: []string{"/*"}, At: tuesday}))
	text := d.text()
	for _, name := range []string{"source", "first", "second", "unread"} {
		require.Nil(t, d.row("turn:"+name), name)
		require.Nil(t, d.row("memory_chunk:"+name), name)
		require.Nil(t, d.row("reply:"+name), name)
		require.NotContains(t, text, "word "+name)
	}
	for _, name := range []string{"other", "apart", "wider"} {
		require.NotNil(t, d.row("turn:"+name), name)
		require.NotNil(t, d.row("memory_chunk:"+name), name)
		require.NotNil(t, d.row("reply:"+name), name)
	}
}

// TestRepliesGoWithTheirSession deletes a session with its replies.
func TestRepliesGoWithTheirSession(t *testing.T) {
	t.Parallel()
	d := newDatabase(t, store.SingleWriter)
	d.write(answeredFrom("a", scopes, "turn:x"))
	d.write(answeredFrom("b", scopes, "turn:x"))
	e := store.Erasure{Session: "session:a", Sets: []record.ScopeSet{scopes}, At: tuesday}
	_, err := d.DropSession(t.Context(), e, nil, d.at)
	require.NoError(t, err)
	require.NoError(t, d.Finish(t.Context(), e))
	require.Nil(t, d.row("reply:a"))
	require.NotNil(t, d.row("reply:b"))
}
