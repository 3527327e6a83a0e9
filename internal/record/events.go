package record

// The actions of events.
const (
	EventDenied               = "denied"
	EventKeyCreated           = "key.create"
	EventKeyRotated           = "key.rotate"
	EventKeyRevoked           = "key.revoke"
	EventPrincipalCreated     = "principal.create"
	EventPrincipalRenamed     = "principal.rename"
	EventPrincipalDeleted     = "principal.delete"
	EventGranted              = "grant.add"
	EventGrantRevoked         = "grant.revoke"
	EventScopeRegistered      = "scope.register"
	EventScopeTombstoned      = "scope.tombstone"
	EventScopeForgotten       = "scope.forget"
	EventOntologyPut          = "ontology.put"
	EventOntologyDeleted      = "ontology.delete"
	EventContextCreated       = "context.create"
	EventContextConfigured    = "context.configure"
	EventContextDeleted       = "context.delete"
	EventManagementKeyCreated = "management_key.create"
	EventManagementKeyRotated = "management_key.rotate"
	EventManagementKeyRevoked = "management_key.revoke"
)
