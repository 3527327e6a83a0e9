package spectron_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

const (
	writers = 16
	rounds  = 12
)

// ticking returns a clock that advances by a second at each call.
func ticking() func() time.Time {
	var seconds atomic.Int64
	return func() time.Time { return spectrontest.Epoch.Add(time.Duration(seconds.Add(1)) * time.Second) }
}

// TestRememberAndRecallAtOnce has 16 goroutines remember, half of them in one session, and recall what they and others said. Nothing is
// lost or stored twice, and turns are numbered without gaps.
func TestRememberAndRecallAtOnce(t *testing.T) {
	t.Parallel()
	c, ctx := spectrontest.Context(t, &spectron.Options{Clock: ticking()}), context.Background()
	shared, err := c.Sessions().Create(ctx, spectron.SessionSpec{})
	require.NoError(t, err)
	own := make([]string, writers)
	text := func(w, i int) string { return fmt.Sprintf("Writer says %s now.", code(w*100+i)) }
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			session := ""
			if w%2 == 0 {
				session = shared.ID
			}
			for i := range rounds {
				var err error
				switch {
				case i%4 == 3: // several in one call
					var r *spectron.RememberedMany
					r, err = c.Memory().RememberMany(ctx, spectron.RememberManyRequest{SessionID: session, Messages: []spectron.Message{
						{Content: text(w, i)}, {Content: text(w, 50+i), Role: spectron.RoleAssistant},
					}})
					if err == nil {
						session = r.SessionID
					}
				default:
					var r *spectron.Remembered
					r, err = c.Memory().Remember(ctx, spectron.RememberRequest{Text: text(w, i), SessionID: session})
					if err == nil {
						session = r.SessionID
					}
				}
				if err != nil {
					t.Errorf("writer %d: %v", w, err)
					return
				}
				r, err := c.Memory().Recall(ctx, spectron.RecallRequest{Query: code(w*100 + i), Mode: spectron.ModeBM25, IncludeDuplicates: true})
				if err != nil || len(r.Hits) != 1 || r.Hits[0].Text != text(w, i) {
					t.Errorf("writer %d does not find what it said: %v %+v", w, err, r)
				}
				if _, err := c.Memory().Recall(ctx, spectron.RecallRequest{Query: "what do writers say"}); err != nil {
					t.Errorf("writer %d: %v", w, err)
				}
			}
			own[w] = session
		})
	}
	wg.Wait()
	inTurns := map[string]int{}
	for _, session := range append(slices.DeleteFunc(slices.Clone(own), func(s string) bool { return s == shared.ID }), shared.ID) {
		all := turns(t, c, session)
		got, err := c.Sessions().Get(ctx, session)
		require.NoError(t, err)
		if got.Turns != len(all) {
			t.Errorf("%s counts %d turns and has %d", session, got.Turns, len(all))
		}
		for i, turn := range all {
			inTurns[turn.Content]++
			if turn.Seq != i || turn.SessionID != session {
				t.Errorf("turn %d of %s: %+v", i, session, turn)
			}
		}
	}
	want := 0
	for w := range writers {
		for i := range rounds {
			said1 := []string{text(w, i)}
			if i%4 == 3 {
				said1 = append(said1, text(w, 50+i))
			}
			for j, s := range said1 {
				want++
				if inTurns[s] != 1 {
					t.Errorf("%q is in %d turns", s, inTurns[s])
				}
				r := recall(t, c, spectron.RecallRequest{Query: code(w*100 + i + 50*j), Mode: spectron.ModeBM25, IncludeDuplicates: true})
				same(t, said(r), []string{s})
			}
		}
	}
	if len(inTurns) != want {
		t.Errorf("%d texts, want %d", len(inTurns), want)
	}
}

// TestOneHeadUnderWriters checks that concurrent writers of a single-valued key leave one live value, and a chain through all values that
// were ever live.
func TestOneHeadUnderWriters(t *testing.T) {
	t.Parallel()
	start := spectrontest.Epoch
	clock := ticking()
	c, ctx := spectrontest.Context(t, &spectron.Options{Clock: clock}), context.Background()
	alice := spectron.EntityRef{Type: "person", Name: "Alice"}
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range rounds {
				_, err := c.Memory().Remember(ctx, spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
					{Entity: alice, Key: "role", Value: "role " + code(w*100+i)}, {Entity: alice, Key: "likes", Target: spectron.EntityRef{Type: "topic", Name: "jazz"}},
				}})
				if err != nil {
					t.Errorf("writer %d: %v", w, err)
				}
				r, err := c.Memory().Recall(ctx, spectron.RecallRequest{Query: "What is Alice's role?"})
				if err != nil || len(answer(r, "role")) != 1 {
					t.Errorf("at one moment the role is %v (%v)", r, err)
				}
			}
		})
	}
	wg.Wait()
	end := clock()
	// Every value was live at some time, so ask at each second.
	byID := map[string]*spectron.Fact{}
	for at := start; at.Before(end); at = at.Add(time.Second) {
		for _, h := range facts(t, c, spectron.RecallRequest{Query: "role", AsOf: at}) {
			byID[h.ID] = h.Fact
		}
	}
	values, superseded := map[string]int{}, map[string]bool{}
	for _, f := range byID {
		values[f.Value]++
		if f.Supersedes != "" && superseded[f.Supersedes] {
			t.Errorf("%s has two successors", f.Supersedes)
		}
		superseded[f.Supersedes] = true
	}
	head := recall(t, c, spectron.RecallRequest{Query: "What is Alice's role?", Kinds: []spectron.Kind{spectron.KindAttribute}}).Hits
	if len(head) != 1 || superseded[head[0].ID] || byID[head[0].ID] == nil {
		t.Fatalf("the head is %+v", head)
	}
	steps := 1 // the chain leads from the live value back through every earlier live value
	for f := byID[head[0].ID]; f.Supersedes != ""; steps++ {
		before := byID[f.Supersedes]
		if before == nil || steps > len(byID) {
			t.Fatalf("the chain breaks behind %s", f.Value)
		}
		if before.KnownFrom.After(f.KnownFrom) {
			t.Errorf("%+v is followed by %+v", before, f)
		}
		f = before
	}
	// A writer that took its time before another one and stored after it adds a fact before the live one, beside the chain.
	if steps < len(byID)/2 {
		t.Errorf("the chain has %d of %d values", steps, len(byID))
	}
	ended := recall(t, c, spectron.RecallRequest{Query: "What is Alice's role?", IncludeClosed: true, K: 50, Kinds: []spectron.Kind{spectron.KindAttribute}})
	for _, h := range ended.Hits {
		f := h.Fact
		if live := h.ID == head[0].ID; f.KnownUntil.IsZero() != live || f.RetiredAt.IsZero() != live || (f.SupersededBy == "") != live || f.ValidUntil.IsZero() != live {
			t.Errorf("%s: %+v", h.ID, f)
		}
	}
	if len(ended.Hits) != 50 {
		t.Errorf("%d of them with those that ended", len(ended.Hits))
	}
	for value, n := range values {
		if n != 1 {
			t.Errorf("%s is there %d times", value, n)
		}
	}
	if len(values) < writers*rounds*9/10 { // values observed in the same second as another were never known
		t.Errorf("%d values of %d", len(values), writers*rounds)
	}
	if got := known(t, c, "likes jazz", time.Time{}); len(got) != 1 {
		t.Errorf("%v", got)
	}
}

// TestSessionDeletedUnderWriters deletes a session while others write to it. Each of them gets an error, and the session stays deleted.
func TestSessionDeletedUnderWriters(t *testing.T) {
	t.Parallel()
	c, ctx := spectrontest.Context(t, nil), context.Background()
	session, err := c.Sessions().Create(ctx, spectron.SessionSpec{})
	require.NoError(t, err)
	var wg sync.WaitGroup
	for range writers {
		wg.Go(func() {
			for {
				_, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: "The kettle is on.", SessionID: session.ID, Infer: spectron.InferNone})
				if errors.Is(err, spectron.ErrNotFound) {
					return
				}
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for {
		got, err := c.Sessions().Get(ctx, session.ID)
		require.NoError(t, err)
		if got.Turns > writers {
			break
		}
	}
	require.NoError(t, c.Sessions().Delete(ctx, session.ID))
	wg.Wait()
	if r := ask(t, c, "kettle"); len(r.Hits) > 0 {
		t.Errorf("%d hits", len(r.Hits))
	}
}

// TestImpatientCallers checks that callers that stop waiting do no harm: their writes are stored completely or not at all, in turns and
// search alike.
func TestImpatientCallers(t *testing.T) {
	t.Parallel()
	c := spectrontest.Context(t, nil)
	session, err := c.Sessions().Create(context.Background(), spectron.SessionSpec{})
	require.NoError(t, err)
	var wg sync.WaitGroup
	var sure sync.Map
	for w := range writers {
		wg.Go(func() {
			for i := range rounds {
				ctx, cancel := context.WithCancel(context.Background())
				var stop sync.WaitGroup
				stop.Go(func() {
					if i%3 > 0 {
						cancel()
					}
				})
				text := code(w*100 + i)
				_, err := c.Memory().Remember(ctx, spectron.RememberRequest{Text: text, SessionID: session.ID, Infer: spectron.InferNone})
				stop.Wait()
				cancel()
				switch {
				case err == nil:
					sure.Store(text, true)
				case !errors.Is(err, spectron.ErrTimeout):
					t.Errorf("%v", err)
				}
			}
		})
	}
	wg.Wait()
	tell(t, c, "The last word.") // waits for every write that is still running
	stored := map[string]bool{}
	for i, turn := range turns(t, c, session.ID) {
		if turn.Seq != i || stored[turn.Content] {
			t.Errorf("turn %d: %+v", i, turn)
		}
		stored[turn.Content] = true
	}
	for w := range writers {
		for i := range rounds {
			text := code(w*100 + i)
			found := len(recall(t, c, spectron.RecallRequest{Query: text, Mode: spectron.ModeBM25, IncludeDuplicates: true}).Hits)
			if _, ok := sure.Load(text); ok && !stored[text] || stored[text] != (found == 1) || found > 1 {
				t.Errorf("%s: stored %v, found %d times", text, stored[text], found)
			}
		}
	}
}
