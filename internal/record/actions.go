package record

// The actions of events. EventAction of package spectron documents them.
const (
	ActionDenied               = "denied"
	ActionKeyCreated           = "key.create"
	ActionKeyRotated           = "key.rotate"
	ActionKeyRevoked           = "key.revoke"
	ActionPrincipalCreated     = "principal.create"
	ActionPrincipalRenamed     = "principal.rename"
	ActionPrincipalDeleted     = "principal.delete"
	ActionGranted              = "grant.add"
	ActionGrantRevoked         = "grant.revoke"
	ActionScopeRegistered      = "scope.register"
	ActionScopeTombstoned      = "scope.tombstone"
	ActionScopeForgotten       = "scope.forget"
	ActionMemoryForgotten      = "memory.forget"
	ActionMemoryRepaired       = "memory.repair"
	ActionOntologyPut          = "ontology.put"
	ActionOntologyDeleted      = "ontology.delete"
	ActionUsageWarning         = "usage.warning"
	ActionContextCreated       = "context.create"
	ActionContextConfigured    = "context.configure"
	ActionContextDeleted       = "context.delete"
	ActionManagementKeyCreated = "management_key.create"
	ActionManagementKeyRotated = "management_key.rotate"
	ActionManagementKeyRevoked = "management_key.revoke"
)
