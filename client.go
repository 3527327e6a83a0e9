package spectron

import (
	"context"
	"iter"
)

// The interfaces in this file are shared by the handles of this package and by remote clients: same types, same errors. A program that uses
// these interfaces also works with a client, or with a fake in tests. Each interface has exactly the methods of the protocol. They may gain
// methods before version 1. Facts, Instructions and Uncertainties have no interface, because the protocol shows them only as parts of a
// state.

// MemoryReader answers questions from memory. Memory implements it.
type MemoryReader interface {
	Recall(ctx context.Context, req RecallRequest) (*Recalled, error)
	QueryContext(ctx context.Context, req ContextRequest) (*ContextBlock, error)
	State(ctx context.Context) (*State, error)
	Profile(ctx context.Context) (*Profile, error)
	Inspect(ctx context.Context, ref string, at ...PointInTime) (*Inspection, error)
}

// MemoryAnswerer answers messages and draws conclusions with a model. Memory implements it.
type MemoryAnswerer interface {
	Chat(ctx context.Context, req ChatRequest) (*ChatReply, error)
	ChatStream(ctx context.Context, req ChatRequest) iter.Seq2[ChatChunk, error]
	Reflect(ctx context.Context, req ReflectRequest) (*Reflection, error)
}

// MemoryWriter remembers. Memory implements it.
type MemoryWriter interface {
	Remember(ctx context.Context, req RememberRequest) (*Remembered, error)
	RememberMany(ctx context.Context, req RememberManyRequest) (*RememberedMany, error)
}

// Forgetter forgets records. Memory implements it.
type Forgetter interface {
	Forget(ctx context.Context, req ForgetRequest) (*Forgotten, error)
}

// MemoryEraser erases the records of a scope. ScopeTree implements it.
type MemoryEraser interface {
	Forget(ctx context.Context, req ScopeForgetRequest) (*ScopeForgotten, error)
}

// IdentityReader identifies the caller. Context, ContextAdmin and Memory implement it.
type IdentityReader interface {
	WhoAmI(ctx context.Context) (*Identity, error)
}

// SessionStore manages conversations. Sessions implements it.
type SessionStore interface {
	Create(ctx context.Context, spec SessionSpec) (*Session, error)
	Turns(ctx context.Context, q TurnQuery) (Page[Turn], error)
	Context(ctx context.Context, id, query string) (*ContextBlock, error)
	Delete(ctx context.Context, id string) error
}

// EntityStore reads and deletes what is known of entities. Entities implements it.
type EntityStore interface {
	List(ctx context.Context, q EntityQuery) (Page[Entity], error)
	Get(ctx context.Context, ref EntityRef, at PointInTime) (*EntityDetail, error)
	History(ctx context.Context, ref EntityRef, key string) ([]Fact, error)
	Delete(ctx context.Context, ref EntityRef) error
}

// ScopeStore manages registered scopes. ScopeTree and ScopeRegistry implement it.
type ScopeStore interface {
	Register(ctx context.Context, spec ScopeSpec) (*ScopeNode, error)
	List(ctx context.Context, req PageRequest) (Page[ScopeNode], error)
	Tombstone(ctx context.Context, path string) error
}

// PrincipalStore manages principals and their grants. Principals implements it.
type PrincipalStore interface {
	Get(ctx context.Context, id string) (*Principal, error)
	List(ctx context.Context, req PageRequest) (Page[Principal], error)
	Effective(ctx context.Context, id string, req EffectiveRequest) (*EffectiveGrants, error)
	Grant(ctx context.Context, id string, req GrantRequest) (*Principal, error)
	Revoke(ctx context.Context, id string, req GrantRequest) (*Principal, error)
}

// KeyStore manages keys. Keys implements it.
type KeyStore interface {
	Create(ctx context.Context, spec KeySpec) (*Key, error)
	List(ctx context.Context, req PageRequest) (Page[Key], error)
	Rotate(ctx context.Context, id string) (*Key, error)
	Revoke(ctx context.Context, id string, options ...RevokeOption) error
}

// OntologyStore manages the declared vocabulary of a Context. Ontologies implements it.
type OntologyStore interface {
	Get(ctx context.Context) (*Ontology, error)
	Put(ctx context.Context, spec OntologySpec) (*Ontology, error)
	Delete(ctx context.Context) error
}

// ContextStore manages Contexts. Manager and Admin implement it.
type ContextStore interface {
	ContextInfo(ctx context.Context, id string) (ContextInfo, error)
	ListContexts(ctx context.Context, req PageRequest) (Page[ContextInfo], error)
	PatchContext(ctx context.Context, id string, patch ContextPatch) (ContextInfo, error)
	DeleteContext(ctx context.Context, id string) error
}

var (
	_ MemoryReader   = (*Memory)(nil)
	_ MemoryWriter   = (*Memory)(nil)
	_ MemoryEraser   = (*ScopeTree)(nil)
	_ IdentityReader = (*Memory)(nil)
	_ IdentityReader = (*Context)(nil)
	_ IdentityReader = (*ContextAdmin)(nil)
	_ SessionStore   = (*Sessions)(nil)
	_ EntityStore    = (*Entities)(nil)
	_ ScopeStore     = (*ScopeTree)(nil)
	_ ScopeStore     = (*ScopeRegistry)(nil)
	_ PrincipalStore = (*Principals)(nil)
	_ KeyStore       = (*Keys)(nil)
	_ OntologyStore  = (*Ontologies)(nil)
	_ ContextStore   = (*Manager)(nil)
	_ ContextStore   = (*Admin)(nil)
)
