package record

import "time"

// Principal is an identity that keys act as, with its grants.
type Principal struct {
	ID         string // "principal:…"
	Name       string // unique in its Context
	Kind       string // human, agent, service or unknown; it has no effect on permissions
	ExternalID string // its id in another system, unique in its Context; "": none
	Subject    string // name of the person it stands for; "": none
	// Grants are scope patterns by verb, canonical.
	Grants    map[string][]string
	CreatedAt time.Time
}

// GrantVersion has the grants of a principal from a time on, until its next version.
type GrantVersion struct {
	ID        string // "grant_history:…"
	Principal string
	Grants    map[string][]string
	At        time.Time
}

// APIKey is a key of a principal. It has the rights of the principal, or fewer.
type APIKey struct {
	ID        string // "cak_…"
	Principal string
	Name      string // unique among the keys of its principal
	// Preset is "agent" or "supervisor" for a key that was created with a principal of its own; "" otherwise.
	Preset string
	// ScopeFloor is the path at and below which a preset has its grants.
	ScopeFloor string
	// Grants limit the rights of the key; nil: no limit.
	Grants map[string][]string
	Strict bool
	Upload bool
	Salt   []byte
	Hash   []byte
	// Generation is the number of secrets that the key has had.
	Generation int
	// SelfService is true for a key that was created with another key of the Context.
	SelfService bool
	// MadeBy names the creator of the key: MadeByOperator, or the id of a key or management key; "": not recorded. RotatedBy names the last
	// caller, other than the key itself, that rotated the key; "": none.
	MadeBy     string
	RotatedBy  string
	CreatedAt  time.Time
	ValidUntil time.Time // zero: never
	LastUsedAt time.Time // to the minute; zero: never
}

// MadeByOperator is the MadeBy of keys that the program created that opened the store.
const MadeByOperator = "operator"

// EndsWith reports whether a key, or its current secret, was created with the other key. Then it expires no later than that key.
func (k *APIKey) EndsWith(other string) bool { return k.MadeBy == other || k.RotatedBy == other }

// KeysMadeWith returns the keys that end with the key of the given id (see EndsWith), the keys that end with those, and so on. The key
// itself is not included.
func KeysMadeWith(keys []APIKey, id string) []APIKey {
	var out []APIKey
	reached := map[string]bool{id: true}
	for queue := []string{id}; len(queue) > 0; queue = queue[1:] {
		for _, k := range keys {
			if !reached[k.ID] && k.EndsWith(queue[0]) {
				reached[k.ID] = true
				queue, out = append(queue, k.ID), append(out, k)
			}
		}
	}
	return out
}

// ManagementKey is a key of the control plane.
type ManagementKey struct {
	ID         string // "mk_…"
	Name       string // unique
	Salt       []byte
	Hash       []byte
	Generation int
	CreatedAt  time.Time
	LastUsedAt time.Time
}

// ScopeNode is a registered scope.
type ScopeNode struct {
	Path         string // canonical
	Name         string
	Description  string
	CreatedAt    time.Time
	TombstonedAt time.Time // zero while it is in use
}

// Event records a change of access control or configuration, or a denied attempt.
type Event struct {
	ID         string // "audit_event:…"
	At         time.Time
	Action     string // "key.create"; for a denied attempt "denied"
	Op         string // the method: "remember"
	Principal  string // principal of the caller
	Key        string // key of the caller; "" for the operator
	OnBehalfOf string // principal that the caller acted for; "": none
	Context    string // id of the Context
	Target     string // id or path of the changed object
	Verb       string
	Paths      []string // scopes of the request or change
	Detail     string
	// Count is the number of denied attempts that the event sums up because they were not recorded one by one; 0: a single event.
	Count int
}

// OntologyVersion is a stored version of the declared vocabulary of a Context.
type OntologyVersion struct {
	Version   int
	Document  []byte // JSON; empty: nothing is declared from this version on
	CreatedAt time.Time
	Principal string // principal of the caller that stored it
}

// Declares reports whether the version declares a vocabulary. Otherwise it is a deletion.
func (o OntologyVersion) Declares() bool { return len(o.Document) > 0 }
