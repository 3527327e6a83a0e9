package spectron

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/extract"
	"github.com/spectron-go/spectron/internal/ingest"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// slow is an extractor and an embedder that may take as long as models do. For texts about the letter of Zoe it reports the call and waits
// until the test lets it continue.
type slow struct {
	ingest.Rules
	turning
	asked chan string
	goOn  chan error // the error to return; nil: none
	mu    sync.Mutex
	given []extract.Input // inputs about the letter
}

func newSlow() *slow { return &slow{asked: make(chan string), goOn: make(chan error)} }

const letter = "Zoe"

func (s *slow) wait(what string, texts ...string) error {
	if slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, letter) }) {
		s.asked <- what
		return <-s.goOn
	}
	return nil
}

func (s *slow) Quick() bool { return false }

func (s *slow) Extract(ctx context.Context, in extract.Input) (record.Extraction, error) {
	if strings.Contains(in.Text, letter) {
		s.mu.Lock()
		s.given = append(s.given, in)
		s.mu.Unlock()
	}
	if err := s.wait("extract", in.Text); err != nil {
		return record.Extraction{}, err
	}
	return s.Rules.Extract(ctx, in)
}

// times returns the number of calls about the letter.
func (s *slow) times() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.given)
}

func (s *slow) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	if err := s.wait("embed", texts...); err != nil {
		return nil, err
	}
	return s.turning.EmbedDocuments(ctx, texts)
}

// openSlow opens a store with a slow extractor.
func openSlow(t *testing.T, s *slow, embeds bool, clock func() time.Time) *Context {
	opts := &Options{Clock: clock}
	if embeds {
		opts.Embedder = s
	}
	c := closing(t, openIn(t, "mem://", opts))
	c.state.Core.Opts.Extractor = s
	return c
}

// written starts to remember a text, and returns the channel of its result.
func written(ctx context.Context, c *Context, text string) <-chan error {
	done := make(chan error, 1)
	go func() {
		_, err := c.Memory().Remember(ctx, RememberRequest{Text: text})
		done <- err
	}()
	return done
}

func say(t *testing.T, c *Context, text string) {
	t.Helper()
	_, err := c.Memory().Remember(context.Background(), RememberRequest{Text: text})
	require.NoError(t, err)
}

// holding returns the live facts that a name finds, as sentences.
func holding(t *testing.T, c *Context, name string) (out []string) {
	t.Helper()
	found, err := c.Memory().Recall(context.Background(), RecallRequest{Query: name, Mode: ModeBM25, K: 50, Kinds: []Kind{KindAttribute, KindRelation}, IncludeDuplicates: true})
	require.NoError(t, err)
	for _, h := range found.Hits {
		out = append(out, h.Text)
	}
	slices.Sort(out)
	return out
}

// TestModelsHoldNobodyUp checks that other calls can write while an extractor and an embedder work, also between two of their calls, and
// that the write takes these changes into account.
func TestModelsHoldNobodyUp(t *testing.T) {
	t.Parallel()
	s := newSlow()
	c := openSlow(t, s, true, nil)
	say(t, c, "Bob lives in Rome.")
	done := written(context.Background(), c, "Bob lives in Oslo. Zoe lives in Bergen.")
	for i, what := range []string{"embed", "extract", "embed"} { // of the text, of its facts, and of their texts
		if got := <-s.asked; got != what {
			t.Errorf("it waits to %s, want %s", got, what)
		}
		say(t, c, fmt.Sprintf("Bob lives in %s.", []string{"Paris", "London", "Madrid"}[i]))
		s.goOn <- nil
	}
	require.NoError(t, <-done)
	if got := holding(t, c, "Bob"); !slices.Equal(got, []string{"Bob lives in Oslo"}) {
		t.Errorf("Bob: %q", got)
	}
	history, err := c.Memory().Recall(context.Background(), RecallRequest{Query: "Bob", Mode: ModeBM25, K: 50, Kinds: []Kind{KindRelation}, IncludeClosed: true, IncludeDuplicates: true})
	require.NoError(t, err)
	places := map[string]string{}
	for _, h := range history.Hits {
		if h.Fact.Entity.Name == "Bob" {
			places[h.Fact.Value] = h.Fact.SupersededBy
		}
	}
	if len(places) != 5 || places["Oslo"] != "" || places["Madrid"] == "" {
		t.Errorf("the history of Bob: %v", places)
	}
	if s.times() != 1 {
		t.Errorf("the letter was read %d times", s.times())
	}
}

// TestWhatWasReadBesideOtherNamesIsReadAgain checks that a text is extracted again if other calls have changed the known names or relatives
// meanwhile, and only then.
func TestWhatWasReadBesideOtherNamesIsReadAgain(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		text      string
		meanwhile []string // texts that are written during each extraction
		want      []string
	}{
		"a name":     {"Zoe likes tea.", []string{"Zoe Moreau works at Acme.", ""}, []string{"Zoe Moreau likes tea", "Zoe Moreau works at Acme"}},
		"a relative": {"My sister lives in Bergen, as Zoe knows.", []string{"My sister is Carol.", ""}, nil},
		"others":     {"Zoe likes tea.", []string{"Bob Moreau works at Acme."}, []string{"Zoe likes tea"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSlow()
			c := openSlow(t, s, false, nil)
			done := written(context.Background(), c, tc.text)
			for _, text := range tc.meanwhile {
				<-s.asked
				if text != "" {
					// A text that is written meanwhile must not wait for the slow extractor.
					c.state.Core.Opts.Extractor = ingest.Rules{}
					say(t, c, text)
					c.state.Core.Opts.Extractor = s
				}
				s.goOn <- nil
			}
			require.NoError(t, <-done)
			if s.times() != len(tc.meanwhile) {
				t.Errorf("read %d times", s.times())
			}
			if got := holding(t, c, letter); tc.want != nil && !slices.Equal(got, tc.want) {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

// TestWhatIsAlwaysOvertakenIsGivenUp checks that a write is abandoned with nothing stored if other calls write during each of its
// extractions.
func TestWhatIsAlwaysOvertakenIsGivenUp(t *testing.T) {
	t.Parallel()
	s := newSlow()
	c := openSlow(t, s, false, nil)
	done := written(context.Background(), c, "Zoe likes tea.")
	for i := 0; ; i++ {
		select {
		case <-s.asked:
			_, err := c.Memory().Remember(context.Background(), RememberRequest{Infer: InferTriples, Triples: []Triple{
				{Entity: EntityRef{"person", "Zoe"}, Key: "tag", Value: "x"}, {Entity: EntityRef{"project", fmt.Sprintf("Zoe Tea %d", i)}, Key: "tag", Value: "x"},
			}})
			require.NoError(t, err)
			s.goOn <- nil
			continue
		case err := <-done:
			if !errors.Is(err, ErrConflict) {
				t.Errorf("%v", err)
			}
		}
		break
	}
	if got := holding(t, c, "tea"); slices.Contains(got, "Zoe likes tea") {
		t.Errorf("stored: %q", got)
	}
}

// TestPreparedWritesAreJudgedAgain checks that a write is refused if its permissions were lost between its preparation and its commit, even
// if nothing else was written meanwhile.
func TestPreparedWritesAreJudgedAgain(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, tc := range map[string]struct {
		change func(c *Context, by *Principal, key *Key, session string, clock *atomic.Int64) error
		want   error
	}{
		"the key expired": {func(_ *Context, _ *Principal, _ *Key, _ string, clock *atomic.Int64) error {
			clock.Add(int64(2 * time.Hour))
			return nil
		}, ErrUnauthenticated},
		"the key was revoked": {func(c *Context, _ *Principal, key *Key, _ string, _ *atomic.Int64) error {
			return c.Keys().Revoke(ctx, key.ID)
		}, ErrUnauthenticated},
		"the principal may no longer write": {func(c *Context, by *Principal, _ *Key, _ string, _ *atomic.Int64) error {
			_, err := c.Principals().Revoke(ctx, by.ID, GrantRequest{Path: "org/a/*", Verbs: []Verb{MemoryWrite}})
			return err
		}, ErrForbidden},
		"the scope was tombstoned": {func(c *Context, _ *Principal, _ *Key, _ string, _ *atomic.Int64) error {
			return c.Scopes().Tombstone(ctx, "org/a")
		}, ErrForbidden},
		"the session was deleted": {func(c *Context, _ *Principal, _ *Key, session string, _ *atomic.Int64) error {
			return c.Sessions().Delete(ctx, session)
		}, ErrForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var clock atomic.Int64
			s := newSlow()
			c := openSlow(t, s, true, func() time.Time { return time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC).Add(time.Duration(clock.Load())) })
			_, err := c.Scopes().Register(ctx, ScopeSpec{Path: "org/a"})
			require.NoError(t, err)
			talk, err := c.Sessions().Create(ctx, SessionSpec{Scopes: Scopes{{"org/a"}}})
			require.NoError(t, err)
			by, err := c.Principals().Create(ctx, PrincipalSpec{Name: "agent", Grants: Grants{MemoryWrite: {"org/a/*"}, MemoryRead: {"org/a/*"}}})
			require.NoError(t, err)
			key, err := c.Keys().Create(ctx, KeySpec{Name: "agent", PrincipalID: by.ID, TTL: time.Hour})
			require.NoError(t, err)
			handle, err := c.manager().Authenticate(ctx, key.Secret)
			require.NoError(t, err)
			done := make(chan error, 1)
			go func() {
				_, err := handle.Memory().Remember(ctx, RememberRequest{Text: "Zoe lives in Bergen.", SessionID: talk.ID})
				done <- err
			}()
			for _, what := range []string{"embed", "extract", "embed"} {
				if got := <-s.asked; got != what {
					t.Errorf("it waits to %s, want %s", got, what)
				}
				if what == "embed" && s.times() == 1 { // everything is extracted and planned
					require.NoError(t, tc.change(c, by, key, talk.ID, &clock))
				}
				s.goOn <- nil
			}
			if err := <-done; !errors.Is(err, tc.want) {
				t.Errorf("%v, want %v", err, tc.want)
			}
			found, err := c.Memory().Recall(ctx, RecallRequest{Query: "Zoe Bergen", Mode: ModeBM25})
			require.NoError(t, err)
			if len(found.Hits) > 0 {
				t.Errorf("stored: %+v", found.Hits)
			}
		})
	}
}

// TestMessagesAreReadBesideThoseBefore checks that the extraction of a message knows the facts of the messages before it, before anything
// is stored.
func TestMessagesAreReadBesideThoseBefore(t *testing.T) {
	t.Parallel()
	s := newSlow()
	c := openSlow(t, s, false, nil)
	done := make(chan error, 1)
	go func() {
		_, err := c.Memory().RememberMany(context.Background(), RememberManyRequest{Messages: []Message{
			{Content: "Zoe Moreau works at Acme. My sister is Carol."}, {Content: "My sister likes Zoe."},
		}})
		done <- err
	}()
	for range 2 {
		<-s.asked
		say(t, c, "Bob lives in Oslo.")
		s.goOn <- nil
	}
	require.NoError(t, <-done)
	known := s.given[1]
	if !slices.Contains(known.Vocabulary.Entities, record.EntityRef{Type: "person", Name: "Zoe Moreau"}) || len(known.Kin["sister"]) != 1 || s.times() != 2 {
		t.Errorf("read %d times, the second message beside %+v, %v", s.times(), known.Vocabulary, known.Kin)
	}
}

// TestExtractorFails checks that only the caller waits for an extractor that fails or is too slow, and that nothing is stored.
func TestExtractorFails(t *testing.T) {
	t.Parallel()
	s := newSlow()
	c := openSlow(t, s, false, nil)
	ctx, cancel := context.WithCancel(context.Background())
	done := written(ctx, c, "Zoe likes tea.")
	<-s.asked
	cancel()
	var e *Error
	if err := <-done; !errors.Is(err, ErrTimeout) || !errors.As(err, &e) || e.Detail != "" {
		t.Errorf("it does not answer: %v", err)
	}
	s.goOn <- nil // it ignores ctx
	failure := errors.New("no more tokens")
	done = written(context.Background(), c, "Zoe likes tea.")
	<-s.asked
	s.goOn <- failure
	if err := <-done; !errors.Is(err, ErrModel) || !errors.Is(err, failure) {
		t.Errorf("it fails: %v", err)
	}
	found, err := c.Memory().Recall(context.Background(), RecallRequest{Query: "Zoe tea"})
	require.NoError(t, err)
	if len(found.Hits) > 0 {
		t.Errorf("stored: %+v", found.Hits)
	}
}

// TestPlansOnWhatMoves checks that a plan that is made while other calls write, and may see part of their changes, neither fails nor stores
// wrong facts.
func TestPlansOnWhatMoves(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := closing(t, openIn(t, "mem://", nil))
	start := time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC)
	said := func(random *rand.Rand) []Message {
		out := make([]Message, 1+random.IntN(6))
		for i := range out {
			who := []string{"I", "Alice", "Alice Moreau", "Bob"}[random.IntN(4)]
			out[i] = Message{At: start.AddDate(0, 0, random.IntN(60)), Speaker: []string{"", "alice"}[random.IntN(2)], Content: fmt.Sprintf([]string{
				"%s live in %s.", "%[1]s lives in %[2]s.", "%[1]s no longer lives in %[2]s.", "%[1]s lived in %[2]s until 2025.", "%[1]s moved to %[2]s in March 2026.",
				"My name is %[1]s. I live in %[2]s.", "My sister is %[1]s.", "Always greet %[1]s in %[2]s.",
			}[random.IntN(8)], who, []string{"Oslo", "Rome", "Paris"}[random.IntN(3)])}
		}
		return out
	}
	var writers, readers sync.WaitGroup
	ended := make(chan struct{})
	for w := range 4 {
		writers.Go(func() {
			random := rand.New(rand.NewPCG(uint64(w), 1))
			for range testsize.Of(40) {
				if _, err := c.Memory().RememberMany(ctx, RememberManyRequest{Messages: said(random)}); err != nil {
					t.Errorf("writer %d: %v", w, err)
				}
			}
		})
		readers.Go(func() {
			random := rand.New(rand.NewPCG(uint64(w), 2))
			for {
				select {
				case <-ended:
					return
				default:
				}
				if _, err := c.Memory().RememberMany(ctx, RememberManyRequest{Messages: said(random), Infer: InferPreview}); err != nil {
					t.Errorf("preview %d: %v", w, err)
				}
			}
		})
	}
	writers.Wait()
	close(ended)
	readers.Wait()
}
