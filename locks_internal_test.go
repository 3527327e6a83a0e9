package spectron

import (
	"context"
	"reflect"
	"sync"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// countedLock is a lock that counts how often it is taken.
type countedLock struct {
	sync.RWMutex
	reads, writes int
}

func (l *countedLock) Lock() { l.RWMutex.Lock(); l.writes++ }

func (l *countedLock) RLock() { l.RWMutex.RLock(); l.reads++ }

func (l *countedLock) TryRLock() bool {
	took := l.RWMutex.TryRLock()
	if took {
		l.reads++
	}
	return took
}

// TestRememberLocksTheViewOnce checks that Remember takes the lock of the view once to plan and once to apply the write, and that Recall
// takes it once.
func TestRememberLocksTheViewOnce(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	m, err := Open(ctx, "mem://", nil)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, m.Close(ctx)) })
	c, err := m.EnsureContext(ctx, "acme", ContextSpec{})
	require.NoError(t, err)
	first, err := c.Memory().Remember(ctx, RememberRequest{Text: "My name is Lena and I live in Bonn."})
	require.NoError(t, err)

	lock := &countedLock{}
	field := reflect.ValueOf(c.state.View.Load()).Elem().FieldByName("mu")
	reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem().Set(reflect.ValueOf(lock))
	for _, step := range []struct {
		what          string
		do            func() error
		reads, writes int
	}{
		{"a text of a new session", func() error {
			_, err := c.Memory().Remember(ctx, RememberRequest{Text: "My sister Ida works at Initech. I moved to Rome."})
			return err
		}, 1, 1},
		{"a text of a session", func() error {
			_, err := c.Memory().Remember(ctx, RememberRequest{SessionID: first.SessionID, Text: "I like tea. Always answer in French."})
			return err
		}, 1, 1},
		{"a conversation", func() error {
			_, err := c.Memory().RememberMany(ctx, RememberManyRequest{SessionID: first.SessionID, Messages: []Message{
				{Role: RoleUser, Content: "I'm married to Tom."}, {Role: RoleAssistant, Content: "Congratulations!"}, {Role: RoleUser, Content: "We got divorced."},
			}})
			return err
		}, 1, 1},
		{"a text without facts", func() error {
			_, err := c.Memory().Remember(ctx, RememberRequest{Text: "I live in Oslo.", Infer: InferNone})
			return err
		}, 1, 1},
		{"a preview", func() error {
			_, err := c.Memory().Remember(ctx, RememberRequest{Text: "I live in Oslo.", Infer: InferPreview})
			return err
		}, 1, 0},
		{"a question", func() error {
			_, err := c.Memory().Recall(ctx, RecallRequest{Query: "Where do I live?"})
			return err
		}, 1, 0},
	} {
		lock.reads, lock.writes = 0, 0
		require.NoError(t, step.do(), step.what)
		if lock.reads != step.reads || lock.writes != step.writes {
			t.Errorf("%s locks the view %d times for reading and %d times for writing", step.what, lock.reads, lock.writes)
		}
	}
}
