package spectron_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/testing/testsize"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
	"github.com/spectron-go/spectron/spectrontest"
)

// support returns the vocabulary of a help desk.
func support() spectron.OntologySpec {
	return spectron.OntologySpec{
		EntityTypes: []spectron.EntityTypeTerm{
			{Name: "engineer", Kind: "person", Description: "Somebody who fixes things.", Aliases: []string{"developer", "SRE"}},
			{Name: "ticket", Aliases: []string{"case"}},
		},
		AttributeKeys: []spectron.AttributeKeyTerm{
			{Name: "severity", EntityTypes: []string{"ticket"}, Cardinality: spectron.CardinalityOne, Category: spectron.CategoryContext},
		},
		RelationLabels: []spectron.RelationLabelTerm{
			{Name: "assigned to", Subjects: []string{"ticket"}, Objects: []string{"engineer"}, Cardinality: spectron.CardinalityOne},
		},
		RefuseOthers: spectron.OntologyParts{RelationLabels: true},
	}
}

func described(text string) spectron.OntologySpec {
	return spectron.OntologySpec{EntityTypes: []spectron.EntityTypeTerm{{Name: "thing", Description: text}}}
}

func put(tb testing.TB, c administered, spec spectron.OntologySpec) *spectron.Ontology {
	tb.Helper()
	o, err := c.Ontology().Put(context.Background(), spec)
	require.NoError(tb, err)
	return o
}

// versions returns all versions of an ontology, newest first, in pages of limit.
func versions(tb testing.TB, c administered, limit int) []spectron.Ontology {
	tb.Helper()
	var all []spectron.Ontology
	for cursor := ""; ; {
		page, err := c.Ontology().Versions(context.Background(), spectron.PageRequest{Cursor: cursor, Limit: limit})
		require.NoError(tb, err)
		all = append(all, page.Items...)
		if !page.HasMore {
			require.Empty(tb, page.NextCursor)
			return all
		}
		require.NotEmpty(tb, page.Items)
		cursor = page.NextCursor
	}
}

// numbered formats versions as "3" or "4 deleted".
func numbered(versions []spectron.Ontology) []string {
	var out []string
	for _, v := range versions {
		text := fmt.Sprint(v.Version)
		if v.Deleted {
			text += " deleted"
		}
		out = append(out, text)
	}
	return out
}

func TestOntologyVersions(t *testing.T) {
	t.Parallel()
	ctx, clock := context.Background(), spectrontest.NewClock()
	mgr := spectrontest.Open(t, &spectron.Options{Clock: clock.Now})
	c, other := create(t, mgr, "acme", spectron.ContextSpec{}), create(t, mgr, "other", spectron.ContextSpec{})
	o := c.Ontology()

	isError(t, second(o.Get(ctx)), spectron.ErrNotFound, "")
	isError(t, o.Delete(ctx), spectron.ErrNotFound, "")
	isError(t, second(o.Put(ctx, spectron.OntologySpec{IfVersion: 1})), spectron.ErrConflict, "IfVersion")
	require.Empty(t, versions(t, c, 0))

	first := put(t, c, support())
	want := &spectron.Ontology{Version: 1, Spec: support(), CreatedAt: spectrontest.Epoch, PrincipalID: "principal:admin"}
	require.Equal(t, want, first)
	got, err := o.Get(ctx)
	require.NoError(t, err)
	require.Equal(t, want, got)

	// An equal spec creates no version, also with empty lists in place of absent ones.
	clock.Advance(time.Hour)
	again := support()
	again.EntityTypes[1].Description, again.AttributeKeys[0].Aliases, again.IfVersion = "", []string{}, 1
	require.Equal(t, want, put(t, c, again))
	require.Equal(t, []string{"1"}, numbered(versions(t, c, 0)))

	// A different spec creates a version, and the earlier version stays unchanged.
	changed := support()
	changed.RefuseOthers.RelationLabels = false
	changed.IfVersion = 1
	next := put(t, c, changed)
	changed.IfVersion = 0
	require.Equal(t, &spectron.Ontology{Version: 2, Spec: changed, CreatedAt: spectrontest.Epoch.Add(time.Hour), PrincipalID: "principal:admin"}, next)
	require.Equal(t, []spectron.Ontology{*next, *want}, versions(t, c, 0))

	for _, stale := range []int{1, 3, 1 << 40} {
		for _, spec := range []spectron.OntologySpec{support(), changed} { // also the vocabulary that is already declared
			spec.IfVersion = stale
			isError(t, second(o.Put(ctx, spec)), spectron.ErrConflict, "IfVersion")
		}
	}
	require.NoError(t, o.Delete(ctx))
	isError(t, second(o.Get(ctx)), spectron.ErrNotFound, "")
	isError(t, o.Delete(ctx), spectron.ErrNotFound, "")
	for _, gone := range []int{2, 3} {
		isError(t, second(o.Put(ctx, spectron.OntologySpec{IfVersion: gone})), spectron.ErrConflict, "IfVersion")
	}
	require.Equal(t, 4, put(t, c, support()).Version)
	all := versions(t, c, 0)
	require.Equal(t, []string{"4", "3 deleted", "2", "1"}, numbered(all))
	require.Equal(t, spectron.Ontology{Version: 3, Deleted: true, CreatedAt: spectrontest.Epoch.Add(time.Hour), PrincipalID: "principal:admin"}, all[1])
	for limit := 1; limit < 5; limit++ {
		require.Equal(t, all, versions(t, c, limit))
	}

	// A declaration in one Context does not affect another.
	isError(t, second(other.Ontology().Get(ctx)), spectron.ErrNotFound, "")
	require.Equal(t, 1, put(t, other, spectron.OntologySpec{}).Version)
	require.Equal(t, 4, len(versions(t, c, 0)))
}

func TestOntologyRefuses(t *testing.T) {
	t.Parallel()
	ctx, c := context.Background(), spectrontest.Context(t)
	o := c.Ontology()
	put(t, c, support())
	isError(t, second(o.Put(ctx, spectron.OntologySpec{IfVersion: -1})), spectron.ErrInvalid, "IfVersion")
	isError(t, second(o.Put(ctx, spectron.OntologySpec{AttributeKeys: []spectron.AttributeKeyTerm{{Name: "a"}, {Name: "b", Aliases: []string{"c", "A"}}}})),
		spectron.ErrInvalid, "AttributeKeys[1].Aliases[1]")
	var big spectron.OntologySpec
	for i := range 500 {
		big.AttributeKeys = append(big.AttributeKeys, spectron.AttributeKeyTerm{
			Name: fmt.Sprintf("key %d", i), Description: strings.Repeat("x", 1000), Aliases: []string{fmt.Sprintf("%d%s", i, strings.Repeat("y", 120))},
		})
		big.RelationLabels = append(big.RelationLabels, spectron.RelationLabelTerm{Name: fmt.Sprintf("label %d", i), Description: strings.Repeat("z", 1000)})
	}
	isError(t, second(o.Put(ctx, big)), spectron.ErrTooLarge, "spec")
	for cursor, field := range map[string]string{"x": "Cursor", "-1": "Cursor", "0": "Cursor", "1.5": "Cursor", "99999999999999999999": "Cursor", "a\x00": "Cursor"} {
		isError(t, second(o.Versions(ctx, spectron.PageRequest{Cursor: cursor})), spectron.ErrInvalid, field)
	}
	for _, limit := range []int{-1, 1001} {
		isError(t, second(o.Versions(ctx, spectron.PageRequest{Limit: limit})), spectron.ErrInvalid, "Limit")
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	for name, err := range map[string]error{
		"get": second(o.Get(ended)), "put": second(o.Put(ended, described("x"))), "delete": o.Delete(ended), "versions": second(o.Versions(ended, spectron.PageRequest{})),
	} {
		if isError(t, err, spectron.ErrTimeout, ""); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
	require.Equal(t, []string{"1"}, numbered(versions(t, c, 0)))
}

// TestOntologyIsForManagement checks that only administrators may use the ontology, and that every attempt of others and every change is
// recorded.
func TestOntologyIsForManagement(t *testing.T) {
	t.Parallel()
	ctx, mgr := context.Background(), spectrontest.Open(t)
	c := create(t, mgr, "acme", spectron.ContextSpec{})
	minted, err := mgr.ManagementKeys().Bootstrap(ctx)
	require.NoError(t, err)
	plane, err := mgr.AuthenticateManager(ctx, minted.Secret)
	require.NoError(t, err)
	managed, err := plane.Context(ctx, "acme")
	require.NoError(t, err)

	everything := spectron.Grants{}
	for _, v := range spectron.Verbs() {
		everything[v] = []string{"/*"}
	}
	admin, err := c.Principals().Create(ctx, spectron.PrincipalSpec{Name: "powerful", Grants: everything})
	require.NoError(t, err)
	others := map[string]*spectron.Context{}
	for name, spec := range map[string]spectron.KeySpec{
		"a key that may do everything": {Name: "all", PrincipalID: admin.ID},
		"a key of admin":               {Name: "admin's", PrincipalID: "admin"},
		"an agent":                     {Name: "agent", Principal: spectron.Agent},
		"a supervisor":                 {Name: "supervisor", Principal: spectron.Supervisor},
	} {
		key, err := c.Keys().Create(ctx, spec)
		require.NoError(t, err)
		others[name], err = mgr.Authenticate(ctx, key.Secret)
		require.NoError(t, err)
	}
	others["the operator for another"], err = c.OnBehalfOf(ctx, admin.ID)
	require.NoError(t, err)

	attempts := 0
	for _, declared := range []bool{false, true} { // the error does not reveal whether there is an ontology
		if declared {
			require.Equal(t, 1, put(t, managed, support()).Version)
		}
		for name, handle := range others {
			for method, err := range call(handle.Ontology()) {
				attempts++
				t.Run(fmt.Sprint(name, " ", method, " ", declared), func(t *testing.T) { isError(t, err, spectron.ErrForbidden, "") })
			}
		}
	}
	events, err := c.Events(ctx, spectron.EventQuery{Action: spectron.EventDenied, Limit: 1000})
	require.NoError(t, err)
	if attempts != 40 || len(events.Items) != attempts {
		t.Errorf("%d attempts, %d on record", attempts, len(events.Items))
	}
	for _, e := range events.Items {
		if !strings.Contains(e.Op, "ontology") || e.PrincipalID == "" || e.ContextID != "acme" {
			t.Errorf("on record: %+v", e)
		}
	}

	got, err := managed.Ontology().Get(ctx)
	require.NoError(t, err)
	require.Equal(t, support(), got.Spec)
	require.NoError(t, managed.Ontology().Delete(ctx))
	require.Equal(t, []string{"2 deleted", "1"}, numbered(versions(t, managed, 0)))
	put(t, c, support())
	put(t, c, support()) // no change, no event
	var seen []string
	for _, action := range []spectron.EventAction{spectron.EventOntologyPut, spectron.EventOntologyDeleted} {
		page, err := c.Events(ctx, spectron.EventQuery{Action: action})
		require.NoError(t, err)
		for _, e := range page.Items {
			by := "operator"
			if e.KeyID == minted.ID {
				by = "management"
			}
			seen = append(seen, fmt.Sprintf("%s %s %s %s: %s", e.Target, e.Action, e.PrincipalID, by, e.Detail))
		}
	}
	slices.Sort(seen)
	same(t, seen, []string{
		"ontology:1 ontology.put principal:admin management: 2 entity types, 1 attribute keys, 1 relation labels",
		"ontology:2 ontology.delete principal:admin management: ",
		"ontology:3 ontology.put principal:admin operator: 2 entity types, 1 attribute keys, 1 relation labels",
	})

	require.NoError(t, mgr.ManagementKeys().Revoke(ctx, minted.ID))
	for method, err := range call(managed.Ontology()) {
		t.Run("revoked "+method, func(t *testing.T) { isError(t, err, spectron.ErrUnauthenticated, "") })
	}
	require.Len(t, versions(t, c, 0), 3)
}

// TestOntologyOfSize checks that large versions are returned completely, but not all on one page.
func TestOntologyOfSize(t *testing.T) {
	testsize.SkipUnderRace(t, testsize.Sequential)
	t.Parallel()
	ctx, c := context.Background(), spectrontest.Context(t)
	large := func(n int) spectron.OntologySpec {
		var spec spectron.OntologySpec
		for i := range 500 {
			text := fmt.Sprintf("%d 東京 %s", n, strings.Repeat("d", 980))
			spec.AttributeKeys = append(spec.AttributeKeys, spectron.AttributeKeyTerm{Name: fmt.Sprintf("key %d", i), Description: text})
			spec.RelationLabels = append(spec.RelationLabels, spectron.RelationLabelTerm{Name: fmt.Sprintf("label %d", i), Description: text[:900]})
		}
		return spec
	}
	for n := range 5 {
		require.Equal(t, n+1, put(t, c, large(n)).Version)
	}
	got, err := c.Ontology().Get(ctx)
	require.NoError(t, err)
	require.Equal(t, large(4), got.Spec)
	page, err := c.Ontology().Versions(ctx, spectron.PageRequest{})
	require.NoError(t, err)
	if n := len(page.Items); n < 2 || n > 4 || !page.HasMore {
		t.Errorf("%d versions in one page, more: %v", n, page.HasMore)
	}
	all := versions(t, c, 0)
	require.Equal(t, []string{"5", "4", "3", "2", "1"}, numbered(all))
	for i, v := range all {
		require.Equal(t, large(4-i), v.Spec)
	}
}

// TestOntologyIsKept checks that the ontology is kept in the file, in an export, and in an import of it.
func TestOntologyIsKept(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	engine, err := spectron.Compiled()
	require.NoError(t, err)
	path := "file://" + t.TempDir() + "/agent.db"
	open := func() (*spectron.Manager, *spectron.Context) {
		mgr, err := spectron.Open(ctx, path, &spectron.Options{EngineOptions: spectron.EngineOptions{}, Engine: engine, Clock: spectrontest.NewClock().Now})
		require.NoError(t, err)
		c, err := mgr.EnsureContext(ctx, "acme", spectron.ContextSpec{})
		require.NoError(t, err)
		return mgr, c
	}
	mgr, c := open()
	put(t, c, described("first"))
	require.NoError(t, c.Ontology().Delete(ctx))
	put(t, c, support())
	want := versions(t, c, 0)
	require.NoError(t, mgr.Close(ctx))

	mgr, c = open()
	require.Equal(t, want, versions(t, c, 0))
	var dump bytes.Buffer
	require.NoError(t, mgr.ExportContext(ctx, "acme", &dump))
	imported, err := mgr.ImportContext(ctx, spectron.ImportRequest{ID: "copy", From: &dump})
	require.NoError(t, err)
	moved := imported.Context
	require.Equal(t, want, versions(t, moved, 0))
	require.Equal(t, 4, put(t, moved, described("of the copy")).Version)
	require.NoError(t, mgr.DeleteContext(ctx, "acme"))
	again := create(t, mgr, "acme", spectron.ContextSpec{})
	isError(t, second(again.Ontology().Get(ctx)), spectron.ErrNotFound, "")
	require.Empty(t, versions(t, again, 0))
	require.Len(t, versions(t, moved, 0), 4)
	require.NoError(t, mgr.Close(ctx))
}

// TestOntologyOfTwoProcesses lets two processes declare at the same time: each sees the versions of the other, no version is lost, and of
// two that replace the same version one gets an error.
func TestOntologyOfTwoProcesses(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	server, err := rpcserver.Start(ctx, enginetest.Open(t), rpcserver.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close(ctx)) })
	var managers []*spectron.Manager
	var contexts []*spectron.Context
	for range 2 {
		mgr, err := spectron.Open(ctx, server.URL("ws"), nil)
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, mgr.Close(ctx)) })
		c, err := mgr.EnsureContext(ctx, "acme", spectron.ContextSpec{})
		require.NoError(t, err)
		managers, contexts = append(managers, mgr), append(contexts, c)
	}
	one, two := contexts[0], contexts[1]
	isError(t, second(two.Ontology().Get(ctx)), spectron.ErrNotFound, "")
	likes := func(c *spectron.Context) error {
		return second(c.Memory().Remember(ctx, spectron.RememberRequest{Infer: spectron.InferTriples, Triples: []spectron.Triple{
			{Entity: spectron.EntityRef{Type: "person", Name: "Ada"}, Key: "likes", Target: spectron.EntityRef{Name: "tea"}},
		}}))
	}
	require.NoError(t, likes(one))
	require.NoError(t, likes(two))
	put(t, one, support())
	isError(t, likes(two), spectron.ErrInvalid, "Triples[0].Key")
	got, err := two.Ontology().Get(ctx)
	require.NoError(t, err)
	require.Equal(t, support(), got.Spec)
	require.Equal(t, 1, put(t, two, support()).Version)
	isError(t, likes(one), spectron.ErrInvalid, "Triples[0].Key")
	require.NoError(t, two.Ontology().Delete(ctx))
	require.NoError(t, likes(one))
	isError(t, second(one.Ontology().Get(ctx)), spectron.ErrNotFound, "")
	isError(t, one.Ontology().Delete(ctx), spectron.ErrNotFound, "")

	const each = 5
	var group sync.WaitGroup
	for i, c := range contexts {
		for n := range each {
			group.Go(func() {
				if _, err := c.Ontology().Put(ctx, described(fmt.Sprint(i, " ", n))); err != nil {
					t.Errorf("put: %v", err)
				}
			})
		}
	}
	group.Wait()
	all := versions(t, one, 3)
	require.Equal(t, all, versions(t, two, 0))
	texts := map[string]bool{}
	for i, v := range all {
		require.Equal(t, 2+2*each-i, v.Version)
		if len(v.Spec.EntityTypes) == 1 {
			texts[v.Spec.EntityTypes[0].Description] = true
		}
	}
	if len(all) != 2+2*each || len(texts) != 2*each {
		t.Errorf("%d versions with %d texts", len(all), len(texts))
	}

	results := make([]error, 2)
	for i, c := range contexts {
		group.Go(func() {
			spec := described(fmt.Sprint("replaced by ", i))
			spec.IfVersion = all[0].Version
			_, results[i] = c.Ontology().Put(ctx, spec)
		})
	}
	group.Wait()
	won := slices.Index(results, nil)
	require.GreaterOrEqual(t, won, 0, "%v", results)
	isError(t, results[1-won], spectron.ErrConflict, "IfVersion")
	for _, c := range contexts {
		now, err := c.Ontology().Get(ctx)
		require.NoError(t, err)
		if !reflect.DeepEqual(now.Spec, described(fmt.Sprint("replaced by ", won))) {
			t.Errorf("declared: %+v", now.Spec)
		}
	}

	require.NoError(t, managers[0].DeleteContext(ctx, "acme"))
	for method, err := range call(two.Ontology()) {
		t.Run("deleted elsewhere "+method, func(t *testing.T) { isError(t, err, spectron.ErrNotFound, "") })
	}
}
