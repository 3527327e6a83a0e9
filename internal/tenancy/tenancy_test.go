package tenancy_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/record"
	"github.com/spectron-go/spectron/internal/schema"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/tenancy"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/internal/testing/teststore"
)

// process opens a store as a separate process.
func process(t *testing.T, url string) tenancy.Tenants {
	t.Helper()
	m := tenancy.Tenants{Store: teststore.Open(t, url)}
	require.NoError(t, m.Upgrade(context.Background()))
	return m
}

// kinds has the kinds of stores: used by this process alone, and shared with others.
var kinds = map[string]func(*testing.T) (url string){
	"own": func(*testing.T) string { return "mem://" }, "shared": func(t *testing.T) string { return teststore.Serve(t) },
}

func entry(id, database string) tenancy.Entry {
	return tenancy.Entry{ID: id, Namespace: "n", Database: database}
}

func create(m tenancy.Tenants, id, database string, fill tenancy.Filling) (*live.Context, error) {
	return m.Create(context.Background(), "create", entry(id, database), tenancy.Administrator{}, fill)
}

// within runs statements in a database, which may not exist.
func within(t *testing.T, m tenancy.Tenants, database, sql string) surreal.Results {
	t.Helper()
	ctx := context.Background()
	conn, err := m.DB.Connect(ctx, "n", database)
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close(ctx)) }()
	out, err := conn.Query(ctx, sql, nil)
	require.NoError(t, err)
	return out
}

// expire expires the claims of dead processes.
func expire(t *testing.T, m tenancy.Tenants) {
	t.Helper()
	_, err := m.Control.Query(context.Background(), `UPDATE context SET claimed_at = NONE WHERE state != 'ready' RETURN NONE`, nil)
	require.NoError(t, err)
}

// entries returns the number of entries of the registry, in any state.
func entries(t *testing.T, m tenancy.Tenants) int {
	t.Helper()
	out, err := m.Control.Query(context.Background(), `SELECT VALUE id FROM context`, nil)
	require.NoError(t, err)
	var ids []surreal.RecordID
	require.NoError(t, out.Last(&ids))
	return len(ids)
}

// filled writes a row into a table of a Context.
func filled(conn surreal.Conn, _ tenancy.Lease) error {
	ctx := context.Background()
	if err := schema.Context().Create(ctx, conn, time.Unix(0, 0)); err != nil {
		return err
	}
	_, err := conn.Query(ctx, `CREATE session:s SET scopes = [['/']], turns = 0 RETURN NONE`, nil)
	return err
}

var errCut, errSpoilt = errors.New("the line was cut"), errors.New("spoilt")

func spoilt(conn surreal.Conn, lease tenancy.Lease) error {
	if err := filled(conn, lease); err != nil {
		return err
	}
	return errSpoilt
}

// TestACreatorThatDies kills a process that creates a Context before each of its statements, or after one whose reply is lost. What it
// leaves behind blocks nothing: the id and the database can be used again. A database that existed before has its old contents and nothing
// else.
func TestACreatorThatDies(t *testing.T) {
	t.Parallel()
	fills := map[string]tenancy.Filling{"blank": nil, "spoilt": spoilt}
	for kind, url := range kinds {
		for content, fill := range fills {
			for _, before := range []bool{false, true} {
				for _, lost := range []bool{false, true} {
					if kind == "shared" && (before == lost || lost == (fill == nil)) {
						continue // a server is slow
					}
					t.Run(fmt.Sprintf("%s/%s/before=%t/lost=%t", kind, content, before, lost), func(t *testing.T) {
						t.Parallel()
						m := process(t, url(t))
						failed := true
						for n := 0; failed; n += testsize.Stride(n) {
							database := fmt.Sprint("d", n)
							if before {
								within(t, m, database, "DEFINE DATABASE IF NOT EXISTS `"+database+"`; CREATE mine:1 SET text = 'kept';")
							}
							failed = dies(t, m, n, lost, database, fill)
							expire(t, m)
							if failed {
								again(t, m, n, database, fill != nil)
							}
							if before {
								out := within(t, m, database, `SELECT VALUE text FROM mine`)
								var texts []string
								if err := out.Last(&texts); err != nil || len(texts) != 1 {
									t.Errorf("%d statements: of what was there before, there is %v (%v)", n, texts, err)
								}
							}
							if failed = failed && n < 200; !failed && n < 4 {
								t.Errorf("%d statements make a Context", n)
							}
						}
					})
				}
			}
		}
	}
}

// dies creates a Context with a process that dies after n statements, and reports whether it died before the Context was ready.
func dies(t *testing.T, m tenancy.Tenants, n int, lost bool, database string, fill tenancy.Filling) bool {
	t.Helper()
	left, cut := n, false
	heal := teststore.Break(m.Store, 100, func(_ string, run func() (surreal.Results, error)) (surreal.Results, error) {
		switch left--; {
		case left == -1 && lost:
			cut = true
			_, err := run()
			return nil, errors.Join(surreal.ErrLost, surreal.ErrTimeout, errCut, err)
		case left < 0:
			cut = true
			return nil, errCut
		}
		return run()
	})
	_, err := create(m, "a", database, fill)
	heal()
	if !cut {
		if fill == nil && err != nil || fill != nil && err != nil && !errors.Is(err, errSpoilt) {
			t.Fatalf("%d statements, none cut: %v", n, err)
		}
		return false
	}
	if err == nil && !lost {
		t.Errorf("made although it was cut after %d statements", n)
	}
	if err != nil && !errors.Is(err, errCut) && !errors.Is(err, errSpoilt) {
		t.Errorf("cut after %d statements: %v", n, err)
	}
	return true
}

// again uses the id or the database again and then removes everything. If the Context was created in spite of the crash, it must be
// complete.
func again(t *testing.T, m tenancy.Tenants, n int, database string, fill bool) {
	t.Helper()
	ctx := context.Background()
	defer func() {
		// Deleting a Context drops its database, so first look at what was there before.
		_, err := m.Control.Query(ctx, `DELETE context RETURN NONE`, nil)
		require.NoError(t, err)
		m.Store.Drop("a", nil)
		m.Store.Drop("b", nil)
	}()
	if _, err := m.Find(ctx, "a"); err == nil {
		_, err = m.Handle(ctx, "a")
		require.NoError(t, err)
		return
	}
	fresh := tenancy.Filling(nil)
	if fill {
		fresh = filled
	}
	id := []string{"a", "b"}[n%2]
	if n%3 == 0 {
		err := m.Delete(ctx, "delete", "a")
		if err != nil && !fault.Is(err, fault.NotFound) {
			t.Fatalf("delete, after %d statements: %v", n, err)
		}
	}
	_, err := create(m, id, database, fresh)
	if err != nil {
		t.Fatalf("the database, by %s after %d statements: %v", id, n, err)
	}
	_, err = m.Handle(ctx, id)
	require.NoError(t, err)
	if id == "b" {
		_, err = create(m, "a", database+"-other", nil)
		require.NoError(t, err)
	}
	if got := entries(t, m); got != 1+n%2 {
		t.Errorf("%d entries after %d statements", got, n)
	}
}

// TestCreatorsRace creates one id many times at once in two processes: one call succeeds, and the others are told that the Context exists
// or is being created. With Ensure all of them get it.
func TestCreatorsRace(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := teststore.Serve(t)
	processes := []tenancy.Tenants{process(t, url), process(t, url)}
	exists := func(err error) bool {
		e := live.Fault(err)
		return e.Code == fault.AlreadyExists && e.Field == "ID"
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	won := 0
	claims := map[string]int{}
	for i := range 8 {
		m := processes[i%2]
		wg.Go(func() {
			_, err := create(m, "raced", "raced", nil)
			if err != nil && !exists(err) {
				t.Errorf("create: %v", err)
			}
			var c *live.Context
			ensured := m.Ensure(ctx, exists, func() (err error) {
				if c, err = m.Handle(ctx, "ensured"); fault.Is(err, fault.NotFound) {
					c, err = create(m, "ensured", "ensured", nil)
				}
				return err
			})
			if ensured != nil {
				t.Errorf("ensure: %v", ensured)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				won++
			}
			claims[c.Settings.Load().Entry.Claim]++
		})
	}
	wg.Wait()
	if won != 1 || len(claims) != 1 {
		t.Errorf("%d made one, and there are %d of the other", won, len(claims))
	}
	if n := entries(t, processes[0]); n != 2 {
		t.Errorf("%d entries", n)
	}
}

// TestAClaimHoldsForAWhile checks that a claim is respected while its process may be working, and no longer.
func TestAClaimHoldsForAWhile(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := teststore.Serve(t)
	a, b := process(t, url), process(t, url)
	begun, let := make(chan struct{}), make(chan struct{})
	made := make(chan error)
	go func() {
		_, err := create(a, "a", "d", func(conn surreal.Conn, lease tenancy.Lease) error {
			close(begun)
			<-let
			if err := lease.Renew(ctx); err != nil {
				return err
			}
			return filled(conn, lease)
		})
		made <- err
	}()
	<-begun
	for what, err := range map[string]error{
		"create": second(create(b, "a", "e", nil)), "create here": second(create(a, "a", "e", nil)),
	} {
		if e := live.Fault(err); e.Code != fault.AlreadyExists || e.Field != "ID" {
			t.Errorf("%s: %v", what, err)
		}
	}
	if e := live.Fault(second(create(b, "b", "d", nil))); e.Code != fault.AlreadyExists || e.Field != "Database" {
		t.Errorf("another Context in the database: %v", e)
	}
	for _, m := range []tenancy.Tenants{a, b} {
		if err := m.Delete(ctx, "delete", "a"); !fault.Is(err, fault.Conflict) {
			t.Errorf("delete: %v", err)
		}
	}
	expire(t, b)
	_, err := create(b, "a", "e", nil)
	require.NoError(t, err)
	close(let)
	if err := <-made; !errors.Is(err, surreal.ErrNotFound) {
		t.Errorf("the first: %v", err)
	}
	c, err := a.Handle(ctx, "a")
	require.NoError(t, err)
	if got := c.Settings.Load().Entry.Database; got != "e" {
		t.Errorf("the Context is in %s", got)
	}
}

func second(_ *live.Context, err error) error { return err }

// TestADeletionInterrupted interrupts a deletion before each of its statements. The next call completes it, also in another process:
// nothing of the Context is left, and the deletion is recorded once it has begun.
func TestADeletionInterrupted(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for kind, url := range kinds {
		for _, limit := range []int{0, 40} {
			if kind == "shared" && limit > 0 {
				continue
			}
			t.Run(fmt.Sprintf("%s/%d", kind, limit), func(t *testing.T) {
				t.Parallel()
				at := url(t)
				m := process(t, at)
				next := m
				if kind == "shared" {
					next = process(t, at)
				}
				deleted, n, runs := false, 0, 0
				for ; !deleted; n, runs = n+testsize.Stride(n), runs+1 {
					c, err := create(m, "a", "d", nil)
					require.NoError(t, err)
					_, err = c.Conn.Query(ctx, `FOR $i IN 1..=600 { CREATE memory_chunk SET text = 'gone' RETURN NONE; }`, nil)
					require.NoError(t, err)
					heal := teststore.Break(m.Store, limit, teststore.FailAfter(n, errCut))
					err = m.Delete(ctx, "delete", "a")
					heal()
					if deleted = err == nil; !deleted {
						require.ErrorIs(t, err, errCut)
					}
					_, err = m.Find(ctx, "a")
					if begun := fault.Is(err, fault.NotFound); begun != (n >= 2) {
						t.Errorf("%d statements: begun: %t, %v", n, begun, err)
					}
					expire(t, m)
					if err := next.Delete(ctx, "delete", "a"); err != nil && !fault.Is(err, fault.NotFound) {
						t.Fatalf("the next to come, after %d statements: %v", n, err)
					}
					if left := entries(t, m); left != 0 {
						t.Errorf("%d statements: %d entries", n, left)
					}
					out := within(t, m, "d", "DEFINE DATABASE IF NOT EXISTS d; INFO FOR DB; REMOVE DATABASE d;")
					var info map[string]map[string]any
					require.NoError(t, out.Into(1, &info))
					if len(info["tables"]) > 0 {
						t.Errorf("%d statements: the database has %v", n, info["tables"])
					}
				}
				out, err := m.Control.Query(ctx, `SELECT VALUE id FROM audit_event WHERE action = $action`, map[string]any{"action": record.ActionContextDeleted})
				require.NoError(t, err)
				var events []surreal.RecordID
				require.NoError(t, out.Last(&events))
				if len(events) != runs {
					t.Errorf("%d of %d deletions are on record", len(events), runs)
				}
				if n < 5 {
					t.Errorf("%d statements delete a Context", n)
				}
			})
		}
	}
}

// TestAMigrationThatFails checks that a failed migration gives an error that names the Context. The other Contexts stay usable, and it does
// too once the cause is removed.
func TestAMigrationThatFails(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := teststore.Serve(t)
	m := process(t, url)
	const old = 8
	for _, id := range []string{"a", "b", "c"} {
		conn, err := m.DB.Connect(ctx, "n", id)
		require.NoError(t, err)
		_, err = store.DefineDatabase(ctx, conn, id)
		require.NoError(t, err)
		require.NoError(t, schema.Context().Through(old).Apply(ctx, conn, time.Unix(0, 0)))
		require.NoError(t, conn.Close(ctx))
		_, err = m.Control.Query(ctx, `CREATE $id SET namespace = 'n', database = $name, description = '', state = 'ready',
			created_at = time::now(), made = true, schema_version = $old, enforcement_blocked = false, revision = 0 RETURN NONE`,
			map[string]any{"id": surreal.RecordID{Table: "context", Key: id}, "name": id, "old": old})
		require.NoError(t, err)
	}
	newer := process2(t, url)
	migrations := 0
	heal := teststore.Break(newer.Store, 0, func(sql string, run func() (surreal.Results, error)) (surreal.Results, error) {
		if strings.HasPrefix(sql, "-- context") {
			if migrations++; migrations == 2 {
				return nil, errCut
			}
		}
		return run()
	})
	err := newer.Upgrade(ctx)
	if !errors.Is(err, errCut) || !strings.Contains(err.Error(), `"b"`) {
		t.Errorf("the second migration fails: %v", err)
	}
	for _, id := range []string{"a", "c"} {
		_, err := newer.Handle(ctx, id)
		require.NoError(t, err, id)
	}
	heal()
	require.NoError(t, newer.Upgrade(ctx))
	versions := map[int]int{}
	require.NoError(t, newer.Migrations(ctx, func(v tenancy.Version) {
		if v.Context != "" {
			versions[v.Version]++
		}
	}))
	if versions[schema.Context().Version()] != 3 {
		t.Errorf("versions %v", versions)
	}
	_, err = newer.Handle(ctx, "b")
	require.NoError(t, err)
}

// process2 opens a store that has not been migrated.
func process2(t *testing.T, url string) tenancy.Tenants {
	t.Helper()
	return tenancy.Tenants{Store: teststore.Open(t, url)}
}
