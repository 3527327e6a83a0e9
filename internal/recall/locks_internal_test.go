package recall

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/reconcile"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/store"
)

// countingLock counts how often it is taken.
type countingLock struct {
	sync.RWMutex
	reads, writes int
}

func (l *countingLock) Lock() { l.RWMutex.Lock(); l.writes++ }

func (l *countingLock) RLock() { l.RWMutex.RLock(); l.reads++ }

func (l *countingLock) TryRLock() bool {
	took := l.RWMutex.TryRLock()
	if took {
		l.reads++
	}
	return took
}

// TestViewIsLockedOnce counts how often a question, or the application of a write, locks the view. The index has no lock.
func TestViewIsLockedOnce(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 4, 9, 30, 0, 0, time.UTC)
	scopes := record.ScopeSet{{"org/acme"}}
	alice := record.EntityRef{Type: record.TypePerson, Name: "Alice"}
	fact := record.Fact{
		ID: "attribute:1", Kind: record.KindAttribute, Entity: alice, Key: "role", Value: "CTO", Scopes: scopes, Known: record.Interval{From: now}, RecordedAt: now,
		Source: record.Source{Session: "session:1", Ref: "turn:1"},
	}
	chunk := record.Chunk{ID: "memory_chunk:1", Turn: "turn:1", Session: "session:1", Text: "Alice is the CTO of the harbour.", Scopes: scopes, KnownFrom: now}
	session := record.Session{ID: "session:1", Scopes: scopes, Turns: 1, CreatedAt: now}
	later := chunk
	later.ID, later.Turn, later.Text = "memory_chunk:2", "turn:2", "The harbour is closed."
	closing := reconcile.Closing{ID: fact.ID, KnownUntil: now.Add(time.Hour), RetiredAt: now.Add(time.Hour)}

	lock := &countingLock{}
	v := NewView()
	v.mu = lock
	check := func(what string, reads, writes int) {
		t.Helper()
		if lock.reads != reads || lock.writes != writes {
			t.Errorf("%s: locked %d times for reading and %d for writing, not %d and %d", what, lock.reads, lock.writes, reads, writes)
		}
		lock.reads, lock.writes = 0, 0
	}
	require.NoError(t, v.Apply(store.Write{
		Session: session, Chunks: []record.Chunk{chunk}, Create: []record.Fact{fact},
		Entities: []record.Entity{{ID: "appearance:1", EntityRef: alice, Scopes: scopes, CreatedAt: now}},
	}))
	check("a write", 0, 1)

	embed := func() ([]float32, error) { return nil, nil }
	ask := func(what string, q Query, tier Tier, reads int) {
		t.Helper()
		q.Now, q.Reads, q.Seen = now, scopes.Equal, scopes.Equal
		out, err := v.Recall(t.Context(), q)
		require.NoError(t, err, what)
		if out.Tier != tier || len(out.Hits) == 0 {
			t.Errorf("%s: %+v", what, out)
		}
		check(what, reads, 0)
	}
	ask("a question that the graph answers", Query{Text: "What is Alice's role?", Any: true, Embed: embed}, Direct, 1)
	ask("a search", Query{Text: "harbour", Any: true, Embed: embed, Quick: true}, Hybrid, 1)
	named := Query{Text: "Is the harbour far from quarries, lighthouses, orchards, mountains and vineyards?", Any: true}
	named.Filter.Session = session.ID
	ask("a search of a session that finds little", named, FullContext, 1)
	ask("a search that waits for a model", Query{Text: "harbour", Any: true, Embed: embed}, Hybrid, 2)

	require.NoError(t, v.Apply(store.Write{Session: session, Chunks: []record.Chunk{later}, Close: []reconcile.Closing{closing}}))
	check("a write that closes a fact", 0, 1)
	chunk.Scopes, fact.Scopes = record.ScopeSet{{"org/beta"}}, record.ScopeSet{{"org/beta"}}
	require.NoError(t, v.Merge(store.Update{Write: store.Write{Chunks: []record.Chunk{chunk}, Create: []record.Fact{fact}}, Erased: []string{later.ID}}))
	check("what others wrote", 0, 1)
}

// TestNamesOfAQuestion compares names that are joined from normalised words with names that are normalised as a whole.
func TestNamesOfAQuestion(t *testing.T) {
	t.Parallel()
	v := NewView()
	for _, text := range []string{
		"Where does Anna-Lena O'Brien work, at J.R.R. Tolkien's -5 or .NET?", "Müller & Söhne — STRASSE straße ☕ bar", "a.b@x.com v1.2 src/a.go -- ... user_id C++ C#",
		"明天去吗？ Ana", "'s '' x's . Σίσυφος ΣΊΣΥΦΟΣ é e\u0301", "", "# $5 @ana %", "it’s what Bob’s said: \u200bhidden\u200b words",
	} {
		w := v.wordingOf(&Query{Text: text})
		for i := range w.said {
			for length := 1; length <= min(maxNameWords, len(w.said)-i); length++ {
				name := strings.Join(w.said[i:i+length], " ")
				if got := string(w.name(nil, i, length)); got != record.Normalise(name) {
					t.Errorf("%q: %q, not %q", name, got, record.Normalise(name))
				}
			}
		}
	}
}
