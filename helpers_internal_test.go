package spectron

import "github.com/spectron-go/spectron/internal/gate"

// manager returns the operator's Manager of a Context's store. Handles themselves give no access to it.
func (c *Context) manager() *Manager {
	return &Manager{controlPlane{c.state.Core, &gate.Caller{Kind: gate.Operator}}}
}
