package spectron

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
	"github.com/spectron-go/spectron/internal/testing/testsize"
)

// closing closes a Context at the end of its test.
func closing(t *testing.T, c *Context) *Context {
	t.Helper()
	t.Cleanup(func() { require.NoError(t, c.manager().Close(context.Background())) })
	return c
}

// holder creates a principal with a key, and returns the handle of the key.
func holder(t *testing.T, c *Context, name string, grants Grants) (*Context, *Principal, *Key) {
	t.Helper()
	ctx := context.Background()
	p, err := c.Principals().Create(ctx, PrincipalSpec{Name: name, Grants: grants})
	require.NoError(t, err)
	k, err := c.Keys().Create(ctx, KeySpec{Name: name, PrincipalID: p.ID})
	require.NoError(t, err)
	h, err := c.manager().Authenticate(ctx, k.Secret)
	require.NoError(t, err)
	return h, p, k
}

// TestWhoWaitsToChangeIsJudgedAgain checks that the permissions of an admitted call that waits for the writer's lock are checked again when
// it gets the lock: a key that was revoked meanwhile creates no other key.
func TestWhoWaitsToChangeIsJudgedAgain(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := closing(t, openIn(t, "mem://", nil))
	for name, end := range map[string]func(*Principal, *Key) error{
		"revoked": func(_ *Principal, k *Key) error { return c.Keys().Revoke(ctx, k.ID) },
		"rotated": func(_ *Principal, k *Key) error { _, err := c.Keys().Rotate(ctx, k.ID); return err },
		"deleted": func(p *Principal, _ *Key) error { return c.Principals().Delete(ctx, p.ID) },
		"narrowed": func(p *Principal, _ *Key) error {
			_, err := c.Principals().Revoke(ctx, p.ID, GrantRequest{Path: "/*", Verbs: []Verb{MemoryRead}})
			return err
		},
		"nothing": func(*Principal, *Key) error { return nil },
	} {
		h, p, k := holder(t, c, name, Grants{MemoryRead: {"/*"}, GrantManage: {"/*"}})
		s, err := h.handle().Authorize(ctx, "test")
		require.NoError(t, err)
		require.NoError(t, end(p, k))
		ran := false
		err = s.Change(ctx, func(context.Context) (*store.AccessChange, error) {
			ran = true
			return nil, nil
		})
		s.Done()
		if ran != (name == "nothing") || (err == nil) != ran {
			t.Errorf("%s: changed %v, %v", name, ran, err)
		}
	}
}

// TestOthersChangesEndNobodysCall checks that changes of other principals, keys and scopes do not end a running call.
func TestOthersChangesEndNobodysCall(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	c := closing(t, openIn(t, "mem://", nil))
	h, _, _ := holder(t, c, "alice", Grants{MemoryWrite: {"/*"}})
	s, err := h.handle().Authorize(ctx, "test")
	require.NoError(t, err)
	defer s.Done()
	holder(t, c, "bob", nil)
	if err := s.Recheck(ctx); err != nil {
		t.Error(err)
	}
}

// slowModel is an embedder that runs a function before it embeds.
type slowModel struct{ meanwhile func() }

func (m *slowModel) wait() {
	if f := m.meanwhile; f != nil {
		m.meanwhile = nil
		f()
	}
}

func (m *slowModel) EmbedDocuments(_ context.Context, texts []string) ([][]float32, error) {
	m.wait()
	out := make([][]float32, len(texts))
	for i := range out {
		out[i] = []float32{1, 0.5}
	}
	return out, nil
}

func (m *slowModel) EmbedQuery(context.Context, string) ([]float32, error) {
	m.wait()
	return []float32{1, 0.5}, nil
}

// TestWhoWaitsForAModelIsJudgedAgain checks that a call that waits for a model gets and stores only what is allowed once the model has
// answered.
func TestWhoWaitsForAModelIsJudgedAgain(t *testing.T) {
	t.Parallel()
	ctx, model := context.Background(), &slowModel{}
	c := closing(t, openIn(t, "mem://", &Options{Embedder: model}))
	h, p, k := holder(t, c, "bob", Grants{MemoryRead: {"a/*"}, MemoryWrite: {"a/*"}})
	model.meanwhile = func() {
		_, err := c.Principals().Revoke(ctx, p.ID, GrantRequest{Path: "a/*", Verbs: []Verb{MemoryRead}})
		require.NoError(t, err)
		_, err = c.Memory().Remember(ctx, RememberRequest{Text: "told after that", Infer: InferNone, Scopes: Scopes{{"a"}}})
		require.NoError(t, err)
	}
	if r, err := h.Memory().Recall(ctx, RecallRequest{Query: "told"}); err != nil || len(r.Hits) > 0 {
		t.Errorf("recalled %+v, %v after reading was revoked", r, err)
	}
	model.meanwhile = func() { require.NoError(t, c.Keys().Revoke(ctx, k.ID)) }
	if _, err := h.Memory().Remember(ctx, RememberRequest{Text: "by a dead key", Infer: InferNone, Scopes: Scopes{{"a"}}}); !errors.Is(err, ErrUnauthenticated) {
		t.Errorf("remembered with a key that was revoked meanwhile: %v", err)
	}
	found, err := c.Memory().Recall(ctx, RecallRequest{Query: "dead key", Mode: ModeBM25})
	require.NoError(t, err)
	if len(found.Hits) > 0 {
		t.Errorf("stored %q", found.Hits[0].Text)
	}
}

// TestImportRefusesPrincipalsThatCannotBe checks that an import refuses principals that this library could not have created.
func TestImportRefusesPrincipalsThatCannotBe(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx := context.Background()
	c := closing(t, openIn(t, "mem://", nil))
	for name, row := range map[string]string{
		"grants that are none":   `principal:x SET name = 'x', kind = 'human', grants = { 'memory:read': ['a/*/b'] }`,
		"a verb that is none":    `principal:x SET name = 'x', kind = 'human', grants = { 'fly': ['/*'] }`,
		"a kind that is none":    `principal:x SET name = 'x', kind = 'robot', grants = {}`,
		"another system":         `principal:system SET name = 'system', kind = 'service', grants = {}`,
		"somebody else as admin": `principal:x SET name = 'admin', kind = 'human', grants = {}`,
		"a path that is none":    `scope_node:⟨a//b⟩ SET name = '', description = ''`,
	} {
		_, err := c.state.Conn.Query(ctx, `CREATE `+row+`, created_at = time::now()`, nil)
		require.NoError(t, err, name)
		var out bytes.Buffer
		require.NoError(t, c.manager().ExportContext(ctx, "test", &out))
		if _, err := c.manager().ImportContext(ctx, ImportRequest{ID: "copy", From: &out, Access: true}); !errors.Is(err, &Error{Code: CodeInvalid, Field: "From"}) {
			t.Errorf("%s: %v", name, err)
		}
		_, err = c.state.Conn.Query(ctx, `DELETE principal; DELETE scope_node;`, nil)
		require.NoError(t, err)
	}
	page, err := c.manager().ListContexts(ctx, PageRequest{})
	require.NoError(t, err)
	if len(page.Items) != 1 {
		t.Errorf("left %v", page.Items)
	}
}

// TestForgetWhileAnotherProcessWrites checks that Forget completes although another process writes during it.
func TestForgetWhileAnotherProcessWrites(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	server, err := rpcserver.Start(ctx, enginetest.Open(t), rpcserver.Options{User: "root", Password: "secret"})
	require.NoError(t, err)
	t.Cleanup(func() { server.Close(ctx) })
	opts := &Options{Remote: RemoteOptions{User: "root", Password: "secret", ConnectTimeout: time.Minute}}
	a, b := closing(t, openIn(t, server.URL("ws"), opts)), closing(t, openIn(t, server.URL("ws"), opts))
	const texts = 3
	for i := range texts {
		_, err := a.Memory().Remember(ctx, RememberRequest{Text: fmt.Sprintf("text %d", i), Infer: InferNone, Scopes: Scopes{{"a"}}})
		require.NoError(t, err)
	}
	var once sync.Once
	server.SetFaults(func(_, sql string) rpcserver.Fault {
		if strings.Contains(sql, "DELETE $gone") {
			once.Do(func() {
				done := make(chan error)
				go func() {
					_, err := b.Memory().Remember(ctx, RememberRequest{Text: "meanwhile", Infer: InferNone, Scopes: Scopes{{"z"}}})
					done <- err
				}()
				if err := <-done; err != nil {
					t.Error(err)
				}
			})
		}
		return rpcserver.FaultNone
	})
	forgot, err := a.Scopes().Forget(ctx, ScopeForgetRequest{Path: "a"})
	require.NoError(t, err)
	if forgot.ByTable[store.TableTurn] != texts {
		t.Errorf("forgot %+v", forgot)
	}
	for name, c := range map[string]*Context{"a": a, "b": b} {
		r, err := c.Memory().Recall(ctx, RecallRequest{Query: "text meanwhile", Mode: ModeBM25})
		require.NoError(t, err)
		if len(r.Hits) != 1 || r.Hits[0].Text != "meanwhile" {
			t.Errorf("%s recalls %+v", name, r.Hits)
		}
	}
}

// TestAdminIsNamedWithTheContext checks that the external id and the name of admin can be set when a Context is created, so that an access
// token for that id belongs to admin. If they are invalid, nothing is created.
func TestAdminIsNamedWithTheContext(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	m := closing(t, openIn(t, "mem://", nil)).manager()
	c, err := m.CreateContext(ctx, "acme", ContextSpec{AdminExternalID: "cloud:usr_1", AdminName: "Alice Admin"})
	require.NoError(t, err)
	admin, err := c.Principals().Get(ctx, "admin")
	require.NoError(t, err)
	if admin.Name != "Alice Admin" || admin.ExternalID != "cloud:usr_1" || len(admin.Grants) != len(Verbs()) {
		t.Errorf("%+v", admin)
	}
	token, err := c.Keys().IssueAccessToken(ctx, AccessTokenSpec{ExternalID: "cloud:usr_1", TTL: time.Hour})
	require.NoError(t, err)
	if token.PrincipalID != live.AdminID {
		t.Errorf("the token is of %s", token.PrincipalID)
	}
	_, err = c.Keys().IssueAccessToken(ctx, AccessTokenSpec{ExternalID: "cloud:usr_1", TTL: time.Hour, Grants: Grants{MemoryRead: {"/*"}}})
	if !errors.Is(err, &Error{Code: CodeInvalid, Field: "Grants"}) {
		t.Errorf("a token narrows admin: %v", err)
	}

	_, err = c.Principals().Create(ctx, PrincipalSpec{Name: "bob", ExternalID: "cloud:usr_2"})
	require.NoError(t, err)
	var export bytes.Buffer
	require.NoError(t, m.ExportContext(ctx, "acme", &export))
	for field, spec := range map[string]ContextSpec{"AdminExternalID": {AdminExternalID: "cloud:usr_2"}, "AdminName": {AdminName: "bob"}} {
		_, err := m.ImportContext(ctx, ImportRequest{ID: "copy", Spec: spec, From: bytes.NewReader(export.Bytes()), Access: true})
		if !errors.Is(err, &Error{Code: CodeAlreadyExists, Field: field}) {
			t.Errorf("%s of another principal: %v", field, err)
		}
	}
	for field, spec := range map[string]ContextSpec{
		"AdminName": {AdminName: "system"}, "AdminExternalID": {AdminExternalID: " x"},
	} {
		if _, err := m.CreateContext(ctx, "copy", spec); !errors.Is(err, &Error{Code: CodeInvalid, Field: field}) {
			t.Errorf("%+v: %v", spec, err)
		}
	}
	copied, err := m.ImportContext(ctx, ImportRequest{ID: "copy", Spec: ContextSpec{AdminName: "Carol"}, From: bytes.NewReader(export.Bytes()), Access: true})
	require.NoError(t, err) // the failed attempts have left nothing
	if admin, err = copied.Context.Principals().Get(ctx, "admin"); err != nil || admin.Name != "Carol" || admin.ExternalID != "cloud:usr_1" {
		t.Errorf("%+v, %v", admin, err)
	}
}
