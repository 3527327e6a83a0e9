package gate

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/spectron-go/spectron/internal/authz"
	"github.com/spectron-go/spectron/internal/fault"
	"github.com/spectron-go/spectron/internal/live"
	"github.com/spectron-go/spectron/internal/recall"
	"github.com/spectron-go/spectron/internal/record"
)

// permitted returns permissions to read, write and forget at the given patterns; "": nowhere.
func permitted(t *testing.T, read, write, forget string) *Permissions {
	t.Helper()
	given := map[string][]string{}
	for verb, pattern := range map[authz.Verb]string{authz.MemoryRead: read, authz.MemoryWrite: write, authz.MemoryForget: forget} {
		if pattern != "" {
			given[string(verb)] = []string{pattern}
		}
	}
	grants, err := authz.Parse(given)
	require.NoError(t, err)
	return &Permissions{Judged: live.Judged{Access: authz.Compile(grants)}, Caller: &Caller{Kind: Key}}
}

func TestPermissions(t *testing.T) {
	t.Parallel()
	p := permitted(t, "org/acme/*", "org/acme/bob/*", "org/acme")
	two := record.ScopeSet{{"org/acme/bob"}, {"org/beta"}}
	if got := p.Seen(two); len(got) != 1 || got[0][0] != "org/acme/bob" {
		t.Errorf("of a scope set it sees %v", got)
	}
	if got := p.Writable(two); len(got) != 1 || got[0][0] != "org/acme/bob" {
		t.Errorf("what it cannot see counts: it may write to %v", got)
	}
	if got := p.Writable(record.ScopeSet{{"org/acme/bob"}, {"org/acme/ann"}}); got != nil {
		t.Errorf("it may write to less than it reads, and gets %v", got)
	}
	if got := p.Forgets(); !slices.Equal(got, []string{"org/acme"}) {
		t.Errorf("it forgets at %v", got)
	}
	if p.Unlimited() || p.Visible()(record.ScopeSet{{"org/beta"}}) || !p.Visible()(two) || len(p.Within()) != 1 {
		t.Error("a key is taken for the operator, or sees what it may not")
	}
	nobody := permitted(t, "", "", "")
	if within := nobody.Within(); within == nil || len(within) > 0 || len(nobody.Seen(two)) > 0 || nobody.Reaches(nil) {
		t.Errorf("who may read nothing reads in %v", within)
	}
	operator := &Permissions{Judged: live.Judged{Access: authz.Compile(authz.Full())}, Caller: &Caller{Kind: Operator}}
	if !operator.Unlimited() || operator.Visible() != nil || operator.Within() != nil || len(operator.Seen(two)) != 2 {
		t.Error("the operator is limited")
	}
	if delegate := (&Permissions{Judged: operator.Judged, Caller: operator.Caller.For("principal:x"), Behalf: &record.Principal{}}); delegate.Unlimited() {
		t.Error("the operator on behalf of another is not limited")
	}
}

// TestTheZeroCallerIsRefused checks that a caller without a kind may do nothing, in a Context and in the control plane, whatever its other
// fields.
func TestTheZeroCallerIsRefused(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, caller := range map[string]*Caller{
		"zero": {}, "with a key": {Key: "cak_x", Generation: 1}, "on behalf": (&Caller{}).For("principal:admin"), "unknown": {Kind: Key + 1},
	} {
		if p, err := (Handle{Caller: caller}).Permissions(ctx); p != nil || !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("%s: in a Context it has %+v, %v", name, p, err)
		}
		if err := (Control{Caller: caller}).Authorize(ctx, "x"); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("%s: in the control plane: %v", name, err)
		}
		if p := (&Permissions{Judged: live.Judged{Access: authz.Compile(nil)}, Caller: caller}); p.Unlimited() || caller.Kind.usesMemory() || caller.Kind.manages() {
			t.Errorf("%s is taken for a caller of a kind", name)
		}
	}
	// Nor may a key of a Context use the control plane.
	if err := (Control{Caller: &Caller{Kind: Key}}).Authorize(ctx, "x"); !fault.Is(err, fault.Unauthenticated) {
		t.Errorf("a key of a Context in the control plane: %v", err)
	}
}

// TestLens checks that a lens selects what lies at or above it, and never more than the caller sees.
func TestLens(t *testing.T) {
	t.Parallel()
	p := permitted(t, "org/acme/*", "", "")
	for lens, reaches := range map[string]bool{"org/acme": true, "org/acme/bob": true, "org/beta": false, "org": false} {
		if got := p.Reaches(record.ScopeSet{{lens}}); got != reaches {
			t.Errorf("%s is reached: %t", lens, got)
		}
	}
	// A clause is reached if all of its paths are.
	if p.Reaches(record.ScopeSet{{"org/acme", "org/beta"}}) || !p.Reaches(record.ScopeSet{{"org/beta"}, {"org/acme"}}) {
		t.Error("paths of a clause are alternatives, or clauses are not")
	}
	through := p.Through(recall.Through(record.ScopeSet{{"org/acme/bob"}}))
	for path, passes := range map[string]bool{"org/acme": true, "org/acme/bob": true, "org/acme/ann": false, "org": false, "/": false} {
		if got := through(record.ScopeSet{{path}}); got != passes {
			t.Errorf("what belongs to %s passes: %t", path, got)
		}
	}
	if p.Through(nil)(record.ScopeSet{{"org/beta"}}) {
		t.Error("without a lens everything passes")
	}
}
