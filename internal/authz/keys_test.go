package authz_test

import (
	"testing"

	"github.com/spectron-go/spectron/internal/authz"
)

// The callers of the key policy.
var (
	operator   = authz.KeyActor{Operator: true, Administrator: true, ManagesGrants: true}
	management = authz.KeyActor{Administrator: true, ManagesGrants: true}
	// holder has a key in a Context that allows self-service keys. The other one has a key in a Context that does not.
	holder   = authz.KeyActor{SelfService: true}
	confined = authz.KeyActor{}
	// manager holds grant:manage over everything, with and without self-service.
	manager         = authz.KeyActor{ManagesGrants: true, SelfService: true}
	confinedManager = authz.KeyActor{ManagesGrants: true}
	// agent has the key of a preset or acts for another principal, whatever its other fields.
	agent = authz.KeyActor{Operator: true, Administrator: true, ManagesGrants: true, SelfService: true, Excluded: true}
)

// TestKeyPolicy checks, for each caller, which keys it may see, revoke, rotate and create.
func TestKeyPolicy(t *testing.T) {
	t.Parallel()
	const (
		yes, never, off = authz.KeyAllowed, authz.KeyNotManaged, authz.KeyNoSelfService
		others, hidden  = authz.KeyForOthers, authz.KeyHidden
		wider, ofAdmin  = authz.KeyWider, authz.KeyOfAdministrator
	)
	var (
		unknown    = (*authz.KeyTarget)(nil)
		own        = &authz.KeyTarget{Own: true}
		ownWider   = &authz.KeyTarget{Own: true, Wider: true}
		ownAdmin   = &authz.KeyTarget{Own: true, OfAdmin: true}
		other      = &authz.KeyTarget{}
		otherWider = &authz.KeyTarget{Wider: true}
		admins     = &authz.KeyTarget{OfAdmin: true}
	)
	for _, row := range []struct {
		who                         string
		actor                       authz.KeyActor
		key                         string
		target                      *authz.KeyTarget
		see, revoke, rotate, create authz.KeyVerdict
	}{
		{"operator", operator, "not known yet", unknown, yes, yes, yes, yes},
		{"operator", operator, "another's", other, yes, yes, yes, yes},
		{"operator", operator, "admin's", ownAdmin, yes, yes, yes, yes},
		{"management key", management, "not known yet", unknown, yes, yes, yes, yes},
		{"management key", management, "another's", other, yes, yes, yes, yes},
		{"management key", management, "admin's", ownAdmin, yes, yes, ofAdmin, ofAdmin},

		{"holder", holder, "not known yet", unknown, yes, yes, yes, yes},
		{"holder", holder, "its own", own, yes, yes, yes, yes},
		{"holder", holder, "its own that may do more", ownWider, yes, wider, wider, yes},
		{"holder", holder, "admin's, whose key it is", ownAdmin, yes, yes, ofAdmin, ofAdmin},
		{"holder", holder, "another's", other, hidden, hidden, hidden, others},
		{"holder", holder, "admin's", admins, hidden, hidden, hidden, others},
		{"confined", confined, "not known yet", unknown, off, off, off, off},
		{"confined", confined, "its own", own, off, off, off, off},
		{"confined", confined, "another's", other, off, off, off, off},

		{"manager", manager, "not known yet", unknown, yes, yes, yes, yes},
		{"manager", manager, "its own", own, yes, yes, yes, yes},
		{"manager", manager, "its own that may do more", ownWider, yes, wider, wider, yes},
		{"manager", manager, "another's", other, yes, yes, hidden, others},
		{"manager", manager, "another's that may do more", otherWider, yes, yes, hidden, others},
		{"manager", manager, "admin's", admins, yes, yes, hidden, others},
		{"confined manager", confinedManager, "not known yet", unknown, yes, yes, off, off},
		{"confined manager", confinedManager, "another's", other, yes, yes, off, off},

		{"agent", agent, "not known yet", unknown, never, never, never, never},
		{"agent", agent, "its own", own, never, never, never, never},
		{"agent", agent, "another's", other, never, never, never, never},
	} {
		for action, want := range map[authz.KeyAction]authz.KeyVerdict{
			authz.SeeKey: row.see, authz.RevokeKey: row.revoke, authz.RotateKey: row.rotate, authz.CreateKey: row.create,
		} {
			if got := row.actor.Judge(action, row.target); got != want {
				t.Errorf("%s, key %s, action %d: %d, want %d", row.who, row.key, action, got, want)
			}
		}
	}
}

// TestKeyPolicyIsTheSameForEveryKeyItRefusesEarly checks that an action that is refused before a key is known is refused for every key with
// the same verdict.
func TestKeyPolicyIsTheSameForEveryKeyItRefusesEarly(t *testing.T) {
	t.Parallel()
	bools := []bool{false, true}
	refused := 0
	for bits := range 1 << 5 {
		bit := func(i int) bool { return bits>>i&1 == 1 }
		actor := authz.KeyActor{Operator: bit(0), Administrator: bit(1), Excluded: bit(2), ManagesGrants: bit(3), SelfService: bit(4)}
		for _, action := range []authz.KeyAction{authz.SeeKey, authz.RevokeKey, authz.RotateKey, authz.CreateKey} {
			early := actor.Judge(action, nil)
			if early == authz.KeyAllowed {
				continue
			}
			for _, own := range bools {
				for _, ofAdmin := range bools {
					for _, wider := range bools {
						refused++
						if got := actor.Judge(action, &authz.KeyTarget{Own: own, OfAdmin: ofAdmin, Wider: wider}); got != early {
							t.Errorf("%+v, action %d: %d, and %d of a key", actor, action, early, got)
						}
					}
				}
			}
		}
	}
	if refused == 0 {
		t.Error("nothing is refused early")
	}
}

func TestKeyLimits(t *testing.T) {
	t.Parallel()
	narrow := parse(t, map[string][]string{"memory:read": {"a/*"}})
	narrower := parse(t, map[string][]string{"memory:read": {"a/b"}})
	for _, row := range []struct {
		name       string
		key, inUse authz.KeyLimits
		wider      bool
	}{
		{"no limits", authz.KeyLimits{}, authz.KeyLimits{}, false},
		{"narrowed, with an unlimited one", authz.KeyLimits{Grants: narrow}, authz.KeyLimits{}, false},
		{"to nothing, with an unlimited one", authz.KeyLimits{Grants: authz.Grants{}}, authz.KeyLimits{}, false},
		{"unlimited, with a narrowed one", authz.KeyLimits{}, authz.KeyLimits{Grants: narrow}, true},
		{"unlimited, with one of everything", authz.KeyLimits{}, authz.KeyLimits{Grants: authz.Full()}, true},
		{"unlimited, with one of nothing", authz.KeyLimits{}, authz.KeyLimits{Grants: authz.Grants{}}, true},
		{"the same", authz.KeyLimits{Grants: narrow}, authz.KeyLimits{Grants: narrow}, false},
		{"narrower", authz.KeyLimits{Grants: narrower}, authz.KeyLimits{Grants: narrow}, false},
		{"less narrow", authz.KeyLimits{Grants: narrow}, authz.KeyLimits{Grants: narrower}, true},
		{"strict, with one that is not", authz.KeyLimits{Strict: true}, authz.KeyLimits{}, false},
		{"not strict, with a strict one", authz.KeyLimits{}, authz.KeyLimits{Strict: true}, true},
		{"both strict", authz.KeyLimits{Strict: true}, authz.KeyLimits{Strict: true}, false},
		{"narrower, not strict", authz.KeyLimits{Grants: narrower}, authz.KeyLimits{Grants: narrow, Strict: true}, true},
	} {
		if got := row.key.Wider(row.inUse); got != row.wider {
			t.Errorf("%s: wider %v", row.name, got)
		}
	}
}
