package conformance_test

import (
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron"
	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/surreal/remote"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
	"github.com/spectron-go/spectron/internal/testing/testsize"
	"github.com/spectron-go/spectron/spectrontest/conformance"
)

// Every kind of store does all that the library promises. "memory" and "ws" do it all in each run without the race detector; the others leave out
// what these test above the store, unless $SPECTRON_LONG is set. $SPECTRON_TEST_URL, with $SPECTRON_TEST_USER and
// $SPECTRON_TEST_PASSWORD of a root user (default: root and root), names a SurrealDB server to test as well; it must have no Contexts of others.
func TestConformance(t *testing.T) {
	t.Parallel()
	t.Run("memory", func(t *testing.T) {
		testsize.SkipUnderRace(t, "file runs the same code above the storage, whose own tests run under the race detector")
		t.Parallel()
		conformance.Run(t, conformance.StoreKind{Volatile: true, Make: func(testing.TB) conformance.Opener {
			return opener("mem://", spectron.Options{})
		}})
	})
	t.Run("file", func(t *testing.T) {
		t.Parallel()
		conformance.Run(t, conformance.StoreKind{File: true, Brief: !testsize.Full(), Make: func(tb testing.TB) conformance.Opener {
			return opener("file://"+tb.TempDir()+"/agent.db", spectron.Options{})
		}})
	})
	t.Run("file-reopened", func(t *testing.T) {
		testsize.SkipUnderRace(t, "file runs the same code")
		t.Parallel()
		conformance.Run(t, conformance.StoreKind{File: true, ReopenEachStep: true, Brief: !testsize.Long(), Make: func(tb testing.TB) conformance.Opener {
			return opener("file://"+tb.TempDir()+"/agent.db", spectron.Options{Durability: spectron.DurabilityRelaxed})
		}})
	})
	for _, scheme := range []string{"ws", "http"} {
		t.Run(scheme, func(t *testing.T) {
			if scheme == "http" {
				testsize.SkipUnderRace(t, "ws runs the same code above the connection, whose own tests run under the race detector")
			}
			t.Parallel()
			conformance.Run(t, conformance.StoreKind{Shared: true, Brief: testsize.Race || scheme == "http" && !testsize.Full(), Make: func(tb testing.TB) conformance.Opener {
				const user, password = "root", "secret"
				server, err := rpcserver.Start(context.Background(), enginetest.Open(tb), rpcserver.Options{User: user, Password: password})
				require.NoError(tb, err)
				tb.Cleanup(func() { require.NoError(tb, server.Close(context.Background())) })
				return opener(server.URL(scheme), spectron.Options{Remote: spectron.RemoteOptions{User: user, Password: password}})
			}})
		})
	}
	if s := installedServer(); s.url != "" {
		t.Run("server", func(t *testing.T) {
			t.Parallel()
			s.check(t)
			conformance.Run(t, conformance.StoreKind{Shared: true, Make: s.make})
		})
	}
}

// opener opens the store at a URL with what extra adds to the options of the suite.
func opener(url string, extra spectron.Options) conformance.Opener {
	return func(ctx context.Context, opts *spectron.Options) (*spectron.Manager, error) {
		opts.Remote, opts.Durability = extra.Remote, extra.Durability
		return spectron.Open(ctx, url, opts)
	}
}

// testServer is a SurrealDB server that outlives the tests. It has one store, which they use one after the other.
type testServer struct {
	url   string
	login spectron.RemoteOptions
	turn  sync.Mutex
}

// installedServer is the server that the environment names; its url is "" when there is none.
func installedServer() *testServer {
	url, user, password := enginetest.Server()
	return &testServer{url: url, login: spectron.RemoteOptions{User: user, Password: password}}
}

// The tests sign in as root, with the password root, unless the environment says otherwise.
func TestInstalledServer(t *testing.T) {
	for _, as := range []struct{ user, password, setUser, setPassword string }{
		{"root", "root", "", ""}, {"root", "secret", "", "secret"}, {"eve", "other", "eve", "other"},
	} {
		server, err := rpcserver.Start(t.Context(), enginetest.Open(t), rpcserver.Options{User: as.user, Password: as.password})
		require.NoError(t, err)
		t.Setenv("SPECTRON_TEST_URL", server.URL("ws"))
		t.Setenv("SPECTRON_TEST_USER", as.setUser)
		t.Setenv("SPECTRON_TEST_PASSWORD", as.setPassword)
		installedServer().check(t)
		require.NoError(t, server.Close(context.Background()))
	}
}

// usedNamespaces are those of the suite, and of the control plane.
var usedNamespaces = []string{"conformance", "conformance-2", "default", "spectron"}

// check ends the test when somebody else's Contexts are on the server.
func (s *testServer) check(t *testing.T) {
	t.Helper()
	mgr, err := spectron.Open(t.Context(), s.url, &spectron.Options{Remote: s.login})
	require.NoError(t, err)
	defer func() { require.NoError(t, mgr.Close(context.Background())) }()
	page, err := mgr.ListContexts(t.Context(), spectron.PageRequest{Limit: 1000})
	require.NoError(t, err)
	for _, c := range page.Items {
		require.Contains(t, usedNamespaces[:2], c.Namespace, "%s has the Context %q, which the test would remove", s.url, c.ID)
	}
}

// make waits for its turn and empties the store, before the test and after it.
func (s *testServer) make(tb testing.TB) conformance.Opener {
	s.turn.Lock()
	tb.Cleanup(func() {
		defer s.turn.Unlock()
		s.empty(tb)
	})
	s.empty(tb)
	return opener(s.url, spectron.Options{Remote: s.login})
}

func (s *testServer) empty(tb testing.TB) {
	ctx := context.Background()
	server, err := remote.Dial(ctx, s.url, remote.Options{User: s.login.User, Password: s.login.Password})
	require.NoError(tb, err)
	defer func() { require.NoError(tb, server.Close(ctx)) }()
	for _, namespace := range usedNamespaces {
		conn, err := server.Connect(ctx, namespace, "none")
		require.NoError(tb, err)
		_, err = conn.Query(ctx, "REMOVE NAMESPACE IF EXISTS `"+namespace+"`", nil)
		require.NoError(tb, err)
		require.NoError(tb, conn.Close(ctx))
	}
}
