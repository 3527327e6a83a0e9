package authz

// KeyAction is an action on a key.
type KeyAction int

// The actions on keys. Some of them mint: they create a secret, which gives its holder the rights of the key.
const (
	SeeKey KeyAction = iota
	RevokeKey
	RotateKey // mints
	CreateKey // mints
)

func (a KeyAction) mints() bool { return a == RotateKey || a == CreateKey }

// KeyActor has the properties of a caller that decide its actions on keys.
type KeyActor struct {
	Operator      bool // the program that opened the store
	Administrator bool // the operator, or a management key
	Excluded      bool // an agent, a supervisor, or a caller that acts for another principal
	ManagesGrants bool // it holds grant:manage over everything, as administrators do
	SelfService   bool // the Context lets principals create keys of their own
}

// KeyTarget is the key that an action is about, in relation to its actor.
type KeyTarget struct {
	Own     bool // it belongs to the actor's principal
	OfAdmin bool // it belongs to the principal admin
	Wider   bool // it has more rights than the actor's key
}

// KeyVerdict says whether an action on a key is allowed, or why it is not.
type KeyVerdict int

// The verdicts.
const (
	KeyAllowed         KeyVerdict = iota
	KeyNotManaged                 // the actor may not manage keys at all
	KeyNoSelfService              // the Context does not let principals manage their keys
	KeyForOthers                  // a key may create keys only for its own principal
	KeyHidden                     // for the actor the key does not exist
	KeyWider                      // its secret would give the actor more rights, or the actor may not revoke it
	KeyOfAdministrator            // keys of admin read all memory, so only the operator creates their secrets
)

// keyRules has the rules for keys in the order in which they are checked. The first rule that applies gives the verdict. If none applies,
// the action is allowed.
var keyRules = []struct {
	verdict KeyVerdict
	early   bool // it can be checked before the key is known
	applies func(a KeyActor, action KeyAction, t KeyTarget) bool
}{
	{KeyNotManaged, true, func(a KeyActor, _ KeyAction, _ KeyTarget) bool { return a.Excluded }},
	{KeyNoSelfService, true, func(a KeyActor, action KeyAction, _ KeyTarget) bool {
		return !a.SelfService && !a.Administrator && (action.mints() || !a.ManagesGrants)
	}},
	{KeyForOthers, false, func(a KeyActor, action KeyAction, t KeyTarget) bool {
		return action == CreateKey && !t.Own && !a.Administrator
	}},
	{KeyHidden, false, func(a KeyActor, action KeyAction, t KeyTarget) bool {
		return !t.Own && !a.Administrator && (action == RotateKey || !a.ManagesGrants)
	}},
	{KeyWider, false, func(_ KeyActor, action KeyAction, t KeyTarget) bool {
		return t.Wider && (action == RotateKey || action == RevokeKey && t.Own)
	}},
	{KeyOfAdministrator, false, func(a KeyActor, action KeyAction, t KeyTarget) bool {
		return action.mints() && t.OfAdmin && !a.Operator
	}},
}

// Judge returns the verdict on an action on a key. If t is nil, it is the verdict on the action for any key, as far as it does not depend
// on the key.
func (a KeyActor) Judge(action KeyAction, t *KeyTarget) KeyVerdict {
	for _, rule := range keyRules {
		if t != nil && rule.applies(a, action, *t) || t == nil && rule.early && rule.applies(a, action, KeyTarget{}) {
			return rule.verdict
		}
	}
	return KeyAllowed
}

// KeyLimits has the limits that a key adds to the rights of its principal.
type KeyLimits struct {
	Grants Grants // nil: no limit
	Strict bool
}

// Wider reports whether a key with these limits may do anything that a key of the same principal with the other limits may not.
func (l KeyLimits) Wider(than KeyLimits) bool {
	if than.Strict && !l.Strict || l.Grants == nil && than.Grants != nil {
		return true
	}
	return l.Grants != nil && than.Grants != nil && !l.Grants.Within(than.Grants)
}
