package spectron

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/record"
)

// hundredGrants returns a Context in memory with a key of a principal that has 100 grants.
func hundredGrants(b *testing.B, opts *Options) (*Manager, *Context, *Key) {
	b.Helper()
	ctx := context.Background()
	mgr, err := Open(ctx, "mem://", opts)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, mgr.Close(ctx)) })
	c, err := mgr.CreateContext(ctx, "acme", ContextSpec{})
	require.NoError(b, err)
	grants := Grants{}
	for i := range 50 {
		path := fmt.Sprintf("org/acme/team/t%d/*", i)
		grants[MemoryRead] = append(grants[MemoryRead], path)
		grants[MemoryWrite] = append(grants[MemoryWrite], path)
	}
	p, err := c.Principals().Create(ctx, PrincipalSpec{Name: "alice", Grants: grants})
	require.NoError(b, err)
	key, err := c.Keys().Create(ctx, KeySpec{Name: "laptop", PrincipalID: p.ID})
	require.NoError(b, err)
	return mgr, c, key
}

// BenchmarkAuthorise measures the gate of one call, and the check whether the caller may write to a scope set.
func BenchmarkAuthorise(b *testing.B) {
	ctx := context.Background()
	mgr, _, key := hundredGrants(b, nil)
	alice, err := mgr.Authenticate(ctx, key.Secret)
	require.NoError(b, err)
	set := record.ScopeSet{{"org/acme/team/t49/user/alice"}}
	for b.Loop() {
		s, err := alice.handle().Authorize(ctx, "bench")
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Require(ctx, "Scopes", authz.MemoryWrite, set); err != nil {
			b.Fatal(err)
		}
		s.Done()
	}
}
