package spectron

import (
	"context"

	"github.com/spectron-go/spectron/internal/gate"
	"github.com/spectron-go/spectron/internal/settings"
)

// infoOf describes a Context. It shares nothing with its argument.
func infoOf(s *settings.Settings) ContextInfo {
	return ContextInfo{
		ID: s.Entry.ID, Namespace: s.Entry.Namespace, Database: s.Entry.Database, Description: s.Entry.Description,
		EnforcementBlocked: s.Entry.EnforcementBlocked, Config: effectiveConfig(s.Config), CreatedAt: s.Entry.CreatedAt,
	}
}

// PatchContext changes the description and the configuration of a Context. The patch is merged into the stored values field by
// field. The change takes effect at the next call of every handle, in this process and in others. API keys of providers are
// sealed and never shown: the result has the names of the providers that have a key.
//
// Codes: CodeNotFound; CodeInvalid and CodeTooLarge with the Field; CodeUnsupported if the patch has the API key of a provider and
// Options.MasterKey is not set; CodeConflict if other changes at the same time exhausted the retries.
func (m *controlPlane) PatchContext(ctx context.Context, id string, patch ContextPatch) (ContextInfo, error) {
	const op = "patch context"
	return manageContext(ctx, m, op, id, func(ctx context.Context, _ gate.ControlCall) (none ContextInfo, err error) {
		if err := checkID(op, id); err != nil {
			return none, err
		}
		if err := patch.check(op); err != nil {
			return none, err
		}
		changed, err := m.tenants().Configure(ctx, op, id, patch.flat())
		if err != nil {
			return none, err
		}
		return infoOf(changed), nil
	})
}
