package spectron

import (
	"time"

	"github.com/spectron-go/spectron/internal/record"
)

// Memory remembers and recalls in one Context.
type Memory struct {
	context *contextHandle
}

// Infer selects what Remember stores for a text.
type Infer string

// The ways to remember.
const (
	InferFull    Infer = "full"    // extracts facts from the text, and stores the text as well
	InferTriples Infer = "triples" // stores the facts that the caller gives, and the text if the caller gives one
	InferPreview Infer = "preview" // like InferFull, but stores nothing
	InferNone    Infer = "none"    // stores the text word for word, and no facts
)

// Role says who spoke.
type Role string

// The roles. Facts are extracted only from what the user says. The texts of all roles are stored.
const (
	RoleUser      Role = "user"
	RoleAssistant Role = "assistant"
	RoleSystem    Role = "system"
	RoleTool      Role = "tool"
)

// Category is the kind of memory that a fact belongs to. It decides the initial importance of a fact and how fast it fades.
type Category string

// The categories.
const (
	CategoryIdentity  Category = "identity"  // who a person is
	CategoryKnowledge Category = "knowledge" // lasting facts: employers, places, preferences
	CategoryContext   Category = "context"   // passing facts: plans, appointments, moods
)

// Kind is the kind of a record or hit.
type Kind string

// The kinds of hits.
const (
	KindMemoryChunk Kind = "memory_chunk" // the words of a turn, or a part of a long turn
	KindAttribute   Kind = "attribute"    // an entity has a value for a key
	KindRelation    Kind = "relation"     // an entity has a relation to another entity
	KindInstruction Kind = "instruction"  // a lasting instruction to the agent
	KindChunk       Kind = "chunk"        // a part of the text of a document
	KindSection     Kind = "section"      // a section of a document, with up to 20 chunks
)

// Names for several kinds, in RecallRequest.Kinds only. No hit has one of them.
const (
	KindFacts    Kind = "facts"    // attributes, relations and instructions
	KindPassages Kind = "passages" // the words of turns, and chunks of documents
)

// Scopes says where a record belongs: an OR of clauses, each an AND of paths such as "org/acme/user/alice". A read through a Lens finds a
// record if the requested path lies at or below a path of the record. Write one scope as Scopes{{"org/acme"}}. Empty: everywhere the caller
// may write; for the operator that is {{"/"}}. Limits: 64 clauses, 16 paths in a clause, 32 segments and 512 bytes in a path.
type Scopes [][]string

// EntityRef names an entity by type and name. The type is one of a closed set: person, organisation, project, location,
// topic, product, policy, concept, event, agent, service, unknown, other. Near-synonyms such as "company" are folded into
// these; any other type becomes "other".
type EntityRef struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

// Triple is a fact that a caller gives: Entity has Value for Key, or has the relation Key to Target.
//
// If the ontology of the Context refuses undeclared terms, a triple with an undeclared type or key is refused with ErrInvalid. The same
// holds for a key that is not declared for the types of the triple. The Field names the term, such as "Triples[2].Key".
type Triple struct {
	Entity   EntityRef
	Key      string // snake case; near-synonyms are folded ("employer" becomes works_at)
	Value    string // either this or Target; at most 16 KiB
	Target   EntityRef
	Category Category // "": knowledge
}

// RememberRequest is a text, or facts, to remember.
type RememberRequest struct {
	// Text is what was said. Only InferTriples works without a text. At most Options.MaxTextBytes.
	Text string
	// Infer selects what is stored for the text; "": InferFull.
	Infer Infer
	// Triples are the facts to store, for InferTriples only; at most 1,000.
	Triples []Triple
	// SessionID is an existing session. "" creates a new session.
	SessionID string
	// Role says who spoke; "": RoleUser.
	Role Role
	// Speaker is the person that "I" means in the text: an account or a name. It stays one person, whatever other name the text
	// gives: if the speaker "alice" says "My name is Alice Moreau", that becomes another name for her. "": the speaker who gave
	// a name earlier in the session ("my name is Alice"), or the only speaker who gave one in these scopes. If several people
	// speak in the session, statements about "I" become uncertainties.
	Speaker string
	// Scopes says where the record belongs. Empty: the scopes of the session, as far as the caller may write there. For a new
	// session, empty means everywhere the caller may write, as one clause; for the operator that is {{"/"}}. Scopes that are not
	// registered yet are registered if the caller holds scope:create there.
	Scopes Scopes
	// Labels are "key=value" tags to filter by: at most 16, of at most 128 bytes each. Keys that begin with _ are refused.
	Labels []string
	// Category is the category of the stored text, and of triples without one of their own.
	Category Category
	// SpokenAt is when the text was said. Its time zone decides what "yesterday" and other dates in the text mean. Zero: ObservedAt, or
	// now.
	SpokenAt time.Time
	// ObservedAt is the transaction time: when the statement became known. Zero: SpokenAt, or now.
	ObservedAt time.Time
	// Location is where the text was said: "lat,lng" in degrees, such as "47.3769,8.5417". "": unknown. It is not used to interpret the
	// text. RecallRequest.Location filters by it.
	Location string
	// IdempotencyKey makes it safe to repeat a call whose outcome is unknown: 1 to 255 bytes of printable text, chosen by the caller for this
	// request. "": no key. For 24 hours, a call with the same key and the same request stores nothing and returns the result of the first
	// call, with Replayed set. It shows of the result what still exists and what the caller may read now. ErrConflict: the key was used for
	// another request, a call with it is running in this process, or what it stored was erased with its scope. A call that returns an error does
	// not use up its key, nor does a process that ends during the call; a call whose model failed has stored the text, and does. Keys belong to a Context and a principal, and to the principal that it acts
	// for. InferPreview checks the key and ignores it. Exports leave the keys out.
	IdempotencyKey string
}

// Message is one turn of a conversation.
type Message struct {
	Role     Role      // "": RoleUser
	Content  string    // what was said; at most Options.MaxTextBytes
	At       time.Time // when it was said, in the speaker's time zone; zero: that of the previous message, for the first ObservedAt, or now
	Speaker  string    // as in RememberRequest
	Location string    // as in RememberRequest
}

// RememberManyRequest is a conversation to remember in one transaction.
type RememberManyRequest struct {
	Messages  []Message // in order; at most Options.MaxBatch messages and 24 MiB of text in total
	Infer     Infer     // InferFull (""), InferPreview or InferNone
	SessionID string    // as in RememberRequest, as are the following three
	Scopes    Scopes
	Labels    []string
	Category  Category
	// ObservedAt is the transaction time: when the statements became known. Zero: the time of each message, or now.
	ObservedAt time.Time
	// Extract says how a model reads the messages, if there is one; "": ExtractConversation.
	Extract        ExtractMode
	IdempotencyKey string // as in RememberRequest
}

// ExtractMode says how a model reads the messages of a RememberMany.
type ExtractMode string

// The modes.
const (
	// ExtractConversation asks about as many messages at once as fit into a call.
	ExtractConversation ExtractMode = "whole_conversation"
	// ExtractPerMessage asks about each message by itself. It makes more calls, and each sees only a few messages before its own.
	ExtractPerMessage ExtractMode = "per_message"
)

// Remembered describes the result of a write.
type Remembered struct {
	Infer     Infer    `json:"infer"`
	SessionID string   `json:"sessionId"`          // the given session, or the new one
	TurnID    string   `json:"turnId,omitempty"`   // "" if the request had no text
	ChunkIDs  []string `json:"chunkIds,omitempty"` // the pieces of the text, as search finds them
	// Extraction has the facts that were extracted from the text, or made from the triples. It is nil for InferNone. It is also nil if the
	// caller may write to the scopes but not read them, because it would reveal what was known before.
	Extraction *Extraction `json:"extraction,omitempty"`
	// Preview is set if nothing was stored. The ids in the result then name no records.
	Preview bool `json:"preview,omitempty"`
	// TraceID is the id of the decision trace, for Traces.Get; "" for InferNone and previews.
	TraceID string `json:"traceId,omitempty"`
	// Model says what a model did; nil if there is none. Its counts are 0 if the caller may not read the scopes.
	Model *ModelUse `json:"model,omitempty"`
	// Findings are the places in the text and the triples that look like prompt injections; at most 32 for each text.
	Findings []Finding `json:"findings,omitempty"`
	// Redactions counts the personal data that was redacted, by kind. It is empty unless the Context redacts: see Config.PIIRedaction.
	Redactions []Redaction `json:"redactions,omitempty"`
	// Replayed is set if this call stored nothing, because an earlier one with the same IdempotencyKey did. No model is asked then.
	Replayed bool `json:"replayed,omitempty"`
	// Forgotten is set if the text was not stored, because it was forgotten: Memory.Forget closed or erased a text with the same words, role,
	// SpokenAt and scopes. Without SpokenAt, a text is always said anew. It is not set if the caller may not read the scopes.
	Forgotten bool `json:"forgotten,omitempty"`
}

// ModelUse says what a model did for a write, and what that cost. Without calls, the rules settled everything.
type ModelUse struct {
	Models    []string `json:"models,omitempty"` // those that were called, such as "openai/gpt-4o-mini"
	Calls     int      `json:"calls"`
	TokensIn  int      `json:"tokensIn"`
	TokensOut int      `json:"tokensOut"`
	// Estimated is set if the provider did not report some of the tokens. Such a count is an estimate.
	Estimated bool          `json:"estimated,omitempty"`
	Waited    time.Duration `json:"waitedNs"` // from the first call to the last answer, in nanoseconds in JSON
	// Dropped counts statements of the model that the text does not support. They leave an uncertainty.
	Dropped int `json:"dropped,omitempty"`
	// Failures says why the model did not read some messages. They were stored with what rules found in them.
	Failures []string `json:"failures,omitempty"`
}

// RememberedMany describes the result of a batch, message by message.
type RememberedMany struct {
	Infer       Infer        `json:"infer"`
	SessionID   string       `json:"sessionId"`             // the given session, or the new one
	TurnIDs     []string     `json:"turnIds,omitempty"`     // one per message, without those of Forgotten
	Extractions []Extraction `json:"extractions,omitempty"` // one per message; empty for InferNone, and if the caller may not read the scopes
	Preview     bool         `json:"preview,omitempty"`     // as in Remembered
	TraceID     string       `json:"traceId,omitempty"`     // as in Remembered
	Model       *ModelUse    `json:"model,omitempty"`       // as in Remembered
	Findings    []Finding    `json:"findings,omitempty"`    // as in Remembered, of all messages
	Redactions  []Redaction  `json:"redactions,omitempty"`  // as in Remembered, of all messages together
	Replayed    bool         `json:"replayed,omitempty"`    // as in Remembered
	// Forgotten has the positions of the messages that were not stored, because they were forgotten: see Remembered.
	Forgotten []int `json:"forgotten,omitempty"`
}

// Extraction lists what a write changed in the graph.
type Extraction struct {
	TurnID        string                 `json:"turnId,omitempty"`
	Entities      []ExtractedEntity      `json:"entities,omitempty"`
	Attributes    []ExtractedAttribute   `json:"attributes,omitempty"`
	Relations     []ExtractedRelation    `json:"relations,omitempty"`
	Instructions  []ExtractedInstruction `json:"instructions,omitempty"`
	Uncertainties []Uncertainty          `json:"uncertainties,omitempty"`
	Corrections   []Correction           `json:"corrections,omitempty"`
	// Reinforced has the ids of facts and instructions that were already stored.
	Reinforced []string `json:"reinforced,omitempty"`
	// Closed has the ids of facts that the write closed, because they were superseded or no longer hold.
	Closed []string `json:"closed,omitempty"`
}

// ExtractedEntity is an entity that the text mentions.
type ExtractedEntity struct {
	ID       string   `json:"id"` // "entity:person/alice"
	Type     string   `json:"type"`
	Name     string   `json:"name"`
	Category Category `json:"category,omitempty"`
	IsNew    bool     `json:"isNew,omitempty"` // the entity was not known in the scopes of the write
}

// ExtractedAttribute is an attribute that was stored.
type ExtractedAttribute struct {
	ID       string   `json:"id"` // "attribute:…"
	EntityID string   `json:"entityId"`
	Key      string   `json:"key"`
	Value    string   `json:"value"`
	Category Category `json:"category,omitempty"`
	Quote    string   `json:"quote,omitempty"` // the words it was extracted from; "" for triples
}

// ExtractedRelation is a relation that was stored.
type ExtractedRelation struct {
	ID       string   `json:"id"`      // "relation:…"
	Subject  string   `json:"subject"` // entity id
	Label    string   `json:"label"`
	Object   string   `json:"object"` // entity id
	Category Category `json:"category,omitempty"`
	Quote    string   `json:"quote,omitempty"` // the words it was extracted from; "" for triples
}

// ExtractedInstruction is an instruction that was stored.
type ExtractedInstruction struct {
	ID          string `json:"id"`          // "instruction:…"
	Label       string `json:"label"`       // short name
	Description string `json:"description"` // the instruction
}

// Uncertainty is a statement that was not stored as a fact, or only with doubt. It may be unclear who is meant, it may contradict another
// fact, or a rule may have understood it only in part ("I moved to a new flat"). A message has at most three uncertainties of the last
// kind.
//
// In the result of a write only ID, About and Reason are set. Context.Uncertainties sets the other fields as well.
type Uncertainty struct {
	ID     string `json:"id,omitempty"` // "uncertainty:…"; in a preview it names no record
	About  string `json:"about"`        // entity and key ("Alice: lives in"), or the words in question
	Reason string `json:"reason"`       // why it is not a fact, in a sentence for people
	// FactIDs are the facts that it puts in doubt, as far as the caller may read them. While it is open, they never lead an answer. Empty
	// if it puts no stored fact in doubt.
	FactIDs []string `json:"factIds,omitempty"`
	// Scopes says where it belongs: the clauses that the caller may read.
	Scopes     Scopes    `json:"scopes,omitempty"`
	RecordedAt time.Time `json:"recordedAt,omitzero"` // when the store recorded it
	Resolved   bool      `json:"resolved,omitempty"`  // it was settled: by a later clear statement, by an edit of its facts, or by Uncertainties.Resolve
	ResolvedAt time.Time `json:"resolvedAt,omitzero"` // zero while it is open, and if an early version of this library resolved it
	Note       string    `json:"note,omitempty"`      // the note given to Uncertainties.Resolve; "" if it was settled in another way
	// Source says which turn raised it, as far as the caller may read that turn. Its Quote is empty, because About has the words.
	Source Source `json:"source,omitzero"`
}

// Correction is a superseded value and its successor. The old fact is kept and closed.
type Correction struct {
	EntityID string `json:"entityId"`
	Key      string `json:"key"`
	OldValue string `json:"oldValue"`
	NewValue string `json:"newValue"`
}

func entityID(e record.EntityRef) string { return e.KeyAfter("entity:") }
