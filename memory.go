package spectron

import (
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// Memory remembers and recalls in one Context.
type Memory struct {
	context *contextHandle
}

// Infer says what a text is turned into.
type Infer string

// The ways to remember.
const (
	InferFull    Infer = "full"    // facts are read out of the text; the text is kept as well
	InferTriples Infer = "triples" // the caller gives the facts; a text is kept if there is one
	InferPreview Infer = "preview" // like full, but nothing is stored
	InferNone    Infer = "none"    // the text is kept word for word
)

// Role says who spoke.
type Role string

// The roles. Facts are read out of what the user says; the words of all are kept.
const (
	RoleUser      Role = "user"
	RoleAssistant Role = "assistant"
	RoleSystem    Role = "system"
	RoleTool      Role = "tool"
)

// Category is what kind of memory a fact is. It decides how important a fact starts and how fast it fades.
type Category string

// The categories.
const (
	CategoryIdentity  Category = "identity"  // who somebody is
	CategoryKnowledge Category = "knowledge" // what lasts: employers, places, preferences
	CategoryContext   Category = "context"   // what passes: plans, appointments, moods
)

// Kind is what a record or hit is.
type Kind string

// The kinds of hits.
const (
	KindMemoryChunk Kind = "memory_chunk" // the words of a turn, or a part of a long one
	KindAttribute   Kind = "attribute"    // an entity has a value for a key
	KindRelation    Kind = "relation"     // an entity stands in a relation to another
	KindInstruction Kind = "instruction"  // a standing order to the agent
)

// Scopes say where a record belongs: an OR of clauses, each an AND of paths such as "org/acme/user/alice".
// A read through a Lens finds a record when the path it asks for lies at or below one that the record has.
// Write one scope as Scopes{{"org/acme"}}. Empty: everywhere the caller may write, for the operator {{"/"}}.
type Scopes [][]string

// EntityRef names an entity: a type of a closed set (person, organisation, project, location, topic, product,
// policy, concept, event, agent, service, unknown, other; near-synonyms such as "company" are folded, others
// become "other") and a name.
type EntityRef struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

// Triple is a fact that a caller gives: Entity has Value for Key, or stands in the relation Key to Target.
type Triple struct {
	Entity   EntityRef
	Key      string // snake case; near-synonyms are folded ("employer" becomes works_at)
	Value    string // this or Target
	Target   EntityRef
	Category Category // "": knowledge
}

// RememberRequest is one thing to remember.
type RememberRequest struct {
	// Text is what was said. Only InferTriples can do without. At most Options.MaxTextBytes.
	Text string
	// Infer is what to make of it; "": InferFull.
	Infer Infer
	// Triples are the facts, for InferTriples only; at most 1,000.
	Triples []Triple
	// SessionID is a session that exists; "": a new one is made.
	SessionID string
	// Role is who said it; "": RoleUser.
	Role Role
	// Speaker is the name of whoever "I" is in the text: an account, or a name. It stays one person, whatever other name the
	// text says: "My name is Alice Moreau" of the speaker "alice" makes that another name for her. "": who said so earlier in
	// the session ("my name is Alice"), or the only one who did in these scopes; where several people speak in the session,
	// what "I" says of itself is an uncertainty.
	Speaker string
	// Scopes is where it belongs; empty: the session's, as far as the caller may write there, and for a new session everywhere
	// that the caller may write, as one clause; for the operator that is {{"/"}}. A scope that is not registered is, when the
	// caller holds scope:create there.
	Scopes Scopes
	// Labels are "key=value" tags to filter by; at most 16.
	Labels []string
	// Category is that of the kept text, and of triples that have none of their own.
	Category Category
	// SpokenAt is when it was said. Dates in the text are days in its zone: "yesterday" is the day before, where it was said.
	// Zero: ObservedAt.
	SpokenAt time.Time
	// ObservedAt is the transaction time: from when it is known. Zero: SpokenAt, or now.
	ObservedAt time.Time
}

// Message is one turn of a conversation.
type Message struct {
	Role    Role // "": RoleUser
	Content string
	At      time.Time // when it was said, in the zone where it was; zero: the time of the message before, or now
	Speaker string    // as in RememberRequest
}

// RememberManyRequest is a conversation to remember, all of it or nothing.
type RememberManyRequest struct {
	Messages  []Message // in order; at most Options.MaxBatch, and 24 MiB of text together
	Infer     Infer     // InferFull (""), InferPreview or InferNone
	SessionID string
	Scopes    Scopes
	Labels    []string
	Category  Category
	// ObservedAt is the transaction time: from when it is known. Zero: the time of each message, or now.
	ObservedAt time.Time
}

// Remembered is what a write stored.
type Remembered struct {
	Infer     Infer    `json:"infer"`
	SessionID string   `json:"sessionId"`
	TurnID    string   `json:"turnId,omitempty"`   // "" when there was no text
	ChunkIDs  []string `json:"chunkIds,omitempty"` // the pieces of the text that search finds
	// Extraction is what was read out of the text, or made of the triples; nil for InferNone, and for a caller who may
	// write there but not read: it would say what was known before.
	Extraction *Extraction `json:"extraction,omitempty"`
	// Preview is set when nothing was stored: the ids in the result name nothing.
	Preview bool `json:"preview,omitempty"`
	// TraceID names the record of what was decided; "" for InferNone and previews.
	TraceID string `json:"traceId,omitempty"`
}

// RememberedMany is what a batch stored, message by message.
type RememberedMany struct {
	Infer       Infer        `json:"infer"`
	SessionID   string       `json:"sessionId"`
	TurnIDs     []string     `json:"turnIds,omitempty"`
	Extractions []Extraction `json:"extractions,omitempty"` // one a message; empty for InferNone, and for a caller who may not read there
	Preview     bool         `json:"preview,omitempty"`
	TraceID     string       `json:"traceId,omitempty"`
}

// Extraction is what a write changed in the graph.
type Extraction struct {
	TurnID        string                 `json:"turnId,omitempty"`
	Entities      []ExtractedEntity      `json:"entities,omitempty"`
	Attributes    []ExtractedAttribute   `json:"attributes,omitempty"`
	Relations     []ExtractedRelation    `json:"relations,omitempty"`
	Instructions  []ExtractedInstruction `json:"instructions,omitempty"`
	Uncertainties []Uncertainty          `json:"uncertainties,omitempty"`
	Corrections   []Correction           `json:"corrections,omitempty"`
	// Reinforced are the ids of facts and instructions that were there already.
	Reinforced []string `json:"reinforced,omitempty"`
	// Closed are the ids of facts that ended: superseded, or no longer so.
	Closed []string `json:"closed,omitempty"`
}

// ExtractedEntity is an entity that the text is about.
type ExtractedEntity struct {
	ID       string   `json:"id"`
	Type     string   `json:"type"`
	Name     string   `json:"name"`
	Category Category `json:"category,omitempty"`
	IsNew    bool     `json:"isNew,omitempty"`
}

// ExtractedAttribute is an attribute that was stored.
type ExtractedAttribute struct {
	ID       string   `json:"id"`
	EntityID string   `json:"entityId"`
	Key      string   `json:"key"`
	Value    string   `json:"value"`
	Category Category `json:"category,omitempty"`
	Quote    string   `json:"quote,omitempty"` // the words that it was taken from; "" for triples
}

// ExtractedRelation is a relation that was stored.
type ExtractedRelation struct {
	ID       string   `json:"id"`
	Subject  string   `json:"subject"` // entity id
	Label    string   `json:"label"`
	Object   string   `json:"object"` // entity id
	Category Category `json:"category,omitempty"`
	Quote    string   `json:"quote,omitempty"`
}

// ExtractedInstruction is a standing order that was stored.
type ExtractedInstruction struct {
	ID          string `json:"id"`
	Label       string `json:"label"`
	Description string `json:"description"`
}

// Uncertainty is something that was not stored as a fact, or not without doubt: who may be meant, what contradicts what, and a
// statement that was half understood ("I moved to a new flat"), of which a message has at most three.
type Uncertainty struct {
	About  string `json:"about"` // the entity with the key, "Alice: lives in", or the words
	Reason string `json:"reason"`
}

// Correction is a value that a new one took the place of. The old one is kept, closed.
type Correction struct {
	EntityID string `json:"entityId"`
	Key      string `json:"key"`
	OldValue string `json:"oldValue"`
	NewValue string `json:"newValue"`
}

func entityID(e record.EntityRef) string { return "entity:" + e.Key() }
