package record

import "time"

// Principal is an identity that keys act as, with what it may do and where.
type Principal struct {
	ID         string // "principal:…"
	Name       string // unique in its Context
	Kind       string // human, agent, service or unknown; it never decides what is allowed
	ExternalID string // who it is in another system, unique in its Context; "" if nobody said
	Subject    string // name of the person it stands for; "": none
	// Grants are scope patterns by verb, canonical.
	Grants    map[string][]string
	CreatedAt time.Time
}

// GrantVersion is what a principal was granted from a time on, until the next version.
type GrantVersion struct {
	ID        string // "grant_history:…"
	Principal string
	Grants    map[string][]string
	At        time.Time
}

// APIKey is a key of a principal. It can do what the principal can, or less.
type APIKey struct {
	ID        string // "cak_…"
	Principal string
	Name      string // unique among the keys of its principal
	// Preset is "agent" or "supervisor" for a key that was minted with a principal of its own; "" otherwise.
	Preset string
	// ScopeFloor is the path that a preset was minted for.
	ScopeFloor string
	// Grants narrow the principal's; nil: they do not.
	Grants map[string][]string
	Strict bool
	Upload bool
	Salt   []byte
	Hash   []byte
	// Generation counts the secrets that the key has had.
	Generation int
	// SelfService tells a key that its holder minted from one that the operator did.
	SelfService bool
	// MadeBy is who minted the key, RotatedBy who made its present secret, if that was another: MadeByOperator, or the id of a
	// key or management key. "": nobody took note.
	MadeBy     string
	RotatedBy  string
	CreatedAt  time.Time
	ValidUntil time.Time // zero: without end
	LastUsedAt time.Time // zero: never; kept to the minute
}

// MadeByOperator is the maker of keys that the program made that opened the store.
const MadeByOperator = "operator"

// EndsWith reports whether a key was minted, or got its present secret, with the other one: then it ends no later.
func (k *APIKey) EndsWith(other string) bool { return k.MadeBy == other || k.RotatedBy == other }

// KeysMadeWith returns those of the keys that end with the key of an id, and those that end with them, however often. The key
// itself is not among them.
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

// Event is something that happened to who may do what, or an attempt that was denied.
type Event struct {
	ID         string // "audit_event:…"
	At         time.Time
	Action     string // "key.create"; for a denied attempt "denied"
	Op         string // the method: "remember"
	Principal  string // who
	Key        string // with which key; "" for the operator
	OnBehalfOf string // for whom, when somebody acted for another
	Context    string // id of the Context
	Target     string // what was changed, by its id or path
	Verb       string
	Paths      []string // where
	Detail     string
	// Count is how many attempts the event sums up that are not on record one by one; 0: it is one of its own.
	Count int
}

// OntologyVersion is a version of what a Context declares of its vocabulary.
type OntologyVersion struct {
	Version   int
	Document  []byte // JSON; empty: none from this version on
	CreatedAt time.Time
	Principal string // who put it
}

// Declares reports whether the version declares something, so it is no deletion.
func (o OntologyVersion) Declares() bool { return len(o.Document) > 0 }
