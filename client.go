package spectron

import "context"

// The interfaces of this file are what a client of a store elsewhere offers as well, with the same types and the same errors. A
// program that asks for them, instead of for the handles, can be given a client, or in its tests a value of its own. Each has what
// the protocol has and no more; before version 1 they may gain methods.

// MemoryReader answers questions from memory: see Memory.
type MemoryReader interface {
	Recall(ctx context.Context, req RecallRequest) (*Recalled, error)
}

// MemoryWriter remembers: see Memory.
type MemoryWriter interface {
	Remember(ctx context.Context, req RememberRequest) (*Remembered, error)
	RememberMany(ctx context.Context, req RememberManyRequest) (*RememberedMany, error)
}

// MemoryEraser erases what belongs to a scope: see ScopeTree.
type MemoryEraser interface {
	Forget(ctx context.Context, req ScopeForgetRequest) (*ScopeForgotten, error)
}

// IdentityReader says who the caller is: see Context and Memory.
type IdentityReader interface {
	WhoAmI(ctx context.Context) (*Identity, error)
}

// SessionStore has conversations: see Sessions.
type SessionStore interface {
	Create(ctx context.Context, spec SessionSpec) (*Session, error)
	Turns(ctx context.Context, q TurnQuery) (Page[Turn], error)
	Delete(ctx context.Context, id string) error
}

// ScopeStore has registered scopes: see ScopeTree and ScopeRegistry.
type ScopeStore interface {
	Register(ctx context.Context, spec ScopeSpec) (*ScopeNode, error)
	List(ctx context.Context, req PageRequest) (Page[ScopeNode], error)
	Tombstone(ctx context.Context, path string) error
}

// PrincipalStore has principals and what they are granted: see Principals.
type PrincipalStore interface {
	Get(ctx context.Context, id string) (*Principal, error)
	List(ctx context.Context, req PageRequest) (Page[Principal], error)
	Effective(ctx context.Context, id string, req EffectiveRequest) (*EffectiveGrants, error)
	Grant(ctx context.Context, id string, req GrantRequest) (*Principal, error)
	Revoke(ctx context.Context, id string, req GrantRequest) (*Principal, error)
}

// KeyStore has keys: see Keys.
type KeyStore interface {
	Create(ctx context.Context, spec KeySpec) (*Key, error)
	List(ctx context.Context, req PageRequest) (Page[Key], error)
	Rotate(ctx context.Context, id string) (*Key, error)
	Revoke(ctx context.Context, id string, options ...RevokeOption) error
}

// OntologyStore has the vocabulary that a Context declares: see Ontologies.
type OntologyStore interface {
	Get(ctx context.Context) (*Ontology, error)
	Put(ctx context.Context, spec OntologySpec) (*Ontology, error)
	Delete(ctx context.Context) error
}

// ContextStore has Contexts: see Manager and Admin.
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
	_ ScopeStore     = (*ScopeTree)(nil)
	_ ScopeStore     = (*ScopeRegistry)(nil)
	_ PrincipalStore = (*Principals)(nil)
	_ KeyStore       = (*Keys)(nil)
	_ OntologyStore  = (*Ontologies)(nil)
	_ ContextStore   = (*Manager)(nil)
	_ ContextStore   = (*Admin)(nil)
)
