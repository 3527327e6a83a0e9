package spectron_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/spectrontest"
)

// recorder is an Observer that keeps all operations.
type recorder struct {
	mu     sync.Mutex
	starts []spectron.Operation
	ends   []ended
}

type ended struct {
	Op  spectron.Operation
	Out spectron.Outcome
}

// spanKey is the key under which a recorder puts the name of an operation into its context.
type spanKey struct{}

func (r *recorder) Start(ctx context.Context, op spectron.Operation) context.Context {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.starts = append(r.starts, op)
	return context.WithValue(ctx, spanKey{}, op.Name)
}

func (r *recorder) End(ctx context.Context, op spectron.Operation, out spectron.Outcome) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if span := ctx.Value(spanKey{}); span != op.Name {
		op.Name = fmt.Sprintf("%s ended in the span of %v", op.Name, span)
	}
	r.ends = append(r.ends, ended{op, out})
}

// take returns the operations since the last call.
func (r *recorder) take() ([]spectron.Operation, []ended) {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer func() { r.starts, r.ends = nil, nil }()
	return r.starts, r.ends
}

// one returns the only operation since the last call.
func (r *recorder) one(tb testing.TB, name string) ended {
	tb.Helper()
	starts, ends := r.take()
	if len(starts) != 1 || len(ends) != 1 || starts[0].Name != name || ends[0].Op.Name != name {
		tb.Fatalf("%s: started %+v, ended %+v", name, starts, ends)
	}
	return ends[0]
}

// TestEveryMethodIsObservedOnce checks that each method of a handle that takes a context is one operation, whatever its arguments, with the
// name that its errors have.
func TestEveryMethodIsObservedOnce(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	var heard recorder
	mgr, err := spectron.Open(ctx, "mem://", &spectron.Options{Engine: spectrontest.Engine(t), Observer: &heard})
	require.NoError(t, err)
	heard.one(t, "open")
	c, err := mgr.CreateContext(ctx, "acme", spectron.ContextSpec{})
	require.NoError(t, err)
	heard.one(t, "create context")
	key, err := mgr.ManagementKeys().Create(ctx, "tool")
	require.NoError(t, err)
	heard.one(t, "create management key")
	admin, err := mgr.AuthenticateManager(ctx, key.Secret)
	require.NoError(t, err)
	heard.one(t, "authenticate manager")
	managed, err := admin.Context(ctx, "acme")
	require.NoError(t, err)
	heard.one(t, "context")

	handles, methods := []reflect.Value{reflect.ValueOf(admin), reflect.ValueOf(managed), reflect.ValueOf(mgr), reflect.ValueOf(c)}, 0
	known := func(typ reflect.Type) bool {
		return slices.ContainsFunc(handles, func(h reflect.Value) bool { return h.Type() == typ })
	}
	for i := 0; i < len(handles); i++ {
		h := handles[i]
		for j := range h.NumMethod() {
			name, method := h.Type().Elem().Name()+"."+h.Type().Method(j).Name, h.Method(j)
			observed := method.Type().NumIn() > 0 && method.Type().In(0) == reflect.TypeFor[context.Context]()
			if name == "Manager.Close" || strings.HasSuffix(name, ".Format") {
				continue
			}
			args := make([]reflect.Value, method.Type().NumIn())
			for k := range args {
				args[k] = reflect.Zero(method.Type().In(k))
			}
			if observed {
				args[0] = reflect.ValueOf(ctx)
			}
			var out []reflect.Value
			if method.Type().IsVariadic() {
				out = method.CallSlice(args)
			} else {
				out = method.Call(args)
			}
			var failed error
			for _, v := range out {
				switch {
				case v.Kind() == reflect.Func:
					for _, err := range v.Seq2() {
						failed, _ = err.Interface().(error)
						break
					}
				case v.Type() == reflect.TypeFor[error]():
					failed, _ = v.Interface().(error)
				case v.Kind() == reflect.Pointer && !known(v.Type()) && takesContext(v.Type()):
					if v.IsNil() {
						t.Errorf("%s returns a new kind of handle: have the test make one", name)
					} else {
						handles = append(handles, v)
					}
				}
			}
			starts, ends := heard.take()
			if !observed {
				require.Empty(t, starts, name)
				continue
			}
			methods++
			if len(starts) != 1 || len(ends) != 1 {
				t.Errorf("%s: started %+v, ended %+v: every method with a context runs in a wrapper of call.go, and calls no other", name, starts, ends)
				continue
			}
			var e *spectron.Error
			if errors.As(failed, &e) != (failed != nil) || e != nil && (e.Op != ends[0].Op.Name && !strings.HasSuffix(name, ".EnsureContext") || e.Code != ends[0].Out.Code) {
				t.Errorf("%s: failed with %v, observed as %+v", name, failed, ends[0])
			}
			if failed == nil && ends[0].Out.Code != "" {
				t.Errorf("%s: did not fail, observed as %+v", name, ends[0])
			}
		}
	}
	if methods < 55 {
		t.Errorf("only %d methods were called", methods)
	}
	require.NoError(t, mgr.Close(ctx))
	heard.one(t, "close")
	_, err = spectron.Open(ctx, "nowhere://", &spectron.Options{Observer: &heard})
	isError(t, err, spectron.ErrInvalid, "URL")
	if got := heard.one(t, "open").Out.Code; got != spectron.CodeInvalid {
		t.Errorf("code %q", got)
	}
}

// TestOutcomes checks the fields that an Observer gets: the operation, its place and caller, its result and its counts.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	heard := &recorder{}
	mgr := spectrontest.Open(t, &spectron.Options{Observer: heard})
	heard.take()
	c, err := mgr.CreateContext(ctx, "acme", spectron.ContextSpec{})
	require.NoError(t, err)
	if op := heard.one(t, "create context").Op; op != (spectron.Operation{Name: "create context", ContextID: "acme", Operator: true}) {
		t.Errorf("%+v", op)
	}
	writer, err := c.Principals().Create(ctx, spectron.PrincipalSpec{Name: "writer", Grants: spectron.Grants{spectron.MemoryWrite: {"/*"}}})
	require.NoError(t, err)
	key, err := c.Keys().Create(ctx, spectron.KeySpec{PrincipalID: writer.ID})
	require.NoError(t, err)
	heard.take()
	alice, err := mgr.Authenticate(ctx, key.Secret)
	require.NoError(t, err)
	if op := heard.one(t, "authenticate").Op; op != (spectron.Operation{Name: "authenticate", ContextID: "acme", KeyID: key.ID}) {
		t.Errorf("%+v", op)
	}
	behalf, err := c.OnBehalfOf(ctx, writer.ID)
	require.NoError(t, err)
	heard.take()

	operator := spectron.Operation{ContextID: "acme", Operator: true, PrincipalID: "principal:admin"}
	acting, keyed := operator, spectron.Operation{ContextID: "acme", KeyID: key.ID, PrincipalID: writer.ID}
	acting.OnBehalfOf = writer.ID
	say := func(c *spectron.Context, req spectron.RememberRequest) error {
		_, err := c.Memory().Remember(ctx, req)
		return err
	}
	for _, tc := range []struct {
		name string
		do   func() error
		by   spectron.Operation
		want spectron.Outcome
	}{
		{"remember", func() error { return say(c, spectron.RememberRequest{Text: "Alice works at Acme."}) }, operator,
			spectron.Outcome{Counts: spectron.Counts{Turns: 1, Chunks: 1, Facts: 1}}},
		// It supersedes another fact. The caller may not read, and is told of neither.
		{"remember", func() error { return say(alice, spectron.RememberRequest{Text: "Alice works at Globex."}) }, keyed,
			spectron.Outcome{Counts: spectron.Counts{Turns: 1, Chunks: 1, Facts: 1, Closed: 1}}},
		{"remember", func() error {
			return say(behalf, spectron.RememberRequest{Text: "kept word for word", Infer: spectron.InferNone})
		}, acting, spectron.Outcome{Counts: spectron.Counts{Turns: 1, Chunks: 1}}},
		{"remember", func() error {
			return say(c, spectron.RememberRequest{Text: "Bob works at Acme.", Infer: spectron.InferPreview})
		}, operator, spectron.Outcome{}},
		{"remember", func() error { return say(c, spectron.RememberRequest{}) }, operator, spectron.Outcome{Code: spectron.CodeInvalid}},
		{"remember many", func() error {
			_, err := c.Memory().RememberMany(ctx, spectron.RememberManyRequest{Infer: spectron.InferNone, Messages: []spectron.Message{{Content: "one"}, {Content: "two"}}})
			return err
		}, operator, spectron.Outcome{Counts: spectron.Counts{Turns: 2, Chunks: 2}}},
		{"recall", func() error {
			_, err := c.Memory().Recall(ctx, spectron.RecallRequest{Query: "Where does Alice work?", K: 1})
			return err
		}, operator, spectron.Outcome{Tier: spectron.TierDirect, Counts: spectron.Counts{Hits: 1}}},
		{"entity history", func() error {
			_, err := c.Entities().History(ctx, spectron.EntityRef{Type: "person", Name: "Alice"}, "works_at")
			return err
		}, operator, spectron.Outcome{Counts: spectron.Counts{Items: 2}}},
		{"tombstone scope", func() error { return alice.Scopes().Tombstone(ctx, "org/none") }, keyed, spectron.Outcome{Code: spectron.CodeForbidden}},
		{"list keys", func() error { _, err := c.Keys().List(ctx, spectron.PageRequest{}); return err }, operator,
			spectron.Outcome{Counts: spectron.Counts{Items: 1}}},
		{"forget scope", func() error {
			_, err := c.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "org/none"})
			return err
		}, operator, spectron.Outcome{}},
		{"migrations", func() error { _, err := mgr.Migrations(ctx); return err }, spectron.Operation{Operator: true},
			spectron.Outcome{Counts: spectron.Counts{Items: 2}}},
		{"delete context", func() error { return mgr.DeleteContext(ctx, "none") }, spectron.Operation{Operator: true, ContextID: "none"},
			spectron.Outcome{Code: spectron.CodeNotFound}},
		{"delete context", func() error { return mgr.DeleteContext(ctx, "No Such Context!") }, spectron.Operation{Operator: true},
			spectron.Outcome{Code: spectron.CodeInvalid}},
		{"authenticate", func() error { _, err := mgr.Authenticate(ctx, "nobody"); return err }, spectron.Operation{Operator: true},
			spectron.Outcome{Code: spectron.CodeUnauthenticated}},
	} {
		err := tc.do()
		got := heard.one(t, tc.name)
		tc.by.Name = tc.name
		if got.Op != tc.by {
			t.Errorf("%s: operation %+v, want %+v", tc.name, got.Op, tc.by)
		}
		if got.Out.Duration <= 0 {
			t.Errorf("%s took %v", tc.name, got.Out.Duration)
		}
		got.Out.Duration = 0
		if got.Out != tc.want {
			t.Errorf("%s: outcome %+v, want %+v (%v)", tc.name, got.Out, tc.want, err)
		}
	}
}

// TestObserverAndLoggerHearNoTexts checks that an Observer and a Logger get only ids, counts and codes. All stored texts and questions
// contain the marker.
func TestObserverAndLoggerHearNoTexts(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	heard, lines := &recorder{}, &lockedBuffer{}
	url := "file://" + filepath.Join(t.TempDir(), "agent.db")
	embedder := &failing{&spectrontest.Embedder{}, "broken", errors.New("no vector for " + marker)}
	opts := &spectron.Options{
		Engine: spectrontest.Engine(t), Observer: heard, Logger: slog.New(slog.NewJSONHandler(lines, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Embedder: embedder, MasterKey: canaryKey(),
	}
	mgr, err := spectron.Open(ctx, url, opts)
	require.NoError(t, err)
	const text = "My name is Zanzibar and I live in " + marker + "."
	name := func(s string) string { return s + " " + marker }
	c, err := mgr.CreateContext(ctx, "acme", spectron.ContextSpec{
		Description: name("d"), AdminName: name("a"), AdminExternalID: name("x"), Config: spectron.Config{Providers: map[string]spectron.Secret{"openai": canary}},
	})
	require.NoError(t, err)
	secrets := []string{canary}
	ops := 0
	// Some of these calls fail. They must not reveal texts either.
	try := func(_ any, err error) { ops++; _ = err }
	memory := c.Memory()
	session, err := c.Sessions().Create(ctx, spectron.SessionSpec{Metadata: map[string]any{marker: marker}, Scopes: spectron.Scopes{{"org/" + marker}}})
	require.NoError(t, err)
	try(memory.Remember(ctx, spectron.RememberRequest{Text: text, Speaker: marker, Labels: []string{"k=" + marker}, SessionID: session.ID}))
	try(memory.Remember(ctx, spectron.RememberRequest{Text: text + " broken"}))
	try(memory.Remember(ctx, spectron.RememberRequest{Text: text, SessionID: marker}))
	try(memory.Remember(ctx, spectron.RememberRequest{Text: text, Infer: spectron.Infer(marker)}))
	try(memory.Remember(ctx, spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
		{Entity: spectron.EntityRef{Type: "person", Name: marker}, Key: "mood", Value: marker}}}))
	try(memory.RememberMany(ctx, spectron.RememberManyRequest{Messages: []spectron.Message{{Content: text}, {Content: "I moved to " + marker + "."}}}))
	try(memory.Recall(ctx, spectron.RecallRequest{Query: "Where does " + marker + " live?"}))
	try(memory.Recall(ctx, spectron.RecallRequest{Query: marker, SessionID: marker}))
	try(c.Scopes().Register(ctx, spectron.ScopeSpec{Path: "org/" + marker, Name: marker, Description: marker}))
	principal, err := c.Principals().Create(ctx, spectron.PrincipalSpec{Name: marker, ExternalID: marker, Grants: spectron.Grants{spectron.MemoryRead: {"org/" + marker}}})
	require.NoError(t, err)
	try(c.Principals().Create(ctx, spectron.PrincipalSpec{Name: marker}))
	try(c.Principals().Get(ctx, marker))
	try(c.OnBehalfOf(ctx, marker))
	key, err := c.Keys().Create(ctx, spectron.KeySpec{Name: marker, PrincipalID: principal.ID})
	require.NoError(t, err)
	secrets = append(secrets, key.Secret)
	handle, err := mgr.Authenticate(ctx, key.Secret)
	require.NoError(t, err)
	try(handle.Memory().Remember(ctx, spectron.RememberRequest{Text: text, Scopes: spectron.Scopes{{"org/" + marker}}}))
	try(handle.Memory().Recall(ctx, spectron.RecallRequest{Query: marker}))
	token, err := c.Keys().IssueAccessToken(ctx, spectron.AccessTokenSpec{ExternalID: marker, TTL: time.Hour})
	require.NoError(t, err)
	secrets = append(secrets, token.Secret)
	try(mgr.Authenticate(ctx, marker))
	try(mgr.Authenticate(ctx, key.Secret+marker))
	management, err := mgr.ManagementKeys().Create(ctx, marker)
	require.NoError(t, err)
	secrets = append(secrets, management.Secret)
	try(mgr.AuthenticateManager(ctx, management.Secret))
	try(mgr.Context(ctx, "No "+marker))
	try(mgr.CreateContext(ctx, "No "+marker, spectron.ContextSpec{}))
	try(c.Ontology().Put(ctx, spectron.OntologySpec{EntityTypes: []spectron.EntityTypeTerm{{Name: marker, Kind: "other"}}}))
	try(c.Events(ctx, spectron.EventQuery{Action: marker}))
	try(c.Sessions().Get(ctx, marker))
	try(nil, mgr.ExportContext(ctx, "acme", io.Discard))
	try(mgr.ImportContext(ctx, spectron.ImportRequest{ID: "other", From: strings.NewReader(marker)}))
	try(c.Scopes().Forget(ctx, spectron.ScopeForgetRequest{Path: "org/" + marker}))
	try(nil, c.Sessions().Delete(ctx, session.ID))
	require.NoError(t, mgr.Close(ctx))

	// Another embedder and another master key cause log records.
	opts.MasterKey, opts.OldMasterKeys = bytes.Repeat([]byte("k"), 32), []spectron.MasterKey{canaryKey()}
	opts.Embedder = nil
	mgr, err = spectron.Open(ctx, url, opts)
	require.NoError(t, err)
	c, err = mgr.Context(ctx, "acme")
	require.NoError(t, err)
	try(c.Memory().Recall(ctx, spectron.RecallRequest{Query: "Where does " + marker + " live?"}))
	require.NoError(t, mgr.Close(ctx))

	starts, ends := heard.take()
	said := fmt.Sprintf("%#v %#v %s", starts, ends, lines)
	if len(ends) < ops || !strings.Contains(said, "Keys of providers are sealed") || !strings.Contains(said, "Vectors are of another embedder") {
		t.Errorf("%d operations of %d were observed; logged was\n%s", len(ends), ops, lines)
	}
	for _, word := range append(secrets, marker, "Zanzibar") {
		if at := strings.Index(said, word); at >= 0 {
			t.Errorf("%q is in what was heard: …%s…", word, said[max(0, at-200):min(len(said), at+len(word)+100)])
		}
	}
}

// TestObservedTextsAreIdsAndCodes checks the only texts that an Observer can get, for all operations.
func TestObservedTextsAreIdsAndCodes(t *testing.T) {
	t.Parallel()
	allowed := []string{"Operation.Name", "Operation.ContextID", "Operation.KeyID", "Operation.OnBehalfOf", "Operation.PrincipalID", "Outcome.Code", "Outcome.Tier"}
	types := []reflect.Type{reflect.TypeFor[spectron.Operation](), reflect.TypeFor[spectron.Outcome]()}
	for i := 0; i < len(types); i++ {
		for j := range types[i].NumField() {
			f := types[i].Field(j)
			switch name := types[i].Name() + "." + f.Name; f.Type.Kind() {
			case reflect.Bool, reflect.Int, reflect.Int64:
			case reflect.Struct:
				types = append(types, f.Type)
			case reflect.String:
				if !slices.Contains(allowed, name) {
					t.Errorf("%s is a text: say here why it cannot be one that was remembered, asked or given as a secret", name)
				}
			default:
				t.Errorf("%s is a %s: it may hold anything", name, f.Type)
			}
		}
	}
}

// lockedBuffer is a buffer for a logger that many goroutines use.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// hooked is an Observer made of functions; nil: does nothing.
type hooked struct {
	start func(context.Context, spectron.Operation)
	end   func(spectron.Operation, spectron.Outcome)
}

func (h *hooked) Start(ctx context.Context, op spectron.Operation) context.Context {
	if h.start != nil {
		h.start(ctx, op)
	}
	return context.WithValue(ctx, spanKey{}, op.Name)
}

func (h *hooked) End(_ context.Context, op spectron.Operation, out spectron.Outcome) {
	if h.end != nil {
		h.end(op, out)
	}
}

// TestAnObserverPanics checks that a panic of an Observer, at the start or the end, reaches the caller, that nothing stays locked, and that
// the store stays usable.
func TestAnObserverPanics(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	var hooks hooked
	c := spectrontest.Context(t, &spectron.Options{Observer: &hooks})
	for _, when := range []string{"start", "end"} {
		if when == "start" {
			hooks.start = func(context.Context, spectron.Operation) { panic(when) }
		} else {
			hooks.end = func(spectron.Operation, spectron.Outcome) { panic(when) }
		}
		for name, do := range map[string]func(){
			"remember": func() {
				_, _ = c.Memory().Remember(ctx, spectron.RememberRequest{Text: "said at the " + when, Infer: spectron.InferNone})
			},
			"recall": func() { _, _ = c.Memory().Recall(ctx, spectron.RecallRequest{Query: "said"}) },
		} {
			got := func() (value any) {
				defer func() { value = recover() }()
				do()
				return nil
			}()
			if got != when {
				t.Errorf("%s: the caller got %v, want the panic at the %s", name, got, when)
			}
		}
		hooks = hooked{}
	}
	tell(t, c, "Alice works at Acme.")
	// What ran before the panic in End is stored.
	if r := recall(t, c, spectron.RecallRequest{Query: "said at the end", Mode: spectron.ModeBM25}); len(r.Hits) != 1 || r.Hits[0].Text != "said at the end" {
		t.Errorf("found %+v", r.Hits)
	}
}

// TestAPanicIsObserved checks that an operation in which an embedder panics ends with a failure for the Observer.
func TestAPanicIsObserved(t *testing.T) {
	t.Parallel()
	heard := &recorder{}
	c := spectrontest.Context(t, &spectron.Options{Observer: heard, Embedder: panicking{&spectrontest.Embedder{}}})
	heard.take()
	require.Panics(t, func() { _, _ = c.Memory().Remember(context.Background(), spectron.RememberRequest{Text: marker}) })
	if got := heard.one(t, "remember").Out.Code; got != spectron.CodeInternal {
		t.Errorf("code %q", got)
	}
}

// panicking is an embedder that panics for texts with the marker.
type panicking struct{ *spectrontest.Embedder }

func (p panicking) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	if strings.Contains(strings.Join(texts, " "), marker) {
		panic("the embedder is out of order")
	}
	return p.Embedder.EmbedDocuments(ctx, texts)
}

// TestAnObserverCallsTheStore checks that an Observer may call the store: no lock is held, and Close does not wait for the observed
// operation any more.
func TestAnObserverCallsTheStore(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	var hooks hooked
	mgr, err := spectron.Open(ctx, "mem://", &spectron.Options{Engine: spectrontest.Engine(t), Observer: &hooks})
	require.NoError(t, err)
	c, err := mgr.CreateContext(ctx, "acme", spectron.ContextSpec{})
	require.NoError(t, err)
	var found []int
	call := func(op spectron.Operation) {
		if op.Name == "remember" {
			found = append(found, len(recall(t, c, spectron.RecallRequest{Query: "Alice Acme"}).Hits))
		}
	}
	hooks.start = func(_ context.Context, op spectron.Operation) { call(op) }
	hooks.end = func(op spectron.Operation, _ spectron.Outcome) { call(op) }
	tell(t, c, "Alice works at Acme.")
	if len(found) != 2 || found[0] != 0 || found[1] == 0 {
		t.Errorf("found %v", found)
	}
	hooks.start, hooks.end = nil, func(op spectron.Operation, _ spectron.Outcome) {
		if op.Name == "recall" {
			require.NoError(t, mgr.Close(ctx))
		}
	}
	recall(t, c, spectron.RecallRequest{Query: "Alice"})
}

// TestTheEmbedderGetsTheSpan checks that the embedder runs in the span of the operation.
func TestTheEmbedderGetsTheSpan(t *testing.T) {
	t.Parallel()
	spans := &spanned{Embedder: &spectrontest.Embedder{}, of: map[any]bool{}}
	c := spectrontest.Context(t, &spectron.Options{Observer: &hooked{}, Embedder: spans})
	tell(t, c, "Alice works at Acme.")
	recall(t, c, spectron.RecallRequest{Query: "harbour", Mode: spectron.ModeVector})
	for _, want := range []string{"remember", "recall"} {
		if !spans.of[want] {
			t.Errorf("no text was embedded in the span of %s, of %v", want, spans.of)
		}
	}
}

// spanned is an embedder that keeps the spans in which it was called.
type spanned struct {
	*spectrontest.Embedder
	mu sync.Mutex
	of map[any]bool
}

func (s *spanned) note(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.of[ctx.Value(spanKey{})] = true
}

func (s *spanned) EmbedDocuments(ctx context.Context, texts []string) ([][]float32, error) {
	s.note(ctx)
	return s.Embedder.EmbedDocuments(ctx, texts)
}

func (s *spanned) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	s.note(ctx)
	return s.Embedder.EmbedQuery(ctx, text)
}
