package authz

// KeyAction is what somebody wants to do with a key.
type KeyAction int

// The actions on keys. Those that mint make a secret, which is the power of the key.
const (
	SeeKey KeyAction = iota
	RevokeKey
	RotateKey // mints
	CreateKey // mints
)

func (a KeyAction) mints() bool { return a == RotateKey || a == CreateKey }

// KeyActor is a caller, as far as it matters to what it may do with keys.
type KeyActor struct {
	Operator      bool // the program that opened the store
	Administrator bool // the operator, or a management key
	Excluded      bool // an agent, a supervisor, or somebody who acts for another
	ManagesGrants bool // it holds grant:manage over everything, as administrators do
	SelfService   bool // the Context lets principals make keys of their own
}

// KeyTarget is the key that an action is about, in relation to its actor.
type KeyTarget struct {
	Own     bool // it belongs to the actor's principal
	OfAdmin bool // it belongs to the principal admin
	Wider   bool // it may do more than the key in use
}

// KeyVerdict says whether an action on a key is allowed, or why it is not.
type KeyVerdict int

// The verdicts.
const (
	KeyAllowed         KeyVerdict = iota
	KeyNotManaged                 // the actor does not manage keys at all
	KeyNoSelfService              // the Context does not let principals manage their keys
	KeyForOthers                  // a key makes keys for its own principal alone
	KeyHidden                     // for the actor there is no such key
	KeyWider                      // its secret would widen what the actor can do, or it is not the actor's to take away
	KeyOfAdministrator            // secrets of admin read all memory: the operator alone makes them
)

// keyRules are the rules for keys, in the order in which they are asked: the first that applies is the verdict. Where none does,
// the action is allowed.
var keyRules = []struct {
	verdict KeyVerdict
	early   bool // it can be asked before the key is known
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

// Judge says whether an actor may do something with a key; nil: with keys at all, as far as that can be said before the key is
// known.
func (a KeyActor) Judge(action KeyAction, t *KeyTarget) KeyVerdict {
	for _, rule := range keyRules {
		if t != nil && rule.applies(a, action, *t) || t == nil && rule.early && rule.applies(a, action, KeyTarget{}) {
			return rule.verdict
		}
	}
	return KeyAllowed
}

// KeyLimits are what a key itself limits of what its principal may do.
type KeyLimits struct {
	Grants Grants // nil: none
	Strict bool
}

// Wider reports whether a key with these limits may do anything that one of the same principal with the others may not.
func (l KeyLimits) Wider(than KeyLimits) bool {
	if than.Strict && !l.Strict || l.Grants == nil && than.Grants != nil {
		return true
	}
	return l.Grants != nil && than.Grants != nil && !l.Grants.Within(than.Grants)
}
