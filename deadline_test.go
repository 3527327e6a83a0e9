package spectron_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// endingContext is a context that ends at the n-th call of Err. It counts the work between two calls, which must be short so that deadlines
// hold.
type endingContext struct {
	context.Context
	end context.CancelFunc
	at  int // 0: never

	mu     sync.Mutex
	asked  int
	ids    int // created since the last call
	most   int // maximum number of ids created between two calls
	after  int // number of calls after the end
	unused int // number of ids created after the end
}

func newEndingContext(t *testing.T, at int) *endingContext {
	ctx, end := context.WithCancel(t.Context())
	t.Cleanup(end)
	return &endingContext{Context: ctx, end: end, at: at}
}

func (c *endingContext) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked++
	c.most, c.ids = max(c.most, c.ids), 0
	switch {
	case c.at != 0 && c.asked == c.at:
		c.end()
	case c.at != 0 && c.asked > c.at:
		c.after++
	}
	return c.Context.Err()
}

// newID implements Options.NewID.
func (c *endingContext) newID() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ids++
	if c.at != 0 && c.asked >= c.at {
		c.unused++
	}
	return uuid.NewString()
}

// TestWorkEndsWithItsContext ends the context of long writes at many points. Little work is done between two checks, nothing continues
// after the end, and nothing is stored.
func TestWorkEndsWithItsContext(t *testing.T) {
	t.Parallel()
	engine, err := spectron.Compiled()
	require.NoError(t, err)
	messages, size := 300, 1<<20
	if testsize.Long() {
		messages, size = 1500, 4<<20
	}
	talk := make([]spectron.Message, messages)
	for i := range talk {
		talk[i].Content = fmt.Sprintf("Anna X%s lives in Paris. I like y%s. Always use z%[1]s for code.", letters(i), letters(i))
	}
	many := func(infer spectron.Infer) func(context.Context, *spectron.Memory) error {
		return func(ctx context.Context, m *spectron.Memory) error {
			_, err := m.RememberMany(ctx, spectron.RememberManyRequest{Messages: talk, Infer: infer})
			return err
		}
	}
	text := strings.Repeat("I like tea and I live in Paris. ", size/32)
	one := func(infer spectron.Infer) func(context.Context, *spectron.Memory) error {
		return func(ctx context.Context, m *spectron.Memory) error {
			_, err := m.Remember(ctx, spectron.RememberRequest{Text: text, Infer: infer})
			return err
		}
	}
	for name, tt := range map[string]struct {
		work  func(context.Context, *spectron.Memory) error
		asked int // minimum number of calls of Err
		ids   int // maximum number of ids between two calls
	}{
		"messages, previewed": {many(spectron.InferPreview), 5 * messages, 20},
		"messages":            {many(spectron.InferFull), 5 * messages, 20},
		// Each of its pieces has an id. Only its beginning is extracted.
		"a long text, previewed": {one(spectron.InferPreview), size/1200 + 1000, size / 600},
		"a long text":            {one(spectron.InferFull), size/1200 + 1000, size / 600},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run := func(at int) (_ *endingContext, stored int, failed error) {
				ctx := newEndingContext(t, at)
				url := "file://" + filepath.Join(t.TempDir(), "agent.db")
				opts := &spectron.Options{Engine: engine, Durability: spectron.DurabilityRelaxed, NewID: ctx.newID, MaxTextBytes: size, StatementTimeout: time.Hour}
				mgr, err := spectron.Open(t.Context(), url, opts)
				require.NoError(t, err)
				c, err := mgr.CreateContext(t.Context(), "test", spectron.ContextSpec{})
				require.NoError(t, err)
				failed = tt.work(ctx, c.Memory())
				require.NoError(t, mgr.Close(t.Context())) // waits for running work
				mgr, err = spectron.Open(t.Context(), url, opts)
				require.NoError(t, err)
				defer func() { require.NoError(t, mgr.Close(t.Context())) }()
				c, err = mgr.Context(t.Context(), "test")
				require.NoError(t, err)
				found, err := c.Memory().Recall(t.Context(), spectron.RecallRequest{Query: "Paris"})
				require.NoError(t, err)
				return ctx, len(found.Hits), failed
			}
			whole, _, err := run(0)
			require.NoError(t, err)
			if whole.asked < tt.asked || whole.most > tt.ids {
				t.Errorf("asked %d times, at least %d expected; %d ids in between, at most %d expected", whole.asked, tt.asked, whole.most, tt.ids)
			}
			for _, at := range []int{1, whole.asked / 4, whole.asked / 2, whole.asked * 9 / 10} {
				ctx, stored, err := run(at)
				if !errors.Is(err, context.Canceled) || stored != 0 {
					t.Errorf("ended at %d of %d: %v; %d hits", at, whole.asked, err, stored)
				}
				if ctx.after > 10 || ctx.unused > tt.ids {
					t.Errorf("ended at %d of %d: it was asked %d times more, and %d ids were made", at, whole.asked, ctx.after, ctx.unused)
				}
			}
		})
	}
}

// letters writes a number in letters.
func letters(i int) string {
	out := ""
	for range 4 {
		out += string(rune('a' + i%26))
		i /= 26
	}
	return out
}
