package spectron

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/database"
	"github.com/spectron-go/spectron/internal/engine/enginetest"
	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/secret"
	"github.com/spectron-go/spectron/internal/store"
	"github.com/spectron-go/spectron/internal/surreal"
	"github.com/spectron-go/spectron/internal/testing/rpcserver"
)

// toll is a database that records the statements that it gets.
type toll struct {
	database.Database
	mu    sync.Mutex
	asked []string
}

func (d *toll) note(what string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	// The use of a key is recorded in the background.
	if !strings.HasPrefix(what, "UPDATE $id SET last_used_at") {
		d.asked = append(d.asked, what)
	}
}

// since returns the statements since its last call.
func (d *toll) since() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := d.asked
	d.asked = nil
	return out
}

func (d *toll) Connect(ctx context.Context, namespace, name string) (surreal.Conn, error) {
	d.note("connect")
	conn, err := d.Database.Connect(ctx, namespace, name)
	return tollConn{conn, d}, err
}

type tollConn struct {
	surreal.Conn
	at *toll
}

func (c tollConn) Query(ctx context.Context, sql string, vars map[string]any) (surreal.Results, error) {
	c.at.note(sql)
	return c.Conn.Query(ctx, sql, vars)
}

func (c tollConn) Close(ctx context.Context) error {
	c.at.note("close")
	return c.Conn.Close(ctx)
}

// spoilt returns a secret with the key of the given one, but another random part.
func spoilt(secret string) string {
	last := "0"
	if strings.HasSuffix(secret, last) {
		last = "g"
	}
	return secret[:len(secret)-1] + last
}

// badSecrets returns secrets that are refused, by the reason. The store has a Context that is in memory and one that is not.
func badSecrets(tb testing.TB, m *Manager, later func()) map[string]string {
	tb.Helper()
	ctx := context.Background()
	context := func(id string) *Context {
		c, err := m.CreateContext(ctx, id, ContextSpec{})
		require.NoError(tb, err)
		return c
	}
	cold, warm := context("cold"), context("warm")
	key := func(c *Context, name string, ttl time.Duration) *Key {
		p, err := c.Principals().Create(ctx, PrincipalSpec{Name: name, Grants: Grants{MemoryRead: {"/*"}}})
		require.NoError(tb, err)
		k, err := c.Keys().Create(ctx, KeySpec{Name: name, PrincipalID: p.ID, TTL: ttl})
		require.NoError(tb, err)
		return k
	}
	seen, unseen, ended, endedUnseen := key(warm, "seen", 0), key(warm, "unseen", 0), key(warm, "ended", time.Minute), key(warm, "ended unseen", time.Minute)
	revoked, rotated := key(warm, "revoked", 0), key(warm, "rotated", 0)
	away, awayEnded := key(cold, "away", 0), key(cold, "away ended", time.Minute)
	unknown := func(context string) string {
		id, err := secret.NewContextKeyID(context)
		require.NoError(tb, err)
		minted, err := secret.Mint(secret.Operator, id)
		require.NoError(tb, err)
		return minted.Text()
	}
	for _, k := range []*Key{seen, ended, revoked, rotated} {
		_, err := m.Authenticate(ctx, k.Secret)
		require.NoError(tb, err)
	}
	require.NoError(tb, warm.Keys().Revoke(ctx, revoked.ID))
	_, err := warm.Keys().Rotate(ctx, rotated.ID)
	require.NoError(tb, err)
	management, err := m.ManagementKeys().Create(ctx, "mk")
	require.NoError(tb, err)
	later()
	m.core.Evict(ctx, func(s *live.Context) bool { return s != warm.state }) // the least recently used ones
	require.Nil(tb, m.core.InMemory("cold"))
	return map[string]string{
		"malformed": "let me in", "malformed of the right shape": strings.Replace(seen.Secret, "sk-warm-", "sk-warm_", 1), "management key": management.Secret,
		"unknown Context": unknown("nowhere"), "Context out of memory, unknown key": unknown("cold"), "Context out of memory, wrong secret": spoilt(away.Secret),
		"Context out of memory, ended": awayEnded.Secret, "unknown key": unknown("warm"), "wrong secret of a key in memory": spoilt(seen.Secret),
		"wrong secret of a key out of memory": spoilt(unseen.Secret), "ended, in memory": ended.Secret, "ended, out of memory": endedUnseen.Secret,
		"revoked": revoked.Secret, "rotated": rotated.Secret, "wrong form": "sp-" + seen.ID + seen.Secret[strings.LastIndex(seen.Secret, "-"):],
	}
}

// TestRefusalsCostTheSame checks that a refused secret costs the same statements and hashes for every reason. A secret that was accepted
// before costs no statement and one hash.
func TestRefusalsCostTheSame(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	server, err := rpcserver.Start(ctx, enginetest.Open(t), rpcserver.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close(ctx)) })
	for name, url := range map[string]string{"alone": "mem://", "server": server.URL("ws")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clock := &manualClock{now: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)}
			m := openTest(t, url, clock).manager()
			counted := &toll{Database: m.core.DB}
			m.core.DB, m.core.Registry = counted, store.NewRegistry(tollConn{m.core.Control, counted})
			hashes := 0
			m.core.Matches = func(p secret.Parsed, s secret.Stored) bool {
				hashes++
				return p.Matches(s)
			}
			bad := badSecrets(t, m, func() { clock.now = clock.now.Add(time.Hour) })
			var first []string
			for _, reason := range slices.Sorted(maps.Keys(bad)) {
				for range 2 { // the second round finds what the first one has cached
					counted.since()
					hashes = 0
					_, err := m.Authenticate(ctx, bad[reason])
					var refused *Error
					if !errors.As(err, &refused) || refused.Code != CodeUnauthenticated || err.Error() != "authenticate: "+gate.NotAccepted {
						t.Errorf("%s: %v", reason, err)
					}
					asked := counted.since()
					if first == nil {
						first = asked
					}
					if !slices.Equal(asked, first) || hashes != 2 || len(asked) != 3 {
						t.Errorf("%s: %d hashes and %q, not %q", reason, hashes, asked, first)
					}
				}
			}
			if m.core.InMemory("cold") != nil {
				t.Error("a secret that is not good brings a Context into memory")
			}

			good, err := m.Context(ctx, "warm")
			require.NoError(t, err)
			_, _, key := holder(t, good, "good", nil)
			counted.since()
			hashes = 0
			_, err = m.Authenticate(ctx, key.Secret)
			if n := len(counted.since()); err != nil || hashes != 1 || n != 0 && name == "alone" {
				t.Errorf("a good secret: %v, %d hashes and %d statements", err, hashes, n)
			}

			gone, err := m.ManagementKeys().Create(ctx, "gone")
			require.NoError(t, err)
			require.NoError(t, m.ManagementKeys().Revoke(ctx, gone.ID))
			first = nil
			for _, text := range []string{"words", key.Secret, spoilt(bad["management key"]), gone.Secret} {
				counted.since()
				hashes = 0
				if _, err := m.AuthenticateManager(ctx, text); !errors.Is(err, ErrUnauthenticated) {
					t.Errorf("management key: %v", err)
				}
				asked := counted.since()
				if first == nil {
					first = asked
				}
				if !slices.Equal(asked, first) || hashes != 1 || len(asked) != 3 {
					t.Errorf("management key: %d hashes and %q", hashes, asked)
				}
			}
		})
	}
}

// BenchmarkAuthenticate measures valid secrets of a key in memory ("seen") and not in memory ("unseen"), and refused secrets.
func BenchmarkAuthenticate(b *testing.B) {
	ctx := context.Background()
	mgr, c, key := hundredGrants(b, nil)
	b.Run("seen", func(b *testing.B) {
		for b.Loop() {
			if _, err := mgr.Authenticate(ctx, key.Secret); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("unseen", func(b *testing.B) {
		for b.Loop() {
			c.state.Access.Forget(nil)
			if _, err := mgr.Authenticate(ctx, key.Secret); err != nil {
				b.Fatal(err)
			}
		}
	})
	clock := &manualClock{now: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)}
	mgr, _, _ = hundredGrants(b, &Options{Clock: func() time.Time { return clock.now }})
	bad := badSecrets(b, mgr, func() { clock.now = clock.now.Add(time.Hour) })
	for _, reason := range slices.Sorted(maps.Keys(bad)) {
		b.Run(reason, func(b *testing.B) {
			for b.Loop() {
				clock.now = clock.now.Add(time.Minute) // so that each attempt is recorded by itself
				if _, err := mgr.Authenticate(ctx, bad[reason]); !errors.Is(err, ErrUnauthenticated) {
					b.Fatal(err)
				}
			}
		})
	}
}
